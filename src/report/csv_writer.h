/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_CSV_WRITER_H
#define MLG_REPORT_CSV_WRITER_H

#include "report/document.h"

/* RFC 4180: comma, CRLF, quotes doubled; decimals with a point in every locale and
 * language. A text that a spreadsheet would take for a formula gets an apostrophe
 * before it; numbers never do. */

/* One cell of text, quoted when it must be, guarded. */
void mlg_csv_text(mlg_buffer *out, const char *text);
/* A table with the columns meant for files: its head, then each row. */
void mlg_csv_table_head(mlg_buffer *out, const mlg_table *table);
void mlg_csv_table_row(mlg_buffer *out, const mlg_results *results, const mlg_table *table,
                       size_t row);
/* Values, one row a number (measure, view, subject, part ...): the head, then each. */
void mlg_csv_values_head(mlg_buffer *out);
void mlg_csv_value(mlg_buffer *out, const mlg_results *results, const mlg_value *value);

#endif
