/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_DISTANCE_SLOPE_H
#define MLG_MEASURE_DISTANCE_SLOPE_H

#include "measure/distance_ground.h"

#define MLG_STEEPEST 50.0 /* a slope beyond is infinite */

/* Slopes under which pairs are tied so that the mean of log(1 + km) over ties is as given. That of
 * the study is solved over all pairs of places; those of draws over a thousand classes of distance,
 * each at its mean, which moves them by less than 1e-4. */
typedef struct mlg_slopes {
    const mlg_distances *d;
    size_t n; /* classes that have a pair */
    double *pairs, *log_km;
} mlg_slopes;

mlg_status mlg_slopes_open(const mlg_distances *d, mlg_slopes *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_slopes_close(mlg_slopes *slopes);

double mlg_slope_of_study(const mlg_slopes *slopes, double mean);
/* `start`: a slope that is not far. */
double mlg_slope_of_draw(const mlg_slopes *slopes, double mean, double start);

#endif
