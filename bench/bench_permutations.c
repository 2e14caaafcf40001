/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/random.h"
#include "graph/graph.h"
#include "measure/labels.h"
#include "measure/moments.h"

/* 10,000 label permutations of E-I against numpy (10,000 actors, 50,000 ties, 10 sectors), and
 * against R's sna and plain R (500 actors, 2,500 ties, 5 sectors):
 *
 *     bench_permutations
 *
 * from the top folder: the other programs are called through bench/permutations_peer.sh; one that
 * is not installed is left out, and the bench says so. The programs take turns (A B C A B C). Times
 * are of the permutations alone, neither of starting a program nor of reading the ties. sna
 * permutes a matrix of n^2 cells each time: it makes SAMPLE permutations, extrapolated to 10,000.
 *
 * Checked in every round: the same E-I observed, to 1e-12; means within six standard errors of the
 * exact mean (1 - 2 p2), and standard deviations within six of the exact one. */

enum { ROUNDS = 5, DRAWS = 10000, SAMPLE = 20, MOST_PROGRAMS = 5 };

static const char *const script = "bench/permutations_peer.sh";

/* What a program says: E-I observed, mean and sd of its draws, seconds for all 10,000 by the clock
 * and of the processor. */
typedef struct outcome {
    double observed, mean, sd, seconds, cpu;
} outcome;

typedef struct program {
    const char *name;
    int threads;      /* ours */
    const char *peer; /* of the script, NULL: ours */
    int draws;
    bool absent;
} program;

typedef struct input {
    char path[64];
    mlg_graph *graph;
    mlg_labelling labelling;
    mlg_pairs pairs;
    double mean, sd; /* exact */
} input;

static void stop(const char *why)
{
    fprintf(stderr, "bench_permutations: %s\n", why);
    exit(EXIT_FAILURE);
}

static double clock_of(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

/* ---- the network ------------------------------------------------------------- */

/* Distinct pairs, drawn evenly; sectors in turn. */
static mlg_graph *draw_graph(int32_t n, size_t m, int32_t n_sectors)
{
    mlg_random draw = mlg_random_stream(7, "bench_permutations", "", (uint64_t) n);
    int32_t *from = mlg_alloc(2 * m, sizeof *from), *to = mlg_alloc(2 * m, sizeof *to);
    int32_t *sector = mlg_alloc((size_t) n, sizeof *sector);
    mlg_graph *graph = NULL;
    if (from == NULL || to == NULL || sector == NULL) {
        stop("no memory for the network");
    }
    for (int32_t v = 0; v < n; v++) {
        sector[v] = v % n_sectors;
    }
    for (size_t i = 0; i < m; i++) {
        from[i] = (int32_t) mlg_random_below(&draw, (uint32_t) n);
        do {
            to[i] = (int32_t) mlg_random_below(&draw, (uint32_t) n);
        } while (to[i] == from[i]);
    }
    if (mlg_graph_from_ties(n, from, to, NULL, m, false, sector, n_sectors, &graph, NULL) !=
        MLG_OK) {
        stop("no memory for the network");
    }
    mlg_free(sector);
    mlg_free(to);
    mlg_free(from);
    return graph;
}

static void write_graph(input *in)
{
    const mlg_csr *ties = &in->graph->ties;
    snprintf(in->path, sizeof in->path, "/tmp/bench_permutations.XXXXXX");
    const int handle = mkstemp(in->path);
    FILE *file = handle >= 0 ? fdopen(handle, "w") : NULL;
    if (file == NULL) {
        stop("no temporary file");
    }
    fprintf(file, "%d %zu\n", in->graph->n, in->graph->n_ties);
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            if (v < ties->target[i]) {
                fprintf(file, "%d %d\n", v, ties->target[i]);
            }
        }
    }
    for (int32_t v = 0; v < in->graph->n; v++) {
        fprintf(file, "%d\n", in->graph->sector[v]);
    }
    if (fclose(file) != 0) {
        stop("the temporary file was not written");
    }
}

static void input_open(input *in, int32_t n, size_t m, int32_t n_sectors)
{
    mlg_pair_sums sums;
    *in = (input){.graph = draw_graph(n, m, n_sectors)};
    if (mlg_labelling_make(in->graph, &in->labelling, NULL) != MLG_OK ||
        mlg_pairs_make(in->graph, &in->labelling, MLG_PAIRS_TIES, &in->pairs, NULL) != MLG_OK ||
        mlg_pair_sums_of(&in->pairs, in->labelling.n, &sums, NULL) != MLG_OK) {
        stop("no memory for the labels");
    }
    const mlg_odds odds = mlg_odds_of(&in->labelling);
    in->mean = 1.0 - 2.0 * odds.p2;
    in->sd = 2.0 * sqrt(mlg_within_variance(&sums, &odds)) / sums.total;
    write_graph(in);
}

static void input_close(input *in)
{
    unlink(in->path);
    mlg_pairs_free(&in->pairs);
    mlg_labelling_free(&in->labelling);
    mlg_graph_free(in->graph);
}

/* ---- the programs ---------------------------------------------------------------- */

static outcome run_ours(const input *in, int threads, uint64_t seed)
{
    static double within[DRAWS];
    mlg_run run = MLG_RUN_INIT;
    outcome out = {0};
    double inside = 0.0;

    run.threads = threads;
    run.seed = seed;
    run.draws = DRAWS;
    const double wall = clock_of(CLOCK_MONOTONIC), cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    const mlg_deal_plan plan = mlg_deal_plan_of(&in->labelling, in->pairs.n, &run, "bench");
    if (plan.n != DRAWS ||
        mlg_within_draws(&in->labelling, &in->pairs, &plan, &run, within, NULL) != MLG_OK) {
        stop("our permutations failed");
    }
    out.seconds = clock_of(CLOCK_MONOTONIC) - wall;
    out.cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    for (size_t i = 0; i < in->pairs.n; i++) {
        inside +=
            in->labelling.type[in->pairs.pair[i].a] == in->labelling.type[in->pairs.pair[i].b];
    }
    out.observed = 1.0 - 2.0 * inside / in->pairs.total;
    for (int d = 0; d < DRAWS; d++) {
        out.mean += (1.0 - 2.0 * within[d] / in->pairs.total) / DRAWS;
    }
    for (int d = 0; d < DRAWS; d++) {
        const double apart = 1.0 - 2.0 * within[d] / in->pairs.total - out.mean;
        out.sd += apart * apart;
    }
    out.sd = sqrt(out.sd / (DRAWS - 1));
    return out;
}

static outcome run_peer(const input *in, program *peer, int seed)
{
    char command[256];
    outcome out = {0};
    snprintf(command, sizeof command, "%s %s %s %d %d", script, peer->peer, in->path, peer->draws,
             seed);
    fflush(stdout);
    FILE *answer = popen(command, "r");
    if (answer == NULL) {
        stop("no shell");
    }
    const int read = fscanf(answer, "%lf %lf %lf %lf %lf", &out.observed, &out.mean, &out.sd,
                            &out.seconds, &out.cpu);
    const int state = pclose(answer);
    peer->absent = WIFEXITED(state) && (WEXITSTATUS(state) == 77 || WEXITSTATUS(state) >= 126);
    if (!peer->absent && (state != 0 || read != 5)) {
        stop("a peer failed");
    }
    out.seconds *= (double) DRAWS / peer->draws;
    out.cpu *= (double) DRAWS / peer->draws;
    return out;
}

static void check(const input *in, const outcome *ours, const outcome *now, int draws)
{
    if (fabs(now->observed - ours->observed) > 1e-12) {
        stop("the programs differ in what they observe");
    }
    if (fabs(now->mean - in->mean) > 6.0 * in->sd / sqrt(draws) ||
        fabs(now->sd / in->sd - 1.0) > 6.0 / sqrt(2.0 * (draws - 1))) {
        stop("the draws have not the exact mean and sd");
    }
}

/* ---- rounds ---------------------------------------------------------------------- */

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

static double median(double *values)
{
    qsort(values, ROUNDS, sizeof *values, by_size);
    return values[ROUNDS / 2];
}

/* Seconds of each round, by the clock and of the processor. */
typedef struct times {
    double wall[ROUNDS], cpu[ROUNDS];
} times;

static void print(const input *in, const program *programs, int n, times *took)
{
    printf("E-I, %d label permutations: %d actors, %zu ties, %d sectors\n", DRAWS, in->graph->n,
           in->graph->n_ties, in->graph->n_sectors);
    const double own = median(took[0].wall), own_cpu = median(took[0].cpu);
    for (int p = 0; p < n; p++) {
        if (programs[p].absent) {
            printf("  %-18s left out: not installed\n", programs[p].name);
            continue;
        }
        const double its = median(took[p].wall), its_cpu = median(took[p].cpu);
        printf("  %-18s %9.4f s (%9.4f s of CPU)", programs[p].name, its, its_cpu);
        if (programs[p].peer != NULL) {
            printf("   ours, 1 thread: %.0f times as fast (%.0f by CPU)", its / own,
                   its_cpu / own_cpu);
        }
        if (programs[p].draws < DRAWS) {
            printf(", from %d permutations", programs[p].draws);
        }
        printf("\n");
    }
    printf("  the same E-I, and the exact mean and sd, in all %d rounds\n", ROUNDS);
}

static void compare(const input *in, program *programs, int n)
{
    times took[MOST_PROGRAMS] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        outcome ours = {0};
        for (int p = 0; p < n; p++) {
            if (programs[p].absent) {
                continue;
            }
            const outcome its = programs[p].peer == NULL
                                    ? run_ours(in, programs[p].threads, (uint64_t) round + 1)
                                    : run_peer(in, &programs[p], round + 1);
            ours = p == 0 ? its : ours;
            if (!programs[p].absent) {
                check(in, &ours, &its, programs[p].draws);
                took[p].wall[round] = its.seconds;
                took[p].cpu[round] = its.cpu;
            }
        }
    }
    print(in, programs, n, took);
}

int main(void)
{
    program small[] = {{"ours, 1 thread", 1, NULL, DRAWS, false},
                       {"ours, 2 threads", 2, NULL, DRAWS, false},
                       {"R, plain", 0, "r", DRAWS, false},
                       {"R, sna's qaptest", 0, "sna", SAMPLE, false}};
    program large[] = {{"ours, 1 thread", 1, NULL, DRAWS, false},
                       {"ours, 2 threads", 2, NULL, DRAWS, false},
                       {"numpy", 0, "numpy", DRAWS, false}};
    input in;

    input_open(&in, 500, 2500, 5);
    compare(&in, small, (int) (sizeof small / sizeof *small));
    input_close(&in);
    input_open(&in, 10000, 50000, 10);
    compare(&in, large, (int) (sizeof large / sizeof *large));
    input_close(&in);
    return EXIT_SUCCESS;
}
