/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/buffer.h"
#include "base/fail.h"
#include "base/texts.h"
#include "model/finish.h"

/* The survey's scale of trust, as study.csv gives it: trust.minimum;1 and trust.maximum;5. */

/* A number with a point or a comma, and nothing else. */
static bool read_end(const char *value, double *out)
{
    char plain[64];
    const size_t length = strlen(value);

    if (length == 0 || length >= sizeof plain) {
        return false;
    }
    for (size_t i = 0; i <= length; i++) {
        plain[i] = (char) (value[i] == ',' ? '.' : value[i]);
    }
    const size_t used = mlg_number_read(plain, out);
    return used > 0 && plain[used] == '\0' && isfinite(*out);
}

/* Rows of ties.csv that say more or less than the scale has. */
static mlg_status check_rows(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    mlg_buffer scale = {0};

    mlg_buffer_number(&scale, model->trust_least);
    mlg_buffer_text(&scale, " - ");
    mlg_buffer_number(&scale, model->trust_greatest);
    if (scale.failed) {
        FAIL(err, MLG_ENOMEM, "out of memory for the scale of trust");
    }
    for (int32_t row = 0; row < model->rows[MLG_TIES].n; row++) {
        const double trust = mlg_get_number(model, C_ties_trust, row);
        if (trust < model->trust_least || trust > model->trust_greatest) {
            const mlg_arg arg = {.kind = MLG_ARG_TEXT, .text = mlg_buffer_string(&scale)};
            mlg_fault_add(model, MLG_WARNING, T_fault_trust_outside,
                          mlg_place_of(model, MLG_TIES, row, C_ties_trust), &arg, 1);
        }
    }
out:
    mlg_buffer_free(&scale);
    return status;
}

mlg_status mlg_finish_trust(mlg_model *model, mlg_error *err)
{
    mlg_status status = MLG_OK;
    static const char *const keys[2][2] = {{"trust.minimum", "confiance.minimum"},
                                           {"trust.maximum", "confiance.maximum"}};
    double end[2] = {NAN, NAN};
    int32_t row[2];
    bool bad = false;

    for (size_t i = 0; i < 2; i++) {
        int32_t earlier = -1;
        row[i] = mlg_setting_row(model, keys[i][0], keys[i][1], &earlier);
        const char *value = mlg_setting_value(model, row[i]);
        if (value == NULL || value[0] == '\0') {
            row[i] = -1;
        } else if (!read_end(value, &end[i])) {
            bad = true;
            mlg_fault_text(model, MLG_FATAL, T_fault_trust_scale,
                           mlg_place_of(model, MLG_STUDY, row[i], C_study_value), value, NULL);
        }
    }
    if (bad || (row[0] < 0 && row[1] < 0)) {
        goto out;
    }
    if (row[0] < 0 || row[1] < 0) {
        mlg_fault_text(model, MLG_WARNING, T_fault_trust_half_scale,
                       mlg_place_of(model, MLG_STUDY, row[row[0] < 0], C_study_key), NULL, NULL);
    } else if (!(end[0] < end[1])) {
        mlg_fault_text(model, MLG_FATAL, T_fault_trust_scale,
                       mlg_place_of(model, MLG_STUDY, row[1], C_study_value),
                       mlg_setting_value(model, row[1]), NULL);
    } else {
        model->trust_least = end[0];
        model->trust_greatest = end[1];
        TRY(check_rows(model, err));
    }
out:
    return status;
}
