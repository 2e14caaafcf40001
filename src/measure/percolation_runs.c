/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/percolation_runs.h"

#include <math.h>

#include "base/replicate.h"
#include "measure/betweenness.h"
#include "measure/null_summary.h"

/* Who leaves one after the other: as many orders as a report can pay for. */

enum { POINTS = 100, MOST_DRAWS = 999, STATES = 20, FIFTH = 5 };
static const double EASY_STEPS = 5e8, MOST_STEPS = 1e10;    /* entries gone through, of all draws */
static const double TIE_STEPS = 10.0, MOST_TIE_STEPS = 1e9; /* a tie is looked up in no order */
static const double RECOUNT_STEPS = 1e8; /* of betweenness, counted again after each departure */
static const double LANE_STEPS = 2e9;    /* rows looked at for a state, of all draws */
static const char STREAM[] = "turnover.percolation", TIES_STREAM[] = "turnover.percolation ties";

/* ---- one order -------------------------------------------------------------------------- */

/* One thread's arrays, and the curves in them. */
typedef struct player {
    mlg_percolator *percolator;
    int32_t *order;
    mlg_percolated curves;
} player;

/* What is played, and where each draw writes. */
typedef struct play {
    const mlg_percolation_runs *runs;
    uint64_t seed;
    const char *view;
    double *left[MLG_N_LEFT]; /* [draws * n_points], or NULL */
    double *r, *half;         /* [draws] */
    const int32_t *tie;       /* ties go instead: their ends */
} play;

static void player_close(void *made)
{
    player *p = made;
    if (p != NULL) {
        mlg_percolator_close(p->percolator);
        mlg_free(p->order);
        mlg_free(p->curves.giant);
        mlg_free(p->curves.pairs);
        mlg_free(p->curves.cross);
        mlg_free(p->curves.people);
        mlg_free(p);
    }
}

static void *player_open(const void *given)
{
    const play *in = given;
    const mlg_percolation *on = &in->runs->on;
    const size_t n = (size_t) (in->tie != NULL ? in->runs->n_ties : on->n);
    player *p = mlg_zalloc(1, sizeof *p);
    bool made = p != NULL;

    if (made) {
        p->percolator = mlg_percolator_open(on);
        p->order = mlg_alloc(n, sizeof *p->order);
        p->curves.giant = mlg_alloc(n + 1, sizeof *p->curves.giant);
        made = p->percolator != NULL && p->order != NULL && p->curves.giant != NULL;
    }
    if (made && in->tie == NULL) {
        p->curves.pairs = mlg_alloc(n + 1, sizeof *p->curves.pairs);
        p->curves.cross = on->n_classes > 0 ? mlg_alloc(n + 1, sizeof *p->curves.cross) : NULL;
        p->curves.people = on->places.n > 0 ? mlg_alloc(n + 1, sizeof *p->curves.people) : NULL;
        made = p->curves.pairs != NULL && (on->n_classes == 0 || p->curves.cross != NULL) &&
               (on->places.n == 0 || p->curves.people != NULL);
    }
    if (!made) {
        player_close(p);
    }
    return made ? p : NULL;
}

static double left_at(const mlg_percolated *curves, mlg_left what, int32_t q)
{
    switch (what) {
    case MLG_LEFT_GIANT:
        return curves->giant[q];
    case MLG_LEFT_PAIRS:
        return (double) curves->pairs[q];
    case MLG_LEFT_CROSS:
        return curves->cross != NULL ? (double) curves->cross[q] : NAN;
    case MLG_LEFT_PEOPLE:
        return curves->people != NULL ? curves->people[q] : NAN;
    case MLG_N_LEFT:
        break;
    }
    return NAN;
}

static double r_of(const int32_t *giant, int32_t n)
{
    double sum = 0.0;
    for (int32_t q = 1; q <= n; q++) {
        sum += giant[q];
    }
    return sum / ((double) n * n);
}

static double half_of(const int32_t *giant, int32_t n)
{
    int32_t q = 0;
    while (q < n && 2 * (int64_t) giant[q] >= giant[0]) {
        q++;
    }
    return (double) q / n;
}

static mlg_status play_actors(const void *given, void *made, uint64_t from, uint64_t to,
                              void *slots)
{
    const play *in = given;
    player *p = made;
    const mlg_percolation_runs *runs = in->runs;
    const int32_t n = runs->on.n;

    (void) slots;
    for (uint64_t draw = from; draw < to; draw++) {
        mlg_random stream = mlg_random_stream(in->seed, STREAM, in->view, draw);
        for (int32_t v = 0; v < n; v++) {
            p->order[v] = v;
        }
        mlg_percolation_shuffle(&stream, p->order, n, n);
        mlg_percolate(p->percolator, p->order, n, &p->curves);
        in->r[draw] = r_of(p->curves.giant, n);
        in->half[draw] = half_of(p->curves.giant, n);
        for (int what = 0; what < MLG_N_LEFT; what++) {
            for (int32_t i = 0; i < runs->n_points && in->left[what] != NULL; i++) {
                in->left[what][draw * (uint64_t) runs->n_points + (uint64_t) i] =
                    left_at(&p->curves, (mlg_left) what, runs->at[i]);
            }
        }
    }
    return MLG_OK;
}

static mlg_status play_ties(const void *given, void *made, uint64_t from, uint64_t to, void *slots)
{
    const play *in = given;
    player *p = made;
    const mlg_percolation_runs *runs = in->runs;

    (void) slots;
    for (uint64_t draw = from; draw < to; draw++) {
        mlg_random stream = mlg_random_stream(in->seed, TIES_STREAM, in->view, draw);
        for (int32_t t = 0; t < runs->n_ties; t++) {
            p->order[t] = t;
        }
        mlg_percolation_shuffle(&stream, p->order, runs->n_ties, runs->n_ties);
        mlg_percolate_ties(p->percolator, in->tie, p->order, runs->n_ties, p->curves.giant);
        for (int32_t i = 0; i < runs->n_ties_points; i++) {
            in->left[MLG_LEFT_GIANT][draw * (uint64_t) runs->n_ties_points + (uint64_t) i] =
                p->curves.giant[runs->ties_at[i]];
        }
    }
    return MLG_OK;
}

/* ---- all of them ------------------------------------------------------------------------ */

static void release(void *made)
{
    mlg_percolation_runs *runs = made;
    mlg_percolation_close(&runs->on);
    for (int what = 0; what < MLG_N_LEFT; what++) {
        mlg_free(runs->degree[what]);
        mlg_left_band_free(&runs->random[what]);
    }
    mlg_left_band_free(&runs->ties);
    mlg_left_band_free(&runs->first);
    mlg_free(runs->at);
    mlg_free(runs->ties_at);
    mlg_free(runs->first_at);
    mlg_free(runs);
}

/* 0 .. n in at most `most` steps. */
static int32_t *points_of(int32_t n, int32_t most, int32_t *n_points)
{
    const int32_t steps = n < most ? n : most;
    int32_t *at = mlg_alloc((size_t) steps + 1, sizeof *at);

    *n_points = at != NULL ? steps + 1 : 0;
    for (int32_t i = 0; i < *n_points; i++) {
        at[i] = (int32_t) ((int64_t) n * i / steps);
    }
    return at;
}

static uint32_t draws_of(const mlg_run *run, double steps, double most)
{
    const uint32_t wanted = run->draws < MOST_DRAWS ? run->draws : MOST_DRAWS;
    return (uint32_t) mlg_draws_in(mlg_draws_room(fmax(steps, 1.0), EASY_STEPS, most), wanted);
}

static double mean_of(const double *value, uint32_t n)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        sum += value[i];
    }
    return sum / n;
}

/* What the draws come to, once all are played. */
static mlg_status sum_up(const play *in, mlg_percolation_runs *runs, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_left_band r = {0};

    for (int what = 0; what < MLG_N_LEFT; what++) {
        if (in->left[what] != NULL) {
            TRY(mlg_left_band_of(in->left[what], runs->draws, runs->n_points, &runs->random[what],
                                 err));
        }
    }
    TRY(mlg_left_band_of(in->r, runs->draws, 1, &r, err));
    runs->random_r = r.mean[0];
    runs->random_low = r.low[0];
    runs->random_high = r.high[0];
    runs->random_error = r.error[0];
    runs->random_half = mean_of(in->half, runs->draws);
out:
    mlg_left_band_free(&r);
    return status;
}

static mlg_status random_orders(mlg_percolation_runs *runs, const mlg_run *run, const char *view,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) runs->draws * (size_t) runs->n_points;
    play in = {.runs = runs, .seed = run->seed, .view = view};
    const mlg_replicates job = {.what = STREAM,
                                .view = view,
                                .last = runs->draws,
                                .batch = 4,
                                .scratch = player_open,
                                .scratch_free = player_close,
                                .work = play_actors,
                                .input = &in};

    in.r = mlg_alloc(runs->draws, sizeof *in.r);
    in.half = mlg_alloc(runs->draws, sizeof *in.half);
    TRY_ALLOC(err, in.r);
    TRY_ALLOC(err, in.half);
    for (int what = 0; what < MLG_N_LEFT; what++) {
        if (!isnan(runs->whole[what])) {
            in.left[what] = mlg_alloc(n, sizeof *in.left[what]);
            TRY_ALLOC(err, in.left[what]);
        }
    }
    TRY(mlg_replicates_run(&job, run, err));
    TRY(sum_up(&in, runs, err));
out:
    mlg_free(in.r);
    mlg_free(in.half);
    for (int what = 0; what < MLG_N_LEFT; what++) {
        mlg_free(in.left[what]);
    }
    return status;
}

/* Ties of the view, each once, go at random. */
static mlg_status random_ties(mlg_percolation_runs *runs, const mlg_graph *graph,
                              const mlg_run *run, const char *view, mlg_error *err)
{
    mlg_status status = MLG_OK;
    play in = {.runs = runs, .seed = run->seed, .view = view};
    size_t n = 0;
    const uint32_t draws = runs->ties_draws;
    int32_t *tie = NULL;
    const mlg_replicates job = {.what = TIES_STREAM,
                                .view = view,
                                .last = draws,
                                .batch = 4,
                                .scratch = player_open,
                                .scratch_free = player_close,
                                .work = play_ties,
                                .input = &in};

    tie = mlg_alloc(2 * graph->n_ties, sizeof *tie);
    runs->n_ties = (int32_t) graph->n_ties;
    runs->ties_at = points_of(runs->n_ties, POINTS, &runs->n_ties_points);
    TRY_ALLOC(err, tie);
    TRY_ALLOC(err, runs->ties_at);
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t e = graph->ties.offset[v]; e < graph->ties.offset[v + 1]; e++) {
            if (graph->ties.target[e] > v) {
                tie[n++] = v;
                tie[n++] = graph->ties.target[e];
            }
        }
    }
    in.tie = tie;
    in.left[MLG_LEFT_GIANT] =
        mlg_alloc((size_t) draws * (size_t) runs->n_ties_points, sizeof(double));
    TRY_ALLOC(err, in.left[MLG_LEFT_GIANT]);
    TRY(mlg_replicates_run(&job, run, err));
    TRY(mlg_left_band_of(in.left[MLG_LEFT_GIANT], draws, runs->n_ties_points, &runs->ties, err));
out:
    mlg_free(tie);
    mlg_free(in.left[MLG_LEFT_GIANT]);
    return status;
}

/* The first fifth, by many more orders. */
static mlg_status first_fifth(mlg_percolation_runs *runs, const mlg_run *run, const char *view,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *giant = NULL;
    double *value = NULL;

    runs->first_at = points_of(runs->on.n / FIFTH, STATES, &runs->n_first);
    TRY_ALLOC(err, runs->first_at);
    const double steps = (double) runs->on.rows * runs->n_first / 8.0;
    runs->first_draws =
        (uint32_t) mlg_draws_in(mlg_draws_room(steps, LANE_STEPS, MOST_STEPS), run->draws);
    const size_t n = (size_t) runs->first_draws * (size_t) runs->n_first;
    if (n == 0) {
        runs->n_first = 0;
        goto out;
    }
    giant = mlg_alloc(n, sizeof *giant);
    value = mlg_alloc(n, sizeof *value);
    TRY_ALLOC(err, giant);
    TRY_ALLOC(err, value);
    TRY(mlg_percolate_states(&runs->on, run, STREAM, view, runs->first_draws, runs->first_at,
                             runs->n_first, giant, err));
    for (size_t i = 0; i < n; i++) {
        value[i] = giant[i];
    }
    TRY(mlg_left_band_of(value, runs->first_draws, runs->n_first, &runs->first, err));
out:
    mlg_free(giant);
    mlg_free(value);
    return status;
}

/* The busiest first, with all that is counted; fills `whole` too. */
static mlg_status busiest_first(mlg_percolation_runs *runs, const mlg_graph *graph, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const play in = {.runs = runs};
    player *p = player_open(&in);

    TRY_ALLOC(err, p);
    TRY(mlg_percolation_by_degree(graph, p->order, err));
    mlg_percolate(p->percolator, p->order, graph->n, &p->curves);
    runs->by_degree = (mlg_order_sum){.r = r_of(p->curves.giant, graph->n),
                                      .half = half_of(p->curves.giant, graph->n),
                                      .recalculated = graph->projected};
    for (int what = 0; what < MLG_N_LEFT; what++) {
        const double whole = left_at(&p->curves, (mlg_left) what, 0);
        runs->whole[what] = whole > 0.0 ? whole : NAN;
        if (whole > 0.0) {
            runs->degree[what] = mlg_alloc((size_t) runs->n_points, sizeof *runs->degree[what]);
            TRY_ALLOC(err, runs->degree[what]);
        }
        for (int32_t i = 0; whole > 0.0 && i < runs->n_points; i++) {
            runs->degree[what][i] = left_at(&p->curves, (mlg_left) what, runs->at[i]);
        }
    }
out:
    player_close(p);
    return status;
}

static mlg_status between_first(mlg_percolation_runs *runs, mlg_context *context, int32_t view,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const double n = graph->n, entries = 2.0 * (double) graph->n_ties;
    const play in = {.runs = runs};
    player *p = NULL;
    bool overflow = false;

    runs->by_betweenness = (mlg_order_sum){.r = NAN, .half = NAN, .why = T_why_too_large};
    if (!graph->projected) {
        return MLG_OK;
    }
    p = player_open(&in);
    TRY_ALLOC(err, p);
    runs->by_betweenness.recalculated =
        context->run->force || n * n * (n + entries) <= RECOUNT_STEPS;
    if (runs->by_betweenness.recalculated) {
        TRY(mlg_percolation_by_betweenness(&graph->ties, context->run, p->order, &overflow, err));
    } else {
        const mlg_betweenness *between = NULL;
        TRY(mlg_context_betweenness(context, view, &between, err));
        overflow = between->overflow;
        if (!overflow) {
            TRY(mlg_percolation_by_score(between->raw, graph->n, p->order, err));
        }
    }
    runs->by_betweenness.why = overflow ? T_why_too_many_paths : T_none;
    if (!overflow) {
        mlg_percolate(p->percolator, p->order, graph->n, &p->curves);
        runs->by_betweenness.r = r_of(p->curves.giant, graph->n);
        runs->by_betweenness.half = half_of(p->curves.giant, graph->n);
    }
out:
    player_close(p);
    return status;
}

/* Actors and ties in random orders, as many as there is room for. */
static mlg_status play_random(mlg_percolation_runs *runs, const mlg_graph *graph,
                              const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const char *name = graph->view.id;

    if (runs->draws > 0) {
        TRY(random_orders(runs, run, name, err));
    }
    if (graph->projected && graph->n_ties <= INT32_MAX / 2) {
        runs->ties_draws = draws_of(run, TIE_STEPS * (double) graph->n_ties, MOST_TIE_STEPS);
    }
    if (runs->ties_draws > 0) {
        TRY(random_ties(runs, graph, run, name, err));
    }
    if (graph->n >= FIFTH) {
        TRY(first_fifth(runs, run, name, err));
    }
out:
    return status;
}

static mlg_status play_all(mlg_percolation_runs *runs, mlg_context *context, int32_t view,
                           mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    const mlg_run *run = context->run;

    TRY(mlg_percolation_open(graph, &runs->on, err));
    runs->at = points_of(graph->n, POINTS, &runs->n_points);
    TRY_ALLOC(err, runs->at);
    const double steps = (double) mlg_csr_size(&runs->on.ties) +
                         (double) runs->on.n * (4.0 + runs->on.n_classes) +
                         (double) mlg_csr_size(&runs->on.places);
    runs->draws = draws_of(run, steps, MOST_STEPS);
    TRY(busiest_first(runs, graph, err));
    TRY(between_first(runs, context, view, err));
    TRY(play_random(runs, graph, run, err));
out:
    return status;
}

mlg_status mlg_cached_percolation(mlg_context *context, int32_t view,
                                  const mlg_percolation_runs **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_percolation_runs *runs = mlg_context_slot(context, view, MLG_SLOT_PERCOLATION);

    *out = runs;
    if (runs != NULL) {
        return MLG_OK;
    }
    runs = mlg_zalloc(1, sizeof *runs);
    TRY_ALLOC(err, runs);
    TRY(play_all(runs, context, view, err));
    mlg_context_keep(context, view, MLG_SLOT_PERCOLATION, runs, release);
    *out = runs;
    runs = NULL;
out:
    if (runs != NULL) {
        release(runs);
    }
    return status;
}
