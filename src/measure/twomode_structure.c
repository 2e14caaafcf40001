/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/replicate.h"
#include "measure/margins.h"
#include "measure/twomode_ground.h"

/* Closed paths, squares and nestedness of a table, and of tables with its margins. */

enum {
    BATCH = 8,
    STEPS_AN_ENTRY = 30,   /* a participation traded 12 times costs as many paths looked at */
    STEPS_A_SAMPLED = 100, /* and a path drawn so many */
    PATHS_SAMPLED = 5000,  /* in each draw of a table with more than */
    STEPS_EXACT = 2000000,
    PATHS_OBSERVED = 400000, /* sampled in the table itself, when it takes more than */
};
static const uint64_t MOST_STEPS = 300000000;
static const double EASY_STEPS = 4e8, LAST_STEPS = 2.5e9; /* about two seconds of one core, ten */

typedef struct input {
    mlg_structure *out;
    int32_t *start; /* [entries] columns where each draw sets out from */
    size_t entries;
    uint64_t seed;
    const char *view;
} input;

typedef struct scratch {
    mlg_sides sides;
    mlg_curveball ball;
    mlg_side_counter counter;
} scratch;

static void scratch_close(void *made)
{
    scratch *s = made;
    if (s != NULL) {
        mlg_sides_close(&s->sides);
        mlg_curveball_close(&s->ball);
        mlg_side_counter_close(&s->counter);
        mlg_free(s);
    }
}

static void *scratch_open(const void *given)
{
    const input *in = given;
    scratch *s = mlg_zalloc(1, sizeof *s);

    if (s == NULL || mlg_sides_open(&in->out->sides, &s->sides, NULL) != MLG_OK) {
        mlg_free(s);
        return NULL;
    }
    const mlg_two_mode table = mlg_sides_table(&s->sides);
    if (mlg_curveball_open(&table, &s->ball, NULL) != MLG_OK ||
        mlg_side_counter_open(&s->sides, &s->counter, NULL) != MLG_OK) {
        scratch_close(s);
        s = NULL;
    }
    return s;
}

/* ---- one table ------------------------------------------------------------------ */

static double pairs_of(int32_t n)
{
    return n * (n - 1.0) / 2.0;
}

/* NODF: means over the pairs of those who have anything, of 0 to 100. */
static void count_nested(const mlg_sides *sides, mlg_side_counter *counter, double *figure)
{
    const double actors = mlg_count_nested(sides, MLG_SIDE_ACTORS, counter);
    const double activities = mlg_count_nested(sides, MLG_SIDE_ACTIVITIES, counter);
    const double pairs[] = {pairs_of(sides->filled[0]), pairs_of(sides->filled[1])};
    const double all = pairs[0] + pairs[1];

    figure[MLG_NESTED] = all > 0.0 ? 100.0 * (actors + activities) / all : NAN;
    figure[MLG_NESTED_ACTORS] = pairs[0] > 0.0 ? 100.0 * actors / pairs[0] : NAN;
    figure[MLG_NESTED_ACTIVITIES] = pairs[1] > 0.0 ? 100.0 * activities / pairs[1] : NAN;
}

/* The share of closed paths of a side: of all, or of a sample. */
static double closed_share(const mlg_sides *sides, mlg_side side, uint64_t paths, bool sampled,
                           uint32_t sample, mlg_side_counter *counter, mlg_random *random)
{
    if (paths == 0) {
        return NAN;
    }
    return sampled ? mlg_sample_closed_paths(sides, side, sample, counter, random)
                   : (double) mlg_count_closed_paths(sides, side, counter) / (double) paths;
}

/* All figures of a table, as a draw's are found. */
static void count_table(const mlg_structure *structure, const mlg_sides *sides,
                        mlg_side_counter *counter, mlg_random *random, double *figure)
{
    const uint64_t squares = mlg_count_squares(sides, counter);
    const uint64_t three = mlg_count_three_paths(sides);

    figure[MLG_SQUARES] = three > 0 ? 4.0 * (double) squares / (double) three : NAN;
    for (int s = 0; s < MLG_N_SIDES; s++) {
        figure[MLG_CLOSED_ACTORS + s] =
            closed_share(sides, (mlg_side) s, mlg_count_four_paths(sides, (mlg_side) s, squares),
                         structure->sampled[s], PATHS_SAMPLED, counter, random);
    }
    count_nested(sides, counter, figure);
}

static mlg_status work(const void *given, void *own, uint64_t from, uint64_t to, void *slots)
{
    const input *in = given;
    scratch *s = own;
    double figure[MLG_N_FIGURES], *draw = slots;

    for (uint64_t d = from; d < to; d++) {
        mlg_random random = mlg_random_stream(in->seed, "twomode.structure", in->view, d);
        mlg_two_mode table = mlg_sides_table(&s->sides);
        memcpy(table.column, in->start, in->entries * sizeof *in->start);
        mlg_curveball_run(&table, &s->ball, MLG_TRADES, &random);
        mlg_sides_take(&s->sides, &table);
        count_table(in->out, &s->sides, &s->counter, &random, figure);
        for (size_t f = 0; f < MLG_N_FIGURES; f++) {
            draw[f * in->out->n + d] = figure[f];
        }
    }
    return MLG_OK;
}

/* ---- the table as it is ----------------------------------------------------------- */

/* The share of closed paths of one side: exact, or with the error of a large sample. */
static void observe_closed(mlg_structure *out, mlg_side side, bool force, mlg_side_counter *counter,
                           mlg_random *random)
{
    const uint64_t paths = out->paths[side];
    const bool sampled = out->steps[side] > MOST_STEPS && !force;
    const double share =
        closed_share(&out->sides, side, paths, sampled, PATHS_OBSERVED, counter, random);

    out->observed[MLG_CLOSED_ACTORS + (int) side] = share;
    out->se[side] = sampled ? sqrt(share * (1.0 - share) / PATHS_OBSERVED) : NAN;
}

static void observe(mlg_structure *out, const mlg_run *run, const char *view,
                    mlg_side_counter *counter)
{
    mlg_random random = mlg_random_stream(run->seed, "twomode.observed", view, 0);

    out->squares = mlg_count_squares(&out->sides, counter);
    out->three_paths = mlg_count_three_paths(&out->sides);
    for (int s = 0; s < MLG_N_SIDES; s++) {
        out->paths[s] = mlg_count_four_paths(&out->sides, (mlg_side) s, out->squares);
        out->steps[s] = mlg_count_steps(&out->sides, (mlg_side) s, out->paths[s]);
        out->sampled[s] = out->steps[s] > STEPS_EXACT;
    }
    count_table(out, &out->sides, counter, &random, out->tested);
    memcpy(out->observed, out->tested, sizeof out->observed);
    for (int s = 0; s < MLG_N_SIDES; s++) {
        out->se[s] = NAN;
        if (out->sampled[s]) {
            observe_closed(out, (mlg_side) s, run->force, counter, &random);
        }
    }
}

/* Draws that the work and the memory allow. */
static size_t affordable(const mlg_structure *out, double traded, const mlg_run *run)
{
    double steps = STEPS_AN_ENTRY * traded + 1.0;
    for (int32_t i = 0; i < out->sides.filled[0]; i++) {
        for (uint32_t k = out->sides.offset[0][i]; k < out->sides.offset[0][i + 1]; k++) {
            const uint32_t d = mlg_side_margin(&out->sides, MLG_SIDE_ACTORS, i);
            const uint32_t e =
                mlg_side_margin(&out->sides, MLG_SIDE_ACTIVITIES, out->sides.other[0][k]);
            steps += d < e ? d : e;
        }
    }
    for (int s = 0; s < MLG_N_SIDES; s++) {
        steps +=
            out->sampled[s] ? STEPS_A_SAMPLED * (double) PATHS_SAMPLED : (double) out->steps[s];
    }
    const double by_work = run->force ? run->draws : mlg_draws_room(steps, EASY_STEPS, LAST_STEPS);
    return mlg_draws_in(fmin(by_work, (double) MLG_NULL_BYTES / (MLG_N_FIGURES * sizeof(double))),
                        run->draws);
}

/* ---- the whole -------------------------------------------------------------------- */

static mlg_status draw(input *in, scratch *s, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_structure *out = in->out;
    mlg_random random = mlg_random_stream(in->seed, "twomode.structure.start", in->view, 0);
    mlg_two_mode table = mlg_sides_table(&s->sides);
    mlg_replicates job = {
        .what = "twomode.structure",
        .view = in->view,
        .last = out->n,
        .batch = BATCH,
        .scratch = scratch_open,
        .scratch_free = scratch_close,
        .work = work,
        .input = in,
    };

    out->draw = mlg_alloc(MLG_N_FIGURES * out->n, sizeof *out->draw);
    in->start = mlg_alloc(in->entries, sizeof *in->start);
    TRY_ALLOC(err, out->draw);
    TRY_ALLOC(err, in->start);
    mlg_curveball_run(&table, &s->ball, MLG_TRADES, &random);
    memcpy(in->start, table.column, in->entries * sizeof *in->start);
    job.slots = out->draw;
    TRY(mlg_replicates_run(&job, run, err));
out:
    return status;
}

mlg_status mlg_structure_make(const mlg_graph *graph, const mlg_run *run, mlg_structure *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    input in = {.out = out,
                .entries = mlg_csr_size(&graph->attends),
                .seed = run->seed,
                .view = graph->view.id};
    scratch *s = NULL;

    *out = (mlg_structure){0};
    TRY(mlg_sides_make(&graph->attends, &graph->attended, &out->sides, err));
    s = scratch_open(&in);
    TRY_ALLOC(err, s);
    observe(out, run, graph->view.id, &s->counter);
    out->n = affordable(out, s->ball.pace * (double) in.entries, run);
    if (out->n > 0) {
        TRY(draw(&in, s, run, err));
    }
out:
    scratch_close(s);
    mlg_free(in.start);
    if (status != MLG_OK) {
        mlg_structure_free(out);
    }
    return status;
}

void mlg_structure_free(mlg_structure *structure)
{
    mlg_sides_free(&structure->sides);
    mlg_free(structure->draw);
    *structure = (mlg_structure){0};
}
