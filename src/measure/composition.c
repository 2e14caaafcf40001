/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/composition.h"

#include <math.h>
#include <string.h>

#include "base/fold.h"
#include "measure/cover.h"
#include "measure/scheme_set.h"
#include "measure/seats.h"
#include "measure/sector_types.h"
#include "measure/tenure.h"

enum { MOST_TYPES = 4096 }; /* combinations of sectors, compared two by two */

bool mlg_is_steering(const mlg_model *model, mlg_id activity)
{
    return mlg_activity_code(model, C_activities_kind, activity) ==
           MLG_CODE_OF(activity_kind, steering);
}

/* ---- lists ---------------------------------------------------------------------------------- */

/* Is a scheme one that the shipped list was made for? */
static bool is_of_promotion(const mlg_model *model, mlg_id scheme)
{
    const int32_t row = model->party_scheme_row[scheme];
    const int32_t kind = row >= 0 ? mlg_get_id(model, C_schemes_kind, row) : -1;
    return kind == MLG_CODE_OF(scheme_kind, asv) || kind == MLG_CODE_OF(scheme_kind, cls) ||
           kind == MLG_CODE_OF(scheme_kind, rlps) ||
           kind == MLG_CODE_OF(scheme_kind, local_health_plan);
}

/* Has one of these schemes, or its kind, a list of its own? */
static bool have_list(const mlg_model *model, const mlg_id *schemes, size_t n)
{
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        found = found || mlg_seats_of_scheme(model, schemes[i]) != 0;
    }
    return found;
}

bool mlg_list_fits(const mlg_model *model, mlg_id activity)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(model, activity, &n);
    bool found = mlg_expected_seats_own(model) || have_list(model, schemes, n);

    for (size_t i = 0; i < n; i++) {
        found = found || is_of_promotion(model, schemes[i]);
    }
    return found;
}

mlg_text_key mlg_list_of(const mlg_model *model, mlg_id activity)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(model, activity, &n);
    return have_list(model, schemes, n)    ? T_lists_study
           : mlg_expected_seats_own(model) ? T_list_study
                                           : T_list_rlps;
}

/* What some schemes ask for together: each its own list; the general one those without, where it
 * speaks of them; all are asked for it when nobody has another. */
static uint64_t asked_of(const mlg_model *model, const mlg_id *schemes, size_t n)
{
    const uint64_t general = mlg_seats_general(model);
    uint64_t asked = 0;

    for (size_t i = 0; i < n; i++) {
        const uint64_t own = mlg_seats_of_scheme(model, schemes[i]);
        const bool fits = mlg_expected_seats_own(model) || is_of_promotion(model, schemes[i]);
        asked |= own != 0 ? own : fits ? general : 0;
    }
    return asked != 0 ? asked : general;
}

/* ---- breadth ------------------------------------------------------------------------------ */

double mlg_blau(double sharing, double n)
{
    return n > 0.0 ? 1.0 - sharing / (n * n) : NAN;
}

/* Pairs of two different ones share as often as in the whole; each shares with itself. */
double mlg_blau_expected(double sharing, double n, double k)
{
    if (!(k > 0.0) || k > n) {
        return NAN;
    }
    const double apart = n > 1.0 ? 1.0 - (sharing - n) / (n * (n - 1.0)) : 0.0;
    return (1.0 - 1.0 / k) * apart;
}

/* ---- members ------------------------------------------------------------------------------- */

typedef struct survey {
    const mlg_model *model;
    mlg_composition *out;
    mlg_scheme_set schemes;
    mlg_sittings sittings;
    bool *elected;   /* [parties] a post in force says so */
    uint64_t *takes; /* [sittings.n] seats that a row takes */
    bool *unclassed; /* [sittings.n] */
    mlg_sector_types types;
    uint32_t *all; /* [types] of who sits anywhere */
    double n_all, sharing_all;
    int32_t *seen;   /* [parties] last committee that counted an organisation, from 1 */
    uint64_t *seats; /* [parties] what it takes there */
    uint32_t *count; /* [types] of one committee */
    bool *present;   /* [codes] */
} survey;

static void survey_close(survey *s)
{
    mlg_schemes_free(&s->schemes);
    mlg_sittings_free(&s->sittings);
    mlg_free(s->elected);
    mlg_free(s->takes);
    mlg_free(s->unclassed);
    mlg_free(s->all);
    mlg_free(s->seen);
    mlg_free(s->seats);
    mlg_free(s->count);
    mlg_free(s->present);
    mlg_sector_types_free(&s->types);
}

static void find_elected(survey *s)
{
    const mlg_model *model = s->model;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const mlg_id holders[] = {mlg_get_id(model, C_posts_person, row),
                                  mlg_get_id(model, C_posts_id, row)};
        if (mlg_post_is_elected(model, row) && mlg_holds_at_date(model, MLG_POSTS, row)) {
            for (size_t i = 0; i < 2; i++) {
                if (holders[i] >= 0) {
                    s->elected[holders[i]] = true;
                }
            }
        }
    }
}

static int32_t code_of(const mlg_model *model, mlg_column column, mlg_id party)
{
    const int32_t row = model->party_actor_row[party];
    return row >= 0 ? mlg_get_id(model, column, row) : -1;
}

/* What one row's organisation says, its name and id as keys. */
static mlg_status read_member(const survey *s, const mlg_sitting *sitting, mlg_buffer *name,
                              mlg_buffer *id, mlg_member_codes *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = s->model;
    const mlg_id actor = sitting->actor;
    const int32_t text = code_of(model, C_actors_name, actor);
    const char *named = text >= 0 ? mlg_names_text(&model->texts, text) : "";
    const char *as = mlg_names_text(&model->parties, actor);

    mlg_buffer_clear(name);
    mlg_buffer_clear(id);
    mlg_fold(named, strlen(named), name);
    mlg_fold(as, strlen(as), id);
    if (name->failed || id->failed) {
        FAIL(err, MLG_ENOMEM, "no memory for the members of a committee");
    }
    *out = (mlg_member_codes){
        .elected = s->elected[sitting->party],
        .role = sitting->role,
        .institution = code_of(model, C_actors_institution, actor),
        .sector = model->party_sector[actor],
        .level = code_of(model, C_actors_level, actor),
        .name = mlg_buffer_string(name),
        .id = mlg_buffer_string(id),
    };
out:
    return status;
}

/* Any of its sectors may give it a seat. */
static uint64_t seats_of(const survey *s, mlg_id actor, mlg_member_codes *codes)
{
    const int32_t type = s->types.of[actor];
    uint64_t taken = mlg_seats_taken(s->out->seats, s->out->n_seats, codes);
    for (uint32_t k = type >= 0 ? s->types.offset[type] : 0;
         type >= 0 && k < s->types.offset[type + 1]; k++) {
        codes->sector = s->types.sector[k];
        taken |= mlg_seats_taken(s->out->seats, s->out->n_seats, codes);
    }
    return taken;
}

static mlg_status classify(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer name = {0}, id = {0};

    for (size_t i = 0; i < s->sittings.n; i++) {
        const mlg_sitting *sitting = &s->sittings.items[i];
        mlg_member_codes codes;
        if (!mlg_is_steering(s->model, sitting->activity)) {
            continue;
        }
        TRY(read_member(s, sitting, &name, &id, &codes, err));
        s->takes[i] = seats_of(s, sitting->actor, &codes);
        s->unclassed[i] = codes.institution < 0 && codes.sector < 0;
    }
out:
    mlg_buffer_free(&name);
    mlg_buffer_free(&id);
    return status;
}

/* Different sectors of the types counted. */
static double different(const survey *s, const uint32_t *count)
{
    double n = 0.0;
    memset(s->present, 0, (size_t) s->types.n_codes * sizeof *s->present);
    for (int32_t t = 0; t < s->types.n; t++) {
        for (uint32_t k = s->types.offset[t]; count[t] > 0 && k < s->types.offset[t + 1]; k++) {
            n += !s->present[s->types.sector[k]];
            s->present[s->types.sector[k]] = true;
        }
    }
    return n;
}

/* Ordered pairs of the members counted that have a sector in common, each with itself too. */
static double sharing_pairs(const survey *s, const uint32_t *count)
{
    double pairs = s->types.n <= MOST_TYPES ? 0.0 : NAN;
    for (int32_t t = 0; t < s->types.n && !isnan(pairs); t++) {
        for (int32_t u = 0; count[t] > 0 && u <= t; u++) {
            if (count[u] > 0 && mlg_sector_types_meet(&s->types, t, u)) {
                pairs += (t == u ? 1.0 : 2.0) * count[t] * count[u];
            }
        }
    }
    return pairs;
}

/* Sectors of all who sit anywhere. */
static void count_all(survey *s)
{
    for (size_t i = 0; i < s->sittings.n; i++) {
        const mlg_id actor = s->sittings.items[i].actor;
        const int32_t type = s->types.of[actor];
        if (s->seen[actor] == 0 && type >= 0) {
            s->all[type]++;
            s->n_all++;
        }
        s->seen[actor] = -1;
    }
    s->out->sectors = different(s, s->all);
    s->sharing_all = sharing_pairs(s, s->all);
}

/* ---- committees ----------------------------------------------------------------------------- */

/* Adds the rows of an activity to a committee whose number is `mark`. */
static void add_rows(survey *s, mlg_id activity, int32_t mark, mlg_committee *out)
{
    const uint32_t *first = &s->sittings.first[activity];
    out->bodies++;
    out->known += first[1] > first[0];
    for (size_t i = first[0]; i < first[1]; i++) {
        const mlg_id actor = s->sittings.items[i].actor;
        const int32_t type = s->types.of[actor];
        if (s->seen[actor] != mark) {
            s->seen[actor] = mark;
            s->seats[actor] = 0;
            out->members++;
            out->unclassed += s->unclassed[i];
            if (type >= 0) {
                out->known_sector++;
                s->count[type]++;
            }
        }
        const uint64_t takes = s->takes[i] & out->asked;
        if (s->unclassed[i] && s->seats[actor] == 0 && takes != 0) {
            out->unclassed--; /* its name or its role says enough */
        }
        s->seats[actor] |= takes;
        out->taken |= takes;
    }
}

static void settle(survey *s, mlg_committee *out)
{
    out->sectors = different(s, s->count);
    out->blau = mlg_blau(sharing_pairs(s, s->count), out->known_sector);
    out->expected_blau = mlg_blau_expected(s->sharing_all, s->n_all, out->known_sector);
    memset(s->count, 0, (size_t) s->types.n * sizeof *s->count);
}

/* Is it a committee of these months? */
static bool counts(const survey *s, mlg_id activity)
{
    return mlg_is_steering(s->model, activity) &&
           (s->sittings.first[activity + 1] > s->sittings.first[activity] ||
            mlg_activity_is_recent(s->model, activity));
}

static bool serves(const mlg_model *model, mlg_id activity, mlg_id scheme)
{
    size_t n = 0;
    const mlg_id *schemes = mlg_activity_schemes(model, activity, &n);
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        found = found || schemes[i] == scheme;
    }
    return found;
}

static mlg_status make_committees(survey *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_composition *out = s->out;
    const size_t n_activities = s->model->activities.n;
    int32_t mark = 0;

    out->bodies = mlg_zalloc(n_activities, sizeof *out->bodies);
    out->schemes = mlg_zalloc(s->schemes.n, sizeof *out->schemes);
    TRY_ALLOC(err, out->bodies);
    TRY_ALLOC(err, out->schemes);
    for (mlg_id a = 0; a < (mlg_id) n_activities; a++) {
        if (counts(s, a)) {
            mlg_committee *one = &out->bodies[out->n_bodies++];
            size_t n = 0;
            const mlg_id *schemes = mlg_activity_schemes(s->model, a, &n);
            one->subject = a;
            one->asked = asked_of(s->model, schemes, n);
            add_rows(s, a, ++mark, one);
            settle(s, one);
        }
    }
    for (size_t k = 0; k < s->schemes.n; k++) {
        mlg_committee *one = &out->schemes[out->n_schemes];
        one->subject = s->schemes.items[k].id;
        one->asked = asked_of(s->model, &one->subject, 1);
        mark++;
        for (size_t b = 0; b < out->n_bodies; b++) {
            if (serves(s->model, out->bodies[b].subject, one->subject)) {
                add_rows(s, out->bodies[b].subject, mark, one);
            }
        }
        settle(s, one);
        out->n_schemes += one->bodies > 0.0;
    }
out:
    return status;
}

mlg_status mlg_composition_of(const mlg_model *model, mlg_composition *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    survey s = {.model = model, .out = out};

    *out = (mlg_composition){0};
    out->seats = mlg_expected_seats(model, &out->n_seats);
    TRY(mlg_schemes_of(model, &s.schemes, err));
    TRY(mlg_sittings_and_members_of(model, mlg_recent_days(model), &s.sittings, err));
    TRY(mlg_sector_types_of(model, &s.types, err));
    s.elected = mlg_zalloc(model->parties.n, sizeof *s.elected);
    s.takes = mlg_zalloc(s.sittings.n, sizeof *s.takes);
    s.unclassed = mlg_zalloc(s.sittings.n, sizeof *s.unclassed);
    s.all = mlg_zalloc((size_t) s.types.n, sizeof *s.all);
    s.count = mlg_zalloc((size_t) s.types.n, sizeof *s.count);
    s.present = mlg_zalloc((size_t) s.types.n_codes, sizeof *s.present);
    s.seen = mlg_zalloc(model->parties.n, sizeof *s.seen);
    s.seats = mlg_zalloc(model->parties.n, sizeof *s.seats);
    TRY_ALLOC(err, s.elected);
    TRY_ALLOC(err, s.takes);
    TRY_ALLOC(err, s.unclassed);
    TRY_ALLOC(err, s.all);
    TRY_ALLOC(err, s.count);
    TRY_ALLOC(err, s.present);
    TRY_ALLOC(err, s.seen);
    TRY_ALLOC(err, s.seats);
    find_elected(&s);
    TRY(classify(&s, err));
    count_all(&s);
    TRY(make_committees(&s, err));
out:
    survey_close(&s);
    if (status != MLG_OK) {
        mlg_composition_free(out);
    }
    return status;
}

void mlg_composition_free(mlg_composition *composition)
{
    mlg_free(composition->bodies);
    mlg_free(composition->schemes);
    *composition = (mlg_composition){0};
}

static double count_seats(uint64_t seats)
{
    double n = 0.0;
    for (; seats != 0; seats &= seats - 1) {
        n++;
    }
    return n;
}

double mlg_committee_asked(const mlg_committee *committee)
{
    return count_seats(committee->asked);
}

double mlg_committee_found(const mlg_committee *committee)
{
    return count_seats(committee->taken);
}

double mlg_committee_missing(const mlg_committee *committee)
{
    const double left = mlg_committee_asked(committee) - mlg_committee_found(committee);
    return committee->known > 0.0 ? fmax(0.0, left - committee->unclassed) : NAN;
}
