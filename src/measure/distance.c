/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/random.h"
#include "base/replicate.h"
#include "maillage/access.h"
#include "measure/context.h"
#include "measure/distance_ground.h"
#include "measure/distance_slope.h"
#include "measure/null_summary.h"
#include "measure/summary.h"

/* Do ties thin out with distance? Observed ties by class of distance, against places dealt again
 * among the actors that have one. */

static const char *const ID = "scale.distance";
#define MAX_TIES_DRAWN 3e8 /* of one null distribution: some seconds */

/* What is kept of a draw: ties by class, and the sum of log(1 + km) over them. */
enum { BATCH = 64, CLASSES = MLG_DISTANCE_CLASSES, SUM = CLASSES, KEPT };

static double finite_slope(double slope)
{
    return fabs(slope) < MLG_STEEPEST - 1.0 ? slope : NAN;
}

/* ---- places dealt again ---------------------------------------------------------------- */

typedef struct input {
    const mlg_distances *d;
    uint64_t seed;
    const char *view;
} input;

static void *scratch_open(const void *given)
{
    const input *in = given;
    return mlg_alloc((size_t) in->d->n, sizeof(int32_t));
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    const mlg_distances *d = in->d;
    int32_t *place = own;
    double *counts = slots;

    for (uint64_t draw = from; draw < to; draw++) {
        mlg_random random = mlg_random_stream(in->seed, ID, in->view, draw);
        double *count = counts + draw * KEPT;
        for (int32_t i = 0; i < d->n; i++) { /* each into a place among those before it */
            const int32_t j = (int32_t) mlg_random_below(&random, (uint32_t) i + 1);
            place[i] = place[j];
            place[j] = d->place[i];
        }
        for (int c = 0; c < KEPT; c++) {
            count[c] = 0.0;
        }
        for (size_t t = 0; t < d->n_ties; t++) {
            const int32_t a = place[d->tie[t].a], b = place[d->tie[t].b];
            count[mlg_distance_class(d, a, b)]++;
            count[SUM] += mlg_log_between(d, a, b);
        }
    }
    return MLG_OK;
}

static mlg_status deal(const mlg_distances *d, const mlg_run *run, const char *view, size_t n,
                       double *counts, mlg_error *err)
{
    const input in = {.d = d, .seed = run->seed, .view = view};
    const mlg_replicates job = {
        .what = ID,
        .view = view,
        .last = n,
        .batch = BATCH,
        .scratch = scratch_open,
        .scratch_free = mlg_free,
        .work = work,
        .input = &in,
        .slots = counts,
    };
    return mlg_replicates_run(&job, run, err);
}

/* ---- values ------------------------------------------------------------------------------ */

static void tell(mlg_value *value, const char *convention, size_t draws)
{
    value->convention = convention;
    value->weight = "none";
    value->null_model = "places";
    value->tail = "two";
    value->p_method = draws > 0 ? "draws" : NULL;
    value->draws = (uint32_t) draws;
}

static const mlg_value_column columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_LOW,       MLG_HIGH,
                                           MLG_P,     MLG_AT,       MLG_P_ADJUSTED};
static const char *const class_parts[] = {"from_km", "pairs", "ratio"};

static bool make_columns(mlg_value *value)
{
    bool made = true;
    for (size_t c = 0; made && c < sizeof columns / sizeof *columns; c++) {
        made = mlg_value_column_of(value, columns[c]) != NULL;
    }
    for (size_t p = 0; made && p < sizeof class_parts / sizeof *class_parts; p++) {
        made = mlg_value_part_of(value, class_parts[p]) != NULL;
    }
    return made;
}

/* `one` [2 * draws]: scratch. */
static mlg_status list_classes(const mlg_distances *d, const double *counts, size_t draws,
                               double *one, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, ID, view, CLASSES, err);

    TRY_ALLOC(err, value);
    value->shape = MLG_CURVE;
    tell(value, "classes", draws);
    if (!make_columns(value)) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %d classes", ID, (int) CLASSES);
    }
    for (int c = 0; c < CLASSES; c++) {
        const double expected = (double) d->n_ties * d->pairs[c] / d->all_pairs;
        for (size_t k = 0; k < draws; k++) {
            one[k] = counts[k * KEPT + (size_t) c];
        }
        const mlg_null_summary s =
            mlg_null_summarise(one, draws, false, d->ties[c], 1.0, one + draws);
        value->column[MLG_AT][c] = mlg_distance_end(c);
        value->column[MLG_VALUE][c] = d->ties[c];
        value->column[MLG_EXPECTED][c] = expected;
        value->column[MLG_LOW][c] = s.low;
        value->column[MLG_HIGH][c] = s.high;
        value->column[MLG_P][c] = d->pairs[c] > 0.0 ? s.p_two : NAN;
        value->part[0].values[c] = c > 0 ? mlg_distance_end(c - 1) : 0.0;
        value->part[1].values[c] = d->pairs[c];
        value->part[2].values[c] = expected > 0.0 ? d->ties[c] / expected : NAN;
    }
    TRY(mlg_adjust_p(value->column[MLG_P], CLASSES, value->column[MLG_P_ADJUSTED], err));
out:
    return status;
}

static const mlg_value_column slope_columns[] = {MLG_VALUE, MLG_EXPECTED, MLG_SD, MLG_LOW,
                                                 MLG_HIGH,  MLG_Z,        MLG_P};

/* p is that of the mean distance, which goes up and down with the slope. */
static mlg_status put_slope(const mlg_distances *d, double slope, const mlg_null_summary *s,
                            double p, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double sd = s->sd < MLG_STEEPEST ? s->sd : NAN;
    const double number[] = {finite_slope(slope),
                             finite_slope(s->mean),
                             sd,
                             finite_slope(s->low),
                             finite_slope(s->high),
                             mlg_z(finite_slope(slope), s->mean, sd),
                             p};
    const mlg_figure figures[] = {
        {"per_doubling", exp2(finite_slope(slope))},
        {"median_km", d->median},
        {"median_pairs_km", d->median_pairs},
        {"ties", (double) d->n_ties},
        {"pairs", d->all_pairs},
        {"placed", d->n},
        {"unplaced", d->unplaced},
        {"places", d->n_places},
        {"by_classes", d->log_of_pair == NULL},
    };
    for (size_t c = 0; c < sizeof slope_columns / sizeof *slope_columns; c++) {
        double *column = mlg_value_column_of(value, slope_columns[c]);
        TRY_ALLOC(err, column);
        column[0] = number[c];
    }
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        double *part = mlg_value_part_of(value, figures[i].name);
        TRY_ALLOC(err, part);
        part[0] = figures[i].value;
    }
    value->undefined = isnan(number[0]) ? T_why_infinite_slope : T_none;
out:
    return status;
}

/* Sum of log(1 + km) over the ties as they are. */
static double observed_sum(const mlg_distances *d)
{
    double sum = 0.0;
    for (size_t t = 0; t < d->n_ties; t++) {
        sum += mlg_log_between(d, d->place[d->tie[t].a], d->place[d->tie[t].b]);
    }
    return sum;
}

static mlg_status add_slope(const mlg_distances *d, const double *counts, size_t draws, double *one,
                            int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_slopes slopes = {0};
    mlg_value *value = NULL;
    const double n = (double) d->n_ties, sum = observed_sum(d);

    TRY(mlg_slopes_open(d, &slopes, err));
    const double slope = mlg_slope_of_study(&slopes, sum / n);
    for (size_t k = 0; k < draws; k++) {
        one[k] = counts[k * KEPT + SUM];
    }
    const double p = mlg_null_summarise(one, draws, false, sum, fmax(1.0, sum), one + draws).p_two;
    for (size_t k = 0; k < draws; k++) {
        one[k] = mlg_slope_of_draw(&slopes, counts[k * KEPT + SUM] / n, 0.0);
    }
    const mlg_null_summary s = mlg_null_summarise(one, draws, false, slope, 1.0, one + draws);
    value = mlg_values_add(out, ID, view, 1, err);
    TRY_ALLOC(err, value);
    tell(value, "slope", draws);
    TRY(put_slope(d, slope, &s, p, value, err));
out:
    mlg_slopes_close(&slopes);
    return status;
}

mlg_status mlg_scale_distance(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_run *run = context->run;
    mlg_distances d = {0};
    double *counts = NULL, *one = NULL;

    TRY(mlg_distances_of(graph, run->force, &d, err));
    if (d.why != T_none) {
        TRY(mlg_values_undefined(out, ID, view, d.why, err));
        goto out;
    }
    const size_t draws = run->force
                             ? run->draws
                             : mlg_draws_in(MAX_TIES_DRAWN / ((double) d.n_ties + d.n), run->draws);
    counts = mlg_alloc(draws, KEPT * sizeof *counts);
    one = mlg_alloc(draws, 2 * sizeof *one);
    TRY_ALLOC(err, counts);
    TRY_ALLOC(err, one);
    TRY(deal(&d, run, graph->view.id, draws, counts, err));
    TRY(add_slope(&d, counts, draws, one, view, out, err));
    TRY(list_classes(&d, counts, draws, one, view, out, err));
out:
    mlg_free(counts);
    mlg_free(one);
    mlg_distances_free(&d);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
