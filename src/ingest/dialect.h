/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_DIALECT_H
#define MLG_INGEST_DIALECT_H

#include "ingest/lines.h"

/* The separators that spreadsheets write, in the order they are tried. */
#define MLG_SEPARATORS ";,\t"

/* Finds what parts the cells of a file: a `sep=` line (gone past), else what makes the
 * best header of the first rows, else what parts all of them alike. 0, with a fault, when
 * two would do. Reads the lines' window, moves it past a `sep=` line only. */
char mlg_dialect_separator(const mlg_opening *opening, mlg_lines *lines);

#endif
