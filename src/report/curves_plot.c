/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/curves_plot.h"

#include <math.h>

#define LED 50.0 /* what a name costs that stands apart, with a line to its curve */

/* ---- scales ------------------------------------------------------------------------------ */

/* A step of 1, 2 or 5 times a power of ten that cuts a span in about `parts`. */
static double round_step(double span, double parts)
{
    const double rough = span / parts, power = pow(10.0, floor(log10(rough)));
    const double lead = rough / power;
    return power * (lead <= 1.0 + 1e-9 ? 1.0 : lead <= 2.0 + 1e-9 ? 2.0 : lead <= 5.0 ? 5.0 : 10.0);
}

static double larger(double most, const double *values, size_t n)
{
    for (size_t i = 0; values != NULL && i < n; i++) {
        most = values[i] > most ? values[i] : most; /* false of NaN */
    }
    return most;
}

bool mlg_plot_scale(mlg_plot *plot, const mlg_curve_axes *axes)
{
    double most = 0.0;
    bool any = false;

    for (size_t c = 0; c < plot->n; c++) {
        const mlg_curve *curve = &plot->curves[c];
        for (size_t i = 0; i < curve->n; i++) {
            if (isfinite(curve->value[i]) && isfinite(curve->at[i])) {
                plot->left = any ? fmin(plot->left, curve->at[i]) : curve->at[i];
                plot->right = any ? fmax(plot->right, curve->at[i]) : curve->at[i];
                any = true;
            }
        }
        most = larger(larger(larger(most, curve->value, curve->n), curve->high, curve->n),
                      curve->worst, curve->n);
    }
    if (!any) {
        return false;
    }
    plot->right = plot->right > plot->left ? plot->right : plot->left + 1.0;
    plot->top = isnan(axes->top) ? (most > 0.0 ? most : 1.0) : axes->top;
    plot->step_up = round_step(plot->top, 5.0);
    if (isnan(axes->top)) {
        plot->top = plot->step_up * ceil(plot->top / plot->step_up - 1e-9);
    }
    plot->step_across = axes->step > 0.0 ? axes->step : round_step(plot->right - plot->left, 6.0);
    return true;
}

/* ---- names on the lines ------------------------------------------------------------------ */

/* The points of a line one after the other, in units of the drawing. */
typedef struct piece {
    double x0, y0, x1, y1;
} piece;

static bool piece_of(const mlg_plot *plot, const mlg_curve *curve, const double *values, size_t i,
                     piece *p)
{
    *p = (piece){mlg_plot_x(plot, curve->at[i]), mlg_plot_y(plot, values[i]),
                 mlg_plot_x(plot, curve->at[i + 1]), mlg_plot_y(plot, values[i + 1])};
    return !isnan(p->y0) && !isnan(p->y1);
}

/* The heights that a piece has between two abscissae; false: it is not there. */
static bool heights(const piece *p, double left, double right, double *low, double *high)
{
    const double from = fmax(p->x0, left), to = fmin(p->x1, right), width = p->x1 - p->x0;
    if (from > to) {
        return false;
    }
    const double slope = width > 0.0 ? (p->y1 - p->y0) / width : 0.0;
    const double a = p->y0 + slope * (from - p->x0), b = p->y0 + slope * (to - p->x0);
    *low = fmin(a, width > 0.0 ? b : p->y1);
    *high = fmax(a, width > 0.0 ? b : p->y1);
    return true;
}

/* The upper and lower end of a line between two abscissae; false: not there. */
static bool extent(const mlg_plot *plot, const mlg_curve *curve, const double *values, double left,
                   double right, double *top, double *bottom)
{
    bool any = false;

    for (size_t i = 0; i + 1 < curve->n; i++) {
        piece p;
        double low, high;
        if (piece_of(plot, curve, values, i, &p) && heights(&p, left, right, &low, &high)) {
            *top = any ? fmin(*top, low) : low;
            *bottom = any ? fmax(*bottom, high) : high;
            any = true;
        }
    }
    return any;
}

/* How far a line stays above or below a box; 0: it crosses it. */
static double gap_to(const mlg_plot *plot, const mlg_curve *curve, const double *values,
                     const mlg_box *box)
{
    double least = INFINITY;

    for (size_t i = 0; values != NULL && i + 1 < curve->n; i++) {
        piece p;
        double low, high;
        if (piece_of(plot, curve, values, i, &p) &&
            heights(&p, box->left - 3.0, box->right + 3.0, &low, &high)) {
            least = fmin(least, fmax(0.0, fmax(box->top - high, low - box->bottom)));
        }
    }
    return least;
}

static bool meet(const mlg_box *a, const mlg_box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static bool is_inside(const mlg_plot *plot, const mlg_box *box)
{
    return box->left >= plot->area.left + 4.0 && box->right <= plot->area.right &&
           box->top >= plot->area.top - MLG_CURVES_ABOVE && box->bottom <= plot->area.bottom - 2.0;
}

static bool meets_names(const mlg_box *box, const mlg_plot_name *taken, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (meet(box, &taken[i].box)) {
            return true;
        }
    }
    return false;
}

/* What a place costs: how far its own line is, more where another one is nearer; infinite where
 * a line or a name is in the way. */
static double cost_of(const mlg_plot *plot, size_t own, const mlg_box *box,
                      const mlg_plot_name *taken, size_t n_taken)
{
    double others = INFINITY, top, bottom;
    const mlg_curve *curve = &plot->curves[own];

    if (!is_inside(plot, box) || meets_names(box, taken, n_taken)) {
        return INFINITY;
    }
    for (size_t c = 0; c < plot->n; c++) {
        const mlg_curve *other = &plot->curves[c];
        others = fmin(others, gap_to(plot, other, other->worst, box));
        others = fmin(others, c != own ? gap_to(plot, other, other->value, box) : INFINITY);
    }
    const double gap = gap_to(plot, curve, curve->value, box);
    if (others <= 1.0 || gap <= 1.0 ||
        !extent(plot, curve, curve->value, box->left, box->right, &top, &bottom)) {
        return INFINITY;
    }
    return (bottom - top) + gap + 60.0 * fmax(0.0, 1.0 - others / 16.0) +
           (others < gap + 4.0 ? 240.0 : 0.0);
}

/* Just above or below the line, anywhere along it. */
static double beside(const mlg_plot *plot, size_t own, double width, double height,
                     const mlg_plot_name *taken, size_t n_taken, mlg_box *best)
{
    enum { TRIES = 60 };
    const double room = plot->area.right - plot->area.left - width - 4.0;
    const mlg_curve *curve = &plot->curves[own];
    double least = INFINITY;

    for (int i = 0; i <= TRIES && room >= 0.0; i++) {
        double top, bottom;
        const double left = plot->area.left + 4.0 + room * i / TRIES;
        if (!extent(plot, curve, curve->value, left, left + width, &top, &bottom)) {
            continue;
        }
        for (int side = 0; side < 2; side++) {
            const double y = side == 0 ? top - 4.0 - height : bottom + 4.0;
            const mlg_box box = {left, y, left + width, y + height};
            const double cost = cost_of(plot, own, &box, taken, n_taken) + side;
            if (cost < least) {
                least = cost;
                *best = box;
            }
        }
    }
    return least;
}

/* The point of a line that is nearest to a box's side. */
static mlg_line line_to(const mlg_plot *plot, const mlg_curve *curve, const mlg_box *box)
{
    double least = INFINITY;
    mlg_line line = {0};

    for (size_t i = 0; i < curve->n; i++) {
        const double x = mlg_plot_x(plot, curve->at[i]), y = mlg_plot_y(plot, curve->value[i]);
        const double from_x = fmin(fmax(x, box->left), box->right);
        const double from_y = fmin(fmax(y, box->top), box->bottom);
        const double distance = hypot(x - from_x, y - from_y);
        if (distance < least) {
            least = distance;
            line = (mlg_line){from_x, from_y, x, y};
        }
    }
    return line;
}

/* Do two straight lines cross? */
static bool cross(const piece *p, const mlg_line *line)
{
    const double a =
        (line->x1 - line->x0) * (p->y0 - line->y0) - (line->y1 - line->y0) * (p->x0 - line->x0);
    const double b =
        (line->x1 - line->x0) * (p->y1 - line->y0) - (line->y1 - line->y0) * (p->x1 - line->x0);
    const double c = (p->x1 - p->x0) * (line->y0 - p->y0) - (p->y1 - p->y0) * (line->x0 - p->x0);
    const double d = (p->x1 - p->x0) * (line->y1 - p->y0) - (p->y1 - p->y0) * (line->x1 - p->x0);
    return a * b <= 0.0 && c * d <= 0.0;
}

static bool crosses(const mlg_plot *plot, const mlg_curve *curve, const double *values,
                    const mlg_line *line)
{
    for (size_t i = 0; values != NULL && i + 1 < curve->n; i++) {
        piece p;
        if (piece_of(plot, curve, values, i, &p) && cross(&p, line)) {
            return true;
        }
    }
    return false;
}

/* What lies under a name that stands apart, or under the line to it. */
static double in_the_way(const mlg_plot *plot, size_t own, const mlg_box *box, const mlg_line *line,
                         const mlg_plot_name *taken, size_t n_taken)
{
    const mlg_box end = {line->x1 - 4.0, line->y1 - 6.0, line->x1 + 4.0, line->y1 + 6.0};
    double cost = 0.0;

    for (size_t c = 0; c < plot->n; c++) {
        const mlg_curve *curve = &plot->curves[c];
        cost += c != own && gap_to(plot, curve, curve->value, &end) <= 0.0 ? 150.0 : 0.0;
        cost += gap_to(plot, curve, curve->value, box) <= 1.0 ? 400.0 : 0.0;
        cost += gap_to(plot, curve, curve->worst, box) <= 1.0 ? 200.0 : 0.0;
        cost += c != own && crosses(plot, curve, curve->value, line) ? 90.0 : 0.0;
        cost += crosses(plot, curve, curve->worst, line) ? 60.0 : 0.0;
    }
    for (size_t i = 0; i < n_taken; i++) {
        const mlg_box *name = &taken[i].box;
        const piece down = {name->left, name->top, name->right, name->bottom};
        const piece rise = {name->left, name->bottom, name->right, name->top};
        cost += cross(&down, line) || cross(&rise, line) ? 300.0 : 0.0;
    }
    return cost;
}

/* Anywhere, best off all lines, with a line to the curve. */
static double apart(const mlg_plot *plot, size_t own, double width, double height,
                    const mlg_plot_name *taken, size_t n_taken, mlg_plot_name *best)
{
    enum { ACROSS = 16, UP = 24 };
    const double room_x = plot->area.right - plot->area.left - width - 4.0;
    const double first_y = plot->area.top - MLG_CURVES_ABOVE;
    const double room_y = plot->area.bottom - first_y - height - 2.0;
    double least = INFINITY;

    for (int i = 0; i < ACROSS * (UP + 1) && room_x >= 0.0; i++) {
        const double left = plot->area.left + 4.0 + room_x * (i % ACROSS) / (ACROSS - 1);
        const double top = first_y + room_y * (int) (i / ACROSS) / UP;
        const mlg_box box = {left, top, left + width, top + height};
        const mlg_line line = line_to(plot, &plot->curves[own], &box);
        const double length = hypot(line.x1 - line.x0, line.y1 - line.y0);
        if (length >= least || !is_inside(plot, &box) || meets_names(&box, taken, n_taken)) {
            continue;
        }
        const double cost = length + in_the_way(plot, own, &box, &line, taken, n_taken);
        if (cost < least) {
            least = cost;
            *best = (mlg_plot_name){box, true, line};
        }
    }
    return least;
}

double mlg_plot_place(const mlg_plot *plot, size_t curve, double width, double height,
                      const mlg_plot_name *taken, size_t n_taken, mlg_plot_name *name)
{
    mlg_plot_name led = {.box = {plot->area.left + 4.0, plot->area.top,
                                 plot->area.left + 4.0 + width, plot->area.top + height}};

    *name = (mlg_plot_name){0};
    const double near_by = beside(plot, curve, width, height, taken, n_taken, &name->box);
    if (near_by < LED) {
        return near_by;
    }
    const double away = LED + apart(plot, curve, width, height, taken, n_taken, &led);
    if (away < near_by || isinf(near_by)) {
        *name = led;
    }
    return fmin(near_by, away);
}
