/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WORKLOAD_RESIDENTS_H
#define MLG_MEASURE_WORKLOAD_RESIDENTS_H

#include "measure/context.h"

/* A seat of somebody who sits in that many other bodies is one more than many can bear. */
enum { MLG_OTHER_BODIES = 2 };

/* Appends the value "residents" of scheme.load. */
mlg_status mlg_load_of_residents(const mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err) MLG_MUST_CHECK;

#endif
