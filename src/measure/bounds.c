/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/bounds.h"

#include <math.h>

/* Ties (arcs) that can stand inside sectors, and between them. */
static void room_of(const mlg_labelling *labelling, bool directed, double *inside, double *between)
{
    const double ways = directed ? 1.0 : 0.5, n = labelling->n;
    *inside = ways * mlg_sharing_pairs(labelling);
    *between = ways * n * (n - 1.0) - *inside;
}

mlg_bounds mlg_ei_bounds(const mlg_labelling *labelling, bool directed, double total)
{
    double inside = 0.0, between = 0.0;
    room_of(labelling, directed, &inside, &between);
    const double most = fmin(total, inside), least = fmax(0.0, total - between);
    return (mlg_bounds){.low = total > 0.0 ? (total - 2.0 * most) / total : NAN,
                        .high = total > 0.0 ? (total - 2.0 * least) / total : NAN};
}

mlg_bounds mlg_ei_weighted_bounds(const mlg_labelling *labelling, bool directed,
                                  const double *weight, size_t n)
{
    double inside = 0.0, between = 0.0, total = 0.0, most = 0.0, least = 0.0;
    room_of(labelling, directed, &inside, &between);
    const double largest = fmin((double) n, inside), smallest = fmax(0.0, (double) n - between);
    for (size_t i = 0; i < n; i++) {
        total += weight[i];
        most += (double) (n - i) <= largest ? weight[i] : 0.0;
        least += (double) i < smallest ? weight[i] : 0.0;
    }
    return (mlg_bounds){.low = total > 0.0 ? (total - 2.0 * most) / total : NAN,
                        .high = total > 0.0 ? (total - 2.0 * least) / total : NAN};
}

mlg_bounds mlg_assortativity_bounds(double squares)
{
    const bool several = squares < 1.0;
    return (mlg_bounds){.low = several ? -squares / (1.0 - squares) : NAN,
                        .high = several ? 1.0 : NAN};
}
