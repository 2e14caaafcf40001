/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/escape.h"

#include <string.h>

/* Length of a bidirectional control at the head of a text (U+202A..202E, 2066..2069),
 * or 0; `code` gets its number. */
static size_t bidi_control(const char *text, unsigned *code)
{
    const unsigned char *byte = (const unsigned char *) text;
    if (byte[0] != 0xe2 || byte[1] == 0 || byte[2] == 0) {
        return 0;
    }
    *code = 0x2000u | ((unsigned) (byte[1] & 0x3f) << 6) | (byte[2] & 0x3fu);
    const bool embeds = *code >= 0x202a && *code <= 0x202e;
    const bool isolates = *code >= 0x2066 && *code <= 0x2069;
    return embeds || isolates ? 3 : 0;
}

void mlg_html_escape(mlg_buffer *out, const char *text)
{
    while (*text != '\0') {
        const size_t plain = strcspn(text, "&<>\"'\xe2"
                                           "\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10"
                                           "\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d"
                                           "\x1e\x1f\x7f");
        unsigned code = 0;
        mlg_buffer_bytes(out, text, plain);
        text += plain;
        switch (*text) {
        case '\0':
            return;
        case '&':
            mlg_buffer_text(out, "&amp;");
            break;
        case '<':
            mlg_buffer_text(out, "&lt;");
            break;
        case '>':
            mlg_buffer_text(out, "&gt;");
            break;
        case '"':
            mlg_buffer_text(out, "&quot;");
            break;
        case '\'':
            mlg_buffer_text(out, "&#39;");
            break;
        case '\xe2':
            if (bidi_control(text, &code) > 0) {
                mlg_buffer_format(out, "[U+%04X]", code);
                text += 2;
            } else {
                mlg_buffer_char(out, *text);
            }
            break;
        default: /* XML has no way to write it */
            mlg_buffer_text(out, "\xef\xbf\xbd");
            break;
        }
        text++;
    }
}
