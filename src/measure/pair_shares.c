/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/pair_shares.h"

#include <math.h>

#include "measure/perimeter_overlap.h"

double mlg_whole_percents(double share)
{
    static const double ROUNDING = 1e-9;
    const bool all = share >= 1.0 - ROUNDING, nothing = share <= ROUNDING;
    return all || nothing || isnan(share) ? share : fmin(0.99, fmax(0.01, share));
}

static double part_of(const mlg_value *pairs, const char *name, size_t row)
{
    const double *values = mlg_value_part_find(pairs, name);
    return values != NULL ? values[row] : NAN;
}

static mlg_range range_of(double low, double high, double whole)
{
    return whole > 0.0 ? (mlg_range){low / whole, high / whole} : (mlg_range){NAN, NAN};
}

/* All of these grow with what the two have in common. */
static void take_shares(mlg_pair_shares *s, double low, double high, double a, double b)
{
    s->open = low < high;
    s->a_in_b = range_of(low, high, a);
    s->b_in_a = range_of(low, high, b);
    s->overlap = range_of(low, high, fmin(a, b));
    s->jaccard =
        (mlg_range){range_of(low, low, a + b - low).low, range_of(high, high, a + b - high).high};
}

mlg_pair_shares mlg_pair_shares_of(const mlg_value *pairs, size_t row)
{
    const double units = part_of(pairs, "units", row), least = part_of(pairs, "units_low", row);
    const double units_a = part_of(pairs, "units_a", row), units_b = part_of(pairs, "units_b", row);
    const double people_a = part_of(pairs, "people_a", row);
    const double people_b = part_of(pairs, "people_b", row);
    mlg_pair_shares s = {.unknown = part_of(pairs, "population_unknown", row)};

    s.people = (mlg_range){part_of(pairs, "people_low", row), part_of(pairs, "people", row)};
    s.by_people = people_a > 0.0 && people_b > 0.0 && !isnan(s.people.high) &&
                  mlg_few_unknown(s.unknown, units_a + units_b - units);
    if (s.by_people) {
        take_shares(&s, s.people.low, s.people.high, people_a, people_b);
    } else {
        take_shares(&s, least, units, units_a, units_b);
        s.people = (mlg_range){NAN, NAN};
    }
    return s;
}
