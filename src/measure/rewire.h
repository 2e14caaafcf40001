/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_REWIRE_H
#define MLG_MEASURE_REWIRE_H

#include "base/random.h"
#include "measure/labels.h"

/* The null "degrees": graphs drawn uniformly among the simple ones in which each actor has
 * as many ties as observed (as many arcs out, and in, where they have a direction).
 *
 * A step of the walk picks two ties and exchanges an end of each, unless that would make a
 * loop or a double tie: then the graph stays, and the step counts all the same. Where ties have
 * a direction, one step in eight tries to turn round three arcs in a ring, without which not
 * all digraphs are reached (Rao, Jana, Bandyopadhyay 1996). Each step is as likely
 * as its reverse, so the uniform distribution stays. */

/* One thread's graph. */
typedef struct mlg_rewire {
    bool directed;
    uint32_t n;       /* actors */
    uint32_t m;       /* ties, or arcs */
    mlg_pair *tie;    /* [m] the graph as it is now; arcs a -> b stay sorted by a */
    uint32_t *offset; /* [n + 1] arcs of each actor; NULL for ties */
    uint64_t *bit;    /* [n * n bits] which pairs are tied: of few actors; else NULL and */
    uint64_t *slot;   /* a hash table of them, 0 where empty */
    unsigned shift;   /* 64 less the bits of its size */
} mlg_rewire;

/* The graph of `pair` [m], which is simple: no loop, no pair twice (of ties, in either order). */
mlg_status mlg_rewire_open(const mlg_pair *pair, size_t m, int32_t n, bool directed,
                           mlg_rewire *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_rewire_close(mlg_rewire *rewire);
/* Sets the graph to one it was, or another with the same degrees: `tie` [m] of some mlg_rewire of
 * the same degrees. */
void mlg_rewire_set(mlg_rewire *rewire, const mlg_pair *tie);
/* Walks. Cost: O(steps). */
void mlg_rewire_run(mlg_rewire *rewire, uint64_t steps, mlg_random *random);

/* Is the graph the only one with its degrees, as a star is? Then there is nothing to draw.
 * O(n + m + n log n). */
mlg_status mlg_rewire_is_only(const mlg_pair *pair, size_t m, int32_t n, bool directed, bool *only,
                              mlg_error *err) MLG_MUST_CHECK;

/* Draws from the null: from the observed graph `steps` back, then from there as many forward
 * for each draw, independently (Besag and Clifford 1989). The observed graph is then one of
 * n + 1 exchangeable ones, so that p = (1 + b) / (1 + n) is valid however few the steps; they
 * only decide how far the draws get from it. */
typedef struct mlg_rewire_job {
    const char *what, *view; /* name the streams */
    const mlg_pair *pair;    /* [m] as for mlg_rewire_open */
    size_t m;
    int32_t n;
    bool directed;
    uint64_t steps; /* of each draw; 10 m is plenty, 2 m the least to draw with */
    uint32_t draws;
    /* Makes what one thread counts with; both NULL when `count` needs nothing. */
    void *(*scratch)(const void *input);
    void (*scratch_free)(void *scratch);
    /* Counts what is wanted of draw d, its ties `tie` [m], into the caller's slot d. Several
     * threads at once. */
    void (*count)(const void *input, void *scratch, const mlg_pair *tie, uint64_t d);
    const void *input;
} mlg_rewire_job;

/* Same bytes for any number of threads. MLG_OK, MLG_ENOMEM or MLG_ESTOP. */
mlg_status mlg_rewire_draws(const mlg_rewire_job *job, const mlg_run *run,
                            mlg_error *err) MLG_MUST_CHECK;

#endif
