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
 * appended. Most are of a view, and its actors may be organisations, persons or posts; the last two
 * are of the study itself, at its date. n actors, m ties (either direction). */

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
 * organisation that stands for several actors of the view is another question
 * (depend.pairs_lost.organisations), and so is the departure of who holds a post, whose
 * organisation stays (turnover.departure.pairs).
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
 * How many residents would be left without a local actor on record, were one to leave?
 *
 * An actor is in a unit (a municipality, most often) by its sites in force and the posts it holds
 * at the study's date; one without either, by its own territory. It is local when it is in some
 * units and not in all: a body of the whole area is on record everywhere and near nobody. By actor,
 * the residents of the units where it is the only local one of the study, those without ties among
 * them. Parts: `share` of the residents of all units; `units`; `units_unknown`, of these without a
 * known population; `residents` where it is. And what its leaving cuts between others: each unit's
 * residents are shared equally by all actors that are there, p_x for actor x, and with P the sum
 * over the others of the component, P_i over branch i,
 *
 *     pairs_lost = 1/2 [P^2 - sum_i P_i^2]
 *
 * pairs of residents whose actors are connected today and would not be; `pairs_connected`, today's
 * without the actor's own, and `pairs_share` of them. One scalar of the whole comes first: the
 * residents of units with a single local actor, `share`, `units`, `residents`, `served` by at least
 * one actor, `units_unknown`, `actors`, `completeness` = the share of them with a known place.
 *
 * An actor whose place nobody recorded has no number, and makes others look alone: read
 * `completeness` first. To be on record in a municipality is not to serve everyone in it.
 *
 * Undefined: without a tie, a unit, a population; where no actor has a known place.
 * Cost: O(n + m + p), p the sum over actors of the units they are in.
 * Source: this project's; the pairs as in depend.pairs_lost, weighed by residents.
 */
mlg_measure_fn mlg_depend_population_lost;

/**
 * Which organisation would cut others off if all its actors left at once?
 *
 * Where persons, services or posts stand for themselves (--by actor, --by service), the actors of
 * one organisation are taken out together and the connected pairs of those who stay are counted
 * again: they do not follow from the actors one by one. By organisation of two actors and more.
 * Parts: `share` of the pairs of the others `connected` today; `actors` that leave; `cross_pairs`,
 * `cross_connected` and `cross_share`, of pairs without a sector in common (undefined below two
 * known sectors). By falling cross_pairs, pairs.
 *
 * Where every actor of the view is an organisation, depend.pairs_lost is the answer.
 *
 * Undefined: without a tie, or when no organisation has two actors in the view.
 * Cost: O(n log n + m) for each organisation; past 5e8 entries read, those of most actors only, and
 * the value says so.
 * Source: as depend.pairs_lost.
 */
mlg_measure_fn mlg_depend_pairs_lost_organisations;

/**
 * Which activity's end would cut actors off from each other?
 *
 * As depend.pairs_lost in the two-mode data, for an activity, which is no actor itself:
 *
 *     lost(e) = 1/2 [n_c^2 - sum_i b_i^2]
 *
 * with b_i actors in the branches its component of n_c would fall into. Parts: `share` of all pairs
 * `connected` today; `actors` that take part; `branches`; `cross_pairs`, `cross_connected` and
 * `cross_share` of pairs without a sector in common (undefined below two known sectors). Only
 * activities that cut a pair are listed, by falling cross_pairs, pairs; the first 1,000.
 *
 * Two people who met once in an activity may well call each other without it. A single actor whom
 * an activity alone brings in counts as cut off: read `share` beside.
 *
 * Undefined: without participations. An empty list has its reason: no activity cuts a pair.
 * Cost: O(n log n + m) for m participations.
 * Source: as depend.pairs_lost; its use on two-mode data is this project's.
 */
mlg_measure_fn mlg_depend_pairs_lost_activities;

/**
 * What share of pairs of actors cannot reach each other, and how much would one departure add?
 *
 *     F = 1 - sum_k s_k (s_k - 1) / (n (n - 1))
 *
 * over components of s_k actors, as a scalar; then by actor v what its leaving adds,
 * F_original(G - v) - F(G) = 2 (lost(v) + n_c - 1) / (n (n - 1)), lost and n_c those of
 * depend.pairs_lost. Both divisors are there: part `residual` is F over the (n - 1)(n - 2) / 2
 * pairs that are left, as key-player programs print it; `original` over the n (n - 1) / 2 there
 * were. The residual one may fall when an isolate leaves: what is lost is told on the original one.
 *
 * It counts pairs, not how well they are joined: see depend.distance_fragmentation.
 *
 * Undefined: without a tie. `residual`: below 3 actors.
 * Cost: O(n + m) for all actors at once.
 * Source: S. P. Borgatti, "Identifying sets of key players in a social network", Computational and
 * Mathematical Organization Theory 12, 2006, 21-34, equation 4; by actor as depend.pairs_lost.
 */
mlg_measure_fn mlg_depend_fragmentation;

/**
 * How far are actors from each other, and how much further would one departure put them?
 *
 *     DF = 1 - sum_(i != j) 1 / d_ij / (n (n - 1)),  1 / infinite = 0
 *
 * that is 1 - network.efficiency, as a scalar; then by actor v what its leaving adds,
 * DF_original(G - v) - DF(G), with parts `residual` over (n - 1)(n - 2) ordered pairs and
 * `original` over n (n - 1), as in depend.fragmentation. Where the ties of the view have weights,
 * scalar and list come once more with weight "distance": a tie of weight w is w_max / w long, w_max
 * the largest of the view, also once the actor who had it is gone.
 *
 * Every actor is exact that is listed. In a large network not all are: those that need every path
 * searched again are taken from the most pairs lost, then the most ties, as many as the work has
 * room for, and the value says that others are left out.
 *
 * Undefined: without a tie; where a projection was too large to build. `residual`: below 3 actors.
 * Cost: O(n (n + m)) for the scalar, and again for each actor that others pass through on their
 * only shortest path; with weights O(n^2 (n + m) log n), left out above 5e7.
 * Source: S. P. Borgatti 2006 (see depend.fragmentation), equation 9.
 */
mlg_measure_fn mlg_depend_distance_fragmentation;

/**
 * What share of the network's efficiency would one departure cost?
 *
 *     V_v = (E - E_v) / E,  E = sum_(i != j) 1 / d_ij / (n (n - 1))
 *
 * with E_v the sum over those who stay, divided by the same n (n - 1): never negative, and it
 * counts the actor's own pairs. Parts: `residual`, the same with E_v over (n - 1)(n - 2), negative
 * when who stays is nearer to each other on average without v; `efficiency`, that E_v. Exact, and
 * left out in large networks as in depend.distance_fragmentation.
 *
 * Most of V is the actor's own pairs: in a network of n equal actors everybody has about 2 / n.
 *
 * Undefined: without a tie; where a projection was too large to build. Parts: below 3 actors.
 * Cost: as depend.distance_fragmentation, with which it is computed.
 * Source: V. Gol'dshtein, G. A. Koganov, G. I. Surdutovich, "Vulnerability and hierarchy of complex
 * networks", 2004, cond-mat/0409298; E: V. Latora, M. Marchiori, "Efficient behavior of small-world
 * networks", Physical Review Letters 87, 2001, 198701.
 */
mlg_measure_fn mlg_depend_vulnerability;

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
