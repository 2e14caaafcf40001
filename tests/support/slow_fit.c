/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_fit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/random.h"

const char *const fit_scales[FIT_KINDS] = {"epci", "cpts", "life_area"};

/* ---- a study --------------------------------------------------------------------------- */

static void write_text(fit_study *s)
{
    size_t used = (size_t) snprintf(s->text, sizeof s->text, "territories: id,population,scale\n");
    for (int u = 0; u < s->n_units; u++) {
        used += (size_t) snprintf(s->text + used, sizeof s->text - used, "u%d,%d,commune\n", u,
                                  s->people[u]);
    }
    for (int p = 0; p < s->n_perimeters; p++) {
        used += (size_t) snprintf(s->text + used, sizeof s->text - used, "T%d,,%s\n", p,
                                  fit_scales[s->kind[p]]);
    }
    used +=
        (size_t) snprintf(s->text + used, sizeof s->text - used, "perimeters: territory,unit\n");
    for (int p = 0; p < s->n_perimeters; p++) {
        for (int u = 0; u < s->n_units; u++) {
            if ((s->in[p] >> u & 1U) != 0) {
                used += (size_t) snprintf(s->text + used, sizeof s->text - used, "T%d,u%d\n", p, u);
            }
        }
    }
}

/* Every unit in one of the perimeters of each scale, at least one unit in each. */
static void split_units(fit_study *s, mlg_random *draw)
{
    int first = 0;
    for (int k = 0; k < FIT_KINDS; k++) {
        const int n = 2 + (int) mlg_random_below(draw, 3);
        for (int p = first; p < first + n; p++) {
            s->kind[p] = k;
            s->in[p] = 1U << (p - first);
        }
        for (int u = n; u < s->n_units; u++) {
            s->in[first + (int) mlg_random_below(draw, (unsigned) n)] |= 1U << u;
        }
        first += n;
    }
    s->n_perimeters = first;
}

void fit_study_make(fit_study *s, unsigned long stream, bool split)
{
    mlg_random draw = mlg_random_stream(61, "fit_study", split ? "split" : "", stream);

    *s = (fit_study){.n_units = 5 + (int) mlg_random_below(&draw, FIT_UNITS - 4)};
    for (int u = 0; u < s->n_units; u++) { /* a few below 1 % of the others */
        s->people[u] = mlg_random_below(&draw, 4) == 0 ? 1 + (int) mlg_random_below(&draw, 3)
                                                       : 100 + (int) mlg_random_below(&draw, 900);
    }
    s->n_perimeters = 2 + (int) mlg_random_below(&draw, FIT_PERIMETERS - 1);
    for (int p = 0; p < s->n_perimeters; p++) {
        s->kind[p] = (int) mlg_random_below(&draw, FIT_KINDS);
        s->in[p] = 1 + mlg_random_below(&draw, (1U << s->n_units) - 1);
    }
    if (split) {
        split_units(s, &draw);
    }
    write_text(s);
}

/* ---- sets --------------------------------------------------------------------------------- */

double slow_people(const fit_study *s, unsigned units)
{
    double sum = 0.0;
    for (int u = 0; u < s->n_units; u++) {
        sum += (units >> u & 1U) != 0 ? s->people[u] : 0;
    }
    return sum;
}

mlg_perimeter_relation slow_relation(const fit_study *s, int a, int b, bool tolerant)
{
    const unsigned x = s->in[a], y = s->in[b];
    const double smaller = fmin(slow_people(s, x), slow_people(s, y));
    const double sliver = tolerant ? 0.01 * smaller : 0.0;
    const bool apart = slow_people(s, x & y) <= sliver;
    const bool x_in = slow_people(s, x & ~y) <= sliver, y_in = slow_people(s, y & ~x) <= sliver;

    return apart          ? MLG_DISJOINT
           : x_in && y_in ? MLG_EQUAL
           : x_in         ? MLG_A_IN_B
           : y_in         ? MLG_B_IN_A
                          : MLG_CROSSING;
}

/* ---- information ------------------------------------------------------------------------------
 */

static double entropy(const int *label, const double *weight, int n)
{
    double all = 0.0, bits = 0.0;
    for (int i = 0; i < n; i++) {
        all += weight != NULL ? weight[i] : 1.0;
    }
    for (int i = 0; i < n; i++) { /* each thing gives its share of its group's term */
        double group = 0.0;
        for (int j = 0; j < n; j++) {
            group += label[j] == label[i] ? (weight != NULL ? weight[j] : 1.0) : 0.0;
        }
        bits -= (weight != NULL ? weight[i] : 1.0) / all * log2(group / all);
    }
    return bits;
}

static double joint_entropy(const int *a, const int *b, const double *weight, int n)
{
    int both[64];
    for (int i = 0; i < n; i++) {
        both[i] = a[i] * 1000 + b[i];
    }
    return entropy(both, weight, n);
}

double slow_vi(const int *a, const int *b, const double *weight, int n)
{
    return 2.0 * joint_entropy(a, b, weight, n) - entropy(a, weight, n) - entropy(b, weight, n);
}

static double information(const int *a, const int *b, int n)
{
    return entropy(a, NULL, n) + entropy(b, NULL, n) - joint_entropy(a, b, NULL, n);
}

/* Sum of the information over every order of b from place `at` on. */
static double over_orders(const int *a, int *b, int n, int at, double *orders)
{
    double sum = 0.0;
    if (at == n) {
        *orders += 1.0;
        return information(a, b, n);
    }
    for (int i = at; i < n; i++) {
        const int first = b[at];
        b[at] = b[i];
        b[i] = first;
        sum += over_orders(a, b, n, at + 1, orders);
        b[i] = b[at];
        b[at] = first;
    }
    return sum;
}

double slow_ami(const int *a, const int *b, int n)
{
    int dealt[64];
    double orders = 0.0;
    memcpy(dealt, b, (size_t) n * sizeof *dealt);
    const double expected = over_orders(a, dealt, n, 0, &orders) / orders;
    const double most = 0.5 * (entropy(a, NULL, n) + entropy(b, NULL, n));
    return (information(a, b, n) - expected) / (most - expected);
}
