/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fold.h"
#include "base/texts.h"

#define NARROW_SPACE "\xe2\x80\xaf" /* U+202F: between thousands and before % in French */

static const struct {
    const char *name, *text[MLG_N_LANGUAGES];
} texts[T_count] = {
    [T_none] = {"", {"", ""}},
#define TEXT(name, fr, en) [T_##name] = {#name, {fr, en}},
#include "base/texts/all.def"
#undef TEXT
};

mlg_text_key mlg_text_count(void)
{
    return T_count;
}

mlg_text_key mlg_text_find(const char *name)
{
    for (mlg_text_key key = 1; key < T_count; key++) {
        if (strcmp(texts[key].name, name) == 0) {
            return key;
        }
    }
    return T_none;
}

const char *mlg_text(mlg_language language, mlg_text_key key)
{
    const bool known = key > 0 && key < T_count && language < MLG_N_LANGUAGES;
    return known ? texts[key].text[language] : "";
}

const char *mlg_text_name(mlg_text_key key)
{
    return key > 0 && key < T_count ? texts[key].name : "";
}

int mlg_language_find(const char *code)
{
    static const char *const codes[MLG_N_LANGUAGES] = {"fr", "en"};
    for (int language = 0; language < MLG_N_LANGUAGES; language++) {
        const bool same = (code[0] | 32) == codes[language][0] && code[0] != '\0' &&
                          (code[1] | 32) == codes[language][1];
        if (same && (code[2] == '\0' || code[2] == '-' || code[2] == '_')) {
            return language;
        }
    }
    return -1;
}

/* 12345.6 with one digit: "12 345,6" in French, "12,345.6" in English. Years are
 * texts, never numbers: they must not be parted. */
static void print_parted(mlg_buffer *out, mlg_language language, double value, int digits)
{
    mlg_buffer plain = {0};
    mlg_buffer_fixed(&plain, fabs(value), digits);
    const char *text = mlg_buffer_string(&plain);
    const size_t whole = strcspn(text, ".");
    const double least = 0.5 * pow(10.0, -digits);

    if (value < 0.0 && fabs(value) >= least) {
        mlg_buffer_text(out, "\xe2\x88\x92"); /* a true minus sign */
    }
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0) {
            mlg_buffer_text(out, language == MLG_FR ? NARROW_SPACE : ",");
        }
        mlg_buffer_char(out, text[i]);
    }
    if (text[whole] == '.') {
        mlg_buffer_char(out, language == MLG_FR ? ',' : '.');
        mlg_buffer_text(out, text + whole + 1);
    }
    out->failed = out->failed || plain.failed;
    mlg_buffer_free(&plain);
}

/* Takes back an equals sign with its space: "p = " before a bound is "p < ". */
static void take_back_equals(mlg_buffer *out)
{
    static const char *const signs[] = {"= ", "=\xc2\xa0"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const size_t n = strlen(signs[i]);
        if (out->length >= n && memcmp(out->text + out->length - n, signs[i], n) == 0) {
            out->length -= n;
            out->text[out->length] = '\0';
            return;
        }
    }
}

static void print_p(mlg_buffer *out, mlg_language language, double p, int digits)
{
    const int shown = digits > 0 ? digits : 4;
    const double least = pow(10.0, -shown);
    if (p < least) {
        take_back_equals(out);
        mlg_buffer_text(out, "<\xc2\xa0");
        print_parted(out, language, least, shown);
    } else {
        /* two figures that count: .2515 reads as 0.25, .0412 as 0.041, .0003 as 0.0003 */
        const int needed = 1 - (int) floor(log10(p));
        print_parted(out, language, p, needed < 2 ? 2 : needed > shown ? shown : needed);
    }
}

/* Howard Hinnant's civil-from-days, in 400-year eras from 1 March of year 0. */
static void print_date(mlg_buffer *out, mlg_language language, double days)
{
    const long shifted = lround(days) + 719468;
    const long era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const long day_of_era = shifted - era * 146097;
    const long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const long shifted_month = (5 * day_of_year + 2) / 153;
    const long day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    const long month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
    const long year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);

    mlg_buffer_format(out, language == MLG_FR && day == 1 ? "%lder " : "%ld ", day);
    mlg_buffer_text(out, mlg_text(language, T_month_1 + (mlg_text_key) month - 1));
    mlg_buffer_format(out, " %ld", year);
}

void mlg_text_arg(mlg_buffer *out, mlg_language language, const mlg_arg *arg)
{
    const bool numeric = arg->kind == MLG_ARG_COUNT || arg->kind == MLG_ARG_NUMBER ||
                         arg->kind == MLG_ARG_SHARE || arg->kind == MLG_ARG_P ||
                         arg->kind == MLG_ARG_DATE;
    if (numeric && isnan(arg->number)) {
        mlg_buffer_text(out, mlg_text(language, T_undefined));
        return;
    }
    switch (arg->kind) {
    case MLG_ARG_TEXT:
        mlg_buffer_text(out, arg->text != NULL ? arg->text : "");
        break;
    case MLG_ARG_KEY:
        mlg_buffer_text(out, mlg_text(language, arg->key));
        break;
    case MLG_ARG_COUNT:
        print_parted(out, language, arg->number, 0);
        break;
    case MLG_ARG_NUMBER:
        print_parted(out, language, arg->number, arg->digits);
        break;
    case MLG_ARG_SHARE:
        print_parted(out, language, 100.0 * arg->number, arg->digits);
        mlg_buffer_text(out, language == MLG_FR ? NARROW_SPACE "%" : "%");
        break;
    case MLG_ARG_P:
        print_p(out, language, arg->number, arg->digits);
        break;
    case MLG_ARG_DATE:
        print_date(out, language, arg->number);
        break;
    case MLG_ARG_LABEL:
        mlg_buffer_char(out, '?');
        break;
    }
}

/* French counts as one below 2 ("0 lien", "1,5 lien"), English only 1 itself. */
static bool is_singular(mlg_language language, double count)
{
    return language == MLG_FR ? fabs(count) < 2.0 : fabs(count) == 1.0;
}

/* The first of a few signs outside of inner braces, up to `end`; NULL when there is none. */
static const char *find_outside(const char *from, const char *end, char sign)
{
    int depth = 0;
    for (; from < end; from++) {
        if (depth == 0 && *from == sign) {
            return from;
        }
        depth += *from == '{' ? 1 : *from == '}' ? -1 : 0;
    }
    return NULL;
}

/* Do two arguments read the same? */
static bool print_alike(mlg_buffer *out, mlg_language language, const mlg_arg *a, const mlg_arg *b)
{
    mlg_buffer one = {0}, other = {0};
    mlg_text_arg(&one, language, a);
    mlg_text_arg(&other, language, b);
    const bool alike = strcmp(mlg_buffer_string(&one), mlg_buffer_string(&other)) == 0;
    out->failed = out->failed || one.failed || other.failed;
    mlg_buffer_free(&one);
    mlg_buffer_free(&other);
    return alike;
}

static void print_span(mlg_buffer *out, mlg_language language, const char *text, const char *end,
                       const mlg_arg *args, size_t n_args);

/* What stands before the question mark of a choice: a count, a pair that reads the same, a count
 * that is all of another. Answers where the question mark is, or NULL when it is not well made. */
static const char *read_choice(mlg_buffer *out, mlg_language language, const char *after,
                               const mlg_arg *arg, const mlg_arg *args, size_t n_args, bool *first)
{
    if (*after == '?') {
        *first = arg == NULL || is_singular(language, arg->number);
        return after;
    }
    char *end = NULL;
    const unsigned long index = strtoul(after + 1, &end, 10);
    const mlg_arg *other = index < n_args ? &args[index] : NULL;
    if (end == after + 1 || *end != '?') {
        return NULL;
    }
    *first = arg != NULL && other != NULL && (*after == '=' || other->number != 0.0) &&
             print_alike(out, language, arg, other);
    return end;
}

/* One placeholder, `from` just after its brace; answers the end of it, after the
 * closing brace, or NULL when it is not well made. */
static const char *print_placeholder(mlg_buffer *out, mlg_language language, const char *from,
                                     const char *end, const mlg_arg *args, size_t n_args)
{
    char *after = NULL;
    bool first = false;
    const unsigned long index = strtoul(from, &after, 10);
    const char *close = find_outside(from, end, '}');
    const mlg_arg *arg = index < n_args ? &args[index] : NULL;

    if (after == from || close == NULL) {
        return NULL;
    }
    if (*after == '}') {
        if (arg != NULL) {
            mlg_text_arg(out, language, arg);
        } else {
            mlg_buffer_char(out, '?');
        }
        return close + 1;
    }
    const char *mark = *after == '?' || *after == '=' || *after == '/'
                           ? read_choice(out, language, after, arg, args, n_args, &first)
                           : NULL;
    const char *bar = mark != NULL ? find_outside(mark, close, '|') : NULL;
    if (bar == NULL) {
        return NULL;
    }
    print_span(out, language, first ? mark + 1 : bar + 1, first ? bar : close, args, n_args);
    return close + 1;
}

static void print_span(mlg_buffer *out, mlg_language language, const char *text, const char *end,
                       const mlg_arg *args, size_t n_args)
{
    while (text < end) {
        const char *brace = memchr(text, '{', (size_t) (end - text));
        const char *plain = brace != NULL ? brace : end;
        mlg_buffer_bytes(out, text, (size_t) (plain - text));
        text = plain;
        if (brace == NULL) {
            return;
        }
        if (text + 1 < end && text[1] == '{') {
            mlg_buffer_char(out, '{');
            text += 2;
        } else {
            const char *next = print_placeholder(out, language, text + 1, end, args, n_args);
            if (next == NULL) {
                mlg_buffer_char(out, '{');
            }
            text = next != NULL ? next : text + 1;
        }
    }
}

void mlg_text_render_words(mlg_buffer *out, mlg_language language, const char *words,
                           const mlg_arg *args, size_t n_args)
{
    print_span(out, language, words, words + strlen(words), args, n_args);
}

void mlg_text_render(mlg_buffer *out, mlg_language language, mlg_text_key key, const mlg_arg *args,
                     size_t n_args)
{
    mlg_text_render_words(out, language, mlg_text(language, key), args, n_args);
}

size_t mlg_text_print(char *out, size_t room, mlg_language language, mlg_text_key key,
                      const mlg_arg *args, size_t n_args)
{
    mlg_buffer buffer = {0};
    mlg_text_render(&buffer, language, key, args, n_args);
    const size_t length = buffer.length;
    if (room > 0) {
        const size_t kept = length < room ? length : room - 1;
        memcpy(out, mlg_buffer_string(&buffer), kept);
        out[kept] = '\0';
    }
    mlg_buffer_free(&buffer);
    return length;
}

size_t mlg_text_distance(const char *a, const char *b)
{
    const size_t most = 255; /* bytes of a word; longer ones are only the same or not */
    return mlg_edit_distance(a, strlen(a), b, strlen(b), most);
}
