/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/pair_ranking.h"

#include <stdlib.h>

mlg_status mlg_pair_ranking_open(mlg_pair_ranking *ranking, mlg_error *err)
{
    *ranking = (mlg_pair_ranking){0};
    ranking->items = mlg_alloc(2 * (size_t) MLG_PAIRS_LISTED, sizeof *ranking->items);
    if (ranking->items == NULL) {
        return mlg_fail(err, MLG_ENOMEM, "no memory to rank pairs");
    }
    return MLG_OK;
}

static int by_rank(const void *left, const void *right)
{
    const mlg_ranked_pair *x = left, *y = right;
    if (x->rank != y->rank) {
        return x->rank > y->rank ? -1 : 1;
    }
    if (x->then != y->then) {
        return x->then > y->then ? -1 : 1;
    }
    if (x->a != y->a) {
        return x->a < y->a ? -1 : 1;
    }
    return x->b < y->b ? -1 : x->b > y->b;
}

void mlg_pair_ranking_close(mlg_pair_ranking *ranking)
{
    qsort(ranking->items, ranking->n, sizeof *ranking->items, by_rank);
    if (ranking->n > MLG_PAIRS_LISTED) {
        ranking->n = MLG_PAIRS_LISTED;
    }
}

void mlg_pair_ranking_add(mlg_pair_ranking *ranking, const mlg_ranked_pair *pair)
{
    if (ranking->n == 2 * (size_t) MLG_PAIRS_LISTED) {
        mlg_pair_ranking_close(ranking);
    }
    ranking->items[ranking->n++] = *pair;
    ranking->seen++;
}

void mlg_pair_ranking_free(mlg_pair_ranking *ranking)
{
    mlg_free(ranking->items);
    *ranking = (mlg_pair_ranking){0};
}

mlg_status mlg_pair_ranking_list(const mlg_pair_ranking *ranking, const char *measure, int32_t view,
                                 const mlg_id *name, size_t total, const mlg_pair_column *columns,
                                 size_t n_columns, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, measure, view, ranking->n, err);
    mlg_id *subject = NULL;

    TRY_ALLOC(err, value);
    value->total = total;
    subject = mlg_value_subjects(value);
    for (size_t c = 0; subject != NULL && c < n_columns; c++) {
        double *figures = columns[c].part != NULL ? mlg_value_part_of(value, columns[c].part)
                                                  : mlg_value_column_of(value, columns[c].column);
        if (figures == NULL) {
            subject = NULL;
        }
        for (size_t i = 0; figures != NULL && i < ranking->n; i++) {
            figures[i] = ranking->items[i].figure[c];
        }
    }
    if (subject == NULL) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for %zu pairs", measure, ranking->n);
    }
    for (size_t i = 0; i < ranking->n; i++) {
        subject[2 * i] = name[ranking->items[i].a];
        subject[2 * i + 1] = name[ranking->items[i].b];
    }
out:
    return status;
}
