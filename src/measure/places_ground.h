/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PLACES_GROUND_H
#define MLG_MEASURE_PLACES_GROUND_H

#include "maillage/text.h"
#include "measure/locations.h"

/* Units with inhabitants, and how many things lie in each. */
typedef struct mlg_places_ground {
    int32_t n;
    int32_t *unit;    /* [n] of the perimeters */
    int32_t *of_unit; /* [n_units] index, or -1 */
    double *people;   /* [n] share of all inhabitants */
    double all_people;
    double *things;  /* [n] that lie in it alone */
    double *divided; /* [n] with the parts of those that lie in several */
    double located, spread, elsewhere, left_out;
    double outside;   /* units that the study has beside its own territory */
    mlg_text_key why; /* why nothing is told of these things, or T_none */
} mlg_places_ground;

/* Freed by mlg_places_ground_free() whatever the answer. */
mlg_status mlg_places_ground_make(const mlg_perimeters *perimeters, mlg_places_ground *g,
                                  mlg_error *err) MLG_MUST_CHECK;
void mlg_places_ground_free(mlg_places_ground *g);
/* Counts things anew: those marked in `in` [things], or all (NULL). `none`: why, when there are
 * none of them. */
void mlg_places_ground_put(const mlg_locations *places, const bool *in, mlg_text_key none,
                           mlg_places_ground *g);

#endif
