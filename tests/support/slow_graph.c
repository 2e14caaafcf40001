/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_graph.h"

#include <check.h>
#include <math.h>

#include "base/memory.h"

static slow_matrix open_matrix(int32_t rows, int32_t columns)
{
    slow_matrix matrix = {.rows = rows, .columns = columns};
    matrix.cell = mlg_zalloc((size_t) rows * (size_t) columns, sizeof *matrix.cell);
    ck_assert_ptr_nonnull(matrix.cell);
    return matrix;
}

void slow_matrix_free(slow_matrix *matrix)
{
    mlg_free(matrix->cell);
    *matrix = (slow_matrix){0};
}

static void put(const slow_matrix *matrix, int32_t row, int32_t column, double weight,
                mlg_merge merge)
{
    double *cell = slow_cell(matrix, row, column);
    if (merge == MLG_MERGE_SUM) {
        *cell += weight;
    } else {
        *cell = weight > *cell ? weight : *cell;
    }
}

slow_matrix slow_adjacency(int32_t rows, int32_t columns, bool square, bool symmetric,
                           const int32_t *from, const int32_t *to, const double *weight, size_t m,
                           mlg_merge merge)
{
    const slow_matrix matrix = open_matrix(rows, columns);
    for (size_t i = 0; i < m; i++) {
        if (square && from[i] == to[i]) {
            continue;
        }
        put(&matrix, from[i], to[i], weight != NULL ? weight[i] : 1.0, merge);
        if (symmetric) {
            put(&matrix, to[i], from[i], weight != NULL ? weight[i] : 1.0, merge);
        }
    }
    return matrix;
}

/* Sum over activities of what each adds to the pair, by the definition; k [activities] is
 * how many took part. */
static double weight_of_pair(const slow_matrix *seats, const double *k, int32_t a, int32_t b,
                             mlg_projection rule)
{
    double both = 0.0, either = 0.0, newman = 0.0;
    for (int32_t e = 0; e < seats->columns; e++) {
        const bool at_a = *slow_cell(seats, a, e) > 0.0, at_b = *slow_cell(seats, b, e) > 0.0;
        both += at_a && at_b;
        either += at_a || at_b;
        newman += at_a && at_b ? 1.0 / (k[e] - 1.0) : 0.0;
    }
    switch (rule) {
    case MLG_PROJECT_NEWMAN:
        return newman;
    case MLG_PROJECT_COUNT:
        return both;
    case MLG_PROJECT_JACCARD:
        return both > 0.0 ? both / either : 0.0;
    }
    return 0.0;
}

slow_matrix slow_projection(const random_seats *seats, mlg_projection rule)
{
    slow_matrix took_part =
        slow_adjacency(seats->n, seats->n_activities, false, false, seats->actor, seats->activity,
                       NULL, seats->m, MLG_MERGE_MAX);
    const slow_matrix matrix = open_matrix(seats->n, seats->n);
    double *k = mlg_zalloc((size_t) seats->n_activities, sizeof *k);
    ck_assert_ptr_nonnull(k);
    for (int32_t v = 0; v < seats->n; v++) {
        for (int32_t e = 0; e < seats->n_activities; e++) {
            k[e] += *slow_cell(&took_part, v, e);
        }
    }
    for (int32_t a = 0; a < seats->n; a++) {
        for (int32_t b = 0; b < seats->n; b++) {
            if (a != b) {
                *slow_cell(&matrix, a, b) = weight_of_pair(&took_part, k, a, b, rule);
            }
        }
    }
    mlg_free(k);
    slow_matrix_free(&took_part);
    return matrix;
}

void slow_assert_same(const mlg_csr *csr, const slow_matrix *matrix, bool half, double tolerance)
{
    size_t entries = 0;
    ck_assert_int_eq(csr->n, matrix->rows);
    ck_assert_uint_eq(csr->offset[0], 0);
    for (int32_t v = 0; v < csr->n; v++) {
        ck_assert_uint_le(csr->offset[v], csr->offset[v + 1]);
        for (uint32_t i = csr->offset[v] + 1; i < csr->offset[v + 1]; i++) {
            ck_assert_int_lt(csr->target[i - 1], csr->target[i]);
        }
        for (int32_t w = half ? v + 1 : 0; w < matrix->columns; w++) {
            const double expected = *slow_cell(matrix, v, w);
            ck_assert_double_le(fabs(mlg_csr_find(csr, v, w) - expected), tolerance);
            entries += expected > 0.0;
        }
    }
    ck_assert_uint_eq(mlg_csr_size(csr), entries);
}
