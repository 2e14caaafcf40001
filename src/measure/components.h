/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_COMPONENTS_H
#define MLG_MEASURE_COMPONENTS_H

#include "measure/context.h"

/* Sets of actors that reach each other along ties, numbered by their lowest actor. */
typedef struct mlg_components {
    int32_t n;       /* components; 0 for a graph without actors */
    int32_t *of;     /* [actors] component of each */
    int32_t *size;   /* [n] actors in each */
    int32_t biggest; /* actors in the biggest, 0 when there is none */
} mlg_components;

/* Over a symmetric adjacency. `out` is empty after a failure. */
mlg_status mlg_components_find(const mlg_csr *ties, mlg_components *out, mlg_error *err);
void mlg_components_free(mlg_components *components);

/* Those of a view's ties, made once a context. */
mlg_status mlg_context_components(mlg_context *context, int32_t view, const mlg_components **out,
                                  mlg_error *err);

#endif
