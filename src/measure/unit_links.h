/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_UNIT_LINKS_H
#define MLG_MEASURE_UNIT_LINKS_H

#include "graph/graph.h"
#include "measure/gap_ground.h"
#include "measure/perimeters.h"

/* Where the actors of a graph work, unit by unit, and which units are linked: two that a
 * perimeter of a scheme in force holds; where no such perimeter holds two units, of any. */
typedef struct mlg_unit_links {
    int32_t n;           /* units with an actor of the graph */
    mlg_id *unit;        /* [n] territory, ascending */
    mlg_csr works;       /* actor of the graph -> units, all of them */
    mlg_csr works_alone; /* the same of those whose place is one unit: no larger territory */
    bool by_schemes;
    mlg_csr within;    /* unit -> perimeters that link */
    uint32_t *holds;   /* [perimeters] units of the study that each holds */
    int32_t n_linking; /* perimeters that hold two units of it or more */
} mlg_unit_links;

mlg_status mlg_unit_links_of(const mlg_graph *graph, mlg_unit_links *out,
                             mlg_error *err) MLG_MUST_CHECK;
void mlg_unit_links_free(mlg_unit_links *links);

/* Perimeters that hold both of two units; the units of the smallest of them into *smallest. */
uint32_t mlg_unit_links_between(const mlg_unit_links *links, int32_t u, int32_t v,
                                uint32_t *smallest);

#endif
