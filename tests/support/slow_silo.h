/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_SILO_H
#define MLG_SLOW_SILO_H

#include "graph/graph.h"

/* Naive twins of the silo measures: loops over all pairs of actors, straight from the
 * definitions. In each, `who` [n] says whose sectors an actor was dealt; NULL: its own. */

typedef double slow_statistic(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b);

/* Of the view; a and b are not used. */
slow_statistic slow_ei, slow_ei_weighted, slow_modularity, slow_assortativity;
double slow_modularity_weighted(const mlg_graph *graph);
/* Of sector a. */
slow_statistic slow_ei_group, slow_ei_group_stub;
/* Of actor a. */
slow_statistic slow_ei_actor;
/* From sector a to sector b: arcs, or ties, internal ones once. */
slow_statistic slow_mixing_cell;

/* Every permutation of the actors with a sector, n! of them (n <= 8), the identity first. */
typedef void slow_visit(void *context, const int32_t *who);
void slow_every_deal(const mlg_graph *graph, slow_visit *visit, void *context);

/* A statistic over every deal: mean and variance (NaN ones left out), share of the deals at
 * most and at least as large as observed (NaN ones in both). */
typedef struct slow_null {
    double observed, mean, variance, p_less, p_greater, low, high;
} slow_null;
slow_null slow_null_of(const mlg_graph *graph, slow_statistic *statistic, int32_t a, int32_t b);
/* The same over deals that leave actor `kept` its own sectors. */
slow_null slow_null_keeping(const mlg_graph *graph, slow_statistic *statistic, int32_t kept);

/* A graph whose actors may have several sectors: "A AB ? BC", the first letter being the first
 * sector; each letter is somebody's first. Ties as in graph_fixture(). */
mlg_graph *fixture_several(const char *sectors, const char *ties);
/* Gives some actors of a graph further sectors, at random. */
void give_further_sectors(mlg_graph *graph, uint64_t seed);

#endif
