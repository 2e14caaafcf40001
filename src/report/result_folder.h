/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_RESULT_FOLDER_H
#define MLG_REPORT_RESULT_FOLDER_H

#include <stdbool.h>
#include <stdio.h>

#include "maillage/error.h"

/* A folder of results that is replaced as a whole. Files are written beside the old
 * ones under temporary names, synced and closed; only when all are whole do they take
 * their names, and manifest.json (names and SHA-256) comes last: a folder whose
 * manifest is missing or does not match is incomplete, never taken for a report.
 * What a killed run left behind is recognised and cleared by the next one. */
typedef struct mlg_result_folder mlg_result_folder;

/* Makes the folder when it is missing, locks it, sees that it can be written to and
 * that it holds nothing but an earlier result (its manifest says which names), unless
 * `force`: then other files are left as they are. `secret` files are readable by
 * their owner only. MLG_EIO with the reason, MLG_ENOMEM. */
mlg_status mlg_result_folder_open(const char *path, bool force, bool secret,
                                  mlg_result_folder **folder, mlg_error *err) MLG_MUST_CHECK;

/* MLG_EIO when the earlier result is of another kind: one without this file. It would be
 * removed whole by a commit. */
mlg_status mlg_result_folder_refuse_others(const mlg_result_folder *folder, const char *name,
                                           mlg_error *err) MLG_MUST_CHECK;

typedef mlg_status mlg_result_folder_writer(const void *what, FILE *out, mlg_error *err);

/* Writes one file under a temporary name. `name` is a plain name, or "tables/NAME". */
mlg_status mlg_result_folder_write(mlg_result_folder *folder, const char *name,
                                   mlg_result_folder_writer *write, const void *what,
                                   mlg_error *err) MLG_MUST_CHECK;
/* Gives all files their names, removes those of the earlier result that are no more,
 * and writes the manifest. */
mlg_status mlg_result_folder_commit(mlg_result_folder *folder, mlg_error *err) MLG_MUST_CHECK;
/* Lets go of the folder; what was not committed is removed, the earlier result stands.
 * Harmless on NULL. */
void mlg_result_folder_close(mlg_result_folder *folder);

#endif
