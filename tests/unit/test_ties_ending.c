/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>

#include "base/random.h"
#include "base/texts.h"
#include "maillage/scheme.h"
#include "model_fixture.h"
#include "study_measured.h"
#include "suite.h"

#define ID    "scheme.ties_ending"
#define CLOSE 1e-12

static double number(const study_measured *m, const char *convention)
{
    return study_value(m, convention, MLG_SCALAR)->column[MLG_VALUE][0];
}

static double part(const study_measured *m, const char *convention, const char *name)
{
    return part_at(study_value(m, convention, MLG_SCALAR), name, 0);
}

/* Ties: A-B ends in 2025, A-C in 2026, A-D in 2030 though a person's row ends sooner, A-E says no
 * end, B-C goes on by a row that begins later; B-D is over, B-E begins later, and the posts say no
 * end. Agreements: C-D until the last day of 2025, C-E without an end, a charter until 2026. */
static const char *const endings =
    "study: key,value\ndate,2024-12-31\n"
    "actors: id,kind,organisation\nAnn,person,A\n"
    "schemes: id,kind,start,end\nCLS,cls,2020,2025-06\nCTG,ctg,2020,\nCPTS,cpts,2020,2030\n"
    "CLSM,clsm,2020,\n"
    "posts: id,role,scheme\nP1,coordinator,CTG\nP2,coordinator,CLSM\n"
    "ties: from,to,kind,start,end\n"
    "A,B,works_with,2023,2025-06-30\nC,A,works_with,2023,2026-06-30\nA,D,works_with,2023,2030\n"
    "A,E,works_with,2023,\nB,C,works_with,2023,2025-03-01\nC,B,knows,2025-02-01,2027\n"
    "B,D,works_with,2020,2023\nB,E,works_with,2025-06,2026\nAnn,D,works_with,2024,2025\n"
    "C,D,agreement,2022,2025\nC,E,agreement,2022,\n"
    "CPTS,CLSM,works_with,2024,\nP1,P2,works_with,2023,\n"
    "activities: id,kind,schemes,start,end\n"
    "charter,agreement,,2022,2026\nended,agreement,,2018,2020\n"
    "copil,steering,CLS|CTG,2023,\ntable,working_group,CTG|CPTS,2024,2026-03\n"
    "both,action,CLS|CPTS,2024,2025\nold,steering,CLS|CLSM,2020,2022\n";

START_TEST(what_ends_within_one_and_two_years_is_counted_by_hand)
{
    study_measured m;
    study_measure(&m, endings, ID);

    ck_assert_double_eq(part(&m, "ties_12", "all"), 6); /* the two posts are tied too */
    ck_assert_double_eq(part(&m, "ties_12", "end_known"), 4);
    ck_assert_double_eq(part(&m, "ties_12", "end_unknown"), 2);
    ck_assert_double_eq_tol(number(&m, "ties_12"), 1.0 / 4.0, CLOSE);
    ck_assert_double_eq_tol(number(&m, "ties_24"), 2.0 / 4.0, CLOSE);
    ck_assert_double_eq_tol(part(&m, "ties_12", "least"), 1.0 / 6.0, CLOSE);
    ck_assert_double_eq_tol(part(&m, "ties_12", "most"), 3.0 / 6.0, CLOSE);

    ck_assert_double_eq(part(&m, "agreements_12", "all"), 3);
    ck_assert_double_eq_tol(number(&m, "agreements_12"), 1.0 / 2.0, CLOSE);
    ck_assert_double_eq_tol(number(&m, "agreements_24"), 1.0, CLOSE);

    /* CLS-CTG ends with the CLS, CTG-CPTS with its table in 2026, CPTS-CLSM with the CPTS in 2030;
     * nothing says when CTG-CLSM does. An action is no body, and the old committee is over. */
    ck_assert_double_eq(part(&m, "coordinations_12", "all"), 4);
    ck_assert_double_eq(part(&m, "coordinations_12", "end_unknown"), 1);
    ck_assert_double_eq_tol(number(&m, "coordinations_12"), 1.0 / 3.0, CLOSE);
    ck_assert_double_eq_tol(number(&m, "coordinations_24"), 2.0 / 3.0, CLOSE);
    study_measured_close(&m);
}
END_TEST

enum { ACTORS = 4, ROWS = 14, FIRST_YEAR = 2021, DATE = 2024 };

/* Rows by years: begins, ends (0: unknown). */
typedef struct row {
    int a, b, start, end;
} row;

/* Of one pair: in force at the end of DATE, and the year of its end; 0 where one is unknown. */
static bool slow_pair(const row *rows, int a, int b, int *end)
{
    bool now = false, unknown = false;
    *end = 0;
    for (int i = 0; i < ROWS; i++) {
        const row *r = &rows[i];
        const bool here = (r->a == a && r->b == b) || (r->a == b && r->b == a);
        if (here && (r->end == 0 || r->end >= DATE)) {
            now = now || r->start <= DATE;
            unknown = unknown || r->end == 0;
            *end = r->end > *end ? r->end : *end;
        }
    }
    *end = unknown ? 0 : *end;
    return now;
}

START_TEST(random_ties_end_as_a_naive_count_says)
{
    mlg_random random = mlg_random_stream(7, "test ties ending", "", (uint64_t) _i);
    char text[2048];
    row rows[ROWS];
    size_t used = (size_t) snprintf(
        text, sizeof text, "study: key,value\ndate,%d-12-31\nties: from,to,start,end\n", DATE);
    double all = 0.0, known = 0.0, one = 0.0, two = 0.0;

    for (int i = 0; i < ROWS; i++) {
        row *r = &rows[i];
        r->a = (int) mlg_random_below(&random, ACTORS);
        r->b = (r->a + 1 + (int) mlg_random_below(&random, ACTORS - 1)) % ACTORS;
        r->start = FIRST_YEAR + (int) mlg_random_below(&random, 6);
        r->end = r->start + (int) mlg_random_below(&random, 4);
        const bool open = mlg_random_below(&random, 6) == 0;
        used += (size_t) snprintf(text + used, sizeof text - used,
                                  open ? "O%d,O%d,%d,\n" : "O%d,O%d,%d,%d\n", r->a, r->b, r->start,
                                  r->end);
        r->end = open ? 0 : r->end;
    }
    for (int a = 0; a < ACTORS; a++) {
        for (int b = a + 1; b < ACTORS; b++) {
            int end = 0;
            if (slow_pair(rows, a, b, &end)) {
                all++;
                known += end > 0;
                one += end > 0 && end <= DATE + 1;
                two += end > 0 && end <= DATE + 2;
            }
        }
    }
    study_measured m;
    study_measure(&m, text, ID);
    ck_assert_double_eq(part(&m, "ties_12", "all"), all);
    ck_assert_double_eq(part(&m, "ties_12", "end_known"), known);
    if (known > 0.0) {
        ck_assert_double_eq_tol(number(&m, "ties_12"), one / known, CLOSE);
        ck_assert_double_eq_tol(number(&m, "ties_24"), two / known, CLOSE);
    } else {
        ck_assert_double_nan(number(&m, "ties_12"));
    }
    study_measured_close(&m);
}
END_TEST

static const struct {
    const char *study, *convention;
    mlg_text_key why;
} undefined[] = {
    {"ties: from,to,end\nA,B,2025\n", NULL, T_why_no_study_date},
    {"study: key,value\ndate,2024\nactors: id\nA\n", "ties_12", T_why_no_tie_in_force},
    {"study: key,value\ndate,2024\nties: from,to\nA,B\n", "ties_24", T_why_no_end_known},
    {"study: key,value\ndate,2024\nties: from,to\nA,B\n", "agreements_12",
     T_why_no_agreement_in_force},
    {"study: key,value\ndate,2024\nties: from,to\nA,B\n", "coordinations_12", T_why_no_scheme_link},
};

START_TEST(what_is_not_recorded_is_undefined)
{
    study_measured m;
    study_measure(&m, undefined[_i].study, ID);
    const mlg_value *value = undefined[_i].convention == NULL
                                 ? &m.values.items[0]
                                 : study_value(&m, undefined[_i].convention, MLG_SCALAR);
    ck_assert_str_eq(mlg_text_name(value->undefined), mlg_text_name(undefined[_i].why));
    ck_assert_double_nan(value->column[MLG_VALUE][0]);
    study_measured_close(&m);
}
END_TEST

START_TEST(short_memory_leaves_nothing)
{
    study_fail_each(endings, ID);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("ties_ending");
    TCase *t = tcase_create("ties_ending");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, what_ends_within_one_and_two_years_is_counted_by_hand);
    tcase_add_loop_test(t, random_ties_end_as_a_naive_count_says, 0, 60);
    tcase_add_loop_test(t, what_is_not_recorded_is_undefined, 0,
                        (int) (sizeof undefined / sizeof *undefined));
    tcase_add_test(t, short_memory_leaves_nothing);
    suite_add_tcase(s, t);
    return suite_run(s);
}
