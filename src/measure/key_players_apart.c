/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/key_players.h"

/* Whose removal leaves the others farthest apart. Distances of all pairs at once: step after step,
 * each row takes in whom its partners have reached, 64 of them a word. */

/* Words read and written that one search may spend: a few hundredths of a second. */
#define MOST_WORK 5e7

mlg_status mlg_apart_open(const mlg_csr *ties, mlg_apart *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;

    *out = (mlg_apart){.ties = ties, .words = (n + 63) / 64};
    out->now = mlg_alloc(n * out->words, sizeof *out->now);
    out->next = mlg_alloc(n * out->words, sizeof *out->next);
    TRY_ALLOC(err, out->now);
    TRY_ALLOC(err, out->next);
out:
    if (status != MLG_OK) {
        mlg_apart_free(out);
    }
    return status;
}

bool mlg_apart_fits(const mlg_csr *ties)
{
    enum { STEPS = 8 }; /* of a guess */
    const double n = ties->n, words = (n + 63) / 64;
    return STEPS * MLG_LISTED_ROWS * words * (n + (double) mlg_csr_size(ties)) <= MOST_WORK;
}

void mlg_apart_free(mlg_apart *apart)
{
    mlg_free(apart->now);
    mlg_free(apart->next);
    *apart = (mlg_apart){0};
}

static bool holds(const int32_t *set, int32_t k, int32_t row)
{
    for (int32_t i = 0; i < k; i++) {
        if (set[i] == row) {
            return true;
        }
    }
    return false;
}

static int64_t count(const uint64_t *bits, size_t words)
{
    int64_t n = 0;
    for (size_t w = 0; w < words; w++) {
        n += __builtin_popcountll(bits[w]);
    }
    return n;
}

/* Everyone reaches themselves; who went is reached by nobody and hands nothing on. */
static void start(const mlg_apart *apart, const int32_t *set, int32_t k)
{
    const size_t words = apart->words, n = (size_t) apart->ties->n;
    memset(apart->now, 0, n * words * sizeof *apart->now);
    for (size_t row = 0; row < n; row++) {
        apart->now[row * words + row / 64] = UINT64_C(1) << row % 64;
    }
    for (int32_t i = 0; i < k; i++) {
        const size_t row = (size_t) set[i];
        apart->now[row * words + row / 64] = 0;
    }
}

/* One step more; answers how many (ordered) pairs are reached, themselves included. */
static int64_t spread(mlg_apart *apart, const int32_t *set, int32_t k)
{
    const mlg_csr *ties = apart->ties;
    const size_t words = apart->words;
    uint64_t *const old = apart->now;
    int64_t reached = 0;

    for (int32_t row = 0; row < ties->n; row++) {
        uint64_t *to = apart->next + (size_t) row * words;
        memcpy(to, old + (size_t) row * words, words * sizeof *to);
        for (uint32_t i = ties->offset[row]; i < ties->offset[row + 1]; i++) {
            const uint64_t *from = old + (size_t) ties->target[i] * words;
            for (size_t w = 0; w < words; w++) {
                to[w] |= from[w];
            }
        }
        if (holds(set, k, row)) {
            memset(to, 0, words * sizeof *to);
        }
        reached += count(to, words);
    }
    apart->now = apart->next;
    apart->next = old;
    return reached;
}

/* Pairs by distance are whole numbers, summed from the nearest on: the same sum for the same
 * network, whatever the order of its actors. */
double mlg_apart_nearness(mlg_apart *apart, const int32_t *set, int32_t k, int32_t *levels)
{
    int64_t before = apart->ties->n - k;
    double sum = 0;
    int32_t steps = 0;

    start(apart, set, k);
    for (;;) {
        const int64_t reached = spread(apart, set, k);
        if (reached == before) {
            break;
        }
        sum += (double) (reached - before) / 2 / ++steps;
        before = reached;
    }
    if (levels != NULL) {
        *levels = steps;
    }
    return sum;
}

/* ---- searches ---------------------------------------- */

static double value_of(mlg_apart *apart, const int32_t *set, int32_t k)
{
    return -mlg_apart_nearness(apart, set, k, NULL);
}

/* All sets of k, in the actors' order. */
static void try_all(mlg_apart *apart, int32_t k, mlg_best_sets *best)
{
    const int32_t n = apart->ties->n;
    int32_t set[MLG_MOST_PLAYERS] = {0}, at = k - 1;

    for (int32_t i = 0; i < k; i++) {
        set[i] = i;
    }
    while (at >= 0) {
        mlg_best_sets_offer(best, set, set[k - 1], value_of(apart, set, k));
        for (at = k - 1; at >= 0 && set[at] == n - k + at; at--) {
        }
        for (int32_t i = at, row = at >= 0 ? set[at] + 1 : 0; at >= 0 && i < k; i++) {
            set[i] = row++;
        }
    }
    mlg_best_sets_seen_all(best);
}

/* The best row for the place `at` of a set of k, the others staying; the first of several. */
static double best_at(mlg_apart *apart, int32_t *set, int32_t k, int32_t at, double slack)
{
    const int32_t was = set[at];
    double most = -INFINITY;
    int32_t best = was;

    for (int32_t row = 0; row < apart->ties->n; row++) {
        set[at] = -1;
        if (!holds(set, k, row)) {
            set[at] = row;
            const double value = value_of(apart, set, k);
            if (value > most + slack) {
                most = value;
                best = row;
            }
        }
    }
    set[at] = best;
    return most;
}

/* Each member gives its place to a better one until there is none, in three rounds at most. */
static void try_some(mlg_apart *apart, int32_t k, mlg_best_sets *best)
{
    enum { ROUNDS = 3 };
    const mlg_csr *ties = apart->ties;
    int32_t set[MLG_MOST_PLAYERS] = {0};
    double value = -INFINITY;

    for (int32_t i = 0; i < k; i++) {
        set[i] = -1;
        value = best_at(apart, set, i + 1, i, best->slack);
    }
    for (int32_t i = 0, same = 1; same < k && i < ROUNDS * k; i++) {
        const int32_t at = i % k, was = set[at];
        const double other = best_at(apart, set, k, at, best->slack);
        if (other > value + best->slack) {
            value = other;
            same = 1;
        } else {
            set[at] = was;
            same++;
        }
    }
    mlg_best_sets_found(best, set, value, -mlg_ties_left(ties, ties->n, k));
}

bool mlg_players_apart(mlg_apart *apart, int32_t k, mlg_best_sets *best)
{
    const mlg_csr *ties = apart->ties;
    const double n = ties->n, sets = mlg_sets_of(ties->n, k);
    int32_t levels = 0;

    (void) mlg_apart_nearness(apart, NULL, 0, &levels);
    const double once = (levels + 2.0) * (n + (double) mlg_csr_size(ties)) * (double) apart->words;
    const double all = sets * once, some = 2.0 * k * n * once;
    if (sets <= MLG_MOST_SETS && all <= MOST_WORK) {
        try_all(apart, k, best);
    } else if (some <= MOST_WORK) {
        try_some(apart, k, best);
    } else {
        return false;
    }
    return true;
}
