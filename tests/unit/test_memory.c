/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "suite.h"

START_TEST(only_the_chosen_allocation_fails)
{
    mlg_alloc_fails_at = 1;
    void *first = mlg_zalloc(1, 8), *second = mlg_zalloc(1, 8), *third = mlg_zalloc(1, 8);
    ck_assert_ptr_nonnull(first);
    ck_assert_ptr_null(second);
    ck_assert_ptr_nonnull(third);
    mlg_free(first);
    mlg_free(third);
}
END_TEST

START_TEST(sizes_that_overflow_are_refused)
{
    ck_assert_ptr_null(mlg_zalloc(SIZE_MAX / 4, 8));
    ck_assert_ptr_null(mlg_alloc(SIZE_MAX, 2));
    ck_assert_ptr_null(mlg_resize(NULL, SIZE_MAX / 2, 4));
}
END_TEST

START_TEST(an_array_that_cannot_grow_is_untouched)
{
    int *items = NULL;
    size_t room = 0;
    ck_assert(mlg_grow(&items, &room, 1, sizeof *items));
    items[0] = 7;
    mlg_alloc_fails_at = 0;
    ck_assert(!mlg_grow(&items, &room, room + 1, sizeof *items));
    ck_assert_int_eq(items[0], 7);
    ck_assert(mlg_grow(&items, &room, 100000, sizeof *items));
    ck_assert_uint_ge(room, 100000);
    ck_assert_int_eq(items[0], 7);
    mlg_free(items);
}
END_TEST

START_TEST(texts_of_an_arena_keep_their_bytes)
{
    mlg_arena arena = {0};
    char *kept[3000];
    char text[300];
    for (size_t i = 0; i < 3000; i++) {
        memset(text, 'a' + (int) (i % 26), sizeof text);
        kept[i] = mlg_arena_text(&arena, text, i % 300);
        double *number = mlg_arena_alloc(&arena, sizeof *number);
        ck_assert_uint_eq((uintptr_t) number % _Alignof(max_align_t), 0);
        *number = 1.5;
    }
    for (size_t i = 0; i < 3000; i++) {
        ck_assert_uint_eq(strlen(kept[i]), i % 300);
        ck_assert(i % 300 == 0 || kept[i][i % 300 - 1] == 'a' + (char) (i % 26));
    }
    ck_assert_ptr_nonnull(mlg_arena_alloc(&arena, (size_t) 1 << 20)); /* larger than a block */
    mlg_alloc_fails_at = 0;
    ck_assert_ptr_null(mlg_arena_alloc(&arena, (size_t) 1 << 20));
    mlg_arena_free(&arena);
    mlg_arena_free(&arena);
}
END_TEST

START_TEST(the_deepest_reason_wins)
{
    mlg_error err = {0};
    ck_assert_int_eq(mlg_fail(&err, MLG_EIO, "ties.csv: %s", "no such file"), MLG_EIO);
    ck_assert_int_eq(mlg_fail(&err, MLG_EDATA, "the study cannot be read"), MLG_EDATA);
    ck_assert_str_eq(err.message, "ties.csv: no such file");
    ck_assert_int_eq(err.status, MLG_EIO);
    ck_assert_int_eq(mlg_fail(NULL, MLG_ENOMEM, "unwanted"), MLG_ENOMEM);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("memory");
    TCase *memory = tcase_create("memory");
    tcase_add_test(memory, only_the_chosen_allocation_fails);
    tcase_add_test(memory, sizes_that_overflow_are_refused);
    tcase_add_test(memory, an_array_that_cannot_grow_is_untouched);
    tcase_add_test(memory, texts_of_an_arena_keep_their_bytes);
    tcase_add_test(memory, the_deepest_reason_wins);
    suite_add_tcase(suite, memory);
    return suite_run(suite);
}
