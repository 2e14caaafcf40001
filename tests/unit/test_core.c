/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "maillage/network.h"
#include "measure/superiors.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_core.h"
#include "suite.h"

/* Core and periphery, and Krackhardt's dimensions of hierarchy. */

/* ---- worked by hand ---------------------------------------------------------- */

static const struct {
    const char *what, *id, *part, *sectors, *ties;
    double expected;
} cases[] = {
    {"two in the core, three hanging on it", "network.core_periphery", NULL, "AAAAA",
     "0-1 0-2 0-3 1-4", 1},
    {"their number", "network.core_periphery", "size", "AAAAA", "0-1 0-2 0-3 1-4", 2},
    {"all are tied", "network.core_periphery", "core_density", "AAAAA", "0-1 0-2 0-3 1-4", 1},
    {"half of the pairs across", "network.core_periphery", "between_density", "AAAAA",
     "0-1 0-2 0-3 1-4", .5},
    {"none of the others", "network.core_periphery", "rim_density", "AAAAA", "0-1 0-2 0-3 1-4", 0},
    {"every set was tried", "network.core_periphery", "proven", "AAAAA", "0-1 0-2 0-3 1-4", 1},
    {"a star is all core to rim", "network.core_periphery", "one", "AAAAA", "0-1 0-2 0-3 0-4", 1},
    {"one whole", "network.gtd.connectedness", NULL, "AAAA", "0-1 1-2 2-3", 1},
    {"1 of 3 pairs", "network.gtd.connectedness", NULL, "AAA", "0-1", 1.0 / 3},
    {"a tree runs one way", "network.gtd.hierarchy", NULL, "AAAA", "0>1 0>2 1>3", 1},
    {"a ring both", "network.gtd.hierarchy", NULL, "AAA", "0>1 1>2 2>0", 0},
    {"of 3 pairs one is mutual", "network.gtd.hierarchy", NULL, "AAA", "0>1 1>0 1>2", 2.0 / 3},
    {"pairs with one arc", "network.gtd.hierarchy", "reciprocity", "AAA", "0>1 1>0 1>2", 1.0 / 3},
    {"a tree has none to spare", "network.gtd.efficiency", NULL, "AAAA", "0>1 0>2 1>3", 1},
    {"one arc of four", "network.gtd.efficiency", NULL, "AAA", "0>1 1>0 1>2", .75},
    {"one tie of one", "network.gtd.efficiency", NULL, "AAA", "0-1 1-2 2-0", 0},
    {"ties of a directed triangle", "network.gtd.efficiency", "links", "AAA", "0>1 1>2 2>0", 0},
    {"a tree has one superior a pair", "network.gtd.lub", NULL, "AAAA", "0>1 0>2 1>3", 1},
    {"two heads have none: 1 pair of 1", "network.gtd.lub", NULL, "AAA", "0>2 1>2", 0},
    /* 3 and 4 below two of equal rank: 1 pair of 6 has no least superior, though one head */
    {"two of equal rank", "network.gtd.lub", NULL, "AAAAA", "0>1 0>2 1>3 2>3 1>4 2>4", 5.0 / 6},
    {"which sna forgives", "network.gtd.lub", "foremost", "AAAAA", "0>1 0>2 1>3 2>3 1>4 2>4", 1},
    /* two heads above one middle: 1 pair of 6; in sna the three pairs below as well */
    {"two heads, one middle", "network.gtd.lub", NULL, "AAAAA", "0>2 1>2 2>3 2>4", 5.0 / 6},
    {"which sna does not", "network.gtd.lub", "foremost", "AAAAA", "0>2 1>2 2>3 2>4", 1.0 / 3},
    {"a chain turned round", "network.gtd.lub", NULL, "AAAA", "1>0 2>0 3>0", 0},
};

START_TEST(measure_matches_hand_worked_case)
{
    measured m;
    measured_open(&m, graph_fixture(cases[_i].sectors, cases[_i].ties));
    const double found = cases[_i].part == NULL ? measured_scalar(&m, cases[_i].id)
                                                : measured_part(&m, cases[_i].id, cases[_i].part);
    ck_assert_msg(fabs(found - cases[_i].expected) < 1e-12, "%s, %s: %.15g", cases[_i].id,
                  cases[_i].what, found);
    measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *sectors, *ties;
    mlg_text_key why;
} undefined_cases[] = {
    {"network.core_periphery", "", "", T_why_too_few_actors},
    {"network.core_periphery", "AAA", "0-1", T_why_too_few_actors},
    {"network.core_periphery", "AAAA", "", T_why_no_ties},
    {"network.core_periphery", "AAAA", "0-1 0-2 0-3 1-2 1-3 2-3", T_why_no_variance},
    {"network.gtd.connectedness", "A", "", T_why_too_few_actors},
    {"network.gtd.hierarchy", "AAA", "0-1 1-2", T_why_not_directed},
    {"network.gtd.efficiency", "AAAA", "0-1 2-3", T_why_no_three},
    {"network.gtd.efficiency", "AAAA", "0>1 2>3", T_why_no_three},
    {"network.gtd.lub", "AAA", "0-1 1-2", T_why_not_directed},
    {"network.gtd.lub", "AAAA", "0>1 2>3", T_why_no_three},
};

START_TEST(undefined_measure_says_why)
{
    measured m;
    measured_open(&m, graph_fixture(undefined_cases[_i].sectors, undefined_cases[_i].ties));
    mlg_text_key why = mlg_context_lacks(m.context, mlg_measure_find(undefined_cases[_i].id), 0);
    if (why == T_none) {
        why = measured_value(&m, undefined_cases[_i].id)->undefined;
    }
    ck_assert_msg(why == undefined_cases[_i].why, "%s: %s", undefined_cases[_i].id,
                  mlg_text_name(why));
    measured_close(&m);
}
END_TEST

START_TEST(members_of_the_core_follow_its_fit)
{
    const double members[] = {1, 1, 0, 0, 0};
    measured m;
    measured_open(&m, graph_fixture("AAAAA", "0-1 0-2 0-3 1-4"));
    measured_value(&m, "network.core_periphery");
    ck_assert_uint_eq(m.values.n, 2);
    const mlg_value *core = &m.values.items[1];
    ck_assert_int_eq(core->shape, MLG_VECTOR);
    ck_assert_int_eq(core->scope, MLG_SCOPE_ACTOR);
    ck_assert_mem_eq(core->column[MLG_VALUE], members, sizeof members);
    measured_close(&m);
}
END_TEST

START_TEST(what_the_draws_say)
{
    measured m;
    /* a star is the only graph with its degrees: nothing to draw */
    measured_open(&m, graph_fixture("AAAAA", "0-1 0-2 0-3 0-4"));
    const mlg_value *star = measured_value(&m, "network.core_periphery");
    ck_assert_ptr_null(star->column[MLG_P]);
    ck_assert_ptr_null(star->null_model);
    measured_close(&m);
    /* hubs that stay apart, each with a ring of its own: degrees alone would tie them */
    measured_open(&m, graph_fixture("AAAAAAAAAA", "0-2 0-3 0-4 0-5 1-6 1-7 1-8 1-9 2-3 6-7"));
    const mlg_value *apart = measured_value(&m, "network.core_periphery");
    ck_assert_uint_eq(apart->draws, 99);
    ck_assert_str_eq(apart->null_model, "degrees");
    ck_assert_double_gt(apart->column[MLG_P][0], 0.05);
    measured_close(&m);
    /* participations have no draws */
    measured_open(&m, graph_fixture_two_mode("AABB | 0,1,2; 1,3", MLG_PROJECT_COUNT));
    ck_assert_ptr_null(measured_value(&m, "network.core_periphery")->column[MLG_P]);
    measured_close(&m);
}
END_TEST

/* Eight of many contacts all tied to each other, though their contacts would let them not be. */
START_TEST(a_planted_core_is_found)
{
    int32_t from[128], to[128];
    size_t n = 0;
    measured m;
    mlg_graph *graph = NULL;

    for (int32_t a = 0; a < 8; a++) {
        for (int32_t b = 0; b < a; b++, n++) {
            from[n] = a;
            to[n] = b;
        }
    }
    for (int32_t v = 8; v < 40; v++, n++) { /* the others in pairs, some hang on the core */
        from[n] = v;
        to[n] = v % 4 == 0 ? v % 8 : v < 39 ? v + 1 : 8;
    }
    ck_assert_int_eq(mlg_graph_from_ties(40, from, to, NULL, n, false, NULL, 0, &graph, NULL),
                     MLG_OK);
    measured_open(&m, graph);
    m.run.draws = 199;
    const mlg_value *value = measured_value(&m, "network.core_periphery");
    ck_assert_double_eq(mlg_value_part_find(value, "size")[0], 8);
    ck_assert_double_eq(mlg_value_part_find(value, "proven")[0], 0);
    ck_assert_double_le(value->column[MLG_P][0], 0.05);
    for (int32_t v = 0; v < 40; v++) {
        ck_assert_double_eq(m.values.items[1].column[MLG_VALUE][v], v < 8);
    }
    measured_close(&m);
}
END_TEST

START_TEST(sna_s_hierarchy_and_bounds_are_sna_s)
{
    measured m;
    measured_open(&m, graph_fixture("AAAAA", "0>1 0>2 1>3 2>3 1>4 2>4"));
    m.run.convention = "sna";
    ck_assert_double_eq_tol(measured_scalar(&m, "network.gtd.hierarchy"), .6, 1e-12);
    ck_assert_double_eq(measured_scalar(&m, "network.gtd.lub"), 1.0);
    ck_assert_str_eq(measured_value(&m, "network.gtd.lub")->convention, "foremost");
    measured_close(&m);
}
END_TEST

/* ---- values of other programs -------------------------------------------------- */

static const struct {
    const char *row, *graph, *part;
    mlg_core_pattern pattern;
} cores[] = {
    {"kite.cp_missing", "kite", NULL, MLG_CORE_MISSING},
    {"kite.cp_one", "kite", "one", MLG_CORE_ONE},
    {"kite.cp_0.5", "kite", "half", MLG_CORE_HALF},
    {"flo.cp_missing", "florentine", NULL, MLG_CORE_MISSING},
    {"flo.cp_one", "florentine", "one", MLG_CORE_ONE},
};

/* Is the core one of a row's: lists of 0 and 1, or of names? */
static bool is_listed(const mlg_core *core, json_t *sets, const char *graph, int32_t n)
{
    bool found = false;

    for (size_t s = 0; s < json_array_size(sets); s++) {
        json_t *set = json_array_get(sets, s);
        const bool named = json_is_string(json_array_get(set, 0));
        bool same = !named || (int32_t) json_array_size(set) == core->size;
        for (int32_t v = 0; !named && v < n; v++) {
            same = same && json_integer_value(json_array_get(set, (size_t) v)) == core->in[v];
        }
        for (size_t k = 0; named && k < json_array_size(set); k++) {
            same = same &&
                   core->in[reference_actor(graph, json_string_value(json_array_get(set, k)))] == 1;
        }
        found = found || same;
    }
    return found;
}

START_TEST(cores_of_small_networks_are_those_of_enumeration_elsewhere)
{
    measured m;
    mlg_core core = {0};
    json_t *row = reference_value(cores[_i].row);
    const double expected = json_number_value(json_array_get(row, 0));

    measured_open(&m, reference_graph(cores[_i].graph));
    const mlg_value *value = measured_value(&m, "network.core_periphery");
    const double found = cores[_i].part == NULL ? value->column[MLG_VALUE][0]
                                                : mlg_value_part_find(value, cores[_i].part)[0];
    ck_assert_double_eq_tol(found, expected, 1e-9);
    ck_assert_int_eq(mlg_core_enumerate(&m.graph->ties, cores[_i].pattern, &core, NULL), MLG_OK);
    ck_assert_double_eq(core.optima, (double) json_array_size(json_array_get(row, 1)));
    ck_assert(is_listed(&core, json_array_get(row, 1), cores[_i].graph, m.graph->n));
    mlg_core_free(&core);
    json_decref(row);
    measured_close(&m);
}
END_TEST

START_TEST(zachary_s_best_prefixes_are_those_of_another_program)
{
    const char *const rows[] = {"zach.cp_prefix_missing", "zach.cp_prefix_one"};
    mlg_graph *graph = reference_graph("zachary");
    mlg_core core = {0};
    json_t *row = reference_value(rows[_i]);

    ck_assert_int_eq(mlg_core_prefix(&graph->ties, (mlg_core_pattern) _i, &core, NULL), MLG_OK);
    ck_assert_double_eq_tol(core.fit, json_number_value(json_array_get(row, 0)), 1e-9);
    ck_assert_int_eq(core.size, (int) json_integer_value(json_array_get(row, 1)));
    ck_assert_int_eq(mlg_core_improve(&graph->ties, (mlg_core_pattern) _i, &core, NULL), MLG_OK);
    ck_assert_double_ge(core.fit, json_number_value(json_array_get(row, 0)) - 1e-9);
    mlg_core_free(&core);
    json_decref(row);
    mlg_graph_free(graph);
}
END_TEST

static const char *const emon[][2] = {{"emon_cheyenne", "emon.Cheyenne.gtd"},
                                      {"emon_hurrfrederic", "emon.HurrFrederic.gtd"},
                                      {"emon_mtsthelens", "emon.MtStHelens.gtd"},
                                      {"emon_wichita", "emon.Wichita.gtd"}};

START_TEST(dimensions_of_emon_are_sna_s)
{
    const char *const ids[] = {"network.gtd.connectedness", "network.gtd.hierarchy",
                               "network.gtd.efficiency", "network.gtd.lub"};
    const char *const parts[] = {NULL, "krackhardt", NULL, "foremost"};
    json_t *row = reference_value(emon[_i][1]);
    measured m;

    measured_open(&m, reference_graph(emon[_i][0]));
    for (size_t k = 0; k < 4; k++) {
        const double found =
            parts[k] == NULL ? measured_scalar(&m, ids[k]) : measured_part(&m, ids[k], parts[k]);
        ck_assert_double_eq_tol(found, json_number_value(json_array_get(row, k)), 1e-9);
    }
    json_decref(row);
    measured_close(&m);
}
END_TEST

/* ---- slow twins and laws ------------------------------------------------------- */

static mlg_graph *draw_graph(const char *what, int i, uint32_t most)
{
    mlg_random draw = mlg_random_stream(29, "core", what, (uint64_t) i);
    const int32_t n = 2 + (int32_t) mlg_random_below(&draw, most - 1);
    const size_t m = mlg_random_below(&draw, (uint32_t) n * 2);
    return random_graph(&draw, n, m, 2, i % 2 == 1, false);
}

static void assert_near(const char *what, double found, double expected)
{
    ck_assert_msg((isnan(found) && isnan(expected)) || fabs(found - expected) < 1e-9,
                  "%s: %.12g, expected %.12g", what, found, expected);
}

START_TEST(cores_agree_with_their_definition)
{
    mlg_graph *graph = draw_graph("twin", _i, 10);
    for (int p = 0; p < MLG_CORE_PATTERNS; p++) {
        mlg_core core = {0}, searched = {0};
        double optima = 0.0;
        const double best = slow_core_best(&graph->ties, (mlg_core_pattern) p, &optima);
        ck_assert_int_eq(mlg_core_enumerate(&graph->ties, (mlg_core_pattern) p, &core, NULL),
                         MLG_OK);
        assert_near("best", core.fit, best);
        if (!isnan(best)) {
            uint32_t set = 0;
            for (int32_t v = 0; v < graph->n; v++) {
                set |= (uint32_t) core.in[v] << v;
            }
            assert_near("optima", core.optima, optima);
            assert_near("told", slow_core_fit(&graph->ties, (mlg_core_pattern) p, set), best);
        }
        ck_assert_int_eq(mlg_core_prefix(&graph->ties, (mlg_core_pattern) p, &searched, NULL),
                         MLG_OK);
        const double before = searched.fit;
        ck_assert_int_eq(mlg_core_improve(&graph->ties, (mlg_core_pattern) p, &searched, NULL),
                         MLG_OK);
        ck_assert(!(searched.fit > best + 1e-9) && !(searched.fit < before - 1e-9));
        mlg_core_free(&core);
        mlg_core_free(&searched);
    }
    mlg_graph_free(graph);
}
END_TEST

START_TEST(prefixes_of_ties_and_of_lists_are_the_same)
{
    mlg_graph *graph = draw_graph("prefix", _i, 40);
    int32_t *rank = mlg_alloc((size_t) graph->n, sizeof *rank), size = 0;
    uint32_t *gain = mlg_alloc(2 * (size_t) graph->n, sizeof *gain);
    mlg_pair tie[256];
    size_t m = 0;
    mlg_core core = {0};

    ck_assert(rank != NULL && gain != NULL);
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t e = graph->ties.offset[v]; e < graph->ties.offset[v + 1]; e++) {
            if (graph->ties.target[e] < v) {
                tie[m++] = (mlg_pair){(uint32_t) v, (uint32_t) graph->ties.target[e]};
            }
        }
    }
    ck_assert_int_eq(mlg_core_rank(&graph->ties, rank, NULL), MLG_OK);
    ck_assert_int_eq(mlg_core_prefix(&graph->ties, MLG_CORE_MISSING, &core, NULL), MLG_OK);
    assert_near("prefix",
                mlg_core_prefix_fit(tie, m, rank, graph->n, MLG_CORE_MISSING, gain, &size),
                core.fit);
    ck_assert_int_eq(size, core.size);
    mlg_core_free(&core);
    mlg_free(rank);
    mlg_free(gain);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(dimensions_agree_with_their_definitions)
{
    measured m;
    mlg_random draw = mlg_random_stream(29, "core", "gtd", (uint64_t) _i);
    const int32_t n = 2 + (int32_t) mlg_random_below(&draw, 12);

    measured_open(
        &m, random_graph(&draw, n, mlg_random_below(&draw, (uint32_t) n * 2), 2, true, false));
    const mlg_graph *graph = m.graph;
    if (graph->directed) {
        assert_near("hierarchy", measured_scalar(&m, "network.gtd.hierarchy"),
                    slow_one_way(&graph->arcs));
        assert_near("lub", measured_scalar(&m, "network.gtd.lub"),
                    slow_upper_bounds(&graph->arcs, &graph->ties, false));
        const double foremost = measured_part(&m, "network.gtd.lub", "foremost");
        assert_near("foremost", foremost, slow_upper_bounds(&graph->arcs, &graph->ties, true));
    }
    measured_close(&m);
}
END_TEST

START_TEST(the_members_and_the_draws_survive_any_allocation_failing)
{
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status != MLG_OK; n++) {
        measured m;
        mlg_error err = {MLG_OK, ""};
        mlg_random draw = mlg_random_stream(29, "core", "fail", 0);
        measured_open(&m, random_graph(&draw, 24, 50, 2, _i == 1, false));
        mlg_alloc_fails_at = n;
        status = mlg_network_core_periphery(m.context, 0, &m.values, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == MLG_OK || status == MLG_ENOMEM, "%s", err.message);
        ck_assert(status == MLG_OK || (m.values.n == 0 && err.message[0] != '\0'));
        measured_close(&m);
    }
}
END_TEST

START_TEST(one_and_two_threads_give_the_same_p)
{
    measured m[2];
    double p[2];
    for (int t = 0; t < 2; t++) {
        mlg_random draw = mlg_random_stream(29, "core", "threads", 0);
        measured_open(&m[t], random_graph(&draw, 60, 150, 2, false, false));
        m[t].run.threads = t + 1;
        p[t] = measured_value(&m[t], "network.core_periphery")->column[MLG_P][0];
    }
    ck_assert_double_eq(p[0], p[1]);
    ck_assert_mem_eq(m[0].values.items[1].column[MLG_VALUE], m[1].values.items[1].column[MLG_VALUE],
                     60 * sizeof(double));
    measured_close(&m[0]);
    measured_close(&m[1]);
}
END_TEST

/* A chain of 5,000, each above the next: more sets than are told apart unasked. */
START_TEST(many_ranks_are_too_many_unless_forced)
{
    enum { N = MLG_MOST_STRONG + 4 };
    int32_t *from = mlg_alloc(N, sizeof *from), *to = mlg_alloc(N, sizeof *to);
    mlg_graph *graph = NULL;
    measured m;
    mlg_error err = {MLG_OK, ""};

    ck_assert(from != NULL && to != NULL);
    for (int32_t v = 0; v < N - 1; v++) {
        from[v] = v;
        to[v] = v + 1;
    }
    ck_assert_int_eq(mlg_graph_from_ties(N, from, to, NULL, N - 1, true, NULL, 0, &graph, NULL),
                     MLG_OK);
    measured_open(&m, graph);
    ck_assert_int_eq(mlg_network_gtd_lub(m.context, 0, &m.values, &err), MLG_ESIZE);
    m.run.force = true;
    ck_assert_double_eq(measured_scalar(&m, "network.gtd.hierarchy"), 1.0);
    measured_close(&m);
    mlg_free(from);
    mlg_free(to);
}
END_TEST

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

int main(void)
{
    Suite *suite = suite_create("core");
    TCase *worked = tcase_create("worked by hand");
    tcase_add_loop_test(worked, measure_matches_hand_worked_case, 0, N_OF(cases));
    tcase_add_loop_test(worked, undefined_measure_says_why, 0, N_OF(undefined_cases));
    tcase_add_test(worked, members_of_the_core_follow_its_fit);
    tcase_add_test(worked, what_the_draws_say);
    tcase_add_test(worked, a_planted_core_is_found);
    tcase_add_test(worked, sna_s_hierarchy_and_bounds_are_sna_s);
    suite_add_tcase(suite, worked);
    TCase *programs = tcase_create("other programs");
    tcase_add_loop_test(programs, cores_of_small_networks_are_those_of_enumeration_elsewhere, 0,
                        N_OF(cores));
    tcase_add_loop_test(programs, zachary_s_best_prefixes_are_those_of_another_program, 0, 2);
    tcase_add_loop_test(programs, dimensions_of_emon_are_sna_s, 0, 4);
    suite_add_tcase(suite, programs);
    TCase *laws = tcase_create("slow twins and laws");
    tcase_set_timeout(laws, 60);
    tcase_add_loop_test(laws, cores_agree_with_their_definition, 0, 60);
    tcase_add_loop_test(laws, prefixes_of_ties_and_of_lists_are_the_same, 0, 100);
    tcase_add_loop_test(laws, dimensions_agree_with_their_definitions, 0, 200);
    tcase_add_loop_test(laws, the_members_and_the_draws_survive_any_allocation_failing, 0, 2);
    tcase_add_test(laws, one_and_two_threads_give_the_same_p);
    tcase_add_test(laws, many_ranks_are_too_many_unless_forced);
    suite_add_tcase(suite, laws);
    return suite_run(suite);
}
