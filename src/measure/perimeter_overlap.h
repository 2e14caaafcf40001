/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PERIMETER_OVERLAP_H
#define MLG_MEASURE_PERIMETER_OVERLAP_H

#include "measure/perimeters.h"

/* How much of something lies in a set. Where two perimeters hold parts a and b of a unit,
 * what they have in common is between max(0, a + b - 1) and min(a, b): the headline is the
 * most, `..._low` the least. */
typedef struct mlg_extent {
    double units;                     /* sum of shares */
    double people;                    /* inhabitants of those units whose population is known */
    double unknown;                   /* units, whole or in part, of unknown population */
    double units_least, people_least; /* of a whole: below, where shares are unknown */
} mlg_extent;

/* Where shares are unknown, a perimeter's own size is too. Of each of the two: how much more of it,
 * at its largest, lies in the other than is in common at least; how much less of it, at its
 * smallest, than at most. */
typedef struct mlg_doubt {
    double kept_a, kept_b, lost_a, lost_b;
} mlg_doubt;

/* What two perimeters a < b have in common. */
typedef struct mlg_overlap {
    int32_t a, b;
    mlg_extent most;
    double units_low, people_low;
    mlg_doubt units, people; /* 0 where shares are known */
    bool meet;               /* they do, however small the unknown share */
} mlg_overlap;

/* Adds what the shares a and b of one unit of so many inhabitants have in common; `tiled`:
 * pieces whose shares sum to at most 1 are neighbours in the unit and have nothing in common. */
void mlg_overlap_add(mlg_overlap *to, mlg_share a, mlg_share b, bool tiled, double people);

/* What is in common at most and at least, and how large each of the two then is. Known shares: each
 * is as large at both ends. */
typedef struct mlg_ends {
    double most, most_a, most_b, low, low_a, low_b;
} mlg_ends;

mlg_ends mlg_overlap_units(const mlg_overlap *o, const mlg_extent *a, const mlg_extent *b);
mlg_ends mlg_overlap_people(const mlg_overlap *o, const mlg_extent *a, const mlg_extent *b);

/* Are a and b of one scale, whose pieces tile the unit of this entry of one of them? Where they sum
 * to more than the unit, any two may overlap. */
bool mlg_perimeters_tile(const mlg_perimeters *perimeters, int32_t a, int32_t b, uint32_t entry);

/* What two perimeters have in common, in any order. Cost: O(parts of both). */
mlg_overlap mlg_overlap_of(const mlg_perimeters *perimeters, int32_t a, int32_t b);

/* The same of one pair with any weight of units [n_units]; NaN: left out and counted. */
typedef struct mlg_weighing {
    mlg_ends ends;
    bool meet;
    double unknown; /* units of either without a weight */
} mlg_weighing;

mlg_weighing mlg_overlap_weighed(const mlg_perimeters *perimeters, const double *weight, int32_t a,
                                 int32_t b);

/* Shares are of known inhabitants while so few units that they would hardly change them are of
 * unknown population: at most one in ten. Beyond, shares are of units. */
static inline bool mlg_few_unknown(double unknown, double units)
{
    return 10.0 * unknown <= units;
}

/* The whole of each perimeter: [n], or NULL when memory is short. */
mlg_extent *mlg_extents_of(const mlg_perimeters *perimeters);

#endif
