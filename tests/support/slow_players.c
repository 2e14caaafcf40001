/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_players.h"

#include <check.h>
#include <math.h>

enum { NO_WAY = 1000000 };

static bool in_set(const int32_t *set, int32_t k, int32_t v)
{
    for (int32_t i = 0; i < k; i++) {
        if (set[i] == v) {
            return true;
        }
    }
    return false;
}

/* Steps from one actor to each, who went standing in nobody's way. */
static void steps_from(const mlg_graph *graph, int32_t from, const int32_t *gone, int32_t n_gone,
                       int32_t *steps)
{
    bool changed = true;
    for (int32_t v = 0; v < graph->n; v++) {
        steps[v] = v == from && !in_set(gone, n_gone, v) ? 0 : NO_WAY;
    }
    while (changed) {
        changed = false;
        for (int32_t v = 0; v < graph->n; v++) {
            for (uint32_t i = graph->ties.offset[v]; i < graph->ties.offset[v + 1]; i++) {
                const int32_t w = graph->ties.target[i];
                if (steps[v] + 1 < steps[w] && !in_set(gone, n_gone, w)) {
                    steps[w] = steps[v] + 1;
                    changed = true;
                }
            }
        }
    }
}

bool slow_connected(const mlg_graph *graph, int32_t a, int32_t b, const int32_t *gone, int32_t k)
{
    int32_t steps[SLOW_MOST];
    steps_from(graph, a, gone, k, steps);
    return steps[b] < NO_WAY;
}

static double value_left(const mlg_graph *graph, slow_aim aim, const int32_t *set, int32_t k)
{
    int32_t steps[SLOW_MOST];
    double sum = 0;
    for (int32_t a = 0; a < graph->n; a++) {
        steps_from(graph, a, set, k, steps);
        for (int32_t b = a + 1; b < graph->n; b++) {
            sum += steps[b] == NO_WAY ? 0 : aim == SLOW_SPLIT ? 1 : 1.0 / steps[b];
        }
    }
    return -sum;
}

static double value_reached(const mlg_graph *graph, slow_aim aim, const int32_t *set, int32_t k)
{
    int32_t nearest[SLOW_MOST], steps[SLOW_MOST];
    double sum = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        nearest[v] = NO_WAY;
    }
    for (int32_t i = 0; i < k; i++) {
        steps_from(graph, set[i], NULL, 0, steps);
        for (int32_t v = 0; v < graph->n; v++) {
            nearest[v] = steps[v] < nearest[v] ? steps[v] : nearest[v];
        }
    }
    for (int32_t v = 0; v < graph->n; v++) {
        const int32_t d = nearest[v] == 0 ? 1 : nearest[v];
        sum += d == NO_WAY ? 0 : aim == SLOW_NEAR ? 1.0 / d : aim == SLOW_ONE ? d <= 1 : d <= 2;
    }
    return sum;
}

double slow_set_value(const mlg_graph *graph, slow_aim aim, const int32_t *set, int32_t k)
{
    ck_assert_int_le(graph->n, SLOW_MOST);
    return aim >= SLOW_SPLIT ? value_left(graph, aim, set, k) : value_reached(graph, aim, set, k);
}

static void try_from(const mlg_graph *graph, slow_aim aim, int32_t k, int32_t *set, int32_t chosen,
                     slow_sets *best)
{
    if (chosen < k) {
        for (int32_t v = chosen > 0 ? set[chosen - 1] + 1 : 0; v < graph->n; v++) {
            set[chosen] = v;
            try_from(graph, aim, k, set, chosen + 1, best);
        }
        return;
    }
    const double value = slow_set_value(graph, aim, set, k);
    if (value > best->value + 1e-9) {
        *best = (slow_sets){.value = value};
    }
    if (fabs(value - best->value) <= 1e-9) {
        for (int32_t i = 0; (best->n + 1) * k <= SLOW_LISTED && i < k; i++) {
            best->member[best->n * k + i] = set[i];
        }
        best->n++;
    }
}

slow_sets slow_best_sets(const mlg_graph *graph, slow_aim aim, int32_t k)
{
    int32_t set[SLOW_MOST];
    slow_sets best = {.value = -INFINITY};
    try_from(graph, aim, k, set, 0, &best);
    return best;
}
