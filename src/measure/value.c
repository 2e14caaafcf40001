/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/value.h"

#include <assert.h>
#include <math.h>
#include <string.h>

const char *mlg_value_column_name(mlg_value_column column)
{
    static const char *const names[MLG_N_VALUE_COLUMNS] = {
        [MLG_VALUE] = "value",
        [MLG_EXPECTED] = "expected",
        [MLG_SD] = "sd",
        [MLG_LOW] = "low",
        [MLG_HIGH] = "high",
        [MLG_MIN] = "min",
        [MLG_MAX] = "max",
        [MLG_Z] = "z",
        [MLG_P] = "p",
        [MLG_P_TWO] = "p_two",
        [MLG_P_ADJUSTED] = "p_adjusted",
        [MLG_AT] = "at",
    };
    return names[column];
}

static void release(mlg_value *value)
{
    mlg_free(value->subject);
    for (size_t c = 0; c < MLG_N_VALUE_COLUMNS; c++) {
        mlg_free(value->column[c]);
    }
    for (size_t p = 0; p < value->n_parts; p++) {
        mlg_free(value->part[p].values);
    }
    *value = (mlg_value){0};
}

void mlg_values_free(mlg_values *values)
{
    for (size_t i = 0; i < values->n; i++) {
        release(&values->items[i]);
    }
    mlg_free(values->items);
    *values = (mlg_values){0};
}

const mlg_value *mlg_values_find(const mlg_values *values, const char *id, int32_t view)
{
    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        if (value->view == view && strcmp(value->measure->id, id) == 0) {
            return value;
        }
    }
    return NULL;
}

const mlg_value *mlg_values_find_null(const mlg_values *values, const char *id, int32_t view,
                                      const char *null_model)
{
    for (size_t i = 0; i < values->n; i++) {
        const mlg_value *value = &values->items[i];
        if (value->view == view && value->null_model != NULL &&
            strcmp(value->null_model, null_model) == 0 && strcmp(value->measure->id, id) == 0) {
            return value;
        }
    }
    return NULL;
}

mlg_value *mlg_values_add(mlg_values *values, const char *measure, int32_t view, size_t n,
                          mlg_error *err)
{
    const mlg_measure *row = mlg_measure_find(measure);

    assert(row != NULL && "a value names a row of the catalogue");
    if (!mlg_grow(&values->items, &values->room, values->n + 1, sizeof *values->items)) {
        mlg_fail(err, MLG_ENOMEM, "%s: no memory for one more value", measure);
        return NULL;
    }
    mlg_value *value = &values->items[values->n++];
    *value = (mlg_value){
        .measure = row,
        .view = view,
        .scope = row->scope,
        .shape = row->shape,
        .convention = row->direction,
        .weight = row->weight,
        .n = n,
        .total = n,
    };
    return value;
}

void mlg_values_drop(mlg_values *values)
{
    assert(values->n > 0);
    release(&values->items[--values->n]);
}

static double *nan_array(size_t n)
{
    double *array = mlg_alloc(n, sizeof *array);
    for (size_t i = 0; array != NULL && i < n; i++) {
        array[i] = NAN;
    }
    return array;
}

double *mlg_value_column_of(mlg_value *value, mlg_value_column column)
{
    if (value->column[column] == NULL) {
        value->column[column] = nan_array(value->n);
    }
    return value->column[column];
}

double *mlg_value_part_of(mlg_value *value, const char *name)
{
    assert(value->n_parts < MLG_MAX_PARTS && mlg_value_part_find(value, name) == NULL);
    double *values = nan_array(value->n);
    if (values != NULL) {
        value->part[value->n_parts++] = (mlg_part){.name = name, .values = values};
    }
    return values;
}

const double *mlg_value_part_find(const mlg_value *value, const char *name)
{
    for (size_t p = 0; p < value->n_parts; p++) {
        if (strcmp(value->part[p].name, name) == 0) {
            return value->part[p].values;
        }
    }
    return NULL;
}

mlg_id *mlg_value_subjects(mlg_value *value)
{
    const bool in_pairs = value->shape == MLG_PAIRS || value->shape == MLG_MATRIX;
    const size_t n = in_pairs ? 2 * value->n : value->n;

    assert(value->subject == NULL);
    value->subject = mlg_alloc(n, sizeof *value->subject);
    for (size_t i = 0; value->subject != NULL && i < n; i++) {
        value->subject[i] = -1;
    }
    return value->subject;
}

mlg_status mlg_values_scalar(mlg_values *values, const char *measure, int32_t view, double value,
                             mlg_text_key reason, mlg_error *err)
{
    mlg_status status = MLG_OK;
    double *column = NULL;
    mlg_value *added = mlg_values_add(values, measure, view, 1, err);

    assert((reason != T_none) == (isnan(value) != 0) && "NaN has a reason, a number has none");
    TRY_ALLOC(err, added);
    column = mlg_value_column_of(added, MLG_VALUE);
    if (column == NULL) {
        mlg_values_drop(values);
        FAIL(err, MLG_ENOMEM, "%s: no memory for its value", measure);
    }
    column[0] = value;
    added->undefined = reason;
out:
    return status;
}

mlg_status mlg_values_undefined(mlg_values *values, const char *measure, int32_t view,
                                mlg_text_key reason, mlg_error *err)
{
    mlg_status status = MLG_OK;
    const mlg_measure *row = mlg_measure_find(measure);
    mlg_value *added = NULL;

    assert(row != NULL && reason != T_none);
    if (row->shape == MLG_SCALAR) {
        TRY(mlg_values_scalar(values, measure, view, NAN, reason, err));
    } else {
        added = mlg_values_add(values, measure, view, 0, err);
        TRY_ALLOC(err, added);
        added->undefined = reason;
    }
out:
    return status;
}
