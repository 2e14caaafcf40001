/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_COMMUNITIES_H
#define MLG_SLOW_COMMUNITIES_H

#include "graph/graph.h"

/* Agreement of two partitions of n things, pair by pair and cell by cell. */
typedef struct slow_agreement {
    double mi, nmi, vi, ari;
} slow_agreement;

slow_agreement slow_agreement_of(const int32_t *a, const int32_t *b, int n);
/* Mean of MI over every order of b's labels: n! of them. */
double slow_expected_mi(const int32_t *a, const int32_t *b, int n);
/* Highest modularity of all partitions of the weak ties (n at most 10). */
double slow_best_modularity(const mlg_graph *graph);
/* Modularity of a partition, from the definition over pairs. */
double slow_partition_modularity(const mlg_graph *graph, const int32_t *community, bool weighted);

#endif
