/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SILO_H
#define MLG_SILO_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Silos: do ties stay inside sectors? All of them share these conventions.
 *
 * Actors without a sector leave the graph. An actor of several sectors carries them all: a tie
 * is internal when its ends share one. Nothing follows from a raw value, since sectors
 * of unequal size make a high or a low one likely, so each value stands beside its
 * expectation, its interval (the null's 2.5 and 97.5 %) and a p.
 *
 * Null "labels", for views of ties: the graph stays, the sectors are dealt again among the
 * actors. All distinct deals are enumerated when they are fewer than a million (p =
 * share of the deals at least as extreme, the observed one among them), else run->draws are
 * drawn (p = (1 + b) / (1 + R)).
 *
 * Null "degrees", a second value of the same measure after the one under "labels", for views of
 * ties: the sectors stay, the ties are drawn again among the actors with a sector, each of
 * whom keeps its number of ties (arcs out, and in, where they have a direction; reciprocity is
 * not kept), from all simple graphs alike. The two answer different questions. "labels" asks
 * whether ties cross sectors less than if sectors said nothing of the actors; where the
 * actors with most ties are of one sector it says a silo though nobody chose by sector.
 * "degrees" asks whether ties cross sectors less than the actors' numbers of ties alone would
 * have it. As many draws as run->draws, or as 2e8 steps of the walk allow (draws says how
 * many), each of 10 m steps, at least 2 m; undefined (one_graph) where no other graph has
 * these degrees, as for a star, and (too_large) where 99 draws would not fit. Not for
 * silo.ei_weighted, as weights would have no tie to stay on, nor for silo.ei_actor, whose
 * null keeps each actor's own number of ties already.
 *
 * Null "margins", for views of participations: who takes
 * part where is traded (curveball) so that each actor keeps its number of activities
 * and each activity its number of actors, and the projection is counted again in every draw;
 * as many draws as run->draws, or as the work allows, which the value says. Each actor's
 * number of activities is kept there already: no second value.
 * Statistics that rise and fall together with the ties inside sectors have the same p under
 * "labels", and under "degrees", where r and Q join them: read it once, do not adjust across
 * them.
 *
 * Cautions: fewer than 10 actors with a sector, or fewer than two sectors of at least two
 * (small_sample); all in one sector (one_group).
 */

/**
 * Does collaboration cross sectors, or stay inside them?
 *
 * With E ties that join two sectors and I ties inside one, the index is
 *
 *     EI = (E - I) / (E + I)
 *
 * so -1 is a set of closed silos and +1 is collaboration across sectors only. Arcs count
 * where ties have a direction; weights never do. Column min and max are what the sizes of the
 * sectors and the number of ties allow:
 *
 *     I_max = c sum n_a (n_a - 1) / 2,  c = 1 for ties, 2 for arcs
 *
 * Expected (1 - 2 p2, p2 = share of the pairs of actors in one sector) and sd are exact under
 * the null "labels", and the draws' under "degrees" and "margins". p is of a value as low (silo).
 * Part "rescaled" is the index on a scale from -1 to 1 between its bounds. Given the graph as well
 * the range is narrower: parts "seen_low" and "seen_high" are the draws' smallest and largest,
 * named "exhaustive_low" and "exhaustive_high" where every deal was enumerated.
 *
 * With many small sectors nearly every pair crosses: +0.45 looked open in a network where
 * chance alone gives +0.65. Read z and p, not the value.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar, and a second under "degrees" for a view of
 *                      ties; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: no actor with a sector; no tie between two such actors. One sector: trivially -1.
 * Under "degrees": no other graph with these degrees.
 * Cost: O(R (n + m)) for R draws of labels, counted 64 at a time; under "degrees" O(10 R m), one
 * random access each; under "margins" O(R (participations + pairs that meet)).
 * Source: D. Krackhardt, R. N. Stern, "Informal networks and organizational crises", Social
 * Psychology Quarterly 51(2), 1988, 123-140. Trades: G. Strona et al., Nature
 * Communications 5, 2014, 4114; C. J. Carstens, A. Berger, G. Strona, arXiv:1609.05137;
 * p: J. Besag, P. Clifford, Biometrika 76(4), 1989, 633-642. Degrees kept: A. R. Rao, R. Jana,
 * S. Bandyopadhyay, Sankhya A 58(2), 1996, 225-242 (arcs); R. Taylor, Lecture Notes in
 * Mathematics 884, 1981, 314-336 (ties); which graphs are alone: B. Cloteaux et al., Journal
 * of Research of NIST 119, 2014, 227-234, checked here by enumeration.
 */
mlg_measure_fn mlg_silo_ei;

/**
 * Do the strong ties cross sectors, or only the weak ones?
 *
 *     EI = (sum of w across - sum of w inside) / sum of w
 *
 * over ties (arcs where they have a direction) of strength w; in projections w is the
 * view's weight (Newman's 1 / (k - 1) by default). Bounds: inside, as many of the largest
 * weights as fit, or the smallest that fit nowhere else. Expected and sd are exact under
 * "labels"; parts as silo.ei.
 *
 * A few very strong ties decide it. UCINET ignores values: compare it with silo.ei.
 *
 * @param      context  of an open study
 * @param      view     one of its views, of one kind of tie
 * @param[out] out      gets one more value, a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; several kinds of tie in the view, whose weights have no common scale.
 * Cost: as silo.ei, and O(m log m) to sort the weights.
 * Source: D. Krackhardt, R. N. Stern, 1988 (see silo.ei), with weights for counts.
 */
mlg_measure_fn mlg_silo_ei_weighted;

/**
 * Which sectors keep to themselves?
 *
 * For each sector, over the ties of its actors:
 *
 *     EI_a = (E_a - I_a) / (E_a + I_a)
 *
 * with I_a ties between two of them, counted once, and E_a ties with one end there. The part
 * "stub" counts an internal tie at both ends, as a sum over actors does; published figures
 * use either and differ much (Zachary's club: -.52 or -.73). Parts "internal", "external"
 * and "actors" are the counts. The number of ties varies from deal to deal, so that expected
 * and sd are the draws' (exact only when enumerated). p_adjusted is over the sectors.
 *
 * A sector of one actor can only have +1.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a row a sector, and a second under "degrees" for a
 *                      view of ties; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; the row of a sector whose actors have no tie is NaN.
 * Cost: O(R (n + m + sectors^2)) time and O(R sectors^2) memory, shared with silo.mixing.
 * Source: D. Krackhardt, R. N. Stern, 1988 (see silo.ei).
 */
mlg_measure_fn mlg_silo_ei_group;

/**
 * Which actors link their sector to others, and which stay inside it?
 *
 *     EI_v = (E_v - I_v) / (E_v + I_v)
 *
 * over the ties of the actor (its arcs out and in, where they have a direction). Under
 * "labels" the actor keeps its sector and the others are dealt theirs: the ties inside
 * are then hypergeometric (of n - 1 others, n_a - 1 share its sector, k are its
 * partners), and expected, sd and p are exact; a partner tied both ways counts twice. Under
 * "margins" they are the draws'. Parts "internal" and "external" are the counts.
 * p_adjusted is over the actors.
 *
 * Actors with one or two ties can only have extreme values: none of them is significant.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a row an actor; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; the row of an actor without sector or without tie is NaN. p is NaN
 * where its exact sum would pass 2e9 terms.
 * Cost: O(m) for the values; O(sum over actors of k, or k1 k2 with k1 one-way and k2 two-way
 * partners) for p; under "margins" as silo.ei.
 * Source: D. Krackhardt, R. N. Stern, 1988 (see silo.ei).
 */
mlg_measure_fn mlg_silo_ei_actor;

/**
 * Which sectors work together more, or less, than chance would have it?
 *
 * The ties between each two sectors, as a matrix: arcs from the row's sector to the column's,
 * or ties, the same both ways, with the internal ones counted once (part "stub" counts
 * their two ends, so that a table sums to 2m). An actor of several sectors counts in each.
 * Under "labels" expected and sd are exact for each cell:
 *
 *     E[O_ab] = M n_a n_b / (n (n - 1)),  inside a: M n_a (n_a - 1) / (n (n - 1))
 *
 * (M arcs; a tie is two, and inside counts half). p is two-sided, p_adjusted over the
 * distinct pairs of sectors. Parts, each with its own expectation:
 * "ratio" = observed / expected; "expected_config" keeps degrees (K_a K_b / 2m across;
 * inside (K_a^2 - sum k^2) / (2m - 1) / 2, which leaves loops out; arcs: out_a in_b / m, less
 * the loops inside) with "ratio_config"; "ratio_config_loops" is the textbook stub /
 * (K_a K_b / 2m) that does not; "expected_size" spreads m ties over all pairs of actors,
 * with "ratio_size".
 *
 * A ratio on an expectation below 5 says little. The expectations of the parts are approximate and
 * carry no p; the second value, under "degrees", has the draws' expected, interval and p, and
 * part "ratio" on them.
 *
 * Under "margins" the draws of a cell are brought to the observed number of pairs that meet: those
 * who meet in one activity meet in others too, so that fewer different pairs meet than in draws,
 * whatever the sectors.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a matrix, and a second under "degrees" for a view of
 *                      ties; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; ratios on an expectation of 0. More than 5,000 sectors: too large.
 * Cost: O(R (n + m + sectors^2)) time and O(R sectors^2) memory: fewer draws where
 * that passes 128 MB.
 * Source: M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67, 2003, 026126.
 * Moments of a cell under relabelling: derived here, checked by enumeration.
 */
mlg_measure_fn mlg_silo_mixing;

/**
 * How strongly do like sectors seek each other, on a scale that ends at 1?
 *
 *     r = (sum_a e_aa - sum_a a_a^2) / (1 - sum_a a_a^2)
 *
 * with e_aa the share of ties inside sector a, and a_a its share of the ends of ties. Weak
 * ties, unweighted: either direction counts as one tie; part "weighted" sums strengths
 * where the view has them. An actor of several sectors counts under its first. Column min is
 * -sum a^2 / (1 - sum a^2), max is 1. Expected and sd are the draws'; p is of a value as high.
 *
 * r corrects for the degrees of the sectors, not for who has them: its minimum is -1 only for
 * two sectors with equal shares, so that r = -.1 may be as far apart as can be.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar, and a second under "degrees" for a view of
 *                      ties; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; all ends of ties in one sector (0 / 0).
 * Cost: O(R (n + m)), shared with silo.modularity.
 * Source: M. E. J. Newman, 2003 (see silo.mixing), eq. 2.
 */
mlg_measure_fn mlg_silo_assortativity;

/**
 * How far do sectors divide the network into separate blocks?
 *
 *     Q = sum_a (e_aa - a_a^2)
 *
 * as for silo.assortativity: weak ties, unweighted, part "weighted" with strengths. Expected
 * and sd are exact under "labels": E[Q] = -(1 - p2) sum k^2 / (2m)^2. Columns min and max
 * are -sum a^2 and 1 - sum a^2. p is of a value as high.
 *
 * Its largest value depends on the number and sizes of sectors: two networks compare by z or
 * through silo.assortativity. Zachary's club gives .3582 for the factions as they split, and the
 * often quoted .3715 for another labelling of one member.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar, and a second under "degrees" for a view of
 *                      ties; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei. One sector: 0 by definition.
 * Cost: O(R (n + m)), shared with silo.assortativity.
 * Source: M. E. J. Newman, M. Girvan, "Finding and evaluating community structure in networks",
 * Physical Review E 69, 2004, 026113. Moments under relabelling: derived here, checked
 * by enumeration.
 */
mlg_measure_fn mlg_silo_modularity;

/**
 * Does each sector send its ties to its own, more than chance would?
 *
 * Of the d ties that the actors of a sector send, s stay in it; chance alone would keep
 * w = d (n_a - 1) / (N - 1) of them, with n_a of the N actors in it:
 *
 *     C = (s - w) / (d - w) when s > w,  else (s - w) / w
 *
 * from -1 (none stays) through 0 to 1 (all stay). Arcs; in views without direction a tie is sent
 * both ways (convention "mutual"). Columns min and max: what is attainable with what each actor
 * sends, s = sum min(k_i, n_a - 1) at most: +1 is out of reach of an actor that sends more
 * ties than its sector has others. Part "paper" has n_a / N for the share, as Coleman had (.375 for
 * .38125 in his example). Parts "internal" (s), "sent" (d), "actors".
 *
 * Null "out_degrees", of arcs: each actor sends as many to others at random, so that s is a sum of
 * independent hypergeometrics; expected, sd, interval and p (as high) are exact. In views without
 * direction the null is "labels", in those of participations "margins", from the draws that the
 * family shares. p_adjusted is over the sectors.
 *
 * Under "out_degrees" a sector whose actors everybody turns to looks attached to itself: compare it
 * with silo.mixing, whose null is "labels".
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a row a sector; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; the row of a sector of one actor, of all actors, or that sends nothing. p
 * is NaN where the exact chances would pass 1e9 terms.
 * Cost: of arcs O(sectors (n + m) + d times the width of its chances); else as silo.ei_group.
 * Source: J. S. Coleman, "Relational analysis: the study of social organizations with survey
 * methods", Human Organization 17(4), 1958, 28-36; with (n_a - 1) / (N - 1) as in M. Bojanowski,
 * R. Corten, "Measuring segregation in social networks", Social Networks 39, 2014, 14-32.
 */
mlg_measure_fn mlg_silo_coleman;

/**
 * How many times likelier is a tie between two actors of one sector?
 *
 * Over all pairs of distinct actors (ordered where ties have a direction),
 *
 *     OR = (tied inside * not tied across) / (not tied inside * tied across)
 *
 * 1 when sharing a sector changes nothing. Part "haldane" adds 0.5 to each count, so that it is
 * always finite. Column min and max: given the sizes of the sectors and the number of ties. Under
 * "labels" it rises with the ties inside, so that p (as high) is that of silo.ei: read it once.
 * Under "margins" the number of pairs that meet changes too, and p is its own, that of silo.yule_q.
 *
 * In sparse networks almost no pair is tied: OR tells of chances, not of numbers of ties.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; one sector; infinite (every pair inside is tied, or none across): then
 * part "haldane" and p stand. Expected is NaN when some draw is infinite.
 * Cost: as silo.ei, whose draws it reads.
 * Source: J. Moody, "Race, school integration, and friendship segregation in America", American
 * Journal of Sociology 107(3), 2001, 679-716; 0.5: J. B. S. Haldane, Annals of Human Genetics
 * 20(4), 1956, 309-311.
 */
mlg_measure_fn mlg_silo_odds_ratio;

/**
 * Do sharing a sector and being tied go together?
 *
 *     Q = (OR - 1) / (OR + 1)
 *
 * of silo.odds_ratio, from -1 to 1, and 1 where that is infinite. Its p is that of the odds ratio.
 *
 * The diagonal (an actor and itself) is left out; programs that count it give other values.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; one sector; nobody shares a sector; every pair is tied.
 * Cost: as silo.ei, whose draws it reads.
 * Source: G. U. Yule, "On the association of attributes in statistics", Philosophical
 * Transactions A 194, 1900, 257-319; J. Moody, 2001 (see silo.odds_ratio).
 */
mlg_measure_fn mlg_silo_yule_q;

/**
 * What share of the ties across sectors that chance would make is missing?
 *
 *     F = (E* - E) / E*,  E* = m (N^2 - sum n_a^2) / (N (N - 1))
 *
 * with E of the m ties across sectors: 0 as by chance, 1 when none crosses, below 0 when more
 * cross. Not truncated at 0 (netseg's way); part "truncated" is (Freeman's). Under "labels" the
 * mean is 0 and sd is exact; under either null p (as high) is that of silo.ei: read it once.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; one sector.
 * Cost: as silo.ei, whose draws it reads.
 * Source: L. C. Freeman, "Segregation in social networks", Sociological Methods & Research 6(4),
 * 1978, 411-429; several groups: M. Bojanowski, R. Corten, 2014 (see silo.coleman).
 */
mlg_measure_fn mlg_silo_freeman;

/**
 * Do sectors keep their ties to themselves, small ones counting as much as large ones?
 *
 *     (tr P - 1) / (G - 1),  P_aa = ends of ties inside a / ends of ties at a's actors
 *
 * over the G sectors whose actors have a tie (part "sectors"): 0 when a tie's other end tells
 * nothing of sectors, 1 when none crosses, -1 / (G - 1) when all do. Arcs count at both ends. For
 * two sectors and ties without direction it is silo.assortativity; for more, sectors weigh the same
 * whatever their size. Expected and sd are the draws'; p is of a value as high.
 *
 * One small sector can decide it.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; actors of one sector only have ties.
 * Cost: as silo.ei_group, whose draws it reads, and O(R sectors).
 * Source: S. Gupta, R. M. Anderson, R. M. May, "Networks of sexual contacts: implications for the
 * pattern of spread of HIV", AIDS 3(12), 1989, 807-817.
 */
mlg_measure_fn mlg_silo_gupta;

/**
 * What share of a sector's ties leaves it?
 *
 *     cut(S) / min(vol S, vol of the others)
 *
 * with cut the ties that leave the sector and vol the ends of ties at its actors: 0 is closed, 1
 * open. Arcs count in both directions. Parts "internal" and "ends" are the counts, "actors" the
 * sector's. Expected and sd are the draws'; p is of a value as low, p_adjusted over the sectors.
 *
 * A sector with more than half of all ends is measured against the others' side.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a row a sector; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: as silo.ei; the row of a sector whose actors have no tie, or all of them.
 * Cost: as silo.ei_group, whose draws it reads.
 * Source: R. Kannan, S. Vempala, A. Vetta, "On clusterings: good, bad and spectral", Journal of the
 * ACM 51(3), 2004, 497-515.
 */
mlg_measure_fn mlg_silo_conductance;

/**
 * Does an actor live among its own, who live among theirs?
 *
 * Each actor shares 1 evenly among its contacts (weak ties, unweighted). Of these shares, those
 * inside a sector make a matrix B for each connected piece of it, with largest eigenvalue l and its
 * vector x:
 *
 *     SSI_i = l x_i / mean(x)
 *
 * so that the mean of a piece is l, from 0 to 1, 1 when no tie leaves it; an actor's own value can
 * exceed 1. Alone in its piece an actor has 0. An actor of several sectors counts under its first.
 * The second value has scope sector (convention "mean"): the mean of its actors with a contact,
 * whose number is part "actors".
 *
 * It depends on the sector's size as silo.ei does, and is not tested: silo.conductance and
 * silo.ei_group are.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK or MLG_ENOMEM.
 *
 * Undefined: no actor with a sector; no tie between two such actors; the row of an actor without a
 * contact of known sector.
 * Cost: O(n + m) for each step of Lanczos, some dozens a piece.
 * Source: F. Echenique, R. G. Fryer, "A measure of segregation based on social interactions",
 * Quarterly Journal of Economics 122(2), 2007, 441-485.
 */
mlg_measure_fn mlg_silo_ssi;

/**
 * Do an actor's partners, an activity's participants, come from different sectors?
 *
 *     Blau = 1 - sum p_a^2
 *
 * with p_a the shares of the sectors among an actor's contacts (weak ties, unweighted; convention
 * "contacts"). In views of participations a second value, of scope activity, has those among each
 * activity's participants ("participants"). Actors count under their first sector, those without
 * one do not. Parts: "unbiased" = 1 - sum x_a (x_a - 1) / (k (k - 1)), the share of the pairs among
 * the k counted that differ, which alone compares bunches of different sizes; "iqv" = Blau
 * G / (G - 1), G sectors in the view; "shannon" = -sum p_a ln p_a; "evenness" = shannon / ln of the
 * "sectors" counted; "counted" = k.
 *
 * Expected and sd are exact for k actors drawn at random (an actor's own sector kept out of the
 * others'): E = (1 - 1/k) (1 - sum n_a (n_a - 1) / (N (N - 1))). There is no p: who attends much
 * and who little is not kept, as silo tests on participations must.
 *
 * Blau of two is 0 or .5 whatever the sectors: read it against its expected value.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one or two more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK or MLG_ENOMEM.
 *
 * Undefined: no actor with a sector; the row of an actor or activity without anybody of known
 * sector. One counted: Blau is 0, unbiased NaN.
 * Cost: O(n + m + participations).
 * Source: P. M. Blau, Inequality and heterogeneity, 1977; unbiased: E. H. Simpson, Nature 163,
 * 1949, 688. Moments for draws without replacement: derived here, checked by enumeration.
 */
mlg_measure_fn mlg_silo_diversity;

/**
 * Left to themselves, do ties form the groups that the sectors are?
 *
 * Communities are the partition of highest modularity
 *
 *     Q = sum_c (e_cc - a_c^2)
 *
 * that the Leiden method finds from many seeds (100; fewer where the work is large, parts "runs"
 * says how many): weak ties, each once; resolution 1 / (2m), actors weigh their degrees, passes
 * until Q rises no more (20 at most, fewer where the work is large). An actor without a tie is a
 * community of its own. Of equal Q the first seed's counts. Three values:
 *
 * "sectors": agreement with the first sectors of the actors that have one,
 *
 *     AMI = (MI - E[MI]) / ((H_c + H_s) / 2 - E[MI])
 *
 * 1: the same groups, 0: as by chance (exactly, the sectors dealt again); p is of a value as high.
 * Parts "nmi" (MI over the mean of the entropies: above 0 by chance), "ari" (adjusted Rand index)
 * with its "ari_p", "vi" (variation of information, nats), what is compared, and "weighted": the
 * AMI of communities found with strengths. MI, NMI, VI and AMI have one and the same p.
 *
 * "modularity": Q of the communities. Parts "communities", "groups" (of at least two), "alone",
 * "runs", "stability" (mean adjusted Rand index of two runs), "together" (of the pairs of actors
 * in one community, the mean share of the runs that put them in one).
 *
 * "community": for each actor the number of its community, the largest first; part "stability"
 * is the mean share of the runs that keep it with each of its companions.
 *
 * The method searches and proves nothing. Every network has a partition of highest Q, random ones
 * too: groups that change from run to run are none. Q has no null here: compare it with nothing.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets three more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_EENGINE, or MLG_ESTOP.
 *
 * Undefined: without a tie. Agreement: no actor with a sector; one community and one sector.
 * Cost: O(runs m log n) and O(R n) for R draws.
 * Source: V. A. Traag, L. Waltman, N. J. van Eck, "From Louvain to Leiden", Scientific Reports 9,
 * 2019, 5233; N. X. Vinh, J. Epps, J. Bailey, "Information theoretic measures for clusterings
 * comparison", Journal of Machine Learning Research 11, 2010, 2837-2854; L. Hubert, P. Arabie,
 * "Comparing partitions", Journal of Classification 2, 1985, 193-218.
 */
mlg_measure_fn mlg_silo_communities;

/**
 * Does collaboration cross levels of coordination, or stay inside them?
 *
 *     EI = (E - I) / (E + I)
 *
 * as silo.ei, with levels (clinical, organisational, strategic; or local, state, national) for
 * sectors: E ties join two levels. An actor has the level of its row in actors.csv; where that
 * says none, the one that all its services and people who say one have. The others leave the
 * graph.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: no actor with a level; no tie between two such actors; actors that are sectors or
 * schemes.
 * Cost: as silo.ei; under "margins" fewer draws where the work is large.
 * Source: D. Krackhardt, R. N. Stern, 1988 (see silo.ei); levels: this project's, after the
 * exchange day of 2017 (S0:377-383).
 */
mlg_measure_fn mlg_silo_ei_level;

/**
 * Is coordination horizontal, vertical or diagonal?
 *
 *     share = ties of the direction / ties between actors of known sector and level
 *
 * "internal": same level, a sector in common; "horizontal": same level, other sector;
 * "vertical": other level, a sector in common; "diagonal": other level and other sector, or any
 * tie with a group of residents. Four values, one a direction; weak ties, each once. Under
 * "labels" each actor's sectors and level are dealt again together among those that have both (and
 * residents): expected is exact, sd the draws'. Under "margins" both are the draws'. p is
 * two-sided, p_adjusted over the four. Parts "ties", "known_ties" of "all_ties", "known_actors" of
 * "all_actors".
 *
 * The four shares make 1: one below its expectation puts another above.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets four more values, scalars; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: no actor with a level; no actor with sector and level; no tie between two such
 * actors; actors that are sectors or schemes.
 * Cost: O(R (n + m)); under "margins" O(R (participations + pairs that meet)), fewer draws where
 * that is large.
 * Source: this project's, after the three coordinations of the exchange day of 2017 (S0).
 */
mlg_measure_fn mlg_silo_directions;

/**
 * Do those who know each other work together?
 *
 * Of the study itself: `view` is -1. For each two kinds of tie, the more frequent first, the
 * number of pairs of actors that have both. Parts "share_of_a" and "share_of_b" (of the pairs that
 * have the first, the second), "ties_a", "ties_b", "lift" = both / expected,
 * "jaccard" = both / either, "actors". Weak ties. Null: the actors of one kind are permuted among
 * all that have a tie of any kind (as in a QAP test):
 *
 *     E[both] = m_a m_b / (n (n - 1) / 2)
 *
 * Expected and sd are exact, p is the draws', of a value as high; p_adjusted over the pairs.
 *
 * Where each pair was asked for one kind only, none has two: a low number then says nothing.
 *
 * @param      context  of an open study
 * @param      view     -1
 * @param[out] out      gets one more value, a row a pair of kinds; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: fewer than two kinds of tie, each with its view.
 * Cost: O(R (n + m log n)) for each pair of kinds; fewer draws where that is large.
 * Source: D. Krackhardt, "Predicting with networks", Social Networks 10, 1988, 359-381, for the
 * null; N. Mantel, Cancer Research 27, 1967, 209-220, for its moments.
 */
mlg_measure_fn mlg_silo_ladder;

/**
 * Does a chosen kind of tie tell another story than all of them?
 *
 * Of a view named in study.csv (formal ties, recent ones...), the share of its ties that join two
 * sectors. Expected is that share in the view it was taken from, with the same source, kind and
 * period and no condition: were the m' ties of the named view picked at random among
 * the m, those inside sectors would be hypergeometric(m, I, m'), which gives sd, interval
 * and p (two-sided) exactly. Parts "ties" and "ties_all" are m' and m, between actors of known
 * sector.
 *
 * It asks whether the choice of ties follows sectors, given all ties; that both views may be
 * silos is for silo.ei. Ties of one actor are not independent, so that p is a little too small.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: views of participations; views without condition; no wider view in the run, or one
 * that lacks some of the ties; as silo.ei.
 * Cost: as silo.ei for both views, and O(m) for p.
 * Source: this project; the hypergeometric law of a choice without replacement.
 */
mlg_measure_fn mlg_silo_contrast;

#ifdef __cplusplus
}
#endif

#endif
