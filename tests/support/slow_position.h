/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_POSITION_H
#define MLG_SLOW_POSITION_H

#include "slow_paths.h"

/* Naive twins of what is measured of each actor, from the definitions. */

/* Burt's constraint from arcs (or ties), a_ij + a_ji; NaN without a contact. */
double slow_constraint(const mlg_csr *arcs, bool weighed, int32_t i);
/* Coreness by peeling: takes actors with fewer than k contacts away until none is left. */
void slow_coreness(const mlg_csr *ties, int32_t *core);
/* Leading eigenvector of v's component, largest score 1, by powers of A + 1. */
void slow_eigenvector(const mlg_csr *ties, int32_t v, double *score);
/* PageRank by repeated walking. */
void slow_pagerank(const mlg_csr *arcs, double damping, double *score);
/* 3 triangles / paths of two ties, over all triples; NaN without such a path. */
double slow_transitivity(const mlg_csr *ties);

#endif
