/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_FOLD_H
#define MLG_BASE_FOLD_H

#include "base/buffer.h"

/* Keys under which spellings of one name meet. All append to `out`, whose `failed`
 * says that memory was short. Bytes that are not UTF-8 stand for themselves. */

/* Name key: without case, accents, ligatures, invisible characters and punctuation,
 * words parted by one space, dots of initials dropped (C.C.A.S. -> ccas), without the
 * French de, du, des, la, le, les, l', d'. A name of nothing else keeps its words; one
 * without letter, digit or symbol keeps its bytes. */
void mlg_fold(const char *text, size_t length, mlg_buffer *out);

/* Header key: as the name key, but every word kept and no space between them:
 * "Ce que l'instance fait" and ce_que_l_instance_fait meet. */
void mlg_fold_header(const char *text, size_t length, mlg_buffer *out);

/* Id key: without case, accents and blanks; punctuation counts. */
void mlg_fold_id(const char *text, size_t length, mlg_buffer *out);

/* Composed form (NFC) of a UTF-8 text. False for bytes that are not UTF-8: nothing is
 * appended. */
bool mlg_nfc(const char *text, size_t length, mlg_buffer *out);

/* Edits (insert, delete, replace, swap of neighbours; bytes) from one key to the other,
 * or bound + 1 when there are more. Keys past 255 bytes are only compared for equality. */
size_t mlg_edit_distance(const char *a, size_t a_length, const char *b, size_t b_length,
                         size_t bound);

#endif
