/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <math.h>

#include "maillage/version.h"
#include "report/section.h"

/* What `maillage measure` prints as text: where the numbers come from, the scalars in
 * one table, then a table for each list, with every column and part that it has. */

enum { DIGITS = 4, MAX_COLUMNS = 2 + MLG_N_VALUE_COLUMNS + MLG_MAX_PARTS };

static const mlg_value_column shown[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD,        MLG_LOW,
                                         MLG_HIGH,  MLG_MIN,      MLG_MAX,       MLG_Z,
                                         MLG_P,     MLG_P_TWO,    MLG_P_ADJUSTED};
enum { N_SHOWN = sizeof shown / sizeof shown[0] };

static mlg_cell precise(double value, mlg_text_key reason)
{
    const bool whole = value == floor(value) && fabs(value) < 1e15;
    return mlg_cell_number(whole ? mlg_arg_count(value) : mlg_arg_number(value, DIGITS), reason);
}

/* A value that is a code of a list, in words: texts MEASURE_CODE ("code_scale_typology_4"). */
static mlg_text_key code_of(const mlg_value *value, double number)
{
    char key[96] = "code_";
    if (value->shape == MLG_SCALAR || !(number >= 0.0 && number < 100.0)) {
        return T_none;
    }
    snprintf(key, sizeof key, "code_%s_%d", value->measure->id, (int) number);
    for (char *c = key; *c != '\0'; c++) {
        *c = (char) (*c == '.' ? '_' : *c);
    }
    return mlg_text_find(key);
}

static mlg_cell cell_of(const mlg_value *value, mlg_value_column column, size_t row,
                        mlg_text_key reason)
{
    const double number = mlg_section_number(value, column, row);
    const bool p = column == MLG_P || column == MLG_P_TWO || column == MLG_P_ADJUSTED;
    if (value->column[column] == NULL) {
        return (mlg_cell){.kind = MLG_CELL_EMPTY};
    }
    const mlg_text_key code = column == MLG_VALUE ? code_of(value, number) : T_none;
    return code != T_none ? mlg_section_key(code)
           : p            ? mlg_section_p(number)
                          : precise(number, reason);
}

/* The text PREFIX_NAME, or the name itself where there is none. */
static mlg_arg title_of(const char *prefix, const char *name)
{
    char key[64];
    snprintf(key, sizeof key, "%s_%s", prefix, name);
    const mlg_text_key text = mlg_text_find(key);
    return text != T_none ? mlg_arg_key(text) : mlg_arg_text(name);
}

static mlg_heading column_head(mlg_value_column column)
{
    const char *name = mlg_value_column_name(column);
    return (mlg_heading){name, title_of("value", name), MLG_EVERYWHERE};
}

/* ---- scalars -----------------------------------------------------------------------------------
 */

/* Two values of one measure may differ by their null alone: it is named where there is one. */
static bool any_null(const mlg_values *values)
{
    bool found = false;
    for (size_t i = 0; i < values->n; i++) {
        found = found || (values->items[i].shape == MLG_SCALAR && values->items[i].null_model);
    }
    return found;
}

/* A column that no scalar fills is left out. */
static bool any_has(const mlg_values *values, mlg_value_column column)
{
    for (size_t i = 0; i < values->n; i++) {
        if (values->items[i].shape == MLG_SCALAR && values->items[i].column[column] != NULL) {
            return true;
        }
    }
    return false;
}

static void scalars(mlg_document *document)
{
    const mlg_values *values = document->results->values;
    const bool nulls = any_null(values);
    mlg_heading heads[4 + N_SHOWN] = {mlg_head("measure", T_head_measure),
                                      mlg_head("view", T_head_view)};
    mlg_value_column used[N_SHOWN];
    size_t n = 0;
    mlg_table *table = NULL;

    for (size_t i = 0; i < N_SHOWN; i++) {
        if (any_has(values, shown[i])) {
            heads[2 + n] = column_head(shown[i]);
            used[n++] = shown[i];
        }
    }
    heads[2 + n] = mlg_head("null", T_head_null);
    heads[2 + n + nulls] = mlg_head("convention", T_head_convention);
    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        if (value->shape != MLG_SCALAR) {
            continue;
        }
        if (table == NULL) {
            table = mlg_doc_table(document, NULL, mlg_sentence_of(T_table_scalars, NULL, 0), heads,
                                  3 + n + nulls);
        }
        mlg_doc_cell(document, table, mlg_cell_code(value->measure->id));
        mlg_doc_cell(document, table, mlg_cell_of(mlg_section_view(document, value->view)));
        for (size_t c = 0; c < n; c++) {
            mlg_doc_cell(document, table,
                         cell_of(value, used[c], 0, c == 0 ? value->undefined : T_none));
        }
        if (nulls) {
            mlg_doc_cell(document, table,
                         value->null_model != NULL ? mlg_cell_code(value->null_model)
                                                   : (mlg_cell){.kind = MLG_CELL_EMPTY});
        }
        mlg_doc_cell(document, table, mlg_cell_code(value->convention));
    }
}

/* ---- lists --------------------------------------------------------------------------------------
 */

static size_t subject_heads(const mlg_value *value, mlg_heading *heads)
{
    if (value->subject == NULL) {
        return 0;
    }
    heads[0] = mlg_head("subject", T_head_subject);
    if (value->shape == MLG_PAIRS || value->shape == MLG_MATRIX) {
        heads[1] = mlg_head("other", T_head_other);
        return 2;
    }
    return 1;
}

static void list_rows(mlg_document *document, mlg_table *table, const mlg_value *value,
                      size_t subjects, const mlg_value_column *used, size_t n)
{
    for (size_t row = 0; row < value->n && !document->failed; row++) {
        for (size_t s = 0; s < subjects; s++) {
            mlg_doc_cell(document, table,
                         mlg_section_label(value->scope, value->subject[subjects * row + s]));
        }
        for (size_t c = 0; c < n; c++) {
            mlg_doc_cell(document, table, cell_of(value, used[c], row, T_none));
        }
        for (size_t p = 0; p < value->n_parts; p++) {
            mlg_doc_cell(document, table, precise(value->part[p].values[row], T_none));
        }
    }
}

static void list(mlg_document *document, const mlg_value *value)
{
    mlg_heading heads[MAX_COLUMNS];
    mlg_value_column used[MLG_N_VALUE_COLUMNS];
    size_t n = 0;
    const size_t subjects = subject_heads(value, heads);
    const mlg_arg args[] = {mlg_arg_text(value->measure->id),
                            mlg_section_view(document, value->view),
                            mlg_arg_text(value->convention), mlg_arg_key(value->undefined),
                            mlg_arg_text(value->null_model)};
    const bool null = value->null_model != NULL;

    if (value->n == 0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH,
                      value->undefined == T_none ? T_table_list_empty
                      : null                     ? T_table_list_undefined_null
                                                 : T_table_list_undefined,
                      args, 5);
        return;
    }
    if (value->column[MLG_AT] != NULL) {
        used[n++] = MLG_AT;
    }
    for (size_t i = 0; i < N_SHOWN; i++) {
        if (value->column[shown[i]] != NULL) {
            used[n++] = shown[i];
        }
    }
    for (size_t c = 0; c < n; c++) {
        heads[subjects + c] = column_head(used[c]);
    }
    for (size_t p = 0; p < value->n_parts; p++) {
        heads[subjects + n + p] = (mlg_heading){
            value->part[p].name, title_of("part", value->part[p].name), MLG_EVERYWHERE};
    }
    mlg_table *table = mlg_doc_table(
        document, NULL, mlg_sentence_of(null ? T_table_list_null : T_table_list, args, 5), heads,
        subjects + n + value->n_parts);
    table->note = mlg_sentence_of(mlg_section_legend(value->measure->id), NULL, 0);
    list_rows(document, table, value, subjects, used, n);
}

/* ---- the document
 * --------------------------------------------------------------------------------- */

static void provenance(mlg_document *document)
{
    const mlg_results *results = document->results;
    const mlg_model *model = results->model;
    char seed[24];
    snprintf(seed, sizeof seed, "%" PRIu64, results->run->seed);
    const mlg_arg args[] = {mlg_arg_text(MLG_VERSION), mlg_arg_text(mlg_doc_text(document, seed)),
                            mlg_arg_count(results->run->draws)};

    mlg_doc_block(document, MLG_BLOCK_NOTE, T_print_provenance, args, 3);
    if (model != NULL && mlg_model_illustrative(model)) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_report_illustrative, NULL, 0);
    }
    if (model != NULL && !mlg_model_one_territory(model)) {
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_report_not_one_territory, NULL, 0);
    }
    double rows = 0.0;
    for (size_t i = 0; model != NULL && i < model->n_inputs; i++) {
        rows += (double) model->inputs[i].rows;
    }
    if (model != NULL && model->n_inputs > 0) {
        const mlg_arg inputs[] = {mlg_arg_count((double) model->n_inputs), mlg_arg_count(rows),
                                  mlg_arg_text(model->sha256)};
        mlg_doc_block(document, MLG_BLOCK_NOTE, T_print_input, inputs, 3);
    }
}

mlg_status mlg_document_values(const mlg_results *results, mlg_document *document, mlg_error *err)
{
    *document = (mlg_document){.results = results};
    mlg_doc_section(document, "values", T_none);
    provenance(document);
    scalars(document);
    for (size_t i = 0; i < results->values->n; i++) {
        if (results->values->items[i].shape != MLG_SCALAR) {
            list(document, &results->values->items[i]);
        }
    }
    mlg_doc_align(document, DIGITS);
    return mlg_doc_end(document, err);
}
