/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/fail.h"
#include "base/fold.h"
#include "base/memory.h"
#include "base/texts.h"
#include "ingest/paste.h"

enum { NAME = 256 };

/* ---- the folder ----------------------------------------------------------- */

/* Does the name end in one of the extensions, whatever their case? `*base` is its length
 * without. */
static bool has_extension(const char *name, const char *const *extensions, size_t *base)
{
    const size_t length = strlen(name);
    for (; *extensions != NULL; extensions++) {
        const size_t n = strlen(*extensions);
        size_t same = 0;
        while (same < n && length > n &&
               (name[length - n + same] | 0x20) == ((*extensions)[same] | 0x20)) {
            same++;
        }
        if (same == n) {
            *base = length - n;
            return true;
        }
    }
    return false;
}

static const char *const table_extensions[] = {".csv", ".tsv", ".txt", NULL};
static const char *const workbook_extensions[] = {".xlsx", ".xls", ".ods", NULL};

static int table_named(const char *name, size_t length)
{
    char base[NAME];
    if (length >= sizeof base) {
        return -1;
    }
    memcpy(base, name, length);
    base[length] = '\0';
    return mlg_schema_find_table(base);
}

int mlg_folder_table_of(const char *name)
{
    size_t length = 0;
    return has_extension(name, table_extensions, &length) ? table_named(name, length) : -1;
}

static mlg_status add_entry(mlg_folder *folder, mlg_model *model, const char *name, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t length = 0;
    const bool workbook = has_extension(name, workbook_extensions, &length);

    if (name[0] == '.' || name[0] == '~' ||
        (!workbook && !has_extension(name, table_extensions, &length))) {
        return MLG_OK;
    }
    if (!mlg_grow(&folder->entries, &folder->room, folder->n + 1, sizeof *folder->entries)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the files of the study");
    }
    mlg_entry *entry = &folder->entries[folder->n];
    *entry = (mlg_entry){.name = mlg_arena_text(&model->arena, name, strlen(name)),
                         .table = table_named(name, length),
                         .workbook = workbook};
    TRY_ALLOC(err, entry->name);
    folder->n++;
out:
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const mlg_entry *) a)->name, ((const mlg_entry *) b)->name);
}

mlg_status mlg_folder_scan(mlg_folder *folder, mlg_model *model, const char *path, mlg_error *err)
{
    mlg_status status = MLG_OK;
    DIR *directory = opendir(path);

    *folder = (mlg_folder){.path = path};
    if (directory == NULL) {
        const mlg_arg reason[] = {mlg_fail_arg(path), mlg_errno_arg(errno)};
        FAIL_TEXT(err, MLG_EIO, T_fail_path, reason, 2);
    }
    for (;;) {
        errno = 0;
        const struct dirent *found = readdir(directory);
        if (found == NULL && errno != 0) {
            const mlg_arg reason[] = {mlg_fail_arg(path), mlg_errno_arg(errno)};
            FAIL_TEXT(err, MLG_EIO, T_fail_path, reason, 2);
        }
        if (found == NULL) {
            break;
        }
        TRY(add_entry(folder, model, found->d_name, err));
    }
    if (folder->n > 1) { /* the file system's order is chance */
        qsort(folder->entries, folder->n, sizeof *folder->entries, by_name);
    }
out:
    if (directory != NULL) {
        closedir(directory);
    }
    if (status != MLG_OK) {
        mlg_folder_free(folder);
    }
    return status;
}

void mlg_folder_free(mlg_folder *folder)
{
    mlg_free(folder->entries);
    *folder = (mlg_folder){0};
}

static bool is_folder(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

bool mlg_folder_nearest(const char *path, char *out, size_t room)
{
    enum { WITHIN = 2, KEY = 512, PATH = 4096 };
    char parent[PATH], key[KEY], other[KEY], beside[PATH];
    size_t length = strlen(path), best = WITHIN + 1;
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    size_t base = length;
    while (base > 0 && path[base - 1] != '/') {
        base--;
    }
    const size_t used = mlg_fold_short(MLG_FOLD_ID, path + base, length - base, key, KEY);
    snprintf(parent, sizeof parent, "%.*s", (int) base, path);
    DIR *directory = used > 0 && used < KEY ? opendir(base > 0 ? parent : ".") : NULL;
    const struct dirent *entry = NULL;
    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        const char *name = entry->d_name;
        const size_t n = mlg_fold_short(MLG_FOLD_ID, name, strlen(name), other, KEY);
        const size_t edits =
            n < KEY && name[0] != '.' ? mlg_edit_distance(key, used, other, n, WITHIN) : best + 1;
        const int written = snprintf(beside, sizeof beside, "%s%s", parent, name);
        /* of two as near, the first by name: the file system's order is chance */
        if (edits <= WITHIN && 2 * edits < used && written > 0 && (size_t) written < room &&
            (edits < best || (edits == best && strcmp(beside, out) < 0)) && is_folder(beside)) {
            best = edits;
            memcpy(out, beside, (size_t) written + 1);
        }
    }
    if (directory != NULL) {
        closedir(directory);
    }
    return best <= WITHIN;
}

/* ---- the files to read ---------------------------------------------------- */

/* The file of this name among those to read; files->n when it is not there yet. */
static size_t find_file(const mlg_files *files, const char *name)
{
    size_t at = 0;
    while (at < files->n && strcmp(files->file[at].name, name) != 0) {
        at++;
    }
    return at;
}

mlg_status mlg_files_add(mlg_files *files, mlg_model *model, const char *folder, const char *name,
                         mlg_plan plan, bool guess, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t at = find_file(files, name);

    if (at == files->n) {
        if (!mlg_grow(&files->file, &files->room, files->n + 1, sizeof *files->file)) {
            FAIL(err, MLG_ENOMEM, "out of memory for the files of the study");
        }
        const size_t length = strlen(folder) + 1 + strlen(name);
        char *path = mlg_arena_alloc(&model->arena, length + 1);
        char *copy = mlg_arena_text(&model->arena, name, strlen(name));
        TRY_ALLOC(err, path);
        TRY_ALLOC(err, copy);
        snprintf(path, length + 1, "%s/%s", folder, name);
        files->file[files->n++] = (mlg_table_file){.name = copy, .path = path, .guess = guess};
    }
    mlg_table_file *file = &files->file[at];
    if (!mlg_grow(&file->plans, &file->plans_room, file->n_plans + 1, sizeof *file->plans)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the files of the study");
    }
    file->plans[file->n_plans++] = plan;
out:
    return status;
}

void mlg_files_free(mlg_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        mlg_table_free(&files->file[i]);
    }
    mlg_free(files->file);
    *files = (mlg_files){0};
}

/* The folder's own file of a table, NULL for none. Where several have its name, those that
 * study.csv asks for elsewhere step back; two that are left are an error that names both,
 * and the first is read, so that its own faults are told at once. */
static const mlg_entry *own_file(const mlg_folder *folder, mlg_model *model, mlg_table_id table)
{
    const mlg_entry *found = NULL;
    for (size_t i = 0; i < folder->n; i++) {
        const mlg_entry *entry = &folder->entries[i];
        if (entry->table != (int) table || entry->workbook) {
            continue;
        }
        if (found != NULL && !found->claimed && !entry->claimed) {
            char name[NAME];
            mlg_paste_table(name, sizeof name, table, NULL,
                            mlg_paste_french(model, NULL, found->name) &&
                                mlg_paste_french(model, NULL, entry->name));
            const mlg_arg args[3] = {{.kind = MLG_ARG_TEXT, .text = found->name},
                                     {.kind = MLG_ARG_TEXT, .text = entry->name},
                                     {.kind = MLG_ARG_TEXT, .text = name}};
            mlg_fault_add(model, MLG_FATAL, T_fault_two_files, (mlg_place){-1, 0, 0, C_NONE}, args,
                          3);
            break;
        }
        found = found == NULL || found->claimed ? entry : found;
    }
    return found;
}

mlg_status mlg_files_study(mlg_files *files, mlg_folder *folder, mlg_model *model, mlg_error *err)
{
    const mlg_entry *own = own_file(folder, model, MLG_STUDY);
    return own == NULL ? MLG_OK
                       : mlg_files_add(files, model, folder->path, own->name,
                                       (mlg_plan){.table = MLG_STUDY}, false, err);
}

/* May study.csv name this path? Not an absolute one, nor one that climbs. What the user
 * linked into the folder is the user's own choice. */
static bool stays_inside(const char *path)
{
    if (path[0] == '/' || path[0] == '\\' || (path[0] != '\0' && path[1] == ':')) {
        return false;
    }
    while (*path != '\0') {
        const size_t length = strcspn(path, "/\\");
        if (length == 2 && path[0] == '.' && path[1] == '.') {
            return false;
        }
        path += length + (path[length] != '\0' ? 1 : 0);
    }
    return true;
}

/* A path of study.csv as this system writes it: without ./ and backslashes. */
static const char *plain_path(mlg_model *model, const char *path)
{
    while (path[0] == '.' && (path[1] == '/' || path[1] == '\\')) {
        path += 2;
    }
    char *copy = mlg_arena_text(&model->arena, path, strlen(path));
    for (char *at = copy; at != NULL && *at != '\0'; at++) {
        if (*at == '\\') {
            *at = '/';
        }
    }
    return copy;
}

/* The file of a block: the one it names, else the table's first block's, else the table's
 * own. NULL with a fault when there is none. */
static mlg_status file_of(const mlg_block *block, const char *own, const char *first,
                          mlg_model *model, const char **name, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *name = NULL;
    if (block->file != NULL) {
        if (!stays_inside(block->file) || block->file[0] == '\0') {
            mlg_fault_text(model, MLG_FATAL, T_fault_path_outside,
                           mlg_place_of(model, MLG_STUDY, block->file_row, C_study_value),
                           block->file, NULL);
            return MLG_OK;
        }
        *name = plain_path(model, block->file);
        TRY_ALLOC(err, *name);
        return MLG_OK;
    }
    *name = first != NULL ? first : own;
    if (*name == NULL) {
        char block_name[NAME], expected[NAME + 8], word[NAME];
        const bool french = mlg_paste_french(model, block, "");
        mlg_paste_table(block_name, sizeof block_name, block->table, block, french);
        snprintf(word, sizeof word, "%.*s", (int) strcspn(block_name, "."), block_name);
        snprintf(expected, sizeof expected, "%s.csv", word);
        mlg_fault_text(model, MLG_FATAL, T_fault_no_block_file,
                       mlg_place_of(model, MLG_STUDY, block->row, C_study_key), block_name,
                       expected);
    }
out:
    return status;
}

static void claim(mlg_folder *folder, const mlg_mapping *mapping)
{
    for (size_t i = 0; i < mapping->n_blocks; i++) {
        const char *file = mapping->blocks[i].file;
        for (size_t k = 0; file != NULL && k < folder->n; k++) {
            const bool dotted = file[0] == '.' && (file[1] == '/' || file[1] == '\\');
            if (strcmp(folder->entries[k].name, file + (dotted ? 2 : 0)) == 0) {
                folder->entries[k].claimed = true;
            }
        }
    }
}

/* One table: its blocks, or its own file. */
static mlg_status add_table(mlg_files *files, const mlg_folder *folder, const mlg_mapping *mapping,
                            mlg_model *model, mlg_table_id table, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_entry *own_entry = own_file(folder, model, table);
    const char *own = own_entry != NULL ? own_entry->name : NULL, *first = NULL;
    bool any = false, own_read = own_entry != NULL && own_entry->claimed;

    for (size_t i = 0; i < mapping->n_blocks; i++) {
        const mlg_block *block = &mapping->blocks[i];
        const char *name = NULL;
        if (block->table != table) {
            continue;
        }
        if (!any && block->number > 1 && own != NULL && !own_read) {
            /* a second block comes beside the table's own file, not in its place */
            TRY(mlg_files_add(files, model, folder->path, own, (mlg_plan){.table = table}, false,
                              err));
            first = own;
            own_read = true;
        }
        any = true;
        TRY(file_of(block, own, first, model, &name, err));
        if (name == NULL) {
            continue;
        }
        first = first != NULL ? first : name;
        own_read = own_read || (own != NULL && strcmp(name, own) == 0);
        TRY(mlg_files_add(files, model, folder->path, name,
                          (mlg_plan){.table = table, .block = block}, false, err));
    }
    if (!any && own != NULL) {
        TRY(mlg_files_add(files, model, folder->path, own, (mlg_plan){.table = table}, false, err));
    } else if (any && own != NULL && !own_read && first != NULL) {
        mlg_fault_text(model, MLG_WARNING, T_fault_file_replaced, (mlg_place){-1, 0, 0, C_NONE},
                       own, first);
    }
out:
    return status;
}

/* A table told over and over in a file of something else is told once: its rows are
 * descriptions. Rows of ties and participations are facts, each of which counts. */
static void mark_once(mlg_files *files)
{
    for (size_t i = 0; i < files->n; i++) {
        mlg_table_file *file = &files->file[i];
        for (size_t k = 0; file->n_plans > 1 && k < file->n_plans; k++) {
            const mlg_table_id table = file->plans[k].table;
            file->plans[k].once = table == MLG_ACTORS || table == MLG_SCHEMES ||
                                  table == MLG_ACTIVITIES || table == MLG_TERRITORIES ||
                                  table == MLG_PERIMETERS || table == MLG_SITES;
        }
    }
}

static bool is_there(const mlg_folder *folder, const char *name)
{
    bool found = strchr(name, '/') != NULL; /* further down: not listed here */
    for (size_t i = 0; i < folder->n && !found; i++) {
        found = strcmp(folder->entries[i].name, name) == 0;
    }
    return found;
}

/* The file that gives a table: a CSV of its name, or what study.csv reads in its place. */
static const char *source_of(const mlg_files *files, const mlg_folder *folder, int table)
{
    for (size_t i = 0; i < folder->n; i++) {
        if (folder->entries[i].table == table && !folder->entries[i].workbook) {
            return folder->entries[i].name;
        }
    }
    for (size_t i = 0; i < files->n; i++) {
        for (size_t k = 0; k < files->file[i].n_plans; k++) {
            if ((int) files->file[i].plans[k].table == table) {
                return files->file[i].name;
            }
        }
    }
    return NULL;
}

/* A workbook of a table's name. Without that table the study is not what its author thinks:
 * an error, but for study.xlsx, which may as well be all the sheets together. */
static bool tell_workbook(const mlg_entry *entry, const char *source, mlg_model *model)
{
    const mlg_place place = {-1, 0, 0, C_NONE};
    const mlg_severity severity = entry->table == MLG_STUDY ? MLG_WARNING : MLG_FATAL;
    char base[NAME];
    if (source != NULL) {
        mlg_fault_text(model, MLG_WARNING, T_fault_workbook_beside, place, entry->name, source);
        return false;
    }
    snprintf(base, sizeof base, "%.*s", (int) (strrchr(entry->name, '.') - entry->name),
             entry->name);
    mlg_fault_text(model, severity, T_fault_workbook_not_read, place, entry->name, base);
    return severity == MLG_FATAL;
}

/* The table that a file of another name may be: "presences v2", "annuaire (1)". */
static bool nearest_table(const char *base, char *near, size_t room)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    char word[NAME];
    if (mlg_nearest_table(base, near, room)) {
        return true;
    }
    while (*base != '\0') {
        size_t n = 0;
        while (base[n] != '\0' && ((base[n] & 0x80) != 0 || strchr(letters, base[n]) != NULL)) {
            n++;
        }
        if (n > 0 && n < sizeof word) {
            memcpy(word, base, n);
            word[n] = '\0';
            if (mlg_schema_find_table(word) >= 0) {
                snprintf(near, room, "%s", word);
                return true;
            }
        }
        base += n > 0 ? n : 1;
    }
    return false;
}

/* A file of an unknown name: which table it may be, by its name or else by its columns. */
static mlg_status tell_unnamed(const mlg_folder *folder, const mlg_entry *entry, mlg_model *model,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_place place = {-1, 0, 0, C_NONE};
    char base[NAME], near[NAME];
    mlg_buffer path = {0};
    int table = -1;

    snprintf(base, sizeof base, "%.*s", (int) (strrchr(entry->name, '.') - entry->name),
             entry->name);
    mlg_text_key key = T_fault_file_not_read_near;
    if (!nearest_table(base, near, sizeof near)) {
        mlg_buffer_format(&path, "%s/%s", folder->path, entry->name);
        if (path.failed) {
            FAIL(err, MLG_ENOMEM, "out of memory for the files of the study");
        }
        TRY(mlg_table_guess(mlg_buffer_string(&path), &table, err));
        if (table >= 0) {
            mlg_paste_table(near, sizeof near, (mlg_table_id) table, NULL,
                            mlg_paste_french(model, NULL, entry->name));
        }
        key = table >= 0 ? T_fault_file_not_read_table : T_fault_file_not_read;
    }
    mlg_fault_text(model, MLG_WARNING, key, place, entry->name,
                   key != T_fault_file_not_read ? near : NULL);
out:
    mlg_buffer_free(&path);
    return status;
}

/* Files that look like tables and are not read. `*lacking` says that a workbook stands where a
 * table should. */
static mlg_status tell_unread(const mlg_files *files, const mlg_folder *folder, mlg_model *model,
                              bool *lacking, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *lacking = false;
    for (size_t i = 0; i < folder->n; i++) {
        const mlg_entry *entry = &folder->entries[i];
        const char *dot = strrchr(entry->name, '.');
        if (entry->workbook && entry->table >= 0) {
            const char *source = source_of(files, folder, entry->table);
            if (source == NULL || is_there(folder, source)) { /* else that is told itself */
                *lacking = tell_workbook(entry, source, model) || *lacking;
            }
        } else if (strcasecmp(dot, ".csv") == 0 && entry->table < 0 &&
                   find_file(files, entry->name) == files->n) {
            TRY(tell_unnamed(folder, entry, model, err));
        }
    }
out:
    return status;
}

mlg_status mlg_files_tables(mlg_files *files, mlg_folder *folder, const mlg_mapping *mapping,
                            mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool lacking = false;
    claim(folder, mapping);
    for (int table = MLG_ACTORS; table < MLG_N_TABLES; table++) {
        TRY(add_table(files, folder, mapping, model, (mlg_table_id) table, err));
    }
    mark_once(files);
    TRY(tell_unread(files, folder, model, &lacking, err));
    if (files->n == 0 && !lacking) {
        mlg_fault_text(model, MLG_FATAL, T_fault_no_table, (mlg_place){-1, 0, 0, C_NONE}, NULL,
                       NULL);
    }
out:
    return status;
}
