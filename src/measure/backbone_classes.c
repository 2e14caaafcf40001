/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "measure/backbone.h"
#include "measure/bicm.h"
#include "measure/poisson_binomial.h"

/* Under either null the chance that two actors share x activities depends on how many each
 * attends, so it is worked out once a pair of such numbers. */

typedef struct classes {
    int32_t n;
    uint32_t *degree; /* [n] largest first */
    uint32_t *count;  /* [n] actors */
    int32_t *of;      /* [actors of the graph], -1: attends nothing */
    uint32_t *margin; /* [actors that attend something] in the graph's order */
    uint32_t *most;   /* [n * n] largest number that a pair of them shares */
    size_t *offset;   /* [n * n] of their chances */
    double *chance;   /* P(X >= x), x = 0 .. most */
    double *expected; /* [n * n] */
} classes;

static void classes_free(classes *c)
{
    mlg_free(c->degree);
    mlg_free(c->count);
    mlg_free(c->of);
    mlg_free(c->margin);
    mlg_free(c->most);
    mlg_free(c->offset);
    mlg_free(c->chance);
    mlg_free(c->expected);
}

static int falling(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *) left, b = *(const uint32_t *) right;
    return a > b ? -1 : a < b;
}

static mlg_status find_classes(const mlg_backbone *backbone, classes *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = backbone->graph;
    const size_t n = (size_t) backbone->n_actors;

    out->margin = mlg_alloc(n, sizeof *out->margin);
    out->degree = mlg_alloc(n, sizeof *out->degree);
    out->count = mlg_zalloc(n, sizeof *out->count);
    out->of = mlg_alloc((size_t) graph->n, sizeof *out->of);
    TRY_ALLOC(err, out->margin);
    TRY_ALLOC(err, out->degree);
    TRY_ALLOC(err, out->count);
    TRY_ALLOC(err, out->of);
    for (int32_t v = 0, i = 0; v < graph->n; v++) {
        const uint32_t degree = mlg_csr_degree(&graph->attends, v);
        if (degree > 0) {
            out->margin[i] = out->degree[i] = degree;
            i++;
        }
    }
    qsort(out->degree, n, sizeof *out->degree, falling);
    for (size_t i = 0; i < n; i++) {
        const uint32_t degree = out->degree[i];
        if (out->n == 0 || out->degree[out->n - 1] != degree) {
            out->degree[out->n++] = degree;
        }
        out->count[out->n - 1]++;
    }
    for (int32_t v = 0; v < graph->n; v++) {
        const uint32_t degree = mlg_csr_degree(&graph->attends, v);
        const uint32_t *at =
            degree > 0 ? bsearch(&degree, out->degree, (size_t) out->n, sizeof degree, falling)
                       : NULL;
        out->of[v] = at != NULL ? (int32_t) (at - out->degree) : -1;
    }
out:
    return status;
}

/* Number of a pair of classes, whichever comes first. */
static size_t pair_of(const classes *c, int32_t a, int32_t b)
{
    return a < b ? (size_t) a * (size_t) c->n + (size_t) b
                 : (size_t) b * (size_t) c->n + (size_t) a;
}

/* Room for the chances up to the largest number shared. */
static mlg_status make_room(const mlg_backbone *backbone, classes *c, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *shared = &backbone->shared;
    const size_t n = (size_t) c->n * (size_t) c->n;
    size_t size = 0;

    c->most = mlg_zalloc(n, sizeof *c->most);
    c->offset = mlg_zalloc(n, sizeof *c->offset);
    c->expected = mlg_zalloc(n, sizeof *c->expected);
    TRY_ALLOC(err, c->most);
    TRY_ALLOC(err, c->offset);
    TRY_ALLOC(err, c->expected);
    for (int32_t a = 0; a < shared->n; a++) {
        for (uint32_t e = shared->offset[a]; e < shared->offset[a + 1]; e++) {
            uint32_t *most = &c->most[pair_of(c, c->of[a], c->of[shared->target[e]])];
            const uint32_t x = (uint32_t) shared->weight[e];
            *most = x > *most ? x : *most;
        }
    }
    for (size_t i = 0; i < n; i++) {
        c->offset[i] = size;
        size += (size_t) c->most[i] + 1;
    }
    c->chance = mlg_zalloc(size, sizeof *c->chance);
    TRY_ALLOC(err, c->chance);
out:
    return status;
}

static double pairs_between(const classes *c, int32_t a, int32_t b)
{
    const double n = c->count[a];
    return a == b ? n * (n - 1.0) / 2.0 : n * c->count[b];
}

static bool passes(double p)
{
    return p < MLG_BACKBONE_LEVEL * (1.0 - 1e-12);
}

/* Hands each pair what its classes say. */
static void deal(mlg_backbone *backbone, const classes *c)
{
    const mlg_csr *shared = &backbone->shared;
    for (int32_t a = 0; a < shared->n; a++) {
        for (uint32_t e = shared->offset[a]; e < shared->offset[a + 1]; e++) {
            const size_t i = pair_of(c, c->of[a], c->of[shared->target[e]]);
            backbone->expected[e] = c->expected[i];
            backbone->p[e] = c->chance[c->offset[i] + (size_t) shared->weight[e]];
        }
    }
}

mlg_status mlg_backbone_hypergeometric(mlg_backbone *backbone, mlg_error *err)
{
    mlg_status status = MLG_OK;
    classes c = {0};
    const uint32_t all = (uint32_t) backbone->n_activities;

    TRY(find_classes(backbone, &c, err));
    TRY(make_room(backbone, &c, err));
    backbone->could_pass = 0.0;
    for (int32_t a = 0; a < c.n; a++) {
        for (int32_t b = a; b < c.n; b++) {
            const size_t i = pair_of(&c, a, b);
            const uint32_t k = c.degree[a], l = c.degree[b]; /* l <= k */
            c.expected[i] = (double) k * l / all;
            for (uint32_t x = 0; x <= c.most[i]; x++) {
                c.chance[c.offset[i] + x] = mlg_two_weight_tails(all, k, l, 0, x).greater;
            }
            if (passes(mlg_two_weight_tails(all, k, l, 0, l).greater)) {
                backbone->could_pass += pairs_between(&c, a, b);
            }
        }
    }
    deal(backbone, &c);
out:
    classes_free(&c);
    return status;
}

/* ---- SDSM ---------------------------------------------------------------------------- */

typedef struct sdsm {
    mlg_bicm bicm;
    uint32_t *column; /* [activities with somebody] */
    double *both;     /* [column classes] chance that both attend */
    double *chance, *room;
} sdsm;

static void sdsm_free(sdsm *s)
{
    mlg_bicm_free(&s->bicm);
    mlg_free(s->column);
    mlg_free(s->both);
    mlg_free(s->chance);
    mlg_free(s->room);
}

static mlg_status sdsm_open(const mlg_backbone *backbone, const classes *c, sdsm *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = backbone->graph;
    const size_t places = (size_t) c->degree[0] + 2; /* nobody shares more than it attends */

    out->column = mlg_alloc((size_t) backbone->n_activities, sizeof *out->column);
    TRY_ALLOC(err, out->column);
    for (int32_t j = 0, i = 0; j < graph->n_activities; j++) {
        if (mlg_csr_degree(&graph->attended, j) > 0) {
            out->column[i++] = mlg_csr_degree(&graph->attended, j);
        }
    }
    TRY(mlg_bicm_solve(c->margin, backbone->n_actors, out->column, backbone->n_activities,
                       &out->bicm, err));
    out->both = mlg_alloc((size_t) out->bicm.n_columns, sizeof *out->both);
    out->chance = mlg_alloc(places, sizeof *out->chance);
    out->room = mlg_alloc(2 * places, sizeof *out->room);
    TRY_ALLOC(err, out->both);
    TRY_ALLOC(err, out->chance);
    TRY_ALLOC(err, out->room);
out:
    return status;
}

static void sdsm_chances(const sdsm *s, uint32_t most)
{
    mlg_poisson_binomial(s->both, s->bicm.columns, (size_t) s->bicm.n_columns, most, s->chance,
                         s->room);
}

/* Would sharing all of `most` activities be rare enough? Where Chernoff's bound,
 * exp(x - mu - x log(x / mu)), says so the tail need not be known. */
static bool sdsm_could_pass(const sdsm *s, double expected, uint32_t most)
{
    const double x = most;
    if (x > expected && passes(exp(x - expected - x * log(x / expected)))) {
        return true;
    }
    sdsm_chances(s, most);
    return passes(mlg_poisson_binomial_tails(s->chance, most, most).greater);
}

mlg_status mlg_backbone_sdsm(mlg_backbone *backbone, mlg_error *err)
{
    mlg_status status = MLG_OK;
    classes c = {0};
    sdsm s = {0};

    TRY(find_classes(backbone, &c, err));
    TRY(make_room(backbone, &c, err));
    TRY(sdsm_open(backbone, &c, &s, err)); /* its classes of rows are ours, in the same order */
    backbone->could_pass = 0.0;
    backbone->error = s.bicm.error;
    for (int32_t a = 0; a < c.n; a++) {
        for (int32_t b = a; b < c.n; b++) {
            const size_t i = pair_of(&c, a, b);
            const uint32_t least = c.degree[b];
            for (int32_t j = 0; j < s.bicm.n_columns; j++) {
                s.both[j] = mlg_bicm_p(&s.bicm, a, j) * mlg_bicm_p(&s.bicm, b, j);
                c.expected[i] += s.both[j] * s.bicm.columns[j];
            }
            if (c.most[i] > 0) {
                sdsm_chances(&s, c.most[i]);
            }
            for (uint32_t x = 0; x <= c.most[i]; x++) {
                c.chance[c.offset[i] + x] =
                    x > 0 ? mlg_poisson_binomial_tails(s.chance, c.most[i], x).greater : 1.0;
            }
            if (sdsm_could_pass(&s, c.expected[i], least)) {
                backbone->could_pass += pairs_between(&c, a, b);
            }
        }
    }
    deal(backbone, &c);
out:
    sdsm_free(&s);
    classes_free(&c);
    return status;
}
