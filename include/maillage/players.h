/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_PLAYERS_H
#define MLG_PLAYERS_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which sets of actors hold the network together, and whom to convene first. Sets of k = 1, 2, 3
 * actors (the run's budget, at most 10), each k on its own: the best three need not hold the best
 * two. Ties of either direction, without weights.
 *
 * A list has one row a member: subject = the actor, value = what its set comes to (the same in all
 * its rows). Parts that say which set: `k`, its size; `set` 1, 2, ... = which of the sets of first
 * place; `member` 1..k, in the order of the actors, which is no rank. And how it was found:
 * `proven` 1 = no set of k is better; `sets`, how many share the first place (the first
 * 24 / k are listed; undefined where not all sets were looked at); `bound`, what no set can exceed.
 * All sets are looked at up to a million of them and within a bounded work; beyond, one member
 * after the other is chosen, then exchanged until no exchange is better, and the answer may not be
 * the best: `proven` is 0 unless it meets the bound. */

/**
 * Which actors, were they to leave together, would split the network most?
 *
 * Two lists. Convention "fragmentation", over the n - k actors left:
 *
 *     F = 1 - connected pairs / ((n - k)(n - k - 1) / 2)
 *
 * Convention "distance", over the same:
 *
 *     DF = 1 - sum_{i<j} 1/d_ij / ((n - k)(n - k - 1) / 2),  1/d = 0 where there is no path
 *
 * Part `original` divides by the n (n - 1) / 2 pairs of everybody: then it never falls when more
 * leave, where the value may (an isolated actor leaves, and the others are better connected). For
 * one k both name the same sets. Further parts: `connected`, pairs of the others left connected;
 * `lost`, those that only the set connected; the other list's number (`distance`, or
 * `fragmentation`). `lost` = 0 says that nobody is cut off: the first place then only goes to
 * members of the largest component. A projection too large to build is replaced by its two-mode
 * data in the first list; the second is left out of networks where it would take too long.
 *
 * Sets, not rankings: the actors of the best two are often not the two with most to lose alone. A
 * gap in the record looks like a split in the network.
 *
 * Undefined: without a tie; for n < 3. The second list: too large.
 * Cost: O((n + m) C(n, k - 1)) up to a million sets, else O(k (n + m)); for distances within a
 * bounded work.
 * Source: S. P. Borgatti, "Identifying sets of key players in a social network", Computational and
 * Mathematical Organization Theory 12, 2006, 21-34, equations 4 and 9.
 */
mlg_measure_fn mlg_depend_key_players_neg;

/**
 * Which few actors should be convened first to reach the most others?
 *
 * Three lists, for a set K of k actors:
 *
 *     "distance"  D_R = 1/n sum_j 1/d_Kj, d_Kj the distance from j to the nearest member
 *     "reach1"    share of the actors who are members or tied to one
 *     "reach2"    the same within two steps
 *
 * Members count as reached (1), so that everything is at most 1. Part `others_only` counts them 0,
 * as the program pyntacle does: k / n less, at most (n - k) / n. Further parts: `reach1`, `reach2`
 * as numbers of actors, `distance` = D_R.
 *
 * Who reaches many is who is recorded with many: whoever convenes most meetings comes first here.
 * It says nothing of who would come.
 *
 * Undefined: without a tie.
 * Cost: all sets within bounded work; else O(k (n + m)) in practice, bounded too.
 * Source: S. P. Borgatti, as above, equations 12 and 14; the bound is that of M. Minoux,
 * "Accelerated greedy algorithms for maximizing submodular set functions", 1978.
 */
mlg_measure_fn mlg_depend_key_players_pos;

#ifdef __cplusplus
}
#endif

#endif
