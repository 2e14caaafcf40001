/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PIECES_H
#define MLG_MEASURE_PIECES_H

#include "base/fail.h"
#include "graph/graph.h"

/* The pieces that the component of one actor falls into when it withdraws. */
typedef struct mlg_pieces {
    int32_t n;      /* pieces */
    int32_t *of;    /* [actors of the view] piece, or -1: the actor itself, other components */
    int32_t *size;  /* [n] actors */
    int32_t widest; /* the largest piece, the first of equals; -1 without one */
} mlg_pieces;

/* By ties of either direction; where a projection was too large to build, by common activities.
 * Cost: O(n + m). Empty after a failure. */
mlg_status mlg_pieces_without(const mlg_graph *graph, int32_t actor, mlg_pieces *out,
                              mlg_error *err) MLG_MUST_CHECK;
void mlg_pieces_free(mlg_pieces *pieces);

#endif
