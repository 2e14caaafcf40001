/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BRANDES_H
#define MLG_MEASURE_BRANDES_H

#include <stdbool.h>
#include <stdint.h>

/* What is searched: n members, the list of v at target[offset[v]] .. target[offset[v + 1] - 1]. */
typedef struct mlg_brandes {
    uint32_t n;
    const uint32_t *offset;
    const int32_t *target;
    const double *reach; /* [n] actors each member stands for as a target */
    /* Counts a path for a member by how far along it stands, steps from the source over all its
     * steps. Both searches of a pair then make one whole, so that a few sources estimate the rest
     * without the bias towards whoever is next to them (Geisberger and others 2008). */
    bool by_distance;
} mlg_brandes;

/* One thread's arrays, for searches of at most `room` members. */
typedef struct mlg_brandes_scratch {
    int32_t *distance; /* [room] -1 between two searches */
    int32_t *order;    /* [room] members found, nearest first */
    double *paths;     /* [room] shortest paths from the source */
    double *share;     /* [room] what a member passes back to each path that reaches it */
    double *through;   /* [room] targets reached through a member, in shares of their paths */
} mlg_brandes_scratch;

mlg_brandes_scratch *mlg_brandes_scratch_new(uint32_t room); /* NULL when memory is short */
void mlg_brandes_scratch_free(mlg_brandes_scratch *scratch);

/* Searches from one source. Answers how many members it found, the source among them: order[1] ..
 * have their `through` filled. Answers 0 when there are more shortest paths than a double can tell
 * apart from infinity. */
uint32_t mlg_brandes_from(const mlg_brandes *graph, int32_t source, mlg_brandes_scratch *scratch);

#endif
