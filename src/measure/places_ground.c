/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/places_ground.h"

#include "base/fail.h"
#include "base/texts.h"

void mlg_places_ground_free(mlg_places_ground *g)
{
    mlg_free(g->unit);
    mlg_free(g->of_unit);
    mlg_free(g->people);
    mlg_free(g->things);
    mlg_free(g->divided);
    *g = (mlg_places_ground){0};
}

mlg_status mlg_places_ground_make(const mlg_perimeters *perimeters, mlg_places_ground *g,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = (size_t) perimeters->n_units;

    g->unit = mlg_alloc(room, sizeof *g->unit);
    g->of_unit = mlg_alloc(room, sizeof *g->of_unit);
    g->people = mlg_alloc(room, sizeof *g->people);
    g->things = mlg_zalloc(room, sizeof *g->things);
    g->divided = mlg_zalloc(room, sizeof *g->divided);
    TRY_ALLOC(err, g->unit);
    TRY_ALLOC(err, g->of_unit);
    TRY_ALLOC(err, g->people);
    TRY_ALLOC(err, g->things);
    TRY_ALLOC(err, g->divided);
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        g->of_unit[unit] = -1;
        if (perimeters->asked[unit] && perimeters->population[unit] > 0.0) {
            g->of_unit[unit] = g->n;
            g->unit[g->n] = unit;
            g->people[g->n++] = perimeters->population[unit];
            g->all_people += perimeters->population[unit];
        }
        g->left_out += perimeters->asked[unit] && !(perimeters->population[unit] > 0.0);
    }
    g->outside = perimeters->n_outside;
    for (int32_t u = 0; u < g->n; u++) {
        g->people[u] /= g->all_people;
    }
out:
    return status;
}

static mlg_text_key why_not(const mlg_places_ground *g, int32_t placed, int32_t unplaced,
                            mlg_text_key none)
{
    if (g->n < 2) {
        return g->n == 0 ? T_why_no_population : T_why_one_unit;
    }
    if (g->located > 0.0) {
        return T_none;
    }
    return g->spread > 0.0 ? T_why_all_spread
           : placed > 0    ? T_why_placed_elsewhere
           : unplaced > 0  ? T_why_no_place
                           : none;
}

void mlg_places_ground_put(const mlg_locations *places, const bool *in, mlg_text_key none,
                           mlg_places_ground *g)
{
    int32_t placed = 0;

    for (int32_t u = 0; u < g->n; u++) {
        g->things[u] = g->divided[u] = 0.0;
    }
    g->located = g->spread = g->elsewhere = 0.0;
    for (int32_t thing = 0; thing < places->at.n; thing++) {
        const int32_t unit = mlg_location_unit(places, thing),
                      u = unit >= 0 ? g->of_unit[unit] : -1;
        bool met = false;
        if (in != NULL && !in[thing]) {
            continue;
        }
        placed++;
        for (uint32_t i = places->at.offset[thing]; i < places->at.offset[thing + 1]; i++) {
            const int32_t part = g->of_unit[places->at.target[i]];
            if (part >= 0) {
                g->divided[part] += places->at.weight[i];
                met = true;
            }
        }
        if (u >= 0) {
            g->things[u]++;
        }
        g->located += u >= 0;
        g->spread += met && u < 0;
        g->elsewhere += !met;
    }
    g->why = why_not(g, placed, in == NULL ? places->unplaced : 0, none);
}
