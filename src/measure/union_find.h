/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_UNION_FIND_H
#define MLG_MEASURE_UNION_FIND_H

#include <stdint.h>

/* Sets as trees in one array: a row names another of its set, or is the root of it and holds what
 * the set weighs as -1 - weight. */

/* Each row a set of its own, of weight one. */
static inline void mlg_set_open(int32_t *set, int32_t n)
{
    for (int32_t row = 0; row < n; row++) {
        set[row] = -2;
    }
}

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

/* Joins the sets of two rows, if they are not one already. */
static inline void mlg_set_unite(int32_t *set, int32_t a, int32_t b)
{
    a = mlg_set_root(set, a);
    b = mlg_set_root(set, b);
    if (a != b) {
        mlg_set_join(set, a, b);
    }
}

/* Writes over each row the number of its set, sets in the order of their first rows; answers how
 * many there are. */
static inline int32_t mlg_set_number(int32_t *set, int32_t n)
{
    int32_t sets = 0;
    for (int32_t row = 0; row < n; row++) { /* each names its root, a root has no number yet: -1 */
        set[row] = set[row] < 0 ? -1 : mlg_set_root(set, row);
    }
    for (int32_t row = 0; row < n; row++) {
        int32_t *const root = &set[set[row] < 0 ? row : set[row]];
        *root = *root == -1 ? -2 - sets++ : *root;
    }
    for (int32_t row = 0; row < n; row++) {
        set[row] = set[row] < 0 ? set[row] : -2 - set[set[row]];
    }
    for (int32_t row = 0; row < n; row++) {
        set[row] = set[row] < 0 ? -2 - set[row] : set[row];
    }
    return sets;
}

#endif
