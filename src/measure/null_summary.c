/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/null_summary.h"

#include <gsl/gsl_statistics_double.h>
#include <math.h>

size_t mlg_draws_in(double room, uint32_t wanted)
{
    if (room >= wanted) {
        return wanted;
    }
    return room < 99.0 ? 0 : (size_t) ((room + 1.0) / 100.0) * 100 - 1;
}

double mlg_draws_room(double steps, double easy, double most)
{
    const double room = easy / steps;
    return room < 99.0 && 99.0 * steps <= most ? 99.0 : room;
}

double mlg_z(double observed, double mean, double sd)
{
    return sd > 0.0 ? (observed - mean) / sd : NAN;
}

static double p_of(size_t extreme, size_t n, bool enumerated)
{
    return enumerated ? (double) extreme / (double) n
                      : (1.0 + (double) extreme) / (1.0 + (double) n);
}

/* Mean and standard deviation of n values: of all there are, or estimated. */
static void moments_of(const double *value, size_t n, bool enumerated, double scale,
                       mlg_null_summary *out)
{
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < n; i++) {
        sum += value[i];
    }
    out->mean = sum / (double) n;
    for (size_t i = 0; i < n; i++) {
        squares += (value[i] - out->mean) * (value[i] - out->mean);
    }
    const double divisor = enumerated ? (double) n : (double) n - 1.0;
    if (divisor > 0.0) {
        out->sd = sqrt(squares / divisor);
        out->sd = out->sd > 1e-12 * scale ? out->sd : 0.0;
    }
}

mlg_null_summary mlg_null_summarise(const double *draw, size_t n, bool enumerated, double observed,
                                    double scale, double *scratch)
{
    mlg_null_summary out = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    const double slack = 1e-12 * scale;
    size_t less = 0, greater = 0, defined = 0;

    if (n == 0 || isnan(observed)) {
        return out;
    }
    for (size_t i = 0; i < n; i++) {
        less += isnan(draw[i]) || draw[i] <= observed + slack;
        greater += isnan(draw[i]) || draw[i] >= observed - slack;
        if (!isnan(draw[i])) {
            scratch[defined++] = draw[i];
        }
    }
    out.p_less = p_of(less, n, enumerated);
    out.p_greater = p_of(greater, n, enumerated);
    out.p_two = fmin(1.0, 2.0 * fmin(out.p_less, out.p_greater));
    if (defined > 0) {
        const size_t rank = (defined * 25 + 999) / 1000; /* ceil(.025 n), from 1 */
        moments_of(scratch, defined, enumerated, scale, &out);
        out.low = gsl_stats_select(scratch, 1, defined, rank - 1);
        out.high = gsl_stats_select(scratch, 1, defined, defined - rank);
    }
    return out;
}
