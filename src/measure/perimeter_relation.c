/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/perimeter_relation.h"

#include <math.h>

/* A leftover below this part of its perimeter is rounding, not territory: shares are
 * decimals of a few digits, summed over at most 1e5 units. */
static const double ROUNDING = 1e-9;

/* What may be left of the first, of the second, and of both, and still be nothing. */
typedef struct tolerance {
    double a, b, both;
} tolerance;

static tolerance rounding_of(double a, double b)
{
    return (tolerance){ROUNDING * a, ROUNDING * b, ROUNDING * fmin(a, b)};
}

static tolerance sliver_of(double a, double b)
{
    const double sliver = MLG_SLIVER_SHARE * fmin(a, b);
    return (tolerance){sliver, sliver, sliver};
}

/* How two sets of sizes a and b lie, when `common` of them is in both. */
static mlg_perimeter_relation relation(double common, double a, double b, tolerance t)
{
    const bool in_b = a - common <= t.a, in_a = b - common <= t.b;

    if (common <= t.both) {
        return MLG_DISJOINT;
    }
    if (in_a && in_b) {
        return MLG_EQUAL;
    }
    if (in_b) {
        return MLG_A_IN_B;
    }
    return in_a ? MLG_B_IN_A : MLG_CROSSING;
}

static mlg_perimeter_relation at_both_ends(double most, double least, double a, double b,
                                           tolerance t)
{
    const mlg_perimeter_relation at_most = relation(most, a, b, t);
    return at_most == relation(least, a, b, t) ? at_most : MLG_UNDETERMINED;
}

mlg_perimeter_relation mlg_relation_of(const mlg_overlap *o, const mlg_extent *a,
                                       const mlg_extent *b)
{
    return at_both_ends(o->most.units, o->units_low, a->units, b->units,
                        rounding_of(a->units, b->units));
}

mlg_perimeter_relation mlg_relation_but_slivers(const mlg_overlap *o, const mlg_extent *a,
                                                const mlg_extent *b)
{
    const bool people =
        a->unknown == 0.0 && b->unknown == 0.0 && a->people > 0.0 && b->people > 0.0;
    return people ? at_both_ends(o->most.people, o->people_low, a->people, b->people,
                                 sliver_of(a->people, b->people))
                  : at_both_ends(o->most.units, o->units_low, a->units, b->units,
                                 sliver_of(a->units, b->units));
}

int32_t *mlg_unit_scales(const mlg_model *model, const mlg_perimeters *perimeters)
{
    int32_t *scale = mlg_alloc((size_t) perimeters->n, sizeof *scale);
    for (int32_t p = 0; scale != NULL && p < perimeters->n; p++) {
        const mlg_csr *covers = &perimeters->covers;
        scale[p] = MLG_NO_SCALE;
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            const int32_t row = model->territory_row[perimeters->unit[covers->target[i]]];
            const int32_t own = row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
            if (own < 0 || (i > covers->offset[p] && own != scale[p])) {
                scale[p] = MLG_NO_SCALE;
                break;
            }
            scale[p] = own;
        }
    }
    return scale;
}
