/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_RECIPROCITY_H
#define MLG_MEASURE_RECIPROCITY_H

#include "model/model.h"

/* Rows of participations.csv, one an activity, by which scheme a sits in the activities of b;
 * at most `room` of them, *n: how many there are. MLG_OK or MLG_ENOMEM. */
mlg_status mlg_reciprocity_rows(const mlg_model *model, mlg_id a, mlg_id b, int32_t *rows,
                                size_t room, size_t *n, mlg_error *err) MLG_MUST_CHECK;

#endif
