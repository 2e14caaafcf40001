/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_FUNDERS_H
#define MLG_MEASURE_FUNDERS_H

#include "measure/scheme_set.h"

typedef enum mlg_funded { MLG_FUNDS_SCHEME, MLG_FUNDS_POST, MLG_FUNDS_ACTIVITY } mlg_funded;
enum { MLG_N_FUNDED = 3 };

/* One funder of one thing, as a row of the study says it. */
typedef struct mlg_funder_row {
    mlg_funded kind;
    mlg_id target; /* a party, or an activity */
    mlg_id funder; /* an organisation */
    bool direct;   /* false: of a post or an activity of the scheme */
    double amount, share;
    double days; /* it lasts, NaN when a date is unknown */
} mlg_funder_row;

typedef struct mlg_funders {
    mlg_funder_row *items; /* by kind, target and funder */
    size_t n, room;
    double targets[MLG_N_FUNDED]; /* schemes, posts and activities that could have a funder */
} mlg_funders;

/* Rows of funding.csv in force at the study's date, funders of the posts in force, funders of the
 * activities of its last 12 months. Empty after a failure. */
mlg_status mlg_funders_of(const mlg_model *model, const mlg_scheme_set *schemes, mlg_funders *out,
                          mlg_error *err) MLG_MUST_CHECK;
void mlg_funders_free(mlg_funders *funders);

#endif
