/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/coreness.h"

#include "base/fail.h"
#include "base/memory.h"

/* Actors sorted by what is left of their degree, in buckets that can be entered in O(1). */
typedef struct buckets {
    int32_t *actor; /* [n] sorted */
    int32_t *place; /* [n] of each actor in `actor` */
    int32_t *start; /* [largest degree + 1] first place of each degree */
} buckets;

static void sort_by_degree(buckets *b, const int32_t *degree, int32_t n, int32_t largest)
{
    for (int32_t v = 0; v < n; v++) {
        if (degree[v] < largest) {
            b->start[degree[v] + 1]++;
        }
    }
    for (int32_t d = 0; d < largest; d++) {
        b->start[d + 1] += b->start[d];
    }
    for (int32_t v = 0; v < n; v++) {
        b->place[v] = b->start[degree[v]]++;
        b->actor[b->place[v]] = v;
    }
    for (int32_t d = largest; d > 0; d--) { /* each start ran to the next one's: shift back */
        b->start[d] = b->start[d - 1];
    }
    b->start[0] = 0;
}

/* Moves an actor one bucket down: it changes places with the first of its bucket, which then
 * begins one later. */
static void lower(buckets *b, int32_t *degree, int32_t w)
{
    const int32_t first = b->start[degree[w]]++;
    const int32_t other = b->actor[first], place = b->place[w];

    b->actor[place] = other;
    b->place[other] = place;
    b->actor[first] = w;
    b->place[w] = first;
    degree[w]--;
}

mlg_status mlg_coreness(const mlg_csr *ties, int32_t *core, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    int32_t largest = 0;
    buckets b = {.actor = mlg_alloc(n, sizeof *b.actor), .place = mlg_alloc(n, sizeof *b.place)};

    for (int32_t v = 0; v < ties->n; v++) {
        core[v] = (int32_t) mlg_csr_degree(ties, v);
        largest = core[v] > largest ? core[v] : largest;
    }
    b.start = mlg_zalloc((size_t) largest + 1, sizeof *b.start);
    if (b.actor == NULL || b.place == NULL || b.start == NULL) {
        FAIL(err, MLG_ENOMEM, "coreness: no memory for %zu actors", n);
    }
    sort_by_degree(&b, core, ties->n, largest);
    for (int32_t i = 0; i < ties->n; i++) {
        const int32_t v = b.actor[i];
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            if (core[ties->target[e]] > core[v]) {
                lower(&b, core, ties->target[e]);
            }
        }
    }
out:
    mlg_free(b.actor);
    mlg_free(b.place);
    mlg_free(b.start);
    return status;
}
