/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BICM_H
#define MLG_MEASURE_BICM_H

#include <stddef.h>
#include <stdint.h>

#include "maillage/error.h"

/* The bipartite configuration model: cells of a table are 1 independently, with chances
 * p_ij = x_i y_j / (1 + x_i y_j) such that the margins are as observed in the mean. Rows (columns)
 * of one margin have the same chances, so it is solved by classes.
 *
 * x and y are infinite or 0 wherever the margins leave no choice: full and empty rows, and
 * every set of rows whose sum is all that the columns can hold (a tight face of Gale and Ryser).
 * Such cells are found first and are 1 or 0; what is left falls into blocks, each with a finite
 * solution of its own. */
typedef struct mlg_bicm {
    int32_t n_rows, n_columns;   /* classes */
    uint32_t *row, *column;      /* margin of each class, largest first */
    uint32_t *rows, *columns;    /* how many of the table are in each */
    int32_t *row_of, *column_of; /* class of each row and column of the table */
    double *p;                   /* [n_rows * n_columns] */
    double error;                /* largest difference of a margin and its mean */
} mlg_bicm;

/* `row` [n_rows] and `column` [n_columns] are margins of a table of 0 and 1. MLG_ENOMEM. Cost:
 * O((classes)^3) a step, some ten steps a block. */
mlg_status mlg_bicm_solve(const uint32_t *row, int32_t n_rows, const uint32_t *column,
                          int32_t n_columns, mlg_bicm *out, mlg_error *err);
void mlg_bicm_free(mlg_bicm *bicm);

static inline double mlg_bicm_p(const mlg_bicm *bicm, int32_t row_class, int32_t column_class)
{
    return bicm->p[(size_t) row_class * (size_t) bicm->n_columns + (size_t) column_class];
}

#endif
