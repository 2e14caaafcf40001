/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/margins.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/replicate.h"
#include "measure/null_summary.h"

enum {
    BATCH = 64,
    STEPS_AN_ENTRY = 30, /* a participation traded 12 times costs as much as so many pairs met */
};

static const double MAX_STEPS = 1e10;
static const uint64_t MAX_MEETINGS = 1000000000;

typedef struct input {
    const mlg_labelling *labelling;
    mlg_projection rule;
    mlg_two_mode start;      /* the table each draw sets out from */
    uint32_t *column_offset; /* [n_columns + 1] the same in every draw */
    double *share;           /* [n_columns] what meeting in an activity adds to a pair */
    uint64_t meetings;       /* pairs of rows over all columns, repetition counted */
    uint64_t seed;
    const char *view;
    mlg_margins *out;
    mlg_actor_draws *by_batch; /* [batches * n] */
} input;

/* One thread's table and counters. */
typedef struct scratch {
    mlg_two_mode table; /* borrows offset; its own columns */
    mlg_curveball ball;
    uint32_t *next;              /* [n_columns] */
    int32_t *row;                /* [entries] rows of each column, ascending */
    double *sum;                 /* [n_rows] weight of the row at hand with each, 0 between rows */
    int32_t *met;                /* [n_rows + 1] */
    uint32_t *internal, *degree; /* [n_rows] */
    uint32_t *square, *stubs;    /* [n_sectors^2], [n_sectors] */
} scratch;

/* ---- counting one table ---------------------------------------------------- */

/* Rows of each column, and `next` at each column's first. */
static void turn(const input *in, scratch *s)
{
    const size_t bytes = (size_t) s->table.n_columns * sizeof *s->next;
    memcpy(s->next, in->column_offset, bytes);
    for (int32_t i = 0; i < s->table.n_rows; i++) {
        for (uint32_t k = s->table.offset[i]; k < s->table.offset[i + 1]; k++) {
            s->row[s->next[s->table.column[k]]++] = i;
        }
    }
    memcpy(s->next, in->column_offset, bytes);
}

/* Rows after i that i meets, with their weight in `sum`. Rows come in order, so those
 * before i in a column were passed when they were at hand. */
static size_t meet(const input *in, scratch *s, int32_t i)
{
    const uint32_t *const end_of = in->column_offset + 1;
    const int32_t *const rows = s->row;
    double *const sum = s->sum;
    int32_t *const met = s->met;
    size_t n = 0;
    for (uint32_t k = s->table.offset[i]; k < s->table.offset[i + 1]; k++) {
        const int32_t column = s->table.column[k];
        const double share = in->share[column];
        const uint32_t end = end_of[column];
        for (uint32_t p = ++s->next[column]; p < end; p++) {
            const int32_t other = rows[p];
            const double before = sum[other];
            met[n] = other; /* kept only when it is new: no branch to guess wrong */
            n += before == 0.0;
            sum[other] = before + share;
        }
    }
    return n;
}

static double weight_of(const input *in, const mlg_two_mode *table, int32_t i, int32_t j,
                        double sum)
{
    if (in->rule != MLG_PROJECT_JACCARD) {
        return sum;
    }
    const uint32_t *at = table->offset;
    return sum / ((double) (at[i + 1] - at[i]) + (double) (at[j + 1] - at[j]) - sum);
}

/* Actors of one sector each: what most studies have, without the tables of types. */
static void count_row_plain(const input *in, scratch *s, int32_t i, size_t n_met,
                            mlg_margin_counts *out)
{
    const uint16_t *const type = in->labelling->type;
    const uint16_t t = type[i];
    uint32_t *const square = s->square + (size_t) t * (size_t) in->labelling->n_sectors;
    uint32_t *const degree = s->degree, *const internal = s->internal;
    uint32_t inside_now = 0;
    double total = 0.0, within = 0.0;

    for (size_t k = 0; k < n_met; k++) {
        const int32_t j = s->met[k];
        const double weight = weight_of(in, &s->table, i, j, s->sum[j]);
        const uint32_t inside = type[j] == t;
        s->sum[j] = 0.0;
        degree[j]++;
        internal[j] += inside;
        inside_now += inside;
        total += weight;
        within += inside != 0 ? weight : 0.0;
        square[type[j]]++;
    }
    degree[i] += (uint32_t) n_met;
    internal[i] += inside_now;
    out->within += inside_now;
    out->tie_within += inside_now;
    out->weighted_total += total;
    out->weighted_within += within;
    out->total += (double) n_met;
}

static void count_row(const input *in, scratch *s, int32_t i, size_t n_met, mlg_margin_counts *out)
{
    const mlg_labelling *l = in->labelling;
    const int32_t t = l->type[i];
    for (size_t k = 0; k < n_met; k++) {
        const int32_t j = s->met[k], u = l->type[j];
        const double weight = weight_of(in, &s->table, i, j, s->sum[j]);
        const bool inside = mlg_types_share(l, t, u);
        s->sum[j] = 0.0;
        s->degree[i]++;
        s->degree[j]++;
        s->internal[i] += inside;
        s->internal[j] += inside;
        out->within += inside;
        out->weighted_total += weight;
        out->weighted_within += inside ? weight : 0.0;
        out->tie_within += l->first[t] == l->first[u];
        mlg_cells_add(l, s->square, (uint32_t) t, (uint32_t) u);
    }
    out->total += (double) n_met;
}

/* Summed degrees: by sector into the cells' draw d, squared by first sector into `out`. */
static void count_stubs(const input *in, scratch *s, mlg_cells *cells, size_t d,
                        mlg_margin_counts *out)
{
    const mlg_labelling *l = in->labelling;
    memset(s->stubs, 0, (size_t) l->n_sectors * sizeof *s->stubs);
    for (int32_t i = 0; i < l->n; i++) {
        s->stubs[l->first[l->type[i]]] += s->degree[i];
    }
    for (size_t a = 0; a < (size_t) l->n_sectors; a++) {
        out->squares += (double) s->stubs[a] * (double) s->stubs[a];
    }
    for (int32_t i = 0; i < l->n && d < cells->n; i++) {
        const uint16_t t = l->type[i];
        for (uint32_t k = l->set_offset[t]; k < l->set_offset[t + 1]; k++) {
            cells->stubs[(size_t) l->set[k] * cells->n + d] += s->degree[i];
        }
    }
}

static void count_table(const input *in, scratch *s, mlg_cells *cells, size_t d,
                        mlg_margin_counts *out)
{
    const size_t n_rows = (size_t) s->table.n_rows, n_sectors = (size_t) in->labelling->n_sectors;

    *out = (mlg_margin_counts){0};
    memset(s->internal, 0, n_rows * sizeof *s->internal);
    memset(s->degree, 0, n_rows * sizeof *s->degree);
    turn(in, s);
    for (int32_t i = 0; i < s->table.n_rows; i++) {
        const size_t n_met = meet(in, s, i);
        if (in->labelling->several) {
            count_row(in, s, i, n_met, out);
        } else {
            count_row_plain(in, s, i, n_met, out);
        }
    }
    count_stubs(in, s, cells, d, out);
    if (d < cells->n) {
        mlg_cells_put(cells, s->square, d);
    } else {
        memset(s->square, 0, n_sectors * n_sectors * sizeof *s->square);
    }
}

/* ---- draws ----------------------------------------------------------------- */

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_curveball_close(&s->ball);
        mlg_free(s->table.column);
        mlg_free(s->next);
        mlg_free(s->row);
        mlg_free(s->sum);
        mlg_free(s->met);
        mlg_free(s->internal);
        mlg_free(s->degree);
        mlg_free(s->square);
        mlg_free(s->stubs);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    const size_t n_rows = (size_t) in->start.n_rows, n_columns = (size_t) in->start.n_columns;
    const size_t entries = in->start.offset[n_rows];
    const size_t n_sectors = (size_t) in->labelling->n_sectors;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s == NULL) {
        return NULL;
    }
    s->table = in->start;
    s->table.column = mlg_copy(in->start.column, entries, sizeof *s->table.column);
    s->next = mlg_alloc(n_columns, sizeof *s->next);
    s->row = mlg_alloc(entries, sizeof *s->row);
    s->sum = mlg_zalloc(n_rows, sizeof *s->sum);
    s->met = mlg_alloc(n_rows + 1, sizeof *s->met);
    s->internal = mlg_alloc(n_rows, sizeof *s->internal);
    s->degree = mlg_alloc(n_rows, sizeof *s->degree);
    s->square = mlg_zalloc(n_sectors * n_sectors, sizeof *s->square);
    s->stubs = mlg_alloc(n_sectors, sizeof *s->stubs);
    if (s->table.column == NULL || s->next == NULL || s->row == NULL || s->sum == NULL ||
        s->met == NULL || s->internal == NULL || s->degree == NULL || s->square == NULL ||
        s->stubs == NULL || mlg_curveball_open(&in->start, &s->ball, NULL) != MLG_OK) {
        scratch_close(s);
        s = NULL;
    }
    return s;
}

/* Adds one draw to the actors' sums. E-I falls as internal / degree rises: whole numbers
 * compare without rounding. */
static void add_actors(const input *in, const scratch *s, mlg_actor_draws *actor)
{
    for (int32_t i = 0; i < in->labelling->n; i++) {
        const uint64_t now = (uint64_t) s->internal[i] * in->out->degree[i];
        const uint64_t then = (uint64_t) in->out->internal[i] * s->degree[i];
        const bool defined = s->degree[i] > 0;
        actor[i].less += !defined || now >= then;
        actor[i].greater += !defined || now <= then;
        if (defined) {
            const double ei = 1.0 - 2.0 * s->internal[i] / s->degree[i];
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
    const size_t entries = in->start.offset[in->start.n_rows];
    (void) slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(in->seed, "silo.margins", in->view, d);
        memcpy(s->table.column, in->start.column, entries * sizeof *s->table.column);
        mlg_curveball_run(&s->table, &s->ball, MLG_TRADES, &random);
        count_table(in, s, &in->out->cells, d, &in->out->draw[d]);
        add_actors(in, s, in->by_batch + from / BATCH * (size_t) in->labelling->n);
    }
    return MLG_OK;
}

/* ---- the table of a graph --------------------------------------------------- */

/* Participations of the actors with a sector. */
static mlg_status make_table(const mlg_graph *graph, input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_labelling *l = in->labelling;
    mlg_two_mode *table = &in->start;

    *table = (mlg_two_mode){.n_rows = l->n, .n_columns = graph->n_activities};
    table->offset = mlg_zalloc((size_t) l->n + 1, sizeof *table->offset);
    TRY_ALLOC(err, table->offset);
    for (int32_t i = 0; i < l->n; i++) {
        table->offset[i + 1] = table->offset[i] + mlg_csr_degree(&graph->attends, l->actor[i]);
    }
    table->column = mlg_alloc(table->offset[l->n], sizeof *table->column);
    in->column_offset = mlg_zalloc((size_t) table->n_columns + 1, sizeof *in->column_offset);
    TRY_ALLOC(err, table->column);
    TRY_ALLOC(err, in->column_offset);
    for (int32_t i = 0; i < l->n; i++) {
        const uint32_t first = graph->attends.offset[l->actor[i]];
        for (uint32_t k = table->offset[i]; k < table->offset[i + 1]; k++) {
            table->column[k] = graph->attends.target[first + k - table->offset[i]];
            in->column_offset[table->column[k] + 1]++;
        }
    }
    for (int32_t e = 0; e < table->n_columns; e++) {
        const uint64_t k = in->column_offset[e + 1];
        in->meetings += k * (k - (k > 0)) / 2;
        in->column_offset[e + 1] += in->column_offset[e];
    }
out:
    return status;
}

/* Newman's 1 / (k - 1) counts every actor of an activity, with a sector or without. */
static mlg_status make_shares(const mlg_graph *graph, input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;

    in->share = mlg_alloc((size_t) graph->n_activities, sizeof *in->share);
    TRY_ALLOC(err, in->share);
    for (int32_t e = 0; e < graph->n_activities; e++) {
        const uint32_t k = mlg_csr_degree(&graph->attended, e);
        in->share[e] = in->rule == MLG_PROJECT_NEWMAN && k > 1 ? 1.0 / (k - 1) : 1.0;
    }
out:
    return status;
}

/* Draws that the work and the memory allow. */
static size_t affordable(const input *in, const mlg_run *run)
{
    const double entries = in->start.offset[in->start.n_rows];
    const double steps = (double) in->meetings + STEPS_AN_ENTRY * entries + in->labelling->n;
    const double bytes =
        sizeof(mlg_margin_counts) + (double) in->labelling->n * sizeof(mlg_actor_draws) / BATCH;
    const double by_work = run->force ? run->draws : MAX_STEPS / steps;

    return mlg_draws_in(fmin(by_work, (double) (run->memory_bound / 4) / bytes), run->draws);
}

/* ---- the whole ------------------------------------------------------------- */

/* Counts the observed table, then trades it away: where the draws set out from. */
static mlg_status begin(input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_margins *out = in->out;
    const size_t n = (size_t) in->labelling->n;
    mlg_random random = mlg_random_stream(in->seed, "silo.margins.start", in->view, 0);
    scratch *s = scratch_open(in);

    TRY_ALLOC(err, s);
    TRY(mlg_cells_open(in->labelling->n_sectors, false, 1, &out->cells_observed, err));
    count_table(in, s, &out->cells_observed, 0, &out->observed);
    out->internal = mlg_copy(s->internal, n, sizeof *out->internal);
    out->degree = mlg_copy(s->degree, n, sizeof *out->degree);
    TRY_ALLOC(err, out->internal);
    TRY_ALLOC(err, out->degree);
    mlg_curveball_run(&s->table, &s->ball, MLG_TRADES, &random);
    memcpy(in->start.column, s->table.column,
           in->start.offset[in->start.n_rows] * sizeof *in->start.column);
out:
    scratch_close(s);
    return status;
}

/* The actors' sums, batch after batch: the order of floating sums is always the same. */
static void gather_actors(const input *in, size_t batches)
{
    const size_t n = (size_t) in->labelling->n;
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

static mlg_status draw(input *in, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_margins *out = in->out;
    const size_t n = (size_t) in->labelling->n, batches = (out->n + BATCH - 1) / BATCH;
    const size_t each = mlg_cells_bytes(in->labelling->n_sectors, false);
    const double room = (double) (run->memory_bound / 4) / (double) each;
    const mlg_replicates job = {
        .what = "silo.margins",
        .view = in->view,
        .last = out->n,
        .batch = BATCH,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = in,
    };

    TRY(mlg_cells_open(in->labelling->n_sectors, false, mlg_draws_in(room, (uint32_t) out->n),
                       &out->cells, err));
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
    input in = {.labelling = labelling,
                .rule = graph->view.projection,
                .seed = run->seed,
                .view = graph->view.id,
                .out = out};

    *out = (mlg_margins){0};
    if (labelling->n_sectors > MLG_MAX_SECTORS) {
        FAIL(err, MLG_ESIZE, "more than %d sectors", MLG_MAX_SECTORS);
    }
    TRY(make_table(graph, &in, err));
    if (in.meetings > MAX_MEETINGS && !run->force) {
        FAIL(err, MLG_ESIZE, "the activities hold %llu meetings, more than %llu",
             (unsigned long long) in.meetings, (unsigned long long) MAX_MEETINGS);
    }
    TRY(make_shares(graph, &in, err));
    TRY(begin(&in, err));
    out->n = affordable(&in, run);
    TRY(draw(&in, run, err));
out:
    mlg_free(in.start.offset);
    mlg_free(in.start.column);
    mlg_free(in.column_offset);
    mlg_free(in.share);
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
