/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/rewired.h"

#include <math.h>
#include <string.h>

#include "graph_fixture.h"
#include "measured.h"
#include "random_graph.h"
#include "slow_silo.h"
#include "suite.h"

static const char *const with_second[] = {"silo.ei", "silo.ei_group", "silo.mixing",
                                          "silo.assortativity", "silo.modularity"};
enum { N_SECOND = sizeof with_second / sizeof *with_second };

/* The measure's value under "degrees"; the one under "labels" stands before it. */
static const mlg_value *second_value(measured *m, const char *id)
{
    measured_value(m, id);
    const mlg_value *kept = mlg_values_find_null(&m->values, id, 0, "degrees");
    ck_assert_msg(kept != NULL, "%s has no second value", id);
    ck_assert(mlg_values_find_null(&m->values, id, 0, "labels") < kept);
    ck_assert_ptr_ne(mlg_values_find(&m->values, id, 0), kept);
    measured_check(kept);
    return kept;
}

static double number(const mlg_value *value, mlg_value_column column)
{
    return value->column[column][0];
}

/* ---- by hand ------------------------------------------------------------------------- */

/* Four actors in a ring have three rings: two of them have two ties inside A A B B, so that the
 * index is 0, and one has none, so that it is 1. */
START_TEST(rings_of_four_are_those_by_hand)
{
    measured m;
    measured_open(&m, graph_fixture("AABB", "0-1 1-2 2-3 3-0"));
    m.run.draws = 9999;
    const mlg_value *ei = second_value(&m, "silo.ei");
    ck_assert_double_eq(number(ei, MLG_VALUE), 0.0);
    ck_assert_double_eq_tol(number(ei, MLG_EXPECTED), 1.0 / 3.0, 0.02);
    ck_assert_double_eq_tol(number(ei, MLG_SD), sqrt(2.0) / 3.0, 0.01);
    ck_assert_double_eq_tol(number(ei, MLG_P), 2.0 / 3.0, 0.02);
    ck_assert_double_eq(number(ei, MLG_LOW), 0.0);
    ck_assert_double_eq(number(ei, MLG_HIGH), 1.0);
    ck_assert_uint_eq(ei->draws, 9999);
    ck_assert_str_eq(ei->p_method, "draws");
    ck_assert_str_eq(ei->tail, "less");
    ck_assert_int_eq(ei->caution, T_caution_small_sample);
    measured_close(&m);
}
END_TEST

/* ---- against every graph with the same degrees ------------------------------------------- */

static const struct {
    const char *sectors, *ties;
} cases[] = {
    {"AAABBC", "0-1 0-2 1-2 2-3 3-4 4-5"},
    {"AABBCC", "0-1 0-2 0-3 2-3 4-5 1-4 3-5"},
    {"AABBC", "0>1 1>2 2>0 2>3 3>4 4>0 0>3"},
    {"A AB B BC C", "0-1 1-2 2-3 3-4 4-0 0-2"},
    {"A AB B BC C", "0>1 1>0 1>2 2>3 3>4 4>1"},
    {"AAB?B", "0-1 1-2 2-4 4-0 3-0 3-1"}, /* the actor without a sector is left out */
};

static mlg_graph *case_graph(int i)
{
    return strchr(cases[i].sectors, ' ') != NULL ? fixture_several(cases[i].sectors, cases[i].ties)
                                                 : graph_fixture(cases[i].sectors, cases[i].ties);
}

/* A graph as bits over pairs of actors, and what it says: mean and share as low. */
typedef struct all_graphs {
    const mlg_graph *graph;
    bool tied[6][6], observed[6][6];
    double sum, as_low, n;
    double own; /* the observed statistic */
    slow_statistic *statistic;
    int32_t a, b;
} all_graphs;

/* The statistic of the graph whose ties are `tied`, by the naive twin on a graph made anew: the
 * sectors and sets of the first one are lent to it. */
static double statistic_of(const all_graphs *all)
{
    int32_t from[36], to[36];
    size_t m = 0;
    mlg_graph *made = NULL;
    const mlg_graph *g = all->graph;
    for (int32_t v = 0; v < g->n; v++) {
        for (int32_t w = g->directed ? 0 : v + 1; w < g->n; w++) {
            if (all->tied[v][w]) {
                from[m] = v;
                to[m++] = w;
            }
        }
    }
    ck_assert_int_eq(mlg_graph_from_ties(g->n, from, to, NULL, m, g->directed, g->sector,
                                         g->n_sectors, &made, NULL),
                     MLG_OK);
    const mlg_csr own = made->sector_set;
    made->sector_set = g->sector_set;
    const double value = all->statistic(made, NULL, all->a, all->b);
    made->sector_set = own;
    mlg_graph_free(made);
    return value;
}

static bool same_degrees(const all_graphs *all)
{
    bool same = true;
    for (int32_t v = 0; v < all->graph->n; v++) {
        int out = 0, in = 0;
        for (int32_t w = 0; w < all->graph->n; w++) {
            out += all->tied[v][w] - all->observed[v][w];
            in += all->tied[w][v] - all->observed[w][v];
        }
        same = same && out == 0 && in == 0;
    }
    return same;
}

/* Sets the pairs from number `pair` on every way there is. */
static void every_graph(all_graphs *all, int32_t pair)
{
    const int32_t n = all->graph->n, v = pair / n, w = pair % n;
    if (pair == n * n) {
        if (same_degrees(all)) {
            const double value = statistic_of(all);
            all->n += 1.0;
            all->sum += value;
            all->as_low += value <= all->own + 1e-12;
        }
        return;
    }
    const bool asked = v != w && (all->graph->directed || v < w) && all->graph->sector[v] >= 0 &&
                       all->graph->sector[w] >= 0;
    if (!asked) { /* of ties, v > w was set with w < v */
        every_graph(all, pair + 1);
        return;
    }
    for (int bit = 0; bit <= 1; bit++) {
        all->tied[v][w] = bit != 0;
        if (!all->graph->directed) {
            all->tied[w][v] = bit != 0;
        }
        every_graph(all, pair + 1);
    }
}

static all_graphs null_of(const mlg_graph *graph, slow_statistic *statistic, int32_t a, int32_t b)
{
    all_graphs all = {.graph = graph, .statistic = statistic, .a = a, .b = b};
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < graph->n; w++) {
            all.observed[v][w] = graph->sector[v] >= 0 && graph->sector[w] >= 0 &&
                                 mlg_csr_find(&graph->arcs, v, w) > 0.0;
        }
    }
    all.own = statistic(graph, NULL, a, b);
    every_graph(&all, 0);
    ck_assert(all.n > 1.0);
    return all;
}

/* Row i of the second value against the whole null: within five standard errors. */
static void check_null(const mlg_value *kept, size_t i, all_graphs all)
{
    const double sd = kept->column[MLG_SD][i], root = sqrt(kept->draws);
    ck_assert_double_eq_tol(kept->column[MLG_VALUE][i], all.own, 1e-12);
    ck_assert_double_eq_tol(kept->column[MLG_EXPECTED][i], all.sum / all.n, 5.0 * sd / root + 1e-9);
    if (strcmp(kept->tail, "less") == 0) {
        const double p = all.as_low / all.n;
        ck_assert_double_eq_tol(kept->column[MLG_P][i], p,
                                5.0 * sqrt(p * (1.0 - p)) / root + 1.0 / kept->draws);
    }
}

START_TEST(second_values_are_those_of_all_graphs)
{
    measured m;
    measured_open(&m, case_graph(_i));
    m.run.draws = 9999;
    const mlg_value *ei = second_value(&m, "silo.ei");
    check_null(ei, 0, null_of(m.graph, slow_ei, 0, 0));
    const mlg_value *group = second_value(&m, "silo.ei_group");
    for (size_t a = 0; a < group->n; a++) {
        check_null(group, a, null_of(m.graph, slow_ei_group, (int32_t) a, 0));
    }
    if (!m.graph->directed) { /* else their ties are another graph than the arcs */
        const mlg_value *r = second_value(&m, "silo.assortativity");
        check_null(r, 0, null_of(m.graph, slow_assortativity, 0, 0));
        const mlg_value *q = second_value(&m, "silo.modularity");
        check_null(q, 0, null_of(m.graph, slow_modularity, 0, 0));
    }
    const mlg_value *mixing = second_value(&m, "silo.mixing");
    const int32_t s = m.graph->n_sectors;
    check_null(mixing, 1, null_of(m.graph, slow_mixing_cell, 0, 1));
    check_null(mixing, (size_t) s, null_of(m.graph, slow_mixing_cell, 1, 0));
    check_null(mixing, 0, null_of(m.graph, slow_mixing_cell, 0, 0));
    measured_close(&m);
}
END_TEST

/* ---- laws ------------------------------------------------------------------------------- */

/* The more ties inside, the lower E-I and the higher r and Q: one p, on the same draws. */
START_TEST(what_rises_together_has_one_p)
{
    mlg_random random = mlg_random_stream((uint64_t) _i, "test_rewired", "one", 0);
    measured m;
    measured_open(&m, random_graph(&random, 30, 70, 3, false, false));
    const double p = number(second_value(&m, "silo.ei"), MLG_P);
    ck_assert_double_eq(number(second_value(&m, "silo.assortativity"), MLG_P), p);
    ck_assert_double_eq(number(second_value(&m, "silo.modularity"), MLG_P), p);
    measured_close(&m);
}
END_TEST

START_TEST(threads_change_nothing)
{
    for (int v = 0; v < N_SECOND; v++) {
        measured one, many;
        mlg_random random = mlg_random_stream(3, "test_rewired", "threads", 0), again = random;
        measured_open(&one, random_graph(&random, 30, 90, 4, _i == 1, false));
        measured_open(&many, random_graph(&again, 30, 90, 4, _i == 1, false));
        many.run.threads = 3;
        const mlg_value *a = second_value(&one, with_second[v]);
        const mlg_value *b = second_value(&many, with_second[v]);
        ck_assert_uint_eq(a->n, b->n);
        ck_assert_mem_eq(a->column[MLG_P], b->column[MLG_P], a->n * sizeof(double));
        ck_assert_mem_eq(a->column[MLG_SD], b->column[MLG_SD], a->n * sizeof(double));
        measured_close(&one);
        measured_close(&many);
    }
}
END_TEST

/* ---- when there is nothing to say ----------------------------------------------------------- */

START_TEST(a_star_has_no_other_graph)
{
    measured m;
    measured_open(&m, _i == 0 ? graph_fixture("ABBCA", "0-1 0-2 0-3 0-4")
                              : graph_fixture("ABBCA", "0>1 0>2 0>3 0>4"));
    for (int v = 0; v < N_SECOND; v++) {
        const mlg_value *kept = second_value(&m, with_second[v]);
        ck_assert_int_eq(kept->undefined, T_why_one_graph);
        ck_assert_int_eq(mlg_values_find(&m.values, with_second[v], 0)->undefined, T_none);
    }
    measured_close(&m);
}
END_TEST

START_TEST(weights_actors_and_participations_have_no_second_value)
{
    measured m;
    measured_open(&m, graph_fixture("AABB", "0-1:2 1-2:1 2-3:3 3-0:1"));
    measured_value(&m, "silo.ei_weighted");
    measured_value(&m, "silo.ei_actor");
    ck_assert_uint_eq(m.values.n, 2);
    measured_close(&m);

    measured_open(&m, graph_fixture_two_mode("AABB | 0,1,2; 1,3; 2,3", MLG_PROJECT_NEWMAN));
    for (int v = 0; v < N_SECOND; v++) {
        ck_assert_str_eq(measured_value(&m, with_second[v])->null_model, "margins");
    }
    ck_assert_uint_eq(m.values.n, N_SECOND);
    measured_close(&m);

    measured_open(&m, graph_fixture("AABB", ""));
    for (int v = 0; v < N_SECOND; v++) {
        ck_assert_int_eq(measured_value(&m, with_second[v])->undefined, T_why_no_ties);
    }
    ck_assert_uint_eq(m.values.n, N_SECOND);
    measured_close(&m);
}
END_TEST

/* A hundred draws of 2 m steps would pass the bound: said, and nothing drawn. */
START_TEST(too_much_work_is_said)
{
    enum { N = 6000, APART = 60 };
    measured m;
    int32_t *from = calloc(N * APART, sizeof *from), *to = calloc(N * APART, sizeof *to);
    int32_t *sector = calloc(N, sizeof *sector);
    mlg_graph *graph = NULL;
    ck_assert(from != NULL && to != NULL && sector != NULL);
    for (int32_t i = 0; i < N * APART; i++) {
        from[i] = i / APART;
        to[i] = (i / APART + 1 + i % APART) % N;
    }
    for (int32_t v = 0; v < N; v++) {
        sector[v] = v % 7;
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(N, from, to, NULL, (size_t) N * APART, false, sector, 7, &graph, NULL),
        MLG_OK);
    measured_open(&m, graph);
    ck_assert_int_eq(second_value(&m, "silo.ei")->undefined, T_why_too_large);
    measured_close(&m);
    free(from);
    free(to);
    free(sector);
}
END_TEST

/* ---- what the two nulls say ------------------------------------------------------------------ */

enum { ACTORS = 60, STUDIES = 100 };

/* Ties whose odds are the product of the actors' weights, so that all graphs with the same degrees
 * are alike: the first fifteen, of one sector, weigh four times as much as others. Or, of
 * equal weights, three times as often inside sectors of fifteen. */
static mlg_graph *planted(uint64_t seed, bool hubs)
{
    mlg_random random = mlg_random_stream(seed, "test_rewired", hubs ? "hubs" : "silos", 0);
    int32_t from[ACTORS * ACTORS], to[ACTORS * ACTORS], sector[ACTORS];
    size_t m = 0;
    mlg_graph *graph = NULL;
    for (int32_t v = 0; v < ACTORS; v++) {
        sector[v] = v / 15;
    }
    for (int32_t v = 0; v < ACTORS; v++) {
        for (int32_t w = v + 1; w < ACTORS; w++) {
            const double odds = 0.03 * (v < 15 ? 4.0 : 1.0) * (w < 15 ? 4.0 : 1.0);
            const double by_sector = sector[v] == sector[w] ? 0.21 : 0.07;
            if (mlg_random_unit(&random) < (hubs ? odds / (1.0 + odds) : by_sector)) {
                from[m] = v;
                to[m++] = w;
            }
        }
    }
    ck_assert_int_eq(mlg_graph_from_ties(ACTORS, from, to, NULL, m, false, sector, 4, &graph, NULL),
                     MLG_OK);
    return graph;
}

/* Hubs of one sector and no preference for one's own: the labels' test sees silos nearly
 * always, for who has many ties is not dealt with them; with degrees kept there is nothing left but
 * the test's level. Where partners are chosen by sector, both see it. */
START_TEST(hubs_are_no_silo_and_silos_are)
{
    const bool hubs = _i == 0;
    int by_labels = 0, by_degrees = 0;
    for (uint64_t s = 0; s < STUDIES; s++) {
        measured m;
        measured_open(&m, planted(s, hubs));
        m.run.draws = 199;
        m.run.seed = s + 1;
        by_degrees += number(second_value(&m, "silo.ei"), MLG_P) <= 0.05;
        by_labels += number(mlg_values_find_null(&m.values, "silo.ei", 0, "labels"), MLG_P) <= 0.05;
        measured_close(&m);
    }
    if (hubs) {
        ck_assert_msg(by_labels >= 40, "labels: %d of %d", by_labels, STUDIES);
        ck_assert_msg(by_degrees <= 12, "degrees: %d of %d", by_degrees, STUDIES);
    } else {
        ck_assert_msg(by_labels >= 95, "labels: %d of %d", by_labels, STUDIES);
        ck_assert_msg(by_degrees >= 95, "degrees: %d of %d", by_degrees, STUDIES);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("rewired");
    TCase *all = tcase_create("rewired");
    tcase_set_timeout(all, 120);
    tcase_add_test(all, rings_of_four_are_those_by_hand);
    tcase_add_loop_test(all, second_values_are_those_of_all_graphs, 0,
                        (int) (sizeof cases / sizeof *cases));
    tcase_add_loop_test(all, what_rises_together_has_one_p, 0, 5);
    tcase_add_loop_test(all, threads_change_nothing, 0, 2);
    tcase_add_loop_test(all, a_star_has_no_other_graph, 0, 2);
    tcase_add_test(all, weights_actors_and_participations_have_no_second_value);
    tcase_add_test(all, too_much_work_is_said);
    tcase_add_loop_test(all, hubs_are_no_silo_and_silos_are, 0, 2);
    suite_add_tcase(suite, all);
    return suite_run(suite);
}
