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

/* How two sets of sizes a and b lie, when `common` of them is in both; `meet`: however little. */
static mlg_perimeter_relation relation(double common, double a, double b, bool meet, tolerance t)
{
    const bool in_b = a - common <= t.a, in_a = b - common <= t.b;

    if (common <= t.both && !meet) {
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

static mlg_perimeter_relation at_both_ends(mlg_ends ends, bool meet,
                                           tolerance (*tolerance_of)(double a, double b))
{
    const mlg_perimeter_relation at_most =
        relation(ends.most, ends.most_a, ends.most_b, meet, tolerance_of(ends.most_a, ends.most_b));
    const mlg_perimeter_relation at_least =
        relation(ends.low, ends.low_a, ends.low_b, meet, tolerance_of(ends.low_a, ends.low_b));
    return at_most == at_least ? at_most : MLG_UNDETERMINED;
}

/* Has it something of its own, of which each unit is of unknown population, as few others are? */
static bool is_own_unknown(const mlg_overlap *o, const mlg_extent *whole)
{
    const double left = whole->units - o->most.units;
    const double unknown = whole->unknown - o->most.unknown;
    return mlg_few_unknown(whole->unknown, whole->units) && unknown > 0.0 &&
           left <= unknown + ROUNDING * whole->units &&
           whole->people - o->most.people <= ROUNDING * whole->people;
}

mlg_perimeter_relation mlg_relation_of(const mlg_overlap *o, const mlg_extent *a,
                                       const mlg_extent *b)
{
    const mlg_perimeter_relation met =
        at_both_ends(mlg_overlap_units(o, a, b), o->meet, rounding_of);
    return met == MLG_CROSSING && (is_own_unknown(o, a) || is_own_unknown(o, b)) ? MLG_UNDETERMINED
                                                                                 : met;
}

mlg_perimeter_relation mlg_relation_but_slivers(const mlg_overlap *o, const mlg_extent *a,
                                                const mlg_extent *b)
{
    const bool people = mlg_few_unknown(a->unknown, a->units) &&
                        mlg_few_unknown(b->unknown, b->units) && a->people > 0.0 && b->people > 0.0;
    return at_both_ends(people ? mlg_overlap_people(o, a, b) : mlg_overlap_units(o, a, b), o->meet,
                        sliver_of);
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
