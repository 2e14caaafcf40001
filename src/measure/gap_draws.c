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
    STEPS_A_ROUND = 5, /* a seat traded costs as much as so many pairs counted */
    BATCH = 16,
    N_STRATA = 2, /* all known; something unknown */
    N_FAMILIES = N_STRATA * MLG_GAP_SETS,
};

static const double MAX_STEPS = 1e10, P_NEEDED = 0.05;

typedef struct input {
    mlg_two_mode table; /* where each draw sets out from; its columns are its own */
    size_t entries;
    int32_t *walked; /* [n_walks * entries] columns after the other walks; NULL: no zeros */
    uint32_t n_walks;
    uint32_t per_walk; /* draws of each of these; 0: the draws at hand are of the first walk */
    uint64_t seed;
    const char *view;
    const mlg_gap_job *job;
    int32_t *number[MLG_GAP_SETS]; /* [n_groups^2] of a compared pair by its groups, or -1 */
    size_t n;                      /* compared pairs */
    mlg_gap_pair **pair;           /* [n] */
    uint8_t *family;               /* [n] */
    uint32_t *both;                /* [(draws + 1) * n] */
    uint32_t *apart;               /* [walk draws * n] of the other walks */
} input;

typedef struct scratch {
    mlg_two_mode table; /* borrows all but its columns */
    mlg_curveball ball;
    int32_t *seen; /* [most groups of a set] the last row that was found to have it, + 1 */
    int32_t *list; /* [most groups of a set] groups of the row at hand */
} scratch;

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_curveball_close(&s->ball);
        mlg_free(s->table.column);
        mlg_free(s->seen);
        mlg_free(s->list);
        mlg_free(s);
    }
}

static size_t most_groups(const mlg_gap_job *job)
{
    size_t most = 0;
    for (size_t k = 0; k < job->n_sets; k++) {
        const size_t n = (size_t) job->set[k].n_groups;
        most = n > most ? n : most;
    }
    return most;
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s != NULL) {
        s->table = in->table;
        s->table.column = mlg_copy(in->table.column, in->entries, sizeof *s->table.column);
        s->seen = mlg_alloc(most_groups(in->job), sizeof *s->seen);
        s->list = mlg_alloc(most_groups(in->job), sizeof *s->list);
        if (s->table.column == NULL || s->seen == NULL || s->list == NULL ||
            mlg_curveball_open(&in->table, &s->ball, NULL) != MLG_OK) {
            scratch_close(s);
            s = NULL;
        }
    }
    return s;
}

/* The different groups of a row's columns, into scratch's list; answers how many. */
static size_t groups_of(const mlg_gap_set *set, scratch *s, int32_t row)
{
    const mlg_two_mode *t = &s->table;
    size_t n = 0;

    for (uint32_t j = t->offset[row]; j < t->offset[row + 1]; j++) {
        const int32_t column = t->column[j];
        const int32_t *group =
            set->groups != NULL ? set->groups->target + set->groups->offset[column] : &t->column[j];
        const uint32_t many = set->groups != NULL ? mlg_csr_degree(set->groups, column) : 1;
        for (uint32_t k = 0; k < many; k++) {
            if (s->seen[group[k]] != row + 1) {
                s->seen[group[k]] = row + 1;
                s->list[n++] = group[k];
            }
        }
    }
    return n;
}

/* Rows that have both groups of each compared pair, into both[n]. */
static void count(const input *in, scratch *s, uint32_t *both)
{
    memset(both, 0, in->n * sizeof *both);
    for (size_t k = 0; k < in->job->n_sets; k++) {
        const mlg_gap_set *set = &in->job->set[k];
        memset(s->seen, 0, (size_t) set->n_groups * sizeof *s->seen);
        for (int32_t i = 0; i < s->table.n_rows; i++) {
            const size_t n = groups_of(set, s, i);
            for (size_t a = 0; a + 1 < n; a++) {
                const int32_t *of = in->number[k] + (size_t) s->list[a] * (size_t) set->n_groups;
                for (size_t b = a + 1; b < n; b++) {
                    const int32_t e = of[s->list[b]];
                    if (e >= 0) {
                        both[e]++;
                    }
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
    const bool apart = in->per_walk > 0;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(
            in->seed, apart ? in->job->start : in->job->stream, in->view,
            apart ? 1 + MLG_GAP_WALKS + d : d); /* the first of `start` are the walks' own */
        const int32_t *start =
            apart ? in->walked + (d / in->per_walk) * in->entries : in->table.column;
        memcpy(s->table.column, start, in->entries * sizeof *s->table.column);
        mlg_curveball_run(&s->table, &s->ball, in->job->rounds, &random);
        count(in, s, both + d * in->n);
    }
    return MLG_OK;
}

/* ---- the draws ------------------------------------------------------------------- */

/* Draws of the other walks, as many of each. */
static uint32_t walk_draws(const input *in, uint32_t draws)
{
    return (draws + in->n_walks - 1) / in->n_walks * in->n_walks;
}

/* Numbers the compared pairs of one set of groups. */
static mlg_status open_set(const mlg_gap_set *set, size_t k, input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t groups = (size_t) set->n_groups;

    in->number[k] = mlg_alloc(groups * groups, sizeof *in->number[k]);
    TRY_ALLOC(err, in->number[k]);
    for (size_t i = 0; i < groups * groups; i++) {
        in->number[k][i] = -1;
    }
    for (size_t e = 0; e < set->n; e++) {
        mlg_gap_pair *p = &set->pair[e];
        p->expected = p->sd = p->low = p->high = p->z = NAN;
        p->p = p->p_greater = p->p_two = p->p_adjusted = NAN;
        p->testable = false;
        if (p->stratum != MLG_GAP_NOT_COMPARED) {
            in->number[k][(size_t) p->a * groups + (size_t) p->b] = (int32_t) in->n;
            in->number[k][(size_t) p->b * groups + (size_t) p->a] = (int32_t) in->n;
            in->family[in->n] = (uint8_t) (k * N_STRATA + (p->stratum == MLG_GAP_KNOWN ? 0 : 1));
            in->pair[in->n++] = p;
        }
    }
out:
    return status;
}

/* As many other walks as memory is no matter for. */
static uint32_t walks_of(size_t entries)
{
    enum { LEAST = 10, ROOM = 1 << 24 };
    const size_t room = ROOM / (entries + 1);
    return room > MLG_GAP_WALKS ? MLG_GAP_WALKS : room < LEAST ? LEAST : (uint32_t) room;
}

static mlg_status open_input(const mlg_gap_job *job, input *in, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0;

    for (size_t k = 0; k < job->n_sets; k++) {
        n += job->set[k].n;
    }
    in->table = *job->seats;
    in->entries = job->seats->offset[job->seats->n_rows];
    in->n_walks = walks_of(in->entries);
    in->table.column = mlg_copy(job->seats->column, in->entries, sizeof *in->table.column);
    in->pair = mlg_alloc(n, sizeof(mlg_gap_pair *));
    in->family = mlg_alloc(n, sizeof *in->family);
    TRY_ALLOC(err, in->table.column);
    TRY_ALLOC(err, in->pair);
    TRY_ALLOC(err, in->family);
    for (size_t k = 0; k < job->n_sets; k++) {
        TRY(open_set(&job->set[k], k, in, err));
    }
out:
    return status;
}

static void close_input(input *in)
{
    mlg_free(in->table.column);
    for (size_t k = 0; k < MLG_GAP_SETS; k++) {
        mlg_free(in->number[k]);
    }
    mlg_free(in->pair);
    mlg_free(in->family);
    mlg_free(in->both);
    mlg_free(in->walked);
    mlg_free(in->apart);
}

/* Draws that the work and the memory allow; with zeros each is drawn twice. */
static uint32_t affordable(const input *in, double pace, const mlg_run *run)
{
    double steps =
        STEPS_A_ROUND * in->job->rounds * pace * (double) in->entries + (double) in->table.n_rows;
    for (int32_t i = 0; i < in->table.n_rows; i++) {
        const double k = in->table.offset[i + 1] - in->table.offset[i];
        steps += k * (k - 1.0) / 2.0;
    }
    steps *= in->table.may != NULL ? 2.0 : 1.0;
    const double by_work =
        run->force ? run->draws : mlg_draws_room(steps, in->job->easy_steps, in->job->most_steps);
    const double bytes = (double) (in->n * sizeof *in->both) * (in->table.may != NULL ? 2.0 : 1.0);
    const double by_memory = (double) MLG_NULL_BYTES / bytes;
    return (uint32_t) mlg_draws_in(fmin(by_work, by_memory), run->draws);
}

static mlg_status replicate(input *in, const mlg_run *run, const char *what, uint64_t n,
                            uint32_t *slots, mlg_error *err)
{
    const mlg_replicates job = {
        .what = what,
        .view = in->view,
        .last = n,
        .batch = BATCH,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = in,
        .slots = slots,
    };
    return mlg_replicates_run(&job, run, err);
}

/* Trades the observed table away once more for each of the other walks. */
static mlg_status walk_apart(input *in, scratch *s, const int32_t *observed, mlg_error *err)
{
    mlg_status status = MLG_OK;

    in->walked = mlg_alloc(in->n_walks * in->entries, sizeof *in->walked);
    TRY_ALLOC(err, in->walked);
    for (size_t w = 0; w < in->n_walks; w++) {
        mlg_random random = mlg_random_stream(in->seed, in->job->start, in->view, 1 + w);
        memcpy(s->table.column, observed, in->entries * sizeof *observed);
        mlg_curveball_run(&s->table, &s->ball, in->job->rounds, &random);
        memcpy(in->walked + w * in->entries, s->table.column, in->entries * sizeof *in->walked);
    }
out:
    return status;
}

/* Trades the observed table away, then draws from there; the observed is the last of all. */
static mlg_status draw(input *in, const mlg_run *run, uint32_t draws, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_random random = mlg_random_stream(in->seed, in->job->start, in->view, 0);
    scratch *s = scratch_open(in);

    TRY_ALLOC(err, s);
    count(in, s, in->both + (size_t) draws * in->n);
    if (in->apart != NULL) {
        TRY(walk_apart(in, s, in->job->seats->column, err));
        memcpy(s->table.column, in->job->seats->column, in->entries * sizeof *s->table.column);
    }
    mlg_curveball_run(&s->table, &s->ball, in->job->rounds, &random);
    memcpy(in->table.column, s->table.column, in->entries * sizeof *in->table.column);
    TRY(replicate(in, run, in->job->stream, draws, in->both, err));
    if (in->apart != NULL) {
        in->per_walk = walk_draws(in, draws) / in->n_walks;
        TRY(replicate(in, run, in->job->start, walk_draws(in, draws), in->apart, err));
    }
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
        p->p_greater = null.p_greater;
        p->p_two = null.p_two;
        p->z = mlg_z(p->both, p->expected, p->sd);
        p->testable = p->sd > 0.0 && least_p(of, n) <= P_NEEDED;
    }
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
            double *far = &most[(size_t) in->family[e] * n + t];
            const double lacks = -mlg_z(in->both[t * in->n + e], p->expected, p->sd);
            *far = p->testable && lacks > *far ? lacks : *far;
        }
    }
    for (size_t e = 0; e < in->n; e++) {
        mlg_gap_pair *p = in->pair[e];
        const double *far = &most[(size_t) in->family[e] * n];
        const double slack = 1e-12 * fmax(1.0, fabs(p->z));
        size_t as_far = 0;
        for (size_t t = 0; t < n; t++) {
            as_far += far[t] >= -p->z - slack;
        }
        p->p_adjusted = p->testable ? (double) as_far / (double) n : NAN;
    }
}

/* What the pair's p does not rest on, from the other walks. */
static void look_apart(const input *in, size_t n, double *of, double *room)
{
    for (size_t e = 0; e < in->n; e++) {
        mlg_gap_pair *p = in->pair[e];
        for (size_t t = 0; t < n; t++) {
            of[t] = in->apart[t * in->n + e];
        }
        const mlg_null_summary null = mlg_null_summarise(of, n, false, p->both, 1.0, room);
        if (p->sd > 0.0 && !(null.sd > 0.0)) {
            continue; /* too few draws to say more */
        }
        p->expected = null.mean;
        p->sd = null.sd;
        p->low = null.low;
        p->high = null.high;
        p->z = mlg_z(p->both, p->expected, p->sd);
    }
}

mlg_status mlg_gap_draw(const mlg_gap_job *job, const mlg_run *run, uint32_t *draws, mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {.job = job, .seed = run->seed, .view = job->view};
    double *room = NULL, pace = 1.0;

    *draws = 0;
    TRY(open_input(job, &in, err));
    TRY(mlg_curveball_pace(&in.table, &pace, err));
    if (in.n == 0 || (*draws = affordable(&in, pace, run)) == 0) {
        goto out;
    }
    const size_t tables = (size_t) *draws + 1;
    const size_t apart = in.table.may != NULL ? walk_draws(&in, *draws) : 0;
    if ((tables + apart) * in.n * sizeof *in.both > run->memory_bound) {
        FAIL(err, MLG_ESIZE, "the draws need %zu MB, more than the run's bound",
             (tables + apart) * in.n * sizeof *in.both >> 20);
    }
    in.both = mlg_alloc(tables * in.n, sizeof *in.both);
    room = mlg_alloc(N_FAMILIES * tables + 2 * apart, sizeof *room);
    TRY_ALLOC(err, in.both);
    TRY_ALLOC(err, room);
    if (apart > 0) {
        in.apart = mlg_alloc(apart * in.n, sizeof *in.apart);
        TRY_ALLOC(err, in.apart);
    }
    TRY(draw(&in, run, *draws, err));
    summarise(&in, tables, room, room + tables);
    adjust(&in, tables, room);
    if (apart > 0) {
        look_apart(&in, apart, room, room + apart);
    }
out:
    close_input(&in);
    mlg_free(room);
    return status;
}

mlg_status mlg_gap_test(const mlg_two_mode *seats, mlg_gap_pair *pair, size_t n, const mlg_run *run,
                        const char *view, uint32_t *draws, mlg_error *err)
{
    const mlg_gap_job job = {
        .stream = "gap.schemes",
        .start = "gap.schemes.start",
        .view = view,
        .seats = seats,
        .rounds = 2 * MLG_TRADES, /* a row finds few partners who may hold what it has */
        .easy_steps = MAX_STEPS,
        .most_steps = MAX_STEPS,
        .set = {{.n_groups = seats->n_columns, .pair = pair, .n = n}},
        .n_sets = 1,
    };
    return mlg_gap_draw(&job, run, draws, err);
}
