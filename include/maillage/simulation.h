/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SIMULATION_H
#define MLG_SIMULATION_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the network becomes month by month under the departure model. */

#ifdef __cplusplus
}
#endif

#endif
