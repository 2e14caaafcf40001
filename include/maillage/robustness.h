/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_ROBUSTNESS_H
#define MLG_ROBUSTNESS_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How the network falls apart when actors go one after the other, without anyone who comes in
 * their place. Ties count either way, without weights. A projection too large to build is
 * replaced by its two-mode data, which falls apart in the same way. The largest set is the largest
 * number of actors who still reach each other. n actors, m ties or participations. */

/**
 * How long does the network hold together when actors leave one after the other?
 *
 *     R = 1/n sum over q = 1 .. n of S(q)
 *
 * S(q) = actors of the largest set after q departures, over n. Three values. Convention `degree`:
 * who has most ties among those left leaves next, counted again after each departure, the lowest
 * in the view's order of equals (`activities`: two-mode data, by the number of activities, which
 * no departure changes). Convention `betweenness`: who is most between those left, counted again
 * after each, the first of those equal within 1e-9 (`betweenness_initial`: n^2 (n + 2m) above 1e8,
 * in the order of today's). Convention `random`: mean over random orders, with parts `p05`, `p95`
 * and `mc_error`, the standard error of the mean. Columns MLG_MIN = (n - 1) / n^2 (nobody tied) and
 * MLG_MAX = (n - 1) / 2n (everyone tied to everyone). Part `half`: share of the actors gone when
 * the largest set first has less than half of what it had (`random`: mean).
 *
 * R falls with n - 1 over 2n at best: below 10 actors compare with its bounds, not with another
 * network. Who happens to be listed first among equals changes R by a little. No network loses its
 * busiest actors in that order: it is an extreme, `random` the ordinary case.
 *
 * Undefined: fewer than 2 actors; no tie; `random`: no draws asked for, or too large for 99;
 * `betweenness`: on two-mode data, or more shortest paths than a double counts.
 * Cost: O(n + m) an order and a draw (at most 999 draws); `betweenness` O(n^2 m), or that of
 * position.betweenness.
 * Source: C. M. Schneider, A. A. Moreira, J. S. Andrade, S. Havlin, H. J. Herrmann, "Mitigation of
 * malicious attacks on networks", PNAS 108(10), 2011, 3838-3841.
 */
mlg_measure_fn mlg_turnover_robustness;

/**
 * What is left at each departure?
 *
 * Curves over the share of actors gone (MLG_AT), at each departure up to 100 actors, at each
 * hundredth of them above; part `count` is the number behind the share. Conventions say the order
 * and what is counted. Orders: `degree` as turnover.robustness has it (`activities` on two-mode
 * data); `random`, the mean of up to 999 random orders, with parts `p05` and `p95` (between which
 * nine tenths of the draws are), `worst` (the least of all draws) and `mc_error`. Counted:
 * `giant`, the largest set, over n; `pairs`, connected pairs of actors, over those of today;
 * `cross_pairs`, those of known sectors with none in common; `population`, residents where some
 * actor left is on record (its sites and filled posts, else its territory), over those of today.
 * `first_fifth_giant` is `random_giant` at 20 states of the first fifth of departures, by as many
 * draws as asked for. `random_ties_giant`: ties go at random instead of actors (not on two-mode
 * data).
 *
 * Pairs fall by the departures alone: of everyone tied to everyone, after a share q has left,
 * (1 - q)^2 of the pairs are left. Random orders stand for departures that have nothing to do with
 * each other.
 *
 * Undefined: fewer than 2 actors; no tie; `random`: as turnover.robustness (`random_ties_giant` is
 * too large from a million ties); `cross_pairs`: no known
 * sector, a single one, or no such pair connected today; `population`: nobody's place, or no
 * residents there, are known, or there are more than 20 million actors by places.
 * Cost: O(n + m) an order, all states at once; `first_fifth_giant`: 64 orders at once.
 * Source: M. E. J. Newman, R. M. Ziff, "Fast Monte Carlo algorithm for site or bond percolation",
 * Physical Review E 64, 2001, 016706.
 */
mlg_measure_fn mlg_turnover_percolation;

#ifdef __cplusplus
}
#endif

#endif
