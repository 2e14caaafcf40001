/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_workload.h"

#include <math.h>

double slow_matrix_correlation(const char *a, const char *b, int n)
{
    double pairs = 0, sum_a = 0, sum_b = 0, cross = 0, spread_a = 0, spread_b = 0;
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
            pairs++;
            sum_a += a[i * n + j];
            sum_b += b[i * n + j];
        }
    }
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
            const double x = a[i * n + j] - sum_a / pairs, y = b[i * n + j] - sum_b / pairs;
            cross += x * y;
            spread_a += x * x;
            spread_b += y * y;
        }
    }
    return spread_a > 0 && spread_b > 0 ? cross / sqrt(spread_a * spread_b) : NAN;
}

static int overlap(const char *a, const char *b, int n, const int *order)
{
    int both = 0;
    for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
            both += a[i * n + j] && b[order[i] * n + order[j]];
        }
    }
    return both;
}

/* All orders by swapping each place with those after it. */
static void each_order(const char *a, const char *b, int n, int *order, int at, int observed,
                       double *all, double *extreme)
{
    if (at == n) {
        (*all)++;
        *extreme += overlap(a, b, n, order) >= observed;
        return;
    }
    for (int k = at; k < n; k++) {
        const int here = order[at];
        order[at] = order[k];
        order[k] = here;
        each_order(a, b, n, order, at + 1, observed, all, extreme);
        order[k] = order[at];
        order[at] = here;
    }
}

double slow_matrix_p(const char *a, const char *b, int n)
{
    int order[8] = {0};
    double all = 0, extreme = 0;
    for (int i = 0; i < n; i++) {
        order[i] = i;
    }
    each_order(a, b, n, order, 0, overlap(a, b, n, order), &all, &extreme);
    return extreme / all;
}

double slow_load_gini(const double *x, int n)
{
    double sum = 0, apart = 0;
    for (int i = 0; i < n; i++) {
        sum += x[i];
        for (int j = 0; j < n; j++) {
            apart += fabs(x[i] - x[j]);
        }
    }
    return apart / (2.0 * n * sum);
}

double slow_cramer(const double *table, int rows, int columns)
{
    double row[16] = {0}, column[16] = {0}, n = 0, chi2 = 0;
    int used_rows = 0, used_columns = 0;
    for (int r = 0; r < rows; r++) {
        for (int c = 0; c < columns; c++) {
            row[r] += table[r * columns + c];
            column[c] += table[r * columns + c];
            n += table[r * columns + c];
        }
    }
    for (int r = 0; r < rows; r++) {
        used_rows += row[r] > 0;
        for (int c = 0; c < columns; c++) {
            const double expected = row[r] * column[c] / n;
            const double off = table[r * columns + c] - expected;
            chi2 += expected > 0 ? off * off / expected : 0;
        }
    }
    for (int c = 0; c < columns; c++) {
        used_columns += column[c] > 0;
    }
    const int least = (used_rows < used_columns ? used_rows : used_columns) - 1;
    return least > 0 ? sqrt(chi2 / (n * least)) : NAN;
}
