/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/rows.h"
#include "measure/meetings.h"
#include "measure/null_summary.h"
#include "measure/perimeters.h"
#include "model/span.h"

/* An actor may take part in an activity only if it works where the activity is about, while both
 * exist. What is unknown forbids nothing, and neither do participations that are on record. */

typedef struct ground {
    const mlg_graph *graph;
    mlg_perimeters perimeters;
    mlg_gap_places where;
    mlg_span *actor; /* [parties] */
    bool *near;      /* [where.n] does the place meet the activity at hand? */
} ground;

static mlg_span span_of(const mlg_graph *graph, int32_t e)
{
    const int32_t row = graph->model->activity_row[graph->activity[e]];
    if (row < 0) {
        return mlg_span_unknown();
    }
    const mlg_span span = {mlg_get_span(graph->model, C_activities_start, row).first,
                           mlg_get_span(graph->model, C_activities_end, row).last};
    return span.first > span.last ? mlg_span_unknown() : span;
}

static const mlg_id *territories_of(const mlg_graph *graph, int32_t e, size_t *n)
{
    const int32_t row = graph->model->activity_row[graph->activity[e]];
    *n = 0;
    return row >= 0 ? mlg_get_list(graph->model, C_activities_territory, row, n) : NULL;
}

/* Could any cell be closed? */
static bool is_anything_known(const ground *g)
{
    const mlg_graph *graph = g->graph;
    bool dates = false, places = false, of_actors = false;

    for (int32_t v = 0; v < graph->n && !of_actors; v++) {
        const mlg_span span = g->actor[graph->subject[v]];
        of_actors = span.first != MLG_EVER_FIRST || span.last != MLG_EVER_LAST;
    }
    for (int32_t e = 0; e < graph->n_activities && !(dates && places); e++) {
        size_t n = 0;
        const mlg_span span = span_of(graph, e);
        territories_of(graph, e, &n);
        places = places || n > 0;
        dates = dates || span.first != MLG_EVER_FIRST || span.last != MLG_EVER_LAST;
    }
    return (dates && of_actors) || (places && g->where.n > 0);
}

static bool may_attend(const ground *g, int32_t v, mlg_span activity, bool somewhere)
{
    const mlg_span a = g->actor[g->graph->subject[v]];
    const mlg_csr *of = &g->where.of;
    bool near = !somewhere || mlg_csr_degree(of, v) == 0;

    for (uint32_t k = of->offset[v]; k < of->offset[v + 1] && !near; k++) {
        near = g->near[of->target[k]];
    }
    return near && a.first <= activity.last && activity.first <= a.last;
}

static void close_row(ground *g, int32_t e, mlg_meetings *out)
{
    const mlg_graph *graph = g->graph;
    uint64_t *row = out->may + (size_t) e * mlg_bit_words(graph->n);
    const mlg_span span = span_of(graph, e);
    size_t n = 0;
    const mlg_id *territory = territories_of(graph, e, &n);

    for (int32_t p = 0; p < g->where.n; p++) {
        g->near[p] = false;
        for (size_t i = 0; i < n && !g->near[p]; i++) {
            g->near[p] = mlg_territories_meet(graph->model, &g->perimeters, g->where.territory[p],
                                              territory[i]) != MLG_APART;
        }
    }
    for (uint32_t k = graph->attended.offset[e]; k < graph->attended.offset[e + 1]; k++) {
        const int32_t v = graph->attended.target[k];
        row[v >> 6] |= UINT64_C(1) << (v & 63);
    }
    for (int32_t v = 0; v < graph->n; v++) {
        if (may_attend(g, v, span, n > 0)) {
            row[v >> 6] |= UINT64_C(1) << (v & 63);
        }
        out->barred += mlg_csr_degree(&graph->attends, v) > 0 && !mlg_may_have(row, v);
    }
}

static mlg_status close_cells(ground *g, const mlg_run *run, mlg_meetings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = g->graph;
    const size_t words = (size_t) graph->n_activities * mlg_bit_words(graph->n);

    if (words * 8 > (run->force ? run->memory_bound : MLG_NULL_BYTES)) {
        out->never = T_why_too_large;
        return MLG_OK;
    }
    out->may = mlg_zalloc(words, sizeof *out->may);
    g->near = mlg_alloc((size_t) g->where.n, sizeof *g->near);
    TRY_ALLOC(err, out->may);
    TRY_ALLOC(err, g->near);
    for (int32_t e = 0; e < graph->n_activities; e++) {
        close_row(g, e, out);
    }
    if (out->barred == 0) {
        mlg_free(out->may);
        out->may = NULL;
    }
    out->seats.may = out->may;
out:
    return status;
}

mlg_status mlg_meeting_zeros_make(const mlg_graph *graph, const mlg_run *run, mlg_meetings *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    ground g = {.graph = graph};

    if (graph->model == NULL || graph->scope != MLG_SCOPE_ACTOR) {
        return MLG_OK;
    }
    TRY(mlg_perimeters_of(graph->model, &g.perimeters, err));
    TRY(mlg_gap_places_of(graph, &g.where, err));
    TRY(mlg_gap_spans_of(graph->model, MLG_ACTORS, C_actors_id, C_actors_start, C_actors_end,
                         &g.actor, err));
    if (is_anything_known(&g)) {
        TRY(close_cells(&g, run, out, err));
    }
out:
    mlg_perimeters_free(&g.perimeters);
    mlg_gap_places_free(&g.where);
    mlg_free(g.actor);
    mlg_free(g.near);
    return status;
}
