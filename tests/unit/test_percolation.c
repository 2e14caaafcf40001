/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/percolation.h"

#include <check.h>
#include <igraph.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "maillage/measures.h"
#include "measure/percolation_runs.h"
#include "measure/whereabouts.h"
#include "measured.h"
#include "model_fixture.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_percolation.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))
enum { MOST = 64 };

/* One order played on a graph. */
typedef struct played {
    int32_t giant[MOST + 1];
    int64_t pairs[MOST + 1], cross[MOST + 1];
} played;

static void play(const mlg_graph *graph, const int32_t *order, int32_t k, played *out)
{
    mlg_percolation on;
    ck_assert_int_eq(mlg_percolation_open(graph, &on, NULL), MLG_OK);
    mlg_percolator *p = mlg_percolator_open(&on);
    ck_assert_ptr_nonnull(p);
    memset(out, 0, sizeof *out);
    mlg_percolate(p, order, k,
                  &(mlg_percolated){.giant = out->giant, .pairs = out->pairs, .cross = out->cross});
    mlg_percolator_close(p);
    mlg_percolation_close(&on);
}

static double r_of(const played *p, int32_t n)
{
    double sum = 0.0;
    for (int32_t q = 1; q <= n; q++) {
        sum += p->giant[q];
    }
    return sum / n / n;
}

/* ---- worked by hand ------------------------------------------------------------------- */

START_TEST(a_path_that_loses_its_middle)
{
    mlg_graph *graph = graph_fixture("AABBA", "0-1 1-2 2-3 3-4");
    const int32_t order[] = {2, 0, 4, 1, 3};
    played p;
    play(graph, order, 5, &p);
    const int32_t giant[] = {5, 2, 2, 1, 1, 0};
    const int64_t pairs[] = {10, 2, 1, 0, 0, 0}, cross[] = {6, 1, 1, 0, 0, 0};
    for (int q = 0; q <= 5; q++) {
        ck_assert_int_eq(p.giant[q], giant[q]);
        ck_assert_int_eq(p.pairs[q], pairs[q]);
        ck_assert_int_eq(p.cross[q], cross[q]);
    }
    mlg_graph_free(graph);
}
END_TEST

START_TEST(ties_may_go_instead)
{
    mlg_graph *graph = graph_fixture("AAAA", "0-1 1-2 2-3");
    const int32_t tie[] = {0, 1, 1, 2, 2, 3}, order[] = {1, 0, 2};
    int32_t giant[4];
    mlg_percolation on;
    ck_assert_int_eq(mlg_percolation_open(graph, &on, NULL), MLG_OK);
    mlg_percolator *p = mlg_percolator_open(&on);
    mlg_percolate_ties(p, tie, order, 3, giant);
    ck_assert_int_eq(giant[0], 4);
    ck_assert_int_eq(giant[1], 2);
    ck_assert_int_eq(giant[2], 2);
    ck_assert_int_eq(giant[3], 1);
    mlg_percolator_close(p);
    mlg_percolation_close(&on);
    mlg_graph_free(graph);
}
END_TEST

/* Two communes; the second has nobody once B and C are gone. */
static const char towns[] = "actors: id,kind,sector,territory\n"
                            "A,organisation,social,T1\nB,organisation,hospital,T2\n"
                            "C,organisation,social,T\nD,organisation,social,\n"
                            "ties: from,to,kind\n"
                            "A,B,works_with\nB,C,works_with\nC,D,works_with\nA,D,works_with\n"
                            "territories: id,scale,population\n"
                            "T,district,\nT1,commune,300\nT2,commune,100\n"
                            "perimeters: territory,unit\nT,T1\nT,T2\n";

static const mlg_value *curve(const mlg_values *values, const char *convention)
{
    for (size_t i = 0; i < values->n; i++) {
        if (strcmp(values->items[i].convention, convention) == 0) {
            return &values->items[i];
        }
    }
    ck_abort_msg("no curve %s", convention);
    return NULL;
}

static void open_study(const char *text, mlg_model **model, mlg_context **context,
                       const mlg_run *run)
{
    static mlg_view view; /* outlives the context */
    mlg_view *views = NULL;
    size_t n = 0;
    const mlg_view_wish wish = {"ties", MLG_BY_ORGANISATION, false, false, 0, 0, NULL};
    *model = model_fixture(text);
    ck_assert_int_eq(mlg_views_of(*model, &wish, &views, &n, NULL), MLG_OK);
    ck_assert_uint_eq(n, 1);
    view = views[0];
    mlg_views_free(views);
    ck_assert_int_eq(mlg_context_open(*model, &view, 1, run, context, NULL), MLG_OK);
}

START_TEST(residents_are_those_where_somebody_is_left)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_model *model = NULL;
    mlg_context *context = NULL;
    mlg_percolation on;
    open_study(towns, &model, &context, &run);
    const mlg_graph *graph = mlg_context_graph(context, 0);
    ck_assert_int_eq(mlg_percolation_open(graph, &on, NULL), MLG_OK);
    ck_assert_int_eq(on.places.n, 4);
    const int32_t order[] = {2, 1, 0, 3};
    double people[5];
    mlg_percolator *p = mlg_percolator_open(&on);
    for (int again = 0; again < 2; again++) { /* the second play counts each place once more */
        mlg_percolate(p, order, 4, &(mlg_percolated){.people = people});
        ck_assert_double_eq(people[0], 400.0);
        ck_assert_double_eq(people[1], 400.0);
        ck_assert_double_eq(people[2], 300.0);
        ck_assert_double_eq(people[3], 0.0);
        ck_assert_double_eq(people[4], 0.0);
    }
    mlg_percolator_close(p);
    mlg_percolation_close(&on);
    mlg_values values = {0};
    ck_assert_int_eq(mlg_turnover_percolation(context, 0, &values, NULL), MLG_OK);
    for (size_t i = 0; i < values.n; i++) {
        measured_check(&values.items[i]);
    }
    const mlg_value *population = curve(&values, "random_population");
    ck_assert_uint_eq(population->n, 5);
    ck_assert_double_eq(population->column[MLG_VALUE][0], 1.0);
    ck_assert_double_eq(population->column[MLG_VALUE][4], 0.0);
    ck_assert_double_eq(mlg_value_part_find(population, "count")[0], 400.0);
    mlg_values_free(&values);
    mlg_context_free(context);
    mlg_model_free(model);
}
END_TEST

/* B's seat is Q, where 300 live; it works in P, 100. C says no more than its seat, R, 50; D's only
 * post is vacant, and its seat stands. */
static const char seats[] = "territories: id,scale,population\nP,commune,100\nQ,commune,300\n"
                            "R,commune,50\nS,commune,7\n"
                            "actors: id,sector,territory\nA,social,\nB,health,Q\nC,health,R\n"
                            "D,social,S\n"
                            "sites: actor,territory\nB,P\nposts: id,person,employer,territory\n"
                            "p,vacant,D,Q\n"
                            "ties: from,to\nA,B\nB,C\nC,D\n";

START_TEST(a_seat_is_no_place_of_who_works_elsewhere)
{
    const mlg_run run = MLG_RUN_INIT;
    mlg_model *model = NULL;
    mlg_context *context = NULL;
    mlg_percolation on;
    mlg_whereabouts where = {0};
    open_study(seats, &model, &context, &run);
    const mlg_graph *graph = mlg_context_graph(context, 0);
    ck_assert_int_eq(mlg_whereabouts_of(graph, &where, NULL), MLG_OK);
    ck_assert_uint_eq(where.n, 3);
    mlg_whereabouts_free(&where);
    ck_assert_int_eq(mlg_percolation_open(graph, &on, NULL), MLG_OK);
    const int32_t order[] = {0, 1, 2, 3};
    double people[5];
    mlg_percolator *p = mlg_percolator_open(&on);
    mlg_percolate(p, order, 4, &(mlg_percolated){.people = people});
    ck_assert_double_eq(people[0], 157.0);
    ck_assert_double_eq(people[1], 157.0);
    ck_assert_double_eq(people[2], 57.0);
    ck_assert_double_eq(people[3], 7.0);
    mlg_percolator_close(p);
    mlg_percolation_close(&on);
    mlg_context_free(context);
    mlg_model_free(model);
}
END_TEST

/* ---- slow twins ----------------------------------------------------------------------- */

static mlg_graph *some_graph(mlg_random *draw, int shape)
{
    const int32_t n = 2 + (int32_t) mlg_random_below(draw, 28);
    const int32_t sectors = 1 + (int32_t) mlg_random_below(draw, 5);
    const size_t m[] = {(size_t) n / 2, (size_t) n, (size_t) n * 3};
    return shape % 4 == 3 ? random_two_mode(draw, n, 1 + n / 3, (size_t) n * 2, MLG_PROJECT_COUNT)
                          : random_graph(draw, n, m[shape % 4], sectors, false, false);
}

static void assert_as_slow(const mlg_graph *graph, const int32_t *order, const played *p)
{
    bool gone[MOST] = {false};
    for (int32_t q = 0; q <= graph->n; q++) {
        const slow_left left = slow_left_of(graph, gone);
        ck_assert_int_eq(p->giant[q], left.giant);
        ck_assert_int_eq(p->pairs[q], left.pairs);
        ck_assert_int_eq(p->cross[q], left.cross);
        if (q < graph->n) {
            gone[order[q]] = true;
        }
    }
}

START_TEST(states_are_those_of_searching_again)
{
    mlg_random draw = mlg_random_stream(1, "test_percolation.slow", "", (uint64_t) _i);
    for (int k = 0; k < 25; k++) {
        mlg_graph *graph = some_graph(&draw, k);
        int32_t *order = random_order(&draw, graph->n);
        played whole, part;
        const bool projected = graph->projected;
        graph->projected = projected && !(k % 4 == 3 && k % 8 == 3); /* on the two-mode data */
        play(graph, order, graph->n, &whole);
        assert_as_slow(graph, order, &whole);
        const int32_t some = (int32_t) mlg_random_below(&draw, (uint32_t) graph->n + 1);
        play(graph, order, some, &part); /* fewer departures: the same states */
        for (int32_t q = 0; q <= some; q++) {
            ck_assert_int_eq(part.giant[q], whole.giant[q]);
            ck_assert_int_eq(part.pairs[q], whole.pairs[q]);
            ck_assert_int_eq(part.cross[q], whole.cross[q]);
        }
        graph->projected = projected;
        mlg_free(order);
        mlg_graph_free(graph);
    }
}
END_TEST

START_TEST(orders_are_those_of_counting_again)
{
    mlg_random draw = mlg_random_stream(1, "test_percolation.orders", "", (uint64_t) _i);
    for (int k = 0; k < 12; k++) {
        mlg_graph *graph = some_graph(&draw, k);
        int32_t order[MOST], between[MOST];
        bool gone[MOST] = {false}, overflow = true;
        const mlg_run run = MLG_RUN_INIT;
        ck_assert_int_eq(mlg_percolation_by_degree(graph, order, NULL), MLG_OK);
        for (int32_t q = 0; q < graph->n; q++) {
            ck_assert_int_eq(order[q], slow_busiest(graph, gone));
            gone[order[q]] = true;
        }
        ck_assert_int_eq(
            mlg_percolation_by_betweenness(&graph->ties, &run, between, &overflow, NULL), MLG_OK);
        ck_assert(!overflow);
        memset(gone, 0, sizeof gone);
        for (int32_t q = 0; q < graph->n; q++) {
            ck_assert_int_eq(between[q], slow_most_between(graph, gone));
            gone[between[q]] = true;
        }
        mlg_graph_free(graph);
    }
}
END_TEST

/* 600 orders: more than go at once. Sparse graphs have orders whose largest set is small. */
START_TEST(many_orders_at_once_give_what_each_gives_alone)
{
    enum { DRAWS = 600, STATES = 5 };
    mlg_random draw = mlg_random_stream(1, "test_percolation.lanes", "", (uint64_t) _i);
    mlg_graph *graph = some_graph(&draw, _i);
    int32_t at[STATES], one[DRAWS * STATES], two[DRAWS * STATES];
    mlg_percolation on;
    mlg_run run = MLG_RUN_INIT;

    graph->projected = _i % 8 != 7;
    ck_assert_int_eq(mlg_percolation_open(graph, &on, NULL), MLG_OK);
    for (int32_t c = 0; c < STATES; c++) {
        at[c] = c * (graph->n - 1) / (STATES - 1);
    }
    ck_assert_int_eq(
        mlg_percolate_states(&on, &run, "stream", "view", DRAWS, at, STATES, one, NULL), MLG_OK);
    run.threads = 3;
    ck_assert_int_eq(
        mlg_percolate_states(&on, &run, "stream", "view", DRAWS, at, STATES, two, NULL), MLG_OK);
    ck_assert_int_eq(memcmp(one, two, sizeof one), 0);
    for (int32_t d = 0; d < DRAWS; d++) {
        int32_t order[MOST];
        played p;
        mlg_random stream = mlg_random_stream(run.seed, "stream", "view", (uint64_t) d);
        for (int32_t v = 0; v < graph->n; v++) {
            order[v] = v;
        }
        mlg_percolation_shuffle(&stream, order, graph->n, graph->n);
        play(graph, order, graph->n, &p);
        for (int32_t c = 0; c < STATES; c++) {
            ck_assert_int_eq(one[d * STATES + c], p.giant[at[c]]);
        }
    }
    mlg_percolation_close(&on);
    mlg_graph_free(graph);
}
END_TEST

/* n actors, `m` ties at random: the states of a few orders are those of each played alone. */
static void check_orders(int32_t n, size_t m, uint32_t draws, const int32_t *at, int32_t n_at)
{
    mlg_random draw = mlg_random_stream(3, "test_percolation.large", "", (uint64_t) n);
    int32_t *from = mlg_alloc(m, sizeof *from), *to = mlg_alloc(m, sizeof *to);
    int32_t *order = mlg_alloc((size_t) n, sizeof *order), last = at[n_at - 1];
    int32_t *giant = mlg_alloc((size_t) n + 1, sizeof *giant);
    int32_t *states = mlg_alloc((size_t) draws * (size_t) n_at, sizeof *states);
    mlg_graph *graph = NULL;
    mlg_percolation on;
    mlg_run run = MLG_RUN_INIT;

    for (size_t i = 0; i < m; i++) {
        from[i] = (int32_t) mlg_random_below(&draw, (uint32_t) n);
        to[i] = (int32_t) mlg_random_below(&draw, (uint32_t) n);
    }
    ck_assert_int_eq(mlg_graph_from_ties(n, from, to, NULL, m, false, NULL, 0, &graph, NULL),
                     MLG_OK);
    ck_assert_int_eq(mlg_percolation_open(graph, &on, NULL), MLG_OK);
    run.threads = 2;
    ck_assert_int_eq(
        mlg_percolate_states(&on, &run, "stream", "large", draws, at, n_at, states, NULL), MLG_OK);
    mlg_percolator *alone = mlg_percolator_open(&on);
    for (uint32_t d = 0; d < draws; d++) {
        mlg_random stream = mlg_random_stream(run.seed, "stream", "large", d);
        for (int32_t v = 0; v < n; v++) {
            order[v] = v;
        }
        mlg_percolation_shuffle(&stream, order, n, last);
        mlg_percolate(alone, order, last, &(mlg_percolated){.giant = giant});
        for (int32_t c = 0; c < n_at; c++) {
            ck_assert_int_eq(states[d * (uint32_t) n_at + (uint32_t) c], giant[at[c]]);
        }
    }
    mlg_percolator_close(alone);
    mlg_percolation_close(&on);
    mlg_graph_free(graph);
    mlg_free(from);
    mlg_free(to);
    mlg_free(order);
    mlg_free(giant);
    mlg_free(states);
}

/* Near 65,536 actors one word in three is refused; above, rows do not have 16 bits. */
START_TEST(orders_of_many_actors_are_those_dealt_alone)
{
    static const int32_t at[] = {1, 2, 3000, 7001, 13107};

    check_orders(65536, 200000, 70, at, 5);
    check_orders(63000, 200000, 9, at, 5);
    check_orders(65537, 200000, 9, at, 5);
}
END_TEST

/* A byte counts to 255; states may be the same. */
START_TEST(states_may_be_more_than_a_byte_counts)
{
    enum { N = 701, STATES = 800 };
    int32_t at[STATES];

    for (int32_t c = 0; c < STATES; c++) {
        at[c] = c < 100 ? 0 : c - 100;
    }
    check_orders(N, 2100, 65, at, STATES);
    check_orders(N, 2100, 65, at, 255);
    check_orders(N, 2100, 65, at, 256);
    check_orders(N, 400, 65, at, STATES);
}
END_TEST

/* ---- random orders -------------------------------------------------------------------- */

START_TEST(a_shuffle_begins_as_a_shorter_one_and_is_fair)
{
    enum { N = 5, DRAWS = 60000 };
    int32_t at[N][N] = {{0}};
    for (uint64_t d = 0; d < DRAWS; d++) {
        int32_t order[N] = {0, 1, 2, 3, 4}, part[N] = {0, 1, 2, 3, 4}, seen = 0;
        mlg_random stream = mlg_random_stream(7, "fair", "", d), same = stream;
        mlg_percolation_shuffle(&stream, order, N, N);
        mlg_percolation_shuffle(&same, part, N, (int32_t) (d % N));
        for (int32_t i = 0; i < N; i++) {
            at[i][order[i]]++;
            seen |= 1 << order[i];
            ck_assert(i >= (int32_t) (d % N) || part[i] == order[i]);
        }
        ck_assert_int_eq(seen, 31);
    }
    const double expected = DRAWS / (double) N, sd = sqrt(DRAWS * 0.2 * 0.8);
    for (int i = 0; i < N * N; i++) {
        ck_assert_double_eq_tol(at[i / N][i % N], expected, 4.5 * sd);
    }
}
END_TEST

START_TEST(long_orders_are_permutations)
{
    const int32_t sizes[] = {65536, 65537, 70000, 2097153};
    const int32_t n = sizes[_i];
    int32_t *order = mlg_alloc((size_t) n, sizeof *order);
    uint8_t *seen = mlg_zalloc((size_t) n, 1);
    mlg_random stream = mlg_random_stream(7, "long", "", 0);
    int32_t moved = 0;
    for (int32_t v = 0; v < n; v++) {
        order[v] = v;
    }
    mlg_percolation_shuffle(&stream, order, n, n);
    for (int32_t i = 0; i < n; i++) {
        ck_assert(order[i] >= 0 && order[i] < n && !seen[order[i]]);
        seen[order[i]] = 1;
        moved += order[i] != i;
    }
    ck_assert_int_gt(moved, n - 20);
    mlg_free(order);
    mlg_free(seen);
}
END_TEST

/* ---- reference values ----------------------------------------------------------------- */

static const struct {
    const char *id, *graph;
    int r, order, giant; /* where each stands in the row; -1: it has none */
} r_rows[] = {
    {"zach.R_deg", "zachary", 0, 1, 2},
    {"kite.R_deg", "kite", 0, 1, 2},
    {"emon.Cheyenne.R", "emon_cheyenne", 0, -1, 1},
    {"emon.HurrFrederic.R", "emon_hurrfrederic", 0, -1, 1},
    {"emon.MtStHelens.R", "emon_mtsthelens", 0, -1, 1},
    {"emon.Wichita.R", "emon_wichita", 0, -1, 1},
    {"anchor.star10", "star10", 3, -1, -1},
    {"anchor.cycle10", "cycle10", 3, -1, -1},
    {"anchor.complete10", "complete10", 3, -1, -1},
    {"anchor.path10", "path10", 3, -1, -1},
};

START_TEST(robustness_is_that_of_the_reference)
{
    json_t *row = reference_value(r_rows[_i].id);
    measured m;
    played p;
    int32_t order[MOST];
    measured_open(&m, reference_graph(r_rows[_i].graph));
    const double expected = json_number_value(json_array_get(row, (size_t) r_rows[_i].r));
    const mlg_value *value = measured_value(&m, "turnover.robustness");
    ck_assert_str_eq(value->convention, "degree");
    ck_assert_double_eq_tol(value->column[MLG_VALUE][0], expected, 1e-9);
    ck_assert_double_le(value->column[MLG_MIN][0], value->column[MLG_VALUE][0] + 1e-12);
    ck_assert_double_ge(value->column[MLG_MAX][0], value->column[MLG_VALUE][0] - 1e-12);
    ck_assert_int_eq(mlg_percolation_by_degree(m.graph, order, NULL), MLG_OK);
    play(m.graph, order, m.graph->n, &p);
    ck_assert_double_eq_tol(r_of(&p, m.graph->n), expected, 1e-9);
    const json_t *first =
        r_rows[_i].order < 0 ? NULL : json_array_get(row, (size_t) r_rows[_i].order);
    for (size_t i = 0; i < json_array_size(first); i++) {
        ck_assert_int_eq(order[i], json_integer_value(json_array_get(first, i)));
    }
    const json_t *giant =
        r_rows[_i].giant < 0 ? NULL : json_array_get(row, (size_t) r_rows[_i].giant);
    for (size_t i = 0; i < json_array_size(giant); i++) {
        ck_assert_int_eq(p.giant[i + 1], json_integer_value(json_array_get(giant, i)));
    }
    ck_assert(giant == NULL || (int32_t) json_array_size(giant) == m.graph->n);
    json_decref(row);
    measured_close(&m);
}
END_TEST

START_TEST(percolation_is_that_of_the_reference)
{
    json_t *site = reference_value("zach.perc_site"), *bond = reference_value("zach.perc_bond");
    mlg_graph *graph = reference_graph("zachary");
    int32_t order[MOST], tie[256], back[128], giant[129], m = 0;
    played p;
    mlg_percolation on;
    for (int32_t v = 0; v < graph->n; v++) {
        order[v] = graph->n - 1 - v;
    }
    play(graph, order, graph->n, &p);
    ck_assert_uint_eq(json_array_size(site), 34);
    for (int32_t i = 0; i < graph->n; i++) { /* i + 1 actors are there */
        ck_assert_int_eq(p.giant[graph->n - 1 - i],
                         json_integer_value(json_array_get(site, (size_t) i)));
    }
    igraph_t stored; /* the row has the ties in the order of igraph's own copy */
    ck_assert_int_eq(igraph_famous(&stored, "Zachary"), IGRAPH_SUCCESS);
    for (m = 0; m < igraph_ecount(&stored); m++) {
        tie[2 * m] = (int32_t) IGRAPH_FROM(&stored, m);
        tie[2 * m + 1] = (int32_t) IGRAPH_TO(&stored, m);
        ck_assert_double_gt(mlg_csr_find(&graph->ties, tie[2 * m], tie[2 * m + 1]), 0.0);
    }
    igraph_destroy(&stored);
    ck_assert_int_eq(m, 78);
    for (int32_t i = 0; i < m; i++) {
        back[i] = m - 1 - i;
    }
    ck_assert_int_eq(mlg_percolation_open(graph, &on, NULL), MLG_OK);
    mlg_percolator *percolator = mlg_percolator_open(&on);
    mlg_percolate_ties(percolator, tie, back, m, giant);
    for (int32_t i = 0; i < m; i++) {
        ck_assert_int_eq(giant[m - 1 - i], json_integer_value(json_array_get(bond, (size_t) i)));
    }
    mlg_percolator_close(percolator);
    mlg_percolation_close(&on);
    mlg_graph_free(graph);
    json_decref(site);
    json_decref(bond);
}
END_TEST

/* ---- laws of the measures ------------------------------------------------------------- */

static const mlg_value *order_value(const measured *m, const char *convention)
{
    for (size_t i = 0; i < m->values.n; i++) {
        if (strcmp(m->values.items[i].convention, convention) == 0) {
            return &m->values.items[i];
        }
    }
    ck_abort_msg("no value %s", convention);
    return NULL;
}

/* (N^2 - 1) / (3 N^2) of a star; everyone tied to everyone is as robust in any order. */
START_TEST(random_orders_have_the_mean_that_is_known)
{
    measured m;
    measured_open(&m, reference_graph(_i == 0 ? "star10" : "complete10"));
    m.run.draws = 9999; /* bounded */
    measured_value(&m, "turnover.robustness");
    const mlg_value *random = order_value(&m, "random");
    const double error = mlg_value_part_find(random, "mc_error")[0];
    ck_assert_uint_eq(random->draws, 999);
    if (_i == 0) {
        ck_assert(error > 0.0 && error < 0.01);
        ck_assert_double_eq_tol(random->column[MLG_VALUE][0], 99.0 / 300.0, 4.0 * error);
    } else {
        ck_assert_double_eq_tol(random->column[MLG_VALUE][0], 0.45, 1e-12);
        ck_assert_double_eq_tol(order_value(&m, "betweenness")->column[MLG_VALUE][0], 0.45, 1e-12);
    }
    measured_close(&m);
}
END_TEST

START_TEST(curves_fall_from_today_to_nothing)
{
    mlg_random draw = mlg_random_stream(1, "test_percolation.laws", "", (uint64_t) _i);
    measured m;
    measured_open(&m, random_graph(&draw, 40 + 40 * _i, 90 + 60 * (size_t) _i, 3, false, false));
    m.run.draws = 199;
    measured_value(&m, "turnover.percolation");
    for (size_t i = 0; i < m.values.n; i++) {
        const mlg_value *value = &m.values.items[i];
        const double *share = value->column[MLG_VALUE], *at = value->column[MLG_AT];
        const double *low = mlg_value_part_find(value, "p05");
        const double *high = mlg_value_part_find(value, "p95");
        const double *worst = mlg_value_part_find(value, "worst");
        measured_check(value);
        for (size_t k = 1; k < value->n; k++) {
            ck_assert(at[k] > at[k - 1]);
            ck_assert(share[k] <= share[k - 1] + 1e-12);
            ck_assert(low == NULL ||
                      (worst[k] <= low[k] && low[k] <= high[k] && worst[k] <= share[k] + 1e-12));
        }
        ck_assert(value->n == 0 || at[0] == 0.0);
        ck_assert(value->n <= 101);
    }
    const mlg_value *whole = curve(&m.values, "random_giant");
    const mlg_value *first = curve(&m.values, "first_fifth_giant");
    ck_assert_uint_eq(first->draws, 199);
    for (size_t a = 0; a < first->n; a++) { /* the same orders: the same numbers */
        for (size_t b = 0; b < whole->n; b++) {
            if (fabs(first->column[MLG_AT][a] - whole->column[MLG_AT][b]) < 1e-12) {
                ck_assert_double_eq_tol(first->column[MLG_VALUE][a], whole->column[MLG_VALUE][b],
                                        1e-12);
            }
        }
    }
    measured_close(&m);
}
END_TEST

START_TEST(threads_and_seeds)
{
    mlg_values values[3] = {{0}};
    mlg_random draw = mlg_random_stream(1, "test_percolation.threads", "", 0);
    mlg_graph *graph = random_graph(&draw, 50, 120, 3, false, false);
    for (int i = 0; i < 3; i++) {
        mlg_run run = MLG_RUN_INIT;
        mlg_context *context = NULL;
        run.threads = i == 1 ? 4 : 1;
        run.seed = i == 2 ? 2 : 1;
        ck_assert_int_eq(mlg_context_of_graph(graph, &run, &context, NULL), MLG_OK);
        ck_assert_int_eq(mlg_turnover_percolation(context, 0, &values[i], NULL), MLG_OK);
        mlg_context_free(context);
    }
    size_t differ = 0;
    for (size_t v = 0; v < values[0].n; v++) {
        const size_t bytes = values[0].items[v].n * sizeof(double);
        if (bytes > 0) {
            const double *a = values[0].items[v].column[MLG_VALUE];
            ck_assert_int_eq(memcmp(a, values[1].items[v].column[MLG_VALUE], bytes), 0);
            differ += memcmp(a, values[2].items[v].column[MLG_VALUE], bytes) != 0;
        }
    }
    ck_assert_uint_gt(differ, 0);
    for (int i = 0; i < 3; i++) {
        mlg_values_free(&values[i]);
    }
    mlg_graph_free(graph);
}
END_TEST

START_TEST(what_cannot_be_counted_has_its_reason)
{
    measured m;
    measured_open(&m, graph_fixture("???????", "0-1 1-2 2-3 3-4 4-5 5-6"));
    m.run.draws = 0;
    ck_assert_double_eq_tol(measured_scalar(&m, "turnover.robustness"), 13.0 / 49.0, 0.2);
    const mlg_value *random = order_value(&m, "random");
    ck_assert(isnan(random->column[MLG_VALUE][0]));
    ck_assert_int_eq(random->undefined, T_why_no_draws);
    measured_value(&m, "turnover.percolation");
    ck_assert_int_eq(order_value(&m, "degree_cross_pairs")->undefined, T_why_no_sectors);
    ck_assert_int_eq(order_value(&m, "degree_population")->undefined, T_why_no_population);
    ck_assert_int_eq(order_value(&m, "random_giant")->undefined, T_why_no_draws);
    ck_assert_uint_eq(order_value(&m, "degree_giant")->n, 8);
    measured_close(&m);
    measured_open(&m, graph_fixture("AB", ""));
    ck_assert(isnan(measured_scalar(&m, "turnover.robustness")));
    measured_close(&m);
    measured_open(&m, graph_fixture("AAAA", "0-1 2-3"));
    measured_value(&m, "turnover.percolation");
    ck_assert_int_eq(order_value(&m, "degree_cross_pairs")->undefined, T_why_one_group);
    measured_close(&m);
}
END_TEST

START_TEST(memory_that_is_short_is_told)
{
    mlg_run run = MLG_RUN_INIT;
    mlg_model *model = NULL;
    mlg_status status = MLG_ENOMEM;
    long fails = 0;
    run.draws = 99;
    for (; status != MLG_OK; fails++) {
        mlg_context *context = NULL;
        mlg_values values = {0};
        mlg_error err = {MLG_OK, ""};
        open_study(towns, &model, &context, &run);
        mlg_alloc_fails_at = fails;
        status = _i == 0 ? mlg_turnover_percolation(context, 0, &values, &err)
                         : mlg_turnover_robustness(context, 0, &values, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 2000);
        ck_assert_msg(status == MLG_OK ||
                          (status == MLG_ENOMEM && values.n == 0 && err.message[0] != '\0'),
                      "allocation %ld: status %d '%s', %zu values", fails, (int) status,
                      err.message, values.n);
        mlg_values_free(&values);
        mlg_context_free(context);
        mlg_model_free(model);
    }
    ck_assert_int_gt(fails, 50);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("percolation");
    TCase *kernel = tcase_create("kernel");
    tcase_set_timeout(kernel, 120);
    tcase_add_test(kernel, a_path_that_loses_its_middle);
    tcase_add_test(kernel, ties_may_go_instead);
    tcase_add_test(kernel, residents_are_those_where_somebody_is_left);
    tcase_add_test(kernel, a_seat_is_no_place_of_who_works_elsewhere);
    tcase_add_loop_test(kernel, states_are_those_of_searching_again, 0, 30);
    tcase_add_loop_test(kernel, orders_are_those_of_counting_again, 0, 20);
    tcase_add_loop_test(kernel, many_orders_at_once_give_what_each_gives_alone, 0, 16);
    tcase_add_test(kernel, orders_of_many_actors_are_those_dealt_alone);
    tcase_add_test(kernel, states_may_be_more_than_a_byte_counts);
    tcase_add_test(kernel, a_shuffle_begins_as_a_shorter_one_and_is_fair);
    tcase_add_loop_test(kernel, long_orders_are_permutations, 0, 4);
    suite_add_tcase(suite, kernel);
    TCase *measures = tcase_create("measures");
    tcase_set_timeout(measures, 120);
    tcase_add_loop_test(measures, robustness_is_that_of_the_reference, 0, N_OF(r_rows));
    tcase_add_test(measures, percolation_is_that_of_the_reference);
    tcase_add_loop_test(measures, random_orders_have_the_mean_that_is_known, 0, 2);
    tcase_add_loop_test(measures, curves_fall_from_today_to_nothing, 0, 3);
    tcase_add_test(measures, threads_and_seeds);
    tcase_add_test(measures, what_cannot_be_counted_has_its_reason);
    tcase_add_loop_test(measures, memory_that_is_short_is_told, 0, 2);
    suite_add_tcase(suite, measures);
    return suite_run(suite);
}
