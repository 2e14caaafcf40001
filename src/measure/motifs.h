/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_MOTIFS_H
#define MLG_MEASURE_MOTIFS_H

#include "measure/context.h"
#include "measure/unit_links.h"

/* Actors that work in the same unit, or in two that are linked, and whether they are partners. */
typedef struct mlg_motifs {
    const mlg_graph *graph;
    mlg_text_key why;
    mlg_unit_links links;
    int32_t n;      /* actors of a known place */
    int32_t *actor; /* [n] number in the graph, ascending */
    int32_t *rank;  /* [actors of the graph] number among them, or -1 */
    uint32_t *near; /* [n squared] units that two actors both work in */
    uint32_t *far;  /* [n squared] pairs of linked units, one of each of the two actors */
    double all[2];  /* triangles, four-cycles: closed or open */
    double linked;  /* pairs of linked units */
    double pairs;   /* of actors with a unit in common */
} mlg_motifs;

enum { MLG_TRIANGLES, MLG_FOUR_CYCLES, MLG_N_MOTIFS };

mlg_status mlg_motifs_make(const mlg_graph *graph, mlg_motifs *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_motifs_free(mlg_motifs *motifs);

static inline size_t mlg_motifs_at(const mlg_motifs *motifs, int32_t i, int32_t j)
{
    return (size_t) i * (size_t) motifs->n + (size_t) j;
}

/* What is closed in the draws of a null: `closed` [MLG_N_MOTIFS * draws], to be given back with
 * mlg_free(); observed [MLG_N_MOTIFS]. `why` when nothing could be drawn. */
typedef struct mlg_motif_draws {
    const char *null_model;
    mlg_text_key why;
    double observed[MLG_N_MOTIFS];
    double tied; /* pairs of placed actors that are partners */
    double *closed;
    size_t n;
} mlg_motif_draws;

/* motif_draws.c: of a view of ties, degrees kept; of participations, both margins. */
mlg_status mlg_motif_draws_of(mlg_context *context, int32_t view, const mlg_motifs *motifs,
                              mlg_motif_draws *out, mlg_error *err) MLG_MUST_CHECK;

#endif
