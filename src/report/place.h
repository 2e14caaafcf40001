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

typedef struct mlg_places {
    mlg_box frame;
    mlg_box *taken; /* [n] */
    size_t n, room;
    const mlg_dot *dots; /* [n_dots] what a label should not cover; may be NULL */
    size_t n_dots;
} mlg_places;

/* Is a box inside the frame and off all boxes taken? */
bool mlg_place_is_free(const mlg_places *places, const mlg_box *box);
/* Takes a box; false when memory is short. */
bool mlg_place_take(mlg_places *places, const mlg_box *box);
/* Finds room for a label of that size beside a dot (right, left, above, below, then
 * aslant): the first free place that hides no dot of at least the radius `least`. Fills
 * `box` without taking it; `anchor` is the SVG anchor that keeps the text next to its dot. */
bool mlg_place_beside(const mlg_places *places, const mlg_dot *dot, double width, double height,
                      double least, mlg_box *box, const char **anchor);
void mlg_places_free(mlg_places *places);

#endif
