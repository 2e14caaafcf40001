/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_ONLY_BRIDGE_H
#define MLG_MEASURE_ONLY_BRIDGE_H

#include "measure/sittings.h"

/* Pairs of organisations that meet in activities of the 12 months up to the study's date. */
typedef struct mlg_meets {
    double pairs; /* that share an activity */
    double only;  /* of them: steering committees alone */
    double cut;   /* of them: no chain of other activities leads from one to the other */
} mlg_meets;

/* One steering committee with somebody on record. */
typedef struct mlg_bridge_body {
    mlg_id activity;
    mlg_meets sectors; /* pairs without a common sector that sit in it; that share nothing else */
    double members;
    double groups;    /* other activities of its schemes with somebody on record */
    double in_groups; /* its members that sit in one of them; NaN without groups */
} mlg_bridge_body;

typedef struct mlg_only_bridge {
    mlg_text_key why;              /* nothing can be said */
    mlg_meets all, sectors;        /* of any two organisations; of two of known sectors, none in
                              common */
    double steering, steering_all; /* committees: with somebody on record, and all */
    double others, others_all;     /* the other activities */
    double schemes, linked, linked_only; /* pairs of schemes with an organisation in common */
    mlg_bridge_body *bodies;
    size_t n_bodies;
} mlg_only_bridge;

/* Empty after a failure. `force`: however many pairs. */
mlg_status mlg_only_bridge_of(const mlg_model *model, bool force, mlg_only_bridge *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_only_bridge_free(mlg_only_bridge *bridge);

#endif
