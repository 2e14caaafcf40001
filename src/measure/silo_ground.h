/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SILO_GROUND_H
#define MLG_MEASURE_SILO_GROUND_H

#include "measure/context.h"
#include "measure/labels.h"
#include "measure/margins.h"
#include "measure/null_summary.h"

/* What the silo measures of one view stand on, made at first need: labels, pairs, and the
 * draws that all of them share. Statistics that rise and fall with the ties inside
 * sectors have one and the same p on the same draws: it is published once for each, and never
 * adjusted across them. */

/* A statistic of pairs under a null: the view's as it is, and each draw's. */
typedef struct mlg_silo_pairs {
    bool made;
    mlg_pairs pairs;
    double within; /* observed */
    double *draws; /* [silo->n_deals] within, deal by deal; NULL: none */
} mlg_silo_pairs;

typedef struct mlg_silo {
    const mlg_graph *graph;
    mlg_labelling labelling;
    mlg_text_key why; /* why nothing can be said of the view, or T_none */
    bool two_mode;    /* null "margins"; else "labels" */

    mlg_deal_plan plan; /* labels */
    mlg_silo_pairs arcs, weighted;
    struct { /* weak ties as a partition by first sector */
        bool made;
        mlg_pairs pairs;
        double within, squares;        /* observed */
        double *draws, *squares_draws; /* [plan.n] */
    } ties;
    struct {
        bool made;
        mlg_pairs pairs;           /* ties, or each arc */
        mlg_cells observed, draws; /* draws.n may be less than plan.n */
    } cells;

    bool margins_made;
    mlg_margins margins;
} mlg_silo;

/* The view's ground, with labels made. When `why` is not T_none, nothing else may be asked. */
mlg_status mlg_silo_of(mlg_context *context, int32_t view, mlg_silo **out,
                       mlg_error *err) MLG_MUST_CHECK;
/* The same of a graph that is no view's (with other labels for sectors); the caller frees it. */
mlg_status mlg_silo_make(const mlg_graph *graph, const mlg_run *run, mlg_silo **out,
                         mlg_error *err) MLG_MUST_CHECK;
void mlg_silo_free(void *silo);
/* Make one part of it (of a view from participations: everything). The work may turn out too
 * large: then `why` says so. */
mlg_status mlg_silo_need_arcs(mlg_silo *silo, const mlg_run *run, mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_silo_need_weighted(mlg_silo *silo, const mlg_run *run,
                                  mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_silo_need_ties(mlg_silo *silo, const mlg_run *run, mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_silo_need_cells(mlg_silo *silo, const mlg_run *run, mlg_error *err) MLG_MUST_CHECK;

/* Is there a tie between actors with a sector? Of a view from participations, once it was made. */
bool mlg_silo_has_ties(const mlg_silo *silo);
/* Why nothing can be said of the view's ties as they are, without a draw; T_none when it can. */
mlg_text_key mlg_silo_lacks(const mlg_silo *silo);
/* What a reader must know of so few actors or sectors, or T_none. */
mlg_text_key mlg_silo_caution(const mlg_silo *silo);
/* Observed cells and their draws, under either null. */
const mlg_cells *mlg_silo_cells(const mlg_silo *silo);
const mlg_cells *mlg_silo_cell_draws(const mlg_silo *silo);

/* Writes into a value its null, how p was found, from how many draws, in which tail, and what
 * to beware of. `n`: draws that stand behind it. */
void mlg_silo_tell(const mlg_silo *silo, size_t n, const char *tail, mlg_value *value);
/* The same of a second value, under the null "degrees". */
void mlg_silo_tell_degrees(const mlg_silo *silo, size_t n, const char *tail, mlg_value *value);
/* "newman", "count", "jaccard" of a projection, else "strength". */
const char *mlg_silo_weight_name(const mlg_silo *silo);

/* Sets row `i` of a value's column, made at need. */
mlg_status mlg_silo_set(mlg_value *value, mlg_value_column column, size_t i, double number,
                        mlg_error *err) MLG_MUST_CHECK;
/* Observed, expected, interval and p of row `i`. `sum` is the draws' (its mean and sd stand
 * unless `exact` gives the two). The p of `tail`: "less", "greater" or "two". */
mlg_status mlg_silo_fill(mlg_value *value, size_t i, double observed, const mlg_null_summary *sum,
                         const double *exact, const char *tail, mlg_error *err) MLG_MUST_CHECK;

/* E-I of a ground, as a value of a measure (silo.c). */
mlg_status mlg_silo_ei_of(mlg_silo *silo, const mlg_run *run, const char *id, int32_t view,
                          bool weighted, mlg_values *out, mlg_error *err) MLG_MUST_CHECK;

/* A measure over the cells of the sectors: why it is undefined, or what `add` makes of them. */
typedef mlg_status mlg_silo_add(const mlg_silo *silo, int32_t view, mlg_values *out,
                                mlg_error *err);
mlg_status mlg_silo_over_cells(mlg_context *context, int32_t view, const char *measure,
                               mlg_silo_add *add, mlg_values *out, mlg_error *err);

#endif
