/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "graph/csr.h"

#include <string.h>

#include "base/fail.h"
#include "base/memory.h"

/* The pairs to lay out, and what is made of them. */
typedef struct pairs {
    const int32_t *from, *to;
    const double *weight; /* or NULL: 1 each */
    size_t m;
    bool square, symmetric;
} pairs;

/* Entries on their way from the order of the input to the order of the rows. */
typedef struct entry {
    int32_t row;
    uint32_t pair; /* index into the input, for its weight */
} entry;

/* Turns counts into starts: start[i] = sum of count[0..i-1]; start has n + 1 slots
 * and holds count[i] in slot i + 1 before. */
static void accumulate(uint32_t *start, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        start[i + 1] += start[i];
    }
}

/* Number of entries, repetition counted. */
static size_t entries_of(const pairs *in)
{
    size_t loops = 0;
    for (size_t i = 0; in->square && i < in->m; i++) {
        loops += in->from[i] == in->to[i];
    }
    return (in->m - loops) * (in->symmetric ? 2 : 1);
}

static void count(const pairs *in, uint32_t *by_row, uint32_t *by_column)
{
    for (size_t i = 0; i < in->m; i++) {
        const int32_t a = in->from[i], b = in->to[i];
        if (in->square && a == b) {
            continue;
        }
        by_row[a + 1]++;
        by_column[b + 1]++;
        if (in->symmetric) {
            by_row[b + 1]++;
            by_column[a + 1]++;
        }
    }
}

/* First pass of the radix sort: entries by column, in input order inside one. `next`
 * holds each column's start and ends as the next column's. */
static void sort_by_column(const pairs *in, uint32_t *next, entry *sorted)
{
    for (size_t i = 0; i < in->m; i++) {
        const int32_t a = in->from[i], b = in->to[i];
        if (in->square && a == b) {
            continue;
        }
        sorted[next[b]++] = (entry){a, (uint32_t) i};
        if (in->symmetric) {
            sorted[next[a]++] = (entry){b, (uint32_t) i};
        }
    }
}

/* Second pass: by row; columns come ascending because the first pass sorted them.
 * `end` holds each column's end, `next` each row's start. A pair that repeats the
 * row's last column is merged at once, in input order, so that both directions of a
 * symmetric pair add up to the same bits. */
static void sort_by_row(const pairs *in, const uint32_t *end, int32_t n_columns,
                        const entry *sorted, mlg_merge merge, uint32_t *next, mlg_csr *out)
{
    uint32_t i = 0;
    for (int32_t column = 0; column < n_columns; column++) {
        for (; i < end[column]; i++) {
            const int32_t row = sorted[i].row;
            const uint32_t slot = next[row];
            const bool repeated = slot > out->offset[row] && out->target[slot - 1] == column;
            if (!repeated) {
                out->target[slot] = column;
                next[row]++;
            }
            if (out->weight == NULL) {
                continue;
            }
            const double weight = in->weight != NULL ? in->weight[sorted[i].pair] : 1.0;
            if (!repeated) {
                out->weight[slot] = weight;
            } else if (merge == MLG_MERGE_SUM) {
                out->weight[slot - 1] += weight;
            } else if (weight > out->weight[slot - 1]) {
                out->weight[slot - 1] = weight;
            }
        }
    }
}

/* Closes the holes that merged pairs left; `end` holds each row's end. */
static void close_holes(mlg_csr *csr, const uint32_t *end)
{
    uint32_t used = 0;
    for (int32_t row = 0; row < csr->n; row++) {
        const uint32_t start = csr->offset[row], length = end[row] - start;
        if (used != start && length > 0) {
            memmove(csr->target + used, csr->target + start, length * sizeof *csr->target);
            if (csr->weight != NULL) {
                memmove(csr->weight + used, csr->weight + start, length * sizeof *csr->weight);
            }
        }
        csr->offset[row] = used;
        used += length;
    }
    csr->offset[csr->n] = used;
}

/* Gives back the room of merged pairs. */
static mlg_status shrink(mlg_csr *csr, mlg_error *err)
{
    mlg_status status = MLG_OK;
    int32_t *target = mlg_resize(csr->target, mlg_csr_size(csr), sizeof *target);
    TRY_ALLOC(err, target);
    csr->target = target;
    if (csr->weight != NULL) {
        double *weight = mlg_resize(csr->weight, mlg_csr_size(csr), sizeof *weight);
        TRY_ALLOC(err, weight);
        csr->weight = weight;
    }
out:
    return status;
}

/* Room for `size` entries in n rows; offsets are 0. */
static mlg_status open_csr(mlg_csr *csr, int32_t n, size_t size, bool weighted, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *csr = (mlg_csr){.n = n};
    csr->offset = mlg_zalloc((size_t) n + 1, sizeof *csr->offset);
    TRY_ALLOC(err, csr->offset);
    csr->target = mlg_alloc(size, sizeof *csr->target);
    TRY_ALLOC(err, csr->target);
    if (weighted) {
        csr->weight = mlg_alloc(size, sizeof *csr->weight);
        TRY_ALLOC(err, csr->weight);
    }
out:
    return status;
}

/* The radix sort: columns first, then rows. */
static mlg_status sort(const pairs *in, int32_t n_columns, mlg_merge merge, mlg_csr *out,
                       mlg_error *err)
{
    mlg_status status = MLG_OK;
    uint32_t *end = mlg_zalloc((size_t) n_columns + 1, sizeof *end), *next = NULL;
    entry *sorted = mlg_alloc(entries_of(in), sizeof *sorted);

    TRY_ALLOC(err, end);
    TRY_ALLOC(err, sorted);
    count(in, out->offset, end);
    accumulate(out->offset, out->n);
    accumulate(end, n_columns);
    sort_by_column(in, end, sorted);
    next = mlg_copy(out->offset, (size_t) out->n, sizeof *next);
    TRY_ALLOC(err, next);
    sort_by_row(in, end, n_columns, sorted, merge, next, out);
    close_holes(out, next);
out:
    mlg_free(sorted);
    mlg_free(next);
    mlg_free(end);
    return status;
}

mlg_status mlg_csr_build(int32_t n_rows, int32_t n_columns, bool square, bool symmetric,
                         const int32_t *from, const int32_t *to, const double *weight, size_t m,
                         mlg_merge merge, mlg_csr *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const pairs in = {from, to, weight, m, square, symmetric};
    const size_t size = entries_of(&in);

    *out = (mlg_csr){.n = n_rows};
    if (m > UINT32_MAX || size > UINT32_MAX) {
        FAIL(err, MLG_ESIZE, "%zu entries do not fit a 32-bit adjacency", size);
    }
    /* the sum of ones is a count */
    TRY(open_csr(out, n_rows, size, weight != NULL || merge == MLG_MERGE_SUM, err));
    TRY(sort(&in, n_columns, merge, out, err));
    if (mlg_csr_size(out) < size) {
        TRY(shrink(out, err));
    }
out:
    if (status != MLG_OK) {
        mlg_csr_free(out);
    }
    return status;
}

mlg_status mlg_csr_transpose(const mlg_csr *csr, int32_t n_columns, mlg_csr *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t size = mlg_csr_size(csr);
    uint32_t *next = NULL;

    TRY(open_csr(out, n_columns, size, csr->weight != NULL, err));
    for (size_t i = 0; i < size; i++) {
        out->offset[csr->target[i] + 1]++;
    }
    accumulate(out->offset, n_columns);
    next = mlg_copy(out->offset, (size_t) n_columns, sizeof *next);
    TRY_ALLOC(err, next);
    for (int32_t row = 0; row < csr->n; row++) {
        for (uint32_t i = csr->offset[row]; i < csr->offset[row + 1]; i++) {
            const uint32_t slot = next[csr->target[i]]++;
            out->target[slot] = row;
            if (csr->weight != NULL) {
                out->weight[slot] = csr->weight[i];
            }
        }
    }

out:
    mlg_free(next);
    if (status != MLG_OK) {
        mlg_csr_free(out);
    }
    return status;
}

double mlg_csr_find(const mlg_csr *csr, int32_t v, int32_t w)
{
    uint32_t low = csr->offset[v], high = csr->offset[v + 1];
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (csr->target[middle] < w) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == csr->offset[v + 1] || csr->target[low] != w) {
        return 0.0;
    }
    return csr->weight != NULL ? csr->weight[low] : 1.0;
}

void mlg_csr_free(mlg_csr *csr)
{
    mlg_free(csr->offset);
    mlg_free(csr->target);
    mlg_free(csr->weight);
    *csr = (mlg_csr){0};
}
