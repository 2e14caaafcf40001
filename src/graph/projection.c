/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <omp.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>

#include "base/fail.h"
#include "base/memory.h"
#include "graph/graph.h"

/* Row by row product of the two-mode adjacency with its transpose (Gustavson 1978).
 * The columns a row meets are marks in a bitmap of three levels, which gives them back in
 * ascending order: nothing is sorted. Blocks of rows are worked out by any thread; a block
 * learns its place in the result when the one before has told its size, so the rows
 * are computed once, nothing is kept a row, and the bytes do not depend on threads. The
 * result is asked for at the most it can be: pages that no row reaches cost nothing, and
 * go back at the end. On 2 million participations a separate pass that only counts
 * took as long as the whole projection now does. */

enum {
    BLOCK = 64,     /* rows a thread takes at once */
    LEVELS = 3,     /* 64^3 = 262,144 columns a word of the top level */
    AHEAD = 8,      /* lists asked for before their turn: they are all over the memory */
    PAGE = 1 << 21, /* of the large pages asked for */
};

/* What a row meets through one activity: actors first..end-1 of the activity's list. */
typedef struct span {
    uint32_t first, end;
    uint32_t k; /* actors of the activity */
} span;

/* A set of columns that is emptied in the time of its own size. */
typedef struct marks {
    uint64_t *level[LEVELS]; /* bit i of level k + 1: word i of level k is not 0 */
    size_t words[LEVELS];
} marks;

/* One thread's own. */
typedef struct scratch {
    marks met;
    double *sum;     /* [n], all 0 between rows */
    int32_t *target; /* [block_room] rows of the block at work */
    double *weight;
} scratch;

typedef struct job {
    const mlg_csr *attends, *attended;
    span *spans;   /* [participations] */
    double *share; /* [largest k + 1] what an activity of k actors adds to a pair */
    mlg_projection rule;
    bool half;
    const mlg_run *run;
    int threads;
    uint64_t block_room; /* entries of the largest block, at most */
    uint64_t room;       /* entries of the result, at most */
    uint64_t used;       /* owned by the block whose turn it is */
    atomic_int next;     /* block to be dealt */
    atomic_int turn;     /* block to be placed */
    atomic_int halt;     /* mlg_status: why to stop, or MLG_OK */
    mlg_csr *out;
} job;

/* ---- what the rows look at ------------------------------------------------- */

/* The lists hold rows ascending, so the place of the row at hand in an activity's list is
 * how often the activity was seen before. */
static mlg_status find_spans(job *j, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *lists = j->attended;
    const size_t m = mlg_csr_size(j->attends);
    uint32_t *next = mlg_copy(lists->offset, (size_t) lists->n, sizeof *next);

    j->spans = mlg_alloc(m, sizeof *j->spans);
    TRY_ALLOC(err, next);
    TRY_ALLOC(err, j->spans);
    for (size_t i = 0; i < m; i++) {
        const int32_t activity = j->attends->target[i];
        const uint32_t first = lists->offset[activity], end = lists->offset[activity + 1];
        j->spans[i] = (span){j->half ? ++next[activity] : first, end, end - first};
    }
out:
    mlg_free(next);
    return status;
}

/* Most entries a row can have. */
static uint64_t row_bound(const job *j, int32_t row)
{
    const uint64_t others = (uint64_t) (j->half ? j->out->n - 1 - row : j->out->n - 1);
    uint64_t bound = 0;
    for (uint32_t i = j->attends->offset[row]; i < j->attends->offset[row + 1]; i++) {
        bound += j->spans[i].end - j->spans[i].first - (j->half ? 0 : 1);
    }
    return bound < others ? bound : others;
}

static void bound_rows(job *j)
{
    for (int32_t row = 0; row < j->out->n; row += BLOCK) {
        uint64_t block = 0;
        for (int32_t r = row; r < j->out->n && r < row + BLOCK; r++) {
            block += row_bound(j, r);
        }
        j->room += block;
        j->block_room = block > j->block_room ? block : j->block_room;
    }
}

static mlg_status set_shares(job *j, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t largest = 0;
    for (int32_t e = 0; e < j->attended->n; e++) {
        const uint32_t k = mlg_csr_degree(j->attended, e);
        largest = k > largest ? k : largest;
    }
    j->share = mlg_alloc((size_t) largest + 1, sizeof *j->share);
    TRY_ALLOC(err, j->share);
    for (uint32_t k = 0; k <= largest; k++) {
        j->share[k] = j->rule != MLG_PROJECT_NEWMAN ? 1.0 : k > 1 ? 1.0 / (k - 1) : 0.0;
    }
out:
    return status;
}

/* ---- one row --------------------------------------------------------------- */

static inline void mark(marks *met, uint32_t column)
{
    uint64_t *word = &met->level[0][column >> 6];
    if (*word == 0) {
        met->level[1][column >> 12] |= UINT64_C(1) << (column >> 6 & 63);
        met->level[2][column >> 18] |= UINT64_C(1) << (column >> 12 & 63);
    }
    *word |= UINT64_C(1) << (column & 63);
}

/* Takes the lowest bit out of a word. */
static inline uint32_t take(uint64_t *word)
{
    const uint32_t bit = (uint32_t) __builtin_ctzll(*word);
    *word &= *word - 1;
    return bit;
}

/* Each pair's sum runs over its activities in ascending order whichever of the two is
 * the row, so that both directions hold the same bits. */
static void meet(const job *j, int32_t row, marks *met, double *restrict sum)
{
    const int32_t *actors = j->attended->target;
    const uint32_t last = j->attends->offset[row + 1];
    const size_t m = mlg_csr_size(j->attends);
    for (uint32_t i = j->attends->offset[row]; i < last; i++) {
        const span at = j->spans[i];
        const double share = j->share[at.k];
        if (i + AHEAD < m) {
            __builtin_prefetch(&actors[j->spans[i + AHEAD].first]);
        }
        for (uint32_t k = at.first; k < at.end; k++) {
            const uint32_t column = (uint32_t) actors[k];
            mark(met, column);
            sum[column] += share;
        }
    }
}

/* A full row meets itself too: takes it out. The levels above may keep the mark of a word
 * that is empty now, which costs nothing. */
static void leave_out(marks *met, double *sum, uint32_t column)
{
    met->level[0][column >> 6] &= ~(UINT64_C(1) << (column & 63));
    sum[column] = 0.0;
}

/* Entries of the 64 columns of one word, in order; answers how many. */
static inline uint32_t empty_word(uint64_t bits, uint32_t base, double *restrict sum,
                                  int32_t *restrict target, double *restrict weight)
{
    uint32_t n = 0;
    while (bits != 0) {
        const uint32_t column = base | take(&bits);
        target[n] = (int32_t) column;
        weight[n++] = sum[column];
        sum[column] = 0.0;
    }
    return n;
}

/* Writes a row's entries and empties the scratch; answers how many. */
static uint32_t project_row(const job *j, int32_t row, scratch *own, int32_t *target,
                            double *weight)
{
    marks *met = &own->met;
    uint32_t n = 0;

    meet(j, row, met, own->sum);
    if (!j->half) {
        leave_out(met, own->sum, (uint32_t) row);
    }
    for (size_t top = 0; top < met->words[2]; top++) {
        while (met->level[2][top] != 0) {
            const size_t middle = top << 6 | take(&met->level[2][top]);
            while (met->level[1][middle] != 0) {
                const size_t low = middle << 6 | take(&met->level[1][middle]);
                const uint64_t bits = met->level[0][low];
                met->level[0][low] = 0;
                n += empty_word(bits, (uint32_t) low << 6, own->sum, target + n, weight + n);
            }
        }
    }
    return n;
}

/* From shared activities to their share of either's. */
static void to_jaccard(const mlg_csr *attends, int32_t row, const int32_t *target, double *weight,
                       uint32_t n)
{
    const uint32_t own = mlg_csr_degree(attends, row);
    for (uint32_t i = 0; i < n; i++) {
        weight[i] /= own + mlg_csr_degree(attends, target[i]) - weight[i];
    }
}

/* ---- all rows -------------------------------------------------------------- */

/* Rows of one block, into the thread's own room; offset[row + 1] gets each one's size. */
static uint64_t project_block(const job *j, int32_t first, int32_t last, scratch *own)
{
    uint64_t n = 0;
    for (int32_t row = first; row < last; row++) {
        const uint32_t size = project_row(j, row, own, own->target + n, own->weight + n);
        if (j->rule == MLG_PROJECT_JACCARD) {
            to_jaccard(j->attends, row, own->target + n, own->weight + n, size);
        }
        j->out->offset[row + 1] = size;
        n += size;
    }
    return n;
}

/* Where a block's rows go: behind those of all blocks before it. Blocks are dealt in
 * order, so the one waited for is at work already; a waiting thread gives its core away,
 * for on a busy machine that block's thread may need it (libgomp's `ordered` spins). */
static uint64_t take_place(job *j, int32_t block, uint64_t size)
{
    while (atomic_load_explicit(&j->turn, memory_order_acquire) != block) {
        sched_yield();
    }
    const uint64_t at = j->used;
    j->used += size;
    if (j->used > j->room) {
        atomic_store(&j->halt, MLG_ESIZE);
    }
    atomic_store_explicit(&j->turn, block + 1, memory_order_release);
    return at;
}

/* One thread's work: takes blocks until none is left. After a halt it only lets the
 * others pass. */
static void serve(job *j, scratch *own)
{
    const int32_t n = j->out->n, blocks = n / BLOCK + (n % BLOCK > 0);
    for (;;) {
        const int32_t block = atomic_fetch_add(&j->next, 1);
        if (block >= blocks) {
            return;
        }
        const int32_t first = block * BLOCK, last = n - first > BLOCK ? first + BLOCK : n;
        uint64_t size = 0;
        if (atomic_load(&j->halt) == MLG_OK) {
            size = project_block(j, first, last, own);
            if (j->run->cancelled != NULL && j->run->cancelled(j->run->context)) {
                atomic_store(&j->halt, MLG_ESTOP);
            }
        }
        const uint64_t at = take_place(j, block, size);
        if (atomic_load(&j->halt) == MLG_OK) {
            memcpy(j->out->target + at, own->target, size * sizeof *own->target);
            memcpy(j->out->weight + at, own->weight, size * sizeof *own->weight);
        }
    }
}

static mlg_status project_rows(job *j, scratch *scratches)
{
    if (j->threads == 1) {
        serve(j, scratches);
    } else {
#pragma omp parallel num_threads(j->threads)
        serve(j, &scratches[omp_get_thread_num()]);
    }
    return (mlg_status) atomic_load(&j->halt);
}

static mlg_status open_scratch(const job *j, scratch *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) j->out->n;
    for (size_t k = 0, words = n; k < LEVELS; k++) {
        words = words / 64 + 1;
        s->met.words[k] = words;
        s->met.level[k] = mlg_zalloc(words, sizeof *s->met.level[k]);
        TRY_ALLOC(err, s->met.level[k]);
    }
    s->sum = mlg_zalloc(n, sizeof *s->sum);
    s->target = mlg_alloc(j->block_room, sizeof *s->target);
    s->weight = mlg_alloc(j->block_room, sizeof *s->weight);
    TRY_ALLOC(err, s->sum);
    TRY_ALLOC(err, s->target);
    TRY_ALLOC(err, s->weight);
out:
    return status;
}

static void close_scratch(scratch *s)
{
    for (size_t k = 0; k < LEVELS; k++) {
        mlg_free(s->met.level[k]);
    }
    mlg_free(s->sum);
    mlg_free(s->target);
    mlg_free(s->weight);
}

/* Asks for large pages: a national result touches 290 MB once, which in pages of 4 kB
 * was a quarter of the time. A wish only. */
static void wish_large_pages(void *block, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    const uintptr_t start = ((uintptr_t) block + PAGE - 1) / PAGE * PAGE;
    const uintptr_t end = ((uintptr_t) block + bytes) / PAGE * PAGE;
    if (end > start) {
        (void) madvise((void *) start, end - start, MADV_HUGEPAGE);
    }
#else
    (void) block;
    (void) bytes;
#endif
}

/* Room for the result: at most what the pairs can need, the run's bound and 32 bits allow. */
static mlg_status open_result(job *j, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t entry = sizeof *j->out->target + sizeof *j->out->weight;
    const uint64_t scratch_bytes =
        (uint64_t) j->threads * ((uint64_t) j->out->n * sizeof(double) + j->block_room * entry) +
        mlg_csr_size(j->attends) * sizeof(span);
    if (scratch_bytes > j->run->memory_bound) {
        FAIL(err, MLG_ESIZE, "the projection needs %llu MB to begin, more than the run's bound",
             (unsigned long long) (scratch_bytes >> 20));
    }
    const uint64_t allowed = (j->run->memory_bound - scratch_bytes) / entry;
    j->room = j->room < allowed ? j->room : allowed;
    j->room = j->room < UINT32_MAX ? j->room : UINT32_MAX;
    j->out->target = mlg_alloc((size_t) j->room, sizeof *j->out->target);
    j->out->weight = mlg_alloc((size_t) j->room, sizeof *j->out->weight);
    TRY_ALLOC(err, j->out->target);
    TRY_ALLOC(err, j->out->weight);
    wish_large_pages(j->out->target, (size_t) j->room * sizeof *j->out->target);
    wish_large_pages(j->out->weight, (size_t) j->room * sizeof *j->out->weight);
out:
    return status;
}

/* Turns the sizes into offsets and gives back what no row reached. */
static mlg_status close_result(job *j, mlg_error *err)
{
    mlg_status status = MLG_OK;
    for (int32_t row = 0; row < j->out->n; row++) {
        j->out->offset[row + 1] += j->out->offset[row];
    }
    int32_t *target = mlg_resize(j->out->target, (size_t) j->used, sizeof *target);
    TRY_ALLOC(err, target);
    j->out->target = target;
    double *weight = mlg_resize(j->out->weight, (size_t) j->used, sizeof *weight);
    TRY_ALLOC(err, weight);
    j->out->weight = weight;
out:
    return status;
}

/* What is known before the first row: shares, spans, bounds, and the room they ask for. */
static mlg_status prepare(job *j, mlg_error *err)
{
    mlg_status status = MLG_OK;
    j->out->offset = mlg_zalloc((size_t) j->out->n + 1, sizeof *j->out->offset);
    TRY_ALLOC(err, j->out->offset);
    TRY(set_shares(j, err));
    TRY(find_spans(j, err));
    bound_rows(j);
    TRY(open_result(j, err));
out:
    return status;
}

static mlg_status project(job *j, mlg_error *err)
{
    mlg_status status = MLG_OK;
    scratch *scratches = mlg_zalloc((size_t) j->threads, sizeof *scratches);

    TRY_ALLOC(err, scratches);
    TRY(prepare(j, err));
    for (int t = 0; t < j->threads; t++) {
        TRY(open_scratch(j, &scratches[t], err));
    }
    TRY(project_rows(j, scratches));
    TRY(close_result(j, err));

out:
    for (int t = 0; scratches != NULL && t < j->threads; t++) {
        close_scratch(&scratches[t]);
    }
    mlg_free(scratches);
    if (status == MLG_ESTOP) {
        mlg_fail(err, status, "projection: stopped on request");
    } else if (status == MLG_ESIZE) {
        mlg_fail(err, status, "the projection has more entries than the run's bound has room for");
    }
    return status;
}

uint64_t mlg_project_pairs(const mlg_csr *attended)
{
    uint64_t pairs = 0;
    for (int32_t e = 0; e < attended->n; e++) {
        const uint64_t k = mlg_csr_degree(attended, e);
        pairs += k < 2 ? 0 : k * (k - 1) / 2;
    }
    return pairs;
}

mlg_status mlg_project(const mlg_csr *attends, const mlg_csr *attended, mlg_projection rule,
                       bool half, uint64_t max_pairs, const mlg_run *run, mlg_csr *out,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run defaults = MLG_RUN_INIT;
    const uint64_t pairs = mlg_project_pairs(attended);
    job j = {.attends = attends, .attended = attended, .rule = rule, .half = half, .out = out};

    *out = (mlg_csr){.n = attends->n};
    j.run = run != NULL ? run : &defaults;
    j.threads = j.run->threads > 1 ? j.run->threads : 1;
    if (pairs > max_pairs) {
        FAIL(err, MLG_ESIZE, "the projection has %llu pairs, more than %llu",
             (unsigned long long) pairs, (unsigned long long) max_pairs);
    }
    TRY(project(&j, err));
out:
    mlg_free(j.spans);
    mlg_free(j.share);
    if (status != MLG_OK) {
        mlg_csr_free(out);
    }
    return status;
}
