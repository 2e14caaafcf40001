/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/spectral.h"

#include <math.h>

#include "measure/lanczos.h"

/* PageRank: an error shrinks by the damping a round at least, 0.85^250 = 2e-18. */
enum { MOST_ROUNDS = 250 };
#define WANTED_CHANGE 1e-15

/* The adjacency of one component under its own numbers; its actors' are in `actor` [n]. `number`
 * [actors] is scratch. */
static mlg_status cut_out(const mlg_csr *ties, const mlg_components *components, int32_t component,
                          int32_t *actor, int32_t *number, mlg_csr *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t size = 0;
    uint32_t at = 0;

    *out = (mlg_csr){.n = 0};
    for (int32_t v = 0; v < ties->n; v++) {
        if (components->of[v] == component) {
            number[v] = out->n;
            actor[out->n++] = v;
            size += mlg_csr_degree(ties, v);
        }
    }
    out->offset = mlg_zalloc((size_t) out->n + 1, sizeof *out->offset);
    out->target = mlg_alloc(size, sizeof *out->target);
    out->weight = mlg_alloc(size, sizeof *out->weight);
    TRY_ALLOC(err, out->offset);
    TRY_ALLOC(err, out->target);
    TRY_ALLOC(err, out->weight);
    for (int32_t i = 0; i < out->n; i++) {
        const int32_t v = actor[i];
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            out->target[at] = number[ties->target[e]];
            out->weight[at++] = ties->weight != NULL ? ties->weight[e] : 1.0;
        }
        out->offset[i + 1] = at;
    }
out:
    if (status != MLG_OK) {
        mlg_csr_free(out);
    }
    return status;
}

mlg_status mlg_eigenvector(const mlg_csr *ties, const mlg_components *components, double *score,
                           double *residual, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    int32_t *actor = mlg_alloc(n, sizeof *actor), *number = mlg_alloc(n, sizeof *number);
    double *found = mlg_alloc(n, sizeof *found), worst = 0.0;
    mlg_csr piece = {0};

    *residual = 0.0;
    if (actor == NULL || number == NULL || found == NULL) {
        FAIL(err, MLG_ENOMEM, "eigenvector: no memory for %zu actors", n);
    }
    for (size_t v = 0; v < n; v++) {
        score[v] = NAN;
    }
    for (int32_t c = 0; components->biggest > 1 && c < components->n; c++) {
        if (components->size[c] == components->biggest) {
            TRY(cut_out(ties, components, c, actor, number, &piece, err));
            TRY(mlg_leading_vector(&piece, found, &worst, err));
            *residual = fmax(*residual, worst);
            for (int32_t i = 0; i < piece.n; i++) {
                score[actor[i]] = found[i];
            }
            mlg_csr_free(&piece);
        }
    }
out:
    mlg_free(actor);
    mlg_free(number);
    mlg_free(found);
    mlg_csr_free(&piece);
    return status;
}

/* What one round needs. `share` is what an actor passes on for each unit of weight, its score over
 * the weight of all that leaves it; 0 when nothing does. */
typedef struct walk {
    mlg_csr in;  /* who points to each actor */
    double *out; /* [n] weight of all that leaves */
    double *share;
    double damping;
} walk;

/* Recomputes each actor from the newest shares; answers the sum of what changed. */
static double walk_once(const walk *w, double *score)
{
    double changed = 0.0;

    for (int32_t v = 0; v < w->in.n; v++) {
        double received = 0.0;
        for (uint32_t e = w->in.offset[v]; e < w->in.offset[v + 1]; e++) {
            received += w->share[w->in.target[e]] * (w->in.weight != NULL ? w->in.weight[e] : 1.0);
        }
        const double after = (1.0 - w->damping) / w->in.n + w->damping * received;
        changed += fabs(after - score[v]);
        score[v] = after;
        w->share[v] = w->out[v] > 0.0 ? after / w->out[v] : 0.0;
    }
    return changed;
}

/* Gauss and Seidel's rounds (Arasu and others 2002). What reaches actors without a way out is let
 * go: it would start anew like any walk, so that the scores are those of the whole, up to their
 * sum. igraph's PRPACK adds in the order of its threads: its last digits differ from run to run. */
mlg_status mlg_pagerank(const mlg_csr *arcs, double damping, double *score, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) arcs->n;
    double sum = 0.0;
    walk w = {.out = mlg_zalloc(n, sizeof *w.out),
              .share = mlg_zalloc(n, sizeof *w.share),
              .damping = damping};

    TRY_ALLOC(err, w.out);
    TRY_ALLOC(err, w.share);
    TRY(mlg_csr_transpose(arcs, arcs->n, &w.in, err));
    for (int32_t v = 0; v < arcs->n; v++) {
        score[v] = 1.0 / arcs->n;
        for (uint32_t e = arcs->offset[v]; e < arcs->offset[v + 1]; e++) {
            w.out[v] += arcs->weight != NULL ? arcs->weight[e] : 1.0;
        }
        w.share[v] = w.out[v] > 0.0 ? score[v] / w.out[v] : 0.0;
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
        if (walk_once(&w, score) < WANTED_CHANGE) {
            break;
        }
    }
    for (size_t v = 0; v < n; v++) {
        sum += score[v];
    }
    for (size_t v = 0; v < n; v++) {
        score[v] /= sum;
    }
out:
    mlg_free(w.out);
    mlg_free(w.share);
    mlg_csr_free(&w.in);
    return status;
}
