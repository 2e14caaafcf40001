/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_POISSON_BINOMIAL_H
#define MLG_MEASURE_POISSON_BINOMIAL_H

#include <stddef.h>
#include <stdint.h>

#include "measure/hypergeometric.h"

/* How many of independent trials succeed, each with its own chance. */

/* Chances of 0 .. most successes into out[0 .. most], and of more into out[most + 1]: trial i is
 * made times[i] times (NULL: once) with chance p[i]. Exact to rounding, tails too: chances are
 * added and multiplied, never subtracted. `room` [2 (most + 2)].
 * Cost: O(n most) where trials are single, O(n most^2 log times) where not. */
void mlg_poisson_binomial(const double *p, const uint32_t *times, size_t n, uint32_t most,
                          double *out, double *room);

/* P(X <= x) and P(X >= x) from those chances, for x <= most. */
mlg_tails mlg_poisson_binomial_tails(const double *chance, uint32_t most, uint32_t x);

#endif
