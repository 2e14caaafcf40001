/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/random.h"
#include "graph/graph.h"

/* The projection of actors against libigraph's, on the same participations:
 *
 *     bench_projection [FILE.bip.bin]
 *
 * FILE: uint32 actors, activities, participations, then pairs (activity, actor). Without
 * one, a tenth of the national workload, drawn from seed 103. Each run is a process of its
 * own, so that its peak memory is its own, and the programs take turns (A B C A B C). Times
 * are of the projection alone, from each program's own two-mode graph. The rounds must
 * agree on the number of ties, the sum of their weights and a sample of them.
 *
 * scipy's sparse product takes its turn too, from the top folder, where it is installed: it is
 * called through bench/projection_peer.sh, and compared by the number of ties and the sum. */

enum { ROUNDS = 5, SAMPLES = 1000, PROGRAMS = 4, IGRAPH = 2, SCIPY = 3 };

static const char *const program_name[PROGRAMS] = {"ours, 1 thread", "ours, 2 threads", "libigraph",
                                                   "scipy"};
static const char *const script = "bench/projection_peer.sh";

/* What a run tells its parent. */
typedef struct outcome {
    double seconds, cpu;
    double peak_mb; /* of the whole run, participations included */
    uint64_t ties;
    double sum;
    double sample[SAMPLES];
} outcome;

typedef struct seats {
    int32_t n, n_activities;
    int32_t *actor, *activity;
    size_t m;
} seats;

static void stop(const char *why)
{
    fprintf(stderr, "bench_projection: %s\n", why);
    exit(EXIT_FAILURE);
}

static double clock_of(clockid_t which)
{
    struct timespec t;
    clock_gettime(which, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

/* ---- participations ---------------------------------------------------------- */

static seats make_seats(uint32_t n, uint32_t n_activities, size_t m)
{
    seats s = {(int32_t) n, (int32_t) n_activities, mlg_alloc(m, sizeof *s.actor),
               mlg_alloc(m, sizeof *s.activity), m};
    if (s.actor == NULL || s.activity == NULL) {
        stop("no memory for the participations");
    }
    return s;
}

static seats read_seats(const char *path)
{
    uint32_t head[3], pair[2];
    FILE *file = fopen(path, "rb");
    if (file == NULL || fread(head, sizeof *head, 3, file) != 3 || head[0] > INT32_MAX ||
        head[1] > INT32_MAX) {
        stop("no such participations");
    }
    seats s = make_seats(head[0], head[1], head[2]);
    for (size_t i = 0; i < s.m; i++) {
        if (fread(pair, sizeof *pair, 2, file) != 2 || pair[0] >= head[1] || pair[1] >= head[0]) {
            stop("the participations are cut short");
        }
        s.activity[i] = (int32_t) pair[0];
        s.actor[i] = (int32_t) pair[1];
    }
    fclose(file);
    return s;
}

/* Activities of 2 to 300 actors (a Pareto law), 85 of 100 from one territory of 100. */
static seats draw_seats(void)
{
    enum { ACTORS = 50000, ACTIVITIES = 30000, HERE = 100, MOST = 300 };
    mlg_random draw = mlg_random_stream(103, "bench_projection", "", 0);
    seats s = make_seats(ACTORS, ACTIVITIES, (size_t) ACTIVITIES * MOST);
    s.m = 0;
    for (int32_t e = 0; e < ACTIVITIES; e++) {
        const double size = 2.0 * pow(1.0 - mlg_random_unit(&draw), -1.0 / 1.5);
        const uint32_t home = mlg_random_below(&draw, ACTORS / HERE) * HERE;
        for (int k = 0; k < (size < MOST ? size : MOST); k++) {
            const bool away = mlg_random_below(&draw, 100) >= 85;
            s.activity[s.m] = e;
            s.actor[s.m++] = (int32_t) (away ? mlg_random_below(&draw, ACTORS)
                                             : home + mlg_random_below(&draw, HERE));
        }
    }
    return s;
}

/* ---- the programs -------------------------------------------------------------- */

/* Pairs to look up: two actors of one activity, so that most of them are tied. */
static void sample_pair(const mlg_csr *attended, mlg_random *draw, int32_t *a, int32_t *b)
{
    int32_t e = 0;
    do {
        e = (int32_t) mlg_random_below(draw, (uint32_t) attended->n);
    } while (mlg_csr_degree(attended, e) == 0);
    const int32_t *actors = attended->target + attended->offset[e];
    const int32_t x = actors[mlg_random_below(draw, mlg_csr_degree(attended, e))];
    const int32_t y = actors[mlg_random_below(draw, mlg_csr_degree(attended, e))];
    *a = x < y ? x : y;
    *b = x < y ? y : x;
}

static void lay_out(const seats *s, mlg_csr *attends, mlg_csr *attended)
{
    if (mlg_csr_build(s->n, s->n_activities, false, false, s->actor, s->activity, NULL, s->m,
                      MLG_MERGE_MAX, attends, NULL) != MLG_OK ||
        mlg_csr_transpose(attends, s->n_activities, attended, NULL) != MLG_OK) {
        stop("no memory for the two modes");
    }
}

static void run_ours(const seats *s, int threads, outcome *out)
{
    mlg_csr attends, attended, pairs;
    mlg_run run = MLG_RUN_INIT;
    mlg_random draw = mlg_random_stream(103, "bench_projection.sample", "", 0);

    run.threads = threads;
    lay_out(s, &attends, &attended);
    const double wall = clock_of(CLOCK_MONOTONIC), cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    if (mlg_project(&attends, &attended, MLG_PROJECT_COUNT, true, UINT64_MAX, &run, &pairs, NULL) !=
        MLG_OK) {
        stop("our projection failed");
    }
    out->seconds = clock_of(CLOCK_MONOTONIC) - wall;
    out->cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    out->ties = mlg_csr_size(&pairs);
    for (size_t i = 0; i < out->ties; i++) {
        out->sum += pairs.weight[i];
    }
    for (int i = 0; i < SAMPLES; i++) {
        int32_t a = 0, b = 0;
        sample_pair(&attended, &draw, &a, &b);
        out->sample[i] = a == b ? 0.0 : mlg_csr_find(&pairs, a, b);
    }
}

/* Repeated rows are one, as in ours: igraph's graph is made from our adjacency. */
static void make_peer(const mlg_csr *attends, igraph_t *graph, igraph_vector_bool_t *types)
{
    igraph_vector_int_t ends;
    const igraph_integer_t n = attends->n;
    const igraph_integer_t all = igraph_vector_bool_size(types);
    igraph_integer_t at = 0;
    if (igraph_vector_int_init(&ends, 2 * (igraph_integer_t) mlg_csr_size(attends)) !=
        IGRAPH_SUCCESS) {
        stop("no memory for igraph's graph");
    }
    for (int32_t v = 0; v < attends->n; v++) {
        for (uint32_t i = attends->offset[v]; i < attends->offset[v + 1]; i++) {
            VECTOR(ends)[at++] = v;
            VECTOR(ends)[at++] = n + attends->target[i];
        }
    }
    for (igraph_integer_t v = n; v < all; v++) {
        VECTOR(*types)[v] = true;
    }
    if (igraph_create(graph, &ends, all, IGRAPH_UNDIRECTED) != IGRAPH_SUCCESS) {
        stop("igraph's graph failed");
    }
    igraph_vector_int_destroy(&ends);
}

static void run_igraph(const seats *s, outcome *out)
{
    mlg_csr attends, attended;
    mlg_random draw = mlg_random_stream(103, "bench_projection.sample", "", 0);
    igraph_t graph, pairs;
    igraph_vector_bool_t types;
    igraph_vector_int_t shared;

    lay_out(s, &attends, &attended);
    if (igraph_vector_bool_init(&types, (igraph_integer_t) s->n + s->n_activities) ||
        igraph_vector_int_init(&shared, 0)) {
        stop("no memory for igraph's vectors");
    }
    make_peer(&attends, &graph, &types);
    const double wall = clock_of(CLOCK_MONOTONIC), cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID);
    if (igraph_bipartite_projection(&graph, &types, &pairs, NULL, &shared, NULL, -1)) {
        stop("igraph's projection failed");
    }
    out->seconds = clock_of(CLOCK_MONOTONIC) - wall;
    out->cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage); /* look-ups come after: they are not the projection's */
    out->peak_mb = (double) usage.ru_maxrss / 1024.0;
    out->ties = (uint64_t) igraph_ecount(&pairs);
    for (igraph_integer_t i = 0; i < igraph_ecount(&pairs); i++) {
        out->sum += (double) VECTOR(shared)[i];
    }
    for (int i = 0; i < SAMPLES; i++) {
        int32_t a = 0, b = 0;
        igraph_integer_t edge = -1;
        sample_pair(&attended, &draw, &a, &b);
        if (a != b && igraph_get_eid(&pairs, &edge, a, b, false, false) == IGRAPH_SUCCESS &&
            edge >= 0) {
            out->sample[i] = (double) VECTOR(shared)[edge];
        }
    }
}

/* ---- runs ------------------------------------------------------------------------- */

/* A run in a process of its own; no thread was started before the fork. */
static outcome run_apart(const seats *s, int program)
{
    static outcome out;
    int ends[2], state = 0;
    if (pipe(ends) != 0) {
        stop("no pipe");
    }
    fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        out = (outcome){0};
        if (program == IGRAPH) {
            run_igraph(s, &out);
        } else {
            run_ours(s, program + 1, &out);
            struct rusage usage;
            getrusage(RUSAGE_SELF, &usage);
            out.peak_mb = (double) usage.ru_maxrss / 1024.0;
        }
        const ssize_t sent = write(ends[1], &out, sizeof out);
        _exit(sent == (ssize_t) sizeof out ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    close(ends[1]);
    size_t got = 0;
    for (ssize_t part = 1; part > 0 && got < sizeof out; got += (size_t) (part > 0 ? part : 0)) {
        part = read(ends[0], (char *) &out + got, sizeof out - got);
    }
    close(ends[0]);
    if (child < 0 || waitpid(child, &state, 0) != child || state != 0 || got != sizeof out) {
        stop("a run failed");
    }
    return out;
}

static void write_seats(const seats *s, char *path)
{
    const uint32_t head[] = {(uint32_t) s->n, (uint32_t) s->n_activities, (uint32_t) s->m};
    const int handle = mkstemp(path);
    FILE *file = handle >= 0 ? fdopen(handle, "wb") : NULL;
    bool written = file != NULL && fwrite(head, sizeof *head, 3, file) == 3;
    for (size_t i = 0; written && i < s->m; i++) {
        const uint32_t pair[] = {(uint32_t) s->activity[i], (uint32_t) s->actor[i]};
        written = fwrite(pair, sizeof *pair, 2, file) == 2;
    }
    if (!written || fclose(file) != 0) {
        stop("the temporary file was not written");
    }
}

/* False where scipy is not installed. */
static bool run_scipy(const char *path, outcome *out)
{
    char command[512];
    unsigned long long ties = 0;
    snprintf(command, sizeof command, "%s '%s'", script, path);
    fflush(stdout);
    FILE *answer = popen(command, "r");
    if (answer == NULL) {
        stop("no shell");
    }
    const int read = fscanf(answer, "%llu %lf %lf %lf %lf", &ties, &out->sum, &out->seconds,
                            &out->cpu, &out->peak_mb);
    const int state = pclose(answer);
    if (WIFEXITED(state) && (WEXITSTATUS(state) == 77 || WEXITSTATUS(state) >= 126)) {
        return false;
    }
    if (state != 0 || read != 5) {
        stop("scipy's run failed");
    }
    out->ties = ties;
    return true;
}

static void check_same(const outcome *a, const outcome *b)
{
    if (a->ties != b->ties || a->sum != b->sum ||
        memcmp(a->sample, b->sample, sizeof a->sample) != 0) {
        stop("the programs differ");
    }
}

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

typedef struct times {
    double wall[ROUNDS], cpu[ROUNDS], peak;
} times;

static void print(const seats *s, uint64_t ties, times *took, bool has_scipy)
{
    printf("projection: %d actors, %d activities, %zu participations: %llu ties\n", s->n,
           s->n_activities, s->m, (unsigned long long) ties);
    double wall[PROGRAMS], cpu[PROGRAMS];
    for (int program = 0; program < PROGRAMS; program++) {
        wall[program] = median(took[program].wall);
        cpu[program] = median(took[program].cpu);
    }
    for (int program = 0; program < PROGRAMS; program++) {
        if (program == SCIPY && !has_scipy) {
            printf("  %-16s left out: not installed\n", program_name[program]);
            continue;
        }
        printf("  %-16s %8.3f s (%8.3f s of CPU) %7.0f MB", program_name[program], wall[program],
               cpu[program], took[program].peak);
        for (int peer = IGRAPH; program < IGRAPH && peer < (has_scipy ? PROGRAMS : SCIPY); peer++) {
            printf("   %s: %.1f times as fast (%.1f by CPU), %.2f of the memory",
                   program_name[peer], wall[peer] / wall[program], cpu[peer] / cpu[program],
                   took[program].peak / took[peer].peak);
        }
        printf("\n");
    }
    printf("  ties, sum of weights and %d sampled pairs agree in all %d rounds\n", SAMPLES, ROUNDS);
}

int main(int n_args, char **args)
{
    const seats s = n_args > 1 ? read_seats(args[1]) : draw_seats();
    char drawn[] = "/tmp/bench_projection.XXXXXX";
    static times took[PROGRAMS];
    static outcome first;
    bool has_scipy = true;

    if (n_args < 2) {
        write_seats(&s, drawn);
    }
    for (int round = 0; round < ROUNDS; round++) {
        for (int program = 0; program < PROGRAMS; program++) {
            outcome now = first;
            if (program == SCIPY) {
                has_scipy = has_scipy && run_scipy(n_args > 1 ? args[1] : drawn, &now);
            } else {
                now = run_apart(&s, program);
            }
            if (round == 0 && program == 0) {
                first = now;
            }
            check_same(&first, &now);
            took[program].wall[round] = now.seconds;
            took[program].cpu[round] = now.cpu;
            took[program].peak = fmax(took[program].peak, now.peak_mb);
        }
    }
    if (n_args < 2) {
        unlink(drawn);
    }
    print(&s, first.ties, took, has_scipy);
    return EXIT_SUCCESS;
}
