/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_INVOLVEMENT_SEATS_H
#define MLG_MEASURE_INVOLVEMENT_SEATS_H

#include "measure/context.h"

/* Who attends each activity in the 12 months up to the study's date, each once, and how many of
 * them are residents or speak for residents. */
typedef struct mlg_seat_counts {
    double *seats, *residents; /* [activities] */
} mlg_seat_counts;

/* Empty after a failure. */
mlg_status mlg_seat_counts_of(const mlg_model *model, mlg_seat_counts *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_seat_counts_free(mlg_seat_counts *counts);

#endif
