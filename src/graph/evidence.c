/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/rows.h"

/* A search for the rows behind a pair reads the model's rows once more, as the builder
 * did: nothing is kept a tie for what a reader asks of a dozen. */
typedef struct search {
    const mlg_graph *graph;
    int32_t a, b; /* b = -1: any row that names a */
    mlg_row *rows;
    size_t room, n;
} search;

int32_t mlg_id_find(const mlg_id *ids, int32_t n, mlg_id id)
{
    int32_t low = 0, high = n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (ids[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && ids[low] == id ? low : -1;
}

static bool tie_matches(const search *s, const mlg_reading *reading)
{
    const mlg_id from = reading->subject[0], to = reading->subject[1];
    const mlg_id a = s->graph->subject[s->a];
    if (s->b < 0) {
        return from == a || to == a;
    }
    const mlg_id b = s->graph->subject[s->b];
    return (from == a && to == b) || (from == b && to == a);
}

/* Rows of both actors in the activities they share. */
static bool seat_matches(const search *s, const mlg_reading *reading)
{
    const mlg_graph *graph = s->graph;
    const mlg_id subject = reading->subject[0];
    if (s->b < 0) {
        return subject == graph->subject[s->a];
    }
    if (subject != graph->subject[s->a] && subject != graph->subject[s->b]) {
        return false;
    }
    const int32_t other = subject == graph->subject[s->a] ? s->b : s->a;
    const int32_t activity = mlg_id_find(graph->activity, graph->n_activities, reading->activity);
    return activity >= 0 && mlg_csr_find(&graph->attends, other, activity) > 0.0;
}

static void look(void *context, const mlg_reading *reading)
{
    search *s = context;
    const bool ties = s->graph->view.source == MLG_FROM_TIES;
    const bool matches = ties ? tie_matches(s, reading) : seat_matches(s, reading);
    if (reading->fate != MLG_ROW_COUNTS || !matches) {
        return;
    }
    if (s->n < s->room) {
        s->rows[s->n] = reading->row;
    }
    s->n++;
}

size_t mlg_graph_rows_of(const mlg_graph *graph, int32_t a, int32_t b, mlg_row *rows, size_t room)
{
    search s = {graph, a, b, rows, room, 0};
    mlg_reader reader;
    if (graph->model == NULL || mlg_reader_open(&reader, graph->model, &graph->view, graph->into,
                                                graph->activity_when, NULL) != MLG_OK) {
        return 0;
    }
    mlg_reader_each(&reader, look, &s);
    return s.n;
}
