/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/wnodf.h"

#include <math.h>
#include <stdlib.h>

#include "base/fail.h"
#include "base/memory.h"
#include "graph/rows.h"
#include "measure/fenwick.h"

/* ---- the kernel -------------------------------------------------------------- */

/* A filled cell of the column at hand. */
typedef struct cell {
    double weight;
    uint32_t fill; /* filled cells of its row */
} cell;

typedef struct counter {
    uint32_t *fill; /* [rows] */
    uint32_t *tree; /* [columns + 1] rows with more weight in the column, by fill */
    uint64_t *by;   /* [columns + 1] smaller cells under a larger one, by fill of their row */
    cell *cells;    /* [rows] */
    uint32_t most;  /* columns */
} counter;

static int heaviest_first(const void *left, const void *right)
{
    const double a = ((const cell *) left)->weight, b = ((const cell *) right)->weight;
    return a < b ? 1 : a > b ? -1 : 0;
}

/* Cells of one column: a row with more filled cells and more weight here is above. */
static void count_column(const mlg_csr *columns, int32_t c, counter *k)
{
    uint32_t n = 0, heavier = 0;

    for (uint32_t i = columns->offset[c]; i < columns->offset[c + 1]; i++) {
        if (columns->weight[i] > 0.0) {
            k->cells[n++] = (cell){columns->weight[i], k->fill[columns->target[i]]};
        }
    }
    qsort(k->cells, n, sizeof *k->cells, heaviest_first);
    for (uint32_t i = 0; i < n; i++) {
        for (; k->cells[heavier].weight > k->cells[i].weight; heavier++) {
            mlg_fenwick_add(k->tree, k->most, k->cells[heavier].fill, 1);
        }
        k->by[k->cells[i].fill] += heavier - mlg_fenwick_sum(k->tree, k->cells[i].fill);
    }
    while (heavier > 0) {
        mlg_fenwick_add(k->tree, k->most, k->cells[--heavier].fill, 0u - 1u);
    }
}

/* Pairs of rows; `columns` is the table seen from its columns. */
static mlg_status nested_rows(const mlg_csr *columns, int32_t n_rows, double *sum, double *pairs,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t room = (size_t) columns->n + 1;
    double filled = 0.0;
    counter k = {.fill = mlg_zalloc((size_t) n_rows, sizeof *k.fill),
                 .tree = mlg_zalloc(room, sizeof *k.tree),
                 .by = mlg_zalloc(room, sizeof *k.by),
                 .cells = mlg_alloc((size_t) n_rows, sizeof *k.cells),
                 .most = (uint32_t) columns->n};

    *sum = 0.0;
    TRY_ALLOC(err, k.fill);
    TRY_ALLOC(err, k.tree);
    TRY_ALLOC(err, k.by);
    TRY_ALLOC(err, k.cells);
    for (size_t i = 0; i < mlg_csr_size(columns); i++) {
        k.fill[columns->target[i]] += columns->weight[i] > 0.0;
    }
    for (int32_t r = 0; r < n_rows; r++) {
        filled += k.fill[r] > 0;
    }
    for (int32_t c = 0; c < columns->n; c++) {
        count_column(columns, c, &k);
    }
    for (uint32_t fill = 1; fill <= k.most; fill++) {
        *sum += (double) k.by[fill] / fill;
    }
    *pairs = filled * (filled - 1.0) / 2.0;
out:
    mlg_free(k.fill);
    mlg_free(k.tree);
    mlg_free(k.by);
    mlg_free(k.cells);
    return status;
}

mlg_status mlg_wnodf_of(const mlg_csr *table, int32_t n_columns, mlg_wnodf *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_csr turned = {0};

    *out = (mlg_wnodf){{0.0, 0.0}, {0.0, 0.0}};
    TRY(mlg_csr_transpose(table, n_columns, &turned, err));
    TRY(nested_rows(&turned, table->n, &out->sum[0], &out->pairs[0], err));
    TRY(nested_rows(table, n_columns, &out->sum[1], &out->pairs[1], err));
out:
    mlg_csr_free(&turned);
    return status;
}

/* ---- hours ------------------------------------------------------------------- */

/* Rows with an actor, as they come. */
typedef struct gathering {
    const mlg_graph *graph;
    int32_t *actor, *activity;
    double *hours; /* NaN = unknown */
    size_t n;
} gathering;

static void gather(void *context, const mlg_reading *reading)
{
    gathering *g = context;
    const mlg_graph *graph = g->graph;
    const int32_t actor = mlg_id_find(graph->subject, graph->n, reading->subject[0]);
    const int32_t activity = mlg_id_find(graph->activity, graph->n_activities, reading->activity);

    if (reading->fate == MLG_ROW_COUNTS && reading->row.table == MLG_PARTICIPATIONS && actor >= 0 &&
        activity >= 0) {
        g->actor[g->n] = actor;
        g->activity[g->n] = activity;
        g->hours[g->n++] = mlg_get_number(graph->model, C_participations_hours, reading->row.row);
    }
}

static mlg_status gather_rows(gathering *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = g->graph;
    const size_t room = (size_t) graph->model->rows[MLG_PARTICIPATIONS].n;
    mlg_reader reader;

    g->actor = mlg_alloc(room, sizeof *g->actor);
    g->activity = mlg_alloc(room, sizeof *g->activity);
    g->hours = mlg_alloc(room, sizeof *g->hours);
    TRY_ALLOC(err, g->actor);
    TRY_ALLOC(err, g->activity);
    TRY_ALLOC(err, g->hours);
    TRY(mlg_reader_open(&reader, graph->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, gather, g);
out:
    return status;
}

static bool some_hours(const mlg_model *model)
{
    bool some = false;
    for (int32_t row = 0; !some && row < model->rows[MLG_PARTICIPATIONS].n; row++) {
        some = !isnan(mlg_get_number(model, C_participations_hours, row));
    }
    return some;
}

/* Sums are those of decimals: three tenths of an hour in one row or in three are as long. */
static double to_the_millionth(double hours)
{
    return round(hours * 1e6) / 1e6;
}

mlg_status mlg_hours_of(const mlg_graph *graph, mlg_hours *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    gathering g = {.graph = graph};

    *out = (mlg_hours){.missing = mlg_csr_size(&graph->attends)};
    if (graph->model == NULL || !some_hours(graph->model)) {
        return MLG_OK;
    }
    TRY(gather_rows(&g, err));
    TRY(mlg_csr_build(graph->n, graph->n_activities, false, false, g.actor, g.activity, g.hours,
                      g.n, MLG_MERGE_SUM, &out->table, err));
    for (size_t i = 0; i < mlg_csr_size(&out->table); i++) {
        double *hours = &out->table.weight[i];
        *hours = to_the_millionth(*hours);
        out->known += isnan(*hours) ? 0 : 1;
        out->unsaid += isnan(*hours) ? 1 : 0;
        out->none += *hours == 0.0 ? 1 : 0;
    }
    out->missing -= out->known;
out:
    mlg_free(g.actor);
    mlg_free(g.activity);
    mlg_free(g.hours);
    return status;
}
