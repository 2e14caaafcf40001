/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_CORENESS_H
#define MLG_MEASURE_CORENESS_H

#include "graph/csr.h"

/* core[v] = the largest k such that v belongs to a set whose members all have k ties inside it. */
mlg_status mlg_coreness(const mlg_csr *ties, int32_t *core, mlg_error *err);

#endif
