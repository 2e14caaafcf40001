/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_position.h"

#include <check.h>
#include <math.h>

#include "base/memory.h"

double slow_constraint(const mlg_csr *arcs, bool weighed, int32_t i)
{
    slow_matrix a = slow_dense(arcs, weighed);
    const int32_t n = arcs->n;
    double constraint = 0.0, contacts = 0.0;
    slow_matrix p = {n, n, mlg_zalloc((size_t) n * (size_t) n, sizeof *p.cell)};

    ck_assert_ptr_nonnull(p.cell);
    for (int32_t v = 0; v < n; v++) {
        double all = 0.0;
        for (int32_t u = 0; u < n; u++) {
            all += *slow_cell(&a, v, u) + *slow_cell(&a, u, v);
        }
        for (int32_t u = 0; u < n && all > 0.0; u++) {
            *slow_cell(&p, v, u) = (*slow_cell(&a, v, u) + *slow_cell(&a, u, v)) / all;
        }
    }
    for (int32_t j = 0; j < n; j++) {
        double invested = *slow_cell(&p, i, j);
        for (int32_t q = 0; q < n; q++) {
            invested += q != i && q != j ? *slow_cell(&p, i, q) * *slow_cell(&p, q, j) : 0.0;
        }
        if (*slow_cell(&p, i, j) > 0.0) {
            constraint += invested * invested;
            contacts++;
        }
    }
    slow_matrix_free(&a);
    slow_matrix_free(&p);
    return contacts > 0.0 ? constraint : NAN;
}

void slow_coreness(const mlg_csr *ties, int32_t *core)
{
    slow_matrix a = slow_dense(ties, false);

    for (int32_t v = 0; v < ties->n; v++) {
        core[v] = 0;
    }
    for (int32_t k = 1; k <= ties->n; k++) {
        for (bool again = true; again;) {
            again = false;
            for (int32_t v = 0; v < ties->n; v++) {
                double contacts = 0.0;
                for (int32_t u = 0; u < ties->n; u++) {
                    contacts += *slow_cell(&a, v, u);
                }
                for (int32_t u = 0; contacts > 0.0 && contacts < k && u < ties->n; u++) {
                    *slow_cell(&a, v, u) = *slow_cell(&a, u, v) = 0.0;
                    again = true;
                }
            }
        }
        for (int32_t v = 0; v < ties->n; v++) {
            for (int32_t u = 0; u < ties->n; u++) {
                core[v] = *slow_cell(&a, v, u) > 0.0 ? k : core[v];
            }
        }
    }
    slow_matrix_free(&a);
}

void slow_eigenvector(const mlg_csr *ties, int32_t v, double *score)
{
    slow_matrix a = slow_dense(ties, true), steps = slow_steps(ties);
    const int32_t n = ties->n;
    double *next = mlg_zalloc((size_t) n, sizeof *next);

    ck_assert_ptr_nonnull(next);
    for (int32_t u = 0; u < n; u++) {
        score[u] = *slow_cell(&steps, v, u) >= 0.0 ? 1.0 : 0.0;
    }
    for (int round = 0; round < 20000; round++) {
        double largest = 0.0;
        for (int32_t u = 0; u < n; u++) {
            next[u] = score[u];
            for (int32_t w = 0; w < n; w++) {
                next[u] += *slow_cell(&a, u, w) * score[w];
            }
            largest = fmax(largest, next[u]);
        }
        for (int32_t u = 0; u < n; u++) {
            score[u] = next[u] / largest;
        }
    }
    mlg_free(next);
    slow_matrix_free(&a);
    slow_matrix_free(&steps);
}

void slow_pagerank(const mlg_csr *arcs, double damping, double *score)
{
    slow_matrix a = slow_dense(arcs, true);
    const int32_t n = arcs->n;
    double *next = mlg_zalloc((size_t) n, sizeof *next);

    ck_assert_ptr_nonnull(next);
    for (int32_t v = 0; v < n; v++) {
        score[v] = 1.0 / n;
    }
    for (int round = 0; round < 1000; round++) {
        for (int32_t v = 0; v < n; v++) {
            next[v] = (1.0 - damping) / n;
        }
        for (int32_t u = 0; u < n; u++) {
            double all = 0.0;
            for (int32_t v = 0; v < n; v++) {
                all += *slow_cell(&a, u, v);
            }
            for (int32_t v = 0; v < n; v++) {
                const double share = all > 0.0 ? *slow_cell(&a, u, v) / all : 1.0 / n;
                next[v] += damping * score[u] * share;
            }
        }
        for (int32_t v = 0; v < n; v++) {
            score[v] = next[v];
        }
    }
    mlg_free(next);
    slow_matrix_free(&a);
}

double slow_transitivity(const mlg_csr *ties)
{
    slow_matrix a = slow_dense(ties, false);
    double paths = 0.0, closed = 0.0;

    for (int32_t v = 0; v < ties->n; v++) {
        for (int32_t s = 0; s < ties->n; s++) {
            for (int32_t t = 0; t < s; t++) {
                const double path = *slow_cell(&a, v, s) * *slow_cell(&a, v, t);
                paths += path;
                closed += path * *slow_cell(&a, s, t);
            }
        }
    }
    slow_matrix_free(&a);
    return paths > 0.0 ? closed / paths : NAN;
}
