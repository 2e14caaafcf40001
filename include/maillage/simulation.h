/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SIMULATION_H
#define MLG_SIMULATION_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the network becomes month by month under the departure model: people leave at rates by
 * their contract, at dated ends and at elections, all posts of a person together; what they tie is
 * kept or lost row by row by who holds it; posts stay vacant, are refilled or not, have an interim
 * or not; activities pause when nobody convenes them; lost rows are knit again once their posts
 * are filled. Every number of the model is an assumption unless study.csv states it or the study's
 * dates tell it; `maillage simulate` prints which.
 *
 * Each function appends one value a view (elasticities: one an outcome, told apart by its
 * convention). They share one set of replicates: run->draws with run->force, in a report at most
 * 999, fewer where the study is large; `draws` of the value says how many. Where nothing can be
 * played the value has its reason and no number, and the answer is MLG_OK. All of them answer
 * MLG_ENOMEM when memory is short, MLG_EIO when the run's checkpoint cannot be used or written and
 * MLG_ESTOP when the run was cancelled, with nothing appended.
 *
 * Three uncertainties, kept apart. `low_5`, `high_95` and `worst`: of single replicates, what
 * chance alone can do. `mc_error`: standard error of the mean for want of more replicates.
 * `parameter_low`, `parameter_high`: 5 and 95 % of the mean over 64 other sets of the model's
 * numbers, each drawn within its range (a Latin hypercube, half below the number, half above), all
 * with the same random numbers. */

/**
 * How many cross-sector pairs stay connected, month after month?
 *
 *     mean over replicates of the pairs connected in month 0, 1, 2 ...
 *
 * Pairs of actors of known sectors with none in common, joined by a path of rows that are up. `at`
 * is the month from the study's date; month 0 has posts that are vacant today as they are. Parts:
 * `low_5`, `high_95`, `worst` (smallest), `mc_error`, `parameter_low`, `parameter_high`, as above.
 *
 * It says what the assumptions imply, not what will happen; nobody new comes into the network but
 * holders of the posts there are. A densely recorded network loses few pairs whatever happens:
 * read it beside the completeness of the tables.
 *
 * Undefined: without a post and without a person who could leave; without a view of actors; without
 * a tie; without two known sectors; without draws.
 * Cost: O(R (e + c)) for R replicates, e departures in each and c rows that they touch; 65 plays.
 * Source: this project's (TURNOVER); pairs as in S. P. Borgatti, Computational and Mathematical
 * Organization Theory 12, 2006, 21-34, equation 4; hypercube: M. D. McKay, R. J. Beckman, W. J.
 * Conover, Technometrics 21(2), 1979, 239-245.
 */
mlg_measure_fn mlg_turnover_simulation_pairs;

/**
 * How near do actors stay to each other, month after month?
 *
 *     mean over replicates of the mean of 1 / distance over pairs of counted actors
 *
 * Parts as turnover.simulation.pairs, but without the band of the model's numbers: distances take
 * long. In a report only up to 300 actors and activities, with force up to 3,000.
 *
 * Undefined: as turnover.simulation.pairs, sectors apart; fewer than two actors that stay; too
 * large.
 * Cost: O(R h n m) for R replicates, h months in which something changes, n actors and m rows.
 * Source: this project's (TURNOVER); V. Latora, M. Marchiori, Physical Review Letters 87, 2001,
 * 198701.
 */
mlg_measure_fn mlg_turnover_simulation_efficiency;

/**
 * How many schemes have a coordinator, month after month?
 *
 *     mean over replicates of the schemes with a coordinating post that is filled or in interim
 *
 * Over schemes in force today whose coordination is on record; one that ends is counted no more,
 * unless it is renewed. Parts as turnover.simulation.pairs.
 *
 * A scheme whose coordinator nobody recorded is not counted: complete posts.csv first.
 *
 * Undefined: as turnover.simulation.pairs, ties and sectors apart; no coordination on record.
 * Cost: as turnover.simulation.pairs.
 * Source: this project's (TURNOVER).
 */
mlg_measure_fn mlg_turnover_simulation_schemes;

/**
 * How many residents does a coordinator cover, month after month?
 *
 *     mean over replicates of the residents of units whose coordinating post is filled or in
 * interim
 *
 * Over units with known residents that a coordinating post covers today, by its territory or that
 * of its schemes. Parts as turnover.simulation.pairs.
 *
 * Undefined: as turnover.simulation.schemes; no unit with known residents is covered.
 * Cost: as turnover.simulation.pairs.
 * Source: this project's (TURNOVER).
 */
mlg_measure_fn mlg_turnover_simulation_population;

/**
 * How many months of coordination would be lost?
 *
 *     mean over replicates of the sum over coordinating posts of their months without anybody
 *
 * A month of one post that nobody fills, not even as interim, is one month of coordination. Parts:
 * `low_5`, `high_95`, `worst` (largest), `mc_error`, `parameter_low`, `parameter_high`; `out_of`,
 * months times posts that coordinate; `departures`, the mean number of people who leave.
 *
 * Posts that are vacant today count from the first day.
 *
 * Undefined: as turnover.simulation.schemes.
 * Cost: as turnover.simulation.pairs.
 * Source: this project's (TURNOVER).
 */
mlg_measure_fn mlg_turnover_simulation_months_lost;

/**
 * What does each post stand for, when it never falls vacant?
 *
 *     E[outcome | who holds the post never leaves] - E[outcome]
 *
 * The mean over months 1 ... of connected cross-sector pairs (the value), and parts `schemes`,
 * `population`; `months_lost`, the months of coordination that its departures cost; each with its
 * Monte-Carlo standard error (`pairs_error` ...); `leaves`, the share of replicates in which the
 * holder leaves. Both plays have the same random numbers, so that their difference is due to the
 * departures alone. Posts of one person fall together and have the same figures; whoever holds no
 * post on record and coordinates nothing is not listed. In a report not all posts are played when
 * there are very many: those that coordinate come first, `total` says how many there are.
 *
 * A post stands for much because much is recorded of it and because its holder is likely to leave:
 * it is no worth of the person.
 *
 * Undefined: as turnover.simulation.pairs; without a post on record.
 * Cost: O(R q) more for each post, q the share of replicates in which its holder leaves.
 * Source: this project's (TURNOVER).
 */
mlg_measure_fn mlg_turnover_simulation_posts;

/**
 * How long does the network take to come back to today's pairs?
 *
 *     median months from the first fall of pairs to the first month with as many as in month 0
 *
 * Over the replicates in which pairs fell. Parts: `fell`, their share; `not_recovered`, the share
 * of these that do not come back within the horizon; `low_5`, `high_95`; `median_low`,
 * `median_high`, 95 % of the median by order statistics. What lies beyond the horizon is not known.
 *
 * Undefined: as turnover.simulation.pairs; when pairs fell in no replicate, or when most of those
 * in which they fell do not come back (`not_recovered` is told all the same).
 * Cost: none beyond turnover.simulation.pairs.
 * Source: this project's (TURNOVER).
 */
mlg_measure_fn mlg_turnover_simulation_recovery;

/**
 * Which assumption matters most?
 *
 *     (mean outcome at 1.1 theta - mean outcome at 0.9 theta) / percents between the two
 *
 * A row a number of the model that plays a part in the study, all others equal, with the same
 * random numbers: the change of the outcome's mean for one percent more of the number. One value
 * an outcome, by its convention: "pairs", "schemes", "population" (means over months 1 ...) and
 * "months_lost". Parts: `mc_error`; `relative`, percents of the mean outcome; `at_low`, `at_high`,
 * the mean outcome with the number at the ends of its range; `range`, their difference, with
 * `range_error`. Chances stop at 1.
 *
 * A number without a range (stated without one) has no `range`: its share in the uncertainty is
 * taken as none.
 *
 * Undefined: as turnover.simulation.posts; for a number that is 0; `relative` of an outcome that is
 * 0.
 * Cost: four plays a number.
 * Source: this project's (TURNOVER); common random numbers: P. Glasserman, D. D. Yao, Management
 * Science 38(6), 1992, 884-908.
 */
mlg_measure_fn mlg_turnover_simulation_elasticity;

#ifdef __cplusplus
}
#endif

#endif
