/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/memory.h"
#include "measure/turnover_inside.h"

/* Rows that somebody's departure may take, or the stop of an activity: when they are up. A row
 * that nothing counted depends on is left out beforehand; its random numbers are its own, so that
 * no other row notices. */

/* ---- which rows matter -------------------------------------------------------------- */

static int32_t activity_of(const mlg_turnover_ground *ground, const mlg_turnover_row *row)
{
    for (int end = 0; end < 2; end++) {
        if (row->end[end] >= ground->n_actors) {
            return row->end[end] - ground->n_actors;
        }
    }
    return -1;
}

bool mlg_row_may_fall(const mlg_turnover_ground *ground, const bool *stops,
                      const mlg_turnover_row *row)
{
    const int32_t activity = activity_of(ground, row);
    return row->post[0] >= 0 || row->post[1] >= 0 || (activity >= 0 && stops[activity]);
}

static mlg_status check_rows(const mlg_turnover_ground *ground, const mlg_turnover_ask *ask,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = ground->n_actors + ground->n_activities;

    for (size_t r = 0; r < ground->n_rows; r++) {
        const mlg_turnover_row *row = &ground->row[r];
        const int32_t activities =
            (row->end[0] >= ground->n_actors) + (row->end[1] >= ground->n_actors);
        bool right = activities < 2;
        for (int end = 0; end < 2; end++) {
            right = right && row->end[end] >= 0 && row->end[end] < n && row->post[end] >= -1 &&
                    row->post[end] < ground->n_posts;
        }
        if (!right) {
            FAIL(err, MLG_EARG, "departures: row %zu joins nothing", r);
        }
        if (ask->outputs[MLG_PLAY_EFFICIENCY] && (activities > 0) != (ground->n_activities > 0)) {
            FAIL(err, MLG_EARG, "departures: distances need rows of one kind");
        }
    }
out:
    return status;
}

/* Which activities may stop, those with an end apart. */
static mlg_status find_stops(const mlg_turnover_ground *ground, const mlg_turnover_ask *ask,
                             mlg_live *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ground->n_activities;
    int32_t *post = mlg_alloc(n, sizeof *post), *convened = mlg_alloc(n, sizeof *convened);
    size_t m = 0;

    out->stops = mlg_alloc(n, sizeof *out->stops);
    out->ending = mlg_alloc(n, sizeof *out->ending);
    if (post == NULL || convened == NULL || out->stops == NULL || out->ending == NULL) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for %zu activities", n);
    }
    for (int32_t a = 0; a < ground->n_activities; a++) {
        const uint32_t first = ground->convenor_first[a];
        const bool pauses = ask->pauses && ground->convenor_first[a + 1] > first;
        const bool ends = ground->activity_end[a] <= ask->months;
        out->stops[a] = pauses || ends;
        if (ends) {
            out->ending[out->n_ending++] = a;
        } else if (pauses) {
            post[m] = ground->convenor[first];
            convened[m++] = a;
        }
    }
    TRY(mlg_csr_build(ground->n_posts, ground->n_activities, false, false, post, convened, NULL, m,
                      MLG_MERGE_MAX, &out->convened, err));
out:
    mlg_free(post);
    mlg_free(convened);
    return status;
}

void mlg_bundles_free(mlg_bundles *bundles)
{
    mlg_csr_free(&bundles->rows);
    mlg_csr_free(&bundles->by_post);
    mlg_csr_free(&bundles->by_activity);
    *bundles = (mlg_bundles){0};
}

/* Keeps the rows that are in a bundle of either kind; `live` gets their numbers, or -1. */
static mlg_status keep_rows(const mlg_turnover_ground *ground, const mlg_law *law,
                            const int32_t *tie, const int32_t *link, int32_t *live, mlg_live *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0;

    for (size_t r = 0; r < ground->n_rows; r++) {
        n += tie[r] >= 0 || link[r] >= 0;
    }
    out->row = mlg_alloc(n, sizeof *out->row);
    TRY_ALLOC(err, out->row);
    for (size_t r = 0; r < ground->n_rows; r++) {
        const mlg_turnover_row *row = &ground->row[r];
        const int32_t activity = activity_of(ground, row);
        live[r] = -1;
        if (tie[r] >= 0 || link[r] >= 0) {
            live[r] = (int32_t) out->n_rows;
            out->row[out->n_rows++] = (mlg_live_row){
                .post = {row->post[0], row->post[1]},
                .activity = activity >= 0 && out->stops[activity] ? activity : -1,
                .row = (uint32_t) r,
                .survives = row->held >= 0 && row->held < MLG_N_RATES ? law->value[row->held] : 0,
            };
        }
    }
out:
    return status;
}

/* Finds rows by bundle, bundles by post and by activity. */
static mlg_status make_bundles(const mlg_turnover_ground *ground, const mlg_live *live,
                               const int32_t *number, const int32_t *bundle, mlg_bundles *out,
                               mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *from = mlg_alloc(2 * live->n_rows, sizeof *from);
    int32_t *to = mlg_alloc(2 * live->n_rows, sizeof *to);
    size_t m = 0;

    TRY_ALLOC(err, from);
    TRY_ALLOC(err, to);
    for (size_t r = 0; r < ground->n_rows; r++) {
        if (bundle[r] >= 0) {
            from[m] = bundle[r];
            to[m++] = number[r];
        }
    }
    TRY(mlg_csr_build(out->n, (int32_t) live->n_rows, false, false, from, to, NULL, m,
                      MLG_MERGE_MAX, &out->rows, err));
    m = 0;
    for (size_t i = 0; i < 2 * ground->n_rows; i++) {
        if (bundle[i / 2] >= 0 && ground->row[i / 2].post[i % 2] >= 0) {
            from[m] = ground->row[i / 2].post[i % 2];
            to[m++] = bundle[i / 2];
        }
    }
    TRY(mlg_csr_build(ground->n_posts, out->n, false, false, from, to, NULL, m, MLG_MERGE_MAX,
                      &out->by_post, err));
    m = 0;
    for (size_t r = 0; r < ground->n_rows; r++) {
        if (bundle[r] >= 0 && live->row[number[r]].activity >= 0) {
            from[m] = live->row[number[r]].activity;
            to[m++] = bundle[r];
        }
    }
    TRY(mlg_csr_build(ground->n_activities, out->n, false, false, from, to, NULL, m, MLG_MERGE_MAX,
                      &out->by_activity, err));
out:
    mlg_free(from);
    mlg_free(to);
    return status;
}

static mlg_status make_full(mlg_live *out, int32_t months, mlg_error *err)
{
    mlg_status status = MLG_OK;
    out->words = months / 64 + 1;
    out->full = mlg_zalloc((size_t) out->words, sizeof *out->full);
    TRY_ALLOC(err, out->full);
    for (int32_t m = 0; m <= months; m++) {
        out->full[m / 64] |= UINT64_C(1) << (m & 63);
    }
out:
    return status;
}

mlg_status mlg_live_make(const mlg_turnover_ground *ground, const mlg_law *law,
                         const mlg_turnover_ask *ask, const mlg_run *run, mlg_live *out,
                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = ground->n_rows;
    int32_t *tie = mlg_alloc(n, sizeof *tie), *link = mlg_alloc(n, sizeof *link);
    int32_t *number = mlg_alloc(n, sizeof *number);

    *out = (mlg_live){0};
    if (tie == NULL || link == NULL || number == NULL) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for %zu rows", n);
    }
    TRY(check_rows(ground, ask, err));
    TRY(make_full(out, ask->months, err));
    memset(tie, -1, n * sizeof *tie);
    memset(link, -1, n * sizeof *link);
    TRY(find_stops(ground, ask, out, err));
    if (ask->outputs[MLG_PLAY_PAIRS]) {
        TRY(mlg_turnover_pieces_make(ground, out->stops, run, tie, &out->pieces, err));
    }
    if (ask->outputs[MLG_PLAY_EFFICIENCY]) {
        TRY(mlg_near_make(ground, out->stops, link, &out->near, err));
    }
    TRY(keep_rows(ground, law, tie, link, number, out, err));
    TRY(make_bundles(ground, out, number, tie, &out->pieces.bundles, err));
    TRY(make_bundles(ground, out, number, link, &out->near.links, err));
out:
    mlg_free(tie);
    mlg_free(link);
    mlg_free(number);
    if (status != MLG_OK) {
        mlg_live_free(out);
    }
    return status;
}

void mlg_live_free(mlg_live *live)
{
    mlg_free(live->row);
    mlg_free(live->full);
    mlg_free(live->stops);
    mlg_free(live->ending);
    mlg_csr_free(&live->convened);
    mlg_turnover_pieces_free(&live->pieces);
    mlg_near_free(&live->near);
    *live = (mlg_live){0};
}

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
