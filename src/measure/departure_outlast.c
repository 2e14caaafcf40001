/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/departure.h"
#include "measure/union_find.h"

/* How many ties outlast a departure. Rows survive or not, each by itself; a tie lasts while one
 * of its rows does. Ties without a row in common are independent, so that blocks of ties are
 * convolved: a block of one tie is a coin (all of them: the Poisson-binomial distribution); one
 * of a few rows is enumerated; one of many is drawn. */

enum { MOST_ENUMERATED = 16 }; /* rows of a block: 65,536 cases */
#define LOW_TAIL  0.05
#define HIGH_TAIL 0.95
#define ROUNDING  1e-12 /* what sums of chances may miss their value by */

/* The rows of one leaver as a bipartite list, ties and seats numbered from 0. */
typedef struct fabric {
    int32_t n_ties, n_seats;
    mlg_id *partner;  /* [n_ties] ascending */
    int32_t *start;   /* [n_seats + 1] */
    int32_t *tie;     /* [entries] ascending in a seat */
    double *lasts;    /* [n_seats] chance */
    int32_t *block;   /* [n_seats] number of its block */
    int32_t *seat_of; /* [n_ties] a seat that bears it */
    int32_t *covers;  /* [n_ties] scratch: rows that bear it still */
    double *spread;   /* [n_ties + 1] the distribution so far */
    double *here;     /* [n_ties + 1] that of one block */
    int32_t n_spread; /* ties in it */
    int32_t *members; /* [n_seats] seats of a block */
} fabric;

static void fabric_free(fabric *f)
{
    mlg_free(f->partner);
    mlg_free(f->start);
    mlg_free(f->tie);
    mlg_free(f->lasts);
    mlg_free(f->block);
    mlg_free(f->seat_of);
    mlg_free(f->covers);
    mlg_free(f->spread);
    mlg_free(f->here);
    mlg_free(f->members);
}

static int by_id(const void *left, const void *right)
{
    const mlg_id a = *(const mlg_id *) left, b = *(const mlg_id *) right;
    return a < b ? -1 : a > b;
}

static void number_partners(const mlg_carried *rows, size_t n, fabric *f)
{
    for (size_t i = 0; i < n; i++) {
        f->partner[i] = rows[i].partner;
    }
    qsort(f->partner, n, sizeof *f->partner, by_id);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || f->partner[i] != f->partner[i - 1]) {
            f->partner[f->n_ties++] = f->partner[i];
        }
    }
}

static mlg_status fabric_of(const mlg_carried *rows, size_t n, const double *survival, fabric *f,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;

    f->partner = mlg_alloc(n, sizeof *f->partner);
    f->start = mlg_alloc(n + 1, sizeof *f->start);
    f->tie = mlg_alloc(n, sizeof *f->tie);
    f->lasts = mlg_alloc(n, sizeof *f->lasts);
    f->block = mlg_alloc(n, sizeof *f->block);
    f->seat_of = mlg_alloc(n, sizeof *f->seat_of);
    f->covers = mlg_zalloc(n, sizeof *f->covers);
    f->spread = mlg_zalloc(n + 1, sizeof *f->spread);
    f->here = mlg_zalloc(n + 1, sizeof *f->here);
    f->members = mlg_alloc(n, sizeof *f->members);
    if (f->partner == NULL || f->start == NULL || f->tie == NULL || f->lasts == NULL ||
        f->block == NULL || f->seat_of == NULL || f->covers == NULL || f->spread == NULL ||
        f->here == NULL || f->members == NULL) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for %zu rows", n);
    }
    number_partners(rows, n, f);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || rows[i].seat != rows[i - 1].seat) {
            f->start[f->n_seats] = (int32_t) i;
            f->lasts[f->n_seats++] = survival[rows[i].held];
        }
        f->tie[i] = mlg_id_find(f->partner, f->n_ties, rows[i].partner);
    }
    f->start[f->n_seats] = (int32_t) n;
out:
    return status;
}

/* ---- blocks ------------------------------------------------------------------------ */

/* Rows with the very same partners are one: it lasts while one of them does. */
static void merge_twins(fabric *f)
{
    int32_t kept = 0, at = 0;
    for (int32_t s = 0; s < f->n_seats; s++) {
        const int32_t first = f->start[s], length = f->start[s + 1] - first;
        int32_t twin = 0;
        while (twin < kept && (f->start[twin + 1] - f->start[twin] != length ||
                               memcmp(f->tie + f->start[twin], f->tie + first,
                                      (size_t) length * sizeof *f->tie) != 0)) {
            twin++;
        }
        if (twin < kept) {
            f->lasts[twin] = 1.0 - (1.0 - f->lasts[twin]) * (1.0 - f->lasts[s]);
            continue;
        }
        memmove(f->tie + at, f->tie + first, (size_t) length * sizeof *f->tie);
        f->lasts[kept] = f->lasts[s];
        f->start[kept++] = at;
        at += length;
        f->start[kept] = at; /* at <= start[s + 1]: never ahead of what is read */
    }
    f->n_seats = kept;
}

/* Seats that a tie joins are one block: numbers them, and answers how many there are. */
static int32_t join_blocks(fabric *f)
{
    mlg_set_open(f->block, f->n_seats);
    for (int32_t t = 0; t < f->n_ties; t++) {
        f->seat_of[t] = -1;
    }
    for (int32_t s = 0; s < f->n_seats; s++) {
        for (int32_t i = f->start[s]; i < f->start[s + 1]; i++) {
            int32_t *other = &f->seat_of[f->tie[i]];
            if (*other < 0) {
                *other = s;
            } else {
                mlg_set_unite(f->block, *other, s);
            }
        }
    }
    return mlg_set_number(f->block, f->n_seats);
}

/* A row more (or less) among those that last; answers how many ties it adds. */
static int32_t cover(fabric *f, int32_t seat, int32_t step)
{
    int32_t ties = 0;
    for (int32_t i = f->start[seat]; i < f->start[seat + 1]; i++) {
        ties += f->covers[f->tie[i]] == 0;
        f->covers[f->tie[i]] += step;
    }
    return ties;
}

/* Every case of the rows from `next` on, each with its chance. */
static void enumerate(fabric *f, int32_t n, int32_t next, double chance, int32_t ties)
{
    if (next == n) {
        f->here[ties] += chance;
        return;
    }
    const int32_t seat = f->members[next];
    if (f->lasts[seat] < 1.0) {
        enumerate(f, n, next + 1, chance * (1.0 - f->lasts[seat]), ties);
    }
    if (f->lasts[seat] > 0.0) {
        const int32_t more = cover(f, seat, 1);
        enumerate(f, n, next + 1, chance * f->lasts[seat], ties + more);
        cover(f, seat, -1);
    }
}

static void draw(fabric *f, int32_t n, uint32_t draws, mlg_random *stream)
{
    for (uint32_t d = 0; d < draws; d++) {
        int32_t ties = 0;
        for (int32_t i = 0; i < n; i++) {
            const bool lasts = mlg_random_unit(stream) < f->lasts[f->members[i]];
            ties += lasts ? cover(f, f->members[i], 1) : 0;
        }
        f->here[ties] += 1.0 / draws;
        for (int32_t i = 0; i < n; i++) {
            for (int32_t e = f->start[f->members[i]]; e < f->start[f->members[i] + 1]; e++) {
                f->covers[f->tie[e]] = 0;
            }
        }
    }
}

/* Adds `n` ties distributed as here[0..n] to the spread, and empties here. */
static void convolve(fabric *f, int32_t n)
{
    for (int32_t sum = f->n_spread + n; sum >= 0; sum--) {
        double chance = 0.0;
        for (int32_t k = 0; k <= n && k <= sum; k++) {
            chance += sum - k <= f->n_spread ? f->spread[sum - k] * f->here[k] : 0.0;
        }
        f->spread[sum] = chance;
    }
    f->n_spread += n;
    for (int32_t k = 0; k <= n; k++) {
        f->here[k] = 0.0;
    }
}

static void spread_blocks(fabric *f, int32_t n_blocks, const mlg_run *run, mlg_random *stream,
                          bool *drawn)
{
    f->spread[0] = 1.0;
    f->n_spread = 0;
    for (int32_t block = 0; block < n_blocks; block++) {
        int32_t n = 0, ties = 0;
        for (int32_t s = 0; s < f->n_seats; s++) {
            if (f->block[s] == block) {
                f->members[n++] = s;
            }
        }
        for (int32_t t = 0; t < f->n_ties; t++) {
            ties += f->block[f->seat_of[t]] == block;
        }
        if (n <= MOST_ENUMERATED) {
            enumerate(f, n, 0, 1.0, 0);
        } else {
            *drawn = true;
            draw(f, n, run->draws, stream);
        }
        convolve(f, ties);
    }
}

/* The least count that as much of the distribution does not exceed. */
static double quantile(const fabric *f, double share)
{
    double below = 0.0;
    for (int32_t k = 0; k < f->n_ties; k++) {
        below += f->spread[k];
        if (below >= share - ROUNDING) {
            return k;
        }
    }
    return f->n_ties;
}

/* ---- all of it ------------------------------------------------------------------------ */

/* What each tie rests on: its chance, and how its best row is held. */
static mlg_status sum_ties(const mlg_carried *rows, size_t n, const double *survival,
                           const fabric *f, mlg_outlast *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *goes = mlg_alloc((size_t) f->n_ties, sizeof *goes);
    int8_t *best = mlg_alloc((size_t) f->n_ties, sizeof *best);

    TRY_ALLOC(err, goes);
    TRY_ALLOC(err, best);
    for (int32_t t = 0; t < f->n_ties; t++) {
        goes[t] = 1.0;
        best[t] = -1;
    }
    for (size_t i = 0; i < n; i++) {
        const int32_t t = f->tie[i];
        const int8_t held = rows[i].held;
        goes[t] *= 1.0 - survival[held];
        if (best[t] < 0 || survival[held] > survival[best[t]] ||
            (held < best[t] && survival[held] == survival[best[t]])) {
            best[t] = held;
        }
    }
    for (int32_t t = 0; t < f->n_ties; t++) {
        out->expected += 1.0 - goes[t];
        out->held[best[t]]++;
    }
out:
    mlg_free(goes);
    mlg_free(best);
    return status;
}

mlg_status mlg_outlast_of(const mlg_carried *rows, size_t n, const double *survival,
                          const mlg_run *run, mlg_random stream, mlg_outlast *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    fabric f = {0};

    *out = (mlg_outlast){.low = NAN, .high = NAN};
    TRY(fabric_of(rows, n, survival, &f, err));
    out->ties = f.n_ties;
    out->seats = f.n_seats;
    TRY(sum_ties(rows, n, survival, &f, out, err));
    merge_twins(&f);
    spread_blocks(&f, join_blocks(&f), run, &stream, &out->drawn);
    if (!out->drawn || run->draws > 0) {
        out->low = quantile(&f, LOW_TAIL);
        out->high = quantile(&f, HIGH_TAIL);
    }
out:
    fabric_free(&f);
    return status;
}
