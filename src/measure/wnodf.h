/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WNODF_H
#define MLG_MEASURE_WNODF_H

#include "graph/graph.h"

/* Nestedness of a table whose cells have weights, and the weights that a study gives: hours. */

/* ---- the kernel -------------------------------------------------------------- */

/* Of the rows and of the columns of a table; those without a filled cell are left out. */
typedef struct mlg_wnodf {
    double sum[2];   /* over the pairs, 0 to 1 each */
    double pairs[2]; /* how many pairs there are */
} mlg_wnodf;

/* A pair in which one has more filled cells than the other counts for the share of the other's
 * filled cells that are less than the same cell of the one; any other pair counts 0. Cells of
 * weight 0 are empty. O(cells x log cells): pairs are counted cell by cell, not visited. */
mlg_status mlg_wnodf_of(const mlg_csr *table, int32_t n_columns, mlg_wnodf *out,
                        mlg_error *err) MLG_MUST_CHECK;

/* ---- hours ------------------------------------------------------------------- */

typedef struct mlg_hours {
    mlg_csr table;  /* actor -> activities of the graph, weight = hours, NaN = unknown */
    size_t known;   /* participations (cells of the graph's table) with hours */
    size_t missing; /* the others: a row of theirs has none, or they have no row of their own */
    size_t unsaid;  /* of the missing, those of which a row of participations says no hours */
    size_t none;    /* of the known, those of 0 hours */
} mlg_hours;

/* The hours of each participation of a graph: the sum over the rows that count in its view. A
 * column of activities.csv that stands for participations (carriers, funders, partners) gives no
 * hours. The table is empty, and nothing known, when no row of the study has hours, and for graphs
 * made from arrays. Free it with
 * mlg_csr_free(&out->table). */
mlg_status mlg_hours_of(const mlg_graph *graph, mlg_hours *out, mlg_error *err) MLG_MUST_CHECK;

#endif
