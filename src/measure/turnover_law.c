/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/turnover_law.h"

#include <math.h>

#include "measure/turnover_rates.h"

mlg_status mlg_law_of(const mlg_model *model, mlg_law *out, mlg_error *err)
{
    const mlg_rate_row *rows = mlg_rate_rows();

    for (int rate = 0; rate < MLG_N_RATES; rate++) {
        const mlg_rate_said *said = model != NULL ? &model->rate[rate] : NULL;
        const bool stated = said != NULL && said->row >= 0 && !isnan(said->value);
        out->value[rate] = stated ? said->value : rows[rate].value;
        out->low[rate] = stated ? said->low : rows[rate].low;
        out->high[rate] = stated ? said->high : rows[rate].high;
        out->origin[rate] = stated ? MLG_STATED : MLG_ASSUMED;
        out->row[rate] = stated ? said->row : -1;
    }
    return mlg_rate_estimates(model, out, err);
}
