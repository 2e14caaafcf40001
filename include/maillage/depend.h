/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_DEPEND_H
#define MLG_DEPEND_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each function appends one value. Where it is undefined the value has its reason and no number,
 * and the answer is still MLG_OK. All of them answer MLG_ENOMEM when memory is short, with nothing
 * appended. The first four are of a view, and its actors may be organisations, persons or posts;
 * the last two are of the study itself, at its date. n actors, m ties (either direction). */

/**
 * Which actors' departure would cut others off from each other?
 *
 * Removing actor v leaves its component of n_c actors in branches of b_1, b_2, ... actors:
 *
 *     lost(v) = 1/2 [(n_c - 1)^2 - sum_i b_i^2]
 *
 * pairs of the others that are connected today and would not be. Parts: `share` of the pairs
 * `connected` today, the actor's own left out of both; `with_own` adds its own, lost + n_c - 1;
 * `branches` counts the b_i, so that 2 or more says the actor is a cut point. On a view of
 * participations too large to project, the two-mode data give the same numbers.
 *
 * A network that is densely recorded loses nothing at any single departure, and one that is hardly
 * recorded is cut everywhere: read it beside the completeness of the tables. Removing an
 * organisation that stands for several actors of the view is another question.
 *
 * Undefined: without a tie. `share`: where the others form no connected pair.
 * Cost: O(n + m).
 * Source: R. E. Tarjan, "Depth-first search and linear graph algorithms", SIAM Journal on Computing
 * 1(2), 1972, 146-160, for the branches; pairs of the others as in S. P. Borgatti, "Identifying
 * sets of key players in a social network", Computational and Mathematical Organization Theory 12,
 * 2006, 21-34, equation 4, without the pairs of the actor that leaves.
 */
mlg_measure_fn mlg_depend_pairs_lost;

/**
 * Which departures would cut sectors off from each other?
 *
 * As depend.pairs_lost, for pairs without a sector in common: with T_a of the component's other
 * actors in sector a, b_ia of them in branch i,
 *
 *     lost(v) - sum_a 1/2 [T_a^2 - sum_i b_ia^2]
 *
 * when everybody has one sector. An actor of several carries them all (its first 8), and a pair
 * that shares any is none of these. Actors of unknown sector are in no cross-sector pair; they
 * still connect others. Parts as there: `share`, `connected` and `with_own` of cross-sector pairs.
 *
 * Few known sectors make few pairs, and therefore few losses: say how many sectors are known.
 *
 * Undefined: without a tie, without a known sector, with a single one.
 * Cost: O(m + n log n), whatever the number of sectors.
 * Source: as depend.pairs_lost; the restriction to pairs across sectors is this project's.
 */
mlg_measure_fn mlg_depend_cross_pairs_lost;

/**
 * Which single ties hold two parts of the network together?
 *
 * The ties whose loss would disconnect their own ends, with the number of pairs b1 * b2 that would
 * be lost, b1 and b2 actors on each side (the two ends among them). Parts: `cross`, those pairs
 * without a sector in common (as depend.cross_pairs_lost; undefined below two known sectors);
 * `lesser_side`, the smaller b. A tie to a partner with no other contact is a bridge too, of n - 1
 * pairs: read `lesser_side` beside. The 1,000 with most pairs are listed.
 *
 * Undefined: without a tie; where a projection was too large to build. An empty list has
 * its reason: no bridge.
 * Cost: O(n log n + m).
 * Source: R. E. Tarjan, "A note on finding the bridges of a graph", Information Processing Letters
 * 2(6), 1974, 160-161.
 */
mlg_measure_fn mlg_depend_bridges;

/**
 * On how many actors does brokerage rest, in effect?
 *
 *     (sum_v b_v)^2 / sum_v b_v^2
 *
 * with b the betweenness of position.betweenness on ties of either direction: n equal brokers give
 * n, a single one 1. Parts: `hhi`, its inverse, the Herfindahl-Hirschman index of brokerage;
 * `top1` and `top3`, the shares of the largest and the three largest. It says nothing of how much
 * brokerage there is: three brokers of two pairs and of two thousand look alike. Approximate where
 * betweenness was sampled.
 *
 * Undefined: when no actor stands between two others; without a tie; where a projection was too
 * large to build.
 * Cost: that of position.betweenness.
 * Source: this project's; the index is that of O. C. Herfindahl, "Concentration in the U.S. steel
 * industry", 1950, its inverse the effective number of M. Laakso, R. Taagepera, Comparative
 * Political Studies 12(1), 1979, 3-27.
 */
mlg_measure_fn mlg_depend_effective_brokers;

/**
 * How many schemes rest on exactly one known coordinator?
 *
 *     schemes with one named coordinator / schemes with at least one
 *
 * Coordinators are the persons of posts.csv whose role is to coordinate, in force at the study's
 * date, each person once a scheme. Without posts.csv, those who took part as coordinators in an
 * activity of the scheme in the 12 months up to the date. Parts: `n_schemes` in force, `known`
 * (the divisor), `single` (the numerator), `uncertain` (of these, with a further post whose holder
 * is unknown), `vacant` (no name, and every coordination post said to be vacant) and `none_known`
 * (no name, and nothing says vacant: unknown, never counted as none).
 *
 * A scheme with two names may rest on one of them, and a well-kept table shows more names: compare
 * `none_known` first.
 *
 * Undefined: without a scheme, or when no scheme's coordinator is known.
 * Cost: O(p log p) for p rows of posts.csv, or of participations.csv.
 * Source: this project's, after the survey of coordinators (S4: 55 % of health workshops rest on
 * one full-time equivalent).
 */
mlg_measure_fn mlg_depend_single_coordinator_share;

/**
 * Who holds several schemes at once?
 *
 * By person, the number of different schemes of the posts they hold at the study's date; where a
 * post's holder is unknown, by post. Vacant posts are nobody's. Parts: `fte`, the sum of the
 * full-time equivalents of those rows that give one; `rows_without_fte`; `coordinated`, the
 * schemes they coordinate; `named`, 1 for a person and 0 for a post. Without posts.csv, by actor
 * who coordinated activities of schemes in the last 12 months.
 *
 * Several schemes in one pair of hands are as much a link between them as a load.
 *
 * Undefined: when nobody is known to hold a scheme.
 * Cost: O(p log p) for p rows of posts.csv, or of participations.csv.
 * Source: this project's, after the survey of coordinators (S1: one person for several schemes).
 */
mlg_measure_fn mlg_depend_schemes_per_person;

#ifdef __cplusplus
}
#endif

#endif
