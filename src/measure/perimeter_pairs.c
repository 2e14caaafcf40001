/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/perimeter_pairs.h"

#include <math.h>

#include "base/fail.h"

/* Whole units of whole numbers of inhabitants are summed in one word: the units, above them those
 * of unknown population, above them the inhabitants. */
typedef struct packing {
    bool fits;
    int unknown_at, people_at; /* bits */
} packing;

/* The perimeters met so far that hold a unit stand in `holders`, ascending: room for all. */
typedef struct held_unit {
    uint32_t first, end;
    uint64_t adds; /* packed */
} held_unit;

/* The packed sum takes holders this many at a time, since steps vary less than lengths do; what the
 * last step takes too many are places after those of the perimeters, and count nothing. */
enum { STEP = 4, AHEAD = 8, WORD = 64 };

/* One row of the product: what perimeter b has in common with each a < b. */
typedef struct pairs_row {
    const mlg_perimeters *perimeters;
    packing pack;
    uint64_t *packed;  /* [perimeters + STEP] zero between rows; NULL when `with` is used */
    mlg_overlap *with; /* [perimeters] */
    bool *met;         /* [perimeters] false between rows; of `with` */
    int32_t *list;     /* [perimeters + 1] those met */
    size_t n;
    uint64_t *marks; /* [perimeters / 64 + 1] a bit each; zero between rows */
    uint64_t *words; /* which of `marks` are not zero; zero between rows */
    held_unit *held; /* [units] */
    int32_t *holders;
    mlg_share *shares; /* of the holders; NULL: all whole */
} pairs_row;

static void close_row(pairs_row *row)
{
    mlg_free(row->packed);
    mlg_free(row->with);
    mlg_free(row->met);
    mlg_free(row->list);
    mlg_free(row->marks);
    mlg_free(row->words);
    mlg_free(row->held);
    mlg_free(row->holders);
    mlg_free(row->shares);
}

static int width_of(double most)
{
    int bits = 1;
    while (bits < WORD && ldexp(1.0, bits) <= most) {
        bits++;
    }
    return bits;
}

static packing packing_of(const mlg_perimeters *perimeters)
{
    const int units = width_of(perimeters->n_units);
    double people = 0.0;

    for (int32_t u = 0; u < perimeters->n_units; u++) {
        const double here = perimeters->population[u];
        if (isnan(here)) {
            continue;
        }
        if (here < 0.0 || here != floor(here)) {
            return (packing){false, 0, 0};
        }
        people += here;
    }
    return (packing){2 * units + width_of(people) <= WORD, units, 2 * units};
}

static uint64_t packed_unit(packing pack, double people)
{
    return 1 +
           (isnan(people) ? (uint64_t) 1 << pack.unknown_at : (uint64_t) people << pack.people_at);
}

/* Makes room for the holders of each unit, and for the step that takes too many. */
static mlg_status open_holders(pairs_row *row, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_perimeters *p = row->perimeters;
    const size_t n_units = (size_t) p->n_units;
    const size_t size = mlg_csr_size(&p->covers), room = size + n_units * (STEP - 1);
    uint32_t at = 0;

    if (room > UINT32_MAX) {
        FAIL(err, MLG_ESIZE, "perimeters: %zu parts are too many", size);
    }
    row->held = mlg_zalloc(n_units, sizeof *row->held);
    row->holders = mlg_alloc(room, sizeof *row->holders);
    row->shares = p->in_parts ? mlg_alloc(room, sizeof *row->shares) : NULL;
    if (row->held == NULL || row->holders == NULL || (p->in_parts && row->shares == NULL)) {
        FAIL(err, MLG_ENOMEM, "perimeters: no memory for %zu parts", size);
    }
    for (size_t i = 0; i < size; i++) {
        row->held[p->covers.target[i]].end++;
    }
    for (int32_t u = 0; u < p->n_units; u++) {
        held_unit *unit = &row->held[u];
        const uint32_t holders = unit->end;
        unit->first = unit->end = at;
        unit->adds = row->pack.fits ? packed_unit(row->pack, p->population[u]) : 0;
        at += holders + STEP - 1;
    }
    for (size_t i = 0; i < room; i++) {
        row->holders[i] = p->n + (int32_t) (i % STEP);
    }
out:
    return status;
}

static mlg_status open_row(const mlg_perimeters *perimeters, pairs_row *row, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) perimeters->n;

    *row = (pairs_row){.perimeters = perimeters};
    row->pack = perimeters->in_parts ? (packing){false, 0, 0} : packing_of(perimeters);
    row->list = mlg_alloc(n + 1, sizeof *row->list);
    row->marks = mlg_zalloc(n / WORD + 1, sizeof *row->marks);
    row->words = mlg_zalloc(n / WORD / WORD + 1, sizeof *row->words);
    if (row->pack.fits) {
        row->packed = mlg_zalloc(n + STEP, sizeof *row->packed);
    } else {
        row->with = mlg_alloc(n, sizeof *row->with);
        row->met = mlg_zalloc(n, sizeof *row->met);
    }
    if (row->list == NULL || row->marks == NULL || row->words == NULL ||
        (row->pack.fits ? row->packed == NULL : row->with == NULL || row->met == NULL)) {
        FAIL(err, MLG_ENOMEM, "perimeters: no memory for %zu of them", n);
    }
    for (size_t k = 0; row->pack.fits && k < STEP; k++) {
        row->packed[n + k] = 1; /* met already: never listed */
    }
    TRY(open_holders(row, err));
out:
    return status;
}

static void sum_shares(pairs_row *row, int32_t b)
{
    static const mlg_share whole = {1.0, 1.0};
    const mlg_perimeters *p = row->perimeters;
    const mlg_csr *covers = &p->covers;

    for (uint32_t i = covers->offset[b]; i < covers->offset[b + 1]; i++) {
        held_unit *unit = &row->held[covers->target[i]];
        const double people = p->population[covers->target[i]];
        const mlg_share here = mlg_share_at(p, i);
        for (uint32_t j = unit->first; j < unit->end; j++) {
            const int32_t a = row->holders[j];
            if (!row->met[a]) {
                row->met[a] = true;
                row->list[row->n++] = a;
                row->with[a] = (mlg_overlap){.a = a, .b = b};
            }
            mlg_overlap_add(&row->with[a], row->shares != NULL ? row->shares[j] : whole, here,
                            mlg_perimeters_tile(p, a, b, i), people);
        }
        if (row->shares != NULL) {
            row->shares[unit->end] = here;
        }
        row->holders[unit->end++] = b;
    }
}

static void sum_packed(pairs_row *row, int32_t b)
{
    const mlg_csr *covers = &row->perimeters->covers;
    const int32_t *unit = covers->target + covers->offset[b];
    const int32_t *const last = covers->target + covers->offset[b + 1];
    uint64_t *const packed = row->packed;
    int32_t *next = row->list;

    for (; unit < last; unit++) {
        held_unit *const held = &row->held[*unit];
        int32_t *const end = row->holders + held->end;
        const uint64_t adds = held->adds;
        const int32_t soon = unit[last - unit > AHEAD ? AHEAD : 0];
        __builtin_prefetch(row->holders + row->held[soon].first);
        for (const int32_t *a = row->holders + held->first; a < end; a += STEP) {
#pragma GCC unroll 4
            for (int k = 0; k < STEP; k++) {
                const uint64_t was = packed[a[k]];
                *next = a[k];
                next += was == 0;
                packed[a[k]] = was + adds;
            }
        }
        *end = b;
        held->end++;
    }
    row->n = (size_t) (next - row->list);
}

static void sort_list(pairs_row *row)
{
    const size_t last = (size_t) row->perimeters->n / WORD / WORD;
    int32_t *at = row->list;

    for (size_t i = 0; i < row->n; i++) {
        const uint32_t b = (uint32_t) row->list[i], word = b / WORD;
        row->marks[word] |= (uint64_t) 1 << (b % WORD);
        row->words[word / WORD] |= (uint64_t) 1 << (word % WORD);
    }
    for (size_t w = 0; w <= last; w++) {
        for (uint64_t words = row->words[w]; words != 0; words &= words - 1) {
            const size_t word = WORD * w + (size_t) __builtin_ctzll(words);
            for (uint64_t marks = row->marks[word]; marks != 0; marks &= marks - 1) {
                *at++ = (int32_t) (WORD * word) + __builtin_ctzll(marks);
            }
            row->marks[word] = 0;
        }
        row->words[w] = 0;
    }
}

static void visit_shares(pairs_row *row, mlg_overlap_visit *visit, void *with)
{
    for (size_t i = 0; i < row->n; i++) {
        row->met[row->list[i]] = false;
        visit(with, &row->with[row->list[i]]);
    }
}

static void visit_packed(pairs_row *row, int32_t b, mlg_overlap_visit *visit, void *with)
{
    const packing pack = row->pack;
    const uint64_t below = ((uint64_t) 1 << pack.unknown_at) - 1;
    mlg_overlap o = {.b = b};

    for (size_t i = 0; i < row->n; i++) {
        const uint64_t both = row->packed[row->list[i]];
        row->packed[row->list[i]] = 0;
        o.a = row->list[i];
        o.most.units = o.units_low = (double) (both & below);
        o.most.people = o.people_low = (double) (both >> pack.people_at);
        o.most.unknown = (double) (both >> pack.unknown_at & below);
        visit(with, &o);
    }
}

mlg_status mlg_overlaps_each(const mlg_perimeters *perimeters, mlg_overlap_visit *visit, void *with,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    pairs_row row = {0};

    if (perimeters->n == 0) {
        return MLG_OK;
    }
    TRY(open_row(perimeters, &row, err));
    for (int32_t b = 0; b < perimeters->n; b++) {
        row.n = 0;
        if (row.pack.fits) {
            sum_packed(&row, b);
            sort_list(&row);
            visit_packed(&row, b, visit, with);
        } else {
            sum_shares(&row, b);
            sort_list(&row);
            visit_shares(&row, visit, with);
        }
    }
out:
    close_row(&row);
    return status;
}

/* Passes visits on, and notes the first `least` pairs; they come by b and a. */
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
    for (int32_t b = 1; b < perimeters->n; b++) {
        for (int32_t a = 0; a < b; a++) {
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
