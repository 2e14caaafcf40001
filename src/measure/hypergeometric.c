/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/hypergeometric.h"

#include <math.h>

/* X of k drawn among n, K marked. */
typedef struct urn {
    double n, marked, drawn;
    double low, high; /* of X */
} urn;

static urn urn_of(double n, double marked, double drawn)
{
    return (urn){n, marked, drawn, fmax(0.0, marked + drawn - n), fmin(marked, drawn)};
}

static double mode_of(const urn *u)
{
    const double mode = floor((u->drawn + 1.0) * (u->marked + 1.0) / (u->n + 2.0));
    return fmin(fmax(mode, u->low), u->high);
}

/* P(x + 1) / P(x). */
static double up(const urn *u, double x)
{
    return (u->marked - x) * (u->drawn - x) / ((x + 1.0) * (u->n - u->marked - u->drawn + x + 1.0));
}

/* P(X >= least) and P(X <= most). Both ways from the mode, in units of its chance. */
static void sum_tails(const urn *u, double most, double least, double *below, double *above)
{
    const double mode = mode_of(u);
    double all = 0.0;
    *below = *above = 0.0;
    for (double x = mode, p = 1.0; x <= u->high && p > 0.0; p *= up(u, x), x++) {
        all += p;
        *below += x <= most ? p : 0.0;
        *above += x >= least ? p : 0.0;
    }
    for (double x = mode - 1.0, p = 1.0; x >= u->low; x--) {
        p /= up(u, x);
        if (!(p > 0.0)) {
            break;
        }
        all += p;
        *below += x <= most ? p : 0.0;
        *above += x >= least ? p : 0.0;
    }
    *below /= all;
    *above /= all;
}

/* Marked among all drawn first, then how many of those are among the second: X = both. */
mlg_tails mlg_two_weight_tails(uint32_t all, uint32_t inside, uint32_t once, uint32_t twice,
                               uint32_t x)
{
    const urn drawn = urn_of(all, inside, (double) once + twice);
    const double mode = mode_of(&drawn);
    double total = 0.0, less = 0.0, greater = 0.0, below = 0.0, above = 0.0;

    for (int way = 1; way >= -1; way -= 2) {
        double p = 1.0;
        for (double y = mode; y >= drawn.low && y <= drawn.high && p > 0.0; y += way) {
            if (way > 0 || y != mode) {
                const urn second = urn_of((double) once + twice, y, twice);
                sum_tails(&second, x - y, x - y, &below, &above);
                total += p;
                less += p * below;
                greater += p * above;
            }
            p = way > 0 ? p * up(&drawn, y) : y > drawn.low ? p / up(&drawn, y - 1.0) : 0.0;
        }
    }
    return (mlg_tails){fmin(1.0, less / total), fmin(1.0, greater / total)};
}
