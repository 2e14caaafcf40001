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

/* ---- all pairs ------------------------------------------------------------------------- */

static int ascending(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

/* What perimeter a has in common with one b > a where all hold whole units. */
typedef struct tally {
    double people;
    uint64_t units; /* below, those of unknown inhabitants above bit 32 */
} tally;

enum { UNKNOWN_BIT = 32 };

/* One row of the product: what perimeter a has in common with each b > a. */
typedef struct row_sums {
    mlg_overlap *with; /* [perimeters] being summed; NULL when `whole` is */
    tally *whole;      /* [perimeters] the same, of whole units; zero between rows */
    uint64_t *bits;    /* [perimeters / 64 + 1] zero between rows */
    bool *met;         /* [perimeters] false between rows */
    int32_t *list;     /* those met */
    size_t n;
    tally *one; /* [units] what a whole unit adds */
} row_sums;

static void close_row(row_sums *row)
{
    mlg_free(row->with);
    mlg_free(row->whole);
    mlg_free(row->bits);
    mlg_free(row->met);
    mlg_free(row->list);
    mlg_free(row->one);
}

static mlg_status open_row(const mlg_perimeters *perimeters, bool in_parts, row_sums *row,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) perimeters->n, n_units = (size_t) perimeters->n_units;

    row->bits = mlg_zalloc(n / 64 + 1, sizeof *row->bits);
    row->met = mlg_zalloc(n, sizeof *row->met);
    row->list = mlg_alloc(n, sizeof *row->list);
    row->one = mlg_alloc(n_units, sizeof *row->one);
    if (in_parts) {
        row->with = mlg_alloc(n, sizeof *row->with);
    } else {
        row->whole = mlg_zalloc(n, sizeof *row->whole);
    }
    if ((row->with == NULL && row->whole == NULL) || row->bits == NULL || row->met == NULL ||
        row->list == NULL || row->one == NULL) {
        FAIL(err, MLG_ENOMEM, "perimeters: no memory for %zu of them", n);
    }
    for (size_t u = 0; u < n_units; u++) {
        const bool known = !isnan(perimeters->population[u]);
        row->one[u] = (tally){known ? perimeters->population[u] : 0.0,
                              1 + ((uint64_t) !known << UNKNOWN_BIT)};
    }
out:
    return status;
}

/* `later` holds, for each unit, where the perimeters after the current one start. */
static void sum_parts(const mlg_perimeters *perimeters, const mlg_csr *holders, int32_t a,
                      uint32_t *later, row_sums *row)
{
    const mlg_csr *covers = &perimeters->covers;
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
}

/* The same of whole units: each adds itself, whatever the scales are. */
static void sum_whole(const mlg_perimeters *perimeters, const mlg_csr *holders, int32_t a,
                      uint32_t *later, row_sums *row)
{
    const mlg_csr *covers = &perimeters->covers;
    const uint32_t *const ends = holders->offset + 1;
    tally *const whole = row->whole;
    int32_t *next = row->list;

    for (uint32_t i = covers->offset[a]; i < covers->offset[a + 1]; i++) {
        const int32_t unit = covers->target[i];
        const tally one = row->one[unit];
        const int32_t *const end = holders->target + ends[unit];
        for (const int32_t *b = holders->target + ++later[unit]; b < end; b++) {
            tally *both = &whole[*b];
            *next = *b;
            next += both->units == 0;
            both->units += one.units;
            both->people += one.people;
        }
    }
    row->n = (size_t) (next - row->list);
}

/* Few are put in their places one by one; many are marked in a row of bits, unless it is too long
 * for them. */
static void sort_list(row_sums *row, int32_t n_perimeters)
{
    enum { FEW = 16, SPARSE = 64 };
    const size_t words = (size_t) n_perimeters / 64 + 1;
    int32_t *list = row->list;

    if (row->n > FEW && words > SPARSE * row->n) {
        qsort(list, row->n, sizeof *list, ascending);
        return;
    }
    if (row->n > FEW) {
        size_t at = 0;
        for (size_t i = 0; i < row->n; i++) {
            row->bits[list[i] / 64] |= (uint64_t) 1 << (list[i] % 64);
        }
        for (size_t w = 0; w < words; w++) {
            for (uint64_t left = row->bits[w]; left != 0; left &= left - 1) {
                list[at++] = (int32_t) (64 * w) + __builtin_ctzll(left);
            }
            row->bits[w] = 0;
        }
        return;
    }
    for (size_t i = 1; i < row->n; i++) {
        const int32_t one = list[i];
        size_t at = i;
        for (; at > 0 && list[at - 1] > one; at--) {
            list[at] = list[at - 1];
        }
        list[at] = one;
    }
}

static void visit_parts(row_sums *row, mlg_overlap_visit *visit, void *with)
{
    for (size_t i = 0; i < row->n; i++) {
        visit(with, &row->with[row->list[i]]);
        row->met[row->list[i]] = false;
    }
}

static void visit_whole(int32_t a, row_sums *row, mlg_overlap_visit *visit, void *with)
{
    for (size_t i = 0; i < row->n; i++) {
        tally *both = &row->whole[row->list[i]];
        const double units = (double) (uint32_t) both->units;
        const mlg_overlap o = {
            .a = a,
            .b = row->list[i],
            .most = {units, both->people, (double) (both->units >> UNKNOWN_BIT)},
            .units_low = units,
            .people_low = both->people,
        };
        *both = (tally){0};
        visit(with, &o);
    }
}

mlg_status mlg_overlaps_each(const mlg_perimeters *perimeters, mlg_overlap_visit *visit, void *with,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool in_parts = mlg_perimeters_in_parts(perimeters);
    mlg_csr holders = {0}, covers = perimeters->covers;
    uint32_t *later = NULL;
    row_sums row = {0};

    TRY(open_row(perimeters, in_parts, &row, err));
    if (perimeters->n == 0) {
        goto out;
    }
    covers.weight = in_parts ? covers.weight : NULL;
    TRY(mlg_csr_transpose(&covers, perimeters->n_units, &holders, err));
    later = mlg_copy(holders.offset, (size_t) perimeters->n_units, sizeof *later);
    TRY_ALLOC(err, later);
    for (int32_t a = 0; a < perimeters->n; a++) {
        row.n = 0;
        if (in_parts) {
            sum_parts(perimeters, &holders, a, later, &row);
        } else {
            sum_whole(perimeters, &holders, a, later, &row);
        }
        sort_list(&row, perimeters->n);
        if (in_parts) {
            visit_parts(&row, visit, with);
        } else {
            visit_whole(a, &row, visit, with);
        }
    }
out:
    close_row(&row);
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
