/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/rest.h"

/* The set of pieces to join: each pair of them brings back the pairs between the two. */

#define MOST_SETS 1e6

typedef struct choice {
    const mlg_rest *rest;
    int32_t home;
    const int32_t *candidate;
    int32_t n, k;
    int32_t at[MLG_MOST_CHOSEN];   /* the set under way, places in `candidate`, ascending */
    int32_t best[MLG_MOST_CHOSEN]; /* the best so far */
    int64_t most;
} choice;

/* What a piece brings to those chosen before it. */
static int64_t brings(const choice *c, const int32_t *set, int32_t n, int32_t place)
{
    const int32_t piece = c->candidate[place];
    int64_t pairs = c->home >= 0 ? mlg_rest_cross(c->rest, c->home, piece) : 0;
    for (int32_t i = 0; i < n; i++) {
        pairs += mlg_rest_cross(c->rest, c->candidate[set[i]], piece);
    }
    return pairs;
}

/* Sets in the order of their places: the first of equals stays. */
static void try_sets(choice *c, int32_t n, int32_t from, int64_t pairs)
{
    if (n == c->k) {
        if (pairs > c->most) {
            c->most = pairs;
            memcpy(c->best, c->at, (size_t) c->k * sizeof *c->at);
        }
        return;
    }
    for (int32_t place = from; place + (c->k - n) <= c->n; place++) {
        c->at[n] = place;
        try_sets(c, n + 1, place + 1, pairs + brings(c, c->at, n, place));
    }
}

static bool holds(const int32_t *set, int32_t n, int32_t place)
{
    for (int32_t i = 0; i < n; i++) {
        if (set[i] == place) {
            return true;
        }
    }
    return false;
}

/* With nothing to start from the first step brings nothing: the best pair starts it. */
static int32_t first_pair(choice *c)
{
    int64_t most = -1;
    for (int32_t a = 0; a < c->n; a++) {
        for (int32_t b = a + 1; b < c->n; b++) {
            const int64_t pairs = mlg_rest_cross(c->rest, c->candidate[a], c->candidate[b]);
            if (pairs > most) {
                most = pairs;
                c->best[0] = a;
                c->best[1] = b;
            }
        }
    }
    return 2;
}

static void build(choice *c)
{
    int32_t n = c->home < 0 && c->k >= 2 ? first_pair(c) : 0;
    for (; n < c->k; n++) {
        int64_t most = -1;
        for (int32_t place = 0; place < c->n; place++) {
            const int64_t pairs = holds(c->best, n, place) ? -1 : brings(c, c->best, n, place);
            if (pairs > most) {
                most = pairs;
                c->best[n] = place;
            }
        }
    }
}

/* One member for one that is not, as long as that brings more. */
static bool exchange(choice *c)
{
    for (int32_t i = 0; i < c->k; i++) {
        const int32_t out = c->best[i];
        int32_t others[MLG_MOST_CHOSEN], n = 0;
        for (int32_t j = 0; j < c->k; j++) {
            if (j != i) {
                others[n++] = c->best[j];
            }
        }
        const int64_t now = brings(c, others, n, out);
        for (int32_t place = 0; place < c->n; place++) {
            if (!holds(c->best, c->k, place) && brings(c, others, n, place) > now) {
                c->best[i] = place;
                return true;
            }
        }
    }
    return false;
}

/* Largest first step, and so on; without a home the first two come together. */
static void tell_in_order(choice *c, mlg_chosen *out)
{
    int32_t order[MLG_MOST_CHOSEN] = {0};
    int64_t pairs = 0;

    for (int32_t n = 0; n < c->k; n++) {
        int64_t most = -1;
        for (int32_t i = 0; i < c->k; i++) {
            int64_t here = holds(order, n, c->best[i]) ? -1 : brings(c, order, n, c->best[i]);
            if (n == 0 && c->home < 0) { /* by what it brings to all the others of the set */
                here = brings(c, c->best, c->k, c->best[i]);
            }
            if (here > most) {
                most = here;
                order[n] = c->best[i];
            }
        }
        pairs += brings(c, order, n, order[n]);
        out->item[n] = c->candidate[order[n]];
        out->gain[n] = pairs;
    }
    out->n = c->k;
    while (out->n > 0 && out->gain[out->n - 1] == (out->n > 1 ? out->gain[out->n - 2] : 0)) {
        out->n--; /* the last ones bring nothing */
    }
}

void mlg_choose_pieces(const mlg_rest *rest, int32_t home, const int32_t *candidate, int32_t n,
                       int32_t k, mlg_chosen *out)
{
    choice c = {.rest = rest, .home = home, .candidate = candidate, .n = n, .most = -1};

    c.k = k < n ? k : n;
    c.k = c.k < MLG_MOST_CHOSEN ? c.k : MLG_MOST_CHOSEN;
    *out = (mlg_chosen){.proven = mlg_sets_of(n, c.k) <= MOST_SETS};
    if (c.k == 0 || (home < 0 && c.k < 2)) {
        return;
    }
    if (out->proven) {
        try_sets(&c, 0, 0, 0);
    } else {
        build(&c);
        while (exchange(&c)) {
        }
    }
    tell_in_order(&c, out);
}
