/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_THIRDS_H
#define MLG_MEASURE_THIRDS_H

#include <stdbool.h>
#include <stdint.h>

/* Things that bear on one, two or all of three fields, each counted once: a half in each of
 * two, a third in each of three. Could they be so uneven had each chosen its fields at random,
 * keeping how many it has? */
typedef struct mlg_thirds {
    int32_t one, two, all; /* things with so many fields */
    int64_t sixths[3];     /* of a thing, in each field */
} mlg_thirds;

/* Adds a thing whose fields are the bits of `fields` (1 to 7). */
void mlg_thirds_add(mlg_thirds *thirds, unsigned fields);

static inline int32_t mlg_thirds_n(const mlg_thirds *thirds)
{
    return thirds->one + thirds->two + thirds->all;
}

/* (1 - sum of squared shares) * 3 / 2; NaN for nothing. */
double mlg_thirds_evenness(const mlg_thirds *thirds);
/* Its mean when fields are chosen at random. */
double mlg_thirds_expected(const mlg_thirds *thirds);
/* Is it small enough for every outcome to be looked at? */
bool mlg_thirds_is_small(const mlg_thirds *thirds);
/* Chance of being at least as uneven, over all outcomes; only when small. */
double mlg_thirds_p(const mlg_thirds *thirds);
/* The same from draws; `what` and `which` name their stream. */
double mlg_thirds_draw_p(const mlg_thirds *thirds, uint64_t seed, const char *what,
                         const char *which, uint32_t draws);

#endif
