/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PERIMETERS_H
#define MLG_MEASURE_PERIMETERS_H

#include "graph/csr.h"
#include "model/model.h"

/* The territories whose extent means something at the study's date -- those of schemes,
 * and all that have a perimeter -- and the units they are made of. Where the study has a territory
 * of its own, a perimeter is there when it holds a unit of it, at least in part; then the whole of
 * it, what lies across the border too. */
typedef struct mlg_perimeters {
    int32_t n;
    mlg_id *territory; /* [n] ascending */
    bool *of_scheme;   /* [n] a scheme in force names it */
    int32_t *kind;     /* [n] of its schemes, else its scale; negative: unknown, or schemes of
                          several kinds */
    int32_t *kinds;    /* [n] number of the set of kinds that its schemes have, else its scale;
                          negative: one is unknown. Two are of one kind when both are equal, >= 0 */
    int32_t *scale;    /* [n] code, -1 unknown */
    mlg_csr covers;    /* perimeter -> units, weight = share; no entry is 0 */
    double *least;     /* [entries of covers] the least each share may be; NULL: all are known */
    int32_t
        n_elsewhere; /* perimeters that are not there: wholly outside the study's own territory */
    bool in_parts;   /* some perimeter holds a part of a unit */
    bool *tiled; /* [entries of covers] the pieces of the perimeter's scale in the unit sum to at
                    most 1, so that they are neighbours there; NULL: not in parts, or not known */

    int32_t n_units;
    mlg_id *unit;            /* [n_units] ascending */
    double *population;      /* [n_units] NaN when unknown */
    double *area, *need;     /* [n_units] NaN when unknown, and where no weight: not above 0 (area),
                                below 0 (need) */
    bool has_area, has_need; /* some unit has one */
    bool *counts;      /* [n_units] one of the smallest territories the study uses: it is part of
                          a perimeter, or of the same scale as one that is */
    bool *asked;       /* [n_units] counts, and lies at least in part in the study's own territory,
                          where it has one: what rates of coverage are over */
    int32_t n_outside; /* units that count, are not asked, and that a perimeter holds */
    int32_t *unit_of;  /* [territories] the unit a territory is, or -1 */
} mlg_perimeters;

/* The share of a unit: known where both are one. */
typedef struct mlg_share {
    double least, most;
} mlg_share;

static inline mlg_share mlg_share_at(const mlg_perimeters *perimeters, uint32_t entry)
{
    const double most = perimeters->covers.weight[entry];
    return (mlg_share){perimeters->least != NULL ? perimeters->least[entry] : most, most};
}

mlg_status mlg_perimeters_of(const mlg_model *model, mlg_perimeters *out,
                             mlg_error *err) MLG_MUST_CHECK;
void mlg_perimeters_free(mlg_perimeters *perimeters);
/* Row of a territory among them, or -1. Cost: O(log n). */
int32_t mlg_perimeter_at(const mlg_perimeters *perimeters, mlg_id territory);

/* Which territories are known to lie wholly outside the study's own one: those with units that the
 * study counts, none of them in it. [territories], or NULL where there are none; the caller frees.
 */
mlg_status mlg_outside_of(const mlg_model *model, bool **outside, mlg_error *err) MLG_MUST_CHECK;

#endif
