/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/turnover_play.h"

#include <string.h>

#include "base/memory.h"
#include "measure/turnover_inside.h"

/* Slots between two looks at the checkpoint: a bounded amount of work, whatever the machine. */
#define CHUNK_WORK 2e9
enum { MOST_CHUNK = 1024, LEAST_CHUNK = 16, BATCH = 8 };

/* ---- before the first replicate ----------------------------------------------------- */

static mlg_status check_ask(const mlg_turnover_ground *ground, const mlg_turnover_ask *ask,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    if (ask->months < 1 || ask->replicates < 1 || ask->stays >= ground->n_people) {
        FAIL(err, MLG_EARG, "departures: no months, no replicates, or nobody of that number");
    }
out:
    return status;
}

static mlg_status find_whole(mlg_scene *scene, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_nears nears = {0};

    if (!mlg_nears_make(&nears, &scene->live)) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for distances");
    }
    scene->live.near.whole = mlg_efficiency_whole(&scene->live.near, &nears);
out:
    mlg_nears_free(&nears);
    return status;
}

/* What stands while a post is held: the schemes and the units that are asked for. */
static mlg_status find_held(mlg_scene *scene, mlg_error *err)
{
    mlg_status status = MLG_OK;
    if (scene->ask.outputs[MLG_PLAY_SCHEMES]) {
        TRY(mlg_held_schemes(scene->ground, scene->ask.months, &scene->schemes, err));
    }
    if (scene->ask.outputs[MLG_PLAY_POPULATION]) {
        TRY(mlg_held_units(scene->ground, &scene->units, err));
    }
out:
    return status;
}

mlg_status mlg_scene_make(const mlg_turnover_ground *ground, const mlg_law *law,
                          const mlg_turnover_ask *ask, const mlg_run *run, mlg_scene *out,
                          mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_scene){.ground = ground, .law = law, .ask = *ask, .seed = run->seed};
    TRY(check_ask(ground, ask, err));
    TRY(mlg_clocks_make(ground, law, ask->months, &out->clocks, err));
    TRY(mlg_live_make(ground, law, ask, run, &out->live, err));
    if (ask->outputs[MLG_PLAY_EFFICIENCY] && ground->n_actors > 0) {
        TRY(find_whole(out, err));
    }
    TRY(find_held(out, err));
out:
    if (status != MLG_OK) {
        mlg_scene_free(out);
    }
    return status;
}

void mlg_scene_free(mlg_scene *scene)
{
    mlg_clocks_free(&scene->clocks);
    mlg_live_free(&scene->live);
    mlg_held_free(&scene->schemes);
    mlg_held_free(&scene->units);
    *scene = (mlg_scene){0};
}

void mlg_stagehand_free(void *made)
{
    mlg_stagehand *hand = made;
    if (hand != NULL) {
        mlg_timelines_free(&hand->lines);
        mlg_pauses_free(&hand->pauses);
        mlg_masks_free(&hand->ties);
        mlg_masks_free(&hand->links);
        mlg_joins_free(&hand->joins);
        mlg_nears_free(&hand->nears);
        mlg_absences_free(&hand->spells);
        mlg_free(hand);
    }
}

mlg_stagehand *mlg_stagehand_new(const mlg_scene *scene)
{
    mlg_stagehand *hand = mlg_zalloc(1, sizeof *hand);

    if (hand != NULL &&
        (!mlg_timelines_make(&hand->lines, scene->ground->n_posts) ||
         !mlg_pauses_make(&hand->pauses, &scene->live, scene->ground->n_activities) ||
         !mlg_masks_make(&hand->ties, &scene->live, &scene->live.pieces.bundles) ||
         !mlg_masks_make(&hand->links, &scene->live, &scene->live.near.links) ||
         !mlg_joins_make(&hand->joins, &scene->live.pieces) ||
         !mlg_nears_make(&hand->nears, &scene->live))) {
        mlg_stagehand_free(hand);
        hand = NULL;
    }
    return hand;
}

/* ---- one replicate ------------------------------------------------------------------ */

static size_t bytes_of_leaves(const mlg_turnover_ground *ground)
{
    return ((size_t) ground->n_people + 7) / 8;
}

static size_t columns(const mlg_turnover_ask *ask)
{
    size_t n = 0;
    for (int o = 0; o < MLG_N_PLAY; o++) {
        n += ask->outputs[o];
    }
    return n;
}

size_t mlg_track_size(const mlg_scene *scene)
{
    const size_t numbers = columns(&scene->ask) * ((size_t) scene->ask.months + 1) + 3;
    return numbers * sizeof(double) +
           (bytes_of_leaves(scene->ground) + sizeof(double) - 1) / sizeof(double) * sizeof(double);
}

mlg_track mlg_track_at(const mlg_scene *scene, void *slots, size_t slot)
{
    mlg_track track = {0};
    double *next = (double *) slots + slot * (mlg_track_size(scene) / sizeof *next);

    track.lost = next++;
    track.departures = next++;
    track.recovery = next++;
    for (int o = 0; o < MLG_N_PLAY; o++) {
        if (scene->ask.outputs[o]) {
            track.at[o] = next;
            next += scene->ask.months + 1;
        }
    }
    track.leaves = (uint8_t *) next;
    return track;
}

/* Months of posts that coordinate without holder or interim. */
static double months_lost(const mlg_turnover_ground *ground, const mlg_timelines *lines,
                          double months)
{
    double lost = 0;
    for (int32_t k = 0; k < lines->n_moved; k++) {
        const int32_t p = lines->moved[k];
        for (uint32_t i = lines->first[p]; i < lines->first[p + 1]; i++) {
            const mlg_vacancy *v = &lines->vacancy[i];
            if (ground->post[p].coordinates && !v->interim) {
                lost += (v->to < months ? v->to : months) - v->from;
            }
        }
    }
    return lost;
}

/* Months from the first fall to the first return to the level of month 0. */
static double recovery_of(const double *pairs, int32_t months)
{
    int32_t fall = 1, back = 0;
    while (fall <= months && pairs[fall] >= pairs[0]) {
        fall++;
    }
    if (fall > months) {
        return NAN;
    }
    back = fall;
    while (back <= months && pairs[back] < pairs[0]) {
        back++;
    }
    return back > months ? (double) INFINITY : (double) (back - fall);
}

/* What the months of a replicate count; false when memory is short. */
static bool count_network(const mlg_scene *scene, const mlg_drawn *drawn, mlg_stagehand *hand,
                          mlg_track *out)
{
    const mlg_live *live = &scene->live;
    const int32_t months = scene->ask.months;

    if (!mlg_pauses_draw(live, drawn, &hand->pauses)) {
        return false;
    }
    if (scene->ask.outputs[MLG_PLAY_PAIRS]) {
        mlg_masks_draw(live, &live->pieces.bundles, drawn, &hand->pauses, &hand->ties);
        if (!mlg_pairs_count(live, &hand->ties, months, &hand->joins, out->at[MLG_PLAY_PAIRS])) {
            return false;
        }
    }
    if (scene->ask.outputs[MLG_PLAY_EFFICIENCY]) {
        mlg_masks_draw(live, &live->near.links, drawn, &hand->pauses, &hand->links);
        mlg_efficiency_count(live, &hand->links, months, &hand->nears,
                             out->at[MLG_PLAY_EFFICIENCY]);
    }
    return true;
}

static bool count_held(const mlg_scene *scene, const mlg_dice *dice, mlg_stagehand *hand,
                       mlg_track *out)
{
    const mlg_held *held[] = {&scene->schemes, &scene->units};
    const mlg_turnover_output output[] = {MLG_PLAY_SCHEMES, MLG_PLAY_POPULATION};

    for (int i = 0; i < 2; i++) {
        if (scene->ask.outputs[output[i]] &&
            !mlg_held_count(held[i], &hand->lines, dice, scene->law->value[MLG_RENEWED_SCHEME],
                            scene->ask.months, &hand->spells, out->at[output[i]])) {
            return false;
        }
    }
    return true;
}

mlg_status mlg_track_play(const mlg_scene *scene, mlg_stagehand *hand, uint64_t replicate,
                          mlg_track *out)
{
    const mlg_turnover_ask *ask = &scene->ask;
    const mlg_dice dice = mlg_dice_of(scene->seed, ask->view, replicate);
    const mlg_drawn drawn = {scene->ground, scene->law,   &scene->ask,
                             &dice,         &hand->lines, &hand->spells};

    memset(out->leaves, 0, bytes_of_leaves(scene->ground));
    if (!mlg_timelines_draw(&scene->clocks, scene->ground, scene->law, &dice, ask->stays,
                            &hand->lines, out->leaves) ||
        !count_network(scene, &drawn, hand, out) || !count_held(scene, &dice, hand, out)) {
        return MLG_ENOMEM;
    }
    *out->departures = hand->lines.departures;
    *out->lost = months_lost(scene->ground, &hand->lines, ask->months);
    *out->recovery =
        ask->outputs[MLG_PLAY_PAIRS] ? recovery_of(out->at[MLG_PLAY_PAIRS], ask->months) : NAN;
    return MLG_OK;
}

/* ---- chunks ------------------------------------------------------------------------- */

/* What callbacks of a chunk tell those of the run. */
typedef struct told {
    const mlg_run *run;
    double before, share; /* of all slots */
} told;

static void tell(void *context, const char *what, double share)
{
    const told *t = context;
    t->run->progress(t->run->context, what, t->before + share * t->share);
}

static bool ask_cancelled(void *context)
{
    const told *t = context;
    return t->run->cancelled(t->run->context);
}

uint64_t mlg_chunk_of(double work)
{
    const double chunk = CHUNK_WORK / work;
    return chunk > MOST_CHUNK ? MOST_CHUNK : chunk < LEAST_CHUNK ? LEAST_CHUNK : (uint64_t) chunk;
}

mlg_status mlg_kept_slots_run(mlg_kept_slots *kept, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    void *slots = mlg_alloc(kept->chunk, kept->size);

    TRY_ALLOC(err, slots);
    for (uint64_t first = 0; first < kept->n; first += kept->chunk) {
        const uint64_t n = kept->n - first < kept->chunk ? kept->n - first : kept->chunk;
        const uint64_t done = kept->keep == NULL
                                  ? 0
                                  : mlg_checkpoint_take(kept->keep, kept->stage, first, (size_t) n,
                                                        kept->size, slots);
        told told_of = {run, (double) first / (double) kept->n, (double) n / (double) kept->n};
        mlg_run inner = *run;
        inner.progress = run->progress != NULL ? tell : NULL;
        inner.cancelled = run->cancelled != NULL ? ask_cancelled : NULL;
        inner.context = &told_of;
        kept->first = first;
        kept->job.first = first + done;
        kept->job.last = first + n;
        kept->job.slots = slots;
        if (done < n) {
            TRY(mlg_replicates_run(&kept->job, &inner, err));
        }
        if (done < n && kept->keep != NULL) {
            TRY(mlg_checkpoint_keep(kept->keep, kept->stage, first, (size_t) n, kept->size, slots,
                                    err));
        }
        kept->take(kept->to, first, n, slots);
    }
out:
    mlg_free(slots);
    return status;
}

/* ---- a play ------------------------------------------------------------------------- */

typedef struct playing {
    mlg_scene scene;
    mlg_kept_slots kept;
    mlg_turnover_play *out;
} playing;

static void *hand_new(const void *input)
{
    return mlg_stagehand_new(&((const playing *) input)->scene);
}

static mlg_status play_batch(const void *input, void *hand, uint64_t from, uint64_t to, void *slots)
{
    const playing *p = input;
    mlg_status status = MLG_OK;

    for (uint64_t r = from; r < to && status == MLG_OK; r++) {
        mlg_track track = mlg_track_at(&p->scene, slots, (size_t) (r - p->kept.first));
        status = mlg_track_play(&p->scene, hand, r, &track);
    }
    return status;
}

/* Copies a chunk's tracks into the columns of the play. */
static void take_tracks(void *to, uint64_t first, uint64_t n, void *slots)
{
    const playing *p = to;
    const size_t months = (size_t) p->scene.ask.months + 1;
    const size_t bytes = bytes_of_leaves(p->scene.ground);

    for (uint64_t i = 0; i < n; i++) {
        const mlg_track track = mlg_track_at(&p->scene, slots, (size_t) i);
        const size_t r = (size_t) (first + i);
        for (int o = 0; o < MLG_N_PLAY; o++) {
            if (p->out->at[o] != NULL) {
                memcpy(p->out->at[o] + r * months, track.at[o], months * sizeof(double));
            }
        }
        p->out->lost[r] = *track.lost;
        p->out->departures[r] = *track.departures;
        p->out->recovery[r] = *track.recovery;
        memcpy(p->out->leaves + r * bytes, track.leaves, bytes);
    }
}

static mlg_status make_columns(const mlg_turnover_ground *ground, const mlg_turnover_ask *ask,
                               const mlg_run *run, mlg_turnover_play *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = ask->replicates, months = (size_t) ask->months + 1;
    bool made = true;

    *out = (mlg_turnover_play){.months = ask->months, .replicates = ask->replicates};
    if ((double) n * (double) (columns(ask) * months + 3) * sizeof(double) +
            (double) n * (double) bytes_of_leaves(ground) >
        (double) run->memory_bound) {
        FAIL(err, MLG_ESIZE, "departures: %zu replicates are over the memory bound", n);
    }
    for (int o = 0; o < MLG_N_PLAY; o++) {
        if (ask->outputs[o]) {
            out->at[o] = mlg_alloc(n * months, sizeof *out->at[o]);
            made = made && out->at[o] != NULL;
        }
    }
    out->lost = mlg_alloc(n, sizeof *out->lost);
    out->departures = mlg_alloc(n, sizeof *out->departures);
    out->recovery = mlg_alloc(n, sizeof *out->recovery);
    out->leaves = mlg_zalloc(n, bytes_of_leaves(ground));
    if (!made || out->lost == NULL || out->departures == NULL || out->recovery == NULL ||
        out->leaves == NULL) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for %zu replicates", n);
    }
out:
    return status;
}

double mlg_track_work(const mlg_scene *scene)
{
    const mlg_turnover_ground *ground = scene->ground;
    const double sweeps = scene->live.near.n > 0 ? scene->ask.months * 10.0 : 0;
    const double passes = 1 + scene->live.near.n_counted / (double) MLG_SEARCHES;
    const double ties = (double) mlg_csr_size(&scene->live.near.all);
    return 1e3 + 20.0 * ground->n_posts + 50.0 * (double) scene->live.n_rows +
           sweeps * passes * ties * 10;
}

mlg_status mlg_turnover_plays(const mlg_turnover_ground *ground, const mlg_law *law,
                              const mlg_turnover_ask *ask, const mlg_run *run, mlg_checkpoint *keep,
                              mlg_turnover_play *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    playing p = {.out = out};

    *out = (mlg_turnover_play){0};
    TRY(mlg_scene_make(ground, law, ask, run, &p.scene, err));
    TRY(make_columns(ground, ask, run, out, err));
    p.kept = (mlg_kept_slots){.job = {.what = "turnover.simulation",
                                      .view = ask->view,
                                      .batch = BATCH,
                                      .scratch = hand_new,
                                      .scratch_free = mlg_stagehand_free,
                                      .work = play_batch,
                                      .input = &p},
                              .n = ask->replicates,
                              .chunk = mlg_chunk_of(mlg_track_work(&p.scene)),
                              .size = mlg_track_size(&p.scene),
                              .stage = ask->stage,
                              .keep = keep,
                              .take = take_tracks,
                              .to = &p};
    TRY(mlg_kept_slots_run(&p.kept, run, err));
out:
    mlg_scene_free(&p.scene);
    if (status != MLG_OK) {
        mlg_turnover_play_free(out);
    }
    return status;
}

void mlg_turnover_play_free(mlg_turnover_play *play)
{
    for (int o = 0; o < MLG_N_PLAY; o++) {
        mlg_free(play->at[o]);
    }
    mlg_free(play->lost);
    mlg_free(play->departures);
    mlg_free(play->recovery);
    mlg_free(play->leaves);
    *play = (mlg_turnover_play){0};
}
