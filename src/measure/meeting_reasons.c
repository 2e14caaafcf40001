/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "measure/meetings.h"
#include "measure/pair_choice.h"
#include "measure/pair_ranking.h"
#include "measure/perimeters.h"

/* Organisations that have a reason to meet: a theme in common, at places that meet. Themes and
 * places are their own (actors.csv, sites.csv), never those of what they attend, which would
 * have them meet. */

enum { MOST_ACTORS = 2000 };

typedef struct ground {
    const mlg_graph *graph;
    mlg_perimeters perimeters;
    mlg_gap_places where;
    uint8_t *meets; /* [where.n squared] mlg_meeting */
    mlg_csr themes; /* actor -> codes */
    bool *says;     /* [actors] its themes are known, if only as none */
    mlg_gap_stratum sort;
} ground;

static void ground_close(ground *g)
{
    mlg_perimeters_free(&g->perimeters);
    mlg_gap_places_free(&g->where);
    mlg_free(g->meets);
    mlg_csr_free(&g->themes);
    mlg_free(g->says);
}

/* ---- themes ------------------------------------------------------------------------ */

static int32_t row_of(const mlg_graph *graph, int32_t v)
{
    return graph->model->party_actor_row[graph->subject[v]];
}

static mlg_status read_themes(ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = g->graph;
    int32_t *actor = NULL, *code = NULL;
    size_t m = 0, room_a = 0, room_c = 0;

    g->says = mlg_zalloc((size_t) graph->n, sizeof *g->says);
    TRY_ALLOC(err, g->says);
    for (int32_t v = 0; v < graph->n; v++) {
        size_t n = 0;
        const int32_t row = row_of(graph, v);
        const int32_t *codes =
            row >= 0 ? mlg_get_list(graph->model, C_actors_themes, row, &n) : NULL;
        g->says[v] = n > 0 || (row >= 0 && mlg_list_is_none(graph->model, C_actors_themes, row));
        for (size_t i = 0; i < n; i++, m++) {
            if (!mlg_grow(&actor, &room_a, m + 1, sizeof *actor) ||
                !mlg_grow(&code, &room_c, m + 1, sizeof *code)) {
                FAIL(err, MLG_ENOMEM, "gap.organisations: no memory for themes");
            }
            actor[m] = v;
            code[m] = codes[i];
        }
    }
    TRY(mlg_csr_build(graph->n, mlg_code_count(graph->model, MLG_V_theme), false, false, actor,
                      code, NULL, m, MLG_MERGE_MAX, &g->themes, err));
out:
    mlg_free(actor);
    mlg_free(code);
    return status;
}

/* Themes that both have; -1 where those of one are not known. */
static int32_t shared_themes(const ground *g, int32_t a, int32_t b)
{
    return g->says[a] && g->says[b] ? (int32_t) mlg_meetings_both(&g->themes, a, b) : -1;
}

/* ---- places ------------------------------------------------------------------------ */

static mlg_status find_meetings(ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) g->where.n;

    g->meets = mlg_alloc(n * n, sizeof *g->meets);
    TRY_ALLOC(err, g->meets);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            g->meets[i * n + j] = g->meets[j * n + i] = (uint8_t) mlg_territories_meet(
                g->graph->model, &g->perimeters, g->where.territory[i], g->where.territory[j]);
        }
    }
out:
    return status;
}

static mlg_meeting places_meet(const ground *g, int32_t a, int32_t b)
{
    const mlg_csr *of = &g->where.of;
    mlg_meeting found = MLG_APART;

    if (mlg_csr_degree(of, a) == 0 || mlg_csr_degree(of, b) == 0) {
        return MLG_MEET_UNKNOWN;
    }
    for (uint32_t i = of->offset[a]; i < of->offset[a + 1]; i++) {
        for (uint32_t j = of->offset[b]; j < of->offset[b + 1]; j++) {
            const size_t at = (size_t) of->target[i] * (size_t) g->where.n;
            const mlg_meeting one = (mlg_meeting) g->meets[at + (size_t) of->target[j]];
            if (one == MLG_MEET) {
                return MLG_MEET;
            }
            found = one == MLG_MEET_UNKNOWN ? MLG_MEET_UNKNOWN : found;
        }
    }
    return found;
}

/* ---- pairs ------------------------------------------------------------------------- */

/* Nothing known of either is no reason to meet. */
static mlg_gap_stratum reason_of(const ground *g, int32_t a, int32_t b)
{
    const int32_t shared = shared_themes(g, a, b);
    if (shared == 0) {
        return MLG_GAP_NOT_COMPARED;
    }
    switch (places_meet(g, a, b)) {
    case MLG_APART:
        return MLG_GAP_NOT_COMPARED;
    case MLG_MEET:
        return shared > 0 ? MLG_GAP_KNOWN : MLG_GAP_THEME_UNKNOWN;
    case MLG_MEET_UNKNOWN:
        return shared > 0 ? MLG_GAP_TERRITORY_UNKNOWN : MLG_GAP_NOT_COMPARED;
    }
    return MLG_GAP_NOT_COMPARED;
}

/* A pair all of which is known, or else one of which something is. */
static bool is_wanted(const void *with, int32_t a, int32_t b)
{
    const ground *g = with;
    const mlg_gap_stratum sort = reason_of(g, a, b);
    return sort != MLG_GAP_NOT_COMPARED && (sort == MLG_GAP_KNOWN) == (g->sort == MLG_GAP_KNOWN);
}

static void put_pair(const ground *g, int32_t a, int32_t b, mlg_gap_pair *pair)
{
    const double of_a = mlg_csr_degree(&g->themes, a), of_b = mlg_csr_degree(&g->themes, b);
    const int32_t shared = shared_themes(g, a, b);
    const mlg_meeting meeting = places_meet(g, a, b);

    *pair = (mlg_gap_pair){.a = a < b ? a : b, .b = a < b ? b : a, .shared = shared};
    pair->stratum = reason_of(g, a, b);
    pair->themes = shared < 0 ? NAN : shared / (of_a + of_b - shared);
    pair->overlap = meeting == MLG_MEET ? 1.0 : NAN;
    pair->both = mlg_meetings_both(&g->graph->attends, a, b);
}

static mlg_status take(const ground *g, const uint32_t *activities, size_t room,
                       mlg_meeting_list *list, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_chosen_pairs chosen = {0};
    const mlg_pair_choice choice = {.size = activities,
                                    .n = g->graph->n,
                                    .largest = MOST_ACTORS,
                                    .wanted = is_wanted,
                                    .with = g,
                                    .room = room,
                                    .count_all = true};

    TRY(mlg_pairs_choose(&choice, &chosen, err));
    for (size_t i = 0; i < chosen.n; i++) {
        put_pair(g, chosen.items[i].a, chosen.items[i].b, &list->pair[list->n_pairs++]);
    }
    list->total += chosen.wanted;
out:
    mlg_free(chosen.items);
    return status;
}

/* Actors of some pair get numbers from 0, and the pairs these. */
static mlg_status make_groups(const mlg_graph *graph, const uint32_t *activities,
                              mlg_meeting_list *list, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *number = mlg_zalloc((size_t) graph->n, sizeof *number);
    int32_t *actor = mlg_alloc((size_t) graph->n, sizeof *actor);
    int32_t *group = mlg_alloc((size_t) graph->n, sizeof *group), n = 0;

    list->subject = mlg_alloc((size_t) graph->n, sizeof *list->subject);
    list->activities = mlg_alloc((size_t) graph->n, sizeof *list->activities);
    TRY_ALLOC(err, number);
    TRY_ALLOC(err, actor);
    TRY_ALLOC(err, group);
    TRY_ALLOC(err, list->subject);
    TRY_ALLOC(err, list->activities);
    for (size_t e = 0; e < list->n_pairs; e++) {
        number[list->pair[e].a] = number[list->pair[e].b] = 1;
    }
    for (int32_t v = 0; v < graph->n; v++) {
        if (number[v] != 0) {
            list->subject[n] = graph->subject[v];
            list->activities[n] = activities[v];
            number[v] = group[n] = n;
            actor[n++] = v;
        }
    }
    list->n_groups = n;
    for (size_t e = 0; e < list->n_pairs; e++) {
        list->pair[e].a = number[list->pair[e].a];
        list->pair[e].b = number[list->pair[e].b];
    }
    TRY(mlg_csr_build(graph->n, n, false, false, actor, group, NULL, (size_t) n, MLG_MERGE_MAX,
                      &list->groups, err));
out:
    mlg_free(number);
    mlg_free(actor);
    mlg_free(group);
    return status;
}

/* Is a theme or a place of anybody known? */
static double count_known(const ground *g, const uint32_t *activities, double *present)
{
    double known = 0.0;
    for (int32_t v = 0; v < g->graph->n; v++) {
        *present += activities[v] > 0;
        known += activities[v] > 0 && (g->says[v] || mlg_csr_degree(&g->where.of, v) > 0);
    }
    return known;
}

static mlg_status read_ground(ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;

    TRY(mlg_perimeters_of(g->graph->model, &g->perimeters, err));
    TRY(mlg_gap_places_of(g->graph, &g->where, err));
    TRY(read_themes(g, err));
    if (g->where.n <= MOST_ACTORS) {
        TRY(find_meetings(g, err));
    }
out:
    return status;
}

mlg_status mlg_meeting_organisations_make(const mlg_graph *graph, mlg_meetings *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_meeting_list *list = &out->organisations;
    ground g = {.graph = graph};
    double present = 0.0;
    uint32_t *activities = NULL;

    if (graph->model == NULL) {
        list->why = T_why_no_reason;
        return MLG_OK;
    }
    TRY(read_ground(&g, err));
    activities = mlg_alloc((size_t) graph->n, sizeof *activities);
    list->pair = mlg_alloc(MLG_PAIRS_LISTED, sizeof *list->pair);
    TRY_ALLOC(err, activities);
    TRY_ALLOC(err, list->pair);
    for (int32_t v = 0; v < graph->n; v++) {
        activities[v] = mlg_csr_degree(&graph->attends, v);
    }
    list->known = count_known(&g, activities, &present);
    list->left_out = fmax(0.0, present - MOST_ACTORS);
    if (g.where.n > 0 && g.meets == NULL) {
        list->why = T_why_too_large;
        goto out;
    }
    g.sort = MLG_GAP_KNOWN;
    TRY(take(&g, activities, MLG_PAIRS_LISTED, list, err));
    g.sort = MLG_GAP_THEME_UNKNOWN;
    TRY(take(&g, activities, MLG_PAIRS_LISTED - list->n_pairs, list, err));
    TRY(make_groups(graph, activities, list, err));
    list->why = list->n_pairs == 0 ? T_why_no_reason : T_none;
out:
    mlg_free(activities);
    ground_close(&g);
    return status;
}
