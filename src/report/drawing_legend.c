/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "report/drawing.h"
#include "report/letters.h"

/* What sizes and lines mean, on the drawing itself. */

#define SIZE  13.0
#define SPACE 16.0 /* between two entries */
#define LEFT  30.0

/* Where the next entry stands. */
typedef struct pen {
    double x, middle;
} pen;

static double width_of(const mlg_drawing *d, mlg_text_key key, const mlg_arg *args, size_t n_args,
                       mlg_buffer *text)
{
    mlg_buffer_clear(text);
    mlg_say(text, d->results, d->results->labels.language, key, args, n_args);
    return SIZE * mlg_letters_width(mlg_buffer_string(text), false);
}

/* The words of an entry, after its sign. */
static bool words(mlg_buffer *out, mlg_drawing *d, pen *p, mlg_text_key key, const mlg_arg *args,
                  size_t n_args)
{
    mlg_buffer text = {0};
    const double width = width_of(d, key, args, n_args, &text);
    const bool written = mlg_drawing_write(out, d, p->x, p->middle - 0.6 * SIZE, SIZE, false,
                                           mlg_buffer_string(&text));
    p->x += width + SPACE;
    out->failed = out->failed || text.failed;
    mlg_buffer_free(&text);
    return written;
}

static void circle(mlg_buffer *out, pen *p, double r)
{
    mlg_buffer_text(out, "<circle fill=\"#5f6368\"");
    mlg_drawing_attribute(out, "cx", p->x + r);
    mlg_drawing_attribute(out, "cy", p->middle);
    mlg_drawing_attribute(out, "r", r);
    mlg_buffer_text(out, "/>\n");
    p->x += 2.0 * r + 5.0;
}

static void line(mlg_buffer *out, pen *p, double width, double bend)
{
    mlg_buffer_text(out, "<path fill=\"none\" stroke=\"#3a3a40\"");
    mlg_drawing_attribute(out, "stroke-width", width);
    mlg_drawing_point(out, " d=\"M", p->x, p->middle + bend / 2.0, 1);
    mlg_drawing_point(out, "Q", p->x + 16.0, p->middle - 1.5 * bend, 1);
    mlg_drawing_point(out, " ", p->x + 32.0, p->middle + bend / 2.0, 1);
    mlg_buffer_text(out, "\"/>\n");
    p->x += 38.0;
}

/* Dots of 1, some and most ties. */
static bool sizes(mlg_buffer *out, mlg_drawing *d, pen *p)
{
    const double most = d->most_ties, some = floor(most / 4.0 + 0.5);
    const mlg_arg args[] = {mlg_arg_count(1), mlg_arg_count(some), mlg_arg_count(most)};

    circle(out, p, mlg_drawing_radius(d, 1.0));
    if (some > 1.0) {
        circle(out, p, mlg_drawing_radius(d, some));
    }
    if (most > 1.0) {
        circle(out, p, mlg_drawing_radius(d, most));
    }
    return some > 1.0   ? words(out, d, p, T_svg_sizes, args, 3)
           : most > 1.0 ? words(out, d, p, T_svg_sizes_two, (mlg_arg[]){args[0], args[2]}, 2)
                        : words(out, d, p, T_svg_sizes_one, args, 1);
}

static bool of_actors(mlg_buffer *out, mlg_drawing *d, pen *p)
{
    if (!words(out, d, p, T_svg_shapes, NULL, 0)) {
        return false;
    }
    if (d->most_ties < 1.0) {
        return true;
    }
    if (!sizes(out, d, p)) {
        return false;
    }
    line(out, p, 1.2, 0.0);
    if (!words(out, d, p, T_svg_line_inside, NULL, 0)) {
        return false;
    }
    line(out, p, 1.2, 10.0);
    return words(out, d, p, T_svg_line_between, NULL, 0);
}

static bool of_sectors(mlg_buffer *out, mlg_drawing *d, pen *p)
{
    const double most = d->most_ties, some = fmax(floor(most / 10.0 + 0.5), 1.0);
    const mlg_arg args[] = {mlg_arg_count(some), mlg_arg_count(most)};

    if (!words(out, d, p, T_svg_discs, NULL, 0)) {
        return false;
    }
    line(out, p, mlg_drawing_line_width(some, most), 0.0);
    line(out, p, mlg_drawing_line_width(most, most), 0.0);
    return words(out, d, p, T_svg_lines, args, 2);
}

bool mlg_drawing_legend(mlg_buffer *out, mlg_drawing *d)
{
    pen p = {LEFT, d->bottom + 18.0 + fmax(d->dot_most, 9.0)};

    mlg_buffer_text(out, "<g class=\"wide\" fill=\"#1c1c1e\" aria-hidden=\"true\">\n");
    const bool written = d->n_dots > 0 ? of_actors(out, d, &p) : of_sectors(out, d, &p);
    mlg_buffer_text(out, "</g>\n");
    d->bottom = fmax(d->bottom, p.middle + fmax(d->dot_most, 9.0));
    return written;
}
