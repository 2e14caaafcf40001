/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/memory.h"
#include "measure/turnover_inside.h"

/* Rows that somebody's departure may take, or the stop of an activity: which they are, and what
 * finds them in a replicate. A row that nothing counted depends on is left out; its random numbers
 * are its own, so that no other row notices. */

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

/* Rows of the ground by number: each says its live row and its bundle of either kind, or -1. */
typedef struct numbers {
    int32_t *live, *tie, *link;
} numbers;

/* Keeps the rows that are in a bundle of either kind; of->live gets their numbers, or -1. */
static mlg_status keep_rows(const mlg_turnover_ground *ground, const mlg_law *law,
                            const numbers *of, mlg_live *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    size_t n = 0;

    for (size_t r = 0; r < ground->n_rows; r++) {
        n += of->tie[r] >= 0 || of->link[r] >= 0;
    }
    out->row = mlg_alloc(n, sizeof *out->row);
    TRY_ALLOC(err, out->row);
    for (size_t r = 0; r < ground->n_rows; r++) {
        const mlg_turnover_row *row = &ground->row[r];
        const int32_t activity = activity_of(ground, row);
        of->live[r] = -1;
        if (of->tie[r] >= 0 || of->link[r] >= 0) {
            of->live[r] = (int32_t) out->n_rows;
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

/* ---- rows by bundle, bundles by what may take them ------------------------------------ */

/* Pairs of numbers, as many as the ends of live rows. */
typedef struct pairs {
    int32_t *from, *to;
    size_t n;
} pairs;

static void put(pairs *list, int32_t from, int32_t to)
{
    list->from[list->n] = from;
    list->to[list->n++] = to;
}

static void pair_rows(const mlg_turnover_ground *ground, const int32_t *live, const int32_t *bundle,
                      pairs *out)
{
    out->n = 0;
    for (size_t r = 0; r < ground->n_rows; r++) {
        if (bundle[r] >= 0) {
            put(out, bundle[r], live[r]);
        }
    }
}

static void pair_posts(const mlg_turnover_ground *ground, const int32_t *bundle, pairs *out)
{
    out->n = 0;
    for (size_t i = 0; i < 2 * ground->n_rows; i++) {
        const int32_t post = ground->row[i / 2].post[i % 2];
        if (bundle[i / 2] >= 0 && post >= 0) {
            put(out, post, bundle[i / 2]);
        }
    }
}

static void pair_activities(const mlg_turnover_ground *ground, const mlg_live_row *row,
                            const int32_t *live, const int32_t *bundle, pairs *out)
{
    out->n = 0;
    for (size_t r = 0; r < ground->n_rows; r++) {
        if (bundle[r] >= 0 && row[live[r]].activity >= 0) {
            put(out, row[live[r]].activity, bundle[r]);
        }
    }
}

static mlg_status index_pairs(const pairs *list, int32_t n_from, int32_t n_to, mlg_csr *out,
                              mlg_error *err)
{
    return mlg_csr_build(n_from, n_to, false, false, list->from, list->to, NULL, list->n,
                         MLG_MERGE_MAX, out, err);
}

static mlg_status index_bundles(const mlg_turnover_ground *ground, const mlg_live *live,
                                const int32_t *number, const int32_t *bundle, mlg_bundles *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    pairs list = {.from = mlg_alloc(2 * live->n_rows, sizeof *list.from),
                  .to = mlg_alloc(2 * live->n_rows, sizeof *list.to)};

    TRY_ALLOC(err, list.from);
    TRY_ALLOC(err, list.to);
    pair_rows(ground, number, bundle, &list);
    TRY(index_pairs(&list, out->n, (int32_t) live->n_rows, &out->rows, err));
    pair_posts(ground, bundle, &list);
    TRY(index_pairs(&list, ground->n_posts, out->n, &out->by_post, err));
    pair_activities(ground, live->row, number, bundle, &list);
    TRY(index_pairs(&list, ground->n_activities, out->n, &out->by_activity, err));
out:
    mlg_free(list.from);
    mlg_free(list.to);
    return status;
}

static mlg_status index_both(const mlg_turnover_ground *ground, const numbers *of, mlg_live *out,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    TRY(index_bundles(ground, out, of->live, of->tie, &out->pieces.bundles, err));
    TRY(index_bundles(ground, out, of->live, of->link, &out->near.links, err));
out:
    return status;
}

/* ---- all of it ------------------------------------------------------------------------ */

static mlg_status open_numbers(size_t n, numbers *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (numbers){.live = mlg_alloc(n, sizeof *out->live),
                     .tie = mlg_alloc(n, sizeof *out->tie),
                     .link = mlg_alloc(n, sizeof *out->link)};
    if (out->live == NULL || out->tie == NULL || out->link == NULL) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for %zu rows", n);
    }
    memset(out->tie, -1, n * sizeof *out->tie);
    memset(out->link, -1, n * sizeof *out->link);
out:
    return status;
}

static void free_numbers(numbers *of)
{
    mlg_free(of->live);
    mlg_free(of->tie);
    mlg_free(of->link);
}

/* Numbers the bundles that what is asked for counts, with what they join. */
static mlg_status find_bundles(const mlg_turnover_ground *ground, const mlg_turnover_ask *ask,
                               const mlg_run *run, numbers *of, mlg_live *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    if (ask->outputs[MLG_PLAY_PAIRS]) {
        TRY(mlg_turnover_pieces_make(ground, out->stops, run, of->tie, &out->pieces, err));
    }
    if (ask->outputs[MLG_PLAY_EFFICIENCY]) {
        TRY(mlg_near_make(ground, out->stops, of->link, &out->near, err));
    }
out:
    return status;
}

mlg_status mlg_live_make(const mlg_turnover_ground *ground, const mlg_law *law,
                         const mlg_turnover_ask *ask, const mlg_run *run, mlg_live *out,
                         mlg_error *err)
{
    mlg_status status = MLG_OK;
    numbers of = {0};

    *out = (mlg_live){0};
    TRY(open_numbers(ground->n_rows, &of, err));
    TRY(check_rows(ground, ask, err));
    TRY(make_full(out, ask->months, err));
    TRY(find_stops(ground, ask, out, err));
    TRY(find_bundles(ground, ask, run, &of, out, err));
    TRY(keep_rows(ground, law, &of, out, err));
    TRY(index_both(ground, &of, out, err));
out:
    free_numbers(&of);
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
