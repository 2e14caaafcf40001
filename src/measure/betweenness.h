/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BETWEENNESS_H
#define MLG_MEASURE_BETWEENNESS_H

#include "measure/context.h"

/* How often each actor stands on the shortest paths of the others. */
typedef struct mlg_betweenness {
    double *raw;      /* [n] over unordered pairs of ties, ordered pairs of arcs */
    double *sd;       /* [n] standard error of `raw`, or NULL: exact */
    uint32_t sources; /* drawn in each sampled block, 0 when exact */
    bool overflow;    /* more shortest paths than a double counts: `raw` means nothing */
} mlg_betweenness;

/* Of a view's ties (either direction, unweighted) or of its arcs, made once a context.
 * Exact to 20,000 actors and whenever it is cheap or the run says force; else sampled. */
mlg_status mlg_context_betweenness(mlg_context *context, int32_t view, const mlg_betweenness **out,
                                   mlg_error *err);
mlg_status mlg_context_arc_betweenness(mlg_context *context, int32_t view,
                                       const mlg_betweenness **out, mlg_error *err);

/* The kernels behind them. `stream` names the random stream of a sample. */
mlg_status mlg_betweenness_of_ties(const mlg_csr *ties, const mlg_run *run, const char *stream,
                                   mlg_betweenness *out, mlg_error *err);
mlg_status mlg_betweenness_of_arcs(const mlg_csr *arcs, const mlg_run *run, const char *stream,
                                   mlg_betweenness *out, mlg_error *err);
void mlg_betweenness_free(mlg_betweenness *betweenness);

#endif
