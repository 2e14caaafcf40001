/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/triangles.h"

#include "base/fail.h"
#include "base/memory.h"

/* Each tie points from the actor with fewer ties to the one with more (the lower number first when
 * equal): no actor points to more than sqrt(2m) others, so that hubs cost no more than the rest. */
static bool points(const mlg_csr *ties, int32_t v, int32_t w)
{
    const uint32_t a = mlg_csr_degree(ties, v), b = mlg_csr_degree(ties, w);
    return a < b || (a == b && v < w);
}

static void orient(const mlg_csr *ties, mlg_csr *up)
{
    uint32_t at = 0;
    for (int32_t v = 0; v < ties->n; v++) {
        up->offset[v] = at;
        for (uint32_t e = ties->offset[v]; e < ties->offset[v + 1]; e++) {
            if (points(ties, v, ties->target[e])) {
                up->target[at++] = ties->target[e];
            }
        }
    }
    up->offset[ties->n] = at;
}

/* Triangles whose lowest actor (in that order) is v. */
static uint64_t closed_from(const mlg_csr *up, int32_t v, bool *marked)
{
    uint64_t closed = 0;

    for (uint32_t e = up->offset[v]; e < up->offset[v + 1]; e++) {
        marked[up->target[e]] = true;
    }
    for (uint32_t e = up->offset[v]; e < up->offset[v + 1]; e++) {
        const int32_t w = up->target[e];
        for (uint32_t f = up->offset[w]; f < up->offset[w + 1]; f++) {
            closed += marked[up->target[f]];
        }
    }
    for (uint32_t e = up->offset[v]; e < up->offset[v + 1]; e++) {
        marked[up->target[e]] = false;
    }
    return closed;
}

mlg_status mlg_triangles_count(const mlg_csr *ties, mlg_triangles *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const size_t n = (size_t) ties->n;
    bool *marked = mlg_zalloc(n, sizeof *marked);
    mlg_csr up = {.n = ties->n,
                  .offset = mlg_alloc(n + 1, sizeof *up.offset),
                  .target = mlg_alloc(mlg_csr_size(ties) / 2, sizeof *up.target)};
    uint64_t triangles = 0, two_paths = 0;

    *out = (mlg_triangles){0};
    if (marked == NULL || up.offset == NULL || up.target == NULL) {
        FAIL(err, MLG_ENOMEM, "transitivity: no memory for %zu actors", n);
    }
    orient(ties, &up);
    for (int32_t v = 0; v < ties->n; v++) {
        const uint64_t degree = mlg_csr_degree(ties, v);
        two_paths += degree * (degree - (degree > 0)) / 2;
        triangles += closed_from(&up, v, marked);
    }
    *out = (mlg_triangles){.triangles = (double) triangles, .two_paths = (double) two_paths};
out:
    mlg_free(marked);
    mlg_csr_free(&up);
    return status;
}
