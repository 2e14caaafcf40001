/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/cover.h"

#include <math.h>

#include "base/fail.h"
#include "measure/tenure.h"

mlg_status mlg_cover_open(const mlg_perimeters *perimeters, mlg_cover *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_cover){0};
    out->most_of_one = mlg_alloc((size_t) perimeters->n_units, sizeof *out->most_of_one);
    out->sum = mlg_alloc((size_t) perimeters->n_units, sizeof *out->sum);
    if (out->most_of_one == NULL || out->sum == NULL) {
        mlg_cover_free(out);
        FAIL(err, MLG_ENOMEM, "cover: no memory for %d units", perimeters->n_units);
    }
    mlg_cover_clear(perimeters, out);
out:
    return status;
}

void mlg_cover_free(mlg_cover *cover)
{
    mlg_free(cover->most_of_one);
    mlg_free(cover->sum);
    *cover = (mlg_cover){0};
}

void mlg_cover_clear(const mlg_perimeters *perimeters, mlg_cover *cover)
{
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        cover->most_of_one[unit] = cover->sum[unit] = 0.0;
    }
    cover->rows = cover->placed = 0;
}

static void add_territory(const mlg_model *model, const mlg_perimeters *perimeters, mlg_cover *to,
                          mlg_id territory)
{
    for (uint32_t i = model->unit_offset[territory]; i < model->unit_offset[territory + 1]; i++) {
        const int32_t unit = perimeters->unit_of[model->unit[i]];
        to->most_of_one[unit] = fmax(to->most_of_one[unit], model->unit_least[i]);
        to->sum[unit] += model->unit_share[i];
    }
}

/* Does the territory hold one of the units that are `marked`? */
static bool holds_any(const mlg_model *model, const mlg_perimeters *perimeters, const bool *marked,
                      mlg_id territory)
{
    for (uint32_t i = territory >= 0 ? model->unit_offset[territory] : 0;
         territory >= 0 && i < model->unit_offset[territory + 1]; i++) {
        if (marked[perimeters->unit_of[model->unit[i]]]) {
            return true;
        }
    }
    return false;
}

bool mlg_is_placed(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id territory)
{
    return holds_any(model, perimeters, perimeters->counts, territory);
}

bool mlg_is_inside(const mlg_model *model, const mlg_perimeters *perimeters, mlg_id territory)
{
    return holds_any(model, perimeters, perimeters->asked, territory);
}

/* What is known to lie wholly elsewhere is no row of the study. */
static void count_row(bool placed, bool may_be_inside, mlg_cover *to)
{
    to->rows += !placed || may_be_inside;
    to->placed += placed && may_be_inside;
}

void mlg_cover_row(const mlg_model *model, const mlg_perimeters *perimeters, mlg_cover *to,
                   const mlg_id *territories, size_t n)
{
    bool inside = false;
    size_t placed = 0;
    for (size_t i = 0; i < n; i++) {
        if (mlg_is_placed(model, perimeters, territories[i])) {
            add_territory(model, perimeters, to, territories[i]);
            inside = inside || mlg_is_inside(model, perimeters, territories[i]);
            placed++;
        }
    }
    count_row(placed > 0, inside || placed < n, to);
}

mlg_cover_sums mlg_cover_sum(const mlg_perimeters *perimeters, const mlg_cover *c)
{
    mlg_cover_sums s = {0};
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        const double least = c->most_of_one[unit], people = perimeters->population[unit];
        if (!perimeters->asked[unit]) {
            continue;
        }
        s.units++;
        s.covered += c->sum[unit] > 0.0;
        s.partly += c->sum[unit] > 0.0 && least < 1.0;
        s.least += least;
        s.most += fmin(1.0, c->sum[unit]);
        s.unknown += isnan(people) != 0;
        s.unknown_covered += isnan(people) && c->sum[unit] > 0.0;
        s.unknown_left += isnan(people) && least < 1.0;
        s.people += isnan(people) ? 0.0 : people;
        s.people_covered += isnan(people) ? 0.0 : people * least;
        s.people_most += isnan(people) ? 0.0 : people * fmin(1.0, c->sum[unit]);
    }
    return s;
}

double mlg_cover_people(const mlg_cover_sums *s)
{
    const bool nobody = s->people_covered <= 0.0 && s->unknown_covered > 0.0;
    const bool everybody = s->people_covered >= s->people && s->unknown_left > 0.0;
    return s->people > 0.0 && !nobody && !everybody ? s->people_covered / s->people : NAN;
}

double mlg_cover_people_most(const mlg_cover_sums *s)
{
    return isnan(mlg_cover_people(s)) ? NAN : s->people_most / s->people;
}

double mlg_cover_people_left(const mlg_cover_sums *s)
{
    const double left = s->people - s->people_covered;
    return s->people > 0.0 && !(left <= 0.0 && s->unknown_left > 0.0) ? left : NAN;
}

bool mlg_post_is_elected(const mlg_model *model, int32_t row)
{
    return mlg_get_id(model, C_posts_role, row) == MLG_CODE_OF(role, elected) ||
           mlg_get_id(model, C_posts_contract, row) == MLG_CODE_OF(contract, elected);
}

bool mlg_post_refers(const mlg_model *model, int32_t row)
{
    return (mlg_post_is_elected(model, row) ||
            mlg_get_id(model, C_posts_role, row) == MLG_CODE_OF(role, referent)) &&
           mlg_holds_at_date(model, MLG_POSTS, row);
}

size_t mlg_post_n_places(const mlg_model *model, int32_t row)
{
    size_t n = 0;
    (void) mlg_get_list(model, C_posts_scheme, row, &n);
    return mlg_get_id(model, C_posts_territory, row) >= 0 ? 1 : n;
}

static mlg_id territory_of(const mlg_model *model, mlg_id scheme)
{
    const int32_t at = model->party_scheme_row[scheme];
    return at >= 0 ? mlg_get_id(model, C_schemes_territory, at) : -1;
}

mlg_id mlg_post_place(const mlg_model *model, int32_t row, size_t i)
{
    const mlg_id own = mlg_get_id(model, C_posts_territory, row);
    size_t n = 0;
    const mlg_id *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
    if (own >= 0 || i >= n) {
        return i == 0 ? own : -1;
    }
    const mlg_id territory = territory_of(model, schemes[i]);
    for (size_t before = 0; before < i; before++) {
        if (territory_of(model, schemes[before]) == territory) {
            return -1;
        }
    }
    return territory;
}

bool mlg_post_is_elsewhere(const mlg_model *model, int32_t row, const bool *outside)
{
    const mlg_id own = mlg_get_id(model, C_posts_territory, row);
    size_t n = 0;
    const mlg_id *schemes = mlg_get_list(model, C_posts_scheme, row, &n);
    bool elsewhere = outside != NULL && (own >= 0 ? outside[own] : n > 0);
    for (size_t i = 0; i < n && own < 0 && elsewhere; i++) {
        const mlg_id territory = territory_of(model, schemes[i]);
        elsewhere = territory >= 0 && outside[territory];
    }
    return elsewhere;
}

void mlg_cover_by_referents(const mlg_model *model, const mlg_perimeters *perimeters, mlg_cover *to)
{
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        const size_t n = mlg_post_n_places(model, row);
        bool placed = false, inside = false;
        if (!mlg_post_refers(model, row) || mlg_get_id(model, C_posts_person, row) == MLG_VACANT) {
            continue;
        }
        for (size_t i = 0; i < n; i++) {
            const mlg_id territory = mlg_post_place(model, row, i);
            if (mlg_is_placed(model, perimeters, territory)) {
                add_territory(model, perimeters, to, territory);
                inside = inside || mlg_is_inside(model, perimeters, territory);
                placed = true;
            }
        }
        count_row(placed, inside, to);
    }
}

bool mlg_perimeters_have_units(const mlg_perimeters *perimeters)
{
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        if (perimeters->counts[unit]) {
            return true;
        }
    }
    return false;
}

bool mlg_are_communes(const mlg_model *model, const mlg_id *territory, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const int32_t row = model != NULL ? model->territory_row[territory[i]] : -1;
        if (row < 0 || mlg_get_id(model, C_territories_scale, row) != MLG_CODE_OF(scale, commune)) {
            return false;
        }
    }
    return n > 0;
}
