/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_OWN_FILES_H
#define MLG_MODEL_OWN_FILES_H

#include "base/buffer.h"
#include "model/model.h"

/* Texts name tables by their usual files ("fill the column 'level' of activities.csv"). A
 * coordinator whose activities are in actions.csv must read actions.csv there: whoever shows
 * such a text passes it through here. */

enum { MLG_OWN_FILES = 3 };

/* The study's own files of each table ("annuaire.csv"): the one with the table's name, else the
 * first few in the order of its rows; NULL where it has none. Names live as long as the model. */
typedef struct mlg_own_files {
    bool study; /* there is one: without, words stay as they are */
    const char *name[MLG_N_TABLES][MLG_OWN_FILES];
} mlg_own_files;

/* Is the file named as the table is, in either language ("territoires.csv")? Of several files of a
 * table, that one is shown. */
bool mlg_is_named_as(const char *file, mlg_table_id table);
/* Of a model, or of none. */
void mlg_own_files_of(const mlg_model *model, mlg_own_files *own);

/* The first of a table; the name the table goes by in the reader's language when the study has
 * none. */
mlg_arg mlg_file_of(const mlg_model *model, mlg_table_id table);

/* Appends a text as the table of texts has it, placeholders and all, with the study's own files
 * for the usual ones; a table that it lacks is called as `init` calls it in the text's language. */
void mlg_own_words(mlg_buffer *out, const mlg_own_files *own, const char *words);

#endif
