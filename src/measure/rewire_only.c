/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"
#include "measure/rewire.h"

/* Degrees that one graph alone has. */

typedef struct degrees {
    uint32_t out, in; /* of ties both are the number of ties */
} degrees;

static int falling(const void *left, const void *right)
{
    const degrees *x = left, *y = right;
    if (x->out != y->out) {
        return x->out > y->out ? -1 : 1;
    }
    return x->in > y->in ? -1 : x->in < y->in;
}

/* Ties: the only ones are the threshold graphs, which fall apart when actors tied to nobody
 * or to everybody are taken away one after another (Chvatal and Hammer 1977). `d` falls. */
static bool is_threshold(const degrees *d, size_t n)
{
    size_t first = 0, end = n;
    uint32_t gone = 0; /* actors tied to everybody who were taken away */
    while (first < end) {
        if (d[end - 1].out == gone) {
            end--;
        } else if (d[first].out - gone == end - first - 1) {
            first++;
            gone++;
        } else {
            return false;
        }
    }
    return true;
}

/* Arcs: with actors by falling out-degree, the k first can send no more than
 * sum over them of min(in, k - 1) and over the others of min(in, k). Where they do send as many
 * for every k, no arc could be elsewhere (Cloteaux et al. 2014). Going from k - 1 to k that
 * room grows by the actors of in >= k (but actor k), and by those before k of in = k - 1.
 * `at_least` [n + 1] and `before` [n + 1] are zeroed. */
static bool is_threshold_digraph(const degrees *d, size_t n, uint32_t *at_least, uint32_t *before)
{
    for (size_t i = 0; i < n; i++) {
        at_least[d[i].in]++;
    }
    for (size_t k = n; k > 0; k--) {
        at_least[k - 1] += at_least[k];
    }
    for (size_t k = 1; k <= n; k++) {
        const degrees own = d[k - 1];
        const uint32_t room = at_least[k] - (own.in >= k) + before[k - 1];
        if (own.out != room) {
            return false;
        }
        before[own.in]++;
    }
    return true;
}

mlg_status mlg_rewire_is_only(const mlg_pair *pair, size_t m, int32_t n, bool directed, bool *only,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t actors = (size_t) n;
    degrees *d = mlg_zalloc(actors, sizeof *d);
    uint32_t *count = mlg_zalloc(2 * (actors + 1), sizeof *count);

    TRY_ALLOC(err, d);
    TRY_ALLOC(err, count);
    for (size_t i = 0; i < m; i++) {
        d[pair[i].a].out++;
        d[pair[i].b].in++;
        d[pair[i].b].out += !directed;
        d[pair[i].a].in += !directed;
    }
    qsort(d, actors, sizeof *d, falling);
    *only = directed ? is_threshold_digraph(d, actors, count, count + actors + 1)
                     : is_threshold(d, actors);
out:
    mlg_free(count);
    mlg_free(d);
    return status;
}
