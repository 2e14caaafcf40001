/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "graph/graph.h"
#include "measure/composition.h"
#include "model_fixture.h"
#include "reported.h"
#include "study_measured.h"
#include "suite.h"

/* Rows that list members of a body, beside those that say who came to its meetings. */

#define BODY                                                                                       \
    "study: key,value\ndate,2024-12-31\n"                                                          \
    "actors: id,kind,sector\nA,organisation,s\nB,organisation,s\nC,organisation,t\n"               \
    "P,organisation,t\nactivities: id,kind,start,end\nCOPIL,steering,,\n"                          \
    "other,steering,,\nday,,2024-03-01,2024-03-01\n"                                               \
    "participations: actor,activity,date,role,invited,present\n"

static const struct {
    const char *what, *rows;
    size_t ties, member, seats;
} bodies[] = {
    /* A and B came; P and C are members only */
    {"a sheet beside the list",
     "A,COPIL,,member,,\nP,COPIL,,member,1,\nC,COPIL,,member,,\n"
     "A,COPIL,2024-03-01,,,yes\nB,COPIL,2024-03-01,,,yes\nP,COPIL,2024-03-01,,1,no\n",
     1, 3, 2},
    {"a sheet with a mark of absence alone",
     "A,COPIL,,member,,\nC,COPIL,,member,,\nP,COPIL,2024-03-01,,1,excused\n", 0, 2, 0},
    /* the list is all there is */
    {"a list alone", "A,COPIL,,member,,\nB,COPIL,,member,,\nC,COPIL,,member,,\n", 3, 0, 3},
    {"a sheet of another body",
     "A,COPIL,,member,,\nB,COPIL,,member,,\nA,other,2024-03-01,,,yes\nC,other,2024-03-01,,,yes\n",
     2, 0, 4},
    {"a sheet without a mark", "A,COPIL,,,,\nB,COPIL,2024-03-01,,,\n", 1, 0, 2},
    {"marks without a day", "A,COPIL,,,,\nB,COPIL,,,,yes\n", 1, 0, 2},
    {"who carries it takes part without a day",
     "C,COPIL,,carrier,,\nP,COPIL,,member,,\nA,COPIL,2024-03-01,,,yes\n", 1, 1, 2},
    {"what happened once has a day", "C,day,,,,\nA,day,2024-03-01,,,yes\n", 1, 0, 2},
    {"a row that says it was there", "C,COPIL,,,,yes\nA,COPIL,2024-03-01,,,yes\n", 1, 0, 2},
};

START_TEST(a_member_of_a_body_that_keeps_a_sheet_meets_nobody)
{
    char text[1024] = BODY;
    reported r;

    strcat(text, bodies[_i].rows);
    reported_open(&r, text);
    const mlg_graph *graph = mlg_context_graph(r.context, 0);
    ck_assert_msg(graph->n_ties == bodies[_i].ties, "%s: %zu", bodies[_i].what, graph->n_ties);
    ck_assert_msg(graph->facts.rows_member == bodies[_i].member, "%s: %zu", bodies[_i].what,
                  graph->facts.rows_member);
    size_t seats = 0;
    for (int32_t a = 0; a < graph->n_activities; a++) {
        seats += mlg_csr_degree(&graph->attended, a);
    }
    ck_assert_msg(seats == bodies[_i].seats, "%s: %zu", bodies[_i].what, seats);
    reported_close(&r);
}
END_TEST

/* To be listed is no invitation to a day; it is a seat in the committee. */
START_TEST(a_member_sits_there_and_was_asked_to_nothing)
{
    char text[1024] = BODY;
    study_measured m;
    mlg_composition composition;

    strcat(text, bodies[0].rows);
    study_measure(&m, text, "gap.invited");
    const mlg_value *all = study_value(&m, "response", MLG_SCALAR);
    ck_assert_double_eq(part_at(all, "invited", 0), 1);
    ck_assert_double_eq(part_at(all, "presence_unknown", 0), 0);
    ck_assert_int_eq(mlg_composition_of(m.model, &composition, NULL), MLG_OK);
    ck_assert_uint_eq(composition.n_bodies, 2); /* nothing is on record of the other */
    ck_assert_double_eq(composition.bodies[0].members, 4);
    mlg_composition_free(&composition);
    study_measured_close(&m);
}
END_TEST

/* ---- the first sheet ------------------------------------------------------------------------ */

/* Actions are on record since 2020, attendance since 2024: nobody came or left before. */
#define WAVES                                                                                      \
    "study: key,value\ndate,2024-12-31\nactivities: id,carriers,start,end\n"                       \
    "a1,A,2020,2024\na2,B|C,2021,2024\nm,,,\n"                                                     \
    "participations: actor,activity,date,present\n"

START_TEST(nothing_is_told_before_the_first_sheet)
{
    reported r;
    mlg_error err = {0};
    reported_open(&r, WAVES "A,m,2024-02-01,yes\nB,m,2024-02-01,yes\nD,m,2024-03-01,yes\n");
    const char *const id = "turnover.actor_turnover";
    ck_assert_int_eq(mlg_measure_all(r.context, &id, 1, &r.values, &err), MLG_OK);
    for (size_t i = 0; i < r.values.n; i++) {
        if (r.values.items[i].shape == MLG_CURVE) {
            ck_assert_uint_eq(r.values.items[i].n, 0);
            ck_assert_int_ne(r.values.items[i].undefined, T_none);
        }
    }
    reported_close(&r);
}
END_TEST

START_TEST(two_years_of_sheets_are_compared)
{
    reported r;
    mlg_error err = {0};
    size_t passages = 0;
    reported_open(&r, WAVES "A,m,2023-02-01,yes\nB,m,2023-02-01,yes\nA,m,2024-02-01,yes\n"
                            "D,m,2024-02-01,yes\n");
    const char *const id = "turnover.actor_turnover";
    ck_assert_int_eq(mlg_measure_all(r.context, &id, 1, &r.values, &err), MLG_OK);
    for (size_t i = 0; i < r.values.n; i++) {
        passages += r.values.items[i].n;
    }
    ck_assert_uint_eq(passages, 1); /* 2023 to 2024, none from 2020 on */
    reported_close(&r);
}
END_TEST

static Suite *membership_suite(void)
{
    Suite *suite = suite_create("membership");
    TCase *rows = tcase_create("rows"), *waves = tcase_create("waves");

    tcase_add_loop_test(rows, a_member_of_a_body_that_keeps_a_sheet_meets_nobody, 0,
                        (int) (sizeof bodies / sizeof *bodies));
    tcase_add_test(rows, a_member_sits_there_and_was_asked_to_nothing);
    tcase_add_test(waves, nothing_is_told_before_the_first_sheet);
    tcase_add_test(waves, two_years_of_sheets_are_compared);
    suite_add_tcase(suite, rows);
    suite_add_tcase(suite, waves);
    return suite;
}

int main(void)
{
    return suite_run(membership_suite());
}
