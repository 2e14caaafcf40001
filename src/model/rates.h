/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MODEL_RATES_H
#define MLG_MODEL_RATES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "maillage/text.h"

/* The numbers of the departure model: rates.def. Each is assumed, stated in study.csv, or
 * estimated from the study's own dates (measure/turnover_law.h).
 *
 *     departure.fixed_term;0,25              the value, and nothing else is tried
 *     departure.fixed_term;0,25 [0,15-0,45]  with the range to try
 *     survival.person;30 %
 *     elections;2026-03-15|2028-06           days on which the elected change together */
typedef enum mlg_rate {
#define RATE(name, key, key_fr, unit, value, low, high, title, basis) MLG_##name,
#include "model/rates.def"
#undef RATE
    MLG_N_RATES
} mlg_rate;

typedef enum mlg_rate_unit {
    MLG_RATE_YEARLY, /* departures a year: 0 .. 12, a stay of a month on average */
    MLG_RATE_SHARE,  /* 0 .. 1 */
    MLG_RATE_MONTHS, /* 0 .. 1200 */
} mlg_rate_unit;

typedef struct mlg_rate_row {
    const char *key, *key_fr;
    mlg_rate_unit unit;
    double value, low, high; /* by default; both ends equal to the value: no range is known */
    mlg_text_key title, basis;
} mlg_rate_row;

const mlg_rate_row *mlg_rate_rows(void); /* [MLG_N_RATES] */

/* What study.csv says of one: NaN and row -1 where it says nothing. Without a range low and high
 * are the value. */
typedef struct mlg_rate_said {
    double value, low, high;
    int32_t row;
} mlg_rate_said;

/* Appends numbers as study.csv takes them: "0,25 [0,15-0,45]", or "0,25" where the range is the
 * value. */
void mlg_rate_put(mlg_buffer *out, mlg_language language, double value, double low, double high);

/* Is a first part of a key ("departure", "depart") one of these families? */
bool mlg_is_rate_family(const char *part);

#endif
