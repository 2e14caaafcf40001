/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/layout_disc.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "graph/engine.h"

enum {
    SMALL = 60,       /* members up to which Kamada-Kawai draws: n^2 memory, better shapes */
    LARGE = 3000,     /* members from which no force layout is affordable: a fan instead */
    PAIRS = 60000000, /* pair forces one disc may cost: half a second */
};

static const double turn = 6.283185307179586;

/* How a member hangs in its disc, from the centre outwards. */
typedef enum role { TIED_INSIDE, TIED_OUTSIDE, NOT_TIED } role;

typedef struct dot {
    int32_t actor;
    role role;
    double angle;    /* where its ties pull it */
    double distance; /* from the middle of the layout, in its own unit */
} dot;

static int by_rank(const void *left, const void *right)
{
    const dot *a = left, *b = right;
    if (a->role != b->role) {
        return a->role < b->role ? -1 : 1;
    }
    if (a->distance != b->distance) {
        return a->distance < b->distance ? -1 : 1;
    }
    return a->actor < b->actor ? -1 : a->actor > b->actor;
}

static int by_angle(const void *left, const void *right)
{
    const dot *a = left, *b = right;
    if (a->angle != b->angle) {
        return a->angle < b->angle ? -1 : 1;
    }
    return a->actor < b->actor ? -1 : a->actor > b->actor;
}

/* ---- where ties pull ------------------------------------------------------- */

/* Direction from a disc to the other discs an actor is tied to, each tie alike; false when
 * it is tied to none, or to all sides alike. */
static bool outward(const mlg_discs *discs, int32_t disc, int32_t actor, double *angle)
{
    const mlg_csr *ties = &discs->graph->ties;
    double x = 0.0, y = 0.0;
    for (uint32_t i = ties->offset[actor]; i < ties->offset[actor + 1]; i++) {
        const int32_t other = discs->of[ties->target[i]];
        const double dx = discs->cx[other] - discs->cx[disc];
        const double dy = discs->cy[other] - discs->cy[disc];
        const double length = hypot(dx, dy);
        if (other != disc && length > 0.0) {
            x += dx / length;
            y += dy / length;
        }
    }
    *angle = atan2(y, x);
    return hypot(x, y) > 1e-9;
}

static uint32_t inside_degree(const mlg_discs *discs, int32_t actor)
{
    const mlg_csr *ties = &discs->graph->ties;
    uint32_t degree = 0;
    for (uint32_t i = ties->offset[actor]; i < ties->offset[actor + 1]; i++) {
        degree += discs->of[ties->target[i]] == discs->of[actor];
    }
    return degree;
}

/* Turns the layout so that who is tied to other discs looks at them: the rotation that
 * maximises the sum of cosines. */
static void face_partners(const mlg_discs *discs, int32_t disc, dot *dots, int32_t n)
{
    double sine = 0.0, cosine = 0.0;
    for (int32_t i = 0; i < n; i++) {
        double towards = 0.0;
        if (dots[i].role == TIED_INSIDE && outward(discs, disc, dots[i].actor, &towards)) {
            sine += sin(towards - dots[i].angle);
            cosine += cos(towards - dots[i].angle);
        }
    }
    const double rotation = atan2(sine, cosine);
    for (int32_t i = 0; i < n; i++) {
        dots[i].angle += dots[i].role == TIED_INSIDE ? rotation : 0.0;
    }
}

/* ---- force layout of the members tied inside -------------------------------- */

/* The graph of those tied inside a disc, its vertices numbered by `inner`. */
static mlg_status induced(const mlg_discs *discs, int32_t disc, const dot *dots, int32_t n,
                          igraph_t *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &discs->graph->ties;
    igraph_vector_int_t ends = {0};
    int32_t vertices = 0;

    for (int32_t d = 0; d < n; d++) {
        discs->inner[dots[d].actor] = dots[d].role == TIED_INSIDE ? vertices++ : -1;
    }
    TRY_IGRAPH(err, igraph_vector_int_init(&ends, 0));
    for (int32_t d = 0; d < n; d++) {
        const int32_t actor = dots[d].actor;
        for (uint32_t i = ties->offset[actor]; i < ties->offset[actor + 1]; i++) {
            const int32_t other = ties->target[i];
            if (discs->of[other] == disc && other > actor) {
                TRY_IGRAPH(err, igraph_vector_int_push_back(&ends, discs->inner[actor]));
                TRY_IGRAPH(err, igraph_vector_int_push_back(&ends, discs->inner[other]));
            }
        }
    }
    TRY_IGRAPH(err, igraph_create(out, &ends, vertices, IGRAPH_UNDIRECTED));
out:
    igraph_vector_int_destroy(&ends);
    return status;
}

static mlg_status run_forces(const igraph_t *graph, igraph_matrix_t *places, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int64_t n = igraph_vcount(graph), rounds = PAIRS / (n * n);
    if (n <= SMALL) {
        TRY_IGRAPH(err, igraph_layout_kamada_kawai(graph, places, false, 50 * n, 0.0, (double) n,
                                                   NULL, NULL, NULL, NULL, NULL));
    } else { /* the grid, igraph's choice from 1000, collapses parts that are not connected */
        TRY_IGRAPH(err, igraph_layout_fruchterman_reingold(
                            graph, places, false, rounds < 500 ? rounds : 500, sqrt((double) n),
                            IGRAPH_LAYOUT_NOGRID, NULL, NULL, NULL, NULL, NULL));
    }
out:
    return status;
}

/* Reads angle and distance from the middle of the layout. */
static void read_places(const mlg_discs *discs, const igraph_matrix_t *places, dot *dots, int32_t n)
{
    const igraph_integer_t vertices = igraph_matrix_nrow(places);
    double x = 0.0, y = 0.0;
    for (igraph_integer_t v = 0; v < vertices; v++) {
        x += MATRIX(*places, v, 0) / (double) vertices;
        y += MATRIX(*places, v, 1) / (double) vertices;
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t v = discs->inner[dots[i].actor];
        if (v >= 0) {
            const double dx = MATRIX(*places, v, 0) - x, dy = MATRIX(*places, v, 1) - y;
            dots[i].angle = atan2(dy, dx);
            dots[i].distance = hypot(dx, dy);
        }
    }
}

static mlg_status pull(const mlg_discs *discs, int32_t disc, dot *dots, int32_t n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    igraph_t graph = {0};
    igraph_matrix_t places = {0};

    mlg_engine_seed(mlg_random_stream(discs->seed, "layout", "", (uint64_t) disc));
    TRY(induced(discs, disc, dots, n, &graph, err));
    TRY_IGRAPH(err, igraph_matrix_init(&places, 0, 0));
    TRY(run_forces(&graph, &places, err));
    read_places(discs, &places, dots, n);
    face_partners(discs, disc, dots, n);
out:
    igraph_matrix_destroy(&places);
    igraph_destroy(&graph);
    return status;
}

/* Large discs: the most tied in the middle, each in the direction of its partners. */
static void fan(const mlg_discs *discs, int32_t disc, dot *dots, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        if (dots[i].role == TIED_INSIDE) {
            if (!outward(discs, disc, dots[i].actor, &dots[i].angle)) {
                dots[i].angle = turn * i / n;
            }
            dots[i].distance = -(double) inside_degree(discs, dots[i].actor);
        }
    }
}

/* ---- even places ------------------------------------------------------------ */

/* Ring j >= 1 at j steps from the middle has room for 6 j dots at least a step apart;
 * the middle for one. Answers how many rings n dots need. */
static int32_t rings_for(int32_t n)
{
    int32_t rings = 0;
    while (1 + 3 * rings * (rings + 1) < n) {
        rings++;
    }
    return rings;
}

/* Dots of ring j when n dots fill `rings` rings as densely inside as outside. */
static int32_t dots_of_ring(int32_t n, int32_t rings, int32_t j)
{
    const double room = 1.0 + 3.0 * rings * (rings + 1.0);
    const double up_to = j == rings ? room : 1.0 + 3.0 * j * (j + 1.0);
    const double before = j == 0 ? 0.0 : 1.0 + 3.0 * (j - 1.0) * j;
    return (int32_t) (floor(n * up_to / room + 0.5) - floor(n * before / room + 0.5));
}

/* Turns evenly spaced dots (sorted by angle) to where they move least. */
static double best_start(const dot *dots, int32_t n)
{
    double sine = 0.0, cosine = 0.0;
    for (int32_t i = 0; i < n; i++) {
        sine += sin(dots[i].angle - turn * i / n);
        cosine += cos(dots[i].angle - turn * i / n);
    }
    return atan2(sine, cosine);
}

/* Deals places ring by ring, from the middle, in the order of the ranks. */
static void deal_places(const mlg_discs *discs, int32_t disc, dot *dots, int32_t n, double *x,
                        double *y)
{
    const int32_t rings = rings_for(n);
    const double step = discs->radius[disc] / (rings + 0.5);
    for (int32_t j = 0, at = 0; j <= rings; j++) {
        const int32_t here = dots_of_ring(n, rings, j);
        qsort(dots + at, (size_t) here, sizeof *dots, by_angle);
        const double start = best_start(dots + at, here);
        for (int32_t i = 0; i < here; i++) {
            const double angle = start + turn * i / here;
            x[dots[at + i].actor] = discs->cx[disc] + j * step * cos(angle);
            y[dots[at + i].actor] = discs->cy[disc] + j * step * sin(angle);
        }
        at += here;
    }
}

mlg_status mlg_layout_disc(const mlg_discs *discs, int32_t disc, const int32_t *member,
                           int32_t n_members, double *x, double *y, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t tied_inside = 0;
    dot *dots = mlg_zalloc((size_t) n_members, sizeof *dots);

    TRY_ALLOC(err, dots);
    for (int32_t i = 0; i < n_members; i++) {
        dots[i].actor = member[i];
        if (inside_degree(discs, member[i]) > 0) {
            tied_inside++;
        } else if (outward(discs, disc, member[i], &dots[i].angle)) {
            dots[i].role = TIED_OUTSIDE;
        } else {
            dots[i].role =
                mlg_csr_degree(&discs->graph->ties, member[i]) > 0 ? TIED_OUTSIDE : NOT_TIED;
            dots[i].angle = turn * i / n_members;
        }
    }
    if (tied_inside >= LARGE) {
        fan(discs, disc, dots, n_members);
    } else if (tied_inside > 0) {
        TRY(pull(discs, disc, dots, n_members, err));
    }
    for (int32_t i = 0; i < n_members; i++) {
        dots[i].angle -= turn * floor(dots[i].angle / turn);
    }
    qsort(dots, (size_t) n_members, sizeof *dots, by_rank);
    deal_places(discs, disc, dots, n_members, x, y);
out:
    mlg_free(dots);
    return status;
}
