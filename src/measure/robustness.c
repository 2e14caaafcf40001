/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/robustness.h"

#include <math.h>

#include "measure/answer.h"
#include "measure/percolation_runs.h"
#include "measure/summary.h"

#define ROBUSTNESS  "turnover.robustness"
#define PERCOLATION "turnover.percolation"

/* What a view lacks for either, and else its sequences. */
static mlg_status open_runs(mlg_context *context, const char *id, int32_t view,
                            const mlg_percolation_runs **runs, mlg_text_key *why, mlg_error *err)
{
    const mlg_graph *graph = mlg_context_graph(context, view);

    *runs = NULL;
    *why = mlg_context_lacks(context, mlg_measure_find(id), view);
    if (*why == T_none && graph->n < 2) {
        *why = T_why_too_few_actors;
    }
    if (*why == T_none && (graph->projected ? graph->n_ties == 0 : graph->n_activities == 0)) {
        *why = T_why_no_ties;
    }
    return *why == T_none ? mlg_cached_percolation(context, view, runs, err) : MLG_OK;
}

static mlg_text_key why_no_draws(const mlg_context *context)
{
    return context->run->draws == 0 ? T_why_no_draws : T_why_too_large;
}

/* ---- turnover.robustness ----------------------------------------------------------------- */

/* Between nobody tied and everyone tied to everyone. */
static mlg_status add_bounds(mlg_values *out, double n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = &out->items[out->n - 1];
    double *least = mlg_value_column_of(value, MLG_MIN), *most = NULL;

    TRY_ALLOC(err, least);
    most = mlg_value_column_of(value, MLG_MAX);
    TRY_ALLOC(err, most);
    least[0] = (n - 1.0) / (n * n);
    most[0] = (n - 1.0) / (2.0 * n);
out:
    return status;
}

static mlg_status add_order(mlg_values *out, int32_t view, const char *convention,
                            const mlg_order_sum *sum, double n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = {
        .id = ROBUSTNESS, .view = view, .value = sum->r, .why = sum->why, .convention = convention};

    mlg_answer_part(&a, "half", sum->half);
    TRY(mlg_answer_append(&a, out, err));
    out->items[out->n - 1].convention = convention;
    if (sum->why == T_none) {
        TRY(add_bounds(out, n, err));
    }
out:
    return status;
}

static mlg_status add_random(const mlg_context *context, mlg_values *out, int32_t view,
                             const mlg_percolation_runs *runs, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = {.id = ROBUSTNESS,
                    .view = view,
                    .value = runs->random_r,
                    .why = runs->draws == 0 ? why_no_draws(context) : T_none,
                    .convention = "random",
                    .draws = runs->draws};

    if (a.why == T_none) {
        mlg_answer_part(&a, "half", runs->random_half);
        mlg_answer_part(&a, "p05", runs->random_low);
        mlg_answer_part(&a, "p95", runs->random_high);
        mlg_answer_part(&a, "mc_error", runs->random_error);
    }
    TRY(mlg_answer_append(&a, out, err));
    out->items[out->n - 1].convention = "random";
    if (a.why == T_none) {
        TRY(add_bounds(out, runs->on.n, err));
    }
out:
    return status;
}

mlg_status mlg_turnover_robustness(mlg_context *context, int32_t view, mlg_values *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_percolation_runs *runs = NULL;
    mlg_text_key why = T_none;

    TRY(open_runs(context, ROBUSTNESS, view, &runs, &why, err));
    if (why != T_none) {
        TRY(mlg_values_undefined(out, ROBUSTNESS, view, why, err));
        goto out;
    }
    TRY(add_order(out, view, runs->by_degree.recalculated ? "degree" : "activities",
                  &runs->by_degree, runs->on.n, err));
    TRY(add_order(out, view,
                  runs->by_betweenness.recalculated ? "betweenness" : "betweenness_initial",
                  &runs->by_betweenness, runs->on.n, err));
    TRY(add_random(context, out, view, runs, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

/* ---- turnover.percolation ---------------------------------------------------------------- */

/* A curve on its way to the list of values. */
typedef struct sketch {
    int32_t view;
    const char *convention;
    const int32_t *at;
    int32_t n;
    double all;                /* what `at` counts of */
    double whole;              /* what values are shares of */
    const double *value;       /* [n] one order; or the band's mean */
    const mlg_left_band *band; /* NULL: one order */
    uint32_t draws;
} sketch;

static mlg_status add_part(mlg_value *value, const char *name, const double *from, double whole,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *part = mlg_value_part_of(value, name);

    TRY_ALLOC(err, part);
    for (size_t i = 0; i < value->n; i++) {
        part[i] = from[i] / whole;
    }
out:
    return status;
}

static mlg_status add_band(mlg_value *value, const sketch *s, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(add_part(value, "p05", s->band->low, s->whole, err));
    TRY(add_part(value, "p95", s->band->high, s->whole, err));
    TRY(add_part(value, "worst", s->band->worst, s->whole, err));
    if (s->draws > 1) {
        TRY(add_part(value, "mc_error", s->band->error, s->whole, err));
    }
out:
    return status;
}

static mlg_status add_curve(mlg_values *out, const sketch *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, PERCOLATION, s->view, (size_t) s->n, err);
    double *at = NULL, *share = NULL;

    TRY_ALLOC(err, value);
    value->convention = s->convention;
    value->draws = s->draws;
    at = mlg_value_column_of(value, MLG_AT);
    TRY_ALLOC(err, at);
    share = mlg_value_column_of(value, MLG_VALUE);
    TRY_ALLOC(err, share);
    for (int32_t i = 0; i < s->n; i++) {
        at[i] = s->at[i] / s->all;
        share[i] = s->value[i] / s->whole;
    }
    if (s->band != NULL) {
        TRY(add_band(value, s, err));
    }
    TRY(add_part(value, "count", s->value, 1.0, err));
out:
    return status;
}

static mlg_status add_reason(mlg_values *out, int32_t view, const char *convention,
                             mlg_text_key why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    TRY(mlg_values_undefined(out, PERCOLATION, view, why, err));
    out->items[out->n - 1].convention = convention;
out:
    return status;
}

/* Why nothing of a kind can be counted; never asked of the largest set and the pairs, which are
 * there when a tie is. */
static mlg_text_key why_not_counted(const mlg_graph *graph, mlg_left what)
{
    return what == MLG_LEFT_PEOPLE  ? T_why_no_population
           : what != MLG_LEFT_CROSS ? T_why_no_ties
           : graph->n_sectors == 0  ? T_why_no_sectors
           : graph->n_sectors == 1  ? T_why_one_group
                                    : T_why_no_cross_path;
}

static mlg_status add_actors(mlg_context *context, int32_t view, const mlg_percolation_runs *runs,
                             mlg_values *out, mlg_error *err)
{
    static const char *const names[3][MLG_N_LEFT] = {
        {"degree_giant", "degree_pairs", "degree_cross_pairs", "degree_population"},
        {"activities_giant", "activities_pairs", "activities_cross_pairs", "activities_population"},
        {"random_giant", "random_pairs", "random_cross_pairs", "random_population"}};
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);

    for (int random = 0; random < 2; random++) {
        for (int what = 0; what < MLG_N_LEFT; what++) {
            const mlg_left_band *band = random ? &runs->random[what] : NULL;
            const char *name = names[random ? 2 : runs->on.joined ? 1 : 0][what];
            const double whole = runs->whole[what];
            const mlg_text_key why = isnan(whole) ? why_not_counted(graph, (mlg_left) what)
                                     : random && runs->draws == 0 ? why_no_draws(context)
                                                                  : T_none;
            if (why != T_none) {
                TRY(add_reason(out, view, name, why, err));
                continue;
            }
            TRY(add_curve(out,
                          &(sketch){.view = view,
                                    .convention = name,
                                    .at = runs->at,
                                    .n = runs->n_points,
                                    .all = runs->on.n,
                                    .whole = what == MLG_LEFT_GIANT ? runs->on.n : whole,
                                    .value = random ? band->mean : runs->degree[what],
                                    .band = band,
                                    .draws = random ? runs->draws : 0},
                          err));
        }
    }
out:
    return status;
}

/* The first fifth of departures, by many more orders. */
static mlg_status add_first(int32_t view, const mlg_percolation_runs *runs, mlg_values *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (runs->n_first > 0) {
        TRY(add_curve(out,
                      &(sketch){view, "first_fifth_giant", runs->first_at, runs->n_first,
                                runs->on.n, runs->on.n, runs->first.mean, &runs->first,
                                runs->first_draws},
                      err));
    }
out:
    return status;
}

/* Ties go instead of actors; where activities join there are none. */
static mlg_status add_ties(const mlg_context *context, int32_t view,
                           const mlg_percolation_runs *runs, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (runs->n_ties_points > 0) {
        TRY(add_curve(out,
                      &(sketch){view, "random_ties_giant", runs->ties_at, runs->n_ties_points,
                                runs->n_ties, runs->on.n, runs->ties.mean, &runs->ties,
                                runs->ties_draws},
                      err));
    } else if (!runs->on.joined) {
        TRY(add_reason(out, view, "random_ties_giant", why_no_draws(context), err));
    }
out:
    return status;
}

mlg_status mlg_turnover_percolation(mlg_context *context, int32_t view, mlg_values *out,
                                    mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_percolation_runs *runs = NULL;
    mlg_text_key why = T_none;

    TRY(open_runs(context, PERCOLATION, view, &runs, &why, err));
    if (why != T_none) {
        TRY(mlg_values_undefined(out, PERCOLATION, view, why, err));
        goto out;
    }
    TRY(add_actors(context, view, runs, out, err));
    TRY(add_first(view, runs, out, err));
    TRY(add_ties(context, view, runs, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
