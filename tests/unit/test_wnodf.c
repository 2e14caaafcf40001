/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/wnodf.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"
#include "maillage/twomode.h"
#include "measured.h"
#include "model_fixture.h"
#include "reference.h"
#include "reported.h"
#include "slow_twomode.h"
#include "study_measured.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* ---- studies ------------------------------------------------------------------------- */

/* A study of organisations 0, 1 ... in activities A, B ...: "54 50" = two rows, each cell a digit
 * of hours, '.' = no participation, '?' = one without hours, 'z' = one of 0 hours. */
static const char *study_of(const char *table)
{
    static char text[8192];
    const int columns = (int) strcspn(table, " ");
    size_t used = (size_t) snprintf(text, sizeof text, "actors: id,kind\n");
    const int rows = ((int) strlen(table) + 1) / (columns + 1);

    for (int i = 0; i < rows; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "o%d,organisation\n", i);
    }
    used += (size_t) snprintf(text + used, sizeof text - used,
                              "participations: actor,activity,hours\n");
    for (int i = 0; i < rows; i++) {
        for (int c = 0; c < columns; c++) {
            const char cell = table[i * (columns + 1) + c];
            if (cell != '.') {
                const char hours[] = {cell == 'z' ? '0' : cell, '\0'};
                used += (size_t) snprintf(text + used, sizeof text - used, "o%d,%c,%s\n", i,
                                          'A' + c, cell == '?' ? "" : hours);
            }
        }
    }
    return text;
}

static void nodf(reported *r, const char *text)
{
    mlg_error err = {MLG_OK, ""};
    reported_open(r, text);
    r->run.draws = 9;
    ck_assert_msg(mlg_twomode_nodf(r->context, 0, &r->values, &err) == MLG_OK, "%s", err.message);
    for (size_t i = 0; i < r->values.n; i++) {
        measured_check(&r->values.items[i]);
    }
}

/* The value with hours, or NULL. */
static const mlg_value *weighted(const reported *r)
{
    const mlg_value *last = &r->values.items[r->values.n - 1];
    return strcmp(last->convention, "weighted") == 0 ? last : NULL;
}

static double number(const mlg_value *value)
{
    return value->column[MLG_VALUE][0];
}

/* ---- values of other programs ------------------------------------------------------- */

static const struct {
    const char *row, *table;
} others[] = {
    {"vegan.wnodf", "54321 4321. 321.. 21... 1...."},
    {"vegan.wnodf2", "54321 5432. 543.. 54... 5...."},
};

START_TEST(values_are_those_of_vegan)
{
    json_t *expected = reference_value(others[_i].row);
    reported r;
    nodf(&r, study_of(others[_i].table));
    const mlg_value *value = weighted(&r);
    const double found[] = {part_at(value, "activities", 0), part_at(value, "actors", 0),
                            number(value)};
    for (size_t k = 0; k < 3; k++) {
        ck_assert_double_eq_tol(found[k], json_number_value(json_array_get(expected, k)), 1e-9);
    }
    ck_assert_double_eq(part_at(value, "weighted_share", 0), 1.0);
    ck_assert_double_eq(part_at(value, "missing", 0), 0.0);
    json_decref(expected);
    reported_close(&r);
}
END_TEST

/* ---- by hand -------------------------------------------------------------------------- */

/* Rows: o0 above each of the four others, 4 of 10 pairs; columns likewise. */
#define STAR    "51111 1.... 1.... 1.... 1...."
#define BY_HAND "323 .13 3.."

START_TEST(small_tables_are_as_worked_by_hand)
{
    reported r;
    nodf(&r, study_of(STAR));
    ck_assert_double_eq_tol(number(weighted(&r)), 40.0, 1e-12);
    ck_assert_double_eq_tol(part_at(weighted(&r), "actors", 0), 40.0, 1e-12);
    ck_assert_double_eq_tol(part_at(weighted(&r), "activities", 0), 40.0, 1e-12);
    reported_close(&r);

    /* actors: 3 cells (3 2 3) over 2 cells (. 1 3): 1 < 2 only, a half; over 1 cell (3): not less;
     * 2 cells over 1: another activity. A half of 3 pairs.
     * activities: 2 cells each: A (3 . 3), B (2 1 .), C (3 3 .): all equal, 0 of 3 pairs. */
    nodf(&r, study_of(BY_HAND));
    ck_assert_double_eq_tol(part_at(weighted(&r), "actors", 0), 100.0 / 6, 1e-12);
    ck_assert_double_eq(part_at(weighted(&r), "activities", 0), 0.0);
    ck_assert_double_eq_tol(number(weighted(&r)), 100.0 / 12, 1e-12);
    reported_close(&r);
}
END_TEST

START_TEST(it_is_no_test_and_comes_after_those_that_are)
{
    reported r;
    nodf(&r, study_of(STAR));
    ck_assert_uint_eq(r.values.n, 4);
    ck_assert_ptr_null(weighted(&r)->null_model);
    ck_assert_ptr_null(weighted(&r)->column[MLG_P]);
    ck_assert_str_eq(r.values.items[0].convention, "sorted");
    reported_close(&r);
}
END_TEST

/* Cells without time are no participations here, and the fill is that of the rest: o1 has fewer. */
START_TEST(participations_of_no_time_are_empty_cells)
{
    reported r, without;
    nodf(&r, study_of("32 1z"));
    nodf(&without, study_of("32 1."));
    ck_assert_double_eq(part_at(weighted(&r), "no_time", 0), 1.0);
    ck_assert_double_eq(part_at(weighted(&r), "actors", 0), 100.0);
    ck_assert_double_eq(number(weighted(&r)), number(weighted(&without)));
    reported_close(&r);
    reported_close(&without);
}
END_TEST

/* ---- whose hours ------------------------------------------------------------------------ */

/* Hours of an actor in an activity of the view; 0 = none. */
static double hours_of(const reported *r, const mlg_hours *hours, const char *actor,
                       const char *activity)
{
    const mlg_graph *graph = mlg_context_graph(r->context, 0);
    const int32_t v = mlg_id_find(graph->subject, graph->n, model_fixture_party(r->model, actor));
    const int32_t e = mlg_id_find(graph->activity, graph->n_activities,
                                  model_fixture_activity(r->model, activity));
    ck_assert_int_ge(v, 0);
    ck_assert_int_ge(e, 0);
    return mlg_csr_find(&hours->table, v, e);
}

/* Two persons of one organisation, an absence, tenths, and a carrier that no row names. */
START_TEST(hours_of_rows_that_count_add_up)
{
    reported r;
    mlg_hours hours;
    reported_open(&r, "study: key,value\ndate,2024-12-31\n"
                      "actors: id,kind,organisation\n"
                      "o1,organisation,\no2,organisation,\np1,person,o1\np2,person,o1\n"
                      "activities: id,carriers\nX,o1\nY,o2\n"
                      "participations: actor,activity,date,present,hours\n"
                      "p1,X,2024-05-02,yes,2\np2,X,2024-05-02,yes,1.5\np1,X,2024-06-02,no,8\n"
                      "o2,X,2024-05-02,yes,0.1\no2,X,2024-06-02,yes,0.2\no1,Y,2024-05-02,yes,4\n");
    const mlg_graph *graph = mlg_context_graph(r.context, 0);
    ck_assert_int_eq(mlg_hours_of(graph, &hours, NULL), MLG_OK);
    ck_assert_double_eq(hours_of(&r, &hours, "o1", "X"), 3.5);
    ck_assert_double_eq(hours_of(&r, &hours, "o2", "X"), 0.3);
    ck_assert_double_eq(hours_of(&r, &hours, "o1", "Y"), 4.0);
    ck_assert_double_eq(hours_of(&r, &hours, "o2", "Y"), 0.0);
    ck_assert_uint_eq(hours.known, 3);
    ck_assert_uint_eq(hours.missing, 1); /* o2 carries Y: nothing says how long */
    mlg_csr_free(&hours.table);
    reported_close(&r);
}
END_TEST

START_TEST(rows_out_of_the_period_do_not_count)
{
    reported r;
    mlg_hours hours;
    mlg_graph *graph = NULL;
    reported_open(&r, "actors: id,kind\no1,organisation\no2,organisation\n"
                      "participations: actor,activity,date,hours\n"
                      "o1,X,2023-05-02,2\no1,X,2024-05-02,1\no2,X,2024-05-02,3\n");
    mlg_view view = r.views[0];
    view.from = mlg_get_span(r.model, C_participations_date, 1).first;
    ck_assert_int_eq(mlg_graph_build(r.model, &view, &r.run, &graph, NULL), MLG_OK);
    ck_assert_int_eq(mlg_hours_of(graph, &hours, NULL), MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&hours.table), 2);
    ck_assert_double_eq(mlg_csr_find(&hours.table, 0, 0), 1.0);
    ck_assert_double_eq(mlg_csr_find(&hours.table, 1, 0), 3.0);
    mlg_csr_free(&hours.table);
    mlg_graph_free(graph);
    reported_close(&r);
}
END_TEST

/* ---- undefined ---------------------------------------------------------------------------- */

START_TEST(a_participation_without_hours_leaves_it_undefined)
{
    reported r;
    nodf(&r, study_of("32 1? ?."));
    const mlg_value *value = weighted(&r);
    ck_assert_int_eq(value->undefined, T_why_hours_missing);
    ck_assert_double_nan(number(value));
    ck_assert_double_eq(part_at(value, "missing", 0), 2.0);
    ck_assert_double_eq_tol(part_at(value, "weighted_share", 0), 3.0 / 5, 1e-12);
    ck_assert_ptr_null(mlg_value_part_find(value, "actors"));
    reported_close(&r);
}
END_TEST

/* One of two rows of a participation: how long it took is not known. */
START_TEST(a_row_without_hours_leaves_its_participation_without)
{
    reported r;
    nodf(&r, "actors: id,kind\no1,organisation\no2,organisation\n"
             "participations: actor,activity,hours\no1,X,2\no1,X,\no2,X,1\n");
    ck_assert_int_eq(weighted(&r)->undefined, T_why_hours_missing);
    ck_assert_double_eq(part_at(weighted(&r), "missing", 0), 1.0);
    reported_close(&r);
}
END_TEST

static const char *const small[] = {"3", "z", "zz zz"};

START_TEST(nothing_to_compare_is_undefined)
{
    reported r;
    nodf(&r, study_of(small[_i]));
    ck_assert_int_eq(weighted(&r)->undefined, T_why_no_pair_to_nest);
    reported_close(&r);
}
END_TEST

START_TEST(one_side_alone_is_enough)
{
    reported r;
    nodf(&r, study_of("3 1")); /* two actors, one activity: equal fill */
    ck_assert_double_eq(number(weighted(&r)), 0.0);
    ck_assert_double_eq(part_at(weighted(&r), "actors", 0), 0.0);
    ck_assert_ptr_null(mlg_value_part_find(weighted(&r), "activities"));
    reported_close(&r);
}
END_TEST

START_TEST(without_hours_there_is_no_such_value)
{
    reported r;
    nodf(&r, study_of("?? ?."));
    ck_assert_uint_eq(r.values.n, 3);
    reported_close(&r);
}
END_TEST

/* ---- the slow twin ----------------------------------------------------------------------------
 */

/* Few different weights, so that many are equal; some 0. */
START_TEST(random_tables_are_as_the_definition)
{
    enum { MOST = 14 };
    double weight[MOST * MOST] = {0}, turned[MOST * MOST] = {0}, hours[MOST * MOST], pairs = 0.0;
    int32_t from[MOST * MOST], to[MOST * MOST];
    size_t m = 0;
    mlg_csr table;
    mlg_wnodf found;
    mlg_random draw = mlg_random_stream(17, "test.wnodf", "", (uint64_t) _i);
    const int rows = 1 + (int) mlg_random_below(&draw, MOST);
    const int columns = 1 + (int) mlg_random_below(&draw, MOST);
    const uint32_t fill = 1 + mlg_random_below(&draw, 9);

    for (int i = 0; i < rows; i++) {
        for (int c = 0; c < columns; c++) {
            if (mlg_random_below(&draw, 10) < fill) {
                from[m] = i;
                to[m] = c;
                hours[m] = mlg_random_below(&draw, 5) / 2.0;
                weight[i * columns + c] = turned[c * rows + i] = hours[m++];
            }
        }
    }
    ck_assert_int_eq(
        mlg_csr_build(rows, columns, false, false, from, to, hours, m, MLG_MERGE_SUM, &table, NULL),
        MLG_OK);
    ck_assert_int_eq(mlg_wnodf_of(&table, columns, &found, NULL), MLG_OK);
    ck_assert_double_eq_tol(found.sum[0], slow_weighted(weight, rows, columns, &pairs), 1e-9);
    ck_assert_double_eq(found.pairs[0], pairs);
    ck_assert_double_eq_tol(found.sum[1], slow_weighted(turned, columns, rows, &pairs), 1e-9);
    ck_assert_double_eq(found.pairs[1], pairs);
    mlg_csr_free(&table);
}
END_TEST

/* Twenty thousand in one activity, half of them in another too. */
START_TEST(a_plenary_of_twenty_thousand_is_counted)
{
    enum { N = 20000, M = 2 * N };
    int32_t *from = mlg_alloc(M, sizeof *from), *to = mlg_alloc(M, sizeof *to);
    double *hours = mlg_alloc(M, sizeof *hours);
    mlg_csr table;
    mlg_wnodf found;
    for (int32_t i = 0; i < N; i++) {
        from[2 * i] = from[2 * i + 1] = i;
        to[2 * i] = 0;
        to[2 * i + 1] = i < N / 2 ? 0 : 1; /* half are there twice, half also in the other */
        hours[2 * i] = 1.0 + i;
        hours[2 * i + 1] = 0.5;
    }
    ck_assert_int_eq(
        mlg_csr_build(N, 2, false, false, from, to, hours, M, MLG_MERGE_SUM, &table, NULL), MLG_OK);
    ck_assert_int_eq(mlg_wnodf_of(&table, 2, &found, NULL), MLG_OK);
    /* every one of the second half is above every one of the first, by fill and by hours */
    ck_assert_double_eq(found.sum[0], (N / 2.0) * (N / 2.0));
    ck_assert_double_eq(found.pairs[0], N * (N - 1.0) / 2.0);
    ck_assert_double_eq(found.sum[1], 1.0);
    mlg_csr_free(&table);
    mlg_free(from);
    mlg_free(to);
    mlg_free(hours);
}
END_TEST

/* ---- laws
 * ---------------------------------------------------------------------------------------- */

/* Rows and columns in another order, hours twice as long. */
START_TEST(order_and_unit_do_not_matter)
{
    reported r, other;
    nodf(&r, study_of("4213 321. 2.1. ..3. 1..."));
    nodf(&other, study_of("...2 .6.. .2.4 .246 6248"));
    ck_assert_double_gt(number(weighted(&r)), 0.0);
    ck_assert_double_eq_tol(number(weighted(&r)), number(weighted(&other)), 1e-12);
    ck_assert_double_eq_tol(part_at(weighted(&r), "actors", 0),
                            part_at(weighted(&other), "actors", 0), 1e-12);
    reported_close(&r);
    reported_close(&other);
}
END_TEST

START_TEST(each_failing_allocation_is_reported)
{
    mlg_status status = MLG_ENOMEM;
    for (long fails = 0; status != MLG_OK; fails++) {
        reported r;
        mlg_error err = {MLG_OK, ""};
        reported_open(&r, study_of(BY_HAND));
        r.run.draws = 9;
        mlg_alloc_fails_at = fails;
        status = mlg_twomode_nodf(r.context, 0, &r.values, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 500);
        ck_assert_msg(status == MLG_OK ||
                          (status == MLG_ENOMEM && err.message[0] != '\0' && r.values.n == 0),
                      "allocation %ld: status %d '%s', %zu values", fails, (int) status,
                      err.message, r.values.n);
        reported_close(&r);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("wnodf");
    TCase *core = tcase_create("wnodf");
    tcase_set_timeout(core, 60);
    tcase_add_loop_test(core, values_are_those_of_vegan, 0, N_OF(others));
    tcase_add_test(core, small_tables_are_as_worked_by_hand);
    tcase_add_test(core, it_is_no_test_and_comes_after_those_that_are);
    tcase_add_test(core, participations_of_no_time_are_empty_cells);
    tcase_add_test(core, hours_of_rows_that_count_add_up);
    tcase_add_test(core, rows_out_of_the_period_do_not_count);
    tcase_add_test(core, a_participation_without_hours_leaves_it_undefined);
    tcase_add_test(core, a_row_without_hours_leaves_its_participation_without);
    tcase_add_loop_test(core, nothing_to_compare_is_undefined, 0, N_OF(small));
    tcase_add_test(core, one_side_alone_is_enough);
    tcase_add_test(core, without_hours_there_is_no_such_value);
    tcase_add_loop_test(core, random_tables_are_as_the_definition, 0, 80);
    tcase_add_test(core, a_plenary_of_twenty_thousand_is_counted);
    tcase_add_test(core, order_and_unit_do_not_matter);
    tcase_add_test(core, each_failing_allocation_is_reported);
    suite_add_tcase(suite, core);
    return suite_run(suite);
}
