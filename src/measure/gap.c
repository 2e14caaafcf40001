/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/gap.h"

#include <math.h>

#include "measure/gap_ground.h"
#include "measure/pair_ranking.h"
#include "measure/summary.h"

enum { FEW_PARTICIPANTS = 10 };

static void tell(const mlg_gaps *gaps, mlg_value *value)
{
    value->null_model = "margins";
    value->tail = "less";
    value->p_method = gaps->draws > 0 ? "draws" : NULL;
    value->draws = gaps->draws;
    if (gaps->seats.n_rows < FEW_PARTICIPANTS) {
        value->caution = T_caution_small_sample;
    }
}

static double deficit_of(const mlg_gap_pair *pair)
{
    return pair->expected - pair->both;
}

static double ratio_of(const mlg_gap_pair *pair)
{
    return (pair->both + 0.5) / (pair->expected + 0.5);
}

static double shared_of(const mlg_gap_pair *pair)
{
    return pair->shared < 0 ? NAN : (double) pair->shared;
}

/* Where a number of the pairs goes: a part by name, else a column. */
typedef struct target {
    const char *part;
    mlg_value_column column;
} target;

/* Opens a list of the first n pairs, with the schemes as subjects, and places for its numbers. */
static mlg_status open_list(const mlg_gaps *gaps, const char *id, int32_t view, size_t n,
                            size_t total, const target *targets, size_t n_targets, double **places,
                            mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, id, view, n, err);

    TRY_ALLOC(err, value);
    mlg_id *subject = mlg_value_subjects(value);
    bool made = subject != NULL;
    for (size_t i = 0; i < n_targets && made; i++) {
        places[i] = targets[i].part != NULL ? mlg_value_part_of(value, targets[i].part)
                                            : mlg_value_column_of(value, targets[i].column);
        made = places[i] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %zu pairs", id, n);
    }
    value->total = total;
    tell(gaps, value);
    for (size_t e = 0; e < n; e++) {
        subject[2 * e] = gaps->scheme[gaps->pair[e].a];
        subject[2 * e + 1] = gaps->scheme[gaps->pair[e].b];
    }
out:
    return status;
}

static mlg_status list_pairs(const mlg_gaps *gaps, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = gaps->n_pairs < MLG_PAIRS_LISTED ? gaps->n_pairs : MLG_PAIRS_LISTED;
    static const target targets[] = {
        {NULL, MLG_VALUE},      {NULL, MLG_EXPECTED}, {NULL, MLG_SD},  {NULL, MLG_LOW},
        {NULL, MLG_HIGH},       {NULL, MLG_Z},        {NULL, MLG_P},   {NULL, MLG_P_TWO},
        {NULL, MLG_P_ADJUSTED}, {"deficit", 0},       {"ratio", 0},    {"population_overlap", 0},
        {"theme_overlap", 0},   {"shared_themes", 0}, {"eligible", 0}, {"testable", 0},
        {"stratum", 0},         {"common_units", 0},  {"reach", 0},
    };
    enum { N = sizeof targets / sizeof *targets };
    double *to[N];

    TRY(open_list(gaps, "gap.schemes", view, n, gaps->n_pairs, targets, N, to, out, err));
    for (size_t e = 0; e < n; e++) {
        const mlg_gap_pair *p = &gaps->pair[e];
        const double numbers[N] = {
            p->both,     p->expected, p->sd,     p->low,        p->high,
            p->z,        p->p,        p->p_two,  p->p_adjusted, deficit_of(p),
            ratio_of(p), p->overlap,  p->themes, shared_of(p),  p->stratum != MLG_GAP_NOT_COMPARED,
            p->testable, p->stratum,  p->common, p->reach,
        };
        for (size_t i = 0; i < N; i++) {
            to[i][e] = numbers[i];
        }
    }
out:
    return status;
}

/* What was there to compare, and what is left out. */
static mlg_status sum_up(const mlg_gaps *gaps, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double cells = (double) gaps->seats.n_rows * (double) gaps->n_schemes;
    const mlg_figure figures[] = {
        {"schemes", gaps->n_schemes},
        {"schemes_without_seat", gaps->silent},
        {"actors", gaps->seats.n_rows},
        {"actors_outside", gaps->actors_outside},
        {"activities_outside", gaps->activities_outside},
        {"pairs", (double) gaps->n_pairs},
        {"eligible", (double) gaps->eligible},
        {"known", (double) gaps->known},
        {"testable", (double) gaps->testable},
        {"barred", cells > 0.0 ? (double) gaps->barred / cells : NAN},
    };
    const mlg_summary summary = {
        .id = "gap.schemes",
        .view = view,
        .convention = "tested_share",
        .value = gaps->eligible > 0 ? (double) gaps->testable / (double) gaps->eligible : NAN,
        .why = gaps->eligible > 0 ? T_none : T_why_no_eligible_pair,
        .figures = figures,
        .n_figures = sizeof figures / sizeof *figures,
    };

    TRY(mlg_values_summary(out, &summary, err));
    tell(gaps, &out->items[out->n - 1]);
    out->items[out->n - 1].tail = NULL;
out:
    return status;
}

mlg_status mlg_gap_schemes(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_gaps *gaps = NULL;

    if (view < 0) {
        return mlg_values_undefined(out, "gap.schemes", view, T_why_no_two_mode, err);
    }
    TRY(mlg_gaps_of(context, view, &gaps, err));
    if (gaps->why != T_none) {
        TRY(mlg_values_undefined(out, "gap.schemes", view, gaps->why, err));
        goto out;
    }
    TRY(list_pairs(gaps, view, out, err));
    TRY(sum_up(gaps, view, out, err));
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

static mlg_text_key why_no_score(const mlg_gaps *gaps)
{
    if (gaps->why != T_none) {
        return gaps->why;
    }
    if (gaps->eligible == 0) {
        return T_why_no_eligible_pair;
    }
    return gaps->draws == 0 ? T_why_no_draws : T_why_no_testable_pair;
}

mlg_status mlg_gap_score(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_gaps *gaps = NULL;
    static const target targets[] = {
        {NULL, MLG_VALUE},    {NULL, MLG_P_ADJUSTED}, {"population_overlap", 0},
        {"theme_overlap", 0}, {"ratio", 0},           {"by_units", 0},
    };
    enum { N = sizeof targets / sizeof *targets };
    double *to[N] = {NULL};

    if (view < 0) {
        return mlg_values_undefined(out, "gap.score", view, T_why_no_two_mode, err);
    }
    TRY(mlg_gaps_of(context, view, &gaps, err));
    if (gaps->testable == 0) {
        TRY(mlg_values_undefined(out, "gap.score", view, why_no_score(gaps), err));
        goto out;
    }
    const size_t n = gaps->testable < MLG_PAIRS_LISTED ? gaps->testable : MLG_PAIRS_LISTED;
    TRY(open_list(gaps, "gap.score", view, n, gaps->testable, targets, N, to, out, err));
    for (size_t e = 0; e < n; e++) {
        const mlg_gap_pair *p = &gaps->pair[e]; /* the tested ones come first */
        const double numbers[N] = {p->z,        p->p_adjusted,
                                   p->overlap,  p->themes,
                                   ratio_of(p), isnan(p->overlap) ? NAN : (double) p->by_units};
        for (size_t i = 0; i < N; i++) {
            to[i][e] = numbers[i];
        }
    }
out:
    return status;
}
