/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <igraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "base/random.h"
#include "graph/engine.h"
#include "measure/key_players.h"

/* Greedy search of the ten actors whose removal leaves the fewest connected pairs, against the
 * same search in igraph (each step: for each candidate, delete it and count the components):
 *
 *     bench_players [FILE.el.bin]
 *
 * FILE: uint32 n, m, then m pairs of actors. Without one, 1,000 actors with 5,000 ties and 10,000
 * with 50,000, drawn from seed 55. igraph's whole search is made up to 2,000 actors, and must give
 * the same actors in the same order; beyond, the first, middle and last step are made with a sample
 * of candidates (ours among them): no candidate may be better than ours, ours must cost the pairs
 * we say, and the time is that of a candidate times their number. Seconds of CPU, one thread. */

enum { ROUNDS = 5, PLAYERS = 10, SAMPLE = 60, WHOLE = 2000, REPEATS = 20 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static void stop(const char *why)
{
    fprintf(stderr, "bench_players: %s\n", why);
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

/* Every actor is tied to an earlier one, the first tenth more often than the others. */
static pairs draw_pairs(uint32_t n, size_t m)
{
    mlg_random draw = mlg_random_stream(55, "bench_players", "", n);
    pairs p = make_pairs(n, m);
    for (size_t i = 0; i < m; i++) {
        const bool first = mlg_random_below(&draw, 4) == 0;
        p.from[i] = i < n ? (int32_t) i : (int32_t) mlg_random_below(&draw, n);
        p.to[i] = (int32_t) mlg_random_below(&draw, first ? n / 10 : n);
    }
    return p;
}

/* ---- ours ------------------------------------------------------------------------- */

static double time_ours(const mlg_csr *ties, int32_t set[PLAYERS], int64_t left[PLAYERS])
{
    mlg_cuts cuts;
    const double start = now();
    for (int i = 0; i < REPEATS; i++) {
        if (mlg_cuts_open(ties, ties->n, &cuts, NULL) != MLG_OK) {
            stop("no memory for the search");
        }
        mlg_cuts_greedy(&cuts, PLAYERS, set);
        mlg_cuts_free(&cuts);
    }
    const double seconds = (now() - start) / REPEATS;
    if (mlg_cuts_open(ties, ties->n, &cuts, NULL) != MLG_OK) {
        stop("no memory for the search");
    }
    for (int i = 0; i < PLAYERS; i++) { /* for the check only */
        mlg_cuts_remove(&cuts, set[i]);
        left[i] = cuts.pairs;
    }
    mlg_cuts_free(&cuts);
    return seconds;
}

/* ---- igraph's ---------------------------------------------------------------------- */

/* Connected pairs when one more goes. */
static int64_t pairs_without(const igraph_t *graph, igraph_integer_t vertex)
{
    igraph_t less;
    igraph_vector_int_t sizes;
    int64_t connected = 0;
    if (igraph_copy(&less, graph) != IGRAPH_SUCCESS ||
        igraph_delete_vertices(&less, igraph_vss_1(vertex)) != IGRAPH_SUCCESS ||
        igraph_vector_int_init(&sizes, 0) != IGRAPH_SUCCESS ||
        igraph_connected_components(&less, NULL, &sizes, NULL, IGRAPH_WEAK) != IGRAPH_SUCCESS) {
        stop("igraph failed");
    }
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(&sizes); i++) {
        connected += VECTOR(sizes)[i] * (VECTOR(sizes)[i] - 1) / 2;
    }
    igraph_vector_int_destroy(&sizes);
    igraph_destroy(&less);
    return connected;
}

/* `place`: where each actor stands in igraph's graph after the first ones went; -1 = gone. */
static void take_away(igraph_t *graph, int32_t *place, int32_t n, int32_t actor)
{
    const int32_t at = place[actor];
    for (int32_t v = 0; v < n; v++) {
        place[v] -= place[v] > at;
    }
    place[actor] = -1;
    if (igraph_delete_vertices(graph, igraph_vss_1(at)) != IGRAPH_SUCCESS) {
        stop("igraph failed");
    }
}

/* One step: the best candidate (the first of several), all of them or a sample with ours. Answers
 * the seconds that all candidates take. */
static double step(const igraph_t *graph, const int32_t *place, int32_t n, int32_t ours,
                   int64_t left, bool whole, mlg_random *draw)
{
    const double start = now();
    int64_t fewest = INT64_MAX;
    int32_t best = -1, tried = 0;
    for (int32_t i = 0; i < (whole ? n : SAMPLE); i++) {
        const int32_t v = whole    ? i
                          : i == 0 ? ours
                                   : (int32_t) mlg_random_below(draw, (uint32_t) n);
        if (place[v] < 0) {
            continue;
        }
        const int64_t after = pairs_without(graph, place[v]);
        tried++;
        if (after < fewest) {
            fewest = after;
            best = v;
        }
    }
    if (best != ours || fewest != left) {
        stop("igraph's search takes another actor");
    }
    return (now() - start) / tried * (double) igraph_vcount(graph);
}

static double time_igraph(const mlg_graph *graph, const int32_t set[PLAYERS],
                          const int64_t left[PLAYERS])
{
    mlg_random draw = mlg_random_stream(55, "bench_players.sample", "", 0);
    const bool whole = graph->n <= WHOLE;
    int32_t *place = mlg_alloc((size_t) graph->n, sizeof *place);
    double seconds = 0;
    int steps = 0;
    igraph_t peer;
    if (place == NULL || mlg_graph_to_igraph(graph, false, &peer, NULL, NULL) != MLG_OK) {
        stop("no memory for igraph's graph");
    }
    for (int32_t v = 0; v < graph->n; v++) {
        place[v] = v;
    }
    for (int i = 0; i < PLAYERS; i++) {
        if (whole || i == 0 || i == PLAYERS / 2 || i == PLAYERS - 1) {
            seconds += step(&peer, place, graph->n, set[i], left[i], whole, &draw);
            steps++;
        }
        take_away(&peer, place, graph->n, set[i]);
    }
    igraph_destroy(&peer);
    mlg_free(place);
    return seconds * PLAYERS / steps;
}

/* ---- both ----------------------------------------------------------------------------- */

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

static double race(pairs p)
{
    mlg_graph *graph = NULL;
    double ours[ROUNDS], theirs[ROUNDS];
    int32_t set[PLAYERS];
    int64_t left[PLAYERS];

    if (mlg_graph_from_ties(p.n, p.from, p.to, NULL, p.m, false, NULL, 0, &graph, NULL) != MLG_OK) {
        stop("no memory for the graph");
    }
    if (graph->n <= PLAYERS) {
        stop("too few actors");
    }
    for (int round = 0; round < ROUNDS; round++) {
        ours[round] = time_ours(&graph->ties, set, left);
        theirs[round] = time_igraph(graph, set, left);
    }
    const double a = median(ours), b = median(theirs);
    printf("key players: %d actors, %zu ties, the %d whose removal leaves fewest pairs\n", graph->n,
           graph->n_ties, PLAYERS);
    printf("  one search a removal          %10.6f s\n", a);
    printf("  igraph, each candidate        %10.2f s%s   igraph / ours = %.0f\n", b,
           graph->n <= WHOLE ? "" : " (from a sample)", b / a);
    mlg_graph_free(graph);
    mlg_free(p.from);
    mlg_free(p.to);
    return b / a;
}

int main(int n_args, char **args)
{
    if (n_args > 1) {
        (void) race(read_pairs(args[1]));
        return EXIT_SUCCESS;
    }
    const double small = race(draw_pairs(1000, 5000)), large = race(draw_pairs(10000, 50000));
    return small >= 2300 && large >= 65000 ? EXIT_SUCCESS : EXIT_FAILURE;
}
