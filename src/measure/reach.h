/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_REACH_H
#define MLG_MEASURE_REACH_H

#include "measure/perimeters.h"
#include "measure/value.h"

/* Who lives where posts act. */
typedef struct mlg_reach {
    const mlg_model *model;
    mlg_perimeters perimeters;
    double all_people; /* of the units the study counts, where the population is known */
    double *share;     /* [n_units] of each unit, 0: not marked */
} mlg_reach;

/* Closed by mlg_reach_close() whatever the answer. */
mlg_status mlg_reach_open(mlg_reach *reach, const mlg_model *model, mlg_error *err) MLG_MUST_CHECK;
void mlg_reach_close(mlg_reach *reach);
/* Forgets what was marked. */
void mlg_reach_clear(mlg_reach *reach);
/* Marks where a row of posts.csv acts: its own territory, else those of its schemes. Of a unit that
 * is in several in part, the largest of its shares: which residents they have in common, no table
 * says. */
void mlg_reach_mark(mlg_reach *reach, int32_t row);
/* Marks the territory of a scheme, by its row in force. */
void mlg_reach_mark_scheme(mlg_reach *reach, mlg_id scheme);
/* How many units are marked. */
int32_t mlg_reach_units(const mlg_reach *reach);
/* Inhabitants of what is marked, in proportion to its share of each unit; NaN when none is known.
 */
double mlg_reach_people(const mlg_reach *reach);

#endif
