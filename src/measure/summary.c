/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/summary.h"

/* Fills one cell of a value; false when memory is short. */
static bool fill(double *cell, double figure)
{
    if (cell != NULL) {
        *cell = figure;
    }
    return cell != NULL;
}

mlg_status mlg_values_summary(mlg_values *out, const mlg_summary *summary, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_value *value = mlg_values_add(out, summary->id, summary->view, 1, err);

    TRY_ALLOC(err, value);
    value->shape = MLG_SCALAR;
    value->scope = MLG_SCOPE_NETWORK;
    value->undefined = summary->why;
    value->caution = summary->caution;
    if (summary->convention != NULL) {
        value->convention = summary->convention;
    }
    bool made = fill(mlg_value_column_of(value, MLG_VALUE), summary->value);
    if (summary->bounded) {
        made = made && fill(mlg_value_column_of(value, MLG_LOW), summary->low) &&
               fill(mlg_value_column_of(value, MLG_HIGH), summary->high);
    }
    for (size_t i = 0; made && i < summary->n_figures; i++) {
        made = fill(mlg_value_part_of(value, summary->figures[i].name), summary->figures[i].value);
    }
    if (!made) {
        mlg_values_drop(out);
        FAIL(err, MLG_ENOMEM, "%s: no memory for its figures", summary->id);
    }
out:
    return status;
}
