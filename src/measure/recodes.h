/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_RECODES_H
#define MLG_MEASURE_RECODES_H

#include "measure/vintages.h"

/* Finds the units that only changed code, puts the code each has now in all states, and takes away
 * the states that are then as the one before. A unit in no perimeter from a day on and one in none
 * before are the same when the second takes the place of the first in a perimeter that day and they
 * have one name, or are the only two such units there, in whole the same part, in all perimeters
 * that went on. Cost: O(parts of states log + recoded units x states of their day). */
mlg_status mlg_vintages_recode(const mlg_model *model, const mlg_perimeters *perimeters,
                               mlg_vintages *vintages, mlg_error *err) MLG_MUST_CHECK;

#endif
