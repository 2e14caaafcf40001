/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_H
#define MLG_MEASURE_H

#include "maillage/graph.h"
#include "maillage/text.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- values ---------------------------------------------------------------- */

/** Columns a value can have, each [n]. */
typedef enum mlg_value_column {
    MLG_VALUE,
    MLG_EXPECTED, /**< under the null */
    MLG_SD,       /**< under the null */
    MLG_LOW,      /**< 2.5 % of the null */
    MLG_HIGH,     /**< 97.5 % of the null */
    MLG_MIN,      /**< smallest attainable */
    MLG_MAX,      /**< largest attainable */
    MLG_Z,
    MLG_P,          /**< in the stated tail */
    MLG_P_TWO,      /**< two-sided, for display */
    MLG_P_ADJUSTED, /**< Benjamini-Hochberg over the rows; gaps: family-wise */
    MLG_AT,         /**< abscissa of a curve */
    MLG_N_VALUE_COLUMNS
} mlg_value_column;

/** JSON name of a column ("value", "p_adjusted"...). */
const char *mlg_value_column_name(mlg_value_column column);

typedef enum mlg_shape {
    MLG_SCALAR, /**< n = 1, no subject */
    MLG_VECTOR, /**< subject [n] */
    MLG_PAIRS,  /**< subject [2n] */
    MLG_CURVE,  /**< column MLG_AT gives the abscissa */
    MLG_MATRIX, /**< MLG_PAIRS with every ordered pair of the subjects, row by row */
} mlg_shape;

enum { MLG_MAX_PARTS = 12 };

/** A further named column of one value ("branches", "stub"...). */
typedef struct mlg_part {
    const char *name; /**< static text */
    double *values;   /**< [n] */
} mlg_part;

typedef struct mlg_measure mlg_measure;

/** One measure on one view. Strings are static; arrays are its own. */
typedef struct mlg_value {
    const mlg_measure *measure;
    int32_t view;    /**< index into the context's views; -1: of the study itself */
    mlg_scope scope; /**< of a subject, or of each end of a pair */
    mlg_shape shape;
    const char *convention; /**< "arcs", "weak", "tie_count" ... */
    const char *weight;     /**< "none", "strength", "distance", "newman" ... */
    const char *null_model; /**< "labels", "margins", ... or NULL: none */
    const char *tail;       /**< "less", "greater", "two", or NULL */
    const char *p_method;   /**< "exact", "enumerated", "draws", or NULL */
    uint32_t draws;         /**< made, 0 when exact */
    size_t n;               /**< rows */
    size_t total;           /**< rows there would be, when `n` is the top-ranked part */
    mlg_id *subject;        /**< [n], [2n] for pairs and matrices, NULL for scalars and curves */
    double *column[MLG_N_VALUE_COLUMNS]; /**< [n], or NULL: not defined for this measure */
    mlg_part part[MLG_MAX_PARTS];
    size_t n_parts;
    mlg_text_key undefined; /**< why a scalar's value, or every row, is NaN; 0 = defined */
    mlg_text_key caution;   /**< what a reader must know beside it ("small_sample"...); 0 = none */
} mlg_value;

/** A list of values. */
typedef struct mlg_values {
    mlg_value *items;
    size_t n, room;
} mlg_values;

void mlg_values_free(mlg_values *values);

/** First value of a measure on a view (-1: the study), or NULL. */
const mlg_value *mlg_values_find(const mlg_values *values, const char *id, int32_t view);

/** First value of a measure on a view under a null ("labels", "degrees"...), or NULL. */
const mlg_value *mlg_values_find_null(const mlg_values *values, const char *id, int32_t view,
                                      const char *null_model);

/* ---- the context of a run -------------------------------------------------- */

/** A model, its views as graphs, the run, and what measures share (cache). */
typedef struct mlg_context mlg_context;

/**
 * Builds the graphs of the views. The model and the run are borrowed and must
 * outlive the context.
 */
mlg_status mlg_context_open(const mlg_model *model, const mlg_view *views, size_t n_views,
                            const mlg_run *run, mlg_context **context,
                            mlg_error *err) MLG_MUST_CHECK;
void mlg_context_free(mlg_context *context);
size_t mlg_context_views(const mlg_context *context);
const mlg_view *mlg_context_view(const mlg_context *context, int32_t view);

/* ---- the catalogue --------------------------------------------------------- */

/** Appends the values of one measure; `view` is -1 for measures of the study itself. */
typedef mlg_status mlg_measure_fn(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err);

/** What a measure needs of the study. */
typedef enum mlg_needs {
    MLG_NEEDS_TIES = 1,     /**< a view: any */
    MLG_NEEDS_TWO_MODE = 2, /**< a view from participations */
    MLG_NEEDS_SECTORS = 4,
    MLG_NEEDS_DIRECTION = 8,
    MLG_NEEDS_POSTS = 16,
    MLG_NEEDS_SCHEMES = 32,
    MLG_NEEDS_PERIMETERS = 64,
    MLG_NEEDS_POPULATION = 128,
    MLG_NEEDS_WEIGHTS = 256,  /**< one kind of tie */
    MLG_NEEDS_ASKING = 512,   /**< runs only when asked for: see mlg_measure_all() */
    MLG_EACH_VIEW = 1024,     /**< of each view, and of the study where there is no view */
    MLG_ONE_TERRITORY = 2048, /**< sums over the study, which must be one territory */
} mlg_needs;

/** How the cost grows, for the choice of what a report computes. */
typedef enum mlg_cost { MLG_COST_LINEAR, MLG_COST_DRAWS, MLG_COST_PATHS, MLG_COST_SQUARE } mlg_cost;

/** One row of the catalogue. All texts are static; keys are looked up in the table of texts. */
struct mlg_measure {
    const char *id; /**< "silo.ei" */
    mlg_scope scope;
    mlg_shape shape;
    const char *direction;  /**< "arcs", "weak", "two-mode", "-" */
    const char *weight;     /**< "none", "strength", "distance", "-" */
    const char *convention; /**< one line: formula, divisor, counting rule */
    const char *null_model; /**< one line, or NULL */
    const char *source;     /**< citation */
    const char *undefined;  /**< one line: when it is undefined */
    double low, high;       /**< range of the value, NAN = open */
    unsigned needs;         /**< mlg_needs */
    mlg_cost cost;
    mlg_measure_fn *run;
    const char *question; /**< name of its text "measure_silo_ei": the question in words */
};

/** The catalogue, ended by a row with id NULL, families in the fixed order. */
const mlg_measure *mlg_measures(void);
/** The row of an id, or NULL. */
const mlg_measure *mlg_measure_find(const char *id);

/**
 * Runs the named measures (NULL: all) on every view they apply to. What does not
 * apply (needs missing, too large) is appended as an undefined value with its
 * reason, never left out silently. Measures that need asking run when a name says
 * more than their family, or when the run's backbone is set; else their reason is
 * that nobody asked.
 */
mlg_status mlg_measure_all(mlg_context *context, const char *const *ids, size_t n_ids,
                           mlg_values *out, mlg_error *err) MLG_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
