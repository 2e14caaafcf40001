/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/hypergeometric.h"

#include <math.h>

/* X of `drawn` among n, of which `marked`. */
typedef struct urn {
    int64_t n, marked, drawn;
    int64_t low, high; /* of X */
} urn;

static urn urn_of(int64_t n, int64_t marked, int64_t drawn)
{
    const int64_t spare = marked + drawn - n;
    return (urn){n, marked, drawn, spare > 0 ? spare : 0, marked < drawn ? marked : drawn};
}

static int64_t mode_of(const urn *u)
{
    const int64_t mode =
        (int64_t) ((double) (u->drawn + 1) * (double) (u->marked + 1) / (double) (u->n + 2));
    return mode < u->low ? u->low : mode > u->high ? u->high : mode;
}

/* P(x + 1) / P(x), for low <= x <= high: 0 at high. */
static double up(const urn *u, int64_t x)
{
    return (double) (u->marked - x) * (double) (u->drawn - x) /
           ((double) (x + 1) * (double) (u->n - u->marked - u->drawn + x + 1));
}

/* Chance of the next x that way, from that of x; 0 past the end. */
static double next_chance(const urn *u, int64_t x, int way, double p)
{
    if (way > 0) {
        return p * up(u, x);
    }
    return x > u->low ? p / up(u, x - 1) : 0.0;
}

/* P(X <= cut) and P(X >= cut). Both ways from the mode, in units of its chance, until the
 * chances are too small to count. */
static mlg_tails tails_of(const urn *u, int64_t cut)
{
    const int64_t mode = mode_of(u);
    double all = 0.0, less = 0.0, greater = 0.0;
    for (int way = 1; way >= -1; way -= 2) {
        double p = way > 0 ? 1.0 : next_chance(u, mode, way, 1.0);
        for (int64_t x = way > 0 ? mode : mode - 1; p > 0.0; x += way) {
            all += p;
            less += x <= cut ? p : 0.0;
            greater += x >= cut ? p : 0.0;
            p = next_chance(u, x, way, p);
        }
    }
    return (mlg_tails){less / all, greater / all};
}

/* Marked among all drawn first, then how many of those are among the second: X = both. */
mlg_tails mlg_two_weight_tails(uint32_t all, uint32_t inside, uint32_t once, uint32_t twice,
                               uint32_t x)
{
    const urn drawn = urn_of(all, inside, (int64_t) once + twice);
    const int64_t mode = mode_of(&drawn);
    double total = 0.0, less = 0.0, greater = 0.0;

    for (int way = 1; way >= -1; way -= 2) {
        double p = way > 0 ? 1.0 : next_chance(&drawn, mode, way, 1.0);
        for (int64_t y = way > 0 ? mode : mode - 1; p > 0.0; y += way) {
            const urn second = urn_of((int64_t) once + twice, y, twice);
            const mlg_tails tails = tails_of(&second, (int64_t) x - y);
            total += p;
            less += p * tails.less;
            greater += p * tails.greater;
            p = next_chance(&drawn, y, way, p);
        }
    }
    return (mlg_tails){fmin(1.0, less / total), fmin(1.0, greater / total)};
}

void mlg_urn_chances(uint32_t all, uint32_t inside, uint32_t drawn, double *chance)
{
    const urn u = urn_of(all, inside, drawn);
    const int64_t mode = mode_of(&u);
    double total = 0.0;

    for (int64_t x = u.low; x <= u.high; x++) {
        chance[x - u.low] = 0.0;
    }
    for (int way = 1; way >= -1; way -= 2) {
        double p = way > 0 ? 1.0 : next_chance(&u, mode, way, 1.0);
        for (int64_t x = way > 0 ? mode : mode - 1; p > 0.0; x += way) {
            chance[x - u.low] = p;
            total += p;
            p = next_chance(&u, x, way, p);
        }
    }
    for (int64_t x = u.low; x <= u.high; x++) {
        chance[x - u.low] /= total;
    }
}
