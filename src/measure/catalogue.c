/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "maillage/measures.h"
#include "measure/context.h"

/* One row a measure: MEASURE(id, function, question, scope, shape, direction, weight, low, high,
 * needs, cost, convention, null, undefined, source). */
#define MEASURE(id_, run_, question_, scope_, shape_, direction_, weight_, low_, high_, needs_,    \
                cost_, convention_, null_, undefined_, source_)                                    \
    {.id = (id_),                                                                                  \
     .scope = MLG_SCOPE_##scope_,                                                                  \
     .shape = MLG_##shape_,                                                                        \
     .direction = (direction_),                                                                    \
     .weight = (weight_),                                                                          \
     .convention = (convention_),                                                                  \
     .null_model = (null_),                                                                        \
     .source = (source_),                                                                          \
     .undefined = (undefined_),                                                                    \
     .low = (low_),                                                                                \
     .high = (high_),                                                                              \
     .needs = (needs_),                                                                            \
     .cost = MLG_COST_##cost_,                                                                     \
     .run = (run_),                                                                                \
     .question = #question_},

const mlg_measure *mlg_measures(void)
{
    static const mlg_measure rows[] = {
    /* families stand in their fixed order */
    /* clang-format off */
#include "measure/catalogue/network.def"
#include "measure/catalogue/position.def"
#include "measure/catalogue/silo.def"
#include "measure/catalogue/broker.def"
#include "measure/catalogue/twomode.def"
#include "measure/catalogue/gap.def"
#include "measure/catalogue/missing.def"
#include "measure/catalogue/depend.def"
#include "measure/catalogue/players.def"
#include "measure/catalogue/coordination.def"
#include "measure/catalogue/turnover.def"
#include "measure/catalogue/simulation.def"
#include "measure/catalogue/robustness.def"
#include "measure/catalogue/waves.def"
#include "measure/catalogue/mitigation.def"
#include "measure/catalogue/scale.def"
#include "measure/catalogue/fit.def"
#include "measure/catalogue/access.def"
#include "measure/catalogue/scheme.def"
#include "measure/catalogue/governance.def"
#include "measure/catalogue/workload.def"
#include "measure/catalogue/quality.def"
        /* clang-format on */
        {.id = NULL},
    };
    return rows;
}

const mlg_measure *mlg_measure_find(const char *id)
{
    for (const mlg_measure *row = mlg_measures(); row->id != NULL; row++) {
        if (strcmp(row->id, id) == 0) {
            return row;
        }
    }
    return NULL;
}
