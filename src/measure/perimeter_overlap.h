/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PERIMETER_OVERLAP_H
#define MLG_MEASURE_PERIMETER_OVERLAP_H

#include "measure/perimeters.h"

/* How much of something lies in a set. Where two perimeters hold parts a and b of a unit,
 * what they have in common is between max(0, a + b - 1) and min(a, b): the headline is the
 * most, `..._low` the least. */
typedef struct mlg_extent {
    double units;   /* sum of shares */
    double people;  /* inhabitants of those units whose population is known */
    double unknown; /* units, whole or in part, of unknown population */
} mlg_extent;

/* What two perimeters a < b have in common. */
typedef struct mlg_overlap {
    int32_t a, b;
    mlg_extent most;
    double units_low, people_low;
} mlg_overlap;

/* Called with each pair that holds a common unit, by a, then by b. */
typedef void mlg_overlap_visit(void *with, const mlg_overlap *overlap);

/* All pairs with a common unit: the sparse product of the perimeters with themselves, a
 * row at a time, never the square of their number. Pieces of one scale whose shares sum to
 * at most 1 are neighbours in the unit and have nothing in common there.
 * Cost: O(sum over units of the square of the perimeters that hold it), O(n) memory. */
mlg_status mlg_overlaps_each(const mlg_perimeters *perimeters, mlg_overlap_visit *visit, void *with,
                             mlg_error *err) MLG_MUST_CHECK;

/* The same, then as many of the pairs without a common unit, by a and b, as bring the number
 * of visits to `least`. */
mlg_status mlg_overlaps_at_least(const mlg_perimeters *perimeters, size_t least,
                                 mlg_overlap_visit *visit, void *with,
                                 mlg_error *err) MLG_MUST_CHECK;

/* The same of one pair, in any order. Cost: O(parts of both). */
mlg_overlap mlg_overlap_of(const mlg_perimeters *perimeters, int32_t a, int32_t b);

/* The same of one pair with any weight of units [n_units]; NaN: left out and counted. */
typedef struct mlg_weighing {
    double a, b;      /* the whole of each */
    double most, low; /* in common */
    double unknown;   /* units of either without a weight */
} mlg_weighing;

mlg_weighing mlg_overlap_weighed(const mlg_perimeters *perimeters, const double *weight, int32_t a,
                                 int32_t b);

/* Does some perimeter hold a part of a unit? */
bool mlg_perimeters_in_parts(const mlg_perimeters *perimeters);

/* The whole of each perimeter: [n], or NULL when memory is short. */
mlg_extent *mlg_extents_of(const mlg_perimeters *perimeters);

#endif
