/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CARRIED_H
#define MLG_MEASURE_CARRIED_H

#include "measure/context.h"

/* Which activities go on without the coordinations of their schemes: somebody else carries or
 * coordinates them, on record in activities.csv or, over the 12 months, in participations.csv.
 * Those who coordinate a scheme at the study's date are not somebody else, nor are the
 * organisations that they belong to, are employed by or work in the service of (where none is on
 * record, those that carry the scheme). [activities]; given to mlg_free() whatever the answer. */
mlg_status mlg_carried_elsewhere(const mlg_model *model, bool **out, mlg_error *err) MLG_MUST_CHECK;

#endif
