/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/without.h"

#include <math.h>
#include <string.h>

#include "graph_fixture.h"
#include "random_graph.h"
#include "slow_removal.h"
#include "suite.h"

/* Searches over the others once an actor has left, in each of the ways there are. */

static const mlg_without_room all_ways = {1e18, 1e18, 1e18};
static const mlg_without_room in_earnest = {-1, -1, 1e18};
static const mlg_without_room nothing = {-1, -1, 0};
static const mlg_without_room no_branches = {1e18, -1, 1e18};

static mlg_without without_of(const mlg_graph *graph, mlg_without_room room, int threads)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_removal_slot removal;
    mlg_paths paths;
    mlg_without without;

    run.threads = threads;
    ck_assert_int_eq(mlg_forest_grow(&graph->ties, graph->n, &removal.forest, NULL), MLG_OK);
    ck_assert_int_eq(mlg_removals_of(&removal.forest, &removal.removals, NULL), MLG_OK);
    ck_assert_int_eq(mlg_paths_find(&graph->ties, &run, &paths, NULL), MLG_OK);
    ck_assert_int_eq(mlg_without_of(&graph->ties, &removal, &paths, room, &run, &without, NULL),
                     MLG_OK);
    mlg_paths_free(&paths);
    mlg_removals_free(&removal.removals);
    mlg_forest_free(&removal.forest);
    return without;
}

/* ---- shapes ---------------------------------------------------------------------------------- */

enum { SHAPES = 7, MOST = 26 };

/* Trees, cycles, stars, blocks on a string, several components, near a tree, dense: by turn. */
static mlg_graph *some_graph(mlg_random *draw, int shape, bool weighted)
{
    const int32_t n = 2 + (int32_t) mlg_random_below(draw, MOST - 1);
    int32_t from[2 * MOST], to[2 * MOST];
    double weight[2 * MOST];
    size_t m = 0;
    mlg_graph *graph = NULL;

    if (shape > 3) {
        const size_t sizes[] = {(size_t) n * 2 / 3, (size_t) n, (size_t) n * 3};
        return random_graph(draw, n, sizes[shape - 4], 0, false, weighted);
    }
    for (int32_t v = 1; v < n; v++, m++) {
        to[m] = v;
        from[m] = shape == 0   ? (int32_t) mlg_random_below(draw, (uint32_t) v)
                  : shape == 2 ? 0
                               : v - 1;
    }
    for (int32_t v = 3; shape == 3 && v < n; v += 4, m++) { /* triangles and squares */
        to[m] = v;
        from[m] = v - 2 - (int32_t) mlg_random_below(draw, 2);
    }
    if (shape == 1) {
        to[m] = 0;
        from[m++] = n - 1;
    }
    for (size_t i = 0; i < m; i++) {
        weight[i] = (1 + mlg_random_below(draw, 20)) / 4.0;
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(n, from, to, weighted ? weight : NULL, m, false, NULL, 0, &graph, NULL),
        MLG_OK);
    return graph;
}

/* ---- slow twins ------------------------------------------------------------------------------ */

static void assert_same(const mlg_without *without, const mlg_graph *graph, bool weighed)
{
    ck_assert_double_eq_tol(without->whole, slow_joined(&graph->ties, -1, weighed, graph->w_max),
                            1e-9);
    ck_assert_int_eq(without->left_out, 0);
    for (int32_t v = 0; v < graph->n; v++) {
        ck_assert_double_eq_tol(without->total[v],
                                slow_joined(&graph->ties, v, weighed, graph->w_max), 1e-9);
    }
}

START_TEST(each_removal_is_that_of_floyd_and_warshall)
{
    mlg_random draw = mlg_random_stream(1, "test_without.slow", "", (uint64_t) _i);
    for (int k = 0; k < 50; k++) {
        const mlg_without_room rooms[] = {all_ways, in_earnest, no_branches};
        mlg_graph *graph = some_graph(&draw, k % SHAPES, false);
        for (int way = 0; way < 3; way++) {
            mlg_without without = without_of(graph, rooms[way], 1);
            assert_same(&without, graph, false);
            mlg_without_free(&without);
        }
        mlg_graph_free(graph);
    }
}
END_TEST

START_TEST(weighted_removals_are_those_of_floyd_and_warshall)
{
    mlg_random draw = mlg_random_stream(1, "test_without.weighted", "", (uint64_t) _i);
    const mlg_run run = MLG_RUN_INIT;
    for (int k = 0; k < 50; k++) {
        mlg_without without;
        mlg_graph *graph = some_graph(&draw, k % SHAPES, k % 10 != 0);
        ck_assert_int_eq(mlg_weighted_without_of(&graph->ties, graph->w_max, &run, &without, NULL),
                         MLG_OK);
        assert_same(&without, graph, true);
        mlg_without_free(&without);
        mlg_graph_free(graph);
    }
}
END_TEST

/* ---- what is left out --------------------------------------------------------------------------
 */

START_TEST(without_room_nobody_is_searched)
{
    mlg_graph *graph = graph_fixture("AAAA", "0-1 1-2 2-3");
    mlg_without without = without_of(graph, nothing, 1);
    ck_assert_int_eq(without.left_out, 4);
    for (int32_t v = 0; v < 4; v++) {
        ck_assert_double_nan(without.total[v]);
    }
    mlg_without_free(&without);
    mlg_graph_free(graph);
}
END_TEST

/* A path of seven: a search reads 3 steps * (7 + 12) from its middle. */
START_TEST(those_with_most_pairs_lost_come_first)
{
    mlg_graph *graph = graph_fixture("AAAAAAA", "0-1 1-2 2-3 3-4 4-5 5-6");
    const mlg_without_room three = {-1, -1, 3 * 3 * 19 + 1};
    mlg_without without = without_of(graph, three, 1);
    ck_assert_int_eq(without.left_out, 4);
    for (int32_t v = 0; v < 7; v++) { /* lost: 0 5 8 9 8 5 0 */
        ck_assert_int_eq(isnan(without.total[v]) != 0, v < 2 || v > 4);
    }
    mlg_without_free(&without);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(a_large_weighted_network_gives_its_whole_only)
{
    enum { N = 400 };
    int32_t from[N], to[N];
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *ring = NULL;
    mlg_without without;

    for (int32_t v = 0; v < N; v++) {
        from[v] = v;
        to[v] = (v + 1) % N;
    }
    ck_assert_int_eq(mlg_graph_from_ties(N, from, to, NULL, N, false, NULL, 0, &ring, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_weighted_without_of(&ring->ties, 1, &run, &without, NULL), MLG_OK);
    ck_assert_int_eq(without.left_out, N);
    ck_assert_ptr_null(without.total);
    double sum = 1.0 / (N / 2);
    for (int d = 1; d < N / 2; d++) {
        sum += 2.0 / d;
    }
    ck_assert_double_eq_tol(without.whole, N * sum, 1e-7);
    mlg_without_free(&without);
    mlg_graph_free(ring);
}
END_TEST

/* ---- laws ------------------------------------------------------------------------------------ */

START_TEST(any_number_of_threads_gives_the_same_bytes)
{
    mlg_random draw = mlg_random_stream(1, "test_without.threads", "", 0);
    mlg_graph *graph = random_graph(&draw, 530, 900, 0, false, false);
    mlg_without one = without_of(graph, in_earnest, 1), four = without_of(graph, in_earnest, 4);
    mlg_without ways = without_of(graph, all_ways, 2);
    ck_assert_mem_eq(one.total, four.total, (size_t) graph->n * sizeof *one.total);
    for (int32_t v = 0; v < graph->n; v++) { /* more sources than one batch has room for */
        ck_assert_double_eq_tol(one.total[v] / ways.total[v], 1, 1e-12);
        ck_assert_double_le(ways.total[v], ways.whole);
    }
    mlg_without_free(&one);
    mlg_without_free(&four);
    mlg_without_free(&ways);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(searches_survive_any_allocation_failing)
{
    mlg_graph *graph = graph_fixture("AAAAA", "0-1:2 1-2:1 2-3:1 3-4:4 4-1:1");
    const int32_t gone[] = {1, 3};
    const mlg_run run = MLG_RUN_INIT;
    mlg_status status = MLG_ENOMEM;
    double total[2];

    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_error err = {MLG_OK, ""};
        mlg_without without = {0};
        mlg_alloc_fails_at = fails;
        status = mlg_paths_without(&graph->ties, gone, 2, &run, total, &err);
        if (status == MLG_OK) {
            status = mlg_weighted_without_of(&graph->ties, 4, &run, &without, &err);
        }
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(err.status, status);
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && without.total == NULL));
        mlg_without_free(&without);
        ck_assert_int_lt(fails, 200);
    }
    ck_assert_double_eq_tol(total[0], slow_joined(&graph->ties, 1, false, 1), 1e-12);
    mlg_graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("without");
    TCase *slow = tcase_create("slow twins");
    TCase *room = tcase_create("room");
    TCase *laws = tcase_create("laws");

    tcase_set_timeout(slow, 120);
    tcase_set_timeout(laws, 60);
    tcase_add_loop_test(slow, each_removal_is_that_of_floyd_and_warshall, 0, 20);
    tcase_add_loop_test(slow, weighted_removals_are_those_of_floyd_and_warshall, 0, 20);
    tcase_add_test(room, without_room_nobody_is_searched);
    tcase_add_test(room, those_with_most_pairs_lost_come_first);
    tcase_add_test(room, a_large_weighted_network_gives_its_whole_only);
    tcase_add_test(laws, any_number_of_threads_gives_the_same_bytes);
    tcase_add_test(laws, searches_survive_any_allocation_failing);
    suite_add_tcase(suite, slow);
    suite_add_tcase(suite, room);
    suite_add_tcase(suite, laws);
    return suite_run(suite);
}
