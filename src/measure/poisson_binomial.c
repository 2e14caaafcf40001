/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/poisson_binomial.h"

#include <math.h>
#include <string.h>

/* One more trial. The last place gathers all that is above `most`. */
static void add_trial(double *chance, uint32_t most, double p)
{
    chance[most + 1] += chance[most] * p;
    for (uint32_t k = most; k > 0; k--) {
        chance[k] = chance[k] * (1.0 - p) + chance[k - 1] * p;
    }
    chance[0] *= 1.0 - p;
}

/* Sum of two independent numbers of successes, into `to` (neither of the two). */
static void add_up(const double *a, const double *b, uint32_t most, double *to)
{
    double above = b[most + 1]; /* chance that b alone passes what is left */

    memset(to, 0, ((size_t) most + 2) * sizeof *to);
    for (uint32_t i = 0; i <= most; i++) {
        for (uint32_t j = 0; i + j <= most; j++) {
            to[i + j] += a[i] * b[j];
        }
        to[most + 1] += a[i] * above;
        above += b[most - i];
    }
    to[most + 1] += a[most + 1] * above; /* above: of any b */
}

static void copy(double *to, const double *from, uint32_t most)
{
    memcpy(to, from, ((size_t) most + 2) * sizeof *to);
}

/* `times` trials of one chance by doubling: power = 1, 2, 4 ... of them. */
static void add_trials(double *chance, uint32_t most, double p, uint32_t times, double *room)
{
    double *power = room, *sum = room + most + 2;

    memset(power, 0, ((size_t) most + 2) * sizeof *power);
    power[0] = 1.0;
    add_trial(power, most, p);
    for (uint32_t left = times; left > 0; left >>= 1) {
        if ((left & 1u) != 0) {
            add_up(chance, power, most, sum);
            copy(chance, sum, most);
        }
        if (left > 1) {
            add_up(power, power, most, sum);
            copy(power, sum, most);
        }
    }
}

void mlg_poisson_binomial(const double *p, const uint32_t *times, size_t n, uint32_t most,
                          double *out, double *room)
{
    enum { FEW = 4 }; /* as quick one by one */

    memset(out, 0, ((size_t) most + 2) * sizeof *out);
    out[0] = 1.0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t made = times != NULL ? times[i] : 1;
        if (made > FEW) {
            add_trials(out, most, p[i], made, room);
            continue;
        }
        for (uint32_t k = 0; k < made; k++) {
            add_trial(out, most, p[i]);
        }
    }
}

mlg_tails mlg_poisson_binomial_tails(const double *chance, uint32_t most, uint32_t x)
{
    double less = 0.0, greater = 0.0;

    for (uint32_t k = 0; k <= x; k++) {
        less += chance[k];
    }
    for (uint32_t k = most + 2; k-- > x;) {
        greater += chance[k];
    }
    return (mlg_tails){fmin(1.0, less), fmin(1.0, greater)};
}
