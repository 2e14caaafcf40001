/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_H
#define MLG_MODEL_H

#include <stdbool.h>
#include <stdio.h>

#include "maillage/error.h"
#include "maillage/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A row number or dense id; -1 = none or unknown. */
typedef int32_t mlg_id;

/** What a figure or a label is about. Ids of each scope are dense in the model. */
typedef enum mlg_scope {
    MLG_SCOPE_NETWORK, /**< the whole view or study; no id */
    MLG_SCOPE_SECTOR,  /**< code of the vocabulary `sector` */
    MLG_SCOPE_ACTOR,   /**< actors, posts and schemes share one id space */
    MLG_SCOPE_POST,    /**< same space as actors */
    MLG_SCOPE_SCHEME,  /**< same space as actors */
    MLG_SCOPE_ACTIVITY,
    MLG_SCOPE_TERRITORY,
    MLG_SCOPE_COLUMN,    /**< a column of the schema (its number): completeness */
    MLG_SCOPE_FAULT,     /**< a kind of fault (its text key) */
    MLG_SCOPE_TIE_KIND,  /**< code of the vocabulary `tie_kind` */
    MLG_SCOPE_PARAMETER, /**< a number of the departure model: its key in study.csv */
    MLG_SCOPE_EXTENT,    /**< a kind of perimeter: twice the code of the schemes' kind, or twice
                              the code of the scale and one */
    MLG_SCOPE_THEME,     /**< code of the vocabulary `theme` */
    MLG_SCOPE_MISSION,   /**< code of the vocabulary `mission` */
    MLG_SCOPE_AUDIENCE,  /**< code of the vocabulary `audience` */
    MLG_SCOPE_AXIS,      /**< an axis of a contract, as activities.csv writes it */
    MLG_N_SCOPES
} mlg_scope;

/** Canonical name of a scope ("network", "sector", ...). */
const char *mlg_scope_name(mlg_scope scope);

/** A study after ingest: read-only. */
typedef struct mlg_model mlg_model;

/** Releases a model. Harmless on NULL. */
void mlg_model_free(mlg_model *model);

/** Title of the study, or "" when study.csv gives none. */
const char *mlg_model_title(const mlg_model *model);
/** Language of the study, or -1 when study.csv names none. */
int mlg_model_language(const mlg_model *model);
/** The day the study speaks of (days since 1970-01-01), or INT32_MIN. */
int32_t mlg_model_date(const mlg_model *model);

/** Does study.csv say that the study is illustrative (`illustrative;yes`)? Every output then says
 * so. */
bool mlg_model_illustrative(const mlg_model *model);
/** False where study.csv says that its rows come from several territories
 * (`scope;not_one_territory`): what adds up over the whole study is then undefined. */
bool mlg_model_one_territory(const mlg_model *model);

/** Reads a date as study tables write them (ISO, dd/mm/yyyy, a year or a month alone)
 *  into its first and last day; false when it is none. */
bool mlg_date_read(const char *text, int32_t *first, int32_t *last);

/* ---- labels --------------------------------------------------------------- */

/** How subjects are named in an output. */
typedef struct mlg_labels {
    mlg_language language;
    bool names; /**< persons by name; false: by pseudonym */
} mlg_labels;

/**
 * The one function that gives a public label. Persons get their pseudonym
 * (P01, P02...) unless `labels->names`; posts their id; sectors their label in
 * the language; other subjects their name, else their id. Writes at most `room`
 * bytes with the end, answers the length needed.
 */
size_t mlg_label(const mlg_model *model, const mlg_labels *labels, mlg_scope scope, mlg_id id,
                 char *out, size_t room);

/** Writes pseudonym, id and name of each person as CSV; the caller keeps it private. */
mlg_status mlg_model_write_key(const mlg_model *model, FILE *out, mlg_error *err) MLG_MUST_CHECK;

/* ---- faults --------------------------------------------------------------- */

typedef enum mlg_severity { MLG_WARNING, MLG_FATAL } mlg_severity;

/** All that is wrong with the input, collected, grouped when repeated. */
typedef struct mlg_faults mlg_faults;

mlg_faults *mlg_faults_new(void);
void mlg_faults_free(mlg_faults *faults);
/** Number of faults of a severity, repetitions counted. */
size_t mlg_faults_count(const mlg_faults *faults, mlg_severity severity);
/** Number of groups. */
size_t mlg_faults_groups(const mlg_faults *faults);

/** One group of faults, ready to be shown. Texts live as long as the collection. */
typedef struct mlg_fault_view {
    mlg_severity severity;
    const char *code;     /**< "bad_date" */
    const char *file;     /**< as the study names it */
    int32_t line, column; /**< of the first; from 1, 0 = none */
    uint32_t count;       /**< how often, the first included */
    bool person;          /**< its cell may name a person: `message` does not quote it */
} mlg_fault_view;

/** Group `i`, errors first, then by file and line. `names` lets messages quote cells of
 *  person columns. Appends nothing: `message` gets what was read, what was expected and
 *  how to mend it, in the language. Answers the length needed. */
size_t mlg_faults_get(const mlg_faults *faults, size_t i, mlg_language language, bool names,
                      mlg_fault_view *view, char *message, size_t room);

#ifdef __cplusplus
}
#endif

#endif
