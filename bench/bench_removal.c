/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <igraph.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/random.h"
#include "graph/engine.h"
#include "measure/removal.h"

/* All removals in one pass, against igraph's articulation points on the same graph:
 *
 *     bench_removal [FILE.el.bin]
 *
 * FILE: uint32 n, m, then m pairs of actors. Without one, 10,000 actors and 50,000 ties
 * drawn from seed 213. Both programs run in turn, and must agree on the cut points; a
 * sample of actors is removed in earnest and the pairs counted again. */

enum { ROUNDS = 7, SAMPLE = 12 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

static void stop(const char *why)
{
    fprintf(stderr, "bench_removal: %s\n", why);
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

/* Half of the actors hang on one other, so that there is something to cut. */
static pairs draw_pairs(void)
{
    enum { ACTORS = 10000, TIES = 50000 };
    mlg_random draw = mlg_random_stream(213, "bench_removal", "", 0);
    pairs p = make_pairs(ACTORS, TIES);
    for (size_t i = 0; i < TIES; i++) {
        const bool hangs = i < ACTORS / 2;
        p.from[i] =
            hangs ? (int32_t) (i + ACTORS / 2) : (int32_t) mlg_random_below(&draw, ACTORS / 2);
        p.to[i] = (int32_t) mlg_random_below(&draw, ACTORS / 2);
    }
    return p;
}

/* ---- the naive answer --------------------------------------------------------------- */

/* Connected pairs of the others after `gone` left, by search from everyone. */
static int64_t pairs_without(const mlg_csr *ties, int32_t gone, int32_t *queue, uint8_t *met)
{
    int64_t connected = 0;
    memset(met, 0, (size_t) ties->n);
    met[gone] = 1;
    for (int32_t from = 0; from < ties->n; from++) {
        int64_t head = 0, tail = 0;
        if (met[from]) {
            continue;
        }
        met[from] = 1;
        queue[tail++] = from;
        while (head < tail) {
            const int32_t v = queue[head++];
            for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
                if (!met[ties->target[i]]) {
                    met[ties->target[i]] = 1;
                    queue[tail++] = ties->target[i];
                }
            }
        }
        connected += tail * (tail - 1) / 2;
    }
    return connected;
}

/* Removes a sample in earnest, cut points among them; answers the seconds of one removal. */
static double check_sample(const mlg_csr *ties, const mlg_removals *removals)
{
    mlg_random draw = mlg_random_stream(213, "bench_removal.sample", "", 0);
    int32_t *queue = mlg_alloc((size_t) ties->n, sizeof *queue);
    uint8_t *met = mlg_alloc((size_t) ties->n, sizeof *met);
    if (queue == NULL || met == NULL) {
        stop("no memory for the sample");
    }
    const double start = now();
    for (int k = 0, checked = 0; checked < SAMPLE && k < 1000000; k++) {
        const int32_t v = (int32_t) mlg_random_below(&draw, (uint32_t) ties->n);
        if (checked >= SAMPLE / 3 && removals->branches[v] < 2) {
            continue; /* two thirds of the sample cut something */
        }
        const int64_t after = pairs_without(ties, v, queue, met);
        if (removals->pairs - (removals->together[v] - 1) - after != removals->lost[v]) {
            stop("differs from removing the actor");
        }
        checked++;
    }
    mlg_free(queue);
    mlg_free(met);
    return (now() - start) / SAMPLE;
}

/* ---- the two programs ------------------------------------------------------------------ */

static double time_ours(const mlg_csr *ties, mlg_removals *removals)
{
    mlg_forest forest;
    const double start = now();
    if (mlg_forest_grow(ties, ties->n, &forest, NULL) != MLG_OK ||
        mlg_removals_of(&forest, removals, NULL) != MLG_OK) {
        stop("no memory for the removals");
    }
    mlg_forest_free(&forest);
    return now() - start;
}

static double time_igraph(const igraph_t *graph, igraph_vector_int_t *points)
{
    const double start = now();
    if (igraph_articulation_points(graph, points) != IGRAPH_SUCCESS) {
        stop("igraph failed");
    }
    return now() - start;
}

static void check_cut_points(const mlg_removals *removals, const igraph_vector_int_t *points)
{
    int64_t ours = 0;
    for (int32_t v = 0; v < removals->n; v++) {
        ours += removals->branches[v] > 1;
    }
    if (ours != (int64_t) igraph_vector_int_size(points)) {
        stop("not igraph's number of cut points");
    }
    for (igraph_integer_t i = 0; i < igraph_vector_int_size(points); i++) {
        if (removals->branches[VECTOR(*points)[i]] < 2) {
            stop("not igraph's cut points");
        }
    }
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
    mlg_removals removals = {0};
    igraph_t peer;
    igraph_vector_int_t points;
    double ours[ROUNDS], theirs[ROUNDS];

    if (mlg_graph_from_ties(p.n, p.from, p.to, NULL, p.m, false, NULL, 0, &graph, NULL) != MLG_OK ||
        mlg_graph_to_igraph(graph, false, &peer, NULL, NULL) != MLG_OK ||
        igraph_vector_int_init(&points, 0) != IGRAPH_SUCCESS) {
        stop("no memory for the graph");
    }
    printf("all removals: %d actors, %zu ties\n", graph->n, graph->n_ties);
    for (int round = 0; round < ROUNDS; round++) {
        mlg_removals_free(&removals);
        ours[round] = time_ours(&graph->ties, &removals);
        theirs[round] = time_igraph(&peer, &points);
    }
    check_cut_points(&removals, &points);
    const double naive = check_sample(&graph->ties, &removals);
    const double a = median(ours), b = median(theirs);
    printf("  pairs lost, one pass          %10.4f s\n", a);
    printf("  igraph_articulation_points    %10.4f s   ours / igraph = %.3f (bound 1.5)\n", b,
           a / b);
    printf("  one removal in earnest        %10.4f s   all of them / ours = %.2g\n", naive,
           naive * graph->n / a);
    printf("  %d removals in earnest agree to the pair, and all %lld cut points\n", SAMPLE,
           (long long) igraph_vector_int_size(&points));
    igraph_vector_int_destroy(&points);
    igraph_destroy(&peer);
    mlg_removals_free(&removals);
    mlg_graph_free(graph);
    mlg_free(p.from);
    mlg_free(p.to);
    return a / b <= 1.5 ? EXIT_SUCCESS : EXIT_FAILURE;
}
