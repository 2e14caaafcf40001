/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/governance.h"
#include "measure/bodies.h"
#include "measure/lineage.h"
#include "measure/seats.h"
#include "measure/shared_bodies.h"
#include "measure/summary.h"
#include "measure/tenure.h"

static const char *const ID = "scheme.shared_bodies";

/* Pairs whose members before and after are compared, each reads all rows twice; pairs listed. */
enum { MOST_COMPARED = 200, MOST_PAIRS = 1000 };

typedef struct survey {
    const mlg_model *model;
    mlg_shared_bodies shared;
    mlg_sittings recent, ever;
    mlg_members members; /* of bodies, in the 12 months */
    bool *is_body;       /* [activities] */
} survey;

static void survey_close(survey *s)
{
    mlg_shared_bodies_free(&s->shared);
    mlg_sittings_free(&s->recent);
    mlg_sittings_free(&s->ever);
    mlg_members_free(&s->members);
    mlg_free(s->is_body);
}

static mlg_status survey_open(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_shared_bodies_of(s->model, &s->shared, err));
    TRY(mlg_sittings_of(s->model, mlg_recent_days(s->model), &s->recent, err));
    TRY(mlg_sittings_of(s->model, mlg_ever(), &s->ever, err));
    s->is_body = mlg_alloc(s->model->activities.n, sizeof *s->is_body);
    TRY_ALLOC(err, s->is_body);
    for (mlg_id a = 0; a < (mlg_id) s->model->activities.n; a++) {
        s->is_body[a] = mlg_is_body(s->model, a);
    }
    TRY(mlg_members_of(s->model, &s->recent, s->shared.schemes.place, s->shared.schemes.n,
                       s->is_body, mlg_ever(), &s->members, err));
out:
    return status;
}

/* ---- two schemes ---------------------------------------------------------------------------- */

enum { SHARED, OF_A, OF_B, MEMBERS_A, MEMBERS_B, COMMON, SINCE, BEFORE, AFTER, N_PARTS };
static const char *const parts[N_PARTS] = {"shared",       "of_a",      "of_b",
                                           "members_a",    "members_b", "common",
                                           "years_shared", "before",    "after"};

static bool serves(const survey *s, mlg_id activity, int32_t scheme)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(s->model, activity, &n);
    for (size_t i = 0; i < n; i++) {
        if (s->shared.schemes.place[schemes[i]] == scheme) {
            return true;
        }
    }
    return false;
}

/* Organisations of both over those of either, by rows that fall wholly in a time, in bodies that
 * are not of both: who sits in one of these is in both by that alone. NaN where one has none. */
static mlg_status overlap(const survey *s, const mlg_sharing *pair, mlg_span days, double *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_members members = {0};
    const size_t n = s->model->activities.n;
    bool *counts = mlg_alloc(n, sizeof *counts);

    *out = NAN;
    TRY_ALLOC(err, counts);
    for (mlg_id a = 0; a < (mlg_id) n; a++) {
        counts[a] = s->is_body[a] && !(serves(s, a, pair->a) && serves(s, a, pair->b));
    }
    TRY(mlg_members_of(s->model, &s->ever, s->shared.schemes.place, s->shared.schemes.n, counts,
                       days, &members, err));
    const double a = (double) mlg_members_n(&members, (size_t) pair->a);
    const double b = (double) mlg_members_n(&members, (size_t) pair->b);
    const double both = (double) mlg_members_common(&members, (size_t) pair->a, (size_t) pair->b);
    if (a > 0.0 && b > 0.0) {
        *out = both / (a + b - both);
    }
out:
    mlg_members_free(&members);
    mlg_free(counts);
    return status;
}

static mlg_status fill_pair(const survey *s, const mlg_sharing *pair, bool compare,
                            mlg_value *value, double *const *part, size_t i, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t a = (size_t) pair->a, b = (size_t) pair->b;
    const mlg_own_bodies *of_a = &s->shared.own[a], *of_b = &s->shared.own[b];

    value->subject[2 * i] = s->shared.schemes.items[a].id;
    value->subject[2 * i + 1] = s->shared.schemes.items[b].id;
    value->column[MLG_VALUE][i] = pair->shared / (of_a->bodies + of_b->bodies - pair->shared);
    part[SHARED][i] = pair->shared;
    part[OF_A][i] = of_a->bodies;
    part[OF_B][i] = of_b->bodies;
    part[MEMBERS_A][i] = (double) mlg_members_n(&s->members, a);
    part[MEMBERS_B][i] = (double) mlg_members_n(&s->members, b);
    part[COMMON][i] = (double) mlg_members_common(&s->members, a, b);
    part[SINCE][i] = mlg_years_between((mlg_span){pair->since, pair->since},
                                       (mlg_span){s->model->day, s->model->day});
    if (pair->since != MLG_EVER_FIRST && compare) {
        TRY(overlap(s, pair, (mlg_span){MLG_EVER_FIRST, pair->since - 1}, &part[BEFORE][i], err));
        TRY(overlap(s, pair, (mlg_span){pair->since, MLG_EVER_LAST}, &part[AFTER][i], err));
    }
out:
    return status;
}

static mlg_status add_pairs(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = s->shared.n_pairs < MOST_PAIRS ? s->shared.n_pairs : MOST_PAIRS;
    mlg_value *value = mlg_values_add(out, ID, view, n, err);
    double *part[N_PARTS];

    TRY_ALLOC(err, value);
    value->shape = MLG_PAIRS;
    value->convention = "pairs";
    value->total = s->shared.n_pairs;
    value->undefined = n > 0 ? T_none : T_why_no_shared_body;
    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_VALUE));
    for (size_t k = 0; k < N_PARTS; k++) {
        part[k] = mlg_value_part_of(value, parts[k]);
        TRY_ALLOC(err, part[k]);
    }
    for (size_t i = 0; i < n; i++) {
        TRY(fill_pair(s, &s->shared.pairs[i], n <= MOST_COMPARED, value, part, i, err));
    }
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

/* ---- each scheme, each body, all ---------------------------------------------------------- */

static mlg_status add_schemes(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    enum { VALUE, BODIES, SHARED_ONES, STEERING, STEERING_SHARED, OTHERS, N };
    static const char *const names[] = {"bodies", "shared", "steering", "steering_shared",
                                        "schemes"};
    const size_t n = s->shared.schemes.n;
    mlg_id *subject = mlg_alloc(n, sizeof *subject);
    double *figure = mlg_alloc(n, N * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < n; i++) {
        const mlg_own_bodies *own = &s->shared.own[i];
        double *f = &figure[i * N];
        subject[i] = s->shared.schemes.items[i].id;
        f[VALUE] = own->bodies > 0.0 ? own->shared / own->bodies : NAN;
        f[BODIES] = own->bodies;
        f[SHARED_ONES] = own->shared;
        f[STEERING] = own->steering;
        f[STEERING_SHARED] = own->steering_shared;
        f[OTHERS] = own->others;
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_SCHEME,
                                          .convention = "by_scheme",
                                          .why = T_why_no_body,
                                          .parts = names,
                                          .n_parts = N - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = n},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

static mlg_status add_summary(const survey *s, int32_t view, mlg_values *out, mlg_error *err)
{
    double with_bodies = 0.0, sharing = 0.0, none_own = 0.0;

    for (size_t i = 0; i < s->shared.schemes.n; i++) {
        const mlg_own_bodies *own = &s->shared.own[i];
        with_bodies += own->bodies > 0.0;
        sharing += own->shared > 0.0;
        none_own += own->bodies > 0.0 && own->shared == own->bodies;
    }
    const mlg_figure figures[] = {
        {"bodies", s->shared.all},      {"shared", (double) s->shared.n_bodies},
        {"schemes", with_bodies},       {"sharing", sharing},
        {"without_own_body", none_own}, {"pairs", (double) s->shared.n_pairs},
    };
    return mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = "all_bodies",
                       .value =
                           s->shared.all > 0.0 ? (double) s->shared.n_bodies / s->shared.all : NAN,
                       .why = s->shared.all > 0.0 ? T_none : T_why_no_body,
                       .figures = figures,
                       .n_figures = sizeof figures / sizeof *figures},
        err);
}

mlg_status mlg_scheme_shared_bodies(mlg_context *context, int32_t view, mlg_values *out,
                                    mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    survey s = {.model = context->model};

    if (s.model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_schemes, err);
    }
    TRY(survey_open(&s, err));
    if (s.shared.schemes.n < 2) {
        TRY(mlg_values_undefined(
            out, ID, view, s.shared.schemes.n == 0 ? T_why_no_schemes : T_why_single_scheme, err));
        goto out;
    }
    TRY(add_schemes(&s, view, out, err));
    TRY(add_pairs(&s, view, out, err));
    TRY(add_summary(&s, view, out, err));
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
