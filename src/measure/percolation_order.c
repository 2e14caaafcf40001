/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "measure/betweenness.h"
#include "measure/percolation.h"
#include "measure/percolation_deal.h"

/* In which order actors leave. */

#define NEARLY 1e-9 /* scores nearer than this share of the largest are equal */

/* ---- at random --------------------------------------------------------------------------- */

/* How many numbers one word of the stream gives: the product of their ranges must fit in it. */
static int32_t numbers_a_word(int32_t n)
{
    return n <= MLG_DEAL_FOUR ? 4 : n <= 1 << 21 ? 3 : 2;
}

static inline void exchange(int32_t *order, int32_t i, uint32_t by)
{
    const int32_t j = i + (int32_t) by, swapped = order[j];
    order[j] = order[i];
    order[i] = swapped;
}

void mlg_percolation_shuffle(mlg_random *draw, int32_t *order, int32_t n, int32_t k)
{
    const int32_t group = numbers_a_word(n);
    uint32_t number[4];
    int32_t i = 0;

    for (; group == 4 && i + 4 <= k && i + 4 <= n; i += 4) { /* the usual case, unrolled */
        mlg_deal_numbers(draw, (uint32_t) (n - i), 4, number);
        exchange(order, i, number[0]);
        exchange(order, i + 1, number[1]);
        exchange(order, i + 2, number[2]);
        exchange(order, i + 3, number[3]);
    }
    while (i < k && i < n - 1) {
        const int32_t count = group < n - i ? group : n - i;
        mlg_deal_numbers(draw, (uint32_t) (n - i), count, number);
        for (int32_t g = 0; g < count && i < k; g++, i++) {
            exchange(order, i, number[g]);
        }
    }
}

/* ---- by degree --------------------------------------------------------------------------- */

/* Actors in chains by how many ties they have left. */
typedef struct chains {
    int32_t *head;                   /* [most + 1] -1: none */
    int32_t *next, *before, *degree; /* [n]; `degree` -1: gone */
} chains;

static void put(chains *c, int32_t v)
{
    const int32_t d = c->degree[v], first = c->head[d];
    c->next[v] = first;
    c->before[v] = -1;
    if (first >= 0) {
        c->before[first] = v;
    }
    c->head[d] = v;
}

static void take(chains *c, int32_t v)
{
    if (c->before[v] >= 0) {
        c->next[c->before[v]] = c->next[v];
    } else {
        c->head[c->degree[v]] = c->next[v];
    }
    if (c->next[v] >= 0) {
        c->before[c->next[v]] = c->before[v];
    }
}

static int ascending(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

/* An actor goes: each partner has one tie less. */
static void leave(chains *c, const mlg_csr *ties, int32_t v)
{
    take(c, v);
    c->degree[v] = -1;
    for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
        const int32_t w = ties->target[i];
        if (c->degree[w] >= 0) {
            take(c, w);
            c->degree[w]--;
            put(c, w);
        }
    }
}

/* Degrees only fall: all who will ever have `degree` when nobody has more have it now. */
static int32_t leave_all_of(chains *c, const mlg_csr *ties, int32_t degree, int32_t *list,
                            int32_t *order)
{
    int32_t n = 0, left = 0;

    for (int32_t v = c->head[degree]; v >= 0; v = c->next[v]) {
        list[n++] = v;
    }
    qsort(list, (size_t) n, sizeof *list, ascending);
    for (int32_t i = 0; i < n; i++) {
        if (c->degree[list[i]] == degree) {
            order[left++] = list[i];
            leave(c, ties, list[i]);
        }
    }
    return left;
}

static mlg_status by_ties(const mlg_csr *ties, int32_t *order, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    int32_t most = 0, done = 0;
    int32_t *rows = mlg_alloc(4 * n, sizeof *rows), *head = NULL;

    TRY_ALLOC(err, rows);
    chains c = {.next = rows, .before = rows + n, .degree = rows + 2 * n};
    for (int32_t v = 0; v < ties->n; v++) {
        c.degree[v] = (int32_t) mlg_csr_degree(ties, v);
        most = c.degree[v] > most ? c.degree[v] : most;
    }
    head = mlg_alloc((size_t) most + 1, sizeof *head);
    TRY_ALLOC(err, head);
    c.head = head;
    for (int32_t d = 0; d <= most; d++) {
        head[d] = -1;
    }
    for (int32_t v = 0; v < ties->n; v++) {
        put(&c, v);
    }
    for (int32_t d = most; d >= 0; d--) {
        done += leave_all_of(&c, ties, d, rows + 3 * n, order + done);
    }
out:
    mlg_free(rows);
    mlg_free(head);
    return status;
}

mlg_status mlg_percolation_by_degree(const mlg_graph *graph, int32_t *order, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *score = NULL;

    if (graph->projected) {
        return by_ties(&graph->ties, order, err);
    }
    score = mlg_alloc((size_t) graph->n, sizeof *score);
    TRY_ALLOC(err, score);
    for (int32_t v = 0; v < graph->n; v++) {
        score[v] = mlg_csr_degree(&graph->attends, v);
    }
    TRY(mlg_percolation_by_score(score, graph->n, order, err));
out:
    mlg_free(score);
    return status;
}

/* ---- by a score -------------------------------------------------------------------------- */

typedef struct scored {
    double score;
    int32_t actor;
} scored;

static int by_rank(const void *left, const void *right)
{
    const scored *a = left, *b = right;
    return a->score != b->score ? (a->score > b->score ? -1 : 1) : ascending(&a->actor, &b->actor);
}

/* Scores that are nearly equal become equal, from the largest down, so that the order does not hang
 * on a last bit. */
mlg_status mlg_percolation_by_score(const double *score, int32_t n, int32_t *order, mlg_error *err)
{
    mlg_status status = MLG_OK;
    scored *list = mlg_alloc((size_t) n, sizeof *list);

    TRY_ALLOC(err, list);
    for (int32_t v = 0; v < n; v++) {
        list[v] = (scored){score[v], v};
    }
    qsort(list, (size_t) n, sizeof *list, by_rank);
    const double slack = n > 0 ? NEARLY * fabs(list[0].score) : 0.0;
    double level = n > 0 ? list[0].score : 0.0;
    for (int32_t i = 0; i < n; i++) {
        level = list[i].score >= level - slack ? level : list[i].score;
        list[i].score = level;
    }
    qsort(list, (size_t) n, sizeof *list, by_rank);
    for (int32_t i = 0; i < n; i++) {
        order[i] = list[i].actor;
    }
out:
    mlg_free(list);
    return status;
}

/* ---- by betweenness ---------------------------------------------------------------------- */

/* The ties among those left: every row stays, those of who left are empty. */
static void keep_left(mlg_csr *ties, const bool *gone)
{
    uint32_t n = 0, from = 0;

    for (int32_t v = 0; v < ties->n; v++) {
        const uint32_t end = ties->offset[v + 1];
        for (uint32_t i = from; i < end; i++) {
            if (!gone[v] && !gone[ties->target[i]]) {
                ties->target[n++] = ties->target[i];
            }
        }
        from = end;
        ties->offset[v + 1] = n;
    }
}

/* The first of those left that is most between the others; nearly equal is equal. */
static int32_t most_between(const mlg_betweenness *between, const bool *gone, int32_t n)
{
    double most = 0.0;
    for (int32_t v = 0; v < n; v++) {
        most = !gone[v] && between->raw[v] > most ? between->raw[v] : most;
    }
    for (int32_t v = 0; v < n; v++) {
        if (!gone[v] && between->raw[v] >= most * (1.0 - NEARLY)) {
            return v;
        }
    }
    return -1;
}

mlg_status mlg_percolation_by_betweenness(const mlg_csr *ties, const mlg_run *run, int32_t *order,
                                          bool *overflow, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_run exact = *run;
    mlg_betweenness between = {0};
    mlg_csr left = {.n = ties->n,
                    .offset = mlg_copy(ties->offset, (size_t) ties->n + 1, sizeof *left.offset),
                    .target = mlg_copy(ties->target, mlg_csr_size(ties), sizeof *left.target)};
    bool *gone = mlg_zalloc((size_t) ties->n, sizeof *gone);

    TRY_ALLOC(err, left.offset);
    TRY_ALLOC(err, left.target);
    TRY_ALLOC(err, gone);
    exact.force = true;
    exact.progress = NULL;
    *overflow = false;
    for (int32_t q = 0; q < ties->n; q++) {
        TRY(mlg_betweenness_of_ties(&left, &exact, "turnover.robustness", &between, err));
        *overflow = between.overflow;
        if (between.overflow) {
            goto out;
        }
        order[q] = most_between(&between, gone, ties->n);
        mlg_betweenness_free(&between);
        gone[order[q]] = true;
        keep_left(&left, gone);
    }
out:
    mlg_betweenness_free(&between);
    mlg_csr_free(&left);
    mlg_free(gone);
    return status;
}
