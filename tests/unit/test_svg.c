/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/svg.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph_fixture.h"
#include "measure/context.h"
#include "report/place.h"
#include "reported.h"
#include "suite.h"

/* ---- labels --------------------------------------------------------------------------- */

static bool meet(const mlg_box *a, const mlg_box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

START_TEST(labels_neither_meet_nor_leave_the_frame_nor_hide_a_dot)
{
    mlg_dot dots[40];
    mlg_box labels[40];
    size_t n = 0;
    for (size_t i = 0; i < 40; i++) { /* a crowd in the middle, some at the edge */
        dots[i] = (mlg_dot){(double) (i * 37 % 200), (double) (i * 53 % 100), 3.0};
    }
    mlg_places places = {.frame = {0, 0, 200, 100}, .dots = dots, .n_dots = 40};
    for (size_t i = 0; i < 40; i++) {
        const char *anchor = NULL;
        mlg_box box;
        if (mlg_place_beside(&places, &dots[i], 30, 8, &box, &anchor)) {
            ck_assert(mlg_place_take(&places, &box));
            labels[n++] = box;
            ck_assert(box.left >= 0 && box.right <= 200 && box.top >= 0 && box.bottom <= 100);
            ck_assert(strcmp(anchor, "start") == 0 || strcmp(anchor, "end") == 0 ||
                      strcmp(anchor, "middle") == 0);
            for (size_t j = 0; j + 1 < n; j++) {
                ck_assert(!meet(&labels[j], &labels[n - 1]));
            }
            for (size_t j = 0; j < 40; j++) { /* equal dots are never hidden */
                ck_assert(!(dots[j].x > box.left && dots[j].x < box.right && dots[j].y > box.top &&
                            dots[j].y < box.bottom));
            }
        }
    }
    ck_assert_uint_ge(n, 5);
    mlg_places_free(&places);
}
END_TEST

/* A block of small dots with a large one in its middle; the frame is wider than the block. */
START_TEST(in_a_crowd_a_name_stands_outside_at_the_end_of_a_line)
{
    mlg_dot dots[401];
    for (size_t i = 0; i < 400; i++) {
        dots[i] =
            (mlg_dot){100.0 + (double) (i % 20) * 10.0, 100.0 + (double) (i / 20) * 10.0, 4.5};
    }
    dots[400] = (mlg_dot){195, 195, 8.0};
    mlg_places places = {.frame = {0, 0, 400, 400}, .dots = dots, .n_dots = 401};
    const char *anchor = NULL;
    mlg_box box;
    mlg_line line;
    ck_assert(!mlg_place_beside(&places, &dots[400], 60, 12, &box, &anchor));
    ck_assert(!mlg_place_led(&places, &dots[400], 60, 12, 0.0, 200.0, &box, &line, &anchor));
    ck_assert(mlg_place_led(&places, &dots[400], 60, 12, 5.0, 200.0, &box, &line, &anchor));
    for (size_t i = 0; i < 401; i++) {
        ck_assert(!mlg_box_covers(&box, &dots[i]));
    }
    /* the line begins at the rim of its dot and ends at the box */
    ck_assert_double_eq_tol(hypot(line.x0 - 195, line.y0 - 195), 9.0, 1e-9);
    const mlg_dot end = {line.x1, line.y1, 1.6};
    ck_assert(mlg_box_covers(&box, &end));
    /* neither a box nor a line may cross it afterwards */
    ck_assert(mlg_place_take(&places, &box));
    ck_assert(mlg_place_take_line(&places, &line));
    const mlg_box across = {line.x0 - 5, line.y0 - 5, line.x0 + 5, line.y0 + 5};
    ck_assert(!mlg_place_is_free(&places, &across));
    mlg_box other;
    mlg_line second;
    ck_assert(mlg_place_led(&places, &dots[400], 60, 12, 5.0, 200.0, &other, &second, &anchor));
    ck_assert(!meet(&box, &other));
    mlg_places_free(&places);
}
END_TEST

/* ---- the drawing ------------------------------------------------------------------------ */

static char *draw(reported *r, const char *study)
{
    mlg_buffer svg = {0};
    mlg_error err = {MLG_OK, ""};
    reported_open(r, study);
    const mlg_graph *graph = mlg_context_graph(r->context, 0);
    ck_assert_msg(mlg_svg_network(&r->results, graph, &svg, &err) == MLG_OK, "%s", err.message);
    char *text = strdup(mlg_buffer_string(&svg));
    mlg_buffer_free(&svg);
    return text;
}

static size_t count_of(const char *text, const char *what)
{
    size_t n = 0;
    for (const char *at = strstr(text, what); at != NULL; at = strstr(at + 1, what)) {
        n++;
    }
    return n;
}

/* Every number after an attribute of that name. */
static void check_range(const char *svg, const char *attribute, double least, double most)
{
    for (const char *at = strstr(svg, attribute); at != NULL; at = strstr(at + 1, attribute)) {
        const double value = strtod(at + strlen(attribute), NULL);
        ck_assert_msg(value >= least && value <= most, "%s%g is out of the frame", attribute,
                      value);
    }
}

START_TEST(each_actor_is_a_dot_with_its_name_sector_and_ties)
{
    reported r;
    char *svg = draw(&r, "actors: id,name,sector\na,Alpha,social\nb,Beta,hospital\nc,Gamma,\n"
                         "d,Delta,social\nties: from,to\na,b\nb,c\n");
    ck_assert_uint_eq(count_of(svg, "<title>"), 4);
    ck_assert_ptr_nonnull(strstr(svg, "<title>Beta ("));
    ck_assert_ptr_nonnull(strstr(svg, "): 2 ties</title>"));
    ck_assert_ptr_nonnull(strstr(svg, "<title>Gamma (sector unknown): 1 tie</title>"));
    ck_assert_ptr_nonnull(strstr(svg, "<title>Delta"));
    ck_assert_ptr_nonnull(strstr(svg, "0 ties</title>"));
    ck_assert_ptr_nonnull(
        strstr(svg, "<title id=\"network-figure\">Network of 4 actors and 2 ties"));
    ck_assert_ptr_nonnull(strstr(svg, "<desc id=\"network-desc\">"));
    ck_assert_ptr_null(strstr(svg, "style="));
    ck_assert_ptr_null(strstr(svg, "nan"));
    check_range(svg, " cx=\"", 0, 1000);
    check_range(svg, "<tspan x=\"", 0, 1000);
    ck_assert_ptr_nonnull(strstr(svg, " xml:lang=\"en\" width=\"1000\" height=\""));
    free(svg);
    reported_close(&r);
}
END_TEST

START_TEST(ties_inside_a_sector_are_straight_those_between_bend)
{
    reported r;
    char *svg = draw(&r, "actors: id,sector\na,social\nb,social\nc,hospital\n"
                         "ties: from,to\na,b\nb,c\n");
    char *paths = strstr(svg, "<g class=\"ties\"");
    *strstr(paths, "<g class=\"dots\"") = '\0';
    ck_assert_uint_eq(count_of(paths, "q"), 1);
    ck_assert_uint_eq(count_of(paths, "L"), 1);
    free(svg);
    reported_close(&r);
}
END_TEST

START_TEST(ten_sectors_differ_in_shape_and_colour_and_the_next_is_grey)
{
    static const char *const sectors[] = {"hospital", "social",     "education", "housing",
                                          "youth",    "employment", "sport",     "culture",
                                          "mobility", "security",   "planning"};
    char study[4096] = "actors: id,sector\n";
    reported r;
    for (int i = 0; i < 11; i++) {
        for (int k = 0; k < 12 - i; k++) { /* falling sizes: the last is the smallest */
            snprintf(study + strlen(study), sizeof study - strlen(study), "x%d_%d,%s\n", i, k,
                     sectors[i]);
        }
    }
    strcat(study, "ties: from,to\nx0_0,x1_0\n");
    char *svg = draw(&r, study);
    char *dots = strstr(svg, "<g class=\"dots\"");
    *strstr(dots, "<g class=\"wide\"") = '\0';
    ck_assert_uint_eq(count_of(dots, "<g fill=\"#5f6368\""), 1); /* planning */
    ck_assert_uint_eq(count_of(dots, "<g fill=\"#0b6e99\""), 1); /* hospital: circles */
    ck_assert_uint_eq(count_of(dots, "<g fill="), 11);
    ck_assert_uint_eq(count_of(dots, "<circle"), 12 + 2);
    ck_assert_uint_eq(count_of(dots, "<path"), 12 * 13 / 2 - 1 - 12 - 2);
    free(svg);
    reported_close(&r);
}
END_TEST

START_TEST(hostile_names_are_text_in_a_drawing)
{
    reported r;
    char *svg = draw(&r, reported_hostile_study());
    ck_assert_uint_eq(count_of(svg, "<svg"), 1);
    ck_assert_ptr_null(strstr(svg, "<script"));
    ck_assert_ptr_null(strstr(svg, "<img"));
    ck_assert_ptr_nonnull(strstr(svg, "&lt;/script&gt;"));
    free(svg);
    reported_close(&r);
}
END_TEST

/* A ring of n actors in two sectors. */
static char *draw_ring(int n, bool *reduced)
{
    char *study = malloc((size_t) n * 48 + 64);
    reported r;
    size_t used = (size_t) sprintf(study, "actors: id,sector\n");
    for (int i = 0; i < n; i++) {
        used += (size_t) sprintf(study + used, "v%d,%s\n", i, i % 2 ? "social" : "hospital");
    }
    used += (size_t) sprintf(study + used, "ties: from,to\n");
    for (int i = 0; i < n; i++) {
        used += (size_t) sprintf(study + used, "v%d,v%d\n", i, (i + 1) % n);
    }
    char *svg = draw(&r, study);
    *reduced = strstr(svg, "Reduced view") != NULL;
    reported_close(&r);
    free(study);
    return svg;
}

START_TEST(above_fifteen_hundred_actors_the_view_is_reduced_and_says_so)
{
    bool reduced = true;
    char *svg = draw_ring(MLG_SVG_ACTORS, &reduced);
    ck_assert(!reduced);
    ck_assert_uint_eq(count_of(svg, "<title>"), MLG_SVG_ACTORS);
    free(svg);
    svg = draw_ring(MLG_SVG_ACTORS + 1, &reduced);
    ck_assert(reduced);
    ck_assert_uint_eq(count_of(svg, "<title>"), 1);
    ck_assert_uint_eq(count_of(svg, "q") + count_of(svg, "Q"),
                      1 + 2); /* one pair of sectors, and the legend */
    ck_assert_ptr_nonnull(strstr(svg, "<title>hospital"));
    ck_assert_uint_lt(strlen(svg), 6000);
    check_range(svg, " cx=\"", 0, 1000);
    free(svg);
}
END_TEST

START_TEST(any_allocation_of_a_drawing_may_fail)
{
    reported r;
    mlg_status status = MLG_ENOMEM;
    reported_open(&r, reported_rich_study());
    const mlg_graph *graph = mlg_context_graph(r.context, 0);
    for (long n = 0; status == MLG_ENOMEM; n++) {
        mlg_buffer svg = {0};
        mlg_alloc_fails_at = n;
        status = mlg_svg_network(&r.results, graph, &svg, NULL);
        const bool failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == (failed ? MLG_ENOMEM : MLG_OK), "allocation %ld: %d", n, status);
        ck_assert(failed || n >= 20);
        mlg_buffer_free(&svg);
    }
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("svg");
    TCase *svg = tcase_create("svg");
    tcase_add_test(svg, labels_neither_meet_nor_leave_the_frame_nor_hide_a_dot);
    tcase_add_test(svg, in_a_crowd_a_name_stands_outside_at_the_end_of_a_line);
    tcase_add_test(svg, each_actor_is_a_dot_with_its_name_sector_and_ties);
    tcase_add_test(svg, ties_inside_a_sector_are_straight_those_between_bend);
    tcase_add_test(svg, ten_sectors_differ_in_shape_and_colour_and_the_next_is_grey);
    tcase_add_test(svg, hostile_names_are_text_in_a_drawing);
    tcase_add_test(svg, above_fifteen_hundred_actors_the_view_is_reduced_and_says_so);
    tcase_add_test(svg, any_allocation_of_a_drawing_may_fail);
    suite_add_tcase(suite, svg);
    return suite_run(suite);
}
