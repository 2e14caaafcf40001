/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CURVEBALL_H
#define MLG_MEASURE_CURVEBALL_H

#include <stdbool.h>
#include <stddef.h>

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
    /* Structural zeros: bits [n_rows * mlg_bit_words(n_columns)], which columns a row may have.
     * All that it has are among them. NULL: any row may have any column. */
    const uint64_t *may;
} mlg_two_mode;

static inline size_t mlg_bit_words(int32_t n_columns)
{
    return ((size_t) n_columns + 63) / 64;
}

static inline const uint64_t *mlg_may_of(const mlg_two_mode *table, int32_t row)
{
    return table->may == NULL ? NULL : table->may + (size_t) row * mlg_bit_words(table->n_columns);
}

/* Bit of a row's columns; NULL: all are set. */
static inline bool mlg_may_have(const uint64_t *may, int32_t column)
{
    return may == NULL || (may[column >> 6] >> (column & 63) & 1u) != 0;
}

/* What a run of trades needs; one a thread. Trades are between the rows, or between the columns
 * where those are more even: a row of hundreds is not renewed by partners of one. */
typedef struct mlg_curveball {
    bool turned;       /* trades are between columns */
    double pace;       /* how many times the rounds asked for are done, as mlg_curveball_pace() */
    mlg_two_mode side; /* its own table, columns as rows, where turned */
    int32_t n_lines;   /* rows that have a column to trade, in a run */
    int32_t *line;     /* [rows of the side that trades] */
    uint32_t *stamp;   /* [its columns] */
    uint32_t now;      /* last stamp given */
    int32_t *pool;     /* [twice the longest row] columns that one of two rows has */
    uint32_t *pick;    /* [rows] places of columns handed round; NULL without structural zeros */
    uint32_t *at;      /* [table's rows] where turned: places to fill */
} mlg_curveball;

mlg_status mlg_curveball_open(const mlg_two_mode *table, mlg_curveball *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_curveball_close(mlg_curveball *ball);

/* How many times the rounds asked for a table needs: half of tau, at least 1 and at most
 * MLG_MOST_PACE, where tau is the longest row over the mean of the others (of what a row can trade:
 * its entries, or its empty places where they are fewer), of the side, rows or columns, where that
 * is less. What the longest rows hold together leaves them by trades with the
 * others, which take at most what they are long: that takes about 2 tau rounds. */
enum { MLG_MOST_PACE = 50 };
mlg_status mlg_curveball_pace(const mlg_two_mode *table, double *pace,
                              mlg_error *err) MLG_MUST_CHECK;

/* Each round pairs all rows at random; in each pair, the columns that only one of the two
 * has, and both may have, are dealt again between them, each keeping its number. One round
 * is one trade a row. A step is as likely as its reverse, and every table with these margins
 * can be reached, so the uniform distribution stays. Which side trades, and how often, hangs on
 * the margins alone: all tables with the same margins are walked alike.
 *
 * With structural zeros trades of two do not reach all tables (three rows that may each have
 * two of three columns): then each round also offers, once a row, to hand one column each
 * round three rows or more, which is done when every one may take what it is given. Two
 * tables with the same margins and zeros differ by such rounds and by trades, so that all are
 * reached again. Cost: O(rounds * pace * entries). */
void mlg_curveball_run(mlg_two_mode *table, mlg_curveball *ball, uint32_t rounds,
                       mlg_random *random);

#endif
