/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_silo.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "graph_fixture.h"

enum { MOST_ACTORS = 64, MOST_SECTORS = 26, MOST_DEALT = 8 };

static int32_t dealt(const int32_t *who, int32_t v)
{
    return who != NULL ? who[v] : v;
}

static bool carries(const mlg_graph *graph, int32_t v, int32_t sector)
{
    if (graph->sector_set.n > 0 && mlg_csr_degree(&graph->sector_set, v) > 0) {
        return mlg_csr_find(&graph->sector_set, v, sector) > 0.0;
    }
    return graph->sector[v] == sector;
}

static bool known(const mlg_graph *graph, int32_t v)
{
    return graph->sector[v] >= 0;
}

static bool share(const mlg_graph *graph, int32_t v, int32_t w)
{
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        if (carries(graph, v, s) && carries(graph, w, s)) {
            return true;
        }
    }
    return false;
}

/* Weight of the arc v -> w, between actors with a sector; 0 when there is none. Without
 * direction a tie is an arc from the lower to the higher. */
static double arc(const mlg_graph *graph, int32_t v, int32_t w)
{
    if (v == w || !known(graph, v) || !known(graph, w) || (!graph->directed && w < v)) {
        return 0.0;
    }
    return mlg_csr_find(&graph->arcs, v, w);
}

static double tie(const mlg_graph *graph, int32_t v, int32_t w)
{
    return v != w && known(graph, v) && known(graph, w) ? mlg_csr_find(&graph->ties, v, w) : 0.0;
}

/* ---- the view --------------------------------------------------------------- */

static double ei(const mlg_graph *graph, const int32_t *who, bool weighted)
{
    double internal = 0.0, external = 0.0;
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            const double weight = arc(graph, v, w), added = weighted ? weight : weight > 0.0;
            if (weight > 0.0 && share(graph, dealt(who, v), dealt(who, w))) {
                internal += added;
            } else {
                external += added;
            }
        }
    }
    return internal + external > 0.0 ? (external - internal) / (external + internal) : NAN;
}

double slow_ei(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    (void) a;
    (void) b;
    return ei(graph, who, false);
}

double slow_ei_weighted(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    (void) a;
    (void) b;
    return ei(graph, who, true);
}

/* Newman's mixing shares by first sector: their trace and the sum of a_a^2. */
static void mixing_shares(const mlg_graph *graph, const int32_t *who, bool weighted, double *trace,
                          double *squares)
{
    double share_of[MOST_SECTORS] = {0}, all = 0.0;
    *trace = *squares = 0.0;
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            const double weight = tie(graph, v, w), added = weighted ? weight : weight > 0.0;
            if (added > 0.0) {
                const int32_t s = graph->sector[dealt(who, v)];
                *trace += s == graph->sector[dealt(who, w)] ? added : 0.0;
                share_of[s] += added;
                all += added;
            }
        }
    }
    *trace /= all;
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        *squares += share_of[s] / all * (share_of[s] / all);
    }
}

double slow_modularity(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    double trace = 0.0, squares = 0.0;
    (void) a;
    (void) b;
    mixing_shares(graph, who, false, &trace, &squares);
    return trace - squares;
}

double slow_modularity_weighted(const mlg_graph *graph)
{
    double trace = 0.0, squares = 0.0;
    mixing_shares(graph, NULL, true, &trace, &squares);
    return trace - squares;
}

double slow_assortativity(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    double trace = 0.0, squares = 0.0;
    (void) a;
    (void) b;
    mixing_shares(graph, who, false, &trace, &squares);
    return squares < 1.0 - 1e-12 ? (trace - squares) / (1.0 - squares) : NAN;
}

/* ---- sectors, actors -------------------------------------------------------- */

static double ei_group(const mlg_graph *graph, const int32_t *who, int32_t a, double count)
{
    double internal = 0.0, external = 0.0;
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            if (arc(graph, v, w) > 0.0) {
                const bool from = carries(graph, dealt(who, v), a);
                const bool to = carries(graph, dealt(who, w), a);
                internal += from && to ? count : 0.0;
                external += from != to ? 1.0 : 0.0;
            }
        }
    }
    return internal + external > 0.0 ? (external - internal) / (external + internal) : NAN;
}

double slow_ei_group(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    (void) b;
    return ei_group(graph, who, a, 1.0);
}

double slow_ei_group_stub(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    (void) b;
    return ei_group(graph, who, a, 2.0);
}

double slow_ei_actor(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    double internal = 0.0, external = 0.0;
    (void) b;
    for (int32_t w = 0; w < graph->n; w++) {
        const double arcs = (arc(graph, a, w) > 0.0) + (arc(graph, w, a) > 0.0);
        if (arcs > 0.0 && share(graph, dealt(who, a), dealt(who, w))) {
            internal += arcs;
        } else {
            external += arcs;
        }
    }
    return internal + external > 0.0 ? (external - internal) / (external + internal) : NAN;
}

double slow_mixing_cell(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    double count = 0.0;
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            if (arc(graph, v, w) > 0.0) {
                const int32_t x = dealt(who, v), y = dealt(who, w);
                count += carries(graph, x, a) && carries(graph, y, b);
                count += !graph->directed && a != b && carries(graph, x, b) && carries(graph, y, a);
            }
        }
    }
    return count;
}

/* ---- every deal ------------------------------------------------------------- */

/* Heap's algorithm without recursion, over `n` of the actors. */
static void permute(const mlg_graph *graph, const int32_t *actor, int32_t n, slow_visit *visit,
                    void *context)
{
    int32_t who[MOST_ACTORS], order[MOST_DEALT], turn[MOST_DEALT] = {0};
    ck_assert_int_le(n, MOST_DEALT);
    ck_assert_int_le(graph->n, MOST_ACTORS);
    for (int32_t v = 0; v < graph->n; v++) {
        who[v] = v;
    }
    for (int32_t i = 0; i < n; i++) {
        order[i] = actor[i];
    }
    visit(context, who);
    for (int32_t i = 0; i < n;) {
        if (turn[i] < i) {
            const int32_t j = i % 2 == 0 ? 0 : turn[i], moved = order[i];
            order[i] = order[j];
            order[j] = moved;
            for (int32_t k = 0; k < n; k++) {
                who[actor[k]] = order[k];
            }
            visit(context, who);
            turn[i]++;
            i = 0;
        } else {
            turn[i++] = 0;
        }
    }
}

static int32_t list_known(const mlg_graph *graph, int32_t except, int32_t *actor)
{
    int32_t n = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        if (known(graph, v) && v != except) {
            ck_assert_int_lt(n, MOST_DEALT);
            actor[n++] = v;
        }
    }
    return n;
}

void slow_every_deal(const mlg_graph *graph, slow_visit *visit, void *context)
{
    int32_t actor[MOST_DEALT];
    const int32_t n = list_known(graph, -1, actor);
    permute(graph, actor, n, visit, context);
}

typedef struct gathering {
    const mlg_graph *graph;
    slow_statistic *statistic;
    int32_t a, b;
    double *value; /* [n] */
    size_t n;
} gathering;

static void gather(void *context, const int32_t *who)
{
    gathering *g = context;
    g->value[g->n++] = g->statistic(g->graph, who, g->a, g->b);
}

static int by_value(const void *left, const void *right)
{
    const double x = *(const double *) left, y = *(const double *) right;
    return x < y ? -1 : x > y;
}

static slow_null sum_up(gathering *g)
{
    slow_null out = {.observed = g->value[0]};
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++) {
        const double x = g->value[i];
        out.p_less += isnan(x) || x <= out.observed + 1e-12;
        out.p_greater += isnan(x) || x >= out.observed - 1e-12;
    }
    out.p_less /= (double) g->n;
    out.p_greater /= (double) g->n;
    for (size_t i = 0; i < g->n; i++) {
        if (!isnan(g->value[i])) {
            out.mean += g->value[i];
            g->value[n++] = g->value[i];
        }
    }
    if (n == 0) { /* undefined in every deal */
        out.mean = out.variance = out.low = out.high = NAN;
        return out;
    }
    out.mean /= (double) n;
    for (size_t i = 0; i < n; i++) {
        out.variance += (g->value[i] - out.mean) * (g->value[i] - out.mean);
    }
    out.variance /= (double) n;
    qsort(g->value, n, sizeof *g->value, by_value);
    out.low = g->value[(size_t) ceil(0.025 * (double) n) - 1];
    out.high = g->value[n - (size_t) ceil(0.025 * (double) n)];
    return out;
}

static slow_null null_of(const mlg_graph *graph, slow_statistic *statistic, int32_t a, int32_t b,
                         int32_t kept)
{
    gathering g = {.graph = graph, .statistic = statistic, .a = a, .b = b};
    int32_t actor[MOST_DEALT];
    const int32_t n = list_known(graph, kept, actor);
    g.value = calloc(40320, sizeof *g.value); /* 8! */
    ck_assert_ptr_nonnull(g.value);
    permute(graph, actor, n, gather, &g);
    const slow_null out = sum_up(&g);
    free(g.value);
    return out;
}

slow_null slow_null_of(const mlg_graph *graph, slow_statistic *statistic, int32_t a, int32_t b)
{
    return null_of(graph, statistic, a, b, -1);
}

slow_null slow_null_keeping(const mlg_graph *graph, slow_statistic *statistic, int32_t kept)
{
    return null_of(graph, statistic, kept, 0, kept);
}

/* ---- several sectors -------------------------------------------------------- */

static void set_sectors(mlg_graph *graph, const int32_t *actor, const int32_t *sector, size_t m)
{
    mlg_error err = {MLG_OK, ""};
    ck_assert_msg(mlg_csr_build(graph->n, graph->n_sectors, false, false, actor, sector, NULL, m,
                                MLG_MERGE_MAX, &graph->sector_set, &err) == MLG_OK,
                  "%s", err.message);
}

mlg_graph *fixture_several(const char *sectors, const char *ties)
{
    char first[MOST_ACTORS + 1] = "";
    int32_t actor[MOST_ACTORS * 4], sector[MOST_ACTORS * 4], n = 0;
    bool used[MOST_SECTORS] = {false};
    size_t m = 0;

    for (const char *at = sectors; *at != '\0'; at += strspn(at, " ")) {
        const size_t length = strcspn(at, " ");
        first[n] = *at;
        used[(*at - 'A' + MOST_SECTORS) % MOST_SECTORS] |= *at != '?';
        for (size_t i = 0; i < length && *at != '?'; i++) {
            actor[m] = n;
            sector[m++] = at[i] - 'A';
        }
        at += length;
        n++;
    }
    for (size_t i = 0; i < m; i++) { /* letters to ranks, as graph_fixture() has them */
        int32_t rank = 0;
        ck_assert_msg(used[sector[i]], "'%c' is nobody's first sector", 'A' + sector[i]);
        for (int32_t s = 0; s < sector[i]; s++) {
            rank += used[s];
        }
        sector[i] = rank;
    }
    mlg_graph *graph = graph_fixture(first, ties);
    set_sectors(graph, actor, sector, m);
    return graph;
}

void give_further_sectors(mlg_graph *graph, uint64_t seed)
{
    mlg_random random = mlg_random_stream(seed, "give_further_sectors", "", 0);
    int32_t actor[MOST_ACTORS * 3], sector[MOST_ACTORS * 3];
    size_t m = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        for (int k = 0; k < 3 && known(graph, v); k++) {
            if (k == 0 || mlg_random_below(&random, 3) == 0) {
                actor[m] = v;
                sector[m++] =
                    k == 0 ? graph->sector[v]
                           : (int32_t) mlg_random_below(&random, (uint32_t) graph->n_sectors);
            }
        }
    }
    set_sectors(graph, actor, sector, m);
}
