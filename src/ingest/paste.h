/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_PASTE_H
#define MLG_INGEST_PASTE_H

#include "ingest/plan.h"

/* Rows of study.csv that a message gives, to be pasted as they are: in the language of the
 * study, or of its own rows or file names. */

/* Is it French? As study.csv says; else not for a block or a file of a canonical name (ties.csv).
 * `block` may be NULL. */
bool mlg_paste_french(const mlg_model *model, const mlg_block *block, const char *file);
/* "presences", "presences.2": as the block's own rows call it. */
void mlg_paste_table(char *out, size_t room, mlg_table_id table, const mlg_block *block,
                     bool french);
/* "activite". */
void mlg_paste_column(char *out, size_t room, const mlg_field *field, bool french);
/* "presences.activite;Réunion" of a plan. */
void mlg_paste_row(char *out, size_t room, const mlg_plan *plan, const mlg_field *field,
                   bool french, const char *header);

/* Tells the columns of a header that no plan used. Where one of them holds what a column that
 * lacks would hold, judged by the rows at hand, the row that maps it is given. */
void mlg_paste_unknown(const mlg_plan *plans, size_t n, const mlg_header *header,
                       const mlg_row *rows, size_t n_rows, mlg_model *model, int32_t file);

#endif
