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
            whole[p].units_least += mlg_share_at(perimeters, i).least;
            whole[p].people_least +=
                isnan(people) ? 0.0 : people * mlg_share_at(perimeters, i).least;
        }
    }
    return whole;
}

/* How much of a part, at its largest, lies in the other whatever that one is. */
static double kept(double most, double other_least)
{
    return other_least >= 1.0 ? most : fmax(0.0, most + other_least - 1.0);
}

static void add_doubt(mlg_doubt *to, double weight, mlg_share a, mlg_share b, double most,
                      double least, bool apart)
{
    to->kept_a += weight * ((apart ? 0.0 : kept(a.most, b.least)) - least);
    to->kept_b += weight * ((apart ? 0.0 : kept(b.most, a.least)) - least);
    to->lost_a += weight * (most - fmin(a.least, most));
    to->lost_b += weight * (most - fmin(b.least, most));
}

void mlg_overlap_add(mlg_overlap *to, mlg_share a, mlg_share b, bool tiled, double people)
{
    const bool known = a.least == a.most && b.least == b.most;
    const bool apart = tiled && a.most + b.most - 1.0 <= SHARE_ROUNDING;
    const bool may_be_apart = known ? apart : tiled && a.least + b.least < 1.0;
    const double over = a.least >= 1.0 ? b.least /* to the last bit: a whole unit holds the part */
                        : b.least >= 1.0 ? a.least
                                         : a.least + b.least - 1.0;
    const double most = apart ? 0.0 : fmin(a.most, b.most);
    const double least = may_be_apart || over < 0.0 ? 0.0 : over;

    to->most.units += most;
    to->units_low += least;
    if (isnan(people)) {
        to->most.unknown += 1.0;
    } else {
        to->most.people += people * most;
        to->people_low += people * least;
    }
    if (!known && !apart) {
        add_doubt(&to->units, 1.0, a, b, most, least, may_be_apart);
        add_doubt(&to->people, isnan(people) ? 0.0 : people, a, b, most, least, may_be_apart);
        to->meet = to->meet || (!may_be_apart && (a.least >= 1.0 || b.least >= 1.0));
    }
}

static mlg_ends ends_of(double most, double low, const mlg_doubt *doubt, mlg_share a, mlg_share b)
{
    return (mlg_ends){
        .most = most,
        .most_a = fmin(a.most, fmax(most, a.least + doubt->lost_a)),
        .most_b = fmin(b.most, fmax(most, b.least + doubt->lost_b)),
        .low = low,
        .low_a = a.most - doubt->kept_a,
        .low_b = b.most - doubt->kept_b,
    };
}

mlg_ends mlg_overlap_units(const mlg_overlap *o, const mlg_extent *a, const mlg_extent *b)
{
    return ends_of(o->most.units, o->units_low, &o->units, (mlg_share){a->units_least, a->units},
                   (mlg_share){b->units_least, b->units});
}

mlg_ends mlg_overlap_people(const mlg_overlap *o, const mlg_extent *a, const mlg_extent *b)
{
    return ends_of(o->most.people, o->people_low, &o->people,
                   (mlg_share){a->people_least, a->people},
                   (mlg_share){b->people_least, b->people});
}

bool mlg_perimeters_tile(const mlg_perimeters *perimeters, int32_t a, int32_t b, uint32_t entry)
{
    return perimeters->scale[a] >= 0 && perimeters->scale[a] == perimeters->scale[b] &&
           (perimeters->tiled == NULL || perimeters->tiled[entry]);
}

mlg_overlap mlg_overlap_of(const mlg_perimeters *perimeters, int32_t a, int32_t b)
{
    const mlg_csr *covers = &perimeters->covers;
    mlg_overlap both = {.a = a, .b = b};
    uint32_t i = covers->offset[a], j = covers->offset[b];

    while (i < covers->offset[a + 1] && j < covers->offset[b + 1]) {
        const int32_t x = covers->target[i], y = covers->target[j];
        if (x == y) {
            mlg_overlap_add(&both, mlg_share_at(perimeters, i), mlg_share_at(perimeters, j),
                            mlg_perimeters_tile(perimeters, a, b, i), perimeters->population[x]);
        }
        i += x <= y;
        j += y <= x;
    }
    return both;
}

static void weigh_one(mlg_share part, double weight, mlg_extent *whole, double *unknown)
{
    *unknown += isnan(weight) != 0;
    whole->people += isnan(weight) ? 0.0 : part.most * weight;
    whole->people_least += isnan(weight) ? 0.0 : part.least * weight;
}

mlg_weighing mlg_overlap_weighed(const mlg_perimeters *perimeters, const double *weight, int32_t a,
                                 int32_t b)
{
    const mlg_csr *covers = &perimeters->covers;
    mlg_weighing w = {0};
    mlg_overlap both = {.a = a, .b = b};
    mlg_extent whole_a = {0}, whole_b = {0};
    uint32_t i = covers->offset[a], j = covers->offset[b];

    while (i < covers->offset[a + 1] || j < covers->offset[b + 1]) {
        const int32_t x = i < covers->offset[a + 1] ? covers->target[i] : INT32_MAX;
        const int32_t y = j < covers->offset[b + 1] ? covers->target[j] : INT32_MAX;
        const double of_unit = weight[x < y ? x : y];
        double unknown = 0.0;
        if (x <= y) {
            weigh_one(mlg_share_at(perimeters, i), of_unit, &whole_a, &unknown);
        }
        if (y <= x) {
            weigh_one(mlg_share_at(perimeters, j), of_unit, &whole_b, &unknown);
        }
        if (x == y && !isnan(of_unit)) {
            mlg_overlap_add(&both, mlg_share_at(perimeters, i), mlg_share_at(perimeters, j),
                            mlg_perimeters_tile(perimeters, a, b, i), of_unit);
        }
        w.unknown += unknown > 0.0;
        i += x <= y;
        j += y <= x;
    }
    w.ends = mlg_overlap_people(&both, &whole_a, &whole_b);
    w.meet = both.meet;
    return w;
}
