/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/reciprocity.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "maillage/scheme.h"
#include "measured.h"
#include "model_fixture.h"
#include "reported.h"
#include "study_measured.h"
#include "suite.h"

static const char *const ID = "scheme.reciprocity";
#define CLOSE 1e-12

static size_t pair_row(const study_measured *m, const mlg_value *value, const char *a,
                       const char *b)
{
    return row_of_pair(value, model_fixture_party(m->model, a), model_fixture_party(m->model, b));
}

/* ---- by hand --------------------------------------------------------------------------- */

/* The coordinator of A sits twice with B, and for the town with C; the town, which carries A and C,
 * is at home with both. B's post sits once with A, once excused. `joint` is A's and B's. */
static const char *const hand = "study: key,value\ndate,2024-12-31\n"
                                "schemes: id,carrier\nA,town\nB,\nC,town\nD,\n"
                                "posts: id,person,role,scheme,start\n"
                                "coord,Ana,coordinator,A,2020\nchief,Ben,director,B,2020\n"
                                "activities: id,schemes\n"
                                "a1,A\na2,A\na3,A\nb1,B\nb2,B\nb3,B\nb4,B\nc1,C\nd1,D\n"
                                "joint,A|B\nold,B\n"
                                "participations: actor,activity,date,present,on_behalf_of\n"
                                "Ana,b1,2024-02-01,yes,\n"
                                "town,b1,2024-02-01,yes,A\n"
                                "Ana,b2,2024-03-01,yes,coord\n"
                                "other,b3,2024-03-01,yes,\n"
                                "Ana,c1,2024-04-01,yes,town\n"
                                "town,c1,2024-04-01,yes,\n"
                                "Ben,a1,2024-05-01,yes,\n"
                                "Ben,a2,2024-05-01,excused,\n"
                                "Ana,joint,2024-06-01,yes,\n"
                                "Ben,joint,2024-06-01,yes,\n"
                                "Ana,old,2020-06-01,yes,\n";

START_TEST(seats_are_those_counted_by_hand)
{
    study_measured m;
    study_measure(&m, hand, ID);
    const mlg_value *pairs = study_value(&m, "pairs", MLG_PAIRS);
    const mlg_value *each = study_value(&m, "given_share", MLG_VECTOR);
    const mlg_value *all = study_value(&m, "overall", MLG_SCALAR);
    const size_t ab = pair_row(&m, pairs, "A", "B");
    const size_t a = row_of(each, model_fixture_party(m.model, "A"));
    const size_t d = row_of(each, model_fixture_party(m.model, "D"));

    ck_assert_double_eq(part_at(pairs, "a_in_b", ab), 2); /* b1 once, b2 */
    ck_assert_double_eq(part_at(pairs, "of_b", ab), 3);   /* b1, b2, b3: joint is both's */
    ck_assert_double_eq(part_at(pairs, "b_in_a", ab), 1);
    ck_assert_double_eq(part_at(pairs, "of_a", ab), 2); /* a1, and a2 where Ben was excused */
    ck_assert_double_eq_tol(pairs->column[MLG_VALUE][ab], 0.5, CLOSE);
    ck_assert_double_eq(part_at(pairs, "a_in_b", pair_row(&m, pairs, "A", "C")), 0); /* at home */
    ck_assert_double_eq(part_at(each, "given", a), 2);
    ck_assert_double_eq(part_at(each, "received", a), 1);
    ck_assert_double_eq(part_at(each, "by_coordination", a), 2);
    ck_assert_double_eq(part_at(each, "schemes", a), 1);
    ck_assert_double_eq_tol(each->column[MLG_VALUE][a], 2.0 / 3.0, CLOSE);
    ck_assert_double_nan(part_at(each, "given", d)); /* nobody stands for it */
    ck_assert_double_nan(part_at(each, "received", d));
    ck_assert_double_eq_tol(all->column[MLG_VALUE][0], 0.5, CLOSE);
    ck_assert_double_eq(part_at(all, "schemes", 0), 4);
    ck_assert_double_eq(part_at(all, "schemes_known", 0), 3);
    ck_assert_double_eq(part_at(all, "mutual", 0), 1);
    ck_assert_double_eq(part_at(all, "seats", 0), 3);
    study_measured_close(&m);
}
END_TEST

START_TEST(rows_behind_the_seats_are_found_again)
{
    study_measured m;
    int32_t rows[1];
    size_t n = 0;
    study_measure(&m, hand, ID);
    ck_assert_int_eq(mlg_reciprocity_rows(m.model, model_fixture_party(m.model, "A"),
                                          model_fixture_party(m.model, "B"), rows, 1, &n, NULL),
                     MLG_OK);
    ck_assert_uint_eq(n, 2);
    ck_assert_int_eq(rows[0], 0); /* Ana at b1: the coordination's row before the town's */
    study_measured_close(&m);
}
END_TEST

/* ---- slow twin --------------------------------------------------------------------------- */

enum { SCHEMES = 4, PEOPLE = 6, BODIES = 10 };

/* People hold posts of schemes, sit in bodies of schemes. */
typedef struct world {
    bool holds[PEOPLE][SCHEMES], of[BODIES][SCHEMES], sits[PEOPLE][BODIES];
} world;

static void make_world(mlg_random *random, world *w, char *text, size_t room)
{
    size_t used = 0;
    memset(w, 0, sizeof *w);
#define PUT(...) used += (size_t) snprintf(text + used, room - used, __VA_ARGS__)
    PUT("schemes: id\nS0\nS1\nS2\nS3\nposts: id,person,role,scheme\n");
    for (int p = 0; p < PEOPLE; p++) {
        for (int s = 0; s < SCHEMES; s++) {
            w->holds[p][s] = mlg_random_below(random, 3) == 0;
            if (w->holds[p][s]) {
                PUT("post%d%d,p%d,coordinator,S%d\n", p, s, p, s);
            }
        }
    }
    PUT("activities: id,schemes\n");
    for (int b = 0; b < BODIES; b++) {
        const int first = (int) mlg_random_below(random, SCHEMES);
        const int second = (int) mlg_random_below(random, 2 * SCHEMES);
        w->of[b][first] = true;
        PUT("e%d,S%d", b, first);
        if (second < SCHEMES && second != first) {
            w->of[b][second] = true;
            PUT("|S%d", second);
        }
        PUT("\n");
    }
    PUT("participations: actor,activity,present\nx,e0,yes\n");
    for (int p = 0; p < PEOPLE; p++) {
        for (int b = 0; b < BODIES; b++) {
            w->sits[p][b] = mlg_random_below(random, 4) == 0;
            if (w->sits[p][b]) {
                PUT("p%d,e%d,yes\n", p, b);
            }
        }
    }
#undef PUT
}

static bool has_people(const world *w, int s)
{
    bool some = false;
    for (int p = 0; p < PEOPLE; p++) {
        some = some || w->holds[p][s];
    }
    return some;
}

static bool is_attended(const world *w, int b)
{
    bool some = b == 0;
    for (int p = 0; p < PEOPLE; p++) {
        some = some || w->sits[p][b];
    }
    return some;
}

/* Seats of s with t, and how many there could be; NaN when nobody could. */
static double slow_seats(const world *w, int s, int t, double *open)
{
    double seats = 0;
    *open = 0;
    for (int b = 0; b < BODIES; b++) {
        bool sits = false;
        for (int p = 0; p < PEOPLE; p++) {
            sits = sits || (w->sits[p][b] && w->holds[p][s] && !w->holds[p][t]);
        }
        if (w->of[b][t] && !w->of[b][s] && is_attended(w, b)) {
            seats += sits;
            ++*open;
        }
    }
    *open = has_people(w, s) && *open > 0 ? *open : NAN;
    return isnan(*open) ? NAN : seats;
}

static void same(double a, double b)
{
    ck_assert_msg((isnan(a) && isnan(b)) || a == b, "%g is not %g", a, b);
}

START_TEST(seats_are_their_slow_twin)
{
    mlg_random random = mlg_random_stream(1, "test_reciprocity", "twin", (uint64_t) _i);
    static char text[8192];
    world w;
    study_measured m;
    double least = 0, most = 0;

    make_world(&random, &w, text, sizeof text);
    study_measure(&m, text, ID);
    const mlg_value *pairs = study_value(&m, "pairs", MLG_PAIRS);
    for (int s = 0; s < SCHEMES; s++) {
        for (int t = s + 1; t < SCHEMES; t++) {
            const char names[][3] = {"S0", "S1", "S2", "S3"};
            double open_t = 0, open_s = 0;
            const double there = slow_seats(&w, s, t, &open_t);
            const double here = slow_seats(&w, t, s, &open_s);
            if (isnan(there) && isnan(here)) {
                continue;
            }
            const size_t row = pair_row(&m, pairs, names[s], names[t]);
            same(part_at(pairs, "a_in_b", row), there);
            same(part_at(pairs, "b_in_a", row), here);
            same(part_at(pairs, "of_b", row), open_t);
            same(part_at(pairs, "of_a", row), open_s);
            if (!isnan(there) && !isnan(here)) {
                least += fmin(there, here);
                most += fmax(there, here);
            }
        }
    }
    same(study_value(&m, "overall", MLG_SCALAR)->column[MLG_VALUE][0],
         most > 0 ? least / most : NAN);
    study_measured_close(&m);
}
END_TEST

/* ---- limits --------------------------------------------------------------------------------- */

static const struct {
    const char *text;
    mlg_text_key why;
} undefined[] = {
    {"schemes: id\nA\n", T_why_single_scheme},
    {"schemes: id\nA\nB\nactivities: id,schemes\na,A\nb,B\n"
     "participations: actor,activity\nx,a\nx,b\n",
     T_why_nobody_stands},
    {"schemes: id,carrier\nA,x\nB,y\nactivities: id,schemes\na,A\nb,B\n", T_why_nobody_stands},
    {"schemes: id,carrier\nA,x\nB,y\nactivities: id,schemes\na,A\nb,B\n"
     "participations: actor,activity\nx,a\ny,b\n",
     T_why_no_seat_elsewhere},
};

START_TEST(what_cannot_be_said_has_its_reason)
{
    study_measured m;
    study_measure(&m, undefined[_i].text, ID);
    ck_assert_int_eq(m.values.items[0].undefined, undefined[_i].why);
    study_measured_close(&m);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    study_fail_each(hand, ID);
}
END_TEST

START_TEST(one_way_is_told_with_its_rows)
{
    reported r;
    reported_study(&r, "schemes: id\nCLS\nCPTS\nposts: id,person,role,scheme\n"
                       "c,Ana,coordinator,CLS\nd,Ben,coordinator,CPTS\n"
                       "activities: id,schemes\na1,CLS\na2,CLS\na3,CLS\nb1,CPTS\nb2,CPTS\nb3,CPTS\n"
                       "participations: actor,activity,present\n"
                       "Ana,b1,yes\nAna,b2,yes\nAna,b3,yes\nBen,b1,yes\n"
                       "Ana,a1,yes\nAna,a2,yes\nAna,a3,yes\n");
    const mlg_finding *told = reported_first(&r, "reciprocity");
    ck_assert_ptr_nonnull(told);
    ck_assert_int_eq(told->level, MLG_NOTICE);
    ck_assert_uint_eq(told->rows_total, 3);
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, told, MLG_EN),
                                 "“CLS” sits in 3 activities of the scheme “CPTS”, of 3"));
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("reciprocity");
    TCase *tcase = tcase_create("seats");
    tcase_add_test(tcase, seats_are_those_counted_by_hand);
    tcase_add_test(tcase, rows_behind_the_seats_are_found_again);
    tcase_add_loop_test(tcase, seats_are_their_slow_twin, 0, 20);
    suite_add_tcase(suite, tcase);
    tcase = tcase_create("limits");
    tcase_add_loop_test(tcase, what_cannot_be_said_has_its_reason, 0,
                        (int) (sizeof undefined / sizeof *undefined));
    tcase_add_test(tcase, any_allocation_may_fail);
    tcase_add_test(tcase, one_way_is_told_with_its_rows);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
