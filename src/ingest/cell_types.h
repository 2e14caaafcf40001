/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_CELL_TYPES_H
#define MLG_INGEST_CELL_TYPES_H

#include "ingest/cell.h"

/* Between cell.c (any cell) and cell_types.c (one type each). */

/* Reads a text that is clean, NUL-terminated and no word for an empty cell. */
mlg_value mlg_cell_typed(mlg_reader *reader, mlg_bind *bind, const char *text, size_t length,
                         int32_t column);
/* The text of the first warning of this kind in the column, so that all make one group. */
const char *mlg_cell_sample(mlg_reader *reader, mlg_bind *bind, mlg_text_key key, const char *text);
/* Remembers a number to be judged at the end of the file. */
void mlg_cell_doubt(mlg_reader *reader, const mlg_bind *bind, int32_t column, const char *text,
                    bool comma);

#endif
