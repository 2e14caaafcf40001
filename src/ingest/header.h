/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_HEADER_H
#define MLG_INGEST_HEADER_H

#include "ingest/table.h"

/* A row that is no data: its first cell starts with #, and is no formula's error. */
bool mlg_row_is_comment(const mlg_row *row);
/* All cells empty. */
bool mlg_row_is_blank(const mlg_row *row);
/* "Total" in the first cell that is not empty, whatever its column, and only numbers behind ("226",
 * "36 structures"): an actor called Total has other cells. */
bool mlg_row_is_total(const mlg_row *row);

/* Finds the header of a file and binds the plans to it. Title rows above it are an error
 * that shows its line; the file is read from there on all the same. `*found` is false when
 * nothing can be read (and a fault says why). */
mlg_status mlg_header_find(mlg_source *source, mlg_table_file *file, mlg_model *model,
                           int32_t number, mlg_header *header, bool *found,
                           mlg_error *err) MLG_MUST_CHECK;
void mlg_header_free(mlg_header *header);

#endif
