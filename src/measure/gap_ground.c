/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/gap_ground.h"

#include <math.h>
#include <stdlib.h>

#include "measure/perimeters.h"

enum { MAX_SCHEMES = 1000 };

void mlg_gaps_free(mlg_gaps *gaps)
{
    mlg_free(gaps->scheme);
    mlg_free(gaps->seats.offset);
    mlg_free(gaps->seats.column);
    mlg_free(gaps->actor);
    mlg_free(gaps->may);
    mlg_free(gaps->pair);
    *gaps = (mlg_gaps){0};
}

static void release(void *made)
{
    if (made != NULL) {
        mlg_gaps_free(made);
        mlg_free(made);
    }
}

/* ---- order ------------------------------------------------------------------------ */

/* Tested, compared but not testable, not compared. */
static int tier_of(const mlg_gap_pair *pair)
{
    return pair->testable ? 0 : pair->stratum != MLG_GAP_NOT_COMPARED ? 1 : 2;
}

/* The smaller first, NaN last. */
static int rising(double a, double b)
{
    if (isnan(a) || isnan(b)) {
        return isnan(a) ? (isnan(b) ? 0 : 1) : -1;
    }
    return a < b ? -1 : a > b;
}

/* By z; where nothing could be tested, by what overlaps most. Equal ones by their schemes. */
static int by_rank(const void *left, const void *right)
{
    const mlg_gap_pair *x = left, *y = right;
    if (tier_of(x) != tier_of(y)) {
        return tier_of(x) < tier_of(y) ? -1 : 1;
    }
    const int first = tier_of(x) == 0 ? rising(x->z, y->z) : rising(-x->overlap, -y->overlap);
    if (first != 0) {
        return first;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

/* ---- making ------------------------------------------------------------------------ */

static mlg_status compare(const mlg_graph *graph, const mlg_run *run, mlg_gaps *gaps,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_perimeters perimeters = {0};
    const size_t bits = (size_t) gaps->seats.n_rows * mlg_bit_words(gaps->n_schemes) * 8;

    if (gaps->n_schemes > MAX_SCHEMES || bits > run->memory_bound) {
        gaps->why = T_why_too_large;
        return MLG_OK;
    }
    TRY(mlg_perimeters_of(graph->model, &perimeters, err));
    TRY(mlg_gap_pairs_make(graph, &perimeters, gaps, err));
    TRY(mlg_gap_zeros_make(graph, &perimeters, gaps, err));
    TRY(mlg_gap_test(&gaps->seats, gaps->pair, gaps->n_pairs, run, graph->view.id, &gaps->draws,
                     err));
    for (size_t e = 0; e < gaps->n_pairs; e++) {
        gaps->testable += gaps->pair[e].testable;
    }
    qsort(gaps->pair, gaps->n_pairs, sizeof *gaps->pair, by_rank);
out:
    mlg_perimeters_free(&perimeters);
    return status;
}

mlg_status mlg_gaps_of(mlg_context *context, int32_t view, mlg_gaps **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    mlg_gaps *gaps = mlg_context_slot(context, view, MLG_SLOT_GAPS);

    *out = gaps;
    if (gaps != NULL) {
        return MLG_OK;
    }
    gaps = mlg_zalloc(1, sizeof *gaps);
    TRY_ALLOC(err, gaps);
    gaps->why = mlg_context_lacks(context, mlg_measure_find("gap.schemes"), view);
    if (gaps->why == T_none && graph->scope != MLG_SCOPE_ACTOR) {
        gaps->why = T_why_rows_not_actors;
    }
    if (gaps->why == T_none) {
        TRY(mlg_gap_seats_make(graph, gaps, err));
    }
    if (gaps->why == T_none) {
        TRY(compare(graph, context->run, gaps, err));
    }
    mlg_context_keep(context, view, MLG_SLOT_GAPS, gaps, release);
    *out = gaps;
out:
    if (status != MLG_OK) {
        release(gaps);
    }
    return status;
}
