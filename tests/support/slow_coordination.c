/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_coordination.h"

#include <check.h>
#include <igraph.h>
#include <stdio.h>
#include <string.h>

#include "slow_removal.h"

/* ---- fewest -------------------------------------------------------------------- */

mlg_fewest slow_fewest(const mlg_fewest_case *of)
{
    mlg_fewest best = {.k = of->n + 1};
    bool gone[16] = {false};

    ck_assert_int_le(of->n, 16);
    for (unsigned set = 0; set < 1u << of->n; set++) {
        int32_t size = 0;
        for (int32_t i = 0; i < of->n; i++) {
            gone[i] = (set >> i & 1) != 0;
            size += gone[i];
        }
        const int64_t orphans = of->orphans(of->items, gone);
        if (2 * orphans <= of->total || size > best.k) {
            continue;
        }
        const bool first = size < best.k || !best.reached;
        best.orphans = first || orphans > best.orphans ? orphans : best.orphans;
        best.sets = first ? 1 : best.sets + 1;
        best.k = size;
        best.reached = true;
    }
    return best;
}

/* ---- chains ------------------------------------------------------------------------ */

static void push(igraph_vector_int_t *ends, igraph_integer_t from, igraph_integer_t to)
{
    igraph_vector_int_push_back(ends, from);
    igraph_vector_int_push_back(ends, to);
}

static void push_end(igraph_vector_int_t *ends, const mlg_csr *attended, const int32_t *activities,
                     size_t n, igraph_integer_t end, igraph_integer_t shift)
{
    for (size_t i = 0; i < n; i++) {
        for (uint32_t k = attended->offset[activities[i]]; k < attended->offset[activities[i] + 1];
             k++) {
            const igraph_integer_t person = attended->target[k];
            push(ends, shift == 0 ? end : person + shift, shift == 0 ? person : end);
        }
    }
}

int slow_chains(const mlg_csr *attends, const mlg_csr *attended, const int32_t *a, size_t n_a,
                const int32_t *b, size_t n_b, int32_t without)
{
    const igraph_integer_t n = attends->n, first = 2 * n, source = first + attended->n;
    igraph_vector_int_t ends;
    igraph_vector_t room;
    igraph_t graph;
    igraph_real_t flow = 0;

    igraph_vector_int_init(&ends, 0);
    for (int32_t person = 0; person < attends->n; person++) {
        push(&ends, person, n + person);
    }
    for (int32_t person = 0; person < attends->n; person++) {
        for (uint32_t k = attends->offset[person]; k < attends->offset[person + 1]; k++) {
            push(&ends, n + person, first + attends->target[k]);
            push(&ends, first + attends->target[k], person);
        }
    }
    push_end(&ends, attended, a, n_a, source, 0);
    push_end(&ends, attended, b, n_b, source + 1, n);
    igraph_vector_init(&room, igraph_vector_int_size(&ends) / 2);
    for (igraph_integer_t i = 0; i < igraph_vector_size(&room); i++) {
        VECTOR(room)[i] = i < n ? (i != without) : 1e6;
    }
    ck_assert_int_eq(igraph_create(&graph, &ends, source + 2, true), IGRAPH_SUCCESS);
    ck_assert_int_eq(igraph_maxflow_value(&graph, &flow, source, source + 1, &room, NULL),
                     IGRAPH_SUCCESS);
    igraph_destroy(&graph);
    igraph_vector_destroy(&room);
    igraph_vector_int_destroy(&ends);
    return (int) flow;
}

/* ---- without ------------------------------------------------------------------------ */

static bool is_named(const char *names, const char *cell, size_t length)
{
    for (const char *at = names; *at != '\0';) {
        const size_t here = strcspn(at, "|");
        if (here == length && strncmp(at, cell, length) == 0) {
            return true;
        }
        at += here + (at[here] == '|');
    }
    return false;
}

void slow_without(const char *text, const char *names, mlg_buffer *out)
{
    bool rows = false;

    for (const char *line = text; *line != '\0';) {
        const size_t length = strcspn(line, "\n");
        const size_t colon = strcspn(line, ":"), comma = strcspn(line, ",");
        const char *second = line + comma + 1, *last = line + length;
        while (last > line && last[-1] != ',') {
            last--; /* whom a participation speaks for */
        }
        if (colon < length) {
            rows = strncmp(line, "ties:", 5) == 0 || strncmp(line, "participations:", 15) == 0;
        }
        if (!rows || colon < length ||
            (!is_named(names, line, comma) && !is_named(names, second, strcspn(second, ",\n")) &&
             !is_named(names, last, strcspn(last, "\n")))) {
            mlg_buffer_bytes(out, line, length + 1);
        }
        line += length + (line[length] == '\n');
    }
}

/* ---- pairs ---------------------------------------------------------------------------- */

int64_t slow_sector_pairs(const mlg_graph *graph)
{
    int64_t pairs = 0;
    for (int32_t s = 0; s < graph->n_sectors; s++) {
        for (int32_t t = 0; t < s; t++) {
            bool joined = false;
            for (int32_t v = 0; v < graph->n; v++) {
                for (int32_t w = 0; w < graph->n && graph->sector[v] == s; w++) {
                    joined =
                        joined || (graph->sector[w] == t && mlg_csr_find(&graph->ties, v, w) > 0.0);
                }
            }
            pairs += joined;
        }
    }
    return pairs;
}

int64_t slow_near_pairs(const mlg_graph *graph)
{
    int64_t pairs = 0;
    for (int32_t v = 0; v < graph->n; v++) {
        for (int32_t w = 0; w < v; w++) {
            bool near = mlg_csr_find(&graph->ties, v, w) > 0.0;
            for (int32_t by = 0; graph->n_activities == 0 && by < graph->n; by++) {
                near = near || (mlg_csr_find(&graph->ties, v, by) > 0.0 &&
                                mlg_csr_find(&graph->ties, by, w) > 0.0);
            }
            pairs += near && slow_is_cross(graph, v, w);
        }
    }
    return pairs;
}
