/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/halves.h"

#include <string.h>

#include "measure/reach.h"

/* A second coordinator on one half of the territory: which half, and what would be lost when one
 * of the two leaves. */

typedef struct ground {
    const mlg_departure *of;
    const mlg_model *model;
    mlg_reach reach;
    int32_t *group;                /* [territories] of a unit where the post acts, or -1 */
    double people[MLG_MOST_PARTS]; /* inhabitants of a group */
    double ties[MLG_MOST_PARTS][MLG_MOST_PARTS]; /* of the view, both places known */
    int32_t *place;                              /* [actors] group, or -1 */
    bool *marked;                                /* [territories] a unit where the post acts */
    int32_t n_marked;
} ground;

static void free_ground(ground *g)
{
    mlg_reach_close(&g->reach);
    mlg_free(g->group);
    mlg_free(g->place);
    mlg_free(g->marked);
}

/* ---- the territories to share out ---------------------------------------------------- */

static void mark_units(ground *g)
{
    const mlg_leavers *leavers = g->of->leavers;
    mlg_reach_clear(&g->reach);
    for (int32_t row = 0; row < g->model->rows[MLG_POSTS].n; row++) {
        if (leavers->of_row[row] == g->of->leaver) {
            mlg_reach_mark(&g->reach, row);
        }
    }
    for (int32_t unit = 0; unit < g->reach.perimeters.n_units; unit++) {
        if (g->reach.share[unit] > 0.0) {
            g->marked[g->reach.perimeters.unit[unit]] = true;
            g->n_marked++;
        }
    }
}

static int32_t scale_of(const mlg_model *model, mlg_id territory)
{
    const int32_t row = model->territory_row[territory];
    return row >= 0 ? mlg_get_id(model, C_territories_scale, row) : -1;
}

/* Shares out the marked units among the territories of one scale; answers how many there are, or
 * 0: too many, some unit in none, or in two. */
static int32_t share_out(ground *g, int32_t scale, mlg_id *territory)
{
    const mlg_model *model = g->model;
    int32_t n = 0, assigned = 0;

    for (size_t t = 0; t < model->territories.n; t++) {
        g->group[t] = -1;
    }
    for (mlg_id t = 0; t < (mlg_id) model->territories.n; t++) {
        bool here = false;
        if (scale_of(model, t) != scale) {
            continue;
        }
        for (uint32_t i = model->unit_offset[t]; i < model->unit_offset[t + 1]; i++) {
            const mlg_id unit = model->unit[i];
            if (!g->marked[unit]) {
                continue;
            }
            if (g->group[unit] >= 0 || (!here && n == MLG_MOST_PARTS)) {
                return 0;
            }
            here = true;
            g->group[unit] = n;
            assigned++;
        }
        if (here) {
            territory[n++] = t;
        }
    }
    return assigned == g->n_marked && n >= 2 ? n : 0;
}

/* The scale with the fewest territories, two at least, that make up where the post acts. */
static int32_t find_parts(ground *g, mlg_id *territory)
{
    const mlg_model *model = g->model;
    int32_t fewest = 0, best = -1;
    mlg_id scratch[MLG_MOST_PARTS];

    for (size_t t = 0; t < model->territories.n; t++) {
        const int32_t scale = scale_of(model, (mlg_id) t);
        if (scale < 0 || scale == best) {
            continue;
        }
        bool met = false;
        for (size_t earlier = 0; earlier < t && !met; earlier++) {
            met = scale_of(model, (mlg_id) earlier) == scale;
        }
        const int32_t n = met ? 0 : share_out(g, scale, scratch);
        if (n > 0 && (fewest == 0 || n < fewest)) {
            fewest = n;
            best = scale;
        }
    }
    return fewest > 0 ? share_out(g, best, territory) : 0;
}

/* ---- where things are ------------------------------------------------------------------- */

/* What lies in both halves is known by both coordinators, wherever the line is drawn. */
enum { NOWHERE = -1, SEVERAL = -2 };

/* The group that a territory's units are in; those outside all groups do not matter. */
static int32_t group_of(const ground *g, mlg_id territory)
{
    const mlg_model *model = g->model;
    int32_t group = NOWHERE;
    for (uint32_t i = territory >= 0 ? model->unit_offset[territory] : 0;
         territory >= 0 && i < model->unit_offset[territory + 1]; i++) {
        const int32_t here = g->group[model->unit[i]];
        if (here >= 0) {
            group = group == NOWHERE || group == here ? here : SEVERAL;
        }
    }
    return group;
}

/* Of an activity: without a place it is of all the schemes' territory. */
static int32_t group_of_activity(const ground *g, mlg_id activity)
{
    const int32_t row = g->model->activity_row[activity];
    size_t n = 0;
    const int32_t *where =
        row >= 0 ? mlg_get_list(g->model, C_activities_territory, row, &n) : NULL;
    int32_t group = n > 0 ? NOWHERE : SEVERAL;
    for (size_t i = 0; i < n; i++) {
        const int32_t here = group_of(g, where[i]);
        if (here != NOWHERE) {
            group = group == NOWHERE || group == here ? here : SEVERAL;
        }
    }
    return group;
}

/* Is what lies there still looked after when the coordinator of a side has left? */
static bool goes_on(const mlg_halves *h, int32_t group, int side)
{
    return group == SEVERAL || (group >= 0 && h->side[group] != side);
}

static void place_actors(ground *g)
{
    const mlg_graph *graph = g->of->graph;
    for (int32_t v = 0; v < graph->n; v++) {
        const int32_t row = g->model->party_actor_row[graph->subject[v]];
        g->place[v] = row >= 0 ? group_of(g, mlg_get_id(g->model, C_actors_territory, row)) : -1;
    }
    for (int32_t v = 0; v < graph->n; v++) {
        for (uint32_t e = graph->ties.offset[v];
             g->place[v] >= 0 && graph->ties.n > 0 && e < graph->ties.offset[v + 1]; e++) {
            const int32_t u = graph->ties.target[e];
            if (u > v && g->place[u] >= 0) {
                g->ties[g->place[v]][g->place[u]] += 1.0;
                g->ties[g->place[u]][g->place[v]] += g->place[u] != g->place[v] ? 1.0 : 0.0;
            }
        }
    }
}

static void count_people(ground *g, int32_t n)
{
    const mlg_perimeters *perimeters = &g->reach.perimeters;
    for (int32_t p = 0; p < n; p++) {
        g->people[p] = NAN;
    }
    for (int32_t unit = 0; unit < perimeters->n_units; unit++) {
        const int32_t p = g->group[perimeters->unit[unit]];
        const double here = perimeters->population[unit];
        if (p >= 0 && !isnan(here)) {
            g->people[p] = isnan(g->people[p]) ? here : g->people[p] + here;
        }
    }
}

/* ---- the halves -------------------------------------------------------------------------- */

/* One way to share out: bit p of `sides` is the side of group p. */
static void weigh(const ground *g, uint32_t sides, mlg_halves *h)
{
    memset(h->inside, 0, sizeof h->inside);
    h->people[0] = h->people[1] = 0.0;
    h->across = 0.0;
    for (int32_t p = 0; p < h->n; p++) {
        h->side[p] = sides >> p & 1;
        h->people[h->side[p]] += g->people[p];
    }
    for (int32_t p = 0; p < h->n; p++) {
        for (int32_t q = 0; q <= p; q++) {
            if (h->side[p] == h->side[q]) {
                h->inside[h->side[p]] += g->ties[p][q];
            } else {
                h->across += g->ties[p][q];
            }
        }
    }
    const double ends[2] = {2.0 * h->inside[0] + h->across, 2.0 * h->inside[1] + h->across};
    const double lesser = ends[0] < ends[1] ? ends[0] : ends[1];
    h->conductance = lesser > 0.0 ? h->across / lesser : NAN;
    double size[2] = {h->people[0], h->people[1]};
    if (isnan(size[0] + size[1])) { /* some inhabitants unknown: by territories */
        size[0] = size[1] = 0.0;
        for (int32_t p = 0; p < h->n; p++) {
            size[h->side[p]] += 1.0;
        }
    }
    h->balanced = 3.0 * size[0] >= size[0] + size[1] && 3.0 * size[1] >= size[0] + size[1];
}

static double unevenness(const mlg_halves *h)
{
    const double all = h->people[0] + h->people[1];
    return all > 0.0 ? fabs(h->people[0] - h->people[1]) / all : 0.0;
}

static bool is_better(const mlg_halves *a, const mlg_halves *b)
{
    if (a->balanced != b->balanced) {
        return a->balanced;
    }
    const double x = isnan(a->conductance) ? 2.0 : a->conductance;
    const double y = isnan(b->conductance) ? 2.0 : b->conductance;
    return x != y && a->balanced ? x < y : unevenness(a) < unevenness(b);
}

static void find_halves(const ground *g, mlg_halves *out)
{
    mlg_halves best = *out;
    for (uint32_t sides = 2; sides < (uint32_t) 1 << out->n; sides += 2) {
        mlg_halves here = *out;
        weigh(g, sides, &here);
        if (sides == 2 || is_better(&here, &best)) {
            best = here;
        }
    }
    *out = best;
}

/* ---- what would be lost ------------------------------------------------------------------- */

/* Rows and activities of the other half go on: what they join stays joined. */
static int64_t lost_without(const ground *g, const mlg_halves *h, const mlg_carrieds *rows,
                            int side, int32_t *join)
{
    const mlg_departure *of = g->of;
    const mlg_rest *rest = of->rest;
    const mlg_graph *graph = of->graph;

    mlg_rest_open(rest, join);
    for (size_t i = 0; i < rows->n && graph->n_activities == 0; i++) {
        const mlg_carried *row = &rows->items[i];
        const int32_t v = mlg_id_find(graph->subject, graph->n, row->partner);
        if (row->leaver == of->leaver && v >= 0 && rest->of[v] >= 0 && rest->home >= 0 &&
            goes_on(h, g->place[v], side)) {
            mlg_rest_join(join, rest->of[v], rest->home);
        }
    }
    for (int32_t e = 0; e < graph->n_activities; e++) {
        if (of->leavers->of_activity[graph->activity[e]] != of->leaver ||
            !goes_on(h, group_of_activity(g, graph->activity[e]), side)) {
            continue;
        }
        int32_t first = -1;
        for (uint32_t k = graph->attended.offset[e]; k < graph->attended.offset[e + 1]; k++) {
            const int32_t p = rest->of[graph->attended.target[k]];
            if (p >= 0) {
                first = first < 0 ? p : first;
                mlg_rest_join(join, p, first);
            }
        }
    }
    return rest->lost - mlg_rest_kept(rest, join);
}

static mlg_status count_lost(const ground *g, mlg_halves *h, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_departure *of = g->of;
    mlg_carrieds rows = {0};
    int32_t *join = mlg_alloc((size_t) of->rest->n, sizeof *join);
    bool *seen = mlg_zalloc((size_t) of->graph->n, sizeof *seen);

    TRY_ALLOC(err, join);
    TRY_ALLOC(err, seen);
    TRY(mlg_carried_of(of->context, of->view, of->leavers, &rows, err));
    for (size_t i = 0; i < rows.n; i++) {
        const int32_t v = mlg_id_find(of->graph->subject, of->graph->n, rows.items[i].partner);
        if (rows.items[i].leaver == of->leaver && v >= 0 && !seen[v]) {
            seen[v] = true;
            h->partners++;
            h->placed += g->place[v] != NOWHERE;
        }
    }
    for (int side = 0; side < 2; side++) {
        h->lost[side] = lost_without(g, h, &rows, side, join);
    }
out:
    mlg_free(rows.items);
    mlg_free(join);
    mlg_free(seen);
    return status;
}

mlg_status mlg_halves_of(const mlg_departure *of, mlg_halves *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ground g = {.of = of, .model = of->graph->model};

    *out = (mlg_halves){.conductance = NAN};
    TRY(mlg_reach_open(&g.reach, g.model, err));
    g.group = mlg_alloc(g.model->territories.n, sizeof *g.group);
    g.marked = mlg_zalloc(g.model->territories.n, sizeof *g.marked);
    g.place = mlg_alloc((size_t) of->graph->n, sizeof *g.place);
    if (g.group == NULL || g.marked == NULL || g.place == NULL) {
        FAIL(err, MLG_ENOMEM, "no memory for the halves of a territory");
    }
    mark_units(&g);
    out->n = g.n_marked >= 2 ? find_parts(&g, out->territory) : 0;
    if (out->n >= 2) {
        place_actors(&g);
        count_people(&g, out->n);
        find_halves(&g, out);
        TRY(count_lost(&g, out, err));
    }
out:
    free_ground(&g);
    return status;
}
