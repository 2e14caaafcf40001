/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/simulation.h"

#include <math.h>
#include <string.h>

#include "base/digest.h"
#include "maillage/version.h"
#include "measure/simulation_again.h"

/* The departure model played on a view: made at first need, kept by the context, each play taken
 * up from the run's checkpoint where one is asked for. */

enum {
    REPORT_REPLICATES = 999, /* in a report at most; a `simulate` has the run's draws */
    REPORT_NEAR = 199,       /* with distances */
    EASY_ACTORS = 300,       /* so many have their efficiency followed in a report */
    MOST_ACTORS = 3000,      /* or at all */
};

static const double EASY_STEPS = 2e7; /* rows, actors and posts looked at, in a report */

static void release(void *made)
{
    mlg_simulation *simulation = made;
    if (simulation == NULL) {
        return;
    }
    for (int output = 0; output < MLG_N_PLAY; output++) {
        mlg_free(simulation->curve[output]);
    }
    mlg_turnover_play_free(&simulation->play);
    mlg_turnover_ground_free(&simulation->ground);
    mlg_graph_free(simulation->apart);
    mlg_free(simulation->contribution);
    mlg_free(simulation->step);
    mlg_free(simulation);
}

/* ---- what can be told ------------------------------------------------------------- */

static bool coordinates(const mlg_turnover_ground *ground)
{
    for (int32_t p = 0; p < ground->n_posts; p++) {
        if (ground->post[p].coordinates) {
            return true;
        }
    }
    return false;
}

static mlg_text_key lacks_pairs(const mlg_graph *graph)
{
    if (graph->projected && graph->n_ties == 0) {
        return T_why_no_ties;
    }
    return graph->n_sectors == 0  ? T_why_no_sectors
           : graph->n_sectors < 2 ? T_why_one_group
                                  : T_none;
}

static void find_lacks(const mlg_graph *graph, bool force, mlg_simulation *s)
{
    int32_t counted = 0;
    for (int32_t v = 0; v < s->ground.n_actors; v++) {
        counted += s->ground.counted[v];
    }
    s->lacks[MLG_PLAY_PAIRS] = s->apart != NULL ? T_why_no_view : lacks_pairs(graph);
    s->lacks[MLG_PLAY_EFFICIENCY] =
        s->apart != NULL                         ? T_why_no_view
        : graph->projected && graph->n_ties == 0 ? T_why_no_ties
        : counted < 2                            ? T_why_too_few_actors
        : s->ground.n_actors + s->ground.n_activities > (force ? MOST_ACTORS : EASY_ACTORS)
            ? T_why_too_large
            : T_none;
    s->lacks[MLG_PLAY_SCHEMES] = s->ground.n_schemes == 0 ? T_why_no_coordinator : T_none;
    s->lacks[MLG_PLAY_POPULATION] = s->ground.n_units == 0 ? T_why_no_population : T_none;
    s->lacks[MLG_OUTCOME_LOST] = coordinates(&s->ground) ? T_none : T_why_no_coordinator;
}

static bool tells(const mlg_simulation *s)
{
    bool some = false;
    for (int outcome = 0; outcome < MLG_N_OUTCOMES; outcome++) {
        some = some || s->lacks[outcome] == T_none;
    }
    return some;
}

/* Where there is no view, the actors of the register, and nothing that ties them. */
static mlg_status open_graph(const mlg_context *context, int32_t view, mlg_simulation *s,
                             const mlg_graph **graph, mlg_error *err)
{
    static const mlg_view none = {.id = "ties",
                                  .source = MLG_FROM_TIES,
                                  .by = MLG_BY_ORGANISATION,
                                  .from = MLG_EVER_FIRST,
                                  .to = MLG_EVER_LAST,
                                  .kind = -1};
    mlg_status status = MLG_OK;

    if (view < 0) {
        TRY(mlg_graph_build(context->model, &none, context->run, &s->apart, err));
    }
    *graph = view < 0 ? s->apart : mlg_context_graph(context, view);
out:
    return status;
}

static mlg_status open_simulation(const mlg_context *context, int32_t view, mlg_simulation *s,
                                  mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = NULL;
    const mlg_run *run = context->run;

    if (context->model == NULL) {
        s->why = T_why_nobody_leaves;
        return MLG_OK;
    }
    TRY(open_graph(context, view, s, &graph, err));
    s->why = graph->scope != MLG_SCOPE_ACTOR ? T_why_no_actor_view
             : run->draws == 0               ? T_why_no_draws
                                             : T_none;
    if (s->why != T_none) {
        return MLG_OK;
    }
    TRY(mlg_law_of(context->model, &s->law, err));
    TRY(mlg_turnover_ground_of_graph(graph, &s->ground, err));
    if (s->ground.n_posts == 0) {
        s->why = T_why_nobody_leaves;
        return MLG_OK;
    }
    s->months = (int32_t) run->months;
    s->steps = (double) s->ground.n_rows + s->ground.n_actors + s->ground.n_posts + 100.0;
    s->replicates = mlg_simulation_room(s, run, REPORT_REPLICATES, EASY_STEPS);
    find_lacks(graph, run->force, s);
    if (!tells(s)) { /* nothing that a play could answer: it is not made */
        s->why = s->lacks[MLG_OUTCOME_LOST];
    }
out:
    return status;
}

uint32_t mlg_simulation_room(const mlg_simulation *s, const mlg_run *run, uint32_t most,
                             double easy)
{
    const double room = floor(easy / s->steps);
    const double few = run->draws < 49 ? run->draws : 49;
    double n = run->draws;

    if (!run->force) {
        n = n < most ? n : most;
        n = n < room ? n : room;
    }
    return (uint32_t) (n > few ? n : few);
}

/* ---- the checkpoint --------------------------------------------------------------- */

static void add_number(mlg_digest *digest, int64_t number)
{
    mlg_digest_add(digest, &number, sizeof number);
}

static void add_view(mlg_digest *digest, const mlg_view *view)
{
    mlg_digest_add(digest, view->id, sizeof view->id);
    add_number(digest, (int64_t) view->source);
    add_number(digest, (int64_t) view->by);
    add_number(digest, view->from);
    add_number(digest, view->to);
    add_number(digest, view->kind);
    add_number(digest, (int64_t) view->projection);
    for (size_t i = 0; i < view->n_conditions; i++) {
        add_number(digest, view->condition[i].column);
        mlg_digest_add(digest, view->condition[i].operation, sizeof view->condition[i].operation);
        mlg_digest_add(digest, view->condition[i].value, sizeof view->condition[i].value);
    }
}

/* All that changes a result, of every view: one file serves them all. */
static void key_of(const mlg_context *context, char key[MLG_DIGEST_TEXT])
{
    mlg_digest digest;
    const mlg_run *run = context->run;

    mlg_digest_start(&digest);
    mlg_digest_add(&digest, "simulation " MLG_VERSION, sizeof "simulation " MLG_VERSION);
    mlg_digest_add(&digest, context->model->sha256, sizeof context->model->sha256);
    add_number(&digest, (int64_t) run->seed);
    add_number(&digest, run->draws);
    add_number(&digest, run->months);
    add_number(&digest, run->force);
    for (size_t v = 0; v < context->n_views; v++) {
        add_view(&digest, mlg_context_view(context, (int32_t) v));
    }
    mlg_digest_end(&digest, key);
}

/* How a study was read can change what it says, with the same files. */
static void ground_key(const mlg_simulation *s, char key[MLG_DIGEST_TEXT])
{
    mlg_digest digest;
    const mlg_turnover_ground *ground = &s->ground;

    mlg_digest_start(&digest);
    mlg_digest_add(&digest, s->law.value, sizeof s->law.value);
    mlg_digest_add(&digest, s->law.low, sizeof s->law.low);
    mlg_digest_add(&digest, s->law.high, sizeof s->law.high);
    add_number(&digest, ground->n_people);
    for (int32_t p = 0; p < ground->n_posts; p++) {
        const mlg_turnover_post *post = &ground->post[p];
        add_number(&digest, post->person);
        add_number(&digest, post->leaves);
        add_number(&digest, post->vacant + 2 * post->coordinates);
        mlg_digest_add(&digest, &post->end, sizeof post->end);
        mlg_digest_add(&digest, &post->term, sizeof post->term);
    }
    for (size_t r = 0; r < ground->n_rows; r++) {
        const mlg_turnover_row *row = &ground->row[r];
        mlg_digest_add(&digest, row->end, sizeof row->end);
        mlg_digest_add(&digest, row->post, sizeof row->post);
        add_number(&digest, row->held);
    }
    mlg_digest_end(&digest, key);
}

/* Stages of one view: its own key, then one for each play. */
static uint32_t stage_of(const mlg_context *context, int32_t view, uint32_t play)
{
    const uint32_t plays = MLG_PLAY_OF_POSTS + 1 + (uint32_t) context->model->parties.n +
                           (uint32_t) context->model->rows[MLG_POSTS].n;
    return (uint32_t) (view < 0 ? 0 : view) * plays + play; /* without a view, the only one */
}

static mlg_status open_keep(const mlg_context *context, int32_t view, const mlg_simulation *s,
                            mlg_checkpoint **keep, mlg_error *err)
{
    mlg_status status = MLG_OK;
    char key[MLG_DIGEST_TEXT], own[MLG_DIGEST_TEXT], known[MLG_DIGEST_TEXT];
    const char *path = context->run->checkpoint;

    if (path == NULL) {
        return MLG_OK;
    }
    key_of(context, key);
    TRY(mlg_checkpoint_open(path, key, keep, err));
    ground_key(s, own);
    const uint32_t stage = stage_of(context, view, MLG_PLAY_OF_KEY);
    if (mlg_checkpoint_take(*keep, stage, 0, 1, sizeof known, known) == 0) {
        TRY(mlg_checkpoint_keep(*keep, stage, 0, 1, sizeof own, own, err));
    } else if (memcmp(known, own, sizeof own) != 0) {
        const mlg_arg reason = mlg_fail_arg(path);
        FAIL_TEXT(err, MLG_EIO, T_fail_checkpoint_of_another, &reason, 1);
    }
out:
    return status;
}

/* ---- the play --------------------------------------------------------------------- */

static mlg_status make_curve(mlg_simulation *s, const mlg_turnover_play *play, int output,
                             double *scratch, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t stride = (size_t) s->months + 1;

    if (play->at[output] == NULL) {
        return MLG_OK;
    }
    s->curve[output] = mlg_alloc(stride, sizeof *s->curve[output]);
    TRY_ALLOC(err, s->curve[output]);
    for (size_t month = 0; month < stride; month++) {
        s->curve[output][month] = mlg_simulation_spread(play->at[output] + month, play->replicates,
                                                        stride, false, scratch);
    }
out:
    return status;
}

static mlg_status summarise(mlg_simulation *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = s->replicates;
    double *scratch = mlg_alloc(n, sizeof *scratch);

    TRY_ALLOC(err, scratch);
    for (int output = 0; output < MLG_N_PLAY; output++) {
        TRY(make_curve(s, &s->play, output, scratch, err));
    }
    for (int outcome = 0; outcome < MLG_N_OUTCOMES; outcome++) {
        for (uint32_t i = 0; i < s->replicates; i++) {
            scratch[i] = mlg_simulation_outcome(&s->play, outcome, i);
        }
        s->mean[outcome] = mlg_simulation_mean(scratch, n, 1).mean;
    }
    s->lost = mlg_simulation_spread(s->play.lost, n, 1, true, scratch);
    s->departures = mlg_simulation_mean(s->play.departures, n, 1).mean;
    s->recovery = (mlg_recovery){0, NAN, NAN, NAN, NAN, NAN, NAN};
    if (s->lacks[MLG_PLAY_PAIRS] == T_none) {
        s->recovery = mlg_simulation_recovery(s->play.recovery, n, scratch);
    }
    for (int32_t p = 0; p < s->ground.n_posts; p++) {
        s->out_of += s->ground.post[p].coordinates ? s->months : 0;
    }
out:
    mlg_free(scratch);
    return status;
}

mlg_turnover_ask mlg_simulation_ask(const mlg_again *again, uint32_t play, uint32_t replicates)
{
    const mlg_simulation *s = again->simulation;
    mlg_turnover_ask ask = {.months = s->months,
                            .replicates = replicates,
                            .stays = -1,
                            .view = "", /* the same departures in every view */
                            .pauses = true,
                            .stage = stage_of(again->context, again->view, play)};
    for (int output = 0; output < MLG_N_PLAY; output++) {
        ask.outputs[output] = output != MLG_PLAY_EFFICIENCY && s->lacks[output] == T_none;
    }
    return ask;
}

static mlg_status play(const mlg_again *again, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_simulation *s = again->simulation;
    const mlg_run *run = again->context->run;
    const mlg_turnover_ask ask = mlg_simulation_ask(again, MLG_PLAY_OF_ALL, s->replicates);
    const double bytes =
        ((double) MLG_N_PLAY * (s->months + 1) + 3.0) * (double) sizeof(double) * s->replicates;

    if (bytes > (double) run->memory_bound) {
        FAIL(err, MLG_ESIZE, "too many replicates for the memory: ask for fewer draws or months");
    }
    TRY(mlg_turnover_plays(&s->ground, &s->law, &ask, run, again->keep, &s->play, err));
    TRY(summarise(s, err));
out:
    return status;
}

/* Distances month by month, in fewer replicates where it is for a report. */
static mlg_status play_near(const mlg_again *again, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_simulation *s = again->simulation;
    const mlg_run *run = again->context->run;
    mlg_turnover_play play = {0};
    double *scratch = NULL;
    const uint32_t room = mlg_simulation_room(s, run, REPORT_NEAR, EASY_STEPS);
    mlg_turnover_ask ask = mlg_simulation_ask(again, MLG_PLAY_OF_NEAR, room);

    if (s->lacks[MLG_PLAY_EFFICIENCY] != T_none) {
        return MLG_OK;
    }
    for (int output = 0; output < MLG_N_PLAY; output++) {
        ask.outputs[output] = output == MLG_PLAY_EFFICIENCY;
    }
    scratch = mlg_alloc(ask.replicates, sizeof *scratch);
    TRY_ALLOC(err, scratch);
    TRY(mlg_turnover_plays(&s->ground, &s->law, &ask, run, again->keep, &play, err));
    TRY(make_curve(s, &play, MLG_PLAY_EFFICIENCY, scratch, err));
    s->near_replicates = ask.replicates;
out:
    mlg_turnover_play_free(&play);
    mlg_free(scratch);
    return status;
}

/* ---- all of it ---------------------------------------------------------------------- */

/* What is asked for and not made yet. */
static mlg_status make(const mlg_again *again, unsigned needs, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_simulation *s = again->simulation;

    if (s->replicates > 0 && s->play.replicates == 0) {
        TRY(play(again, err));
    }
    if ((needs & ~s->made & MLG_SIMULATE_NEAR) != 0) {
        TRY(play_near(again, err));
    }
    if ((needs & ~s->made & MLG_SIMULATE_POINTS) != 0) {
        TRY(mlg_simulation_play_points(again, err));
    }
    if ((needs & ~s->made & MLG_SIMULATE_POSTS) != 0) {
        TRY(mlg_simulation_play_posts(again, err));
    }
    if ((needs & ~s->made & MLG_SIMULATE_STEPS) != 0) {
        TRY(mlg_simulation_play_steps(again, err));
    }
    s->made |= needs;
out:
    return status;
}

mlg_status mlg_simulation_of(mlg_context *context, int32_t view, unsigned needs,
                             const mlg_simulation **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_simulation *s = mlg_context_slot(context, view, MLG_SLOT_SIMULATION);
    mlg_simulation *made = NULL;
    mlg_again again = {context, view, NULL, NULL};
    mlg_status closed = MLG_OK;

    if (s == NULL) {
        made = mlg_zalloc(1, sizeof *made);
        TRY_ALLOC(err, made);
        s = made;
        TRY(open_simulation(context, view, made, err));
    }
    again.simulation = s;
    if (s->why == T_none && (s->play.replicates == 0 || (needs & ~s->made) != 0)) {
        TRY(open_keep(context, view, s, &again.keep, err));
        TRY(make(&again, needs, err));
    }
    if (made != NULL) {
        mlg_context_keep(context, view, MLG_SLOT_SIMULATION, made, release);
        made = NULL;
    }
    *out = s;
out:
    closed = mlg_checkpoint_close(again.keep, status == MLG_OK ? err : NULL);
    release(made);
    return status != MLG_OK ? status : closed;
}
