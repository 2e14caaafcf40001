/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MITIGATION_H
#define MLG_MITIGATION_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which additions would restore most of what a departure cuts. */

#ifdef __cplusplus
}
#endif

#endif
