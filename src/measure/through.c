/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "maillage/coordination.h"
#include "measure/departure.h"
#include "measure/removal.h"
#include "measure/summary.h"

/* The network without its coordination: pairs of actors of different sectors that only its rows,
 * or the activities that it convenes, connect. */

static const char *const ID = "depend.through_share";

/* What a report may spend on pairs two rows apart: looks at a partner of a partner. */
#define MOST_LOOKS 3e8

/* ---- pairs two rows apart ------------------------------------------------------------ */

/* A row of the view, in the terms of its graph: activities are numbered after the actors. */
typedef struct link {
    int32_t a, b;
    int8_t falls; /* 0: never; 1: with the activities that stop; 2: with the coordination */
} link;

enum { STAYS, STOPS, OWNED };

typedef struct near_rows {
    const mlg_graph *graph;
    const mlg_leavers *coordination;
    link *links;
    size_t n, room;
    bool failed;
} near_rows;

static void read_row(void *context, const mlg_reading *reading)
{
    near_rows *r = context;
    const mlg_graph *graph = r->graph;
    const bool ties = graph->view.source == MLG_FROM_TIES;

    if (reading->fate != MLG_ROW_COUNTS || reading->subject[0] < 0 || r->failed ||
        (ties && (reading->subject[1] < 0 || reading->subject[0] == reading->subject[1]))) {
        return;
    }
    if (!mlg_grow(&r->links, &r->room, r->n + 1, sizeof *r->links)) {
        r->failed = true;
        return;
    }
    link *one = &r->links[r->n++];
    const bool owned = mlg_leaver_of_reading(graph->model, r->coordination, reading, 0) == 0 ||
                       mlg_leaver_of_reading(graph->model, r->coordination, reading, 1) == 0;
    const bool stops = !ties && r->coordination->of_activity[reading->activity] == 0 &&
                       !mlg_meets_unconvened(graph->model, reading->activity);
    one->a = mlg_id_find(graph->subject, graph->n, reading->subject[0]);
    one->b = ties ? mlg_id_find(graph->subject, graph->n, reading->subject[1])
                  : graph->n + mlg_id_find(graph->activity, graph->n_activities, reading->activity);
    one->falls = (int8_t) (owned ? OWNED : stops ? STOPS : STAYS);
}

/* The rows that `falls` up to `most` leave, as one table: actors (and activities) by what they are
 * tied to. */
static mlg_status table_of(const near_rows *r, int8_t most, mlg_csr *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const int32_t n = r->graph->n + r->graph->n_activities;
    size_t kept = 0;
    int32_t *from = mlg_alloc(r->n, sizeof *from), *to = mlg_alloc(r->n, sizeof *to);

    TRY_ALLOC(err, from);
    TRY_ALLOC(err, to);
    for (size_t i = 0; i < r->n; i++) {
        if (r->links[i].falls <= most) {
            from[kept] = r->links[i].a;
            to[kept++] = r->links[i].b;
        }
    }
    TRY(mlg_csr_build(n, n, true, true, from, to, NULL, kept, MLG_MERGE_MAX, out, err));
out:
    mlg_free(from);
    mlg_free(to);
    return status;
}

static int32_t own_sectors(const mlg_graph *graph, int32_t actor, const int32_t **list)
{
    if (graph->sector_set.n > 0 && mlg_csr_degree(&graph->sector_set, actor) > 0) {
        const uint32_t degree = mlg_csr_degree(&graph->sector_set, actor);
        *list = graph->sector_set.target + graph->sector_set.offset[actor];
        return degree < MLG_MAX_OWN_SECTORS ? (int32_t) degree : MLG_MAX_OWN_SECTORS;
    }
    *list = &graph->sector[actor];
    return graph->sector[actor] >= 0 ? 1 : 0;
}

static bool crosses(const mlg_graph *graph, int32_t x, int32_t y)
{
    const int32_t *of_x = NULL, *of_y = NULL;
    const int32_t n = own_sectors(graph, x, &of_x), m = own_sectors(graph, y, &of_y);

    for (int32_t i = 0; i < n; i++) {
        for (int32_t j = 0; j < m; j++) {
            if (of_x[i] == of_y[j]) {
                return false;
            }
        }
    }
    return n > 0 && m > 0;
}

/* Is it counted: an actor of its own, that does not leave? */
static bool stays(const near_rows *r, int32_t v)
{
    return v < r->graph->n && r->coordination->of_party[r->graph->subject[v]] != 0;
}

/* Cross-sector pairs of actors that a row ties, or two rows with somebody or something between. */
static double count_near(const near_rows *r, const mlg_csr *table, int32_t *seen)
{
    double pairs = 0.0;

    memset(seen, -1, (size_t) table->n * sizeof *seen);
    for (int32_t x = 0; x < r->graph->n; x++) {
        if (!stays(r, x)) {
            continue;
        }
        for (uint32_t e = table->offset[x]; e < table->offset[x + 1]; e++) {
            const int32_t by = table->target[e];
            if (by > x && stays(r, by) && seen[by] != x) {
                seen[by] = x;
                pairs += crosses(r->graph, x, by);
            }
            for (uint32_t f = table->offset[by]; f < table->offset[by + 1]; f++) {
                const int32_t y = table->target[f];
                if (y > x && seen[y] != x && stays(r, y)) {
                    seen[y] = x;
                    pairs += crosses(r->graph, x, y);
                }
            }
        }
    }
    return pairs;
}

/* Today, without the rows, and without the activities too; all NaN where it would take long. */
static mlg_status count_nears(const mlg_context *context, int32_t view,
                              const mlg_leavers *coordination, double near[3], mlg_error *err)
{
    static const int8_t most[] = {OWNED, STOPS, STAYS};
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    near_rows r = {.graph = graph, .coordination = coordination};
    mlg_csr table = {0};
    mlg_reader reader;
    int32_t *seen = mlg_alloc((size_t) graph->n + (size_t) graph->n_activities, sizeof *seen);

    TRY_ALLOC(err, seen);
    TRY(mlg_reader_open(&reader, graph->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, read_row, &r);
    if (r.failed) {
        FAIL(err, MLG_ENOMEM, "%s: no memory for the rows of the view", ID);
    }
    for (int k = 0; k < 3; k++) {
        double looks = 0.0;
        mlg_csr_free(&table);
        TRY(table_of(&r, most[k], &table, err));
        for (int32_t v = 0; v < table.n; v++) {
            looks += (double) mlg_csr_degree(&table, v) * mlg_csr_degree(&table, v);
        }
        if (!context->run->force && 3.0 * looks > MOST_LOOKS) {
            near[0] = near[1] = near[2] = NAN;
            break;
        }
        near[k] = count_near(&r, &table, seen);
    }
out:
    mlg_csr_free(&table);
    mlg_free(r.links);
    mlg_free(seen);
    return status;
}

/* ---- the share ------------------------------------------------------------------------- */

static mlg_text_key lacks(const mlg_context *context, int32_t view, const mlg_leavers *coordination)
{
    if (view < 0) {
        return T_why_no_view;
    }
    const mlg_graph *graph = mlg_context_graph(context, view);
    return context->model == NULL                   ? T_why_no_posts
           : coordination->n == 0                   ? T_why_no_coordination
           : graph->scope != MLG_SCOPE_ACTOR        ? T_why_no_actor_view
           : graph->projected && graph->n_ties == 0 ? T_why_no_ties
           : graph->n_sectors == 0                  ? T_why_no_sectors
           : graph->n_sectors == 1                  ? T_why_one_group
                                                    : T_none;
}

static mlg_status list_share(int32_t view, const mlg_cut *cut, const mlg_leavers *coordination,
                             const double near[3], mlg_values *out, mlg_error *err)
{
    const double today = (double) cut->today;
    const bool any = cut->n_rows > 0 || cut->stopped > 0, rows = cut->n_rows > 0;
    const double without = rows ? today - (double) cut->rows : NAN;
    const double alone = any ? today - (double) cut->activities : NAN;
    const mlg_text_key why = cut->today == 0 ? T_why_nothing_crosses
                             : rows          ? T_none
                                             : T_why_no_row_of_posts;
    const mlg_figure figures[] = {
        {"pairs_today", today},
        {"pairs_without", without},
        {"pairs_without_activities", alone},
        {"share_with_activities", today > 0.0 ? (today - alone) / today : NAN},
        {"rows", (double) cut->n_rows},
        {"posts", coordination->n_posts},
        {"activities_stopped", cut->stopped},
        {"near_today", near[0]},
        {"near_without", rows ? near[1] : NAN},
        {"near_without_activities", any ? near[2] : NAN},
    };
    return mlg_values_summary(
        out,
        &(mlg_summary){.id = ID,
                       .view = view,
                       .value = why == T_none ? (double) cut->rows / today : NAN,
                       .why = why,
                       .figures = figures,
                       .n_figures = sizeof figures / sizeof *figures},
        err);
}

mlg_status mlg_depend_through_share(mlg_context *context, int32_t view, mlg_values *out,
                                    mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_leavers coordination = {0};
    mlg_cutter *cutter = NULL;
    double near[3] = {NAN, NAN, NAN};

    if (context->model != NULL) {
        TRY(mlg_coordination_of(context->model, &coordination, err));
    }
    const mlg_text_key why = lacks(context, view, &coordination);
    if (why != T_none) {
        TRY(mlg_values_undefined(out, ID, view, why, err));
        goto out;
    }
    TRY(mlg_cutter_open(context, view, &coordination, &cutter, err));
    const mlg_cut cut = mlg_cut_of(cutter, 0);
    TRY(count_nears(context, view, &coordination, near, err));
    TRY(list_share(view, &cut, &coordination, near, out, err));
out:
    mlg_cutter_free(cutter);
    mlg_leavers_free(&coordination);
    return status;
}
