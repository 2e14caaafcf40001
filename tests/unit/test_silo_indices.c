/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "maillage/silo.h"
#include "measure/hypergeometric.h"
#include "measure/urn_sum.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_silo_indices.h"
#include "suite.h"

/* Coleman, odds ratio, Yule, Freeman, Gupta, conductance, spectral segregation, diversity. */

static const char *const ids[] = {"silo.coleman", "silo.odds_ratio", "silo.yule_q",
                                  "silo.freeman", "silo.gupta",      "silo.conductance",
                                  "silo.ssi",     "silo.diversity"};
enum { N_IDS = sizeof ids / sizeof *ids, N_TESTED = 6 };

static double number_of(const mlg_value *value, mlg_value_column column, size_t i)
{
    ck_assert_ptr_nonnull(value->column[column]);
    return value->column[column][i];
}

static double part_of(const mlg_value *value, const char *part, size_t i)
{
    const double *values = mlg_value_part_find(value, part);
    ck_assert_msg(values != NULL, "%s has no part %s", value->measure->id, part);
    return values[i];
}

/* The second value of the measure that was run last. */
static const mlg_value *second_value(const measured *m)
{
    return &m->values.items[m->values.n - 1];
}

/* ---- values of other programs --------------------------------------------------------- */

static double reference(const char *row, const char *key, size_t i)
{
    json_t *json = reference_value(row);
    const double number = json_number_value(json_is_array(json)    ? json_array_get(json, i)
                                            : json_is_object(json) ? json_object_get(json, key)
                                                                   : json);
    json_decref(json);
    return number;
}

static const struct {
    const char *row, *id;
    bool by_sector;
} zachary[] = {
    {"zach.coleman", "silo.coleman", true},  {"zach.freeman", "silo.freeman", false},
    {"zach.orwg", "silo.odds_ratio", false}, {"zach.yuleQ", "silo.yule_q", false},
    {"zach.ssi_mean", "silo.ssi", true},     {"zach.conductance", "silo.conductance", false},
};

START_TEST(zacharys_club_is_that_of_other_programs)
{
    measured m;
    measured_open(&m, reference_graph("zachary"));
    const mlg_value *value = measured_value(&m, zachary[_i].id);
    value = value->scope == MLG_SCOPE_ACTOR ? second_value(&m) : value;
    for (size_t a = 0; a < (zachary[_i].by_sector ? 2 : 1); a++) {
        ck_assert_double_eq_tol(number_of(value, MLG_VALUE, a),
                                reference(zachary[_i].row, a == 0 ? "0" : "1", a), 1e-9);
    }
    measured_close(&m);
}
END_TEST

/* Ties of EMON without their direction. */
static mlg_graph *weak_graph(const char *name)
{
    int32_t from[256], to[256];
    size_t n = 0;
    mlg_graph *weak = NULL, *graph = reference_graph(name);
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t i = graph->ties.offset[v]; i < graph->ties.offset[v + 1]; i++) {
            if (v < graph->ties.target[i]) {
                ck_assert_uint_lt(n, 256);
                from[n] = v;
                to[n++] = graph->ties.target[i];
            }
        }
    }
    ck_assert_int_eq(mlg_graph_from_ties(graph->n, from, to, NULL, n, false, graph->sector,
                                         graph->n_sectors, &weak, NULL),
                     MLG_OK);
    mlg_graph_free(graph);
    return weak;
}

static const char *const emon[][2] = {{"emon.Cheyenne.und", "emon_cheyenne"},
                                      {"emon.HurrFrederic.und", "emon_hurrfrederic"},
                                      {"emon.MtStHelens.und", "emon_mtsthelens"},
                                      {"emon.Wichita.und", "emon_wichita"}};

START_TEST(segregation_of_emon_is_that_of_other_programs)
{
    measured m;
    measured_open(&m, weak_graph(emon[_i][1]));
    const double freeman = measured_scalar(&m, "silo.freeman");
    ck_assert_double_eq_tol(freeman, reference(emon[_i][0], NULL, 3), 1e-9);
    ck_assert_double_eq(measured_part(&m, "silo.freeman", "truncated"), fmax(0.0, freeman));
    measured_close(&m);
}
END_TEST

/* coleman1958: 60 boys send 45 ties to boys, 15 to girls; 40 girls 20 and 20. */
START_TEST(the_boys_and_girls_of_colemans_paper)
{
    enum { BOYS = 60, ALL = 100 };
    int32_t from[ALL], to[ALL], sector[ALL];
    mlg_graph *graph = NULL;
    measured m;
    for (int32_t v = 0; v < ALL; v++) {
        const bool boy = v < BOYS, inside = boy ? v < 45 : v < BOYS + 20;
        sector[v] = boy ? 0 : 1;
        from[v] = v;
        to[v] = boy == inside ? (v + 1) % BOYS : BOYS + (v + 1) % (ALL - BOYS);
    }
    ck_assert_int_eq(mlg_graph_from_ties(ALL, from, to, NULL, ALL, true, sector, 2, &graph, NULL),
                     MLG_OK);
    measured_open(&m, graph);
    const mlg_value *value = measured_value(&m, "silo.coleman");
    static const double inside[] = {45.0, 20.0}, paper[] = {0.375, 1.0 / 6.0};
    for (size_t a = 0; a < 2; a++) {
        ck_assert_double_eq(part_of(value, "internal", a), inside[a]);
        ck_assert_double_eq_tol(number_of(value, MLG_VALUE, a), reference("coleman1958", NULL, a),
                                1e-9);
        ck_assert_double_eq_tol(part_of(value, "paper", a), paper[a], 1e-12);
        ck_assert_double_eq(number_of(value, MLG_MAX, a), 1.0);
    }
    ck_assert_str_eq(value->p_method, "exact");
    ck_assert_str_eq(value->null_model, "out_degrees");
    measured_close(&m);
}
END_TEST

/* div.blau: groups of 5, 3 and 2. */
START_TEST(diversity_is_that_of_vegan)
{
    measured m;
    measured_open(
        &m, graph_fixture_two_mode("AAAAABBBCC | 0,1,2,3,4,5,6,7,8,9; 0", MLG_PROJECT_NEWMAN));
    measured_value(&m, "silo.diversity");
    const mlg_value *value = second_value(&m);
    ck_assert_int_eq(value->scope, MLG_SCOPE_ACTIVITY);
    ck_assert_str_eq(value->convention, "participants");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 0), reference("div.blau", NULL, 0), 1e-9);
    ck_assert_double_eq_tol(part_of(value, "shannon", 0), reference("div.blau", NULL, 1), 1e-9);
    ck_assert_double_eq_tol(1.0 / (1.0 - number_of(value, MLG_VALUE, 0)),
                            reference("div.blau", NULL, 2), 1e-9);
    ck_assert_double_eq_tol(part_of(value, "evenness", 0), reference("div.blau", NULL, 1) / log(3),
                            1e-9);
    ck_assert_double_eq_tol(part_of(value, "iqv", 0), 0.62 * 1.5, 1e-12);
    ck_assert_double_eq_tol(part_of(value, "unbiased", 0), 62.0 / 90.0, 1e-12);
    ck_assert_double_eq(number_of(value, MLG_VALUE, 1), 0.0); /* one participant */
    ck_assert_double_nan(part_of(value, "unbiased", 1));
    ck_assert_double_nan(part_of(value, "evenness", 1));
    ck_assert_double_nan(number_of(value, MLG_Z, 0)); /* all there are: nothing varies */
    measured_close(&m);
}
END_TEST

/* perm.kite: the range over all 252 deals. */
START_TEST(the_kites_range_is_exhaustive)
{
    measured m;
    measured_open(&m, reference_graph("kite"));
    const mlg_value *value = measured_value(&m, "silo.ei");
    ck_assert_double_eq_tol(part_of(value, "exhaustive_low", 0), reference("perm.kite", NULL, 5),
                            1e-9);
    ck_assert_double_eq_tol(part_of(value, "exhaustive_high", 0), reference("perm.kite", NULL, 6),
                            1e-9);
    ck_assert_ptr_null(mlg_value_part_find(value, "seen_low"));
    measured_close(&m);
}
END_TEST

/* Given the sizes [.114, 1], seen in 20,000 permutations [.463, .826]. */
START_TEST(wichita_shows_less_than_its_sizes_allow)
{
    measured m;
    measured_open(&m, reference_graph("emon_wichita"));
    m.run.draws = 19999;
    const mlg_value *value = measured_value(&m, "silo.ei");
    const double least = number_of(value, MLG_MIN, 0), most = number_of(value, MLG_MAX, 0);
    ck_assert_double_eq_tol(least, 0.114, 5e-4);
    ck_assert_double_eq(most, 1.0);
    ck_assert_double_eq_tol(part_of(value, "seen_low", 0), 0.463, 0.03);
    ck_assert_double_eq_tol(part_of(value, "seen_high", 0), 0.826, 0.03);
    ck_assert_double_eq_tol(part_of(value, "rescaled", 0),
                            2.0 * (number_of(value, MLG_VALUE, 0) - least) / (most - least) - 1.0,
                            1e-12);
    ck_assert_ptr_null(mlg_value_part_find(value, "exhaustive_low"));
    measured_close(&m);
    measured_open(&m, graph_fixture("AAAA", "0-1 1-2")); /* one value only can be attained */
    ck_assert_double_nan(measured_part(&m, "silo.ei", "rescaled"));
    measured_close(&m);
}
END_TEST

/* ---- by hand ------------------------------------------------------------------------------ */

static const struct {
    const char *what, *sectors, *ties;
    double odds, haldane, yule, freeman, gupta;
} hand[] = {
    {"two closed silos, all tied", "AABB", "0-1 2-3", NAN, 2.5 * 4.5 / (0.5 * 0.5), 1.0, 1.0, 1.0},
    {"only ties across", "AABB", "0-2 1-3", 0.0, 0.5 * 2.5 / (2.5 * 2.5), -1.0, -0.5, -1.0},
    /* Inside 1 of 2 pairs, across 2 of 4; ends: A 4, of which 2 inside, B 2 of which none. */
    {"as by chance", "AABB", "0-1 1-2 0-3", 1.0, 1.0, 0.0, 0.0, -0.5},
    /* Ordered pairs: inside 2 (1 tied), across 4 (1 tied): 1 * 3 / (1 * 1). E* = 2 * 4 / 6. */
    {"arcs", "AAB", "0>1 2>0", 3.0, 1.5 * 3.5 / (1.5 * 1.5), 0.5, 0.25, -1.0 / 3.0},
    {"unknown sectors leave the graph", "AA?B?B", "0-1 0-2 1-3 4-5 3-5 2-4",
     2.0 * 3.0 / (0.5 * 0.0 + 0.0 + 1e-300), 2.5 * 3.5 / (0.5 * 1.5), 1.0, 0.5, NAN},
};

START_TEST(an_index_is_the_one_worked_by_hand)
{
    measured m;
    measured_open(&m, graph_fixture(hand[_i].sectors, hand[_i].ties));
    const mlg_value *odds = measured_value(&m, "silo.odds_ratio");
    if (hand[_i].odds < 1e100) {
        ck_assert_double_eq_tol(number_of(odds, MLG_VALUE, 0), hand[_i].odds, 1e-12);
    } else {
        ck_assert_int_eq(odds->undefined, T_why_infinite_odds);
        ck_assert_double_nan(number_of(odds, MLG_VALUE, 0));
        ck_assert_double_le(number_of(odds, MLG_P, 0), 1.0);
    }
    ck_assert_double_eq_tol(measured_part(&m, "silo.odds_ratio", "haldane"), hand[_i].haldane,
                            1e-12);
    ck_assert_double_eq_tol(measured_scalar(&m, "silo.yule_q"), hand[_i].yule, 1e-12);
    ck_assert_double_eq_tol(measured_scalar(&m, "silo.freeman"), hand[_i].freeman, 1e-12);
    if (!isnan(hand[_i].gupta)) {
        ck_assert_double_eq_tol(measured_scalar(&m, "silo.gupta"), hand[_i].gupta, 1e-12);
    }
    measured_close(&m);
}
END_TEST

START_TEST(a_sectors_homophily_is_worked_by_hand)
{
    measured m;
    /* A: 3 of 6 actors, sends 4 of which 3 stay: w = 4 * 2 / 5 = 1.6; (3 - 1.6) / 2.4. B sends one,
     * none stays: -1. C is alone, D sends nothing. */
    measured_open(&m, graph_fixture("AAABBCDD", "0>1 1>0 2>0 0>3 3>5 5>0"));
    const mlg_value *value = measured_value(&m, "silo.coleman");
    const double w = 4.0 * 2.0 / 7.0;
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 0), (3.0 - w) / (4.0 - w), 1e-12);
    ck_assert_double_eq(number_of(value, MLG_VALUE, 1), -1.0);
    ck_assert_double_nan(number_of(value, MLG_VALUE, 2));
    ck_assert_double_nan(part_of(value, "paper", 2));
    ck_assert_double_nan(number_of(value, MLG_VALUE, 3));
    ck_assert_double_nan(number_of(value, MLG_P, 3));
    ck_assert_double_eq(part_of(value, "sent", 3), 0.0);
    ck_assert_double_eq_tol(part_of(value, "paper", 0), (3.0 - 1.5) / (4.0 - 1.5), 1e-12);
    /* B's one tie stays inside with chance 1/7. */
    ck_assert_double_eq_tol(number_of(value, MLG_EXPECTED, 1), 1.0 / 7.0 - 6.0 / 7.0, 1e-12);
    ck_assert_double_eq(number_of(value, MLG_P, 1), 1.0);
    measured_close(&m);
    /* One actor of a pair sends to five: at most one of them is of its own. */
    measured_open(&m, graph_fixture("AABBBB", "0>1 0>2 0>3 0>4 0>5"));
    value = measured_value(&m, "silo.coleman");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 0), 0.0, 1e-12);
    ck_assert_double_eq_tol(number_of(value, MLG_MAX, 0), 0.0, 1e-12);
    ck_assert_double_eq_tol(number_of(value, MLG_MIN, 0), 0.0, 1e-12);
    measured_close(&m);
}
END_TEST

START_TEST(conductance_is_worked_by_hand)
{
    measured m;
    /* A: 1 inside, 2 leave, 4 ends of 10; B: 1 inside, 2 leave, 4 ends; C: 2 ends, both leave. */
    measured_open(&m, graph_fixture("AABBC?", "0-1 1-2 2-3 0-4 3-4 4-5"));
    const mlg_value *value = measured_value(&m, "silo.conductance");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 0), 2.0 / 4.0, 1e-12);
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 1), 2.0 / 4.0, 1e-12);
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 2), 1.0, 1e-12);
    ck_assert_double_eq(part_of(value, "ends", 2), 2.0);
    measured_close(&m);
    /* The larger side is measured against the smaller. */
    measured_open(&m, graph_fixture("AAAAB", "0-1 1-2 2-3 3-4"));
    value = measured_value(&m, "silo.conductance");
    ck_assert_double_eq(number_of(value, MLG_VALUE, 0), 1.0);
    ck_assert_double_eq(number_of(value, MLG_VALUE, 1), 1.0);
    measured_close(&m);
}
END_TEST

START_TEST(spectral_segregation_is_worked_by_hand)
{
    measured m;
    /* 0 and 1 give each other half of their contacts: l = 1/2, the same for both. B stands alone in
     * its piece, C has no contact of known sector. */
    measured_open(&m, graph_fixture("AABC?", "0-1 0-2 1-2 3-4"));
    const mlg_value *value = measured_value(&m, "silo.ssi");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 0), 0.5, 1e-12);
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 1), 0.5, 1e-12);
    ck_assert_double_eq(number_of(value, MLG_VALUE, 2), 0.0);
    ck_assert_double_nan(number_of(value, MLG_VALUE, 3));
    ck_assert_double_nan(number_of(value, MLG_VALUE, 4));
    value = second_value(&m);
    ck_assert_int_eq(value->scope, MLG_SCOPE_SECTOR);
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 0), 0.5, 1e-12);
    ck_assert_double_eq(number_of(value, MLG_VALUE, 1), 0.0);
    ck_assert_double_nan(number_of(value, MLG_VALUE, 2));
    ck_assert_double_eq(part_of(value, "actors", 2), 0.0);
    measured_close(&m);
    /* Path 0-1-2 in A, 0 also tied to B: shares 1/2, 1/2 and 1/2, 1: l^2 = 1/2 (1/2 + 1) = 3/4 and
     * x = (1/2, l, 1) / l; the actor that nobody else knows has more than its mean, 1.26 here. */
    measured_open(&m, graph_fixture("AAAB", "0-1 1-2 0-3"));
    value = measured_value(&m, "silo.ssi");
    const double l = sqrt(0.75), sum = 0.5 + l + 1.0;
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 0), l * 0.5 * 3.0 / sum, 1e-12);
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 1), l * l * 3.0 / sum, 1e-12);
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 2), l * 3.0 / sum, 1e-12);
    measured_close(&m);
}
END_TEST

START_TEST(an_actors_contacts_are_counted_by_hand)
{
    measured m;
    /* Actor 0 knows A, A, B and one unknown: 1 - (4 + 1) / 9; the pairs that differ are 2 of 3. */
    measured_open(&m, graph_fixture("AAAB?C", "0-1 0-2 0-3 0-4"));
    const mlg_value *value = measured_value(&m, "silo.diversity");
    ck_assert_str_eq(value->convention, "contacts");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 0), 4.0 / 9.0, 1e-12);
    ck_assert_double_eq_tol(part_of(value, "unbiased", 0), 2.0 / 3.0, 1e-12);
    ck_assert_double_eq(part_of(value, "counted", 0), 3.0);
    ck_assert_double_eq(part_of(value, "sectors", 0), 2.0);
    ck_assert_double_eq_tol(part_of(value, "iqv", 0), 4.0 / 9.0 * 1.5, 1e-12);
    /* 3 of the 4 others A, A, B, C: 2 of 12 ordered pairs alike, so (1 - 1/3) (1 - 1/6). */
    ck_assert_double_eq_tol(number_of(value, MLG_EXPECTED, 0), 2.0 / 3.0 * 5.0 / 6.0, 1e-12);
    ck_assert_double_eq(number_of(value, MLG_VALUE, 1), 0.0);
    ck_assert_double_nan(number_of(value, MLG_VALUE, 4));
    ck_assert_double_nan(number_of(value, MLG_VALUE, 5));
    ck_assert_ptr_null(value->column[MLG_P]);
    measured_close(&m);
}
END_TEST

/* ---- slow twins --------------------------------------------------------------------------- */

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

static void check_close(const mlg_value *value, mlg_value_column column, size_t i, double wanted,
                        double slack)
{
    const double number = number_of(value, column, i);
    ck_assert_msg((isnan(number) && !isfinite(wanted)) || fabs(number - wanted) < slack,
                  "%s[%zu], %s: %.15g, not %.15g", value->measure->id, i,
                  mlg_value_column_name(column), number, wanted);
}

static void check_row(const mlg_value *value, size_t i, const slow_null *slow)
{
    const bool infinite = isinf(slow->mean);
    check_close(value, MLG_VALUE, i, slow->observed, 1e-12);
    if (isnan(slow->observed)) {
        ck_assert_double_nan(number_of(value, MLG_P, i));
        return;
    }
    check_close(value, MLG_EXPECTED, i, slow->mean, 1e-11);
    check_close(value, MLG_SD, i, infinite ? NAN : sqrt(slow->variance), 1e-6);
    check_close(value, MLG_LOW, i, slow->low, 1e-12);
    check_close(value, MLG_HIGH, i, slow->high, 1e-12);
    check_close(value, MLG_P, i, strcmp(value->tail, "less") == 0 ? slow->p_less : slow->p_greater,
                1e-12);
}

static const struct {
    const char *id;
    slow_statistic *slow;
} twins[] = {{"silo.odds_ratio", slow_odds_ratio},
             {"silo.yule_q", slow_yule_q},
             {"silo.freeman", slow_freeman},
             {"silo.gupta", slow_gupta}};
enum { N_TWINS = sizeof twins / sizeof *twins };

START_TEST(a_scalar_and_its_null_are_its_slow_twins)
{
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
    const mlg_value *conductance = measured_value(&m, "silo.conductance");
    for (int32_t a = 0; a < m.graph->n_sectors; a++) {
        const slow_null slow = slow_null_of(m.graph, slow_conductance, a, 0);
        check_row(conductance, (size_t) a, &slow);
    }
    const mlg_value *coleman = measured_value(&m, "silo.coleman");
    for (int32_t a = 0; a < m.graph->n_sectors; a++) {
        const slow_null slow = m.graph->directed ? slow_coleman_chosen(m.graph, a)
                                                 : slow_null_of(m.graph, slow_coleman, a, 0);
        check_row(coleman, (size_t) a, &slow);
    }
    measured_close(&m);
}
END_TEST

/* Larger sectors with arcs: every choice of partners. */
START_TEST(exact_chances_are_those_of_every_choice)
{
    measured m;
    mlg_random random = mlg_random_stream(21, "test_silo_indices", "choices", (uint64_t) _i);
    measured_open(&m, random_graph(&random, 9, 20 + 4 * (size_t) _i, 2, true, false));
    const mlg_value *value = measured_value(&m, "silo.coleman");
    for (int32_t a = 0; a < m.graph->n_sectors; a++) {
        const slow_null slow = slow_coleman_chosen(m.graph, a);
        check_row(value, (size_t) a, &slow);
    }
    measured_close(&m);
}
END_TEST

START_TEST(diversity_by_chance_is_that_of_every_deal)
{
    measured m;
    measured_open(&m, small_graph(_i));
    const mlg_value *value = measured_value(&m, "silo.diversity");
    for (int32_t v = 0; v < m.graph->n; v++) {
        if (m.graph->sector[v] >= 0 && part_of(value, "counted", (size_t) v) > 0.0) {
            const slow_null slow = slow_null_keeping(m.graph, slow_blau_contacts, v);
            check_close(value, MLG_VALUE, (size_t) v, slow.observed, 1e-12);
            check_close(value, MLG_EXPECTED, (size_t) v, slow.mean, 1e-12);
            check_close(value, MLG_SD, (size_t) v, sqrt(slow.variance), 1e-7);
            const double unbiased = slow_unbiased(m.graph, v);
            const double number = part_of(value, "unbiased", (size_t) v);
            ck_assert((isnan(number) && isnan(unbiased)) || fabs(number - unbiased) < 1e-12);
        }
    }
    measured_close(&m);
    measured_open(&m, graph_fixture_two_mode("AABBC?A | 0,1,2; 1,3,4,6; 2,5; 0,1,2,3,4,5,6; 5",
                                             MLG_PROJECT_COUNT));
    measured_value(&m, "silo.diversity");
    value = second_value(&m);
    for (int32_t e = 0; e < 4; e++) {
        const slow_null slow = slow_null_of(m.graph, slow_blau_participants, e, 0);
        check_close(value, MLG_VALUE, (size_t) e, slow.observed, 1e-12);
        check_close(value, MLG_EXPECTED, (size_t) e, slow.mean, 1e-12);
        check_close(value, MLG_SD, (size_t) e, sqrt(slow.variance), 1e-7);
    }
    ck_assert_double_nan(number_of(value, MLG_VALUE, 4)); /* nobody of known sector */
    measured_close(&m);
}
END_TEST

START_TEST(values_of_larger_graphs_are_their_slow_twins)
{
    measured m;
    double score[40];
    mlg_random random = mlg_random_stream(22, "test_silo_indices", "larger", (uint64_t) _i);
    measured_open(&m, random_graph(&random, 40, _i < 4 ? 60 : 200, 4, _i % 2 == 1, true));
    if (_i >= 6) {
        give_further_sectors(m.graph, (uint64_t) _i);
    }
    for (size_t k = 0; k < N_TWINS; k++) {
        ck_assert_double_eq_tol(measured_scalar(&m, twins[k].id),
                                twins[k].slow(m.graph, NULL, 0, 0), 1e-12);
    }
    const mlg_value *conductance = measured_value(&m, "silo.conductance");
    const mlg_value *coleman = measured_value(&m, "silo.coleman");
    for (int32_t a = 0; a < m.graph->n_sectors; a++) {
        check_close(conductance, MLG_VALUE, (size_t) a, slow_conductance(m.graph, NULL, a, 0),
                    1e-12);
        check_close(coleman, MLG_VALUE, (size_t) a, slow_coleman(m.graph, NULL, a, 0), 1e-12);
    }
    slow_ssi(m.graph, score);
    const mlg_value *ssi = measured_value(&m, "silo.ssi");
    for (size_t v = 0; v < 40; v++) {
        check_close(ssi, MLG_VALUE, v, score[v], 1e-8);
    }
    measured_close(&m);
}
END_TEST

/* ---- chances of a sum ---------------------------------------------------------------------- */

START_TEST(one_draw_is_hypergeometric)
{
    const uint32_t drawn = 7;
    mlg_urn_sum sum;
    double passed = 0.0;
    ck_assert_int_eq(mlg_urn_sum_of(20, 8, &drawn, 1, &sum, NULL), MLG_OK);
    ck_assert_int_eq(sum.low, 0);
    ck_assert_uint_eq(sum.n, 8);
    for (uint32_t x = 0; x < 8; x++) {
        passed += sum.chance[x];
        ck_assert_double_eq_tol(passed, mlg_two_weight_tails(20, 8, 7, 0, x).less, 1e-14);
    }
    mlg_urn_sum_free(&sum);
}
END_TEST

/* 3,000 actors of which each sends to 1..6: whole, with the exact mean and variance, and
 * chances of 1e-280 in their place. */
START_TEST(a_long_sum_keeps_its_moments_and_its_tails)
{
    enum { N = 3000, ALL = 9999, MARKED = 2999 };
    uint32_t drawn[N];
    double mean = 0.0, variance = 0.0, all = 0.0, first = 0.0, second = 0.0;
    mlg_urn_sum sum;
    const double p = (double) MARKED / ALL;
    for (uint32_t i = 0; i < N; i++) {
        drawn[i] = 1 + i / (N / 6);
        mean += drawn[i] * p;
        variance += drawn[i] * p * (1.0 - p) * (ALL - (double) drawn[i]) / (ALL - 1.0);
    }
    ck_assert_int_eq(mlg_urn_sum_of(ALL, MARKED, drawn, N, &sum, NULL), MLG_OK);
    for (size_t i = 0; i < sum.n; i++) {
        const double x = (double) (sum.low + (int64_t) i);
        all += sum.chance[i];
        first += x * sum.chance[i];
        second += (x - mean) * (x - mean) * sum.chance[i];
    }
    ck_assert_double_eq_tol(all, 1.0, 1e-11);
    ck_assert_double_eq_tol(first, mean, 1e-7);
    ck_assert_double_eq_tol(second / variance, 1.0, 1e-9);
    ck_assert_uint_lt(sum.n, 6000); /* of 10,501 */
    ck_assert_double_lt(sum.chance[sum.n - 1], 1e-280);
    ck_assert_double_gt(sum.chance[sum.n - 1], 0.0);
    ck_assert_double_gt(mlg_urn_sum_terms(ALL, MARKED, drawn, N), 1e7);
    ck_assert_double_lt(mlg_urn_sum_terms(ALL, MARKED, drawn, N), 1e8);
    mlg_urn_sum_free(&sum);
}
END_TEST

/* ---- laws ------------------------------------------------------------------------------------ */

static mlg_graph *law_graph(int i, const char *law)
{
    mlg_random random = mlg_random_stream(23, "test_silo_indices", law, (uint64_t) i);
    mlg_graph *graph = random_graph(&random, 24, 70, 4, i % 2 == 1, false);
    if (i >= 4) {
        give_further_sectors(graph, (uint64_t) i);
    }
    return graph;
}

START_TEST(what_rises_with_the_ties_inside_has_one_p)
{
    static const char *const same[] = {"silo.odds_ratio", "silo.yule_q", "silo.freeman"};
    measured m;
    measured_open(&m, law_graph(_i, "one p"));
    m.run.draws = 499;
    const double p = number_of(measured_value(&m, "silo.ei"), MLG_P, 0);
    const double z = number_of(measured_value(&m, "silo.ei"), MLG_Z, 0);
    for (size_t k = 0; k < 3; k++) {
        ck_assert_double_eq(number_of(measured_value(&m, same[k]), MLG_P, 0), p);
    }
    ck_assert_double_eq_tol(number_of(measured_value(&m, "silo.freeman"), MLG_Z, 0), -z, 1e-9);
    ck_assert_double_eq(number_of(measured_value(&m, "silo.freeman"), MLG_EXPECTED, 0), 0.0);
    measured_close(&m);
}
END_TEST

START_TEST(gupta_of_two_sectors_is_their_assortativity)
{
    measured m;
    mlg_random random = mlg_random_stream(24, "test_silo_indices", "gupta", (uint64_t) _i);
    measured_open(&m, random_graph(&random, 20, 60, 2, false, false));
    ck_assert_double_eq_tol(measured_scalar(&m, "silo.gupta"),
                            measured_scalar(&m, "silo.assortativity"), 1e-12);
    const mlg_value *value = measured_value(&m, "silo.conductance");
    ck_assert_double_eq_tol(number_of(value, MLG_VALUE, 0), number_of(value, MLG_VALUE, 1), 1e-12);
    measured_close(&m);
}
END_TEST

START_TEST(values_and_draws_stay_between_their_bounds)
{
    static const char *const bounded[] = {"silo.coleman", "silo.odds_ratio", "silo.yule_q",
                                          "silo.freeman", "silo.gupta"};
    measured m;
    measured_open(&m, law_graph(_i, "bounds"));
    m.run.draws = 499;
    for (size_t k = 0; k < sizeof bounded / sizeof *bounded; k++) {
        const mlg_value *value = measured_value(&m, bounded[k]);
        const bool moves = k == 0 && !m.graph->directed; /* the bounds are of its own actors */
        for (size_t i = 0; i < value->n; i++) {
            const double least = number_of(value, MLG_MIN, i), most = number_of(value, MLG_MAX, i);
            ck_assert(!(number_of(value, MLG_VALUE, i) < least - 1e-12));
            ck_assert(!(number_of(value, MLG_VALUE, i) > most + 1e-12));
            ck_assert(moves || !(number_of(value, MLG_LOW, i) < least - 1e-12));
            ck_assert(moves || !(number_of(value, MLG_HIGH, i) > most + 1e-12));
        }
    }
    measured_close(&m);
}
END_TEST

START_TEST(numbering_actors_otherwise_changes_nothing_exact)
{
    static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD,
                                               MLG_MIN,   MLG_MAX,      MLG_P};
    static const int32_t order[] = {3, 0, 5, 1, 4, 2};
    const int32_t sector[] = {0, 0, 1, 1, 2, 1}, from[] = {0, 1, 2, 3, 4, 5, 0},
                  to[] = {1, 2, 3, 4, 0, 1, 5};
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
    ck_assert_int_eq(mlg_graph_from_ties(6, from, to, NULL, 7, _i == 1, sector, 3, &graph, NULL),
                     MLG_OK);
    ck_assert_int_eq(
        mlg_graph_from_ties(6, new_from, new_to, NULL, 7, _i == 1, new_sector, 3, &again, NULL),
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

/* ---- participations ---------------------------------------------------------------------------
 */

static const char *const seats =
    "AAAABBBBCC?C | 0,1,2; 0,1,3; 4,5,6; 4,5,7; 8,9,11; 0,4,8,10; 1,2,3; 5,6,7; 8,9; 2,6,9,10";

START_TEST(participations_keep_their_margins_under_the_null)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode(seats, MLG_PROJECT_NEWMAN));
    m.run.draws = 999;
    for (size_t k = 0; k < N_TESTED; k++) {
        const mlg_value *value = measured_value(&m, ids[k]);
        ck_assert_str_eq(value->null_model, "margins");
        ck_assert_str_eq(value->p_method, "draws");
        ck_assert_uint_eq(value->draws, 999);
        ck_assert_double_le(number_of(value, MLG_P, 0), 0.05); /* planted silos */
    }
    for (size_t k = 0; k < N_TWINS; k++) {
        check_close(measured_value(&m, twins[k].id), MLG_VALUE, 0,
                    twins[k].slow(m.graph, NULL, 0, 0), 1e-12);
    }
    const mlg_value *coleman = measured_value(&m, "silo.coleman");
    const mlg_value *conductance = measured_value(&m, "silo.conductance");
    for (int32_t a = 0; a < 3; a++) {
        check_close(coleman, MLG_VALUE, (size_t) a, slow_coleman(m.graph, NULL, a, 0), 1e-12);
        check_close(conductance, MLG_VALUE, (size_t) a, slow_conductance(m.graph, NULL, a, 0),
                    1e-12);
    }
    /* Freeman's is that of E-I even here, where the number of ties changes from draw to draw. */
    ck_assert_double_eq(number_of(measured_value(&m, "silo.freeman"), MLG_P, 0),
                        number_of(measured_value(&m, "silo.ei"), MLG_P, 0));
    ck_assert_ptr_null(measured_value(&m, "silo.ssi")->null_model);
    ck_assert_str_eq(measured_value(&m, "silo.diversity")->null_model, "labels");
    measured_close(&m);
}
END_TEST

START_TEST(a_projection_too_large_leaves_the_activities)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode(seats, MLG_PROJECT_NEWMAN));
    m.graph->projected = false;
    memset(m.graph->ties.offset, 0, (size_t) (m.graph->n + 1) * sizeof *m.graph->ties.offset);
    ck_assert_int_eq(measured_value(&m, "silo.diversity")->undefined, T_why_too_large);
    ck_assert_uint_eq(m.values.n, 2);
    ck_assert_int_eq(second_value(&m)->undefined, T_none);
    ck_assert_uint_eq(second_value(&m)->n, 10);
    measured_close(&m);
}
END_TEST

/* ---- undefined ------------------------------------------------------------------------------- */

START_TEST(every_measure_bears_every_shape)
{
    measured m;
    measured_open(&m, measured_shape(_i));
    for (size_t k = 0; k < N_IDS; k++) {
        const mlg_value *value = measured_value(&m, ids[k]); /* checks reasons and ranges */
        if (value->undefined == T_none && value->shape == MLG_SCALAR) {
            ck_assert(!isnan(number_of(value, MLG_P, 0)));
        }
    }
    for (size_t i = 0; i < m.values.n; i++) {
        measured_check(&m.values.items[i]);
    }
    measured_close(&m);
}
END_TEST

#define ALL_SAY(why)                                                                               \
    {                                                                                              \
        why, why, why, why, why, why, why, why                                                     \
    }

static const struct {
    const char *what, *sectors, *ties;
    mlg_text_key why[N_IDS]; /* of each measure */
} undefined[] = {
    {"nobody", "", "", ALL_SAY(T_why_no_sectors)},
    {"no sector known", "???", "0-1 1-2", ALL_SAY(T_why_no_sectors)},
    {"no tie", "AABB", "", ALL_SAY(T_why_no_ties)},
    {"ties to unknown sectors only", "A?B", "0-1 1-2", ALL_SAY(T_why_no_ties)},
    {"one sector",
     "AAAA",
     "0-1 1-2",
     {T_why_one_group, T_why_one_group, T_why_one_group, T_why_one_group, T_why_one_group,
      T_why_one_group, T_none, T_none}},
    {"all ends of ties in one sector",
     "AAAB",
     "0-1 1-2",
     {T_none, T_why_infinite_odds, T_none, T_none, T_why_one_group, T_why_one_group, T_none,
      T_none}},
    {"a sector each",
     "ABC",
     "0-1 1-2",
     {T_why_no_sector_pair, T_why_no_sector_pair, T_why_no_sector_pair, T_none, T_none, T_none,
      T_none, T_none}},
    {"everybody tied",
     "AABB",
     "0-1 0-2 0-3 1-2 1-3 2-3",
     {T_none, T_why_no_variance, T_why_no_variance, T_none, T_none, T_none, T_none, T_none}},
    {"all inside tied, one across",
     "AAB",
     "0-1 1-2",
     {T_none, T_why_infinite_odds, T_none, T_none, T_none, T_none, T_none, T_none}},
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

START_TEST(a_small_sample_and_one_sector_are_flagged)
{
    measured m;
    measured_open(&m, graph_fixture("AAAABBBBB", "0-1 1-2 5-6 0-5"));
    for (size_t k = 0; k < N_IDS; k++) {
        ck_assert_int_eq(measured_value(&m, ids[k])->caution, T_caution_small_sample);
    }
    measured_close(&m);
}
END_TEST

START_TEST(no_draw_leaves_exact_columns)
{
    measured m;
    measured_open(&m, reference_graph("emon_wichita"));
    m.run.draws = 0;
    for (size_t k = 0; k < N_IDS; k++) {
        measured_value(&m, ids[k]);
    }
    const mlg_value *freeman = measured_value(&m, "silo.freeman");
    ck_assert_double_nan(number_of(freeman, MLG_P, 0));
    ck_assert_double_eq_tol(number_of(freeman, MLG_Z, 0), 4.456, 5e-4); /* as E-I's, other side */
    ck_assert(!isnan(number_of(measured_value(&m, "silo.coleman"), MLG_P, 0)));
    measured_close(&m);
}
END_TEST

/* ---- same bytes, memory ------------------------------------------------------------------------
 */

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

static mlg_graph *thread_case(int i)
{
    mlg_random random = mlg_random_stream(25, "test_silo_indices", "threads", (uint64_t) i);
    return i < 2 ? random_graph(&random, 60, 200, 5, i == 0, true)
                 : graph_fixture_two_mode(seats, MLG_PROJECT_JACCARD);
}

START_TEST(neither_threads_nor_the_order_of_asking_change_a_byte)
{
    measured one, two;
    measured_open(&one, thread_case(_i));
    measured_open(&two, thread_case(_i));
    one.run.draws = two.run.draws = 777;
    two.run.threads = 2;
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
    bool failed = true;
    for (long n = 0; failed; n++) {
        mlg_context *context = NULL;
        mlg_values values = {0};
        ck_assert_int_eq(mlg_context_of_graph(graph, &run, &context, NULL), MLG_OK);
        failed = measured_fails(context, 0, row->id, n, &values);
        ck_assert(failed ? values.n == 0 : values.n > 0);
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
    Suite *suite = suite_create("silo_indices");
    TCase *oracle = tcase_create("oracle");
    LOOP(oracle, zacharys_club_is_that_of_other_programs, zachary);
    LOOP(oracle, segregation_of_emon_is_that_of_other_programs, emon);
    tcase_add_test(oracle, the_boys_and_girls_of_colemans_paper);
    tcase_add_test(oracle, diversity_is_that_of_vegan);
    tcase_add_test(oracle, the_kites_range_is_exhaustive);
    tcase_add_test(oracle, wichita_shows_less_than_its_sizes_allow);
    suite_add_tcase(suite, oracle);

    TCase *values = tcase_create("values");
    LOOP(values, an_index_is_the_one_worked_by_hand, hand);
    tcase_add_test(values, a_sectors_homophily_is_worked_by_hand);
    tcase_add_test(values, conductance_is_worked_by_hand);
    tcase_add_test(values, spectral_segregation_is_worked_by_hand);
    tcase_add_test(values, an_actors_contacts_are_counted_by_hand);
    tcase_add_loop_test(values, a_scalar_and_its_null_are_its_slow_twins, 0, N_TWINS * N_SMALL);
    tcase_add_loop_test(values, a_sector_and_its_null_are_its_slow_twins, 0, N_SMALL);
    tcase_add_loop_test(values, exact_chances_are_those_of_every_choice, 0, 4);
    tcase_add_loop_test(values, diversity_by_chance_is_that_of_every_deal, 0, N_SMALL);
    tcase_add_loop_test(values, values_of_larger_graphs_are_their_slow_twins, 0, 8);
    tcase_add_test(values, one_draw_is_hypergeometric);
    tcase_add_test(values, a_long_sum_keeps_its_moments_and_its_tails);
    suite_add_tcase(suite, values);

    TCase *laws = tcase_create("laws");
    tcase_add_loop_test(laws, what_rises_with_the_ties_inside_has_one_p, 0, 6);
    tcase_add_loop_test(laws, gupta_of_two_sectors_is_their_assortativity, 0, 4);
    tcase_add_loop_test(laws, values_and_draws_stay_between_their_bounds, 0, 6);
    tcase_add_loop_test(laws, numbering_actors_otherwise_changes_nothing_exact, 0, 2);
    tcase_add_test(laws, participations_keep_their_margins_under_the_null);
    tcase_add_test(laws, a_projection_too_large_leaves_the_activities);
    suite_add_tcase(suite, laws);

    TCase *limits = tcase_create("limits");
    tcase_add_loop_test(limits, every_measure_bears_every_shape, 0, MEASURED_SHAPES);
    LOOP(limits, what_cannot_be_said_has_its_reason, undefined);
    tcase_add_test(limits, a_small_sample_and_one_sector_are_flagged);
    tcase_add_test(limits, no_draw_leaves_exact_columns);
    tcase_add_loop_test(limits, neither_threads_nor_the_order_of_asking_change_a_byte, 0, 3);
    tcase_add_loop_test(limits, any_allocation_may_fail, 0, 4 * N_IDS);
    suite_add_tcase(suite, limits);
    return suite_run(suite);
}
