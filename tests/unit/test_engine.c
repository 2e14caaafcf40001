/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/engine.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "graph_fixture.h"
#include "suite.h"

/* Our error paths destroy what was never made: undocumented, so held here. */
START_TEST(zeroed_igraph_objects_can_be_destroyed)
{
    igraph_t graph = {0};
    igraph_vector_t numbers = {0};
    igraph_vector_int_t integers = {0};
    igraph_vector_bool_t flags = {0};
    igraph_matrix_t matrix = {0};
    igraph_destroy(&graph);
    igraph_vector_destroy(&numbers);
    igraph_vector_int_destroy(&integers);
    igraph_vector_bool_destroy(&flags);
    igraph_matrix_destroy(&matrix);
}
END_TEST

static mlg_status fail_in_igraph(const igraph_t *graph, mlg_error *err)
{
    mlg_status status = MLG_OK;
    igraph_vector_t score = {0}, weight = {0};
    TRY_IGRAPH(err, igraph_vector_init(&weight, 7)); /* the graph has fewer edges */
    TRY_IGRAPH(err, igraph_vector_init(&score, 0));
    TRY_IGRAPH(err, igraph_betweenness(graph, &score, igraph_vss_all(), false, &weight));
out:
    igraph_vector_destroy(&score);
    igraph_vector_destroy(&weight);
    return status;
}

START_TEST(a_failure_of_igraph_carries_its_first_reason)
{
    mlg_graph *graph = graph_fixture("AABB", "0-1 1-2");
    igraph_t g;
    ck_assert_int_eq(mlg_graph_to_igraph(graph, false, &g, NULL, NULL), MLG_OK);
    for (int again = 0; again < 2; again++) { /* a reason does not outlive its failure */
        mlg_error err = {0};
        ck_assert_int_eq(fail_in_igraph(&g, &err), MLG_EENGINE);
        ck_assert_str_eq(err.message, "igraph: Weight vector length must match the number of "
                                      "edges. (Invalid value)");
    }
    igraph_destroy(&g);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(a_failure_of_gsl_carries_its_reason)
{
    mlg_error err = {0};
    gsl_sf_result result;
    mlg_engine_start();
    ck_assert_int_eq(mlg_from_gsl(&err, gsl_sf_lngamma_e(-1.0, &result)), MLG_EENGINE);
    ck_assert_ptr_nonnull(strstr(err.message, "GSL: "));
    ck_assert_ptr_nonnull(strstr(err.message, "(input domain error)"));
    ck_assert_int_eq(mlg_from_gsl(&err, GSL_SUCCESS), MLG_OK);
}
END_TEST

START_TEST(warnings_of_igraph_are_silent)
{
    mlg_engine_start();
    igraph_warning("nothing may reach the terminal", "file", 1);
}
END_TEST

/* Ends in abort(): the test expects the signal. */
START_TEST(a_broken_state_of_igraph_ends_the_process)
{
    mlg_engine_start();
    ck_assert_ptr_nonnull(freopen("/dev/null", "w", stderr));
    igraph_fatal("broken", "file", 1);
}
END_TEST

START_TEST(a_graph_igraph_refuses_leaves_nothing)
{
    int32_t target[] = {-1};
    uint32_t offset[] = {0, 1};
    const mlg_graph broken = {.n = 1, .arcs = {.n = 1, .offset = offset, .target = target}};
    igraph_t g;
    igraph_vector_t weight;
    mlg_error err = {0};
    ck_assert_int_eq(mlg_graph_to_igraph(&broken, true, &g, &weight, &err), MLG_EENGINE);
    ck_assert_ptr_nonnull(strstr(err.message, "vertex ID"));
    igraph_destroy(&g);
    igraph_vector_destroy(&weight);
}
END_TEST

START_TEST(edges_stand_in_the_order_of_the_adjacency)
{
    mlg_graph *graph = graph_fixture("AAAA", "2>0:3 0-1:2 2>3");
    igraph_t g;
    igraph_vector_t weight;
    const int32_t arcs[][2] = {{0, 1}, {1, 0}, {2, 0}, {2, 3}},
                  ties[][2] = {{0, 1}, {0, 2}, {2, 3}};
    const double arc_weight[] = {2, 2, 3, 1}, tie_weight[] = {2, 3, 1};

    for (int directed = 0; directed < 2; directed++) {
        ck_assert_int_eq(mlg_graph_to_igraph(graph, directed, &g, &weight, NULL), MLG_OK);
        ck_assert_int_eq(igraph_vcount(&g), 4);
        ck_assert_int_eq(igraph_ecount(&g), directed ? 4 : 3);
        ck_assert_int_eq(igraph_is_directed(&g), directed);
        for (igraph_integer_t e = 0; e < igraph_ecount(&g); e++) {
            const int32_t *ends = directed ? arcs[e] : ties[e];
            const igraph_integer_t from = IGRAPH_FROM(&g, e), to = IGRAPH_TO(&g, e);
            ck_assert_int_eq(directed || from < to ? from : to, ends[0]);
            ck_assert_int_eq(directed || from < to ? to : from, ends[1]);
            ck_assert_double_eq(VECTOR(weight)[e], directed ? arc_weight[e] : tie_weight[e]);
        }
        igraph_destroy(&g);
        igraph_vector_destroy(&weight);
    }
    mlg_graph_free(graph);
}
END_TEST

START_TEST(unweighted_ties_weigh_one)
{
    mlg_graph *graph = graph_fixture("AA", "0-1");
    igraph_t g;
    igraph_vector_t weight;
    ck_assert_int_eq(mlg_graph_to_igraph(graph, false, &g, &weight, NULL), MLG_OK);
    ck_assert_double_eq(VECTOR(weight)[0], 1.0);
    igraph_destroy(&g);
    igraph_vector_destroy(&weight);
    mlg_graph_free(graph);
}
END_TEST

static void draw(uint64_t replicate, double *out, int n)
{
    mlg_engine_seed(mlg_random_stream(1, "test.engine", "", replicate));
    for (int i = 0; i < n; i++) {
        out[i] = i % 3 == 0   ? igraph_rng_get_unif01(igraph_rng_default())
                 : i % 3 == 1 ? (double) igraph_rng_get_integer(igraph_rng_default(), 0, 1 << 30)
                              : igraph_rng_get_normal(igraph_rng_default(), 0, 1);
    }
}

START_TEST(igraph_draws_from_the_stream_it_was_seeded_with)
{
    double first[60], again[60], other[60];
    mlg_random stream = mlg_random_stream(1, "test.engine", "", 3);
    draw(3, first, 60);
    draw(4, other, 60);
    draw(3, again, 60);
    ck_assert_mem_eq(first, again, sizeof first);
    ck_assert_mem_ne(first, other, sizeof first);
    ck_assert_double_eq(first[0], mlg_random_unit(&stream)); /* all 256 bits, not a 64-bit seed */
    igraph_rng_destroy(igraph_rng_default()); /* harmless: the state is not on the heap */
    draw(3, again, 60);
    ck_assert_mem_eq(first, again, sizeof first);
}
END_TEST

START_TEST(igraph_layouts_repeat_by_their_seed)
{
    mlg_graph *graph = graph_fixture("AAAAAA", "0-1 1-2 2-3 3-4 4-5 5-0");
    igraph_t g;
    igraph_matrix_t places[2] = {0};
    ck_assert_int_eq(mlg_graph_to_igraph(graph, false, &g, NULL, NULL), MLG_OK);
    for (int i = 0; i < 2; i++) {
        mlg_engine_seed(mlg_random_stream(1, "test.engine", "layout", 0));
        ck_assert_int_eq(igraph_matrix_init(&places[i], 0, 0), IGRAPH_SUCCESS);
        ck_assert_int_eq(igraph_layout_fruchterman_reingold(&g, &places[i], false, 50, 2.0,
                                                            IGRAPH_LAYOUT_NOGRID, NULL, NULL, NULL,
                                                            NULL, NULL),
                         IGRAPH_SUCCESS);
    }
    ck_assert(igraph_matrix_all_e(&places[0], &places[1]));
    igraph_matrix_destroy(&places[0]);
    igraph_matrix_destroy(&places[1]);
    igraph_destroy(&g);
    mlg_graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("engine");
    TCase *failures = tcase_create("failures");
    tcase_add_test(failures, zeroed_igraph_objects_can_be_destroyed);
    tcase_add_test(failures, a_failure_of_igraph_carries_its_first_reason);
    tcase_add_test(failures, a_failure_of_gsl_carries_its_reason);
    tcase_add_test_raise_signal(failures, a_broken_state_of_igraph_ends_the_process, SIGABRT);
    tcase_add_test(failures, a_graph_igraph_refuses_leaves_nothing);
    tcase_add_test(failures, warnings_of_igraph_are_silent);
    suite_add_tcase(suite, failures);
    TCase *graphs = tcase_create("graphs");
    tcase_add_test(graphs, edges_stand_in_the_order_of_the_adjacency);
    tcase_add_test(graphs, unweighted_ties_weigh_one);
    suite_add_tcase(suite, graphs);
    TCase *random = tcase_create("random numbers");
    tcase_add_test(random, igraph_draws_from_the_stream_it_was_seeded_with);
    tcase_add_test(random, igraph_layouts_repeat_by_their_seed);
    suite_add_tcase(suite, random);
    return suite_run(suite);
}
