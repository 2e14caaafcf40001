/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MITIGATION_H
#define MLG_MITIGATION_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which additions would restore most of what a departure cuts, for a budget (`run->budget`, 3). All
 * are about the departure that cuts most pairs of a view at worst: none of the person's rows
 * remains, and the activities that its posts alone convene have stopped (the largest of
 * turnover.departure.pairs with its part `pairs_lost_with_activities`; the first of equals). Each
 * function appends one value; where it is undefined the value has its reason and no number, and the
 * answer is still MLG_OK. All of them answer MLG_ENOMEM when memory is short, with nothing
 * appended. The parts of the first three are the same: `gain`, what this row adds to those before;
 * `share`, of the pairs `lost`; `activities` that go on; `expected`, `low_5` and `high_95`, on the
 * last row, mean and 5 to 95 % of what all rows together keep beyond what outlasts the departure by
 * itself (run->draws, at most 999); `proven`, 1 where no other choice of as many keeps more. */

/**
 * Which ties of a post are worth an agreement between its employer and the partner?
 *
 * The departure leaves the view in pieces. An agreement joins the employer's piece with the
 * partner's; `budget` of them keep
 *
 *     sum over pairs of the joined pieces of the cross-sector pairs between them
 *
 * and the set that keeps most is looked for among all sets of partners' pieces while there are at
 * most a million, else step by step with exchanges: pairs are not submodular in ties, so that such
 * a choice has no bound, and is said not to be proven. In each piece the best-linked partner stands
 * for the others: any of them would do. A row is the post's employer and the partner; rows stand in
 * the order that adds most. For views of ties.
 *
 * Who should sign with whom is for people to say: a partner that adds nothing here may matter for
 * other reasons.
 *
 * Undefined: as turnover.departure.pairs; where no departure cuts anybody off; where the employer
 * is not in the view; for participations.
 * Cost: O(m + p^2 c^2) for p pieces and c sets of sectors, and up to a million sets.
 * Source: this project's; pairs as in S. P. Borgatti, Computational and Mathematical Organization
 * Theory 12, 2006, 21-34, equation 4.
 */
mlg_measure_fn mlg_turnover_mitigation_agreements;

/**
 * Whom to introduce to whom before the post falls vacant?
 *
 * `budget` further ties between any two actors join budget + 1 of the pieces that the departure
 * leaves; the set of pieces that keeps most cross-sector pairs is looked for as in
 * turnover.mitigation.agreements, among sets that are joined into one. The best-linked organisation
 * of each piece speaks for it, and each is introduced to that of the piece that adds most.
 *
 * With all sectors different, the largest pieces are the best: that is what the search finds.
 *
 * Undefined: as turnover.departure.pairs; where no departure cuts anybody off.
 * Cost: as turnover.mitigation.agreements.
 * Source: this project's; see there.
 */
mlg_measure_fn mlg_turnover_mitigation_introductions;

/**
 * Who could convene what nobody would convene any more?
 *
 * Organisations that sit already in the activities that the post alone convenes (strategic bodies
 * apart: they are taken to meet all the same). A set of `budget` deputies keeps the activities that
 * one of them sits in; the set that keeps most is found among all while there are at most a
 * million, else step by step, which keeps at least 1 - 1/e = 63 % of the most possible. The value
 * is the cross-sector pairs that these activities keep connected; `activities` counts them. A row
 * is the post and the deputy. The employer itself is left out: naming a second person there is
 * always possible.
 *
 * To sit in an activity is not to be able to convene it: a list of whom to ask, no advice on whom
 * to choose.
 *
 * Undefined: as turnover.departure.pairs; where no departure cuts anybody off; where no activity
 * would stop.
 * Cost: O(m + s k / 64) for s sets of k deputies, at most a million.
 * Source: this project's; the bound: G. L. Nemhauser, L. A. Wolsey, M. L. Fisher, Mathematical
 * Programming 14, 1978, 265-294.
 */
mlg_measure_fn mlg_turnover_mitigation_deputies;

/**
 * With a second coordinator, who would take which half of the territory?
 *
 * The territories of one scale (the one with the fewest, 2 to 16) that make up where the post acts
 * are shared out between two: each half has at least a third of the inhabitants where that can be,
 * then the ties of the view between the halves are the fewest for their ends (conductance), then
 * the halves are the evenest. Every way is tried. The value is the half, 1 or 2, of each territory.
 * Parts: `population` of its half and of the other; `lost_now`, the pairs cut off at worst when the
 * one coordinator leaves, `lost_first` and `lost_second` when the coordinator of a half does:
 * partners and activities of the other half, or of both, stay tied and convened; `across`, ties
 * between the halves, and their `conductance`; `partners` of the post and how many have a known
 * place (`placed`); `balanced`.
 *
 * An activity without a place is of the whole territory, and both convene it. Partners whose place
 * is not recorded count as lost with either: record it before reading the gain as small.
 *
 * Undefined: as turnover.departure.pairs; where no departure cuts anybody off; where the
 * territories of no scale make up where the post acts.
 * Cost: O(2^16 + m) for m rows of the view.
 * Source: this project's, after the survey of coordinators (S1: a territory too vast for one);
 * conductance: R. Kannan, S. Vempala, A. Vetta, Journal of the ACM 51(3), 2004, 497-515.
 */
mlg_measure_fn mlg_turnover_mitigation_second_coordinator;

#ifdef __cplusplus
}
#endif

#endif
