/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/replicate.h"
#include "measure/without.h"

/* Room for work: sources x (actors + entries) of one network, and over all removals. */
#define MOST_WHOLE 2e8
#define MOST_EACH  5e7

typedef struct input {
    const mlg_csr *ties;
    double w_max;
} input;

/* One thread's: the shortest distances from one source, and who is next (Dijkstra, with a heap
 * that knows where each actor stands in it). */
typedef struct scratch {
    double *distance; /* [n] infinite: not met */
    int32_t *heap;    /* [n] nearest first */
    int32_t *place;   /* [n] in the heap; -1: not in it */
    int32_t n_heap;
} scratch;

static void put(scratch *s, int32_t place, int32_t who)
{
    s->heap[place] = who;
    s->place[who] = place;
}

static void rise(scratch *s, int32_t who)
{
    int32_t at = s->place[who];
    while (at > 0 && s->distance[who] < s->distance[s->heap[(at - 1) / 2]]) {
        put(s, at, s->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(s, at, who);
}

static int32_t take_nearest(scratch *s)
{
    const int32_t nearest = s->heap[0], who = s->heap[--s->n_heap];
    int32_t at = 0;

    s->place[nearest] = -1;
    while (2 * at + 1 < s->n_heap) {
        int32_t child = 2 * at + 1;
        if (child + 1 < s->n_heap &&
            s->distance[s->heap[child + 1]] < s->distance[s->heap[child]]) {
            child++;
        }
        if (s->distance[who] <= s->distance[s->heap[child]]) {
            break;
        }
        put(s, at, s->heap[child]);
        at = child;
    }
    if (s->n_heap > 0) {
        put(s, at, who);
    }
    return nearest;
}

/* Sum of 1 / distance from one source; who is gone is never met. */
static double nearness_of(const input *in, scratch *s, int32_t source, int32_t gone)
{
    const mlg_csr *ties = in->ties;
    double sum = 0.0;

    for (int32_t v = 0; v < ties->n; v++) {
        s->distance[v] = INFINITY;
        s->place[v] = -1;
    }
    s->distance[source] = 0.0;
    put(s, 0, source);
    s->n_heap = 1;
    while (s->n_heap > 0) {
        const int32_t v = take_nearest(s);
        sum += v != source ? 1 / s->distance[v] : 0.0;
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            const int32_t w = ties->target[i];
            const double weight = ties->weight != NULL ? ties->weight[i] : 1.0;
            const double distance = s->distance[v] + in->w_max / weight;
            if (w == gone || distance >= s->distance[w]) {
                continue;
            }
            s->distance[w] = distance;
            if (s->place[w] < 0) {
                put(s, s->n_heap++, w);
            }
            rise(s, w);
        }
    }
    return sum;
}

static void scratch_free(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_free(s->distance);
        mlg_free(s->heap);
        mlg_free(s->place);
        mlg_free(s);
    }
}

static void *scratch_new(const void *input_of_all)
{
    const size_t n = (size_t) ((const input *) input_of_all)->ties->n;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s == NULL) {
        return NULL;
    }
    s->distance = mlg_alloc(n, sizeof *s->distance);
    s->heap = mlg_alloc(n, sizeof *s->heap);
    s->place = mlg_alloc(n, sizeof *s->place);
    if (s->distance == NULL || s->heap == NULL || s->place == NULL) {
        scratch_free(s);
        s = NULL;
    }
    return s;
}

/* Slot 0 is the whole network, slot 1 + v what is left without v. */
static mlg_status work(const void *input_of_all, void *scratch_of_mine, uint64_t from, uint64_t to,
                       void *slots)
{
    const input *in = input_of_all;
    for (uint64_t slot = from; slot < to; slot++) {
        const int32_t gone = (int32_t) slot - 1;
        double total = 0.0;
        for (int32_t v = 0; v < in->ties->n; v++) {
            total += v != gone ? nearness_of(in, scratch_of_mine, v, gone) : 0.0;
        }
        ((double *) slots)[slot] = total;
    }
    return MLG_OK;
}

mlg_status mlg_weighted_without_of(const mlg_csr *ties, double w_max, const mlg_run *run,
                                   mlg_without *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double n = ties->n, once = n * (n + (double) mlg_csr_size(ties));
    const bool each = once * n <= MOST_EACH;
    const uint64_t n_slots = each ? (uint64_t) ties->n + 1 : 1;
    const input in = {ties, w_max};
    double *slots = mlg_zalloc(n_slots, sizeof *slots);
    const mlg_replicates job = {.what = "depend.distance_fragmentation",
                                .view = "",
                                .last = n_slots,
                                .scratch = scratch_new,
                                .scratch_free = scratch_free,
                                .work = work,
                                .input = &in,
                                .slots = slots};

    *out = (mlg_without){.n = ties->n, .whole = NAN, .left_out = each ? 0 : ties->n};
    TRY_ALLOC(err, slots);
    if (once > MOST_WHOLE) {
        goto out;
    }
    TRY(mlg_replicates_run(&job, run, err));
    out->whole = slots[0];
    if (each) {
        out->total = mlg_alloc((size_t) ties->n, sizeof *out->total);
        TRY_ALLOC(err, out->total);
        for (int32_t v = 0; v < ties->n; v++) {
            out->total[v] = slots[1 + v];
        }
    }
out:
    mlg_free(slots);
    return status;
}
