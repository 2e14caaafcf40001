/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_ROBUSTNESS_H
#define MLG_ROBUSTNESS_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How the network falls apart when actors go one after the other. */

#ifdef __cplusplus
}
#endif

#endif
