/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_NULL_SUMMARY_H
#define MLG_MEASURE_NULL_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "maillage/error.h"

/* What a null distribution says of an observed value. */
typedef struct mlg_null_summary {
    double mean, sd;
    double low, high;         /* the values at ranks ceil(.025 n) from below and from above */
    double p_less, p_greater; /* as small, as large as observed */
    double p_two;             /* min(1, twice the smaller) */
} mlg_null_summary;

/* `draw` [n] is every possible value (enumerated: p = count / n, the observed among them) or
 * a sample (p = (1 + count) / (1 + n)). Two values nearer than 1e-12 of `scale` are equal, so
 * that a sum in another order is no difference. An undefined draw counts as extreme both
 * ways and for nothing else. All NaN when n = 0. `scratch` [n]. */
mlg_null_summary mlg_null_summarise(const double *draw, size_t n, bool enumerated, double observed,
                                    double scale, double *scratch);

/* Bytes that one null distribution may take: fixed, because a run's memory bound must not
 * change a result, only refuse it. */
#define MLG_NULL_BYTES ((size_t) 1 << 27)

/* As many draws as wanted, or as there is room for: then 100 k - 1, so that p can be any
 * whole percentage, and none below 99, which could not tell anything at 1 %. */
size_t mlg_draws_in(double room, uint32_t wanted);
/* Room for draws of so many steps each: what `easy` steps give, or just 99 where that is less
 * and `most` steps allow them. */
double mlg_draws_room(double steps, double easy, double most);

/* (observed - mean) / sd, NaN when nothing varies. */
double mlg_z(double observed, double mean, double sd);

#endif
