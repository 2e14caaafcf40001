/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_THEME_SCALE_H
#define MLG_MEASURE_THEME_SCALE_H

#include <stdbool.h>
#include <stdint.h>

/* Is a theme (code) decided at the scale of schemes of a kind (code), as coordinators say it: care
 * at that of the CPTS, psychiatry at that of its sector, mobility at that of the agglomeration's
 * plan (S1:173)? */
bool mlg_kind_decides(int32_t theme, int32_t kind);

#endif
