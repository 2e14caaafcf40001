/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drawing.h"

#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "measure/context.h"
#include "reported.h"
#include "suite.h"

/* ---- random studies -------------------------------------------------------------------------- */

static const char *const sectors[] = {"hospital", "social",     "education", "housing",
                                      "youth",    "employment", "sport",     "culture",
                                      "mobility", "security",   "planning",  ""};
static const char *const kinds[] = {"Maison de sante pluriprofessionnelle",
                                    "CCAS",
                                    "Coll\xc3\xa8ge",
                                    "\xc3\x89tablissement public de sant\xc3\xa9 mentale",
                                    "WWMMOO",
                                    "Mission locale"};
static const char *const towns[] = {"Caen", "H\xc3\xa9rouville-Saint-Clair", "Ifs",
                                    "Cond\xc3\xa9-en-Normandie"};

static int32_t draw_below(mlg_random *draw, int32_t n)
{
    return (int32_t) mlg_random_below(draw, (uint32_t) n);
}

/* n actors in up to 12 sectors, m rows of ties, hubs among them; the last tenth has no tie and
 * the tenth before is tied two by two. */
static char *random_study(mlg_random *draw, int32_t n, int32_t m)
{
    char *text = malloc(128 + (size_t) n * 128 + (size_t) (m + n) * 32);
    size_t used = (size_t) sprintf(text, "actors: id,name,sector\n");
    const int32_t n_sectors = 2 + draw_below(draw, 11), ring = n - n / 5, pairs = n - n / 10;

    for (int32_t v = 0; v < n; v++) {
        used += (size_t) sprintf(text + used, "v%d,%s %d de %s,%s\n", v, kinds[draw_below(draw, 6)],
                                 v, towns[draw_below(draw, 4)],
                                 sectors[12 - n_sectors + draw_below(draw, n_sectors)]);
    }
    used += (size_t) sprintf(text + used, "ties: from,to\n");
    for (int32_t v = 1; v < ring; v++) { /* so that the ring is one component */
        used += (size_t) sprintf(text + used, "v%d,v%d\n", v, draw_below(draw, v));
    }
    for (int32_t i = 0; i < m; i++) {
        const int32_t a = draw_below(draw, 1 + draw_below(draw, ring)), b = draw_below(draw, ring);
        used += a == b ? 0 : (size_t) sprintf(text + used, "v%d,v%d\n", a, b);
    }
    for (int32_t v = ring; v + 1 < pairs; v += 2) {
        used += (size_t) sprintf(text + used, "v%d,v%d\n", v, v + 1);
    }
    return text;
}

typedef struct drawn {
    reported r;
    mlg_drawing d;
    mlg_buffer svg;
} drawn;

static void draw_study(drawn *w, const char *study, int threads)
{
    mlg_error err = {MLG_OK, ""};
    reported_open(&w->r, study);
    w->r.run.threads = threads;
    w->svg = (mlg_buffer){0};
    w->d = (mlg_drawing){.results = &w->r.results, .graph = mlg_context_graph(w->r.context, 0)};
    ck_assert(mlg_drawing_open(&w->d, (size_t) w->d.graph->n, &err) == MLG_OK);
    ck_assert_msg(mlg_drawing_svg(&w->d, &w->svg, &err) == MLG_OK, "%s", err.message);
}

static void drawn_free(drawn *w)
{
    mlg_drawing_close(&w->d);
    mlg_buffer_free(&w->svg);
    reported_close(&w->r);
}

/* ---- laws ------------------------------------------------------------------------------------ */

static bool meet(const mlg_box *a, const mlg_box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static bool is_within(const mlg_box *a, const mlg_box *frame)
{
    return a->left >= frame->left && a->right <= frame->right && a->top >= frame->top &&
           a->bottom <= frame->bottom;
}

static void assert_labels_clear(const mlg_drawing *d)
{
    const mlg_places *p = &d->places;
    ck_assert_uint_ge(p->n, 3);
    for (size_t i = 0; i < p->n; i++) {
        ck_assert_msg(is_within(&p->taken[i], &p->frame), "label %zu leaves the frame", i);
        for (size_t k = 0; k < i; k++) {
            ck_assert_msg(!meet(&p->taken[i], &p->taken[k]), "labels %zu and %zu meet", k, i);
        }
        for (size_t v = 0; v < d->n_dots; v++) {
            ck_assert_msg(!mlg_box_covers(&p->taken[i], &d->dot[v]), "label %zu hides dot %zu", i,
                          v);
        }
    }
}

/* Discs apart; dots within theirs or in the strip below all, no two touching. */
static void assert_dots_apart(const mlg_drawing *d)
{
    double lowest = 0.0;
    for (int32_t a = 0; a <= d->graph->n_sectors; a++) {
        lowest = fmax(lowest, d->disc[a].y + d->disc[a].r);
        for (int32_t b = 0; b < a; b++) {
            const double apart = hypot(d->disc[a].x - d->disc[b].x, d->disc[a].y - d->disc[b].y);
            ck_assert(d->disc[a].r <= 0.0 || d->disc[b].r <= 0.0 ||
                      apart > d->disc[a].r + d->disc[b].r);
        }
    }
    for (int32_t v = 0; v < (int32_t) d->n_dots; v++) {
        const mlg_dot *dot = &d->dot[v], *disc = &d->disc[mlg_drawing_disc(d, v)];
        ck_assert(dot->x - dot->r >= 0.0 && dot->x + dot->r <= MLG_DRAWING_WIDTH);
        if (d->aside[v]) {
            ck_assert_double_gt(dot->y - dot->r, lowest);
            ck_assert_double_ge(dot->x - dot->r, MLG_NARROW_LEFT);
            ck_assert_double_le(dot->x + dot->r, MLG_NARROW_RIGHT);
        } else {
            ck_assert_double_le(hypot(dot->x - disc->x, dot->y - disc->y) + dot->r, disc->r + 1e-6);
        }
        for (int32_t w = 0; w < v; w++) {
            ck_assert_msg(hypot(dot->x - d->dot[w].x, dot->y - d->dot[w].y) >=
                              dot->r + d->dot[w].r - 1e-6,
                          "dots %d and %d touch", v, w);
        }
    }
}

/* ---- the same from the text, in a font of ordinary width ------------------------------------- */

typedef struct written {
    mlg_box box;
    bool shown;
} written;

static double attribute_after(const char *at, const char *name, double otherwise)
{
    const char *end = strchr(at, '>'), *found = strstr(at, name);
    return found != NULL && found < end ? strtod(found + strlen(name), NULL) : otherwise;
}

/* Letters of a text in UTF-8, references as one. */
static size_t letters(const char *from, const char *to)
{
    size_t n = 0;
    for (; from < to; from++) {
        n += ((unsigned char) *from & 0xc0) != 0x80;
        from = *from == '&' ? strchr(from, ';') : from;
    }
    return n;
}

/* Boxes of all lines of text that show on a wide screen: half an em a letter. */
static size_t read_lines(const char *svg, mlg_box *boxes, size_t room)
{
    double size = 0.0, group = 0.0;
    char anchor = 's';
    bool shown = true, outlines = false;
    size_t n = 0;
    for (const char *at = strchr(svg, '<'); at != NULL; at = strchr(at + 1, '<')) {
        const char *end = strchr(at, '>');
        if (strncmp(at, "<g ", 3) == 0) {
            const char *white = strstr(at, "stroke=\"#fff\"");
            group = attribute_after(at, "font-size=\"", 0.0);
            outlines = white != NULL && white < end;
        } else if (strncmp(at, "<text", 5) == 0) {
            const char *align = strstr(at, "text-anchor=\"");
            size = attribute_after(at, "font-size=\"", group);
            anchor = align != NULL && align < end ? align[13] : 's';
            const char *narrow = strstr(at, "display=\"none\"");
            shown = !outlines && !(narrow != NULL && narrow < end) && size != MLG_NUMBER_SIZE;
        } else if (strncmp(at, "<tspan", 6) == 0 && shown) {
            const double x = attribute_after(at, " x=\"", NAN),
                         y = attribute_after(at, " y=\"", NAN);
            const double wide = 0.5 * size * (double) letters(end + 1, strchr(end, '<'));
            const double left = anchor == 's' ? x : anchor == 'e' ? x - wide : x - wide / 2.0;
            ck_assert_uint_lt(n, room);
            boxes[n++] = (mlg_box){left, y - 0.75 * size, left + wide, y + 0.2 * size};
        }
    }
    return n;
}

static void assert_text_clear(const char *svg, const mlg_box *frame)
{
    static mlg_box boxes[400];
    const size_t n = read_lines(svg, boxes, 400);
    ck_assert_uint_ge(n, 10);
    for (size_t i = 0; i < n; i++) {
        ck_assert(is_within(&boxes[i], frame));
        for (size_t k = 0; k < i; k++) {
            ck_assert_msg(!meet(&boxes[i], &boxes[k]), "lines %zu and %zu meet", k, i);
        }
    }
}

START_TEST(at_a_hundred_actors_no_name_meets_another_or_a_dot)
{
    mlg_random draw = mlg_random_stream(11, "test.drawing", "", (uint64_t) _i);
    char *study = random_study(&draw, 100, 100 + 20 * _i);
    drawn w;
    draw_study(&w, study, 1);
    assert_labels_clear(&w.d);
    assert_dots_apart(&w.d);
    assert_text_clear(mlg_buffer_string(&w.svg), &w.d.places.frame);
    drawn_free(&w);
    free(study);
}
END_TEST

static const struct {
    int32_t n, m;
} size_cases[] = {{2, 0}, {5, 4}, {20, 30}, {31, 60}, {300, 900}, {1500, 5000}};

START_TEST(the_same_holds_for_few_and_for_many)
{
    mlg_random draw = mlg_random_stream(12, "test.drawing", "", (uint64_t) _i);
    char *study = random_study(&draw, size_cases[_i].n, size_cases[_i].m);
    drawn w;
    draw_study(&w, study, 1);
    assert_labels_clear(&w.d);
    assert_dots_apart(&w.d);
    drawn_free(&w);
    free(study);
}
END_TEST

/* Discs of sectors are named all, at up to twelve. */
START_TEST(every_sector_is_named_on_the_drawing)
{
    mlg_random draw = mlg_random_stream(13, "test.drawing", "", (uint64_t) _i);
    char *study = random_study(&draw, 120, 200);
    drawn w;
    draw_study(&w, study, 1);
    const char *names = strstr(mlg_buffer_string(&w.svg), "<g class=\"wide\"");
    ck_assert_ptr_nonnull(names);
    size_t named = 0, discs = 0;
    const char *end = strstr(names, "</g>");
    for (const char *at = strstr(names, "<text"); at != NULL && at < end;
         at = strstr(at + 1, "<text")) {
        named++;
    }
    for (int32_t s = 0; s <= w.d.graph->n_sectors; s++) {
        discs += w.d.disc[s].r > 0.0;
    }
    ck_assert_uint_eq(named, discs);
    drawn_free(&w);
    free(study);
}
END_TEST

/* ---- who stands apart ------------------------------------------------------------------------ */

START_TEST(small_groups_and_isolates_stand_under_the_ring)
{
    drawn w;
    draw_study(&w,
               "actors: id,sector\na,social\nb,social\nc,hospital\nd,hospital\ne,social\n"
               "f,social\ng,hospital\nh,social\n"
               "ties: from,to\na,b\nb,c\nc,d\nd,a\na,e\nf,g\n",
               1);
    static const int32_t group[] = {-1, -1, -1, -1, -1, 0, 0, 1};
    for (int32_t v = 0; v < 8; v++) {
        ck_assert_int_eq(w.d.group[v], group[v]);
        ck_assert_int_eq(w.d.aside[v], group[v] >= 0);
    }
    ck_assert_int_eq(w.d.n_small, 1);
    ck_assert_int_eq(w.d.n_groups, 2);
    const char *svg = mlg_buffer_string(&w.svg);
    ck_assert_ptr_nonnull(strstr(svg, "Without ties to the others: 1 small group, 2 actors<"));
    ck_assert_ptr_nonnull(strstr(svg, "Without any tie: 1 actor<"));
    drawn_free(&w);
}
END_TEST

START_TEST(without_any_tie_all_stand_on_the_ring)
{
    drawn w;
    draw_study(&w,
               "actors: id,sector\na,social\nb,social\nc,hospital\nactivities: id,name\nx,X\ny,Y\n"
               "participations: actor,activity\na,x\nb,y\n",
               1);
    ck_assert_int_eq(w.d.n_groups, 0);
    ck_assert_ptr_null(strstr(mlg_buffer_string(&w.svg), "Without any tie"));
    drawn_free(&w);
    /* three pairs and no larger group: they are the network */
    draw_study(&w,
               "actors: id,sector\na,social\nb,social\nc,hospital\nd,x\ne,x\nf,x\ng,x\n"
               "ties: from,to\na,b\nc,d\ne,f\n",
               1);
    ck_assert_int_eq(w.d.n_small, 0);
    ck_assert_int_eq(w.d.n_groups, 1);
    drawn_free(&w);
}
END_TEST

/* ---- order and partners -----------------------------------------------------------------------
 */

START_TEST(dots_follow_sectors_by_size_then_ties_and_know_their_partners)
{
    drawn w;
    /* social (3): b has 3 ties, a 2, e 1; hospital (2): c 2, d 2 */
    draw_study(&w,
               "actors: id,name,sector\na,A,social\nb,B,social\nc,C,hospital\nd,D,hospital\n"
               "e,E,social\nties: from,to\na,b\nb,c\nc,d\nd,a\nb,e\n",
               1);
    static const int32_t order[] = {1, 0, 4, 2, 3};
    for (int32_t i = 0; i < 5; i++) {
        ck_assert_int_eq(w.d.order[i], order[i]);
        ck_assert_int_eq(w.d.place[order[i]], i);
    }
    static const char *const partners[] = {" data-t=\"1 3 2\"", " data-t=\"4\"", "",
                                           " data-t=\"4\"", ""};
    for (int32_t i = 0; i < 5; i++) {
        mlg_buffer text = {0};
        mlg_drawing_partners(&text, &w.d, i);
        ck_assert_str_eq(mlg_buffer_string(&text), partners[i]);
        mlg_buffer_free(&text);
    }
    drawn_free(&w);
}
END_TEST

/* ---- promises ---------------------------------------------------------------------------------
 */

START_TEST(threads_and_locale_change_no_byte)
{
    mlg_random draw = mlg_random_stream(14, "test.drawing", "", 0);
    char *study = random_study(&draw, 150, 300);
    drawn one, four;
    draw_study(&one, study, 1);
    const char *had = setlocale(LC_ALL, "fr_FR.UTF-8");
    had = had != NULL ? had : setlocale(LC_ALL, "tr_TR.UTF-8");
    draw_study(&four, study, 4);
    setlocale(LC_ALL, "C");
    ck_assert_str_eq(mlg_buffer_string(&one.svg), mlg_buffer_string(&four.svg));
    drawn_free(&one);
    drawn_free(&four);
    free(study);
}
END_TEST

START_TEST(any_allocation_may_fail)
{
    mlg_random draw = mlg_random_stream(15, "test.drawing", "", 0);
    char *study = random_study(&draw, 40, 40);
    reported r;
    mlg_status status = MLG_ENOMEM;
    reported_open(&r, study);
    for (long n = 0; status == MLG_ENOMEM; n++) {
        mlg_drawing d = {.results = &r.results, .graph = mlg_context_graph(r.context, 0)};
        mlg_buffer svg = {0};
        mlg_alloc_fails_at = n;
        status = mlg_drawing_open(&d, (size_t) d.graph->n, NULL);
        status = status == MLG_OK ? mlg_drawing_svg(&d, &svg, NULL) : status;
        const bool failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_msg(status == (failed ? MLG_ENOMEM : MLG_OK), "allocation %ld: %d", n, status);
        ck_assert(failed || n >= 60);
        mlg_drawing_close(&d);
        mlg_buffer_free(&svg);
    }
    reported_close(&r);
    free(study);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("drawing");
    TCase *drawing = tcase_create("drawing");
    tcase_set_timeout(drawing, 120);
    tcase_add_loop_test(drawing, at_a_hundred_actors_no_name_meets_another_or_a_dot, 0, 30);
    tcase_add_loop_test(drawing, the_same_holds_for_few_and_for_many, 0,
                        (int) (sizeof size_cases / sizeof *size_cases));
    tcase_add_loop_test(drawing, every_sector_is_named_on_the_drawing, 0, 10);
    tcase_add_test(drawing, small_groups_and_isolates_stand_under_the_ring);
    tcase_add_test(drawing, without_any_tie_all_stand_on_the_ring);
    tcase_add_test(drawing, dots_follow_sectors_by_size_then_ties_and_know_their_partners);
    tcase_add_test(drawing, threads_and_locale_change_no_byte);
    tcase_add_test(drawing, any_allocation_may_fail);
    suite_add_tcase(suite, drawing);
    return suite_run(suite);
}
