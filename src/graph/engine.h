/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_ENGINE_H
#define MLG_GRAPH_ENGINE_H

#include <igraph.h>

#include "base/fail.h"
#include "base/random.h"
#include "graph/graph.h"
#include "graph/layout.h"

/* Installs the engines' error handlers (igraph and GSL abort by default). Idempotent;
 * every function below calls it. */
void mlg_engine_start(void);

/* Runs an igraph call and turns its failure into ours, with its first reason. */
#define TRY_IGRAPH(err, call) TRY(mlg_from_igraph((err), (call)))
mlg_status mlg_from_igraph(mlg_error *err, igraph_error_t code);
/* The same for GSL. */
#define TRY_GSL(err, call) TRY(mlg_from_gsl((err), (call)))
mlg_status mlg_from_gsl(mlg_error *err, int code);

/* An igraph_t of the weak ties (directed = false) or the arcs, edges in CSR order;
 * `weight` (may be NULL) gets one entry an edge. Caller destroys both. No attributes. */
mlg_status mlg_graph_to_igraph(const mlg_graph *graph, bool directed, igraph_t *out,
                               igraph_vector_t *weight, mlg_error *err);

/* Seeds igraph's default generator from one of our streams. */
void mlg_engine_seed(mlg_random stream);

#endif
