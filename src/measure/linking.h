/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_LINKING_H
#define MLG_MEASURE_LINKING_H

#include "graph/csr.h"
#include "model/model.h"

/* Who could bring two together: shortest chains of partners that are there already. */

/* What joins two parties; of several, the last that holds is kept. */
enum { MLG_LINK_MEETS = 1, MLG_LINK_TIED, MLG_LINK_SITS };

enum {
    MLG_LINKING_STEPS = 5,  /* at most: four go-betweens */
    MLG_LINKING_CHAINS = 3, /* told of one gap */
};

/* Parties, actors and schemes alike, and what joins them (the weight). */
typedef struct mlg_linking {
    mlg_csr of;
    int32_t *from, *to; /* while they are collected */
    double *kind;
    size_t n, room_from, room_to, room_kind;
} mlg_linking;

mlg_status mlg_linking_add(mlg_linking *links, mlg_id a, mlg_id b, int kind,
                           mlg_error *err) MLG_MUST_CHECK;
/* Once all are in. */
mlg_status mlg_linking_close(mlg_linking *links, int32_t n_parties, mlg_error *err) MLG_MUST_CHECK;
void mlg_linking_free(mlg_linking *links);

typedef struct mlg_linking_chain {
    int32_t n; /* steps; party[n + 1], from one end to the other */
    mlg_id party[MLG_LINKING_STEPS + 1];
} mlg_linking_chain;

/* One search's memory. */
typedef struct mlg_linking_search {
    const mlg_linking *links;
    int32_t *ahead, *behind; /* [parties] steps from one end, from the other; -1: farther */
    int32_t *queue;
    struct mlg_linking_way *way; /* [parties * MLG_LINKING_CHAINS] */
} mlg_linking_search;

mlg_status mlg_linking_search_open(const mlg_linking *links, mlg_linking_search *out,
                                   mlg_error *err) MLG_MUST_CHECK;
void mlg_linking_search_close(mlg_linking_search *search);

/* The shortest chains between two parties that are not joined by a step of their own: at most
 * MLG_LINKING_CHAINS, those whose go-betweens have fewest partners first (so that the same few are
 * not always asked), then in the order of the study's rows. Answers how many. Cost: O(parties +
 * links).
 */
size_t mlg_linking_chains(mlg_linking_search *search, mlg_id a, mlg_id b,
                          mlg_linking_chain *chains);

#endif
