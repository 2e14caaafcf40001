/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/bridges.h"

#include <math.h>
#include <stdlib.h>

#include "maillage/depend.h"

static int by_falling_pairs(const void *left, const void *right)
{
    const mlg_bridge *x = left, *y = right;
    if (x->pairs != y->pairs) {
        return x->pairs > y->pairs ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

static size_t count_bridges(const mlg_forest *forest)
{
    size_t n = 0;
    for (int32_t t = 0; t < forest->n; t++) {
        n += forest->parent[t] >= 0 && mlg_forest_is_bridge(forest, t);
    }
    return n;
}

mlg_status mlg_bridges_of(const mlg_forest *forest, const int64_t *beyond, mlg_bridge **out,
                          size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t at = 0;
    int64_t together = 0;

    *n = count_bridges(forest);
    *out = mlg_alloc(*n, sizeof **out);
    TRY_ALLOC(err, *out);
    for (int32_t t = 0; t < forest->n; t++) {
        if (forest->parent[t] < 0) {
            together = forest->actors[t];
        } else if (mlg_forest_is_bridge(forest, t)) {
            const int32_t x = forest->who[forest->parent[t]], y = forest->who[t];
            const int64_t below = forest->actors[t], above = together - below;
            (*out)[at++] = (mlg_bridge){
                .a = x < y ? x : y,
                .b = x < y ? y : x,
                .pairs = below * above,
                .cross = beyond != NULL ? beyond[t] : -1,
                .lesser = (int32_t) (below < above ? below : above),
            };
        }
    }
    qsort(*out, *n, sizeof **out, by_falling_pairs);
out:
    if (status != MLG_OK) {
        *n = 0;
    }
    return status;
}

/* Appends the first bridges as pairs of subjects. */
static mlg_status list_bridges(const mlg_graph *graph, int32_t view, const mlg_bridge *bridges,
                               size_t n, mlg_values *out, mlg_error *err)
{
    enum { MOST = 1000 };
    mlg_status status = MLG_OK;
    double *pairs = NULL, *cross = NULL, *lesser = NULL;
    mlg_id *subject = NULL;
    mlg_value *value = mlg_values_add(out, "depend.bridges", view, n < MOST ? n : MOST, err);

    TRY_ALLOC(err, value);
    value->scope = graph->scope;
    value->total = n;
    value->undefined = n > 0 ? T_none : T_why_no_bridge; /* an empty list says why */
    subject = mlg_value_subjects(value);
    pairs = mlg_value_column_of(value, MLG_VALUE);
    cross = mlg_value_part_of(value, "cross");
    lesser = mlg_value_part_of(value, "lesser_side");
    if (subject == NULL || pairs == NULL || cross == NULL || lesser == NULL) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "depend.bridges: no memory for %zu bridges", n);
    }
    for (size_t i = 0; i < value->n; i++) {
        subject[2 * i] = graph->subject[bridges[i].a];
        subject[2 * i + 1] = graph->subject[bridges[i].b];
        pairs[i] = (double) bridges[i].pairs;
        cross[i] = bridges[i].cross >= 0 ? (double) bridges[i].cross : NAN;
        lesser[i] = bridges[i].lesser;
    }
out:
    return status;
}

mlg_status mlg_depend_bridges(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_removal_slot *slot = NULL;
    mlg_cross_removals cross = {0};
    mlg_bridge *bridges = NULL;
    size_t n = 0;

    if (!graph->projected) { /* a bridge of the two-mode data is no tie between two actors */
        return mlg_values_undefined(out, "depend.bridges", view, T_why_too_large, err);
    }
    if (graph->n_ties == 0) {
        return mlg_values_undefined(out, "depend.bridges", view, T_why_no_ties, err);
    }
    TRY(mlg_cached_removals(context, view, &slot, err));
    if (graph->n_sectors >= 2) {
        TRY(mlg_cross_removals_of(graph, &slot->forest, &cross, err));
    }
    TRY(mlg_bridges_of(&slot->forest, cross.beyond, &bridges, &n, err));
    TRY(list_bridges(graph, view, bridges, n, out, err));
out:
    mlg_free(bridges);
    mlg_cross_removals_free(&cross);
    return status;
}
