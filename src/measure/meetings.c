/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/meetings.h"

#include <math.h>
#include <stdlib.h>

#include "measure/margins.h"

static const double EASY_STEPS = 1e9, MOST_STEPS = 5e9;

static void release(void *made)
{
    mlg_meetings *m = made;
    if (m != NULL) {
        mlg_free(m->may);
        mlg_free(m->actor);
        mlg_csr_free(&m->groups);
        mlg_free(m->pair);
        mlg_csr_free(&m->sectors);
        mlg_free(m->activities);
        mlg_free(m->sector_pair);
        mlg_free(m);
    }
}

static int rising(double a, double b)
{
    return a < b ? -1 : a > b;
}

/* Tested pairs by z, the others by what is expected; what was not drawn last. */
static int by_rank(const void *left, const void *right)
{
    const mlg_gap_pair *x = left, *y = right;
    int first = 0;
    if (x->testable != y->testable) {
        return x->testable ? -1 : 1;
    }
    if (isnan(x->expected) || isnan(y->expected)) {
        first = (isnan(x->expected) != 0) - (isnan(y->expected) != 0);
    } else {
        first = x->testable ? rising(x->z, y->z) : rising(y->expected, x->expected);
    }
    if (first != 0) {
        return first;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

static mlg_status compare(const mlg_graph *graph, const mlg_run *run, mlg_meetings *m,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_meeting_pairs_make(graph, m, err));
    if (m->n_pairs == 0) {
        m->why = T_why_no_pair_apart;
        goto out;
    }
    TRY(mlg_meeting_zeros_make(graph, run, m, err));
    if (m->why != T_none) {
        goto out;
    }
    const mlg_gap_job job = {
        .stream = "gap.meetings",
        .start = "gap.meetings.start",
        .view = graph->view.id,
        .seats = &m->seats,
        .rounds = m->may != NULL ? 2 * MLG_TRADES : MLG_TRADES,
        .easy_steps = EASY_STEPS,
        .most_steps = MOST_STEPS,
        .set = {{&m->groups, m->n_groups, m->pair, m->n_pairs},
                {&m->sectors, graph->n_sectors, m->sector_pair, m->n_sector_pairs}},
        .n_sets = m->n_sector_pairs > 0 ? 2 : 1,
    };
    TRY(mlg_gap_draw(&job, run, &m->draws, err));
    if (m->draws == 0) {
        m->why = run->draws == 0 ? T_why_no_draws : T_why_too_large;
        goto out;
    }
    for (size_t e = 0; e < m->n_pairs; e++) {
        m->testable += m->pair[e].testable;
    }
    qsort(m->pair, m->n_pairs, sizeof *m->pair, by_rank);
    if (m->n_sector_pairs > 0) {
        qsort(m->sector_pair, m->n_sector_pairs, sizeof *m->sector_pair, by_rank);
    }
out:
    return status;
}

static int32_t not_empty(const mlg_csr *csr)
{
    int32_t n = 0;
    for (int32_t i = 0; i < csr->n; i++) {
        n += mlg_csr_degree(csr, i) > 0;
    }
    return n;
}

mlg_status mlg_meetings_of(mlg_context *context, int32_t view, mlg_meetings **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    mlg_meetings *m = mlg_context_slot(context, view, MLG_SLOT_MEETINGS);

    *out = m;
    if (m != NULL) {
        return MLG_OK;
    }
    m = mlg_zalloc(1, sizeof *m);
    TRY_ALLOC(err, m);
    m->why = mlg_context_lacks(context, mlg_measure_find("gap.meetings"), view);
    if (m->why == T_none) {
        m->n_actors = not_empty(&graph->attends);
        m->n_activities = not_empty(&graph->attended);
        m->seats = (mlg_two_mode){.n_rows = graph->n_activities,
                                  .n_columns = graph->n,
                                  .offset = graph->attended.offset,
                                  .column = graph->attended.target};
        m->why = graph->scope != MLG_SCOPE_ACTOR ? T_why_rows_not_actors
                 : m->n_actors < 2               ? T_why_too_few_actors
                                                 : T_none;
    }
    if (m->why == T_none) {
        TRY(compare(graph, context->run, m, err));
    }
    mlg_context_keep(context, view, MLG_SLOT_MEETINGS, m, release);
    *out = m;
out:
    if (status != MLG_OK) {
        release(m);
    }
    return status;
}
