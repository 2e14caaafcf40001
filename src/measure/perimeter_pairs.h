/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PERIMETER_PAIRS_H
#define MLG_MEASURE_PERIMETER_PAIRS_H

#include "measure/perimeter_overlap.h"

/* Called with each pair that holds a common unit, by b, then by a. */
typedef void mlg_overlap_visit(void *with, const mlg_overlap *overlap);

/* All pairs with a common unit: the sparse product of the perimeters with themselves, a
 * row at a time, never the square of their number. Pieces of one scale whose shares sum to
 * at most 1 are neighbours in the unit and have nothing in common there.
 * Cost: O(sum over units of the square of the perimeters that hold it), O(n) memory. */
mlg_status mlg_overlaps_each(const mlg_perimeters *perimeters, mlg_overlap_visit *visit, void *with,
                             mlg_error *err) MLG_MUST_CHECK;

/* The same, then as many of the pairs without a common unit, by b and a, as bring the number
 * of visits to `least`. */
mlg_status mlg_overlaps_at_least(const mlg_perimeters *perimeters, size_t least,
                                 mlg_overlap_visit *visit, void *with,
                                 mlg_error *err) MLG_MUST_CHECK;

#endif
