/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_HOLES_H
#define MLG_SLOW_HOLES_H

#include "slow_paths.h"

/* Naive twins of Burt's measures beside the constraint (slow_position.h), from the definitions over
 * a_ij + a_ji; NaN without a contact. */

/* Sum over contacts j of 1 - sum over q of p_iq m_jq. */
double slow_effective_size(const mlg_csr *arcs, bool weighed, int32_t i);
/* Contacts - 2 ties among them / contacts. */
double slow_simple_size(const mlg_csr *ties, int32_t i);
/* How unevenly the constraint's terms are spread; 1 for one contact. */
double slow_hierarchy(const mlg_csr *arcs, bool weighed, int32_t i);

#endif
