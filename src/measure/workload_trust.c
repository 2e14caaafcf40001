/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/replicate.h"
#include "maillage/workload.h"
#include "measure/dyads.h"
#include "measure/null_summary.h"
#include "measure/summary.h"
#include "measure/workload_trust_shape.h"

/* Do organisations that work together trust each other, and more where they work more? */

static const char *const ID = "scheme.trust";
static const double MOST_STEPS = 4e9;
enum { LEAST_RATED = 10 };

/* Trust of the rated pairs, and common work of all pairs, over one set of organisations. */
typedef struct qap {
    const mlg_dyads *dyads;
    int32_t *a, *b; /* [n] ends of the rated pairs */
    double *trust;  /* [n] */
    size_t n;
    uint64_t seed;
} qap;

static int by_ends(const void *left, const void *right)
{
    const mlg_dyad *a = left, *b = right;
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    return a->b < b->b ? -1 : a->b > b->b;
}

/* Activities in common, and one for a tie of common work. */
static double work_of(const mlg_dyads *dyads, int32_t x, int32_t y)
{
    const mlg_id p = dyads->party[x], q = dyads->party[y];
    const mlg_dyad key = {.a = p < q ? p : q, .b = p < q ? q : p};
    const mlg_dyad *d = bsearch(&key, dyads->items, dyads->n, sizeof key, by_ends);
    return d != NULL ? d->activities + (d->tied ? 1.0 : 0.0) : 0.0;
}

/* Pearson's over the rated pairs; organisations renamed by `order` unless NULL. */
static double correlation(const qap *q, const int32_t *order)
{
    double sum_x = 0.0, sum_y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
    const double n = (double) q->n;

    for (size_t i = 0; i < q->n; i++) {
        const double x = q->trust[i];
        const double y = work_of(q->dyads, order != NULL ? order[q->a[i]] : q->a[i],
                                 order != NULL ? order[q->b[i]] : q->b[i]);
        sum_x += x;
        sum_y += y;
        xx += x * x;
        yy += y * y;
        xy += x * y;
    }
    const double spread_x = xx - sum_x * sum_x / n, spread_y = yy - sum_y * sum_y / n;
    return spread_x > 1e-12 * xx && spread_y > 1e-12 * yy
               ? (xy - sum_x * sum_y / n) / sqrt(spread_x * spread_y)
               : NAN;
}

static void *order_open(const void *given)
{
    return mlg_alloc((size_t) ((const qap *) given)->dyads->n_parties, sizeof(int32_t));
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const qap *q = given;
    int32_t *order = own;
    double *drawn = slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(q->seed, ID, "qap", d);
        for (int32_t i = 0; i < q->dyads->n_parties; i++) {
            const int32_t j = (int32_t) mlg_random_below(&random, (uint32_t) i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        drawn[d] = correlation(q, order);
    }
    return MLG_OK;
}

/* ---- values ------------------------------------------------------------------------------- */

static mlg_status list_mean(const mlg_dyads *dyads, const mlg_trust_arcs *arcs, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    double works = 0.0, rated = 0.0, sum = 0.0, apart = 0.0, low = NAN, high = NAN;

    for (size_t i = 0; i < dyads->n; i++) {
        const mlg_dyad *d = &dyads->items[i];
        const bool known = d->trust_rows > 0, together = mlg_dyad_works(d);
        works += together;
        rated += together && known;
        apart += known && !together;
        sum += together && known ? d->trust : 0.0;
        low = known ? fmin(low, d->trust) : low;
        high = known ? fmax(high, d->trust) : high;
    }
    const mlg_figure figures[] = {
        {"pairs", works},
        {"rated", rated},
        {"response", works > 0.0 ? rated / works : NAN},
        {"rated_apart", apart},
        {"lowest", low},
        {"highest", high},
        {"scale_least", arcs->least},
        {"scale_greatest", arcs->greatest},
        {"scale_assumed", arcs->assumed},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = "mean",
                                             .value = rated > 0.0 ? sum / rated : NAN,
                                             .why = rated > 0.0 ? T_none : T_why_no_trust_at_work,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_status list_correlation(const qap *q, double observed, const double *drawn, size_t draws,
                                   double *scratch, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_null_summary null = mlg_null_summarise(drawn, draws, false, observed, 1.0, scratch);
    const mlg_figure figures[] = {{"rated", (double) q->n}, {"organisations", q->dyads->n_parties}};
    const mlg_chance chance[] = {{MLG_EXPECTED, null.mean}, {MLG_SD, null.sd},
                                 {MLG_LOW, null.low},       {MLG_HIGH, null.high},
                                 {MLG_P, null.p_greater},   {MLG_P_TWO, null.p_two}};

    TRY(mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = "correlation",
                       .value = observed,
                       .why = isnan(observed) ? T_why_trust_does_not_vary : T_none,
                       .caution = q->n < LEAST_RATED ? T_caution_small_sample : T_none,
                       .figures = figures,
                       .n_figures = 2},
        err));
    TRY(mlg_values_against(out, "actors", draws, chance, sizeof chance / sizeof *chance, err));
out:
    return status;
}

static mlg_status correlate(const mlg_context *context, const mlg_dyads *dyads, int32_t view,
                            mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run *run = context->run;
    qap q = {.dyads = dyads, .seed = run->seed};
    double *drawn = NULL, observed = NAN;
    size_t draws = 0;

    q.a = mlg_alloc(dyads->n, sizeof *q.a);
    q.b = mlg_alloc(dyads->n, sizeof *q.b);
    q.trust = mlg_alloc(dyads->n, sizeof *q.trust);
    TRY_ALLOC(err, q.a);
    TRY_ALLOC(err, q.b);
    TRY_ALLOC(err, q.trust);
    for (size_t i = 0; i < dyads->n; i++) {
        if (dyads->items[i].trust_rows > 0) {
            q.a[q.n] = mlg_id_find(dyads->party, dyads->n_parties, dyads->items[i].a);
            q.b[q.n] = mlg_id_find(dyads->party, dyads->n_parties, dyads->items[i].b);
            q.trust[q.n++] = dyads->items[i].trust;
        }
    }
    observed = correlation(&q, NULL);
    if (!isnan(observed)) {
        const double steps = dyads->n_parties + (double) q.n * (6.0 + log2((double) dyads->n));
        draws = run->force ? run->draws : mlg_draws_in(MOST_STEPS / steps, run->draws);
    }
    drawn = mlg_alloc(2 * draws, sizeof *drawn);
    TRY_ALLOC(err, drawn);
    const mlg_replicates job = {.what = ID,
                                .view = "qap",
                                .last = draws,
                                .batch = 16,
                                .scratch = order_open,
                                .scratch_free = mlg_free,
                                .work = work,
                                .input = &q,
                                .slots = drawn};
    if (draws > 0) {
        TRY(mlg_replicates_run(&job, run, err));
    }
    TRY(list_correlation(&q, observed, drawn, draws, drawn + draws, view, out, err));
out:
    mlg_free(q.a);
    mlg_free(q.b);
    mlg_free(q.trust);
    mlg_free(drawn);
    return status;
}

mlg_status mlg_scheme_trust(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_dyads dyads = {0};
    mlg_trust_arcs arcs = {0};
    double rated = 0.0;

    if (context->model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_trust, err);
    }
    TRY(mlg_dyads_of(context->model, &dyads, err));
    for (size_t i = 0; i < dyads.n; i++) {
        rated += dyads.items[i].trust_rows > 0;
    }
    if (rated == 0.0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_trust, err));
        goto out;
    }
    TRY(mlg_trust_arcs_of(context->model, &arcs, err));
    TRY(list_mean(&dyads, &arcs, view, out, err));
    TRY(correlate(context, &dyads, view, out, err));
    TRY(mlg_trust_shape(context->model, &arcs, &dyads, view, out, err));
out:
    mlg_dyads_free(&dyads);
    mlg_trust_arcs_free(&arcs);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
