/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_MEETINGS_H
#define MLG_MEASURE_MEETINGS_H

#include "measure/gap_ground.h"

/* Which actors, and which sectors, meet less than chance would have them meet. Rows of the table
 * are activities, columns the actors of the view. */
typedef struct mlg_meetings {
    mlg_text_key why;                /* nothing can be said: then no pair */
    mlg_two_mode seats;              /* borrows the graph's lists */
    uint64_t *may;                   /* structural zeros; NULL when there is none */
    size_t barred;                   /* cells that they close */
    int32_t n_actors, n_activities;  /* with a participation */
    double different, unknown, same; /* pairs of these actors, by their sectors */

    int32_t n_groups;   /* actors of some compared pair */
    int32_t *actor;     /* [n_groups] number in the graph, ascending */
    mlg_csr groups;     /* actor of the graph -> group */
    mlg_gap_pair *pair; /* of groups; ranked: tested by z, then those that could not be */
    size_t n_pairs, testable;

    mlg_csr sectors;      /* actor of the graph -> sectors */
    uint32_t *activities; /* [sectors of the graph] with somebody of it */
    mlg_gap_pair *sector_pair;
    size_t n_sector_pairs;
    uint32_t draws;
} mlg_meetings;

/* The view's ground, made at first need. */
mlg_status mlg_meetings_of(mlg_context *context, int32_t view, mlg_meetings **out,
                           mlg_error *err) MLG_MUST_CHECK;

/* meeting_pairs.c: which pairs are compared, and how often they meet. */
mlg_status mlg_meeting_pairs_make(const mlg_graph *graph, mlg_meetings *out,
                                  mlg_error *err) MLG_MUST_CHECK;
/* meeting_zeros.c: who may sit where. `why` when the table is too large for it. */
mlg_status mlg_meeting_zeros_make(const mlg_graph *graph, const mlg_run *run, mlg_meetings *out,
                                  mlg_error *err) MLG_MUST_CHECK;

#endif
