/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/quality.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measured.h"
#include "model_fixture.h"
#include "study_measured.h"
#include "suite.h"

static const char *const tables = "study: key,value\n"
                                  "date,2024-06-30\n"
                                  "actors: id,sector,note\n"
                                  "a,social,\n"
                                  "b,social|health,\n"
                                  "c,,mind\n"
                                  "d,,\n"
                                  "ties: from,to,weight,start,end\n"
                                  "a,b,2,2024-01-05,\n"
                                  "b,c,,2024,\n"
                                  "c,d,,,2024-03-01\n"
                                  "a,d,,,\n"
                                  "schemes: id,territory\n"
                                  "CLS,Caen\n"
                                  "activities: id,start,schemes\n"
                                  "A,2024-02,CLS\n"
                                  "B,,none\n"
                                  "participations: actor,activity,date,present\n"
                                  "a,A,2024-02-03,yes\n"
                                  "b,A,,\n"
                                  "b,B,,no\n"
                                  "posts: id,person,role,fte\n"
                                  "p1,vacant,coordinator,0.5\n"
                                  "p2,,coordinator,\n";

/* Row of a column, or the value's length when it is not listed. */
static size_t row_of_column(const mlg_value *value, mlg_column column)
{
    size_t i = 0;
    while (i < value->n && value->subject[i] != (mlg_id) column) {
        i++;
    }
    return i;
}

static const struct {
    mlg_column column;
    double share, rows, filled, present;
} filled_cases[] = {
    {C_actors_id, 1.0, 4, 4, 1},
    {C_actors_sector, 0.5, 4, 2, 1},
    {C_actors_kind, 0.0, 4, 0, 0}, /* no file has it, and measures need it */
    {C_ties_weight, 0.25, 4, 1, 1},
    {C_ties_start, 0.5, 4, 2, 1},
    {C_schemes_territory, 1.0, 1, 1, 1},
    {C_activities_schemes, 1.0, 2, 2, 1}, /* `none` is an answer */
    {C_participations_present, 2.0 / 3, 3, 2, 1},
    {C_posts_person, 0.5, 2, 1, 1}, /* so is `vacant` */
    {C_posts_fte, 0.5, 2, 1, 1},
    {C_posts_contract, 0.0, 2, 0, 0},
};

START_TEST(coverage_is_the_share_of_filled_cells)
{
    study_measured m;
    study_measure(&m, tables, "quality.coverage");
    const mlg_value *value = &m.values.items[0];
    const size_t at = row_of_column(value, filled_cases[_i].column);

    ck_assert_int_eq(value->scope, MLG_SCOPE_COLUMN);
    ck_assert_uint_lt(at, value->n);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][at], filled_cases[_i].share, 1e-12);
    ck_assert_double_eq(part_at(value, "rows", at), filled_cases[_i].rows);
    ck_assert_double_eq(part_at(value, "filled", at), filled_cases[_i].filled);
    ck_assert_double_eq(part_at(value, "present", at), filled_cases[_i].present);
    study_measured_close(&m);
}
END_TEST

/* Not asked for: a note, an end, tables without rows, columns nobody needs, study.csv. */
static const mlg_column left_out[] = {C_actors_note,        C_ties_end,  C_sites_actor,
                                      C_territories_lon,    C_study_key, C_actors_level,
                                      C_activities_audience};

START_TEST(columns_that_may_be_empty_are_left_out)
{
    study_measured m;
    study_measure(&m, tables, "quality.coverage");
    const mlg_value *value = &m.values.items[0];
    ck_assert_uint_eq(row_of_column(value, left_out[_i]), value->n);
    study_measured_close(&m);
}
END_TEST

static const struct {
    mlg_column column;
    double share, rows, dated, to_the_day;
} date_cases[] = {
    {C_actors_start, 0.0, 4, 0, 0},
    {C_ties_start, 0.75, 4, 3, 1}, /* an end alone dates a row */
    {C_activities_start, 0.5, 2, 1, 0},
    {C_participations_date, 2.0 / 3, 3, 2, 1}, /* one takes its activity's month */
    {C_posts_start, 0.0, 2, 0, 0},
};

START_TEST(dates_are_counted_by_table)
{
    study_measured m;
    study_measure(&m, tables, "quality.dates");
    const mlg_value *value = &m.values.items[0];
    const size_t at = row_of_column(value, date_cases[_i].column);

    ck_assert_uint_eq(value->n, 6);
    ck_assert_uint_lt(at, value->n);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][at], date_cases[_i].share, 1e-12);
    ck_assert_double_eq(part_at(value, "rows", at), date_cases[_i].rows);
    ck_assert_double_eq(part_at(value, "dated", at), date_cases[_i].dated);
    ck_assert_double_eq(part_at(value, "to_the_day", at), date_cases[_i].to_the_day);
    study_measured_close(&m);
}
END_TEST

/* Adds faults to those the rows have themselves. */
static void add_faults(mlg_model *model)
{
    const mlg_place first = {0, 3, 2, C_ties_from}, second = {0, 9, 4, C_ties_weight};
    for (int i = 0; i < 5; i++) {
        mlg_fault_text(model, MLG_WARNING, T_fault_share_zero, first, "x", NULL);
    }
    mlg_fault_text(model, MLG_WARNING, T_fault_share_zero, second, "x", NULL);
    mlg_fault_text(model, MLG_FATAL, T_fault_perimeter_cycle, first, "x", NULL);
}

START_TEST(faults_are_counted_by_kind_errors_first)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_model *model = model_fixture("actors: id\na\n");
    mlg_context *context = NULL;
    mlg_values values = {0};

    add_faults(model);
    ck_assert_int_eq(mlg_context_open(model, NULL, 0, &run, &context, NULL), MLG_OK);
    ck_assert_int_eq(mlg_quality_faults(context, -1, &values, NULL), MLG_OK);
    const mlg_value *value = &values.items[0];
    measured_check(value);
    ck_assert_int_eq(value->scope, MLG_SCOPE_FAULT);
    ck_assert_int_eq(value->subject[0], T_fault_perimeter_cycle);
    ck_assert_double_eq(value->column[MLG_VALUE][0], 1);
    ck_assert_double_eq(part_at(value, "errors", 0), 1);
    ck_assert_double_eq(part_at(value, "warnings", 0), 0);
    const size_t at = row_of(value, T_fault_share_zero);
    ck_assert_double_eq(value->column[MLG_VALUE][at], 6);
    ck_assert_double_eq(part_at(value, "warnings", at), 6);
    ck_assert_double_eq(part_at(value, "places", at), 2);
    double all = 0;
    for (size_t i = 0; i < value->n; i++) {
        all += value->column[MLG_VALUE][i];
    }
    ck_assert_double_eq(all, (double) (mlg_faults_count(model->faults, MLG_FATAL) +
                                       mlg_faults_count(model->faults, MLG_WARNING)));
    mlg_values_free(&values);
    mlg_context_free(context);
    mlg_model_free(model);
}
END_TEST

static const struct {
    const char *id, *text;
    mlg_text_key why;
} undefined_cases[] = {
    {"quality.coverage", "study: key,value\ntitle,x\n", T_why_no_rows},
    {"quality.dates", "study: key,value\ntitle,x\n", T_why_no_rows},
    {"quality.faults", "actors: id,kind\na,organisation\n", T_why_no_fault},
};

START_TEST(what_is_undefined_says_why)
{
    study_measured m;
    study_measure(&m, undefined_cases[_i].text, undefined_cases[_i].id);
    ck_assert_str_eq(mlg_text_name(m.values.items[0].undefined),
                     mlg_text_name(undefined_cases[_i].why));
    study_measured_close(&m);
}
END_TEST

static const char *const ids[] = {"quality.faults", "quality.coverage", "quality.dates"};

START_TEST(a_graph_without_a_study_has_no_quality)
{
    measured m;
    measured_open(&m, measured_shape(5));
    ck_assert_int_eq(measured_value(&m, ids[_i])->undefined, T_why_no_rows);
    measured_close(&m);
}
END_TEST

START_TEST(each_survives_any_allocation_failing)
{
    study_fail_each(tables, ids[_i]);
    study_fail_each("study: key,value\ntitle,x\n", ids[_i]);
}
END_TEST

/* ---- announced by number ----------------------------------------------------------- */

static const char announcing[] =
    "study: key,value\n"
    "date,2024\n"
    "%s\n"
    "schemes: id,kind,start\n"
    "S1,cls,2015\nS1,cls,2019\nS2,rlps,\nS3,Réseau Local,\n"
    "activities: id,kind,schemes\n"
    "a,action,S1\nb,action,S1|S2\nc,steering,S1\nd,action,none\ne,,\n"
    "posts: id,scheme,role\nP,S1,coordinator\nP,S2,coordinator\nQ,,coordinator\nR,S1,director\n"
    "perimeters: territory,unit\nT,u\nT,v\nU,u\n"
    "participations: actor,activity\nX,a\nY,a\nX,b\n";

static const struct {
    const char *setting;
    double described, announced; /* NaN: cannot be read */
} announced_cases[] = {
    {"expected.activities,30", 5, 30},
    {"expected.activities.S1,26", 3, 26},
    {"expected.activities.S1.kind=action,26", 2, 26},
    {"expected.activities.kind=fiche-action,26", 3, 26}, /* a word of the list */
    {"expected.instances.type=action,26", 3, 26},        /* French names */
    {"expected.schemes,4", 3, 4},                        /* S1 twice is one */
    {"expected.schemes.kind=rlps,12", 1, 12},
    {"expected.schemes.kind=réseau local,2", 1, 2}, /* a word of the study */
    {"expected.schemes.kind=maia,2", 0, 2},
    {"expected.schemes.kind=nothing like it,2", 0, 2},
    {"expected.posts.S1,3", 2, 3},
    {"expected.posts.role=coordinator,18", 2, 18},
    {"expected.perimeters.T,176", 2, 176},
    {"expected.participations.a,0", 2, 0},
    {"expected.posts.nobody,3", NAN, NAN},
    {"expected.funding.S1,3", NAN, NAN},
    {"expected.activities.headcount=3,3", NAN, NAN},
    {"expected.activities.S1,many", NAN, NAN},
    {"expected.activities.S1,-1", NAN, NAN},
    {"expected.activities.S1,", NAN, NAN},
    {"expected.things,3", NAN, NAN},
};

START_TEST(what_is_announced_is_counted_in_the_tables)
{
    char text[1024];
    study_measured m;
    snprintf(text, sizeof text, announcing, announced_cases[_i].setting);
    study_measure(&m, text, "quality.expected");
    ck_assert_uint_eq(m.values.n, 1);
    const mlg_value *value = &m.values.items[0];
    const double described = value->column[MLG_VALUE][0],
                 announced = part_at(value, "announced", 0);
    if (isnan(announced_cases[_i].described)) {
        ck_assert(isnan(described) && isnan(announced));
        ck_assert_int_eq(value->undefined, T_why_expected_unread);
    } else {
        ck_assert_double_eq(described, announced_cases[_i].described);
        ck_assert_double_eq(announced, announced_cases[_i].announced);
    }
    ck_assert_str_eq(value->convention,
                     strtok(text + strlen("study: key,value\ndate,2024\nexpected."), ","));
    study_measured_close(&m);
}
END_TEST

START_TEST(nothing_announced_says_so)
{
    study_measured m;
    study_measure(&m, tables, "quality.expected");
    ck_assert_uint_eq(m.values.n, 1);
    ck_assert_int_eq(m.values.items[0].undefined, T_why_no_expected);
    study_measured_close(&m);
}
END_TEST

START_TEST(short_memory_while_counting_is_an_error)
{
    char text[1024];
    snprintf(text, sizeof text, announcing,
             "expected.schemes.kind=rlps,12\nexpected.activities.S1,26");
    study_fail_each(text, "quality.expected");
}
END_TEST

static Suite *quality_suite(void)
{
    Suite *suite = suite_create("quality");
    TCase *tested = tcase_create("quality");
    const int n_ids = sizeof ids / sizeof *ids;

    tcase_add_loop_test(tested, coverage_is_the_share_of_filled_cells, 0,
                        sizeof filled_cases / sizeof *filled_cases);
    tcase_add_loop_test(tested, columns_that_may_be_empty_are_left_out, 0,
                        sizeof left_out / sizeof *left_out);
    tcase_add_loop_test(tested, dates_are_counted_by_table, 0,
                        sizeof date_cases / sizeof *date_cases);
    tcase_add_test(tested, faults_are_counted_by_kind_errors_first);
    tcase_add_loop_test(tested, what_is_undefined_says_why, 0,
                        sizeof undefined_cases / sizeof *undefined_cases);
    tcase_add_loop_test(tested, a_graph_without_a_study_has_no_quality, 0, n_ids);
    tcase_add_loop_test(tested, each_survives_any_allocation_failing, 0, n_ids);
    tcase_add_loop_test(tested, what_is_announced_is_counted_in_the_tables, 0,
                        sizeof announced_cases / sizeof *announced_cases);
    tcase_add_test(tested, nothing_announced_says_so);
    tcase_add_test(tested, short_memory_while_counting_is_an_error);
    suite_add_tcase(suite, tested);
    return suite;
}

int main(void)
{
    return suite_run(quality_suite());
}
