/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/fold.h"

#include <string.h>
#include <utf8proc.h>

#include "base/memory.h"

/* A key is made in two passes over one scratch text. The first leaves small letters,
 * digits and symbols, a space for whatever parts words, and ' and . which the second
 * needs to see: they drop l' and join initials. */

enum { SCRATCH = 1024 }; /* bytes on the stack; longer texts take a block */

static bool is_ascii(const char *text, size_t length)
{
    unsigned char any = 0;
    for (size_t i = 0; i < length; i++) {
        any |= (unsigned char) text[i];
    }
    return any < 0x80;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char) c >= 0x80;
}

static bool is_word(char c)
{
    return c != ' ' && c != '\'' && c != '.';
}

/* Punctuation of ASCII parts words; + < = > ^ | ~ $ and the like are symbols that
 * belong to a name (A+ is not A). */
static char class_of_ascii(char c)
{
    if (c >= 'A' && c <= 'Z') {
        return (char) (c + ('a' - 'A'));
    }
    if (c == '\'' || c == '`') {
        return '\'';
    }
    const bool parts =
        (unsigned char) c <= ' ' || c == '\x7f' || strchr("!\"#%&()*,-/:;?@[\\]_{}", c) != NULL;
    if (parts) {
        return ' ';
    }
    return c;
}

/* Is it blank, invisible or punctuation (of any script)? */
static bool is_parting(utf8proc_int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO:
        return true;
    default:
        return false;
    }
}

/* One code point of the decomposition. Ids keep their punctuation. */
static size_t put_point(mlg_fold_kind kind, utf8proc_int32_t point, char *out)
{
    if (point == 0x153 || point == 0xe6) { /* utf8proc knows no decomposition of oe and ae */
        out[0] = 'a';
        if (point == 0x153) {
            out[0] = 'o';
        }
        out[1] = 'e';
        return 2;
    }
    if (point < 0x80) {
        const char written = (char) point, c = class_of_ascii(written);
        const bool keeps = kind == MLG_FOLD_ID && c == ' ' && point > ' ' && point < 0x7f;
        out[0] = c;
        if (keeps) {
            out[0] = written;
        }
        return 1;
    }
    if (is_parting(point)) {
        out[0] = ' ';
        return 1;
    }
    return (size_t) utf8proc_encode_char(point, (utf8proc_uint8_t *) out);
}

/* First pass. `out` has room for MLG_FOLD_GROWTH * length bytes (length when ASCII). */
static size_t simplify(mlg_fold_kind kind, const char *text, size_t length, bool ascii, char *out)
{
    const utf8proc_option_t options = UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                                      UTF8PROC_CASEFOLD | UTF8PROC_LUMP | UTF8PROC_IGNORE;
    size_t used = 0;
    if (ascii) {
        for (size_t i = 0; i < length; i++) {
            used += put_point(kind, text[i], out + used);
        }
        return used;
    }
    for (size_t i = 0; i < length;) {
        utf8proc_int32_t point = 0, parts[32];
        int boundary = 0;
        const utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *) text + i,
                                                        (utf8proc_ssize_t) (length - i), &point);
        if (taken <= 0) {
            out[used++] = text[i++];
            continue;
        }
        i += (size_t) taken;
        const utf8proc_ssize_t n = utf8proc_decompose_char(point, parts, 32, options, &boundary);
        for (utf8proc_ssize_t k = 0; k < n && k < 32; k++) {
            used += put_point(kind, parts[k], out + used);
        }
    }
    return used;
}

static bool is_stop_word(const char *word, size_t length)
{
    static const char *const words[] = {"de", "du", "des", "la", "le", "les"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i]) == length && memcmp(word, words[i], length) == 0) {
            return true;
        }
    }
    return false;
}

/* Joins initials in place: a dot behind a single letter, before another letter or a gap,
 * goes, so that c.c.a.s. is one word; any other dot parts words. */
static size_t join_initials(char *text, size_t length)
{
    size_t used = 0;
    char last = ' ', before = ' '; /* as they stood: the text is rewritten on the way */
    for (size_t i = 0; i < length; i++) {
        const char c = text[i];
        if (c == '.') {
            const bool single = is_letter(last) && (!is_word(before) || before == '.');
            const bool closes = i + 1 == length || is_letter(text[i + 1]) || !is_word(text[i + 1]);
            if (!single || !closes) {
                text[used++] = ' ';
            }
        } else {
            text[used++] = c;
        }
        before = last;
        last = c;
    }
    return used;
}

/* Second pass, in place: words and what parts them. */
static size_t tokenise(mlg_fold_kind kind, char *text, size_t length, bool drop_stop_words)
{
    const bool spaced = kind == MLG_FOLD_NAME;
    size_t used = 0;
    for (size_t i = 0; i < length;) {
        size_t end = i;
        while (end < length && text[end] != ' ' && text[end] != '\'') {
            end++;
        }
        const bool elided =
            end < length && text[end] == '\'' && end - i == 1 && (text[i] == 'l' || text[i] == 'd');
        if (end > i && !(drop_stop_words && (elided || is_stop_word(text + i, end - i)))) {
            if (spaced && used > 0) {
                text[used++] = ' ';
            }
            memmove(text + used, text + i, end - i);
            used += end - i;
        }
        i = end + 1;
    }
    return used;
}

/* Ids only lose their blanks. */
static size_t squeeze(char *text, size_t length)
{
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != ' ') {
            text[used++] = text[i];
        }
    }
    return used;
}

/* The key in `scratch`, or 0 when nothing is left of the text. */
static size_t fold_in(mlg_fold_kind kind, const char *text, size_t length, bool ascii,
                      char *scratch)
{
    size_t used = simplify(kind, text, length, ascii, scratch);
    if (kind == MLG_FOLD_ID) {
        return squeeze(scratch, used);
    }
    used = join_initials(scratch, used);
    if (kind == MLG_FOLD_HEADER) {
        return tokenise(kind, scratch, used, false);
    }
    /* Does a word stay when the stop words go? The pass works in place: look first. */
    char first[SCRATCH];
    const size_t looked = used < sizeof first ? used : sizeof first;
    memcpy(first, scratch, looked);
    const bool some_left = used > looked || tokenise(kind, first, looked, true) > 0;
    return tokenise(kind, scratch, used, some_left);
}

void mlg_fold_as(mlg_fold_kind kind, const char *text, size_t length, mlg_buffer *out)
{
    char small[SCRATCH];
    const bool ascii = is_ascii(text, length);
    const size_t growth = ascii ? 1 : MLG_FOLD_GROWTH;
    char *scratch = small;

    if (length > sizeof small / growth) {
        scratch = mlg_alloc(length, growth);
    }
    if (scratch == NULL) {
        out->failed = true;
        return;
    }
    const size_t used = fold_in(kind, text, length, ascii, scratch);
    if (used > 0) {
        mlg_buffer_bytes(out, scratch, used);
    } else {
        mlg_buffer_bytes(out, text, length);
    }
    if (scratch != small) {
        mlg_free(scratch);
    }
}

size_t mlg_fold_short(mlg_fold_kind kind, const char *text, size_t length, char *out, size_t room)
{
    const bool ascii = is_ascii(text, length);
    if (length >= room / (ascii ? 1 : MLG_FOLD_GROWTH)) {
        return room;
    }
    const size_t used = fold_in(kind, text, length, ascii, out);
    if (used == 0) {
        memcpy(out, text, length);
        return length;
    }
    return used;
}

/* Below U+0300 every code point is its own composed form, and no mark follows one. */
static bool is_composed(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char) text[i];
        if (c >= 0x80) {
            if (c < 0xc2 || c > 0xcb || i + 1 == length ||
                ((unsigned char) text[i + 1] >> 6) != 2) {
                return false;
            }
            i++;
        }
    }
    return true;
}

bool mlg_nfc(const char *text, size_t length, mlg_buffer *out)
{
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    if (is_composed(text, length)) {
        mlg_buffer_bytes(out, text, length);
        return true;
    }
    const utf8proc_ssize_t needed = utf8proc_decompose((const utf8proc_uint8_t *) text,
                                                       (utf8proc_ssize_t) length, NULL, 0, options);
    if (needed < 0) {
        return false;
    }
    /* one entry more: the encoder writes in place and ends the text */
    utf8proc_int32_t *points = mlg_alloc((size_t) needed + 1, sizeof *points);
    if (points == NULL) {
        out->failed = true;
        return true;
    }
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *) text,
                                            (utf8proc_ssize_t) length, points, needed, options);
    n = n < 0 ? n : utf8proc_reencode(points, n, options);
    if (n >= 0) {
        mlg_buffer_bytes(out, (const char *) points, (size_t) n);
    }
    mlg_free(points);
    return n >= 0;
}

enum { LONGEST_COMPARED = 255 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t mlg_edit_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                         size_t bound)
{
    /* Optimal string alignment: three rows of the table are alive at a time. */
    uint16_t rows[3][LONGEST_COMPARED + 1];
    uint16_t *before = rows[0], *last = rows[1], *row = rows[2];
    const size_t gap = a_length > b_length ? a_length - b_length : b_length - a_length;

    if (a_length == b_length && memcmp(a, b, a_length) == 0) {
        return 0;
    }
    if (gap > bound || a_length > LONGEST_COMPARED || b_length > LONGEST_COMPARED) {
        return bound + 1;
    }
    for (size_t j = 0; j <= b_length; j++) {
        last[j] = (uint16_t) j;
        before[j] = 0;
    }
    for (size_t i = 1; i <= a_length; i++) {
        size_t best = row[0] = (uint16_t) i;
        for (size_t j = 1; j <= b_length; j++) {
            const bool same = a[i - 1] == b[j - 1];
            size_t cost = least(least(last[j], row[j - 1]) + 1u, last[j - 1] + (same ? 0u : 1u));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                cost = least(cost, before[j - 2] + 1u);
            }
            row[j] = (uint16_t) cost;
            best = least(best, cost);
        }
        /* A swap looks two rows back, and adds one: below bound + 1 stays below. */
        if (best > bound) {
            return bound + 1;
        }
        uint16_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return least(last[b_length], bound + 1);
}

enum { ACRONYM = 4 }; /* bytes of the longest word taken for one */

bool mlg_keys_differ_by_acronym(const char *a, const char *b)
{
    bool short_only = false;
    while (*a != '\0' && *b != '\0') {
        const size_t m = strcspn(a, " "), n = strcspn(b, " ");
        if (m != n || memcmp(a, b, m) != 0) {
            if (m > ACRONYM || n > ACRONYM || (m == n && mlg_edit_distance(a, m, b, n, 1) == 1)) {
                return false;
            }
            short_only = true;
        }
        a += m + strspn(a + m, " ");
        b += n + strspn(b + n, " ");
    }
    return short_only && *a == '\0' && *b == '\0';
}
