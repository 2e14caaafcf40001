/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_BUILD_H
#define MLG_GRAPH_BUILD_H

#include "base/fail.h"
#include "base/memory.h"
#include "graph/graph.h"

/* Steps that the makers of graphs share; nobody outside this folder needs them. */

/* No projection is built above this number of pairs, unless the run forces it: 20 million
 * pairs make up to 480 MB of ties. */
#define MLG_MAX_PAIRS UINT64_C(20000000)

/* Rows of ties between actors 0..n-1 of a graph. */
typedef struct mlg_tie_rows {
    const int32_t *from, *to;
    const double *weight; /* NULL: unweighted */
    const uint8_t *arc;   /* [m] does the row say a direction; NULL: `all_arcs` of each */
    bool all_arcs;
    size_t m;
} mlg_tie_rows;

/* make.c: fills `ties`, `arcs` and what is told of them. Rows without a direction are two
 * arcs when another row has one. */
mlg_status mlg_graph_set_ties(mlg_graph *graph, const mlg_tie_rows *rows, mlg_error *err);
/* make.c: fills `attends`, `attended` and, when not too large, the projection as `ties`.
 * view.projection says the rule; repeated rows of one actor in one activity are one. */
mlg_status mlg_graph_set_participations(mlg_graph *graph, const int32_t *actor,
                                        const int32_t *activity, size_t m, const mlg_run *run,
                                        mlg_error *err);
/* sectors.c: fills sectors of the subjects, from the model. */
mlg_status mlg_graph_set_sectors(mlg_graph *graph, mlg_error *err);

#endif
