/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/number.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/texts.h"

enum { LONGEST = 60 }; /* digits and marks of a number; the reader of base takes 63 */

#define EXACT 9007199254740992.0 /* 2^53 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of the blank at text[0]: a space, or one of the fixed and thin ones that
 * spreadsheets put between thousands; 0 when it is none. */
static size_t blank_at(const char *text)
{
    if (*text == ' ') {
        return 1;
    }
    if (strncmp(text, "\xc2\xa0", 2) == 0) { /* U+00A0 */
        return 2;
    }
    return strncmp(text, "\xe2\x80\xaf", 3) == 0 || strncmp(text, "\xe2\x80\x89", 3) == 0 ? 3 : 0;
}

/* Digits, with blanks between groups of three; answers the bytes taken. */
static size_t take_whole(const char *text, char *out, size_t *used)
{
    size_t at = 0, group = 0;
    bool grouped = false;
    while (*used < LONGEST) {
        if (is_digit(text[at])) {
            out[(*used)++] = text[at++];
            group++;
            continue;
        }
        const size_t blank = blank_at(text + at);
        const char *next = text + at + blank;
        const bool three = blank > 0 && is_digit(next[0]) && is_digit(next[1]) &&
                           is_digit(next[2]) && !is_digit(next[3]);
        if (!three || group == 0 || group > 3 || (grouped && group != 3)) {
            break;
        }
        grouped = true;
        group = 0;
        at += blank;
    }
    return at;
}

/* The part before the exponent. Answers the bytes taken; 0 when it is no number. */
static size_t take_decimal(const char *text, char *out, size_t *used, mlg_number *number)
{
    const size_t before = *used;
    size_t at = take_whole(text, out, used);
    const size_t whole = *used - before;
    const bool plain = at == whole; /* no blanks between its thousands */

    if (text[at] == '.' || text[at] == ',') {
        const char mark = text[at++];
        size_t decimals = 0;
        out[(*used)++] = '.';
        for (; is_digit(text[at]) && *used < LONGEST; at++, decimals++) {
            out[(*used)++] = text[at];
        }
        if (whole + decimals == 0) {
            return 0;
        }
        const bool doubtful =
            plain && decimals == 3 && whole >= 1 && whole <= 3 && out[before] != '0';
        number->mark = mark == '.' ? (doubtful ? MLG_MARK_DOUBTFUL_POINT : MLG_MARK_POINT)
                                   : (doubtful ? MLG_MARK_DOUBTFUL_COMMA : MLG_MARK_COMMA);
    } else if (whole == 0) {
        return 0;
    }
    return at;
}

/* Why a text that is no number is none: the commonest accidents have their own words. */
static mlg_text_key why_not(const char *text, size_t length)
{
    const char *comma = memchr(text, ',', length), *point = memchr(text, '.', length);
    const char *mark = memchr(text, '?', length);
    size_t digits = 0, others = 0;
    for (size_t i = 0; i < length; i++) {
        digits += is_digit(text[i]) ? 1 : 0;
        others += !is_digit(text[i]) && strchr(",. ?-+%", text[i]) == NULL ? 1 : 0;
    }
    if (digits == 0 || others > 0) {
        return T_fault_bad_number;
    }
    if (mark != NULL && mark > text && is_digit(mark[-1]) && is_digit(mark[1])) {
        return T_fault_lost_space;
    }
    return comma != NULL && point != NULL ? T_fault_ambiguous_number : T_fault_bad_number;
}

static size_t skip_blanks(const char *text, size_t at)
{
    for (size_t blank = 0; (blank = blank_at(text + at)) > 0; at += blank) {
    }
    return at;
}

/* What stands behind the digits. */
static size_t take_unit(const char *text, size_t at, mlg_number *number)
{
    size_t end = skip_blanks(text, at);
    if (text[end] == '%') {
        number->percent = true;
        return skip_blanks(text, end + 1);
    }
    if (strncmp(text + end, "\xe2\x82\xac", 3) == 0) {
        number->euros = true;
        return skip_blanks(text, end + 3);
    }
    return end;
}

mlg_text_key mlg_number_cell(const char *text, size_t length, mlg_number *number)
{
    char digits[LONGEST + 4] = "";
    size_t used = 0, at = 0;

    *number = (mlg_number){.value = NAN};
    if (text[at] == '<' || text[at] == '>') {
        number->bound = text[at++];
        at += text[at] == '=' ? 1 : 0;
        at = skip_blanks(text, at);
    }
    if (text[at] == '-' || text[at] == '+') {
        digits[used++] = text[at++];
    } else if (strncmp(text + at, "\xe2\x88\x92", 3) == 0) { /* U+2212 */
        digits[used++] = '-';
        at += 3;
    }
    const size_t taken = take_decimal(text + at, digits, &used, number);
    at += taken;
    if (taken > 0 && (text[at] == 'e' || text[at] == 'E')) {
        digits[used++] = text[at++];
        if (text[at] == '-' || text[at] == '+') {
            digits[used++] = text[at++];
        }
        while (is_digit(text[at]) && used < LONGEST) {
            digits[used++] = text[at++];
        }
    }
    digits[used] = '\0';
    if (taken == 0 || take_unit(text, at, number) != length) {
        return why_not(text, length);
    }
    if (mlg_number_read(digits, &number->value) != used || !isfinite(number->value)) {
        number->value = NAN;
        return T_fault_bad_number;
    }
    if (number->mark == MLG_MARK_NONE && fabs(number->value) >= EXACT &&
        strpbrk(digits, "eE") == NULL) {
        number->value = NAN;
        return T_fault_number_too_large;
    }
    return T_none;
}
