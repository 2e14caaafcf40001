/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/memory.h"
#include "measure/turnover_inside.h"

/* Mean of 1 / distance, month by month: searches from every counted actor over the ties of the
 * month, and none where nothing changed. */

static const double LASTING = 1.0, PASSING = 0.5; /* weight of an entry */

void mlg_near_free(mlg_near *near)
{
    mlg_free(near->place);
    mlg_free(near->link);
    mlg_csr_free(&near->all);
    mlg_bundles_free(&near->links);
    *near = (mlg_near){0};
}

/* Counted actors first, whom searches start from. */
static void place_ends(const mlg_turnover_ground *ground, mlg_near *out)
{
    int32_t next = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int32_t v = 0; v < out->n; v++) {
            if ((v < ground->n_actors && ground->counted[v]) == (pass == 0)) {
                out->place[v] = next++;
            }
        }
        out->n_counted = pass == 0 ? next : out->n_counted;
    }
}

static uint32_t entry_of(const mlg_csr *csr, int32_t v, int32_t w)
{
    uint32_t from = csr->offset[v], to = csr->offset[v + 1];
    while (to - from > 1) {
        const uint32_t middle = from + (to - from) / 2;
        if (csr->target[middle] <= w) {
            from = middle;
        } else {
            to = middle;
        }
    }
    return from;
}

/* A number for each pair that only passing rows join, on both of its entries. */
static void number_links(mlg_near *out)
{
    for (int32_t v = 0; v < out->n; v++) {
        for (uint32_t e = out->all.offset[v]; e < out->all.offset[v + 1]; e++) {
            const int32_t w = out->all.target[e];
            out->link[e] = -1;
            if (out->all.weight[e] < LASTING) {
                out->link[e] = w > v ? out->links.n++ : out->link[entry_of(&out->all, w, v)];
            }
        }
    }
}

static mlg_status join_ends(const mlg_turnover_ground *ground, const bool *stops, mlg_near *out,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t m = ground->n_rows;
    int32_t *a = mlg_alloc(m, sizeof *a), *b = mlg_alloc(m, sizeof *b);
    double *weight = mlg_alloc(m, sizeof *weight);

    TRY_ALLOC(err, a);
    TRY_ALLOC(err, b);
    TRY_ALLOC(err, weight);
    for (size_t r = 0; r < m; r++) {
        a[r] = out->place[ground->row[r].end[0]];
        b[r] = out->place[ground->row[r].end[1]];
        weight[r] = mlg_row_may_fall(ground, stops, &ground->row[r]) ? PASSING : LASTING;
    }
    TRY(mlg_csr_build(out->n, out->n, true, true, a, b, weight, m, MLG_MERGE_MAX, &out->all, err));
out:
    mlg_free(a);
    mlg_free(b);
    mlg_free(weight);
    return status;
}

mlg_status mlg_near_make(const mlg_turnover_ground *ground, const bool *stops, int32_t *link,
                         mlg_near *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *out = (mlg_near){.n = ground->n_actors + ground->n_activities,
                      .per_step = ground->n_activities > 0 ? 0.5 : 1.0};
    out->place = mlg_alloc((size_t) out->n, sizeof *out->place);
    TRY_ALLOC(err, out->place);
    place_ends(ground, out);
    TRY(join_ends(ground, stops, out, err));
    out->link = mlg_alloc(mlg_csr_size(&out->all), sizeof *out->link);
    TRY_ALLOC(err, out->link);
    number_links(out);
    for (size_t r = 0; r < ground->n_rows; r++) {
        const int32_t v = out->place[ground->row[r].end[0]];
        const int32_t w = out->place[ground->row[r].end[1]];
        link[r] = v == w ? -1 : out->link[entry_of(&out->all, v, w)];
    }
out:
    if (status != MLG_OK) {
        mlg_near_free(out);
    }
    return status;
}

/* ---- a replicate -------------------------------------------------------------------- */

void mlg_nears_free(mlg_nears *nears)
{
    mlg_searches_free(nears->searches);
    mlg_free(nears->arrivals);
    mlg_free(nears->is);
    mlg_free(nears->change);
    mlg_csr_free(&nears->now);
    *nears = (mlg_nears){0};
}

bool mlg_nears_make(mlg_nears *out, const mlg_live *live)
{
    const mlg_near *near = &live->near;
    const size_t n = (size_t) near->n;

    *out = (mlg_nears){0};
    if (near->n == 0) {
        return true; /* not asked for */
    }
    out->searches = mlg_searches_new(near->n);
    out->arrivals = mlg_alloc(n + 1, sizeof *out->arrivals);
    out->now.n = near->n;
    out->now.offset = mlg_zalloc(n + 1, sizeof *out->now.offset);
    out->now.target = mlg_alloc(mlg_csr_size(&near->all) + 1, sizeof *out->now.target);
    out->is = mlg_zalloc((size_t) near->links.n, sizeof *out->is);
    out->change = mlg_alloc((size_t) live->words, sizeof *out->change);
    return out->searches != NULL && out->arrivals != NULL && out->now.offset != NULL &&
           out->now.target != NULL && out->is != NULL && out->change != NULL;
}

/* Months that differ from the one before them; month 0 does if a link is down. */
static void find_changes(const mlg_live *live, const mlg_masks *masks, mlg_nears *nears)
{
    const size_t words = (size_t) live->words;

    memset(nears->change, 0, words * sizeof *nears->change);
    for (int32_t i = 0; i < masks->n; i++) {
        const uint64_t *mask = masks->mask + (size_t) masks->list[i] * words;
        uint64_t last = 1;
        for (size_t k = 0; k < words; k++) {
            nears->change[k] |= mask[k] ^ (mask[k] << 1 | last);
            last = mask[k] >> 63;
        }
    }
}

static bool has_month(const uint64_t *mask, int32_t month)
{
    return (mask[month / 64] >> (month & 63) & 1) != 0;
}

/* The ties that are there in a month. */
static void tie(const mlg_live *live, const mlg_masks *masks, mlg_nears *nears, int32_t month)
{
    const mlg_near *near = &live->near;
    const size_t words = (size_t) live->words;
    uint32_t n = 0;

    for (int32_t i = 0; i < masks->n; i++) {
        const int32_t link = masks->list[i];
        nears->is[link] = !has_month(masks->mask + (size_t) link * words, month);
    }
    for (int32_t v = 0; v < near->n; v++) {
        nears->now.offset[v] = n;
        for (uint32_t e = near->all.offset[v]; e < near->all.offset[v + 1]; e++) {
            nears->now.target[n] = near->all.target[e];
            n += near->link[e] < 0 || nears->is[near->link[e]] == 0;
        }
    }
    nears->now.offset[near->n] = n;
}

static double efficiency(const mlg_near *near, const mlg_csr *ties, mlg_nears *nears)
{
    const double counted = near->n_counted;
    double sum = 0;

    memset(nears->arrivals, 0, ((size_t) near->n + 1) * sizeof *nears->arrivals);
    mlg_searches_count(ties, nears->searches, near->n_counted, nears->arrivals);
    for (int32_t steps = 1; steps < near->n; steps++) {
        sum += (double) nears->arrivals[steps] / (steps * near->per_step);
    }
    return counted > 1 ? sum / (counted * (counted - 1)) : NAN;
}

double mlg_efficiency_whole(const mlg_near *near, mlg_nears *nears)
{
    return efficiency(near, &near->all, nears);
}

void mlg_efficiency_count(const mlg_live *live, const mlg_masks *masks, int32_t months,
                          mlg_nears *nears, double *at)
{
    double last = live->near.whole;

    if (live->near.n == 0) {
        for (int32_t m = 0; m <= months; m++) {
            at[m] = NAN;
        }
        return;
    }
    find_changes(live, masks, nears);
    for (int32_t m = 0; m <= months; m++) {
        if (has_month(nears->change, m)) {
            tie(live, masks, nears, m);
            last = efficiency(&live->near, &nears->now, nears);
        }
        at[m] = last;
    }
    for (int32_t i = 0; i < masks->n; i++) {
        nears->is[masks->list[i]] = 0;
    }
}
