/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_DISTANCE_GROUND_H
#define MLG_MEASURE_DISTANCE_GROUND_H

#include "graph/graph.h"

enum { MLG_DISTANCE_CLASSES = 7, MLG_MAX_PLACES = 3000 };

typedef struct mlg_placed_tie {
    int32_t a, b; /* placed actors */
} mlg_placed_tie;

/* Actors of a view that have a place, and their ties by class of distance. An actor is where its
 * one site is, else in its territory; a territory without coordinates is at its main town. */
typedef struct mlg_distances {
    mlg_text_key why; /* why nothing can be told, or T_none */
    int32_t n, n_places, unplaced;
    int32_t *place;           /* [n] */
    double *here;             /* [n_places] actors */
    uint8_t *class_of_pair;   /* [n_places^2] */
    float *log_of_pair;       /* [n_places^2] log(1 + km); NULL above MLG_MAX_PLACES */
    double shortest, longest; /* log(1 + km) of pairs of actors */
    size_t n_ties;
    mlg_placed_tie *tie; /* [n_ties] */
    double all_pairs;
    double pairs[MLG_DISTANCE_CLASSES], ties[MLG_DISTANCE_CLASSES];
    double log_km[MLG_DISTANCE_CLASSES]; /* mean of log(1 + km) over the pairs of the class */
    double median, median_pairs;         /* km, to a tenth */
} mlg_distances;

/* Freed by mlg_distances_free() whatever the answer. More than MLG_MAX_PLACES places are too
 * large, unless `force`. */
mlg_status mlg_distances_of(const mlg_graph *graph, bool force, mlg_distances *out,
                            mlg_error *err) MLG_MUST_CHECK;
void mlg_distances_free(mlg_distances *d);
/* Last km of a class. */
double mlg_distance_end(int class_number);

static inline int mlg_distance_class(const mlg_distances *d, int32_t a, int32_t b)
{
    return d->class_of_pair[(size_t) a * (size_t) d->n_places + (size_t) b];
}

/* Where distances are kept pair by pair, that of two places; else the mean of their class. */
static inline double mlg_log_between(const mlg_distances *d, int32_t a, int32_t b)
{
    return d->log_of_pair != NULL
               ? (double) d->log_of_pair[(size_t) a * (size_t) d->n_places + (size_t) b]
               : d->log_km[mlg_distance_class(d, a, b)];
}

/* Pairs of actors of two places a <= b. */
static inline double mlg_pairs_between(const mlg_distances *d, int32_t a, int32_t b)
{
    return a == b ? d->here[a] * (d->here[a] - 1.0) / 2.0 : d->here[a] * d->here[b];
}

#endif
