/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/labels.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* The sectors of one actor. */
typedef struct own_set {
    int32_t actor, first;
    uint32_t n;
    const int32_t *sectors;
} own_set;

static int by_set(const void *left, const void *right)
{
    const own_set *a = left, *b = right;
    for (uint32_t i = 0; i < a->n && i < b->n; i++) {
        if (a->sectors[i] != b->sectors[i]) {
            return a->sectors[i] < b->sectors[i] ? -1 : 1;
        }
    }
    if (a->n != b->n) {
        return a->n < b->n ? -1 : 1;
    }
    return a->first < b->first ? -1 : a->first > b->first;
}

static own_set set_of(const mlg_graph *graph, int32_t v)
{
    own_set own = {.actor = v, .first = graph->sector[v], .n = 1, .sectors = &graph->sector[v]};
    if (graph->sector_set.n > 0 && mlg_csr_degree(&graph->sector_set, v) > 0) {
        own.n = mlg_csr_degree(&graph->sector_set, v);
        own.sectors = graph->sector_set.target + graph->sector_set.offset[v];
    }
    return own;
}

/* Ranks the actors with a sector and counts the carriers of each; answers how many sectors
 * are named, an actor's several ones each. */
static size_t count_carriers(const mlg_graph *graph, mlg_labelling *out)
{
    size_t named = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        out->place[v] = -1;
        if (graph->sector[v] < 0) {
            continue;
        }
        const own_set own = set_of(graph, v);
        out->actor[out->n] = v;
        out->place[v] = out->n++;
        out->several = out->several || own.n > 1;
        named += own.n;
        for (uint32_t i = 0; i < own.n; i++) {
            out->carriers[own.sectors[i]]++;
        }
    }
    return named;
}

/* One sector each: the types are the sectors. */
static void types_are_sectors(const mlg_graph *graph, mlg_labelling *out)
{
    out->n_types = graph->n_sectors;
    for (int32_t i = 0; i < out->n; i++) {
        out->type[i] = (uint16_t) graph->sector[out->actor[i]];
        out->count[out->type[i]]++;
    }
    for (int32_t t = 0; t < out->n_types; t++) {
        out->first[t] = out->set[t] = t;
        out->set_offset[t + 1] = (uint32_t) t + 1;
    }
}

/* Sorts the actors by their sectors; each run of equal ones is a type. */
static mlg_status types_are_sets(const mlg_graph *graph, mlg_labelling *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    own_set *sets = mlg_alloc((size_t) out->n, sizeof *sets);

    TRY_ALLOC(err, sets);
    for (int32_t i = 0; i < out->n; i++) {
        sets[i] = set_of(graph, out->actor[i]);
    }
    qsort(sets, (size_t) out->n, sizeof *sets, by_set);
    for (int32_t i = 0; i < out->n; i++) {
        if (i == 0 || by_set(&sets[i - 1], &sets[i]) != 0) {
            const int32_t t = out->n_types++;
            if (t >= MLG_MAX_TYPES) {
                FAIL(err, MLG_ESIZE, "more than %d combinations of sectors", MLG_MAX_TYPES);
            }
            out->first[t] = sets[i].first;
            out->set_offset[t + 1] = out->set_offset[t] + sets[i].n;
            memcpy(out->set + out->set_offset[t], sets[i].sectors, sets[i].n * sizeof *out->set);
        }
        out->type[out->place[sets[i].actor]] = (uint16_t) (out->n_types - 1);
        out->count[out->n_types - 1]++;
    }
out:
    mlg_free(sets);
    return status;
}

static bool sets_meet(const mlg_labelling *l, int32_t t, int32_t u)
{
    uint32_t i = l->set_offset[t], j = l->set_offset[u];
    while (i < l->set_offset[t + 1] && j < l->set_offset[u + 1]) {
        if (l->set[i] == l->set[j]) {
            return true;
        }
        if (l->set[i] < l->set[j]) {
            i++;
        } else {
            j++;
        }
    }
    return false;
}

static mlg_status compare_types(mlg_labelling *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n_types = (size_t) out->n_types;

    for (int32_t t = 0; t < out->n_types; t++) {
        out->others[t] = out->count[t] - 1;
    }
    if (out->several) {
        out->shares = mlg_zalloc(n_types * n_types, sizeof *out->shares);
        TRY_ALLOC(err, out->shares);
        for (int32_t t = 0; t < out->n_types; t++) {
            for (int32_t u = 0; u < out->n_types; u++) {
                const bool meet = t == u || sets_meet(out, t, u);
                out->shares[(size_t) t * n_types + (size_t) u] = meet;
                out->others[t] += meet && t != u ? out->count[u] : 0;
            }
        }
    }
out:
    return status;
}

/* Room for the types: at most one an actor, or one a sector. */
static mlg_status open_types(mlg_labelling *out, size_t named, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t most = out->several ? (size_t) out->n : (size_t) out->n_sectors;
    const size_t set_room = out->several ? named : most;

    if (!out->several && most > UINT16_MAX) {
        FAIL(err, MLG_ESIZE, "more than %d sectors", UINT16_MAX);
    }
    out->type = mlg_alloc((size_t) out->n, sizeof *out->type);
    out->count = mlg_zalloc(most, sizeof *out->count);
    out->first = mlg_alloc(most, sizeof *out->first);
    out->set_offset = mlg_zalloc(most + 1, sizeof *out->set_offset);
    out->set = mlg_alloc(set_room, sizeof *out->set);
    out->others = mlg_alloc(most, sizeof *out->others);
    if (out->type == NULL || out->count == NULL || out->first == NULL || out->set_offset == NULL ||
        out->set == NULL || out->others == NULL) {
        FAIL(err, MLG_ENOMEM, "labels: no memory for %zu types", most);
    }
out:
    return status;
}

mlg_status mlg_labelling_make(const mlg_graph *graph, mlg_labelling *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_labelling){.n_sectors = graph->n_sectors};
    out->actor = mlg_alloc((size_t) graph->n, sizeof *out->actor);
    out->place = mlg_alloc((size_t) graph->n, sizeof *out->place);
    out->carriers = mlg_zalloc((size_t) graph->n_sectors, sizeof *out->carriers);
    if (out->actor == NULL || out->place == NULL || out->carriers == NULL) {
        FAIL(err, MLG_ENOMEM, "labels: no memory for %d actors", (int) graph->n);
    }
    const size_t named = count_carriers(graph, out);
    TRY(open_types(out, named, err));
    if (out->several) {
        TRY(types_are_sets(graph, out, err));
    } else {
        types_are_sectors(graph, out);
    }
    TRY(compare_types(out, err));
out:
    if (status != MLG_OK) {
        mlg_labelling_free(out);
    }
    return status;
}

void mlg_labelling_free(mlg_labelling *labelling)
{
    mlg_free(labelling->actor);
    mlg_free(labelling->place);
    mlg_free(labelling->type);
    mlg_free(labelling->count);
    mlg_free(labelling->first);
    mlg_free(labelling->set_offset);
    mlg_free(labelling->set);
    mlg_free(labelling->others);
    mlg_free(labelling->carriers);
    mlg_free(labelling->shares);
    *labelling = (mlg_labelling){0};
}

double mlg_sharing_pairs(const mlg_labelling *labelling)
{
    double pairs = 0.0;
    for (int32_t t = 0; t < labelling->n_types; t++) {
        pairs += (double) labelling->count[t] * (double) labelling->others[t];
    }
    return pairs;
}

bool mlg_too_few_labels(const mlg_labelling *labelling)
{
    int32_t sizeable = 0;
    for (int32_t s = 0; s < labelling->n_sectors; s++) {
        sizeable += labelling->carriers[s] >= 2;
    }
    return labelling->n < 10 || sizeable < 2;
}

bool mlg_one_group(const mlg_labelling *labelling)
{
    const double n = labelling->n;
    return mlg_sharing_pairs(labelling) == n * (n - 1.0);
}

/* A product of binomials, one factor at a time: each step is a whole number and none is
 * smaller than the one before, so it stops at the limit long before it could overflow. */
uint64_t mlg_count_deals(const mlg_labelling *labelling, uint64_t limit)
{
    uint64_t deals = 1, placed = 0;
    for (int32_t t = 0; t < labelling->n_types; t++) {
        for (uint64_t k = 1; k <= (uint64_t) labelling->count[t]; k++) {
            deals = deals * ++placed / k;
            if (deals >= limit) {
                return limit;
            }
        }
    }
    return deals;
}
