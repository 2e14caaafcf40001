/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_GOVERNANCE_H
#define MLG_SLOW_GOVERNANCE_H

#include <stdbool.h>

/* Mean over every choice of k of n things of the share of ordered pairs (each with itself too)
 * without a common sector; `sectors` of each as bits. */
double slow_blau_mean(const int *sectors, int n, int k);

enum { SLOW_PEOPLE = 8, SLOW_BODIES = 8 };

/* A small world: who sits in what; sectors as bits, 0: unknown. */
typedef struct slow_world {
    int people, bodies, sectors[SLOW_PEOPLE];
    bool sits[SLOW_PEOPLE][SLOW_BODIES], steers[SLOW_BODIES];
} slow_world;

typedef struct slow_meets {
    double pairs, only, cut;
} slow_meets;

/* Pairs (cross: of known sectors, none in common) that meet; that meet in steering bodies only; of
 * them those that no walk through the others joins. body >= 0: that meet in it, and in nothing
 * else. */
slow_meets slow_only_bridge(const slow_world *world, bool cross, int body);

#endif
