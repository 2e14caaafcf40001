/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html_parts.h"

#include <string.h>

#include "report/escape.h"
#include "report/letters.h"

/* Tables on the page: typed cells, heads with their scope, a caption each. */

enum {
    SHORT = 12, /* rows that stay on one sheet of paper */
    NARROW = 3, /* columns that fit on any screen */
    WIDE = 5,   /* columns that a telephone cannot show side by side */
};

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

/* Perimeters and schemes of national tables have long names: tables cut them, files do not. */
static void say_name(mlg_html *p, mlg_buffer *out, const mlg_arg *arg)
{
    mlg_buffer whole = {0};

    if (arg->kind != MLG_ARG_LABEL ||
        (arg->scope != MLG_SCOPE_TERRITORY && arg->scope != MLG_SCOPE_SCHEME)) {
        mlg_say_arg(out, p->results, p->language, arg);
        return;
    }
    mlg_say_arg(&whole, p->results, p->language, arg);
    mlg_letters_fit(out, mlg_buffer_string(&whole), MLG_LONG_NAME, false);
    out->failed = out->failed || whole.failed;
    mlg_buffer_free(&whole);
}

/* A code of several words may go on in the next line where a word of it ends. */
static void soft_text(mlg_html *p, mlg_buffer *text)
{
    const char *from = mlg_buffer_string(text);

    for (const char *end = strchr(from, '_'); end != NULL; end = strchr(from, '_')) {
        mlg_buffer part = {0};
        mlg_buffer_bytes(&part, from, (size_t) (end + 1 - from));
        mlg_html_text(p, &part);
        mlg_html_raw(p, end[1] != '\0' ? "<wbr>" : "");
        from = end + 1;
    }
    mlg_html_escape(p->out, from);
    p->out->failed = p->out->failed || text->failed;
    mlg_buffer_free(text);
}

static void table_head(mlg_html *p, const mlg_table *table, bool named)
{
    bool first = true;

    mlg_html_raw(p, named ? "" : "<caption>");
    if (named) {
        mlg_buffer_format(p->out, "<caption id=\"t%zu\">", p->n_tables);
    }
    mlg_html_sentence(p, &table->caption);
    mlg_html_raw(p, "</caption>\n<thead><tr>");
    for (size_t c = 0; c < table->n_columns; c++) {
        mlg_buffer text = {0};
        if (!mlg_on_page(table->headings[c].use)) {
            continue;
        }
        const bool up = table->heat && !first; /* turned, so that names do not widen the cells */
        mlg_html_raw(p, up ? "<th scope=\"col\" class=\"up\"><span>" : "<th scope=\"col\">");
        say_name(p, &text, &table->headings[c].title);
        soft_text(p, &text);
        mlg_html_raw(p, up ? "</span>" : "");
        first = false;
    }
    mlg_html_raw(p, "</thead>\n<tbody>\n");
}

/* A matrix of ratios: most of its cells are too small to tell, and go without a class. */
static bool is_faint(const mlg_table *table)
{
    bool faint = false;
    for (size_t i = 0; table->heat && i < table->n_cells; i++) {
        const mlg_tint tint = table->cells[i].tint;
        faint = faint || tint == MLG_TINT_FAINT;
        if (tint == MLG_TINT_NONE && i % table->n_columns > 0) {
            return false;
        }
    }
    return faint;
}

static void cell_classes(mlg_html *p, const mlg_cell *cell, bool faint)
{
    const char *const names[] = {cell->kind == MLG_CELL_UNDEFINED ? "undefined" : "",
                                 faint && cell->tint == MLG_TINT_FAINT ? ""
                                                                       : tints[cell->tint].name};
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

    if (cell->kind == MLG_CELL_ARG) {
        say_name(p, &text, &cell->arg);
    } else {
        mlg_say_cell(&text, p->results, cell);
    }
    mlg_html_raw(p, cell->kind == MLG_CELL_CODE ? "<code>" : "");
    soft_text(p, &text);
    mlg_html_raw(p, cell->kind == MLG_CELL_CODE ? "</code>" : "");
}

/* What the script sorts by, where it cannot read it in the cell: it reads numbers, not dates. */
static void sort_key(mlg_html *p, const mlg_cell *cell)
{
    if (cell->kind == MLG_CELL_ARG && cell->arg.kind == MLG_ARG_DATE) {
        mlg_html_raw(p, " data-v=\"");
        mlg_buffer_number(p->out, cell->arg.number);
        mlg_html_raw(p, "\"");
    }
}

/* `first` is the cell that names its row. */
static void table_cell(mlg_html *p, const mlg_cell *cell, bool first, bool faint)
{
    mlg_html_raw(p, first ? "<th scope=\"row\"" : "<td");
    cell_classes(p, cell, faint);
    if (cell->kind == MLG_CELL_ENGLISH && p->language != MLG_EN) {
        mlg_html_raw(p, " lang=\"en\"");
    }
    sort_key(p, cell);
    mlg_html_raw(p, ">");
    cell_text(p, cell);
    if (cell->small != NULL) {
        mlg_buffer small = {0};
        mlg_buffer_text(&small, cell->small);
        mlg_html_raw(p, "<br>");
        mlg_html_text(p, &small);
    }
}

static void table_rows(mlg_html *p, const mlg_table *table, size_t from, size_t rows)
{
    const bool faint = is_faint(table);

    for (size_t row = from; row < rows; row++) {
        bool first = true;
        mlg_html_raw(p, "<tr>");
        for (size_t c = 0; c < table->n_columns; c++) {
            if (mlg_on_page(table->headings[c].use)) {
                table_cell(p, mlg_table_cell(table, row, c), first, faint);
                first = false;
            }
        }
        mlg_buffer_char(p->out, '\n');
    }
}

/* How many of the rows are here, and where the others are; a file may have the first ones only. */
static void cut(mlg_html *p, const mlg_table *table, const char *open, size_t rows)
{
    const double filed = (double) mlg_table_rows(table);
    const double all = table->total > filed ? table->total : filed;
    const mlg_arg args[] = {mlg_arg_count((double) rows), mlg_arg_count(all),
                            mlg_arg_text(table->id), mlg_arg_count(filed)};

    if ((double) rows < all) {
        mlg_html_raw(p, open);
        mlg_html_say(p,
                     table->id == NULL ? T_table_cut_bare
                     : all > filed     ? T_table_cut_file
                                       : T_table_cut,
                     args, 4);
        mlg_html_raw(p, "</p>\n");
    }
}

/* ---- entries ------------------------------------------------------------------------- */

/* An entry: the second cell names it, the fourth is its code, the others stand below. */
static void entry(mlg_html *p, const mlg_table *table, size_t row)
{
    mlg_html_raw(p, "<dt>");
    cell_text(p, mlg_table_cell(table, row, 1));
    mlg_html_raw(p, " ");
    cell_text(p, mlg_table_cell(table, row, 3));
    for (size_t c = 2; c < table->n_columns; c++) {
        const mlg_cell *cell = mlg_table_cell(table, row, c);
        if (c == 3 || !mlg_on_page(table->headings[c].use) || cell->kind == MLG_CELL_EMPTY) {
            continue;
        }
        const bool foreign = cell->kind == MLG_CELL_ENGLISH && p->language != MLG_EN;
        mlg_html_raw(p, foreign ? "<dd lang=\"en\">" : "<dd>");
        cell_text(p, cell);
    }
    mlg_html_raw(p, "\n");
}

static bool is_same_group(const mlg_table *table, size_t row, size_t other)
{
    return mlg_table_cell(table, row, 0)->arg.key == mlg_table_cell(table, other, 0)->arg.key;
}

/* Rows whose first cell is the same text unfold together. */
static size_t card(mlg_html *p, const mlg_table *table, size_t from)
{
    const size_t rows = mlg_table_page_rows(table);
    size_t end = from;

    while (end < rows && is_same_group(table, from, end)) {
        end++;
    }
    mlg_html_raw(p, "<details class=\"card\"><summary>");
    cell_text(p, mlg_table_cell(table, from, 0));
    mlg_buffer_format(p->out, " (%zu)</summary>\n<dl>\n", end - from);
    for (size_t row = from; row < end; row++) {
        entry(p, table, row);
    }
    mlg_html_raw(p, "</dl></details>\n");
    return end;
}

static void cards(mlg_html *p, const mlg_table *table)
{
    const size_t rows = mlg_table_page_rows(table);

    mlg_html_raw(p, "<h3>");
    mlg_html_sentence(p, &table->caption);
    mlg_html_raw(p, "</h3>\n<div class=\"cards\">\n");
    for (size_t row = 0; row < rows;) {
        row = card(p, table, row);
    }
    mlg_html_raw(p, "</div>\n");
    cut(p, table, "<p class=\"note\">", rows);
}

static void words(mlg_html *p, const mlg_table *table)
{
    mlg_html_raw(p, "<dl class=\"words\">\n");
    for (size_t row = 0; row < mlg_table_rows(table); row++) {
        mlg_html_raw(p, "<div><dt>");
        cell_text(p, mlg_table_cell(table, row, 0));
        mlg_html_raw(p, "<dd>");
        cell_text(p, mlg_table_cell(table, row, 1));
        mlg_html_raw(p, "</div>\n");
    }
    mlg_html_raw(p, "</dl>\n");
}

/* ---- the table ------------------------------------------------------------------------ */

static void classes(mlg_html *p, const mlg_table *table, size_t rows, size_t open)
{
    const bool sortable = rows > 2 && !table->plain && !table->heat;
    const char *before = "<table class=\"";
    size_t column = 0;

    if (table->heat) {
        mlg_html_raw(p,
                     is_faint(table) ? "<table class=\"heat few\">\n" : "<table class=\"heat\">\n");
        return;
    }
    if (sortable || open <= SHORT) {
        mlg_html_raw(p, before);
        mlg_html_raw(p, sortable && open <= SHORT ? "sortable short"
                        : sortable                ? "sortable"
                                                  : "short");
        before = " ";
    }
    for (size_t c = 0; c < table->n_columns; c++) {
        if (!mlg_on_page(table->headings[c].use)) {
            continue;
        }
        column++; /* from 1: the style sheet sets numbers to the right, column by column */
        if (mlg_table_is_numeric(table, c)) {
            mlg_buffer_format(p->out, "%sn%zu", before, column);
            before = " ";
        }
    }
    mlg_html_raw(p, before[0] == ' ' ? "\">\n" : "<table>\n");
}

static size_t page_columns(const mlg_table *table)
{
    size_t n = 0;
    for (size_t c = 0; c < table->n_columns; c++) {
        n += mlg_on_page(table->headings[c].use);
    }
    return n;
}

/* Folded rows that paper, which nobody unfolds, has all the same. */
static size_t on_paper(size_t rows, size_t open)
{
    const size_t most = open > SHORT ? open : SHORT;
    return rows < most ? rows : most;
}

/* The rows in a box of its own, which scrolls where the screen is narrow; those after `open`
 * stand in a second body, for the style sheet to fold away. */
static void box(mlg_html *p, const mlg_table *table, size_t rows, size_t open)
{
    const bool boxed = table->heat || page_columns(table) > NARROW;

    if (boxed) {
        p->n_tables++;
        mlg_buffer_format(p->out,
                          "<div class=\"scroll\" tabindex=\"0\" role=\"region\" "
                          "aria-labelledby=\"t%zu\"",
                          p->n_tables);
        if (!table->heat && page_columns(table) >= WIDE) {
            mlg_html_element(p, " data-hint=\"", T_table_hint, "\"");
        }
        mlg_html_raw(p, ">");
    }
    classes(p, table, rows, open);
    table_head(p, table, boxed);
    table_rows(p, table, 0, open);
    const size_t paper = on_paper(rows, open);
    if (open < paper) {
        mlg_html_raw(p, "</tbody>\n<tbody class=\"folded\">\n");
        table_rows(p, table, open, paper);
    }
    if (paper < rows) {
        mlg_html_raw(p, "</tbody>\n<tbody class=\"folded rest\">\n");
        table_rows(p, table, paper, rows);
    }
    mlg_html_raw(p, boxed ? "</tbody></table></div>\n" : "</tbody></table>\n");
}

/* What unfolds the rest. Paper has the first dozen of rows. */
static void fold(mlg_html *p, const mlg_table *table, size_t rows, size_t open)
{
    const mlg_arg count = mlg_arg_count((double) rows);

    cut(p, table, "<p class=\"note paper\">", on_paper(rows, open));
    mlg_html_raw(p, "<details class=\"unfold\"><summary>");
    mlg_html_say(p, rows < mlg_table_rows(table) ? T_table_unfold_first : T_table_unfold, &count,
                 1);
    mlg_html_raw(p, "</summary>\n");
    cut(p, table, "<p class=\"note\">", rows);
    mlg_html_raw(p, "</details>\n</div>\n");
}

static void whole_table(mlg_html *p, const mlg_table *table)
{
    const size_t rows = mlg_table_page_rows(table);
    const size_t open = table->open_rows > 0 && table->open_rows < rows ? table->open_rows : rows;

    if (rows == 0) {
        return;
    }
    mlg_html_raw(p, open < rows ? "<div class=\"fold\">\n" : "");
    box(p, table, rows, open);
    legend(p, table);
    if (open < rows) {
        fold(p, table, rows, open);
    } else {
        cut(p, table, "<p class=\"note\">", rows);
    }
    const mlg_sentence *const under[] = {&table->note, &table->lacks};
    for (size_t i = 0; i < sizeof under / sizeof *under; i++) {
        if (under[i]->key != T_none) {
            mlg_html_raw(p, "<p class=\"note\">");
            mlg_html_sentence(p, under[i]);
            mlg_html_raw(p, "</p>\n");
        }
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
