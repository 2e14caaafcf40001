/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FIT_H
#define MLG_FIT_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Do perimeters fit: signatures, themes against the scheme, perimeters before and after, partitions side by side. */

#ifdef __cplusplus
}
#endif

#endif
