/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/workload.h"
#include "measure/seats.h"
#include "measure/summary.h"
#include "measure/workload_residents.h"

/* What bodies and actions ask of each organisation, in attendances and in hours. */

static const char *const ID = "scheme.load";
enum { LEAST_ORGANISATIONS = 10 };

/* One attendance of an organisation. */
typedef struct attendance {
    mlg_id organisation, activity;
    double hours; /* NaN: not said */
} attendance;

typedef struct survey {
    const mlg_model *model;
    attendance *items; /* by organisation and activity */
    size_t n, room;
    double unattached; /* attendances of people whom no organisation is known of */
    bool failed;
} survey;

static bool is_organisation(const mlg_model *model, mlg_id party)
{
    return model->party_kind[party] != MLG_KIND_PERSON &&
           model->party_kind[party] != MLG_KIND_RESIDENTS;
}

static void visit(void *context, const mlg_reading *reading)
{
    survey *s = context;
    if (reading->row.table != MLG_PARTICIPATIONS || reading->fate != MLG_ROW_COUNTS ||
        reading->subject[0] < 0 || s->failed) {
        return;
    }
    if (!is_organisation(s->model, reading->subject[0])) {
        s->unattached++;
        return;
    }
    if (!mlg_grow(&s->items, &s->room, s->n + 1, sizeof *s->items)) {
        s->failed = true;
        return;
    }
    s->items[s->n++] =
        (attendance){reading->subject[0], reading->activity,
                     mlg_get_number(s->model, C_participations_hours, reading->row.row)};
}

static int by_organisation(const void *left, const void *right)
{
    const attendance *a = left, *b = right;
    if (a->organisation != b->organisation) {
        return a->organisation < b->organisation ? -1 : 1;
    }
    if (a->activity != b->activity) {
        return a->activity < b->activity ? -1 : 1;
    }
    const double x = isnan(a->hours) ? -1.0 : a->hours, y = isnan(b->hours) ? -1.0 : b->hours;
    return x < y ? -1 : x > y;
}

/* ---- one organisation ---------------------------------------------------------------------- */

enum { SEATS, HOURS, WITH_HOURS, ACTIVITIES, SCHEMES, N_FIGURES };
static const char *const parts[] = {"hours", "with_hours", "activities", "schemes"};

/* Different schemes of the activities of some attendances; `seen` [parties] has the last mark. */
static double count_schemes(const mlg_model *model, const attendance *items, size_t n, int32_t mark,
                            int32_t *seen)
{
    double schemes = 0.0;
    for (size_t i = 0; i < n; i++) {
        size_t n_schemes = 0;
        const mlg_id *of = mlg_activity_schemes(model, items[i].activity, &n_schemes);
        for (size_t k = 0; k < n_schemes; k++) {
            schemes += seen[of[k]] != mark;
            seen[of[k]] = mark;
        }
    }
    return schemes;
}

static void figures_of(const attendance *items, size_t n, double *figure)
{
    figure[SEATS] = (double) n;
    figure[HOURS] = figure[WITH_HOURS] = figure[ACTIVITIES] = 0.0;
    for (size_t i = 0; i < n; i++) {
        figure[ACTIVITIES] += i == 0 || items[i].activity != items[i - 1].activity;
        figure[WITH_HOURS] += !isnan(items[i].hours);
        figure[HOURS] += isnan(items[i].hours) ? 0.0 : items[i].hours;
    }
    figure[HOURS] = figure[WITH_HOURS] > 0.0 ? figure[HOURS] : NAN;
}

typedef struct loads {
    mlg_id *subject;
    double *figure; /* [n * N_FIGURES] */
    size_t n;
} loads;

static mlg_status sum_loads(const survey *s, loads *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *seen = mlg_alloc(s->model->parties.n, sizeof *seen);

    out->subject = mlg_alloc(s->n, sizeof *out->subject);
    out->figure = mlg_alloc(s->n, N_FIGURES * sizeof *out->figure);
    TRY_ALLOC(err, seen);
    TRY_ALLOC(err, out->subject);
    TRY_ALLOC(err, out->figure);
    for (size_t i = 0; i < s->model->parties.n; i++) {
        seen[i] = -1;
    }
    for (size_t first = 0, end = 0; first < s->n; first = end) {
        while (end < s->n && s->items[end].organisation == s->items[first].organisation) {
            end++;
        }
        double *figure = &out->figure[out->n * N_FIGURES];
        figures_of(&s->items[first], end - first, figure);
        figure[SCHEMES] =
            count_schemes(s->model, &s->items[first], end - first, (int32_t) out->n, seen);
        out->subject[out->n++] = s->items[first].organisation;
    }
out:
    mlg_free(seen);
    return status;
}

/* ---- concentration --------------------------------------------------------------------------- */

static int rising(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

/* Sorts them. */
static double gini(double *values, size_t n)
{
    double sum = 0.0, ranked = 0.0;
    qsort(values, n, sizeof *values, rising);
    for (size_t i = 0; i < n; i++) {
        sum += values[i];
        ranked += (double) (i + 1) * values[i];
    }
    return sum > 0.0 ? 2.0 * ranked / ((double) n * sum) - ((double) n + 1.0) / (double) n : NAN;
}

/* The organisations whose load of this kind is known: all there are, so that no interval is due. */
static mlg_status list_concentration(double unattached, const loads *all, int which, int32_t view,
                                     mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const char *convention = which == SEATS ? "attendances" : "hours";
    double *values = mlg_alloc(all->n, sizeof *values);
    double sum = 0.0, top = 0.0, seats = 0.0, with_hours = 0.0;
    size_t n = 0;

    TRY_ALLOC(err, values);
    for (size_t i = 0; i < all->n; i++) {
        const double *figure = &all->figure[i * N_FIGURES];
        seats += figure[SEATS];
        with_hours += figure[WITH_HOURS];
        if (!isnan(figure[which])) {
            values[n++] = figure[which];
            sum += figure[which];
        }
    }
    const double index = n > 1 ? gini(values, n) : NAN;
    const size_t tenth = (n + 9) / 10;
    for (size_t i = n - tenth; i < n; i++) {
        top += values[i];
    }
    const mlg_figure figures[] = {
        {"organisations", (double) n}, {"sum", n > 0 ? sum : NAN},
        {"top_tenth", (double) tenth}, {"top_share", sum > 0.0 ? top / sum : NAN},
        {"attendances", seats},        {"with_hours", with_hours},
        {"unattached", unattached},
    };
    TRY(mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = convention,
                       .value = index,
                       .why = !isnan(index)    ? T_none
                              : which == HOURS ? T_why_no_hours
                                               : T_why_one_organisation,
                       .caution = n < LEAST_ORGANISATIONS ? T_caution_small_sample : T_none,
                       .figures = figures,
                       .n_figures = sizeof figures / sizeof *figures},
        err));
out:
    mlg_free(values);
    return status;
}

mlg_status mlg_scheme_load(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_model *model = context->model;
    const size_t before = out->n;
    survey s = {.model = model};
    loads all = {0};

    if (model == NULL || model->rows[MLG_PARTICIPATIONS].n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_attendance, err);
    }
    TRY(mlg_seats_each(model, MLG_BY_ORGANISATION, visit, &s, err));
    if (s.failed) {
        FAIL(err, MLG_ENOMEM, "scheme.load: no memory for %zu attendances", s.n);
    }
    if (s.n == 0 && s.unattached == 0.0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_attendance, err));
        goto out;
    }
    if (s.n > 0) {
        qsort(s.items, s.n, sizeof *s.items, by_organisation);
    }
    TRY(sum_loads(&s, &all, err));
    if (all.n > 0) {
        TRY(mlg_values_listing(out,
                               &(mlg_listing){.id = ID,
                                              .view = view,
                                              .scope = MLG_SCOPE_ACTOR,
                                              .convention = "organisations",
                                              .why = T_why_no_attendance,
                                              .parts = parts,
                                              .n_parts = N_FIGURES - 1,
                                              .subject = all.subject,
                                              .figure = all.figure,
                                              .n = all.n},
                               err));
    }
    TRY(list_concentration(s.unattached, &all, SEATS, view, out, err));
    TRY(list_concentration(s.unattached, &all, HOURS, view, out, err));
    TRY(mlg_load_of_residents(context, view, out, err));
out:
    mlg_free(s.items);
    mlg_free(all.subject);
    mlg_free(all.figure);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
