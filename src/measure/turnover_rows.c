/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/memory.h"
#include "measure/turnover_inside.h"

/* When rows are up in a replicate, of those that may go down (turnover_live.c). */

/* ---- months of a row ---------------------------------------------------------------- */

/* The vacancies of one end of a row, in turn. */
typedef struct walk {
    const mlg_vacancy *at, *first, *end;
    double filled; /* when the last one met ends */
} walk;

static walk walk_of(const mlg_timelines *lines, int32_t post)
{
    walk w = {0};
    if (post < 0) {
        return w;
    }
    w.first = w.at = lines->vacancy + lines->first[post];
    w.end = lines->vacancy + lines->first[post + 1];
    if (w.at < w.end && !w.at->left) { /* vacant at month 0: nobody leaves */
        w.filled = w.at->to;
        w.at++;
    }
    return w;
}

static double next_of(const walk *w)
{
    return w->at < w->end ? w->at->from : INFINITY;
}

/* Half-lives to a mean wait. */
static double knit_months(const mlg_law *law)
{
    return law->value[MLG_KNIT_MONTHS] / log(2.0);
}

static double later(double a, double b)
{
    return a > b ? a : b;
}

/* At each departure of an end: a row that is up outlasts it by chance; one that is down, or does
 * not, is back after a wait of time with all its posts filled. The wait is of the departure, and
 * the same whether the row was lost now or before: more survival never means later. */
static void draw_row(const mlg_live_row *row, const mlg_drawn *d, uint64_t *mask)
{
    const mlg_dice *dice = d->dice;
    const int32_t months = d->ask->months;
    const double knit = knit_months(d->law);
    walk end[2] = {walk_of(d->lines, row->post[0]), walk_of(d->lines, row->post[1])};
    bool up = true;
    double lost = 0, back = INFINITY;

    for (;;) {
        const int side = next_of(&end[1]) < next_of(&end[0]);
        const double now = next_of(&end[side]);
        if (!up) {
            mlg_months_clear(mask, lost, back < now ? back : now, months);
        }
        if (now > months) {
            return;
        }
        const uint64_t whose = (uint64_t) row->row * 2 + (uint64_t) side;
        const uint32_t which = (uint32_t) (end[side].at - end[side].first);
        end[side].filled = end[side].at->to;
        end[side].at++;
        up = (up || back <= now) &&
             mlg_dice_unit(dice, MLG_CAST_SURVIVES, whose, which) < row->survives;
        if (!up) {
            lost = now;
            back = later(later(end[0].filled, end[1].filled), now);
            if (knit > 0) {
                back += mlg_dice_wait(dice, MLG_CAST_KNIT, whose, which) * knit;
            }
        }
    }
}

/* ---- activities --------------------------------------------------------------------- */

bool mlg_pauses_make(mlg_pauses *out, const mlg_live *live, int32_t n_activities)
{
    const size_t n = (size_t) n_activities, words = (size_t) live->words;
    *out = (mlg_pauses){.mask = mlg_alloc(n * words, sizeof *out->mask),
                        .is = mlg_zalloc(n, sizeof *out->is),
                        .list = mlg_alloc(n, sizeof *out->list)};
    return out->mask != NULL && out->is != NULL && out->list != NULL;
}

void mlg_pauses_free(mlg_pauses *pauses)
{
    mlg_free(pauses->mask);
    mlg_free(pauses->is);
    mlg_free(pauses->list);
    *pauses = (mlg_pauses){0};
}

/* Pairs are kept a while after an activity stopped. */
static void stop(double from, double to, const mlg_drawn *d, uint64_t *pause)
{
    mlg_months_clear(pause, from + d->law->value[MLG_FADE_MONTHS], to, d->ask->months);
}

/* Of an activity that ends at `end`, or never. */
static bool draw_pause(const mlg_live *live, int32_t a, double end, const mlg_drawn *d,
                       mlg_pauses *out)
{
    const mlg_turnover_ground *ground = d->ground;
    const uint32_t first = ground->convenor_first[a], last = ground->convenor_first[a + 1];
    const size_t words = (size_t) live->words;
    uint64_t *pause = out->mask + (size_t) a * words;
    double over = end; /* when it stops for good */

    d->spells->n = 0;
    if (d->ask->pauses &&
        !mlg_absences_of(d->lines, ground->convenor + first, last - first, d->spells)) {
        return false;
    }
    memcpy(pause, live->full, words * sizeof *pause);
    for (size_t i = 0; i < d->spells->n; i++) {
        const mlg_spell s = d->spells->at[i];
        if (s.from < end && s.to >= end) {
            over = s.from; /* paused when it ended */
        } else if (s.from < end) {
            stop(s.from, s.to, d, pause);
        }
    }
    stop(over, INFINITY, d, pause);
    if (memcmp(pause, live->full, words * sizeof *pause) != 0) {
        out->is[a] = true;
        out->list[out->n++] = a;
    }
    return true;
}

static bool goes_on(const mlg_drawn *d, int32_t a)
{
    const mlg_turnover_ground *ground = d->ground;
    const int32_t scheme = ground->activity_scheme != NULL ? ground->activity_scheme[a] : -1;
    const double luck = scheme >= 0 ? mlg_dice_unit(d->dice, MLG_CAST_SCHEME, (uint64_t) scheme, 0)
                                    : mlg_dice_unit(d->dice, MLG_CAST_ACTIVITY, (uint64_t) a, 0);
    return luck < d->law->value[MLG_RENEWED_SCHEME];
}

bool mlg_pauses_draw(const mlg_live *live, const mlg_drawn *d, mlg_pauses *out)
{
    for (int32_t i = 0; i < out->n; i++) {
        out->is[out->list[i]] = false;
    }
    out->n = 0;
    for (int32_t k = 0; k < live->n_ending; k++) {
        const int32_t a = live->ending[k];
        const double end = goes_on(d, a) ? INFINITY : d->ground->activity_end[a];
        if (!draw_pause(live, a, end, d, out)) {
            return false;
        }
    }
    for (int32_t k = 0; d->ask->pauses && k < d->lines->n_moved; k++) {
        const int32_t p = d->lines->moved[k];
        for (uint32_t e = live->convened.offset[p]; e < live->convened.offset[p + 1]; e++) {
            if (!draw_pause(live, live->convened.target[e], INFINITY, d, out)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- bundles ------------------------------------------------------------------------ */

bool mlg_masks_make(mlg_masks *out, const mlg_live *live, const mlg_bundles *bundles)
{
    const size_t n = (size_t) bundles->n, words = (size_t) live->words;
    *out = (mlg_masks){.mask = mlg_alloc(n * words, sizeof *out->mask),
                       .met = mlg_zalloc(n, sizeof *out->met),
                       .down = mlg_zalloc(n, sizeof *out->down),
                       .list = mlg_alloc(n, sizeof *out->list),
                       .row = mlg_alloc(words, sizeof *out->row)};
    return out->mask != NULL && out->met != NULL && out->down != NULL && out->list != NULL &&
           out->row != NULL;
}

void mlg_masks_free(mlg_masks *masks)
{
    mlg_free(masks->mask);
    mlg_free(masks->met);
    mlg_free(masks->down);
    mlg_free(masks->list);
    mlg_free(masks->row);
    *masks = (mlg_masks){0};
}

/* Nothing happened to the row. */
static bool is_untouched(const mlg_live_row *row, const mlg_drawn *d, const mlg_pauses *pauses)
{
    return (row->post[0] < 0 || !d->lines->departed[row->post[0]]) &&
           (row->post[1] < 0 || !d->lines->departed[row->post[1]]) &&
           (row->activity < 0 || !pauses->is[row->activity]);
}

/* Most rows meet one departure: then one number tells whether they stay up, another when they are
 * back. Answers false for the others. */
static bool draw_simply(const mlg_live_row *row, const mlg_drawn *d, uint64_t *mask)
{
    const mlg_timelines *lines = d->lines;
    const uint32_t *first = lines->first;
    const int32_t a = row->post[0], b = row->post[1];
    const uint32_t on_a = a < 0 ? 0 : first[a + 1] - first[a];
    const uint32_t on_b = b < 0 ? 0 : first[b + 1] - first[b];
    const uint64_t whose = (uint64_t) row->row * 2 + (on_a == 0);
    const mlg_vacancy *v = lines->vacancy + (on_a > 0 ? first[a] : on_b > 0 ? first[b] : 0);

    if (on_a + on_b != 1 || !v->left) {
        return false;
    }
    if (mlg_dice_unit(d->dice, MLG_CAST_SURVIVES, whose, 0) >= row->survives) {
        const double knit = knit_months(d->law);
        const double back =
            knit > 0 ? v->to + mlg_dice_wait(d->dice, MLG_CAST_KNIT, whose, 0) * knit : v->to;
        mlg_months_clear(mask, v->from, back, d->ask->months);
    }
    return true;
}

/* Adds the months of a row; answers whether none is missing now. */
static bool add_row(const mlg_live *live, const mlg_live_row *row, const mlg_drawn *d,
                    const mlg_pauses *pauses, uint64_t *with, uint64_t *mask)
{
    const size_t words = (size_t) live->words;
    uint64_t lacks = 0;

    for (size_t k = 0; k < words; k++) {
        with[k] = live->full[k];
    }
    if (!draw_simply(row, d, with)) {
        draw_row(row, d, with);
    }
    if (row->activity >= 0 && pauses->is[row->activity]) {
        for (size_t k = 0; k < words; k++) {
            with[k] &= pauses->mask[(size_t) row->activity * words + k];
        }
    }
    for (size_t k = 0; k < words; k++) {
        mask[k] |= with[k];
        lacks |= mask[k] ^ live->full[k];
    }
    return lacks == 0;
}

/* One row that stays up is enough: the others are not drawn. */
static void draw_bundle(const mlg_live *live, const mlg_bundles *bundles, int32_t bundle,
                        const mlg_drawn *d, const mlg_pauses *pauses, mlg_masks *out)
{
    const int32_t *row = bundles->rows.target + bundles->rows.offset[bundle];
    const uint32_t n = mlg_csr_degree(&bundles->rows, bundle);
    const size_t words = (size_t) live->words;
    uint64_t *mask = out->mask + (size_t) bundle * words;

    if (out->met[bundle] == out->replicate) {
        return;
    }
    out->met[bundle] = out->replicate;
    for (uint32_t i = 0; i < n; i++) {
        if (is_untouched(&live->row[row[i]], d, pauses)) {
            return;
        }
    }
    memset(mask, 0, words * sizeof *mask);
    for (uint32_t i = 0; i < n; i++) {
        if (add_row(live, &live->row[row[i]], d, pauses, out->row, mask)) {
            return;
        }
    }
    out->down[bundle] = true;
    out->list[out->n++] = bundle;
}

void mlg_masks_draw(const mlg_live *live, const mlg_bundles *bundles, const mlg_drawn *d,
                    const mlg_pauses *pauses, mlg_masks *out)
{
    for (int32_t i = 0; i < out->n; i++) {
        out->down[out->list[i]] = false;
    }
    out->n = 0;
    out->replicate++;
    for (int32_t k = 0; k < d->lines->n_moved; k++) {
        const int32_t p = d->lines->moved[k];
        if (!d->lines->departed[p]) {
            continue;
        }
        for (uint32_t e = bundles->by_post.offset[p]; e < bundles->by_post.offset[p + 1]; e++) {
            draw_bundle(live, bundles, bundles->by_post.target[e], d, pauses, out);
        }
    }
    for (int32_t k = 0; k < pauses->n; k++) {
        const int32_t a = pauses->list[k];
        for (uint32_t e = bundles->by_activity.offset[a]; e < bundles->by_activity.offset[a + 1];
             e++) {
            draw_bundle(live, bundles, bundles->by_activity.target[e], d, pauses, out);
        }
    }
}
