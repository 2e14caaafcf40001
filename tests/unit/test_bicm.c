/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/bicm.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "measure/poisson_binomial.h"
#include "reference.h"
#include "slow_backbone.h"
#include "suite.h"

/* ---- how many of independent trials succeed ---------------------------------------------- */

static const double nine[] = {.123, .234, .345, .456, .567, .678, .789, .801, .911};

START_TEST(nine_trials_are_those_of_the_reference)
{
    double chance[9 + 2], room[2 * (9 + 2)];
    json_t *expected = reference_value("pb.9");

    mlg_poisson_binomial(nine, NULL, 9, 9, chance, room);
    const mlg_tails tails = mlg_poisson_binomial_tails(chance, 9, 5);
    ck_assert_double_eq_tol(tails.less, json_number_value(json_array_get(expected, 0)), 1e-9);
    ck_assert_double_eq_tol(tails.greater, json_number_value(json_array_get(expected, 1)), 1e-9);
    ck_assert_double_eq(chance[10], 0.0);
    json_decref(expected);
}
END_TEST

/* Any cut: what lies above is gathered, and the tails stay. */
START_TEST(a_cut_gathers_what_is_above)
{
    double whole[9 + 2], cut[9 + 2], room[2 * (9 + 2)];

    mlg_poisson_binomial(nine, NULL, 9, 9, whole, room);
    for (uint32_t most = 0; most < 9; most++) {
        mlg_poisson_binomial(nine, NULL, 9, most, cut, room);
        for (uint32_t x = 0; x <= most; x++) {
            const mlg_tails a = mlg_poisson_binomial_tails(whole, 9, x);
            const mlg_tails b = mlg_poisson_binomial_tails(cut, most, x);
            ck_assert_double_eq_tol(a.less, b.less, 1e-14);
            ck_assert_double_eq_tol(a.greater, b.greater, 1e-14);
        }
    }
}
END_TEST

START_TEST(trials_are_counted_as_by_every_outcome)
{
    enum { N = 12 };
    double p[N], chance[N + 2], room[2 * (N + 2)];
    mlg_random random = mlg_random_stream(1, "test_bicm", "outcomes", (uint64_t) _i);

    for (int i = 0; i < N; i++) {
        p[i] = i == 3 ? 0.0 : i == 7 ? 1.0 : mlg_random_unit(&random);
    }
    mlg_poisson_binomial(p, NULL, N, N, chance, room);
    for (uint32_t x = 0; x <= N; x++) {
        const mlg_tails tails = mlg_poisson_binomial_tails(chance, N, x);
        ck_assert_double_eq_tol(tails.less, slow_successes(p, N, 0, x), 1e-12);
        ck_assert_double_eq_tol(tails.greater, slow_successes(p, N, x, N), 1e-12);
    }
}
END_TEST

/* 1,000 trials of one chance, by doubling and one by one; far tails keep their digits. */
START_TEST(many_trials_of_one_chance_are_so_many_single_ones)
{
    enum { MOST = 40, N = 1000 };
    static const double p[] = {0.004, 0.011};
    static const uint32_t times[] = {700, 300};
    double single[N], a[MOST + 2], b[MOST + 2], room[2 * (MOST + 2)];

    for (int i = 0; i < N; i++) {
        single[i] = i < 700 ? p[0] : p[1];
    }
    mlg_poisson_binomial(p, times, 2, MOST, a, room);
    mlg_poisson_binomial(single, NULL, N, MOST, b, room);
    for (uint32_t x = 0; x <= MOST; x++) {
        const double s = mlg_poisson_binomial_tails(a, MOST, x).greater;
        const double t = mlg_poisson_binomial_tails(b, MOST, x).greater;
        ck_assert_double_eq_tol(s / t, 1.0, 1e-11);
    }
    ck_assert_double_lt(mlg_poisson_binomial_tails(a, MOST, MOST).greater, 1e-18);
    ck_assert_double_gt(mlg_poisson_binomial_tails(a, MOST, MOST).greater, 0.0);
}
END_TEST

/* ---- chances with the margins in the mean -------------------------------------------------- */

static void check_margins(const mlg_bicm *b, const uint32_t *row, int32_t n, const uint32_t *column,
                          int32_t m)
{
    for (int32_t i = 0; i < n; i++) {
        double sum = 0.0;
        for (int32_t j = 0; j < m; j++) {
            sum += mlg_bicm_p(b, b->row_of[i], b->column_of[j]);
        }
        ck_assert_double_eq_tol(sum, row[i], 1e-9);
    }
    for (int32_t j = 0; j < m; j++) {
        double sum = 0.0;
        for (int32_t i = 0; i < n; i++) {
            sum += mlg_bicm_p(b, b->row_of[i], b->column_of[j]);
        }
        ck_assert_double_eq_tol(sum, column[j], 1e-9);
    }
}

static const struct {
    const char *row;
    uint32_t rows[4], columns[4];
    int32_t n, m;
} listed[] = {
    {"bicm.3x4", {3, 1, 2}, {2, 1, 1, 2}, 3, 4},
    {"bicm.3x3", {1, 1, 2}, {1, 1, 2}, 3, 3},
};

START_TEST(small_tables_are_those_of_the_reference)
{
    mlg_bicm b;
    json_t *expected = reference_value(listed[_i].row);

    ck_assert_int_eq(
        mlg_bicm_solve(listed[_i].rows, listed[_i].n, listed[_i].columns, listed[_i].m, &b, NULL),
        MLG_OK);
    /* bicm.3x3 has three decimals, which is what its source gives */
    const double slack = listed[_i].m == 4 ? 1e-9 : 5e-4;
    for (int32_t i = 0; i < listed[_i].n; i++) {
        for (int32_t j = 0; j < listed[_i].m; j++) {
            const json_t *cell = json_array_get(json_array_get(expected, (size_t) i), (size_t) j);
            ck_assert_double_eq_tol(mlg_bicm_p(&b, b.row_of[i], b.column_of[j]),
                                    json_number_value(cell), slack);
        }
    }
    check_margins(&b, listed[_i].rows, listed[_i].n, listed[_i].columns, listed[_i].m);
    json_decref(expected);
    mlg_bicm_free(&b);
}
END_TEST

/* Margins that leave no choice somewhere: the cells decided, by hand. '.': between 0 and 1. */
static const struct {
    const char *what, *cells;
    uint32_t rows[5], columns[5];
    int32_t n, m;
} tight[] = {
    {"a full and an empty row", "111 000 ... ...", {3, 0, 1, 2}, {2, 2, 2}, 4, 3},
    {"a full and an empty column", "10.. 10..", {2, 2}, {2, 0, 1, 1}, 2, 4},
    {"one table only, in steps", "111 110 100", {3, 2, 1}, {3, 2, 1}, 3, 3},
    {"all ones", "11 11", {2, 2}, {2, 2}, 2, 2},
    {"nothing", "00 00", {0, 0}, {0, 0}, 2, 2},
    /* the first two rows hold all that any two can: 3 + 3 = 2 + 2 + 1 + 1 + 0 + 0 ... */
    {"a tight face: two rows of three", "11.. 11.. ..00 ..00", {3, 3, 1, 1}, {3, 3, 1, 1}, 4, 4},
};

START_TEST(margins_that_leave_no_choice_are_found)
{
    mlg_bicm b;
    const char *cell = tight[_i].cells;

    ck_assert_int_eq(
        mlg_bicm_solve(tight[_i].rows, tight[_i].n, tight[_i].columns, tight[_i].m, &b, NULL),
        MLG_OK);
    for (int32_t i = 0; i < tight[_i].n; i++, cell++) {
        for (int32_t j = 0; j < tight[_i].m; j++, cell++) {
            const double p = mlg_bicm_p(&b, b.row_of[i], b.column_of[j]);
            ck_assert_msg(*cell == '.' ? p > 0.01 && p < 0.99 : p == (double) (*cell - '0'),
                          "%s: %d, %d is %g", tight[_i].what, i, j, p);
        }
    }
    check_margins(&b, tight[_i].rows, tight[_i].n, tight[_i].columns, tight[_i].m);
    mlg_bicm_free(&b);
}
END_TEST

/* Random tables of every fill: margins kept; the same chances as turning one factor after the
 * other comes to; what every table of the margins shares is decided. */
START_TEST(random_margins_are_kept_and_match_the_slow_twin)
{
    enum { N = 7, M = 6 };
    mlg_random random = mlg_random_stream(2, "test_bicm", "margins", (uint64_t) _i);
    const double fill = 0.05 + 0.9 * mlg_random_unit(&random);
    uint32_t row[N] = {0}, column[M] = {0};
    double slow[N * M];
    mlg_bicm b;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < M; j++) {
            const bool one = mlg_random_unit(&random) < fill;
            row[i] += one;
            column[j] += one;
        }
    }
    ck_assert_int_eq(mlg_bicm_solve(row, N, column, M, &b, NULL), MLG_OK);
    ck_assert_double_le(b.error, 1e-9);
    check_margins(&b, row, N, column, M);
    const double off = slow_bicm(row, N, column, M, slow);
    for (int i = 0; i < N; i++) {
        for (int j = 0; j < M; j++) {
            const double p = mlg_bicm_p(&b, b.row_of[i], b.column_of[j]);
            ck_assert_double_eq_tol(p, slow[i * M + j], fmax(1e-6, 20.0 * off));
            ck_assert(p >= 0.0 && p <= 1.0);
        }
    }
    mlg_bicm_free(&b);
}
END_TEST

/* Hundreds of classes with long tails. */
START_TEST(a_large_table_of_many_classes_converges)
{
    enum { N = 400, M = 300 };
    mlg_random random = mlg_random_stream(3, "test_bicm", "large", 0);
    static uint32_t row[N], column[M];
    mlg_bicm b;

    for (int i = 0; i < N; i++) {
        for (int j = 0; j < M; j++) {
            const double weight = 30.0 / ((i + 1.0) * sqrt(j + 1.0));
            const bool one = mlg_random_unit(&random) < weight / (1.0 + weight);
            row[i] += one;
            column[j] += one;
        }
    }
    ck_assert_int_eq(mlg_bicm_solve(row, N, column, M, &b, NULL), MLG_OK);
    ck_assert_double_le(b.error, 1e-9);
    check_margins(&b, row, N, column, M);
    mlg_bicm_free(&b);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    bool failed = true;

    for (long n = 0; failed; n++) {
        mlg_bicm b;
        mlg_error err = {MLG_OK, ""};
        ck_assert_int_lt(n, 50);
        mlg_alloc_fails_at = n;
        const mlg_status status = mlg_bicm_solve(tight[5].rows, 4, tight[5].columns, 4, &b, &err);
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(status, failed ? MLG_ENOMEM : MLG_OK);
        ck_assert(!failed || b.p == NULL);
        mlg_bicm_free(&b);
    }
}
END_TEST

#define N_OF(rows) (int) (sizeof(rows) / sizeof(rows)[0])

int main(void)
{
    Suite *suite = suite_create("bicm");
    TCase *trials = tcase_create("trials");
    tcase_add_test(trials, nine_trials_are_those_of_the_reference);
    tcase_add_test(trials, a_cut_gathers_what_is_above);
    tcase_add_loop_test(trials, trials_are_counted_as_by_every_outcome, 0, 10);
    tcase_add_test(trials, many_trials_of_one_chance_are_so_many_single_ones);
    suite_add_tcase(suite, trials);

    TCase *margins = tcase_create("margins");
    tcase_set_timeout(margins, 60);
    tcase_add_loop_test(margins, small_tables_are_those_of_the_reference, 0, N_OF(listed));
    tcase_add_loop_test(margins, margins_that_leave_no_choice_are_found, 0, N_OF(tight));
    tcase_add_loop_test(margins, random_margins_are_kept_and_match_the_slow_twin, 0, 80);
    tcase_add_test(margins, a_large_table_of_many_classes_converges);
    tcase_add_test(margins, any_allocation_may_fail);
    suite_add_tcase(suite, margins);
    return suite_run(suite);
}
