/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph/graph.h"
#include "graph_fixture.h"
#include "random_graph.h"
#include "slow_graph.h"
#include "suite.h"

/* The 18 women and 14 events of Davis, Gardner and Gardner (1941), a line a woman. */
static const char *const davis[] = {
    "11111101100000", "11101111000000", "01111111100000", "10111111000000", "00111010000000",
    "00101101000000", "00001111000000", "00000101100000", "00001011100000", "00000011100100",
    "00000001110100", "00000001110111", "00000011110111", "00000110111111", "00000011011100",
    "00000001100000", "00000000101000", "00000000101000",
};
enum { WOMEN = 18, EVENTS = 14 };

typedef struct two_mode {
    mlg_csr attends, attended;
} two_mode;

static two_mode two_mode_of(int32_t n, int32_t n_activities, const int32_t *actor,
                            const int32_t *activity, size_t m)
{
    two_mode both;
    ck_assert_int_eq(mlg_csr_build(n, n_activities, false, false, actor, activity, NULL, m,
                                   MLG_MERGE_MAX, &both.attends, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_csr_transpose(&both.attends, n_activities, &both.attended, NULL), MLG_OK);
    return both;
}

static void two_mode_free(two_mode *both)
{
    mlg_csr_free(&both->attends);
    mlg_csr_free(&both->attended);
}

static two_mode davis_of(void)
{
    int32_t woman[WOMEN * EVENTS], event[WOMEN * EVENTS];
    size_t m = 0;
    for (int32_t w = 0; w < WOMEN; w++) {
        for (int32_t e = 0; e < EVENTS; e++) {
            if (davis[w][e] == '1') {
                woman[m] = w;
                event[m++] = e;
            }
        }
    }
    ck_assert_uint_eq(m, 89);
    return two_mode_of(WOMEN, EVENTS, woman, event, m);
}

/* Evelyn-Laura and Evelyn-Theresa, from reference/values.csv (networkx 2.8.8 and a
 * definition-level implementation). */
static const struct {
    mlg_projection rule;
    double laura, theresa;
} davis_cases[] = {
    {MLG_PROJECT_COUNT, 6.0, 7.0},
    {MLG_PROJECT_NEWMAN, 1.5626373626, 1.4868797869},
    {MLG_PROJECT_JACCARD, 0.6666666667, 7.0 / 9.0},
};

START_TEST(davis_women_have_the_weights_of_networkx)
{
    mlg_csr pairs;
    two_mode both = davis_of();
    ck_assert_int_eq(mlg_project(&both.attends, &both.attended, davis_cases[_i].rule, false,
                                 UINT64_MAX, NULL, &pairs, NULL),
                     MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&pairs), 2 * 139); /* davis.proj_edges */
    ck_assert_double_eq_tol(mlg_csr_find(&pairs, 0, 1), davis_cases[_i].laura, 1e-9);
    ck_assert_double_eq_tol(mlg_csr_find(&pairs, 2, 0), davis_cases[_i].theresa, 1e-9);
    mlg_csr_free(&pairs);
    two_mode_free(&both);
}
END_TEST

START_TEST(events_of_davis_project_to_66_pairs)
{
    mlg_csr pairs;
    two_mode both = davis_of();
    ck_assert_int_eq(mlg_project(&both.attended, &both.attends, MLG_PROJECT_COUNT, true, UINT64_MAX,
                                 NULL, &pairs, NULL),
                     MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&pairs), 66);
    mlg_csr_free(&pairs);
    two_mode_free(&both);
}
END_TEST

START_TEST(newman_strength_is_the_number_of_activities_with_others)
{
    mlg_csr pairs;
    two_mode both = davis_of();
    ck_assert_int_eq(mlg_project(&both.attends, &both.attended, MLG_PROJECT_NEWMAN, false,
                                 UINT64_MAX, NULL, &pairs, NULL),
                     MLG_OK);
    for (int32_t w = 0; w < WOMEN; w++) {
        double strength = 0.0;
        for (uint32_t i = pairs.offset[w]; i < pairs.offset[w + 1]; i++) {
            strength += pairs.weight[i];
        }
        ck_assert_double_eq_tol(strength, mlg_csr_degree(&both.attends, w), 1e-9);
    }
    mlg_csr_free(&pairs);
    two_mode_free(&both);
}
END_TEST

static const mlg_projection rules[] = {MLG_PROJECT_NEWMAN, MLG_PROJECT_COUNT, MLG_PROJECT_JACCARD};

START_TEST(random_projections_agree_with_a_dense_matrix)
{
    mlg_random draw = mlg_random_stream(11, "test.projection", "", (uint64_t) _i);
    const int32_t n = 1 + (int32_t) mlg_random_below(&draw, 300);
    const int32_t n_activities = 1 + (int32_t) mlg_random_below(&draw, 30);
    random_seats seats = random_seats_of(&draw, n, n_activities, mlg_random_below(&draw, 600));
    two_mode both = two_mode_of(n, n_activities, seats.actor, seats.activity, seats.m);
    slow_matrix matrix = slow_projection(&seats, rules[_i % 3]);

    for (int half = 0; half < 2; half++) {
        mlg_csr pairs;
        ck_assert_int_eq(mlg_project(&both.attends, &both.attended, rules[_i % 3], half == 1,
                                     UINT64_MAX, NULL, &pairs, NULL),
                         MLG_OK);
        slow_assert_same(&pairs, &matrix, half == 1, 1e-12);
        mlg_csr_free(&pairs);
    }
    slow_matrix_free(&matrix);
    two_mode_free(&both);
    random_seats_free(&seats);
}
END_TEST

static void assert_same_bytes(const mlg_csr *a, const mlg_csr *b)
{
    const size_t size = mlg_csr_size(a);
    ck_assert_uint_eq(size, mlg_csr_size(b));
    ck_assert_mem_eq(a->offset, b->offset, ((size_t) a->n + 1) * sizeof *a->offset);
    ck_assert_mem_eq(a->target, b->target, size * sizeof *a->target);
    ck_assert_mem_eq(a->weight, b->weight, size * sizeof *a->weight);
}

/* Spans several words of the marks' top level (262,144 columns each). */
START_TEST(threads_do_not_change_a_byte)
{
    const int32_t n = 600000, n_activities = 3000;
    mlg_random draw = mlg_random_stream(5, "test.projection", "threads", (uint64_t) _i);
    random_seats seats = random_seats_of(&draw, n, n_activities, 40000);
    two_mode both = two_mode_of(n, n_activities, seats.actor, seats.activity, seats.m);
    mlg_csr alone, shared;
    mlg_run run = MLG_RUN_INIT;

    ck_assert_int_eq(mlg_project(&both.attends, &both.attended, rules[_i], false, UINT64_MAX, &run,
                                 &alone, NULL),
                     MLG_OK);
    ck_assert_uint_gt(mlg_csr_size(&alone), 100000);
    for (run.threads = 2; run.threads <= 5; run.threads++) {
        ck_assert_int_eq(mlg_project(&both.attends, &both.attended, rules[_i], false, UINT64_MAX,
                                     &run, &shared, NULL),
                         MLG_OK);
        assert_same_bytes(&alone, &shared);
        mlg_csr_free(&shared);
    }
    mlg_csr_free(&alone);
    two_mode_free(&both);
    random_seats_free(&seats);
}
END_TEST

START_TEST(both_directions_of_a_pair_hold_the_same_bits)
{
    mlg_random draw = mlg_random_stream(6, "test.projection", "bits", 0);
    mlg_graph *graph = random_two_mode(&draw, 60, 40, 800, MLG_PROJECT_NEWMAN);
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t i = graph->ties.offset[v]; i < graph->ties.offset[v + 1]; i++) {
            ck_assert(graph->ties.weight[i] ==
                      mlg_csr_find(&graph->ties, graph->ties.target[i], v));
        }
    }
    mlg_graph_free(graph);
}
END_TEST

START_TEST(renaming_actors_and_activities_renames_pairs_only)
{
    mlg_random draw = mlg_random_stream(8, "test.projection", "names", (uint64_t) _i);
    random_seats seats = random_seats_of(&draw, 50, 20, 250);
    int32_t *actor = random_order(&draw, 50), *activity = random_order(&draw, 20);
    two_mode before = two_mode_of(50, 20, seats.actor, seats.activity, seats.m);
    mlg_csr old, new;

    for (size_t i = 0; i < seats.m; i++) {
        seats.actor[i] = actor[seats.actor[i]];
        seats.activity[i] = activity[seats.activity[i]];
    }
    two_mode after = two_mode_of(50, 20, seats.actor, seats.activity, seats.m);
    ck_assert_int_eq(mlg_project(&before.attends, &before.attended, rules[_i], false, UINT64_MAX,
                                 NULL, &old, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_project(&after.attends, &after.attended, rules[_i], false, UINT64_MAX,
                                 NULL, &new, NULL),
                     MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&old), mlg_csr_size(&new));
    for (int32_t a = 0; a < 50; a++) {
        for (int32_t b = 0; b < 50; b++) {
            ck_assert_double_eq_tol(mlg_csr_find(&old, a, b),
                                    mlg_csr_find(&new, actor[a], actor[b]), 1e-12);
        }
    }
    mlg_csr_free(&old);
    mlg_csr_free(&new);
    two_mode_free(&before);
    two_mode_free(&after);
    mlg_free(actor);
    mlg_free(activity);
    random_seats_free(&seats);
}
END_TEST

START_TEST(too_many_pairs_are_refused_before_any_work)
{
    mlg_csr pairs;
    mlg_error err = {0};
    two_mode both = davis_of();
    const uint64_t expected = mlg_project_pairs(&both.attended);

    /* sum of k (k - 1) / 2 over 3 3 6 4 8 8 10 14 12 5 4 6 3 3 */
    ck_assert_uint_eq(expected, 322);
    ck_assert_int_eq(mlg_project(&both.attends, &both.attended, MLG_PROJECT_COUNT, false,
                                 expected - 1, NULL, &pairs, &err),
                     MLG_ESIZE);
    ck_assert_ptr_null(pairs.offset);
    ck_assert_str_eq(err.message, "the projection has 322 pairs, more than 321");
    two_mode_free(&both);
}
END_TEST

/* The scratch of one thread over Davis takes under 10 kB; 278 entries take 3,336 bytes more. */
START_TEST(a_result_past_the_memory_bound_is_refused_for_any_threads)
{
    mlg_csr pairs;
    two_mode both = davis_of();
    mlg_run run = MLG_RUN_INIT;
    size_t enough = 0;

    for (run.memory_bound = 0; run.memory_bound < 20000 && enough == 0; run.memory_bound += 12) {
        mlg_error err = {0};
        const mlg_status status = mlg_project(&both.attends, &both.attended, MLG_PROJECT_COUNT,
                                              false, UINT64_MAX, &run, &pairs, &err);
        if (status == MLG_OK) {
            ck_assert_uint_eq(mlg_csr_size(&pairs), 278);
            mlg_csr_free(&pairs);
            enough = run.memory_bound;
        } else {
            ck_assert_int_eq(status, MLG_ESIZE);
            ck_assert_str_ne(err.message, "");
            ck_assert_ptr_null(pairs.offset);
        }
    }
    ck_assert_uint_gt(enough, 278 * 12);
    two_mode_free(&both);
}
END_TEST

static bool at_once(void *context)
{
    (void) context;
    return true;
}

START_TEST(a_cancelled_projection_stops_and_leaves_nothing)
{
    mlg_csr pairs;
    mlg_error err = {0};
    two_mode both = davis_of();
    mlg_run run = MLG_RUN_INIT;
    run.cancelled = at_once;
    run.threads = 1 + _i;
    ck_assert_int_eq(mlg_project(&both.attends, &both.attended, MLG_PROJECT_COUNT, false,
                                 UINT64_MAX, &run, &pairs, &err),
                     MLG_ESTOP);
    ck_assert_ptr_null(pairs.target);
    ck_assert_str_ne(err.message, "");
    two_mode_free(&both);
}
END_TEST

START_TEST(nobody_and_no_activity_project_to_nothing)
{
    mlg_csr pairs;
    const int32_t actor[] = {0}, activity[] = {0};
    two_mode none = two_mode_of(0, 0, NULL, NULL, 0), alone = two_mode_of(1, 1, actor, activity, 1);
    ck_assert_int_eq(mlg_project(&none.attends, &none.attended, MLG_PROJECT_NEWMAN, false, 0, NULL,
                                 &pairs, NULL),
                     MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&pairs), 0);
    mlg_csr_free(&pairs);
    ck_assert_int_eq(mlg_project(&alone.attends, &alone.attended, MLG_PROJECT_NEWMAN, false, 0,
                                 NULL, &pairs, NULL),
                     MLG_OK);
    ck_assert_uint_eq(mlg_csr_size(&pairs), 0);
    mlg_csr_free(&pairs);
    two_mode_free(&none);
    two_mode_free(&alone);
}
END_TEST

START_TEST(projecting_survives_any_allocation_failing)
{
    two_mode both = davis_of();
    mlg_run run = MLG_RUN_INIT;
    long failures = 0;

    run.threads = 2;
    for (mlg_status status = MLG_ENOMEM; status != MLG_OK; failures++) {
        mlg_csr pairs;
        mlg_error err = {0};
        mlg_alloc_fails_at = failures;
        status = mlg_project(&both.attends, &both.attended, MLG_PROJECT_JACCARD, true, UINT64_MAX,
                             &run, &pairs, &err);
        mlg_alloc_fails_at = -1;
        if (status == MLG_OK) {
            mlg_csr_free(&pairs);
            break;
        }
        ck_assert_int_eq(status, MLG_ENOMEM);
        ck_assert_ptr_null(pairs.offset);
        ck_assert_str_ne(err.message, "");
    }
    ck_assert_int_ge(failures, 15);
    two_mode_free(&both);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("projection");
    TCase *values = tcase_create("values");
    tcase_add_loop_test(values, davis_women_have_the_weights_of_networkx, 0, 3);
    tcase_add_test(values, events_of_davis_project_to_66_pairs);
    tcase_add_test(values, newman_strength_is_the_number_of_activities_with_others);
    tcase_add_loop_test(values, random_projections_agree_with_a_dense_matrix, 0, 60);
    tcase_add_test(values, nobody_and_no_activity_project_to_nothing);
    suite_add_tcase(suite, values);
    TCase *laws = tcase_create("laws");
    tcase_set_timeout(laws, 60);
    tcase_add_loop_test(laws, threads_do_not_change_a_byte, 0, 3);
    tcase_add_test(laws, both_directions_of_a_pair_hold_the_same_bits);
    tcase_add_loop_test(laws, renaming_actors_and_activities_renames_pairs_only, 0, 3);
    suite_add_tcase(suite, laws);
    TCase *limits = tcase_create("limits");
    tcase_add_test(limits, too_many_pairs_are_refused_before_any_work);
    tcase_add_test(limits, a_result_past_the_memory_bound_is_refused_for_any_threads);
    tcase_add_loop_test(limits, a_cancelled_projection_stops_and_leaves_nothing, 0, 2);
    tcase_add_test(limits, projecting_survives_any_allocation_failing);
    suite_add_tcase(suite, limits);
    return suite_run(suite);
}
