/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/waves.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "model/span.h"

/* Where the distribution function of Beta(a, b) reaches a chance: by halves, since GSL's own
 * inverse gives up on some thousands of trials. */
static double beta_quantile(double chance, double a, double b)
{
    enum { HALVES = 200 };
    double low = 0.0, high = 1.0;
    for (int i = 0; i < HALVES; i++) {
        const double middle = low + (high - low) / 2.0;
        if (!(middle > low && middle < high)) {
            break;
        }
        if (gsl_cdf_beta_P(middle, a, b) < chance) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low + (high - low) / 2.0;
}

void mlg_clopper_pearson(double k, double n, double *low, double *high)
{
    if (!(n > 0.0)) {
        *low = *high = NAN;
        return;
    }
    *low = k > 0.0 ? beta_quantile(0.025, k, n - k + 1.0) : 0.0;
    *high = k < n ? beta_quantile(0.975, k + 1.0, n - k) : 1.0;
}

/* ---- one wave --------------------------------------------------------------------- */

/* A view in one of its periods. */
typedef struct wave {
    mlg_span period;
    mlg_graph *graph;
    bool *present; /* [graph->n] */
    size_t rows_undated;
} wave;

static void wave_close(wave *w)
{
    mlg_graph_free(w->graph);
    mlg_free(w->present);
    *w = (wave){.graph = NULL};
}

static mlg_status build_at(const mlg_context *context, int32_t view, mlg_span period,
                           mlg_graph **out, mlg_error *err)
{
    mlg_view at = mlg_context_graph(context, view)->view;
    at.from = period.first;
    at.to = period.last;
    return mlg_graph_build(context->model, &at, context->run, out, err);
}

static mlg_status wave_open(const mlg_context *context, int32_t view, mlg_span period, wave *w,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *ground = mlg_context_graph(context, view);
    const int32_t subjects = mlg_subject_count(context->model, ground->view.by);
    mlg_wave_rows rows;
    bool *seen = mlg_zalloc((size_t) subjects, sizeof *seen);

    *w = (wave){.period = period};
    TRY_ALLOC(err, seen);
    TRY(mlg_wave_rows_of(ground, period, seen, &rows, err));
    w->rows_undated = rows.undated;
    TRY(build_at(context, view, period, &w->graph, err));
    w->present = mlg_zalloc((size_t) w->graph->n, sizeof *w->present);
    TRY_ALLOC(err, w->present);
    for (int32_t i = 0; i < w->graph->n; i++) {
        w->present[i] = seen[w->graph->subject[i]];
    }
out:
    mlg_free(seen);
    if (status != MLG_OK) {
        wave_close(w);
    }
    return status;
}

/* ---- from one wave to the next ------------------------------------------------------- */

/* Place in a wave of each actor of another, -1: not present there. */
static mlg_status places(const wave *of, const wave *in, int32_t **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *place = mlg_alloc((size_t) of->graph->n, sizeof *place);

    *out = place;
    TRY_ALLOC(err, place);
    for (int32_t i = 0; i < of->graph->n; i++) {
        const int32_t at = mlg_id_find(in->graph->subject, in->graph->n, of->graph->subject[i]);
        place[i] = at >= 0 && in->present[at] ? at : -1;
    }
out:
    return status;
}

static bool is_tied(const mlg_graph *graph, mlg_id a, mlg_id b)
{
    if (graph == NULL) {
        return false;
    }
    const int32_t i = mlg_id_find(graph->subject, graph->n, a);
    const int32_t j = mlg_id_find(graph->subject, graph->n, b);
    return i >= 0 && j >= 0 && mlg_csr_find(&graph->ties, i, j) > 0.0;
}

/* Ties of present actors of one wave, by what the other knows of their ends: both present and
 * tied, both present, or one missing. `always` tells which of the tied no date bounds. */
static void sort_ties(const wave *of, const wave *in, const int32_t *place, const mlg_graph *always,
                      int64_t count[3], int64_t *undated)
{
    const mlg_csr *ties = &of->graph->ties;
    const mlg_id *subject = of->graph->subject;

    for (int32_t a = 0; a < ties->n; a++) {
        for (uint32_t e = ties->offset[a]; of->present[a] && e < ties->offset[a + 1]; e++) {
            const int32_t b = ties->target[e];
            if (b < a || !of->present[b]) {
                continue;
            }
            if (place[a] < 0 || place[b] < 0) {
                count[2]++;
            } else if (mlg_csr_find(&in->graph->ties, place[a], place[b]) > 0.0) {
                count[0]++;
                *undated += is_tied(always, subject[a], subject[b]);
            } else {
                count[1]++;
            }
        }
    }
}

static mlg_status compare(const wave *earlier, const wave *later, const mlg_graph *always,
                          mlg_passage *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *forward = NULL, *back = NULL;
    int64_t went[3] = {0}, came[3] = {0}, unused = 0;

    TRY(places(earlier, later, &forward, err));
    TRY(places(later, earlier, &back, err));
    for (int32_t i = 0; i < earlier->graph->n; i++) {
        out->before += earlier->present[i];
        out->stayed += earlier->present[i] && forward[i] >= 0;
    }
    for (int32_t i = 0; i < later->graph->n; i++) {
        out->after += later->present[i];
    }
    sort_ties(earlier, later, forward, always, went, &out->undated);
    sort_ties(later, earlier, back, NULL, came, &unused);
    out->kept = went[0];
    out->lost = went[1];
    out->with_left = went[2];
    out->come = came[1];
    out->with_entered = came[2];
out:
    mlg_free(forward);
    mlg_free(back);
    return status;
}

/* ---- ages of ties ----------------------------------------------------------------------- */

typedef struct beginning {
    mlg_id a, b;
    double day;
} beginning;

typedef struct beginnings {
    const mlg_model *model;
    beginning *items; /* [rows of ties.csv] */
    size_t n;
} beginnings;

static void note_beginning(void *context, const mlg_reading *reading)
{
    beginnings *all = context;
    const mlg_id a = reading->subject[0], b = reading->subject[1];

    if (reading->fate == MLG_ROW_ABSENT || a < 0 || b < 0 || a == b) {
        return;
    }
    const mlg_span start = mlg_get_span(all->model, C_ties_start, reading->row.row);
    if (start.first != MLG_EVER_FIRST && start.last != MLG_EVER_LAST) {
        all->items[all->n++] =
            (beginning){a < b ? a : b, a < b ? b : a, ((double) start.first + start.last) / 2.0};
    }
}

static int by_pair_and_day(const void *left, const void *right)
{
    const beginning *x = left, *y = right;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    if (x->b != y->b) {
        return x->b < y->b ? -1 : 1;
    }
    return x->day < y->day ? -1 : x->day > y->day;
}

/* A tie is as old as the first of its rows that say when they begin. */
static mlg_status find_ages(const wave *w, mlg_passage *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = w->graph->model;
    beginnings all = {model, NULL, 0};
    mlg_reader reader;
    double sum = 0.0;

    out->mean_age = NAN;
    if (w->graph->view.source != MLG_FROM_TIES) {
        return MLG_OK; /* an activity begins no tie */
    }
    all.items = mlg_alloc((size_t) model->rows[MLG_TIES].n, sizeof *all.items);
    TRY_ALLOC(err, all.items);
    TRY(mlg_reader_open(&reader, model, &w->graph->view, w->graph->into, w->graph->activity_when,
                        err));
    mlg_reader_each(&reader, note_beginning, &all);
    if (all.n > 0) {
        qsort(all.items, all.n, sizeof *all.items, by_pair_and_day);
    }
    for (size_t i = 0; i < all.n; i++) {
        const beginning *at = &all.items[i];
        const bool first = i == 0 || at->a != at[-1].a || at->b != at[-1].b;
        if (first && at->day <= w->period.last && is_tied(w->graph, at->a, at->b)) {
            sum += (w->period.last - at->day) / MLG_MONTH_DAYS;
            out->ages_known++;
        }
    }
    out->mean_age = out->ages_known > 0 ? sum / (double) out->ages_known : NAN;
out:
    mlg_free(all.items);
    return status;
}

/* Days into a period after which its record is said to be partial. */
enum { LEAST_LATE = 31 };

/* ---- all waves ------------------------------------------------------------------------------ */

/* Numbers of the periods in which a dated row counts, latest first. */
static mlg_status find_numbers(const mlg_graph *ground, const mlg_periods *periods, int32_t *number,
                               int32_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t first = mlg_wave_first_day(ground->model, ground->view.source);

    *n = 0;
    for (int32_t k = 0; k < MLG_MOST_PERIODS && *n < MLG_MOST_WAVES; k++) {
        const mlg_span period = mlg_period(periods, k);
        mlg_wave_rows rows;
        if (period.last < first) {
            break;
        }
        TRY(mlg_wave_rows_of(ground, period, NULL, &rows, err));
        if (rows.dated > 0) {
            number[(*n)++] = k;
        }
    }
out:
    return status;
}

/* What no date bounds: the rows that count in a period that holds no day. */
static mlg_status build_always(const mlg_context *context, int32_t view, mlg_graph **out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_span never = {MLG_EVER_LAST, MLG_EVER_FIRST};
    mlg_wave_rows rows;

    *out = NULL;
    TRY(mlg_wave_rows_of(mlg_context_graph(context, view), never, NULL, &rows, err));
    if (rows.dated + rows.undated > 0) {
        TRY(build_at(context, view, never, out, err));
    }
out:
    return status;
}

static mlg_status pass(const mlg_context *context, int32_t view, const mlg_periods *periods,
                       const int32_t *number, int32_t n, const mlg_graph *always, mlg_waves *out,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_view *of = mlg_context_view(context, view);
    const int32_t first = mlg_wave_first_day(context->model, of->source);
    wave earlier = {.graph = NULL}, later = {.graph = NULL};

    TRY(wave_open(context, view, mlg_period(periods, number[n - 1]), &earlier, err));
    for (int32_t k = n - 2; k >= 0; k--) {
        mlg_passage *p = &out->items[out->n];
        TRY(wave_open(context, view, mlg_period(periods, number[k]), &later, err));
        if (earlier.graph->n_activities > 0 &&
            (!earlier.graph->projected || !later.graph->projected)) {
            out->why = T_why_too_large;
            goto out;
        }
        *p = (mlg_passage){.end_before = earlier.period.last,
                           .end = later.period.last,
                           .months = mlg_periods_months(periods, number[k + 1] - number[k]),
                           .after_months = 0.0 - mlg_periods_months(periods, number[k]),
                           .rows_undated = later.rows_undated,
                           .partial = first > earlier.period.first + LEAST_LATE};
        TRY(compare(&earlier, &later, always, p, err));
        TRY(find_ages(&later, p, err));
        out->n++;
        wave_close(&earlier);
        earlier = later;
        later = (wave){.graph = NULL};
    }
out:
    wave_close(&earlier);
    wave_close(&later);
    return status;
}

/* Why a view has no waves, before any is made; T_none when it may have. */
static mlg_status find_why(const mlg_graph *graph, mlg_waves *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_span ever = {MLG_EVER_FIRST, MLG_EVER_LAST};
    const mlg_view *view = &graph->view;
    mlg_wave_rows rows;
    bool ends = false;

    TRY(mlg_wave_rows_of(graph, ever, NULL, &rows, err));
    if (rows.dated == 0) {
        out->why = T_why_no_dates;
    } else if (view->from == MLG_EVER_FIRST || view->to == MLG_EVER_LAST) {
        out->why = graph->model->date == MLG_NO_DATE && view->from == MLG_EVER_FIRST
                       ? T_why_no_study_date
                       : T_why_open_period;
    } else {
        TRY(mlg_wave_record_of(graph, &out->starts, &ends, err));
        out->why = ends ? T_none : T_why_no_ends;
    }
out:
    return status;
}

static mlg_status make(const mlg_context *context, int32_t view, mlg_waves *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    int32_t number[MLG_MOST_WAVES], n = 0;
    mlg_graph *always = NULL;

    if (graph->model == NULL || graph->into == NULL) {
        out->why = T_why_no_dates;
        return MLG_OK;
    }
    TRY(find_why(graph, out, err));
    if (out->why != T_none) {
        goto out;
    }
    const mlg_periods periods = mlg_periods_of(graph->view.from, graph->view.to);
    TRY(find_numbers(graph, &periods, number, &n, err));
    if (n < 2) {
        out->why = T_why_one_wave;
        goto out;
    }
    out->items = mlg_zalloc((size_t) n - 1, sizeof *out->items);
    TRY_ALLOC(err, out->items);
    TRY(build_always(context, view, &always, err));
    TRY(pass(context, view, &periods, number, n, always, out, err));
out:
    mlg_graph_free(always);
    return status;
}

static void release(void *made)
{
    mlg_waves *waves = made;
    if (waves != NULL) {
        mlg_free(waves->items);
    }
    mlg_free(waves);
}

mlg_status mlg_waves_of(mlg_context *context, int32_t view, const mlg_waves **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_waves *made = mlg_context_slot(context, view, MLG_SLOT_WAVES);

    if (made != NULL) {
        *out = made;
        return MLG_OK;
    }
    made = mlg_zalloc(1, sizeof *made);
    TRY_ALLOC(err, made);
    TRY(make(context, view, made, err));
    mlg_context_keep(context, view, MLG_SLOT_WAVES, made, release);
    *out = made;
out:
    if (status != MLG_OK) {
        release(made);
    }
    return status;
}
