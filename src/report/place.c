/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/place.h"

#include <math.h>

#include "base/memory.h"

void mlg_places_free(mlg_places *places)
{
    mlg_free(places->taken);
    mlg_free(places->line);
    places->taken = NULL;
    places->line = NULL;
    places->n = places->room = places->n_lines = places->line_room = 0;
}

static bool overlap(const mlg_box *a, const mlg_box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* ---- lines ------------------------------------------------------------------------ */

/* Narrows the stretch *from..*to of a line to where it is on the inner side of one edge. */
static bool clip(double along, double off, double *from, double *to)
{
    if (along == 0.0) {
        return off >= 0.0;
    }
    const double at = off / along;
    if (along < 0.0) {
        *from = fmax(*from, at);
    } else {
        *to = fmin(*to, at);
    }
    return *from <= *to;
}

static bool crosses_box(const mlg_line *line, const mlg_box *box)
{
    const double dx = line->x1 - line->x0, dy = line->y1 - line->y0;
    double from = 0.0, to = 1.0;
    return clip(-dx, line->x0 - box->left, &from, &to) &&
           clip(dx, box->right - line->x0, &from, &to) &&
           clip(-dy, line->y0 - box->top, &from, &to) &&
           clip(dy, box->bottom - line->y0, &from, &to);
}

static double side(const mlg_line *line, double x, double y)
{
    return (line->x1 - line->x0) * (y - line->y0) - (line->y1 - line->y0) * (x - line->x0);
}

static bool cross(const mlg_line *a, const mlg_line *b)
{
    return side(a, b->x0, b->y0) * side(a, b->x1, b->y1) <= 0.0 &&
           side(b, a->x0, a->y0) * side(b, a->x1, a->y1) <= 0.0;
}

static double distance_to(const mlg_line *line, double x, double y)
{
    const double dx = line->x1 - line->x0, dy = line->y1 - line->y0;
    const double length = dx * dx + dy * dy;
    const double along = length > 0.0 ? ((x - line->x0) * dx + (y - line->y0) * dy) / length : 0.0;
    const double t = fmin(fmax(along, 0.0), 1.0);
    return hypot(x - line->x0 - t * dx, y - line->y0 - t * dy);
}

/* Does a line meet no box, line or dot (but `own` and those below a size) that is there? */
static bool line_is_free(const mlg_places *places, const mlg_line *line, const mlg_dot *own,
                         double least)
{
    for (size_t i = 0; i < places->n; i++) {
        if (crosses_box(line, &places->taken[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < places->n_lines; i++) {
        if (cross(line, &places->line[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < places->n_dots; i++) {
        const mlg_dot *dot = &places->dots[i];
        if (dot != own && dot->r >= least && distance_to(line, dot->x, dot->y) < dot->r + 1.0) {
            return false;
        }
    }
    return true;
}

mlg_line mlg_place_leader(const mlg_dot *dot, const mlg_box *box)
{
    const double x = fmin(fmax(dot->x, box->left), box->right);
    const double y = fmin(fmax(dot->y, box->top), box->bottom);
    const double length = fmax(hypot(x - dot->x, y - dot->y), 1e-9);
    const double out = fmin((dot->r + 1.0) / length, 1.0), in = fmax(1.0 - 1.5 / length, out);
    return (mlg_line){dot->x + out * (x - dot->x), dot->y + out * (y - dot->y),
                      dot->x + in * (x - dot->x), dot->y + in * (y - dot->y)};
}

/* ---- boxes ------------------------------------------------------------------------ */

bool mlg_place_is_free(const mlg_places *places, const mlg_box *box)
{
    const mlg_box *frame = &places->frame;
    if (box->left < frame->left || box->right > frame->right || box->top < frame->top ||
        box->bottom > frame->bottom) {
        return false;
    }
    for (size_t i = 0; i < places->n; i++) {
        if (overlap(box, &places->taken[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < places->n_lines; i++) {
        if (crosses_box(&places->line[i], box)) {
            return false;
        }
    }
    return true;
}

bool mlg_place_take(mlg_places *places, const mlg_box *box)
{
    if (!mlg_grow(&places->taken, &places->room, places->n + 1, sizeof *places->taken)) {
        return false;
    }
    places->taken[places->n++] = *box;
    return true;
}

bool mlg_place_take_line(mlg_places *places, const mlg_line *line)
{
    if (!mlg_grow(&places->line, &places->line_room, places->n_lines + 1, sizeof *places->line)) {
        return false;
    }
    places->line[places->n_lines++] = *line;
    return true;
}

bool mlg_box_covers(const mlg_box *box, const mlg_dot *dot)
{
    const double x = fmin(fmax(dot->x, box->left), box->right) - dot->x;
    const double y = fmin(fmax(dot->y, box->top), box->bottom) - dot->y;
    return x * x + y * y < dot->r * dot->r;
}

static bool suits(const mlg_places *places, const mlg_box *box)
{
    if (!mlg_place_is_free(places, box)) {
        return false;
    }
    for (size_t i = 0; i < places->n_dots; i++) {
        if (mlg_box_covers(box, &places->dots[i])) {
            return false;
        }
    }
    return true;
}

static mlg_box around(double x, double y, double width, double height)
{
    return (mlg_box){x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0};
}

bool mlg_place_beside(const mlg_places *places, const mlg_dot *dot, double width, double height,
                      mlg_box *box, const char **anchor)
{
    /* where the label's middle lies from the dot, in half widths and half heights */
    static const struct {
        double x, y;
    } sides[] = {{1, 0},      {-1, 0},      {0, -1},    {0, 1},
                 {0.7, -0.9}, {-0.7, -0.9}, {0.7, 0.9}, {-0.7, 0.9}};
    const double gap = 3.0;

    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        *box = around(dot->x + sides[i].x * (width / 2.0 + dot->r + gap),
                      dot->y + sides[i].y * (height / 2.0 + dot->r + gap / 2.0), width, height);
        *anchor = sides[i].x > 0.0 ? "start" : sides[i].x < 0.0 ? "end" : "middle";
        if (suits(places, box)) {
            return true;
        }
    }
    return false;
}

bool mlg_place_led(const mlg_places *places, const mlg_dot *dot, double width, double height,
                   double least, double furthest, mlg_box *box, mlg_line *line, const char **anchor)
{
    enum { WAYS = 24 };
    const double turn = 6.283185307179586;
    double reach = dot->r + 10.0;

    while (reach <= dot->r + furthest) {
        for (int i = 0; i < WAYS; i++) { /* 0, 1, -1, 2, -2 ... steps from the right */
            const int way = (i % 2 == 1 ? 1 : -1) * ((i + 1) / 2);
            const double x = cos(turn * way / WAYS), y = sin(turn * way / WAYS);
            *box = around(dot->x + x * (reach + width / 2.0), dot->y + y * (reach + height / 2.0),
                          width, height);
            *anchor = x > 0.3 ? "start" : x < -0.3 ? "end" : "middle";
            *line = mlg_place_leader(dot, box);
            if (suits(places, box) && line_is_free(places, line, dot, least)) {
                return true;
            }
        }
        reach += 9.0;
    }
    return false;
}
