/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_URN_SUM_H
#define MLG_MEASURE_URN_SUM_H

#include <stddef.h>
#include <stdint.h>

#include "maillage/error.h"

/* The exact distribution of a sum of independent draws without replacement: `drawn[i]` balls of
 * an urn of `all`, of which `marked` count. Chances below 1e-290 at either end are left out. */
typedef struct mlg_urn_sum {
    int64_t low;    /* the smallest sum kept */
    size_t n;       /* sums kept */
    double *chance; /* [n] of low, low + 1 ... */
} mlg_urn_sum;

/* Multiplications it takes, near enough. Cost: O(n). */
double mlg_urn_sum_terms(uint32_t all, uint32_t marked, const uint32_t *drawn, size_t n);
/* `out` is empty after a failure. Cost: O(terms). */
mlg_status mlg_urn_sum_of(uint32_t all, uint32_t marked, const uint32_t *drawn, size_t n,
                          mlg_urn_sum *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_urn_sum_free(mlg_urn_sum *sum);

#endif
