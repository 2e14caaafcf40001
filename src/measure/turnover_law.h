/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TURNOVER_LAW_H
#define MLG_MEASURE_TURNOVER_LAW_H

#include "measure/context.h"

/* The numbers of the departure model. Each is assumed, set in study.csv, or estimated from the
 * study's own dates; each is told with which of the three it is. Their rows, with keys, units,
 * defaults, titles and sources: model/rates.h. */

typedef enum mlg_origin { MLG_ASSUMED, MLG_STATED, MLG_ESTIMATED } mlg_origin;

typedef struct mlg_law {
    double value[MLG_N_RATES];
    /* Range for sensitivity: of the table, as stated, or 95 % of an estimate. Both equal to the
     * value where none is known: stated without one, or an assumption without one. */
    double low[MLG_N_RATES], high[MLG_N_RATES];
    mlg_origin origin[MLG_N_RATES];
    int32_t row[MLG_N_RATES]; /* of study.csv where stated, else -1 */
} mlg_law;

/* The defaults alone (model NULL), or what the study says over them. */
mlg_status mlg_law_of(const mlg_model *model, mlg_law *out, mlg_error *err) MLG_MUST_CHECK;

#endif
