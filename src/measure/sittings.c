/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/sittings.h"

#include <stdlib.h>

#include "measure/seats.h"

/* ---- who sits in what ------------------------------------------------------------------- */

typedef struct reading {
    const mlg_model *model;
    mlg_sittings *out;
    bool members; /* those of bodies whose meetings other rows tell sit there too */
    bool failed;  /* no memory, in a visit */
} reading;

/* Days of a participation; those of its activity when the row gives none. */
static mlg_span days_of(const mlg_model *model, const mlg_reading *seat)
{
    const int32_t row = model->activity_row[seat->activity];
    mlg_span days = mlg_ever();

    if (seat->row.table == MLG_PARTICIPATIONS) {
        days = mlg_get_span(model, C_participations_date, seat->row.row);
    }
    if (days.first == MLG_EVER_FIRST && days.last == MLG_EVER_LAST && row >= 0) {
        days.first = mlg_get_span(model, C_activities_start, row).first;
        days.last = mlg_get_span(model, C_activities_end, row).last;
    }
    return days;
}

static void visit_seat(void *context, const mlg_reading *seat)
{
    reading *r = context;
    mlg_sittings *out = r->out;

    const bool sits = seat->fate == MLG_ROW_COUNTS || (r->members && seat->fate == MLG_ROW_MEMBER);

    if (!sits || seat->subject[0] < 0) {
        return;
    }
    r->failed = r->failed || !mlg_grow(&out->items, &out->room, out->n + 1, sizeof *out->items);
    if (!r->failed) {
        const bool attends = seat->row.table == MLG_PARTICIPATIONS;
        out->items[out->n++] = (mlg_sitting){
            .activity = seat->activity,
            .actor = seat->subject[0],
            .days = days_of(r->model, seat),
            .row = seat->row,
            .role = attends ? mlg_get_id(r->model, C_participations_role, seat->row.row) : -1,
            .party = seat->party[0],
        };
    }
}

static int by_activity(const void *left, const void *right)
{
    const mlg_sitting *a = left, *b = right;
    if (a->activity != b->activity) {
        return a->activity < b->activity ? -1 : 1;
    }
    if (a->actor != b->actor) {
        return a->actor < b->actor ? -1 : 1;
    }
    if (a->row.table != b->row.table) {
        return a->row.table < b->row.table ? -1 : 1;
    }
    if (a->row.row != b->row.row) {
        return a->row.row < b->row.row ? -1 : 1;
    }
    return a->party < b->party ? -1 : a->party > b->party;
}

static mlg_status gather(const mlg_model *model, mlg_span period, bool members, mlg_sittings *out,
                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    reading r = {.model = model, .out = out, .members = members};

    *out = (mlg_sittings){0};
    out->first = mlg_zalloc(model->activities.n + 1, sizeof *out->first);
    TRY_ALLOC(err, out->first);
    TRY(mlg_seats_between(model, period, MLG_BY_ORGANISATION, visit_seat, &r, err));
    if (r.failed) {
        FAIL(err, MLG_ENOMEM, "no memory for who sits where");
    }
    if (out->n > 0) {
        qsort(out->items, out->n, sizeof *out->items, by_activity);
    }
    for (size_t i = 0; i < out->n; i++) {
        out->first[out->items[i].activity + 1]++;
    }
    for (size_t a = 0; a < model->activities.n; a++) {
        out->first[a + 1] += out->first[a];
    }
out:
    if (status != MLG_OK) {
        mlg_sittings_free(out);
    }
    return status;
}

mlg_status mlg_sittings_of(const mlg_model *model, mlg_span period, mlg_sittings *out,
                           mlg_error *err)
{
    return gather(model, period, false, out, err);
}

mlg_status mlg_sittings_and_members_of(const mlg_model *model, mlg_span period, mlg_sittings *out,
                                       mlg_error *err)
{
    return gather(model, period, true, out, err);
}

void mlg_sittings_free(mlg_sittings *sittings)
{
    mlg_free(sittings->items);
    mlg_free(sittings->first);
    *sittings = (mlg_sittings){0};
}

size_t mlg_sittings_members(const mlg_sittings *sittings, mlg_id activity)
{
    size_t n = 0;
    for (size_t i = sittings->first[activity]; i < sittings->first[activity + 1]; i++) {
        n += !mlg_sitting_again(sittings, i);
    }
    return n;
}

mlg_status mlg_sittings_actors(const mlg_model *model, const mlg_sittings *sittings, size_t *n,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *seen = mlg_zalloc(model->parties.n, sizeof *seen);

    *n = 0;
    TRY_ALLOC(err, seen);
    for (size_t i = 0; i < sittings->n; i++) {
        *n += !seen[sittings->items[i].actor];
        seen[sittings->items[i].actor] = true;
    }
out:
    mlg_free(seen);
    return status;
}

/* ---- members of schemes ------------------------------------------------------------------ */

typedef struct member {
    int32_t scheme;
    mlg_id actor;
} member;

static int by_scheme(const void *left, const void *right)
{
    const member *a = left, *b = right;
    if (a->scheme != b->scheme) {
        return a->scheme < b->scheme ? -1 : 1;
    }
    return a->actor < b->actor ? -1 : a->actor > b->actor;
}

static mlg_status list_members(const mlg_model *model, const mlg_sittings *sittings,
                               const int32_t *place, const bool *counts, mlg_span days,
                               member **list, size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t room = 0;

    for (size_t i = 0; i < sittings->n; i++) {
        const mlg_sitting *s = &sittings->items[i];
        size_t of = 0;
        const mlg_id *schemes = mlg_activity_schemes(model, s->activity, &of);
        if ((counts != NULL && !counts[s->activity]) || s->days.first < days.first ||
            s->days.last > days.last) {
            continue;
        }
        for (size_t k = 0; k < of; k++) {
            if (place[schemes[k]] >= 0) {
                if (!mlg_grow(list, &room, *n + 1, sizeof **list)) {
                    FAIL(err, MLG_ENOMEM, "no memory for the members of schemes");
                }
                (*list)[(*n)++] = (member){place[schemes[k]], s->actor};
            }
        }
    }
    if (*n > 0) {
        qsort(*list, *n, sizeof **list, by_scheme);
    }
out:
    return status;
}

mlg_status mlg_members_of(const mlg_model *model, const mlg_sittings *sittings,
                          const int32_t *place, size_t n, const bool *counts, mlg_span days,
                          mlg_members *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    member *list = NULL;
    size_t rows = 0, kept = 0;

    *out = (mlg_members){.n = n};
    TRY(list_members(model, sittings, place, counts, days, &list, &rows, err));
    out->first = mlg_zalloc(n + 1, sizeof *out->first);
    out->actor = mlg_alloc(rows, sizeof *out->actor);
    TRY_ALLOC(err, out->first);
    TRY_ALLOC(err, out->actor);
    for (size_t i = 0; i < rows; i++) {
        if (i == 0 || by_scheme(&list[i - 1], &list[i]) != 0) {
            out->actor[kept++] = list[i].actor;
            out->first[list[i].scheme + 1]++;
        }
    }
    for (size_t s = 0; s < n; s++) {
        out->first[s + 1] += out->first[s];
    }
out:
    mlg_free(list);
    if (status != MLG_OK) {
        mlg_members_free(out);
    }
    return status;
}

void mlg_members_free(mlg_members *members)
{
    mlg_free(members->first);
    mlg_free(members->actor);
    *members = (mlg_members){0};
}

size_t mlg_members_common(const mlg_members *members, size_t a, size_t b)
{
    size_t i = members->first[a], j = members->first[b], n = 0;
    while (i < members->first[a + 1] && j < members->first[b + 1]) {
        const mlg_id x = members->actor[i], y = members->actor[j];
        n += x == y;
        i += x <= y;
        j += y <= x;
    }
    return n;
}
