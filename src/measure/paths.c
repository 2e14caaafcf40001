/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/paths.h"

#include "base/replicate.h"
#include "measure/relabel.h"

/* Breadth-first searches from 512 sources at once, a bit each (after Then and others 2014, "The
 * more the merrier"). Distances are symmetric, so that an actor sums what reaches it: 1 / d for
 * each source whose search arrives at step d. */
enum { WORDS = 8, SOURCES = MLG_SEARCHES, MOST_SLOTS = 64, SLOT_ROOM = 1 << 22 };

/* 512 bits; the compiler cuts them into what the processor has. Allocations are aligned to 16. */
typedef uint64_t lanes __attribute__((vector_size(SOURCES / 8), aligned(16)));

typedef struct input {
    const mlg_csr *ties; /* relabelled: sources of one batch are near each other */
    uint64_t n_batches, n_slots;
    const int32_t *gone; /* [n_slots] who is left out, under the new numbers; NULL: nobody */
} input;

/* One thread's, [n] each. */
struct mlg_searches {
    lanes *seen;                 /* searches that have been at an actor */
    lanes *now;                  /* that arrived in this step */
    lanes *after;                /* that will in the next; zero between steps */
    bool *done;                  /* no search is missing */
    int32_t *front, *next_front; /* actors with any bit in `now`, in `after` */
    int32_t *touched;            /* in `seen` */
    int32_t n_front, n_next, n_touched;
    double *sums; /* [n] where somebody is left out */
};
typedef mlg_searches scratch;

static bool any(const lanes *l)
{
    uint64_t bits = 0;
    for (int k = 0; k < WORDS; k++) {
        bits |= (*l)[k];
    }
    return bits != 0;
}

/* Bits set: pairs, fours and bytes added side by side; the processors we build for need not have
 * an instruction for it. */
static int64_t count(const lanes *l)
{
    lanes x = *l;
    uint64_t bytes = 0;

    x -= x >> 1 & UINT64_C(0x5555555555555555);
    x = (x & UINT64_C(0x3333333333333333)) + (x >> 2 & UINT64_C(0x3333333333333333));
    x = (x + (x >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    for (int k = 0; k < WORDS; k++) {
        bytes += x[k]; /* at most 8 * 8 in each byte */
    }
    bytes = (bytes & UINT64_C(0x00ff00ff00ff00ff)) + (bytes >> 8 & UINT64_C(0x00ff00ff00ff00ff));
    return (int64_t) ((bytes * UINT64_C(0x0001000100010001)) >> 48);
}

/* Few actors were reached in the last step: each sends to its neighbours. */
static void push(const mlg_csr *ties, scratch *s)
{
    for (int32_t i = 0; i < s->n_front; i++) {
        const int32_t v = s->front[i];
        const lanes from = s->now[v];
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            const int32_t w = ties->target[e];
            const lanes fresh = from & ~s->seen[w];
            if (any(&fresh)) {
                if (!any(&s->after[w])) {
                    s->next_front[s->n_next++] = w;
                }
                s->after[w] |= fresh;
            }
        }
    }
}

/* Many were: each actor that a search still misses looks at its neighbours, which writes once. */
static void pull(const mlg_csr *ties, scratch *s)
{
    for (int32_t w = 0; w < ties->n; w++) {
        lanes fresh = {0};
        if (s->done[w]) {
            continue;
        }
        for (uint32_t e = ties->offset[w]; e < ties->offset[w + 1]; e++) {
            fresh |= s->now[ties->target[e]];
        }
        fresh &= ~s->seen[w];
        if (any(&fresh)) {
            s->after[w] = fresh;
            s->next_front[s->n_next++] = w;
        }
    }
}

/* What a search adds to: nearness of each, or how many of the first n_counted each step reaches. */
typedef struct gains {
    double *nearness;
    int64_t *arrivals;
    int32_t n_counted;
} gains;

/* Notes who was reached, and makes the next step's front of them. */
static void arrive(scratch *s, const lanes *all, int64_t steps, const gains *to)
{
    int32_t *const old_front = s->front;

    for (int32_t i = 0; i < s->n_front; i++) {
        s->now[s->front[i]] = (lanes){0};
    }
    for (int32_t i = 0; i < s->n_next; i++) {
        const int32_t w = s->next_front[i];
        if (!any(&s->seen[w])) {
            s->touched[s->n_touched++] = w;
        }
        s->seen[w] |= s->after[w];
        const lanes missing = *all & ~s->seen[w];
        s->done[w] = !any(&missing);
        if (to->nearness != NULL) {
            to->nearness[w] += (double) count(&s->after[w]) / (double) steps;
        } else if (w < to->n_counted) {
            to->arrivals[steps] += count(&s->after[w]);
        }
        s->now[w] = s->after[w];
        s->after[w] = (lanes){0};
    }
    s->front = s->next_front;
    s->next_front = old_front;
    s->n_front = s->n_next;
    s->n_next = 0;
}

/* From the first `n` actors, a batch of them. Every search has been at who is gone (-1: nobody), so
 * that none goes there; none starts there. */
static void search(const mlg_csr *ties, scratch *s, uint64_t first, uint64_t n, int32_t gone,
                   const gains *to)
{
    const uint64_t end = first + SOURCES < n ? first + SOURCES : n;
    lanes all = {0};

    s->n_front = s->n_next = s->n_touched = 0;
    if (gone >= 0) {
        s->seen[gone] = ~all;
        s->done[gone] = true;
        s->touched[s->n_touched++] = gone;
    }
    for (uint64_t v = first; v < end; v++) {
        if ((int32_t) v == gone) {
            continue;
        }
        s->seen[v][(v - first) / 64] = UINT64_C(1) << (v - first) % 64;
        s->now[v] = s->seen[v];
        all |= s->seen[v];
        s->front[s->n_front++] = (int32_t) v;
        s->touched[s->n_touched++] = (int32_t) v;
    }
    for (int64_t steps = 1; s->n_front > 0; steps++) {
        size_t sent = 0;
        for (int32_t i = 0; i < s->n_front; i++) {
            sent += mlg_csr_degree(ties, s->front[i]);
        }
        (sent > mlg_csr_size(ties) / 8 ? pull : push)(ties, s);
        arrive(s, &all, steps, to);
    }
    for (int32_t i = 0; i < s->n_touched; i++) { /* few, where the network is in many pieces */
        s->seen[s->touched[i]] = (lanes){0};
        s->done[s->touched[i]] = false;
    }
}

void mlg_searches_count(const mlg_csr *ties, mlg_searches *searches, int32_t n_counted,
                        int64_t *arrivals)
{
    const gains to = {.arrivals = arrivals, .n_counted = n_counted};
    for (int32_t first = 0; first < n_counted; first += SOURCES) {
        search(ties, searches, (uint64_t) first, (uint64_t) n_counted, -1, &to);
    }
}

static void scratch_free(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_free(s->seen);
        mlg_free(s->now);
        mlg_free(s->after);
        mlg_free(s->done);
        mlg_free(s->touched);
        mlg_free(s->front);
        mlg_free(s->next_front);
        mlg_free(s->sums);
        mlg_free(s);
    }
}

void mlg_searches_free(mlg_searches *searches)
{
    scratch_free(searches);
}

static scratch *make_scratch(int32_t n_ends, bool sums)
{
    const size_t n = (size_t) n_ends;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s == NULL) {
        return NULL;
    }
    s->seen = mlg_zalloc(n, sizeof *s->seen);
    s->now = mlg_zalloc(n, sizeof *s->now);
    s->after = mlg_zalloc(n, sizeof *s->after);
    s->done = mlg_zalloc(n, sizeof *s->done);
    s->touched = mlg_alloc(n, sizeof *s->touched);
    s->front = mlg_alloc(n, sizeof *s->front);
    s->next_front = mlg_alloc(n, sizeof *s->next_front);
    s->sums = mlg_alloc(sums ? n : 1, sizeof *s->sums);
    if (s->seen == NULL || s->now == NULL || s->after == NULL || s->done == NULL ||
        s->touched == NULL || s->front == NULL || s->next_front == NULL || s->sums == NULL) {
        scratch_free(s);
        s = NULL;
    }
    return s;
}

mlg_searches *mlg_searches_new(int32_t n)
{
    return make_scratch(n, false);
}

static void *scratch_new(const void *input_of_all)
{
    const input *in = input_of_all;
    return make_scratch(in->ties->n, in->gone != NULL);
}

/* A slot takes a run of batches, cut by the data alone. */
static mlg_status work(const void *input_of_all, void *scratch_of_mine, uint64_t from, uint64_t to,
                       void *slots)
{
    const input *in = input_of_all;
    const uint64_t n = (uint64_t) in->ties->n;

    for (uint64_t slot = from; slot < to; slot++) {
        const uint64_t last = in->n_batches * (slot + 1) / in->n_slots;
        const gains mine = {.nearness = (double *) slots + slot * n};
        for (uint64_t batch = in->n_batches * slot / in->n_slots; batch < last; batch++) {
            search(in->ties, scratch_of_mine, batch * SOURCES, n, -1, &mine);
        }
    }
    return MLG_OK;
}

static uint64_t slots_for(uint64_t n, uint64_t n_batches)
{
    const uint64_t room = n > 0 ? SLOT_ROOM / n : 0;
    uint64_t slots = n_batches < MOST_SLOTS ? n_batches : MOST_SLOTS;

    slots = slots < room ? slots : room;
    return slots > 0 ? slots : 1;
}

/* Sums the slots in their order, under the actors' own numbers. */
static void collect(const double *slots, uint64_t n_slots, const int32_t *old, uint64_t n,
                    mlg_paths *out)
{
    for (uint64_t v = 0; v < n; v++) {
        for (uint64_t slot = 0; slot < n_slots; slot++) {
            out->nearness[old[v]] += slots[slot * n + v];
        }
    }
    for (uint64_t v = 0; v < n; v++) {
        out->total += out->nearness[v];
    }
}

mlg_status mlg_paths_find(const mlg_csr *ties, const mlg_run *run, mlg_paths *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const uint64_t n = (uint64_t) ties->n, n_batches = (n + SOURCES - 1) / SOURCES;
    const uint64_t n_slots = slots_for(n, n_batches);
    int32_t *old = mlg_alloc(n, sizeof *old);
    double *slots = mlg_zalloc(n * n_slots, sizeof *slots);
    mlg_csr near = {0};
    const input in = {.ties = &near, .n_batches = n_batches, .n_slots = n_slots};
    const mlg_replicates job = {.what = "network.efficiency",
                                .view = "",
                                .last = n > 0 ? n_slots : 0,
                                .scratch = scratch_new,
                                .scratch_free = scratch_free,
                                .work = work,
                                .input = &in,
                                .slots = slots};

    *out = (mlg_paths){.nearness = mlg_zalloc(n, sizeof *out->nearness)};
    /* counted for one thread: the answer may not depend on how many there are */
    if (n * 3 * sizeof(lanes) > run->memory_bound) {
        FAIL(err, MLG_ESIZE, "shortest paths: too many actors (%zu) for the memory bound",
             (size_t) n);
    }
    if (old == NULL || slots == NULL || out->nearness == NULL) {
        FAIL(err, MLG_ENOMEM, "shortest paths: no memory for %zu actors", (size_t) n);
    }
    TRY(mlg_relabel_order(ties, old, err));
    TRY(mlg_relabel(ties, old, &near, err));
    TRY(mlg_replicates_run(&job, run, err));
    collect(slots, n_slots, old, n, out);
out:
    mlg_free(old);
    mlg_free(slots);
    mlg_csr_free(&near);
    if (status != MLG_OK) {
        mlg_paths_free(out);
    }
    return status;
}

/* A slot takes one who is gone. */
static mlg_status work_without(const void *input_of_all, void *scratch_of_mine, uint64_t from,
                               uint64_t to, void *totals)
{
    const input *in = input_of_all;
    scratch *s = scratch_of_mine;
    const int32_t n = in->ties->n;
    const gains mine = {.nearness = s->sums};

    for (uint64_t slot = from; slot < to; slot++) {
        double total = 0.0;
        for (int32_t v = 0; v < n; v++) {
            s->sums[v] = 0.0;
        }
        for (uint64_t batch = 0; batch < in->n_batches; batch++) {
            search(in->ties, s, batch * SOURCES, (uint64_t) n, in->gone[slot], &mine);
        }
        for (int32_t v = 0; v < n; v++) {
            total += s->sums[v];
        }
        ((double *) totals)[slot] = total;
    }
    return MLG_OK;
}

mlg_status mlg_paths_without(const mlg_csr *ties, const int32_t *gone, int32_t n_gone,
                             const mlg_run *run, double *total, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    int32_t *old = mlg_alloc(n, sizeof *old);
    int32_t *now = mlg_alloc(n, sizeof *now);
    int32_t *who = mlg_alloc((size_t) n_gone, sizeof *who);
    mlg_csr near = {0};
    const input in = {.ties = &near,
                      .n_batches = (n + SOURCES - 1) / SOURCES,
                      .n_slots = (uint64_t) n_gone,
                      .gone = who};
    const mlg_replicates job = {.what = "depend.vulnerability",
                                .view = "",
                                .last = (uint64_t) n_gone,
                                .scratch = scratch_new,
                                .scratch_free = scratch_free,
                                .work = work_without,
                                .input = &in,
                                .slots = total};

    if (old == NULL || now == NULL || who == NULL) {
        FAIL(err, MLG_ENOMEM, "shortest paths: no memory for %zu actors", n);
    }
    TRY(mlg_relabel_order(ties, old, err));
    TRY(mlg_relabel(ties, old, &near, err));
    for (int32_t v = 0; v < ties->n; v++) {
        now[old[v]] = v;
    }
    for (int32_t i = 0; i < n_gone; i++) {
        who[i] = now[gone[i]];
    }
    TRY(mlg_replicates_run(&job, run, err));
out:
    mlg_free(old);
    mlg_free(now);
    mlg_free(who);
    mlg_csr_free(&near);
    return status;
}

void mlg_paths_free(mlg_paths *paths)
{
    mlg_free(paths->nearness);
    *paths = (mlg_paths){0};
}

static void release(void *made)
{
    mlg_paths_free(made);
    mlg_free(made);
}

mlg_status mlg_context_paths(mlg_context *context, int32_t view, const mlg_paths **out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_paths *made = mlg_context_slot(context, view, MLG_SLOT_PATHS);

    *out = made;
    if (made != NULL) {
        return MLG_OK;
    }
    made = mlg_zalloc(1, sizeof *made);
    TRY_ALLOC(err, made);
    TRY(mlg_paths_find(&mlg_context_graph(context, view)->ties, context->run, made, err));
    mlg_context_keep(context, view, MLG_SLOT_PATHS, made, release);
    *out = made;
out:
    if (status != MLG_OK) {
        mlg_free(made);
    }
    return status;
}
