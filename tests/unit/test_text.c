/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/texts.h"
#include "suite.h"

#define NNBSP "\xe2\x80\xaf"

static const struct {
    mlg_arg arg;
    const char *fr, *en;
} arg_cases[] = {
    {{.kind = MLG_ARG_TEXT, .text = "CCAS"}, "CCAS", "CCAS"},
    {{.kind = MLG_ARG_COUNT, .number = 999}, "999", "999"},
    {{.kind = MLG_ARG_COUNT, .number = 1234567}, "1" NNBSP "234" NNBSP "567", "1,234,567"},
    {{.kind = MLG_ARG_NUMBER, .number = -1234.567, .digits = 2},
     "\xe2\x88\x92"
     "1" NNBSP "234,57",
     "\xe2\x88\x92"
     "1,234.57"},
    {{.kind = MLG_ARG_NUMBER, .number = -0.001, .digits = 2}, "0,00", "0.00"},
    {{.kind = MLG_ARG_SHARE, .number = 0.295, .digits = 0}, "30" NNBSP "%", "30%"},
    {{.kind = MLG_ARG_SHARE, .number = 0.0875, .digits = 1}, "8,8" NNBSP "%", "8.8%"},
    {{.kind = MLG_ARG_P, .number = 0.0412}, "0,041", "0.041"},
    {{.kind = MLG_ARG_P, .number = 0.2515}, "0,25", "0.25"},
    {{.kind = MLG_ARG_P, .number = 1.0}, "1,00", "1.00"},
    {{.kind = MLG_ARG_P, .number = 0.00003},
     "<\xc2\xa0"
     "0,0001",
     "< 0.0001"},
    {{.kind = MLG_ARG_DATE, .number = 21061}, "31 août 2027", "31 August 2027"},
    {{.kind = MLG_ARG_DATE, .number = 0}, "1er janvier 1970", "1 January 1970"},
    {{.kind = MLG_ARG_DATE, .number = -1}, "31 décembre 1969", "31 December 1969"},
    {{.kind = MLG_ARG_DATE, .number = 11016}, "29 février 2000", "29 February 2000"},
    {{.kind = MLG_ARG_KEY, .key = T_vacant}, "vacant", "vacant"},
    {{.kind = MLG_ARG_COUNT, .number = NAN}, "n/d", "n/a"},
};

START_TEST(an_argument_prints_as_its_language_writes_it)
{
    mlg_buffer fr = {0}, en = {0};
    mlg_text_arg(&fr, MLG_FR, &arg_cases[_i].arg);
    mlg_text_arg(&en, MLG_EN, &arg_cases[_i].arg);
    ck_assert_str_eq(mlg_buffer_string(&fr), arg_cases[_i].fr);
    ck_assert_str_eq(mlg_buffer_string(&en), arg_cases[_i].en);
    mlg_buffer_free(&fr);
    mlg_buffer_free(&en);
}
END_TEST

START_TEST(the_plural_follows_the_language)
{
    const mlg_text_key key = mlg_text_find("cli_checked");
    char text[200];
    mlg_arg args[2] = {{.kind = MLG_ARG_COUNT, .number = 0}, {.kind = MLG_ARG_COUNT, .number = 2}};
    mlg_text_print(text, sizeof text, MLG_FR, key, args, 2);
    ck_assert_str_eq(text, "0 erreur, 2 avertissements");
    mlg_text_print(text, sizeof text, MLG_EN, key, args, 2);
    ck_assert_str_eq(text, "0 errors, 2 warnings");
    ck_assert_uint_eq(mlg_text_print(text, 5, MLG_EN, key, args, 2), 20);
    ck_assert_str_eq(text, "0 er");
}
END_TEST

static const struct {
    const char *words;
    double a, b;
    const char *said;
} choices[] = {
    {"{0/1?all|some}", 2, 2, "all"},
    {"{0/1?all|some}", 1, 2, "some"},
    {"{0/1?all|some}", 0, 0, "some"}, /* all of nothing is nothing */
    {"{0=1?same|other}", 0, 0, "same"},
    {"{0=1?same|other}", 27.6, 28.4, "same"}, /* as they read: 28 */
    {"{0=1?same|other}", 27.4, 28.4, "other"},
    {"{0=1?same|other}", NAN, NAN, "same"},
    {"{0/1?{1?the one|all {1}}|{0} of {1}} tie{1?|s}", 1, 1, "the one tie"},
    {"{0/1?{1?the one|all {1}}|{0} of {1}} tie{1?|s}", 3, 3, "all 3 ties"},
    {"{0/1?{1?the one|all {1}}|{0} of {1}} tie{1?|s}", 1, 3, "1 of 3 ties"},
    {"{0=1?{0/1?x|{0?y|z}}|{1}}.", 5, 6, "6."},
    {"{0/9?all|some}", 1, 1, "some"},         /* no such argument */
    {"{0/?all|some}", 1, 1, "{0/?all|some}"}, /* not well made: as it stands */
    {"{0=1?all}", 1, 1, "{0=1?all}"},
    {"a {0=1?b", 1, 1, "a {0=1?b"},
};

START_TEST(a_choice_may_compare_two_counts_and_hold_others)
{
    const mlg_arg args[2] = {{.kind = MLG_ARG_COUNT, .number = choices[_i].a},
                             {.kind = MLG_ARG_COUNT, .number = choices[_i].b}};
    mlg_buffer out = {0};
    mlg_text_render_words(&out, MLG_EN, choices[_i].words, args, 2);
    ck_assert_str_eq(mlg_buffer_string(&out), choices[_i].said);
    mlg_buffer_free(&out);
}
END_TEST

START_TEST(short_memory_inside_a_choice_is_told)
{
    const mlg_arg args[2] = {{.kind = MLG_ARG_COUNT, .number = 3},
                             {.kind = MLG_ARG_COUNT, .number = 3}};
    mlg_buffer out = {.failed = true};
    for (long n = 0; out.failed; n++) {
        ck_assert_int_lt(n, 100);
        mlg_buffer_free(&out);
        mlg_alloc_fails_at = n;
        mlg_text_render_words(&out, MLG_EN, "{0=1?the same|others}", args, 2);
        mlg_alloc_fails_at = -1;
    }
    ck_assert_str_eq(mlg_buffer_string(&out), "the same");
    mlg_buffer_free(&out);
}
END_TEST

/* Both languages, the same placeholders, and French spaces before high punctuation. */
START_TEST(every_text_stands_in_both_languages_with_the_same_arguments)
{
    for (mlg_text_key key = 1; key < mlg_text_count(); key++) {
        const char *fr = mlg_text(MLG_FR, key), *en = mlg_text(MLG_EN, key);
        ck_assert_msg(fr[0] != '\0' && en[0] != '\0', "%s lacks a language", mlg_text_name(key));
        ck_assert_int_eq(mlg_text_find(mlg_text_name(key)), key);
        for (char digit = '0'; digit <= '9'; digit++) {
            const char exact[] = {'{', digit, '\0'};
            ck_assert_msg((strstr(fr, exact) != NULL) == (strstr(en, exact) != NULL),
                          "%s: {%c} stands in one language only", mlg_text_name(key), digit);
        }
        for (const char *at = fr; (at = strchr(at, ' ')) != NULL; at++) {
            const bool is_operator = strncmp(at, " !=", 3) == 0;
            const bool is_high = at[1] != '\0' && strchr(";:!?", at[1]) != NULL;
            ck_assert_msg(!is_high || is_operator, "%s: a plain space before %c",
                          mlg_text_name(key), at[1]);
        }
        ck_assert_msg(strstr(fr, "« ") == NULL && strstr(fr, " »") == NULL,
                      "%s: a plain space inside French quotes", mlg_text_name(key));
        ck_assert_msg(strchr(fr, '\'') == NULL, "%s: a typewriter apostrophe", mlg_text_name(key));
    }
    ck_assert_str_eq(mlg_text(MLG_FR, -1), "");
    ck_assert_str_eq(mlg_text(MLG_FR, mlg_text_count()), "");
    ck_assert_int_eq(mlg_text_find("no such text"), 0);
}
END_TEST

START_TEST(languages_are_known_by_their_code)
{
    ck_assert_int_eq(mlg_language_find("fr"), MLG_FR);
    ck_assert_int_eq(mlg_language_find("EN_GB"), MLG_EN);
    ck_assert_int_eq(mlg_language_find("fr-CH"), MLG_FR);
    ck_assert_int_eq(mlg_language_find("frisian"), -1);
    ck_assert_int_eq(mlg_language_find(""), -1);
}
END_TEST

/* ---- numbers in any locale ---- */

START_TEST(numbers_keep_their_point_whatever_the_locale)
{
    static const char *const locales[] = {"C", "fr_FR.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8"};
    mlg_buffer out = {0};
    double value = 0.0;
    if (setlocale(LC_ALL, locales[_i]) == NULL) {
        return; /* not made on this machine */
    }
    mlg_buffer_number(&out, 0.1);
    mlg_buffer_char(&out, ' ');
    mlg_buffer_number(&out, -1234567.5);
    mlg_buffer_char(&out, ' ');
    mlg_buffer_fixed(&out, 2.5, 3);
    mlg_buffer_number(&out, NAN);
    ck_assert_str_eq(mlg_buffer_string(&out), "0.1 -1234567.5 2.500");
    ck_assert_uint_eq(mlg_number_read("1.5;", &value), 3);
    ck_assert_double_eq(value, 1.5);
    mlg_buffer_free(&out);
}
END_TEST

static const struct {
    const char *text;
    size_t used;
    double value;
} read_cases[] = {
    {"12", 2, 12},  {"-0.25x", 5, -0.25}, {"+.5", 3, 0.5},    {"1e5", 3, 1e5}, {"1e", 1, 1},
    {"1.", 2, 1},   {"", 0, 0},           {".", 0, 0},        {"inf", 0, 0},   {"nan", 0, 0},
    {"0x10", 1, 0}, {"-", 0, 0},          {"3E-2 ", 4, 0.03},
};

START_TEST(only_decimal_numbers_are_read)
{
    double value = 0.0;
    ck_assert_uint_eq(mlg_number_read(read_cases[_i].text, &value), read_cases[_i].used);
    if (read_cases[_i].used > 0) {
        ck_assert_double_eq(value, read_cases[_i].value);
    }
}
END_TEST

START_TEST(a_buffer_that_failed_swallows_the_rest_and_says_so)
{
    mlg_buffer out = {0};
    mlg_buffer_text(&out, "kept");
    mlg_alloc_fails_at = 0;
    for (int i = 0; i < 100; i++) {
        mlg_buffer_format(&out, "%s", "a text that needs more room");
    }
    ck_assert(out.failed);
    ck_assert_str_eq(mlg_buffer_string(&out), "kept");
    mlg_buffer_free(&out);
}
END_TEST

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

int main(void)
{
    Suite *suite = suite_create("text");
    TCase *text = tcase_create("text");
    tcase_add_loop_test(text, an_argument_prints_as_its_language_writes_it, 0, N_OF(arg_cases));
    tcase_add_test(text, the_plural_follows_the_language);
    tcase_add_loop_test(text, a_choice_may_compare_two_counts_and_hold_others, 0, N_OF(choices));
    tcase_add_test(text, short_memory_inside_a_choice_is_told);
    tcase_add_test(text, every_text_stands_in_both_languages_with_the_same_arguments);
    tcase_add_test(text, languages_are_known_by_their_code);
    tcase_add_loop_test(text, numbers_keep_their_point_whatever_the_locale, 0, 4);
    tcase_add_loop_test(text, only_decimal_numbers_are_read, 0, N_OF(read_cases));
    tcase_add_test(text, a_buffer_that_failed_swallows_the_rest_and_says_so);
    suite_add_tcase(suite, text);
    return suite_run(suite);
}
