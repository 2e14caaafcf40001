/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/layout.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "graph_fixture.h"
#include "random_graph.h"
#include "suite.h"

typedef struct places {
    const mlg_graph *graph;
    double *x, *y, *cx, *cy, *radius;
} places;

static places lay_out(const mlg_graph *graph, uint64_t seed)
{
    const size_t n = (size_t) graph->n, discs = (size_t) graph->n_sectors + 1;
    places p = {.graph = graph};
    mlg_error err = {0};
    p.x = mlg_zalloc(n, sizeof *p.x);
    p.y = mlg_zalloc(n, sizeof *p.y);
    p.cx = mlg_zalloc(discs, sizeof *p.cx);
    p.cy = mlg_zalloc(discs, sizeof *p.cy);
    p.radius = mlg_zalloc(discs, sizeof *p.radius);
    ck_assert_msg(mlg_layout_sectors(graph, NULL, seed, p.x, p.y, p.cx, p.cy, p.radius, &err) ==
                      MLG_OK,
                  "%s", err.message);
    return p;
}

static void places_free(places *p)
{
    mlg_free(p->x);
    mlg_free(p->y);
    mlg_free(p->cx);
    mlg_free(p->cy);
    mlg_free(p->radius);
}

static int32_t disc_of(const places *p, int32_t v)
{
    return p->graph->sector[v] >= 0 ? p->graph->sector[v] : p->graph->n_sectors;
}

static double from_centre(const places *p, int32_t v)
{
    return hypot(p->x[v] - p->cx[disc_of(p, v)], p->y[v] - p->cy[disc_of(p, v)]);
}

static int32_t members(const places *p, int32_t disc)
{
    int32_t n = 0;
    for (int32_t v = 0; v < p->graph->n; v++) {
        n += disc_of(p, v) == disc;
    }
    return n;
}

/* Discs within the frame, apart, with areas as their members; dots within their discs, none
 * nearer to another than a step between rings. */
static void assert_tidy(const places *p)
{
    const int32_t discs = p->graph->n_sectors + 1;
    double per_member = 0.0;
    for (int32_t a = 0; a < discs; a++) {
        const int32_t n = members(p, a);
        ck_assert_double_le(fabs(p->cx[a]) + p->radius[a], 1.0 + 1e-9);
        ck_assert_double_le(fabs(p->cy[a]) + p->radius[a], 1.0 + 1e-9);
        ck_assert((n == 0) == (p->radius[a] == 0.0));
        if (n > 0) {
            const double here = p->radius[a] / sqrt(n);
            ck_assert_double_eq_tol(here, per_member > 0.0 ? per_member : here, 1e-9);
            per_member = here;
        }
        for (int32_t b = 0; b < a && n > 0; b++) {
            if (p->radius[b] > 0.0) {
                ck_assert_double_gt(hypot(p->cx[a] - p->cx[b], p->cy[a] - p->cy[b]),
                                    p->radius[a] + p->radius[b]);
            }
        }
    }
    for (int32_t v = 0; v < p->graph->n; v++) {
        const int32_t disc = disc_of(p, v);
        /* at most sqrt(n / 3) + 1/2 rings */
        const double step = p->radius[disc] / (sqrt(members(p, disc) / 3.0) + 1.0);
        ck_assert_double_le(from_centre(p, v), p->radius[disc] + 1e-9);
        for (int32_t w = 0; w < v; w++) {
            if (disc_of(p, w) == disc) {
                ck_assert_double_gt(hypot(p->x[v] - p->x[w], p->y[v] - p->y[w]), 0.9 * step);
            }
        }
    }
}

static const struct {
    const char *sectors, *ties;
} small_cases[] = {
    {"", ""},
    {"A", ""},
    {"?", ""},
    {"AB", "0-1"},
    {"AAB?", "0-1 0-2 1-3"},
    {"AABBCCDD", "0-1 0-2 2-4 4-6 6-0"},
    {"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB", "0-1 1-2 2-3 0-44"},
    {"AAAAAAAAAABBBBBBBBBBCD", "0-10 20-21"},
};

START_TEST(small_layouts_are_tidy)
{
    mlg_graph *graph = graph_fixture(small_cases[_i].sectors, small_cases[_i].ties);
    places p = lay_out(graph, 1);
    assert_tidy(&p);
    places_free(&p);
    mlg_graph_free(graph);
}
END_TEST

/* From Kamada-Kawai (60 a disc) through Fruchterman-Reingold to the fan (3,000). */
static const struct {
    int32_t n, sectors;
    size_t m;
} random_cases[] = {{30, 4, 40}, {300, 6, 900}, {700, 2, 2000}, {3500, 1, 12000}};

START_TEST(random_layouts_are_tidy_and_repeat_by_their_seed)
{
    mlg_random draw = mlg_random_stream(9, "test.layout", "", (uint64_t) _i);
    mlg_graph *graph = random_graph(&draw, random_cases[_i].n, random_cases[_i].m,
                                    random_cases[_i].sectors, false, false);
    const size_t bytes = (size_t) graph->n * sizeof(double);
    places p = lay_out(graph, 5), again = lay_out(graph, 5);
    assert_tidy(&p);
    ck_assert_mem_eq(p.x, again.x, bytes);
    ck_assert_mem_eq(p.y, again.y, bytes);
    places_free(&again);
    places_free(&p);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(actors_without_a_tie_stand_at_the_rim)
{
    mlg_graph *graph = graph_fixture("AAAAAAAAAAAAAAAAAAAA", "0-1 1-2 2-0 3-4 4-5 0-6 7-3");
    places p = lay_out(graph, 1);
    for (int32_t tied = 0; tied <= 7; tied++) {
        for (int32_t alone = 8; alone < 20; alone++) {
            ck_assert_double_le(from_centre(&p, tied), from_centre(&p, alone) + 1e-9);
        }
    }
    places_free(&p);
    mlg_graph_free(graph);
}
END_TEST

static int compare(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return *a < *b ? -1 : *a > *b;
}

/* A-C, C-B, B-D, D-A are tied; A-B and C-D are not: neighbours on the ring must be tied. */
START_TEST(tied_sectors_are_neighbours_on_the_ring)
{
    mlg_graph *graph = graph_fixture("AABBCCDD", "0-4 1-5 0-5 2-4 3-5 2-5 2-6 3-7 3-6 6-0 7-1 7-0");
    places p = lay_out(graph, 1);
    double apart[4];
    const int pairs[4][2] = {{0, 2}, {2, 1}, {1, 3}, {3, 0}};
    for (int i = 0; i < 4; i++) {
        apart[i] =
            hypot(p.cx[pairs[i][0]] - p.cx[pairs[i][1]], p.cy[pairs[i][0]] - p.cy[pairs[i][1]]);
    }
    qsort(apart, 4, sizeof *apart, compare);
    ck_assert_double_lt(apart[3], hypot(p.cx[0] - p.cx[1], p.cy[0] - p.cy[1]));
    ck_assert_double_lt(apart[3], hypot(p.cx[2] - p.cx[3], p.cy[2] - p.cy[3]));
    places_free(&p);
    mlg_graph_free(graph);
}
END_TEST

/* Who is tied to another disc only stands on its side of the own. */
START_TEST(actors_look_at_the_disc_they_are_tied_to)
{
    mlg_graph *graph = graph_fixture("AAABBB", "0-3 0-1 1-2 3-4 4-5");
    places p = lay_out(graph, 1);
    const double away = hypot(p.x[0] - p.cx[1], p.y[0] - p.cy[1]);
    ck_assert_double_lt(away, hypot(p.x[2] - p.cx[1], p.y[2] - p.cy[1]) + 1e-9);
    places_free(&p);
    mlg_graph_free(graph);
}
END_TEST

START_TEST(layouts_survive_any_allocation_failing)
{
    mlg_graph *graph = graph_fixture("AAB?", "0-1 0-2 1-3");
    double x[4], y[4], cx[3], cy[3], radius[3];
    long failures = 0;
    for (;; failures++) {
        mlg_error err = {0};
        mlg_alloc_fails_at = failures;
        const mlg_status status = mlg_layout_sectors(graph, NULL, 1, x, y, cx, cy, radius, &err);
        mlg_alloc_fails_at = -1;
        if (status == MLG_OK) {
            break;
        }
        ck_assert_int_eq(status, MLG_ENOMEM);
        ck_assert_str_ne(err.message, "");
    }
    ck_assert_int_ge(failures, 8);
    mlg_graph_free(graph);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("layout");
    TCase *layout = tcase_create("layout");
    tcase_set_timeout(layout, 120);
    tcase_add_loop_test(layout, small_layouts_are_tidy, 0,
                        (int) (sizeof small_cases / sizeof *small_cases));
    tcase_add_loop_test(layout, random_layouts_are_tidy_and_repeat_by_their_seed, 0,
                        (int) (sizeof random_cases / sizeof *random_cases));
    tcase_add_test(layout, actors_without_a_tie_stand_at_the_rim);
    tcase_add_test(layout, tied_sectors_are_neighbours_on_the_ring);
    tcase_add_test(layout, actors_look_at_the_disc_they_are_tied_to);
    tcase_add_test(layout, layouts_survive_any_allocation_failing);
    suite_add_tcase(suite, layout);
    return suite_run(suite);
}
