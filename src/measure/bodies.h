/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BODIES_H
#define MLG_MEASURE_BODIES_H

#include "graph/rows.h"
#include "measure/context.h"

/* An activity that sits, over the 12 months up to the study's date: it says its power, or it is
 * a committee, a group, a plenary... and no action, service, training, event, call, agreement,
 * alert, assessment or directory. */
typedef struct mlg_body {
    mlg_id activity;
    int32_t power, level; /* codes, -1: not recorded */
    bool residents;       /* they sit in it */
    bool known;           /* its attendance is recorded, or residents are known to sit */
} mlg_body;

typedef struct mlg_bodies {
    mlg_body *items; /* by activity */
    size_t n;
    int32_t *attendances; /* [parties] in bodies, of residents and of those who speak for them */
} mlg_bodies;

/* Is an activity a body, by its row? */
bool mlg_is_body(const mlg_model *model, mlg_id activity);

/* Do residents or users speak through a party, by its own row: of that kind, of their sector (alone
 * or among others), or a users' group or residents' council by its type? */
bool mlg_is_resident_party(const mlg_model *model, mlg_id party);

/* Does a row seat residents, whoever speaks for them, or a user representative? A carrier or a
 * partner does when it, or the organisation it is of, is such a party. */
bool mlg_is_resident_seat(const mlg_model *model, const mlg_reading *reading);

/* The bodies are none after a failure. */
mlg_status mlg_bodies_of(const mlg_model *model, mlg_bodies *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_bodies_free(mlg_bodies *bodies);

#endif
