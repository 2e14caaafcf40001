/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "graph/layout.h"
#include "report/drawing.h"

/* Where the ring stands and how large its dots are. */

#define MARGIN_X 190.0 /* names of sectors stand in the margins */
#define ACROSS   (MLG_DRAWING_WIDTH - 2.0 * MARGIN_X)
#define DOWN     590.0
#define AIR      1.5 /* between two dots, and a dot and the rim of its disc */

enum { ROUNDS = 60 };

static void stretch(mlg_box *box, const mlg_dot *disc)
{
    box->left = fmin(box->left, disc->x - disc->r);
    box->right = fmax(box->right, disc->x + disc->r);
    box->top = fmin(box->top, disc->y - disc->r);
    box->bottom = fmax(box->bottom, disc->y + disc->r);
}

/* Fits discs, and dots with them, between the margins, from y = 0 downwards. */
static void fit(mlg_drawing *d)
{
    mlg_box box = {INFINITY, INFINITY, -INFINITY, -INFINITY};

    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        if (d->disc[s].r > 0.0) {
            stretch(&box, &d->disc[s]);
        }
    }
    const double wide = fmax(box.right - box.left, 1e-9), high = fmax(box.bottom - box.top, 1e-9);
    const double scale = fmin(ACROSS / wide, DOWN / high);
    const double x0 = (MLG_DRAWING_WIDTH - scale * (box.left + box.right)) / 2.0;
    const double y0 = -scale * box.top;

    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        d->disc[s] =
            (mlg_dot){x0 + scale * d->disc[s].x, y0 + scale * d->disc[s].y, scale * d->disc[s].r};
    }
    for (size_t v = 0; v < d->n_dots; v++) {
        d->dot[v] = (mlg_dot){x0 + scale * d->dot[v].x, y0 + scale * d->dot[v].y, 0.0};
    }
    d->middle_x = MLG_DRAWING_WIDTH / 2.0;
    d->middle_y = scale * high / 2.0;
}

/* ---- sizes ------------------------------------------------------------------------------ */

static void size_dots(mlg_drawing *d, double by)
{
    d->dot_least *= by;
    d->dot_most *= by;
    for (int32_t v = 0; v < (int32_t) d->n_dots; v++) {
        d->dot[v].r = mlg_drawing_radius(d, mlg_drawing_degree(d, v));
    }
}

/* What the dots of a ring disc cover of it, air included, at most over all discs. */
static double fullest(const mlg_drawing *d)
{
    double most = 0.0;
    for (int32_t s = 0; s <= d->graph->n_sectors; s++) {
        double covered = 0.0;
        for (int32_t v = 0; v < (int32_t) d->n_dots && d->disc[s].r > 0.0; v++) {
            if (!d->aside[v] && mlg_drawing_disc(d, v) == s) {
                covered += (d->dot[v].r + AIR) * (d->dot[v].r + AIR);
            }
        }
        most = d->disc[s].r > 0.0 ? fmax(most, covered / (d->disc[s].r * d->disc[s].r)) : most;
    }
    return most;
}

/* Small networks get larger dots; none more than its disc can hold. */
static void choose_sizes(mlg_drawing *d)
{
    const double n = (double) d->n_dots;

    d->dot_least = n <= 60 ? 5.0 : n <= 300 ? 3.2 : 1.8;
    d->dot_most = n <= 60 ? 15.0 : n <= 300 ? 12.0 : 9.0;
    size_dots(d, 1.0);
    for (int i = 0; i < 20 && fullest(d) > 0.5; i++) {
        size_dots(d, 0.9);
    }
}

/* ---- room ------------------------------------------------------------------------------- */

/* Pushes two dots apart until there is air between them. */
static bool part(mlg_dot *a, mlg_dot *b)
{
    const double wanted = a->r + b->r + AIR;
    const double dx = b->x - a->x, dy = b->y - a->y, squared = dx * dx + dy * dy;
    if (squared >= wanted * wanted) {
        return false;
    }
    const double apart = sqrt(squared), push = (wanted - apart) / 2.0;
    const double x = apart > 1e-9 ? dx / apart : 1.0, y = apart > 1e-9 ? dy / apart : 0.0;
    a->x -= push * x;
    a->y -= push * y;
    b->x += push * x;
    b->y += push * y;
    return true;
}

static void keep_inside(mlg_dot *dot, const mlg_dot *disc)
{
    const double room = fmax(disc->r - dot->r - AIR, 0.0);
    const double far = hypot(dot->x - disc->x, dot->y - disc->y);
    if (far > room) {
        dot->x = disc->x + (dot->x - disc->x) * room / far;
        dot->y = disc->y + (dot->y - disc->y) * room / far;
    }
}

/* Members of a disc that stand on the ring: order[from] .. order[to - 1] hold them. */
static bool spread_once(mlg_drawing *d, int32_t from, int32_t to)
{
    bool moved = false;
    for (int32_t i = from; i < to; i++) {
        for (int32_t k = i + 1; k < to && !d->aside[d->order[i]]; k++) {
            if (!d->aside[d->order[k]]) {
                moved = part(&d->dot[d->order[i]], &d->dot[d->order[k]]) || moved;
            }
        }
    }
    for (int32_t i = from; i < to; i++) {
        if (!d->aside[d->order[i]]) {
            keep_inside(&d->dot[d->order[i]], &d->disc[mlg_drawing_disc(d, d->order[i])]);
        }
    }
    return moved;
}

/* How much smaller dots must be for none to touch another of its disc, or its rim. */
static double shrink(const mlg_drawing *d, int32_t from, int32_t to, double by)
{
    for (int32_t i = from; i < to; i++) {
        const int32_t v = d->order[i];
        const double rim = d->disc[mlg_drawing_disc(d, v)].r;
        if (d->aside[v]) {
            continue;
        }
        by = d->dot[v].r + AIR > rim ? fmin(by, 0.9 * rim / d->dot[v].r) : by;
        for (int32_t k = i + 1; k < to; k++) {
            const mlg_dot *a = &d->dot[v], *b = &d->dot[d->order[k]];
            const double apart = hypot(a->x - b->x, a->y - b->y) - AIR / 2.0;
            if (!d->aside[d->order[k]] && apart < a->r + b->r) {
                by = fmin(by, fmax(apart, 0.1) / (a->r + b->r));
            }
        }
    }
    return by;
}

static void make_room(mlg_drawing *d)
{
    double by = 1.0;
    for (int32_t from = 0, to = 0; from < (int32_t) d->n_dots; from = to) {
        const int32_t disc = mlg_drawing_disc(d, d->order[from]);
        while (to < (int32_t) d->n_dots && mlg_drawing_disc(d, d->order[to]) == disc) {
            to++;
        }
        for (int round = 0; round < ROUNDS && spread_once(d, from, to); round++) {
        }
        by = shrink(d, from, to, by);
    }
    if (by < 1.0) {
        size_dots(d, by);
    }
}

/* ---- both kinds of drawing ---------------------------------------------------------------- */

mlg_status mlg_drawing_lay(mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = d->n_dots, n_discs = (size_t) d->graph->n_sectors + 1;
    double *numbers = mlg_zalloc(2 * n + 3 * n_discs, sizeof *numbers);

    TRY_ALLOC(err, numbers);
    double *x = numbers, *y = x + n, *cx = y + n, *cy = cx + n_discs, *radius = cy + n_discs;
    TRY(mlg_drawing_find_groups(d, err));
    TRY(mlg_layout_sectors(d->graph, d->aside, d->results->run->seed, x, y, cx, cy, radius, err));
    for (size_t v = 0; v < n; v++) {
        d->dot[v] = (mlg_dot){x[v], y[v], 0.0};
    }
    for (size_t s = 0; s < n_discs; s++) {
        d->disc[s] = (mlg_dot){cx[s], cy[s], radius[s]};
    }
    fit(d);
    choose_sizes(d);
    make_room(d);
out:
    mlg_free(numbers);
    return status;
}

void mlg_drawing_lay_sectors(mlg_drawing *d)
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
