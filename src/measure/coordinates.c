/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/coordinates.h"

#include <math.h>

static const double EARTH_KM = 6371.0088, DEGREE = 0.017453292519943295;

static bool own_point(const mlg_model *model, mlg_id territory, mlg_point *out)
{
    const int32_t row = territory >= 0 ? model->territory_row[territory] : -1;
    const double lon = row >= 0 ? mlg_get_number(model, C_territories_lon, row) * DEGREE : NAN;
    const double lat = row >= 0 ? mlg_get_number(model, C_territories_lat, row) * DEGREE : NAN;

    *out = (mlg_point){cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)};
    return !isnan(lon) && !isnan(lat);
}

mlg_id mlg_point_host(const mlg_model *model, mlg_id territory)
{
    const int32_t row = territory >= 0 ? model->territory_row[territory] : -1;
    const mlg_id centre = row >= 0 ? mlg_get_id(model, C_territories_centre, row) : -1;
    mlg_point point;
    return own_point(model, territory, &point) ? territory
           : own_point(model, centre, &point)  ? centre
                                               : -1;
}

bool mlg_point_of(const mlg_model *model, mlg_id territory, mlg_point *out)
{
    return own_point(model, mlg_point_host(model, territory), out);
}

double mlg_km_between(const mlg_point *a, const mlg_point *b)
{
    const double x = a->x - b->x, y = a->y - b->y, z = a->z - b->z;
    const double chord = sqrt(x * x + y * y + z * z);
    return 2.0 * EARTH_KM * asin(fmin(1.0, chord / 2.0));
}
