/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html.h"

#include <string.h>

#include "base/digest.h"
#include "maillage/version.h"
#include "measure/context.h"
#include "report/escape.h"
#include "report/output.h"

extern const char mlg_report_css[], mlg_report_css_end[]; /* assets.S */
extern const char mlg_report_js[], mlg_report_js_end[];

/* A page under way: what is ready, and what it is about. */
typedef struct page {
    mlg_buffer *out;
    const mlg_document *document;
    const mlg_results *results;
    mlg_language language;
} page;

static void raw(page *p, const char *markup)
{
    mlg_buffer_text(p->out, markup);
}

/* Takes a text, escapes it into the page and frees it. */
static void escaped(page *p, mlg_buffer *text)
{
    mlg_html_escape(p->out, mlg_buffer_string(text));
    p->out->failed = p->out->failed || text->failed;
    mlg_buffer_free(text);
}

static void say(page *p, mlg_text_key key, const mlg_arg *args, size_t n_args)
{
    mlg_buffer text = {0};
    mlg_say(&text, p->results, p->language, key, args, n_args);
    escaped(p, &text);
}

static void say_sentence(page *p, const mlg_sentence *sentence)
{
    say(p, sentence->key, sentence->args, sentence->n_args);
}

static void word(page *p, mlg_text_key key)
{
    say(p, key, NULL, 0);
}

static void element(page *p, const char *open, mlg_text_key key, const char *close)
{
    raw(p, open);
    word(p, key);
    raw(p, close);
}

/* ---- head ------------------------------------------------------------------- */

/* 'sha256-...' of some bytes, as a content policy wants it: base64 of the digest. */
static void policy_hash(page *p, const char *bytes, const char *end)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hex[MLG_DIGEST_TEXT];
    unsigned char sum[33] = {0}; /* 32 bytes, padded to a multiple of three */

    mlg_digest_of(bytes, (size_t) (end - bytes), hex);
    for (size_t i = 0; i < 32; i++) {
        const char *const hexadecimal = "0123456789abcdef";
        const size_t high = (size_t) (strchr(hexadecimal, hex[2 * i]) - hexadecimal);
        const size_t low = (size_t) (strchr(hexadecimal, hex[2 * i + 1]) - hexadecimal);
        sum[i] = (unsigned char) (16 * high + low);
    }
    raw(p, "'sha256-");
    for (size_t i = 0; i < 33; i += 3) {
        const unsigned bits = (unsigned) sum[i] << 16 | (unsigned) sum[i + 1] << 8 | sum[i + 2];
        mlg_buffer_char(p->out, digits[bits >> 18]);
        mlg_buffer_char(p->out, digits[bits >> 12 & 63]);
        mlg_buffer_char(p->out, digits[bits >> 6 & 63]);
        mlg_buffer_char(p->out, i < 30 ? digits[bits & 63] : '=');
    }
    raw(p, "'");
}

static void title(page *p)
{
    const char *given = p->results->model != NULL ? mlg_model_title(p->results->model) : "";
    const mlg_arg name = mlg_arg_text(given);
    say(p, given[0] != '\0' ? T_report_title : T_report_untitled, &name, 1);
}

static void head(page *p)
{
    raw(p, "<!DOCTYPE html>\n<html lang=\"");
    raw(p, p->language == MLG_FR ? "fr" : "en");
    raw(p,
        "\">\n<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src ");
    policy_hash(p, mlg_report_css, mlg_report_css_end);
    raw(p, "; script-src ");
    policy_hash(p, mlg_report_js, mlg_report_js_end);
    raw(p, "; base-uri 'none'; form-action 'none'\">\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"generator\" content=\"maillage " MLG_VERSION "\">\n<title>");
    title(p);
    raw(p, "</title>\n<style>");
    mlg_buffer_bytes(p->out, mlg_report_css, (size_t) (mlg_report_css_end - mlg_report_css));
    raw(p, "</style>\n</head>\n");
}

static void opening(page *p)
{
    element(p, "<body>\n<a class=\"skip\" href=\"#main\">", T_report_skip, "</a>\n<header>\n<h1>");
    title(p);
    raw(p, "</h1>\n");
    if (p->results->labels.names) {
        element(p, "<p class=\"banner\" role=\"note\">", T_report_names_banner, "</p>\n");
    }
    element(p, "<p class=\"lead\">", T_report_lead, "</p>\n</header>\n");
    raw(p, "<nav aria-label=\"");
    word(p, T_report_contents);
    raw(p, "\">\n<ol>\n");
    for (size_t i = 0; i < p->document->n; i++) {
        const mlg_section *section = &p->document->sections[i];
        mlg_buffer_format(p->out, "<li><a href=\"#%s\">", section->id);
        element(p, "", section->title, "</a></li>\n");
    }
    raw(p, "</ol>\n</nav>\n<main id=\"main\">\n");
}

/* ---- findings --------------------------------------------------------------- */

/* The page shows the first rows behind a finding; report.json has some more. */
enum { ROWS_SHOWN = 6 };

static void finding_rows(page *p, const mlg_finding *finding)
{
    const size_t shown = finding->n_rows < ROWS_SHOWN ? finding->n_rows : ROWS_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        mlg_buffer row = {0};
        mlg_buffer_format(&row, "%s:%d", finding->rows[i].file, (int) finding->rows[i].line);
        raw(p, i == 0 ? "<code>" : ", <code>");
        escaped(p, &row);
        raw(p, "</code>");
    }
    if (finding->rows_total > shown) {
        const mlg_arg more = mlg_arg_count((double) (finding->rows_total - shown));
        raw(p, " ");
        say(p, T_finding_more_rows, &more, 1);
    }
}

static void finding_basis(page *p, const mlg_finding *finding)
{
    mlg_buffer view = {0};

    if (finding->n_measures == 0 && finding->n_rows == 0) {
        return;
    }
    element(p, "<dt>", T_finding_basis, "</dt>\n<dd>");
    mlg_say_view(&view, p->results, p->language, finding->view);
    escaped(p, &view);
    for (size_t i = 0; i < finding->n_measures; i++) {
        mlg_buffer_format(p->out, "%s<code>%s</code>", i == 0 ? " · " : ", ", finding->measures[i]);
    }
    if (finding->n_rows > 0) {
        raw(p, "<br>");
        finding_rows(p, finding);
    }
    raw(p, "</dd>\n");
}

static void finding_lever(page *p, const mlg_finding *finding)
{
    if (finding->lever == T_none) {
        return;
    }
    const mlg_arg source = mlg_arg_text(finding->lever_source);
    element(p, "<dt>", T_finding_lever, "</dt>\n<dd>");
    word(p, finding->lever);
    raw(p, " <span class=\"quiet\">");
    say(p, mlg_document_source(finding->lever_source), &source, 1);
    raw(p, "</span></dd>\n");
}

static void finding_limits(page *p, const mlg_finding *finding)
{
    if (finding->n_limits == 0) {
        return;
    }
    element(p, "<dt>", T_finding_limits, "</dt>\n<dd><ul>");
    for (size_t i = 0; i < finding->n_limits; i++) {
        element(p, "<li>", finding->limits[i], "</li>");
    }
    raw(p, "</ul></dd>\n");
}

/* Among several views, which one a finding is about stands above its sentence. */
static void finding_view(page *p, const mlg_finding *finding)
{
    mlg_buffer view = {0};
    if (finding->view >= 0 && mlg_context_views(p->results->context) > 1) {
        raw(p, " · ");
        mlg_say_view(&view, p->results, p->language, finding->view);
        escaped(p, &view);
    }
}

static void one_finding(page *p, size_t number)
{
    const mlg_finding *finding = &p->results->findings->items[number];
    const char *level = mlg_level_name(finding->level);

    mlg_buffer_format(p->out,
                      "<article class=\"finding %s\" id=\"finding-%zu\" data-level=\"%s\" "
                      "data-kind=\"%s\">\n<h3><span class=\"level\">",
                      level, number + 1, level, finding->kind);
    word(p, mlg_document_level(finding->level));
    element(p, "</span>", mlg_document_kind(finding->kind), "");
    finding_view(p, finding);
    raw(p, "</h3>\n<p class=\"statement\">");
    say(p, finding->text, finding->args, finding->n_args);
    raw(p, "</p>\n<dl>\n");
    finding_lever(p, finding);
    finding_basis(p, finding);
    finding_limits(p, finding);
    raw(p, "</dl>\n</article>\n");
}

/* ---- tables and figures ------------------------------------------------------ */

static void table_head(page *p, const mlg_table *table)
{
    raw(p, "<caption>");
    say_sentence(p, &table->caption);
    raw(p, "</caption>\n<thead><tr>");
    for (size_t c = 0; c < table->n_columns; c++) {
        if (table->headings[c].use != MLG_FILE_ONLY) {
            mlg_buffer text = {0};
            raw(p, mlg_table_is_numeric(table, c) ? "<th scope=\"col\" class=\"number\">"
                                                  : "<th scope=\"col\">");
            mlg_say_arg(&text, p->results, p->language, &table->headings[c].title);
            escaped(p, &text);
            raw(p, "</th>");
        }
    }
    raw(p, "</tr></thead>\n<tbody>\n");
}

static bool is_number(const mlg_cell *cell)
{
    return cell->kind == MLG_CELL_ARG &&
           (cell->arg.kind == MLG_ARG_COUNT || cell->arg.kind == MLG_ARG_NUMBER ||
            cell->arg.kind == MLG_ARG_SHARE || cell->arg.kind == MLG_ARG_P ||
            cell->arg.kind == MLG_ARG_DATE);
}

/* `first` is the cell that names its row. */
static void table_cell(page *p, const mlg_cell *cell, bool first, bool numeric)
{
    mlg_buffer text = {0};

    raw(p, first ? "<th scope=\"row\"" : "<td");
    if (cell->kind == MLG_CELL_UNDEFINED) {
        raw(p, numeric ? " class=\"number undefined\"" : " class=\"undefined\"");
    } else if (numeric) {
        raw(p, " class=\"number\"");
    }
    if (cell->kind == MLG_CELL_ENGLISH && p->language != MLG_EN) {
        raw(p, " lang=\"en\"");
    }
    if (is_number(cell)) { /* what the script sorts by */
        raw(p, " data-v=\"");
        mlg_buffer_number(p->out, cell->arg.number);
        raw(p, "\"");
    }
    raw(p, ">");
    mlg_say_cell(&text, p->results, cell);
    if (cell->kind == MLG_CELL_CODE) {
        raw(p, "<code>");
        escaped(p, &text);
        raw(p, "</code>");
    } else {
        escaped(p, &text);
    }
    raw(p, first ? "</th>" : "</td>");
}

static void table_rows(page *p, const mlg_table *table, size_t rows)
{
    for (size_t row = 0; row < rows; row++) {
        bool first = true;
        raw(p, "<tr>");
        for (size_t c = 0; c < table->n_columns; c++) {
            if (table->headings[c].use != MLG_FILE_ONLY) {
                table_cell(p, mlg_table_cell(table, row, c), first, mlg_table_is_numeric(table, c));
                first = false;
            }
        }
        raw(p, "</tr>\n");
    }
}

/* A row as an entry: its first cell names it, the others stand below with their heads. */
static void card(page *p, const mlg_table *table, size_t row)
{
    raw(p, "<div class=\"card\"><h3>");
    for (size_t c = 0; c < table->n_columns; c++) {
        const mlg_cell *cell = mlg_table_cell(table, row, c);
        mlg_buffer text = {0};
        if (table->headings[c].use == MLG_FILE_ONLY || cell->kind == MLG_CELL_EMPTY) {
            continue;
        }
        if (c > 0) {
            raw(p, "<dt>");
            mlg_say_arg(&text, p->results, p->language, &table->headings[c].title);
            escaped(p, &text);
            raw(p, cell->kind == MLG_CELL_ENGLISH && p->language != MLG_EN ? "</dt><dd lang=\"en\">"
                                                                           : "</dt><dd>");
        }
        mlg_say_cell(&text, p->results, cell);
        raw(p, cell->kind == MLG_CELL_CODE ? "<code>" : "");
        escaped(p, &text);
        raw(p, cell->kind == MLG_CELL_CODE ? "</code>" : "");
        raw(p, c > 0 ? "</dd>" : "</h3><dl>");
    }
    raw(p, "</dl></div>\n");
}

static void cards(page *p, const mlg_table *table)
{
    raw(p, "<p class=\"cards\">");
    say_sentence(p, &table->caption);
    raw(p, "</p>\n");
    for (size_t row = 0; row < mlg_table_rows(table); row++) {
        card(p, table, row);
    }
}

static void whole_table(page *p, const mlg_table *table)
{
    const size_t all = mlg_table_rows(table);
    const size_t rows = all < table->page_rows ? all : table->page_rows;

    if (rows == 0) {
        return;
    }
    raw(p, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    say_sentence(p, &table->caption);
    raw(p, rows > 2 && !table->plain ? "\"><table class=\"sortable\">\n" : "\"><table>\n");
    table_head(p, table);
    table_rows(p, table, rows);
    raw(p, "</tbody></table></div>\n");
    if (rows < all) {
        const mlg_arg args[] = {mlg_arg_count((double) rows), mlg_arg_count((double) all),
                                mlg_arg_text(table->id)};
        raw(p, "<p class=\"note\">");
        say(p, T_table_cut, args, 3);
        raw(p, "</p>\n");
    }
    if (table->note.key != T_none) {
        raw(p, "<p class=\"note\">");
        say_sentence(p, &table->note);
        raw(p, "</p>\n");
    }
}

static void whole_figure(page *p, const mlg_figure *figure)
{
    raw(p, "<figure>\n<figcaption>");
    say_sentence(p, &figure->caption);
    raw(p, "</figcaption>\n<div class=\"drawing\" tabindex=\"0\">");
    mlg_buffer_bytes(p->out, mlg_buffer_string(&figure->svg), figure->svg.length);
    raw(p, "</div>");
    if (figure->note.key != T_none) {
        raw(p, "\n<p class=\"note\">");
        say_sentence(p, &figure->note);
        raw(p, "</p>");
    }
    raw(p, "\n</figure>\n");
}

/* ---- the page ---------------------------------------------------------------- */

static void filter(page *p, const char *name, mlg_text_key what, mlg_text_key all)
{
    element(p, "<label>", what, "");
    mlg_buffer_format(p->out, " <select name=\"%s\"><option value=\"\">", name);
    element(p, "", all, "</option>");
}

/* Shown by the script only: without it, there is nothing to filter with. */
static void filters(page *p)
{
    const mlg_findings *findings = p->results->findings;

    if (findings->n < 3) {
        return;
    }
    raw(p, "<div class=\"filters\" hidden>");
    filter(p, "level", T_filter_level, T_filter_all_levels);
    for (int level = MLG_SERIOUS; level >= MLG_INFO; level--) {
        mlg_buffer_format(p->out, "<option value=\"%s\">", mlg_level_name((mlg_level) level));
        element(p, "", mlg_document_level((mlg_level) level), "</option>");
    }
    raw(p, "</select></label>\n");
    filter(p, "kind", T_filter_kind, T_filter_all_kinds);
    for (size_t i = 0; i < findings->n; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) {
            seen = strcmp(findings->items[i].kind, findings->items[j].kind) == 0;
        }
        if (!seen) {
            mlg_buffer_format(p->out, "<option value=\"%s\">", findings->items[i].kind);
            element(p, "", mlg_document_kind(findings->items[i].kind), "</option>");
        }
    }
    raw(p, "</select></label></div>\n");
}

static void block(page *p, const mlg_block *b)
{
    static const struct {
        const char *open, *close;
    } tags[] = {
        [MLG_BLOCK_HEADING] = {"<h3>", "</h3>\n"},
        [MLG_BLOCK_PARAGRAPH] = {"<p>", "</p>\n"},
        [MLG_BLOCK_NOTE] = {"<p class=\"note\">", "</p>\n"},
        [MLG_BLOCK_MISSING] = {"<p class=\"missing\">", "</p>\n"},
    };

    switch (b->kind) {
    case MLG_BLOCK_TABLE:
        if (b->table->cards) {
            cards(p, b->table);
        } else {
            whole_table(p, b->table);
        }
        break;
    case MLG_BLOCK_FIGURE:
        whole_figure(p, b->figure);
        break;
    case MLG_BLOCK_FINDINGS:
        if (b->first == 0) {
            filters(p);
        }
        for (size_t i = b->first; i < b->first + b->n; i++) {
            one_finding(p, i);
        }
        break;
    default:
        raw(p, tags[b->kind].open);
        say_sentence(p, &b->text);
        raw(p, tags[b->kind].close);
        break;
    }
}

mlg_status mlg_html_write(const mlg_document *document, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer ready = {0};
    page p = {.out = &ready,
              .document = document,
              .results = document->results,
              .language = document->results->labels.language};

    head(&p);
    opening(&p);
    for (size_t i = 0; i < document->n; i++) {
        const mlg_section *section = &document->sections[i];
        mlg_buffer_format(&ready, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n", section->id,
                          section->id);
        mlg_buffer_format(&ready, "<h2 id=\"%s-title\">", section->id);
        element(&p, "", section->title, "</h2>\n");
        for (size_t j = 0; j < section->n; j++) {
            block(&p, &section->blocks[j]);
            TRY(mlg_flush_some(&ready, out, err));
        }
        raw(&p, "</section>\n");
    }
    raw(&p, "</main>\n<footer>\n<p>");
    word(&p, T_report_footer);
    raw(&p, "</p>\n</footer>\n<script>");
    mlg_buffer_bytes(&ready, mlg_report_js, (size_t) (mlg_report_js_end - mlg_report_js));
    raw(&p, "</script>\n</body>\n</html>\n");
    TRY(mlg_flush(&ready, out, err));
out:
    mlg_buffer_free(&ready);
    return status;
}
