/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_BROKER_H
#define MLG_BROKER_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Brokerage: who stands between actors that do not work together directly.
 */

#ifdef __cplusplus
}
#endif

#endif
