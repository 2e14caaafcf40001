/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/removal.h"

#include <string.h>

/* One bit a row: 125 kB for a million actors, where the arrivals themselves are 4 MB. The
 * descent asks nothing else; with the fetch below, 1.2 times faster than asking arrivals. */
static bool is_met(const uint64_t *met, int32_t row)
{
    return (met[row >> 6] >> (row & 63) & 1) != 0;
}

static void meet(uint64_t *met, int32_t row)
{
    met[row >> 6] |= (uint64_t) 1 << (row & 63);
}

/* Starts of the rows that may be next: their fetch overlaps with the scan of this one. */
static void fetch_ahead(const mlg_csr *ties, uint32_t from, uint32_t end)
{
    enum { AHEAD = 8 };
    const uint32_t stop = end - from > AHEAD ? from + AHEAD : end;
    for (uint32_t i = from; i < stop; i++) {
        __builtin_prefetch(&ties->offset[ties->target[i]]);
    }
}

/* Walks one component from `root`, arrivals from `first`; answers the next free arrival.
 * `arrival` is by row. While a row is open, its slot of `size` holds where to read on. */
static int32_t walk(const mlg_csr *ties, int32_t root, int32_t first, uint64_t *met,
                    int32_t *arrival, mlg_forest *forest)
{
    int32_t next = first + 1, t = first;
    uint32_t i = ties->offset[root], end = ties->offset[root + 1];
    uint32_t *resume = (uint32_t *) forest->size; /* signed and unsigned may alias */

    meet(met, root);
    arrival[root] = t;
    forest->who[t] = root;
    forest->parent[t] = -1;
    for (;;) {
        while (i < end && is_met(met, ties->target[i])) {
            i++;
        }
        if (i < end) {
            const int32_t row = ties->target[i];
            resume[t] = i + 1;
            meet(met, row);
            arrival[row] = next;
            forest->who[next] = row;
            forest->parent[next] = t;
            t = next++;
            i = ties->offset[row];
            end = ties->offset[row + 1];
            fetch_ahead(ties, i, end);
            continue;
        }
        forest->size[t] = next - t;
        t = forest->parent[t];
        if (t < 0) {
            return next;
        }
        i = resume[t];
        end = ties->offset[forest->who[t] + 1];
    }
}

/* Earliest arrival each row touches itself, the tie to its parent left out: one sweep in
 * the order of the rows, so that the reads do not wait for one another. */
static void touch(const mlg_csr *ties, const int32_t *arrival, mlg_forest *forest)
{
    for (int32_t row = 0; row < forest->n; row++) {
        const int32_t t = arrival[row], parent = forest->parent[t];
        int32_t low = t;
        for (uint32_t i = ties->offset[row]; i < ties->offset[row + 1]; i++) {
            const int32_t other = arrival[ties->target[i]];
            if (other < low && other != parent) {
                low = other;
            }
        }
        forest->low[t] = low;
    }
}

/* From the latest arrival to the earliest, a branch hands up what it reaches and holds. */
static void hand_up(mlg_forest *forest)
{
    const bool counts = forest->actors != forest->size;
    for (int32_t t = 0; counts && t < forest->n; t++) {
        forest->actors[t] = forest->who[t] < forest->n_actors;
    }
    for (int32_t t = forest->n - 1; t >= 0; t--) {
        const int32_t parent = forest->parent[t];
        if (parent < 0) {
            continue;
        }
        if (forest->low[t] < forest->low[parent]) {
            forest->low[parent] = forest->low[t];
        }
        if (counts) {
            forest->actors[parent] += forest->actors[t];
        }
    }
}

mlg_status mlg_forest_grow(const mlg_csr *ties, int32_t n_actors, mlg_forest *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    int32_t *arrival = mlg_alloc(n, sizeof *arrival);
    uint64_t *met = mlg_zalloc(n / 64 + 1, sizeof *met);

    *out = (mlg_forest){.n = ties->n, .n_actors = n_actors};
    out->who = mlg_alloc(n, sizeof *out->who);
    out->parent = mlg_alloc(n, sizeof *out->parent);
    out->low = mlg_alloc(n, sizeof *out->low);
    out->size = mlg_alloc(n, sizeof *out->size);
    out->actors = n_actors == ties->n ? out->size : mlg_alloc(n, sizeof *out->actors);
    if (arrival == NULL || met == NULL || out->who == NULL || out->parent == NULL ||
        out->low == NULL || out->size == NULL || out->actors == NULL) {
        FAIL(err, MLG_ENOMEM, "removals: no memory for %zu actors", n);
    }
    for (int32_t row = 0, next = 0; row < ties->n; row++) {
        if (!is_met(met, row)) {
            next = walk(ties, row, next, met, arrival, out);
        }
    }
    touch(ties, arrival, out);
    hand_up(out);

out:
    mlg_free(met);
    mlg_free(arrival);
    if (status != MLG_OK) {
        mlg_forest_free(out);
    }
    return status;
}

void mlg_forest_free(mlg_forest *forest)
{
    if (forest->actors != forest->size) {
        mlg_free(forest->actors);
    }
    mlg_free(forest->who);
    mlg_free(forest->parent);
    mlg_free(forest->low);
    mlg_free(forest->size);
    *forest = (mlg_forest){0};
}

/* What falls off when a row goes: the branches below it that reach no higher. */
typedef struct fallen {
    int64_t squares; /* sum of b * b over them */
    int32_t actors;  /* sum of b */
    int32_t branches;
} fallen;

static void count_fallen(const mlg_forest *forest, fallen *of)
{
    for (int32_t t = forest->n - 1; t >= 0; t--) {
        const int64_t b = forest->actors[t];
        if (forest->parent[t] >= 0 && mlg_forest_cuts(forest, t) && b > 0) {
            fallen *parent = &of[forest->parent[t]];
            parent->squares += b * b;
            parent->actors += (int32_t) b;
            parent->branches++;
        }
    }
}

/* With branches b_i of a component of n_c, the one above the row among them:
 * lost = ((n_c - 1)^2 - sum b_i^2) / 2, and n_c^2 for an activity, which is none of them.
 * Whole numbers all through: exact. */
static void count_lost(const mlg_forest *forest, const fallen *of, mlg_removals *out)
{
    int64_t together = 0;
    for (int32_t t = 0; t < forest->n; t++) {
        const int32_t who = forest->who[t];
        if (forest->parent[t] < 0) {
            together = forest->actors[t];
            out->pairs += together * (together - 1) / 2;
        }
        const int64_t others = together - (who < forest->n_actors), above = others - of[t].actors;
        out->lost[who] = (others * others - of[t].squares - above * above) / 2;
        out->branches[who] = of[t].branches + (above > 0);
        out->together[who] = (int32_t) together;
    }
}

mlg_status mlg_removals_of(const mlg_forest *forest, mlg_removals *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) forest->n;
    fallen *of = mlg_zalloc(n, sizeof *of);

    *out = (mlg_removals){.n = forest->n_actors};
    out->lost = mlg_alloc(n, sizeof *out->lost);
    out->branches = mlg_alloc(n, sizeof *out->branches);
    out->together = mlg_alloc(n, sizeof *out->together);
    if (of == NULL || out->lost == NULL || out->branches == NULL || out->together == NULL) {
        FAIL(err, MLG_ENOMEM, "removals: no memory for %zu actors", n);
    }
    count_fallen(forest, of);
    count_lost(forest, of, out);

out:
    mlg_free(of);
    if (status != MLG_OK) {
        mlg_removals_free(out);
    }
    return status;
}

void mlg_removals_free(mlg_removals *removals)
{
    mlg_free(removals->lost);
    mlg_free(removals->branches);
    mlg_free(removals->together);
    *removals = (mlg_removals){0};
}

mlg_status mlg_join_two_modes(const mlg_csr *attends, const mlg_csr *attended, mlg_csr *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = attends->n, e = attended->n;
    const size_t size = mlg_csr_size(attends);

    *out = (mlg_csr){0};
    if (size > UINT32_MAX / 2 || n > INT32_MAX - e) {
        return mlg_fail(err, MLG_ESIZE, "removals: %zu participations are too many", size);
    }
    out->n = n + e;
    out->offset = mlg_alloc((size_t) out->n + 1, sizeof *out->offset);
    out->target = mlg_alloc(2 * size, sizeof *out->target);
    TRY_ALLOC(err, out->offset);
    TRY_ALLOC(err, out->target);
    for (int32_t row = 0; row < n; row++) {
        out->offset[row] = attends->offset[row];
    }
    for (int32_t row = 0; row <= e; row++) {
        out->offset[n + row] = (uint32_t) size + attended->offset[row];
    }
    for (size_t i = 0; i < size; i++) {
        out->target[i] = n + attends->target[i];
        out->target[size + i] = attended->target[i];
    }

out:
    if (status != MLG_OK) {
        mlg_csr_free(out);
    }
    return status;
}

static void release_slot(void *made)
{
    mlg_removal_slot *slot = made;
    mlg_forest_free(&slot->forest);
    mlg_removals_free(&slot->removals);
    mlg_free(slot);
}

mlg_status mlg_cached_removals(mlg_context *context, int32_t view, const mlg_removal_slot **out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    mlg_removal_slot *slot = mlg_context_slot(context, view, MLG_SLOT_REMOVALS);
    mlg_csr both = {0};

    *out = slot;
    if (slot != NULL) {
        return MLG_OK;
    }
    slot = mlg_zalloc(1, sizeof *slot);
    TRY_ALLOC(err, slot);
    if (graph->projected) {
        TRY(mlg_forest_grow(&graph->ties, graph->n, &slot->forest, err));
    } else {
        TRY(mlg_join_two_modes(&graph->attends, &graph->attended, &both, err));
        TRY(mlg_forest_grow(&both, graph->n, &slot->forest, err));
    }
    TRY(mlg_removals_of(&slot->forest, &slot->removals, err));
    mlg_context_keep(context, view, MLG_SLOT_REMOVALS, slot, release_slot);
    *out = slot;

out:
    mlg_csr_free(&both);
    if (status != MLG_OK && slot != NULL) {
        release_slot(slot);
    }
    return status;
}
