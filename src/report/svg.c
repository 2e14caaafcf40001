/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/svg.h"

#include <math.h>
#include <string.h>

#include "report/drawing.h"
#include "report/escape.h"

#define MARGIN 12.0 /* above and below what is drawn */

/* ---- discs and dots ---------------------------------------------------------------- */

static void sector_discs(mlg_buffer *out, const mlg_drawing *d, const char *opacity)
{
    mlg_buffer_format(out, "<g class=\"discs\" fill-opacity=\"%s\">\n", opacity);
    for (int32_t rank = 0; rank <= d->graph->n_sectors; rank++) {
        const int32_t s = mlg_drawing_ranked(d, rank);
        if (d->members[s] > 0) { /* one for each list of actors, drawn or not */
            mlg_buffer_format(out, "<circle fill=\"%s\"", mlg_drawing_colour(d, s));
            mlg_drawing_attribute(out, "cx", d->disc[s].x);
            mlg_drawing_attribute(out, "cy", d->disc[s].y);
            mlg_drawing_attribute(out, "r", d->disc[s].r);
            mlg_buffer_text(out, "/>\n");
        }
    }
    mlg_buffer_text(out, "</g>\n");
}

static void one_dot(mlg_buffer *out, const mlg_drawing *d, int32_t i)
{
    const int32_t v = d->order[i];
    mlg_buffer text = {0};
    const char *element = mlg_drawing_shape(out, d, mlg_drawing_disc(d, v), &d->dot[v]);

    mlg_drawing_partners(out, d, i);
    mlg_buffer_text(out, "><title>");
    mlg_drawing_describe(&text, d, v);
    mlg_html_escape(out, mlg_buffer_string(&text));
    mlg_buffer_format(out, "</title></%s>\n", element);
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

static void dots(mlg_buffer *out, const mlg_drawing *d)
{
    int32_t before = -1;

    mlg_buffer_text(out, "<g class=\"dots\" stroke=\"#fff\" stroke-width=\"1\">\n");
    for (int32_t i = 0; i < (int32_t) d->n_dots; i++) {
        const int32_t disc = mlg_drawing_disc(d, d->order[i]);
        if (disc != before) {
            mlg_buffer_format(out, "%s<g fill=\"%s\">\n", i > 0 ? "</g>\n" : "",
                              mlg_drawing_colour(d, disc));
            before = disc;
        }
        one_dot(out, d, i);
    }
    mlg_buffer_text(out, d->n_dots > 0 ? "</g>\n</g>\n" : "</g>\n");
}

/* ---- the element --------------------------------------------------------------------- */

static void say(mlg_buffer *out, const mlg_drawing *d, mlg_text_key key)
{
    mlg_buffer text = {0};
    const mlg_arg args[] = {mlg_arg_count(d->graph->n), mlg_arg_count((double) d->graph->n_ties),
                            mlg_arg_count(d->graph->n_sectors)};
    mlg_say(&text, d->results, d->results->labels.language, key, args, 3);
    mlg_html_escape(out, mlg_buffer_string(&text));
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

static void opening(mlg_buffer *out, const mlg_drawing *d)
{
    const mlg_box *frame = &d->places.frame;
    const double top = floor(frame->top), height = ceil(frame->bottom - top);

    mlg_buffer_format(out,
                      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"network\" "
                      "xml:lang=\"%s\" width=\"1000\" height=\"%d\" viewBox=\"0 %d 1000 %d\"",
                      d->results->labels.language == MLG_FR ? "fr" : "en", (int) height, (int) top,
                      (int) height);
    mlg_drawing_point(out, " data-m=\"", d->middle_x, d->middle_y, 1);
    mlg_buffer_text(out, "\" role=\"img\" aria-labelledby=\"network-figure network-desc\" "
                         "font-family=\"Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', "
                         "sans-serif\">\n<title id=\"network-figure\">");
    say(out, d, T_svg_title);
    mlg_buffer_text(out, "</title>\n<desc id=\"network-desc\">");
    say(out, d, d->n_dots > 0 ? T_svg_desc : T_svg_desc_reduced);
    mlg_buffer_format(out,
                      "</desc>\n<rect fill=\"#fff\" x=\"0\" y=\"%d\" width=\"1000\" "
                      "height=\"%d\"/>\n",
                      (int) top, (int) height);
}

/* What stands on the drawing besides discs, ties and dots; then the frame is known. */
static mlg_status write_names(mlg_buffer *names, mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_box *frame = &d->places.frame;

    *frame = (mlg_box){4.0, -300.0, MLG_DRAWING_WIDTH - 4.0, INFINITY};
    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        d->bottom = fmax(d->bottom, d->disc[s].y + d->disc[s].r);
    }
    if (!mlg_drawing_sector_labels(names, d) || !mlg_drawing_lay_strip(names, d)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of sectors");
    }
    frame->bottom = d->bottom + 30.0;
    if (d->n_dots == 0) {
        TRY(mlg_drawing_line_labels(names, d, err));
    } else {
        TRY(mlg_drawing_actor_labels(names, d, err));
    }
    for (size_t i = 0; i < d->places.n; i++) {
        d->bottom = fmax(d->bottom, d->places.taken[i].bottom);
    }
    frame->bottom = INFINITY;
    if (!mlg_drawing_legend(names, d)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the legend");
    }
    frame->top = 0.0;
    for (size_t i = 0; i < d->places.n; i++) {
        frame->top = fmin(frame->top, d->places.taken[i].top);
    }
    frame->top -= MARGIN;
    frame->bottom = d->bottom + MARGIN;
out:
    return status;
}

mlg_status mlg_drawing_svg(mlg_drawing *d, mlg_buffer *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer names = {0}, lines = {0};

    if (d->n_dots == 0) {
        mlg_drawing_lay_sectors(d);
        TRY(mlg_drawing_sector_ties(&lines, d, err));
    } else {
        TRY(mlg_drawing_lay(d, err));
    }
    TRY(write_names(&names, d, err));
    opening(out, d);
    if (d->n_dots == 0) {
        mlg_buffer_text(out, mlg_buffer_string(&lines));
        sector_discs(out, d, "1");
    } else {
        sector_discs(out, d, "0.09");
        mlg_drawing_ties(out, d);
        dots(out, d);
    }
    mlg_buffer_text(out, mlg_buffer_string(&names));
    mlg_buffer_text(out, "</svg>");
    if (out->failed || names.failed || lines.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the drawing");
    }
out:
    mlg_buffer_free(&names);
    mlg_buffer_free(&lines);
    return status;
}

mlg_status mlg_svg_network(const mlg_results *results, const mlg_graph *graph, mlg_buffer *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_drawing d = {.results = results, .graph = graph};

    TRY(mlg_drawing_open(&d, graph->n > MLG_SVG_ACTORS ? 0 : (size_t) graph->n, err));
    TRY(mlg_drawing_svg(&d, out, err));
out:
    mlg_drawing_close(&d);
    return status;
}

void mlg_svg_file(mlg_buffer *out, const mlg_buffer *svg)
{
    mlg_buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    mlg_buffer_bytes(out, mlg_buffer_string(svg), svg->length);
    mlg_buffer_char(out, '\n');
}
