/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TENURE_H
#define MLG_MEASURE_TENURE_H

#include "measure/context.h"

/* One row of posts.csv in force at the study's date, for one of its schemes. Without
 * posts.csv, one participation as coordinator, for one scheme of its activity. */
typedef struct mlg_tenure {
    mlg_id scheme;
    mlg_id holder;    /* who holds it: a person (an actor, without posts.csv), MLG_VACANT, or
                         -1: unknown */
    mlg_id post;      /* -1 where the row gives none */
    int32_t row;      /* of posts.csv or participations.csv */
    bool coordinates; /* its role is to coordinate */
    double fte;       /* of the row, NaN when unknown */
} mlg_tenure;

typedef struct mlg_tenures {
    mlg_tenure *items; /* by row */
    size_t n, room;
} mlg_tenures;

/* Zeroed before; the caller gives items to mlg_free() whatever the answer. */
mlg_status mlg_tenures_of(const mlg_model *model, mlg_tenures *out, mlg_error *err) MLG_MUST_CHECK;

/* The 12 months that end on the study's date; without one, all of time. */
mlg_span mlg_recent_days(const mlg_model *model);

/* Does a span of days reach into the 12 months that end on the study's date? An event is
 * in force for a year: a coordination is seen when a body meets. */
bool mlg_is_recent(const mlg_model *model, mlg_span span);

/* Is a row in force at the study's date (without one, the last day a row begins)? */
static inline bool mlg_holds_at_date(const mlg_model *model, mlg_table_id table, int32_t row)
{
    return mlg_row_in_force(model, table, row, model->day);
}

#endif
