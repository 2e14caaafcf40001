/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SCHEME_H
#define MLG_SCHEME_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* All of these are of the study itself: `view` is -1. A scheme counts when a row of schemes.csv is
 * in force at the study's date, or when it is only named elsewhere; an activity when it falls in
 * the 12 months up to that date, has begun and not ended, or has no date; a participation as views
 * count it. Each gives a list of the schemes and a summary. What is not recorded is unknown, never
 * absent: shares are of what is known, and parts tell how much that is. Each function answers
 * MLG_ENOMEM when memory is short, with nothing appended; an undefined value has its reason and no
 * number, and the answer is MLG_OK. r rows of the tables read, s schemes. */

/**
 * Do the elected official, the coordinator and the director of a scheme know each other?
 *
 *     1: the three roles are held and each pair of them is tied; 0: a role is vacant, or a pair is
 *     not recorded as tied
 *
 * by posts.csv at the date; an elective contract makes an elected official of who has neither of
 * the other roles. A pair is tied by a row of ties.csv between holders or posts, by having
 * been present at one activity of the scheme, or by being one person. Parts: `elected`,
 * `coordinator`, `director` (1 held, 0 vacant, NaN unknown: no post, or nobody named);
 * `elected_coordinator`, `elected_director`, `coordinator_director` (1 tied, 0 not, NaN where a
 * role is not held); `complete` (1: all three are held). Then, convention `closed_share`, the
 * closed ones among those known, with `schemes`, `recorded` (all three roles said), `complete`,
 * `known`, `closed`.
 *
 * A pair that no table ties may well work together every day: ask before concluding.
 *
 * Undefined: without posts or schemes; for a scheme with a role not recorded, or where neither
 * ties nor participations are.
 * Cost: O(r log r).
 * Source: this project's, after the survey of coordinators of 2023 (S1:215-217).
 */
mlg_measure_fn mlg_scheme_triptych;

/**
 * At which levels of coordination does a scheme act?
 *
 *     the number of levels (clinical, organisational, strategic) with at least one activity
 *
 * Parts: activities at each level and at an `unknown` one; `actors` that sit at a known level,
 * persons taken into their organisation, and those `bridging` two or more. Then, convention
 * `all_activities`, the same of all activities, with `schemes`, `schemes_known` and
 * `schemes_at_all` three levels.
 *
 * Then the same by who sits. `organisations` lists those that sit at a known level: their number of
 * levels, parts activities at each, `people` (persons and services that sit for it), `bridging` of
 * them, `unnamed` (1: some row names the organisation alone). `people` lists the persons and
 * services of organisations at two levels or more, with their own levels. `one_person` is the
 * share of the organisations at several levels in which one person or service sits at several,
 * among those `known`; parts `bridging` organisations, `known`, `by_one`, `by_several` (each level
 * has its own people), `unnamed` (no person alone bridges, and rows without a person may hide one).
 *
 * A level without activity may only lack the word in its row: read `unknown` beside.
 *
 * Undefined: without an activity; where none says its level; `one_person` where no organisation on
 * record sits at two, or nobody is named in those that do.
 * Cost: O(r log r).
 * Source: this project's, after the three levels of the exchange day of 2017 (S0:377-383).
 */
mlg_measure_fn mlg_scheme_levels;

/**
 * Do actions bear on the three fields of the determinants of health?
 *
 *     evenness = (1 - sum p_k^2) * 3 / 2
 *
 * p_k the share of field k (health system, living environment, habits) among actions that say one;
 * an action that says several counts in equal parts. 1: in thirds, 0: all in one field. MLG_P is
 * the chance of being at least as uneven had each action chosen its fields at random, keeping how
 * many it has: over all outcomes when there are at most 200,000, else from draws. MLG_EXPECTED is
 * the mean then. Asked are activities of kind `action`, and all that say a field. Parts: actions in
 * each field, `actions` that say one, `several` of them more than one, `unknown`. The list of
 * schemes has MLG_P_ADJUSTED too; convention `all_actions` counts each action once.
 *
 * Thirds are what one coordinator described, not a norm: a scheme may have reasons to differ.
 *
 * Undefined: without an activity; where none says a field.
 * Cost: O(r), and up to 200,000 outcomes, or draws times actions, a scheme.
 * Source: J. E. Mueller, K. F. Schuessler, Statistical Reasoning in Sociology, 1961, for the index
 * of qualitative variation; thirds after S1:137-139.
 */
mlg_measure_fn mlg_scheme_determinants;

/**
 * Do residents sit where it is decided?
 *
 *     bodies where residents sit / bodies whose attendance is recorded
 *
 * A body is an activity that says its power, or is a meeting (committee, group, plenary, council,
 * unknown kind) rather than an action, service, training, event, call, agreement, alert, assessment
 * or directory; one with a row of participations in the 12 months is of these months, whatever its
 * own dates. Residents sit when a participant, the organisation it is of, or whom it speaks for, is
 * of kind residents, of the sector of residents and users (alone or among others), or of the type
 * users' group or residents' council; when its role is resident or user representative; or when
 * such a group carries or is partner of it. Conventions: `bodies` (all), `informs`, `advises`,
 * `ratifies`, `decides`, `power_unknown`, `clinical`, `organisational`, `strategic`,
 * `level_unknown`, each with parts `bodies`, `known`, `with_residents` and `completeness` = known /
 * bodies, `seats` (who attends, each once a body), `seats_of_residents` and `seat_share` of them;
 * `degree` = activities at concertation or beyond among those that say a degree, with the count of
 * each, `degree_clinical`, `degree_organisational`, `degree_strategic`, `degree_level_unknown` the
 * same of those levels; `at_none`, `at_informed`, `at_consulted`, `at_concerted`, `at_co_built`,
 * `at_co_decided` the residents' share of the seats of activities of that degree, with
 * `activities`, `known` attendances, `with_residents`, `seats`, `seats_of_residents`, `share` of
 * the activities that say a degree; `top_three` = the share of the three residents who attend most,
 * in all `attendances` of residents in bodies; `by_scheme`, the list of schemes, with the deciding
 * bodies apart.
 *
 * To sit is not to be heard: the degree is what the coordinator says, attendance what was seen.
 *
 * Undefined: without an activity; where no attendance, no degree, no resident is recorded.
 * Cost: O(r + s).
 * Source: this project's, after S0:284-291, S1:141-145, S3:96-97.
 */
mlg_measure_fn mlg_scheme_involvement;

/**
 * On how many funders does each scheme, post or action rest?
 *
 *     the number of different funders on record
 *
 * by rows of funding.csv in force, the funders of posts in force, those of activities and
 * participants in the role of funder; funders of a scheme are also those of its posts and
 * activities. Conventions `of_schemes`, `of_posts`, `of_activities` list the targets with at least
 * one, with parts `single` (1: one funder, whose share is not known to be partial), `hhi` = sum of
 * squared parts of the amounts, else of shares that make the whole, of those who fund the target
 * itself (1 for a single one; a funder's is known when one of its rows says it), `amount`, `direct`
 * funders, `median_years` of the grants. Then `schemes`, `posts`, `activities`: the share of
 * single-funder targets among those `known`, with `targets`, `single`, `completeness`,
 * `median_years`, and the `grants_of_a_year` among those `grants_dated`.
 *
 * A second funder that nobody wrote down looks like a single one.
 *
 * Undefined: where no funder is recorded; `hhi`: where a funder's amount and share are not, where
 * others fund it by its posts or activities only, or by what the shares leave of the whole.
 * Cost: O(r log r).
 * Source: A. O. Hirschman, American Economic Review 54(5), 1964, 761-762, for the index; its use
 * here is this project's.
 */
mlg_measure_fn mlg_scheme_funding;

/**
 * Which share of the posts ends within a year with nothing after?
 *
 *     posts that end in the 365 days from the date and are not followed / posts held at the date
 *
 * A post is held unless it is said to be vacant; it ends when one of its rows does. A row is
 * followed when another of the same post (the same role and scheme, for posts without an id) lasts
 * longer, and is of one of its schemes, or begins as it ends: a row for other schemes at the same
 * time has an end of its own. Parts: `held`, `ending`,
 * `end_known`, `coordination` posts and `coordination_ending`, `scheme_ends` (1: the scheme itself
 * ends within the year). Then, convention `all_posts`, each post once, with `ended` (rows that
 * ended in the year before, without a follow-up), `schemes_coordinated`,
 * `schemes_losing_coordination` (all of it ends), `schemes_dated`, `schemes_ending`.
 *
 * An end is an expiry, not a departure: the follow-up may be decided and not recorded.
 *
 * Undefined: without posts, without the study's date, where no post is held.
 * Cost: O(r log r), and O(posts) a post that ends.
 * Source: this project's, after S0:169 and S1:149.
 */
mlg_measure_fn mlg_scheme_expiring;

/**
 * Which share of the ties, agreements and coordinations between schemes ends within 12 and 24
 * months?
 *
 *     those whose last day is within 365 (730) days from the date / those whose end is known
 *
 * Conventions `ties_12`, `ties_24`: pairs of organisations, persons and services taken into theirs,
 * that a row of ties.csv in force at the date joins, agreements apart; the last day is that of the
 * row that lasts longest, one that begins later too: a row without an end makes it unknown.
 * `agreements_12`, `agreements_24`: pairs bound by ties of that kind, and activities of that kind,
 * in force. `coordinations_12`, `coordinations_24`: pairs of schemes in force that a row of
 * ties.csv joins (the schemes, or posts of each), or a body in force that serves both; the last day
 * is the earliest on record of what joins them longest and of the two schemes. Parts: `all`,
 * `end_known`, `end_unknown`, `ending`; `least` = ending / all and `most` = (ending + end_unknown)
 * / all: what the share can be when those of unknown end are counted.
 *
 * An end is an expiry, not a break: most ties say none, and those that do are those of projects.
 *
 * Undefined: without the study's date; where nothing of the sort is in force, or no end is known.
 * Cost: O(r log r + s^2).
 * Source: this project's, after the temporalities of the exchange day of 2017 (S0:253).
 */
mlg_measure_fn mlg_scheme_ties_ending;

/**
 * Do schemes sit in each other's activities, or does one only invite?
 *
 *     reciprocity = sum over pairs min(A_ab, A_ba) / sum over pairs max(A_ab, A_ba)
 *
 * A_ab: activities of b, of known attendance in the 12 months, in which somebody sits for a. A
 * row of participations.csv speaks for a scheme when its on_behalf_of names the scheme or a post of
 * it; else when its actor (or the organisation it speaks for) holds a post of the scheme or
 * carries it, and does neither for b, where it is at home. Activities that are both schemes' count
 * for neither. Three values: "pairs", a row a pair, min / max, with parts `a_in_b`, `b_in_a` and
 * the activities there are, `of_b`, `of_a`; "given_share", a row a scheme: seats held elsewhere /
 * seats held elsewhere and received, with `given`, `received`, `by_coordination` (held by its
 * coordination), `schemes` it sits with, `bodies` of its own; "overall", with `schemes`,
 * `schemes_known`, `pairs` known both ways, `mutual`, `one_way`, `none`, `seats`.
 *
 * Who speaks for whom is seldom written down: a seat without on_behalf_of by somebody unknown to
 * posts.csv is nobody's.
 *
 * Undefined: fewer than two schemes; nobody who stands for a scheme, or no activity with
 * attendance, in every pair; a direction where that holds for the one or the other; no seat at all
 * (0 / 0).
 * Cost: O(r log r + s^2).
 * Source: this project's, after the reciprocal participation of the survey of 2023 (S1:233-235).
 */
mlg_measure_fn mlg_scheme_reciprocity;

#ifdef __cplusplus
}
#endif

#endif
