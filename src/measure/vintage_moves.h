/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_VINTAGE_MOVES_H
#define MLG_MEASURE_VINTAGE_MOVES_H

#include "measure/vintages.h"

/* From its first state to its last, of each territory. */
typedef struct mlg_journey {
    int32_t first, last; /* states, or -1 */
    bool gone;           /* it ended after its last */
} mlg_journey;

/* Units of a territory that came from another of its scale, or went to one. */
typedef struct mlg_moved {
    double units, people;
} mlg_moved;

/* `moved` [territories]. A unit that another lost and this one gained moved, and the reverse;
 * scales that are unknown count as one. Cost: O(parts of states log). */
mlg_status mlg_moves_of(const mlg_model *model, const mlg_perimeters *perimeters,
                        const mlg_vintages *vintages, const mlg_journey *journeys, mlg_moved *moved,
                        mlg_error *err) MLG_MUST_CHECK;

#endif
