/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/terminal.h"

#include <string.h>

#include "report/output.h"
#include "report/width.h"

/* Wide enough for a sentence, narrow enough for half a screen. */
enum { COLUMNS = 88 };

static void wrapped(mlg_buffer *out, const mlg_results *results, const mlg_sentence *sentence,
                    const char *head)
{
    mlg_buffer text = {0};
    mlg_say(&text, results, results->labels.language, sentence->key, sentence->args,
            sentence->n_args);
    mlg_wrap(out, mlg_buffer_string(&text), head, COLUMNS);
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

/* ---- tables ------------------------------------------------------------------ */

static void cell_text(mlg_buffer *text, const mlg_results *results, const mlg_table *table,
                      size_t row, size_t column)
{
    mlg_buffer_clear(text);
    if (row == 0) {
        mlg_say_arg(text, results, results->labels.language, &table->headings[column].title);
    } else {
        mlg_say_cell(text, results, mlg_table_cell(table, row - 1, column));
    }
}

typedef struct column {
    size_t width;
    bool numeric; /* looked up once: it may take reading all its cells */
} column;

/* One line, or (`measures`) the widths that it needs. */
static void line(mlg_buffer *out, const mlg_results *results, const mlg_table *table, size_t row,
                 bool measures, column *columns)
{
    mlg_buffer text = {0};
    size_t owed = 0; /* spaces that no later cell may need: lines do not end in spaces */

    for (size_t c = 0; c < table->n_columns; c++) {
        if (!mlg_on_page(table->headings[c].use)) {
            continue;
        }
        cell_text(&text, results, table, row, c);
        const size_t width = mlg_display_width(mlg_buffer_string(&text));
        if (measures) {
            columns[c].width = columns[c].width > width ? columns[c].width : width;
            continue;
        }
        /* a text cut short when it was measured, for lack of memory, is wider than its column */
        const size_t room = columns[c].width > width ? columns[c].width - width : 0;
        const size_t before = columns[c].numeric ? room : 0;
        if (width > 0) {
            mlg_pad(out, owed + before);
            mlg_buffer_text(out, mlg_buffer_string(&text));
            owed = 0;
        }
        owed += (width > 0 ? room - before : columns[c].width) + 2;
    }
    if (!measures) {
        mlg_buffer_char(out, '\n');
    }
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

static mlg_status terminal_table(mlg_buffer *ready, const mlg_results *results,
                                 const mlg_table *table, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t all = mlg_table_rows(table);
    const size_t rows = all < table->page_rows ? all : table->page_rows;
    column *columns = mlg_zalloc(table->n_columns, sizeof *columns);

    TRY_ALLOC(err, columns);
    for (size_t c = 0; c < table->n_columns; c++) {
        columns[c].numeric = mlg_table_is_numeric(table, c);
    }
    if (rows > 0) {
        wrapped(ready, results, &table->caption, "");
        for (size_t row = 0; row <= rows; row++) {
            line(ready, results, table, row, true, columns);
        }
        for (size_t row = 0; row <= rows; row++) {
            line(ready, results, table, row, false, columns);
            TRY(mlg_flush_some(ready, out, err));
        }
    }
    const double there = table->total > (double) all ? table->total : (double) all;
    if (rows > 0 && (double) rows < there) {
        const mlg_arg args[] = {mlg_arg_count((double) rows), mlg_arg_count(there)};
        const mlg_sentence cut = mlg_sentence_of(T_table_cut_bare, args, 2);
        wrapped(ready, results, &cut, "");
    }
    if (rows > 0 && table->note.key != T_none) {
        wrapped(ready, results, &table->note, "");
    }
out:
    mlg_free(columns);
    return status;
}

/* ---- findings ----------------------------------------------------------------- */

/* A mark that is read without colour: more serious, more bars. */
static const char *mark(mlg_level level)
{
    static const char *const marks[] = {"[   ] ", "[!  ] ", "[!! ] ", "[!!!] "};
    return marks[level];
}

/* `lever`: findings in a row that call for the same get it once, after the last. */
static void one_finding(mlg_buffer *out, const mlg_results *results, const mlg_finding *finding,
                        bool lever)
{
    const mlg_language language = results->labels.language;
    mlg_buffer text = {0};

    mlg_buffer_text(&text, mlg_text(language, mlg_document_level(finding->level)));
    if (finding->view >= 0 && mlg_context_views(results->context) > 1) {
        mlg_buffer_text(&text, ", ");
        mlg_say_view(&text, results, language, finding->view);
    }
    mlg_buffer_text(&text, language == MLG_FR ? "\xe2\x80\xaf: " : ": ");
    mlg_say(&text, results, language, finding->text, finding->args, finding->n_args);
    mlg_wrap(out, mlg_buffer_string(&text), mark(finding->level), COLUMNS);
    if (lever && finding->lever != T_none) {
        mlg_buffer_clear(&text);
        mlg_buffer_text(&text, mlg_text(language, finding->lever));
        mlg_buffer_char(&text, ' ');
        mlg_say_source(&text, language, finding->lever_source);
        mlg_wrap(out, mlg_buffer_string(&text), "      -> ", COLUMNS);
    }
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

static void print_findings(mlg_buffer *out, const mlg_results *results, size_t most)
{
    static const mlg_findings none = {0};
    const mlg_findings *findings = results->findings != NULL ? results->findings : &none;

    for (size_t i = 0; i < findings->n && i < most; i++) {
        const mlg_finding *finding = &findings->items[i];
        const bool last = i + 1 == findings->n || i + 1 == most;
        one_finding(out, results, finding, last || finding[1].lever != finding->lever);
    }
    if (findings->n == 0) {
        mlg_wrap(out, mlg_text(results->labels.language, T_summary_none), "", COLUMNS);
    } else if (findings->n > most) {
        const mlg_arg more = mlg_arg_count((double) (findings->n - most));
        const mlg_sentence sentence = mlg_sentence_of(T_summary_more, &more, 1);
        wrapped(out, results, &sentence, "");
    }
}

/* What must stand over any figure of the study. */
static void banners(mlg_buffer *out, const mlg_results *results)
{
    const bool illustrative = results->model != NULL && mlg_model_illustrative(results->model);
    if (illustrative) {
        mlg_wrap(out, mlg_text(results->labels.language, T_report_illustrative), "", COLUMNS);
    }
    const bool several = results->model != NULL && !mlg_model_one_territory(results->model);
    if (several) {
        mlg_wrap(out, mlg_text(results->labels.language, T_report_not_one_territory), "", COLUMNS);
    }
    if (results->labels.names) {
        mlg_wrap(out, mlg_text(results->labels.language, T_report_names_banner), "", COLUMNS);
    }
    mlg_buffer_text(out, illustrative || several || results->labels.names ? "\n" : "");
}

void mlg_terminal_summary(mlg_buffer *out, const mlg_results *results, size_t most)
{
    const char *title = results->model != NULL ? mlg_model_title(results->model) : "";

    if (title[0] != '\0') {
        mlg_wrap(out, title, "", COLUMNS);
        mlg_buffer_char(out, '\n');
    }
    banners(out, results);
    print_findings(out, results, most);
}

/* ---- the document ------------------------------------------------------------- */

static mlg_status terminal_block(mlg_buffer *ready, const mlg_results *results,
                                 const mlg_block *block, FILE *out, mlg_error *err)
{
    switch (block->kind) {
    case MLG_BLOCK_TABLE:
        return terminal_table(ready, results, block->table, out, err);
    case MLG_BLOCK_FIGURE:
        break; /* nothing to draw on */
    case MLG_BLOCK_FINDINGS:
        print_findings(ready, results, block->n);
        break;
    default:
        wrapped(ready, results, &block->text, "");
        break;
    }
    return MLG_OK;
}

mlg_status mlg_terminal_write(const mlg_document *document, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer ready = {0};

    for (size_t i = 0; i < document->n; i++) {
        const mlg_section *section = &document->sections[i];
        for (size_t j = 0; j < section->n; j++) {
            const bool run = j > 0 && section->blocks[j].kind == MLG_BLOCK_NOTE &&
                             section->blocks[j - 1].kind == MLG_BLOCK_NOTE;
            mlg_buffer_text(&ready, i + j > 0 && !run ? "\n" : "");
            TRY(terminal_block(&ready, document->results, &section->blocks[j], out, err));
        }
    }
    TRY(mlg_flush(&ready, out, err));
out:
    mlg_buffer_free(&ready);
    return status;
}
