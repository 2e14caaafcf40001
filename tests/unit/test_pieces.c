/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "measure/pieces.h"
#include "random_graph.h"
#include "slow_removal.h"
#include "suite.h"

START_TEST(a_star_falls_into_single_leaves)
{
    mlg_graph *g = graph_fixture("AABB", "0-1 0-2 0-3");
    mlg_pieces pieces;
    mlg_error err = {MLG_OK, ""};
    ck_assert_int_eq(mlg_pieces_without(g, 0, &pieces, &err), MLG_OK);
    ck_assert_int_eq(pieces.n, 3);
    ck_assert_int_eq(pieces.of[0], -1);
    ck_assert_int_eq(pieces.widest, 0);
    for (int32_t p = 0; p < 3; p++) {
        ck_assert_int_eq(pieces.size[p], 1);
    }
    mlg_pieces_free(&pieces);
    ck_assert_int_eq(mlg_pieces_without(g, 1, &pieces, &err), MLG_OK);
    ck_assert_int_eq(pieces.n, 1);
    ck_assert_int_eq(pieces.size[0], 3);
    mlg_pieces_free(&pieces);
    mlg_graph_free(g);
}
END_TEST

START_TEST(other_components_are_no_piece)
{
    mlg_graph *g = graph_fixture("AAAAAA", "0-1 1-2 3-4");
    mlg_pieces pieces;
    mlg_error err = {MLG_OK, ""};
    ck_assert_int_eq(mlg_pieces_without(g, 1, &pieces, &err), MLG_OK);
    ck_assert_int_eq(pieces.n, 2);
    ck_assert_int_eq(pieces.of[3], -1);
    mlg_pieces_free(&pieces);
    ck_assert_int_eq(mlg_pieces_without(g, 5, &pieces, &err), MLG_OK);
    ck_assert_int_eq(pieces.n, 0); /* alone: nothing falls apart */
    ck_assert_int_eq(pieces.widest, -1);
    mlg_pieces_free(&pieces);
    mlg_graph_free(g);
}
END_TEST

/* The pairs between the pieces are those that the slow twin counts as lost. */
START_TEST(pairs_between_pieces_are_the_pairs_lost)
{
    mlg_random draw = mlg_random_stream(7, "test.pieces", "", (uint64_t) _i);
    mlg_graph *g = _i % 2 == 0 ? random_graph(&draw, 3 + (int32_t) mlg_random_below(&draw, 20), 20,
                                              3, false, false)
                               : random_two_mode(&draw, 4 + (int32_t) mlg_random_below(&draw, 15),
                                                 8, 20, MLG_PROJECT_COUNT);
    mlg_error err = {MLG_OK, ""};
    for (int32_t v = 0; v < g->n; v++) {
        mlg_pieces pieces, by_activities = {0};
        int64_t all = 0, inside = 0;
        ck_assert_int_eq(mlg_pieces_without(g, v, &pieces, &err), MLG_OK);
        for (int32_t p = 0; p < pieces.n; p++) {
            all += pieces.size[p];
            inside += (int64_t) pieces.size[p] * (pieces.size[p] - 1) / 2;
        }
        ck_assert_int_eq(all * (all - 1) / 2 - inside, slow_removal(g, v).lost);
        if (g->n_activities > 0) { /* the same where the projection was not built */
            g->projected = false;
            ck_assert_int_eq(mlg_pieces_without(g, v, &by_activities, &err), MLG_OK);
            g->projected = true;
            ck_assert_int_eq(by_activities.n, pieces.n);
            for (int32_t u = 0; u < g->n; u++) {
                ck_assert_int_eq(by_activities.of[u] < 0, pieces.of[u] < 0);
            }
            mlg_pieces_free(&by_activities);
        }
        mlg_pieces_free(&pieces);
    }
    mlg_graph_free(g);
}
END_TEST

START_TEST(short_memory_is_answered)
{
    mlg_graph *g = graph_fixture("AABB", "0-1 0-2 0-3");
    mlg_status status = MLG_ENOMEM;
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_pieces pieces;
        mlg_error err = {MLG_OK, ""};
        mlg_alloc_fails_at = fails;
        status = mlg_pieces_without(g, 0, &pieces, &err);
        mlg_alloc_fails_at = -1;
        ck_assert_int_lt(fails, 20);
        ck_assert(status == MLG_OK || pieces.of == NULL);
        mlg_pieces_free(&pieces);
    }
    mlg_graph_free(g);
}
END_TEST

static Suite *pieces_suite(void)
{
    Suite *suite = suite_create("pieces");
    TCase *tests = tcase_create("pieces");
    tcase_add_test(tests, a_star_falls_into_single_leaves);
    tcase_add_test(tests, other_components_are_no_piece);
    tcase_add_loop_test(tests, pairs_between_pieces_are_the_pairs_lost, 0, 100);
    tcase_add_test(tests, short_memory_is_answered);
    suite_add_tcase(suite, tests);
    return suite;
}

int main(void)
{
    return suite_run(pieces_suite());
}
