/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "graph/build.h"

static double largest(const mlg_csr *ties)
{
    double w_max = 0.0;
    const size_t size = mlg_csr_size(ties);
    if (ties->weight == NULL || size == 0) {
        return 1.0;
    }
    for (size_t i = 0; i < size; i++) {
        w_max = ties->weight[i] > w_max ? ties->weight[i] : w_max;
    }
    return w_max;
}

static bool is_arc(const mlg_tie_rows *rows, size_t i)
{
    return rows->arc != NULL ? rows->arc[i] != 0 : rows->all_arcs;
}

/* Rows without a direction, turned round, so that each stands both ways among the arcs. */
typedef struct both_ways {
    int32_t *from, *to;
    double *weight;
    size_t m;
} both_ways;

static mlg_status turn(const mlg_tie_rows *rows, both_ways *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t undirected = 0;

    for (size_t i = 0; i < rows->m; i++) {
        undirected += !is_arc(rows, i);
    }
    out->m = rows->m + undirected;
    out->from = mlg_alloc(out->m, sizeof *out->from);
    out->to = mlg_alloc(out->m, sizeof *out->to);
    TRY_ALLOC(err, out->from);
    TRY_ALLOC(err, out->to);
    if (rows->weight != NULL) {
        out->weight = mlg_alloc(out->m, sizeof *out->weight);
        TRY_ALLOC(err, out->weight);
    }
    for (size_t i = 0, at = 0; i < rows->m; i++) {
        for (int way = 0; way < (is_arc(rows, i) ? 1 : 2); way++, at++) {
            out->from[at] = way == 0 ? rows->from[i] : rows->to[i];
            out->to[at] = way == 0 ? rows->to[i] : rows->from[i];
            if (rows->weight != NULL) {
                out->weight[at] = rows->weight[i];
            }
        }
    }
out:
    return status;
}

static mlg_status set_arcs(mlg_graph *graph, const mlg_tie_rows *rows, mlg_error *err)
{
    mlg_status status = MLG_OK;
    both_ways arcs = {0};

    if (!graph->directed) {
        graph->arcs = graph->ties; /* the same arrays: mlg_graph_free() knows */
        graph->n_arcs = graph->n_ties;
        return MLG_OK;
    }
    TRY(turn(rows, &arcs, err));
    TRY(mlg_csr_build(graph->n, graph->n, true, false, arcs.from, arcs.to, arcs.weight, arcs.m,
                      MLG_MERGE_MAX, &graph->arcs, err));
    graph->n_arcs = mlg_csr_size(&graph->arcs);
out:
    mlg_free(arcs.from);
    mlg_free(arcs.to);
    mlg_free(arcs.weight);
    return status;
}

mlg_status mlg_graph_set_ties(mlg_graph *graph, const mlg_tie_rows *rows, mlg_error *err)
{
    mlg_status status = MLG_OK;

    graph->directed = rows->arc == NULL && rows->all_arcs;
    for (size_t i = 0; i < rows->m; i++) {
        graph->directed = graph->directed || is_arc(rows, i);
        graph->facts.loops += rows->from[i] == rows->to[i];
    }
    graph->weighted = rows->weight != NULL;
    TRY(mlg_csr_build(graph->n, graph->n, true, true, rows->from, rows->to, rows->weight, rows->m,
                      MLG_MERGE_MAX, &graph->ties, err));
    graph->n_ties = mlg_csr_size(&graph->ties) / 2;
    graph->w_max = largest(&graph->ties);
    graph->projected = true;
    TRY(set_arcs(graph, rows, err));
out:
    return status;
}

/* A projection past the limits leaves a graph without ties, but with its two modes. */
static mlg_status set_projection(mlg_graph *graph, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_error reason = {0};
    const uint64_t bound = run->force ? UINT64_MAX : MLG_MAX_PAIRS;

    graph->facts.pairs_expected = (size_t) mlg_project_pairs(&graph->attended);
    status = mlg_project(&graph->attends, &graph->attended, graph->view.projection, false, bound,
                         run, &graph->ties, &reason);
    graph->projected = status == MLG_OK;
    if (status == MLG_ESIZE) { /* every kernel can read an adjacency without entries */
        TRY(mlg_csr_build(graph->n, graph->n, true, true, NULL, NULL, NULL, 0, MLG_MERGE_MAX,
                          &graph->ties, err));
    } else if (status != MLG_OK) {
        FAIL(err, status, "%s", reason.message);
    }
    graph->arcs = graph->ties;
    graph->n_ties = graph->n_arcs = mlg_csr_size(&graph->ties) / 2;
    graph->w_max = largest(&graph->ties);
    graph->weighted = true;
out:
    return status;
}

mlg_status mlg_graph_set_participations(mlg_graph *graph, const int32_t *actor,
                                        const int32_t *activity, size_t m, const mlg_run *run,
                                        mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_csr_build(graph->n, graph->n_activities, false, false, actor, activity, NULL, m,
                      MLG_MERGE_MAX, &graph->attends, err));
    TRY(mlg_csr_transpose(&graph->attends, graph->n_activities, &graph->attended, err));
    for (int32_t e = 0; e < graph->n_activities; e++) {
        graph->facts.activities_single += mlg_csr_degree(&graph->attended, e) == 1;
    }
    TRY(set_projection(graph, run, err));
out:
    return status;
}

/* A graph of n actors that knows its sectors and no tie yet; NULL when memory is short. */
static mlg_graph *open_graph(int32_t n, mlg_source source, const int32_t *sector, int32_t n_sectors)
{
    mlg_graph *graph = mlg_zalloc(1, sizeof *graph);

    if (graph == NULL) {
        return NULL;
    }
    graph->view = (mlg_view){
        .source = source,
        .by = MLG_BY_ACTOR,
        .from = MLG_EVER_FIRST,
        .to = MLG_EVER_LAST,
        .kind = -1,
    };
    static const char id[][16] = {
        [MLG_FROM_TIES] = "ties", [MLG_FROM_PARTICIPATIONS] = "participations"};
    memcpy(graph->view.id, id[source], sizeof id[source]);
    graph->n = n;
    graph->scope = MLG_SCOPE_ACTOR;
    graph->n_sectors = sector != NULL ? n_sectors : 0;
    graph->subject = mlg_alloc((size_t) n, sizeof *graph->subject);
    graph->sector = mlg_alloc((size_t) n, sizeof *graph->sector);
    graph->sector_code = mlg_alloc((size_t) graph->n_sectors, sizeof *graph->sector_code);
    if (graph->subject == NULL || graph->sector == NULL || graph->sector_code == NULL) {
        mlg_graph_free(graph);
        return NULL;
    }
    for (int32_t v = 0; v < n; v++) {
        graph->subject[v] = v;
        graph->sector[v] = sector != NULL ? sector[v] : -1;
        graph->facts.unknown_sector += graph->sector[v] < 0;
    }
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        graph->sector_code[s] = s;
    }
    return graph;
}

mlg_status mlg_graph_from_ties(int32_t n, const int32_t *from, const int32_t *to,
                               const double *weight, size_t m, bool directed, const int32_t *sector,
                               int32_t n_sectors, mlg_graph **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_tie_rows rows = {from, to, weight, NULL, directed, m};
    mlg_graph *graph = open_graph(n, MLG_FROM_TIES, sector, n_sectors);

    *out = NULL;
    TRY_ALLOC(err, graph);
    graph->facts.rows = m;
    TRY(mlg_graph_set_ties(graph, &rows, err));
    *out = graph;
    graph = NULL;
out:
    mlg_graph_free(graph);
    return status;
}

mlg_status mlg_graph_from_participations(int32_t n, int32_t n_activities, const int32_t *actor,
                                         const int32_t *activity, size_t m,
                                         mlg_projection projection, const int32_t *sector,
                                         int32_t n_sectors, const mlg_run *run, mlg_graph **out,
                                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_run defaults = MLG_RUN_INIT;
    mlg_graph *graph = open_graph(n, MLG_FROM_PARTICIPATIONS, sector, n_sectors);

    *out = NULL;
    TRY_ALLOC(err, graph);
    graph->view.projection = projection;
    graph->n_activities = n_activities;
    graph->activity = mlg_alloc((size_t) n_activities, sizeof *graph->activity);
    TRY_ALLOC(err, graph->activity);
    for (int32_t e = 0; e < n_activities; e++) {
        graph->activity[e] = e;
    }
    graph->facts.rows = m;
    TRY(mlg_graph_set_participations(graph, actor, activity, m, run != NULL ? run : &defaults,
                                     err));
    *out = graph;
    graph = NULL;
out:
    mlg_graph_free(graph);
    return status;
}

void mlg_graph_free(mlg_graph *graph)
{
    if (graph == NULL) {
        return;
    }
    if (graph->arcs.offset != graph->ties.offset) {
        mlg_csr_free(&graph->arcs);
    }
    mlg_csr_free(&graph->ties);
    mlg_csr_free(&graph->attends);
    mlg_csr_free(&graph->attended);
    mlg_csr_free(&graph->sector_set);
    mlg_free(graph->subject);
    mlg_free(graph->sector_code);
    mlg_free(graph->sector);
    mlg_free(graph->activity);
    mlg_free(graph->into);
    mlg_free(graph->activity_when);
    mlg_free(graph);
}
