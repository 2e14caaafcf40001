/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/random.h"
#include "graph/engine.h"
#include "measure/constraint.h"
#include "support.h"

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

static const char *const bench = "bench_constraint";

static void stop(const char *why)
{
    bench_stop(bench, why);
}

/* ---- graphs ---------------------------------------------------------------------- */

/* Numbers are shuffled, so that they say nothing of the territory. */
static bench_pairs draw_pairs(void)
{
    enum { ACTORS = 100000, TIES = 400000, TERRITORY = 50 };
    mlg_random draw = mlg_random_stream(214, "bench_constraint", "", 0);
    bench_pairs p = bench_pairs_make(bench, ACTORS, TIES);
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
    const double start = bench_now(clock);
    mlg_redundancy_free(found);
    if (mlg_redundancy_of(ties, NULL, NULL, &run, found, NULL) != MLG_OK) {
        stop("no memory for the constraint");
    }
    return bench_now(clock) - start;
}

static double time_igraph(const igraph_t *graph, igraph_vector_t *constraint)
{
    const double start = bench_now(CLOCK_PROCESS_CPUTIME_ID);
    if (igraph_constraint(graph, constraint, igraph_vss_all(), NULL) != IGRAPH_SUCCESS) {
        stop("igraph failed");
    }
    return bench_now(CLOCK_PROCESS_CPUTIME_ID) - start;
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

int main(int n_args, char **args)
{
    bench_pairs p = n_args > 1 ? bench_pairs_read(bench, args[1]) : draw_pairs();
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
    const double a = bench_median(ours, ROUNDS), b = bench_median(theirs, ROUNDS),
                 c = bench_median(both, ROUNDS);
    printf("  constraint, size, hierarchy   %10.4f s   two threads, by the wall %.4f s\n", a, c);
    printf("  igraph_constraint             %10.4f s   igraph / ours = %.1f (bound 5)\n", b, b / a);
    printf("  every actor agrees, to %.1g\n", worst);
    igraph_vector_destroy(&constraint);
    igraph_destroy(&peer);
    mlg_redundancy_free(&one);
    mlg_redundancy_free(&two);
    mlg_graph_free(graph);
    bench_pairs_free(&p);
    return b / a >= 5.0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
