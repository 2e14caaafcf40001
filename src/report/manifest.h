/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_MANIFEST_H
#define MLG_REPORT_MANIFEST_H

#include <stddef.h>
#include <stdio.h>

#include "base/digest.h"
#include "maillage/error.h"

/* manifest.json: {"program": "maillage", "version": ..., "files": {name: sha256}}. */
typedef struct mlg_manifest_entry {
    char name[64];
    char sha256[MLG_DIGEST_TEXT];
} mlg_manifest_entry;

typedef struct mlg_manifest {
    mlg_manifest_entry *entry;
    size_t n, room;
} mlg_manifest;

mlg_status mlg_manifest_add(mlg_manifest *manifest, const char *name, const char *sha256,
                            mlg_error *err) MLG_MUST_CHECK;
/* The entry of a name, or NULL. */
const mlg_manifest_entry *mlg_manifest_find(const mlg_manifest *manifest, const char *name);
/* Adds the entries of a file. A file that is missing, or that is no manifest of ours,
 * adds none; names that lead out of the folder are passed over. */
mlg_status mlg_manifest_read(mlg_manifest *manifest, const char *path,
                             mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_manifest_write(const mlg_manifest *manifest, FILE *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_manifest_free(mlg_manifest *manifest);

#endif
