/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WORKLOAD_RESIDENTS_H
#define MLG_MEASURE_WORKLOAD_RESIDENTS_H

#include "measure/context.h"

/* Residents who sit in that many bodies are asked often. */
enum { MLG_MANY_BODIES = 3 };

/* Appends the value "residents" of scheme.load. */
mlg_status mlg_load_of_residents(const mlg_context *context, int32_t view, mlg_values *out,
                                 mlg_error *err) MLG_MUST_CHECK;

#endif
