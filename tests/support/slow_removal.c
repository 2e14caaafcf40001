/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_removal.h"

#include <check.h>

enum { MOST = 64 };

/* What is taken out: an actor, or a tie by its ends; -1: nothing. */
typedef struct gone {
    int32_t actor, a, b;
} gone;

static bool is_gone(gone out, int32_t x, int32_t y)
{
    return x == out.actor || y == out.actor || (x == out.a && y == out.b) ||
           (x == out.b && y == out.a);
}

/* Numbers the components by search from everyone; the removed actor gets -1. */
static int32_t label_components(const mlg_graph *graph, gone out, int32_t *component)
{
    int32_t n = 0, queue[MOST];

    ck_assert_int_le(graph->n, MOST);
    for (int32_t v = 0; v < graph->n; v++) {
        component[v] = -1;
    }
    for (int32_t from = 0; from < graph->n; from++) {
        int32_t head = 0, tail = 0;
        if (component[from] >= 0 || from == out.actor) {
            continue;
        }
        component[from] = n;
        queue[tail++] = from;
        while (head < tail) {
            const int32_t v = queue[head++];
            for (uint32_t i = graph->ties.offset[v]; i < graph->ties.offset[v + 1]; i++) {
                const int32_t w = graph->ties.target[i];
                if (component[w] < 0 && !is_gone(out, v, w)) {
                    component[w] = n;
                    queue[tail++] = w;
                }
            }
        }
        n++;
    }
    return n;
}

bool slow_is_cross(const mlg_graph *graph, int32_t a, int32_t b)
{
    if (graph->sector[a] < 0 || graph->sector[b] < 0) {
        return false;
    }
    if (graph->sector_set.n == 0) {
        return graph->sector[a] != graph->sector[b];
    }
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        if (mlg_csr_find(&graph->sector_set, a, s) > 0.0 &&
            mlg_csr_find(&graph->sector_set, b, s) > 0.0) {
            return false;
        }
    }
    return true;
}

static slow_loss compare(const mlg_graph *graph, gone out)
{
    slow_loss loss = {0};
    int32_t before[MOST], after[MOST];

    label_components(graph, (gone){-1, -1, -1}, before);
    label_components(graph, out, after);
    for (int32_t x = 0; x < graph->n; x++) {
        for (int32_t y = x + 1; y < graph->n; y++) {
            const bool cross = slow_is_cross(graph, x, y);
            if (before[x] != before[y]) {
                continue;
            }
            loss.pairs++;
            loss.cross_pairs += cross;
            if (x == out.actor || y == out.actor) {
                loss.own++;
                loss.own_cross += cross;
            } else if (after[x] != after[y]) {
                loss.lost++;
                loss.cross_lost += cross;
            }
        }
    }
    return loss;
}

slow_loss slow_removal(const mlg_graph *graph, int32_t actor)
{
    int32_t before[MOST], after[MOST];
    bool counted[MOST] = {false};
    slow_loss loss = compare(graph, (gone){actor, -1, -1});

    label_components(graph, (gone){-1, -1, -1}, before);
    label_components(graph, (gone){actor, -1, -1}, after);
    for (int32_t v = 0; v < graph->n; v++) {
        if (v != actor && before[v] == before[actor] && !counted[after[v]]) {
            counted[after[v]] = true;
            loss.branches++;
        }
    }
    return loss;
}

slow_loss slow_tie_removal(const mlg_graph *graph, int32_t a, int32_t b)
{
    return compare(graph, (gone){-1, a, b});
}

double slow_fragmentation(const mlg_graph *graph, int32_t actor)
{
    int32_t component[MOST];
    int64_t connected = 0, all = 0;

    label_components(graph, (gone){actor, -1, -1}, component);
    for (int32_t x = 0; x < graph->n; x++) {
        for (int32_t y = x + 1; y < graph->n; y++) {
            if (x != actor && y != actor) {
                all++;
                connected += component[x] == component[y];
            }
        }
    }
    return 1.0 - (double) connected / (double) all;
}
