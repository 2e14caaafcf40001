/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PAIR_RANKING_H
#define MLG_MEASURE_PAIR_RANKING_H

#include "measure/value.h"

enum {
    MLG_PAIRS_LISTED = 1000, /* of a ranking; its length is given beside it */
    MLG_PAIR_COLUMNS = 12
};

/* A pair with its figures; what they are is the caller's business. */
typedef struct mlg_ranked_pair {
    int32_t a, b;
    double rank, then; /* larger first; equal ones by a and b. Never NaN */
    double figure[MLG_PAIR_COLUMNS];
} mlg_ranked_pair;

/* The top of a stream of pairs: memory for twice what is kept, sorted and halved whenever
 * it is full, so that any number of pairs costs O(log) each. */
typedef struct mlg_pair_ranking {
    mlg_ranked_pair *items;
    size_t n;
    size_t seen;
} mlg_pair_ranking;

mlg_status mlg_pair_ranking_open(mlg_pair_ranking *ranking, mlg_error *err) MLG_MUST_CHECK;
void mlg_pair_ranking_add(mlg_pair_ranking *ranking, const mlg_ranked_pair *pair);
/* Sorts what is kept, at most MLG_PAIRS_LISTED. */
void mlg_pair_ranking_close(mlg_pair_ranking *ranking);
void mlg_pair_ranking_free(mlg_pair_ranking *ranking);

/* Where a figure of the pairs goes: a column of the value, or a part by name. */
typedef struct mlg_pair_column {
    mlg_value_column column; /* when part is NULL */
    const char *part;
} mlg_pair_column;

/* Appends the pairs of a closed ranking to a measure's values, `total` of which there are;
 * figure i goes to columns[i]. `name` gives each end its id. */
mlg_status mlg_pair_ranking_list(const mlg_pair_ranking *ranking, const char *measure, int32_t view,
                                 const mlg_id *name, size_t total, const mlg_pair_column *columns,
                                 size_t n_columns, mlg_values *out, mlg_error *err) MLG_MUST_CHECK;

#endif
