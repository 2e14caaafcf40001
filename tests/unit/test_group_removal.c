/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "graph_fixture.h"
#include "measured.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "slow_removal.h"
#include "study_measured.h"
#include "suite.h"

/* What goes all at once: an activity, or the actors of one organisation. */

/* A view of a study written in the test. */
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

static const mlg_value *viewed_value(viewed *v, const char *id)
{
    mlg_error err = {MLG_OK, ""};
    const size_t before = v->values.n;
    const mlg_status status = mlg_measure_find(id)->run(v->context, 0, &v->values, &err);
    ck_assert_msg(status == MLG_OK, "%s", err.message);
    ck_assert_uint_eq(v->values.n, before + 1);
    measured_check(&v->values.items[before]);
    return &v->values.items[before];
}

/* ---- activities -------------------------------------------------------------------------------
 */

/* 0 and 1 meet in the first, 1 and 2 in the second, 2, 3 and 4 in the third, 3 and 4 again. */
START_TEST(activities_part_those_whom_they_alone_join)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode("AABBA | 0,1; 1,2; 2,3,4; 3,4", MLG_PROJECT_NEWMAN));
    const mlg_value *value = measured_value(&m, "depend.pairs_lost.activities");
    static const struct {
        mlg_id activity;
        double lost, actors, branches, cross;
    } expected[] = {
        /* by cross pairs: of 0 1 and 4 with 2 and 3 */
        {1, 6, 2, 2, 4},
        {2, 6, 3, 2, 3},
        {0, 4, 2, 2, 2},
    };

    ck_assert_uint_eq(value->n, 3);
    ck_assert_int_eq(value->scope, MLG_SCOPE_ACTIVITY);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(value->subject[i], expected[i].activity);
        ck_assert_double_eq(value->column[MLG_VALUE][i], expected[i].lost);
        ck_assert_double_eq(part_at(value, "connected", i), 10);
        ck_assert_double_eq(part_at(value, "share", i), expected[i].lost / 10);
        ck_assert_double_eq(part_at(value, "actors", i), expected[i].actors);
        ck_assert_double_eq(part_at(value, "branches", i), expected[i].branches);
        ck_assert_double_eq(part_at(value, "cross_pairs", i), expected[i].cross);
        ck_assert_double_eq(part_at(value, "cross_connected", i), 6);
        ck_assert_double_eq(part_at(value, "cross_share", i), expected[i].cross / 6);
    }
    measured_close(&m);
}
END_TEST

START_TEST(nothing_is_lost_where_everybody_meets_twice)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode("AB? | 0,1,2; 0,1,2", MLG_PROJECT_NEWMAN));
    const mlg_value *value = measured_value(&m, "depend.pairs_lost.activities");
    ck_assert_uint_eq(value->n, 0);
    ck_assert_int_eq(value->undefined, T_why_no_cutting_activity);
    measured_close(&m);
}
END_TEST

START_TEST(without_two_sectors_no_cross_pair_is_counted)
{
    measured m;
    measured_open(&m, graph_fixture_two_mode("AA? | 0,1,2", MLG_PROJECT_NEWMAN));
    const mlg_value *value = measured_value(&m, "depend.pairs_lost.activities");
    ck_assert_double_eq(value->column[MLG_VALUE][0], 3);
    ck_assert_double_eq(part_at(value, "branches", 0), 3);
    ck_assert_double_nan(part_at(value, "cross_pairs", 0));
    ck_assert_double_nan(part_at(value, "cross_connected", 0));
    measured_close(&m);
}
END_TEST

static mlg_graph *some_two_mode(mlg_random *draw)
{
    const int32_t n = 2 + (int32_t) mlg_random_below(draw, 22);
    const int32_t n_activities = 1 + (int32_t) mlg_random_below(draw, 12);
    int32_t sector[24];
    const mlg_run run = MLG_RUN_INIT;
    mlg_graph *graph = NULL;
    random_seats seats = random_seats_of(draw, n, n_activities, 1 + mlg_random_below(draw, 36));

    for (int32_t v = 0; v < n; v++) {
        sector[v] = (int32_t) mlg_random_below(draw, 4) - 1;
    }
    ck_assert_int_eq(mlg_graph_from_participations(n, n_activities, seats.actor, seats.activity,
                                                   seats.m, MLG_PROJECT_COUNT, sector, 3, &run,
                                                   &graph, NULL),
                     MLG_OK);
    random_seats_free(&seats);
    return graph;
}

START_TEST(activities_lose_what_stopping_them_loses)
{
    mlg_random draw = mlg_random_stream(1, "test_group_removal.activities", "", (uint64_t) _i);
    for (int k = 0; k < 50; k++) {
        measured m;
        measured_open(&m, some_two_mode(&draw));
        const mlg_value *value = measured_value(&m, "depend.pairs_lost.activities");
        size_t cutting = 0;
        for (int32_t e = 0; e < m.graph->n_activities; e++) {
            cutting += slow_set_removal(m.graph, NULL, e).lost > 0;
        }
        ck_assert_uint_eq(value->n, cutting);
        for (size_t i = 0; i < value->n; i++) {
            const int32_t e =
                mlg_id_find(m.graph->activity, m.graph->n_activities, value->subject[i]);
            const slow_loss slow = slow_set_removal(m.graph, NULL, e);
            ck_assert_double_eq(value->column[MLG_VALUE][i], (double) slow.lost);
            ck_assert_double_eq(part_at(value, "connected", i), (double) slow.pairs);
            ck_assert_double_eq(part_at(value, "cross_pairs", i), (double) slow.cross_lost);
            ck_assert_double_eq(part_at(value, "cross_connected", i), (double) slow.cross_pairs);
        }
        measured_close(&m);
    }
}
END_TEST

/* ---- organisations ----------------------------------------------------------------------------
 */

/* Two services of H hold a ring between X and Y: neither cuts alone, both do. */
static const char *const hospital = "actors: id,kind,organisation,sector\n"
                                    "X,organisation,,social\n"
                                    "Y,organisation,,education\n"
                                    "Z,organisation,,education\n"
                                    "H1,service,H,hospital\n"
                                    "H2,service,H,hospital\n"
                                    "ties: from,to\n"
                                    "X,H1\n"
                                    "X,H2\n"
                                    "H1,Y\n"
                                    "H2,Y\n"
                                    "Y,Z\n";

START_TEST(an_organisation_takes_all_its_services_along)
{
    viewed v;
    viewed_open(&v, hospital, MLG_BY_ACTOR);
    const mlg_value *value = viewed_value(&v, "depend.pairs_lost.organisations");
    ck_assert_uint_eq(value->n, 1);
    ck_assert_int_eq(value->subject[0], model_fixture_party(v.model, "H"));
    ck_assert_double_eq(value->column[MLG_VALUE][0], 2); /* X-Y, X-Z */
    ck_assert_double_eq(part_at(value, "connected", 0), 3);
    ck_assert_double_eq_tol(part_at(value, "share", 0), 2.0 / 3, 1e-12);
    ck_assert_double_eq(part_at(value, "actors", 0), 2);
    ck_assert_double_eq(part_at(value, "cross_pairs", 0), 2);
    ck_assert_double_eq(part_at(value, "cross_connected", 0), 2);
    ck_assert_double_eq(part_at(value, "cross_share", 0), 1);
    const mlg_value *alone = viewed_value(&v, "depend.pairs_lost");
    const size_t at = row_of(alone, model_fixture_party(v.model, "H1"));
    ck_assert_double_eq(alone->column[MLG_VALUE][at], 0);
    viewed_close(&v);
}
END_TEST

START_TEST(where_organisations_are_the_actors_there_is_no_group)
{
    viewed v;
    viewed_open(&v, hospital, MLG_BY_ORGANISATION);
    ck_assert_int_eq(viewed_value(&v, "depend.pairs_lost.organisations")->undefined,
                     T_why_no_group);
    viewed_close(&v);
    viewed_open(&v, hospital, MLG_BY_SECTOR);
    ck_assert_int_eq(viewed_value(&v, "depend.pairs_lost.organisations")->undefined,
                     T_why_no_group);
    viewed_close(&v);
}
END_TEST

enum { ROOM = 8192 };

static void add_line(char *text, const char *line)
{
    ck_assert_uint_lt(strlen(text) + strlen(line), ROOM);
    strcat(text, line);
}

/* Services of six organisations, some of none, in four sectors. */
static void some_study(mlg_random *draw, bool two_mode, char *text)
{
    static const char *const sectors[] = {"social", "education", "social|hospital", ""};
    const uint32_t n = 4 + mlg_random_below(draw, 22);
    char line[96];

    strcpy(text, "actors: id,kind,organisation,sector\n");
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t organisation = mlg_random_below(draw, 9);
        const char *sector = sectors[mlg_random_below(draw, 4)];
        if (organisation < 6) {
            snprintf(line, sizeof line, "a%u,service,O%u,%s\n", i, organisation, sector);
        } else {
            snprintf(line, sizeof line, "a%u,organisation,,%s\n", i, sector);
        }
        add_line(text, line);
    }
    add_line(text, two_mode ? "participations: actor,activity\n" : "ties: from,to\n");
    for (uint32_t k = 0; k < n * 5 / 4; k++) {
        const uint32_t a = mlg_random_below(draw, n), b = mlg_random_below(draw, n);
        if (two_mode) {
            snprintf(line, sizeof line, "a%u,e%u\n", a, b / 2);
        } else {
            snprintf(line, sizeof line, "a%u,a%u\n", a, b != a ? b : (a + 1) % n);
        }
        add_line(text, line);
    }
}

static void assert_same_as_slow(viewed *v)
{
    const mlg_graph *graph = mlg_context_graph(v->context, 0);
    const mlg_value *value = viewed_value(v, "depend.pairs_lost.organisations");
    for (size_t i = 0; i < value->n; i++) {
        bool gone[64] = {false};
        double actors = 0;
        for (int32_t a = 0; a < graph->n; a++) {
            gone[a] = v->model->party_organisation[graph->subject[a]] == value->subject[i];
            actors += gone[a];
        }
        const slow_loss slow = slow_set_removal(graph, gone, -1);
        ck_assert_double_gt(actors, 1);
        ck_assert_double_eq(part_at(value, "actors", i), actors);
        ck_assert_double_eq(value->column[MLG_VALUE][i], (double) slow.lost);
        ck_assert_double_eq(part_at(value, "connected", i), (double) slow.pairs);
        if (graph->n_sectors > 1) {
            ck_assert_double_eq(part_at(value, "cross_pairs", i), (double) slow.cross_lost);
            ck_assert_double_eq(part_at(value, "cross_connected", i), (double) slow.cross_pairs);
        }
    }
}

START_TEST(organisations_lose_what_removing_their_actors_loses)
{
    mlg_random draw = mlg_random_stream(1, "test_group_removal.groups", "", (uint64_t) _i);
    static char text[ROOM];
    for (int k = 0; k < 20; k++) {
        viewed v;
        some_study(&draw, k % 2 == 1, text);
        viewed_open(&v, text, k % 3 == 0 ? MLG_BY_SERVICE : MLG_BY_ACTOR);
        assert_same_as_slow(&v);
        if (k % 2 == 1) { /* and from two-mode data, where there is no projection */
            mlg_graph *graph = v.context->graphs[0];
            mlg_context_keep(v.context, 0, MLG_SLOT_REMOVALS, NULL, NULL);
            graph->projected = false;
            assert_same_as_slow(&v);
            graph->projected = true;
        }
        viewed_close(&v);
    }
}
END_TEST

START_TEST(organisations_survive_any_allocation_failing)
{
    bool failed = true;
    for (long n = 0; failed; n++) {
        viewed v;
        viewed_open(&v, hospital, MLG_BY_ACTOR);
        failed = measured_fails(v.context, 0, "depend.pairs_lost.organisations", n, &v.values);
        viewed_close(&v);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("group removal");
    TCase *activities = tcase_create("activities");
    TCase *organisations = tcase_create("organisations");

    tcase_add_test(activities, activities_part_those_whom_they_alone_join);
    tcase_add_test(activities, nothing_is_lost_where_everybody_meets_twice);
    tcase_add_test(activities, without_two_sectors_no_cross_pair_is_counted);
    tcase_add_loop_test(activities, activities_lose_what_stopping_them_loses, 0, 20);
    tcase_add_test(organisations, an_organisation_takes_all_its_services_along);
    tcase_add_test(organisations, where_organisations_are_the_actors_there_is_no_group);
    tcase_add_loop_test(organisations, organisations_lose_what_removing_their_actors_loses, 0, 20);
    tcase_add_test(organisations, organisations_survive_any_allocation_failing);
    suite_add_tcase(suite, activities);
    suite_add_tcase(suite, organisations);
    return suite_run(suite);
}
