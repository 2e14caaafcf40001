/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/key_players.h"
#include "measure/key_players_hunt.h"

/* Whom to convene first, where every set can be looked at: who is within t steps of each actor as
 * one bit an actor, so that a set's reach is the union of its members'. */

#define MOST_WORK  4e8                  /* words read that one search may spend */
#define MOST_BYTES ((double) (1 << 26)) /* of the bits */

/* Bit j of within[(t * n + v) * words]: actor j is at most t + 1 steps from actor v. */
typedef struct balls {
    int32_t n, steps;
    size_t words;
    uint64_t *within;
} balls;

/* One step on every row: they take in what their partners have. True when any of the actors'
 * rows grew. */
static bool spread(const mlg_reach_ways *ways, size_t words, const uint64_t *old, uint64_t *now)
{
    const mlg_csr *ties = ways->ties;
    uint64_t grew = 0;

    for (int32_t row = 0; row < ties->n; row++) {
        uint64_t *to = now + (size_t) row * words;
        const uint64_t *own = old + (size_t) row * words;
        memcpy(to, own, words * sizeof *to);
        for (uint32_t i = ties->offset[row]; i < ties->offset[row + 1]; i++) {
            const uint64_t *from = old + (size_t) ties->target[i] * words;
            for (size_t w = 0; w < words; w++) {
                to[w] |= from[w];
            }
        }
        for (size_t w = 0; row < ways->n_actors && w < words; w++) {
            grew |= to[w] ^ own[w];
        }
    }
    return grew != 0;
}

/* Distances up to the longest. `fits` is false, and nothing made, when they would be too many. */
static mlg_status balls_open(const mlg_reach_ways *ways, double sets, balls *out, bool *fits,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ways->n_actors, rows = (size_t) ways->ties->n;
    const size_t words = (n + 63) / 64, size = n * words;
    const double pass = (double) (mlg_csr_size(ways->ties) + rows) * (double) words;
    uint64_t *old = NULL, *now = NULL, *grown = NULL;
    bool grew = true;

    *out = (balls){.n = ways->n_actors, .words = words};
    *fits = pass <= MOST_WORK / 8 && (double) (rows * words) * 8 <= MOST_BYTES;
    if (!*fits) {
        return MLG_OK;
    }
    old = mlg_zalloc(rows * words, sizeof *old);
    now = mlg_alloc(rows * words, sizeof *now);
    TRY_ALLOC(err, old);
    TRY_ALLOC(err, now);
    for (size_t v = 0; v < n; v++) {
        old[v * words + v / 64] = UINT64_C(1) << v % 64;
    }
    while (grew && *fits) {
        grew = false;
        for (int32_t i = 0; i < ways->stride; i++) {
            grew = spread(ways, words, old, now) || grew;
            uint64_t *swap = old;
            old = now;
            now = swap;
        }
        if (!grew && out->steps > 0) {
            break;
        }
        const double steps = out->steps + 1;
        *fits = sets * steps * (double) words <= MOST_WORK && steps * pass <= MOST_WORK &&
                steps * (double) size * 8 <= MOST_BYTES;
        grown = mlg_resize(out->within, (size_t) steps * size, sizeof *grown);
        TRY_ALLOC(err, grown);
        out->within = grown;
        memcpy(grown + (size_t) out->steps++ * size, old, size * sizeof *old);
    }
out:
    mlg_free(old);
    mlg_free(now);
    if (status != MLG_OK || !*fits) {
        mlg_free(out->within);
        out->within = NULL;
    }
    return status;
}

/* ---- every set ---------------------------------------- */

static int32_t count_union(const uint64_t *a, const uint64_t *b, size_t words)
{
    int32_t n = 0;
    for (size_t w = 0; w < words; w++) {
        n += __builtin_popcountll(a[w] | b[w]);
    }
    return n;
}

typedef struct trial {
    const balls *of;
    uint64_t *joined; /* [k * steps * words] within reach of the first members */
    mlg_best_sets *best;
    int32_t set[MLG_MOST_PLAYERS];
} trial;

/* Sets that begin with the members chosen so far, and end with each later actor. */
static void offer_last(trial *at, const uint64_t *joined, int32_t first)
{
    const balls *of = at->of;
    const size_t size = (size_t) of->n * of->words;

    for (int32_t v = first; v < of->n; v++) {
        int32_t reached = 0, one = 0, two = 0;
        double near = 0;
        for (int32_t t = 0; t < of->steps; t++) {
            const uint64_t *own = of->within + (size_t) t * size + (size_t) v * of->words;
            const int32_t all = count_union(joined + (size_t) t * of->words, own, of->words);
            near += (double) (all - reached) / (t + 1);
            reached = all;
            one = t == 0 ? all : one;
            two = t <= 1 ? all : two;
        }
        mlg_best_sets_offer(&at->best[MLG_REACH_NEAR], at->set, v, near);
        mlg_best_sets_offer(&at->best[MLG_REACH_ONE], at->set, v, one);
        mlg_best_sets_offer(&at->best[MLG_REACH_TWO], at->set, v, two);
    }
}

/* Joins one more member to what the first `depth` reach. */
static void join(trial *at, int32_t depth, int32_t v)
{
    const balls *of = at->of;
    const size_t layer = (size_t) of->steps * of->words, size = (size_t) of->n * of->words;
    const uint64_t *from = at->joined + (size_t) depth * layer;
    uint64_t *to = at->joined + (size_t) (depth + 1) * layer;

    for (int32_t t = 0; t < of->steps; t++) {
        const uint64_t *own = of->within + (size_t) t * size + (size_t) v * of->words;
        for (size_t w = 0; w < of->words; w++) {
            *to++ = *from++ | own[w];
        }
    }
}

static mlg_status try_all(const balls *of, int32_t k, mlg_best_sets *best, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t layer = (size_t) of->steps * of->words;
    trial at = {.of = of, .best = best};
    int32_t depth = 0, v = 0;

    at.joined = mlg_zalloc((size_t) k * layer, sizeof *at.joined);
    TRY_ALLOC(err, at.joined);
    for (;;) {
        if (depth == k - 1) {
            offer_last(&at, at.joined + (size_t) depth * layer, v);
        } else if (v <= of->n - (k - depth)) {
            join(&at, depth, v);
            at.set[depth++] = v++;
            continue;
        }
        if (depth == 0) {
            break;
        }
        v = at.set[--depth] + 1;
    }
    for (int aim = 0; aim < MLG_REACH_AIMS; aim++) {
        mlg_best_sets_seen_all(&best[aim]);
    }
out:
    mlg_free(at.joined);
    return status;
}

mlg_status mlg_players_reach(const mlg_reach_ways *ways, int32_t k,
                             mlg_best_sets best[MLG_REACH_AIMS], mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double sets = mlg_sets_of(ways->n_actors, k);
    balls of = {0};
    bool fits = false;

    if (sets <= MLG_MOST_SETS) {
        TRY(balls_open(ways, sets, &of, &fits, err));
    }
    if (fits) {
        TRY(try_all(&of, k, best, err));
    }
    for (int aim = 0; aim < MLG_REACH_AIMS && !fits; aim++) {
        TRY(mlg_hunt(ways, k, (mlg_reach_aim) aim, &best[aim], err));
    }
out:
    mlg_free(of.within);
    return status;
}
