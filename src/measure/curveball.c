/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/curveball.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

mlg_status mlg_curveball_open(const mlg_two_mode *table, mlg_curveball *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t longest = 0;

    *out = (mlg_curveball){0};
    out->row = mlg_alloc((size_t) table->n_rows, sizeof *out->row);
    out->stamp = mlg_zalloc((size_t) table->n_columns, sizeof *out->stamp);
    TRY_ALLOC(err, out->row);
    TRY_ALLOC(err, out->stamp);
    for (int32_t i = 0; i < table->n_rows; i++) {
        const uint32_t length = table->offset[i + 1] - table->offset[i];
        longest = length > longest ? length : longest;
    }
    out->pool = mlg_alloc((size_t) longest * 2, sizeof *out->pool);
    TRY_ALLOC(err, out->pool);
    if (table->may != NULL) {
        out->pick = mlg_alloc((size_t) table->n_rows, sizeof *out->pick);
        TRY_ALLOC(err, out->pick);
    }
out:
    if (status != MLG_OK) {
        mlg_curveball_close(out);
    }
    return status;
}

void mlg_curveball_close(mlg_curveball *ball)
{
    mlg_free(ball->row);
    mlg_free(ball->stamp);
    mlg_free(ball->pool);
    mlg_free(ball->pick);
    *ball = (mlg_curveball){0};
}

/* Moves the columns of a row that bear stamp `common`, and those that the other may not have,
 * to its front, and the rest to the pool; answers how many stay. */
static uint32_t sort_out(int32_t *row, uint32_t length, const uint32_t *stamp, uint32_t common,
                         const uint64_t *other_may, int32_t *pool)
{
    uint32_t kept = 0, out = 0;
    for (uint32_t k = 0; k < length; k++) {
        const int32_t column = row[k];
        if (stamp[column] == common || !mlg_may_have(other_may, column)) {
            row[kept++] = column;
        } else {
            pool[out++] = column;
        }
    }
    return kept;
}

/* Brings `n` columns drawn at random to the front of the pool. */
static void draw_front(int32_t *pool, uint32_t n, uint32_t all, mlg_random *random)
{
    for (uint32_t k = 0; k < n; k++) {
        const uint32_t other = k + mlg_random_below(random, all - k);
        const int32_t column = pool[k];
        pool[k] = pool[other];
        pool[other] = column;
    }
}

static void trade(mlg_two_mode *table, mlg_curveball *ball, int32_t i, int32_t j,
                  mlg_random *random)
{
    int32_t *a = table->column + table->offset[i], *b = table->column + table->offset[j];
    const uint32_t n_a = table->offset[i + 1] - table->offset[i];
    const uint32_t n_b = table->offset[j + 1] - table->offset[j];

    if (ball->now > UINT32_MAX - 2) {
        memset(ball->stamp, 0, (size_t) table->n_columns * sizeof *ball->stamp);
        ball->now = 0;
    }
    const uint32_t mine = ++ball->now, common = ++ball->now;
    for (uint32_t k = 0; k < n_a; k++) {
        ball->stamp[a[k]] = mine;
    }
    for (uint32_t k = 0; k < n_b; k++) {
        uint32_t *stamp = &ball->stamp[b[k]];
        *stamp = *stamp == mine ? common : *stamp;
    }
    const uint32_t kept_a = sort_out(a, n_a, ball->stamp, common, mlg_may_of(table, j), ball->pool);
    const uint32_t only_a = n_a - kept_a;
    const uint32_t kept_b =
        sort_out(b, n_b, ball->stamp, common, mlg_may_of(table, i), ball->pool + only_a);
    const uint32_t only_b = n_b - kept_b;

    /* Drawing the smaller hand is enough: the other gets what is left. */
    const bool a_first = only_a <= only_b;
    const uint32_t drawn = a_first ? only_a : only_b;
    draw_front(ball->pool, drawn, only_a + only_b, random);
    memcpy(a_first ? a + kept_a : b + kept_b, ball->pool, drawn * sizeof *a);
    memcpy(a_first ? b + kept_b : a + kept_a, ball->pool + drawn,
           (only_a + only_b - drawn) * sizeof *a);
}

/* ---- rounds of three and more, for tables with structural zeros --------------- */

static bool has(const mlg_two_mode *table, int32_t row, int32_t column)
{
    for (uint32_t k = table->offset[row]; k < table->offset[row + 1]; k++) {
        if (table->column[k] == column) {
            return true;
        }
    }
    return false;
}

/* Brings three rows, or more with a falling chance, to the front; answers how many. */
static int32_t gather(mlg_curveball *ball, mlg_random *random)
{
    int32_t n = 3;
    while (n < ball->n_rows && mlg_random_below(random, 2) == 0) {
        n++;
    }
    for (int32_t k = 0; k < n; k++) {
        const int32_t other = k + (int32_t) mlg_random_below(random, (uint32_t) (ball->n_rows - k));
        const int32_t row = ball->row[k];
        ball->row[k] = ball->row[other];
        ball->row[other] = row;
    }
    return n;
}

/* Each row offers a column drawn from its own to the next, the last to the first; nothing
 * moves unless all can. The way back is the same offer made in the other direction. */
static void hand_round(mlg_two_mode *table, mlg_curveball *ball, mlg_random *random)
{
    const int32_t n = gather(ball, random);
    bool all = true;

    for (int32_t k = 0; k < n; k++) {
        const uint32_t first = table->offset[ball->row[k]];
        ball->pick[k] = first + mlg_random_below(random, table->offset[ball->row[k] + 1] - first);
    }
    for (int32_t k = 0; k < n && all; k++) {
        const int32_t column = table->column[ball->pick[k]], next = ball->row[(k + 1) % n];
        all = mlg_may_have(mlg_may_of(table, next), column) && !has(table, next, column);
    }
    const int32_t last = table->column[ball->pick[n - 1]];
    for (int32_t k = n - 1; k > 0 && all; k--) {
        table->column[ball->pick[k]] = table->column[ball->pick[k - 1]];
    }
    if (all) {
        table->column[ball->pick[0]] = last;
    }
}

/* ---- rounds ------------------------------------------------------------------ */

/* The rows in their own order: a run must not depend on those before it. An empty row would
 * only keep another from trading. */
static void line_up(const mlg_two_mode *table, mlg_curveball *ball)
{
    ball->n_rows = 0;
    for (int32_t i = 0; i < table->n_rows; i++) {
        if (table->offset[i + 1] > table->offset[i]) {
            ball->row[ball->n_rows++] = i;
        }
    }
}

void mlg_curveball_run(mlg_two_mode *table, mlg_curveball *ball, uint32_t rounds,
                       mlg_random *random)
{
    line_up(table, ball);
    for (uint32_t round = 0; round < rounds; round++) {
        for (uint32_t k = (uint32_t) ball->n_rows; k > 1; k--) {
            const uint32_t other = mlg_random_below(random, k);
            const int32_t row = ball->row[k - 1];
            ball->row[k - 1] = ball->row[other];
            ball->row[other] = row;
        }
        for (int32_t k = 0; k + 1 < ball->n_rows; k += 2) {
            trade(table, ball, ball->row[k], ball->row[k + 1], random);
        }
        for (int32_t k = 0; table->may != NULL && ball->n_rows > 2 && k < ball->n_rows; k++) {
            hand_round(table, ball, random);
        }
    }
}
