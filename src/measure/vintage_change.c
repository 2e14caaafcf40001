/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/fit.h"
#include "measure/context.h"
#include "measure/summary.h"
#include "measure/vintage_breaks.h"
#include "measure/vintage_moves.h"

static const char *const id = "scale.vintage_change";

/* What happened on one day. */
typedef struct change {
    double changed, created, ended;
    double entered, left, people; /* units, and inhabitants of those that entered or left */
    mlg_breaks breaks;
} change;

typedef struct survey {
    const mlg_model *model;
    const mlg_perimeters *perimeters;
    mlg_vintages vintages;
    mlg_broken broken;
    change *changes; /* [days] */
    int32_t *first;  /* [territories] first state that is not empty, or -1 */
    int32_t *last;   /* [territories] last such state */
    int32_t *times;  /* [territories] changes from one such state to another */
} survey;

/* ---- changes ---------------------------------------------------------------------------- */

static size_t day_of(const mlg_vintages *v, int32_t day)
{
    size_t at = 0;
    while (v->day[at] != day) {
        at++;
    }
    return at;
}

/* A state that follows another, or opens a territory. */
static void take_state(survey *s, int32_t item)
{
    const mlg_vintage *now = &s->vintages.items[item];
    const mlg_id t = now->territory;
    const int32_t before = s->last[t];
    const bool was_there = s->times[t] >= 0;

    if (now->day == MLG_EVER_FIRST) {
        s->first[t] = s->last[t] = item;
        s->times[t] = 0;
        return;
    }
    change *c = &s->changes[day_of(&s->vintages, now->day)];
    if (now->n == 0) {
        c->ended++;
        s->times[t] = -s->times[t] - 1; /* gone, may come back */
        return;
    }
    if (before < 0) {
        c->created++;
        s->first[t] = s->last[t] = item;
        s->times[t] = 0;
        return;
    }
    const mlg_vintage_change of =
        mlg_vintage_compare(&s->vintages, s->perimeters, &s->vintages.items[before], now);
    s->times[t] = was_there ? s->times[t] : -s->times[t] - 1;
    s->times[t] += of.entered + of.left > 0.0;
    c->created += !was_there;
    c->changed += was_there;
    c->entered += of.entered;
    c->left += of.left;
    c->people += of.people_entered + of.people_left;
    s->last[t] = item;
}

static mlg_status take_states(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = s->model->territories.n;

    s->changes = mlg_zalloc(s->vintages.n_days, sizeof *s->changes);
    s->first = mlg_alloc(n, sizeof *s->first);
    s->last = mlg_alloc(n, sizeof *s->last);
    s->times = mlg_zalloc(n, sizeof *s->times);
    TRY_ALLOC(err, s->changes);
    TRY_ALLOC(err, s->first);
    TRY_ALLOC(err, s->last);
    TRY_ALLOC(err, s->times);
    for (size_t t = 0; t < n; t++) {
        s->first[t] = s->last[t] = -1;
    }
    for (size_t i = 0; i < s->vintages.n; i++) {
        take_state(s, (int32_t) i);
    }
    for (size_t d = 0; d < s->vintages.n_days; d++) {
        TRY(mlg_breaks_of(s->model, s->perimeters, &s->vintages, s->vintages.day[d],
                          &s->changes[d].breaks, &s->broken, err));
    }
out:
    return status;
}

/* ---- values ------------------------------------------------------------------------------- */

static int32_t times_of(const survey *s, size_t t)
{
    return s->first[t] < 0 ? 0 : s->times[t] >= 0 ? s->times[t] : -s->times[t] - 1;
}

static mlg_status list_whole(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    change all = {0};
    double perimeters = 0.0, changed = 0.0;

    for (size_t d = 0; d < s->vintages.n_days; d++) {
        const change *c = &s->changes[d];
        all.created += c->created;
        all.ended += c->ended;
        all.people += c->people;
        all.entered += c->entered + c->left;
        all.breaks.broken += c->breaks.broken;
        all.breaks.mended += c->breaks.mended;
        all.breaks.ties += c->breaks.ties;
    }
    for (size_t t = 0; t < s->model->territories.n; t++) {
        perimeters += s->first[t] >= 0;
        changed += times_of(s, t) > 0;
    }
    const mlg_figure figures[] = {
        {"perimeters", perimeters},
        {"created", all.created},
        {"ended", all.ended},
        {"moves", all.entered},
        {"population", all.people},
        {"broken", all.breaks.broken},
        {"mended", all.breaks.mended},
        {"ties", s->model->rows[MLG_TIES].n > 0 ? all.breaks.ties : NAN},
        {"days", (double) s->vintages.n_days},
        {"days_left_out", (double) s->vintages.days_left_out},
        {"recoded", s->vintages.recoded},
    };
    const mlg_summary summary = {
        .id = id,
        .view = view,
        .convention = "changed",
        .value = changed,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };
    return mlg_values_summary(out, &summary, err);
}

enum { DAY_PARTS = 9 };

static void day_row(const change *c, double *row)
{
    const double figures[1 + DAY_PARTS] = {
        c->changed, c->created,       c->ended,         c->entered,     c->left,
        c->people,  c->breaks.broken, c->breaks.mended, c->breaks.ties, c->breaks.together,
    };
    for (int i = 0; i <= DAY_PARTS; i++) {
        row[i] = figures[i];
    }
}

static mlg_status list_days(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    static const char *const names[DAY_PARTS] = {"created", "ended",      "entered",
                                                 "left",    "population", "broken",
                                                 "mended",  "ties",       "together"};
    mlg_status status = MLG_OK;
    double *column[1 + DAY_PARTS], row[1 + DAY_PARTS];
    mlg_value *value = mlg_values_add(out, id, view, s->vintages.n_days, err);

    TRY_ALLOC(err, value);
    value->shape = MLG_CURVE;
    value->scope = MLG_SCOPE_NETWORK;
    value->convention = "each_day";
    double *at = mlg_value_column_of(value, MLG_AT);
    column[0] = mlg_value_column_of(value, MLG_VALUE);
    bool made = at != NULL && column[0] != NULL;
    for (int i = 0; made && i < DAY_PARTS; i++) {
        column[1 + i] = mlg_value_part_of(value, names[i]);
        made = column[1 + i] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "scale.vintage_change: no memory for its days");
    }
    for (size_t d = 0; d < s->vintages.n_days; d++) {
        day_row(&s->changes[d], row);
        at[d] = s->vintages.day[d];
        for (int i = 0; i <= DAY_PARTS; i++) {
            column[i][d] = row[i];
        }
    }
out:
    return status;
}

static mlg_status find_moves(const survey *s, mlg_moved *moved, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = s->model->territories.n;
    mlg_journey *journeys = mlg_alloc(n, sizeof *journeys);

    TRY_ALLOC(err, journeys);
    for (size_t t = 0; t < n; t++) {
        journeys[t] = (mlg_journey){s->first[t], s->last[t], s->times[t] < 0};
    }
    TRY(mlg_moves_of(s->model, s->perimeters, &s->vintages, journeys, moved, err));
out:
    mlg_free(journeys);
    return status;
}

/* First state against the last, of perimeters that changed. */
static mlg_status list_perimeters(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    enum { PARTS = 11 };
    static const char *const parts[PARTS] = {
        "population",         "entered", "left", "population_entered", "population_left",
        "population_unknown", "changes", "gone", "last_day",           "moved",
        "population_moved"};
    mlg_status status = MLG_OK;
    const size_t room = s->model->territories.n;
    mlg_id *subject = mlg_alloc(room, sizeof *subject);
    double *figure = mlg_alloc(room * (1 + PARTS), sizeof *figure);
    mlg_moved *moved = mlg_alloc(room, sizeof *moved);
    size_t n = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    TRY_ALLOC(err, moved);
    TRY(find_moves(s, moved, err));
    for (size_t t = 0; t < room; t++) {
        if (times_of(s, t) == 0) {
            continue;
        }
        const mlg_vintage *last = &s->vintages.items[s->last[t]];
        const mlg_vintage_change c =
            mlg_vintage_compare(&s->vintages, s->perimeters, &s->vintages.items[s->first[t]], last);
        const double people = c.people_before + c.people_after - c.people_common;
        double *row = figure + n * (1 + PARTS);
        subject[n++] = (mlg_id) t;
        row[0] = c.units_common / (c.units_before + c.units_after - c.units_common);
        row[1] = people > 0.0 ? c.people_common / people : NAN;
        row[2] = c.entered;
        row[3] = c.left;
        row[4] = c.people_entered;
        row[5] = c.people_left;
        row[6] = c.unknown;
        row[7] = times_of(s, t);
        row[8] = s->times[t] < 0;
        row[9] = last->day;
        row[10] = moved[t].units;
        row[11] = moved[t].people;
    }
    const mlg_listing listing = {
        .id = id,
        .view = view,
        .scope = MLG_SCOPE_TERRITORY,
        .convention = "first_to_last",
        .why = T_why_no_moved_perimeter,
        .parts = parts,
        .n_parts = PARTS,
        .subject = subject,
        .figure = figure,
        .n = n,
    };
    TRY(mlg_values_listing(out, &listing, err));
out:
    mlg_free(subject);
    mlg_free(figure);
    mlg_free(moved);
    return status;
}

static mlg_status run(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    survey s = {.model = context->model, .perimeters = &perimeters};

    if (context->model == NULL || context->model->rows[MLG_PERIMETERS].n == 0) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_perimeters, err));
        goto out;
    }
    TRY(mlg_perimeters_of(context->model, &perimeters, err));
    TRY(mlg_vintages_of(context->model, &perimeters, &s.vintages, err));
    if (s.vintages.n_days == 0) {
        TRY(mlg_values_undefined(out, id, view, T_why_no_dated_perimeters, err));
        goto out;
    }
    TRY(take_states(&s, err));
    TRY(list_whole(&s, view, out, err));
    TRY(list_days(&s, view, out, err));
    TRY(list_perimeters(&s, view, out, err));
    TRY(mlg_broken_list(&s.broken, id, view, out, err));
out:
    mlg_broken_free(&s.broken);
    mlg_free(s.changes);
    mlg_free(s.first);
    mlg_free(s.last);
    mlg_free(s.times);
    mlg_vintages_free(&s.vintages);
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_scale_vintage_change(mlg_context *context, int32_t view, mlg_values *out,
                                    mlg_error *err)
{
    const size_t before = out->n;
    const mlg_status status = run(context, view, out, err);

    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
