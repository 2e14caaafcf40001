/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "maillage/waves.h"
#include "measure/summary.h"
#include "measure/waves.h"
#include "measure/waves_spells.h"

/* How long posts are held: Kaplan and Meier's estimate, by post and holder. */

enum { LEAST_SPELLS = 5, LEAST_DEPARTURES = 3, SHORT_MONTHS = 24 };

/* One time in post; several may end at the same day. */
typedef struct term {
    double days;
    bool departed;
} term;

/* A step of the estimate: those that leave after the same time. */
typedef struct step {
    double days, at_risk, departures;
    double share, low, high; /* still in post after it, 95 % */
} step;

typedef struct estimate {
    size_t spells, departures, held, under_two;
    size_t start_unknown, elected;
    size_t n;
    step *steps; /* [n] */
} estimate;

static int by_days(const void *left, const void *right)
{
    const term *a = left, *b = right;
    return a->days < b->days ? -1 : a->days > b->days;
}

/* Greenwood's variance on the scale of log(-log), which keeps the interval inside 0..1; none
 * once everybody has left. */
static void bound(step *s, double sum)
{
    const double width = gsl_cdf_ugaussian_Pinv(0.975) * sqrt(sum) / log(s->share);
    s->low = s->share > 0.0 && s->share < 1.0 ? pow(s->share, exp(-width)) : NAN;
    s->high = s->share > 0.0 && s->share < 1.0 ? pow(s->share, exp(width)) : NAN;
}

static void kaplan_meier(const term *terms, size_t n, estimate *out)
{
    double share = 1.0, sum = 0.0;
    for (size_t i = 0; i < n;) {
        step s = {.days = terms[i].days, .at_risk = (double) (n - i)};
        for (; i < n && !(terms[i].days > s.days); i++) {
            s.departures += terms[i].departed;
        }
        if (s.departures > 0.0) {
            share = s.departures < s.at_risk ? share * (1.0 - s.departures / s.at_risk) : 0.0;
            sum += share > 0.0 ? s.departures / (s.at_risk * (s.at_risk - s.departures)) : 0.0;
            s.share = share;
            bound(&s, sum);
            out->steps[out->n++] = s;
        }
    }
}

/* Of one contract, or of all (-1). */
static mlg_status estimate_of(const mlg_spells *spells, int32_t contract, estimate *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    term *terms = mlg_alloc(spells->n, sizeof *terms);

    *out = (estimate){.n = 0};
    TRY_ALLOC(err, terms);
    out->steps = mlg_alloc(spells->n, sizeof *out->steps);
    TRY_ALLOC(err, out->steps);
    for (size_t i = 0; i < spells->n; i++) {
        const mlg_spell *s = &spells->items[i];
        if (s->person == MLG_VACANT || (contract >= 0 && s->contract != contract)) {
            continue;
        }
        if (s->elected || isnan(s->start) || isnan(s->end)) {
            out->elected += s->elected;
            out->start_unknown += !s->elected;
            continue;
        }
        const double days = s->end - s->start;
        terms[out->spells++] = (term){days, s->ending == MLG_DEPARTED};
        out->departures += s->ending == MLG_DEPARTED;
        out->held += s->ending == MLG_STILL_HELD;
        out->under_two +=
            s->ending == MLG_STILL_HELD && days / MLG_MONTH_DAYS < (double) SHORT_MONTHS;
    }
    if (out->spells > 0) {
        qsort(terms, out->spells, sizeof *terms, by_days);
    }
    kaplan_meier(terms, out->spells, out);
out:
    mlg_free(terms);
    return status;
}

/* First time after which a share is at most a half; NaN: none. The interval of the median is
 * where the share's own holds a half (Brookmeyer and Crowley). */
static double half_time(const estimate *e, size_t offset)
{
    for (size_t i = 0; i < e->n; i++) {
        const double share = *(const double *) ((const char *) &e->steps[i] + offset);
        if (share <= 0.5 + 1e-12) {
            return e->steps[i].days / MLG_MONTH_DAYS;
        }
    }
    return NAN;
}

static mlg_status say(const estimate *e, const char *convention, mlg_values *out, mlg_error *err)
{
    const double median = half_time(e, offsetof(step, share));
    const mlg_figure figures[] = {
        {"low_95", half_time(e, offsetof(step, low))},
        {"high_95", half_time(e, offsetof(step, high))},
        {"spells", (double) e->spells},
        {"departures", (double) e->departures},
        {"held", (double) e->held},
        {"under_two_years", (double) e->under_two},
        {"share_under_two", e->held > 0 ? (double) e->under_two / (double) e->held : NAN},
        {"start_unknown", (double) e->start_unknown},
        {"elected", (double) e->elected},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = "turnover.tenure",
                                             .view = -1,
                                             .convention = convention,
                                             .value = median,
                                             .why = !isnan(median)       ? T_none
                                                    : e->departures == 0 ? T_why_no_departure
                                                                         : T_why_half_remain,
                                             .caution = e->departures < LEAST_DEPARTURES
                                                            ? T_caution_small_sample
                                                            : T_none,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_status draw(const estimate *e, mlg_values *out, mlg_error *err)
{
    static const char *const names[] = {"low_95", "high_95", "at_risk", "departures"};
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, "turnover.tenure", -1, e->n, err);
    double *part[4] = {NULL};

    TRY_ALLOC(err, value);
    value->convention = "still_in_post";
    value->undefined = e->n > 0 ? T_none : T_why_no_departure;
    double *at = mlg_value_column_of(value, MLG_AT);
    double *share = mlg_value_column_of(value, MLG_VALUE);
    bool made = at != NULL && share != NULL;
    for (size_t k = 0; made && k < 4; k++) {
        part[k] = mlg_value_part_of(value, names[k]);
        made = part[k] != NULL;
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "turnover.tenure: no memory for %zu steps", e->n);
    }
    for (size_t i = 0; i < e->n; i++) {
        const step *s = &e->steps[i];
        at[i] = s->days / MLG_MONTH_DAYS;
        share[i] = s->share;
        part[0][i] = s->low;
        part[1][i] = s->high;
        part[2][i] = s->at_risk;
        part[3][i] = s->departures;
    }
out:
    return status;
}

static mlg_status by_contract(const mlg_model *model, const mlg_spells *spells, mlg_values *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    estimate e = {.n = 0};

    for (int32_t c = 0; c < MLG_CODE_OF(contract, unknown); c++) {
        mlg_free(e.steps);
        TRY(estimate_of(spells, c, &e, err));
        if (e.spells >= LEAST_SPELLS && e.departures >= LEAST_DEPARTURES) {
            TRY(say(&e, mlg_code_text(model, MLG_V_contract, c), out, err));
        }
    }
out:
    mlg_free(e.steps);
    return status;
}

mlg_status mlg_turnover_tenure(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    mlg_spells spells = {.n = 0};
    estimate all = {.n = 0};

    if (model == NULL || model->rows[MLG_POSTS].n == 0 || model->date == MLG_NO_DATE) {
        const bool undated = model != NULL && model->rows[MLG_POSTS].n > 0;
        return mlg_values_undefined(out, "turnover.tenure", view,
                                    undated ? T_why_no_study_date : T_why_no_posts, err);
    }
    TRY(mlg_spells_of(model, &spells, err));
    TRY(estimate_of(&spells, -1, &all, err));
    if (all.spells == 0) {
        TRY(mlg_values_undefined(out, "turnover.tenure", view, T_why_no_post_start, err));
        goto out;
    }
    TRY(draw(&all, out, err));
    TRY(say(&all, "median_months", out, err));
    TRY(by_contract(model, &spells, out, err));
out:
    mlg_free(all.steps);
    mlg_spells_free(&spells);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
