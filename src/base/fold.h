/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_FOLD_H
#define MLG_BASE_FOLD_H

#include "base/buffer.h"

/* Keys under which spellings of one name meet. Bytes that are not UTF-8 stand for
 * themselves. */
typedef enum mlg_fold_kind {
    /* Names: without case, accents, ligatures, invisible characters and punctuation, words
     * parted by one space, dots of initials dropped (C.C.A.S. -> ccas), without the French
     * de, du, des, la, le, les, l', d' -- unless nothing else is left. */
    MLG_FOLD_NAME,
    /* Headers: as names, but every word is kept and none is parted: "Ce que l'instance
     * fait" and ce_que_l_instance_fait meet. */
    MLG_FOLD_HEADER,
    /* Ids: without case, accents and blanks; punctuation counts: "A.1" is not "A1". */
    MLG_FOLD_ID,
} mlg_fold_kind;

/* Appends the key; `out->failed` says that memory was short. A text whose key would be
 * empty ("?") is its own key. */
void mlg_fold_as(mlg_fold_kind kind, const char *text, size_t length, mlg_buffer *out);

static inline void mlg_fold(const char *text, size_t length, mlg_buffer *out)
{
    mlg_fold_as(MLG_FOLD_NAME, text, length, out);
}

/* The same into `room` bytes, without allocating: for short texts. Answers the key's
 * length, or `room` when the text is too long for it (over room / MLG_FOLD_GROWTH). */
enum { MLG_FOLD_GROWTH = 12 }; /* U+FDFA: 3 bytes become 33 */
size_t mlg_fold_short(mlg_fold_kind kind, const char *text, size_t length, char *out, size_t room);

/* Appends the composed form (NFC) of a UTF-8 text. False for bytes that are not UTF-8:
 * nothing is appended. */
bool mlg_nfc(const char *text, size_t length, mlg_buffer *out);

/* Edits (insert, delete, replace, swap of neighbours; bytes) from one key to the other, or
 * bound + 1 when there are more. Keys past 255 bytes are only compared for equality. */
size_t mlg_edit_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                         size_t bound);

/* Do two keys of as many words differ in a short one only, as "copil cls" and "copil cpts" do?
 * Acronyms of other lengths, or two letters apart, are two names; "caem" may be "caen". */
bool mlg_keys_differ_by_acronym(const char *a, const char *b);

#endif
