/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "base/whole_file.h"
#include "export/geopackage.h"
#include "export/gephi.h"
#include "export/graphml.h"
#include "measure/context.h"
#include "report/result_folder.h"

/* ---- what stands where we write ---------------------------------------------- */

/* What an existing file is to us. */
typedef struct standing {
    bool ours; /* begins as our networks do, or holds the table of ours that a GeoPackage has */
    char sha256[MLG_DIGEST_TEXT];
} standing;

enum { READ_AT_ONCE = 16384, KEPT = sizeof MLG_GEOPACKAGE_MARK - 2 };

static bool begins_as_ours(const char *bytes, size_t length)
{
    return length >= strlen(MLG_GRAPHML_MARK) &&
           memcmp(bytes, MLG_GRAPHML_MARK, strlen(MLG_GRAPHML_MARK)) == 0;
}

static bool is_database(const char *bytes, size_t length)
{
    return length > 16 && memcmp(bytes, "SQLite format 3", 16) == 0;
}

/* The end of what was read stays in front of what is read next: a mark may lie across. */
static mlg_status look_at(const char *path, standing *found, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char bytes[KEPT + READ_AT_ONCE] = "";
    mlg_digest digest;
    size_t length = 0, total = 0;
    bool database = false;
    FILE *file = fopen(path, "rbe");

    if (file == NULL) {
        FAIL(err, MLG_EIO, "%.160s: %s", path, strerror(errno));
    }
    mlg_digest_start(&digest);
    while ((length = fread(bytes + KEPT, 1, READ_AT_ONCE, file)) > 0) {
        if (total == 0) {
            found->ours = begins_as_ours(bytes + KEPT, length);
            database = is_database(bytes + KEPT, length);
        }
        found->ours = found->ours || (database && memmem(bytes, KEPT + length, MLG_GEOPACKAGE_MARK,
                                                         strlen(MLG_GEOPACKAGE_MARK)) != NULL);
        total += length;
        mlg_digest_add(&digest, bytes + KEPT, length);
        memmove(bytes, bytes + length, KEPT);
    }
    mlg_digest_end(&digest, found->sha256);
    if (ferror(file)) {
        FAIL(err, MLG_EIO, "%.160s: cannot be read", path);
    }
out:
    if (file != NULL) {
        fclose(file);
    }
    return status;
}

/* Input is never modified: no option lets an output take the place of a table that was read. */
static mlg_status refuse_input(const mlg_model *model, const char *path, const char *sha256,
                               mlg_error *err)
{
    for (size_t i = 0; i < model->n_inputs; i++) {
        if (strcmp(model->inputs[i].sha256, sha256) == 0) {
            return mlg_fail(err, MLG_EIO, "%.160s: is a table of the study (%.60s)", path,
                            model->inputs[i].file);
        }
    }
    return MLG_OK;
}

/* May a file be made at this path, or replaced? `any`: whoever made it. */
static mlg_status refuse_foreign(const mlg_model *model, const char *path, bool any, mlg_error *err)
{
    mlg_status status = MLG_OK;
    standing found = {0};
    struct stat facts;

    if (stat(path, &facts) != 0) {
        return MLG_OK; /* nothing there; or a reason that the writing will meet and tell */
    }
    if (!S_ISREG(facts.st_mode)) {
        const mlg_arg what = mlg_fail_arg(path);
        FAIL_TEXT(err, MLG_EIO,
                  S_ISDIR(facts.st_mode) ? T_fail_export_folder : T_fail_export_no_file, &what, 1);
    }
    TRY(look_at(path, &found, err));
    if (!found.ours && !any) {
        const mlg_arg what = mlg_fail_arg(path);
        FAIL_TEXT(err, MLG_EIO, T_fail_export_foreign, &what, 1);
    }
    TRY(refuse_input(model, path, found.sha256, err));
out:
    return status;
}

/* ---- GraphML: one file ------------------------------------------------------- */

static mlg_status write_graphml(const void *network, FILE *out, mlg_error *err)
{
    return mlg_graphml_write(network, out, err);
}

static mlg_status write_file(const mlg_network *network, const char *path, bool force,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(refuse_foreign(network->model, path, force, err));
    TRY(mlg_whole_file(path, true, network->labels.names, write_graphml, network, err));
out:
    return status;
}

/* ---- GeoPackage: one file of the study ----------------------------------------- */

static mlg_status write_geopackage(const void *what, FILE *out, mlg_error *err)
{
    return mlg_geopackage_write(what, out, err);
}

static mlg_status write_territories(const mlg_export *what, const char *path, bool force,
                                    mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (what->context->model != NULL) {
        TRY(refuse_foreign(what->context->model, path, force, err));
    }
    TRY(mlg_whole_file(path, true, what->labels.names, write_geopackage, what, err));
out:
    return status;
}

/* ---- Gephi: a folder --------------------------------------------------------- */

static mlg_status write_nodes(const void *network, FILE *out, mlg_error *err)
{
    return mlg_gephi_write_nodes(network, out, err);
}

static mlg_status write_edges(const void *network, FILE *out, mlg_error *err)
{
    return mlg_gephi_write_edges(network, out, err);
}

static mlg_status write_about(const void *network, FILE *out, mlg_error *err)
{
    return mlg_gephi_write_about(network, out, err);
}

static const struct {
    const char *name;
    mlg_result_folder_writer *write;
} gephi_files[] = {
    {MLG_GEPHI_NODES, write_nodes},
    {MLG_GEPHI_EDGES, write_edges},
    {MLG_GEPHI_ABOUT, write_about},
};
enum { N_GEPHI_FILES = sizeof gephi_files / sizeof *gephi_files };

/* A study may be made of files with these very names. */
static mlg_status refuse_tables(const mlg_model *model, const char *folder, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = strlen(folder) + sizeof "/" MLG_GEPHI_NODES;
    char *path = mlg_alloc(room, 1);

    TRY_ALLOC(err, path);
    for (size_t i = 0; i < N_GEPHI_FILES; i++) {
        snprintf(path, room, "%s/%s", folder, gephi_files[i].name);
        TRY(refuse_foreign(model, path, true, err));
    }
out:
    mlg_free(path);
    return status;
}

static mlg_status write_folder(const mlg_network *network, const char *path, bool force,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_result_folder *folder = NULL;

    TRY(refuse_tables(network->model, path, err));
    TRY(mlg_result_folder_open(path, force, network->labels.names, &folder, err));
    TRY(mlg_result_folder_refuse_others(folder, MLG_GEPHI_NODES, err));
    for (size_t i = 0; i < N_GEPHI_FILES; i++) {
        TRY(mlg_result_folder_write(folder, gephi_files[i].name, gephi_files[i].write, network,
                                    err));
    }
    TRY(mlg_result_folder_commit(folder, err));
out:
    mlg_result_folder_close(folder);
    return status;
}

/* ---- the two calls ----------------------------------------------------------- */

mlg_status mlg_export_write(const mlg_export *what, const char *path, bool force, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_network network = {0};

    if (what->format == MLG_GEOPACKAGE) {
        return write_territories(what, path, force, err);
    }
    TRY(mlg_network_open(&network, what, err));
    TRY(what->format == MLG_GRAPHML ? write_file(&network, path, force, err)
                                    : write_folder(&network, path, force, err));
out:
    mlg_network_close(&network);
    return status;
}

mlg_status mlg_export_print(const mlg_export *what, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_network network = {0};

    if (what->format != MLG_GRAPHML) {
        FAIL(err, MLG_EARG, "this format is not for the screen: say where, by -o PATH");
    }
    TRY(mlg_network_open(&network, what, err));
    TRY(mlg_graphml_write(&network, out, err));
    if (fflush(out) != 0) {
        FAIL(err, MLG_EIO, "cannot write the network: %s", strerror(errno));
    }
out:
    mlg_network_close(&network);
    return status;
}
