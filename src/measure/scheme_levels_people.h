/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SCHEME_LEVELS_PEOPLE_H
#define MLG_MEASURE_SCHEME_LEVELS_PEOPLE_H

#include "measure/context.h"

/* Of scheme.levels: which organisations sit at several levels, and whether one person does. */
mlg_status mlg_levels_people(const mlg_model *model, int32_t view, mlg_values *out,
                             mlg_error *err) MLG_MUST_CHECK;

#endif
