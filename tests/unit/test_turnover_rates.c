/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/turnover_rates.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "model_fixture.h"
#include "suite.h"

#define ASSUMED 0.19

static mlg_law assumed(void)
{
    mlg_law law;
    for (int rate = 0; rate < MLG_N_RATES; rate++) {
        law.value[rate] = law.low[rate] = law.high[rate] = ASSUMED;
        law.origin[rate] = MLG_ASSUMED;
        law.row[rate] = -1;
    }
    return law;
}

/* What a study says of the rates. */
static mlg_law estimated(const char *text, mlg_rate_evidence *evidence)
{
    mlg_model *model = model_fixture(text);
    mlg_law law = assumed();
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(mlg_rate_estimates_of(model, &law, evidence, &err) == MLG_OK, "%s", err.message);
    mlg_model_free(model);
    return law;
}

static void check_untouched(const mlg_law *law, int but)
{
    for (int rate = 0; rate < MLG_N_RATES; rate++) {
        if (rate != but) {
            ck_assert_msg(law->origin[rate] == MLG_ASSUMED && law->value[rate] >= ASSUMED &&
                              law->value[rate] <= ASSUMED,
                          "rate %d was set", rate);
        }
    }
}

#define POSTS "study: key,value\ndate,2020-01-01\nposts: id,person,role,contract,start,end\n"

/* ---- departures ----------------------------------------------------------------------- */

/* Three posts taken on 1 January 2010, handed over after 1, 2 and 3 years, held since. */
static const char three[] =
    POSTS "P,A,coordinator,permanent,2010-01-01,\nP,D,coordinator,permanent,2011-01-01,\n"
          "Q,B,coordinator,permanent,2010-01-01,\nQ,E,coordinator,permanent,2012-01-01,\n"
          "R,C,coordinator,permanent,2010-01-01,\nR,F,coordinator,permanent,2013-01-01,\n";

START_TEST(departures_over_years_in_post_make_a_rate)
{
    mlg_rate_evidence evidence[MLG_N_RATES];
    const mlg_law law = estimated(three, evidence);
    const double years = 3.0 * 3652.0 / 365.25; /* 10 years each, held all along */

    check_untouched(&law, MLG_LEAVE_PERMANENT);
    ck_assert_int_eq(law.origin[MLG_LEAVE_PERMANENT], MLG_ESTIMATED);
    ck_assert_double_eq(evidence[MLG_LEAVE_PERMANENT].events, 3);
    ck_assert_double_eq_tol(evidence[MLG_LEAVE_PERMANENT].exposure, years, 1e-9);
    ck_assert_double_eq_tol(law.value[MLG_LEAVE_PERMANENT], 3.0 / years, 1e-12);
    /* R 4: qchisq(.025, 6) / 2, qchisq(.975, 8) / 2 */
    ck_assert_double_eq_tol(law.low[MLG_LEAVE_PERMANENT], 0.618672122896 / years, 1e-9);
    ck_assert_double_eq_tol(law.high[MLG_LEAVE_PERMANENT], 8.76727306974 / years, 1e-9);
}
END_TEST

START_TEST(what_the_study_states_is_never_overridden)
{
    mlg_model *model = model_fixture(three);
    mlg_law law = assumed();
    law.origin[MLG_LEAVE_PERMANENT] = MLG_STATED;
    ck_assert_int_eq(mlg_rate_estimates(model, &law, NULL), MLG_OK);
    ck_assert_int_eq(law.origin[MLG_LEAVE_PERMANENT], MLG_STATED);
    ck_assert_double_eq(law.value[MLG_LEAVE_PERMANENT], ASSUMED);
    mlg_model_free(model);
}
END_TEST

/* None of these is a third departure. */
static const char *const too_few[] = {
    "R,C,coordinator,permanent,2010-01-01,\n",
    "R,C,coordinator,permanent,2010-01-01,2013-01-01\n", /* a term, and nothing follows */
    "R,C,coordinator,permanent,2010-01-01,2013-01-01\n"  /* renewed */
    "R,C,coordinator,permanent,2013-01-02,\n",
    "R,C,coordinator,permanent,2010-01-01,\nR,,coordinator,permanent,2013-01-01,\n", /* by whom? */
    "R,C,coordinator,permanent,,\nR,F,coordinator,permanent,2013-01-01,\n", /* from when? */
    "R,C,elected,elected,2010-01-01,\nR,F,elected,elected,2013-01-01,\n",   /* a mandate */
    "R,C,coordinator,open_ended,2010-01-01,\nR,F,coordinator,permanent,2013-01-01,\n",
    "R,C,coordinator,permanent,2010-01-01,\nR,F,coordinator,permanent,2020-06-01,\n", /* to come */
    "R,A,coordinator,permanent,2010-01-01,\nR,F,coordinator,permanent,2010-12-20,\n", /* one clock
                                                                                       */
    /* A keeps another post */
    "R,A,coordinator,permanent,2010-06-01,\n",
};

START_TEST(other_ends_are_no_departures)
{
    char text[1024];
    mlg_rate_evidence evidence[MLG_N_RATES];
    snprintf(text, sizeof text,
             POSTS "P,A,coordinator,permanent,2010-01-01,\nP,D,coordinator,permanent,2011-01-01,\n"
                   "Q,B,coordinator,permanent,2010-01-01,\nQ,E,coordinator,permanent,2012-01-01,\n"
                   "%s",
             too_few[_i]);
    const mlg_law law = estimated(text, evidence);
    check_untouched(&law, MLG_N_RATES);
    ck_assert_double_eq(evidence[MLG_LEAVE_PERMANENT].events,
                        _i == (int) (sizeof too_few / sizeof *too_few) - 1 ? 1 : 2);
}
END_TEST

START_TEST(a_row_that_says_vacant_makes_a_departure_and_its_own_time)
{
    char text[1024] = POSTS;
    mlg_rate_evidence evidence[MLG_N_RATES];
    for (int i = 0; i < 3; i++) { /* vacant for 100 days, then held */
        char rows[240];
        snprintf(rows, sizeof rows,
                 "P%d,A%d,coordinator,fixed_term,2010-01-01,2012-12-31\n"
                 "P%d,vacant,coordinator,,2013-01-01,\nP%d,B%d,coordinator,project,2013-04-11,\n",
                 i, i, i, i, i);
        strcat(text, rows);
    }
    strcat(text, "P9,vacant,coordinator,,2019-09-23,\n"); /* 100 days so far */
    const mlg_law law = estimated(text, evidence);
    ck_assert_int_eq(law.origin[MLG_LEAVE_FIXED_TERM], MLG_ESTIMATED);
    ck_assert_double_eq(evidence[MLG_LEAVE_FIXED_TERM].events, 3);
    /* 1096 days each and, under project contracts, 2456 */
    ck_assert_double_eq_tol(evidence[MLG_LEAVE_FIXED_TERM].exposure, 3 * 3552.0 / 365.25, 1e-9);
    ck_assert_double_eq(evidence[MLG_VACANCY_MONTHS].events, 3);
    ck_assert_double_eq_tol(law.value[MLG_VACANCY_MONTHS], 400.0 / 3.0 / 30.4375, 1e-9);
    ck_assert_double_eq_tol(law.low[MLG_VACANCY_MONTHS], 400.0 / 30.4375 / 8.76727306974, 1e-9);
    ck_assert_double_eq_tol(law.high[MLG_VACANCY_MONTHS], 400.0 / 30.4375 / 0.618672122896, 1e-8);
}
END_TEST

START_TEST(time_under_each_contract_counts_for_it)
{
    mlg_rate_evidence evidence[MLG_N_RATES];
    (void) estimated(POSTS "P,A,coordinator,fixed_term,2010-01-01,2011-12-31\n"
                           "P,A,coordinator,permanent,2012-01-01,\n"
                           "P,B,coordinator,,2016-01-01,\nQ,B,referent,volunteer,2016-01-01,\n",
                     evidence);
    ck_assert_double_eq_tol(evidence[MLG_LEAVE_FIXED_TERM].exposure, 730 / 365.25, 1e-9);
    ck_assert_double_eq_tol(evidence[MLG_LEAVE_PERMANENT].exposure, 1461 / 365.25, 1e-9);
    ck_assert_double_eq(evidence[MLG_LEAVE_FIXED_TERM].events, 0);
    ck_assert_double_eq(evidence[MLG_LEAVE_PERMANENT].events, 1);
    /* two posts of B are one clock */
    ck_assert_double_eq_tol(evidence[MLG_LEAVE_UNKNOWN].exposure +
                                evidence[MLG_LEAVE_VOLUNTEER].exposure,
                            1461 / 365.25, 1e-9);
}
END_TEST

/* ---- partners ---------------------------------------------------------------------------- */

/* Twenty persons meet on 1 March 2018, the first n again a year later; who holds a post is apart.
 */
static mlg_law partners(int stayed, mlg_rate_evidence *evidence)
{
    static char text[4096];
    size_t used = (size_t) snprintf(text, sizeof text,
                                    "study: key,value\ndate,2019-12-31\n"
                                    "posts: id,person,role\nP,HOLDER,coordinator\n"
                                    "activities: id\nM\nparticipations: actor,activity,date\n"
                                    "HOLDER,M,2018-03-01\n");
    char who[1024] = "actors: id,kind\nHOLDER,person\nORG,organisation\n";
    for (int i = 0; i < 20; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "S%d,M,2018-03-01\n", i);
        if (i < stayed) {
            used += (size_t) snprintf(text + used, sizeof text - used, "S%d,M,2019-03-01\n", i);
        }
        snprintf(who + strlen(who), sizeof who - strlen(who), "S%d,person\n", i);
    }
    snprintf(text + used, sizeof text - used, "ORG,M,2018-03-01\nORG,M,2019-03-01\n%s", who);
    return estimated(text, evidence);
}

START_TEST(persons_not_seen_again_make_a_rate)
{
    mlg_rate_evidence evidence[MLG_N_RATES];
    const mlg_law law = partners(16, evidence);
    const double gap = 365.0 / 365.25;

    check_untouched(&law, MLG_LEAVE_PARTNER);
    ck_assert_double_eq(evidence[MLG_LEAVE_PARTNER].events, 4);
    ck_assert_double_eq(evidence[MLG_LEAVE_PARTNER].exposure, 20);
    ck_assert_double_eq_tol(law.value[MLG_LEAVE_PARTNER], -log(0.8) / gap, 1e-12);
    /* R 4: binom.test(16, 20)$conf.int */
    ck_assert_double_eq_tol(law.low[MLG_LEAVE_PARTNER], -log(0.942666002950) / gap, 1e-9);
    ck_assert_double_eq_tol(law.high[MLG_LEAVE_PARTNER], -log(0.563385997003) / gap, 1e-9);
}
END_TEST

START_TEST(too_few_that_left_make_none)
{
    mlg_rate_evidence evidence[MLG_N_RATES];
    mlg_law law = partners(18, evidence);
    check_untouched(&law, MLG_N_RATES);
    law = partners(0, evidence); /* all gone: nothing to tell a rate from */
    check_untouched(&law, MLG_N_RATES);
}
END_TEST

START_TEST(without_dates_nothing_is_estimated)
{
    static const char *const texts[] = {"posts: id,person,role\nP,A,coordinator\n",
                                        "ties: from,to\nA,B\n",
                                        "study: key,value\ndate,2020-01-01\nties: from,to\nA,B\n",
                                        "study: key,value\ndate,2020-01-01\nposts: "
                                        "id,person,role\nP,A,coordinator\nP,B,coordinator\n"
                                        "participations: actor,activity\nA,M\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const mlg_law law = estimated(texts[i], NULL);
        check_untouched(&law, MLG_N_RATES);
    }
    mlg_law law = assumed();
    ck_assert_int_eq(mlg_rate_estimates(NULL, &law, NULL), MLG_OK);
    check_untouched(&law, MLG_N_RATES);
}
END_TEST

/* ---- the truth ------------------------------------------------------------------------------ */

/* Posts held one after the other at a rate of .25 a year for twenty years: the interval holds the
 * true rate as often as it says. */
static bool holds_the_rate(uint64_t study)
{
    enum { STUDY_POSTS = 12 };
    static char text[65536];
    mlg_random draw = mlg_random_stream(11, "test_turnover_rates", "posts", study);
    size_t used = (size_t) snprintf(text, sizeof text, POSTS);
    const int32_t first = mlg_day_of(2000, 1, 1), last = mlg_day_of(2020, 1, 1);
    int who = 0;

    for (int p = 0; p < STUDY_POSTS; p++) {
        for (double day = first; day < last;) {
            int year = 0, month = 0, day_of_month = 0;
            mlg_day_split((int32_t) day, &year, &month, &day_of_month);
            used += (size_t) snprintf(text + used, sizeof text - used,
                                      "P%d,A%d,coordinator,fixed_term,%04d-%02d-%02d,\n", p, who++,
                                      year, month, day_of_month);
            day += 1.0 - log(1.0 - mlg_random_unit(&draw)) / 0.25 * 365.25;
        }
    }
    const mlg_law law = estimated(text, NULL);
    ck_assert_int_eq(law.origin[MLG_LEAVE_FIXED_TERM], MLG_ESTIMATED);
    return law.low[MLG_LEAVE_FIXED_TERM] <= 0.25 && law.high[MLG_LEAVE_FIXED_TERM] >= 0.25;
}

START_TEST(intervals_hold_the_truth_as_often_as_they_say)
{
    enum { STUDIES = 400 };
    int held = 0;
    for (uint64_t study = 0; study < STUDIES; study++) {
        held += holds_the_rate(study);
    }
    /* 95 % or a little more: 380, less three standard errors */
    ck_assert_int_ge(held, 367);
    ck_assert_int_le(held, 397);
}
END_TEST

START_TEST(memory_may_be_short)
{
    mlg_model *model = model_fixture(three);
    mlg_status status = MLG_ENOMEM;
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_law law = assumed();
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = fails;
        status = mlg_rate_estimates(model, &law, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 100);
        ck_assert_int_eq(status, err.status);
        if (status != MLG_OK) {
            ck_assert_int_eq(status, MLG_ENOMEM);
            check_untouched(&law, MLG_N_RATES);
        }
    }
    mlg_model_free(model);
}
END_TEST

static Suite *rates_suite(void)
{
    Suite *suite = suite_create("turnover_rates");
    TCase *tests = tcase_create("rates");
    tcase_add_test(tests, departures_over_years_in_post_make_a_rate);
    tcase_add_test(tests, what_the_study_states_is_never_overridden);
    tcase_add_loop_test(tests, other_ends_are_no_departures, 0,
                        (int) (sizeof too_few / sizeof *too_few));
    tcase_add_test(tests, a_row_that_says_vacant_makes_a_departure_and_its_own_time);
    tcase_add_test(tests, time_under_each_contract_counts_for_it);
    tcase_add_test(tests, persons_not_seen_again_make_a_rate);
    tcase_add_test(tests, too_few_that_left_make_none);
    tcase_add_test(tests, without_dates_nothing_is_estimated);
    tcase_add_test(tests, intervals_hold_the_truth_as_often_as_they_say);
    tcase_add_test(tests, memory_may_be_short);
    tcase_set_timeout(tests, 60);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return suite_run(rates_suite());
}
