/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/turnover.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "measure/departure.h"
#include "measured.h"
#include "model_fixture.h"
#include "reported.h"
#include "slow_departure.h"
#include "study_measured.h"
#include "suite.h"

/* ---- a study and its departures ------------------------------------------------------- */

static const mlg_value *departure(reported *r, const char *id, int32_t view)
{
    mlg_error err = {MLG_OK, ""};
    const size_t before = r->values.n;
    const mlg_status status = mlg_measure_find(id)->run(r->context, view, &r->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    ck_assert_uint_eq(r->values.n, before + 1);
    measured_check(&r->values.items[before]);
    return &r->values.items[before];
}

static size_t row_of_post(const reported *r, const mlg_value *value, const char *post)
{
    return row_of(value, model_fixture_party(r->model, post));
}

static double value_at(const mlg_value *value, size_t row)
{
    return value->column[MLG_VALUE][row];
}

/* ---- worked by hand ----------------------------------------------------------------------- */

/* Ann holds `health` for CLS and CLSM, and `relay` besides; Bob `youth`. Ann ties her employer
 * TOWN to HOSP (twice), SCHOOL and CLUB; CLUB is also tied by Bob, whose employer is YOUTH. */
static const char by_hand[] =
    "actors: id,kind,sector,organisation\n"
    "TOWN,organisation,social,\nHOSP,organisation,hospital,\nSCHOOL,organisation,education,\n"
    "CLUB,organisation,sport,\nYOUTH,organisation,youth,\nAnn,person,,TOWN\nBob,person,,YOUTH\n"
    "posts: id,person,role,scheme,employer,fte,territory\n"
    "health,Ann,coordinator,CLS|CLSM,TOWN,0.5,\nhealth,Ann,coordinator,ASV,TOWN,0.25,\n"
    "relay,Ann,referent,,TOWN,,T1\nyouth,Bob,coordinator,ASV,YOUTH,1,\n"
    "old,vacant,coordinator,CLSM,TOWN,1,T1\nunnamed,,member,,YOUTH,,\n"
    "activities: id,schemes\nCOPIL,CLS\nYOUNG,ASV\n"
    "territories: id,population\nT1,700\n"
    "ties: from,to,kind,held_by\n"
    "Ann,HOSP,informs,organisation\nHOSP,health,works_with,person\nAnn,SCHOOL,,person\n"
    "relay,CLUB,,\nAnn,TOWN,,\nBob,CLUB,,organisation\nAnn,Bob,,unknown\n";

START_TEST(ties_of_a_post_outlast_by_how_they_are_held)
{
    reported r;
    reported_open(&r, by_hand);
    const mlg_value *value = departure(&r, "turnover.departure", 0);
    const size_t health = row_of_post(&r, value, "health");
    const size_t relay = row_of_post(&r, value, "relay");
    const size_t youth = row_of_post(&r, value, "youth");

    ck_assert_uint_eq(value->n, 4); /* the vacant post is no departure */
    /* HOSP 1 - .1 * .7, SCHOOL .3, CLUB .6, YOUTH .6; TOWN is her own */
    ck_assert_double_eq_tol(value_at(value, health), 0.93 + 0.3 + 0.6 + 0.6, 1e-12);
    ck_assert_double_eq(part_at(value, "ties", health), 4);
    ck_assert_double_eq(part_at(value, "rows", health), 5);
    ck_assert_double_eq(part_at(value, "held_organisation", health), 1);
    ck_assert_double_eq(part_at(value, "held_person", health), 1);
    ck_assert_double_eq(part_at(value, "held_unknown", health), 2);
    ck_assert_double_eq(part_at(value, "with", health), 1);
    /* P(0) = .07 * .7 * .4 * .4 = .0078, P(<= 1) = .1389; P(<= 3) = 1 - .1004 */
    ck_assert_double_eq(part_at(value, "low_5", health), 1);
    ck_assert_double_eq(part_at(value, "high_95", health), 4);
    ck_assert_double_eq(value_at(value, relay), value_at(value, health)); /* Ann's too */
    ck_assert_double_eq_tol(value_at(value, youth), 0.9 + 0.6, 1e-12); /* CLUB, and TOWN by Ann */
    const size_t unnamed = row_of_post(&r, value, "unnamed");
    ck_assert_double_nan(value_at(value, unnamed)); /* nothing recorded is not nothing held */
    ck_assert_double_eq(part_at(value, "ties", unnamed), 0);
    ck_assert_double_nan(part_at(value, "low_5", unnamed));
    reported_close(&r);
}
END_TEST

START_TEST(pairs_stay_while_another_row_links_them)
{
    reported r;
    reported_open(&r, by_hand);
    const mlg_value *value = departure(&r, "turnover.departure.pairs", 0);
    const size_t health = row_of_post(&r, value, "health");
    /* today all five are one: 10 pairs; without Ann CLUB - YOUTH stays: 1 */
    ck_assert_double_eq(part_at(value, "pairs_today", health), 10);
    ck_assert_double_eq(value_at(value, health), 9);
    ck_assert_double_eq_tol(part_at(value, "share_worst", health), 0.9, 1e-12);
    ck_assert_double_eq(part_at(value, "pairs_lost_with_activities", health), 9);
    /* without Bob CLUB - TOWN stays by Ann's relay; YOUTH is alone: its 4 pairs go */
    ck_assert_double_eq(value_at(value, row_of_post(&r, value, "youth")), 4);
    reported_close(&r);
}
END_TEST

START_TEST(what_rests_on_a_post_alone_is_listed)
{
    reported r;
    reported_open(&r, by_hand);
    const mlg_value *value = departure(&r, "turnover.departure.reach", -1);
    const size_t health = row_of_post(&r, value, "health");
    const size_t relay = row_of_post(&r, value, "relay");
    const size_t youth = row_of_post(&r, value, "youth");

    ck_assert_double_eq(value_at(value, health), 2); /* CLS, CLSM: the vacant post holds nothing */
    ck_assert_double_eq(part_at(value, "schemes", health), 3);
    ck_assert_double_eq(part_at(value, "coordinated", health), 3);
    ck_assert_double_eq(part_at(value, "activities_unconvened", health), 1); /* COPIL */
    ck_assert_double_eq(part_at(value, "population", health), 700);          /* by relay */
    ck_assert_double_eq(part_at(value, "communes_without_referent", relay), 1);
    ck_assert_double_eq(part_at(value, "fte", relay), 0.75);
    ck_assert_double_eq(part_at(value, "with", relay), 1);
    ck_assert_double_eq(value_at(value, youth), 0); /* ASV has Ann too */
    ck_assert_double_eq(part_at(value, "communes_without_referent", youth), 0);
    ck_assert_double_nan(part_at(value, "population", youth));
    reported_close(&r);
}
END_TEST

/* ---- who it is ------------------------------------------------------------------------------ */

START_TEST(two_posts_of_one_person_fall_together)
{
    mlg_model *model = model_fixture(by_hand);
    mlg_leavers leavers;
    ck_assert_int_eq(mlg_leavers_of(model, &leavers, NULL), MLG_OK);
    ck_assert_int_eq(leavers.n, 3);
    ck_assert_int_eq(leavers.n_posts, 4);
    ck_assert_int_eq(leavers.leaver[0].n, 2);
    ck_assert_int_eq(leavers.leaver[0].person, model_fixture_party(model, "Ann"));
    ck_assert_int_eq(leavers.of_party[model_fixture_party(model, "relay")], 0);
    ck_assert_int_eq(leavers.of_party[model_fixture_party(model, "old")], MLG_NO_LEAVER);
    ck_assert_int_eq(leavers.leaver[2].person, -1);
    mlg_leavers_free(&leavers);
    mlg_leavers_free(&leavers);
    mlg_model_free(model);
}
END_TEST

/* Posts and their rows: id, person, start, end; and whose they are at the end of 2024. */
static const struct {
    const char *rows;
    int n;
    const char *holder; /* of the first leaver, NULL: unknown */
} holders[] = {
    {"p,Ann,2020-01-01,\np,Bob,2024-01-01,\n", 1, "Bob"}, /* the last to begin */
    {"p,Bob,2024-01-01,\np,Ann,2020-01-01,\n", 1, "Bob"},
    {"p,Ann,2020-01-01,2023-12-31\np,Bob,2024-01-01,\n", 1, "Bob"}, /* past is past */
    {"p,,2024-01-01,\np,Ann,2020-01-01,\n", 1, "Ann"},
    {"p,vacant,2024-01-01,\np,Ann,2020-01-01,\n", 1, "Ann"},
    {"p,,2024-01-01,\n", 1, NULL},
    {"p,vacant,2024-01-01,\n", 0, NULL},
    {"p,Ann,2020-01-01,2023-12-31\n", 0, NULL},
};

START_TEST(a_post_is_held_by_the_last_to_begin)
{
    char text[256];
    mlg_leavers leavers;
    snprintf(text, sizeof text, "study: key,value\ndate,2024-12-31\nposts: id,person,start,end\n%s",
             holders[_i].rows);
    mlg_model *model = model_fixture(text);
    ck_assert_int_eq(mlg_leavers_of(model, &leavers, NULL), MLG_OK);
    ck_assert_int_eq(leavers.n, holders[_i].n);
    ck_assert_int_eq(leavers.n_posts, holders[_i].n);
    if (leavers.n > 0) {
        ck_assert_int_eq(
            leavers.leaver[0].person,
            holders[_i].holder == NULL ? -1 : model_fixture_party(model, holders[_i].holder));
    }
    mlg_leavers_free(&leavers);
    mlg_model_free(model);
}
END_TEST

/* ---- closed forms ------------------------------------------------------------------------------
 */

enum { LEAVES = 6 };

/* A star of leaves of different sectors around the person C (an actor of its own, or of X). */
static void star(char *text, size_t room, const char *organisation, const char *survival)
{
    static const char *const sectors[] = {"social",  "hospital", "education",
                                          "housing", "sport",    "youth"};
    size_t used = (size_t) snprintf(text, room,
                                    "study: key,value\nsurvival.unknown,%s\n"
                                    "actors: id,kind,sector,organisation\nC,person,,%s\n",
                                    survival, organisation);
    for (int i = 0; i < LEAVES; i++) {
        used +=
            (size_t) snprintf(text + used, room - used, "L%d,organisation,%s,\n", i, sectors[i]);
    }
    used += (size_t) snprintf(text + used, room - used, "posts: id,person\np,C\nties: from,to\n");
    for (int i = 0; i < LEAVES; i++) {
        used += (size_t) snprintf(text + used, room - used, "C,L%d\n", i);
    }
    ck_assert_uint_lt(used, room);
}

/* s = 1: no tie is lost, and none may be; s = 0: all go, C(k, 2) pairs of leaves. */
START_TEST(a_star_loses_all_of_its_pairs_or_none)
{
    char text[1024];
    reported r;
    star(text, sizeof text, "", _i == 0 ? "0" : "1");
    reported_open(&r, text);
    const mlg_value *ties = departure(&r, "turnover.departure", 0);
    ck_assert_double_eq(value_at(ties, 0), _i == 0 ? 0 : LEAVES);
    ck_assert_double_eq(part_at(ties, "low_5", 0), _i == 0 ? 0 : LEAVES);
    ck_assert_double_eq(part_at(ties, "high_95", 0), _i == 0 ? 0 : LEAVES);
    const mlg_value *pairs = departure(&r, "turnover.departure.pairs", 0);
    ck_assert_double_eq(value_at(pairs, 0), LEAVES * (LEAVES - 1) / 2.0);
    ck_assert_double_eq(part_at(pairs, "share_worst", 0), 1.0);
    reported_close(&r);
}
END_TEST

/* Leaf pairs that survive: C(k, 2) s^2, where each survivor stays tied to the others. */
START_TEST(pairs_of_surviving_leaves_are_as_the_model_says)
{
    const double s = 0.3;
    double pairs = 0.0;
    mlg_carried rows[LEAVES];
    mlg_outlast out;
    const mlg_run run = MLG_RUN_INIT;
    const double survival[3] = {0.9, s, 0.6};
    for (int i = 0; i < LEAVES; i++) {
        rows[i] = (mlg_carried){.partner = 10 + i, .seat = i, .held = 1};
    }
    ck_assert_int_eq(
        mlg_outlast_of(rows, LEAVES, survival, &run, mlg_random_stream(1, "t", "", 0), &out, NULL),
        MLG_OK);
    ck_assert_double_eq_tol(out.expected, LEAVES * s, 1e-12);
    /* the binomial distribution itself: its quantiles, and the mean of C(X, 2) */
    double chance = pow(1 - s, LEAVES), below = 0.0;
    for (int k = 0; k <= LEAVES; k++) {
        pairs += chance * k * (k - 1) / 2.0;
        if (below < 0.05 && below + chance >= 0.05) {
            ck_assert_double_eq(out.low, k);
        }
        if (below < 0.95 && below + chance >= 0.95) {
            ck_assert_double_eq(out.high, k);
        }
        below += chance;
        chance *= (LEAVES - k) / (k + 1.0) * s / (1 - s);
    }
    ck_assert_double_eq_tol(pairs, LEAVES * (LEAVES - 1) / 2.0 * s * s, 1e-12);
}
END_TEST

static reported open_by_actor(const char *text)
{
    mlg_error err = {MLG_OK, ""};
    const mlg_view_wish wish = {.by = MLG_BY_ACTOR};
    reported r = {.model = model_fixture(text), .run = MLG_RUN_INIT};
    ck_assert_int_eq(mlg_views_of(r.model, &wish, &r.views, &r.n_views, &err), MLG_OK);
    return r;
}

/* Where the person is an actor of the view, the loss is that of the removal of this actor. */
START_TEST(an_actor_of_its_own_loses_what_its_removal_loses)
{
    for (uint64_t repeat = 0; repeat < 40; repeat++) {
        mlg_random draw = mlg_random_stream(11, "test_departure.actor", "", repeat);
        mlg_buffer text = {0};
        slow_study study;
        slow_study_draw(&draw, &study);
        for (int p = 0; p < SLOW_POSTS; p++) { /* the posts carry no row: the persons do */
            study.holder[p] = p;
            for (int i = 0; i < SLOW_ROWS; i++) {
                for (int end = 0; end < 2; end++) {
                    const int party = study.tie[i][end];
                    study.tie[i][end] = party >= SLOW_ORGS + SLOW_PERSONS ? p : party;
                }
                study.seat[i][0] %= SLOW_ORGS + SLOW_PERSONS;
                study.behalf[i] = -1;
            }
        }
        slow_study_write(&study, -1, false, &text);
        reported r = open_by_actor(mlg_buffer_string(&text));
        ck_assert_int_eq(mlg_context_open(r.model, r.views, r.n_views, &r.run, &r.context, NULL),
                         MLG_OK);
        for (int32_t view = 0; view < (int32_t) r.n_views; view++) {
            const mlg_id posts[] = {model_fixture_party(r.model, "S0"),
                                    model_fixture_party(r.model, "S1")};
            const mlg_id persons[] = {model_fixture_party(r.model, "Q0"),
                                      model_fixture_party(r.model, "Q1")};
            departure(&r, "depend.cross_pairs_lost", view);
            departure(&r, "turnover.departure.pairs", view);
            const mlg_value *pairs = &r.values.items[r.values.n - 1], *lost = pairs - 1;
            for (int i = 0; i < 2 && pairs->n > 0 && lost->n > 0; i++) {
                const size_t row = row_of(pairs, posts[i]), actor = row_of(lost, persons[i]);
                ck_assert_double_eq(part_at(pairs, "pairs_today", row),
                                    part_at(lost, "connected", actor));
                if (!isnan(value_at(pairs, row))) {
                    ck_assert_double_eq(value_at(pairs, row), value_at(lost, actor));
                } else {
                    ck_assert_double_eq(value_at(lost, actor), 0);
                }
            }
        }
        reported_close(&r);
        mlg_buffer_free(&text);
    }
}
END_TEST

/* ---- against the slow twin ------------------------------------------------------------------ */

static int64_t pairs_without(const slow_study *study, int post, bool stops, int32_t view)
{
    mlg_buffer text = {0};
    reported r;
    slow_study_write(study, post, stops, &text);
    reported_open(&r, mlg_buffer_string(&text));
    const mlg_graph *graph = mlg_context_graph(r.context, view);
    bool *left_out = mlg_zalloc((size_t) graph->n, sizeof *left_out);
    const int64_t pairs = slow_cross_pairs(graph, left_out);
    mlg_free(left_out);
    reported_close(&r);
    mlg_buffer_free(&text);
    return pairs;
}

/* Deletes the rows, builds the study again, and counts. */
START_TEST(pairs_lost_are_those_of_a_study_without_the_rows)
{
    int checked = 0, stopped = 0;
    for (uint64_t repeat = 0; repeat < 60; repeat++) {
        mlg_random draw = mlg_random_stream(7, "test_departure.pairs", "", repeat);
        mlg_buffer text = {0};
        reported r;
        slow_study study;
        slow_study_draw(&draw, &study);
        slow_study_write(&study, -1, false, &text);
        reported_open(&r, mlg_buffer_string(&text));
        for (int32_t view = 0; view < (int32_t) r.n_views; view++) {
            const int64_t today = pairs_without(&study, -1, false, view);
            const mlg_value *value = departure(&r, "turnover.departure.pairs", view);
            for (int p = 0; p < SLOW_POSTS && value->subject != NULL; p++) {
                char name[16];
                snprintf(name, sizeof name, "S%d", p);
                if (study.holder[p] == SLOW_VACANT) {
                    continue;
                }
                const size_t row = row_of_post(&r, value, name);
                ck_assert_double_eq(part_at(value, "pairs_today", row), (double) today);
                if (!isnan(value_at(value, row))) {
                    checked++;
                    ck_assert_double_eq(value_at(value, row),
                                        (double) (today - pairs_without(&study, p, false, view)));
                }
                const double all = part_at(value, "pairs_lost_with_activities", row);
                if (!isnan(all)) {
                    stopped += part_at(value, "activities_stopped", row) > 0;
                    ck_assert_double_eq(all,
                                        (double) (today - pairs_without(&study, p, true, view)));
                }
            }
        }
        reported_close(&r);
        mlg_buffer_free(&text);
    }
    ck_assert_int_gt(checked, 100);
    ck_assert_int_gt(stopped, 20);
}
END_TEST

static int quantile_of(const slow_outlast *slow, double share)
{
    double below = 0.0;
    for (int k = 0; k < slow->ties; k++) {
        below += slow->chance[k];
        if (below >= share - 1e-12) {
            return k;
        }
    }
    return slow->ties;
}

START_TEST(survivors_are_those_of_every_case_in_turn)
{
    static const double survival[3] = {0.9, 0.3, 0.6};
    int checked = 0;
    for (uint64_t repeat = 0; repeat < 60; repeat++) {
        mlg_random draw = mlg_random_stream(5, "test_departure.ties", "", repeat);
        mlg_buffer text = {0};
        reported r;
        slow_study study;
        slow_study_draw(&draw, &study);
        slow_study_write(&study, -1, false, &text);
        reported_open(&r, mlg_buffer_string(&text));
        for (int32_t view = 0; view < (int32_t) r.n_views; view++) {
            const bool ties = mlg_context_view(r.context, view)->source == MLG_FROM_TIES;
            const mlg_value *value = departure(&r, "turnover.departure", view);
            for (int p = 0; p < SLOW_POSTS && value->subject != NULL; p++) {
                char name[16];
                slow_outlast slow;
                snprintf(name, sizeof name, "S%d", p);
                if (study.holder[p] == SLOW_VACANT) {
                    continue;
                }
                const size_t row = row_of_post(&r, value, name);
                slow_outlast_of(&study, p, ties, survival, &slow);
                ck_assert_double_eq(part_at(value, "ties", row), slow.ties);
                ck_assert_double_eq(part_at(value, "rows", row), slow.rows);
                if (slow.ties == 0) {
                    ck_assert_double_nan(value_at(value, row));
                    continue;
                }
                checked++;
                ck_assert_double_eq_tol(value_at(value, row), slow.expected, 1e-9);
                ck_assert_double_eq(part_at(value, "low_5", row), quantile_of(&slow, 0.05));
                ck_assert_double_eq(part_at(value, "high_95", row), quantile_of(&slow, 0.95));
                ck_assert_double_eq(part_at(value, "held_organisation", row) +
                                        part_at(value, "held_person", row) +
                                        part_at(value, "held_unknown", row),
                                    slow.ties);
            }
        }
        reported_close(&r);
        mlg_buffer_free(&text);
    }
    ck_assert_int_gt(checked, 150);
}
END_TEST

/* Twenty activities with one partner in common and one of their own are a block too large to
 * enumerate: its interval is drawn, near the one of the normal law. */
START_TEST(a_large_block_is_drawn)
{
    enum { SEATS = 20 };
    mlg_carried rows[2 * SEATS];
    const double survival[3] = {0.9, 0.3, 0.5};
    mlg_run run = MLG_RUN_INIT;
    mlg_outlast out, again;
    for (int i = 0; i < SEATS; i++) {
        rows[2 * i] = (mlg_carried){.partner = 0, .seat = i, .held = 2};
        rows[2 * i + 1] = (mlg_carried){.partner = 1 + i, .seat = i, .held = 2};
    }
    const mlg_random stream = mlg_random_stream(1, "t", "", 0);
    ck_assert_int_eq(mlg_outlast_of(rows, 2 * SEATS, survival, &run, stream, &out, NULL), MLG_OK);
    ck_assert(out.drawn);
    ck_assert_int_eq(out.ties, SEATS + 1);
    ck_assert_double_eq_tol(out.expected, SEATS * 0.5 + 1 - pow(0.5, SEATS), 1e-9);
    /* X + 1 with X binomial (20, .5): 5 % at 6, 95 % at 14 */
    ck_assert_double_eq(out.low, 7);
    ck_assert_double_eq(out.high, 15);
    ck_assert_int_eq(mlg_outlast_of(rows, 2 * SEATS, survival, &run, stream, &again, NULL), MLG_OK);
    ck_assert_double_eq(again.low, out.low);
    run.draws = 0;
    ck_assert_int_eq(mlg_outlast_of(rows, 2 * SEATS, survival, &run, stream, &out, NULL), MLG_OK);
    ck_assert_double_nan(out.low);
    ck_assert_double_nan(out.high);
    ck_assert_double_eq_tol(out.expected, SEATS * 0.5 + 1 - pow(0.5, SEATS), 1e-9);
}
END_TEST

/* A post's ties cannot get fewer as the chances grow, nor the pairs lost change with them. */
START_TEST(more_survives_when_chances_grow)
{
    static const char *const chances[] = {"0", "0.25", "50 %", "75%", "1"};
    double before = -1.0;
    for (size_t i = 0; i < sizeof chances / sizeof *chances; i++) {
        char text[1024];
        double survival[3];
        reported r;
        star(text, sizeof text, "", chances[i]);
        reported_open(&r, text);
        mlg_survivals_of(r.model, survival);
        ck_assert_double_eq(survival[2], (double) i / 4);
        ck_assert_double_eq(survival[0], 0.9);
        const double now = value_at(departure(&r, "turnover.departure", 0), 0);
        ck_assert_double_gt(now, before);
        before = now;
        reported_close(&r);
    }
}
END_TEST

/* ---- rows that count, and whose they are --------------------------------------------------------
 */

static const char meetings[] =
    "actors: id,kind,sector,organisation\n"
    "O,organisation,social,\nX,organisation,hospital,\nY,organisation,education,\n"
    "Z,organisation,sport,\nAnn,person,,O\nZoe,person,,X\n"
    "posts: id,person,role,scheme,employer\np,Ann,coordinator,D,O\n"
    "activities: id,schemes,level\nA,D,\nB,D,strategic\nC,,\n"
    "participations: actor,activity,present,held_by,on_behalf_of,date\n";

static const struct {
    const char *rows;
    double ties, expected, lost, lost_with;
} seats[] = {
    /* two meetings of one body are one seat, by the best held */
    {"Ann,A,,person,,2024-01-01\nAnn,A,,organisation,,2024-02-01\nX,A,,,,\nY,A,,,,\n", 2, 1.8, 2,
     3},
    {"Ann,A,excused,,,\nX,A,,,,\nY,A,,,,\n", 0, NAN, NAN, 1},     /* she was not there */
    {"Ann,A,represented,,,\nX,A,,,,\nY,A,,,,\n", 0, NAN, NAN, 3}, /* her employer was */
    {"p,A,,,,\nX,A,,,,\n", 1, 0.6, 1, 1},                         /* by the post's own id */
    {"Intern,A,,person,p,\nX,A,,,,\nY,A,,,,\n", 2, 0.6, 0, 1},    /* who speaks for the post */
    {"X,A,,person,p,\nY,A,,,,\n", 1, 0.3, 1, 1},      /* whatever organisation stands beside it */
    {"Zoe,A,,,p,\nY,A,,,,\nZ,A,,,,\n", 2, 1.2, 2, 3}, /* nor another person */
    {"Zoe,A,represented,,p,\nY,A,,,,\n", 0, NAN, NAN, 1}, /* nobody was there for it */
    {"Ann,A,,,X,\nZoe,A,,,,\nY,A,,,,\n", 1, 0.6, 0, 1},   /* for X: X is no partner of that seat */
    {"Ann,B,,,,\nX,B,,,,\nY,B,,,,\n", 2, 1.2, 2, 2},      /* a strategic body goes on */
    {"Ann,C,,,,\nX,C,,,,\nY,C,,,,\n", 2, 1.2, 2, 2},      /* of no scheme: nobody's to stop */
    {"Ann,A,,,,\nO,A,,,,\nX,A,,,,\n", 1, 0.6, 0, 1},      /* O is there without her */
};

START_TEST(seats_count_as_the_view_counts_them)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text, "%s%s", meetings, seats[_i].rows);
    reported_open(&r, text);
    const mlg_value *ties = departure(&r, "turnover.departure", 0);
    ck_assert_double_eq(part_at(ties, "ties", 0), seats[_i].ties);
    if (isnan(seats[_i].expected)) {
        ck_assert_int_eq(ties->undefined, T_why_no_row_of_posts);
    } else {
        ck_assert_double_eq_tol(value_at(ties, 0), seats[_i].expected, 1e-12);
    }
    const mlg_value *pairs = departure(&r, "turnover.departure.pairs", 0);
    if (isnan(seats[_i].lost)) {
        ck_assert_double_nan(value_at(pairs, 0));
    } else {
        ck_assert_double_eq(value_at(pairs, 0), seats[_i].lost);
    }
    ck_assert_double_eq(part_at(pairs, "pairs_lost_with_activities", 0), seats[_i].lost_with);
    reported_close(&r);
}
END_TEST

/* One row that bears several ties keeps or loses them together: the interval is wide. */
START_TEST(ties_of_one_row_stand_or_fall_together)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text, "%s%s", meetings, "Ann,A,,,,\nX,A,,,,\nY,A,,,,\nZ,A,,,,\n");
    reported_open(&r, text);
    const mlg_value *ties = departure(&r, "turnover.departure", 0);
    ck_assert_double_eq_tol(value_at(ties, 0), 1.8, 1e-12);
    ck_assert_double_eq(part_at(ties, "low_5", 0), 0);
    ck_assert_double_eq(part_at(ties, "high_95", 0), 3);
    reported_close(&r);
}
END_TEST

/* ---- what is undefined -------------------------------------------------------------------------
 */

#define SOME_TIES "ties: from,to\nA,B\nB,C\n"
#define SECTORS   "actors: id,sector\nA,social\nB,hospital\nC,social\n"

static const struct {
    const char *text, *id;
    int32_t view;
    mlg_text_key why;
} undefined_cases[] = {
    {SECTORS SOME_TIES, "turnover.departure", 0, T_why_no_posts},
    {SECTORS SOME_TIES, "turnover.departure.pairs", 0, T_why_no_posts},
    {SECTORS SOME_TIES, "turnover.departure.reach", -1, T_why_no_posts},
    {SECTORS SOME_TIES "posts: id,person\np,vacant\n", "turnover.departure", 0, T_why_no_held_post},
    {"posts: id,person\np,vacant\n", "turnover.departure.reach", -1, T_why_no_held_post},
    {"posts: id,person\np,Ann\n", "turnover.departure", -1, T_why_no_view},
    {SECTORS SOME_TIES "posts: id,person\np,Ann\n", "turnover.departure", 0, T_why_no_row_of_posts},
    {SECTORS SOME_TIES "posts: id,person\np,Ann\n", "turnover.departure.pairs", 0,
     T_why_no_row_of_posts},
    {SOME_TIES "posts: id,person\np,A\n", "turnover.departure.pairs", 0, T_why_no_sectors},
    {"actors: id,sector\nB,social\nC,social\n" SOME_TIES "posts: id,person\np,A\n",
     "turnover.departure.pairs", 0, T_why_one_group},
};

START_TEST(what_is_undefined_says_why)
{
    reported r;
    reported_open(&r, undefined_cases[_i].text);
    const mlg_value *value = departure(&r, undefined_cases[_i].id, undefined_cases[_i].view);
    ck_assert_str_eq(mlg_text_name(value->undefined), mlg_text_name(undefined_cases[_i].why));
    reported_close(&r);
}
END_TEST

START_TEST(views_without_actors_tell_no_departure)
{
    mlg_error err = {MLG_OK, ""};
    const mlg_view_wish wish = {.by = MLG_BY_SECTOR};
    reported r = {.model = model_fixture(by_hand), .run = MLG_RUN_INIT};
    ck_assert_int_eq(mlg_views_of(r.model, &wish, &r.views, &r.n_views, &err), MLG_OK);
    ck_assert_int_eq(mlg_context_open(r.model, r.views, r.n_views, &r.run, &r.context, &err),
                     MLG_OK);
    ck_assert_int_eq(departure(&r, "turnover.departure", 0)->undefined, T_why_no_actor_view);
    ck_assert_int_eq(departure(&r, "turnover.departure.pairs", 0)->undefined, T_why_no_actor_view);
    reported_close(&r);
}
END_TEST

/* ---- settings
 * -------------------------------------------------------------------------------------- */

static const struct {
    const char *row, *fault;
} settings[] = {
    {"survival.person,1.2\n", "bad_survival"},
    {"survival.person,-0.1\n", "bad_survival"},
    {"survival.person,often\n", "bad_survival"},
    {"survival.person,120 %\n", "bad_survival"},
    {"survival.persn,0.2\n", "unknown_rate_near"},
    {"Maintien.structures,0.2\n", "unknown_rate_near"},
    {"survival.others,0.2\n", "unknown_survival"},
    {"survival.person,0.2\nsurvival.person,0.3\n", "setting_twice"},
};

START_TEST(a_setting_that_is_no_chance_is_a_fault)
{
    char text[256];
    snprintf(text, sizeof text, "study: key,value\n%s", settings[_i].row);
    mlg_model *model = model_fixture(text);
    ck_assert_uint_eq(model_fixture_faults(model, settings[_i].fault), 1);
    mlg_model_free(model);
}
END_TEST

START_TEST(settings_are_read_in_both_languages)
{
    double survival[3];
    mlg_model *model = model_fixture("study: key,value\nsurvival.organisation,100%\n"
                                     "maintien.personne,0.25\nMaintien.Inconnu,\n");
    mlg_survivals_of(model, survival);
    ck_assert_double_eq(survival[0], 1.0);
    ck_assert_double_eq(survival[1], 0.25);
    ck_assert_double_eq(survival[2], 0.6); /* an empty cell is unknown */
    ck_assert_int_eq(model->rate[MLG_SURVIVES_PERSON].row, 1);
    ck_assert_int_eq(model->rate[MLG_SURVIVES_UNKNOWN].row, -1);
    ck_assert_uint_eq(mlg_faults_count(model->faults, MLG_FATAL), 0);
    mlg_model_free(model);
}
END_TEST

/* ---- when memory is short
 * ------------------------------------------------------------------------- */

static const char *const ids[] = {"turnover.departure", "turnover.departure.pairs",
                                  "turnover.departure.reach"};

static void fail_each(const char *text, const char *id, int32_t view)
{
    reported r;
    reported_open(&r, text);
    for (long n = 0; measured_fails(r.context, view, id, n, &r.values); n++) {
    }
    reported_close(&r);
}

START_TEST(short_memory_is_answered_with_nothing_appended)
{
    char text[2048];
    snprintf(text, sizeof text, "%s%s", meetings,
             "Ann,A,,,,\nX,A,,,,\nY,A,,,,\nZ,A,,,,\np,C,,,,\nZoe,C,,,,\n");
    fail_each(by_hand, ids[_i], _i == 2 ? -1 : 0);
    fail_each(text, ids[_i], _i == 2 ? -1 : 0);
}
END_TEST

static Suite *departure_suite(void)
{
    Suite *suite = suite_create("departure");
    TCase *ties = tcase_create("ties"), *rows = tcase_create("rows");

    tcase_add_test(ties, ties_of_a_post_outlast_by_how_they_are_held);
    tcase_add_test(ties, pairs_stay_while_another_row_links_them);
    tcase_add_test(ties, what_rests_on_a_post_alone_is_listed);
    tcase_add_loop_test(ties, a_star_loses_all_of_its_pairs_or_none, 0, 2);
    tcase_add_test(ties, pairs_of_surviving_leaves_are_as_the_model_says);
    tcase_add_test(ties, an_actor_of_its_own_loses_what_its_removal_loses);
    tcase_add_test(ties, pairs_lost_are_those_of_a_study_without_the_rows);
    tcase_add_test(ties, survivors_are_those_of_every_case_in_turn);
    tcase_add_test(ties, a_large_block_is_drawn);
    tcase_add_test(ties, more_survives_when_chances_grow);
    tcase_set_timeout(ties, 60);
    tcase_add_test(rows, two_posts_of_one_person_fall_together);
    tcase_add_loop_test(rows, a_post_is_held_by_the_last_to_begin, 0,
                        (int) (sizeof holders / sizeof *holders));
    tcase_add_loop_test(rows, seats_count_as_the_view_counts_them, 0,
                        (int) (sizeof seats / sizeof *seats));
    tcase_add_test(rows, ties_of_one_row_stand_or_fall_together);
    tcase_add_loop_test(rows, what_is_undefined_says_why, 0,
                        (int) (sizeof undefined_cases / sizeof *undefined_cases));
    tcase_add_test(rows, views_without_actors_tell_no_departure);
    tcase_add_loop_test(rows, a_setting_that_is_no_chance_is_a_fault, 0,
                        (int) (sizeof settings / sizeof *settings));
    tcase_add_test(rows, settings_are_read_in_both_languages);
    tcase_add_loop_test(rows, short_memory_is_answered_with_nothing_appended, 0, 3);
    suite_add_tcase(suite, ties);
    suite_add_tcase(suite, rows);
    return suite;
}

int main(void)
{
    return suite_run(departure_suite());
}
