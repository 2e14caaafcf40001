/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/linking.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* One of the best ways from the first end to a party. */
typedef struct mlg_linking_way {
    uint64_t partners; /* of the go-betweens, the party itself among them */
    int32_t before;    /* the party before it */
    int32_t which;     /* of its ways; -1: there is no such way */
} mlg_linking_way;

/* ---- what joins whom ------------------------------------------------------------------- */

mlg_status mlg_linking_add(mlg_linking *links, mlg_id a, mlg_id b, int kind, mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (a < 0 || b < 0 || a == b) {
        return MLG_OK;
    }
    if (!mlg_grow(&links->from, &links->room_from, links->n + 1, sizeof *links->from) ||
        !mlg_grow(&links->to, &links->room_to, links->n + 1, sizeof *links->to) ||
        !mlg_grow(&links->kind, &links->room_kind, links->n + 1, sizeof *links->kind)) {
        FAIL(err, MLG_ENOMEM, "gap.introductions: no memory for %zu links", links->n + 1);
    }
    links->from[links->n] = a;
    links->to[links->n] = b;
    links->kind[links->n++] = kind;
out:
    return status;
}

mlg_status mlg_linking_close(mlg_linking *links, int32_t n_parties, mlg_error *err)
{
    return mlg_csr_build(n_parties, n_parties, true, true, links->from, links->to, links->kind,
                         links->n, MLG_MERGE_MAX, &links->of, err);
}

void mlg_linking_free(mlg_linking *links)
{
    mlg_csr_free(&links->of);
    mlg_free(links->from);
    mlg_free(links->to);
    mlg_free(links->kind);
    *links = (mlg_linking){0};
}

/* ---- the search ------------------------------------------------------------------------- */

mlg_status mlg_linking_search_open(const mlg_linking *links, mlg_linking_search *out,
                                   mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) links->of.n;

    *out = (mlg_linking_search){links, mlg_alloc(n, sizeof(int32_t)), mlg_alloc(n, sizeof(int32_t)),
                                mlg_alloc(n, sizeof(int32_t)),
                                mlg_alloc(n * MLG_LINKING_CHAINS, sizeof(mlg_linking_way))};
    TRY_ALLOC(err, out->ahead);
    TRY_ALLOC(err, out->behind);
    TRY_ALLOC(err, out->queue);
    TRY_ALLOC(err, out->way);
out:
    if (status != MLG_OK) {
        mlg_linking_search_close(out);
    }
    return status;
}

void mlg_linking_search_close(mlg_linking_search *search)
{
    mlg_free(search->ahead);
    mlg_free(search->behind);
    mlg_free(search->queue);
    mlg_free(search->way);
    *search = (mlg_linking_search){0};
}

/* A step between the two ends is what is missing, or no help. */
static bool is_step(mlg_id x, mlg_id y, mlg_id a, mlg_id b)
{
    return !(x == a && y == b) && !(x == b && y == a);
}

/* Steps from one end, up to the longest chain; answers how many parties the queue holds, nearest
 * first. */
static int32_t spread(const mlg_linking_search *s, mlg_id from, mlg_id to, int32_t *steps)
{
    const mlg_csr *of = &s->links->of;
    int32_t n = 1;

    memset(steps, -1, (size_t) of->n * sizeof *steps);
    steps[from] = 0;
    s->queue[0] = from;
    for (int32_t at = 0; at < n && steps[s->queue[at]] < MLG_LINKING_STEPS; at++) {
        const mlg_id x = s->queue[at];
        for (uint32_t k = of->offset[x]; k < of->offset[x + 1]; k++) {
            const mlg_id y = of->target[k];
            if (steps[y] < 0 && is_step(x, y, from, to)) {
                steps[y] = steps[x] + 1;
                s->queue[n++] = y;
            }
        }
    }
    return n;
}

/* Puts a way among the best of a party, after those that are as good. */
static void offer(mlg_linking_way *ways, mlg_linking_way way)
{
    for (size_t k = 0; k < MLG_LINKING_CHAINS; k++) {
        if (ways[k].which < 0 || way.partners < ways[k].partners) {
            const mlg_linking_way moved = ways[k];
            ways[k] = way;
            way = moved;
            if (way.which < 0) {
                return;
            }
        }
    }
}

/* The best ways to a party from those of the parties a step nearer, in the order of ids. */
static void find_ways(const mlg_linking_search *s, mlg_id y, mlg_id a, mlg_id b)
{
    const mlg_csr *of = &s->links->of;
    mlg_linking_way *ways = s->way + (size_t) y * MLG_LINKING_CHAINS;
    const uint64_t own = y == b ? 0 : mlg_csr_degree(of, y);

    for (size_t k = 0; k < MLG_LINKING_CHAINS; k++) {
        ways[k] = (mlg_linking_way){0, -1, -1};
    }
    for (uint32_t k = of->offset[y]; k < of->offset[y + 1]; k++) {
        const mlg_id x = of->target[k];
        if (s->ahead[x] != s->ahead[y] - 1 || !is_step(x, y, a, b)) {
            continue;
        }
        const mlg_linking_way *before = s->way + (size_t) x * MLG_LINKING_CHAINS;
        for (int32_t i = 0; i < MLG_LINKING_CHAINS && before[i].which >= 0; i++) {
            offer(ways, (mlg_linking_way){before[i].partners + own, x, i});
        }
    }
}

static void trace(const mlg_linking_search *s, mlg_id b, int32_t which, int32_t steps,
                  mlg_linking_chain *chain)
{
    mlg_id at = b;
    chain->n = steps;
    for (int32_t k = steps; k >= 0; k--) {
        const mlg_linking_way way = s->way[(size_t) at * MLG_LINKING_CHAINS + (size_t) which];
        chain->party[k] = at;
        at = way.before;
        which = way.which;
    }
}

size_t mlg_linking_chains(mlg_linking_search *s, mlg_id a, mlg_id b, mlg_linking_chain *chains)
{
    size_t found = 0;

    spread(s, b, a, s->behind);
    const int32_t n = spread(s, a, b, s->ahead);
    const int32_t steps = s->ahead[b];
    if (steps < 0) {
        return 0;
    }
    mlg_linking_way *first = s->way + (size_t) a * MLG_LINKING_CHAINS;
    first[0] = (mlg_linking_way){0, -1, 0};
    for (size_t k = 1; k < MLG_LINKING_CHAINS; k++) {
        first[k] = (mlg_linking_way){0, -1, -1};
    }
    for (int32_t i = 1; i < n; i++) { /* nearest first */
        const mlg_id y = s->queue[i];
        if (s->behind[y] >= 0 && s->ahead[y] + s->behind[y] == steps) {
            find_ways(s, y, a, b);
        } else {
            s->way[(size_t) y * MLG_LINKING_CHAINS] = (mlg_linking_way){0, -1, -1};
        }
    }
    while (found < MLG_LINKING_CHAINS &&
           s->way[(size_t) b * MLG_LINKING_CHAINS + found].which >= 0) {
        trace(s, b, (int32_t) found, steps, &chains[found]);
        found++;
    }
    return found;
}
