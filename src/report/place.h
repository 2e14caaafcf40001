/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_PLACE_H
#define MLG_REPORT_PLACE_H

#include <stdbool.h>
#include <stddef.h>

/* Labels on a drawing that neither meet each other nor leave the frame. */

typedef struct mlg_box {
    double left, top, right, bottom;
} mlg_box;

typedef struct mlg_dot {
    double x, y, r;
} mlg_dot;

/* From a dot to a label that stands apart from it. */
typedef struct mlg_line {
    double x0, y0, x1, y1;
} mlg_line;

typedef struct mlg_places {
    mlg_box frame;
    mlg_box *taken; /* [n] */
    size_t n, room;
    mlg_line *line; /* [n_lines] */
    size_t n_lines, line_room;
    const mlg_dot *dots; /* [n_dots] what a label should not cover; may be NULL */
    size_t n_dots;
} mlg_places;

bool mlg_box_covers(const mlg_box *box, const mlg_dot *dot);
/* Is a box inside the frame and off all boxes and lines taken? */
bool mlg_place_is_free(const mlg_places *places, const mlg_box *box);
/* Takes a box or a line; false when memory is short. */
bool mlg_place_take(mlg_places *places, const mlg_box *box);
bool mlg_place_take_line(mlg_places *places, const mlg_line *line);
/* Finds room for a label of that size beside a dot (right, left, above, below, then
 * aslant): the first free place that hides no dot. Fills `box` without taking it; `anchor`
 * is the SVG anchor that keeps the text next to its dot. */
bool mlg_place_beside(const mlg_places *places, const mlg_dot *dot, double width, double height,
                      mlg_box *box, const char **anchor);
/* Finds the nearest room at a distance, with a line from the dot that meets no label, line or
 * other dot; dots below the radius `least` it may pass over. */
bool mlg_place_led(const mlg_places *places, const mlg_dot *dot, double width, double height,
                   double least, double furthest, mlg_box *box, mlg_line *line,
                   const char **anchor);
/* The line from the rim of a dot to the nearest point of a box. */
mlg_line mlg_place_leader(const mlg_dot *dot, const mlg_box *box);
void mlg_places_free(mlg_places *places);

#endif
