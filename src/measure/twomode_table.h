/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TWOMODE_TABLE_H
#define MLG_MEASURE_TWOMODE_TABLE_H

#include "graph/csr.h"
#include "measure/curveball.h"

/* A table of who takes part in what, seen from either side, and what is counted in it. Rows
 * and columns are numbered by falling margin, which no trade changes, so that a list in rising
 * order is one from the most to the least present. */

typedef enum mlg_side { MLG_SIDE_ACTORS, MLG_SIDE_ACTIVITIES, MLG_N_SIDES } mlg_side;

typedef struct mlg_sides {
    int32_t n[MLG_N_SIDES];
    int32_t filled[MLG_N_SIDES];   /* the first ones, which have somebody */
    uint32_t *offset[MLG_N_SIDES]; /* [n + 1] */
    int32_t *other[MLG_N_SIDES];   /* [entries] those of the other side, ascending */
    int32_t *given[MLG_N_SIDES];   /* [n] number in the graph */
    int32_t *after[MLG_N_SIDES];   /* [n] first of the other side that has fewer, or as few */
    uint32_t *next[MLG_N_SIDES];   /* [n + 1] room for turning */
} mlg_sides;

static inline uint32_t mlg_side_margin(const mlg_sides *sides, mlg_side side, int32_t v)
{
    return sides->offset[side][v + 1] - sides->offset[side][v];
}

/* The table of a graph. `out` is empty after a failure. */
mlg_status mlg_sides_make(const mlg_csr *attends, const mlg_csr *attended, mlg_sides *out,
                          mlg_error *err) MLG_MUST_CHECK;
void mlg_sides_free(mlg_sides *sides);
/* One with the same margins and room for lists of its own; the rest is borrowed, so that `from`
 * must outlive it. To be closed, not freed. */
mlg_status mlg_sides_open(const mlg_sides *from, mlg_sides *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_sides_close(mlg_sides *sides);
/* Takes the rows of a table with these margins, in any order of their columns. */
void mlg_sides_take(mlg_sides *sides, const mlg_two_mode *table);
/* The rows as a table to trade in; its columns are those of `sides`. */
mlg_two_mode mlg_sides_table(mlg_sides *sides);

/* ---- what is counted -------------------------------------------------------- */

/* Room for counting: one a thread. */
typedef struct mlg_side_counter {
    uint32_t *shared;  /* [either side] things shared with the one at hand; 0 between */
    int32_t *touched;  /* [either side] */
    uint32_t *mark[2]; /* [either side] */
    uint64_t *by;      /* [largest margin + 1] */
    uint64_t *before;  /* [either side + 1] */
} mlg_side_counter;

mlg_status mlg_side_counter_open(const mlg_sides *sides, mlg_side_counter *out,
                                 mlg_error *err) MLG_MUST_CHECK;
void mlg_side_counter_close(mlg_side_counter *counter);

/* Pairs of actors in pairs of activities: cycles of four. O(sum over the entries of the smaller
 * of both margins), after Wang, Lin, Qin, Zhang, Zhang, VLDB 2019. */
uint64_t mlg_count_squares(const mlg_sides *sides, mlg_side_counter *counter);
/* Paths of three entries over four different ends. O(entries). */
uint64_t mlg_count_three_paths(const mlg_sides *sides);
/* Paths of four entries that start, turn and end at three different members of a side, over
 * two different things; each counted once. O(entries), from the number of squares. */
uint64_t mlg_count_four_paths(const mlg_sides *sides, mlg_side side, uint64_t squares);
/* What counting the closed ones takes: the paths, and the members that share things with others. */
uint64_t mlg_count_steps(const mlg_sides *sides, mlg_side side, uint64_t paths);
/* Those whose ends also share a third thing. */
uint64_t mlg_count_closed_paths(const mlg_sides *sides, mlg_side side, mlg_side_counter *counter);
/* The share of those among `n` paths drawn uniformly; NaN when hardly any path has two
 * different ends. O(n * margin). */
double mlg_sample_closed_paths(const mlg_sides *sides, mlg_side side, uint32_t n,
                               mlg_side_counter *counter, mlg_random *random);
/* Sum over the pairs of a side of |shared| / smaller margin, when the margins differ. O(entries).
 */
double mlg_count_nested(const mlg_sides *sides, mlg_side side, mlg_side_counter *counter);

#endif
