/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/drawing.h"
#include "report/escape.h"

/* Small groups without a tie to the others, and actors without any tie, stand in a strip under
 * the ring: within their sectors they would look as if they belonged to the rest. */

enum { SMALL_GROUP = 4, PER_ROW_NAMED = 3 };

#define LEFT        (MLG_NARROW_LEFT + 12.0)
#define RIGHT       (MLG_NARROW_RIGHT - 12.0)
#define NARROW_SIZE 22.0

/* ---- who ---------------------------------------------------------------------------------- */

/* Numbers the component of `first` in `component`; answers how many actors it has. */
static int32_t walk(const mlg_csr *ties, int32_t first, int32_t number, int32_t *component,
                    int32_t *stack)
{
    int32_t n = 0, waiting = 0;
    component[first] = number;
    stack[waiting++] = first;
    while (waiting > 0) {
        const int32_t v = stack[--waiting];
        n++;
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            if (component[ties->target[i]] < 0) {
                component[ties->target[i]] = number;
                stack[waiting++] = ties->target[i];
            }
        }
    }
    return n;
}

/* Groups with ties first, by their first actor as drawn; then those of one actor. */
static void number_groups(mlg_drawing *d, const int32_t *component, const int32_t *size,
                          int32_t largest, int32_t *number)
{
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t i = 0; i < (int32_t) d->n_dots; i++) {
            const int32_t v = d->order[i], c = component[v];
            if ((size[c] == 1) == (pass == 1) && size[c] <= largest) {
                number[c] = number[c] >= 0 ? number[c] : d->n_groups++;
                d->group[v] = number[c];
                d->aside[v] = true;
            }
        }
        d->n_small = pass == 0 ? d->n_groups : d->n_small;
    }
}

mlg_status mlg_drawing_find_groups(mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = (int32_t) d->n_dots;
    int32_t largest = 0, in_small = 0, components = 0;
    int32_t *numbers = mlg_alloc(4 * (size_t) n, sizeof *numbers);

    TRY_ALLOC(err, numbers);
    int32_t *component = numbers, *size = numbers + n, *number = size + n, *stack = number + n;
    for (int32_t v = 0; v < n; v++) {
        component[v] = number[v] = d->group[v] = -1;
    }
    for (int32_t v = 0; v < n && v < d->graph->ties.n; v++) {
        if (component[v] < 0) {
            size[components] = walk(&d->graph->ties, v, components, component, stack);
            largest = size[components] > largest ? size[components] : largest;
            components++;
        }
    }
    for (int32_t c = 0; c < components; c++) {
        in_small += size[c] > 1 && size[c] <= SMALL_GROUP ? size[c] : 0;
    }
    if (largest > 1 && (largest <= SMALL_GROUP || 2 * in_small > n)) {
        number_groups(d, component, size, 1, number); /* most stand in small groups: the ring */
    } else if (largest > 1) {
        number_groups(d, component, size, SMALL_GROUP, number);
    }
out:
    mlg_free(numbers);
    return status;
}

/* ---- where -------------------------------------------------------------------------------- */

/* The place where the next group stands, from left to right, row by row. */
typedef struct pen {
    double x, y, row;
} pen;

static void advance(pen *p, double width)
{
    if (p->x + width > RIGHT && p->x > LEFT) {
        p->x = LEFT;
        p->y += p->row;
    }
}

/* On a narrow screen the same words stand there larger. */
static bool heading(mlg_buffer *out, mlg_drawing *d, mlg_text_key key, const mlg_arg *args,
                    size_t n_args)
{
    mlg_buffer text = {0};
    const double top = d->bottom + 8.0;

    mlg_say(&text, d->results, d->results->labels.language, key, args, n_args);
    mlg_buffer_text(out, "<g class=\"wide\" aria-hidden=\"true\">");
    const bool written = mlg_drawing_write(out, d, LEFT, top + (NARROW_SIZE - MLG_ACTOR_SIZE),
                                           MLG_ACTOR_SIZE, true, mlg_buffer_string(&text));
    mlg_buffer_text(out, "</g>\n<text class=\"narrow\" display=\"none\" font-weight=\"600\" "
                         "aria-hidden=\"true\"");
    mlg_drawing_attribute(out, "font-size", NARROW_SIZE);
    mlg_drawing_attribute(out, "x", LEFT);
    mlg_drawing_attribute(out, "y", top + 0.95 * NARROW_SIZE);
    mlg_buffer_char(out, '>');
    mlg_html_escape(out, mlg_buffer_string(&text));
    mlg_buffer_text(out, "</text>\n");
    d->bottom = fmax(d->bottom, top + 1.25 * NARROW_SIZE);
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
    return written;
}

/* Members on a small circle; two side by side. */
static void place_group(mlg_drawing *d, int32_t group, pen *p, double width)
{
    const double turn = 6.283185307179586;
    int32_t size = 0, at = 0;
    double r = 0.0;

    for (int32_t v = 0; v < (int32_t) d->n_dots; v++) {
        size += d->group[v] == group;
        r = d->group[v] == group ? fmax(r, d->dot[v].r) : r;
    }
    const double round = fmax(6.0, 1.6 * r + 2.0),
                 cell = width > 0.0 ? width : 2.0 * (round + r) + 20.0;
    advance(p, cell);
    for (int32_t v = 0; v < (int32_t) d->n_dots; v++) {
        if (d->group[v] == group) {
            const double angle = turn * ((double) at++ / size + (size == 3 ? -0.25 : 0.0));
            d->dot[v].x = p->x + round + r + round * cos(angle);
            d->dot[v].y = p->y + (size > 2 ? round : 0.0) + r + round * sin(angle);
        }
    }
    p->x += cell;
    p->row = fmax(p->row, 2.0 * (round + r) + 8.0);
    d->bottom = fmax(d->bottom, p->y + 2.0 * (round + r));
}

/* Actors without a tie, sector by sector with a space between. */
static void place_alone(mlg_drawing *d, pen *p, double width)
{
    int32_t before = -1;
    for (int32_t i = 0; i < (int32_t) d->n_dots; i++) {
        const int32_t v = d->order[i], disc = mlg_drawing_disc(d, v);
        const double r = d->aside[v] ? d->dot[v].r : 0.0;
        if (d->group[v] < d->n_small) {
            continue;
        }
        const double cell = width > 0.0 ? width : 2.0 * r + 6.0;
        p->x += before >= 0 && before != disc && width <= 0.0 ? 10.0 : 0.0;
        p->row = width > 0.0 ? 36.0 : 2.0 * r + 7.0;
        advance(p, cell);
        d->dot[v].x = p->x + r + 2.0;
        d->dot[v].y = p->y + r + 2.0;
        d->bottom = fmax(d->bottom, d->dot[v].y + r);
        p->x += cell;
        before = disc;
    }
}

bool mlg_drawing_lay_strip(mlg_buffer *out, mlg_drawing *d)
{
    const double width = d->n_dots <= MLG_ALL_NAMED ? (RIGHT - LEFT) / PER_ROW_NAMED - 1.0 : 0.0;
    double tied = 0.0;

    for (int32_t v = 0; v < (int32_t) d->n_dots; v++) {
        tied += d->aside[v] && d->group[v] < d->n_small ? 1.0 : 0.0;
    }
    if (d->n_groups == 0) {
        return true;
    }
    d->bottom += 10.0;
    if (d->n_small > 0) {
        const mlg_arg args[] = {mlg_arg_count(d->n_small), mlg_arg_count(tied)};
        if (!heading(out, d, T_svg_small_groups, args, 2)) {
            return false;
        }
        pen p = {LEFT, d->bottom + (width > 0.0 ? 14.0 : 4.0), 0.0};
        for (int32_t group = 0; group < d->n_small; group++) {
            place_group(d, group, &p, width);
        }
    }
    if (d->n_groups > d->n_small) {
        const mlg_arg alone = mlg_arg_count(d->n_groups - d->n_small);
        if (!heading(out, d, T_svg_alone, &alone, 1)) {
            return false;
        }
        pen p = {LEFT, d->bottom + (width > 0.0 ? 14.0 : 4.0), 0.0};
        place_alone(d, &p, width);
    }
    return true;
}
