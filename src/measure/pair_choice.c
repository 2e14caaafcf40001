/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/pair_choice.h"

#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"

typedef struct search {
    const mlg_pair_choice *choice;
    int32_t *order; /* those of some size, largest first */
    int32_t n;
    mlg_chosen_pair *items; /* [2 * room]; a and b are places in the order */
    size_t n_items;
    double least; /* of those kept when the room was full */
    double wanted;
} search;

static int by_product(const void *left, const void *right)
{
    const mlg_chosen_pair *x = left, *y = right;
    if (x->product != y->product) {
        return x->product > y->product ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

static void keep_most(search *s)
{
    const size_t room = s->choice->room;
    if (s->n_items > 0) {
        qsort(s->items, s->n_items, sizeof *s->items, by_product);
    }
    if (s->n_items >= room) {
        s->n_items = room;
        s->least = room > 0 ? s->items[room - 1].product : 0.0;
    }
}

/* Pairs come in their order among equals, so once the room is full, one that is no larger than the
 * least kept is out, and with it the rest of its row. */
static void choose(search *s)
{
    const mlg_pair_choice *c = s->choice;

    s->least = -1.0;
    for (int32_t i = 0; i < s->n && (c->room > 0 || c->count_all); i++) {
        const double size = c->size[s->order[i]];
        for (int32_t j = i + 1; j < s->n; j++) {
            const double product = size * c->size[s->order[j]];
            const bool out = c->room == 0 || product <= s->least;
            if (out && !c->count_all) {
                break;
            }
            if (!c->wanted(c->with, s->order[i], s->order[j])) {
                continue;
            }
            s->wanted += 1.0;
            if (out) {
                continue;
            }
            s->items[s->n_items++] = (mlg_chosen_pair){product, i, j};
            if (s->n_items == 2 * c->room) {
                keep_most(s);
            }
        }
    }
    keep_most(s);
}

/* By size, largest first; equal ones by number. */
static mlg_status put_in_order(search *s, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_pair_choice *c = s->choice;
    uint32_t *first = NULL; /* place of the first of each size */
    uint32_t most = 0;

    for (int32_t v = 0; v < c->n; v++) {
        most = c->size[v] > most ? c->size[v] : most;
    }
    s->order = mlg_alloc((size_t) c->n, sizeof *s->order);
    first = mlg_zalloc((size_t) most + 2, sizeof *first);
    TRY_ALLOC(err, s->order);
    TRY_ALLOC(err, first);
    for (int32_t v = 0; v < c->n; v++) {
        first[c->size[v]]++;
    }
    for (uint32_t k = most, at = 0; k > 0; k--) {
        const uint32_t many = first[k];
        first[k] = at;
        at += many;
        s->n = (int32_t) at;
    }
    for (int32_t v = 0; v < c->n; v++) {
        if (c->size[v] > 0) {
            s->order[first[c->size[v]]++] = v;
        }
    }
    if (c->largest > 0 && s->n > c->largest) {
        s->n = c->largest;
    }
out:
    mlg_free(first);
    return status;
}

mlg_status mlg_pairs_choose(const mlg_pair_choice *choice, mlg_chosen_pairs *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    search s = {.choice = choice};

    s.items = mlg_alloc(2 * choice->room, sizeof *s.items);
    TRY_ALLOC(err, s.items);
    TRY(put_in_order(&s, err));
    choose(&s);
    for (size_t i = 0; i < s.n_items; i++) {
        s.items[i].a = s.order[s.items[i].a];
        s.items[i].b = s.order[s.items[i].b];
    }
    *out = (mlg_chosen_pairs){s.items, s.n_items, s.wanted};
    s.items = NULL;
out:
    mlg_free(s.items);
    mlg_free(s.order);
    return status;
}
