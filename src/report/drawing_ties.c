/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/drawing.h"
#include "report/escape.h"
#include "report/letters.h"

#define INK "#3a3a40"

enum { LINES_NAMED = 12 }; /* numbers on lines */

/* Where a tie bends: its middle, moved towards that of the ring (report.js does the same). */
static mlg_dot bend(const mlg_drawing *d, const mlg_dot *a, const mlg_dot *b)
{
    const double x = (a->x + b->x) / 2.0, y = (a->y + b->y) / 2.0, pull = 0.4;
    return (mlg_dot){x + pull * (d->middle_x - x), y + pull * (d->middle_y - y), 0.0};
}

/* Whole units do: both ends are under dots. */
static void curve(mlg_buffer *out, const mlg_drawing *d, const mlg_dot *a, const mlg_dot *b)
{
    const mlg_dot by = bend(d, a, b);
    const double x = floor(a->x + 0.5), y = floor(a->y + 0.5), end = floor(b->x + 0.5) - x;
    mlg_drawing_point(out, "M", x, y, 0);
    mlg_drawing_point(out, "q", floor(by.x + 0.5) - x, floor(by.y + 0.5) - y, 0);
    mlg_drawing_point(out, end < 0.0 ? "" : " ", end, floor(b->y + 0.5) - y, 0);
}

/* Ties inside a sector are straight, and those of a small group apart. */
static bool is_straight(const mlg_drawing *d, int32_t v, int32_t w)
{
    return d->aside[v] || mlg_drawing_disc(d, v) == mlg_drawing_disc(d, w);
}

/* The ties of an actor to later ones, in one path: some 20 bytes a tie instead of 60. */
static void ties_of(mlg_buffer *out, const mlg_drawing *d, int32_t v, bool straight)
{
    const mlg_csr *ties = &d->graph->ties;
    bool open = false;

    for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
        const int32_t w = ties->target[i];
        if (w <= v || is_straight(d, v, w) != straight) {
            continue;
        }
        mlg_buffer_text(out, open ? "" : "<path d=\"");
        open = true;
        if (straight) {
            mlg_drawing_point(out, "M", d->dot[v].x, d->dot[v].y, 0);
            mlg_drawing_point(out, "L", d->dot[w].x, d->dot[w].y, 0);
        } else {
            curve(out, d, &d->dot[v], &d->dot[w]);
        }
    }
    mlg_buffer_text(out, open ? "\"/>\n" : "");
}

void mlg_drawing_ties(mlg_buffer *out, const mlg_drawing *d)
{
    /* 100 ties can be told apart at half strength; 5,000 only show as a shade */
    const double m = fmax((double) d->graph->n_ties, 1.0);
    const double opacity = fmin(0.55, 6.0 / sqrt(m));

    for (int straight = 0; straight <= 1; straight++) {
        mlg_buffer_text(out, "<g class=\"ties\" fill=\"none\" stroke=\"" INK "\"");
        mlg_drawing_attribute(out, "stroke-width", m <= 300.0 ? 1.2 : 0.8);
        mlg_buffer_text(out, " stroke-opacity=\"");
        mlg_buffer_fixed(out, straight != 0 ? fmin(0.6, 1.4 * opacity) : opacity, 2);
        mlg_buffer_text(out, "\">\n");
        for (int32_t v = 0; v < d->graph->ties.n; v++) {
            ties_of(out, d, v, straight != 0);
        }
        mlg_buffer_text(out, "</g>\n");
    }
}

void mlg_drawing_partners(mlg_buffer *out, const mlg_drawing *d, int32_t i)
{
    const mlg_csr *ties = &d->graph->ties;
    const int32_t v = d->order[i];
    bool some = false;

    for (uint32_t t = v < ties->n ? ties->offset[v] : 0; v < ties->n && t < ties->offset[v + 1];
         t++) {
        const int32_t other = d->place[ties->target[t]];
        if (other > i) {
            mlg_buffer_format(out, some ? " %d" : " data-t=\"%d", (int) other);
            some = true;
        }
    }
    mlg_buffer_text(out, some ? "\"" : "");
}

/* ---- between sectors, when they stand for their actors ------------------------------------- */

double mlg_drawing_line_width(double ties, double most)
{
    return fmax(0.5, 18.0 * sqrt(ties / most));
}

static void one_line(mlg_buffer *out, const mlg_drawing *d, int32_t a, int32_t b, double ties)
{
    mlg_buffer text = {0};
    const mlg_arg args[] = {mlg_drawing_sector(d, a), mlg_drawing_sector(d, b),
                            mlg_arg_count(ties)};

    mlg_buffer_text(out, "<path");
    mlg_drawing_attribute(out, "stroke-width", mlg_drawing_line_width(ties, d->most_ties));
    mlg_buffer_text(out, " d=\"");
    curve(out, d, &d->disc[a], &d->disc[b]);
    mlg_buffer_text(out, "\"><title>");
    mlg_say(&text, d->results, d->results->labels.language, T_svg_line, args, 3);
    mlg_html_escape(out, mlg_buffer_string(&text));
    mlg_buffer_text(out, "</title></path>\n");
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
}

/* Ties between each two sectors, a < b; the largest number too. */
static double *count_pairs(mlg_drawing *d)
{
    const mlg_csr *ties = &d->graph->ties;
    const size_t n = (size_t) d->graph->n_sectors + 1;
    double *count = mlg_zalloc(n * n, sizeof *count);

    d->most_ties = 1.0;
    for (int32_t v = 0; count != NULL && v < ties->n; v++) {
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            const size_t a = (size_t) mlg_drawing_disc(d, v);
            const size_t b = (size_t) mlg_drawing_disc(d, ties->target[i]);
            count[a * n + b] += a < b ? 1.0 : 0.0;
            d->most_ties = fmax(d->most_ties, count[a * n + b]);
        }
    }
    return count;
}

mlg_status mlg_drawing_sector_ties(mlg_buffer *out, mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) d->graph->n_sectors + 1;
    double *count = count_pairs(d);

    TRY_ALLOC(err, count);
    mlg_buffer_text(out,
                    "<g class=\"ties\" fill=\"none\" stroke=\"" INK "\" stroke-opacity=\"0.3\">\n");
    for (size_t i = 0; i < n * n; i++) {
        if (count[i] > 0.0) {
            one_line(out, d, (int32_t) (i / n), (int32_t) (i % n), count[i]);
        }
    }
    mlg_buffer_text(out, "</g>\n");
out:
    mlg_free(count);
    return status;
}

/* The number of ties in the middle of its line, where there is room. False: no memory. */
static bool name_line(mlg_buffer *out, mlg_drawing *d, const mlg_dot *a, const mlg_dot *b,
                      double count)
{
    mlg_buffer text = {0};
    const mlg_dot by = bend(d, a, b);
    const mlg_arg number = mlg_arg_count(count);
    const double x = (a->x + b->x) / 4.0 + by.x / 2.0, y = (a->y + b->y) / 4.0 + by.y / 2.0;

    mlg_say_arg(&text, d->results, d->results->labels.language, &number);
    const double width = MLG_ACTOR_SIZE * mlg_letters_width(mlg_buffer_string(&text), true);
    const double height = 1.2 * MLG_ACTOR_SIZE;
    const mlg_box box = {x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0};
    bool room = mlg_place_is_free(&d->places, &box), written = true;
    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        room = room && !mlg_box_covers(&box, &d->disc[s]);
    }
    if (room) {
        written = mlg_drawing_write(out, d, box.left, box.top, MLG_ACTOR_SIZE, true,
                                    mlg_buffer_string(&text));
    }
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
    return written;
}

mlg_status mlg_drawing_line_labels(mlg_buffer *out, mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) d->graph->n_sectors + 1;
    double *count = count_pairs(d);

    TRY_ALLOC(err, count);
    mlg_buffer_text(out, "<g class=\"wide\" fill=\"#1c1c1e\" aria-hidden=\"true\">\n");
    for (int named = 0; named < LINES_NAMED; named++) { /* the widest first */
        size_t best = 0;
        for (size_t i = 0; i < n * n; i++) {
            best = count[i] > count[best] ? i : best;
        }
        if (count[best] > 0.0 &&
            !name_line(out, d, &d->disc[best / n], &d->disc[best % n], count[best])) {
            FAIL(err, MLG_ENOMEM, "out of memory for the numbers of ties");
        }
        count[best] = 0.0;
    }
    mlg_buffer_text(out, "</g>\n");
out:
    mlg_free(count);
    return status;
}
