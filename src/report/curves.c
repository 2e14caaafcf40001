/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/curves.h"

#include <math.h>
#include <string.h>

#include "report/curves_plot.h"
#include "report/drawing.h"
#include "report/escape.h"
#include "report/letters.h"

#define LEFT   84.0
#define RIGHT  16.0
#define HEIGHT 320.0 /* between the axes */
#define FOOT   62.0  /* under them: numbers and what they count */
#define MARK   1.1   /* ems before a name, for its mark */
#define THIN   1.5   /* points nearer than that are one */

/* Lines differ in colour and in the mark on them; each at least 4.5:1 on white. */
static const struct {
    const char *colour, *mark;
} looks[MLG_CURVES] = {
    {"#0b6e99", "m-4-4h8v8h-8z"},  {"#b3500b", "m0-5 5 9h-10z"},  {"#5b4aa0", "m0-6 5 6-5 6-5-6z"},
    {"#3f6b1f", "m-5-4h10l-5 9z"}, {"#a3296b", "m-2-5h4v10h-4z"}, {"#5f6368", "m-5-2h10v4h-10z"},
};

/* A chart being written. */
typedef struct chart {
    mlg_buffer *out;
    const mlg_results *results;
    const mlg_curve_axes *axes;
    mlg_plot plot;
    double height;
    double x, y; /* where the path being written is, in tenths */
    bool lined;  /* and whether its last command was a line */
} chart;

/* ---- words --------------------------------------------------------------------------------- */

static void say(chart *c, mlg_buffer *text, const mlg_sentence *sentence)
{
    mlg_say(text, c->results, c->results->labels.language, sentence->key, sentence->args,
            sentence->n_args);
}

static void escape(chart *c, mlg_buffer *text)
{
    mlg_html_escape(c->out, mlg_buffer_string(text));
    c->out->failed = c->out->failed || text->failed;
    mlg_buffer_free(text);
}

/* A number on an axis, as the language writes it. */
static void tell(chart *c, mlg_buffer *text, double value, double step, bool share)
{
    int digits = 0;
    for (double s = share ? 100.0 * step : step; s > 0.0 && digits < 6; s *= 10.0, digits++) {
        if (fabs(s - floor(s + 0.5)) < 1e-6 * s) {
            break;
        }
    }
    const mlg_arg arg = share         ? mlg_arg_share(value, digits)
                        : digits == 0 ? mlg_arg_count(floor(value + 0.5))
                                      : mlg_arg_number(value, digits);
    mlg_text_arg(text, c->results->labels.language, &arg);
}

/* The same of a number that need not stand on a tick: whole ones have no decimals. */
static void tell_any(chart *c, mlg_buffer *text, double value, double step, bool share)
{
    const double shown = share ? 100.0 * value : value;
    const bool whole = fabs(shown - floor(shown + 0.5)) < 1e-9;
    tell(c, text, value, whole ? (share ? 0.01 : 1.0) : step / 10.0, share);
}

static void word(chart *c, const char *anchor, double x, double y, mlg_buffer *text)
{
    mlg_buffer_text(c->out, "<text");
    if (anchor != NULL) {
        mlg_buffer_format(c->out, " text-anchor=\"%s\"", anchor);
    }
    mlg_drawing_attribute(c->out, "x", x);
    mlg_drawing_attribute(c->out, "y", y);
    mlg_buffer_char(c->out, '>');
    escape(c, text);
    mlg_buffer_text(c->out, "</text>\n");
}

/* ---- axes ---------------------------------------------------------------------------------- */

static double first_tick(const mlg_plot *plot)
{
    return plot->step_across * ceil(plot->left / plot->step_across - 1e-9);
}

static void lines(chart *c)
{
    const mlg_plot *p = &c->plot;

    mlg_buffer_text(c->out, "<path stroke=\"#d8d9d5\" d=\"");
    for (int i = 1; i * p->step_up <= p->top * (1.0 + 1e-9); i++) {
        mlg_drawing_point(c->out, "M", p->area.left, mlg_plot_y(p, i * p->step_up), 1);
        mlg_drawing_point(c->out, "L", p->area.right, mlg_plot_y(p, i * p->step_up), 1);
    }
    mlg_buffer_text(c->out, "\"/>\n<path stroke=\"#54575e\" fill=\"none\"");
    mlg_drawing_point(c->out, " d=\"M", p->area.left, p->area.bottom, 1);
    mlg_drawing_point(c->out, "L", p->area.right, p->area.bottom, 1);
    for (int i = 0; first_tick(p) + i * p->step_across <= p->right * (1.0 + 1e-9); i++) {
        const double x = mlg_plot_x(p, first_tick(p) + i * p->step_across);
        mlg_drawing_point(c->out, "M", x, p->area.bottom, 1);
        mlg_drawing_point(c->out, "L", x, p->area.bottom + 5.0, 1);
    }
    mlg_buffer_text(c->out, "\"/>\n");
}

static void numbers(chart *c, double size)
{
    const mlg_plot *p = &c->plot;
    const double drop = p->area.bottom + 6.0 + size;

    for (int i = 0; i * p->step_up <= p->top * (1.0 + 1e-9); i++) {
        mlg_buffer text = {0};
        tell(c, &text, i * p->step_up, p->step_up, c->axes->share);
        word(c, "end", p->area.left - 8.0, mlg_plot_y(p, i * p->step_up) + 0.35 * size, &text);
    }
    for (int i = 0; first_tick(p) + i * p->step_across <= p->right * (1.0 + 1e-9); i++) {
        const double at = first_tick(p) + i * p->step_across;
        mlg_buffer text = {0};
        tell(c, &text, at, p->step_across, c->axes->across_share);
        const bool last = mlg_plot_x(p, at) > p->area.right - 20.0;
        word(c, last ? "end" : "middle", mlg_plot_x(p, at) + (last ? 12.0 : 0.0), drop, &text);
    }
    mlg_buffer across = {0};
    say(c, &across, &c->axes->across);
    word(c, "end", p->area.right + 12.0, drop + 1.25 * size, &across);
}

/* What the vertical axis counts stands over it, in as many lines as it takes. */
static void heading(chart *c, double size)
{
    mlg_buffer text = {0}, wrapped = {0};
    size_t n = 0;

    say(c, &text, &c->axes->up);
    mlg_letters_wrap(&wrapped, mlg_buffer_string(&text), (MLG_CURVES_WIDTH - 20.0) / size, false);
    for (const char *at = mlg_buffer_string(&wrapped); *at != '\0'; at++) {
        n += *at == '\n' ? 1 : 0;
    }
    const char *line = mlg_buffer_string(&wrapped);
    for (size_t i = 0; i < n; i++) {
        const size_t length = strcspn(line, "\n");
        mlg_buffer one = {0};
        mlg_buffer_bytes(&one, line, length);
        word(c, NULL, 10.0,
             c->plot.area.top - MLG_CURVES_ABOVE - 2.0 - 1.2 * size * (double) (n - 1 - i) -
                 0.2 * size,
             &one);
        line += length + 1;
    }
    c->out->failed = c->out->failed || text.failed || wrapped.failed;
    mlg_buffer_free(&text);
    mlg_buffer_free(&wrapped);
}

/* ---- curves -------------------------------------------------------------------------------- */

/* A height as far as it is drawn: to a tenth. */
static double height_of(const chart *c, double value)
{
    return floor(10.0 * mlg_plot_y(&c->plot, value) + 0.5);
}

/* Moves to a point, or draws to it: paths go by steps of tenths, which are short to write. */
static void go(chart *c, bool draws, double x, double y)
{
    if (draws) {
        mlg_drawing_point(c->out,
                          !c->lined  ? "l"
                          : x < c->x ? ""
                                     : " ",
                          (x - c->x) / 10.0, (y - c->y) / 10.0, 1);
    } else {
        mlg_drawing_point(c->out, "M", x / 10.0, y / 10.0, 1);
    }
    c->lined = draws;
    c->x = x;
    c->y = y;
}

/* One line of a curve as path data, from the first point or back from the last; a point that is
 * NaN breaks it unless `bridged`. Answers whether there was any. */
static bool trace(chart *c, const mlg_curve *curve, const double *values, bool back, bool bridged,
                  bool begun)
{
    bool drawn = false, pen = begun;
    double x = NAN;

    for (size_t k = 0; k < curve->n; k++) {
        const size_t i = back ? curve->n - 1 - k : k;
        const double next = mlg_plot_x(&c->plot, curve->at[i]);
        if (isnan(values[i])) {
            pen = pen && bridged;
            continue;
        }
        const bool last = k + 1 == curve->n;
        if (pen && !last && fabs(next - x) < THIN) {
            continue;
        }
        const double after = last ? NAN : height_of(c, values[back ? i - 1 : i + 1]);
        if (pen && height_of(c, values[i]) == c->y && after == c->y) {
            continue; /* inside a level stretch */
        }
        go(c, pen, floor(10.0 * next + 0.5), height_of(c, values[i]));
        x = next;
        pen = drawn = true;
    }
    return drawn;
}

static void band(chart *c, const mlg_curve *curve, const char *colour)
{
    if (curve->low == NULL || curve->high == NULL) {
        return;
    }
    mlg_buffer_format(c->out, "<path fill=\"%s\" fill-opacity=\".13\" d=\"", colour);
    if (trace(c, curve, curve->high, false, true, false)) {
        trace(c, curve, curve->low, true, true, true);
        mlg_buffer_char(c->out, 'Z');
    }
    mlg_buffer_format(
        c->out, "\"/>\n<path fill=\"none\" stroke=\"%s\" stroke-dasharray=\"1 3\" d=\"", colour);
    trace(c, curve, curve->high, false, false, false);
    trace(c, curve, curve->low, false, false, false);
    mlg_buffer_text(c->out, "\"/>\n");
}

/* Marks along the line, those of each curve at places of their own. */
static void marks(chart *c, size_t which)
{
    const mlg_curve *curve = &c->plot.curves[which];
    const double apart = (c->plot.area.right - c->plot.area.left) / 6.0;
    double next = c->plot.area.left + apart * (0.3 + 0.8 * (double) which / (double) c->plot.n);

    mlg_buffer_format(c->out, "<path fill=\"%s\" d=\"", looks[which].colour);
    for (size_t i = 0; i < curve->n; i++) {
        const double x = mlg_plot_x(&c->plot, curve->at[i]);
        if (x >= next && !isnan(curve->value[i])) {
            mlg_drawing_point(c->out, "M", x, mlg_plot_y(&c->plot, curve->value[i]), 1);
            mlg_buffer_text(c->out, looks[which].mark);
            next = x + apart;
        }
    }
    mlg_buffer_text(c->out, "\"/>\n");
}

static void draw(chart *c)
{
    for (size_t i = 0; i < c->plot.n; i++) {
        band(c, &c->plot.curves[i], looks[i].colour);
    }
    for (size_t i = 0; i < c->plot.n; i++) {
        const mlg_curve *curve = &c->plot.curves[i];
        if (curve->worst != NULL) {
            mlg_buffer_format(c->out,
                              "<path fill=\"none\" stroke=\"%s\" stroke-dasharray=\"6 4\" d=\"",
                              looks[i].colour);
            trace(c, curve, curve->worst, false, false, false);
            mlg_buffer_text(c->out, "\"/>\n");
        }
        mlg_buffer_format(c->out, "<path fill=\"none\" stroke=\"%s\" stroke-width=\"2.2\" d=\"",
                          looks[i].colour);
        trace(c, curve, curve->value, false, false, false);
        mlg_buffer_text(c->out, "\"/>\n");
        marks(c, i);
    }
}

/* Names are placed by the curve that has least choice, then by the next. */
static void place_names(const chart *c, const double *width, double height, mlg_plot_name *place)
{
    mlg_plot_name taken[MLG_CURVES];
    bool done[MLG_CURVES] = {false};

    for (size_t n = 0; n < c->plot.n; n++) {
        size_t hardest = MLG_CURVES;
        double most = -1.0;
        for (size_t i = 0; i < c->plot.n; i++) {
            mlg_plot_name name;
            const double cost =
                done[i] ? -1.0 : mlg_plot_place(&c->plot, i, width[i], height, taken, n, &name);
            if (cost > most) {
                most = cost;
                hardest = i;
                taken[n] = name;
            }
        }
        place[hardest] = taken[n];
        done[hardest] = true;
    }
}

static void one_name(chart *c, size_t i, const mlg_plot_name *name, double size, mlg_buffer *text)
{
    if (name->led) {
        mlg_buffer_format(c->out, "<path stroke=\"%s\"", looks[i].colour);
        mlg_drawing_point(c->out, " d=\"M", name->line.x0, name->line.y0, 1);
        mlg_drawing_point(c->out, "L", name->line.x1, name->line.y1, 1);
        mlg_buffer_text(c->out, "\"/>\n");
    }
    mlg_buffer_format(c->out,
                      "<g fill=\"%s\" font-weight=\"600\" stroke=\"#fff\" stroke-width=\"3\" "
                      "stroke-linejoin=\"round\" paint-order=\"stroke\">",
                      looks[i].colour);
    mlg_drawing_point(c->out, "<path transform=\"translate(", name->box.left + 0.5 * MARK * size,
                      name->box.bottom - 0.6 * size, 1);
    mlg_buffer_text(c->out, size > MLG_CURVES_SIZE ? ") scale(1.5)\"" : ")\"");
    mlg_buffer_format(c->out, " d=\"M0 0%s\"/>", looks[i].mark);
    word(c, NULL, name->box.left + MARK * size, name->box.bottom - 0.28 * size, text);
    mlg_buffer_text(c->out, "</g>\n");
}

static void names(chart *c, double size)
{
    mlg_buffer text[MLG_CURVES] = {{0}};
    mlg_plot_name place[MLG_CURVES] = {{.led = false}};
    double width[MLG_CURVES];
    const double most = (c->plot.area.right - c->plot.area.left - 8.0) / size - MARK;

    for (size_t i = 0; i < c->plot.n; i++) {
        mlg_buffer whole = {0};
        say(c, &whole, &c->plot.curves[i].name);
        mlg_letters_fit(&text[i], mlg_buffer_string(&whole), most, true);
        width[i] = size * MARK + size * mlg_letters_width(mlg_buffer_string(&text[i]), true);
        c->out->failed = c->out->failed || whole.failed;
        mlg_buffer_free(&whole);
    }
    place_names(c, width, 1.15 * size, place);
    for (size_t i = 0; i < c->plot.n; i++) {
        one_name(c, i, &place[i], size, &text[i]);
    }
}

/* ---- the element --------------------------------------------------------------------------- */

/* The first, the middle and the last point that have a number. */
static void describe_curve(chart *c, const mlg_curve *curve)
{
    size_t at[3] = {0}, n = 0, k = 0;
    mlg_buffer name = {0}, number[6] = {0}, text = {0};
    mlg_arg args[7];

    for (size_t i = 0; i < curve->n; i++) {
        n += isnan(curve->value[i]) ? 0 : 1;
    }
    for (size_t i = 0; i < curve->n; i++) {
        if (!isnan(curve->value[i])) {
            at[0] = k == 0 ? i : at[0];
            at[1] = k == n / 2 ? i : at[1];
            at[2] = i;
            k++;
        }
    }
    if (n > 0) {
        say(c, &name, &curve->name);
        args[0] = mlg_arg_text(mlg_buffer_string(&name));
        for (size_t i = 0; i < 3; i++) {
            tell_any(c, &number[2 * i], curve->value[at[i]], c->plot.step_up, c->axes->share);
            tell_any(c, &number[2 * i + 1], curve->at[at[i]], c->plot.step_across,
                     c->axes->across_share);
            args[2 * i + 1] = mlg_arg_text(mlg_buffer_string(&number[2 * i]));
            args[2 * i + 2] = mlg_arg_text(mlg_buffer_string(&number[2 * i + 1]));
        }
        mlg_say(&text, c->results, c->results->labels.language, T_curves_describe, args, 7);
        mlg_buffer_char(c->out, ' ');
        for (size_t i = 0; i < 6; i++) {
            c->out->failed = c->out->failed || number[i].failed;
            mlg_buffer_free(&number[i]);
        }
    }
    c->out->failed = c->out->failed || name.failed;
    mlg_buffer_free(&name);
    escape(c, &text);
}

static void opening(chart *c, const char *file, const mlg_sentence *caption)
{
    const int stem = (int) strcspn(file, "."), height = (int) ceil(c->height);
    mlg_buffer title = {0}, up = {0}, across = {0}, axes = {0};

    mlg_buffer_format(c->out,
                      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"curves\" xml:lang=\"%s\" "
                      "width=\"640\" height=\"%d\" viewBox=\"0 0 640 %d\" role=\"img\" "
                      "aria-labelledby=\"%.*s-figure %.*s-desc\" font-family=\"Arial, Helvetica, "
                      "'Liberation Sans', 'DejaVu Sans', sans-serif\">\n<title id=\"%.*s-figure\">",
                      c->results->labels.language == MLG_FR ? "fr" : "en", height, height, stem,
                      file, stem, file, stem, file);
    say(c, &title, caption);
    escape(c, &title);
    mlg_buffer_format(c->out, "</title>\n<desc id=\"%.*s-desc\">", stem, file);
    say(c, &up, &c->axes->up);
    say(c, &across, &c->axes->across);
    const mlg_arg args[] = {mlg_arg_text(mlg_buffer_string(&up)),
                            mlg_arg_text(mlg_buffer_string(&across))};
    mlg_say(&axes, c->results, c->results->labels.language, T_curves_axes, args, 2);
    c->out->failed = c->out->failed || up.failed || across.failed;
    escape(c, &axes);
    mlg_buffer_free(&up);
    mlg_buffer_free(&across);
    for (size_t i = 0; i < c->plot.n; i++) {
        describe_curve(c, &c->plot.curves[i]);
    }
    mlg_buffer_format(c->out, "</desc>\n<rect fill=\"#fff\" width=\"640\" height=\"%d\"/>\n",
                      height);
}

/* The words of one screen: they stand twice, for wide ones and for narrow ones. */
static void words(chart *c, const char *attributes, double size)
{
    mlg_buffer_format(c->out, "<g %s fill=\"#1c1c1e\" aria-hidden=\"true\"", attributes);
    mlg_drawing_attribute(c->out, "font-size", size);
    mlg_buffer_text(c->out, ">\n");
    heading(c, size);
    numbers(c, size);
    names(c, size);
    mlg_buffer_text(c->out, "</g>\n");
}

/* Room over the axes for what they count, where it takes most lines. */
static double room_above(chart *c)
{
    mlg_buffer text = {0}, wrapped = {0};
    double lines_of = 0.0;

    say(c, &text, &c->axes->up);
    mlg_letters_wrap(&wrapped, mlg_buffer_string(&text),
                     (MLG_CURVES_WIDTH - 20.0) / MLG_CURVES_NARROW, false);
    for (const char *at = mlg_buffer_string(&wrapped); *at != '\0'; at++) {
        lines_of += *at == '\n' ? 1.0 : 0.0;
    }
    c->out->failed = c->out->failed || text.failed || wrapped.failed;
    mlg_buffer_free(&text);
    mlg_buffer_free(&wrapped);
    return 6.0 + MLG_CURVES_ABOVE + 1.2 * MLG_CURVES_NARROW * lines_of;
}

mlg_figure *mlg_doc_curves(mlg_document *document, const char *file, mlg_sentence caption,
                           const mlg_curve_axes *axes, const mlg_curve *curves, size_t n)
{
    chart c = {.results = document->results,
               .axes = axes,
               .plot = {.curves = curves, .n = n < MLG_CURVES ? n : MLG_CURVES}};

    if (!mlg_plot_scale(&c.plot, axes)) {
        return NULL;
    }
    mlg_figure *figure = mlg_doc_figure(document, file, caption);
    if (figure == NULL) {
        return NULL;
    }
    c.out = &figure->svg;
    const double top = room_above(&c);
    c.plot.area = (mlg_box){LEFT, top, MLG_CURVES_WIDTH - RIGHT, top + HEIGHT};
    c.height = top + HEIGHT + FOOT;
    opening(&c, file, &caption);
    lines(&c);
    draw(&c);
    words(&c, "class=\"wide\"", MLG_CURVES_SIZE);
    words(&c, "class=\"narrow\" display=\"none\"", MLG_CURVES_NARROW);
    mlg_buffer_text(c.out, "</svg>");
    document->failed = document->failed || c.out->failed;
    return figure;
}
