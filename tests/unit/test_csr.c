/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/csr.h"

#include "base/memory.h"
#include "random_graph.h"
#include "slow_graph.h"
#include "suite.h"

START_TEST(rows_are_sorted_and_repeated_pairs_merged)
{
    const int32_t from[] = {2, 0, 0, 2, 0}, to[] = {1, 2, 1, 1, 2};
    const double weight[] = {5, 1, 2, 3, 4};
    mlg_csr csr;

    ck_assert_int_eq(
        mlg_csr_build(3, 3, true, false, from, to, weight, 5, MLG_MERGE_MAX, &csr, NULL), MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&csr), 3);
    ck_assert_uint_eq(mlg_csr_degree(&csr, 0), 2);
    ck_assert_uint_eq(mlg_csr_degree(&csr, 1), 0);
    ck_assert_int_eq(csr.target[0], 1);
    ck_assert_int_eq(csr.target[1], 2);
    ck_assert_double_eq(mlg_csr_find(&csr, 0, 2), 4.0);
    ck_assert_double_eq(mlg_csr_find(&csr, 2, 1), 5.0);
    ck_assert_double_eq(mlg_csr_find(&csr, 1, 0), 0.0);
    mlg_csr_free(&csr);

    ck_assert_int_eq(
        mlg_csr_build(3, 3, true, false, from, to, weight, 5, MLG_MERGE_SUM, &csr, NULL), MLG_OK);
    ck_assert_double_eq(mlg_csr_find(&csr, 0, 2), 5.0);
    ck_assert_double_eq(mlg_csr_find(&csr, 2, 1), 8.0);
    mlg_csr_free(&csr);
}
END_TEST

START_TEST(loops_are_dropped_from_a_square_and_kept_in_two_modes)
{
    const int32_t from[] = {0, 1, 1}, to[] = {0, 0, 1};
    mlg_csr csr;

    ck_assert_int_eq(mlg_csr_build(2, 2, true, true, from, to, NULL, 3, MLG_MERGE_MAX, &csr, NULL),
                     MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&csr), 2);
    mlg_csr_free(&csr);

    ck_assert_int_eq(
        mlg_csr_build(2, 3, false, false, from, to, NULL, 3, MLG_MERGE_MAX, &csr, NULL), MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&csr), 3);
    ck_assert_double_eq(mlg_csr_find(&csr, 1, 1), 1.0);
    mlg_csr_free(&csr);
}
END_TEST

START_TEST(without_weights_entries_are_ones_and_their_sum_is_a_count)
{
    const int32_t from[] = {0, 0, 0}, to[] = {1, 1, 2};
    mlg_csr csr;

    ck_assert_int_eq(mlg_csr_build(3, 3, true, true, from, to, NULL, 3, MLG_MERGE_MAX, &csr, NULL),
                     MLG_OK);
    ck_assert_ptr_null(csr.weight);
    ck_assert_double_eq(mlg_csr_find(&csr, 1, 0), 1.0);
    mlg_csr_free(&csr);

    ck_assert_int_eq(mlg_csr_build(3, 3, true, true, from, to, NULL, 3, MLG_MERGE_SUM, &csr, NULL),
                     MLG_OK);
    ck_assert_double_eq(mlg_csr_find(&csr, 1, 0), 2.0);
    ck_assert_double_eq(mlg_csr_find(&csr, 2, 0), 1.0);
    mlg_csr_free(&csr);
}
END_TEST

START_TEST(no_rows_and_no_pairs_make_an_empty_adjacency)
{
    mlg_csr csr;
    ck_assert_int_eq(
        mlg_csr_build(0, 0, true, true, NULL, NULL, NULL, 0, MLG_MERGE_MAX, &csr, NULL), MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&csr), 0);
    mlg_csr_free(&csr);
    mlg_csr_free(&csr); /* harmless on a freed one */
    ck_assert_uint_eq(mlg_csr_size(&csr), 0);
}
END_TEST

/* Draw, direction, symmetry and merge from the number of the case. */
START_TEST(random_rows_agree_with_a_dense_matrix)
{
    mlg_random draw = mlg_random_stream(7, "test.csr", "", (uint64_t) _i);
    const bool square = (_i & 1) != 0, symmetric = square && (_i & 2) != 0,
               weighted = (_i & 8) != 0;
    const mlg_merge merge = (_i & 4) != 0 ? MLG_MERGE_SUM : MLG_MERGE_MAX;
    const int32_t n = 1 + (int32_t) mlg_random_below(&draw, 40);
    const size_t m = mlg_random_below(&draw, 300);
    random_ties ties = random_ties_of(&draw, n, m, 0);
    const int32_t columns = square ? n : n + 3;
    const double *weight = weighted ? ties.weight : NULL;
    mlg_csr csr, across, back;

    ck_assert_int_eq(mlg_csr_build(n, columns, square, symmetric, ties.from, ties.to, weight, m,
                                   merge, &csr, NULL),
                     MLG_OK);
    slow_matrix matrix =
        slow_adjacency(n, columns, square, symmetric, ties.from, ties.to, weight, m, merge);
    slow_assert_same(&csr, &matrix, false, 0.0);

    ck_assert_int_eq(mlg_csr_transpose(&csr, columns, &across, NULL), MLG_OK);
    ck_assert_int_eq(across.n, columns);
    for (int32_t v = 0; v < n; v++) {
        for (int32_t w = 0; w < columns; w++) {
            ck_assert_double_eq(mlg_csr_find(&across, w, v), mlg_csr_find(&csr, v, w));
        }
    }
    ck_assert_int_eq(mlg_csr_transpose(&across, n, &back, NULL), MLG_OK);
    slow_assert_same(&back, &matrix, false, 0.0);

    slow_matrix_free(&matrix);
    mlg_csr_free(&csr);
    mlg_csr_free(&across);
    mlg_csr_free(&back);
    random_ties_free(&ties);
}
END_TEST

START_TEST(symmetric_sums_hold_the_same_bits_both_ways)
{
    const int32_t from[] = {0, 1, 0, 1}, to[] = {1, 0, 1, 0};
    const double weight[] = {0.1, 0.2, 0.7, 1e9};
    mlg_csr csr;
    ck_assert_int_eq(
        mlg_csr_build(2, 2, true, true, from, to, weight, 4, MLG_MERGE_SUM, &csr, NULL), MLG_OK);
    ck_assert(mlg_csr_find(&csr, 0, 1) == mlg_csr_find(&csr, 1, 0));
    ck_assert(mlg_csr_find(&csr, 0, 1) == 0.1 + 0.2 + 0.7 + 1e9);
    mlg_csr_free(&csr);
}
END_TEST

START_TEST(building_survives_any_allocation_failing)
{
    const int32_t from[] = {0, 1, 0}, to[] = {1, 2, 1};
    const double weight[] = {1, 2, 3};
    mlg_csr csr = {0};
    mlg_error err = {0};

    mlg_alloc_fails_at = _i;
    const mlg_status status =
        mlg_csr_build(3, 3, true, true, from, to, weight, 3, MLG_MERGE_MAX, &csr, &err);
    const bool reached = mlg_alloc_fails_at < 0;
    mlg_alloc_fails_at = -1;
    ck_assert_int_eq(status, _i < 8 ? MLG_ENOMEM : MLG_OK);
    ck_assert(reached == (status == MLG_ENOMEM));
    if (status != MLG_OK) {
        ck_assert_ptr_null(csr.offset);
        ck_assert_ptr_null(csr.target);
        ck_assert_str_ne(err.message, "");
    }
    mlg_csr_free(&csr);
}
END_TEST

START_TEST(transposing_survives_any_allocation_failing)
{
    const int32_t from[] = {0, 1, 0}, to[] = {1, 2, 2};
    const double weight[] = {1, 2, 3};
    mlg_csr csr, across = {0};

    ck_assert_int_eq(
        mlg_csr_build(3, 3, true, true, from, to, weight, 3, MLG_MERGE_MAX, &csr, NULL), MLG_OK);
    mlg_alloc_fails_at = _i;
    const mlg_status status = mlg_csr_transpose(&csr, 3, &across, NULL);
    mlg_alloc_fails_at = -1;
    ck_assert_int_eq(status, _i < 4 ? MLG_ENOMEM : MLG_OK);
    ck_assert(status == MLG_OK || across.offset == NULL);
    mlg_csr_free(&across);
    mlg_csr_free(&csr);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("csr");
    TCase *worked = tcase_create("worked by hand");
    tcase_add_test(worked, rows_are_sorted_and_repeated_pairs_merged);
    tcase_add_test(worked, loops_are_dropped_from_a_square_and_kept_in_two_modes);
    tcase_add_test(worked, without_weights_entries_are_ones_and_their_sum_is_a_count);
    tcase_add_test(worked, no_rows_and_no_pairs_make_an_empty_adjacency);
    tcase_add_test(worked, symmetric_sums_hold_the_same_bits_both_ways);
    suite_add_tcase(suite, worked);
    TCase *twin = tcase_create("slow twin");
    tcase_add_loop_test(twin, random_rows_agree_with_a_dense_matrix, 0, 64);
    suite_add_tcase(suite, twin);
    TCase *memory = tcase_create("memory");
    tcase_add_loop_test(memory, building_survives_any_allocation_failing, 0, 9);
    tcase_add_loop_test(memory, transposing_survives_any_allocation_failing, 0, 5);
    suite_add_tcase(suite, memory);
    return suite_run(suite);
}
