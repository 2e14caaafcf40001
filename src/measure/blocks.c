/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/blocks.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* The depth-first search (Hopcroft and Tarjan 1973), its path kept in `parent`. */
typedef struct search {
    const mlg_csr *ties;
    int32_t *order;    /* [n] actors as they were entered */
    int32_t *rank;     /* [n] place in `order`, -1 before */
    int32_t *low;      /* [n] lowest rank a branch reaches by one tie back */
    uint32_t *next;    /* [n] next entry of an actor's list to look at */
    int32_t *parent;   /* [n] */
    int32_t *size;     /* [n] actors entered below, itself included */
    int32_t *pending;  /* entered and in no block yet */
    double *separated; /* [n] actors in the branches that hang on this one alone */
    double *squares;   /* [n] sum of the squared sizes of those branches */
    int32_t *top;      /* [blocks] first entered member: it alone may be in further blocks */
    double *top_reach; /* [blocks] */
    int32_t entered, n_pending;
} search;

static void search_free(search *s)
{
    mlg_free(s->order);
    mlg_free(s->rank);
    mlg_free(s->low);
    mlg_free(s->next);
    mlg_free(s->parent);
    mlg_free(s->size);
    mlg_free(s->pending);
    mlg_free(s->separated);
    mlg_free(s->squares);
    mlg_free(s->top);
    mlg_free(s->top_reach);
}

static bool search_new(search *s, const mlg_csr *ties)
{
    const size_t n = (size_t) ties->n, blocks = n / 2 + 1;

    *s = (search){.ties = ties};
    s->order = mlg_alloc(n, sizeof *s->order);
    s->rank = mlg_alloc(n, sizeof *s->rank);
    s->low = mlg_alloc(n, sizeof *s->low);
    s->next = mlg_alloc(n, sizeof *s->next);
    s->parent = mlg_alloc(n, sizeof *s->parent);
    s->size = mlg_alloc(n, sizeof *s->size);
    s->pending = mlg_alloc(n, sizeof *s->pending);
    s->separated = mlg_zalloc(n, sizeof *s->separated);
    s->squares = mlg_zalloc(n, sizeof *s->squares);
    s->top = mlg_alloc(blocks, sizeof *s->top);
    s->top_reach = mlg_alloc(blocks, sizeof *s->top_reach);
    for (size_t v = 0; s->rank != NULL && v < n; v++) {
        s->rank[v] = -1;
    }
    return s->order != NULL && s->rank != NULL && s->low != NULL && s->next != NULL &&
           s->parent != NULL && s->size != NULL && s->pending != NULL && s->separated != NULL &&
           s->squares != NULL && s->top != NULL && s->top_reach != NULL;
}

static void enter(search *s, int32_t v, int32_t parent)
{
    s->order[s->entered] = v;
    s->rank[v] = s->low[v] = s->entered++;
    s->next[v] = s->ties->offset[v];
    s->parent[v] = parent;
    s->size[v] = 1;
    s->pending[s->n_pending++] = v;
}

/* Takes the pending actors down to v, which hang on `top` alone, as a block with it. */
static void close_block(search *s, int32_t top, int32_t v, mlg_blocks *out)
{
    const double branch = s->size[v];
    const bool is_bridge = s->pending[s->n_pending - 1] == v;

    s->separated[top] += branch;
    s->squares[top] += branch * branch;
    if (is_bridge) {
        s->n_pending--;
        return;
    }
    uint32_t place = out->first[out->n];
    int32_t w = -1;
    out->member[place++] = top;
    do {
        w = s->pending[--s->n_pending];
        out->member[place++] = w;
    } while (w != v);
    s->top[out->n] = top;
    s->top_reach[out->n] = -branch; /* its component's size is added once it is known */
    out->first[++out->n] = place;
}

/* Searches the component of `root`; on the way back closes the blocks. */
static void search_from(search *s, int32_t root, mlg_blocks *out)
{
    enter(s, root, -1);
    for (int32_t v = root; v >= 0;) {
        if (s->next[v] < s->ties->offset[v + 1]) {
            const int32_t w = s->ties->target[s->next[v]++];
            if (s->rank[w] < 0) {
                enter(s, w, v);
                v = w;
            } else if (w != s->parent[v] && s->rank[w] < s->low[v]) {
                s->low[v] = s->rank[w];
            }
            continue;
        }
        const int32_t p = s->parent[v];
        if (p >= 0) {
            s->size[p] += s->size[v];
            s->low[p] = s->low[v] < s->low[p] ? s->low[v] : s->low[p];
            if (s->low[v] >= s->rank[p]) {
                close_block(s, p, v, out);
            }
        }
        v = p;
    }
    s->n_pending = 0; /* the root */
}

/* What the size of a component settles for the actors entered since and its blocks. */
static void settle(search *s, int32_t first_entered, int32_t first_block, mlg_blocks *out)
{
    const double others = s->entered - first_entered - 1;

    for (int32_t b = first_block; b < out->n; b++) {
        s->top_reach[b] += others + 1;
    }
    for (int32_t i = first_entered; i < s->entered; i++) {
        const int32_t v = s->order[i];
        const double above = others - s->separated[v];
        out->apart[v] = (others * others - s->squares[v] - above * above) / 2;
    }
}

static int ascending(const void *left, const void *right)
{
    const int32_t a = *(const int32_t *) left, b = *(const int32_t *) right;
    return a < b ? -1 : a > b;
}

static void sort_members(const search *s, mlg_blocks *out)
{
    for (int32_t b = 0; b < out->n; b++) {
        const uint32_t from = out->first[b], to = out->first[b + 1];
        qsort(out->member + from, to - from, sizeof *out->member, ascending);
        for (uint32_t p = from; p < to; p++) {
            const int32_t v = out->member[p];
            out->reach[p] = v == s->top[b] ? s->top_reach[b] : 1 + s->separated[v];
        }
    }
}

/* Counts a tie of a member (`at` NULL), or writes it where the member's list goes on. */
static void put(mlg_blocks *out, uint32_t place, uint32_t target, uint32_t *at)
{
    if (at == NULL) {
        out->offset[place + 1]++;
    } else {
        out->target[at[place]++] = (int32_t) target;
    }
}

/* Counts or writes the ties inside a block. They are looked up from the members other than its
 * top, each of which is so in one block only: a hub of many blocks is never scanned once for each.
 * `number` [actors] is -1 outside the block. */
static void link_block(const search *s, mlg_blocks *out, int32_t b, int32_t *number, uint32_t *at)
{
    const uint32_t from = out->first[b], to = out->first[b + 1];

    for (uint32_t p = from; p < to; p++) {
        number[out->member[p]] = (int32_t) (p - from);
    }
    for (uint32_t p = from; p < to; p++) {
        const int32_t v = out->member[p];
        const uint32_t end = v != s->top[b] ? s->ties->offset[v + 1] : 0;
        for (uint32_t e = s->ties->offset[v]; e < end; e++) {
            const int32_t w = s->ties->target[e];
            if (number[w] >= 0) {
                put(out, p, (uint32_t) number[w], at);
            }
            if (w == s->top[b]) {
                put(out, from + (uint32_t) number[w], p - from, at);
            }
        }
    }
    for (uint32_t p = from; p < to; p++) {
        number[out->member[p]] = -1;
    }
}

/* Lays out the adjacency inside all blocks: counts first, then writes. */
static mlg_status link_blocks(const search *s, mlg_blocks *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) s->ties->n, places = out->first[out->n];
    int32_t *number = mlg_alloc(n, sizeof *number);
    uint32_t *at = mlg_alloc(places, sizeof *at);

    out->offset = mlg_zalloc(places + 1, sizeof *out->offset);
    if (number == NULL || at == NULL || out->offset == NULL) {
        FAIL(err, MLG_ENOMEM, "blocks: no memory for %zu actors", n);
    }
    for (size_t v = 0; v < n; v++) {
        number[v] = -1;
    }
    for (int32_t b = 0; b < out->n; b++) {
        link_block(s, out, b, number, NULL);
    }
    for (size_t p = 0; p < places; p++) {
        at[p] = out->offset[p];
        out->offset[p + 1] += out->offset[p];
    }
    out->target = mlg_alloc(out->offset[places], sizeof *out->target);
    TRY_ALLOC(err, out->target);
    for (int32_t b = 0; b < out->n; b++) {
        link_block(s, out, b, number, at);
    }
out:
    mlg_free(number);
    mlg_free(at);
    return status;
}

mlg_status mlg_blocks_find(const mlg_csr *ties, mlg_blocks *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    search s;
    const bool ready = search_new(&s, ties);

    /* Each actor but the tops is a member once, and a block has two of those at least. */
    *out = (mlg_blocks){.first = mlg_zalloc(n / 2 + 2, sizeof *out->first),
                        .member = mlg_alloc(n + n / 2 + 1, sizeof *out->member),
                        .apart = mlg_alloc(n, sizeof *out->apart)};
    if (!ready || out->first == NULL || out->member == NULL || out->apart == NULL) {
        FAIL(err, MLG_ENOMEM, "blocks: no memory for %zu actors", n);
    }
    for (int32_t root = 0; root < ties->n; root++) {
        if (s.rank[root] < 0) {
            const int32_t first_entered = s.entered, first_block = out->n;
            search_from(&s, root, out);
            settle(&s, first_entered, first_block, out);
        }
    }
    out->reach = mlg_alloc(out->first[out->n], sizeof *out->reach);
    TRY_ALLOC(err, out->reach);
    sort_members(&s, out);
    TRY(link_blocks(&s, out, err));
out:
    search_free(&s);
    if (status != MLG_OK) {
        mlg_blocks_free(out);
    }
    return status;
}

mlg_status mlg_blocks_whole(const mlg_csr *arcs, mlg_blocks *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) arcs->n;

    *out = (mlg_blocks){.n = 1,
                        .first = mlg_zalloc(2, sizeof *out->first),
                        .member = mlg_alloc(n, sizeof *out->member),
                        .reach = mlg_alloc(n, sizeof *out->reach),
                        .offset = mlg_copy(arcs->offset, n + 1, sizeof *out->offset),
                        .target = mlg_copy(arcs->target, mlg_csr_size(arcs), sizeof *out->target),
                        .apart = mlg_zalloc(n, sizeof *out->apart)};
    if (out->first == NULL || out->member == NULL || out->reach == NULL || out->offset == NULL ||
        out->target == NULL || out->apart == NULL) {
        FAIL(err, MLG_ENOMEM, "blocks: no memory for %zu actors", n);
    }
    out->first[1] = (uint32_t) n;
    for (size_t v = 0; v < n; v++) {
        out->member[v] = (int32_t) v;
        out->reach[v] = 1;
    }
out:
    if (status != MLG_OK) {
        mlg_blocks_free(out);
    }
    return status;
}

void mlg_blocks_free(mlg_blocks *blocks)
{
    mlg_free(blocks->first);
    mlg_free(blocks->member);
    mlg_free(blocks->reach);
    mlg_free(blocks->offset);
    mlg_free(blocks->target);
    mlg_free(blocks->apart);
    *blocks = (mlg_blocks){0};
}
