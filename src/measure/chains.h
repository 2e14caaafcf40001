/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CHAINS_H
#define MLG_MEASURE_CHAINS_H

#include "graph/csr.h"
#include "measure/context.h"

/* How many people, none of them twice, link two sets of activities: chains that begin with somebody
 * in the first, end with somebody in the second, each next one in an activity of the one before.
 * Somebody in both is a chain alone. As many as must leave for no chain to remain (Menger). */

/* Room for one table of participations, which outlives it. */
typedef struct mlg_chains {
    const mlg_csr *attends, *attended; /* people -> activities, and back */
    int8_t *side;                      /* [people] ends it is one of, 0 between two calls */
    int32_t *at_end;                   /* [people] those of an end */
    int32_t n_at_end;
    int32_t *in, *out;  /* [people] activity a chain comes by and leaves by */
    int32_t *came_from; /* [steps] where a search came from */
    int32_t *seen;      /* [steps] search that came by last */
    int32_t *queue;     /* [steps] */
    int32_t *touched;   /* [people] on some chain, to be forgotten */
    int32_t n_touched;
    int32_t search;
} mlg_chains;

mlg_status mlg_chains_open(mlg_chains *chains, const mlg_csr *attends, const mlg_csr *attended,
                           mlg_error *err) MLG_MUST_CHECK;
void mlg_chains_close(mlg_chains *chains);

/* What links two sets. */
typedef struct mlg_linked {
    int32_t chains;        /* -1: the steps ran out */
    int32_t shared;        /* of them, people in both */
    int32_t first, second; /* people of each */
    int32_t thread; /* where there is one chain, somebody on whom every chain rests (in both sets if
                       anybody is, else the nearest to the first); else -1 */
} mlg_linked;

/* `steps` goes down by the work; nothing more is tried when it is below 0. */
mlg_linked mlg_chains_between(mlg_chains *chains, const int32_t *a, size_t n_a, const int32_t *b,
                              size_t n_b, int64_t *steps);

#endif
