/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/position.h"

#include <math.h>

#include "measure/answer.h"
#include "measure/betweenness.h"
#include "measure/components.h"
#include "measure/coreness.h"
#include "measure/of_actors.h"
#include "measure/paths.h"
#include "measure/spectral.h"

/* The usual chance to follow a tie rather than to start anew (Brin and Page 1998). */
#define DAMPING 0.85
/* An eigenvector further off than this is called approximate. */
#define WORST_RESIDUAL 1e-9

/* What is received and sent along arcs, counted or weighed. */
static mlg_status add_in_and_out(mlg_value *value, const mlg_csr *arcs, bool weighed,
                                 mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *in = NULL, *sent = NULL;

    TRY(mlg_add_part(value, "in", &in, err));
    TRY(mlg_add_part(value, "out", &sent, err));
    for (int32_t v = 0; v < arcs->n; v++) {
        in[v] = sent[v] = 0.0;
    }
    for (int32_t v = 0; v < arcs->n; v++) {
        for (uint32_t e = arcs->offset[v]; e < arcs->offset[v + 1]; e++) {
            const double weight = weighed && arcs->weight != NULL ? arcs->weight[e] : 1.0;
            sent[v] += weight;
            in[arcs->target[e]] += weight;
        }
    }
out:
    return status;
}

/* sna and igraph count a contact twice when arcs go both ways. */
static bool counts_both_ways(const mlg_context *context, const mlg_graph *graph)
{
    return graph->directed &&
           (mlg_run_follows(context->run, "sna") || mlg_run_follows(context->run, "igraph"));
}

static mlg_status fill_degree(mlg_context *context, int32_t view, mlg_value *value,
                              mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    double *degree = value->column[MLG_VALUE];

    (void) why;
    for (int32_t v = 0; v < graph->n; v++) {
        degree[v] = mlg_csr_degree(&graph->ties, v);
    }
    if (graph->directed) {
        TRY(add_in_and_out(value, &graph->arcs, false, err));
    }
    if (counts_both_ways(context, graph)) {
        const double *in = mlg_value_part_find(value, "in");
        const double *sent = mlg_value_part_find(value, "out");
        value->convention = "freeman";
        for (int32_t v = 0; v < graph->n; v++) {
            degree[v] = in[v] + sent[v];
        }
    }
out:
    return status;
}

mlg_status mlg_position_degree(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return mlg_of_actors(context, "position.degree", view, 1, fill_degree, out, err);
}

static mlg_status fill_strength(mlg_context *context, int32_t view, mlg_value *value,
                                mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_csr *ties = &graph->ties;
    double *strength = value->column[MLG_VALUE];

    (void) why;
    for (int32_t v = 0; v < graph->n; v++) {
        strength[v] = 0.0;
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            strength[v] += ties->weight != NULL ? ties->weight[e] : 1.0;
        }
    }
    if (graph->directed) {
        TRY(add_in_and_out(value, &graph->arcs, true, err));
    }
out:
    return status;
}

mlg_status mlg_position_strength(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    return mlg_of_actors(context, "position.strength", view, 1, fill_strength, out, err);
}

/* Raw scores, their standard errors when sampled, and those over the most a star's hub has. */
static mlg_status write_betweenness(mlg_value *value, const mlg_betweenness *found, bool of_arcs,
                                    mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double n = (double) value->n, pairs = (n - 1.0) * (n - 2.0) / (of_arcs ? 1.0 : 2.0);
    double *raw = value->column[MLG_VALUE], *normalised = NULL, *sd = NULL;

    value->convention = of_arcs ? "arcs" : "weak";
    TRY(mlg_add_part(value, "normalised", &normalised, err));
    for (size_t v = 0; v < value->n; v++) {
        raw[v] = found->raw[v];
        normalised[v] = pairs > 0.0 ? raw[v] / pairs : NAN;
    }
    if (found->sd != NULL) {
        value->draws = found->sources;
        value->caution = T_caution_approximate;
        TRY(mlg_add_part(value, "sd", &sd, err));
        for (size_t v = 0; v < value->n; v++) {
            sd[v] = found->sd[v];
        }
    }
out:
    return status;
}

static mlg_status fill_betweenness(mlg_context *context, int32_t view, mlg_value *value,
                                   mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_betweenness *ties = NULL, *arcs = NULL;
    const bool of_arcs = counts_both_ways(context, graph);
    double *other = NULL;

    TRY(mlg_context_betweenness(context, view, &ties, err));
    if (graph->directed) {
        TRY(mlg_context_arc_betweenness(context, view, &arcs, err));
    }
    if (ties->overflow || (of_arcs && arcs->overflow)) {
        *why = T_why_too_many_paths;
        goto out;
    }
    TRY(write_betweenness(value, of_arcs ? arcs : ties, of_arcs, err));
    if (graph->directed && !arcs->overflow) {
        TRY(mlg_add_part(value, of_arcs ? "weak" : "arcs", &other, err));
        for (size_t v = 0; v < value->n; v++) {
            other[v] = of_arcs ? ties->raw[v] : arcs->raw[v];
        }
    }
out:
    return status;
}

mlg_status mlg_position_betweenness(mlg_context *context, int32_t view, mlg_values *out,
                                    mlg_error *err)
{
    return mlg_of_actors(context, "position.betweenness", view, 1, fill_betweenness, out, err);
}

static mlg_status fill_harmonic(mlg_context *context, int32_t view, mlg_value *value,
                                mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_paths *paths = NULL;

    (void) why;
    TRY(mlg_context_paths(context, view, &paths, err));
    for (size_t v = 0; v < value->n; v++) {
        value->column[MLG_VALUE][v] = paths->nearness[v] / ((double) value->n - 1.0);
    }
out:
    return status;
}

mlg_status mlg_position_harmonic(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    return mlg_of_actors(context, "position.harmonic", view, 2, fill_harmonic, out, err);
}

static mlg_status fill_eigenvector(mlg_context *context, int32_t view, mlg_value *value,
                                   mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double residual = 0.0;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_components *components = NULL;

    TRY(mlg_context_components(context, view, &components, err));
    if (components->biggest < 2) {
        *why = T_why_no_ties;
        goto out;
    }
    TRY(mlg_eigenvector(&graph->ties, components, value->column[MLG_VALUE], &residual, err));
    value->weight = graph->weighted ? "strength" : "none";
    value->caution = components->n > 1 ? T_caution_main_component : T_none;
    value->caution = residual > WORST_RESIDUAL ? T_caution_approximate : value->caution;
out:
    return status;
}

mlg_status mlg_position_eigenvector(mlg_context *context, int32_t view, mlg_values *out,
                                    mlg_error *err)
{
    return mlg_of_actors(context, "position.eigenvector", view, 1, fill_eigenvector, out, err);
}

static mlg_status fill_pagerank(mlg_context *context, int32_t view, mlg_value *value,
                                mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);

    (void) why;
    TRY(mlg_pagerank(&graph->arcs, DAMPING, value->column[MLG_VALUE], err));
    value->convention = graph->directed ? "arcs" : "weak";
    value->weight = graph->weighted ? "strength" : "none";
out:
    return status;
}

mlg_status mlg_position_pagerank(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    return mlg_of_actors(context, "position.pagerank", view, 1, fill_pagerank, out, err);
}

static mlg_status fill_coreness(mlg_context *context, int32_t view, mlg_value *value,
                                mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *core = mlg_alloc(value->n, sizeof *core);

    (void) why;
    TRY_ALLOC(err, core);
    TRY(mlg_coreness(&mlg_context_graph(context, view)->ties, core, err));
    for (size_t v = 0; v < value->n; v++) {
        value->column[MLG_VALUE][v] = core[v];
    }
out:
    mlg_free(core);
    return status;
}

mlg_status mlg_position_coreness(mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err)
{
    return mlg_of_actors(context, "position.coreness", view, 1, fill_coreness, out, err);
}
