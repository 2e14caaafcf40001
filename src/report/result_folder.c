/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/result_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "report/folder_lock.h"
#include "report/manifest.h"

#define LOCK      ".lock"
#define MANIFEST  "manifest.json"
#define PENDING   ".manifest.json" /* the next manifest, from the first rename to the last */
#define TEMPORARY ".maillage.XXXXXX"
#define TABLES    "tables"

enum { OWN_NAME = 32 }; /* bytes of our longest name, its slash and its end */

struct mlg_result_folder {
    char *path;
    char *below; /* room for "PATH/NAME" of our own names: leaving must not need memory */
    int lock;
    bool made, tables_made; /* the folders were not there: gone again after a failure */
    size_t made_from;       /* length of the first folder above it that was made; 0: none */
    bool force, secret;
    bool taken_up;    /* a killed run left its pending manifest, which says whose files are here */
    bool renamed;     /* some file has taken its name: the pending manifest must stay */
    mlg_manifest old; /* what the earlier result and a killed run say is theirs */
    mlg_manifest files; /* of this result */
    char **temporary;   /* [files.n] full paths; NULL once renamed */
    char **target;      /* [files.n] full paths: between the renames nothing may need memory */
    size_t room, target_room;
};

/* "FOLDER/NAME", or NULL when memory is short; the caller frees it. */
static char *path_of(const mlg_result_folder *folder, const char *name)
{
    const size_t length = strlen(folder->path) + strlen(name) + 2;
    char *path = mlg_alloc(length, 1);
    if (path != NULL) {
        snprintf(path, length, "%s/%s", folder->path, name);
    }
    return path;
}

static mlg_status io_failure(mlg_error *err, const mlg_result_folder *folder, const char *name,
                             mlg_text_key what)
{
    const mlg_arg reason[] = {mlg_fail_arg(folder->path), mlg_fail_arg(name),
                              (mlg_arg){.kind = MLG_ARG_KEY, .key = what}, mlg_errno_arg(errno)};
    return mlg_fail_text(err, MLG_EIO, T_fail_in_folder, reason, 4);
}

/* ---- opening ----------------------------------------------------------------- */

static mlg_status make_directory(mlg_result_folder *folder, const char *name, bool *made,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    struct stat found;
    char *path = path_of(folder, name);

    TRY_ALLOC(err, path);
    *made = mkdir(path, folder->secret ? 0700 : 0755) == 0;
    if (!*made && errno != EEXIST) {
        TRY(io_failure(err, folder, name, T_fail_what_make));
    }
    if (stat(path, &found) != 0 || !S_ISDIR(found.st_mode)) {
        errno = ENOTDIR;
        TRY(io_failure(err, folder, name, T_fail_what_write_there));
    }
out:
    mlg_free(path);
    return status;
}

/* The folders above: what cannot be made is told when the folder itself is. */
static void make_parents(mlg_result_folder *folder)
{
    for (char *slash = strchr(folder->path + 1, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        const bool made = mkdir(folder->path, folder->secret ? 0700 : 0755) == 0;
        *slash = '/';
        if (made && folder->made_from == 0) {
            folder->made_from = (size_t) (slash - folder->path);
        }
    }
}

/* Those that were made, innermost first; one that holds something stays. */
static void remove_parents(mlg_result_folder *folder)
{
    const size_t from = folder->made_from;
    for (size_t length = strlen(folder->path); from > 0 && length >= from; length--) {
        if (folder->path[length] == '/' || length == from) {
            folder->path[length] = '\0';
            rmdir(folder->path);
        }
    }
}

static mlg_status take_lock(mlg_result_folder *folder, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char *path = path_of(folder, LOCK);

    TRY_ALLOC(err, path);
    TRY(mlg_folder_lock(path, &folder->lock, err));
out:
    mlg_free(path);
    return status;
}

static bool is_temporary(const char *name)
{
    return strncmp(name, TEMPORARY, strlen(".maillage.")) == 0;
}

static bool is_ours(const mlg_result_folder *folder, const char *name)
{
    return strcmp(name, LOCK) == 0 || strcmp(name, PENDING) == 0 ||
           mlg_manifest_find(&folder->old, name) != NULL;
}

/* Looks at one entry: clears what a killed run left, refuses what nobody answers for. */
static mlg_status look_at(mlg_result_folder *folder, const char *name, bool temporary,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    char *path = path_of(folder, name);

    TRY_ALLOC(err, path);
    if (temporary) {
        unlink(path);
    } else if (!folder->force && !is_ours(folder, name)) {
        const mlg_arg reason[] = {mlg_fail_arg(folder->path), mlg_fail_arg(name)};
        FAIL_TEXT(err, MLG_EIO, T_fail_foreign_file, reason, 2);
    }
out:
    mlg_free(path);
    return status;
}

/* Looks at the entries of the folder ("") or of tables/ ("tables/"). */
static mlg_status look_through(mlg_result_folder *folder, const char *prefix, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer name = {0};
    char *path = path_of(folder, prefix);
    DIR *directory = path != NULL ? opendir(path) : NULL;

    TRY_ALLOC(err, path);
    if (directory == NULL) {
        status = io_failure(err, folder, prefix, T_fail_what_read_folder);
        goto out;
    }
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        const bool dots = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (dots || (prefix[0] == '\0' && strcmp(entry->d_name, TABLES) == 0)) {
            continue;
        }
        mlg_buffer_clear(&name);
        mlg_buffer_text(&name, prefix);
        mlg_buffer_text(&name, entry->d_name);
        if (name.failed) {
            FAIL(err, MLG_ENOMEM, "out of memory for a name");
        }
        TRY(look_at(folder, mlg_buffer_string(&name), is_temporary(entry->d_name), err));
    }
out:
    if (directory != NULL) {
        closedir(directory);
    }
    mlg_buffer_free(&name);
    mlg_free(path);
    return status;
}

/* The names that an earlier result, or one that was being put in place, wrote. */
static mlg_status read_old(mlg_result_folder *folder, mlg_error *err)
{
    static const char *const names[] = {MANIFEST, PENDING};
    mlg_status status = MLG_OK;
    char *path = NULL;

    for (size_t i = 0; i < 2; i++) {
        mlg_free(path);
        path = path_of(folder, names[i]);
        TRY_ALLOC(err, path);
        const size_t before = folder->old.n;
        TRY(mlg_manifest_read(&folder->old, path, err));
        folder->taken_up = i == 1 && folder->old.n > before;
    }
    if (folder->old.n > 0) {
        TRY(mlg_manifest_add(&folder->old, MANIFEST, "", err));
    }
out:
    mlg_free(path);
    return status;
}

/* Locked, with nothing in it that is not ours. */
static mlg_status take_over(mlg_result_folder *folder, mlg_error *err)
{
    mlg_status status = MLG_OK;

    make_parents(folder);
    TRY(make_directory(folder, "", &folder->made, err));
    TRY(take_lock(folder, err));
    TRY(read_old(folder, err));
    TRY(look_through(folder, "", err));
    TRY(make_directory(folder, TABLES, &folder->tables_made, err));
    TRY(look_through(folder, TABLES "/", err));
out:
    return status;
}

mlg_status mlg_result_folder_open(const char *path, bool force, bool secret,
                                  mlg_result_folder **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_result_folder *folder = mlg_zalloc(1, sizeof *folder);

    *out = NULL;
    TRY_ALLOC(err, folder);
    folder->lock = -1;
    folder->force = force;
    folder->secret = secret;
    folder->path = mlg_copy(path, strlen(path) + 1, 1);
    TRY_ALLOC(err, folder->path);
    folder->below = mlg_alloc(strlen(path) + OWN_NAME, 1);
    TRY_ALLOC(err, folder->below);
    TRY(take_over(folder, err));
out:
    if (status != MLG_OK) {
        mlg_result_folder_close(folder);
    } else {
        *out = folder;
    }
    return status;
}

mlg_status mlg_result_folder_refuse_others(const mlg_result_folder *folder, const char *name,
                                           mlg_error *err)
{
    if (folder->old.n > 0 && mlg_manifest_find(&folder->old, name) == NULL) {
        return mlg_fail(err, MLG_EIO,
                        "%.120s: holds %.60s, of another command: give another folder",
                        folder->path, folder->old.entry[0].name);
    }
    return MLG_OK;
}

/* ---- writing ----------------------------------------------------------------- */

/* A new temporary file beside `name`; its path is the caller's. */
static mlg_status make_temporary(mlg_result_folder *folder, const char *name, char **path,
                                 FILE **file, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool in_tables = strncmp(name, TABLES "/", strlen(TABLES "/")) == 0;
    int descriptor = -1;

    *file = NULL;
    *path = path_of(folder, in_tables ? TABLES "/" TEMPORARY : TEMPORARY);
    TRY_ALLOC(err, *path);
    descriptor = mkostemp(*path, O_CLOEXEC);
    if (descriptor < 0) {
        mlg_free(*path);
        *path = NULL;
        status = io_failure(err, folder, name, T_fail_what_write);
        goto out;
    }
    if (fchmod(descriptor, folder->secret ? 0600 : 0644) != 0 ||
        (*file = fdopen(descriptor, "w+")) == NULL) {
        status = io_failure(err, folder, name, T_fail_what_write);
        close(descriptor);
        unlink(*path);
    }
out:
    return status;
}

/* What the file holds, as it will be read again. */
static mlg_status digest_of(FILE *file, char sha256[MLG_DIGEST_TEXT])
{
    char bytes[16384];
    mlg_digest digest;
    size_t length = 0;

    rewind(file);
    mlg_digest_start(&digest);
    while ((length = fread(bytes, 1, sizeof bytes, file)) > 0) {
        mlg_digest_add(&digest, bytes, length);
    }
    mlg_digest_end(&digest, sha256);
    return ferror(file) ? MLG_EIO : MLG_OK;
}

/* Writes, and makes sure that it reached the disk. Closes the file. */
static mlg_status fill(mlg_result_folder *folder, const char *name, FILE *file,
                       mlg_result_folder_writer *write, const void *what,
                       char sha256[MLG_DIGEST_TEXT], mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_error why = {0};

    status = write(what, file, &why);
    if (status != MLG_OK) {
        fclose(file);
        FAIL(err, status, "%s/%s: %s", folder->path, name, why.message);
    }
    errno = 0;
    const bool whole = fflush(file) == 0 && !ferror(file) && fsync(fileno(file)) == 0 &&
                       digest_of(file, sha256) == MLG_OK;
    const int why_not = errno;
    if (fclose(file) != 0 || !whole) {
        errno = whole ? errno : why_not;
        TRY(io_failure(err, folder, name, T_fail_what_write));
    }
out:
    return status;
}

mlg_status mlg_result_folder_write(mlg_result_folder *folder, const char *name,
                                   mlg_result_folder_writer *write, const void *what,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    char sha256[MLG_DIGEST_TEXT] = "";
    char *path = NULL, *target = NULL;
    FILE *file = NULL;

    if (!mlg_grow(&folder->temporary, &folder->room, folder->files.n + 1,
                  sizeof *folder->temporary) ||
        !mlg_grow(&folder->target, &folder->target_room, folder->files.n + 1,
                  sizeof *folder->target)) {
        FAIL(err, MLG_ENOMEM, "out of memory for %s", name);
    }
    target = path_of(folder, name);
    TRY_ALLOC(err, target);
    TRY(make_temporary(folder, name, &path, &file, err));
    TRY(fill(folder, name, file, write, what, sha256, err));
    TRY(mlg_manifest_add(&folder->files, name, sha256, err));
    folder->temporary[folder->files.n - 1] = path;
    folder->target[folder->files.n - 1] = target;
    path = target = NULL;
out:
    mlg_free(target);
    if (path != NULL) {
        unlink(path);
        mlg_free(path);
    }
    return status;
}

/* ---- committing --------------------------------------------------------------- */

/* The same of a whole path in the folder, or of the folder itself. */
static mlg_status path_failure(mlg_error *err, const mlg_result_folder *folder, const char *path,
                               mlg_text_key what)
{
    const char *name = path + strlen(folder->path);
    return io_failure(err, folder, *name == '/' ? name + 1 : name, what);
}

static mlg_status sync_directory(const mlg_result_folder *folder, const char *path, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    /* Some file systems have no sync for folders: they say EINVAL, and it is no loss. */
    if (directory < 0 || (fsync(directory) != 0 && errno != EINVAL)) {
        status = path_failure(err, folder, path, T_fail_what_write);
    }
    if (directory >= 0) {
        close(directory);
    }
    return status;
}

static mlg_status give_name(const mlg_result_folder *folder, const char *from, const char *path,
                            mlg_error *err)
{
    if (rename(from, path) != 0) {
        return path_failure(err, folder, path, T_fail_what_replace);
    }
    return MLG_OK;
}

/* A name is taken by a folder: known before the first file is replaced. */
static mlg_status check_targets(const mlg_result_folder *folder, mlg_error *err)
{
    for (size_t i = 0; i < folder->files.n; i++) {
        struct stat found;
        if (lstat(folder->target[i], &found) == 0 && S_ISDIR(found.st_mode)) {
            errno = EISDIR;
            return path_failure(err, folder, folder->target[i], T_fail_what_replace);
        }
    }
    return MLG_OK;
}

static void remove_stale(mlg_result_folder *folder)
{
    for (size_t i = 0; i < folder->old.n; i++) {
        const char *name = folder->old.entry[i].name;
        if (strcmp(name, MANIFEST) != 0 && mlg_manifest_find(&folder->files, name) == NULL) {
            char *path = path_of(folder, name);
            if (path != NULL) {
                unlink(path);
            }
            mlg_free(path);
        }
    }
}

static mlg_status write_manifest(const void *what, FILE *out, mlg_error *err)
{
    return mlg_manifest_write(what, out, err);
}

/* The next manifest, under its pending name: from here on the names in it are ours. */
static mlg_status announce(mlg_result_folder *folder, const char *pending, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char sha256[MLG_DIGEST_TEXT];
    char *path = NULL;
    FILE *file = NULL;

    TRY(make_temporary(folder, MANIFEST, &path, &file, err));
    TRY(fill(folder, MANIFEST, file, write_manifest, &folder->files, sha256, err));
    TRY(give_name(folder, path, pending, err));
    mlg_free(path);
    path = NULL;
    TRY(sync_directory(folder, folder->path, err));
out:
    if (path != NULL) {
        unlink(path);
        mlg_free(path);
    }
    return status;
}

static mlg_status give_names(mlg_result_folder *folder, const char *tables, mlg_error *err)
{
    mlg_status status = MLG_OK;

    for (size_t i = 0; i < folder->files.n; i++) {
        TRY(give_name(folder, folder->temporary[i], folder->target[i], err));
        folder->renamed = true;
        mlg_free(folder->temporary[i]);
        folder->temporary[i] = NULL;
    }
    TRY(sync_directory(folder, tables, err));
    remove_stale(folder);
    TRY(sync_directory(folder, folder->path, err));
out:
    return status;
}

mlg_status mlg_result_folder_commit(mlg_result_folder *folder, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char *pending = path_of(folder, PENDING), *manifest = path_of(folder, MANIFEST);
    char *tables = path_of(folder, TABLES);

    if (pending == NULL || manifest == NULL || tables == NULL) {
        FAIL(err, MLG_ENOMEM, "out of memory for the names of %s", folder->path);
    }
    TRY(check_targets(folder, err));
    TRY(announce(folder, pending, err));
    TRY(give_names(folder, tables, err));
    TRY(give_name(folder, pending, manifest, err));
    TRY(sync_directory(folder, folder->path, err));
out:
    if (status != MLG_OK && pending != NULL && !folder->renamed && !folder->taken_up) {
        unlink(pending); /* nothing has changed yet */
    }
    mlg_free(pending);
    mlg_free(manifest);
    mlg_free(tables);
    return status;
}

static void remove_entry(const mlg_result_folder *folder, const char *name,
                         int (*remover)(const char *))
{
    if (folder->below != NULL) {
        snprintf(folder->below, strlen(folder->path) + OWN_NAME, "%s/%s", folder->path, name);
        remover(folder->below);
    }
}

void mlg_result_folder_close(mlg_result_folder *folder)
{
    if (folder == NULL) {
        return;
    }
    for (size_t i = 0; i < folder->files.n; i++) {
        if (folder->temporary[i] != NULL) {
            unlink(folder->temporary[i]);
            mlg_free(folder->temporary[i]);
        }
        mlg_free(folder->target[i]);
    }
    if (folder->tables_made) {
        remove_entry(folder, TABLES, rmdir); /* stays when it holds something */
    }
    if (folder->lock >= 0) { /* removed while it is held: see folder_lock.c */
        remove_entry(folder, LOCK, unlink);
        close(folder->lock);
    }
    if (folder->made) {
        remove_entry(folder, "", rmdir);
    }
    if (folder->made_from > 0) {
        remove_parents(folder);
    }
    mlg_manifest_free(&folder->old);
    mlg_manifest_free(&folder->files);
    mlg_free(folder->temporary);
    mlg_free(folder->below);
    mlg_free(folder->target);
    mlg_free(folder->path);
    mlg_free(folder);
}
