/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MEASURE_KEY_PLAYERS_HUNT_H
#define MLG_MEASURE_KEY_PLAYERS_HUNT_H

#include "measure/key_players.h"

/* The best k for one aim where the sets are too many: the member that adds most, one after the
 * other, then swaps. What a member adds never grows when others join, so that what it added before
 * bounds what it adds now: few are looked at, and the bound may prove that no set is better. For
 * k = 1 all that may be of first place are looked at. Bounded work: what it did not see is told by
 * `proven` and `bound`. */
mlg_status mlg_hunt(const mlg_reach_ways *ways, int32_t k, mlg_reach_aim aim, mlg_best_sets *best,
                    mlg_error *err) MLG_MUST_CHECK;

#endif
