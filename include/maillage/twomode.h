/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_TWOMODE_H
#define MLG_TWOMODE_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Co-participation: what the table of who takes part in what says of itself.
 */

#ifdef __cplusplus
}
#endif

#endif
