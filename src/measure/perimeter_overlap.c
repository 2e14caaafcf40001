/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/perimeter_overlap.h"

#include <math.h>

#include "base/memory.h"

/* Shares read from text as thirds or percentages may sum to a hair over the whole. */
static const double SHARE_ROUNDING = 1e-9;

mlg_extent *mlg_extents_of(const mlg_perimeters *perimeters)
{
    const mlg_csr *covers = &perimeters->covers;
    mlg_extent *whole = mlg_zalloc((size_t) perimeters->n, sizeof *whole);

    for (int32_t p = 0; whole != NULL && p < perimeters->n; p++) {
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            const double people = perimeters->population[covers->target[i]];
            whole[p].units += covers->weight[i];
            whole[p].unknown += isnan(people) != 0;
            whole[p].people += isnan(people) ? 0.0 : people * covers->weight[i];
        }
    }
    return whole;
}

void mlg_overlap_add(mlg_overlap *to, double a, double b, bool one_scale, double people)
{
    const double over = a + b - 1.0;
    const bool apart = one_scale && over <= SHARE_ROUNDING;
    const double most = apart ? 0.0 : a < b ? a : b;
    const double least = apart || over < 0.0 ? 0.0 : over;

    to->most.units += most;
    to->units_low += least;
    if (isnan(people)) {
        to->most.unknown += 1.0;
    } else {
        to->most.people += people * most;
        to->people_low += people * least;
    }
}

bool mlg_perimeters_one_scale(const mlg_perimeters *perimeters, int32_t a, int32_t b)
{
    return perimeters->scale[a] >= 0 && perimeters->scale[a] == perimeters->scale[b];
}

mlg_overlap mlg_overlap_of(const mlg_perimeters *perimeters, int32_t a, int32_t b)
{
    const mlg_csr *covers = &perimeters->covers;
    const bool one_scale = mlg_perimeters_one_scale(perimeters, a, b);
    mlg_overlap both = {.a = a, .b = b};
    uint32_t i = covers->offset[a], j = covers->offset[b];

    while (i < covers->offset[a + 1] && j < covers->offset[b + 1]) {
        const int32_t x = covers->target[i], y = covers->target[j];
        if (x == y) {
            mlg_overlap_add(&both, covers->weight[i], covers->weight[j], one_scale,
                            perimeters->population[x]);
        }
        i += x <= y;
        j += y <= x;
    }
    return both;
}

static void weigh_one(double share, double weight, double *whole, double *unknown)
{
    *unknown += isnan(weight) != 0;
    *whole += isnan(weight) ? 0.0 : share * weight;
}

mlg_weighing mlg_overlap_weighed(const mlg_perimeters *perimeters, const double *weight, int32_t a,
                                 int32_t b)
{
    const mlg_csr *covers = &perimeters->covers;
    const bool one_scale = mlg_perimeters_one_scale(perimeters, a, b);
    mlg_weighing w = {0};
    uint32_t i = covers->offset[a], j = covers->offset[b];

    while (i < covers->offset[a + 1] || j < covers->offset[b + 1]) {
        const int32_t x = i < covers->offset[a + 1] ? covers->target[i] : INT32_MAX;
        const int32_t y = j < covers->offset[b + 1] ? covers->target[j] : INT32_MAX;
        const double of_unit = weight[x < y ? x : y];
        double unknown = 0.0;
        if (x <= y) {
            weigh_one(covers->weight[i], of_unit, &w.a, &unknown);
        }
        if (y <= x) {
            weigh_one(covers->weight[j], of_unit, &w.b, &unknown);
        }
        if (x == y && !isnan(of_unit)) {
            mlg_overlap unit = {0};
            mlg_overlap_add(&unit, covers->weight[i], covers->weight[j], one_scale, of_unit);
            w.most += unit.most.people;
            w.low += unit.people_low;
        }
        w.unknown += unknown > 0.0;
        i += x <= y;
        j += y <= x;
    }
    return w;
}
