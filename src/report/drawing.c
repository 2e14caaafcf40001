/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drawing.h"

#include <math.h>
#include <string.h>

/* Ten looks that differ in shape as well as in colour, each at least 4.5:1 on white;
 * an eleventh sector is grey: more could not be told apart anyway. */
enum { LOOKS = 10 };
static const struct {
    const char *colour;
    const char *points; /* corners of a polygon in tenths of the radius; NULL: a circle */
} looks[LOOKS + 1] = {
    {"#0b6e99", NULL},
    {"#b3500b", "-9 -9 9 -9 9 9 -9 9"},
    {"#5b4aa0", "0 -12 11 8 -11 8"},
    {"#7d6200", "0 -13 12 0 0 13 -12 0"},
    {"#a3296b", "0 12 -11 -8 11 -8"},
    {"#0f766e", "-4 -11 4 -11 4 -4 11 -4 11 4 4 4 4 11 -4 11 -4 4 -11 4 -11 -4 -4 -4"},
    {"#7a4a21", "-6 -10 6 -10 12 0 6 10 -6 10 -12 0"},
    {"#27408b", "0 -13 4 -4 13 -4 6 2 8 11 0 6 -8 11 -6 2 -13 -4 -4 -4"},
    {"#3f6b1f", "0 -12 11 -4 7 10 -7 10 -11 -4"},
    {"#9a3412", "-11 -5 11 -5 11 5 -11 5"},
    {"#5f6368", NULL},
};

/* Sectors by size get the looks; equal ones by their code. The unknown is grey. */
static void choose_looks(mlg_drawing *d)
{
    for (int32_t s = 0; s < d->graph->n_sectors; s++) {
        int32_t before = 0;
        for (int32_t t = 0; t < d->graph->n_sectors; t++) {
            const bool larger = d->members[t] > d->members[s];
            before += larger || (t < s && d->members[t] == d->members[s]) ? 1 : 0;
        }
        d->look[s] = before < LOOKS ? before : LOOKS;
    }
    d->look[d->graph->n_sectors] = LOOKS;
}

mlg_status mlg_drawing_open(mlg_drawing *d, size_t n_dots, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_discs = (size_t) d->graph->n_sectors + 1;

    d->n_dots = n_dots;
    d->dot = mlg_zalloc(n_dots, sizeof *d->dot);
    d->disc = mlg_zalloc(n_discs, sizeof *d->disc);
    d->members = mlg_zalloc(n_discs, sizeof *d->members);
    d->look = mlg_zalloc(n_discs, sizeof *d->look);
    if (d->dot == NULL || d->disc == NULL || d->members == NULL || d->look == NULL) {
        FAIL(err, MLG_ENOMEM, "out of memory for a drawing of %zu actors", n_dots);
    }
    for (int32_t v = 0; v < d->graph->n; v++) {
        d->members[mlg_drawing_disc(d, v)]++;
    }
    choose_looks(d);
    d->places.dots = d->dot;
    d->places.n_dots = n_dots;
out:
    return status;
}

void mlg_drawing_close(mlg_drawing *d)
{
    mlg_places_free(&d->places);
    mlg_free(d->dot);
    mlg_free(d->disc);
    mlg_free(d->members);
    mlg_free(d->look);
}

const char *mlg_drawing_colour(const mlg_drawing *d, int32_t disc)
{
    return looks[d->look[disc]].colour;
}

static void coordinate(mlg_buffer *out, double value)
{
    mlg_buffer_fixed(out, value, 1);
}

void mlg_drawing_shape(mlg_buffer *out, const mlg_drawing *d, int32_t disc, const mlg_dot *dot)
{
    const char *points = looks[d->look[disc]].points;

    if (points == NULL) {
        mlg_buffer_text(out, "<circle cx=\"");
        coordinate(out, dot->x);
        mlg_buffer_text(out, "\" cy=\"");
        coordinate(out, dot->y);
        mlg_buffer_text(out, "\" r=\"");
        coordinate(out, dot->r);
    } else {
        mlg_buffer_text(out, "<polygon points=\"");
        for (bool across = true; *points != '\0'; across = !across) {
            double tenths = 0.0;
            points += strspn(points, " ");
            points += mlg_number_read(points, &tenths);
            coordinate(out, (across ? dot->x : dot->y) + tenths / 10.0 * dot->r);
            mlg_buffer_text(out, *points != '\0' ? " " : "");
        }
    }
    mlg_buffer_format(out, "\" fill=\"%s\">", mlg_drawing_colour(d, disc));
}

const char *mlg_drawing_shape_end(const mlg_drawing *d, int32_t disc)
{
    return looks[d->look[disc]].points == NULL ? "</circle>\n" : "</polygon>\n";
}

/* The sector of a disc, as an argument of a text. */
static mlg_arg sector_name(const mlg_drawing *d, int32_t disc)
{
    return disc < d->graph->n_sectors ? mlg_arg_label(MLG_SCOPE_SECTOR, d->graph->sector_code[disc])
                                      : mlg_arg_key(T_sector_unknown);
}

void mlg_drawing_describe(mlg_buffer *text, const mlg_drawing *d, int32_t v)
{
    const mlg_arg args[] = {mlg_arg_label(d->graph->scope, d->graph->subject[v]),
                            sector_name(d, mlg_drawing_disc(d, v)),
                            mlg_arg_count(mlg_drawing_degree(d, v))};
    mlg_say(text, d->results, d->results->labels.language, T_svg_dot, args, 3);
}
