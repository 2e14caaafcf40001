/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_VALUE_H
#define MLG_MEASURE_VALUE_H

#include "base/fail.h"
#include "base/memory.h"
#include "base/texts.h"
#include "maillage/measure.h"

/* Appends a value with n rows, its texts copied from the measure's row, no column
 * yet. NULL when memory is short (the error says so). The pointer is valid until
 * the next add. */
mlg_value *mlg_values_add(mlg_values *values, const char *measure, int32_t view, size_t n,
                          mlg_error *err);
/* Gives a value one more column (or part, or its subjects): [n] NaN (or -1). NULL when memory
 * is short. */
double *mlg_value_column_of(mlg_value *value, mlg_value_column column);
double *mlg_value_part_of(mlg_value *value, const char *name);
mlg_id *mlg_value_subjects(mlg_value *value); /* [n] or [2n] by its shape */
/* Appends a scalar (or an empty list) that is undefined, with its reason. */
mlg_status mlg_values_undefined(mlg_values *values, const char *measure, int32_t view,
                                mlg_text_key reason, mlg_error *err);
/* Appends a plain scalar; NaN must come with a reason. */
mlg_status mlg_values_scalar(mlg_values *values, const char *measure, int32_t view, double value,
                             mlg_text_key reason, mlg_error *err);
/* Drops the last value, when its making failed half-way. */
void mlg_values_drop(mlg_values *values);
/* A part's values by name, or NULL. */
const double *mlg_value_part_find(const mlg_value *value, const char *name);
/* Benjamini-Hochberg: adjusted [n] from p [n]; NaN stays NaN and is not counted. */
mlg_status mlg_adjust_p(const double *p, size_t n, double *adjusted, mlg_error *err);

/* p-value of `extreme` draws at least as extreme as the observed among R: (1 + b) / (1 + R). */
static inline double mlg_draws_p(uint32_t extreme, uint32_t draws)
{
    return (1.0 + extreme) / (1.0 + draws);
}

#endif
