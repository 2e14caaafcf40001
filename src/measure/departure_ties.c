/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "measure/departure.h"

/* The ties that posts hold, from the rows of the tables themselves: in the views most people
 * look at, persons have become their organisations. */

void mlg_survivals_of(const mlg_model *model, double survival[MLG_N_SURVIVALS])
{
    for (int held = 0; held < MLG_N_SURVIVALS; held++) {
        const int rate = MLG_SURVIVES_ORGANISATION + held;
        const double said = model != NULL ? model->rate[rate].value : NAN;
        survival[held] = isnan(said) ? mlg_rate_rows()[rate].value : said;
    }
}

/* ---- rows ---------------------------------------------------------------------- */

/* A row that names a leaver: for ties with its other end, for activities without. */
typedef struct gathering {
    const mlg_graph *graph;
    const mlg_leavers *leavers;
    double survival[MLG_N_SURVIVALS];
    mlg_carrieds rows;
    bool short_of_memory;
} gathering;

static void add(gathering *g, mlg_carried row)
{
    if (!mlg_grow(&g->rows.items, &g->rows.room, g->rows.n + 1, sizeof *g->rows.items)) {
        g->short_of_memory = true;
        return;
    }
    g->rows.items[g->rows.n++] = row;
}

static int8_t held_by(const mlg_model *model, const mlg_reading *reading)
{
    const mlg_column column =
        reading->row.table == MLG_TIES ? C_ties_held_by : C_participations_held_by;
    const int32_t code =
        reading->row.table == MLG_ACTIVITIES ? -1 : mlg_get_id(model, column, reading->row.row);
    return (int8_t) (code >= 0 && code < MLG_N_SURVIVALS ? code : MLG_CODE_OF(held_by, unknown));
}

/* The partner of a participation is filled in later; meanwhile its own seat stands there. */
static void look(void *context, const mlg_reading *reading)
{
    gathering *g = context;
    const mlg_model *model = g->graph->model;

    if (reading->fate != MLG_ROW_COUNTS) {
        return;
    }
    for (int end = 0; end < 2 && reading->party[end] >= 0; end++) {
        const int32_t leaver = mlg_leaver_of_reading(model, g->leavers, reading, end);
        const bool tie = reading->row.table == MLG_TIES;
        if (leaver < 0 ||
            (tie && mlg_leaver_of_reading(model, g->leavers, reading, 1 - end) == leaver)) {
            continue;
        }
        add(g, (mlg_carried){.leaver = leaver,
                             .partner = reading->subject[tie ? 1 - end : end],
                             .seat = tie ? reading->row.row : reading->activity,
                             .held = held_by(model, reading)});
    }
}

/* By leaver, seat and partner. */
static int by_place(const void *left, const void *right)
{
    const mlg_carried *a = left, *b = right;
    if (a->leaver != b->leaver) {
        return a->leaver < b->leaver ? -1 : 1;
    }
    if (a->seat != b->seat) {
        return a->seat < b->seat ? -1 : 1;
    }
    if (a->partner != b->partner) {
        return a->partner < b->partner ? -1 : 1;
    }
    return a->held < b->held ? -1 : a->held > b->held;
}

static void sort(mlg_carrieds *rows)
{
    if (rows->n > 0) {
        qsort(rows->items, rows->n, sizeof *rows->items, by_place);
    }
}

/* ---- partners -------------------------------------------------------------------- */

/* Of the rows of one person in one activity the best held counts: meetings of one body are
 * one seat. Its partners are all the others there. */
static void expand_seat(gathering *g, const mlg_carried *rows, size_t n, const bool *own)
{
    const mlg_graph *graph = g->graph;
    const mlg_csr *attended = &graph->attended;
    const int32_t activity = mlg_id_find(graph->activity, graph->n_activities, rows[0].seat);
    mlg_carried best = rows[0];

    for (size_t i = 1; i < n; i++) {
        if (g->survival[rows[i].held] > g->survival[best.held]) {
            best.held = rows[i].held;
        }
    }
    for (uint32_t e = activity < 0 ? 0 : attended->offset[activity];
         activity >= 0 && e < attended->offset[activity + 1]; e++) {
        const mlg_id partner = graph->subject[attended->target[e]];
        bool own_seat = own[partner];
        for (size_t i = 0; i < n && !own_seat; i++) {
            own_seat = rows[i].partner == partner;
        }
        if (!own_seat) {
            best.partner = partner;
            add(g, best);
        }
    }
}

/* One leaver's rows, in order: what ties it to others than its own organisations. */
static void expand(gathering *g, const mlg_carried *rows, size_t n, const bool *own)
{
    if (g->graph->view.source == MLG_FROM_TIES) {
        for (size_t i = 0; i < n; i++) {
            if (rows[i].partner >= 0 && !own[rows[i].partner]) {
                add(g, rows[i]);
            }
        }
        return;
    }
    for (size_t i = 0, end = 0; i < n; i = end) {
        for (end = i; end < n && rows[end].seat == rows[i].seat;) {
            end++;
        }
        expand_seat(g, rows + i, end - i, own);
    }
}

mlg_status mlg_carried_of(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                          mlg_carrieds *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = mlg_context_graph(context, view);
    gathering g = {.graph = graph, .leavers = leavers};
    mlg_carrieds found = {0};
    mlg_reader reader;
    bool *own = mlg_zalloc(graph->model->parties.n, sizeof *own);

    *out = (mlg_carrieds){0};
    TRY_ALLOC(err, own);
    mlg_survivals_of(graph->model, g.survival);
    TRY(mlg_reader_open(&reader, graph->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, look, &g);
    sort(&g.rows);
    found = g.rows;
    g.rows = (mlg_carrieds){0};
    for (size_t i = 0, end = 0; i < found.n; i = end) {
        const int32_t leaver = found.items[i].leaver;
        for (end = i; end < found.n && found.items[end].leaver == leaver;) {
            end++;
        }
        mlg_leaver_own(graph->model, leavers, leaver, graph->into, true, own);
        expand(&g, found.items + i, end - i, own);
        mlg_leaver_own(graph->model, leavers, leaver, graph->into, false, own);
    }
    sort(&g.rows);
    if (g.short_of_memory) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for the ties of posts");
    }
    *out = g.rows;
    g.rows.items = NULL;
out:
    mlg_free(found.items);
    mlg_free(g.rows.items);
    mlg_free(own);
    return status;
}
