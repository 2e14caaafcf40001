/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_H
#define MLG_INGEST_H

#include "maillage/model.h"
#include "maillage/run.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How to read a study's files. */
typedef struct mlg_ingest_options {
    const char *encoding;  /**< NULL: found out for each file */
    const char *separator; /**< NULL: found out; ",", ";" or "\t" */
    bool lenient_quotes;   /**< quotes are ordinary characters */
} mlg_ingest_options;

/**
 * Reads a study: a folder of tables, or one file of it.
 *
 * Every fault of every file is collected before the call answers; none stops
 * the reading. Input is never modified.
 *
 * @param      path    the study's folder, or a single table
 * @param      options NULL for the defaults
 * @param      run     progress, cancel, memory bound
 * @param[out] model   the study; release it with mlg_model_free(). Given also
 *                     when the answer is MLG_EDATA, for its faults; NULL otherwise
 * @param[out] err     reason of a failure, or NULL
 * @return MLG_OK (perhaps with warnings) · MLG_EDATA when a fault is an error ·
 *         MLG_EIO · MLG_ENOMEM · MLG_ESTOP.
 */
mlg_status mlg_ingest(const char *path, const mlg_ingest_options *options, const mlg_run *run,
                      mlg_model **model, mlg_error *err) MLG_MUST_CHECK;

/** The faults of a model, warnings included. */
const mlg_faults *mlg_model_faults(const mlg_model *model);

/** Two names that may be one organisation, with the reason; nothing is merged. */
typedef struct mlg_lookalike {
    mlg_scope scope;
    mlg_id a, b;
    mlg_text_key reason;
    mlg_id kept; /**< whose spelling would stay: the listed one's, else the most used; -1 where
                      no alias can join them, or a better one is given for the same spelling */
} mlg_lookalike;

/**
 * Likely duplicate names: same key after folding, initials of the other, or a
 * small edit distance. Suggestions for aliases.csv. The array is the caller's,
 * to be given back by mlg_lookalikes_free().
 */
mlg_status mlg_model_lookalikes(const mlg_model *model, mlg_lookalike **pairs, size_t *n,
                                mlg_error *err) MLG_MUST_CHECK;
/**
 * The row of aliases.csv that makes a pair one, as its user would type it. Empty where no alias
 * can, and for persons unless `labels` says names.
 */
void mlg_lookalike_alias(const mlg_model *model, const mlg_labels *labels,
                         const mlg_lookalike *pair, char *row, size_t room);
void mlg_lookalikes_free(mlg_lookalike *pairs);

#ifdef __cplusplus
}
#endif

#endif
