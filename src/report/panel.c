/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/panel.h"

#include "report/drawing.h"
#include "report/escape.h"
#include "report/svg.h"

static void say(mlg_buffer *out, const mlg_drawing *d, mlg_text_key key, const mlg_arg *args,
                size_t n_args)
{
    mlg_buffer text = {0};
    mlg_say(&text, d->results, d->results->labels.language, key, args, n_args);
    mlg_html_escape(out, mlg_buffer_string(&text));
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

static void word(mlg_buffer *out, const mlg_drawing *d, const char *before, mlg_text_key key,
                 const char *after)
{
    mlg_buffer_text(out, before);
    say(out, d, key, NULL, 0);
    mlg_buffer_text(out, after);
}

static void say_arg(mlg_buffer *out, const mlg_drawing *d, mlg_arg arg)
{
    mlg_buffer text = {0};
    mlg_say_arg(&text, d->results, d->results->labels.language, &arg);
    mlg_html_escape(out, mlg_buffer_string(&text));
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

/* Hidden until the page's script shows it; the script's words are its attributes. */
static void finder(mlg_buffer *out, const mlg_drawing *d)
{
    word(out, d, "<div class=\"finder\" hidden=\"\" data-none=\"", T_panel_found_none, "\"");
    word(out, d, " data-one=\"", T_panel_found_one, "\"");
    word(out, d, " data-many=\"", T_panel_found_many, "\"");
    word(out, d, " data-partner=\"", T_panel_partner, "\"");
    word(out, d, " data-partners=\"", T_panel_partners, "\"");
    word(out, d, " data-alone=\"", T_panel_alone, "\"");
    word(out, d, " data-filter=\"", T_panel_filter, "\">\n");
    word(out, d, "<div class=\"tools\">\n<div class=\"search\"><label for=\"find\">",
         T_panel_search,
         "</label>\n<input id=\"find\" type=\"search\" role=\"combobox\" autocomplete=\"off\" "
         "spellcheck=\"false\" aria-autocomplete=\"list\" aria-expanded=\"false\" "
         "aria-controls=\"found\"/>\n<ul id=\"found\" role=\"listbox\" hidden=\"\" aria-label=\"");
    word(out, d, "", T_panel_search, "\"></ul></div>\n<div class=\"zoom\">");
    word(out, d, "<button type=\"button\" data-zoom=\"1.4\" aria-label=\"", T_panel_larger,
         "\">+</button>\n");
    word(out, d, "<button type=\"button\" data-zoom=\"0.714\" aria-label=\"", T_panel_smaller,
         "\">−</button>\n");
    word(out, d, "<button type=\"button\" data-zoom=\"0\">", T_panel_reset,
         "</button></div>\n</div>\n");
    mlg_buffer_text(out, "<p class=\"count\" role=\"status\"></p>\n<p class=\"detail\">");
    word(out, d, "<span>", T_panel_help,
         "</span></p>\n</div>\n"
         "<div class=\"chosen\" hidden=\"\"></div>\n");
}

/* The sign of a sector as on the drawing, and the number it has there on a narrow screen. */
static void sign(mlg_buffer *out, const mlg_drawing *d, int32_t disc)
{
    const mlg_dot dot = {0.0, 0.0, 10.0};
    mlg_buffer_format(out, "<h3><span class=\"narrow\">%d</span> ", (int) d->rank[disc] + 1);
    mlg_buffer_format(out,
                      "<svg viewBox=\"-14 -14 28 28\" "
                      "aria-hidden=\"true\" fill=\"%s\">",
                      mlg_drawing_colour(d, disc));
    mlg_drawing_shape(out, d, disc, &dot);
    mlg_buffer_text(out, "/></svg> <span class=\"sector\">");
}

static void open_sector(mlg_buffer *out, const mlg_drawing *d, int32_t disc)
{
    sign(out, d, disc);
    say_arg(out, d, mlg_drawing_sector(d, disc));
    mlg_buffer_text(out, "</span> (");
    say_arg(out, d, mlg_arg_count(d->members[disc]));
    mlg_buffer_text(out, ")</h3>\n<ul>\n");
}

/* What the numbers of a narrow drawing stand for: in sight there, under the drawing. */
static void key(mlg_buffer *out, const mlg_drawing *d)
{
    const char *before = "<p class=\"key\">";
    for (int32_t rank = 0; rank <= d->graph->n_sectors; rank++) {
        const int32_t disc = mlg_drawing_ranked(d, rank);
        if (d->members[disc] > 0) {
            mlg_buffer_format(out, "%s<span><b>%d</b> ", before, (int) rank + 1);
            say_arg(out, d, mlg_drawing_sector(d, disc));
            mlg_buffer_text(out, "</span>");
            before = " ";
        }
    }
    mlg_buffer_text(out, before[0] == ' ' ? "</p>\n" : "");
}

static void actors(mlg_buffer *out, const mlg_drawing *d, bool with_partners)
{
    const mlg_arg n = mlg_arg_count(d->graph->n);
    int32_t before = -1;

    mlg_buffer_text(out, "<details class=\"actors\"><summary>");
    say(out, d, T_panel_actors, &n, 1);
    mlg_buffer_text(out, "</summary>\n<div>\n");
    for (int32_t i = 0; i < d->graph->n; i++) {
        const int32_t v = d->order[i], disc = mlg_drawing_disc(d, v);
        if (disc != before) {
            mlg_buffer_text(out, before >= 0 ? "</ul>\n" : "");
            open_sector(out, d, disc);
            before = disc;
        }
        mlg_buffer_text(out, "<li");
        if (with_partners) {
            mlg_drawing_partners(out, d, i);
        }
        mlg_buffer_text(out, "><span>");
        say_arg(out, d, mlg_arg_label(d->graph->scope, d->graph->subject[v]));
        mlg_buffer_text(out, "</span> ");
        say_arg(out, d, mlg_arg_count(mlg_drawing_degree(d, v)));
        mlg_buffer_text(out, "\n");
    }
    mlg_buffer_text(out, before >= 0 ? "</ul>\n</div>\n</details>\n" : "</div>\n</details>\n");
}

mlg_status mlg_panel(const mlg_results *results, const mlg_graph *graph, mlg_buffer *out,
                     mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_drawing d = {.results = results, .graph = graph};
    const mlg_arg args[] = {mlg_arg_count(graph->n), mlg_arg_count(MLG_PANEL_ACTORS)};

    TRY(mlg_drawing_open(&d, 0, err));
    if (graph->n <= MLG_PANEL_ACTORS) {
        key(out, &d);
        finder(out, &d);
        actors(out, &d, graph->n > MLG_SVG_ACTORS);
    } else {
        mlg_buffer_text(out, "<p class=\"note\">");
        say(out, &d, T_panel_too_many, args, 2);
        mlg_buffer_text(out, "</p>\n");
    }
    if (out->failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the list of actors");
    }
out:
    mlg_drawing_close(&d);
    return status;
}
