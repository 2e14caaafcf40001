/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_VINTAGES_H
#define MLG_MEASURE_VINTAGES_H

#include "measure/perimeters.h"

enum { MLG_MOST_CHANGES = 64 }; /* days of change that are looked at, the latest */

/* What a territory was made of from a day on. */
typedef struct mlg_vintage {
    mlg_id territory;
    int32_t day;    /* MLG_EVER_FIRST: before the first change */
    uint32_t begin; /* parts in `unit` and `share`, units ascending; n = 0: it was not there */
    uint32_t n;
} mlg_vintage;

/* The states of every territory that perimeters.csv takes apart, at the days up to the study's
 * own at which a row of it begins, or is no longer in force. */
typedef struct mlg_vintages {
    int32_t *day; /* [n_days] ascending */
    size_t n_days;
    size_t days_left_out; /* earlier ones */
    mlg_vintage *items;   /* [n] by day, then territory; one a state that differs from the last */
    size_t n, room;
    int32_t *unit; /* numbers of perimeters->unit */
    double *share;
    size_t used, unit_room, share_room;
    int32_t *latest; /* [territories] item in force last, or -1: none */
    int32_t *into;   /* [units] the unit that it is since it changed code, itself where it did not;
                        NULL: without a day */
    double recoded;  /* units that only changed code (recodes.c) */
} mlg_vintages;

mlg_status mlg_vintages_of(const mlg_model *model, const mlg_perimeters *perimeters,
                           mlg_vintages *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_vintages_free(mlg_vintages *vintages);

/* Whole of a state, and what two states have in common, as the shares are written. */
typedef struct mlg_vintage_change {
    double units_before, units_after, units_common;
    double people_before, people_after, people_common;
    double entered, left; /* units that grew or are new; that shrank or are gone */
    double people_entered, people_left;
    double unknown; /* units of unknown population among those of either state */
} mlg_vintage_change;

mlg_vintage_change mlg_vintage_compare(const mlg_vintages *vintages,
                                       const mlg_perimeters *perimeters, const mlg_vintage *before,
                                       const mlg_vintage *after);

#endif
