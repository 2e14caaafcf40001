/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/thirds.h"

#include <math.h>

#include "base/random.h"
#include "measure/value.h"

/* At most so many outcomes are looked at, which bounds the things too. */
enum { MOST_OUTCOMES = 200000, MOST_THINGS = 640 };

void mlg_thirds_add(mlg_thirds *thirds, unsigned fields)
{
    const int n = (int) ((fields & 1u) + (fields >> 1 & 1u) + (fields >> 2 & 1u));
    thirds->one += n == 1;
    thirds->two += n == 2;
    thirds->all += n == 3;
    for (int k = 0; k < 3 && n > 0; k++) {
        thirds->sixths[k] += (fields >> k & 1u) != 0 ? 6 / n : 0;
    }
}

double mlg_thirds_evenness(const mlg_thirds *thirds)
{
    const double whole = 6.0 * mlg_thirds_n(thirds);
    double squares = 0.0;
    for (int k = 0; k < 3; k++) {
        const double share = (double) thirds->sixths[k] / whole;
        squares += share * share;
    }
    return (1.0 - squares) * 1.5;
}

/* A thing with one field has a squared distance from thirds of 2/3, one with two a quarter of
 * that, one with three none; distances of different things add nothing on average. */
double mlg_thirds_expected(const mlg_thirds *thirds)
{
    const double n = mlg_thirds_n(thirds);
    return 1.0 - (thirds->one + thirds->two / 4.0) / (n * n);
}

/* ---- every outcome ---------------------------------------------------------------------- */

/* 36 times the squared distance from thirds of an outcome: a[k] things of one field are in
 * field k, and b[k] things of two are not. */
static int64_t distance(const mlg_thirds *t, const int32_t a[3], const int32_t b[3])
{
    int64_t sum = 0;
    for (int k = 0; k < 3; k++) {
        const int64_t off = 6 * (int64_t) a[k] - 3 * (int64_t) b[k] + t->two - 2 * (int64_t) t->one;
        sum += off * off;
    }
    return sum;
}

static int64_t observed_distance(const mlg_thirds *t)
{
    int64_t sum = 0;
    for (int k = 0; k < 3; k++) {
        const int64_t off = t->sixths[k] - 2 * (int64_t) mlg_thirds_n(t);
        sum += off * off;
    }
    return sum;
}

static double outcomes(int32_t n)
{
    return 0.5 * (n + 1.0) * (n + 2.0);
}

bool mlg_thirds_is_small(const mlg_thirds *t)
{
    return outcomes(t->one) * outcomes(t->two) <= MOST_OUTCOMES;
}

/* Chance of the counts in three equal classes; `log_factorial` up to their sum. */
static double chance(const double *log_factorial, const int32_t count[3])
{
    const int32_t n = count[0] + count[1] + count[2];
    return exp(log_factorial[n] - log_factorial[count[0]] - log_factorial[count[1]] -
               log_factorial[count[2]] - n * log(3.0));
}

/* Chance that things of two fields take `a` at least as far from thirds as `observed`. */
static double tail_given(const mlg_thirds *t, const int32_t a[3], int64_t observed,
                         const double *log_factorial)
{
    double sum = 0.0;
    int32_t b[3];
    for (b[0] = 0; b[0] <= t->two; b[0]++) {
        for (b[1] = 0; b[1] <= t->two - b[0]; b[1]++) {
            b[2] = t->two - b[0] - b[1];
            sum += distance(t, a, b) >= observed ? chance(log_factorial, b) : 0.0;
        }
    }
    return sum;
}

double mlg_thirds_p(const mlg_thirds *t)
{
    const int64_t observed = observed_distance(t);
    double log_factorial[MOST_THINGS] = {0.0}, sum = 0.0;
    int32_t a[3];

    for (int32_t n = 2; n < MOST_THINGS; n++) {
        log_factorial[n] = log_factorial[n - 1] + log(n);
    }
    for (a[0] = 0; a[0] <= t->one; a[0]++) {
        for (a[1] = 0; a[1] <= t->one - a[0]; a[1]++) {
            a[2] = t->one - a[0] - a[1];
            sum += chance(log_factorial, a) * tail_given(t, a, observed, log_factorial);
        }
    }
    return sum > 1.0 - 1e-12 ? 1.0 : sum; /* the rest is rounding */
}

/* ---- draws --------------------------------------------------------------------------------- */

double mlg_thirds_draw_p(const mlg_thirds *t, uint64_t seed, const char *what, const char *which,
                         uint32_t draws)
{
    const int64_t observed = observed_distance(t);
    uint32_t extreme = 0;

    for (uint32_t draw = 0; draw < draws; draw++) {
        mlg_random random = mlg_random_stream(seed, what, which, draw);
        int32_t a[3] = {0}, b[3] = {0};
        for (int32_t i = 0; i < t->one; i++) {
            a[mlg_random_below(&random, 3)]++;
        }
        for (int32_t i = 0; i < t->two; i++) {
            b[mlg_random_below(&random, 3)]++;
        }
        extreme += distance(t, a, b) >= observed;
    }
    return draws > 0 ? mlg_draws_p(extreme, draws) : NAN;
}
