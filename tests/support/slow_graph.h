/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_GRAPH_H
#define MLG_SLOW_GRAPH_H

#include "graph/graph.h"
#include "random_graph.h"

/* Naive twins: dense matrices, straight from the definitions. */
typedef struct slow_matrix {
    int32_t rows, columns;
    double *cell; /* [rows * columns], 0 = no entry */
} slow_matrix;

static inline double *slow_cell(const slow_matrix *matrix, int32_t row, int32_t column)
{
    return &matrix->cell[(size_t) row * (size_t) matrix->columns + (size_t) column];
}

/* weight NULL = 1 each. */
slow_matrix slow_adjacency(int32_t rows, int32_t columns, bool square, bool symmetric,
                           const int32_t *from, const int32_t *to, const double *weight, size_t m,
                           mlg_merge merge);
slow_matrix slow_projection(const random_seats *seats, mlg_projection rule);
void slow_matrix_free(slow_matrix *matrix);

/* Fails the test unless the adjacency is well formed (rows ascending, nothing repeated)
 * and holds the matrix's entries within the tolerance. `half`: only above the diagonal. */
void slow_assert_same(const mlg_csr *csr, const slow_matrix *matrix, bool half, double tolerance);

#endif
