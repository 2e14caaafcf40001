/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SLOW_DEPARTURE_H
#define TESTS_SLOW_DEPARTURE_H

#include "base/buffer.h"
#include "base/random.h"
#include "graph/graph.h"

/* A random small study with organisations O0.., persons Q0.., posts S0.., schemes D0.. and
 * activities A0.., which can be written without the rows of who leaves. Some seats speak for a post
 * under the name of an organisation or of nobody listed, X0... */
enum { SLOW_ORGS = 9, SLOW_PERSONS = 4, SLOW_POSTS = 4, SLOW_SCHEMES = 3, SLOW_ACTIVITIES = 5 };
enum { SLOW_ROWS = 22, SLOW_UNKNOWN = -1, SLOW_VACANT = -2 };
enum { SLOW_PARTIES = SLOW_ORGS + SLOW_PERSONS + SLOW_POSTS, SLOW_OTHERS = 2 };

typedef struct slow_study {
    int sector[SLOW_ORGS][2]; /* -1: none; both alike: one */
    int organisation[SLOW_PERSONS];
    int holder[SLOW_POSTS], employer[SLOW_POSTS], scheme[SLOW_POSTS];
    bool coordinates[SLOW_POSTS];
    int activity_scheme[SLOW_ACTIVITIES];
    bool strategic[SLOW_ACTIVITIES];
    /* ties join two parties; seats a party and an activity */
    int tie[SLOW_ROWS][2], tie_held[SLOW_ROWS];
    int seat[SLOW_ROWS][2], seat_held[SLOW_ROWS];
    int behalf[SLOW_ROWS]; /* post that a seat speaks for, or -1 */
} slow_study;

void slow_study_draw(mlg_random *draw, slow_study *study);
/* Does a party fall when who holds the post leaves? */
bool slow_falls(const slow_study *study, int post, int party);
/* Does a seat: by the post it speaks for, where somebody holds it, else by its party? */
bool slow_seat_falls(const slow_study *study, int post, int row);
/* Is the activity convened by that leaver and no other held post? */
bool slow_stops(const slow_study *study, int post, int activity);
/* The study as tables (model_fixture.h), without the rows of who holds `post` (-1: with all),
 * nor those of the activities it alone convenes when `stops`. */
void slow_study_write(const slow_study *study, int post, bool stops, mlg_buffer *out);

/* Connected pairs of actors of known sectors with none in common, by walking from each; actors
 * for which `left_out` says so are none of them. */
int64_t slow_cross_pairs(const mlg_graph *graph, const bool *left_out);

/* Ties of who holds the post, and the distribution of those that survive, case by case. */
typedef struct slow_outlast {
    int ties, rows;
    double expected, chance[SLOW_ORGS + SLOW_OTHERS + 1];
} slow_outlast;
void slow_outlast_of(const slow_study *study, int post, bool ties, const double survival[3],
                     slow_outlast *out);

#endif
