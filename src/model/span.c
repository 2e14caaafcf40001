/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/span.h"

#include <stdio.h>
#include <string.h>

#include "base/texts.h"

enum {
    FIRST_YEAR = 1800,
    LAST_YEAR = 2200,
    DOUBTFUL_YEAR = 30,   /* of two digits: read as 2030, while Excel may mean 1930 */
    LAST_DIGITS = 5,      /* of one number: an Excel serial */
    EXCEL_DAY_0 = -25569, /* 1899-12-30: Excel takes 1900 for a leap year */
};

/* The numbers of a date cell as they stand, and what joins them. */
typedef struct parts {
    int number[3];
    size_t digits[3];
    size_t n;
    char mark;        /* between the numbers: - / or . */
    const char *rest; /* what stands behind */
} parts;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool read_parts(const char *text, parts *out)
{
    *out = (parts){.rest = text};
    while (out->n < 3) {
        int number = 0;
        size_t digits = 0;
        for (; is_digit(out->rest[digits]); digits++) {
            if (digits == LAST_DIGITS) {
                return false;
            }
            number = number * 10 + (out->rest[digits] - '0');
        }
        if (digits == 0) {
            return false;
        }
        out->number[out->n] = number;
        out->digits[out->n] = digits;
        out->n++;
        out->rest += digits;
        const char mark = *out->rest;
        const bool joins = (mark == '-' || mark == '/' || mark == '.') &&
                           (out->mark == '\0' || out->mark == mark) && is_digit(out->rest[1]);
        if (!joins || out->n == 3) {
            break;
        }
        out->mark = mark;
        out->rest++;
    }
    return true;
}

static int days_in(int year, int month)
{
    const int next_year = month == 12 ? year + 1 : year;
    const int next_month = month == 12 ? 1 : month + 1;
    return mlg_day_of(next_year, next_month, 1) - mlg_day_of(year, month, 1);
}

/* A year, a month (0 = none) and a day (0 = none) as a span. */
static mlg_text_key span_of(int year, int month, int day, mlg_span *span)
{
    if (year < FIRST_YEAR || year > LAST_YEAR) {
        return T_fault_bad_year;
    }
    const int from_month = month == 0 ? 1 : month;
    const int to_month = month == 0 ? 12 : month;
    if (from_month > 12) {
        return T_fault_no_such_month;
    }
    if (day > days_in(year, from_month)) {
        return day <= 31 ? T_fault_no_such_day : T_fault_bad_date;
    }
    span->first = mlg_day_of(year, from_month, day == 0 ? 1 : day);
    span->last = mlg_day_of(year, to_month, day == 0 ? days_in(year, to_month) : day);
    return T_none;
}

/* Which number is the year, and is it written short? */
static mlg_text_key order_parts(const parts *in, mlg_span *span, bool *is_short)
{
    const int *number = in->number;
    const size_t *digits = in->digits;
    if (in->n == 1 && digits[0] == 4) {
        return span_of(number[0], 0, 0, span);
    }
    if (in->n == 2 && digits[0] == 4 && digits[1] <= 2 && number[1] > 0 && in->mark != '.') {
        return span_of(number[0], number[1], 0, span);
    }
    if (in->n == 2 && digits[0] <= 2 && digits[1] == 4 && number[0] > 0 && in->mark != '.') {
        return span_of(number[1], number[0], 0, span);
    }
    if (in->n != 3 || digits[1] > 2 || number[1] == 0) {
        return T_fault_bad_date;
    }
    if (digits[0] == 4 && digits[2] <= 2 && number[2] > 0) {
        return span_of(number[0], number[1], number[2], span);
    }
    if (digits[0] <= 2 && number[0] > 0 && (digits[2] == 4 || digits[2] == 2)) {
        *is_short = digits[2] == 2;
        return span_of(number[2] + (*is_short ? 2000 : 0), number[1], number[0], span);
    }
    return T_fault_bad_date;
}

/* A time of the day: 10:00, T10:00:30.5Z, T10:00+02:00. */
static bool is_time(const char *text)
{
    bool colon = false;
    if (*text != 'T' && *text != 't' && !is_blank(*text)) {
        return false;
    }
    do {
        text++;
    } while (is_blank(*text));
    if (!is_digit(*text)) {
        return false;
    }
    for (; *text != '\0'; text++) {
        colon = colon || *text == ':' || *text == 'h';
        if (!is_digit(*text) && strchr(":.,hZz+- ", *text) == NULL) {
            return false;
        }
    }
    return colon;
}

static bool is_serial(const parts *in)
{
    return in->digits[0] == LAST_DIGITS && in->number[0] >= 10000 &&
           (in->n == 1 || (in->n == 2 && in->mark == '.'));
}

/* A cell without its bound. Answers the fault's key, 0 for none. */
static mlg_text_key read_plain(const char *text, mlg_span *span, bool *refused)
{
    parts in;
    bool is_short = false;
    *refused = true;
    if (!read_parts(text, &in)) {
        return T_fault_bad_date;
    }
    if (is_serial(&in) && *in.rest == '\0') {
        span->first = span->last = EXCEL_DAY_0 + in.number[0];
        *refused = false;
        return T_fault_excel_date;
    }
    const mlg_text_key fault = order_parts(&in, span, &is_short);
    if (fault != T_none) {
        return fault;
    }
    const bool timed = in.n == 3 && is_time(in.rest);
    if (*in.rest != '\0' && !timed) {
        return T_fault_bad_date;
    }
    *refused = false;
    /* 01/09/31 may be 1931: spreadsheets part the centuries there */
    const bool doubtful = is_short && in.number[2] >= DOUBTFUL_YEAR;
    return doubtful ? T_fault_short_year : timed ? T_fault_time_cut : T_none;
}

/* Copies the cell without the blanks around; false when it is longer than any date. */
static bool trim(const char *text, char *out, size_t room)
{
    while (is_blank(*text)) {
        text++;
    }
    size_t length = strlen(text);
    while (length > 0 && is_blank(text[length - 1])) {
        length--;
    }
    if (length >= room) {
        return false;
    }
    memcpy(out, text, length);
    out[length] = '\0';
    return true;
}

mlg_span_reading mlg_span_read(const char *text, mlg_span *span, mlg_text_key *fault)
{
    char cell[64];
    char bound = '\0';
    bool included = false, refused = false;
    mlg_span read = mlg_span_unknown();

    *span = mlg_span_unknown();
    *fault = T_none;
    if (!trim(text, cell, sizeof cell)) {
        *fault = T_fault_bad_date;
        return MLG_SPAN_REFUSED;
    }
    if (cell[0] == '\0') {
        return MLG_SPAN_READ;
    }
    const char *here = cell;
    if (*here == '<' || *here == '>') {
        bound = *here++;
        included = *here == '=';
        here += included ? 1 : 0;
        while (is_blank(*here)) {
            here++;
        }
    }
    *fault = read_plain(here, &read, &refused);
    if (refused) {
        return MLG_SPAN_REFUSED;
    }
    if (bound == '<') {
        span->last = included ? read.last : read.first - 1;
    } else if (bound == '>') {
        span->first = included ? read.first : read.last + 1;
    } else {
        *span = read;
    }
    return *fault == T_none ? MLG_SPAN_READ : MLG_SPAN_DOUBTFUL;
}

int mlg_span_days(const char *text)
{
    char cell[64];
    parts in;
    if (!trim(text, cell, sizeof cell)) {
        return 0;
    }
    const char *day = cell + strspn(cell, "<>=");
    if (!read_parts(day + strspn(day, " "), &in) || in.n != 3 || in.number[1] < 1 ||
        in.number[1] > 12) {
        return 0;
    }
    const int year = in.digits[0] == 4 ? in.number[0] : in.number[2];
    return days_in(year < 100 ? year + 2000 : year, in.number[1]);
}

void mlg_span_tell(mlg_model *model, mlg_text_key fault, mlg_text_key key, mlg_place place,
                   const char *text)
{
    char days[16];
    snprintf(days, sizeof days, "%d", mlg_span_days(text));
    if (fault == T_fault_no_such_day) {
        mlg_fault_text(model, MLG_FATAL, fault, place, text, days);
    } else {
        mlg_fault_text(model, MLG_FATAL, fault == T_fault_no_such_month ? fault : key, place, text,
                       NULL);
    }
}

bool mlg_date_read(const char *text, int32_t *first, int32_t *last)
{
    mlg_span span = {MLG_EVER_FIRST, MLG_EVER_LAST};
    mlg_text_key fault = 0;
    const bool read = mlg_span_read(text, &span, &fault) != MLG_SPAN_REFUSED;
    *first = span.first;
    *last = span.last;
    return read && (span.first != MLG_EVER_FIRST || span.last != MLG_EVER_LAST);
}
