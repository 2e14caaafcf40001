/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_removal.h"

#include <check.h>
#include <math.h>

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

/* ---- several at once ----------------------------------------------------------------------- */

static bool are_linked(const mlg_graph *graph, int32_t x, int32_t y, int32_t activity)
{
    bool linked = graph->n_activities == 0 && mlg_csr_find(&graph->ties, x, y) > 0.0;
    for (int32_t e = 0; e < graph->n_activities; e++) {
        linked = linked || (e != activity && mlg_csr_find(&graph->attends, x, e) > 0.0 &&
                            mlg_csr_find(&graph->attends, y, e) > 0.0);
    }
    return linked;
}

/* Who reaches whom, by closure. */
static void close_links(const mlg_graph *graph, const bool *left, int32_t activity,
                        bool reach[MOST][MOST])
{
    const int32_t n = graph->n;
    for (int32_t x = 0; x < n; x++) {
        for (int32_t y = 0; y < n; y++) {
            const bool stay = left == NULL || (!left[x] && !left[y]);
            reach[x][y] = stay && x != y && are_linked(graph, x, y, activity);
        }
    }
    for (int32_t by = 0; by < n; by++) {
        for (int32_t x = 0; x < n; x++) {
            for (int32_t y = 0; y < n; y++) {
                reach[x][y] = reach[x][y] || (reach[x][by] && reach[by][y]);
            }
        }
    }
}

slow_loss slow_set_removal(const mlg_graph *graph, const bool *left, int32_t activity)
{
    static bool before[MOST][MOST], after[MOST][MOST];
    slow_loss loss = {0};

    ck_assert_int_le(graph->n, MOST);
    close_links(graph, NULL, -1, before);
    close_links(graph, left, activity, after);
    for (int32_t x = 0; x < graph->n; x++) {
        for (int32_t y = x + 1; y < graph->n; y++) {
            if (before[x][y] && (left == NULL || (!left[x] && !left[y]))) {
                const bool cross = slow_is_cross(graph, x, y);
                loss.pairs++;
                loss.cross_pairs += cross;
                loss.lost += !after[x][y];
                loss.cross_lost += cross && !after[x][y];
            }
        }
    }
    return loss;
}

/* ---- distances ------------------------------------------------------------------------------- */

double slow_joined(const mlg_csr *ties, int32_t actor, bool weighed, double w_max)
{
    static double d[MOST][MOST];
    double sum = 0.0;

    ck_assert_int_le(ties->n, MOST);
    for (int32_t x = 0; x < ties->n; x++) {
        for (int32_t y = 0; y < ties->n; y++) {
            const double weight = mlg_csr_find(ties, x, y);
            const bool tied = weight > 0.0 && x != actor && y != actor;
            d[x][y] = !tied ? INFINITY : weighed ? w_max / weight : 1.0;
        }
    }
    for (int32_t by = 0; by < ties->n; by++) {
        for (int32_t x = 0; x < ties->n; x++) {
            for (int32_t y = 0; y < ties->n; y++) {
                d[x][y] = fmin(d[x][y], d[x][by] + d[by][y]);
            }
        }
    }
    for (int32_t x = 0; x < ties->n; x++) {
        for (int32_t y = 0; y < ties->n; y++) {
            sum += x != y ? 1 / d[x][y] : 0.0;
        }
    }
    return sum;
}
