/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/xml.h"

#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

static const char *reference_of(char sign)
{
    switch (sign) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\t':
        return "&#9;";
    case '\n':
        return "&#10;";
    case '\r':
        return "&#13;";
    default:
        return REPLACEMENT; /* a control character */
    }
}

/* Length of the character at the head of a text, 0 when it is none; `writable` tells
 * whether XML can hold it. */
static size_t character(const unsigned char *byte, bool *writable)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    const size_t length = byte[0] < 0xc2 ? 0 : byte[0] < 0xe0 ? 2 : byte[0] < 0xf0 ? 3 : 4;
    unsigned code = length > 0 ? byte[0] & (0x7fu >> length) : 0;

    if (length == 0 || byte[0] > 0xf4) {
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if ((byte[i] & 0xc0) != 0x80) {
            return 0;
        }
        code = code << 6 | (byte[i] & 0x3fu);
    }
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    *writable = code != 0xfffe && code != 0xffff;
    return code < least[length] || surrogate || code > 0x10ffff ? 0 : length;
}

void mlg_xml_text(mlg_buffer *out, const char *text)
{
    while (*text != '\0') {
        const unsigned char first = (unsigned char) *text;
        if (first >= 0x80) {
            bool writable = false;
            const size_t length = character((const unsigned char *) text, &writable);
            if (length > 0 && writable) {
                mlg_buffer_bytes(out, text, length);
            } else {
                mlg_buffer_text(out, REPLACEMENT);
            }
            text += length > 0 ? length : 1;
        } else if (first < 0x20 || strchr("&<>\"'\x7f", *text) != NULL) {
            /* U+007F may stand in XML, but nothing good comes of it */
            mlg_buffer_text(out, reference_of(*text));
            text++;
        } else {
            mlg_buffer_char(out, *text);
            text++;
        }
    }
}
