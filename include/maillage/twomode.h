/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_TWOMODE_H
#define MLG_TWOMODE_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Co-participation: what the table of who takes part in what says of itself. A seat is
 * one actor in one activity, counted once, after persons and services collapsed into their
 * organisation. Actors that are only listed, without a seat, count for nothing here but where
 * it is said.
 *
 * One plenary makes everybody meet everybody, so that networks projected from participations look
 * integrated and clustered whatever people do. These measures read the table instead, and what they
 * say stands beside the null "margins": tables drawn uniformly among those where each actor
 * keeps its number of activities and each activity its number of actors (curveball trades between
 * actors or between activities, whichever sizes are more even, and the more of them the less even;
 * Besag and Clifford's p), run->draws of them, or as many as the work allows, which the value says.
 * Where the margins leave a figure nothing to chance, p is NaN.
 *
 * Sources of the null: G. Strona et al., Nature Communications 5, 2014, 4114; C. J. Carstens, A.
 * Berger, G. Strona, arXiv:1609.05137; J. Besag, P. Clifford, Biometrika 76(4), 1989, 633-642.
 */

/**
 * How many take part in each activity?
 *
 * Participants of each, after collapsing; then, as convention "mean", how they spread
 * over the activities that have any: median, largest, gini (mean difference over twice the mean),
 * single_share (activities of one participant), counted (activities), seats, empty.
 *
 * A size is of what was recorded: a plenary of which only the hosts were noted is small.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an activity and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK or MLG_ENOMEM.
 *
 * Undefined: no participation.
 * Cost: O(n log n).
 * Source: R. L. Breiger, "The duality of persons and groups", Social Forces 53(2), 1974, 181-190:
 * the diagonal of the activities' product.
 */
mlg_measure_fn mlg_twomode_sizes;

/**
 * In how many activities does each actor take part?
 *
 * As twomode.sizes, for actors; part without counts those who are listed and have no
 * seat, which the mean and the others leave out.
 *
 * Many seats are many occasions to meet, and many demands on one's time: nothing more.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a row an actor and a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK or MLG_ENOMEM.
 *
 * Undefined: no participation.
 * Cost: O(n log n).
 * Source: R. L. Breiger, 1974 (see twomode.sizes).
 */
mlg_measure_fn mlg_twomode_memberships;

/**
 * Who works together in small groups, rather than in plenaries?
 *
 *     w_ij = sum of 1 / (k_e - 1) over the activities e that i and j share, k_e actors each
 *
 * The first 1,000 pairs; total is how many pairs meet at all. Parts are the other weights in
 * use: count (shared activities), per_size (sum of 1 / k_e), per_pair (sum of 1 / C(k_e, 2)).
 * Then, as convention "strength", each actor's sum of weights, which is the number
 * of its activities with somebody else.
 *
 * Each activity shares one unit of each actor's attention among those it meets there, as if all
 * activities took as long.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, pairs and a row an actor; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: no activity with two actors. Pairs, not strengths, are too large when the
 * activities hold over 3e8 meetings, unless the run forces it.
 * Cost: O(sum of k^2) for the pairs, O(participations) for strengths.
 * Source: M. E. J. Newman, "Scientific collaboration networks II", Physical Review E 64, 2001,
 * 016132.
 */
mlg_measure_fn mlg_twomode_newman;

/**
 * Which actors take part in the same activities, whatever their number?
 *
 *     J_ij = |A_i and A_j| / |A_i or A_j|
 *
 * over the sets of activities A of two actors: the first 1,000 pairs, equal ones by what they
 * share. Parts count, overlap (over the smaller set: Szymkiewicz and Simpson), cosine (over
 * sqrt(|A_i| |A_j|): Ochiai).
 *
 * Two actors of one shared activity have 1: read count beside it. Overlap is 1 for whoever only
 * sits where another, who sits everywhere, does.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, pairs; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: no activity with two actors; over 3e8 meetings, unless the run forces it.
 * Cost: O(sum of k^2).
 * Source: P. Jaccard, Bulletin de la Société vaudoise des sciences naturelles 37, 1901, 547-579.
 */
mlg_measure_fn mlg_twomode_jaccard;

/**
 * Do two partners of one actor also meet without it?
 *
 *     C* = closed paths of four / paths of four
 *
 * A path of four joins three different actors over two different activities: i - e - v - f - j.
 * It is closed when i and j share a third activity (v may be there). The first scalar, "actors",
 * is that; the second, "activities", turns the table: two activities that have an actor
 * in common with a third. Part paths is their number. p is of a value as high.
 *
 * Counting takes as many steps as there are paths and meetings: beyond 3e8 (caution approximate)
 * 400,000 paths are drawn instead, with standard_error. Beyond 2e6, the draws look at 5,000
 * paths each: part tested is the same of the observed table, which p is of.
 *
 * Transitivity of the projection is near 1 whatever happens: do not use it instead.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, scalars; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: no path of four.
 * Cost: O(paths + meetings) for the value, O(R (participations + paths or sampled ones)) for R
 * draws, about 4e8 steps of draws unless forced, 99 draws up to 2.5e9; shared with the next two.
 * Source: T. Opsahl, "Triadic closure in two-mode networks", Social Networks 35(2), 2013, 159-167.
 */
mlg_measure_fn mlg_twomode_clustering;

/**
 * Do those who meet once meet again?
 *
 *     C4 = 4 squares / paths of three
 *
 * with squares = two actors in two activities, and paths of three i - e - j - f over two
 * actors and two activities: the share of them that close. Parts squares, paths. p is of a value
 * as high.
 *
 * It rises with the fill of the table: read z and p.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value, a scalar; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: no path of three.
 * Cost: O(sum over participations of the smaller of both margins), for each draw; see
 * twomode.clustering.
 * Source: G. Robins, M. Alexander, "Small worlds among interlocking directors", Computational and
 * Mathematical Organization Theory 10, 2004, 69-94; as in networkx.
 */
mlg_measure_fn mlg_twomode_robins_alexander;

/**
 * Do small activities gather only those who also sit in the large ones?
 *
 *     NODF = 100 x mean over pairs of |shared| / smaller margin, or 0 when the margins are equal
 *
 * over the pairs of actors and the pairs of activities, 0 to 100: nestedness by overlap and
 * decreasing fill. "sorted" is of both sorted by margin; the scalars "actors" and "activities",
 * also parts rows and columns, are of either side: high for activities where
 * the small ones are subsets of the large. Part given (with given_rows, given_columns) keeps
 * the order of the tables instead, as some programs do: Davis's women have 29.4 so and 48.6
 * sorted. Actors and activities without a seat are left out; part with_empty counts their pairs as
 * 0, as vegan does. fill is the share of the table's cells that are seats. p is of a value as high.
 *
 * "weighted" comes last, when a participation has hours (column hours of participations.csv; those
 * of its rows add up): WNODF, the share of the smaller one's cells that are of fewer hours than the
 * same cell of the larger one, instead of shared / smaller margin; parts actors, activities (of
 * either side), weighted_share (participations that have hours), missing (how many have
 * none: with one, it is undefined), no_time (of 0 hours, not counted as participations). It has no
 * null, hence no p: no draw says which hours go with a traded seat. Cells as long count 0: where
 * hours are those of the meeting, the same for all present, part actors is 0 whatever the table.
 *
 * It follows fill and the spread of margins: a value alone says nothing.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets three more values, scalars, or four; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESTOP.
 *
 * Undefined: fewer than two on both sides; of a side, fewer than two there; weighted: some
 * participation without hours.
 * Cost: O(participations), and see twomode.clustering; weighted: O(rows log rows).
 * Source: M. Almeida-Neto et al., "A consistent metric for nestedness analysis in ecological
 * systems", Oikos 117, 2008, 1227-1239; weighted: M. Almeida-Neto, W. Ulrich, "A straightforward
 * computational approach for measuring nestedness using quantitative matrices", Environmental
 * Modelling & Software 26, 2011, 173-178.
 */
mlg_measure_fn mlg_twomode_nodf;

/**
 * Do the activities themselves bring sectors together?
 *
 *     mean over activities of 1 - sum x_a (x_a - 1) / (k (k - 1))
 *
 * with x_a of k participants in sector a: the share of pairs of participants that are of
 * different sectors (unbiased Blau), each activity counting once, however large (scalar
 * "pairs"). Scalar "two_sectors" is the share of activities with two sectors at least. The list
 * "sectors" has for each activity how many sectors it gathers, with the expected number
 * and p_adjusted (Benjamini-Hochberg over the activities), parts participants, known (of known
 * sector) and across (its share of pairs). p is of a value as low.
 *
 * Activities of one participant, and of fewer than two of known sector, are left out: parts
 * single, too_few_known; some_unknown counts, of those kept, the ones with a participant
 * of unknown sector. An actor of several sectors is of one sector with whoever shares one. The
 * null keeps sectors with their actors, in the table of the actors that have one.
 * largest_pairs is what the largest tenth of the activities makes of all pairs that meet.
 *
 * Two scalars of one table: they are not independent. The p of one small activity is never
 * small.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets three more values, two scalars and a row an activity; none after a
 *                      failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESIZE, or MLG_ESTOP.
 *
 * Undefined: no sector known; each actor is a sector; no activity with two actors of known sector.
 * Cost: O(R participations) for R draws, at most about 1e9 steps unless forced; where actors have
 * several sectors, and the squared number of different sets of sectors in each activity.
 * Source: this project; unbiased: E. H. Simpson, "Measurement of diversity", Nature 163, 1949, 688.
 */
mlg_measure_fn mlg_twomode_sector_mixing;

/**
 * Do a few hold most of the seats?
 *
 * The share of all seats that the tenth of the actors with most of them hold (rounded up, over
 * actors with a seat). Parts top (how many they are), top_seats, three (share of the first
 * three), half (the fewest who hold half of the seats), gini, actors, seats. Then, as convention
 * "share", each actor's share of all seats, with part activities.
 *
 * Margins are what the null keeps: there is no p. Whether small activities only gather
 * those of the large ones is twomode.nodf's test. Whoever is asked everywhere is asked too
 * much: no reproach.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values, a scalar and a row an actor; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK or MLG_ENOMEM.
 *
 * Undefined: no participation.
 * Cost: O(n log n).
 * Source: this project.
 */
mlg_measure_fn mlg_twomode_usual_suspects;

/**
 * Who shares more activities than two drawn by lot would?
 *
 *     P(X >= x), X ~ Hypergeometric(activities, k_a, k_b)
 *
 *
 * On request only (`--backbone`, or named). Values: pairs of actors that share an activity, by p
 * (the first 1,000 of `total`): the activities both attend, with expected, p (of as many or more)
 * and p_adjusted (Benjamini-Hochberg over all pairs of actors with a participation: those that
 * share nothing are of the family too, with p = 1), parts `kept` (p < .05, nothing adjusted, as R's
 * package backbone does unless asked) and `kept_adjusted`; then how many pairs are kept, convention
 * `raw`, parts `pairs` (the family), `sharing`, `least_p`, `could_pass` (pairs that
 * would be kept if they shared all that the two could), and convention `adjusted`.
 * An activity that everybody attends counts as much as one of two: a large plenary makes many
 * pairs look close.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets three more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESIZE past 2e8 pairs.
 *
 * Undefined: without participations; fewer than two actors with one; no activity shared.
 * Cost: O(meetings + pairs of numbers of activities).
 * Source: M. Tumminello, S. Micciche, F. Lillo, J. Piilo, R. N. Mantegna, PLoS ONE 6(3), 2011,
 * e17994.
 */
mlg_measure_fn mlg_backbone_of_hypergeometric;

/**
 * Who shares more activities than both margins explain in the mean?
 *
 *     P(X >= x), X = sum of independent trials p_aj p_bj, p_ij = x_i y_j / (1 + x_i y_j)
 *
 *
 * On request only (`--backbone`, or named). Values: pairs of actors that share an activity, by p
 * (the first 1,000 of `total`): the activities both attend, with expected, p (of as many or more)
 * and p_adjusted (Benjamini-Hochberg over all pairs of actors with a participation: those that
 * share nothing are of the family too, with p = 1), parts `kept` (p < .05, nothing adjusted, as R's
 * package backbone does unless asked) and `kept_adjusted`; then how many pairs are kept, convention
 * `raw`, parts `pairs` (the family), `sharing`, `least_p`, `could_pass` (pairs that
 * would be kept if they shared all that the two could), and convention `adjusted`.
 * Tails are exact (R's package takes a normal approximation: it differs in the third
 * decimal). Cells that the margins decide (full and empty rows, tight faces of Gale and Ryser) are
 * 0 or 1. Margins that only hold in the mean make shared activities too many in the mean, by about
 * half the sum of p(1 - p): a screen, which keeps little or nothing of small tables.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets three more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, or MLG_ESIZE past 2e8 pairs.
 *
 * Undefined: without participations; fewer than two actors with one; no activity shared.
 * Cost: O(meetings + (numbers of activities)^3 + their pairs x sizes of activities x shared^2).
 * Source: Z. Neal, Social Networks 39, 2014, 84-97; F. Saracco, R. Di Clemente, A. Gabrielli, T.
 * Squartini, Scientific Reports 5, 2015, 10595.
 */
mlg_measure_fn mlg_backbone_of_sdsm;

/**
 * Who shares more activities than both margins explain?
 *
 *     p = (1 + draws in which the two share as many or more) / (1 + draws)
 *
 *
 * On request only (`--backbone`, or named). Values: pairs of actors that share an activity, by p
 * (the first 1,000 of `total`): the activities both attend, with expected, p (of as many or more)
 * and p_adjusted (Benjamini-Hochberg over all pairs of actors with a participation: those that
 * share nothing are of the family too, with p = 1), parts `kept` (p < .05, nothing adjusted, as R's
 * package backbone does unless asked) and `kept_adjusted`; then how many pairs are kept, convention
 * `raw`, parts `pairs` (the family), `sharing`, `least_p`, and convention `adjusted`.
 * Tables are drawn by curveball, from the observed one as many trades back as then forward
 * for each draw (Besag and Clifford). expected is the mean over the draws and the observed.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets three more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE past 2e8 pairs.
 *
 * Undefined: without participations; fewer than two actors with one; no activity shared; no draws.
 * Cost: O(R (participations + meetings)); fewer draws past 1e10 steps.
 * Source: as the above; G. Strona et al., Nature Communications 5, 2014, 4114; J. Besag, P.
 * Clifford, Biometrika 76(4), 1989, 633-642.
 */
mlg_measure_fn mlg_backbone_of_fdsm;

#ifdef __cplusplus
}
#endif

#endif
