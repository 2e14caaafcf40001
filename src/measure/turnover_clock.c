/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/memory.h"
#include "measure/turnover_inside.h"

/* One clock a person: all posts fall together when it ends, but for mandates, which only elections
 * end; each is refilled on its own, by a different person with a clock of its own. A date (an end
 * of contract, an election) takes the posts that it names, and no other of the person. */

static double monthly(const mlg_law *law, mlg_rate rate)
{
    return rate < 0 || rate >= MLG_N_RATES ? -1 : law->value[rate] / 12;
}

/* ---- what is known beforehand ------------------------------------------------------- */

/* Departures a month of whoever holds a post: -1 when the post has none of its own. */
static double rate_now(const mlg_clocks *c, int32_t post, double end, double now)
{
    return c->rate[post] >= 0 && end < INFINITY && end > now ? c->dated : c->rate[post];
}

/* The steadiest of their posts holds a person: the least of the rates. */
static double slower(double a, double b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

static void look_ahead(const mlg_turnover_ground *ground, mlg_clocks *c, int32_t person)
{
    double pace = -1;
    c->plain[person] = true;
    for (uint32_t p = c->posts_of[person]; p < c->posts_of[person + 1]; p++) {
        if (!ground->post[p].vacant) {
            c->plain[person] &= c->end[p] > c->months && c->election[p] > c->months;
            pace = slower(pace, rate_now(c, (int32_t) p, c->end[p], 0));
        }
    }
    /* a hair more, so that rounding decides nothing */
    c->pace[person] = pace > 0 ? pace : 0;
    c->stays[person] = pace > 0 ? -expm1(-pace * c->months) * (1 + 1e-9) : 0;
}

mlg_status mlg_clocks_make(const mlg_turnover_ground *ground, const mlg_law *law, int32_t months,
                           mlg_clocks *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t posts = (size_t) ground->n_posts, people = (size_t) ground->n_people;

    *out = (mlg_clocks){.months = months,
                        .dated = monthly(law, MLG_LEAVE_DATED),
                        .changes = law->value[MLG_ELECTED_CHANGE],
                        .refilled = law->value[MLG_REFILLED],
                        .interim = law->value[MLG_INTERIM],
                        .vacancy = law->value[MLG_VACANCY_MONTHS]};
    out->posts_of = mlg_zalloc(people + 1, sizeof *out->posts_of);
    out->rate = mlg_alloc(posts, sizeof *out->rate);
    out->end = mlg_alloc(posts, sizeof *out->end);
    out->election = mlg_alloc(posts, sizeof *out->election);
    out->plain = mlg_alloc(people, sizeof *out->plain);
    out->stays = mlg_alloc(people, sizeof *out->stays);
    out->pace = mlg_alloc(people, sizeof *out->pace);
    if (out->posts_of == NULL || out->rate == NULL || out->end == NULL || out->election == NULL ||
        out->plain == NULL || out->stays == NULL || out->pace == NULL) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for %zu posts", posts);
    }
    for (size_t p = 0; p < posts; p++) {
        const mlg_turnover_post *post = &ground->post[p];
        if (post->person < 0 || post->person >= ground->n_people ||
            (p > 0 && post->person < post[-1].person)) {
            FAIL(err, MLG_EARG, "departures: posts of one person must be neighbours");
        }
        out->posts_of[post->person + 1]++;
        out->rate[p] = post->mandate >= 0 ? -1 : monthly(law, post->leaves);
        out->end[p] = post->mandate < 0 && post->end >= 0 ? post->end : INFINITY;
        out->election[p] = post->mandate >= 0 && post->mandate < ground->n_elections &&
                                   ground->election[post->mandate] > 0
                               ? ground->election[post->mandate]
                               : INFINITY;
    }
    for (size_t k = 0; k < people; k++) {
        out->posts_of[k + 1] += out->posts_of[k];
        look_ahead(ground, out, (int32_t) k);
    }
out:
    if (status != MLG_OK) {
        mlg_clocks_free(out);
    }
    return status;
}

void mlg_clocks_free(mlg_clocks *clocks)
{
    mlg_free(clocks->posts_of);
    mlg_free(clocks->rate);
    mlg_free(clocks->end);
    mlg_free(clocks->election);
    mlg_free(clocks->plain);
    mlg_free(clocks->stays);
    mlg_free(clocks->pace);
    *clocks = (mlg_clocks){0};
}

bool mlg_timelines_make(mlg_timelines *out, int32_t n_posts)
{
    const size_t n = (size_t) n_posts;
    *out = (mlg_timelines){.first = mlg_zalloc(n + 1, sizeof *out->first),
                           .moved = mlg_alloc(n, sizeof *out->moved),
                           .departed = mlg_zalloc(n, sizeof *out->departed),
                           .falls = mlg_alloc(n, sizeof *out->falls),
                           .ends = mlg_alloc(n, sizeof *out->ends),
                           .elected = mlg_alloc(n, sizeof *out->elected)};
    return out->first != NULL && out->moved != NULL && out->departed != NULL &&
           out->falls != NULL && out->ends != NULL && out->elected != NULL;
}

void mlg_timelines_free(mlg_timelines *lines)
{
    mlg_free(lines->vacancy);
    mlg_free(lines->first);
    mlg_free(lines->moved);
    mlg_free(lines->departed);
    mlg_free(lines->falls);
    mlg_free(lines->ends);
    mlg_free(lines->elected);
    *lines = (mlg_timelines){0};
}

/* ---- who holds posts at month 0 ----------------------------------------------------- */

/* What one replicate is drawn from. */
typedef struct drawing {
    const mlg_clocks *clocks;
    const mlg_turnover_ground *ground;
    const mlg_law *law;
    const mlg_dice *dice;
    mlg_timelines *lines;
} drawing;

static bool changes_at(const drawing *d, int32_t post)
{
    return mlg_dice_unit(d->dice, MLG_CAST_ELECTION, (uint64_t) d->ground->post[post].mandate, 0) <
           d->clocks->changes;
}

/* Next date of the posts still held, from `now` on; elections of `now` are over. */
static double next_date(const drawing *d, uint32_t from, uint32_t to, double now)
{
    double next = INFINITY;
    for (uint32_t p = from; p < to; p++) {
        if (d->lines->falls[p] == INFINITY && !d->ground->post[p].vacant) {
            const double election = d->clocks->election[p];
            next = d->lines->ends[p] < next ? d->lines->ends[p] : next;
            next = election > now && election < next ? election : next;
        }
    }
    return next;
}

static double pace_now(const drawing *d, uint32_t from, uint32_t to, double now)
{
    double pace = -1;
    for (uint32_t p = from; p < to; p++) {
        if (d->lines->falls[p] == INFINITY && !d->ground->post[p].vacant) {
            pace = slower(pace, rate_now(d->clocks, (int32_t) p, d->lines->ends[p], now));
        }
    }
    return pace > 0 ? pace : 0;
}

/* A contract that ends is renewed, for its term, or its post falls. */
static bool end_contract(const drawing *d, uint32_t p, double now, double luck, bool stays)
{
    const mlg_turnover_post *post = &d->ground->post[p];
    const double chance =
        post->renewed >= 0 && post->renewed < MLG_N_RATES ? d->law->value[post->renewed] : 0;
    if (stays || luck < chance) {
        d->lines->ends[p] = post->term > 0 ? now + post->term : INFINITY;
        return false;
    }
    d->lines->falls[p] = now;
    return true;
}

/* Takes the posts whose date is now; answers whether any fell. `dates` counts dates of ends. */
static bool take_dated(const drawing *d, int32_t person, double now, bool stays, uint32_t *dates)
{
    const mlg_clocks *c = d->clocks;
    mlg_timelines *lines = d->lines;
    const double luck = mlg_dice_unit(d->dice, MLG_CAST_RENEWED, (uint64_t) person, *dates);
    bool fell = false, ended = false;

    for (uint32_t p = c->posts_of[person]; p < c->posts_of[person + 1]; p++) {
        if (lines->falls[p] < INFINITY || d->ground->post[p].vacant) {
            continue;
        }
        if (c->election[p] == now && !stays && changes_at(d, (int32_t) p)) {
            lines->falls[p] = now;
            lines->elected[p] = true;
            fell = true;
        } else if (lines->ends[p] == now) {
            fell |= end_contract(d, p, now, luck, stays);
            ended = true;
        }
    }
    *dates += ended;
    return fell;
}

/* All the posts a person still holds fall, but for mandates. */
static void leave_all(const drawing *d, uint32_t from, uint32_t to, double when)
{
    for (uint32_t p = from; p < to; p++) {
        if (d->lines->falls[p] == INFINITY && !d->ground->post[p].vacant &&
            d->ground->post[p].mandate < 0) {
            d->lines->falls[p] = when;
        }
    }
}

/* A life of exponential length 1, used up at the pace of the posts held. Answers how many times
 * the person left posts. */
static int32_t live(const drawing *d, int32_t person, bool stays)
{
    const mlg_clocks *c = d->clocks;
    const uint32_t from = c->posts_of[person], to = c->posts_of[person + 1];
    double left = mlg_dice_wait(d->dice, MLG_CAST_LIFE, (uint64_t) person, 0), now = 0;
    int32_t times = 0;
    uint32_t dates = 0;

    for (;;) {
        const double pace = stays ? 0 : pace_now(d, from, to, now);
        const double next = next_date(d, from, to, now);
        if (pace > 0 && left < pace * (next - now)) {
            now += left / pace;
            if (now > c->months) {
                return times;
            }
            leave_all(d, from, to, now);
            times++;
            left = INFINITY; /* mandates are left */
            continue;
        }
        if (next > c->months) {
            return times;
        }
        left -= pace * (next - now);
        now = next;
        times += take_dated(d, person, now, stays, &dates);
    }
}

static int32_t live_plainly(const drawing *d, int32_t person)
{
    const mlg_clocks *c = d->clocks;
    const double luck = mlg_dice_unit(d->dice, MLG_CAST_LIFE, (uint64_t) person, 0);
    if (luck >= c->stays[person]) {
        return 0;
    }
    const double when = mlg_minus_log_rest(luck) / c->pace[person];
    if (when > c->months) {
        return 0;
    }
    leave_all(d, c->posts_of[person], c->posts_of[person + 1], when);
    return 1;
}

/* ---- what posts go through ---------------------------------------------------------- */

/* When a vacancy ends: an election fills it at the latest. */
static double refill(const drawing *d, uint64_t post, uint32_t which, double from)
{
    const mlg_clocks *c = d->clocks;
    double to = INFINITY;

    if (mlg_dice_unit(d->dice, MLG_CAST_REFILLED, post, which) < c->refilled) {
        to = from;
        if (c->vacancy > 0) {
            to += mlg_dice_wait(d->dice, MLG_CAST_VACANCY, post, which) * c->vacancy;
        }
    }
    return c->election[post] > from && c->election[post] < to ? c->election[post] : to;
}

/* When whoever came at `from` leaves. */
static double succeed(const drawing *d, uint64_t post, uint32_t which, double from, bool *elected)
{
    const double rate = d->clocks->rate[post], election = d->clocks->election[post];
    double leaves = INFINITY;

    *elected = false;
    if (rate > 0) {
        leaves = from + mlg_dice_wait(d->dice, MLG_CAST_SUCCESSOR, post, which) / rate;
    }
    if (election > from && election < leaves && changes_at(d, (int32_t) post)) {
        *elected = true;
        return election;
    }
    return leaves;
}

static bool run_post(const drawing *d, int32_t post)
{
    mlg_timelines *lines = d->lines;
    const uint64_t key = (uint64_t) post;
    const double months = d->clocks->months;
    bool left = !d->ground->post[post].vacant, elected = lines->elected[post];
    double from = left ? lines->falls[post] : 0;

    for (uint32_t which = 0; from <= months && which < MLG_MOST_VACANCIES; which++) {
        const mlg_vacancy vacancy = {
            .from = from,
            .to = elected ? from : refill(d, key, which, from),
            .left = left,
            .interim = mlg_dice_unit(d->dice, MLG_CAST_INTERIM, key, which) < d->clocks->interim,
        };
        if (!mlg_grow(&lines->vacancy, &lines->room, lines->n + 1, sizeof *lines->vacancy)) {
            return false;
        }
        lines->vacancy[lines->n++] = vacancy;
        if (which > 0) {
            lines->departures++;
        }
        if (vacancy.to > months) {
            break;
        }
        from = succeed(d, key, which, vacancy.to, &elected);
        left = true;
    }
    return true;
}

static void draw_people(const drawing *d, int32_t stays, uint8_t *leaves)
{
    for (int32_t k = 0; k < d->ground->n_people; k++) {
        int32_t times = 0;
        if (d->clocks->plain[k]) {
            times = k == stays ? 0 : live_plainly(d, k);
        } else {
            times = live(d, k, k == stays);
        }
        d->lines->departures += times;
        if (leaves != NULL && times > 0) {
            leaves[k / 8] |= (uint8_t) (1U << k % 8);
        }
    }
}

bool mlg_timelines_draw(const mlg_clocks *clocks, const mlg_turnover_ground *ground,
                        const mlg_law *law, const mlg_dice *dice, int32_t stays,
                        mlg_timelines *lines, uint8_t *leaves)
{
    const drawing d = {clocks, ground, law, dice, lines};

    lines->n = 0;
    lines->n_moved = 0;
    lines->departures = 0;
    for (int32_t p = 0; p < ground->n_posts; p++) {
        lines->falls[p] = INFINITY;
        lines->ends[p] = clocks->end[p];
        lines->elected[p] = false;
    }
    draw_people(&d, stays, leaves);
    for (int32_t p = 0; p < ground->n_posts; p++) {
        lines->first[p] = (uint32_t) lines->n;
        if ((lines->falls[p] < INFINITY || ground->post[p].vacant) && !run_post(&d, p)) {
            return false;
        }
        if (lines->n > lines->first[p]) {
            lines->moved[lines->n_moved++] = p;
        }
        lines->departed[p] = lines->n > lines->first[p] && lines->vacancy[lines->n - 1].left;
    }
    lines->first[ground->n_posts] = (uint32_t) lines->n;
    return true;
}
