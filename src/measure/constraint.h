/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CONSTRAINT_H
#define MLG_MEASURE_CONSTRAINT_H

#include "graph/csr.h"
#include "maillage/run.h"

/* Burt's constraint of each actor over symmetric ties whose weight is a_ij + a_ji (NULL: all
 * equal); NaN for an actor without a tie. Same bytes for any number of threads. */
mlg_status mlg_constraint(const mlg_csr *ties, const mlg_run *run, double *constraint,
                          mlg_error *err);

#endif
