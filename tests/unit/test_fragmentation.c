/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "graph_fixture.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_removal.h"
#include "study_measured.h"
#include "suite.h"

/* Fragmentation, distance and vulnerability: today, and once each actor has left. */

/* The value of that shape and weight; NULL when there is none. */
static const mlg_value *of_shape(measured *m, const char *id, mlg_shape shape, const char *weight)
{
    const mlg_value *found = NULL;
    measured_value(m, id);
    for (size_t i = 0; i < m->values.n; i++) {
        const mlg_value *value = &m->values.items[i];
        measured_check(value);
        if (strcmp(value->measure->id, id) == 0 && value->shape == shape &&
            strcmp(value->weight, weight) == 0) {
            found = value;
        }
    }
    ck_assert_msg(found != NULL, "%s: no such value", id);
    return found;
}

/* ---- worked by hand ------------------------------------------------------------------------- */

/* A star of four leaves: without the centre nobody is joined; without a leaf a star of three is. */
START_TEST(a_star_falls_apart_without_its_centre)
{
    measured m;
    measured_open(&m, graph_fixture("AAAAA", "0-1 0-2 0-3 0-4"));
    const mlg_value *today = of_shape(&m, "depend.fragmentation", MLG_SCALAR, "none");
    ck_assert_double_eq(today->column[MLG_VALUE][0], 0);
    const mlg_value *each = of_shape(&m, "depend.fragmentation", MLG_VECTOR, "none");
    ck_assert_double_eq(each->column[MLG_VALUE][0], 1);
    ck_assert_double_eq(part_at(each, "residual", 0), 1);
    ck_assert_double_eq(part_at(each, "original", 0), 1);
    ck_assert_double_eq_tol(each->column[MLG_VALUE][1], 0.4, 1e-12); /* its own 4 pairs of 10 */
    ck_assert_double_eq(part_at(each, "residual", 1), 0);

    /* 4 pairs at 1, 6 at 2: 7 of 10 */
    today = of_shape(&m, "depend.distance_fragmentation", MLG_SCALAR, "none");
    ck_assert_double_eq_tol(today->column[MLG_VALUE][0], 0.3, 1e-12);
    each = of_shape(&m, "depend.distance_fragmentation", MLG_VECTOR, "none");
    ck_assert_double_eq_tol(each->column[MLG_VALUE][0], 0.7, 1e-12);
    ck_assert_double_eq_tol(part_at(each, "residual", 1), 0.25, 1e-12);
    ck_assert_double_eq_tol(part_at(each, "original", 1), 0.55, 1e-12);

    each = of_shape(&m, "depend.vulnerability", MLG_VECTOR, "none");
    ck_assert_double_eq_tol(each->column[MLG_VALUE][0], 1, 1e-12);
    ck_assert_double_eq_tol(part_at(each, "residual", 0), 1, 1e-12);
    ck_assert_double_eq_tol(each->column[MLG_VALUE][1], (7 - 4.5) / 7, 1e-12);
    ck_assert_double_eq_tol(part_at(each, "residual", 1), (0.7 - 0.75) / 0.7, 1e-12);
    ck_assert_double_eq_tol(part_at(each, "efficiency", 1), 0.75, 1e-12);
    measured_close(&m);
}
END_TEST

/* Two actors who part leave no pair to count. */
START_TEST(two_actors_have_no_residual)
{
    measured m;
    measured_open(&m, graph_fixture("AA", "0-1"));
    const mlg_value *each = of_shape(&m, "depend.fragmentation", MLG_VECTOR, "none");
    ck_assert_double_eq(each->column[MLG_VALUE][0], 1);
    ck_assert_double_nan(part_at(each, "residual", 0));
    each = of_shape(&m, "depend.vulnerability", MLG_VECTOR, "none");
    ck_assert_double_eq(each->column[MLG_VALUE][0], 1);
    ck_assert_double_nan(part_at(each, "residual", 0));
    ck_assert_double_nan(part_at(each, "efficiency", 0));
    measured_close(&m);
}
END_TEST

/* The triangle's heavy ties are 1 long, the light one 4: 2 by way of the third actor. Without that
 * one, the largest weight is still 4. */
START_TEST(weights_are_lengths_of_the_largest_over_each)
{
    measured m;
    measured_open(&m, graph_fixture("AAA", "0-1:4 1-2:4 0-2:1"));
    const mlg_value *today = of_shape(&m, "depend.distance_fragmentation", MLG_SCALAR, "distance");
    ck_assert_double_eq_tol(today->column[MLG_VALUE][0], 1 - 2.5 / 3, 1e-12);
    const mlg_value *each = of_shape(&m, "depend.distance_fragmentation", MLG_VECTOR, "distance");
    ck_assert_double_eq_tol(part_at(each, "residual", 1), 0.75, 1e-12);
    ck_assert_double_eq_tol(part_at(each, "original", 1), 1 - 0.25 / 3, 1e-12);
    ck_assert_double_eq_tol(each->column[MLG_VALUE][1], (2.5 - 0.25) / 3, 1e-12);
    today = of_shape(&m, "depend.distance_fragmentation", MLG_SCALAR, "none");
    ck_assert_double_eq_tol(today->column[MLG_VALUE][0], 0, 1e-12);
    measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *sectors, *ties;
    mlg_text_key why;
} undefined_cases[] = {
    {"depend.fragmentation", "", "", T_why_no_ties},
    {"depend.fragmentation", "AB", "", T_why_no_ties},
    {"depend.distance_fragmentation", "AB", "", T_why_no_ties},
    {"depend.vulnerability", "AB", "", T_why_no_ties},
    {"depend.population_lost", "AB", "", T_why_no_ties},
    {"depend.population_lost", "AB", "0-1", T_why_no_population},
    {"depend.pairs_lost.organisations", "AB", "", T_why_no_ties},
    {"depend.pairs_lost.organisations", "AB", "0-1", T_why_no_group},
    {"depend.pairs_lost.activities", "AB", "0-1", T_why_no_two_mode},
};

START_TEST(what_is_undefined_says_why)
{
    measured m;
    measured_open(&m, graph_fixture(undefined_cases[_i].sectors, undefined_cases[_i].ties));
    const mlg_value *value = measured_value(&m, undefined_cases[_i].id);
    ck_assert_str_eq(mlg_text_name(value->undefined), mlg_text_name(undefined_cases[_i].why));
    measured_close(&m);
}
END_TEST

START_TEST(without_a_projection_pairs_are_counted_and_distances_are_not)
{
    mlg_random draw = mlg_random_stream(1, "test_fragmentation.two_mode", "", 0);
    measured m;
    measured_open(&m, random_two_mode(&draw, 30, 25, 50, MLG_PROJECT_NEWMAN));
    const mlg_value *value = of_shape(&m, "depend.fragmentation", MLG_VECTOR, "none");
    double rise[30];
    memcpy(rise, value->column[MLG_VALUE], sizeof rise);
    mlg_context_keep(m.context, 0, MLG_SLOT_REMOVALS, NULL, NULL);
    m.graph->projected = false;
    value = of_shape(&m, "depend.fragmentation", MLG_VECTOR, "none");
    ck_assert_mem_eq(value->column[MLG_VALUE], rise, sizeof rise);
    ck_assert_int_eq(measured_value(&m, "depend.distance_fragmentation")->undefined,
                     T_why_too_large);
    ck_assert_int_eq(measured_value(&m, "depend.vulnerability")->undefined, T_why_too_large);
    m.graph->projected = true;
    measured_close(&m);
}
END_TEST

/* ---- laws --------------------------------------------------------------------------------------
 */

/* n (n - 1) / 2 [F_original(G - v) - F(G)] = lost + n_c - 1, and F of the others is F of the
 * others. */
START_TEST(fragmentation_follows_the_identity)
{
    mlg_random draw = mlg_random_stream(1, "test_fragmentation.identity", "", (uint64_t) _i);
    measured m;
    measured_open(&m, random_graph(&draw, 4 + _i, 3 + (size_t) _i, 3, _i % 2 == 1, _i % 3 == 1));
    const double n = m.graph->n;
    const mlg_value *each = of_shape(&m, "depend.fragmentation", MLG_VECTOR, "none");
    double rise[64];
    for (int32_t v = 0; v < m.graph->n; v++) {
        rise[v] = n * (n - 1) / 2 * each->column[MLG_VALUE][v];
        ck_assert_double_eq_tol(part_at(each, "residual", (size_t) v),
                                slow_fragmentation(m.graph, v), 1e-12);
    }
    const mlg_value *lost = measured_value(&m, "depend.pairs_lost");
    for (int32_t v = 0; v < m.graph->n; v++) {
        ck_assert_double_eq_tol(rise[v], part_at(lost, "with_own", (size_t) v), 1e-9);
    }
    measured_close(&m);
}
END_TEST

/* DF and V are one sum: (DF_original(G - v) - DF) = V (1 - DF), residual ones alike. */
START_TEST(vulnerability_is_the_rise_of_distance_over_efficiency)
{
    mlg_random draw = mlg_random_stream(1, "test_fragmentation.law", "", (uint64_t) _i);
    double share[64], residual[64];
    measured m;
    measured_open(&m, random_graph(&draw, 4 + _i, 5 + (size_t) _i, 3, false, false));
    const mlg_value *v = of_shape(&m, "depend.vulnerability", MLG_VECTOR, "none");
    for (size_t i = 0; i < v->n; i++) {
        share[i] = v->column[MLG_VALUE][i];
        residual[i] = part_at(v, "residual", i);
    }
    const double df =
        of_shape(&m, "depend.distance_fragmentation", MLG_SCALAR, "none")->column[MLG_VALUE][0];
    const mlg_value *each = of_shape(&m, "depend.distance_fragmentation", MLG_VECTOR, "none");
    ck_assert_uint_eq(each->n, (size_t) m.graph->n);
    for (size_t i = 0; i < each->n; i++) {
        ck_assert_double_eq_tol(each->column[MLG_VALUE][i], share[i] * (1 - df), 1e-12);
        ck_assert_double_eq_tol(part_at(each, "residual", i) - df, residual[i] * (1 - df), 1e-12);
    }
    ck_assert_double_eq_tol(1 - df, measured_scalar(&m, "network.efficiency"), 1e-12);
    measured_close(&m);
}
END_TEST

START_TEST(every_shape_gives_values_in_their_range)
{
    static const char *const ids[] = {"depend.fragmentation",
                                      "depend.distance_fragmentation",
                                      "depend.vulnerability",
                                      "depend.population_lost",
                                      "depend.pairs_lost.organisations",
                                      "depend.pairs_lost.activities"};
    measured m;
    measured_open(&m, measured_shape(_i));
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        measured_value(&m, ids[i]);
    }
    for (size_t i = 0; i < m.values.n; i++) {
        measured_check(&m.values.items[i]);
    }
    measured_close(&m);
}
END_TEST

/* ---- values of other programs -------------------------------------------------------------------
 */

static void assert_row(const char *row, const double *values, const int32_t *actors)
{
    json_t *expected = reference_value(row);
    for (size_t i = 0; i < json_array_size(expected); i++) {
        const size_t at = actors != NULL ? (size_t) actors[i] : i;
        ck_assert_double_eq_tol(values[at], json_number_value(json_array_get(expected, i)), 1e-9);
    }
    ck_assert_uint_gt(json_array_size(expected), 0);
    json_decref(expected);
}

START_TEST(the_kite_without_each_is_the_reference)
{
    measured m;
    measured_open(&m, reference_graph("kite"));
    const mlg_value *each = of_shape(&m, "depend.fragmentation", MLG_VECTOR, "none");
    assert_row("kite.F_each", mlg_value_part_find(each, "residual"), NULL);
    each = of_shape(&m, "depend.distance_fragmentation", MLG_VECTOR, "none");
    assert_row("kite.DF_each", mlg_value_part_find(each, "residual"), NULL);
    measured_close(&m);
}
END_TEST

START_TEST(vulnerability_of_zachary_is_the_reference_by_either_divisor)
{
    static const int32_t actors[] = {0, 33, 32, 2};
    measured m;
    measured_open(&m, reference_graph("zachary"));
    const mlg_value *each = of_shape(&m, "depend.vulnerability", MLG_VECTOR, "none");
    assert_row("zach.vuln_keepn", each->column[MLG_VALUE], actors);
    assert_row("zach.vuln_resid", mlg_value_part_find(each, "residual"), actors);
    measured_close(&m);
}
END_TEST

static const struct {
    const char *row, *graph;
} today_rows[] = {
    {"zach.F_DF", "zachary"},
    {"emon.Cheyenne.F_DF", "emon_cheyenne"},
    {"emon.HurrFrederic.F_DF", "emon_hurrfrederic"},
    {"emon.MtStHelens.F_DF", "emon_mtsthelens"},
    {"emon.Wichita.F_DF", "emon_wichita"},
    {"anchor.star10", "star10"},
    {"anchor.cycle10", "cycle10"},
    {"anchor.complete10", "complete10"},
    {"anchor.path10", "path10"},
};

START_TEST(fragmentation_today_is_the_reference)
{
    json_t *expected = reference_value(today_rows[_i].row);
    measured m;
    measured_open(&m, reference_graph(today_rows[_i].graph));
    ck_assert_double_eq_tol(
        of_shape(&m, "depend.fragmentation", MLG_SCALAR, "none")->column[MLG_VALUE][0],
        json_number_value(json_array_get(expected, 0)), 1e-9);
    ck_assert_double_eq_tol(
        of_shape(&m, "depend.distance_fragmentation", MLG_SCALAR, "none")->column[MLG_VALUE][0],
        json_number_value(json_array_get(expected, 1)), 1e-9);
    json_decref(expected);
    measured_close(&m);
}
END_TEST

/* ---- no memory
 * ------------------------------------------------------------------------------------ */

static const char *const ids[] = {"depend.fragmentation", "depend.distance_fragmentation",
                                  "depend.vulnerability", "depend.pairs_lost.activities"};

START_TEST(measures_survive_any_allocation_failing)
{
    bool failed = true;
    for (long n = 0; failed; n++) {
        measured m;
        measured_open(&m, _i < 3 ? graph_fixture("ABAB?A", "0-1:1 1-2:2 2-3:1 3-4:1 4-1:1")
                                 : graph_fixture_two_mode("ABABA | 0,1,2; 2,3; 3,4", 0));
        failed = measured_fails(m.context, 0, ids[_i], n, &m.values);
        measured_close(&m);
    }
}
END_TEST

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

int main(void)
{
    Suite *suite = suite_create("fragmentation");
    TCase *hand = tcase_create("worked by hand");
    TCase *laws = tcase_create("laws");
    TCase *values = tcase_create("other programs");
    TCase *memory = tcase_create("no memory");

    tcase_add_test(hand, a_star_falls_apart_without_its_centre);
    tcase_add_test(hand, two_actors_have_no_residual);
    tcase_add_test(hand, weights_are_lengths_of_the_largest_over_each);
    tcase_add_loop_test(hand, what_is_undefined_says_why, 0, N_OF(undefined_cases));
    tcase_add_test(hand, without_a_projection_pairs_are_counted_and_distances_are_not);
    tcase_add_loop_test(laws, fragmentation_follows_the_identity, 0, 40);
    tcase_add_loop_test(laws, vulnerability_is_the_rise_of_distance_over_efficiency, 0, 20);
    tcase_add_loop_test(laws, every_shape_gives_values_in_their_range, 0, MEASURED_SHAPES);
    tcase_add_test(values, the_kite_without_each_is_the_reference);
    tcase_add_test(values, vulnerability_of_zachary_is_the_reference_by_either_divisor);
    tcase_add_loop_test(values, fragmentation_today_is_the_reference, 0, N_OF(today_rows));
    tcase_add_loop_test(memory, measures_survive_any_allocation_failing, 0, N_OF(ids));
    suite_add_tcase(suite, hand);
    suite_add_tcase(suite, laws);
    suite_add_tcase(suite, values);
    suite_add_tcase(suite, memory);
    return suite_run(suite);
}
