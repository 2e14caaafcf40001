/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_DENSITY_H
#define MLG_MEASURE_DENSITY_H

#include "graph/graph.h"

/* Ties over the possible pairs, or arcs over the possible arcs; NaN below two actors. */
double mlg_density(const mlg_graph *graph, bool of_arcs);

#endif
