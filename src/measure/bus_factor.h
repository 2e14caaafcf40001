/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BUS_FACTOR_H
#define MLG_MEASURE_BUS_FACTOR_H

#include "measure/fewest.h"

/* Schemes in force by who coordinates them at the study's date. */
typedef struct mlg_coordinations {
    int32_t n_schemes; /* in force */
    int32_t n_known;   /* of them, with somebody */
    int32_t n;         /* who coordinates: persons, and posts or rows whose holder is unknown */
    mlg_id *holder;    /* [n] party of a person or post, -1: a row that names neither */
    int32_t *start;    /* [n_known + 1] */
    int32_t *by;       /* [start[n_known]] of each scheme with somebody, who: ascending */
} mlg_coordinations;

mlg_status mlg_coordinations_of(const mlg_model *model, mlg_coordinations *out,
                                mlg_error *err) MLG_MUST_CHECK;
void mlg_coordinations_free(mlg_coordinations *of);

/* The fewest departures that leave more than half of them without anybody; schemes that nobody is
 * known to coordinate are left out, or count as orphaned already. */
mlg_status mlg_fewest_coordinations(const mlg_coordinations *of, bool all, bool force,
                                    mlg_fewest *out, mlg_error *err) MLG_MUST_CHECK;

/* The solver's answer as a scalar: `why` it has none, else T_none. */
mlg_status mlg_values_fewest(mlg_values *out, const char *id, int32_t view, const char *convention,
                             const mlg_fewest *fewest, const mlg_fewest_case *of, mlg_text_key why,
                             mlg_error *err) MLG_MUST_CHECK;

#endif
