/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "measure/value.h"

typedef struct ranked {
    double p;
    size_t row;
} ranked;

/* Largest p first; rows of one p in their order, so that the sort is the same everywhere. */
static int by_falling_p(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->p != b->p) {
        return a->p > b->p ? -1 : 1;
    }
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Step-up of Benjamini and Hochberg (1995): the k-th smallest of m is multiplied by m / k,
 * and no p may exceed a larger one's. */
mlg_status mlg_adjust_p(const double *p, size_t n, double *adjusted, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t m = 0;
    double least = 1.0;
    ranked *rows = mlg_alloc(n, sizeof *rows);

    TRY_ALLOC(err, rows);
    for (size_t i = 0; i < n; i++) {
        adjusted[i] = NAN;
        if (!isnan(p[i])) {
            rows[m++] = (ranked){.p = p[i], .row = i};
        }
    }
    qsort(rows, m, sizeof *rows, by_falling_p);
    for (size_t i = 0; i < m; i++) {
        least = fmin(least, rows[i].p * (double) m / (double) (m - i));
        adjusted[rows[i].row] = least;
    }
out:
    mlg_free(rows);
    return status;
}
