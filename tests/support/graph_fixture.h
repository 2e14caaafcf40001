/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_FIXTURE_H
#define MLG_GRAPH_FIXTURE_H

#include "graph/graph.h"

/* A graph from one line of text. A malformed line fails the test.
 *
 *     graph_fixture("AABB?", "0-1:2.5 1>2")
 *
 * One letter an actor: its sector, '?' unknown; sectors are numbered in the order of the
 * letters used ("ACC" has two). Ties: FROM-TO (either way) or FROM>TO (an arc), with
 * :WEIGHT when it has one; weighted when any has. One arc makes the graph directed, and
 * its other ties two arcs. Free it with mlg_graph_free(). */
mlg_graph *graph_fixture(const char *sectors, const char *ties);

/*     graph_fixture_two_mode("AABB | 0,1,2; 1,3", MLG_PROJECT_NEWMAN)
 *
 * One list of actors an activity. */
mlg_graph *graph_fixture_two_mode(const char *line, mlg_projection projection);

#endif
