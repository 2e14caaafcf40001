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

/* Adds what the shares a and b of one unit of so many inhabitants have in common; pieces of one
 * scale whose shares sum to at most 1 are neighbours in the unit and have nothing in common. */
void mlg_overlap_add(mlg_overlap *to, double a, double b, bool one_scale, double people);

bool mlg_perimeters_one_scale(const mlg_perimeters *perimeters, int32_t a, int32_t b);

/* What two perimeters have in common, in any order. Cost: O(parts of both). */
mlg_overlap mlg_overlap_of(const mlg_perimeters *perimeters, int32_t a, int32_t b);

/* The same of one pair with any weight of units [n_units]; NaN: left out and counted. */
typedef struct mlg_weighing {
    double a, b;      /* the whole of each */
    double most, low; /* in common */
    double unknown;   /* units of either without a weight */
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
