/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/access.h"
#include "measure/context.h"
#include "measure/cover.h"
#include "measure/summary.h"
#include "measure/words.h"

/* Coverage side by side: the same questions as coverage.c, of each perimeter of a scale. */

static const char *const ID = "scale.coverage_by";

typedef struct ground {
    mlg_context *context;
    mlg_perimeters perimeters;
    mlg_cover cover;
    mlg_id *subject; /* [perimeters] */
    double *figure;  /* [perimeters * N_FIGURES] */
} ground;

enum {
    SHARE,
    UNITS,
    COVERED,
    PEOPLE,
    LEFT,
    UNKNOWN,
    PEOPLE_LOW,
    PEOPLE_HIGH,
    LEFT_LOW,
    LEFT_HIGH,
    N_FIGURES
};
static const char *const parts[N_FIGURES - 1] = {"units",
                                                 "covered",
                                                 "population",
                                                 "population_without",
                                                 "population_unknown",
                                                 "population_low",
                                                 "population_high",
                                                 "population_without_low",
                                                 "population_without_high"};

/* What a perimeter holds of the study, the most of it; the least of its residents, and of those
 * without. */
typedef struct inside {
    mlg_cover_sums most;
    double people_low, left_low;
    bool is_open, is_left_open; /* the least is not the most */
} inside;

static mlg_status open_ground(mlg_context *context, ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *g = (ground){.context = context};
    TRY(mlg_perimeters_of(context->model, &g->perimeters, err));
    TRY(mlg_cover_open(&g->perimeters, &g->cover, err));
    g->subject = mlg_alloc((size_t) g->perimeters.n, sizeof *g->subject);
    g->figure = mlg_alloc((size_t) g->perimeters.n * N_FIGURES, sizeof *g->figure);
    TRY_ALLOC(err, g->subject);
    TRY_ALLOC(err, g->figure);
out:
    return status;
}

static void close_ground(ground *g)
{
    mlg_free(g->subject);
    mlg_free(g->figure);
    mlg_cover_free(&g->cover);
    mlg_perimeters_free(&g->perimeters);
}

/* A unit that a perimeter holds in part counts there by its part, as its inhabitants do. */
static inside sum_inside(const ground *g, int32_t perimeter)
{
    const mlg_csr *covers = &g->perimeters.covers;
    inside in = {0};
    mlg_cover_sums s = {0};

    for (uint32_t i = covers->offset[perimeter]; i < covers->offset[perimeter + 1]; i++) {
        const int32_t unit = covers->target[i];
        const double least = g->cover.most_of_one[unit], most = fmin(1.0, g->cover.sum[unit]);
        const mlg_share held = mlg_share_at(&g->perimeters, i);
        const double people = g->perimeters.population[unit] * held.most;
        const double people_low = g->perimeters.population[unit] * held.least;
        if (!g->perimeters.asked[unit]) {
            continue;
        }
        s.units++;
        s.covered += g->cover.sum[unit] > 0.0;
        s.least += least;
        s.unknown += isnan(people) != 0;
        s.unknown_covered += isnan(people) && g->cover.sum[unit] > 0.0;
        s.unknown_left += isnan(people) && least < 1.0;
        s.people += isnan(people) ? 0.0 : people;
        s.people_covered += isnan(people) ? 0.0 : people * least;
        in.people_low += isnan(people) ? 0.0 : people_low;
        in.left_low += isnan(people) ? 0.0 : people_low * (1.0 - most);
        in.is_open = in.is_open || people_low < people;
        in.is_left_open = in.is_left_open || people_low * (1.0 - most) < people * (1.0 - least);
    }
    in.most = s;
    return in;
}

static bool is_of(const ground *g, int32_t perimeter, int32_t scale)
{
    return g->perimeters.scale[perimeter] == scale &&
           !g->context->model->is_unit[g->perimeters.territory[perimeter]];
}

/* The perimeters of a scale; answers how many have a unit that counts. */
static size_t fill(ground *g, int32_t scale)
{
    size_t n = 0;
    for (int32_t p = 0; p < g->perimeters.n; p++) {
        const inside in = sum_inside(g, p);
        const mlg_cover_sums s = in.most;
        double *figure = g->figure + n * N_FIGURES;
        if (!is_of(g, p, scale) || s.units == 0.0) {
            continue;
        }
        g->subject[n++] = g->perimeters.territory[p];
        figure[SHARE] = s.least / s.units;
        figure[UNITS] = s.units;
        figure[COVERED] = s.covered;
        figure[UNKNOWN] = s.unknown;
        figure[PEOPLE_HIGH] = s.people > 0.0 || s.unknown == 0.0 ? s.people : NAN;
        figure[PEOPLE_LOW] = in.is_open ? in.people_low : figure[PEOPLE_HIGH];
        figure[PEOPLE] = in.is_open ? NAN : figure[PEOPLE_HIGH];
        figure[LEFT_HIGH] = mlg_cover_people_left(&s);
        figure[LEFT_LOW] =
            in.is_left_open && !isnan(figure[LEFT_HIGH]) ? in.left_low : figure[LEFT_HIGH];
        figure[LEFT] = in.is_open && in.is_left_open ? NAN : figure[LEFT_HIGH];
    }
    return n;
}

static mlg_status list_scale(ground *g, int32_t scale, const char *asked, int32_t view,
                             mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = fill(g, scale);

    if (n >= 2) { /* else there is nothing to lay side by side */
        const char *word = mlg_words_of_code(
            g->context, mlg_code_text(g->context->model, MLG_V_scale, scale), asked, err);
        TRY_ALLOC(err, word);
        const mlg_listing listing = {
            .id = ID,
            .view = view,
            .scope = MLG_SCOPE_TERRITORY,
            .convention = word,
            .why = T_why_no_units,
            .parts = parts,
            .n_parts = N_FIGURES - 1,
            .subject = g->subject,
            .figure = g->figure,
            .n = n,
        };
        TRY(mlg_values_listing(out, &listing, err));
    }
out:
    return status;
}

static mlg_status run(ground *g, int32_t view, mlg_values *out, mlg_error *err)
{
    static const struct {
        mlg_covering by;
        const char *word;
    } asked[] = {{MLG_BY_SCHEMES, "schemes"},
                 {MLG_BY_REFERENTS, "referents"},
                 {MLG_BY_ACTIVITIES, "activities"},
                 {MLG_BY_SITES, "sites"}};
    mlg_status status = MLG_OK;
    const mlg_model *model = g->context->model;
    const size_t before = out->n;
    bool any = false;

    for (size_t q = 0; q < sizeof asked / sizeof *asked; q++) {
        mlg_cover_make(model, &g->perimeters, asked[q].by, -1, &g->cover);
        const mlg_cover_sums s = mlg_cover_sum(&g->perimeters, &g->cover);
        if (!(s.covered > 0.0)) { /* the rows say nowhere, or places of another scale */
            continue;
        }
        any = true;
        for (int32_t scale = 0; scale < mlg_code_count(model, MLG_V_scale); scale++) {
            TRY(list_scale(g, scale, asked[q].word, view, out, err));
        }
    }
    if (out->n == before) {
        TRY(mlg_values_undefined(out, ID, view, any ? T_why_no_scale_to_compare : T_why_no_place,
                                 err));
    }
out:
    return status;
}

mlg_status mlg_scale_coverage_by(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    ground g = {0};
    const size_t before = out->n;

    TRY(open_ground(context, &g, err));
    if (!mlg_perimeters_have_units(&g.perimeters)) {
        TRY(mlg_values_undefined(out, ID, view, T_why_no_units, err));
        goto out;
    }
    TRY(run(&g, view, out, err));
out:
    close_ground(&g);
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}
