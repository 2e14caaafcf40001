/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "measure/percolation_runs.h"

static int ascending(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

/* The value below or at which so large a share of the sorted draws is. */
static double quantile(const double *sorted, uint32_t n, double share)
{
    const double rank = ceil(share * n - 1e-9);
    return sorted[rank < 1.0 ? 0 : (uint32_t) rank - 1];
}

mlg_status mlg_left_band_of(const double *value, uint32_t draws, int32_t n, mlg_left_band *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *point = mlg_alloc(draws, sizeof *point);
    double **const columns[] = {&out->mean, &out->low, &out->high, &out->worst, &out->error};

    TRY_ALLOC(err, point);
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) {
        *columns[c] = mlg_alloc((size_t) n, sizeof **columns[c]);
        TRY_ALLOC(err, *columns[c]);
    }
    for (int32_t i = 0; i < n; i++) {
        double sum = 0.0, squares = 0.0;
        for (uint32_t d = 0; d < draws; d++) {
            point[d] = value[(size_t) d * (size_t) n + (size_t) i];
            sum += point[d];
        }
        out->mean[i] = sum / draws;
        for (uint32_t d = 0; d < draws; d++) {
            squares += (point[d] - out->mean[i]) * (point[d] - out->mean[i]);
        }
        qsort(point, draws, sizeof *point, ascending);
        out->error[i] = draws > 1 ? sqrt(squares / (draws - 1.0) / draws) : NAN;
        out->low[i] = quantile(point, draws, 0.05);
        out->high[i] = quantile(point, draws, 0.95);
        out->worst[i] = point[0];
    }
out:
    mlg_free(point);
    if (status != MLG_OK) {
        mlg_left_band_free(out);
    }
    return status;
}

void mlg_left_band_free(mlg_left_band *band)
{
    mlg_free(band->mean);
    mlg_free(band->low);
    mlg_free(band->high);
    mlg_free(band->worst);
    mlg_free(band->error);
    *band = (mlg_left_band){0};
}
