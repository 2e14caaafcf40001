/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SLOW_BACKBONE_H
#define MLG_SLOW_BACKBONE_H

#include <stdint.h>

/* Chance that from..to of n <= 20 independent trials succeed, by every outcome. */
double slow_successes(const double *p, int n, uint32_t from, uint32_t to);

/* Chances of cells with these margins in the mean, into p [n * m]: one factor after the other is
 * set so that its row's or column's margin is right, many times over (infinite factors are come
 * near to, never reached). Answers how far the margins are still off. */
double slow_bicm(const uint32_t *row, int n, const uint32_t *column, int m, double *p);

#endif
