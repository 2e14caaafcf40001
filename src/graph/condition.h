/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GRAPH_CONDITION_H
#define MLG_GRAPH_CONDITION_H

#include "maillage/graph.h"
#include "model/model.h"

typedef enum mlg_operation {
    MLG_EQUAL,
    MLG_DIFFERENT,
    MLG_BELOW,
    MLG_ABOVE,
    MLG_AT_MOST,
    MLG_AT_LEAST,
} mlg_operation;

/* A condition made ready for many rows: its value in the column's own terms. */
typedef struct mlg_test {
    mlg_column column;
    mlg_operation operation;
    double number; /* numbers */
    mlg_span span; /* dates */
    int32_t id;    /* codes, names and texts; -2 = a value that no cell holds */
} mlg_test;

/* Reads "weight>=3" as a condition on a column of the table. MLG_EARG for an unknown
 * column (the message lists those there are), operation or value that does not suit it. */
mlg_status mlg_condition_read(const mlg_model *model, mlg_table_id table, const char *text,
                              mlg_condition *out, mlg_error *err);
/* MLG_EARG when the value does not read as the column's type. */
mlg_status mlg_condition_compile(const mlg_model *model, const mlg_condition *condition,
                                 mlg_test *out, mlg_error *err);
/* Does the row's cell meet it? An unknown cell meets nothing, not even "!=". */
bool mlg_test_holds(const mlg_model *model, const mlg_test *test, int32_t row);
/* The same for an id that stands for a cell. */
bool mlg_test_holds_id(const mlg_test *test, int32_t id);
/* Code of a value of the model (code, label in either language, or open value), or -1. */
int32_t mlg_find_code(const mlg_model *model, mlg_list_id list, const char *value);

#endif
