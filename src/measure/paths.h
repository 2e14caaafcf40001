/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PATHS_H
#define MLG_MEASURE_PATHS_H

#include "measure/context.h"

/* Sums over the shortest paths of ties, each tie one step; who is not reached adds 0. */
typedef struct mlg_paths {
    double *nearness; /* [n] sum over the others of 1 / steps */
    double total;     /* sum of `nearness` */
} mlg_paths;

/* Over a symmetric adjacency. Same bytes for any number of threads. */
mlg_status mlg_paths_find(const mlg_csr *ties, const mlg_run *run, mlg_paths *out, mlg_error *err);
void mlg_paths_free(mlg_paths *paths);

/* The total without each of the actors gone[i] in turn, who is neither searched from, reached nor
 * passed through: total[n_gone]. A search of everything for each: n_gone times as much work. */
mlg_status mlg_paths_without(const mlg_csr *ties, const int32_t *gone, int32_t n_gone,
                             const mlg_run *run, double *total, mlg_error *err);

/* Room for searches over n ends, MLG_SEARCHES at once, for callers with many small networks. */
enum { MLG_SEARCHES = 512 };
typedef struct mlg_searches mlg_searches;
mlg_searches *mlg_searches_new(int32_t n); /* NULL when memory is short */
void mlg_searches_free(mlg_searches *searches);
/* From each of the first n_counted: adds to arrivals[d] how many of them are d steps away. Rows
 * of `ties` need not be sorted; arrivals has a place for every number of steps below n. */
void mlg_searches_count(const mlg_csr *ties, mlg_searches *searches, int32_t n_counted,
                        int64_t *arrivals);

/* Those of a view's ties, made once a context. */
mlg_status mlg_context_paths(mlg_context *context, int32_t view, const mlg_paths **out,
                             mlg_error *err);

#endif
