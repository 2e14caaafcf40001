/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_HYPERGEOMETRIC_H
#define MLG_MEASURE_HYPERGEOMETRIC_H

#include <stdint.h>

/* P(X <= x) and P(X >= x). */
typedef struct mlg_tails {
    double less, greater;
} mlg_tails;

/* Of `all` others, `inside` are marked; `once` + `twice` of them are drawn without
 * replacement, and X = marked among the first + 2 times marked among the second. With
 * twice = 0 it is the hypergeometric distribution. Exact to rounding: chances are ratios
 * of neighbours from the likeliest on, never differences or factorials.
 * Cost: O((once + 1) (twice + 1)). */
mlg_tails mlg_two_weight_tails(uint32_t all, uint32_t inside, uint32_t once, uint32_t twice,
                               uint32_t x);

/* Chances of each number of marked ones among `drawn` of `all`, of which `inside` are marked, from
 * the fewest there can be to the most. `chance` has room for them. */
void mlg_urn_chances(uint32_t all, uint32_t inside, uint32_t drawn, double *chance);

#endif
