/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/place.h"

#include <math.h>

#include "base/memory.h"

void mlg_places_free(mlg_places *places)
{
    mlg_free(places->taken);
    places->taken = NULL;
    places->n = places->room = 0;
}

static bool overlap(const mlg_box *a, const mlg_box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

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

static bool covers(const mlg_box *box, const mlg_dot *dot)
{
    const double x = fmin(fmax(dot->x, box->left), box->right);
    const double y = fmin(fmax(dot->y, box->top), box->bottom);
    return hypot(dot->x - x, dot->y - y) < dot->r;
}

/* Dots of at least a size, of which a label would hide one. */
static bool covers_any(const mlg_places *places, const mlg_box *box, double least)
{
    for (size_t i = 0; i < places->n_dots; i++) {
        if (places->dots[i].r >= least && covers(box, &places->dots[i])) {
            return true;
        }
    }
    return false;
}

bool mlg_place_beside(const mlg_places *places, const mlg_dot *dot, double width, double height,
                      double least, mlg_box *box, const char **anchor)
{
    /* where the label's middle lies from the dot, in half widths and half heights */
    static const struct {
        double x, y;
    } sides[] = {{1, 0},      {-1, 0},      {0, -1},    {0, 1},
                 {0.7, -0.9}, {-0.7, -0.9}, {0.7, 0.9}, {-0.7, 0.9}};
    const double gap = 4.0;

    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        const double x = dot->x + sides[i].x * (width / 2.0 + dot->r + gap);
        const double y = dot->y + sides[i].y * (height / 2.0 + dot->r + gap / 2.0);
        *anchor = sides[i].x > 0.0 ? "start" : sides[i].x < 0.0 ? "end" : "middle";
        *box = (mlg_box){x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0};
        if (mlg_place_is_free(places, box) && !covers_any(places, box, least)) {
            return true;
        }
    }
    return false;
}
