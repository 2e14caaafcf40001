/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/silo.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measure/labels.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_silo.h"
#include "suite.h"

static const char *const ids[] = {"silo.ei",        "silo.ei_weighted", "silo.ei_group",
                                  "silo.ei_actor",  "silo.mixing",      "silo.assortativity",
                                  "silo.modularity"};
enum { N_IDS = sizeof ids / sizeof *ids };

static double number_of(const mlg_value *value, mlg_value_column column)
{
    ck_assert_ptr_nonnull(value->column[column]);
    return value->column[column][0];
}

/* ---- values of other programs ----------------------------------------------------- */

/* Number `i` of a row of reference values; the row itself when it is a number. */
static double reference(const char *row, size_t i)
{
    json_t *json = reference_value(row);
    const double number = json_number_value(json_is_array(json) ? json_array_get(json, i) : json);
    json_decref(json);
    return number;
}

static const struct {
    const char *row, *graph, *id;
    size_t number;
    mlg_value_column column;
    const char *part;
} scalars[] = {
    {"zach.ei", "zachary", "silo.ei", 0, MLG_VALUE, NULL},
    {"zach.ei_bounds", "zachary", "silo.ei", 0, MLG_MIN, NULL},
    {"zach.ei_bounds", "zachary", "silo.ei", 1, MLG_MAX, NULL},
    {"zach.ei_w", "zachary", "silo.ei_weighted", 0, MLG_VALUE, NULL},
    {"zach.assort_club", "zachary", "silo.assortativity", 0, MLG_VALUE, NULL},
    {"zach.Q_club", "zachary", "silo.modularity", 0, MLG_VALUE, NULL},
    {"zach.Qw_club", "zachary", "silo.modularity", 0, MLG_VALUE, "weighted"},
    {"perm.kite", "kite", "silo.ei", 0, MLG_VALUE, NULL},
    {"perm.kite", "kite", "silo.ei", 1, MLG_EXPECTED, NULL},
    {"perm.kite", "kite", "silo.ei", 2, MLG_SD, NULL},
    {"perm.kite", "kite", "silo.ei", 3, MLG_P, NULL},
    {"perm.mean_formula", "kite", "silo.ei", 0, MLG_EXPECTED, NULL},
    {"emon.Cheyenne.ei_spons", "emon_cheyenne", "silo.ei", 0, MLG_VALUE, NULL},
    {"emon.HurrFrederic.ei_spons", "emon_hurrfrederic", "silo.ei", 0, MLG_VALUE, NULL},
    {"emon.MtStHelens.ei_spons", "emon_mtsthelens", "silo.ei", 0, MLG_VALUE, NULL},
    {"emon.Wichita.ei_spons", "emon_wichita", "silo.ei", 0, MLG_VALUE, NULL},
    {"emon.Cheyenne.ei_perm", "emon_cheyenne", "silo.ei", 1, MLG_EXPECTED, NULL},
    {"emon.HurrFrederic.ei_perm", "emon_hurrfrederic", "silo.ei", 1, MLG_EXPECTED, NULL},
    {"emon.MtStHelens.ei_perm", "emon_mtsthelens", "silo.ei", 1, MLG_EXPECTED, NULL},
    {"emon.Wichita.ei_perm", "emon_wichita", "silo.ei", 1, MLG_EXPECTED, NULL},
    {"emon.Cheyenne.und", "emon_cheyenne", "silo.assortativity", 2, MLG_VALUE, NULL},
    {"emon.HurrFrederic.und", "emon_hurrfrederic", "silo.assortativity", 2, MLG_VALUE, NULL},
    {"emon.MtStHelens.und", "emon_mtsthelens", "silo.assortativity", 2, MLG_VALUE, NULL},
    {"emon.Wichita.und", "emon_wichita", "silo.assortativity", 2, MLG_VALUE, NULL},
};

START_TEST(a_scalar_is_that_of_other_programs)
{
    measured m;
    measured_open(&m, reference_graph(scalars[_i].graph));
    const mlg_value *value = measured_value(&m, scalars[_i].id);
    const double number = scalars[_i].part != NULL ? mlg_value_part_find(value, scalars[_i].part)[0]
                                                   : number_of(value, scalars[_i].column);
    const double wanted = reference(scalars[_i].row, scalars[_i].number);
    ck_assert_msg(fabs(number - wanted) < 1e-9, "%s[%zu]: %.12g, not %.12g", scalars[_i].row,
                  scalars[_i].number, number, wanted);
    measured_close(&m);
}
END_TEST

static const char *const emon[][2] = {{"Cheyenne", "emon_cheyenne"},
                                      {"HurrFrederic", "emon_hurrfrederic"},
                                      {"MtStHelens", "emon_mtsthelens"},
                                      {"Wichita", "emon_wichita"}};

/* Their sd, z and p were simulated: sd within 2 %, p within .01. */
START_TEST(simulated_values_of_emon_are_met_within_their_error)
{
    char row[64];
    measured m;
    snprintf(row, sizeof row, "emon.%s.ei_perm", emon[_i][0]);
    measured_open(&m, reference_graph(emon[_i][1]));
    m.run.draws = 9999;
    const mlg_value *value = measured_value(&m, "silo.ei");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE), reference(row, 0), 1e-9);
    ck_assert_double_eq_tol(number_of(value, MLG_SD) / reference(row, 2), 1.0, 0.02);
    ck_assert_double_eq_tol(number_of(value, MLG_Z), reference(row, 3),
                            0.02 * fabs(reference(row, 3)) + 0.005);
    ck_assert_double_eq_tol(number_of(value, MLG_P), reference(row, 4), 0.01);
    measured_close(&m);
}
END_TEST

/* The exact sd and z, to the digits of an independent computation. */
START_TEST(exact_sd_of_emon_is_the_closed_form)
{
    static const double sd[] = {0.0592, 0.0896, 0.0896, 0.0456};
    measured m;
    measured_open(&m, reference_graph(emon[_i][1]));
    const mlg_value *value = measured_value(&m, "silo.ei");
    ck_assert_double_eq_tol(number_of(value, MLG_SD), sd[_i], 5e-5);
    measured_close(&m);
}
END_TEST

START_TEST(wichita_is_a_silo_and_cheyenne_is_not)
{
    measured m;
    measured_open(&m, reference_graph("emon_wichita"));
    m.run.draws = 9999;
    const mlg_value *value = measured_value(&m, "silo.ei");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE), 0.4497, 5e-5);
    ck_assert_double_eq_tol(number_of(value, MLG_EXPECTED), 0.6526, 5e-5);
    ck_assert_double_eq_tol(number_of(value, MLG_Z), -4.456, 5e-4);
    ck_assert_double_le(number_of(value, MLG_P), 0.001);
    ck_assert_double_lt(number_of(value, MLG_VALUE), number_of(value, MLG_LOW));
    ck_assert_str_eq(value->p_method, "draws");
    ck_assert_str_eq(value->tail, "less");
    ck_assert_str_eq(value->convention, "arcs");
    ck_assert_uint_eq(value->draws, 9999);
    ck_assert_int_eq(value->caution, T_none);
    measured_close(&m);

    measured_open(&m, reference_graph("emon_cheyenne"));
    m.run.draws = 9999;
    value = measured_value(&m, "silo.ei");
    ck_assert_double_eq_tol(number_of(value, MLG_P), 0.25, 0.02);
    ck_assert_double_gt(number_of(value, MLG_VALUE), number_of(value, MLG_LOW));
    measured_close(&m);
}
END_TEST

/* Sectors by the column `location` of a reference graph. */
static mlg_graph *by_location(const char *name)
{
    char path[128], line[512], places[8][16];
    int32_t n = 0, v = 0;
    mlg_graph *graph = reference_graph(name);
    snprintf(path, sizeof path, "tests/oracle/graphs/%s.actors.csv", name);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    ck_assert_ptr_nonnull(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        int32_t s = 0;
        line[strcspn(line, "\r\n")] = '\0';
        const char *place = strrchr(line, ',') + 1;
        while (s < n && strcmp(places[s], place) != 0) {
            s++;
        }
        if (s == n) {
            ck_assert_int_lt(n, 8);
            snprintf(places[n++], sizeof *places, "%s", place);
        }
        graph->sector[v++] = s;
    }
    fclose(file);
    ck_assert_int_eq(v, graph->n);
    ck_assert_int_le(n, graph->n_sectors); /* room for the codes */
    graph->n_sectors = n;
    return graph;
}

START_TEST(ei_by_location_is_that_of_r)
{
    char row[64];
    measured m;
    snprintf(row, sizeof row, "emon.%s.ei_loc", emon[_i][0]);
    measured_open(&m, by_location(emon[_i][1]));
    const mlg_value *value = measured_value(&m, "silo.ei");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE), reference(row, 0), 1e-9);
    ck_assert_int_eq(value->caution == T_caution_one_group, m.graph->n_sectors == 1);
    measured_close(&m);
}
END_TEST

/* Arcs of EMON without their direction: ties and E-I of the weak view. */
START_TEST(ei_of_weak_ties_is_that_of_other_programs)
{
    char row[64];
    measured m, weak;
    int32_t from[256], to[256];
    size_t n = 0;
    mlg_graph *graph = NULL;

    snprintf(row, sizeof row, "emon.%s.und", emon[_i][0]);
    measured_open(&m, reference_graph(emon[_i][1]));
    for (int32_t v = 0; v < m.graph->n; v++) {
        const mlg_csr *ties = &m.graph->ties;
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            if (v < ties->target[i]) {
                ck_assert_uint_lt(n, 256);
                from[n] = v;
                to[n++] = ties->target[i];
            }
        }
    }
    ck_assert_int_eq(mlg_graph_from_ties(m.graph->n, from, to, NULL, n, false, m.graph->sector,
                                         m.graph->n_sectors, &graph, NULL),
                     MLG_OK);
    measured_open(&weak, graph);
    ck_assert_double_eq((double) n, reference(row, 0));
    ck_assert_double_eq_tol(measured_scalar(&weak, "silo.ei"), reference(row, 1), 1e-9);
    ck_assert_double_eq_tol(measured_scalar(&weak, "silo.assortativity"), reference(row, 2), 1e-9);
    measured_close(&weak);
    measured_close(&m);
}
END_TEST

START_TEST(groups_and_actors_of_zacharys_club_are_those_of_other_programs)
{
    measured m;
    json_t *tie_count = reference_value("zach.ei_groups");
    json_t *stub = reference_value("zach.ei_groups_stub");
    json_t *actors = reference_value("zach.ei_nodes");

    measured_open(&m, reference_graph("zachary"));
    const mlg_value *group = measured_value(&m, "silo.ei_group");
    ck_assert_uint_eq(group->n, 2);
    for (size_t a = 0; a < 2; a++) {
        const char *const key = a == 0 ? "0" : "1";
        ck_assert_double_eq_tol(group->column[MLG_VALUE][a],
                                json_number_value(json_object_get(tie_count, key)), 1e-9);
        ck_assert_double_eq_tol(mlg_value_part_find(group, "stub")[a],
                                json_number_value(json_object_get(stub, key)), 1e-9);
    }
    ck_assert_str_eq(group->convention, "tie_count");
    const mlg_value *actor = measured_value(&m, "silo.ei_actor");
    ck_assert_uint_eq(actor->n, 34);
    for (size_t v = 0; v < 34; v++) {
        ck_assert_double_eq_tol(actor->column[MLG_VALUE][v],
                                json_number_value(json_array_get(actors, v)), 1e-9);
    }
    ck_assert_str_eq(actor->p_method, "exact");
    json_decref(actors);
    json_decref(stub);
    json_decref(tie_count);
    measured_close(&m);
}
END_TEST

/* perm.kite: 252 deals, the share as high, and the whole range seen. */
START_TEST(the_kites_deals_are_enumerated)
{
    measured m;
    measured_open(&m, reference_graph("kite"));
    m.run.draws = 0; /* none is needed */
    const mlg_value *value = measured_value(&m, "silo.ei");
    ck_assert_str_eq(value->p_method, "enumerated");
    ck_assert_uint_eq(value->draws, 0);
    /* P(>=) = 1: no deal is below the observed one. */
    ck_assert_double_eq(reference("perm.kite", 4), 1.0);
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE), reference("perm.kite", 5), 1e-9);
    ck_assert_double_eq_tol(number_of(value, MLG_P_TWO), 2.0 * reference("perm.kite", 3), 1e-9);
    /* min and max of the row are over the deals; 6 of 252 stand at the minimum, fewer than
     * 2.5 % of them. */
    ck_assert_double_ge(number_of(value, MLG_LOW), reference("perm.kite", 5));
    ck_assert_double_le(number_of(value, MLG_HIGH), reference("perm.kite", 6) + 1e-9);
    measured_close(&m);
}
END_TEST

/* ---- by hand ----------------------------------------------------------------------- */

static const struct {
    const char *what, *sectors, *ties;
    double ei, weighted, modularity, assortativity;
} hand[] = {
    {"two closed silos", "AABB", "0-1 2-3", -1.0, -1.0, 0.5, 1.0},
    {"only ties across", "AABB", "0-2 1-3", 1.0, 1.0, -0.5, -1.0},
    {"a loop is no tie", "AAB", "0-0 0-2", 1.0, 1.0, -0.5, -1.0},
    {"weights", "AABBC", "0-1 1-2 2-3 3-4:2.385", 0.0, (3.385 - 2.0) / 5.385,
     0.5 - (9.0 + 16.0 + 1.0) / 64.0, (0.5 - 26.0 / 64.0) / (1.0 - 26.0 / 64.0)},
    {"arcs: two of three inside, two ties of which one inside", "AAB", "0>1 1>0 0>2",
     (1.0 - 2.0) / 3.0, -1.0 / 3.0, 0.5 - (9.0 + 1.0) / 16.0, (0.5 - 0.625) / (1.0 - 0.625)},
    {"unknown sectors leave the graph", "AA?B", "0-1 0-2 1-3 2-3", 0.0, 0.0,
     0.5 - (9.0 + 1.0) / 16.0, (0.5 - 0.625) / (1.0 - 0.625)},
};

START_TEST(an_index_is_the_one_worked_by_hand)
{
    static const char *const id[] = {"silo.ei", "silo.ei_weighted", "silo.modularity",
                                     "silo.assortativity"};
    const double wanted[] = {hand[_i].ei, hand[_i].weighted, hand[_i].modularity,
                             hand[_i].assortativity};
    measured m;
    measured_open(&m, graph_fixture(hand[_i].sectors, hand[_i].ties));
    for (size_t k = 0; k < 4; k++) {
        const double number = measured_scalar(&m, id[k]);
        ck_assert_msg(fabs(number - wanted[k]) < 1e-12, "%s, %s: %.15g, not %.15g", hand[_i].what,
                      id[k], number, wanted[k]);
    }
    measured_close(&m);
}
END_TEST

START_TEST(an_actors_ties_are_counted_by_hand)
{
    measured m;
    measured_open(&m, graph_fixture("AABB?", "0-1 0-2 0-4"));
    const mlg_value *value = measured_value(&m, "silo.ei_actor");
    ck_assert_double_eq(mlg_value_part_find(value, "internal")[0], 1.0);
    ck_assert_double_eq(mlg_value_part_find(value, "external")[0], 1.0);
    ck_assert_double_nan(mlg_value_part_find(value, "external")[4]);
    ck_assert_double_eq(value->column[MLG_VALUE][0], 0.0);
    /* Of 3 others 1 is in A, of 2 partners: inside 0 or 1 with chances 1/3, 2/3. */
    ck_assert_double_eq_tol(value->column[MLG_P][0], 2.0 / 3.0, 1e-12);
    ck_assert_double_eq_tol(value->column[MLG_EXPECTED][0], 1.0 / 3.0, 1e-12);
    measured_close(&m);
    measured_open(&m, graph_fixture("AABB", "0>1 1>0 0>2"));
    value = measured_value(&m, "silo.ei_actor");
    ck_assert_double_eq(mlg_value_part_find(value, "internal")[0], 2.0);
    ck_assert_double_eq(mlg_value_part_find(value, "external")[0], 1.0);
    measured_close(&m);
}
END_TEST

START_TEST(sectors_in_common_make_a_tie_internal)
{
    measured m;
    /* A-AB and AB-B inside, A-B and B-C across. */
    measured_open(&m, fixture_several("A AB B C", "0-1 1-2 0-2 2-3"));
    ck_assert_double_eq(measured_scalar(&m, "silo.ei"), 0.0);
    const mlg_value *group = measured_value(&m, "silo.ei_group");
    /* A: one inside, two leave (1-2, 0-2). B: one inside (1-2), three leave. */
    ck_assert_double_eq_tol(group->column[MLG_VALUE][0], 1.0 / 3.0, 1e-12);
    ck_assert_double_eq_tol(group->column[MLG_VALUE][1], 0.5, 1e-12);
    ck_assert_double_eq(mlg_value_part_find(group, "actors")[1], 2.0);
    measured_close(&m);
}
END_TEST

/* ---- slow twins: every row against every deal ------------------------------------------ */

static const struct {
    const char *sectors, *ties;
} small[] = {
    {"AABBC", "0-1 1-2 2-3 3-4 4-0 0-2"},
    {"AAABBBC", "0-1:2 1-2:0.5 2-3:3 3-4:1 4-5:1.5 5-6:0.25"},
    {"AAABBC", "0>1 1>0 1>2 2>3 3>4 4>0 5>0 0>5 2>5"},
    {"AABBBC", "0>1:2 1>0:0.5 1>2:3 3>2:1.25 4>5:2 5>0:1 2>4:4"},
    {"A AB BC C CA ?", "0-1 1-2 2-3 3-4 4-0 0-5"},
    {"A AB BC C CA BA", "0>1 1>2 2>3 3>4 4>0 0>5 5>1 1>5"},
    {"AB?BAC", "0-1 1-2 3-4 4-5 0-5 1-3"},
    {"AABBCC", "0-1 0-2 0-3 0-4 0-5"},
};
enum { N_SMALL = sizeof small / sizeof *small };

static mlg_graph *small_graph(int i)
{
    return strchr(small[i].sectors, ' ') != NULL ? fixture_several(small[i].sectors, small[i].ties)
                                                 : graph_fixture(small[i].sectors, small[i].ties);
}

static void check_row(const mlg_value *value, size_t i, const slow_null *slow)
{
    const double p = strcmp(value->tail, "less") == 0 ? slow->p_less : slow->p_greater;
    const char *id = value->measure->id;
    ck_assert_msg(fabs(value->column[MLG_VALUE][i] - slow->observed) < 1e-12, "%s", id);
    ck_assert_msg(fabs(value->column[MLG_EXPECTED][i] - slow->mean) < 1e-11, "%s: mean %g, not %g",
                  id, value->column[MLG_EXPECTED][i], slow->mean);
    ck_assert_msg(fabs(value->column[MLG_SD][i] - sqrt(slow->variance)) < 1e-6, "%s: sd %g, not %g",
                  id, value->column[MLG_SD][i], sqrt(slow->variance));
    ck_assert_msg(fabs(value->column[MLG_P][i] - p) < 1e-12, "%s: p %g, not %g", id,
                  value->column[MLG_P][i], p);
    if (value->column[MLG_LOW] != NULL) {
        ck_assert_msg(fabs(value->column[MLG_LOW][i] - slow->low) < 1e-12, "%s: low", id);
        ck_assert_msg(fabs(value->column[MLG_HIGH][i] - slow->high) < 1e-12, "%s: high", id);
    }
}

START_TEST(a_scalar_and_its_null_are_its_slow_twins)
{
    static const struct {
        const char *id;
        slow_statistic *slow;
    } twins[] = {{"silo.ei", slow_ei},
                 {"silo.ei_weighted", slow_ei_weighted},
                 {"silo.modularity", slow_modularity},
                 {"silo.assortativity", slow_assortativity}};
    measured m;
    measured_open(&m, small_graph(_i % N_SMALL));
    const mlg_value *value = measured_value(&m, twins[_i / N_SMALL].id);
    const slow_null slow = slow_null_of(m.graph, twins[_i / N_SMALL].slow, 0, 0);
    ck_assert_str_eq(value->p_method, "enumerated");
    check_row(value, 0, &slow);
    measured_close(&m);
}
END_TEST

START_TEST(a_sector_and_its_null_are_its_slow_twins)
{
    measured m;
    measured_open(&m, small_graph(_i));
    const mlg_value *value = measured_value(&m, "silo.ei_group");
    for (int32_t a = 0; a < m.graph->n_sectors; a++) {
        const slow_null slow = slow_null_of(m.graph, slow_ei_group, a, 0);
        const double stub = slow_ei_group_stub(m.graph, NULL, a, 0);
        ck_assert_int_eq(value->subject[a], a);
        check_row(value, (size_t) a, &slow);
        ck_assert_double_eq_tol(mlg_value_part_find(value, "stub")[a], stub, 1e-12);
    }
    measured_close(&m);
}
END_TEST

START_TEST(an_actor_and_its_null_are_its_slow_twins)
{
    measured m;
    measured_open(&m, small_graph(_i));
    const mlg_value *value = measured_value(&m, "silo.ei_actor");
    ck_assert_uint_eq(value->n, (size_t) m.graph->n);
    for (int32_t v = 0; v < m.graph->n; v++) {
        if (isnan(slow_ei_actor(m.graph, NULL, v, 0))) {
            ck_assert_double_nan(value->column[MLG_VALUE][v]);
            ck_assert_double_nan(value->column[MLG_P][v]);
            continue;
        }
        const slow_null slow = slow_null_keeping(m.graph, slow_ei_actor, v);
        check_row(value, (size_t) v, &slow);
    }
    measured_close(&m);
}
END_TEST

START_TEST(values_of_larger_graphs_are_their_slow_twins)
{
    measured m;
    mlg_random random = mlg_random_stream(9, "test_silo", "random", (uint64_t) _i);
    measured_open(&m, random_graph(&random, 30, 100, 4, _i % 2 == 1, true));
    if (_i % 4 >= 2) {
        give_further_sectors(m.graph, (uint64_t) _i);
    }
    ck_assert_double_eq_tol(measured_scalar(&m, "silo.ei"), slow_ei(m.graph, NULL, 0, 0), 1e-12);
    ck_assert_double_eq_tol(measured_scalar(&m, "silo.ei_weighted"),
                            slow_ei_weighted(m.graph, NULL, 0, 0), 1e-12);
    ck_assert_double_eq_tol(measured_scalar(&m, "silo.modularity"),
                            slow_modularity(m.graph, NULL, 0, 0), 1e-12);
    ck_assert_double_eq_tol(measured_part(&m, "silo.modularity", "weighted"),
                            slow_modularity_weighted(m.graph), 1e-12);
    ck_assert_double_eq_tol(measured_scalar(&m, "silo.assortativity"),
                            slow_assortativity(m.graph, NULL, 0, 0), 1e-12);
    for (int32_t a = 0; a < m.graph->n_sectors; a++) {
        ck_assert_double_eq_tol(measured_value(&m, "silo.ei_group")->column[MLG_VALUE][a],
                                slow_ei_group(m.graph, NULL, a, 0), 1e-12);
    }
    measured_close(&m);
}
END_TEST

/* Draws against exact moments: the mean of 9,999 within five standard errors. */
START_TEST(draws_have_the_exact_moments)
{
    measured m;
    mlg_random random = mlg_random_stream(10, "test_silo", "draws", (uint64_t) _i);
    measured_open(&m, random_graph(&random, 40, 150, 3, _i % 2 == 1, true));
    m.run.draws = 9999;
    const mlg_value *value = measured_value(&m, "silo.mixing");
    ck_assert_str_eq(value->p_method, "draws");
    /* Two normal intervals: 2.5 % below low, 2.5 % above high; the exact sd must fit them. */
    const mlg_value *ei = measured_value(&m, "silo.ei");
    const double mean = number_of(ei, MLG_EXPECTED), sd = number_of(ei, MLG_SD);
    ck_assert_double_eq_tol((number_of(ei, MLG_LOW) - mean) / sd, -1.96, 0.3);
    ck_assert_double_eq_tol((number_of(ei, MLG_HIGH) - mean) / sd, 1.96, 0.3);
    const mlg_value *q = measured_value(&m, "silo.modularity");
    const mlg_value *r = measured_value(&m, "silo.assortativity");
    /* r = Q / (1 - sum a^2) with a nearly constant divisor: the simulated moments of one follow
     * the exact moments of the other. */
    const double divisor = number_of(q, MLG_MAX);
    ck_assert_double_eq_tol(number_of(r, MLG_EXPECTED) * divisor, number_of(q, MLG_EXPECTED),
                            0.05 * number_of(q, MLG_SD));
    ck_assert_double_eq_tol(number_of(r, MLG_SD) * divisor / number_of(q, MLG_SD), 1.0, 0.05);
    measured_close(&m);
}
END_TEST

/* ---- laws ------------------------------------------------------------------------- */

START_TEST(numbering_actors_otherwise_changes_nothing_exact)
{
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD,
                                               MLG_MIN,   MLG_MAX,      MLG_P};
    static const int32_t order[] = {3, 0, 5, 1, 4, 2};
    const int32_t sector[] = {0, 0, 1, 1, 2, 1}, from[] = {0, 1, 2, 3, 4, 5, 0},
                  to[] = {1, 2, 3, 4, 0, 1, 5};
    const double weight[] = {1.5, 2.0, 0.25, 1.0, 3.0, 0.5, 2.5};
    int32_t new_sector[6], new_from[7], new_to[7];
    mlg_graph *graph = NULL, *again = NULL;
    measured before, after;

    for (size_t i = 0; i < 7; i++) {
        new_from[i] = order[from[i]];
        new_to[i] = order[to[i]];
    }
    for (size_t v = 0; v < 6; v++) {
        new_sector[order[v]] = sector[v];
    }
    ck_assert_int_eq(mlg_graph_from_ties(6, from, to, weight, 7, true, sector, 3, &graph, NULL),
                     MLG_OK);
    ck_assert_int_eq(
        mlg_graph_from_ties(6, new_from, new_to, weight, 7, true, new_sector, 3, &again, NULL),
        MLG_OK);
    measured_open(&before, graph);
    measured_open(&after, again);
    for (size_t k = 0; k < N_IDS; k++) {
        const mlg_value *a = measured_value(&before, ids[k]);
        const mlg_value *b = measured_value(&after, ids[k]);
        const bool actors = a->scope == MLG_SCOPE_ACTOR;
        for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
            for (size_t i = 0; a->column[columns[c]] != NULL && i < a->n; i++) {
                const size_t j = actors ? (size_t) order[i] : i;
                const double x = a->column[columns[c]][i], y = b->column[columns[c]][j];
                ck_assert_msg((isnan(x) && isnan(y)) || fabs(x - y) < 1e-9, "%s: %g, %g", ids[k], x,
                              y);
            }
        }
    }
    measured_close(&before);
    measured_close(&after);
}
END_TEST

START_TEST(ei_is_one_less_twice_the_share_inside)
{
    measured m;
    mlg_random random = mlg_random_stream(11, "test_silo", "identity", (uint64_t) _i);
    measured_open(&m, random_graph(&random, 25, 80, 5, false, false));
    const mlg_value *mixing = measured_value(&m, "silo.mixing");
    const double *stub = mlg_value_part_find(mixing, "stub");
    double trace = 0.0, all = 0.0;
    for (size_t i = 0; i < 25; i++) {
        all += stub[i];
        trace += i % 6 == 0 ? stub[i] : 0.0;
    }
    ck_assert_double_eq_tol(measured_scalar(&m, "silo.ei"), 1.0 - 2.0 * trace / all, 1e-12);
    measured_close(&m);
}
END_TEST

START_TEST(sizes_alone_give_the_expected_value)
{
    /* perm.mean_formula: whatever the graph, 1 - 2 sum n_a (n_a - 1) / (n (n - 1)). */
    measured m;
    mlg_random random = mlg_random_stream(12, "test_silo", "mean", (uint64_t) _i);
    random_ties ties = random_ties_of(&random, 10, 20, 2);
    mlg_graph *graph = NULL;
    for (int32_t v = 0; v < 10; v++) {
        ties.sector[v] = v % 2;
    }
    ck_assert_int_eq(mlg_graph_from_ties(10, ties.from, ties.to, NULL, ties.m, _i % 2 == 1,
                                         ties.sector, 2, &graph, NULL),
                     MLG_OK);
    measured_open(&m, graph);
    ck_assert_double_eq_tol(number_of(measured_value(&m, "silo.ei"), MLG_EXPECTED), 1.0 / 9.0,
                            1e-12);
    random_ties_free(&ties);
    measured_close(&m);
}
END_TEST

START_TEST(values_stay_between_their_bounds_and_so_do_draws)
{
    static const char *const id[] = {"silo.ei", "silo.ei_weighted", "silo.assortativity"};
    measured m;
    mlg_random random = mlg_random_stream(13, "test_silo", "bounds", (uint64_t) _i);
    measured_open(&m, random_graph(&random, 14, 60, 3, _i % 2 == 1, true));
    m.run.draws = 999;
    for (size_t k = 0; k < 3; k++) {
        const mlg_value *value = measured_value(&m, id[k]);
        ck_assert_double_ge(number_of(value, MLG_VALUE), number_of(value, MLG_MIN) - 1e-12);
        ck_assert_double_le(number_of(value, MLG_VALUE), number_of(value, MLG_MAX) + 1e-12);
        if (k < 2) { /* assortativity's bounds are of its degrees, which a deal moves */
            ck_assert_double_ge(number_of(value, MLG_LOW), number_of(value, MLG_MIN) - 1e-12);
            ck_assert_double_le(number_of(value, MLG_HIGH), number_of(value, MLG_MAX) + 1e-12);
        }
    }
    measured_close(&m);
}
END_TEST

/* Null studies on G(12, 14), sectors 4, 4, 4: p, being of every deal or of draws, is small no more
 * often than it says. */
START_TEST(p_is_calibrated_when_sectors_mean_nothing)
{
    enum { STUDIES = 400 };
    uint32_t rejected = 0;
    for (uint64_t s = 0; s < STUDIES; s++) {
        mlg_random random = mlg_random_stream(14, "test_silo", "null", s);
        int32_t from[14], to[14], sector[12];
        mlg_graph *graph = NULL;
        measured m;
        for (int32_t v = 0; v < 12; v++) {
            sector[v] = v % 3;
        }
        for (size_t i = 0; i < 14; i++) {
            from[i] = (int32_t) mlg_random_below(&random, 12);
            to[i] = (int32_t) mlg_random_below(&random, 12);
        }
        ck_assert_int_eq(
            mlg_graph_from_ties(12, from, to, NULL, 14, false, sector, 3, &graph, NULL), MLG_OK);
        measured_open(&m, graph);
        m.run.seed = s;
        rejected += number_of(measured_value(&m, "silo.ei"), MLG_P) <= 0.2;
        measured_close(&m);
    }
    ck_assert_uint_le(rejected, 106); /* 80 + 3.3 sd */
    ck_assert_uint_gt(rejected, 30);
}
END_TEST

/* ---- participations ---------------------------------------------------------------- */

static const char *const seats =
    "AAAABBBBCC?C | 0,1,2; 0,1,3; 4,5,6; 4,5,7; 8,9,11; 0,4,8,10; 1,2,3; 5,6,7; 8,9; 2,6,9,10";

START_TEST(participations_keep_their_margins_under_the_null)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode(seats, MLG_PROJECT_NEWMAN));
    m.run.draws = 999;
    for (size_t k = 0; k < N_IDS; k++) {
        const mlg_value *value = measured_value(&m, ids[k]);
        ck_assert_str_eq(value->null_model, "margins");
        ck_assert_str_eq(value->p_method, "draws");
        ck_assert_uint_eq(value->draws, 999);
        ck_assert_ptr_nonnull(value->column[MLG_P]);
    }
    const mlg_value *ei = measured_value(&m, "silo.ei");
    ck_assert_double_eq_tol(number_of(ei, MLG_VALUE), slow_ei(m.graph, NULL, 0, 0), 1e-12);
    ck_assert_double_le(number_of(ei, MLG_P), 0.01); /* planted silos */
    ck_assert_double_lt(number_of(ei, MLG_VALUE), number_of(ei, MLG_LOW));
    const mlg_value *weighted = measured_value(&m, "silo.ei_weighted");
    ck_assert_str_eq(weighted->weight, "newman");
    ck_assert_double_eq_tol(number_of(weighted, MLG_VALUE), slow_ei_weighted(m.graph, NULL, 0, 0),
                            1e-12);
    ck_assert_double_le(number_of(weighted, MLG_P), 0.01);
    ck_assert_double_le(number_of(measured_value(&m, "silo.assortativity"), MLG_P), 0.01);
    const mlg_value *actor = measured_value(&m, "silo.ei_actor");
    ck_assert_double_nan(actor->column[MLG_VALUE][10]); /* without a sector */
    ck_assert_double_eq_tol(actor->column[MLG_VALUE][0], slow_ei_actor(m.graph, NULL, 0, 0), 1e-12);
    ck_assert_double_le(actor->column[MLG_P][1], 1.0);
    ck_assert_double_ge(actor->column[MLG_P][1], 0.001);
    measured_close(&m);
}
END_TEST

START_TEST(a_plenary_that_joins_everybody_says_nothing)
{
    /* Whatever the trades, everybody meets everybody: no draw differs. */
    measured m;
    measured_open(&m, graph_fixture_two_mode("AAAAABBBBB | 0,1,2,3,4,5,6,7,8,9; 0,1; 5,6",
                                             MLG_PROJECT_NEWMAN));
    const mlg_value *value = measured_value(&m, "silo.ei");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE), 1.0 / 9.0, 1e-12);
    ck_assert_double_eq_tol(number_of(value, MLG_EXPECTED), 1.0 / 9.0, 1e-12);
    ck_assert_double_eq(number_of(value, MLG_SD), 0.0);
    ck_assert_double_nan(number_of(value, MLG_Z));
    ck_assert_double_eq(number_of(value, MLG_P), 1.0);
    measured_close(&m);
}
END_TEST

START_TEST(activities_of_too_many_are_too_large_to_count)
{
    enum { N = 44800 }; /* 1.0035e9 pairs */
    measured m;
    mlg_graph *graph = NULL;
    mlg_run run = MLG_RUN_INIT;
    int32_t *actor = calloc(N, sizeof *actor), *activity = calloc(N, sizeof *activity);
    int32_t *sector = calloc(N, sizeof *sector);
    ck_assert_ptr_nonnull(actor);
    for (int32_t v = 0; v < N; v++) {
        actor[v] = v;
        sector[v] = v % 3;
    }
    ck_assert_int_eq(mlg_graph_from_participations(N, 1, actor, activity, N, MLG_PROJECT_NEWMAN,
                                                   sector, 3, &run, &graph, NULL),
                     MLG_OK);
    measured_open(&m, graph);
    for (size_t k = 0; k < N_IDS; k++) {
        ck_assert_int_eq(measured_value(&m, ids[k])->undefined, T_why_too_large);
    }
    measured_close(&m);
    free(sector);
    free(activity);
    free(actor);
}
END_TEST

START_TEST(the_weight_of_a_projection_is_named)
{
    static const char *const names[] = {[MLG_PROJECT_NEWMAN] = "newman",
                                        [MLG_PROJECT_COUNT] = "count",
                                        [MLG_PROJECT_JACCARD] = "jaccard"};
    measured m;
    measured_open(&m, graph_fixture_two_mode(seats, (mlg_projection) _i));
    const mlg_value *value = measured_value(&m, "silo.ei_weighted");
    ck_assert_str_eq(value->weight, names[_i]);
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE), slow_ei_weighted(m.graph, NULL, 0, 0),
                            1e-12);
    measured_close(&m);
}
END_TEST

/* 5,001 sectors: the index can be told, a table of all pairs of sectors cannot. */
START_TEST(too_many_sectors_for_a_table_leave_the_index)
{
    const int32_t n_sectors = MLG_MAX_SECTORS + 1;
    const int32_t from[] = {0, 1}, to[] = {1, 2};
    measured m;
    mlg_graph *graph = NULL;
    int32_t *sector = calloc((size_t) n_sectors, sizeof *sector);
    ck_assert_ptr_nonnull(sector);
    for (int32_t v = 0; v < n_sectors; v++) {
        sector[v] = v;
    }
    const mlg_status status =
        _i == 0 ? mlg_graph_from_ties(n_sectors, from, to, NULL, 2, false, sector, n_sectors,
                                      &graph, NULL)
                : mlg_graph_from_participations(n_sectors, 3, from, to, 2, MLG_PROJECT_NEWMAN,
                                                sector, n_sectors, NULL, &graph, NULL);
    ck_assert_int_eq(status, MLG_OK);
    measured_open(&m, graph);
    if (_i == 0) {
        ck_assert_double_eq(measured_scalar(&m, "silo.ei"), 1.0);
    }
    ck_assert_int_eq(measured_value(&m, "silo.mixing")->undefined, T_why_too_large);
    ck_assert_int_eq(measured_value(&m, "silo.ei_group")->undefined, T_why_too_large);
    measured_close(&m);
    free(sector);
}
END_TEST

/* ---- undefined ---------------------------------------------------------------------- */

START_TEST(every_measure_bears_every_shape)
{
    measured m;
    measured_open(&m, measured_shape(_i));
    for (size_t k = 0; k < N_IDS; k++) {
        const mlg_value *value = measured_value(&m, ids[k]); /* checks reasons and ranges */
        if (value->undefined == T_none && value->shape == MLG_SCALAR) {
            ck_assert(!isnan(number_of(value, MLG_P)));
        }
    }
    measured_close(&m);
}
END_TEST

static const struct {
    const char *what, *sectors, *ties;
    mlg_text_key why[N_IDS]; /* of each measure */
} undefined[] = {
    {"nobody",
     "",
     "",
     {T_why_no_sectors, T_why_no_sectors, T_why_no_sectors, T_why_no_sectors, T_why_no_sectors,
      T_why_no_sectors, T_why_no_sectors}},
    {"no sector known",
     "???",
     "0-1 1-2",
     {T_why_no_sectors, T_why_no_sectors, T_why_no_sectors, T_why_no_sectors, T_why_no_sectors,
      T_why_no_sectors, T_why_no_sectors}},
    {"no tie",
     "AABB",
     "",
     {T_why_no_ties, T_why_no_ties, T_why_no_ties, T_why_no_ties, T_why_no_ties, T_why_no_ties,
      T_why_no_ties}},
    {"ties to unknown sectors only",
     "A?B",
     "0-1 1-2",
     {T_why_no_ties, T_why_no_ties, T_why_no_ties, T_why_no_ties, T_why_no_ties, T_why_no_ties,
      T_why_no_ties}},
    {"one sector",
     "AAAA",
     "0-1 1-2",
     {T_none, T_none, T_none, T_none, T_none, T_why_one_group, T_none}},
    {"all ends of ties in one sector",
     "AAAB",
     "0-1 1-2",
     {T_none, T_none, T_none, T_none, T_none, T_why_one_group, T_none}},
};

START_TEST(what_cannot_be_said_has_its_reason)
{
    measured m;
    measured_open(&m, graph_fixture(undefined[_i].sectors, undefined[_i].ties));
    for (size_t k = 0; k < N_IDS; k++) {
        const mlg_value *value = measured_value(&m, ids[k]);
        ck_assert_msg(value->undefined == undefined[_i].why[k], "%s, %s: %s", undefined[_i].what,
                      ids[k], mlg_text_name(value->undefined));
    }
    measured_close(&m);
}
END_TEST

START_TEST(one_sector_is_trivially_closed_and_says_so)
{
    measured m;
    measured_open(&m, graph_fixture("AAAAAAAAAAAA", "0-1 1-2 5-6"));
    const mlg_value *value = measured_value(&m, "silo.ei");
    ck_assert_double_eq(number_of(value, MLG_VALUE), -1.0);
    ck_assert_double_eq(number_of(value, MLG_MIN), -1.0);
    ck_assert_double_eq(number_of(value, MLG_MAX), -1.0);
    ck_assert_double_eq(number_of(value, MLG_SD), 0.0);
    ck_assert_double_nan(number_of(value, MLG_Z));
    ck_assert_int_eq(value->caution, T_caution_one_group);
    measured_close(&m);
}
END_TEST

START_TEST(a_small_sample_is_flagged)
{
    measured m;
    measured_open(&m, graph_fixture("AAAABBBBB", "0-1 1-2 5-6"));
    ck_assert_int_eq(measured_value(&m, "silo.ei")->caution, T_caution_small_sample);
    measured_close(&m);
    measured_open(&m, graph_fixture("AAAAABBBBB", "0-1 1-2 5-6"));
    ck_assert_int_eq(measured_value(&m, "silo.ei")->caution, T_none);
    measured_close(&m);
}
END_TEST

START_TEST(several_kinds_of_tie_have_no_common_weight)
{
    measured m;
    measured_open(&m, graph_fixture("AABB", "0-1:2 1-2:3"));
    m.graph->several_kinds = true;
    ck_assert_int_eq(measured_value(&m, "silo.ei_weighted")->undefined, T_why_several_kinds);
    ck_assert_double_nan(measured_part(&m, "silo.modularity", "weighted"));
    ck_assert_int_eq(measured_value(&m, "silo.ei")->undefined, T_none);
    measured_close(&m);
}
END_TEST

START_TEST(no_draw_leaves_exact_columns)
{
    measured m;
    measured_open(&m, reference_graph("zachary"));
    m.run.draws = 0;
    const mlg_value *value = measured_value(&m, "silo.ei");
    ck_assert_double_nan(number_of(value, MLG_P));
    ck_assert_double_nan(number_of(value, MLG_LOW));
    ck_assert(!isnan(number_of(value, MLG_Z)));
    ck_assert_ptr_null(value->p_method);
    ck_assert_uint_eq(value->draws, 0);
    for (size_t k = 0; k < N_IDS; k++) {
        measured_value(&m, ids[k]);
    }
    measured_close(&m);
    measured_open(&m, graph_fixture_two_mode(seats, MLG_PROJECT_NEWMAN));
    m.run.draws = 0;
    for (size_t k = 0; k < N_IDS; k++) {
        ck_assert_uint_eq(measured_value(&m, ids[k])->draws, 0);
    }
    measured_close(&m);
}
END_TEST

/* ---- same bytes, memory -------------------------------------------------------------- */

static void check_same(const mlg_value *a, const mlg_value *b)
{
    ck_assert_uint_eq(a->n, b->n);
    for (int c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
        ck_assert_int_eq(a->column[c] == NULL, b->column[c] == NULL);
        for (size_t i = 0; a->column[c] != NULL && i < a->n; i++) {
            ck_assert_msg(memcmp(&a->column[c][i], &b->column[c][i], sizeof(double)) == 0, "%s, %s",
                          a->measure->id, mlg_value_column_name((mlg_value_column) c));
        }
    }
}

START_TEST(threads_change_no_byte)
{
    mlg_random random = mlg_random_stream(15, "test_silo", "threads", 0);
    mlg_random again = random;
    measured one, two;
    measured_open(&one, _i == 0 ? random_graph(&random, 60, 200, 5, true, true)
                                : graph_fixture_two_mode(seats, MLG_PROJECT_JACCARD));
    measured_open(&two, _i == 0 ? random_graph(&again, 60, 200, 5, true, true)
                                : graph_fixture_two_mode(seats, MLG_PROJECT_JACCARD));
    one.run.draws = two.run.draws = 777;
    two.run.threads = 2;
    for (size_t k = 0; k < N_IDS; k++) {
        check_same(measured_value(&one, ids[k]), measured_value(&two, ids[k]));
    }
    measured_close(&one);
    measured_close(&two);
}
END_TEST

START_TEST(the_order_of_asking_changes_no_byte)
{
    mlg_random random = mlg_random_stream(16, "test_silo", "order", 0);
    mlg_random again = random;
    measured one, two;
    measured_open(&one, random_graph(&random, 60, 200, 5, true, true));
    measured_open(&two, random_graph(&again, 60, 200, 5, true, true));
    for (size_t k = 0; k < N_IDS; k++) {
        measured_value(&one, ids[k]);
        measured_value(&two, ids[N_IDS - 1 - k]);
    }
    for (size_t k = 0; k < N_IDS; k++) {
        check_same(mlg_values_find(&one.values, ids[k], 0),
                   mlg_values_find(&two.values, ids[k], 0));
    }
    measured_close(&one);
    measured_close(&two);
}
END_TEST

static mlg_graph *memory_case(int i)
{
    return i == 0   ? graph_fixture("AABBC?", "0-1:2 1-2 2-3:3 3-4 4-0 0-5")
           : i == 1 ? fixture_several("A AB BC C CA BA", "0>1 1>2 2>3 3>4 4>0 0>5 5>1")
           : i == 2 ? graph_fixture_two_mode("AABB | 0,1,2; 1,3; 2,3", MLG_PROJECT_NEWMAN)
                    : graph_fixture("AA", "");
}

START_TEST(any_allocation_may_fail)
{
    const mlg_measure *row = mlg_measure_find(ids[_i % N_IDS]);
    mlg_graph *graph = memory_case(_i / N_IDS);
    const mlg_run run = {.seed = 1, .draws = 9, .threads = 1, .memory_bound = (size_t) 1 << 30};
    /* Of ties, a second value where each actor keeps its number of them. */
    const bool second = _i / N_IDS < 2 && strcmp(row->id, "silo.ei_weighted") != 0 &&
                        strcmp(row->id, "silo.ei_actor") != 0;
    bool failed = true;
    for (long n = 0; failed; n++) {
        mlg_context *context = NULL;
        mlg_values values = {0};
        ck_assert_int_eq(mlg_context_of_graph(graph, &run, &context, NULL), MLG_OK);
        failed = measured_fails(context, 0, row->id, n, &values);
        ck_assert_uint_eq(values.n, failed ? 0 : second ? 2 : 1);
        /* What failed once can be asked again. */
        ck_assert_int_eq(row->run(context, 0, &values, NULL), MLG_OK);
        mlg_values_free(&values);
        mlg_context_free(context);
    }
    mlg_graph_free(graph);
}
END_TEST

#define LOOP(tcase, test, table)                                                                   \
    tcase_add_loop_test(tcase, test, 0, (int) (sizeof table / sizeof *table))

int main(void)
{
    Suite *suite = suite_create("silo");
    TCase *oracle = tcase_create("oracle");
    LOOP(oracle, a_scalar_is_that_of_other_programs, scalars);
    LOOP(oracle, simulated_values_of_emon_are_met_within_their_error, emon);
    LOOP(oracle, exact_sd_of_emon_is_the_closed_form, emon);
    LOOP(oracle, ei_by_location_is_that_of_r, emon);
    LOOP(oracle, ei_of_weak_ties_is_that_of_other_programs, emon);
    tcase_add_test(oracle, wichita_is_a_silo_and_cheyenne_is_not);
    tcase_add_test(oracle, groups_and_actors_of_zacharys_club_are_those_of_other_programs);
    tcase_add_test(oracle, the_kites_deals_are_enumerated);
    suite_add_tcase(suite, oracle);

    TCase *values = tcase_create("values");
    LOOP(values, an_index_is_the_one_worked_by_hand, hand);
    tcase_add_test(values, an_actors_ties_are_counted_by_hand);
    tcase_add_test(values, sectors_in_common_make_a_tie_internal);
    tcase_add_loop_test(values, a_scalar_and_its_null_are_its_slow_twins, 0, 4 * N_SMALL);
    tcase_add_loop_test(values, a_sector_and_its_null_are_its_slow_twins, 0, N_SMALL);
    tcase_add_loop_test(values, an_actor_and_its_null_are_its_slow_twins, 0, N_SMALL);
    tcase_add_loop_test(values, values_of_larger_graphs_are_their_slow_twins, 0, 8);
    tcase_add_loop_test(values, draws_have_the_exact_moments, 0, 4);
    suite_add_tcase(suite, values);

    TCase *laws = tcase_create("laws");
    tcase_add_test(laws, numbering_actors_otherwise_changes_nothing_exact);
    tcase_add_loop_test(laws, ei_is_one_less_twice_the_share_inside, 0, 5);
    tcase_add_loop_test(laws, sizes_alone_give_the_expected_value, 0, 4);
    tcase_add_loop_test(laws, values_stay_between_their_bounds_and_so_do_draws, 0, 6);
    tcase_add_test(laws, p_is_calibrated_when_sectors_mean_nothing);
    tcase_set_timeout(laws, 60);
    suite_add_tcase(suite, laws);

    TCase *margins = tcase_create("margins");
    tcase_add_test(margins, participations_keep_their_margins_under_the_null);
    tcase_add_test(margins, a_plenary_that_joins_everybody_says_nothing);
    tcase_add_loop_test(margins, the_weight_of_a_projection_is_named, 0, 3);
    tcase_add_loop_test(margins, too_many_sectors_for_a_table_leave_the_index, 0, 2);
    tcase_add_test(margins, activities_of_too_many_are_too_large_to_count);
    suite_add_tcase(suite, margins);

    TCase *limits = tcase_create("limits");
    tcase_add_loop_test(limits, every_measure_bears_every_shape, 0, MEASURED_SHAPES);
    LOOP(limits, what_cannot_be_said_has_its_reason, undefined);
    tcase_add_test(limits, one_sector_is_trivially_closed_and_says_so);
    tcase_add_test(limits, a_small_sample_is_flagged);
    tcase_add_test(limits, several_kinds_of_tie_have_no_common_weight);
    tcase_add_test(limits, no_draw_leaves_exact_columns);
    tcase_add_loop_test(limits, threads_change_no_byte, 0, 2);
    tcase_add_test(limits, the_order_of_asking_changes_no_byte);
    tcase_add_loop_test(limits, any_allocation_may_fail, 0, 4 * N_IDS);
    suite_add_tcase(suite, limits);
    return suite_run(suite);
}
