/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/network.h"

#include <stdio.h>

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "graph/rows.h"
#include "measure/context.h"

enum { NO_KIND = -1, SEVERAL_KINDS = -2, NOT_SEEN = -3 };

/* ---- rows behind ties -------------------------------------------------------- */

typedef struct counting {
    mlg_network *network;
    uint32_t *seats; /* rows of each attendance */
} counting;

/* Place of an entry of an adjacency, or -1. */
static int64_t entry_of(const mlg_csr *csr, int32_t v, int32_t w)
{
    const uint32_t first = csr->offset[v], end = csr->offset[v + 1];
    const int32_t at = mlg_id_find(csr->target + first, (int32_t) (end - first), w);
    return at >= 0 ? (int64_t) first + at : -1;
}

static void count_entry(mlg_network *network, int32_t from, int32_t to, int32_t kind)
{
    const int64_t at = entry_of(network->ties, from, to);
    if (at < 0) {
        return;
    }
    int32_t *known = &network->kind[at];
    *known = *known == NOT_SEEN || *known == kind ? kind : SEVERAL_KINDS;
    network->rows[at]++;
}

static void see_tie(mlg_network *network, const mlg_reading *reading)
{
    const mlg_graph *graph = network->graph;
    const int32_t a = mlg_id_find(graph->subject, graph->n, reading->subject[0]);
    const int32_t b = mlg_id_find(graph->subject, graph->n, reading->subject[1]);
    if (a < 0 || b < 0 || a == b) {
        return;
    }
    const bool turned = network->half && a > b;
    count_entry(network, turned ? b : a, turned ? a : b, reading->kind);
    if (network->directed && !reading->arc) { /* a row without a direction is two arcs */
        count_entry(network, b, a, reading->kind);
    }
}

static void see_row(void *context, const mlg_reading *reading)
{
    counting *c = context;
    const mlg_graph *graph = c->network->graph;
    if (reading->fate != MLG_ROW_COUNTS) {
        return;
    }
    if (c->seats == NULL) {
        see_tie(c->network, reading);
        return;
    }
    const int32_t actor = mlg_id_find(graph->subject, graph->n, reading->subject[0]);
    const int32_t activity = mlg_id_find(graph->activity, graph->n_activities, reading->activity);
    const int64_t at =
        actor >= 0 && activity >= 0 ? entry_of(&graph->attends, actor, activity) : -1;
    if (at >= 0) {
        c->seats[at]++;
    }
}

/* What is worked out for one actor at a time, cleared on the way out. */
typedef struct partners {
    uint32_t *rows, *shared; /* [actors] */
    uint32_t *mirror;        /* rows of each attendance, in the order of `attended` */
} partners;

/* The same counts seen from the activities. */
static mlg_status turn_seats(const mlg_graph *graph, const uint32_t *seats, uint32_t *mirror,
                             mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_csr *attends = &graph->attends;
    uint32_t *next = mlg_copy(graph->attended.offset, (size_t) graph->attended.n, sizeof *next);

    TRY_ALLOC(err, next);
    for (size_t i = 0; i < mlg_csr_size(attends); i++) { /* actors ascend, as in `attended` */
        mirror[next[attends->target[i]]++] = seats[i];
    }
out:
    mlg_free(next);
    return status;
}

/* Sums over the activities of one actor what each later partner has in common with it. */
static void meet(const mlg_graph *graph, const uint32_t *seats, int32_t v, partners *p)
{
    const mlg_csr *attends = &graph->attends, *attended = &graph->attended;
    for (uint32_t i = attends->offset[v]; i < attends->offset[v + 1]; i++) {
        const int32_t activity = attends->target[i];
        for (uint32_t j = attended->offset[activity]; j < attended->offset[activity + 1]; j++) {
            if (attended->target[j] > v) {
                p->rows[attended->target[j]] += seats[i] + p->mirror[j];
                p->shared[attended->target[j]]++;
            }
        }
    }
}

/* A projected tie rests on the rows of both actors in each activity they share. */
static mlg_status share_seats(mlg_network *network, const uint32_t *seats, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = network->graph;
    const mlg_csr *ties = network->ties;
    partners p = {mlg_zalloc((size_t) graph->n, sizeof *p.rows),
                  mlg_zalloc((size_t) graph->n, sizeof *p.shared),
                  mlg_alloc(mlg_csr_size(&graph->attends), sizeof *p.mirror)};

    if (p.rows == NULL || p.shared == NULL || p.mirror == NULL) {
        FAIL(err, MLG_ENOMEM, "out of memory for the rows behind ties");
    }
    TRY(turn_seats(graph, seats, p.mirror, err));
    for (int32_t v = 0; v < graph->n; v++) {
        meet(graph, seats, v, &p);
        for (uint32_t i = ties->offset[v]; i < ties->offset[v + 1]; i++) {
            const int32_t w = ties->target[i];
            network->rows[i] = p.rows[w];
            network->shared[i] = p.shared[w];
            p.rows[w] = p.shared[w] = 0;
        }
    }
out:
    mlg_free(p.rows);
    mlg_free(p.shared);
    mlg_free(p.mirror);
    return status;
}

/* Room for what the rows say of each tie; `seats` is where rows of attendances are counted,
 * NULL for ties. */
static mlg_status make_room(mlg_network *network, uint32_t **seats, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = mlg_csr_size(network->ties);

    network->rows = mlg_zalloc(n, sizeof *network->rows);
    TRY_ALLOC(err, network->rows);
    if (network->two_mode) {
        *seats = network->rows;
    } else if (network->projected) {
        network->shared = mlg_zalloc(n, sizeof *network->shared);
        *seats = mlg_zalloc(mlg_csr_size(&network->graph->attends), sizeof **seats);
        TRY_ALLOC(err, network->shared);
        TRY_ALLOC(err, *seats);
    } else {
        network->kind = mlg_alloc(n, sizeof *network->kind);
        TRY_ALLOC(err, network->kind);
        for (size_t i = 0; i < n; i++) {
            network->kind[i] = NOT_SEEN;
        }
    }
out:
    return status;
}

static mlg_status count_rows(mlg_network *network, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = network->graph;
    counting c = {.network = network};
    mlg_reader reader;

    TRY(make_room(network, &c.seats, err));
    TRY(mlg_reader_open(&reader, network->model, &graph->view, graph->into, graph->activity_when,
                        err));
    mlg_reader_each(&reader, see_row, &c);
    if (network->projected) {
        TRY(share_seats(network, c.seats, err));
    }
out:
    if (c.seats != network->rows) {
        mlg_free(c.seats);
    }
    return status;
}

/* ---- opening ----------------------------------------------------------------- */

static mlg_status set_up(mlg_network *network, const mlg_export *what, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_graph *graph = network->graph;
    const bool from_ties = graph->view.source == MLG_FROM_TIES;

    if (network->model == NULL) {
        FAIL(err, MLG_EARG, "a graph without a study has no names to export");
    }
    if (what->two_mode && from_ties) {
        const mlg_arg what_view = mlg_fail_arg(graph->view.id);
        FAIL_TEXT(err, MLG_EARG, T_fail_export_two_modes, &what_view, 1);
    }
    if (!what->two_mode && !graph->projected) {
        char pairs[24];
        snprintf(pairs, sizeof pairs, "%zu", (size_t) graph->facts.pairs_expected);
        const mlg_arg large[] = {mlg_fail_arg(graph->view.id), mlg_fail_arg(pairs)};
        FAIL_TEXT(err, MLG_ESIZE, T_fail_export_projection, large, 2);
    }
    network->two_mode = what->two_mode;
    network->projected = !from_ties && !what->two_mode;
    network->directed = !what->two_mode && graph->directed;
    network->half = !network->directed && !what->two_mode;
    network->weighted = network->projected || (from_ties && graph->weighted);
    network->ties = what->two_mode      ? &graph->attends
                    : network->directed ? &graph->arcs
                                        : &graph->ties;
    network->n_points = graph->n + (what->two_mode ? graph->n_activities : 0);
out:
    return status;
}

mlg_status mlg_network_open(mlg_network *network, const mlg_export *what, mlg_error *err)
{
    mlg_status status = MLG_OK;

    *network = (mlg_network){.labels = what->labels};
    if (what->view < 0 || (size_t) what->view >= mlg_context_views(what->context)) {
        FAIL(err, MLG_EARG, "there is no view %d to export", (int) what->view);
    }
    network->graph = mlg_context_graph(what->context, what->view);
    network->model = network->graph->model;
    TRY(set_up(network, what, err));
    TRY(count_rows(network, err));
out:
    if (status != MLG_OK) {
        mlg_network_close(network);
    }
    return status;
}

void mlg_network_close(mlg_network *network)
{
    mlg_free(network->rows);
    mlg_free(network->shared);
    mlg_free(network->kind);
    *network = (mlg_network){0};
}

/* ---- reading ----------------------------------------------------------------- */

bool mlg_tie_next(const mlg_network *network, mlg_tie_walk *walk, mlg_tie *tie)
{
    const mlg_csr *ties = network->ties;
    const size_t size = mlg_csr_size(ties);

    for (; walk->next < size; walk->next++) {
        while (walk->next >= ties->offset[walk->from + 1]) {
            walk->from++;
        }
        const int32_t to = ties->target[walk->next];
        if (!network->half || to > walk->from) {
            *tie =
                (mlg_tie){walk->from, network->two_mode ? network->graph->n + to : to, walk->next};
            walk->next++;
            return true;
        }
    }
    return false;
}

void mlg_point_id(mlg_buffer *out, const mlg_network *network, int32_t point)
{
    const bool actor = point < network->graph->n;
    mlg_buffer_format(out, "%c%d", actor ? 'n' : 'a',
                      (int) (actor ? point : point - network->graph->n));
}
