/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/network.h"

#include <igraph.h>
#include <math.h>
#include <string.h>

#include "graph/engine.h"
#include "graph_fixture.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_betweenness.h"
#include "slow_position.h"
#include "suite.h"

/* ---- worked by hand ---------------------------------------------------------- */

static const struct {
    const char *what, *id, *part, *sectors, *ties; /* part NULL: the value itself */
    double expected;
} cases[] = {
    {"isolates are actors", "network.actors", NULL, "AB?", "0-1", 3},
    {"both directions are one tie", "network.ties", NULL, "AAA", "0>1 1>0 1>2", 2},
    {"arcs are counted apart", "network.ties", "arcs", "AAA", "0>1 1>0 1>2", 3},
    {"two of three pairs", "network.density", NULL, "AAA", "0-1 1-2", 2.0 / 3},
    {"three of six arcs", "network.density", NULL, "AAA", "0>1 1>0 1>2", .5},
    {"arcs as pairs", "network.density", "weak", "AAA", "0>1 1>0 1>2", 2.0 / 3},
    {"an isolate is a piece", "network.components", NULL, "AAAAAA", "0-1 1-2 3-4", 3},
    {"the largest piece", "network.components", "largest", "AAAAAA", "0-1 1-2 3-4", 3},
    {"the next one", "network.components", "second", "AAAAAA", "0-1 1-2 3-4", 2},
    {"two of one size", "network.components", "second", "AAAA", "0-1 2-3", 2},
    {"no other", "network.components", "second", "AA", "0-1", 0},
    {"half of the actors", "network.components", "largest_share", "AAAAAA", "0-1 1-2 3-4", .5},
    {"4 of 15 pairs are joined", "network.components", "fragmentation", "AAAAAA", "0-1 1-2 3-4",
     11.0 / 15},
    {"no actor is in no piece", "network.components", NULL, "", "", 0},
    {"arcs join either way", "network.components", NULL, "AAA", "0>1 2>1", 1},
    {"two isolates", "network.isolates", NULL, "AAAA", "0-1", 2},
    {"half isolated", "network.isolates", "share", "AAAA", "0-1", .5},
    {"an arc received is a tie", "network.isolates", NULL, "AA", "0>1", 0},
    {"a triangle is closed", "network.transitivity", NULL, "AAA", "0-1 1-2 2-0", 1},
    {"a star is open", "network.transitivity", NULL, "AAAA", "0-1 0-2 0-3", 0},
    {"a triangle with a pendant", "network.transitivity", NULL, "AAAA", "0-1 1-2 2-0 2-3", .6},
    {"its triangle", "network.transitivity", "triangles", "AAAA", "0-1 1-2 2-0 2-3", 1},
    {"its paths", "network.transitivity", "two_paths", "AAAA", "0-1 1-2 2-0 2-3", 5},
    {"direction is left out", "network.transitivity", NULL, "AAA", "0>1 1>2 2>0", 1},
    {"path of three", "network.efficiency", NULL, "AAA", "0-1 1-2", 5.0 / 6},
    {"who is not reached adds nothing", "network.efficiency", NULL, "AAA", "0-1", 1.0 / 3},
    {"weights are not distances", "network.efficiency", NULL, "AAA", "0-1:4 1-2:0.5", 5.0 / 6},
    {"one of two pairs is mutual", "network.reciprocity", NULL, "AAA", "0>1 1>0 1>2", 2.0 / 3},
    {"mutual pairs", "network.reciprocity", "mutual", "AAA", "0>1 1>0 1>2", 1},
    {"one-way pairs", "network.reciprocity", "one_way", "AAA", "0>1 1>0 1>2", 1},
    {"mutual or empty", "network.reciprocity", "dyadic", "AAA", "0>1 1>0 1>2", 2.0 / 3},
    {"a star rests on one", "network.centralization.degree", NULL, "AAAA", "0-1 0-2 0-3", 1},
    {"a cycle on nobody", "network.centralization.degree", NULL, "AAAA", "0-1 1-2 2-3 3-0", 0},
    {"without a tie on nobody", "network.centralization.degree", NULL, "AAA", "", 0},
    {"density stands beside", "network.centralization.degree", "density", "AAAA", "0-1 0-2 0-3",
     .5},
    {"path of four", "network.centralization.degree", NULL, "AAAA", "0-1 1-2 2-3", 1.0 / 3},
    {"an out-star", "network.centralization.degree", "out", "AAA", "0>1 0>2", 1},
    {"received in it", "network.centralization.degree", "in", "AAA", "0>1 0>2", .25},
    {"both together", "network.centralization.degree", "freeman", "AAA", "0>1 0>2", .5},
    {"a hub between all", "network.centralization.betweenness", NULL, "AAAA", "0-1 0-2 0-3", 1},
    {"path of four: two share", "network.centralization.betweenness", NULL, "AAAA", "0-1 1-2 2-3",
     4.0 / 9},
    {"density beside it", "network.centralization.betweenness", "density", "AAAA", "0-1 0-2 0-3",
     .5},
    {"a directed path", "network.centralization.betweenness", "arcs", "AAA", "0>1 1>2", .5},
};

START_TEST(measure_of_the_network_matches_hand_worked_case)
{
    measured m;
    measured_open(&m, graph_fixture(cases[_i].sectors, cases[_i].ties));
    const double found = cases[_i].part == NULL ? measured_scalar(&m, cases[_i].id)
                                                : measured_part(&m, cases[_i].id, cases[_i].part);
    ck_assert_msg(fabs(found - cases[_i].expected) < 1e-12, "%s, %s: %g", cases[_i].id,
                  cases[_i].what, found);
    measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *sectors, *ties;
    mlg_text_key why;
} undefined_cases[] = {
    {"network.density", "A", "", T_why_too_few_actors},
    {"network.density", "", "", T_why_too_few_actors},
    {"network.transitivity", "AA", "0-1", T_why_no_two_paths},
    {"network.transitivity", "", "", T_why_no_two_paths},
    {"network.efficiency", "A", "", T_why_too_few_actors},
    {"network.efficiency", "", "", T_why_too_few_actors},
    {"network.reciprocity", "AAA", "0-1", T_why_not_directed},
    {"network.centralization.degree", "AA", "0-1", T_why_too_few_actors},
    {"network.centralization.betweenness", "AA", "0-1", T_why_too_few_actors},
};

START_TEST(undefined_measure_says_why)
{
    measured m;
    measured_open(&m, graph_fixture(undefined_cases[_i].sectors, undefined_cases[_i].ties));
    const mlg_value *value = measured_value(&m, undefined_cases[_i].id);
    ck_assert_msg(value->undefined == undefined_cases[_i].why, "%s: %s", undefined_cases[_i].id,
                  mlg_text_name(value->undefined));
    ck_assert_double_nan(value->column[MLG_VALUE][0]);
    ck_assert_uint_eq(value->n_parts, 0);
    measured_close(&m);
}
END_TEST

/* ---- conventions ------------------------------------------------------------- */

START_TEST(sna_s_reciprocity_is_dyadic)
{
    measured m;
    measured_open(&m, graph_fixture("AAAA", "0>1 1>0 1>2"));
    ck_assert_str_eq(measured_value(&m, "network.reciprocity")->convention, "arcs");
    m.run.convention = "sna";
    const mlg_value *value = measured_value(&m, "network.reciprocity");
    ck_assert_str_eq(value->convention, "dyadic");
    ck_assert_double_eq_tol(value->column[MLG_VALUE][0], 5.0 / 6, 1e-15);
    measured_close(&m);
}
END_TEST

START_TEST(sna_s_centralization_follows_arcs_on_directed_views_only)
{
    measured m;
    measured_open(&m, reference_graph("emon_wichita"));
    m.run.convention = "sna";
    const mlg_value *degree = measured_value(&m, "network.centralization.degree");
    ck_assert_str_eq(degree->convention, "freeman");
    ck_assert_double_eq(degree->column[MLG_VALUE][0], mlg_value_part_find(degree, "freeman")[0]);
    const mlg_value *betweenness = measured_value(&m, "network.centralization.betweenness");
    ck_assert_str_eq(betweenness->convention, "arcs");
    ck_assert_double_eq(betweenness->column[MLG_VALUE][0],
                        mlg_value_part_find(betweenness, "arcs")[0]);
    measured_close(&m);

    measured_open(&m, reference_graph("kite"));
    m.run.convention = "sna";
    ck_assert_str_eq(measured_value(&m, "network.centralization.degree")->convention, "weak");
    measured_close(&m);
}
END_TEST

/* igraph's own default: loops count in the divisor. */
static double degree_by_igraph(const mlg_graph *graph)
{
    igraph_t ties;
    igraph_real_t found = NAN, most = NAN;

    ck_assert_int_eq(mlg_graph_to_igraph(graph, graph->directed, &ties, NULL, NULL), MLG_OK);
    ck_assert_int_eq(igraph_centralization_degree(&ties, NULL, IGRAPH_ALL, IGRAPH_LOOPS, &found,
                                                  &most, /* normalized= */ true),
                     IGRAPH_SUCCESS);
    igraph_destroy(&ties);
    return found;
}

START_TEST(igraph_s_centralization_is_igraph_s)
{
    const char *const names[] = {"zachary", "kite", "emon_wichita", "star10"};
    measured m;
    measured_open(&m, reference_graph(names[_i]));
    m.run.convention = "igraph";
    const mlg_value *value = measured_value(&m, "network.centralization.degree");
    ck_assert_str_eq(value->convention, "loops");
    ck_assert_double_eq_tol(value->column[MLG_VALUE][0], degree_by_igraph(m.graph), 1e-12);
    measured_close(&m);
}
END_TEST

/* ---- values of other programs -------------------------------------------------- */

static const struct {
    const char *row, *graph, *id, *part;
    int at; /* in the row's array, -1: the row is a number */
} reference_cases[] = {
    {"zach.n_m", "zachary", "network.actors", NULL, 0},
    {"zach.n_m", "zachary", "network.ties", NULL, 1},
    {"kite.n_m", "kite", "network.actors", NULL, 0},
    {"kite.n_m", "kite", "network.ties", NULL, 1},
    {"davis.n_m", "davis", "network.actors", NULL, 0},
    {"davis.n_m", "davis", "network.actors", "activities", 1},
    {"davis.n_m", "davis", "network.ties", "participations", 2},
    {"davis.proj_edges", "davis", "network.ties", NULL, 0},
    {"zach.density", "zachary", "network.density", NULL, -1},
    {"zach.trans", "zachary", "network.transitivity", NULL, -1},
    {"zach.eff", "zachary", "network.efficiency", NULL, -1},
    {"kite.eff", "kite", "network.efficiency", NULL, -1},
    {"flo.eff", "florentine", "network.efficiency", NULL, -1},
    {"zach.cent_deg", "zachary", "network.centralization.degree", NULL, -1},
    {"zach.cent_betw", "zachary", "network.centralization.betweenness", NULL, -1},
    {"kite.cent", "kite", "network.centralization.degree", NULL, 0},
    {"kite.cent", "kite", "network.centralization.betweenness", NULL, 1},
    {"zach.F_DF", "zachary", "network.components", "fragmentation", 0},
    {"flo16.F_DF", "florentine16", "network.components", "fragmentation", 0},
    {"anchor.star10", "star10", "network.efficiency", NULL, 2},
    {"anchor.cycle10", "cycle10", "network.efficiency", NULL, 2},
    {"anchor.complete10", "complete10", "network.efficiency", NULL, 2},
    {"anchor.path10", "path10", "network.efficiency", NULL, 2},
    {"anchor.path10", "path10", "network.components", "fragmentation", 0},
    {"gov.nao_star20", "star20", "network.density", NULL, 0},
    {"gov.nao_star20", "star20", "network.centralization.degree", NULL, 1},
    {"gov.nao_star20", "star20", "network.centralization.betweenness", NULL, 2},
    {"gov.shared_K20", "complete20", "network.density", NULL, 0},
    {"gov.shared_K20", "complete20", "network.centralization.degree", NULL, 1},
    {"gov.shared_K20", "complete20", "network.centralization.betweenness", NULL, 2},
    {"gov.lead_wheel20", "wheel20", "network.density", NULL, 0},
    {"gov.lead_wheel20", "wheel20", "network.centralization.degree", NULL, 1},
    {"gov.lead_wheel20", "wheel20", "network.centralization.betweenness", NULL, 2},
};

START_TEST(measure_of_the_network_equals_another_program_s)
{
    measured m;
    json_t *row = reference_value(reference_cases[_i].row);
    measured_open(&m, reference_graph(reference_cases[_i].graph));
    const double found = reference_cases[_i].part == NULL
                             ? measured_scalar(&m, reference_cases[_i].id)
                             : measured_part(&m, reference_cases[_i].id, reference_cases[_i].part);
    const double expected = json_number_value(
        reference_cases[_i].at < 0 ? row : json_array_get(row, (size_t) reference_cases[_i].at));
    ck_assert_msg(fabs(found - expected) < 1e-9, "%s of %s: %.12g, expected %.12g",
                  reference_cases[_i].id, reference_cases[_i].row, found, expected);
    json_decref(row);
    measured_close(&m);
}
END_TEST

static const char *const emon[][2] = {{"emon_cheyenne", "emon.Cheyenne"},
                                      {"emon_hurrfrederic", "emon.HurrFrederic"},
                                      {"emon_mtsthelens", "emon.MtStHelens"},
                                      {"emon_wichita", "emon.Wichita"}};

/* at < 0: the row is a number */
static void expect(double found, const char *set, const char *row, int at)
{
    char id[64];
    snprintf(id, sizeof id, "%s.%s", set, row);
    json_t *value = reference_value(id);
    const double expected = json_number_value(at < 0 ? value : json_array_get(value, (size_t) at));
    ck_assert_msg(fabs(found - expected) < 1e-9, "%s: %.13g, expected %.13g", id, found, expected);
    json_decref(value);
}

START_TEST(emon_equals_sna)
{
    const char *set = emon[_i][1];
    measured m;

    measured_open(&m, reference_graph(emon[_i][0]));
    expect(measured_scalar(&m, "network.actors"), set, "nm", 0);
    expect(measured_part(&m, "network.ties", "arcs"), set, "nm", 1);
    expect(measured_scalar(&m, "network.ties"), set, "und", 0);
    expect(measured_scalar(&m, "network.density"), set, "density", -1);
    expect(measured_scalar(&m, "network.reciprocity"), set, "recip", -1);
    expect(measured_scalar(&m, "network.efficiency"), set, "eff", -1);
    expect(1.0 - measured_scalar(&m, "network.efficiency"), set, "F_DF", 1);
    expect(measured_part(&m, "network.components", "fragmentation"), set, "F_DF", 0);
    expect(measured_part(&m, "network.centralization.degree", "freeman"), set, "cent", 0);
    expect(measured_part(&m, "network.centralization.degree", "in"), set, "cent", 1);
    expect(measured_part(&m, "network.centralization.degree", "out"), set, "cent", 2);
    expect(measured_part(&m, "network.centralization.betweenness", "arcs"), set, "cent", 3);
    m.run.convention = "sna";
    expect(measured_scalar(&m, "network.centralization.degree"), set, "cent", 0);
    expect(measured_scalar(&m, "network.centralization.betweenness"), set, "cent", 3);
    measured_close(&m);
}
END_TEST

START_TEST(davis_has_its_two_mode_density)
{
    measured m;
    measured_open(&m, reference_graph("davis"));
    ck_assert_double_eq_tol(measured_part(&m, "network.density", "two_mode"), 0.3531746032,
                            1e-9); /* networkx 2.8.8 */
    ck_assert_int_eq(measured_value(&m, "network.transitivity")->undefined, T_why_projected);
    measured_close(&m);
}
END_TEST

/* ---- slow twins and laws ------------------------------------------------------- */

static mlg_graph *draw_graph(const char *what, int i)
{
    mlg_random draw = mlg_random_stream(17, "network", what, (uint64_t) i);
    const int32_t n = 3 + (int32_t) mlg_random_below(&draw, 22);
    const size_t m = mlg_random_below(&draw, (uint32_t) n * 3);
    return random_graph(&draw, n, m, 2, i % 2 == 1, i % 3 == 0);
}

static void assert_near(double found, double expected)
{
    ck_assert_msg((isnan(found) && isnan(expected)) || fabs(found - expected) < 1e-9,
                  "%.12g, expected %.12g", found, expected);
}

START_TEST(measures_of_the_network_agree_with_their_definitions)
{
    measured m;
    double b[32], largest = 0.0, gap = 0.0;

    measured_open(&m, draw_graph("twin", _i));
    const mlg_csr *ties = &m.graph->ties;
    const double n = m.graph->n;
    assert_near(measured_scalar(&m, "network.efficiency"), slow_efficiency(ties));
    assert_near(measured_scalar(&m, "network.transitivity"), slow_transitivity(ties));
    assert_near(measured_scalar(&m, "network.components"), slow_components(ties));
    slow_betweenness(ties, true, b);
    for (int32_t v = 0; v < m.graph->n; v++) {
        largest = fmax(largest, b[v]);
    }
    for (int32_t v = 0; v < m.graph->n; v++) {
        gap += largest - b[v];
    }
    assert_near(measured_scalar(&m, "network.centralization.betweenness"),
                gap / ((n - 1) * (n - 1) * (n - 2) / 2));
    if (m.graph->directed) {
        slow_matrix a = slow_dense(&m.graph->arcs, false);
        double mutual = 0.0, arcs = 0.0;
        for (int32_t i = 0; i < m.graph->n; i++) {
            for (int32_t j = 0; j < m.graph->n; j++) {
                arcs += *slow_cell(&a, i, j);
                mutual += *slow_cell(&a, i, j) * *slow_cell(&a, j, i);
            }
        }
        assert_near(measured_scalar(&m, "network.reciprocity"), arcs > 0 ? mutual / arcs : NAN);
        assert_near(measured_scalar(&m, "network.density"), arcs / (n * (n - 1)));
        slow_matrix_free(&a);
    }
    measured_close(&m);
}
END_TEST

/* The same graph under other numbers. */
static mlg_graph *renumbered(const mlg_graph *graph, const int32_t *place)
{
    static int32_t from[1024], to[1024], sector[64];
    static double weight[1024];
    size_t m = 0;
    mlg_graph *out = NULL;
    const mlg_csr *arcs = &graph->arcs;

    for (int32_t v = 0; v < graph->n; v++) {
        sector[place[v]] = graph->sector[v];
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

START_TEST(other_numbers_change_no_measure_of_the_network)
{
    measured a, b;
    mlg_random draw = mlg_random_stream(17, "network", "renumber", (uint64_t) _i);

    measured_open(&a, draw_graph("law", _i));
    int32_t *place = random_order(&draw, a.graph->n);
    measured_open(&b, renumbered(a.graph, place));
    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        if (strncmp(row->id, "network.", 8) == 0 && row->shape == MLG_SCALAR) {
            const mlg_value *x = measured_value(&a, row->id), *y = measured_value(&b, row->id);
            assert_near(x->column[MLG_VALUE][0], y->column[MLG_VALUE][0]);
            ck_assert_int_eq(x->undefined, y->undefined);
            ck_assert_uint_eq(x->n_parts, y->n_parts);
            /* which of several best cores is told, and which of equal actors comes first, is by
             * number */
            const size_t same = strcmp(row->id, "network.core_periphery") == 0 ? 2 : x->n_parts;
            for (size_t p = 0; p < x->n_parts && p < same; p++) {
                assert_near(x->part[p].values[0], y->part[p].values[0]);
            }
        }
    }
    mlg_free(place);
    measured_close(&a);
    measured_close(&b);
}
END_TEST

START_TEST(measures_of_the_network_bear_every_shape)
{
    measured m;
    measured_open(&m, measured_shape(_i));
    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        if (strncmp(row->id, "network.", 8) == 0) {
            measured_value(&m, row->id); /* checks it */
        }
    }
    measured_close(&m);
}
END_TEST

/* ---- faults ------------------------------------------------------------------ */

START_TEST(measures_of_the_network_survive_any_allocation_failing)
{
    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        if (strncmp(row->id, "network.", 8) != 0) {
            continue;
        }
        bool failed = true;
        for (long n = 0; failed; n++) {
            measured m;
            measured_open(&m, graph_fixture("AAAAAA", "0>1 1>2 2>0 2>3 3>4 4>5 5>3"));
            failed = measured_fails(m.context, 0, row->id, n, &m.values);
            measured_close(&m);
        }
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("network");
    TCase *worked = tcase_create("worked by hand");
    tcase_add_loop_test(worked, measure_of_the_network_matches_hand_worked_case, 0,
                        (int) (sizeof cases / sizeof *cases));
    tcase_add_loop_test(worked, undefined_measure_says_why, 0,
                        (int) (sizeof undefined_cases / sizeof *undefined_cases));
    suite_add_tcase(suite, worked);
    TCase *conventions = tcase_create("conventions");
    tcase_add_test(conventions, sna_s_reciprocity_is_dyadic);
    tcase_add_test(conventions, sna_s_centralization_follows_arcs_on_directed_views_only);
    tcase_add_loop_test(conventions, igraph_s_centralization_is_igraph_s, 0, 4);
    suite_add_tcase(suite, conventions);
    TCase *programs = tcase_create("other programs");
    tcase_add_loop_test(programs, measure_of_the_network_equals_another_program_s, 0,
                        (int) (sizeof reference_cases / sizeof *reference_cases));
    tcase_add_loop_test(programs, emon_equals_sna, 0, 4);
    tcase_add_test(programs, davis_has_its_two_mode_density);
    suite_add_tcase(suite, programs);
    TCase *laws = tcase_create("slow twins and laws");
    tcase_add_loop_test(laws, measures_of_the_network_agree_with_their_definitions, 0, 200);
    tcase_add_loop_test(laws, other_numbers_change_no_measure_of_the_network, 0, 40);
    tcase_add_loop_test(laws, measures_of_the_network_bear_every_shape, 0, MEASURED_SHAPES);
    tcase_add_test(laws, measures_of_the_network_survive_any_allocation_failing);
    suite_add_tcase(suite, laws);
    return suite_run(suite);
}
