/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/coordination.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measure/bus_factor.h"
#include "measure/chains.h"
#include "measure/scheme_flow.h"
#include "measured.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_coordination.h"
#include "study_measured.h"
#include "suite.h"

static double scalar_of(const study_measured *m, const char *convention)
{
    return study_value(m, convention, MLG_SCALAR)->column[MLG_VALUE][0];
}

static double part_of(const study_measured *m, const char *convention, const char *part)
{
    return part_at(study_value(m, convention, MLG_SCALAR), part, 0);
}

/* ---- the fewest departures ----------------------------------------------------------- */

/* Items by the bits of their holders, and so many that are orphans whatever happens. */
enum { MOST_ITEMS = 40 };
typedef struct held_items {
    int32_t n, n_items;
    unsigned holders[MOST_ITEMS];
} held_items;

static int64_t orphans_of(void *items, const bool *gone)
{
    const held_items *h = items;
    int64_t orphans = 0;
    unsigned left = 0;
    for (int32_t i = 0; i < h->n; i++) {
        left |= gone[i] ? 0 : 1u << i;
    }
    for (int32_t i = 0; i < h->n_items; i++) {
        orphans += (h->holders[i] & left) == 0;
    }
    return orphans;
}

static mlg_fewest_case case_of(held_items *items, int64_t *holds, double cost)
{
    for (int32_t i = 0; i < items->n; i++) {
        holds[i] = 0;
        for (int32_t k = 0; k < items->n_items; k++) {
            holds[i] += items->holders[k] >> i & 1;
        }
    }
    return (mlg_fewest_case){.n = items->n,
                             .total = items->n_items,
                             .holds = holds,
                             .orphans = orphans_of,
                             .items = items,
                             .cost = cost};
}

/* The row "truck": parameters and value as they stand there. */
static void read_truck(held_items *items)
{
    static const char *const owners[] = {"a", "a", "ab", "b", "c", "cd", "a", "d"};
    *items = (held_items){.n = 4, .n_items = 8};
    for (int i = 0; i < 8; i++) {
        for (const char *at = owners[i]; *at != '\0'; at++) {
            items->holders[i] |= 1u << (*at - 'a');
        }
    }
}

static void check_set(const mlg_fewest *fewest, json_t *who)
{
    ck_assert_int_eq(fewest->k, (int) json_array_size(who));
    for (int32_t i = 0; i < fewest->k; i++) {
        const char name[] = {(char) ('a' + fewest->who[i]), '\0'};
        ck_assert_str_eq(name, json_string_value(json_array_get(who, (size_t) i)));
    }
}

START_TEST(the_truck_factor_is_the_reference)
{
    json_t *value = reference_value("truck");
    json_t *exact = json_array_get(value, 0), *greedy = json_array_get(value, 1);
    held_items items;
    int64_t holds[4];
    mlg_fewest fewest;

    read_truck(&items);
    mlg_fewest_case one = case_of(&items, holds, 8);
    ck_assert_int_eq(mlg_fewest_of(&one, false, &fewest, NULL), MLG_OK);
    ck_assert(fewest.reached && fewest.proven);
    ck_assert_int_eq(fewest.k, (int) json_integer_value(json_array_get(exact, 0)));
    check_set(&fewest, json_array_get(exact, 1));
    ck_assert_int_eq(fewest.orphans, json_integer_value(json_array_get(exact, 2)));
    mlg_fewest_free(&fewest);

    one.cost = 2.1e7; /* sets of two take too many steps, choosing two in turn does not */
    ck_assert_int_eq(mlg_fewest_of(&one, false, &fewest, NULL), MLG_OK);
    check_set(&fewest, json_array_get(greedy, 1));
    ck_assert_int_eq(fewest.k, (int) json_integer_value(json_array_get(greedy, 0)));
    ck_assert_int_eq(fewest.sets, 0);
    ck_assert(fewest.proven); /* no single one will do: that much was tried */
    mlg_fewest_free(&fewest);
    mlg_fewest_free(&fewest);
    json_decref(value);
}
END_TEST

static held_items random_items(mlg_random *draw)
{
    held_items items = {.n = 1 + (int32_t) mlg_random_below(draw, 9),
                        .n_items = 1 + (int32_t) mlg_random_below(draw, MOST_ITEMS)};
    for (int32_t i = 0; i < items.n_items; i++) {
        for (uint32_t holders = mlg_random_below(draw, 4); holders > 0; holders--) {
            items.holders[i] |= 1u << mlg_random_below(draw, (uint32_t) items.n);
        }
    }
    return items;
}

START_TEST(every_set_is_tried)
{
    int greedy_is_exact = 0, reached = 0;
    for (uint64_t repeat = 0; repeat < 1000; repeat++) {
        mlg_random draw = mlg_random_stream(1, "test_coordination.fewest", "", repeat);
        held_items items = random_items(&draw);
        int64_t holds[16];
        mlg_fewest fewest, greedy;
        mlg_fewest_case one = case_of(&items, holds, 1);
        const mlg_fewest slow = slow_fewest(&one);

        ck_assert_int_eq(mlg_fewest_of(&one, false, &fewest, NULL), MLG_OK);
        ck_assert_int_eq(fewest.reached, slow.reached);
        if (slow.reached) {
            ck_assert_int_eq(fewest.k, slow.k);
            ck_assert_int_eq(fewest.orphans, slow.orphans);
            ck_assert_int_eq(fewest.k > 0 ? fewest.sets : 1, slow.sets);
            ck_assert(fewest.proven);
            ck_assert_int_eq(fewest.at_least, fewest.k);
        }
        /* the same without the means to try: never fewer, and never wrong */
        one.cost = repeat % 2 == 0 ? 1e7 : 1e12;
        ck_assert_int_eq(mlg_fewest_of(&one, false, &greedy, NULL), MLG_OK);
        ck_assert_int_eq(greedy.reached, slow.reached);
        if (slow.reached) {
            bool gone[16] = {false};
            for (int32_t i = 0; i < greedy.k; i++) {
                gone[greedy.who[i]] = true;
            }
            reached++;
            ck_assert_int_ge(greedy.k, slow.k);
            ck_assert_int_le(greedy.at_least, slow.k);
            ck_assert_int_eq(orphans_of(&items, gone), greedy.orphans);
            ck_assert_int_gt(2 * greedy.orphans, items.n_items);
            ck_assert(!greedy.proven || greedy.k == slow.k);
            greedy_is_exact += greedy.k == slow.k;
        }
        mlg_fewest_free(&fewest);
        mlg_fewest_free(&greedy);
    }
    ck_assert_int_gt(reached, 800);
    ck_assert_int_gt(greedy_is_exact, reached * 3 / 4);
}
END_TEST

START_TEST(beyond_twenty_five_people_nothing_is_proven)
{
    held_items items = {.n = 26, .n_items = 26};
    int64_t holds[26];
    mlg_fewest fewest;
    for (int i = 0; i < 26; i++) {
        items.holders[i] = 1u << i;
    }
    const mlg_fewest_case one = case_of(&items, holds, 26);
    ck_assert_int_eq(mlg_fewest_of(&one, true, &fewest, NULL), MLG_OK);
    ck_assert_int_eq(fewest.k, 14);
    ck_assert(!fewest.proven);
    ck_assert_int_eq(fewest.at_least, 1);
    mlg_fewest_free(&fewest);
}
END_TEST

/* ---- bus factor of schemes ---------------------------------------------------------------- */

/* A: Ann. B: Ann and Bob. C: Bob. D: an unnamed post. E: vacant. F: nothing. OLD: ended. */
static const char five[] = "study: key,value\ndate,2024-06-30\n"
                           "schemes: id,end\nA,\nB,\nC,\nD,\nE,\nF,\nOLD,2020-12-31\n"
                           "posts: id,person,role,scheme,fte\n"
                           "p1,Ann,coordinator,A|B,1\np2,Bob,coordinator,B,0.5\n"
                           "p3,Bob,coordinator,C,\np4,,coordinator,D,0.2\n"
                           "p5,vacant,coordinator,E,0.8\np6,Zoe,director,F|A,0.5\n"
                           "p7,Ann,coordinator,OLD,1\n";

START_TEST(half_of_the_schemes_are_not_most)
{
    study_measured m;
    study_measure(&m, five, "depend.bus_factor");
    /* of A B C D: Ann orphans A, Bob C, both A B C: 3 > 2 */
    ck_assert_double_eq(scalar_of(&m, "known_schemes"), 2);
    ck_assert_double_eq(part_of(&m, "known_schemes", "items"), 4);
    ck_assert_double_eq(part_of(&m, "known_schemes", "orphans"), 3);
    ck_assert_double_eq(part_of(&m, "known_schemes", "already"), 0);
    ck_assert_double_eq(part_of(&m, "known_schemes", "people"), 3);
    ck_assert_double_eq(part_of(&m, "known_schemes", "sets"), 1);
    ck_assert_double_eq(part_of(&m, "known_schemes", "proven"), 1);
    /* of six, E and F are orphans already: two more are needed */
    ck_assert_double_eq(scalar_of(&m, "all_schemes"), 2);
    ck_assert_double_eq(part_of(&m, "all_schemes", "items"), 6);
    ck_assert_double_eq(part_of(&m, "all_schemes", "already"), 2);
    ck_assert_double_eq(part_of(&m, "all_schemes", "orphans"), 5);
    ck_assert_double_eq(part_of(&m, "all_schemes", "sets"), 3);
    study_measured_close(&m);
}
END_TEST

START_TEST(most_are_orphans_already)
{
    study_measured m;
    study_measure(&m,
                  "schemes: id\nA\nB\nC\n"
                  "posts: id,person,role,scheme\np1,Ann,coordinator,A\n",
                  "depend.bus_factor");
    ck_assert_double_eq(scalar_of(&m, "known_schemes"), 1);
    ck_assert_double_eq(scalar_of(&m, "all_schemes"), 0);
    ck_assert_double_eq(part_of(&m, "all_schemes", "already"), 2);
    study_measured_close(&m);
}
END_TEST

/* Rows that name neither who nor which post are somebody each. */
START_TEST(coordinations_know_whom_they_rest_on)
{
    mlg_model *model = model_fixture(five);
    mlg_coordinations of;
    mlg_fewest fewest;
    ck_assert_int_eq(mlg_coordinations_of(model, &of, NULL), MLG_OK);
    ck_assert_int_eq(of.n_schemes, 6);
    ck_assert_int_eq(of.n_known, 4);
    ck_assert_int_eq(of.n, 3);
    ck_assert_int_eq(mlg_fewest_coordinations(&of, false, false, &fewest, NULL), MLG_OK);
    ck_assert_int_eq(fewest.k, 2);
    for (int i = 0; i < 2; i++) {
        const mlg_id who = of.holder[fewest.who[i]];
        ck_assert(who == model_fixture_party(model, "Ann") ||
                  who == model_fixture_party(model, "Bob"));
    }
    mlg_fewest_free(&fewest);
    mlg_coordinations_free(&of);
    mlg_coordinations_free(&of);
    mlg_model_free(model);
}
END_TEST

/* ---- working time -------------------------------------------------------------------------- */

START_TEST(working_time_is_shared_between_the_schemes_of_a_row)
{
    study_measured m;
    study_measure(&m, five, "depend.fte_per_scheme");
    const mlg_value *value = study_value(&m, "coordination", MLG_VECTOR);
    const struct {
        const char *scheme;
        double fte, at_most, all, vacant, rows, without, shared;
    } expected[] = {
        {"A", 0.5, 1, 0.75, 0, 1, 0, 1},  {"B", 1, 1.5, 1, 0, 2, 0, 1},
        {"C", NAN, NAN, NAN, 0, 1, 1, 0}, {"D", 0.2, 0.2, 0.2, 0, 1, 0, 0},
        {"E", 0, 0, NAN, 0.8, 0, 0, 0},   {"F", NAN, NAN, 0.25, 0, 0, 0, 0},
    };
    ck_assert_uint_eq(value->n, 6);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const size_t row = row_of(value, model_fixture_party(m.model, expected[i].scheme));
        const double got[] = {value->column[MLG_VALUE][row], part_at(value, "at_most", row),
                              part_at(value, "all_roles", row)};
        const double want[] = {expected[i].fte, expected[i].at_most, expected[i].all};
        for (int k = 0; k < 3; k++) {
            ck_assert(isnan(want[k]) ? isnan(got[k]) : fabs(got[k] - want[k]) < 1e-12);
        }
        ck_assert_double_eq(part_at(value, "vacant", row), expected[i].vacant);
        ck_assert_double_eq(part_at(value, "rows", row), expected[i].rows);
        ck_assert_double_eq(part_at(value, "rows_without_fte", row), expected[i].without);
        ck_assert_double_eq(part_at(value, "rows_shared", row), expected[i].shared);
    }
    ck_assert_double_eq_tol(scalar_of(&m, "mean"), (0.5 + 1 + 0.2 + 0) / 4, 1e-12);
    ck_assert_double_eq(part_of(&m, "mean", "known"), 4);
    ck_assert_double_eq(part_of(&m, "mean", "one"), 1);
    ck_assert_double_eq(part_of(&m, "mean", "half_to_one"), 1);
    ck_assert_double_eq(part_of(&m, "mean", "less_than_half"), 2);
    ck_assert_double_eq(part_of(&m, "mean", "more_than_one"), 0);
    study_measured_close(&m);
}
END_TEST

/* ---- chains ---------------------------------------------------------------------------------- */

/* A table of participations "0,1; 1,2": the people of each activity. */
typedef struct table_of {
    mlg_graph *graph;
    mlg_chains chains;
} table_of;

static void open_table(table_of *t, const char *line)
{
    t->graph = graph_fixture_two_mode(line, MLG_PROJECT_COUNT);
    ck_assert_int_eq(mlg_chains_open(&t->chains, &t->graph->attends, &t->graph->attended, NULL),
                     MLG_OK);
}

static void close_table(table_of *t)
{
    mlg_chains_close(&t->chains);
    mlg_graph_free(t->graph);
}

static const struct {
    const char *line;
    int32_t a[2], b[2];
    size_t n_a, n_b;
    int chains, shared, thread;
} tables[] = {
    {"AAAA | 0,1; 2,3", {0}, {1}, 1, 1, 0, 0, -1},          /* nothing between */
    {"AAAA | 0,1; 1,2", {0}, {1}, 1, 1, 1, 1, 1},           /* one in both */
    {"AAA | 0,1,2; 0", {0}, {0, 1}, 1, 2, 3, 3, -1},        /* an activity of both */
    {"AAAAA | 0,1; 1,2; 2,3", {0}, {2}, 1, 1, 1, 0, 1},     /* a chain of two: its first */
    {"AAAA | 0,1; 1,2,0; 2,3,0", {0}, {2}, 1, 1, 2, 1, -1}, /* one in both, one chain */
    {"AAAAA | 0,1; 0,1,2; 2,3,4", {0}, {2}, 1, 1, 1, 0, 2}, /* all through one */
    /* 0 goes to 4 first by way of 2 or 3, and must make way: 0-2-4, 1-3-5 */
    {"AAAAAA | 0,1; 0,2; 0,3; 1,3; 2,4; 3,4; 3,5; 4,5", {0}, {7}, 1, 1, 2, 0, -1},
    {"AAAA | 0; 1; 0,2; 1,2; 2,3; 3", {0, 1}, {5}, 2, 1, 1, 0, 2}, /* 2 and 3 in turn */
};

START_TEST(chains_share_nobody)
{
    table_of t;
    int64_t steps = INT64_MAX;
    open_table(&t, tables[_i].line);
    for (int twice = 0; twice < 2; twice++) { /* nothing stays from one call to the next */
        const mlg_linked linked = mlg_chains_between(&t.chains, tables[_i].a, tables[_i].n_a,
                                                     tables[_i].b, tables[_i].n_b, &steps);
        ck_assert_int_eq(linked.chains, tables[_i].chains);
        ck_assert_int_eq(linked.shared, tables[_i].shared);
        ck_assert_int_eq(linked.thread, tables[_i].thread);
    }
    steps = 0;
    ck_assert_int_eq(mlg_chains_between(&t.chains, tables[_i].a, tables[_i].n_a, tables[_i].b,
                                        tables[_i].n_b, &steps)
                         .chains,
                     -1);
    close_table(&t);
}
END_TEST

/* Some of the activities of a table, at least one: not twice the same. */
static size_t some_activities(mlg_random *draw, int32_t n, int32_t *out)
{
    const size_t most = 1 + mlg_random_below(draw, 3);
    size_t got = 0;
    while (got < most && got < (size_t) n) {
        bool again = false;
        out[got] = (int32_t) mlg_random_below(draw, (uint32_t) n);
        for (size_t i = 0; i < got; i++) {
            again = again || out[i] == out[got];
        }
        got += !again;
    }
    return got;
}

START_TEST(chains_are_the_maximum_flow)
{
    int single = 0, several = 0;
    for (uint64_t repeat = 0; repeat < 1000; repeat++) {
        mlg_random draw = mlg_random_stream(3, "test_coordination.chains", "", repeat);
        const int32_t n = 4 + (int32_t) mlg_random_below(&draw, 30);
        const int32_t activities = 2 + (int32_t) mlg_random_below(&draw, 20);
        mlg_graph *graph = random_two_mode(&draw, n, activities,
                                           (size_t) (n + (int32_t) mlg_random_below(&draw, 40)),
                                           MLG_PROJECT_COUNT);
        int32_t a[3], b[3];
        int64_t steps = INT64_MAX;
        mlg_chains chains;
        const size_t n_a = some_activities(&draw, graph->n_activities, a);
        const size_t n_b = some_activities(&draw, graph->n_activities, b);

        ck_assert_int_eq(mlg_chains_open(&chains, &graph->attends, &graph->attended, NULL), MLG_OK);
        const mlg_linked linked = mlg_chains_between(&chains, a, n_a, b, n_b, &steps);
        const mlg_linked back = mlg_chains_between(&chains, b, n_b, a, n_a, &steps);
        ck_assert_int_eq(linked.chains,
                         slow_chains(&graph->attends, &graph->attended, a, n_a, b, n_b, -1));
        ck_assert_int_eq(back.chains, linked.chains); /* the other way round */
        ck_assert_int_eq(back.shared, linked.shared);
        ck_assert_int_ge(linked.chains, linked.shared);
        ck_assert_int_eq(linked.thread >= 0, linked.chains == 1);
        if (linked.thread >= 0) { /* without that one nothing links them */
            single++;
            ck_assert_int_eq(
                slow_chains(&graph->attends, &graph->attended, a, n_a, b, n_b, linked.thread), 0);
        }
        several += linked.chains > linked.shared + 1;
        mlg_chains_close(&chains);
        mlg_graph_free(graph);
    }
    ck_assert_int_gt(single, 100);
    ck_assert_int_gt(several, 100);
}
END_TEST

/* ---- between schemes ---------------------------------------------------------------------------
 */

/* Ann, who holds p1, comes to A's by her post and to B's by name; C has a guest of TOWN, an
 * organisation that Ann and Bob are of; D met long ago; E has no attendance. */
static const char linked[] =
    "study: key,value\ndate,2024-06-30\n"
    "actors: id,kind,organisation\nTOWN,organisation,\nHOSP,organisation,\nAnn,person,TOWN\n"
    "Bob,person,TOWN\nEve,person,HOSP\nFay,person,HOSP\nGil,person,HOSP\n"
    "schemes: id\nA\nB\nC\nD\nE\n"
    "posts: id,person,role,scheme,employer\np1,Ann,coordinator,A,TOWN\n"
    "activities: id,schemes,start,end\nA1,A,,\nA2,A,,\nB1,B,,\nC1,C,,\nD1,D,2019,2019\nE1,E,,\n"
    "participations: actor,activity,date\n"
    "p1,A1,\nEve,A1,\nFay,A2,\nAnn,B1,\nGil,B1,\nTOWN,C1,\nBob,C1,\nGil,D1,2019\n";

START_TEST(a_person_and_a_post_are_one_chain)
{
    study_measured m;
    mlg_id thread = -1;
    study_measure(&m, linked, "depend.connectivity");
    const mlg_value *people = study_value(&m, "participants", MLG_PAIRS);
    const mlg_value *bodies = study_value(&m, "organisations", MLG_PAIRS);
    const mlg_id a = model_fixture_party(m.model, "A"), b = model_fixture_party(m.model, "B");
    const mlg_id c = model_fixture_party(m.model, "C");

    ck_assert_uint_eq(people->n, 3);
    size_t row = row_of_pair(people, a, b);
    ck_assert_double_eq(people->column[MLG_VALUE][row], 1);
    ck_assert_double_eq(part_at(people, "shared", row), 1);
    ck_assert_double_eq(part_at(people, "people_a", row), 3);
    ck_assert_double_eq(part_at(people, "people_b", row), 2);
    ck_assert_double_eq(people->column[MLG_VALUE][row_of_pair(people, a, c)], 0);
    ck_assert_double_eq(part_of(&m, "single_participant", "none"), 2);
    ck_assert_double_eq(part_of(&m, "single_participant", "single"), 1);
    ck_assert_double_eq(part_of(&m, "single_participant", "schemes"), 5);
    ck_assert_double_eq(part_of(&m, "single_participant", "schemes_known"), 3);
    ck_assert_double_eq(scalar_of(&m, "single_participant"), 1);
    /* as organisations: TOWN and HOSP in A and B, TOWN alone in C */
    ck_assert_double_eq(bodies->column[MLG_VALUE][row_of_pair(bodies, a, b)], 2);
    ck_assert_double_eq(bodies->column[MLG_VALUE][row_of_pair(bodies, a, c)], 1);
    ck_assert_double_eq(scalar_of(&m, "single_organisation"), 2.0 / 3);
    ck_assert_int_eq(mlg_thread_between(m.model, MLG_BY_ACTOR, a, b, &thread, NULL), MLG_OK);
    ck_assert_int_eq(thread, model_fixture_party(m.model, "Ann"));
    ck_assert_int_eq(mlg_thread_between(m.model, MLG_BY_ORGANISATION, a, c, &thread, NULL), MLG_OK);
    ck_assert_int_eq(thread, model_fixture_party(m.model, "TOWN"));
    ck_assert_int_eq(mlg_thread_between(m.model, MLG_BY_ACTOR, a, c, &thread, NULL), MLG_OK);
    ck_assert_int_eq(thread, -1);
    study_measured_close(&m);
}
END_TEST

START_TEST(without_names_only_organisations_are_told)
{
    study_measured m;
    study_measure(&m,
                  "actors: id,kind\nO,organisation\nP,organisation\n"
                  "activities: id,schemes\nA1,A\nB1,B|A\n"
                  "participations: actor,activity\nO,A1\nO,B1\nP,B1\n",
                  "depend.connectivity");
    ck_assert_uint_eq(m.values.n, 2);
    ck_assert_double_eq(study_value(&m, "organisations", MLG_PAIRS)->column[MLG_VALUE][0], 2);
    study_measured_close(&m);
}
END_TEST

START_TEST(the_order_of_rows_changes_nothing)
{
    static const char again[] =
        "study: key,value\ndate,2024-06-30\n"
        "participations: actor,activity,date\n"
        "Gil,D1,2019\nBob,C1,\nTOWN,C1,\nGil,B1,\nAnn,B1,\nFay,A2,\nEve,A1,\np1,A1,\n"
        "activities: id,schemes,start,end\nE1,E,,\nD1,D,2019,2019\nC1,C,,\nB1,B,,\nA2,A,,\nA1,A,,\n"
        "posts: id,person,role,scheme,employer\np1,Ann,coordinator,A,TOWN\n"
        "schemes: id\nE\nD\nC\nB\nA\n"
        "actors: id,kind,organisation\nGil,person,HOSP\nFay,person,HOSP\nEve,person,HOSP\n"
        "Bob,person,TOWN\nAnn,person,TOWN\nHOSP,organisation,\nTOWN,organisation,\n";
    static const char *const conventions[] = {"participants", "organisations"};
    static const char *const names[] = {"A", "B", "C"};
    study_measured m, n;
    study_measure(&m, linked, "depend.connectivity");
    study_measure(&n, again, "depend.connectivity");
    for (int k = 0; k < 2; k++) {
        const mlg_value *one = study_value(&m, conventions[k], MLG_PAIRS);
        const mlg_value *other = study_value(&n, conventions[k], MLG_PAIRS);
        ck_assert_uint_eq(one->n, other->n);
        for (int a = 0; a < 3; a++) {
            for (int b = a + 1; b < 3; b++) {
                const size_t i = row_of_pair(one, model_fixture_party(m.model, names[a]),
                                             model_fixture_party(m.model, names[b]));
                mlg_id x = model_fixture_party(n.model, names[a]);
                mlg_id y = model_fixture_party(n.model, names[b]);
                const size_t j = row_of_pair(other, x < y ? x : y, x < y ? y : x);
                ck_assert_double_eq(one->column[MLG_VALUE][i], other->column[MLG_VALUE][j]);
                ck_assert_double_eq(part_at(one, "shared", i), part_at(other, "shared", j));
            }
        }
    }
    study_measured_close(&m);
    study_measured_close(&n);
}
END_TEST

/* ---- undefined
 * ----------------------------------------------------------------------------------- */

static const struct {
    const char *id, *lines;
    mlg_text_key why;
} unknown_cases[] = {
    {"depend.bus_factor", "actors: id\na\n", T_why_no_schemes},
    {"depend.bus_factor", "schemes: id\nA\n", T_why_no_coordinator},
    {"depend.bus_factor", "schemes: id\nA\nposts: id,person,role,scheme\np,vacant,coordinator,A\n",
     T_why_no_coordinator},
    {"depend.fte_per_scheme", "schemes: id\nA\n", T_why_no_posts},
    {"depend.fte_per_scheme", "posts: id,person\np,Ann\n", T_why_no_schemes},
    {"depend.fte_per_scheme", "schemes: id\nA\nposts: id,person,role,scheme\np,Ann,coordinator,A\n",
     T_why_no_fte},
    {"depend.fte_per_scheme",
     "schemes: id\nA\nposts: id,person,role,scheme,fte\np,Ann,director,A,0.5\n",
     T_why_no_post_coordinates},
    {"depend.connectivity", "actors: id\na\n", T_why_no_schemes},
    {"depend.connectivity", "schemes: id\nA\n", T_why_single_scheme},
    {"depend.connectivity", "schemes: id\nA\nB\n", T_why_no_shared_attendance},
    {"depend.connectivity",
     "schemes: id\nA\nB\nactivities: id,schemes\nA1,A\nB1,B\nparticipations: "
     "actor,activity\nO,A1\n",
     T_why_no_shared_attendance},
    {"depend.bus_factor.links", "schemes: id\nA\n", T_why_no_view},
    {"depend.through_share", "schemes: id\nA\n", T_why_no_view},
};

START_TEST(what_is_unknown_says_why)
{
    study_measured m;
    study_measure(&m, unknown_cases[_i].lines, unknown_cases[_i].id);
    for (size_t i = 0; i < m.values.n; i++) {
        ck_assert_str_eq(mlg_text_name(m.values.items[i].undefined),
                         mlg_text_name(unknown_cases[_i].why));
    }
    study_measured_close(&m);
}
END_TEST

START_TEST(schemes_that_nobody_links_have_no_share)
{
    study_measured m;
    study_measure(&m,
                  "activities: id,schemes\nA1,A\nB1,B\n"
                  "participations: actor,activity\nO,A1\nP,B1\n",
                  "depend.connectivity");
    ck_assert_double_eq(study_value(&m, "organisations", MLG_PAIRS)->column[MLG_VALUE][0], 0);
    ck_assert_int_eq(study_value(&m, NULL, MLG_SCALAR)->undefined, T_why_no_link);
    study_measured_close(&m);
}
END_TEST

/* ---- no memory
 * -------------------------------------------------------------------------------------- */

START_TEST(measures_of_schemes_survive_any_allocation_failing)
{
    study_fail_each(five, "depend.bus_factor");
    study_fail_each(five, "depend.fte_per_scheme");
    study_fail_each(linked, "depend.connectivity");
}
END_TEST

static Suite *coordination_suite(void)
{
    Suite *suite = suite_create("coordination");
    TCase *fewest = tcase_create("fewest");
    TCase *schemes = tcase_create("schemes");
    TCase *chains = tcase_create("chains");
    TCase *unknown = tcase_create("unknown");

    tcase_add_test(fewest, the_truck_factor_is_the_reference);
    tcase_add_test(fewest, every_set_is_tried);
    tcase_add_test(fewest, beyond_twenty_five_people_nothing_is_proven);
    tcase_add_test(schemes, half_of_the_schemes_are_not_most);
    tcase_add_test(schemes, most_are_orphans_already);
    tcase_add_test(schemes, coordinations_know_whom_they_rest_on);
    tcase_add_test(schemes, working_time_is_shared_between_the_schemes_of_a_row);
    tcase_add_loop_test(chains, chains_share_nobody, 0, sizeof tables / sizeof *tables);
    tcase_add_test(chains, chains_are_the_maximum_flow);
    tcase_add_test(chains, a_person_and_a_post_are_one_chain);
    tcase_add_test(chains, without_names_only_organisations_are_told);
    tcase_add_test(chains, the_order_of_rows_changes_nothing);
    tcase_add_loop_test(unknown, what_is_unknown_says_why, 0,
                        sizeof unknown_cases / sizeof *unknown_cases);
    tcase_add_test(unknown, schemes_that_nobody_links_have_no_share);
    tcase_add_test(unknown, measures_of_schemes_survive_any_allocation_failing);
    suite_add_tcase(suite, fewest);
    suite_add_tcase(suite, schemes);
    suite_add_tcase(suite, chains);
    suite_add_tcase(suite, unknown);
    return suite;
}

int main(void)
{
    return suite_run(coordination_suite());
}
