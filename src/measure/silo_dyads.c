/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/silo.h"
#include "measure/moments.h"
#include "measure/rewired.h"
#include "measure/silo_ground.h"
#include "measure/summary.h"

/* Indices of the four counts of pairs of actors: inside a sector or across, tied or not. Where the
 * graph stays they rise and fall with the ties inside, so that their p is that of E-I. */

/* Unordered pairs of distinct actors with a sector; ordered ones where ties have a direction. */
typedef struct dyads {
    double inside, across;           /* pairs there are */
    double tied_inside, tied_across; /* of them, with a tie (an arc) */
} dyads;

typedef double dyad_index(const dyads *d);

/* Infinite where nothing is in the way: such a value is told as undefined, but ranks as high. */
static double odds_of(const dyads *d)
{
    const double free_inside = d->inside - d->tied_inside;
    const double free_across = d->across - d->tied_across;
    const double with = d->tied_inside * free_across, against = free_inside * d->tied_across;
    return against > 0.0 ? with / against : with > 0.0 ? HUGE_VAL : NAN;
}

static double haldane_of(const dyads *d)
{
    const double free_inside = d->inside - d->tied_inside;
    const double free_across = d->across - d->tied_across;
    return (d->tied_inside + 0.5) * (free_across + 0.5) /
           ((free_inside + 0.5) * (d->tied_across + 0.5));
}

static double yule_of(const dyads *d)
{
    const double free_inside = d->inside - d->tied_inside;
    const double free_across = d->across - d->tied_across;
    const double with = d->tied_inside * free_across, against = free_inside * d->tied_across;
    return with + against > 0.0 ? (with - against) / (with + against) : NAN;
}

/* Ties across, against those that chance would put there. */
static double freeman_of(const dyads *d)
{
    const double ties = d->tied_inside + d->tied_across;
    const double expected = ties * d->across / (d->inside + d->across);
    return expected > 0.0 ? (expected - d->tied_across) / expected : NAN;
}

typedef struct row {
    const char *id;
    dyad_index *index;
} row;

static const row odds_row = {"silo.odds_ratio", odds_of};
static const row yule_row = {"silo.yule_q", yule_of};
static const row freeman_row = {"silo.freeman", freeman_of};

/* ---- counts ------------------------------------------------------------------ */

static dyads dyads_of(const mlg_silo *silo, double within, double total)
{
    const double ways = silo->graph->directed ? 1.0 : 0.5, n = silo->labelling.n;
    const double inside = ways * mlg_sharing_pairs(&silo->labelling);
    return (dyads){inside, ways * n * (n - 1.0) - inside, within, total - within};
}

static dyads observed_dyads(const mlg_silo *silo)
{
    return silo->two_mode
               ? dyads_of(silo, silo->margins.observed.within, silo->margins.observed.total)
               : dyads_of(silo, silo->arcs.within, silo->arcs.pairs.total);
}

static dyads dyads_of_draw(const mlg_silo *silo, size_t d)
{
    return silo->two_mode
               ? dyads_of(silo, silo->margins.draw[d].within, silo->margins.draw[d].total)
               : dyads_of(silo, silo->arcs.draws[d], silo->arcs.pairs.total);
}

static size_t count_draws(const mlg_silo *silo)
{
    return silo->two_mode ? silo->margins.n : silo->arcs.draws != NULL ? silo->plan.n : 0;
}

/* Why an index of these pairs has no number. */
static mlg_text_key why_not(const dyads *d, double number)
{
    if (isfinite(number)) {
        return T_none;
    }
    return d->across <= 0.0   ? T_why_one_group
           : isinf(number)    ? T_why_infinite_odds
           : d->inside <= 0.0 ? T_why_no_sector_pair
                              : T_why_no_variance;
}

/* ---- the value ---------------------------------------------------------------- */

static double number_or_nan(double number)
{
    return isfinite(number) ? number : NAN;
}

/* The index in each draw; a mean of which one term is infinite says nothing. */
static mlg_status summarise(const mlg_silo *silo, const row *what, double observed,
                            mlg_null_summary *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = count_draws(silo);
    double *draw = mlg_alloc(2 * n, sizeof *draw); /* and as much scratch */

    TRY_ALLOC(err, draw);
    for (size_t i = 0; i < n; i++) {
        const dyads d = dyads_of_draw(silo, i);
        draw[i] = what->index(&d);
    }
    *out = mlg_null_summarise(draw, n, !silo->two_mode && silo->plan.enumerated, observed, 1.0,
                              draw + n);
    out->sd = isfinite(out->mean) ? out->sd : NAN;
    out->mean = number_or_nan(out->mean);
    out->low = number_or_nan(out->low);
    out->high = number_or_nan(out->high);
out:
    mlg_free(draw);
    return status;
}

/* Of Freeman's index under labels: mean 0, and the sd of the ties across over their mean. */
static mlg_status exact_freeman(const mlg_silo *silo, double *exact, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_odds odds = mlg_odds_of(&silo->labelling);
    mlg_pair_sums sums;

    TRY(mlg_pair_sums_of(&silo->arcs.pairs, silo->labelling.n, &sums, err));
    exact[0] = 0.0;
    exact[1] = sqrt(mlg_within_variance(&sums, &odds)) / (sums.total * (1.0 - odds.p2));
out:
    return status;
}

/* What the sizes of the sectors and the number of ties allow. */
static mlg_status set_bounds(const row *what, const dyads *d, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double ties = d->tied_inside + d->tied_across;
    const double least = fmax(0.0, ties - d->across), most = fmin(ties, d->inside);
    const dyads low = {d->inside, d->across, least, ties - least};
    const dyads high = {d->inside, d->across, most, ties - most};

    TRY(mlg_silo_set(value, MLG_MIN, 0, number_or_nan(what->index(&low)), err));
    TRY(mlg_silo_set(value, MLG_MAX, 0, number_or_nan(what->index(&high)), err));
out:
    return status;
}

static mlg_status set_part(const row *what, const dyads *d, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *part = NULL;

    if (what->index == odds_of) {
        part = mlg_value_part_of(value, "haldane");
        TRY_ALLOC(err, part);
        part[0] = haldane_of(d);
    } else if (what->index == freeman_of) {
        part = mlg_value_part_of(value, "truncated");
        TRY_ALLOC(err, part);
        part[0] = fmax(0.0, freeman_of(d));
    }
out:
    return status;
}

static mlg_status fill(const mlg_silo *silo, const row *what, const dyads *d, mlg_value *value,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double number = what->index(d);
    const bool has_exact = what->index == freeman_of && !silo->two_mode;
    double exact[2] = {0.0, 0.0};
    mlg_null_summary sum;

    TRY(summarise(silo, what, number, &sum, err));
    if (has_exact) {
        TRY(exact_freeman(silo, exact, err));
    }
    TRY(mlg_silo_fill(value, 0, number_or_nan(number), &sum, has_exact ? exact : NULL, "greater",
                      err));
    TRY(set_bounds(what, d, value, err));
    TRY(set_part(what, d, value, err));
out:
    return status;
}

static mlg_status add_value(const mlg_silo *silo, const row *what, const dyads *d, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, what->id, view, 1, err);

    TRY_ALLOC(err, value);
    value->convention = silo->graph->directed ? "arcs" : "ties";
    value->weight = "none";
    value->undefined = why_not(d, what->index(d));
    mlg_silo_tell(silo, count_draws(silo), "greater", value);
    TRY(fill(silo, what, d, value, err));
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

/* An index with what the degrees do not change. */
typedef struct fixed {
    const mlg_silo *silo;
    const row *what;
} fixed;

static double index_within(const void *with, double within)
{
    const fixed *f = with;
    const dyads d = dyads_of(f->silo, within, f->silo->arcs.pairs.total);
    return f->what->index(&d);
}

/* The second value of a view of ties, each actor keeping its number of them. */
static mlg_status add_degrees(mlg_context *context, const mlg_silo *silo, const row *what,
                              int32_t view, mlg_values *out, mlg_error *err)
{
    const mlg_value *labels = &out->items[out->n - 1];
    const fixed with = {silo, what};
    if (labels->undefined != T_none || silo->two_mode) {
        return MLG_OK;
    }
    const mlg_rewired_index index = {
        .id = what->id,
        .kind = MLG_REWIRED_ARCS,
        .convention = labels->convention,
        .weight = "none",
        .tail = "greater",
        .low = labels->column[MLG_MIN][0],
        .high = labels->column[MLG_MAX][0],
        .of = index_within,
        .with = &with,
    };
    return mlg_rewired_add(context, view, &index, out, err);
}

static mlg_status run_row(mlg_context *context, const row *what, int32_t view, mlg_values *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_silo *silo = NULL;
    mlg_text_key why = T_none;
    dyads d = {0};

    TRY(mlg_silo_of(context, view, &silo, err));
    if (silo->why == T_none) {
        TRY(mlg_silo_need_arcs(silo, context->run, err));
    }
    why = silo->why;
    if (why == T_none && !mlg_silo_has_ties(silo)) {
        why = T_why_no_ties;
    } else if (why == T_none) {
        d = observed_dyads(silo);
        why = isnan(what->index(&d)) ? why_not(&d, NAN) : T_none;
    }
    if (why != T_none) {
        TRY(mlg_values_undefined(out, what->id, view, why, err));
    } else {
        TRY(add_value(silo, what, &d, view, out, err));
        TRY(add_degrees(context, silo, what, view, out, err));
    }
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_silo_odds_ratio(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return run_row(context, &odds_row, view, out, err);
}

mlg_status mlg_silo_yule_q(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return run_row(context, &yule_row, view, out, err);
}

mlg_status mlg_silo_freeman(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return run_row(context, &freeman_row, view, out, err);
}
