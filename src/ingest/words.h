/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_WORDS_H
#define MLG_INGEST_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* Words that mean something in any column, whatever their case. */

/* Nothing is known: NA, n/a, NC, a dash, a point, or blank. */
bool mlg_word_missing(const char *text, size_t length);
/* A dash alone, of any length. */
bool mlg_word_dash(const char *text, size_t length);
/* A formula that failed: #N/A, #REF!, #VALEUR!, ####. */
bool mlg_word_error(const char *text, size_t length);
/* `unknown`, `inconnu`, `inconnue`: the same as an empty cell. */
bool mlg_word_unknown(const char *text, size_t length);
/* The same of a part, where a question mark can be no number. */
bool mlg_word_unknown_share(const char *text, size_t length);
/* `none`, `aucun`, `aucune`, `hors dispositif`: known to be none. */
bool mlg_word_none(const char *text, size_t length);
bool mlg_word_vacant(const char *text, size_t length);
/* 1 yes, 0 no, -1 neither. */
int mlg_word_bool(const char *text, size_t length);
/* First cell of a row of totals. */
bool mlg_word_total(const char *text, size_t length);

/* Can the text be one of the first two at all? They are short and begin with few bytes:
 * a table settles nearly all cells at once. */
bool mlg_word_suspect(const char *text, size_t length);

#endif
