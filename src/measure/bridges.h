/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_BRIDGES_H
#define MLG_MEASURE_BRIDGES_H

#include "measure/removal.h"

/* A tie that alone holds two sides of a component together. */
typedef struct mlg_bridge {
    int32_t a, b;   /* its ends, a < b */
    int64_t pairs;  /* of actors that only it connects: b1 * b2, its own ends among them */
    int64_t cross;  /* of those, without a sector in common; -1 when not asked for */
    int32_t lesser; /* actors on its smaller side */
} mlg_bridge;

/* All bridges, most pairs first, then by their ends. `beyond` is that of the cross-sector
 * removals, or NULL. The array is the caller's, to be given to mlg_free(). */
mlg_status mlg_bridges_of(const mlg_forest *forest, const int64_t *beyond, mlg_bridge **out,
                          size_t *n, mlg_error *err) MLG_MUST_CHECK;

#endif
