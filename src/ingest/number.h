/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_NUMBER_H
#define MLG_INGEST_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include "maillage/text.h"

/* What a number's own writing tells about the file's decimal mark. */
typedef enum mlg_mark {
    MLG_MARK_NONE,           /* a whole number */
    MLG_MARK_POINT,          /* 1.5: sure */
    MLG_MARK_COMMA,          /* 1,5: sure */
    MLG_MARK_DOUBTFUL_POINT, /* 1.234: decimals or a thousand? */
    MLG_MARK_DOUBTFUL_COMMA, /* 1,234 */
} mlg_mark;

typedef struct mlg_number {
    double value;
    mlg_mark mark;
    char bound;   /* '<' or '>' before it, else 0 */
    bool percent; /* % behind it; the value is not divided */
    bool euros;   /* € behind it */
} mlg_number;

/* Reads a cell: a sign, digits with blanks between thousands, a point or a comma, decimals,
 * an exponent. 0, or the key of the fault ({0} = the cell). No hexadecimal, infinity or NaN;
 * whole numbers from 2^53 on are refused, for they may change. */
mlg_text_key mlg_number_cell(const char *text, size_t length, mlg_number *number);

#endif
