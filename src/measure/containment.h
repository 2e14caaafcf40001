/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CONTAINMENT_H
#define MLG_MEASURE_CONTAINMENT_H

#include "measure/perimeters.h"

/* A square table of some perimeters: which share of each row's lies in each column's. */
typedef struct mlg_containment {
    int32_t n;
    mlg_id *territory; /* [n] the largest first */
    double *share;     /* [n * n] row by row; parts of units overlap as much as they can; NaN:
                          by inhabitants, and none of the row's is known */
    bool *open;        /* [n * n] they may overlap less */
    bool by_people; /* shares of known inhabitants; false, of units: more than a few are unknown */
    double units, unknown; /* units of the perimeters to choose from; of unknown population */
    bool of_schemes;       /* perimeters of schemes; false, of any territory: fewer than two are */
    int32_t left_out;      /* perimeters that there was no room for */
} mlg_containment;

/* At most `room` perimeters, those with the most inhabitants (units). Empty below two. */
mlg_status mlg_containment_of(const mlg_model *model, int32_t room, mlg_containment *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_containment_free(mlg_containment *table);

#endif
