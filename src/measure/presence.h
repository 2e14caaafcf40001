/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_PRESENCE_H
#define MLG_MEASURE_PRESENCE_H

#include "measure/perimeters.h"

/* The units each party is present in: its sites in force, and its own territory, those of them
 * that lie in one unit. An actor of a whole county is present in no one of its municipalities. */
mlg_status mlg_presence_of(const mlg_model *model, const mlg_perimeters *perimeters, mlg_csr *out,
                           mlg_error *err) MLG_MUST_CHECK;

#endif
