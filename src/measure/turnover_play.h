/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TURNOVER_PLAY_H
#define MLG_MEASURE_TURNOVER_PLAY_H

#include "base/checkpoint.h"
#include "measure/turnover_ground.h"

/* The departure model, played: replicates of the months ahead. */

typedef enum mlg_turnover_output {
    MLG_PLAY_PAIRS,      /* connected pairs of counted actors without a sector in common */
    MLG_PLAY_EFFICIENCY, /* mean of 1/distance over pairs of counted actors; distances between
                            actors of participations are half of those through activities */
    MLG_PLAY_SCHEMES,    /* schemes in force with a coordinating post filled or in interim */
    MLG_PLAY_POPULATION, /* residents of units that such a post covers */
    MLG_N_PLAY
} mlg_turnover_output;

/* What is asked of a play. */
typedef struct mlg_turnover_ask {
    int32_t months; /* 0 .. months are observed */
    uint32_t replicates;
    int32_t stays;            /* a person that never leaves, or -1 */
    const char *view;         /* of the random streams, with the run's seed */
    bool outputs[MLG_N_PLAY]; /* those to follow; the others stay NaN */
    bool pauses;              /* activities stop when nobody convenes them */
    uint32_t stage;           /* of a checkpoint: a play takes this one, the share of person p
                                 stage + 1 + p */
} mlg_turnover_ask;

/* All replicates: column-wise, by replicate then month. */
typedef struct mlg_turnover_play {
    int32_t months;
    uint32_t replicates;
    double *at[MLG_N_PLAY]; /* [replicates * (months + 1)], or NULL when not asked for */
    double *lost;           /* [replicates] coordination-months: of posts that coordinate, neither
                               filled nor in interim */
    double *departures;     /* [replicates] people leaving a post, or several at once */
    double *recovery; /* [replicates] months from the first fall of pairs to the first observed
                         return to month 0's; NaN: never fell; INFINITY: not within the horizon */
    uint8_t *leaves;  /* [replicates * ((people + 7) / 8)] bit p: p left within the horizon */
} mlg_turnover_play;

/* Replicates over the run's threads; `keep` may be NULL. Same bytes for any thread count, and
 * whether or not it was interrupted and resumed from `keep`. */
mlg_status mlg_turnover_plays(const mlg_turnover_ground *ground, const mlg_law *law,
                              const mlg_turnover_ask *ask, const mlg_run *run, mlg_checkpoint *keep,
                              mlg_turnover_play *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_turnover_play_free(mlg_turnover_play *play);

/* E[out | the person never leaves] - E[out], from the same random numbers: only the replicates in
 * which the person leaves are played again. Per output: mean over replicates of the mean over
 * months 1 .. months of the difference, and its standard error. */
typedef struct mlg_turnover_share {
    double mean[MLG_N_PLAY], error[MLG_N_PLAY];
    double lost, lost_error; /* coordination-months */
} mlg_turnover_share;
mlg_status mlg_turnover_share_of(const mlg_turnover_ground *ground, const mlg_law *law,
                                 const mlg_turnover_ask *ask, const mlg_turnover_play *play,
                                 int32_t person, const mlg_run *run, mlg_checkpoint *keep,
                                 mlg_turnover_share *out, mlg_error *err) MLG_MUST_CHECK;

#endif
