/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "measure/turnover_inside.h"
#include "measure/union_find.h"

/* Connected pairs of different sectors, month by month. What no departure takes is joined once
 * for all replicates; a replicate joins the bundles of rows that nothing happened to, then halves
 * its months again and again: bundles that are up in all of a half are joined for the whole of it,
 * those that are down in all of it are forgotten, and joins are undone on the way back. */

/* ---- pieces ------------------------------------------------------------------------- */

/* What is joined for good: ends get the number of their piece. Answers how many there are. */
static int32_t join_lasting(const mlg_turnover_ground *ground, const bool *stops, int32_t *join)
{
    const int32_t n = ground->n_actors + ground->n_activities;

    mlg_set_open(join, n);
    for (size_t r = 0; r < ground->n_rows; r++) {
        const mlg_turnover_row *row = &ground->row[r];
        if (!mlg_row_may_fall(ground, stops, row)) {
            mlg_set_unite(join, row->end[0], row->end[1]);
        }
    }
    return mlg_set_number(join, n);
}

static mlg_status count_bearers(const mlg_turnover_ground *ground, const int32_t *piece_of,
                                int32_t n, const mlg_turnover_marks *m, mlg_turnover_pieces *out,
                                mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t width = ((size_t) m->n + 2) / 2 * 2;

    out->width = (int32_t) width;
    out->sign = mlg_zalloc(width, sizeof *out->sign);
    TRY_ALLOC(err, out->sign);
    out->bearers = mlg_zalloc((size_t) n, width * sizeof *out->bearers);
    TRY_ALLOC(err, out->bearers);
    out->sign[0] = 1;
    for (int32_t k = 0; k < m->n; k++) {
        out->sign[k + 1] = (double) m->sign[k];
    }
    for (int32_t v = 0; v < ground->n_actors; v++) {
        double *bearers = out->bearers + (size_t) piece_of[v] * width;
        bearers[0] += m->start[v + 1] > m->start[v];
        for (size_t i = m->start[v]; i < m->start[v + 1]; i++) {
            bearers[m->mark[i] + 1]++;
        }
    }
    for (size_t i = 0; i < (size_t) n * width; i++) {
        out->inside += (int64_t) (out->sign[i % width] * out->bearers[i] * out->bearers[i]);
    }
    out->inside /= 2;
out:
    return status;
}

/* Pieces that nobody counts and that touch one other at most join nothing: they are taken off, as
 * often as this leaves others so. `rests` gets false for them. */
static void take_idle(const mlg_csr *touching, const mlg_turnover_pieces *pieces, int32_t *degree,
                      int32_t *queue, bool *rests)
{
    int32_t head = 0, tail = 0;

    for (int32_t k = 0; k < touching->n; k++) {
        degree[k] = (int32_t) mlg_csr_degree(touching, k);
        rests[k] = pieces->bearers[(size_t) k * (size_t) pieces->width] > 0 || degree[k] > 1;
        if (!rests[k]) {
            queue[tail++] = k;
        }
    }
    while (head < tail) {
        const int32_t k = queue[head++];
        for (uint32_t e = touching->offset[k]; e < touching->offset[k + 1]; e++) {
            const int32_t other = touching->target[e];
            if (rests[other] && --degree[other] < 2 &&
                pieces->bearers[(size_t) other * (size_t) pieces->width] == 0) {
                rests[other] = false;
                queue[tail++] = other;
            }
        }
    }
}

/* Ranks pieces by breadth from the one with most actors: joined in that order, nearly every join
 * adds one actor to many. `queue` gets the pieces by rank. */
static void rank_pieces(const mlg_csr *touching, const mlg_turnover_pieces *pieces, int32_t *rank,
                        int32_t *queue)
{
    int32_t most = 0, head = 0, tail = 0;

    for (int32_t k = 0; k < touching->n; k++) {
        const size_t width = (size_t) pieces->width;
        rank[k] = -1;
        if (pieces->bearers[(size_t) k * width] > pieces->bearers[(size_t) most * width]) {
            most = k;
        }
    }
    for (int32_t from = -1; from < touching->n; from++) {
        const int32_t start = from < 0 ? most : from;
        if (touching->n == 0 || rank[start] >= 0) {
            continue;
        }
        rank[start] = tail;
        queue[tail++] = start;
        while (head < tail) {
            const int32_t k = queue[head++];
            for (uint32_t e = touching->offset[k]; e < touching->offset[k + 1]; e++) {
                if (rank[touching->target[e]] < 0) {
                    rank[touching->target[e]] = tail;
                    queue[tail++] = touching->target[e];
                }
            }
        }
    }
}

/* A row and the ranks of the pieces that it joins, the lesser first. */
typedef struct tie {
    int32_t a, b;
    size_t row;
} tie;

static int by_ranks(const void *left, const void *right)
{
    const tie *x = left, *y = right;
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b != y->b ? (x->b < y->b ? -1 : 1) : (x->row > y->row) - (x->row < y->row);
}

/* Rows between the same pieces are one bundle: `bundle` gets its number for each. */
static mlg_status bundle_rows(const mlg_turnover_ground *ground, const bool *stops,
                              const int32_t *piece_of, const bool *rests, const int32_t *rank,
                              const int32_t *by_rank, int32_t *bundle, mlg_turnover_pieces *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    tie *ties = mlg_alloc(ground->n_rows, sizeof *ties);
    size_t n = 0;

    TRY_ALLOC(err, ties);
    out->joins = mlg_alloc(2 * ground->n_rows, sizeof *out->joins);
    TRY_ALLOC(err, out->joins);
    for (size_t r = 0; r < ground->n_rows; r++) {
        const mlg_turnover_row *row = &ground->row[r];
        const int32_t a = piece_of[row->end[0]], b = piece_of[row->end[1]];
        if (a != b && rests[a] && rests[b] && mlg_row_may_fall(ground, stops, row)) {
            const bool first = rank[a] < rank[b];
            ties[n++] = (tie){rank[first ? a : b], rank[first ? b : a], r};
        }
    }
    if (n > 0) {
        qsort(ties, n, sizeof *ties, by_ranks);
    }
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || ties[i].a != ties[i - 1].a || ties[i].b != ties[i - 1].b) {
            out->joins[(ptrdiff_t) 2 * out->bundles.n] = by_rank[ties[i].a];
            out->joins[2 * out->bundles.n + 1] = by_rank[ties[i].b];
            out->bundles.n++;
        }
        bundle[ties[i].row] = out->bundles.n - 1;
    }
out:
    mlg_free(ties);
    return status;
}

/* Numbers the pieces that bundles join, and moves their bearers to the front. */
static void number_pieces(int32_t n, int32_t *number, mlg_turnover_pieces *out)
{
    const size_t width = (size_t) out->width;

    memset(number, -1, (size_t) n * sizeof *number);
    for (int32_t i = 0; i < 2 * out->bundles.n; i++) {
        number[out->joins[i]] = 0;
    }
    for (int32_t k = 0; k < n; k++) {
        if (number[k] == 0) {
            number[k] = out->n++;
            memmove(out->bearers + (size_t) number[k] * width, out->bearers + (size_t) k * width,
                    width * sizeof *out->bearers);
        }
    }
    for (int32_t i = 0; i < 2 * out->bundles.n; i++) {
        out->joins[i] = number[out->joins[i]];
    }
}

/* Which numbers of each piece are not 0: most pieces are one actor. */
static mlg_status list_some(mlg_turnover_pieces *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t width = (size_t) out->width, cells = (size_t) out->n * width;
    size_t n = 0;

    for (size_t i = 0; i < cells; i++) {
        n += out->bearers[i] != 0;
    }
    out->some_first = mlg_zalloc((size_t) out->n + 1, sizeof *out->some_first);
    TRY_ALLOC(err, out->some_first);
    out->some = mlg_alloc(n, sizeof *out->some);
    TRY_ALLOC(err, out->some);
    n = 0;
    for (size_t i = 0; i < cells; i++) {
        if (out->bearers[i] != 0) {
            out->some[n++] = (int32_t) (i % width);
        }
        out->some_first[i / width + 1] = (uint32_t) n;
    }
out:
    return status;
}

/* Which pieces the rows that may fall touch. */
static mlg_status make_touching(const mlg_turnover_ground *ground, const bool *stops,
                                const int32_t *piece_of, int32_t n, mlg_csr *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *a = mlg_alloc(ground->n_rows, sizeof *a), *b = mlg_alloc(ground->n_rows, sizeof *b);
    size_t m = 0;

    TRY_ALLOC(err, a);
    TRY_ALLOC(err, b);
    for (size_t r = 0; r < ground->n_rows; r++) {
        a[m] = piece_of[ground->row[r].end[0]];
        b[m] = piece_of[ground->row[r].end[1]];
        m += a[m] != b[m] && mlg_row_may_fall(ground, stops, &ground->row[r]);
    }
    TRY(mlg_csr_build(n, n, true, true, a, b, NULL, m, MLG_MERGE_MAX, out, err));
out:
    mlg_free(a);
    mlg_free(b);
    return status;
}

mlg_status mlg_turnover_pieces_make(const mlg_turnover_ground *ground, const bool *stops,
                                    const mlg_run *run, int32_t *bundle, mlg_turnover_pieces *out,
                                    mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t ends = (size_t) ground->n_actors + (size_t) ground->n_activities;
    int32_t *piece_of = mlg_alloc(ends, sizeof *piece_of);
    int32_t *degree = mlg_alloc(ends, sizeof *degree), *queue = mlg_alloc(ends, sizeof *queue);
    bool *rests = mlg_alloc(ends, sizeof *rests);
    mlg_csr touching = {0};
    mlg_turnover_marks m = {0};

    *out = (mlg_turnover_pieces){0};
    if (piece_of == NULL || degree == NULL || queue == NULL || rests == NULL) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for %zu actors", ends);
    }
    TRY(mlg_turnover_marks_make(ground, &m, err));
    const int32_t n = join_lasting(ground, stops, piece_of);
    if ((double) n * (m.n + 2.0) * sizeof *out->bearers > (double) run->memory_bound) {
        FAIL(err, MLG_ESIZE, "departures: too many sets of sectors for the memory bound");
    }
    TRY(count_bearers(ground, piece_of, n, &m, out, err));
    TRY(make_touching(ground, stops, piece_of, n, &touching, err));
    take_idle(&touching, out, degree, queue, rests);
    rank_pieces(&touching, out, degree, queue);
    TRY(bundle_rows(ground, stops, piece_of, rests, degree, queue, bundle, out, err));
    number_pieces(n, degree, out);
    TRY(list_some(out, err));
out:
    mlg_free(piece_of);
    mlg_free(degree);
    mlg_free(queue);
    mlg_free(rests);
    mlg_csr_free(&touching);
    mlg_turnover_marks_free(&m);
    if (status != MLG_OK) {
        mlg_turnover_pieces_free(out);
    }
    return status;
}

void mlg_turnover_pieces_free(mlg_turnover_pieces *pieces)
{
    mlg_free(pieces->bearers);
    mlg_free(pieces->some_first);
    mlg_free(pieces->some);
    mlg_free(pieces->sign);
    mlg_free(pieces->joins);
    mlg_bundles_free(&pieces->bundles);
    *pieces = (mlg_turnover_pieces){0};
}

/* ---- joins -------------------------------------------------------------------------- */

/* Not the sets of union_find.h: joins are undone, so that no path may be shortened, and a piece
 * keeps its own weight while it hangs under another. */

bool mlg_joins_make(mlg_joins *out, const mlg_turnover_pieces *pieces)
{
    const size_t n = (size_t) pieces->n, width = (size_t) pieces->width;
    *out = (mlg_joins){.parent = mlg_alloc(n, sizeof *out->parent),
                       .size = mlg_alloc(n, sizeof *out->size),
                       .bearers = mlg_alloc(n * width, sizeof *out->bearers),
                       .stack = mlg_alloc(n, sizeof *out->stack),
                       .pairs = pieces->inside};
    if (out->parent == NULL || out->size == NULL || out->bearers == NULL || out->stack == NULL) {
        return false;
    }
    for (size_t k = 0; k < n; k++) {
        out->parent[k] = (int32_t) k;
        out->size[k] = 1;
    }
    if (n > 0) {
        memcpy(out->bearers, pieces->bearers, n * width * sizeof *out->bearers);
    }
    return true;
}

void mlg_joins_free(mlg_joins *joins)
{
    mlg_free(joins->parent);
    mlg_free(joins->size);
    mlg_free(joins->bearers);
    mlg_free(joins->stack);
    mlg_free(joins->list);
    *joins = (mlg_joins){0};
}

static int32_t top_of(const mlg_joins *j, int32_t piece)
{
    while (j->parent[piece] != piece) {
        piece = j->parent[piece];
    }
    return piece;
}

/* Two numbers at once, as every processor we build for can. */
typedef double couple __attribute__((vector_size(16), may_alias));

/* Adds the bearers of b to those of a; answers the cross pairs between them. The bearers of b stay
 * its own while it is joined. */
static int64_t add_bearers(const mlg_turnover_pieces *pieces, const mlg_joins *j, int32_t a,
                           int32_t b)
{
    double *to = j->bearers + (size_t) a * (size_t) pieces->width;
    const double *from = j->bearers + (size_t) b * (size_t) pieces->width;

    if (j->size[b] == 1) {
        double pairs = 0;
        for (uint32_t e = pieces->some_first[b]; e < pieces->some_first[b + 1]; e++) {
            const int32_t k = pieces->some[e];
            pairs += pieces->sign[k] * to[k] * from[k];
            to[k] += from[k];
        }
        return (int64_t) pairs;
    }
    couple pairs = {0, 0};
    for (int32_t k = 0; k < pieces->width && from[0] > 0; k += 2) {
        couple *const into = (couple *) (to + k);
        const couple more = *(const couple *) (from + k);
        pairs += *(const couple *) (pieces->sign + k) * *into * more;
        *into += more;
    }
    return (int64_t) (pairs[0] + pairs[1]);
}

static void take_bearers(const mlg_turnover_pieces *pieces, const mlg_joins *j, int32_t a,
                         int32_t b)
{
    double *of = j->bearers + (size_t) a * (size_t) pieces->width;
    const double *less = j->bearers + (size_t) b * (size_t) pieces->width;

    if (j->size[b] == 1) {
        for (uint32_t e = pieces->some_first[b]; e < pieces->some_first[b + 1]; e++) {
            of[pieces->some[e]] -= less[pieces->some[e]];
        }
        return;
    }
    for (int32_t k = 0; k < pieces->width && less[0] > 0; k += 2) {
        *(couple *) (of + k) -= *(const couple *) (less + k);
    }
}

static void join(const mlg_turnover_pieces *pieces, mlg_joins *j, int32_t bundle)
{
    int32_t a = top_of(j, pieces->joins[(ptrdiff_t) 2 * bundle]);
    int32_t b = top_of(j, pieces->joins[2 * bundle + 1]);
    if (a == b) {
        return;
    }
    if (j->size[a] < j->size[b]) {
        const int32_t swap = a;
        a = b;
        b = swap;
    }
    j->parent[b] = a;
    j->size[a] += j->size[b];
    j->stack[j->n_stack++] = b;
    j->pairs += add_bearers(pieces, j, a, b);
}

/* Undoes the last join; the caller knows the pairs before. */
static void part(const mlg_turnover_pieces *pieces, mlg_joins *j)
{
    const int32_t b = j->stack[--j->n_stack], a = j->parent[b];

    j->parent[b] = b;
    j->size[a] -= j->size[b];
    take_bearers(pieces, j, a, b);
}

/* Of a bundle over the months from .. to - 1: up in all, in none, in some. */
typedef enum extent { ALL, NONE, SOME } extent;

static extent extent_of(const uint64_t *mask, int32_t from, int32_t to)
{
    uint64_t any = 0, lacks = 0;
    for (int32_t w = from / 64; w <= (to - 1) / 64; w++) {
        uint64_t bits = w == from / 64 ? ~UINT64_C(0) << (from & 63) : ~UINT64_C(0);
        bits &= w == (to - 1) / 64 ? ~UINT64_C(0) >> (63 - ((to - 1) & 63)) : ~UINT64_C(0);
        any |= mask[w] & bits;
        lacks |= ~mask[w] & bits;
    }
    return lacks == 0 ? ALL : any == 0 ? NONE : SOME;
}

/* Joins the bundles of a list that are up all along, and answers how many stay unsettled: they are
 * listed behind it. */
static int32_t settle(const mlg_live *live, const mlg_masks *masks, mlg_joins *j, size_t start,
                      int32_t n, int32_t from, int32_t to)
{
    const int32_t *list = j->list + start;
    int32_t *left = j->list + start + (size_t) n, n_left = 0, kept = 0;

    for (int32_t i = 0; i < n; i++) {
        const uint64_t *mask = masks->mask + (size_t) list[i] * (size_t) live->words;
        const extent up = extent_of(mask, from, to);
        if (up == ALL) {
            join(&live->pieces, j, list[i]);
        } else if (up == SOME) {
            left[n_left++] = list[i];
        }
    }
    for (int32_t i = 0; i < n_left; i++) { /* but those whose pieces are joined by now */
        const int32_t *ends = live->pieces.joins + 2 * (size_t) left[i];
        if (top_of(j, ends[0]) != top_of(j, ends[1])) {
            left[kept++] = left[i];
        }
    }
    return kept;
}

/* Months from .. to - 1, with the bundles list[start .. start + n - 1] unsettled. */
static void halve(const mlg_live *live, const mlg_masks *masks, mlg_joins *j, size_t start,
                  int32_t n, int32_t from, int32_t to, double *at)
{
    const int32_t before = j->n_stack, middle = from + (to - from) / 2;
    const int64_t pairs = j->pairs;
    const size_t behind = start + (size_t) n;

    n = settle(live, masks, j, start, n, from, to);
    if (n == 0) {
        for (int32_t m = from; m < to; m++) {
            at[m] = (double) j->pairs;
        }
    } else {
        halve(live, masks, j, behind, n, from, middle, at);
        halve(live, masks, j, behind, n, middle, to, at);
    }
    while (j->n_stack > before) {
        part(&live->pieces, j);
    }
    j->pairs = pairs;
}

static int32_t levels_of(int32_t months)
{
    int32_t levels = 2;
    while (months > 0) {
        months /= 2;
        levels++;
    }
    return levels;
}

bool mlg_pairs_count(const mlg_live *live, const mlg_masks *masks, int32_t months, mlg_joins *j,
                     double *at)
{
    const int64_t pairs = j->pairs;

    if (!mlg_grow(&j->list, &j->room, (size_t) masks->n * (size_t) levels_of(months),
                  sizeof *j->list)) {
        return false;
    }
    for (int32_t bundle = 0; bundle < live->pieces.bundles.n; bundle++) {
        if (!masks->down[bundle]) {
            join(&live->pieces, j, bundle);
        }
    }
    if (masks->n > 0) {
        memcpy(j->list, masks->list, (size_t) masks->n * sizeof *j->list);
    }
    halve(live, masks, j, 0, masks->n, 0, months + 1, at);
    while (j->n_stack > 0) {
        part(&live->pieces, j);
    }
    j->pairs = pairs;
    return true;
}
