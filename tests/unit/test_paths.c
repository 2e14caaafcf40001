/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/paths.h"

#include <math.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measure/relabel.h"
#include "random_graph.h"
#include "slow_paths.h"
#include "suite.h"

static mlg_paths find(const mlg_graph *graph, int threads)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_error err = {MLG_OK, ""};
    mlg_paths paths;

    run.threads = threads;
    ck_assert_msg(mlg_paths_find(&graph->ties, &run, &paths, &err) == MLG_OK, "%s", err.message);
    return paths;
}

START_TEST(nearness_on_a_path_is_worked_by_hand)
{
    mlg_graph *graph = graph_fixture("AAAA?", "0-1 1-2 2-3");
    mlg_paths paths = find(graph, 1);

    ck_assert_double_eq_tol(paths.nearness[0], 1 + 1.0 / 2 + 1.0 / 3, 1e-15);
    ck_assert_double_eq_tol(paths.nearness[1], 2.5, 1e-15);
    ck_assert_double_eq(paths.nearness[4], 0.0);
    ck_assert_double_eq_tol(paths.total, 2 * (11.0 / 6 + 2.5), 1e-14);
    mlg_paths_free(&paths);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(an_empty_graph_has_no_paths)
{
    mlg_graph *graph = graph_fixture("", "");
    mlg_paths paths = find(graph, 2);
    ck_assert_double_eq(paths.total, 0.0);
    mlg_paths_free(&paths);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(searches_at_once_agree_with_searches_one_by_one)
{
    mlg_random draw = mlg_random_stream(3, "paths", "", (uint64_t) _i);
    const int32_t n = 2 + (int32_t) mlg_random_below(&draw, 39);
    mlg_graph *graph = random_graph(&draw, n, mlg_random_below(&draw, 120), 0, _i % 2 == 1, false);
    mlg_paths paths = find(graph, 1);

    for (int32_t v = 0; v < n; v++) {
        ck_assert_double_eq_tol(paths.nearness[v] / (n - 1.0), slow_harmonic(&graph->ties, v),
                                1e-12);
    }
    ck_assert_double_eq_tol(paths.total / (n * (n - 1.0)), slow_efficiency(&graph->ties), 1e-12);
    mlg_paths_free(&paths);
    mlg_graph_free(graph);
}
END_TEST

/* One breadth-first search from each actor, with a queue. */
static double by_queue(const mlg_csr *ties, int32_t source, int32_t *steps, int32_t *queue)
{
    double nearness = 0.0;
    int32_t found = 0;

    for (int32_t v = 0; v < ties->n; v++) {
        steps[v] = -1;
    }
    steps[source] = 0;
    queue[found++] = source;
    for (int32_t head = 0; head < found; head++) {
        const int32_t v = queue[head];
        nearness += steps[v] > 0 ? 1.0 / steps[v] : 0.0;
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            if (steps[ties->target[e]] < 0) {
                steps[ties->target[e]] = steps[v] + 1;
                queue[found++] = ties->target[e];
            }
        }
    }
    return nearness;
}

START_TEST(several_batches_of_searches_reach_everyone)
{
    enum { N = 1700 }; /* four batches of 512, the last one short */
    mlg_random draw = mlg_random_stream(3, "paths", "large", (uint64_t) _i);
    mlg_graph *graph = random_graph(&draw, N, _i == 0 ? 1500 : 5000, 0, false, false);
    mlg_paths one = find(graph, 1), three = find(graph, 3);
    static int32_t steps[N], queue[N];

    for (int32_t v = 0; v < N; v++) {
        ck_assert_double_eq_tol(one.nearness[v], by_queue(&graph->ties, v, steps, queue), 1e-9);
    }
    ck_assert_mem_eq(one.nearness, three.nearness, N * sizeof *one.nearness);
    ck_assert_double_eq(one.total, three.total);
    mlg_paths_free(&one);
    mlg_paths_free(&three);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(relabelling_keeps_every_tie)
{
    mlg_random draw = mlg_random_stream(3, "relabel", "", (uint64_t) _i);
    mlg_graph *graph = random_graph(&draw, 30, 50, 0, true, true);
    int32_t old[30];
    mlg_csr near;

    ck_assert_int_eq(mlg_relabel_order(&graph->arcs, old, NULL), MLG_OK);
    ck_assert_int_eq(mlg_relabel(&graph->arcs, old, &near, NULL), MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&near), mlg_csr_size(&graph->arcs));
    for (int32_t v = 0; v < 30; v++) {
        ck_assert_uint_eq(mlg_csr_degree(&near, v), mlg_csr_degree(&graph->arcs, old[v]));
        for (uint32_t e = near.offset[v]; e < near.offset[v + 1]; e++) {
            ck_assert_double_gt(mlg_csr_find(&graph->arcs, old[v], old[near.target[e]]), 0.0);
        }
    }
    mlg_csr_free(&near);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(paths_respect_the_memory_bound)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = graph_fixture("AAA", "0-1 1-2");
    mlg_error err = {MLG_OK, ""};
    mlg_paths paths;

    run.memory_bound = 100;
    ck_assert_int_eq(mlg_paths_find(&graph->ties, &run, &paths, &err), MLG_ESIZE);
    ck_assert_ptr_null(paths.nearness);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(paths_survive_any_allocation_failing)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = graph_fixture("AAA", "0-1 1-2");
    mlg_paths paths;
    mlg_status status = MLG_ENOMEM;
    long n = 0;

    for (n = 0; status != MLG_OK; n++) {
        mlg_alloc_fails_at = n;
        status = mlg_paths_find(&graph->ties, &run, &paths, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && paths.nearness == NULL));
    }
    ck_assert_int_gt(n, 10);
    mlg_paths_free(&paths);
    mlg_graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("paths");
    TCase *paths = tcase_create("paths");
    tcase_add_test(paths, nearness_on_a_path_is_worked_by_hand);
    tcase_add_test(paths, an_empty_graph_has_no_paths);
    tcase_add_loop_test(paths, searches_at_once_agree_with_searches_one_by_one, 0, 200);
    tcase_add_loop_test(paths, several_batches_of_searches_reach_everyone, 0, 2);
    tcase_add_loop_test(paths, relabelling_keeps_every_tie, 0, 20);
    tcase_add_test(paths, paths_respect_the_memory_bound);
    tcase_add_test(paths, paths_survive_any_allocation_failing);
    suite_add_tcase(suite, paths);
    return suite_run(suite);
}
