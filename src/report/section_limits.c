/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "finding/next_table.h"
#include "maillage/ingest.h"
#include "report/section.h"

/* What limits the report: what cannot be said, what is wrong with the rows, which names may be one,
 * which table would help next. */

enum { FAULTS_SHOWN = 40, FAULTS_OPEN = 4, LIKE_SHOWN = 12, MEASURES_SHOWN = 4 };

#define COLUMNS(heads) (sizeof(heads) / sizeof(heads)[0])

/* ---- faults ------------------------------------------------------------------------- */

static void fault_row(mlg_document *document, mlg_table *table, size_t i, double names)
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
    mlg_doc_cell(document, table, mlg_section_count(names > 1.0 ? names : fault.count));
    if (names > 1.0) { /* one row for all of them */
        const mlg_arg args[] = {mlg_arg_count(names), mlg_arg_text(message)};
        mlg_buffer words = {0};
        mlg_text_render(&words, results->labels.language, T_faults_same_name, args, 2);
        mlg_doc_cell(document, table,
                     mlg_cell_of(mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&words)))));
        document->failed = document->failed || words.failed;
        mlg_buffer_free(&words);
    } else {
        mlg_doc_cell(document, table, mlg_cell_of(mlg_arg_text(mlg_doc_text(document, message))));
    }
}

/* Is it one of the names that two actors bear? A large register has hundreds: the page has one row
 * for all of them. */
static bool is_same_name(const mlg_document *document, size_t i)
{
    mlg_fault_view fault;
    mlg_faults_get(document->results->model->faults, i, MLG_EN, false, &fault, NULL, 0);
    return strcmp(fault.code, mlg_text_name(T_fault_same_name) + strlen("fault_")) == 0;
}

static mlg_table *open_faults(mlg_document *document, const char *id)
{
    const mlg_heading heads[] = {mlg_head("code", T_head_fault),
                                 mlg_head("severity", T_head_level),
                                 mlg_head("file", T_head_file),
                                 mlg_head("line", T_head_line),
                                 mlg_head_file("column"),
                                 mlg_head("count", T_head_count),
                                 mlg_head("message", T_head_message)};
    mlg_table *table = mlg_doc_table(document, id, mlg_sentence_of(T_table_faults, NULL, 0), heads,
                                     COLUMNS(heads));
    table->page_rows = FAULTS_SHOWN;
    table->open_rows = FAULTS_OPEN;
    return table;
}

/* One row a group, where its first stands; no message quotes a cell that may name a person. */
static void faults(mlg_document *document)
{
    const size_t groups = mlg_faults_groups(document->results->model->faults);
    double names = 0.0;

    for (size_t i = 0; i < groups; i++) {
        names += is_same_name(document, i) ? 1.0 : 0.0;
    }
    mlg_table *table = open_faults(document, "faults");
    for (size_t i = 0; i < groups; i++) {
        fault_row(document, table, i, 1.0);
    }
    if (names < 2.0) {
        return;
    }
    bool told = false;
    table->page_rows = 0;
    table = open_faults(document, NULL);
    for (size_t i = 0; i < groups; i++) {
        const bool same = is_same_name(document, i);
        if (!same || !told) {
            fault_row(document, table, i, same ? names : 1.0);
        }
        told = told || same;
    }
}

/* ---- names that may be one ---------------------------------------------------------------- */

/* Through the public label only: two persons are two pseudonyms. */
static void lookalikes(mlg_document *document)
{
    const mlg_heading heads[] = {mlg_head("name", T_head_name),
                                 mlg_head("other", T_head_other_name),
                                 mlg_head("reason", T_head_likeness)};
    mlg_error err = {MLG_OK, ""};
    mlg_lookalike *pairs = NULL;
    size_t n = 0;
    const mlg_status status =
        document->failed ? MLG_OK
                         : mlg_model_lookalikes(document->results->model, &pairs, &n, &err);

    if (status != MLG_OK) {
        mlg_doc_fail(document, status, &err);
    } else if (n > 0) {
        mlg_table *table =
            mlg_doc_table(document, "lookalikes", mlg_sentence_of(T_table_lookalikes, NULL, 0),
                          heads, COLUMNS(heads));
        table->note = mlg_sentence_of(T_table_lookalikes_note, NULL, 0);
        table->page_rows = LIKE_SHOWN;
        table->open_rows = FAULTS_OPEN;
        for (size_t i = 0; i < n; i++) {
            mlg_doc_cell(document, table, mlg_section_label(pairs[i].scope, pairs[i].a));
            mlg_doc_cell(document, table, mlg_section_label(pairs[i].scope, pairs[i].b));
            mlg_doc_cell(document, table, mlg_section_key(pairs[i].reason));
        }
    }
    mlg_lookalikes_free(pairs);
}

/* ---- what cannot be said ------------------------------------------------------------------ */

/* Nothing wrong, nothing to cut: such an answer is known, though it is no number. */
static bool is_answer(mlg_text_key why)
{
    static const mlg_text_key answers[] = {
        T_none,
        T_why_on_request,
        T_why_all_covered,
        T_why_no_bridge,
        T_why_no_cutting_activity,
        T_why_no_group,
        T_why_no_departure_cuts,
        T_why_no_remedy,
        T_why_no_halves,
        T_why_most_stay,
        T_why_no_link,
        T_why_never_fell,
        T_why_not_recovered,
        T_why_nothing_lost,
        T_why_half_remain,
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        if (why == answers[i]) {
            return true;
        }
    }
    return false;
}

static bool is_unknown(const mlg_value *value)
{
    return !is_answer(value->undefined) &&
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

/* What a missing table leaves undefined is said with the parts that it would open. */
static bool is_of_missing_table(mlg_text_key reason)
{
    return reason == T_why_no_view || reason == T_why_no_two_mode || reason == T_why_no_posts ||
           reason == T_why_no_schemes || reason == T_why_no_perimeters;
}

/* The first of a list of measures, and how many more. */
static void first_measures(mlg_document *document, mlg_table *table, const mlg_buffer *list)
{
    const char *text = mlg_buffer_string(list), *end = text;
    mlg_buffer few = {0};
    size_t shown = 0, all = list->length > 0 ? 1 : 0;

    for (const char *at = text; (at = strstr(at, " · ")) != NULL; at++) {
        all++;
        end = all == MEASURES_SHOWN + 1 ? at : end;
    }
    shown = all > MEASURES_SHOWN + 1 ? MEASURES_SHOWN : all;
    mlg_buffer_bytes(&few, text, shown < all ? (size_t) (end - text) : list->length);
    if (shown < all) {
        const mlg_arg more = mlg_arg_count((double) (all - shown));
        mlg_buffer_text(&few, " ");
        mlg_text_render(&few, document->results->labels.language, T_and_more, &more, 1);
    }
    list_cell(document, table, &few);
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
    first_measures(document, table, &measures);
    list_cell(document, table, &measures);
}

/* First what the page says, then what only the file has. */
static void undefined(mlg_document *document)
{
    const mlg_values *values = document->results->values;
    const mlg_heading heads[] = {mlg_head("reason", T_head_reason),
                                 mlg_section_view_head(document->results),
                                 {"first", mlg_arg_key(T_head_measures), MLG_PAGE_ONLY},
                                 mlg_head_file("measures")};
    mlg_table *table = mlg_doc_table(
        document, "undefined", mlg_sentence_of(T_table_undefined, NULL, 0), heads, COLUMNS(heads));

    table->plain = true;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < values->n; i++) {
            if (is_unknown(&values->items[i]) && !is_told(values, i) &&
                is_of_missing_table(values->items[i].undefined) == (pass == 1)) {
                undefined_row(document, table, i);
            }
        }
        table->page_rows = pass == 0 ? mlg_table_rows(table) : table->page_rows;
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

/* What one needs to mend the tables, after the evidence: row by row. */
void mlg_section_limits(mlg_document *document)
{
    undefined(document);
    if (document->results->model != NULL) {
        faults(document);
        lookalikes(document);
        next_tables(document);
    }
}
