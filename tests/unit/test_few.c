/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/texts.h"
#include "reported.h"
#include "suite.h"

/* Findings about little: on few ties, and whom to ask no more than need be. */

static bool is_said_thin(const mlg_finding *finding)
{
    for (size_t i = 0; i < finding->n_limits; i++) {
        if (finding->limits[i] == T_limit_thin) {
            return true;
        }
    }
    return false;
}

/* Ten sectors of two or three, tied inside only: `_i` ties of them. */
START_TEST(a_silo_of_few_ties_is_a_notice)
{
    char text[2048] = "actors: id,kind,sector\n";
    reported r;

    for (int i = 0; i < 24; i++) {
        snprintf(text + strlen(text), 64, "o%d,organisation,s%d\n", i, i % 12);
    }
    strcat(text, "ties: from,to\n");
    for (int i = 0; i < _i; i++) {
        snprintf(text + strlen(text), 64, "o%d,o%d\n", i, i + 12);
    }
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "silo");
    ck_assert_ptr_nonnull(finding);
    ck_assert_int_eq(is_said_thin(finding), _i < 10);
    if (_i < 10) {
        ck_assert_int_eq(finding->level, MLG_NOTICE);
    } else {
        ck_assert_int_eq(finding->level, MLG_SERIOUS);
    }
    reported_close(&r);
}
END_TEST

/* Two hubs touch ten others; one more actor without a tie brings nobody but itself. */
START_TEST(one_who_brings_nobody_is_not_to_be_asked)
{
    char text[1024] = "actors: id,kind\n";
    reported r;

    strcat(text, "A,organisation\nB,organisation\nI,organisation\n");
    for (int i = 0; i < 10; i++) {
        snprintf(text + strlen(text), 32, "o%d,organisation\n", i);
    }
    strcat(text, "ties: from,to\n");
    for (int i = 0; i < 10; i++) {
        snprintf(text + strlen(text), 32, "%s,o%d\n", i < 6 ? "A" : "B", i);
    }
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "key_players");
    ck_assert_ptr_nonnull(finding);
    ck_assert_msg(finding->text == T_finding_key_players_2, "%s",
                  reported_sentence(&r, finding, MLG_EN));
    ck_assert_uint_eq(finding->n_subjects, 2);
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_EN), "10 of the 11"));
    reported_close(&r);
}
END_TEST

static Suite *few_suite(void)
{
    Suite *suite = suite_create("few");
    TCase *all = tcase_create("all");

    tcase_add_loop_test(all, a_silo_of_few_ties_is_a_notice, 8, 12);
    tcase_add_test(all, one_who_brings_nobody_is_not_to_be_asked);
    tcase_set_timeout(all, 60);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    return suite_run(few_suite());
}
