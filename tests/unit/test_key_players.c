/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/players.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measured.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_players.h"
#include "study_measured.h"
#include "suite.h"

static const char *const neg = "depend.key_players_neg";
static const char *const pos = "depend.key_players_pos";

/* The list of a convention; NULL when there is none. */
static const mlg_value *list_of(measured *m, const char *id, const char *convention)
{
    (void) measured_value(m, id);
    for (size_t i = m->values.n; i-- > 0;) {
        const mlg_value *value = &m->values.items[i];
        if (strcmp(value->measure->id, id) == 0 && strcmp(value->convention, convention) == 0) {
            measured_check(value);
            return value;
        }
    }
    return NULL;
}

/* First row of the sets of k; fails when there is none. */
static size_t row_of_k(const mlg_value *value, int k)
{
    size_t row = 0;
    while (row < value->n && part_at(value, "k", row) != k) {
        row++;
    }
    ck_assert_msg(row < value->n, "no set of %d", k);
    return row;
}

/* ---- worked by hand ----------------------------------------------------------------------- */

/* 0 - 1 - 2 - 3 - 4 with 5, 6 hanging on 1: without 1, pieces of 1, 1, 1 and 3. */
START_TEST(the_worst_departure_is_worked_by_hand)
{
    measured m;
    measured_open(&m, graph_fixture("ABABABA", "0-1 1-2 2-3 3-4 1-5 1-6"));
    const mlg_value *value = list_of(&m, neg, "fragmentation");
    const size_t one = row_of_k(value, 1), two = row_of_k(value, 2), three = row_of_k(value, 3);

    ck_assert_int_eq(value->subject[one], 1);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][one], 1 - 3.0 / 15, 1e-12);
    ck_assert_double_eq_tol(part_at(value, "original", one), 1 - 3.0 / 21, 1e-12);
    ck_assert_double_eq(part_at(value, "connected", one), 3);
    ck_assert_double_eq(part_at(value, "lost", one), 12); /* 15 pairs of the others, 3 left */
    ck_assert_double_eq(part_at(value, "proven", one), 1);
    ck_assert_double_eq(part_at(value, "sets", one), 1);
    ck_assert_double_eq_tol(part_at(value, "bound", one), 0.8, 1e-12);
    ck_assert_double_eq_tol(part_at(value, "distance", one), 1 - 2.5 / 15, 1e-12);
    ck_assert_int_eq(value->subject[two], 1); /* and 3: nobody is left connected */
    ck_assert_int_eq(value->subject[two + 1], 3);
    ck_assert_double_eq(part_at(value, "member", two + 1), 2);
    ck_assert_double_eq(value->column[MLG_VALUE][two], 1);
    ck_assert_double_eq(part_at(value, "lost", two), 10);
    ck_assert_double_eq(part_at(value, "sets", three), 5 + 1); /* one more; 1, 2, 4 */
    measured_close(&m);
}
END_TEST

START_TEST(whom_to_convene_is_worked_by_hand)
{
    measured m;
    measured_open(&m, graph_fixture("ABABABA?", "0-1 1-2 2-3 3-4 1-5 1-6"));
    const mlg_value *value = list_of(&m, pos, "distance");
    const size_t one = row_of_k(value, 1), two = row_of_k(value, 2);

    /* from 1: itself, 0 2 5 6 at one step, 3 at two, 4 at three, 7 never */
    ck_assert_int_eq(value->subject[one], 1);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][one], (5 + 0.5 + 1.0 / 3) / 8, 1e-12);
    ck_assert_double_eq_tol(part_at(value, "others_only", one), (4 + 0.5 + 1.0 / 3) / 8, 1e-12);
    ck_assert_double_eq(part_at(value, "reach1", one), 5);
    ck_assert_double_eq(part_at(value, "reach2", one), 6);
    ck_assert_int_eq(value->subject[two], 1);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][two], 7.0 / 8, 1e-12);
    ck_assert_double_eq_tol(part_at(value, "others_only", two), 5.0 / 8, 1e-12);
    ck_assert_double_eq(part_at(value, "sets", two), 2); /* 1 and 3, or 4 */
    value = list_of(&m, pos, "reach2");
    ck_assert_double_eq_tol(value->column[MLG_VALUE][row_of_k(value, 1)], 7.0 / 8, 1e-12);
    ck_assert_int_eq(value->subject[row_of_k(value, 1)], 2); /* all but 7; from 1, not 4 either */
    measured_close(&m);
}
END_TEST

/* ---- undefined ------------------------------------------------------------------------------ */

static const struct {
    const char *id, *sectors, *ties;
    mlg_text_key why;
} undefined_cases[] = {
    {"depend.key_players_neg", "", "", T_why_no_ties},
    {"depend.key_players_neg", "ABC", "", T_why_no_ties},
    {"depend.key_players_neg", "AB", "0-1", T_why_too_few_actors},
    {"depend.key_players_pos", "", "", T_why_no_ties},
    {"depend.key_players_pos", "ABC", "", T_why_no_ties},
};

START_TEST(what_is_undefined_says_why)
{
    measured m;
    measured_open(&m, graph_fixture(undefined_cases[_i].sectors, undefined_cases[_i].ties));
    const mlg_value *value = measured_value(&m, undefined_cases[_i].id);
    ck_assert_str_eq(mlg_text_name(value->undefined), mlg_text_name(undefined_cases[_i].why));
    measured_close(&m);
}
END_TEST

START_TEST(every_shape_gives_values_in_their_range)
{
    measured m;
    measured_open(&m, measured_shape(_i));
    (void) measured_value(&m, neg);
    (void) measured_value(&m, pos);
    for (size_t i = 0; i < m.values.n; i++) {
        measured_check(&m.values.items[i]);
    }
    measured_close(&m);
}
END_TEST

/* Sets are as large as the run's budget, two actors stay, and never more than ten go. */
START_TEST(the_budget_is_the_largest_set)
{
    static const struct {
        uint32_t budget;
        int n, neg, pos;
    } cases[] = {{0, 8, 1, 1}, {2, 8, 2, 2}, {9, 8, 6, 8}, {1000, 14, 10, 10}, {1, 3, 1, 1}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        char sectors[16] = "AAAAAAAAAAAAAA";
        measured m;
        sectors[cases[c].n] = '\0';
        measured_open(&m, graph_fixture(sectors, "0-1 1-2"));
        m.run.budget = cases[c].budget;
        const mlg_value *value = list_of(&m, neg, "fragmentation");
        ck_assert_double_eq(part_at(value, "k", value->n - 1), cases[c].neg);
        value = list_of(&m, pos, "reach1");
        ck_assert_double_eq(part_at(value, "k", value->n - 1), cases[c].pos);
        measured_close(&m);
    }
}
END_TEST

/* A complete network: every set is as good, a few are listed of all. */
START_TEST(sets_of_one_rank_are_counted_and_some_listed)
{
    measured m;
    measured_open(&m, reference_graph("complete20"));
    const mlg_value *value = list_of(&m, neg, "fragmentation");
    ck_assert_uint_eq(value->n, 20 + 12 * 2 + 8 * 3);
    ck_assert_uint_eq(value->total, 20 + 190 * 2 + 1140 * 3);
    ck_assert_double_eq(part_at(value, "sets", row_of_k(value, 3)), 1140);
    ck_assert_double_eq(part_at(value, "lost", row_of_k(value, 3)), 0);
    ck_assert_double_eq(part_at(value, "set", value->n - 1), 8);
    measured_close(&m);
}
END_TEST

/* ---- laws ---------------------------------------- */

START_TEST(more_departures_never_split_less_over_everybody)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.monotone", "", (uint64_t) _i);
    measured m;
    measured_open(&m, random_graph(&draw, 30, (size_t) (15 + 6 * _i), 0, false, false));
    m.run.budget = 4;
    const mlg_value *value = list_of(&m, neg, "fragmentation");
    double before = 0, reach[2] = {0};
    for (int k = 1; k <= 4; k++) {
        const double original = part_at(value, "original", row_of_k(value, k));
        ck_assert_double_ge(original, before);
        before = original;
    }
    for (int k = 1; k <= 4; k++) {
        value = list_of(&m, pos, "distance");
        const double near = value->column[MLG_VALUE][row_of_k(value, k)];
        value = list_of(&m, pos, "reach1");
        const double one = value->column[MLG_VALUE][row_of_k(value, k)];
        ck_assert(near >= reach[0] && one >= reach[1] && near >= one);
        ck_assert_double_le(near, 1);
        reach[0] = near;
        reach[1] = one;
    }
    measured_close(&m);
}
END_TEST

START_TEST(relabelling_changes_no_value)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.relabel", "", (uint64_t) _i);
    random_ties ties = random_ties_of(&draw, 26, (size_t) (20 + 5 * _i), 0);
    int32_t *order = random_order(&draw, ties.n);
    static const char *const lists[][2] = {{"depend.key_players_neg", "fragmentation"},
                                           {"depend.key_players_neg", "distance"},
                                           {"depend.key_players_pos", "distance"},
                                           {"depend.key_players_pos", "reach1"},
                                           {"depend.key_players_pos", "reach2"}};
    mlg_graph *graph = NULL, *moved = NULL;
    measured here, there;

    ck_assert_int_eq(
        mlg_graph_from_ties(ties.n, ties.from, ties.to, NULL, ties.m, false, NULL, 0, &graph, NULL),
        MLG_OK);
    for (size_t i = 0; i < ties.m; i++) {
        ties.from[i] = order[ties.from[i]];
        ties.to[i] = order[ties.to[i]];
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(ties.n, ties.from, ties.to, NULL, ties.m, false, NULL, 0, &moved, NULL),
        MLG_OK);
    measured_open(&here, graph);
    measured_open(&there, moved);
    for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
        const mlg_value *a = list_of(&here, lists[l][0], lists[l][1]);
        const mlg_value *b = list_of(&there, lists[l][0], lists[l][1]);
        ck_assert_uint_eq(a->total, b->total);
        for (int k = 1; k <= 3; k++) {
            const size_t x = row_of_k(a, k), y = row_of_k(b, k);
            ck_assert_double_eq(a->column[MLG_VALUE][x], b->column[MLG_VALUE][y]);
            ck_assert_double_eq(part_at(a, "sets", x), part_at(b, "sets", y));
            if (part_at(a, "sets", x) == 1) {
                bool same = false;
                for (int i = 0; i < k; i++) {
                    same = same || order[a->subject[x]] == b->subject[y + (size_t) i];
                }
                ck_assert(same);
            }
        }
    }
    measured_close(&here);
    measured_close(&there);
    mlg_free(order);
    random_ties_free(&ties);
}
END_TEST

/* What `lost` counts: pairs of the others that were connected and are not. */
START_TEST(pairs_lost_are_those_of_the_others)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.lost", "", (uint64_t) _i);
    measured m;
    measured_open(&m, random_graph(&draw, 16, (size_t) (8 + 2 * _i), 0, false, false));
    const mlg_value *value = list_of(&m, neg, "fragmentation");

    for (int k = 1; k <= 3; k++) {
        const size_t row = row_of_k(value, k);
        double lost = 0;
        int32_t set[3];
        for (int i = 0; i < k; i++) {
            set[i] = value->subject[row + (size_t) i];
        }
        for (int32_t a = 0; a < 16; a++) {
            for (int32_t b = a + 1; b < 16; b++) {
                bool of_set = false;
                for (int32_t v = 0; v < k; v++) {
                    of_set = of_set || set[v] == a || set[v] == b;
                }
                lost += !of_set && slow_connected(m.graph, a, b, NULL, 0) &&
                        !slow_connected(m.graph, a, b, set, k);
            }
        }
        ck_assert_double_eq(part_at(value, "lost", row), lost);
    }
    measured_close(&m);
}
END_TEST

/* A participation view too large to project answers from its two-mode data. */
START_TEST(a_view_without_projection_has_the_same_sets)
{
    mlg_random draw = mlg_random_stream(1, "test_key_players.two_mode", "", (uint64_t) _i);
    measured m;
    double before[2][64];
    size_t n[2];
    static const char *const lists[2][2] = {{"depend.key_players_neg", "fragmentation"},
                                            {"depend.key_players_pos", "distance"}};
    measured_open(&m, random_two_mode(&draw, 20, 15, 40, MLG_PROJECT_NEWMAN));
    for (int l = 0; l < 2; l++) {
        const mlg_value *value = list_of(&m, lists[l][0], lists[l][1]);
        n[l] = value->n;
        for (size_t i = 0; i < n[l]; i++) {
            before[l][i] = value->column[MLG_VALUE][i] + value->subject[i];
        }
    }
    m.graph->projected = false;
    for (int l = 0; l < 2; l++) {
        const mlg_value *value = list_of(&m, lists[l][0], lists[l][1]);
        ck_assert_uint_eq(value->n, n[l]);
        for (size_t i = 0; i < n[l]; i++) {
            ck_assert_double_eq(before[l][i], value->column[MLG_VALUE][i] + value->subject[i]);
        }
    }
    ck_assert_int_eq(list_of(&m, neg, "distance")->undefined, T_why_too_large);
    m.graph->projected = true;
    measured_close(&m);
}
END_TEST

/* ---- values of other programs ---------------------------------------- */

static const struct {
    const char *row, *graph, *id, *convention, *part; /* part: NULL = the value */
    int k, base;                                      /* first number of an actor */
} rows[] = {
    {"zach.kppneg_F_k1", "zachary", "depend.key_players_neg", "fragmentation", NULL, 1, 0},
    {"zach.kppneg_F_k2", "zachary", "depend.key_players_neg", "fragmentation", NULL, 2, 0},
    {"zach.kppneg_F_k3", "zachary", "depend.key_players_neg", "fragmentation", NULL, 3, 0},
    {"zach.kppneg_DF_k1", "zachary", "depend.key_players_neg", "distance", NULL, 1, 0},
    {"zach.kppneg_DF_k2", "zachary", "depend.key_players_neg", "distance", NULL, 2, 0},
    {"zach.kpppos_dR_k1", "zachary", "depend.key_players_pos", "distance", NULL, 1, 0},
    {"zach.kpppos_dR_k2", "zachary", "depend.key_players_pos", "distance", NULL, 2, 0},
    {"zach.kpppos_dR_k3", "zachary", "depend.key_players_pos", "distance", NULL, 3, 0},
    {"zach.kpppos_m1_k1", "zachary", "depend.key_players_pos", "reach1", "reach1", 1, 0},
    {"zach.kpppos_m1_k2", "zachary", "depend.key_players_pos", "reach1", "reach1", 2, 0},
    {"zach.kpppos_m1_k3", "zachary", "depend.key_players_pos", "reach1", "reach1", 3, 0},
    {"flo.kppneg1", "florentine", "depend.key_players_neg", "fragmentation", NULL, 1, 0},
    {"flo.kppneg2", "florentine", "depend.key_players_neg", "fragmentation", NULL, 2, 0},
    {"emon.Cheyenne.kppneg1", "emon_cheyenne", "depend.key_players_neg", "fragmentation", NULL, 1,
     1},
    {"emon.HurrFrederic.kppneg1", "emon_hurrfrederic", "depend.key_players_neg", "fragmentation",
     NULL, 1, 1},
    {"emon.MtStHelens.kppneg1", "emon_mtsthelens", "depend.key_players_neg", "fragmentation", NULL,
     1, 1},
    {"emon.Wichita.kppneg1", "emon_wichita", "depend.key_players_neg", "fragmentation", NULL, 1, 1},
};

static int32_t actor_of(const json_t *name, const char *graph, int base)
{
    return json_is_string(name) ? reference_actor(graph, json_string_value(name))
                                : (int32_t) json_integer_value(name) - base;
}

/* Is one listed set, from its first row on, made of these actors? */
static bool is_set(const mlg_value *value, size_t row, const json_t *members, int r)
{
    size_t found = 0, k = (size_t) rows[r].k;
    for (size_t i = 0; i < k; i++) {
        const json_t *name = json_is_array(members) ? json_array_get(members, i) : members;
        for (size_t j = 0; j < k; j++) {
            found += value->subject[row + j] == actor_of(name, rows[r].graph, rows[r].base);
        }
    }
    return found == k;
}

START_TEST(sets_of_first_place_are_the_reference)
{
    json_t *reference = reference_value(rows[_i].row), *members = NULL;
    const json_t *sets = json_array_get(reference, 1);
    const size_t k = (size_t) rows[_i].k, n_sets = json_array_size(sets);
    size_t s = 0;
    measured m;

    measured_open(&m, reference_graph(rows[_i].graph));
    const mlg_value *value = list_of(&m, rows[_i].id, rows[_i].convention);
    const size_t row = row_of_k(value, rows[_i].k);
    ck_assert_double_eq_tol(rows[_i].part != NULL ? part_at(value, rows[_i].part, row)
                                                  : value->column[MLG_VALUE][row],
                            json_number_value(json_array_get(reference, 0)), 1e-9);
    ck_assert_double_eq(part_at(value, "proven", row), 1);
    ck_assert_double_eq(part_at(value, "sets", row), (double) n_sets);
    json_array_foreach((json_t *) sets, s, members)
    {
        bool listed = false;
        for (size_t i = 0; i < n_sets; i++) {
            listed = listed || is_set(value, row + i * k, members, _i);
        }
        ck_assert_msg(listed, "set %zu of %s is not listed", s, rows[_i].row);
    }
    json_decref(reference);
    measured_close(&m);
}
END_TEST

/* ---- no memory ---------------------------------------- */

static const struct {
    const char *id;
    bool two_mode;
} short_cases[] = {{"depend.key_players_neg", false},
                   {"depend.key_players_pos", false},
                   {"depend.key_players_neg", true},
                   {"depend.key_players_pos", true}};

static mlg_graph *graph_of_case(int c)
{
    return short_cases[c].two_mode
               ? graph_fixture_two_mode("ABABA | 0,1,2; 1,3; 3,4", MLG_PROJECT_COUNT)
               : graph_fixture("ABAB?A", "0-1 1-2 2-3 3-4 0-4 0-3");
}

START_TEST(they_survive_any_allocation_failing)
{
    bool failed = true;
    for (long n = 0; failed; n++) {
        measured m;
        measured_open(&m, graph_of_case(_i));
        m.graph->projected = !short_cases[_i].two_mode;
        failed = measured_fails(m.context, 0, short_cases[_i].id, n, &m.values);
        measured_close(&m);
    }
}
END_TEST

static Suite *players_suite(void)
{
    Suite *suite = suite_create("key players");
    TCase *values = tcase_create("values");
    TCase *laws = tcase_create("laws");
    TCase *others = tcase_create("other programs");
    TCase *memory = tcase_create("no memory");

    tcase_add_test(values, the_worst_departure_is_worked_by_hand);
    tcase_add_test(values, whom_to_convene_is_worked_by_hand);
    tcase_add_loop_test(values, what_is_undefined_says_why, 0,
                        sizeof undefined_cases / sizeof *undefined_cases);
    tcase_add_loop_test(values, every_shape_gives_values_in_their_range, 0, MEASURED_SHAPES);
    tcase_add_test(values, the_budget_is_the_largest_set);
    tcase_add_test(values, sets_of_one_rank_are_counted_and_some_listed);
    tcase_add_loop_test(laws, more_departures_never_split_less_over_everybody, 0, 8);
    tcase_add_loop_test(laws, relabelling_changes_no_value, 0, 8);
    tcase_add_loop_test(laws, pairs_lost_are_those_of_the_others, 0, 8);
    tcase_add_loop_test(laws, a_view_without_projection_has_the_same_sets, 0, 6);
    tcase_add_loop_test(others, sets_of_first_place_are_the_reference, 0,
                        sizeof rows / sizeof *rows);
    tcase_add_loop_test(memory, they_survive_any_allocation_failing, 0,
                        sizeof short_cases / sizeof *short_cases);
    suite_add_tcase(suite, values);
    suite_add_tcase(suite, laws);
    suite_add_tcase(suite, others);
    suite_add_tcase(suite, memory);
    return suite;
}

int main(void)
{
    return suite_run(players_suite());
}
