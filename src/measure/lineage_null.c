/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/fail.h"
#include "measure/lineage.h"
#include "measure/margins.h"
#include "measure/meetings.h"
#include "measure/seats.h"
#include "measure/tenure.h"

/* How many organisations a parent and its child would share if those on record attended as many
 * activities, and activities gathered as many of them, but each other than they did. */

static const double EASY_STEPS = 1e9, MOST_STEPS = 5e9;
static const char *const ID = "scheme.lineage";

typedef struct ground {
    mlg_graph *graph;   /* activities of all time */
    mlg_meetings zeros; /* its table by activities, for who may attend what */
    mlg_two_mode seats; /* organisations x activities */
    uint64_t *may;      /* of these */
    int32_t *group;     /* [schemes] of the lineage: number among those compared, or -1 */
    mlg_csr groups;     /* activity -> groups */
    mlg_gap_pair *pair; /* [n_pairs] of groups */
    int32_t *pair_of;   /* [items] or -1 */
    size_t n_pairs;
    int32_t n_groups;
} ground;

static void ground_close(ground *g)
{
    mlg_graph_free(g->graph);
    mlg_free(g->zeros.may);
    mlg_free(g->may);
    mlg_free(g->group);
    mlg_csr_free(&g->groups);
    mlg_free(g->pair);
    mlg_free(g->pair_of);
}

/* The zeros are found activity by activity; a row here is an organisation. */
static mlg_status turn_zeros(ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t words = mlg_bit_words(g->seats.n_columns);

    if (g->zeros.may == NULL) {
        return MLG_OK;
    }
    g->may = mlg_zalloc((size_t) g->seats.n_rows * words, sizeof *g->may);
    TRY_ALLOC(err, g->may);
    for (int32_t e = 0; e < g->seats.n_columns; e++) {
        const uint64_t *by_activity = mlg_may_of(&g->zeros.seats, e);
        for (int32_t v = 0; v < g->seats.n_rows; v++) {
            if (mlg_may_have(by_activity, v)) {
                g->may[(size_t) v * words + (size_t) (e >> 6)] |= UINT64_C(1) << (e & 63);
            }
        }
    }
    g->seats.may = g->may;
out:
    return status;
}

static mlg_status make_table(const mlg_model *model, const mlg_run *run, ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_view ever = {.id = "ever",
                           .source = MLG_FROM_PARTICIPATIONS,
                           .by = MLG_BY_ORGANISATION,
                           .from = MLG_EVER_FIRST,
                           .to = MLG_EVER_LAST,
                           .kind = -1};

    TRY(mlg_graph_build(model, &ever, run, &g->graph, err));
    g->seats = (mlg_two_mode){.n_rows = g->graph->n,
                              .n_columns = g->graph->n_activities,
                              .offset = g->graph->attends.offset,
                              .column = g->graph->attends.target};
    g->zeros.seats = (mlg_two_mode){.n_rows = g->graph->n_activities,
                                    .n_columns = g->graph->n,
                                    .offset = g->graph->attended.offset,
                                    .column = g->graph->attended.target};
    TRY(mlg_meeting_zeros_make(g->graph, run, &g->zeros, err));
    TRY(turn_zeros(g, err));
out:
    return status;
}

static int32_t group_of(ground *g, const mlg_lineage *lineage, mlg_id scheme)
{
    int32_t *group = &g->group[lineage->place[scheme]];
    *group = *group < 0 ? g->n_groups++ : *group;
    return *group;
}

/* A pair may stand twice, each the other's parent. */
static int32_t pair_of(ground *g, int32_t a, int32_t b)
{
    const int32_t low = a < b ? a : b, high = a < b ? b : a;
    for (size_t e = 0; e < g->n_pairs; e++) {
        if (g->pair[e].a == low && g->pair[e].b == high) {
            return (int32_t) e;
        }
    }
    g->pair[g->n_pairs] = (mlg_gap_pair){.a = low, .b = high, .stratum = MLG_GAP_KNOWN};
    return (int32_t) g->n_pairs++;
}

static mlg_status make_pairs(const mlg_lineage *lineage, const mlg_lineage_chance *chance, size_t n,
                             ground *g, mlg_error *err)
{
    mlg_status status = MLG_OK;

    g->group = mlg_alloc(lineage->schemes, sizeof *g->group);
    g->pair = mlg_alloc(n, sizeof *g->pair);
    g->pair_of = mlg_alloc(n, sizeof *g->pair_of);
    TRY_ALLOC(err, g->group);
    TRY_ALLOC(err, g->pair);
    TRY_ALLOC(err, g->pair_of);
    for (size_t s = 0; s < lineage->schemes; s++) {
        g->group[s] = -1;
    }
    for (size_t i = 0; i < n; i++) {
        const mlg_descent *d = &lineage->items[i];
        g->pair_of[i] = -1;
        if (chance[i].asked) {
            const int32_t a = group_of(g, lineage, d->parent);
            g->pair_of[i] = pair_of(g, a, group_of(g, lineage, d->child));
        }
    }
out:
    return status;
}

/* Which compared schemes each activity is of. */
static mlg_status make_groups(const mlg_model *model, const mlg_lineage *lineage, ground *g,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *activity = NULL, *group = NULL;
    size_t n = 0, room = 0;

    for (int32_t e = 0; e < g->graph->n_activities; e++) {
        size_t many = 0;
        (void) mlg_activity_schemes(model, g->graph->activity[e], &many);
        room += many;
    }
    activity = mlg_alloc(room, sizeof *activity);
    group = mlg_alloc(room, sizeof *group);
    TRY_ALLOC(err, activity);
    TRY_ALLOC(err, group);
    for (int32_t e = 0; e < g->graph->n_activities; e++) {
        size_t many = 0;
        const mlg_id *schemes = mlg_activity_schemes(model, g->graph->activity[e], &many);
        for (size_t i = 0; i < many; i++) {
            const int32_t place = lineage->place[schemes[i]];
            if (place >= 0 && g->group[place] >= 0) {
                activity[n] = e;
                group[n++] = g->group[place];
            }
        }
    }
    TRY(mlg_csr_build(g->graph->n_activities, g->n_groups, false, false, activity, group, NULL, n,
                      MLG_MERGE_MAX, &g->groups, err));
out:
    mlg_free(activity);
    mlg_free(group);
    return status;
}

static bool is_any_asked(const mlg_lineage_chance *chance, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        any = any || chance[i].asked;
    }
    return any;
}

mlg_status mlg_lineage_expect(const mlg_model *model, const mlg_lineage *lineage,
                              const mlg_run *run, mlg_lineage_chance *chance, size_t n,
                              uint32_t *draws, mlg_error *err)
{
    mlg_status status = MLG_OK;
    ground g = {0};

    *draws = 0;
    if (!is_any_asked(chance, n) || run->draws == 0) {
        return MLG_OK;
    }
    TRY(make_table(model, run, &g, err));
    TRY(make_pairs(lineage, chance, n, &g, err));
    TRY(make_groups(model, lineage, &g, err));
    if (g.zeros.never == T_none) {
        const mlg_gap_job job = {
            .stream = ID,
            .start = "scheme.lineage.start",
            .view = g.graph->view.id,
            .seats = &g.seats,
            .rounds = g.may != NULL ? 2 * MLG_TRADES : MLG_TRADES,
            .easy_steps = EASY_STEPS,
            .most_steps = MOST_STEPS,
            .set = {{.groups = &g.groups, .n_groups = g.n_groups, .pair = g.pair, .n = g.n_pairs}},
            .n_sets = 1,
        };
        TRY(mlg_gap_draw(&job, run, draws, err));
    }
    for (size_t i = 0; i<n && * draws> 0; i++) {
        if (g.pair_of[i] >= 0) {
            chance[i].expected = g.pair[g.pair_of[i]].expected;
            chance[i].p = g.pair[g.pair_of[i]].p_greater;
        }
    }
out:
    ground_close(&g);
    return status;
}
