/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "finding/rule.h"
#include "graph/rows.h"

/* The rows behind a finding: one more reading of the table, nothing kept a tie. */

void mlg_evidence_row_of(mlg_finding *finding, const mlg_model *model, mlg_table_id table,
                         int32_t row)
{
    const mlg_evidence_row at = {
        .file = mlg_names_text(&model->files, model->rows[table].file[row]),
        .line = model->rows[table].line[row],
    };
    /* an action is read once for each of its carriers and partners: its row is one */
    const bool again = finding->rows_total > 0 && finding->last.line == at.line &&
                       strcmp(finding->last.file, at.file) == 0;

    if (again) {
        return;
    }
    if (finding->n_rows < MLG_MAX_EVIDENCE) {
        finding->rows[finding->n_rows++] = at;
    }
    finding->last = at;
    finding->rows_total++;
}

int32_t mlg_evidence_sector(const mlg_graph *graph, mlg_id code)
{
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        if (graph->sector_code[s] == code) {
            return s;
        }
    }
    return -1;
}

static bool is_in(const mlg_graph *graph, int32_t actor, int32_t sector)
{
    if (graph->sector_set.n > 0) {
        return mlg_csr_find(&graph->sector_set, actor, sector) > 0.0;
    }
    return graph->sector[actor] == sector;
}

/* ---- which rows ------------------------------------------------------------------- */

/* Rows that join a sector a with a sector b; a = -1: any two actors of one sector. */
typedef struct search {
    const mlg_graph *graph;
    mlg_finding *finding;
    int32_t a, b;
} search;

static bool joins(const search *s, int32_t x, int32_t y)
{
    if (x < 0 || y < 0 || x == y) {
        return false;
    }
    if (s->a < 0) {
        return s->graph->sector[x] >= 0 && s->graph->sector[x] == s->graph->sector[y];
    }
    return (is_in(s->graph, x, s->a) && is_in(s->graph, y, s->b)) ||
           (is_in(s->graph, x, s->b) && is_in(s->graph, y, s->a));
}

/* An activity in which nobody joins anybody says nothing; one where some do is shown by
 * the rows of those of its actors that do. */
static bool meets_somebody(const search *s, int32_t actor, int32_t activity)
{
    const mlg_csr *attended = &s->graph->attended;
    for (uint32_t i = attended->offset[activity]; i < attended->offset[activity + 1]; i++) {
        if (joins(s, actor, attended->target[i])) {
            return true;
        }
    }
    return false;
}

static int32_t activity_of(const mlg_graph *graph, mlg_id activity)
{
    int32_t low = 0, high = graph->n_activities;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (graph->activity[middle] < activity) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < graph->n_activities && graph->activity[low] == activity ? low : -1;
}

static void look(void *context, const mlg_reading *reading)
{
    const search *s = context;
    if (reading->fate != MLG_ROW_COUNTS || reading->subject[0] < 0) {
        return;
    }
    const int32_t x = mlg_id_find(s->graph->subject, s->graph->n, reading->subject[0]);
    bool matches = false;
    if (s->graph->view.source == MLG_FROM_TIES) {
        matches = reading->subject[1] >= 0 &&
                  joins(s, x, mlg_id_find(s->graph->subject, s->graph->n, reading->subject[1]));
    } else if (x >= 0) {
        const int32_t activity = activity_of(s->graph, reading->activity);
        matches = activity >= 0 && meets_somebody(s, x, activity);
    }
    if (matches) {
        mlg_evidence_row_of(s->finding, s->graph->model, reading->row.table, reading->row.row);
    }
}

static mlg_status find_rows(mlg_finding *finding, const mlg_rule_case *at, int32_t a, int32_t b,
                            mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = at->graph;
    search s = {.graph = graph, .finding = finding, .a = a, .b = b};
    mlg_reader reader;

    if (graph->model == NULL) { /* made from arrays: no rows to show */
        return MLG_OK;
    }
    TRY(mlg_reader_open(&reader, graph->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, look, &s);
out:
    return status;
}

mlg_status mlg_evidence_between(mlg_finding *finding, const mlg_rule_case *at, int32_t a, int32_t b,
                                mlg_error *err)
{
    return a >= 0 && b >= 0 ? find_rows(finding, at, a, b, err) : MLG_OK;
}

mlg_status mlg_evidence_inside(mlg_finding *finding, const mlg_rule_case *at, mlg_error *err)
{
    return find_rows(finding, at, -1, -1, err);
}

void mlg_evidence_of_actor(mlg_finding *finding, const mlg_rule_case *at, int32_t actor)
{
    mlg_row rows[MLG_MAX_EVIDENCE];
    const mlg_graph *graph = at->graph;
    const size_t n = mlg_graph_rows_of(graph, actor, -1, rows, MLG_MAX_EVIDENCE);

    for (size_t i = 0; i < n && i < MLG_MAX_EVIDENCE; i++) {
        mlg_evidence_row_of(finding, graph->model, rows[i].table, rows[i].row);
    }
    finding->rows_total = n;
}
