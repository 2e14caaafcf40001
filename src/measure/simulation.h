/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SIMULATION_H
#define MLG_MEASURE_SIMULATION_H

#include "measure/turnover_play.h"

/* The departure model played on one view, and what is read from it. Three uncertainties are kept
 * apart: the band of the replicates (what chance does), the standard error of a mean (too few
 * replicates), and the band of the mean when the numbers of the model are others (too little
 * known). */

/* What is told of a play: the outputs that are followed month by month, then the months of
 * coordination lost. */
enum { MLG_OUTCOME_LOST = MLG_N_PLAY, MLG_N_OUTCOMES };

/* One number over the replicates. */
typedef struct mlg_spread {
    double mean, error; /* and its Monte-Carlo standard error; NaN of a single replicate */
    double low, high;   /* 5 and 95 % of the replicates */
    double worst;       /* of the replicates */
    double parameter_low, parameter_high; /* 5 and 95 % of the mean over the points */
} mlg_spread;

/* A difference between two plays with the same random numbers. */
typedef struct mlg_effect {
    double mean, error;
} mlg_effect;

/* Time to come back to today's pairs, over the replicates in which they fell. */
typedef struct mlg_recovery {
    uint32_t fell;                  /* replicates */
    double median, low, high;       /* months; INFINITY: not within the horizon */
    double median_low, median_high; /* 95 % of the median, by order statistics */
    double not_recovered;           /* share of `fell` */
} mlg_recovery;

/* What one person's departures cost: the outcome if it never left, less the outcome. */
typedef struct mlg_contribution {
    int32_t person;
    double leaves; /* share of the replicates in which it leaves */
    mlg_effect of[MLG_N_OUTCOMES];
} mlg_contribution;

/* One number of the model made larger and smaller, all else equal. */
typedef struct mlg_sensitivity {
    mlg_rate rate;
    mlg_effect step[MLG_N_OUTCOMES]; /* change of the mean outcome for 1 % more of the number */
    double at_low[MLG_N_OUTCOMES], at_high[MLG_N_OUTCOMES]; /* mean at the ends of its range */
    mlg_effect range[MLG_N_OUTCOMES];                       /* at_high - at_low */
} mlg_sensitivity;

/* What a caller needs beside the play itself. */
enum {
    MLG_SIMULATE_POINTS = 1,
    MLG_SIMULATE_POSTS = 2,
    MLG_SIMULATE_STEPS = 4,
    MLG_SIMULATE_NEAR = 8, /* efficiency: distances take long, and have a play of their own */
};

typedef struct mlg_simulation {
    mlg_text_key why;                   /* nothing was played, or T_none */
    mlg_text_key lacks[MLG_N_OUTCOMES]; /* why an outcome is not told, or T_none */
    mlg_graph *apart; /* of a study without a view: its register, without a tie; else NULL */
    mlg_turnover_ground ground;
    mlg_law law;
    int32_t months;
    double steps; /* that a replicate takes, about */
    uint32_t replicates;
    mlg_turnover_play play;
    mlg_spread *curve[MLG_N_PLAY]; /* [months + 1], NULL where not followed */
    mlg_spread lost;               /* months of coordination */
    double out_of;     /* months of coordination, if nobody left and no post were vacant */
    double departures; /* mean */
    double mean[MLG_N_OUTCOMES]; /* over replicates and months 1 .. months */
    mlg_recovery recovery;
    unsigned made; /* MLG_SIMULATE_... */
    uint32_t near_replicates;
    uint32_t points, point_replicates;
    uint32_t contribution_replicates;
    int32_t n_contributions, n_contributors; /* told, and there are */
    mlg_contribution *contribution;          /* ascending in person */
    uint32_t step_replicates;
    int32_t n_steps;
    mlg_sensitivity *step; /* of the numbers that play a part here, in their order */
} mlg_simulation;

/* The simulation of a view, or (-1) of a study that has none: months of coordination, schemes and
 * residents need no tie. With what `needs` (MLG_SIMULATE_...) asks for: made at first need,
 * kept by the context. In a report the replicates are bounded; the run's `force` has them all. */
mlg_status mlg_simulation_of(mlg_context *context, int32_t view, unsigned needs,
                             const mlg_simulation **out, mlg_error *err) MLG_MUST_CHECK;

/* ---- its parts (simulation_plays.c) ------------------------------------------------ */

/* Has the ground anything on which this number bears? Others change nothing. */
bool mlg_simulation_uses(const mlg_turnover_ground *ground, mlg_rate rate);
/* Point i of n of a Latin hypercube over the ranges: half below a value, half above it. */
mlg_status mlg_simulation_points(const mlg_law *law, uint64_t seed, uint32_t n, mlg_law *points,
                                 mlg_error *err) MLG_MUST_CHECK;
/* Mean over months 1 .. months of an output in one replicate, NaN where the play did not follow
 * it; or the months of coordination lost. */
double mlg_simulation_outcome(const mlg_turnover_play *play, int outcome, uint32_t replicate);
mlg_effect mlg_simulation_mean(const double *values, size_t n, size_t stride);
/* Without the band of parameters; `worst` is the smallest, or the largest. `scratch` [n]. */
mlg_spread mlg_simulation_spread(const double *values, size_t n, size_t stride, bool large_is_bad,
                                 double *scratch);
mlg_recovery mlg_simulation_recovery(const double *recovery, size_t n, double *scratch);

#endif
