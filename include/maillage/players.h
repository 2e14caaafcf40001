/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_PLAYERS_H
#define MLG_PLAYERS_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which sets of actors hold the network together, and whom to convene first. */

#ifdef __cplusplus
}
#endif

#endif
