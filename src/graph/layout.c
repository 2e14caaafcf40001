/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/layout.h"

#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "graph/layout_disc.h"

/* Sectors are discs on a ring, area by the number of actors; discs with many ties between
 * them are neighbours, so that few ties cross the drawing. Inside, see layout_disc.c. */

enum { ROUNDS = 30 }; /* of improvement of the ring's order */

static const double turn = 6.283185307179586;

/* The discs in the making. */
typedef struct ring {
    const mlg_graph *graph;
    const bool *aside; /* [actors] not laid out here; NULL: none */
    int32_t n;         /* discs, empty ones too */
    int32_t *of;       /* [actors] disc */
    int32_t *inner;    /* [actors] scratch of layout_disc.c */
    int32_t *member;   /* [actors] disc by disc */
    int32_t *start;    /* [n + 1] into member */
    double *affinity;  /* [n * n] ties between discs, for their sizes */
    int32_t *order;    /* [n_order] discs that are not empty, round the ring */
    int32_t n_order;
    double *angle; /* [n] of the discs on the ring */
} ring;

static mlg_status open_ring(ring *r, const mlg_graph *graph, const bool *aside, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) graph->n, discs = (size_t) graph->n_sectors + 1;

    *r = (ring){.graph = graph, .aside = aside, .n = graph->n_sectors + 1};
    r->of = mlg_alloc(n, sizeof *r->of);
    r->inner = mlg_alloc(n, sizeof *r->inner);
    r->member = mlg_alloc(n, sizeof *r->member);
    r->start = mlg_zalloc(discs + 2, sizeof *r->start);
    r->affinity = mlg_zalloc(discs * discs, sizeof *r->affinity);
    r->order = mlg_alloc(discs, sizeof *r->order);
    r->angle = mlg_zalloc(discs, sizeof *r->angle);
    if (r->of == NULL || r->inner == NULL || r->member == NULL || r->start == NULL ||
        r->affinity == NULL || r->order == NULL || r->angle == NULL) {
        FAIL(err, MLG_ENOMEM, "layout: no memory for %zu actors and %zu sectors", n, discs);
    }
out:
    return status;
}

static void close_ring(ring *r)
{
    mlg_free(r->of);
    mlg_free(r->inner);
    mlg_free(r->member);
    mlg_free(r->start);
    mlg_free(r->affinity);
    mlg_free(r->order);
    mlg_free(r->angle);
}

static int32_t size_of(const ring *r, int32_t disc)
{
    return r->start[disc + 1] - r->start[disc];
}

static bool is_here(const ring *r, int32_t v)
{
    return r->aside == NULL || !r->aside[v];
}

/* Sorts actors by disc; start[d] begins as the number of actors of the discs before. */
static void deal_actors(ring *r)
{
    for (int32_t v = 0; v < r->graph->n; v++) {
        r->of[v] = r->graph->sector[v] >= 0 ? r->graph->sector[v] : r->n - 1;
        r->start[r->of[v] + 2] += is_here(r, v) ? 1 : 0;
    }
    for (int32_t d = 0; d < r->n; d++) {
        r->start[d + 2] += r->start[d + 1];
    }
    for (int32_t v = 0; v < r->graph->n; v++) { /* moves each start to its place on the way */
        if (is_here(r, v)) {
            r->member[r->start[r->of[v] + 1]++] = v;
        }
    }
}

/* Ties between two discs over the root of the product of their sizes: a large sector does
 * not draw all others to its side. */
static void measure_affinity(ring *r)
{
    const mlg_csr *ties = &r->graph->ties;
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t i = ties->offset[v]; is_here(r, v) && i < ties->offset[v + 1]; i++) {
            r->affinity[(size_t) r->of[v] * (size_t) r->n + (size_t) r->of[ties->target[i]]] += 1.0;
        }
    }
    for (int32_t a = 0; a < r->n; a++) {
        for (int32_t b = 0; b < r->n; b++) {
            const double sizes = (double) size_of(r, a) * size_of(r, b);
            r->affinity[(size_t) a * (size_t) r->n + (size_t) b] /= sizes > 0.0 ? sqrt(sizes) : 1.0;
        }
    }
}

static double affinity(const ring *r, int32_t a, int32_t b)
{
    return r->affinity[(size_t) a * (size_t) r->n + (size_t) b];
}

/* ---- the order round the ring ------------------------------------------------ */

static void swap(int32_t *a, int32_t *b)
{
    const int32_t kept = *a;
    *a = *b;
    *b = kept;
}

/* Each next disc is the one most tied to the last. */
static void order_greedily(ring *r)
{
    for (int32_t d = 0; d < r->n; d++) {
        if (size_of(r, d) > 0) {
            r->order[r->n_order++] = d;
        }
    }
    for (int32_t i = 1; i < r->n_order; i++) {
        int32_t best = i;
        for (int32_t k = i + 1; k < r->n_order; k++) {
            if (affinity(r, r->order[i - 1], r->order[k]) >
                affinity(r, r->order[i - 1], r->order[best])) {
                best = k;
            }
        }
        swap(&r->order[i], &r->order[best]);
    }
}

/* Turns round a stretch of the ring wherever that brings more ties between neighbours. */
static bool improve_once(ring *r)
{
    const int32_t n = r->n_order;
    bool better = false;
    for (int32_t i = 0; i < n - 2; i++) {
        for (int32_t k = i + 2; k < n; k++) {
            const int32_t a = r->order[i], b = r->order[i + 1];
            const int32_t c = r->order[k], d = r->order[(k + 1) % n];
            const double gain =
                affinity(r, a, c) + affinity(r, b, d) - affinity(r, a, b) - affinity(r, c, d);
            if (gain > 1e-9 && d != a) {
                for (int32_t low = i + 1, high = k; low < high; low++, high--) {
                    swap(&r->order[low], &r->order[high]);
                }
                better = true;
            }
        }
    }
    return better;
}

/* ---- places of the discs ----------------------------------------------------- */

/* Air between two discs, in radii of a disc of one actor. */
static double gap_of(const ring *r)
{
    return 0.3 + 0.03 * sqrt(r->graph->n);
}

/* Angles by the width of the discs; then the smallest ring on which no two touch. */
static double set_angles(ring *r, const double *radius)
{
    const double gap = gap_of(r);
    double total = 0.0, before = 0.0, across = 0.0;
    for (int32_t i = 0; i < r->n_order; i++) {
        total += radius[r->order[i]] + gap / 2.0;
    }
    for (int32_t i = 0; i < r->n_order; i++) {
        const double half = (radius[r->order[i]] + gap / 2.0) / total * turn / 2.0;
        r->angle[r->order[i]] = before + half - turn / 4.0;
        before += 2.0 * half;
    }
    for (int32_t i = 0; i < r->n_order; i++) {
        for (int32_t k = i + 1; k < r->n_order; k++) {
            const int32_t a = r->order[i], b = r->order[k];
            const double chord = 2.0 * fabs(sin((r->angle[a] - r->angle[b]) / 2.0));
            across = fmax(across, (radius[a] + radius[b] + gap) / chord);
        }
    }
    return across;
}

/* Moves and scales everything into -1..1. */
static void fit(const ring *r, double *cx, double *cy, double *radius)
{
    double left = INFINITY, right = -INFINITY, low = INFINITY, high = -INFINITY;
    for (int32_t i = 0; i < r->n_order; i++) {
        const int32_t d = r->order[i];
        left = fmin(left, cx[d] - radius[d]);
        right = fmax(right, cx[d] + radius[d]);
        low = fmin(low, cy[d] - radius[d]);
        high = fmax(high, cy[d] + radius[d]);
    }
    const double scale = r->n_order > 0 ? 2.0 / fmax(right - left, high - low) : 1.0;
    for (int32_t i = 0; i < r->n_order; i++) {
        const int32_t d = r->order[i];
        cx[d] = (cx[d] - (left + right) / 2.0) * scale;
        cy[d] = (cy[d] - (low + high) / 2.0) * scale;
        radius[d] *= scale;
    }
}

static void place_discs(ring *r, double *cx, double *cy, double *radius)
{
    for (int32_t d = 0; d < r->n; d++) {
        cx[d] = cy[d] = 0.0;
        radius[d] = sqrt(size_of(r, d));
    }
    const double across = set_angles(r, radius);
    for (int32_t i = 0; i < r->n_order; i++) {
        const int32_t d = r->order[i];
        cx[d] = across * cos(r->angle[d]);
        cy[d] = across * sin(r->angle[d]);
    }
    fit(r, cx, cy, radius);
}

mlg_status mlg_layout_sectors(const mlg_graph *graph, const bool *aside, uint64_t seed, double *x,
                              double *y, double *cx, double *cy, double *radius, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ring r;

    TRY(open_ring(&r, graph, aside, err));
    deal_actors(&r);
    measure_affinity(&r);
    order_greedily(&r);
    for (int round = 0; round < ROUNDS && improve_once(&r); round++) {
    }
    place_discs(&r, cx, cy, radius);
    const mlg_discs discs = {graph, r.n, r.of, r.inner, cx, cy, radius, seed};
    for (int32_t d = 0; d < r.n; d++) {
        TRY(mlg_layout_disc(&discs, d, r.member + r.start[d], size_of(&r, d), x, y, err));
    }
out:
    close_ring(&r);
    return status;
}
