/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/constraint.h"

#include <math.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/replicate.h"

enum {
    BATCH = 256, /* actors a thread takes at a time */
    /* A contact's list is scanned when it is at most this many times as long as the actor's own,
     * else each own contact is looked up in it: a hub of a million pendants would be scanned a
     * million times. */
    SCAN_RATIO = 16,
};

typedef struct input {
    const mlg_csr *ties;
    const double *strength; /* [n] sum of the weights of an actor's ties */
} input;

/* One thread's: what actor i invests through others in each of its contacts. */
typedef struct scratch {
    double *indirect; /* [n] */
    bool *is_contact; /* [n] */
} scratch;

static double weight_at(const mlg_csr *ties, uint32_t entry)
{
    return ties->weight != NULL ? ties->weight[entry] : 1.0;
}

/* Place of w in v's ascending list, or the list's end when it is not there. */
static uint32_t find(const mlg_csr *ties, int32_t v, int32_t w)
{
    const uint32_t end = ties->offset[v + 1];
    uint32_t low = ties->offset[v], high = end;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (ties->target[middle] < w) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < end && ties->target[low] == w ? low : end;
}

/* Adds p_iq p_qj to each contact j that i shares with its contact q. */
static void add_through(const input *in, scratch *s, int32_t i, int32_t q, double p_iq)
{
    const mlg_csr *ties = in->ties;
    const uint32_t own = mlg_csr_degree(ties, i), theirs = mlg_csr_degree(ties, q);
    const double share = p_iq / in->strength[q];

    if (theirs / SCAN_RATIO <= own) {
        for (uint32_t e = ties->offset[q]; e < ties->offset[q + 1]; e++) {
            if (s->is_contact[ties->target[e]]) {
                s->indirect[ties->target[e]] += share * weight_at(ties, e);
            }
        }
        return;
    }
    for (uint32_t e = ties->offset[i]; e < ties->offset[i + 1]; e++) {
        const uint32_t shared = find(ties, q, ties->target[e]);
        if (shared < ties->offset[q + 1]) {
            s->indirect[ties->target[e]] += share * weight_at(ties, shared);
        }
    }
}

static double constraint_of(const input *in, scratch *s, int32_t i)
{
    const mlg_csr *ties = in->ties;
    const uint32_t from = ties->offset[i], to = ties->offset[i + 1];
    double sum = 0.0;

    if (from == to) {
        return NAN;
    }
    for (uint32_t e = from; e < to; e++) {
        s->is_contact[ties->target[e]] = true;
    }
    for (uint32_t e = from; e < to; e++) {
        add_through(in, s, i, ties->target[e], weight_at(ties, e) / in->strength[i]);
    }
    for (uint32_t e = from; e < to; e++) {
        const int32_t j = ties->target[e];
        const double invested = weight_at(ties, e) / in->strength[i] + s->indirect[j];
        sum += invested * invested;
        s->indirect[j] = 0.0;
        s->is_contact[j] = false;
    }
    return sum;
}

static void scratch_free(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_free(s->indirect);
        mlg_free(s->is_contact);
        mlg_free(s);
    }
}

static void *scratch_new(const void *input_of_all)
{
    const input *in = input_of_all;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s != NULL) {
        s->indirect = mlg_zalloc((size_t) in->ties->n, sizeof *s->indirect);
        s->is_contact = mlg_zalloc((size_t) in->ties->n, sizeof *s->is_contact);
        if (s->indirect == NULL || s->is_contact == NULL) {
            scratch_free(s);
            s = NULL;
        }
    }
    return s;
}

static mlg_status work(const void *input_of_all, void *scratch_of_mine, uint64_t from, uint64_t to,
                       void *slots)
{
    double *constraint = slots;
    for (uint64_t i = from; i < to; i++) {
        constraint[i] = constraint_of(input_of_all, scratch_of_mine, (int32_t) i);
    }
    return MLG_OK;
}

mlg_status mlg_constraint(const mlg_csr *ties, const mlg_run *run, double *constraint,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *strength = mlg_zalloc((size_t) ties->n, sizeof *strength);
    const input in = {.ties = ties, .strength = strength};
    const mlg_replicates job = {.what = "position.constraint",
                                .view = "",
                                .last = (uint64_t) ties->n,
                                .batch = BATCH,
                                .scratch = scratch_new,
                                .scratch_free = scratch_free,
                                .work = work,
                                .input = &in,
                                .slots = constraint};

    TRY_ALLOC(err, strength);
    for (int32_t v = 0; v < ties->n; v++) {
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            strength[v] += weight_at(ties, e);
        }
    }
    TRY(mlg_replicates_run(&job, run, err));
out:
    mlg_free(strength);
    return status;
}
