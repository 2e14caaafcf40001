/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/only_bridge.h"

#include <math.h>
#include <string.h>

#include "measure/composition.h"
#include "measure/scheme_set.h"
#include "measure/seats.h"
#include "measure/sector_types.h"
#include "measure/tenure.h"
#include "measure/union_find.h"

/* Pairs looked at before MLG_ESIZE would be a matter of minutes. */
static const double MOST_PAIRS = 4e7;

typedef struct survey {
    const mlg_model *model;
    mlg_only_bridge *out;
    mlg_scheme_set schemes;
    mlg_sittings sittings;
    mlg_sector_types types;
    bool *steering;     /* [activities] */
    bool *other;        /* [activities] */
    uint32_t *at;       /* [parties + 1] rows of an organisation in `of` */
    mlg_id *of;         /* its activities, each once */
    int32_t *set;       /* [parties] who is linked by other activities: union_find.h */
    int32_t *shared;    /* [parties] activities shared with the one looked at */
    int32_t *elsewhere; /* [parties] of them: no steering committee */
    mlg_id *last;       /* [parties] one of them */
    mlg_id *touched;    /* [parties] */
    int32_t *body;      /* [activities] number among the committees, -1 */
    int32_t *seen;      /* [parties] */
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    mlg_sittings_free(&s->sittings);
    mlg_sector_types_free(&s->types);
    mlg_free(s->steering);
    mlg_free(s->other);
    mlg_free(s->at);
    mlg_free(s->of);
    mlg_free(s->set);
    mlg_free(s->shared);
    mlg_free(s->elsewhere);
    mlg_free(s->last);
    mlg_free(s->touched);
    mlg_free(s->body);
    mlg_free(s->seen);
}

static mlg_status survey_room(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t parties = s->model->parties.n, activities = s->model->activities.n;

    s->steering = mlg_zalloc(activities, sizeof *s->steering);
    s->other = mlg_zalloc(activities, sizeof *s->other);
    s->body = mlg_alloc(activities, sizeof *s->body);
    s->at = mlg_zalloc(parties + 1, sizeof *s->at);
    s->of = mlg_alloc(s->sittings.n, sizeof *s->of);
    s->set = mlg_alloc(parties, sizeof *s->set);
    s->shared = mlg_zalloc(parties, sizeof *s->shared);
    s->elsewhere = mlg_zalloc(parties, sizeof *s->elsewhere);
    s->last = mlg_alloc(parties, sizeof *s->last);
    s->touched = mlg_alloc(parties, sizeof *s->touched);
    s->seen = mlg_zalloc(parties, sizeof *s->seen);
    TRY_ALLOC(err, s->steering);
    TRY_ALLOC(err, s->other);
    TRY_ALLOC(err, s->body);
    TRY_ALLOC(err, s->at);
    TRY_ALLOC(err, s->of);
    TRY_ALLOC(err, s->set);
    TRY_ALLOC(err, s->shared);
    TRY_ALLOC(err, s->elsewhere);
    TRY_ALLOC(err, s->last);
    TRY_ALLOC(err, s->touched);
    TRY_ALLOC(err, s->seen);
out:
    return status;
}

/* ---- activities ---------------------------------------------------------------------------- */

/* Which activities are committees, which are not; how many pairs there are to look at. */
static double sort_activities(survey *s)
{
    mlg_only_bridge *out = s->out;
    double work = 0.0;

    for (mlg_id a = 0; a < (mlg_id) s->model->activities.n; a++) {
        const double n = (double) mlg_sittings_members(&s->sittings, a);
        const bool here = n > 0.0 || mlg_activity_is_recent(s->model, a);
        s->steering[a] = mlg_is_steering(s->model, a);
        s->other[a] = !s->steering[a];
        s->body[a] = -1;
        out->steering += s->steering[a] && n > 0.0;
        out->others += s->other[a] && n > 0.0;
        out->steering_all += s->steering[a] && here;
        out->others_all += s->other[a] && here;
        work += n * n;
    }
    return work;
}

/* Activities of each organisation; organisations that share one that is no committee are of one
 * set. */
static void link_organisations(survey *s)
{
    const mlg_sittings *sat = &s->sittings;

    for (size_t p = 0; p < s->model->parties.n; p++) {
        s->set[p] = -1 - 1; /* weighs 1 */
    }
    for (size_t i = 0; i < sat->n; i++) {
        s->at[sat->items[i].actor + 1] += !mlg_sitting_again(sat, i);
    }
    for (size_t p = 0; p < s->model->parties.n; p++) {
        s->at[p + 1] += s->at[p];
    }
    for (size_t i = 0; i < sat->n; i++) {
        const mlg_sitting *one = &sat->items[i];
        if (!mlg_sitting_again(sat, i)) {
            s->of[s->at[one->actor] + (uint32_t) s->seen[one->actor]++] = one->activity;
        }
    }
    memset(s->seen, 0, s->model->parties.n * sizeof *s->seen);
    for (size_t i = 1; i < sat->n; i++) {
        const mlg_sitting *one = &sat->items[i], *before = one - 1;
        if (one->activity == before->activity && s->other[one->activity]) {
            const int32_t a = mlg_set_root(s->set, one->actor);
            const int32_t b = mlg_set_root(s->set, before->actor);
            if (a != b) {
                (void) mlg_set_join(s->set, a, b);
            }
        }
    }
}

/* ---- pairs --------------------------------------------------------------------------------- */

static void count_pair(survey *s, mlg_id u, mlg_id v)
{
    const bool cross = mlg_sectors_apart(&s->types, u, v);
    const bool only = s->elsewhere[v] == 0;
    const bool cut = only && mlg_set_root(s->set, u) != mlg_set_root(s->set, v);
    mlg_meets *const of[] = {&s->out->all, cross ? &s->out->sectors : NULL};

    for (size_t k = 0; k < 2 && of[k] != NULL; k++) {
        of[k]->pairs++;
        of[k]->only += only;
        of[k]->cut += cut;
    }
    if (cross && s->shared[v] == 1 && only) {
        s->out->bodies[s->body[s->last[v]]].sectors.only++;
        s->out->bodies[s->body[s->last[v]]].sectors.cut += cut;
    }
}

/* All pairs of one organisation with others of larger number. */
static void count_pairs_of(survey *s, mlg_id u)
{
    size_t n = 0;
    for (size_t k = s->at[u]; k < s->at[u + 1]; k++) {
        const mlg_id activity = s->of[k];
        for (size_t i = s->sittings.first[activity]; i < s->sittings.first[activity + 1]; i++) {
            const mlg_id v = s->sittings.items[i].actor;
            if (v <= u || mlg_sitting_again(&s->sittings, i)) {
                continue;
            }
            if (s->shared[v] == 0) {
                s->touched[n++] = v;
            }
            s->shared[v]++;
            s->elsewhere[v] += s->other[activity];
            s->last[v] = activity;
        }
    }
    for (size_t i = 0; i < n; i++) {
        count_pair(s, u, s->touched[i]);
        s->shared[s->touched[i]] = s->elsewhere[s->touched[i]] = 0;
    }
}

static void count_pairs(survey *s)
{
    for (size_t p = 0; p < s->model->parties.n; p++) {
        count_pairs_of(s, (mlg_id) p);
    }
}

/* ---- committees --------------------------------------------------------------------------- */

static bool of_one_scheme(const mlg_model *model, mlg_id a, mlg_id b)
{
    size_t n = 0, m = 0;
    const mlg_id *of_a = mlg_activity_schemes(model, a, &n);
    const mlg_id *of_b = mlg_activity_schemes(model, b, &m);
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < m; j++) {
            found = found || of_a[i] == of_b[j];
        }
    }
    return found;
}

/* Pairs of known sectors, none in common, that sit in it. */
static double cross_pairs(const survey *s, mlg_id activity)
{
    double pairs = 0.0;
    const mlg_sittings *sat = &s->sittings;
    for (size_t i = sat->first[activity]; i < sat->first[activity + 1]; i++) {
        for (size_t j = sat->first[activity]; !mlg_sitting_again(sat, i) && j < i; j++) {
            pairs += !mlg_sitting_again(sat, j) &&
                     mlg_sectors_apart(&s->types, sat->items[i].actor, sat->items[j].actor);
        }
    }
    return pairs;
}

/* Its members that sit in the other activities of its schemes. */
static void look_at_groups(survey *s, int32_t mark, mlg_bridge_body *body)
{
    const mlg_sittings *sat = &s->sittings;
    double in_groups = 0.0;

    for (mlg_id a = 0; a < (mlg_id) s->model->activities.n; a++) {
        if (!s->other[a] || sat->first[a] == sat->first[a + 1] ||
            !of_one_scheme(s->model, body->activity, a)) {
            continue;
        }
        body->groups++;
        for (size_t i = sat->first[a]; i < sat->first[a + 1]; i++) {
            s->seen[sat->items[i].actor] = mark;
        }
    }
    for (size_t i = sat->first[body->activity]; i < sat->first[body->activity + 1]; i++) {
        in_groups += !mlg_sitting_again(sat, i) && s->seen[sat->items[i].actor] == mark;
    }
    body->in_groups = body->groups > 0.0 ? in_groups : NAN;
}

static mlg_status list_bodies(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_only_bridge *out = s->out;

    out->bodies = mlg_zalloc((size_t) out->steering, sizeof *out->bodies);
    TRY_ALLOC(err, out->bodies);
    for (mlg_id a = 0; a < (mlg_id) s->model->activities.n; a++) {
        const size_t members = mlg_sittings_members(&s->sittings, a);
        if (s->steering[a] && members > 0) {
            mlg_bridge_body *body = &out->bodies[out->n_bodies];
            s->body[a] = (int32_t) out->n_bodies++;
            body->activity = a;
            body->members = (double) members;
            body->sectors.pairs = cross_pairs(s, a);
            look_at_groups(s, (int32_t) out->n_bodies, body);
        }
    }
out:
    return status;
}

/* ---- pairs of schemes -------------------------------------------------------------------- */

static mlg_status count_schemes(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_members all = {0}, others = {0};
    const size_t n = s->schemes.n;

    TRY(mlg_members_of(s->model, &s->sittings, s->schemes.place, n, NULL, mlg_ever(), &all, err));
    TRY(mlg_members_of(s->model, &s->sittings, s->schemes.place, n, s->other, mlg_ever(), &others,
                       err));
    s->out->schemes = (double) n;
    for (size_t a = 0; a < n; a++) {
        for (size_t b = a + 1; b < n; b++) {
            const bool linked = mlg_members_common(&all, a, b) > 0;
            s->out->linked += linked;
            s->out->linked_only += linked && mlg_members_common(&others, a, b) == 0;
        }
    }
out:
    mlg_members_free(&all);
    mlg_members_free(&others);
    return status;
}

static mlg_text_key lacks(const survey *s, double work, bool force)
{
    const mlg_only_bridge *out = s->out;
    return s->sittings.n == 0            ? T_why_no_two_mode
           : out->steering_all == 0.0    ? T_why_no_steering
           : out->steering == 0.0        ? T_why_no_attendance
           : out->others == 0.0          ? T_why_only_steering
           : work > MOST_PAIRS && !force ? T_why_too_large
                                         : T_none;
}

mlg_status mlg_only_bridge_of(const mlg_model *model, bool force, mlg_only_bridge *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {.model = model, .out = out};

    *out = (mlg_only_bridge){0};
    TRY(mlg_schemes_of(model, &s.schemes, err));
    TRY(mlg_sittings_of(model, mlg_recent_days(model), &s.sittings, err));
    TRY(mlg_sector_types_of(model, &s.types, err));
    TRY(survey_room(&s, err));
    out->why = lacks(&s, sort_activities(&s), force);
    if (out->why != T_none) {
        goto out;
    }
    link_organisations(&s);
    TRY(list_bodies(&s, err));
    count_pairs(&s);
    TRY(count_schemes(&s, err));
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_only_bridge_free(out);
    }
    return status;
}

void mlg_only_bridge_free(mlg_only_bridge *bridge)
{
    mlg_free(bridge->bodies);
    *bridge = (mlg_only_bridge){0};
}
