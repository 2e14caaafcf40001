/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "graph_fixture.h"
#include "measure/removal.h"
#include "measured.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "slow_removal.h"
#include "study_measured.h"
#include "suite.h"

/* Residents by the actors on record where they live. */

static const char *const id = "depend.population_lost";

typedef struct viewed {
    mlg_model *model;
    mlg_view *views;
    size_t n_views;
    mlg_run run;
    mlg_context *context;
    mlg_values values;
} viewed;

static void viewed_open(viewed *v, const char *text, mlg_by by)
{
    const mlg_view_wish wish = {.by = by};
    *v = (viewed){.model = model_fixture(text), .run = MLG_RUN_INIT};
    ck_assert_int_eq(mlg_views_of(v->model, &wish, &v->views, &v->n_views, NULL), MLG_OK);
    ck_assert_int_eq(mlg_context_open(v->model, v->views, v->n_views, &v->run, &v->context, NULL),
                     MLG_OK);
}

static void viewed_close(viewed *v)
{
    mlg_values_free(&v->values);
    mlg_context_free(v->context);
    mlg_views_free(v->views);
    mlg_model_free(v->model);
}

/* The last value: the list of actors, or why there is none. */
static const mlg_value *measure(viewed *v)
{
    mlg_error err = {MLG_OK, ""};
    const mlg_status status = mlg_measure_find(id)->run(v->context, 0, &v->values, &err);
    ck_assert_msg(status == MLG_OK, "%s", err.message);
    for (size_t i = 0; i < v->values.n; i++) {
        measured_check(&v->values.items[i]);
    }
    return &v->values.items[v->values.n - 1];
}

/* A practice in P; a nurse in Q; R has a social centre by its post, and the hospital's site there
 * is closed; S is empty. The agency is everywhere, nobody says where W is. A tie a step:
 * practice - agency - nurse - W, and the centre with the agency. */
static const char *const valley = "study: key,value\n"
                                  "date,2024-06-30\n"
                                  "territories: id,scale,population\n"
                                  "P,commune,100\n"
                                  "Q,commune,40\n"
                                  "R,commune,60\n"
                                  "S,commune,\n"
                                  "perimeters: territory,unit\n"
                                  "EPCI,P\n"
                                  "EPCI,Q\n"
                                  "EPCI,R\n"
                                  "EPCI,S\n"
                                  "actors: id,kind,organisation,territory\n"
                                  "practice,organisation,,P\n"
                                  "nurse,organisation,,EPCI\n"
                                  "centre,organisation,,\n"
                                  "hospital,organisation,,\n"
                                  "agency,organisation,,EPCI\n"
                                  "W,organisation,,\n"
                                  "sites: actor,territory,end\n"
                                  "nurse,Q,\n"
                                  "nurse,S,\n"
                                  "hospital,R,2020-01-01\n"
                                  "posts: id,person,employer,territory\n"
                                  "p1,Anne,centre,R\n"
                                  "p2,vacant,practice,Q\n"
                                  "ties: from,to\n"
                                  "practice,agency\n"
                                  "agency,nurse\n"
                                  "nurse,W\n"
                                  "centre,agency\n";

START_TEST(residents_of_one_local_actor_are_lost_with_it)
{
    viewed v;
    viewed_open(&v, valley, MLG_BY_ORGANISATION);
    const mlg_value *each = measure(&v), *whole = &v.values.items[0];
    static const struct {
        const char *actor;
        double lost, units, unknown, residents, pairs;
    } expected[] = {
        {"practice", 100, 1, 0, 100, 0},
        {"nurse", 40, 2, 1, 40, 0}, /* its sites, not its territory */
        {"centre", 60, 1, 0, 60, 0},
        {"agency", 0, 0, 0, 200, 50 * 20 + 50 * 30 + 20 * 30},
        {"W", NAN, NAN, NAN, NAN, 0},
        {"hospital", NAN, NAN, NAN, NAN, 0},
    };

    ck_assert_double_eq(whole->column[MLG_VALUE][0], 200);
    ck_assert_double_eq(part_at(whole, "share", 0), 1);
    ck_assert_double_eq(part_at(whole, "units", 0), 4);
    ck_assert_double_eq(part_at(whole, "served", 0), 200);
    ck_assert_double_eq(part_at(whole, "units_unknown", 0), 1);
    ck_assert_double_eq(part_at(whole, "actors", 0), 6);
    ck_assert_double_eq(part_at(whole, "completeness", 0), 4.0 / 6);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const size_t at = row_of(each, model_fixture_party(v.model, expected[i].actor));
        if (isnan(expected[i].lost)) {
            ck_assert_double_nan(each->column[MLG_VALUE][at]);
            ck_assert_double_nan(part_at(each, "residents", at));
        } else {
            ck_assert_double_eq(each->column[MLG_VALUE][at], expected[i].lost);
            ck_assert_double_eq(part_at(each, "share", at), expected[i].lost / 200);
            ck_assert_double_eq(part_at(each, "units", at), expected[i].units);
            ck_assert_double_eq(part_at(each, "units_unknown", at), expected[i].unknown);
            ck_assert_double_eq(part_at(each, "residents", at), expected[i].residents);
        }
        ck_assert_double_eq_tol(part_at(each, "pairs_lost", at), expected[i].pairs, 1e-9);
    }
    /* residents shared by two: 50, 20 and 30 of local actors, 100 of the agency */
    const size_t agency = row_of(each, model_fixture_party(v.model, "agency"));
    ck_assert_double_eq_tol(part_at(each, "pairs_share", agency), 1, 1e-12);
    ck_assert_double_eq_tol(
        part_at(each, "pairs_connected", row_of(each, model_fixture_party(v.model, "W"))),
        3100 + 100 * 100, 1e-9);
    viewed_close(&v);
}
END_TEST

static const struct {
    const char *text;
    mlg_text_key why;
} undefined_cases[] = {
    {"actors: id\nA\nB\nties: from,to\nA,B\n", T_why_no_units},
    {"territories: id,scale,population\nP,commune,10\nQ,commune,5\n"
     "perimeters: territory,unit\nT,P\nT,Q\nties: from,to\nA,B\n",
     T_why_no_place},
    {"territories: id,scale,population\nP,commune,10\nQ,commune,\n"
     "perimeters: territory,unit\nT,P\nT,Q\nactors: id,territory\nA,Q\nB,\nties: from,to\nA,B\n",
     T_why_no_population},
};

START_TEST(what_is_undefined_says_why)
{
    viewed v;
    viewed_open(&v, undefined_cases[_i].text, MLG_BY_ORGANISATION);
    const mlg_value *value = measure(&v);
    ck_assert_str_eq(mlg_text_name(value->undefined), mlg_text_name(undefined_cases[_i].why));
    viewed_close(&v);
}
END_TEST

/* Sectors and services are where their actors are. */
START_TEST(a_view_counts_what_actors_become)
{
    viewed v;
    viewed_open(&v,
                "territories: id,scale,population\nP,commune,10\nQ,commune,5\n"
                "perimeters: territory,unit\nT,P\nT,Q\n"
                "actors: id,kind,organisation,sector,territory\n"
                "A,organisation,,social,P\nB,organisation,,social,Q\nC,service,A,social,Q\n"
                "D,organisation,,education,\nties: from,to\nA,D\nB,D\nC,D\n",
                MLG_BY_ORGANISATION);
    const mlg_value *each = measure(&v);
    const size_t a = row_of(each, model_fixture_party(v.model, "A"));
    const size_t b = row_of(each, model_fixture_party(v.model, "B"));
    ck_assert_double_eq(part_at(each, "residents", a), 15); /* everywhere: not local */
    ck_assert_double_eq(each->column[MLG_VALUE][a], 0);
    ck_assert_double_eq(each->column[MLG_VALUE][b], 5);
    viewed_close(&v);
}
END_TEST

START_TEST(population_survives_any_allocation_failing)
{
    bool failed = true;
    for (long n = 0; failed; n++) {
        viewed v;
        viewed_open(&v, valley, MLG_BY_ORGANISATION);
        failed = measured_fails(v.context, 0, id, n, &v.values);
        viewed_close(&v);
    }
}
END_TEST

/* ---- the kernel --------------------------------------------------------------------------------
 */

static void label(const mlg_graph *graph, int32_t gone, int32_t *component)
{
    for (int32_t v = 0; v < graph->n; v++) {
        component[v] = v;
    }
    for (int32_t round = 0; round < graph->n; round++) { /* the lowest number spreads */
        for (int32_t v = 0; v < graph->n; v++) {
            for (uint32_t i = graph->ties.offset[v]; i < graph->ties.offset[v + 1]; i++) {
                const int32_t w = graph->ties.target[i];
                if (v != gone && w != gone && component[w] < component[v]) {
                    component[v] = component[w];
                }
            }
        }
    }
}

static double pairs_of(const mlg_graph *graph, const double *weight, int32_t gone, int32_t without)
{
    int32_t component[64];
    double sum = 0;
    label(graph, gone, component);
    for (int32_t x = 0; x < graph->n; x++) {
        for (int32_t y = 0; y < x; y++) {
            const bool stay = x != without && y != without;
            sum += stay && component[x] == component[y] ? weight[x] * weight[y] : 0;
        }
    }
    return sum;
}

START_TEST(weighted_losses_are_those_of_removing_each_actor)
{
    mlg_random draw = mlg_random_stream(1, "test_population_lost.slow", "", (uint64_t) _i);
    for (int k = 0; k < 50; k++) {
        const int32_t n = 2 + (int32_t) mlg_random_below(&draw, 28);
        const size_t sizes[] = {(size_t) n * 2 / 3, (size_t) n - 1, (size_t) n, (size_t) n * 2};
        mlg_graph *graph = random_graph(&draw, n, sizes[k % 4], 0, false, false);
        double weight[64];
        mlg_forest forest;
        mlg_weighted_removals found;
        mlg_removals counted;

        for (int32_t v = 0; v < n; v++) { /* a third weigh nothing; every other time all weigh 1 */
            const uint32_t w = mlg_random_below(&draw, 300);
            weight[v] = k % 2 == 1 ? 1 : w < 100 ? 0 : w / 7.0;
        }
        ck_assert_int_eq(mlg_forest_grow(&graph->ties, n, &forest, NULL), MLG_OK);
        ck_assert_int_eq(mlg_weighted_removals_of(&forest, weight, &found, NULL), MLG_OK);
        ck_assert_int_eq(mlg_removals_of(&forest, &counted, NULL), MLG_OK);
        const double today = pairs_of(graph, weight, -1, -1);
        ck_assert_double_eq_tol(found.pairs, today, 1e-9 * (1 + today));
        for (int32_t v = 0; v < n; v++) {
            const double stay = pairs_of(graph, weight, -1, v);
            const double lost = stay - pairs_of(graph, weight, v, v);
            ck_assert_double_eq_tol(found.others[v], stay, 1e-9 * (1 + today));
            ck_assert(stay > 0 || found.others[v] == 0); /* exactly */
            ck_assert_double_eq_tol(found.lost[v], lost, 1e-9 * (1 + today));
            ck_assert(counted.lost[v] > 0 || found.lost[v] == 0); /* exactly */
            ck_assert(k % 2 == 0 || found.lost[v] == (double) counted.lost[v]);
        }
        mlg_weighted_removals_free(&found);
        mlg_removals_free(&counted);
        mlg_forest_free(&forest);
        mlg_graph_free(graph);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("population lost");
    TCase *measures = tcase_create("measure");
    TCase *kernel = tcase_create("kernel");

    tcase_add_test(measures, residents_of_one_local_actor_are_lost_with_it);
    tcase_add_loop_test(measures, what_is_undefined_says_why, 0,
                        sizeof undefined_cases / sizeof *undefined_cases);
    tcase_add_test(measures, a_view_counts_what_actors_become);
    tcase_add_test(measures, population_survives_any_allocation_failing);
    tcase_add_loop_test(kernel, weighted_losses_are_those_of_removing_each_actor, 0, 20);
    suite_add_tcase(suite, measures);
    suite_add_tcase(suite, kernel);
    return suite_run(suite);
}
