/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/urn_sum.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "measure/hypergeometric.h"

static const double LEAST = 1e-290;

/* So many standard deviations hold all chances of LEAST and more, on either side. */
enum { WIDTH = 37 };

/* ---- size -------------------------------------------------------------------- */

/* Marked balls that a draw can hold at least and at most. */
static void range_of(uint32_t all, uint32_t marked, uint32_t drawn, int64_t *low, int64_t *high)
{
    const int64_t spare = (int64_t) marked + drawn - all;
    *low = spare > 0 ? spare : 0;
    *high = marked < drawn ? marked : drawn;
}

static double variance_of(double all, double marked, double drawn)
{
    const double p = marked / all;
    return all > 1.0 ? drawn * p * (1.0 - p) * (all - drawn) / (all - 1.0) : 0.0;
}

double mlg_urn_sum_terms(uint32_t all, uint32_t marked, const uint32_t *drawn, size_t n)
{
    double terms = 0.0, width = 1.0, variance = 0.0;
    for (size_t i = 0; i < n; i++) {
        int64_t low = 0, high = 0;
        range_of(all, marked, drawn[i], &low, &high);
        const double own = (double) (high - low) + 1.0;
        variance += variance_of(all, marked, drawn[i]);
        terms +=
            own * (width < 2.0 * WIDTH * sqrt(variance) + 2.0 ? width
                                                              : 2.0 * WIDTH * sqrt(variance) + 2.0);
        width += own - 1.0;
    }
    return terms;
}

/* ---- convolution --------------------------------------------------------------- */

/* Leaves out chances too small to count at either end. */
static void trim(mlg_urn_sum *sum)
{
    size_t first = 0;
    while (sum->n > 1 && sum->chance[sum->n - 1] < LEAST) {
        sum->n--;
    }
    while (first + 1 < sum->n && sum->chance[first] < LEAST) {
        first++;
    }
    memmove(sum->chance, sum->chance + first, (sum->n - first) * sizeof *sum->chance);
    sum->low += (int64_t) first;
    sum->n -= first;
}

/* Adds a draw to the sum; `room` is as large as the sum's own. */
static void add_draw(mlg_urn_sum *sum, const double *chance, size_t n, int64_t low, double *room)
{
    const size_t length = sum->n + n - 1;
    memset(room, 0, length * sizeof *room);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < sum->n; j++) {
            room[i + j] += chance[i] * sum->chance[j];
        }
    }
    memcpy(sum->chance, room, length * sizeof *room);
    sum->n = length;
    sum->low += low;
    trim(sum);
}

mlg_status mlg_urn_sum_of(uint32_t all, uint32_t marked, const uint32_t *drawn, size_t n,
                          mlg_urn_sum *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t length = 1, widest = 1;
    double *own = NULL, *room = NULL;
    int64_t low = 0, high = 0;

    for (size_t i = 0; i < n; i++) {
        range_of(all, marked, drawn[i], &low, &high);
        length += (size_t) (high - low);
        widest = (size_t) (high - low) + 1 > widest ? (size_t) (high - low) + 1 : widest;
    }
    *out = (mlg_urn_sum){.n = 1, .chance = mlg_alloc(length, sizeof *out->chance)};
    own = mlg_alloc(widest, sizeof *own);
    room = mlg_alloc(length, sizeof *room);
    TRY_ALLOC(err, out->chance);
    TRY_ALLOC(err, own);
    TRY_ALLOC(err, room);
    out->chance[0] = 1.0;
    for (size_t i = 0; i < n; i++) {
        range_of(all, marked, drawn[i], &low, &high);
        if (i == 0 || drawn[i] != drawn[i - 1]) {
            mlg_urn_chances(all, marked, drawn[i], own);
        }
        add_draw(out, own, (size_t) (high - low) + 1, low, room);
    }
out:
    mlg_free(room);
    mlg_free(own);
    if (status != MLG_OK) {
        mlg_urn_sum_free(out);
    }
    return status;
}

void mlg_urn_sum_free(mlg_urn_sum *sum)
{
    mlg_free(sum->chance);
    *sum = (mlg_urn_sum){0};
}
