/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/replicate.h"
#include "measure/percolation.h"

/* Many random orders at once, a bit each. What an actor can be reached from in 512 orders is 64
 * bytes: one pass over the ties says, for all of them, who is connected to an actor that never
 * leaves. Where that set has more than half of those left it is the largest, and as actors come
 * back it only grows. The few orders where it has not are played alone. */

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define WIDE /* a processor may have registers of 512 bits: asked when it runs */
#endif

enum { WORDS = 8, LANES = 64 * WORDS, PLANES = 32 };

typedef uint64_t lanes __attribute__((vector_size(8 * WORDS), aligned(8 * WORDS)));

typedef struct input {
    const mlg_percolation *on;
    uint64_t seed;
    const char *stream, *view;
    const int32_t *at;
    int32_t n_at;
} input;

typedef struct scratch {
    void *block;
    lanes *there;   /* [rows] in which orders it has not left */
    lanes *reached; /* [rows] in which it is connected to the order's seed */
    int32_t *open;  /* [rows] rows still to be looked at */
    int32_t *order; /* [n] the order being dealt */
    int32_t *first; /* [n] 0 .. n - 1 */
    int32_t *gone;  /* [LANES * last state] rows, as they leave */
    mlg_percolator *alone;
    int32_t *giant; /* [last state + 1] */
} scratch;

/* ---- scratch ----------------------------------------------------------------------------- */

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_free(s->block);
        mlg_free(s->open);
        mlg_free(s->order);
        mlg_free(s->first);
        mlg_free(s->gone);
        mlg_free(s->giant);
        mlg_percolator_close(s->alone);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    const size_t rows = (size_t) in->on->rows, last = (size_t) in->at[in->n_at - 1];
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s == NULL) {
        return NULL;
    }
    s->block = mlg_alloc(2 * rows + 1, sizeof(lanes));
    s->open = mlg_alloc(rows, sizeof *s->open);
    s->order = mlg_alloc((size_t) in->on->n, sizeof *s->order);
    s->first = mlg_alloc((size_t) in->on->n, sizeof *s->first);
    s->gone = mlg_alloc(LANES * last, sizeof *s->gone);
    s->giant = mlg_alloc(last + 1, sizeof *s->giant);
    s->alone = mlg_percolator_open(in->on);
    if (s->block == NULL || s->open == NULL || s->order == NULL || s->first == NULL ||
        s->gone == NULL || s->giant == NULL || s->alone == NULL) {
        scratch_close(s);
        return NULL;
    }
    const uintptr_t start = (uintptr_t) s->block;
    s->there = (lanes *) (void *) ((char *) s->block +
                                   (sizeof(lanes) - start % sizeof(lanes)) % sizeof(lanes));
    s->reached = s->there + rows;
    for (int32_t v = 0; v < in->on->n; v++) {
        s->first[v] = v;
    }
    return s;
}

/* ---- a batch ----------------------------------------------------------------------------- */

static inline bool any(const lanes *x)
{
    uint64_t all = 0;
    for (int w = 0; w < WORDS; w++) {
        all |= (*x)[w];
    }
    return all != 0;
}

/* Counts by lane, a bit of each in a plane. */
typedef struct counts {
    lanes plane[PLANES];
    int used;
} counts;

static int32_t count_of(const counts *c, uint32_t lane)
{
    uint32_t count = 0;
    for (int p = 0; p < c->used; p++) {
        count |= (uint32_t) (c->plane[p][lane / 64] >> lane % 64 & 1) << p;
    }
    return (int32_t) count;
}

/* Deals the orders; at first all of them are without their first `last` actors. */
static void deal(const input *in, scratch *s, uint64_t from, uint32_t n_lanes)
{
    const int32_t last = in->at[in->n_at - 1];

    memset(s->there, 0xff, (size_t) in->on->rows * sizeof *s->there);
    memset(s->reached, 0, (size_t) in->on->rows * sizeof *s->reached);
    for (uint32_t lane = 0; lane < n_lanes; lane++) {
        int32_t *gone = s->gone + (size_t) lane * (size_t) last;
        mlg_random draw = mlg_random_stream(in->seed, in->stream, in->view, from + lane);
        const uint64_t bit = (uint64_t) 1 << lane % 64;
        memcpy(s->order, s->first, (size_t) in->on->n * sizeof *s->order);
        mlg_percolation_shuffle(&draw, s->order, in->on->n, last);
        for (int32_t q = 0; q < last; q++) {
            gone[q] = in->on->row_of[s->order[q]];
            s->there[gone[q]][lane / 64] &= ~bit;
        }
    }
}

#define SPREAD     spread_any
#define SPREAD_ADD add_any
#define SPREAD_TARGET
#define SPREAD_ANY(x) any(&(x))
#include "measure/percolation_spread.h"
#undef SPREAD
#undef SPREAD_ADD
#undef SPREAD_TARGET
#undef SPREAD_ANY

#ifdef WIDE
#define SPREAD        spread_wide
#define SPREAD_ADD    add_wide
#define SPREAD_TARGET __attribute__((target("avx512f")))
#define SPREAD_ANY(x) (_mm512_test_epi64_mask((__m512i) (x), (__m512i) (x)) != 0)
#include "measure/percolation_spread.h"
#endif

static void spread(const input *in, scratch *s, counts *c)
{
#ifdef WIDE
    if (__builtin_cpu_supports("avx512f")) {
        spread_wide(in, s, c);
        return;
    }
#endif
    spread_any(in, s, c);
}

/* Each order's seed: of those that never leave in it, the nearest to the busiest. */
static void plant(const input *in, scratch *s, counts *c)
{
    lanes without;
    memset(&without, 0xff, sizeof without);
    for (int32_t row = 0; row < in->on->n && any(&without); row++) {
        const lanes here = s->there[row] & without;
        if (any(&here)) {
            s->reached[row] |= here;
            without &= ~here;
            add_any(c, &here);
        }
    }
}

/* Actors between two states come back. */
static void bring_back(const input *in, scratch *s, uint32_t n_lanes, int32_t from, int32_t to)
{
    const int32_t last = in->at[in->n_at - 1];
    for (uint32_t lane = 0; lane < n_lanes; lane++) {
        const int32_t *gone = s->gone + (size_t) lane * (size_t) last;
        const uint64_t bit = (uint64_t) 1 << lane % 64;
        for (int32_t q = from; q < to; q++) {
            s->there[gone[q]][lane / 64] |= bit;
        }
    }
}

/* One order alone, where its seed is not in the largest set. */
static void play_alone(const input *in, scratch *s, uint64_t replicate, int32_t *giant)
{
    const int32_t last = in->at[in->n_at - 1];
    mlg_random draw = mlg_random_stream(in->seed, in->stream, in->view, replicate);

    memcpy(s->order, s->first, (size_t) in->on->n * sizeof *s->order);
    mlg_percolation_shuffle(&draw, s->order, in->on->n, last);
    mlg_percolate(s->alone, s->order, last, &(mlg_percolated){.giant = s->giant});
    for (int32_t c = 0; c < in->n_at; c++) {
        giant[c] = s->giant[in->at[c]];
    }
}

static mlg_status work(const void *given, void *made, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = made;
    const uint32_t n_lanes = (uint32_t) (to - from);
    int32_t *giant = (int32_t *) slots + from * (size_t) in->n_at;
    bool odd[LANES] = {false};
    counts c;

    memset(&c, 0, sizeof c);
    deal(in, s, from, n_lanes);
    plant(in, s, &c);
    for (int32_t state = in->n_at; state-- > 0;) {
        spread(in, s, &c);
        for (uint32_t lane = 0; lane < n_lanes; lane++) {
            const int32_t count = count_of(&c, lane);
            giant[lane * (size_t) in->n_at + (size_t) state] = count;
            odd[lane] = odd[lane] || 2 * (int64_t) count <= in->on->n - in->at[state];
        }
        if (state > 0) {
            bring_back(in, s, n_lanes, in->at[state - 1], in->at[state]);
        }
    }
    for (uint32_t lane = 0; lane < n_lanes; lane++) {
        if (odd[lane]) {
            play_alone(in, s, from + lane, giant + lane * (size_t) in->n_at);
        }
    }
    return MLG_OK;
}

mlg_status mlg_percolate_states(const mlg_percolation *on, const mlg_run *run, const char *stream,
                                const char *view, uint32_t draws, const int32_t *at, int32_t n_at,
                                int32_t *giant, mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {
        .on = on, .seed = run->seed, .stream = stream, .view = view, .at = at, .n_at = n_at};
    const mlg_replicates job = {.what = stream,
                                .view = view,
                                .last = draws,
                                .batch = LANES,
                                .scratch = scratch_open,
                                .scratch_free = scratch_close,
                                .work = work,
                                .input = &in,
                                .slots = giant};

    TRY(mlg_replicates_run(&job, run, err));
out:
    return status;
}
