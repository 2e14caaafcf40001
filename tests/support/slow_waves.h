/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_WAVES_H
#define MLG_SLOW_WAVES_H

#include <stdbool.h>
#include <stdint.h>

/* Two periods of a small network compared pair by pair: slow and simple by design. */

enum { SLOW_WAVES_ACTORS = 40 };

/* A row that ties two actors from a day to a day, or always. */
typedef struct slow_wave_row {
    int a, b;
    int32_t first, last; /* INT32_MIN, INT32_MAX: open */
    bool undated;
} slow_wave_row;

typedef struct slow_wave_passage {
    int before, after, stayed;
    int kept, come, lost, with_left, with_entered, undated;
} slow_wave_passage;

slow_wave_passage slow_wave_compare(const slow_wave_row *rows, int n, const int32_t earlier[2],
                                    const int32_t later[2]);

#endif
