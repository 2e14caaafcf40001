/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_BROKER_H
#define MLG_SLOW_BROKER_H

#include "graph/graph.h"
#include "slow_silo.h"

/* Naive twins of the brokerage measures: loops over all triples of actors, straight from the
 * definitions. */

/* Places in the rows below; the last are of weak ties. */
enum {
    SLOW_COORDINATOR,
    SLOW_ITINERANT,
    SLOW_REPRESENTATIVE,
    SLOW_GATEKEEPER,
    SLOW_BOUNDARY,
    SLOW_LIAISON,
    SLOW_TOTAL,
    SLOW_ROLES
};

/* Roles of every actor: out [n * SLOW_ROLES]. tied [n * n]: an arc, or a tie both ways; sector [n],
 * -1 leaves the graph. `ordered`: a before b and b before a are two paths. */
void slow_broker_roles(int32_t n, const bool *tied, const int32_t *sector, bool ordered,
                       double *out);

/* The arcs (weak: either direction) of a graph as such a table; to be freed. */
bool *slow_broker_table(const mlg_graph *graph, bool weak);

/* Of actor a (a < 0: all of them), the role b; sectors dealt by `who`. */
slow_statistic slow_broker_role;

/* Pairs of two sectors with a partner in common and no tie: those v stands between, those it
 * alone does; v < 0: such pairs, such with one between. */
typedef struct slow_pairs {
    double stands, alone;
} slow_pairs;
slow_pairs slow_broker_pairs(const mlg_graph *graph, int32_t v);

#endif
