/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_COMMUNITIES_H
#define MLG_MEASURE_COMMUNITIES_H

#include "measure/context.h"
#include "measure/labels.h"
#include "measure/partition_agreement.h"

/* The groups that ties form by themselves: Leiden's partitions of highest modularity from many
 * seeds, the best of them, and how far the others agree with it. */
typedef struct mlg_partition {
    int32_t *community;    /* [n] 0.. by falling size, then by lowest member */
    int32_t n_communities; /* alone ones included */
    int32_t n_shared;      /* that hold at least two actors */
    double modularity;
    uint32_t runs;    /* made */
    double stability; /* mean adjusted Rand index between two runs; NaN for one run, or when all
                         actors stand alone */
    double together;  /* of the pairs of actors in one community, the mean share of the runs that
                         put both in one; NaN when all stand alone */
    double *kept;     /* [n] the same over the pairs of each actor, NaN when alone */
} mlg_partition;

typedef struct mlg_communities {
    mlg_partition plain;    /* each tie counts once */
    mlg_partition weighted; /* with strengths; runs = 0: no weights, or too much work */
} mlg_communities;

/* The view's, made at first need. The graph has ties. MLG_ENOMEM, MLG_EENGINE, MLG_ESTOP. Not to be
 * called from two threads: igraph has one generator. */
mlg_status mlg_communities_of(mlg_context *context, int32_t view, const mlg_communities **out,
                              mlg_error *err) MLG_MUST_CHECK;

/* Null "labels" of a partition against sectors (community_labels.c): the first sectors of the
 * labelling are dealt again, the partition stays. `group` [labelling n] of 0..n_groups - 1;
 * overlap [plan->n]. Same bytes for any number of threads. Cost: O(R (n + groups sectors)). */
mlg_status mlg_community_draws(const mlg_labelling *labelling, const int32_t *group,
                               int32_t n_groups, const mlg_deal_plan *plan, const mlg_run *run,
                               mlg_same_pairs *overlap, mlg_error *err) MLG_MUST_CHECK;

#endif
