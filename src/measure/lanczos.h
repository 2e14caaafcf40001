/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_LANCZOS_H
#define MLG_MEASURE_LANCZOS_H

#include "graph/csr.h"

/* Leading eigenvector of a symmetric adjacency in one piece, of two actors or more, its largest
 * score 1. `residual` is |A x - l x| / (l |x|): near 1e-13 unless two parts of the network compete.
 *
 * ARPACK would do, but adds in an order that follows the processor and the place of its arrays in
 * memory: its last digits differ from run to run. These are the same everywhere. */
mlg_status mlg_leading_vector(const mlg_csr *ties, double *score, double *residual, mlg_error *err);

#endif
