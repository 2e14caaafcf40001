/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/replicate.h"
#include "measure/backbone.h"
#include "measure/margins.h"
#include "measure/null_summary.h"

/* FDSM: both margins kept, tables drawn by curveball. Sums are of whole numbers, so the order in
 * which threads add to them is no matter. */

enum { BATCH = 16, STEPS_AN_ENTRY = 30 };

static const double MAX_STEPS = 1e10;

typedef struct input {
    mlg_two_mode table; /* where each draw sets out from; its columns are its own */
    size_t entries;
    uint64_t seed;
    const char *view;
    const mlg_csr *shared;
    uint64_t *sum;     /* [pairs] of what they share, over the draws */
    uint32_t *as_many; /* [pairs] draws in which they share as much as observed */
} input;

typedef struct scratch {
    mlg_two_mode table; /* borrows all but its columns */
    mlg_curveball ball;
    int32_t *stamp; /* [columns] the last row that was seen to have it, + 1 */
} scratch;

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_curveball_close(&s->ball);
        mlg_free(s->table.column);
        mlg_free(s->stamp);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s != NULL) {
        s->table = in->table;
        s->table.column = mlg_copy(in->table.column, in->entries, sizeof *s->table.column);
        s->stamp = mlg_alloc((size_t) in->table.n_columns, sizeof *s->stamp);
        if (s->table.column == NULL || s->stamp == NULL ||
            mlg_curveball_open(&in->table, &s->ball, NULL) != MLG_OK) {
            scratch_close(s);
            s = NULL;
        }
    }
    return s;
}

static void count(const input *in, scratch *s)
{
    const mlg_two_mode *t = &s->table;

    memset(s->stamp, 0, (size_t) t->n_columns * sizeof *s->stamp);
    for (int32_t a = 0; a < t->n_rows; a++) {
        if (mlg_csr_degree(in->shared, a) == 0) {
            continue;
        }
        for (uint32_t k = t->offset[a]; k < t->offset[a + 1]; k++) {
            s->stamp[t->column[k]] = a + 1;
        }
        for (uint32_t e = in->shared->offset[a]; e < in->shared->offset[a + 1]; e++) {
            const int32_t b = in->shared->target[e];
            uint32_t both = 0;
            for (uint32_t k = t->offset[b]; k < t->offset[b + 1]; k++) {
                both += s->stamp[t->column[k]] == a + 1;
            }
#pragma omp atomic
            in->sum[e] += both;
            if (both >= (uint32_t) in->shared->weight[e]) {
#pragma omp atomic
                in->as_many[e]++;
            }
        }
    }
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = own;
    (void) slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(in->seed, "twomode.backbone.fdsm", in->view, d);
        memcpy(s->table.column, in->table.column, in->entries * sizeof *s->table.column);
        mlg_curveball_run(&s->table, &s->ball, MLG_TRADES, &random);
        count(in, s);
    }
    return MLG_OK;
}

static double steps_of(const input *in, double pace)
{
    double steps = STEPS_AN_ENTRY * pace * (double) in->entries + in->table.n_columns;
    for (uint32_t e = 0; e < mlg_csr_size(in->shared); e++) {
        const int32_t b = in->shared->target[e];
        steps += in->table.offset[b + 1] - in->table.offset[b];
    }
    return steps;
}

/* Trades the observed table away: where the draws set out from. */
static mlg_status begin(input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_random random = mlg_random_stream(in->seed, "twomode.backbone.fdsm.start", in->view, 0);
    scratch *s = scratch_open(in);

    TRY_ALLOC(err, s);
    mlg_curveball_run(&s->table, &s->ball, MLG_TRADES, &random);
    memcpy(in->table.column, s->table.column, in->entries * sizeof *in->table.column);
out:
    scratch_close(s);
    return status;
}

mlg_status mlg_backbone_fdsm(mlg_backbone *backbone, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *attends = &backbone->graph->attends;
    const size_t n = mlg_csr_size(&backbone->shared);
    input in = {.table = {.n_rows = attends->n,
                          .n_columns = backbone->graph->n_activities,
                          .offset = attends->offset},
                .entries = mlg_csr_size(attends),
                .seed = run->seed,
                .view = backbone->graph->view.id,
                .shared = &backbone->shared};
    mlg_replicates job = {
        .what = "twomode.backbone.fdsm",
        .view = in.view,
        .batch = BATCH,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = &in,
    };

    double pace = 1.0;

    backbone->could_pass = NAN;
    in.table.column = mlg_copy(attends->target, in.entries, sizeof *in.table.column);
    TRY_ALLOC(err, in.table.column);
    TRY(mlg_curveball_pace(&in.table, &pace, err));
    const double room = run->force ? run->draws : MAX_STEPS / steps_of(&in, pace);
    job.last = backbone->draws = (uint32_t) mlg_draws_in(room, run->draws);
    if (backbone->draws == 0) {
        goto out;
    }
    in.sum = mlg_zalloc(n, sizeof *in.sum);
    in.as_many = mlg_zalloc(n, sizeof *in.as_many);
    TRY_ALLOC(err, in.sum);
    TRY_ALLOC(err, in.as_many);
    TRY(begin(&in, err));
    TRY(mlg_replicates_run(&job, run, err));
    for (size_t e = 0; e < n; e++) { /* the observed table is one of them */
        backbone->expected[e] =
            ((double) in.sum[e] + backbone->shared.weight[e]) / (backbone->draws + 1.0);
        backbone->p[e] = mlg_draws_p(in.as_many[e], backbone->draws);
    }
out:
    mlg_free(in.table.column);
    mlg_free(in.sum);
    mlg_free(in.as_many);
    return status;
}
