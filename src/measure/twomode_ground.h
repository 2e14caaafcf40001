/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TWOMODE_GROUND_H
#define MLG_MEASURE_TWOMODE_GROUND_H

#include "maillage/twomode.h"
#include "measure/context.h"
#include "measure/null_summary.h"
#include "measure/twomode_table.h"

/* What the two-mode measures of one view share, made at first need: the table, what is counted in
 * it, and the draws with the same margins. */

/* What is counted in a table. */
typedef enum mlg_two_mode_figure {
    MLG_CLOSED_ACTORS, /* share of closed paths of four, by side */
    MLG_CLOSED_ACTIVITIES,
    MLG_SQUARES,           /* Robins and Alexander's 4 C4 / L3 */
    MLG_NESTED,            /* NODF: of all pairs, */
    MLG_NESTED_ACTORS,     /* of pairs of actors, */
    MLG_NESTED_ACTIVITIES, /* of activities */
    MLG_N_FIGURES
} mlg_two_mode_figure;

typedef struct mlg_structure {
    mlg_sides sides;
    double observed[MLG_N_FIGURES];
    double tested[MLG_N_FIGURES]; /* the observed table's as a draw's is found */
    uint64_t paths[MLG_N_SIDES];  /* of four */
    uint64_t steps[MLG_N_SIDES];  /* to count the closed ones */
    double se[MLG_N_SIDES];       /* of the observed share, when it is a sample's; else NaN */
    bool sampled[MLG_N_SIDES];    /* draws count a sample of their paths */
    uint64_t squares, three_paths;
    size_t n;     /* draws */
    double *draw; /* [MLG_N_FIGURES * n] figure by figure */
} mlg_structure;

/* How sectors meet in the activities: of the actors with a sector. */
typedef struct mlg_sector_mix {
    mlg_text_key why; /* nothing can be said of the view */
    bool small, one_group;
    int32_t n;                       /* activities with at least two actors of known sector */
    int32_t *activity;               /* [n] number in the graph */
    uint32_t *known;                 /* [n] such actors */
    uint32_t *sectors;               /* [n] different sectors among them */
    double *across;                  /* [n] share of their pairs that have no sector in common */
    int32_t single;                  /* activities with one actor in all */
    int32_t too_few;                 /* with several, of whom fewer than two have a sector */
    int32_t incomplete;              /* with at least one actor of unknown sector, of the n */
    double two_sectors, mean_across; /* observed */
    double largest_pairs; /* share of all pairs that meet, in the largest tenth of the n */
    size_t draws;
    double *two_draws, *across_draws; /* [draws] */
    uint32_t *at;     /* [n + 1] place of each activity's counts: how many draws gave 0, 1 ... */
    uint32_t *counts; /* [at[n]] ... different sectors */
} mlg_sector_mix;

typedef struct mlg_two_mode_ground {
    mlg_structure *structure; /* NULL until needed */
    mlg_sector_mix *mix;
} mlg_two_mode_ground;

/* The view must have participations. */
mlg_status mlg_two_mode_structure(mlg_context *context, int32_t view, mlg_structure **out,
                                  mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_two_mode_mix(mlg_context *context, int32_t view, mlg_sector_mix **out,
                            mlg_error *err) MLG_MUST_CHECK;

/* ---- parts (twomode_structure.c, twomode_mix.c) ---------------------------------- */

mlg_status mlg_structure_make(const mlg_graph *graph, const mlg_run *run, mlg_structure *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_structure_free(mlg_structure *structure);
mlg_status mlg_sector_mix_make(const mlg_graph *graph, const mlg_run *run, mlg_sector_mix *out,
                               mlg_error *err) MLG_MUST_CHECK;
void mlg_sector_mix_free(mlg_sector_mix *mix);

/* One test of the whole view as a scalar of a measure: number, null, and figures beside it. */
typedef struct mlg_two_mode_test {
    const char *id, *convention;
    int32_t view;
    double observed, tested; /* `tested` is compared with the draws */
    const double *draw;      /* [n] */
    size_t n;
    double scale; /* of rounding */
    const char *tail;
    mlg_text_key why, caution;
    const struct mlg_figure *figures;
    size_t n_figures;
} mlg_two_mode_test;
mlg_status mlg_two_mode_tell(const mlg_two_mode_test *test, mlg_values *out,
                             mlg_error *err) MLG_MUST_CHECK;

#endif
