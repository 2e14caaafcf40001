/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_betweenness.h"

#include <check.h>

#include "base/memory.h"

/* Shortest paths between all pairs, counted by steps: those to t through its last neighbour. */
static slow_matrix count_paths(const slow_matrix *dense, const slow_matrix *steps)
{
    const int32_t n = dense->rows;
    slow_matrix paths = {n, n, mlg_zalloc((size_t) n * (size_t) n, sizeof *paths.cell)};

    ck_assert_ptr_nonnull(paths.cell);
    for (int32_t s = 0; s < n; s++) {
        *slow_cell(&paths, s, s) = 1.0;
        for (int32_t length = 1; length < n; length++) {
            for (int32_t t = 0; t < n; t++) {
                for (int32_t u = 0; u < n && *slow_cell(steps, s, t) == length; u++) {
                    if (*slow_cell(dense, u, t) > 0.0 && *slow_cell(steps, s, u) == length - 1) {
                        *slow_cell(&paths, s, t) += *slow_cell(&paths, s, u);
                    }
                }
            }
        }
    }
    return paths;
}

/* Do two actors have sectors, and none in common? */
static bool crosses(const mlg_graph *graph, int32_t s, int32_t t)
{
    bool shared = graph->sector[s] == graph->sector[t];

    if (graph->sector[s] < 0 || graph->sector[t] < 0) {
        return false;
    }
    if (graph->sector_set.n > 0) {
        for (int32_t k = 0; k < graph->n_sectors; k++) {
            shared = shared || (mlg_csr_find(&graph->sector_set, s, k) > 0.0 &&
                                mlg_csr_find(&graph->sector_set, t, k) > 0.0);
        }
    }
    return !shared;
}

/* Over all pairs, or those that cross sectors when there is a graph. */
static void between(const mlg_csr *csr, const mlg_graph *graph, bool unordered, double *betweenness)
{
    const int32_t n = csr->n;
    slow_matrix dense = slow_dense(csr, false), steps = slow_steps(csr);
    slow_matrix paths = count_paths(&dense, &steps);

    for (int32_t v = 0; v < n; v++) {
        betweenness[v] = 0.0;
        for (int32_t s = 0; s < n; s++) {
            for (int32_t t = 0; t < n; t++) {
                const double there = *slow_cell(&steps, s, v), on = *slow_cell(&steps, v, t);
                if (s != t && s != v && t != v && there > 0.0 && on > 0.0 &&
                    there + on == *slow_cell(&steps, s, t) &&
                    (graph == NULL || crosses(graph, s, t))) {
                    betweenness[v] += *slow_cell(&paths, s, v) * *slow_cell(&paths, v, t) /
                                      *slow_cell(&paths, s, t);
                }
            }
        }
        betweenness[v] /= unordered ? 2.0 : 1.0;
    }
    slow_matrix_free(&dense);
    slow_matrix_free(&steps);
    slow_matrix_free(&paths);
}

void slow_betweenness(const mlg_csr *csr, bool unordered, double *betweenness)
{
    between(csr, NULL, unordered, betweenness);
}

void slow_cross_betweenness(const mlg_graph *graph, bool of_arcs, double *betweenness)
{
    between(of_arcs ? &graph->arcs : &graph->ties, graph, !of_arcs, betweenness);
}

double slow_crossing_pairs(const mlg_graph *graph)
{
    slow_matrix steps = slow_steps(&graph->ties);
    double pairs = 0.0;

    for (int32_t s = 0; s < graph->n; s++) {
        for (int32_t t = s + 1; t < graph->n; t++) {
            pairs += *slow_cell(&steps, s, t) > 0.0 && crosses(graph, s, t);
        }
    }
    slow_matrix_free(&steps);
    return pairs;
}

/* Pairs that reach each other, v and its ties left out when v >= 0. */
static double joined_pairs(const mlg_csr *ties, int32_t v)
{
    slow_matrix dense = slow_dense(ties, false);
    double joined = 0.0;

    for (int32_t u = 0; v >= 0 && u < ties->n; u++) {
        *slow_cell(&dense, u, v) = *slow_cell(&dense, v, u) = 0.0;
    }
    for (int32_t by = 0; by < ties->n; by++) {
        for (int32_t a = 0; a < ties->n; a++) {
            for (int32_t b = 0; b < ties->n; b++) {
                if (*slow_cell(&dense, a, by) > 0.0 && *slow_cell(&dense, by, b) > 0.0) {
                    *slow_cell(&dense, a, b) = 1.0;
                }
            }
        }
    }
    for (int32_t a = 0; a < ties->n; a++) {
        for (int32_t b = a + 1; b < ties->n; b++) {
            joined += *slow_cell(&dense, a, b) > 0.0;
        }
    }
    slow_matrix_free(&dense);
    return joined;
}

double slow_pairs_apart(const mlg_csr *ties, int32_t v)
{
    const double own = slow_component_size(ties, v) - 1.0;
    return joined_pairs(ties, -1) - own - joined_pairs(ties, v);
}
