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

void mlg_template_cell(mlg_buffer *out, mlg_language language, const char *text, bool last)
{
    const char special[] = {dialects[language].separator, '"', '\n', '\r', '\0'};
    if (text[0] != '#' && strpbrk(text, special) == NULL) {
        mlg_buffer_text(out, text);
    } else {
        mlg_buffer_char(out, '"');
        for (; *text != '\0'; text++) {
            mlg_buffer_text(out, *text == '"' ? "\"" : "");
            mlg_buffer_char(out, *text);
        }
        mlg_buffer_char(out, '"');
    }
    if (last) {
        mlg_buffer_text(out, dialects[language].end);
    } else {
        mlg_buffer_char(out, dialects[language].separator);
    }
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

/* What to write: `place` NULL for a study of no territory in particular. */
typedef struct order {
    mlg_language language;
    bool whole; /* the twelve tables */
    const mlg_real_place *place;
} order;

static int n_sheets(const order *asked)
{
    return asked->whole ? MLG_N_TABLES : MLG_N_STARTERS + (asked->place != NULL ? 2 : 0);
}

/* Table of sheet `i` when a real territory fills it, else -1. */
static int filled_table(const order *asked, int i)
{
    if (asked->place == NULL) {
        return -1;
    }
    if (asked->whole) {
        return i == MLG_TERRITORIES || i == MLG_PERIMETERS ? i : -1;
    }
    return i < MLG_N_STARTERS ? -1 : i == MLG_N_STARTERS ? MLG_TERRITORIES : MLG_PERIMETERS;
}

/* Sheet `i` of those asked for, and its name. */
static void make_sheet(const order *asked, int i, mlg_buffer *name, mlg_buffer *text)
{
    const char *territory = asked->place != NULL ? mlg_template_place_key(asked->place) : "";
    const int filled = filled_table(asked, i);
    if (filled >= 0 || asked->whole) {
        mlg_template_table_name(name, asked->language, (mlg_table_id) (filled >= 0 ? filled : i));
    } else {
        mlg_buffer_text(name, mlg_template_starter_name(asked->language, i));
    }
    if (filled == MLG_TERRITORIES) {
        mlg_template_territories(text, asked->language, asked->place);
    } else if (filled == MLG_PERIMETERS) {
        mlg_template_perimeters(text, asked->language, asked->place);
    } else if (asked->whole) {
        mlg_template_table(text, asked->language, (mlg_table_id) i, territory);
    } else {
        mlg_template_starter(text, asked->language, i, territory);
    }
    mlg_buffer_text(name, ".csv");
    text->failed = text->failed || name->failed;
}

static mlg_status write_sheets(const char *folder, const order *asked, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0}, name = {0};

    TRY(make_folder(folder, err));
    TRY(refuse_tables(folder, err));
    for (int i = 0; i < n_sheets(asked); i++) {
        mlg_buffer_clear(&text);
        mlg_buffer_clear(&name);
        make_sheet(asked, i, &name, &text);
        TRY(write_file(folder, mlg_buffer_string(&name), &text, false, err));
    }
    mlg_buffer_clear(&text);
    mlg_template_readme(&text, asked->language, asked->whole, asked->place);
    TRY(write_file(folder, asked->language == MLG_FR ? "A-LIRE.txt" : "README.txt", &text, true,
                   err));
out:
    mlg_buffer_free(&text);
    mlg_buffer_free(&name);
    return status;
}

mlg_status mlg_schema_write_templates(const char *folder, mlg_language language, bool whole,
                                      mlg_error *err)
{
    const order asked = {.language = language, .whole = whole};
    return write_sheets(folder, &asked, err);
}

mlg_status mlg_territory_write_templates(const char *folder, mlg_language language, bool whole,
                                         const mlg_model *reference, mlg_id territory,
                                         mlg_territory_facts *facts, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_real_place place = {0};
    const order asked = {.language = language, .whole = whole, .place = &place};

    if (territory < 0 || (size_t) territory >= reference->territories.n) {
        FAIL(err, MLG_EARG, "no territory %d", (int) territory);
    }
    TRY(mlg_template_place(&place, reference, territory, err));
    TRY(write_sheets(folder, &asked, err));
    if (facts != NULL) {
        *facts = place.facts;
    }
out:
    mlg_template_place_free(&place);
    return status;
}
