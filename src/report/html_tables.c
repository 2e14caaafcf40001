/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html_parts.h"

/* Tables on the page: typed cells, heads with their scope, a caption each. */

static void table_head(mlg_html *p, const mlg_table *table)
{
    mlg_html_raw(p, "<caption>");
    mlg_html_sentence(p, &table->caption);
    mlg_html_raw(p, "</caption>\n<thead><tr>");
    for (size_t c = 0; c < table->n_columns; c++) {
        if (table->headings[c].use != MLG_FILE_ONLY) {
            mlg_buffer text = {0};
            mlg_html_raw(p, mlg_table_is_numeric(table, c) ? "<th scope=\"col\" class=\"number\">"
                                                           : "<th scope=\"col\">");
            mlg_say_arg(&text, p->results, p->language, &table->headings[c].title);
            mlg_html_text(p, &text);
            mlg_html_raw(p, "</th>");
        }
    }
    mlg_html_raw(p, "</tr></thead>\n<tbody>\n");
}

static bool is_number(const mlg_cell *cell)
{
    return cell->kind == MLG_CELL_ARG &&
           (cell->arg.kind == MLG_ARG_COUNT || cell->arg.kind == MLG_ARG_NUMBER ||
            cell->arg.kind == MLG_ARG_SHARE || cell->arg.kind == MLG_ARG_P ||
            cell->arg.kind == MLG_ARG_DATE);
}

/* `first` is the cell that names its row. */
static void table_cell(mlg_html *p, const mlg_cell *cell, bool first, bool numeric)
{
    mlg_buffer text = {0};

    mlg_html_raw(p, first ? "<th scope=\"row\"" : "<td");
    if (cell->kind == MLG_CELL_UNDEFINED) {
        mlg_html_raw(p, numeric ? " class=\"number undefined\"" : " class=\"undefined\"");
    } else if (numeric) {
        mlg_html_raw(p, " class=\"number\"");
    }
    if (cell->kind == MLG_CELL_ENGLISH && p->language != MLG_EN) {
        mlg_html_raw(p, " lang=\"en\"");
    }
    if (is_number(cell)) { /* what the script sorts by */
        mlg_html_raw(p, " data-v=\"");
        mlg_buffer_number(p->out, cell->arg.number);
        mlg_html_raw(p, "\"");
    }
    mlg_html_raw(p, ">");
    mlg_say_cell(&text, p->results, cell);
    if (cell->kind == MLG_CELL_CODE) {
        mlg_html_raw(p, "<code>");
        mlg_html_text(p, &text);
        mlg_html_raw(p, "</code>");
    } else {
        mlg_html_text(p, &text);
    }
    mlg_html_raw(p, first ? "</th>" : "</td>");
}

static void table_rows(mlg_html *p, const mlg_table *table, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        bool first = true;
        mlg_html_raw(p, "<tr>");
        for (size_t c = 0; c < table->n_columns; c++) {
            if (table->headings[c].use != MLG_FILE_ONLY) {
                table_cell(p, mlg_table_cell(table, row, c), first, mlg_table_is_numeric(table, c));
                first = false;
            }
        }
        mlg_html_raw(p, "</tr>\n");
    }
}

/* A row as an entry: its first cell names it, the others stand below with their heads. */
static void card(mlg_html *p, const mlg_table *table, size_t row)
{
    mlg_html_raw(p, "<div class=\"card\"><h3>");
    for (size_t c = 0; c < table->n_columns; c++) {
        const mlg_cell *cell = mlg_table_cell(table, row, c);
        mlg_buffer text = {0};
        if (table->headings[c].use == MLG_FILE_ONLY || cell->kind == MLG_CELL_EMPTY) {
            continue;
        }
        if (c > 0) {
            mlg_html_raw(p, "<dt>");
            mlg_say_arg(&text, p->results, p->language, &table->headings[c].title);
            mlg_html_text(p, &text);
            mlg_html_raw(p, cell->kind == MLG_CELL_ENGLISH && p->language != MLG_EN
                                ? "</dt><dd lang=\"en\">"
                                : "</dt><dd>");
        }
        mlg_say_cell(&text, p->results, cell);
        mlg_html_raw(p, cell->kind == MLG_CELL_CODE ? "<code>" : "");
        mlg_html_text(p, &text);
        mlg_html_raw(p, cell->kind == MLG_CELL_CODE ? "</code>" : "");
        mlg_html_raw(p, c > 0 ? "</dd>" : "</h3><dl>");
    }
    mlg_html_raw(p, "</dl></div>\n");
}

static void cards(mlg_html *p, const mlg_table *table)
{
    mlg_html_raw(p, "<p class=\"cards\">");
    mlg_html_sentence(p, &table->caption);
    mlg_html_raw(p, "</p>\n");
    for (size_t row = 0; row < mlg_table_rows(table); row++) {
        card(p, table, row);
    }
}

static void whole_table(mlg_html *p, const mlg_table *table)
{
    const size_t all = mlg_table_rows(table);
    const size_t rows = all < table->page_rows ? all : table->page_rows;

    if (rows == 0) {
        return;
    }
    mlg_html_raw(p, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    mlg_html_sentence(p, &table->caption);
    mlg_html_raw(p, rows > 2 && !table->plain ? "\"><table class=\"sortable\">\n" : "\"><table>\n");
    table_head(p, table);
    table_rows(p, table, rows);
    mlg_html_raw(p, "</tbody></table></div>\n");
    if (rows < all) {
        const mlg_arg args[] = {mlg_arg_count((double) rows), mlg_arg_count((double) all),
                                mlg_arg_text(table->id)};
        mlg_html_raw(p, "<p class=\"note\">");
        mlg_html_say(p, T_table_cut, args, 3);
        mlg_html_raw(p, "</p>\n");
    }
    if (table->note.key != T_none) {
        mlg_html_raw(p, "<p class=\"note\">");
        mlg_html_sentence(p, &table->note);
        mlg_html_raw(p, "</p>\n");
    }
}

void mlg_html_table(mlg_html *p, const mlg_table *table)
{
    if (table->cards) {
        cards(p, table);
    } else {
        whole_table(p, table);
    }
}
