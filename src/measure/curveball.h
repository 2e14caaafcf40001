/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CURVEBALL_H
#define MLG_MEASURE_CURVEBALL_H

#include "base/random.h"
#include "maillage/error.h"

/* The null "margins": tables actor x activity drawn uniformly among those where each actor
 * takes part in as many activities, and each activity gathers as many actors, as
 * observed (Strona et al. 2014; all rows in pairs at once: Carstens, Berger, Strona 2018). */

/* A table of 0 and 1 by rows; the columns of a row are distinct, in any order. */
typedef struct mlg_two_mode {
    int32_t n_rows, n_columns;
    uint32_t *offset; /* [n_rows + 1] */
    int32_t *column;  /* [offset[n_rows]] */
} mlg_two_mode;

/* What a run of trades needs; one a thread. */
typedef struct mlg_curveball {
    int32_t n_rows;  /* that have a column to trade, in a run */
    int32_t *row;    /* [n_rows] */
    uint32_t *stamp; /* [n_columns] */
    uint32_t now;    /* last stamp given */
    int32_t *pool;   /* [twice the longest row] columns that one of two rows has */
} mlg_curveball;

mlg_status mlg_curveball_open(const mlg_two_mode *table, mlg_curveball *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_curveball_close(mlg_curveball *ball);

/* Each round pairs all rows at random; in each pair, the columns that only one of the two
 * has are dealt again between them, each keeping its number. One round is one trade a row.
 * A step is as likely as its reverse, and every table with these margins can be
 * reached, so the uniform distribution stays. Cost: O(rounds * entries). */
void mlg_curveball_run(mlg_two_mode *table, mlg_curveball *ball, uint32_t rounds,
                       mlg_random *random);

#endif
