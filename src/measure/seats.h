/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SEATS_H
#define MLG_MEASURE_SEATS_H

#include "graph/rows.h"

/* Who takes part in what over the 12 months up to the study's date, for measures of the study
 * itself: the reading of rows is the one that views use. */

/* Visits each row of participations.csv, and each carrier, funder and partner of activities.csv,
 * with its fate. */
mlg_status mlg_seats_each(const mlg_model *model, mlg_by by, mlg_row_visit *visit, void *context,
                          mlg_error *err) MLG_MUST_CHECK;

/* The same over another period. */
mlg_status mlg_seats_between(const mlg_model *model, mlg_span period, mlg_by by,
                             mlg_row_visit *visit, void *context, mlg_error *err) MLG_MUST_CHECK;

/* Is an activity of these 12 months, by its row in force? One without a row or a date is. */
bool mlg_activity_is_recent(const mlg_model *model, mlg_id activity);
/* Its schemes; *n = 0 when none is known. */
const mlg_id *mlg_activity_schemes(const mlg_model *model, mlg_id activity, size_t *n);
/* A code of its row in force, or -1. */
int32_t mlg_activity_code(const mlg_model *model, mlg_column column, mlg_id activity);

#endif
