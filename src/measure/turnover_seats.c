/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "base/fail.h"
#include "measure/turnover_people.h"

/* The rows of a view and whose departure may take them: a row of ties.csv each, a seat of one
 * person in one activity each. */

typedef struct gathering {
    const mlg_graph *graph;
    mlg_turnover_people *people;
    mlg_turnover_row *rows;
    size_t n, room;
    double survival[MLG_N_SURVIVALS];
    bool short_of_memory;
} gathering;

/* ---- whose ----------------------------------------------------------------------------- */

static int32_t role_of(const mlg_model *model, const mlg_reading *reading)
{
    return reading->row.table == MLG_PARTICIPATIONS
               ? mlg_get_id(model, C_participations_role, reading->row.row)
               : -1;
}

/* Did somebody else stand in for whom the row names? It is nobody's then. */
static bool stood_in(const mlg_model *model, const mlg_reading *reading)
{
    return reading->row.table == MLG_PARTICIPATIONS &&
           mlg_get_id(model, C_participations_present, reading->row.row) ==
               MLG_CODE_OF(presence, represented);
}

/* The held post that the row speaks for, whatever name it gives; -1: none. */
static int32_t spoken_for(const mlg_turnover_people *people, const mlg_reading *reading)
{
    const mlg_id behalf = reading->behalf;
    const int32_t post = behalf >= 0 && (people->model->party_flags[behalf] & MLG_IS_POST) != 0
                             ? people->first_post[behalf]
                             : -1;
    return post >= 0 && !people->post[post].vacant ? post : -1;
}

/* Of several posts of one person, the one whose scheme the row names; else the first. `named` says
 * whether the row named one. */
static int32_t choose(const mlg_turnover_people *people, int32_t first, const mlg_reading *reading,
                      bool *named)
{
    const mlg_model *model = people->model;
    const int32_t at = reading->activity >= 0 ? model->activity_row[reading->activity] : -1;
    size_t n = 0;
    const int32_t *schemes = at >= 0 ? mlg_get_list(model, C_activities_schemes, at, &n) : NULL;
    int32_t post =
        reading->behalf >= 0 ? mlg_turnover_post_for(people, first, reading->behalf) : -1;
    for (size_t i = 0; i < n && post < 0; i++) {
        post = mlg_turnover_post_for(people, first, schemes[i]);
    }
    *named = post >= 0;
    return post >= 0 ? post : first;
}

/* The post whose departure may take the row at this end; -1: none. Where no post is described,
 * an organisation may coordinate: only what it does as coordinator hangs on who does it. */
static int32_t owner_of(gathering *g, const mlg_reading *reading, int end)
{
    mlg_turnover_people *people = g->people;
    const mlg_model *model = people->model;
    const mlg_id party = reading->party[end];

    if (party < 0 || stood_in(model, reading)) {
        return -1;
    }
    const bool person = model->party_kind[party] == MLG_KIND_PERSON;
    const int32_t for_post = spoken_for(people, reading);
    if (for_post >= 0) {
        return for_post;
    }
    int32_t post = people->first_post[party];
    if (post < 0) {
        post = person ? mlg_turnover_person(people, party) : -1;
        g->short_of_memory = g->short_of_memory || (person && post < 0);
        return post;
    }
    if (people->post[post].party == party && (model->party_flags[party] & MLG_IS_POST) != 0) {
        return post;
    }
    bool named = false;
    post = choose(people, post, reading, &named);
    const bool as_coordinator = named && role_of(model, reading) == MLG_CODE_OF(role, coordinator);
    return person || people->described || as_coordinator ? post : -1;
}

static mlg_rate held_by(const mlg_model *model, const mlg_reading *reading)
{
    const mlg_column column =
        reading->row.table == MLG_TIES ? C_ties_held_by : C_participations_held_by;
    const int32_t code =
        reading->row.table == MLG_ACTIVITIES ? -1 : mlg_get_id(model, column, reading->row.row);
    return (mlg_rate) (MLG_SURVIVES_ORGANISATION + (code >= 0 && code < MLG_N_SURVIVALS
                                                        ? code
                                                        : MLG_CODE_OF(held_by, unknown)));
}

/* ---- rows ------------------------------------------------------------------------------ */

static void find_owners(gathering *g, const mlg_reading *reading, mlg_turnover_row *row)
{
    const mlg_turnover_people *people = g->people;
    row->post[0] = row->post[1] = -1;
    if (reading->kind == MLG_CODE_OF(tie_kind, agreement)) {
        return; /* it binds organisations */
    }
    row->post[0] = owner_of(g, reading, 0);
    row->post[1] = owner_of(g, reading, 1);
    if (row->post[0] >= 0 && row->post[1] >= 0 &&
        people->post[row->post[0]].person == people->post[row->post[1]].person) {
        row->post[1] = -1;
    }
}

static void look(void *context, const mlg_reading *reading)
{
    gathering *g = context;
    const mlg_graph *graph = g->graph;
    const bool ties = graph->view.source == MLG_FROM_TIES;
    mlg_turnover_row row;

    if (g->short_of_memory || reading->fate != MLG_ROW_COUNTS || reading->subject[0] < 0 ||
        (ties && reading->subject[1] < 0)) {
        return;
    }
    row.end[0] = mlg_id_find(graph->subject, graph->n, reading->subject[0]);
    row.end[1] = ties ? mlg_id_find(graph->subject, graph->n, reading->subject[1])
                      : mlg_id_find(graph->activity, graph->n_activities, reading->activity);
    if (row.end[0] < 0 || row.end[1] < 0 || (ties && row.end[0] == row.end[1])) {
        return;
    }
    row.end[1] += ties ? 0 : graph->n;
    row.held = held_by(graph->model, reading);
    find_owners(g, reading, &row);
    if (!mlg_grow(&g->rows, &g->room, g->n + 1, sizeof *g->rows)) {
        g->short_of_memory = true;
        return;
    }
    g->rows[g->n++] = row;
}

/* ---- seats ----------------------------------------------------------------------------- */

/* A seat on its way to being sorted. */
typedef struct seat {
    mlg_turnover_row row;
    int32_t person; /* -1: nobody can take it */
    double lasts;
} seat;

/* By activity, actor and person; the best held first, then the first post. */
static int by_place(const void *left, const void *right)
{
    const seat *a = left, *b = right;
    if (a->row.end[1] != b->row.end[1]) {
        return a->row.end[1] < b->row.end[1] ? -1 : 1;
    }
    if (a->row.end[0] != b->row.end[0]) {
        return a->row.end[0] < b->row.end[0] ? -1 : 1;
    }
    if (a->person != b->person) {
        return a->person < b->person ? -1 : 1;
    }
    if (a->lasts != b->lasts) {
        return a->lasts > b->lasts ? -1 : 1;
    }
    if (a->row.held != b->row.held) {
        return a->row.held < b->row.held ? -1 : 1;
    }
    return a->row.post[0] < b->row.post[0] ? -1 : a->row.post[0] > b->row.post[0];
}

/* Meetings of one body are one seat of who comes: of its rows the best held counts. */
static mlg_status merge_seats(gathering *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    seat *seats = mlg_alloc(g->n, sizeof *seats);
    size_t n = 0;

    TRY_ALLOC(err, seats);
    for (size_t i = 0; i < g->n; i++) {
        const int32_t post = g->rows[i].post[0];
        seats[i] = (seat){g->rows[i], post >= 0 ? g->people->post[post].person : -1,
                          g->survival[g->rows[i].held - MLG_SURVIVES_ORGANISATION]};
    }
    if (g->n > 0) {
        qsort(seats, g->n, sizeof *seats, by_place);
    }
    for (size_t i = 0; i < g->n; i++) {
        const bool same = i > 0 && seats[i].row.end[1] == seats[i - 1].row.end[1] &&
                          seats[i].row.end[0] == seats[i - 1].row.end[0] &&
                          seats[i].person == seats[i - 1].person;
        if (!same) {
            g->rows[n++] = seats[i].row;
        }
    }
    g->n = n;
out:
    mlg_free(seats);
    return status;
}

mlg_status mlg_turnover_rows_of(const mlg_graph *graph, mlg_turnover_people *people,
                                mlg_turnover_ground *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    gathering g = {.graph = graph, .people = people};
    mlg_reader reader;

    mlg_survivals_of(graph->model, g.survival);
    TRY(mlg_reader_open(&reader, graph->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, look, &g);
    if (g.short_of_memory) {
        FAIL(err, MLG_ENOMEM, "departures: no memory for the rows of a view");
    }
    if (graph->view.source != MLG_FROM_TIES) {
        TRY(merge_seats(&g, err));
    }
    out->row = g.rows;
    out->n_rows = g.n;
    g.rows = NULL;
out:
    mlg_free(g.rows);
    return status;
}
