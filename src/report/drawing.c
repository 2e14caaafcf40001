/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Ten looks that differ in shape as well as in colour, each at least 4.5:1 on white;
 * an eleventh sector is grey: more could not be told apart anyway. */
enum { LOOKS = 10 };
static const struct {
    const char *colour;
    const char *points; /* corners of a shape in tenths of the radius; NULL: a circle */
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

/* Sectors by size get the looks; equal ones by their code. The unknown is last, and grey. */
static void choose_looks(mlg_drawing *d)
{
    const int32_t n = d->graph->n_sectors;
    for (int32_t s = 0; s < n; s++) {
        d->rank[s] = 0;
        for (int32_t t = 0; t < n; t++) {
            const bool larger = d->members[t] > d->members[s];
            d->rank[s] += larger || (t < s && d->members[t] == d->members[s]) ? 1 : 0;
        }
        d->look[s] = d->rank[s] < LOOKS ? d->rank[s] : LOOKS;
    }
    d->rank[n] = n;
    d->look[n] = LOOKS;
}

int32_t mlg_drawing_ranked(const mlg_drawing *d, int32_t rank)
{
    for (int32_t disc = 0; disc <= d->graph->n_sectors; disc++) {
        if (d->rank[disc] == rank) {
            return disc;
        }
    }
    return d->graph->n_sectors;
}

/* ---- order ----------------------------------------------------------------------------- */

typedef struct entry {
    int32_t rank, actor;
    double degree;
} entry;

static int by_sector_and_ties(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    if (a->rank != b->rank) {
        return a->rank < b->rank ? -1 : 1;
    }
    if (a->degree != b->degree) {
        return a->degree > b->degree ? -1 : 1;
    }
    return a->actor < b->actor ? -1 : a->actor > b->actor;
}

static mlg_status put_in_order(mlg_drawing *d, mlg_error *err)
{
    mlg_status status = MLG_OK;
    entry *entries = mlg_alloc((size_t) d->graph->n, sizeof *entries);

    TRY_ALLOC(err, entries);
    for (int32_t v = 0; v < d->graph->n; v++) {
        entries[v] = (entry){d->rank[mlg_drawing_disc(d, v)], v, mlg_drawing_degree(d, v)};
        d->most_ties = fmax(d->most_ties, entries[v].degree);
    }
    qsort(entries, (size_t) d->graph->n, sizeof *entries, by_sector_and_ties);
    for (int32_t i = 0; i < d->graph->n; i++) {
        d->order[i] = entries[i].actor;
        d->place[entries[i].actor] = i;
    }
out:
    mlg_free(entries);
    return status;
}

/* ---- opening --------------------------------------------------------------------------- */

mlg_status mlg_drawing_open(mlg_drawing *d, size_t n_dots, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_discs = (size_t) d->graph->n_sectors + 1;

    d->n_dots = n_dots;
    d->dot = mlg_zalloc(n_dots, sizeof *d->dot);
    d->group = mlg_zalloc(n_dots, sizeof *d->group);
    d->aside = mlg_zalloc(n_dots, sizeof *d->aside);
    d->order = mlg_zalloc((size_t) d->graph->n, sizeof *d->order);
    d->place = mlg_zalloc((size_t) d->graph->n, sizeof *d->place);
    d->disc = mlg_zalloc(n_discs, sizeof *d->disc);
    d->members = mlg_zalloc(n_discs, sizeof *d->members);
    d->look = mlg_zalloc(n_discs, sizeof *d->look);
    d->rank = mlg_zalloc(n_discs, sizeof *d->rank);
    if (d->dot == NULL || d->group == NULL || d->aside == NULL || d->order == NULL ||
        d->place == NULL || d->disc == NULL || d->members == NULL || d->look == NULL ||
        d->rank == NULL) {
        FAIL(err, MLG_ENOMEM, "out of memory for a drawing of %zu actors", n_dots);
    }
    for (int32_t v = 0; v < d->graph->n; v++) {
        d->members[mlg_drawing_disc(d, v)]++;
    }
    choose_looks(d);
    TRY(put_in_order(d, err));
    d->places.dots = d->dot;
    d->places.n_dots = n_dots;
out:
    return status;
}

void mlg_drawing_close(mlg_drawing *d)
{
    mlg_places_free(&d->places);
    mlg_free(d->dot);
    mlg_free(d->group);
    mlg_free(d->aside);
    mlg_free(d->order);
    mlg_free(d->place);
    mlg_free(d->disc);
    mlg_free(d->members);
    mlg_free(d->look);
    mlg_free(d->rank);
}

/* ---- looks ------------------------------------------------------------------------------- */

double mlg_drawing_radius(const mlg_drawing *d, double ties)
{
    return d->dot_least + (d->dot_most - d->dot_least) * sqrt(ties / fmax(d->most_ties, 1.0));
}

const char *mlg_drawing_colour(const mlg_drawing *d, int32_t disc)
{
    return looks[d->look[disc]].colour;
}

/* A length without the zeros that end it. */
static void length(mlg_buffer *out, double value, int digits)
{
    const size_t before = out->length;
    mlg_buffer_fixed(out, value, digits);
    if (digits == 1 && !out->failed && out->length > before + 2 &&
        strcmp(out->text + out->length - 2, ".0") == 0) {
        out->length -= 2;
        out->text[out->length] = '\0';
    }
}

void mlg_drawing_attribute(mlg_buffer *out, const char *name, double value)
{
    mlg_buffer_format(out, " %s=\"", name);
    length(out, value, 1);
    mlg_buffer_char(out, '"');
}

void mlg_drawing_point(mlg_buffer *out, const char *before, double x, double y, int digits)
{
    mlg_buffer_text(out, before);
    length(out, x, digits);
    if (!(y <= -0.5 * pow(10.0, -digits))) { /* a minus parts them too */
        mlg_buffer_char(out, ' ');
    }
    length(out, y, digits);
}

const char *mlg_drawing_shape(mlg_buffer *out, const mlg_drawing *d, int32_t disc,
                              const mlg_dot *dot)
{
    const char *points = looks[d->look[disc]].points;
    double x = 0.0, y = 0.0, old_x = 0.0, old_y = 0.0;

    if (points == NULL) {
        mlg_buffer_text(out, "<circle");
        mlg_drawing_attribute(out, "cx", dot->x);
        mlg_drawing_attribute(out, "cy", dot->y);
        mlg_drawing_attribute(out, "r", dot->r);
        return "circle";
    }
    mlg_drawing_point(out, "<path d=\"M", dot->x, dot->y, 1);
    for (const char *command = "m"; *points != '\0'; command = "l") {
        points += strspn(points, " ");
        points += mlg_number_read(points, &x);
        points += strspn(points, " ");
        points += mlg_number_read(points, &y);
        x *= dot->r / 10.0;
        y *= dot->r / 10.0;
        mlg_drawing_point(out, command, x - old_x, y - old_y, 1);
        old_x = x;
        old_y = y;
    }
    mlg_buffer_text(out, "z\"");
    return "path";
}

/* ---- words ------------------------------------------------------------------------------- */

mlg_arg mlg_drawing_sector(const mlg_drawing *d, int32_t disc)
{
    return disc < d->graph->n_sectors ? mlg_arg_label(MLG_SCOPE_SECTOR, d->graph->sector_code[disc])
                                      : mlg_arg_key(T_sector_unknown);
}

void mlg_drawing_describe(mlg_buffer *text, const mlg_drawing *d, int32_t v)
{
    const mlg_arg args[] = {mlg_arg_label(d->graph->scope, d->graph->subject[v]),
                            mlg_drawing_sector(d, mlg_drawing_disc(d, v)),
                            mlg_arg_count(mlg_drawing_degree(d, v))};
    mlg_say(text, d->results, d->results->labels.language, T_svg_dot, args, 3);
}
