/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "report/map_plot.h"
#include "report/overlap_plot.h"
#include "report/section.h"
#include "reported.h"
#include "suite.h"

/* Five communes, two schemes that cross, a third over one of them. By hand:
 *   c1 (100): A        c2 (300): A and B     c3 (400): B     c4 (150): A, B and C   c5 (50): none
 */
#define UNITS                                                                                      \
    "c1,Un,commune,100,0,45\nc2,<Deux>,commune,300,1,45\nc3,Trois,commune,400,0,46\n"              \
    "c4,Quatre,commune,150,1,46\nc5,Cinq,commune,50,,\n"
static const char tables[] =
    "study: key,value\ndate,2024-01-01\n"
    "territories: id,name,scale,population,lon,lat\n" UNITS "a,Aire A,epci,,,\nb,Aire B,epci,,,\n"
    "c,Aire C,epci,,,\n"
    "perimeters: territory,unit,share\na,c1,\na,c2,\na,c4,0.5\nb,c2,\nb,c3,\nb,c4,\nc,c4,\n"
    "schemes: id,kind,territory\nSA,cls,a\nSB,clsm,b\nSC,cpts,c\n";

static void open_document(reported *r, mlg_document *document, const char *text,
                          mlg_language language)
{
    reported_open(r, text);
    r->results.labels.language = language;
    *document = (mlg_document){.results = &r->results};
    mlg_doc_section(document, "territories", T_section_territories);
}

/* The n-th figure of the document's only section. */
static const mlg_figure *figure_of(const mlg_document *document, const char *file)
{
    for (size_t i = 0; i < document->sections[0].n; i++) {
        const mlg_block *block = &document->sections[0].blocks[i];
        if (block->kind == MLG_BLOCK_FIGURE && strcmp(block->figure->file, file) == 0) {
            return block->figure;
        }
    }
    return NULL;
}

static const char *svg_of(const mlg_document *document, const char *file)
{
    const mlg_figure *figure = figure_of(document, file);
    ck_assert_ptr_nonnull(figure);
    return mlg_buffer_string(&figure->svg);
}

static size_t times(const char *text, const char *part)
{
    size_t n = 0;
    while ((text = strstr(text, part)) != NULL) {
        n++;
        text += strlen(part);
    }
    return n;
}

START_TEST(every_unit_is_in_one_combination)
{
    reported r;
    mlg_document document;
    open_document(&r, &document, tables, MLG_EN);
    mlg_part_overlap(&document);
    ck_assert(!document.failed);
    const char *svg = svg_of(&document, "overlap.svg");
    ck_assert_ptr_nonnull(strstr(svg, "5 combinations of 3 perimeters. The one with most residents "
                                      "has 1 perimeter and 40% of residents."));
    /* 400, 300, 150, 100, 50 of 1,000: once for each screen */
    static const char *const shares[] = {">40%<", ">30%<", ">15%<", ">10%<", ">5%<"};
    for (size_t i = 0; i < 5; i++) {
        ck_assert_msg(times(svg, shares[i]) == 2, "%s", shares[i]);
    }
    ck_assert_uint_eq(times(svg, ">1</text>"), 10); /* one unit in each, for two screens */
    /* dark dots: B; A B; A B C; A; none = 7 of 15 */
    ck_assert_uint_eq(times(svg, "<circle fill=\"#0b4f6c\""), 7);
    ck_assert_uint_eq(times(svg, "<circle fill=\"#d8d9d5\""), 8);
    ck_assert_uint_eq(times(svg, "stroke-width=\"2.5\""), 2); /* two combinations of several */
    /* largest first: B 850 residents, A 550, C 150 */
    const char *b = strstr(svg, "Aire B"), *a = strstr(svg, "Aire A"), *c = strstr(svg, "Aire C");
    ck_assert(b != NULL && b < a && a < c);
    ck_assert_ptr_nonnull(strstr(svg, "(3 units)"));
    ck_assert_ptr_null(strstr(svg, "style=")); /* the page's policy */
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(without_residents_units_are_counted)
{
    reported r;
    mlg_document document;
    open_document(&r, &document, "perimeters: territory,unit\na,c1\na,c2\nb,c2\nb,c3\nb,c4\n",
                  MLG_FR);
    mlg_part_overlap(&document);
    const mlg_figure *figure = figure_of(&document, "overlap.svg");
    ck_assert_ptr_nonnull(figure);
    ck_assert_int_eq(figure->note.key, T_overlap_note_units);
    ck_assert_uint_eq(times(mlg_buffer_string(&figure->svg), ">50\xe2\x80\xaf%<"), 2);
    ck_assert_ptr_null(figure_of(&document, "map.svg")); /* nothing says where they are */
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(many_perimeters_are_cut_and_it_is_said)
{
    char text[4096] = "perimeters: territory,unit\n";
    reported r;
    mlg_document document;
    for (int p = 0; p < 20; p++) { /* p has units 0..p: twenty combinations of the ten largest */
        for (int u = 0; u <= p; u++) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "p%d,u%d\n", p, u);
        }
    }
    open_document(&r, &document, text, MLG_EN);
    mlg_part_overlap(&document);
    const mlg_figure *figure = figure_of(&document, "overlap.svg");
    ck_assert_ptr_nonnull(figure);
    ck_assert_int_eq(figure->note.key, T_overlap_note_rows_units);
    ck_assert(figure->note.args[0].number == MLG_OVERLAP_ROWS);
    ck_assert(figure->note.args[1].number == 20.0);
    ck_assert(figure->note.args[3].number == 10.0); /* units 0..10 are in all ten */
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

/* Twelve schemes of one kind, each in the next, and three apart of another: kinds take turns, and
 * what adds nothing to its own kind comes last. */
START_TEST(kinds_take_turns)
{
    char text[4096] = "schemes: id,kind,territory\n";
    reported r;
    mlg_document document;
    for (int p = 0; p < 12; p++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "S%d,cls,p%02d\n", p, p);
    }
    strcat(text, "Q1,cpts,q1\nQ2,cpts,q2\nQ3,cpts,q3\nperimeters: territory,unit\n"
                 "q1,u0\nq1,u1\nq2,u2\nq3,u3\n");
    for (int p = 0; p < 12; p++) {
        for (int u = 0; u <= p; u++) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "p%02d,u%d\n", p, u);
        }
    }
    open_document(&r, &document, text, MLG_EN);
    mlg_part_overlap(&document);
    const char *svg = svg_of(&document, "overlap.svg");
    static const char *const drawn[] = {"p11 (", "q1 (", "q2 (", "q3 (", "p10 (", "p05 ("};
    static const char *const left[] = {"p04 (", "p00 ("};
    for (size_t i = 0; i < 6; i++) {
        ck_assert_msg(strstr(svg, drawn[i]) != NULL, "%s", drawn[i]);
    }
    for (size_t i = 0; i < 2; i++) {
        ck_assert_msg(strstr(svg, left[i]) == NULL, "%s", left[i]);
    }
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(one_perimeter_or_none_is_no_drawing)
{
    static const char *const texts[] = {"perimeters: territory,unit\na,c1\na,c2\n",
                                        "ties: from,to\nA,B\n"};
    reported r;
    mlg_document document;
    open_document(&r, &document, texts[_i], MLG_FR);
    mlg_part_overlap(&document);
    ck_assert(!document.failed);
    ck_assert_ptr_null(figure_of(&document, "overlap.svg"));
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(the_map_has_a_disc_where_each_unit_is)
{
    reported r;
    mlg_document document;
    open_document(&r, &document, tables, MLG_EN);
    mlg_part_overlap(&document);
    const mlg_figure *figure = figure_of(&document, "map.svg");
    ck_assert_ptr_nonnull(figure);
    const char *svg = mlg_buffer_string(&figure->svg);
    ck_assert_int_eq(figure->note.key, T_map_note_some);
    ck_assert(figure->note.args[1].number == 1.0); /* c5 has no coordinates */
    /* four discs, and five of the legend that have a stroke of their own */
    ck_assert_uint_eq(times(svg, "<circle fill="), 4);
    ck_assert_uint_eq(times(svg, "<circle stroke="), 5);
    ck_assert_uint_eq(times(svg, "<circle fill=\"#8fb8cc\""), 1); /* c2: two */
    ck_assert_uint_eq(times(svg, "<circle fill=\"#3f86a8\""), 1); /* c4: three */
    ck_assert_uint_eq(times(svg, "<circle fill=\"#cfe0e8\""), 2);
    ck_assert_ptr_nonnull(strstr(svg, "r=\"20\"")); /* c3, most residents */
    ck_assert_ptr_nonnull(strstr(svg, "&lt;Deux&gt;"));
    ck_assert_ptr_null(strstr(svg, "<Deux>"));
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

/* A degree of longitude is cos(latitude) of one of latitude: a square of 0.1 degree at 60 degrees
 * is drawn twice as high as wide. */
START_TEST(a_map_is_true_to_the_latitude)
{
    reported r;
    mlg_document document;
    mlg_map_point points[] = {{0.0, 59.95, NAN, 0, 0},
                              {0.1, 59.95, NAN, 1, 0},
                              {0.0, 60.05, NAN, 4, 0},
                              {0.1, 60.05, NAN, 9, 0}};
    double x[4], y[4];
    open_document(&r, &document, tables, MLG_EN);
    const mlg_sentence words = mlg_sentence_of(T_map_caption, NULL, 0);
    const mlg_figure *figure = mlg_doc_map(&document, "m.svg", words, words, points, 4);
    ck_assert_ptr_nonnull(figure);
    const char *at = mlg_buffer_string(&figure->svg);
    for (int i = 0; i < 4; i++) {
        at = strstr(at, "<circle fill=");
        ck_assert_ptr_nonnull(at);
        const char *cx = strstr(at, "cx=\""), *cy = strstr(at, "cy=\"");
        x[i] = atof(cx + 4);
        y[i] = atof(cy + 4);
        at++;
    }
    double width = 0.0, height = 0.0;
    for (int i = 1; i < 4; i++) {
        width = fmax(width, fabs(x[i] - x[0]));
        height = fmax(height, fabs(y[i] - y[0]));
    }
    ck_assert_double_eq_tol(height / width, 2.0, 0.01);
    mlg_map_point same[] = {{1.0, 1.0, 5.0, 0, 0}, {1.0, 1.0, 5.0, 0, 0}};
    ck_assert_ptr_null(mlg_doc_map(&document, "s.svg", words, words, same, 2));
    ck_assert_ptr_null(mlg_doc_map(&document, "n.svg", words, words, same, 0));
    ck_assert(!document.failed);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(memory_that_is_short_fails_the_document)
{
    reported r;
    reported_open(&r, tables);
    for (long n = 0;; n++) {
        mlg_document document = {.results = &r.results};
        mlg_doc_section(&document, "territories", T_section_territories);
        mlg_alloc_fails_at = n;
        mlg_part_overlap(&document);
        const bool reached = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert_msg(document.failed == reached, "allocation %ld", n);
        mlg_document_free(&document);
        if (!reached) {
            ck_assert_int_gt(n, 20);
            break;
        }
    }
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("overlap");
    TCase *tests = tcase_create("overlap");
    tcase_add_test(tests, every_unit_is_in_one_combination);
    tcase_add_test(tests, without_residents_units_are_counted);
    tcase_add_test(tests, many_perimeters_are_cut_and_it_is_said);
    tcase_add_test(tests, kinds_take_turns);
    tcase_add_loop_test(tests, one_perimeter_or_none_is_no_drawing, 0, 2);
    tcase_add_test(tests, the_map_has_a_disc_where_each_unit_is);
    tcase_add_test(tests, a_map_is_true_to_the_latitude);
    tcase_add_test(tests, memory_that_is_short_fails_the_document);
    suite_add_tcase(suite, tests);
    return suite_run(suite);
}
