/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/section.h"

/* Columns of which nothing is known leave the page: one sentence under the table names them. */

static bool is_unknown(const mlg_cell *cell)
{
    return cell->kind == MLG_CELL_UNDEFINED ||
           (cell->kind == MLG_CELL_ARG && cell->arg.kind == MLG_ARG_KEY &&
            cell->arg.key == T_unknown);
}

/* Every cell is unknown, or does not apply to its row. */
static bool is_lacking(const mlg_table *table, size_t column)
{
    size_t unknown = 0;
    for (size_t row = 0; row < mlg_table_rows(table); row++) {
        const mlg_cell *cell = mlg_table_cell(table, row, column);
        if (!is_unknown(cell) && cell->kind != MLG_CELL_EMPTY) {
            return false;
        }
        unknown += is_unknown(cell);
    }
    return unknown > 0;
}

/* The reason that all of them have, or T_none. */
static mlg_text_key reason_of(const mlg_table *table, size_t column)
{
    mlg_text_key reason = T_none;
    for (size_t row = 0; row < mlg_table_rows(table); row++) {
        const mlg_cell *cell = mlg_table_cell(table, row, column);
        if (cell->kind == MLG_CELL_UNDEFINED) {
            if (reason != T_none && reason != cell->arg.key) {
                return T_none;
            }
            reason = cell->arg.key;
        }
    }
    return reason;
}

static void name_column(mlg_buffer *out, const mlg_results *results, const mlg_table *table,
                        size_t column)
{
    const mlg_language language = results->labels.language;
    const mlg_text_key reason = reason_of(table, column);

    mlg_buffer_text(out, out->length > 0 ? ", " : "");
    mlg_say_arg(out, results, language, &table->headings[column].title);
    if (reason != T_none) {
        const mlg_arg why = mlg_arg_key(reason);
        mlg_buffer_text(out, " (");
        mlg_say_arg(out, results, language, &why);
        mlg_buffer_text(out, ")");
    }
}

/* The first column names the rows, and stays. */
static void drop_from(mlg_document *document, mlg_table *table)
{
    mlg_buffer names = {0};
    size_t n = 0;

    for (size_t c = 1; c < table->n_columns; c++) {
        mlg_column_use *use = &table->headings[c].use;
        if ((*use == MLG_EVERYWHERE || *use == MLG_PAGE_ONLY) && is_lacking(table, c)) {
            name_column(&names, document->results, table, c);
            *use = *use == MLG_PAGE_ONLY ? MLG_NOWHERE : MLG_FILE_ONLY;
            n++;
        }
    }
    if (n > 0) {
        const mlg_arg args[] = {mlg_arg_count((double) n),
                                mlg_arg_text(mlg_doc_text(document, mlg_buffer_string(&names)))};
        table->lacks = mlg_sentence_of(T_table_lacks, args, 2);
    }
    document->failed = document->failed || names.failed;
    mlg_buffer_free(&names);
}

void mlg_doc_drop_unknown(mlg_document *document)
{
    for (size_t s = 0; s < document->n; s++) {
        for (size_t b = 0; b < document->sections[s].n; b++) {
            mlg_table *table = document->sections[s].blocks[b].table;
            if (table != NULL && table->page_rows > 0 && !table->heat && !table->cards &&
                !table->words) {
                drop_from(document, table);
            }
        }
    }
}
