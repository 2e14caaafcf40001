/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PERCOLATION_H
#define MLG_MEASURE_PERCOLATION_H

#include "base/random.h"
#include "measure/context.h"

/* What is left of a network while its actors go one after the other. Sequences are played
 * backwards: actors come back one by one and sets of them join (Newman and Ziff 2001), so that
 * all the states of a sequence cost one pass over the ties. */

/* What sequences are played on. Rows below n are actors, breadth first from the busiest; the others
 * are activities, which join actors and never leave. */
typedef struct mlg_percolation {
    int32_t n, rows;
    bool joined;       /* two-mode data in place of a projection that was too large */
    int32_t *row_of;   /* [n] row of an actor */
    int32_t *actor_of; /* [n] and back */
    mlg_csr ties;      /* [rows] symmetric */
    uint32_t *lower;   /* [rows] where the entries of a row above it begin */

    int32_t n_classes; /* different sets of sectors; 0: cross pairs are not counted */
    int32_t *class_of; /* [n] by actor; -1: no sector known */
    uint8_t *apart;    /* [n_classes * n_classes] 1: no sector in common */

    mlg_csr places; /* actor -> groups of units; n = 0: nobody is known to live anywhere */
    int32_t n_places;
    double *people; /* [n_places] residents */
} mlg_percolation;

/* Without a model there are no places. */
mlg_status mlg_percolation_open(const mlg_graph *graph, mlg_percolation *out,
                                mlg_error *err) MLG_MUST_CHECK;
void mlg_percolation_close(mlg_percolation *percolation);
/* The parts of it: percolation_rows.c, percolation_ground.c. */
mlg_status mlg_percolation_rows(const mlg_csr *ties, mlg_percolation *out,
                                mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_percolation_classes(const mlg_graph *graph, mlg_percolation *out,
                                   mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_percolation_places(const mlg_graph *graph, mlg_percolation *out,
                                  mlg_error *err) MLG_MUST_CHECK;

/* The states of one sequence: element q is after the first q actors of it left, 0 <= q <= k. Any
 * may be NULL: not asked for. */
typedef struct mlg_percolated {
    int32_t *giant; /* [k + 1] actors of the largest set that is still connected */
    int64_t *pairs; /* [k + 1] connected pairs of actors */
    int64_t *cross; /* [k + 1] those of known sectors with none in common */
    double *people; /* [k + 1] residents where some actor left is */
} mlg_percolated;

typedef struct mlg_percolator mlg_percolator;                   /* one thread's arrays */
mlg_percolator *mlg_percolator_open(const mlg_percolation *on); /* NULL: memory is short */
void mlg_percolator_close(mlg_percolator *percolator);
/* Actors order[0] .. order[k - 1] leave in that order, all different. Cost: O(rows + entries), for
 * all k + 1 states. */
void mlg_percolate(mlg_percolator *percolator, const int32_t *order, int32_t k,
                   const mlg_percolated *out);

/* Ties leave in an order instead of actors: giant [m + 1], from all ties to none. `tie` are the
 * ends of the m ties, two actors each. */
void mlg_percolate_ties(mlg_percolator *percolator, const int32_t *tie, const int32_t *order,
                        int32_t m, int32_t *giant);

/* ---- orders (percolation_order.c) ----------------------------------------------- */

/* The first k of a random order of 0..n-1: those of a longer one from the same stream too.
 * `order` is [n], and 0..n-1 as it comes in. */
void mlg_percolation_shuffle(mlg_random *draw, int32_t *order, int32_t n, int32_t k);
/* Who has most ties among those left leaves next; the first of equals. order [n]. On two-mode
 * data: who is in most activities. */
mlg_status mlg_percolation_by_degree(const mlg_graph *graph, int32_t *order,
                                     mlg_error *err) MLG_MUST_CHECK;
/* Who is most between the others among those left, counted again after each; the first of equals
 * (1e-9). `overflow`: more paths than can be counted, and no order. */
mlg_status mlg_percolation_by_betweenness(const mlg_csr *ties, const mlg_run *run, int32_t *order,
                                          bool *overflow, mlg_error *err) MLG_MUST_CHECK;
/* By a score that stays: largest first, the first of equals (1e-9 of the largest). */
mlg_status mlg_percolation_by_score(const double *score, int32_t n, int32_t *order,
                                    mlg_error *err) MLG_MUST_CHECK;

/* ---- many sequences, few states of each (percolation_lanes.c) -------------------- */

/* The largest connected set after the first at[c] actors of a random order left, for each of
 * `draws` orders and `n_at` ascending numbers below n: giant[draw * n_at + c]. The orders are
 * those that mlg_percolation_shuffle() deals from stream (run->seed, stream, view, draw). 64
 * orders go at once, a byte each, with all their states. Exact, same bytes for any number of
 * threads. */
mlg_status mlg_percolate_states(const mlg_percolation *on, const mlg_run *run, const char *stream,
                                const char *view, uint32_t draws, const int32_t *at, int32_t n_at,
                                int32_t *giant, mlg_error *err) MLG_MUST_CHECK;

#endif
