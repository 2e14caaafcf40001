/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_holes.h"

#include <check.h>
#include <math.h>

#include "base/memory.h"

/* a_ij + a_ji */
static slow_matrix both_ways(const mlg_csr *arcs, bool weighed)
{
    slow_matrix a = slow_dense(arcs, weighed);
    const size_t n = (size_t) arcs->n;
    slow_matrix sum = {arcs->n, arcs->n, mlg_zalloc(n * n, sizeof *sum.cell)};

    ck_assert_ptr_nonnull(sum.cell);
    for (int32_t i = 0; i < arcs->n; i++) {
        for (int32_t j = 0; j < arcs->n; j++) {
            *slow_cell(&sum, i, j) = *slow_cell(&a, i, j) + *slow_cell(&a, j, i);
        }
    }
    slow_matrix_free(&a);
    return sum;
}

static double row_sum(const slow_matrix *w, int32_t i)
{
    double sum = 0.0;
    for (int32_t j = 0; j < w->rows; j++) {
        sum += *slow_cell(w, i, j);
    }
    return sum;
}

static double row_max(const slow_matrix *w, int32_t i)
{
    double most = 0.0;
    for (int32_t j = 0; j < w->rows; j++) {
        most = fmax(most, *slow_cell(w, i, j));
    }
    return most;
}

double slow_effective_size(const mlg_csr *arcs, bool weighed, int32_t i)
{
    slow_matrix w = both_ways(arcs, weighed);
    double size = 0.0, contacts = 0.0;

    for (int32_t j = 0; j < arcs->n; j++) {
        double redundant = 0.0;
        for (int32_t q = 0; q < arcs->n; q++) {
            redundant +=
                q != i && q != j && row_sum(&w, i) > 0.0 && row_max(&w, j) > 0.0
                    ? *slow_cell(&w, i, q) / row_sum(&w, i) * *slow_cell(&w, j, q) / row_max(&w, j)
                    : 0.0;
        }
        if (*slow_cell(&w, i, j) > 0.0) {
            contacts++;
            size += 1.0 - redundant;
        }
    }
    slow_matrix_free(&w);
    return contacts > 0.0 ? size : NAN;
}

double slow_simple_size(const mlg_csr *ties, int32_t i)
{
    slow_matrix a = slow_dense(ties, false);
    double contacts = 0.0, among = 0.0;

    for (int32_t j = 0; j < ties->n; j++) {
        contacts += *slow_cell(&a, i, j);
        for (int32_t q = 0; q < j; q++) {
            among += *slow_cell(&a, i, j) * *slow_cell(&a, i, q) * *slow_cell(&a, j, q);
        }
    }
    slow_matrix_free(&a);
    return contacts > 0.0 ? contacts - 2.0 * among / contacts : NAN;
}

double slow_hierarchy(const mlg_csr *arcs, bool weighed, int32_t i)
{
    slow_matrix w = both_ways(arcs, weighed);
    double term[64], n = 0.0, sum = 0.0, spread = 0.0;

    for (int32_t j = 0; j < arcs->n; j++) {
        term[j] = 0.0;
        if (*slow_cell(&w, i, j) > 0.0) {
            double invested = *slow_cell(&w, i, j) / row_sum(&w, i);
            for (int32_t q = 0; q < arcs->n; q++) {
                invested += q != i && q != j && row_sum(&w, q) > 0.0
                                ? *slow_cell(&w, i, q) / row_sum(&w, i) * *slow_cell(&w, q, j) /
                                      row_sum(&w, q)
                                : 0.0;
            }
            term[j] = invested * invested;
            n++;
        }
        sum += term[j];
    }
    for (int32_t j = 0; j < arcs->n; j++) {
        const double ratio = n > 0.0 ? term[j] / (sum / n) : 0.0;
        spread += ratio > 0.0 ? ratio * log(ratio) : 0.0;
    }
    slow_matrix_free(&w);
    return n > 1.0 ? spread / (n * log(n)) : n == 1.0 ? 1.0 : NAN;
}
