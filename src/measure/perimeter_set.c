/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/perimeters.h"

#include <math.h>

#include "base/fail.h"
#include "measure/tenure.h"

enum { KIND_UNKNOWN = -1, KIND_SEVERAL = -2 };

static int32_t scale_of(const mlg_model *model, mlg_id territory)
{
    const int32_t row = model->territory_row[territory];
    return row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
}

static double number_of(const mlg_model *model, mlg_column column, mlg_id territory)
{
    const int32_t row = model->territory_row[territory];
    return row >= 0 ? mlg_get_number(model, column, row) : NAN;
}

static uint32_t n_units_of(const mlg_model *model, mlg_id territory)
{
    return model->unit_offset[territory + 1] - model->unit_offset[territory];
}

/* ---- units ------------------------------------------------------------------ */

static void number_units(const mlg_model *model, mlg_perimeters *out)
{
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        out->unit_of[t] = -1;
        if (model->is_unit[t]) {
            out->unit_of[t] = out->n_units;
            out->unit[out->n_units] = t;
            const double area = number_of(model, C_territories_area_km2, t);
            const double need = number_of(model, C_territories_need, t);
            out->area[out->n_units] = area > 0.0 ? area : NAN;
            out->need[out->n_units] = need >= 0.0 ? need : NAN;
            out->has_area = out->has_area || area > 0.0;
            out->has_need = out->has_need || need > 0.0;
            out->population[out->n_units++] = number_of(model, C_territories_population, t);
        }
    }
}

/* Marks the units that are part of a perimeter, and their scales. False when none is. */
static bool mark_members(const mlg_model *model, mlg_perimeters *out, bool *scale_used)
{
    bool any = false;
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        for (uint32_t i = model->unit_offset[t];
             !model->is_unit[t] && i < model->unit_offset[t + 1]; i++) {
            const int32_t scale = scale_of(model, model->unit[i]);
            out->counts[out->unit_of[model->unit[i]]] = true;
            any = true;
            if (scale >= 0) {
                scale_used[scale] = true;
            }
        }
    }
    return any;
}

/* A territory without perimeter may be a commune that no perimeter reaches, which counts as
 * uncovered, or a region that somebody named, which is no unit of this study. Its scale
 * tells; without any perimeter, what territories.csv lists are the units. */
static mlg_status choose_units(const mlg_model *model, mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_scales = (size_t) mlg_code_count(model, MLG_V_scale);
    bool *scale_used = mlg_zalloc(n_scales, sizeof *scale_used);

    TRY_ALLOC(err, scale_used);
    const bool any = mark_members(model, out, scale_used);
    for (int32_t u = 0; u < out->n_units; u++) {
        const int32_t scale = scale_of(model, out->unit[u]);
        const bool listed = model->territory_row[out->unit[u]] >= 0;
        out->counts[u] = out->counts[u] || (any ? scale >= 0 && scale_used[scale] : listed);
    }
out:
    mlg_free(scale_used);
    return status;
}

/* A study of one region that was filled with whole bodies across its border is not about their
 * other half. A territory that holds no unit asks for all. */
static void ask_units(const mlg_model *model, mlg_perimeters *out)
{
    const mlg_id own = model->own;
    int32_t inside = 0, counted = 0;

    for (uint32_t i = own >= 0 ? model->unit_offset[own] : 0;
         own >= 0 && i < model->unit_offset[own + 1]; i++) {
        const int32_t unit = out->unit_of[model->unit[i]];
        out->asked[unit] = out->counts[unit];
        inside += out->counts[unit];
    }
    for (int32_t u = 0; u < out->n_units; u++) {
        out->asked[u] = inside > 0 ? out->asked[u] : out->counts[u];
        counted += out->counts[u];
    }
    out->n_outside = inside > 0 ? counted - inside : 0;
}

static mlg_status make_units(const mlg_model *model, mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->territories.n;

    out->unit = mlg_alloc(n, sizeof *out->unit);
    out->population = mlg_alloc(n, sizeof *out->population);
    out->area = mlg_alloc(n, sizeof *out->area);
    out->need = mlg_alloc(n, sizeof *out->need);
    out->counts = mlg_zalloc(n, sizeof *out->counts);
    out->asked = mlg_zalloc(n, sizeof *out->asked);
    out->unit_of = mlg_alloc(n, sizeof *out->unit_of);
    TRY_ALLOC(err, out->unit);
    TRY_ALLOC(err, out->population);
    TRY_ALLOC(err, out->area);
    TRY_ALLOC(err, out->need);
    TRY_ALLOC(err, out->counts);
    TRY_ALLOC(err, out->asked);
    TRY_ALLOC(err, out->unit_of);
    number_units(model, out);
    TRY(choose_units(model, out, err));
    ask_units(model, out);
out:
    return status;
}

/* ---- perimeters -------------------------------------------------------------- */

/* Kind of the schemes of each territory: codes are even, scales will be odd. */
static void find_scheme_kinds(const mlg_model *model, bool *of_scheme, int32_t *kind)
{
    for (size_t t = 0; t < model->territories.n; t++) {
        kind[t] = KIND_UNKNOWN;
    }
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        const mlg_id t = mlg_get_id(model, C_schemes_territory, row);
        const int32_t code = mlg_get_id(model, C_schemes_kind, row);
        if (t < 0 || !mlg_holds_at_date(model, MLG_SCHEMES, row)) {
            continue;
        }
        const int32_t here = code >= 0 ? 2 * code : KIND_SEVERAL; /* unknown: never "the same" */
        kind[t] = !of_scheme[t] || kind[t] == here ? here : KIND_SEVERAL;
        of_scheme[t] = true;
    }
}

static bool is_perimeter(const mlg_model *model, const bool *of_scheme, mlg_id t)
{
    return n_units_of(model, t) > 0 && (of_scheme[t] || !model->is_unit[t]);
}

/* Copies the expanded units of the chosen territories into rows. */
static mlg_status lay_out(const mlg_model *model, mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t size = 0;
    uint32_t at = 0;
    bool in_doubt = false;

    for (int32_t p = 0; p < out->n; p++) {
        size += n_units_of(model, out->territory[p]);
    }
    if (size > UINT32_MAX) {
        FAIL(err, MLG_ESIZE, "perimeters: %zu parts are too many", size);
    }
    out->covers.n = out->n;
    out->covers.offset = mlg_alloc((size_t) out->n + 1, sizeof *out->covers.offset);
    out->covers.target = mlg_alloc(size, sizeof *out->covers.target);
    out->covers.weight = mlg_alloc(size, sizeof *out->covers.weight);
    TRY_ALLOC(err, out->covers.offset);
    TRY_ALLOC(err, out->covers.target);
    out->least = mlg_alloc(size, sizeof *out->least);
    TRY_ALLOC(err, out->covers.weight);
    TRY_ALLOC(err, out->least);
    for (int32_t p = 0; p < out->n; p++) {
        const mlg_id t = out->territory[p];
        out->covers.offset[p] = at;
        for (uint32_t i = model->unit_offset[t]; i < model->unit_offset[t + 1]; i++) {
            if (model->unit_share[i] > 0.0) {
                out->least[at] = model->unit_least[i];
                in_doubt = in_doubt || model->unit_least[i] < model->unit_share[i];
                out->covers.target[at] = out->unit_of[model->unit[i]];
                out->covers.weight[at++] = model->unit_share[i];
                out->in_parts = out->in_parts || model->unit_least[i] < 1.0;
            }
        }
    }
    out->covers.offset[out->n] = at;
    if (!in_doubt) {
        mlg_free(out->least);
        out->least = NULL;
    }
out:
    return status;
}

/* Appends a territory; its units are laid out later. */
static void add_perimeter(const mlg_model *model, mlg_id t, bool of_scheme, int32_t scheme_kind,
                          mlg_perimeters *out)
{
    const int32_t p = out->n++, scale = scale_of(model, t);
    const int32_t of_scale = scale >= 0 ? 2 * scale + 1 : KIND_UNKNOWN;

    out->territory[p] = t;
    out->of_scheme[p] = of_scheme;
    out->scale[p] = scale;
    out->kind[p] = of_scheme ? scheme_kind : of_scale;
}

static mlg_status choose_perimeters(const mlg_model *model, mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->territories.n;
    bool *of_scheme = mlg_zalloc(n, sizeof *of_scheme);
    int32_t *kind = mlg_alloc(n, sizeof *kind);

    out->territory = mlg_alloc(n, sizeof *out->territory);
    out->of_scheme = mlg_alloc(n, sizeof *out->of_scheme);
    out->kind = mlg_alloc(n, sizeof *out->kind);
    out->scale = mlg_alloc(n, sizeof *out->scale);
    if (of_scheme == NULL || kind == NULL || out->territory == NULL || out->of_scheme == NULL ||
        out->kind == NULL || out->scale == NULL) {
        FAIL(err, MLG_ENOMEM, "perimeters: no memory for %zu territories", n);
    }
    find_scheme_kinds(model, of_scheme, kind);
    for (mlg_id t = 0; t < (mlg_id) n; t++) {
        if (is_perimeter(model, of_scheme, t)) {
            add_perimeter(model, t, of_scheme[t], kind[t], out);
        }
    }
    TRY(lay_out(model, out, err));
out:
    mlg_free(of_scheme);
    mlg_free(kind);
    return status;
}

mlg_status mlg_perimeters_of(const mlg_model *model, mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_perimeters){0};
    if (model != NULL) {
        TRY(make_units(model, out, err));
        TRY(choose_perimeters(model, out, err));
    }
out:
    if (status != MLG_OK) {
        mlg_perimeters_free(out);
    }
    return status;
}

void mlg_perimeters_free(mlg_perimeters *perimeters)
{
    mlg_free(perimeters->territory);
    mlg_free(perimeters->of_scheme);
    mlg_free(perimeters->kind);
    mlg_free(perimeters->scale);
    mlg_csr_free(&perimeters->covers);
    mlg_free(perimeters->unit);
    mlg_free(perimeters->population);
    mlg_free(perimeters->area);
    mlg_free(perimeters->need);
    mlg_free(perimeters->counts);
    mlg_free(perimeters->asked);
    mlg_free(perimeters->least);
    mlg_free(perimeters->unit_of);
    *perimeters = (mlg_perimeters){0};
}
