/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_CSR_H
#define MLG_GRAPH_CSR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "maillage/error.h"

/* Compact 32-bit adjacency: the neighbours of v are target[offset[v]] ..
 * target[offset[v + 1] - 1], ascending, without loops or repetition. Kernels take
 * it by const pointer; nothing else of a graph. */
typedef struct mlg_csr {
    int32_t n;        /* rows */
    uint32_t *offset; /* [n + 1] */
    int32_t *target;  /* [offset[n]] */
    double *weight;   /* [offset[n]], or NULL: all 1 */
} mlg_csr;

static inline uint32_t mlg_csr_degree(const mlg_csr *csr, int32_t v)
{
    return csr->offset[v + 1] - csr->offset[v];
}

static inline size_t mlg_csr_size(const mlg_csr *csr)
{
    return csr->offset != NULL ? csr->offset[csr->n] : 0;
}

/* How several rows of one pair make one entry. */
typedef enum mlg_merge { MLG_MERGE_MAX, MLG_MERGE_SUM } mlg_merge;

/* Builds rows x columns adjacency from m pairs (from[i], to[i], weight[i] or NULL):
 * sorted rows, repeated pairs merged. Loops are dropped when `square`.
 * `symmetric` adds each pair both ways. n_columns = n_rows when square.
 * MLG_ENOMEM, or MLG_ESIZE past 2^32 - 1 entries. `out` is empty after a failure. */
mlg_status mlg_csr_build(int32_t n_rows, int32_t n_columns, bool square, bool symmetric,
                         const int32_t *from, const int32_t *to, const double *weight, size_t m,
                         mlg_merge merge, mlg_csr *out, mlg_error *err);
/* The transpose: column v's rows, ascending. */
mlg_status mlg_csr_transpose(const mlg_csr *csr, int32_t n_columns, mlg_csr *out, mlg_error *err);
/* Weight of the entry (v, w), or 0 when there is none (binary search). */
double mlg_csr_find(const mlg_csr *csr, int32_t v, int32_t w);
void mlg_csr_free(mlg_csr *csr);

#endif
