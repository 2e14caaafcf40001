/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_FOLDER_H
#define MLG_INGEST_FOLDER_H

#include "ingest/mapping.h"
#include "ingest/table.h"

/* A file of the study's folder that may be a table. */
typedef struct mlg_entry {
    const char *name;
    int table;     /* its name's, -1 */
    bool workbook; /* .xlsx, .ods, .xls: cannot be read */
    bool claimed;  /* a block of study.csv names it */
} mlg_entry;

/* The files of a folder, by name. Texts live in the model's arena. */
typedef struct mlg_folder {
    const char *path;
    mlg_entry *entries;
    size_t n, room;
} mlg_folder;

/* Lists the files of a folder that may be tables; MLG_EIO when it cannot be read. */
mlg_status mlg_folder_scan(mlg_folder *folder, mlg_model *model, const char *path,
                           mlg_error *err) MLG_MUST_CHECK;
/* The folder beside a path that is not there whose name is nearest; false when none is near. */
bool mlg_folder_nearest(const char *path, char *out, size_t room);
void mlg_folder_free(mlg_folder *folder);

/* The table that a file's name says: its base name without .csv, .tsv or .txt; -1 for none. */
int mlg_folder_table_of(const char *name);

/* The files to read, each with the tables it feeds, in the order of the tables. */
typedef struct mlg_files {
    mlg_table_file *file;
    size_t n, room;
} mlg_files;

/* study.csv's own file (n = 0 without one), then all the others. Faults tell names in
 * doubt, paths that leave the folder, files that are not read. */
mlg_status mlg_files_study(mlg_files *files, mlg_folder *folder, mlg_model *model,
                           mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_files_tables(mlg_files *files, mlg_folder *folder, const mlg_mapping *mapping,
                            mlg_model *model, mlg_error *err) MLG_MUST_CHECK;
/* Adds a plan to a file of this name, made when it is new. */
mlg_status mlg_files_add(mlg_files *files, mlg_model *model, const char *folder, const char *name,
                         mlg_plan plan, bool guess, mlg_error *err) MLG_MUST_CHECK;
void mlg_files_free(mlg_files *files);

#endif
