/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <igraph.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/random.h"
#include "measure/turnover_play.h"

/* The departure model against a naive loop written with igraph:
 *
 *     bench_simulation
 *
 * 1,000 organisations of 12 sectors, 5,000 ties, 150 people in as many organisations who carry the
 * ties of theirs; 400 organisations hang on one of those. 10,000 replicates of 36 months. The
 * loop draws the same law month by month, deletes and adds the ties that changed, asks igraph for
 * the components (or the efficiency) and counts pairs of different sectors; it plays a sample of
 * the replicates, and its time is scaled. Both must give the same means within four standard
 * errors. */

enum {
    ACTORS = 1000,
    HANGING = 400,
    TIES = 5000,
    PEOPLE = 150,
    SECTORS = 12,
    MONTHS = 36,
    REPLICATES = 10000,
    ROUNDS = 5,
    SAMPLE = 60,     /* replicates of the naive loop a round */
    NEAR_PLAYS = 60, /* replicates with efficiency a round: ours, */
    NEAR_SAMPLE = 1  /* the naive loop's */
};

static void stop(const char *why)
{
    fprintf(stderr, "bench_simulation: %s\n", why);
    exit(EXIT_FAILURE);
}

static double now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

/* ---- the ground --------------------------------------------------------------------- */

static mlg_turnover_row rows[TIES];
static mlg_turnover_post posts[PEOPLE];
static bool counted[ACTORS];
static int32_t sector[ACTORS];

static int32_t below(mlg_random *draw, int32_t n)
{
    return (int32_t) mlg_random_below(draw, (uint32_t) n);
}

/* Who is in post in an organisation: the first ones have somebody. */
static int32_t post_of(int32_t actor)
{
    return actor < PEOPLE ? actor : -1;
}

static mlg_turnover_ground make_ground(mlg_graph **graph)
{
    mlg_random draw = mlg_random_stream(213, "bench_simulation", "", 0);
    const mlg_turnover_ground ground = {.n_people = PEOPLE,
                                        .n_posts = PEOPLE,
                                        .post = posts,
                                        .n_actors = ACTORS,
                                        .counted = counted,
                                        .n_rows = TIES,
                                        .row = rows};
    for (int32_t v = 0; v < ACTORS; v++) {
        counted[v] = true;
        sector[v] = below(&draw, SECTORS);
    }
    for (int32_t p = 0; p < PEOPLE; p++) {
        posts[p] =
            (mlg_turnover_post){.person = p,
                                .leaves = p % 3 == 0 ? MLG_LEAVE_FIXED_TERM : MLG_LEAVE_PERMANENT,
                                .end = INFINITY,
                                .term = 12,
                                .mandate = -1};
    }
    for (int32_t r = 0; r < TIES; r++) {
        const int32_t core = ACTORS - HANGING;
        int32_t a = r < HANGING ? core + r : below(&draw, core);
        int32_t b = r < HANGING ? below(&draw, PEOPLE) : below(&draw, core);
        while (b == a) {
            b = below(&draw, core);
        }
        rows[r] =
            (mlg_turnover_row){.end = {a, b},
                               .post = {post_of(a), post_of(b)},
                               .held = r % 2 == 0 ? MLG_SURVIVES_PERSON : MLG_SURVIVES_UNKNOWN};
    }
    mlg_turnover_ground made = ground;
    if (mlg_graph_from_ties(ACTORS, NULL, NULL, NULL, 0, false, sector, SECTORS, graph, NULL) !=
        MLG_OK) {
        stop("no memory for the graph");
    }
    made.graph = *graph;
    return made;
}

static mlg_law make_law(void)
{
    mlg_law law = {0};
    law.value[MLG_LEAVE_PERMANENT] = .08;
    law.value[MLG_LEAVE_FIXED_TERM] = .25;
    law.value[MLG_VACANCY_MONTHS] = 6;
    law.value[MLG_REFILLED] = .9;
    law.value[MLG_SURVIVES_PERSON] = .3;
    law.value[MLG_SURVIVES_UNKNOWN] = .6;
    law.value[MLG_KNIT_MONTHS] = 12;
    return law;
}

/* ---- the naive loop ----------------------------------------------------------------- */

typedef struct naive {
    const mlg_law *law;
    mlg_random draw;
    bool filled[PEOPLE], up[TIES];
    double next[PEOPLE]; /* end of what the post is in */
    igraph_t graph;
    int32_t row_of[TIES]; /* of each of its ties */
    bool in[TIES];        /* rows in it */
    igraph_vector_int_t ends, member;
} naive;

static double wait(naive *n, double rate)
{
    return rate > 0 ? -log1p(-mlg_random_unit(&n->draw)) / rate : INFINITY;
}

static double leaving(naive *n, int32_t p)
{
    return wait(n, n->law->value[posts[p].leaves] / 12);
}

/* What happens to the post at n->next: its holder leaves, or somebody comes. */
static void turn(naive *n, int32_t p)
{
    if (!n->filled[p]) {
        n->filled[p] = true;
        n->next[p] += leaving(n, p);
        return;
    }
    n->filled[p] = false;
    n->next[p] += mlg_random_unit(&n->draw) < n->law->value[MLG_REFILLED]
                      ? wait(n, 1 / n->law->value[MLG_VACANCY_MONTHS])
                      : INFINITY;
    for (int32_t r = 0; r < TIES; r++) {
        if ((rows[r].post[0] == p || rows[r].post[1] == p) && n->up[r]) {
            n->up[r] = mlg_random_unit(&n->draw) < n->law->value[rows[r].held];
        }
    }
}

/* Ties that are down come back while nobody is missing: memoryless, so that a wait may be drawn
 * again in each stretch of time without an event. */
static void knit(naive *n, double months)
{
    const double chance = -expm1(-months * log(2.0) / n->law->value[MLG_KNIT_MONTHS]);
    for (int32_t r = 0; r < TIES; r++) {
        const int32_t a = rows[r].post[0], b = rows[r].post[1];
        if (!n->up[r] && (a < 0 || n->filled[a]) && (b < 0 || n->filled[b])) {
            n->up[r] = mlg_random_unit(&n->draw) < chance;
        }
    }
}

static void live_a_month(naive *n, int32_t month)
{
    double time = month - 1;
    for (;;) {
        int32_t first = 0;
        for (int32_t p = 1; p < PEOPLE; p++) {
            first = n->next[p] < n->next[first] ? p : first;
        }
        const double next = n->next[first] < month ? n->next[first] : month;
        knit(n, next - time);
        time = next;
        if (n->next[first] > month) {
            return;
        }
        turn(n, first);
    }
}

static void check(igraph_error_t status)
{
    if (status != IGRAPH_SUCCESS) {
        stop("igraph failed");
    }
}

/* Deletes the ties that went down since the month before, adds those that came back. Those that
 * stay keep their order. */
static void change_ties(naive *n)
{
    const int32_t before = (int32_t) igraph_ecount(&n->graph);
    int32_t kept = 0;

    igraph_vector_int_clear(&n->ends);
    for (int32_t e = 0; e < before; e++) {
        const int32_t r = n->row_of[e];
        n->in[r] = n->up[r];
        if (n->up[r]) {
            n->row_of[kept++] = r;
        } else {
            check(igraph_vector_int_push_back(&n->ends, e));
        }
    }
    if (kept < before) {
        check(igraph_delete_edges(&n->graph, igraph_ess_vector(&n->ends)));
    }
    igraph_vector_int_clear(&n->ends);
    for (int32_t r = 0; r < TIES; r++) {
        if (n->up[r] && !n->in[r]) {
            n->in[r] = true;
            n->row_of[kept++] = r;
            check(igraph_vector_int_push_back(&n->ends, rows[r].end[0]));
            check(igraph_vector_int_push_back(&n->ends, rows[r].end[1]));
        }
    }
    if (igraph_vector_int_size(&n->ends) > 0) {
        check(igraph_add_edges(&n->graph, &n->ends, NULL));
    }
}

static double pairs_of(naive *n)
{
    static int32_t count[ACTORS][SECTORS + 1];
    igraph_integer_t components = 0;
    int64_t pairs = 0;

    check(igraph_connected_components(&n->graph, &n->member, NULL, &components, IGRAPH_WEAK));
    memset(count, 0, (size_t) components * sizeof *count);
    for (int32_t v = 0; v < ACTORS; v++) {
        count[VECTOR(n->member)[v]][sector[v]]++;
        count[VECTOR(n->member)[v]][SECTORS]++;
    }
    for (igraph_integer_t c = 0; c < components; c++) {
        int64_t all = count[c][SECTORS];
        pairs += all * all;
        for (int32_t s = 0; s < SECTORS; s++) {
            pairs -= (int64_t) count[c][s] * count[c][s];
        }
    }
    return (double) pairs / 2;
}

static double efficiency_of(naive *n)
{
    igraph_real_t efficiency = 0;
    check(igraph_global_efficiency(&n->graph, &efficiency, NULL, false));
    return efficiency;
}

/* One replicate: at[0 .. MONTHS]. */
static void play_naively(naive *n, double (*measure)(naive *), double *at)
{
    for (int32_t p = 0; p < PEOPLE; p++) {
        n->filled[p] = true;
        n->next[p] = leaving(n, p);
    }
    for (int32_t r = 0; r < TIES; r++) {
        n->up[r] = true;
        n->in[r] = false;
    }
    check(igraph_empty(&n->graph, ACTORS, IGRAPH_UNDIRECTED));
    for (int32_t month = 0; month <= MONTHS; month++) {
        if (month > 0) {
            live_a_month(n, month);
        }
        change_ties(n);
        at[month] = measure(n);
    }
    igraph_destroy(&n->graph);
}

/* ---- the race ----------------------------------------------------------------------- */

typedef struct moments {
    double n, mean[MONTHS + 1], squares[MONTHS + 1];
} moments;

static void add(moments *to, const double *at)
{
    to->n++;
    for (int m = 0; m <= MONTHS; m++) {
        const double off = at[m] - to->mean[m];
        to->mean[m] += off / to->n;
        to->squares[m] += off * (at[m] - to->mean[m]);
    }
}

static double error_of(const moments *of, int month)
{
    return of->n > 1 ? of->squares[month] / (of->n - 1) / of->n : 0;
}

static void check_means(const char *what, const moments *a, const moments *b)
{
    for (int m = 0; m <= MONTHS; m += 6) {
        const double error = sqrt(error_of(a, m) + error_of(b, m));
        if (fabs(a->mean[m] - b->mean[m]) > 4 * error + 1e-9 * a->mean[m]) {
            fprintf(stderr, "%s, month %d: %.6f, naively %.6f, standard error %.6f\n", what, m,
                    a->mean[m], b->mean[m], error);
            stop("the means differ");
        }
    }
    printf("  %-12s month 36: %.6g of %.6g at month 0; naively %.6g (standard error %.2g)\n", what,
           a->mean[MONTHS], a->mean[0], b->mean[MONTHS],
           sqrt(error_of(a, MONTHS) + error_of(b, MONTHS)));
}

typedef struct times {
    double wall[ROUNDS], cpu[ROUNDS];
} times;

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

static double median(const double *of)
{
    double sorted[ROUNDS];
    memcpy(sorted, of, sizeof sorted);
    qsort(sorted, ROUNDS, sizeof *sorted, by_size);
    return sorted[ROUNDS / 2];
}

static void race_ours(const mlg_turnover_ground *ground, const mlg_law *law,
                      mlg_turnover_output output, uint32_t replicates, int threads, int round,
                      times *t, moments *to)
{
    mlg_turnover_ask ask = {
        .months = MONTHS, .replicates = replicates, .stays = -1, .view = "bench"};
    mlg_turnover_play play;
    mlg_run run = MLG_RUN_INIT;
    const double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    const double scale = (double) REPLICATES / replicates;

    ask.outputs[output] = true;
    run.threads = threads;
    run.seed = (uint64_t) round + 1;
    if (mlg_turnover_plays(ground, law, &ask, &run, NULL, &play, NULL) != MLG_OK) {
        stop("no memory for the replicates");
    }
    t->wall[round] = (now(CLOCK_MONOTONIC) - wall) * scale;
    t->cpu[round] = (now(CLOCK_PROCESS_CPUTIME_ID) - cpu) * scale;
    for (uint32_t r = 0; r < replicates; r++) {
        add(to, play.at[output] + (size_t) r * (MONTHS + 1));
    }
    mlg_turnover_play_free(&play);
}

static void race_naive(naive *n, double (*measure)(naive *), int sample, int round, times *t,
                       moments *to)
{
    const double wall = now(CLOCK_MONOTONIC), cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    const double scale = (double) REPLICATES / sample;
    double at[MONTHS + 1];

    for (int i = 0; i < sample; i++) {
        play_naively(n, measure, at);
        add(to, at);
    }
    t->wall[round] = (now(CLOCK_MONOTONIC) - wall) * scale;
    t->cpu[round] = (now(CLOCK_PROCESS_CPUTIME_ID) - cpu) * scale;
}

static void print_times(const char *who, const times *t, const times *base)
{
    printf("  %-34s %10.3f s, cpu %10.3f s", who, median(t->wall), median(t->cpu));
    if (base != NULL) {
        printf("   naive / ours = %.0f (cpu %.0f)", median(base->wall) / median(t->wall),
               median(base->cpu) / median(t->cpu));
    }
    printf("\n");
}

int main(void)
{
    mlg_graph *graph = NULL;
    const mlg_law law = make_law();
    const mlg_turnover_ground ground = make_ground(&graph);
    naive n = {.law = &law, .draw = mlg_random_stream(213, "bench_simulation.naive", "", 0)};
    times ours, both, theirs, near, their_near;
    moments a = {0}, a2 = {0}, b = {0}, c = {0}, d = {0};

    check(igraph_vector_int_init(&n.ends, 0));
    check(igraph_vector_int_init(&n.member, 0));
    printf("departures: %d actors, %d ties, %d people, %d months, %d replicates\n", ACTORS, TIES,
           PEOPLE, MONTHS, REPLICATES);
    for (int round = 0; round < ROUNDS; round++) {
        race_ours(&ground, &law, MLG_PLAY_PAIRS, REPLICATES, 1, round, &ours, &a);
        race_naive(&n, pairs_of, SAMPLE, round, &theirs, &b);
        race_ours(&ground, &law, MLG_PLAY_PAIRS, REPLICATES, 2, round, &both, &a2);
        race_ours(&ground, &law, MLG_PLAY_EFFICIENCY, NEAR_PLAYS, 1, round, &near, &c);
        race_naive(&n, efficiency_of, NEAR_SAMPLE, round, &their_near, &d);
    }
    check_means("pairs", &a, &b);
    check_means("pairs, 2 threads", &a2, &a);
    check_means("efficiency", &c, &d);
    print_times("pairs, 1 thread", &ours, &theirs);
    print_times("pairs, 2 threads", &both, &theirs);
    print_times("naive loop (sample, scaled)", &theirs, NULL);
    print_times("efficiency, 1 thread (scaled)", &near, &their_near);
    print_times("naive loop (sample, scaled)", &their_near, NULL);
    igraph_vector_int_destroy(&n.ends);
    igraph_vector_int_destroy(&n.member);
    mlg_graph_free(graph);
    /* the program runs on all cores, the loop on the one that igraph can use */
    return median(theirs.wall) / median(both.wall) >= 200 ? EXIT_SUCCESS : EXIT_FAILURE;
}
