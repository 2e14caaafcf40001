/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/value.h"

#include <math.h>
#include <string.h>

#include "base/random.h"
#include "suite.h"

START_TEST(columns_have_the_names_of_the_json_object)
{
    const char *const names[] = {"value", "expected", "sd", "low",   "high",       "min",
                                 "max",   "z",        "p",  "p_two", "p_adjusted", "at"};
    ck_assert_uint_eq(sizeof names / sizeof *names, MLG_N_VALUE_COLUMNS);
    for (int c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
        ck_assert_str_eq(mlg_value_column_name((mlg_value_column) c), names[c]);
    }
}
END_TEST

START_TEST(a_new_value_says_what_its_row_says)
{
    mlg_values values = {0};
    mlg_value *value = mlg_values_add(&values, "position.strength", 3, 2, NULL);

    ck_assert_ptr_nonnull(value);
    ck_assert_ptr_eq(value->measure, mlg_measure_find("position.strength"));
    ck_assert_int_eq(value->view, 3);
    ck_assert_int_eq(value->scope, MLG_SCOPE_ACTOR);
    ck_assert_int_eq(value->shape, MLG_VECTOR);
    ck_assert_str_eq(value->convention, "weak");
    ck_assert_str_eq(value->weight, "strength");
    ck_assert_uint_eq(value->n, 2);
    ck_assert_uint_eq(value->total, 2);
    ck_assert_ptr_null(value->subject);
    ck_assert_ptr_null(value->column[MLG_VALUE]);
    ck_assert_int_eq(value->undefined, T_none);
    mlg_values_free(&values);
    ck_assert_ptr_null(values.items);
    mlg_values_free(&values); /* harmless */
}
END_TEST

START_TEST(columns_parts_and_subjects_start_unknown)
{
    mlg_values values = {0};
    mlg_value *value = mlg_values_add(&values, "position.degree", 0, 3, NULL);
    double *column = mlg_value_column_of(value, MLG_P), *part = mlg_value_part_of(value, "in");
    mlg_id *subject = mlg_value_subjects(value);

    for (int i = 0; i < 3; i++) {
        ck_assert_double_nan(column[i]);
        ck_assert_double_nan(part[i]);
        ck_assert_int_eq(subject[i], -1);
    }
    ck_assert_ptr_eq(mlg_value_column_of(value, MLG_P), column);
    ck_assert_ptr_eq(mlg_value_part_find(value, "in"), part);
    ck_assert_ptr_null(mlg_value_part_find(value, "out"));
    mlg_values_free(&values);
}
END_TEST

START_TEST(pairs_have_two_subjects_a_row)
{
    mlg_values values = {0};
    mlg_value *value = mlg_values_add(&values, "position.degree", 0, 2, NULL);
    value->shape = MLG_PAIRS;
    mlg_id *subject = mlg_value_subjects(value);
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(subject[i], -1);
    }
    mlg_values_free(&values);
}
END_TEST

START_TEST(a_value_is_found_by_its_measure_and_view)
{
    mlg_values values = {0};

    for (int32_t i = 0; i < 40; i++) { /* past the first growth of the list */
        ck_assert_int_eq(mlg_values_scalar(&values, "network.actors", i, i, T_none, NULL), MLG_OK);
    }
    ck_assert_double_eq(mlg_values_find(&values, "network.actors", 33)->column[MLG_VALUE][0], 33);
    ck_assert_ptr_null(mlg_values_find(&values, "network.actors", -1));
    ck_assert_ptr_null(mlg_values_find(&values, "network.ties", 3));
    mlg_values_drop(&values);
    ck_assert_ptr_null(mlg_values_find(&values, "network.actors", 39));
    mlg_values_free(&values);
}
END_TEST

START_TEST(an_undefined_value_keeps_its_reason)
{
    mlg_values values = {0};

    ck_assert_int_eq(
        mlg_values_undefined(&values, "network.density", 0, T_why_too_few_actors, NULL), MLG_OK);
    ck_assert_int_eq(mlg_values_undefined(&values, "position.degree", 0, T_why_no_actors, NULL),
                     MLG_OK);
    ck_assert_uint_eq(values.items[0].n, 1);
    ck_assert_double_nan(values.items[0].column[MLG_VALUE][0]);
    ck_assert_int_eq(values.items[0].undefined, T_why_too_few_actors);
    ck_assert_uint_eq(values.items[1].n, 0);
    ck_assert_int_eq(values.items[1].undefined, T_why_no_actors);
    mlg_values_free(&values);
}
END_TEST

static mlg_status build(mlg_values *values, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = NULL;

    TRY(mlg_values_scalar(values, "network.actors", 0, 5, T_none, err));
    TRY(mlg_values_undefined(values, "position.degree", 0, T_why_no_actors, err));
    value = mlg_values_add(values, "position.degree", 0, 4, err);
    TRY_ALLOC(err, value);
    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_VALUE));
    TRY_ALLOC(err, mlg_value_part_of(value, "in"));
out:
    return status;
}

START_TEST(values_survive_any_allocation_failing)
{
    mlg_values values = {0};
    mlg_error err = {MLG_OK, ""};

    mlg_alloc_fails_at = _i;
    const mlg_status status = build(&values, &err);
    mlg_alloc_fails_at = -1;
    ck_assert_int_eq(status, _i < 5 ? MLG_ENOMEM : MLG_OK);
    ck_assert_int_eq(err.status, status);
    for (size_t i = 0; i < values.n; i++) { /* a scalar is whole or not there */
        ck_assert(values.items[i].shape != MLG_SCALAR || values.items[i].column[MLG_VALUE] != NULL);
    }
    mlg_values_free(&values);
}
END_TEST

static const struct {
    const char *what;
    size_t n;
    double p[5], adjusted[5];
} adjust_cases[] = {
    {"none", 0, {0}, {0}},
    {"one", 1, {.03}, {.03}},
    {"in order", 4, {.01, .02, .03, .04}, {.04, .04, .04, .04}},
    {"in disorder, worked by hand", 4, {.5, .005, .0125, .2}, {.5, .02, .025, .8 / 3}},
    {"never over 1", 3, {.9, 1, .95}, {1, 1, 1}},
    {"NaN is not counted", 5, {NAN, .01, NAN, .04, NAN}, {NAN, .02, NAN, .04, NAN}},
    {"equal ones stay equal", 3, {.02, .02, .02}, {.02, .02, .02}},
};

START_TEST(adjusted_p_matches_hand_worked_case)
{
    double adjusted[5];

    ck_assert_int_eq(mlg_adjust_p(adjust_cases[_i].p, adjust_cases[_i].n, adjusted, NULL), MLG_OK);
    for (size_t k = 0; k < adjust_cases[_i].n; k++) {
        if (isnan(adjust_cases[_i].adjusted[k])) {
            ck_assert_double_nan(adjusted[k]);
        } else {
            ck_assert_msg(fabs(adjusted[k] - adjust_cases[_i].adjusted[k]) < 1e-15, "%s: %g",
                          adjust_cases[_i].what, adjusted[k]);
        }
    }
}
END_TEST

/* From the definition: the least of p_j m / rank_j over all p_j that are not smaller. */
static double slow_adjusted(const double *p, size_t n, size_t i)
{
    double least = 1.0;
    for (size_t j = 0; j < n; j++) {
        size_t rank = 0, m = 0;
        for (size_t k = 0; k < n; k++) {
            m += isnan(p[k]) == 0 ? 1 : 0;
            rank += p[k] <= p[j];
        }
        least = p[j] >= p[i] ? fmin(least, p[j] * (double) m / (double) rank) : least;
    }
    return least;
}

START_TEST(adjusted_p_agrees_with_its_definition_on_random_p)
{
    mlg_random draw = mlg_random_stream(7, "adjust", "", (uint64_t) _i);
    double p[40], adjusted[40];

    for (int k = 0; k < 40; k++) { /* coarse, so that some are equal */
        p[k] = mlg_random_below(&draw, 8) == 0 ? NAN : (1 + mlg_random_below(&draw, 50)) / 50.0;
    }
    ck_assert_int_eq(mlg_adjust_p(p, 40, adjusted, NULL), MLG_OK);
    for (size_t k = 0; k < 40; k++) {
        ck_assert_int_eq(isnan(p[k]) != 0, isnan(adjusted[k]) != 0);
        ck_assert(isnan(p[k]) || fabs(adjusted[k] - slow_adjusted(p, 40, k)) < 1e-15);
    }
}
END_TEST

START_TEST(adjusting_survives_its_allocation_failing)
{
    const double p[] = {.5};
    double adjusted[1];

    mlg_alloc_fails_at = 0;
    ck_assert_int_eq(mlg_adjust_p(p, 1, adjusted, NULL), MLG_ENOMEM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("value");
    TCase *value = tcase_create("values");
    tcase_add_test(value, columns_have_the_names_of_the_json_object);
    tcase_add_test(value, a_new_value_says_what_its_row_says);
    tcase_add_test(value, columns_parts_and_subjects_start_unknown);
    tcase_add_test(value, pairs_have_two_subjects_a_row);
    tcase_add_test(value, a_value_is_found_by_its_measure_and_view);
    tcase_add_test(value, an_undefined_value_keeps_its_reason);
    tcase_add_loop_test(value, values_survive_any_allocation_failing, 0, 7);
    suite_add_tcase(suite, value);
    TCase *adjust = tcase_create("adjusted p");
    tcase_add_loop_test(adjust, adjusted_p_matches_hand_worked_case, 0,
                        (int) (sizeof adjust_cases / sizeof *adjust_cases));
    tcase_add_loop_test(adjust, adjusted_p_agrees_with_its_definition_on_random_p, 0, 50);
    tcase_add_test(adjust, adjusting_survives_its_allocation_failing);
    suite_add_tcase(suite, adjust);
    return suite_run(suite);
}
