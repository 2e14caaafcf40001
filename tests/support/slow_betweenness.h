/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_BETWEENNESS_H
#define MLG_SLOW_BETWEENNESS_H

#include "slow_paths.h"

/* Betweenness from its definition: v is on a shortest path from s to t when the steps s to v and v
 * to t add up, and on paths(s, v) paths(v, t) of them. Ordered pairs, halved when `unordered`. */
void slow_betweenness(const mlg_csr *csr, bool unordered, double *betweenness);

/* Pairs of others that v's leaving would part. */
double slow_pairs_apart(const mlg_csr *ties, int32_t v);

#endif
