/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BACKBONE_H
#define MLG_MEASURE_BACKBONE_H

#include "measure/context.h"

/* Which pairs of actors share more activities than chance would have them share. */

#define MLG_BACKBONE_LEVEL 0.05

/* The pairs of a view that share an activity, and how rare that is. */
typedef struct mlg_backbone {
    const mlg_graph *graph;
    int32_t n_actors, n_activities; /* with a participation */
    double n_pairs;                 /* of these actors: the family, whether they share or not */
    mlg_csr shared;                 /* a -> b > a, weighted by the activities both attend */
    double *expected, *p;           /* [mlg_csr_size(&shared)] of as many or more */
    double could_pass; /* pairs that would be kept if they shared all they could; or NaN */
    double error;      /* of the model's margins, in the mean */
    uint32_t draws;
} mlg_backbone;

/* Finds the pairs. MLG_ESIZE when there are too many. */
mlg_status mlg_backbone_open(const mlg_graph *graph, const mlg_run *run, mlg_backbone *out,
                             mlg_error *err) MLG_MUST_CHECK;
void mlg_backbone_close(mlg_backbone *backbone);

/* Each fills expected and p (and could_pass, where it is known).
 * backbone_classes.c: pairs of actors of the same two numbers of activities are alike. */
mlg_status mlg_backbone_hypergeometric(mlg_backbone *backbone, mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_backbone_sdsm(mlg_backbone *backbone, mlg_error *err) MLG_MUST_CHECK;
/* backbone_draws.c: Besag-Clifford, as many draws as the work allows. No draw: p stays NaN. */
mlg_status mlg_backbone_fdsm(mlg_backbone *backbone, const mlg_run *run,
                             mlg_error *err) MLG_MUST_CHECK;

#endif
