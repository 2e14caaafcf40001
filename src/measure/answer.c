/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/answer.h"

#include <assert.h>
#include <math.h>
#include <string.h>

mlg_answer mlg_answer_open(const mlg_context *context, const char *id, int32_t view)
{
    return (mlg_answer){.id = id,
                        .view = view,
                        .value = NAN,
                        .why = mlg_context_lacks(context, mlg_measure_find(id), view)};
}

void mlg_answer_part(mlg_answer *answer, const char *name, double value)
{
    assert(answer->n_parts < MLG_MAX_PARTS);
    if (!isnan(value)) {
        answer->part[answer->n_parts].name = name;
        answer->part[answer->n_parts++].value = value;
    }
}

mlg_status mlg_answer_append(const mlg_answer *answer, mlg_values *out, mlg_error *err)
{
    mlg_status status = MLG_OK;

    if (answer->why != T_none) {
        return mlg_values_undefined(out, answer->id, answer->view, answer->why, err);
    }
    TRY(mlg_values_scalar(out, answer->id, answer->view, answer->value, T_none, err));
    mlg_value *value = &out->items[out->n - 1];
    value->caution = answer->caution;
    value->draws = answer->draws;
    value->convention = answer->convention != NULL ? answer->convention : value->convention;
    for (size_t p = 0; p < answer->n_parts; p++) {
        double *part = mlg_value_part_of(value, answer->part[p].name);
        if (part == NULL) {
            mlg_values_drop(out);
            FAIL(err, MLG_ENOMEM, "%s: no memory for its parts", answer->id);
        }
        part[0] = answer->part[p].value;
    }
out:
    return status;
}

bool mlg_run_follows(const mlg_run *run, const char *program)
{
    return run->convention != NULL && strcmp(run->convention, program) == 0;
}
