/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_RANDOM_GRAPH_H
#define MLG_RANDOM_GRAPH_H

#include "base/random.h"
#include "graph/graph.h"

/* Rows of ties as a file might give them: pairs may repeat and loops occur. */
typedef struct random_ties {
    int32_t n;
    int32_t *from, *to;
    double *weight; /* multiples of 1/4 in 1/4..5, so that sums are exact */
    size_t m;
    int32_t *sector; /* [n] -1..n_sectors-1 */
    int32_t n_sectors;
} random_ties;

/* n actors, m rows with both ends uniform; one actor in ten has no sector. */
random_ties random_ties_of(mlg_random *draw, int32_t n, size_t m, int32_t n_sectors);
void random_ties_free(random_ties *ties);

/* Participations: m rows of n actors in n_activities activities, rows may repeat. */
typedef struct random_seats {
    int32_t n, n_activities;
    int32_t *actor, *activity;
    size_t m;
} random_seats;

random_seats random_seats_of(mlg_random *draw, int32_t n, int32_t n_activities, size_t m);
void random_seats_free(random_seats *seats);

/* A permutation of 0..n-1; free it with mlg_free(). */
int32_t *random_order(mlg_random *draw, int32_t n);

/* Graphs of such rows, to be freed with mlg_graph_free(). A failure fails the test. */
mlg_graph *random_graph(mlg_random *draw, int32_t n, size_t m, int32_t n_sectors, bool directed,
                        bool weighted);
mlg_graph *random_two_mode(mlg_random *draw, int32_t n, int32_t n_activities, size_t m,
                           mlg_projection projection);

#endif
