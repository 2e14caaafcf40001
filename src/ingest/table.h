/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_TABLE_H
#define MLG_INGEST_TABLE_H

#include "ingest/plan.h"

/* One file of a study and the tables it feeds. */
typedef struct mlg_table_file {
    const char *name; /* as the study names it */
    const char *path; /* to open */
    mlg_plan *plans;
    size_t n_plans, plans_room;
    bool guess; /* the one plan's table is to be told by the header */
} mlg_table_file;

/* Reads a file once, row by row, into all its tables, and adds its facts to the model. */
mlg_status mlg_table_read(mlg_table_file *file, mlg_model *model, const mlg_ingest_options *options,
                          const mlg_run *run, mlg_error *err) MLG_MUST_CHECK;
/* The table whose columns a file has that is not of the study; -1 when that cannot be told. */
mlg_status mlg_table_guess(const char *path, int *table, mlg_error *err) MLG_MUST_CHECK;
void mlg_table_free(mlg_table_file *file);

#endif
