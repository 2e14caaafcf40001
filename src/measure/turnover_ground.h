/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TURNOVER_GROUND_H
#define MLG_MEASURE_TURNOVER_GROUND_H

#include "measure/turnover_law.h"

/* What the departure model is played on: who may leave, and what hangs on them. Months count
 * from the study's date, by the calendar: 31 December to 30 June is 6. Tests make it by hand;
 * mlg_turnover_ground_of() from a study.
 *
 * Posts are those held at the study's date, by person; then vacant ones, each its own person;
 * then the places of persons without a post who carry rows of the view. Without posts.csv, who
 * coordinates a scheme in a recent participation holds a post that nobody described, one a
 * scheme; where that is an organisation, only its rows as coordinator hang on it. */

/* A post, or the place of somebody without one. Posts of one person are neighbours. */
typedef struct mlg_turnover_post {
    int32_t person;   /* 0 .. n_people - 1: the clock it starts under */
    mlg_id party;     /* the post in the model, the person without one, or who coordinates where no
                         post is described */
    mlg_rate leaves;  /* its hazard once no dated end is ahead: MLG_LEAVE_... */
    mlg_rate renewed; /* MLG_RENEWED_... of its dated end */
    double end;      /* months until the dated end of who holds it; INFINITY: none known, a mandate,
                        or a vacant post */
    double term;     /* months a renewal adds, at least one */
    int32_t mandate; /* the elections it stands at (index of `election`): nothing else ends it, and
                        `leaves` is not asked; -1: none */
    bool vacant;     /* at month 0 */
    bool coordinates; /* counts for coordination-months lost */
} mlg_turnover_post;

/* What joins two ends of the view for as long as it is up. */
typedef struct mlg_turnover_row {
    int32_t end[2];  /* actors of the view; n_actors + a: activity a */
    int32_t post[2]; /* whose departure may take it, or -1; never two of one person */
    mlg_rate held;   /* MLG_SURVIVES_... */
} mlg_turnover_row;

typedef struct mlg_turnover_ground {
    int32_t n_people;
    int32_t n_posts;
    mlg_turnover_post *post;
    int32_t n_elections;
    double *election;       /* [n_elections] months ahead, ascending */
    int32_t n_actors;       /* ends that count; sector(s) by the view's graph */
    const mlg_graph *graph; /* of the view: sectors of its actors; borrowed */
    bool *
        counted; /* [n_actors] false: who may leave is an actor of its own, and no pair counts it */
    int32_t n_activities;
    uint32_t *convenor_first; /* [n_activities + 1] */
    int32_t *convenor;        /* posts that convene it; none, or it is carried by others: it
                                 never pauses */
    double *activity_end;     /* [n_activities] months until its schemes all end, or INFINITY */
    int32_t *activity_scheme; /* [n_activities] the scheme (index of `scheme`) whose end that is:
                                 renewed, it goes on; -1: none, or one without a coordination */
    size_t n_rows;
    mlg_turnover_row *row;  /* rows nobody can take have both posts -1 */
    int32_t n_schemes;      /* in force, with a coordination on record */
    mlg_id *scheme;         /* [n_schemes] */
    uint32_t *scheme_first; /* [n_schemes + 1] */
    int32_t *scheme_post;   /* posts that coordinate it */
    double *scheme_end;     /* [n_schemes] months, or INFINITY: renewed with MLG_RENEWED_SCHEME */
    int32_t n_units;        /* units with known residents that a coordinating post covers, one a
                               layer where posts cover them in different parts */
    double *population;     /* [n_units] */
    uint32_t *unit_first;   /* [n_units + 1] */
    int32_t *unit_post;
} mlg_turnover_ground;

/* MLG_OK with n_posts = 0 when nobody may leave. `view` of actors only. */
mlg_status mlg_turnover_ground_of(const mlg_context *context, int32_t view,
                                  mlg_turnover_ground *out, mlg_error *err) MLG_MUST_CHECK;
/* The same of a graph, which is borrowed. */
mlg_status mlg_turnover_ground_of_graph(const mlg_graph *graph, mlg_turnover_ground *out,
                                        mlg_error *err) MLG_MUST_CHECK;
void mlg_turnover_ground_free(mlg_turnover_ground *ground);

#endif
