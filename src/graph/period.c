/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fail.h"
#include "base/memory.h"
#include "graph/rows.h"
#include "model/span.h"

mlg_when mlg_when_of(const mlg_view *view, mlg_span start, mlg_span end)
{
    if (!mlg_span_known(start) && !mlg_span_known(end)) {
        return MLG_UNDATED;
    }
    return start.first <= view->to && end.last >= view->from ? MLG_INSIDE : MLG_OUTSIDE;
}

mlg_when mlg_when_row(const mlg_model *model, const mlg_view *view, mlg_column start,
                      mlg_column end, int32_t row)
{
    return mlg_when_of(view, mlg_get_span(model, start, row), mlg_get_span(model, end, row));
}

mlg_status mlg_when_activities(const mlg_model *model, const mlg_view *view, uint8_t **out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint8_t *when = mlg_zalloc(model->activities.n, sizeof *when); /* MLG_UNDATED */

    *out = when;
    TRY_ALLOC(err, when);
    for (int32_t row = 0; row < model->rows[MLG_ACTIVITIES].n; row++) {
        const int32_t activity = mlg_get_id(model, C_activities_id, row);
        const mlg_when now = mlg_when_row(model, view, C_activities_start, C_activities_end, row);
        if (activity >= 0 && when[activity] != MLG_INSIDE && now != MLG_UNDATED) {
            when[activity] = (uint8_t) now;
        }
    }
out:
    return status;
}
