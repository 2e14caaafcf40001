/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SUPERIORS_H
#define MLG_MEASURE_SUPERIORS_H

#include "graph/csr.h"
#include "measure/components.h"

/* Who stands above whom, read along arcs from superior to subordinate, told over sets of actors
 * that lead to each other. */
typedef struct mlg_superiors {
    double mutual, one_way;  /* pairs of actors that arcs lead between, both ways or one */
    double pairs;            /* (s - 1)(s - 2) / 2 over components: pairs that may go without */
    double without_least;    /* pairs without a least upper bound (Krackhardt) */
    double without_foremost; /* pairs without an upper bound that leads to all others (sna) */
} mlg_superiors;

enum { MLG_MOST_STRONG = 4096 }; /* sets in components of two and more, before MLG_ESIZE */

/* `components` are the weak ones. O(n + m + sets^2 (1 + sets / 64)) time, sets^2 / 4 bytes. */
mlg_status mlg_superiors_of(const mlg_csr *arcs, const mlg_components *components, bool force,
                            mlg_superiors *out, mlg_error *err);

/* Sets of actors that reach each other along arcs, numbered so that arcs lead to lower numbers or
 * stay: of [n]. Answers how many by *n_sets. */
mlg_status mlg_strong_components(const mlg_csr *arcs, int32_t *of, int32_t *n_sets, mlg_error *err);

#endif
