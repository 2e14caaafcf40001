/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "maillage/coordination.h"
#include "measure/reach.h"
#include "measure/scheme_set.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* Full-time equivalents that coordinate each scheme, of the rows of posts.csv in force. */

static const char *const ID = "depend.fte_per_scheme";

/* Sums over the rows of one scheme. A row over several schemes counts in equal parts. */
typedef struct staffing {
    double held;    /* fte of its coordination rows, NaN when none says it */
    double at_most; /* the same with rows over several schemes whole */
    double all;     /* fte of its rows of any role, NaN when none says it */
    double vacant;  /* fte of vacant coordination rows */
    double rows;    /* of coordination, vacant ones apart */
    double rows_without_fte;
    double rows_shared;
    double rows_vacant;
    double people, units; /* of its territory; NaN: not known */
} staffing;

static void add(double *sum, double fte)
{
    if (!isnan(fte)) {
        *sum = isnan(*sum) ? fte : *sum + fte;
    }
}

/* How many schemes a row of posts.csv names. */
static double schemes_of_row(const mlg_model *model, int32_t row)
{
    size_t n = 0;
    (void) mlg_get_list(model, C_posts_scheme, row, &n);
    return (double) n;
}

static void count_row(const mlg_model *model, const mlg_tenure *t, staffing *s)
{
    const double shares = schemes_of_row(model, t->row), part = t->fte / shares;

    if (t->holder == MLG_VACANT) {
        s->rows_vacant += t->coordinates;
        s->vacant += t->coordinates && !isnan(part) ? part : 0.0;
        return;
    }
    add(&s->all, part);
    if (t->coordinates) {
        add(&s->held, part);
        add(&s->at_most, t->fte);
        s->rows++;
        s->rows_without_fte += isnan(t->fte) != 0;
        s->rows_shared += shares > 1.0;
    }
}

/* Nothing recorded is not nothing: 0 only where every coordination on record is vacant. */
static void settle(staffing *s)
{
    if (s->rows == 0.0 && s->rows_vacant > 0.0) {
        s->held = s->at_most = 0.0;
    }
}

/* Time that is on record, but of no post that coordinates, is another matter than none. */
static mlg_text_key why_no_fte(const mlg_model *model)
{
    bool time = false;
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const bool counts = mlg_holds_at_date(model, MLG_POSTS, row);
        if (counts && mlg_get_id(model, C_posts_role, row) == MLG_CODE_OF(role, coordinator)) {
            return T_why_no_fte;
        }
        time = time || (counts && !isnan(mlg_get_number(model, C_posts_fte, row)));
    }
    return time ? T_why_no_post_coordinates : T_why_no_fte;
}

enum { HELD, AT_MOST, ALL, VACANT, ROWS, WITHOUT, SHARED, PEOPLE, UNITS, N_FIGURES };
static const char *const parts[] = {
    "at_most",     "all_roles",          "vacant",       "rows", "rows_without_fte",
    "rows_shared", "population_per_fte", "units_per_fte"};

/* A load of what is known by the time that is: nothing by no time. */
static double per_fte(double load, const staffing *s)
{
    return s->held > 0.0 ? load / s->held : NAN;
}

static mlg_status list_schemes(const mlg_scheme_set *schemes, const staffing *all, mlg_text_key why,
                               int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_alloc(schemes->n, sizeof *subject);
    double *figure = mlg_alloc(schemes->n, N_FIGURES * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < schemes->n; i++) {
        const staffing *s = &all[i];
        const double of[N_FIGURES] = {s->held,
                                      s->at_most,
                                      s->all,
                                      s->vacant,
                                      s->rows,
                                      s->rows_without_fte,
                                      s->rows_shared,
                                      per_fte(s->people, s),
                                      per_fte(s->units, s)};
        subject[i] = schemes->items[i].id;
        for (size_t k = 0; k < N_FIGURES; k++) {
            figure[i * N_FIGURES + k] = of[k];
        }
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_SCHEME,
                                          .convention = "coordination",
                                          .why = why,
                                          .parts = parts,
                                          .n_parts = N_FIGURES - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = schemes->n},
                           err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

/* Thirds of a post are rarely exact: figures are compared to the hundredth. */
static mlg_status add_mean(const mlg_scheme_set *schemes, const staffing *all, mlg_text_key why,
                           int32_t view, mlg_values *out, mlg_error *err)
{
    double sum = 0.0, known = 0.0, more = 0.0, one = 0.0, half = 0.0, less = 0.0, partial = 0.0;

    for (size_t i = 0; i < schemes->n; i++) {
        const double fte = round(all[i].held * 100.0) / 100.0;
        if (isnan(fte)) {
            continue;
        }
        known++;
        sum += all[i].held;
        partial += all[i].rows_without_fte > 0.0;
        more += fte > 1.0;
        one += fte == 1.0;
        half += fte >= 0.5 && fte < 1.0;
        less += fte < 0.5;
    }
    const mlg_figure figures[] = {
        {"schemes", (double) schemes->n},
        {"known", known},
        {"sum", known > 0.0 ? sum : NAN},
        {"more_than_one", more},
        {"one", one},
        {"half_to_one", half},
        {"less_than_half", less},
        {"partly_known", partial},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = "mean",
                                             .value = known > 0.0 ? sum / known : NAN,
                                             .why = known > 0.0 ? T_none : why,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_status count_rows(const mlg_model *model, const mlg_scheme_set *schemes, staffing **out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_tenures tenures = {0};

    *out = mlg_alloc(schemes->n, sizeof **out);
    TRY_ALLOC(err, *out);
    for (size_t i = 0; i < schemes->n; i++) {
        (*out)[i] = (staffing){.held = NAN, .at_most = NAN, .all = NAN};
    }
    TRY(mlg_tenures_of(model, &tenures, err));
    for (size_t i = 0; i < tenures.n; i++) {
        const int32_t place = mlg_scheme_place(schemes, tenures.items[i].scheme);
        if (place >= 0) {
            count_row(model, &tenures.items[i], &(*out)[place]);
        }
    }
    for (size_t i = 0; i < schemes->n; i++) {
        settle(&(*out)[i]);
    }
out:
    mlg_free(tenures.items);
    return status;
}

static mlg_status find_loads(const mlg_model *model, const mlg_scheme_set *schemes, staffing *all,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_reach reach;

    TRY(mlg_reach_open(&reach, model, err));
    for (size_t i = 0; i < schemes->n; i++) {
        mlg_reach_clear(&reach);
        mlg_reach_mark_scheme(&reach, schemes->items[i].id);
        const int32_t units = mlg_reach_units(&reach);
        all[i].people = mlg_reach_people(&reach);
        all[i].units = units > 0 ? (double) units : NAN;
    }
out:
    mlg_reach_close(&reach);
    return status;
}

mlg_status mlg_depend_fte_per_scheme(mlg_context *context, int32_t view, mlg_values *out,
                                     mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    const mlg_model *model = context->model;
    mlg_scheme_set schemes = {0};
    staffing *all = NULL;

    if (model == NULL || model->rows[MLG_POSTS].n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_posts, err);
    }
    TRY(mlg_schemes_of(model, &schemes, err));
    if (schemes.n == 0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_schemes, err));
        goto out;
    }
    TRY(count_rows(model, &schemes, &all, err));
    TRY(find_loads(model, &schemes, all, err));
    TRY(list_schemes(&schemes, all, why_no_fte(model), view, out, err));
    TRY(add_mean(&schemes, all, why_no_fte(model), view, out, err));
out:
    mlg_free(all);
    mlg_schemes_free(&schemes);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
