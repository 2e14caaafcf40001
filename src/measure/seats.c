/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/seats.h"

#include "base/fail.h"
#include "measure/tenure.h"

mlg_status mlg_seats_each(const mlg_model *model, mlg_by by, mlg_row_visit *visit, void *context,
                          mlg_error *err)
{
    return mlg_seats_between(model, mlg_recent_days(model), by, visit, context, err);
}

mlg_status mlg_seats_between(const mlg_model *model, mlg_span period, mlg_by by,
                             mlg_row_visit *visit, void *context, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_view view = {.source = MLG_FROM_PARTICIPATIONS,
                           .by = by,
                           .from = period.first,
                           .to = period.last,
                           .kind = -1};
    mlg_id *into = NULL;
    uint8_t *when = NULL;
    mlg_reader reader;

    TRY(mlg_collapse_parties(model, &view, &into, err));
    TRY(mlg_when_activities(model, &view, &when, err));
    TRY(mlg_reader_open(&reader, model, &view, into, when, err));
    mlg_reader_each(&reader, visit, context);
out:
    mlg_free(into);
    mlg_free(when);
    return status;
}

bool mlg_activity_is_recent(const mlg_model *model, mlg_id activity)
{
    const int32_t row = model->activity_row[activity];
    return row < 0 ||
           mlg_is_recent(model, (mlg_span){mlg_get_span(model, C_activities_start, row).first,
                                           mlg_get_span(model, C_activities_end, row).last});
}

const mlg_id *mlg_activity_schemes(const mlg_model *model, mlg_id activity, size_t *n)
{
    const int32_t row = model->activity_row[activity];
    *n = 0;
    return row >= 0 ? mlg_get_list(model, C_activities_schemes, row, n) : NULL;
}

int32_t mlg_activity_code(const mlg_model *model, mlg_column column, mlg_id activity)
{
    const int32_t row = model->activity_row[activity];
    return row >= 0 ? mlg_get_id(model, column, row) : -1;
}
