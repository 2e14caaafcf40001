/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "maillage/network.h"
#include "measure/answer.h"
#include "measure/core_search.h"
#include "measure/null_summary.h"
#include "measure/rewire.h"
#include "measure/summary.h"

/* Core and periphery: the best set by the pattern that leaves out the pairs across, the best fits
 * of the two other patterns beside it, and whether graphs with the same degrees fit as well. */

enum {
    MOST_SEARCHED = 3000, /* actors; above, only cores of those with most contacts */
    MOST_STARTS = 20,
    STEPS_A_TIE = 10, /* of a walk to a draw */
};

/* Moves that the searches of one pattern may try, and steps that the draws may walk: about a second
 * each. */
#define SEARCH_BUDGET 2e7
#define WALK_BUDGET   4e7

static const char *const ID = "network.core_periphery";

typedef struct patterns {
    const char *convention;
    bool proven;
    mlg_core best[MLG_CORE_PATTERNS];
    mlg_core prefix; /* by the first pattern */
    double p;        /* of the prefix; NaN: not drawn */
    uint32_t draws;
} patterns;

static void patterns_free(patterns *of)
{
    for (int p = 0; p < MLG_CORE_PATTERNS; p++) {
        mlg_core_free(&of->best[p]);
    }
    mlg_core_free(&of->prefix);
}

/* ---- the best sets ---------------------------------------------------------------------- */

static void draw_set(mlg_core *core, int32_t n, mlg_random *draw)
{
    const double share = mlg_random_unit(draw);
    for (int32_t v = 0; v < n; v++) {
        core->in[v] = mlg_random_unit(draw) < share;
    }
}

/* From the best prefix, then from sets drawn. */
static mlg_status search(const mlg_csr *ties, mlg_core_pattern pattern, const char *view,
                         const mlg_run *run, mlg_core *best, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double moves = (double) ties->n * ties->n;
    const int starts = (int) fmin(fmax(SEARCH_BUDGET / moves, 1.0), MOST_STARTS);
    mlg_core core = {0};

    TRY(mlg_core_prefix(ties, pattern, best, err));
    TRY(mlg_core_improve(ties, pattern, best, err));
    TRY(mlg_core_prefix(ties, pattern, &core, err));
    for (int start = 1; start < starts; start++) {
        mlg_random draw = mlg_random_stream(run->seed, ID, view,
                                            (uint64_t) pattern * MOST_STARTS + (uint64_t) start);
        if (run->cancelled != NULL && run->cancelled(run->context)) {
            FAIL(err, MLG_ESTOP, "%s: stopped on request", ID);
        }
        draw_set(&core, ties->n, &draw);
        TRY(mlg_core_improve(ties, pattern, &core, err));
        if (core.fit > best->fit + 1e-12 || (isnan(best->fit) && !isnan(core.fit))) {
            const mlg_core better = core;
            core = *best;
            *best = better;
        }
    }
out:
    mlg_core_free(&core);
    return status;
}

static mlg_status find(const mlg_graph *graph, const mlg_run *run, patterns *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &graph->ties;
    const bool searched = graph->n <= MOST_SEARCHED || run->force;

    out->proven = graph->n <= MLG_CORE_ENUMERATED;
    out->convention = searched ? "missing" : "missing, by contacts";
    TRY(mlg_core_prefix(ties, MLG_CORE_MISSING, &out->prefix, err));
    for (int p = 0; p < MLG_CORE_PATTERNS; p++) {
        const mlg_core_pattern pattern = (mlg_core_pattern) p;
        if (out->proven) {
            TRY(mlg_core_enumerate(ties, pattern, &out->best[p], err));
        } else if (searched) {
            TRY(search(ties, pattern, graph->view.id, run, &out->best[p], err));
        } else {
            TRY(mlg_core_prefix(ties, pattern, &out->best[p], err));
        }
    }
out:
    return status;
}

/* ---- the null "degrees" ------------------------------------------------------------------- */

typedef struct drawn {
    int32_t *rank; /* [n] */
    int32_t n;
    size_t m;
    double *fit; /* [draws] */
} drawn;

static void *scratch_of(const void *input)
{
    return mlg_alloc(2 * (size_t) ((const drawn *) input)->n, sizeof(uint32_t));
}

static void count_draw(const void *input, void *scratch, const mlg_pair *tie, uint64_t d)
{
    const drawn *in = input;
    int32_t size = 0;
    in->fit[d] = mlg_core_prefix_fit(tie, in->m, in->rank, in->n, MLG_CORE_MISSING, scratch, &size);
}

static mlg_pair *list_ties(const mlg_graph *graph)
{
    const mlg_csr *ties = &graph->ties;
    mlg_pair *pair = mlg_alloc(graph->n_ties, sizeof *pair);
    size_t at = 0;

    for (int32_t v = 0; pair != NULL && v < ties->n; v++) {
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            if (ties->target[e] > v) {
                pair[at++] = (mlg_pair){(uint32_t) v, (uint32_t) ties->target[e]};
            }
        }
    }
    return pair;
}

static mlg_status draw(const mlg_graph *graph, const mlg_run *run, const mlg_pair *tie, size_t n,
                       patterns *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    drawn in = {.n = graph->n, .m = graph->n_ties};
    const mlg_rewire_job job = {.what = ID,
                                .view = graph->view.id,
                                .pair = tie,
                                .m = graph->n_ties,
                                .n = graph->n,
                                .steps = STEPS_A_TIE * (uint64_t) graph->n_ties,
                                .draws = (uint32_t) n,
                                .scratch = scratch_of,
                                .scratch_free = mlg_free,
                                .count = count_draw,
                                .input = &in};
    double *room = mlg_alloc(n, sizeof *room);

    in.rank = mlg_alloc((size_t) graph->n, sizeof *in.rank);
    in.fit = mlg_alloc(n, sizeof *in.fit);
    TRY_ALLOC(err, room);
    TRY_ALLOC(err, in.rank);
    TRY_ALLOC(err, in.fit);
    TRY(mlg_core_rank(&graph->ties, in.rank, err));
    TRY(mlg_rewire_draws(&job, run, err));
    out->p = mlg_null_summarise(in.fit, n, false, out->prefix.fit, 1.0, room).p_greater;
    out->draws = (uint32_t) n;
out:
    mlg_free(room);
    mlg_free(in.rank);
    mlg_free(in.fit);
    return status;
}

/* Not of projections, whose ties come by the activity; not where only one graph has these degrees,
 * or where the draws would take long. */
static mlg_status test(const mlg_graph *graph, const mlg_run *run, patterns *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const double steps = STEPS_A_TIE * (double) graph->n_ties;
    const size_t n = run->force ? run->draws : mlg_draws_in(WALK_BUDGET / steps, run->draws);
    mlg_pair *tie = NULL;
    bool only = false;

    out->p = NAN;
    if (graph->view.source == MLG_FROM_PARTICIPATIONS || n == 0 || isnan(out->prefix.fit)) {
        goto out;
    }
    tie = list_ties(graph);
    TRY_ALLOC(err, tie);
    TRY(mlg_rewire_is_only(tie, graph->n_ties, graph->n, false, &only, err));
    if (!only) {
        TRY(draw(graph, run, tie, n, out, err));
    }
out:
    mlg_free(tie);
    return status;
}

/* ---- the measure ------------------------------------------------------------------------- */

static void tell(const mlg_graph *graph, const patterns *of, mlg_answer *a)
{
    const mlg_core *core = &of->best[MLG_CORE_MISSING];
    const double size = core->size, others = graph->n - size;

    a->value = core->fit;
    a->convention = of->convention;
    mlg_answer_part(a, "one", of->best[MLG_CORE_ONE].fit);
    mlg_answer_part(a, "half", of->best[MLG_CORE_HALF].fit);
    mlg_answer_part(a, "size", size);
    mlg_answer_part(a, "proven", of->proven);
    mlg_answer_part(a, "optima", core->optima);
    mlg_answer_part(a, "core_density", core->inside / (size * (size - 1.0) / 2.0));
    mlg_answer_part(a, "between_density", core->between / (size * others));
    mlg_answer_part(a, "rim_density",
                    ((double) graph->n_ties - core->inside - core->between) /
                        (others * (others - 1.0) / 2.0));
    mlg_answer_part(a, "by_contacts", of->prefix.fit);
}

/* The number and its p, then who is in the core. */
static mlg_status append(mlg_context *context, int32_t view, const patterns *of,
                         const mlg_answer *a, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t before = out->n;
    double *p = NULL;

    TRY(mlg_answer_append(a, out, err));
    mlg_value *scalar = &out->items[out->n - 1];
    scalar->null_model = of->draws > 0 ? "degrees" : NULL;
    if (of->draws > 0) {
        p = mlg_value_column_of(scalar, MLG_P);
        TRY_ALLOC(err, p);
        p[0] = of->p;
        scalar->draws = of->draws;
        scalar->tail = "greater";
        scalar->p_method = "draws";
    }
    mlg_value *members = mlg_values_add_actors(out, a->id, context, view, err);
    TRY_ALLOC(err, members);
    members->shape = MLG_VECTOR;
    members->convention = of->convention;
    members->null_model = NULL;
    for (size_t v = 0; v < members->n; v++) {
        members->column[MLG_VALUE][v] = of->best[MLG_CORE_MISSING].in[v];
    }
out:
    if (status != MLG_OK) {
        mlg_values_cut(out, before);
    }
    return status;
}

mlg_status mlg_network_core_periphery(mlg_context *context, int32_t view, mlg_values *out,
                                      mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_answer a = mlg_answer_open(context, ID, view);
    const mlg_graph *graph = mlg_context_graph(context, view);
    patterns of = {0};

    if (a.why == T_none) {
        a.why = graph->n < 4 ? T_why_too_few_actors : graph->n_ties == 0 ? T_why_no_ties : T_none;
    }
    if (a.why == T_none) {
        TRY(find(graph, context->run, &of, err));
        a.why = isnan(of.best[MLG_CORE_MISSING].fit) ? T_why_no_variance : T_none;
    }
    if (a.why != T_none) {
        TRY(mlg_answer_append(&a, out, err));
        goto out;
    }
    TRY(test(graph, context->run, &of, err));
    tell(graph, &of, &a);
    TRY(append(context, view, &of, &a, out, err));
out:
    patterns_free(&of);
    return status;
}
