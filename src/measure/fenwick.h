/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_FENWICK_H
#define MLG_MEASURE_FENWICK_H

#include <stdint.h>

/* Counts by number 1..size and their partial sums, in a tree [size + 1] that starts as zeros
 * (P. M. Fenwick 1994). */

/* `by` may be 0u - 1u: one less. */
static inline void mlg_fenwick_add(uint32_t *tree, uint32_t size, uint32_t at, uint32_t by)
{
    for (; at <= size; at += at & -at) {
        tree[at] += by;
    }
}

/* How many there are from 1 to `at`. */
static inline uint32_t mlg_fenwick_sum(const uint32_t *tree, uint32_t at)
{
    uint32_t sum = 0;
    for (; at > 0; at -= at & -at) {
        sum += tree[at];
    }
    return sum;
}

#endif
