/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_MARGINS_H
#define MLG_MEASURE_MARGINS_H

#include "measure/curveball.h"
#include "measure/labels.h"

/* What a table of participations says of sectors: its projection is counted pair by
 * pair, never built. Rows are the actors of a labelling. */
typedef struct mlg_margin_counts {
    double within, total;                   /* pairs that meet: sharing a sector, all */
    double weighted_within, weighted_total; /* the same by the view's projected weight */
    double tie_within, squares;             /* by first sector: pairs within, and the sum over
                                               the sectors of (summed degree)^2 */
} mlg_margin_counts;

/* An actor's E-I over the draws. */
typedef struct mlg_actor_draws {
    double sum, squares;    /* of E-I, where it is defined */
    uint32_t defined;       /* draws in which the actor meets somebody */
    uint32_t less, greater; /* draws as low, as high as observed; an undefined one is both */
} mlg_actor_draws;

/* The observed table and its null distribution. */
typedef struct mlg_margins {
    mlg_margin_counts observed;
    mlg_cells cells_observed;    /* n = 1 */
    uint32_t *internal, *degree; /* [labelling n] pairs of each actor: sharing a sector, all */
    size_t n;                    /* draws made */
    mlg_margin_counts *draw;     /* [n] */
    mlg_cells cells;             /* of the first cells.n draws: all, unless memory is short */
    mlg_actor_draws *actor;      /* [labelling n] */
} mlg_margins;

enum { MLG_TRADES = 12 }; /* of each row, before a table is counted */

/* Draws tables with the margins of the graph's participations (of the actors with a sector):
 * from the observed table MLG_TRADES rounds of trades (times mlg_curveball_pace()) back, then from
 * there as many forward for each draw, independently (Besag and Clifford 1989). The observed table
 * is then one of n + 1 exchangeable ones, so p is valid however few the trades. As many draws as
 * the run asks for, or fewer, 100 k - 1, when the work would pass 2.5e9 steps (some ten seconds of
 * one core, unless the run forces it) or MLG_NULL_BYTES. MLG_ESIZE when even the observed table is
 * too large (1e9 meetings), or the run's memory bound too small. */
mlg_status mlg_margins_make(const mlg_graph *graph, const mlg_labelling *labelling,
                            const mlg_run *run, mlg_margins *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_margins_free(mlg_margins *margins);

#endif
