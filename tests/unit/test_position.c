/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/position.h"

#include <igraph.h>
#include <math.h>
#include <string.h>

#include "graph/engine.h"
#include "graph_fixture.h"
#include "measure/constraint.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_betweenness.h"
#include "slow_position.h"
#include "suite.h"

/* ---- worked by hand ---------------------------------------------------------- */

enum { MOST = 5 };

static const struct {
    const char *what, *id, *part, *sectors, *ties;
    double expected[MOST];
} cases[] = {
    {"contacts of either direction, each once",
     "position.degree",
     NULL,
     "AAAA",
     "0>1 1>0 1>2",
     {1, 2, 1, 0}},
    {"received", "position.degree", "in", "AAA", "0>1 1>0 1>2", {1, 1, 1}},
    {"sent", "position.degree", "out", "AAA", "0>1 1>0 1>2", {1, 2, 0}},
    {"weights add up", "position.strength", NULL, "AAA", "0-1:2.5 1-2:1", {2.5, 3.5, 1}},
    {"the larger of two directions", "position.strength", NULL, "AA", "0>1:2 1>0:3", {3, 3}},
    {"weights received", "position.strength", "in", "AA", "0>1:2 1>0:3", {3, 2}},
    {"a star's hub", "position.betweenness", NULL, "AAAA", "0-1 0-2 0-3", {3, 0, 0, 0}},
    {"over the pairs of others",
     "position.betweenness",
     "normalised",
     "AAAA",
     "0-1 0-2 0-3",
     {1, 0, 0, 0}},
    {"along arcs", "position.betweenness", "arcs", "AAA", "0>1 1>2 2>0", {1, 1, 1}},
    {"arcs as ties", "position.betweenness", NULL, "AAA", "0>1 1>2 2>0", {0, 0, 0}},
    {"near everyone", "position.harmonic", NULL, "AAA", "0-1 1-2", {.75, 1, .75}},
    {"an isolate is near nobody", "position.harmonic", NULL, "AAA", "0-1", {.5, .5, 0}},
    {"a star: hub sqrt 3 times the others",
     "position.eigenvector",
     NULL,
     "AAAA",
     "0-1 0-2 0-3",
     {1, 0.57735026918962576, 0.57735026918962576, 0.57735026918962576}},
    {"one tie", "position.eigenvector", NULL, "AA", "0-1", {1, 1}},
    {"only the biggest component",
     "position.eigenvector",
     NULL,
     "AAAAA",
     "0-1 2-3 3-4 4-2",
     {NAN, NAN, 1, 1, 1}},
    {"each of the biggest ones",
     "position.eigenvector",
     NULL,
     "AAAAA",
     "0-1 2-3:9",
     {1, 1, 1, 1, NAN}},
    {"weights pull", "position.eigenvector", NULL, "AAA", "0-1:3 1-2:4", {.6, 1, .8}},
    {"everyone alike on a cycle",
     "position.pagerank",
     NULL,
     "AAAA",
     "0-1 1-2 2-3 3-0",
     {.25, .25, .25, .25}},
    {"without a tie everyone alike", "position.pagerank", NULL, "AA", "", {.5, .5}},
    {"one arc: r0 = .15/2 + .85 r1/2, r0 + r1 = 1",
     "position.pagerank",
     NULL,
     "AA",
     "0>1",
     {.5 / 1.425, .925 / 1.425}},
    {"a triangle with a pendant",
     "position.coreness",
     NULL,
     "AAAAA",
     "0-1 1-2 2-0 2-3",
     {2, 2, 2, 1, 0}},
    {"a pendant has one way", "position.constraint", NULL, "AAAA", "0-1 0-2", {.5, 1, 1, NAN}},
    {"a triangle exceeds 1",
     "position.constraint",
     NULL,
     "AAA",
     "0-1 1-2 2-0",
     {1.125, 1.125, 1.125}},
    {"a mutual contact weighs twice",
     "position.constraint",
     NULL,
     "AAA",
     "0>1 1>0 1>2",
     {1, 5.0 / 9, 1}},
    {"weights shift it", "position.constraint", "weighted", "AAA", "0-1:3 1-2:1", {1, .625, 1}},
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
        ck_assert_int_eq(value->subject[v], (mlg_id) v);
        ck_assert_msg((isnan(expected) && isnan(found[v])) || fabs(found[v] - expected) < 1e-12,
                      "%s, %s: actor %zu has %.15g", cases[_i].id, cases[_i].what, v, found[v]);
    }
    measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *sectors, *ties;
    mlg_text_key why;
} undefined_cases[] = {
    {"position.degree", "", "", T_why_no_actors},
    {"position.strength", "", "", T_why_no_weights},
    {"position.strength", "AA", "0-1", T_why_no_weights},
    {"position.betweenness", "", "", T_why_no_actors},
    {"position.harmonic", "", "", T_why_no_actors},
    {"position.harmonic", "A", "", T_why_too_few_actors},
    {"position.eigenvector", "", "", T_why_no_actors},
    {"position.eigenvector", "AAA", "", T_why_no_ties},
    {"position.pagerank", "", "", T_why_no_actors},
    {"position.coreness", "", "", T_why_no_actors},
    {"position.constraint", "", "", T_why_no_actors},
    {"position.constraint", "AA", "", T_why_no_ties},
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

START_TEST(strength_of_several_kinds_is_undefined)
{
    measured m;
    mlg_graph *graph = graph_fixture("AA", "0-1:2");
    graph->several_kinds = true;
    measured_open(&m, graph);
    ck_assert_int_eq(measured_value(&m, "position.strength")->undefined, T_why_several_kinds);
    measured_close(&m);
}
END_TEST

START_TEST(eigenvector_says_that_it_leaves_actors_out)
{
    measured m;
    measured_open(&m, graph_fixture("AAA", "0-1"));
    ck_assert_int_eq(measured_value(&m, "position.eigenvector")->caution, T_caution_main_component);
    measured_close(&m);
    measured_open(&m, graph_fixture("AAA", "0-1 1-2"));
    ck_assert_int_eq(measured_value(&m, "position.eigenvector")->caution, T_none);
    measured_close(&m);
}
END_TEST

START_TEST(eigenvector_keeps_its_digits_far_from_the_hub)
{
    /* A hub of 40 pendants and a tail of 20: the last score is near 1e-16 of the hub's. */
    char sectors[64], ties[1024] = "";
    measured m;
    double slow[64];

    memset(sectors, 'A', 61);
    sectors[61] = '\0';
    for (int v = 1; v <= 60; v++) {
        char tie[16];
        snprintf(tie, sizeof tie, "%d-%d ", v <= 41 ? 0 : v - 1, v);
        strcat(ties, tie);
    }
    measured_open(&m, graph_fixture(sectors, ties));
    const double *score = measured_value(&m, "position.eigenvector")->column[MLG_VALUE];
    slow_eigenvector(&m.graph->ties, 0, slow);
    ck_assert_double_lt(score[60], 1e-14);
    for (int v = 0; v < 61; v++) {
        ck_assert_double_gt(score[v], 0.0);
        ck_assert_double_eq_tol(score[v] / slow[v], 1.0, 1e-9);
    }
    measured_close(&m);
}
END_TEST

/* ---- conventions ------------------------------------------------------------- */

START_TEST(sna_and_igraph_count_a_mutual_contact_twice)
{
    const char *const programs[] = {"sna", "igraph", "ucinet"};
    measured m;
    measured_open(&m, graph_fixture("AAA", "0>1 1>0 1>2"));
    m.run.convention = programs[_i];
    const mlg_value *degree = measured_value(&m, "position.degree");
    ck_assert_double_eq(degree->column[MLG_VALUE][1], _i < 2 ? 3.0 : 2.0);
    ck_assert_str_eq(degree->convention, _i < 2 ? "freeman" : "weak");
    const mlg_value *between = measured_value(&m, "position.betweenness");
    ck_assert_str_eq(between->convention, _i < 2 ? "arcs" : "weak");
    ck_assert_ptr_nonnull(mlg_value_part_find(between, _i < 2 ? "weak" : "arcs"));
    measured_close(&m);
}
END_TEST

/* ---- values of other programs -------------------------------------------------- */

static const struct {
    const char *row, *graph, *id, *part;
    int actors[6]; /* the row's array is of these; -1 first: of all, in their order */
} reference_cases[] = {
    {"zach.betw", "zachary", "position.betweenness", NULL, {0, 33, 32, 2, 31}},
    {"zach.constraint", "zachary", "position.constraint", NULL, {0, 33, 11, 8}},
    {"zach.constraint_w", "zachary", "position.constraint", "weighted", {0, 33, 11, 8}},
    {"kite.degree", "kite", "position.degree", NULL, {-1}},
    {"kite.betw", "kite", "position.betweenness", NULL, {-1}},
    {"kite.harm", "kite", "position.harmonic", NULL, {-1}},
    {"kite.constraint", "kite", "position.constraint", NULL, {-1}},
    {"davis.newman_strength", "davis", "position.strength", NULL, {-1}},
};

START_TEST(measure_of_actors_equals_another_program_s)
{
    measured m;
    json_t *row = reference_value(reference_cases[_i].row);
    measured_open(&m, reference_graph(reference_cases[_i].graph));
    const mlg_value *value = measured_value(&m, reference_cases[_i].id);
    const double *found = reference_cases[_i].part == NULL
                              ? value->column[MLG_VALUE]
                              : mlg_value_part_find(value, reference_cases[_i].part);
    for (size_t k = 0; k < json_array_size(row); k++) {
        const size_t v =
            reference_cases[_i].actors[0] < 0 ? k : (size_t) reference_cases[_i].actors[k];
        const double expected = json_number_value(json_array_get(row, k));
        ck_assert_msg(fabs(found[v] - expected) < 1e-9, "%s, actor %zu: %.12g, expected %.12g",
                      reference_cases[_i].row, v, found[v], expected);
    }
    ck_assert_uint_gt(json_array_size(row), 3);
    json_decref(row);
    measured_close(&m);
}
END_TEST

START_TEST(florentine_families_have_the_scores_of_other_programs)
{
    const char *const rows[] = {"flo.betw", "flo.constraint"};
    const char *const ids[] = {"position.betweenness", "position.constraint"};
    measured m;
    json_t *row = reference_value(rows[_i]), *expected = NULL;
    const char *family = NULL;

    measured_open(&m, reference_graph("florentine"));
    const double *found = measured_value(&m, ids[_i])->column[MLG_VALUE];
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

START_TEST(zachary_s_inner_core_has_ten_members)
{
    measured m;
    json_t *row = reference_value("zach.kcore");
    double deepest = 0.0;
    int members = 0;

    measured_open(&m, reference_graph("zachary"));
    const mlg_value *core = measured_value(&m, "position.coreness");
    for (size_t v = 0; v < core->n; v++) {
        deepest = fmax(deepest, core->column[MLG_VALUE][v]);
    }
    for (size_t v = 0; v < core->n; v++) {
        members += core->column[MLG_VALUE][v] >= deepest;
    }
    ck_assert_double_eq(deepest, json_number_value(json_array_get(row, 0)));
    ck_assert_int_eq(members, (int) json_integer_value(json_array_get(row, 1)));
    json_decref(row);
    measured_close(&m);
}
END_TEST

/* igraph is the slow twin of our kernels. */
START_TEST(weighted_constraint_of_a_directed_network_is_igraph_s)
{
    measured m;
    igraph_t arcs;
    igraph_vector_t weight, expected;

    measured_open(&m, reference_graph("emon_wichita"));
    const mlg_value *value = measured_value(&m, "position.constraint");
    ck_assert_int_eq(mlg_graph_to_igraph(m.graph, true, &arcs, &weight, NULL), MLG_OK);
    igraph_vector_init(&expected, 0);
    ck_assert_int_eq(igraph_constraint(&arcs, &expected, igraph_vss_all(), &weight),
                     IGRAPH_SUCCESS);
    const double *weighted = mlg_value_part_find(value, "weighted");
    for (int32_t v = 0; v < m.graph->n; v++) {
        const double isolate = isnan(VECTOR(expected)[v]) ? 1 : 0;
        ck_assert_int_eq(isnan(weighted[v]) ? 1 : 0, (int) isolate);
        ck_assert(isolate > 0 || fabs(weighted[v] - VECTOR(expected)[v]) < 1e-9);
    }
    igraph_vector_destroy(&expected);
    igraph_vector_destroy(&weight);
    igraph_destroy(&arcs);
    measured_close(&m);
}
END_TEST

START_TEST(pagerank_and_eigenvector_of_a_network_are_igraph_s)
{
    measured m;
    igraph_t arcs, ties;
    igraph_vector_t arc_weight, tie_weight, expected;
    igraph_arpack_options_t options;

    measured_open(&m, reference_graph("emon_hurrfrederic"));
    ck_assert_int_eq(mlg_graph_to_igraph(m.graph, true, &arcs, &arc_weight, NULL), MLG_OK);
    ck_assert_int_eq(mlg_graph_to_igraph(m.graph, false, &ties, &tie_weight, NULL), MLG_OK);
    igraph_vector_init(&expected, 0);
    ck_assert_int_eq(igraph_pagerank(&arcs, IGRAPH_PAGERANK_ALGO_PRPACK, &expected, NULL,
                                     igraph_vss_all(), true, 0.85, &arc_weight, NULL),
                     IGRAPH_SUCCESS);
    const mlg_value *rank = measured_value(&m, "position.pagerank");
    for (size_t v = 0; v < rank->n; v++) {
        ck_assert_double_eq_tol(rank->column[MLG_VALUE][v], VECTOR(expected)[v], 1e-9);
    }
    igraph_arpack_options_init(&options);
    ck_assert_int_eq(
        igraph_eigenvector_centrality(&ties, &expected, NULL, false, true, &tie_weight, &options),
        IGRAPH_SUCCESS);
    const mlg_value *leading = measured_value(&m, "position.eigenvector");
    for (size_t v = 0; v < leading->n; v++) {
        ck_assert_double_eq_tol(leading->column[MLG_VALUE][v], VECTOR(expected)[v], 1e-9);
    }
    igraph_vector_destroy(&expected);
    igraph_vector_destroy(&arc_weight);
    igraph_vector_destroy(&tie_weight);
    igraph_destroy(&arcs);
    igraph_destroy(&ties);
    measured_close(&m);
}
END_TEST

/* ---- slow twins and laws ------------------------------------------------------- */

static mlg_graph *draw_graph(const char *what, int i)
{
    mlg_random draw = mlg_random_stream(19, "position", what, (uint64_t) i);
    const int32_t n = 2 + (int32_t) mlg_random_below(&draw, 19);
    const size_t m = mlg_random_below(&draw, (uint32_t) n * 3);
    return random_graph(&draw, n, m, 2, i % 2 == 1, i % 3 == 0);
}

static void assert_near(const char *id, size_t v, double found, double expected)
{
    ck_assert_msg((isnan(found) && isnan(expected)) || fabs(found - expected) < 1e-9,
                  "%s of actor %zu: %.12g, expected %.12g", id, v, found, expected);
}

START_TEST(measures_of_actors_agree_with_their_definitions)
{
    measured m;
    int32_t core[32];
    double slow[32];

    measured_open(&m, draw_graph("twin", _i));
    const mlg_graph *graph = m.graph;
    slow_coreness(&graph->ties, core);
    const double *found = measured_value(&m, "position.coreness")->column[MLG_VALUE];
    for (int32_t v = 0; v < graph->n; v++) {
        assert_near("coreness", (size_t) v, found[v], core[v]);
    }
    found = measured_value(&m, "position.harmonic")->column[MLG_VALUE];
    for (int32_t v = 0; v < graph->n; v++) {
        assert_near("harmonic", (size_t) v, found[v], slow_harmonic(&graph->ties, v));
    }
    slow_pagerank(&graph->arcs, 0.85, slow);
    found = measured_value(&m, "position.pagerank")->column[MLG_VALUE];
    for (int32_t v = 0; v < graph->n; v++) {
        assert_near("pagerank", (size_t) v, found[v], slow[v]);
    }
    slow_betweenness(&graph->ties, true, slow);
    found = measured_value(&m, "position.betweenness")->column[MLG_VALUE];
    for (int32_t v = 0; v < graph->n; v++) {
        assert_near("betweenness", (size_t) v, found[v], slow[v]);
    }
    measured_close(&m);
}
END_TEST

START_TEST(constraint_agrees_with_its_definition)
{
    measured m;

    measured_open(&m, draw_graph("constraint", _i));
    const mlg_graph *graph = m.graph;
    const mlg_value *value = measured_value(&m, "position.constraint");
    const double *weighted = mlg_value_part_find(value, "weighted");
    ck_assert_int_eq(weighted != NULL, graph->weighted && graph->n_ties > 0);
    for (size_t v = 0; v < value->n; v++) {
        assert_near("constraint", v, value->column[MLG_VALUE][v],
                    slow_constraint(&graph->arcs, false, (int32_t) v));
        if (weighted != NULL) {
            assert_near("weighted constraint", v, weighted[v],
                        slow_constraint(&graph->arcs, true, (int32_t) v));
        }
    }
    measured_close(&m);
}
END_TEST

START_TEST(constraint_reads_the_shorter_list_of_a_pair)
{
    /* A hub of 300, of whom a few know each other: every pair is worked on from its side. */
    enum { N = 301 };
    const mlg_run run = MLG_RUN_INIT;
    mlg_random draw = mlg_random_stream(19, "position", "hub", (uint64_t) _i);
    int32_t from[N + 60], to[N + 60];
    double weight[N + 60];
    size_t m = 0;
    mlg_graph *graph = NULL;
    mlg_redundancy found;

    for (; m < N - 1; m++) {
        from[m] = 0;
        to[m] = (int32_t) m + 1;
        weight[m] = 1 + (double) mlg_random_below(&draw, 4);
    }
    for (; m < N + 59; m++) {
        from[m] = 1 + (int32_t) mlg_random_below(&draw, N - 1);
        to[m] = 1 + (int32_t) mlg_random_below(&draw, N - 1);
        weight[m] = 1 + (double) mlg_random_below(&draw, 4);
    }
    ck_assert_int_eq(mlg_graph_from_ties(N, from, to, weight, m, false, NULL, 0, &graph, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_redundancy_of(&graph->ties, NULL, graph->ties.weight, &run, &found, NULL),
                     MLG_OK);
    for (int32_t v = 0; v < N; v += 20) {
        assert_near("constraint", (size_t) v, found.weighed.constraint[v],
                    slow_constraint(&graph->ties, true, v));
        assert_near("constraint", (size_t) v, found.counted.constraint[v],
                    slow_constraint(&graph->ties, false, v));
    }
    mlg_redundancy_free(&found);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(eigenvector_agrees_with_powers_of_the_adjacency)
{
    measured m;
    double slow[32] = {0};

    measured_open(&m, draw_graph("eigenvector", _i));
    const mlg_value *value = measured_value(&m, "position.eigenvector");
    int32_t biggest = 0;
    for (int32_t v = 0; v < m.graph->n; v++) {
        const int32_t size = slow_component_size(&m.graph->ties, v);
        biggest = size > biggest ? size : biggest;
    }
    for (size_t v = 0; v < value->n; v++) {
        if (slow_component_size(&m.graph->ties, (int32_t) v) < biggest) {
            ck_assert_double_nan(value->column[MLG_VALUE][v]);
        } else {
            if (slow[v] == 0.0) { /* that of the component, the same from any of its actors */
                slow_eigenvector(&m.graph->ties, (int32_t) v, slow);
            }
            assert_near("eigenvector", v, value->column[MLG_VALUE][v], slow[v]);
        }
    }
    measured_close(&m);
}
END_TEST

static bool is_position(const mlg_measure *row)
{
    return strncmp(row->id, "position.", 9) == 0;
}

/* The same graph under other numbers. */
static mlg_graph *renumbered(const mlg_graph *graph, const int32_t *place)
{
    int32_t from[512], to[512], sector[64];
    double weight[512];
    size_t m = 0;
    mlg_graph *out = NULL;
    const mlg_csr *arcs = &graph->arcs;

    for (int32_t v = 0; v < graph->n; v++) {
        sector[place[v]] = graph->sector[v];
    }
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t e = arcs->offset[v]; e < arcs->offset[v + 1]; e++, m++) {
            from[m] = place[v];
            to[m] = place[arcs->target[e]];
            weight[m] = arcs->weight != NULL ? arcs->weight[e] : 1.0;
        }
    }
    ck_assert_int_eq(mlg_graph_from_ties(graph->n, from, to, graph->weighted ? weight : NULL, m,
                                         graph->directed, sector, graph->n_sectors, &out, NULL),
                     MLG_OK);
    return out;
}

START_TEST(other_numbers_move_the_scores_with_their_actors)
{
    measured a, b;
    mlg_random draw = mlg_random_stream(19, "position", "renumber", (uint64_t) _i);

    measured_open(&a, draw_graph("law", _i));
    int32_t *place = random_order(&draw, a.graph->n);
    measured_open(&b, renumbered(a.graph, place));
    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        if (!is_position(row)) {
            continue;
        }
        const mlg_value *x = measured_value(&a, row->id), *y = measured_value(&b, row->id);
        ck_assert_uint_eq(x->n, y->n);
        ck_assert_int_eq(x->undefined, y->undefined);
        for (size_t v = 0; v < x->n; v++) {
            assert_near(row->id, v, y->column[MLG_VALUE][place[v]], x->column[MLG_VALUE][v]);
            for (size_t p = 0; p < x->n_parts; p++) {
                assert_near(x->part[p].name, v, y->part[p].values[place[v]], x->part[p].values[v]);
            }
        }
    }
    mlg_free(place);
    measured_close(&a);
    measured_close(&b);
}
END_TEST

START_TEST(measures_of_actors_bear_every_shape)
{
    measured m;
    measured_open(&m, measured_shape(_i));
    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        if (is_position(row)) {
            measured_value(&m, row->id); /* checks it */
        }
    }
    measured_close(&m);
}
END_TEST

START_TEST(one_and_two_threads_give_the_same_scores)
{
    mlg_random draw = mlg_random_stream(19, "position", "threads", 0);
    measured one, two;

    measured_open(&one, random_graph(&draw, 1500, 4000, 4, true, true));
    draw = mlg_random_stream(19, "position", "threads", 0);
    measured_open(&two, random_graph(&draw, 1500, 4000, 4, true, true));
    two.run.threads = 2;
    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        if (is_position(row)) {
            const mlg_value *x = measured_value(&one, row->id), *y = measured_value(&two, row->id);
            ck_assert_msg(
                memcmp(x->column[MLG_VALUE], y->column[MLG_VALUE], 1500 * sizeof(double)) == 0,
                "%s", row->id);
            for (size_t p = 0; p < x->n_parts; p++) {
                ck_assert_mem_eq(x->part[p].values, y->part[p].values, 1500 * sizeof(double));
            }
        }
    }
    measured_close(&one);
    measured_close(&two);
}
END_TEST

START_TEST(measures_of_actors_survive_any_allocation_failing)
{
    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        bool failed = is_position(row);
        for (long n = 0; failed; n++) {
            measured m;
            measured_open(&m, graph_fixture("ABAABA", "0>1:2 1>2 2>0 2>3 3>4 4>5 5>3"));
            failed = measured_fails(m.context, 0, row->id, n, &m.values);
            measured_close(&m);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("position");
    TCase *worked = tcase_create("worked by hand");
    tcase_add_loop_test(worked, measure_of_actors_matches_hand_worked_case, 0,
                        (int) (sizeof cases / sizeof *cases));
    tcase_add_loop_test(worked, undefined_measure_of_actors_says_why, 0,
                        (int) (sizeof undefined_cases / sizeof *undefined_cases));
    tcase_add_test(worked, strength_of_several_kinds_is_undefined);
    tcase_add_test(worked, eigenvector_says_that_it_leaves_actors_out);
    tcase_add_test(worked, eigenvector_keeps_its_digits_far_from_the_hub);
    tcase_add_loop_test(worked, sna_and_igraph_count_a_mutual_contact_twice, 0, 3);
    suite_add_tcase(suite, worked);
    TCase *programs = tcase_create("other programs");
    tcase_add_loop_test(programs, measure_of_actors_equals_another_program_s, 0,
                        (int) (sizeof reference_cases / sizeof *reference_cases));
    tcase_add_loop_test(programs, florentine_families_have_the_scores_of_other_programs, 0, 2);
    tcase_add_test(programs, zachary_s_inner_core_has_ten_members);
    tcase_add_test(programs, weighted_constraint_of_a_directed_network_is_igraph_s);
    tcase_add_test(programs, pagerank_and_eigenvector_of_a_network_are_igraph_s);
    suite_add_tcase(suite, programs);
    TCase *laws = tcase_create("slow twins and laws");
    tcase_set_timeout(laws, 30);
    tcase_add_loop_test(laws, measures_of_actors_agree_with_their_definitions, 0, 200);
    tcase_add_loop_test(laws, constraint_agrees_with_its_definition, 0, 200);
    tcase_add_loop_test(laws, constraint_reads_the_shorter_list_of_a_pair, 0, 3);
    tcase_add_loop_test(laws, eigenvector_agrees_with_powers_of_the_adjacency, 0, 200);
    tcase_add_loop_test(laws, other_numbers_move_the_scores_with_their_actors, 0, 40);
    tcase_add_loop_test(laws, measures_of_actors_bear_every_shape, 0, MEASURED_SHAPES);
    tcase_add_test(laws, one_and_two_threads_give_the_same_scores);
    tcase_add_test(laws, measures_of_actors_survive_any_allocation_failing);
    suite_add_tcase(suite, laws);
    return suite_run(suite);
}
