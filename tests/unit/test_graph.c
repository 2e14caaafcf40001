/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/graph.h"

#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "slow_graph.h"
#include "suite.h"

static const mlg_run quiet = MLG_RUN_INIT;

/* ---- from arrays ------------------------------------------------------------- */

START_TEST(ties_without_direction_share_their_arrays_with_arcs)
{
    mlg_graph *graph = graph_fixture("AAB?", "0-1:2 1-2 2-1:5 3-3");
    ck_assert(!graph->directed);
    ck_assert(graph->weighted);
    ck_assert_ptr_eq(graph->ties.offset, graph->arcs.offset);
    ck_assert_uint_eq(graph->n_ties, 2);
    ck_assert_uint_eq(graph->n_arcs, 2);
    ck_assert_uint_eq(graph->facts.loops, 1);
    ck_assert_double_eq(graph->w_max, 5.0);
    ck_assert_double_eq(mlg_csr_find(&graph->ties, 1, 2), 5.0);
    ck_assert_int_eq(graph->n_sectors, 2);
    ck_assert_int_eq(graph->sector[3], -1);
    ck_assert_uint_eq(graph->facts.unknown_sector, 1);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(a_weak_tie_has_the_larger_weight_of_its_directions)
{
    mlg_graph *graph = graph_fixture("AAA", "0>1:2 1>0:3 2>1:1");
    ck_assert(graph->directed);
    ck_assert_uint_eq(graph->n_arcs, 3);
    ck_assert_uint_eq(graph->n_ties, 2);
    ck_assert_double_eq(mlg_csr_find(&graph->arcs, 0, 1), 2.0);
    ck_assert_double_eq(mlg_csr_find(&graph->arcs, 1, 2), 0.0);
    ck_assert_double_eq(mlg_csr_find(&graph->ties, 0, 1), 3.0);
    ck_assert_double_eq(mlg_csr_find(&graph->ties, 1, 2), 1.0);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(nobody_and_nothing_make_graphs_too)
{
    mlg_graph *none = graph_fixture("", ""), *alone = graph_fixture("A", "");
    ck_assert_int_eq(none->n, 0);
    ck_assert_int_eq(alone->n, 1);
    ck_assert_uint_eq(mlg_csr_degree(&alone->ties, 0), 0);
    ck_assert_double_eq(alone->w_max, 1.0);
    ck_assert(!alone->weighted);
    mlg_graph_free(none);
    mlg_graph_free(alone);
    mlg_graph_free(NULL);
}
END_TEST

START_TEST(random_ties_and_arcs_agree_with_dense_matrices)
{
    mlg_random draw = mlg_random_stream(3, "test.graph", "", (uint64_t) _i);
    random_ties rows = random_ties_of(&draw, 30, 120, 3);
    const bool directed = _i % 2 == 0;
    mlg_graph *graph = NULL;
    ck_assert_int_eq(mlg_graph_from_ties(30, rows.from, rows.to, rows.weight, rows.m, directed,
                                         rows.sector, 3, &graph, NULL),
                     MLG_OK);
    slow_matrix ties =
        slow_adjacency(30, 30, true, true, rows.from, rows.to, rows.weight, rows.m, MLG_MERGE_MAX);
    slow_matrix arcs = slow_adjacency(30, 30, true, !directed, rows.from, rows.to, rows.weight,
                                      rows.m, MLG_MERGE_MAX);
    slow_assert_same(&graph->ties, &ties, false, 0.0);
    slow_assert_same(&graph->arcs, &arcs, false, 0.0);
    ck_assert_uint_eq(graph->n_ties, mlg_csr_size(&graph->ties) / 2);
    slow_matrix_free(&ties);
    slow_matrix_free(&arcs);
    random_ties_free(&rows);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(participations_count_once_an_activity)
{
    mlg_graph *graph = graph_fixture_two_mode("AAB | 0,1,1; 1,2,0; 2", MLG_PROJECT_COUNT);
    ck_assert_int_eq(graph->n_activities, 3);
    ck_assert_uint_eq(mlg_csr_size(&graph->attends), 6);
    ck_assert_double_eq(mlg_csr_find(&graph->ties, 0, 1), 2.0);
    ck_assert_double_eq(mlg_csr_find(&graph->ties, 0, 2), 1.0);
    ck_assert_uint_eq(graph->facts.pairs_expected, 4);
    ck_assert_uint_eq(graph->facts.activities_single, 1);
    ck_assert(graph->projected);
    ck_assert(!graph->directed);
    mlg_graph_free(graph);
}
END_TEST

/* 6,400 actors in one activity make 20,476,800 pairs. */
START_TEST(a_projection_past_20_million_pairs_is_counted_and_not_built)
{
    enum { N = 6400 };
    int32_t *actor = mlg_alloc(N, sizeof *actor), *activity = mlg_zalloc(N, sizeof *activity);
    mlg_graph *graph = NULL;
    for (int32_t i = 0; i < N; i++) {
        actor[i] = i;
    }
    ck_assert_int_eq(mlg_graph_from_participations(N, 1, actor, activity, N, MLG_PROJECT_NEWMAN,
                                                   NULL, 0, NULL, &graph, NULL),
                     MLG_OK);
    ck_assert(!graph->projected);
    ck_assert_uint_eq(graph->facts.pairs_expected, 20476800);
    ck_assert_uint_eq(graph->n_ties, 0);
    ck_assert_uint_eq(mlg_csr_degree(&graph->ties, N - 1), 0); /* can be read all the same */
    ck_assert_uint_eq(mlg_csr_degree(&graph->attended, 0), N);
    mlg_graph_free(graph);
    mlg_free(actor);
    mlg_free(activity);
}
END_TEST

START_TEST(a_projection_past_the_memory_bound_is_not_built_either)
{
    const int32_t actor[] = {0, 1}, activity[] = {0, 0};
    mlg_graph *graph = NULL;
    mlg_error err = {0};
    mlg_run run = MLG_RUN_INIT;
    run.memory_bound = 1;
    ck_assert_int_eq(mlg_graph_from_participations(2, 1, actor, activity, 2, MLG_PROJECT_NEWMAN,
                                                   NULL, 0, &run, &graph, &err),
                     MLG_OK);
    ck_assert(!graph->projected);
    ck_assert_str_eq(err.message, "");
    mlg_graph_free(graph);
}
END_TEST

/* ---- from a model ------------------------------------------------------------ */

static mlg_graph *build(const mlg_model *model, const mlg_view_wish *wish)
{
    mlg_view *views = NULL;
    size_t n = 0;
    mlg_graph *graph = NULL;
    mlg_error err = {0};
    ck_assert_msg(mlg_views_of(model, wish, &views, &n, &err) == MLG_OK, "%s", err.message);
    ck_assert_uint_ge(n, 1);
    ck_assert_msg(mlg_graph_build(model, &views[0], &quiet, &graph, &err) == MLG_OK, "%s",
                  err.message);
    mlg_views_free(views);
    return graph;
}

/* Number of a party among the actors, or -1. */
static int32_t actor_of(const mlg_graph *graph, const char *party)
{
    const mlg_id id = model_fixture_party(graph->model, party);
    for (int32_t v = 0; v < graph->n; v++) {
        if (graph->subject[v] == id) {
            return v;
        }
    }
    return -1;
}

static double weight_between(const mlg_graph *graph, const char *a, const char *b)
{
    const int32_t v = actor_of(graph, a), w = actor_of(graph, b);
    ck_assert_msg(v >= 0 && w >= 0, "%s and %s are actors", a, b);
    return mlg_csr_find(&graph->ties, v, w);
}

static const char *const collapsing = "actors: id,kind,sector,organisation\n"
                                      "ccas,organisation,social,\n"
                                      "chu,organisation,housing|social,\n"
                                      "psy,service,housing,chu\n"
                                      "Ann,person,education,ccas\n"
                                      "Bob,person,,psy\n"
                                      "Cy,person,,\n"
                                      "alone,organisation,,\n"
                                      "many,unnamed,social,\n"
                                      "ties: from,to,weight\n"
                                      "Ann,Bob,2\n"
                                      "ccas,chu,3\n"
                                      "Bob,psy,1\n"
                                      "Ann,ccas,1\n"
                                      "Cy,Bob,4\n"
                                      "psy,psy,1\n";

static const struct {
    mlg_by by;
    int32_t actors;
    size_t ties, inside;
} collapse_cases[] = {
    {MLG_BY_ORGANISATION, 4, 2, 2}, /* ccas chu Cy alone: ccas-chu, Cy-chu */
    {MLG_BY_SERVICE, 5, 3, 2},      /* and psy: ccas-psy, ccas-chu, Cy-psy */
    {MLG_BY_ACTOR, 7, 5, 0},
    {MLG_BY_SECTOR, 2, 1, 2}, /* social, housing; the tie of Cy goes nowhere */
};

START_TEST(actors_collapse_as_asked)
{
    mlg_model *model = model_fixture(collapsing);
    const mlg_view_wish wish = {.by = collapse_cases[_i].by};
    mlg_graph *graph = build(model, &wish);
    ck_assert_int_eq(graph->n, collapse_cases[_i].actors);
    ck_assert_uint_eq(graph->n_ties, collapse_cases[_i].ties);
    ck_assert_uint_eq(graph->facts.ties_inside, collapse_cases[_i].inside);
    for (int32_t v = 1; v < graph->n; v++) { /* ascending subjects: the order of the input */
        ck_assert_int_lt(graph->subject[v - 1], graph->subject[v]);
    }
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(a_collapsed_actor_has_its_organisations_sectors_and_largest_weight)
{
    mlg_model *model = model_fixture(collapsing);
    mlg_graph *graph = build(model, NULL);
    const int32_t ccas = actor_of(graph, "ccas"), chu = actor_of(graph, "chu");
    ck_assert_double_eq(weight_between(graph, "ccas", "chu"), 3.0); /* 2 through Ann and Bob */
    ck_assert_double_eq(weight_between(graph, "Cy", "chu"), 4.0);
    ck_assert_int_eq(graph->n_sectors, 2); /* Ann's education is not the organisation's */
    ck_assert_int_eq(graph->sector_code[graph->sector[ccas]], MLG_CODE_OF(sector, social));
    ck_assert_int_eq(graph->sector_code[graph->sector[chu]], MLG_CODE_OF(sector, housing));
    ck_assert_int_eq(graph->sector[actor_of(graph, "alone")], -1);
    ck_assert_uint_eq(graph->facts.unknown_sector, 2);
    ck_assert_uint_eq(mlg_csr_degree(&graph->sector_set, chu), 2);
    ck_assert_uint_eq(mlg_csr_degree(&graph->sector_set, ccas), 1);
    ck_assert_uint_eq(graph->facts.rows, 6);
    ck_assert_uint_eq(graph->facts.rows_undated, 6);
    ck_assert_uint_eq(graph->facts.loops, 1);
    ck_assert_int_eq(actor_of(graph, "many"), -1);
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(several_kinds_join_without_weights_and_one_kind_keeps_them)
{
    mlg_model *model = model_fixture("ties: from,to,kind,weight\n"
                                     "a,b,funds,2\n"
                                     "a,b,informs,7\n"
                                     "b,c,informs,\n");
    const mlg_view_wish wish = {.by = MLG_BY_ACTOR, .kind = "informe"};
    mlg_graph *all = build(model, NULL), *informs = build(model, &wish);
    ck_assert(all->several_kinds);
    ck_assert(!all->weighted);
    ck_assert_uint_eq(all->n_ties, 2);
    ck_assert_double_eq(weight_between(all, "a", "b"), 1.0);
    ck_assert(!informs->several_kinds);
    ck_assert(informs->weighted);
    ck_assert_uint_eq(informs->facts.rows, 2);
    ck_assert_uint_eq(informs->facts.rows_unweighted, 1);
    ck_assert_double_eq(weight_between(informs, "a", "b"), 7.0);
    ck_assert_double_eq(weight_between(informs, "b", "c"), 1.0);
    mlg_graph_free(all);
    mlg_graph_free(informs);
    mlg_model_free(model);
}
END_TEST

START_TEST(rows_without_direction_are_two_arcs_beside_directed_ones)
{
    mlg_model *model = model_fixture("ties: from,to,directed\n"
                                     "a,b,yes\n"
                                     "c,b,\n"
                                     "c,d,no\n");
    mlg_graph *graph = build(model, NULL);
    ck_assert(graph->directed);
    ck_assert_uint_eq(graph->n_arcs, 5);
    ck_assert_uint_eq(graph->n_ties, 3);
    ck_assert_double_eq(mlg_csr_find(&graph->arcs, actor_of(graph, "b"), actor_of(graph, "a")),
                        0.0);
    ck_assert_double_eq(mlg_csr_find(&graph->arcs, actor_of(graph, "b"), actor_of(graph, "c")),
                        1.0);
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

/* One tie each, seen from 2024. */
static const struct {
    const char *what, *start, *end;
    size_t counts, undated;
} period_cases[] = {
    {"no date at all counts, and is told", "", "", 1, 1},
    {"over before", "2020-01-01", "2023-12-31", 0, 0},
    {"ends on the first day", "2020-01-01", "2024-01-01", 1, 0},
    {"begins on the last day", "2024-12-31", "", 1, 0},
    {"begins after", "2025-01-01", "", 0, 0},
    {"no end known goes on", "1998", "", 1, 0},
    {"no beginning known", "", "2024-06", 1, 0},
    {"a year that overlaps", "2024", "2024", 1, 0},
    {"a month that is over", "2023-12", "2023-12", 0, 0},
};

START_TEST(ties_count_when_they_meet_the_period)
{
    char text[200];
    snprintf(text, sizeof text,
             "study: key,value\ndate,2024-12-31\nties: from,to,start,end\na,b,%s,%s\n",
             period_cases[_i].start, period_cases[_i].end);
    mlg_model *model = model_fixture(text);
    mlg_graph *graph = build(model, NULL);
    ck_assert_msg(graph->n_ties == period_cases[_i].counts, "%s", period_cases[_i].what);
    ck_assert_uint_eq(graph->facts.rows_outside, 1 - period_cases[_i].counts);
    ck_assert_uint_eq(graph->facts.rows_undated, period_cases[_i].undated);
    ck_assert_int_eq(graph->n, period_cases[_i].counts > 0 ? 2 : 0);
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(listed_actors_in_force_are_isolates)
{
    mlg_model *model = model_fixture("study: key,value\n"
                                     "date,2024-12-31\n"
                                     "actors: id,kind,start,end\n"
                                     "now,organisation,2020,\n"
                                     "gone,organisation,2010,2020\n"
                                     "later,organisation,2030,\n"
                                     "back,organisation,2010,2012\n"
                                     "back,organisation,2024,\n"
                                     "gone_but_named,organisation,2010,2020\n"
                                     "posts: id,person,employer\n"
                                     "p1,Zoe,now\n"
                                     "ties: from,to\n"
                                     "now,gone_but_named\n");
    mlg_graph *graph = build(model, NULL);
    ck_assert_int_eq(graph->n, 3);
    ck_assert_int_ge(actor_of(graph, "back"), 0);
    ck_assert_int_eq(actor_of(graph, "gone"), -1);
    ck_assert_int_eq(actor_of(graph, "later"), -1);
    ck_assert_int_eq(actor_of(graph, "Zoe"), -1); /* a post alone makes no actor */
    ck_assert_double_eq(weight_between(graph, "now", "gone_but_named"), 1.0);
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

static const char *const meetings = "study: key,value\n"
                                    "date,2024-12-31\n"
                                    "actors: id,kind,organisation\n"
                                    "ccas,organisation,\n"
                                    "chu,organisation,\n"
                                    "town,organisation,\n"
                                    "Ann,person,ccas\n"
                                    "Bob,person,chu\n"
                                    "Eve,person,\n"
                                    "Zed,person,\n"
                                    "activities: id,start,end,partners\n"
                                    "m1,2024-03-01,2024-03-01,\n"
                                    "m2,2023-01-01,2023-02-01,\n"
                                    "m3,,,\n"
                                    "m4,2024,2024,town|ccas\n"
                                    "participations: actor,activity,date,present,on_behalf_of\n"
                                    "Ann,m1,,yes,\n"
                                    "Bob,m1,,,\n"
                                    "Ann,m1,2024-03-01,yes,\n"
                                    "Eve,m1,,yes,town\n"
                                    ",m3,,,town\n"
                                    "Ann,m3,,yes,chu\n"
                                    "Bob,m3,,represented,\n"
                                    "Zed,m3,,represented,\n"
                                    "ccas,m3,,excused,\n"
                                    "chu,m2,,,\n"
                                    "ccas,m2,2024-01-01,,\n"
                                    "chu,m4,2023-12-31,,\n";

START_TEST(participations_collapse_row_by_row)
{
    mlg_model *model = model_fixture(meetings);
    mlg_graph *graph = build(model, NULL);
    /* m1: ccas chu town; m3: town chu (twice); m2: ccas alone; m4: town ccas */
    ck_assert_int_eq(graph->n, 4); /* Zed is listed, with no organisation of his own */
    ck_assert_int_eq(graph->n_activities, 4);
    ck_assert_double_eq_tol(weight_between(graph, "ccas", "chu"), 0.5, 1e-12);
    ck_assert_double_eq_tol(weight_between(graph, "town", "chu"), 1.5, 1e-12);
    ck_assert_double_eq_tol(weight_between(graph, "town", "ccas"), 1.5, 1e-12);
    ck_assert_uint_eq(graph->facts.rows, 14);
    ck_assert_uint_eq(graph->facts.rows_outside, 2); /* chu at m2, chu at m4 */
    ck_assert_uint_eq(graph->facts.rows_absent, 2);  /* Zed was represented by nobody */
    ck_assert_uint_eq(graph->facts.rows_undated, 3);
    /* Bob at m1, the town at m3, ccas at m2; a carrier of m4 has no presence to tell */
    ck_assert_uint_eq(graph->facts.rows_presence_unknown, 3);
    ck_assert_uint_eq(graph->facts.activities_single, 1);
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(presence_is_unknown_only_where_the_column_is_kept)
{
    static const char *const heads[] = {"participations: actor,activity\n",
                                        "participations: actor,activity,present\n"};
    for (size_t i = 0; i < 2; i++) { /* no column, and a column that nobody fills */
        char text[128];
        snprintf(text, sizeof text, "%sa,m%s\nb,m%s\n", heads[i], i > 0 ? "," : "",
                 i > 0 ? "," : "");
        mlg_model *model = model_fixture(text);
        mlg_graph *graph = build(model, NULL);
        ck_assert_uint_eq(graph->n_ties, 1);
        ck_assert_uint_eq(graph->facts.rows_presence_unknown, 0);
        mlg_graph_free(graph);
        mlg_model_free(model);
    }
    mlg_model *model = model_fixture("participations: actor,activity,present\n"
                                     "a,m,\nb,m,x\nc,m,no\nd,m,\n");
    mlg_graph *graph = build(model, NULL);
    ck_assert_uint_eq(graph->n_ties, 3);
    ck_assert_uint_eq(graph->facts.rows_absent, 1);
    ck_assert_uint_eq(graph->facts.rows_presence_unknown, 2);
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(by_actor_persons_stand_for_themselves_unless_represented)
{
    mlg_model *model = model_fixture(meetings);
    const mlg_view_wish wish = {.by = MLG_BY_ACTOR};
    mlg_graph *graph = build(model, &wish);
    /* m1: Ann Bob Eve; m3: town Ann chu (for Bob); m2: ccas; m4: town ccas */
    ck_assert_int_eq(graph->n, 7);
    ck_assert_double_eq_tol(weight_between(graph, "Ann", "Bob"), 0.5, 1e-12);
    ck_assert_double_eq_tol(weight_between(graph, "Ann", "chu"), 0.5, 1e-12);
    ck_assert_double_eq_tol(weight_between(graph, "Ann", "Eve"), 0.5, 1e-12);
    ck_assert_double_eq(weight_between(graph, "Bob", "chu"), 0.0);
    ck_assert_double_eq(weight_between(graph, "town", "ccas"), 1.0);
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(schemes_take_in_their_posts_persons_and_carriers)
{
    mlg_model *model = model_fixture("schemes: id,carrier\n"
                                     "cls,town\n"
                                     "clsm,chu\n"
                                     "cpts,nurses|chu\n"
                                     "posts: id,person,scheme\n"
                                     "p1,Ann,clsm\n"
                                     "ties: from,to\n"
                                     "Ann,town\n"
                                     "p1,nurses\n"
                                     "chu,town\n"
                                     "p1,Ann\n");
    const mlg_view_wish wish = {.by = MLG_BY_SCHEME};
    mlg_graph *graph = build(model, &wish);
    ck_assert_int_eq(graph->scope, MLG_SCOPE_SCHEME);
    ck_assert_int_eq(graph->n, 3);
    ck_assert_uint_eq(graph->n_ties, 2); /* chu carries two: it is neither */
    ck_assert_double_eq(weight_between(graph, "clsm", "cls"), 1.0);
    ck_assert_double_eq(weight_between(graph, "clsm", "cpts"), 1.0);
    ck_assert_uint_eq(graph->facts.ties_inside, 1);
    ck_assert_int_eq(graph->n_sectors, 0);
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(persons_speak_for_the_scheme_their_row_names)
{
    mlg_model *model = model_fixture("study: key,value\n"
                                     "date,2024-12-31\n"
                                     "schemes: id,end\n"
                                     "cls,\n"
                                     "clsm,\n"
                                     "old,2010\n"
                                     "posts: id,person,scheme,end\n"
                                     "p0,Ann,old,2010\n"
                                     "p1,Ann,,\n"
                                     "p2,Ann,cls,\n"
                                     "p3,Bob,clsm,\n"
                                     "participations: actor,activity,on_behalf_of\n"
                                     "Ann,m1,\n"
                                     "Bob,m1,\n"
                                     "Ann,m2,clsm\n"
                                     "Bob,m2,\n");
    const mlg_view_wish wish = {.by = MLG_BY_SCHEME};
    mlg_graph *graph = build(model, &wish);
    ck_assert_int_eq(graph->n, 2);
    ck_assert_uint_eq(graph->n_ties, 1);
    ck_assert_double_eq(weight_between(graph, "cls", "clsm"), 1.0);
    ck_assert_uint_eq(graph->facts.activities_single, 1); /* both speak for clsm at m2 */
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(sectors_are_their_own_groups)
{
    mlg_model *model = model_fixture(collapsing);
    const mlg_view_wish wish = {.by = MLG_BY_SECTOR};
    mlg_graph *graph = build(model, &wish);
    ck_assert_int_eq(graph->scope, MLG_SCOPE_SECTOR);
    ck_assert_int_eq(graph->n_sectors, graph->n);
    for (int32_t v = 0; v < graph->n; v++) {
        ck_assert_int_eq(graph->sector[v], v);
        ck_assert_int_eq(graph->sector_code[v], graph->subject[v]);
    }
    mlg_graph_free(graph);
    mlg_model_free(model);
}
END_TEST

START_TEST(renaming_parties_in_the_input_renames_actors_only)
{
    mlg_model *one = model_fixture("ties: from,to,weight\na,b,1\nb,c,2\nc,d,3\nd,a,4\na,c,5\n");
    mlg_model *two = model_fixture("ties: from,to,weight\na,c,5\nd,a,4\nc,d,3\nb,c,2\na,b,1\n");
    mlg_graph *first = build(one, NULL), *second = build(two, NULL);
    const char *const names[] = {"a", "b", "c", "d"};
    for (size_t i = 0; i < 4; i++) {
        for (size_t k = 0; k < i; k++) {
            ck_assert_double_eq(weight_between(first, names[i], names[k]),
                                weight_between(second, names[i], names[k]));
        }
    }
    mlg_graph_free(first);
    mlg_graph_free(second);
    mlg_model_free(one);
    mlg_model_free(two);
}
END_TEST

/* ---- evidence ---------------------------------------------------------------- */

/* Lines of the fixture's files as "ties:2 activities:5". */
static const char *rows_text(const mlg_graph *graph, const char *a, const char *b)
{
    static char text[400];
    mlg_row rows[20];
    size_t used = 0;
    const int32_t other = b != NULL ? actor_of(graph, b) : -1;
    const size_t n = mlg_graph_rows_of(graph, actor_of(graph, a), other, rows, 20);
    text[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        used += (size_t) snprintf(text + used, sizeof text - used, "%s%s:%d", i > 0 ? " " : "",
                                  mlg_schema_table(rows[i].table),
                                  (int) graph->model->rows[rows[i].table].line[rows[i].row]);
    }
    return text;
}

START_TEST(rows_of_a_pair_are_those_that_made_it)
{
    mlg_model *ties = model_fixture(collapsing), *seats = model_fixture(meetings);
    mlg_graph *tied = build(ties, NULL), *met = build(seats, NULL);
    mlg_row one[1];
    ck_assert_str_eq(rows_text(tied, "ccas", "chu"), "ties:2 ties:3");
    ck_assert_str_eq(rows_text(tied, "chu", "ccas"), "ties:2 ties:3");
    ck_assert_str_eq(rows_text(tied, "ccas", "alone"), "");
    ck_assert_str_eq(rows_text(tied, "Cy", NULL), "ties:6");
    ck_assert_uint_eq(mlg_graph_rows_of(tied, 0, 1, one, 1), 2); /* how many there are in all */
    ck_assert_str_eq(rows_text(met, "ccas", "chu"),
                     "participations:2 participations:3 participations:4");
    ck_assert_str_eq(rows_text(met, "town", "ccas"), "participations:2 participations:4 "
                                                     "participations:5 activities:5 activities:5");
    ck_assert_str_eq(rows_text(met, "chu", NULL),
                     "participations:3 participations:7 participations:8");
    mlg_graph_free(tied);
    mlg_graph_free(met);
    mlg_model_free(ties);
    mlg_model_free(seats);
}
END_TEST

START_TEST(graphs_from_arrays_have_no_rows)
{
    mlg_graph *graph = graph_fixture("AA", "0-1");
    ck_assert_uint_eq(mlg_graph_rows_of(graph, 0, 1, NULL, 0), 0);
    mlg_graph_free(graph);
}
END_TEST

/* ---- memory ------------------------------------------------------------------ */

static const struct {
    const char *const *text;
    mlg_by by;
    long at_least;
} memory_cases[] = {
    {&collapsing, MLG_BY_ORGANISATION, 15},
    {&collapsing, MLG_BY_SCHEME, 15},
    {&meetings, MLG_BY_ORGANISATION, 30},
};

START_TEST(building_survives_any_allocation_failing)
{
    mlg_model *model = model_fixture(*memory_cases[_i].text);
    const mlg_view_wish wish = {.by = memory_cases[_i].by};
    mlg_view *views = NULL;
    size_t n = 0;
    long failures = 0;
    ck_assert_int_eq(mlg_views_of(model, &wish, &views, &n, NULL), MLG_OK);
    for (;; failures++) {
        mlg_graph *graph = NULL;
        mlg_error err = {0};
        mlg_alloc_fails_at = failures;
        const mlg_status status = mlg_graph_build(model, &views[0], &quiet, &graph, &err);
        mlg_alloc_fails_at = -1;
        if (status == MLG_OK) {
            mlg_graph_free(graph);
            break;
        }
        ck_assert_int_eq(status, MLG_ENOMEM);
        ck_assert_ptr_null(graph);
        ck_assert_str_ne(err.message, "");
    }
    ck_assert_int_ge(failures, memory_cases[_i].at_least);
    mlg_views_free(views);
    mlg_model_free(model);
}
END_TEST

START_TEST(arrays_survive_any_allocation_failing)
{
    const int32_t from[] = {0, 1, 2, 2}, to[] = {1, 2, 0, 1};
    const double weight[] = {1, 2, 3, 4};
    mlg_graph *graph = NULL;
    long failures = 0;
    for (mlg_status status = MLG_ENOMEM; status != MLG_OK; failures++) {
        mlg_alloc_fails_at = failures;
        status = mlg_graph_from_ties(3, from, to, weight, 4, true, from, 3, &graph, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && graph == NULL));
    }
    mlg_graph_free(graph);
    ck_assert_int_ge(failures, 20);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("graph");
    TCase *arrays = tcase_create("from arrays");
    tcase_add_test(arrays, ties_without_direction_share_their_arrays_with_arcs);
    tcase_add_test(arrays, a_weak_tie_has_the_larger_weight_of_its_directions);
    tcase_add_test(arrays, nobody_and_nothing_make_graphs_too);
    tcase_add_loop_test(arrays, random_ties_and_arcs_agree_with_dense_matrices, 0, 20);
    tcase_add_test(arrays, participations_count_once_an_activity);
    tcase_add_test(arrays, a_projection_past_20_million_pairs_is_counted_and_not_built);
    tcase_add_test(arrays, a_projection_past_the_memory_bound_is_not_built_either);
    suite_add_tcase(suite, arrays);
    TCase *models = tcase_create("from a model");
    tcase_add_loop_test(models, actors_collapse_as_asked, 0,
                        (int) (sizeof collapse_cases / sizeof *collapse_cases));
    tcase_add_test(models, a_collapsed_actor_has_its_organisations_sectors_and_largest_weight);
    tcase_add_test(models, several_kinds_join_without_weights_and_one_kind_keeps_them);
    tcase_add_test(models, rows_without_direction_are_two_arcs_beside_directed_ones);
    tcase_add_loop_test(models, ties_count_when_they_meet_the_period, 0,
                        (int) (sizeof period_cases / sizeof *period_cases));
    tcase_add_test(models, listed_actors_in_force_are_isolates);
    tcase_add_test(models, participations_collapse_row_by_row);
    tcase_add_test(models, presence_is_unknown_only_where_the_column_is_kept);
    tcase_add_test(models, by_actor_persons_stand_for_themselves_unless_represented);
    tcase_add_test(models, schemes_take_in_their_posts_persons_and_carriers);
    tcase_add_test(models, persons_speak_for_the_scheme_their_row_names);
    tcase_add_test(models, sectors_are_their_own_groups);
    tcase_add_test(models, renaming_parties_in_the_input_renames_actors_only);
    suite_add_tcase(suite, models);
    TCase *evidence = tcase_create("evidence");
    tcase_add_test(evidence, rows_of_a_pair_are_those_that_made_it);
    tcase_add_test(evidence, graphs_from_arrays_have_no_rows);
    suite_add_tcase(suite, evidence);
    TCase *memory = tcase_create("memory");
    tcase_add_loop_test(memory, building_survives_any_allocation_failing, 0, 3);
    tcase_add_test(memory, arrays_survive_any_allocation_failing);
    suite_add_tcase(suite, memory);
    return suite_run(suite);
}
