/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/governance.h"
#include "measure/bodies.h"
#include "measure/closure.h"
#include "measure/lineage.h"
#include "measure/seats.h"
#include "measure/shared_bodies.h"
#include "measure/summary.h"

static const char *const ID = "scheme.closure";

enum { MOST_SERVED = 64, MOST_PAIRS = 1000, MOST_YEARS = 100 };

/* ---- ground ---------------------------------------------------------------------------------- */

static int32_t *cell(const mlg_closure *c, int32_t *matrix, size_t a, size_t b)
{
    return &matrix[a * c->shared.schemes.n + b];
}

/* First year two schemes share a body at, by bodies of any time that say when they begin. */
static void note_body(mlg_closure *c, const int32_t *served, size_t n, mlg_span start)
{
    int year = 0, month = 0, day = 0;

    if (start.first == MLG_EVER_FIRST) {
        c->undated += n > 1;
        return;
    }
    mlg_day_split(start.first, &year, &month, &day);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            int32_t *first = cell(c, c->first_year, (size_t) served[i], (size_t) served[j]);
            if (i != j && (*first == 0 || year < *first)) {
                *first = year;
            }
        }
    }
}

static void note_now(mlg_closure *c)
{
    for (size_t i = 0; i < c->shared.n_pairs; i++) {
        const mlg_sharing *pair = &c->shared.pairs[i];
        *cell(c, c->now, (size_t) pair->a, (size_t) pair->b) = (int32_t) pair->shared;
        *cell(c, c->now, (size_t) pair->b, (size_t) pair->a) = (int32_t) pair->shared;
    }
}

static int32_t year_of(mlg_span began)
{
    int year = 0, month = 0, day = 0;
    if (began.first == MLG_EVER_FIRST) {
        return 0;
    }
    mlg_day_split(began.first, &year, &month, &day);
    return year;
}

mlg_status mlg_closure_of(const mlg_model *model, mlg_closure *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_closure){0};
    TRY(mlg_shared_bodies_of(model, &out->shared, err));
    const size_t n = out->shared.schemes.n;
    if (n > MLG_MOST_CLOSURE) {
        goto out;
    }
    out->now = mlg_zalloc(n * n, sizeof *out->now);
    out->first_year = mlg_zalloc(n * n, sizeof *out->first_year);
    out->began = mlg_alloc(n, sizeof *out->began);
    TRY_ALLOC(err, out->now);
    TRY_ALLOC(err, out->first_year);
    TRY_ALLOC(err, out->began);
    note_now(out);
    for (mlg_id a = 0; a < (mlg_id) model->activities.n; a++) {
        int32_t served[MOST_SERVED];
        if (model->activity_row[a] >= 0 && mlg_is_body(model, a)) {
            const size_t k =
                mlg_schemes_served(model, &out->shared.schemes, a, served, MOST_SERVED);
            note_body(out, served, k,
                      mlg_get_span(model, C_activities_start, model->activity_row[a]));
        }
    }
    for (size_t i = 0; i < n; i++) {
        out->began[i] = mlg_scheme_began(model, out->shared.schemes.items[i].id);
    }
out:
    if (status != MLG_OK) {
        mlg_closure_free(out);
    }
    return status;
}

void mlg_closure_free(mlg_closure *closure)
{
    mlg_shared_bodies_free(&closure->shared);
    mlg_free(closure->now);
    mlg_free(closure->first_year);
    mlg_free(closure->began);
    *closure = (mlg_closure){0};
}

bool mlg_closure_now(const mlg_closure *c, size_t a, size_t b)
{
    return *cell(c, c->now, a, b) > 0;
}

bool mlg_closure_by(const mlg_closure *c, size_t a, size_t b, int32_t year)
{
    const int32_t first = *cell(c, c->first_year, a, b);
    return first != 0 && first <= year;
}

bool mlg_closure_together(const mlg_closure *c, size_t i, size_t j, size_t k, int32_t *youngest)
{
    const size_t three[] = {i, j, k};
    mlg_span first = c->began[i], last = c->began[i];
    for (size_t x = 0; x < 3; x++) {
        const mlg_span b = c->began[three[x]];
        if (b.first == MLG_EVER_FIRST) {
            return false;
        }
        first = b.first < first.first ? b : first;
        last = b.first > last.first ? b : last;
    }
    *youngest = year_of(last);
    return mlg_years_between(first, last) <= MLG_TOGETHER_YEARS;
}

/* ---- triads ---------------------------------------------------------------------------------- */

typedef struct triads {
    double all, open, closed; /* open: two of three pairs */
    double together, together_closed, together_then;
} triads;

static void count_triad(const mlg_closure *c, size_t i, size_t j, size_t k, triads *t)
{
    const int links =
        mlg_closure_now(c, i, j) + mlg_closure_now(c, i, k) + mlg_closure_now(c, j, k);
    int32_t year = 0;

    t->all++;
    t->open += links == 2;
    t->closed += links == 3;
    if (mlg_closure_together(c, i, j, k, &year)) {
        t->together++;
        t->together_closed += links == 3;
        t->together_then += mlg_closure_by(c, i, j, year) && mlg_closure_by(c, i, k, year) &&
                            mlg_closure_by(c, j, k, year);
    }
}

static triads count_triads(const mlg_closure *c)
{
    triads t = {0};
    for (size_t i = 0; i < c->shared.schemes.n; i++) {
        for (size_t j = i + 1; j < c->shared.schemes.n; j++) {
            for (size_t k = j + 1; k < c->shared.schemes.n; k++) {
                count_triad(c, i, j, k, &t);
            }
        }
    }
    return t;
}

static mlg_status list_triads(const mlg_closure *c, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const triads t = count_triads(c);
    const double n = (double) c->shared.schemes.n, pairs = n * (n - 1.0) / 2.0;
    const double linked = (double) c->shared.n_pairs;
    const mlg_figure now[] = {{"schemes", n},         {"pairs", pairs}, {"linked", linked},
                              {"triads", t.all},      {"open", t.open}, {"closed", t.closed},
                              {"undated", c->undated}};
    const mlg_figure together[] = {{"triads", t.together},
                                   {"closed", t.together_closed},
                                   {"closed_at_creation", t.together_then}};

    TRY(mlg_values_summary(out,
                           &(mlg_summary){.id = ID,
                                          .view = view,
                                          .convention = "now",
                                          .value = linked / pairs,
                                          .figures = now,
                                          .n_figures = sizeof now / sizeof *now},
                           err));
    TRY(mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .convention = "created_together",
                       .value = t.together > 0.0 ? t.together_closed / t.together : NAN,
                       .why = t.together > 0.0 ? T_none : T_why_no_triad,
                       .figures = together,
                       .n_figures = sizeof together / sizeof *together},
        err));
out:
    return status;
}

/* ---- through the years ------------------------------------------------------------------------
 */

/* Years from the first scheme's to the study's; 0 when no scheme says when it began. */
static size_t years_of(const mlg_model *model, const mlg_closure *c, int32_t *from)
{
    int year = 0, month = 0, day = 0;
    *from = 0;
    mlg_day_split(model->day, &year, &month, &day);
    for (size_t i = 0; i < c->shared.schemes.n; i++) {
        const int32_t began = year_of(c->began[i]);
        *from = began != 0 && (*from == 0 || began < *from) ? began : *from;
    }
    if (*from == 0 || *from > year) {
        return 0;
    }
    *from = year - *from >= MOST_YEARS ? year - MOST_YEARS + 1 : *from;
    return (size_t) year - (size_t) *from + 1;
}

/* Schemes of today that had begun by a year, their pairs, those that shared a dated body. */
static void look_at_year(const mlg_closure *c, int32_t year, double *schemes, double *linked)
{
    *schemes = *linked = 0.0;
    for (size_t i = 0; i < c->shared.schemes.n; i++) {
        const int32_t began = year_of(c->began[i]);
        if (began == 0 || began > year) {
            continue;
        }
        ++*schemes;
        for (size_t j = 0; j < i; j++) {
            const int32_t other = year_of(c->began[j]);
            *linked += other != 0 && other <= year && mlg_closure_by(c, i, j, year);
        }
    }
}

static mlg_status list_years(const mlg_model *model, const mlg_closure *c, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t from = 0;
    bool any = false;
    const size_t n = years_of(model, c, &from);
    mlg_value *value = mlg_values_add(out, ID, view, n, err);

    TRY_ALLOC(err, value);
    value->shape = MLG_CURVE;
    value->convention = "years";
    value->scope = MLG_SCOPE_NETWORK;
    double *at = mlg_value_column_of(value, MLG_AT);
    double *number = mlg_value_column_of(value, MLG_VALUE);
    double *schemes = mlg_value_part_of(value, "schemes");
    double *linked = mlg_value_part_of(value, "linked");
    TRY_ALLOC(err, at);
    TRY_ALLOC(err, number);
    TRY_ALLOC(err, schemes);
    TRY_ALLOC(err, linked);
    for (size_t i = 0; i < n; i++) {
        at[i] = from + (int32_t) i;
        look_at_year(c, from + (int32_t) i, &schemes[i], &linked[i]);
        const double pairs = schemes[i] * (schemes[i] - 1.0) / 2.0;
        number[i] = pairs > 0.0 ? linked[i] / pairs : NAN;
        any = any || pairs > 0.0;
    }
    value->undefined = any ? T_none : T_why_no_scheme_start;
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

/* ---- themes in common ---------------------------------------------------------------------------
 */

double mlg_themes_common(const mlg_model *model, mlg_id a, mlg_id b, double *of_a, double *of_b)
{
    size_t n = 0, m = 0;
    const int32_t row_a = model->party_scheme_row[a], row_b = model->party_scheme_row[b];
    const int32_t *x = row_a >= 0 ? mlg_get_list(model, C_schemes_themes, row_a, &n) : NULL;
    const int32_t *y = row_b >= 0 ? mlg_get_list(model, C_schemes_themes, row_b, &m) : NULL;
    double common = 0.0;

    for (size_t i = 0; i < n; i++) {
        bool found = false;
        for (size_t j = 0; j < m; j++) {
            found = found || x[i] == y[j];
        }
        common += found;
    }
    *of_a = n > 0 ? (double) n : NAN;
    *of_b = m > 0 ? (double) m : NAN;
    return n > 0 && m > 0 ? common : NAN;
}

static double study_year(const mlg_model *model)
{
    int year = 0, month = 0, day = 0;
    mlg_day_split(model->day, &year, &month, &day);
    return year;
}

enum { COMMON, OF_A, OF_B, SHARED, SINCE, APART, N_PARTS };
static const char *const parts[N_PARTS] = {"common",        "of_a",         "of_b",
                                           "shared_bodies", "years_shared", "years_apart"};

static void fill_pair(const mlg_model *model, const mlg_closure *c, size_t a, size_t b,
                      mlg_value *value, double *const *part, size_t i)
{
    const mlg_id x = c->shared.schemes.items[a].id, y = c->shared.schemes.items[b].id;
    const double common = mlg_themes_common(model, x, y, &part[OF_A][i], &part[OF_B][i]);
    const int32_t since = *cell(c, c->first_year, a, b);

    value->subject[2 * i] = x;
    value->subject[2 * i + 1] = y;
    value->column[MLG_VALUE][i] = common / (part[OF_A][i] + part[OF_B][i] - common);
    part[COMMON][i] = common;
    part[SHARED][i] = *cell(c, c->now, a, b);
    part[SINCE][i] = since != 0 ? study_year(model) - since : NAN;
    part[APART][i] = fabs(mlg_years_between(c->began[a], c->began[b]));
}

static mlg_status list_themes(const mlg_model *model, const mlg_closure *c, int32_t view,
                              mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t schemes = c->shared.schemes.n, total = schemes * (schemes - 1) / 2;
    const size_t n = total < MOST_PAIRS ? total : MOST_PAIRS;
    mlg_value *value = mlg_values_add(out, ID, view, n, err);
    double *part[N_PARTS];
    bool any = false;
    size_t i = 0;

    TRY_ALLOC(err, value);
    value->shape = MLG_PAIRS;
    value->convention = "themes";
    value->total = total;
    TRY_ALLOC(err, mlg_value_subjects(value));
    TRY_ALLOC(err, mlg_value_column_of(value, MLG_VALUE));
    for (size_t k = 0; k < N_PARTS; k++) {
        part[k] = mlg_value_part_of(value, parts[k]);
        TRY_ALLOC(err, part[k]);
    }
    for (size_t a = 0; a < schemes; a++) {
        for (size_t b = a + 1; b < schemes && i < n; b++) {
            fill_pair(model, c, a, b, value, part, i);
            any = any || !isnan(value->column[MLG_VALUE][i]);
            i++;
        }
    }
    value->undefined = any ? T_none : T_why_no_theme;
out:
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

mlg_status mlg_scheme_closure(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_closure c = {0};

    if (context->model == NULL) {
        return mlg_values_undefined(out, ID, view, T_why_no_schemes, err);
    }
    TRY(mlg_closure_of(context->model, &c, err));
    if (c.shared.schemes.n < 2 || c.now == NULL) {
        TRY(mlg_values_undefined(out, ID, view,
                                 c.shared.schemes.n == 0             ? T_why_no_schemes
                                 : c.shared.schemes.n == 1           ? T_why_single_scheme
                                 : context->model->activities.n == 0 ? T_why_no_activities
                                                                     : T_why_too_large,
                                 err));
        goto out;
    }
    TRY(list_themes(context->model, &c, view, out, err));
    TRY(list_years(context->model, &c, view, out, err));
    TRY(list_triads(&c, view, out, err));
out:
    mlg_closure_free(&c);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
