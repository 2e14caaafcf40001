/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/letters.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "report/width.h"

/* Hundredths of an em from space to tilde, in the widest of DejaVu Sans, Arial and their
 * like, rounded up. */
static const uint8_t ascii[] = {
    36, 41, 46, 84, 64, 96, 79, 28, 40,  40, 64, 84, 37, 46, 37, 46, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 46, 46, 84, 84, 84, 55, 100, 69, 69, 73, 78, 68, 62, 78, 76, 43, 46, 70, 56, 87, 75, 79,
    68, 79, 73, 69, 62, 74, 69, 99, 69,  68, 69, 46, 46, 46, 84, 64, 64, 62, 64, 56, 64, 62, 36, 64,
    64, 28, 35, 60, 28, 98, 64, 62, 64,  64, 43, 53, 40, 64, 60, 82, 60, 60, 53, 64, 46, 64, 84,
};

static double letter(const char *text, size_t *length, bool bold)
{
    const unsigned char first = (unsigned char) *text;
    const int columns = mlg_character_width(text, length);
    double ems = 0.75;

    if (columns == 0) {
        return 0.0;
    }
    if (first >= 0x20 && first < 0x7f) {
        ems = ascii[first - 0x20] / 100.0;
    } else if (columns == 2) {
        ems = 1.05;
    } else if (first == 0xc3) { /* letters of western Europe: capitals, then small ones */
        const unsigned char second = (unsigned char) text[1];
        ems = second == 0x86 ? 1.0 : second < 0xa0 ? 0.79 : second == 0xa6 ? 0.99 : 0.65;
    } else if (first == 0xc2) { /* no-break space, quotes */
        ems = 0.65;
    } else if (first == 0xe2) { /* ellipsis, dashes, apostrophe */
        ems = 1.0;
    }
    return bold ? 1.07 * ems + 0.05 : ems;
}

double mlg_letters_width(const char *text, bool bold)
{
    double ems = 0.0;
    size_t length = 0;
    for (; *text != '\0'; text += length) {
        ems += letter(text, &length, bold);
    }
    return ems;
}

void mlg_letters_fit(mlg_buffer *out, const char *text, double ems, bool bold)
{
    double used = 1.05; /* the ellipsis */
    size_t keep = 0, length = 0;

    if (mlg_letters_width(text, bold) <= ems) {
        mlg_buffer_text(out, text);
        return;
    }
    for (const char *at = text; *at != '\0'; at += length) {
        used += letter(at, &length, bold);
        if (used > ems) {
            break;
        }
        keep = *at == ' ' ? keep : (size_t) (at - text) + length;
    }
    mlg_buffer_bytes(out, text, keep);
    mlg_buffer_text(out, "\xe2\x80\xa6");
}

/* Width of the first `length` bytes. */
static double width_of(const char *text, size_t length, bool bold)
{
    double ems = 0.0;
    size_t one = 0;
    for (size_t at = 0; at < length; at += one) {
        ems += letter(text + at, &one, bold);
    }
    return ems;
}

double mlg_letters_wrap(mlg_buffer *out, const char *text, double ems, bool bold)
{
    double widest = 0.0;

    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        size_t line = strcspn(text, " ");
        for (size_t next = line; text[next] != '\0';) {
            next += strspn(text + next, " ");
            next += strcspn(text + next, " ");
            if (width_of(text, next, bold) > ems) {
                break;
            }
            line = next;
        }
        mlg_buffer_bytes(out, text, line);
        mlg_buffer_char(out, '\n');
        widest = fmax(widest, width_of(text, line, bold));
        text += line;
    }
    return widest;
}
