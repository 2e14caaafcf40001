/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/html.h"

#include <string.h>

#include "base/digest.h"
#include "maillage/version.h"
#include "measure/context.h"
#include "report/escape.h"
#include "report/html_parts.h"
#include "report/output.h"

extern const char mlg_report_css[], mlg_report_css_end[]; /* assets.S */
extern const char mlg_report_js[], mlg_report_js_end[];

void mlg_html_raw(mlg_html *p, const char *markup)
{
    mlg_buffer_text(p->out, markup);
}

/* Takes a text, escapes it into the page and frees it. */
void mlg_html_text(mlg_html *p, mlg_buffer *text)
{
    mlg_html_escape(p->out, mlg_buffer_string(text));
    p->out->failed = p->out->failed || text->failed;
    mlg_buffer_free(text);
}

void mlg_html_say(mlg_html *p, mlg_text_key key, const mlg_arg *args, size_t n_args)
{
    mlg_buffer text = {0};
    mlg_say(&text, p->results, p->language, key, args, n_args);
    mlg_html_text(p, &text);
}

void mlg_html_sentence(mlg_html *p, const mlg_sentence *sentence)
{
    mlg_html_say(p, sentence->key, sentence->args, sentence->n_args);
}

void mlg_html_word(mlg_html *p, mlg_text_key key)
{
    mlg_html_say(p, key, NULL, 0);
}

void mlg_html_element(mlg_html *p, const char *open, mlg_text_key key, const char *close)
{
    mlg_html_raw(p, open);
    mlg_html_word(p, key);
    mlg_html_raw(p, close);
}

/* ---- head ------------------------------------------------------------------- */

static size_t bytes_between(const char *from, const char *end)
{
    return (size_t) ((uintptr_t) end - (uintptr_t) from); /* two symbols, to the compiler */
}

/* 'sha256-...' of some bytes, as a content policy wants it: base64 of the digest. */
static void policy_hash(mlg_html *p, const char *bytes, const char *end)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hex[MLG_DIGEST_TEXT];
    unsigned char sum[33] = {0}; /* 32 bytes, padded to a multiple of three */

    mlg_digest_of(bytes, bytes_between(bytes, end), hex);
    for (size_t i = 0; i < 32; i++) {
        const char *const hexadecimal = "0123456789abcdef";
        const size_t high = (size_t) (strchr(hexadecimal, hex[2 * i]) - hexadecimal);
        const size_t low = (size_t) (strchr(hexadecimal, hex[2 * i + 1]) - hexadecimal);
        sum[i] = (unsigned char) (16 * high + low);
    }
    mlg_html_raw(p, "'sha256-");
    for (size_t i = 0; i < 33; i += 3) {
        const unsigned bits = (unsigned) sum[i] << 16 | (unsigned) sum[i + 1] << 8 | sum[i + 2];
        mlg_buffer_char(p->out, digits[bits >> 18]);
        mlg_buffer_char(p->out, digits[bits >> 12 & 63]);
        mlg_buffer_char(p->out, digits[bits >> 6 & 63]);
        mlg_buffer_char(p->out, (char) (i < 30 ? digits[bits & 63] : '='));
    }
    mlg_html_raw(p, "'");
}

/* "Study: who works with whom", for the window; the page says them apart. */
static void title(mlg_html *p)
{
    const char *given = p->results->model != NULL ? mlg_model_title(p->results->model) : "";
    const mlg_arg args[] = {mlg_arg_text(given), mlg_arg_key(p->document->subject)};
    mlg_html_say(p, given[0] != '\0' ? T_report_title : T_report_subject, args, 2);
}

static void head(mlg_html *p)
{
    mlg_html_raw(p, "<!DOCTYPE html>\n<html lang=\"");
    mlg_html_raw(p, p->language == MLG_FR ? "fr" : "en");
    mlg_html_raw(
        p,
        "\">\n<head>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        "style-src ");
    policy_hash(p, mlg_report_css, mlg_report_css_end);
    mlg_html_raw(p, "; script-src ");
    policy_hash(p, mlg_report_js, mlg_report_js_end);
    mlg_html_raw(p, "; base-uri 'none'; form-action 'none'\">\n<meta charset=\"utf-8\">\n"
                    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"generator\" content=\"maillage " MLG_VERSION "\">\n<title>");
    title(p);
    mlg_html_raw(p, "</title>\n<style>");
    mlg_buffer_bytes(p->out, mlg_report_css, bytes_between(mlg_report_css, mlg_report_css_end));
    mlg_html_raw(p, "</style>\n</head>\n");
}

/* ---- masthead ----------------------------------------------------------------- */

static void banner(mlg_html *p, const char *open, mlg_text_key text)
{
    mlg_html_element(p, open, text, "</p>\n");
}

/* What every printed page must say: a browser repeats what is fixed on each of them. On
 * screen it stays away, the banners under the title say it. */
static void running(mlg_html *p)
{
    const mlg_text_key said[] = {
        p->document->illustrative ? T_report_illustrative : T_none,
        p->document->several_territories ? T_report_not_one_territory : T_none,
        p->results->labels.names ? T_report_names_banner : T_none,
    };
    const char *before = "<p class=\"running\" aria-hidden=\"true\">";

    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        if (said[i] != T_none) {
            mlg_html_raw(p, before);
            mlg_html_word(p, said[i]);
            before = " · ";
        }
    }
    mlg_html_raw(p, before[0] == ' ' ? "</p>\n" : "");
}

static void facts(mlg_html *p)
{
    const mlg_model *model = p->results->model;
    const bool dated = model != NULL && mlg_model_date(model) != MLG_NO_DATE;

    if (dated) {
        const mlg_arg date = mlg_arg_date(mlg_model_date(model));
        mlg_html_raw(p, "<p class=\"when\">");
        mlg_html_say(p, T_report_date, &date, 1);
        mlg_html_raw(p, "</p>\n");
    }
    if (p->document->n_facts == 0) {
        return;
    }
    mlg_html_raw(p, "<ul class=\"facts\">\n");
    for (size_t i = 0; i < p->document->n_facts; i++) {
        const mlg_fact *fact = &p->document->facts[i];
        mlg_buffer number = {0};
        mlg_text_arg(&number, p->language, &fact->number);
        mlg_html_raw(p, "<li><b>");
        mlg_html_text(p, &number);
        mlg_html_raw(p, "</b> ");
        mlg_html_say(p, fact->noun, &fact->number, 1);
        mlg_html_raw(p, "</li>\n");
    }
    mlg_html_raw(p, "</ul>\n");
}

static void masthead(mlg_html *p)
{
    const char *given = p->results->model != NULL ? mlg_model_title(p->results->model) : "";

    mlg_html_raw(p, "<header>\n");
    if (given[0] != '\0') {
        mlg_html_element(p, "<p class=\"kicker\">", p->document->subject, "</p>\n<h1>");
        mlg_html_escape(p->out, given);
    } else {
        mlg_html_element(p, "<h1>", p->document->subject, "");
    }
    mlg_html_raw(p, "</h1>\n");
    if (p->document->illustrative) {
        banner(p, "<p class=\"banner illustrative\" role=\"note\">", T_report_illustrative);
    }
    if (p->document->several_territories) {
        banner(p, "<p class=\"banner illustrative\" role=\"note\">", T_report_not_one_territory);
    }
    if (p->results->labels.names) {
        banner(p, "<p class=\"banner\" role=\"note\">", T_report_names_banner);
    }
    facts(p);
    mlg_html_raw(p, "</header>\n");
}

static void section_heading(mlg_html *p, const mlg_section *section)
{
    if (section->heading.key != T_none) {
        mlg_html_sentence(p, &section->heading);
    } else {
        mlg_html_word(p, section->title);
    }
}

static void contents(mlg_html *p)
{
    if (p->document->sheets && p->document->n < 2) {
        return; /* one sheet needs no list of them */
    }
    mlg_html_raw(p, "<nav aria-label=\"");
    mlg_html_word(p, T_report_contents);
    mlg_html_raw(p, "\">\n<ol>\n");
    for (size_t i = 0; i < p->document->n; i++) {
        const mlg_section *section = &p->document->sections[i];
        if (mlg_section_is_shown(section)) {
            mlg_buffer_format(p->out, "<li><a href=\"#%s\">", section->id);
            section_heading(p, section);
            mlg_html_raw(p, "</a></li>\n");
        }
    }
    mlg_html_raw(p, "</ol>\n</nav>\n");
}

/* The sheet's first row is empty on screen: on paper it keeps room for the running line. */
static void opening(mlg_html *p)
{
    const bool marked =
        p->results->labels.names || p->document->illustrative || p->document->several_territories;

    const char *const bodies[2][2] = {
        {"<body>\n", "<body class=\"marked\">\n"},
        {"<body class=\"sheets\">\n", "<body class=\"sheets marked\">\n"}};
    mlg_html_raw(p, bodies[p->document->sheets][marked]);
    mlg_html_element(p, "<a class=\"skip\" href=\"#main\">", T_report_skip, "</a>\n");
    running(p);
    mlg_html_raw(p, "<div class=\"sheet\"><div class=\"margin\"></div><div class=\"page\">\n");
    masthead(p);
    contents(p);
    mlg_html_raw(p, "<main id=\"main\" tabindex=\"-1\">\n");
}

/* ---- the page ---------------------------------------------------------------- */

static void whole_figure(mlg_html *p, const mlg_figure *figure)
{
    mlg_html_raw(p, "<figure>\n<figcaption>");
    mlg_html_sentence(p, &figure->caption);
    mlg_html_raw(p, "</figcaption>\n<div class=\"drawing\">");
    mlg_buffer_bytes(p->out, mlg_buffer_string(&figure->svg), figure->svg.length);
    mlg_html_raw(p, "</div>");
    if (figure->note.key != T_none) {
        mlg_html_raw(p, "\n<p class=\"note\">");
        mlg_html_sentence(p, &figure->note);
        mlg_html_raw(p, "</p>");
    }
    mlg_buffer_bytes(p->out, mlg_buffer_string(&figure->panel), figure->panel.length);
    mlg_html_raw(p, "\n</figure>\n");
}

static void block(mlg_html *p, const mlg_block *b)
{
    static const struct {
        const char *open, *close;
    } tags[] = {
        [MLG_BLOCK_HEADING] = {"<h3>", "</h3>\n"},
        [MLG_BLOCK_PARAGRAPH] = {"<p>", "</p>\n"},
        [MLG_BLOCK_NOTE] = {"<p class=\"note\">", "</p>\n"},
    };

    switch (b->kind) {
    case MLG_BLOCK_TABLE:
        mlg_html_table(p, b->table);
        break;
    case MLG_BLOCK_FIGURE:
        whole_figure(p, b->figure);
        break;
    case MLG_BLOCK_FINDINGS:
        mlg_html_findings(p, b->first, b->n);
        break;
    case MLG_BLOCK_MISSING: /* its section's title, the second argument, stands first */
        mlg_html_raw(p, "<p class=\"missing\">");
        if (b->text.n_args > 1) {
            mlg_html_element(p, "<b>", b->text.args[1].key, ".</b> ");
        }
        mlg_html_sentence(p, &b->text);
        mlg_html_raw(p, "</p>\n");
        break;
    default:
        mlg_html_raw(p, tags[b->kind].open);
        mlg_html_sentence(p, &b->text);
        mlg_html_raw(p, tags[b->kind].close);
        break;
    }
}

static mlg_status one_section(mlg_html *p, const mlg_section *section, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    mlg_buffer_format(p->out, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n", section->id,
                      section->id);
    mlg_buffer_format(p->out, "<h2 id=\"%s-title\">", section->id);
    section_heading(p, section);
    mlg_html_raw(p, "</h2>\n");
    for (size_t i = 0; i < section->n; i++) {
        block(p, &section->blocks[i]);
        TRY(mlg_flush_some(p->out, out, err));
    }
    mlg_html_raw(p, "</section>\n");
out:
    return status;
}

mlg_status mlg_html_write(const mlg_document *document, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer ready = {0};
    mlg_html p = {.out = &ready,
                  .document = document,
                  .results = document->results,
                  .language = document->results->labels.language};

    head(&p);
    opening(&p);
    for (size_t i = 0; i < document->n; i++) {
        if (mlg_section_is_shown(&document->sections[i])) {
            TRY(one_section(&p, &document->sections[i], out, err));
        }
    }
    mlg_html_raw(&p, "</main>\n");
    if (!document->sheets) { /* it speaks of the files beside the page */
        mlg_html_element(&p, "<footer>\n<p>", T_report_footer, "</p>\n</footer>\n");
    }
    mlg_html_raw(&p, "</div></div>\n<script>");
    mlg_buffer_bytes(&ready, mlg_report_js, bytes_between(mlg_report_js, mlg_report_js_end));
    mlg_html_raw(&p, "</script>\n</body>\n</html>\n");
    TRY(mlg_flush(&ready, out, err));
out:
    mlg_buffer_free(&ready);
    return status;
}
