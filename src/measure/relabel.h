/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_RELABEL_H
#define MLG_MEASURE_RELABEL_H

#include "graph/csr.h"

/* Actors in breadth-first order, component after component, each from its lowest actor:
 * old[new]. Neighbours get near numbers, which saves kernels over half their time at 100,000
 * actors, where the adjacency no longer fits the cache. */
mlg_status mlg_relabel_order(const mlg_csr *ties, int32_t *old, mlg_error *err);
/* The same adjacency under new numbers, without weights; rows are not sorted. `out` is empty
 * after a failure. */
mlg_status mlg_relabel(const mlg_csr *ties, const int32_t *old, mlg_csr *out, mlg_error *err);

#endif
