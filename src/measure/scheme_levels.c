/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/scheme.h"
#include "measure/scheme_levels_people.h"
#include "measure/scheme_set.h"
#include "measure/seats.h"
#include "measure/summary.h"

enum { LEVELS = 3 };

/* An actor at a level of a scheme; of the whole study where the scheme is -1. */
typedef struct stand {
    int32_t scheme; /* place in the set */
    mlg_id actor;
    int level;
} stand;

/* One scheme, or the study. */
typedef struct tally {
    double at[LEVELS], unknown; /* activities */
    double actors, bridging;    /* that sit at a known level; at two or more */
} tally;

typedef struct survey {
    const mlg_model *model;
    mlg_scheme_set schemes;
    tally *tallies; /* [schemes.n + 1], the last of the study */
    stand *stands;
    size_t n_stands, room;
    bool failed; /* no memory, in a visit */
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    mlg_free(s->tallies);
    mlg_free(s->stands);
}

static void count(tally *t, int32_t level)
{
    if (level >= 0) {
        t->at[level]++;
    } else {
        t->unknown++;
    }
}

static void count_activities(survey *s)
{
    for (mlg_id a = 0; a < (mlg_id) s->model->activities.n; a++) {
        size_t n = 0;
        const mlg_id *schemes = mlg_activity_schemes(s->model, a, &n);
        const int32_t level = mlg_activity_code(s->model, C_activities_level, a);
        if (!mlg_activity_is_recent(s->model, a)) {
            continue;
        }
        count(&s->tallies[s->schemes.n], level);
        for (size_t i = 0; i < n; i++) {
            const int32_t place = mlg_scheme_place(&s->schemes, schemes[i]);
            if (place >= 0) {
                count(&s->tallies[place], level);
            }
        }
    }
}

/* ---- actors at several levels ------------------------------------------------------- */

static void add_stand(survey *s, int32_t scheme, mlg_id actor, int level)
{
    s->failed = s->failed || !mlg_grow(&s->stands, &s->room, s->n_stands + 1, sizeof *s->stands);
    if (!s->failed) {
        s->stands[s->n_stands++] = (stand){scheme, actor, level};
    }
}

static void visit_seat(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const int32_t level = mlg_activity_code(s->model, C_activities_level, reading->activity);
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(s->model, reading->activity, &n);

    if (reading->fate != MLG_ROW_COUNTS || reading->subject[0] < 0 || level < 0 ||
        !mlg_activity_is_recent(s->model, reading->activity)) {
        return;
    }
    add_stand(s, (int32_t) s->schemes.n, reading->subject[0], level);
    for (size_t i = 0; i < n; i++) {
        const int32_t place = mlg_scheme_place(&s->schemes, schemes[i]);
        if (place >= 0) {
            add_stand(s, place, reading->subject[0], level);
        }
    }
}

static int by_scheme_and_actor(const void *left, const void *right)
{
    const stand *a = left, *b = right;
    if (a->scheme != b->scheme) {
        return a->scheme < b->scheme ? -1 : 1;
    }
    if (a->actor != b->actor) {
        return a->actor < b->actor ? -1 : 1;
    }
    return a->level - b->level;
}

/* Stands are by scheme, actor and level: a second level is where the level changes. */
static mlg_status count_actors(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool counted = false;

    TRY(mlg_seats_each(s->model, MLG_BY_ORGANISATION, visit_seat, s, err));
    if (s->failed) {
        FAIL(err, MLG_ENOMEM, "scheme.levels: no memory for its actors");
    }
    if (s->n_stands > 0) {
        qsort(s->stands, s->n_stands, sizeof *s->stands, by_scheme_and_actor);
    }
    for (size_t i = 0; i < s->n_stands; i++) {
        const stand *now = &s->stands[i];
        const bool same = i > 0 && now[-1].scheme == now->scheme && now[-1].actor == now->actor;
        tally *t = &s->tallies[now->scheme];
        t->actors += !same;
        counted = same && counted;
        if (same && !counted && now[-1].level != now->level) {
            t->bridging++;
            counted = true;
        }
    }
out:
    return status;
}

/* ---- values ----------------------------------------------------------------------------- */

enum { VALUE, FIRST_LEVEL, UNKNOWN = FIRST_LEVEL + LEVELS, ACTORS, BRIDGING, N_FIGURES };
static const char *const parts[] = {"clinical", "organisational", "strategic",
                                    "unknown",  "actors",         "bridging"};

/* Where no activity says its level, their number is unknown; where none is known at a level,
 * nobody can be told to sit at two. */
static void figures_of(const tally *t, double *figure)
{
    double levels = 0.0;
    for (int k = 0; k < LEVELS; k++) {
        figure[FIRST_LEVEL + k] = t->at[k];
        levels += t->at[k] > 0.0;
    }
    figure[VALUE] = levels > 0.0 ? levels : NAN;
    figure[UNKNOWN] = t->unknown;
    figure[ACTORS] = t->actors;
    figure[BRIDGING] = t->actors > 0.0 ? t->bridging : NAN;
}

static mlg_status list_levels(const survey *s, const mlg_id *subject, const double *figure,
                              int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double *all = &figure[s->schemes.n * N_FIGURES];
    double known = 0.0, three = 0.0;

    for (size_t i = 0; i < s->schemes.n; i++) {
        known += !isnan(figure[i * N_FIGURES + VALUE]);
        three += figure[i * N_FIGURES + VALUE] == LEVELS;
    }
    mlg_figure figures[N_FIGURES + 2];
    for (int k = 1; k < N_FIGURES; k++) {
        figures[k - 1] = (mlg_figure){parts[k - 1], all[k]};
    }
    figures[N_FIGURES - 1] = (mlg_figure){"schemes", (double) s->schemes.n};
    figures[N_FIGURES] = (mlg_figure){"schemes_known", known};
    figures[N_FIGURES + 1] = (mlg_figure){"schemes_at_all", three};
    if (s->schemes.n > 0) {
        TRY(mlg_values_listing(out,
                               &(mlg_listing){.id = "scheme.levels",
                                              .view = view,
                                              .scope = MLG_SCOPE_SCHEME,
                                              .why = T_why_no_level,
                                              .parts = parts,
                                              .n_parts = N_FIGURES - 1,
                                              .subject = subject,
                                              .figure = figure,
                                              .n = s->schemes.n},
                               err));
    }
    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = "scheme.levels",
                                          .view = view,
                                          .convention = "all_activities",
                                          .value = all[VALUE],
                                          .why = isnan(all[VALUE]) ? T_why_no_level : T_none,
                                          .figures = figures,
                                          .n_figures = sizeof figures / sizeof *figures},
                           err));
out:
    return status;
}

static mlg_status survey_open(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_schemes_of(s->model, &s->schemes, err));
    s->tallies = mlg_zalloc(s->schemes.n + 1, sizeof *s->tallies);
    TRY_ALLOC(err, s->tallies);
    count_activities(s);
    TRY(count_actors(s, err));
out:
    return status;
}

mlg_status mlg_scheme_levels(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    survey s = {.model = context->model};
    mlg_id *subject = NULL;
    double *figure = NULL;

    if (s.model == NULL || s.model->activities.n == 0) {
        return mlg_values_undefined(out, "scheme.levels", view, T_why_no_activities, err);
    }
    TRY(survey_open(&s, err));
    subject = mlg_alloc(s.schemes.n, sizeof *subject);
    figure = mlg_alloc(s.schemes.n + 1, N_FIGURES * sizeof *figure);
    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i <= s.schemes.n; i++) {
        figures_of(&s.tallies[i], &figure[i * N_FIGURES]);
        if (i < s.schemes.n) {
            subject[i] = s.schemes.items[i].id;
        }
    }
    TRY(list_levels(&s, subject, figure, view, out, err));
    TRY(mlg_levels_people(s.model, view, out, err));
out:
    mlg_free(subject);
    mlg_free(figure);
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
