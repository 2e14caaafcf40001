/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/names.h"
#include "suite.h"

/* Looking up many texts at once answers what looking up each would. */
START_TEST(many_look_ups_are_each_look_up)
{
    enum { N = 300 };
    static const int known[] = {0, 1, 63, 5000, 100000};
    mlg_names names = {0};
    char room[N][16];
    const char *text[N];
    size_t length[N];
    int32_t ids[N];

    for (int i = 0; i < known[_i]; i++) {
        char name[16];
        const int n = snprintf(name, sizeof name, "A%d", 3 * i);
        ck_assert_int_eq(mlg_names_add(&names, name, (size_t) n), i);
    }
    for (int i = 0; i < N; i++) {
        /* known ones, unknown ones, beginnings of known ones, one twice */
        length[i] = (size_t) snprintf(room[i], sizeof room[i], "A%d", i % 7 == 0 ? 42 : i * 331);
        text[i] = room[i];
    }
    mlg_names_find_many(&names, text, length, N, ids);
    for (int i = 0; i < N; i++) {
        ck_assert_int_eq(ids[i], mlg_names_find(&names, text[i], length[i]));
    }
    mlg_names_find_many(&names, text, length, 0, ids);
    mlg_names_free(&names);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("names, many");
    TCase *tcase = tcase_create("many");
    tcase_add_loop_test(tcase, many_look_ups_are_each_look_up, 0, 5);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
