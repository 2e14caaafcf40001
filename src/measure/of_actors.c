/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/of_actors.h"

mlg_status mlg_of_actors(mlg_context *context, const char *id, int32_t view, int32_t least_actors,
                         mlg_fill_actors *fill, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_text_key why = mlg_context_lacks(context, mlg_measure_find(id), view);
    mlg_value *value = NULL;

    if (why == T_none && mlg_context_graph(context, view)->n < least_actors) {
        why = mlg_context_graph(context, view)->n == 0 ? T_why_no_actors : T_why_too_few_actors;
    }
    if (why == T_none) {
        value = mlg_values_add_actors(out, id, context, view, err);
        TRY_ALLOC(err, value);
        status = fill(context, view, value, &why, err);
        if (status != MLG_OK || why != T_none) {
            mlg_values_drop(out);
        }
    }
    if (status == MLG_OK && why != T_none) {
        TRY(mlg_values_undefined(out, id, view, why, err));
    }
out:
    return status;
}

mlg_status mlg_add_part(mlg_value *value, const char *name, double **part, mlg_error *err)
{
    mlg_status status = MLG_OK;
    *part = mlg_value_part_of(value, name);
    TRY_ALLOC(err, *part);
out:
    return status;
}
