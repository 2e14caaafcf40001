/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_ACTIONS_H
#define MLG_MEASURE_ACTIONS_H

#include "measure/seats.h"

/* Is an activity of the 12 months an action, or does its cell of that list say something? */
static inline bool mlg_is_action(const mlg_model *model, mlg_id activity, mlg_column says)
{
    const int32_t row = model->activity_row[activity];
    size_t n = 0;
    if (row < 0 || !mlg_activity_is_recent(model, activity)) {
        return false;
    }
    (void) mlg_get_list(model, says, row, &n);
    return n > 0 || mlg_get_id(model, C_activities_kind, row) == MLG_CODE_OF(activity_kind, action);
}

#endif
