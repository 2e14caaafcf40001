/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "base/replicate.h"
#include "maillage/workload.h"
#include "measure/dyads.h"
#include "measure/ladder.h"
#include "measure/null_summary.h"
#include "measure/summary.h"

/* Are organisations bound by agreements those that work together? */

static const char *const ID = "scheme.conventions";
static const double MOST_STEPS = 4e9;
enum { LEAST_PARTIES = 10, MOST_LISTED = 500 };

/* The two networks over one set of organisations. */
typedef struct qap {
    int32_t n;
    int32_t *a, *b; /* [m] ends of the pairs with an agreement */
    size_t m;
    uint64_t *works; /* [n_works] pairs that work together, as n * a + b, ascending */
    size_t n_works;
    double adjacent_agreed, adjacent_works; /* ordered pairs of their pairs with a common end */
    uint64_t seed;
} qap;

static void qap_close(qap *q)
{
    mlg_free(q->a);
    mlg_free(q->b);
    mlg_free(q->works);
}

static int by_key(const void *left, const void *right)
{
    const uint64_t a = *(const uint64_t *) left, b = *(const uint64_t *) right;
    return a < b ? -1 : a > b;
}

static double adjacent(const double *degree, int32_t n)
{
    double sum = 0.0;
    for (int32_t i = 0; i < n; i++) {
        sum += degree[i] * (degree[i] - 1.0);
    }
    return sum;
}

static mlg_status qap_open(const mlg_dyads *dyads, qap *q, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *degree = mlg_zalloc((size_t) dyads->n_parties, 2 * sizeof *degree);
    double *works = degree != NULL ? degree + dyads->n_parties : NULL;

    q->n = dyads->n_parties;
    q->a = mlg_alloc(dyads->n, sizeof *q->a);
    q->b = mlg_alloc(dyads->n, sizeof *q->b);
    q->works = mlg_alloc(dyads->n, sizeof *q->works);
    TRY_ALLOC(err, degree);
    TRY_ALLOC(err, q->a);
    TRY_ALLOC(err, q->b);
    TRY_ALLOC(err, q->works);
    for (size_t i = 0; i < dyads->n; i++) {
        const mlg_dyad *d = &dyads->items[i];
        const int32_t a = mlg_id_find(dyads->party, q->n, d->a);
        const int32_t b = mlg_id_find(dyads->party, q->n, d->b);
        if (d->agreed) {
            q->a[q->m] = a;
            q->b[q->m++] = b;
            degree[a]++;
            degree[b]++;
        }
        if (mlg_dyad_works(d)) {
            q->works[q->n_works++] = (uint64_t) a * (uint64_t) q->n + (uint64_t) b;
            works[a]++;
            works[b]++;
        }
    }
    q->adjacent_agreed = adjacent(degree, q->n);
    q->adjacent_works = adjacent(works, q->n);
out:
    mlg_free(degree);
    return status;
}

/* Pairs with an agreement that work together, organisations renamed by `order` unless NULL. */
static double overlap(const qap *q, const int32_t *order)
{
    double both = 0.0;
    for (size_t i = 0; i < q->m; i++) {
        const int32_t x = order != NULL ? order[q->a[i]] : q->a[i];
        const int32_t y = order != NULL ? order[q->b[i]] : q->b[i];
        const uint64_t low = (uint64_t) (x < y ? x : y), high = (uint64_t) (x < y ? y : x);
        const uint64_t key = low * (uint64_t) q->n + high;
        both += q->n_works > 0 && bsearch(&key, q->works, q->n_works, sizeof key, by_key) != NULL;
    }
    return both;
}

static void *order_open(const void *given)
{
    return mlg_alloc((size_t) ((const qap *) given)->n, sizeof(int32_t));
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const qap *q = given;
    int32_t *order = own;
    double *both = slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(q->seed, ID, "qap", d);
        for (int32_t i = 0; i < q->n; i++) {
            const int32_t j = (int32_t) mlg_random_below(&random, (uint32_t) i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        both[d] = overlap(q, order);
    }
    return MLG_OK;
}

/* Correlation of two yes-or-no networks from the count of pairs that have both. */
static double phi(const qap *q, double both)
{
    const double pairs = (double) q->n * (q->n - 1.0) / 2.0;
    const double m = (double) q->m, w = (double) q->n_works;
    const double spread = m * (pairs - m) * w * (pairs - w);
    return spread > 0.0 ? (pairs * both - m * w) / sqrt(spread) : NAN;
}

/* ---- values ----------------------------------------------------------------------------- */

typedef struct counts {
    double agreed, works, closely, both, closely_without, works_without;
} counts;

static counts count(const mlg_dyads *dyads)
{
    counts c = {0};
    for (size_t i = 0; i < dyads->n; i++) {
        const mlg_dyad *d = &dyads->items[i];
        const bool works = mlg_dyad_works(d), closely = mlg_dyad_works_closely(d);
        c.agreed += d->agreed;
        c.works += works;
        c.closely += closely;
        c.both += d->agreed && works;
        c.works_without += works && !d->agreed;
        c.closely_without += closely && !d->agreed;
    }
    return c;
}

static mlg_status list_share(const mlg_dyads *dyads, const char *convention, double part,
                             double whole, mlg_text_key why, int32_t view, mlg_values *out,
                             mlg_error *err)
{
    const mlg_figure figures[] = {
        {"without", part},
        {"pairs", whole},
        {"organisations", dyads->n_parties},
        {"agreements", dyads->agreements},
        {"crowded_activities", dyads->crowded},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = convention,
                                             .value = whole > 0.0 ? part / whole : NAN,
                                             .why = whole > 0.0 ? T_none : why,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

/* The correlation; its null is said of the count, which goes up and down with it. */
static mlg_status list_qap(const qap *q, const counts *c, const double *drawn, size_t draws,
                           double *scratch, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double mean = NAN, sd = NAN;
    const double observed = phi(q, c->both);
    const mlg_null_summary null =
        mlg_null_summarise(drawn, draws, false, c->both, fmax(c->both, 1.0), scratch);

    mlg_ladder_chance(q->n, (double) q->m, q->adjacent_agreed, (double) q->n_works,
                      q->adjacent_works, &mean, &sd);
    const mlg_figure figures[] = {
        {"both", c->both},   {"both_expected", mean}, {"agreed", c->agreed},
        {"works", c->works}, {"organisations", q->n},
    };
    const mlg_chance chance[] = {{MLG_EXPECTED, 0.0},           {MLG_LOW, phi(q, null.low)},
                                 {MLG_HIGH, phi(q, null.high)}, {MLG_Z, mlg_z(c->both, mean, sd)},
                                 {MLG_P, null.p_greater},       {MLG_P_TWO, null.p_two}};

    TRY(mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = "correlation",
                       .value = observed,
                       .why = isnan(observed) ? T_why_no_collaboration : T_none,
                       .caution = q->n < LEAST_PARTIES ? T_caution_small_sample : T_none,
                       .figures = figures,
                       .n_figures = sizeof figures / sizeof *figures},
        err));
    TRY(mlg_values_against(out, "actors", draws, chance, sizeof chance / sizeof *chance, err));
out:
    return status;
}

static bool is_listed(const mlg_dyad *d)
{
    return d->agreed ? !mlg_dyad_works(d) : mlg_dyad_works_closely(d);
}

/* Pairs where the two differ: activities in common, most first. */
static int by_activities(const void *left, const void *right)
{
    const mlg_dyad *a = left, *b = right;
    if (a->agreed != b->agreed) {
        return a->agreed ? 1 : -1;
    }
    if (a->activities != b->activities) {
        return a->activities > b->activities ? -1 : 1;
    }
    if (a->a != b->a) {
        return a->a < b->a ? -1 : 1;
    }
    return a->b < b->b ? -1 : a->b > b->b;
}

static mlg_status list_pairs(const mlg_dyads *dyads, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0;
    mlg_value *value = NULL;
    mlg_dyad *apart = mlg_alloc(dyads->n, sizeof *apart);

    TRY_ALLOC(err, apart);
    for (size_t i = 0; i < dyads->n; i++) {
        if (is_listed(&dyads->items[i])) {
            apart[n++] = dyads->items[i];
        }
    }
    if (n > 0) {
        qsort(apart, n, sizeof *apart, by_activities);
    }
    const size_t shown = n < MOST_LISTED ? n : MOST_LISTED;
    value = mlg_values_add(out, ID, view, shown, err);
    TRY_ALLOC(err, value);
    value->shape = MLG_PAIRS;
    value->scope = MLG_SCOPE_ACTOR;
    value->convention = "pairs";
    value->total = n;
    mlg_id *subject = mlg_value_subjects(value);
    double *shared = mlg_value_column_of(value, MLG_VALUE);
    double *agreed = mlg_value_part_of(value, "agreed");
    double *tied = mlg_value_part_of(value, "tied");
    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, shared);
    TRY_ALLOC(err, agreed);
    TRY_ALLOC(err, tied);
    for (size_t i = 0; i < shown; i++) {
        subject[2 * i] = apart[i].a;
        subject[2 * i + 1] = apart[i].b;
        shared[i] = apart[i].activities;
        agreed[i] = apart[i].agreed;
        tied[i] = apart[i].tied;
    }
out:
    mlg_free(apart);
    return status;
}

static mlg_status correlate(const mlg_context *context, const mlg_dyads *dyads, const counts *c,
                            int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run *run = context->run;
    qap q = {.seed = run->seed};
    double *drawn = NULL;
    size_t draws = 0;

    TRY(qap_open(dyads, &q, err));
    if (!isnan(phi(&q, c->both))) {
        const double steps = q.n + 1.0 + (double) q.m * (4.0 + log2((double) q.n_works + 1.0));
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
    TRY(list_qap(&q, c, drawn, draws, drawn + draws, view, out, err));
out:
    qap_close(&q);
    mlg_free(drawn);
    return status;
}

mlg_status mlg_scheme_conventions(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_dyads dyads = {0};

    if (context->model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_agreement, err);
    }
    TRY(mlg_dyads_of(context->model, &dyads, err));
    const counts c = count(&dyads);
    if (c.agreed == 0.0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_agreement, err));
        goto out;
    }
    TRY(list_pairs(&dyads, view, out, err));
    TRY(list_share(&dyads, "close_without", c.closely_without, c.closely,
                   T_why_no_close_collaboration, view, out, err));
    TRY(list_share(&dyads, "work_without", c.works_without, c.works, T_why_no_collaboration, view,
                   out, err));
    TRY(list_share(&dyads, "idle_agreements", c.agreed - c.both, c.works > 0.0 ? c.agreed : 0.0,
                   T_why_no_collaboration, view, out, err));
    TRY(correlate(context, &dyads, &c, view, out, err));
out:
    mlg_dyads_free(&dyads);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
