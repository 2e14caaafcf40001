/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/rewire.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "suite.h"

/* ---- small graphs as numbers: bit 8 a + b is the tie, or arc, a -> b ------------ */

enum { MOST = 6, MOST_PAIRS = MOST * (MOST - 1) };

typedef struct small {
    int32_t n;
    bool directed;
    mlg_pair pair[MOST_PAIRS];
    size_t m;
} small;

/* "01 12 20": a tie, or an arc, a word. */
static small small_of(const char *ties, int32_t n, bool directed)
{
    small g = {.n = n, .directed = directed};
    for (const char *at = ties; *at != '\0'; at += at[2] == '\0' ? 2 : 3) {
        g.pair[g.m++] = (mlg_pair){(uint32_t) (at[0] - '0'), (uint32_t) (at[1] - '0')};
    }
    return g;
}

static uint64_t code_of(const mlg_pair *pair, size_t m, bool directed)
{
    uint64_t code = 0;
    for (size_t i = 0; i < m; i++) {
        const bool turn = !directed && pair[i].a > pair[i].b;
        const uint32_t a = turn ? pair[i].b : pair[i].a, b = turn ? pair[i].a : pair[i].b;
        ck_assert_uint_ne(a, b);
        ck_assert_msg((code >> (8 * a + b) & 1u) == 0, "a pair twice");
        code |= UINT64_C(1) << (8 * a + b);
    }
    return code;
}

/* Degrees as one number: of ties, or arcs out and in, four bits each. */
static uint64_t degrees_of(const mlg_pair *pair, size_t m, bool directed)
{
    uint64_t degrees = 0;
    for (size_t i = 0; i < m; i++) {
        degrees += UINT64_C(1) << (4 * pair[i].a);
        degrees += UINT64_C(1) << (4 * pair[i].b + (directed ? 32 : 0));
    }
    return degrees;
}

/* Graph number `rank` of all graphs with n actors. */
static small every(uint64_t rank, int32_t n, bool directed)
{
    small g = {.n = n, .directed = directed};
    for (int32_t a = 0; a < n; a++) {
        for (int32_t b = directed ? 0 : a + 1; b < n; b++) {
            if (a != b) {
                if ((rank & 1u) != 0) {
                    g.pair[g.m++] = (mlg_pair){(uint32_t) a, (uint32_t) b};
                }
                rank >>= 1;
            }
        }
    }
    return g;
}

static uint64_t count_every(int32_t n, bool directed)
{
    return UINT64_C(1) << (n * (n - 1) / (directed ? 1 : 2));
}

/* ---- uniform ----------------------------------------------------------------------- */

static const struct {
    const char *ties;
    int32_t n;
    bool directed;
    size_t graphs; /* with its degrees, counted by hand; 0: only by the test */
} spaces[] = {
    {"01 23", 4, false, 3},              /* who is whose partner */
    {"01 12 23 30", 4, false, 3},        /* the three rings of four */
    {"01 12 23 34 40", 5, false, 12},    /* 4! / 2 */
    {"01 12 20 34 45 53", 6, false, 70}, /* 60 rings of six, 10 pairs of triangles */
    {"01 02 03 12 34", 5, false, 0},
    {"01 02 03 04 05 12 34", 6, false, 0},
    {"01 12 20", 3, true, 2}, /* no two arcs of a ring can be exchanged: only turning it does */
    {"01 12 20 03 13 23", 4, true, 0}, /* a ring, and all of it to one more */
    {"01 12 20 34 45 53", 6, true, 0},
    {"01 10 12 23 30 31", 4, true, 0},
    {"01 12 23 34 40 02 20", 5, true, 0},
};
enum { N_SPACES = sizeof spaces / sizeof *spaces };

typedef struct listing {
    uint64_t code[512];
    uint32_t seen[512];
    size_t n;
} listing;

/* All graphs with the degrees of one. */
static void list_graphs(const small *g, listing *out)
{
    const uint64_t wanted = degrees_of(g->pair, g->m, g->directed);
    *out = (listing){.n = 0};
    for (uint64_t rank = 0; rank < count_every(g->n, g->directed); rank++) {
        if ((size_t) __builtin_popcountll(rank) == g->m) {
            const small other = every(rank, g->n, g->directed);
            if (degrees_of(other.pair, other.m, g->directed) == wanted) {
                ck_assert_uint_lt(out->n, 512);
                out->code[out->n++] = code_of(other.pair, other.m, g->directed);
            }
        }
    }
}

START_TEST(draws_are_uniform_over_all_graphs)
{
    enum { DRAWS = 20000 };
    small g = small_of(spaces[_i].ties, spaces[_i].n, spaces[_i].directed);
    static listing all;
    mlg_rewire rewire;
    double chi = 0.0;

    if (g.directed && g.n == MOST) {
        /* 2^30 graphs: those with in- and out-degree 1 are the permutations without a fixed
         * point, 265 of six. */
        all = (listing){.n = 265};
    } else {
        list_graphs(&g, &all);
    }
    ck_assert(spaces[_i].graphs == 0 || all.n == spaces[_i].graphs);
    ck_assert_uint_gt(all.n, 1);
    ck_assert_int_eq(mlg_rewire_open(g.pair, g.m, g.n, g.directed, &rewire, NULL), MLG_OK);
    mlg_pair start[MOST_PAIRS];
    memcpy(start, rewire.tie, g.m * sizeof *start);
    for (uint64_t r = 0; r < DRAWS; r++) {
        mlg_random random = mlg_random_stream(2, "test_rewire", "uniform", r);
        size_t k = 0;
        mlg_rewire_set(&rewire, start);
        mlg_rewire_run(&rewire, 30 * g.m, &random);
        const uint64_t code = code_of(rewire.tie, g.m, g.directed);
        while (k < all.n && all.code[k] != code && all.code[k] != 0) {
            k++;
        }
        ck_assert_uint_lt(k, all.n);
        all.code[k] = code;
        all.seen[k]++;
    }
    const double expected = (double) DRAWS / (double) all.n, df = (double) all.n - 1.0;
    for (size_t k = 0; k < all.n; k++) {
        chi += pow(all.seen[k] - expected, 2.0) / expected;
    }
    ck_assert_msg(chi < df + 5.0 * sqrt(2.0 * df), "%s: chi2 %g on %g", spaces[_i].ties, chi, df);
    mlg_rewire_close(&rewire);
}
END_TEST

/* ---- one graph alone ------------------------------------------------------------------ */

static bool is_only(const small *g)
{
    bool only = false;
    ck_assert_int_eq(mlg_rewire_is_only(g->pair, g->m, g->n, g->directed, &only, NULL), MLG_OK);
    return only;
}

static int by_number(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *) left, b = *(const uint64_t *) right;
    return a < b ? -1 : a > b;
}

/* Every graph of n actors: it is alone when no other has its degrees. */
static void check_alone(int32_t n, bool directed)
{
    const uint64_t all = count_every(n, directed);
    uint64_t *degrees = calloc(all, sizeof *degrees);
    size_t alone = 0;

    ck_assert_ptr_nonnull(degrees);
    for (uint64_t rank = 0; rank < all; rank++) {
        const small g = every(rank, n, directed);
        degrees[rank] = degrees_of(g.pair, g.m, directed);
    }
    qsort(degrees, all, sizeof *degrees, by_number);
    for (uint64_t rank = 0; rank < all; rank++) {
        const small g = every(rank, n, directed);
        const uint64_t own = degrees_of(g.pair, g.m, directed);
        const uint64_t *at = bsearch(&own, degrees, all, sizeof *degrees, by_number);
        const bool other =
            (at > degrees && at[-1] == own) || (at + 1 < degrees + all && at[1] == own);
        ck_assert_msg(is_only(&g) == !other, "graph %llu of %d actors", (unsigned long long) rank,
                      (int) n);
        alone += !other;
    }
    ck_assert_uint_ge(alone, 1); /* the empty one */
    free(degrees);
}

START_TEST(a_graph_alone_with_its_degrees_is_told)
{
    for (int32_t n = 1; n <= MOST; n++) {
        check_alone(n, false);
    }
    for (int32_t n = 1; n <= 4; n++) {
        check_alone(n, true);
    }
}
END_TEST

START_TEST(stars_are_alone_and_rings_are_not)
{
    const small star = small_of("01 02 03 04", 5, false), ring = small_of("01 12 23 34 40", 5, 0);
    const small in = small_of("10 20 30 40", 5, true), triangle = small_of("01 12 20", 3, true);
    const small none = small_of("", 5, false), no_arc = small_of("", 5, true);
    ck_assert(is_only(&star));
    ck_assert(!is_only(&ring));
    ck_assert(is_only(&in));
    ck_assert(!is_only(&triangle)); /* the other way round */
    ck_assert(is_only(&none));
    ck_assert(is_only(&no_arc));
}
END_TEST

/* ---- larger graphs ---------------------------------------------------------------------- */

typedef struct large {
    int32_t n;
    size_t m;
    mlg_pair *pair;
} large;

/* m ties of n actors, the first of which have far more than the last. */
static large large_of(int32_t n, size_t m, bool directed, uint64_t seed)
{
    large g = {.n = n};
    mlg_random random = mlg_random_stream(seed, "test_rewire", "large", 0);
    uint8_t *tied = calloc((size_t) n * (size_t) n, 1);
    g.pair = calloc(m, sizeof *g.pair);
    ck_assert_ptr_nonnull(tied);
    ck_assert_ptr_nonnull(g.pair);
    while (g.m < m) {
        const uint32_t a = (uint32_t) (n * pow(mlg_random_unit(&random), 2.0));
        const uint32_t b = (uint32_t) (n * pow(mlg_random_unit(&random), 2.0));
        uint8_t *at = &tied[(size_t) a * (size_t) n + b];
        if (a != b && *at == 0) {
            *at = 1;
            tied[(size_t) b * (size_t) n + a] |= !directed;
            g.pair[g.m++] = (mlg_pair){a, b};
        }
    }
    free(tied);
    return g;
}

static void count_ends(const mlg_pair *pair, size_t m, bool directed, uint32_t *out, uint32_t *in)
{
    for (size_t i = 0; i < m; i++) {
        out[pair[i].a]++;
        (directed ? in : out)[pair[i].b]++;
    }
}

/* Both ways of remembering which pairs are tied: a table of bits, and hashes where there are
 * many actors. */
START_TEST(walks_keep_degrees_and_stay_simple)
{
    enum { N = 200, M = 900, MANY = 5000 };
    const bool directed = _i % 2 == 1;
    large g = large_of(N, M, directed, (uint64_t) _i);
    uint32_t before[2][N] = {{0}}, after[2][N] = {{0}};
    uint8_t *tied = calloc(N * N, 1);
    mlg_rewire rewire;
    size_t kept = 0;

    ck_assert_ptr_nonnull(tied);
    mlg_random random = mlg_random_stream(5, "test_rewire", "simple", (uint64_t) _i);
    count_ends(g.pair, M, directed, before[0], before[1]);
    ck_assert_int_eq(mlg_rewire_open(g.pair, M, _i < 2 ? N : MANY, directed, &rewire, NULL),
                     MLG_OK);
    ck_assert((rewire.bit != NULL) == (_i < 2));
    for (size_t i = 0; i < M; i++) {
        tied[g.pair[i].a * N + g.pair[i].b] = 1;
        tied[g.pair[i].b * N + g.pair[i].a] |= !directed;
    }
    mlg_rewire_run(&rewire, 20 * M, &random);
    for (size_t i = 0; i < M; i++) {
        kept += tied[rewire.tie[i].a * N + rewire.tie[i].b];
    }
    ck_assert_uint_lt(kept, M / 2); /* it did go somewhere */
    memset(tied, 0, N * N);
    for (size_t i = 0; i < M; i++) {
        const mlg_pair p = rewire.tie[i];
        ck_assert_uint_ne(p.a, p.b);
        ck_assert_uint_eq(tied[p.a * N + p.b], 0);
        tied[p.a * N + p.b] = 1;
        tied[p.b * N + p.a] |= !directed;
    }
    count_ends(rewire.tie, M, directed, after[0], after[1]);
    ck_assert_mem_eq(before, after, sizeof before);
    mlg_rewire_close(&rewire);
    free(tied);
    free(g.pair);
}
END_TEST

/* Actors without a tie are drawn by nobody: more of them change the table, not the walk. */
START_TEST(bits_and_hashes_walk_alike)
{
    enum { N = 60, M = 150, MANY = 4097 };
    const bool directed = _i == 1;
    large g = large_of(N, M, directed, 9);
    mlg_rewire few, many;

    ck_assert_int_eq(mlg_rewire_open(g.pair, M, N, directed, &few, NULL), MLG_OK);
    ck_assert_int_eq(mlg_rewire_open(g.pair, M, MANY, directed, &many, NULL), MLG_OK);
    ck_assert_ptr_null(many.bit);
    for (uint64_t r = 0; r < 300; r++) {
        mlg_random one = mlg_random_stream(6, "test_rewire", "alike", r), other = one;
        mlg_rewire_run(&few, 200, &one);
        mlg_rewire_run(&many, 200, &other);
        ck_assert_mem_eq(few.tie, many.tie, M * sizeof *few.tie);
    }
    mlg_rewire_close(&few);
    mlg_rewire_close(&many);
    free(g.pair);
}
END_TEST

/* ---- draws -------------------------------------------------------------------------------- */

typedef struct counted {
    uint64_t *sum; /* [draws] a number that differs from graph to graph */
    size_t m;
} counted;

static void count_sum(const void *input, void *own, const mlg_pair *tie, uint64_t d)
{
    const counted *c = input;
    uint64_t *scratch = own;
    uint64_t sum = 0;
    for (size_t i = 0; i < c->m; i++) {
        const uint64_t low = tie[i].a < tie[i].b ? tie[i].a : tie[i].b;
        const uint64_t high = tie[i].a < tie[i].b ? tie[i].b : tie[i].a;
        sum += (low * 1000003 + high) * (low + 7 * high + 1);
    }
    *scratch = sum;
    c->sum[d] = *scratch;
}

static void *scratch_of(const void *input)
{
    (void) input;
    return mlg_zalloc(1, sizeof(uint64_t));
}

static mlg_rewire_job job_of(const large *g, bool directed, const counted *into)
{
    return (mlg_rewire_job){.what = "test_rewire",
                            .view = "ties",
                            .pair = g->pair,
                            .m = g->m,
                            .n = g->n,
                            .directed = directed,
                            .steps = 10 * g->m,
                            .draws = 37,
                            .scratch = scratch_of,
                            .scratch_free = mlg_free,
                            .count = count_sum,
                            .input = into};
}

START_TEST(draws_do_not_depend_on_threads)
{
    const bool directed = _i == 1;
    large g = large_of(80, 300, directed, 3);
    uint64_t sum[3][37];
    for (int t = 0; t < 3; t++) {
        const counted into = {sum[t], g.m};
        const mlg_rewire_job job = job_of(&g, directed, &into);
        mlg_run run = MLG_RUN_INIT;
        run.threads = t == 0 ? 1 : 2 * t + 1;
        ck_assert_int_eq(mlg_rewire_draws(&job, &run, NULL), MLG_OK);
    }
    ck_assert_mem_eq(sum[0], sum[1], sizeof sum[0]);
    ck_assert_mem_eq(sum[0], sum[2], sizeof sum[0]);
    ck_assert_uint_ne(sum[0][0], sum[0][1]);
    free(g.pair);
}
END_TEST

/* However few the steps, the observed graph is one of n + 1 alike: of 2,000 graphs drawn
 * uniformly, each tested with a single step, the ranks of their own sum are uniform. */
START_TEST(few_steps_keep_the_level)
{
    enum { STUDIES = 2000, DRAWS = 19 };
    large g = large_of(12, 20, _i == 1, 4);
    uint32_t rank[DRAWS + 1] = {0};
    uint64_t sum[DRAWS], own = 0;
    mlg_rewire rewire;
    double chi = 0.0;

    ck_assert_int_eq(mlg_rewire_open(g.pair, g.m, g.n, _i == 1, &rewire, NULL), MLG_OK);
    for (uint64_t s = 0; s < STUDIES; s++) {
        mlg_random random = mlg_random_stream(7, "test_rewire", "level", s);
        const counted into = {sum, g.m}, observed = {&own, g.m};
        uint64_t scratch = 0, less = 0, equal = 0;
        mlg_run run = MLG_RUN_INIT;
        mlg_rewire_run(&rewire, 400, &random);
        count_sum(&observed, &scratch, rewire.tie, 0);
        mlg_rewire_job job = job_of(&g, _i == 1, &into);
        job.pair = rewire.tie;
        job.steps = 3;
        job.draws = DRAWS;
        run.seed = s;
        ck_assert_int_eq(mlg_rewire_draws(&job, &run, NULL), MLG_OK);
        for (int d = 0; d < DRAWS; d++) {
            less += sum[d] < own;
            equal += sum[d] == own;
        }
        rank[less + mlg_random_below(&random, (uint32_t) equal + 1)]++;
    }
    for (int k = 0; k <= DRAWS; k++) {
        const double expected = STUDIES / (DRAWS + 1.0);
        chi += pow(rank[k] - expected, 2.0) / expected;
    }
    ck_assert_msg(chi < DRAWS + 5.0 * sqrt(2.0 * DRAWS), "chi2 %g on %d", chi, DRAWS);
    mlg_rewire_close(&rewire);
    free(g.pair);
}
END_TEST

START_TEST(nothing_to_rewire_is_no_failure)
{
    const large none = {.n = 3};
    mlg_run run = MLG_RUN_INIT;
    uint64_t sum[37];
    const counted into = {sum, 0};
    const mlg_rewire_job job = job_of(&none, _i == 1, &into);
    ck_assert_int_eq(mlg_rewire_draws(&job, &run, NULL), MLG_OK);
    ck_assert_uint_eq(sum[36], 0);
}
END_TEST

static bool stop_now(void *context)
{
    (void) context;
    return true;
}

START_TEST(failures_and_stops_are_reported)
{
    for (int many = 0; many < 4; many++) {
        large g = large_of(40, 80, many % 2 == 1, 8);
        uint64_t sum[37];
        const counted into = {sum, g.m};
        mlg_rewire_job job = job_of(&g, many % 2 == 1, &into);
        mlg_run run = MLG_RUN_INIT;
        mlg_status status = MLG_ENOMEM;
        job.n = many < 2 ? 40 : 5000;
        for (long at = 0; status != MLG_OK; at++) {
            mlg_alloc_fails_at = at;
            status = mlg_rewire_draws(&job, &run, NULL);
            mlg_alloc_fails_at = -1;
            ck_assert(status == MLG_OK || status == MLG_ENOMEM);
            ck_assert(status == MLG_OK ? at > 5 : at < 40);
        }
        status = MLG_ENOMEM;
        for (long at = 0; status != MLG_OK; at++) {
            bool only = false;
            mlg_alloc_fails_at = at;
            status = mlg_rewire_is_only(g.pair, g.m, g.n, many % 2 == 1, &only, NULL);
            mlg_alloc_fails_at = -1;
            ck_assert(status == MLG_OK ? at == 2 : status == MLG_ENOMEM);
        }
        run.cancelled = stop_now;
        ck_assert_int_eq(mlg_rewire_draws(&job, &run, NULL), MLG_ESTOP);
        free(g.pair);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rewire");
    TCase *small_ones = tcase_create("small graphs"), *larger = tcase_create("larger graphs");
    TCase *draws = tcase_create("draws");

    tcase_set_timeout(small_ones, 60);
    tcase_add_loop_test(small_ones, draws_are_uniform_over_all_graphs, 0, N_SPACES);
    tcase_add_test(small_ones, a_graph_alone_with_its_degrees_is_told);
    tcase_add_test(small_ones, stars_are_alone_and_rings_are_not);
    tcase_add_loop_test(larger, walks_keep_degrees_and_stay_simple, 0, 4);
    tcase_add_loop_test(larger, bits_and_hashes_walk_alike, 0, 2);
    tcase_add_loop_test(draws, draws_do_not_depend_on_threads, 0, 2);
    tcase_add_loop_test(draws, few_steps_keep_the_level, 0, 2);
    tcase_add_loop_test(draws, nothing_to_rewire_is_no_failure, 0, 2);
    tcase_add_test(draws, failures_and_stops_are_reported);
    suite_add_tcase(suite, small_ones);
    suite_add_tcase(suite, larger);
    suite_add_tcase(suite, draws);
    return suite_run(suite);
}
