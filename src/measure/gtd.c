/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/network.h"
#include "measure/answer.h"
#include "measure/components.h"
#include "measure/superiors.h"

/* Krackhardt's four dimensions of a hierarchy, all 1 in an out-tree and only there. Arcs are read
 * from superior to subordinate. */

mlg_status mlg_network_gtd_connectedness(mlg_context *context, int32_t view, mlg_values *out,
                                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, "network.gtd.connectedness", view);
    const mlg_components *components = NULL;
    double joined = 0.0;

    if (a.why == T_none && mlg_context_graph(context, view)->n < 2) {
        a.why = T_why_too_few_actors;
    }
    if (a.why == T_none) {
        const double n = mlg_context_graph(context, view)->n;
        TRY(mlg_context_components(context, view, &components, err));
        for (int32_t c = 0; c < components->n; c++) {
            joined += components->size[c] * (components->size[c] - 1.0);
        }
        a.value = joined / (n * (n - 1.0));
    }
    TRY(mlg_answer_append(&a, out, err));
out:
    return status;
}

/* Ties (arcs) beyond those of a tree in each component, over the most that could be; NaN when no
 * component has three actors. */
static double efficiency(const mlg_components *components, double lines, bool of_arcs)
{
    double needed = 0.0, most = 0.0;

    for (int32_t c = 0; c < components->n; c++) {
        const double others = components->size[c] - 1.0;
        needed += others;
        most += of_arcs ? others * others : others * (others - 1.0) / 2.0;
    }
    return components->biggest < 3 ? NAN : 1.0 - (lines - needed) / most;
}

mlg_status mlg_network_gtd_efficiency(mlg_context *context, int32_t view, mlg_values *out,
                                      mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, "network.gtd.efficiency", view);
    const mlg_components *components = NULL;

    if (a.why == T_none) {
        const mlg_graph *graph = mlg_context_graph(context, view);
        TRY(mlg_context_components(context, view, &components, err));
        const double links = efficiency(components, (double) graph->n_ties, false);
        a.why = isnan(links) ? T_why_no_three : T_none;
        a.value = graph->directed ? efficiency(components, (double) graph->n_arcs, true) : links;
        a.convention = graph->directed ? "arcs" : "weak";
        if (graph->directed) {
            mlg_answer_part(&a, "links", links);
        }
    }
    TRY(mlg_answer_append(&a, out, err));
out:
    return status;
}

/* sna's default is a simple share of pairs, near 1 - density in a sparse network. */
mlg_status mlg_network_gtd_hierarchy(mlg_context *context, int32_t view, mlg_values *out,
                                     mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, "network.gtd.hierarchy", view);
    const mlg_components *components = NULL;
    mlg_superiors found;

    if (a.why == T_none && mlg_context_graph(context, view)->n_arcs == 0) {
        a.why = T_why_no_ties;
    }
    if (a.why == T_none) {
        const mlg_graph *graph = mlg_context_graph(context, view);
        const bool as_sna = mlg_run_follows(context->run, "sna");
        const double one_way = 2.0 * (double) graph->n_ties - (double) graph->n_arcs;
        const double reciprocity = one_way / ((double) graph->n * (graph->n - 1.0) / 2.0);
        TRY(mlg_context_components(context, view, &components, err));
        TRY(mlg_superiors_of(&graph->arcs, components, context->run->force, &found, err));
        const double krackhardt = 1.0 - found.mutual / (found.mutual + found.one_way);
        a.value = as_sna ? reciprocity : krackhardt;
        a.convention = as_sna ? "reciprocity" : "krackhardt";
        mlg_answer_part(&a, "krackhardt", krackhardt);
        mlg_answer_part(&a, "reciprocity", reciprocity);
    }
    TRY(mlg_answer_append(&a, out, err));
out:
    return status;
}

mlg_status mlg_network_gtd_lub(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, "network.gtd.lub", view);
    const mlg_components *components = NULL;
    mlg_superiors found;

    if (a.why == T_none) {
        const mlg_graph *graph = mlg_context_graph(context, view);
        const bool as_sna = mlg_run_follows(context->run, "sna");
        TRY(mlg_context_components(context, view, &components, err));
        a.why = components->biggest < 3 ? T_why_no_three : T_none;
        if (a.why == T_none) {
            TRY(mlg_superiors_of(&graph->arcs, components, context->run->force, &found, err));
            const double least = 1.0 - found.without_least / found.pairs;
            const double foremost = 1.0 - found.without_foremost / found.pairs;
            a.value = as_sna ? foremost : least;
            a.convention = as_sna ? "foremost" : "krackhardt";
            mlg_answer_part(&a, "krackhardt", least);
            mlg_answer_part(&a, "foremost", foremost);
        }
    }
    TRY(mlg_answer_append(&a, out, err));
out:
    return status;
}
