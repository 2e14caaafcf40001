/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/template.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/texts.h"
#include "base/whole_file.h"
#include "maillage/schema.h"

static const struct {
    char separator;
    const char *mark, *end;
} dialects[MLG_N_LANGUAGES] = {
    [MLG_FR] = {';', "\xef\xbb\xbf", "\r\n"}, [MLG_EN] = {',', "", "\n"}};

/* ---- cells ------------------------------------------------------------------- */

void mlg_template_mark(mlg_buffer *out, mlg_language language)
{
    mlg_buffer_text(out, dialects[language].mark);
}

void mlg_template_row(mlg_buffer *out, mlg_language language, const char *row)
{
    for (; *row != '\0'; row++) {
        const bool decimal = *row == '.' && row[1] >= '0' && row[1] <= '9';
        if (*row == ',') {
            mlg_buffer_char(out, dialects[language].separator);
        } else if (decimal && language == MLG_FR) {
            mlg_buffer_char(out, ',');
        } else {
            mlg_buffer_char(out, *row);
        }
    }
    mlg_buffer_text(out, dialects[language].end);
}

void mlg_template_example(mlg_buffer *out, mlg_language language, const char *row)
{
    mlg_buffer_text(out, "# ");
    mlg_template_row(out, language, row);
}

void mlg_template_remark(mlg_buffer *out, mlg_language language, const char *text)
{
    static const char narrow[] = "\xe2\x80\xaf;"; /* French: a thin space and a semicolon */
    mlg_buffer_text(out, "# ");
    while (*text != '\0') {
        if (language == MLG_FR && strncmp(text, narrow, sizeof narrow - 1) == 0) {
            mlg_buffer_char(out, ',');
            text += sizeof narrow - 1;
        } else if (language == MLG_EN && *text == ',') {
            mlg_buffer_char(out, ';');
            text++;
        } else {
            mlg_buffer_char(out, *text);
            text++;
        }
    }
    mlg_buffer_text(out, dialects[language].end);
}

/* ---- files ------------------------------------------------------------------- */

static mlg_status make_folder(const char *folder, mlg_error *err)
{
    struct stat facts;
    if (mkdir(folder, 0777) == 0) {
        return MLG_OK;
    }
    if (errno == EEXIST && stat(folder, &facts) == 0 && S_ISDIR(facts.st_mode)) {
        return MLG_OK;
    }
    const mlg_arg reason[] = {mlg_fail_arg(folder), mlg_errno_arg(errno)};
    return mlg_fail_text(err, MLG_EIO, errno == EEXIST ? T_fail_no_folder_there : T_fail_path,
                         reason, errno == EEXIST ? 1 : 2);
}

/* A folder that holds any table already is somebody's study. */
static mlg_status refuse_tables(const char *folder, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char first[256] = ""; /* by name: the file system's order is chance */
    DIR *entries = opendir(folder);
    if (entries == NULL) {
        const mlg_arg reason[] = {mlg_fail_arg(folder), mlg_errno_arg(errno)};
        return mlg_fail_text(err, MLG_EIO, T_fail_path, reason, 2);
    }
    for (const struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
        char name[256];
        const char *dot = strrchr(entry->d_name, '.');
        const size_t length = dot != NULL ? (size_t) (dot - entry->d_name) : 0;
        if (length == 0 || length >= sizeof name || strcasecmp(dot, ".csv") != 0) {
            continue;
        }
        memcpy(name, entry->d_name, length);
        name[length] = '\0';
        if (mlg_schema_find_table(name) >= 0 && strlen(entry->d_name) < sizeof first &&
            (first[0] == '\0' || strcmp(entry->d_name, first) < 0)) {
            memcpy(first, entry->d_name, strlen(entry->d_name) + 1);
        }
    }
    if (first[0] != '\0') {
        const mlg_arg reason[] = {mlg_fail_arg(folder), mlg_fail_arg(first)};
        TRY(mlg_fail_text(err, MLG_EIO, T_fail_sheets_there, reason, 2));
    }
out:
    closedir(entries);
    return status;
}

static mlg_status write_text(const void *what, FILE *out, mlg_error *err)
{
    const mlg_buffer *text = what;
    if (fwrite(text->text, 1, text->length, out) != text->length) {
        const mlg_arg reason[] = {mlg_errno_arg(errno)};
        return mlg_fail_text(err, MLG_EIO, T_fail_write, reason, 1);
    }
    return MLG_OK;
}

/* Never over a file that is there: a failure, unless the file `may_stand`. */
static mlg_status write_file(const char *folder, const char *name, const mlg_buffer *text,
                             bool may_stand, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer path = {0};

    mlg_buffer_text(&path, folder);
    mlg_buffer_char(&path, '/');
    mlg_buffer_text(&path, name);
    if (text->failed || path.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the templates");
    }
    if (may_stand && access(mlg_buffer_string(&path), F_OK) == 0) {
        goto out;
    }
    TRY(mlg_whole_file(mlg_buffer_string(&path), false, false, write_text, text, err));
out:
    mlg_buffer_free(&path);
    return status;
}

/* Sheet `i` of those asked for, and its name. */
static void make_sheet(mlg_language language, bool whole, int i, mlg_buffer *name, mlg_buffer *text)
{
    if (whole) {
        mlg_template_table_name(name, language, (mlg_table_id) i);
        mlg_template_table(text, language, (mlg_table_id) i);
    } else {
        mlg_buffer_text(name, mlg_template_starter_name(language, i));
        mlg_template_starter(text, language, i);
    }
    mlg_buffer_text(name, ".csv");
    text->failed = text->failed || name->failed;
}

mlg_status mlg_schema_write_templates(const char *folder, mlg_language language, bool whole,
                                      mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0}, name = {0};

    TRY(make_folder(folder, err));
    TRY(refuse_tables(folder, err));
    for (int i = 0; i < (whole ? (int) MLG_N_TABLES : (int) MLG_N_STARTERS); i++) {
        mlg_buffer_clear(&text);
        mlg_buffer_clear(&name);
        make_sheet(language, whole, i, &name, &text);
        TRY(write_file(folder, mlg_buffer_string(&name), &text, false, err));
    }
    mlg_buffer_clear(&text);
    mlg_template_readme(&text, language, whole);
    TRY(write_file(folder, language == MLG_FR ? "A-LIRE.txt" : "README.txt", &text, true, err));
out:
    mlg_buffer_free(&text);
    mlg_buffer_free(&name);
    return status;
}
