/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/replicate.h"
#include "measure/margins.h"
#include "measure/meetings.h"
#include "measure/motifs.h"
#include "measure/null_summary.h"
#include "measure/rewire.h"
#include "measure/rewired.h"

/* How much of what could be closed is, when partners are drawn again and everybody stays where it
 * works. */

static const double EASY_STEPS = 1e9, MOST_STEPS = 5e9;

typedef struct input {
    const mlg_motifs *motifs;
    size_t n_ties;
    double *closed;
    size_t draws;
    /* of participations */
    mlg_two_mode table; /* its columns are its own */
    size_t entries;
    uint32_t rounds;
    uint64_t seed;
    const char *view;
} input;

static void put(const input *in, uint64_t d, const double *closed)
{
    for (size_t k = 0; k < MLG_N_MOTIFS; k++) {
        in->closed[k * in->draws + d] = closed[k];
    }
}

/* ---- ties, degrees kept --------------------------------------------------------------------- */

static void close_ties(const mlg_motifs *m, const mlg_pair *tie, size_t n, double *closed)
{
    closed[MLG_TRIANGLES] = closed[MLG_FOUR_CYCLES] = 0.0;
    for (size_t t = 0; t < n; t++) {
        const size_t at = mlg_motifs_at(m, (int32_t) tie[t].a, (int32_t) tie[t].b);
        closed[MLG_TRIANGLES] += m->near[at];
        closed[MLG_FOUR_CYCLES] += m->far[at];
    }
}

static void count_ties(const void *given, void *own, const mlg_pair *tie, uint64_t d)
{
    const input *in = given;
    double closed[MLG_N_MOTIFS];

    (void) own;
    close_ties(in->motifs, tie, in->n_ties, closed);
    put(in, d, closed);
}

/* Ties between placed actors, each once: those of no known place leave the graph and the draws. */
static mlg_status list_ties(const mlg_motifs *m, mlg_pair **out, size_t *n, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *ties = &m->graph->ties;
    mlg_pair *list = mlg_alloc(mlg_csr_size(ties) / 2, sizeof *list);

    *out = list;
    TRY_ALLOC(err, list);
    for (int32_t i = 0; i < m->n; i++) {
        const int32_t v = m->actor[i];
        for (uint32_t k = ties->offset[v]; k < ties->offset[v + 1]; k++) {
            const int32_t j = m->rank[ties->target[k]];
            if (j > i) {
                list[(*n)++] = (mlg_pair){(uint32_t) i, (uint32_t) j};
            }
        }
    }
out:
    return status;
}

static mlg_status draw_ties(const mlg_motifs *m, const mlg_run *run, mlg_motif_draws *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_pair *tie = NULL;
    input in = {.motifs = m};
    bool only = false;
    mlg_rewire_job job = {.what = "gap.motifs",
                          .view = m->graph->view.id,
                          .n = m->n,
                          .count = count_ties,
                          .input = &in};

    out->null_model = "degrees";
    TRY(list_ties(m, &tie, &in.n_ties, err));
    close_ties(m, tie, in.n_ties, out->observed);
    out->tied = (double) in.n_ties;
    TRY(mlg_rewire_is_only(tie, in.n_ties, m->n, false, &only, err));
    in.draws = mlg_rewired_room(m->n, in.n_ties, run, &job.steps);
    out->why = in.n_ties == 0    ? T_why_no_ties
               : only            ? T_why_one_graph
               : run->draws == 0 ? T_why_no_draws
               : in.draws == 0   ? T_why_too_large
                                 : T_none;
    if (out->why == T_none) {
        in.closed = out->closed = mlg_alloc(MLG_N_MOTIFS * in.draws, sizeof *out->closed);
        TRY_ALLOC(err, out->closed);
        job.pair = tie;
        job.m = in.n_ties;
        job.draws = (uint32_t) in.draws;
        TRY(mlg_rewire_draws(&job, run, err));
        out->n = in.draws;
    }
out:
    mlg_free(tie);
    return status;
}

/* ---- participations, both margins kept ----------------------------------------------------------
 */

typedef struct scratch {
    mlg_two_mode table; /* borrows all but its columns */
    mlg_curveball ball;
    uint64_t *met; /* bits [n squared] */
    int32_t *here; /* [n] placed actors of the activity at hand */
} scratch;

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_curveball_close(&s->ball);
        mlg_free(s->table.column);
        mlg_free(s->met);
        mlg_free(s->here);
        mlg_free(s);
    }
}

static size_t words_of(const mlg_motifs *m)
{
    return ((size_t) m->n * (size_t) m->n + 63) / 64;
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s != NULL) {
        s->table = in->table;
        s->table.column = mlg_copy(in->table.column, in->entries, sizeof *s->table.column);
        s->met = mlg_alloc(words_of(in->motifs), sizeof *s->met);
        s->here = mlg_alloc((size_t) in->motifs->n, sizeof *s->here);
        if (s->table.column == NULL || s->met == NULL || s->here == NULL ||
            mlg_curveball_open(&in->table, &s->ball, NULL) != MLG_OK) {
            scratch_close(s);
            s = NULL;
        }
    }
    return s;
}

/* Closed by the pairs that meet at least once; answers how many pairs do. */
static double close_meetings(const mlg_motifs *m, scratch *s, double *closed)
{
    double tied = 0.0;

    memset(s->met, 0, words_of(m) * sizeof *s->met);
    closed[MLG_TRIANGLES] = closed[MLG_FOUR_CYCLES] = 0.0;
    for (int32_t e = 0; e < s->table.n_rows; e++) {
        size_t n = 0;
        for (uint32_t k = s->table.offset[e]; k < s->table.offset[e + 1]; k++) {
            const int32_t i = m->rank[s->table.column[k]];
            if (i >= 0) {
                s->here[n++] = i;
            }
        }
        for (size_t x = 0; x < n; x++) {
            for (size_t y = 0; y < x; y++) {
                const int32_t i = s->here[x] < s->here[y] ? s->here[x] : s->here[y];
                const int32_t j = s->here[x] < s->here[y] ? s->here[y] : s->here[x];
                const size_t at = mlg_motifs_at(m, i, j);
                const uint64_t bit = UINT64_C(1) << (at & 63);
                if ((s->met[at >> 6] & bit) == 0) {
                    s->met[at >> 6] |= bit;
                    closed[MLG_TRIANGLES] += m->near[at];
                    closed[MLG_FOUR_CYCLES] += m->far[at];
                    tied += 1.0;
                }
            }
        }
    }
    return tied;
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = own;

    (void) slots;
    for (uint64_t d = from; d < to; d++) {
        double closed[MLG_N_MOTIFS];
        mlg_random random = mlg_random_stream(in->seed, "gap.motifs", in->view, d);
        memcpy(s->table.column, in->table.column, in->entries * sizeof *s->table.column);
        mlg_curveball_run(&s->table, &s->ball, in->rounds, &random);
        close_meetings(in->motifs, s, closed);
        put(in, d, closed);
    }
    return MLG_OK;
}

static size_t room_of(const input *in, double pace, const mlg_run *run)
{
    double steps = 5.0 * in->rounds * pace * (double) in->entries + (double) words_of(in->motifs);
    for (int32_t e = 0; e < in->table.n_rows; e++) {
        const double k = in->table.offset[e + 1] - in->table.offset[e];
        steps += k * (k - 1.0) / 2.0;
    }
    const double room = run->force ? run->draws : mlg_draws_room(steps, EASY_STEPS, MOST_STEPS);
    return mlg_draws_in(room, run->draws);
}

/* From the observed table so many trades back, then for each draw as many forward. */
static mlg_status draw_tables(input *in, scratch *s, const mlg_run *run, mlg_error *err)
{
    mlg_random random = mlg_random_stream(in->seed, "gap.motifs.start", in->view, 0);
    const mlg_replicates job = {.what = "gap.motifs",
                                .view = in->view,
                                .last = in->draws,
                                .batch = 16,
                                .scratch = scratch_open,
                                .scratch_free = scratch_close,
                                .work = work,
                                .input = in,
                                .slots = in->closed};

    mlg_curveball_run(&s->table, &s->ball, in->rounds, &random);
    memcpy(in->table.column, s->table.column, in->entries * sizeof *in->table.column);
    return mlg_replicates_run(&job, run, err);
}

static mlg_status draw_participations(mlg_context *context, int32_t view, const mlg_motifs *m,
                                      mlg_motif_draws *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_meetings *meetings = NULL;
    scratch *s = NULL;
    input in = {.motifs = m, .seed = context->run->seed, .view = m->graph->view.id};

    out->null_model = "margins";
    TRY(mlg_meetings_of(context, view, &meetings, err));
    if (meetings->seats.offset == NULL) {
        out->why = meetings->why;
        goto out;
    }
    in.table = meetings->seats;
    in.entries = in.table.offset[in.table.n_rows];
    in.rounds = meetings->may != NULL ? 2 * MLG_TRADES : MLG_TRADES;
    in.table.column = mlg_copy(in.table.column, in.entries, sizeof *in.table.column);
    TRY_ALLOC(err, in.table.column);
    s = scratch_open(&in);
    TRY_ALLOC(err, s);
    out->tied = close_meetings(m, s, out->observed);
    in.draws = room_of(&in, s->ball.pace, context->run);
    out->why = context->run->draws == 0 ? T_why_no_draws : in.draws == 0 ? T_why_too_large : T_none;
    if (out->why == T_none) {
        in.closed = out->closed = mlg_alloc(MLG_N_MOTIFS * in.draws, sizeof *out->closed);
        TRY_ALLOC(err, out->closed);
        TRY(draw_tables(&in, s, context->run, err));
        out->n = in.draws;
    }
out:
    scratch_close(s);
    mlg_free(in.table.column);
    return status;
}

mlg_status mlg_motif_draws_of(mlg_context *context, int32_t view, const mlg_motifs *motifs,
                              mlg_motif_draws *out, mlg_error *err)
{
    return motifs->graph->n_activities > 0 ? draw_participations(context, view, motifs, out, err)
                                           : draw_ties(motifs, context->run, out, err);
}
