/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_UNION_FIND_H
#define MLG_MEASURE_UNION_FIND_H

#include <stdint.h>

/* Sets as trees in one array: a row names another of its set, or is the root of it and holds what
 * the set weighs as -1 - weight. */

/* The root of a row's set; rows on the way get nearer to it. */
static inline int32_t mlg_set_root(int32_t *set, int32_t row)
{
    int32_t next = set[row];
    while (next >= 0) {
        const int32_t beyond = set[next];
        if (beyond < 0) {
            return next;
        }
        set[row] = beyond;
        row = beyond;
        next = set[row];
    }
    return row;
}

static inline int32_t mlg_set_weight(const int32_t *set, int32_t root)
{
    return -1 - set[root];
}

/* Hangs the lighter of two roots under the heavier, the second under the first when they weigh the
 * same. Answers the root that is left. */
static inline int32_t mlg_set_join(int32_t *set, int32_t a, int32_t b)
{
    const int32_t weight = mlg_set_weight(set, a) + mlg_set_weight(set, b);
    const int32_t root = mlg_set_weight(set, b) > mlg_set_weight(set, a) ? b : a;
    set[a + b - root] = root;
    set[root] = -1 - weight;
    return root;
}

#endif
