/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/replicate.h"
#include "measure/percolation.h"
#include "measure/percolation_deal.h"

/* Many random orders at once, a byte each, and all their states in that byte: in how many of the
 * states a row is there (the first ones: who left does not come back), and in how many it is
 * connected to an actor that never leaves. The second is, of the paths to that actor, the most of
 * the least of the first along the path: one pass over the ties settles nearly every row, for 64
 * orders and all states. Where the actor's set has more than half of those left it is the largest;
 * the few orders where it has not are played alone. */

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#define X86 /* registers of 128 bits; whether there are wider ones is asked when it runs */
#endif

enum { LANES = 64, BLOCK = 16, MOST_STATES = UINT8_MAX };

/* A byte of each order. */
typedef struct line {
    _Alignas(LANES) uint8_t at[LANES];
} line;

typedef struct input {
    const mlg_percolation *on;
    uint64_t seed;
    const char *stream, *view;
    const int32_t *at;
    int32_t n_at;   /* at most MOST_STATES */
    int32_t stride; /* of `giant`, from a draw to the next */
    int32_t *seeds; /* [n] rows, the best seeds first */
    int32_t *giant;
} input;

typedef struct scratch {
    void *block;
    line *stays;             /* [rows + BLOCK] in how many states it is there */
    line *reached;           /* [rows] in how many of them the seed reaches it */
    int32_t *open;           /* [rows] those that the seed misses in some order */
    int32_t *order;          /* [n] the order being dealt, as rows */
    uint16_t *first, *dealt; /* [n] the same where rows have 16 bits; NULL: they do not */
    uint64_t *word;          /* [MLG_DEAL_STREAMS * words] what their streams say */
    int32_t words;
    int32_t (*missed)[MOST_STATES + 1]; /* [LANES] actors there and not reached, by state */
    uint8_t *state; /* [last state] after how many states who leaves there is gone */
    uint8_t *mine;  /* [BLOCK * stride] `stays` of a few orders, one after the other */
    size_t stride;  /* n, up to whole blocks */
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
        mlg_free(s->dealt);
        mlg_free(s->word);
        mlg_free(s->missed);
        mlg_free(s->state);
        mlg_free(s->mine);
        mlg_free(s->giant);
        mlg_percolator_close(s->alone);
        mlg_free(s);
    }
}

/* A word of a stream gives four departures where it can; the last of them too. */
static bool words_made(scratch *s, const input *in)
{
    const int32_t n = in->on->n, last = in->at[in->n_at - 1], words = (last + 3) / 4;

    if (n > MLG_DEAL_FOUR || 4 * words > n) {
        return true;
    }
    s->words = words;
    s->word = mlg_alloc(MLG_DEAL_STREAMS * (size_t) words, sizeof *s->word);
    s->dealt = mlg_alloc((size_t) n, sizeof *s->dealt);
    s->first = mlg_alloc((size_t) n, sizeof *s->first);
    for (int32_t v = 0; v < n && s->first != NULL; v++) {
        s->first[v] = (uint16_t) in->on->row_of[v];
    }
    return s->word != NULL && s->dealt != NULL && s->first != NULL;
}

static bool scratch_made(scratch *s, const input *in)
{
    const size_t rows = (size_t) in->on->rows, last = (size_t) in->at[in->n_at - 1];

    s->stride = ((size_t) in->on->n + BLOCK - 1) / BLOCK * BLOCK;
    s->block = mlg_alloc(2 * rows + BLOCK + 1, sizeof(line));
    s->open = mlg_alloc(rows, sizeof *s->open);
    s->order = mlg_alloc((size_t) in->on->n, sizeof *s->order);
    s->missed = mlg_alloc(LANES, sizeof *s->missed);
    s->state = mlg_alloc(last, sizeof *s->state);
    s->mine = mlg_alloc(BLOCK, s->stride);
    s->giant = mlg_alloc(last + 1, sizeof *s->giant);
    s->alone = mlg_percolator_open(in->on);
    return s->block != NULL && s->open != NULL && s->order != NULL && s->missed != NULL &&
           s->state != NULL && s->mine != NULL && s->giant != NULL && s->alone != NULL &&
           words_made(s, in);
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s == NULL || !scratch_made(s, in)) {
        scratch_close(s);
        return NULL;
    }
    const uintptr_t start = (uintptr_t) s->block;
    s->reached = (line *) (void *) ((char *) s->block + (LANES - start % LANES) % LANES);
    s->stays = s->reached + in->on->rows;
    memset(s->stays, in->n_at, (size_t) in->on->rows * sizeof *s->stays); /* activities do */
    for (int32_t c = 0, q = 0; c < in->n_at; c++) {
        for (; q < in->at[c]; q++) {
            s->state[q] = (uint8_t) c;
        }
    }
    return s;
}

/* ---- the orders -------------------------------------------------------------------------- */

static mlg_random stream_of(const input *in, uint64_t replicate)
{
    return mlg_random_stream(in->seed, in->stream, in->view, replicate);
}

/* The rows that leave, in s->order. */
static void deal(const input *in, scratch *s, uint64_t replicate)
{
    mlg_random draw = stream_of(in, replicate);

    memcpy(s->order, in->on->row_of, (size_t) in->on->n * sizeof *s->order);
    mlg_percolation_shuffle(&draw, s->order, in->on->n, in->at[in->n_at - 1]);
}

/* In how many states each row is there. */
static void tell(const input *in, scratch *s, uint64_t replicate, uint8_t *mine)
{
    const int32_t last = in->at[in->n_at - 1];

    memset(mine, in->n_at, s->stride);
    deal(in, s, replicate);
    for (int32_t q = 0; q < last; q++) {
        mine[s->order[q]] = s->state[q];
    }
}

/* Position q is dealt; who was there may still be dealt to another. */
static inline void tell_one(uint16_t *dealt, int32_t q, uint64_t number, uint8_t state,
                            uint8_t *mine)
{
    const int32_t j = q + (int32_t) (number & UINT16_MAX);
    mine[dealt[j]] = state;
    dealt[j] = dealt[q];
}

/* The same orders as deal(), from what their stream says. */
static void tell_words(const input *in, const scratch *s, const uint64_t *word, uint8_t *mine)
{
    const int32_t last = in->at[in->n_at - 1];
    uint16_t *dealt = s->dealt;
    const uint8_t *state = s->state;
    int32_t q = 0;

    memset(mine, in->n_at, s->stride);
    memcpy(dealt, s->first, (size_t) in->on->n * sizeof *dealt);
    for (; q + 4 <= last; q += 4, word++) {
        tell_one(dealt, q, *word, state[q], mine);
        tell_one(dealt, q + 1, *word >> 16, state[q + 1], mine);
        tell_one(dealt, q + 2, *word >> 32, state[q + 2], mine);
        tell_one(dealt, q + 3, *word >> 48, state[q + 3], mine);
    }
    for (uint64_t left = q < last ? *word : 0; q < last; q++, left >>= 16) {
        tell_one(dealt, q, left, state[q], mine);
    }
}

/* BLOCK orders of which n count; the others are without departures. */
static void tell_block(const input *in, scratch *s, uint64_t from, uint32_t n)
{
    mlg_random stream[MLG_DEAL_STREAMS];

    for (uint32_t i = 0; i < BLOCK; i++) {
        uint8_t *mine = s->mine + i * s->stride;
        if (i >= n) {
            memset(mine, in->n_at, s->stride);
        } else if (s->first == NULL) {
            tell(in, s, from + i, mine);
        } else {
            for (uint32_t k = 0; k < MLG_DEAL_STREAMS && i % MLG_DEAL_STREAMS == 0; k++) {
                stream[k] = stream_of(in, from + i + k);
            }
            if (i % MLG_DEAL_STREAMS == 0) {
                mlg_deal_words(stream, in->on->n, s->words, s->word);
            }
            tell_words(in, s, s->word + i % MLG_DEAL_STREAMS * (size_t) s->words, mine);
        }
    }
}

#ifdef X86
/* Byte by byte, two of a block's lines that are eight apart; four times over, the block is turned.
 * Written out: a loop would keep the lines in memory. */
#define ZIP(zipped, i, one, other)                                                                 \
    zipped[2 * (i)] = _mm_unpacklo_epi8(one, other);                                               \
    zipped[2 * (i) + 1] = _mm_unpackhi_epi8(one, other)
#define EIGHT(each) each(0) each(1) each(2) each(3) each(4) each(5) each(6) each(7)
#define LOAD(i)     _mm_loadu_si128((const __m128i *) (const void *) (from + (size_t) (i) *stride))
#define STORE(i, x) _mm_storeu_si128((__m128i *) (void *) (to + (size_t) (i) *LANES), x)
#define FIRST(i)    ZIP(a, i, LOAD(i), LOAD((i) + 8));
#define SECOND(i)   ZIP(b, i, a[i], a[(i) + 8]);
#define THIRD(i)    ZIP(a, i, b[i], b[(i) + 8]);
#define LAST(i)                                                                                    \
    STORE(2 * (i), _mm_unpacklo_epi8(a[i], a[(i) + 8]));                                           \
    STORE(2 * (i) + 1, _mm_unpackhi_epi8(a[i], a[(i) + 8]));
#endif

/* BLOCK rows of BLOCK orders, each after the other in `from`, side by side in `to`. */
static inline void turn(const uint8_t *from, size_t stride, uint8_t *to)
{
#ifdef X86
    __m128i a[BLOCK], b[BLOCK];
    EIGHT(FIRST)
    EIGHT(SECOND)
    EIGHT(THIRD)
    EIGHT(LAST)
#else
    for (int i = 0; i < BLOCK; i++) {
        for (int lane = 0; lane < BLOCK; lane++) {
            to[i * LANES + lane] = from[(size_t) lane * stride + (size_t) i];
        }
    }
#endif
}

static void deal_all(const input *in, scratch *s, uint64_t from, uint32_t n_lanes)
{
    memset(s->reached, 0, (size_t) in->on->rows * sizeof *s->reached);
    for (uint32_t first = 0; first < LANES; first += BLOCK) {
        tell_block(in, s, from + first, n_lanes > first ? n_lanes - first : 0);
        for (size_t row = 0; row < s->stride; row += BLOCK) {
            turn(s->mine + row, s->stride, s->stays[row].at + first);
        }
    }
}

/* Each order's seed: the best of those that never leave in it. */
static void plant(const input *in, scratch *s)
{
    uint64_t without = UINT64_MAX;

    for (int32_t k = 0; k < in->on->n && without != 0; k++) {
        const int32_t row = in->seeds[k];
        for (uint64_t left = without; left != 0; left &= left - 1) {
            const int lane = __builtin_ctzll(left);
            if (s->stays[row].at[lane] == in->n_at) {
                s->reached[row].at[lane] = (uint8_t) in->n_at;
                without &= ~((uint64_t) 1 << lane);
            }
        }
    }
}

/* ---- what the seeds reach ---------------------------------------------------------------- */

static void reverse(int32_t *list, int32_t n)
{
    for (int32_t k = 0; k < n / 2; k++) {
        const int32_t swapped = list[k];
        list[k] = list[n - 1 - k];
        list[n - 1 - k] = swapped;
    }
}

#ifdef X86
typedef struct four {
    __m128i a, b, c, d;
} four;

static inline four larger(four x, four y)
{
    return (four){_mm_max_epu8(x.a, y.a), _mm_max_epu8(x.b, y.b), _mm_max_epu8(x.c, y.c),
                  _mm_max_epu8(x.d, y.d)};
}

static inline four smaller(four x, four y)
{
    return (four){_mm_min_epu8(x.a, y.a), _mm_min_epu8(x.b, y.b), _mm_min_epu8(x.c, y.c),
                  _mm_min_epu8(x.d, y.d)};
}

/* Whether a byte of x is below that of y. */
static inline bool falls_short(four x, four y)
{
    const __m128i a = _mm_or_si128(_mm_subs_epu8(y.a, x.a), _mm_subs_epu8(y.b, x.b));
    const __m128i b = _mm_or_si128(_mm_subs_epu8(y.c, x.c), _mm_subs_epu8(y.d, x.d));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_or_si128(a, b), _mm_setzero_si128())) != 0xffff;
}
#else
typedef struct four {
    uint8_t at[LANES];
} four;

static inline four larger(four x, four y)
{
    for (int i = 0; i < LANES; i++) {
        x.at[i] = x.at[i] < y.at[i] ? y.at[i] : x.at[i];
    }
    return x;
}

static inline four smaller(four x, four y)
{
    for (int i = 0; i < LANES; i++) {
        x.at[i] = x.at[i] < y.at[i] ? x.at[i] : y.at[i];
    }
    return x;
}

static inline bool falls_short(four x, four y)
{
    int below = 0;
    for (int i = 0; i < LANES; i++) {
        below |= x.at[i] < y.at[i];
    }
    return below != 0;
}
#endif

#define SPREAD     spread_any
#define SPREAD_ROW row_any
#define SPREAD_TARGET
#define LINE             four
#define LINE_MAX(a, b)   larger(a, b)
#define LINE_MIN(a, b)   smaller(a, b)
#define LINE_SHORT(a, b) falls_short(a, b)
#include "measure/percolation_spread.h"

#ifdef X86
#define SPREAD           spread_512
#define SPREAD_ROW       row_512
#define SPREAD_TARGET    __attribute__((target("avx512bw")))
#define LINE             __m512i
#define LINE_MAX(a, b)   _mm512_max_epu8(a, b)
#define LINE_MIN(a, b)   _mm512_min_epu8(a, b)
#define LINE_SHORT(a, b) (_mm512_cmplt_epu8_mask(a, b) != 0)
#include "measure/percolation_spread.h"
#endif

static int32_t spread(const mlg_percolation *on, scratch *s)
{
#ifdef X86
    if (__builtin_cpu_supports("avx512bw")) {
        return spread_512(on, s->stays, s->reached, s->open);
    }
#endif
    return spread_any(on, s->stays, s->reached, s->open);
}

/* ---- a batch ----------------------------------------------------------------------------- */

/* Of the rows left open: in state c an actor is missed that is there in more than c states and
 * reached in no more than c. */
static void count_missed(const input *in, scratch *s, int32_t n_open)
{
    memset(s->missed, 0, LANES * sizeof *s->missed);
    for (int32_t k = 0; k < n_open; k++) {
        const int32_t row = s->open[k];
        for (int lane = 0; lane < LANES && row < in->on->n; lane++) {
            s->missed[lane][s->reached[row].at[lane]]++;
            s->missed[lane][s->stays[row].at[lane]]--;
        }
    }
}

/* One order alone, where its seed is not in the largest set. */
static void play_alone(const input *in, scratch *s, uint64_t replicate, int32_t *giant)
{
    const int32_t last = in->at[in->n_at - 1];

    deal(in, s, replicate);
    for (int32_t q = 0; q < last; q++) {
        s->order[q] = in->on->actor_of[s->order[q]];
    }
    mlg_percolate(s->alone, s->order, last, &(mlg_percolated){.giant = s->giant});
    for (int32_t c = 0; c < in->n_at; c++) {
        giant[c] = s->giant[in->at[c]];
    }
}

/* The largest set of each state of an order; false: its seed is not in it, or it may not be. */
static bool largest(const input *in, const scratch *s, uint32_t lane, int32_t *giant)
{
    int32_t missed = 0;
    bool sure = true;

    for (int32_t c = 0; c < in->n_at; c++) {
        const int32_t left = in->on->n - in->at[c];
        missed += s->missed[lane][c];
        giant[c] = left - missed;
        sure = sure && 2 * (int64_t) giant[c] > left;
    }
    return sure;
}

static mlg_status work(const void *given, void *made, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = made;
    const uint32_t n_lanes = (uint32_t) (to - from);

    (void) slots;
    deal_all(in, s, from, n_lanes);
    plant(in, s);
    count_missed(in, s, spread(in->on, s));
    for (uint32_t lane = 0; lane < n_lanes; lane++) {
        int32_t *giant = in->giant + (from + lane) * (size_t) in->stride;
        if (!largest(in, s, lane, giant)) {
            play_alone(in, s, from + lane, giant);
        }
    }
    return MLG_OK;
}

/* ---- seeds ------------------------------------------------------------------------------- */

/* Ranks rows by in how many of the first orders they are not in the largest set to the end, fewest
 * first, and then from the busiest. Orders whose seed is cut off say nothing. Orders in which a row
 * leaves do not count where none is cut off, or `again`; answers whether so. */
static bool rank_seeds(input *in, scratch *s, bool again)
{
    const int32_t n = in->on->n;
    int32_t giant[MOST_STATES], start[LANES + 1] = {0}, n_sure = 0;
    int32_t *out = s->open;
    bool sure[LANES];

    deal_all(in, s, 0, LANES);
    plant(in, s);
    count_missed(in, s, spread(in->on, s));
    for (uint32_t lane = 0; lane < LANES; lane++) {
        sure[lane] = largest(in, s, lane, giant);
        n_sure += sure[lane] ? 1 : 0;
    }
    const bool stayers = again || n_sure == LANES;
    for (int32_t row = 0; row < n; row++) {
        out[row] = 0;
        for (int lane = 0; lane < LANES; lane++) {
            const bool counts = sure[lane] && (!stayers || s->stays[row].at[lane] == in->n_at);
            out[row] += counts && s->reached[row].at[lane] < in->n_at ? 1 : 0;
        }
        for (int32_t k = out[row] + 1; k <= LANES; k++) {
            start[k]++;
        }
    }
    for (int32_t row = 0; row < n; row++) {
        in->seeds[start[out[row]]++] = row;
    }
    return stayers;
}

/* A seed that is cut off costs an order played alone, and a busy actor may be behind a single
 * bridge. The orders in which it is not flatter it and those near it: rows are ranked by who stays
 * in them only once the seeds are others. */
static mlg_status find_seeds(input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;
    scratch *s = scratch_open(in);

    TRY_ALLOC(err, s);
    for (int32_t row = 0; row < in->on->n; row++) {
        in->seeds[row] = row;
    }
    if (!rank_seeds(in, s, false)) {
        (void) rank_seeds(in, s, true);
    }
out:
    scratch_close(s);
    return status;
}

mlg_status mlg_percolate_states(const mlg_percolation *on, const mlg_run *run, const char *stream,
                                const char *view, uint32_t draws, const int32_t *at, int32_t n_at,
                                int32_t *giant, mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {.on = on, .seed = run->seed, .stream = stream, .view = view, .stride = n_at};
    const mlg_replicates job = {.what = stream,
                                .view = view,
                                .last = draws,
                                .batch = LANES,
                                .scratch = scratch_open,
                                .scratch_free = scratch_close,
                                .work = work,
                                .input = &in};

    in.seeds = mlg_alloc((size_t) on->n, sizeof *in.seeds);
    TRY_ALLOC(err, in.seeds);
    for (int32_t first = 0; first < n_at; first += MOST_STATES) {
        in.at = at + first;
        in.n_at = n_at - first < MOST_STATES ? n_at - first : MOST_STATES;
        in.giant = giant + first;
        TRY(find_seeds(&in, err));
        TRY(mlg_replicates_run(&job, run, err));
    }
out:
    mlg_free(in.seeds);
    return status;
}
