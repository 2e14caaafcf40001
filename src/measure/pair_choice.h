/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PAIR_CHOICE_H
#define MLG_MEASURE_PAIR_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "maillage/error.h"

/* Which pairs a test looks at when there are too many: those that would meet most often, by the
 * product of their sizes (numbers of activities), which no draw changes. */

/* a and b: numbers of the two, a before b in the order of sizes. */
typedef bool mlg_pair_wanted(const void *with, int32_t a, int32_t b);

typedef struct mlg_pair_choice {
    const uint32_t *size; /* [n] of size 0: of no pair */
    int32_t n;
    int32_t largest; /* only so many of the largest are looked at; 0: all */
    mlg_pair_wanted *wanted;
    const void *with;
    size_t room;    /* pairs kept */
    bool count_all; /* look at every pair, to know how many are wanted */
} mlg_pair_choice;

typedef struct mlg_chosen_pair {
    double product;
    int32_t a, b;
} mlg_chosen_pair;

typedef struct mlg_chosen_pairs {
    mlg_chosen_pair *items; /* [n] largest product first; equal ones by size, then number */
    size_t n;
    double wanted; /* pairs that are wanted; with count_all only */
} mlg_chosen_pairs;

/* Zeroed before; the caller gives items to mlg_free() whatever the answer.
 * Cost: O(n + pairs looked at). */
mlg_status mlg_pairs_choose(const mlg_pair_choice *choice, mlg_chosen_pairs *out,
                            mlg_error *err) MLG_MUST_CHECK;

#endif
