/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_ENGINE_H
#define MLG_GRAPH_ENGINE_H

#include <igraph.h>

#include "base/fail.h"
#include "base/random.h"
#include "graph/graph.h"

/* Installs the engines' error handlers (igraph and GSL abort by default). Idempotent;
 * every function below calls it. */
void mlg_engine_start(void);

/* Runs an igraph call and turns its failure into ours, with its first reason. */
#define TRY_IGRAPH(err, call) TRY(mlg_from_igraph((err), (call)))
mlg_status mlg_from_igraph(mlg_error *err, igraph_error_t code);

/* An igraph_t of the weak ties (directed = false) or the arcs, edges in CSR order;
 * `weight` (may be NULL) gets one entry an edge. Caller destroys both. No attributes. */
mlg_status mlg_graph_to_igraph(const mlg_graph *graph, bool directed, igraph_t *out,
                               igraph_vector_t *weight, mlg_error *err);

/* Seeds igraph's default generator from one of our streams. */
void mlg_engine_seed(mlg_random stream);

/* Positions for drawing: sectors as discs on a ring, components apart inside, isolates
 * of each disc at its rim (see layout.c). x, y [n] in -1..1, radius [n_sectors + 1] and
 * cx, cy [n_sectors + 1] of the discs (the last is "sector unknown"; radius 0 = empty). */
mlg_status mlg_layout_sectors(const mlg_graph *graph, uint64_t seed, double *x, double *y,
                              double *cx, double *cy, double *radius, mlg_error *err);

#endif
