/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SCHEMA_H
#define MLG_SCHEMA_H

#include <stdbool.h>
#include <stdio.h>

#include "maillage/error.h"
#include "maillage/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Prints tables, columns, types and vocabularies as text, in the language; `table`
 *  (canonical or French name) limits it to one, NULL prints all. MLG_EARG for an
 *  unknown table. */
mlg_status mlg_schema_print(FILE *out, mlg_language language, const char *table,
                            mlg_error *err) MLG_MUST_CHECK;

/** The guide to mappings, row by row: a row of study.csv as an example ("ties.from;source"), and
 *  what such a row does. NULL past the last. */
const char *mlg_schema_mapping(size_t i, mlg_language language, const char **does);

/**
 * Writes sheets to fill in, with commented examples, into a folder (made when missing),
 * French (`;`, French headers, UTF-8 with BOM for Excel) or English, and a text that says
 * where to begin. Never overwrites.
 *
 * @param whole  all tables with all their columns; else the study and the four sheets a
 *               coordinator keeps, with the columns one would fill
 */
mlg_status mlg_schema_write_templates(const char *folder, mlg_language language, bool whole,
                                      mlg_error *err) MLG_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
