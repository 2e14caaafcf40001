/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_LOCATIONS_H
#define MLG_MEASURE_LOCATIONS_H

#include "measure/perimeters.h"

/* What has places: activities of the 12 months up to the study's date, each once, and sites in
 * force, each pair of actor and territory once. */
typedef enum mlg_located { MLG_LOCATED_ACTIVITIES, MLG_LOCATED_SITES } mlg_located;

/* Where things are. A thing is shared equally among the territories it names, and the part of
 * each among its units by inhabitants (where none are known, by their parts of the territory). */
typedef struct mlg_locations {
    mlg_csr at;       /* thing that says where -> its units, weights that sum to 1 */
    mlg_id *thing;    /* [things] which: an activity, or the actor of a site */
    mlg_id *reach;    /* [things] of an activity: the territory of all its schemes, when it is one;
                         else -1 */
    int32_t unplaced; /* things that do not say where */
} mlg_locations;

mlg_status mlg_locations_of(const mlg_model *model, const mlg_perimeters *perimeters,
                            mlg_located what, mlg_locations *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_locations_free(mlg_locations *places);

/* The one unit a thing lies in, or -1: it lies in several. */
static inline int32_t mlg_location_unit(const mlg_locations *places, int32_t thing)
{
    const uint32_t first = places->at.offset[thing];
    return mlg_csr_degree(&places->at, thing) == 1 ? places->at.target[first] : -1;
}

/* Is every unit of a territory part of another? */
bool mlg_territory_lies_in(const mlg_model *model, mlg_id territory, mlg_id other);

/* Does a row of activities.csv, of the 12 months, lie wholly in a territory? */
bool mlg_activity_lies_in(const mlg_model *model, int32_t row, mlg_id territory);

#endif
