/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_WORKLOAD_H
#define MLG_SLOW_WORKLOAD_H

/* Slow twins of measures of workload.h. */

/* Pearson's correlation of two symmetric yes-or-no matrices [n * n] over the pairs above the
 * diagonal; NaN when one does not vary. */
double slow_matrix_correlation(const char *a, const char *b, int n);
/* Share of all n! renamings of the actors of `a` that have as many pairs in both. */
double slow_matrix_p(const char *a, const char *b, int n);
/* Gini by the mean difference of all ordered pairs. */
double slow_load_gini(const double *x, int n);
/* Cramer's V of a table [rows * columns]; NaN when one side does not vary. */
double slow_cramer(const double *table, int rows, int columns);

#endif
