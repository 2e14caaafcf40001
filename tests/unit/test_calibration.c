/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "calibration.h"

#include <math.h>

#include "suite.h"

/* The benchmark itself, in short: its studies, its gates, and that the gates can fail. */

enum { STUDIES = 300 };

START_TEST(tests_hold_their_level_on_small_graphs)
{
    static const shape shapes[] = {G1, G2, G5};
    mlg_error err = {0};
    sizes all[N_TESTS];

    for (size_t g = 0; g < sizeof shapes / sizeof *shapes; g++) {
        const size_t studies = shapes[g] == G5 ? STUDIES / 5 : STUDIES;
        ck_assert_int_eq(calibrate_shape(shapes[g], studies, 7, 2, all, &err), MLG_OK);
        for (int t = 0; t < N_TESTS; t++) {
            const expectation expected = expected_of(shapes[g], (test) t);
            ck_assert_msg(all[t].verdict == NULL, "%s, %s, %s: %s", shape_name(shapes[g]),
                          null_name(null_of((test) t)), test_name((test) t), all[t].verdict);
            ck_assert_msg(all[t].n >= (expected == NOT_MADE ? 0 : studies * 4 / 5),
                          "%s: %zu studies", test_name((test) t), all[t].n);
        }
    }
}
END_TEST

START_TEST(seats_hold_their_level)
{
    mlg_error err = {0};
    sizes all[N_TESTS];

    ck_assert_int_eq(calibrate_shape(G6, 40, 7, 2, all, &err), MLG_OK);
    for (int t = MARGINS_EI; t <= MARGINS_CELL_ACROSS; t++) {
        ck_assert_ptr_null(all[t].verdict);
        ck_assert_uint_eq(all[t].n, 40);
    }
}
END_TEST

/* With the most tied actors in one sector only the degrees' null holds. */
START_TEST(the_control_fails_by_labels_and_holds_by_rewiring)
{
    mlg_error err = {0};
    sizes all[N_TESTS];

    ck_assert_int_eq(calibrate_shape(G5_CONTROL, STUDIES / 5, 7, 2, all, &err), MLG_OK);
    ck_assert_double_gt(all[LABELS_EI].at_5, 0.5);
    ck_assert_double_lt(all[REWIRING_EI].at_5, 0.15);
    ck_assert_ptr_null(all[LABELS_EI].verdict);
    ck_assert_ptr_null(all[REWIRING_EI].verdict);
}
END_TEST

START_TEST(threads_change_nothing)
{
    mlg_error err = {0};
    sizes one[N_TESTS], three[N_TESTS];

    ck_assert_int_eq(calibrate_shape(G1, 50, 3, 1, one, &err), MLG_OK);
    ck_assert_int_eq(calibrate_shape(G1, 50, 3, 3, three, &err), MLG_OK);
    for (int t = 0; t < N_TESTS; t++) {
        ck_assert_uint_eq(one[t].n, three[t].n);
        ck_assert(one[t].plain == three[t].plain && one[t].ks == three[t].ks);
    }
}
END_TEST

/* ---- the gates ---------------------------------------------------------------------- */

enum { MANY = 10000 };

static figures made[MANY * N_TESTS];

/* p-values evenly spread, then bent. */
static const char *verdict_on(double power, double plain_share, size_t n, expectation expected)
{
    mlg_error err = {0};
    sizes s;
    for (size_t i = 0; i < n; i++) {
        const double p = pow(((double) i + 0.5) / (double) n, power);
        made[i * N_TESTS] = (figures){i < plain_share * (double) n ? 0.01 : 0.9, p, p};
    }
    ck_assert_int_eq(sizes_of(made, n, expected, &s, &err), MLG_OK);
    return s.verdict;
}

START_TEST(gates_fail_what_is_off)
{
    ck_assert_ptr_null(verdict_on(1.0, 0.05, MANY, EXACT));
    ck_assert_ptr_null(verdict_on(1.0, 0.0, MANY, EXACT));
    ck_assert_str_eq(verdict_on(1.3, 0.05, MANY, EXACT), "SIZE AT 5 %"); /* .05^(1/1.3) = .10 */
    ck_assert_str_eq(verdict_on(0.8, 0.02, MANY, EXACT), "SIZE AT 5 %"); /* .024: too cautious */
    ck_assert_str_eq(verdict_on(1.0, 0.06, MANY, EXACT), "PLAIN P ABOVE 5 %");
    ck_assert_str_eq(verdict_on(1.06, 0.05, MANY, EXACT), "SIZE AT 1 OR 10 %"); /* .059, .114 */
    ck_assert_str_eq(verdict_on(1.3, 0.05, 2000, EXACT), "SIZE AT 5 %");
    ck_assert_ptr_null(verdict_on(1.3, 0.05, MANY, SHOWN));
    ck_assert_str_eq(verdict_on(1.0, 0.05, MANY, FAILS), "THE CONTROL HOLDS");
    ck_assert_ptr_null(verdict_on(3.0, 0.5, MANY, FAILS));
}
END_TEST

/* Right at 1, 5 and 10 %, but nothing between .3 and .5. */
START_TEST(gates_see_the_middle)
{
    mlg_error err = {0};
    sizes s;
    for (size_t i = 0; i < MANY; i++) {
        const double u = ((double) i + 0.5) / MANY;
        const double p = u > 0.3 && u < 0.5 ? u + 0.2 : u;
        made[i * N_TESTS] = (figures){p, p, p};
    }
    ck_assert_int_eq(sizes_of(made, MANY, EXACT, &s, &err), MLG_OK);
    ck_assert_str_eq(s.verdict, "NOT UNIFORM");
}
END_TEST

START_TEST(what_cannot_be_tested_is_left_out)
{
    mlg_error err = {0};
    sizes s;
    for (size_t i = 0; i < 10; i++) {
        const double p = i % 2 == 0 ? NAN : ((double) i + 0.5) / 10.0;
        made[i * N_TESTS] = (figures){p, p, p};
    }
    ck_assert_int_eq(sizes_of(made, 10, EXACT, &s, &err), MLG_OK);
    ck_assert_uint_eq(s.n, 5);
    for (size_t i = 0; i < 10; i++) {
        made[i * N_TESTS] = (figures){NAN, NAN, NAN};
    }
    ck_assert_int_eq(sizes_of(made, 10, EXACT, &s, &err), MLG_OK);
    ck_assert_str_eq(s.verdict, "NEVER MADE");
}
END_TEST

/* ---- power --------------------------------------------------------------------------- */

/* 4 actors in 2 sectors, 2 ties of 6 pairs, 2 of them inside: both inside with chance 1/15 at
 * odds 1: no test at 5 % can reject. 6 actors in 2 sectors, 3 ties: C(6,3) of C(15,3) = 20/455
 * inside all three, so that is when it rejects: at odds w, 20 w^3 / (20 w^3 + 135 w^2 +
 * 216 w + 84). */
START_TEST(exact_power_by_hand)
{
    ck_assert_double_eq(exact_power(4, 2, 2, 5.0), 0.0);
    ck_assert_double_eq_tol(exact_power(6, 2, 3, 1.0), 20.0 / 455.0, 1e-12);
    ck_assert_double_eq_tol(exact_power(6, 2, 3, 2.0), 160.0 / (160.0 + 540.0 + 432.0 + 84.0),
                            1e-12);
    ck_assert_double_eq_tol(exact_power(30, 3, 60, 2.0), 0.750, 0.0005);
}
END_TEST

START_TEST(power_is_seen)
{
    mlg_error err = {0};
    size_t failed = 0;
    ck_assert_int_eq(calibrate_power(100, 7, 2, NULL, NULL, &failed, &err), MLG_OK);
    ck_assert_uint_eq(failed, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("calibration");
    TCase *runs = tcase_create("runs"), *gates = tcase_create("gates");
    tcase_set_timeout(runs, 120);
    tcase_add_test(runs, tests_hold_their_level_on_small_graphs);
    tcase_add_test(runs, seats_hold_their_level);
    tcase_add_test(runs, the_control_fails_by_labels_and_holds_by_rewiring);
    tcase_add_test(runs, threads_change_nothing);
    tcase_add_test(runs, power_is_seen);
    tcase_add_test(gates, gates_fail_what_is_off);
    tcase_add_test(gates, gates_see_the_middle);
    tcase_add_test(gates, what_cannot_be_tested_is_left_out);
    tcase_add_test(gates, exact_power_by_hand);
    suite_add_tcase(suite, runs);
    suite_add_tcase(suite, gates);
    return suite_run(suite);
}
