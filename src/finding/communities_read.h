/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FINDING_COMMUNITIES_READ_H
#define MLG_FINDING_COMMUNITIES_READ_H

#include <stdbool.h>

#include "maillage/measure.h"

/* Are the communities of a view found again from run to run? `own` is the value of convention
 * "modularity": at least ten runs, a mean adjusted Rand index of two of them of at least .7, two
 * groups of at least two actors. */
bool mlg_communities_hold(const mlg_value *own);

#endif
