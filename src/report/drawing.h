/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_DRAWING_H
#define MLG_REPORT_DRAWING_H

#include "graph/graph.h"
#include "report/document.h"
#include "report/place.h"

/* The drawing is so wide, in units that are pixels at 1:1. On a narrow screen only the middle
 * is shown, larger (report.css): the ring and the strip under it stay within it, the names of
 * sectors and actors give way to numbers. */
#define MLG_DRAWING_WIDTH 1000.0
#define MLG_NARROW_LEFT   150.0
#define MLG_NARROW_RIGHT  850.0

/* Sizes of letters. */
#define MLG_SECTOR_SIZE 15.0
#define MLG_ACTOR_SIZE  13.0
#define MLG_NUMBER_SIZE 26.0 /* of sectors, on a narrow screen */

/* Up to so many actors all are named; above, those with most ties. */
enum { MLG_ALL_NAMED = 30 };

/* A network drawing under way: where its actors and sectors stand and how they look. */
typedef struct mlg_drawing {
    const mlg_results *results;
    const mlg_graph *graph;
    size_t n_dots;             /* actors drawn: all, or 0 when sectors stand for them */
    mlg_dot *dot;              /* [n_dots] */
    mlg_dot *disc;             /* [n_sectors + 1]; the last is "sector unknown"; r = 0: not drawn */
    int32_t *members;          /* [n_sectors + 1] */
    int32_t *look;             /* [n_sectors + 1] colour and shape: 0 = the largest sector's */
    int32_t *rank;             /* [n_sectors + 1] 0 = the largest, "unknown" last */
    int32_t *order;            /* [actors] as drawn and listed: sector by sector, most ties first */
    int32_t *place;            /* [actors] in that order */
    int32_t *group;            /* [n_dots] -1: on the ring; 0..: in that small group of the strip */
    bool *aside;               /* [n_dots] group >= 0 */
    int32_t n_groups;          /* small groups and actors without a tie; these come last */
    int32_t n_small;           /* of them with ties */
    double middle_x, middle_y; /* of the ring: ties between sectors bend towards it */
    double bottom;             /* of what is drawn so far */
    double dot_least, dot_most; /* radii of no tie and of most_ties */
    double most_ties;           /* of an actor; without dots: between two sectors */
    mlg_places places;          /* frame: what is drawn, once it is */
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

/* Area says the number of ties. */
double mlg_drawing_radius(const mlg_drawing *drawing, double ties);
const char *mlg_drawing_colour(const mlg_drawing *drawing, int32_t disc);
/* The disc of a rank, 0 = the largest sector. */
int32_t mlg_drawing_ranked(const mlg_drawing *drawing, int32_t rank);
/* The sector of a disc, as an argument of a text. */
mlg_arg mlg_drawing_sector(const mlg_drawing *drawing, int32_t disc);
/* Opens the element of a dot in its sector's shape, without the end of the tag; a path begins
 * with the middle of its shape. Answers the element's name. */
const char *mlg_drawing_shape(mlg_buffer *out, const mlg_drawing *drawing, int32_t disc,
                              const mlg_dot *dot);
/* "name (sector): 12 ties". */
void mlg_drawing_describe(mlg_buffer *text, const mlg_drawing *drawing, int32_t v);

/* drawing_lay.c: discs, dots and their sizes; or discs alone. */
mlg_status mlg_drawing_lay(mlg_drawing *drawing, mlg_error *err) MLG_MUST_CHECK;
void mlg_drawing_lay_sectors(mlg_drawing *drawing);

/* drawing_strip.c: who is tied to few or none stands apart, under the ring. `find` says who,
 * before the ring is laid out; `lay` places them from y downwards and names the two parts. */
mlg_status mlg_drawing_find_groups(mlg_drawing *drawing, mlg_error *err) MLG_MUST_CHECK;
bool mlg_drawing_lay_strip(mlg_buffer *out, mlg_drawing *drawing); /* false: no memory */

/* drawing_labels.c: names of sectors outside the ring and their numbers for narrow screens;
 * the names of the actors with most ties, as room allows. False when memory is short. */
bool mlg_drawing_sector_labels(mlg_buffer *out, mlg_drawing *drawing);
mlg_status mlg_drawing_actor_labels(mlg_buffer *out, mlg_drawing *drawing,
                                    mlg_error *err) MLG_MUST_CHECK;
/* One line of text whose box is taken, from the left. False when memory is short. */
bool mlg_drawing_write(mlg_buffer *out, mlg_drawing *drawing, double x, double top, double size,
                       bool bold, const char *text);

/* drawing_ties.c */
void mlg_drawing_ties(mlg_buffer *out, const mlg_drawing *drawing);
/* Partners of the i-th in the order that come after it, as an attribute data-t of their
 * numbers in the order: what the page's script reads. */
void mlg_drawing_partners(mlg_buffer *out, const mlg_drawing *drawing, int32_t i);
/* Lines between sectors, and the numbers that stand on the widest of them. */
mlg_status mlg_drawing_sector_ties(mlg_buffer *out, mlg_drawing *drawing,
                                   mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_drawing_line_labels(mlg_buffer *out, mlg_drawing *drawing,
                                   mlg_error *err) MLG_MUST_CHECK;

/* drawing_legend.c: what sizes and lines mean, under all else. False when memory is short. */
bool mlg_drawing_legend(mlg_buffer *out, mlg_drawing *drawing);
/* How wide the line between two sectors is; `most` ties are widest. */
double mlg_drawing_line_width(double ties, double most);

/* svg.c: writes an opened drawing; what it placed stays to be looked at. */
mlg_status mlg_drawing_svg(mlg_drawing *drawing, mlg_buffer *out, mlg_error *err) MLG_MUST_CHECK;

/* Numbers of a drawing: one decimal, point in every locale. */
void mlg_drawing_attribute(mlg_buffer *out, const char *name, double value);
void mlg_drawing_point(mlg_buffer *out, const char *before, double x, double y, int digits);

#endif
