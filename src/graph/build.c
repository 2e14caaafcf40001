/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/build.h"

#include <math.h>

#include "graph/rows.h"

/* Actors stand in ascending order of their subject: parties are numbered when the input
 * first names them, sectors by their code. Activities likewise. Nothing hashed, and no
 * thread, has a say in it. */

enum { NO_KIND_YET = -2 };

/* What the counted rows gave, in subjects and activities of the model. */
typedef struct gathering {
    mlg_graph *graph;
    int32_t *from, *to; /* ties: two subjects; participations: subject, activity */
    double *weight;     /* of ties */
    uint8_t *arc;       /* of ties */
    size_t m;
    int32_t *number;          /* [subjects] 0 = actor of the graph, -1 = not; then its number */
    int32_t *activity_number; /* [activities] the same */
    int32_t kind;             /* of the rows so far */
    bool some_weight;
} gathering;

static void name_subject(gathering *g, mlg_id subject)
{
    if (subject >= 0) {
        g->number[subject] = 0;
    }
}

static void keep_tie(gathering *g, const mlg_reading *reading)
{
    mlg_graph *graph = g->graph;
    const mlg_id a = reading->subject[0], b = reading->subject[1];

    name_subject(g, a);
    name_subject(g, b);
    graph->several_kinds =
        graph->several_kinds || (g->kind != NO_KIND_YET && g->kind != reading->kind);
    g->kind = reading->kind;
    if (reading->party[0] == reading->party[1]) {
        graph->facts.loops++;
    } else if (a == b && a >= 0) {
        graph->facts.ties_inside++;
    } else if (a >= 0 && b >= 0) {
        const bool known = !isnan(reading->weight);
        graph->facts.rows_unweighted += !known;
        g->some_weight = g->some_weight || known;
        g->from[g->m] = a;
        g->to[g->m] = b;
        g->weight[g->m] = known ? reading->weight : 1.0;
        g->arc[g->m++] = reading->arc;
    }
}

static void keep_seat(gathering *g, const mlg_reading *reading)
{
    name_subject(g, reading->subject[0]);
    if (reading->subject[0] >= 0) {
        g->activity_number[reading->activity] = 0;
        g->from[g->m] = reading->subject[0];
        g->to[g->m++] = reading->activity;
    }
}

static void keep(void *context, const mlg_reading *reading)
{
    gathering *g = context;
    mlg_graph_facts *facts = &g->graph->facts;

    facts->rows++;
    facts->rows_outside += reading->fate == MLG_ROW_OUTSIDE;
    facts->rows_absent += reading->fate == MLG_ROW_ABSENT;
    facts->rows_member += reading->fate == MLG_ROW_MEMBER;
    if (reading->fate != MLG_ROW_COUNTS) {
        return;
    }
    facts->rows_undated += reading->undated;
    facts->rows_presence_unknown += reading->presence_unknown;
    if (g->graph->view.source == MLG_FROM_TIES) {
        keep_tie(g, reading);
    } else {
        keep_seat(g, reading);
    }
}

/* Actors and schemes that a table lists belong to the view without any row: they are
 * its isolates. Unnamed ones only count in compositions. */
static void name_listed(gathering *g)
{
    const mlg_model *model = g->graph->model;
    const mlg_view *view = &g->graph->view;

    for (int32_t row = 0; row < model->rows[MLG_ACTORS].n; row++) {
        const mlg_id party = mlg_get_id(model, C_actors_id, row);
        if (party >= 0 && model->party_kind[party] != MLG_KIND_UNNAMED &&
            mlg_when_row(model, view, C_actors_start, C_actors_end, row) != MLG_OUTSIDE) {
            name_subject(g, g->graph->into[party]);
        }
    }
    for (int32_t row = 0; view->by == MLG_BY_SCHEME && row < model->rows[MLG_SCHEMES].n; row++) {
        const mlg_id scheme = mlg_get_id(model, C_schemes_id, row);
        if (scheme >= 0 &&
            mlg_when_row(model, view, C_schemes_start, C_schemes_end, row) != MLG_OUTSIDE) {
            name_subject(g, g->graph->into[scheme]);
        }
    }
}

/* Deals numbers 0.. to what is marked with 0, ascending; `ids` gets what each stands for. */
static mlg_status number(int32_t *numbers, int32_t n, mlg_id **ids, int32_t *count, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *count = 0;
    for (int32_t i = 0; i < n; i++) {
        numbers[i] = numbers[i] == 0 ? (*count)++ : -1;
    }
    *ids = mlg_alloc((size_t) *count, sizeof **ids);
    TRY_ALLOC(err, *ids);
    for (int32_t i = 0; i < n; i++) {
        if (numbers[i] >= 0) {
            (*ids)[numbers[i]] = i;
        }
    }
out:
    return status;
}

static mlg_status unmarked(int32_t n, int32_t **out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *out = mlg_alloc((size_t) n, sizeof **out);
    TRY_ALLOC(err, *out);
    for (int32_t i = 0; i < n; i++) {
        (*out)[i] = -1;
    }
out:
    return status;
}

static mlg_status make_room(gathering *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_view *view = &g->graph->view;
    const size_t bound = mlg_reader_bound(g->graph->model, view->source);
    const size_t ties = view->source == MLG_FROM_TIES ? bound : 0;

    g->from = mlg_alloc(bound, sizeof *g->from);
    g->to = mlg_alloc(bound, sizeof *g->to);
    g->weight = mlg_alloc(ties, sizeof *g->weight);
    g->arc = mlg_alloc(ties, sizeof *g->arc);
    if (g->from == NULL || g->to == NULL || g->weight == NULL || g->arc == NULL) {
        FAIL(err, MLG_ENOMEM, "no memory for %zu rows of the view %s", bound, view->id);
    }
out:
    return status;
}

static mlg_status gather(gathering *g, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_graph *graph = g->graph;
    const mlg_model *model = graph->model;
    const int32_t subjects = mlg_subject_count(model, graph->view.by);
    const int32_t activities = (int32_t) model->activities.n;
    mlg_reader reader;

    TRY(make_room(g, err));
    TRY(unmarked(subjects, &g->number, err));
    TRY(unmarked(activities, &g->activity_number, err));
    TRY(mlg_reader_open(&reader, model, &graph->view, graph->into, graph->activity_when, err));
    mlg_reader_each(&reader, keep, g);
    name_listed(g);
    TRY(number(g->number, subjects, &graph->subject, &graph->n, err));
    TRY(number(g->activity_number, activities, &graph->activity, &graph->n_activities, err));
out:
    return status;
}

static mlg_status lay_out(gathering *g, const mlg_run *run, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_graph *graph = g->graph;
    const bool ties = graph->view.source == MLG_FROM_TIES;

    for (size_t i = 0; i < g->m; i++) {
        g->from[i] = g->number[g->from[i]];
        g->to[i] = ties ? g->number[g->to[i]] : g->activity_number[g->to[i]];
    }
    if (ties) {
        const bool weighted = g->some_weight && !graph->several_kinds;
        const mlg_tie_rows rows = {g->from, g->to, weighted ? g->weight : NULL,
                                   g->arc,  false, g->m};
        graph->facts.rows_unweighted = weighted ? graph->facts.rows_unweighted : 0;
        TRY(mlg_graph_set_ties(graph, &rows, err));
    } else {
        TRY(mlg_graph_set_participations(graph, g->from, g->to, g->m, run, err));
    }
    TRY(mlg_graph_set_sectors(graph, err));
out:
    return status;
}

mlg_status mlg_graph_build(const mlg_model *model, const mlg_view *view, const mlg_run *run,
                           mlg_graph **graph, mlg_error *err)
{
    mlg_status status = MLG_OK;
    gathering g = {.kind = NO_KIND_YET};

    *graph = g.graph = mlg_zalloc(1, sizeof *g.graph);
    TRY_ALLOC(err, g.graph);
    g.graph->model = model;
    g.graph->view = *view;
    g.graph->scope = view->by == MLG_BY_SECTOR   ? MLG_SCOPE_SECTOR
                     : view->by == MLG_BY_SCHEME ? MLG_SCOPE_SCHEME
                                                 : MLG_SCOPE_ACTOR;
    TRY(mlg_collapse_parties(model, view, &g.graph->into, err));
    TRY(mlg_when_activities(model, view, &g.graph->activity_when, err));
    TRY(gather(&g, err));
    TRY(lay_out(&g, run, err));
out:
    mlg_free(g.from);
    mlg_free(g.to);
    mlg_free(g.weight);
    mlg_free(g.arc);
    mlg_free(g.number);
    mlg_free(g.activity_number);
    if (status != MLG_OK) {
        mlg_graph_free(*graph);
        *graph = NULL;
    }
    return status;
}
