/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "maillage/position.h"
#include "measure/constraint.h"
#include "measure/of_actors.h"

/* Structural holes: what each actor's contacts have to do with each other. */

/* The arcs of both directions added, entry by entry of symmetric ties. */
static mlg_status add_both_ways(const mlg_csr *arcs, const double *weight, mlg_csr *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t m = mlg_csr_size(arcs);
    int32_t *from = mlg_alloc(m, sizeof *from);

    TRY_ALLOC(err, from);
    for (int32_t v = 0; v < arcs->n; v++) {
        for (uint32_t e = arcs->offset[v]; e < arcs->offset[v + 1]; e++) {
            from[e] = v;
        }
    }
    TRY(mlg_csr_build(arcs->n, arcs->n, true, true, from, arcs->target, weight, m, MLG_MERGE_SUM,
                      out, err));
out:
    mlg_free(from);
    return status;
}

/* From a_ij + a_ji. Ties without direction are as they are: doubling each changes nothing. */
static mlg_status of_graph(const mlg_graph *graph, const mlg_run *run, mlg_redundancy *out,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double *weights = graph->weighted ? graph->arcs.weight : NULL;
    mlg_csr counted = {0}, weighed = {0};

    if (!graph->directed) {
        return mlg_redundancy_of(&graph->ties, NULL, weights, run, out, err);
    }
    TRY(add_both_ways(&graph->arcs, NULL, &counted, err));
    if (weights != NULL) {
        TRY(add_both_ways(&graph->arcs, weights, &weighed, err));
    }
    TRY(mlg_redundancy_of(&counted, counted.weight, weighed.weight, run, out, err));
out:
    mlg_csr_free(&counted);
    mlg_csr_free(&weighed);
    return status;
}

static void release(void *made)
{
    mlg_redundancy_free(made);
    mlg_free(made);
}

mlg_status mlg_context_redundancy(mlg_context *context, int32_t view, const mlg_redundancy **out,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_redundancy *made = mlg_context_slot(context, view, MLG_SLOT_REDUNDANCY);

    *out = made;
    if (made != NULL) {
        return MLG_OK;
    }
    made = mlg_zalloc(1, sizeof *made);
    TRY_ALLOC(err, made);
    TRY(of_graph(mlg_context_graph(context, view), context->run, made, err));
    mlg_context_keep(context, view, MLG_SLOT_REDUNDANCY, made, release);
    *out = made;
out:
    if (status != MLG_OK) {
        mlg_free(made);
    }
    return status;
}

/* ---- the three measures ------------------------------------------------------------ */

static mlg_status copy_part(mlg_value *value, const char *name, const double *numbers,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *part = NULL;

    if (numbers != NULL && value->n > 0) {
        TRY(mlg_add_part(value, name, &part, err));
        memcpy(part, numbers, value->n * sizeof *part);
    }
out:
    return status;
}

/* What stands behind the three, or why there is nothing. */
static mlg_status need(mlg_context *context, int32_t view, mlg_value *value, mlg_text_key *why,
                       const mlg_redundancy **found, mlg_error *err)
{
    const mlg_graph *graph = mlg_context_graph(context, view);

    *found = NULL;
    value->convention = graph->directed ? "arcs" : "weak";
    if (graph->n_ties == 0) {
        *why = T_why_no_ties;
        return MLG_OK;
    }
    return mlg_context_redundancy(context, view, found, err);
}

static mlg_status fill_constraint(mlg_context *context, int32_t view, mlg_value *value,
                                  mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_redundancy *found = NULL;

    TRY(need(context, view, value, why, &found, err));
    if (found != NULL) {
        memcpy(value->column[MLG_VALUE], found->counted.constraint, value->n * sizeof(double));
        TRY(copy_part(value, "weighted", found->weighed.constraint, err));
    }
out:
    return status;
}

mlg_status mlg_position_constraint(mlg_context *context, int32_t view, mlg_values *out,
                                   mlg_error *err)
{
    return mlg_of_actors(context, "position.constraint", view, 1, fill_constraint, out, err);
}

/* Ours counts each contact once; networkx weighs a contact by its arcs where ties have a
 * direction. */
static mlg_status fill_effective_size(mlg_context *context, int32_t view, mlg_value *value,
                                      mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_redundancy *found = NULL;
    double *efficiency = NULL;

    TRY(need(context, view, value, why, &found, err));
    value->convention = "weak";
    if (found == NULL) {
        goto out;
    }
    memcpy(value->column[MLG_VALUE], found->simple, value->n * sizeof(double));
    TRY(mlg_add_part(value, "efficiency", &efficiency, err));
    for (int32_t v = 0; v < graph->n; v++) {
        efficiency[v] = found->simple[v] / mlg_csr_degree(&graph->ties, v);
    }
    if (graph->directed) {
        TRY(copy_part(value, "arcs", found->counted.effective, err));
    }
    TRY(copy_part(value, "weighted", found->weighed.effective, err));
out:
    return status;
}

mlg_status mlg_position_effective_size(mlg_context *context, int32_t view, mlg_values *out,
                                       mlg_error *err)
{
    return mlg_of_actors(context, "position.effective_size", view, 1, fill_effective_size, out,
                         err);
}

static mlg_status fill_hierarchy(mlg_context *context, int32_t view, mlg_value *value,
                                 mlg_text_key *why, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_redundancy *found = NULL;

    TRY(need(context, view, value, why, &found, err));
    if (found != NULL) {
        memcpy(value->column[MLG_VALUE], found->counted.hierarchy, value->n * sizeof(double));
        TRY(copy_part(value, "weighted", found->weighed.hierarchy, err));
    }
out:
    return status;
}

mlg_status mlg_position_hierarchy(mlg_context *context, int32_t view, mlg_values *out,
                                  mlg_error *err)
{
    return mlg_of_actors(context, "position.hierarchy", view, 1, fill_hierarchy, out, err);
}
