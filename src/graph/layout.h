/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_LAYOUT_H
#define MLG_GRAPH_LAYOUT_H

#include "graph/graph.h"

/* Apart from engine.h, so that the report can ask for a layout without seeing igraph. */

/* Positions for drawing: sectors as discs on a ring, components apart inside, isolates
 * of each disc at its rim (see layout.c). x, y [n] in -1..1, radius [n_sectors + 1] and
 * cx, cy [n_sectors + 1] of the discs (the last is "sector unknown"; radius 0 = empty).
 * Actors `aside` ([n], NULL: none) get no place, as if they were not there; none of them is
 * tied to one that is. */
mlg_status mlg_layout_sectors(const mlg_graph *graph, const bool *aside, uint64_t seed, double *x,
                              double *y, double *cx, double *cy, double *radius, mlg_error *err);

#endif
