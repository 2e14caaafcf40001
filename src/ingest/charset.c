/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <iconv.h>
#include <string.h>

#include "base/fail.h"
#include "base/texts.h"
#include "ingest/decode.h"

/* Encodings read without iconv: it needs modules that a small system may lack, and its
 * Windows-1252 cannot say where a MacRoman file went wrong. */
static const struct {
    const char *name;
    mlg_charset charset;
} known[] = {
    {"UTF-8", MLG_CHARSET_UTF8},          {"UTF8", MLG_CHARSET_UTF8},
    {"WINDOWS-1252", MLG_CHARSET_CP1252}, {"CP1252", MLG_CHARSET_CP1252},
    {"UTF-16LE", MLG_CHARSET_UTF16LE},    {"UTF-16BE", MLG_CHARSET_UTF16BE},
    {"UTF-16", MLG_CHARSET_UTF16LE},
};

static void in_capitals(const char *text, char *out, size_t room)
{
    size_t n = 0;
    for (; text[n] != '\0' && n + 1 < room; n++) {
        const char c = text[n];
        out[n] = (char) (c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    }
    out[n] = '\0';
}

static mlg_status open_asked(mlg_decoder *decoder, const char *asked, mlg_error *err)
{
    mlg_status status = MLG_OK;
    in_capitals(asked, decoder->name, sizeof decoder->name);
    decoder->fixed = true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(decoder->name, known[i].name) == 0) {
            decoder->charset = known[i].charset;
            return MLG_OK;
        }
    }
    /* A slash would pass options (//IGNORE) that hide what is wrong. */
    const bool plain = strchr(asked, '/') == NULL && strlen(asked) < sizeof decoder->name;
    iconv_t converter = plain ? iconv_open("UTF-8", asked) : (iconv_t) -1;
    if (converter == (iconv_t) -1) {
        const mlg_arg reason[] = {mlg_fail_arg(asked)};
        FAIL_TEXT(err, MLG_EARG, T_fail_encoding, reason, 1);
    }
    decoder->charset = MLG_CHARSET_OTHER;
    decoder->converter = (void *) converter;
out:
    return status;
}

static bool starts(const unsigned char *bytes, size_t n, const char *mark, size_t length)
{
    return n >= length && memcmp(bytes, mark, length) == 0;
}

/* Byte order marks; UTF-32's little-endian one begins like UTF-16's. */
static size_t read_mark(const unsigned char *bytes, size_t n, mlg_charset *charset, bool *wide)
{
    *wide = starts(bytes, n, "\xff\xfe\0\0", 4) || starts(bytes, n, "\0\0\xfe\xff", 4);
    if (*wide) {
        return 4;
    }
    if (starts(bytes, n, "\xef\xbb\xbf", 3)) {
        *charset = MLG_CHARSET_UTF8;
        return 3;
    }
    if (starts(bytes, n, "\xff\xfe", 2)) {
        *charset = MLG_CHARSET_UTF16LE;
        return 2;
    }
    if (starts(bytes, n, "\xfe\xff", 2)) {
        *charset = MLG_CHARSET_UTF16BE;
        return 2;
    }
    return 0;
}

/* UTF-16 without a mark: Latin text has a zero at every other byte. Half of them is
 * enough to be sure, and far more than any text in another encoding has. */
static mlg_charset guess_wide(const unsigned char *bytes, size_t n, bool *wide)
{
    size_t zeros[4] = {0};
    for (size_t i = 0; i < n; i++) {
        zeros[i % 4] += bytes[i] == 0 ? 1 : 0;
    }
    const size_t even = zeros[0] + zeros[2], odd = zeros[1] + zeros[3];
    if (n >= 8 && even + odd > n * 5 / 8) {
        *wide = true;
    } else if (n >= 4 && odd * 2 > n / 2 && even * 20 <= n) {
        return MLG_CHARSET_UTF16LE;
    } else if (n >= 4 && even * 2 > n / 2 && odd * 20 <= n) {
        return MLG_CHARSET_UTF16BE;
    }
    return MLG_CHARSET_ASCII;
}

mlg_status mlg_decoder_open(mlg_decoder *decoder, const char *asked, const unsigned char *bytes,
                            size_t n, size_t *skip, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_place place = {decoder->file, 1, 0, C_NONE};
    mlg_charset marked = MLG_CHARSET_ASCII;
    bool wide = false;

    *skip = 0;
    if (asked != NULL) {
        TRY(open_asked(decoder, asked, err));
    }
    const size_t mark = read_mark(bytes, n, &marked, &wide);
    if (!wide && mark > 0 && (!decoder->fixed || decoder->charset == marked)) {
        decoder->charset = marked;
        decoder->fixed = true;
        decoder->bom = true;
        *skip = mark;
    } else if (!wide && !decoder->fixed) {
        decoder->charset = guess_wide(bytes, n, &wide);
        if (!wide && decoder->charset != MLG_CHARSET_ASCII) {
            decoder->fixed = true;
            mlg_fault_text(decoder->model, MLG_WARNING, T_fault_guessed_utf16, place,
                           mlg_decoder_name(decoder), NULL);
        }
    }
    if (wide && (asked == NULL || decoder->charset != MLG_CHARSET_OTHER)) {
        mlg_fault_text(decoder->model, MLG_FATAL, T_fault_is_utf32, place, NULL, NULL);
        decoder->hopeless = true;
    }
out:
    return status;
}

const char *mlg_decoder_name(const mlg_decoder *decoder)
{
    switch (decoder->charset) {
    case MLG_CHARSET_ASCII:
    case MLG_CHARSET_UTF8:
        return "UTF-8";
    case MLG_CHARSET_CP1252:
        return "WINDOWS-1252";
    case MLG_CHARSET_UTF16LE:
        return "UTF-16LE";
    case MLG_CHARSET_UTF16BE:
        return "UTF-16BE";
    case MLG_CHARSET_OTHER:
        break;
    }
    return decoder->name;
}

void mlg_decoder_close(mlg_decoder *decoder)
{
    if (decoder->converter != NULL) {
        iconv_close((iconv_t) decoder->converter);
    }
    decoder->converter = NULL;
}
