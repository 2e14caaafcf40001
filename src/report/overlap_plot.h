/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_REPORT_OVERLAP_PLOT_H
#define MLG_REPORT_OVERLAP_PLOT_H

#include "report/document.h"

/* Perimeters laid over one another, without any outline: a row a perimeter, a column a
 * combination of perimeters that is found somewhere, its dots saying which, a bar over it saying
 * how much lies there. */

enum { MLG_OVERLAP_ROWS = 10, MLG_OVERLAP_COLUMNS = 12 };

typedef struct mlg_overlap_column {
    uint32_t rows;  /* bit r: row r is in the combination; 0: none of them */
    double amount;  /* inhabitants, or units */
    uint32_t units; /* that lie in exactly these rows */
} mlg_overlap_column;

typedef struct mlg_overlap_drawing {
    size_t n_rows, n_columns;
    mlg_sentence row[MLG_OVERLAP_ROWS];
    mlg_overlap_column column[MLG_OVERLAP_COLUMNS]; /* the largest amount first */
    double total;                                   /* of all units: what 100 % is */
} mlg_overlap_drawing;

/* NULL when memory was short, which the document knows. */
mlg_figure *mlg_doc_overlap(mlg_document *document, const char *file, mlg_sentence caption,
                            mlg_sentence description, const mlg_overlap_drawing *overlap);

#endif
