/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "maillage/position.h"
#include "measure/constraint.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_betweenness.h"
#include "slow_holes.h"
#include "suite.h"

/* Structural holes, and who stands between sectors. */

/* ---- worked by hand ---------------------------------------------------------- */

enum { MOST = 5 };

static const struct {
    const char *what, *id, *part, *sectors, *ties;
    double expected[MOST];
} cases[] = {
    {"nobody knows another", "position.effective_size", NULL, "AAAA", "0-1 0-2 0-3", {3, 1, 1, 1}},
    {"all know each other", "position.effective_size", NULL, "AAA", "0-1 1-2 2-0", {1, 1, 1}},
    {"a triangle with a pendant: 3 - 2/3",
     "position.effective_size",
     NULL,
     "AAAAA",
     "0-1 1-2 2-0 2-3",
     {1, 1, 7.0 / 3, 1, NAN}},
    {"over contacts",
     "position.effective_size",
     "efficiency",
     "AAAAA",
     "0-1 1-2 2-0 2-3",
     {.5, .5, 7.0 / 9, 1, NAN}},
    /* actor 0: p = 3/4, 1/4; m_12 = 1/3, m_21 = 1: 2 - 3/4 x 1 - 1/4 x 1/3 */
    {"weights shift it",
     "position.effective_size",
     "weighted",
     "AAA",
     "0-1:3 0-2:1 1-2:1",
     {2 - .75 - .25 / 3, 2 - .75 - .25 / 3, 2 - .5 - .5}},
    /* a mutual contact weighs twice: w_01 = 2, w_02 = w_12 = 1 */
    {"arcs counted",
     "position.effective_size",
     "arcs",
     "AAA",
     "0>1 1>0 0>2 1>2",
     {2 - 2.0 / 3 - 1.0 / 6, 2 - 2.0 / 3 - 1.0 / 6, 1}},
    {"each contact once", "position.effective_size", NULL, "AAA", "0>1 1>0 0>2 1>2", {1, 1, 1}},
    {"all weigh alike; one contact is 1 by convention",
     "position.hierarchy",
     NULL,
     "AAAAA",
     "0-1 0-2 0-3",
     {0, 1, 1, 1, NAN}},
    /* terms of 2: (1/3 + 1/6)^2 twice and (1/3)^2; of 0 and 1: (1/2 + 1/6)^2, (1/2 + 1/4)^2 */
    {"the pendant weighs less",
     "position.hierarchy",
     NULL,
     "AAAA",
     "0-1 1-2 2-0 2-3",
     {0.0099381529757869, 0.0099381529757869, 0.0522045454467525, 1}},
    /* terms (3/4)^2 and (1/4)^2: ratios 1.8 and .2 to their mean */
    {"a heavy contact",
     "position.hierarchy",
     "weighted",
     "AAA",
     "0-1:3 0-2:1",
     {0.5310044064107188, 1, 1}},
    {"between two sectors",
     "position.cross_betweenness",
     NULL,
     "AA?BB",
     "0-2 1-2 2-3 2-4",
     {0, 0, 4, 0, 0}},
    {"over the pairs that cross",
     "position.cross_betweenness",
     "normalised",
     "AA?BB",
     "0-2 1-2 2-3 2-4",
     {0, 0, 1, 0, 0}},
    {"a pair that crosses has nobody between",
     "position.cross_betweenness",
     NULL,
     "AAABA",
     "0-1 1-2 3-4",
     {0, 0, 0, 0, 0}},
    {"two ways share a pair",
     "position.cross_betweenness",
     NULL,
     "A??B",
     "0-1 0-2 1-3 2-3",
     {0, .5, .5, 0}},
    {"along arcs, one direction only",
     "position.cross_betweenness",
     "arcs",
     "A?B",
     "0>1 1>2",
     {0, 1, 0}},
};

START_TEST(measure_of_actors_matches_hand_worked_case)
{
    measured m;
    measured_open(&m, graph_fixture(cases[_i].sectors, cases[_i].ties));
    const mlg_value *value = measured_value(&m, cases[_i].id);
    const double *found = cases[_i].part == NULL ? value->column[MLG_VALUE]
                                                 : mlg_value_part_find(value, cases[_i].part);
    ck_assert_msg(found != NULL, "%s: no %s", cases[_i].id, cases[_i].part);
    ck_assert_uint_eq(value->n, strlen(cases[_i].sectors));
    for (size_t v = 0; v < value->n; v++) {
        const double expected = cases[_i].expected[v];
        ck_assert_msg((isnan(expected) && isnan(found[v])) || fabs(found[v] - expected) < 1e-9,
                      "%s, %s: actor %zu has %.15g", cases[_i].id, cases[_i].what, v, found[v]);
    }
    measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *sectors, *ties;
    mlg_text_key why;
} undefined_cases[] = {
    {"position.effective_size", "", "", T_why_no_actors},
    {"position.effective_size", "AA", "", T_why_no_ties},
    {"position.hierarchy", "AA", "", T_why_no_ties},
    {"position.cross_betweenness", "??", "0-1", T_why_no_sectors},
    {"position.cross_betweenness", "AA?", "0-1", T_why_one_group},
    {"position.cross_betweenness", "AAB", "0-1", T_why_no_cross_path},
};

START_TEST(undefined_measure_of_actors_says_why)
{
    measured m;
    measured_open(&m, graph_fixture(undefined_cases[_i].sectors, undefined_cases[_i].ties));
    const mlg_value *value = measured_value(&m, undefined_cases[_i].id);
    ck_assert_msg(value->undefined == undefined_cases[_i].why, "%s: %s", undefined_cases[_i].id,
                  mlg_text_name(value->undefined));
    ck_assert_uint_eq(value->n, 0);
    measured_close(&m);
}
END_TEST

START_TEST(sna_and_igraph_go_along_arcs_between_sectors)
{
    const char *const programs[] = {"sna", "igraph", "ucinet"};
    measured m;
    measured_open(&m, graph_fixture("A?BC", "0>1 1>2 1>3 3>1 3>0"));
    m.run.convention = programs[_i];
    const mlg_value *value = measured_value(&m, "position.cross_betweenness");
    ck_assert_str_eq(value->convention, _i < 2 ? "arcs" : "weak");
    ck_assert_ptr_nonnull(mlg_value_part_find(value, _i < 2 ? "weak" : "arcs"));
    measured_close(&m);
}
END_TEST

/* ---- values of other programs -------------------------------------------------- */

static const struct {
    const char *row, *graph, *id;
    int actors[6]; /* the row's array is of these; -1 first: of all, in their order */
} reference_cases[] = {
    {"zach.effsize", "zachary", "position.effective_size", {0, 33, 8}},
    {"zach.hierarchy", "zachary", "position.hierarchy", {0, 33, 8}},
    {"zach.cross_betw", "zachary", "position.cross_betweenness", {0, 33, 32, 2, 31, 8}},
    {"kite.effsize", "kite", "position.effective_size", {-1}},
    {"kite.hier", "kite", "position.hierarchy", {-1}},
};

START_TEST(measure_of_actors_equals_another_program_s)
{
    measured m;
    json_t *row = reference_value(reference_cases[_i].row);
    measured_open(&m, reference_graph(reference_cases[_i].graph));
    const double *found = measured_value(&m, reference_cases[_i].id)->column[MLG_VALUE];
    for (size_t k = 0; k < json_array_size(row); k++) {
        const size_t v =
            reference_cases[_i].actors[0] < 0 ? k : (size_t) reference_cases[_i].actors[k];
        const double expected = json_number_value(json_array_get(row, k));
        ck_assert_msg(fabs(found[v] - expected) < 1e-9, "%s, actor %zu: %.12g, expected %.12g",
                      reference_cases[_i].row, v, found[v], expected);
    }
    ck_assert_uint_ge(json_array_size(row), 3);
    json_decref(row);
    measured_close(&m);
}
END_TEST

START_TEST(zachary_s_factions_make_289_pairs)
{
    measured m;
    measured_open(&m, reference_graph("zachary"));
    const mlg_value *value = measured_value(&m, "position.cross_betweenness");
    ck_assert_double_eq_tol(mlg_value_part_find(value, "normalised")[0],
                            value->column[MLG_VALUE][0] / 289.0, 1e-12);
    measured_close(&m);
}
END_TEST

START_TEST(florentine_families_have_the_sizes_of_other_programs)
{
    measured m;
    json_t *row = reference_value("flo.effsize"), *expected = NULL;
    const char *family = NULL;

    measured_open(&m, reference_graph("florentine"));
    const double *found = measured_value(&m, "position.effective_size")->column[MLG_VALUE];
    ck_assert_uint_eq(json_object_size(row), 15);
    json_object_foreach(row, family, expected)
    {
        ck_assert_double_eq_tol(found[reference_actor("florentine", family)],
                                json_number_value(expected), 1e-9);
    }
    json_decref(row);
    measured_close(&m);
}
END_TEST

/* ---- slow twins and laws ------------------------------------------------------- */

static mlg_graph *draw_graph(const char *what, int i)
{
    mlg_random draw = mlg_random_stream(23, "holes", what, (uint64_t) i);
    const int32_t n = 2 + (int32_t) mlg_random_below(&draw, 19);
    const size_t m = mlg_random_below(&draw, (uint32_t) n * 4);
    return random_graph(&draw, n, m, 3, i % 2 == 1, i % 3 == 0);
}

static void assert_near(const char *id, size_t v, double found, double expected)
{
    ck_assert_msg((isnan(found) && isnan(expected)) || fabs(found - expected) < 1e-9,
                  "%s of actor %zu: %.12g, expected %.12g", id, v, found, expected);
}

START_TEST(sizes_and_hierarchy_agree_with_their_definitions)
{
    measured m;

    measured_open(&m, draw_graph("twin", _i));
    const mlg_graph *graph = m.graph;
    const mlg_redundancy *found = NULL;
    ck_assert_int_eq(mlg_context_redundancy(m.context, 0, &found, NULL), MLG_OK);
    ck_assert_int_eq(found->weighed.effective != NULL, graph->weighted);
    for (int32_t v = 0; v < graph->n; v++) {
        const size_t at = (size_t) v;
        assert_near("size", at, found->simple[v], slow_simple_size(&graph->ties, v));
        assert_near("size of arcs", at, found->counted.effective[v],
                    slow_effective_size(&graph->arcs, false, v));
        assert_near("hierarchy", at, found->counted.hierarchy[v],
                    slow_hierarchy(&graph->arcs, false, v));
        if (graph->weighted) {
            assert_near("weighted size", at, found->weighed.effective[v],
                        slow_effective_size(&graph->arcs, true, v));
            assert_near("weighted hierarchy", at, found->weighed.hierarchy[v],
                        slow_hierarchy(&graph->arcs, true, v));
        }
    }
    measured_close(&m);
}
END_TEST

START_TEST(cross_betweenness_agrees_with_its_definition)
{
    measured m;
    double ties[32], arcs[32];

    measured_open(&m, draw_graph("cross", _i));
    const mlg_graph *graph = m.graph;
    const double pairs = slow_crossing_pairs(graph);
    const mlg_value *value = measured_value(&m, "position.cross_betweenness");
    ck_assert_int_eq(value->undefined == T_none, pairs > 0.0);
    slow_cross_betweenness(graph, false, ties);
    slow_cross_betweenness(graph, true, arcs);
    for (size_t v = 0; v < value->n; v++) {
        assert_near("cross", v, value->column[MLG_VALUE][v], ties[v]);
        assert_near("normalised", v, mlg_value_part_find(value, "normalised")[v], ties[v] / pairs);
        if (graph->directed) {
            assert_near("arcs", v, mlg_value_part_find(value, "arcs")[v], arcs[v]);
        }
    }
    measured_close(&m);
}
END_TEST

/* When everyone is a sector of their own, all pairs cross. */
START_TEST(sectors_of_one_give_plain_betweenness)
{
    measured m;
    measured_open(&m, graph_fixture("ABCDEF", "0-1 1-2 2-3 3-4 4-1 4-5"));
    const double *cross = measured_value(&m, "position.cross_betweenness")->column[MLG_VALUE];
    double kept[6];
    memcpy(kept, cross, sizeof kept);
    const double *plain = measured_value(&m, "position.betweenness")->column[MLG_VALUE];
    for (size_t v = 0; v < 6; v++) {
        ck_assert_double_eq_tol(kept[v], plain[v], 1e-12);
    }
    measured_close(&m);
}
END_TEST

/* Too large to search from everyone: a sample, whose error is told and holds. */
START_TEST(a_sample_is_as_near_as_it_says)
{
    enum { N = 6000 };
    mlg_random draw = mlg_random_stream(23, "holes", "sample", 0);
    measured m;
    int off = 0, leading = 0;

    measured_open(&m, random_graph(&draw, N, 30200, 4, false, false));
    m.run.threads = 2;
    double *exact = mlg_alloc(N, sizeof *exact);
    ck_assert_ptr_nonnull(exact);
    m.run.force = true;
    const mlg_value *all = measured_value(&m, "position.cross_betweenness");
    ck_assert_uint_eq(all->draws, 0);
    memcpy(exact, all->column[MLG_VALUE], N * sizeof *exact);
    m.run.force = false;
    const mlg_value *value = measured_value(&m, "position.cross_betweenness");
    const double *sd = mlg_value_part_find(value, "sd");
    ck_assert_uint_eq(value->draws, 2048);
    ck_assert_int_eq(value->caution, T_caution_approximate);
    ck_assert_ptr_nonnull(sd);
    for (size_t v = 0; v < N; v++) {
        if (exact[v] > 8000.0) {
            leading++;
            off += fabs(value->column[MLG_VALUE][v] - exact[v]) > 2.0 * sd[v];
        }
    }
    ck_assert_int_gt(leading, 100);
    ck_assert_msg(off < leading / 10, "%d of %d are two errors off", off, leading);
    mlg_free(exact);
    measured_close(&m);
}
END_TEST

START_TEST(a_bound_on_memory_is_kept)
{
    const mlg_run run = {.threads = 1, .memory_bound = 16};
    mlg_graph *graph = graph_fixture("AAAA", "0-1 1-2 2-3 3-0");
    mlg_redundancy found;
    ck_assert_int_eq(mlg_redundancy_of(&graph->ties, NULL, NULL, &run, &found, NULL), MLG_ESIZE);
    ck_assert_ptr_null(found.simple);
    mlg_graph_free(graph);
}
END_TEST

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

int main(void)
{
    Suite *suite = suite_create("holes");
    TCase *worked = tcase_create("worked by hand");
    tcase_add_loop_test(worked, measure_of_actors_matches_hand_worked_case, 0, N_OF(cases));
    tcase_add_loop_test(worked, undefined_measure_of_actors_says_why, 0, N_OF(undefined_cases));
    tcase_add_loop_test(worked, sna_and_igraph_go_along_arcs_between_sectors, 0, 3);
    suite_add_tcase(suite, worked);
    TCase *programs = tcase_create("other programs");
    tcase_add_loop_test(programs, measure_of_actors_equals_another_program_s, 0,
                        N_OF(reference_cases));
    tcase_add_test(programs, zachary_s_factions_make_289_pairs);
    tcase_add_test(programs, florentine_families_have_the_sizes_of_other_programs);
    suite_add_tcase(suite, programs);
    TCase *laws = tcase_create("slow twins and laws");
    tcase_set_timeout(laws, 120);
    tcase_add_loop_test(laws, sizes_and_hierarchy_agree_with_their_definitions, 0, 200);
    tcase_add_loop_test(laws, cross_betweenness_agrees_with_its_definition, 0, 200);
    tcase_add_test(laws, sectors_of_one_give_plain_betweenness);
    tcase_add_test(laws, a_sample_is_as_near_as_it_says);
    tcase_add_test(laws, a_bound_on_memory_is_kept);
    suite_add_tcase(suite, laws);
    return suite_run(suite);
}
