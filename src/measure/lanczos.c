/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/lanczos.h"

#include <gsl/gsl_eigen.h>
#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "graph/engine.h"

enum {
    STEPS = 24, /* of one cycle: the space its best vector is taken from */
    MOST_CYCLES = 400,
    MOST_POLISHING = 200,
};

#define WANTED_RESIDUAL 1e-13
#define WANTED_CHANGE   1e-13

/* A cycle's orthonormal vectors and what the adjacency is among them: a tridiagonal matrix. */
typedef struct cycle {
    const mlg_csr *ties;
    size_t n;
    double *basis; /* [STEPS * n] */
    double *image; /* [n] */
    double diagonal[STEPS], beside[STEPS];
    size_t steps;
    gsl_matrix *small, *vectors;
    gsl_vector *values;
    gsl_eigen_symmv_workspace *room;
} cycle;

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static void scale(double *a, double by, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        a[i] *= by;
    }
}

static void subtract(double *a, double times, const double *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        a[i] -= times * b[i];
    }
}

static void multiply(const mlg_csr *ties, const double *x, double *image)
{
    for (int32_t v = 0; v < ties->n; v++) {
        image[v] = 0.0;
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            image[v] += (ties->weight != NULL ? ties->weight[e] : 1.0) * x[ties->target[e]];
        }
    }
}

/* Builds the space of x, A x, A A x ... from basis[0], cleared of rounding twice over. Ends early
 * when the space closes: it then holds an exact eigenvector. */
static void build_space(cycle *c)
{
    for (c->steps = 0; c->steps < STEPS;) {
        const size_t k = c->steps++;
        multiply(c->ties, c->basis + k * c->n, c->image);
        c->diagonal[k] = dot(c->basis + k * c->n, c->image, c->n);
        const double before = sqrt(dot(c->image, c->image, c->n));
        for (int round = 0; round < 2; round++) {
            for (size_t j = 0; j <= k; j++) {
                const double *older = c->basis + j * c->n;
                subtract(c->image, dot(older, c->image, c->n), older, c->n);
            }
        }
        c->beside[k] = sqrt(dot(c->image, c->image, c->n));
        if (!(c->beside[k] > 1e-14 * before)) {
            c->beside[k] = 0.0;
            return;
        }
        if (k + 1 < STEPS) {
            memcpy(c->basis + (k + 1) * c->n, c->image, c->n * sizeof *c->image);
            scale(c->basis + (k + 1) * c->n, 1.0 / c->beside[k], c->n);
        }
    }
}

/* Puts the space's best vector in basis[0] and gives its residual over its eigenvalue. */
static mlg_status take_best(cycle *c, double *residual, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t best = 0;

    gsl_matrix_set_zero(c->small); /* steps not made keep 0, below the leading value */
    for (size_t i = 0; i < c->steps; i++) {
        gsl_matrix_set(c->small, i, i, c->diagonal[i]);
        if (i + 1 < c->steps) {
            gsl_matrix_set(c->small, i + 1, i, c->beside[i]);
            gsl_matrix_set(c->small, i, i + 1, c->beside[i]);
        }
    }
    TRY(mlg_from_gsl(err, gsl_eigen_symmv(c->small, c->values, c->vectors, c->room)));
    for (size_t i = 1; i < STEPS; i++) {
        best = gsl_vector_get(c->values, i) > gsl_vector_get(c->values, best) ? i : best;
    }
    const double last = gsl_matrix_get(c->vectors, c->steps - 1, best);
    *residual = fabs(c->beside[c->steps - 1] * last) / gsl_vector_get(c->values, best);
    scale(c->basis, gsl_matrix_get(c->vectors, 0, best), c->n);
    for (size_t j = 1; j < c->steps; j++) {
        subtract(c->basis, -gsl_matrix_get(c->vectors, j, best), c->basis + j * c->n, c->n);
    }
    scale(c->basis, 1.0 / sqrt(dot(c->basis, c->basis, c->n)), c->n);
out:
    return status;
}

/* Multiplies once more and rescales to a largest score of 1; answers the largest relative change.
 * The cycles leave errors of 1e-13 of the largest score, of either sign: far from the hubs that is
 * all there is. Here all terms are positive, so that each score comes to its own digits. */
static double polish(const mlg_csr *ties, double *score, double *image)
{
    double largest = 0.0, change = 0.0;

    multiply(ties, score, image);
    for (int32_t v = 0; v < ties->n; v++) {
        largest = fmax(largest, image[v]);
    }
    for (int32_t v = 0; v < ties->n; v++) {
        const double after = image[v] / largest;
        change = fmax(change, fabs(after - score[v]) / after);
        score[v] = after;
    }
    return change;
}

static mlg_status cycle_new(cycle *c, const mlg_csr *ties, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *c = (cycle){.ties = ties, .n = (size_t) ties->n};
    mlg_engine_start();
    c->basis = mlg_alloc(c->n * STEPS, sizeof *c->basis);
    c->image = mlg_alloc(c->n, sizeof *c->image);
    c->small = gsl_matrix_alloc(STEPS, STEPS);
    c->vectors = gsl_matrix_alloc(STEPS, STEPS);
    c->values = gsl_vector_alloc(STEPS);
    c->room = gsl_eigen_symmv_alloc(STEPS);
    if (c->basis == NULL || c->image == NULL || c->small == NULL || c->vectors == NULL ||
        c->values == NULL || c->room == NULL) {
        FAIL(err, MLG_ENOMEM, "eigenvector: no memory for %zu actors", c->n);
    }
out:
    return status;
}

static void cycle_free(cycle *c)
{
    mlg_free(c->basis);
    mlg_free(c->image);
    gsl_matrix_free(c->small);
    gsl_matrix_free(c->vectors);
    gsl_vector_free(c->values);
    gsl_eigen_symmv_free(c->room);
}

mlg_status mlg_leading_vector(const mlg_csr *ties, double *score, double *residual, mlg_error *err)
{
    mlg_status status = MLG_OK;
    cycle c;

    *residual = INFINITY;
    TRY(cycle_new(&c, ties, err));
    for (size_t v = 0; v < c.n; v++) { /* the degree is near the answer, and never across it */
        c.basis[v] = mlg_csr_degree(ties, (int32_t) v);
    }
    scale(c.basis, 1.0 / sqrt(dot(c.basis, c.basis, c.n)), c.n);
    for (int i = 0; i<MOST_CYCLES && * residual> WANTED_RESIDUAL; i++) {
        build_space(&c);
        TRY(take_best(&c, residual, err));
    }
    for (size_t v = 0; v < c.n; v++) {
        score[v] = fabs(c.basis[v]);
    }
    for (int i = 0; i < MOST_POLISHING; i++) {
        if (polish(ties, score, c.image) < WANTED_CHANGE) {
            break;
        }
    }
out:
    cycle_free(&c);
    return status;
}
