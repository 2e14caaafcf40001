/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_core.h"

#include <math.h>

static bool is_in(uint32_t set, int32_t v)
{
    return (set >> v & 1u) != 0;
}

/* What the pattern says of a pair; NaN: nothing. */
static double pattern_of(mlg_core_pattern pattern, bool a, bool b)
{
    const double across[] = {NAN, 1.0, 0.5};
    return a && b ? 1.0 : !a && !b ? 0.0 : across[pattern];
}

double slow_core_fit(const mlg_csr *ties, mlg_core_pattern pattern, uint32_t set)
{
    slow_matrix a = slow_dense(ties, false);
    double n = 0.0, sx = 0.0, sy = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;

    for (int32_t v = 0; v < ties->n; v++) {
        for (int32_t u = 0; u < v; u++) {
            const double x = pattern_of(pattern, is_in(set, v), is_in(set, u));
            const double y = *slow_cell(&a, v, u);
            if (!isnan(x)) {
                n += 1.0;
                sx += x;
                sy += y;
                xx += x * x;
                yy += y * y;
                xy += x * y;
            }
        }
    }
    slow_matrix_free(&a);
    const double spread = (n * xx - sx * sx) * (n * yy - sy * sy);
    return spread > 1e-9 ? (n * xy - sx * sy) / sqrt(spread) : NAN;
}

double slow_core_best(const mlg_csr *ties, mlg_core_pattern pattern, double *optima)
{
    double best = NAN;

    *optima = 0.0;
    for (uint32_t set = 0; set < 1u << ties->n; set++) {
        const double fit = slow_core_fit(ties, pattern, set);
        if (!isnan(fit) && (isnan(best) || fit > best + 1e-10)) {
            best = fit;
            *optima = 0.0;
        }
        *optima += fabs(fit - best) <= 1e-10 ? 1.0 : 0.0;
    }
    return best;
}

static bool leads(const slow_matrix *steps, int32_t a, int32_t b)
{
    return a == b || *slow_cell(steps, a, b) > 0.0;
}

double slow_one_way(const mlg_csr *arcs)
{
    slow_matrix steps = slow_steps(arcs);
    double mutual = 0.0, some = 0.0;

    for (int32_t a = 0; a < arcs->n; a++) {
        for (int32_t b = 0; b < a; b++) {
            mutual += leads(&steps, a, b) && leads(&steps, b, a);
            some += leads(&steps, a, b) || leads(&steps, b, a);
        }
    }
    slow_matrix_free(&steps);
    return some > 0.0 ? 1.0 - mutual / some : NAN;
}

/* Is k an upper bound of a and b that all others lead to (or that leads to all others)? */
static bool is_bound(const slow_matrix *steps, int32_t a, int32_t b, int32_t k, bool foremost)
{
    bool good = leads(steps, k, a) && leads(steps, k, b);
    for (int32_t other = 0; good && other < steps->rows; other++) {
        if (leads(steps, other, a) && leads(steps, other, b)) {
            good = foremost ? leads(steps, k, other) : leads(steps, other, k);
        }
    }
    return good;
}

double slow_upper_bounds(const mlg_csr *arcs, const mlg_csr *ties, bool foremost)
{
    slow_matrix steps = slow_steps(arcs), joined = slow_steps(ties);
    double without = 0.0, most = 0.0;

    for (int32_t a = 0; a < arcs->n; a++) {
        const double size = slow_component_size(ties, a);
        most += (size - 1.0) * (size - 2.0) / 2.0 / size;
        for (int32_t b = 0; b < a; b++) {
            bool found = *slow_cell(&joined, a, b) <= 0.0; /* not of one component */
            for (int32_t k = 0; !found && k < arcs->n; k++) {
                found = is_bound(&steps, a, b, k, foremost);
            }
            without += !found;
        }
    }
    slow_matrix_free(&steps);
    slow_matrix_free(&joined);
    return most > 1e-9 ? 1.0 - without / most : NAN;
}
