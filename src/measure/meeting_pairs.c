/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "measure/meetings.h"
#include "measure/pair_ranking.h"

/* Pairs of actors of different sectors: those that would meet most often, by the product of their
 * numbers of activities, which no draw changes. */

enum { MOST_SECTORS = 45 }; /* 990 pairs */

/* ---- sectors ------------------------------------------------------------------------ */

static bool is_known(const mlg_graph *graph, int32_t v)
{
    return graph->sector[v] >= 0;
}

static bool share_a_sector(const mlg_csr *sectors, int32_t a, int32_t b)
{
    uint32_t i = sectors->offset[a], j = sectors->offset[b];
    while (i < sectors->offset[a + 1] && j < sectors->offset[b + 1]) {
        if (sectors->target[i] == sectors->target[j]) {
            return true;
        }
        if (sectors->target[i] < sectors->target[j]) {
            i++;
        } else {
            j++;
        }
    }
    return false;
}

static mlg_status find_sectors(const mlg_graph *graph, mlg_csr *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *several = &graph->sector_set;
    const size_t room = several->n > 0 ? mlg_csr_size(several) : (size_t) graph->n;
    int32_t *actor = mlg_alloc(room, sizeof *actor), *sector = mlg_alloc(room, sizeof *sector);
    size_t m = 0;

    TRY_ALLOC(err, actor);
    TRY_ALLOC(err, sector);
    for (int32_t v = 0; v < graph->n; v++) {
        if (several->n > 0) {
            for (uint32_t k = several->offset[v]; k < several->offset[v + 1]; k++) {
                actor[m] = v;
                sector[m++] = several->target[k];
            }
        } else if (is_known(graph, v)) {
            actor[m] = v;
            sector[m++] = graph->sector[v];
        }
    }
    TRY(mlg_csr_build(graph->n, graph->n_sectors, false, false, actor, sector, NULL, m,
                      MLG_MERGE_MAX, out, err));
out:
    mlg_free(actor);
    mlg_free(sector);
    return status;
}

static double pairs_in(double n)
{
    return n * (n - 1.0) / 2.0;
}

/* How many pairs there are of each sort. Actors of several sectors are compared one by one. */
static mlg_status count_sorts(const mlg_graph *graph, mlg_meetings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double known = 0.0;
    uint32_t *members = mlg_zalloc((size_t) graph->n_sectors, sizeof *members);

    TRY_ALLOC(err, members);
    for (int32_t v = 0; v < graph->n; v++) {
        if (mlg_csr_degree(&graph->attends, v) == 0 || !is_known(graph, v)) {
            continue;
        }
        known += 1.0;
        members[graph->sector[v]]++;
        for (int32_t w = 0; graph->sector_set.n > 0 && w < v; w++) {
            out->same +=
                mlg_csr_degree(&graph->attends, w) > 0 && share_a_sector(&out->sectors, v, w);
        }
    }
    for (int32_t s = 0; graph->sector_set.n == 0 && s < graph->n_sectors; s++) {
        out->same += pairs_in(members[s]);
    }
    out->different = pairs_in(known) - out->same;
    out->unknown = pairs_in(out->n_actors) - pairs_in(known);
out:
    mlg_free(members);
    return status;
}

/* ---- the pairs compared ------------------------------------------------------------------- */

typedef struct candidate {
    double product;
    int32_t a, b; /* places in the order of the actors */
} candidate;

typedef struct choice {
    const mlg_graph *graph;
    const mlg_csr *sectors;
    int32_t *order; /* actors that attend something, by their number of activities, largest first */
    int32_t n;
    candidate *items; /* [2 * room] */
    size_t n_items, room;
    double least; /* of those kept when the room was full */
} choice;

static int by_product(const void *left, const void *right)
{
    const candidate *x = left, *y = right;
    if (x->product != y->product) {
        return x->product > y->product ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

static void keep_most(choice *c)
{
    if (c->n_items > 0) {
        qsort(c->items, c->n_items, sizeof *c->items, by_product);
    }
    if (c->n_items >= c->room) {
        c->n_items = c->room;
        c->least = c->room > 0 ? c->items[c->room - 1].product : 0.0;
    }
}

static bool is_wanted(const choice *c, int32_t a, int32_t b, bool known)
{
    const bool both = is_known(c->graph, a) && is_known(c->graph, b);
    return known ? both && !share_a_sector(c->sectors, a, b) : !both;
}

/* The first `room` pairs of one sort. Pairs come in their order among equals, so once the room is
 * full, one that is no larger than the least kept is out, and with it the rest of its row. */
static void choose(choice *c, bool known, size_t room)
{
    c->n_items = 0;
    c->room = room;
    c->least = -1.0;
    for (int32_t i = 0; i < c->n && room > 0; i++) {
        const double k = mlg_csr_degree(&c->graph->attends, c->order[i]);
        for (int32_t j = i + 1; j < c->n; j++) {
            const double product = k * mlg_csr_degree(&c->graph->attends, c->order[j]);
            if (product <= c->least) {
                break;
            }
            if (is_wanted(c, c->order[i], c->order[j], known)) {
                c->items[c->n_items++] = (candidate){product, i, j};
            }
            if (c->n_items == 2 * room) {
                keep_most(c);
            }
        }
    }
    keep_most(c);
}

static mlg_status order_actors(choice *c, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *attends = &c->graph->attends;
    uint32_t *first = NULL; /* place of the first actor of each number of activities */
    uint32_t most = 0;

    for (int32_t v = 0; v < c->graph->n; v++) {
        most = mlg_csr_degree(attends, v) > most ? mlg_csr_degree(attends, v) : most;
    }
    c->order = mlg_alloc((size_t) c->graph->n, sizeof *c->order);
    first = mlg_zalloc((size_t) most + 2, sizeof *first);
    TRY_ALLOC(err, c->order);
    TRY_ALLOC(err, first);
    for (int32_t v = 0; v < c->graph->n; v++) {
        first[mlg_csr_degree(attends, v)]++;
    }
    for (uint32_t k = most, at = 0; k > 0; k--) { /* largest first */
        const uint32_t many = first[k];
        first[k] = at;
        at += many;
        c->n = (int32_t) at;
    }
    for (int32_t v = 0; v < c->graph->n; v++) {
        if (mlg_csr_degree(attends, v) > 0) {
            c->order[first[mlg_csr_degree(attends, v)]++] = v;
        }
    }
out:
    mlg_free(first);
    return status;
}

static void take(const choice *c, mlg_gap_stratum stratum, mlg_meetings *out)
{
    for (size_t i = 0; i < c->n_items; i++) {
        const int32_t a = c->order[c->items[i].a], b = c->order[c->items[i].b];
        out->pair[out->n_pairs++] =
            (mlg_gap_pair){.a = a < b ? a : b, .b = a < b ? b : a, .stratum = stratum};
    }
}

/* Gives the actors of the pairs numbers from 0, and the pairs these. */
static mlg_status number_actors(const mlg_graph *graph, mlg_meetings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *number = mlg_zalloc((size_t) graph->n, sizeof *number), *group = NULL;

    TRY_ALLOC(err, number);
    for (size_t e = 0; e < out->n_pairs; e++) {
        number[out->pair[e].a] = number[out->pair[e].b] = 1;
    }
    for (int32_t v = 0; v < graph->n; v++) {
        out->n_groups += number[v];
    }
    out->actor = mlg_alloc((size_t) out->n_groups, sizeof *out->actor);
    group = mlg_alloc((size_t) out->n_groups, sizeof *group);
    TRY_ALLOC(err, out->actor);
    TRY_ALLOC(err, group);
    for (int32_t v = 0, g = 0; v < graph->n; v++) {
        if (number[v] != 0) {
            number[v] = g;
            out->actor[g] = v;
            group[g] = g;
            g++;
        }
    }
    for (size_t e = 0; e < out->n_pairs; e++) {
        out->pair[e].a = number[out->pair[e].a];
        out->pair[e].b = number[out->pair[e].b];
    }
    TRY(mlg_csr_build(graph->n, out->n_groups, false, false, out->actor, group, NULL,
                      (size_t) out->n_groups, MLG_MERGE_MAX, &out->groups, err));
out:
    mlg_free(number);
    mlg_free(group);
    return status;
}

static uint32_t met(const mlg_csr *attends, int32_t a, int32_t b)
{
    uint32_t i = attends->offset[a], j = attends->offset[b], both = 0;
    while (i < attends->offset[a + 1] && j < attends->offset[b + 1]) {
        const int32_t x = attends->target[i], y = attends->target[j];
        both += x == y;
        i += x <= y;
        j += y <= x;
    }
    return both;
}

static mlg_status pair_actors(const mlg_graph *graph, mlg_meetings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    choice c = {.graph = graph, .sectors = &out->sectors};

    out->pair = mlg_alloc(MLG_PAIRS_LISTED, sizeof *out->pair);
    c.items = mlg_alloc((size_t) 2 * MLG_PAIRS_LISTED, sizeof *c.items);
    TRY_ALLOC(err, out->pair);
    TRY_ALLOC(err, c.items);
    TRY(order_actors(&c, err));
    choose(&c, true, MLG_PAIRS_LISTED);
    take(&c, MLG_GAP_KNOWN, out);
    choose(&c, false, MLG_PAIRS_LISTED - out->n_pairs);
    take(&c, MLG_GAP_SECTOR_UNKNOWN, out);
    TRY(number_actors(graph, out, err));
    for (size_t e = 0; e < out->n_pairs; e++) {
        mlg_gap_pair *p = &out->pair[e];
        p->both = met(&graph->attends, out->actor[p->a], out->actor[p->b]);
    }
out:
    mlg_free(c.order);
    mlg_free(c.items);
    return status;
}

/* ---- pairs of sectors ---------------------------------------------------------------------- */

/* Which sectors sit in an activity. */
static void see_sectors(const mlg_graph *graph, const mlg_csr *sectors, int32_t e, bool *sits)
{
    memset(sits, 0, (size_t) graph->n_sectors * sizeof *sits);
    for (uint32_t k = graph->attended.offset[e]; k < graph->attended.offset[e + 1]; k++) {
        const int32_t v = graph->attended.target[k];
        for (uint32_t i = sectors->offset[v]; i < sectors->offset[v + 1]; i++) {
            sits[sectors->target[i]] = true;
        }
    }
}

static mlg_status pair_sectors(const mlg_graph *graph, mlg_meetings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) graph->n_sectors;
    bool *sits = mlg_alloc(n, sizeof *sits);

    TRY_ALLOC(err, sits);
    out->activities = mlg_zalloc(n, sizeof *out->activities);
    TRY_ALLOC(err, out->activities);
    if (n < 2 || n > MOST_SECTORS) {
        goto out;
    }
    out->sector_pair = mlg_zalloc(n * (n - 1) / 2, sizeof *out->sector_pair);
    TRY_ALLOC(err, out->sector_pair);
    for (int32_t e = 0; e < graph->n_activities; e++) {
        mlg_gap_pair *p = out->sector_pair;
        see_sectors(graph, &out->sectors, e, sits);
        for (size_t a = 0; a < n; a++) {
            out->activities[a] += sits[a];
            for (size_t b = a + 1; b < n; b++, p++) {
                p->both += sits[a] && sits[b];
            }
        }
    }
    for (int32_t a = 0; a < graph->n_sectors; a++) {
        for (int32_t b = a + 1; b < graph->n_sectors; b++) {
            mlg_gap_pair *p = &out->sector_pair[out->n_sector_pairs];
            *p = (mlg_gap_pair){.a = a, .b = b, .both = p->both, .stratum = MLG_GAP_KNOWN};
            if (out->activities[a] == 0 || out->activities[b] == 0) {
                p->stratum = MLG_GAP_NOT_COMPARED; /* nobody of one takes part in anything */
            }
            out->n_sector_pairs++;
        }
    }
out:
    mlg_free(sits);
    return status;
}

mlg_status mlg_meeting_pairs_make(const mlg_graph *graph, mlg_meetings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(find_sectors(graph, &out->sectors, err));
    TRY(count_sorts(graph, out, err));
    TRY(pair_actors(graph, out, err));
    TRY(pair_sectors(graph, out, err));
out:
    return status;
}
