/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/scheme_flow.h"

#include <math.h>
#include <stdlib.h>

#include "maillage/coordination.h"
#include "measure/chains.h"
#include "measure/departure.h"
#include "measure/scheme_set.h"
#include "measure/seats.h"
#include "measure/summary.h"

/* How many people, independently of each other, link the activities of two schemes. */

static const char *const ID = "depend.connectivity";

/* What a report may spend, in entries of the table looked at: about a second. */
#define MOST_STEPS 50000000
enum { MOST_PAIRS = 1000, MOST_SCHEMES = 1500 };

/* Who takes part in what, and which activities are whose. */
typedef struct sittings {
    const mlg_model *model;
    const mlg_leavers *posts;
    mlg_id *who;       /* [people] the party of each */
    int32_t *of_party; /* [parties] person of a party, or -1 */
    int32_t *of_activity;
    int32_t n_people, n_activities;
    int32_t *person, *activity; /* rows */
    size_t n, person_room, activity_room;
    bool by_actor;
    bool names_people; /* some row names a person or a post */
    bool failed;
    mlg_csr attends, attended;
    mlg_scheme_set schemes;
    int32_t *start, *of; /* activities of each scheme, of those that somebody attends */
} sittings;

static void sittings_close(sittings *s)
{
    mlg_free(s->who);
    mlg_free(s->of_party);
    mlg_free(s->of_activity);
    mlg_free(s->person);
    mlg_free(s->activity);
    mlg_csr_free(&s->attends);
    mlg_csr_free(&s->attended);
    mlg_schemes_free(&s->schemes);
    mlg_free(s->start);
    mlg_free(s->of);
}

/* A post, who holds it and who speaks for it are one. */
static mlg_id one_of(const sittings *s, const mlg_reading *reading)
{
    const mlg_id party = reading->subject[0];
    const int32_t spoken_for =
        s->by_actor ? mlg_leaver_of_reading(s->model, s->posts, reading, 0) : MLG_NO_LEAVER;
    const int32_t leaver = spoken_for >= 0 ? spoken_for : s->posts->of_party[party];
    if (leaver < 0) {
        return party;
    }
    const mlg_leaver *who = &s->posts->leaver[leaver];
    return who->person >= 0 ? who->person : s->posts->post[who->first];
}

static void read_seat(void *context, const mlg_reading *reading)
{
    sittings *s = context;

    if (reading->fate != MLG_ROW_COUNTS || reading->subject[0] < 0 || s->failed) {
        return;
    }
    const mlg_id party = one_of(s, reading);
    s->names_people = s->names_people || s->model->party_kind[party] == MLG_KIND_PERSON ||
                      (s->model->party_flags[party] & MLG_IS_POST) != 0;
    if (!mlg_grow(&s->person, &s->person_room, s->n + 1, sizeof *s->person) ||
        !mlg_grow(&s->activity, &s->activity_room, s->n + 1, sizeof *s->activity)) {
        s->failed = true;
        return;
    }
    if (s->of_party[party] < 0) {
        s->who[s->n_people] = party;
        s->of_party[party] = s->n_people++;
    }
    if (s->of_activity[reading->activity] < 0) {
        s->of_activity[reading->activity] = s->n_activities++;
    }
    s->person[s->n] = s->of_party[party];
    s->activity[s->n++] = s->of_activity[reading->activity];
}

/* Activities of each scheme, of those attended: two passes, one to count. */
static mlg_status list_activities(sittings *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t schemes = s->schemes.n;

    s->start = mlg_zalloc(schemes + 2, sizeof *s->start);
    TRY_ALLOC(err, s->start);
    for (int pass = 0; pass < 2; pass++) {
        for (size_t a = 0; a < s->model->activities.n; a++) {
            size_t n = 0;
            const mlg_id *of = mlg_activity_schemes(s->model, (mlg_id) a, &n);
            for (size_t i = 0; i < n && s->of_activity[a] >= 0; i++) {
                const int32_t place = mlg_scheme_place(&s->schemes, of[i]);
                if (place >= 0 && pass == 0) {
                    s->start[place + 2]++;
                } else if (place >= 0) {
                    s->of[s->start[place + 1]++] = s->of_activity[a];
                }
            }
        }
        for (size_t i = 0; pass == 0 && i < schemes; i++) {
            s->start[i + 2] += s->start[i + 1];
        }
        if (pass == 0) {
            s->of = mlg_alloc((size_t) s->start[schemes + (schemes > 0)], sizeof *s->of);
            TRY_ALLOC(err, s->of);
        }
    }
out:
    return status;
}

/* Nobody is met yet. */
static mlg_status make_room(sittings *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = s->model;

    s->who = mlg_alloc(model->parties.n, sizeof *s->who);
    s->of_party = mlg_alloc(model->parties.n, sizeof *s->of_party);
    s->of_activity = mlg_alloc(model->activities.n, sizeof *s->of_activity);
    TRY_ALLOC(err, s->who);
    TRY_ALLOC(err, s->of_party);
    TRY_ALLOC(err, s->of_activity);
    for (size_t p = 0; p < model->parties.n; p++) {
        s->of_party[p] = -1;
    }
    for (size_t a = 0; a < model->activities.n; a++) {
        s->of_activity[a] = -1;
    }
out:
    return status;
}

/* Who takes part in what, from both sides. */
static mlg_status read_seats(sittings *s, mlg_by by, mlg_error *err)
{
    s->by_actor = by == MLG_BY_ACTOR;
    mlg_status status = MLG_OK;

    TRY(mlg_seats_each(s->model, by, read_seat, s, err));
    if (s->failed) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for who takes part", ID);
    }
    TRY(mlg_csr_build(s->n_people, s->n_activities, false, false, s->person, s->activity, NULL,
                      s->n, MLG_MERGE_MAX, &s->attends, err));
    TRY(mlg_csr_transpose(&s->attends, s->n_activities, &s->attended, err));
out:
    return status;
}

static mlg_status sittings_open(sittings *s, mlg_by by, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(make_room(s, err));
    TRY(read_seats(s, by, err));
    TRY(mlg_schemes_of(s->model, &s->schemes, err));
    if (s->schemes.n > MOST_SCHEMES && s->n > 0) { /* without a seat there is nothing to link */
        FAIL(err, MLG_ESIZE, "%s: more than %d schemes", ID, MOST_SCHEMES);
    }
    TRY(list_activities(s, err));
out:
    return status;
}

static size_t activities_of(const sittings *s, int32_t scheme)
{
    return (size_t) (s->start[scheme + 1] - s->start[scheme]);
}

static mlg_linked link_of(const sittings *s, mlg_chains *chains, int32_t a, int32_t b,
                          int64_t *steps)
{
    return mlg_chains_between(chains, s->of + s->start[a], activities_of(s, a), s->of + s->start[b],
                              activities_of(s, b), steps);
}

/* ---- pairs ---------------------------------------------------------------------- */

typedef struct couple {
    int32_t a, b; /* places of schemes, a < b */
    mlg_linked linked;
} couple;

/* The weakest first. */
static int by_weakness(const void *left, const void *right)
{
    const couple *x = left, *y = right;
    if (x->linked.chains != y->linked.chains) {
        return x->linked.chains < y->linked.chains ? -1 : 1;
    }
    if (x->linked.shared != y->linked.shared) {
        return x->linked.shared < y->linked.shared ? -1 : 1;
    }
    return x->a != y->a ? (x->a < y->a ? -1 : 1) : x->b < y->b ? -1 : x->b > y->b;
}

/* Those with fewest activities between them first: where the steps run out the best linked are
 * left. */
static int by_size(const void *left, const void *right)
{
    const couple *x = left, *y = right;
    if (x->linked.first != y->linked.first) {
        return x->linked.first < y->linked.first ? -1 : 1;
    }
    return x->a != y->a ? (x->a < y->a ? -1 : 1) : x->b < y->b ? -1 : x->b > y->b;
}

typedef struct survey {
    sittings *sittings;
    couple *couples;
    size_t total, n; /* pairs of schemes that somebody attends; of them counted */
    size_t known;    /* schemes that somebody attends */
} survey;

static mlg_status list_couples(survey *of, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const sittings *s = of->sittings;

    for (int32_t a = 0; a < (int32_t) s->schemes.n; a++) {
        of->known += activities_of(s, a) > 0;
    }
    of->couples = mlg_alloc(of->known * of->known / 2 + 1, sizeof *of->couples);
    TRY_ALLOC(err, of->couples);
    for (int32_t a = 0; a < (int32_t) s->schemes.n; a++) {
        for (int32_t b = a + 1; b < (int32_t) s->schemes.n; b++) {
            const size_t in_a = activities_of(s, a), in_b = activities_of(s, b);
            if (in_a > 0 && in_b > 0) {
                couple *one = &of->couples[of->total++];
                *one = (couple){.a = a, .b = b};
                one->linked.first = (int32_t) (in_a < in_b ? in_a : in_b);
            }
        }
    }
    if (of->total > 0) {
        qsort(of->couples, of->total, sizeof *of->couples, by_size);
    }
out:
    return status;
}

static mlg_status count_chains(survey *of, bool force, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_chains chains = {0};
    int64_t steps = force ? INT64_MAX : MOST_STEPS;

    TRY(mlg_chains_open(&chains, &of->sittings->attends, &of->sittings->attended, err));
    for (size_t i = 0; i < of->total && steps >= 0; i++) {
        couple *one = &of->couples[i];
        one->linked = link_of(of->sittings, &chains, one->a, one->b, &steps);
        of->n += one->linked.chains >= 0;
    }
    if (of->n > 0) {
        qsort(of->couples, of->n, sizeof *of->couples, by_weakness);
    }
out:
    mlg_chains_close(&chains);
    return status;
}

/* ---- values ------------------------------------------------------------------------ */

static mlg_status add_pairs(const survey *of, int32_t view, const char *convention, mlg_values *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    static const char *const names[] = {"shared", "people_a", "people_b"};
    const size_t n = of->n < MOST_PAIRS ? of->n : MOST_PAIRS;
    double *part[3] = {NULL};
    mlg_value *value = mlg_values_add(out, ID, view, n, err);

    TRY_ALLOC(err, value);
    value->convention = convention;
    value->total = of->total;
    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_VALUE));
    for (int k = 0; k < 3; k++) {
        part[k] = mlg_value_part_of(value, names[k]);
        TRY_ALLOC(err, part[k]);
    }
    for (size_t i = 0; i < n; i++) {
        const couple *one = &of->couples[i];
        value->subject[2 * i] = of->sittings->schemes.items[one->a].id;
        value->subject[2 * i + 1] = of->sittings->schemes.items[one->b].id;
        value->column[MLG_VALUE][i] = one->linked.chains;
        part[0][i] = one->linked.shared;
        part[1][i] = one->linked.first;
        part[2][i] = one->linked.second;
    }
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

static mlg_status add_share(const survey *of, int32_t view, const char *convention, mlg_values *out,
                            mlg_error *err)
{
    double none = 0.0, single = 0.0;

    for (size_t i = 0; i < of->n; i++) {
        none += of->couples[i].linked.chains == 0;
        single += of->couples[i].linked.chains == 1;
    }
    const double linked = (double) of->n - none;
    const mlg_figure figures[] = {
        {"pairs", (double) of->n},
        {"left_out", (double) (of->total - of->n)},
        {"none", none},
        {"single", single},
        {"schemes", (double) of->sittings->schemes.n},
        {"schemes_known", (double) of->known},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = convention,
                                             .value = linked > 0.0 ? single / linked : NAN,
                                             .why = linked > 0.0 ? T_none : T_why_no_link,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_text_key lacks(const survey *of)
{
    return of->sittings->schemes.n == 0  ? T_why_no_schemes
           : of->sittings->schemes.n < 2 ? T_why_single_scheme
           : of->known < 2               ? T_why_no_shared_attendance
                                         : T_none;
}

/* One convention; that of participants is left out where no row names a person: it would be that
 * of organisations. */
static mlg_status answer(const mlg_context *context, const mlg_leavers *posts, mlg_by by,
                         int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool organisations = by == MLG_BY_ORGANISATION;
    sittings s = {.model = context->model, .posts = posts};
    survey of = {.sittings = &s};

    TRY(sittings_open(&s, by, err));
    if (!organisations && !s.names_people) {
        goto out;
    }
    if (s.n > 0) {
        TRY(list_couples(&of, err));
    }
    const mlg_text_key why = lacks(&of);
    if (why != T_none && organisations) {
        TRY(mlg_values_undefined(out, ID, view, why, err));
    } else if (why == T_none) {
        TRY(count_chains(&of, context->run->force, err));
        TRY(add_pairs(&of, view, organisations ? "organisations" : "participants", out, err));
        TRY(add_share(&of, view, organisations ? "single_organisation" : "single_participant", out,
                      err));
    }
out:
    mlg_free(of.couples);
    sittings_close(&s);
    return status;
}

mlg_status mlg_depend_connectivity(mlg_context *context, int32_t view, mlg_values *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_leavers posts = {0};

    if (context->model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_schemes, err);
    }
    TRY(mlg_leavers_of(context->model, &posts, err));
    TRY(answer(context, &posts, MLG_BY_ACTOR, view, out, err));
    TRY(answer(context, &posts, MLG_BY_ORGANISATION, view, out, err));
out:
    mlg_leavers_free(&posts);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_thread_between(const mlg_model *model, mlg_by by, mlg_id a, mlg_id b, mlg_id *thread,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_leavers posts = {0};
    mlg_chains chains = {0};
    sittings s = {.model = model, .posts = &posts};
    int64_t steps = INT64_MAX;

    *thread = -1;
    TRY(mlg_leavers_of(model, &posts, err));
    TRY(sittings_open(&s, by, err));
    TRY(mlg_chains_open(&chains, &s.attends, &s.attended, err));
    const int32_t of = mlg_scheme_place(&s.schemes, a), with = mlg_scheme_place(&s.schemes, b);
    if (of >= 0 && with >= 0) {
        const int32_t person = link_of(&s, &chains, of, with, &steps).thread;
        *thread = person >= 0 ? s.who[person] : -1;
    }
out:
    mlg_chains_close(&chains);
    sittings_close(&s);
    mlg_leavers_free(&posts);
    return status;
}
