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

#define CLOSE 1e-12

static double number(const study_measured *m, const char *convention)
{
    return study_value(m, convention, MLG_SCALAR)->column[MLG_VALUE][0];
}

static double part(const study_measured *m, const char *convention, const char *name)
{
    return part_at(study_value(m, convention, MLG_SCALAR), name, 0);
}

static const mlg_value *list(const study_measured *m, const char *convention, const char *who,
                             size_t *row)
{
    const mlg_value *value = study_value(m, convention, MLG_VECTOR);
    *row = row_of(value, model_fixture_party(m->model, who));
    return value;
}

/* ---- who sits at several levels ---------------------------------------------------------------
 */

/* H: Ann at two levels, Bob at the third. E: Cid at one, the row of the other names nobody. F: Dan
 * and Dora at one each. G: no row names anybody. K: one level. */
static const char *const levels =
    "study: key,value\ndate,2024-12-31\n"
    "actors: id,kind,organisation\nAnn,person,H\nBob,person,H\nCid,person,E\nDan,person,F\n"
    "Dora,service,F\n"
    "activities: id,kind,level,start\nr,case_meeting,clinical,2024\nr2,case_meeting,clinical,2024\n"
    "t,working_group,organisational,2024\nc,steering,strategic,2024\nold,steering,strategic,2019\n"
    "u,steering,,2024\n"
    "participations: actor,activity,date\n"
    "Ann,r,2024-02-01\nAnn,r,2024-03-01\nAnn,r2,2024-03-01\nAnn,c,2024-03-01\nBob,t,2024-03-01\n"
    "Cid,t,2024-03-01\nE,c,2024-03-01\nDan,r,2024-03-01\nDora,t,2024-03-01\nG,r,2024-03-01\n"
    "G,c,2024-03-01\nK,c,2024-03-01\nK,u,2024-03-01\nBob,old,2019-03-01\n";

START_TEST(one_person_or_several_join_the_levels_of_an_organisation)
{
    study_measured m;
    size_t row = 0;
    study_measure(&m, levels, "scheme.levels");

    ck_assert_double_eq(part(&m, "one_person", "bridging"), 4);
    ck_assert_double_eq(part(&m, "one_person", "by_one"), 1);
    ck_assert_double_eq(part(&m, "one_person", "by_several"), 1);
    ck_assert_double_eq(part(&m, "one_person", "unnamed"), 2);
    ck_assert_double_eq_tol(number(&m, "one_person"), 0.5, CLOSE);

    const mlg_value *of = list(&m, "organisations", "H", &row);
    ck_assert_uint_eq(of->n, 5);
    ck_assert_double_eq(of->column[MLG_VALUE][row], 3);
    ck_assert_double_eq(part_at(of, "clinical", row), 2); /* each activity once */
    ck_assert_double_eq(part_at(of, "strategic", row), 1);
    ck_assert_double_eq(part_at(of, "people", row), 2);
    ck_assert_double_eq(part_at(of, "bridging", row), 1);
    ck_assert_double_eq(part_at(of, "unnamed", row), 0);
    of = list(&m, "organisations", "E", &row);
    ck_assert_double_eq(of->column[MLG_VALUE][row], 2);
    ck_assert_double_eq(part_at(of, "unnamed", row), 1);
    of = list(&m, "organisations", "K", &row);
    ck_assert_double_eq(of->column[MLG_VALUE][row], 1);

    of = list(&m, "people", "Ann", &row);
    ck_assert_uint_eq(of->n, 5);
    ck_assert_double_eq(of->column[MLG_VALUE][row], 2);
    ck_assert_double_eq(part_at(of, "clinical", row), 2);
    of = list(&m, "people", "Dora", &row);
    ck_assert_double_eq(of->column[MLG_VALUE][row], 1);
    study_measured_close(&m);
}
END_TEST

enum { ORGANISATIONS = 3, PEOPLE = 6, ACTIVITIES = 6, SEATS = 14 };

/* Person p is of organisation p % 3, activity a at level a % 3. */
START_TEST(random_seats_are_as_a_naive_count_says)
{
    static const char *const level[] = {"clinical", "organisational", "strategic"};
    mlg_random random = mlg_random_stream(11, "test levels people", "", (uint64_t) _i);
    char text[4096];
    bool at[PEOPLE][3] = {{false}};
    size_t used = (size_t) snprintf(text, sizeof text, "actors: id,kind,organisation\n");
    double bridging = 0.0, by_one = 0.0;

    for (int p = 0; p < PEOPLE; p++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "P%d,person,O%d\n", p,
                                  p % ORGANISATIONS);
    }
    used += (size_t) snprintf(text + used, sizeof text - used, "activities: id,level\n");
    for (int a = 0; a < ACTIVITIES; a++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "a%d,%s\n", a, level[a % 3]);
    }
    used += (size_t) snprintf(text + used, sizeof text - used, "participations: actor,activity\n");
    for (int i = 0; i < SEATS; i++) {
        const int p = (int) mlg_random_below(&random, PEOPLE);
        const int a = (int) mlg_random_below(&random, ACTIVITIES);
        at[p][a % 3] = true;
        used += (size_t) snprintf(text + used, sizeof text - used, "P%d,a%d\n", p, a);
    }
    for (int o = 0; o < ORGANISATIONS; o++) {
        int all = 0, best = 0;
        for (int k = 0; k < 3; k++) {
            bool here = false;
            for (int p = o; p < PEOPLE; p += ORGANISATIONS) {
                here = here || at[p][k];
            }
            all += here;
        }
        for (int p = o; p < PEOPLE; p += ORGANISATIONS) {
            const int own = at[p][0] + at[p][1] + at[p][2];
            best = own > best ? own : best;
        }
        bridging += all > 1;
        by_one += best > 1;
    }
    study_measured m;
    study_measure(&m, text, "scheme.levels");
    ck_assert_double_eq(part(&m, "one_person", "bridging"), bridging);
    ck_assert_double_eq(part(&m, "one_person", "by_one"), by_one);
    ck_assert_double_eq(part(&m, "one_person", "unnamed"), 0);
    if (bridging > 0.0) {
        ck_assert_double_eq_tol(number(&m, "one_person"), by_one / bridging, CLOSE);
    }
    study_measured_close(&m);
}
END_TEST

/* ---- seats of residents ------------------------------------------------------------------------
 */

/* Seats: three at the committee (one of a resident, who is noted twice), three at the group (two),
 * two at the action (one), which is no body. Nobody is on record at the plenary. */
static const char *const residents =
    "study: key,value\ndate,2024-12-31\n"
    "activities: id,kind,level,power,involvement,start\n"
    "copil,steering,strategic,decides,informed,2024\n"
    "group,working_group,organisational,advises,co_built,2024\n"
    "act,action,,,co_built,2024\nall,plenary,clinical,,consulted,2024\n"
    "participations: actor,activity,role,date\n"
    "A,copil,member,2024-02\nB,copil,member,2024-02\nR1,copil,resident,2024-02\n"
    "R1,copil,,2024-03\nA,group,member,2024-02\nR1,group,resident,2024-02\n"
    "R2,group,user_representative,2024-02\nA,act,partner,2024-02\nR2,act,resident,2024-02\n";

START_TEST(residents_have_a_share_of_the_seats)
{
    study_measured m;
    study_measure(&m, residents, "scheme.involvement");

    ck_assert_double_eq(part(&m, "bodies", "seats"), 6);
    ck_assert_double_eq(part(&m, "bodies", "seats_of_residents"), 3);
    ck_assert_double_eq_tol(part(&m, "bodies", "seat_share"), 0.5, CLOSE);
    ck_assert_double_eq_tol(part(&m, "decides", "seat_share"), 1.0 / 3.0, CLOSE);
    ck_assert_double_eq_tol(part(&m, "organisational", "seat_share"), 2.0 / 3.0, CLOSE);
    ck_assert_double_nan(part(&m, "clinical", "seat_share"));

    ck_assert_double_eq_tol(number(&m, "at_informed"), 1.0 / 3.0, CLOSE);
    ck_assert_double_eq_tol(number(&m, "at_co_built"), 3.0 / 5.0, CLOSE);
    ck_assert_double_eq(part(&m, "at_co_built", "activities"), 2);
    ck_assert_double_eq_tol(part(&m, "at_co_built", "share"), 2.0 / 4.0, CLOSE);
    ck_assert_double_nan(number(&m, "at_consulted"));
    ck_assert(study_value(&m, "at_consulted", MLG_SCALAR)->undefined == T_why_no_attendance);
    ck_assert(study_value(&m, "at_none", MLG_SCALAR)->undefined == T_why_no_such_degree);
    study_measured_close(&m);
}
END_TEST

START_TEST(degrees_are_told_level_by_level)
{
    study_measured m;
    study_measure(&m, residents, "scheme.involvement");
    ck_assert_double_eq_tol(number(&m, "degree"), 2.0 / 4.0, CLOSE);
    ck_assert_double_eq(number(&m, "degree_strategic"), 0);
    ck_assert_double_eq(part(&m, "degree_strategic", "informed"), 1);
    ck_assert_double_eq(number(&m, "degree_organisational"), 1);
    ck_assert_double_eq(number(&m, "degree_clinical"), 0);
    ck_assert_double_eq(number(&m, "degree_level_unknown"), 1);
    study_measured_close(&m);
    study_measure(&m, "activities: id,kind,level\na,steering,strategic\n", "scheme.involvement");
    ck_assert(study_value(&m, "degree_strategic", MLG_SCALAR)->undefined == T_why_no_degree);
    study_measured_close(&m);
}
END_TEST

/* ---- undefined, memory --------------------------------------------------------------------------
 */

static const struct {
    const char *study;
    mlg_text_key why;
} undefined[] = {
    {"activities: id,level\na,clinical\n", T_why_no_attendance},
    {"activities: id,level\na,clinical\nparticipations: actor,activity\nA,a\n",
     T_why_no_level_bridged},
    {"activities: id,level\na,clinical\nb,strategic\nparticipations: actor,activity\nA,a\nA,b\n",
     T_why_people_unnamed},
};

START_TEST(what_is_not_recorded_is_undefined)
{
    study_measured m;
    study_measure(&m, undefined[_i].study, "scheme.levels");
    const mlg_value *value = study_value(&m, "one_person", MLG_SCALAR);
    ck_assert_str_eq(mlg_text_name(value->undefined), mlg_text_name(undefined[_i].why));
    ck_assert_double_nan(value->column[MLG_VALUE][0]);
    study_measured_close(&m);
}
END_TEST

START_TEST(short_memory_leaves_nothing)
{
    study_fail_each(_i == 0 ? levels : residents, _i == 0 ? "scheme.levels" : "scheme.involvement");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("scheme_people");
    TCase *t = tcase_create("scheme_people");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, one_person_or_several_join_the_levels_of_an_organisation);
    tcase_add_loop_test(t, random_seats_are_as_a_naive_count_says, 0, 40);
    tcase_add_test(t, residents_have_a_share_of_the_seats);
    tcase_add_test(t, degrees_are_told_level_by_level);
    tcase_add_loop_test(t, what_is_not_recorded_is_undefined, 0,
                        (int) (sizeof undefined / sizeof *undefined));
    tcase_add_loop_test(t, short_memory_leaves_nothing, 0, 2);
    suite_add_tcase(s, t);
    return suite_run(s);
}
