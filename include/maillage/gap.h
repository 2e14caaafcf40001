/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GAP_H
#define MLG_GAP_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Missing coordinations: schemes that serve the same people on the same themes, and whose
 * participants are not the same.
 *
 * Rows are the actors of a view of participations (organisations, or persons with --by actor);
 * one sits in a scheme when it takes part, in the period, in an activity whose `schemes` name it.
 * Actors and activities of no scheme are left out and counted.
 *
 * Null "margins" with structural zeros: seats are dealt again so that each actor sits in as many
 * schemes and each scheme has as many actors; and none sits in a scheme whose territory its own
 * (actors.territory, sites.csv) does not meet, or whose dates it does not. What is unknown forbids
 * nothing; seats on record are always allowed. Tables are drawn by curveball, between actors or
 * between schemes, whichever sizes are more even, each trading only what the other may hold, with
 * rounds of three and more; from the observed table 12 trades each back (24 where there are
 * structural zeros; times tau / 2 where tau, the largest over the mean of the others, passes 2:
 * what is long is slow to renew), then for each draw as many forward (Besag and Clifford), so that
 * p is valid however few. Without zeros mean, sd and interval are over all R + 1 tables, the
 * observed among them. With zeros tables mix slowly and all R draws lean the way of their one walk
 * back: p and p_adjusted stay on them, while expected, sd, interval and z are over R further draws,
 * shared among a hundred other walks.
 *
 * Whether a pair is testable is seen in the draws: with few of them more or fewer pairs are, and
 * p_adjusted, which is over these, moves with it. With 9,999 draws it hardly does.
 */

/** What is known of a pair of schemes: part `stratum`. Pairs of a stratum above MLG_GAP_KNOWN are
 * compared apart: who is adjusted for whom must not depend on an empty cell. */
typedef enum mlg_gap_stratum {
    MLG_GAP_NOT_COMPARED, /**< under a tenth of the population, or no theme, in common */
    MLG_GAP_KNOWN,
    MLG_GAP_THEME_UNKNOWN,
    MLG_GAP_TERRITORY_UNKNOWN,
    MLG_GAP_BOTH_UNKNOWN,
    MLG_GAP_SECTOR_UNKNOWN = MLG_GAP_THEME_UNKNOWN, /**< of actors: gap.meetings */
} mlg_gap_stratum;

/**
 * Which schemes that overlap are not coordinated?
 *
 *     X_ab = actors that sit in both, against its mean mu under the null; deficit = mu - X
 *
 * Two values. By pair of schemes with a seat, X with expected, sd, interval, z = (X - mu) / sd, p
 * (as few) and p_adjusted: family-wise, the share of the R + 1 tables in which some testable pair
 * of the family lies as far below its mean (max-z, Westfall and Young, single step). Compared are
 * pairs whose `population_overlap` = |A and B| / the smaller's population is at least .1, and that
 * share a theme (of the schemes, or else of their activities); where one is unknown the pair is
 * compared in a family of its own. Parts: `deficit`, the actors to introduce; `ratio` = (X + .5) /
 * (mu + .5); `population_overlap` (in units where a population is unknown, or nobody lives in one
 * of the two); `theme_overlap` (Jaccard), `shared_themes`; `eligible`; `testable` (the fewest seen
 * are rare enough, in at most 5 % of the tables, to be told from chance); `stratum`
 * (mlg_gap_stratum); `common_units`; `reach` = population in both / in either. Ranked: tested pairs
 * by z, then those that could not be, then the others; the first 1,000 of `total`.
 *
 * Then, convention `tested_share`, one number: tested / eligible pairs, with parts `schemes`,
 * `schemes_without_seat`, `actors`, `actors_outside` (in no scheme's activity),
 * `activities_outside` (of no scheme), `pairs`, `eligible`, `known` (of these, nothing unknown),
 * `testable`, `barred` (share of the cells that are structural zeros).
 *
 * The two need not be one body: a pair far below its mean is a question to ask, not a fault. A
 * presence that was not recorded reads as an absence.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE over the run's memory bound.
 *
 * Undefined: without participations, schemes, or two schemes with a seat; actors collapsed into
 * sectors or schemes; over 1,000 schemes. Expected to p_adjusted: pairs not compared; z: one
 * reachable table; p_adjusted: not testable.
 * Cost: O(R (seats + pairs of seats of an actor)); fewer draws where their counts pass 128 MB.
 * Source: this project's statistic. Trades: G. Strona et al., Nature Communications 5, 2014, 4114;
 * structural zeros as in A. R. Rao, R. Jana, S. Bandyopadhyay, Sankhya A 58, 1996, 225-242;
 * p: J. Besag, P. Clifford, Biometrika 76(4), 1989, 633-642; adjusted: P. H. Westfall, S. S. Young,
 * "Resampling-based multiple testing", 1993.
 */
mlg_measure_fn mlg_gap_schemes;

/**
 * Which missing coordination stands out most?
 *
 * The tested pairs of gap.schemes by z, lowest first, with the three factors behind each, none of
 * which ranks: parts `population_overlap`, `theme_overlap`, and the strength of the tie as `ratio`
 * = (X + .5) / (mu + .5); `by_units`: 1 where the overlap counts units.
 *
 * The product of the factors finds small schemes and nested perimeters, not gaps: it is not given.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE over the run's memory bound.
 *
 * Undefined: as gap.schemes; no pair compared; none testable; no draws.
 * Cost: shared with gap.schemes.
 * Source: as gap.schemes.
 */
mlg_measure_fn mlg_gap_score;

/**
 * Who meets less often than expected?
 *
 *     X_ab = activities that both attend, against its mean mu under the null
 *
 * The null is that of the schemes, on the table of who takes part in what: each actor keeps its
 * number of activities and each activity its number of actors, and none takes part in an activity
 * whose territories its own do not meet, or whose dates it does not. Two values. By pair of actors
 * of different sectors, X with expected, sd, interval, z, p (as few) and p_adjusted: family-wise
 * (max-z) over the pairs that are testable. Pairs with an unknown sector are a family of their own
 * (part `stratum` 2). Where there are more than 1,000 pairs, those with the largest product of the
 * two numbers of activities are compared, which no draw changes. Parts: `deficit` = mu - X; `ratio`
 * = (X + .5) / (mu + .5); `testable`: the fewest seen are rare enough, in at most 5 % of the
 * tables, to be told from chance (the others cannot be told and are left out of the adjustment);
 * `stratum`; `activities_a`, `activities_b`; `common_neighbours` and `resource_allocation` (the sum
 * of 1/degree over them): through whom the two could meet, never advice. Then, convention
 * `tested_share`, one number: tested / compared pairs, with parts `actors`, `activities`,
 * `different_sectors`, `unknown_sectors`, `same_sector` (pairs there are), `compared`, `testable`,
 * `barred`.
 *
 * A pair far below its mean may have no reason to meet; and a presence that was not recorded
 * reads as an absence.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE over the run's memory bound.
 *
 * Undefined: without participations; fewer than two actors with one; all of one sector; actors
 * collapsed into sectors or schemes; structural zeros over 1e9 cells; no draws.
 * Cost: O(R participations); fewer draws, at least 99, past 1e9 steps; none past 5e9.
 * Source: as gap.schemes; resource allocation: T. Zhou, L. Lu, Y.-C. Zhang, European Physical
 * Journal B 71, 2009, 623-630.
 */
mlg_measure_fn mlg_gap_meetings;

/**
 * Which sectors sit together less often than expected?
 *
 *     X_AB = activities with somebody of A and somebody of B, against its mean mu under the null
 *
 * By pair of sectors, from the draws of gap.meetings, tested and adjusted alike; an actor of
 * several sectors counts for each. All sectors of the view are listed; one that takes part in
 * nothing is not tested. Parts `deficit`, `ratio`, `testable`, `activities_a`, `activities_b`.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets one more value; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE over the run's memory bound.
 *
 * Undefined: as gap.meetings; no sector known; a single sector; more than 45 sectors.
 * Cost: shared with gap.meetings.
 * Source: as gap.meetings.
 */
mlg_measure_fn mlg_gap_sectors;

#ifdef __cplusplus
}
#endif

#endif
