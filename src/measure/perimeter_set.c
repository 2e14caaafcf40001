/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/perimeters.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "measure/tenure.h"

enum { KIND_UNKNOWN = -1, KIND_SEVERAL = -2 };
/* Shares read from text as thirds or percentages may sum to a hair over the whole. */
static const double SHARE_ROUNDING = 1e-9;

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

/* A kind of a scheme in force that names a territory. */
typedef struct kind_there {
    mlg_id territory;
    int32_t code; /* -1: unknown */
} kind_there;

/* The kinds a territory bears: `n` different ones from `first` on. */
typedef struct kind_set {
    mlg_id territory;
    const kind_there *first;
    size_t n;
} kind_set;

/* By territory: codes are even, scales will be odd. */
typedef struct scheme_kinds {
    bool *named;   /* by a scheme in force */
    int32_t *kind; /* of all its schemes, or below 0 */
    int32_t *set;  /* twice the number of the set of their kinds, or below 0 */
} scheme_kinds;

static int by_territory(const void *left, const void *right)
{
    const kind_there *a = left, *b = right;
    if (a->territory != b->territory) {
        return a->territory < b->territory ? -1 : 1;
    }
    return a->code < b->code ? -1 : a->code > b->code;
}

static int by_kinds(const void *left, const void *right)
{
    const kind_set *a = left, *b = right;
    for (size_t i = 0; i < a->n && i < b->n; i++) {
        if (a->first[i].code != b->first[i].code) {
            return a->first[i].code < b->first[i].code ? -1 : 1;
        }
    }
    return a->n < b->n ? -1 : a->n > b->n;
}

/* The kinds of schemes in force, each once a territory, by territory. */
static size_t list_kinds(const mlg_model *model, kind_there *out)
{
    size_t n = 0, kept = 0;
    for (int32_t row = 0; row < model->rows[MLG_SCHEMES].n; row++) {
        const mlg_id t = mlg_get_id(model, C_schemes_territory, row);
        if (t >= 0 && mlg_holds_at_date(model, MLG_SCHEMES, row)) {
            out[n++] = (kind_there){t, mlg_get_id(model, C_schemes_kind, row)};
        }
    }
    if (n > 0) {
        qsort(out, n, sizeof *out, by_territory);
    }
    for (size_t i = 0; i < n; i++) {
        if (kept == 0 || by_territory(&out[i], &out[kept - 1]) != 0) {
            out[kept++] = out[i];
        }
    }
    return kept;
}

static mlg_status find_scheme_kinds(const mlg_model *model, scheme_kinds *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t rows = (size_t) model->rows[MLG_SCHEMES].n;
    kind_there *all = mlg_alloc(rows, sizeof *all);
    kind_set *sets = mlg_alloc(rows, sizeof *sets);
    size_t n = 0, n_sets = 0;
    int32_t number = -1;

    TRY_ALLOC(err, all);
    TRY_ALLOC(err, sets);
    n = list_kinds(model, all);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || all[i].territory != all[i - 1].territory) {
            sets[n_sets++] = (kind_set){.territory = all[i].territory, .first = &all[i]};
        }
        sets[n_sets - 1].n++;
    }
    if (n_sets > 0) {
        qsort(sets, n_sets, sizeof *sets, by_kinds);
    }
    for (size_t i = 0; i < n_sets; i++) {
        const kind_set *s = &sets[i];
        const int32_t code = s->first->code; /* unknown is first, and never "the same" */
        number += i == 0 || by_kinds(&sets[i - 1], s) != 0;
        out->named[s->territory] = true;
        out->kind[s->territory] = s->n == 1 && code >= 0 ? 2 * code : KIND_SEVERAL;
        out->set[s->territory] = code >= 0 ? 2 * number : KIND_UNKNOWN;
    }
out:
    mlg_free(all);
    mlg_free(sets);
    return status;
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
static void add_perimeter(const mlg_model *model, mlg_id t, const scheme_kinds *schemes,
                          mlg_perimeters *out)
{
    const int32_t p = out->n++, scale = scale_of(model, t);
    const int32_t of_scale = scale >= 0 ? 2 * scale + 1 : KIND_UNKNOWN;

    out->territory[p] = t;
    out->of_scheme[p] = schemes->named[t];
    out->scale[p] = scale;
    out->kind[p] = schemes->named[t] ? schemes->kind[t] : of_scale;
    out->kinds[p] = schemes->named[t] ? schemes->set[t] : of_scale;
}

static mlg_status choose_perimeters(const mlg_model *model, mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = model->territories.n;
    scheme_kinds schemes = {.named = mlg_zalloc(n, sizeof *schemes.named),
                            .kind = mlg_alloc(n, sizeof *schemes.kind),
                            .set = mlg_alloc(n, sizeof *schemes.set)};

    out->territory = mlg_alloc(n, sizeof *out->territory);
    out->of_scheme = mlg_alloc(n, sizeof *out->of_scheme);
    out->kind = mlg_alloc(n, sizeof *out->kind);
    out->kinds = mlg_alloc(n, sizeof *out->kinds);
    out->scale = mlg_alloc(n, sizeof *out->scale);
    if (schemes.named == NULL || schemes.kind == NULL || schemes.set == NULL ||
        out->territory == NULL || out->of_scheme == NULL || out->kind == NULL ||
        out->kinds == NULL || out->scale == NULL) {
        FAIL(err, MLG_ENOMEM, "perimeters: no memory for %zu territories", n);
    }
    TRY(find_scheme_kinds(model, &schemes, err));
    for (mlg_id t = 0; t < (mlg_id) n; t++) {
        if (is_perimeter(model, schemes.named, t)) {
            add_perimeter(model, t, &schemes, out);
        }
    }
    TRY(lay_out(model, out, err));
out:
    mlg_free(schemes.named);
    mlg_free(schemes.kind);
    mlg_free(schemes.set);
    return status;
}

/* One holder of a unit. */
typedef struct piece {
    int32_t unit, scale;
    uint32_t entry;
} piece;

static int by_unit_and_scale(const void *left, const void *right)
{
    const piece *a = left, *b = right;
    if (a->unit != b->unit) {
        return a->unit < b->unit ? -1 : 1;
    }
    return a->scale < b->scale ? -1 : a->scale > b->scale;
}

/* Where are all the pieces of one scale that a unit has at most the whole of it? */
static mlg_status find_tiled(mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *covers = &out->covers;
    const size_t size = mlg_csr_size(covers);
    piece *pieces = mlg_alloc(size, sizeof *pieces);

    out->tiled = mlg_alloc(size, sizeof *out->tiled);
    TRY_ALLOC(err, pieces);
    TRY_ALLOC(err, out->tiled);
    for (int32_t p = 0; p < out->n; p++) {
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            pieces[i] = (piece){covers->target[i], out->scale[p], i};
        }
    }
    if (size > 0) {
        qsort(pieces, size, sizeof *pieces, by_unit_and_scale);
    }
    for (size_t first = 0, end = 0; first < size; first = end) {
        double sum = 0.0;
        for (; end < size && by_unit_and_scale(&pieces[end], &pieces[first]) == 0; end++) {
            sum += covers->weight[pieces[end].entry];
        }
        for (size_t i = first; i < end; i++) {
            out->tiled[pieces[i].entry] = sum <= 1.0 + SHARE_ROUNDING;
        }
    }
out:
    mlg_free(pieces);
    return status;
}

/* ---- the study's own ----------------------------------------------------------- */

/* Territories with units that count, none of which is asked: [territories], or NULL when memory is
 * short. */
static bool *find_outside(const mlg_model *model, const mlg_perimeters *units)
{
    bool *outside = mlg_zalloc(model->territories.n, sizeof *outside);

    for (mlg_id t = 0; outside != NULL && t < (mlg_id) model->territories.n; t++) {
        bool inside = false;
        for (uint32_t i = model->unit_offset[t]; i < model->unit_offset[t + 1]; i++) {
            const int32_t unit = units->unit_of[model->unit[i]];
            inside = inside || units->asked[unit];
            outside[t] = outside[t] || units->counts[unit];
        }
        outside[t] = outside[t] && !inside;
    }
    return outside;
}

mlg_status mlg_outside_of(const mlg_model *model, bool **outside, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters units = {0};

    *outside = NULL;
    if (model->own < 0 || model->unit_offset == NULL) {
        goto out;
    }
    TRY(make_units(model, &units, err));
    if (units.n_outside > 0) {
        *outside = find_outside(model, &units);
        TRY_ALLOC(err, *outside);
    }
out:
    mlg_perimeters_free(&units);
    return status;
}

/* Takes the row of perimeter p, whose entries start at `first`, as the row `to` before it. */
static void move_perimeter(mlg_perimeters *out, int32_t to, int32_t p, uint32_t first, uint32_t end)
{
    mlg_csr *covers = &out->covers;
    uint32_t at = covers->offset[to];

    out->territory[to] = out->territory[p];
    out->of_scheme[to] = out->of_scheme[p];
    out->kind[to] = out->kind[p];
    out->kinds[to] = out->kinds[p];
    out->scale[to] = out->scale[p];
    for (uint32_t i = first; i < end; i++, at++) {
        covers->target[at] = covers->target[i];
        covers->weight[at] = covers->weight[i];
        if (out->least != NULL) {
            out->least[at] = out->least[i];
        }
        if (out->tiled != NULL) {
            out->tiled[at] = out->tiled[i];
        }
    }
    covers->offset[to + 1] = at;
}

/* Units that are not asked are outside where a perimeter that is kept holds them. */
static mlg_status count_outside(mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *seen = mlg_zalloc((size_t) out->n_units, sizeof *seen);

    TRY_ALLOC(err, seen);
    out->n_outside = 0;
    for (size_t i = 0; i < mlg_csr_size(&out->covers); i++) {
        const int32_t unit = out->covers.target[i];
        out->n_outside += !seen[unit] && out->counts[unit] && !out->asked[unit];
        seen[unit] = true;
    }
out:
    mlg_free(seen);
    return status;
}

/* National tables hold the whole country: a study of one place is about what reaches into it. */
static mlg_status keep_own(const mlg_model *model, mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *outside = find_outside(model, out);
    int32_t kept = 0;
    uint32_t first = 0;

    TRY_ALLOC(err, outside);
    for (int32_t p = 0; p < out->n; p++) {
        const uint32_t end = out->covers.offset[p + 1];
        if (!outside[out->territory[p]]) {
            move_perimeter(out, kept++, p, first, end);
        }
        first = end;
    }
    out->n_elsewhere = out->n - kept;
    out->n = out->covers.n = kept;
    TRY(count_outside(out, err));
out:
    mlg_free(outside);
    return status;
}

mlg_status mlg_perimeters_of(const mlg_model *model, mlg_perimeters *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_perimeters){0};
    if (model != NULL) {
        TRY(make_units(model, out, err));
        TRY(choose_perimeters(model, out, err));
        if (out->in_parts) {
            TRY(find_tiled(out, err));
        }
        if (out->n_outside > 0) { /* last: whether pieces tile a unit is said of all of them */
            TRY(keep_own(model, out, err));
        }
    }
out:
    if (status != MLG_OK) {
        mlg_perimeters_free(out);
    }
    return status;
}

int32_t mlg_perimeter_at(const mlg_perimeters *perimeters, mlg_id territory)
{
    int32_t low = 0, high = perimeters->n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (perimeters->territory[middle] < territory) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < perimeters->n && perimeters->territory[low] == territory ? low : -1;
}

void mlg_perimeters_free(mlg_perimeters *perimeters)
{
    mlg_free(perimeters->territory);
    mlg_free(perimeters->of_scheme);
    mlg_free(perimeters->kind);
    mlg_free(perimeters->kinds);
    mlg_free(perimeters->scale);
    mlg_csr_free(&perimeters->covers);
    mlg_free(perimeters->tiled);
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
