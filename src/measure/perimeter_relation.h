/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PERIMETER_RELATION_H
#define MLG_MEASURE_PERIMETER_RELATION_H

#include "maillage/scale.h"
#include "measure/perimeter_overlap.h"

/* A leftover below this part of the smaller perimeter's inhabitants is a sliver. */
#define MLG_SLIVER_SHARE 0.01

/* How the two perimeters of an overlap lie. Where parts of units leave a choice, the relation
 * must hold at both ends of it; between them it then holds too, since each of its conditions is
 * one inequality on what they have in common, or on what one holds beside it: least of it where
 * most is in common, most where least is. Two that cross only by units of unknown population, in a
 * perimeter where at most one unit in ten is (codes of merged municipalities, say), are
 * undetermined: such a unit may be part of another by now. */
mlg_perimeter_relation mlg_relation_of(const mlg_overlap *o, const mlg_extent *a,
                                       const mlg_extent *b);

/* The same once slivers are left out, in known inhabitants; in units where more than one in ten is
 * of unknown population, or nobody lives in one of the two. What they have in common may be a
 * sliver too. */
mlg_perimeter_relation mlg_relation_but_slivers(const mlg_overlap *o, const mlg_extent *a,
                                                const mlg_extent *b);

/* Schemes of the same kinds name both, or both are of one scale and no scheme names them. */
static inline bool mlg_are_of_one_kind(const mlg_perimeters *perimeters, int32_t a, int32_t b)
{
    return perimeters->kinds[a] >= 0 && perimeters->kinds[a] == perimeters->kinds[b];
}

enum { MLG_NO_SCALE = -1 }; /* units of unknown or several scales */

/* Scale of all units of each perimeter [n]; the caller frees. NULL when memory is short. */
int32_t *mlg_unit_scales(const mlg_model *model, const mlg_perimeters *perimeters);

/* One is made of municipalities, the other of regions, say, and no table links the two: that they
 * have no unit in common tells nothing. */
static inline bool mlg_beyond_compare(const int32_t *unit_scale, int32_t a, int32_t b)
{
    return unit_scale[a] != MLG_NO_SCALE && unit_scale[b] != MLG_NO_SCALE &&
           unit_scale[a] != unit_scale[b];
}

#endif
