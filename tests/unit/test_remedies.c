/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/mitigation.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "measure/halves.h"
#include "measured.h"
#include "model_fixture.h"
#include "reported.h"
#include "study_measured.h"
#include "suite.h"

/* Ann of TOWN ties SCHOOL (with LYCEE and CANTEEN behind it), CLUB (POOL) and CARE; DESK is TOWN's
 * own partner. Without her: {TOWN, DESK} social; {SCHOOL, LYCEE, CANTEEN} education twice and food;
 * {CLUB, POOL} sport; {CARE} social. Pairs between them: 6, 4, 0 from home, 6, 3, 2 among the
 * others: 21. She alone convenes A1 to A4. */
static const char ann[] =
    "study: key,value\nsurvival.organisation,1\nsurvival.person,0\nsurvival.unknown,0\n"
    "actors: id,kind,sector,organisation,territory\n"
    "TOWN,organisation,social,,T\nDESK,organisation,social,,U1\nSCHOOL,organisation,education,,U1\n"
    "LYCEE,organisation,education,,U1\nCANTEEN,organisation,food,,U1\nCLUB,organisation,sport,,U2\n"
    "POOL,organisation,sport,,U2\nCARE,organisation,social,,\nAnn,person,,TOWN,\n"
    "Bob,person,,POOL,\n"
    "posts: id,person,role,scheme,employer\nhealth,Ann,coordinator,CLS,TOWN\n"
    "pool,Bob,member,,POOL\n"
    "schemes: id,territory\nCLS,T\n"
    "territories: id,scale,population\nT,pays_petr,\nE1,epci,\nE2,epci,\nU1,commune,600\n"
    "U2,commune,300\nU3,commune,100\n"
    "perimeters: territory,unit\nT,U1\nT,U2\nT,U3\nE1,U1\nE2,U2\nE2,U3\n"
    "activities: id,schemes,territory\nA1,CLS,U1\nA2,CLS,U2\nA3,CLS,\nA4,CLS,U1\n"
    "ties: from,to,held_by\n"
    "Ann,SCHOOL,person\nSCHOOL,LYCEE,\nLYCEE,CANTEEN,\nAnn,CLUB,\nCLUB,POOL,\n"
    "Ann,CARE,organisation\nTOWN,DESK,\n"
    "participations: actor,activity\nDESK,A1\nSCHOOL,A1\nCLUB,A1\nSCHOOL,A2\nCARE,A2\nCLUB,A3\n"
    "CARE,A3\nLYCEE,A4\nCANTEEN,A4\n";

static const mlg_value *asked(reported *r, const char *id, int32_t view, uint32_t budget)
{
    mlg_error err = {MLG_OK, ""};
    const size_t before = r->values.n;
    r->run.budget = budget;
    const mlg_status status = mlg_measure_find(id)->run(r->context, view, &r->values, &err);
    ck_assert_msg(status == MLG_OK, "%s: %s", id, err.message);
    ck_assert_uint_eq(r->values.n, before + 1);
    return &r->values.items[before];
}

static const int64_t agreed[] = {0, 6, 16, 21};

START_TEST(agreements_join_the_pieces_that_bring_most)
{
    reported r;
    reported_open(&r, ann);
    for (uint32_t budget = 1; budget <= 3; budget++) {
        const mlg_value *value = asked(&r, "turnover.mitigation.agreements", 0, budget);
        ck_assert_uint_eq(value->n, budget);
        ck_assert_int_eq(value->subject[0], model_fixture_party(r.model, "TOWN"));
        ck_assert_int_eq(value->subject[1], model_fixture_party(r.model, "SCHOOL"));
        for (size_t i = 0; i < budget; i++) {
            ck_assert_double_eq(value->column[MLG_VALUE][i], (double) agreed[i + 1]);
            ck_assert_double_eq(part_at(value, "gain", i), (double) (agreed[i + 1] - agreed[i]));
            ck_assert_double_eq(part_at(value, "lost", i), 21.0);
            ck_assert_double_eq(part_at(value, "proven", i), 1.0);
        }
        /* CARE stays by itself: with everybody back it brings 0, 3 and 2 */
        const double beyond[] = {0.0, 6.0 + 3.0, 16.0 + 3.0 + 2.0, 21.0};
        ck_assert_double_eq(part_at(value, "expected", budget - 1), beyond[budget]);
        ck_assert_double_eq(part_at(value, "low_5", budget - 1), beyond[budget]);
        ck_assert_double_eq(part_at(value, "high_95", budget - 1), beyond[budget]);
    }
    reported_close(&r);
}
END_TEST

START_TEST(introductions_join_the_widest_set)
{
    reported r;
    reported_open(&r, ann);
    const mlg_value *value = asked(&r, "turnover.mitigation.introductions", 0, 2);
    ck_assert_uint_eq(value->n, 2);
    ck_assert_double_eq(value->column[MLG_VALUE][1], 16.0);
    value = asked(&r, "turnover.mitigation.introductions", 0, 9);
    ck_assert_uint_eq(value->n, 3); /* four pieces need no more */
    ck_assert_double_eq(value->column[MLG_VALUE][2], 21.0);
    value = asked(&r, "turnover.mitigation.introductions", 0, 0);
    ck_assert_uint_eq(value->n, 0);
    ck_assert_int_eq(value->undefined, T_why_no_remedy);
    reported_close(&r);
}
END_TEST

static const double covered[] = {0.0, 2.0, 3.0, 4.0};

START_TEST(deputies_cover_the_most_activities)
{
    reported r;
    reported_open(&r, ann);
    for (uint32_t budget = 1; budget <= 3; budget++) {
        const mlg_value *value = asked(&r, "turnover.mitigation.deputies", 1, budget);
        ck_assert_uint_eq(value->n, budget);
        ck_assert_int_eq(value->subject[0], model_fixture_party(r.model, "health"));
        ck_assert_double_eq(part_at(value, "activities", budget - 1), covered[budget]);
        for (size_t i = 1; i < budget; i++) { /* each adds something */
            ck_assert_double_gt(part_at(value, "activities", i),
                                part_at(value, "activities", i - 1));
        }
    }
    const mlg_value *all = asked(&r, "turnover.mitigation.deputies", 1, 3);
    ck_assert_double_eq(all->column[MLG_VALUE][2], part_at(all, "lost", 2));
    reported_close(&r);
}
END_TEST

START_TEST(a_second_coordinator_takes_one_half)
{
    reported r;
    reported_open(&r, ann);
    const mlg_value *value = asked(&r, "turnover.mitigation.second_coordinator", 0, 3);
    ck_assert_uint_eq(value->n, 2);
    ck_assert_double_eq(value->column[MLG_VALUE][0], 1.0);
    ck_assert_double_eq(value->column[MLG_VALUE][1], 2.0);
    ck_assert_double_eq(part_at(value, "population", 0), 600.0);
    ck_assert_double_eq(part_at(value, "other_population", 0), 400.0);
    ck_assert_double_eq(part_at(value, "balanced", 0), 1.0);
    ck_assert_double_eq(part_at(value, "lost_now", 0), 21.0);
    /* without the first: CLUB's tie stays, 21 - 4; without the second, SCHOOL's, 21 - 6 */
    ck_assert_double_eq(part_at(value, "lost_first", 0), 17.0);
    ck_assert_double_eq(part_at(value, "lost_second", 0), 15.0);
    ck_assert_double_eq(part_at(value, "partners", 0), 3.0);
    ck_assert_double_eq(part_at(value, "placed", 0), 2.0); /* nobody knows where CARE is */
    /* activities: A3 is everybody's, A1 and A4 of the first, A2 of the second */
    value = asked(&r, "turnover.mitigation.second_coordinator", 1, 3);
    ck_assert_double_lt(part_at(value, "lost_first", 0), part_at(value, "lost_now", 0));
    ck_assert_double_lt(part_at(value, "lost_second", 0), part_at(value, "lost_first", 0));
    reported_close(&r);
}
END_TEST

/* The pairs between the pieces are those that the departure is said to cut. */
START_TEST(pieces_account_for_every_pair_lost)
{
    reported r;
    mlg_leavers leavers;
    mlg_error err = {MLG_OK, ""};
    reported_open(&r, ann);
    ck_assert_int_eq(mlg_leavers_of(r.model, &leavers, &err), MLG_OK);
    for (int32_t view = 0; view < 2; view++) {
        mlg_cutter *cutter = NULL;
        ck_assert_int_eq(mlg_cutter_open(r.context, view, &leavers, &cutter, &err), MLG_OK);
        for (int32_t l = 0; l < leavers.n; l++) {
            const mlg_cut cut = mlg_cut_of(cutter, l);
            for (int activities = 0; activities < 2; activities++) {
                mlg_rest rest;
                ck_assert_int_eq(
                    mlg_rest_of(r.context, view, &leavers, l, activities == 1, cutter, &rest, &err),
                    MLG_OK);
                ck_assert_int_eq(rest.lost, activities == 1 ? cut.activities : cut.rows);
                mlg_rest_free(&rest);
            }
        }
        mlg_cutter_free(cutter);
    }
    mlg_leavers_free(&leavers);
    reported_close(&r);
}
END_TEST

/* ---- the choice against every set ----------------------------------------------------- */

enum { PIECES = 9 };

static int64_t pairs_of(const mlg_rest *rest, int32_t home, uint32_t set)
{
    int64_t pairs = 0;
    for (int32_t a = 0; a < rest->n; a++) {
        pairs += home >= 0 && (set >> a & 1) != 0 ? mlg_rest_cross(rest, home, a) : 0;
        for (int32_t b = 0; b < a; b++) {
            pairs += (set >> a & 1) != 0 && (set >> b & 1) != 0 ? mlg_rest_cross(rest, a, b) : 0;
        }
    }
    return pairs;
}

static void random_rest(mlg_random *draw, int32_t n, mlg_rest *rest)
{
    *rest = (mlg_rest){.n = n, .home = 0};
    rest->cross = mlg_zalloc((size_t) n * (size_t) n, sizeof *rest->cross);
    for (int32_t a = 0; a < n; a++) {
        for (int32_t b = 0; b < a; b++) {
            rest->cross[a * n + b] = rest->cross[b * n + a] = mlg_random_below(draw, 9);
        }
    }
}

START_TEST(the_choice_is_the_best_of_all_sets)
{
    mlg_random draw = mlg_random_stream(3, "test.remedies", "", (uint64_t) _i);
    const int32_t candidate[PIECES] = {1, 2, 3, 4, 5, 6, 7, 8, 0};
    mlg_rest rest;
    random_rest(&draw, PIECES, &rest);
    for (int32_t home = -1; home < 1; home++) {
        const int32_t n = home < 0 ? PIECES : PIECES - 1;
        for (int32_t k = home < 0 ? 2 : 1; k <= 4; k++) {
            int64_t most = 0, told = 0;
            uint32_t set = 0;
            mlg_chosen chosen;
            for (uint32_t s = 0; s < 1u << PIECES; s++) {
                const bool fits = __builtin_popcount(s) == k && (home < 0 || (s & 1) == 0);
                const int64_t here = fits ? pairs_of(&rest, home, s) : 0;
                most = here > most ? here : most;
            }
            mlg_choose_pieces(&rest, home, candidate, n, k, &chosen);
            ck_assert(chosen.proven);
            for (int32_t i = 0; i < chosen.n; i++) {
                set |= 1u << chosen.item[i];
                ck_assert_int_eq(chosen.gain[i], pairs_of(&rest, home, set));
                told = chosen.gain[i];
            }
            ck_assert_int_eq(told, most);
        }
    }
    mlg_rest_free(&rest);
}
END_TEST

/* Too many sets: no exchange of one brings more, and it is not said to be proven. */
START_TEST(a_choice_among_too_many_sets_is_not_proven)
{
    enum { MANY = 120, K = 5 };
    mlg_random draw = mlg_random_stream(5, "test.remedies", "", (uint64_t) _i);
    int32_t candidate[MANY];
    mlg_rest rest;
    mlg_chosen chosen;
    random_rest(&draw, MANY, &rest);
    for (int32_t i = 0; i < MANY; i++) {
        candidate[i] = i;
    }
    mlg_choose_pieces(&rest, -1, candidate, MANY, K, &chosen);
    ck_assert(!chosen.proven);
    ck_assert_int_eq(chosen.n, K);
    for (int32_t out = 0; out < K; out++) {
        for (int32_t in = 0; in < MANY; in++) {
            int64_t pairs = 0;
            bool member = false;
            for (int32_t a = 0; a < K; a++) {
                member = member || chosen.item[a] == in;
                for (int32_t b = 0; b < a; b++) {
                    pairs += mlg_rest_cross(&rest, a == out ? in : chosen.item[a],
                                            b == out ? in : chosen.item[b]);
                }
            }
            ck_assert(member || pairs <= chosen.gain[K - 1]);
        }
    }
    mlg_rest_free(&rest);
}
END_TEST

/* ---- undefined, memory ---------------------------------------------------------------------- */

static const char *const ids[] = {
    "turnover.mitigation.agreements", "turnover.mitigation.introductions",
    "turnover.mitigation.deputies", "turnover.mitigation.second_coordinator"};

static const struct {
    const char *text;
    mlg_text_key why;
} lacking[] = {
    {"actors: id,sector\nA,x\nB,y\nties: from,to\nA,B\n", T_why_no_posts},
    {"actors: id,sector\nA,x\nB,y\nposts: id,person\np,vacant\nties: from,to\nA,B\n",
     T_why_no_held_post},
    {"actors: id,sector\nA,x\nB,y\nposts: id,person\np,Ann\nties: from,to\nA,B\n",
     T_why_no_departure_cuts},
    {"actors: id,sector\nA,x\nB,x\nposts: id,person\np,Ann\nties: from,to\nA,B\n", T_why_one_group},
};

START_TEST(what_is_missing_is_said)
{
    for (size_t i = 0; i < 4; i++) {
        reported r;
        reported_open(&r, lacking[_i].text);
        const mlg_value *value = asked(&r, ids[i], 0, 3);
        ck_assert_int_eq(value->undefined, lacking[_i].why);
        reported_close(&r);
    }
}
END_TEST

START_TEST(short_memory_is_answered)
{
    reported r;
    reported_open(&r, ann);
    for (int32_t view = 0; view < 2; view++) {
        for (long n = 0; measured_fails(r.context, view, ids[_i], n, &r.values); n++) {
        }
    }
    reported_close(&r);
}
END_TEST

/* ---- sentences ------------------------------------------------------------------------------ */

START_TEST(the_sheet_says_what_would_help)
{
    const char *name = "health";
    char *text = NULL;
    size_t length = 0;
    mlg_error err = {MLG_OK, ""};
    reported r;
    reported_study(&r, ann);
    FILE *out = open_memstream(&text, &length);
    ck_assert_int_eq(mlg_results_leave(&r.results, &name, 1, MLG_HTML_FORMAT, out, &err), MLG_OK);
    fclose(out);
    const char *const said[] = {
        "sign an agreement between “TOWN” and SCHOOL, CLUB, CARE: at worst, 21 of the 21 pairs "
        "lost "
        "would be kept. Since part of the ties would remain without it, the gain to expect is 21 "
        "pairs (21 to 21, on the assumptions); no other choice of as many does better.",
        "share between two coordinators, one for E1 (600 residents), one for E2 (400 residents): "
        "the "
        "departure of one would cut at worst 15 pairs, of the other 17, instead of 21 (1 partner "
        "without a known place, counted as lost on both sides).",
        "already in 4 of the 4 bodies or actions that nobody else would convene",
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        ck_assert_msg(strstr(text, said[i]) != NULL, "%s", said[i]);
    }
    free(text);
    reported_close(&r);
}
END_TEST

static Suite *remedies_suite(void)
{
    Suite *suite = suite_create("remedies");
    TCase *tests = tcase_create("remedies");
    tcase_add_test(tests, agreements_join_the_pieces_that_bring_most);
    tcase_add_test(tests, introductions_join_the_widest_set);
    tcase_add_test(tests, deputies_cover_the_most_activities);
    tcase_add_test(tests, a_second_coordinator_takes_one_half);
    tcase_add_test(tests, pieces_account_for_every_pair_lost);
    tcase_add_loop_test(tests, the_choice_is_the_best_of_all_sets, 0, 100);
    tcase_add_loop_test(tests, a_choice_among_too_many_sets_is_not_proven, 0, 3);
    tcase_add_loop_test(tests, what_is_missing_is_said, 0,
                        (int) (sizeof lacking / sizeof *lacking));
    tcase_add_loop_test(tests, short_memory_is_answered, 0, 4);
    tcase_add_test(tests, the_sheet_says_what_would_help);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return suite_run(remedies_suite());
}
