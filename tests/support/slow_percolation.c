/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_percolation.h"

#include <check.h>
#include <stdlib.h>

#include "slow_removal.h"

/* Do two actors have a tie, or an activity in common? */
static bool are_tied(const mlg_graph *graph, int32_t v, int32_t w)
{
    if (graph->projected) {
        return mlg_csr_find(&graph->ties, v, w) > 0.0;
    }
    for (uint32_t i = graph->attends.offset[v]; i < graph->attends.offset[v + 1]; i++) {
        for (uint32_t j = graph->attends.offset[w]; j < graph->attends.offset[w + 1]; j++) {
            if (graph->attends.target[i] == graph->attends.target[j]) {
                return true;
            }
        }
    }
    return false;
}

/* Distances from an actor over those left, -1: not reached; and how many shortest paths. */
static void search(const mlg_graph *graph, const bool *gone, int32_t from, int32_t *distance,
                   double *paths)
{
    for (int32_t v = 0; v < graph->n; v++) {
        distance[v] = -1;
        paths[v] = 0.0;
    }
    distance[from] = 0;
    paths[from] = 1.0;
    for (int32_t far = 0; far < graph->n; far++) {
        for (int32_t v = 0; v < graph->n; v++) {
            for (int32_t w = 0; w < graph->n && distance[v] == far; w++) {
                if (!gone[w] && w != v && (distance[w] < 0 || distance[w] == far + 1) &&
                    are_tied(graph, v, w)) {
                    distance[w] = far + 1;
                    paths[w] += paths[v];
                }
            }
        }
    }
}

slow_left slow_left_of(const mlg_graph *graph, const bool *gone)
{
    slow_left left = {0, 0, 0};
    int32_t *distance = malloc((size_t) graph->n * sizeof *distance);
    double *paths = malloc((size_t) graph->n * sizeof *paths);

    ck_assert(distance != NULL && paths != NULL);
    for (int32_t v = 0; v < graph->n; v++) {
        int32_t reached = 0;
        if (gone[v]) {
            continue;
        }
        search(graph, gone, v, distance, paths);
        for (int32_t w = 0; w < graph->n; w++) {
            reached += distance[w] >= 0;
            left.pairs += w > v && distance[w] >= 0;
            left.cross += w > v && distance[w] >= 0 && slow_is_cross(graph, v, w);
        }
        left.giant = reached > left.giant ? reached : left.giant;
    }
    free(distance);
    free(paths);
    return left;
}

int32_t slow_busiest(const mlg_graph *graph, const bool *gone)
{
    int32_t busiest = -1, most = -1;
    for (int32_t v = 0; v < graph->n; v++) {
        int32_t ties = 0;
        if (!graph->projected) {
            ties = (int32_t) mlg_csr_degree(&graph->attends, v);
        }
        for (int32_t w = 0; w < graph->n && graph->projected; w++) {
            ties += w != v && !gone[w] && are_tied(graph, v, w);
        }
        if (!gone[v] && ties > most) {
            busiest = v;
            most = ties;
        }
    }
    return busiest;
}

int32_t slow_most_between(const mlg_graph *graph, const bool *gone)
{
    const size_t n = (size_t) graph->n;
    int32_t *distance = malloc(n * n * sizeof *distance), best = -1;
    double *paths = malloc(n * n * sizeof *paths), *between = calloc(n, sizeof *between);
    double most = 0.0;

    ck_assert(distance != NULL && paths != NULL && between != NULL);
    for (size_t v = 0; v < n; v++) {
        search(graph, gone, (int32_t) v, distance + v * n, paths + v * n);
    }
    for (size_t v = 0; v < n; v++) {
        for (size_t s = 0; s < n * n && !gone[v]; s++) {
            const size_t from = s / n, to = s % n;
            if (from < to && !gone[from] && !gone[to] && from != v && to != v &&
                distance[from * n + to] > 0 && distance[from * n + v] > 0 &&
                distance[from * n + v] + distance[v * n + to] == distance[from * n + to]) {
                between[v] += paths[from * n + v] * paths[v * n + to] / paths[from * n + to];
            }
        }
        most = between[v] > most ? between[v] : most;
    }
    for (size_t v = 0; v < n && best < 0; v++) {
        best = !gone[v] && between[v] >= most * (1.0 - 1e-9) ? (int32_t) v : -1;
    }
    free(distance);
    free(paths);
    free(between);
    return best;
}
