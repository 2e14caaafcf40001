/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/funders.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/seats.h"
#include "measure/tenure.h"

typedef struct survey {
    const mlg_model *model;
    const mlg_scheme_set *schemes;
    mlg_funders *out;
    bool failed; /* no memory */
} survey;

static void add(survey *s, mlg_funder_row row)
{
    mlg_funders *out = s->out;
    s->failed = s->failed || !mlg_grow(&out->items, &out->room, out->n + 1, sizeof *out->items);
    if (!s->failed) {
        out->items[out->n++] = row;
    }
}

/* Whoever funds a part of a scheme is one of its funders. */
static void add_to_schemes(survey *s, mlg_funder_row row, const mlg_id *schemes, size_t n)
{
    row.kind = MLG_FUNDS_SCHEME;
    row.direct = false;
    for (size_t i = 0; i < n; i++) {
        if (mlg_scheme_place(s->schemes, schemes[i]) >= 0) {
            row.target = schemes[i];
            add(s, row);
        }
    }
}

static void add_activity(survey *s, mlg_funder_row row)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(s->model, row.target, &n);
    row.kind = MLG_FUNDS_ACTIVITY;
    add(s, row);
    add_to_schemes(s, row, schemes, n);
}

static mlg_funder_row funder_row(const mlg_model *model, mlg_id funder, mlg_id target)
{
    return (mlg_funder_row){.target = target,
                            .funder = model->party_organisation[funder],
                            .direct = true,
                            .amount = NAN,
                            .share = NAN,
                            .days = NAN};
}

/* ---- the four places ------------------------------------------------------------------------ */

/* Days of an interval whose ends are both known; a year alone is the whole year. */
static double days_of(const mlg_model *model, int32_t row)
{
    const int32_t first = mlg_get_span(model, C_funding_start, row).first;
    const int32_t last = mlg_get_span(model, C_funding_end, row).last;
    return first != MLG_EVER_FIRST && last != MLG_EVER_LAST && last >= first
               ? (double) last - first + 1.0
               : NAN;
}

static void read_funding_row(survey *s, int32_t at)
{
    const mlg_model *model = s->model;
    const mlg_id target = mlg_get_id(model, C_funding_target, at);
    mlg_funder_row row = funder_row(model, mlg_get_id(model, C_funding_funder, at), target);
    const char *text = mlg_names_text(&model->parties, target);
    const mlg_id activity = mlg_names_find(&model->activities, text, strlen(text));

    row.amount = mlg_get_number(model, C_funding_amount, at);
    row.share = mlg_get_number(model, C_funding_share, at);
    row.days = days_of(model, at);
    if (mlg_scheme_place(s->schemes, target) >= 0) {
        row.kind = MLG_FUNDS_SCHEME;
        add(s, row);
    } else if ((model->party_flags[target] & MLG_IS_POST) != 0) {
        const int32_t post = model->party_post_row[target];
        size_t n = 0;
        const mlg_id *schemes = post >= 0 ? mlg_get_list(model, C_posts_scheme, post, &n) : NULL;
        if (post >= 0 && mlg_holds_at_date(model, MLG_POSTS, post)) {
            row.kind = MLG_FUNDS_POST;
            add(s, row);
            add_to_schemes(s, row, schemes, n);
        }
    } else if (activity >= 0 && mlg_activity_is_recent(model, activity)) {
        row.target = activity;
        add_activity(s, row);
    }
}

static void read_funding(survey *s)
{
    const mlg_model *model = s->model;
    for (int32_t row = 0; row < model->rows[MLG_FUNDING].n; row++) {
        if (mlg_get_id(model, C_funding_funder, row) >= 0 &&
            mlg_get_id(model, C_funding_target, row) >= 0 &&
            mlg_holds_at_date(model, MLG_FUNDING, row)) {
            read_funding_row(s, row);
        }
    }
}

static void read_posts(survey *s)
{
    const mlg_model *model = s->model;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        size_t n = 0, n_schemes = 0;
        const mlg_id *funders = mlg_get_list(model, C_posts_funder, row, &n);
        const mlg_id *schemes = mlg_get_list(model, C_posts_scheme, row, &n_schemes);
        const mlg_id post = mlg_get_id(model, C_posts_id, row);
        if (post < 0 || !mlg_holds_at_date(model, MLG_POSTS, row)) {
            continue;
        }
        s->out->targets[MLG_FUNDS_POST] += model->party_post_row[post] == row;
        for (size_t i = 0; i < n; i++) {
            mlg_funder_row add_row = funder_row(model, funders[i], post);
            add_row.kind = MLG_FUNDS_POST;
            add(s, add_row);
            add_to_schemes(s, add_row, schemes, n_schemes);
        }
    }
}

static void visit_seat(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const mlg_model *model = s->model;
    if (reading->fate == MLG_ROW_COUNTS && reading->row.table == MLG_PARTICIPATIONS &&
        mlg_get_id(model, C_participations_role, reading->row.row) == MLG_CODE_OF(role, funder) &&
        mlg_activity_is_recent(model, reading->activity)) {
        mlg_funder_row row = funder_row(model, reading->party[0], reading->activity);
        row.funder = reading->subject[0] >= 0 ? reading->subject[0] : row.funder;
        row.amount = mlg_get_number(model, C_participations_amount, reading->row.row);
        add_activity(s, row);
    }
}

static void read_activities(survey *s)
{
    const mlg_model *model = s->model;
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        const int32_t row = model->activity_row[a];
        size_t n = 0;
        const mlg_id *funders =
            row >= 0 ? mlg_get_list(model, C_activities_funders, row, &n) : NULL;
        if (!mlg_activity_is_recent(model, a)) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            add_activity(s, funder_row(model, funders[i], a));
        }
    }
}

static int by_target(const void *left, const void *right)
{
    const mlg_funder_row *a = left, *b = right;
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->target != b->target) {
        return a->target < b->target ? -1 : 1;
    }
    if (a->funder != b->funder) {
        return a->funder < b->funder ? -1 : 1;
    }
    if (a->direct != b->direct) {
        return a->direct ? -1 : 1;
    }
    if (isnan(a->amount) || isnan(b->amount)) {
        return isnan(a->amount) - isnan(b->amount);
    }
    return a->amount < b->amount ? -1 : a->amount > b->amount; /* sums keep one order */
}

/* Actions could have a funder; of other activities, those that have one. */
static double count_fundable(const mlg_model *model, const mlg_funders *funders)
{
    const int32_t action = MLG_CODE_OF(activity_kind, action);
    double n = 0.0;
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        n += mlg_activity_is_recent(model, a) &&
             mlg_activity_code(model, C_activities_kind, a) == action;
    }
    for (size_t i = 0; i < funders->n; i++) {
        const mlg_funder_row *row = &funders->items[i];
        const bool first = i == 0 || row[-1].kind != row->kind || row[-1].target != row->target;
        n += first && row->kind == MLG_FUNDS_ACTIVITY &&
             mlg_activity_code(model, C_activities_kind, row->target) != action;
    }
    return n;
}

mlg_status mlg_funders_of(const mlg_model *model, const mlg_scheme_set *schemes, mlg_funders *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {model, schemes, out, false};

    *out = (mlg_funders){0};
    out->targets[MLG_FUNDS_SCHEME] = (double) schemes->n;
    read_funding(&s);
    read_posts(&s);
    read_activities(&s);
    TRY(mlg_seats_each(model, MLG_BY_ORGANISATION, visit_seat, &s, err));
    if (s.failed) {
        FAIL(err, MLG_ENOMEM, "scheme.funding: no memory for its funders");
    }
    if (out->n > 0) {
        qsort(out->items, out->n, sizeof *out->items, by_target);
    }
    out->targets[MLG_FUNDS_ACTIVITY] = count_fundable(model, out);
out:
    if (status != MLG_OK) {
        mlg_funders_free(out);
    }
    return status;
}

void mlg_funders_free(mlg_funders *funders)
{
    mlg_free(funders->items);
    *funders = (mlg_funders){0};
}
