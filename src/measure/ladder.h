/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_LADDER_H
#define MLG_MEASURE_LADDER_H

#include "measure/context.h"

/* The view of all ties of one kind, or -1. */
int32_t mlg_ladder_view(const mlg_context *context, int32_t kind);

/* Mean and sd of the pairs that have two kinds of tie when the actors of one are permuted among
 * all n: m ties of each kind, and ordered pairs of its ties that share an actor. */
void mlg_ladder_chance(double n, double m_a, double adjacent_a, double m_b, double adjacent_b,
                       double *mean, double *sd);

#endif
