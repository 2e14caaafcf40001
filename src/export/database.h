/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_EXPORT_DATABASE_H
#define MLG_EXPORT_DATABASE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "maillage/error.h"

/* An SQLite database that is made in memory and written to a stream when it is whole: nothing
 * of it touches the disk before. The only place that knows sqlite3. */
typedef struct mlg_database mlg_database;

mlg_status mlg_database_open(mlg_database **database, mlg_error *err) MLG_MUST_CHECK;
/* Harmless on NULL. */
void mlg_database_close(mlg_database *database);

/* One or several statements without parameters. */
mlg_status mlg_database_run(mlg_database *database, const char *sql, mlg_error *err) MLG_MUST_CHECK;

/* The statement that the rows to come are for: "INSERT INTO t VALUES(?, ?)". */
mlg_status mlg_database_prepare(mlg_database *database, const char *sql,
                                mlg_error *err) MLG_MUST_CHECK;
/* The next parameter of the row. A NULL or empty text and a number that is not finite are NULL in
 * the table: unknown. Failures are kept and told by mlg_database_row(). */
void mlg_database_text(mlg_database *database, const char *text);
void mlg_database_number(mlg_database *database, double number);
void mlg_database_count(mlg_database *database, int64_t count);
void mlg_database_bytes(mlg_database *database, const void *bytes, size_t length);
/* The row is complete: it is inserted, and the next one begins. */
mlg_status mlg_database_row(mlg_database *database, mlg_error *err) MLG_MUST_CHECK;

mlg_status mlg_database_write(mlg_database *database, FILE *out, mlg_error *err) MLG_MUST_CHECK;

#endif
