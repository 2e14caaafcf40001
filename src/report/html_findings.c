/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html_parts.h"

#include <string.h>

#include "measure/context.h"

/* Findings on the page: sentence, what would help, what it rests on, limits. */

/* The page shows the first rows behind a finding; report.json has some more. */
enum { ROWS_SHOWN = 6 };

static void finding_rows(mlg_html *p, const mlg_finding *finding)
{
    const size_t shown = finding->n_rows < ROWS_SHOWN ? finding->n_rows : ROWS_SHOWN;
    for (size_t i = 0; i < shown; i++) {
        mlg_buffer row = {0};
        mlg_buffer_format(&row, "%s:%d", finding->rows[i].file, (int) finding->rows[i].line);
        mlg_html_raw(p, i == 0 ? "<code>" : ", <code>");
        mlg_html_text(p, &row);
        mlg_html_raw(p, "</code>");
    }
    if (finding->rows_total > shown) {
        const mlg_arg more = mlg_arg_count((double) (finding->rows_total - shown));
        mlg_html_raw(p, " ");
        mlg_html_say(p, T_finding_more_rows, &more, 1);
    }
}

static void finding_basis(mlg_html *p, const mlg_finding *finding)
{
    mlg_buffer view = {0};

    if (finding->n_measures == 0 && finding->n_rows == 0) {
        return;
    }
    mlg_html_element(p, "<dt>", T_finding_basis, "</dt>\n<dd>");
    mlg_say_view(&view, p->results, p->language, finding->view);
    mlg_html_text(p, &view);
    for (size_t i = 0; i < finding->n_measures; i++) {
        mlg_buffer_format(p->out, "%s<code>%s</code>", i == 0 ? " · " : ", ", finding->measures[i]);
    }
    if (finding->n_rows > 0) {
        mlg_html_raw(p, "<br>");
        finding_rows(p, finding);
    }
    mlg_html_raw(p, "</dd>\n");
}

static void finding_lever(mlg_html *p, const mlg_finding *finding)
{
    if (finding->lever == T_none) {
        return;
    }
    const mlg_arg source = mlg_arg_text(finding->lever_source);
    mlg_html_element(p, "<dt>", T_finding_lever, "</dt>\n<dd>");
    mlg_html_word(p, finding->lever);
    mlg_html_raw(p, " <span class=\"quiet\">");
    mlg_html_say(p, mlg_document_source(finding->lever_source), &source, 1);
    mlg_html_raw(p, "</span></dd>\n");
}

static void finding_limits(mlg_html *p, const mlg_finding *finding)
{
    if (finding->n_limits == 0) {
        return;
    }
    mlg_html_element(p, "<dt>", T_finding_limits, "</dt>\n<dd><ul>");
    for (size_t i = 0; i < finding->n_limits; i++) {
        mlg_html_element(p, "<li>", finding->limits[i], "</li>");
    }
    mlg_html_raw(p, "</ul></dd>\n");
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

static void one_finding(mlg_html *p, size_t number)
{
    const mlg_finding *finding = &p->results->findings->items[number];
    const char *level = mlg_level_name(finding->level);

    mlg_buffer_format(p->out,
                      "<article class=\"finding %s\" id=\"finding-%zu\" data-level=\"%s\" "
                      "data-kind=\"%s\">\n<h3><span class=\"level\">",
                      level, number + 1, level, finding->kind);
    mlg_html_word(p, mlg_document_level(finding->level));
    mlg_html_element(p, "</span>", mlg_document_kind(finding->kind), "");
    finding_view(p, finding);
    mlg_html_raw(p, "</h3>\n<p class=\"statement\">");
    mlg_html_say(p, finding->text, finding->args, finding->n_args);
    mlg_html_raw(p, "</p>\n<dl>\n");
    finding_lever(p, finding);
    finding_basis(p, finding);
    finding_limits(p, finding);
    mlg_html_raw(p, "</dl>\n</article>\n");
}

static void filter(mlg_html *p, const char *name, mlg_text_key what, mlg_text_key all)
{
    mlg_html_element(p, "<label>", what, "");
    mlg_buffer_format(p->out, " <select name=\"%s\"><option value=\"\">", name);
    mlg_html_element(p, "", all, "</option>");
}

/* ---- filters ------------------------------------------------------------------- */

/* Shown by the script only: without it, there is nothing to filter with. */
static void filters(mlg_html *p)
{
    const mlg_findings *findings = p->results->findings;

    if (findings->n < 3) {
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
        one_finding(p, i);
    }
}
