/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BLOCKS_H
#define MLG_MEASURE_BLOCKS_H

#include "graph/csr.h"

/* A graph cut at the actors that alone join its parts. A block is a largest set that stays in one
 * piece whichever member is left out; two blocks share one actor at most. Shortest paths between
 * members of a block never leave it, so each block can be searched alone, its members standing for
 * all that hangs behind them. Ties that are a block of their own (pendants, bridges) have nobody
 * between their ends and are not kept. */
typedef struct mlg_blocks {
    int32_t n;        /* blocks of at least 3 actors */
    uint32_t *first;  /* [n + 1] places of each block's members in the arrays below */
    int32_t *member;  /* [first[n]] actors, ascending inside a block */
    double *reach;    /* [first[n]] actors a member stands for there: itself and all behind it */
    uint32_t *offset; /* [first[n] + 1] adjacency inside the block, row by place */
    int32_t *target;  /* numbered inside the block: 0 is its first member */
    double *apart;    /* [actors] pairs of others that meet only through this one */
} mlg_blocks;

/* Over a symmetric adjacency; one search without recursion, O(n + m). `out` is empty after a
 * failure. */
mlg_status mlg_blocks_find(const mlg_csr *ties, mlg_blocks *out, mlg_error *err);
/* Everyone as one block that hides nothing, for adjacencies that are not symmetric. */
mlg_status mlg_blocks_whole(const mlg_csr *arcs, mlg_blocks *out, mlg_error *err);
void mlg_blocks_free(mlg_blocks *blocks);

#endif
