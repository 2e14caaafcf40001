/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/ingest.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/fail.h"
#include "base/texts.h"
#include "ingest/commune.h"
#include "ingest/folder.h"

static mlg_status read_all(mlg_files *files, mlg_model *model, const mlg_ingest_options *options,
                           const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (size_t i = 0; i < files->n; i++) {
        TRY(mlg_table_read(&files->file[i], model, options, run, err));
    }
out:
    return status;
}

/* study.csv first, because it says what the other files are. */
static mlg_status read_folder(const char *path, mlg_model *model, const mlg_ingest_options *options,
                              const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_folder folder = {0};
    mlg_files study = {0}, tables = {0};
    mlg_mapping mapping = {0};

    TRY(mlg_folder_scan(&folder, model, path, err));
    TRY(mlg_files_study(&study, &folder, model, err));
    TRY(read_all(&study, model, options, run, err));
    TRY(mlg_mapping_read(model, &mapping, err));
    mlg_mapping_check_twice(model, &mapping);
    TRY(mlg_files_tables(&tables, &folder, &mapping, model, err));
    TRY(read_all(&tables, model, options, run, err));
out:
    mlg_files_free(&tables);
    mlg_files_free(&study);
    mlg_mapping_free(&mapping);
    mlg_folder_free(&folder);
    return status;
}

/* One table alone: its name says which, else its header. study.csv stands for its folder. */
static mlg_status read_single(const char *path, mlg_model *model, const mlg_ingest_options *options,
                              const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_files files = {0};
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    const size_t length = slash != NULL ? (size_t) (slash - path) : 0;
    const char *folder = slash == NULL ? "." : slash == path ? "/" : NULL;
    const int table = mlg_folder_table_of(name);

    if (folder == NULL) {
        folder = mlg_arena_text(&model->arena, path, length);
        TRY_ALLOC(err, folder);
    }
    if (table == MLG_STUDY) {
        return read_folder(folder, model, options, run, err);
    }
    TRY(mlg_files_add(&files, model, folder, name,
                      (mlg_plan){.table = table >= 0 ? (mlg_table_id) table : MLG_ACTORS},
                      table < 0, err));
    TRY(read_all(&files, model, options, run, err));
out:
    mlg_files_free(&files);
    return status;
}

/* The study's own hash: of what was read, not of where it stands. */
static void hash_study(mlg_model *model)
{
    mlg_digest digest = {{0}};
    mlg_digest_start(&digest);
    for (size_t i = 0; i < model->n_inputs; i++) {
        const mlg_input *input = &model->inputs[i];
        mlg_digest_add(&digest, input->file, strlen(input->file) + 1);
        mlg_digest_add(&digest, input->sha256, strlen(input->sha256) + 1);
    }
    mlg_digest_end(&digest, model->sha256);
}

/* A study that cannot be opened: most often its folder's name is mistyped. */
static mlg_status fail_unread(const char *path, int number, mlg_error *err)
{
    char near[1024];
    const char *slash = strrchr(path, '/');
    if (number == ENOENT && strchr(slash != NULL ? slash : path, '.') == NULL) {
        const bool is_near = mlg_folder_nearest(path, near, sizeof near);
        const mlg_arg reason[] = {mlg_fail_arg(path), mlg_fail_arg(is_near ? near : "")};
        return mlg_fail_text(err, MLG_EIO, is_near ? T_fail_no_folder_near : T_fail_no_folder,
                             reason, is_near ? 2 : 1);
    }
    const mlg_arg reason[] = {mlg_fail_arg(path), mlg_errno_arg(number)};
    return mlg_fail_text(err, MLG_EIO, T_fail_path, reason, 2);
}

mlg_status mlg_ingest(const char *path, const mlg_ingest_options *options, const mlg_run *run,
                      mlg_model **model, mlg_error *err)
{
    static const mlg_run defaults = MLG_RUN_INIT;
    mlg_status status = MLG_OK;
    mlg_model *made = NULL;
    struct stat facts;

    *model = NULL;
    run = run != NULL ? run : &defaults;
    TRY(mlg_model_new(&made, err));
    if (stat(path, &facts) != 0) {
        status = fail_unread(path, errno, err);
        goto out;
    }
    if (S_ISDIR(facts.st_mode)) {
        TRY(read_folder(path, made, options, run, err));
    } else {
        TRY(read_single(path, made, options, run, err));
    }
    TRY(mlg_commune_repair(made, err));
    hash_study(made);
    TRY(mlg_model_finish(made, err));
    if (mlg_faults_short(made->faults)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the faults of the study");
    }
    *model = made;
    return mlg_faults_count(made->faults, MLG_FATAL) > 0
               ? mlg_fail(err, MLG_EDATA, "%s: the study has errors", path)
               : MLG_OK;
out:
    mlg_model_free(made);
    return status;
}

const mlg_faults *mlg_model_faults(const mlg_model *model)
{
    return model->faults;
}
