/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_CORE_H
#define MLG_SLOW_CORE_H

#include "measure/core_search.h"
#include "slow_paths.h"

/* Naive twins, for graphs of a dozen actors. */

/* Correlation, pair by pair, between ties and the pattern of a set (bit v: v is in the core). */
double slow_core_fit(const mlg_csr *ties, mlg_core_pattern pattern, uint32_t set);
/* The best of all sets, and how many reach it. */
double slow_core_best(const mlg_csr *ties, mlg_core_pattern pattern, double *optima);

/* Krackhardt's hierarchy, and least upper bounds by looking at all triples; `foremost`: the bound
 * that leads to all others instead. NaN where nothing can be counted. */
double slow_one_way(const mlg_csr *arcs);
double slow_upper_bounds(const mlg_csr *arcs, const mlg_csr *ties, bool foremost);

#endif
