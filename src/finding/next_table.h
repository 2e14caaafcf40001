/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FINDING_NEXT_TABLE_H
#define MLG_FINDING_NEXT_TABLE_H

#include "finding/rule.h"
#include "model/own_files.h"

/* A table that a study lacks, or a column of it, and what adding it unlocks. */
typedef struct mlg_next_table {
    mlg_table_id table;
    const char *column; /* canonical name; NULL: the table itself */
    mlg_text_key name;  /* "presences.csv" / "participations.csv"; of a column, its own name */
    mlg_arg file;       /* of a column: the study's file that lacks it */
    mlg_text_key unlocks;
} mlg_next_table;

enum { MLG_NEXT_TABLES = 12 };

/* Is it a column of a table that the study has? */
static inline bool mlg_next_is_column(const mlg_next_table *next)
{
    return next->file.kind != MLG_ARG_TEXT || next->file.text[0] != '\0';
}

/* What is worth adding to a study, the most useful first; answers how many. */
size_t mlg_next_tables(const mlg_model *model, mlg_next_table next[MLG_NEXT_TABLES]);

#endif
