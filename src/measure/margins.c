/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/margins.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/replicate.h"
#include "measure/margin_count.h"
#include "measure/null_summary.h"

enum {
    BATCH = 64,     /* draws whose actors are summed together */
    BATCH_SLOW = 8, /* of few draws, each of which takes long: threads end together */
    FEW_DRAWS = 1000,
    STEPS_AN_ENTRY = 30, /* a participation traded 12 times costs as much as so many pairs met */
};

static const double MAX_STEPS = 2.5e9;
static const uint64_t MAX_MEETINGS = 1000000000;

typedef struct input {
    mlg_seats seats; /* whose table each draw sets out from */
    double pace;     /* of its trades */
    uint64_t seed;
    const char *view;
    mlg_margins *out;
    uint32_t batch;
    mlg_actor_draws *by_batch; /* [batches * n] */
} input;

typedef struct scratch {
    mlg_seat_counter counter;
    mlg_curveball ball;
} scratch;

/* ---- draws ----------------------------------------------------------------- */

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_curveball_close(&s->ball);
        mlg_seat_counter_close(&s->counter);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s != NULL && (mlg_seat_counter_open(&in->seats, &s->counter, NULL) != MLG_OK ||
                      mlg_curveball_open(&in->seats.table, &s->ball, NULL) != MLG_OK)) {
        scratch_close(s);
        s = NULL;
    }
    return s;
}

/* Adds one draw to the actors' sums. E-I falls as internal / degree rises: whole numbers
 * compare without rounding. */
static void add_actors(const input *in, const scratch *s, mlg_actor_draws *actor)
{
    for (int32_t i = 0; i < in->seats.labelling->n; i++) {
        const uint64_t now = (uint64_t) s->counter.internal[i] * in->out->degree[i];
        const uint64_t then = (uint64_t) in->out->internal[i] * s->counter.degree[i];
        const bool defined = s->counter.degree[i] > 0;
        actor[i].less += !defined || now >= then;
        actor[i].greater += !defined || now <= then;
        if (defined) {
            const double ei = 1.0 - 2.0 * s->counter.internal[i] / s->counter.degree[i];
            actor[i].sum += ei;
            actor[i].squares += ei * ei;
            actor[i].defined++;
        }
    }
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = own;
    const size_t entries = in->seats.table.offset[in->seats.table.n_rows];
    (void) slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(in->seed, "silo.margins", in->view, d);
        memcpy(s->counter.table.column, in->seats.table.column,
               entries * sizeof *s->counter.table.column);
        mlg_curveball_run(&s->counter.table, &s->ball, MLG_TRADES, &random);
        mlg_count_seats(&in->seats, &s->counter, &in->out->cells, d, &in->out->draw[d]);
        add_actors(in, s, in->by_batch + from / in->batch * (size_t) in->seats.labelling->n);
    }
    return MLG_OK;
}

/* Draws that the work and the memory allow. */
static size_t affordable(const input *in, const mlg_run *run)
{
    const double entries = in->seats.table.offset[in->seats.table.n_rows];
    const double steps =
        (double) in->seats.meetings + STEPS_AN_ENTRY * in->pace * entries + in->seats.labelling->n;
    const double bytes = sizeof(mlg_margin_counts) +
                         (double) in->seats.labelling->n * sizeof(mlg_actor_draws) / BATCH;
    const double by_work = run->force ? run->draws : MAX_STEPS / steps;

    return mlg_draws_in(fmin(by_work, (double) MLG_NULL_BYTES / bytes), run->draws);
}

/* ---- the whole ------------------------------------------------------------- */

/* Counts the observed table, then trades it away: where the draws set out from. */
static mlg_status begin(input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_margins *out = in->out;
    const size_t n = (size_t) in->seats.labelling->n;
    mlg_random random = mlg_random_stream(in->seed, "silo.margins.start", in->view, 0);
    scratch *s = scratch_open(in);

    TRY_ALLOC(err, s);
    in->pace = s->ball.pace;
    TRY(mlg_cells_open(in->seats.labelling->n_sectors, false, 1, &out->cells_observed, err));
    mlg_count_seats(&in->seats, &s->counter, &out->cells_observed, 0, &out->observed);
    out->internal = mlg_copy(s->counter.internal, n, sizeof *out->internal);
    out->degree = mlg_copy(s->counter.degree, n, sizeof *out->degree);
    TRY_ALLOC(err, out->internal);
    TRY_ALLOC(err, out->degree);
    mlg_curveball_run(&s->counter.table, &s->ball, MLG_TRADES, &random);
    memcpy(in->seats.table.column, s->counter.table.column,
           in->seats.table.offset[in->seats.table.n_rows] * sizeof *in->seats.table.column);
out:
    scratch_close(s);
    return status;
}

/* The actors' sums, batch after batch: the order of floating sums is always the same. */
static void gather_actors(const input *in, size_t batches)
{
    const size_t n = (size_t) in->seats.labelling->n;
    for (size_t b = 0; b < batches; b++) {
        for (size_t i = 0; i < n; i++) {
            const mlg_actor_draws *from = &in->by_batch[b * n + i];
            mlg_actor_draws *to = &in->out->actor[i];
            to->sum += from->sum;
            to->squares += from->squares;
            to->defined += from->defined;
            to->less += from->less;
            to->greater += from->greater;
        }
    }
}

/* Decided by the sizes alone, as sums must not depend on the threads. */
static uint32_t batch_of(size_t n, size_t draws)
{
    const size_t rows = (draws / BATCH_SLOW + 1) * n;
    return draws < FEW_DRAWS && rows * sizeof(mlg_actor_draws) <= MLG_NULL_BYTES ? BATCH_SLOW
                                                                                 : BATCH;
}

static mlg_status draw(input *in, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_margins *out = in->out;
    const size_t n = (size_t) in->seats.labelling->n;
    in->batch = batch_of(n, out->n);
    const size_t batches = (out->n + in->batch - 1) / in->batch;
    const size_t each = mlg_cells_bytes(in->seats.labelling->n_sectors, false);
    const size_t n_cells = mlg_draws_in((double) MLG_NULL_BYTES / (double) each, (uint32_t) out->n);
    const size_t bytes =
        n_cells * each + out->n * sizeof *out->draw + (batches + 1) * n * sizeof *out->actor;
    const mlg_replicates job = {
        .what = "silo.margins",
        .view = in->view,
        .last = out->n,
        .batch = in->batch,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = in,
    };

    if (bytes > run->memory_bound) {
        FAIL(err, MLG_ESIZE, "the draws need %zu MB, more than the run's bound", bytes >> 20);
    }
    TRY(mlg_cells_open(in->seats.labelling->n_sectors, false, n_cells, &out->cells, err));
    out->draw = mlg_alloc(out->n, sizeof *out->draw);
    out->actor = mlg_zalloc(n, sizeof *out->actor);
    in->by_batch = mlg_zalloc(batches * n, sizeof *in->by_batch);
    TRY_ALLOC(err, out->draw);
    TRY_ALLOC(err, out->actor);
    TRY_ALLOC(err, in->by_batch);
    TRY(mlg_replicates_run(&job, run, err));
    gather_actors(in, batches);
out:
    return status;
}

mlg_status mlg_margins_make(const mlg_graph *graph, const mlg_labelling *labelling,
                            const mlg_run *run, mlg_margins *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {.seed = run->seed, .view = graph->view.id, .out = out};

    *out = (mlg_margins){0};
    if (labelling->n_sectors > MLG_MAX_SECTORS) {
        FAIL(err, MLG_ESIZE, "more than %d sectors", MLG_MAX_SECTORS);
    }
    TRY(mlg_seats_make(graph, labelling, &in.seats, err));
    if (in.seats.meetings > MAX_MEETINGS && !run->force) {
        FAIL(err, MLG_ESIZE, "the activities hold %llu meetings, more than %llu",
             (unsigned long long) in.seats.meetings, (unsigned long long) MAX_MEETINGS);
    }
    TRY(begin(&in, err));
    out->n = affordable(&in, run);
    TRY(draw(&in, run, err));
out:
    mlg_seats_free(&in.seats);
    mlg_free(in.by_batch);
    if (status != MLG_OK) {
        mlg_margins_free(out);
    }
    return status;
}

void mlg_margins_free(mlg_margins *margins)
{
    mlg_cells_free(&margins->cells_observed);
    mlg_cells_free(&margins->cells);
    mlg_free(margins->internal);
    mlg_free(margins->degree);
    mlg_free(margins->draw);
    mlg_free(margins->actor);
    *margins = (mlg_margins){0};
}
