/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/replicate.h"
#include "measure/gap_ground.h"
#include "measure/margins.h"
#include "measure/null_summary.h"

/* What is expected of each pair when seats are dealt again, and how rare what is seen is among
 * all the pairs compared. */

enum {
    ROUNDS = 2 * MLG_TRADES, /* a row finds few partners who may hold what it has */
    STEPS_AN_ENTRY = 5 * ROUNDS,
    BATCH = 16,
    N_FAMILIES = 2, /* all known; something unknown */
};

static const double MAX_STEPS = 1e10, P_NEEDED = 0.05;

typedef struct input {
    mlg_two_mode table; /* where each draw sets out from; its columns are its own */
    size_t entries;
    uint64_t seed;
    const char *view;
    int32_t *number;     /* [n_columns^2] of a compared pair by its columns, or -1 */
    size_t n;            /* compared pairs */
    mlg_gap_pair **pair; /* [n] */
    uint32_t *both;      /* [(draws + 1) * n] */
} input;

typedef struct scratch {
    mlg_two_mode table; /* borrows all but its columns */
    mlg_curveball ball;
} scratch;

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_curveball_close(&s->ball);
        mlg_free(s->table.column);
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
        if (s->table.column == NULL || mlg_curveball_open(&in->table, &s->ball, NULL) != MLG_OK) {
            scratch_close(s);
            s = NULL;
        }
    }
    return s;
}

/* Rows that have both columns of each compared pair, into both[n]. */
static void count(const input *in, const mlg_two_mode *t, uint32_t *both)
{
    const size_t columns = (size_t) t->n_columns;
    memset(both, 0, in->n * sizeof *both);
    for (int32_t i = 0; i < t->n_rows; i++) {
        for (uint32_t j = t->offset[i]; j < t->offset[i + 1]; j++) {
            const int32_t *of = in->number + (size_t) t->column[j] * columns;
            for (uint32_t k = j + 1; k < t->offset[i + 1]; k++) {
                const int32_t e = of[t->column[k]];
                if (e >= 0) {
                    both[e]++;
                }
            }
        }
    }
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = own;
    uint32_t *both = slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(in->seed, "gap.schemes", in->view, d);
        memcpy(s->table.column, in->table.column, in->entries * sizeof *s->table.column);
        mlg_curveball_run(&s->table, &s->ball, ROUNDS, &random);
        count(in, &s->table, both + d * in->n);
    }
    return MLG_OK;
}

/* ---- the draws ------------------------------------------------------------------- */

static mlg_status open_input(const mlg_two_mode *seats, mlg_gap_pair *pair, size_t n, input *in,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t columns = (size_t) seats->n_columns;

    in->table = *seats;
    in->entries = seats->offset[seats->n_rows];
    in->table.column = mlg_copy(seats->column, in->entries, sizeof *in->table.column);
    in->number = mlg_alloc(columns * columns, sizeof *in->number);
    in->pair = mlg_alloc(n, sizeof(mlg_gap_pair *));
    TRY_ALLOC(err, in->table.column);
    TRY_ALLOC(err, in->number);
    TRY_ALLOC(err, in->pair);
    for (size_t i = 0; i < columns * columns; i++) {
        in->number[i] = -1;
    }
    for (size_t e = 0; e < n; e++) {
        mlg_gap_pair *p = &pair[e];
        p->expected = p->sd = p->low = p->high = p->z = p->p = p->p_two = p->p_adjusted = NAN;
        p->testable = false;
        if (p->stratum != MLG_GAP_NOT_COMPARED) {
            in->number[(size_t) p->a * columns + (size_t) p->b] = (int32_t) in->n;
            in->number[(size_t) p->b * columns + (size_t) p->a] = (int32_t) in->n;
            in->pair[in->n++] = p;
        }
    }
out:
    return status;
}

static void close_input(input *in)
{
    mlg_free(in->table.column);
    mlg_free(in->number);
    mlg_free(in->pair);
    mlg_free(in->both);
}

/* Draws that the work and the memory allow. */
static uint32_t affordable(const input *in, const mlg_run *run)
{
    double steps = STEPS_AN_ENTRY * (double) in->entries + in->table.n_rows;
    for (int32_t i = 0; i < in->table.n_rows; i++) {
        const double k = in->table.offset[i + 1] - in->table.offset[i];
        steps += k * (k - 1.0) / 2.0;
    }
    const double by_work = run->force ? run->draws : MAX_STEPS / steps;
    const double by_memory = (double) MLG_NULL_BYTES / (double) (in->n * sizeof *in->both);
    return (uint32_t) mlg_draws_in(fmin(by_work, by_memory), run->draws);
}

/* Trades the observed table away, then draws from there; the observed is the last of all. */
static mlg_status draw(input *in, const mlg_run *run, uint32_t draws, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_random random = mlg_random_stream(in->seed, "gap.schemes.start", in->view, 0);
    scratch *s = scratch_open(in);
    const mlg_replicates job = {
        .what = "gap.schemes",
        .view = in->view,
        .last = draws,
        .batch = BATCH,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = in,
        .slots = in->both,
    };

    TRY_ALLOC(err, s);
    count(in, &in->table, in->both + (size_t) draws * in->n);
    mlg_curveball_run(&s->table, &s->ball, ROUNDS, &random);
    memcpy(in->table.column, s->table.column, in->entries * sizeof *in->table.column);
    TRY(mlg_replicates_run(&job, run, err));
out:
    scratch_close(s);
    return status;
}

/* ---- what they say ------------------------------------------------------------------ */

/* The share of all tables with as few as the fewest seen: what p could be at best. */
static double least_p(const double *of, size_t n)
{
    size_t at = 0;
    for (size_t t = 0, least = 0; t < n; t++) {
        if (of[t] < of[least]) {
            least = t;
            at = 0;
        }
        at += of[t] == of[least];
    }
    return (double) at / (double) n;
}

/* Each pair alone: the observed table is one of the n, all of them alike under the null. */
static void summarise(const input *in, size_t n, double *of, double *room)
{
    for (size_t e = 0; e < in->n; e++) {
        mlg_gap_pair *p = in->pair[e];
        for (size_t t = 0; t < n; t++) {
            of[t] = in->both[t * in->n + e];
        }
        const mlg_null_summary null = mlg_null_summarise(of, n, true, of[n - 1], 1.0, room);
        p->expected = null.mean;
        p->sd = null.sd;
        p->low = null.low;
        p->high = null.high;
        p->p = null.p_less;
        p->p_two = null.p_two;
        p->z = mlg_z(p->both, p->expected, p->sd);
        p->testable = p->sd > 0.0 && least_p(of, n) <= P_NEEDED;
    }
}

static int family_of(const mlg_gap_pair *pair)
{
    return pair->stratum == MLG_GAP_KNOWN ? 0 : 1;
}

/* How far the pair that lacks most lies below what is expected, in each table: `most` [n] by
 * family. Then p_adjusted is the share of tables in which some pair lacks as much. */
static void adjust(const input *in, size_t n, double *most)
{
    for (size_t f = 0; f < N_FAMILIES * n; f++) {
        most[f] = -INFINITY;
    }
    for (size_t t = 0; t < n; t++) {
        for (size_t e = 0; e < in->n; e++) {
            const mlg_gap_pair *p = in->pair[e];
            double *far = &most[(size_t) family_of(p) * n + t];
            const double lacks = -mlg_z(in->both[t * in->n + e], p->expected, p->sd);
            *far = p->testable && lacks > *far ? lacks : *far;
        }
    }
    for (size_t e = 0; e < in->n; e++) {
        mlg_gap_pair *p = in->pair[e];
        const double *far = &most[(size_t) family_of(p) * n];
        const double slack = 1e-12 * fmax(1.0, fabs(p->z));
        size_t as_far = 0;
        for (size_t t = 0; t < n; t++) {
            as_far += far[t] >= -p->z - slack;
        }
        p->p_adjusted = p->testable ? (double) as_far / (double) n : NAN;
    }
}

mlg_status mlg_gap_test(const mlg_two_mode *seats, mlg_gap_pair *pair, size_t n, const mlg_run *run,
                        const char *view, uint32_t *draws, mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {.seed = run->seed, .view = view};
    double *room = NULL;

    *draws = 0;
    TRY(open_input(seats, pair, n, &in, err));
    if (in.n == 0 || (*draws = affordable(&in, run)) == 0) {
        goto out;
    }
    const size_t tables = (size_t) *draws + 1;
    if (tables * in.n * sizeof *in.both > run->memory_bound) {
        FAIL(err, MLG_ESIZE, "the draws need %zu MB, more than the run's bound",
             tables * in.n * sizeof *in.both >> 20);
    }
    in.both = mlg_alloc(tables * in.n, sizeof *in.both);
    room = mlg_alloc(N_FAMILIES * tables, sizeof *room);
    TRY_ALLOC(err, in.both);
    TRY_ALLOC(err, room);
    TRY(draw(&in, run, *draws, err));
    summarise(&in, tables, room, room + tables);
    adjust(&in, tables, room);
out:
    close_input(&in);
    mlg_free(room);
    return status;
}
