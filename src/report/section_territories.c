/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>
#include <string.h>

#include "maillage/scale.h"
#include "measure/containment.h"
#include "report/section_territories.h"

/* Territories: which perimeters fit into each other, and how many lie over each place. What covers
 * them, and where things take place, is in section_places.c. */

enum { ROWS_SHOWN = 12, RELATIONS_SHOWN = 8, PERIMETERS_FILED = 60 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* ---- pairs of perimeters ----------------------------------------------------------------------
 */

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

static double of_pair(const mlg_value *value, mlg_id a, mlg_id b, bool either_way)
{
    for (size_t row = 0; value != NULL && row < value->n; row++) {
        const mlg_id *pair = &value->subject[2 * row];
        if ((pair[0] == a && pair[1] == b) || (either_way && pair[0] == b && pair[1] == a)) {
            return mlg_section_number(value, MLG_VALUE, row);
        }
    }
    return NAN;
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

static void pair_row(mlg_document *document, mlg_table *table, const mlg_value *pairs, size_t row)
{
    const mlg_results *results = document->results;
    const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
    const mlg_value *jaccard = mlg_section_value(results, "scale.jaccard", -1, MLG_PAIRS, NULL);
    const mlg_value *overlap = mlg_section_value(results, "scale.overlap", -1, MLG_PAIRS, NULL);
    const mlg_value *in = mlg_section_value(results, "scale.containment", -1, MLG_PAIRS, NULL);

    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, a));
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, b));
    const double relation = mlg_section_number(pairs, MLG_VALUE, row);
    mlg_doc_cell(document, table, mlg_section_key(relation_text(relation)));
    mlg_doc_cell(document, table, mlg_cell_code(relation_code(relation)));
    mlg_doc_cell(document, table,
                 mlg_cell_number(mlg_section_plain(of_pair(jaccard, a, b, true)), T_none));
    mlg_doc_cell(document, table,
                 mlg_cell_number(mlg_section_plain(of_pair(overlap, a, b, true)), T_none));
    mlg_doc_cell(document, table, mlg_section_share(of_pair(in, a, b, false)));
    mlg_doc_cell(document, table, mlg_section_share(of_pair(in, b, a, false)));
    mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(pairs, "people", row)));
}

static void pairs_table(mlg_document *document)
{
    const mlg_value *pairs =
        mlg_section_value(document->results, "scale.typology", -1, MLG_PAIRS, NULL);
    const mlg_heading heads[] = {
        mlg_head("a", T_head_perimeter_a),
        mlg_head("b", T_head_perimeter_b),
        mlg_head("relation", T_head_relation),
        mlg_head_file("relation_code"),
        mlg_head("jaccard", T_head_jaccard),
        mlg_head("overlap", T_head_overlap),
        mlg_head("a_in_b", T_head_a_in_b),
        mlg_head("b_in_a", T_head_b_in_a),
        mlg_head("population", T_head_common_people),
    };
    if (pairs == NULL || pairs->n == 0) {
        return;
    }
    mlg_table *table = mlg_doc_table(
        document, "perimeters", mlg_sentence_of(T_table_overlap, NULL, 0), heads, COLUMNS(heads));
    table->page_rows = RELATIONS_SHOWN;
    table->note = mlg_sentence_of(T_table_overlap_note, NULL, 0);
    for (size_t row = 0; row < pairs->n; row++) {
        pair_row(document, table, pairs, row);
    }
}

/* ---- the matrix --------------------------------------------------------------------------------
 */

/* Steps that the note tells in words. */
static mlg_tint share_tint(double share)
{
    return share <= 0.0         ? MLG_TINT_SHARE_0
           : share < 1.0 / 3.0  ? MLG_TINT_SHARE_1
           : share < 2.0 / 3.0  ? MLG_TINT_SHARE_2
           : share < 1.0 - 1e-9 ? MLG_TINT_SHARE_3
                                : MLG_TINT_SHARE_4;
}

static mlg_cell share_cell(mlg_document *document, const mlg_containment *shares, size_t at)
{
    const mlg_arg args[] = {mlg_arg_share(shares->share[at], 0)};
    mlg_cell cell = mlg_section_share(shares->share[at]);

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
            mlg_arg_count((double) shares.n + shares.left_out),
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
        mlg_table *table = mlg_doc_table(document, "contained", mlg_sentence_of(caption, args, 2),
                                         heads, (size_t) shares.n + 1);
        table->note =
            mlg_sentence_of(shares.n + shares.left_out > ROWS_SHOWN ? T_table_contained_note_some
                                                                    : T_table_contained_note,
                            args, 2);
        table->heat = table->plain = true;
        table->page_rows = ROWS_SHOWN;
        matrix_rows(document, table, &shares);
    }
    mlg_containment_free(&shares);
}

/* ---- layers ------------------------------------------------------------------------------------
 */

static const mlg_value *units_of(const mlg_document *document)
{
    return mlg_section_value(document->results, "scale.layers", -1, MLG_VECTOR, NULL);
}

static void layer_rows(mlg_document *document, mlg_table *table, const mlg_value *units,
                       const size_t *order, size_t n, bool backwards)
{
    for (size_t i = 0; order != NULL && i < n; i++) {
        const size_t row = order[backwards ? units->n - 1 - i : i];
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, units->subject[row]));
        mlg_doc_cell(document, table, mlg_section_cell(units, MLG_VALUE, row));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(units, "population", row)));
    }
}

/* How many units, and inhabitants, have each number of layers; from the deepest on. */
static void layer_counts(mlg_document *document, const mlg_value *units, const size_t *order)
{
    const mlg_heading heads[] = {mlg_head("layers", T_head_layers), mlg_head("units", T_head_units),
                                 mlg_head("population", T_head_population)};
    mlg_table *table =
        mlg_doc_table(document, "layer_counts", mlg_sentence_of(T_table_layer_counts, NULL, 0),
                      heads, COLUMNS(heads));
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
    const mlg_heading heads[] = {mlg_head("unit", T_head_unit), mlg_head("layers", T_head_layers),
                                 mlg_head("population", T_head_population)};
    const mlg_arg args[] = {mlg_arg_number(mlg_section_number(mean, MLG_VALUE, 0), 1),
                            mlg_arg_count(mlg_section_part(mean, "most", 0)),
                            mlg_arg_count(mlg_section_part(mean, "units", 0)),
                            mlg_arg_count(mlg_section_part(mean, "signatures", 0))};

    if (units == NULL || units->n == 0 || mean == NULL) {
        mlg_section_lacks(document, "scale.layers", units);
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_territories_layers, args, 4);
    const size_t *order = mlg_section_order(document, units->column[MLG_VALUE],
                                            mlg_value_part_find(units, "population"), units->n);
    layer_counts(document, units, order);
    const bool both = units->n > ROWS_SHOWN; /* the deepest, then the shallowest */
    mlg_table *table = mlg_doc_table(document, "layers", mlg_sentence_of(T_table_layers, NULL, 0),
                                     heads, COLUMNS(heads));
    table->page_rows = both ? ROWS_SHOWN / 2 : ROWS_SHOWN;
    layer_rows(document, table, units, order, units->n, false);
    if (both) {
        mlg_table *least = mlg_doc_table(
            document, NULL, mlg_sentence_of(T_table_layers_least, NULL, 0), heads, COLUMNS(heads));
        layer_rows(document, least, units, order, ROWS_SHOWN / 2, true);
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
    mlg_doc_block(document, MLG_BLOCK_MISSING, T_territories_lacks, args, 2);
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
