/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_backbone.h"

#include <check.h>
#include <math.h>

double slow_successes(const double *p, int n, uint32_t from, uint32_t to)
{
    double sum = 0.0;
    ck_assert_int_le(n, 20);
    for (uint32_t outcome = 0; outcome < UINT32_C(1) << n; outcome++) {
        const uint32_t successes = (uint32_t) __builtin_popcount(outcome);
        double chance = 1.0;
        for (int i = 0; i < n; i++) {
            chance *= (outcome >> i & 1u) != 0 ? p[i] : 1.0 - p[i];
        }
        sum += successes >= from && successes <= to ? chance : 0.0;
    }
    return sum;
}

enum { MOST = 32, ROUNDS = 3000, HALVINGS = 60 };

static double sum_at(double t, const double *others, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        sum += 1.0 / (1.0 + exp(-(t + others[i])));
    }
    return sum;
}

/* The logarithm of a factor, by halving: within reach of numbers, infinity is 40. */
static double factor(double margin, const double *others, int n)
{
    double low = -60.0, high = 60.0;
    for (int k = 0; k < HALVINGS; k++) {
        const double middle = 0.5 * (low + high);
        if (sum_at(middle, others, n) < margin) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return fmax(-40.0, fmin(40.0, 0.5 * (low + high)));
}

double slow_bicm(const uint32_t *row, int n, const uint32_t *column, int m, double *p)
{
    double x[MOST] = {0.0}, y[MOST] = {0.0}, off = 1.0;

    ck_assert(n <= MOST && m <= MOST);
    for (int round = 0; round < ROUNDS && off > 1e-10; round++) {
        for (int i = 0; i < n; i++) {
            x[i] = factor(row[i], y, m);
        }
        off = 0.0;
        for (int j = 0; j < m; j++) {
            off = fmax(off, fabs(sum_at(y[j], x, n) - column[j]));
            y[j] = factor(column[j], x, n);
        }
    }
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
            p[i * m + j] = 1.0 / (1.0 + exp(-(x[i] + y[j])));
        }
    }
    return off;
}
