/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/random.h"
#include "measure/union_find.h"
#include "suite.h"

START_TEST(sets_are_numbered_by_their_first_rows)
{
    int32_t set[7];
    const int32_t numbers[] = {0, 1, 0, 2, 1, 0, 3};

    mlg_set_open(set, 7);
    mlg_set_unite(set, 5, 2);
    mlg_set_unite(set, 4, 1);
    mlg_set_unite(set, 2, 0);
    mlg_set_unite(set, 0, 5); /* one already */
    ck_assert_int_eq(mlg_set_weight(set, mlg_set_root(set, 0)), 3);
    ck_assert_int_eq(mlg_set_weight(set, mlg_set_root(set, 1)), 2);
    ck_assert_int_eq(mlg_set_weight(set, mlg_set_root(set, 6)), 1);
    ck_assert_int_eq(mlg_set_number(set, 7), 4);
    ck_assert_mem_eq(set, numbers, sizeof numbers);
}
END_TEST

START_TEST(no_row_is_no_set)
{
    int32_t set[1] = {42};
    mlg_set_open(set, 0);
    ck_assert_int_eq(mlg_set_number(set, 0), 0);
    ck_assert_int_eq(set[0], 42);
}
END_TEST

/* Every row of one set renamed at each join. */
static void unite_slowly(int32_t *of, int32_t n, int32_t a, int32_t b)
{
    const int32_t from = of[b], to = of[a];
    for (int32_t row = 0; row < n; row++) {
        of[row] = of[row] == from ? to : of[row];
    }
}

static void check_against(int32_t *set, const int32_t *of, int32_t n)
{
    int32_t first[64], number[64], sets = 0;

    for (int32_t row = 0; row < n; row++) {
        int32_t weight = 0;
        for (first[row] = 0; of[first[row]] != of[row]; first[row]++) {
        }
        for (int32_t other = 0; other < n; other++) {
            weight += of[other] == of[row];
        }
        number[row] = first[row] == row ? sets++ : number[first[row]];
        ck_assert_int_eq(mlg_set_weight(set, mlg_set_root(set, row)), weight);
    }
    ck_assert_int_eq(mlg_set_number(set, n), sets);
    ck_assert_mem_eq(set, number, (size_t) n * sizeof *number);
}

START_TEST(they_are_those_renamed_one_by_one)
{
    mlg_random draw = mlg_random_stream(20, "test", "union_find", (uint64_t) _i);
    const int32_t n = 1 + (int32_t) mlg_random_below(&draw, 64);
    const uint32_t joins = mlg_random_below(&draw, 80);
    int32_t set[64], of[64];

    mlg_set_open(set, n);
    for (int32_t row = 0; row < n; row++) {
        of[row] = row;
    }
    for (uint32_t i = 0; i < joins; i++) {
        const int32_t a = (int32_t) mlg_random_below(&draw, (uint32_t) n);
        const int32_t b = (int32_t) mlg_random_below(&draw, (uint32_t) n);
        mlg_set_unite(set, a, b);
        unite_slowly(of, n, a, b);
    }
    check_against(set, of, n);
}
END_TEST

static Suite *union_find_suite(void)
{
    Suite *suite = suite_create("union_find");
    TCase *tests = tcase_create("union_find");
    tcase_add_test(tests, sets_are_numbered_by_their_first_rows);
    tcase_add_test(tests, no_row_is_no_set);
    tcase_add_loop_test(tests, they_are_those_renamed_one_by_one, 0, 300);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return suite_run(union_find_suite());
}
