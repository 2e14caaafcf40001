/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>
#include <string.h>

#include "maillage/scale.h"
#include "measure/containment.h"
#include "measure/pair_shares.h"
#include "measure/perimeters.h"
#include "report/section_territories.h"

/* Territories: which perimeters fit into each other, and how many lie over each place. What covers
 * them, and where things take place, is in section_places.c. */

enum { ROWS_SHOWN = 12, RELATIONS_SHOWN = 8, PERIMETERS_FILED = 60 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* ---- pairs of perimeters ----------------------------------------------------------------------
 */

/* How much of the tables is elsewhere, where the study has a territory of its own. */
static void own(mlg_document *document)
{
    const mlg_model *model = document->results->model;
    mlg_perimeters perimeters = {0};
    mlg_error why = {MLG_OK, ""};
    const mlg_status status = mlg_perimeters_of(model, &perimeters, &why);

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &why);
    } else if (perimeters.n_elsewhere > 0) {
        const mlg_arg args[] = {mlg_arg_label(MLG_SCOPE_TERRITORY, model->own),
                                mlg_arg_count(perimeters.n_elsewhere)};
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_territories_own, args, COLUMNS(args));
    }
    mlg_perimeters_free(&perimeters);
}

bool mlg_undetermined_shown(const mlg_document *document)
{
    const mlg_value *pairs =
        mlg_section_value(document->results, "scale.typology", -1, MLG_PAIRS, NULL);
    bool shown = false;
    for (size_t row = 0; pairs != NULL && row < pairs->n && row < RELATIONS_SHOWN; row++) {
        shown = shown || mlg_section_number(pairs, MLG_VALUE, row) == MLG_UNDETERMINED;
    }
    return shown;
}

static void typology(mlg_document *document)
{
    const mlg_value *value =
        mlg_section_value(document->results, "scale.typology", -1, MLG_SCALAR, NULL);
    const double share = mlg_section_number(value, MLG_VALUE, 0);
    const mlg_arg args[] = {
        mlg_arg_count(mlg_section_part(value, "nested", 0)),
        mlg_arg_count(mlg_section_part(value, "equal", 0)),
        mlg_arg_count(mlg_section_part(value, "crossing", 0)),
        mlg_arg_count(mlg_section_part(value, "disjoint", 0)),
        mlg_arg_count(mlg_section_part(value, "undetermined", 0)),
        mlg_arg_share(share, 0),
    };
    if (value == NULL || isnan(args[0].number)) {
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_territories_typology, args, 6);
    if (!isnan(share)) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_territories_type_i, args, 6);
    }
}

static mlg_text_key relation_text(double relation)
{
    static const mlg_text_key keys[MLG_N_RELATIONS] = {
        [MLG_EQUAL] = T_relation_equal,       [MLG_A_IN_B] = T_relation_a_in_b,
        [MLG_B_IN_A] = T_relation_b_in_a,     [MLG_DISJOINT] = T_relation_disjoint,
        [MLG_CROSSING] = T_relation_crossing, [MLG_UNDETERMINED] = T_relation_undetermined,
    };
    const bool known = relation >= 0.0 && relation < MLG_N_RELATIONS;
    return known ? keys[(int) relation] : T_unknown;
}

/* The same in every language, for files. */
static const char *relation_code(double relation)
{
    static const char *const codes[MLG_N_RELATIONS] = {
        [MLG_EQUAL] = "equal",       [MLG_A_IN_B] = "a_in_b",
        [MLG_B_IN_A] = "b_in_a",     [MLG_DISJOINT] = "disjoint",
        [MLG_CROSSING] = "crossing", [MLG_UNDETERMINED] = "undetermined",
    };
    const bool known = relation >= 0.0 && relation < MLG_N_RELATIONS;
    return known ? codes[(int) relation] : "";
}

mlg_arg mlg_range_share(double number)
{
    return mlg_arg_share(mlg_whole_percents(number), 0);
}

static mlg_arg exact_share(double number)
{
    return mlg_arg_share(number, 0);
}

mlg_cell mlg_range_cell(mlg_document *document, double low, double high,
                        mlg_arg (*of)(double number))
{
    const mlg_arg args[] = {of(low), of(high)};
    mlg_buffer words = {0};

    if (!(low < high)) {
        return mlg_cell_number(of(high), T_none);
    }
    mlg_text_render(&words, document->results->labels.language,
                    low > 0.0 ? T_cell_from_to : T_cell_at_most, low > 0.0 ? args : args + 1,
                    low > 0.0 ? 2 : 1);
    const char *text = mlg_doc_text(document, mlg_buffer_string(&words));
    document->failed = document->failed || words.failed;
    mlg_buffer_free(&words);
    return mlg_cell_of(mlg_arg_text(text));
}

/* On the page one cell; in the file the most and the least. */
static void range_cells(mlg_document *document, mlg_table *table, mlg_range range,
                        mlg_arg (*of)(double number), mlg_arg (*file)(double number))
{
    mlg_doc_cell(document, table, mlg_range_cell(document, range.low, range.high, of));
    mlg_doc_cell(document, table, mlg_cell_number(file(range.high), T_none));
    mlg_doc_cell(document, table, mlg_cell_number(file(range.low), T_none));
}

mlg_cell mlg_territory_code_cell(const mlg_document *document, mlg_id territory)
{
    return mlg_cell_code(mlg_names_text(&document->results->model->territories, territory));
}

/* The kind of the schemes of a perimeter, else its scale, as the lists of the study have it; NULL
 * where it is unknown, or schemes of several kinds name the perimeter. */
static const char *kind_code(const mlg_document *document, const mlg_perimeters *perimeters,
                             mlg_id territory)
{
    const mlg_model *model = document->results->model;
    const int32_t row = mlg_perimeter_at(perimeters, territory);
    const int32_t kind = row >= 0 ? perimeters->kind[row] : -1;
    return kind < 0
               ? NULL
               : mlg_code_text(model, kind % 2 == 0 ? MLG_V_scheme_kind : MLG_V_scale, kind / 2);
}

static void pair_row(mlg_document *document, mlg_table *table, const mlg_perimeters *perimeters,
                     const mlg_value *pairs, size_t row)
{
    const mlg_pair_shares s = mlg_pair_shares_of(pairs, row);
    const double relation = mlg_section_number(pairs, MLG_VALUE, row);

    for (size_t end = 0; end < 2; end++) {
        const mlg_id territory = pairs->subject[2 * row + end];
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, territory));
        mlg_doc_cell(document, table, mlg_territory_code_cell(document, territory));
        mlg_doc_cell(document, table, mlg_cell_code(kind_code(document, perimeters, territory)));
    }
    mlg_doc_cell(document, table, mlg_section_key(relation_text(relation)));
    mlg_doc_cell(document, table, mlg_cell_code(relation_code(relation)));
    mlg_doc_cell(document, table,
                 mlg_section_key(s.by_people ? T_counted_people : T_counted_units));
    mlg_doc_cell(document, table, mlg_cell_code(s.by_people ? "population" : "units"));
    range_cells(document, table, s.jaccard, mlg_section_plain, mlg_section_plain);
    range_cells(document, table, s.overlap, mlg_section_plain, mlg_section_plain);
    range_cells(document, table, s.a_in_b, mlg_range_share, exact_share);
    range_cells(document, table, s.b_in_a, mlg_range_share, exact_share);
    range_cells(document, table, s.people, mlg_arg_count, mlg_arg_count);
}

/* How many pairs are counted in inhabitants, and of how many the figures are left open. */
static void count_pairs(const mlg_value *pairs, size_t *by_people, size_t *open)
{
    *by_people = *open = 0;
    for (size_t row = 0; row < pairs->n; row++) {
        const mlg_pair_shares s = mlg_pair_shares_of(pairs, row);
        *by_people += s.by_people;
        *open += s.open;
    }
}

/* Those with something in common come first: where they fill the list, they are what it is of. */
static double pairs_there_are(const mlg_document *document, const mlg_value *pairs)
{
    const mlg_value *counts =
        mlg_section_value(document->results, "scale.typology", -1, MLG_SCALAR, NULL);
    const double apart = mlg_section_part(counts, "disjoint", 0), all = (double) pairs->total;
    return all - apart >= (double) pairs->n ? all - apart : all;
}

static mlg_heading head_page(const char *name, mlg_text_key title)
{
    return (mlg_heading){name, mlg_arg_key(title), MLG_PAGE_ONLY};
}

static void pairs_table(mlg_document *document)
{
    const mlg_value *pairs =
        mlg_section_value(document->results, "scale.typology", -1, MLG_PAIRS, NULL);
    mlg_heading heads[] = {
        mlg_head("a", T_head_perimeter_a),
        mlg_head_file("a_code"),
        mlg_head_file("a_kind"),
        mlg_head("b", T_head_perimeter_b),
        mlg_head_file("b_code"),
        mlg_head_file("b_kind"),
        mlg_head("relation", T_head_relation),
        mlg_head_file("relation_code"),
        mlg_head("counted_in", T_head_counted_in),
        mlg_head_file("weight"),
        head_page("jaccard", T_head_jaccard),
        mlg_head_file("jaccard"),
        mlg_head_file("jaccard_low"),
        head_page("overlap", T_head_overlap),
        mlg_head_file("overlap"),
        mlg_head_file("overlap_low"),
        head_page("a_in_b", T_head_a_in_b),
        mlg_head_file("a_in_b"),
        mlg_head_file("a_in_b_low"),
        head_page("b_in_a", T_head_b_in_a),
        mlg_head_file("b_in_a"),
        mlg_head_file("b_in_a_low"),
        head_page("population", T_head_common_people),
        mlg_head_file("population"),
        mlg_head_file("population_low"),
    };
    enum { COUNTED_IN = 8 };
    size_t by_people = 0, open = 0;

    if (pairs == NULL || pairs->n == 0) {
        return;
    }
    count_pairs(pairs, &by_people, &open);
    const bool mixed = by_people > 0 && by_people < pairs->n;
    const mlg_text_key caption = mixed           ? T_table_overlap
                                 : by_people > 0 ? T_table_overlap_people
                                                 : T_table_overlap_units;
    heads[COUNTED_IN].use = mixed ? MLG_EVERYWHERE : MLG_FILE_ONLY;
    mlg_table *table = mlg_doc_table(document, "perimeters", mlg_sentence_of(caption, NULL, 0),
                                     heads, COLUMNS(heads));
    table->page_rows = RELATIONS_SHOWN;
    table->total = pairs_there_are(document, pairs);
    table->note =
        mlg_sentence_of(open > 0 ? T_table_overlap_note_open : T_table_overlap_note, NULL, 0);
    mlg_perimeters perimeters = {0};
    mlg_error why = {MLG_OK, ""};
    const mlg_status status = mlg_perimeters_of(document->results->model, &perimeters, &why);
    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &why);
    }
    for (size_t row = 0; status == MLG_OK && row < pairs->n; row++) {
        pair_row(document, table, &perimeters, pairs, row);
    }
    if (mlg_undetermined_shown(document)) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_territories_undetermined, NULL, 0);
    }
    mlg_perimeters_free(&perimeters);
}

/* ---- the matrix --------------------------------------------------------------------------------
 */

/* Steps that the note tells in words. */
static mlg_tint share_tint(double share)
{
    return isnan(share)         ? MLG_TINT_NONE
           : share <= 0.0       ? MLG_TINT_SHARE_0
           : share < 1.0 / 3.0  ? MLG_TINT_SHARE_1
           : share < 2.0 / 3.0  ? MLG_TINT_SHARE_2
           : share < 1.0 - 1e-9 ? MLG_TINT_SHARE_3
                                : MLG_TINT_SHARE_4;
}

static mlg_cell share_cell(mlg_document *document, const mlg_containment *shares, size_t at)
{
    const mlg_arg args[] = {mlg_range_share(shares->share[at])};
    mlg_cell cell = mlg_cell_number(mlg_range_share(shares->share[at]), T_none);

    if (shares->open[at]) { /* "at most 60%" */
        mlg_buffer words = {0};
        mlg_text_render(&words, document->results->labels.language, T_cell_at_most, args, 1);
        cell = mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&words))));
        document->failed = document->failed || words.failed;
        mlg_buffer_free(&words);
    }
    cell.tint = share_tint(shares->share[at]);
    return cell;
}

static void matrix_rows(mlg_document *document, mlg_table *table, const mlg_containment *shares)
{
    const size_t n = (size_t) shares->n;
    for (size_t row = 0; row < n; row++) {
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_TERRITORY, shares->territory[row]));
        for (size_t column = 0; column < n; column++) {
            mlg_doc_cell(document, table,
                         row == column ? mlg_cell_code(NULL)
                                       : share_cell(document, shares, row * n + column));
        }
    }
}

/* Which share of each row lies in each column; further perimeters are in the file. */
static void matrix(mlg_document *document)
{
    const mlg_model *model = document->results->model;
    mlg_containment shares = {0};
    mlg_heading heads[1 + PERIMETERS_FILED];
    mlg_error why = {MLG_OK, ""};
    const mlg_status status = mlg_containment_of(model, PERIMETERS_FILED, &shares, &why);

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &why);
    } else if (shares.n >= 2) {
        const mlg_arg args[] = {
            mlg_arg_count(shares.n < ROWS_SHOWN ? shares.n : ROWS_SHOWN),
            mlg_arg_count((double) shares.n + shares.left_out), mlg_arg_count(shares.n),
            mlg_arg_count(shares.of_schemes ? 2.0 : 1.0), /* the second of two words */
        };
        heads[0] = mlg_head("perimeter", T_head_perimeter);
        for (int32_t p = 0; p < shares.n; p++) {
            const char *id = mlg_names_text(&model->territories, shares.territory[p]);
            heads[1 + p] = (mlg_heading){
                mlg_doc_text(document, id),
                mlg_arg_label(MLG_SCOPE_TERRITORY, shares.territory[p]),
                p < ROWS_SHOWN ? MLG_EVERYWHERE : MLG_FILE_ONLY,
            };
        }
        const mlg_text_key caption = shares.by_people ? T_table_contained : T_table_contained_units;
        mlg_table *table = mlg_doc_table(document, "contained", mlg_sentence_of(caption, args, 4),
                                         heads, (size_t) shares.n + 1);
        table->note =
            mlg_sentence_of(shares.n + shares.left_out > ROWS_SHOWN ? T_table_contained_note_some
                                                                    : T_table_contained_note,
                            args, 4);
        table->heat = table->plain = true;
        table->page_rows = ROWS_SHOWN;
        table->total = (double) shares.n + shares.left_out;
        matrix_rows(document, table, &shares);
        if (shares.by_people && shares.unknown > 0.0) {
            const mlg_arg unknown[] = {mlg_arg_count(shares.unknown), mlg_arg_count(shares.units)};
            mlg_doc_block(document, MLG_BLOCK_NOTE, T_contained_unknown, unknown, 2);
        }
    }
    mlg_containment_free(&shares);
}

/* ---- layers ------------------------------------------------------------------------------------
 */

/* Layers are perimeters of schemes, of any territory where no scheme names one. */
typedef struct layer_words {
    mlg_text_key mean, counts, deepest, least, head;
} layer_words;

static const layer_words of_schemes = {T_territories_layers_schemes, T_table_layer_counts_schemes,
                                       T_table_layers_schemes, T_table_layers_least_schemes,
                                       T_head_layers_schemes};
static const layer_words of_perimeters = {T_territories_layers, T_table_layer_counts,
                                          T_table_layers, T_table_layers_least, T_head_layers};

static const mlg_value *units_of(const mlg_document *document)
{
    return mlg_section_value(document->results, "scale.layers", -1, MLG_VECTOR, NULL);
}

static void layer_rows(mlg_document *document, mlg_table *table, const mlg_value *units,
                       const size_t *order, size_t n)
{
    for (size_t i = 0; order != NULL && i < n; i++) {
        const size_t row = order[i];
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, units->subject[row]));
        mlg_doc_cell(document, table, mlg_territory_code_cell(document, units->subject[row]));
        mlg_doc_cell(document, table, mlg_section_cell(units, MLG_VALUE, row));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(units, "population", row)));
    }
}

/* The fewest layers first, then the most inhabitants: where it matters most. */
static const size_t *shallowest(mlg_document *document, const mlg_value *units)
{
    double *above = mlg_arena_alloc(&document->arena, units->n * sizeof *above);
    for (size_t row = 0; above != NULL && row < units->n; row++) {
        above[row] = -units->column[MLG_VALUE][row];
    }
    document->failed = document->failed || above == NULL;
    return above == NULL ? NULL
                         : mlg_section_order(document, above,
                                             mlg_value_part_find(units, "population"), units->n);
}

/* How many units, and inhabitants, have each number of layers; from the deepest on. */
static void layer_counts(mlg_document *document, const mlg_value *units, const size_t *order,
                         const layer_words *words)
{
    const mlg_heading heads[] = {mlg_head("layers", words->head), mlg_head("units", T_head_units),
                                 mlg_head("population", T_head_population)};
    mlg_table *table = mlg_doc_table(
        document, "layer_counts", mlg_sentence_of(words->counts, NULL, 0), heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_layer_counts_note, NULL, 0);
    for (size_t i = 0, next; order != NULL && i < units->n; i = next) {
        const double depth = mlg_section_number(units, MLG_VALUE, order[i]);
        double people = 0.0;
        for (next = i;
             next < units->n && mlg_section_number(units, MLG_VALUE, order[next]) == depth;
             next++) {
            people += mlg_section_part(units, "population", order[next]);
        }
        mlg_doc_cell(document, table, mlg_section_count(depth));
        mlg_doc_cell(document, table, mlg_section_count((double) (next - i)));
        mlg_doc_cell(document, table, mlg_section_count(people));
    }
}

static void layers(mlg_document *document)
{
    const mlg_value *mean =
        mlg_section_value(document->results, "scale.layers", -1, MLG_SCALAR, NULL);
    const mlg_value *units = units_of(document);

    if (units == NULL || units->n == 0 || mean == NULL) {
        mlg_section_lacks(document, "scale.layers", units);
        return;
    }
    const layer_words *words =
        strcmp(mean->convention, "scheme_perimeters") == 0 ? &of_schemes : &of_perimeters;
    const double depth = mlg_section_number(mean, MLG_VALUE, 0);
    const mlg_heading heads[] = {mlg_head("unit", T_head_unit), mlg_head_file("code"),
                                 mlg_head("layers", words->head),
                                 mlg_head("population", T_head_population)};
    const mlg_arg args[] = {mlg_arg_number(depth, depth > floor(depth) ? 1 : 0),
                            mlg_arg_count(mlg_section_part(mean, "most", 0)),
                            mlg_arg_count(mlg_section_part(mean, "units", 0)),
                            mlg_arg_count(mlg_section_part(mean, "signatures", 0))};

    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, words->mean, args, 4);
    const size_t *order = mlg_section_order(document, units->column[MLG_VALUE],
                                            mlg_value_part_find(units, "population"), units->n);
    layer_counts(document, units, order, words);
    const bool both = units->n > ROWS_SHOWN; /* the deepest, then the shallowest */
    mlg_table *table = mlg_doc_table(document, "layers", mlg_sentence_of(words->deepest, NULL, 0),
                                     heads, COLUMNS(heads));
    table->page_rows = both ? ROWS_SHOWN / 2 : ROWS_SHOWN;
    layer_rows(document, table, units, order, units->n);
    if (both) {
        mlg_table *least = mlg_doc_table(document, NULL, mlg_sentence_of(words->least, NULL, 0),
                                         heads, COLUMNS(heads));
        layer_rows(document, least, units, shallowest(document, units), ROWS_SHOWN / 2);
    }
}

static void overlaps(mlg_document *document)
{
    const mlg_value *pairs =
        mlg_section_value(document->results, "scale.typology", -1, MLG_PAIRS, NULL);
    if (pairs == NULL || pairs->n == 0) {
        mlg_section_lacks(document, "scale.typology", pairs);
        return;
    }
    own(document);
    typology(document);
    matrix(document);
    pairs_table(document);
}

/* A part without data says which table would unlock it. */
void mlg_section_lacks(mlg_document *document, const char *measure, const mlg_value *value)
{
    const bool said = value != NULL && value->undefined != T_none;
    const mlg_arg args[] = {mlg_arg_key(said ? value->undefined : T_why_no_perimeters),
                            mlg_arg_key(mlg_section_title(measure))};
    mlg_doc_block(document, MLG_BLOCK_NOTE, T_territories_lacks, args, 2);
}

void mlg_section_territories(mlg_document *document)
{
    mlg_doc_block(document, MLG_BLOCK_HEADING, T_territories_head_overlap, NULL, 0);
    overlaps(document);
    mlg_part_fit(document);
    mlg_doc_block(document, MLG_BLOCK_HEADING, T_territories_head_layers, NULL, 0);
    mlg_part_overlap(document);
    layers(document);
    mlg_section_places(document);
    mlg_part_access(document);
}
