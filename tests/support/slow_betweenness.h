/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_BETWEENNESS_H
#define MLG_SLOW_BETWEENNESS_H

#include "graph/graph.h"
#include "slow_paths.h"

/* Betweenness from its definition: v is on a shortest path from s to t when the steps s to v and v
 * to t add up, and on paths(s, v) paths(v, t) of them. Ordered pairs, halved when `unordered`. */
void slow_betweenness(const mlg_csr *csr, bool unordered, double *betweenness);

/* The same over the pairs of which both have a sector, and none in common; ties are unordered, arcs
 * ordered. And how many of those pairs ties join. */
void slow_cross_betweenness(const mlg_graph *graph, bool of_arcs, double *betweenness);
double slow_crossing_pairs(const mlg_graph *graph);

/* Pairs of others that v's leaving would part. */
double slow_pairs_apart(const mlg_csr *ties, int32_t v);

#endif
