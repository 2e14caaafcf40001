/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html_parts.h"

#include <math.h>

/* Tables on the page: typed cells, heads with their scope, a caption each. */

enum { SHORT = 12 }; /* rows that stay on one sheet of paper */

/* ---- shades -------------------------------------------------------------------------- */

/* Class and words of a shade. The style sheet writes a mark before each, for where colour is not
 * seen. */
static const struct {
    const char *name;
    mlg_text_key words;
} tints[MLG_N_TINTS] = {
    [MLG_TINT_NONE] = {"", T_none},
    [MLG_TINT_FAR_LESS] = {"far-less", T_tint_far_less},
    [MLG_TINT_LESS] = {"less", T_tint_less},
    [MLG_TINT_AS] = {"as", T_tint_as},
    [MLG_TINT_MORE] = {"more", T_tint_more},
    [MLG_TINT_FAR_MORE] = {"far-more", T_tint_far_more},
    [MLG_TINT_FAINT] = {"faint", T_tint_faint},
    [MLG_TINT_SHARE_0] = {"share-0", T_tint_share_0},
    [MLG_TINT_SHARE_1] = {"share-1", T_tint_share_1},
    [MLG_TINT_SHARE_2] = {"share-2", T_tint_share_2},
    [MLG_TINT_SHARE_3] = {"share-3", T_tint_share_3},
    [MLG_TINT_SHARE_4] = {"share-4", T_tint_share_4},
};

/* The shades that the table uses, in words. */
static void legend(mlg_html *p, const mlg_table *table)
{
    bool used[MLG_N_TINTS] = {false}, some = false;

    for (size_t i = 0; i < table->n_cells; i++) {
        used[table->cells[i].tint] = true;
        some = some || table->cells[i].tint != MLG_TINT_NONE;
    }
    if (!some) {
        return;
    }
    mlg_html_raw(p, "<ul class=\"legend\">");
    for (int tint = MLG_TINT_NONE + 1; tint < MLG_N_TINTS; tint++) {
        if (used[tint]) {
            mlg_buffer_format(p->out, "<li class=\"%s\">", tints[tint].name);
            mlg_html_element(p, "", tints[tint].words, "</li>");
        }
    }
    mlg_html_raw(p, "</ul>\n");
}

/* ---- cells --------------------------------------------------------------------------- */

static void table_head(mlg_html *p, const mlg_table *table)
{
    bool first = true;

    mlg_html_raw(p, "<caption>");
    mlg_html_sentence(p, &table->caption);
    mlg_html_raw(p, "</caption>\n<thead><tr>");
    for (size_t c = 0; c < table->n_columns; c++) {
        mlg_buffer text = {0};
        if (table->headings[c].use == MLG_FILE_ONLY) {
            continue;
        }
        const bool up = table->heat && !first; /* turned, so that names do not widen the cells */
        mlg_html_raw(p, up                               ? "<th scope=\"col\" class=\"up\"><span>"
                        : mlg_table_is_numeric(table, c) ? "<th scope=\"col\" class=\"n\">"
                                                         : "<th scope=\"col\">");
        mlg_say_arg(&text, p->results, p->language, &table->headings[c].title);
        mlg_html_text(p, &text);
        mlg_html_raw(p, up ? "</span></th>" : "</th>");
        first = false;
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

static void cell_classes(mlg_html *p, const mlg_cell *cell, bool numeric)
{
    const char *const names[] = {numeric ? "n" : "",
                                 cell->kind == MLG_CELL_UNDEFINED ? "undefined" : "",
                                 tints[cell->tint].name};
    const char *before = " class=\"";

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i][0] != '\0') {
            mlg_buffer_format(p->out, "%s%s", before, names[i]);
            before = " ";
        }
    }
    mlg_html_raw(p, before[1] == '\0' ? "\"" : "");
}

static void cell_text(mlg_html *p, const mlg_cell *cell)
{
    mlg_buffer text = {0};

    mlg_say_cell(&text, p->results, cell);
    mlg_html_raw(p, cell->kind == MLG_CELL_CODE ? "<code>" : "");
    mlg_html_text(p, &text);
    mlg_html_raw(p, cell->kind == MLG_CELL_CODE ? "</code>" : "");
}

/* What the script sorts by, where it cannot read it in the cell: six digits are enough. */
static void sort_key(mlg_html *p, const mlg_cell *cell)
{
    const double number = cell->arg.number;
    const bool plain = cell->arg.kind == MLG_ARG_COUNT && number >= 0.0 && number < 1000.0 &&
                       number == floor(number);
    if (is_number(cell) && !plain) {
        const double size = fabs(number) > 0.0 ? floor(log10(fabs(number))) : 0.0;
        const double unit = pow(10.0, size < 5.0 ? 5.0 - size : 0.0);
        mlg_html_raw(p, " data-v=\"");
        mlg_buffer_number(p->out, round(number * unit) / unit);
        mlg_html_raw(p, "\"");
    }
}

/* `first` is the cell that names its row. */
static void table_cell(mlg_html *p, const mlg_cell *cell, bool first, bool numeric)
{
    mlg_html_raw(p, first ? "<th scope=\"row\"" : "<td");
    cell_classes(p, cell, numeric);
    if (cell->kind == MLG_CELL_ENGLISH && p->language != MLG_EN) {
        mlg_html_raw(p, " lang=\"en\"");
    }
    sort_key(p, cell);
    mlg_html_raw(p, ">");
    cell_text(p, cell);
    if (cell->small != NULL) {
        mlg_buffer small = {0};
        mlg_buffer_text(&small, cell->small);
        mlg_html_raw(p, " <small>");
        mlg_html_text(p, &small);
        mlg_html_raw(p, "</small>");
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

/* How many of the rows are here, and where all of them are. */
static void cut(mlg_html *p, const mlg_table *table, const char *open, size_t rows)
{
    const double all = (double) mlg_table_rows(table);
    const mlg_arg args[] = {mlg_arg_count((double) rows), mlg_arg_count(all),
                            mlg_arg_text(table->id)};

    if (rows < mlg_table_rows(table)) {
        mlg_html_raw(p, open);
        mlg_html_say(p, table->id != NULL ? T_table_cut : T_table_cut_bare, args, 3);
        mlg_html_raw(p, "</p>\n");
    }
}

/* ---- entries ------------------------------------------------------------------------- */

static void card_entry(mlg_html *p, const mlg_table *table, size_t row, size_t column)
{
    const mlg_cell *cell = mlg_table_cell(table, row, column);
    mlg_buffer text = {0};

    mlg_html_raw(p, "<dt>");
    mlg_say_arg(&text, p->results, p->language, &table->headings[column].title);
    mlg_html_text(p, &text);
    mlg_html_raw(p, cell->kind == MLG_CELL_ENGLISH && p->language != MLG_EN
                        ? "</dt><dd lang=\"en\">"
                        : "</dt><dd>");
    cell_text(p, cell);
    mlg_html_raw(p, "</dd>");
}

/* A row as an entry that unfolds: its first two cells name it, the others stand below with
 * their heads. */
static void card(mlg_html *p, const mlg_table *table, size_t row)
{
    mlg_html_raw(p, "<details class=\"card\"><summary><b>");
    cell_text(p, mlg_table_cell(table, row, 0));
    mlg_html_raw(p, "</b> <span>");
    cell_text(p, mlg_table_cell(table, row, 1));
    mlg_html_raw(p, "</span></summary><dl>");
    for (size_t c = 2; c < table->n_columns; c++) {
        if (table->headings[c].use != MLG_FILE_ONLY &&
            mlg_table_cell(table, row, c)->kind != MLG_CELL_EMPTY) {
            card_entry(p, table, row, c);
        }
    }
    mlg_html_raw(p, "</dl></details>\n");
}

static void cards(mlg_html *p, const mlg_table *table)
{
    mlg_html_raw(p, "<h3>");
    mlg_html_sentence(p, &table->caption);
    mlg_html_raw(p, "</h3>\n<div class=\"cards\">\n");
    for (size_t row = 0; row < mlg_table_page_rows(table); row++) {
        card(p, table, row);
    }
    mlg_html_raw(p, "</div>\n");
    cut(p, table, "<p class=\"note\">", mlg_table_page_rows(table));
}

static void words(mlg_html *p, const mlg_table *table)
{
    mlg_html_raw(p, "<dl class=\"words\">\n");
    for (size_t row = 0; row < mlg_table_rows(table); row++) {
        mlg_html_raw(p, "<div><dt>");
        cell_text(p, mlg_table_cell(table, row, 0));
        mlg_html_raw(p, "</dt><dd>");
        cell_text(p, mlg_table_cell(table, row, 1));
        mlg_html_raw(p, "</dd></div>\n");
    }
    mlg_html_raw(p, "</dl>\n");
}

/* ---- the table ------------------------------------------------------------------------ */

static void unfolded(mlg_html *p, const mlg_table *table, size_t rows)
{
    const mlg_arg count = mlg_arg_count((double) rows);
    mlg_html_say(p, rows < mlg_table_rows(table) ? T_table_unfold_first : T_table_unfold, &count,
                 1);
}

/* `more`: the same table again, in full; two regions of one page have two names. */
static void first_rows(mlg_html *p, const mlg_table *table, size_t rows, bool more)
{
    const bool sortable = rows > 2 && !table->plain && !table->heat;

    mlg_html_raw(p, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    mlg_html_sentence(p, &table->caption);
    if (more) {
        mlg_html_raw(p, " · ");
        unfolded(p, table, rows);
    }
    mlg_html_raw(p, table->heat     ? "\"><table class=\"heat\">\n"
                    : sortable      ? (rows <= SHORT ? "\"><table class=\"sortable short\">\n"
                                                     : "\"><table class=\"sortable\">\n")
                    : rows <= SHORT ? "\"><table class=\"short\">\n"
                                    : "\"><table>\n");
    table_head(p, table);
    table_rows(p, table, rows);
    mlg_html_raw(p, "</tbody></table></div>\n");
}

/* The first rows at once; all that the page has unfold below them. Paper has the first. */
static void whole_table(mlg_html *p, const mlg_table *table)
{
    const size_t rows = mlg_table_page_rows(table);
    const size_t open = table->open_rows > 0 && table->open_rows < rows ? table->open_rows : rows;

    if (rows == 0) {
        return;
    }
    first_rows(p, table, open, false);
    legend(p, table);
    if (open < rows) {
        cut(p, table, "<p class=\"note paper\">", open);
        mlg_html_raw(p, "<details class=\"unfold\"><summary>");
        unfolded(p, table, rows);
        mlg_html_raw(p, "</summary>\n");
        first_rows(p, table, rows, true);
        cut(p, table, "<p class=\"note\">", rows);
        mlg_html_raw(p, "</details>\n");
    } else {
        cut(p, table, "<p class=\"note\">", rows);
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
    } else if (table->words) {
        words(p, table);
    } else {
        whole_table(p, table);
    }
}
