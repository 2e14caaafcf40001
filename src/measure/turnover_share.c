/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"
#include "measure/turnover_inside.h"

/* What a person's possible departures cost: the replicates in which the person leaves are played
 * again without it. In the others nothing would change. */

enum { BATCH = 8, N_GAINS = MLG_N_PLAY + 1 /* and months lost */ };

typedef struct sharing {
    mlg_scene scene; /* in which the person stays */
    const mlg_turnover_play *play;
    const uint64_t *replicate; /* [kept.n] in which the person leaves */
    mlg_kept_slots kept;
    double n;                               /* gains added */
    double mean[N_GAINS], squares[N_GAINS]; /* of them; about the mean (Welford 1962) */
} sharing;

/* One thread's: a replicate played again. */
typedef struct again {
    mlg_stagehand *hand;
    double *slot;
} again;

static void again_free(void *made)
{
    again *a = made;
    if (a != NULL) {
        mlg_stagehand_free(a->hand);
        mlg_free(a->slot);
        mlg_free(a);
    }
}

static void *again_new(const void *input)
{
    const mlg_scene *scene = &((const sharing *) input)->scene;
    again *a = mlg_zalloc(1, sizeof *a);
    if (a == NULL) {
        return NULL;
    }
    a->hand = mlg_stagehand_new(scene);
    a->slot = mlg_alloc(1, mlg_track_size(scene));
    if (a->hand == NULL || a->slot == NULL) {
        again_free(a);
        a = NULL;
    }
    return a;
}

/* Mean over months 1 .. months of what is gained. */
static double gain_of(const double *with, const double *without, int32_t months)
{
    double gain = 0;
    for (int32_t m = 1; m <= months; m++) {
        gain += with[m] - without[m];
    }
    return gain / months;
}

static mlg_status play_batch(const void *input, void *scratch, uint64_t from, uint64_t to,
                             void *slots)
{
    const sharing *s = input;
    const again *a = scratch;
    const int32_t months = s->scene.ask.months;
    mlg_status status = MLG_OK;

    for (uint64_t i = from; i < to && status == MLG_OK; i++) {
        const uint64_t r = s->replicate[i];
        double *gain = (double *) slots + (i - s->kept.first) * N_GAINS;
        mlg_track track = mlg_track_at(&s->scene, a->slot, 0);
        status = mlg_track_play(&s->scene, a->hand, r, &track);
        for (int o = 0; o < MLG_N_PLAY && status == MLG_OK; o++) {
            gain[o] = s->scene.ask.outputs[o]
                          ? gain_of(track.at[o],
                                    s->play->at[o] + (size_t) r * ((size_t) months + 1), months)
                          : 0;
        }
        gain[MLG_N_PLAY] = *track.lost - s->play->lost[r];
    }
    return status;
}

static void add_gains(void *to, uint64_t first, uint64_t n, void *slots)
{
    sharing *s = to;
    (void) first;
    for (uint64_t i = 0; i < n; i++) {
        s->n++;
        for (int k = 0; k < N_GAINS; k++) {
            const double gain = ((const double *) slots)[i * N_GAINS + (uint64_t) k];
            const double off = gain - s->mean[k];
            s->mean[k] += off / s->n;
            s->squares[k] += off * (gain - s->mean[k]);
        }
    }
}

/* Mean and its standard error over all replicates, those without a gain among them. */
static void summarise(const sharing *s, int which, double *mean, double *error)
{
    const double n = s->play->replicates, m = s->mean[which];
    const double squares = s->squares[which] + m * m * s->n * (n - s->n) / n;

    *mean = m * s->n / n;
    *error = n > 1 ? sqrt(squares / (n - 1) / n) : NAN;
}

static uint64_t find_leaving(const mlg_turnover_play *play, int32_t n_people, int32_t person,
                             uint64_t *replicate)
{
    const size_t bytes = ((size_t) n_people + 7) / 8;
    uint64_t n = 0;
    for (uint64_t r = 0; r < play->replicates; r++) {
        if ((play->leaves[r * bytes + (size_t) person / 8] >> person % 8 & 1) != 0) {
            replicate[n++] = r;
        }
    }
    return n;
}

static bool fits(const mlg_turnover_ground *ground, const mlg_turnover_ask *ask,
                 const mlg_turnover_play *play, int32_t person)
{
    bool right = person >= 0 && person < ground->n_people && play->months == ask->months &&
                 play->replicates == ask->replicates;
    for (int o = 0; o < MLG_N_PLAY; o++) {
        right = right && (!ask->outputs[o] || play->at[o] != NULL);
    }
    return right;
}

mlg_status mlg_turnover_share_of(const mlg_turnover_ground *ground, const mlg_law *law,
                                 const mlg_turnover_ask *ask, const mlg_turnover_play *play,
                                 int32_t person, const mlg_run *run, mlg_checkpoint *keep,
                                 mlg_turnover_share *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_turnover_ask without = *ask;
    uint64_t *replicate = NULL;
    sharing s = {.play = play};

    *out = (mlg_turnover_share){0};
    if (!fits(ground, ask, play, person)) {
        FAIL(err, MLG_EARG, "departures: the play is of other replicates");
    }
    without.stays = person;
    replicate = mlg_alloc(play->replicates, sizeof *replicate);
    TRY_ALLOC(err, replicate);
    s.replicate = replicate;
    TRY(mlg_scene_make(ground, law, &without, run, &s.scene, err));
    s.kept = (mlg_kept_slots){.job = {.what = "turnover.simulation",
                                      .view = ask->view,
                                      .batch = BATCH,
                                      .scratch = again_new,
                                      .scratch_free = again_free,
                                      .work = play_batch,
                                      .input = &s},
                              .n = find_leaving(play, ground->n_people, person, replicate),
                              .chunk = mlg_chunk_of(mlg_track_work(&s.scene)),
                              .size = N_GAINS * sizeof(double),
                              .stage = ask->stage + 1 + (uint32_t) person,
                              .keep = keep,
                              .take = add_gains,
                              .to = &s};
    TRY(mlg_kept_slots_run(&s.kept, run, err));
    for (int o = 0; o < MLG_N_PLAY; o++) {
        summarise(&s, o, &out->mean[o], &out->error[o]);
        if (!ask->outputs[o]) {
            out->mean[o] = out->error[o] = NAN;
        }
    }
    summarise(&s, MLG_N_PLAY, &out->lost, &out->lost_error);
out:
    mlg_free(replicate);
    mlg_scene_free(&s.scene);
    return status;
}
