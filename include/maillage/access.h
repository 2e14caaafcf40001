/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_ACCESS_H
#define MLG_ACCESS_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where actions and posts reach: against inhabitants, the main town, hours of coordination,
 * distance. */

#ifdef __cplusplus
}
#endif

#endif
