/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/scheme.h"
#include "measure/cover.h"
#include "measure/scheme_set.h"
#include "measure/seats.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* The three roles, as bits; a pair of them is a bit too. */
enum { ELECTED = 1, COORDINATOR = 2, DIRECTOR = 4, ALL_ROLES = 7 };
enum { ELECTED_COORDINATOR = 1, ELECTED_DIRECTOR = 2, COORDINATOR_DIRECTOR = 4, ALL_PAIRS = 7 };

/* A party that stands for a role of a scheme: its holder, or the post held. Whoever is tied to a
 * post is tied to its holder, whatever else that person does. */
typedef struct seat {
    mlg_id party;
    mlg_id holder;
    int32_t scheme; /* place in the set */
    int role;
} seat;

/* A role present at one activity of a scheme. */
typedef struct meeting {
    int32_t scheme;
    mlg_id activity;
    int role;
} meeting;

/* What is known of one scheme, in bits. */
typedef struct trio {
    int held, vacant; /* roles */
    int tied;         /* pairs */
} trio;

typedef struct survey {
    const mlg_model *model;
    mlg_scheme_set schemes;
    trio *trios; /* [schemes.n] */
    seat *seats; /* by party */
    size_t n_seats, seats_room;
    meeting *meetings;
    size_t n_meetings, meetings_room;
    bool failed; /* no memory, in a visit */
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    mlg_free(s->trios);
    mlg_free(s->seats);
    mlg_free(s->meetings);
}

static int pair_of(int role, int other)
{
    switch (role | other) {
    case ELECTED | COORDINATOR:
        return ELECTED_COORDINATOR;
    case ELECTED | DIRECTOR:
        return ELECTED_DIRECTOR;
    case COORDINATOR | DIRECTOR:
        return COORDINATOR_DIRECTOR;
    default:
        return 0;
    }
}

/* Every pair of the roles in a set of them. */
static int pairs_among(int roles)
{
    int pairs = 0;
    for (int role = ELECTED; role <= DIRECTOR; role *= 2) {
        for (int other = 2 * role; other <= DIRECTOR; other *= 2) {
            pairs |= (roles & role) != 0 && (roles & other) != 0 ? pair_of(role, other) : 0;
        }
    }
    return pairs;
}

/* ---- who holds the roles -------------------------------------------------------------- */

static int role_of(const mlg_model *model, int32_t row)
{
    const int32_t role = mlg_get_id(model, C_posts_role, row);
    return role == MLG_CODE_OF(role, coordinator) ? COORDINATOR
           : role == MLG_CODE_OF(role, director)  ? DIRECTOR
           : mlg_post_is_elected(model, row)      ? ELECTED
                                                  : 0;
}

static mlg_status add_seat(survey *s, seat added, mlg_error *err)
{
    if (added.party < 0) {
        return MLG_OK;
    }
    if (!mlg_grow(&s->seats, &s->seats_room, s->n_seats + 1, sizeof *s->seats)) {
        return mlg_fail(err, MLG_ENOMEM, "scheme.triptych: no memory for its posts");
    }
    s->seats[s->n_seats++] = added;
    return MLG_OK;
}

static int by_party(const void *left, const void *right)
{
    const seat *a = left, *b = right;
    if (a->party != b->party) {
        return a->party < b->party ? -1 : 1;
    }
    return a->scheme != b->scheme ? (a->scheme < b->scheme ? -1 : 1) : a->role - b->role;
}

static mlg_status read_posts(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_tenures tenures = {0};

    TRY(mlg_tenures_of(s->model, &tenures, err));
    for (size_t i = 0; i < tenures.n; i++) {
        const mlg_tenure *t = &tenures.items[i];
        const int role = role_of(s->model, t->row);
        const int32_t scheme = mlg_scheme_place(&s->schemes, t->scheme);
        if (role == 0 || scheme < 0) {
            continue;
        }
        s->trios[scheme].vacant |= t->holder == MLG_VACANT ? role : 0;
        if (t->holder >= 0) {
            s->trios[scheme].held |= role;
            TRY(add_seat(s, (seat){t->holder, t->holder, scheme, role}, err));
            TRY(add_seat(s, (seat){t->post, t->holder, scheme, role}, err));
        }
    }
    if (s->n_seats > 0) {
        qsort(s->seats, s->n_seats, sizeof *s->seats, by_party);
    }
out:
    mlg_free(tenures.items);
    return status;
}

/* First seat of a party; the others follow it. Past the last when it has none. */
static size_t seats_of(const survey *s, mlg_id party)
{
    size_t low = 0, high = s->n_seats;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (s->seats[middle].party < party) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < s->n_seats && s->seats[low].party == party ? low : s->n_seats;
}

/* ---- what ties them ------------------------------------------------------------------- */

/* Two holders who are tied, or one with itself: a person who has two of the roles. */
static void tie_holders(survey *s, mlg_id a, mlg_id b)
{
    for (size_t i = seats_of(s, a); i < s->n_seats && s->seats[i].party == a; i++) {
        for (size_t j = seats_of(s, b); j < s->n_seats && s->seats[j].party == b; j++) {
            if (s->seats[i].scheme == s->seats[j].scheme) {
                s->trios[s->seats[i].scheme].tied |= pair_of(s->seats[i].role, s->seats[j].role);
            }
        }
    }
}

static void tie_parties(survey *s, mlg_id a, mlg_id b)
{
    for (size_t i = seats_of(s, a); i < s->n_seats && s->seats[i].party == a; i++) {
        for (size_t j = seats_of(s, b); j < s->n_seats && s->seats[j].party == b; j++) {
            tie_holders(s, s->seats[i].holder, s->seats[j].holder);
        }
    }
}

static void read_ties(survey *s)
{
    const mlg_model *model = s->model;
    for (int32_t row = 0; row < model->rows[MLG_TIES].n; row++) {
        const mlg_id from = mlg_get_id(model, C_ties_from, row);
        const mlg_id to = mlg_get_id(model, C_ties_to, row);
        const mlg_span span = {mlg_get_span(model, C_ties_start, row).first,
                               mlg_get_span(model, C_ties_end, row).last};
        if (from >= 0 && to >= 0 && mlg_is_recent(model, span)) {
            tie_parties(s, from, to);
        }
    }
    for (size_t i = 0; i < s->n_seats; i++) {
        if (i == 0 || s->seats[i - 1].party != s->seats[i].party) {
            tie_parties(s, s->seats[i].party, s->seats[i].party);
        }
    }
}

static void add_holder(survey *s, mlg_id holder, mlg_id activity, int32_t scheme)
{
    for (size_t i = seats_of(s, holder); i < s->n_seats && s->seats[i].party == holder; i++) {
        if (s->seats[i].scheme != scheme || s->failed) {
            continue;
        }
        s->failed =
            !mlg_grow(&s->meetings, &s->meetings_room, s->n_meetings + 1, sizeof *s->meetings);
        if (!s->failed) {
            s->meetings[s->n_meetings++] = (meeting){scheme, activity, s->seats[i].role};
        }
    }
}

static void add_meeting(survey *s, mlg_id party, mlg_id activity, mlg_id scheme)
{
    const int32_t place = mlg_scheme_place(&s->schemes, scheme);
    for (size_t i = seats_of(s, party); i < s->n_seats && s->seats[i].party == party; i++) {
        add_holder(s, s->seats[i].holder, activity, place);
    }
}

/* Somebody who sends another in his place is not there. */
static void visit_seat(void *context, const mlg_reading *reading)
{
    survey *s = context;
    const mlg_model *model = s->model;
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(model, reading->activity, &n);

    if (reading->fate != MLG_ROW_COUNTS || reading->row.table != MLG_PARTICIPATIONS ||
        mlg_get_id(model, C_participations_present, reading->row.row) ==
            MLG_CODE_OF(presence, represented)) {
        return;
    }
    const mlg_id behalf = mlg_get_id(model, C_participations_on_behalf_of, reading->row.row);
    for (size_t i = 0; i < n; i++) {
        add_meeting(s, reading->party[0], reading->activity, schemes[i]);
        if (behalf >= 0 && behalf != reading->party[0]) {
            add_meeting(s, behalf, reading->activity, schemes[i]);
        }
    }
}

static int by_scheme_and_activity(const void *left, const void *right)
{
    const meeting *a = left, *b = right;
    if (a->scheme != b->scheme) {
        return a->scheme < b->scheme ? -1 : 1;
    }
    return a->activity < b->activity ? -1 : a->activity > b->activity;
}

static mlg_status read_meetings(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int roles = 0;

    TRY(mlg_seats_each(s->model, MLG_BY_ACTOR, visit_seat, s, err));
    if (s->failed) {
        FAIL(err, MLG_ENOMEM, "scheme.triptych: no memory for its meetings");
    }
    if (s->n_meetings > 0) {
        qsort(s->meetings, s->n_meetings, sizeof *s->meetings, by_scheme_and_activity);
    }
    for (size_t i = 0; i < s->n_meetings; i++) {
        const meeting *m = &s->meetings[i];
        const bool same = i > 0 && by_scheme_and_activity(m - 1, m) == 0;
        roles = m->role | (same ? roles : 0);
        s->trios[m->scheme].tied |= pairs_among(roles);
    }
out:
    return status;
}

/* ---- values ------------------------------------------------------------------------------ */

enum { VALUE, ROLES, PAIRS = ROLES + 3, COMPLETE = PAIRS + 3, N_FIGURES };
static const char *const parts[] = {
    "elected",          "coordinator",          "director", "elected_coordinator",
    "elected_director", "coordinator_director", "complete",
};

/* 1 held, 0 vacant, NaN not recorded. */
static double role_figure(const trio *t, int role)
{
    return (t->held & role) != 0 ? 1.0 : (t->vacant & role) != 0 ? 0.0 : NAN;
}

/* `told`: something in the study says who is tied or who meets. */
static void figures_of(const trio *t, bool told, double *figure)
{
    static const int both[] = {ELECTED | COORDINATOR, ELECTED | DIRECTOR, COORDINATOR | DIRECTOR};
    const bool recorded = (t->held | t->vacant) == ALL_ROLES;

    for (int i = 0; i < 3; i++) {
        const bool can = told && (t->held & both[i]) == both[i];
        figure[ROLES + i] = role_figure(t, 1 << i);
        figure[PAIRS + i] = can ? (double) ((t->tied & (1 << i)) != 0) : NAN;
    }
    figure[COMPLETE] = recorded ? (double) (t->held == ALL_ROLES) : NAN;
    figure[VALUE] = !recorded              ? NAN
                    : t->held != ALL_ROLES ? 0.0
                    : told                 ? (double) (t->tied == ALL_PAIRS)
                                           : NAN;
}

static mlg_status list_trios(const survey *s, const mlg_id *subject, const double *figure,
                             int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double known = 0, closed = 0, complete = 0, recorded = 0;

    for (size_t i = 0; i < s->schemes.n; i++) {
        const double *f = &figure[i * N_FIGURES];
        known += !isnan(f[VALUE]);
        closed += f[VALUE] == 1.0;
        complete += f[COMPLETE] == 1.0;
        recorded += !isnan(f[COMPLETE]);
    }
    const mlg_text_key why = recorded > 0 ? T_why_no_word_of_ties : T_why_no_triptych;
    const mlg_figure figures[] = {{"schemes", (double) s->schemes.n},
                                  {"recorded", recorded},
                                  {"complete", complete},
                                  {"known", known},
                                  {"closed", closed}};
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = "scheme.triptych",
                                          .view = view,
                                          .scope = MLG_SCOPE_SCHEME,
                                          .why = why,
                                          .parts = parts,
                                          .n_parts = sizeof parts / sizeof *parts,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = s->schemes.n},
                           err));
    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = "scheme.triptych",
                                          .view = view,
                                          .convention = "closed_share",
                                          .value = known > 0 ? closed / known : NAN,
                                          .why = known > 0 ? T_none : why,
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
    s->trios = mlg_zalloc(s->schemes.n, sizeof *s->trios);
    TRY_ALLOC(err, s->trios);
    TRY(read_posts(s, err));
    read_ties(s);
    TRY(read_meetings(s, err));
out:
    return status;
}

mlg_status mlg_scheme_triptych(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    survey s = {.model = model};
    mlg_id *subject = NULL;
    double *figure = NULL;

    if (model == NULL || model->rows[MLG_POSTS].n == 0) {
        return mlg_values_undefined(out, "scheme.triptych", view, T_why_no_posts, err);
    }
    TRY(survey_open(&s, err));
    if (s.schemes.n == 0) {
        TRY(mlg_values_undefined(out, "scheme.triptych", view, T_why_no_schemes, err));
        goto out;
    }
    subject = mlg_alloc(s.schemes.n, sizeof *subject);
    figure = mlg_alloc(s.schemes.n, N_FIGURES * sizeof *figure);
    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    const bool told = model->rows[MLG_TIES].n > 0 || model->rows[MLG_PARTICIPATIONS].n > 0;
    for (size_t i = 0; i < s.schemes.n; i++) {
        subject[i] = s.schemes.items[i].id;
        figures_of(&s.trios[i], told, &figure[i * N_FIGURES]);
    }
    TRY(list_trios(&s, subject, figure, view, out, err));
out:
    mlg_free(subject);
    mlg_free(figure);
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
