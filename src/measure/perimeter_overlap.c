/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/perimeter_overlap.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"

/* Shares read from text as thirds or percentages may sum to a hair over the whole. */
static const double SHARE_ROUNDING = 1e-9;

mlg_extent *mlg_extents_of(const mlg_perimeters *perimeters)
{
    const mlg_csr *covers = &perimeters->covers;
    mlg_extent *whole = mlg_zalloc((size_t) perimeters->n, sizeof *whole);

    for (int32_t p = 0; whole != NULL && p < perimeters->n; p++) {
        for (uint32_t i = covers->offset[p]; i < covers->offset[p + 1]; i++) {
            const double people = perimeters->population[covers->target[i]];
            whole[p].units += covers->weight[i];
            whole[p].unknown += isnan(people) != 0;
            whole[p].people += isnan(people) ? 0.0 : people * covers->weight[i];
        }
    }
    return whole;
}

/* Adds what the shares a and b of one unit have in common. */
static void add_unit(mlg_overlap *to, double a, double b, bool one_scale, double people)
{
    const double over = a + b - 1.0;
    const bool apart = one_scale && over <= SHARE_ROUNDING;
    const double most = apart ? 0.0 : a < b ? a : b;
    const double least = apart || over < 0.0 ? 0.0 : over;

    to->most.units += most;
    to->units_low += least;
    if (isnan(people)) {
        to->most.unknown += 1.0;
    } else {
        to->most.people += people * most;
        to->people_low += people * least;
    }
}

static bool are_of_one_scale(const mlg_perimeters *perimeters, int32_t a, int32_t b)
{
    return perimeters->scale[a] >= 0 && perimeters->scale[a] == perimeters->scale[b];
}

mlg_overlap mlg_overlap_of(const mlg_perimeters *perimeters, int32_t a, int32_t b)
{
    const mlg_csr *covers = &perimeters->covers;
    const bool one_scale = are_of_one_scale(perimeters, a, b);
    mlg_overlap both = {.a = a, .b = b};
    uint32_t i = covers->offset[a], j = covers->offset[b];

    while (i < covers->offset[a + 1] && j < covers->offset[b + 1]) {
        const int32_t x = covers->target[i], y = covers->target[j];
        if (x == y) {
            add_unit(&both, covers->weight[i], covers->weight[j], one_scale,
                     perimeters->population[x]);
        }
        i += x <= y;
        j += y <= x;
    }
    return both;
}

static void weigh_one(double share, double weight, double *whole, double *unknown)
{
    *unknown += isnan(weight) != 0;
    *whole += isnan(weight) ? 0.0 : share * weight;
}

mlg_weighing mlg_overlap_weighed(const mlg_perimeters *perimeters, const double *weight, int32_t a,
                                 int32_t b)
{
    const mlg_csr *covers = &perimeters->covers;
    const bool one_scale = are_of_one_scale(perimeters, a, b);
    mlg_weighing w = {0};
    uint32_t i = covers->offset[a], j = covers->offset[b];

    while (i < covers->offset[a + 1] || j < covers->offset[b + 1]) {
        const int32_t x = i < covers->offset[a + 1] ? covers->target[i] : INT32_MAX;
        const int32_t y = j < covers->offset[b + 1] ? covers->target[j] : INT32_MAX;
        const double of_unit = weight[x < y ? x : y];
        double unknown = 0.0;
        if (x <= y) {
            weigh_one(covers->weight[i], of_unit, &w.a, &unknown);
        }
        if (y <= x) {
            weigh_one(covers->weight[j], of_unit, &w.b, &unknown);
        }
        if (x == y && !isnan(of_unit)) {
            mlg_overlap unit = {0};
            add_unit(&unit, covers->weight[i], covers->weight[j], one_scale, of_unit);
            w.most += unit.most.people;
            w.low += unit.people_low;
        }
        w.unknown += unknown > 0.0;
        i += x <= y;
        j += y <= x;
    }
    return w;
}

bool mlg_perimeters_in_parts(const mlg_perimeters *perimeters)
{
    const mlg_csr *covers = &perimeters->covers;
    for (size_t i = 0; i < mlg_csr_size(covers); i++) {
        if (covers->weight[i] < 1.0) {
            return true;
        }
    }
    return false;
}

static int ascending(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

/* One row of the product: what perimeter a has in common with each b > a. */
typedef struct row_sums {
    mlg_overlap *with; /* [perimeters] being summed */
    bool *met;         /* [perimeters] */
    int32_t *list;     /* those met */
    size_t n;
} row_sums;

/* `later` holds, for each unit, where the perimeters after the current one start. */
static void sum_row(const mlg_perimeters *perimeters, const mlg_csr *holders, int32_t a,
                    uint32_t *later, row_sums *row)
{
    const mlg_csr *covers = &perimeters->covers;
    row->n = 0;
    for (uint32_t i = covers->offset[a]; i < covers->offset[a + 1]; i++) {
        const int32_t unit = covers->target[i];
        const double people = perimeters->population[unit];
        later[unit]++; /* rows come in order: it stood at a itself */
        for (uint32_t j = later[unit]; j < holders->offset[unit + 1]; j++) {
            const int32_t b = holders->target[j];
            if (!row->met[b]) {
                row->met[b] = true;
                row->list[row->n++] = b;
                row->with[b] = (mlg_overlap){.a = a, .b = b};
            }
            add_unit(&row->with[b], covers->weight[i], holders->weight[j],
                     are_of_one_scale(perimeters, a, b), people);
        }
    }
    qsort(row->list, row->n, sizeof *row->list, ascending);
}

mlg_status mlg_overlaps_each(const mlg_perimeters *perimeters, mlg_overlap_visit *visit, void *with,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) perimeters->n;
    mlg_csr holders = {0};
    uint32_t *later = NULL;
    row_sums row = {
        .with = mlg_alloc(n, sizeof *row.with),
        .met = mlg_zalloc(n, sizeof *row.met),
        .list = mlg_alloc(n, sizeof *row.list),
    };

    if (row.with == NULL || row.met == NULL || row.list == NULL) {
        FAIL(err, MLG_ENOMEM, "perimeters: no memory for %zu of them", n);
    }
    if (n == 0) {
        goto out;
    }
    TRY(mlg_csr_transpose(&perimeters->covers, perimeters->n_units, &holders, err));
    later = mlg_copy(holders.offset, (size_t) perimeters->n_units, sizeof *later);
    TRY_ALLOC(err, later);
    for (int32_t a = 0; a < perimeters->n; a++) {
        sum_row(perimeters, &holders, a, later, &row);
        for (size_t i = 0; i < row.n; i++) {
            visit(with, &row.with[row.list[i]]);
            row.met[row.list[i]] = false;
        }
    }
out:
    mlg_free(row.with);
    mlg_free(row.met);
    mlg_free(row.list);
    mlg_free(later);
    mlg_csr_free(&holders);
    return status;
}

/* Passes visits on, and notes the first `least` pairs; they come by a and b. */
typedef struct noting {
    mlg_overlap_visit *visit;
    void *with;
    int32_t *pair; /* [2 * least] */
    size_t least, n;
} noting;

static void note(void *with, const mlg_overlap *overlap)
{
    noting *notes = with;
    if (notes->n < notes->least) {
        notes->pair[2 * notes->n] = overlap->a;
        notes->pair[2 * notes->n + 1] = overlap->b;
        notes->n++;
    }
    notes->visit(notes->with, overlap);
}

/* Visits pairs that are not among the notes. */
static void visit_others(const mlg_perimeters *perimeters, const noting *notes)
{
    size_t left = notes->least - notes->n, next = 0;
    for (int32_t a = 0; a < perimeters->n; a++) {
        for (int32_t b = a + 1; b < perimeters->n; b++) {
            if (next < notes->n && notes->pair[2 * next] == a && notes->pair[2 * next + 1] == b) {
                next++;
                continue;
            }
            if (left-- == 0) {
                return;
            }
            notes->visit(notes->with, &(mlg_overlap){.a = a, .b = b});
        }
    }
}

mlg_status mlg_overlaps_at_least(const mlg_perimeters *perimeters, size_t least,
                                 mlg_overlap_visit *visit, void *with, mlg_error *err)
{
    mlg_status status = MLG_OK;
    noting notes = {.visit = visit, .with = with, .least = least};

    notes.pair = mlg_alloc(2 * least, sizeof *notes.pair);
    TRY_ALLOC(err, notes.pair);
    TRY(mlg_overlaps_each(perimeters, note, &notes, err));
    visit_others(perimeters, &notes);
out:
    mlg_free(notes.pair);
    return status;
}
