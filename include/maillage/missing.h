/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MISSING_H
#define MLG_MISSING_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is missing between organisations, communes, lists and invitations; schemes that double each other. */

#ifdef __cplusplus
}
#endif

#endif
