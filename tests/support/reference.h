/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REFERENCE_H
#define MLG_REFERENCE_H

#include <jansson.h>

#include "graph/graph.h"

/* Graphs and values of tests/oracle, which other programs computed. A missing file or row fails the
 * test. Tests run from the top folder. */

/* A graph of tests/oracle/graphs by its file name ("zachary", "emon_wichita", "davis"). Sectors are
 * its groups, in the order they appear. Free it with mlg_graph_free(). */
mlg_graph *reference_graph(const char *name);
/* Number of the actor of a name in that graph's table. */
int32_t reference_actor(const char *graph, const char *name);
/* The value of a row of tests/oracle/values.csv; to be given back with json_decref(). */
json_t *reference_value(const char *id);

#endif
