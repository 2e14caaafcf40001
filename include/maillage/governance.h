/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GOVERNANCE_H
#define MLG_GOVERNANCE_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bodies and lineage: who sits in a COPIL, which bodies serve several schemes, what a scheme kept of its parent. */

#ifdef __cplusplus
}
#endif

#endif
