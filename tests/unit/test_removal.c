/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <pthread.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measure/bridges.h"
#include "measure/removal.h"
#include "random_graph.h"
#include "reference.h"
#include "slow_removal.h"
#include "suite.h"

/* All three kernels on one graph. */
typedef struct cut {
    mlg_forest forest;
    mlg_removals removals;
    mlg_cross_removals cross;
    mlg_bridge *bridges;
    size_t n_bridges;
} cut;

static cut cut_of(const mlg_graph *graph)
{
    cut c;
    memset(&c, 0, sizeof c);
    ck_assert_int_eq(mlg_forest_grow(&graph->ties, graph->n, &c.forest, NULL), MLG_OK);
    ck_assert_int_eq(mlg_removals_of(&c.forest, &c.removals, NULL), MLG_OK);
    ck_assert_int_eq(mlg_cross_removals_of(graph, &c.forest, &c.cross, NULL), MLG_OK);
    ck_assert_int_eq(mlg_bridges_of(&c.forest, c.cross.beyond, &c.bridges, &c.n_bridges, NULL),
                     MLG_OK);
    return c;
}

static void cut_free(cut *c)
{
    mlg_forest_free(&c->forest);
    mlg_removals_free(&c->removals);
    mlg_cross_removals_free(&c->cross);
    mlg_free(c->bridges);
}

/* ---- worked by hand ------------------------------------------------------------ */

static const struct {
    const char *what, *sectors, *ties;
    int64_t lost[8], cross[8];
    int32_t branches[8];
    int64_t pairs, cross_pairs;
} worked[] = {
    {"a star: the centre holds C(4,2) pairs",
     "AABBC",
     "0-1 0-2 0-3 0-4",
     {6, 0, 0, 0, 0},
     {5, 0, 0, 0, 0},
     {4, 1, 1, 1, 1},
     10,
     8},
    {"a path of five: 1*3, 2*2, 3*1",
     "ABABA",
     "0-1 1-2 2-3 3-4",
     {0, 3, 4, 3, 0},
     {0, 1, 2, 1, 0},
     {1, 2, 2, 2, 1},
     10,
     6},
    {"a ring loses nothing", "ABCD", "0-1 1-2 2-3 3-0", {0}, {0}, {1, 1, 1, 1}, 6, 6},
    {"two triangles that share an actor",
     "AABBA",
     "0-1 1-2 2-0 2-3 3-4 4-2",
     {0, 0, 4, 0, 0},
     {0, 0, 2, 0, 0},
     {1, 1, 2, 1, 1},
     10,
     6},
    {"two components, an isolate: each loses in its own",
     "ABABAB",
     "0-1 1-2 3-4",
     {0, 1, 0, 0, 0, 0},
     {0, 0, 0, 0, 0, 0},
     {1, 2, 1, 1, 1, 0},
     4,
     3},
    {"unknown sectors connect, but are in no cross pair",
     "A?B?",
     "0-1 1-2 2-3",
     {0, 2, 2, 0},
     {0, 1, 0, 0},
     {1, 2, 2, 1},
     6,
     1},
    {"nobody is tied", "AB", "", {0}, {0}, {0, 0}, 0, 0},
};

START_TEST(losses_match_the_hand_worked_case)
{
    mlg_graph *graph = graph_fixture(worked[_i].sectors, worked[_i].ties);
    cut c = cut_of(graph);

    ck_assert_int_eq(c.removals.pairs, worked[_i].pairs);
    ck_assert_int_eq(c.cross.pairs, worked[_i].cross_pairs);
    for (int32_t v = 0; v < graph->n; v++) {
        ck_assert_msg(
            c.removals.lost[v] == worked[_i].lost[v] && c.cross.lost[v] == worked[_i].cross[v] &&
                c.removals.branches[v] == worked[_i].branches[v],
            "%s: actor %d loses %lld pairs, %lld across, in %d branches", worked[_i].what, v,
            (long long) c.removals.lost[v], (long long) c.cross.lost[v], c.removals.branches[v]);
    }
    cut_free(&c);
    mlg_graph_free(graph);
}
END_TEST

/* ---- the slow twin --------------------------------------------------------------- */

/* Shapes by turn: sparse with several components, near a tree, dense, a random tree. */
static mlg_graph *some_graph(mlg_random *draw, int shape)
{
    const int32_t n = 2 + (int32_t) mlg_random_below(draw, 29);
    const int32_t sectors = (int32_t) mlg_random_below(draw, 6);
    const size_t m[] = {(size_t) n * 2 / 3, (size_t) n, (size_t) n * 3};

    if (shape % 4 < 3) {
        return random_graph(draw, n, m[shape % 4], sectors, false, false);
    }
    mlg_graph *tree = NULL;
    int32_t from[32], to[32], sector[32];
    for (int32_t v = 0; v < n; v++) {
        from[v] = v > 0 ? (int32_t) mlg_random_below(draw, (uint32_t) v) : 0;
        to[v] = v; /* row 0 is a loop, and dropped */
        sector[v] = (int32_t) mlg_random_below(draw, (uint32_t) sectors + 2) - 1;
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(n, from, to, NULL, (size_t) n, false, sector, sectors + 1, &tree, NULL),
        MLG_OK);
    return tree;
}

/* Gives some actors several sectors. */
static void mix_sectors(mlg_graph *graph, mlg_random *draw)
{
    int32_t actor[256], sector[256];
    size_t m = 0;

    for (int32_t v = 0; graph->n_sectors > 0 && v < graph->n; v++) {
        if (graph->sector[v] >= 0) {
            const uint32_t more = mlg_random_below(draw, 4);
            actor[m] = v;
            sector[m++] = graph->sector[v];
            for (uint32_t k = 0; k < more; k++) {
                actor[m] = v;
                sector[m++] = (int32_t) mlg_random_below(draw, (uint32_t) graph->n_sectors);
            }
        }
    }
    ck_assert_int_eq(mlg_csr_build(graph->n, graph->n_sectors, false, false, actor, sector, NULL, m,
                                   MLG_MERGE_MAX, &graph->sector_set, NULL),
                     MLG_OK);
}

static void assert_same_as_slow(const mlg_graph *graph, const cut *c)
{
    for (int32_t v = 0; v < graph->n; v++) {
        const slow_loss slow = slow_removal(graph, v);
        ck_assert_int_eq(c->removals.pairs, slow.pairs);
        ck_assert_int_eq(c->removals.lost[v], slow.lost);
        ck_assert_int_eq(c->removals.branches[v], slow.branches);
        ck_assert_int_eq(c->removals.together[v] - 1, slow.own);
        ck_assert_int_eq(c->cross.pairs, slow.cross_pairs);
        ck_assert_int_eq(c->cross.lost[v], slow.cross_lost);
        ck_assert_int_eq(c->cross.own[v], slow.own_cross);
    }
}

START_TEST(losses_are_those_of_removing_each_actor)
{
    mlg_random draw = mlg_random_stream(1, "test_removal.slow", "", (uint64_t) _i);
    for (int k = 0; k < 40; k++) {
        mlg_graph *graph = some_graph(&draw, k);
        if (_i % 2 == 1) {
            mix_sectors(graph, &draw);
        }
        cut c = cut_of(graph);
        assert_same_as_slow(graph, &c);
        cut_free(&c);
        mlg_graph_free(graph);
    }
}
END_TEST

START_TEST(bridges_are_the_ties_whose_removal_cuts)
{
    mlg_random draw = mlg_random_stream(1, "test_removal.bridges", "", (uint64_t) _i);
    for (int k = 0; k < 40; k++) {
        mlg_graph *graph = some_graph(&draw, k);
        cut c = cut_of(graph);
        size_t cutting = 0;
        for (int32_t a = 0; a < graph->n; a++) {
            for (uint32_t i = graph->ties.offset[a]; i < graph->ties.offset[a + 1]; i++) {
                const int32_t b = graph->ties.target[i];
                cutting += b > a && slow_tie_removal(graph, a, b).lost > 0;
            }
        }
        ck_assert_uint_eq(c.n_bridges, cutting);
        for (size_t i = 0; i < c.n_bridges; i++) {
            const mlg_bridge *bridge = &c.bridges[i];
            const slow_loss slow = slow_tie_removal(graph, bridge->a, bridge->b);
            ck_assert_int_lt(bridge->a, bridge->b);
            ck_assert_int_eq(bridge->pairs, slow.lost);
            ck_assert_int_eq(bridge->cross, slow.cross_lost);
            ck_assert(i == 0 || bridge[-1].pairs >= bridge->pairs);
        }
        cut_free(&c);
        mlg_graph_free(graph);
    }
}
END_TEST

/* ---- laws -------------------------------------------------------------------------- */

/* n(n-1)/2 [F'(G - v) - F(G)] = lost + n_c - 1, with F' over the pairs of the whole graph. */
START_TEST(the_fragmentation_identity_holds)
{
    mlg_random draw = mlg_random_stream(1, "test_removal.identity", "", 0);
    for (int k = 0; k < 60; k++) {
        mlg_graph *graph = some_graph(&draw, k);
        cut c = cut_of(graph);
        const double n = graph->n, all = n * (n - 1) / 2, left = (n - 1) * (n - 2) / 2;
        for (int32_t v = 0; n > 2 && v < graph->n; v++) {
            const double connected = left * (1 - slow_fragmentation(graph, v));
            const double rise = (1 - connected / all) - slow_fragmentation(graph, -1);
            ck_assert_double_eq_tol(
                all * rise, (double) (c.removals.lost[v] + c.removals.together[v] - 1), 1e-9);
        }
        cut_free(&c);
        mlg_graph_free(graph);
    }
}
END_TEST

START_TEST(relabelling_moves_losses_with_their_actors)
{
    mlg_random draw = mlg_random_stream(1, "test_removal.relabel", "", (uint64_t) _i);
    random_ties ties = random_ties_of(&draw, 200, 260, 5);
    int32_t *order = random_order(&draw, ties.n);
    int32_t *sector = mlg_alloc((size_t) ties.n, sizeof *sector);
    mlg_graph *graph = NULL, *moved = NULL;

    ck_assert_int_eq(mlg_graph_from_ties(ties.n, ties.from, ties.to, NULL, ties.m, false,
                                         ties.sector, ties.n_sectors, &graph, NULL),
                     MLG_OK);
    for (size_t i = 0; i < ties.m; i++) {
        ties.from[i] = order[ties.from[i]];
        ties.to[i] = order[ties.to[i]];
    }
    for (int32_t v = 0; v < ties.n; v++) {
        sector[order[v]] = ties.sector[v];
    }
    ck_assert_int_eq(mlg_graph_from_ties(ties.n, ties.from, ties.to, NULL, ties.m, false, sector,
                                         ties.n_sectors, &moved, NULL),
                     MLG_OK);
    cut here = cut_of(graph), there = cut_of(moved);
    ck_assert_uint_eq(here.n_bridges, there.n_bridges);
    ck_assert_int_eq(here.cross.pairs, there.cross.pairs);
    for (int32_t v = 0; v < ties.n; v++) {
        ck_assert_int_eq(here.removals.lost[v], there.removals.lost[order[v]]);
        ck_assert_int_eq(here.removals.branches[v], there.removals.branches[order[v]]);
        ck_assert_int_eq(here.cross.lost[v], there.cross.lost[order[v]]);
        ck_assert_int_le(here.cross.lost[v], here.removals.lost[v]);
        ck_assert_int_le(here.removals.lost[v] + here.removals.together[v] - 1,
                         here.removals.pairs);
    }
    cut_free(&here);
    cut_free(&there);
    mlg_graph_free(graph);
    mlg_graph_free(moved);
    mlg_free(order);
    mlg_free(sector);
    random_ties_free(&ties);
}
END_TEST

START_TEST(a_tie_inside_a_component_never_adds_a_loss)
{
    mlg_random draw = mlg_random_stream(1, "test_removal.tie", "", 0);
    for (int k = 0; k < 50; k++) {
        int32_t from[41], to[41];
        mlg_graph *before = NULL, *after = NULL;
        for (int32_t v = 1; v < 40; v++) { /* a tree, so connected */
            from[v - 1] = (int32_t) mlg_random_below(&draw, (uint32_t) v);
            to[v - 1] = v;
        }
        from[39] = (int32_t) mlg_random_below(&draw, 40);
        to[39] = (int32_t) mlg_random_below(&draw, 40);
        ck_assert_int_eq(mlg_graph_from_ties(40, from, to, NULL, 39, false, NULL, 0, &before, NULL),
                         MLG_OK);
        ck_assert_int_eq(mlg_graph_from_ties(40, from, to, NULL, 40, false, NULL, 0, &after, NULL),
                         MLG_OK);
        cut without = cut_of(before), with = cut_of(after);
        for (int32_t v = 0; v < 40; v++) {
            ck_assert_int_le(with.removals.lost[v], without.removals.lost[v]);
        }
        cut_free(&without);
        cut_free(&with);
        mlg_graph_free(before);
        mlg_graph_free(after);
    }
}
END_TEST

START_TEST(two_mode_data_lose_what_their_projection_loses)
{
    mlg_random draw = mlg_random_stream(1, "test_removal.two_mode", "", (uint64_t) _i);
    mlg_graph *graph = random_two_mode(&draw, 40, 30, 70, MLG_PROJECT_COUNT);
    mlg_csr both = {0};
    mlg_forest forest;
    mlg_removals removals;
    mlg_cross_removals cross;
    cut projected = cut_of(graph);

    ck_assert_int_eq(mlg_join_two_modes(&graph->attends, &graph->attended, &both, NULL), MLG_OK);
    ck_assert_int_eq(mlg_forest_grow(&both, graph->n, &forest, NULL), MLG_OK);
    ck_assert_int_eq(mlg_removals_of(&forest, &removals, NULL), MLG_OK);
    ck_assert_int_eq(mlg_cross_removals_of(graph, &forest, &cross, NULL), MLG_OK);
    ck_assert_int_eq(removals.pairs, projected.removals.pairs);
    ck_assert_int_eq(cross.pairs, projected.cross.pairs);
    for (int32_t v = 0; v < graph->n; v++) {
        ck_assert_int_eq(removals.lost[v], projected.removals.lost[v]);
        ck_assert_int_eq(removals.branches[v], projected.removals.branches[v]);
        ck_assert_int_eq(removals.together[v], projected.removals.together[v]);
        ck_assert_int_eq(cross.lost[v], projected.cross.lost[v]);
        ck_assert_int_eq(cross.own[v], projected.cross.own[v]);
    }
    mlg_cross_removals_free(&cross);
    mlg_removals_free(&removals);
    mlg_forest_free(&forest);
    mlg_csr_free(&both);
    cut_free(&projected);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(an_actor_of_more_sectors_than_are_kept_carries_the_first)
{
    enum { SECTORS = MLG_MAX_OWN_SECTORS + 1 };
    int32_t from[] = {0, 0}, to[] = {1, 2}, sector[] = {0, 0, SECTORS - 1};
    int32_t actor[SECTORS + 2], own[SECTORS + 2];
    mlg_graph *graph = NULL;

    ck_assert_int_eq(
        mlg_graph_from_ties(3, from, to, NULL, 2, false, sector, SECTORS, &graph, NULL), MLG_OK);
    for (int32_t s = 0; s < SECTORS; s++) { /* actor 1 has all, 0 the first, 2 the last */
        actor[s] = 1;
        own[s] = s;
    }
    actor[SECTORS] = own[SECTORS] = 0;
    actor[SECTORS + 1] = 2;
    own[SECTORS + 1] = SECTORS - 1;
    ck_assert_int_eq(mlg_csr_build(3, SECTORS, false, false, actor, own, NULL, SECTORS + 2,
                                   MLG_MERGE_MAX, &graph->sector_set, NULL),
                     MLG_OK);
    cut c = cut_of(graph);
    ck_assert_int_eq(c.cross.lost[0], 1); /* 1 and 2: the ninth sector is not seen */
    ck_assert_int_eq(c.cross.pairs, 2);
    cut_free(&c);
    mlg_graph_free(graph);
}
END_TEST

/* ---- values of other programs --------------------------------------------------------- */

static int64_t largest(const mlg_removals *removals)
{
    int64_t most = 0;
    for (int32_t v = 0; v < removals->n; v++) {
        most = removals->lost[v] > most ? removals->lost[v] : most;
    }
    return most;
}

static const struct {
    const char *id, *graph;
    bool by_name;
} loss_rows[] = {
    {"zach.pairloss", "zachary", false},
    {"kite.cut", "kite", false},
    {"flo.cut", "florentine", true},
};

START_TEST(pairs_lost_by_cut_point_are_the_reference)
{
    json_t *value = reference_value(loss_rows[_i].id), *pairs = NULL;
    mlg_graph *graph = reference_graph(loss_rows[_i].graph);
    cut c = cut_of(graph);
    const char *key = NULL;
    int32_t cut_points = 0;

    json_object_foreach(value, key, pairs)
    {
        const int32_t v =
            loss_rows[_i].by_name ? reference_actor(loss_rows[_i].graph, key) : atoi(key);
        ck_assert_int_eq(c.removals.lost[v], json_integer_value(pairs));
        ck_assert_int_ge(c.removals.branches[v], 2);
    }
    for (int32_t v = 0; v < graph->n; v++) {
        cut_points += c.removals.branches[v] > 1;
    }
    ck_assert_uint_eq((size_t) cut_points, json_object_size(value));
    json_decref(value);
    cut_free(&c);
    mlg_graph_free(graph);
}
END_TEST

static const struct {
    const char *id, *graph;
} anchors[] = {
    {"anchor.star10", "star10"},
    {"anchor.cycle10", "cycle10"},
    {"anchor.complete10", "complete10"},
    {"anchor.path10", "path10"},
};

START_TEST(largest_pair_loss_is_the_anchor)
{
    json_t *value = reference_value(anchors[_i].id);
    mlg_graph *graph = reference_graph(anchors[_i].graph);
    cut c = cut_of(graph);
    ck_assert_double_eq_tol((double) largest(&c.removals),
                            json_number_value(json_array_get(value, 4)), 1e-9);
    json_decref(value);
    cut_free(&c);
    mlg_graph_free(graph);
}
END_TEST

/* Cut points (from 1), and largest loss with its actor. */
static const struct {
    const char *cut, *loss, *graph;
} emon[] = {
    {"emon.Cheyenne.cut", "emon.Cheyenne.pairloss", "emon_cheyenne"},
    {"emon.HurrFrederic.cut", "emon.HurrFrederic.pairloss", "emon_hurrfrederic"},
    {"emon.MtStHelens.cut", "emon.MtStHelens.pairloss", "emon_mtsthelens"},
    {"emon.Wichita.cut", "emon.Wichita.pairloss", "emon_wichita"},
};

START_TEST(emergency_networks_have_the_reference_cut_points)
{
    json_t *points = reference_value(emon[_i].cut), *loss = reference_value(emon[_i].loss);
    mlg_graph *graph = reference_graph(emon[_i].graph);
    cut c = cut_of(graph);
    size_t found = 0;

    for (int32_t v = 0; v < graph->n; v++) {
        if (c.removals.branches[v] > 1) {
            ck_assert_int_eq(v + 1, json_integer_value(json_array_get(points, found)));
            found++;
        }
    }
    ck_assert_uint_eq(found, json_array_size(points));
    ck_assert_int_eq(largest(&c.removals), json_integer_value(json_array_get(loss, 0)));
    const int32_t worst = (int32_t) json_integer_value(json_array_get(loss, 1)) - 1;
    ck_assert_int_eq(c.removals.lost[worst], largest(&c.removals));
    json_decref(points);
    json_decref(loss);
    cut_free(&c);
    mlg_graph_free(graph);
}
END_TEST

/* zach.cut: the articulation points alone. */
START_TEST(zachary_has_the_reference_cut_points)
{
    json_t *points = reference_value("zach.cut");
    mlg_graph *graph = reference_graph("zachary");
    cut c = cut_of(graph);
    size_t found = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        if (c.removals.branches[v] > 1) {
            ck_assert_int_eq(v, json_integer_value(json_array_get(points, found)));
            found++;
        }
    }
    ck_assert_uint_eq(found, json_array_size(points));
    json_decref(points);
    cut_free(&c);
    mlg_graph_free(graph);
}
END_TEST

/* ---- depth --------------------------------------------------------------------------- */

enum { LONG = 1000000 };

static void *cut_a_path(void *with)
{
    const mlg_graph *graph = with;
    cut c = cut_of(graph);
    const int64_t n = LONG;

    ck_assert_int_eq(c.removals.pairs, n * (n - 1) / 2);
    for (int64_t v = 0; v < n; v++) {
        ck_assert_int_eq(c.removals.lost[v], v * (n - 1 - v));
    }
    /* Sectors by turns of two: across, half of all but the diagonal. */
    ck_assert_int_eq(c.cross.pairs, (n / 2) * (n / 2));
    ck_assert_int_eq(c.cross.lost[n / 2], (n / 4) * (n / 4) + (n / 4) * (n / 4 - 1));
    ck_assert_uint_eq(c.n_bridges, (size_t) n - 1);
    ck_assert_int_eq(c.bridges[0].pairs, (n / 2) * (n / 2));
    ck_assert_int_eq(c.bridges[0].cross, 2 * (n / 4) * (n / 4));
    cut_free(&c);
    return NULL;
}

/* Arrays of a path or a star of LONG actors with sectors by turns. */
static mlg_graph *long_graph(bool star, int32_t n_sectors)
{
    mlg_graph *graph = NULL;
    int32_t *from = mlg_alloc(LONG, sizeof *from), *to = mlg_alloc(LONG, sizeof *to);
    int32_t *sector = mlg_alloc(LONG, sizeof *sector);

    for (int32_t v = 0; v < LONG; v++) {
        sector[v] = v % n_sectors;
        from[v] = star || v == 0 ? 0 : v - 1;
        to[v] = v;
    }
    ck_assert_int_eq(
        mlg_graph_from_ties(LONG, from, to, NULL, LONG, false, sector, n_sectors, &graph, NULL),
        MLG_OK);
    mlg_free(from);
    mlg_free(to);
    mlg_free(sector);
    return graph;
}

/* A branch that its parent's leaving cuts off is the top of one block. */
START_TEST(zachary_has_the_reference_number_of_blocks)
{
    json_t *expected = reference_value("zach.bicomp");
    mlg_graph *graph = reference_graph("zachary");
    cut c = cut_of(graph);
    int blocks = 0;
    for (int32_t t = 0; t < c.forest.n; t++) {
        blocks += c.forest.parent[t] >= 0 && mlg_forest_cuts(&c.forest, t);
    }
    ck_assert_int_eq(blocks, json_integer_value(expected));
    json_decref(expected);
    cut_free(&c);
    mlg_graph_free(graph);
}
END_TEST

/* 64 KiB of stack hold no recursion of a million calls. */
START_TEST(a_path_of_a_million_needs_no_stack)
{
    mlg_graph *path = long_graph(false, 2);
    pthread_attr_t attributes;
    pthread_t thread;

    ck_assert_int_eq(pthread_attr_init(&attributes), 0);
    ck_assert_int_eq(pthread_attr_setstacksize(&attributes, (size_t) 64 << 10), 0);
    ck_assert_int_eq(pthread_create(&thread, &attributes, cut_a_path, path), 0);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    pthread_attr_destroy(&attributes);
    mlg_graph_free(path);
}
END_TEST

/* A star with as many sectors as half its actors: n * n_sectors would be 5e11 steps. */
START_TEST(a_star_of_many_sectors_costs_no_product)
{
    const int64_t leaves = LONG - 1, same = LONG / 2 - 1; /* pairs of leaves that share one */
    mlg_graph *star = long_graph(true, LONG / 2);
    cut c = cut_of(star);

    ck_assert_int_eq(c.removals.lost[0], leaves * (leaves - 1) / 2);
    ck_assert_int_eq(c.cross.lost[0], leaves * (leaves - 1) / 2 - same);
    ck_assert_int_eq(c.cross.lost[1], 0);
    cut_free(&c);
    mlg_graph_free(star);
}
END_TEST

/* ---- no memory ------------------------------------------------------------------------- */

START_TEST(removals_survive_any_allocation_failing)
{
    mlg_random draw = mlg_random_stream(1, "test_removal.memory", "", 0);
    mlg_graph *graph = random_graph(&draw, 30, 40, 4, false, false);
    mlg_status status = MLG_ENOMEM;

    mix_sectors(graph, &draw);
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_forest forest = {0};
        mlg_removals removals = {0};
        mlg_cross_removals cross = {0};
        mlg_bridge *bridges = NULL;
        size_t n = 0;
        mlg_error err = {MLG_OK, ""};

        mlg_alloc_fails_at = fails;
        status = mlg_forest_grow(&graph->ties, graph->n, &forest, &err);
        status = status != MLG_OK ? status : mlg_removals_of(&forest, &removals, &err);
        status = status != MLG_OK ? status : mlg_cross_removals_of(graph, &forest, &cross, &err);
        status =
            status != MLG_OK ? status : mlg_bridges_of(&forest, cross.beyond, &bridges, &n, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_eq(err.status, status);
        if (status != MLG_OK) {
            ck_assert_int_eq(status, MLG_ENOMEM);
            ck_assert_str_ne(err.message, "");
            ck_assert_int_lt(fails, 100);
            ck_assert_uint_eq(n, 0);
            ck_assert_ptr_null(bridges);
        }
        mlg_free(bridges);
        mlg_cross_removals_free(&cross);
        mlg_removals_free(&removals);
        mlg_forest_free(&forest);
    }
    mlg_graph_free(graph);
}
END_TEST

START_TEST(two_modes_survive_any_allocation_failing)
{
    mlg_random draw = mlg_random_stream(1, "test_removal.memory", "", 1);
    mlg_graph *graph = random_two_mode(&draw, 10, 10, 20, MLG_PROJECT_COUNT);
    mlg_status status = MLG_ENOMEM;

    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_csr both;
        mlg_alloc_fails_at = fails;
        status = mlg_join_two_modes(&graph->attends, &graph->attended, &both, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && both.offset == NULL));
        mlg_csr_free(&both);
    }
    mlg_graph_free(graph);
}
END_TEST

/* Sizes are checked before anything is read. */
START_TEST(too_many_participations_are_refused)
{
    uint32_t offset[] = {0, UINT32_MAX / 2 + 1};
    const mlg_csr attends = {.n = 1, .offset = offset}, attended = {.n = 0, .offset = offset};
    mlg_csr both;
    mlg_error err = {MLG_OK, ""};
    ck_assert_int_eq(mlg_join_two_modes(&attends, &attended, &both, &err), MLG_ESIZE);
    ck_assert_ptr_null(both.offset);
    ck_assert_str_ne(err.message, "");
}
END_TEST

static Suite *removal_suite(void)
{
    Suite *suite = suite_create("removal");
    TCase *worked_cases = tcase_create("worked by hand");
    TCase *twins = tcase_create("slow twins");
    TCase *laws = tcase_create("laws");
    TCase *values = tcase_create("other programs");
    TCase *large = tcase_create("depth and memory");

    tcase_add_loop_test(worked_cases, losses_match_the_hand_worked_case, 0,
                        sizeof worked / sizeof *worked);
    tcase_add_loop_test(twins, losses_are_those_of_removing_each_actor, 0, 10);
    tcase_add_loop_test(twins, bridges_are_the_ties_whose_removal_cuts, 0, 8);
    tcase_add_test(laws, the_fragmentation_identity_holds);
    tcase_add_loop_test(laws, relabelling_moves_losses_with_their_actors, 0, 5);
    tcase_add_test(laws, a_tie_inside_a_component_never_adds_a_loss);
    tcase_add_loop_test(laws, two_mode_data_lose_what_their_projection_loses, 0, 30);
    tcase_add_test(laws, an_actor_of_more_sectors_than_are_kept_carries_the_first);
    tcase_add_loop_test(values, pairs_lost_by_cut_point_are_the_reference, 0,
                        sizeof loss_rows / sizeof *loss_rows);
    tcase_add_loop_test(values, largest_pair_loss_is_the_anchor, 0,
                        sizeof anchors / sizeof *anchors);
    tcase_add_loop_test(values, emergency_networks_have_the_reference_cut_points, 0,
                        sizeof emon / sizeof *emon);
    tcase_add_test(values, zachary_has_the_reference_cut_points);
    tcase_add_test(values, zachary_has_the_reference_number_of_blocks);
    tcase_set_timeout(large, 60);
    tcase_add_test(large, a_path_of_a_million_needs_no_stack);
    tcase_add_test(large, a_star_of_many_sectors_costs_no_product);
    tcase_add_test(large, removals_survive_any_allocation_failing);
    tcase_add_test(large, two_modes_survive_any_allocation_failing);
    tcase_add_test(large, too_many_participations_are_refused);
    suite_add_tcase(suite, worked_cases);
    suite_add_tcase(suite, twins);
    suite_add_tcase(suite, laws);
    suite_add_tcase(suite, values);
    suite_add_tcase(suite, large);
    return suite;
}

int main(void)
{
    return suite_run(removal_suite());
}
