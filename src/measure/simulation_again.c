/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/simulation_again.h"

#include <math.h>
#include <stdlib.h>

/* The model played again, with the random numbers of the first play: at other numbers within
 * their ranges, all at once (points) or one at a time (steps), and with one person that never
 * leaves (posts). What differs between two plays is then what was changed, not chance. */

enum {
    POINTS = 64,
    REPORT_POINT_REPLICATES = 49,
    REPORT_STEP_REPLICATES = 79,
    REPORT_POST_REPLICATES = 299,
    LEAST_OF_A_REPORT = 19,
    BEFORE_THE_FIRST = 10,
    LEAST_REPLICATES = 499, /* of a point or step, where all of them are asked for */
};

/* Rows, actors and posts looked at in a report: by all points, by all steps, by all posts. */
static const double EASY_STEPS = 2e7;
static const double EASY_POST_STEPS = 1e7;
static const double STEP = 0.1; /* of a number, up and down, for its effect by 1 % */

/* Replicates of each of so many plays; 0: too large for a report. What is known before the first
 * replicate takes as long as some of them. */
static uint32_t part_of(const mlg_simulation *s, const mlg_run *run, uint32_t plays, uint32_t share,
                        uint32_t most)
{
    double n = floor(EASY_STEPS / s->steps / plays) - BEFORE_THE_FIRST;

    if (run->force) {
        n = s->replicates / share > LEAST_REPLICATES ? s->replicates / share : LEAST_REPLICATES;
    } else if (n < LEAST_OF_A_REPORT) {
        return 0;
    } else if (n > most) {
        n = most;
    }
    return n < s->replicates ? (uint32_t) n : s->replicates;
}

/* ---- points: other numbers, all at once -------------------------------------------- */

/* Means by point: months of each output, then the months lost. */
typedef struct point_means {
    size_t months; /* + 1 */
    double *mean;  /* [(POINTS + 1) * width]; the last is of the numbers themselves */
    size_t width;
    double *sorted; /* [POINTS] */
} point_means;

static void put_means(const mlg_turnover_play *play, uint32_t replicates, point_means *into,
                      size_t point)
{
    double *to = into->mean + point * into->width;
    for (int output = 0; output < MLG_N_PLAY; output++) {
        for (size_t month = 0; month < into->months; month++) {
            to[(size_t) output * into->months + month] =
                play->at[output] == NULL
                    ? NAN
                    : mlg_simulation_mean(play->at[output] + month, replicates, into->months).mean;
        }
    }
    to[into->width - 1] = mlg_simulation_mean(play->lost, replicates, 1).mean;
}

static int by_size(const void *left, const void *right)
{
    const double a = *(const double *) left, b = *(const double *) right;
    return (a > b) - (a < b);
}

/* How far the mean goes from where it is, in 90 % of the points. No number is below 0. */
static void put_band(const point_means *means, size_t at, mlg_spread *spread)
{
    const double here = means->mean[POINTS * means->width + at];
    const size_t tail = (size_t) ceil(0.05 * POINTS) - 1;

    for (size_t i = 0; i < POINTS; i++) {
        means->sorted[i] = means->mean[i * means->width + at] - here;
    }
    if (!isnan(here)) {
        qsort(means->sorted, POINTS, sizeof *means->sorted, by_size);
        spread->parameter_low = fmax(0.0, spread->mean + means->sorted[tail]);
        spread->parameter_high = fmax(0.0, spread->mean + means->sorted[POINTS - 1 - tail]);
    }
}

mlg_status mlg_simulation_play_points(const mlg_again *again, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_simulation *s = again->simulation;
    const mlg_run *run = again->context->run;
    const size_t months = (size_t) s->months + 1;
    point_means means = {months, NULL, MLG_N_PLAY * months + 1, NULL};
    mlg_law *law = mlg_alloc(POINTS, sizeof *law);
    const uint32_t n = part_of(s, run, POINTS, 16, REPORT_POINT_REPLICATES);
    mlg_turnover_ask ask = mlg_simulation_ask(again, MLG_PLAY_OF_POINT, n);

    if (n == 0) { /* too large */
        mlg_free(law);
        return MLG_OK;
    }
    means.mean = mlg_alloc((POINTS + 1) * means.width, sizeof *means.mean);
    means.sorted = mlg_alloc(POINTS, sizeof *means.sorted);
    TRY_ALLOC(err, law);
    TRY_ALLOC(err, means.mean);
    TRY_ALLOC(err, means.sorted);
    TRY(mlg_simulation_points(&s->law, run->seed, POINTS, law, err));
    for (uint32_t i = 0; i < POINTS; i++) {
        mlg_turnover_play play = {0};
        TRY(mlg_turnover_plays(&s->ground, &law[i], &ask, run, again->keep, &play, err));
        ask.stage++;
        put_means(&play, n, &means, i);
        mlg_turnover_play_free(&play);
    }
    put_means(&s->play, n, &means, POINTS);
    for (int output = 0; output < MLG_N_PLAY; output++) {
        for (size_t month = 0; s->curve[output] != NULL && month < months; month++) {
            if (ask.outputs[output]) {
                put_band(&means, (size_t) output * months + month, &s->curve[output][month]);
            }
        }
    }
    put_band(&means, means.width - 1, &s->lost);
    s->points = POINTS;
    s->point_replicates = n;
out:
    mlg_free(means.sorted);
    mlg_free(means.mean);
    mlg_free(law);
    return status;
}

/* ---- posts: one person that never leaves --------------------------------------------- */

static bool is_post(const mlg_model *model, mlg_id party)
{
    return model->party_post_row != NULL && party >= 0 && model->party_post_row[party] >= 0;
}

/* Those who hold a post on record, or coordinate; whoever only takes part is not told. */
static bool *contributors(const mlg_model *model, const mlg_turnover_ground *ground,
                          bool coordinating, int32_t *n)
{
    bool *is = mlg_zalloc((size_t) ground->n_people, sizeof *is);
    *n = 0;
    for (int32_t p = 0; is != NULL && p < ground->n_posts; p++) {
        const mlg_turnover_post *post = &ground->post[p];
        const bool told =
            coordinating ? post->coordinates : post->coordinates || is_post(model, post->party);
        *n += told && !is[post->person];
        is[post->person] = is[post->person] || told;
    }
    return is;
}

static double share_leaving(const mlg_simulation *s, uint32_t n, int32_t person)
{
    const size_t bytes = ((size_t) s->ground.n_people + 7) / 8;
    uint32_t leaves = 0;
    for (size_t i = 0; i < n; i++) {
        leaves += s->play.leaves[i * bytes + (size_t) person / 8] >> person % 8 & 1;
    }
    return leaves / (double) n;
}

static void put_share(const mlg_turnover_share *share, mlg_contribution *into)
{
    for (int output = 0; output < MLG_N_PLAY; output++) {
        into->of[output] = (mlg_effect){share->mean[output], share->error[output]};
    }
    /* a post that stays saves months: what its departures cost */
    into->of[MLG_OUTCOME_LOST] = (mlg_effect){0.0 - share->lost, share->lost_error};
}

mlg_status mlg_simulation_play_posts(const mlg_again *again, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_simulation *s = again->simulation;
    const mlg_run *run = again->context->run;
    int32_t n = 0, coordinating = 0;
    bool *all = contributors(again->context->model, &s->ground, false, &n);
    bool *first = contributors(again->context->model, &s->ground, true, &coordinating);
    mlg_contribution *made = mlg_alloc((size_t) n, sizeof *made);
    int32_t told = 0;

    TRY_ALLOC(err, all);
    TRY_ALLOC(err, first);
    TRY_ALLOC(err, made);
    const uint32_t replicates = run->force || s->replicates < REPORT_POST_REPLICATES
                                    ? s->replicates
                                    : REPORT_POST_REPLICATES;
    const double room = EASY_POST_STEPS / s->steps / replicates;
    const int32_t most = run->force || room > n ? n : (int32_t) room; /* who coordinates first */
    const mlg_turnover_ask ask = mlg_simulation_ask(again, MLG_PLAY_OF_POSTS, replicates);
    mlg_turnover_play part = s->play;
    part.replicates = replicates;
    for (int32_t person = 0, others = most - coordinating; person < s->ground.n_people; person++) {
        mlg_turnover_share share;
        if (!all[person] || told >= most || (!first[person] && others-- <= 0)) {
            continue;
        }
        TRY(mlg_turnover_share_of(&s->ground, &s->law, &ask, &part, person, run, again->keep,
                                  &share, err));
        made[told] =
            (mlg_contribution){.person = person, .leaves = share_leaving(s, replicates, person)};
        put_share(&share, &made[told++]);
    }
    s->contribution = made;
    s->n_contributions = told;
    s->n_contributors = n;
    s->contribution_replicates = replicates;
    made = NULL;
out:
    mlg_free(made);
    mlg_free(first);
    mlg_free(all);
    return status;
}

/* ---- steps: one number at a time ------------------------------------------------------- */

/* An outcome by replicate under one law: [outcome][replicate]. */
typedef struct outcomes {
    double *of[MLG_N_OUTCOMES];
} outcomes;

static void free_outcomes(outcomes *o)
{
    for (int k = 0; k < MLG_N_OUTCOMES; k++) {
        mlg_free(o->of[k]);
        o->of[k] = NULL;
    }
}

/* `number` in place of the law's own. */
static mlg_status play_with(const mlg_again *again, uint32_t n, mlg_rate rate, double number,
                            uint32_t at, outcomes *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_simulation *s = again->simulation;
    mlg_turnover_play play = {0};
    mlg_law law = s->law;

    law.value[rate] = number;
    const mlg_turnover_ask ask =
        mlg_simulation_ask(again, MLG_PLAY_OF_STEP + 4 * (uint32_t) rate + at, n);
    TRY(mlg_turnover_plays(&s->ground, &law, &ask, again->context->run, again->keep, &play, err));
    for (int k = 0; k < MLG_N_OUTCOMES; k++) {
        out->of[k] = mlg_alloc(n, sizeof *out->of[k]);
        TRY_ALLOC(err, out->of[k]);
        for (uint32_t i = 0; i < n; i++) {
            out->of[k][i] = mlg_simulation_outcome(&play, k, i);
        }
    }
out:
    mlg_turnover_play_free(&play);
    return status;
}

/* Mean of a - b, the same replicates in both; a is spent. */
static mlg_effect differ(double *a, const double *b, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        a[i] -= b[i];
    }
    return mlg_simulation_mean(a, n, 1);
}

/* `high` is spent. Percents between the two numbers divide the effect of a step. */
static void put_effects(outcomes *high, const outcomes *low, uint32_t n, double percents,
                        mlg_effect *into)
{
    for (int k = 0; k < MLG_N_OUTCOMES; k++) {
        const mlg_effect whole = differ(high->of[k], low->of[k], n);
        into[k] = (mlg_effect){whole.mean / percents, whole.error / percents};
    }
}

/* Of the first replicates of the play at the law's own numbers. */
static double mean_of(const mlg_simulation *s, int outcome, uint32_t n)
{
    double sum = 0.0;
    for (uint32_t i = 0; i < n; i++) {
        sum += mlg_simulation_outcome(&s->play, outcome, i);
    }
    return sum / n;
}

static mlg_status play_step(const mlg_again *again, uint32_t n, mlg_sensitivity *into,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_simulation *s = again->simulation;
    const mlg_law *law = &s->law;
    const mlg_rate rate = into->rate;
    const double value = law->value[rate];
    const double most = mlg_rate_rows()[rate].unit == MLG_RATE_SHARE ? 1.0 : INFINITY;
    const double less = value * (1.0 - STEP), more = fmin(most, value * (1.0 + STEP));
    outcomes low = {{NULL}}, high = {{NULL}};

    for (int k = 0; k < MLG_N_OUTCOMES; k++) {
        into->step[k] = into->range[k] = (mlg_effect){NAN, NAN}; /* 1 % of nothing; no range */
        into->at_low[k] = into->at_high[k] = NAN;
    }
    if (value > 0.0) {
        TRY(play_with(again, n, rate, less, 0, &low, err));
        TRY(play_with(again, n, rate, more, 1, &high, err));
        put_effects(&high, &low, n, 100.0 * (more - less) / value, into->step);
        free_outcomes(&low);
        free_outcomes(&high);
    }
    if (law->low[rate] < law->high[rate]) {
        TRY(play_with(again, n, rate, law->low[rate], 2, &low, err));
        TRY(play_with(again, n, rate, law->high[rate], 3, &high, err));
        for (int k = 0; k < MLG_N_OUTCOMES; k++) {
            const double away = s->mean[k] - mean_of(s, k, n);
            into->at_low[k] = away + mlg_simulation_mean(low.of[k], n, 1).mean;
            into->at_high[k] = away + mlg_simulation_mean(high.of[k], n, 1).mean;
        }
        put_effects(&high, &low, n, 1.0, into->range);
    }
out:
    free_outcomes(&low);
    free_outcomes(&high);
    return status;
}

mlg_status mlg_simulation_play_steps(const mlg_again *again, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_simulation *s = again->simulation;
    mlg_sensitivity *made = mlg_alloc(MLG_N_RATES, sizeof *made);
    int32_t n = 0;
    const uint32_t replicates =
        part_of(s, again->context->run, 4 * MLG_N_RATES, 8, REPORT_STEP_REPLICATES);

    TRY_ALLOC(err, made);
    for (int rate = 0; rate < MLG_N_RATES && replicates > 0; rate++) {
        if (mlg_simulation_uses(&s->ground, (mlg_rate) rate)) {
            made[n] = (mlg_sensitivity){.rate = (mlg_rate) rate};
            TRY(play_step(again, replicates, &made[n], err));
            n++;
        }
    }
    s->step = made;
    s->n_steps = n;
    s->step_replicates = replicates;
    made = NULL;
out:
    mlg_free(made);
    return status;
}
