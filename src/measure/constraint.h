/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CONSTRAINT_H
#define MLG_MEASURE_CONSTRAINT_H

#include "measure/context.h"

/* What each actor's contacts have to do with each other, from one pass over the pairs of actors
 * who are in contact. NaN for an actor without a contact. */
typedef struct mlg_holes {
    double *constraint; /* [n] Burt's */
    double *hierarchy;  /* [n] how far it comes from one contact */
    double *effective;  /* [n] contacts that are not redundant, by Burt's formula */
} mlg_holes;

typedef struct mlg_redundancy {
    int32_t n;
    double *simple;    /* [n] contacts - 2 x ties among them / contacts (Borgatti) */
    mlg_holes counted; /* every tie or arc is worth 1 */
    mlg_holes weighed; /* by the weights; empty where there are none */
} mlg_redundancy;

/* Over symmetric ties. `counted` and `weighed` are a_ij + a_ji entry by entry: counted NULL: all
 * equal; weighed NULL: no weights. Same bytes for any number of threads. MLG_ESIZE over the memory
 * bound. `out` is empty after a failure. */
mlg_status mlg_redundancy_of(const mlg_csr *ties, const double *counted, const double *weighed,
                             const mlg_run *run, mlg_redundancy *out, mlg_error *err);
void mlg_redundancy_free(mlg_redundancy *redundancy);

/* Those of a view, made once a context. */
mlg_status mlg_context_redundancy(mlg_context *context, int32_t view, const mlg_redundancy **out,
                                  mlg_error *err);

#endif
