/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/depend.h"

#include <check.h>
#include <math.h>

#include "graph_fixture.h"
#include "measured.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_removal.h"
#include "study_measured.h"
#include "suite.h"

/* ---- pairs lost ------------------------------------------------------------------- */

START_TEST(pairs_lost_come_with_their_share_and_branches)
{
    measured m;
    measured_open(&m, graph_fixture("ABABA?", "0-1 1-2 2-3 3-4"));
    const mlg_value *value = measured_value(&m, "depend.pairs_lost");

    ck_assert_uint_eq(value->n, 6);
    ck_assert_double_eq(value->column[MLG_VALUE][1], 3);
    ck_assert_double_eq(part_at(value, "connected", 1), 6); /* 10 less its own 4 */
    ck_assert_double_eq(part_at(value, "share", 1), 0.5);
    ck_assert_double_eq(part_at(value, "with_own", 1), 7);
    ck_assert_double_eq(part_at(value, "branches", 1), 2);
    ck_assert_double_eq(value->column[MLG_VALUE][5], 0); /* an isolate cuts nothing */
    ck_assert_double_eq(part_at(value, "branches", 5), 0);
    ck_assert_double_eq(part_at(value, "share", 5), 0);
    measured_close(&m);
}
END_TEST

START_TEST(cross_pairs_lost_leave_unknown_sectors_out)
{
    measured m;
    measured_open(&m, graph_fixture("A?BAB", "0-1 1-2 1-3 3-4"));
    const mlg_value *value = measured_value(&m, "depend.cross_pairs_lost");

    /* cross pairs: 0-2 0-4 2-3 3-4; without 1 the pairs 0-2, 0-4 and 2-3 go */
    ck_assert_double_eq(value->column[MLG_VALUE][1], 3);
    ck_assert_double_eq(part_at(value, "connected", 1), 4);
    ck_assert_double_eq(part_at(value, "share", 1), 0.75);
    ck_assert_double_eq(part_at(value, "with_own", 1), 3);
    ck_assert_double_eq(value->column[MLG_VALUE][3], 1); /* 0-4 */
    ck_assert_double_eq(part_at(value, "connected", 3), 2);
    measured_close(&m);
}
END_TEST

START_TEST(a_share_of_no_pair_is_undefined)
{
    measured m;
    measured_open(&m, graph_fixture("AB", "0-1"));
    ck_assert_double_nan(part_at(measured_value(&m, "depend.pairs_lost"), "share", 0));
    ck_assert_double_nan(part_at(measured_value(&m, "depend.cross_pairs_lost"), "share", 0));
    measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *sectors, *ties;
    mlg_text_key why;
} undefined_cases[] = {
    {"depend.pairs_lost", "", "", T_why_no_ties},
    {"depend.pairs_lost", "AB", "", T_why_no_ties},
    {"depend.cross_pairs_lost", "AB", "", T_why_no_ties},
    {"depend.cross_pairs_lost", "??", "0-1", T_why_no_sectors},
    {"depend.cross_pairs_lost", "AA", "0-1", T_why_one_group},
    {"depend.bridges", "AB", "", T_why_no_ties},
    {"depend.bridges", "ABC", "0-1 1-2 2-0", T_why_no_bridge},
    {"depend.effective_brokers", "AB", "", T_why_no_ties},
    {"depend.effective_brokers", "ABC", "0-1 1-2 2-0", T_why_no_brokerage},
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

/* A participation view too large to project answers from its two-mode data. */
START_TEST(a_view_without_projection_loses_the_same_pairs)
{
    mlg_random draw = mlg_random_stream(1, "test_depend.two_mode", "", 0);
    measured m;
    measured_open(&m, random_two_mode(&draw, 30, 25, 50, MLG_PROJECT_NEWMAN));
    const mlg_value *value = measured_value(&m, "depend.pairs_lost");
    double lost[30];
    for (size_t v = 0; v < 30; v++) {
        lost[v] = value->column[MLG_VALUE][v];
    }
    mlg_context_keep(m.context, 0, MLG_SLOT_REMOVALS, NULL, NULL);
    m.graph->projected = false;
    value = measured_value(&m, "depend.pairs_lost");
    for (size_t v = 0; v < 30; v++) {
        ck_assert_double_eq(value->column[MLG_VALUE][v], lost[v]);
    }
    ck_assert_int_eq(measured_value(&m, "depend.bridges")->undefined, T_why_too_large);
    ck_assert_int_eq(measured_value(&m, "depend.effective_brokers")->undefined, T_why_too_large);
    m.graph->projected = true;
    measured_close(&m);
}
END_TEST

START_TEST(every_shape_gives_values_in_their_range)
{
    static const char *const ids[] = {
        "depend.pairs_lost",        "depend.cross_pairs_lost",   "depend.bridges",
        "depend.effective_brokers", "depend.schemes_per_person", "depend.single_coordinator_share"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        measured m;
        measured_open(&m, measured_shape(_i));
        measured_value(&m, ids[i]); /* checks it */
        measured_close(&m);
    }
}
END_TEST

/* ---- bridges ------------------------------------------------------------------------- */

START_TEST(bridges_are_ranked_by_the_pairs_they_hold)
{
    measured m;
    measured_open(&m, graph_fixture("ABABAB", "0-1 1-2 2-0 2-3 3-4 4-5 5-3"));
    const mlg_value *value = measured_value(&m, "depend.bridges");

    ck_assert_uint_eq(value->n, 1);
    ck_assert_uint_eq(value->total, 1);
    ck_assert_int_eq(value->subject[0], 2);
    ck_assert_int_eq(value->subject[1], 3);
    ck_assert_double_eq(value->column[MLG_VALUE][0], 9);
    ck_assert_double_eq(part_at(value, "cross", 0), 5); /* 2*2 + 1*1 of AAB and BBA */
    ck_assert_double_eq(part_at(value, "lesser_side", 0), 3);
    measured_close(&m);
}
END_TEST

START_TEST(bridges_without_sectors_have_no_cross_pairs)
{
    measured m;
    measured_open(&m, graph_fixture("???", "0-1 1-2"));
    ck_assert_double_nan(part_at(measured_value(&m, "depend.bridges"), "cross", 0));
    measured_close(&m);
}
END_TEST

START_TEST(a_thousand_bridges_are_listed_of_more)
{
    enum { LEAVES = 1500 };
    int32_t from[LEAVES], to[LEAVES];
    mlg_graph *star = NULL;
    measured m;
    for (int32_t i = 0; i < LEAVES; i++) {
        from[i] = 0;
        to[i] = i + 1;
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(LEAVES + 1, from, to, NULL, LEAVES, false, NULL, 0, &star, NULL),
        MLG_OK);
    measured_open(&m, star);
    const mlg_value *value = measured_value(&m, "depend.bridges");
    ck_assert_uint_eq(value->n, 1000);
    ck_assert_uint_eq(value->total, LEAVES);
    ck_assert_double_eq(value->column[MLG_VALUE][999], LEAVES);
    measured_close(&m);
}
END_TEST

/* ---- brokers --------------------------------------------------------------------------- */

START_TEST(effective_brokers_of_the_kite_are_the_reference)
{
    json_t *value = reference_value("kite.hhi_betw");
    measured m;
    measured_open(&m, reference_graph("kite"));
    const double hhi = json_number_value(value);
    ck_assert_double_eq_tol(measured_part(&m, "depend.effective_brokers", "hhi"), hhi, 1e-9);
    ck_assert_double_eq_tol(measured_scalar(&m, "depend.effective_brokers"), 1 / hhi, 1e-7);
    json_decref(value);
    measured_close(&m);
}
END_TEST

START_TEST(brokerage_concentrates_in_the_top)
{
    measured m;
    measured_open(&m, graph_fixture("ABCDE", "0-1 1-2 2-3 3-4")); /* 0 3 4 3 0 */
    ck_assert_double_eq_tol(measured_scalar(&m, "depend.effective_brokers"), 100.0 / 34, 1e-12);
    ck_assert_double_eq_tol(measured_part(&m, "depend.effective_brokers", "top1"), 0.4, 1e-12);
    ck_assert_double_eq_tol(measured_part(&m, "depend.effective_brokers", "top3"), 1.0, 1e-12);
    measured_close(&m);
}
END_TEST

START_TEST(more_paths_than_can_be_counted_leave_brokers_undefined)
{
    enum { LAYERS = 700, WIDTH = 3 }; /* each layer tied to all of the next: 3^699 paths */
    static int32_t from[LAYERS * WIDTH * WIDTH], to[LAYERS * WIDTH * WIDTH];
    size_t n = 0;
    mlg_graph *graph = NULL;
    measured m;

    for (int32_t layer = 0; layer + 1 < LAYERS; layer++) {
        for (int32_t i = 0; i < WIDTH * WIDTH; i++, n++) {
            from[n] = layer * WIDTH + i / WIDTH;
            to[n] = (layer + 1) * WIDTH + i % WIDTH;
        }
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(LAYERS * WIDTH, from, to, NULL, n, false, NULL, 0, &graph, NULL),
        MLG_OK);
    measured_open(&m, graph);
    ck_assert_int_eq(measured_value(&m, "depend.effective_brokers")->undefined,
                     T_why_too_many_paths);
    measured_close(&m);
}
END_TEST

/* ---- coordinators ------------------------------------------------------------------------ */

/* CLS: two people. CLSM: one person with two posts. CTG: one person and an unnamed post.
 * ASV: vacant. RLPS: a post without a holder's name. MAIA: no post at all. OLD: ended. */
static const char *const team = "study: key,value\n"
                                "date,2024-06-30\n"
                                "schemes: id,kind,end\n"
                                "CLS,cls,\n"
                                "CLSM,clsm,\n"
                                "CTG,ctg,\n"
                                "ASV,asv,\n"
                                "RLPS,rlps,\n"
                                "MAIA,maia,\n"
                                "OLD,asv,2020-12-31\n"
                                "posts: id,person,role,scheme,fte,start,end,territory\n"
                                "p1,Anne,coordinator,CLS|CLSM,0.8,,,\n"
                                "p2,Bilal,coordinator,CLS,0.5,,,\n"
                                "p3,Anne,coordinator,CLSM,,,,\n"
                                "p4,Chloe,coordinator,CTG,,2023,,\n"
                                "p5,,coordinator,CTG,0.2,,,\n"
                                "p6,vacant,coordinator,ASV,1,,,\n"
                                "p7,,coordinator,RLPS|ASV,1,,2023-12-31,\n"
                                "p7,,coordinator,RLPS,1,2024-01-01,,\n"
                                "p8,Dora,director,MAIA,,,,\n"
                                "p9,Emile,coordinator,OLD|CTG,,,2020-12-31,\n"
                                "p10,Farid,elected,,,,,Caen\n"
                                "p11,Bilal,director,CLS,,,,\n";

START_TEST(schemes_with_one_coordinator_are_counted_among_the_known)
{
    study_measured m;
    study_measure(&m, team, "depend.single_coordinator_share");
    const mlg_value *value = &m.values.items[0];

    ck_assert_double_eq(value->column[MLG_VALUE][0], 2.0 / 3.0);
    ck_assert_double_eq(part_at(value, "n_schemes", 0), 6);
    ck_assert_double_eq(part_at(value, "known", 0), 3);
    ck_assert_double_eq(part_at(value, "single", 0), 2);
    ck_assert_double_eq(part_at(value, "uncertain", 0), 1);  /* CTG */
    ck_assert_double_eq(part_at(value, "vacant", 0), 1);     /* ASV */
    ck_assert_double_eq(part_at(value, "none_known", 0), 2); /* RLPS, MAIA */
    study_measured_close(&m);
}
END_TEST

START_TEST(people_hold_the_schemes_of_their_posts)
{
    study_measured m;
    study_measure(&m, team, "depend.schemes_per_person");
    const mlg_value *value = &m.values.items[0];
    const struct {
        const char *holder;
        double schemes, fte, without_fte, coordinated, named;
    } expected[] = {
        {"Anne", 2, 0.8, 1, 2, 1}, {"Bilal", 1, 0.5, 1, 1, 1}, {"Chloe", 1, NAN, 1, 1, 1},
        {"p5", 1, 0.2, 0, 1, 0},   {"p7", 1, 1, 0, 1, 0},      {"Dora", 1, NAN, 1, 0, 1},
    };

    ck_assert_uint_eq(value->n, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < value->n; i++) {
        const size_t at = row_of(value, model_fixture_party(m.model, expected[i].holder));
        const double fte = part_at(value, "fte", at);
        ck_assert_double_eq(value->column[MLG_VALUE][at], expected[i].schemes);
        ck_assert(isnan(fte) ? isnan(expected[i].fte) : fte == expected[i].fte);
        ck_assert_double_eq(part_at(value, "rows_without_fte", at), expected[i].without_fte);
        ck_assert_double_eq(part_at(value, "coordinated", at), expected[i].coordinated);
        ck_assert_double_eq(part_at(value, "named", at), expected[i].named);
    }
    study_measured_close(&m);
}
END_TEST

/* Without posts.csv: Anne coordinates A and, by its own date, B; Bilal the CTG he speaks for;
 * Chloe's coordination is too old; the association stands for nobody named. */
static const char *const meetings =
    "study: key,value\n"
    "date,2024-06-30\n"
    "schemes: id\n"
    "CLS\n"
    "CTG\n"
    "ASV\n"
    "activities: id,schemes,start,end\n"
    "A,CLS,2024-02-01,2024-02-01\n"
    "B,ASV,2019,2019\n"
    "C,CLS,,\n"
    "participations: actor,activity,role,date,present,on_behalf_of\n"
    "Anne,A,coordinator,,excused,\n"
    "Anne,B,coordinator,2024-01-15,,\n"
    "Bilal,A,coordinator,,,CTG\n"
    "Chloe,B,coordinator,,,\n"
    ",C,coordinator,,,Assoc\n"
    "Dora,A,member,,,\n";

START_TEST(without_posts_those_who_coordinate_activities_are_taken)
{
    study_measured m;
    study_measure(&m, meetings, "depend.schemes_per_person");
    const mlg_value *value = &m.values.items[0];

    ck_assert_uint_eq(value->n, 3);
    ck_assert_double_eq(
        value->column[MLG_VALUE][row_of(value, model_fixture_party(m.model, "Anne"))], 2);
    ck_assert_double_eq(
        value->column[MLG_VALUE][row_of(value, model_fixture_party(m.model, "Bilal"))], 1);
    ck_assert_double_eq(
        value->column[MLG_VALUE][row_of(value, model_fixture_party(m.model, "Assoc"))], 1);
    study_measured_close(&m);

    study_measure(&m, meetings, "depend.single_coordinator_share");
    ck_assert_double_eq(m.values.items[0].column[MLG_VALUE][0], 2.0 / 3.0); /* CLS has two */
    study_measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *lines;
    mlg_text_key why;
} unknown_cases[] = {
    {"depend.single_coordinator_share", "actors: id\na\n", T_why_no_schemes},
    {"depend.single_coordinator_share", "schemes: id\nCLS\n", T_why_no_coordinator},
    {"depend.single_coordinator_share",
     "schemes: id\nCLS\nposts: id,person,role,scheme\np,vacant,coordinator,CLS\n",
     T_why_no_coordinator},
    {"depend.schemes_per_person", "schemes: id\nCLS\n", T_why_no_holder},
    {"depend.schemes_per_person",
     "schemes: id\nCLS\nposts: id,person,role,scheme\np,vacant,coordinator,CLS\n", T_why_no_holder},
};

START_TEST(unknown_coordinators_are_not_none)
{
    study_measured m;
    study_measure(&m, unknown_cases[_i].lines, unknown_cases[_i].id);
    ck_assert_uint_eq(m.values.n, 1);
    ck_assert_str_eq(mlg_text_name(m.values.items[0].undefined),
                     mlg_text_name(unknown_cases[_i].why));
    study_measured_close(&m);
}
END_TEST

/* ---- no memory ----------------------------------------------------------------------------- */

static const char *const view_ids[] = {"depend.pairs_lost", "depend.cross_pairs_lost",
                                       "depend.bridges", "depend.effective_brokers"};

START_TEST(measures_of_a_view_survive_any_allocation_failing)
{
    bool failed = true;
    for (long n = 0; failed; n++) {
        measured m;
        measured_open(&m, graph_fixture("ABAB?A", "0-1 1-2 2-3 3-4"));
        failed = measured_fails(m.context, 0, view_ids[_i], n, &m.values);
        measured_close(&m);
    }
}
END_TEST

START_TEST(measures_of_schemes_survive_any_allocation_failing)
{
    study_fail_each(team, "depend.single_coordinator_share");
    study_fail_each(team, "depend.schemes_per_person");
    study_fail_each(meetings, "depend.schemes_per_person");
    study_fail_each("schemes: id\nCLS\n", "depend.schemes_per_person");
}
END_TEST

static Suite *depend_suite(void)
{
    Suite *suite = suite_create("depend");
    TCase *lost = tcase_create("pairs lost");
    TCase *bridges = tcase_create("bridges");
    TCase *brokers = tcase_create("brokers");
    TCase *coordinators = tcase_create("coordinators");
    TCase *memory = tcase_create("no memory");

    tcase_add_test(lost, pairs_lost_come_with_their_share_and_branches);
    tcase_add_test(lost, cross_pairs_lost_leave_unknown_sectors_out);
    tcase_add_test(lost, a_share_of_no_pair_is_undefined);
    tcase_add_loop_test(lost, what_is_undefined_says_why, 0,
                        sizeof undefined_cases / sizeof *undefined_cases);
    tcase_add_test(lost, a_view_without_projection_loses_the_same_pairs);
    tcase_add_loop_test(lost, every_shape_gives_values_in_their_range, 0, MEASURED_SHAPES);
    tcase_add_test(bridges, bridges_are_ranked_by_the_pairs_they_hold);
    tcase_add_test(bridges, bridges_without_sectors_have_no_cross_pairs);
    tcase_add_test(bridges, a_thousand_bridges_are_listed_of_more);
    tcase_add_test(brokers, effective_brokers_of_the_kite_are_the_reference);
    tcase_add_test(brokers, brokerage_concentrates_in_the_top);
    tcase_add_test(brokers, more_paths_than_can_be_counted_leave_brokers_undefined);
    tcase_add_test(coordinators, schemes_with_one_coordinator_are_counted_among_the_known);
    tcase_add_test(coordinators, people_hold_the_schemes_of_their_posts);
    tcase_add_test(coordinators, without_posts_those_who_coordinate_activities_are_taken);
    tcase_add_loop_test(coordinators, unknown_coordinators_are_not_none, 0,
                        sizeof unknown_cases / sizeof *unknown_cases);
    tcase_add_loop_test(memory, measures_of_a_view_survive_any_allocation_failing, 0,
                        sizeof view_ids / sizeof *view_ids);
    tcase_add_test(memory, measures_of_schemes_survive_any_allocation_failing);
    suite_add_tcase(suite, lost);
    suite_add_tcase(suite, bridges);
    suite_add_tcase(suite, brokers);
    suite_add_tcase(suite, coordinators);
    suite_add_tcase(suite, memory);
    return suite;
}

int main(void)
{
    return suite_run(depend_suite());
}
