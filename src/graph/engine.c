/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/engine.h"

#include "base/random_gsl.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>
#include <stdio.h>
#include <stdlib.h>

/* The engines report through process-wide handlers, so the reason of a failure has to
 * wait here for the caller. igraph calls its handler at every level of the failed call and
 * only the first call has the reason. Each thread has its own, though Debian's igraph
 * (IGRAPH_THREAD_SAFE 0) is called from one thread only: GSL is not so bound. */
static _Thread_local char first_reason[160];

static void keep_first(const char *reason)
{
    if (first_reason[0] == '\0') {
        snprintf(first_reason, sizeof first_reason, "%s", reason);
    }
}

static void on_igraph_error(const char *reason, const char *file, int line, igraph_error_t code)
{
    (void) file;
    (void) line;
    (void) code;
    keep_first(reason);
    IGRAPH_FINALLY_FREE();
}

static void on_igraph_warning(const char *reason, const char *file, int line)
{
    (void) reason; /* what igraph warns of is checked by the measures themselves */
    (void) file;
    (void) line;
}

/* igraph found its own state broken and must not be returned to: the one place below
 * the program that ends the process. */
static void on_igraph_fatal(const char *reason, const char *file, int line)
{
    fprintf(stderr, "igraph %s:%d: %s\n", file, line, reason);
    abort();
}

static void on_gsl_error(const char *reason, const char *file, int line, int code)
{
    (void) file;
    (void) line;
    (void) code;
    keep_first(reason);
}

void mlg_engine_start(void)
{
    igraph_set_error_handler(on_igraph_error);
    igraph_set_warning_handler(on_igraph_warning);
    igraph_set_fatal_handler(on_igraph_fatal);
    gsl_set_error_handler(on_gsl_error);
}

mlg_status mlg_from_igraph(mlg_error *err, igraph_error_t code)
{
    mlg_status status = MLG_OK;
    if (code != IGRAPH_SUCCESS) {
        status = code == IGRAPH_ENOMEM ? MLG_ENOMEM : MLG_EENGINE;
        mlg_fail(err, status, "igraph: %s (%s)", first_reason, igraph_strerror(code));
    }
    first_reason[0] = '\0';
    return status;
}

mlg_status mlg_from_gsl(mlg_error *err, int code)
{
    mlg_status status = MLG_OK;
    if (code != GSL_SUCCESS) {
        status = code == GSL_ENOMEM ? MLG_ENOMEM : MLG_EENGINE;
        mlg_fail(err, status, "GSL: %s (%s)", first_reason, gsl_strerror(code));
    }
    first_reason[0] = '\0';
    return status;
}

/* ---- random numbers -------------------------------------------------------- */

/* igraph draws from one generator a process. Ours stands on a gsl_rng whose state is this
 * stream, so there is nothing to allocate. */
static mlg_random engine_stream;
static gsl_rng engine_rng = {NULL, &engine_stream};

static igraph_error_t rng_init(void **state)
{
    *state = &engine_rng;
    return IGRAPH_SUCCESS;
}

static void rng_destroy(void *state)
{
    (void) state;
}

static igraph_error_t rng_seed(void *state, igraph_uint_t seed)
{
    gsl_rng_set(state, seed);
    return IGRAPH_SUCCESS;
}

static igraph_uint_t rng_get(void *state)
{
    return gsl_rng_get(state);
}

static igraph_real_t rng_get_real(void *state)
{
    return gsl_rng_uniform(state);
}

static igraph_real_t rng_get_norm(void *state)
{
    return gsl_ran_ugaussian(state);
}

void mlg_engine_seed(mlg_random stream)
{
    static const igraph_rng_type_t type = {
        .name = "maillage",
        .bits = 64,
        .init = rng_init,
        .destroy = rng_destroy,
        .seed = rng_seed,
        .get = rng_get,
        .get_real = rng_get_real,
        .get_norm = rng_get_norm,
    };
    static igraph_rng_t rng;

    mlg_engine_start();
    engine_rng.type = mlg_random_gsl_type();
    (void) igraph_rng_init(&rng, &type); /* our own init: it cannot fail */
    igraph_rng_set_default(&rng);
    /* igraph keeps a copy that is not marked as seeded, and would seed that from the clock
     * at the first draw: seed the copy, then put our 256 bits where its 64 went. */
    (void) igraph_rng_seed(igraph_rng_default(), 0);
    mlg_random_gsl_set(&engine_rng, stream);
}

/* ---- graphs ---------------------------------------------------------------- */

mlg_status mlg_graph_to_igraph(const mlg_graph *graph, bool directed, igraph_t *out,
                               igraph_vector_t *weight, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *csr = directed ? &graph->arcs : &graph->ties;
    const size_t edges = directed ? mlg_csr_size(csr) : mlg_csr_size(csr) / 2;
    igraph_vector_int_t ends = {0};
    igraph_integer_t at = 0;

    mlg_engine_start();
    *out = (igraph_t){0};
    if (weight != NULL) {
        *weight = (igraph_vector_t){0};
        TRY_IGRAPH(err, igraph_vector_init(weight, (igraph_integer_t) edges));
    }
    TRY_IGRAPH(err, igraph_vector_int_init(&ends, 2 * (igraph_integer_t) edges));
    for (int32_t v = 0; v < csr->n; v++) {
        for (uint32_t i = csr->offset[v]; i < csr->offset[v + 1]; i++) {
            if (!directed && csr->target[i] < v) {
                continue;
            }
            VECTOR(ends)[2 * at] = v;
            VECTOR(ends)[2 * at + 1] = csr->target[i];
            if (weight != NULL) {
                VECTOR(*weight)[at] = csr->weight != NULL ? csr->weight[i] : 1.0;
            }
            at++;
        }
    }
    TRY_IGRAPH(err, igraph_create(out, &ends, graph->n, directed));

out:
    igraph_vector_int_destroy(&ends);
    if (status != MLG_OK) {
        igraph_destroy(out);
        *out = (igraph_t){0};
        if (weight != NULL) {
            igraph_vector_destroy(weight);
            *weight = (igraph_vector_t){0};
        }
    }
    return status;
}
