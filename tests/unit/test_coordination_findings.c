/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "finding/rule.h"
#include "model_fixture.h"
#include "reported.h"
#include "suite.h"

/* What is told of the coordination, and what is left to others. */

/* ---- few people ------------------------------------------------------------------------ */

static const char schemes[] = "study: key,value\ndate,2024-06-30\n"
                              "schemes: id\nA\nB\nC\nD\nE\n"
                              "posts: id,person,role,scheme,fte\n";

static const struct {
    const char *rows;
    size_t told;
    const char *sentence;
} teams[] = {
    /* two hold four of five */
    {"p1,Ann,coordinator,A|B,1\np2,Bob,coordinator,C|D,1\np3,Eve,coordinator,E,1\n", 1,
     "2 departures would be enough to leave 4 of 5 schemes without known coordination (3 people "
     "coordinate the 5)."},
    /* one a scheme is no news */
    {"p1,Ann,coordinator,A,1\np2,Bob,coordinator,B,1\np3,Eve,coordinator,C,1\n"
     "p4,Gil,coordinator,D,1\np5,Hal,coordinator,E,1\n",
     0, NULL},
    /* one holds most: told of its post */
    {"p1,Ann,coordinator,A|B|C,1\np2,Bob,coordinator,D,1\np3,Eve,coordinator,E,1\n", 0, NULL},
    /* every scheme has somebody else too */
    {"p1,Ann,coordinator,A|B|C|D|E,1\np2,Bob,coordinator,A|B|C|D|E,1\n", 1,
     "2 departures would be enough to leave 5 of 5 schemes without known coordination (2 people "
     "coordinate the 5)."},
    {"p1,vacant,coordinator,A|B|C|D|E,1\n", 0, NULL},
};

START_TEST(few_people_are_told_when_they_hold_more_than_one_each)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text, "%s%s", schemes, teams[_i].rows);
    reported_study(&r, text);
    ck_assert_uint_eq(reported_count(&r, "bus_factor"), teams[_i].told);
    if (teams[_i].told > 0) {
        const mlg_finding *finding = reported_first(&r, "bus_factor");
        ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN), teams[_i].sentence);
        ck_assert_int_le(finding->level, MLG_WARN);
        ck_assert_uint_eq(finding->n_subjects, 2);
        ck_assert_int_eq(finding->subject_scope[0], MLG_SCOPE_POST);
        ck_assert_uint_eq(finding->rows_total, 2);
    }
    reported_close(&r);
}
END_TEST

/* ---- the network without its coordination -------------------------------------------------- */

static const char twelve[] =
    "actors: id,kind,sector,organisation\n"
    "a0,organisation,hospital,\na1,organisation,hospital,\na2,organisation,hospital,\n"
    "b0,organisation,social,\nb1,organisation,social,\nb2,organisation,social,\n"
    "c0,organisation,sport,\nc1,organisation,sport,\nc2,organisation,sport,\n"
    "TOWN,organisation,,\nAnn,person,,TOWN\nBob,person,,TOWN\n"
    "schemes: id\nA\nB\n"
    "posts: id,person,role,scheme,employer\np1,Ann,coordinator,A,TOWN\np2,Bob,coordinator,B,TOWN\n"
    "ties: from,to\na0,a1\na1,a2\nb0,b1\nb1,b2\nc0,c1\nc1,c2\n";

START_TEST(what_several_posts_hold_is_told_when_no_single_one_does)
{
    char text[2048];
    reported r;
    /* each of the two ties a0, b0 and c0: neither alone cuts anything */
    snprintf(text, sizeof text, "%sAnn,a0\nAnn,b0\nAnn,c0\nBob,a1\nBob,b1\nBob,c1\n", twelve);
    reported_study(&r, text);
    ck_assert_uint_eq(reported_count(&r, "only_through"), 1);
    const mlg_finding *finding = reported_first(&r, "only_through");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "Without the coordination (2 posts), all 27 cross-sector pairs of actors "
                     "now connected would be cut off; without any single post, 0 at most.");
    ck_assert_int_eq(finding->level, MLG_NOTICE); /* 27 pairs are a thin record */
    ck_assert_uint_eq(finding->rows_total, 2);
    reported_close(&r);
}
END_TEST

START_TEST(what_one_post_holds_alone_is_told_of_it)
{
    char text[2048];
    reported r;
    snprintf(text, sizeof text, "%sAnn,a0\nAnn,b0\nAnn,c0\nBob,a1\n", twelve);
    reported_study(&r, text);
    ck_assert_uint_eq(reported_count(&r, "only_through"), 0);
    ck_assert_uint_ge(reported_count(&r, "dependence"), 1);
    reported_close(&r);
}
END_TEST

/* ---- a single thread ---------------------------------------------------------------------------
 */

static const char two_schemes[] =
    "study: key,value\ndate,2024-06-30\n"
    "actors: id,kind,organisation\nO,organisation,\nP,organisation,\nQ,organisation,\n"
    "R,organisation,\nS,organisation,\nT,organisation,\nAnn,person,T\nBob,person,T\n"
    "activities: id,schemes\nA1,A\nB1,B\n%sparticipations: actor,activity\n%s";

static const struct {
    const char *posts, *rows, *sentence;
} threads[] = {
    {"posts: id,person\np,Ann\n", "O,A1\nP,A1\nAnn,A1\nAnn,B1\nQ,B1\nR,B1\n",
     "A single participant links the activities of “A” (3 participants) and “B” (3): “p”. Without "
     "it nothing would link them."},
    {"", "O,A1\nP,A1\nAnn,A1\nAnn,B1\nQ,B1\nR,B1\n",
     "A single person links the activities of “A” (3 participants) and “B” (3), from “T”. Without "
     "that link nothing would join them."},
    {"", "O,A1\nP,A1\nS,A1\nS,B1\nQ,B1\nR,B1\n",
     "A single participant links the activities of “A” (3 participants) and “B” (3): “S”. Without "
     "it nothing would link them."},
    {"", "O,A1\nP,A1\nS,A1\nS,B1\nO,B1\nR,B1\n", NULL},     /* two */
    {"", "O,A1\nS,A1\nS,B1\nQ,B1\nR,B1\n", NULL},           /* few people on record */
    {"", "Ann,A1\nP,A1\nS,A1\nS,B1\nBob,B1\nR,B1\n", NULL}, /* T sits in both, by two people */
    {"", "O,A1\nP,A1\nS,A1\nT,B1\nQ,B1\nR,B1\n", NULL},     /* nothing links them */
};

START_TEST(a_single_thread_is_a_post_or_an_organisation)
{
    char text[1024];
    reported r;
    snprintf(text, sizeof text, two_schemes, threads[_i].posts, threads[_i].rows);
    reported_study(&r, text);
    ck_assert_uint_eq(reported_count(&r, "single_thread"), threads[_i].sentence != NULL);
    if (threads[_i].sentence != NULL) {
        const mlg_finding *finding = reported_first(&r, "single_thread");
        ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN), threads[_i].sentence);
        ck_assert_int_eq(finding->level, MLG_NOTICE);
        ck_assert_uint_eq(finding->n_subjects, 3);
        ck_assert_uint_eq(finding->rows_total, 2);
    }
    reported_close(&r);
}
END_TEST

/* ---- no memory
 * ------------------------------------------------------------------------------------ */

START_TEST(rules_survive_any_allocation_failing)
{
    static const struct {
        const char *kind;
        mlg_rule_fn *apply;
    } rules[] = {{"bus_factor", mlg_rule_bus_factor}, {"single_thread", mlg_rule_single_thread}};
    char text[1024];
    reported r;
    if (_i == 0) {
        snprintf(text, sizeof text, "%s%s", schemes, teams[0].rows);
    } else {
        snprintf(text, sizeof text, two_schemes, threads[0].posts, threads[0].rows);
    }
    reported_study(&r, text);
    const mlg_rule *rule = mlg_rules();
    while (rule->apply != rules[_i].apply) {
        rule++;
    }
    const mlg_rule_case at = {
        .context = r.context, .model = r.model, .values = &r.values, .view = -1};
    mlg_status status = MLG_ENOMEM;
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_findings findings = {0};
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = fails;
        status = rule->apply(&at, rule, &findings, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 1000);
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && err.message[0] != '\0'));
        ck_assert(status != MLG_OK || findings.n == 1);
        mlg_findings_free(&findings);
    }
    reported_close(&r);
}
END_TEST

static Suite *coordination_findings_suite(void)
{
    Suite *suite = suite_create("findings of coordination");
    TCase *all = tcase_create("findings");

    tcase_add_loop_test(all, few_people_are_told_when_they_hold_more_than_one_each, 0,
                        sizeof teams / sizeof *teams);
    tcase_add_test(all, what_several_posts_hold_is_told_when_no_single_one_does);
    tcase_add_test(all, what_one_post_holds_alone_is_told_of_it);
    tcase_add_loop_test(all, a_single_thread_is_a_post_or_an_organisation, 0,
                        sizeof threads / sizeof *threads);
    tcase_add_loop_test(all, rules_survive_any_allocation_failing, 0, 2);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    return suite_run(coordination_findings_suite());
}
