/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/pieces.h"

#include "base/memory.h"

/* A search from each neighbour of who withdraws, over what remains. */
typedef struct search {
    const mlg_graph *graph;
    int32_t gone;
    int32_t *of;    /* [n] as mlg_pieces */
    bool *met;      /* [activities] of two-mode data */
    int32_t *queue; /* [n] */
    int32_t n;      /* in the queue */
} search;

enum { UNMET = -1 };

static void meet(search *s, int32_t actor, int32_t piece)
{
    if (actor != s->gone && s->of[actor] == UNMET) {
        s->of[actor] = piece;
        s->queue[s->n++] = actor;
    }
}

static void meet_partners(search *s, int32_t actor, int32_t piece)
{
    const mlg_graph *g = s->graph;
    if (g->projected || g->n_activities == 0) {
        for (uint32_t e = g->ties.offset[actor]; e < g->ties.offset[actor + 1]; e++) {
            meet(s, g->ties.target[e], piece);
        }
        return;
    }
    for (uint32_t e = g->attends.offset[actor]; e < g->attends.offset[actor + 1]; e++) {
        const int32_t activity = g->attends.target[e];
        if (!s->met[activity]) {
            s->met[activity] = true;
            for (uint32_t k = g->attended.offset[activity]; k < g->attended.offset[activity + 1];
                 k++) {
                meet(s, g->attended.target[k], piece);
            }
        }
    }
}

/* Everybody that the first of the piece reaches; answers how many. */
static int32_t spread(search *s, int32_t first, int32_t piece)
{
    s->n = 0;
    meet(s, first, piece);
    for (int32_t i = 0; i < s->n; i++) {
        meet_partners(s, s->queue[i], piece);
    }
    return s->n;
}

/* Who met the actor: in two-mode data the members of its activities, which are one piece each
 * even without it. */
static void find_neighbours(search *s, int32_t actor, int32_t *neighbour, int32_t *n)
{
    s->n = 0;
    meet_partners(s, actor, 0);
    *n = s->n;
    for (int32_t i = 0; i < s->n; i++) {
        neighbour[i] = s->queue[i];
        s->of[s->queue[i]] = UNMET;
    }
    for (int32_t a = 0; a < s->graph->n_activities; a++) {
        s->met[a] = false;
    }
}

mlg_status mlg_pieces_without(const mlg_graph *graph, int32_t actor, mlg_pieces *out,
                              mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) graph->n;
    int32_t *neighbour = mlg_alloc(n, sizeof *neighbour), n_neighbours = 0;
    search s = {.graph = graph,
                .gone = actor,
                .of = mlg_alloc(n, sizeof *s.of),
                .met = mlg_zalloc((size_t) graph->n_activities, sizeof *s.met),
                .queue = mlg_alloc(n, sizeof *s.queue)};

    *out = (mlg_pieces){.widest = -1, .size = mlg_alloc(n, sizeof *out->size)};
    if (neighbour == NULL || s.of == NULL || s.met == NULL || s.queue == NULL ||
        out->size == NULL) {
        FAIL(err, MLG_ENOMEM, "no memory for the pieces of %d actors", (int) graph->n);
    }
    for (size_t v = 0; v < n; v++) {
        s.of[v] = UNMET;
    }
    find_neighbours(&s, actor, neighbour, &n_neighbours);
    for (int32_t i = 0; i < n_neighbours; i++) {
        if (s.of[neighbour[i]] == UNMET) {
            out->size[out->n] = spread(&s, neighbour[i], out->n);
            out->widest = out->widest < 0 || out->size[out->n] > out->size[out->widest]
                              ? out->n
                              : out->widest;
            out->n++;
        }
    }
    out->of = s.of;
    s.of = NULL;
out:
    mlg_free(s.of);
    mlg_free(s.met);
    mlg_free(s.queue);
    mlg_free(neighbour);
    if (status != MLG_OK) {
        mlg_pieces_free(out);
    }
    return status;
}

void mlg_pieces_free(mlg_pieces *pieces)
{
    mlg_free(pieces->of);
    mlg_free(pieces->size);
    *pieces = (mlg_pieces){.widest = -1};
}
