/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/scheme.h"
#include "measure/funders.h"
#include "measure/seats.h"
#include "measure/summary.h"

/* A share this near to 1 is rounding. */
#define WHOLE 0.995

enum { VALUE, SINGLE, CONCENTRATION, AMOUNT, DIRECT, YEARS, N_FIGURES };
static const char *const parts[] = {"single", "hhi", "amount", "direct", "median_years"};

/* One target: its rows, which stand together, by funder. */
typedef struct target {
    const mlg_funder_row *rows;
    size_t n;
} target;

/* Targets of one kind with a funder on record, ready to be listed. */
typedef struct listing {
    mlg_id *subject;
    double *figure;
    size_t n, subject_room, figure_room;
    double *days; /* scratch: of one target, or of all */
    size_t n_days, days_room;
    double *all_days;
    size_t n_all, all_room;
} listing;

static void listing_close(listing *l)
{
    mlg_free(l->subject);
    mlg_free(l->figure);
    mlg_free(l->days);
    mlg_free(l->all_days);
}

static int rising(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

/* Sorts them; NaN of none. */
static double median(double *values, size_t n)
{
    if (n == 0) {
        return NAN;
    }
    qsort(values, n, sizeof *values, rising);
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2.0;
}

/* ---- one target ---------------------------------------------------------------------------- */

/* What each funder brings to the target itself: one figure a funder, known when one of its rows
 * says it. The sums tell whether every funder's is known. */
typedef struct brought {
    double funders, known, sum, squares;
} brought;

static brought sum_brought(const target *t, bool shares)
{
    brought b = {0};
    for (size_t i = 0; i < t->n;) {
        const mlg_id funder = t->rows[i].funder;
        double of_funder = NAN;
        bool direct = false;
        for (; i < t->n && t->rows[i].funder == funder; i++) {
            const double figure = shares ? t->rows[i].share : t->rows[i].amount;
            direct = direct || t->rows[i].direct;
            if (t->rows[i].direct && !isnan(figure)) {
                of_funder = isnan(of_funder) ? figure : of_funder + figure;
            }
        }
        b.funders += direct;
        b.known += !isnan(of_funder);
        b.sum += isnan(of_funder) ? 0.0 : of_funder;
        b.squares += isnan(of_funder) ? 0.0 : of_funder * of_funder;
    }
    return b;
}

/* By amount, else by share when the shares make the whole; one funder alone is 1. Undefined where
 * somebody else funds it too, by a post or an activity (`funders` in all) or by what the shares
 * leave: what that one brings is not known. */
static double concentration(const target *t, double funders, bool single)
{
    const brought amounts = sum_brought(t, false), shares = sum_brought(t, true);
    if (single && amounts.funders > 0.0) {
        return 1.0;
    }
    if (amounts.funders < funders || (shares.known == shares.funders && shares.sum < WHOLE)) {
        return NAN;
    }
    if (amounts.funders > 0.0 && amounts.known == amounts.funders && amounts.sum > 0.0) {
        return amounts.squares / (amounts.sum * amounts.sum);
    }
    return shares.funders > 0.0 && shares.known == shares.funders && shares.sum >= WHOLE
               ? shares.squares / (shares.sum * shares.sum)
               : NAN;
}

static double count_funders(const target *t)
{
    double n = 0.0;
    for (size_t i = 0; i < t->n; i++) {
        n += i == 0 || t->rows[i - 1].funder != t->rows[i].funder;
    }
    return n;
}

/* One funder on record whose share is below the whole is not alone. */
static bool is_single(const target *t, double funders)
{
    const brought shares = sum_brought(t, true);
    return funders == 1.0 && !(shares.known > 0.0 && shares.sum < WHOLE);
}

static mlg_status gather_days(listing *l, const target *t, mlg_error *err)
{
    l->n_days = 0;
    for (size_t i = 0; i < t->n; i++) {
        const double days = t->rows[i].days;
        if (!t->rows[i].direct || isnan(days)) {
            continue;
        }
        if (!mlg_grow(&l->days, &l->days_room, l->n_days + 1, sizeof *l->days) ||
            !mlg_grow(&l->all_days, &l->all_room, l->n_all + 1, sizeof *l->all_days)) {
            return mlg_fail(err, MLG_ENOMEM, "scheme.funding: no memory for durations");
        }
        l->days[l->n_days++] = days;
        l->all_days[l->n_all++] = days;
    }
    return MLG_OK;
}

static mlg_status add_target(listing *l, const target *t, mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (!mlg_grow(&l->subject, &l->subject_room, l->n + 1, sizeof *l->subject) ||
        !mlg_grow(&l->figure, &l->figure_room, (l->n + 1) * N_FIGURES, sizeof *l->figure)) {
        FAIL(err, MLG_ENOMEM, "scheme.funding: no memory for %zu targets", l->n + 1);
    }
    TRY(gather_days(l, t, err));
    double *f = &l->figure[l->n * N_FIGURES];
    const brought amounts = sum_brought(t, false);
    const double funders = count_funders(t);
    const bool single = is_single(t, funders);
    l->subject[l->n++] = t->rows[0].target;
    f[VALUE] = funders;
    f[SINGLE] = single;
    f[CONCENTRATION] = concentration(t, funders, single);
    f[AMOUNT] = amounts.known > 0.0 ? amounts.sum : NAN;
    f[DIRECT] = amounts.funders;
    f[YEARS] = median(l->days, l->n_days) / 365.25;
out:
    return status;
}

/* ---- one kind of target ---------------------------------------------------------------------- */

static const struct {
    mlg_scope scope;
    const char *each, *share; /* conventions */
    mlg_text_key none;        /* no funder of any on record: which column would say */
} kinds[MLG_N_FUNDED] = {
    [MLG_FUNDS_SCHEME] = {MLG_SCOPE_SCHEME, "of_schemes", "schemes", T_why_no_funder},
    [MLG_FUNDS_POST] = {MLG_SCOPE_POST, "of_posts", "posts", T_why_no_funder_of_posts},
    [MLG_FUNDS_ACTIVITY] = {MLG_SCOPE_ACTIVITY, "of_activities", "activities",
                            T_why_no_funder_of_activities},
};

static mlg_status list_share(listing *l, double targets, const char *convention, mlg_text_key why,
                             int32_t view, mlg_values *out, mlg_error *err)
{
    const double n = (double) l->n;
    double single = 0.0, year = 0.0;

    for (size_t i = 0; i < l->n; i++) {
        single += l->figure[i * N_FIGURES + SINGLE];
    }
    for (size_t i = 0; i < l->n_all; i++) {
        year += l->all_days[i] <= 366.0;
    }
    const mlg_figure figures[] = {
        {"targets", targets},
        {"known", n},
        {"single", single},
        {"completeness", targets > 0.0 ? n / targets : NAN},
        {"median_years", median(l->all_days, l->n_all) / 365.25},
        {"grants_dated", (double) l->n_all},
        {"grants_of_a_year", year},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = "scheme.funding",
                                             .view = view,
                                             .convention = convention,
                                             .value = n > 0.0 ? single / n : NAN,
                                             .why = n > 0.0 ? T_none : why,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_status list_kind(const mlg_funders *funders, mlg_funded kind, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    listing l = {0};

    for (size_t i = 0; i < funders->n;) {
        target t = {&funders->items[i], 0};
        for (; i < funders->n && funders->items[i].kind == t.rows->kind &&
               funders->items[i].target == t.rows->target;
             i++) {
            t.n++;
        }
        if (t.rows->kind == kind) {
            TRY(add_target(&l, &t, err));
        }
    }
    if (l.n > 0) {
        TRY(mlg_values_listing(out,
                               &(mlg_listing){.id = "scheme.funding",
                                              .view = view,
                                              .scope = kinds[kind].scope,
                                              .convention = kinds[kind].each,
                                              .parts = parts,
                                              .n_parts = N_FIGURES - 1,
                                              .subject = l.subject,
                                              .figure = l.figure,
                                              .n = l.n},
                               err));
    }
    TRY(list_share(&l, funders->targets[kind], kinds[kind].share, kinds[kind].none, view, out,
                   err));
out:
    listing_close(&l);
    return status;
}

mlg_status mlg_scheme_funding(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_scheme_set schemes = {0};
    mlg_funders funders = {0};

    if (context->model == NULL) {
        return mlg_values_undefined(out, "scheme.funding", view, T_why_no_funder, err);
    }
    TRY(mlg_schemes_of(context->model, &schemes, err));
    TRY(mlg_funders_of(context->model, &schemes, &funders, err));
    for (int kind = 0; kind < MLG_N_FUNDED; kind++) {
        TRY(list_kind(&funders, (mlg_funded) kind, view, out, err));
    }
out:
    mlg_schemes_free(&schemes);
    mlg_funders_free(&funders);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
