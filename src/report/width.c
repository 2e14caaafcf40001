/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/width.h"

#include <string.h>

typedef struct range {
    uint32_t first, last;
} range;

/* Signs that take no column, then signs that take two; both ascending. The blocks of
 * Unicode that names of organisations can hold, not every script's every sign. */
static const range none[] = {
    {0x00ad, 0x00ad}, {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x0610, 0x061a},
    {0x064b, 0x065f}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x2064}, {0x2066, 0x2069},
    {0x20d0, 0x20f0}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff}, {0xe0100, 0xe01ef},
};
static const range two[] = {
    {0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},
    {0x4e00, 0x9fff},   {0xa000, 0xa4cf},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
    {0xfe30, 0xfe4f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
};

static bool within(uint32_t sign, const range *ranges, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (sign >= ranges[i].first && sign <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

int mlg_character_width(const char *text, size_t *length)
{
    const unsigned char *byte = (const unsigned char *) text;
    const size_t wanted = byte[0] < 0xc0 ? 1 : byte[0] < 0xe0 ? 2 : byte[0] < 0xf0 ? 3 : 4;
    uint32_t sign = byte[0];

    if (wanted > 1) {
        sign &= wanted == 2 ? 0x1fu : wanted == 3 ? 0x0fu : 0x07u;
    }
    *length = 1;
    while (*length < wanted && (byte[*length] & 0xc0) == 0x80) {
        sign = sign << 6 | (byte[*length] & 0x3fu);
        ++*length;
    }
    return within(sign, none, sizeof none / sizeof none[0]) ? 0
           : within(sign, two, sizeof two / sizeof two[0])  ? 2
                                                            : 1;
}

size_t mlg_display_width(const char *text)
{
    size_t width = 0, length = 0;
    for (; *text != '\0'; text += length) {
        width += (size_t) mlg_character_width(text, &length);
    }
    return width;
}

void mlg_pad(mlg_buffer *out, size_t columns)
{
    for (size_t i = 0; i < columns; i++) {
        mlg_buffer_char(out, ' ');
    }
}

static size_t word_width(const char *word, size_t bytes)
{
    size_t width = 0, length = 0;
    for (size_t at = 0; at < bytes; at += length) {
        width += (size_t) mlg_character_width(word + at, &length);
    }
    return width;
}

void mlg_wrap(mlg_buffer *out, const char *text, const char *head, size_t columns)
{
    const size_t indent = mlg_display_width(head);
    size_t used = indent;

    mlg_buffer_text(out, head);
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        const size_t bytes = strcspn(text, " ");
        const size_t width = word_width(text, bytes);
        if (used > indent && used + 1 + width > columns) {
            mlg_buffer_char(out, '\n');
            mlg_pad(out, indent);
            used = indent;
        } else if (used > indent) {
            mlg_buffer_char(out, ' ');
            used++;
        }
        mlg_buffer_bytes(out, text, bytes);
        used += width;
        text += bytes;
    }
    mlg_buffer_char(out, '\n');
}
