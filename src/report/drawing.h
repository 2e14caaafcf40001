/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_DRAWING_H
#define MLG_REPORT_DRAWING_H

#include "graph/graph.h"
#include "report/document.h"
#include "report/place.h"

/* A network drawing under way: where its actors and sectors stand and how they look. */
typedef struct mlg_drawing {
    const mlg_results *results;
    const mlg_graph *graph;
    size_t n_dots;    /* actors drawn: all, or 0 when sectors stand for them */
    mlg_dot *dot;     /* [n_dots] */
    mlg_dot *disc;    /* [n_sectors + 1]; the last is "sector unknown" */
    int32_t *members; /* [n_sectors + 1] */
    int32_t *look;    /* [n_sectors + 1] colour and shape: 0 = the largest sector's */
    double height;
    mlg_places places;
} mlg_drawing;

mlg_status mlg_drawing_open(mlg_drawing *drawing, size_t n_dots, mlg_error *err) MLG_MUST_CHECK;
void mlg_drawing_close(mlg_drawing *drawing);

/* Disc of an actor: its first sector, or the last disc. */
static inline int32_t mlg_drawing_disc(const mlg_drawing *drawing, int32_t v)
{
    const int32_t sector = drawing->graph->sector[v];
    return sector >= 0 ? sector : drawing->graph->n_sectors;
}

static inline double mlg_drawing_degree(const mlg_drawing *drawing, int32_t v)
{
    return v < drawing->graph->ties.n ? mlg_csr_degree(&drawing->graph->ties, v) : 0.0;
}

const char *mlg_drawing_colour(const mlg_drawing *drawing, int32_t disc);
/* Opens the element of a dot in its sector's shape and colour; its title goes inside. */
void mlg_drawing_shape(mlg_buffer *out, const mlg_drawing *drawing, int32_t disc,
                       const mlg_dot *dot);
const char *mlg_drawing_shape_end(const mlg_drawing *drawing, int32_t disc);
/* "name (sector): 12 ties". */
void mlg_drawing_describe(mlg_buffer *text, const mlg_drawing *drawing, int32_t v);
/* Names of sectors outside the ring, then of the actors with most ties, as room allows. */
mlg_status mlg_drawing_labels(mlg_buffer *out, mlg_drawing *drawing, mlg_error *err) MLG_MUST_CHECK;

#endif
