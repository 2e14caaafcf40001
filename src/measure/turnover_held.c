/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"
#include "base/names.h"
#include "measure/turnover_inside.h"

/* What stands as long as one of several posts is filled or in interim. */

/* ---- spells ------------------------------------------------------------------------- */

void mlg_absences_free(mlg_absences *spells)
{
    mlg_free(spells->at);
    mlg_free(spells->spare);
    *spells = (mlg_absences){0};
}

static bool is_gap(const mlg_vacancy *v)
{
    return !v->interim && v->to > v->from;
}

/* Keeps of the spells what lies in a gap of this post. */
static bool narrow(const mlg_timelines *lines, int32_t post, mlg_absences *out)
{
    const mlg_vacancy *end = lines->vacancy + lines->first[post + 1];
    const size_t most = out->n + lines->first[post + 1] - lines->first[post];
    mlg_spell *old = out->at;
    size_t n = 0, i = 0;

    if (!mlg_grow(&out->spare, &out->spare_room, most, sizeof *out->spare)) {
        return false;
    }
    for (const mlg_vacancy *v = lines->vacancy + lines->first[post]; v < end && i < out->n;) {
        if (!is_gap(v) || v->to <= old[i].from) {
            v++;
            continue;
        }
        const mlg_spell both = {v->from > old[i].from ? v->from : old[i].from,
                                v->to < old[i].to ? v->to : old[i].to};
        if (both.to > both.from) {
            out->spare[n++] = both;
        }
        if (v->to < old[i].to) {
            v++;
        } else {
            i++;
        }
    }
    const size_t room = out->room;
    out->at = out->spare;
    out->room = out->spare_room;
    out->spare = old;
    out->spare_room = room;
    out->n = n;
    return true;
}

bool mlg_absences_of(const mlg_timelines *lines, const int32_t *post, size_t n_posts,
                     mlg_absences *out)
{
    out->n = 0;
    for (size_t i = 0; i < n_posts; i++) {
        if (lines->first[post[i]] == lines->first[post[i] + 1]) {
            return true; /* it is never vacant */
        }
    }
    if (n_posts == 0) {
        return true;
    }
    const uint32_t from = lines->first[post[0]], to = lines->first[post[0] + 1];
    if (!mlg_grow(&out->at, &out->room, to - from, sizeof *out->at)) {
        return false;
    }
    for (uint32_t i = from; i < to; i++) {
        if (is_gap(&lines->vacancy[i])) {
            out->at[out->n++] = (mlg_spell){lines->vacancy[i].from, lines->vacancy[i].to};
        }
    }
    for (size_t i = 1; i < n_posts && out->n > 0; i++) {
        if (!narrow(lines, post[i], out)) {
            return false;
        }
    }
    return true;
}

/* ---- schemes and units -------------------------------------------------------------- */

void mlg_held_free(mlg_held *held)
{
    mlg_free(held->first);
    mlg_free(held->post);
    mlg_free(held->worth);
    mlg_free(held->end);
    mlg_free(held->ending);
    mlg_csr_free(&held->by_post);
    *held = (mlg_held){0};
}

static mlg_status make_room(mlg_held *out, size_t n, size_t n_posts, mlg_error *err)
{
    mlg_status status = MLG_OK;
    out->first = mlg_zalloc(n + 1, sizeof *out->first);
    out->post = mlg_alloc(n_posts, sizeof *out->post);
    out->worth = mlg_zalloc(n, sizeof *out->worth);
    out->end = mlg_alloc(n, sizeof *out->end);
    out->ending = mlg_alloc(n, sizeof *out->ending);
    if (out->first == NULL || out->post == NULL || out->worth == NULL || out->end == NULL ||
        out->ending == NULL) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for what posts hold");
    }
out:
    return status;
}

/* Finds each thing under its first post. */
static mlg_status order_by_post(mlg_held *out, int32_t n_posts, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) out->n;
    int32_t *from = mlg_alloc(n, sizeof *from), *to = mlg_alloc(n, sizeof *to);
    size_t m = 0;

    TRY_ALLOC(err, from);
    TRY_ALLOC(err, to);
    for (int32_t i = 0; i < out->n; i++) {
        if (out->first[i + 1] > out->first[i]) {
            from[m] = out->post[out->first[i]];
            to[m++] = i;
            out->total += out->worth[i];
        }
    }
    TRY(mlg_csr_build(n_posts, out->n, false, false, from, to, NULL, m, MLG_MERGE_MAX,
                      &out->by_post, err));
out:
    mlg_free(from);
    mlg_free(to);
    return status;
}

mlg_status mlg_held_schemes(const mlg_turnover_ground *ground, int32_t months, mlg_held *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ground->n_schemes;
    const uint32_t n_posts = n > 0 ? ground->scheme_first[n] : 0;

    *out = (mlg_held){.n = ground->n_schemes};
    TRY(make_room(out, n, n_posts, err));
    for (size_t i = 0; i < n; i++) {
        out->first[i + 1] = ground->scheme_first[i + 1];
        out->worth[i] = 1;
        out->end[i] = ground->scheme_end[i] >= 0 ? ground->scheme_end[i] : 0;
        if (out->end[i] <= months && out->first[i + 1] > ground->scheme_first[i]) {
            out->ending[out->n_ending++] = (int32_t) i;
        }
    }
    for (uint32_t i = 0; i < n_posts; i++) {
        out->post[i] = ground->scheme_post[i];
    }
    TRY(order_by_post(out, ground->n_posts, err));
out:
    if (status != MLG_OK) {
        mlg_held_free(out);
    }
    return status;
}

/* Units of the same posts are one thing; ids are written without the byte 0. */
static int32_t set_of_posts(mlg_names *sets, const int32_t *post, size_t n, char *key)
{
    size_t length = 0;
    for (size_t i = 0; i < n; i++) {
        for (int shift = 0; shift < 35; shift += 7) {
            key[length++] = (char) (1 + ((uint32_t) post[i] >> shift & 127));
        }
    }
    return mlg_names_add(sets, key, length);
}

static size_t most_posts(const mlg_turnover_ground *ground)
{
    size_t most = 0;
    for (int32_t u = 0; u < ground->n_units; u++) {
        const size_t n = ground->unit_first[u + 1] - ground->unit_first[u];
        most = n > most ? n : most;
    }
    return most;
}

mlg_status mlg_held_units(const mlg_turnover_ground *ground, mlg_held *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ground->n_units;
    mlg_names sets = {0};
    char *key = mlg_alloc(n > 0 ? most_posts(ground) * 5 : 0, sizeof *key);

    *out = (mlg_held){0};
    TRY_ALLOC(err, key);
    TRY(make_room(out, n, n > 0 ? ground->unit_first[n] : 0, err));
    for (size_t u = 0; u < n; u++) {
        const uint32_t from = ground->unit_first[u], end = ground->unit_first[u + 1];
        const int32_t set = set_of_posts(&sets, ground->unit_post + from, end - from, key);
        if (set < 0) {
            FAIL(err, MLG_ENOMEM, "departures: no memory for sets of posts");
        }
        if (set == out->n) {
            uint32_t to = out->first[out->n];
            for (uint32_t i = from; i < end; i++) {
                out->post[to++] = ground->unit_post[i];
            }
            out->end[out->n++] = INFINITY;
            out->first[out->n] = to;
        }
        out->worth[set] += ground->population[u];
    }
    TRY(order_by_post(out, ground->n_posts, err));
out:
    mlg_free(key);
    mlg_names_free(&sets);
    if (status != MLG_OK) {
        mlg_held_free(out);
    }
    return status;
}

/* ---- counting ----------------------------------------------------------------------- */

static void take_off(double worth, double from, double to, int32_t months, double *at)
{
    const int32_t end = mlg_month_from(to, months);
    for (int32_t m = mlg_month_from(from, months); m < end; m++) {
        at[m] -= worth;
    }
}

/* What a thing is without before its end, then the end. */
static bool count_one(const mlg_held *held, int32_t i, const mlg_timelines *lines, double end,
                      int32_t months, mlg_absences *spells, double *at)
{
    const uint32_t from = held->first[i];
    if (!mlg_absences_of(lines, held->post + from, held->first[i + 1] - from, spells)) {
        return false;
    }
    for (size_t k = 0; k < spells->n; k++) {
        const mlg_spell s = spells->at[k];
        take_off(held->worth[i], s.from, s.to < end ? s.to : end, months, at);
    }
    take_off(held->worth[i], end, INFINITY, months, at);
    return true;
}

bool mlg_held_count(const mlg_held *held, const mlg_timelines *lines, const mlg_dice *dice,
                    double renewed, int32_t months, mlg_absences *spells, double *at)
{
    for (int32_t m = 0; m <= months; m++) {
        at[m] = held->total;
    }
    for (int32_t k = 0; k < held->n_ending; k++) {
        const int32_t i = held->ending[k];
        const bool goes_on = mlg_dice_unit(dice, MLG_CAST_SCHEME, (uint64_t) i, 0) < renewed;
        if (!count_one(held, i, lines, goes_on ? INFINITY : held->end[i], months, spells, at)) {
            return false;
        }
    }
    for (int32_t k = 0; k < lines->n_moved; k++) {
        const int32_t p = lines->moved[k];
        for (uint32_t e = held->by_post.offset[p]; e < held->by_post.offset[p + 1]; e++) {
            const int32_t i = held->by_post.target[e];
            if (held->end[i] > months && !count_one(held, i, lines, INFINITY, months, spells, at)) {
                return false;
            }
        }
    }
    return true;
}
