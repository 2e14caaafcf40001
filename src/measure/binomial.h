/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BINOMIAL_H
#define MLG_MEASURE_BINOMIAL_H

#include <stdint.h>

/* X of n trials that each succeed with one chance. */
typedef struct mlg_binomial {
    double less, greater; /* P(X <= x), P(X >= x) */
    double two;           /* min(1, twice the smaller) */
    uint32_t low, high;   /* first counts that P(X <= .) reaches 2.5 and 97.5 % at */
} mlg_binomial;

/* Exact to rounding: chances are ratios of neighbours from the likeliest on, so that nothing
 * overflows and small tails keep their digits. 0 <= chance <= 1, x <= n.
 * Cost: O(min(n, 80 sd)). */
mlg_binomial mlg_binomial_of(uint32_t n, double chance, uint32_t x);

#endif
