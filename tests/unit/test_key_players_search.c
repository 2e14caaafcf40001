/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "graph_fixture.h"
#include "measure/key_players.h"
#include "measure/key_players_hunt.h"
#include "measure/removal.h"
#include "random_graph.h"
#include "slow_players.h"
#include "suite.h"

enum { GRAPHS = 40, MOST_K = 3 };

/* Shapes by turn: scattered, near a tree, dense, a tree, a star, a ring, several components. */
static mlg_graph *some_graph(mlg_random *draw, int shape, int32_t n)
{
    int32_t from[SLOW_MOST], to[SLOW_MOST];
    mlg_graph *graph = NULL;

    if (shape % 7 < 3) {
        const size_t m[] = {(size_t) n * 2 / 3, (size_t) n, (size_t) n * 3};
        return random_graph(draw, n, m[shape % 7], 0, false, false);
    }
    for (int32_t v = 0; v < n; v++) { /* row 0 is a loop, and dropped, but in a ring */
        const int32_t earlier = v > 0 ? (int32_t) mlg_random_below(draw, (uint32_t) v) : 0;
        from[v] = v;
        to[v] = shape % 7 == 3   ? earlier
                : shape % 7 == 4 ? 0
                : shape % 7 == 5 ? (v + 1) % n
                                 : earlier / 2 * 2 + v % 2; /* even and odd stay apart */
        to[v] = to[v] < n ? to[v] : v;
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(n, from, to, NULL, (size_t) n, false, NULL, 0, &graph, NULL), MLG_OK);
    return graph;
}

static void open_best(mlg_best_sets *best, int32_t n, int32_t k, double slack)
{
    for (int32_t i = 0; i < n; i++) {
        ck_assert_int_eq(mlg_best_sets_open(&best[i], k > 0 ? k : i + 1, slack, NULL), MLG_OK);
    }
}

static void free_best(mlg_best_sets *best, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        mlg_best_sets_free(&best[i]);
    }
}

static void assert_same_sets(const mlg_best_sets *best, const slow_sets *slow, const char *what)
{
    const int32_t room = SLOW_LISTED / best->k;
    ck_assert_msg(fabs(best->value - slow->value) <= 1e-9, "%s, k = %d: %.12g, not %.12g", what,
                  best->k, best->value, slow->value);
    ck_assert(best->proven);
    ck_assert_double_eq_tol(best->bound, best->value, 1e-9);
    ck_assert_msg(best->sets == slow->n, "%s, k = %d: %g sets, not %d", what, best->k, best->sets,
                  slow->n);
    ck_assert_int_eq(best->n_kept, slow->n < room ? slow->n : room);
    for (int32_t i = 0; i < best->n_kept * best->k; i++) {
        ck_assert_int_eq(best->member[i], slow->member[i]);
    }
}

/* ---- one removal after the other ------------------------------------------------------- */

static void assert_drops(const mlg_graph *graph, const mlg_cuts *cuts)
{
    int32_t set[SLOW_MOST];
    for (int32_t i = 0; i < cuts->n_gone; i++) {
        set[i] = cuts->gone[i];
    }
    ck_assert_double_eq(-(double) cuts->pairs,
                        slow_set_value(graph, SLOW_SPLIT, set, cuts->n_gone));
    for (int32_t v = 0; v < graph->n; v++) {
        bool gone = false;
        for (int32_t i = 0; i < cuts->n_gone; i++) {
            gone = gone || set[i] == v;
        }
        set[cuts->n_gone] = v;
        ck_assert(gone || -(double) (cuts->pairs - cuts->drop[v]) ==
                              slow_set_value(graph, SLOW_SPLIT, set, cuts->n_gone + 1));
    }
}

START_TEST(drops_stay_right_while_actors_come_and_go)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.drops", "", (uint64_t) _i);
    for (int shape = 0; shape < 14; shape++) {
        mlg_graph *graph = some_graph(&draw, shape, 4 + (int32_t) mlg_random_below(&draw, 12));
        mlg_cuts cuts;
        ck_assert_int_eq(mlg_cuts_open(&graph->ties, graph->n, &cuts, NULL), MLG_OK);
        for (int step = 0; step < 12; step++) {
            const uint32_t back = mlg_random_below(&draw, 3);
            if (cuts.n_gone > 0 && (back == 0 || cuts.n_gone == graph->n - 1)) {
                mlg_cuts_put_back(&cuts,
                                  cuts.gone[mlg_random_below(&draw, (uint32_t) cuts.n_gone)]);
            } else {
                mlg_cuts_remove(&cuts, mlg_cuts_worst(&cuts));
            }
            assert_drops(graph, &cuts);
        }
        mlg_cuts_free(&cuts);
        mlg_graph_free(graph);
    }
}
END_TEST

START_TEST(a_path_of_a_million_needs_no_stack)
{
    enum { N = 1000000 };
    int32_t *from = mlg_alloc(N, sizeof *from), *to = mlg_alloc(N, sizeof *to), set[3];
    mlg_graph *path = NULL;
    mlg_cuts cuts;

    ck_assert(from != NULL && to != NULL);
    for (int32_t v = 0; v + 1 < N; v++) {
        from[v] = v;
        to[v] = v + 1;
    }
    ck_assert_int_eq(mlg_graph_from_ties(N, from, to, NULL, N - 1, false, NULL, 0, &path, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_cuts_open(&path->ties, N, &cuts, NULL), MLG_OK);
    ck_assert_int_eq(cuts.pairs, (int64_t) N * (N - 1) / 2);
    mlg_cuts_greedy(&cuts, 3, set);
    ck_assert_int_eq(set[0], N / 2 - 1); /* halves of N/2 - 1 and N/2: the first of two */
    ck_assert_int_eq(set[1], N / 2 + N / 4 - 1);
    ck_assert_int_eq(set[2], N / 4 - 1);
    mlg_cuts_free(&cuts);
    mlg_graph_free(path);
    mlg_free(from);
    mlg_free(to);
}
END_TEST

/* ---- ties that hold ------------------------------------------------------------------------ */

/* Pairs left without a set, in the whole graph and in the kept ties. */
START_TEST(kept_ties_hold_whoever_leaves)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.hold", "", (uint64_t) _i);
    const int32_t n = 9 + _i % 4, k = 1 + _i % 3;
    mlg_graph *graph = random_graph(&draw, n, (size_t) (n * (2 + _i % 5)), 0, false, false);
    mlg_graph kept = *graph;
    int32_t set[MOST_K];

    ck_assert_int_eq(mlg_ties_that_hold(&graph->ties, k, &kept.ties, NULL), MLG_OK);
    ck_assert_uint_le(mlg_csr_size(&kept.ties), 2 * (size_t) (k + 1) * (size_t) (n - 1));
    for (int32_t code = 0; code < n * n * n; code++) {
        set[0] = code % n;
        set[1] = code / n % n;
        set[2] = code / n / n;
        ck_assert_double_eq(slow_set_value(graph, SLOW_SPLIT, set, k),
                            slow_set_value(&kept, SLOW_SPLIT, set, k));
    }
    mlg_csr_free(&kept.ties);
    mlg_graph_free(graph);
}
END_TEST

/* ---- every set ------------------------------------------------------------------------------- */

static void assert_all_aims(const mlg_graph *graph)
{
    const int32_t k_max = graph->n - 2 < MOST_K ? graph->n - 2 : MOST_K;
    const mlg_reach_ways ways = {&graph->ties, graph->n, 1};
    mlg_best_sets split[MOST_K] = {0}, apart = {0}, reach[MLG_REACH_AIMS] = {0};
    mlg_apart ground;

    open_best(split, k_max, 0, 0);
    ck_assert_int_eq(mlg_players_split(&graph->ties, graph->n, k_max, split, NULL), MLG_OK);
    ck_assert_int_eq(mlg_apart_open(&graph->ties, &ground, NULL), MLG_OK);
    for (int32_t k = 1; k <= k_max; k++) {
        slow_sets slow = slow_best_sets(graph, SLOW_SPLIT, k);
        assert_same_sets(&split[k - 1], &slow, "split");
        open_best(&apart, 1, k, 1e-9);
        ck_assert(mlg_players_apart(&ground, k, &apart));
        slow = slow_best_sets(graph, SLOW_APART, k);
        assert_same_sets(&apart, &slow, "apart");
        open_best(reach, MLG_REACH_AIMS, k, 1e-9);
        ck_assert_int_eq(mlg_players_reach(&ways, k, reach, NULL), MLG_OK);
        for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
            slow = slow_best_sets(graph, (slow_aim) aim, k);
            assert_same_sets(&reach[aim], &slow, "reach");
        }
        free_best(&apart, 1);
        free_best(reach, MLG_REACH_AIMS);
    }
    mlg_apart_free(&ground);
    free_best(split, k_max);
}

START_TEST(sets_of_first_place_are_those_of_brute_force)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.slow", "", (uint64_t) _i);
    for (int shape = 0; shape < GRAPHS; shape++) {
        mlg_graph *graph = some_graph(&draw, shape, 3 + (int32_t) mlg_random_below(&draw, 9));
        assert_all_aims(graph);
        mlg_graph_free(graph);
    }
}
END_TEST

/* The same distances and components in the two-mode data. */
START_TEST(two_mode_data_give_the_sets_of_their_projection)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.two_mode", "", (uint64_t) _i);
    mlg_graph *graph = random_two_mode(&draw, 11, 9, 20 + (size_t) _i % 15, MLG_PROJECT_COUNT);
    mlg_csr both = {0};
    mlg_best_sets split[MOST_K] = {0}, reach[MLG_REACH_AIMS] = {0}, one = {0};
    double figures[MLG_LISTED_ROWS * MLG_REACH_AIMS];

    ck_assert_int_eq(mlg_join_two_modes(&graph->attends, &graph->attended, &both, NULL), MLG_OK);
    const mlg_reach_ways ways = {&both, graph->n, 2};
    open_best(split, MOST_K, 0, 0);
    ck_assert_int_eq(mlg_players_split(&both, graph->n, MOST_K, split, NULL), MLG_OK);
    for (int32_t k = 1; k <= MOST_K; k++) {
        slow_sets slow = slow_best_sets(graph, SLOW_SPLIT, k);
        assert_same_sets(&split[k - 1], &slow, "two modes, split");
        open_best(reach, MLG_REACH_AIMS, k, 1e-9);
        ck_assert_int_eq(mlg_players_reach(&ways, k, reach, NULL), MLG_OK);
        for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
            slow = slow_best_sets(graph, (slow_aim) aim, k);
            assert_same_sets(&reach[aim], &slow, "two modes, reach");
            ck_assert_int_eq(mlg_reach_of(&ways, &reach[aim], figures, NULL), MLG_OK);
            for (int32_t s = 0; s < reach[aim].n_kept; s++) {
                ck_assert_double_eq_tol(figures[s * MLG_REACH_AIMS + aim], slow.value, 1e-9);
            }
            if (k == 1) {
                open_best(&one, 1, 1, 1e-9);
                ck_assert_int_eq(mlg_hunt(&ways, 1, (mlg_reach_aim) aim, &one, NULL), MLG_OK);
                assert_same_sets(&one, &slow, "two modes, hunt");
                free_best(&one, 1);
            }
        }
        free_best(reach, MLG_REACH_AIMS);
    }
    free_best(split, MOST_K);
    mlg_csr_free(&both);
    mlg_graph_free(graph);
}
END_TEST

/* ---- where the sets are too many ---------------------------------------- */

/* A hunt never does better than brute force nor worse than its first choices, its bound holds, and
 * what it says is proven is the best. */
START_TEST(a_hunt_keeps_between_greedy_and_its_bound)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.hunt", "", (uint64_t) _i);
    int proven = 0;
    for (int shape = 0; shape < GRAPHS; shape++) {
        mlg_graph *graph = some_graph(&draw, shape, 4 + (int32_t) mlg_random_below(&draw, 9));
        const mlg_reach_ways ways = {&graph->ties, graph->n, 1};
        for (int32_t k = 1; k <= MOST_K; k++) {
            for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
                const slow_sets slow = slow_best_sets(graph, (slow_aim) aim, k);
                mlg_best_sets best = {0};
                open_best(&best, 1, k, 1e-9);
                ck_assert_int_eq(mlg_hunt(&ways, k, (mlg_reach_aim) aim, &best, NULL), MLG_OK);
                ck_assert_double_le(best.value, slow.value + 1e-9);
                ck_assert_double_ge(best.value, 0.63 * slow.value); /* 1 - 1/e, of any greedy */
                ck_assert_double_ge(best.bound, slow.value - 1e-9);
                ck_assert_double_eq_tol(
                    best.value, slow_set_value(graph, (slow_aim) aim, best.member, k), 1e-9);
                ck_assert(!best.proven || best.value >= slow.value - 1e-9);
                proven += best.proven;
                if (k == 1) {
                    assert_same_sets(&best, &slow, "hunt");
                }
                free_best(&best, 1);
            }
        }
        mlg_graph_free(graph);
    }
    ck_assert_int_gt(proven, GRAPHS * MLG_REACH_AIMS); /* more than those of k = 1 */
}
END_TEST

START_TEST(swaps_are_never_worse_than_greedy)
{
    enum { N = 200 }; /* C(200, 3) is above a million */
    mlg_random draw = mlg_random_stream(1, "test_key_players.swaps", "", (uint64_t) _i);
    mlg_graph *graph = random_graph(&draw, N, (size_t) (150 + 12 * _i), 0, false, false);
    mlg_best_sets best[MOST_K] = {0};
    int32_t set[MOST_K];
    mlg_cuts cuts;

    open_best(best, MOST_K, 0, 0);
    ck_assert_int_eq(mlg_players_split(&graph->ties, N, MOST_K, best, NULL), MLG_OK);
    ck_assert_int_eq(mlg_cuts_open(&graph->ties, N, &cuts, NULL), MLG_OK);
    mlg_cuts_greedy(&cuts, MOST_K, set);
    const mlg_best_sets *three = &best[MOST_K - 1];
    ck_assert(best[0].proven && best[1].proven && isnan(three->sets));
    ck_assert_double_ge(three->value, -(double) cuts.pairs);
    ck_assert_double_ge(three->bound, three->value);
    for (int32_t i = MOST_K; i-- > 0;) {
        mlg_cuts_put_back(&cuts, set[i]);
    }
    for (int32_t i = 0; i < MOST_K; i++) { /* in earnest */
        mlg_cuts_remove(&cuts, three->member[i]);
    }
    ck_assert_double_eq(-(double) cuts.pairs, three->value);
    for (int32_t i = 0; i < MOST_K; i++) { /* no exchange of one is better */
        mlg_cuts_put_back(&cuts, three->member[i]);
        ck_assert_int_eq(cuts.drop[mlg_cuts_worst(&cuts)], cuts.drop[three->member[i]]);
        mlg_cuts_remove(&cuts, three->member[i]);
    }
    mlg_cuts_free(&cuts);
    free_best(best, MOST_K);
    mlg_graph_free(graph);
}
END_TEST

/* Three stars of many: their centres are the best three, and the bound says so. */
START_TEST(a_bound_that_is_met_is_a_proof)
{
    enum { LEAVES = 90, N = 3 * (LEAVES + 1) };
    int32_t from[N], to[N];
    mlg_graph *stars = NULL;
    mlg_best_sets best[MOST_K] = {0};

    for (int32_t v = 0; v < N; v++) {
        from[v] = v;
        to[v] = v % 3;
    }
    ck_assert_int_eq(mlg_graph_from_ties(N, from, to, NULL, N, false, NULL, 0, &stars, NULL),
                     MLG_OK);
    open_best(best, MOST_K, 0, 0);
    ck_assert_int_eq(mlg_players_split(&stars->ties, N, MOST_K, best, NULL), MLG_OK);
    ck_assert(best[2].proven && best[2].value == 0);
    ck_assert_int_eq(best[2].member[0] + 10 * best[2].member[1] + 100 * best[2].member[2], 210);
    free_best(best, MOST_K);
    mlg_graph_free(stars);
}
END_TEST

START_TEST(distances_are_exchanged_where_sets_are_too_many)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.apart", "", (uint64_t) _i);
    mlg_graph *graph = random_graph(&draw, SLOW_MOST, 70, 0, false, false);
    mlg_best_sets best = {0};
    mlg_apart ground;

    ck_assert_int_eq(mlg_apart_open(&graph->ties, &ground, NULL), MLG_OK);
    open_best(&best, 1, 8, 1e-9); /* C(48, 8) is far above a million */
    ck_assert(mlg_players_apart(&ground, 8, &best));
    ck_assert(isnan(best.sets) && best.bound >= best.value);
    ck_assert_double_eq_tol(best.value, slow_set_value(graph, SLOW_APART, best.member, 8), 1e-9);
    for (int32_t i = 0; i < 8; i++) { /* no worse than any exchange of one by hand */
        int32_t other[8];
        memcpy(other, best.member, sizeof other);
        other[i] = (int32_t) mlg_random_below(&draw, SLOW_MOST);
        bool twice = false;
        for (int32_t j = 0; j < 8; j++) {
            twice = twice || (j != i && other[j] == other[i]);
        }
        ck_assert(twice || slow_set_value(graph, SLOW_APART, other, 8) <= best.value + 1e-9);
    }
    free_best(&best, 1);
    mlg_apart_free(&ground);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(sets_are_counted_up_to_a_million)
{
    ck_assert_double_eq(mlg_sets_of(34, 3), 5984);
    ck_assert_double_eq(mlg_sets_of(2, 3), 0);
    ck_assert_double_eq(mlg_sets_of(7, 7), 1);
    ck_assert_double_eq(mlg_sets_of(182, 3), 988260);
    ck_assert_double_gt(mlg_sets_of(183, 3), MLG_MOST_SETS);
    ck_assert_double_gt(mlg_sets_of(1000000, 10), MLG_MOST_SETS);
}
END_TEST

static Suite *search_suite(void)
{
    Suite *suite = suite_create("key players, searches");
    TCase *removals = tcase_create("removals");
    TCase *all = tcase_create("every set");
    TCase *some = tcase_create("too many sets");

    tcase_set_timeout(all, 60);
    tcase_add_loop_test(removals, drops_stay_right_while_actors_come_and_go, 0, 6);
    tcase_add_test(removals, a_path_of_a_million_needs_no_stack);
    tcase_add_loop_test(removals, kept_ties_hold_whoever_leaves, 0, 40);
    tcase_add_loop_test(all, sets_of_first_place_are_those_of_brute_force, 0, 25);
    tcase_add_loop_test(all, two_mode_data_give_the_sets_of_their_projection, 0, 30);
    tcase_add_test(all, sets_are_counted_up_to_a_million);
    tcase_add_loop_test(some, a_hunt_keeps_between_greedy_and_its_bound, 0, 5);
    tcase_add_loop_test(some, swaps_are_never_worse_than_greedy, 0, 20);
    tcase_add_test(some, a_bound_that_is_met_is_a_proof);
    tcase_add_loop_test(some, distances_are_exchanged_where_sets_are_too_many, 0, 3);
    suite_add_tcase(suite, removals);
    suite_add_tcase(suite, all);
    suite_add_tcase(suite, some);
    return suite;
}

int main(void)
{
    return suite_run(search_suite());
}
