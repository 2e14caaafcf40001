/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_COORDINATION_H
#define MLG_COORDINATION_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* On how many people the coordination of schemes rests. */

#ifdef __cplusplus
}
#endif

#endif
