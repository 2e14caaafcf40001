/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fail.h"

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/texts.h"
#include "suite.h"

static const char *said(const mlg_error *err, mlg_language language)
{
    static char text[1024];
    mlg_error_print(text, sizeof text, language, err);
    return text;
}

START_TEST(a_reason_of_the_table_is_said_in_both_languages)
{
    mlg_error err = {MLG_OK, ""};
    const mlg_arg reason[] = {mlg_fail_arg("out"), mlg_errno_arg(EACCES)};
    ck_assert_int_eq(mlg_fail_text(&err, MLG_EIO, T_fail_write_file, reason, 2), MLG_EIO);
    ck_assert_int_eq(err.status, MLG_EIO);
    ck_assert_str_eq(err.message, "out: cannot write: Permission denied");
    ck_assert_str_eq(said(&err, MLG_EN), err.message);
    ck_assert_str_eq(said(&err, MLG_FR), "out\u202f: écriture impossible\u202f: vous n’en avez pas "
                                         "le droit");
    const mlg_error copy = err; /* nothing points into it */
    memset(&err, 'x', sizeof err);
    ck_assert_ptr_nonnull(strstr(said(&copy, MLG_FR), "le droit"));
}
END_TEST

START_TEST(another_reason_is_said_as_it_is)
{
    mlg_error err = {MLG_OK, ""};
    ck_assert_int_eq(mlg_fail(&err, MLG_EDATA, "row %d", 7), MLG_EDATA);
    ck_assert_str_eq(said(&err, MLG_FR), "row 7");
    char four[4];
    ck_assert_uint_eq(mlg_error_print(four, sizeof four, MLG_FR, &err), 5);
    ck_assert_str_eq(four, "row");
}
END_TEST

START_TEST(the_deepest_reason_stays)
{
    mlg_error err = {MLG_OK, ""};
    ck_assert_int_eq(mlg_fail_text(&err, MLG_EARG, T_fail_period, NULL, 0), MLG_EARG);
    const mlg_arg other = mlg_fail_arg("later");
    ck_assert_int_eq(mlg_fail_text(&err, MLG_EIO, T_fail_no_table, &other, 1), MLG_EIO);
    ck_assert_int_eq(mlg_fail(&err, MLG_EIO, "later"), MLG_EIO);
    ck_assert_int_eq(err.status, MLG_EARG);
    ck_assert_ptr_nonnull(strstr(said(&err, MLG_FR), "la période"));
    ck_assert_int_eq(mlg_fail_text(NULL, MLG_EARG, T_fail_period, NULL, 0), MLG_EARG);
}
END_TEST

/* Around the room of a message: English whole or cut, French only when its arguments fit. */
START_TEST(a_reason_too_long_to_keep_falls_back_to_its_message)
{
    char name[700];
    for (size_t length = 180; length < 600; length++) {
        mlg_error err = {MLG_OK, ""};
        memset(name, 'n', length);
        name[length] = '\0';
        const mlg_arg reason = mlg_fail_arg(name);
        mlg_fail_text(&err, MLG_EARG, T_fail_no_table, &reason, 1);
        const char *french = said(&err, MLG_FR);
        const bool kept = strncmp(french, "il n’y a", strlen("il n’y a")) == 0;
        ck_assert(kept || strcmp(french, err.message) == 0);
        ck_assert(!kept || strstr(french, name) != NULL);
        ck_assert(kept || length > 200);
    }
}
END_TEST

START_TEST(an_unknown_errno_has_the_librarys_words)
{
    const mlg_arg known = mlg_errno_arg(ENOSPC), other = mlg_errno_arg(EDOM);
    ck_assert_int_eq(known.kind, MLG_ARG_KEY);
    ck_assert_int_eq(other.kind, MLG_ARG_TEXT);
    ck_assert_str_eq(other.text, strerror(EDOM));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("fail");
    TCase *reasons = tcase_create("reasons");
    tcase_add_test(reasons, a_reason_of_the_table_is_said_in_both_languages);
    tcase_add_test(reasons, another_reason_is_said_as_it_is);
    tcase_add_test(reasons, the_deepest_reason_stays);
    tcase_add_test(reasons, a_reason_too_long_to_keep_falls_back_to_its_message);
    tcase_add_test(reasons, an_unknown_errno_has_the_librarys_words);
    suite_add_tcase(suite, reasons);
    return suite_run(suite);
}
