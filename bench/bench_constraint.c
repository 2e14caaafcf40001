/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "base/random.h"
#include "graph/engine.h"
#include "measure/constraint.h"

/* Burt's constraint, with effective size and hierarchy from the same pass, against igraph's
 * constraint alone:
 *
 *     bench_constraint [FILE.el.bin]
 *
 * FILE: uint32 n, m, then m pairs of actors. Without one, 100,000 actors and 400,000 ties drawn
 * from seed 214: half of them inside territories of fifty actors, so that contacts know each
 * other. Both programs run in turn on one thread (seconds of the processor), and must agree to 1e-9
 * for every actor. */

enum { ROUNDS = 5 };

/* Seconds of the processor, or of the wall: those of two threads at once add up otherwise. */
static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static void stop(const char *why)
{
    fprintf(stderr, "bench_constraint: %s\n", why);
    exit(EXIT_FAILURE);
}

/* ---- graphs ---------------------------------------------------------------------- */

typedef struct pairs {
    int32_t n, *from, *to;
    size_t m;
} pairs;

static pairs make_pairs(uint32_t n, size_t m)
{
    pairs p = {(int32_t) n, mlg_alloc(m, sizeof *p.from), mlg_alloc(m, sizeof *p.to), m};
    if (p.from == NULL || p.to == NULL) {
        stop("no memory for the ties");
    }
    return p;
}

static pairs read_pairs(const char *path)
{
    uint32_t head[2], pair[2];
    FILE *file = fopen(path, "rb");
    if (file == NULL || fread(head, sizeof *head, 2, file) != 2 || head[0] > INT32_MAX) {
        stop("no such graph");
    }
    pairs p = make_pairs(head[0], head[1]);
    for (size_t i = 0; i < p.m; i++) {
        if (fread(pair, sizeof *pair, 2, file) != 2 || pair[0] >= head[0] || pair[1] >= head[0]) {
            stop("the graph is cut short");
        }
        p.from[i] = (int32_t) pair[0];
        p.to[i] = (int32_t) pair[1];
    }
    fclose(file);
    return p;
}

/* Numbers are shuffled, so that they say nothing of the territory. */
static pairs draw_pairs(void)
{
    enum { ACTORS = 100000, TIES = 400000, TERRITORY = 50 };
    mlg_random draw = mlg_random_stream(214, "bench_constraint", "", 0);
    pairs p = make_pairs(ACTORS, TIES);
    int32_t *name = mlg_alloc(ACTORS, sizeof *name);
    if (name == NULL) {
        stop("no memory for the ties");
    }
    for (uint32_t v = 0; v < ACTORS; v++) {
        const uint32_t other = mlg_random_below(&draw, v + 1);
        name[v] = name[other];
        name[other] = (int32_t) v;
    }
    for (size_t i = 0; i < TIES; i++) {
        const uint32_t from = mlg_random_below(&draw, ACTORS);
        const uint32_t near = from - from % TERRITORY + mlg_random_below(&draw, TERRITORY);
        p.from[i] = name[from];
        p.to[i] = name[i % 2 == 0 ? near : mlg_random_below(&draw, ACTORS)];
    }
    mlg_free(name);
    return p;
}

/* ---- the two programs ------------------------------------------------------------------ */

static double time_ours(const mlg_csr *ties, int threads, mlg_redundancy *found)
{
    const mlg_run run = {.threads = threads, .memory_bound = (size_t) 1 << 32};
    const clockid_t clock = threads > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID;
    const double start = now(clock);
    mlg_redundancy_free(found);
    if (mlg_redundancy_of(ties, NULL, NULL, &run, found, NULL) != MLG_OK) {
        stop("no memory for the constraint");
    }
    return now(clock) - start;
}

static double time_igraph(const igraph_t *graph, igraph_vector_t *constraint)
{
    const double start = now(CLOCK_PROCESS_CPUTIME_ID);
    if (igraph_constraint(graph, constraint, igraph_vss_all(), NULL) != IGRAPH_SUCCESS) {
        stop("igraph failed");
    }
    return now(CLOCK_PROCESS_CPUTIME_ID) - start;
}

static double compare(const mlg_redundancy *ours, const igraph_vector_t *theirs)
{
    double worst = 0.0;
    for (int32_t v = 0; v < ours->n; v++) {
        const double a = ours->counted.constraint[v], b = VECTOR(*theirs)[v];
        if (isnan(a) != isnan(b) || fabs(a - b) > 1e-9) {
            stop("not igraph's constraint");
        }
        worst = isnan(a) ? worst : fmax(worst, fabs(a - b));
    }
    return worst;
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

int main(int n_args, char **args)
{
    pairs p = n_args > 1 ? read_pairs(args[1]) : draw_pairs();
    mlg_graph *graph = NULL;
    mlg_redundancy one = {0}, two = {0};
    igraph_t peer;
    igraph_vector_t constraint;
    double ours[ROUNDS], both[ROUNDS], theirs[ROUNDS];

    if (mlg_graph_from_ties(p.n, p.from, p.to, NULL, p.m, false, NULL, 0, &graph, NULL) != MLG_OK ||
        mlg_graph_to_igraph(graph, false, &peer, NULL, NULL) != MLG_OK ||
        igraph_vector_init(&constraint, 0) != IGRAPH_SUCCESS) {
        stop("no memory for the graph");
    }
    printf("constraint: %d actors, %zu ties\n", graph->n, graph->n_ties);
    for (int round = 0; round < ROUNDS; round++) {
        ours[round] = time_ours(&graph->ties, 1, &one);
        theirs[round] = time_igraph(&peer, &constraint);
        both[round] = time_ours(&graph->ties, 2, &two);
    }
    const double worst = compare(&one, &constraint);
    for (int32_t v = 0; v < graph->n; v++) {
        if (one.counted.constraint[v] != two.counted.constraint[v] &&
            !isnan(one.counted.constraint[v])) {
            stop("two threads give other bytes");
        }
    }
    const double a = median(ours), b = median(theirs), c = median(both);
    printf("  constraint, size, hierarchy   %10.4f s   two threads, by the wall %.4f s\n", a, c);
    printf("  igraph_constraint             %10.4f s   igraph / ours = %.1f (bound 5)\n", b, b / a);
    printf("  every actor agrees, to %.1g\n", worst);
    igraph_vector_destroy(&constraint);
    igraph_destroy(&peer);
    mlg_redundancy_free(&one);
    mlg_redundancy_free(&two);
    mlg_graph_free(graph);
    mlg_free(p.from);
    mlg_free(p.to);
    return b / a >= 5.0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
