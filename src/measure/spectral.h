/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SPECTRAL_H
#define MLG_MEASURE_SPECTRAL_H

#include "measure/components.h"

/* Leading eigenvector of the ties inside each of the biggest components, its largest score 1;
 * NaN elsewhere, and everywhere when nobody has a tie. `residual` is the worst of them. */
mlg_status mlg_eigenvector(const mlg_csr *ties, const mlg_components *components, double *score,
                           double *residual, mlg_error *err);

/* PageRank over the arcs, restarting with probability 1 - damping; sums to 1. */
mlg_status mlg_pagerank(const mlg_csr *arcs, double damping, double *score, mlg_error *err);

#endif
