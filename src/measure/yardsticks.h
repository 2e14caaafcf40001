/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_YARDSTICKS_H
#define MLG_MEASURE_YARDSTICKS_H

#include "measure/context.h"

/* Figures of the documents: yardsticks.def. */
typedef enum mlg_yardstick_id {
#define YARDSTICK(key, kind, year, n, value, at_least, source) MLG_YARDSTICK_##key,
#include "measure/yardsticks.def"
#undef YARDSTICK
    MLG_N_YARDSTICKS
} mlg_yardstick_id;

typedef struct mlg_yardstick {
    const char *key;
    mlg_text_key text;  /* what it is a share of, in words */
    int32_t kind;       /* of scheme; `none`: not of one kind */
    int32_t year;       /* 0: the document gives none */
    int32_t n;          /* of how many; 0: it does not say */
    double value;       /* a share */
    bool at_least;      /* "more than" */
    const char *source; /* "S4:29" */
} mlg_yardstick;

const mlg_yardstick *mlg_yardsticks(void); /* [MLG_N_YARDSTICKS] */

/* The same of a study: a share of those it knows. */
typedef struct mlg_beside {
    double all, known, of_known; /* schemes of the kind in force; that say it; the sum of shares */
} mlg_beside;

/* `out` [MLG_N_YARDSTICKS]. */
mlg_status mlg_yardsticks_of(const mlg_model *model, mlg_beside *out,
                             mlg_error *err) MLG_MUST_CHECK;

#endif
