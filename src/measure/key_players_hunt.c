/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/key_players_hunt.h"

#include <stdlib.h>
#include <string.h>

#define MOST_WORK 2e7 /* entries that one hunt may read: about a fifth of a second */
enum { FAR = INT32_MAX };

/* A candidate and the most it may add to a set of `seen` members or more. */
typedef struct candidate {
    double adds;
    int32_t row, seen;
} candidate;

typedef struct hunt {
    const mlg_reach_ways *ways;
    mlg_reach_aim aim;
    double slack, work;
    int32_t *near;   /* [rows] steps to the nearest member */
    int32_t *level;  /* [rows] of this search, FAR elsewhere */
    int32_t *queue;  /* [rows] */
    candidate *heap; /* [n_actors] */
    double *alone;   /* [n_actors] the most it may add to nobody */
} hunt;

static void hunt_free(hunt *h)
{
    mlg_free(h->near);
    mlg_free(h->level);
    mlg_free(h->queue);
    mlg_free(h->heap);
    mlg_free(h->alone);
}

static void forget(const hunt *h, int32_t *level)
{
    for (int32_t row = 0; row < h->ways->ties->n; row++) {
        level[row] = FAR;
    }
}

static mlg_status hunt_open(hunt *h, const mlg_reach_ways *ways, mlg_reach_aim aim, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t rows = (size_t) ways->ties->n, n = (size_t) ways->n_actors;

    *h = (hunt){.ways = ways, .aim = aim};
    h->near = mlg_alloc(rows, sizeof *h->near);
    h->level = mlg_alloc(rows, sizeof *h->level);
    h->queue = mlg_alloc(rows, sizeof *h->queue);
    h->heap = mlg_alloc(n, sizeof *h->heap);
    h->alone = mlg_alloc(n, sizeof *h->alone);
    if (h->near == NULL || h->level == NULL || h->queue == NULL || h->heap == NULL ||
        h->alone == NULL) {
        hunt_free(h);
        FAIL(err, MLG_ENOMEM, "key players: no memory for %zu actors", n);
    }
    forget(h, h->near);
    forget(h, h->level);
out:
    return status;
}

/* ---- what a member adds --------------------------------------------------------------------- */

/* Of an actor that is so many steps from the set. */
static double worth(const hunt *h, int32_t level)
{
    const int32_t stride = h->ways->stride;
    if (level == FAR) {
        return 0;
    }
    switch (h->aim) {
    case MLG_REACH_ONE:
        return level <= stride;
    case MLG_REACH_TWO:
        return level <= 2 * stride;
    default:
        return level <= stride ? 1.0 : (double) stride / level;
    }
}

/* What `member` adds to the set: the search goes on only where it is nearer than the set is. With
 * `joins` it becomes one of it. */
static double add(hunt *h, int32_t member, bool joins)
{
    const mlg_csr *ties = h->ways->ties;
    const int32_t stride = h->ways->stride;
    const int32_t most = h->aim == MLG_REACH_ONE   ? stride
                         : h->aim == MLG_REACH_TWO ? 2 * stride
                                                   : FAR;
    int32_t head = 0, tail = 0;
    double sum = 0;

    if (h->near[member] > 0) {
        h->level[member] = 0;
        h->queue[tail++] = member;
    }
    while (head < tail) {
        const int32_t row = h->queue[head++], next = h->level[row] + 1;
        if (row < h->ways->n_actors) {
            sum += worth(h, next - 1) - worth(h, h->near[row]);
        }
        if (next > most) {
            continue;
        }
        h->work += mlg_csr_degree(ties, row);
        for (uint32_t i = ties->offset[row]; i < ties->offset[row + 1]; i++) {
            const int32_t other = ties->target[i];
            if (h->level[other] == FAR && next < h->near[other]) {
                h->level[other] = next;
                h->queue[tail++] = other;
            }
        }
    }
    for (int32_t i = 0; i < tail; i++) {
        const int32_t row = h->queue[i];
        h->near[row] = joins ? h->level[row] : h->near[row];
        h->level[row] = FAR;
    }
    return sum;
}

/* The most an actor may add, from the numbers of its partners and of theirs. */
static double at_most(const hunt *h, int32_t row)
{
    const mlg_csr *ties = h->ways->ties;
    const double others = h->ways->n_actors - 1;
    double first = mlg_csr_degree(ties, row), second = 0;

    for (uint32_t i = ties->offset[row]; i < ties->offset[row + 1]; i++) {
        second += mlg_csr_degree(ties, ties->target[i]) - 1.0;
    }
    if (h->ways->stride > 1) { /* partners are those of its activities */
        first = second;
        second = others;
    }
    first = first < others ? first : others;
    second = second < others - first ? second : others - first;
    switch (h->aim) {
    case MLG_REACH_ONE:
        return 1 + first;
    case MLG_REACH_TWO:
        return 1 + first + second;
    default:
        return 1 + first + second / 2 + (others - first - second) / 3;
    }
}

/* ---- candidates, the most promising first ---------------------------------------- */

static bool before(const candidate *a, const candidate *b)
{
    return a->adds > b->adds || (a->adds == b->adds && a->row < b->row);
}

static void sift(candidate *heap, int32_t n, int32_t at)
{
    const candidate moved = heap[at];
    for (int32_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
        child += child + 1 < n && before(&heap[child + 1], &heap[child]);
        if (!before(&heap[child], &moved)) {
            break;
        }
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moved;
}

static void fill(hunt *h)
{
    const int32_t n = h->ways->n_actors;
    for (int32_t row = 0; row < n; row++) {
        h->alone[row] = at_most(h, row);
        h->heap[row] = (candidate){.adds = h->alone[row], .row = row, .seen = -1};
    }
    for (int32_t at = n / 2; at-- > 0;) {
        sift(h->heap, n, at);
    }
}

/* The sum of the k largest. */
static double most_of(const hunt *h, int32_t k)
{
    double top[MLG_MOST_PLAYERS] = {0}, sum = 0;
    for (int32_t i = 0; i < h->ways->n_actors; i++) {
        double adds = h->heap[i].adds;
        for (int32_t j = 0; j < k; j++) {
            if (adds > top[j]) {
                const double smaller = top[j];
                top[j] = adds;
                adds = smaller;
            }
        }
    }
    for (int32_t j = 0; j < k; j++) {
        sum += top[j];
    }
    return sum;
}

/* The one that adds most to the `members` so far. Once the work is spent, the best of those looked
 * at, else of those that promise most. */
static int32_t choose(hunt *h, int32_t members)
{
    const int32_t n = h->ways->n_actors;
    candidate *top = &h->heap[0];
    int32_t best = -1;
    double most = -1;

    while (top->seen != members) {
        if (h->work > MOST_WORK && best >= 0) {
            return best;
        }
        top->adds = add(h, top->row, false);
        top->seen = members;
        if (members == 0) {
            h->alone[top->row] = top->adds;
        }
        if (top->adds > most) {
            most = top->adds;
            best = top->row;
        }
        sift(h->heap, n, 0);
    }
    return top->row;
}

/* ---- one, several ---------------------------------------- */

/* All of first place: whoever may add as much is looked at. */
static void hunt_one(hunt *h, mlg_best_sets *best)
{
    const int32_t n = h->ways->n_actors;
    candidate *top = &h->heap[0];
    double most = -1;
    bool all = true;

    while (all && top->adds >= most - h->slack) {
        if (top->seen == 0) { /* listed below; out of the way */
            top->adds = -INFINITY;
            sift(h->heap, n, 0);
            continue;
        }
        h->alone[top->row] = top->adds = add(h, top->row, false);
        top->seen = 0;
        most = top->adds > most ? top->adds : most;
        sift(h->heap, n, 0);
        all = h->work <= MOST_WORK;
    }
    const double bound = all ? most : most_of(h, 1);
    for (int32_t i = 0; i < n; i++) { /* those not looked at add less */
        if (h->heap[i].seen != 0) {
            h->alone[h->heap[i].row] = -INFINITY;
        }
    }
    for (int32_t row = 0; row < n; row++) {
        if (h->alone[row] >= 0) {
            mlg_best_sets_offer(best, NULL, row, h->alone[row]);
        }
    }
    best->bound = bound > most ? bound : most;
    best->proven = most >= bound - h->slack;
    best->sets = all ? best->sets : NAN;
}

/* Each member gives its place to one that adds more, until there is none. */
static double swap_members(hunt *h, int32_t *set, int32_t k, double value)
{
    const int32_t n = h->ways->n_actors;

    for (int32_t at = 0, same = 0, looked = 0; same < k && looked < 3 * k && h->work <= MOST_WORK;
         looked++, at = (at + 1) % k) {
        double without = 0;
        forget(h, h->near);
        for (int32_t i = 0; i < k; i++) {
            without += i != at ? add(h, set[i], true) : 0;
        }
        double most = value - without;
        int32_t better = -1;
        for (int32_t row = 0; row < n && h->work <= MOST_WORK; row++) {
            const double adds = h->alone[row] > most + h->slack ? add(h, row, false) : -INFINITY;
            if (adds > most + h->slack) {
                most = adds;
                better = row;
            }
        }
        same = better >= 0 ? 1 : same + 1;
        set[at] = better >= 0 ? better : set[at];
        value = better >= 0 ? without + most : value;
    }
    return value;
}

static void hunt_some(hunt *h, int32_t k, mlg_best_sets *best)
{
    int32_t set[MLG_MOST_PLAYERS];
    double value = 0, bound = h->ways->n_actors;

    for (int32_t i = 0; i < k; i++) {
        set[i] = choose(h, i);
        const double most = value + most_of(h, k);
        bound = most < bound ? most : bound;
        value += add(h, set[i], true);
    }
    const double most = value + most_of(h, k);
    bound = most < bound ? most : bound;
    value = swap_members(h, set, k, value);
    mlg_best_sets_found(best, set, value, value > bound ? value : bound);
}

mlg_status mlg_hunt(const mlg_reach_ways *ways, int32_t k, mlg_reach_aim aim, mlg_best_sets *best,
                    mlg_error *err)
{
    mlg_status status = MLG_OK;
    hunt h;

    TRY(hunt_open(&h, ways, aim, err));
    h.slack = best->slack;
    fill(&h);
    if (k == 1) {
        hunt_one(&h, best);
    } else {
        hunt_some(&h, k, best);
    }
    hunt_free(&h);
out:
    return status;
}

/* ---- what a set comes to ---------------------------------------- */

static void count_reached(hunt *h, const int32_t *set, int32_t k, int32_t *at, size_t room,
                          double *figure)
{
    memset(at, 0, room * sizeof *at); /* actors so many steps away; members: 1 */
    forget(h, h->near);
    for (int32_t i = 0; i < k; i++) {
        (void) add(h, set[i], true);
    }
    for (int32_t row = 0; row < h->ways->n_actors; row++) {
        const int32_t steps = h->near[row] != FAR ? h->near[row] / h->ways->stride : 0;
        at[steps > 1 || h->near[row] == FAR ? steps : 1]++;
    }
    figure[MLG_REACH_NEAR] = 0;
    for (size_t t = 1; t < room; t++) { /* [0]: not reached */
        figure[MLG_REACH_NEAR] += at[t] / (double) t;
    }
    figure[MLG_REACH_ONE] = at[1];
    figure[MLG_REACH_TWO] = at[1] + (room > 2 ? at[2] : 0);
}

mlg_status mlg_reach_of(const mlg_reach_ways *ways, const mlg_best_sets *best, double *figures,
                        mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = (size_t) ways->ties->n / (size_t) ways->stride + 2;
    int32_t *at = mlg_alloc(room, sizeof *at);
    hunt h = {0};

    TRY_ALLOC(err, at);
    TRY(hunt_open(&h, ways, MLG_REACH_NEAR, err));
    for (int32_t s = 0; s < best->n_kept; s++) {
        count_reached(&h, best->member + (size_t) s * (size_t) best->k, best->k, at, room,
                      figures + (size_t) s * MLG_REACH_AIMS);
    }
    hunt_free(&h);
out:
    mlg_free(at);
    return status;
}
