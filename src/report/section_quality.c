/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

#include <math.h>
#include <string.h>

#include "finding/next_table.h"

/* How far the data can be trusted: what was read, what is wrong with it, what it lacks,
 * what was left out, what cannot be said. */

enum { FAULTS_SHOWN = 12, LEAST_FILLED = 12, UNDEFINED_SHOWN = 15 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

static void inputs(mlg_document *document)
{
    const mlg_model *model = document->results->model;
    const mlg_heading heads[] = {mlg_head("file", T_head_file), mlg_head("rows", T_head_rows),
                                 mlg_head("encoding", T_head_encoding)};
    mlg_table *table = mlg_doc_table(document, "inputs", mlg_sentence_of(T_table_inputs, NULL, 0),
                                     heads, COLUMNS(heads));
    for (size_t i = 0; i < model->n_inputs; i++) {
        mlg_doc_cell(document, table, mlg_cell_code(model->inputs[i].file));
        mlg_doc_cell(document, table, mlg_section_count((double) model->inputs[i].rows));
        mlg_doc_cell(document, table, mlg_cell_code(model->inputs[i].encoding));
    }
}

/* ---- faults ------------------------------------------------------------------------- */

static void fault_row(mlg_document *document, mlg_table *table, size_t i)
{
    const mlg_results *results = document->results;
    mlg_fault_view fault;
    char message[2048];

    mlg_faults_get(results->model->faults, i, results->labels.language, results->labels.names,
                   &fault, message, sizeof message);
    const bool fatal = fault.severity == MLG_FATAL;
    mlg_doc_cell(document, table, mlg_cell_code(mlg_doc_text(document, fault.code)));
    mlg_doc_cell(document, table, mlg_section_key(fatal ? T_severity_error : T_severity_warning));
    mlg_doc_cell(document, table, mlg_cell_code(fault.file));
    mlg_doc_cell(document, table, mlg_section_count(fault.line));
    mlg_doc_cell(document, table, mlg_section_count(fault.column));
    mlg_doc_cell(document, table, mlg_section_count(fault.count));
    mlg_doc_cell(document, table, mlg_cell_of(mlg_arg_text(mlg_doc_text(document, message))));
}

/* One row a group, where its first stands; no message quotes a cell that may name a person. */
static void faults(mlg_document *document)
{
    const size_t groups = mlg_faults_groups(document->results->model->faults);
    const mlg_heading heads[] = {mlg_head("code", T_head_fault),
                                 mlg_head("severity", T_head_level),
                                 mlg_head("file", T_head_file),
                                 mlg_head("line", T_head_line),
                                 mlg_head_file("column"),
                                 mlg_head("count", T_head_count),
                                 mlg_head("message", T_head_message)};

    mlg_table *table = mlg_doc_table(document, "faults", mlg_sentence_of(T_table_faults, NULL, 0),
                                     heads, COLUMNS(heads));
    table->page_rows = FAULTS_SHOWN;
    for (size_t i = 0; i < groups; i++) {
        fault_row(document, table, i);
    }
    if (groups == 0) {
        mlg_doc_block(document, MLG_BLOCK_PARAGRAPH, T_quality_no_fault, NULL, 0);
    }
}

/* ---- completeness --------------------------------------------------------------------- */

/* The least filled columns first: they are what limits the rest. */
static void completeness(mlg_document *document, const char *id, const char *measure,
                         mlg_text_key caption, const char *done, mlg_text_key done_head)
{
    const mlg_value *fill = mlg_section_value(document->results, measure, -1, MLG_VECTOR, NULL);
    const mlg_heading heads[] = {mlg_head("column", T_head_column),
                                 mlg_head("share", T_head_filled), mlg_head(done, done_head),
                                 mlg_head("rows", T_head_rows)};

    if (fill == NULL || fill->n == 0) {
        return;
    }
    double *empty = mlg_arena_alloc(&document->arena, fill->n * sizeof *empty);
    if (empty == NULL) {
        document->failed = true;
        return;
    }
    for (size_t row = 0; row < fill->n; row++) {
        empty[row] = -mlg_section_number(fill, MLG_VALUE, row);
    }
    const size_t *order = mlg_section_order(document, empty, NULL, fill->n);
    mlg_table *table =
        mlg_doc_table(document, id, mlg_sentence_of(caption, NULL, 0), heads, COLUMNS(heads));
    table->page_rows = LEAST_FILLED;
    for (size_t i = 0; order != NULL && i < fill->n; i++) {
        mlg_doc_cell(document, table, mlg_section_label(MLG_SCOPE_COLUMN, fill->subject[order[i]]));
        mlg_doc_cell(document, table,
                     mlg_section_share(mlg_section_number(fill, MLG_VALUE, order[i])));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(fill, done, order[i])));
        mlg_doc_cell(document, table, mlg_section_count(mlg_section_part(fill, "rows", order[i])));
    }
}

/* ---- what was left out ------------------------------------------------------------------ */

static void left_out(mlg_document *document)
{
    const mlg_results *results = document->results;
    const mlg_heading heads[] = {
        mlg_head("view", T_head_view),
        mlg_head("rows", T_head_rows),
        mlg_head("rows_outside", T_head_outside),
        mlg_head("rows_absent", T_head_absent),
        mlg_head("ties_inside", T_head_inside),
        mlg_head("loops", T_head_loops),
        mlg_head("rows_undated", T_head_undated),
        mlg_head("unknown_sector", T_head_unknown_sector),
        mlg_head("activities_single", T_head_single),
    };
    if (mlg_section_views(results) == 0) {
        return;
    }
    mlg_table *table = mlg_doc_table(
        document, "left_out", mlg_sentence_of(T_table_left_out, NULL, 0), heads, COLUMNS(heads));
    table->note = mlg_sentence_of(T_table_left_out_note, NULL, 0);
    for (int32_t view = 0; view < mlg_section_views(results); view++) {
        const mlg_graph_facts *facts = &mlg_context_graph(results->context, view)->facts;
        const size_t counts[] = {
            facts->rows,  facts->rows_outside, facts->rows_absent,    facts->ties_inside,
            facts->loops, facts->rows_undated, facts->unknown_sector, facts->activities_single};
        mlg_doc_cell(document, table, mlg_cell_of(mlg_section_view(document, view)));
        for (size_t i = 0; i < COLUMNS(counts); i++) {
            mlg_doc_cell(document, table, mlg_section_count((double) counts[i]));
        }
    }
}

/* ---- what cannot be said ------------------------------------------------------------------ */

/* Nothing wrong, nothing to cut: such a list is empty, not unknown. */
static bool is_unknown(const mlg_value *value)
{
    return value->undefined != T_none && value->undefined != T_why_no_bridge &&
           strncmp(value->measure->id, "quality.", strlen("quality.")) != 0;
}

static bool is_told(const mlg_values *values, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (is_unknown(&values->items[j]) &&
            values->items[j].undefined == values->items[i].undefined) {
            return true;
        }
    }
    return false;
}

/* Appends a name to a list, once. */
static void list_once(mlg_buffer *list, const char *name)
{
    const char *found = list->length > 0 ? strstr(mlg_buffer_string(list), name) : NULL;
    if (found == NULL) {
        mlg_buffer_text(list, list->length > 0 ? " · " : "");
        mlg_buffer_text(list, name);
    }
}

static void list_cell(mlg_document *document, mlg_table *table, mlg_buffer *list)
{
    const char *text = mlg_doc_text(document, mlg_buffer_string(list));
    document->failed = document->failed || list->failed;
    mlg_buffer_free(list);
    mlg_doc_cell(document, table, mlg_cell_of(mlg_arg_text(text)));
}

/* The views and measures that one reason leaves undefined. */
static void undefined_row(mlg_document *document, mlg_table *table, size_t i)
{
    const mlg_values *values = document->results->values;
    const mlg_language language = document->results->labels.language;
    mlg_buffer views = {0}, measures = {0};

    for (size_t j = i; j < values->n; j++) {
        const mlg_value *value = &values->items[j];
        if (is_unknown(value) && value->undefined == values->items[i].undefined) {
            list_once(&views, mlg_section_view(document, value->view).text);
            list_once(&measures, mlg_text(language, mlg_section_title(value->measure->id)));
        }
    }
    mlg_doc_cell(document, table, mlg_section_key(values->items[i].undefined));
    list_cell(document, table, &views);
    list_cell(document, table, &measures);
}

static void undefined(mlg_document *document)
{
    const mlg_values *values = document->results->values;
    const mlg_heading heads[] = {mlg_head("reason", T_head_reason), mlg_head("view", T_head_view),
                                 mlg_head("measures", T_head_measures)};
    mlg_table *table = NULL;

    for (size_t i = 0; i < values->n; i++) {
        if (!is_unknown(&values->items[i]) || is_told(values, i)) {
            continue;
        }
        if (table == NULL) {
            table =
                mlg_doc_table(document, "undefined", mlg_sentence_of(T_table_undefined, NULL, 0),
                              heads, COLUMNS(heads));
            table->page_rows = UNDEFINED_SHOWN;
        }
        undefined_row(document, table, i);
    }
}

/* A table's name, or "the column 'sector' of annuaire.csv". */
static mlg_cell next_name(mlg_document *document, const mlg_next_table *next)
{
    const mlg_arg args[] = {mlg_arg_key(next->name), next->file};
    if (!mlg_next_is_column(next)) {
        return mlg_section_key(next->name);
    }
    mlg_buffer words = {0};
    mlg_say(&words, document->results, document->results->labels.language, T_column_of_file, args,
            2);
    const mlg_cell cell =
        mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&words))));
    document->failed = document->failed || words.failed;
    mlg_buffer_free(&words);
    return cell;
}

static void next_tables(mlg_document *document)
{
    const mlg_heading heads[] = {mlg_head("table", T_head_table),
                                 mlg_head("unlocks", T_head_unlocks)};
    mlg_next_table next[MLG_NEXT_TABLES];
    const size_t n = mlg_next_tables(document->results->model, next);

    if (n == 0) {
        return;
    }
    mlg_table *table = mlg_doc_table(document, "next_tables",
                                     mlg_sentence_of(T_table_next, NULL, 0), heads, COLUMNS(heads));
    for (size_t i = 0; i < n; i++) {
        mlg_doc_cell(document, table, next_name(document, &next[i]));
        mlg_doc_cell(document, table, mlg_section_key(next[i].unlocks));
    }
}

void mlg_section_quality(mlg_document *document)
{
    const bool study = document->results->model != NULL;

    if (study) {
        inputs(document);
        faults(document);
        completeness(document, "coverage", "quality.coverage", T_table_coverage, "filled",
                     T_head_rows_filled);
        completeness(document, "dates", "quality.dates", T_table_dates, "dated", T_head_rows_dated);
    }
    left_out(document);
    undefined(document);
    if (study) {
        next_tables(document);
    }
}
