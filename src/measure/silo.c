/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/silo.h"

#include <math.h>
#include <stdlib.h>

#include "measure/bounds.h"
#include "measure/moments.h"
#include "measure/rewired.h"
#include "measure/summary.h"

/* The E-I index of a whole view. */

/* What one index is made of, under either null. */
typedef struct ei_parts {
    double within, total; /* observed */
    size_t n;             /* draws */
    double *draw;         /* [n] E-I of each draw */
    double exact[2];      /* mean and sd, when has_exact */
    bool has_exact;
    mlg_bounds bounds;
} ei_parts;

static double ei_of(double within, double total)
{
    return total > 0.0 ? (total - 2.0 * within) / total : NAN;
}

static mlg_status from_labels(const mlg_silo *silo, const mlg_silo_pairs *part, ei_parts *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_odds odds = mlg_odds_of(&silo->labelling);
    mlg_pair_sums sums;

    out->within = part->within;
    out->total = part->pairs.total;
    out->n = part->draws != NULL ? silo->plan.n : 0;
    out->draw = mlg_alloc(out->n, sizeof *out->draw);
    TRY_ALLOC(err, out->draw);
    for (size_t d = 0; d < out->n; d++) {
        out->draw[d] = ei_of(part->draws[d], out->total);
    }
    TRY(mlg_pair_sums_of(&part->pairs, silo->labelling.n, &sums, err));
    out->has_exact = true;
    out->exact[0] = 1.0 - 2.0 * odds.p2;
    out->exact[1] = 2.0 * sqrt(mlg_within_variance(&sums, &odds)) / sums.total;
out:
    return status;
}

static mlg_status from_margins(const mlg_silo *silo, bool weighted, ei_parts *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_margins *m = &silo->margins;

    out->within = weighted ? m->observed.weighted_within : m->observed.within;
    out->total = weighted ? m->observed.weighted_total : m->observed.total;
    out->n = m->n;
    out->draw = mlg_alloc(out->n, sizeof *out->draw);
    TRY_ALLOC(err, out->draw);
    for (size_t d = 0; d < out->n; d++) {
        const mlg_margin_counts *draw = &m->draw[d];
        out->draw[d] = weighted ? ei_of(draw->weighted_within, draw->weighted_total)
                                : ei_of(draw->within, draw->total);
    }
out:
    return status;
}

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return a < b ? -1 : a > b;
}

/* Bounds of given weights: those of the graph's ties between actors with a sector. */
static mlg_status weighted_bounds(const mlg_silo *silo, mlg_bounds *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = silo->graph;
    const int32_t *place = silo->labelling.place;
    double *weight = mlg_alloc(mlg_csr_size(&graph->arcs), sizeof *weight);
    size_t n = 0;

    TRY_ALLOC(err, weight);
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t i = graph->arcs.offset[v]; i < graph->arcs.offset[v + 1]; i++) {
            const int32_t w = graph->arcs.target[i];
            if (place[v] >= 0 && place[w] >= 0 && (graph->directed || v < w)) {
                weight[n++] = graph->arcs.weight != NULL ? graph->arcs.weight[i] : 1.0;
            }
        }
    }
    qsort(weight, n, sizeof *weight, by_size);
    *out = mlg_ei_weighted_bounds(&silo->labelling, graph->directed, weight, n);
out:
    mlg_free(weight);
    return status;
}

static mlg_status make_index(mlg_silo *silo, bool weighted, const mlg_run *run, ei_parts *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (ei_parts){0};
    if (weighted) {
        TRY(mlg_silo_need_weighted(silo, run, err));
    } else {
        TRY(mlg_silo_need_arcs(silo, run, err));
    }
    if (silo->why != T_none) {
        return MLG_OK;
    }
    if (silo->two_mode) {
        TRY(from_margins(silo, weighted, out, err));
    } else {
        TRY(from_labels(silo, weighted ? &silo->weighted : &silo->arcs, out, err));
    }
    if (weighted) {
        TRY(weighted_bounds(silo, &out->bounds, err));
    } else {
        out->bounds = mlg_ei_bounds(&silo->labelling, silo->graph->directed, out->total);
    }
out:
    return status;
}

/* The index on a scale from -1 to 1 between its bounds, and the range of the deals: of all there
 * are, or of those drawn. */
static mlg_status set_range(const mlg_silo *silo, const ei_parts *parts, double observed,
                            mlg_value *value, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const bool all = !silo->two_mode && silo->plan.enumerated;
    const double width = parts->bounds.high - parts->bounds.low;
    double *rescaled = mlg_value_part_of(value, "rescaled");
    double *low = mlg_value_part_of(value, all ? "exhaustive_low" : "seen_low");
    double *high = mlg_value_part_of(value, all ? "exhaustive_high" : "seen_high");

    TRY_ALLOC(err, rescaled);
    TRY_ALLOC(err, low);
    TRY_ALLOC(err, high);
    if (width > 0.0) {
        rescaled[0] = fmax(-1.0, fmin(1.0, 2.0 * (observed - parts->bounds.low) / width - 1.0));
    }
    for (size_t d = 0; d < parts->n; d++) {
        low[0] = fmin(low[0], parts->draw[d]);
        high[0] = fmax(high[0], parts->draw[d]);
    }
out:
    return status;
}

static mlg_status add_value(const mlg_silo *silo, const char *id, int32_t view, bool weighted,
                            const ei_parts *parts, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *scratch = mlg_alloc(parts->n, sizeof *scratch);
    mlg_value *value = NULL;

    TRY_ALLOC(err, scratch);
    const double observed = ei_of(parts->within, parts->total);
    const mlg_null_summary sum = mlg_null_summarise(
        parts->draw, parts->n, !silo->two_mode && silo->plan.enumerated, observed, 1.0, scratch);
    value = mlg_values_add(out, id, view, 1, err);
    TRY_ALLOC(err, value);
    value->convention = silo->graph->directed ? "arcs" : "ties";
    value->weight = weighted ? mlg_silo_weight_name(silo) : "none";
    mlg_silo_tell(silo, parts->n, "less", value);
    TRY(mlg_silo_fill(value, 0, observed, &sum, parts->has_exact ? parts->exact : NULL, "less",
                      err));
    TRY(mlg_silo_set(value, MLG_MIN, 0, parts->bounds.low, err));
    TRY(mlg_silo_set(value, MLG_MAX, 0, parts->bounds.high, err));
    TRY(set_range(silo, parts, observed, value, err));
out:
    mlg_free(scratch);
    if (status != MLG_OK && value != NULL) {
        mlg_values_drop(out);
    }
    return status;
}

/* The number of ties is the graph's, whoever they join. */
static double ei_within(const void *with, double within)
{
    return ei_of(within, *(const double *) with);
}

/* The second value of a view of ties, each actor keeping its number of them. */
static mlg_status add_degrees(mlg_context *context, int32_t view, const mlg_silo *silo,
                              mlg_values *out, mlg_error *err)
{
    const mlg_value *labels = &out->items[out->n - 1];
    if (labels->undefined != T_none || silo->two_mode) {
        return MLG_OK;
    }
    const mlg_rewired_index index = {
        .id = "silo.ei",
        .kind = MLG_REWIRED_ARCS,
        .convention = mlg_context_graph(context, view)->directed ? "arcs" : "ties",
        .weight = "none",
        .tail = "less",
        .low = labels->column[MLG_MIN][0],
        .high = labels->column[MLG_MAX][0],
        .of = ei_within,
        .with = &silo->arcs.pairs.total,
    };
    return mlg_rewired_add(context, view, &index, out, err);
}

mlg_status mlg_silo_ei_of(mlg_silo *silo, const mlg_run *run, const char *id, int32_t view,
                          bool weighted, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ei_parts parts = {0};
    mlg_text_key why = T_none;

    if (silo->why == T_none && weighted && silo->graph->several_kinds) {
        why = T_why_several_kinds;
    } else if (silo->why == T_none) {
        TRY(make_index(silo, weighted, run, &parts, err));
    }
    if (why == T_none) {
        why = silo->why != T_none ? silo->why : parts.total > 0.0 ? T_none : T_why_no_ties;
    }
    if (why != T_none) {
        TRY(mlg_values_undefined(out, id, view, why, err));
    } else {
        TRY(add_value(silo, id, view, weighted, &parts, out, err));
    }
out:
    mlg_free(parts.draw);
    return status;
}

static mlg_status ei(mlg_context *context, const char *id, int32_t view, bool weighted,
                     mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    mlg_silo *silo = NULL;

    TRY(mlg_silo_of(context, view, &silo, err));
    TRY(mlg_silo_ei_of(silo, context->run, id, view, weighted, out, err));
    if (!weighted) {
        TRY(add_degrees(context, view, silo, out, err));
    }
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_silo_ei(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return ei(context, "silo.ei", view, false, out, err);
}

mlg_status mlg_silo_ei_weighted(mlg_context *context, int32_t view, mlg_values *out, mlg_error *err)
{
    return ei(context, "silo.ei_weighted", view, true, out, err);
}
