/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/curveball.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* ---- which side trades ---------------------------------------------------------- */

/* The rows, or the columns, of a table: what each could trade, entries or places without one. */
typedef struct lines {
    double n, all, most;
} lines;

static void add_line(lines *of, uint32_t length, int32_t places)
{
    const double moves = fmin(length, (double) places - length);
    of->n += moves > 0.0;
    of->all += moves;
    of->most = fmax(of->most, moves);
}

/* The longest over the mean of the others: how many trades renew it. */
static double tau_of(const lines *of)
{
    return of->n > 1.0 ? of->most * (of->n - 1.0) / (of->all - of->most) : 1.0;
}

static int32_t filled(const uint32_t *offset, int32_t n)
{
    int32_t found = 0;
    for (int32_t i = 0; i < n; i++) {
        found += offset[i + 1] > offset[i];
    }
    return found;
}

/* `in_column` [n_columns + 1] becomes the offsets of the columns. */
static void columns_of(const mlg_two_mode *table, uint32_t *in_column)
{
    memset(in_column, 0, ((size_t) table->n_columns + 1) * sizeof *in_column);
    for (uint32_t k = 0; k < table->offset[table->n_rows]; k++) {
        in_column[table->column[k] + 1]++;
    }
    for (int32_t c = 0; c < table->n_columns; c++) {
        in_column[c + 1] += in_column[c];
    }
}

/* The pace, and whether it is that of the columns. */
static double pace_of(const mlg_two_mode *table, const uint32_t *column_offset, bool *turned)
{
    lines rows = {0}, columns = {0};
    const int32_t n_rows = filled(table->offset, table->n_rows);
    const int32_t n_columns = filled(column_offset, table->n_columns);

    for (int32_t i = 0; i < table->n_rows; i++) {
        add_line(&rows, table->offset[i + 1] - table->offset[i], n_columns);
    }
    for (int32_t c = 0; c < table->n_columns; c++) {
        add_line(&columns, column_offset[c + 1] - column_offset[c], n_rows);
    }
    *turned = tau_of(&columns) < tau_of(&rows);
    const double tau = *turned ? tau_of(&columns) : tau_of(&rows);
    return fmin(fmax(tau / 2.0, 1.0), MLG_MOST_PACE);
}

mlg_status mlg_curveball_pace(const mlg_two_mode *table, double *pace, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool turned = false;
    uint32_t *offset = mlg_alloc((size_t) table->n_columns + 1, sizeof *offset);

    TRY_ALLOC(err, offset);
    columns_of(table, offset);
    *pace = pace_of(table, offset, &turned);
out:
    mlg_free(offset);
    return status;
}

/* The zeros, columns as rows. */
static mlg_status turn_zeros(const mlg_two_mode *table, const uint64_t **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t words = mlg_bit_words(table->n_rows);
    uint64_t *may = mlg_zalloc((size_t) table->n_columns * words, sizeof *may);

    TRY_ALLOC(err, may);
    for (int32_t i = 0; i < table->n_rows; i++) {
        const uint64_t *of = mlg_may_of(table, i);
        for (int32_t c = 0; c < table->n_columns; c++) {
            may[(size_t) c * words + ((size_t) i >> 6)] |=
                mlg_may_have(of, c) ? UINT64_C(1) << (i & 63) : 0;
        }
    }
    *out = may;
out:
    return status;
}

/* A table's columns as rows, each in ascending order. */
static void turn(const mlg_two_mode *table, mlg_curveball *ball)
{
    memcpy(ball->at, ball->side.offset, (size_t) table->n_columns * sizeof *ball->at);
    for (int32_t i = 0; i < table->n_rows; i++) {
        for (uint32_t k = table->offset[i]; k < table->offset[i + 1]; k++) {
            ball->side.column[ball->at[table->column[k]]++] = i;
        }
    }
}

static void turn_back(const mlg_curveball *ball, mlg_two_mode *table)
{
    memcpy(ball->at, table->offset, (size_t) table->n_rows * sizeof *ball->at);
    for (int32_t c = 0; c < ball->side.n_rows; c++) {
        for (uint32_t k = ball->side.offset[c]; k < ball->side.offset[c + 1]; k++) {
            table->column[ball->at[ball->side.column[k]]++] = c;
        }
    }
}

/* Keeps `offset` where the columns trade. */
static mlg_status open_side(const mlg_two_mode *table, uint32_t **offset, mlg_curveball *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t longer = table->n_rows > table->n_columns ? table->n_rows : table->n_columns;

    out->pace = pace_of(table, *offset, &out->turned);
    if (!out->turned) {
        return status;
    }
    out->side =
        (mlg_two_mode){.n_rows = table->n_columns, .n_columns = table->n_rows, .offset = *offset};
    *offset = NULL;
    out->side.column = mlg_alloc(table->offset[table->n_rows], sizeof *out->side.column);
    out->at = mlg_alloc((size_t) longer, sizeof *out->at);
    TRY_ALLOC(err, out->side.column);
    TRY_ALLOC(err, out->at);
    if (table->may != NULL) {
        TRY(turn_zeros(table, &out->side.may, err));
    }
out:
    return status;
}

mlg_status mlg_curveball_open(const mlg_two_mode *table, mlg_curveball *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t longest = 0;
    uint32_t *offset = mlg_alloc((size_t) table->n_columns + 1, sizeof *offset);

    *out = (mlg_curveball){0};
    TRY_ALLOC(err, offset);
    columns_of(table, offset);
    TRY(open_side(table, &offset, out, err));
    const mlg_two_mode *side = out->turned ? &out->side : table;
    out->line = mlg_alloc((size_t) side->n_rows, sizeof *out->line);
    out->stamp = mlg_zalloc((size_t) side->n_columns, sizeof *out->stamp);
    TRY_ALLOC(err, out->line);
    TRY_ALLOC(err, out->stamp);
    for (int32_t i = 0; i < side->n_rows; i++) {
        const uint32_t length = side->offset[i + 1] - side->offset[i];
        longest = length > longest ? length : longest;
    }
    out->pool = mlg_alloc((size_t) longest * 2, sizeof *out->pool);
    TRY_ALLOC(err, out->pool);
    if (table->may != NULL) {
        out->pick = mlg_alloc((size_t) side->n_rows, sizeof *out->pick);
        TRY_ALLOC(err, out->pick);
    }
out:
    mlg_free(offset);
    if (status != MLG_OK) {
        mlg_curveball_close(out);
    }
    return status;
}

void mlg_curveball_close(mlg_curveball *ball)
{
    mlg_free(ball->side.offset);
    mlg_free(ball->side.column);
    mlg_free((void *) ball->side.may);
    mlg_free(ball->line);
    mlg_free(ball->stamp);
    mlg_free(ball->pool);
    mlg_free(ball->pick);
    mlg_free(ball->at);
    *ball = (mlg_curveball){0};
}

/* ---- trades --------------------------------------------------------------------- */

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
    while (n < ball->n_lines && mlg_random_below(random, 2) == 0) {
        n++;
    }
    for (int32_t k = 0; k < n; k++) {
        const int32_t other =
            k + (int32_t) mlg_random_below(random, (uint32_t) (ball->n_lines - k));
        const int32_t row = ball->line[k];
        ball->line[k] = ball->line[other];
        ball->line[other] = row;
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
        const uint32_t first = table->offset[ball->line[k]];
        ball->pick[k] = first + mlg_random_below(random, table->offset[ball->line[k] + 1] - first);
    }
    for (int32_t k = 0; k < n && all; k++) {
        const int32_t column = table->column[ball->pick[k]], next = ball->line[(k + 1) % n];
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
    ball->n_lines = 0;
    for (int32_t i = 0; i < table->n_rows; i++) {
        if (table->offset[i + 1] > table->offset[i]) {
            ball->line[ball->n_lines++] = i;
        }
    }
}

static void one_round(mlg_two_mode *table, mlg_curveball *ball, mlg_random *random)
{
    for (uint32_t k = (uint32_t) ball->n_lines; k > 1; k--) {
        const uint32_t other = mlg_random_below(random, k);
        const int32_t row = ball->line[k - 1];
        ball->line[k - 1] = ball->line[other];
        ball->line[other] = row;
    }
    for (int32_t k = 0; k + 1 < ball->n_lines; k += 2) {
        trade(table, ball, ball->line[k], ball->line[k + 1], random);
    }
    for (int32_t k = 0; table->may != NULL && ball->n_lines > 2 && k < ball->n_lines; k++) {
        hand_round(table, ball, random);
    }
}

void mlg_curveball_run(mlg_two_mode *table, mlg_curveball *ball, uint32_t rounds,
                       mlg_random *random)
{
    mlg_two_mode *side = ball->turned ? &ball->side : table;
    const uint32_t all = (uint32_t) ceil(rounds * ball->pace);

    if (ball->turned) {
        turn(table, ball);
    }
    line_up(side, ball);
    for (uint32_t round = 0; round < all; round++) {
        one_round(side, ball, random);
    }
    if (ball->turned) {
        turn_back(ball, table);
    }
}
