/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SETS_OF_H
#define MLG_MEASURE_SETS_OF_H

#include <stdint.h>

/* How many sets of k among n: whole at each step, and so exact up to 2^53. */
static inline double mlg_sets_of(int32_t n, int32_t k)
{
    double sets = n < k ? 0.0 : 1.0;
    for (int32_t i = 0; i < k && i < n; i++) {
        sets = sets * (n - i) / (i + 1);
    }
    return sets;
}

#endif
