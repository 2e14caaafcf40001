/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/clean.h"

#include "base/fold.h"

/* The character at text[0], well-formed or ASCII; its length in *length. */
static uint32_t code_at(const char *text, const char *end, size_t *length)
{
    const unsigned char lead = (unsigned char) *text;
    const size_t wanted = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    uint32_t code = wanted == 1 ? lead : lead & (0x7fu >> wanted);

    *length = wanted <= (size_t) (end - text) ? wanted : 1;
    for (size_t i = 1; i < *length; i++) {
        code = code << 6 | ((unsigned char) text[i] & 0x3fu);
    }
    return code;
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || (code >= 9 && code <= 13) || code == 0xa0 || code == 0x1680 ||
           (code >= 0x2000 && code <= 0x200a) || code == 0x202f || code == 0x205f || code == 0x3000;
}

/* Not seen on a screen, yet making two equal names differ. */
static bool is_invisible(uint32_t code)
{
    return code == 0xad || (code >= 0x200b && code <= 0x200f) ||
           (code >= 0x202a && code <= 0x202e) || (code >= 0x2060 && code <= 0x2064) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff || code == 0x61c;
}

typedef enum script { SCRIPT_OTHER, SCRIPT_LATIN, SCRIPT_GREEK, SCRIPT_CYRILLIC } script;

static script script_of(uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
        (code >= 0xc0 && code <= 0x24f && code != 0xd7 && code != 0xf7)) {
        return SCRIPT_LATIN;
    }
    if (code >= 0x370 && code <= 0x3ff) {
        return SCRIPT_GREEK;
    }
    return code >= 0x400 && code <= 0x52f ? SCRIPT_CYRILLIC : SCRIPT_OTHER;
}

/* Letters of two scripts side by side: а word is not written so. A µ or Ω of a unit is
 * alone, and the Greek of "β-lactamine" is parted by its hyphen. */
static unsigned mixed(uint32_t before, uint32_t code)
{
    const script a = script_of(before), b = script_of(code);
    const bool latin = a == SCRIPT_LATIN || b == SCRIPT_LATIN;
    if (!latin || a == b) {
        return 0;
    }
    return a == SCRIPT_CYRILLIC || b == SCRIPT_CYRILLIC ? MLG_SAW_CYRILLIC
           : a == SCRIPT_GREEK || b == SCRIPT_GREEK     ? MLG_SAW_GREEK
                                                        : 0;
}

/* UTF-8 taken for Windows-1252 and encoded again: Ã or Â before what was a second byte. */
static bool is_doubled(uint32_t before, uint32_t code)
{
    const bool second = (code >= 0x80 && code <= 0xbf) || code == 0x2030 || code == 0x20ac ||
                        code == 0x2122 || code == 0x201c || code == 0x201d || code == 0x2039 ||
                        code == 0x203a || code == 0x152 || code == 0x160 || code == 0x17d;
    return (before == 0xc3 || before == 0xc2) && second;
}

static void note_doubled(mlg_cleaning *cleaning, const char *from, size_t length)
{
    if ((cleaning->saw & MLG_SAW_DOUBLE) == 0 && length < sizeof cleaning->doubled) {
        memcpy(cleaning->doubled, from, length);
        cleaning->doubled[length] = '\0';
    }
    cleaning->saw |= MLG_SAW_DOUBLE;
}

/* Copies the characters that count; answers whether one is beyond ASCII. */
static bool copy_visible(const char *text, const char *end, mlg_buffer *out, mlg_cleaning *cleaning)
{
    bool beyond = false;
    uint32_t before = 0;
    for (size_t length = 0; text < end; text += length) {
        const uint32_t code = code_at(text, end, &length);
        if (is_invisible(code)) {
            cleaning->invisible = cleaning->invisible == 0 ? code : cleaning->invisible;
            cleaning->saw |= MLG_SAW_INVISIBLE;
            continue;
        }
        if (code == '\n' || code == '\t') {
            cleaning->saw |= MLG_SAW_BREAK;
            mlg_buffer_char(out, ' ');
        } else {
            mlg_buffer_bytes(out, text, length);
        }
        if (is_doubled(before, code)) {
            note_doubled(cleaning, text - 2, length + 2);
        }
        cleaning->saw |= code == 0xfffd ? (unsigned) MLG_SAW_DAMAGE : mixed(before, code);
        beyond = beyond || code >= 0x80;
        before = code;
    }
    return beyond;
}

void mlg_clean(const char *text, size_t length, mlg_buffer *out, mlg_buffer *scratch,
               mlg_cleaning *cleaning)
{
    const char *end = text + length;
    size_t width = 0;

    mlg_buffer_clear(out);
    mlg_buffer_clear(scratch);
    *cleaning = (mlg_cleaning){0};
    while (text < end && is_blank(code_at(text, end, &width))) {
        text += width;
    }
    while (text < end) {
        const char *last = end - 1; /* first byte of the last character */
        while (last > text && ((unsigned char) *last & 0xc0) == 0x80) {
            last--;
        }
        if (!is_blank(code_at(last, end, &width))) {
            break;
        }
        end = last;
    }
    const bool beyond = copy_visible(text, end, scratch, cleaning);
    if (!beyond || !mlg_nfc(mlg_buffer_string(scratch), scratch->length, out)) {
        mlg_buffer_bytes(out, mlg_buffer_string(scratch), scratch->length);
    }
    cleaning->no_memory = out->failed || scratch->failed;
}
