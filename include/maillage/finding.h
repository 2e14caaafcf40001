/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FINDING_H
#define MLG_FINDING_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum mlg_level { MLG_INFO, MLG_NOTICE, MLG_WARN, MLG_SERIOUS } mlg_level;

/** "info", "notice", "warning", "serious". */
const char *mlg_level_name(mlg_level level);
/** The level of a name, or -1. */
int mlg_level_find(const char *name);

enum {
    MLG_MAX_ARGS = 24,
    MLG_MAX_SUBJECTS = 4,
    MLG_MAX_LIMITS = 6,
    MLG_MAX_EVIDENCE = 20,
    MLG_MAX_MEASURES = 4,
};

/** A row of an input file. */
typedef struct mlg_evidence_row {
    const char *file; /**< as the study names it */
    int32_t line;
} mlg_evidence_row;

/** A statement drawn from measures, with what it rests on. Owns nothing but itself. */
typedef struct mlg_finding {
    const char *kind; /**< "silo", "dependence", ... static */
    mlg_level level;
    int32_t view; /**< -1: of the study itself */
    mlg_scope subject_scope[MLG_MAX_SUBJECTS];
    mlg_id subject[MLG_MAX_SUBJECTS];
    size_t n_subjects;
    mlg_text_key text; /**< with `args` */
    mlg_arg args[MLG_MAX_ARGS];
    size_t n_args;
    mlg_text_key lever;       /**< what would help; 0 = the documents recommend nothing */
    const char *lever_source; /**< "S0:281" */
    mlg_text_key limits[MLG_MAX_LIMITS];
    size_t n_limits;
    const char *measures[MLG_MAX_MEASURES]; /**< ids it rests on */
    size_t n_measures;
    mlg_evidence_row rows[MLG_MAX_EVIDENCE];
    size_t n_rows, rows_total;
    mlg_evidence_row last; /**< counted last: a row read twice running counts once */
    double share;      /**< of cross-sector pairs, population or schemes touched; orders the list */
    size_t rule;       /**< number of the rule that made it */
    const char *topic; /**< two findings of one topic, subjects and source say the same; static */
} mlg_finding;

typedef struct mlg_findings {
    mlg_finding *items;
    size_t n, room;
} mlg_findings;

/**
 * Applies the table of rules to the values: findings ranked (most serious first),
 * without repetition.
 *
 * @return MLG_OK (also for none), MLG_ENOMEM.
 */
mlg_status mlg_find(const mlg_context *context, const mlg_values *values, mlg_findings *findings,
                    mlg_error *err) MLG_MUST_CHECK;
void mlg_findings_free(mlg_findings *findings);

#ifdef __cplusplus
}
#endif

#endif
