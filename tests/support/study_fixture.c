/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "study_fixture.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void study_fixture_open(study_fixture *study)
{
    const char *folder = getenv("TMPDIR");
    *study = (study_fixture){.status = MLG_OK};
    snprintf(study->path, sizeof study->path, "%s/maillage-test-XXXXXX",
             folder != NULL ? folder : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(study->path));
}

void study_fixture_bytes(study_fixture *study, const char *name, const char *bytes, size_t length)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", study->path, name);
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s cannot be written", path);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

void study_fixture_text(study_fixture *study, const char *name, const char *text)
{
    study_fixture_bytes(study, name, text, strlen(text));
}

void study_fixture_read(study_fixture *study, const char *name, const mlg_ingest_options *options)
{
    char path[512];
    snprintf(path, sizeof path, "%s%s%s", study->path, name != NULL ? "/" : "",
             name != NULL ? name : "");
    mlg_model_free(study->model);
    study->err = (mlg_error){0};
    study->status = mlg_ingest(path, options, NULL, &study->model, &study->err);
}

void study_fixture_close(study_fixture *study)
{
    DIR *folder = opendir(study->path);
    for (const struct dirent *entry = NULL; folder != NULL && (entry = readdir(folder)) != NULL;) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", study->path, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            unlink(path) != 0) {
            rmdir(path);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
    rmdir(study->path);
    mlg_model_free(study->model);
    study->model = NULL;
}

bool study_fixture_fault(const study_fixture *study, const char *code, mlg_fault_view *view,
                         char *message, size_t room)
{
    const mlg_faults *faults = mlg_model_faults(study->model);
    for (size_t i = 0; i < mlg_faults_groups(faults); i++) {
        mlg_faults_get(faults, i, MLG_EN, true, view, message, message != NULL ? room : 0);
        if (strcmp(view->code, code) == 0) {
            return true;
        }
    }
    return false;
}

const char *study_fixture_faults(const study_fixture *study, char *out, size_t room)
{
    const mlg_faults *faults = study->model != NULL ? mlg_model_faults(study->model) : NULL;
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; faults != NULL && i < mlg_faults_groups(faults) && used < room; i++) {
        char message[600];
        mlg_fault_view view;
        mlg_faults_get(faults, i, MLG_EN, true, &view, message, sizeof message);
        used +=
            (size_t) snprintf(out + used, room - used, "\n  %s:%d:%d: %s %s: %s", view.file,
                              (int) view.line, (int) view.column,
                              view.severity == MLG_FATAL ? "error" : "warning", view.code, message);
    }
    return out;
}
