/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_MOMENTS_H
#define MLG_MEASURE_MOMENTS_H

#include "measure/labels.h"

/* Exact mean and variance over all deals of the labels: no simulation. */

/* Chances that, of distinct actors drawn at random, 1 and 2 share a sector (p2), 1 shares
 * one with 2 and one with 3 (p3), 1 with 2 and 3 with 4 (p4). 0 where there are too few. */
typedef struct mlg_odds {
    double p2, p3, p4;
} mlg_odds;

mlg_odds mlg_odds_of(const mlg_labelling *labelling);

/* What the second moment needs of weights S on pairs: their sum, the sum of their squares,
 * and the sum of S S' over ordered pairs of pairs with one actor in common. */
typedef struct mlg_pair_sums {
    double total, squares, stars;
} mlg_pair_sums;

mlg_status mlg_pair_sums_of(const mlg_pairs *pairs, int32_t n, mlg_pair_sums *out,
                            mlg_error *err) MLG_MUST_CHECK;
/* Variance of the summed weight of the pairs that share a sector (its mean is total * p2). */
double mlg_within_variance(const mlg_pair_sums *sums, const mlg_odds *odds);

/* The weights of modularity: S_ij = 2 (w_ij / 2m - s_i s_j / (2m)^2) for every pair, so that
 * modularity = within(S) - self, with strengths s and 2m their sum. Every pair of the n actors
 * counts, tied or not. `loop` = sum s_i^2 / (2m)^2. */
typedef struct mlg_modularity_sums {
    mlg_pair_sums sums;
    double loop;
} mlg_modularity_sums;

mlg_status mlg_modularity_sums_of(const mlg_pairs *pairs, int32_t n, mlg_modularity_sums *out,
                                  mlg_error *err) MLG_MUST_CHECK;

/* The same for cells of sectors: sums over the arcs (a tie = two arcs) of a graph. */
typedef struct mlg_arc_sums {
    double n;         /* actors */
    double total;     /* arcs */
    double both_ways; /* ordered pairs of an arc and its reverse */
    double from_one;  /* ordered pairs of arcs that leave one actor */
    double into_one;  /* ... enter one actor */
    double chains;    /* ... one enters the actor that the other leaves, not its reverse */
    double apart;     /* ... without an actor in common */
} mlg_arc_sums;

/* `pairs`: each arc, or (symmetric) each tie once. */
mlg_status mlg_arc_sums_of(const mlg_pairs *pairs, int32_t n, bool symmetric, mlg_arc_sums *out,
                           mlg_error *err) MLG_MUST_CHECK;

/* Mean and variance of the arcs from a carrier of a to a carrier of b. n_a, n_b: carriers;
 * n_both: actors that carry both (n_a when a is b). */
void mlg_cell_moments(const mlg_arc_sums *sums, double n_a, double n_b, double n_both, double *mean,
                      double *variance);

#endif
