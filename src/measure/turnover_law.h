/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TURNOVER_LAW_H
#define MLG_MEASURE_TURNOVER_LAW_H

#include "measure/context.h"

/* The numbers of the departure model. Each is assumed, set in study.csv, or estimated from the
 * study's own dates; each is told with which of the three it is. */

typedef enum mlg_rate {
    MLG_LEAVE_PERMANENT,  /* departures a year, by contract */
    MLG_LEAVE_OPEN_ENDED, /* private open-ended */
    MLG_LEAVE_FIXED_TERM, /* also seconded, assisted, service provider */
    MLG_LEAVE_DATED,      /* fixed-term or project whose end is known: before that end */
    MLG_LEAVE_VOLUNTEER,
    MLG_LEAVE_PARTNER, /* persons without a post */
    MLG_LEAVE_UNKNOWN,
    MLG_RENEWED_FIXED_TERM, /* chance that a dated end is followed by another term */
    MLG_RENEWED_PROJECT,
    MLG_RENEWED_SCHEME, /* chance that a scheme goes on after its end */
    MLG_ELECTED_CHANGE, /* chance that elections change the elected, all of a date together */
    MLG_VACANCY_MONTHS, /* mean */
    MLG_REFILLED,       /* chance that a vacancy ends one day */
    MLG_INTERIM,        /* chance of an interim during a vacancy */
    MLG_SURVIVES_ORGANISATION, /* chance that a row outlasts a departure, by held_by */
    MLG_SURVIVES_PERSON,
    MLG_SURVIVES_UNKNOWN,
    MLG_KNIT_MONTHS, /* half-life of re-knitting */
    MLG_FADE_MONTHS, /* pairs of a paused activity are kept so long */
    MLG_N_RATES
} mlg_rate;

typedef enum mlg_origin { MLG_ASSUMED, MLG_STATED, MLG_ESTIMATED } mlg_origin;

typedef struct mlg_law {
    double value[MLG_N_RATES];
    double low[MLG_N_RATES], high[MLG_N_RATES]; /* range for sensitivity: of the table, or 95 % of
                                                   an estimate; both equal to the value if stated */
    mlg_origin origin[MLG_N_RATES];
    int32_t row[MLG_N_RATES]; /* of study.csv where stated, else -1 */
} mlg_law;

/* key of study.csv ("departure.permanent"), its French alias, its title, its basis (the source or
 * "assumption"), for documents and for faults. */
typedef struct mlg_rate_row {
    const char *key, *key_fr;
    double value, low, high;
    mlg_text_key title, basis;
} mlg_rate_row;
const mlg_rate_row *mlg_rate_rows(void); /* [MLG_N_RATES] */

/* The defaults alone (model NULL), or what the study says over them. */
mlg_status mlg_law_of(const mlg_model *model, mlg_law *out, mlg_error *err) MLG_MUST_CHECK;

#endif
