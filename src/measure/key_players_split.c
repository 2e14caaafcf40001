/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/key_players.h"

/* Whose removal leaves the fewest connected pairs: one search gives the best last member of every
 * set that begins alike, so that C(n, k - 1) searches see C(n, k) sets. */

/* ---- every set ---------------------------------------------------------------------------- */

typedef struct trial {
    mlg_cuts *cuts;
    int64_t *saved; /* [k * n_actors] drops before each member went */
    mlg_best_sets *best;
    int32_t set[MLG_MOST_PLAYERS];
} trial;

static void offer_last(trial *of, int32_t first)
{
    const mlg_cuts *cuts = of->cuts;
    for (int32_t row = first; row < cuts->n_actors; row++) {
        const double left = -(double) (cuts->pairs - cuts->drop[row]);
        if (mlg_best_sets_wants(of->best, left)) {
            mlg_best_sets_offer(of->best, of->set, row, left);
        }
    }
}

/* The last removal is undone: its drops are known from before. */
static void go_back(trial *of, int32_t depth)
{
    mlg_cuts *cuts = of->cuts;
    const size_t n = (size_t) cuts->n_actors;
    const int32_t row = cuts->gone[--cuts->n_gone];
    memcpy(cuts->drop, of->saved + (size_t) depth * n, n * sizeof *cuts->drop);
    cuts->pairs += cuts->drop[row];
}

/* All sets of k in the actors' order, the next prefix as an odometer turns. */
static void try_all(trial *of, int32_t k)
{
    mlg_cuts *cuts = of->cuts;
    const size_t n = (size_t) cuts->n_actors;
    int32_t depth = 0, row = 0;

    for (;;) {
        if (depth == k - 1) {
            offer_last(of, row);
        } else if (row <= cuts->n_actors - (k - depth)) {
            memcpy(of->saved + (size_t) depth * n, cuts->drop, n * sizeof *cuts->drop);
            mlg_cuts_remove(cuts, row);
            of->set[depth++] = row++;
            continue;
        }
        if (depth == 0) {
            break;
        }
        go_back(of, --depth);
        row = of->set[depth] + 1;
    }
    mlg_best_sets_seen_all(of->best);
}

/* ---- greedy, then swaps --------------------------------------------------------------------- */

/* Puts each member back in turn and takes the best one instead, until none is better. Every swap
 * leaves fewer pairs, so that it ends; at most 20 a member are looked at. The last one first: the
 * greedy search did not look at what is left without it. */
static void swap_members(mlg_cuts *cuts, int32_t *set, int32_t k)
{
    const int32_t most = 20 * k;
    for (int32_t at = k - 1, same = 0, looked = 0; same < k && looked < most; looked++) {
        mlg_cuts_put_back(cuts, set[at]);
        const int32_t other = mlg_cuts_worst(cuts);
        const bool better = cuts->drop[other] > cuts->drop[set[at]];
        same = better ? 1 : same + 1;
        set[at] = better ? other : set[at];
        mlg_cuts_remove(cuts, set[at]);
        at = (at + 1) % k;
    }
}

/* The k largest numbers of ties, falling. */
static void largest_degrees(const mlg_csr *ties, int32_t n_actors, int32_t k, int32_t *most)
{
    for (int32_t i = 0; i < k; i++) {
        most[i] = 0;
    }
    for (int32_t row = 0; row < n_actors; row++) {
        int32_t degree = (int32_t) mlg_csr_degree(ties, row);
        for (int32_t i = 0; i < k; i++) {
            if (degree > most[i]) {
                const int32_t smaller = most[i];
                most[i] = degree;
                degree = smaller;
            }
        }
    }
}

double mlg_ties_left(const mlg_csr *ties, int32_t n_actors, int32_t k)
{
    int32_t most[MLG_MOST_PLAYERS];
    int64_t left = (int64_t) (mlg_csr_size(ties) / 2);

    largest_degrees(ties, n_actors, k, most);
    for (int32_t i = 0; i < k; i++) {
        left -= most[i];
    }
    return left > 0 && ties->n == n_actors ? (double) left : 0.0; /* of two modes: none is one */
}

/* No set of k leaves fewer pairs: every tie that is left joins one; and the removals make so many
 * components at most, which hold the fewest pairs when they are of one size. */
static double fewest_left(const mlg_csr *ties, int32_t n_actors, int32_t k, int32_t components)
{
    const int64_t left = n_actors - k;
    const double joined = mlg_ties_left(ties, n_actors, k);
    int32_t most[MLG_MOST_PLAYERS];
    int64_t pieces = components;

    largest_degrees(ties, n_actors, k, most);
    for (int32_t i = 0; i < k; i++) {
        pieces += most[i] > 1 ? most[i] - 1 : 0;
    }
    pieces = pieces < left ? pieces : left;
    const int64_t each = left / pieces, larger = left % pieces;
    const int64_t even = larger * (each + 1) * each / 2 + (pieces - larger) * each * (each - 1) / 2;
    return joined > (double) even ? joined : (double) even;
}

static void search_some(mlg_cuts *cuts, const mlg_csr *ties, int32_t k, mlg_best_sets *best)
{
    int32_t set[MLG_MOST_PLAYERS];

    mlg_cuts_greedy(cuts, k, set);
    swap_members(cuts, set, k);
    const double value = -(double) cuts->pairs;
    while (cuts->n_gone > 0) {
        mlg_cuts_put_back(cuts, cuts->gone[cuts->n_gone - 1]);
    }
    mlg_best_sets_found(best, set, value, -fewest_left(ties, cuts->n_actors, k, cuts->components));
}

mlg_status mlg_players_split(const mlg_csr *ties, int32_t n_actors, int32_t k_max,
                             mlg_best_sets *best, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    mlg_cuts cuts = {0};
    mlg_csr fewer = {0};
    trial of = {.cuts = &cuts};

    if (mlg_csr_size(ties) > 4 * n * ((size_t) k_max + 1)) { /* else not worth it */
        TRY(mlg_ties_that_hold(ties, k_max, &fewer, err));
    }
    TRY(mlg_cuts_open(fewer.offset != NULL ? &fewer : ties, n_actors, &cuts, err));
    for (int32_t k = 1; k <= k_max; k++) {
        if (k > 1 && mlg_sets_of(n_actors, k) > MLG_MOST_SETS) {
            search_some(&cuts, ties, k, &best[k - 1]);
            continue;
        }
        if (of.saved == NULL) {
            of.saved = mlg_alloc((size_t) k_max * (size_t) n_actors, sizeof *of.saved);
            TRY_ALLOC(err, of.saved);
        }
        of.best = &best[k - 1];
        try_all(&of, k);
    }
out:
    mlg_free(of.saved);
    mlg_cuts_free(&cuts);
    mlg_csr_free(&fewer);
    return status;
}
