/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_PATHS_H
#define MLG_SLOW_PATHS_H

#include "slow_graph.h"

/* Naive twins over dense matrices, for graphs of a few dozen actors. */

/* 1 or the weight where there is an entry, else 0. */
slow_matrix slow_dense(const mlg_csr *csr, bool weighed);

/* Steps between all pairs (Floyd and Warshall), -1 where no path leads. */
slow_matrix slow_steps(const mlg_csr *csr);

/* Mean of 1 / steps over ordered pairs. */
double slow_efficiency(const mlg_csr *ties);
/* Mean of 1 / steps from v to the others. */
double slow_harmonic(const mlg_csr *ties, int32_t v);

/* Components by closure: how many, and the size of v's. */
int32_t slow_components(const mlg_csr *ties);
int32_t slow_component_size(const mlg_csr *ties, int32_t v);

#endif
