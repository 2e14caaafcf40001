/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_PERCOLATION_H
#define MLG_SLOW_PERCOLATION_H

#include "graph/graph.h"

/* Naive twins, for graphs of a few dozen actors: search from everyone again at each departure. */

typedef struct slow_left {
    int32_t giant;
    int64_t pairs, cross;
} slow_left;

/* What is left without the actors marked; on two-mode data where nothing is projected. */
slow_left slow_left_of(const mlg_graph *graph, const bool *gone);
/* Who has most ties among those left, the lowest of equals; -1 when nobody is left. */
int32_t slow_busiest(const mlg_graph *graph, const bool *gone);
/* The same by shortest paths between the others, equal within 1e-9. */
int32_t slow_most_between(const mlg_graph *graph, const bool *gone);

#endif
