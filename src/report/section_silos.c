/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>
#include <string.h>

/* Silos: the E-I index of each view with what it would be by chance, each sector's, and
 * the matrix of observed and expected ties. */

enum { MATRIX_SECTORS = 12, NAMED_SECTORS = 6, PAIRS_SHOWN = 20 };

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

/* The null of a test in words. */
static mlg_cell null_model(const mlg_value *ei)
{
    if (ei == NULL || ei->null_model == NULL) {
        return (mlg_cell){.kind = MLG_CELL_EMPTY};
    }
    return mlg_section_key(strcmp(ei->null_model, "margins") == 0 ? T_null_margins : T_null_labels);
}

/* ---- the whole of each view -------------------------------------------------------------- */

static void index_row(mlg_document *document, mlg_table *table, int32_t view)
{
    const mlg_value *ei = mlg_section_value(document->results, "silo.ei", view, MLG_SCALAR, NULL);
    const double low = mlg_section_number(ei, MLG_LOW, 0);
    const double high = mlg_section_number(ei, MLG_HIGH, 0);

    mlg_doc_cell(document, table, mlg_cell_of(mlg_section_view(document, view)));
    mlg_doc_cell(document, table, mlg_section_cell(ei, MLG_VALUE, 0));
    mlg_doc_cell(document, table, mlg_section_cell(ei, MLG_EXPECTED, 0));
    mlg_doc_cell(document, table, interval(document, low, high));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(ei, MLG_P, 0)));
    mlg_doc_cell(document, table, mlg_section_cell(ei, MLG_Z, 0));
    mlg_doc_cell(
        document, table,
        interval(document, mlg_section_number(ei, MLG_MIN, 0), mlg_section_number(ei, MLG_MAX, 0)));
    mlg_doc_cell(document, table, null_model(ei));
}

static void indices(mlg_document *document)
{
    const mlg_heading heads[] = {
        mlg_head("view", T_head_view),
        mlg_head("value", T_head_ei),
        mlg_head("expected", T_head_expected),
        mlg_head("interval", T_head_interval),
        mlg_head("p", T_head_p),
        mlg_head("z", T_head_z),
        mlg_head("bounds", T_head_bounds),
        mlg_head("null", T_head_null),
    };
    mlg_table *table =
        mlg_doc_table(document, NULL, mlg_sentence_of(T_table_ei, NULL, 0), heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_ei_note, NULL, 0);
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        index_row(document, table, view);
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
        mlg_head_file("p"),
        mlg_head("p_adjusted", T_head_p_adjusted),
    };
    return mlg_doc_table(document, id, caption, heads, COLUMNS(heads));
}

static void group_rows(mlg_document *document, mlg_table *table, int32_t view, mlg_arg name)
{
    const mlg_value *group =
        mlg_section_value(document->results, "silo.ei_group", view, MLG_VECTOR, NULL);

    for (size_t row = 0; group != NULL && row < group->n; row++) {
        static const char *const counts[] = {"actors", "internal", "external"};
        static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_LOW, MLG_HIGH};
        mlg_doc_cell(document, table, mlg_cell_of(name));
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_SECTOR, group->subject[row]));
        for (size_t i = 0; i < COLUMNS(counts); i++) {
            mlg_doc_cell(document, table,
                         mlg_section_count(mlg_section_part(group, counts[i], row)));
        }
        for (size_t i = 0; i < COLUMNS(columns); i++) {
            mlg_doc_cell(document, table, mlg_section_cell(group, columns[i], row));
        }
        mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(group, MLG_P, row)));
        mlg_doc_cell(document, table,
                     mlg_section_p(mlg_section_number(group, MLG_P_ADJUSTED, row)));
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

/* "9 (21)", with a star where the difference holds after adjustment. */
static mlg_cell observed_expected(mlg_document *document, const mlg_value *mixing, size_t i)
{
    mlg_buffer text = {0};
    const double expected = mlg_section_number(mixing, MLG_EXPECTED, i);
    const mlg_arg args[] = {mlg_arg_count(mlg_section_number(mixing, MLG_VALUE, i)),
                            mlg_arg_number(expected, expected < 9.95 ? 1 : 0)};
    const bool holds = mlg_section_number(mixing, MLG_P_ADJUSTED, i) <= 0.05;

    mlg_text_render(&text, document->results->labels.language,
                    holds ? T_cell_observed_star : T_cell_observed, args, 2);
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return mlg_cell_of(arg);
}

/* Names head the columns of a small matrix; beyond that, numbers do, and the rows have
 * both: ten names side by side are wider than a page. */
static mlg_arg numbered(mlg_document *document, const mlg_value *mixing, size_t i, bool row)
{
    const size_t n = side(mixing);
    mlg_buffer text = {0};

    if (n <= NAMED_SECTORS) {
        return mlg_arg_label(MLG_SCOPE_SECTOR, mixing->subject[2 * i + 1]);
    }
    mlg_buffer_format(&text, row ? "%zu. " : "%zu", i + 1);
    if (row) {
        mlg_say_label(&text, document->results, document->results->labels.language,
                      MLG_SCOPE_SECTOR, mixing->subject[2 * i + 1]);
    }
    const mlg_arg arg = mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&text)));
    document->failed = document->failed || text.failed;
    mlg_buffer_free(&text);
    return arg;
}

/* Small matrices as such; the lower half of one without direction only repeats the upper. */
static void matrix(mlg_document *document, int32_t view, const mlg_value *mixing)
{
    const size_t n = side(mixing);
    const bool directed = mlg_context_graph(document->results->context, view)->directed;
    const mlg_arg name = mlg_section_view(document, view);
    mlg_heading heads[1 + MATRIX_SECTORS] = {mlg_head("sector", T_head_sector)};

    for (size_t b = 0; b < n; b++) {
        heads[1 + b] = (mlg_heading){"ties", numbered(document, mixing, b, false), MLG_EVERYWHERE};
    }
    mlg_table *table =
        mlg_doc_table(document, NULL, mlg_sentence_of(T_table_matrix, &name, 1), heads, 1 + n);
    table->note =
        mlg_sentence_of(directed ? T_table_matrix_note_arcs : T_table_matrix_note, NULL, 0);
    table->plain = true;
    for (size_t a = 0; a < n; a++) {
        mlg_doc_cell(document, table, mlg_cell_of(numbered(document, mixing, a, true)));
        for (size_t b = 0; b < n; b++) {
            mlg_doc_cell(document, table,
                         directed || b >= a ? observed_expected(document, mixing, a * n + b)
                                            : (mlg_cell){.kind = MLG_CELL_EMPTY});
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
        mlg_head_file("p"),
        mlg_head("p_adjusted", T_head_p_adjusted),
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
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(mixing, MLG_P, row)));
    mlg_doc_cell(document, table, mlg_section_p(mlg_section_number(mixing, MLG_P_ADJUSTED, row)));
}

/* Large matrices as the pairs that lack most ties. */
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
        const bool asked = a != b && (directed || a < b);
        missing[row] = asked ? mlg_section_number(mixing, MLG_EXPECTED, row) -
                                   mlg_section_number(mixing, MLG_VALUE, row)
                             : NAN;
    }
    const size_t *order = mlg_section_order(document, missing, NULL, mixing->n);
    mlg_table *table = open_pairs(document, NULL, mlg_sentence_of(T_table_pairs, &name, 1));
    for (size_t i = 0; order != NULL && i < mixing->n && i < PAIRS_SHOWN; i++) {
        if (!isnan(missing[order[i]])) {
            pair_row(document, table, mixing, order[i], name);
        }
    }
}

/* ---- the section --------------------------------------------------------------------------------
 */

static const mlg_value *mixing_of(const mlg_results *results, int32_t view)
{
    const mlg_value *mixing = mlg_section_value(results, "silo.mixing", view, MLG_MATRIX, NULL);
    return mixing != NULL && mixing->n > 0 ? mixing : NULL;
}

static void one_view(mlg_document *document, int32_t view)
{
    const mlg_arg name = mlg_section_view(document, view);
    const mlg_value *mixing = mixing_of(document->results, view);
    const mlg_value *group =
        mlg_section_value(document->results, "silo.ei_group", view, MLG_VECTOR, NULL);

    if (group != NULL && group->n > 0) {
        mlg_table *table = open_groups(document, NULL, mlg_sentence_of(T_table_groups, &name, 1));
        table->note = mlg_sentence_of(T_table_groups_note, NULL, 0);
        group_rows(document, table, view, name);
    }
    if (mixing != NULL && side(mixing) <= MATRIX_SECTORS) {
        matrix(document, view, mixing);
    } else if (mixing != NULL) {
        lacking_pairs(document, view, mixing);
    }
}

static void files(mlg_document *document)
{
    const mlg_results *results = document->results;
    mlg_table *groups = open_groups(document, "silo_sectors", (mlg_sentence){0});

    groups->page_rows = 0;
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        group_rows(document, groups, view,
                   mlg_arg_text(mlg_context_view(results->context, view)->id));
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
    indices(document);
    for (int32_t view = 0; view < mlg_section_views(document->results); view++) {
        if (mlg_section_shows(document->results, view)) {
            one_view(document, view);
        }
    }
    files(document);
}
