/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "measure/simulation.h"

/* What is read from plays of the departure model, and the points at which it is played again. */

/* ---- numbers over replicates ----------------------------------------------------- */

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return (a > b) - (a < b);
}

/* Rank of 5 % from an end, from 0. */
static size_t tail_rank(size_t n)
{
    const size_t rank = (size_t) ceil(0.05 * (double) n);
    return rank > 0 ? rank - 1 : 0;
}

mlg_effect mlg_simulation_mean(const double *values, size_t n, size_t stride)
{
    double sum = 0.0, squares = 0.0;

    for (size_t i = 0; i < n; i++) {
        sum += values[i * stride];
    }
    const double mean = n > 0 ? sum / (double) n : NAN;
    for (size_t i = 0; i < n; i++) {
        const double away = values[i * stride] - mean;
        squares += away * away;
    }
    const double many = (double) n;
    return (mlg_effect){mean, n > 1 ? sqrt(squares / (many - 1.0) / many) : NAN};
}

mlg_spread mlg_simulation_spread(const double *values, size_t n, size_t stride, bool large_is_bad,
                                 double *scratch)
{
    mlg_spread out = {NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    const mlg_effect mean = mlg_simulation_mean(values, n, stride);

    if (n == 0 || isnan(mean.mean)) {
        return out;
    }
    for (size_t i = 0; i < n; i++) {
        scratch[i] = values[i * stride];
    }
    qsort(scratch, n, sizeof *scratch, by_size);
    out.mean = mean.mean;
    out.error = mean.error;
    out.low = scratch[tail_rank(n)];
    out.high = scratch[n - 1 - tail_rank(n)];
    out.worst = large_is_bad ? scratch[n - 1] : scratch[0];
    return out;
}

/* A rank of n sorted values, kept inside. */
static double at_rank(const double *sorted, size_t n, double rank)
{
    const double last = (double) n - 1.0;
    return sorted[(size_t) (rank < 0.0 ? 0.0 : rank > last ? last : rank)];
}

mlg_recovery mlg_simulation_recovery(const double *recovery, size_t n, double *scratch)
{
    mlg_recovery out = {0, NAN, NAN, NAN, NAN, NAN, NAN};
    uint32_t never = 0;

    for (size_t i = 0; i < n; i++) {
        if (!isnan(recovery[i])) {
            scratch[out.fell++] = recovery[i];
            never += isinf(recovery[i]) != 0;
        }
    }
    if (out.fell > 0) {
        const double many = out.fell, middle = ceil(many / 2.0) - 1.0;
        qsort(scratch, out.fell, sizeof *scratch, by_size);
        out.median = at_rank(scratch, out.fell, middle);
        out.low = scratch[tail_rank(out.fell)];
        out.high = scratch[out.fell - 1 - tail_rank(out.fell)];
        out.median_low = at_rank(scratch, out.fell, floor(middle - 0.98 * sqrt(many)));
        out.median_high = at_rank(scratch, out.fell, ceil(middle + 0.98 * sqrt(many)));
        out.not_recovered = never / many;
    }
    return out;
}

double mlg_simulation_outcome(const mlg_turnover_play *play, int outcome, uint32_t replicate)
{
    double sum = 0.0;

    if (outcome == MLG_OUTCOME_LOST) {
        return play->lost[replicate];
    }
    if (play->at[outcome] == NULL) {
        return NAN;
    }
    const double *track = play->at[outcome] + (size_t) replicate * (size_t) (play->months + 1);
    for (int32_t month = 1; month <= play->months; month++) {
        sum += track[month];
    }
    return sum / play->months;
}

/* ---- which numbers play a part --------------------------------------------------- */

static bool uses_post(const mlg_turnover_post *post, mlg_rate rate, bool elections)
{
    switch (rate) {
    case MLG_LEAVE_DATED:
        return isfinite(post->end) != 0;
    case MLG_RENEWED_FIXED_TERM:
    case MLG_RENEWED_PROJECT:
        return isfinite(post->end) != 0 && post->renewed == rate;
    case MLG_ELECTED_CHANGE:
        return elections && post->mandate >= 0;
    case MLG_VACANCY_MONTHS:
    case MLG_REFILLED:
    case MLG_INTERIM:
        return true;
    default:
        return post->leaves == rate;
    }
}

static bool uses_row(const mlg_turnover_row *row, mlg_rate rate)
{
    return (row->post[0] >= 0 || row->post[1] >= 0) &&
           (rate == MLG_KNIT_MONTHS || row->held == rate);
}

/* Ends of schemes, and activities that stop when nobody convenes them. */
static bool uses_scheme(const mlg_turnover_ground *ground, mlg_rate rate)
{
    bool uses = false;
    for (int32_t s = 0; s < ground->n_schemes; s++) {
        uses = uses || (rate == MLG_RENEWED_SCHEME && isfinite(ground->scheme_end[s]) != 0);
    }
    for (int32_t a = 0; a < ground->n_activities; a++) {
        const bool convened = ground->convenor_first[a + 1] > ground->convenor_first[a];
        uses = uses || (rate == MLG_RENEWED_SCHEME && isfinite(ground->activity_end[a]) != 0) ||
               (rate == MLG_FADE_MONTHS && convened);
    }
    return uses;
}

bool mlg_simulation_uses(const mlg_turnover_ground *ground, mlg_rate rate)
{
    bool uses = uses_scheme(ground, rate);
    for (int32_t p = 0; p < ground->n_posts && !uses; p++) {
        uses = uses_post(&ground->post[p], rate, ground->n_elections > 0);
    }
    for (size_t r = 0; r < ground->n_rows && !uses; r++) {
        uses = uses_row(&ground->row[r], rate);
    }
    return uses;
}

/* ---- points ---------------------------------------------------------------------- */

/* A share of the way: half of it below the value, half above, whatever the range's shape. */
static double within(const mlg_law *law, int rate, double share)
{
    const double value = law->value[rate];
    return share < 0.5 ? law->low[rate] + 2.0 * share * (value - law->low[rate])
                       : value + (2.0 * share - 1.0) * (law->high[rate] - value);
}

mlg_status mlg_simulation_points(const mlg_law *law, uint64_t seed, uint32_t n, mlg_law *points,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t *cell = mlg_alloc(n, sizeof *cell);

    TRY_ALLOC(err, cell);
    for (uint32_t i = 0; i < n; i++) {
        points[i] = *law;
    }
    for (int rate = 0; rate < MLG_N_RATES; rate++) {
        mlg_random random =
            mlg_random_stream(seed, "turnover.simulation.points", "", (uint64_t) rate);
        for (uint32_t i = 0; i < n; i++) { /* a shuffle: each cell of the range once */
            const uint32_t j = mlg_random_below(&random, i + 1);
            cell[i] = j < i ? cell[j] : i;
            cell[j] = i;
        }
        for (uint32_t i = 0; i < n; i++) {
            const double share = (cell[i] + mlg_random_unit(&random)) / n;
            points[i].value[rate] = within(law, rate, share);
        }
    }
out:
    mlg_free(cell);
    return status;
}
