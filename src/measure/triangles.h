/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TRIANGLES_H
#define MLG_MEASURE_TRIANGLES_H

#include "graph/csr.h"

/* Three actors with ties between all, and paths of two ties (a - v - b, closed or not). Doubles
 * hold both exactly to 2^53. */
typedef struct mlg_triangles {
    double triangles, two_paths;
} mlg_triangles;

mlg_status mlg_triangles_count(const mlg_csr *ties, mlg_triangles *out, mlg_error *err);

#endif
