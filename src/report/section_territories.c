/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>
#include <string.h>

#include "maillage/scale.h"

/* Territories: which perimeters fit into each other, how many lie over each place, and
 * what share of the population nothing on record covers. */

enum { ROWS_SHOWN = 12 };

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

static void pair_row(mlg_document *document, mlg_table *table, const mlg_value *pairs, size_t row)
{
    const mlg_results *results = document->results;
    const mlg_id a = pairs->subject[2 * row], b = pairs->subject[2 * row + 1];
    const mlg_value *jaccard = mlg_section_value(results, "scale.jaccard", -1, MLG_PAIRS, NULL);
    const mlg_value *overlap = mlg_section_value(results, "scale.overlap", -1, MLG_PAIRS, NULL);
    const mlg_value *in = mlg_section_value(results, "scale.containment", -1, MLG_PAIRS, NULL);

    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, a));
    mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_TERRITORY, b));
    mlg_doc_cell(document, table,
                 mlg_section_key(relation_text(mlg_section_number(pairs, MLG_VALUE, row))));
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
        mlg_head("a", T_head_perimeter_a),     mlg_head("b", T_head_perimeter_b),
        mlg_head("relation", T_head_relation), mlg_head("jaccard", T_head_jaccard),
        mlg_head("overlap", T_head_overlap),   mlg_head("a_in_b", T_head_a_in_b),
        mlg_head("b_in_a", T_head_b_in_a),     mlg_head("population", T_head_common_people),
    };
    if (pairs == NULL || pairs->n == 0) {
        return;
    }
    mlg_table *table = mlg_doc_table(
        document, "perimeters", mlg_sentence_of(T_table_overlap, NULL, 0), heads, COLUMNS(heads));
    table->page_rows = ROWS_SHOWN;
    table->note = mlg_sentence_of(T_table_overlap_note, NULL, 0);
    for (size_t row = 0; row < pairs->n; row++) {
        pair_row(document, table, pairs, row);
    }
}

/* ---- layers ------------------------------------------------------------------------------------
 */

static void layers(mlg_document *document)
{
    const mlg_results *results = document->results;
    const mlg_value *mean = mlg_section_value(results, "scale.layers", -1, MLG_SCALAR, NULL);
    const mlg_value *units = mlg_section_value(results, "scale.layers", -1, MLG_VECTOR, NULL);
    const mlg_heading heads[] = {mlg_head("unit", T_head_unit), mlg_head("layers", T_head_layers),
                                 mlg_head("population", T_head_population)};
    const mlg_arg args[] = {mlg_arg_number(mlg_section_number(mean, MLG_VALUE, 0), 1),
                            mlg_arg_count(mlg_section_part(mean, "most", 0)),
                            mlg_arg_count(mlg_section_part(mean, "units", 0)),
                            mlg_arg_count(mlg_section_part(mean, "signatures", 0))};

    if (units == NULL || units->n == 0 || mean == NULL) {
        return;
    }
    mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_territories_layers, args, 4);
    const size_t *order = mlg_section_order(document, units->column[MLG_VALUE],
                                            mlg_value_part_find(units, "population"), units->n);
    mlg_table *table = mlg_doc_table(document, "layers", mlg_sentence_of(T_table_layers, NULL, 0),
                                     heads, COLUMNS(heads));
    table->page_rows = ROWS_SHOWN;
    for (size_t i = 0; order != NULL && i < units->n; i++) {
        mlg_doc_cell(document, table,
                     mlg_section_label(MLG_SCOPE_TERRITORY, units->subject[order[i]]));
        mlg_doc_cell(document, table, mlg_section_cell(units, MLG_VALUE, order[i]));
        mlg_doc_cell(document, table,
                     mlg_section_count(mlg_section_part(units, "population", order[i])));
    }
}

/* ---- coverage -----------------------------------------------------------------------------------
 */

/* What covers: one of the four questions, or a kind of scheme by its label. */
static mlg_cell covering(mlg_document *document, const char *convention)
{
    static const struct {
        const char *convention;
        mlg_text_key key;
    } words[] = {{"schemes", T_covers_schemes},
                 {"referents", T_covers_referents},
                 {"activities", T_covers_activities},
                 {"sites", T_covers_sites}};
    const mlg_model *model = document->results->model;
    char label[128];

    for (size_t i = 0; i < COLUMNS(words); i++) {
        if (strcmp(convention, words[i].convention) == 0) {
            return mlg_section_key(words[i].key);
        }
    }
    for (int32_t code = 0; code < mlg_code_count(model, MLG_V_scheme_kind); code++) {
        if (strcmp(mlg_code_text(model, MLG_V_scheme_kind, code), convention) == 0) {
            const char *text =
                mlg_code_label(model, MLG_V_scheme_kind, code, document->results->labels.language,
                               label, sizeof label);
            return mlg_cell_of(mlg_arg_text(mlg_doc_text(document, text)));
        }
    }
    return mlg_cell_code(convention);
}

static void coverage(mlg_document *document)
{
    const mlg_values *values = document->results->values;
    const mlg_heading heads[] = {
        mlg_head("by", T_head_covered_by), mlg_head("units", T_head_units_covered),
        mlg_head("of", T_head_units),      mlg_head("population", T_head_people_covered),
        mlg_head("rows", T_head_rows),     mlg_head("completeness", T_head_placed)};
    mlg_table *table = NULL;

    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        if (strcmp(value->measure->id, "scale.coverage") != 0 || value->shape != MLG_SCALAR ||
            !(mlg_section_part(value, "rows", 0) > 0.0)) {
            continue;
        }
        if (table == NULL) {
            table = mlg_doc_table(document, "covered", mlg_sentence_of(T_table_covered, NULL, 0),
                                  heads, COLUMNS(heads));
            table->note = mlg_sentence_of(T_table_covered_note, NULL, 0);
        }
        mlg_doc_cell(document, table, covering(document, value->convention));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "covered", 0)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "units", 0)));
        mlg_doc_cell(document, table, mlg_section_share(mlg_section_part(value, "population", 0)));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(value, "rows", 0)));
        mlg_doc_cell(document, table,
                     mlg_section_share(mlg_section_part(value, "completeness", 0)));
    }
}

void mlg_section_territories(mlg_document *document)
{
    typology(document);
    pairs_table(document);
    layers(document);
    coverage(document);
}
