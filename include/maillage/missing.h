/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_MISSING_H
#define MLG_MISSING_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * What is missing between organisations and between communes, in the register and in the
 * invitations; which schemes double each other; and who could bring two together.
 *
 * Nothing here says that two ought to meet: only that they have what others who meet have.
 */

/**
 * Which organisations with the same themes, in the same places, seldom meet?
 *
 *     X_ab = activities that both attend, against its mean mu under the null
 *
 * The statistic, the null, the draws and the columns are those of gap.meetings; the pairs are
 * others. gap.meetings compares actors of different sectors, wherever they work; this one those
 * that have a reason to meet, of one sector or not: a theme in common (actors.themes, never those
 * of what they attend, which would have them meet) and places that meet (actors.territory,
 * sites.csv). Where one of the two is unknown the pair is in a family of its own (part `stratum`,
 * an mlg_gap_stratum); where both are, it is left out: nothing is known that they share.
 *
 * Two values. By pair, X with expected, sd, interval, z, p (as few) and p_adjusted, family-wise
 * (max-z) over the testable pairs of the family; parts `deficit`, `ratio`, `testable`,
 * `activities_a`, `activities_b`, `stratum`, `theme_overlap` (Jaccard), `shared_themes`,
 * `same_place` (1 where their places meet). The 1,000 with the largest product of the two numbers
 * of activities, among the 2,000 actors that attend most. Then, convention `tested_share`, one
 * number: testable / compared pairs, with parts `organisations` (of known themes or places),
 * `not_looked_at`, `pairs`, `compared`, `testable`, `known` (of the compared), `barred`.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE over the run's memory bound.
 *
 * Undefined: as gap.meetings; no pair shares a theme or a place.
 * Cost: shared with gap.meetings.
 * Source: as gap.meetings.
 */
mlg_measure_fn mlg_gap_organisations;

/**
 * Which communes of one perimeter seldom meet?
 *
 *     X_uv = activities with an organisation of u and one of v, against its mean mu under the null
 *
 * An organisation is of the communes where it has a place of its own (actors.territory,
 * sites.csv); one whose place is a larger territory is of none. Compared are communes (the study's
 * units) that one perimeter holds both: of a scheme in force, or, where no scheme's perimeter
 * holds two of them, any. Null and columns as gap.meetings, from the same draws; an organisation
 * of both communes counts for each.
 *
 * Two values. By pair, as gap.organisations, with parts `deficit`, `ratio`, `testable`,
 * `activities_a`, `activities_b`, `perimeters` (that hold both), `smallest` (units with an actor in
 * the smallest of them). The 1,000 with the largest product of the two numbers of activities, among
 * the 1,000 communes with most. Then, convention `tested_share`, one number, with parts `communes`
 * (with an organisation that attends something), `not_looked_at`, `pairs`, `compared`, `testable`,
 * `by_schemes`, `barred`.
 *
 * A commune that no participation names is in no pair: see scale.coverage.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE over the run's memory bound.
 *
 * Undefined: as gap.meetings; no two communes with an organisation in one perimeter.
 * Cost: shared with gap.meetings.
 * Source: as gap.meetings.
 */
mlg_measure_fn mlg_gap_communes;

/**
 * Do those who work in one place, or in places of one perimeter, work together?
 *
 *     triangles:   organisations i, j and a unit where both work; closed when i and j are partners
 *     four-cycles: i works in u, j in v, and u and v are linked; closed when i and j are partners
 *     ratio = closed / (closed + open)
 *
 * Units are linked that one perimeter holds, as for gap.communes. An actor works in all units of
 * its places (its sites of the view's period). Those of no known place leave the graph and the
 * draws. Partners have a tie in either direction; in a view of participations, an activity in
 * common.
 *
 * Null: everybody stays where it works. "degrees" in a view of ties: ties drawn again, each keeping
 * its number of partners; "margins" in a view of participations: as gap.meetings. Bodin and Tengo
 * compare with random networks of as many links, Guerrero et al. with an exponential random graph
 * model of both levels: keeping degrees is stricter than the first and assumes less than the
 * second.
 *
 * Three values. Open pairs, those with most units in common first, then most linked ones: the
 * number of units in common, with parts `four_cycles` and `common_partners`, through whom the two
 * could meet; the first 1,000 of `total`; where no two share a unit, the pairs of linked units.
 * Then, conventions `triangles` and `four_cycles`, the ratio of each with expected, sd, interval,
 * z, p (as few closed), p_two, and parts `closed`, `open`, `actors` (of a known place), `units`,
 * `linked_units` (pairs), `perimeters` (that link), `pairs` (with a unit in common), `partners`.
 *
 * An open motif is a question: two who share a commune need not share a task.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets three more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE over the run's memory bound.
 *
 * Undefined: actors collapsed into sectors or schemes; fewer than two actors of a known place; no
 * two in one unit or in linked ones. A ratio has no null without a tie, where one graph alone has
 * these degrees, without draws.
 * Cost: O(n^2 + places (n + units)) and R draws; over 2e9 steps or 128 MB it is not run.
 * Source: O. Bodin, M. Tengo, Global Environmental Change 22(2), 2012, 430-439; A. M. Guerrero,
 * O. Bodin, R. R. J. McAllister, K. A. Wilson, Ecology and Society 20(4), 2015, 41.
 */
mlg_measure_fn mlg_gap_motifs;

/**
 * Which schemes double each other?
 *
 *     territory = inhabitants in both / in either (units where a population is unknown, or one
 *                 of the two has no inhabitant)
 *     themes    = themes of both / of either
 *     members   = actors that sit in both / in either
 *     value     = the least of the three
 *
 * A pair is a near-duplicate when territory is at least .8, themes .5 and members .5, each by
 * itself (thresholds of this project). No product: it would rank a small scheme within a large one
 * first. Seats and themes as for gap.schemes.
 *
 * Two values. By pair all three of which are known, those that reach most thresholds first (part
 * `met`), then by value; `expected` (actors in both under the null of gap.schemes, where it was
 * drawn); parts `territory`, `themes`, `members`, `members_smaller` = in both / in the smaller,
 * `in_both`, `members_a`, `members_b`, `met`, `by_units`. Then, convention `near_duplicates`, their
 * number, with parts `pairs`, `known`, `two_of_three`, `schemes`, `territory_least`,
 * `themes_least`, `members_least`.
 *
 * Schemes of one body that share everything may each have their reason, by law or by funder.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets two more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE over the run's memory bound.
 *
 * Undefined: as gap.schemes; no pair of which territory, themes and participants are all known.
 * Cost: shared with gap.schemes.
 * Source: this project's indicator.
 */
mlg_measure_fn mlg_gap_duplicates;

/**
 * Who is in the register and seen nowhere, who is seen and not registered?
 *
 * The register is actors.csv: its rows whose `directory` says yes, where any does, else all of
 * them; rows in force in the 12 months up to the study's date. Seen is who has, in these months, a
 * tie to another organisation or a participation (carriers, funders and partners of activities
 * are). Persons and services count for their organisation; unnamed groups, posts and schemes are
 * not asked for.
 *
 * Up to three values. Convention `isolated_share`: isolated / listed, with parts `listed`,
 * `isolated`, `active`, `unlisted`, `unlisted_share` = unlisted / active, `by_directory`, `rows`
 * (seen). Convention `isolated`: each listed one without tie or participation, with the number of
 * rows that name it at other times or as absent. Convention `unlisted`: each active one not listed,
 * with its rows of the period; part `in_table`: it has a row of actors.csv. Lists hold the first
 * 1,000 of `total`.
 *
 * Nobody is isolated because nobody asked: the share says how much of the register the ties and
 * participations on record reach.
 *
 * @param      context  of an open study
 * @param      view     -1: the study itself
 * @param[out] out      gets up to three more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM.
 *
 * Undefined: nobody listed; no tie and no participation in the period.
 * Cost: O(rows).
 * Source: this project's indicator.
 */
mlg_measure_fn mlg_gap_listed_isolated;

/**
 * Who is invited and does not come, who comes and was never invited?
 *
 *     response = there / (there + not there), of invitations whose outcome is known
 *
 * Rows of participations.csv of the 12 months: each is an invitation where `invited` says yes, or
 * no and `present` says excused (an excuse answers an invitation; where `invited` is empty, none is
 * on record). Represented is there: it is the organisation that is asked. An
 * empty `invited` says nothing; an empty `present` leaves the invitation out of the response.
 *
 * Five values at most. Convention `response`: the whole, with parts `invited`, `came`, `absent`,
 * `presence_unknown`, `uninvited` (there, invited says no), `left_out` (neither invited nor there,
 * and on record), `unsaid` (rows that do not say whether invited), `never_came` (organisations that
 * followed no invitation of known outcome). Then conventions `organisations`, `sectors` (an
 * organisation of several counts for each), `activities`, `schemes` (those that on_behalf_of
 * names): the response of each with the same parts, most absences first.
 *
 * An absence has reasons a sheet does not tell; of one or two invitations a share says little.
 *
 * @param      context  of an open study
 * @param      view     -1: the study itself
 * @param[out] out      gets up to five more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM.
 *
 * Undefined: no participations; no row of the period says whether anybody was invited. Response:
 * no outcome known.
 * Cost: O(rows).
 * Source: this project's indicator.
 */
mlg_measure_fn mlg_gap_invited;

/**
 * Who could close a gap?
 *
 * For each of the first 20 gaps between schemes (gap.schemes: compared, at least half an actor
 * below what is expected; without draws, nobody in both) and between organisations
 * (gap.organisations, or else gap.meetings: testable and as far below), the shortest chains of
 * partners from one end to the other. A step is a declared tie or an activity of both; between
 * schemes also a seat (an actor that sits in a scheme). Of several between two, a seat is told
 * before a tie, and a tie before an activity. At most
 * four go-betweens; of chains as short, up to three, those whose go-betweens have fewest partners
 * in all first, so that the same few are not always asked, then in the order of the study's rows.
 *
 * Up to three values. Conventions `schemes` and `organisations`: each step of each chain as a pair,
 * in order; the number of go-betweens of the chain, with parts `gap` (1 for the first), `chain`,
 * `step`, `link` (1 they meet, 2 a declared tie, 3 a seat), `partners` (of the go-between that the
 * step leads to), `introduce` = expected - X of the gap, `p_adjusted` of the gap. Then, convention
 * `closable`, the share of gaps that have a chain, with parts `gaps`, `closable`, `through_one` (a
 * single go-between), `scheme_gaps`, `organisation_gaps`, `longest`.
 *
 * A chain is who to ask, not who should; whether they have the time is another question.
 *
 * @param      context  of an open study
 * @param      view     one of its views
 * @param[out] out      gets up to three more values; none after a failure
 * @param[out] err      reason of a failure, or NULL
 * @return MLG_OK, MLG_ENOMEM, MLG_ESTOP, or MLG_ESIZE over the run's memory bound.
 *
 * Undefined: without participations; actors collapsed into sectors or schemes; no gap.
 * Cost: O(gaps (parties + links)), and what gap.schemes and gap.meetings cost.
 * Source: this project's indicator; distances by breadth-first search.
 */
mlg_measure_fn mlg_gap_introductions;

#ifdef __cplusplus
}
#endif

#endif
