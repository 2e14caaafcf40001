/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_LAYOUT_DISC_H
#define MLG_GRAPH_LAYOUT_DISC_H

#include "graph/graph.h"

/* The discs of a layout, as far as the dots inside one need to know. */
typedef struct mlg_discs {
    const mlg_graph *graph;
    int32_t n;         /* discs: sectors and, last, "unknown" */
    const int32_t *of; /* [actors] disc */
    int32_t *inner;    /* [actors] scratch: number among those tied inside the disc */
    const double *cx, *cy, *radius;
    uint64_t seed;
} mlg_discs;

/* Places the members of one disc (ascending actors) evenly over it: who is tied
 * inside by their ties, turned towards the discs they are tied to; then who is tied to other
 * discs only; who has no tie at the rim. No two dots are nearer than radius / rings. */
mlg_status mlg_layout_disc(const mlg_discs *discs, int32_t disc, const int32_t *member,
                           int32_t n_members, double *x, double *y, mlg_error *err);

#endif
