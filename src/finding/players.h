/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FINDING_PLAYERS_H
#define MLG_FINDING_PLAYERS_H

#include "measure/context.h"

/* Whom to convene first: the few that are tied to the most others. Who invites is not on the list:
 * the coordination itself, nor mostly those that employ, carry or fund it. Where no set that the
 * measure lists is without them, all others are looked at. */

enum { MLG_INVITED = 3 };

typedef struct mlg_guests {
    int32_t k;                  /* 0: nobody to name */
    int32_t actor[MLG_INVITED]; /* dense, of the view */
    double touched;             /* others that they are tied to */
    double sets;                /* how many sets do as well; NaN: not known */
    bool proven;                /* no set does better */
    bool without;               /* the view has a coordination, or its house, that was left out */
} mlg_guests;

/* `value`: depend.key_players_pos by reach1. The fewest that touch as many as the largest set that
 * it lists, of three at most. */
mlg_status mlg_guests_of(const mlg_graph *graph, const mlg_value *value, mlg_guests *out,
                         mlg_error *err) MLG_MUST_CHECK;

#endif
