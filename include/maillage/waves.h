/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_WAVES_H
#define MLG_WAVES_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the record shows of actors and ties that come and go. */

#ifdef __cplusplus
}
#endif

#endif
