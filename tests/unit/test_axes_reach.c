/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "base/texts.h"
#include "graph/csr.h"
#include "maillage/workload.h"
#include "model_fixture.h"
#include "slow_position.h"
#include "study_measured.h"
#include "suite.h"

#define CLOSE 1e-12

/* ---- axes and sectors --------------------------------------------------------------------------
 */

/* Axis one: A, B and (in f2) A, C; axis two: A, C in f2, D of no sector in f3; axis three: nobody.
 * F funds only. */
static const char *const axes = "actors: id,sector\nA,social\nB,prevention\nC,social\nD,\nF,sport\n"
                                "activities: id,kind,axis,carriers,partners,funders\n"
                                "f1,action,one,A,B|A,F\nf2,action,one|two,A,C,\n"
                                "f3,action,two,D,,\nf4,action,three,,,\n"
                                "participations: actor,activity,role\nA,f1,partner\n";

static size_t row_of_axis(const study_measured *m, const mlg_value *value, const char *axis)
{
    return row_of(value, mlg_names_find(&m->model->texts, axis, strlen(axis)));
}

START_TEST(an_axis_has_seats_of_each_sector_and_a_total)
{
    study_measured m;
    study_measure(&m, axes, "scheme.axes");
    const mlg_value *social = study_value(&m, "social", MLG_VECTOR);
    const mlg_value *prevention = study_value(&m, "prevention", MLG_VECTOR);
    const mlg_value *total = study_value(&m, "all_sectors", MLG_VECTOR);
    const size_t one = row_of_axis(&m, total, "one"), two = row_of_axis(&m, total, "two");
    const size_t three = row_of_axis(&m, total, "three");

    ck_assert_double_eq(social->column[MLG_VALUE][one], 3);
    ck_assert_double_eq(part_at(social, "actions", one), 2);
    ck_assert_double_eq_tol(part_at(social, "share", one), 3.0 / 4.0, CLOSE);
    ck_assert_double_eq(prevention->column[MLG_VALUE][one], 1);
    ck_assert_double_eq(prevention->column[MLG_VALUE][two], 0);
    ck_assert_double_eq(social->column[MLG_VALUE][two], 2);
    ck_assert_double_nan(social->column[MLG_VALUE][three]);
    ck_assert_double_eq(total->column[MLG_VALUE][one], 4);
    ck_assert_double_eq(part_at(total, "sectors", one), 2);
    ck_assert_double_eq(total->column[MLG_VALUE][two], 2);
    ck_assert_double_eq(part_at(total, "unknown_sector", two), 1);
    ck_assert_double_eq(part_at(total, "actions", two), 2);
    ck_assert_double_nan(total->column[MLG_VALUE][three]);
    ck_assert_double_eq(part_at(total, "actions", three), 0);
    for (size_t i = 0; i < m.values.n; i++) { /* funders do not stand in the table */
        ck_assert_str_ne(m.values.items[i].convention, "sport");
    }
    study_measured_close(&m);
}
END_TEST

enum { AXES = 3, ACTIONS = 6, SECTORS = 3, MEMBERS = 6 };

START_TEST(random_tables_are_as_a_naive_count_says)
{
    static const char *const sector[] = {"social", "prevention", "sport"};
    mlg_random random = mlg_random_stream(5, "test axis sectors", "", (uint64_t) _i);
    char text[4096];
    double cell[AXES][SECTORS] = {{0}}, sum[AXES] = {0};
    size_t used = (size_t) snprintf(text, sizeof text, "actors: id,sector\n");

    for (int o = 0; o < MEMBERS; o++) {
        used +=
            (size_t) snprintf(text + used, sizeof text - used, "O%d,%s\n", o, sector[o % SECTORS]);
    }
    used +=
        (size_t) snprintf(text + used, sizeof text - used, "activities: id,kind,axis,carriers\n");
    for (int a = 0; a < ACTIONS; a++) {
        const int axis = (int) mlg_random_below(&random, AXES);
        const char *bar = "";
        used += (size_t) snprintf(text + used, sizeof text - used, "f%d,action,x%d,", a, axis);
        for (int o = 0; o < MEMBERS; o++) {
            if (mlg_random_below(&random, 2) == 0) {
                used += (size_t) snprintf(text + used, sizeof text - used, "%sO%d", bar, o);
                cell[axis][o % SECTORS]++;
                sum[axis]++;
                bar = "|";
            }
        }
        used += (size_t) snprintf(text + used, sizeof text - used, "\n");
    }
    study_measured m;
    study_measure(&m, text, "scheme.axes");
    for (int k = 0; k < SECTORS; k++) {
        const mlg_value *of = NULL;
        for (size_t i = 0; i < m.values.n; i++) {
            of = strcmp(m.values.items[i].convention, sector[k]) == 0 ? &m.values.items[i] : of;
        }
        for (size_t row = 0; of != NULL && row < of->n; row++) {
            const char *axis = mlg_names_text(&m.model->texts, of->subject[row]);
            const int x = axis[1] - '0';
            if (sum[x] > 0.0) {
                ck_assert_double_eq(of->column[MLG_VALUE][row], cell[x][k]);
                ck_assert_double_eq_tol(part_at(of, "share", row), cell[x][k] / sum[x], CLOSE);
            }
        }
        ck_assert(of != NULL || cell[0][k] + cell[1][k] + cell[2][k] == 0.0);
    }
    study_measured_close(&m);
}
END_TEST

/* ---- whom the coordination reaches
 * --------------------------------------------------------------- */

/* P is tied to A and B, who are tied; B is tied to C. A carries the CLS, Z the CTG. */
static const char *const reach =
    "actors: id,kind,sector,level\nA,organisation,social,strategic\n"
    "B,organisation,prevention,clinical\nC,organisation,social,\nZ,organisation,sport,\n"
    "schemes: id,kind,carrier\nCLS,cls,A\nCTG,ctg,Z\n"
    "posts: id,role,scheme\nP,coordinator,CLS\nQ,coordinator,CTG\n"
    "ties: from,to\nP,A\nB,P\nA,B\nB,C\n";

START_TEST(the_contacts_of_a_coordination_close_on_themselves)
{
    study_measured m;
    study_measure(&m, reach, "scheme.attachment");
    const mlg_value *posts = study_value(&m, "by_post", MLG_VECTOR);
    const size_t p = row_of(posts, model_fixture_party(m.model, "P"));
    const size_t q = row_of(posts, model_fixture_party(m.model, "Q"));

    /* through A: 1/2 + 1/2 x 1/3; through B: 1/2 + 1/2 x 1/2 */
    ck_assert_double_eq_tol(part_at(posts, "constraint", p), 4.0 / 9.0 + 9.0 / 16.0, CLOSE);
    ck_assert_double_nan(part_at(posts, "constraint", q));
    ck_assert_double_eq_tol(part_at(posts, "carriers", p), 0.5, CLOSE);
    ck_assert_double_eq(part_at(posts, "levels", p), 2);
    ck_assert_double_eq(part_at(posts, "level_known", p), 2);
    ck_assert_double_nan(part_at(posts, "carriers", q));
    study_measured_close(&m);
}
END_TEST

START_TEST(each_carrier_and_each_level_has_its_share_of_the_contacts)
{
    study_measured m;
    study_measure(&m, reach, "scheme.attachment");
    const mlg_id p = model_fixture_party(m.model, "P");
    const mlg_value *carriers = study_value(&m, "by_carrier", MLG_PAIRS);
    const mlg_value *strategic = study_value(&m, "strategic", MLG_VECTOR);

    ck_assert_uint_eq(carriers->n, 2); /* Q has no contact */
    ck_assert_double_eq_tol(
        carriers->column[MLG_VALUE][row_of_pair(carriers, p, model_fixture_party(m.model, "A"))],
        0.5, CLOSE);
    ck_assert_double_eq(
        carriers->column[MLG_VALUE][row_of_pair(carriers, p, model_fixture_party(m.model, "Z"))],
        0.0);
    ck_assert_double_eq_tol(strategic->column[MLG_VALUE][row_of(strategic, p)], 0.5, CLOSE);
    ck_assert_double_eq(part_at(strategic, "level_known", row_of(strategic, p)), 2);
    ck_assert_double_nan(
        strategic->column[MLG_VALUE][row_of(strategic, model_fixture_party(m.model, "Q"))]);
    study_measured_close(&m);
}
END_TEST

/* Meetings of at most fifty join those who attend, as ties do. */
START_TEST(the_constraint_is_that_of_the_naive_twin)
{
    mlg_random random = mlg_random_stream(9, "test reach", "", (uint64_t) _i);
    enum { ALL = 7 }; /* 0 is the coordinator */
    char text[2048];
    int32_t from[ALL * ALL], to[ALL * ALL];
    size_t m_ties = 0;
    size_t used = (size_t) snprintf(text, sizeof text,
                                    "posts: id,role\nO0,coordinator\nties: from,to\nO0,O1\n");

    from[m_ties] = 0;
    to[m_ties++] = 1;
    for (int i = 0; i < ALL; i++) {
        for (int j = i + 1; j < ALL; j++) {
            if (mlg_random_below(&random, 2) == 0) {
                used += (size_t) snprintf(text + used, sizeof text - used, "O%d,O%d\n", i, j);
                from[m_ties] = i;
                to[m_ties++] = j;
            }
        }
    }
    mlg_csr ties = {0};
    mlg_error err;
    ck_assert_int_eq(
        mlg_csr_build(ALL, ALL, true, true, from, to, NULL, m_ties, MLG_MERGE_MAX, &ties, &err),
        MLG_OK);
    study_measured m;
    study_measure(&m, text, "scheme.attachment");
    const mlg_value *posts = study_value(&m, "by_post", MLG_VECTOR);
    ck_assert_double_eq_tol(part_at(posts, "constraint", 0), slow_constraint(&ties, false, 0),
                            1e-10);
    study_measured_close(&m);
    mlg_csr_free(&ties);
}
END_TEST

START_TEST(short_memory_leaves_nothing)
{
    study_fail_each(_i == 0 ? axes : reach, _i == 0 ? "scheme.axes" : "scheme.attachment");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("axes_reach");
    TCase *t = tcase_create("axes_reach");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, an_axis_has_seats_of_each_sector_and_a_total);
    tcase_add_loop_test(t, random_tables_are_as_a_naive_count_says, 0, 40);
    tcase_add_test(t, the_contacts_of_a_coordination_close_on_themselves);
    tcase_add_test(t, each_carrier_and_each_level_has_its_share_of_the_contacts);
    tcase_add_loop_test(t, the_constraint_is_that_of_the_naive_twin, 0, 30);
    tcase_add_loop_test(t, short_memory_leaves_nothing, 0, 2);
    suite_add_tcase(s, t);
    return suite_run(s);
}
