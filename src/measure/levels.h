/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_LEVELS_H
#define MLG_MEASURE_LEVELS_H

#include "measure/context.h"
#include "measure/labels.h"
#include "measure/null_summary.h"

/* At which level of coordination each actor of a view stands. */
typedef struct mlg_levels {
    int32_t n_levels;
    int32_t *code;   /* [n_levels] of the vocabulary of actors' levels, ascending */
    int32_t *level;  /* [n] 0..n_levels - 1, or -1: unknown */
    bool *residents; /* [n] a group of residents */
    int32_t known;   /* actors with a level */
} mlg_levels;

/* An actor has its own level; one whose row says none has that of its services and people, when
 * all who say one say the same. All unknown where actors are sectors or schemes, or the
 * graph was made from arrays. */
mlg_status mlg_levels_of(const mlg_graph *graph, mlg_levels *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_levels_free(mlg_levels *levels);

/* ---- directions of coordination -------------------------------------------- */

typedef enum mlg_direction {
    MLG_INTERNAL,   /* same level, a sector in common */
    MLG_HORIZONTAL, /* same level, other sector */
    MLG_VERTICAL,   /* other level, a sector in common */
    MLG_DIAGONAL,   /* other level and sector, or with residents */
    MLG_N_DIRECTIONS
} mlg_direction;

/* The ties between actors whose sector and level are known, or who are residents. Under the null
 * each actor's sectors and level are dealt again together ("labels"), or participations are
 * traded ("margins"). */
typedef struct mlg_directions {
    int32_t actors; /* so known */
    bool one_kind;  /* all of them alike */
    bool few;       /* fewer than ten */
    double total;   /* ties between them */
    double count[MLG_N_DIRECTIONS];
    double expected[MLG_N_DIRECTIONS]; /* exact share under labels; NaN under margins */
    bool two_mode, enumerated;
    size_t n;     /* draws */
    double *draw; /* [MLG_N_DIRECTIONS * n] share, direction after direction */
} mlg_directions;

/* MLG_OK (also for no tie), MLG_ENOMEM, MLG_ESIZE, MLG_ESTOP. Cost: O(R (n + m)). */
mlg_status mlg_directions_make(const mlg_graph *graph, const mlg_levels *levels, const mlg_run *run,
                               mlg_directions *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_directions_free(mlg_directions *directions);

#endif
