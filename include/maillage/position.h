/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_POSITION_H
#define MLG_POSITION_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each function appends one vector on one view, a row an actor in the order of the view, with its
 * parts. Where no row is defined, the value has no row and its reason, and the answer is still
 * MLG_OK: so for a view without actors. All of them answer MLG_ENOMEM when memory is short, with
 * nothing appended. n actors, m ties (pairs of actors, either direction). */

/**
 * With how many others does each actor work?
 *
 * The number of contacts in either direction, each once; parts `in` and `out` where ties have a
 * direction. It counts partners, not what is done with them, and whoever filled the table tends to
 * come first. Conventions `sna` and `igraph`: in + out, so that a mutual contact counts twice.
 *
 * Undefined: without actors.
 * Cost: O(n + m).
 * Source: L. C. Freeman, "Centrality in social networks: conceptual clarification", Social Networks
 * 1(3), 1979, 215-239.
 */
mlg_measure_fn mlg_position_degree;

/**
 * How much collaboration does each actor carry?
 *
 * The sum of the weights of its ties, the larger one where the two directions differ; parts `in`
 * and `out` add the weights of arcs. On participations (Newman's weights) it is the number of
 * activities shared with anyone. Weights of different kinds of tie do not add up, so that a view
 * that joins several has none; where the weight is a rank, sums of ranks mean little.
 *
 * Undefined: on a view of several kinds of tie, and where no weight is known.
 * Cost: O(n + m).
 * Source: A. Barrat, M. Barthelemy, R. Pastor-Satorras, A. Vespignani, "The architecture of complex
 * weighted networks", PNAS 101(11), 2004, 3747-3752.
 */
mlg_measure_fn mlg_position_strength;

/**
 * Who stands between others who do not work together?
 *
 *     b(v) = sum over pairs s, t of (shortest paths through v) / (shortest paths)
 *
 * over unordered pairs and ties of either direction, each tie one step. Part `normalised` divides
 * by the (n - 1) (n - 2) / 2 pairs of others. Where ties have a direction the part `arcs` is the
 * sum over ordered pairs along arcs; the conventions `sna` and `igraph` give it as the value,
 * normalised by the ordered pairs, and the other as part `weak`. A high score is a position, not a
 * merit: an actor may be between others because a table forgot their direct tie. One tie more can
 * move it a lot.
 *
 * Exact to 20,000 actors where the searches read at most 5e9 list entries, or on demand (force).
 * Beyond, sources are drawn in each large block of the network, in proportion to the actors they
 * stand for. Part `sd` is then the standard error, `draws` the number of sources, and the result
 * depends on the seed. Trust it for the leading actors: of low scores, which few sources make, the
 * error is skewed (in a trial, 6 % of the leading tenth were two errors off, 13 % of all).
 *
 * Undefined: without actors; when there are more than 1e300 shortest paths.
 * Cost: O(sum over blocks of members x ties) time, for pendants and whatever hangs on one actor
 * need no search; O(n + m) memory and up to 64 partial sums of a block.
 * Source: L. C. Freeman, "A set of measures of centrality based on betweenness", Sociometry 40(1),
 * 1977, 35-41; U. Brandes, "A faster algorithm for betweenness centrality", Journal of Mathematical
 * Sociology 25(2), 2001, 163-177; sampled with linear scaling: R. Geisberger, P. Sanders,
 * D. Schultes, "Better approximation of betweenness centrality", ALENEX 2008, 90-100.
 */
mlg_measure_fn mlg_position_betweenness;

/**
 * Who is near everyone?
 *
 *     h(v) = sum over the others of 1 / d(v, u) / (n - 1)
 *
 * d = steps along ties of either direction, each tie one step; those it cannot reach add 0. So it
 * is defined on networks in pieces, where closeness is not. An isolated actor has 0. In a dense
 * network all scores are near one another and ranks mean little.
 *
 * Undefined: below 2 actors.
 * Cost: O(n m / 512) word operations a step of the longest path, O(n) memory; shared with
 * network.efficiency.
 * Source: M. Marchiori, V. Latora, "Harmony in the small-world", Physica A 285, 2000, 539-546; P.
 * Boldi, S. Vigna, "Axioms for centrality", Internet Mathematics 10(3-4), 2014, 222-262.
 */
mlg_measure_fn mlg_position_harmonic;

/**
 * Who works with those who work with many?
 *
 * The leading eigenvector x of the ties (A x = lambda x, either direction, weights where the view
 * has them), its largest score 1. Only the actors of the biggest component have a score: elsewhere
 * the equation holds with 0, and what programs print there is rounding (5e-17). Of several
 * components of the biggest size each has its own vector, and scores compare inside one only. One
 * dense corner of the network can take nearly all of it.
 *
 * Undefined: without ties; NaN outside the biggest component.
 * Cost: O(n + m) a step of a Lanczos search, a few dozen steps (at most 10,000), 24 n numbers.
 * Source: P. Bonacich, "Factoring and weighting approaches to status scores and clique
 * identification", Journal of Mathematical Sociology 2(1), 1972, 113-120.
 */
mlg_measure_fn mlg_position_eigenvector;

/**
 * Who would a walk along the ties meet most often?
 *
 *     r = (1 - d) / n + d sum over arcs u -> v of r(u) w(u, v) / (weights out of u),   d = 0.85
 *
 * along arcs where ties have a direction, with the weights the view has; an actor without a way out
 * leads anywhere. Scores sum to 1. On ties without direction it follows the degree closely and adds
 * little to it.
 *
 * Undefined: without actors.
 * Cost: O(n + m) a round, at most 250 rounds; the arcs once more in memory.
 * Source: S. Brin, L. Page, "The anatomy of a large-scale hypertextual Web search engine", Computer
 * Networks and ISDN Systems 30, 1998, 107-117.
 */
mlg_measure_fn mlg_position_pagerank;

/**
 * Who belongs to the nucleus?
 *
 * The largest k such that the actor is in a set whose members all have at least k contacts inside
 * it. A whole plenary is a core as deep as it is large, so that on participations the largest
 * activity sets the scale. High coreness is not brokerage: those between two nuclei have little of
 * it.
 *
 * Undefined: without actors.
 * Cost: O(n + m).
 * Source: S. B. Seidman, "Network structure and minimum degree", Social Networks 5(3), 1983,
 * 269-287; V. Batagelj, M. Zaversnik, "An O(m) algorithm for cores decomposition of networks",
 * 2003, arXiv:cs/0310049.
 */
mlg_measure_fn mlg_position_coreness;

/**
 * Whose contacts all know each other?
 *
 *     C(i) = sum over contacts j of (p_ij + sum over shared contacts q of p_iq p_qj)^2
 *     p_ij = (a_ij + a_ji) / sum over k of (a_ik + a_ki)
 *
 * over contacts of either direction, ties counted once each way; part `weighted` takes the weights
 * where the view has them. Low = many contacts that do not meet, so many ways to turn. It is high
 * both for those with one contact (1) and inside a closed group, and can exceed 1 (a
 * triangle: 1.125). A contact's own share p_qj is over all its contacts, as in networkx and igraph
 * and in UCINET's "whole network model"; UCINET's "ego network model" leaves out those that i does
 * not know, and gives more.
 *
 * Undefined: without ties; NaN for an actor without a contact.
 * Cost: O(sum over ties of the shorter contact list) time, O(n + m) memory, shared with
 * position.effective_size and position.hierarchy.
 * Source: R. S. Burt, "Structural Holes", Harvard University Press, 1992, chapter 2.
 */
mlg_measure_fn mlg_position_constraint;

/**
 * How many of an actor's contacts lead somewhere else?
 *
 *     contacts - 2 x ties among the contacts / contacts
 *
 * over contacts of either direction, each once: all of them when none knows another, 1 when all
 * know each other. Part `efficiency` divides by the contacts. Part `weighted` is Burt's formula
 * with the weights, sum over j of (1 - sum over q of p_iq m_jq) with p as in position.constraint
 * and m_jq the tie over the largest that j has; part `arcs`, where ties have a direction, the same
 * with arcs counted (what networkx gives a directed graph). It counts openings, not what passes
 * through them, and grows with the number of contacts: compare actors of similar size.
 *
 * Undefined: without ties; NaN for an actor without a contact.
 * Cost: that of position.constraint, shared with it.
 * Source: R. S. Burt, "Structural Holes", Harvard University Press, 1992, chapter 2; the short
 * form: S. P. Borgatti, "Structural holes: unpacking Burt's redundancy measures", Connections
 * 20(1), 1997, 35-38.
 */
mlg_measure_fn mlg_position_effective_size;

/**
 * Does what limits an actor come from one contact?
 *
 *     H(i) = sum over contacts j of (c_j N / C) ln(c_j N / C) / (N ln N)
 *
 * c_j = the term of contact j in the actor's constraint C, N its contacts: 0 when all weigh alike,
 * near 1 when one contact is behind nearly all of it; 1 by convention for an actor with one
 * contact. Part `weighted` takes the weights where the view has them. It says how constraint is
 * spread, not how much there is: read it beside position.constraint.
 *
 * Undefined: without ties; NaN for an actor without a contact.
 * Cost: that of position.constraint, shared with it.
 * Source: R. S. Burt, "Structural Holes", Harvard University Press, 1992, chapter 2.
 */
mlg_measure_fn mlg_position_hierarchy;

/**
 * Who stands between sectors?
 *
 *     b(v) = sum over pairs s, t of different sectors of (shortest paths through v) / (shortest
 * paths)
 *
 * over unordered pairs and ties of either direction, each tie one step. Only pairs whose two
 * sectors are known and differ count (actors of several sectors: none in common); whoever has no
 * sector is in no pair, but may stand on a path. Part `normalised` divides by the pairs of
 * different sectors that some path joins, the actor's own included. Part `arcs`, where ties have a
 * direction, is the sum over ordered pairs along arcs, and the value under the conventions `sna`
 * and `igraph`. networkx and igraph halve their betweenness of subsets on undirected graphs: twice
 * theirs is this. A position, not a merit: one forgotten tie between two sectors can make it.
 *
 * Exact where the searches read at most 3e8 list entries, or on demand (force). Beyond, actors with
 * a sector are drawn as sources: part `sd` is then the standard error, `draws` their number, and
 * the result depends on the seed.
 *
 * Undefined: without sectors; when all actors with a sector share one; when no path joins two
 * sectors; with more than 1e300 shortest paths.
 * Cost: O(sources x (n + m)) time, O(n) memory a thread and 16 partial sums.
 * Source: L. C. Freeman 1977 and U. Brandes 2001 (see position.betweenness), with pairs chosen by
 * group as in U. Brandes, "On variants of shortest-path betweenness centrality and their generic
 * computation", Social Networks 30(2), 2008, 136-145; a relative: M. G. Everett, S. P. Borgatti,
 * "Categorical attribute based centrality: E-I and G-F centrality", Social Networks 34(4), 2012,
 * 562-569.
 */
mlg_measure_fn mlg_position_cross_betweenness;

#ifdef __cplusplus
}
#endif

#endif
