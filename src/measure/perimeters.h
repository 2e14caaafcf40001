/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PERIMETERS_H
#define MLG_MEASURE_PERIMETERS_H

#include "graph/csr.h"
#include "model/model.h"

/* The territories whose extent means something at the study's date -- those of schemes,
 * and all that have a perimeter -- and the units they are made of. */
typedef struct mlg_perimeters {
    int32_t n;
    mlg_id *territory; /* [n] ascending */
    bool *of_scheme;   /* [n] a scheme in force names it */
    int32_t *kind;     /* [n] of its schemes, else its scale; negative: unknown, or schemes of
                          several kinds. Two perimeters are of one kind when both are equal and >= 0 */
    int32_t *scale;    /* [n] code, -1 unknown */
    mlg_csr covers;    /* perimeter -> units, weight = share; no entry is 0 */
    bool in_parts;     /* some perimeter holds a part of a unit */

    int32_t n_units;
    mlg_id *unit;            /* [n_units] ascending */
    double *population;      /* [n_units] NaN when unknown */
    double *area, *need;     /* [n_units] NaN when unknown, and where no weight: not above 0 (area),
                                below 0 (need) */
    bool has_area, has_need; /* some unit has one */
    bool *counts;     /* [n_units] one of the smallest territories the study uses: it is part of
                         a perimeter, or of the same scale as one that is */
    int32_t *unit_of; /* [territories] the unit a territory is, or -1 */
} mlg_perimeters;

mlg_status mlg_perimeters_of(const mlg_model *model, mlg_perimeters *out,
                             mlg_error *err) MLG_MUST_CHECK;
void mlg_perimeters_free(mlg_perimeters *perimeters);

#endif
