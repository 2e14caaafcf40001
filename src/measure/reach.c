/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/reach.h"

#include <math.h>

mlg_status mlg_reach_open(mlg_reach *reach, const mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *reach = (mlg_reach){.model = model};
    TRY(mlg_perimeters_of(model, &reach->perimeters, err));
    reach->share = mlg_zalloc((size_t) reach->perimeters.n_units, sizeof *reach->share);
    TRY_ALLOC(err, reach->share);
    for (int32_t unit = 0; unit < reach->perimeters.n_units; unit++) {
        const double people = reach->perimeters.population[unit];
        reach->all_people += reach->perimeters.counts[unit] && !isnan(people) ? people : 0.0;
    }
out:
    return status;
}

void mlg_reach_close(mlg_reach *reach)
{
    mlg_perimeters_free(&reach->perimeters);
    mlg_free(reach->share);
    *reach = (mlg_reach){0};
}

void mlg_reach_clear(mlg_reach *reach)
{
    for (int32_t unit = 0; unit < reach->perimeters.n_units; unit++) {
        reach->share[unit] = 0.0;
    }
}

static void mark(mlg_reach *reach, mlg_id territory)
{
    const mlg_model *model = reach->model;
    for (uint32_t i = territory >= 0 ? model->unit_offset[territory] : 0;
         territory >= 0 && i < model->unit_offset[territory + 1]; i++) {
        const int32_t unit = reach->perimeters.unit_of[model->unit[i]];
        if (unit >= 0) {
            reach->share[unit] = fmax(reach->share[unit], model->unit_share[i]);
        }
    }
}

void mlg_reach_mark_scheme(mlg_reach *reach, mlg_id scheme)
{
    const int32_t at = scheme >= 0 ? reach->model->party_scheme_row[scheme] : -1;
    mark(reach, at >= 0 ? mlg_get_id(reach->model, C_schemes_territory, at) : -1);
}

int32_t mlg_reach_units(const mlg_reach *reach)
{
    int32_t units = 0;
    for (int32_t unit = 0; unit < reach->perimeters.n_units; unit++) {
        units += reach->share[unit] > 0.0;
    }
    return units;
}

void mlg_reach_mark(mlg_reach *reach, int32_t row)
{
    const mlg_model *model = reach->model;
    size_t n = 0;
    const int32_t *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
    const mlg_id own = mlg_get_id(model, C_posts_territory, row);

    mark(reach, own);
    for (size_t i = 0; i < n && own < 0; i++) {
        mlg_reach_mark_scheme(reach, schemes[i]);
    }
}

double mlg_reach_people(const mlg_reach *reach)
{
    double people = NAN;
    for (int32_t unit = 0; unit < reach->perimeters.n_units; unit++) {
        const double here = reach->perimeters.population[unit];
        if (reach->share[unit] > 0.0 && !isnan(here)) {
            people = (isnan(people) ? 0.0 : people) + here * reach->share[unit];
        }
    }
    return people;
}
