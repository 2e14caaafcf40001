/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/replicate.h"
#include "measure/margin_count.h"
#include "measure/twomode_ground.h"

/* Sectors in the activities, in the table of the actors who have one and in tables with
 * its margins. */

enum { BATCHES = 32, STEPS_AN_ENTRY = 33 };
static const double MAX_STEPS = 1e9; /* about three seconds of one core */

typedef struct input {
    mlg_sector_mix *out;
    mlg_labelling labelling;
    mlg_seats seats;   /* whose table each draw sets out from */
    size_t n_counts;   /* out->at[n] */
    uint64_t batch;    /* draws of one */
    uint32_t *counted; /* [batches * n_counts] */
    uint64_t seed;
    const char *view;
} input;

typedef struct scratch {
    mlg_two_mode table; /* borrows offset; its own columns */
    mlg_curveball ball;
    uint32_t *next;    /* [activities] */
    uint16_t *type;    /* [entries] types of each activity's actors */
    uint32_t *present; /* [n_types] actors of a type in the activity at hand, 0 between */
    int32_t *touched;  /* [n_types] */
    uint32_t *stamp;   /* [n_sectors] */
    uint32_t now;
} scratch;

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_curveball_close(&s->ball);
        mlg_free(s->table.column);
        mlg_free(s->next);
        mlg_free(s->type);
        mlg_free(s->present);
        mlg_free(s->touched);
        mlg_free(s->stamp);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    const mlg_two_mode *table = &in->seats.table;
    const size_t entries = table->offset[table->n_rows];
    const size_t n_types = (size_t) in->labelling.n_types;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s == NULL) {
        return NULL;
    }
    s->table = *table;
    s->table.column = mlg_copy(table->column, entries, sizeof *s->table.column);
    s->next = mlg_alloc((size_t) table->n_columns, sizeof *s->next);
    s->type = mlg_alloc(entries, sizeof *s->type);
    s->present = mlg_zalloc(n_types, sizeof *s->present);
    s->touched = mlg_alloc(n_types, sizeof *s->touched);
    s->stamp = mlg_zalloc((size_t) in->labelling.n_sectors, sizeof *s->stamp);
    if (s->table.column == NULL || s->next == NULL || s->type == NULL || s->present == NULL ||
        s->touched == NULL || s->stamp == NULL ||
        mlg_curveball_open(table, &s->ball, NULL) != MLG_OK) {
        scratch_close(s);
        s = NULL;
    }
    return s;
}

/* ---- one table -------------------------------------------------------------------- */

/* Pairs of actors that share a sector, of the types at hand. */
static uint64_t pairs_inside(const mlg_labelling *l, const scratch *s, size_t n)
{
    uint64_t inside = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t x = s->present[s->touched[i]];
        inside += x * (x - 1) / 2;
        for (size_t j = i + 1; j < n && l->several; j++) {
            if (mlg_types_share(l, s->touched[i], s->touched[j])) {
                inside += x * s->present[s->touched[j]];
            }
        }
    }
    return inside;
}

/* Different sectors of the types at hand. */
static uint32_t sectors_among(const mlg_labelling *l, scratch *s, size_t n)
{
    uint32_t found = 0;
    s->now++;
    for (size_t i = 0; i < n; i++) {
        const int32_t t = s->touched[i];
        for (uint32_t k = l->set_offset[t]; k < l->set_offset[t + 1]; k++) {
            found += s->stamp[l->set[k]] != s->now;
            s->stamp[l->set[k]] = s->now;
        }
    }
    return found;
}

/* One compared activity: its sectors, and the share of its pairs that have none in common. */
static uint32_t look_at(const input *in, scratch *s, int32_t e, double *across)
{
    const mlg_labelling *l = &in->labelling;
    const uint32_t from = in->seats.column_offset[e], to = in->seats.column_offset[e + 1];
    const uint64_t k = to - from;
    size_t n = 0;

    for (uint32_t p = from; p < to; p++) {
        const uint16_t t = s->type[p];
        if (s->present[t]++ == 0) {
            s->touched[n++] = t;
        }
    }
    *across = 1.0 - (double) pairs_inside(l, s, n) / ((double) k * (double) (k - 1) / 2.0);
    const uint32_t sectors = sectors_among(l, s, n);
    for (size_t i = 0; i < n; i++) {
        s->present[s->touched[i]] = 0;
    }
    return sectors;
}

static void turn(const input *in, scratch *s)
{
    const mlg_two_mode *t = &s->table;
    memcpy(s->next, in->seats.column_offset, (size_t) t->n_columns * sizeof *s->next);
    for (int32_t i = 0; i < t->n_rows; i++) {
        for (uint32_t k = t->offset[i]; k < t->offset[i + 1]; k++) {
            s->type[s->next[t->column[k]]++] = in->labelling.type[i];
        }
    }
}

/* The scratch's table: share of activities of two sectors and more, mean share of pairs across.
 * Each activity's sectors are counted into counts[at + sectors] (NULL: not), or, of the
 * observed table, written with its share. */
static void count_table(const input *in, scratch *s, uint32_t *counts, double *two, double *mean)
{
    mlg_sector_mix *out = in->out;
    double sum = 0.0;
    int32_t several = 0;

    turn(in, s);
    for (int32_t i = 0; i < out->n; i++) {
        double across = 0.0;
        const uint32_t sectors = look_at(in, s, out->activity[i], &across);
        several += sectors > 1;
        sum += across;
        if (counts != NULL) {
            counts[out->at[i] + sectors]++;
        } else {
            out->sectors[i] = sectors;
            out->across[i] = across;
        }
    }
    *two = (double) several / out->n;
    *mean = sum / out->n;
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = own;
    const size_t entries = in->seats.table.offset[in->seats.table.n_rows];
    (void) slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(in->seed, "twomode.sector_mixing", in->view, d);
        memcpy(s->table.column, in->seats.table.column, entries * sizeof *s->table.column);
        mlg_curveball_run(&s->table, &s->ball, MLG_TRADES, &random);
        count_table(in, s, in->counted + d / in->batch * in->n_counts, &in->out->two_draws[d],
                    &in->out->across_draws[d]);
    }
    return MLG_OK;
}

/* ---- which activities ---------------------------------------------------------------- */

/* Those with two actors of known sector and more; the others are counted. */
static mlg_status choose(const mlg_graph *graph, input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_sector_mix *out = in->out;
    const uint32_t *offset = in->seats.column_offset;
    const size_t room = (size_t) graph->n_activities;

    out->activity = mlg_alloc(room, sizeof *out->activity);
    out->known = mlg_alloc(room, sizeof *out->known);
    out->sectors = mlg_alloc(room, sizeof *out->sectors);
    out->across = mlg_alloc(room, sizeof *out->across);
    out->at = mlg_zalloc(room + 1, sizeof *out->at);
    TRY_ALLOC(err, out->activity);
    TRY_ALLOC(err, out->known);
    TRY_ALLOC(err, out->sectors);
    TRY_ALLOC(err, out->across);
    TRY_ALLOC(err, out->at);
    for (int32_t e = 0; e < graph->n_activities; e++) {
        const uint32_t all = mlg_csr_degree(&graph->attended, e), known = offset[e + 1] - offset[e];
        out->single += all == 1;
        out->too_few += all > 1 && known < 2;
        if (known > 1) {
            out->incomplete += all > known;
            out->activity[out->n] = e;
            out->known[out->n++] = known;
        }
    }
out:
    return status;
}

static int falling(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *) left, b = *(const uint32_t *) right;
    return a < b ? 1 : a > b ? -1 : 0;
}

/* What the largest tenth of the activities (one at least) makes of all pairs that meet. */
static mlg_status weigh_largest(mlg_sector_mix *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) out->n, top = (n + 9) / 10;
    double all = 0.0, largest = 0.0;
    uint32_t *size = mlg_copy(out->known, n, sizeof *size);

    TRY_ALLOC(err, size);
    qsort(size, n, sizeof *size, falling);
    for (size_t i = 0; i < n; i++) {
        const double pairs = size[i] * (size[i] - 1.0) / 2.0;
        all += pairs;
        largest += i < top ? pairs : 0.0;
    }
    out->largest_pairs = largest / all;
out:
    mlg_free(size);
    return status;
}

/* ---- draws --------------------------------------------------------------------------- */

/* An activity of k actors holds as many sectors as these carry, at most all there are. */
static void place_counts(input *in)
{
    mlg_sector_mix *out = in->out;
    const mlg_labelling *l = &in->labelling;
    uint32_t widest = 1;

    for (int32_t t = 0; t < l->n_types; t++) {
        const uint32_t carried = l->set_offset[t + 1] - l->set_offset[t];
        widest = carried > widest ? carried : widest;
    }
    for (int32_t i = 0; i < out->n; i++) {
        const uint64_t most = (uint64_t) out->known[i] * widest;
        const uint32_t sectors = (uint32_t) l->n_sectors;
        out->at[i + 1] = out->at[i] + 1 + (most < sectors ? (uint32_t) most : sectors);
    }
    in->n_counts = out->at[out->n];
}

static size_t affordable(const input *in, double pace, const mlg_run *run)
{
    const mlg_two_mode *table = &in->seats.table;
    double steps = STEPS_AN_ENTRY * pace * (double) table->offset[table->n_rows] + 1.0;

    for (int32_t i = 0; i < in->out->n && in->labelling.several; i++) {
        const double types = fmin(in->out->known[i], in->labelling.n_types);
        steps += types * types / 2.0;
    }
    const double by_work = run->force ? run->draws : MAX_STEPS / steps;
    return mlg_draws_in(fmin(by_work, (double) MLG_NULL_BYTES / (2.0 * sizeof(double))),
                        run->draws);
}

static mlg_status draw(input *in, scratch *s, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_sector_mix *out = in->out;
    mlg_random random = mlg_random_stream(in->seed, "twomode.sector_mixing.start", in->view, 0);
    const size_t room = MLG_NULL_BYTES / (in->n_counts * sizeof *in->counted);
    const size_t wanted = room < 1 ? 1 : room < BATCHES ? room : BATCHES;
    mlg_replicates job = {
        .what = "twomode.sector_mixing",
        .view = in->view,
        .last = out->draws,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = in,
    };

    in->batch = (out->draws + wanted - 1) / wanted;
    job.batch = (uint32_t) in->batch;
    const size_t batches = (out->draws + in->batch - 1) / in->batch;
    out->two_draws = mlg_alloc(out->draws, sizeof *out->two_draws);
    out->across_draws = mlg_alloc(out->draws, sizeof *out->across_draws);
    out->counts = mlg_zalloc(in->n_counts, sizeof *out->counts);
    in->counted = mlg_zalloc(batches * in->n_counts, sizeof *in->counted);
    TRY_ALLOC(err, out->two_draws);
    TRY_ALLOC(err, out->across_draws);
    TRY_ALLOC(err, out->counts);
    TRY_ALLOC(err, in->counted);
    mlg_curveball_run(&s->table, &s->ball, MLG_TRADES, &random);
    memcpy(in->seats.table.column, s->table.column,
           in->seats.table.offset[in->seats.table.n_rows] * sizeof *s->table.column);
    TRY(mlg_replicates_run(&job, run, err));
    for (size_t b = 0; b < batches; b++) {
        for (size_t i = 0; i < in->n_counts; i++) {
            out->counts[i] += in->counted[b * in->n_counts + i];
        }
    }
out:
    return status;
}

/* ---- the whole ------------------------------------------------------------------------- */

static mlg_status compare(input *in, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_sector_mix *out = in->out;
    scratch *s = scratch_open(in);

    TRY_ALLOC(err, s);
    place_counts(in);
    count_table(in, s, NULL, &out->two_sectors, &out->mean_across);
    TRY(weigh_largest(out, err));
    out->draws = affordable(in, s->ball.pace, run);
    if (out->draws > 0) {
        TRY(draw(in, s, run, err));
    }
out:
    scratch_close(s);
    return status;
}

mlg_status mlg_sector_mix_make(const mlg_graph *graph, const mlg_run *run, mlg_sector_mix *out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {.out = out, .seed = run->seed, .view = graph->view.id};

    *out = (mlg_sector_mix){0};
    TRY(mlg_labelling_make(graph, &in.labelling, err));
    out->small = mlg_too_few_labels(&in.labelling);
    out->one_group = mlg_one_group(&in.labelling);
    out->why = in.labelling.n == 0               ? T_why_no_sectors
               : graph->view.by == MLG_BY_SECTOR ? T_why_by_sector
                                                 : T_none;
    if (out->why == T_none) {
        TRY(mlg_seats_make(graph, &in.labelling, &in.seats, err));
        TRY(choose(graph, &in, err));
        out->why = out->n == 0 ? T_why_no_shared_activity : T_none;
    }
    if (out->why == T_none) {
        TRY(compare(&in, run, err));
    }
out:
    mlg_labelling_free(&in.labelling);
    mlg_seats_free(&in.seats);
    mlg_free(in.counted);
    if (status != MLG_OK) {
        mlg_sector_mix_free(out);
    }
    return status;
}

void mlg_sector_mix_free(mlg_sector_mix *mix)
{
    mlg_free(mix->activity);
    mlg_free(mix->known);
    mlg_free(mix->sectors);
    mlg_free(mix->across);
    mlg_free(mix->two_draws);
    mlg_free(mix->across_draws);
    mlg_free(mix->at);
    mlg_free(mix->counts);
    *mix = (mlg_sector_mix){0};
}
