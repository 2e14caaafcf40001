/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/network.h"
#include "measure/answer.h"
#include "measure/betweenness.h"
#include "measure/density.h"

/* Freeman's index: how far the scores stand below the largest, over the most that could be. */
static double index_of(const double *score, int32_t n, double most)
{
    double largest = 0.0, gap = 0.0;

    for (int32_t v = 0; v < n; v++) {
        largest = fmax(largest, score[v]);
    }
    for (int32_t v = 0; v < n; v++) {
        gap += largest - score[v];
    }
    return gap / most;
}

enum { IN = 1, OUT = 2 };

/* Degrees along arcs: received, sent, or both together. */
static void arc_degrees(const mlg_csr *arcs, unsigned ends, double *degree)
{
    for (int32_t v = 0; v < arcs->n; v++) {
        degree[v] = (ends & OUT) != 0 ? mlg_csr_degree(arcs, v) : 0.0;
    }
    for (size_t i = 0; (ends & IN) != 0 && i < mlg_csr_size(arcs); i++) {
        degree[arcs->target[i]] += 1.0;
    }
}

/* The three digraph indices, with sna's divisors, and the weak one; `degree` [n] is scratch. */
static void degree_indices(const mlg_graph *graph, const mlg_run *run, double *degree,
                           mlg_answer *a)
{
    const double others = graph->n - 1.0;
    double freeman = NAN;

    for (int32_t v = 0; v < graph->n; v++) {
        degree[v] = mlg_csr_degree(&graph->ties, v);
    }
    a->value = index_of(degree, graph->n, others * (others - 1.0));
    a->convention = "weak";
    if (graph->directed) {
        mlg_answer_part(a, "weak", a->value);
        arc_degrees(&graph->arcs, IN | OUT, degree);
        freeman = index_of(degree, graph->n, 2.0 * others * (others - 1.0));
        mlg_answer_part(a, "freeman", freeman);
        arc_degrees(&graph->arcs, IN, degree);
        mlg_answer_part(a, "in", index_of(degree, graph->n, others * others));
        arc_degrees(&graph->arcs, OUT, degree);
        mlg_answer_part(a, "out", index_of(degree, graph->n, others * others));
    }
    if (graph->directed && (mlg_run_follows(run, "sna") || mlg_run_follows(run, "igraph"))) {
        a->value = freeman;
        a->convention = "freeman";
    }
    if (mlg_run_follows(run, "igraph")) { /* its divisor leaves room for loops */
        a->value *= graph->directed ? (others - 1.0) / others : (others - 1.0) / (others + 1.0);
        a->convention = "loops";
    }
}

mlg_status mlg_network_centralization_degree(mlg_context *context, int32_t view, mlg_values *out,
                                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, "network.centralization.degree", view);
    const mlg_graph *graph = NULL;
    double *degree = NULL;

    if (a.why == T_none && mlg_context_graph(context, view)->n < 3) {
        a.why = T_why_too_few_actors;
    }
    if (a.why == T_none) {
        graph = mlg_context_graph(context, view);
        degree = mlg_alloc((size_t) graph->n, sizeof *degree);
        TRY_ALLOC(err, degree);
        degree_indices(graph, context->run, degree, &a);
        mlg_answer_part(&a, "density", mlg_density(graph, false));
    }
    TRY(mlg_answer_append(&a, out, err));
out:
    mlg_free(degree);
    return status;
}

static mlg_status betweenness_indices(mlg_context *context, int32_t view, mlg_answer *a,
                                      mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const double others = graph->n - 1.0, most = others * others * (others - 1.0) / 2;
    const mlg_betweenness *ties = NULL, *arcs = NULL;

    TRY(mlg_context_betweenness(context, view, &ties, err));
    a->value = index_of(ties->raw, graph->n, most);
    a->why = ties->overflow ? T_why_too_many_paths : T_none;
    a->convention = "weak";
    a->draws = ties->sources;
    a->caution = ties->sources > 0 ? T_caution_approximate : T_none;
    if (graph->directed) {
        TRY(mlg_context_arc_betweenness(context, view, &arcs, err));
        const double along = arcs->overflow ? NAN : index_of(arcs->raw, graph->n, 2 * most);
        mlg_answer_part(a, "weak", a->value);
        mlg_answer_part(a, "arcs", along);
        if (mlg_run_follows(context->run, "sna") || mlg_run_follows(context->run, "igraph")) {
            a->value = along;
            a->why = arcs->overflow ? T_why_too_many_paths : T_none;
            a->convention = "arcs";
            a->draws = arcs->sources;
            a->caution = arcs->sources > 0 ? T_caution_approximate : T_none;
        }
    }
    mlg_answer_part(a, "density", mlg_density(graph, false));
out:
    return status;
}

mlg_status mlg_network_centralization_betweenness(mlg_context *context, int32_t view,
                                                  mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, "network.centralization.betweenness", view);

    if (a.why == T_none && mlg_context_graph(context, view)->n < 3) {
        a.why = T_why_too_few_actors;
    }
    if (a.why == T_none) {
        TRY(betweenness_indices(context, view, &a, err));
    }
    TRY(mlg_answer_append(&a, out, err));
out:
    return status;
}
