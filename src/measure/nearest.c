/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/access.h"
#include "measure/context.h"
#include "measure/coordinates.h"
#include "measure/locations.h"
#include "measure/summary.h"

/* How far residents live from the nearest action, site or main town. */

static const char *const ID = "scale.nearest";
#define MOST_PAIRS 2e8 /* distances without being asked: some seconds */

typedef struct ground {
    mlg_context *context;
    mlg_perimeters perimeters;
    mlg_point *point; /* [n_units] */
    bool *has_point;  /* [n_units] */
    bool *target;     /* [n_units] something is there */
    double n_targets; /* with a point */
    bool any;         /* something lies in a unit, with a point or not */
    mlg_text_key why; /* nothing does: what is there does not say where, or lies in several */
} ground;

typedef struct question {
    const char *convention;
    mlg_text_key none;
} question;

enum { BY_ACTIVITIES, BY_SITES, BY_MAIN_TOWN, N_QUESTIONS };
static const question questions[N_QUESTIONS] = {
    {"activities", T_why_no_activities},
    {"sites", T_why_no_sites},
    {"main_town", T_why_no_main_town},
};

static mlg_status open_ground(mlg_context *context, ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *g = (ground){.context = context};
    TRY(mlg_perimeters_of(context->model, &g->perimeters, err));
    const size_t n = (size_t) g->perimeters.n_units;
    g->point = mlg_alloc(n, sizeof *g->point);
    g->has_point = mlg_alloc(n, sizeof *g->has_point);
    g->target = mlg_alloc(n, sizeof *g->target);
    TRY_ALLOC(err, g->point);
    TRY_ALLOC(err, g->has_point);
    TRY_ALLOC(err, g->target);
    for (size_t unit = 0; unit < n; unit++) {
        g->has_point[unit] =
            mlg_point_of(context->model, g->perimeters.unit[unit], &g->point[unit]);
    }
out:
    return status;
}

static void close_ground(ground *g)
{
    mlg_free(g->point);
    mlg_free(g->has_point);
    mlg_free(g->target);
    mlg_perimeters_free(&g->perimeters);
}

static void mark(ground *g, int32_t unit)
{
    if (unit >= 0) {
        g->any = true;
        g->n_targets += g->has_point[unit] && !g->target[unit];
        g->target[unit] = true;
    }
}

static void mark_towns(ground *g)
{
    const mlg_model *model = g->context->model;
    for (int32_t row = 0; row < model->rows[MLG_TERRITORIES].n; row++) {
        const mlg_id centre = mlg_get_id(model, C_territories_centre, row);
        for (uint32_t i = centre >= 0 ? model->unit_offset[centre] : 0;
             centre >= 0 && i < model->unit_offset[centre + 1]; i++) {
            mark(g, g->perimeters.unit_of[model->unit[i]]);
        }
    }
}

static mlg_status mark_targets(ground *g, int asked, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_locations places = {0};

    g->n_targets = 0.0;
    g->any = false;
    g->why = questions[asked].none;
    for (int32_t unit = 0; unit < g->perimeters.n_units; unit++) {
        g->target[unit] = false;
    }
    if (asked == BY_MAIN_TOWN) {
        mark_towns(g);
        goto out;
    }
    TRY(mlg_locations_of(g->context->model, &g->perimeters,
                         asked == BY_SITES ? MLG_LOCATED_SITES : MLG_LOCATED_ACTIVITIES, &places,
                         err));
    g->why = places.at.n > 0       ? T_why_all_spread
             : places.unplaced > 0 ? T_why_no_place
                                   : questions[asked].none;
    for (int32_t thing = 0; thing < places.at.n; thing++) {
        mark(g, mlg_location_unit(&places, thing));
    }
out:
    mlg_locations_free(&places);
    return status;
}

static double nearest(const ground *g, int32_t unit)
{
    double km = NAN;
    for (int32_t other = 0; other < g->perimeters.n_units && g->has_point[unit]; other++) {
        if (g->target[other] && g->has_point[other]) {
            const double here = mlg_km_between(&g->point[unit], &g->point[other]);
            km = isnan(km) || here < km ? here : km;
        }
    }
    return km;
}

typedef struct sums {
    double units, unplaced, people, km, within[3];
} sums;

static const double LIMITS[] = {5.0, 10.0, 20.0};

static void add_unit(double km, double people, sums *s)
{
    s->units++;
    s->unplaced += isnan(km) != 0;
    if (!isnan(km) && people > 0.0) {
        s->people += people;
        s->km += people * km;
        for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++) {
            s->within[i] += km <= LIMITS[i] ? people : 0.0;
        }
    }
}

static mlg_status add_mean(const ground *g, const question *asked, const sums *s, mlg_text_key why,
                           int32_t view, mlg_values *out, mlg_error *err)
{
    const bool known = why == T_none && s->people > 0.0;
    const mlg_figure figures[] = {
        {"units", why == T_none ? s->units : NAN},
        {"units_left_out", why == T_none ? s->unplaced : NAN},
        {"places", g->n_targets},
        {"population", why == T_none ? s->people : NAN},
        {"within_5_km", known ? s->within[0] / s->people : NAN},
        {"within_10_km", known ? s->within[1] / s->people : NAN},
        {"within_20_km", known ? s->within[2] / s->people : NAN},
    };
    return mlg_values_summary(out,
                              &(mlg_summary){.id = ID,
                                             .view = view,
                                             .convention = asked->convention,
                                             .value = known ? s->km / s->people : NAN,
                                             .why = known           ? T_none
                                                    : why != T_none ? why
                                                                    : T_why_no_population,
                                             .figures = figures,
                                             .n_figures = sizeof figures / sizeof *figures},
                              err);
}

static mlg_status run_question(ground *g, int asked, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    enum { KM, PEOPLE, WIDTH };
    static const char *const parts[] = {"population"};
    const size_t room = (size_t) g->perimeters.n_units;
    mlg_id *subject = mlg_alloc(room, sizeof *subject);
    double *figure = mlg_alloc(room, WIDTH * sizeof *figure);
    sums s = {0};
    size_t n = 0;

    TRY_ALLOC(err, subject);
    TRY_ALLOC(err, figure);
    TRY(mark_targets(g, asked, err));
    const bool large = g->n_targets * (double) room > MOST_PAIRS && !g->context->run->force;
    const mlg_text_key why = large                ? T_why_too_large
                             : g->n_targets > 0.0 ? T_none
                             : g->any             ? T_why_no_coordinates
                                                  : g->why;
    for (int32_t unit = 0; why == T_none && unit < g->perimeters.n_units; unit++) {
        if (g->perimeters.asked[unit]) {
            subject[n] = g->perimeters.unit[unit];
            figure[n * WIDTH + KM] = nearest(g, unit);
            figure[n * WIDTH + PEOPLE] = g->perimeters.population[unit];
            add_unit(figure[n * WIDTH + KM], figure[n * WIDTH + PEOPLE], &s);
            n++;
        }
    }
    TRY(add_mean(g, &questions[asked], &s, why, view, out, err));
    if (why == T_none) {
        TRY(mlg_values_listing(out,
                               &(mlg_listing){.id = ID,
                                              .view = view,
                                              .scope = MLG_SCOPE_TERRITORY,
                                              .convention = questions[asked].convention,
                                              .why = T_why_no_coordinates,
                                              .parts = parts,
                                              .n_parts = WIDTH - 1,
                                              .subject = subject,
                                              .figure = figure,
                                              .n = n},
                               err));
    }
out:
    mlg_free(subject);
    mlg_free(figure);
    return status;
}

mlg_status mlg_scale_nearest(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ground g = {0};
    const size_t before = out->n;

    TRY(open_ground(context, &g, err));
    if (g.perimeters.n_units == 0) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_units, err));
        goto out;
    }
    for (int asked = 0; asked < N_QUESTIONS; asked++) {
        TRY(run_question(&g, asked, view, out, err));
    }
out:
    close_ground(&g);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
