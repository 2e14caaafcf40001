/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/network.h"

#include <math.h>

#include "measure/answer.h"
#include "measure/components.h"
#include "measure/density.h"
#include "measure/paths.h"
#include "measure/triangles.h"

mlg_status mlg_network_actors(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_answer a = mlg_answer_open(context, "network.actors", view);

    if (a.why == T_none) {
        const mlg_graph *graph = mlg_context_graph(context, view);
        a.value = graph->n;
        if (graph->view.source == MLG_FROM_PARTICIPATIONS) {
            mlg_answer_part(&a, "activities", graph->n_activities);
        }
    }
    return mlg_answer_append(&a, out, err);
}

mlg_status mlg_network_ties(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_answer a = mlg_answer_open(context, "network.ties", view);

    if (a.why == T_none) {
        const mlg_graph *graph = mlg_context_graph(context, view);
        a.value = (double) graph->n_ties;
        if (graph->directed) {
            mlg_answer_part(&a, "arcs", (double) graph->n_arcs);
        }
        if (graph->view.source == MLG_FROM_PARTICIPATIONS) {
            mlg_answer_part(&a, "participations", (double) mlg_csr_size(&graph->attends));
        }
    }
    return mlg_answer_append(&a, out, err);
}

double mlg_density(const mlg_graph *graph, bool of_arcs)
{
    const double pairs = (double) graph->n * (graph->n - 1.0) / 2;
    if (pairs <= 0.0) {
        return NAN;
    }
    return of_arcs ? (double) graph->n_arcs / (2 * pairs) : (double) graph->n_ties / pairs;
}

/* Share of the possible participations that took place. */
static double two_mode_density(const mlg_graph *graph)
{
    const double possible = (double) graph->n * graph->n_activities;
    return possible > 0.0 ? (double) mlg_csr_size(&graph->attends) / possible : NAN;
}

mlg_status mlg_network_density(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_answer a = mlg_answer_open(context, "network.density", view);

    if (a.why == T_none) {
        const mlg_graph *graph = mlg_context_graph(context, view);
        a.value = mlg_density(graph, graph->directed);
        a.why = isnan(a.value) ? T_why_too_few_actors : T_none;
        a.convention = graph->directed ? "arcs" : "weak";
        if (graph->directed) {
            mlg_answer_part(&a, "weak", mlg_density(graph, false));
        }
        mlg_answer_part(&a, "two_mode", two_mode_density(graph));
    }
    return mlg_answer_append(&a, out, err);
}

/* Share of the pairs of actors that no path joins (Borgatti's F). */
static double fragmentation(const mlg_components *components, double n)
{
    double joined = 0.0;
    for (int32_t c = 0; c < components->n; c++) {
        joined += (double) components->size[c] * (components->size[c] - 1.0);
    }
    return n > 1.0 ? 1.0 - joined / (n * (n - 1.0)) : NAN;
}

/* Size of the biggest component but one; 0 when there is no other. */
static int32_t second(const mlg_components *components)
{
    int32_t first = 0, next = 0;
    for (int32_t c = 0; c < components->n; c++) {
        const int32_t size = components->size[c];
        if (size > first) {
            next = first;
            first = size;
        } else if (size > next) {
            next = size;
        }
    }
    return next;
}

mlg_status mlg_network_components(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, "network.components", view);
    const mlg_components *components = NULL;

    if (a.why == T_none) {
        const double n = mlg_context_graph(context, view)->n;
        TRY(mlg_context_components(context, view, &components, err));
        a.value = components->n;
        mlg_answer_part(&a, "largest", components->biggest);
        mlg_answer_part(&a, "second", second(components));
        mlg_answer_part(&a, "largest_share", n > 0.0 ? components->biggest / n : NAN);
        mlg_answer_part(&a, "fragmentation", fragmentation(components, n));
    }
    TRY(mlg_answer_append(&a, out, err));
out:
    return status;
}

mlg_status mlg_network_isolates(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_answer a = mlg_answer_open(context, "network.isolates", view);

    if (a.why == T_none) {
        const mlg_graph *graph = mlg_context_graph(context, view);
        a.value = 0.0;
        for (int32_t v = 0; v < graph->n; v++) {
            a.value += mlg_csr_degree(&graph->ties, v) == 0;
        }
        mlg_answer_part(&a, "share", graph->n > 0 ? a.value / graph->n : NAN);
    }
    return mlg_answer_append(&a, out, err);
}

mlg_status mlg_network_transitivity(mlg_context *context, int32_t view, mlg_values *out,
                                    mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, "network.transitivity", view);
    mlg_triangles found = {0};

    if (a.why == T_none && mlg_context_view(context, view)->source == MLG_FROM_PARTICIPATIONS) {
        a.why = T_why_projected; /* every activity of three is a triangle */
    }
    if (a.why == T_none) {
        TRY(mlg_triangles_count(&mlg_context_graph(context, view)->ties, &found, err));
        a.why = found.two_paths > 0.0 ? T_none : T_why_no_two_paths;
        a.value = 3.0 * found.triangles / found.two_paths;
        mlg_answer_part(&a, "triangles", found.triangles);
        mlg_answer_part(&a, "two_paths", found.two_paths);
    }
    TRY(mlg_answer_append(&a, out, err));
out:
    return status;
}

mlg_status mlg_network_efficiency(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, "network.efficiency", view);
    const mlg_paths *paths = NULL;

    if (a.why == T_none && mlg_context_graph(context, view)->n < 2) {
        a.why = T_why_too_few_actors;
    }
    if (a.why == T_none) {
        const double n = mlg_context_graph(context, view)->n;
        TRY(mlg_context_paths(context, view, &paths, err));
        a.value = paths->total / (n * (n - 1.0));
    }
    TRY(mlg_answer_append(&a, out, err));
out:
    return status;
}

mlg_status mlg_network_reciprocity(mlg_context *context, int32_t view, mlg_values *out,
                                   mlg_error *err)
{
    mlg_answer a = mlg_answer_open(context, "network.reciprocity", view);

    if (a.why == T_none) {
        const mlg_graph *graph = mlg_context_graph(context, view);
        const double arcs = (double) graph->n_arcs, pairs = (double) graph->n_ties;
        const double mutual = arcs - pairs; /* a pair with both arcs has one arc more */
        const double all = (double) graph->n * (graph->n - 1.0) / 2;
        const double dyadic = (mutual + all - pairs) / all;
        const bool as_sna = mlg_run_follows(context->run, "sna");
        a.why = arcs > 0.0 ? T_none : T_why_no_ties;
        a.value = as_sna ? dyadic : 2 * mutual / arcs;
        a.convention = as_sna ? "dyadic" : "arcs";
        mlg_answer_part(&a, "mutual", mutual);
        mlg_answer_part(&a, "one_way", pairs - mutual);
        mlg_answer_part(&a, "dyadic", dyadic);
        mlg_answer_part(&a, "arcs", 2 * mutual / arcs);
    }
    return mlg_answer_append(&a, out, err);
}
