/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_ANSWER_H
#define MLG_MEASURE_ANSWER_H

#include "measure/context.h"

/* One number of a whole view on its way to the list of values: the number with its parts, or the
 * reason why there is none. */
typedef struct mlg_answer {
    const char *id;
    int32_t view;
    mlg_text_key why; /* once set, the answer is "undefined" */
    mlg_text_key caution;
    const char *convention; /* NULL: the row's direction */
    uint32_t draws;
    double value;
    struct {
        const char *name;
        double value;
    } part[MLG_MAX_PARTS];
    size_t n_parts;
} mlg_answer;

/* An answer that already knows what the view lacks for this measure. */
mlg_answer mlg_answer_open(const mlg_context *context, const char *id, int32_t view);
/* A part that is NaN is left out: only the number itself carries a reason. */
void mlg_answer_part(mlg_answer *answer, const char *name, double value);
mlg_status mlg_answer_append(const mlg_answer *answer, mlg_values *out, mlg_error *err);

/* Does the run follow the program of this name ("sna", "igraph", "ucinet") where it differs? */
bool mlg_run_follows(const mlg_run *run, const char *program);

#endif
