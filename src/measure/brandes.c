/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/brandes.h"

#include <stddef.h>

#include "base/memory.h"

/* Beyond this many shortest paths the ratios below may lose all their digits. */
#define MOST_PATHS 1e300

mlg_brandes_scratch *mlg_brandes_scratch_new(uint32_t room)
{
    mlg_brandes_scratch *s = mlg_zalloc(1, sizeof *s);

    if (s == NULL) {
        return NULL;
    }
    s->distance = mlg_alloc(room, sizeof *s->distance);
    s->order = mlg_alloc(room, sizeof *s->order);
    s->paths = mlg_alloc(room, sizeof *s->paths);
    s->share = mlg_alloc(room, sizeof *s->share);
    s->through = mlg_alloc(room, sizeof *s->through);
    if (s->distance == NULL || s->order == NULL || s->paths == NULL || s->share == NULL ||
        s->through == NULL) {
        mlg_brandes_scratch_free(s);
        return NULL;
    }
    for (uint32_t v = 0; v < room; v++) {
        s->distance[v] = -1;
    }
    return s;
}

void mlg_brandes_scratch_free(mlg_brandes_scratch *scratch)
{
    if (scratch != NULL) {
        mlg_free(scratch->distance);
        mlg_free(scratch->order);
        mlg_free(scratch->paths);
        mlg_free(scratch->share);
        mlg_free(scratch->through);
        mlg_free(scratch);
    }
}

/* Breadth first: members by distance, and how many shortest paths lead to each. */
static uint32_t forward(const mlg_brandes *graph, int32_t source, mlg_brandes_scratch *s)
{
    uint32_t found = 0;

    s->distance[source] = 0;
    s->paths[source] = 1;
    s->order[found++] = source;
    for (uint32_t head = 0; head < found; head++) {
        const int32_t v = s->order[head], further = s->distance[v] + 1;
        for (uint32_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            const int32_t w = graph->target[e];
            if (s->distance[w] < 0) {
                s->distance[w] = further;
                s->paths[w] = s->paths[v];
                s->order[found++] = w;
            } else if (s->distance[w] == further) {
                s->paths[w] += s->paths[v];
            }
        }
    }
    return found;
}

/* From the farthest back (Brandes 2001): a member passes what it stands for, and what it received,
 * to those one step nearer, in proportion to their paths. */
static void backward(const mlg_brandes *graph, mlg_brandes_scratch *s, uint32_t found)
{
    for (uint32_t i = found; i-- > 1;) {
        const int32_t v = s->order[i], further = s->distance[v] + 1;
        double received = 0.0;
        for (uint32_t e = graph->offset[v]; e < graph->offset[v + 1]; e++) {
            if (s->distance[graph->target[e]] == further) {
                received += s->share[graph->target[e]];
            }
        }
        const double passed = s->paths[v] * received;
        const double own = graph->reach[v] / (graph->by_distance ? s->distance[v] : 1);
        s->through[v] = passed * (graph->by_distance ? s->distance[v] : 1);
        s->share[v] = (own + passed) / s->paths[v];
    }
}

uint32_t mlg_brandes_from(const mlg_brandes *graph, int32_t source, mlg_brandes_scratch *scratch)
{
    const uint32_t found = forward(graph, source, scratch);
    bool countable = true;

    backward(graph, scratch, found);
    for (uint32_t i = 0; i < found; i++) {
        countable = countable && scratch->paths[scratch->order[i]] <= MOST_PATHS;
        scratch->distance[scratch->order[i]] = -1;
    }
    return countable ? found : 0;
}
