/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/betweenness.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measure/blocks.h"
#include "measured.h"
#include "random_graph.h"
#include "slow_betweenness.h"
#include "suite.h"

static const struct {
    const char *what, *sectors, *ties;
    double expected[6];
} cases[] = {
    {"nobody between two", "AA", "0-1", {0, 0}},
    {"path", "AAAA", "0-1 1-2 2-3", {0, 2, 2, 0}},
    {"star: the hub is between all pairs", "AAAAA", "0-1 0-2 0-3 0-4", {6, 0, 0, 0, 0}},
    {"square: two ways round", "AAAA", "0-1 1-2 2-3 3-0", {.5, .5, .5, .5}},
    {"square with a pendant", "AAAAA", "0-1 1-2 2-3 3-0 0-4", {3.5, 1, .5, 1, 0}},
    {"two triangles that share an actor", "AAAAA", "0-1 1-2 2-0 2-3 3-4 4-2", {0, 0, 4, 0, 0}},
    {"two triangles joined by a bridge",
     "AAAAAA",
     "0-1 1-2 2-0 2-3 3-4 4-5 5-3",
     {0, 0, 6, 6, 0, 0}},
    {"two components and an isolate", "AAAAAA", "0-1 1-2 3-4", {0, 1, 0, 0, 0, 0}},
};

START_TEST(betweenness_matches_hand_worked_case)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = graph_fixture(cases[_i].sectors, cases[_i].ties);
    mlg_betweenness found;

    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &run, "", &found, NULL), MLG_OK);
    ck_assert_ptr_null(found.sd);
    ck_assert(!found.overflow);
    for (int32_t v = 0; v < graph->n; v++) {
        ck_assert_msg(fabs(found.raw[v] - cases[_i].expected[v]) < 1e-12, "%s: %d has %g",
                      cases[_i].what, (int) v, found.raw[v]);
    }
    mlg_betweenness_free(&found);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(arcs_are_followed_one_way)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = graph_fixture("AAAA", "0>1 1>2 2>3 3>0 1>0");
    const double expected[] = {3, 3, 2, 2}; /* 0 is on 3-1, 3-2 and 2-1 */
    mlg_betweenness found;
    double slow[4];

    slow_betweenness(&graph->arcs, false, slow);
    ck_assert_int_eq(mlg_betweenness_of_arcs(&graph->arcs, &run, "", &found, NULL), MLG_OK);
    for (int v = 0; v < 4; v++) {
        ck_assert_double_eq_tol(found.raw[v], expected[v], 1e-12);
        ck_assert_double_eq_tol(found.raw[v], slow[v], 1e-12);
    }
    mlg_betweenness_free(&found);
    mlg_graph_free(graph);
}
END_TEST

/* From trees to dense graphs, connected or in pieces. */
static mlg_graph *draw_graph(mlg_random *draw, bool directed)
{
    const int32_t n = 2 + (int32_t) mlg_random_below(draw, 29);
    const size_t m = mlg_random_below(draw, (uint32_t) n * 3);
    return random_graph(draw, n, m, 0, directed, false);
}

static void assert_same(const double *found, const double *expected, int32_t n)
{
    for (int32_t v = 0; v < n; v++) {
        ck_assert_msg(fabs(found[v] - expected[v]) <= 1e-9 * (1 + fabs(expected[v])),
                      "actor %d: %.12g, expected %.12g", (int) v, found[v], expected[v]);
    }
}

START_TEST(blocks_agree_with_the_definition_on_random_ties)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_random draw = mlg_random_stream(11, "betweenness", "ties", (uint64_t) _i);
    mlg_graph *graph = draw_graph(&draw, false);
    mlg_betweenness found;
    double expected[32];

    slow_betweenness(&graph->ties, true, expected);
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &run, "", &found, NULL), MLG_OK);
    assert_same(found.raw, expected, graph->n);
    mlg_betweenness_free(&found);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(arcs_agree_with_the_definition_on_random_arcs)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_random draw = mlg_random_stream(11, "betweenness", "arcs", (uint64_t) _i);
    mlg_graph *graph = draw_graph(&draw, true);
    mlg_betweenness found;
    double expected[32];

    slow_betweenness(&graph->arcs, false, expected);
    ck_assert_int_eq(mlg_betweenness_of_arcs(&graph->arcs, &run, "", &found, NULL), MLG_OK);
    assert_same(found.raw, expected, graph->n);
    mlg_betweenness_free(&found);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(members_of_a_block_stand_for_their_whole_component)
{
    mlg_random draw = mlg_random_stream(11, "blocks", "", (uint64_t) _i);
    mlg_graph *graph = draw_graph(&draw, false);
    mlg_blocks blocks;
    uint32_t inside = 0;

    ck_assert_int_eq(mlg_blocks_find(&graph->ties, &blocks, NULL), MLG_OK);
    for (int32_t b = 0; b < blocks.n; b++) {
        double reach = 0.0;
        ck_assert_uint_ge(blocks.first[b + 1] - blocks.first[b], 3);
        for (uint32_t p = blocks.first[b]; p < blocks.first[b + 1]; p++) {
            reach += blocks.reach[p];
            ck_assert(p == blocks.first[b] || blocks.member[p - 1] < blocks.member[p]);
            ck_assert_uint_ge(blocks.offset[p + 1] - blocks.offset[p], 2);
            for (uint32_t e = blocks.offset[p]; e < blocks.offset[p + 1]; e++, inside++) {
                const int32_t w = blocks.member[blocks.first[b] + (uint32_t) blocks.target[e]];
                ck_assert_double_eq(mlg_csr_find(&graph->ties, blocks.member[p], w), 1.0);
            }
        }
        ck_assert_double_eq(reach,
                            slow_component_size(&graph->ties, blocks.member[blocks.first[b]]));
    }
    ck_assert_uint_le(inside, mlg_csr_size(&graph->ties));
    for (int32_t v = 0; v < graph->n; v++) {
        ck_assert_double_eq(blocks.apart[v], slow_pairs_apart(&graph->ties, v));
    }
    mlg_blocks_free(&blocks);
    mlg_graph_free(graph);
}
END_TEST

/* Members round a ring with a chord for every fourth, and pendants drawn over them: one large
 * block that stands for all n actors. */
static mlg_graph *ring(int32_t n, int32_t members)
{
    mlg_random draw = mlg_random_stream(5, "ring", "", 0);
    const size_t m = (size_t) n + (size_t) members / 4;
    int32_t *from = mlg_alloc(m, sizeof *from), *to = mlg_alloc(m, sizeof *to);
    mlg_graph *graph = NULL;

    for (int32_t v = 0; v < n; v++) {
        from[v] = v;
        to[v] =
            v < members ? (v + 1) % members : (int32_t) mlg_random_below(&draw, (uint32_t) members);
    }
    for (size_t i = (size_t) n; i < m; i++) {
        from[i] = (int32_t) mlg_random_below(&draw, (uint32_t) members);
        to[i] = (int32_t) mlg_random_below(&draw, (uint32_t) members);
    }
    ck_assert_int_eq(mlg_graph_from_ties(n, from, to, NULL, m, false, NULL, 0, &graph, NULL),
                     MLG_OK);
    mlg_free(from);
    mlg_free(to);
    return graph;
}

START_TEST(one_and_three_threads_give_the_same_bytes)
{
    mlg_run one = MLG_RUN_INIT, three = MLG_RUN_INIT;
    mlg_graph *graph = ring(4000, 2000);
    mlg_betweenness a, b;

    three.threads = 3;
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &one, "", &a, NULL), MLG_OK);
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &three, "", &b, NULL), MLG_OK);
    ck_assert_mem_eq(a.raw, b.raw, (size_t) graph->n * sizeof *a.raw);
    mlg_betweenness_free(&a);
    mlg_betweenness_free(&b);
    mlg_graph_free(graph);
}
END_TEST

/* How many of the tenth of the actors with the largest scores are over two errors off. */
static int count_off(const mlg_betweenness *sampled, const double *exact, int32_t n, int *leading)
{
    double floor = 0.0;
    int off = 0;

    for (double step = 1e9; step > 1.0; step /= 2) { /* the score that a tenth exceeds */
        int above = 0;
        for (int32_t v = 0; v < n; v++) {
            above += sampled->sd[v] > 0.0 && exact[v] > floor + step;
        }
        floor += above > *leading ? step : 0.0;
    }
    *leading = 0;
    for (int32_t v = 0; v < n; v++) {
        if (sampled->sd[v] > 0.0 && exact[v] > floor) {
            (*leading)++;
            off += fabs(sampled->raw[v] - exact[v]) > 2.0 * sampled->sd[v];
        }
    }
    return off;
}

START_TEST(a_large_network_is_sampled_with_its_standard_error)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = ring(20400, 2600);
    mlg_betweenness exact, sampled;
    int off = 0, seen = 0;

    run.force = true;
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &run, "", &exact, NULL), MLG_OK);
    ck_assert_ptr_null(exact.sd);
    ck_assert_uint_eq(exact.sources, 0);
    run.force = false;
    for (run.seed = 1; run.seed <= 4; run.seed++) {
        int leading = 260;
        ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &run, "", &sampled, NULL), MLG_OK);
        ck_assert_uint_eq(sampled.sources, 2048);
        off += count_off(&sampled, exact.raw, graph->n, &leading);
        seen += leading;
        for (int32_t v = 0; v < graph->n; v++) { /* pendants need no draw */
            ck_assert(sampled.sd[v] > 0.0 || fabs(sampled.raw[v] - exact.raw[v]) < 1e-6);
        }
        mlg_betweenness_free(&sampled);
    }
    ck_assert_int_gt(seen, 900);
    ck_assert_int_lt(off, seen * 9 / 100); /* 4.6 % of a normal error is beyond two */
    mlg_betweenness_free(&exact);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(a_sample_depends_on_the_seed_and_not_on_the_threads)
{
    mlg_run run = MLG_RUN_INIT, threads = MLG_RUN_INIT, other = MLG_RUN_INIT;
    mlg_graph *graph = ring(20400, 2600);
    const size_t bytes = (size_t) graph->n * sizeof(double);
    mlg_betweenness a, b, c, d;

    threads.threads = 3;
    other.seed = 2;
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &run, "", &a, NULL), MLG_OK);
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &threads, "", &b, NULL), MLG_OK);
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &other, "", &c, NULL), MLG_OK);
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &run, "elsewhere", &d, NULL), MLG_OK);
    ck_assert_mem_eq(a.raw, b.raw, bytes);
    ck_assert_mem_eq(a.sd, b.sd, bytes);
    ck_assert_mem_ne(a.raw, c.raw, bytes);
    ck_assert_mem_ne(a.raw, d.raw, bytes);
    mlg_betweenness_free(&a);
    mlg_betweenness_free(&b);
    mlg_betweenness_free(&c);
    mlg_betweenness_free(&d);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(sampled_arcs_are_near_their_exact_scores)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_random draw = mlg_random_stream(5, "sampled", "arcs", 0);
    mlg_graph *graph = random_graph(&draw, 20001, 22000, 0, true, false);
    mlg_betweenness exact, sampled;
    int32_t top = 0;

    ck_assert_int_eq(mlg_betweenness_of_arcs(&graph->arcs, &run, "", &sampled, NULL), MLG_OK);
    run.force = true;
    run.threads = 2;
    ck_assert_int_eq(mlg_betweenness_of_arcs(&graph->arcs, &run, "", &exact, NULL), MLG_OK);
    for (int32_t v = 0; v < graph->n; v++) {
        top = exact.raw[v] > exact.raw[top] ? v : top;
    }
    ck_assert_ptr_nonnull(sampled.sd);
    ck_assert_double_eq_tol(sampled.raw[top], exact.raw[top], 4.0 * sampled.sd[top]);
    ck_assert_double_lt(sampled.sd[top], 0.2 * exact.raw[top]);
    mlg_betweenness_free(&exact);
    mlg_betweenness_free(&sampled);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(more_paths_than_a_double_counts_are_not_summed)
{
    enum { LAYERS = 700, WIDTH = 3 }; /* 3^699 is over 1e300 */
    const mlg_run run = MLG_RUN_INIT;
    static int32_t from[LAYERS * WIDTH * WIDTH], to[LAYERS * WIDTH * WIDTH];
    size_t m = 0;
    measured all;
    mlg_graph *graph = NULL;
    mlg_betweenness found;

    for (int32_t layer = 0; layer + 1 < LAYERS; layer++) {
        for (int32_t i = 0; i < WIDTH * WIDTH; i++, m++) {
            from[m] = layer * WIDTH + i / WIDTH;
            to[m] = (layer + 1) * WIDTH + i % WIDTH;
        }
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(LAYERS * WIDTH, from, to, NULL, m, false, NULL, 0, &graph, NULL),
        MLG_OK);
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &run, "", &found, NULL), MLG_OK);
    ck_assert(found.overflow);
    mlg_betweenness_free(&found);
    measured_open(&all, graph);
    ck_assert_int_eq(measured_value(&all, "position.betweenness")->undefined, T_why_too_many_paths);
    ck_assert_int_eq(measured_value(&all, "network.centralization.betweenness")->undefined,
                     T_why_too_many_paths);
    measured_close(&all);
}
END_TEST

static bool stop(void *context)
{
    int *left = context;
    return (*left)-- <= 0;
}

START_TEST(a_run_stops_when_it_is_asked_to)
{
    int left = 10;
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = ring(400, 200);
    mlg_betweenness found;
    mlg_error err = {MLG_OK, ""};

    run.cancelled = stop;
    run.context = &left;
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &run, "", &found, &err), MLG_ESTOP);
    ck_assert_ptr_null(found.raw);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(partial_sums_respect_the_memory_bound)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = ring(400, 200);
    mlg_betweenness found;
    mlg_error err = {MLG_OK, ""};

    run.memory_bound = 1000;
    ck_assert_int_eq(mlg_betweenness_of_ties(&graph->ties, &run, "", &found, &err), MLG_ESIZE);
    ck_assert_ptr_null(found.raw);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(betweenness_survives_any_allocation_failing)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = graph_fixture("AAAAAA", "0-1 1-2 2-0 2-3 3-4 4-5 5-3");
    mlg_betweenness found;
    mlg_status status = MLG_ENOMEM;
    long n = 0;

    for (n = 0; status != MLG_OK; n++) {
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = n;
        status = mlg_betweenness_of_ties(&graph->ties, &run, "", &found, &err);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || status == MLG_ENOMEM);
        ck_assert(status == MLG_OK || (found.raw == NULL && err.message[0] != '\0'));
    }
    ck_assert_int_gt(n, 20);
    ck_assert_double_eq(found.raw[2], 6.0);
    mlg_betweenness_free(&found);
    mlg_graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("betweenness");
    TCase *worked = tcase_create("worked by hand");
    tcase_add_loop_test(worked, betweenness_matches_hand_worked_case, 0,
                        (int) (sizeof cases / sizeof *cases));
    tcase_add_test(worked, arcs_are_followed_one_way);
    suite_add_tcase(suite, worked);
    TCase *twin = tcase_create("slow twin");
    tcase_add_loop_test(twin, blocks_agree_with_the_definition_on_random_ties, 0, 200);
    tcase_add_loop_test(twin, arcs_agree_with_the_definition_on_random_arcs, 0, 200);
    tcase_add_loop_test(twin, members_of_a_block_stand_for_their_whole_component, 0, 100);
    suite_add_tcase(suite, twin);
    TCase *large = tcase_create("large");
    tcase_add_test(large, one_and_three_threads_give_the_same_bytes);
    tcase_add_test(large, a_large_network_is_sampled_with_its_standard_error);
    tcase_add_test(large, a_sample_depends_on_the_seed_and_not_on_the_threads);
    tcase_add_test(large, sampled_arcs_are_near_their_exact_scores);
    tcase_add_test(large, more_paths_than_a_double_counts_are_not_summed);
    suite_add_tcase(suite, large);
    TCase *faults = tcase_create("faults");
    tcase_add_test(faults, a_run_stops_when_it_is_asked_to);
    tcase_add_test(faults, partial_sums_respect_the_memory_bound);
    tcase_add_test(faults, betweenness_survives_any_allocation_failing);
    suite_add_tcase(suite, faults);
    return suite_run(suite);
}
