/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PERCOLATION_RUNS_H
#define MLG_MEASURE_PERCOLATION_RUNS_H

#include "measure/percolation.h"

/* The sequences that a report plays on a view, made once. */

typedef enum mlg_left {
    MLG_LEFT_GIANT,
    MLG_LEFT_PAIRS,
    MLG_LEFT_CROSS,
    MLG_LEFT_PEOPLE,
    MLG_N_LEFT
} mlg_left;

/* How a quantity spreads over random orders, by point; all NULL: not counted. */
typedef struct mlg_left_band {
    double *mean, *low, *high; /* 5 and 95 % */
    double *worst;             /* the least of all draws */
    double *error;             /* standard error of the mean */
} mlg_left_band;

/* Schneider's R of one order. */
typedef struct mlg_order_sum {
    double r;    /* NaN: `why` */
    double half; /* share of actors gone when the largest set first has below half of what it had */
    mlg_text_key why;
    bool recalculated;
} mlg_order_sum;

typedef struct mlg_percolation_runs {
    mlg_percolation on;
    int32_t n_points;
    int32_t *at;                /* [n_points] actors gone: 0 .. n, all of them up to 100 actors */
    double whole[MLG_N_LEFT];   /* before anyone left; NaN: not counted */
    double *degree[MLG_N_LEFT]; /* [n_points], or NULL */
    mlg_left_band random[MLG_N_LEFT];
    uint32_t draws; /* whole orders */
    mlg_order_sum by_degree, by_betweenness;
    double random_r, random_low, random_high, random_error, random_half;

    int32_t n_ties_points; /* 0: two-mode data, or no draws */
    int32_t *ties_at;      /* [n_ties_points] ties gone, of n_ties */
    int32_t n_ties;
    uint32_t ties_draws;
    mlg_left_band ties; /* largest set when ties go at random */

    int32_t n_first; /* states of the first fifth; 0: fewer than five actors */
    int32_t *first_at;
    mlg_left_band first; /* largest set, from many more draws */
    uint32_t first_draws;
} mlg_percolation_runs;

/* Undefined for a view without a tie, which the caller says. */
mlg_status mlg_cached_percolation(mlg_context *context, int32_t view,
                                  const mlg_percolation_runs **out, mlg_error *err) MLG_MUST_CHECK;

/* Sums up draws of some points: value[draw * n + point]. Free with mlg_left_band_free(). */
mlg_status mlg_left_band_of(const double *value, uint32_t draws, int32_t n, mlg_left_band *out,
                            mlg_error *err) MLG_MUST_CHECK;
void mlg_left_band_free(mlg_left_band *band);

#endif
