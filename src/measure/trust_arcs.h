/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TRUST_ARCS_H
#define MLG_MEASURE_TRUST_ARCS_H

#include "measure/context.h"

/* What rows of ties.csv say that one organisation thinks of another, over the 12 months up to the
 * study's date. A row without a direction speaks for both ends. */
typedef struct mlg_trust_arc {
    mlg_id from, to;
    double sum, directed_sum; /* of trust, over the rows; over those that say a direction */
    double rows, directed_rows;
} mlg_trust_arc;

typedef struct mlg_trust_arcs {
    mlg_trust_arc *items; /* by from and to */
    size_t n, room;
    double least, greatest; /* the survey's scale; the figures' own where it is assumed */
    bool assumed;
} mlg_trust_arcs;

/* Empty after a failure. */
mlg_status mlg_trust_arcs_of(const mlg_model *model, mlg_trust_arcs *out,
                             mlg_error *err) MLG_MUST_CHECK;
void mlg_trust_arcs_free(mlg_trust_arcs *arcs);

/* The other way of an arc, or NULL when nothing says it. */
const mlg_trust_arc *mlg_trust_back(const mlg_trust_arcs *arcs, const mlg_trust_arc *arc);
/* Is a mean above the middle of the scale? */
bool mlg_trusts(const mlg_trust_arcs *arcs, double sum, double rows);

#endif
