/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_turnover.h"

#include <check.h>
#include <math.h>

#include "measure/turnover_inside.h"
#include "slow_removal.h"

enum { MOST = 64, MOST_ROWS = 256, ORIGINAL = -1, NOBODY = -2 };

typedef struct world {
    const mlg_turnover_ground *g;
    const mlg_law *law;
    const mlg_turnover_ask *ask;
    mlg_dice dice;
    double now;
    /* people of month 0 */
    double life[MOST]; /* what is left of it */
    uint32_t dates[MOST];
    /* posts: who holds it (the person of month 0, a successor's number, nobody) */
    int32_t holder[MOST];
    double end[MOST];
    double leaves[MOST]; /* of a successor */
    double refill[MOST]; /* of a vacancy */
    bool interim[MOST];
    uint32_t vacancies[MOST]; /* so far */
    bool passed[MOST];        /* elections */
    /* rows */
    bool up[MOST_ROWS];
    double wait[MOST_ROWS]; /* months with all posts filled, until it is back */
    /* activities: since when nobody convenes it, INFINITY: somebody does */
    double paused[MOST];
    bool over[MOST], scheme_over[MOST];
    slow_track *out;
} world;

static double unit(const world *w, mlg_cast what, int64_t whose, uint32_t which)
{
    return mlg_dice_unit(&w->dice, what, (uint64_t) whose, which);
}

static double wait_of(const world *w, mlg_cast what, int64_t whose, uint32_t which)
{
    return -log1p(-unit(w, what, whose, which));
}

static bool runs(const world *w, int32_t p)
{
    return w->holder[p] != NOBODY || w->interim[p];
}

static double yearly(const world *w, mlg_rate rate)
{
    return w->law->value[rate];
}

/* ---- what happens ------------------------------------------------------------------- */

static void vacate(world *w, int32_t p, bool elected)
{
    const uint32_t which = w->vacancies[p]++;
    const bool someone = unit(w, MLG_CAST_REFILLED, p, which) < w->law->value[MLG_REFILLED];

    w->holder[p] = NOBODY;
    w->refill[p] = INFINITY;
    if (someone && w->law->value[MLG_VACANCY_MONTHS] > 0) {
        w->refill[p] =
            w->now + wait_of(w, MLG_CAST_VACANCY, p, which) * w->law->value[MLG_VACANCY_MONTHS];
    } else if (someone || elected) {
        w->refill[p] = w->now;
    }
    if (elected) {
        w->refill[p] = w->now;
    }
    w->interim[p] = unit(w, MLG_CAST_INTERIM, p, which) < w->law->value[MLG_INTERIM];
}

/* Rows of a post that somebody leaves. */
static void test_rows(world *w, int32_t p)
{
    const uint32_t which = w->vacancies[p];
    for (size_t r = 0; r < w->g->n_rows; r++) {
        for (int side = 0; side < 2; side++) {
            const mlg_turnover_row *row = &w->g->row[r];
            if (row->post[side] != p) {
                continue;
            }
            const int64_t key = (int64_t) r * 2 + side;
            if (unit(w, MLG_CAST_SURVIVES, key, which) >= w->law->value[row->held]) {
                w->up[r] = false;
            }
            const double half = w->law->value[MLG_KNIT_MONTHS];
            w->wait[r] = half > 0 ? wait_of(w, MLG_CAST_KNIT, key, which) * (half / log(2.0)) : 0;
        }
    }
}

static void leave(world *w, int32_t p, bool elected)
{
    test_rows(w, p);
    vacate(w, p, elected);
}

static void fill(world *w, int32_t p)
{
    const uint32_t which = w->vacancies[p] - 1;
    const mlg_turnover_post *post = &w->g->post[p];
    w->holder[p] = (int32_t) w->vacancies[p];
    w->interim[p] = false;
    w->refill[p] = INFINITY;
    w->leaves[p] = INFINITY;
    if (post->mandate < 0 && yearly(w, post->leaves) > 0) {
        w->leaves[p] =
            w->now + wait_of(w, MLG_CAST_SUCCESSOR, p, which) / (yearly(w, post->leaves) / 12);
    }
}

static double pace_of(const world *w, int32_t person)
{
    double least = INFINITY;
    for (int32_t p = 0; p < w->g->n_posts; p++) {
        const mlg_turnover_post *post = &w->g->post[p];
        if (post->person == person && w->holder[p] == ORIGINAL && post->mandate < 0) {
            const mlg_rate rate =
                w->end[p] < INFINITY && w->end[p] > w->now ? MLG_LEAVE_DATED : post->leaves;
            least = fmin(least, yearly(w, rate) / 12);
        }
    }
    return least == INFINITY || person == w->ask->stays ? 0 : least;
}

static void note(world *w, int32_t person)
{
    w->out->departures++;
    if (person >= 0) {
        w->out->left |= UINT64_C(1) << person;
    }
}

/* ---- what happens next -------------------------------------------------------------- */

static double earliest(const world *w)
{
    double next = INFINITY;
    for (int32_t k = 0; k < w->g->n_people; k++) {
        const double pace = pace_of(w, k);
        next = pace > 0 ? fmin(next, w->now + w->life[k] / pace) : next;
    }
    for (int32_t p = 0; p < w->g->n_posts; p++) {
        next = w->holder[p] == NOBODY ? fmin(next, w->refill[p]) : next;
        next = w->holder[p] > 0 ? fmin(next, w->leaves[p]) : next;
        next = w->holder[p] == ORIGINAL ? fmin(next, w->end[p]) : next;
    }
    for (int32_t e = 0; e < w->g->n_elections; e++) {
        next = !w->passed[e] ? fmin(next, w->g->election[e]) : next;
    }
    for (size_t r = 0; r < w->g->n_rows; r++) {
        bool filled = true;
        for (int side = 0; side < 2; side++) {
            const int32_t p = w->g->row[r].post[side];
            filled = filled && (p < 0 || w->holder[p] != NOBODY);
        }
        next = !w->up[r] && filled ? fmin(next, w->now + w->wait[r]) : next;
    }
    for (int32_t a = 0; a < w->g->n_activities; a++) {
        next = w->g->activity_end[a] > w->now ? fmin(next, w->g->activity_end[a]) : next;
    }
    for (int32_t k = 0; k < w->g->n_schemes; k++) {
        next = !w->scheme_over[k] ? fmin(next, w->g->scheme_end[k]) : next;
    }
    return next;
}

/* Time passes with nothing happening. */
static void pass(world *w, double to)
{
    const double months = to - w->now;
    for (int32_t k = 0; k < w->g->n_people; k++) {
        w->life[k] -= months * pace_of(w, k);
    }
    for (int32_t p = 0; p < w->g->n_posts; p++) {
        w->out->lost += w->g->post[p].coordinates && !runs(w, p) ? months : 0;
    }
    for (size_t r = 0; r < w->g->n_rows; r++) {
        bool filled = true;
        for (int side = 0; side < 2; side++) {
            const int32_t p = w->g->row[r].post[side];
            filled = filled && (p < 0 || w->holder[p] != NOBODY);
        }
        w->wait[r] -= filled ? months : 0;
    }
    w->now = to;
}

static const double HAIR = 1e-9;

static void hold_elections(world *w)
{
    for (int32_t e = 0; e < w->g->n_elections; e++) {
        if (w->passed[e] || w->g->election[e] > w->now) {
            continue;
        }
        const bool change = unit(w, MLG_CAST_ELECTION, e, 0) < w->law->value[MLG_ELECTED_CHANGE] &&
                            w->g->election[e] > 0;
        w->passed[e] = true;
        for (int32_t k = 0; k < w->g->n_people; k++) {
            bool left = false;
            for (int32_t p = 0; p < w->g->n_posts; p++) {
                if (w->g->post[p].person != k || w->g->post[p].mandate != e) {
                    continue;
                }
                if (w->holder[p] == NOBODY && w->g->election[e] > 0) {
                    fill(w, p);
                } else if (change && w->holder[p] > 0) {
                    note(w, -1);
                    leave(w, p, true);
                    fill(w, p);
                } else if (change && k != w->ask->stays) {
                    left = true;
                    leave(w, p, true);
                    fill(w, p);
                }
            }
            if (left) {
                note(w, k);
            }
        }
    }
}

static void end_contracts(world *w, int32_t k)
{
    bool left = false, met = false;
    for (int32_t p = 0; p < w->g->n_posts; p++) {
        const mlg_turnover_post *post = &w->g->post[p];
        if (post->person != k || w->holder[p] != ORIGINAL || w->end[p] > w->now) {
            continue;
        }
        met = true;
        if (k == w->ask->stays ||
            unit(w, MLG_CAST_RENEWED, k, w->dates[k]) < w->law->value[post->renewed]) {
            w->end[p] += post->term;
        } else {
            left = true;
            leave(w, p, false);
        }
    }
    w->dates[k] += met;
    if (left) {
        note(w, k);
    }
}

static void end_lives(world *w, int32_t k)
{
    const double pace = pace_of(w, k);
    if (pace <= 0 || w->life[k] > HAIR * pace) {
        return;
    }
    note(w, k);
    for (int32_t p = 0; p < w->g->n_posts; p++) {
        if (w->g->post[p].person == k && w->holder[p] == ORIGINAL && w->g->post[p].mandate < 0) {
            leave(w, p, false);
        }
    }
    w->life[k] = INFINITY;
}

static void tell_activities(world *w)
{
    for (int32_t a = 0; a < w->g->n_activities; a++) {
        bool on = w->g->convenor_first[a] == w->g->convenor_first[a + 1] || !w->ask->pauses;
        for (uint32_t i = w->g->convenor_first[a]; i < w->g->convenor_first[a + 1]; i++) {
            on = on || runs(w, w->g->convenor[i]);
        }
        if (!w->over[a] && w->g->activity_end[a] <= w->now) {
            const int32_t scheme = w->g->activity_scheme[a];
            const double luck = scheme >= 0 ? unit(w, MLG_CAST_SCHEME, scheme, 0)
                                            : unit(w, MLG_CAST_ACTIVITY, a, 0);
            w->over[a] = luck >= w->law->value[MLG_RENEWED_SCHEME];
        }
        on = on && !w->over[a];
        if (on) {
            w->paused[a] = INFINITY;
        } else if (w->paused[a] == INFINITY) {
            w->paused[a] = w->now;
        }
    }
}

static void happen(world *w)
{
    for (int32_t p = 0; p < w->g->n_posts; p++) {
        if (w->holder[p] == NOBODY && w->refill[p] <= w->now + HAIR) {
            fill(w, p);
        }
    }
    for (size_t r = 0; r < w->g->n_rows; r++) {
        bool filled = true;
        for (int side = 0; side < 2; side++) {
            const int32_t p = w->g->row[r].post[side];
            filled = filled && (p < 0 || w->holder[p] != NOBODY);
        }
        w->up[r] = w->up[r] || (filled && w->wait[r] <= HAIR);
    }
    hold_elections(w);
    for (int32_t k = 0; k < w->g->n_people; k++) {
        end_contracts(w, k);
        end_lives(w, k);
    }
    for (int32_t p = 0; p < w->g->n_posts; p++) {
        if (w->holder[p] > 0 && w->leaves[p] <= w->now + HAIR) {
            note(w, -1);
            leave(w, p, false);
        }
    }
    for (int32_t k = 0; k < w->g->n_schemes; k++) {
        w->scheme_over[k] = w->scheme_over[k] || w->g->scheme_end[k] <= w->now;
    }
    tell_activities(w);
}

/* ---- what a month counts ------------------------------------------------------------ */

/* Which ends a row joins now. */
static bool is_there(const world *w, const mlg_turnover_row *row, bool up)
{
    for (int side = 0; side < 2; side++) {
        const int32_t a = row->end[side] - w->g->n_actors;
        if (a >= 0 && w->paused[a] < INFINITY &&
            w->now >= w->paused[a] + w->law->value[MLG_FADE_MONTHS]) {
            return false;
        }
    }
    return up;
}

static int32_t steps_from(const world *w, int32_t from, int32_t *steps)
{
    const int32_t n = w->g->n_actors + w->g->n_activities;
    int32_t far = 0;
    for (int32_t v = 0; v < n; v++) {
        steps[v] = v == from ? 0 : -1;
    }
    for (bool more = true; more; far++) {
        more = false;
        for (size_t r = 0; r < w->g->n_rows; r++) {
            const mlg_turnover_row *row = &w->g->row[r];
            for (int side = 0; side < 2; side++) {
                const int32_t a = row->end[side], b = row->end[1 - side];
                if (steps[a] == far && steps[b] < 0 && is_there(w, row, w->up[r])) {
                    steps[b] = far + 1;
                    more = true;
                }
            }
        }
    }
    return far;
}

static void count_network(const world *w, int32_t month)
{
    int64_t pairs = 0, arrivals[2 * MOST] = {0};
    int32_t steps[2 * MOST], counted = 0;
    double sum = 0;

    for (int32_t x = 0; x < w->g->n_actors; x++) {
        if (!w->g->counted[x]) {
            continue;
        }
        counted++;
        steps_from(w, x, steps);
        for (int32_t y = 0; y < w->g->n_actors; y++) {
            if (y != x && w->g->counted[y] && steps[y] >= 0) {
                arrivals[steps[y]]++;
                pairs += y < x && slow_is_cross(w->g->graph, x, y);
            }
        }
    }
    for (int32_t d = 1; d < 2 * MOST; d++) {
        sum += (double) arrivals[d] / (d * (w->g->n_activities > 0 ? 0.5 : 1.0));
    }
    w->out->at[MLG_PLAY_PAIRS][month] = (double) pairs;
    w->out->at[MLG_PLAY_EFFICIENCY][month] =
        counted > 1 ? sum / ((double) counted * (counted - 1)) : NAN;
}

static void count(const world *w, int32_t month)
{
    double schemes = 0, population = 0;
    count_network(w, month);
    for (int32_t k = 0; k < w->g->n_schemes; k++) {
        const bool over = w->scheme_over[k] &&
                          unit(w, MLG_CAST_SCHEME, k, 0) >= w->law->value[MLG_RENEWED_SCHEME];
        bool runs_on = false;
        for (uint32_t i = w->g->scheme_first[k]; i < w->g->scheme_first[k + 1]; i++) {
            runs_on = runs_on || runs(w, w->g->scheme_post[i]);
        }
        schemes += runs_on && !over;
    }
    for (int32_t u = 0; u < w->g->n_units; u++) {
        bool covered = false;
        for (uint32_t i = w->g->unit_first[u]; i < w->g->unit_first[u + 1]; i++) {
            covered = covered || runs(w, w->g->unit_post[i]);
        }
        population += covered ? w->g->population[u] : 0;
    }
    w->out->at[MLG_PLAY_SCHEMES][month] = schemes;
    w->out->at[MLG_PLAY_POPULATION][month] = population;
}

slow_track slow_turnover(const mlg_turnover_ground *ground, const mlg_law *law,
                         const mlg_turnover_ask *ask, uint64_t seed, uint64_t replicate)
{
    static slow_track out;
    world w = {.g = ground,
               .law = law,
               .ask = ask,
               .dice = mlg_dice_of(seed, ask->view, replicate),
               .out = &out};

    out = (slow_track){0};
    ck_assert_int_le(ground->n_actors + ground->n_activities, MOST);
    ck_assert_int_le(ground->n_people, MOST);
    ck_assert_int_le(ground->n_posts, MOST);
    ck_assert_uint_le(ground->n_rows, MOST_ROWS);
    for (int32_t k = 0; k < ground->n_people; k++) {
        w.life[k] = wait_of(&w, MLG_CAST_LIFE, k, 0);
    }
    for (int32_t p = 0; p < ground->n_posts; p++) {
        const mlg_turnover_post *post = &ground->post[p];
        w.holder[p] = ORIGINAL;
        w.end[p] = post->mandate < 0 && post->end >= 0 ? post->end : INFINITY;
        if (post->vacant) {
            vacate(&w, p, false);
        }
    }
    for (size_t r = 0; r < ground->n_rows; r++) {
        w.up[r] = true;
    }
    for (int32_t a = 0; a < ground->n_activities; a++) {
        w.paused[a] = INFINITY;
    }
    happen(&w);
    for (int32_t month = 0; month <= ask->months; month++) {
        for (double next = earliest(&w); next <= month; next = earliest(&w)) {
            pass(&w, next);
            happen(&w);
        }
        pass(&w, month);
        count(&w, month);
    }
    return out;
}
