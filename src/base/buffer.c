/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/buffer.h"

#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void mlg_buffer_bytes(mlg_buffer *buffer, const char *bytes, size_t length)
{
    if (buffer->failed || !mlg_grow(&buffer->text, &buffer->room, buffer->length + length + 1, 1)) {
        buffer->failed = true;
        return;
    }
    if (length > 0) {
        memcpy(buffer->text + buffer->length, bytes, length);
    }
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void mlg_buffer_text(mlg_buffer *buffer, const char *text)
{
    mlg_buffer_bytes(buffer, text, strlen(text));
}

void mlg_buffer_char(mlg_buffer *buffer, char c)
{
    mlg_buffer_bytes(buffer, &c, 1);
}

void mlg_buffer_format(mlg_buffer *buffer, const char *format, ...)
{
    char small[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length >= 0 && (size_t) length < sizeof small) {
        mlg_buffer_bytes(buffer, small, (size_t) length);
    } else if (length >= 0 && !buffer->failed &&
               mlg_grow(&buffer->text, &buffer->room, buffer->length + (size_t) length + 1, 1)) {
        vsnprintf(buffer->text + buffer->length, (size_t) length + 1, format, again);
        buffer->length += (size_t) length;
    } else {
        buffer->failed = true;
    }
    va_end(again);
}

/* The host may have set a decimal comma (LC_NUMERIC): print under "C" in this
 * thread only. One object for the process, never freed: it is the C locale. */
static locale_t c_locale(void)
{
    static locale_t locale;
    locale_t known = __atomic_load_n(&locale, __ATOMIC_ACQUIRE);
    if (known == (locale_t) 0) {
        locale_t mine = newlocale(LC_ALL_MASK, "C", (locale_t) 0);
        locale_t none = (locale_t) 0;
        if (__atomic_compare_exchange_n(&locale, &none, mine, false, __ATOMIC_ACQ_REL,
                                        __ATOMIC_ACQUIRE)) {
            known = mine;
        } else {
            freelocale(mine);
            known = none;
        }
    }
    return known;
}

static void print_double(mlg_buffer *buffer, double value, const char *format, int digits)
{
    char text[400]; /* %.*f of 1e308 needs 309 digits and the decimals */
    const locale_t locale = c_locale();
    const locale_t before = locale != (locale_t) 0 ? uselocale(locale) : (locale_t) 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    const int length = snprintf(text, sizeof text, format, digits, value);
#pragma GCC diagnostic pop
    if (before != (locale_t) 0) {
        uselocale(before);
    }
    mlg_buffer_bytes(buffer, text, length > 0 ? (size_t) length : 0);
}

void mlg_buffer_number(mlg_buffer *buffer, double value)
{
    if (!isnan(value)) {
        print_double(buffer, value == 0.0 ? 0.0 : value, "%.*g", 15);
    }
}

void mlg_buffer_fixed(mlg_buffer *buffer, double value, int digits)
{
    if (!isnan(value)) {
        const double tiny = 0.5 * pow(10.0, -digits);
        print_double(buffer, fabs(value) < tiny ? 0.0 : value, "%.*f", digits > 30 ? 30 : digits);
    }
}

const char *mlg_buffer_string(const mlg_buffer *buffer)
{
    return buffer->text != NULL ? buffer->text : "";
}

void mlg_buffer_clear(mlg_buffer *buffer)
{
    buffer->length = 0;
    if (buffer->text != NULL) {
        buffer->text[0] = '\0';
    }
}

void mlg_buffer_free(mlg_buffer *buffer)
{
    mlg_free(buffer->text);
    *buffer = (mlg_buffer){0};
}

/* strtod also reads hexadecimal, inf and nan: only digits, one point and an
 * exponent are let through. */
size_t mlg_number_read(const char *text, double *value)
{
    size_t used = 0, digits = 0;
    if (text[used] == '+' || text[used] == '-') {
        used++;
    }
    for (; text[used] >= '0' && text[used] <= '9'; used++) {
        digits++;
    }
    if (text[used] == '.') {
        used++;
        for (; text[used] >= '0' && text[used] <= '9'; used++) {
            digits++;
        }
    }
    if (digits == 0) {
        return 0;
    }
    if (text[used] == 'e' || text[used] == 'E') {
        size_t tail = used + 1;
        if (text[tail] == '+' || text[tail] == '-') {
            tail++;
        }
        if (text[tail] >= '0' && text[tail] <= '9') {
            while (text[tail] >= '0' && text[tail] <= '9') {
                tail++;
            }
            used = tail;
        }
    }
    char copy[64];
    if (used >= sizeof copy) {
        return 0;
    }
    memcpy(copy, text, used);
    copy[used] = '\0';
    *value = strtod_l(copy, NULL, c_locale());
    return used;
}
