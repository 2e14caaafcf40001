/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "measure/superiors.h"

/* ---- strong components (Tarjan 1972), without recursion ------------------------------ */

typedef struct tarjan {
    const mlg_csr *arcs;
    int32_t *found, *low; /* [n] order of discovery from 1; 0: not yet */
    uint32_t *next;       /* [n] arc to follow next */
    int32_t *open;        /* actors whose set is not closed */
    int32_t *path;        /* the way from the root */
    int32_t *of;          /* -1: not closed */
    int32_t n_found, n_open, n_path, n_sets;
} tarjan;

static void enter(tarjan *t, int32_t v)
{
    t->found[v] = t->low[v] = ++t->n_found;
    t->next[v] = t->arcs->offset[v];
    t->open[t->n_open++] = v;
    t->path[t->n_path++] = v;
}

static void leave(tarjan *t, int32_t v)
{
    t->n_path--;
    if (t->low[v] == t->found[v]) {
        int32_t member = -1;
        while (member != v) {
            member = t->open[--t->n_open];
            t->of[member] = t->n_sets;
        }
        t->n_sets++;
    }
    if (t->n_path > 0) {
        const int32_t above = t->path[t->n_path - 1];
        t->low[above] = t->low[v] < t->low[above] ? t->low[v] : t->low[above];
    }
}

static void follow(tarjan *t, int32_t root)
{
    enter(t, root);
    while (t->n_path > 0) {
        const int32_t v = t->path[t->n_path - 1];
        if (t->next[v] == t->arcs->offset[v + 1]) {
            leave(t, v);
            continue;
        }
        const int32_t w = t->arcs->target[t->next[v]++];
        if (t->found[w] == 0) {
            enter(t, w);
        } else if (t->of[w] < 0 && t->found[w] < t->low[v]) {
            t->low[v] = t->found[w];
        }
    }
}

mlg_status mlg_strong_components(const mlg_csr *arcs, int32_t *of, int32_t *n_sets, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) arcs->n;
    tarjan t = {.arcs = arcs, .of = of};

    t.found = mlg_zalloc(n, sizeof *t.found);
    t.low = mlg_zalloc(n, sizeof *t.low);
    t.next = mlg_alloc(n, sizeof *t.next);
    t.open = mlg_alloc(n, sizeof *t.open);
    t.path = mlg_alloc(n, sizeof *t.path);
    TRY_ALLOC(err, t.found);
    TRY_ALLOC(err, t.low);
    TRY_ALLOC(err, t.next);
    TRY_ALLOC(err, t.open);
    TRY_ALLOC(err, t.path);
    for (size_t v = 0; v < n; v++) {
        of[v] = -1;
    }
    for (int32_t v = 0; v < arcs->n; v++) {
        if (t.found[v] == 0) {
            follow(&t, v);
        }
    }
    *n_sets = t.n_sets;
out:
    mlg_free(t.found);
    mlg_free(t.low);
    mlg_free(t.next);
    mlg_free(t.open);
    mlg_free(t.path);
    return status;
}

/* ---- sets as bits ---------------------------------------------------------------------- */

/* Sets 0..n-1 in which arcs lead to lower numbers. Row i of `below` has the sets that i leads to,
 * of `above` those that lead to i, itself in both. */
typedef struct sets {
    int32_t n;
    size_t words;            /* of a row */
    int32_t *of;             /* [actors] -1: alone in its component */
    double *size;            /* [n] actors */
    int32_t *component;      /* [n] */
    uint64_t *below, *above; /* [n * words] */
} sets;

static void sets_free(sets *s)
{
    mlg_free(s->of);
    mlg_free(s->size);
    mlg_free(s->component);
    mlg_free(s->below);
    mlg_free(s->above);
}

static bool has_bit(const uint64_t *row, int32_t i)
{
    return (row[i / 64] >> (i % 64) & 1u) != 0;
}

static void set_bit(uint64_t *row, int32_t i)
{
    row[i / 64] |= (uint64_t) 1 << (i % 64);
}

static uint64_t *row_of(uint64_t *bits, const sets *s, int32_t i)
{
    return bits + (size_t) i * s->words;
}

static void join(uint64_t *row, const uint64_t *other, size_t words)
{
    for (size_t w = 0; w < words; w++) {
        row[w] |= other[w];
    }
}

/* Numbers again the sets whose component has two actors and more. */
static mlg_status keep_joined(const mlg_csr *arcs, const mlg_components *components, sets *s,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t all = 0;
    int32_t *place = NULL;

    TRY(mlg_strong_components(arcs, s->of, &all, err));
    place = mlg_alloc((size_t) all, sizeof *place);
    TRY_ALLOC(err, place);
    for (int32_t i = 0; i < all; i++) {
        place[i] = -1;
    }
    for (int32_t v = 0; v < arcs->n; v++) {
        if (components->size[components->of[v]] > 1) {
            place[s->of[v]] = 0;
        }
    }
    for (int32_t i = 0; i < all; i++) {
        place[i] = place[i] == 0 ? s->n++ : -1;
    }
    for (int32_t v = 0; v < arcs->n; v++) {
        s->of[v] = place[s->of[v]];
    }
out:
    mlg_free(place);
    return status;
}

/* Arcs lead to lower numbers: below fills upwards, above downwards. */
static void close_rows(const mlg_csr *arcs, sets *s, int32_t *order, uint32_t *first)
{
    for (int32_t v = 0; v < arcs->n; v++) {
        if (s->of[v] >= 0) {
            order[first[s->of[v]]++] = v; /* afterwards first[i] is where set i ends */
        }
    }
    for (int32_t i = 0; i < s->n; i++) {
        set_bit(row_of(s->below, s, i), i);
        for (uint32_t k = i > 0 ? first[i - 1] : 0; k < first[i]; k++) {
            for (uint32_t e = arcs->offset[order[k]]; e < arcs->offset[order[k] + 1]; e++) {
                const int32_t to = s->of[arcs->target[e]];
                if (!has_bit(row_of(s->below, s, i), to)) {
                    join(row_of(s->below, s, i), row_of(s->below, s, to), s->words);
                }
            }
        }
    }
    for (int32_t i = 0; i < s->n; i++) {
        for (int32_t j = 0; j <= i; j++) {
            if (has_bit(row_of(s->below, s, i), j)) {
                set_bit(row_of(s->above, s, j), i);
            }
        }
    }
}

static mlg_status sets_room(sets *s, mlg_error *err)
{
    mlg_status status = MLG_OK;

    s->words = ((size_t) s->n + 63) / 64;
    s->size = mlg_zalloc((size_t) s->n, sizeof *s->size);
    s->component = mlg_alloc((size_t) s->n, sizeof *s->component);
    s->below = mlg_zalloc((size_t) s->n * s->words, sizeof *s->below);
    s->above = mlg_zalloc((size_t) s->n * s->words, sizeof *s->above);
    TRY_ALLOC(err, s->size);
    TRY_ALLOC(err, s->component);
    TRY_ALLOC(err, s->below);
    TRY_ALLOC(err, s->above);
out:
    return status;
}

/* Size and component of each set, and where its actors begin when sets follow each other. */
static void count_members(const mlg_components *components, int32_t n, sets *s, uint32_t *first)
{
    for (int32_t v = 0; v < n; v++) {
        if (s->of[v] >= 0) {
            s->size[s->of[v]]++;
            s->component[s->of[v]] = components->of[v];
            first[s->of[v] + 1]++;
        }
    }
    for (int32_t i = 0; i < s->n; i++) {
        first[i + 1] += first[i];
    }
}

static mlg_status make_sets(const mlg_csr *arcs, const mlg_components *components, bool force,
                            sets *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *order = NULL;
    uint32_t *first = NULL;

    s->of = mlg_alloc((size_t) arcs->n, sizeof *s->of);
    TRY_ALLOC(err, s->of);
    TRY(keep_joined(arcs, components, s, err));
    if (s->n > MLG_MOST_STRONG && !force) {
        FAIL(err, MLG_ESIZE, "hierarchy: %d sets of actors", s->n);
    }
    TRY(sets_room(s, err));
    order = mlg_alloc((size_t) arcs->n, sizeof *order);
    first = mlg_zalloc((size_t) s->n + 1, sizeof *first);
    TRY_ALLOC(err, order);
    TRY_ALLOC(err, first);
    count_members(components, arcs->n, s, first);
    close_rows(arcs, s, order, first);
out:
    mlg_free(order);
    mlg_free(first);
    return status;
}

/* ---- pairs ----------------------------------------------------------------------------- */

/* The sets above both i and j. The lowest number among them is the least upper bound if all others
 * lead to it; the highest is what sna asks for if it leads to all others. */
static void count_bounds(const sets *s, int32_t i, int32_t j, uint64_t *both, mlg_superiors *out)
{
    const uint64_t *a = row_of(s->above, s, i), *b = row_of(s->above, s, j);
    const double pairs = s->size[i] * s->size[j];
    int32_t lowest = -1, highest = -1;
    bool least = true, foremost = true;

    for (size_t w = 0; w < s->words; w++) {
        both[w] = a[w] & b[w];
        if (both[w] != 0) {
            lowest = lowest < 0 ? (int32_t) (w * 64) + __builtin_ctzll(both[w]) : lowest;
            highest = (int32_t) (w * 64) + 63 - __builtin_clzll(both[w]);
        }
    }
    for (size_t w = 0; lowest >= 0 && w < s->words; w++) {
        least = least && (both[w] & ~row_of(s->above, s, lowest)[w]) == 0;
        foremost = foremost && (both[w] & ~row_of(s->below, s, highest)[w]) == 0;
    }
    out->without_least += lowest < 0 || !least ? pairs : 0.0;
    out->without_foremost += lowest < 0 || !foremost ? pairs : 0.0;
}

static mlg_status count_pairs(const sets *s, mlg_superiors *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint64_t *both = mlg_alloc(s->words, sizeof *both);

    TRY_ALLOC(err, both);
    for (int32_t i = 0; i < s->n; i++) {
        out->mutual += s->size[i] * (s->size[i] - 1.0) / 2.0;
        if (s->size[i] > 1.0) { /* two of one set have the bounds of the set */
            mlg_superiors own = {0};
            count_bounds(s, i, i, both, &own);
            const double pairs = (s->size[i] - 1.0) / (2.0 * s->size[i]);
            out->without_least += own.without_least * pairs;
            out->without_foremost += own.without_foremost * pairs;
        }
        for (int32_t j = 0; j < i; j++) {
            if (s->component[i] == s->component[j]) {
                out->one_way += has_bit(row_of(s->below, s, i), j) ? s->size[i] * s->size[j] : 0.0;
                count_bounds(s, i, j, both, out);
            }
        }
    }
out:
    mlg_free(both);
    return status;
}

mlg_status mlg_superiors_of(const mlg_csr *arcs, const mlg_components *components, bool force,
                            mlg_superiors *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    sets s = {0};

    *out = (mlg_superiors){0};
    for (int32_t c = 0; c < components->n; c++) {
        out->pairs += (components->size[c] - 1.0) * (components->size[c] - 2.0) / 2.0;
    }
    TRY(make_sets(arcs, components, force, &s, err));
    TRY(count_pairs(&s, out, err));
out:
    sets_free(&s);
    return status;
}
