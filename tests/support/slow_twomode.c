/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_twomode.h"

#include <check.h>

slow_table slow_table_of(const mlg_graph *graph, bool turned)
{
    slow_table t = {.rows = turned ? graph->n_activities : graph->n,
                    .columns = turned ? graph->n : graph->n_activities};
    ck_assert(t.rows <= SLOW_TABLE && t.columns <= SLOW_TABLE);
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t k = graph->attends.offset[v]; k < graph->attends.offset[v + 1]; k++) {
            const int32_t e = graph->attends.target[k];
            t.has[turned ? e : v][turned ? v : e] = true;
        }
    }
    return t;
}

int slow_margin(const slow_table *t, int row)
{
    int margin = 0;
    for (int c = 0; c < t->columns; c++) {
        margin += t->has[row][c];
    }
    return margin;
}

int slow_shared(const slow_table *t, int i, int j)
{
    int shared = 0;
    for (int c = 0; c < t->columns; c++) {
        shared += t->has[i][c] && t->has[j][c];
    }
    return shared;
}

uint64_t slow_squares(const slow_table *t)
{
    uint64_t squares = 0;
    for (int i = 0; i < t->rows; i++) {
        for (int j = i + 1; j < t->rows; j++) {
            for (int c = 0; c < t->columns; c++) {
                for (int d = c + 1; d < t->columns; d++) {
                    squares += t->has[i][c] && t->has[i][d] && t->has[j][c] && t->has[j][d];
                }
            }
        }
    }
    return squares;
}

/* From a row to a column that is not its own, the middle entry being j - c. */
uint64_t slow_three_paths(const slow_table *t)
{
    uint64_t paths = 0;
    for (int i = 0; i < t->rows; i++) {
        for (int c = 0; c < t->columns; c++) {
            for (int j = 0; j < t->rows; j++) {
                for (int d = 0; d < t->columns; d++) {
                    paths += i != j && c != d && t->has[i][c] && t->has[j][c] && t->has[j][d];
                }
            }
        }
    }
    return paths;
}

static bool share_another(const slow_table *t, int i, int j, int c, int d)
{
    for (int e = 0; e < t->columns; e++) {
        if (e != c && e != d && t->has[i][e] && t->has[j][e]) {
            return true;
        }
    }
    return false;
}

uint64_t slow_four_paths(const slow_table *t, uint64_t *closed)
{
    uint64_t paths = 0;
    *closed = 0;
    for (int i = 0; i < t->rows; i++) {
        for (int j = i + 1; j < t->rows; j++) {
            for (int v = 0; v < t->rows; v++) {
                for (int c = 0; c < t->columns && v != i && v != j; c++) {
                    for (int d = 0; d < t->columns; d++) {
                        if (c != d && t->has[i][c] && t->has[v][c] && t->has[v][d] &&
                            t->has[j][d]) {
                            paths++;
                            *closed += share_another(t, i, j, c, d);
                        }
                    }
                }
            }
        }
    }
    return paths;
}

double slow_nested(const slow_table *t, bool sorted, double *pairs)
{
    int order[SLOW_TABLE], n = 0;
    double sum = 0.0;

    for (int i = 0; i < t->rows; i++) {
        if (slow_margin(t, i) > 0) {
            int to = n++;
            for (; sorted && to > 0 && slow_margin(t, i) > slow_margin(t, order[to - 1]); to--) {
                order[to] = order[to - 1];
            }
            order[to] = i;
        }
    }
    for (int a = 0; a < n; a++) {
        for (int b = a + 1; b < n; b++) {
            if (slow_margin(t, order[a]) > slow_margin(t, order[b])) {
                sum += (double) slow_shared(t, order[a], order[b]) / slow_margin(t, order[b]);
            }
        }
    }
    *pairs = n * (n - 1.0) / 2.0;
    return sum;
}

static int filled(const double *row, int columns)
{
    int n = 0;
    for (int c = 0; c < columns; c++) {
        n += row[c] > 0.0;
    }
    return n;
}

/* `upper` is any row that has more filled cells: those come first when rows are sorted. */
double slow_weighted(const double *weight, int rows, int columns, double *pairs)
{
    double sum = 0.0;
    *pairs = 0.0;
    for (int i = 0; i < rows; i++) {
        for (int j = 0; j < rows; j++) {
            const double *upper = weight + i * columns, *lower = weight + j * columns;
            const int k = filled(lower, columns);
            int less = 0;
            for (int c = 0; c < columns; c++) {
                less += lower[c] > 0.0 && lower[c] < upper[c];
            }
            sum += k > 0 && filled(upper, columns) > k ? (double) less / k : 0.0;
            *pairs += i < j && k > 0 && filled(upper, columns) > 0;
        }
    }
    return sum;
}
