/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/svg.h"

#include <math.h>
#include <string.h>

#include "graph/layout.h"
#include "report/drawing.h"
#include "report/escape.h"

/* The frame, in units that are pixels at 1:1. Names of sectors stand in the margins. */
#define WIDTH    1000.0
#define MARGIN_X 190.0
#define MARGIN_Y 74.0
#define ACROSS   (WIDTH - 2.0 * MARGIN_X)
#define DOWN     560.0

static void attribute(mlg_buffer *out, const char *name, double value)
{
    mlg_buffer_format(out, " %s=\"", name);
    mlg_buffer_fixed(out, value, 1);
    mlg_buffer_char(out, '"');
}

static void point(mlg_buffer *out, const char *before, double x, double y)
{
    mlg_buffer_text(out, before);
    mlg_buffer_fixed(out, x, 1);
    mlg_buffer_char(out, ' ');
    mlg_buffer_fixed(out, y, 1);
}

/* ---- where things are ---------------------------------------------------------- */

static void stretch(mlg_box *box, double x, double y, double r)
{
    box->left = fmin(box->left, x - r);
    box->right = fmax(box->right, x + r);
    box->top = fmin(box->top, y - r);
    box->bottom = fmax(box->bottom, y + r);
}

/* Fits discs and dots between the margins; the frame is as high as they need. */
static void fit(mlg_drawing *d)
{
    mlg_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};

    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        if (d->disc[s].r > 0.0) {
            stretch(&box, d->disc[s].x, d->disc[s].y, d->disc[s].r);
        }
    }
    for (size_t v = 0; v < d->n_dots; v++) {
        stretch(&box, d->dot[v].x, d->dot[v].y, 0.0);
    }
    const double wide = fmax(box.right - box.left, 1e-9), high = fmax(box.bottom - box.top, 1e-9);
    const double scale = fmin(ACROSS / wide, DOWN / high);
    const double x0 = WIDTH / 2.0 - scale * (box.left + box.right) / 2.0;
    const double y0 = MARGIN_Y - scale * box.top;

    d->height = scale * high + 2.0 * MARGIN_Y;
    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        d->disc[s] =
            (mlg_dot){x0 + scale * d->disc[s].x, y0 + scale * d->disc[s].y, scale * d->disc[s].r};
    }
    for (size_t v = 0; v < d->n_dots; v++) {
        d->dot[v].x = x0 + scale * d->dot[v].x;
        d->dot[v].y = y0 + scale * d->dot[v].y;
    }
}

/* Area says degree; small networks get larger dots. */
static void size_dots(mlg_drawing *d)
{
    const double n = (double) d->n_dots;
    const double least = n <= 60 ? 5.0 : n <= 300 ? 3.2 : 2.0;
    const double most = n <= 60 ? 15.0 : n <= 300 ? 12.0 : 10.0;
    uint32_t top = 1;

    for (int32_t v = 0; v < d->graph->ties.n; v++) {
        const uint32_t degree = mlg_csr_degree(&d->graph->ties, v);
        top = degree > top ? degree : top;
    }
    for (int32_t v = 0; v < (int32_t) d->n_dots; v++) {
        const double share = mlg_drawing_degree(d, v) / (double) top;
        d->dot[v].r = least + (most - least) * sqrt(share);
    }
}

static mlg_status lay_out(mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = d->n_dots, n_discs = (size_t) d->graph->n_sectors + 1;
    double *numbers = mlg_zalloc(2 * n + 3 * n_discs, sizeof *numbers);

    TRY_ALLOC(err, numbers);
    double *x = numbers, *y = x + n, *cx = y + n, *cy = cx + n_discs, *radius = cy + n_discs;
    TRY(mlg_layout_sectors(d->graph, d->results->run->seed, x, y, cx, cy, radius, err));
    for (size_t v = 0; v < n; v++) {
        d->dot[v] = (mlg_dot){x[v], y[v], 0.0};
    }
    for (size_t s = 0; s < n_discs; s++) {
        d->disc[s] = (mlg_dot){cx[s], cy[s], radius[s]};
    }
    fit(d);
    size_dots(d);
out:
    mlg_free(numbers);
    return status;
}

/* Without actors: discs on a ring, area by the number of actors. */
static void lay_out_sectors(mlg_drawing *d)
{
    const double turn = 6.283185307179586;
    double total = 0.0, angle = -turn / 4.0;

    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        total += sqrt((double) d->members[s]);
    }
    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        const double half = sqrt((double) d->members[s]) / total * turn / 2.0;
        const double r = d->members[s] > 0 ? fmin(0.8 * sin(fmin(half, turn / 4.0)), 0.45) : 0.0;
        angle += half;
        d->disc[s] = (mlg_dot){cos(angle), sin(angle), fmax(r, d->members[s] > 0 ? 0.01 : 0.0)};
        angle += half;
    }
    fit(d);
}

/* ---- ties ------------------------------------------------------------------------ */

/* A tie between two sectors bends towards the middle of the drawing. */
static void curve(mlg_buffer *out, const mlg_drawing *d, const mlg_dot *a, const mlg_dot *b)
{
    const double x = (a->x + b->x) / 2.0, y = (a->y + b->y) / 2.0, pull = 0.35;
    point(out, "M", a->x, a->y);
    point(out, "Q", x + pull * (WIDTH / 2.0 - x), y + pull * (d->height / 2.0 - y));
    point(out, " ", b->x, b->y);
}

/* The ties of an actor to later ones, in one path: some 20 bytes a tie instead of 60. */
static void ties_of(mlg_buffer *out, const mlg_drawing *d, int32_t v, bool inside)
{
    const mlg_csr *ties = &d->graph->ties;
    bool open = false;

    for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
        const int32_t w = ties->target[i];
        if (w <= v || (mlg_drawing_disc(d, v) == mlg_drawing_disc(d, w)) != inside) {
            continue;
        }
        mlg_buffer_text(out, open ? "" : "<path d=\"");
        open = true;
        if (inside) {
            point(out, "M", d->dot[v].x, d->dot[v].y);
            point(out, "L", d->dot[w].x, d->dot[w].y);
        } else {
            curve(out, d, &d->dot[v], &d->dot[w]);
        }
    }
    mlg_buffer_text(out, open ? "\"/>\n" : "");
}

static void all_ties(mlg_buffer *out, const mlg_drawing *d)
{
    /* 100 ties can be told apart at half strength; 5,000 only show as a shade */
    const double m = fmax((double) d->graph->n_ties, 1.0);
    const double opacity = fmin(0.55, 6.0 / sqrt(m));

    for (int inside = 0; inside <= 1; inside++) {
        mlg_buffer_text(out, "<g fill=\"none\" stroke=\"#3a3a40\"");
        attribute(out, "stroke-width", m <= 300.0 ? 1.2 : 0.8);
        mlg_buffer_text(out, " stroke-opacity=\"");
        mlg_buffer_fixed(out, inside != 0 ? fmin(0.6, 1.3 * opacity) : opacity, 2);
        mlg_buffer_text(out, "\">\n");
        for (int32_t v = 0; v < d->graph->ties.n; v++) {
            ties_of(out, d, v, inside != 0);
        }
        mlg_buffer_text(out, "</g>\n");
    }
}

/* Ties between sectors as one curve each, as wide as they are many. */
static mlg_status sector_ties(mlg_buffer *out, const mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &d->graph->ties;
    const size_t n = (size_t) d->graph->n_sectors + 1;
    double top = 1.0;
    double *count = mlg_zalloc(n * n, sizeof *count);

    TRY_ALLOC(err, count);
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            const size_t a = (size_t) mlg_drawing_disc(d, v);
            const size_t b = (size_t) mlg_drawing_disc(d, ties->target[i]);
            count[a * n + b] += a < b ? 1.0 : 0.0;
            top = fmax(top, count[a * n + b]);
        }
    }
    mlg_buffer_text(out, "<g fill=\"none\" stroke=\"#3a3a40\" stroke-opacity=\"0.3\">\n");
    for (size_t i = 0; i < n * n; i++) {
        if (count[i] > 0.0) {
            mlg_buffer_text(out, "<path");
            attribute(out, "stroke-width", fmax(0.5, 18.0 * sqrt(count[i] / top)));
            mlg_buffer_text(out, " d=\"");
            curve(out, d, &d->disc[i / n], &d->disc[i % n]);
            mlg_buffer_text(out, "\"/>\n");
        }
    }
    mlg_buffer_text(out, "</g>\n");
out:
    mlg_free(count);
    return status;
}

/* ---- discs and dots ---------------------------------------------------------------- */

static void sector_discs(mlg_buffer *out, const mlg_drawing *d, const char *opacity)
{
    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        if (d->disc[s].r > 0.0) {
            mlg_buffer_format(out, "<circle fill=\"%s\" fill-opacity=\"%s\"",
                              mlg_drawing_colour(d, s), opacity);
            attribute(out, "cx", d->disc[s].x);
            attribute(out, "cy", d->disc[s].y);
            attribute(out, "r", d->disc[s].r + (d->n_dots > 0 ? 12.0 : 0.0));
            mlg_buffer_text(out, "/>\n");
        }
    }
}

static void dots(mlg_buffer *out, const mlg_drawing *d)
{
    mlg_buffer name = {0};

    mlg_buffer_text(out, "<g stroke=\"#fff\" stroke-width=\"1\">\n");
    for (int32_t v = 0; v < (int32_t) d->n_dots; v++) {
        const int32_t disc = mlg_drawing_disc(d, v);
        mlg_drawing_shape(out, d, disc, &d->dot[v]);
        mlg_buffer_clear(&name);
        mlg_drawing_describe(&name, d, v);
        mlg_buffer_text(out, "<title>");
        mlg_html_escape(out, mlg_buffer_string(&name));
        mlg_buffer_text(out, "</title>");
        mlg_buffer_text(out, mlg_drawing_shape_end(d, disc));
    }
    mlg_buffer_text(out, "</g>\n");
    out->failed = out->failed || name.failed;
    mlg_buffer_free(&name);
}

/* ---- the element --------------------------------------------------------------------- */

static void opening(mlg_buffer *out, const mlg_drawing *d)
{
    mlg_buffer text = {0};
    const mlg_arg args[] = {mlg_arg_count(d->graph->n), mlg_arg_count((double) d->graph->n_ties),
                            mlg_arg_count(d->graph->n_sectors)};

    mlg_buffer_text(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1000 ");
    mlg_buffer_fixed(out, d->height, 0);
    mlg_buffer_text(out, "\" role=\"img\" aria-labelledby=\"network-title network-desc\" "
                         "font-family=\"system-ui, 'DejaVu Sans', sans-serif\">\n"
                         "<title id=\"network-title\">");
    mlg_say(&text, d->results, d->results->labels.language, T_svg_title, args, 3);
    mlg_html_escape(out, mlg_buffer_string(&text));
    mlg_buffer_text(out, "</title>\n<desc id=\"network-desc\">");
    mlg_buffer_clear(&text);
    mlg_say(&text, d->results, d->results->labels.language,
            d->n_dots > 0 ? T_svg_desc : T_svg_desc_reduced, args, 3);
    mlg_html_escape(out, mlg_buffer_string(&text));
    mlg_buffer_text(out, "</desc>\n");
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

mlg_status mlg_svg_network(const mlg_results *results, const mlg_graph *graph, mlg_buffer *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_drawing d = {.results = results, .graph = graph};
    const bool reduced = graph->n > MLG_SVG_ACTORS;

    TRY(mlg_drawing_open(&d, reduced ? 0 : (size_t) graph->n, err));
    if (reduced) {
        lay_out_sectors(&d);
    } else {
        TRY(lay_out(&d, err));
    }
    d.places.frame = (mlg_box){4.0, 4.0, WIDTH - 4.0, d.height - 4.0};
    opening(out, &d);
    if (reduced) {
        TRY(sector_ties(out, &d, err));
        sector_discs(out, &d, "0.85");
    } else {
        sector_discs(out, &d, "0.08");
        all_ties(out, &d);
        dots(out, &d);
    }
    TRY(mlg_drawing_labels(out, &d, err));
    mlg_buffer_text(out, "</svg>");
    if (out->failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the drawing");
    }
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
