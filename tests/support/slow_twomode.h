/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_TWOMODE_H
#define MLG_SLOW_TWOMODE_H

#include "graph/graph.h"

/* Two-mode measures from their definitions, on a table of 0 and 1, for tests. */

enum { SLOW_TABLE = 40 }; /* most rows, most columns */

typedef struct slow_table {
    int rows, columns;
    bool has[SLOW_TABLE][SLOW_TABLE];
} slow_table;

/* The participations of a graph; of its activities as rows when `turned`. */
slow_table slow_table_of(const mlg_graph *graph, bool turned);

/* Cycles of four; paths of three entries over four different ends. */
uint64_t slow_squares(const slow_table *t);
uint64_t slow_three_paths(const slow_table *t);
/* Paths row - column - row - column - row, all different, each once; those whose ends share a
 * third column. */
uint64_t slow_four_paths(const slow_table *t, uint64_t *closed);
/* NODF over the pairs of rows, i before j in the order given by `sorted` (by falling margin) or
 * not, rows without entry left out: the sum over the pairs, 0 to 1 each, and their number. */
double slow_nested(const slow_table *t, bool sorted, double *pairs);
/* WNODF over the pairs of rows of a table of weights, 0 = empty, [rows * columns] row by row: sum
 * and number of pairs as above. */
double slow_weighted(const double *weight, int rows, int columns, double *pairs);
/* What rows i and j share. */
int slow_shared(const slow_table *t, int i, int j);
int slow_margin(const slow_table *t, int row);

#endif
