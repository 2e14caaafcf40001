/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include "finding/rule.h"

#include <math.h>
#include <string.h>

/* Silos: the E-I index of each view with what it would be by chance, each sector's, and
 * the matrix of observed and expected ties. */

enum { MATRIX_SECTORS = 12, PAIRS_SHOWN = 6, ROWS_OPEN = 6, SECTORS_SAID = 3 };

#define ENOUGH_EXPECTED 5.0 /* below it a ratio says nothing */

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* "0.58 to 0.72", or n/a when one end is. */
static mlg_cell interval(mlg_document *document, double low, double high)
{
    mlg_buffer text = {0};
    const mlg_arg args[] = {mlg_arg_number(low, 2), mlg_arg_number(high, 2)};

    if (isnan(low) || isnan(high)) {
        return mlg_cell_number(mlg_arg_number(NAN, 0), T_none);
    }
    mlg_text_render(&text, document->results->labels.language, T_cell_interval, args, 2);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return mlg_cell_of(arg);
}

/* ---- the whole of each view -------------------------------------------------------------- */

static double known_actors(const mlg_graph *graph)
{
    double known = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        known += graph->sector[v] >= 0 ? 1 : 0;
    }
    return known;
}

/* Fewer actors of known sector, or none but sectors of one, get a sentence, not decimals. */
static bool is_told_in_figures(const mlg_results *results, int32_t view)
{
    return mlg_rule_may_compare(mlg_context_graph(results->context, view));
}

/* Share of the ties that cross sectors, from the index: (1 + E-I) / 2. */
static mlg_arg crossing(const mlg_value *ei, mlg_value_column column, size_t row)
{
    return mlg_arg_share((1.0 + mlg_section_number(ei, column, row)) / 2.0, 0);
}

static void say_index(mlg_document *document, int32_t view)
{
    const mlg_results *results = document->results;
    const mlg_graph *graph = mlg_context_graph(results->context, view);
    const mlg_value *ei = mlg_section_value(results, "silo.ei", view, MLG_SCALAR, NULL);
    const double value = mlg_section_number(ei, MLG_VALUE, 0);
    const mlg_arg args[] = {
        mlg_section_view(document, view), crossing(ei, MLG_VALUE, 0),
        crossing(ei, MLG_EXPECTED, 0),    crossing(ei, MLG_LOW, 0),
        crossing(ei, MLG_HIGH, 0),        mlg_arg_count(known_actors(graph)),
        mlg_arg_count(graph->n),          mlg_arg_key(ei != NULL ? ei->undefined : T_none)};
    const bool tested = !isnan(mlg_section_number(ei, MLG_LOW, 0));

    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  isnan(value)                            ? T_silos_undefined
                  : tested && mlg_rule_may_compare(graph) ? T_silos_sentence
                                                          : T_silos_few,
                  args, 8);
}

static const mlg_value *ei_with_degrees(const mlg_results *results, int32_t view)
{
    return mlg_values_find_null(results->values, "silo.ei", view, "degrees");
}

/* What the same index says when each actor keeps its number of ties. */
static void say_degrees(mlg_document *document, int32_t view)
{
    const mlg_results *results = document->results;
    const mlg_value *ei = mlg_section_value(results, "silo.ei", view, MLG_SCALAR, NULL);
    const mlg_value *kept = ei_with_degrees(results, view);

    if (kept == NULL || !mlg_rule_may_compare(mlg_context_graph(results->context, view))) {
        return;
    }
    const bool by_labels = mlg_section_number(ei, MLG_P, 0) <= MLG_RULE_P;
    const bool by_degrees = mlg_section_number(kept, MLG_P, 0) <= MLG_RULE_P;
    const mlg_arg args[] = {mlg_section_view(document, view), crossing(kept, MLG_EXPECTED, 0),
                            crossing(kept, MLG_LOW, 0), crossing(kept, MLG_HIGH, 0),
                            mlg_arg_key(kept->undefined)};
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                  kept->undefined != T_none ? T_silos_degrees_untested
                  : by_labels  ? by_degrees ? T_silos_degrees_hold : T_silos_degrees_not
                  : by_degrees ? T_silos_degrees_only
                               : T_silos_degrees_neither,
                  args, 5);
}

static void index_row(mlg_document *document, mlg_table *table, int32_t view, bool degrees)
{
    const mlg_value *ei = mlg_section_value(document->results, "silo.ei", view, MLG_SCALAR, NULL);
    const double low = mlg_section_number(ei, MLG_LOW, 0);
    const double high = mlg_section_number(ei, MLG_HIGH, 0);
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);

    mlg_doc_cell(document, table, mlg_cell_of(mlg_section_view(document, view)));
    mlg_doc_cell(document, table, mlg_section_cell(ei, MLG_VALUE, 0));
    mlg_doc_cell(document, table, mlg_section_cell(ei, MLG_EXPECTED, 0));
    mlg_doc_cell(document, table, interval(document, low, high));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(ei, MLG_P, 0)));
    if (degrees) {
        const mlg_value *kept = ei_with_degrees(document->results, view);
        const mlg_cell none = {.kind = MLG_CELL_EMPTY}; /* of participations: no such question */
        mlg_doc_cell(document, table,
                     kept == NULL ? none : mlg_section_cell(kept, MLG_EXPECTED, 0));
        mlg_doc_cell(document, table,
                     kept == NULL ? none : mlg_section_p(mlg_section_number(kept, MLG_P, 0)));
    }
    mlg_doc_cell(document, table, mlg_section_share(known_actors(graph) / graph->n));
}

/* Was some view that is told in figures drawn again with degrees kept? */
static bool any_degrees(const mlg_results *results)
{
    bool found = false;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        found =
            found || (is_told_in_figures(results, view) && ei_with_degrees(results, view) != NULL);
    }
    return found;
}

/* The other figures of the index (z, bounds, null) are in tables/scalars.csv. */
static void indices(mlg_document *document)
{
    mlg_heading heads[8] = {mlg_head("view", T_head_view), mlg_head("value", T_head_ei),
                            mlg_head("expected", T_head_expected),
                            mlg_head("interval", T_head_interval), mlg_head("p", T_head_p)};
    const bool degrees = any_degrees(document->results);
    size_t n = 5;
    mlg_table *table = NULL;

    if (degrees) {
        heads[n++] = mlg_head("expected_degrees", T_head_expected_degrees);
        heads[n++] = mlg_head("p_degrees", T_head_p_degrees);
    }
    heads[n++] = mlg_head("known", T_head_known_sector);

    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (!is_told_in_figures(document->results, view)) {
            continue;
        }
        if (table == NULL) {
            table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_ei, NULL, 0), heads, n);
            table->note =
                mlg_sentence_of(degrees ? T_table_ei_note_degrees : T_table_ei_note, NULL, 0);
            table->open_rows = ROWS_OPEN;
        }
        index_row(document, table, view, degrees);
    }
}

/* ---- each sector ---------------------------------------------------------------------------- */

static mlg_table *open_groups(mlg_document *document, const char *id, mlg_sentence caption)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),
        mlg_head("sector", T_head_sector),
        mlg_head("actors", T_head_actors),
        mlg_head("internal", T_head_internal),
        mlg_head("external", T_head_external),
        mlg_head("ei", T_head_ei),
        mlg_head("expected", T_head_expected),
        mlg_head_file("low"),
        mlg_head_file("high"),
        mlg_head_file("null"),
        mlg_head_file("p"),
        mlg_head("p_adjusted", T_head_p_adjusted),
        mlg_head_file("expected_degrees"),
        mlg_head_file("p_degrees"),
        mlg_head_file("p_adjusted_degrees"),
    };
    return mlg_doc_table(document, id, caption, heads, COLUMNS(heads));
}

/* What is expected of a row, and its p, when each actor keeps its number of ties. */
static void degrees_cells(mlg_document *document, mlg_table *table, const mlg_value *list,
                          size_t row)
{
    const mlg_value *kept =
        mlg_values_find_null(document->results->values, list->measure->id, list->view, "degrees");
    const mlg_value *same = kept != NULL && kept->n == list->n ? kept : NULL;

    mlg_doc_cell(document, table, mlg_section_cell(same, MLG_EXPECTED, row));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(same, MLG_P, row)));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(same, MLG_P_ADJUSTED, row)));
}

/* Does a sector's index hold as less open than expected, once all sectors are counted with? */
static bool is_closed(const mlg_value *group, size_t row)
{
    return mlg_section_number(group, MLG_P_ADJUSTED, row) <= MLG_RULE_P &&
           mlg_section_number(group, MLG_VALUE, row) <
               mlg_section_number(group, MLG_EXPECTED, row) &&
           mlg_section_part(group, "actors", row) >= MLG_RULE_SECTOR_ACTORS;
}

static double ties_of(const mlg_value *group, size_t row)
{
    return mlg_section_part(group, "internal", row) + mlg_section_part(group, "external", row);
}

/* Those that hold first, then those farthest below what is expected, in ties. */
static const size_t *most_closed(mlg_document *document, const mlg_value *group)
{
    enum { HOLDS = 1000000000 }; /* more than any gap in ties */
    double *below = mlg_arena_alloc(&document->arena, group->n * sizeof *below);

    document->failed = document->failed || below == NULL;
    for (size_t row = 0; below != NULL && row < group->n; row++) {
        below[row] = (mlg_section_number(group, MLG_EXPECTED, row) -
                      mlg_section_number(group, MLG_VALUE, row)) *
                         ties_of(group, row) +
                     (is_closed(group, row) ? HOLDS : 0.0);
    }
    return below != NULL ? mlg_section_order(document, below, NULL, group->n) : NULL;
}

static size_t count_closed(const mlg_value *group)
{
    size_t n = 0;
    for (size_t row = 0; row < group->n; row++) {
        n += is_closed(group, row);
    }
    return n;
}

/* Does a finding on such ties, or on participations, say it of the sector already? */
static bool is_found(const mlg_results *results, int32_t view, mlg_id sector)
{
    const mlg_source source = mlg_context_view(results->context, view)->source;
    for (size_t i = 0; results->findings != NULL && i < results->findings->n; i++) {
        const mlg_finding *finding = &results->findings->items[i];
        if (finding->view >= 0 && finding->n_subjects == 1 &&
            finding->subject_scope[0] == MLG_SCOPE_SECTOR && finding->subject[0] == sector &&
            mlg_context_view(results->context, finding->view)->source == source) {
            return true;
        }
    }
    return false;
}

/* What the second null says of a sector, where it was drawn. */
static void say_with_degrees(mlg_document *document, int32_t view, const mlg_value *group,
                             size_t row)
{
    const mlg_value *kept =
        mlg_values_find_null(document->results->values, group->measure->id, view, "degrees");
    const double p =
        kept != NULL && kept->n == group->n ? mlg_section_number(kept, MLG_P_ADJUSTED, row) : NAN;
    if (!isnan(p)) {
        mlg_doc_block(document, MLG_BLOCK_NOTE,
                      p <= MLG_RULE_P ? T_limit_degrees_hold : T_limit_degrees_not, NULL, 0);
    }
}

/* Sectors that hold as less open, and are too small a part of the whole for a finding. */
static void say_closed(mlg_document *document, int32_t view, const mlg_value *group,
                       const size_t *order)
{
    for (size_t i = 0; order != NULL && i < group->n && i < SECTORS_SAID; i++) {
        const size_t row = order[i];
        const double share = crossing(group, MLG_VALUE, row).number;
        const double expected = crossing(group, MLG_EXPECTED, row).number;
        const mlg_arg args[] = {
            mlg_arg_label(MLG_SCOPE_SECTOR, group->subject[row]),
            crossing(group, MLG_VALUE, row),
            crossing(group, MLG_EXPECTED, row),
            crossing(group, MLG_LOW, row),
            crossing(group, MLG_HIGH, row),
            mlg_arg_p(mlg_section_number(group, MLG_P_ADJUSTED, row)),
            mlg_arg_count(fmax(round(ties_of(group, row) * (expected - share)), 1.0)),
        };
        if (is_closed(group, row) && !is_found(document->results, view, group->subject[row])) {
            mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_silos_sector_apart, args, COLUMNS(args));
            say_with_degrees(document, view, group, row);
        }
    }
}

/* What the first expectation stands under. */
static mlg_cell null_cell(const mlg_value *value)
{
    return value->null_model != NULL ? mlg_cell_code(value->null_model)
                                     : (mlg_cell){.kind = MLG_CELL_EMPTY};
}

/* In the order given, else its own. */
static void group_rows(mlg_document *document, mlg_table *table, int32_t view, mlg_arg name,
                       const size_t *order)
{
    const mlg_value *group =
        mlg_section_value(document->results, "silo.ei_group", view, MLG_VECTOR, NULL);

    for (size_t i = 0; group != NULL && i < group->n; i++) {
        const size_t row = order != NULL ? order[i] : i;
        static const char *const counts[] = {"actors", "internal", "external"};
        static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_LOW, MLG_HIGH};
        mlg_doc_cell(document, table, mlg_cell_of(name));
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SECTOR, group->subject[row]));
        for (size_t k = 0; k < COLUMNS(counts); k++) {
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_part(group, counts[k], row)));
        }
        for (size_t k = 0; k < COLUMNS(columns); k++) {
            mlg_doc_cell(document, table, mlg_section_cell(group, columns[k], row));
        }
        mlg_doc_cell(document, table, null_cell(group));
        mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(group, MLG_P, row)));
        mlg_doc_cell(document, table,
                     mlg_section_p(mlg_section_number(group, MLG_P_ADJUSTED, row)));
        degrees_cells(document, table, group, row);
    }
}

/* ---- sector by sector -------------------------------------------------------------------------
 */

/* Sectors of a matrix, in its order. */
static size_t side(const mlg_value *mixing)
{
    size_t n = 0;
    while (n * n < mixing->n) {
        n++;
    }
    return n;
}

static int32_t actors_of(const mlg_graph *graph, mlg_id code)
{
    const int32_t sector = mlg_id_find(graph->sector_code, graph->n_sectors, code);
    int32_t n = 0;
    for (int32_t v = 0; v < graph->n && sector >= 0; v++) {
        n += graph->sector[v] == sector ? 1 : 0;
    }
    return n;
}

static mlg_tint tint_of(double ratio, double expected)
{
    return !(expected >= ENOUGH_EXPECTED) ? MLG_TINT_FAINT
           : ratio < 0.5                  ? MLG_TINT_FAR_LESS
           : ratio < 0.8                  ? MLG_TINT_LESS
           : ratio < 1.25                 ? MLG_TINT_AS
           : ratio < 2.0                  ? MLG_TINT_MORE
                                          : MLG_TINT_FAR_MORE;
}

static const char *rendered(mlg_document *document, mlg_text_key key, const mlg_arg *args, size_t n)
{
    mlg_buffer text = {0};
    mlg_text_render(&text, document->results->labels.language, key, args, n);
    const char *kept = mlg_doc_text(document, mlg_buffer_string(&text));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return kept;
}

/* How many times the expected, with a star where the difference holds after adjustment, over
 * the ties observed and expected. */
static mlg_cell observed_expected(mlg_document *document, const mlg_value *mixing, size_t i)
{
    const double observed = mlg_section_number(mixing, MLG_VALUE, i);
    const double expected = mlg_section_number(mixing, MLG_EXPECTED, i);
    const double ratio = observed / expected;
    const bool holds = mlg_section_number(mixing, MLG_P_ADJUSTED, i) <= 0.05;
    const mlg_arg times = mlg_arg_number(ratio, ratio < 0.995 ? 2 : ratio < 9.95 ? 1 : 0);
    const mlg_arg counts[] = {mlg_arg_count(observed),
                              mlg_arg_number(expected, expected < 9.95 ? 1 : 0)};

    if (!(expected > 0.0)) {
        return (mlg_cell){.kind = MLG_CELL_EMPTY};
    }
    mlg_cell cell = mlg_cell_of(
        mlg_arg_text(rendered(document, holds ? T_cell_times_star : T_cell_times, &times, 1)));
    cell.tint = tint_of(ratio, expected);
    cell.small = rendered(document, T_cell_counts, counts, 2);
    return cell;
}

/* Places in the matrix of the sectors with most actors, in its order; answers how many. */
static size_t largest_sectors(const mlg_graph *graph, const mlg_value *mixing,
                              size_t at[static MATRIX_SECTORS])
{
    const size_t all = side(mixing);
    size_t n = 0;
    for (size_t a = 0; a < all; a++) {
        size_t larger = 0; /* and equal ones before it */
        const int32_t own = actors_of(graph, mixing->subject[2 * a * all]);
        for (size_t b = 0; b < all; b++) {
            const int32_t other = actors_of(graph, mixing->subject[2 * b * all]);
            larger += other > own || (other == own && b < a);
        }
        if (larger < MATRIX_SECTORS) {
            at[n++] = a;
        }
    }
    return n;
}

/* Has some cell enough expected to be read? */
static bool tells(const mlg_value *mixing)
{
    bool some = false;
    for (size_t i = 0; i < mixing->n && !some; i++) {
        some = mlg_section_number(mixing, MLG_EXPECTED, i) >= ENOUGH_EXPECTED;
    }
    return some;
}

/* Both halves of a matrix without direction: each row is read along. */
static void matrix(mlg_document *document, int32_t view, const mlg_value *mixing)
{
    const mlg_graph *graph = mlg_context_graph(document->results->context, view);
    const bool directed = graph->directed;
    size_t at[MATRIX_SECTORS];
    const size_t all = side(mixing), n = largest_sectors(graph, mixing, at);
    const mlg_arg caption[] = {mlg_section_view(document, view), mlg_arg_count((double) n),
                               mlg_arg_count((double) all)};
    mlg_heading heads[1 + MATRIX_SECTORS] = {mlg_head("sector", T_head_sector)};

    for (size_t b = 0; b < n; b++) {
        heads[1 + b] =
            (mlg_heading){"ties", mlg_arg_label(MLG_SCOPE_SECTOR, mixing->subject[2 * at[b] * all]),
                          MLG_EVERYWHERE};
    }
    mlg_table *table = mlg_doc_table(document, NULL,
                                     n < all ? mlg_sentence_of(T_table_matrix_part, caption, 3)
                                             : mlg_sentence_of(T_table_matrix, caption, 1),
                                     heads, 1 + n);
    table->note =
        mlg_sentence_of(directed ? T_table_matrix_note_arcs : T_table_matrix_note, NULL, 0);
    table->heat = true;
    for (size_t a = 0; a < n; a++) {
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_SECTOR, mixing->subject[2 * at[a] * all]));
        for (size_t b = 0; b < n; b++) {
            mlg_doc_cell(document, table, observed_expected(document, mixing, at[a] * all + at[b]));
        }
    }
}

static mlg_table *open_pairs(mlg_document *document, const char *id, mlg_sentence caption)
{
    const mlg_heading heads[] = {
        mlg_head_file("view"),
        mlg_head("sector", T_head_sector),
        mlg_head("other", T_head_other_sector),
        mlg_head("ties", T_head_ties),
        mlg_head("expected", T_head_expected),
        mlg_head_file("low"),
        mlg_head_file("high"),
        mlg_head_file("null"),
        mlg_head_file("p"),
        mlg_head("p_adjusted", T_head_p_adjusted),
        mlg_head_file("expected_degrees"),
        mlg_head_file("p_degrees"),
        mlg_head_file("p_adjusted_degrees"),
    };
    return mlg_doc_table(document, id, caption, heads, COLUMNS(heads));
}

static void pair_row(mlg_document *document, mlg_table *table, const mlg_value *mixing, size_t row,
                     mlg_arg name)
{
    static const mlg_value_column columns[] = {MLG_EXPECTED, MLG_LOW, MLG_HIGH};

    mlg_doc_cell(document, table, mlg_cell_of(name));
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SECTOR, mixing->subject[2 * row]));
    mlg_doc_cell(document, table,
                 mlg_section_label(MLG_SCOPE_SECTOR, mixing->subject[2 * row + 1]));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_number(mixing, MLG_VALUE, row)));
    for (size_t i = 0; i < COLUMNS(columns); i++) {
        mlg_doc_cell(document, table, mlg_section_cell(mixing, columns[i], row));
    }
    mlg_doc_cell(document, table, null_cell(mixing));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(mixing, MLG_P, row)));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(mixing, MLG_P_ADJUSTED, row)));
    degrees_cells(document, table, mixing, row);
}

/* What a large matrix does not show: the pairs that lack most ties, of those that hold. */
static void lacking_pairs(mlg_document *document, int32_t view, const mlg_value *mixing)
{
    const mlg_arg name = mlg_section_view(document, view);
    const bool directed = mlg_context_graph(document->results->context, view)->directed;
    double *missing = mlg_arena_alloc(&document->arena, mixing->n * sizeof *missing);

    if (missing == NULL) {
        document->failed = true;
        return;
    }
    for (size_t row = 0; row < mixing->n; row++) {
        const mlg_id a = mixing->subject[2 * row], b = mixing->subject[2 * row + 1];
        const bool asked = a != b && (directed || a < b) &&
                           mlg_section_number(mixing, MLG_P_ADJUSTED, row) <= MLG_RULE_P;
        missing[row] = asked ? mlg_section_number(mixing, MLG_EXPECTED, row) -
                                   mlg_section_number(mixing, MLG_VALUE, row)
                             : NAN;
    }
    const size_t *order = mlg_section_order(document, missing, NULL, mixing->n);
    mlg_table *table = NULL;
    for (size_t i = 0; order != NULL && i < mixing->n; i++) {
        if (missing[order[i]] > 0.0) {
            table = table != NULL
                        ? table
                        : open_pairs(document, NULL, mlg_sentence_of(T_table_pairs, &name, 1));
            pair_row(document, table, mixing, order[i], name);
        }
    }
    if (table != NULL) {
        table->page_rows = PAIRS_SHOWN;
    }
}

/* ---- the section --------------------------------------------------------------------------------
 */

static const mlg_value *mixing_of(const mlg_results *results, int32_t view)
{
    const mlg_value *mixing = mlg_section_value(results, "silo.mixing", view, MLG_MATRIX, NULL);
    return mixing != NULL && mixing->n > 0 ? mixing : NULL;
}

/* The first few, but every one that holds, and all where hardly any would be left out. */
static size_t rows_shown(const mlg_value *group)
{
    const size_t closed = count_closed(group);
    return group->n <= ROWS_OPEN + 2 ? group->n : closed > ROWS_OPEN ? closed : ROWS_OPEN;
}

static void one_view(mlg_document *document, int32_t view)
{
    const mlg_arg name = mlg_section_view(document, view);
    const mlg_value *mixing = mixing_of(document->results, view);
    const mlg_value *group =
        mlg_section_value(document->results, "silo.ei_group", view, MLG_VECTOR, NULL);

    if (mixing != NULL && tells(mixing)) {
        matrix(document, view, mixing);
    } else if (mixing != NULL) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_silos_faint, &name, 1);
    }
    if (mixing != NULL && side(mixing) > MATRIX_SECTORS) {
        lacking_pairs(document, view, mixing);
    }
    if (group != NULL && group->n > 0) {
        const size_t *order = most_closed(document, group);
        say_closed(document, view, group, order);
        mlg_table *table = open_groups(document, NULL, mlg_sentence_of(T_table_groups, &name, 1));
        table->note = mlg_sentence_of(T_table_groups_note, NULL, 0);
        table->page_rows = rows_shown(group);
        group_rows(document, table, view, name, order);
    }
}

static void files(mlg_document *document)
{
    const mlg_results *results = document->results;
    mlg_table *groups = open_groups(document, "silo_sectors", (mlg_sentence){0});

    groups->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        group_rows(document, groups, view,
                   mlg_arg_text(mlg_context_view(results->context, view)->id), NULL);
    }
    mlg_table *pairs = open_pairs(document, "silo_mixing", (mlg_sentence){0});
    pairs->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_value *mixing = mixing_of(results, view);
        const mlg_arg id = mlg_arg_text(mlg_context_view(results->context, view)->id);
        for (size_t row = 0; mixing != NULL && row < mixing->n; row++) {
            pair_row(document, pairs, mixing, row, id);
        }
    }
}

void mlg_section_silos(mlg_document *document)
{
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            say_index(document, view);
            say_degrees(document, view);
        }
    }
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view) &&
            is_told_in_figures(document->results, view)) {
            one_view(document, view);
        }
    }
    indices(document);
    mlg_part_silo_indices(document);
    mlg_part_communities(document);
    files(document);
}
