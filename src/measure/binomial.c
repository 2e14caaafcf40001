/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/binomial.h"

#include <float.h>
#include <math.h>

/* The likeliest count, and the first and last whose chance, relative to it, is a
 * normal number. */
typedef struct shape {
    uint32_t mode, first, last;
    double all; /* sum of relative chances */
} shape;

/* P(k - 1) / P(k), P(k + 1) / P(k). */
static double fall(uint32_t n, double odds, uint32_t k)
{
    return k / ((n - k + 1.0) * odds);
}

static double rise(uint32_t n, double odds, uint32_t k)
{
    return (n - (double) k) * odds / (k + 1.0);
}

static shape shape_of(uint32_t n, double chance, double odds)
{
    const double likeliest = floor((n + 1.0) * chance);
    shape s = {.mode = likeliest < n ? (uint32_t) likeliest : n};
    double c = 1.0, below = 0.0, above = 0.0;

    s.first = s.last = s.mode;
    for (uint32_t k = s.mode; k > 0; k--) {
        c *= fall(n, odds, k);
        if (!(c >= DBL_MIN)) { /* below, digits are lost */
            break;
        }
        s.first = k - 1;
        below += c;
    }
    c = 1.0;
    for (uint32_t k = s.mode; k < n; k++) {
        c *= rise(n, odds, k);
        if (!(c >= DBL_MIN)) { /* below, digits are lost */
            break;
        }
        s.last = k + 1;
        above += c;
    }
    s.all = 1.0 + below + above;
    return s;
}

/* Sum of the relative chances up to, and with, x; then from x on. */
static double tail_below(const shape *s, uint32_t n, double odds, uint32_t x)
{
    double c = 1.0, sum = 0.0;
    if (x < s->first) {
        return 0.0;
    }
    for (uint32_t k = s->mode; k > s->first; k--) { /* down to first */
        sum += k <= x ? c : 0.0;
        c *= fall(n, odds, k);
    }
    sum += c; /* first itself */
    c = 1.0;
    for (uint32_t k = s->mode; k < x && k < s->last; k++) {
        c *= rise(n, odds, k);
        sum += c;
    }
    return sum;
}

static double tail_above(const shape *s, uint32_t n, double odds, uint32_t x)
{
    double c = 1.0, sum = 0.0;
    if (x > s->last) {
        return 0.0;
    }
    for (uint32_t k = s->mode; k < s->last; k++) { /* up to last */
        sum += k >= x ? c : 0.0;
        c *= rise(n, odds, k);
    }
    sum += c; /* last itself */
    c = 1.0;
    for (uint32_t k = s->mode; k > x && k > s->first; k--) {
        c *= fall(n, odds, k);
        sum += c;
    }
    return sum;
}

/* First count that the cumulative chance reaches a level at. */
static uint32_t quantile(const shape *s, uint32_t n, double odds, double level)
{
    double c = 1.0, sum = 0.0;
    uint32_t k = s->mode;
    for (; k > s->first; k--) {
        c *= fall(n, odds, k);
    }
    for (sum = c; sum < level * s->all && k < s->last; k++) {
        c *= rise(n, odds, k);
        sum += c;
    }
    return k;
}

/* At most 1, and never 0: what is that unlikely can still happen. */
static double as_chance(double p)
{
    return fmin(1.0, fmax(DBL_MIN, p));
}

mlg_binomial mlg_binomial_of(uint32_t n, double chance, uint32_t x)
{
    mlg_binomial out = {0};

    if (n == 0 || chance <= 0.0 || chance >= 1.0) { /* one count is certain */
        const uint32_t sure = chance >= 1.0 ? n : 0;
        out = (mlg_binomial){x >= sure, x <= sure, 0.0, sure, sure};
    } else {
        const double odds = chance / (1.0 - chance);
        const shape s = shape_of(n, chance, odds);
        out.less = as_chance(tail_below(&s, n, odds, x) / s.all);
        out.greater = as_chance(tail_above(&s, n, odds, x) / s.all);
        out.low = quantile(&s, n, odds, 0.025);
        out.high = quantile(&s, n, odds, 0.975);
    }
    out.two = fmin(1.0, 2.0 * fmin(out.less, out.greater));
    return out;
}
