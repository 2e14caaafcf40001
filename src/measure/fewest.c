/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/fewest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/sets_of.h"

/* What a report may spend on one of these, in steps: well under a second. */
#define MOST_STEPS 2e8

void mlg_fewest_free(mlg_fewest *fewest)
{
    mlg_free(fewest->who);
    *fewest = (mlg_fewest){0};
}

static bool is_most(const mlg_fewest_case *of, int64_t orphans)
{
    return (double) orphans > MLG_FEWEST_SHARE * (double) of->total;
}

/* ---- every set ----------------------------------------------------------------- */

/* The next set of as many members in the order of their numbers: {0,1}, {0,2}, {1,2}, {0,3}... */
static uint32_t next_set(uint32_t set)
{
    const uint32_t lowest = set & (0U - set), ripple = set + lowest;
    return ripple | (((set ^ ripple) >> 2) / lowest);
}

/* All sets of k: how many do, and the best of them. 0 when none does. */
static uint32_t try_sets(const mlg_fewest_case *of, int32_t k, bool *gone, mlg_fewest *out)
{
    uint32_t best = 0;
    const uint32_t end = 1U << of->n;

    for (uint32_t set = (1U << k) - 1; set < end; set = next_set(set)) {
        for (int32_t i = 0; i < of->n; i++) {
            gone[i] = (set >> i & 1U) != 0;
        }
        const int64_t orphans = of->orphans(of->items, gone);
        if (!is_most(of, orphans)) {
            continue;
        }
        out->sets++;
        if (best == 0 || orphans > out->orphans) {
            best = set;
            out->orphans = orphans;
        }
    }
    return best;
}

static bool search_all(const mlg_fewest_case *of, bool force, bool *gone, mlg_fewest *out)
{
    double steps = 0.0;

    for (int32_t k = 1; k <= of->n; k++) {
        steps += mlg_sets_of(of->n, k) * (of->cost + of->n);
        if (!force && steps > MOST_STEPS) {
            return false;
        }
        const uint32_t best = try_sets(of, k, gone, out);
        if (best != 0) {
            for (int32_t i = 0; i < of->n; i++) {
                if ((best >> i & 1U) != 0) {
                    out->who[out->k++] = i;
                }
            }
            out->at_least = k;
            return true;
        }
        out->at_least = k + 1;
    }
    return false;
}

/* ---- one after the other -------------------------------------------------------- */

/* The candidate who orphans most beside those gone: of equal ones who holds most, then the first.
 */
static int32_t next_best(const mlg_fewest_case *of, bool *gone)
{
    int32_t best = -1;
    int64_t most = -1;

    for (int32_t i = 0; i < of->n; i++) {
        if (gone[i]) {
            continue;
        }
        gone[i] = true;
        const int64_t orphans = of->orphans(of->items, gone);
        gone[i] = false;
        if (orphans > most || (orphans == most && of->holds[i] > of->holds[best])) {
            best = i;
            most = orphans;
        }
    }
    return best;
}

typedef struct holding {
    int64_t holds;
    int32_t who;
} holding;

static int by_holds(const void *left, const void *right)
{
    const holding *a = left, *b = right;
    if (a->holds != b->holds) {
        return a->holds > b->holds ? -1 : 1;
    }
    return a->who < b->who ? -1 : a->who > b->who;
}

/* Too many to try each at each step: those who hold most go, as few as will do. */
static mlg_status take_largest(const mlg_fewest_case *of, bool *gone, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t low = 1, high = of->n;
    holding *order = mlg_alloc((size_t) of->n, sizeof *order);

    TRY_ALLOC(err, order);
    for (int32_t i = 0; i < of->n; i++) {
        order[i] = (holding){of->holds[i], i};
    }
    qsort(order, (size_t) of->n, sizeof *order, by_holds);
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        for (int32_t i = 0; i < of->n; i++) {
            gone[order[i].who] = i < middle;
        }
        if (is_most(of, of->orphans(of->items, gone))) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    for (int32_t i = 0; i < of->n; i++) {
        gone[order[i].who] = i < low;
    }
out:
    mlg_free(order);
    return status;
}

/* Those of them that are not needed come back, the last of the list first. */
static void bring_back(const mlg_fewest_case *of, bool *gone)
{
    for (int32_t i = of->n - 1; i >= 0; i--) {
        if (gone[i]) {
            gone[i] = false;
            gone[i] = !is_most(of, of->orphans(of->items, gone));
        }
    }
}

/* How many steps of choosing the best the work allows. */
static int32_t steps_allowed(const mlg_fewest_case *of)
{
    const double steps = MOST_STEPS / ((of->cost + 1.0) * of->n);
    return steps < (double) of->n ? (int32_t) steps : of->n;
}

static mlg_status search_greedily(const mlg_fewest_case *of, bool *gone, mlg_fewest *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t allowed = steps_allowed(of);
    bool reached = false;

    memset(gone, 0, (size_t) of->n * sizeof *gone);
    for (int32_t k = 0; k < allowed && !reached; k++) {
        gone[next_best(of, gone)] = true;
        reached = is_most(of, of->orphans(of->items, gone));
    }
    if (!reached) {
        TRY(take_largest(of, gone, err));
    } else {
        bring_back(of, gone);
    }
    for (int32_t i = 0; i < of->n; i++) {
        if (gone[i]) {
            out->who[out->k++] = i;
        }
    }
    out->orphans = of->orphans(of->items, gone);
    out->proven = out->k == out->at_least;
out:
    return status;
}

mlg_status mlg_fewest_of(const mlg_fewest_case *of, bool force, mlg_fewest *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    bool *gone = mlg_zalloc((size_t) of->n, sizeof *gone);

    *out = (mlg_fewest){0};
    TRY_ALLOC(err, gone);
    out->who = mlg_alloc((size_t) of->n, sizeof *out->who);
    TRY_ALLOC(err, out->who);
    out->already = out->orphans = of->orphans(of->items, gone);
    if (is_most(of, out->already)) {
        out->reached = out->proven = true;
        goto out;
    }
    memset(gone, 1, (size_t) of->n * sizeof *gone);
    out->reached = of->n > 0 && is_most(of, of->orphans(of->items, gone));
    out->at_least = 1;
    if (!out->reached) {
        goto out;
    }
    out->proven = of->n <= MLG_FEWEST_EXACT && search_all(of, force, gone, out);
    if (!out->proven) {
        TRY(search_greedily(of, gone, out, err));
    }
out:
    mlg_free(gone);
    if (status != MLG_OK) {
        mlg_fewest_free(out);
    }
    return status;
}
