/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_COORDINATES_H
#define MLG_MEASURE_COORDINATES_H

#include "model/model.h"

/* A point on the globe, as a vector of length 1: distances need one root and one arc sine. */
typedef struct mlg_point {
    double x, y, z;
} mlg_point;

/* The point of a territory: its own, else that of its main town. False when neither has one. */
bool mlg_point_of(const mlg_model *model, mlg_id territory, mlg_point *out);
/* The territory whose point that is: itself or its main town. -1: none. */
mlg_id mlg_point_host(const mlg_model *model, mlg_id territory);
/* Along the great circle, in km; the Earth a sphere of 6,371.0088 km. */
double mlg_km_between(const mlg_point *a, const mlg_point *b);

#endif
