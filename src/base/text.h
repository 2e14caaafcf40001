/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_TEXT_H
#define MLG_BASE_TEXT_H

#include "base/buffer.h"
#include "maillage/text.h"

/* Every sentence a person reads stands in src/base/texts/ *.def, one row a text:
 *
 *     TEXT(finding_silo, "en français, {0} et {1}", "in English, {0} and {1}")
 *
 * {0} prints argument 0 after its own type; {0?lien|liens} chooses by its count
 * (singular below 2 in French, only for 1 in English); {0=1?x|y} is x where the two
 * read the same; {0/1?all|some} where count 0 is all of count 1, which is not zero.
 * Choices may hold placeholders. {{ is a brace. A text
 * with '%' needs no escaping. French rows hold U+202F before ; : ! ? » and % and
 * after «; scripts check it (mlg_text_check). */

/* Appends the text in one language. Missing arguments print as "?". */
void mlg_text_render(mlg_buffer *out, mlg_language language, mlg_text_key key, const mlg_arg *args,
                     size_t n_args);
/* As mlg_text_render(), of words that need not stand in the table as they are. */
void mlg_text_render_words(mlg_buffer *out, mlg_language language, const char *words,
                           const mlg_arg *args, size_t n_args);
/* One argument alone, as it would stand in a sentence. */
void mlg_text_arg(mlg_buffer *out, mlg_language language, const mlg_arg *arg);

#endif
