/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <igraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "base/replicate.h"
#include "graph/engine.h"
#include "measure/percolation.h"

/* 10,000 random orders in which a fifth of the actors leave, against igraph:
 *
 *     bench_percolation [FILE.el.bin]
 *
 * FILE: uint32 n, m, then m pairs of actors. Without one, 10,000 actors and 50,000 ties drawn from
 * seed 215. Ours: the largest connected set and the connected pairs after each departure; and
 * the largest set at 20 states only. igraph's connected components on what is left after its
 * igraph_delete_vertices(), at each of the 20 states of a sample of the same orders, and after
 * each single departure of one of them; the rest is extrapolated. Every answer is compared. */

enum { ROUNDS = 3, ORDERS = 10000, STATES = 20, SAMPLE = 10, SINGLE = 100 };
static const char stream[] = "bench_percolation";

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static void stop(const char *why)
{
    fprintf(stderr, "bench_percolation: %s\n", why);
    exit(EXIT_FAILURE);
}

static void *need(void *block)
{
    if (block == NULL) {
        stop("out of memory");
    }
    return block;
}

/* ---- graphs ---------------------------------------------------------------------------- */

static mlg_graph *graph_of(int32_t n, const int32_t *ends, size_t m)
{
    mlg_graph *graph = NULL;
    int32_t *from = need(mlg_alloc(m, sizeof *from)), *to = need(mlg_alloc(m, sizeof *to));
    for (size_t i = 0; i < m; i++) {
        from[i] = ends[2 * i];
        to[i] = ends[2 * i + 1];
    }
    if (mlg_graph_from_ties(n, from, to, NULL, m, false, NULL, 0, &graph, NULL) != MLG_OK) {
        stop("no memory for the graph");
    }
    mlg_free(from);
    mlg_free(to);
    return graph;
}

static mlg_graph *read_graph(const char *path)
{
    uint32_t head[2];
    FILE *file = fopen(path, "rb");
    if (file == NULL || fread(head, sizeof *head, 2, file) != 2 || head[0] > INT32_MAX) {
        stop("no such graph");
    }
    int32_t *ends = need(mlg_alloc(2 * (size_t) head[1], sizeof *ends));
    if (fread(ends, sizeof *ends, 2 * (size_t) head[1], file) != 2 * (size_t) head[1]) {
        stop("the graph is cut short");
    }
    fclose(file);
    for (size_t i = 0; i < 2 * (size_t) head[1]; i++) {
        if (ends[i] < 0 || (uint32_t) ends[i] >= head[0]) {
            stop("a tie of nobody");
        }
    }
    mlg_graph *graph = graph_of((int32_t) head[0], ends, head[1]);
    mlg_free(ends);
    return graph;
}

static mlg_graph *draw_graph(void)
{
    enum { ACTORS = 10000, TIES = 50000 };
    mlg_random draw = mlg_random_stream(215, stream, "", 0);
    int32_t *ends = need(mlg_alloc(2 * (size_t) TIES, sizeof *ends));
    for (size_t i = 0; i < 2 * (size_t) TIES; i++) {
        ends[i] = (int32_t) mlg_random_below(&draw, ACTORS);
    }
    mlg_graph *graph = graph_of(ACTORS, ends, TIES);
    mlg_free(ends);
    return graph;
}

/* ---- whole curves ------------------------------------------------------------------------ */

typedef struct curves {
    const mlg_percolation *on;
    int32_t k; /* departures */
    int32_t at[STATES + 1];
    int32_t *giant; /* [ORDERS * (STATES + 1)] */
    double *pairs;  /* [ORDERS] mean share over the whole curve */
} curves;

typedef struct scratch {
    mlg_percolator *percolator;
    int32_t *order, *giant;
    int64_t *pairs;
} scratch;

static void close_scratch(void *made)
{
    scratch *s = made;
    mlg_percolator_close(s->percolator);
    mlg_free(s->order);
    mlg_free(s->giant);
    mlg_free(s->pairs);
    mlg_free(s);
}

static void *open_scratch(const void *given)
{
    const curves *c = given;
    scratch *s = need(mlg_zalloc(1, sizeof *s));
    s->percolator = need(mlg_percolator_open(c->on));
    s->order = need(mlg_alloc((size_t) c->on->n, sizeof *s->order));
    s->giant = need(mlg_alloc((size_t) c->k + 1, sizeof *s->giant));
    s->pairs = need(mlg_alloc((size_t) c->k + 1, sizeof *s->pairs));
    return s;
}

static void deal(int32_t *order, int32_t n, int32_t k, uint64_t replicate)
{
    mlg_random draw = mlg_random_stream(1, stream, "", replicate);
    for (int32_t v = 0; v < n; v++) {
        order[v] = v;
    }
    mlg_percolation_shuffle(&draw, order, n, k);
}

static mlg_status work(const void *given, void *made, uint64_t from, uint64_t to, void *slots)
{
    const curves *c = given;
    scratch *s = made;
    (void) slots;
    for (uint64_t r = from; r < to; r++) {
        double sum = 0.0;
        deal(s->order, c->on->n, c->k, r);
        mlg_percolate(s->percolator, s->order, c->k,
                      &(mlg_percolated){.giant = s->giant, .pairs = s->pairs});
        for (int32_t q = 0; q <= c->k; q++) {
            sum += (double) s->pairs[q];
        }
        c->pairs[r] = sum;
        for (int32_t i = 0; i <= STATES; i++) {
            c->giant[r * (STATES + 1) + (uint64_t) i] = s->giant[c->at[i]];
        }
    }
    return MLG_OK;
}

static double time_curves(const curves *c, int threads)
{
    const mlg_run run = {.seed = 1, .threads = threads};
    const clockid_t clock = threads > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
    const double start = now(clock);
    const mlg_replicates job = {.what = stream,
                                .view = "",
                                .last = ORDERS,
                                .batch = 16,
                                .scratch = open_scratch,
                                .scratch_free = close_scratch,
                                .work = work,
                                .input = c};
    if (mlg_replicates_run(&job, &run, NULL) != MLG_OK) {
        stop("no curves");
    }
    return now(clock) - start;
}

static double time_states(const curves *c, int threads, int32_t *giant)
{
    const mlg_run run = {.seed = 1, .threads = threads};
    const clockid_t clock = threads > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
    const double start = now(clock);
    if (mlg_percolate_states(c->on, &run, stream, "", ORDERS, c->at, STATES + 1, giant, NULL) !=
        MLG_OK) {
        stop("no states");
    }
    return now(clock) - start;
}

/* ---- igraph ---------------------------------------------------------------------------- */

/* Largest component and connected pairs. */
static int32_t components(const igraph_t *graph, igraph_vector_int_t *sizes, double *pairs)
{
    igraph_integer_t most = 0;
    if (igraph_connected_components(graph, NULL, sizes, NULL, IGRAPH_WEAK) != IGRAPH_SUCCESS) {
        stop("igraph failed");
    }
    *pairs = 0.0;
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(sizes); i++) {
        const igraph_integer_t size = VECTOR(*sizes)[i];
        most = size > most ? size : most;
        *pairs += (double) size * (double) (size - 1) / 2.0;
    }
    return (int32_t) most;
}

/* Numbers of the graph's vertices move down as others leave: `name` follows them. */
static void delete_actors(igraph_t *graph, int32_t *name, int32_t *number, const int32_t *gone,
                          int32_t n_gone)
{
    igraph_vector_int_t list;
    igraph_integer_t n = igraph_vcount(graph), left = 0;
    igraph_vector_int_init(&list, n_gone);
    for (int32_t i = 0; i < n_gone; i++) {
        VECTOR(list)[i] = number[gone[i]];
        name[number[gone[i]]] = -1;
    }
    if (igraph_delete_vertices(graph, igraph_vss_vector(&list)) != IGRAPH_SUCCESS) {
        stop("igraph failed");
    }
    for (igraph_integer_t v = 0; v < n; v++) {
        if (name[v] >= 0) {
            name[left] = name[v];
            number[name[left]] = (int32_t) left;
            left++;
        }
    }
    igraph_vector_int_destroy(&list);
}

/* CPU seconds of one order, of `single` departures one by one or of all 20 states. */
static double time_igraph(const igraph_t *whole, const curves *c, uint64_t replicate, bool single)
{
    const int32_t n = c->on->n, steps = single ? SINGLE : STATES;
    int32_t *order = need(mlg_alloc((size_t) n, sizeof *order));
    int32_t *name = need(mlg_alloc(2 * (size_t) n, sizeof *name)), *number = name + n;
    igraph_vector_int_t sizes;
    igraph_t graph;
    scratch *check = open_scratch(c);

    deal(order, n, c->k, replicate);
    mlg_percolate(check->percolator, order, c->k,
                  &(mlg_percolated){.giant = check->giant, .pairs = check->pairs});
    for (int32_t v = 0; v < n; v++) {
        name[v] = number[v] = v;
    }
    igraph_vector_int_init(&sizes, 0);
    const double start = now(CLOCK_PROCESS_CPUTIME_ID);
    igraph_copy(&graph, whole);
    for (int32_t step = 1; step <= steps; step++) {
        const int32_t from = single ? step - 1 : c->at[step - 1];
        const int32_t to = single ? step : c->at[step];
        double pairs;
        delete_actors(&graph, name, number, order + from, to - from);
        if (components(&graph, &sizes, &pairs) != check->giant[to] ||
            pairs != (double) check->pairs[to]) {
            stop("not igraph's components");
        }
    }
    const double seconds = now(CLOCK_PROCESS_CPUTIME_ID) - start;
    igraph_destroy(&graph);
    igraph_vector_int_destroy(&sizes);
    close_scratch(check);
    mlg_free(order);
    mlg_free(name);
    return single ? seconds / SINGLE * c->k : seconds;
}

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

static double median(double *times)
{
    qsort(times, ROUNDS, sizeof *times, by_size);
    return times[ROUNDS / 2];
}

static bool compare(const int32_t *a, const int32_t *b)
{
    for (size_t i = 0; i < (size_t) ORDERS * (STATES + 1); i++) {
        if (a[i] != b[i]) {
            return false;
        }
    }
    return true;
}

int main(int n_args, char **args)
{
    mlg_graph *graph = n_args > 1 ? read_graph(args[1]) : draw_graph();
    mlg_percolation on;
    igraph_t peer;
    double whole[ROUNDS], whole_two[ROUNDS], states[ROUNDS], states_two[ROUNDS], theirs[ROUNDS],
        each[ROUNDS];

    if (mlg_percolation_open(graph, &on, NULL) != MLG_OK ||
        mlg_graph_to_igraph(graph, false, &peer, NULL, NULL) != MLG_OK) {
        stop("no memory for the graph");
    }
    curves c = {.on = &on, .k = graph->n / 5};
    for (int32_t i = 0; i <= STATES; i++) {
        c.at[i] = (int32_t) ((int64_t) c.k * i / STATES);
    }
    c.giant = need(mlg_alloc((size_t) ORDERS * (STATES + 1), sizeof *c.giant));
    c.pairs = need(mlg_alloc(ORDERS, sizeof *c.pairs));
    int32_t *giant = need(mlg_alloc((size_t) ORDERS * (STATES + 1), sizeof *giant));
    printf("percolation: %d actors, %zu ties, %d orders of %d departures\n", graph->n,
           graph->n_ties, ORDERS, c.k);
    for (int round = 0; round < ROUNDS; round++) {
        whole[round] = time_curves(&c, 1);
        theirs[round] = 0.0;
        for (int i = 0; i < SAMPLE; i++) {
            theirs[round] += time_igraph(&peer, &c, (uint64_t) (round * SAMPLE + i), false);
        }
        theirs[round] *= (double) ORDERS / SAMPLE;
        states[round] = time_states(&c, 1, giant);
        if (!compare(giant, c.giant)) {
            stop("states differ from the curves");
        }
        each[round] = ORDERS * time_igraph(&peer, &c, (uint64_t) round, true);
        whole_two[round] = time_curves(&c, 2);
        states_two[round] = time_states(&c, 2, giant);
        if (!compare(giant, c.giant)) {
            stop("two threads give other bytes");
        }
    }
    const double a = median(whole), b = median(states), peers = median(theirs);
    const double one_by_one = median(each), a2 = median(whole_two), b2 = median(states_two);
    printf("  igraph, components after each departure   %10.1f s (extrapolated)\n", one_by_one);
    printf("  igraph, components at 20 states           %10.1f s (extrapolated)\n", peers);
    printf(
        "  curves with pairs    %8.3f s CPU, %8.3f s by wall on two threads: one by one / ours = "
        "%.0f, 20 states / ours = %.0f (%.0f by wall; bound 300 of either)\n",
        a, a2, one_by_one / a, peers / a, peers / a2);
    printf(
        "  20 states, exact     %8.3f s CPU, %8.3f s by wall on two threads: one by one / ours = "
        "%.0f, 20 states / ours = %.0f (%.0f by wall; bound 5000 of either)\n",
        b, b2, one_by_one / b, peers / b, peers / b2);
    printf("  all states of all orders agree; igraph's %d orders to the unit\n", ROUNDS * SAMPLE);
    mlg_percolation_close(&on);
    igraph_destroy(&peer);
    mlg_graph_free(graph);
    mlg_free(c.giant);
    mlg_free(c.pairs);
    mlg_free(giant);
    const bool fast = (peers / a >= 300.0 || peers / a2 >= 300.0) &&
                      (peers / b >= 5000.0 || peers / b2 >= 5000.0);
    return fast ? EXIT_SUCCESS : EXIT_FAILURE;
}
