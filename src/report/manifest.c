/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/manifest.h"

#include <jansson.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/memory.h"
#include "maillage/version.h"
#include "report/output.h"

void mlg_manifest_free(mlg_manifest *manifest)
{
    mlg_free(manifest->entry);
    *manifest = (mlg_manifest){0};
}

const mlg_manifest_entry *mlg_manifest_find(const mlg_manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->n; i++) {
        if (strcmp(manifest->entry[i].name, name) == 0) {
            return &manifest->entry[i];
        }
    }
    return NULL;
}

mlg_status mlg_manifest_add(mlg_manifest *manifest, const char *name, const char *sha256,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (!mlg_grow(&manifest->entry, &manifest->room, manifest->n + 1, sizeof *manifest->entry)) {
        FAIL(err, MLG_ENOMEM, "out of memory for the manifest");
    }
    mlg_manifest_entry *entry = &manifest->entry[manifest->n++];
    *entry = (mlg_manifest_entry){0};
    snprintf(entry->name, sizeof entry->name, "%s", name);
    snprintf(entry->sha256, sizeof entry->sha256, "%s", sha256);
out:
    return status;
}

/* A plain name, or one in tables/: a manifest that somebody else wrote must not make us
 * replace or remove anything else. */
static bool is_plain(const char *name)
{
    const char *const tables = "tables/";
    const char *plain = strncmp(name, tables, strlen(tables)) == 0 ? name + strlen(tables) : name;
    return plain[0] != '\0' && plain[0] != '.' && strchr(plain, '/') == NULL &&
           strlen(name) < sizeof((mlg_manifest_entry *) 0)->name;
}

mlg_status mlg_manifest_read(mlg_manifest *manifest, const char *path, mlg_error *err)
{
    mlg_status status = MLG_OK;
    json_t *root = json_load_file(path, 0, NULL);
    const char *program = json_string_value(json_object_get(root, "program"));
    json_t *files = json_object_get(root, "files");
    const char *name = NULL;
    json_t *sha256 = NULL;

    if (program != NULL && strcmp(program, "maillage") == 0) {
        json_object_foreach(files, name, sha256)
        {
            if (is_plain(name) && json_is_string(sha256)) {
                TRY(mlg_manifest_add(manifest, name, json_string_value(sha256), err));
            }
        }
    }
out:
    json_decref(root);
    return status;
}

mlg_status mlg_manifest_write(const mlg_manifest *manifest, FILE *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer text = {0};

    /* Our own names and hexadecimal digits: nothing to escape. */
    mlg_buffer_text(&text,
                    "{\"program\": \"maillage\", \"version\": \"" MLG_VERSION "\", \"files\": {");
    for (size_t i = 0; i < manifest->n; i++) {
        mlg_buffer_format(&text, "%s\n\"%s\": \"%s\"", i == 0 ? "" : ",", manifest->entry[i].name,
                          manifest->entry[i].sha256);
    }
    mlg_buffer_text(&text, "}}\n");
    TRY(mlg_flush(&text, out, err));
out:
    mlg_buffer_free(&text);
    return status;
}
