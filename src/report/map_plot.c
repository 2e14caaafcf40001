/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/map_plot.h"

#include <math.h>
#include <stdlib.h>

#include "report/drawing.h"
#include "report/letters.h"
#include "report/place.h"
#include "report/plot_words.h"

enum { NAMED = 10, STEPS = 5 };

#define EDGE    26.0
#define TALLEST 640.0
#define LARGEST 20.0 /* radius of the most people */
#define LEAST   2.5
#define SEEN    5.0 /* a name hides no disc from this radius on */
#define LEGEND  44.0
#define DEGREE  (3.14159265358979323846 / 180.0)

/* None, one, two, three, four and more: light to dark, in black and white too. */
static const char *const shades[STEPS] = {"#ffffff", "#cfe0e8", "#8fb8cc", "#3f86a8", "#0b3f57"};

typedef struct map {
    mlg_plot_frame frame;
    const mlg_map_point *points; /* [n] */
    mlg_dot *dots;               /* [n] */
    size_t n;
    double west, north, scale, squeeze; /* of a degree of latitude; of longitude against it */
} map;

static int by_people(const void *left, const void *right)
{
    const mlg_map_point *a = left, *b = right;
    const double people_a = isnan(a->people) ? -1.0 : a->people;
    const double people_b = isnan(b->people) ? -1.0 : b->people;
    if (people_a != people_b) {
        return people_a > people_b ? -1 : 1;
    }
    return (a->territory > b->territory) - (a->territory < b->territory);
}

/* Degrees to the drawing: longitudes are drawn together as at the middle latitude, which is true
 * enough for a region. False when all points are one. */
static bool lay(map *m, double *height)
{
    double west = INFINITY, east = -INFINITY, south = INFINITY, north = -INFINITY;

    for (size_t i = 0; i < m->n; i++) {
        west = fmin(west, m->points[i].lon);
        east = fmax(east, m->points[i].lon);
        south = fmin(south, m->points[i].lat);
        north = fmax(north, m->points[i].lat);
    }
    m->squeeze = fmax(0.01, cos(DEGREE * 0.5 * (south + north)));
    const double wide = (east - west) * m->squeeze, tall = north - south;
    if (!(wide > 0.0) && !(tall > 0.0)) {
        return false;
    }
    const double room = MLG_PLOT_WIDTH - 2.0 * EDGE;
    m->scale = fmin(wide > 0.0 ? room / wide : INFINITY,
                    tall > 0.0 ? (TALLEST - 2.0 * EDGE) / tall : INFINITY);
    m->west = west - 0.5 * (room - wide * m->scale) / (m->scale * m->squeeze);
    m->north = north;
    *height = 2.0 * EDGE + tall * m->scale;
    return true;
}

static void place_dots(map *m)
{
    const double most = m->points[0].people;
    for (size_t i = 0; i < m->n; i++) {
        const mlg_map_point *point = &m->points[i];
        const double share = most > 0.0 && point->people > 0.0 ? point->people / most : 0.0;
        m->dots[i] = (mlg_dot){EDGE + (point->lon - m->west) * m->squeeze * m->scale,
                               EDGE + (m->north - point->lat) * m->scale,
                               fmax(LEAST, LARGEST * sqrt(share))};
    }
}

static const char *shade_of(int layers)
{
    return shades[layers < STEPS ? layers : STEPS - 1];
}

static void discs(const map *m)
{
    mlg_buffer look = {0};

    mlg_buffer_text(m->frame.out, "<g stroke=\"#1c1c1e\" stroke-width=\".8\">\n");
    for (size_t i = 0; i < m->n; i++) {
        mlg_buffer_clear(&look);
        mlg_buffer_format(&look, "fill=\"%s\"", shade_of(m->points[i].layers));
        mlg_plot_disc(m->frame.out, mlg_buffer_string(&look), m->dots[i].x, m->dots[i].y,
                      m->dots[i].r);
    }
    mlg_buffer_text(m->frame.out, "</g>\n");
    m->frame.out->failed = m->frame.out->failed || look.failed;
    mlg_buffer_free(&look);
}

/* The places with most people, as far as there is room for their names. */
static void names(const map *m, double size, double bottom)
{
    size_t seen = 0;
    while (seen < m->n && m->dots[seen].r >= SEEN) {
        seen++;
    }
    mlg_places places = {
        .frame = {2.0, 2.0, MLG_PLOT_WIDTH - 2.0, bottom}, .dots = m->dots, .n_dots = seen};

    for (size_t i = 0; i < m->n && i < NAMED; i++) {
        mlg_buffer text = {0};
        mlg_box box;
        const char *anchor = NULL;
        const mlg_arg arg = mlg_arg_label(MLG_SCOPE_TERRITORY, m->points[i].territory);
        const mlg_sentence name = mlg_sentence_of(T_overlap_number, &arg, 1);

        mlg_say_arg(&text, m->frame.results, m->frame.results->labels.language, &arg);
        const double width = 1.05 * size * mlg_letters_width(mlg_buffer_string(&text), false);
        if (mlg_place_beside(&places, &m->dots[i], width, size, &box, &anchor)) {
            const bool end = anchor != NULL && anchor[0] == 'e';
            const bool middle = anchor != NULL && anchor[0] == 'm';
            mlg_plot_text(&m->frame, anchor,
                          end      ? box.right
                          : middle ? 0.5 * (box.left + box.right)
                                   : box.left,
                          box.bottom - 0.2 * size, size, width + size, &name);
            m->frame.out->failed = m->frame.out->failed || !mlg_place_take(&places, &box);
        }
        m->frame.out->failed = m->frame.out->failed || text.failed;
        mlg_buffer_free(&text);
    }
    mlg_places_free(&places);
}

static void legend_discs(const map *m, double y)
{
    mlg_buffer look = {0};
    for (int step = 0; step < STEPS; step++) {
        mlg_buffer_clear(&look);
        mlg_buffer_format(&look, "stroke=\"#1c1c1e\" fill=\"%s\"", shades[step]);
        mlg_plot_disc(m->frame.out, mlg_buffer_string(&look), EDGE + 120.0 * step, y, 8.0);
    }
    m->frame.out->failed = m->frame.out->failed || look.failed;
    mlg_buffer_free(&look);
}

static void words(const map *m, bool narrow, double bottom)
{
    const double size = narrow ? MLG_PLOT_NARROW : MLG_PLOT_SIZE;

    mlg_plot_words(&m->frame, narrow);
    names(m, size, bottom);
    for (int step = 0; step < STEPS; step++) {
        const mlg_arg arg = mlg_arg_count(step);
        const mlg_sentence text = mlg_sentence_of(step == 0          ? T_map_none
                                                  : step + 1 < STEPS ? T_overlap_number
                                                                     : T_map_more,
                                                  &arg, 1);
        mlg_plot_text(&m->frame, NULL, EDGE + 120.0 * step + 14.0, bottom + 16.0 + 0.35 * size,
                      size, 100.0, &text);
    }
    mlg_plot_words_end(&m->frame);
}

mlg_figure *mlg_doc_map(mlg_document *document, const char *file, mlg_sentence caption,
                        mlg_sentence description, mlg_map_point *points, size_t n)
{
    double height = 0.0;
    map m = {.points = points, .n = n};

    if (n == 0 || !lay(&m, &height)) {
        return NULL;
    }
    qsort(points, n, sizeof *points, by_people);
    mlg_figure *figure = mlg_doc_figure(document, file, caption);
    m.dots = mlg_alloc(n, sizeof *m.dots);
    if (figure == NULL || m.dots == NULL) {
        document->failed = true;
        mlg_free(m.dots);
        return NULL;
    }
    m.frame = (mlg_plot_frame){&figure->svg, document->results, file, height + LEGEND};
    place_dots(&m);
    mlg_plot_open(&m.frame, &caption, &description);
    discs(&m);
    legend_discs(&m, height + 16.0);
    words(&m, false, height);
    words(&m, true, height);
    mlg_plot_close(&m.frame);
    document->failed = document->failed || m.frame.out->failed;
    mlg_free(m.dots);
    return figure;
}
