/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_REMOVAL_H
#define MLG_MEASURE_REMOVAL_H

#include "measure/context.h"

/* A depth-first forest, by arrival: t is the t-th row met, and its branch is the rows
 * t .. t + size[t] - 1, so that a branch is a range of every array here. Rows below
 * n_actors of the adjacency are actors; the others are activities, which join but do
 * not count. */
typedef struct mlg_forest {
    int32_t n;        /* rows */
    int32_t n_actors; /* of them */
    int32_t *who;     /* [n] the row that came t-th */
    int32_t *parent;  /* [n] arrival it was met from, -1 for the first of a component */
    int32_t *low;     /* [n] earliest arrival that the branch of t reaches without t's parent tie */
    int32_t *size;    /* [n] rows of the branch */
    int32_t *actors;  /* [n] actors of the branch; the same array as `size` without activities */
} mlg_forest;

/* `ties` is symmetric, loop-free, without repetition. Cost: O(rows + entries), and no
 * recursion: a path of a million actors needs no stack. */
mlg_status mlg_forest_grow(const mlg_csr *ties, int32_t n_actors, mlg_forest *out,
                           mlg_error *err) MLG_MUST_CHECK;
void mlg_forest_free(mlg_forest *forest);

/* Does the branch of t come apart when its parent goes? t is no root. */
static inline bool mlg_forest_cuts(const mlg_forest *forest, int32_t t)
{
    return forest->low[t] >= forest->parent[t];
}

/* Is the tie from t to its parent the only way between both sides? t is no root. */
static inline bool mlg_forest_is_bridge(const mlg_forest *forest, int32_t t)
{
    return forest->low[t] > forest->parent[t];
}

/* What the removal of each row in turn would cut: of an actor, or of an activity. */
typedef struct mlg_removals {
    int32_t n;         /* actors */
    int64_t pairs;     /* of actors connected today */
    int64_t *lost;     /* [rows] pairs of the others that only the row connects */
    int32_t *branches; /* [rows] pieces its component would fall into: 2 or more = it cuts */
    int32_t *together; /* [rows] actors of its component, itself among them */
} mlg_removals;

mlg_status mlg_removals_of(const mlg_forest *forest, mlg_removals *out,
                           mlg_error *err) MLG_MUST_CHECK;
void mlg_removals_free(mlg_removals *removals);

/* The same for pairs of actors whose sectors are known and have none in common. */
typedef struct mlg_cross_removals {
    int32_t n;       /* actors */
    int64_t pairs;   /* connected today */
    int64_t *lost;   /* [rows] cross pairs of the others that only the row connects */
    int64_t *own;    /* [rows] cross pairs connected today that the actor is one of */
    int64_t *beyond; /* [rows] by arrival: cross pairs between the branch of t and the
                        rest of its component; for a bridge, what its loss would cut */
} mlg_cross_removals;

/* An actor with several sectors carries them all (the first MLG_MAX_OWN_SECTORS in code
 * order). Cost: O(r log r) for r rows, whatever the number of sectors. */
enum { MLG_MAX_OWN_SECTORS = 8 };
mlg_status mlg_cross_removals_of(const mlg_graph *graph, const mlg_forest *forest,
                                 mlg_cross_removals *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_cross_removals_free(mlg_cross_removals *removals);
/* Are the sectors of both known, and none in common (by the same rule)? */
bool mlg_is_cross_pair(const mlg_graph *graph, int32_t a, int32_t b);

/* The same for pairs weighed by the product of their actors' weights. */
typedef struct mlg_weighted_removals {
    double pairs;   /* connected today */
    double *lost;   /* [actors] of the others, that only the actor connects */
    double *others; /* [actors] connected today that the actor is not one of */
} mlg_weighted_removals;

/* `weight` [actors] >= 0. Pairs that nothing weighs are exactly 0. */
mlg_status mlg_weighted_removals_of(const mlg_forest *forest, const double *weight,
                                    mlg_weighted_removals *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_weighted_removals_free(mlg_weighted_removals *removals);

/* Actors then activities as one symmetric adjacency: activity e is row n + e. Two actors
 * are connected in it, with or without a third, when they are in the projection. */
mlg_status mlg_join_two_modes(const mlg_csr *attends, const mlg_csr *attended, mlg_csr *out,
                              mlg_error *err) MLG_MUST_CHECK;

/* The forest and removals of a view, made once. A projection too large to build is
 * replaced by its two-mode data, which falls apart in the same way. */
typedef struct mlg_removal_slot {
    mlg_forest forest;
    mlg_removals removals;
} mlg_removal_slot;
mlg_status mlg_cached_removals(mlg_context *context, int32_t view, const mlg_removal_slot **out,
                               mlg_error *err) MLG_MUST_CHECK;

#endif
