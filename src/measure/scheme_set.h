/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SCHEME_SET_H
#define MLG_MEASURE_SCHEME_SET_H

#include "measure/context.h"

/* A scheme in force at the study's date, and how it is coordinated. */
typedef struct mlg_scheme {
    mlg_id id;
    int32_t named;   /* different coordinators known by name */
    int32_t unnamed; /* coordination posts whose holder is unknown */
    int32_t vacant;  /* coordination posts said to be vacant */
} mlg_scheme;

typedef struct mlg_scheme_set {
    mlg_scheme *items; /* [n], by id */
    size_t n;
    int32_t *place; /* [parties] index among the items, or -1 */
} mlg_scheme_set;

/* A scheme with rows in schemes.csv counts when one of them is in force; one that is only named
 * elsewhere counts. Where the study has a territory of its own, a scheme that is known to lie
 * wholly outside it does not (mlg_outside_of). The set is empty after a failure. */
mlg_status mlg_schemes_of(const mlg_model *model, mlg_scheme_set *out,
                          mlg_error *err) MLG_MUST_CHECK;
void mlg_schemes_free(mlg_scheme_set *set);

/* Place of a party in the set, -1 for what is no scheme in force. */
static inline int32_t mlg_scheme_place(const mlg_scheme_set *set, mlg_id party)
{
    return party >= 0 ? set->place[party] : -1;
}

#endif
