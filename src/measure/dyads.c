/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/dyads.h"

#include <math.h>
#include <stdlib.h>

#include "measure/seats.h"
#include "measure/tenure.h"

void mlg_dyads_free(mlg_dyads *dyads)
{
    mlg_free(dyads->items);
    mlg_free(dyads->party);
    *dyads = (mlg_dyads){0};
}

/* An organisation in an activity, or one that signed it. */
typedef struct presence {
    mlg_id activity, party;
} presence;

typedef struct survey {
    const mlg_model *model;
    mlg_dyads *out;
    presence *items;
    size_t n, room;
    bool *on_record; /* [parties] */
    bool failed, too_many;
} survey;

enum { MOST_PAIRS = 1 << 24 }; /* before equal ones are one */

static void push(survey *s, mlg_dyad dyad)
{
    mlg_dyads *out = s->out;
    if (dyad.a == dyad.b || dyad.a < 0 || dyad.b < 0 || s->failed) {
        return;
    }
    if (dyad.a > dyad.b) {
        const mlg_id a = dyad.a;
        dyad.a = dyad.b;
        dyad.b = a;
    }
    s->too_many = out->n >= MOST_PAIRS;
    s->failed = s->too_many;
    if (!s->failed && !mlg_grow(&out->items, &out->room, out->n + 1, sizeof *out->items)) {
        s->failed = true;
    }
    if (!s->failed) {
        out->items[out->n++] = dyad;
    }
}

/* ---- ties ---------------------------------------------------------------------------------- */

static void visit_tie(survey *s, const mlg_reading *reading)
{
    const double trust = mlg_get_number(s->model, C_ties_trust, reading->row.row);
    const bool agreed = reading->kind == MLG_CODE_OF(tie_kind, agreement) &&
                        mlg_holds_at_date(s->model, MLG_TIES, reading->row.row);

    if (reading->fate != MLG_ROW_COUNTS) {
        return;
    }
    for (int end = 0; end < 2; end++) {
        if (reading->subject[end] >= 0) {
            s->on_record[reading->subject[end]] = true;
        }
    }
    s->out->agreements += agreed;
    push(s,
         (mlg_dyad){.a = reading->subject[0],
                    .b = reading->subject[1],
                    .tied = reading->kind < 0 || reading->kind == MLG_CODE_OF(tie_kind, works_with),
                    .agreed = agreed,
                    .trust_rows = !isnan(trust),
                    .trust = isnan(trust) ? 0.0 : trust});
}

static mlg_status read_ties(survey *s, mlg_row_visit *visit, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_span year = mlg_recent_days(s->model);
    const mlg_view view = {.source = MLG_FROM_TIES,
                           .by = MLG_BY_ORGANISATION,
                           .from = year.first,
                           .to = year.last,
                           .kind = -1};
    mlg_id *into = NULL;
    mlg_reader reader;

    TRY(mlg_collapse_parties(s->model, &view, &into, err));
    TRY(mlg_reader_open(&reader, s->model, &view, into, NULL, err));
    mlg_reader_each(&reader, visit, s);
out:
    mlg_free(into);
    return status;
}

static void each_tie(void *context, const mlg_reading *reading)
{
    visit_tie(context, reading);
}

/* ---- activities ------------------------------------------------------------------------------ */

static bool is_agreement(const mlg_model *model, mlg_id activity)
{
    return mlg_activity_code(model, C_activities_kind, activity) ==
           MLG_CODE_OF(activity_kind, agreement);
}

/* At the study's date: one that ended in the 12 months binds nobody any more. */
static bool is_in_force(const mlg_model *model, mlg_id agreement)
{
    const int32_t row = model->activity_row[agreement];
    return row < 0 || mlg_holds_at_date(model, MLG_ACTIVITIES, row);
}

/* Who attends; of an agreement in force, who signed it, whenever that was. */
static void each_seat(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const bool row = reading->row.table == MLG_PARTICIPATIONS;
    const bool agreement = is_agreement(s->model, reading->activity);
    const bool signs = row && mlg_get_id(s->model, C_participations_role, reading->row.row) ==
                                  MLG_CODE_OF(role, signatory);

    if (agreement && !is_in_force(s->model, reading->activity)) {
        return;
    }
    if (s->failed || reading->subject[0] < 0 || reading->fate == MLG_ROW_ABSENT ||
        reading->fate == MLG_ROW_MEMBER ||
        (agreement ? !signs || !mlg_activity_is_recent(s->model, reading->activity)
                   : reading->fate != MLG_ROW_COUNTS)) {
        return;
    }
    if (!mlg_grow(&s->items, &s->room, s->n + 1, sizeof *s->items)) {
        s->failed = true;
        return;
    }
    s->on_record[reading->subject[0]] = true;
    s->items[s->n++] = (presence){reading->activity, reading->subject[0]};
}

static int by_activity(const void *left, const void *right)
{
    const presence *a = left, *b = right;
    if (a->activity != b->activity) {
        return a->activity < b->activity ? -1 : 1;
    }
    return a->party < b->party ? -1 : a->party > b->party;
}

static void pair_up(survey *s, const presence *here, size_t n)
{
    const bool agreement = is_agreement(s->model, here->activity);
    s->out->agreements += agreement && n > 1;
    if (n > MLG_CROWD && !agreement) {
        s->out->crowded++;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            push(s, (mlg_dyad){.a = here[i].party,
                               .b = here[j].party,
                               .activities = !agreement,
                               .agreed = agreement});
        }
    }
}

static void pair_all(survey *s)
{
    size_t n = 0;
    if (s->n > 0) {
        qsort(s->items, s->n, sizeof *s->items, by_activity);
    }
    for (size_t i = 0; i < s->n; i++) {
        if (i == 0 || by_activity(&s->items[i], &s->items[i - 1]) != 0) {
            s->items[n++] = s->items[i];
        }
    }
    for (size_t first = 0, end = 0; first < n; first = end) {
        while (end < n && s->items[end].activity == s->items[first].activity) {
            end++;
        }
        pair_up(s, &s->items[first], end - first);
    }
}

/* ---- both -------------------------------------------------------------------------------------
 */

static int by_pair(const void *left, const void *right)
{
    const mlg_dyad *a = left, *b = right;
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    if (a->b != b->b) {
        return a->b < b->b ? -1 : 1;
    }
    return a->trust < b->trust ? -1 : a->trust > b->trust; /* sums in one order */
}

/* One item a pair. */
static void merge(mlg_dyads *dyads)
{
    size_t n = 0;
    if (dyads->n > 0) {
        qsort(dyads->items, dyads->n, sizeof *dyads->items, by_pair);
    }
    for (size_t i = 0; i < dyads->n; i++) {
        const mlg_dyad *d = &dyads->items[i];
        mlg_dyad *into = n > 0 ? &dyads->items[n - 1] : NULL;
        if (into == NULL || into->a != d->a || into->b != d->b) {
            dyads->items[n++] = *d;
            continue;
        }
        into->activities += d->activities;
        into->tied = into->tied || d->tied;
        into->agreed = into->agreed || d->agreed;
        into->trust_rows += d->trust_rows;
        into->trust += d->trust;
    }
    dyads->n = n;
    for (size_t i = 0; i < n; i++) {
        mlg_dyad *d = &dyads->items[i];
        d->trust = d->trust_rows > 0 ? d->trust / d->trust_rows : NAN;
    }
}

mlg_status mlg_dyads_of(const mlg_model *model, mlg_dyads *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {.model = model, .out = out};

    *out = (mlg_dyads){0};
    s.on_record = mlg_zalloc(model->parties.n, sizeof *s.on_record);
    out->party = mlg_alloc(model->parties.n, sizeof *out->party);
    TRY_ALLOC(err, s.on_record);
    TRY_ALLOC(err, out->party);
    TRY(read_ties(&s, each_tie, err));
    TRY(mlg_seats_each(model, MLG_BY_ORGANISATION, each_seat, &s, err));
    pair_all(&s);
    if (s.too_many) {
        FAIL(err, MLG_ESIZE, "more than %d pairs of organisations in activities", MOST_PAIRS);
    }
    if (s.failed) {
        FAIL(err, MLG_ENOMEM, "no memory for pairs of organisations");
    }
    merge(out);
    for (mlg_id p = 0; p < (mlg_id) model->parties.n; p++) {
        if (s.on_record[p]) {
            out->party[out->n_parties++] = p;
        }
    }
out:
    mlg_free(s.items);
    mlg_free(s.on_record);
    if (status != MLG_OK) {
        mlg_dyads_free(out);
    }
    return status;
}
