/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_HALVES_H
#define MLG_MEASURE_HALVES_H

#include "measure/remedies.h"

/* A territory shared out between two coordinators instead of one. */
enum { MLG_MOST_PARTS = 16 };
typedef struct mlg_halves {
    int32_t
        n; /* territories that are shared out; 0: none of one scale make up where the post acts */
    mlg_id territory[MLG_MOST_PARTS];
    uint8_t side[MLG_MOST_PARTS]; /* 0 or 1; the first territory is on side 0 */
    double people[2];             /* inhabitants; NaN: unknown */
    double inside[2], across;     /* ties of the view between actors of known place */
    double conductance;           /* across / the smaller of the ends on a side; NaN: no tie */
    int32_t partners, placed; /* of who leaves; of these, of known place: in one half, or in both */
    int64_t lost[2];          /* pairs cut off at worst when the coordinator of a side leaves */
    bool balanced;            /* each side has a third of the inhabitants (or territories) */
} mlg_halves;

/* Every way to share out at most 16 territories is tried: each side has at least a third of the
 * inhabitants where that can be, then the least conductance, then the evenest. Exact.
 * Cost: O(2^16 + m). */
mlg_status mlg_halves_of(const mlg_departure *of, mlg_halves *out, mlg_error *err) MLG_MUST_CHECK;

#endif
