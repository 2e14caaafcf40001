/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_paths.h"

#include <check.h>

#include "base/memory.h"

slow_matrix slow_dense(const mlg_csr *csr, bool weighed)
{
    slow_matrix dense = {csr->n, csr->n,
                         mlg_zalloc((size_t) csr->n * (size_t) csr->n, sizeof *dense.cell)};

    ck_assert_ptr_nonnull(dense.cell);
    for (int32_t v = 0; v < csr->n; v++) {
        for (uint32_t i = csr->offset[v]; i < csr->offset[v + 1]; i++) {
            *slow_cell(&dense, v, csr->target[i]) =
                weighed && csr->weight != NULL ? csr->weight[i] : 1.0;
        }
    }
    return dense;
}

slow_matrix slow_steps(const mlg_csr *csr)
{
    slow_matrix steps = slow_dense(csr, false);
    const int32_t n = csr->n;

    for (int32_t a = 0; a < n; a++) {
        for (int32_t b = 0; b < n; b++) {
            double *cell = slow_cell(&steps, a, b);
            *cell = a == b ? 0.0 : *cell > 0.0 ? 1.0 : -1.0;
        }
    }
    for (int32_t by = 0; by < n; by++) {
        for (int32_t a = 0; a < n; a++) {
            for (int32_t b = 0; b < n; b++) {
                const double there = *slow_cell(&steps, a, by), on = *slow_cell(&steps, by, b);
                double *cell = slow_cell(&steps, a, b);
                if (there >= 0.0 && on >= 0.0 && (*cell < 0.0 || there + on < *cell)) {
                    *cell = there + on;
                }
            }
        }
    }
    return steps;
}

double slow_harmonic(const mlg_csr *ties, int32_t v)
{
    slow_matrix steps = slow_steps(ties);
    double sum = 0.0;

    for (int32_t u = 0; u < ties->n; u++) {
        sum += *slow_cell(&steps, v, u) > 0.0 ? 1.0 / *slow_cell(&steps, v, u) : 0.0;
    }
    slow_matrix_free(&steps);
    return sum / (ties->n - 1.0);
}

double slow_efficiency(const mlg_csr *ties)
{
    double sum = 0.0;
    for (int32_t v = 0; v < ties->n; v++) {
        sum += slow_harmonic(ties, v);
    }
    return sum / ties->n;
}

int32_t slow_component_size(const mlg_csr *ties, int32_t v)
{
    slow_matrix steps = slow_steps(ties);
    int32_t size = 0;

    for (int32_t u = 0; u < ties->n; u++) {
        size += *slow_cell(&steps, v, u) >= 0.0;
    }
    slow_matrix_free(&steps);
    return size;
}

int32_t slow_components(const mlg_csr *ties)
{
    slow_matrix steps = slow_steps(ties);
    int32_t count = 0;

    for (int32_t v = 0; v < ties->n; v++) {
        bool is_first = true;
        for (int32_t u = 0; u < v; u++) {
            is_first = is_first && *slow_cell(&steps, v, u) < 0.0;
        }
        count += is_first;
    }
    slow_matrix_free(&steps);
    return count;
}
