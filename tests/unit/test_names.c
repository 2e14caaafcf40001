/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/names.h"
#include "suite.h"

START_TEST(ids_are_dense_and_in_order_of_first_sight)
{
    mlg_names names = {0};
    ck_assert_int_eq(mlg_names_add(&names, "CCAS", 4), 0);
    ck_assert_int_eq(mlg_names_add(&names, "ARS", 3), 1);
    ck_assert_int_eq(mlg_names_add(&names, "CCAS", 4), 0);
    ck_assert_int_eq(mlg_names_add(&names, "", 0), 2);
    ck_assert_str_eq(mlg_names_text(&names, 1), "ARS");
    ck_assert_str_eq(mlg_names_text(&names, 2), "");
    ck_assert_str_eq(mlg_names_text(&names, -1), "");
    ck_assert_int_eq(mlg_names_find(&names, "CCA", 3), -1);
    mlg_names_free(&names);
    ck_assert_int_eq(mlg_names_find(&names, "CCAS", 4), -1);
}
END_TEST

START_TEST(a_prefix_is_another_name)
{
    mlg_names names = {0};
    char text[64];
    for (int i = 0; i < 60; i++) {
        text[i] = 'a';
        ck_assert_int_eq(mlg_names_add(&names, text, (size_t) i + 1), i);
    }
    for (int i = 0; i < 60; i++) {
        ck_assert_int_eq(mlg_names_find(&names, text, (size_t) i + 1), i);
    }
    mlg_names_free(&names);
}
END_TEST

START_TEST(many_names_are_all_found_again)
{
    mlg_names names = {0};
    char text[32];
    enum { N = 100000 };
    for (int i = 0; i < N; i++) {
        const int length = snprintf(text, sizeof text, "A%07d", i * 7);
        ck_assert_int_eq(mlg_names_add(&names, text, (size_t) length), i);
    }
    for (int i = 0; i < N; i++) {
        const int length = snprintf(text, sizeof text, "A%07d", i * 7);
        ck_assert_int_eq(mlg_names_find(&names, text, (size_t) length), i);
        ck_assert_str_eq(mlg_names_text(&names, i), text);
    }
    mlg_names_free(&names);
}
END_TEST

START_TEST(a_failing_allocation_answers_none_and_keeps_what_was_there)
{
    mlg_names names = {0};
    char text[32];
    int32_t known = 0;
    mlg_alloc_fails_at = _i;
    for (int i = 0; i < 200; i++) {
        const int length = snprintf(text, sizeof text, "actor %d", i);
        const int32_t id = mlg_names_add(&names, text, (size_t) length);
        if (id >= 0) {
            ck_assert_int_eq(id, known++);
        }
    }
    mlg_alloc_fails_at = -1;
    ck_assert_int_ge(known, 199); /* one call fails, once */
    for (int32_t id = 0; id < known; id++) {
        const char *name = mlg_names_text(&names, id);
        ck_assert_int_eq(mlg_names_find(&names, name, strlen(name)), id);
    }
    mlg_names_free(&names);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("names");
    TCase *names = tcase_create("names");
    tcase_add_test(names, ids_are_dense_and_in_order_of_first_sight);
    tcase_add_test(names, a_prefix_is_another_name);
    tcase_add_test(names, many_names_are_all_found_again);
    tcase_add_loop_test(names, a_failing_allocation_answers_none_and_keeps_what_was_there, 0, 12);
    suite_add_tcase(suite, names);
    return suite_run(suite);
}
