/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/meetings.h"

#include <math.h>
#include <stdlib.h>

#include "measure/margins.h"

static const double EASY_STEPS = 1e9, MOST_STEPS = 5e9;

void mlg_meeting_list_free(mlg_meeting_list *list)
{
    mlg_free(list->subject);
    mlg_free(list->activities);
    mlg_csr_free(&list->groups);
    mlg_free(list->pair);
    *list = (mlg_meeting_list){0};
}

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
        mlg_meeting_list_free(&m->organisations);
        mlg_meeting_list_free(&m->communes);
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

static void add_set(mlg_gap_job *job, const mlg_csr *groups, int32_t n_groups, mlg_gap_pair *pair,
                    size_t n)
{
    if (n > 0) {
        job->set[job->n_sets++] = (mlg_gap_set){groups, n_groups, pair, n};
    }
}

/* One run of draws serves all the lists. Sets of pairs that are nobody's are left out; neither
 * their number nor their order changes a draw. */
static mlg_status draw(const mlg_graph *graph, const mlg_run *run, mlg_meetings *m, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_gap_job job = {
        .stream = "gap.meetings",
        .start = "gap.meetings.start",
        .view = graph->view.id,
        .seats = &m->seats,
        .rounds = m->may != NULL ? 2 * MLG_TRADES : MLG_TRADES,
        .easy_steps = EASY_STEPS,
        .most_steps = MOST_STEPS,
    };

    add_set(&job, &m->groups, m->n_groups, m->pair, m->n_pairs);
    if (m->n_pairs > 0) {
        add_set(&job, &m->sectors, graph->n_sectors, m->sector_pair, m->n_sector_pairs);
    }
    add_set(&job, &m->organisations.groups, m->organisations.n_groups, m->organisations.pair,
            m->organisations.n_pairs);
    add_set(&job, &m->communes.groups, m->communes.n_groups, m->communes.pair, m->communes.n_pairs);
    if (job.n_sets > 0) {
        TRY(mlg_gap_draw(&job, run, &m->draws, err));
        m->never = m->draws > 0 ? T_none : run->draws == 0 ? T_why_no_draws : T_why_too_large;
    }
out:
    return status;
}

/* Puts pairs in order; answers how many could be tested. */
static size_t rank(mlg_gap_pair *pair, size_t n)
{
    size_t testable = 0;
    if (n > 0) {
        qsort(pair, n, sizeof *pair, by_rank);
    }
    for (size_t e = 0; e < n; e++) {
        testable += pair[e].testable;
    }
    return testable;
}

static mlg_status compare(const mlg_graph *graph, const mlg_run *run, mlg_meetings *m,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_meeting_pairs_make(graph, m, err));
    TRY(mlg_meeting_organisations_make(graph, m, err));
    TRY(mlg_meeting_communes_make(graph, m, err));
    m->why = m->n_pairs == 0 ? T_why_no_pair_apart : T_none;
    if (m->n_pairs == 0 && m->organisations.n_pairs == 0 && m->communes.n_pairs == 0) {
        goto out;
    }
    TRY(mlg_meeting_zeros_make(graph, run, m, err));
    if (m->never == T_none) {
        TRY(draw(graph, run, m, err));
    }
    m->why = m->why == T_none ? m->never : m->why;
    m->testable = rank(m->pair, m->n_pairs);
    rank(m->sector_pair, m->n_sector_pairs);
    m->organisations.testable = rank(m->organisations.pair, m->organisations.n_pairs);
    m->communes.testable = rank(m->communes.pair, m->communes.n_pairs);
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
    m->never = m->why;
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
