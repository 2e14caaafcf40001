/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/workload.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "base/texts.h"
#include "model_fixture.h"
#include "slow_workload.h"
#include "study_measured.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

static double number_at(const mlg_value *value, size_t row)
{
    return value->column[MLG_VALUE][row];
}

static size_t row_of_party(const study_measured *m, const mlg_value *value, const char *party)
{
    return row_of(value, model_fixture_party(m->model, party));
}

static void check_scalar(const study_measured *m, const char *convention, double number)
{
    const mlg_value *value = study_value(m, convention, MLG_SCALAR);
    ck_assert_double_eq_tol(number_at(value, 0), number, 1e-12);
}

static double scalar_part(const study_measured *m, const char *convention, const char *part)
{
    return part_at(study_value(m, convention, MLG_SCALAR), part, 0);
}

/* ---- conventions ------------------------------------------------------------------------- */

/* A and B: tied and seen together, no agreement. A and C: three activities, no agreement. B and C:
 * an agreement and an activity. A and D: an agreement, and nothing else. C and D: a charter that
 * both signed in 2022 and that still holds; a tie of another kind is no common work. The tie of A
 * and E is over, and so are an agreement of A and C and one of A and B, which ended in the year. */
static const char *const agreements = "study: key,value\n"
                                      "date,2024-12-31\n"
                                      "actors: id,kind,organisation\n"
                                      "Ann,person,A\n"
                                      "ties: from,to,kind,start,end\n"
                                      "A,B,works_with,,\n"
                                      "B,C,agreement,2023,2026\n"
                                      "Ann,D,agreement,2023,2026\n"
                                      "A,C,agreement,2023,2024-10-01\n"
                                      "C,D,refers,,\n"
                                      "A,E,works_with,2019,2020\n"
                                      "activities: id,kind,start,end\n"
                                      "m1,steering,2024-02,\nm2,steering,2024-05,\n"
                                      "m3,action,2024,\nold,steering,2020,2020\n"
                                      "charter,agreement,2022,2027\n"
                                      "ended,agreement,2018,2020\n"
                                      "lapsed,agreement,2022,2024-11-30\n"
                                      "participations: actor,activity,role,present,date\n"
                                      "Ann,m1,,yes,\nC,m1,,yes,\n"
                                      "A,m2,,yes,\nC,m2,,yes,\nB,m2,,yes,\n"
                                      "A,m3,,,\nC,m3,,,\n"
                                      "A,old,,yes,\nE,old,,yes,\n"
                                      "C,charter,signatory,,2022-03-01\n"
                                      "D,charter,signatory,,2022-03-01\n"
                                      "A,charter,guest,,2022-03-01\n"
                                      "A,ended,signatory,,\nB,ended,signatory,,\n"
                                      "A,lapsed,signatory,,\nB,lapsed,signatory,,\n";

START_TEST(agreements_are_set_beside_common_work)
{
    study_measured m;
    study_measure(&m, agreements, "scheme.conventions");

    check_scalar(&m, "close_without", 1.0); /* A-B and A-C of those two */
    ck_assert_double_eq(scalar_part(&m, "close_without", "pairs"), 2);
    check_scalar(&m, "work_without", 2.0 / 3.0);    /* A-B, A-C of these and B-C */
    check_scalar(&m, "idle_agreements", 2.0 / 3.0); /* A-D and C-D of these and B-C */
    ck_assert_double_eq(scalar_part(&m, "close_without", "organisations"), 4);
    ck_assert_double_eq(scalar_part(&m, "close_without", "agreements"), 3);
    /* six pairs, three of each, one in both: (6 - 9) / 9 */
    check_scalar(&m, "correlation", -1.0 / 3.0);
    ck_assert_double_eq(scalar_part(&m, "correlation", "both_expected"), 1.5);
    study_measured_close(&m);
}
END_TEST

START_TEST(pairs_where_the_two_differ_are_listed)
{
    study_measured m;
    study_measure(&m, agreements, "scheme.conventions");
    const mlg_value *pairs = study_value(&m, "pairs", MLG_PAIRS);
    const mlg_id a = model_fixture_party(m.model, "A"), b = model_fixture_party(m.model, "B");
    const mlg_id c = model_fixture_party(m.model, "C"), d = model_fixture_party(m.model, "D");
    const mlg_id first[] = {a < c ? a : c, a < c ? c : a};

    ck_assert_uint_eq(pairs->n, 4);
    ck_assert_uint_eq(pairs->total, 4);
    ck_assert_int_eq(pairs->subject[0], first[0]); /* most activities first */
    ck_assert_int_eq(pairs->subject[1], first[1]);
    ck_assert_double_eq(number_at(pairs, 0), 3);
    ck_assert_double_eq(part_at(pairs, "agreed", 0), 0);
    const size_t tied = row_of_pair(pairs, a < b ? a : b, a < b ? b : a);
    ck_assert_double_eq(part_at(pairs, "tied", tied), 1);
    const size_t idle = row_of_pair(pairs, a < d ? a : d, a < d ? d : a);
    ck_assert_double_eq(part_at(pairs, "agreed", idle), 1);
    ck_assert_double_eq(number_at(pairs, idle), 0);
    study_measured_close(&m);
}
END_TEST

enum { ORGANISATIONS = 6 };

/* Two networks of six organisations at random, told as ties. */
static void random_networks(mlg_random *random, char *agreed, char *works, char *text, size_t room)
{
    size_t used = (size_t) snprintf(text, room, "ties: from,to,kind\n");
    memset(agreed, 0, ORGANISATIONS * ORGANISATIONS);
    memset(works, 0, ORGANISATIONS * ORGANISATIONS);
    for (int i = 0; i < ORGANISATIONS; i++) {
        /* everybody is on record */
        used += (size_t) snprintf(text + used, room - used, "O%d,O%d,knows\n", i,
                                  (i + 1) % ORGANISATIONS);
        for (int j = i + 1; j < ORGANISATIONS; j++) {
            const uint32_t what = mlg_random_below(random, 4);
            if ((what & 1) != 0) {
                agreed[i * ORGANISATIONS + j] = agreed[j * ORGANISATIONS + i] = 1;
                used += (size_t) snprintf(text + used, room - used, "O%d,O%d,agreement\n", j, i);
            }
            if ((what & 2) != 0) {
                works[i * ORGANISATIONS + j] = works[j * ORGANISATIONS + i] = 1;
                used += (size_t) snprintf(text + used, room - used, "O%d,O%d,works_with\n", i, j);
            }
        }
    }
}

START_TEST(the_correlation_is_that_of_the_matrices_and_p_that_of_all_renamings)
{
    mlg_random random = mlg_random_stream(3, "test conventions", "", 0);
    int defined = 0;
    for (int k = 0; k < 40; k++) {
        char agreed[ORGANISATIONS * ORGANISATIONS], works[ORGANISATIONS * ORGANISATIONS];
        char text[4000];
        study_measured m;
        random_networks(&random, agreed, works, text, sizeof text);
        study_measure(&m, text, "scheme.conventions");
        const mlg_value *value = study_value(&m, "correlation", MLG_SCALAR);
        const double slow = slow_matrix_correlation(agreed, works, ORGANISATIONS);
        ck_assert(isnan(slow) == isnan(number_at(value, 0)));
        if (!isnan(slow)) {
            const double p = slow_matrix_p(agreed, works, ORGANISATIONS);
            ck_assert_double_eq_tol(number_at(value, 0), slow, 1e-12);
            /* 9,999 draws: five standard errors */
            ck_assert_double_eq_tol(value->column[MLG_P][0], p,
                                    5.0 * sqrt(p * (1.0 - p) / 9999.0) + 2e-4);
            defined++;
        }
        study_measured_close(&m);
    }
    ck_assert_int_gt(defined, 30);
}
END_TEST

/* ---- missions ------------------------------------------------------------------------------ */

/* p1 has two rows; the second says two missions. p2 does not say its time, p3 no mission; p4 is
 * vacant, p5 over. */
static const char *const missions = "study: key,value\n"
                                    "date,2024-12-31\n"
                                    "schemes: id\nS\nT\n"
                                    "posts: id,person,scheme,fte,mission,start,end\n"
                                    "p1,Ana,S,0.4,network,2020,\n"
                                    "p1,Ana,S|T,0.4,communicate|residents,2020,\n"
                                    "p2,Ben,T,,admin,2020,\n"
                                    "p3,Cid,T,0.7,,2020,\n"
                                    "p4,vacant,T,1,network,2020,\n"
                                    "p5,Dan,T,1,network,2018,2020\n";

START_TEST(time_divides_between_missions)
{
    study_measured m;
    study_measure(&m, missions, "scheme.missions");
    const mlg_value *each = study_value(&m, "by_mission", MLG_VECTOR);
    const mlg_value *posts = study_value(&m, "by_post", MLG_VECTOR);
    const mlg_value *schemes = study_value(&m, "by_scheme", MLG_VECTOR);
    const double shares = 0.5 * log(2.0) + 0.5 * log(4.0);

    ck_assert_uint_eq(each->n, 7);
    ck_assert_double_eq_tol(number_at(each, MLG_CODE_OF(mission, network)), 0.5, 1e-12);
    ck_assert_double_eq_tol(number_at(each, MLG_CODE_OF(mission, residents)), 0.25, 1e-12);
    ck_assert_double_eq(number_at(each, MLG_CODE_OF(mission, prompt)), 0);
    ck_assert_double_eq(number_at(each, MLG_CODE_OF(mission, admin)), 0);
    ck_assert_double_eq(part_at(each, "rows_without_fte", MLG_CODE_OF(mission, admin)), 1);
    ck_assert_double_eq(part_at(each, "posts", MLG_CODE_OF(mission, network)), 1);
    check_scalar(&m, "all_posts", shares / log(7.0));
    ck_assert_double_eq_tol(scalar_part(&m, "all_posts", "iqv"), (1 - 0.375) * 7 / 6, 1e-12);
    ck_assert_double_eq_tol(scalar_part(&m, "all_posts", "fte"), 0.8, 1e-12);
    ck_assert_double_eq(scalar_part(&m, "all_posts", "missions"), 4);
    ck_assert_double_eq(scalar_part(&m, "all_posts", "fte_without_mission"), 0.7);
    ck_assert_double_eq(scalar_part(&m, "all_posts", "posts"), 3);
    ck_assert_double_eq(scalar_part(&m, "all_posts", "posts_known"), 2);
    ck_assert_uint_eq(posts->n, 2);
    ck_assert_double_nan(number_at(posts, row_of_party(&m, posts, "p2")));
    const size_t t = row_of_party(&m, schemes, "T");
    ck_assert_double_eq_tol(number_at(schemes, t), log(2.0) / log(7.0), 1e-12);
    ck_assert_double_eq_tol(part_at(schemes, "fte", t), 0.2, 1e-12);
    ck_assert_double_eq(part_at(schemes, "without_fte", t), 1);
    study_measured_close(&m);
}
END_TEST

/* ---- axes, labels, audiences ---------------------------------------------------------------- */

/* Axis 1: A carries both its actions. Axis 2: two carriers. Axis 3: nobody is said to carry. */
static const char *const actions =
    "study: key,value\n"
    "date,2024-12-31\n"
    "actors: id,kind,sector,organisation\n"
    "A,organisation,health,\nB,organisation,social,\nC,organisation,social,\nAnn,person,,A\n"
    "schemes: id,kind\nS,cls\nT,cta\nout,none\n"
    "territories: id,scale,population\nQ,neighbourhood,10\nV,commune,100\n"
    "activities: id,kind,axis,schemes,audience,territory,carriers,partners,funders,start,end\n"
    "f1,action,one,S,youth,V,A,,F,2024,\n"
    "f2,action,one,S|T,precarious|youth,V,Ann,,F|G,2024,\n"
    "f3,action,two,none,all,Q,B,A,,2024,\n"
    "f4,action,two,out,,V,C,B,,2024,\n"
    "f5,action,three,,city_policy,,,,,2024,\n"
    "f6,action,,S,,,B,,,2024,\n"
    "m,steering,,S,,,,,,2024,\n"
    "old,action,one,S,women,,B,,,2019,2019\n"
    "participations: actor,activity,role\n"
    "A,f1,carrier\n"
    "C,f2,partner\n";

static size_t row_of_axis(const study_measured *m, const mlg_value *value, const char *axis)
{
    size_t row = 0;
    while (row < value->n &&
           strcmp(mlg_names_text(&m->model->texts, value->subject[row]), axis) != 0) {
        row++;
    }
    ck_assert_msg(row < value->n, "no axis %s", axis);
    return row;
}

START_TEST(axes_have_carriers_partners_and_funders)
{
    study_measured m;
    study_measure(&m, actions, "scheme.axes");
    const mlg_value *each = study_value(&m, "by_axis", MLG_VECTOR);
    const size_t one = row_of_axis(&m, each, "one"), two = row_of_axis(&m, each, "two");
    const size_t three = row_of_axis(&m, each, "three");
    /* seats: one: A, A, C; two: B, A, C, B */
    const double table[] = {2, 1, 1, 3};

    ck_assert_uint_eq(each->n, 3);
    ck_assert_double_eq(number_at(each, one), 1);
    ck_assert_double_eq(part_at(each, "actions", one), 2);
    ck_assert_double_eq(part_at(each, "partners", one), 1);
    ck_assert_double_eq(part_at(each, "funders", one), 2);
    ck_assert_double_eq(part_at(each, "sectors", one), 2);
    ck_assert_double_eq(part_at(each, "single", one), 1);
    ck_assert_double_eq(number_at(each, two), 2);
    ck_assert_double_eq(part_at(each, "single", two), 0);
    ck_assert_double_nan(number_at(each, three));
    ck_assert_double_eq(part_at(each, "without_carrier", three), 1);
    check_scalar(&m, "one_carrier", 0.5);
    ck_assert_double_eq(scalar_part(&m, "one_carrier", "without_axis"), 1);
    check_scalar(&m, "mixing", slow_cramer(table, 2, 2));
    ck_assert_double_eq(scalar_part(&m, "mixing", "seats"), 7);
    study_measured_close(&m);
}
END_TEST

START_TEST(actions_of_sectors_apart_by_axis_are_beyond_chance)
{
    char text[4000];
    study_measured m;
    size_t used = (size_t) snprintf(text, sizeof text,
                                    "actors: id,sector\nA,health\nB,social\n"
                                    "activities: id,kind,axis,carriers\n");
    for (int i = 0; i < 12; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "f%d,action,axis %d,%c\n", i,
                                  i % 2, "AB"[i % 2]);
    }
    study_measure(&m, text, "scheme.axes");
    const mlg_value *mixing = study_value(&m, "mixing", MLG_SCALAR);
    check_scalar(&m, "mixing", 1.0);
    /* of the 924 deals of six actions in twelve, the one seen and its mirror */
    ck_assert_double_eq_tol(mixing->column[MLG_P][0], 2.0 / 924.0, 0.003);
    ck_assert_int_eq(mixing->caution, T_none);
    study_measured_close(&m);
}
END_TEST

/* A is of both sectors, whatever the order of the words: axis one has a seat of each. */
START_TEST(a_carrier_of_two_sectors_counts_in_each)
{
    static const char *const words[] = {"health|social", "social|health"};
    const double table[] = {1, 1, 0, 1}; /* by health, social */
    char text[1024];
    study_measured m;
    snprintf(text, sizeof text,
             "actors: id,sector\nA,%s\nB,social\n"
             "activities: id,kind,axis,carriers\nf1,action,one,A\nf2,action,two,B\n",
             words[_i]);
    study_measure(&m, text, "scheme.axes");
    const mlg_value *each = study_value(&m, "by_axis", MLG_VECTOR);
    ck_assert_double_eq(part_at(each, "sectors", row_of_axis(&m, each, "one")), 2);
    ck_assert_double_eq(part_at(each, "sectors", row_of_axis(&m, each, "two")), 1);
    check_scalar(&m, "mixing", slow_cramer(table, 2, 2));
    ck_assert_double_eq(scalar_part(&m, "mixing", "seats"), 2);
    study_measured_close(&m);
}
END_TEST

START_TEST(what_is_under_no_scheme_is_counted_and_labels_too)
{
    study_measured m;
    study_measure(&m, actions, "scheme.outside");

    check_scalar(&m, "actions", 2.0 / 5.0); /* f3 by the word, f4 by the kind; f5 is unknown */
    ck_assert_double_eq(scalar_part(&m, "actions", "activities"), 6);
    ck_assert_double_eq(scalar_part(&m, "actions", "known"), 5);
    ck_assert_double_eq(scalar_part(&m, "actions", "several_labels"), 1);
    ck_assert_double_eq_tol(scalar_part(&m, "actions", "labels_mean"), 4.0 / 3.0, 1e-12);
    ck_assert_double_eq(scalar_part(&m, "actions", "labels_most"), 2);
    check_scalar(&m, "all_activities", 2.0 / 6.0);
    study_measured_close(&m);
}
END_TEST

START_TEST(audiences_are_those_that_actions_name)
{
    study_measured m;
    study_measure(&m, actions, "scheme.audiences");
    const mlg_value *each = study_value(&m, "by_audience", MLG_VECTOR);
    const mlg_value *schemes = study_value(&m, "by_scheme", MLG_VECTOR);

    ck_assert_double_eq(number_at(each, MLG_CODE_OF(audience, youth)), 0.5); /* f1, f2 of four */
    ck_assert_double_eq(number_at(each, MLG_CODE_OF(audience, women)), 0);   /* of 2019 */
    ck_assert_double_eq(part_at(each, "vulnerable", MLG_CODE_OF(audience, precarious)), 1);
    ck_assert_double_eq(part_at(each, "vulnerable", MLG_CODE_OF(audience, youth)), 0);
    check_scalar(&m, "vulnerable", 0.5); /* f2, f5 */
    ck_assert_double_eq(scalar_part(&m, "vulnerable", "actions"), 6);
    ck_assert_double_eq(scalar_part(&m, "vulnerable", "everyone_only"), 1);
    ck_assert_double_eq(scalar_part(&m, "vulnerable", "never_vulnerable"), 3);
    check_scalar(&m, "neighbourhoods", 2.0 / 5.0); /* f3 by place, f5 by audience; f6 unknown */
    ck_assert_double_eq(scalar_part(&m, "neighbourhoods", "by_territory"), 1);
    ck_assert_double_eq(number_at(schemes, row_of_party(&m, schemes, "S")), 0.5);
    ck_assert_double_nan(number_at(schemes, row_of_party(&m, schemes, "out")));
    study_measured_close(&m);
}
END_TEST

/* ---- load ------------------------------------------------------------------------------------ */

static const char *const seats = "study: key,value\n"
                                 "date,2024-12-31\n"
                                 "actors: id,kind,organisation\n"
                                 "Ann,person,A\nBob,person,A\nEve,person,\n"
                                 "R0,residents,\nR1,residents,\nR2,residents,\n"
                                 "activities: id,kind,schemes,start\n"
                                 "a,steering,S,2024\nb,technical,S|T,2024\nc,steering,U,2024\n"
                                 "participations: actor,activity,hours,present,role\n"
                                 "Ann,a,2,yes,\nBob,a,,yes,\nAnn,b,3,yes,\n"
                                 "C,b,1,yes,\nC,c,4,no,\nEve,b,,yes,\n"
                                 "R1,a,,yes,resident\nR1,b,,yes,resident\nR1,c,,yes,resident\n"
                                 "R2,c,,yes,resident\n";

START_TEST(attendances_are_those_of_the_organisation)
{
    study_measured m;
    study_measure(&m, seats, "scheme.load");
    const mlg_value *each = study_value(&m, "organisations", MLG_VECTOR);
    const size_t a = row_of_party(&m, each, "A");
    const double loads[] = {3, 1}, hours[] = {5, 1};
    const mlg_value *all = study_value(&m, "attendances", MLG_SCALAR);

    ck_assert_double_eq(number_at(each, a), 3);
    ck_assert_double_eq(part_at(each, "hours", a), 5);
    ck_assert_double_eq(part_at(each, "with_hours", a), 2);
    ck_assert_double_eq(part_at(each, "activities", a), 2);
    ck_assert_double_eq(part_at(each, "schemes", a), 2);
    ck_assert_uint_eq(each->n, 2);
    ck_assert_double_eq(scalar_part(&m, "attendances", "unattached"), 5); /* Eve, R1, R2 */
    check_scalar(&m, "attendances", slow_load_gini(loads, 2));
    check_scalar(&m, "hours", slow_load_gini(hours, 2));
    ck_assert_double_eq(scalar_part(&m, "attendances", "top_tenth"), 1);
    ck_assert_double_eq(scalar_part(&m, "attendances", "top_share"), 3.0 / 4.0);
    ck_assert_int_eq(all->caution, T_caution_small_sample);
    ck_assert_ptr_null(all->column[MLG_LOW]); /* those who attend are no sample of anybody */
    check_scalar(&m, "residents", 1);         /* the third of R1 */
    ck_assert_double_eq(scalar_part(&m, "residents", "residents"), 3);
    ck_assert_double_eq(scalar_part(&m, "residents", "bodies"), 3);
    /* each of three residents: 1/3 * 1/3 * 2/3 to sit in all three */
    ck_assert_double_eq_tol(study_value(&m, "residents", MLG_SCALAR)->column[MLG_EXPECTED][0],
                            2.0 / 9.0, 0.03);
    study_measured_close(&m);
}
END_TEST

START_TEST(gini_is_the_mean_difference)
{
    mlg_random random = mlg_random_stream(5, "test load", "", 0);
    for (int k = 0; k < 40; k++) {
        char text[8000];
        double loads[9];
        const int n = 2 + (int) mlg_random_below(&random, 8);
        size_t used = (size_t) snprintf(text, sizeof text, "participations: actor,activity\n");
        study_measured m;
        for (int i = 0; i < n; i++) {
            loads[i] = 1.0 + mlg_random_below(&random, 9);
            for (int a = 0; a < (int) loads[i]; a++) {
                used += (size_t) snprintf(text + used, sizeof text - used, "O%d,m%d\n", i, a);
            }
        }
        study_measure(&m, text, "scheme.load");
        check_scalar(&m, "attendances", slow_load_gini(loads, n));
        study_measured_close(&m);
    }
}
END_TEST

/* ---- trust ------------------------------------------------------------------------------------
 */

/* A and B: rated 4 and 2, work together. B and C: 1, do not. A and C: 2, one activity. A and D work
 * together, not rated. */
static const char *const trusting = "ties: from,to,kind,trust\n"
                                    "A,B,works_with,4\nB,A,trusts,2\nB,C,knows,1\nC,A,trusts,2\n"
                                    "A,D,works_with,\n"
                                    "participations: actor,activity\n"
                                    "A,m\nB,m\nA,n\nC,n\n";

START_TEST(trust_is_averaged_over_rows_and_directions)
{
    study_measured m;
    study_measure(&m, trusting, "scheme.trust");
    /* trust 3, 1, 2; common work 2, 0, 1 */
    check_scalar(&m, "mean", 2.5);
    ck_assert_double_eq(scalar_part(&m, "mean", "pairs"), 3);
    ck_assert_double_eq(scalar_part(&m, "mean", "rated"), 2);
    ck_assert_double_eq(scalar_part(&m, "mean", "rated_apart"), 1);
    ck_assert_double_eq(scalar_part(&m, "mean", "lowest"), 1);
    ck_assert_double_eq(scalar_part(&m, "mean", "highest"), 3);
    check_scalar(&m, "correlation", 1.0);
    study_measured_close(&m);
}
END_TEST

/* A yes-or-no trust that is asked of all pairs is two networks: the slow twin of conventions. */
START_TEST(trust_of_all_pairs_is_a_correlation_of_matrices)
{
    mlg_random random = mlg_random_stream(4, "test trust", "", 0);
    for (int k = 0; k < 20; k++) {
        char trust[ORGANISATIONS * ORGANISATIONS] = {0}, works[ORGANISATIONS * ORGANISATIONS] = {0};
        char text[4000];
        study_measured m;
        size_t used = (size_t) snprintf(text, sizeof text, "ties: from,to,kind,trust\n");
        for (int i = 0; i < ORGANISATIONS; i++) {
            for (int j = i + 1; j < ORGANISATIONS; j++) {
                const uint32_t what = mlg_random_below(&random, 4);
                trust[i * ORGANISATIONS + j] = (char) (what & 1);
                works[i * ORGANISATIONS + j] = works[j * ORGANISATIONS + i] = (char) (what >> 1);
                used += (size_t) snprintf(text + used, sizeof text - used, "O%d,O%d,%s,%u\n", i, j,
                                          what > 1 ? "works_with" : "knows", what & 1);
            }
        }
        study_measure(&m, text, "scheme.trust");
        const mlg_value *value = study_value(&m, "correlation", MLG_SCALAR);
        const double slow = slow_matrix_correlation(trust, works, ORGANISATIONS);
        const double p = slow_matrix_p(trust, works, ORGANISATIONS);
        ck_assert_double_eq_tol(number_at(value, 0), slow, 1e-9);
        ck_assert_double_eq_tol(value->column[MLG_P][0], p,
                                5.0 * sqrt(p * (1.0 - p) / 9999.0) + 2e-4);
        study_measured_close(&m);
    }
}
END_TEST

/* ---- attachment -------------------------------------------------------------------------------
 */

/* Ana: two posts, services of two administrations; she is tied to a colleague's service, to H, and
 * sits with Kim of X. Ben: one service, on record with H alone. Cid: nobody. Dan is vacant. */
static const char *const attached = "study: key,value\n"
                                    "date,2024-12-31\n"
                                    "actors: id,kind,sector,organisation\n"
                                    "V,organisation,general,\nW,organisation,social,\n"
                                    "V1,service,health,V\nV2,service,housing,V\nW1,service,,W\n"
                                    "H,organisation,health,\nX,organisation,employment,\n"
                                    "Kim,person,,X\n"
                                    "posts: id,person,role,scheme,service,start\n"
                                    "p1,Ana,coordinator,S,V1,2020\n"
                                    "p2,Ana,coordinator,T,W1,2020\n"
                                    "p3,Ben,coordinator,U,V1,2020\n"
                                    "p4,Cid,coordinator,U,,2020\n"
                                    "p5,vacant,coordinator,U,V1,2020\n"
                                    "p6,Eve,director,U,V1,2020\n"
                                    "ties: from,to,start,end\n"
                                    "p1,V2,,\nH,Ana,,\nBen,H,,\nBen,X,2018,2019\n"
                                    "participations: actor,activity\n"
                                    "Ana,m\nKim,m\n";

START_TEST(contacts_are_those_of_the_person_and_of_the_post)
{
    study_measured m;
    study_measure(&m, attached, "scheme.attachment");
    const mlg_value *each = study_value(&m, "by_post", MLG_VECTOR);
    const size_t ana = row_of_party(&m, each, "Ana"), ben = row_of_party(&m, each, "Ben");

    ck_assert_uint_eq(each->n, 3);
    ck_assert_double_eq(number_at(each, ana), 3); /* housing, health, employment */
    ck_assert_double_eq(part_at(each, "contacts", ana), 3);
    ck_assert_double_eq(part_at(each, "inside", ana), 1);
    ck_assert_double_eq(part_at(each, "attachments", ana), 2);
    ck_assert_double_eq(number_at(each, ben), 1);
    ck_assert_double_eq(part_at(each, "inside", ben), 0);
    ck_assert_double_eq(part_at(each, "attachments", ben), 1);
    ck_assert_double_nan(number_at(each, row_of_party(&m, each, "Cid")));
    const mlg_value *more = study_value(&m, "double_attachment", MLG_SCALAR);
    ck_assert_int_eq(more->undefined, T_why_few_attachments); /* one of each */
    study_measured_close(&m);
}
END_TEST

/* A contact of two sectors brings both. S1 and S2 say the same sectors in another order: the posts
 * of these two reach two, those of the other service one, and all the spread is between the two. */
START_TEST(a_contact_of_two_sectors_brings_both)
{
    study_measured m;
    study_measure(&m,
                  "actors: id,kind,sector\nS1,service,health|social\nS2,service,social|health\n"
                  "S3,service,social\nA,organisation,health|housing\nB,organisation,social\n"
                  "posts: id,role,service\np1,coordinator,S1\np2,coordinator,S2\n"
                  "p3,coordinator,S3\np4,coordinator,S3\n"
                  "ties: from,to\np1,A\np2,A\np3,B\np4,B\n",
                  "scheme.attachment");
    const mlg_value *each = study_value(&m, "by_post", MLG_VECTOR);
    ck_assert_double_eq(number_at(each, row_of_party(&m, each, "p1")), 2);
    ck_assert_double_eq(number_at(each, row_of_party(&m, each, "p3")), 1);
    check_scalar(&m, "attachment_sector", 1.0);
    ck_assert_double_eq(scalar_part(&m, "attachment_sector", "types"), 2);
    study_measured_close(&m);
}
END_TEST

/* Twelve posts: those of two services know both organisations, the others one. */
START_TEST(a_second_service_that_brings_a_sector_is_beyond_chance)
{
    char text[4000];
    study_measured m;
    size_t used = (size_t) snprintf(text, sizeof text,
                                    "actors: id,kind,sector\nA,organisation,health\n"
                                    "B,organisation,social\nposts: id,role,service\n");
    for (int i = 0; i < 12; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "p%d,coordinator,%s\n", i,
                                  i < 6 ? "S1|S2" : "S1");
    }
    used += (size_t) snprintf(text + used, sizeof text - used, "ties: from,to\n");
    for (int i = 0; i < 12; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "p%d,A\n", i);
        if (i < 6) {
            used += (size_t) snprintf(text + used, sizeof text - used, "p%d,B\n", i);
        }
    }
    study_measure(&m, text, "scheme.attachment");
    const mlg_value *more = study_value(&m, "double_attachment", MLG_SCALAR);
    check_scalar(&m, "double_attachment", 1.0);
    ck_assert_int_eq(more->caution, T_none);
    /* one deal of the 924 of six posts in twelve */
    ck_assert_double_eq_tol(more->column[MLG_P][0], 1.0 / 924.0, 0.002);
    ck_assert_double_eq(scalar_part(&m, "double_attachment", "double_mean"), 2.0);
    study_measured_close(&m);
}
END_TEST

/* ---- undefined, memory ------------------------------------------------------------------------
 */

static const struct {
    const char *id, *study, *convention; /* NULL: the first value */
    mlg_text_key why;
} undefined[] = {
    {"scheme.conventions", "actors: id\nA\n", NULL, T_why_no_agreement},
    {"scheme.conventions", "ties: from,to,kind\nA,B,works_with\n", NULL, T_why_no_agreement},
    {"scheme.conventions", "ties: from,to,kind\nA,B,agreement\nB,C,knows\n", "idle_agreements",
     T_why_no_collaboration},
    {"scheme.conventions", "ties: from,to,kind\nA,B,agreement\nB,C,knows\n", "correlation",
     T_why_no_collaboration},
    {"scheme.conventions", "ties: from,to,kind\nA,B,agreement\nB,C,works_with\n", "close_without",
     T_why_no_close_collaboration},
    {"scheme.missions", "actors: id\nA\n", NULL, T_why_no_posts},
    {"scheme.missions", "posts: id,person,fte\np,Ana,1\n", NULL, T_why_no_mission},
    {"scheme.missions", "posts: id,person,mission\np,Ana,network\n", "all_posts",
     T_why_no_mission_time},
    {"scheme.axes", "actors: id\nA\n", NULL, T_why_no_activities},
    {"scheme.axes", "activities: id,kind\na,action\n", NULL, T_why_no_axis},
    {"scheme.axes", "activities: id,axis\na,one\n", "one_carrier", T_why_no_carrier},
    {"scheme.axes", "activities: id,axis,carriers\na,one,A\n", "mixing", T_why_no_axis_mixing},
    {"scheme.axes", "activities: id,axis,carriers\na,one,A\nb,two,B\nc,three,\n", "one_carrier",
     T_why_axes_of_one_action},
    {"scheme.outside", "actors: id\nA\n", NULL, T_why_no_activities},
    {"scheme.outside", "activities: id,kind\na,action\n", "actions", T_why_no_label},
    {"scheme.outside", "activities: id,schemes\na,S\n", "actions", T_why_no_action},
    {"scheme.audiences", "actors: id\nA\n", NULL, T_why_no_activities},
    {"scheme.audiences", "activities: id,kind\na,steering\n", NULL, T_why_no_action},
    {"scheme.audiences", "activities: id,kind\na,action\n", "vulnerable", T_why_no_audience},
    {"scheme.trust", "ties: from,to,kind\nA,B,trusts\n", NULL, T_why_no_trust},
    {"scheme.trust", "ties: from,to,kind,trust\nA,B,trusts,3\n", "mean", T_why_no_trust_at_work},
    {"scheme.trust", "ties: from,to,kind,trust\nA,B,works_with,3\n", "correlation",
     T_why_trust_does_not_vary},
    {"scheme.attachment", "actors: id\nA\n", NULL, T_why_no_posts},
    {"scheme.attachment", "posts: id,role\np,director\n", NULL, T_why_no_coordination_post},
    {"scheme.attachment", "posts: id,role\np,coordinator\n", "attachment_sector",
     T_why_few_attachments},
    {"scheme.load", "actors: id\nA\n", NULL, T_why_no_attendance},
    {"scheme.load", "participations: actor,activity,present\nA,a,no\nB,a,no\n", NULL,
     T_why_no_attendance},
    {"scheme.load", "participations: actor,activity\nA,a\n", "attendances", T_why_one_organisation},
    {"scheme.load", "participations: actor,activity\nA,a\nB,a\n", "hours", T_why_no_hours},
    {"scheme.load", "participations: actor,activity\nA,a\nB,a\n", "residents", T_why_no_residents},
    {"scheme.load", "participations: actor,activity,role\nA,a,resident\nB,a,\n", "residents",
     T_why_few_resident_bodies},
};

START_TEST(what_is_not_recorded_is_undefined)
{
    study_measured m;
    study_measure(&m, undefined[_i].study, undefined[_i].id);
    const mlg_value *value = undefined[_i].convention == NULL
                                 ? &m.values.items[0]
                                 : study_value(&m, undefined[_i].convention, MLG_SCALAR);
    ck_assert_msg(value->undefined == undefined[_i].why, "%s of '%s': %s", undefined[_i].id,
                  undefined[_i].study, mlg_text_name(value->undefined));
    ck_assert_double_nan(value->n > 0 ? number_at(value, 0) : NAN);
    study_measured_close(&m);
}
END_TEST

static const struct {
    const char *id;
    const char *const *study;
} failing[] = {
    {"scheme.conventions", &agreements}, {"scheme.missions", &missions},
    {"scheme.axes", &actions},           {"scheme.outside", &actions},
    {"scheme.attachment", &attached},    {"scheme.trust", &trusting},
    {"scheme.audiences", &actions},      {"scheme.load", &seats},
};

START_TEST(short_memory_leaves_nothing)
{
    study_fail_each(*failing[_i].study, failing[_i].id);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("workload");
    TCase *t = tcase_create("workload");

    tcase_set_timeout(t, 60);
    tcase_add_test(t, agreements_are_set_beside_common_work);
    tcase_add_test(t, pairs_where_the_two_differ_are_listed);
    tcase_add_test(t, the_correlation_is_that_of_the_matrices_and_p_that_of_all_renamings);
    tcase_add_test(t, time_divides_between_missions);
    tcase_add_test(t, axes_have_carriers_partners_and_funders);
    tcase_add_loop_test(t, a_carrier_of_two_sectors_counts_in_each, 0, 2);
    tcase_add_test(t, a_contact_of_two_sectors_brings_both);
    tcase_add_test(t, actions_of_sectors_apart_by_axis_are_beyond_chance);
    tcase_add_test(t, what_is_under_no_scheme_is_counted_and_labels_too);
    tcase_add_test(t, audiences_are_those_that_actions_name);
    tcase_add_test(t, attendances_are_those_of_the_organisation);
    tcase_add_test(t, trust_is_averaged_over_rows_and_directions);
    tcase_add_test(t, trust_of_all_pairs_is_a_correlation_of_matrices);
    tcase_add_test(t, contacts_are_those_of_the_person_and_of_the_post);
    tcase_add_test(t, a_second_service_that_brings_a_sector_is_beyond_chance);
    tcase_add_test(t, gini_is_the_mean_difference);
    tcase_add_loop_test(t, what_is_not_recorded_is_undefined, 0, N_OF(undefined));
    tcase_add_loop_test(t, short_memory_leaves_nothing, 0, N_OF(failing));
    suite_add_tcase(s, t);
    return suite_run(s);
}
