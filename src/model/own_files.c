/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/own_files.h"

#include <string.h>

#include "base/texts.h"

static const char tail[] = ".csv";

/* Where the rows of another file begin: those of one file stand together. */
static int32_t end_of_file(const mlg_rows *rows, int32_t from)
{
    int32_t in = from, step = 1; /* the last row known to be of the file */
    while (in + step < rows->n && rows->file[in + step] == rows->file[from]) {
        in += step;
        step *= 2;
    }
    for (; step > 0; step /= 2) {
        while (in + step < rows->n && rows->file[in + step] == rows->file[from]) {
            in += step;
        }
    }
    return in + 1;
}

static void add_file(const char *names[MLG_OWN_FILES], const char *name)
{
    for (int i = 0; i < MLG_OWN_FILES; i++) {
        if (names[i] == NULL || strcmp(names[i], name) == 0) {
            names[i] = name;
            return;
        }
    }
}

bool mlg_is_named_as(const char *file, mlg_table_id table)
{
    const char *slash = strrchr(file, '/'), *name = slash != NULL ? slash + 1 : file;
    const char *dot = strrchr(name, '.');
    char stem[64];
    const size_t length = dot != NULL ? (size_t) (dot - name) : strlen(name);

    if (length >= sizeof stem) {
        return false;
    }
    memcpy(stem, name, length);
    stem[length] = '\0';
    return mlg_schema_find_table(stem) == (int) table;
}

void mlg_own_files_of(const mlg_model *model, mlg_own_files *own)
{
    enum { MOST_BLOCKS = 64 };
    *own = (mlg_own_files){.study = model != NULL};
    for (int table = 0; model != NULL && table < MLG_N_TABLES; table++) {
        const mlg_rows *rows = &model->rows[table];
        int32_t row = 0;
        if (rows->named > 0) {
            own->name[table][0] = mlg_names_text(&model->files, rows->named - 1);
            continue;
        }
        for (int i = 0; i < MOST_BLOCKS && row < rows->n; i++, row = end_of_file(rows, row)) {
            if (rows->file[row] >= 0) {
                add_file(own->name[table], mlg_names_text(&model->files, rows->file[row]));
            }
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
    if (own.name[table][0] != NULL) {
        return (mlg_arg){.kind = MLG_ARG_TEXT, .text = own.name[table][0]};
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
    static const char *const french[MLG_N_TABLES] = {
        [MLG_ACTORS] = "annuaire.csv", [MLG_ACTIVITIES] = "actions.csv"};
    return strcmp(name, mlg_schema_table((mlg_table_id) table)) != 0 ? french[table] : NULL;
}

/* The table that a word before ".csv" means, or -1: none, or a file of the report
 * ("tables/faults.csv"). */
static int table_of(const char *words, const char *start, const char *end, char name[static 64])
{
    const size_t length = (size_t) (end - start);

    if (length == 0 || length >= 64 || (start > words && start[-1] == '/')) {
        return -1;
    }
    memcpy(name, start, length);
    name[length] = '\0';
    return mlg_schema_find_table(name);
}

/* The study's files of a table, what `init` calls it, or else the word as it is. */
static void put_file(mlg_buffer *out, const mlg_own_files *own, const char *words,
                     const char *start, const char *next)
{
    char name[64];
    const int table = table_of(words, start, next - strlen(tail), name);
    const char *starter = table >= 0 && own->study ? starter_of(table, name) : NULL;

    if (table >= 0 && own->name[table][0] != NULL) {
        for (int i = 0; i < MLG_OWN_FILES && own->name[table][i] != NULL; i++) {
            mlg_buffer_text(out, i > 0 ? ", " : "");
            mlg_buffer_text(out, own->name[table][i]);
        }
    } else if (starter != NULL) {
        mlg_buffer_text(out, starter);
    } else {
        mlg_buffer_bytes(out, start, (size_t) (next - start));
    }
}

void mlg_own_words(mlg_buffer *out, const mlg_own_files *own, const char *words)
{
    const char *from = words, *dot;

    while ((dot = strstr(from, tail)) != NULL) {
        const char *start = dot;
        while (start > from && (start[-1] == '_' || (start[-1] >= 'a' && start[-1] <= 'z'))) {
            start--;
        }
        const char *next = dot + strlen(tail);
        mlg_buffer_bytes(out, from, (size_t) (start - from));
        put_file(out, own, words, start, next);
        from = next;
    }
    mlg_buffer_text(out, from);
}
