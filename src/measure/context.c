/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/context.h"

#include <assert.h>
#include <string.h>

/* A context with room for `n_views` graphs and their slots, none made yet. */
static mlg_status context_new(const mlg_model *model, size_t n_views, const mlg_run *run,
                              mlg_context **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_context *context = mlg_zalloc(1, sizeof *context);

    *out = NULL;
    TRY_ALLOC(err, context);
    context->model = model;
    context->run = run;
    context->n_views = n_views;
    context->graphs = mlg_zalloc(n_views, sizeof(mlg_graph *));
    TRY_ALLOC(err, context->graphs);
    context->slots = mlg_zalloc((n_views + 1) * MLG_N_SLOTS, sizeof *context->slots);
    TRY_ALLOC(err, context->slots);
out:
    if (status != MLG_OK) {
        mlg_context_free(context);
    } else {
        *out = context;
    }
    return status;
}

mlg_status mlg_context_open(const mlg_model *model, const mlg_view *views, size_t n_views,
                            const mlg_run *run, mlg_context **context, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(context_new(model, n_views, run, context, err));
    (*context)->owns_graphs = true;
    for (size_t v = 0; v < n_views; v++) {
        if (run->progress != NULL) {
            run->progress(run->context, views[v].id, (double) v / (double) n_views);
        }
        TRY(mlg_graph_build(model, &views[v], run, &(*context)->graphs[v], err));
    }
out:
    if (status != MLG_OK) {
        mlg_context_free(*context);
        *context = NULL;
    }
    return status;
}

mlg_status mlg_context_of_graph(mlg_graph *graph, const mlg_run *run, mlg_context **context,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(context_new(graph->model, 1, run, context, err));
    (*context)->graphs[0] = graph;
out:
    return status;
}

void mlg_context_free(mlg_context *context)
{
    if (context == NULL) {
        return;
    }
    for (size_t i = 0; context->slots != NULL && i < (context->n_views + 1) * MLG_N_SLOTS; i++) {
        if (context->slots[i].made != NULL) {
            context->slots[i].release(context->slots[i].made);
        }
    }
    for (size_t v = 0; context->graphs != NULL && context->owns_graphs && v < context->n_views;
         v++) {
        mlg_graph_free(context->graphs[v]);
    }
    mlg_free(context->slots);
    mlg_free(context->graphs);
    mlg_free(context);
}

size_t mlg_context_views(const mlg_context *context)
{
    return context->n_views;
}

const mlg_graph *mlg_context_graph(const mlg_context *context, int32_t view)
{
    assert(view >= 0 && (size_t) view < context->n_views);
    return context->graphs[view];
}

const mlg_view *mlg_context_view(const mlg_context *context, int32_t view)
{
    return &mlg_context_graph(context, view)->view;
}

/* Where a view's slot stands among all. */
static size_t slot_of(const mlg_context *context, int32_t view, mlg_slot slot)
{
    const size_t place = view < 0 ? context->n_views : (size_t) view;
    assert(view >= -1 && place < context->n_views + (view < 0) && slot < MLG_N_SLOTS);
    return place * MLG_N_SLOTS + (size_t) slot;
}

void *mlg_context_slot(const mlg_context *context, int32_t view, mlg_slot slot)
{
    return context->slots[slot_of(context, view, slot)].made;
}

void mlg_context_keep(mlg_context *context, int32_t view, mlg_slot slot, void *made,
                      void (*release)(void *made))
{
    const size_t at = slot_of(context, view, slot);

    if (context->slots[at].made != NULL) {
        context->slots[at].release(context->slots[at].made);
    }
    context->slots[at].made = made;
    context->slots[at].release = release;
}

mlg_value *mlg_values_add_actors(mlg_values *values, const char *measure,
                                 const mlg_context *context, int32_t view, mlg_error *err)
{
    const mlg_graph *graph = mlg_context_graph(context, view);
    const size_t n = (size_t) graph->n;
    mlg_value *value = mlg_values_add(values, measure, view, n, err);

    if (value == NULL) {
        return NULL;
    }
    value->scope = graph->scope; /* actors, or the sectors or schemes they collapsed into */
    mlg_id *subjects = mlg_value_subjects(value);
    if (subjects == NULL || mlg_value_column_of(value, MLG_VALUE) == NULL) {
        mlg_values_drop(values);
        mlg_fail(err, MLG_ENOMEM, "%s: no memory for %zu actors", measure, n);
        return NULL;
    }
    memcpy(subjects, graph->subject, n * sizeof *subjects);
    return value;
}
