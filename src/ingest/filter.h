/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_INGEST_FILTER_H
#define MLG_INGEST_FILTER_H

#include "base/buffer.h"
#include "ingest/source.h"

typedef enum mlg_operator {
    MLG_EQUAL,
    MLG_NOT_EQUAL,
    MLG_AT_LEAST,
    MLG_AT_MOST,
    MLG_LESS,
    MLG_MORE,
} mlg_operator;

/* A condition on one cell of a row: ties.where;relation=actor-actor. */
typedef struct mlg_filter {
    mlg_operator operator;
    int32_t cell;     /* index in a row */
    const char *text; /* compared with, folded as an id */
    double number;    /* the same as a number, NaN when it is none */
    char before[32];  /* the cell judged last, and how */
    uint32_t before_length;
    bool before_passed;
    bool kept;             /* some row passed it */
    bool is_private;       /* of a column of persons: withheld */
    const char *condition; /* as study.csv writes it, at its row: one that keeps none is told */
    int32_t study_row;
} mlg_filter;

/* Cuts "relation=actor-actor" at its operator: the length of the column's name, where the
 * value begins, and the operator. False when there is none, or no column. */
bool mlg_filter_cut(const char *condition, size_t *column_length, const char **value,
                    mlg_operator *operator);

/* Does a row's cell meet the condition? Texts are compared without case and accents,
 * numbers as numbers; >= <= < > are met by numbers only. An empty cell differs from every
 * value but the empty one. A text that ends in * is met by all that begins as it does. `scratch` is
 * overwritten; its `failed` says memory was short. */
bool mlg_filter_pass(mlg_filter *filter, const mlg_row *row, mlg_buffer *scratch);

#endif
