/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/vintages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "measure/recodes.h"

/* ---- days ------------------------------------------------------------------------------ */

static int ascending(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

/* Days at which a row begins, or is no longer in force, up to the study's. */
static mlg_status find_days(const mlg_model *model, mlg_vintages *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t rows = (size_t) model->rows[MLG_PERIMETERS].n;
    int32_t *day = mlg_alloc(2 * rows, sizeof *day);
    size_t n = 0, kept = 0;

    TRY_ALLOC(err, day);
    for (int32_t row = 0; row < (int32_t) rows; row++) {
        const int32_t start = mlg_get_span(model, C_perimeters_start, row).first;
        const int32_t end = mlg_get_span(model, C_perimeters_end, row).last;
        if (start != MLG_EVER_FIRST && start <= model->day) {
            day[n++] = start;
        }
        if (end != MLG_EVER_LAST && end < model->day) {
            day[n++] = end + 1;
        }
    }
    qsort(day, n, sizeof *day, ascending);
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || day[kept - 1] != day[i]) {
            day[kept++] = day[i];
        }
    }
    out->days_left_out = kept > MLG_MOST_CHANGES ? kept - MLG_MOST_CHANGES : 0;
    out->n_days = kept - out->days_left_out;
    memmove(day, day + out->days_left_out, out->n_days * sizeof *day);
    out->day = day;
    day = NULL;
out:
    mlg_free(day);
    return status;
}

/* ---- states ----------------------------------------------------------------------------- */

static bool is_as_before(const mlg_vintages *v, const mlg_perimeters *perimeters,
                         const mlg_expansion *now, mlg_id t)
{
    const uint32_t begin = now->offset[t], n = now->offset[t + 1] - begin;
    const mlg_vintage *last = v->latest[t] >= 0 ? &v->items[v->latest[t]] : NULL;

    if (last == NULL || last->n != n) {
        return last == NULL && n == 0;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (v->unit[last->begin + i] != perimeters->unit_of[now->unit[begin + i]] ||
            fabs(v->share[last->begin + i] - now->share[begin + i]) > 1e-9) {
            return false;
        }
    }
    return true;
}

static mlg_status keep(mlg_vintages *v, const mlg_perimeters *perimeters, const mlg_expansion *now,
                       mlg_id t, int32_t day, mlg_error *err)
{
    const uint32_t begin = now->offset[t], n = now->offset[t + 1] - begin;

    if (!mlg_grow(&v->items, &v->room, v->n + 1, sizeof *v->items) ||
        !mlg_grow(&v->unit, &v->unit_room, v->used + n, sizeof *v->unit) ||
        !mlg_grow(&v->share, &v->share_room, v->used + n, sizeof *v->share)) {
        return mlg_fail(err, MLG_ENOMEM, "no memory for the states of perimeters");
    }
    v->latest[t] = (int32_t) v->n;
    v->items[v->n++] =
        (mlg_vintage){.territory = t, .day = day, .begin = (uint32_t) v->used, .n = n};
    for (uint32_t i = 0; i < n; i++) {
        v->unit[v->used] = perimeters->unit_of[now->unit[begin + i]];
        v->share[v->used++] = now->share[begin + i];
    }
    return MLG_OK;
}

/* The states at `at` that differ from those before; they are said to hold from `from` on. */
static mlg_status take_day(const mlg_model *model, const mlg_perimeters *perimeters,
                           const bool *has_rows, int32_t at, int32_t from, mlg_vintages *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_expansion now = {0};

    TRY(mlg_expand_perimeters(model, at, &now, err));
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        if (has_rows[t] && !is_as_before(out, perimeters, &now, t)) {
            TRY(keep(out, perimeters, &now, t, from, err));
        }
    }
out:
    mlg_expansion_free(&now);
    return status;
}

mlg_status mlg_vintages_of(const mlg_model *model, const mlg_perimeters *perimeters,
                           mlg_vintages *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *has_rows = mlg_zalloc(model->territories.n, sizeof *has_rows);

    *out = (mlg_vintages){0};
    TRY_ALLOC(err, has_rows);
    for (int32_t row = 0; row < model->rows[MLG_PERIMETERS].n; row++) {
        const mlg_id t = mlg_get_id(model, C_perimeters_territory, row);
        if (t >= 0) {
            has_rows[t] = true;
        }
    }
    out->latest = mlg_alloc(model->territories.n, sizeof *out->latest);
    TRY_ALLOC(err, out->latest);
    for (size_t t = 0; t < model->territories.n; t++) {
        out->latest[t] = -1;
    }
    TRY(find_days(model, out, err));
    if (out->n_days > 0) {
        TRY(take_day(model, perimeters, has_rows, out->day[0] - 1, MLG_EVER_FIRST, out, err));
    }
    for (size_t d = 0; d < out->n_days; d++) {
        TRY(take_day(model, perimeters, has_rows, out->day[d], out->day[d], out, err));
    }
    if (out->n_days > 0) {
        TRY(mlg_vintages_recode(model, perimeters, out, err));
    }
out:
    mlg_free(has_rows);
    if (status != MLG_OK) {
        mlg_vintages_free(out);
    }
    return status;
}

void mlg_vintages_free(mlg_vintages *vintages)
{
    mlg_free(vintages->day);
    mlg_free(vintages->items);
    mlg_free(vintages->unit);
    mlg_free(vintages->share);
    mlg_free(vintages->latest);
    mlg_free(vintages->into);
    *vintages = (mlg_vintages){0};
}

/* ---- two states -------------------------------------------------------------------------- */

/* One unit that holds the shares a before and b after. */
static void add_unit(mlg_vintage_change *c, double a, double b, double people)
{
    const double known = isnan(people) ? 0.0 : people;

    c->units_before += a;
    c->units_after += b;
    c->units_common += fmin(a, b);
    c->people_before += a * known;
    c->people_after += b * known;
    c->people_common += fmin(a, b) * known;
    c->entered += b > a + 1e-9;
    c->left += a > b + 1e-9;
    c->people_entered += fmax(0.0, b - a) * known;
    c->people_left += fmax(0.0, a - b) * known;
    c->unknown += isnan(people) != 0;
}

mlg_vintage_change mlg_vintage_compare(const mlg_vintages *v, const mlg_perimeters *perimeters,
                                       const mlg_vintage *before, const mlg_vintage *after)
{
    mlg_vintage_change c = {0};
    uint32_t i = 0, j = 0;

    while (i < before->n || j < after->n) {
        const int32_t x = i < before->n ? v->unit[before->begin + i] : INT32_MAX;
        const int32_t y = j < after->n ? v->unit[after->begin + j] : INT32_MAX;
        const int32_t unit = x < y ? x : y;
        add_unit(&c, x <= y ? v->share[before->begin + i] : 0.0,
                 y <= x ? v->share[after->begin + j] : 0.0, perimeters->population[unit]);
        i += x <= y;
        j += y <= x;
    }
    return c;
}
