/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_WORKLOAD_H
#define MLG_WORKLOAD_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What schemes ask of people: hours, missions, axes, audiences, conventions, trust. */

#ifdef __cplusplus
}
#endif

#endif
