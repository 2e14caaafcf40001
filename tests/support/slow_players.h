/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_PLAYERS_H
#define MLG_SLOW_PLAYERS_H

#include "graph/graph.h"

/* Naive twins, for graphs of a few dozen actors: every set of k, every pair, distances by
 * relaxing every tie. */
enum { SLOW_MOST = 48, SLOW_LISTED = 24 };

typedef enum slow_aim {
    SLOW_NEAR,  /* sum of 1 / distance to the set, members 1 */
    SLOW_ONE,   /* actors within one step */
    SLOW_TWO,   /* within two */
    SLOW_SPLIT, /* minus the connected pairs that are left */
    SLOW_APART, /* minus the sum of 1 / distance that is left */
    SLOW_AIMS
} slow_aim;

double slow_set_value(const mlg_graph *graph, slow_aim aim, const int32_t *set, int32_t k);

/* Is there a way between two actors when a set is gone? */
bool slow_connected(const mlg_graph *graph, int32_t a, int32_t b, const int32_t *gone, int32_t k);

typedef struct slow_sets {
    double value;
    int32_t n;                   /* sets that have it */
    int32_t member[SLOW_LISTED]; /* the first of them, one after the other */
} slow_sets;

slow_sets slow_best_sets(const mlg_graph *graph, slow_aim aim, int32_t k);

#endif
