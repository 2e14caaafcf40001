/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_LETTERS_H
#define MLG_REPORT_LETTERS_H

#include "base/buffer.h"

/* How wide a text gets in a drawing whose reader's font is unknown: an upper bound for the
 * usual sans serifs, by the widest of them. Widths are in ems (multiples of the font size). */

/* Ems of a name on the page's tables: longer ones are cut there, and whole in the files. */
#define MLG_LONG_NAME 30.0

double mlg_letters_width(const char *text, bool bold);
/* Appends a text cut to `ems`, with an ellipsis where it was cut; whole letters, no space
 * before the ellipsis. */
void mlg_letters_fit(mlg_buffer *out, const char *text, double ems, bool bold);
/* Appends a text as lines of at most `ems`, each ended by \n, broken at plain spaces only; a
 * word that is longer stands alone in its line. Answers the width of the widest. */
double mlg_letters_wrap(mlg_buffer *out, const char *text, double ems, bool bold);

#endif
