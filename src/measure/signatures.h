/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_SIGNATURES_H
#define MLG_MEASURE_SIGNATURES_H

#include "measure/perimeters.h"

/* What lies over each unit, in whole or in part, at the study's date: schemes in force whose
 * territory holds it (targets are parties); where no scheme names a territory, all perimeters
 * (targets are their numbers). */
mlg_status mlg_over_units(const mlg_model *model, const mlg_perimeters *perimeters, mlg_csr *out,
                          bool *of_schemes, mlg_error *err) MLG_MUST_CHECK;

#endif
