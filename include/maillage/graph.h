/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_H
#define MLG_GRAPH_H

#include "maillage/model.h"
#include "maillage/run.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What becomes one actor of a graph. */
typedef enum mlg_by {
    MLG_BY_ORGANISATION, /**< persons, services and posts collapse into their organisation */
    MLG_BY_ACTOR,        /**< nothing collapses */
    MLG_BY_SERVICE,      /**< persons collapse, services stay */
    MLG_BY_SECTOR,
    MLG_BY_SCHEME,
} mlg_by;

typedef enum mlg_source { MLG_FROM_TIES, MLG_FROM_PARTICIPATIONS } mlg_source;

/** Weight of a pair that takes part in the same activities, k actors each. */
typedef enum mlg_projection {
    MLG_PROJECT_NEWMAN,  /**< sum of 1 / (k - 1) */
    MLG_PROJECT_COUNT,   /**< number of shared activities */
    MLG_PROJECT_JACCARD, /**< shared / (either's) */
} mlg_projection;

/** Comparison of a named view's condition on a column. */
typedef struct mlg_condition {
    int column;        /**< number of the schema's column */
    char operation[3]; /**< "=", "!=", "<", ">", "<=", ">=" */
    char value[64];
} mlg_condition;

enum { MLG_MAX_CONDITIONS = 4 };

/** Which rows, period and actors make a graph. */
typedef struct mlg_view {
    char id[64]; /**< "ties", "participations", "ties.formal" ... */
    mlg_source source;
    mlg_by by;
    int32_t from, to; /**< days, both in; INT32_MIN / INT32_MAX = open */
    int32_t kind;     /**< tie kind (code), or -1: all together */
    mlg_projection projection;
    mlg_condition condition[MLG_MAX_CONDITIONS];
    size_t n_conditions;
} mlg_view;

/** What the user asked of the views; zeroed = the defaults. */
typedef struct mlg_view_wish {
    const char *view; /**< NULL: each the study offers; else one view's id */
    mlg_by by;
    bool has_from, has_to;
    int32_t from, to;
    const char *kind; /**< a tie kind's code or label, or NULL */
} mlg_view_wish;

/**
 * The views a study offers: `ties` where ties.csv exists, one more for each tie
 * kind when it has several, `participations` where participations.csv exists,
 * and each `view.NAME...` of study.csv. The period is the wish's, else the 12
 * months that end on the study's date, else everything.
 *
 * A participation counts when `present` is not no or excused. One without a date and
 * without `present` lists a member: it counts as one who takes part, unless dated rows of
 * the same activity say who came; then it is no meeting and ties nobody (carriers, funders
 * and partners, who take part without a day, still count).
 *
 * @param[out] views  to be given back by mlg_views_free()
 * @return MLG_OK (also for none) · MLG_EARG for a view, kind or column that is
 *         not there · MLG_ENOMEM.
 */
mlg_status mlg_views_of(const mlg_model *model, const mlg_view_wish *wish, mlg_view **views,
                        size_t *n_views, mlg_error *err) MLG_MUST_CHECK;
void mlg_views_free(mlg_view *views);

/** Actors and the ties between them under one view: read-only. */
typedef struct mlg_graph mlg_graph;

mlg_status mlg_graph_build(const mlg_model *model, const mlg_view *view, const mlg_run *run,
                           mlg_graph **graph, mlg_error *err) MLG_MUST_CHECK;
void mlg_graph_free(mlg_graph *graph);

#ifdef __cplusplus
}
#endif

#endif
