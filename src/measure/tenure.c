/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/tenure.h"

#include <math.h>

/* The same day a year before, plus one: with the study's date the last 12 months. */
static int32_t a_year_before(int32_t day)
{
    int year, month, day_of_month;
    mlg_day_split(day, &year, &month, &day_of_month);
    if (month == 2 && day_of_month == 29) {
        day_of_month = 28;
    }
    return mlg_day_of(year - 1, month, day_of_month) + 1;
}

mlg_span mlg_recent_days(const mlg_model *model)
{
    return model->date == MLG_NO_DATE ? (mlg_span){MLG_EVER_FIRST, MLG_EVER_LAST}
                                      : (mlg_span){a_year_before(model->date), model->date};
}

bool mlg_is_recent(const mlg_model *model, mlg_span span)
{
    const mlg_span year = mlg_recent_days(model);
    return span.first <= year.last && span.last >= year.first;
}

static mlg_status add(mlg_tenures *out, mlg_tenure tenure, mlg_error *err)
{
    if (!mlg_grow(&out->items, &out->room, out->n + 1, sizeof *out->items)) {
        return mlg_fail(err, MLG_ENOMEM, "posts: no memory for %zu of them", out->n + 1);
    }
    out->items[out->n++] = tenure;
    return MLG_OK;
}

static mlg_status from_posts(const mlg_model *model, mlg_tenures *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t coordinator = MLG_CODE_OF(role, coordinator);

    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0;
        const int32_t *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
        if (!mlg_holds_at_date(model, MLG_POSTS, row)) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            const mlg_tenure tenure = {
                .scheme = schemes[i],
                .holder = mlg_get_id(model, C_posts_person, row),
                .post = mlg_get_id(model, C_posts_id, row),
                .row = row,
                .coordinates = mlg_get_id(model, C_posts_role, row) == coordinator,
                .fte = mlg_get_number(model, C_posts_fte, row),
            };
            TRY(add(out, tenure, err));
        }
    }
out:
    return status;
}

static mlg_span span_of(const mlg_model *model, int32_t row, int32_t activity)
{
    const mlg_span date = mlg_get_span(model, C_participations_date, row);

    if (date.first != MLG_EVER_FIRST || date.last != MLG_EVER_LAST || activity < 0) {
        return date;
    }
    return (mlg_span){mlg_get_span(model, C_activities_start, activity).first,
                      mlg_get_span(model, C_activities_end, activity).last};
}

static bool is_scheme(const mlg_model *model, mlg_id party)
{
    return party >= 0 && (model->party_flags[party] & MLG_IS_SCHEME) != 0;
}

/* Who coordinates an activity coordinates its schemes, or the one it speaks for. A
 * coordinator excused from one meeting coordinates still: presence is not asked. */
static mlg_status from_participations(const mlg_model *model, mlg_tenures *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t coordinator = MLG_CODE_OF(role, coordinator);

    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        const mlg_id activity = mlg_get_id(model, C_participations_activity, row);
        const int32_t known = activity >= 0 ? model->activity_row[activity] : -1;
        const mlg_id behalf = mlg_get_id(model, C_participations_on_behalf_of, row);
        const mlg_id actor = mlg_get_id(model, C_participations_actor, row);
        const int32_t *schemes = &behalf;
        size_t n = 1;

        if (mlg_get_id(model, C_participations_role, row) != coordinator ||
            !mlg_is_recent(model, span_of(model, row, known))) {
            continue;
        }
        if (!is_scheme(model, behalf)) {
            schemes = known >= 0 ? mlg_get_list(model, C_activities_schemes, known, &n) : NULL;
            n = schemes != NULL ? n : 0;
        }
        for (size_t i = 0; i < n; i++) {
            const mlg_tenure tenure = {
                .scheme = schemes[i],
                .holder = actor >= 0 || is_scheme(model, behalf) ? actor : behalf,
                .post = -1,
                .row = row,
                .coordinates = true,
                .fte = NAN,
            };
            TRY(add(out, tenure, err));
        }
    }
out:
    return status;
}

mlg_status mlg_tenures_of(const mlg_model *model, mlg_tenures *out, mlg_error *err)
{
    return model->rows[MLG_POSTS].n > 0 ? from_posts(model, out, err)
                                        : from_participations(model, out, err);
}
