/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/distance_slope.h"

#include <math.h>

#include "base/fail.h"
#include "base/memory.h"

enum { FINE = 1024, MOST_STEPS = 200 };

/* Mean and variance of log(1 + km) when each pair counts exp(slope * log(1 + km)). */
typedef struct tilt {
    double all, sum, squares;
} tilt;

/* Every weight is divided by that of the pair that counts most: no overflow. */
static void add(tilt *t, double pairs, double log_km, double slope, double end)
{
    if (pairs > 0.0) {
        const double weight = pairs * exp(slope * (log_km - end));
        t->all += weight;
        t->sum += weight * log_km;
        t->squares += weight * log_km * log_km;
    }
}

static tilt tilt_classes(const mlg_slopes *s, double slope)
{
    tilt t = {0};
    const double end = slope > 0.0 ? s->log_km[s->n - 1] : s->log_km[0];
    for (size_t c = 0; c < s->n; c++) {
        add(&t, s->pairs[c], s->log_km[c], slope, end);
    }
    return t;
}

static tilt tilt_places(const mlg_slopes *s, double slope)
{
    tilt t = {0};
    const mlg_distances *d = s->d;
    const double end = slope > 0.0 ? d->longest : d->shortest;
    for (int32_t a = 0; a < d->n_places; a++) {
        for (int32_t b = a; b < d->n_places; b++) {
            add(&t, mlg_pairs_between(d, a, b), mlg_log_between(d, a, b), slope, end);
        }
    }
    return t;
}

/* Newton's steps within halvings: the mean rises with the slope. Where every tie is at one end of
 * the distances the slope is infinite. */
static double solve(const mlg_slopes *s, tilt (*tilted)(const mlg_slopes *, double), double mean,
                    double start)
{
    double low = -MLG_STEEPEST, high = MLG_STEEPEST, slope = start;
    const double hair = 1e-12 * fmax(1.0, s->d->longest);

    if (mean <= s->d->shortest + hair || mean >= s->d->longest - hair) {
        return mean <= s->d->shortest + hair ? low : high;
    }
    for (int i = 0; i < MOST_STEPS && high - low > 1e-13; i++) {
        const tilt t = tilted(s, slope);
        const double here = t.sum / t.all, spread = t.squares / t.all - here * here;
        double next;
        if (here < mean) {
            low = slope;
        } else {
            high = slope;
        }
        next = slope + (mean - here) / spread;
        if (!(next > low && next < high)) {
            next = (low + high) / 2.0;
        }
        if (fabs(next - slope) <= 1e-13 * (1.0 + fabs(slope))) {
            return next;
        }
        slope = next;
    }
    return slope;
}

/* ---- classes ---------------------------------------------------------------------------- */

/* As coarse as the table, where distances are not kept pair by pair. */
static void take_table(const mlg_distances *d, mlg_slopes *out)
{
    for (int c = 0; c < MLG_DISTANCE_CLASSES; c++) {
        if (d->pairs[c] > 0.0) {
            out->pairs[out->n] = d->pairs[c];
            out->log_km[out->n++] = d->log_km[c];
        }
    }
}

static void take_places(const mlg_distances *d, mlg_slopes *out)
{
    size_t used = 0;
    const double step = d->longest > d->shortest ? FINE / (d->longest - d->shortest) : 0.0;

    for (int32_t a = 0; a < d->n_places; a++) {
        for (int32_t b = a; b < d->n_places; b++) {
            const double pairs = mlg_pairs_between(d, a, b), log_km = mlg_log_between(d, a, b);
            const size_t c = pairs > 0.0 ? (size_t) ((log_km - d->shortest) * step) : 0;
            out->pairs[c < FINE ? c : FINE] += pairs;
            out->log_km[c < FINE ? c : FINE] += pairs > 0.0 ? pairs * log_km : 0.0;
        }
    }
    for (size_t c = 0; c <= FINE; c++) {
        if (out->pairs[c] > 0.0) {
            const double pairs = out->pairs[c], sum = out->log_km[c];
            out->pairs[used] = pairs;
            out->log_km[used++] = sum / pairs;
        }
    }
    out->n = used;
}

mlg_status mlg_slopes_open(const mlg_distances *d, mlg_slopes *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_slopes){.d = d};
    out->pairs = mlg_zalloc(FINE + 1, sizeof *out->pairs);
    out->log_km = mlg_zalloc(FINE + 1, sizeof *out->log_km);
    TRY_ALLOC(err, out->pairs);
    TRY_ALLOC(err, out->log_km);
    if (d->log_of_pair != NULL) {
        take_places(d, out);
    } else {
        take_table(d, out);
    }
out:
    if (status != MLG_OK) {
        mlg_slopes_close(out);
    }
    return status;
}

void mlg_slopes_close(mlg_slopes *slopes)
{
    mlg_free(slopes->pairs);
    mlg_free(slopes->log_km);
    *slopes = (mlg_slopes){0};
}

double mlg_slope_of_study(const mlg_slopes *slopes, double mean)
{
    const double near = solve(slopes, tilt_classes, mean, 0.0);
    return slopes->d->log_of_pair != NULL ? solve(slopes, tilt_places, mean, near) : near;
}

double mlg_slope_of_draw(const mlg_slopes *slopes, double mean, double start)
{
    return solve(slopes, tilt_classes, mean, start);
}
