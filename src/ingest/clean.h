/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_CLEAN_H
#define MLG_INGEST_CLEAN_H

#include <string.h>

#include "base/buffer.h"
#include "ingest/source.h"

/* What was seen while a cell was cleaned: bits. */
enum {
    MLG_SAW_BREAK = 1,     /* a line break or a tab: now a space */
    MLG_SAW_INVISIBLE = 2, /* direction marks, zero-width and soft hyphens: removed */
    MLG_SAW_DAMAGE = 4,    /* U+FFFD */
    MLG_SAW_DOUBLE = 8,    /* the second encoding of an encoded text: Ã© */
    MLG_SAW_CYRILLIC = 16, /* beside a Latin letter */
    MLG_SAW_GREEK = 32,
};

typedef struct mlg_cleaning {
    unsigned saw;
    uint32_t invisible; /* code of the first one removed */
    char doubled[8];    /* the first doubly encoded pair */
    bool no_memory;
} mlg_cleaning;

/* Is the text printable ASCII without a blank at either end? Then it is clean, and NFC. */
static inline bool mlg_is_clean(const char *text, size_t length)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t bad = 0;
    size_t at = 0;
    for (; at + 8 <= length; at += 8) {
        uint64_t word = 0;
        memcpy(&word, text + at, sizeof word);
        /* a byte under 0x20 borrows into its high bit; one of 0x80 or more has it */
        bad |= (word | (word - ones * 0x20)) & ones * 0x80;
    }
    for (; at < length; at++) {
        const unsigned char c = (unsigned char) text[at];
        bad |= (uint64_t) ((c - 0x20u) >= 0x60u);
    }
    return bad == 0 && (length == 0 || (text[0] != ' ' && text[length - 1] != ' '));
}

/* Writes the cell's clean form into `out` (cleared first): trimmed of every kind of blank,
 * without line breaks and invisible characters, in NFC. */
void mlg_clean(const char *text, size_t length, mlg_buffer *out, mlg_buffer *scratch,
               mlg_cleaning *cleaning);

#endif
