/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/own_files.h"

#include <string.h>

#include "base/texts.h"

void mlg_own_files_of(const mlg_model *model, mlg_own_files *own)
{
    *own = (mlg_own_files){{NULL}};
    for (int table = 0; model != NULL && table < MLG_N_TABLES; table++) {
        const mlg_rows *rows = &model->rows[table];
        if (rows->n > 0 && rows->file[0] >= 0) {
            own->name[table] = mlg_names_text(&model->files, rows->file[0]);
        }
    }
}

mlg_arg mlg_file_of(const mlg_model *model, mlg_table_id table)
{
    static const struct {
        mlg_table_id table;
        mlg_text_key name;
    } names[] = {
        {MLG_ACTORS, T_filename_actors},
        {MLG_STUDY, T_filename_study},
        {MLG_TERRITORIES, T_filename_territories},
    };
    mlg_own_files own;

    mlg_own_files_of(model, &own);
    if (own.name[table] != NULL) {
        return (mlg_arg){.kind = MLG_ARG_TEXT, .text = own.name[table]};
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (names[i].table == table) {
            return (mlg_arg){.kind = MLG_ARG_KEY, .key = names[i].name};
        }
    }
    return (mlg_arg){.kind = MLG_ARG_TEXT, .text = mlg_schema_table(table)};
}

/* What `init` calls a table in French where a plainer word than the table's own names it: the word
 * of a text for a table that the study has not. */
static const char *starter_of(int table, const char *name)
{
    static const char *const french[MLG_N_TABLES] = {[MLG_ACTORS] = "annuaire.csv",
                                                     [MLG_ACTIVITIES] = "actions.csv"};
    return strcmp(name, mlg_schema_table((mlg_table_id) table)) != 0 ? french[table] : NULL;
}

/* The study's file that a word before ".csv" means, or NULL: no table, a table that the study has
 * not and `init` calls so too, or a file of the report ("tables/faults.csv"). */
static const char *own_of(const mlg_own_files *own, const char *words, const char *start,
                          const char *end)
{
    char name[64];
    const size_t length = (size_t) (end - start);

    if (length == 0 || length >= sizeof name || (start > words && start[-1] == '/')) {
        return NULL;
    }
    memcpy(name, start, length);
    name[length] = '\0';
    const int table = mlg_schema_find_table(name);
    return table < 0                  ? NULL
           : own->name[table] != NULL ? own->name[table]
                                      : starter_of(table, name);
}

void mlg_own_words(mlg_buffer *out, const mlg_own_files *own, const char *words)
{
    static const char tail[] = ".csv";
    const char *from = words, *dot;

    while ((dot = strstr(from, tail)) != NULL) {
        const char *start = dot;
        while (start > from && (start[-1] == '_' || (start[-1] >= 'a' && start[-1] <= 'z'))) {
            start--;
        }
        const char *file = own_of(own, words, start, dot);
        const char *next = dot + sizeof tail - 1;
        mlg_buffer_bytes(out, from, (size_t) (start - from));
        if (file != NULL) {
            mlg_buffer_text(out, file);
        } else {
            mlg_buffer_bytes(out, start, (size_t) (next - start));
        }
        from = next;
    }
    mlg_buffer_text(out, from);
}
