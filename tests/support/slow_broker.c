/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_broker.h"

#include <string.h>

#include "base/memory.h"

void slow_broker_roles(int32_t n, const bool *tied, const int32_t *sector, bool ordered,
                       double *out)
{
    memset(out, 0, (size_t) n * SLOW_ROLES * sizeof *out);
    for (int32_t v = 0; v < n; v++) {
        double *row = out + (size_t) v * SLOW_ROLES;
        for (int32_t a = 0; a < n; a++) {
            for (int32_t b = ordered ? 0 : a + 1; b < n; b++) {
                const bool known = sector[a] >= 0 && sector[v] >= 0 && sector[b] >= 0;
                if (a == v || b == v || a == b || !known || !tied[a * n + v] || !tied[v * n + b] ||
                    tied[a * n + b]) {
                    continue;
                }
                const bool av = sector[a] == sector[v], bv = sector[b] == sector[v];
                row[SLOW_COORDINATOR] += av && bv;
                row[SLOW_ITINERANT] += !av && sector[a] == sector[b];
                row[SLOW_REPRESENTATIVE] += ordered && av && !bv;
                row[SLOW_GATEKEEPER] += ordered && !av && bv;
                row[SLOW_BOUNDARY] += av != bv;
                row[SLOW_LIAISON] += !av && !bv && sector[a] != sector[b];
                row[SLOW_TOTAL] += 1.0;
            }
        }
    }
}

bool *slow_broker_table(const mlg_graph *graph, bool weak)
{
    const mlg_csr *links = weak || !graph->directed ? &graph->ties : &graph->arcs;
    bool *tied = mlg_zalloc((size_t) graph->n * (size_t) graph->n, sizeof *tied);
    for (int32_t a = 0; a < graph->n; a++) {
        for (int32_t b = 0; b < graph->n; b++) {
            tied[a * graph->n + b] = mlg_csr_find(links, a, b) > 0.0;
        }
    }
    return tied;
}

double slow_broker_role(const mlg_graph *graph, const int32_t *who, int32_t a, int32_t b)
{
    const int32_t n = graph->n;
    double all = 0.0;
    bool *tied = slow_broker_table(graph, false);
    int32_t *sector = mlg_alloc((size_t) n, sizeof *sector);
    double *roles = mlg_alloc((size_t) n * SLOW_ROLES, sizeof *roles);

    for (int32_t v = 0; v < n; v++) {
        sector[v] = graph->sector[who != NULL ? who[v] : v];
    }
    slow_broker_roles(n, tied, sector, graph->directed, roles);
    for (int32_t v = 0; v < n; v++) {
        all += a < 0 || a == v ? roles[v * SLOW_ROLES + b] : 0.0;
    }
    mlg_free(tied);
    mlg_free(sector);
    mlg_free(roles);
    return all;
}

slow_pairs slow_broker_pairs(const mlg_graph *graph, int32_t v)
{
    const int32_t n = graph->n;
    slow_pairs out = {0.0, 0.0};
    bool *tied = slow_broker_table(graph, true);

    for (int32_t a = 0; a < n; a++) {
        for (int32_t b = a + 1; b < n; b++) {
            int32_t between = 0;
            bool stands = false;
            if (graph->sector[a] < 0 || graph->sector[b] < 0 || tied[a * n + b] ||
                graph->sector[a] == graph->sector[b]) {
                continue;
            }
            for (int32_t w = 0; w < n; w++) {
                const bool there = graph->sector[w] >= 0 && tied[a * n + w] && tied[w * n + b];
                between += there;
                stands = stands || (there && (v < 0 || w == v));
            }
            out.stands += stands;
            out.alone += stands && between == 1;
        }
    }
    mlg_free(tied);
    return out;
}
