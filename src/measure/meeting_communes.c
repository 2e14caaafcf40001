/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "measure/meetings.h"
#include "measure/pair_choice.h"
#include "measure/pair_ranking.h"
#include "measure/unit_links.h"

/* Communes whose organisations have a reason to meet: a perimeter holds both. An organisation is
 * of the communes where it has a place of its own; one of a larger territory is of none. */

enum { MOST_COMMUNES = 1000 };

static bool is_linked(const void *with, int32_t a, int32_t b)
{
    uint32_t smallest = 0;
    return mlg_unit_links_between(with, a, b, &smallest) > 0;
}

/* The different units of those that attend an activity. */
static size_t units_at(const mlg_graph *graph, const mlg_unit_links *links, int32_t e, bool *seen,
                       int32_t *list)
{
    size_t n = 0;
    for (uint32_t k = graph->attended.offset[e]; k < graph->attended.offset[e + 1]; k++) {
        const mlg_csr *of = &links->works_alone;
        const int32_t v = graph->attended.target[k];
        for (uint32_t i = of->offset[v]; i < of->offset[v + 1]; i++) {
            if (!seen[of->target[i]]) {
                seen[of->target[i]] = true;
                list[n++] = of->target[i];
            }
        }
    }
    for (size_t i = 0; i < n; i++) {
        seen[list[i]] = false;
    }
    return n;
}

/* Activities with somebody of both, by pair of units as chosen: `number` [n squared] or -1. */
static mlg_status count(const mlg_graph *graph, const mlg_unit_links *links, mlg_meeting_list *list,
                        mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) list->n_groups;
    bool *seen = mlg_zalloc((size_t) links->n, sizeof *seen);
    int32_t *units = mlg_alloc((size_t) links->n, sizeof *units);
    int32_t *number = mlg_alloc(n * n, sizeof *number);

    TRY_ALLOC(err, seen);
    TRY_ALLOC(err, units);
    TRY_ALLOC(err, number);
    memset(number, -1, n * n * sizeof *number);
    for (size_t p = 0; p < list->n_pairs; p++) {
        number[(size_t) list->pair[p].a * n + (size_t) list->pair[p].b] = (int32_t) p;
    }
    for (int32_t e = 0; e < graph->n_activities; e++) {
        const size_t here = units_at(graph, links, e, seen, units);
        for (size_t i = 0; i < here; i++) {
            units[i] = mlg_id_find(list->subject, list->n_groups, links->unit[units[i]]);
        }
        for (size_t i = 0; i < here; i++) {
            for (size_t j = 0; j < here; j++) {
                if (units[i] >= 0 && units[j] > units[i]) {
                    const int32_t p = number[(size_t) units[i] * n + (size_t) units[j]];
                    list->pair[p < 0 ? 0 : p].both += p >= 0;
                }
            }
        }
    }
out:
    mlg_free(seen);
    mlg_free(units);
    mlg_free(number);
    return status;
}

/* Units of some pair get numbers from 0, and the pairs these. */
static mlg_status make_groups(const mlg_graph *graph, const mlg_unit_links *links,
                              const uint32_t *activities, mlg_meeting_list *list, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t entries = mlg_csr_size(&links->works_alone);
    int32_t *number = mlg_alloc((size_t) links->n, sizeof *number);
    int32_t *actor = mlg_alloc(entries, sizeof *actor), *group = mlg_alloc(entries, sizeof *group);
    size_t m = 0;

    list->subject = mlg_alloc((size_t) links->n, sizeof *list->subject);
    list->activities = mlg_alloc((size_t) links->n, sizeof *list->activities);
    TRY_ALLOC(err, number);
    TRY_ALLOC(err, actor);
    TRY_ALLOC(err, group);
    TRY_ALLOC(err, list->subject);
    TRY_ALLOC(err, list->activities);
    memset(number, -1, (size_t) links->n * sizeof *number);
    for (size_t e = 0; e < list->n_pairs; e++) {
        number[list->pair[e].a] = number[list->pair[e].b] = 0;
    }
    for (int32_t u = 0; u < links->n; u++) {
        if (number[u] == 0) {
            list->subject[list->n_groups] = links->unit[u];
            list->activities[list->n_groups] = activities[u];
            number[u] = list->n_groups++;
        }
    }
    for (size_t e = 0; e < list->n_pairs; e++) {
        list->pair[e].a = number[list->pair[e].a];
        list->pair[e].b = number[list->pair[e].b];
    }
    for (int32_t v = 0; v < graph->n; v++) {
        const mlg_csr *of = &links->works_alone;
        for (uint32_t k = of->offset[v]; k < of->offset[v + 1]; k++) {
            if (number[of->target[k]] >= 0) {
                actor[m] = v;
                group[m++] = number[of->target[k]];
            }
        }
    }
    TRY(mlg_csr_build(graph->n, list->n_groups, false, false, actor, group, NULL, m, MLG_MERGE_MAX,
                      &list->groups, err));
out:
    mlg_free(number);
    mlg_free(actor);
    mlg_free(group);
    return status;
}

static mlg_status count_activities(const mlg_graph *graph, const mlg_unit_links *links,
                                   uint32_t **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t *activities = mlg_zalloc((size_t) links->n, sizeof *activities);
    bool *seen = mlg_zalloc((size_t) links->n, sizeof *seen);
    int32_t *units = mlg_alloc((size_t) links->n, sizeof *units);

    *out = activities;
    TRY_ALLOC(err, activities);
    TRY_ALLOC(err, seen);
    TRY_ALLOC(err, units);
    for (int32_t e = 0; e < graph->n_activities; e++) {
        const size_t n = units_at(graph, links, e, seen, units);
        for (size_t i = 0; i < n; i++) {
            activities[units[i]]++;
        }
    }
out:
    mlg_free(seen);
    mlg_free(units);
    return status;
}

static mlg_status take(const mlg_unit_links *links, const uint32_t *activities,
                       mlg_meeting_list *list, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_chosen_pairs chosen = {0};
    const mlg_pair_choice choice = {.size = activities,
                                    .n = links->n,
                                    .largest = MOST_COMMUNES,
                                    .wanted = is_linked,
                                    .with = links,
                                    .room = MLG_PAIRS_LISTED,
                                    .count_all = true};

    list->pair = mlg_alloc(MLG_PAIRS_LISTED, sizeof *list->pair);
    TRY_ALLOC(err, list->pair);
    TRY(mlg_pairs_choose(&choice, &chosen, err));
    for (size_t i = 0; i < chosen.n; i++) {
        const int32_t x = chosen.items[i].a, y = chosen.items[i].b;
        mlg_gap_pair *p = &list->pair[list->n_pairs++];
        uint32_t smallest = 0;
        *p = (mlg_gap_pair){
            .a = x < y ? x : y, .b = x < y ? y : x, .stratum = MLG_GAP_KNOWN, .shared = -1};
        p->common = mlg_unit_links_between(links, x, y, &smallest);
        p->reach = smallest;
        p->overlap = p->themes = NAN;
    }
    list->total = chosen.wanted;
out:
    mlg_free(chosen.items);
    return status;
}

mlg_status mlg_meeting_communes_make(const mlg_graph *graph, mlg_meetings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_meeting_list *list = &out->communes;
    mlg_unit_links links = {0};
    uint32_t *activities = NULL;

    if (graph->model == NULL) {
        list->why = T_why_no_linked_units;
        return MLG_OK;
    }
    TRY(mlg_unit_links_of(graph, &links, err));
    TRY(count_activities(graph, &links, &activities, err));
    for (int32_t u = 0; u < links.n; u++) {
        list->known += activities[u] > 0;
    }
    list->left_out = fmax(0.0, list->known - MOST_COMMUNES);
    list->by_schemes = links.by_schemes;
    TRY(take(&links, activities, list, err));
    TRY(make_groups(graph, &links, activities, list, err));
    TRY(count(graph, &links, list, err));
    list->why = list->n_pairs == 0 ? T_why_no_linked_units : T_none;
out:
    mlg_free(activities);
    mlg_unit_links_free(&links);
    return status;
}
