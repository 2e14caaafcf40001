/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_PLAN_H
#define MLG_INGEST_PLAN_H

#include "ingest/cell.h"
#include "ingest/filter.h"
#include "ingest/mapping.h"

/* The header row of a file. Texts live in the model's arena. */
typedef struct mlg_header {
    const char **text; /* [n] clean */
    bool *used;        /* [n] by any plan of the file */
    int32_t n, line;
} mlg_header;

enum { MLG_BATCH = 64 }; /* rows whose ids are looked up side by side */

/* How one file is read into one table: by its own headers, and by a block of study.csv. */
typedef struct mlg_plan {
    mlg_table_id table;
    const mlg_block *block; /* NULL: none */
    mlg_bind *binds;
    size_t n_binds, binds_room;
    mlg_filter *filters;
    size_t n_filters, filters_room;
    /* Rows already read, where one file describes things over and over (a table of communes
     * read as its departments): only the first counts. */
    bool once;
    mlg_names rows_seen;
    mlg_value *values; /* [n_binds] of the row being read */
    int32_t *known;    /* [n_binds][MLG_BATCH] ids found beforehand, or -1; NULL when unused */
} mlg_plan;

/* How many headers the plan knows what to do with. */
int mlg_plan_knows(const mlg_plan *plan, const mlg_header *header);
/* Is every column that the table needs there? Tells nothing. */
bool mlg_plan_fits(const mlg_plan *plan, const mlg_header *header);
/* Binds columns to fields and tells what is missing, doubled, or named in vain; `*usable`
 * says that one column of the file is read at least. */
mlg_status mlg_plan_bind(mlg_plan *plan, mlg_header *header, mlg_model *model, int32_t file,
                         bool *usable, mlg_error *err) MLG_MUST_CHECK;
void mlg_plan_free(mlg_plan *plan);

/* The table whose columns a header has: all it needs, and more of them than any other. -1
 * when none does, or two do equally well. */
int mlg_plan_guess(const mlg_header *header);

#endif
