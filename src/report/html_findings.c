/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html_parts.h"

#include <string.h>

#include "measure/context.h"

/* Findings on the page: sentence, what would help, what it rests on, limits. */

/* The page shows the first rows behind a finding; report.json has some more. */
enum { ROWS_SHOWN = 6, WORTH_FILTERING = 6 };

static void finding_rows(mlg_html *p, const mlg_finding *finding)
{
    const size_t shown = finding->n_rows < ROWS_SHOWN ? finding->n_rows : ROWS_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        mlg_buffer row = {0};
        if (i > 0 && strcmp(finding->rows[i].file, finding->rows[i - 1].file) == 0) {
            mlg_buffer_format(&row, ", %d", (int) finding->rows[i].line);
        } else {
            mlg_html_raw(p, i == 0 ? "<code>" : "</code>, <code>");
            mlg_buffer_format(&row, "%s:%d", finding->rows[i].file, (int) finding->rows[i].line);
        }
        mlg_html_text(p, &row);
    }
    mlg_html_raw(p, shown > 0 ? "</code>" : "");
    if (finding->rows_total > shown) {
        const mlg_arg more = mlg_arg_count((double) (finding->rows_total - shown));
        mlg_html_raw(p, " ");
        mlg_html_say(p, T_finding_more_rows, &more, 1);
    }
}

/* A run of findings that stand together: what several of them say is said once. */
typedef struct run {
    size_t first, n;
} run;

static const mlg_finding *finding_of(const mlg_html *p, size_t number)
{
    return &p->results->findings->items[number];
}

static bool has_limit(const mlg_finding *finding, mlg_text_key limit)
{
    for (size_t i = 0; i < finding->n_limits; i++) {
        if (finding->limits[i] == limit) {
            return true;
        }
    }
    return false;
}

static size_t with_limit(const mlg_html *p, run of, mlg_text_key limit)
{
    size_t n = 0;
    for (size_t i = of.first; i < of.first + of.n; i++) {
        n += has_limit(finding_of(p, i), limit);
    }
    return n;
}

/* ---- one finding ------------------------------------------------------------------ */

static void finding_basis(mlg_html *p, const mlg_finding *finding)
{
    mlg_buffer view = {0};

    if (finding->n_measures == 0 && finding->n_rows == 0) {
        return;
    }
    mlg_html_element(p, "<dt>", T_head_measures, "<dd>");
    mlg_say_view(&view, p->results, p->language, finding->view);
    mlg_html_text(p, &view);
    for (size_t i = 0; i < finding->n_measures; i++) {
        mlg_buffer_format(p->out, "%s<code>%s</code>", i == 0 ? " · " : ", ", finding->measures[i]);
    }
    if (finding->n_rows > 0) {
        mlg_html_element(p, "\n<dt>", T_head_rows, "<dd>");
        finding_rows(p, finding);
    }
    mlg_html_raw(p, "\n");
}

/* Number from 1 of the page's first finding with the same lever; 0: this is the first. */
static size_t said_before(const mlg_html *p, size_t number)
{
    for (size_t i = 0; i < number; i++) {
        if (finding_of(p, i)->lever == finding_of(p, number)->lever) {
            return i + 1;
        }
    }
    return 0;
}

static void finding_lever(mlg_html *p, size_t number)
{
    const mlg_finding *finding = finding_of(p, number);
    mlg_buffer source = {0};

    if (finding->lever == T_none) {
        return;
    }
    const size_t before = said_before(p, number);
    mlg_html_element(p, "<p class=\"lever\"><b>", T_finding_lever, "</b> ");
    if (before > 0) {
        const mlg_arg there = mlg_arg_count((double) before);
        mlg_buffer_format(p->out, "<a href=\"#finding-%zu\">", before);
        mlg_html_say(p, T_finding_same_lever, &there, 1);
        mlg_html_raw(p, "</a></p>\n");
        return;
    }
    mlg_html_word(p, finding->lever);
    mlg_html_raw(p, " <span class=\"quiet\">");
    mlg_say_source(&source, p->language, finding->lever_source);
    mlg_html_text(p, &source);
    mlg_html_raw(p, "</span></p>\n");
}

/* Those that no other finding of the run has. */
static void own_limits(mlg_html *p, run of, const mlg_finding *finding)
{
    bool open = false;
    for (size_t i = 0; i < finding->n_limits; i++) {
        if (with_limit(p, of, finding->limits[i]) > 1) {
            continue;
        }
        if (!open) {
            mlg_html_element(p, "<dt>", T_finding_limits, "<dd><ul>");
        }
        open = true;
        mlg_html_element(p, "<li>", finding->limits[i], "");
    }
    mlg_html_raw(p, open ? "</ul>\n" : "");
}

static void finding_details(mlg_html *p, run of, const mlg_finding *finding)
{
    bool own = false;
    for (size_t i = 0; i < finding->n_limits; i++) {
        own = own || with_limit(p, of, finding->limits[i]) == 1;
    }
    if (!own && finding->n_measures == 0 && finding->n_rows == 0) {
        return;
    }
    mlg_html_element(p, "<details><summary>", own ? T_finding_details_limits : T_finding_details,
                     "</summary>\n<dl>\n");
    finding_basis(p, finding);
    own_limits(p, of, finding);
    mlg_html_raw(p, "</dl>\n</details>\n");
}

/* Among several views, which one a finding is about stands above its sentence. */
static void finding_view(mlg_html *p, const mlg_finding *finding)
{
    mlg_buffer view = {0};
    if (finding->view >= 0 && mlg_context_views(p->results->context) > 1) {
        mlg_html_raw(p, " · ");
        mlg_say_view(&view, p->results, p->language, finding->view);
        mlg_html_text(p, &view);
    }
}

/* A level is told by its word, by a mark of as many full discs (the style sheet's), and last by
 * colour. */
static void one_finding(mlg_html *p, run of, size_t number)
{
    const mlg_finding *finding = finding_of(p, number);
    const char *level = mlg_level_name(finding->level);

    mlg_buffer_format(p->out,
                      "<article class=\"finding %s\" id=\"finding-%zu\" "
                      "data-kind=\"%s\">\n<h3><span class=\"rank\">%zu</span> "
                      "<span class=\"level\">",
                      level, number + 1, finding->kind, number + 1);
    mlg_html_word(p, mlg_document_level(finding->level));
    mlg_html_element(p, "</span> ", mlg_document_kind(finding->kind), "");
    finding_view(p, finding);
    mlg_html_raw(p, "</h3>\n<p class=\"statement\">");
    mlg_html_say(p, finding->text, finding->args, finding->n_args);
    mlg_html_raw(p, "</p>\n");
    finding_lever(p, number);
    finding_details(p, of, finding);
    mlg_html_raw(p, "</article>\n");
}

/* ---- what several findings have in common ------------------------------------------- */

static bool is_told(const mlg_html *p, run of, size_t number, mlg_text_key limit)
{
    return number > of.first && with_limit(p, (run){of.first, number - of.first}, limit) > 0;
}

static void limit_numbers(mlg_html *p, run of, mlg_text_key limit)
{
    const char *before = "";
    mlg_html_element(p, " <span class=\"quiet\">(", T_finding_numbers, " ");
    for (size_t i = of.first; i < of.first + of.n; i++) {
        if (has_limit(finding_of(p, i), limit)) {
            mlg_buffer_format(p->out, "%s<a href=\"#finding-%zu\">%zu</a>", before, i + 1, i + 1);
            before = ", ";
        }
    }
    mlg_html_raw(p, ")</span>");
}

static void common_limits(mlg_html *p, run of)
{
    bool open = false;
    for (size_t i = of.first; i < of.first + of.n; i++) {
        const mlg_finding *finding = finding_of(p, i);
        for (size_t k = 0; k < finding->n_limits; k++) {
            const mlg_text_key limit = finding->limits[k];
            if (with_limit(p, of, limit) < 2 || is_told(p, of, i, limit)) {
                continue;
            }
            if (!open) {
                mlg_html_element(p, "<div class=\"limits\"><h3>", T_finding_common_limits,
                                 "</h3>\n<ul>\n");
            }
            open = true;
            mlg_html_element(p, "<li>", limit, "");
            limit_numbers(p, of, limit);
            mlg_html_raw(p, "</li>\n");
        }
    }
    mlg_html_raw(p, open ? "</ul></div>\n" : "");
}

/* ---- filters ------------------------------------------------------------------------ */

static void filter(mlg_html *p, const char *name, mlg_text_key what, mlg_text_key all)
{
    mlg_html_element(p, "<label>", what, "");
    mlg_buffer_format(p->out, " <select name=\"%s\"><option value=\"\">", name);
    mlg_html_element(p, "", all, "</option>");
}

/* Shown by the script only: without it, there is nothing to filter with. */
static void filters(mlg_html *p)
{
    const mlg_findings *findings = p->results->findings;

    if (findings->n < WORTH_FILTERING) {
        return;
    }
    mlg_html_raw(p, "<div class=\"filters\" hidden>");
    filter(p, "level", T_filter_level, T_filter_all_levels);
    for (int level = MLG_SERIOUS; level >= MLG_INFO; level--) {
        mlg_buffer_format(p->out, "<option value=\"%s\">", mlg_level_name((mlg_level) level));
        mlg_html_element(p, "", mlg_document_level((mlg_level) level), "</option>");
    }
    mlg_html_raw(p, "</select></label>\n");
    filter(p, "kind", T_filter_kind, T_filter_all_kinds);
    for (size_t i = 0; i < findings->n; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) {
            seen = strcmp(findings->items[i].kind, findings->items[j].kind) == 0;
        }
        if (!seen) {
            mlg_buffer_format(p->out, "<option value=\"%s\">", findings->items[i].kind);
            mlg_html_element(p, "", mlg_document_kind(findings->items[i].kind), "</option>");
        }
    }
    mlg_html_raw(p, "</select></label></div>\n");
}

void mlg_html_findings(mlg_html *p, size_t first, size_t n)
{
    if (first == 0) {
        filters(p);
    }
    for (size_t i = first; i < first + n; i++) {
        one_finding(p, (run){first, n}, i);
    }
    common_limits(p, (run){first, n});
}
