/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_REWIRED_H
#define MLG_MEASURE_REWIRED_H

#include "measure/context.h"
#include "measure/labels.h"
#include "measure/silo_ground.h"

/* The null "degrees" of a view of ties: the sectors stay where they are, the ties among the
 * actors with a sector are drawn again, each actor keeping its number of them (arcs out and
 * in, where they have a direction). What it says is another thing than the null "labels": that
 * the ties cross sectors less than the actors' numbers of ties alone would have it. Every measure
 * of a view shares one set of draws.
 *
 * Not of views from participations: their null "margins" keeps each actor's number of activities
 * already. Not of weights, which would have no tie to stay on. */

typedef enum mlg_rewired_kind {
    MLG_REWIRED_ARCS, /* arcs where ties have a direction, else ties */
    MLG_REWIRED_TIES, /* ties in either direction */
} mlg_rewired_kind;

/* Draws of one kind. */
typedef struct mlg_rewired {
    mlg_text_key why; /* why there are none: no tie, one graph only, too large; or T_none */
    size_t n;         /* draws made */
    uint32_t ties;    /* ties, or arcs: the same in each draw */
    double within;    /* observed ones whose ends share a sector, */
    double by_first;  /* and whose ends have the same first sector; in each draw: */
    double *within_draws, *by_first_draws; /* [n] */
    mlg_cells cells; /* of the first cells.n draws: all, unless memory is short */
} mlg_rewired;

/* The view's draws of a kind, made at first need. As many as the run asks for, each 10 m steps of a
 * walk; or fewer, 100 k - 1 and at least 99, then fewer steps, at least 2 m, so that all take no
 * more than 2e8 steps (some seconds), unless the run forces it; else none, `why` says so. */
mlg_status mlg_rewired_of(mlg_context *context, int32_t view, mlg_rewired_kind kind,
                          const mlg_rewired **out, mlg_error *err) MLG_MUST_CHECK;

/* Steps of a draw of n actors and m ties, and how many draws they leave time for: 0 when too few.
 */
size_t mlg_rewired_room(int32_t n, size_t m, const mlg_run *run, uint64_t *steps);

/* A number that follows from the ties inside sectors, all else being fixed by the degrees. */
typedef struct mlg_rewired_index {
    const char *id; /* of the measure */
    mlg_rewired_kind kind;
    bool by_first;          /* sectors as a partition by first sector */
    const char *convention; /* NULL: the row's direction */
    const char *weight;     /* NULL: the row's */
    const char *tail;       /* "less", "greater" or "two" */
    double low, high;       /* what is attainable; NaN: not known */
    double (*of)(const void *with, double within);
    const void *with;
} mlg_rewired_index;

/* Appends the second value of a measure, to follow the one under "labels": observed, expected,
 * interval and p under "degrees"; undefined with its reason where nothing could be drawn. Nothing
 * is appended for a view from participations. */
mlg_status mlg_rewired_add(mlg_context *context, int32_t view, const mlg_rewired_index *index,
                           mlg_values *out, mlg_error *err) MLG_MUST_CHECK;

/* The same for a measure over the cells of the sectors: `add` appends its second value from the
 * draws of cells. Nothing is appended when the value under "labels", the last one, is undefined. */
typedef mlg_status mlg_rewired_cells(const mlg_silo *silo, const mlg_cells *draws, int32_t view,
                                     mlg_values *out, mlg_error *err);
mlg_status mlg_rewired_over_cells(mlg_context *context, int32_t view, const char *measure,
                                  mlg_rewired_cells *add, mlg_values *out,
                                  mlg_error *err) MLG_MUST_CHECK;

#endif
