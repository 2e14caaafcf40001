/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/random.h"
#include "graph/engine.h"
#include "measure/removal.h"
#include "support.h"

/* All removals in one pass, against the articulation points alone of graph-tool and of igraph on
 * the same graph:
 *
 *     bench_removal [FILE.el.bin [SAMPLE]]
 *
 * from the top folder: graph-tool is called through bench/removal_peer.sh, and left out where it is
 * not installed. FILE: uint32 n, m, then m pairs of actors. Without one, 10,000 actors and 50,000
 * ties drawn from seed 213. The programs run in turn on one thread (seconds of the processor) and
 * must agree on the cut points; SAMPLE actors (1,000, or 12 above 100,000 actors) are removed in
 * earnest and the pairs counted again. */

enum { ROUNDS = 7 };

static const char *const bench = "bench_removal";

static void stop(const char *why)
{
    bench_stop(bench, why);
}

static double now(void)
{
    return bench_now(CLOCK_PROCESS_CPUTIME_ID);
}

/* ---- graphs ---------------------------------------------------------------------- */

/* Half of the actors hang on one other, so that there is something to cut. */
static bench_pairs draw_pairs(void)
{
    enum { ACTORS = 10000, TIES = 50000 };
    mlg_random draw = mlg_random_stream(213, "bench_removal", "", 0);
    bench_pairs p = bench_pairs_make(bench, ACTORS, TIES);
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
static double check_sample(const mlg_csr *ties, const mlg_removals *removals, int sample)
{
    mlg_random draw = mlg_random_stream(213, "bench_removal.sample", "", 0);
    int32_t *queue = mlg_alloc((size_t) ties->n, sizeof *queue);
    uint8_t *met = mlg_alloc((size_t) ties->n, sizeof *met);
    if (queue == NULL || met == NULL) {
        stop("no memory for the sample");
    }
    const double start = now();
    for (int k = 0, checked = 0; checked < sample && k < 10000000; k++) {
        const int32_t v = (int32_t) mlg_random_below(&draw, (uint32_t) ties->n);
        if (checked >= sample / 3 && removals->branches[v] < 2) {
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
    return (now() - start) / sample;
}

/* ---- the programs -------------------------------------------------------------------------- */

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

/* graph-tool in a process of its own, which keeps its graph and answers each line. */
typedef struct other {
    FILE *ask, *answer; /* NULL: not installed */
    pid_t process;
    long cut_points;
} other;

static void write_pairs(const mlg_csr *ties, size_t n_ties, char *path)
{
    const uint32_t head[] = {(uint32_t) ties->n, (uint32_t) n_ties};
    const int handle = mkstemp(path);
    FILE *file = handle >= 0 ? fdopen(handle, "wb") : NULL;
    if (file == NULL || fwrite(head, sizeof *head, 2, file) != 2) {
        stop("no temporary file");
    }
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            const uint32_t pair[] = {(uint32_t) v, (uint32_t) ties->target[i]};
            if (pair[0] < pair[1] && fwrite(pair, sizeof *pair, 2, file) != 2) {
                stop("the temporary file was not written");
            }
        }
    }
    if (fclose(file) != 0) {
        stop("the temporary file was not written");
    }
}

static other other_open(const char *path)
{
    int to[2], from[2];
    char ready[16] = "";
    other o = {.cut_points = -1};

    if (pipe(to) != 0 || pipe(from) != 0 || (o.process = fork()) < 0) {
        stop("no second process");
    }
    if (o.process == 0) {
        dup2(to[0], STDIN_FILENO);
        dup2(from[1], STDOUT_FILENO);
        close(to[1]);
        close(from[0]);
        execl("/bin/sh", "sh", "bench/removal_peer.sh", path, (char *) NULL);
        _exit(77);
    }
    close(to[0]);
    close(from[1]);
    o.ask = fdopen(to[1], "w");
    o.answer = fdopen(from[0], "r");
    if (o.ask == NULL || o.answer == NULL) {
        stop("no pipe to the second process");
    }
    if (fgets(ready, sizeof ready, o.answer) == NULL) {
        fclose(o.ask);
        fclose(o.answer);
        o.ask = o.answer = NULL;
    }
    return o;
}

static double time_other(other *o)
{
    double cpu = NAN, wall = NAN;
    fputs("again\n", o->ask);
    fflush(o->ask);
    if (fscanf(o->answer, "%lf %lf %ld", &cpu, &wall, &o->cut_points) != 3) {
        stop("graph-tool gave no answer");
    }
    return cpu;
}

static void other_close(other *o)
{
    if (o->ask != NULL) {
        fclose(o->ask);
        fclose(o->answer);
    }
    waitpid(o->process, NULL, 0);
}

/* ---- the race -------------------------------------------------------------------------------- */

typedef struct times {
    double ours[ROUNDS], igraph[ROUNDS], other[ROUNDS];
} times;

static void race(const mlg_graph *graph, const igraph_t *peer, igraph_vector_int_t *points,
                 other *o, mlg_removals *removals, times *t)
{
    for (int round = 0; round < ROUNDS; round++) {
        mlg_removals_free(removals);
        t->ours[round] = time_ours(&graph->ties, removals);
        t->other[round] = o->ask != NULL ? time_other(o) : NAN;
        t->igraph[round] = time_igraph(peer, points);
    }
    check_cut_points(removals, points);
    if (o->ask != NULL && o->cut_points != (long) igraph_vector_int_size(points)) {
        stop("not graph-tool's number of cut points");
    }
}

/* Answers whether we are no slower than graph-tool, or than igraph where it is not there. */
static bool tell(const other *o, times *t)
{
    const double a = bench_median(t->ours, ROUNDS), b = bench_median(t->igraph, ROUNDS);
    double bound = b;

    printf("  pairs lost, one pass          %10.4f s\n", a);
    if (o->ask != NULL) {
        bound = bench_median(t->other, ROUNDS);
        printf("  graph-tool's articulation     %10.4f s   ours / graph-tool = %.3f (bound 1)\n",
               bound, a / bound);
    } else {
        printf("  graph-tool                     not installed\n");
    }
    printf("  igraph_articulation_points    %10.4f s   ours / igraph = %.3f (bound 1)\n", b, a / b);
    return a <= bound;
}

int main(int n_args, char **args)
{
    bench_pairs p = n_args > 1 ? bench_pairs_read(bench, args[1]) : draw_pairs();
    const int sample = n_args > 2 ? atoi(args[2]) : p.n > 100000 ? 12 : 1000;
    char path[] = "/tmp/bench_removal.XXXXXX";
    mlg_graph *graph = NULL;
    mlg_removals removals = {0};
    igraph_t peer;
    igraph_vector_int_t points;
    times t;

    if (mlg_graph_from_ties(p.n, p.from, p.to, NULL, p.m, false, NULL, 0, &graph, NULL) != MLG_OK ||
        mlg_graph_to_igraph(graph, false, &peer, NULL, NULL) != MLG_OK ||
        igraph_vector_int_init(&points, 0) != IGRAPH_SUCCESS) {
        stop("no memory for the graph");
    }
    write_pairs(&graph->ties, graph->n_ties, path);
    other o = other_open(path);
    printf("all removals: %d actors, %zu ties\n", graph->n, graph->n_ties);
    race(graph, &peer, &points, &o, &removals, &t);
    const bool fast = tell(&o, &t);
    const double naive = check_sample(&graph->ties, &removals, sample);
    printf("  one removal in earnest        %10.4f s   all of them / ours = %.2g\n", naive,
           naive * graph->n / bench_median(t.ours, ROUNDS));
    printf("  %d removals in earnest agree to the pair, and all %lld cut points\n", sample,
           (long long) igraph_vector_int_size(&points));
    other_close(&o);
    unlink(path);
    igraph_vector_int_destroy(&points);
    igraph_destroy(&peer);
    mlg_removals_free(&removals);
    mlg_graph_free(graph);
    bench_pairs_free(&p);
    return fast ? EXIT_SUCCESS : EXIT_FAILURE;
}
