/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/rewire.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/replicate.h"

enum {
    BITS_UP_TO = 4096, /* actors whose table of pairs fits a cache: 2 MB */
    AT_ONCE = 32,      /* steps whose random words are drawn together */
    AHEAD = 4,         /* steps between asking for memory and using it */
    TURNS = 7,         /* of the random word: none set, one step in eight */
};

/* ---- which pairs are tied ----------------------------------------------------- */

/* Of a tie the smaller end comes first, found without a branch that would be guessed wrong. */
static inline uint64_t key_of(const mlg_rewire *r, uint32_t a, uint32_t b)
{
    const uint32_t turn = -(uint32_t) (!r->directed && a > b) & (a ^ b);
    return (uint64_t) (a ^ turn) * r->n + (b ^ turn);
}

/* Where a key is looked for first. */
static inline size_t home_of(const mlg_rewire *r, uint64_t stored)
{
    return (size_t) (stored * UINT64_C(0x9e3779b97f4a7c15) >> r->shift);
}

static inline bool is_tied(const mlg_rewire *r, uint64_t key)
{
    if (r->bit != NULL) {
        return (r->bit[key >> 6] >> (key & 63) & 1u) != 0;
    }
    const size_t mask = ((size_t) 1 << (64 - r->shift)) - 1;
    size_t at = home_of(r, key + 1);
    while (r->slot[at] != 0 && r->slot[at] != key + 1) {
        at = (at + 1) & mask;
    }
    return r->slot[at] != 0;
}

static inline void put(mlg_rewire *r, uint64_t key)
{
    if (r->bit != NULL) {
        r->bit[key >> 6] |= UINT64_C(1) << (key & 63);
        return;
    }
    const size_t mask = ((size_t) 1 << (64 - r->shift)) - 1;
    size_t at = home_of(r, key + 1);
    while (r->slot[at] != 0) {
        at = (at + 1) & mask;
    }
    r->slot[at] = key + 1;
}

/* The keys after the hole that could no longer be found move up into it. */
static inline void take(mlg_rewire *r, uint64_t key)
{
    if (r->bit != NULL) {
        r->bit[key >> 6] &= ~(UINT64_C(1) << (key & 63));
        return;
    }
    const size_t mask = ((size_t) 1 << (64 - r->shift)) - 1;
    size_t hole = home_of(r, key + 1);
    while (r->slot[hole] != key + 1) {
        hole = (hole + 1) & mask;
    }
    for (size_t at = (hole + 1) & mask; r->slot[at] != 0; at = (at + 1) & mask) {
        if (((at - home_of(r, r->slot[at])) & mask) >= ((at - hole) & mask)) {
            r->slot[hole] = r->slot[at];
            hole = at;
        }
    }
    r->slot[hole] = 0;
}

/* ---- the graph ----------------------------------------------------------------- */

static mlg_status open_pairs(mlg_rewire *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = out->n;

    if (n <= BITS_UP_TO) {
        out->bit = mlg_zalloc((n * n + 63) / 64, sizeof *out->bit);
        TRY_ALLOC(err, out->bit);
    } else {
        for (out->shift = 60; (UINT64_C(1) << (64 - out->shift)) < 4 * (uint64_t) out->m;) {
            out->shift--;
        }
        out->slot = mlg_zalloc((size_t) 1 << (64 - out->shift), sizeof *out->slot);
        TRY_ALLOC(err, out->slot);
    }
out:
    return status;
}

/* Arcs by their source, else as they come. */
static mlg_status sort_in(const mlg_pair *pair, mlg_rewire *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t *next = NULL;

    if (!out->directed) {
        if (out->m > 0) {
            memcpy(out->tie, pair, out->m * sizeof *pair);
        }
        return MLG_OK;
    }
    out->offset = mlg_zalloc((size_t) out->n + 1, sizeof *out->offset);
    TRY_ALLOC(err, out->offset);
    for (uint32_t i = 0; i < out->m; i++) {
        out->offset[pair[i].a + 1]++;
    }
    for (uint32_t v = 0; v < out->n; v++) {
        out->offset[v + 1] += out->offset[v];
    }
    next = mlg_copy(out->offset, (size_t) out->n + 1, sizeof *next);
    TRY_ALLOC(err, next);
    for (uint32_t i = 0; i < out->m; i++) {
        out->tie[next[pair[i].a]++] = pair[i];
    }
out:
    mlg_free(next);
    return status;
}

mlg_status mlg_rewire_open(const mlg_pair *pair, size_t m, int32_t n, bool directed,
                           mlg_rewire *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_rewire){.directed = directed, .n = (uint32_t) n, .m = (uint32_t) m};
    if (m > UINT32_MAX / 2) {
        FAIL(err, MLG_ESIZE, "more ties than can be rewired: %zu", m);
    }
    out->tie = mlg_alloc(m, sizeof *out->tie);
    TRY_ALLOC(err, out->tie);
    TRY(sort_in(pair, out, err));
    TRY(open_pairs(out, err));
    for (uint32_t i = 0; i < out->m; i++) {
        put(out, key_of(out, out->tie[i].a, out->tie[i].b));
    }
out:
    if (status != MLG_OK) {
        mlg_rewire_close(out);
    }
    return status;
}

void mlg_rewire_close(mlg_rewire *rewire)
{
    mlg_free(rewire->tie);
    mlg_free(rewire->offset);
    mlg_free(rewire->bit);
    mlg_free(rewire->slot);
    *rewire = (mlg_rewire){0};
}

void mlg_rewire_set(mlg_rewire *r, const mlg_pair *tie)
{
    if (r->bit == NULL) {
        memset(r->slot, 0, sizeof *r->slot << (64 - r->shift));
    }
    for (uint32_t i = 0; r->bit != NULL && i < r->m; i++) {
        take(r, key_of(r, r->tie[i].a, r->tie[i].b));
    }
    for (uint32_t i = 0; i < r->m; i++) {
        r->tie[i] = tie[i];
        put(r, key_of(r, tie[i].a, tie[i].b));
    }
}

/* ---- steps ---------------------------------------------------------------------- */

/* 0..n - 1 from 32 random bits. The last bits of the odds differ between places of the list,
 * but a step and its reverse look at the same places: it changes no probability. */
static inline uint32_t place_in(uint64_t bits, uint32_t n)
{
    return (uint32_t) ((bits & UINT32_MAX) * n >> 32);
}

/* Ties i and j become `x` and `y`, unless one is a loop or is there already. */
static inline void exchange(mlg_rewire *r, uint32_t i, uint32_t j, mlg_pair x, mlg_pair y)
{
    const mlg_pair old_i = r->tie[i], old_j = r->tie[j];
    if (x.a == x.b || y.a == y.b) {
        return;
    }
    const uint64_t key_x = key_of(r, x.a, x.b), key_y = key_of(r, y.a, y.b);
    if (is_tied(r, key_x) || is_tied(r, key_y)) {
        return;
    }
    take(r, key_of(r, old_i.a, old_i.b));
    take(r, key_of(r, old_j.a, old_j.b));
    put(r, key_x);
    put(r, key_y);
    r->tie[i] = x;
    r->tie[j] = y;
}

/* a -> b -> c -> a becomes a -> c -> b -> a, when none of its arcs has its reverse. The ring is
 * guessed arc after arc among the actors' own, whose numbers never change: the way back is
 * as likely. */
static void turn_ring(mlg_rewire *r, uint32_t i, uint64_t word)
{
    const uint32_t a = r->tie[i].a, b = r->tie[i].b;
    const uint32_t out_b = r->offset[b + 1] - r->offset[b];
    if (out_b == 0) {
        return;
    }
    const uint32_t j = r->offset[b] + place_in(word >> 32, out_b), c = r->tie[j].b;
    const uint32_t out_c = r->offset[c + 1] - r->offset[c];
    if (c == a || out_c == 0) {
        return;
    }
    const uint32_t k = r->offset[c] + place_in(word, out_c);
    if (r->tie[k].b != a || is_tied(r, key_of(r, a, c)) || is_tied(r, key_of(r, c, b)) ||
        is_tied(r, key_of(r, b, a))) {
        return;
    }
    take(r, key_of(r, a, b));
    take(r, key_of(r, b, c));
    take(r, key_of(r, c, a));
    r->tie[i].b = c;
    r->tie[j].b = a;
    r->tie[k].b = b;
    put(r, key_of(r, a, c));
    put(r, key_of(r, b, a));
    put(r, key_of(r, c, b));
}

/* One step's two ties, and what they would become. */
typedef struct offer {
    uint32_t i, j;
    mlg_pair x, y;
} offer;

/* Ends to exchange: of two ties, a - b and c - d, either the second ends or the inner ones. */
static inline offer offer_of(const mlg_rewire *r, uint64_t word)
{
    const uint32_t i = place_in(word >> 32, r->m), j = place_in(word, r->m);
    const mlg_pair p = r->tie[i], q = r->tie[j];
    const uint32_t inner = -(uint32_t) (word & !r->directed);
    return (offer){i,
                   j,
                   {p.a, q.b ^ ((q.a ^ q.b) & inner)},
                   {q.a ^ ((p.b ^ q.a) & inner), p.b ^ ((q.b ^ p.b) & inner)}};
}

/* Asks the memory early for what a step will look at; what it finds may change meanwhile. */
static inline void look_ahead(const mlg_rewire *r, uint64_t word)
{
    const offer o = offer_of(r, word);
    if (r->bit != NULL) {
        __builtin_prefetch(&r->bit[key_of(r, o.x.a, o.x.b) >> 6]);
        __builtin_prefetch(&r->bit[key_of(r, o.y.a, o.y.b) >> 6]);
    } else {
        __builtin_prefetch(&r->slot[home_of(r, key_of(r, o.x.a, o.x.b) + 1)]);
        __builtin_prefetch(&r->slot[home_of(r, key_of(r, o.y.a, o.y.b) + 1)]);
        __builtin_prefetch(&r->slot[home_of(r, key_of(r, r->tie[o.i].a, r->tie[o.i].b) + 1)]);
        __builtin_prefetch(&r->slot[home_of(r, key_of(r, r->tie[o.j].a, r->tie[o.j].b) + 1)]);
    }
}

static inline void step(mlg_rewire *r, uint64_t word, mlg_random *random)
{
    if (r->directed && (word & TURNS) == 0) {
        turn_ring(r, place_in(word >> 32, r->m), mlg_random_next(random));
    } else {
        const offer o = offer_of(r, word);
        exchange(r, o.i, o.j, o.x, o.y);
    }
}

void mlg_rewire_run(mlg_rewire *r, uint64_t steps, mlg_random *random)
{
    uint64_t word[AT_ONCE + AHEAD] = {0};

    for (uint64_t done = 0; done < steps && r->m > 0; done += AT_ONCE) {
        const uint64_t some = steps - done < AT_ONCE ? steps - done : AT_ONCE;
        for (uint64_t s = 0; s < some; s++) {
            word[s] = mlg_random_next(random);
            __builtin_prefetch(&r->tie[place_in(word[s] >> 32, r->m)]);
            __builtin_prefetch(&r->tie[place_in(word[s], r->m)]);
        }
        for (uint64_t s = 0; s < some; s++) {
            look_ahead(r, word[s + AHEAD]);
            step(r, word[s], random);
        }
    }
}

/* ---- draws ------------------------------------------------------------------------ */

typedef struct input {
    const mlg_rewire_job *job;
    uint64_t seed;
    const mlg_pair *start; /* [m] where each draw sets out from */
} input;

typedef struct scratch {
    const mlg_rewire_job *job;
    mlg_rewire rewire;
    void *own; /* the caller's */
} scratch;

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        if (s->own != NULL && s->job->scratch_free != NULL) {
            s->job->scratch_free(s->own);
        }
        mlg_rewire_close(&s->rewire);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    const mlg_rewire_job *job = in->job;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s == NULL) {
        return NULL;
    }
    s->job = job;
    s->own = job->scratch != NULL ? job->scratch(job->input) : NULL;
    if ((job->scratch != NULL && s->own == NULL) ||
        mlg_rewire_open(in->start, job->m, job->n, job->directed, &s->rewire, NULL) != MLG_OK) {
        scratch_close(s);
        return NULL;
    }
    return s;
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    const mlg_rewire_job *job = in->job;
    scratch *s = own;
    (void) slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(in->seed, job->what, job->view, d);
        mlg_rewire_set(&s->rewire, in->start);
        mlg_rewire_run(&s->rewire, job->steps, &random);
        job->count(job->input, s->own, s->rewire.tie, d);
    }
    return MLG_OK;
}

mlg_status mlg_rewire_draws(const mlg_rewire_job *job, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_rewire back = {0};
    mlg_random random = mlg_random_stream(run->seed, job->what, job->view, UINT64_MAX);
    input in = {.job = job, .seed = run->seed};
    const mlg_replicates replicates = {
        .what = job->what,
        .view = job->view,
        .last = job->draws,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = &in,
    };

    TRY(mlg_rewire_open(job->pair, job->m, job->n, job->directed, &back, err));
    mlg_rewire_run(&back, job->steps, &random);
    in.start = back.tie;
    TRY(mlg_replicates_run(&replicates, run, err));
out:
    mlg_rewire_close(&back);
    return status;
}
