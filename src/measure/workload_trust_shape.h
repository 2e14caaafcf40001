/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_WORKLOAD_TRUST_SHAPE_H
#define MLG_MEASURE_WORKLOAD_TRUST_SHAPE_H

#include "measure/dyads.h"
#include "measure/trust_arcs.h"

/* Of scheme.trust: who is trusted, who trusts back, which sectors trust each other. */
mlg_status mlg_trust_shape(const mlg_model *model, const mlg_trust_arcs *arcs,
                           const mlg_dyads *dyads, int32_t view, mlg_values *out,
                           mlg_error *err) MLG_MUST_CHECK;

#endif
