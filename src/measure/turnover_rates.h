/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_TURNOVER_RATES_H
#define MLG_MEASURE_TURNOVER_RATES_H

#include "measure/turnover_law.h"

/* Rates of the departure model from the study's own dates, in place of assumptions. */

/* Fewer events than this give no estimate: at two the 95 % interval of a rate spans a factor of
 * 30, at three still 14, where the assumptions' own ranges span about 3. */
enum { MLG_LEAST_EVENTS = 3 };

/* What a rate was estimated from. */
typedef struct mlg_rate_evidence {
    double events;   /* departures, or vacancies that ended */
    double exposure; /* years in post, or months vacant; persons, for the partners' rate */
} mlg_rate_evidence;

/* Replaces what is assumed and can be told, with origin MLG_ESTIMATED and its 95 % interval:
 *
 * - yearly departures by contract: D departures in T years, D / T, from the chi-square
 *   quantiles at 2D and 2D + 2 degrees over 2T. A departure: another person, or a row that says
 *   vacant, follows in the rows of one post; an end alone is a term. Time in post counts from a
 *   known start to the departure, or to the study's date or where the holder is lost from sight;
 * all posts of one person are one clock. Mandates are no rate.
 * - partners' yearly departures: of the persons without a post seen at activities with a day in
 *   one year, those seen in the next: -ln(p) over the years between the first days seen in both,
 *   with Clopper and Pearson's interval of p, all pairs of years together.
 * - mean months of a vacancy: T / D over the rows that say vacant, ended by a holder's row.
 *
 * Never what study.csv states. Survival and re-knitting stay: a single state after a change cannot
 * tell them apart. Renewal of a dated end stays: an end that passed may be a term or the day
 * somebody left. `evidence` [MLG_N_RATES] may be NULL. MLG_OK without dates, with nothing changed.
 */
mlg_status mlg_rate_estimates_of(const mlg_model *model, mlg_law *law, mlg_rate_evidence *evidence,
                                 mlg_error *err) MLG_MUST_CHECK;
mlg_status mlg_rate_estimates(const mlg_model *model, mlg_law *law, mlg_error *err) MLG_MUST_CHECK;

#endif
