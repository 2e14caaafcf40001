/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/rows.h"

#include <math.h>

#include "base/fail.h"
#include "model/span.h"

/* Columns of activities.csv that stand for participations, and the role they say. */
static const struct {
    mlg_column column;
    int32_t role;
} shortcuts[] = {
    {C_activities_carriers, MLG_CODE_OF(role, carrier)},
    {C_activities_funders, MLG_CODE_OF(role, funder)},
    {C_activities_partners, MLG_CODE_OF(role, partner)},
};
enum { N_SHORTCUTS = sizeof shortcuts / sizeof *shortcuts };

mlg_status mlg_reader_open(mlg_reader *reader, const mlg_model *model, const mlg_view *view,
                           const mlg_id *into, const uint8_t *activity_when, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *reader = (mlg_reader){model, view, into, activity_when, {{0}}};
    for (size_t i = 0; i < view->n_conditions; i++) {
        TRY(mlg_condition_compile(model, &view->condition[i], &reader->test[i], err));
    }
out:
    return status;
}

static mlg_table_id table_of(const mlg_test *test)
{
    return mlg_schema_field(test->column)->table;
}

/* ---- ties ------------------------------------------------------------------ */

static bool tie_meets(const mlg_reader *reader, int32_t row)
{
    const mlg_model *model = reader->model;
    const mlg_view *view = reader->view;
    if (view->kind >= 0 && mlg_get_id(model, C_ties_kind, row) != view->kind) {
        return false;
    }
    for (size_t i = 0; i < view->n_conditions; i++) {
        if (table_of(&reader->test[i]) == MLG_TIES &&
            !mlg_test_holds(model, &reader->test[i], row)) {
            return false;
        }
    }
    return mlg_get_id(model, C_ties_from, row) >= 0 && mlg_get_id(model, C_ties_to, row) >= 0;
}

static void each_tie(const mlg_reader *reader, mlg_row_visit *visit, void *context)
{
    const mlg_model *model = reader->model;
    for (int32_t row = 0; row < model->rows[MLG_TIES].n; row++) {
        if (!tie_meets(reader, row)) {
            continue;
        }
        const mlg_id from = mlg_get_id(model, C_ties_from, row);
        const mlg_id to = mlg_get_id(model, C_ties_to, row);
        const mlg_when when = mlg_when_row(model, reader->view, C_ties_start, C_ties_end, row);
        const mlg_reading reading = {
            .row = {MLG_TIES, row},
            .fate = when == MLG_OUTSIDE ? MLG_ROW_OUTSIDE : MLG_ROW_COUNTS,
            .undated = when == MLG_UNDATED,
            .party = {from, to},
            .subject = {reader->into[from], reader->into[to]},
            .activity = -1,
            .behalf = -1,
            .weight = mlg_get_number(model, C_ties_weight, row),
            .kind = mlg_get_id(model, C_ties_kind, row),
            .arc = mlg_get_id(model, C_ties_directed, row) == 1,
        };
        visit(context, &reading);
    }
}

/* ---- participations -------------------------------------------------------- */

/* Conditions on the activity look at its row in force; those on the participation at the
 * row itself, or, for a shortcut, at the role its column says. */
static bool seat_meets(const mlg_reader *reader, int32_t row, int32_t role, mlg_id activity)
{
    const mlg_model *model = reader->model;
    for (size_t i = 0; i < reader->view->n_conditions; i++) {
        const mlg_test *test = &reader->test[i];
        bool holds = false;
        if (table_of(test) == MLG_ACTIVITIES) {
            const int32_t at = model->activity_row[activity];
            holds = at >= 0 && mlg_test_holds(model, test, at);
        } else if (row >= 0) {
            holds = mlg_test_holds(model, test, row);
        } else {
            holds = test->column == C_participations_role && mlg_test_holds_id(test, role);
        }
        if (!holds) {
            return false;
        }
    }
    return true;
}

/* Does any participation say whether somebody was there? A sheet of attendance says it by a
 * mark in a column; a mere list of members leaves the column out, or empty throughout. */
static bool presence_is_kept(const mlg_model *model)
{
    bool kept = false;
    for (int32_t row = 0; !kept && row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        kept = mlg_get_id(model, C_participations_present, row) >= 0;
    }
    return kept;
}

/* A row without a day and without a mark of presence lists a member. Where dated rows of the same
 * body say who came, it is no meeting; where none does, it is all there is and counts as one, as it
 * does of an activity of a single day, which is then its own. Who
 * carries, funds or is partner of an activity takes part in it without a day, as by the shortcuts
 * of activities.csv. */
static bool is_membership(const mlg_model *model, int32_t row, mlg_id activity)
{
    const int32_t role = mlg_get_id(model, C_participations_role, row);
    for (size_t s = 0; s < N_SHORTCUTS; s++) {
        if (role == shortcuts[s].role) {
            return false;
        }
    }
    return model->activity_attended[activity] &&
           mlg_get_id(model, C_participations_present, row) < 0 &&
           !mlg_span_known(mlg_get_span(model, C_participations_date, row));
}

static void each_participation(const mlg_reader *reader, mlg_row_visit *visit, void *context)
{
    const mlg_model *model = reader->model;
    const bool kept = presence_is_kept(model);
    for (int32_t row = 0; row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        const mlg_id actor = mlg_get_id(model, C_participations_actor, row);
        const mlg_id behalf = mlg_get_id(model, C_participations_on_behalf_of, row);
        const mlg_id activity = mlg_get_id(model, C_participations_activity, row);
        if (activity < 0 || actor < 0 || !seat_meets(reader, row, -1, activity)) {
            continue;
        }
        const mlg_span date = mlg_get_span(model, C_participations_date, row);
        const mlg_when when = mlg_span_known(date) ? mlg_when_of(reader->view, date, date)
                                                   : (mlg_when) reader->activity_when[activity];
        const int32_t present = mlg_get_id(model, C_participations_present, row);
        const bool represented = present == MLG_CODE_OF(presence, represented);
        const mlg_id subject =
            mlg_collapse_seat(model, reader->view->by, reader->into, actor, behalf, represented);
        const bool absent = present == MLG_CODE_OF(presence, no) ||
                            present == MLG_CODE_OF(presence, excused) ||
                            (represented && subject < 0);
        const mlg_reading reading = {
            .row = {MLG_PARTICIPATIONS, row},
            .fate = when == MLG_OUTSIDE                   ? MLG_ROW_OUTSIDE
                    : is_membership(model, row, activity) ? MLG_ROW_MEMBER
                    : absent                              ? MLG_ROW_ABSENT
                                                          : MLG_ROW_COUNTS,
            .undated = when == MLG_UNDATED,
            .presence_unknown = kept && present < 0,
            .party = {actor, -1},
            .subject = {subject, -1},
            .activity = activity,
            .behalf = behalf,
            .weight = NAN,
            .kind = -1,
        };
        visit(context, &reading);
    }
}

static void each_shortcut(const mlg_reader *reader, mlg_row_visit *visit, void *context)
{
    const mlg_model *model = reader->model;
    for (int32_t row = 0; row < model->rows[MLG_ACTIVITIES].n; row++) {
        const mlg_id activity = mlg_get_id(model, C_activities_id, row);
        const mlg_when when =
            mlg_when_row(model, reader->view, C_activities_start, C_activities_end, row);
        for (size_t s = 0; s < N_SHORTCUTS && activity >= 0; s++) {
            size_t n = 0;
            const mlg_id *parties = mlg_get_list(model, shortcuts[s].column, row, &n);
            for (size_t i = 0; i < n && seat_meets(reader, -1, shortcuts[s].role, activity); i++) {
                const mlg_reading reading = {
                    .row = {MLG_ACTIVITIES, row},
                    .fate = when == MLG_OUTSIDE ? MLG_ROW_OUTSIDE : MLG_ROW_COUNTS,
                    .undated = when == MLG_UNDATED,
                    .party = {parties[i], -1},
                    .subject = {reader->into[parties[i]], -1},
                    .activity = activity,
                    .behalf = -1,
                    .weight = NAN,
                    .kind = -1,
                };
                visit(context, &reading);
            }
        }
    }
}

/* ---- both ------------------------------------------------------------------ */

void mlg_reader_each(const mlg_reader *reader, mlg_row_visit *visit, void *context)
{
    if (reader->view->source == MLG_FROM_TIES) {
        each_tie(reader, visit, context);
    } else {
        each_participation(reader, visit, context);
        each_shortcut(reader, visit, context);
    }
}

static size_t shortcut_count(const mlg_model *model)
{
    size_t count = 0;
    for (int32_t row = 0; row < model->rows[MLG_ACTIVITIES].n; row++) {
        for (size_t s = 0; s < N_SHORTCUTS; s++) {
            size_t n = 0;
            (void) mlg_get_list(model, shortcuts[s].column, row, &n);
            count += n;
        }
    }
    return count;
}

bool mlg_has_shortcuts(const mlg_model *model)
{
    return shortcut_count(model) > 0;
}

size_t mlg_reader_bound(const mlg_model *model, mlg_source source)
{
    return source == MLG_FROM_TIES
               ? (size_t) model->rows[MLG_TIES].n
               : (size_t) model->rows[MLG_PARTICIPATIONS].n + shortcut_count(model);
}
