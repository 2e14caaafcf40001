/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/width.h"

#include <check.h>
#include <string.h>

#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

static const struct {
    const char *text;
    size_t columns;
} width_cases[] = {
    {"", 0},
    {"abc", 3},
    {"é", 1},                /* one sign of two bytes */
    {"e\xcc\x81", 1},        /* a letter and its accent */
    {"日本", 4},             /* two columns each */
    {"\xf0\x9f\x98\x80", 2}, /* U+1F600 */
    {"a\xe2\x80\x8b"
     "b",
     2}, /* U+200B */
    {"1\xe2\x80\xaf"
     "234",
     5},             /* U+202F */
    {"\xe2\x82", 1}, /* cut short */
    {"\xff", 1},     /* no UTF-8 */
};

START_TEST(a_text_takes_the_columns_of_its_signs)
{
    ck_assert_uint_eq(mlg_display_width(width_cases[_i].text), width_cases[_i].columns);
}
END_TEST

static const struct {
    const char *text, *head;
    size_t columns;
    const char *lines;
} wrap_cases[] = {
    {"one two three", "", 7, "one two\nthree\n"},
    {"one two three", "- ", 9, "- one two\n  three\n"},
    {"one  two ", "", 20, "one two\n"},
    {"incomprehensibilities at once", "", 5, "incomprehensibilities\nat\nonce\n"},
    {"", "> ", 10, "> \n"},
    {"été été été", "", 7, "été été\nété\n"},
    /* a narrow space that does not break keeps its words together */
    {"à 72\xe2\x80\xaf% des", "", 8, "à 72\xe2\x80\xaf%\ndes\n"},
};

START_TEST(a_text_is_broken_at_spaces_under_its_head)
{
    mlg_buffer out = {0};
    mlg_wrap(&out, wrap_cases[_i].text, wrap_cases[_i].head, wrap_cases[_i].columns);
    ck_assert_str_eq(mlg_buffer_string(&out), wrap_cases[_i].lines);
    mlg_buffer_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("width");
    TCase *width = tcase_create("width");
    tcase_add_loop_test(width, a_text_takes_the_columns_of_its_signs, 0, N_OF(width_cases));
    tcase_add_loop_test(width, a_text_is_broken_at_spaces_under_its_head, 0, N_OF(wrap_cases));
    suite_add_tcase(suite, width);
    return suite_run(suite);
}
