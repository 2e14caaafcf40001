/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_REMOVAL_H
#define MLG_SLOW_REMOVAL_H

#include "graph/graph.h"

/* Naive twins, for graphs of a few dozen actors: remove, search from everyone again, look at
 * every pair. */

/* What a removal does to the pairs of the others. */
typedef struct slow_loss {
    int64_t pairs, lost;             /* connected before; no longer so after */
    int64_t cross_pairs, cross_lost; /* of them, with known sectors and none in common */
    int64_t own, own_cross;          /* connected pairs the actor is one of */
    int32_t branches;                /* pieces of its component after */
} slow_loss;

slow_loss slow_removal(const mlg_graph *graph, int32_t actor);

/* The same for a single tie; `own`, `own_cross` and `branches` stay 0. */
slow_loss slow_tie_removal(const mlg_graph *graph, int32_t a, int32_t b);

/* The same for several actors at once, left[n], or for an activity of two-mode data (-1: none):
 * pairs of those who stay; `own`, `own_cross` and `branches` stay 0. Two-mode data are searched
 * through their activities. */
slow_loss slow_set_removal(const mlg_graph *graph, const bool *left, int32_t activity);

/* Sum of 1 / d over ordered pairs of the others without `actor` (-1: nobody), by Floyd and
 * Warshall: ties one step each, or w_max / weight long. */
double slow_joined(const mlg_csr *ties, int32_t actor, bool weighed, double w_max);

/* Both have a known sector, and none in common. */
bool slow_is_cross(const mlg_graph *graph, int32_t a, int32_t b);

/* Borgatti's F of the graph without `actor` (-1: whole), over the pairs that are left. */
double slow_fragmentation(const mlg_graph *graph, int32_t actor);

#endif
