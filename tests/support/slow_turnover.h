/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_TURNOVER_H
#define MLG_SLOW_TURNOVER_H

#include "measure/turnover_play.h"

enum { SLOW_MONTHS = 160 };

typedef struct slow_track {
    double at[MLG_N_PLAY][SLOW_MONTHS + 1];
    double lost, departures;
    uint64_t left; /* bit p: p left */
} slow_track;

/* One replicate of the departure model, from event to event: looks for the next thing that happens
 * among all, does it, and at each month searches the network from everyone. Only the keyed random
 * numbers are shared with the engine. For grounds of at most 60 ends and 60 people. */
slow_track slow_turnover(const mlg_turnover_ground *ground, const mlg_law *law,
                         const mlg_turnover_ask *ask, uint64_t seed, uint64_t replicate);

#endif
