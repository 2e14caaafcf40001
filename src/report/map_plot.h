/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_MAP_PLOT_H
#define MLG_REPORT_MAP_PLOT_H

#include "report/document.h"

/* Territories as points where they are, without outlines: the size of a disc says how many
 * live there, its shade how many perimeters lie over it. */
typedef struct mlg_map_point {
    double lon, lat;
    double people; /* NaN: unknown, the smallest disc */
    int layers;    /* 0: a ring without filling */
    mlg_id territory;
} mlg_map_point;

/* `points` [n] are put in order, most people first. NULL when memory was short, which the
 * document knows, or when no two points are apart. */
mlg_figure *mlg_doc_map(mlg_document *document, const char *file, mlg_sentence caption,
                        mlg_sentence description, mlg_map_point *points, size_t n);

#endif
