/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/decode.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "ingest/bytes.h"

enum {
    CHUNK = 32,       /* bytes tested at once: 16 or 64 are no faster here */
    MOST_BAD = 10000, /* bytes that are no text, before a file is given up */
    BEYOND = 0x110000,
};

/* ---- where a fault is ----------------------------------------------------- */

/* Line of the window's end. CR and CRLF may still stand in what was just decoded. */
static int32_t line_at_end(const mlg_window *window)
{
    int32_t line = window->line;
    for (size_t i = window->start; i < window->end; i++) {
        const bool cr = window->text[i] == '\r';
        if (cr ? i + 1 == window->end || window->text[i + 1] != '\n' : window->text[i] == '\n') {
            line++;
        }
    }
    return line;
}

static void report(mlg_decoder *decoder, const mlg_window *window, mlg_severity severity,
                   mlg_text_key key, unsigned byte)
{
    static const char digits[] = "0123456789ABCDEF";
    const char hex[5] = {'0', 'x', digits[byte >> 4 & 15], digits[byte & 15], '\0'};
    const mlg_place place = {decoder->file, line_at_end(window), 0, C_NONE};
    mlg_fault_text(decoder->model, severity, key, place, hex, NULL);
    decoder->n_bad++;
    if (decoder->n_bad == MOST_BAD && severity == MLG_FATAL) {
        mlg_fault_text(decoder->model, MLG_FATAL, T_fault_not_text, place, NULL, NULL);
        decoder->hopeless = true;
    }
}

/* ---- characters ----------------------------------------------------------- */

static void put(mlg_window *window, char c)
{
    window->text[window->end++] = c;
}

static bool at_line_start(const mlg_window *window)
{
    if (window->end == window->start) {
        return true;
    }
    const char before = window->text[window->end - 1];
    return before == '\n' || before == '\r';
}

/* Writes a character as UTF-8, or reports it and writes a question mark. */
static void put_code(mlg_decoder *decoder, mlg_window *window, uint32_t code, bool final)
{
    if (code < 0x20 && code != '\n' && code != '\r' && code != '\t') {
        if (code == 0x1a && final) {
            return; /* the end mark of old DOS programs */
        }
        report(decoder, window, MLG_FATAL,
               code == 0 ? T_fault_null_byte : T_fault_control_character, code);
        put(window, '?');
    } else if (code < 0x80) {
        put(window, (char) code);
    } else if (code < 0x800) {
        put(window, (char) (0xc0 | code >> 6));
        put(window, (char) (0x80 | (code & 0x3f)));
    } else if (code < 0x10000) {
        if (code == 0xfeff && at_line_start(window)) {
            report(decoder, window, MLG_FATAL, T_fault_bom_inside, 0xef);
        }
        put(window, (char) (0xe0 | code >> 12));
        put(window, (char) (0x80 | (code >> 6 & 0x3f)));
        put(window, (char) (0x80 | (code & 0x3f)));
    } else {
        put(window, (char) (0xf0 | code >> 18));
        put(window, (char) (0x80 | (code >> 12 & 0x3f)));
        put(window, (char) (0x80 | (code >> 6 & 0x3f)));
        put(window, (char) (0x80 | (code & 0x3f)));
    }
}

/* Are all bytes of a chunk text as it is, in any of our encodings of single bytes? No
 * branch inside: the compiler makes it a handful of vector operations. */
static bool is_plain(const unsigned char *bytes)
{
    unsigned char bad = 0;
    for (int i = 0; i < CHUNK; i++) {
        const unsigned char c = bytes[i];
        bad |=
            (unsigned char) ((c & 0x80) | ((c < 0x20) & (c != '\n') & (c != '\r') & (c != '\t')));
    }
    return bad == 0;
}

/* ---- UTF-8 ---------------------------------------------------------------- */

/* Length of the well-formed character at bytes[0] >= 0x80, with its code; 0 when it is
 * none, -1 when the bytes end before it does. Overlong forms, surrogates and codes past
 * U+10FFFF are none. */
static int read_utf8(const unsigned char *bytes, size_t n, uint32_t *code)
{
    const unsigned char lead = bytes[0];
    const int length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    uint32_t value = lead & (0x7fu >> length);

    if (lead < 0xc2 || lead > 0xf4) {
        return 0;
    }
    for (int i = 1; i < length; i++) {
        if ((size_t) i >= n) {
            return -1;
        }
        if ((bytes[i] & 0xc0) != 0x80) {
            return 0;
        }
        value = value << 6 | (bytes[i] & 0x3f);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value >= BEYOND || (value >= 0xd800 && value < 0xe000)) {
        return 0;
    }
    *code = value;
    return length;
}

/* Until here the file was ASCII. UTF-8 when at least half of what is beyond is: a stray
 * byte is then a fault with its line, and the file is never silently taken for another
 * encoding. Undecided when only the beginning of a character is there. */
static mlg_charset tell_charset(const unsigned char *bytes, size_t n, bool last)
{
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < n;) {
        uint32_t code = 0;
        if (bytes[i] < 0x80) {
            i++;
            continue;
        }
        const int length = read_utf8(bytes + i, n - i, &code);
        if (length < 0 && !last) {
            break;
        }
        good += length > 0 ? 1 : 0;
        bad += length <= 0 ? 1 : 0;
        i += length > 0 ? (size_t) length : 1;
    }
    return good + bad == 0 ? MLG_CHARSET_ASCII
           : good >= bad   ? MLG_CHARSET_UTF8
                           : MLG_CHARSET_CP1252;
}

/* One character of UTF-8; answers the bytes taken, 0 when it is cut by the block's end. */
static size_t step_utf8(mlg_decoder *decoder, const unsigned char *bytes, size_t n, bool last,
                        mlg_window *window)
{
    uint32_t code = bytes[0];
    if (code >= 0x20 && code < 0x80) {
        put(window, (char) code);
        return 1;
    }
    if (code < 0x80) {
        put_code(decoder, window, code, last && n == 1);
        return 1;
    }
    const int length = read_utf8(bytes, n, &code);
    if (length < 0 && !last) {
        return 0;
    }
    if (length <= 0) {
        report(decoder, window, MLG_FATAL, T_fault_bad_utf8, bytes[0]);
        put(window, '?');
        return 1;
    }
    if (code == 0xfeff) {
        put_code(decoder, window, code, false);
    } else {
        memcpy(window->text + window->end, bytes, (size_t) length);
        window->end += (size_t) length;
    }
    return (size_t) length;
}

/* ---- Windows-1252 --------------------------------------------------------- */

/* Codes of 0x80..0x9f; 0 = no character. */
static const uint16_t cp1252[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static bool is_small_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

static size_t step_cp1252(mlg_decoder *decoder, const unsigned char *bytes, size_t n, bool last,
                          mlg_window *window)
{
    const unsigned char c = bytes[0];
    const uint32_t code = c >= 0x80 && c < 0xa0 ? cp1252[c - 0x80] : c;
    /* 0x8E and 0x8F are é and è in MacRoman; here they are a capital and nothing. */
    if ((c == 0x8e || c == 0x8f) && n == 1 && !last) {
        return 0; /* what follows tells */
    }
    const bool between = window->end > window->start && n > 1 &&
                         is_small_letter(window->text[window->end - 1]) &&
                         is_small_letter((char) bytes[1]);
    if ((c == 0x8e || c == 0x8f) && between) {
        report(decoder, window, MLG_FATAL, T_fault_is_macroman, c);
        put(window, '?');
        return 1;
    }
    if (c >= 0x80 && code == 0) {
        report(decoder, window, MLG_FATAL, T_fault_bad_cp1252, c);
        put(window, '?');
        return 1;
    }
    if (c == 0xa4) {
        report(decoder, window, MLG_WARNING, T_fault_currency_sign, c);
    }
    put_code(decoder, window, code, last && n == 1);
    return 1;
}

/* ---- UTF-16 --------------------------------------------------------------- */

static uint32_t unit_at(const mlg_decoder *decoder, const unsigned char *bytes)
{
    return decoder->charset == MLG_CHARSET_UTF16LE ? bytes[0] | (uint32_t) bytes[1] << 8
                                                   : bytes[1] | (uint32_t) bytes[0] << 8;
}

static size_t step_utf16(mlg_decoder *decoder, const unsigned char *bytes, size_t n, bool last,
                         mlg_window *window)
{
    if (n < 2) {
        if (last) {
            report(decoder, window, MLG_FATAL, T_fault_truncated_utf16, bytes[0]);
        }
        return last ? 1 : 0;
    }
    const uint32_t high = unit_at(decoder, bytes);
    if (high < 0xd800 || high >= 0xe000) {
        put_code(decoder, window, high, last && n == 2);
        return 2;
    }
    if (n < 4 && !last) {
        return 0;
    }
    const uint32_t low = n >= 4 ? unit_at(decoder, bytes + 2) : 0;
    if (high < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
        put_code(decoder, window, 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), false);
        return 4;
    }
    report(decoder, window, MLG_FATAL, T_fault_bad_utf16, bytes[0]);
    put(window, '?');
    return 2;
}

/* ---- blocks --------------------------------------------------------------- */

/* Single bytes that mean themselves in chunks, the rest one by one. Answers how many
 * bytes were taken; the rest is the beginning of a character. */
static size_t decode_bytes(mlg_decoder *decoder, const unsigned char *bytes, size_t n, bool last,
                           mlg_window *window)
{
    size_t i = 0;
    while (i < n && !decoder->hopeless) {
        size_t stop = n;
        if (n - i >= CHUNK) {
            if (is_plain(bytes + i)) {
                memcpy(window->text + window->end, bytes + i, CHUNK);
                window->end += CHUNK;
                i += CHUNK;
                continue;
            }
            stop = i + CHUNK;
        }
        while (i < stop && !decoder->hopeless) {
            if (bytes[i] >= 0x80 && decoder->charset == MLG_CHARSET_ASCII) {
                decoder->charset = tell_charset(bytes + i, n - i, last);
                if (decoder->charset == MLG_CHARSET_ASCII) {
                    return i;
                }
            }
            const size_t taken = decoder->charset == MLG_CHARSET_CP1252
                                     ? step_cp1252(decoder, bytes + i, n - i, last, window)
                                     : step_utf8(decoder, bytes + i, n - i, last, window);
            if (taken == 0) {
                return i;
            }
            i += taken;
        }
    }
    return i;
}

static size_t decode_utf16(mlg_decoder *decoder, const unsigned char *bytes, size_t n, bool last,
                           mlg_window *window)
{
    size_t i = 0;
    while (i < n && !decoder->hopeless) {
        const size_t taken = step_utf16(decoder, bytes + i, n - i, last, window);
        if (taken == 0) {
            break;
        }
        i += taken;
    }
    return i;
}

/* Through iconv in slices, whose UTF-8 then goes the way of all UTF-8. */
static size_t decode_other(mlg_decoder *decoder, const unsigned char *bytes, size_t n, bool last,
                           mlg_window *window)
{
    char slice[4096];
    char *in = (char *) (uintptr_t) bytes; /* iconv's old signature: it does not write there */
    size_t in_left = n;
    while (in_left > 0 && !decoder->hopeless) {
        char *out = slice;
        size_t out_left = sizeof slice;
        const size_t rc = iconv((iconv_t) decoder->converter, &in, &in_left, &out, &out_left);
        const int reason = errno;
        if (!mlg_grow(&window->text, &window->room, window->end + sizeof slice + CHUNK, 1)) {
            decoder->no_memory = true;
            break;
        }
        decode_bytes(decoder, (const unsigned char *) slice, sizeof slice - out_left,
                     last && in_left == 0, window);
        if (rc != (size_t) -1 || (reason == E2BIG && out_left < sizeof slice)) {
            continue;
        }
        if (reason == EINVAL && !last && in_left <= MLG_BLOCK_HEAD) {
            break;
        }
        report(decoder, window, MLG_FATAL, T_fault_bad_byte, (unsigned char) *in);
        put(window, '?');
        in++;
        in_left--;
    }
    return n - in_left;
}

/* CRLF and CR become LF from `from` on, in place, counted by kind. */
static void end_lines_alike(mlg_decoder *decoder, mlg_window *window, size_t from)
{
    char *text = window->text;
    size_t in = from, out = from;
    const size_t end = window->end;

    if (in < end && decoder->after_cr) {
        decoder->after_cr = false;
        if (text[in] == '\n') {
            decoder->n_crlf++;
            in++;
        } else {
            decoder->n_cr++;
        }
    }
    while (in < end) {
        const char *cr = memchr(text + in, '\r', end - in);
        const size_t run = cr != NULL ? (size_t) (cr - (text + in)) : end - in;
        /* One is enough to know while no CR is in sight: counting them all would cost a
         * pass over every ordinary file. */
        const bool counts = cr != NULL || decoder->n_crlf + decoder->n_cr > 0;
        for (const char *lf = memchr(text + in, '\n', run); lf != NULL && counts;
             lf = memchr(lf + 1, '\n', (size_t) (text + in + run - (lf + 1)))) {
            decoder->n_lf++;
        }
        if (!counts && decoder->n_lf == 0 && memchr(text + in, '\n', run) != NULL) {
            decoder->n_lf = 1;
        }
        if (in != out) {
            memmove(text + out, text + in, run);
        }
        in += run;
        out += run;
        if (cr == NULL) {
            break;
        }
        text[out++] = '\n';
        in++;
        if (in == end) {
            decoder->after_cr = true;
        } else if (text[in] == '\n') {
            decoder->n_crlf++;
            in++;
        } else {
            decoder->n_cr++;
        }
    }
    window->end = out;
}

mlg_status mlg_decode(mlg_decoder *decoder, const unsigned char *bytes, size_t n, bool last,
                      mlg_window *window, size_t *left, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t from = window->end;
    size_t taken = 0;

    *left = 0;
    /* Three bytes of UTF-8 for one of Windows-1252; what iconv makes is measured there. */
    if (!mlg_grow(&window->text, &window->room, from + 3 * n + CHUNK, 1)) {
        FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
    }
    switch (decoder->charset) {
    case MLG_CHARSET_ASCII:
    case MLG_CHARSET_UTF8:
    case MLG_CHARSET_CP1252:
        taken = decode_bytes(decoder, bytes, n, last, window);
        break;
    case MLG_CHARSET_UTF16LE:
    case MLG_CHARSET_UTF16BE:
        taken = decode_utf16(decoder, bytes, n, last, window);
        break;
    case MLG_CHARSET_OTHER:
        taken = decode_other(decoder, bytes, n, last, window);
        break;
    }
    if (decoder->no_memory) {
        FAIL(err, MLG_ENOMEM, "out of memory in %s", __func__);
    }
    *left = decoder->hopeless ? 0 : n - taken;
    end_lines_alike(decoder, window, from);
    if (last && decoder->after_cr) {
        decoder->after_cr = false;
        decoder->n_cr++;
    }
out:
    return status;
}
