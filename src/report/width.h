/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_WIDTH_H
#define MLG_REPORT_WIDTH_H

#include "base/buffer.h"

/* Columns that a UTF-8 text takes on a terminal: accents put on the letter before and
 * joiners take none, ideographs and pictures two. The C library's wcwidth() would
 * follow the locale. */
size_t mlg_display_width(const char *text);
/* Width of the character at the head of a text; `length` gets its bytes. */
int mlg_character_width(const char *text, size_t *length);

/* Appends a text broken at spaces into lines of at most `columns`: the first after
 * `head`, the others after as many spaces. Ends each line. A longer word stands alone. */
void mlg_wrap(mlg_buffer *out, const char *text, const char *head, size_t columns);
void mlg_pad(mlg_buffer *out, size_t columns);

#endif
