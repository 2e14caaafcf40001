/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/curves.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "report/curves_plot.h"
#include "reported.h"
#include "suite.h"

#define FRENCH_SPACE "\xe2\x80\xaf" /* U+202F */

static const char tables[] = "actors: id,kind\nA,organisation\nB,organisation\n"
                             "ties: from,to,kind\nA,B,works_with\n";

enum { N = 11 };

/* A line from 1 down to 1 - fall, with a band around it. */
typedef struct fall {
    double at[N], value[N], low[N], high[N], worst[N];
} fall;

static void fill(fall *f, double by)
{
    for (int i = 0; i < N; i++) {
        f->at[i] = 0.02 * i;
        f->value[i] = 1.0 - by * i / (N - 1);
        f->low[i] = fmax(0.0, f->value[i] - 0.02 * i);
        f->high[i] = fmin(1.0, f->value[i] + 0.01 * i);
        f->worst[i] = fmax(0.0, f->low[i] - 0.02 * i);
    }
}

static mlg_sentence words(const char *text)
{
    const mlg_arg arg = mlg_arg_text(text);
    return mlg_sentence_of(T_gaps_title, &arg, 1); /* "{0}" */
}

static mlg_curve_axes axes_of(double top)
{
    return (mlg_curve_axes){words("share <removed>"), words("pairs & more"), top, true, true, 0.0};
}

static const char *svg_of(const mlg_figure *figure)
{
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

static void open_document(reported *r, mlg_document *document, mlg_language language)
{
    reported_open(r, tables);
    r->results.labels.language = language;
    *document = (mlg_document){.results = &r->results};
    mlg_doc_section(document, "turnover", T_section_turnover);
}

/* ---- what is drawn ------------------------------------------------------------------------ */

START_TEST(a_chart_has_its_axes_words_and_a_text_for_who_cannot_see_it)
{
    reported r;
    mlg_document document;
    fall f;
    open_document(&r, &document, _i == 0 ? MLG_FR : MLG_EN);
    fill(&f, 0.6);
    const mlg_curve curve = {words("pairs"), f.at, f.value, f.low, f.high, f.worst, N};
    const mlg_curve_axes axes = axes_of(1.0);
    const char *svg =
        svg_of(mlg_doc_curves(&document, "fall.svg", words("caption"), &axes, &curve, 1));
    ck_assert_ptr_nonnull(strstr(svg, "role=\"img\" aria-labelledby=\"fall-figure fall-desc\""));
    ck_assert_ptr_nonnull(strstr(svg, "<title id=\"fall-figure\">caption</title>"));
    ck_assert_ptr_nonnull(strstr(svg, "share &lt;removed&gt;"));
    ck_assert_ptr_nonnull(strstr(svg, "pairs &amp; more"));
    ck_assert_ptr_null(strstr(svg, "<removed>"));
    ck_assert_ptr_null(strstr(svg, "style=")); /* the page's policy */
    const char *end =
        _i == 0 ? ", 40" FRENCH_SPACE "% à 20" FRENCH_SPACE "%.</desc>" : ", 40% at 20%.</desc>";
    ck_assert_ptr_nonnull(strstr(svg, end));
    /* 0, 20 ... 100 upwards, 0, 5 ... 20 across, for two screens */
    ck_assert_uint_eq(times(svg, _i == 0 ? ">100" FRENCH_SPACE "%<" : ">100%<"), 2);
    ck_assert_uint_eq(times(svg, _i == 0 ? ">15" FRENCH_SPACE "%<" : ">15%<"), 2);
    ck_assert_uint_eq(times(svg, "stroke-dasharray=\"6 4\""), 1); /* the worst */
    ck_assert_uint_eq(times(svg, "stroke-dasharray=\"1 3\""), 1); /* the band's edges */
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(fractions_have_the_comma_of_the_language)
{
    reported r;
    mlg_document document;
    fall f;
    open_document(&r, &document, MLG_FR);
    fill(&f, 0.6);
    const mlg_curve curve = {.name = words("x"), .at = f.at, .value = f.value, .n = N};
    mlg_curve_axes axes = axes_of(NAN);
    axes.share = axes.across_share = false;
    const char *svg = svg_of(mlg_doc_curves(&document, "f.svg", words("c"), &axes, &curve, 1));
    ck_assert_ptr_nonnull(strstr(svg, ">0,8<"));
    ck_assert_ptr_nonnull(strstr(svg, ">0,05<"));
    ck_assert_ptr_null(strstr(svg, ">0.8<"));
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

START_TEST(what_has_no_number_breaks_the_line_and_nothing_makes_no_figure)
{
    reported r;
    mlg_document document;
    fall f;
    open_document(&r, &document, MLG_FR);
    fill(&f, 0.6);
    f.value[5] = NAN;
    const mlg_curve_axes axes = axes_of(1.0);
    mlg_curve curve = {.name = words("x"), .at = f.at, .value = f.value, .n = N};
    const char *svg = svg_of(mlg_doc_curves(&document, "f.svg", words("c"), &axes, &curve, 1));
    const char *line = strstr(svg, "stroke-width=\"2.2\" d=\"");
    ck_assert_ptr_nonnull(line);
    size_t moves = 0;
    for (line += strlen("stroke-width=\"2.2\" d=\""); *line != '"'; line++) {
        moves += *line == 'M' ? 1 : 0;
    }
    ck_assert_uint_eq(moves, 2);
    ck_assert_ptr_null(strstr(svg, "nan"));
    const size_t blocks = document.sections[0].n;
    for (int i = 0; i < N; i++) {
        f.value[i] = NAN;
    }
    ck_assert_ptr_null(mlg_doc_curves(&document, "g.svg", words("c"), &axes, &curve, 1));
    curve.n = 0;
    ck_assert_ptr_null(mlg_doc_curves(&document, "g.svg", words("c"), &axes, &curve, 1));
    ck_assert_ptr_null(mlg_doc_curves(&document, "g.svg", words("c"), &axes, NULL, 0));
    ck_assert_uint_eq(document.sections[0].n, blocks);
    ck_assert(!document.failed);
    mlg_document_free(&document);
    reported_close(&r);
}
END_TEST

/* ---- scales and names --------------------------------------------------------------------- */

static const struct {
    double most, asked, top, step;
} scales[] = {
    {0.83, NAN, 1.0, 0.2},
    {1.0, NAN, 1.0, 0.2},
    {37.0, NAN, 40.0, 10.0},
    {0.0, NAN, 1.0, 0.2},
    {7.0, NAN, 8.0, 2.0},
    {0.4, 1.0, 1.0, 0.2},
    {10500.0, NAN, 15000.0, 5000.0},
};

START_TEST(scales_end_at_round_numbers)
{
    const double at[] = {0.0, 36.0}, value[] = {scales[_i].most, 0.0};
    const mlg_curve curve = {.at = at, .value = value, .n = 2};
    mlg_plot plot = {.curves = &curve, .n = 1};
    mlg_curve_axes axes = axes_of(scales[_i].asked);
    ck_assert(mlg_plot_scale(&plot, &axes));
    ck_assert_double_eq_tol(plot.top, scales[_i].top, 1e-9 * scales[_i].top);
    ck_assert_double_eq_tol(plot.step_up, scales[_i].step, 1e-9 * scales[_i].step);
    ck_assert_double_eq(plot.left, 0.0);
    ck_assert_double_eq(plot.right, 36.0);
    ck_assert_double_eq_tol(plot.step_across, 10.0, 1e-9);
    axes.step = 12.0;
    ck_assert(mlg_plot_scale(&plot, &axes));
    ck_assert_double_eq(plot.step_across, 12.0);
}
END_TEST

static bool apart_from(const mlg_box *a, const mlg_box *b)
{
    return a->right <= b->left || b->right <= a->left || a->bottom <= b->top || b->bottom <= a->top;
}

/* Lines that fan out: each name beside its own line, off the other lines and names. */
START_TEST(names_stand_off_the_lines_and_off_each_other)
{
    fall f[4];
    mlg_curve curves[4];
    mlg_plot_name names[4];
    for (int i = 0; i < 4; i++) {
        fill(&f[i], 0.1 + 0.28 * i);
        curves[i] = (mlg_curve){.at = f[i].at, .value = f[i].value, .n = N};
    }
    mlg_plot plot = {.area = {84.0, 80.0, 624.0, 400.0}, .curves = curves, .n = 4};
    const mlg_curve_axes axes = axes_of(1.0);
    ck_assert(mlg_plot_scale(&plot, &axes));
    for (size_t i = 0; i < 4; i++) {
        const double cost = mlg_plot_place(&plot, i, 120.0, 16.0, names, i, &names[i]);
        const mlg_box *box = &names[i].box;
        ck_assert(cost < 140.0);
        ck_assert(box->left >= plot.area.left && box->right <= plot.area.right);
        ck_assert(box->bottom <= plot.area.bottom);
        ck_assert_double_eq_tol(box->right - box->left, 120.0, 1e-9);
        for (size_t c = 0; c < 4; c++) {
            for (double x = box->left; x <= box->right; x += 1.0) {
                const double share = (x - plot.area.left) / (plot.area.right - plot.area.left);
                const double y = mlg_plot_y(&plot, 1.0 - (0.1 + 0.28 * (double) c) * share);
                ck_assert(y < box->top || y > box->bottom);
            }
        }
        for (size_t other = 0; other < i; other++) {
            ck_assert(apart_from(box, &names[other].box));
        }
    }
}
END_TEST

/* Six lines on top of each other leave no room beside them: names stand apart, with a line. */
START_TEST(without_room_a_name_is_led_to_its_line)
{
    fall f;
    mlg_curve curves[3];
    mlg_plot_name names[3];
    fill(&f, 0.2);
    for (int i = 0; i < 3; i++) {
        curves[i] = (mlg_curve){.at = f.at, .value = f.value, .n = N};
    }
    mlg_plot plot = {.area = {84.0, 80.0, 624.0, 400.0}, .curves = curves, .n = 3};
    const mlg_curve_axes axes = axes_of(1.0);
    ck_assert(mlg_plot_scale(&plot, &axes));
    for (size_t i = 0; i < 3; i++) {
        mlg_plot_place(&plot, i, 200.0, 16.0, names, i, &names[i]);
        for (size_t other = 0; other < i; other++) {
            ck_assert(apart_from(&names[i].box, &names[other].box));
        }
    }
}
END_TEST

/* ---- failures ----------------------------------------------------------------------------- */

START_TEST(memory_that_is_short_fails_the_document)
{
    reported r;
    fall f;
    reported_open(&r, tables);
    fill(&f, 0.6);
    const mlg_curve curves[] = {{words("a name"), f.at, f.value, f.low, f.high, f.worst, N},
                                {words("another"), f.at, f.low, NULL, NULL, NULL, N}};
    const mlg_curve_axes axes = axes_of(NAN);
    long n = 0;
    for (bool failed = true; failed; n++) {
        mlg_document document = {.results = &r.results};
        mlg_doc_section(&document, "turnover", T_section_turnover);
        mlg_alloc_fails_at = n;
        const mlg_figure *figure = mlg_doc_curves(&document, "f.svg", words("c"), &axes, curves, 2);
        failed = mlg_alloc_fails_at < 0;
        mlg_alloc_fails_at = -1;
        ck_assert(document.failed == failed);
        ck_assert(failed || figure != NULL);
        mlg_document_free(&document);
    }
    ck_assert_int_gt(n, 10);
    reported_close(&r);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("curves");
    TCase *drawn = tcase_create("drawn");
    tcase_add_loop_test(drawn, a_chart_has_its_axes_words_and_a_text_for_who_cannot_see_it, 0, 2);
    tcase_add_test(drawn, fractions_have_the_comma_of_the_language);
    tcase_add_test(drawn, what_has_no_number_breaks_the_line_and_nothing_makes_no_figure);
    tcase_add_test(drawn, memory_that_is_short_fails_the_document);
    suite_add_tcase(suite, drawn);
    TCase *placed = tcase_create("placed");
    tcase_add_loop_test(placed, scales_end_at_round_numbers, 0,
                        (int) (sizeof scales / sizeof *scales));
    tcase_add_test(placed, names_stand_off_the_lines_and_off_each_other);
    tcase_add_test(placed, without_room_a_name_is_led_to_its_line);
    suite_add_tcase(suite, placed);
    return suite_run(suite);
}
