/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_REMEDIES_H
#define MLG_MEASURE_REMEDIES_H

#include <math.h>

#include "measure/rest.h"

/* What would restore most of what one departure cuts at worst, for a number of additions. */

/* One kind of addition, in the order that brings most at each step. */
typedef struct mlg_remedy {
    int32_t n;
    mlg_id what[MLG_MOST_CHOSEN];   /* the partner, the deputy, the one to introduce ... */
    mlg_id to[MLG_MOST_CHOSEN];     /* ... to the employer, nobody (-1), another */
    int64_t pairs[MLG_MOST_CHOSEN]; /* cross-sector pairs kept with the additions up to this one */
    double activities[MLG_MOST_CHOSEN]; /* activities that go on with them; NaN: not about these */
    double expected, low, high; /* mean, 5 and 95 % of what all of them keep beyond what outlasts
                                   the departure by itself; NaN: not drawn */
    uint32_t draws;
    bool proven; /* no choice of as many keeps more */
} mlg_remedy;

typedef struct mlg_remedies {
    int64_t today, lost;      /* cross-sector pairs connected, and cut off at worst */
    int32_t stopped;          /* activities that nobody would convene */
    mlg_id employer;          /* of who leaves, or -1 */
    mlg_remedy agreements;    /* ties of a view from ties.csv to hold by an agreement */
    mlg_remedy introductions; /* pairs of actors to bring together */
    mlg_remedy deputies;      /* who could convene the activities: of a view of participations */
} mlg_remedies;

/* `budget` of each. `cutter` is open on the view for these leavers. Cost: that of mlg_rest_of()
 * and at most a million sets of each kind. */
mlg_status mlg_remedies_of(const mlg_context *context, int32_t view, const mlg_leavers *leavers,
                           int32_t leaver, mlg_cutter *cutter, int32_t budget, mlg_remedies *out,
                           mlg_error *err) MLG_MUST_CHECK;

/* ---- by kind (remedies_*.c) ------------------------------------------------------- */

/* Whom a list is about: all there is to know of one departure. */
typedef struct mlg_departure {
    const mlg_context *context;
    int32_t view;
    const mlg_graph *graph;
    const mlg_leavers *leavers;
    int32_t leaver;
    const mlg_rest *rest;
    int32_t budget;
} mlg_departure;

mlg_status mlg_remedy_agreements(const mlg_departure *of, mlg_remedy *out,
                                 mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_remedy_introductions(const mlg_departure *of, mlg_remedy *out,
                                    mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_remedy_deputies(const mlg_departure *of, mlg_remedy *out,
                               mlg_error *err) MLG_MUST_CHECK;

/* May an actor of the view stand for others? Who leaves may not. */
bool mlg_may_stand(const mlg_departure *of, int32_t actor);
/* How well an actor is linked: its ties, or its activities. */
uint32_t mlg_links_of(const mlg_graph *graph, int32_t actor);
static inline mlg_remedy mlg_no_remedy(void)
{
    return (mlg_remedy){.expected = NAN, .low = NAN, .high = NAN, .proven = true};
}

#endif
