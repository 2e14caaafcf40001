/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_NETWORK_H
#define MLG_NETWORK_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each function appends one scalar on one view, with its parts; where it is undefined, the value
 * is NaN with its reason and the answer is still MLG_OK. All of them answer MLG_ENOMEM when memory
 * is short, with nothing appended. n actors, m ties (pairs of actors, either direction). */

/**
 * How many actors does this view hold?
 *
 * Actors that take part in nothing count when a table lists them; on views of participations the
 * part `activities` counts the other mode. A larger number is a longer list, not a denser network.
 *
 * Undefined: never; an empty view has 0 actors.
 * Cost: O(1).
 * Source: S. Wasserman, K. Faust, "Social Network Analysis", Cambridge University Press, 1994,
 * section 2.1.
 */
mlg_measure_fn mlg_network_actors;

/**
 * How many pairs of actors work together?
 *
 * A pair counts once, whichever direction its rows have; the part `arcs` counts directions apart
 * where ties have one, `participations` the rows behind a projection. An activity of k actors makes
 * k (k - 1) / 2 pairs at once: a plenary of 40 weighs as much as 780 declared ties.
 *
 * Undefined: where a projection was too large to build.
 * Cost: O(1).
 * Source: S. Wasserman, K. Faust, "Social Network Analysis", Cambridge University Press, 1994,
 * section 4.1.
 */
mlg_measure_fn mlg_network_ties;

/**
 * Which share of the possible ties exists?
 *
 *     arcs / (n (n - 1))        where ties have a direction
 *     m / (n (n - 1) / 2)       elsewhere, and as part `weak`
 *     participations / (n activities)   as part `two_mode`
 *
 * It falls with size, because nobody keeps ten times more partners in a territory ten times
 * larger: compare mean degrees, or territories of one size.
 *
 * Undefined: below 2 actors.
 * Cost: O(1).
 * Source: S. Wasserman, K. Faust, "Social Network Analysis", Cambridge University Press, 1994,
 * sections 4.1 and 8.3.
 */
mlg_measure_fn mlg_network_density;

/**
 * In how many pieces does the network fall?
 *
 * A piece is a largest set whose actors reach each other along ties, directions left out. Parts:
 * `largest` and `second` (actors), `largest_share` (of all actors), and
 *
 *     fragmentation F = 1 - sum over pieces of s (s - 1) / (n (n - 1))
 *
 * the share of the pairs of actors that no path joins. An isolated actor is a piece: twenty
 * isolates and one connected body are 21 pieces. One forgotten row can join two.
 *
 * Undefined: never; an empty view has 0 pieces, and no shares.
 * Cost: O(n + m).
 * Source: S. P. Borgatti, "Identifying sets of key players in a social network", Computational and
 * Mathematical Organization Theory 12(1), 2006, 21-34, equation 4 (F).
 */
mlg_measure_fn mlg_network_components;

/**
 * How many actors have no tie at all?
 *
 * The part `share` divides by all actors. An actor without a row is not an actor without partners:
 * read it beside the completeness of the tables.
 *
 * Undefined: never; without actors the share is left out.
 * Cost: O(n).
 * Source: S. Wasserman, K. Faust, "Social Network Analysis", Cambridge University Press, 1994,
 * section 4.2.
 */
mlg_measure_fn mlg_network_isolates;

/**
 * Are two partners of one actor partners of each other?
 *
 *     3 triangles / paths of two ties
 *
 * over ties of either direction; the parts count both terms. Every activity of three actors makes a
 * triangle of its own, so the figure says nothing on a projection and is not given there. It is not
 * the mean of the local coefficients, which small degrees pull up.
 *
 * Undefined: without a path of two ties; on views of participations.
 * Cost: O(m^1.5) at most.
 * Source: M. E. J. Newman, D. J. Watts, S. H. Strogatz, "Random graph models of social networks",
 * PNAS 99 (supplement 1), 2002, 2566-2572.
 */
mlg_measure_fn mlg_network_transitivity;

/**
 * How near are the actors to each other?
 *
 *     E = sum over ordered pairs of 1 / d(i, j) / (n (n - 1))
 *
 * d = steps along ties of either direction, each tie one step; pairs that no path joins add 0, so
 * that pieces lower it. 1 - E is the distance-weighted fragmentation DF. It rises with density: a
 * complete network has 1 whoever is in it. It is not Krackhardt's efficiency (sna's function of
 * that name), which counts ties beyond a tree.
 *
 * Undefined: below 2 actors.
 * Cost: O(n m / 512) word operations a step of the longest path, O(n) memory; shared with
 * position.harmonic.
 * Source: V. Latora, M. Marchiori, "Efficient behavior of small-world networks", Physical Review
 * Letters 87(19), 2001, 198701; DF: S. P. Borgatti 2006, equation 9.
 */
mlg_measure_fn mlg_network_efficiency;

/**
 * Are collaborations declared by both sides?
 *
 *     arcs whose return arc exists / arcs
 *
 * Parts: `mutual` and `one_way` pairs, and `dyadic`, the share of all pairs that are mutual or
 * empty, which sna gives when nothing else is asked (convention `sna`): in a sparse network it is
 * near 1 whatever happens. When only some actors answered, a missing return is not a refusal.
 *
 * Undefined: where ties have no direction, and without arcs.
 * Cost: O(1).
 * Source: S. Wasserman, K. Faust, "Social Network Analysis", Cambridge University Press, 1994,
 * section 13.3; "dyadic" and "edgewise" as in C. T. Butts, "Social network analysis with sna",
 * Journal of Statistical Software 24(6), 2008.
 */
mlg_measure_fn mlg_network_reciprocity;

/**
 * Does collaboration rest on one actor's contacts?
 *
 *     sum (k_max - k_i) / ((n - 1) (n - 2))
 *
 * over contacts of either direction: 1 in a star, 0 where all have as many. Parts: `density`,
 * without which it means little (an empty and a complete network both have 0), and where ties have
 * a direction `weak` (the value above), `in` and `out` with divisor (n - 1)^2, and `freeman`, both
 * degrees added, with 2 (n - 1) (n - 2). Conventions: `sna` gives `freeman` on directed views;
 * `igraph` leaves room for loops in its divisor, n (n - 1) or 2 (n - 1)^2, and reads .376 for
 * Zachary's club where this reads .400.
 *
 * Undefined: below 3 actors.
 * Cost: O(n + m).
 * Source: L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks
 * 1(3), 1979, 215-239; directed divisors from sna's code.
 */
mlg_measure_fn mlg_network_centralization_degree;

/**
 * Does collaboration pass through one actor?
 *
 *     sum (b_max - b_i) / ((n - 1)^2 (n - 2) / 2)
 *
 * over betweenness on ties of either direction: 1 in a star. Parts: `density`, and on directed
 * views `weak` (the value above) and `arcs`, along arcs with the divisor (n - 1)^2 (n - 2), which
 * the conventions `sna` and `igraph` give. Above 20,000 actors betweenness is sampled and the value
 * is approximate, and a little high: the largest of many estimates is.
 *
 * Undefined: below 3 actors; when there are more than 1e300 shortest paths.
 * Cost: that of position.betweenness, shared with it.
 * Source: L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks
 * 1(3), 1979, 215-239.
 */
mlg_measure_fn mlg_network_centralization_betweenness;

/**
 * Which ties carry more of an actor's strength than chance would give them?
 *
 *     p_ab at a's end = (1 - w_ab / s_a)^(k_a - 1)
 *
 * On request only. The disparity filter: were a's strength s_a dealt uniformly at random among its
 * k_a ties, p is the chance that one carries as large a share. Values: ties by their smaller p
 * (the first 1,000 of `total`), the weight with p = twice the smaller, at most 1, and p_adjusted
 * (Benjamini-Hochberg over all ties), parts `p_either` (the smaller: kept where one end is enough),
 * `p_both` (the larger: kept where both are asked for), `ends_kept` (ends below .05: 0, 1, 2); then
 * how many are kept at .05 where one end is enough (convention `either_end`; parts `ties`,
 * `adjusted`: kept when adjusted), and where both must (`both_ends`). On directed views the larger
 * weight of both directions counts. Small numbers of ties cannot pass, whatever the weights say: a
 * tie is kept at .05 only if it carries 95 % of an actor's strength of two ties, 78 % of three.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets three more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, or MLG_ENOMEM.
 *
 * Undefined: ties without weights; several kinds of tie; no tie; projection too large to build.
 * Cost: O(ties log ties).
 * Source: M. A. Serrano, M. Boguna, A. Vespignani, PNAS 106(16), 2009, 6483-6488.
 */
mlg_measure_fn mlg_network_disparity;

/**
 * Is there a core tied together, and a rim tied to it only?
 *
 * The largest correlation, over pairs of actors, between the ties (either direction, not weighted)
 * and a pattern in which all pairs of a core are tied and no pair outside it is. Programs differ in
 * what they expect of pairs with one end in the core, and the same network gives .327, .600 or
 * .408: here those pairs are left out (`missing`: also the usual choice of UCINET and of netUtils);
 * the parts `one` (all tied: cpnet) and `half` (half a tie) are the best fits under the two other
 * patterns, each with a core of its own. Parts: `size` of the core, `core_density`,
 * `between_density` and `rim_density`; `proven` 1 when every set was tried, and `optima` how many
 * then fit as well; `by_contacts` the best fit of a core made of the actors with most contacts (of
 * as many, those of earlier rows: another order of the tables may give another fit). A second value
 * says of each actor whether it is in the core.
 *
 * p: how often graphs drawn with the same number of contacts for each actor fit a core of those
 * with most contacts (`by_contacts`) as well. Any network has some best core: without a small p it
 * means nothing. None is given for views of participations, whose ties come by the activity, where
 * only one graph has these contacts, and where draws would take long.
 *
 * Every set to 18 actors; to 3,000 Kernighan and Lin's search, from the best core by contacts and
 * up to 19 sets drawn (the result depends on the seed, and is not proven); above only cores by
 * contacts (convention `missing, by contacts`), unless forced.
 *
 * Undefined: below 4 actors; without ties; when no set makes both ties and pattern vary, as in a
 * complete network.
 * Cost: O(2^n) to 18 actors, O(n^2) a pass of a search to 3,000, O(n + m) above; draws of at most
 * 4e7 steps.
 * Source: S. P. Borgatti, M. G. Everett, "Models of core/periphery structures", Social Networks
 * 21(4), 1999, 375-395; B. W. Kernighan, S. Lin, "An efficient heuristic procedure for partitioning
 * graphs", Bell System Technical Journal 49(2), 1970, 291-307.
 */
mlg_measure_fn mlg_network_core_periphery;

/**
 * Does everyone belong to one whole?
 *
 * The share of the pairs of actors that a path joins, directions left out (Krackhardt's
 * connectedness, the first of his four dimensions of hierarchy): 1 - F of network.components. One
 * forgotten row can join two halves.
 *
 * Undefined: below 2 actors.
 * Cost: O(n + m).
 * Source: D. Krackhardt, "Graph theoretical dimensions of informal organizations", in K. Carley, M.
 * Prietula (eds), "Computational Organization Theory", Lawrence Erlbaum, 1994, 89-111.
 */
mlg_measure_fn mlg_network_gtd_connectedness;

/**
 * Does influence run one way only?
 *
 *     1 - pairs that reach each other / pairs of which one at least reaches the other
 *
 * along arcs, read from superior to subordinate (the second dimension; turning all arcs round
 * changes nothing here). Part `reciprocity` = share of all pairs with one arc only, which sna gives
 * when nothing else is asked (convention `sna`): .095 for a tree of 21 whose hierarchy is 1.
 *
 * Undefined: where ties have no direction, and without arcs; where more than 4,096 sets of actors
 * stand above each other, unless forced.
 * Cost: O(n + m + s^2 (1 + s / 64)) time and s^2 / 4 bytes for s sets of actors that reach each
 * other.
 * Source: D. Krackhardt 1994 (see network.gtd.connectedness).
 */
mlg_measure_fn mlg_network_gtd_hierarchy;

/**
 * Are there no more ties than the whole needs?
 *
 *     1 - (arcs - sum over components of (s - 1)) / sum over components of (s - 1)^2
 *
 * where ties have a direction (the third dimension, as sna computes it); part `links` counts ties
 * once and divides by (s - 1)(s - 2) / 2, which is also the value on views without direction. Low
 * is no fault: ties beyond a tree are what a network has to spare. Not network.efficiency, which is
 * about distances.
 *
 * Undefined: when no component has 3 actors.
 * Cost: O(n + m).
 * Source: D. Krackhardt 1994 (see network.gtd.connectedness); the divisor for arcs from sna's code.
 */
mlg_measure_fn mlg_network_gtd_efficiency;

/**
 * Does every pair answer to one common superior?
 *
 *     1 - pairs without a least upper bound / sum over components of (s - 1)(s - 2) / 2
 *
 * over pairs of one component, along arcs from superior to subordinate: an upper bound leads to
 * both (an actor to itself), the least is one that all others lead to. Read the other way round
 * (subordinate to superior) the same tree of 21 has .063 instead of 1. Part `foremost` asks instead
 * for an upper bound that leads to all others, as sna's code does (convention `sna`): it forgives
 * two superiors of equal rank below one head, and not two heads.
 *
 * Undefined: where ties have no direction; when no component has 3 actors; where more than 4,096
 * sets of actors stand above each other, unless forced.
 * Cost: that of network.gtd.hierarchy.
 * Source: D. Krackhardt 1994 (see network.gtd.connectedness).
 */
mlg_measure_fn mlg_network_gtd_lub;

#ifdef __cplusplus
}
#endif

#endif
