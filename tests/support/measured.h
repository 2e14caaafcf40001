/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURED_H
#define MLG_MEASURED_H

#include "measure/context.h"

/* Measures of one graph, for tests: a failure of the library fails the test. */
typedef struct measured {
    mlg_run run; /* set its fields after measured_open(), before the first measure */
    mlg_graph *graph;
    mlg_context *context;
    mlg_values values;
} measured;

/* Takes the graph over. */
void measured_open(measured *m, mlg_graph *graph);
void measured_close(measured *m);

/* Runs one row of the catalogue. The value lives until measured_close(). */
const mlg_value *measured_value(measured *m, const char *id);
/* Number of a scalar (NaN when undefined), part of one (NaN when there is none). */
double measured_scalar(measured *m, const char *id);
double measured_part(measured *m, const char *id, const char *part);

/* Runs one row of the catalogue with its allocation number `fails` failing: it must answer
 * MLG_ENOMEM with a message and append nothing, and MLG_OK when it does not come to that one.
 * Answers whether it came to it: `for (long n = 0; measured_fails(..., n, ...); n++)` has each
 * allocation fail in turn. */
bool measured_fails(mlg_context *context, int32_t view, const char *id, long fails,
                    mlg_values *values);

/* What must hold of any value: NaN scalars and empty lists have a reason and nothing else has,
 * numbers stay in the row's range, subjects are there when rows are. Fails the test. */
void measured_check(const mlg_value *value);

/* The names of shapes that every measure must bear, and the graph of each: from no actor at all to
 * two components. */
enum { MEASURED_SHAPES = 12 };
const char *measured_shape_name(int shape);
mlg_graph *measured_shape(int shape);

#endif
