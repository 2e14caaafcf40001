/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SLOW_COORDINATION_H
#define TESTS_SLOW_COORDINATION_H

#include "base/buffer.h"
#include "graph/graph.h"
#include "measure/fewest.h"

/* Naive twins for the fewest departures, for chains between two sets of activities, and for the
 * network without some people. */

/* Tries every set of candidates (at most 16): the smallest that orphans most items. `who` is not
 * filled. */
mlg_fewest slow_fewest(const mlg_fewest_case *of);

/* Chains by igraph's maximum flow, on a graph with each person cut in two; `without` takes one out
 * of it (-1: nobody). */
int slow_chains(const mlg_csr *attends, const mlg_csr *attended, const int32_t *a, size_t n_a,
                const int32_t *b, size_t n_b, int32_t without);

/* The tables of a study (model_fixture.h) without the rows of ties and participations that name one
 * of these parties ("Q0|S1") or activities ("A2|"). */
void slow_without(const char *text, const char *names, mlg_buffer *out);

/* Pairs of first sectors that a tie of the graph joins. */
int64_t slow_sector_pairs(const mlg_graph *graph);
/* Cross-sector pairs at most two rows apart: in a view of participations in one activity; else
 * tied, or with a partner in common. */
int64_t slow_near_pairs(const mlg_graph *graph);

#endif
