/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PARTITION_AGREEMENT_H
#define MLG_MEASURE_PARTITION_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "maillage/error.h"

/* Two ways of putting n things into groups: how far do they agree? Natural logarithms.
 *
 *     MI  = sum_ij n_ij / n log(n n_ij / (a_i b_j))          H = -sum a_i / n log(a_i / n)
 *     NMI = MI / ((H_a + H_b) / 2)                           VI = H_a + H_b - 2 MI
 *     AMI = (MI - E[MI]) / ((H_a + H_b) / 2 - E[MI])
 *     ARI = (S - AB / C) / ((A + B) / 2 - AB / C)
 *
 * with n_ij things in group i of one and j of the other, a_i and b_j their sums; S, A, B the pairs
 * of things together in both, in one, in the other, and C all pairs. E[MI] is over all ways
 * to deal one partition's groups again among the things (each n_ij is then hypergeometric). */

/* A partition that is dealt again keeps its sums, so that MI varies with sum n_ij log n_ij and
 * ARI with S alone: what a draw has to count. */
typedef struct mlg_same_pairs {
    double log_sum; /* sum of n_ij log n_ij */
    double pairs;   /* S */
} mlg_same_pairs;

typedef struct mlg_agreement {
    double n, groups_a, groups_b; /* groups that hold anything */
    double mi, expected_mi;
    double entropy_a, entropy_b;
    double ami, nmi, ari, vi; /* AMI, NMI and ARI are NaN where they would be 0 / 0 */
    double pairs_a, pairs_b;  /* A, B */
    mlg_same_pairs overlap;
} mlg_agreement;

/* Groups are 0..n_a - 1 and 0..n_b - 1, some may be empty. Without `expected`, E[MI] and AMI stay
 * NaN. MLG_OK or MLG_ENOMEM. Cost: O(n + n_a + n_b), and for the expectation O(s t + n max(s,
 * t)) with s and t different sizes of groups. */
mlg_status mlg_agreement_of(const int32_t *a, int32_t n_a, const int32_t *b, int32_t n_b, size_t n,
                            bool expected, mlg_agreement *out, mlg_error *err) MLG_MUST_CHECK;

/* AMI and ARI of the same partitions with one dealt again, of which a draw counted `overlap`. */
double mlg_agreement_ami(const mlg_agreement *agreement, mlg_same_pairs overlap);
double mlg_agreement_ari(const mlg_agreement *agreement, mlg_same_pairs overlap);

#endif
