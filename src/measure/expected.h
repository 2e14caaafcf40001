/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_EXPECTED_H
#define MLG_MEASURE_EXPECTED_H

#include "model/model.h"

/* What study.csv announces by number only: `expected.activities.CLS-CAEN;26`,
 * `expected.schemes.kind=rlps;12`, `expected.activities.CLS-CAEN.kind=action;26`. */
typedef struct mlg_expected {
    mlg_table_id table;
    char owner[256];   /* the scheme, activity or territory the rows belong to, or "" */
    mlg_scope scope;   /* of the owner */
    mlg_id owner_id;   /* -1 without owner */
    mlg_column column; /* C_NONE: no filter */
    const char *value; /* of the column */
    double n;          /* announced */
} mlg_expected;

/* A key of study.csv after "expected.", NULL where the row says something else. */
const char *mlg_expected_key(const mlg_model *model, int32_t row);
/* Reads such a row; false when its table, owner, column or number is none. */
bool mlg_expected_read(const mlg_model *model, int32_t row, mlg_expected *said);

#endif
