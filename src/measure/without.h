/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WITHOUT_H
#define MLG_MEASURE_WITHOUT_H

#include "measure/paths.h"
#include "measure/removal.h"

/* How near the others are to each other once an actor has left, for each in turn. */
typedef struct mlg_without {
    int32_t n;
    double whole;  /* sum of 1 / d over ordered pairs, nobody gone */
    double *total; /* [n] the same over the others once v is gone; NaN: left out */
    int32_t left_out;
} mlg_without;

/* Room for work, in entries read: a report answers in seconds. */
typedef struct mlg_without_room {
    double checks;   /* of the neighbours' neighbours */
    double branches; /* of one search an actor that cuts */
    double searches; /* 512 at once, of everything, without an actor */
} mlg_without_room;
#define MLG_MOST_DETOUR_CHECKS 3e8
#define MLG_MOST_BRANCH_READS  4e8
#define MLG_MOST_SEARCH_READS  5e8

/* Each tie one step. Most actors need no search of everything: where any two neighbours in one
 * branch are tied, or have another neighbour in common, no path among the others gets longer, and
 * what is lost are the actor's own pairs and those between its branches, which one search from it
 * counts. For the rest everything is searched without them, those with most pairs lost first, then
 * with most ties; past the room they are left out. Same bytes for any number of threads. */
mlg_status mlg_without_of(const mlg_csr *ties, const mlg_removal_slot *removal,
                          const mlg_paths *paths, mlg_without_room room, const mlg_run *run,
                          mlg_without *out, mlg_error *err) MLG_MUST_CHECK;
void mlg_without_free(mlg_without *without);

/* That of a view's ties, made once a context. */
mlg_status mlg_context_without(mlg_context *context, int32_t view, const mlg_without **out,
                               mlg_error *err) MLG_MUST_CHECK;

/* A tie of weight w is w_max / w long, w_max that of the whole network also once an actor is gone.
 * Every path is searched for each: `total` stays empty where there is no room for it, and with it
 * `whole` is NaN where there is none for that either (weighted_without.c). */
mlg_status mlg_weighted_without_of(const mlg_csr *ties, double w_max, const mlg_run *run,
                                   mlg_without *out, mlg_error *err) MLG_MUST_CHECK;

#endif
