/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BASE_BUFFER_H
#define MLG_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "maillage/error.h"

/* A growing text. Zeroed is empty. Once memory was short it stays failed and
 * swallows what follows: check `failed` once, at the end. Always NUL-terminated
 * when text is not NULL. */
typedef struct mlg_buffer {
    char *text;
    size_t length, room;
    bool failed;
} mlg_buffer;

void mlg_buffer_bytes(mlg_buffer *buffer, const char *bytes, size_t length);
void mlg_buffer_text(mlg_buffer *buffer, const char *text);
void mlg_buffer_char(mlg_buffer *buffer, char c);
/* For texts, integers and fixed shapes only; doubles go through mlg_buffer_number,
 * because printf follows the host's decimal mark. */
void mlg_buffer_format(mlg_buffer *buffer, const char *format, ...) MLG_PRINTF(2, 3);
/* Shortest decimal that reads back to the same double within 15 digits, with a
 * point in every locale; "" for NaN. */
void mlg_buffer_number(mlg_buffer *buffer, double value);
/* `digits` decimals, point in every locale. */
void mlg_buffer_fixed(mlg_buffer *buffer, double value, int digits);
const char *mlg_buffer_string(const mlg_buffer *buffer); /* never NULL */
void mlg_buffer_clear(mlg_buffer *buffer);               /* keeps its room */
void mlg_buffer_free(mlg_buffer *buffer);

/* Reads the longest prefix that is a decimal number with a point, in any locale.
 * Answers the number of bytes taken, 0 when there is none. */
size_t mlg_number_read(const char *text, double *value);

#endif
