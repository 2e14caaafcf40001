/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PAIR_SHARES_H
#define MLG_MEASURE_PAIR_SHARES_H

#include "measure/value.h"

/* From the least to the most, where parts of units leave it open. */
typedef struct mlg_range {
    double low, high;
} mlg_range;

/* What two perimeters have of each other: the same figures wherever a pair is told. NaN where
 * nobody knows. */
typedef struct mlg_pair_shares {
    bool by_people; /* of known inhabitants; false: of units */
    bool open;      /* low and high differ */
    mlg_range jaccard, overlap, a_in_b, b_in_a;
    mlg_range people; /* inhabitants in both */
    double unknown;   /* units of unknown population */
} mlg_pair_shares;

/* A share as it is told in whole percents: 100 and 0 are kept for all and nothing. */
double mlg_whole_percents(double share);

/* Of a row of scale.typology's pairs. */
mlg_pair_shares mlg_pair_shares_of(const mlg_value *pairs, size_t row);

#endif
