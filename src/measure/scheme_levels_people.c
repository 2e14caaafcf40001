/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/scheme_levels_people.h"

#include <math.h>
#include <stdlib.h>

#include "measure/seats.h"
#include "measure/summary.h"

static const char *const ID = "scheme.levels";
enum { LEVELS = 3, NOBODY = -1 };

/* An organisation at a level, by an activity, and the person or service that sits there for it. */
typedef struct stand {
    mlg_id organisation, who; /* NOBODY: the row names the organisation alone */
    int level;
    mlg_id activity;
} stand;

typedef struct survey {
    const mlg_model *model;
    stand *items;
    size_t n, room;
    bool attended; /* somebody, of a level or of none */
    bool failed;
} survey;

static void visit(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const mlg_id organisation = reading->subject[0], party = reading->party[0];
    const int32_t level = mlg_activity_code(s->model, C_activities_level, reading->activity);

    if (reading->fate != MLG_ROW_COUNTS || organisation < 0 || s->failed ||
        !mlg_activity_is_recent(s->model, reading->activity)) {
        return;
    }
    s->attended = true;
    if (level < 0) {
        return;
    }
    const bool alone = party == organisation && s->model->party_kind[party] != MLG_KIND_PERSON;
    s->failed = !mlg_grow(&s->items, &s->room, s->n + 1, sizeof *s->items);
    if (!s->failed) {
        s->items[s->n++] =
            (stand){organisation, alone ? NOBODY : party, (int) level, reading->activity};
    }
}

static int by_level(const stand *a, const stand *b)
{
    if (a->level != b->level) {
        return a->level - b->level;
    }
    return a->activity < b->activity ? -1 : a->activity > b->activity;
}

static int by_organisation(const void *left, const void *right)
{
    const stand *a = left, *b = right;
    if (a->organisation != b->organisation) {
        return a->organisation < b->organisation ? -1 : 1;
    }
    return by_level(a, b);
}

static int by_person(const void *left, const void *right)
{
    const stand *a = left, *b = right;
    if (a->organisation != b->organisation) {
        return a->organisation < b->organisation ? -1 : 1;
    }
    if (a->who != b->who) {
        return a->who < b->who ? -1 : 1;
    }
    return by_level(a, b);
}

/* ---- counting ------------------------------------------------------------------------------- */

/* Activities at each level of n stands by level and activity; how many levels there are. */
static double count_levels(const stand *items, size_t n, double *at)
{
    double levels = 0.0;
    for (int k = 0; k < LEVELS; k++) {
        at[k] = 0.0;
    }
    for (size_t i = 0; i < n; i++) {
        at[items[i].level] += i == 0 || by_level(&items[i - 1], &items[i]) != 0;
    }
    for (int k = 0; k < LEVELS; k++) {
        levels += at[k] > 0.0;
    }
    return levels;
}

enum { VALUE, AT, PEOPLE = AT + LEVELS, BRIDGING, UNNAMED, N_FIGURES };
static const char *const parts[] = {"clinical", "organisational", "strategic",
                                    "people",   "bridging",       "unnamed"};

typedef struct lists {
    mlg_id *organisation; /* [n] */
    double *figure;       /* [n * N_FIGURES] */
    size_t n;
    mlg_id *person; /* [n_people] of organisations at several levels */
    double *own;    /* [n_people * (1 + LEVELS)] */
    size_t n_people;
} lists;

static void lists_free(lists *l)
{
    mlg_free(l->organisation);
    mlg_free(l->figure);
    mlg_free(l->person);
    mlg_free(l->own);
}

static mlg_status lists_room(size_t n, lists *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    out->organisation = mlg_alloc(n, sizeof *out->organisation);
    out->figure = mlg_zalloc(n, N_FIGURES * sizeof *out->figure);
    out->person = mlg_alloc(n, sizeof *out->person);
    out->own = mlg_alloc(n, (1 + LEVELS) * sizeof *out->own);
    TRY_ALLOC(err, out->organisation);
    TRY_ALLOC(err, out->figure);
    TRY_ALLOC(err, out->person);
    TRY_ALLOC(err, out->own);
out:
    return status;
}

static void list_organisations(survey *s, lists *out)
{
    qsort(s->items, s->n, sizeof *s->items, by_organisation);
    for (size_t i = 0, end = 0; i < s->n; i = end) {
        double *figure = &out->figure[out->n * N_FIGURES];
        for (; end < s->n && s->items[end].organisation == s->items[i].organisation; end++) {
            figure[UNNAMED] = s->items[end].who == NOBODY ? 1.0 : figure[UNNAMED];
        }
        out->organisation[out->n++] = s->items[i].organisation;
        figure[VALUE] = count_levels(&s->items[i], end - i, &figure[AT]);
    }
}

/* Stands are by organisation here as there: the k-th of them is the k-th listed. */
static void list_people(survey *s, lists *out)
{
    size_t k = 0;

    qsort(s->items, s->n, sizeof *s->items, by_person);
    for (size_t i = 0, end = 0; i < s->n; i = end) {
        const stand *first = &s->items[i];
        while (end < s->n && s->items[end].organisation == first->organisation &&
               s->items[end].who == first->who) {
            end++;
        }
        while (out->organisation[k] != first->organisation) {
            k++;
        }
        double *figure = &out->figure[k * N_FIGURES];
        double *own = &out->own[out->n_people * (1 + LEVELS)];
        if (first->who == NOBODY) {
            continue;
        }
        own[0] = count_levels(first, end - i, &own[1]);
        figure[PEOPLE]++;
        figure[BRIDGING] += own[0] > 1.0;
        if (figure[VALUE] > 1.0) {
            out->person[out->n_people++] = first->who;
        }
    }
}

/* ---- values ---------------------------------------------------------------------------------- */

static mlg_status list(const char *convention, const mlg_id *subject, const double *figure,
                       size_t n_parts, size_t n, int32_t view, mlg_values *out, mlg_error *err)
{
    return n == 0 ? MLG_OK
                  : mlg_values_listing(out,
                                       &(mlg_listing){.id = ID,
                                                      .view = view,
                                                      .scope = MLG_SCOPE_ACTOR,
                                                      .convention = convention,
                                                      .why = T_why_no_level,
                                                      .parts = parts,
                                                      .n_parts = n_parts,
                                                      .subject = subject,
                                                      .figure = figure,
                                                      .n = n},
                                       err);
}

static mlg_status list_bridges(const lists *l, bool attended, int32_t view, mlg_values *out,
                               mlg_error *err)
{
    double bridging = 0.0, one = 0.0, several = 0.0;

    for (size_t i = 0; i < l->n; i++) {
        const double *figure = &l->figure[i * N_FIGURES];
        const bool at_several = figure[VALUE] > 1.0;
        bridging += at_several;
        one += at_several && figure[BRIDGING] > 0.0;
        several += at_several && figure[BRIDGING] == 0.0 && figure[UNNAMED] == 0.0;
    }
    const double known = one + several;
    const mlg_figure figures[] = {
        {"bridging", bridging},        {"known", known}, {"by_one", one}, {"by_several", several},
        {"unnamed", bridging - known},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = "one_person",
                                             .value = known > 0.0 ? one / known : NAN,
                                             .why = known > 0.0      ? T_none
                                                    : bridging > 0.0 ? T_why_people_unnamed
                                                    : l->n > 0       ? T_why_no_level_bridged
                                                    : attended       ? T_why_no_level
                                                                     : T_why_no_attendance,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

mlg_status mlg_levels_people(const mlg_model *model, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {.model = model};
    lists l = {0};

    TRY(mlg_seats_each(model, MLG_BY_ORGANISATION, visit, &s, err));
    if (s.failed) {
        FAIL(err, MLG_ENOMEM, "scheme.levels: no memory for who sits");
    }
    TRY(lists_room(s.n, &l, err));
    if (s.n > 0) {
        list_organisations(&s, &l);
        list_people(&s, &l);
    }
    TRY(list("organisations", l.organisation, l.figure, N_FIGURES - 1, l.n, view, out, err));
    TRY(list("people", l.person, l.own, LEVELS, l.n_people, view, out, err));
    TRY(list_bridges(&l, s.attended, view, out, err));
out:
    mlg_free(s.items);
    lists_free(&l);
    return status;
}
