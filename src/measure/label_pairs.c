/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"
#include "measure/labels.h"

typedef struct weighed {
    double weight;
    mlg_pair pair;
} weighed;

/* Pairs of one weight keep the order of the actors: the sums of weights, and so the bytes,
 * do not depend on the sort. */
static int by_weight(const void *left, const void *right)
{
    const weighed *a = left, *b = right;
    if (a->weight != b->weight) {
        return a->weight < b->weight ? -1 : 1;
    }
    if (a->pair.a != b->pair.a) {
        return a->pair.a < b->pair.a ? -1 : 1;
    }
    return a->pair.b < b->pair.b ? -1 : a->pair.b > b->pair.b;
}

static double weight_of(const mlg_graph *graph, mlg_pair_kind kind, int32_t v, uint32_t i)
{
    const mlg_csr *ties = &graph->ties, *arcs = &graph->arcs;
    const int32_t w = ties->target[i];

    if (kind == MLG_PAIRS_TIES || (kind == MLG_PAIRS_ARCS && !graph->directed)) {
        return 1.0;
    }
    if (!graph->directed) {
        return ties->weight != NULL ? ties->weight[i] : 1.0;
    }
    const double there = mlg_csr_find(arcs, v, w), back = mlg_csr_find(arcs, w, v);
    return kind == MLG_PAIRS_ARCS ? (there > 0.0) + (back > 0.0) : there + back;
}

/* Calls for each pair in the order of the actors; `list` NULL only counts. */
static size_t list_pairs(const mlg_graph *graph, const mlg_labelling *labelling, mlg_pair_kind kind,
                         weighed *list)
{
    const bool each_arc = kind == MLG_PAIRS_EACH_ARC;
    const mlg_csr *rows = each_arc ? &graph->arcs : &graph->ties;
    size_t n = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        const int32_t a = labelling->place[v];
        for (uint32_t i = rows->offset[v]; a >= 0 && i < rows->offset[v + 1]; i++) {
            const int32_t b = labelling->place[rows->target[i]];
            if (b < 0 || (!each_arc && b < a)) {
                continue;
            }
            if (list != NULL) {
                list[n].pair = (mlg_pair){(uint32_t) a, (uint32_t) b};
                list[n].weight = each_arc ? 1.0 : weight_of(graph, kind, v, i);
            }
            n++;
        }
    }
    return n;
}

static mlg_status group(const weighed *list, mlg_pairs *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    for (size_t i = 0; i < out->n; i++) {
        out->n_groups += i == 0 || list[i].weight != list[i - 1].weight;
    }
    out->pair = mlg_alloc(out->n, sizeof *out->pair);
    out->end = mlg_alloc(out->n_groups, sizeof *out->end);
    out->weight = mlg_alloc(out->n_groups, sizeof *out->weight);
    TRY_ALLOC(err, out->pair);
    TRY_ALLOC(err, out->end);
    TRY_ALLOC(err, out->weight);
    for (size_t i = 0, g = 0; i < out->n; i++) {
        out->pair[i] = list[i].pair;
        out->total += list[i].weight;
        if (i + 1 == out->n || list[i + 1].weight != list[i].weight) {
            out->end[g] = i + 1;
            out->weight[g++] = list[i].weight;
        }
    }
out:
    return status;
}

mlg_status mlg_pairs_make(const mlg_graph *graph, const mlg_labelling *labelling,
                          mlg_pair_kind kind, mlg_pairs *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    weighed *list = NULL;

    *out = (mlg_pairs){.n = list_pairs(graph, labelling, kind, NULL)};
    list = mlg_alloc(out->n, sizeof *list);
    TRY_ALLOC(err, list);
    list_pairs(graph, labelling, kind, list);
    if (kind == MLG_PAIRS_WEIGHTED || kind == MLG_PAIRS_ARCS) {
        qsort(list, out->n, sizeof *list, by_weight);
    }
    TRY(group(list, out, err));
out:
    mlg_free(list);
    if (status != MLG_OK) {
        mlg_pairs_free(out);
    }
    return status;
}

void mlg_pairs_free(mlg_pairs *pairs)
{
    mlg_free(pairs->pair);
    mlg_free(pairs->end);
    mlg_free(pairs->weight);
    *pairs = (mlg_pairs){0};
}
