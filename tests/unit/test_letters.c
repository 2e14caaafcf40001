/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/letters.h"

#include <check.h>

#include "suite.h"

static const struct {
    const char *text;
    double least, most; /* in ems: what Arial needs, and not much more than DejaVu Sans does */
} width_cases[] = {
    {"", 0.0, 0.0},
    {"i", 0.22, 0.3},
    {"W", 0.94, 1.0},
    {"Mission locale", 6.4, 8.2},
    {"NORGES TEKNISK-NATURVITENSKAPELIGE", 21.2, 26.0},
    {"\xc3\x89tablissement public de sant\xc3\xa9 mentale", 17.0, 21.5},
    {"e\xcc\x81", 0.55, 0.65}, /* an accent put on the letter before */
    {"\xe6\x97\xa5\xe6\x9c\xac", 2.0, 2.2},
};

START_TEST(widths_are_upper_bounds_but_near)
{
    const double plain = mlg_letters_width(width_cases[_i].text, false);
    ck_assert_double_ge(plain, width_cases[_i].least);
    ck_assert_double_le(plain, width_cases[_i].most);
    ck_assert_double_ge(mlg_letters_width(width_cases[_i].text, true), plain);
}
END_TEST

static const struct {
    const char *text;
    double ems;
    const char *kept;
} fit_cases[] = {
    {"Caen", 5.0, "Caen"},
    {"Mission locale", 20.0, "Mission locale"},
    {"Mission locale", 5.2, "Mission\xe2\x80\xa6"}, /* no space before the ellipsis */
    {"\xc3\x89\xc3\x89\xc3\x89\xc3\x89", 2.7, "\xc3\x89\xc3\x89\xe2\x80\xa6"},
    {"WWWW", 0.1, "\xe2\x80\xa6"},
};

START_TEST(long_names_end_with_an_ellipsis_and_keep_to_their_width)
{
    mlg_buffer out = {0};
    mlg_letters_fit(&out, fit_cases[_i].text, fit_cases[_i].ems, false);
    ck_assert_str_eq(mlg_buffer_string(&out), fit_cases[_i].kept);
    if (_i < 4) {
        ck_assert_double_le(mlg_letters_width(mlg_buffer_string(&out), false), fit_cases[_i].ems);
    }
    mlg_buffer_free(&out);
}
END_TEST

static const struct {
    const char *text;
    double ems;
    const char *lines;
} wrap_cases[] = {
    {"", 5.0, ""},
    {"a b", 5.0, "a b\n"},
    {"mission locale", 4.5, "mission\nlocale\n"},
    {" a  b ", 0.7, "a\nb\n"},
    {"hospital\xc2\xa0(12) b", 2.0, "hospital\xc2\xa0(12)\nb\n"}, /* no-break space holds */
};

START_TEST(lines_break_at_spaces_and_tell_their_width)
{
    mlg_buffer out = {0};
    const double widest = mlg_letters_wrap(&out, wrap_cases[_i].text, wrap_cases[_i].ems, false);
    ck_assert_str_eq(mlg_buffer_string(&out), wrap_cases[_i].lines);
    ck_assert((widest > wrap_cases[_i].ems) == (_i == 4));
    mlg_buffer_free(&out);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("letters");
    TCase *letters = tcase_create("letters");
    tcase_add_loop_test(letters, widths_are_upper_bounds_but_near, 0,
                        (int) (sizeof width_cases / sizeof *width_cases));
    tcase_add_loop_test(letters, long_names_end_with_an_ellipsis_and_keep_to_their_width, 0,
                        (int) (sizeof fit_cases / sizeof *fit_cases));
    tcase_add_loop_test(letters, lines_break_at_spaces_and_tell_their_width, 0,
                        (int) (sizeof wrap_cases / sizeof *wrap_cases));
    suite_add_tcase(suite, letters);
    return suite_run(suite);
}
