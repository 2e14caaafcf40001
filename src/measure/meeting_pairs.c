/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "measure/meetings.h"
#include "measure/pair_choice.h"
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

typedef struct wish {
    const mlg_graph *graph;
    const mlg_csr *sectors;
    bool known; /* both sectors known, and different; else one of them unknown */
} wish;

static bool is_wanted(const void *with, int32_t a, int32_t b)
{
    const wish *w = with;
    const bool both = is_known(w->graph, a) && is_known(w->graph, b);
    return w->known ? both && !share_a_sector(w->sectors, a, b) : !both;
}

/* The first `room` pairs of one sort. */
static mlg_status take(const wish *of, const uint32_t *activities, mlg_gap_stratum stratum,
                       size_t room, mlg_meetings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_chosen_pairs chosen = {0};
    const mlg_pair_choice choice = {
        .size = activities, .n = of->graph->n, .wanted = is_wanted, .with = of, .room = room};

    TRY(mlg_pairs_choose(&choice, &chosen, err));
    for (size_t i = 0; i < chosen.n; i++) {
        const int32_t a = chosen.items[i].a, b = chosen.items[i].b;
        out->pair[out->n_pairs++] =
            (mlg_gap_pair){.a = a < b ? a : b, .b = a < b ? b : a, .stratum = stratum};
    }
out:
    mlg_free(chosen.items);
    return status;
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

uint32_t mlg_meetings_both(const mlg_csr *attends, int32_t a, int32_t b)
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
    const wish known = {graph, &out->sectors, true}, unknown = {graph, &out->sectors, false};
    uint32_t *activities = mlg_alloc((size_t) graph->n, sizeof *activities);

    TRY_ALLOC(err, activities);
    for (int32_t v = 0; v < graph->n; v++) {
        activities[v] = mlg_csr_degree(&graph->attends, v);
    }
    out->pair = mlg_alloc(MLG_PAIRS_LISTED, sizeof *out->pair);
    TRY_ALLOC(err, out->pair);
    TRY(take(&known, activities, MLG_GAP_KNOWN, MLG_PAIRS_LISTED, out, err));
    TRY(take(&unknown, activities, MLG_GAP_SECTOR_UNKNOWN, MLG_PAIRS_LISTED - out->n_pairs, out,
             err));
    TRY(number_actors(graph, out, err));
    for (size_t e = 0; e < out->n_pairs; e++) {
        mlg_gap_pair *p = &out->pair[e];
        p->both = mlg_meetings_both(&graph->attends, out->actor[p->a], out->actor[p->b]);
    }
out:
    mlg_free(activities);
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
