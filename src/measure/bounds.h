/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BOUNDS_H
#define MLG_MEASURE_BOUNDS_H

#include "measure/labels.h"

/* What an index can reach given the sizes of the sectors and the ties only, whoever has
 * them. Given the graph as well the range is narrower, and not known without enumeration. */
typedef struct mlg_bounds {
    double low, high; /* NaN when there is no tie */
} mlg_bounds;

/* E-I of `total` ties between actors so labelled: as many as fit go inside, then outside.
 * Directed: a pair holds two arcs. Sharp. */
mlg_bounds mlg_ei_bounds(const mlg_labelling *labelling, bool directed, double total);

/* The same for given weights: inside go as many of the largest as fit; outside as many
 * as fit, leaving the smallest inside. `weight` [n] ascending, one a tie or an arc. */
mlg_bounds mlg_ei_weighted_bounds(const mlg_labelling *labelling, bool directed,
                                  const double *weight, size_t n);

/* Nominal assortativity given the sectors' shares of the ends of ties: `squares` = sum of
 * their squares. NaN when one sector has all of them. */
mlg_bounds mlg_assortativity_bounds(double squares);

#endif
