/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/access.h"
#include "measure/cover.h"
#include "measure/reach.h"
#include "measure/summary.h"
#include "measure/tenure.h"

/* What the hours of coordination have to reach: residents, units and area by full-time post. */

static const char *const ID = "scale.load";

/* A post of coordination that is not said to be vacant: one or more rows of posts.csv. */
typedef struct post {
    mlg_id subject;
    double fte;        /* of the rows that say it */
    double rows, mute; /* of them, without fte */
    double units, people, area;
} post;

typedef struct ground {
    const mlg_model *model;
    bool *outside; /* [territories] or NULL */
    mlg_reach reach;
    post *post;
    size_t n;
    double vacant; /* rows */
    post all;      /* the study: each unit once */
} ground;

static bool coordinates(const ground *g, int32_t row)
{
    return mlg_get_id(g->model, C_posts_role, row) == MLG_CODE_OF(role, coordinator) &&
           mlg_holds_at_date(g->model, MLG_POSTS, row) &&
           !mlg_post_is_elsewhere(g->model, row, g->outside);
}

/* A row of coordination that is not said to be vacant. */
static bool is_held(const ground *g, int32_t row)
{
    return coordinates(g, row) && mlg_get_id(g->model, C_posts_person, row) != MLG_VACANT;
}

/* Is this the first row of its post? */
static bool is_first(const ground *g, int32_t row)
{
    const mlg_id own = mlg_get_id(g->model, C_posts_id, row);
    for (int32_t other = 0; other < row; other++) {
        if (is_held(g, other) && mlg_get_id(g->model, C_posts_id, other) == own) {
            return false;
        }
    }
    return true;
}

/* Area of the units marked; NaN where none is known. */
static double area_of(const mlg_reach *reach)
{
    double area = NAN;
    for (int32_t unit = 0; unit < reach->perimeters.n_units; unit++) {
        const int32_t row = reach->model->territory_row[reach->perimeters.unit[unit]];
        const double here =
            reach->share[unit] > 0.0 && row >= 0
                ? reach->share[unit] * mlg_get_number(reach->model, C_territories_area_km2, row)
                : NAN;
        if (!isnan(here)) {
            area = isnan(area) ? here : area + here;
        }
    }
    return area;
}

static void take_reach(const mlg_reach *reach, post *to)
{
    const int32_t units = mlg_reach_units(reach);
    to->units = units > 0 ? (double) units : NAN;
    to->people = mlg_reach_people(reach);
    to->area = area_of(reach);
}

static void add_row(const mlg_model *model, int32_t row, post *to)
{
    const double fte = mlg_get_number(model, C_posts_fte, row);
    to->rows++;
    to->mute += isnan(fte) != 0;
    to->fte += isnan(fte) ? 0.0 : fte;
}

static void read_post(ground *g, int32_t first)
{
    const mlg_model *model = g->model;
    post *to = &g->post[g->n++];

    *to = (post){.subject = mlg_get_id(model, C_posts_id, first)};
    mlg_reach_clear(&g->reach);
    for (int32_t row = first; row < model->rows[MLG_POSTS].n; row++) {
        if (is_held(g, row) && mlg_get_id(model, C_posts_id, row) == to->subject) {
            mlg_reach_mark(&g->reach, row);
            add_row(model, row, to);
        }
    }
    take_reach(&g->reach, to);
}

static mlg_status open_ground(const mlg_model *model, ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t rows = model->rows[MLG_POSTS].n;

    TRY(mlg_reach_open(&g->reach, model, err));
    TRY(mlg_outside_of(model, &g->outside, err));
    g->post = mlg_alloc((size_t) rows, sizeof *g->post);
    TRY_ALLOC(err, g->post);
    for (int32_t row = 0; row < rows; row++) {
        g->vacant += coordinates(g, row) && !is_held(g, row);
        if (is_held(g, row) && is_first(g, row)) {
            read_post(g, row);
        }
    }
    mlg_reach_clear(&g->reach);
    for (int32_t row = 0; row < rows; row++) {
        if (is_held(g, row)) {
            mlg_reach_mark(&g->reach, row);
            add_row(model, row, &g->all);
        }
    }
    take_reach(&g->reach, &g->all);
out:
    return status;
}

static void close_ground(ground *g)
{
    mlg_reach_close(&g->reach);
    mlg_free(g->post);
    mlg_free(g->outside);
}

/* ---- values -------------------------------------------------------------------------- */

/* By what is known of the time: a number only where all of it is. */
static double per_fte(double load, const post *p)
{
    return p->mute == 0.0 && p->fte > 0.0 ? load / p->fte : NAN;
}

/* A row without a time holds at most one full time, and more than none. */
static double at_least(double load, const post *p)
{
    return p->fte + p->mute > 0.0 ? load / (p->fte + p->mute) : NAN;
}

static double at_most(double load, const post *p)
{
    return p->fte > 0.0 ? load / p->fte : NAN;
}

static mlg_text_key why_not(const post *posts, size_t n)
{
    bool time = false, part = false, units = false;
    for (size_t i = 0; i < n; i++) {
        time = time || (posts[i].mute == 0.0 && posts[i].fte > 0.0);
        part = part || posts[i].fte > 0.0;
        units = units || posts[i].units > 0.0;
    }
    return !part    ? T_why_no_fte
           : !time  ? T_why_fte_in_part
           : !units ? T_why_no_place
                    : T_why_no_population;
}

enum { VALUE, FTE, ROWS, MUTE, UNITS, PEOPLE, AREA, UNITS_PER, AREA_PER, N_FIGURES };
static const char *const parts[] = {"fte",        "rows",     "rows_without_fte", "units",
                                    "population", "area_km2", "units_per_fte",    "area_per_fte"};

static void fill(const post *p, double *figure)
{
    figure[VALUE] = per_fte(p->people, p);
    figure[FTE] = p->mute < p->rows ? p->fte : NAN;
    figure[ROWS] = p->rows;
    figure[MUTE] = p->mute;
    figure[UNITS] = p->units;
    figure[PEOPLE] = p->people;
    figure[AREA] = p->area;
    figure[UNITS_PER] = per_fte(p->units, p);
    figure[AREA_PER] = per_fte(p->area, p);
}

static mlg_status add_bounds(const ground *g, mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *low = mlg_value_column_of(value, MLG_LOW);
    double *high = mlg_value_column_of(value, MLG_HIGH);

    TRY_ALLOC(err, low);
    TRY_ALLOC(err, high);
    for (size_t i = 0; i < g->n; i++) {
        low[i] = at_least(g->post[i].people, &g->post[i]);
        high[i] = at_most(g->post[i].people, &g->post[i]);
    }
out:
    return status;
}

static mlg_status list_posts(const ground *g, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_id *subject = mlg_alloc(g->n, sizeof *subject);
    double *figure = mlg_alloc(g->n, N_FIGURES * sizeof *figure);

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    for (size_t i = 0; i < g->n; i++) {
        subject[i] = g->post[i].subject;
        fill(&g->post[i], figure + N_FIGURES * i);
    }
    TRY(mlg_values_listing(out,
                           &(mlg_listing){.id = ID,
                                          .view = view,
                                          .scope = MLG_SCOPE_POST,
                                          .convention = "posts",
                                          .why = why_not(g->post, g->n),
                                          .parts = parts,
                                          .n_parts = N_FIGURES - 1,
                                          .subject = subject,
                                          .figure = figure,
                                          .n = g->n},
                           err));
    TRY(add_bounds(g, &out->items[out->n - 1], err));
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

/* Units of the study that no such post reaches. */
static double units_without(const ground *g)
{
    double n = 0.0;
    for (int32_t unit = 0; unit < g->reach.perimeters.n_units; unit++) {
        n += g->reach.perimeters.asked[unit] && !(g->reach.share[unit] > 0.0);
    }
    return n;
}

static mlg_status add_study(const ground *g, int32_t view, mlg_values *out, mlg_error *err)
{
    const post *all = &g->all;
    const double value = per_fte(all->people, all);
    double figure[N_FIGURES];
    fill(all, figure);
    const mlg_figure figures[] = {
        {"posts", (double) g->n},
        {"vacant", g->vacant},
        {"fte", figure[FTE]},
        {"rows_without_fte", all->mute},
        {"units", all->units},
        {"population", all->people},
        {"area_km2", all->area},
        {"units_per_fte", figure[UNITS_PER]},
        {"area_per_fte", figure[AREA_PER]},
        {"units_without", units_without(g)},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = "study",
                                             .value = value,
                                             .bounded = true,
                                             .low = at_least(all->people, all),
                                             .high = at_most(all->people, all),
                                             .why = isnan(value) ? why_not(all, 1) : T_none,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

mlg_status mlg_scale_load(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    ground g = {.model = context->model};

    if (context->model == NULL || context->model->rows[MLG_POSTS].n == 0) {
        return mlg_values_undefined(out, ID, view, T_why_no_posts, err);
    }
    TRY(open_ground(context->model, &g, err));
    if (g.n == 0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_coordination, err));
        goto out;
    }
    TRY(list_posts(&g, view, out, err));
    TRY(add_study(&g, view, out, err));
out:
    close_ground(&g);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
