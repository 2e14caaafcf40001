/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_WORKLOAD_H
#define MLG_WORKLOAD_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What schemes ask of people: hours, missions, axes, audiences, conventions. As those of scheme.h
 * they are of the study itself: `view` is -1, posts are those held at the study's date, activities
 * and participations those of the 12 months up to it. What is not recorded is unknown, never
 * absent: shares are of what is known, and parts tell how much that is. Each function answers
 * MLG_ENOMEM when memory is short, with nothing appended; an undefined value has its reason and no
 * number, and the answer is MLG_OK. r rows of the tables read. An action is an activity of kind
 * `action`, or one that says an axis (an audience) whatever its kind. */

/**
 * Are organisations bound by agreements those that work together?
 *
 *     close_without = pairs that work closely without an agreement / pairs that work closely
 *     idle_agreements = pairs with an agreement and no collaboration / pairs with an agreement
 *     correlation = (N both - a w) / sqrt(a (N - a) w (N - w)) over the N pairs of organisations
 *
 * A pair has an agreement by a row of ties.csv of kind `agreement`, or as signatories of one
 * activity of that kind, in force at the study's date. It works together by a tie of kind
 * `works_with` (or of no kind), or an activity attended by both; closely, when it has both or three
 * such activities. Activities of more than 50 organisations make no pairs (`crowded_activities`).
 * `work_without` is the first share over all that work together. The correlation is QAP's: the
 * organisations of one network are permuted among all on record; MLG_P is the share of deals with
 * as many pairs in both, z has the exact mean and spread of that count, `both_expected` the mean.
 * "pairs" lists the close pairs without and the idle agreements (part `agreed`), with their
 * activities in common, at most 500.
 *
 * An agreement that nobody wrote down looks like none, and a signature does not make people meet.
 *
 * Undefined: where no agreement is recorded; each share where nothing is known to divide by; the
 * correlation when all pairs, or none, work together or have an agreement.
 * Cost: O(r log r + pairs in activities + draws a log w).
 * Source: L. Hubert, J. Schultz, British Journal of Mathematical and Statistical Psychology 29,
 * 1976, 190-241; D. Krackhardt, Social Networks 10, 1988, 359-381; the comparison after S0.
 */
mlg_measure_fn mlg_scheme_conventions;

/**
 * How does working time divide between missions?
 *
 *     evenness = - sum p_m ln p_m / ln K
 *
 * p_m the share of mission m in the full-time equivalents whose mission is recorded, K the missions
 * of the vocabulary and those the study adds. A row of posts.csv that says several counts in equal
 * parts, and by scheme one of several schemes does. Conventions: `by_mission` the share of each,
 * with `fte`, the `posts` that name it, `rows_without_fte`; `by_post`, `by_scheme` and `all_posts`
 * the evenness, with `iqv` = K / (K - 1) (1 - sum p_m^2), `fte`, `missions` named, `largest_share`,
 * `rows`, `without_fte` of them, `fte_without_mission`. Vacant posts are left out.
 *
 * A mission without time on record may be done every day, and even is no norm.
 *
 * Undefined: without posts; where none says a mission; where none that does says its time.
 * Cost: O(r K).
 * Source: C. E. Shannon, Bell System Technical Journal 27, 1948, for the entropy; J. E. Mueller,
 * K. F. Schuessler, Statistical Reasoning in Sociology, 1961, for the IQV; missions after S1.
 */
mlg_measure_fn mlg_scheme_missions;

/**
 * Who carries the actions of each axis of a contract, and does each axis gather its own sectors?
 *
 *     carriers of an axis = different organisations that carry one of its actions
 *     mixing = V = sqrt(chi2 / (n min(axes - 1, sectors - 1)))
 *
 * `by_axis` has parts `actions`, `without_carrier` on record, `partners`, `funders`, `sectors` of
 * carriers and partners (all those of an actor), `single` (1: one organisation and no other carries
 * its actions, two at least; NaN while that is all one knows and a carrier is not). `one_carrier`
 * is the share of such axes among those known. The table of axis and sector has a list of the axes
 * a sector, its code as convention: the seats of carriers and partners of that sector, each
 * organisation once an action, parts `actions` in which one of them stands, `share` of the axis's
 * seats of known sector; `all_sectors` is the total of each row, with `actions`, `unknown_sector`
 * seats (not in it) and different `sectors`. `mixing` is over carriers and partners of a known
 * sector, each once an action and in each of its sectors; an action of several axes counts in each.
 * 0: axes gather the same sectors, 1: each its own. Null: actions exchange their axes; MLG_P is the
 * share of deals at least as high.
 *
 * Sectors apart by axis may be what an axis is for.
 *
 * Undefined: without activities, where none says its axis; where no carrier is on record, or no
 * axis has two actions; mixing: with a single axis or a single sector.
 * Cost: O(r log r + draws seats).
 * Source: H. Cramer, Mathematical Methods of Statistics, 1946, chapter 21; its use here is this
 * project's, after S0.
 */
mlg_measure_fn mlg_scheme_axes;

/**
 * How much is done under no contract, and how many labels does an action bear?
 *
 *     activities under no scheme / activities that say their scheme, or that there is none
 *
 * Of `actions` (of that kind alone, here), and of `all_activities`. The word `none` in the cell
 * says so, or schemes that are all of kind `none`; an empty cell is unknown. Parts: `activities`,
 * `known`, `outside`, `several_labels` (two schemes or more), `labels_mean` and `labels_most` of
 * those under a scheme.
 *
 * What lies outside is seldom written down: the share is low where nobody looks for it.
 *
 * Undefined: without activities; where none says its scheme.
 * Cost: O(r).
 * Source: this project's, after the survey of coordinators of 2023 (S1).
 */
mlg_measure_fn mlg_scheme_outside;

/**
 * For whom are the actions?
 *
 *     share of an audience = actions that name it / actions that name one
 *
 * `by_audience` lists the whole vocabulary, and what the study adds, with `actions` and
 * `vulnerable` (1: the vocabulary calls it so). `vulnerable`, and `by_scheme`, have the share that
 * names at least one vulnerable audience, with `actions`, `known`, `vulnerable`, `everyone_only`
 * (says everyone and no other); the first also `never` and `never_vulnerable`, the audiences that
 * no action names (everyone is none of them). `neighbourhoods` is the share for deprived
 * neighbourhoods, by their residents as audience or by a territory of that scale, among those that
 * say an audience or a place.
 *
 * An action for everyone may reach vulnerable people, one that names them may not.
 *
 * Undefined: without activities, without actions; where none names its audience.
 * Cost: O(r).
 * Source: this project's, after the survey of coordinators of 2023 (S1).
 */
mlg_measure_fn mlg_scheme_audiences;

/**
 * What do bodies and actions ask of each organisation, and is it always the same ones?
 *
 *     G = 2 sum_i i x_i / (n sum x) - (n + 1) / n, x ascending
 *
 * `organisations` lists the attendances of each, persons and services taken into it, with `hours`
 * where rows say them (`with_hours`), different `activities`, and the `schemes` these are of.
 * `attendances` and `hours` are the index G of Gini over organisations that attend (that say
 * hours), with `top_tenth` of them, rounded up, their `top_share`, and `unattached`, the
 * attendances of residents and of persons whom no organisation is known of, which count for none.
 * Those who attend are all there are, no sample: the index has no interval. `residents` is the
 * number of seats beyond two a resident, sum over residents max(0, bodies - 2) (a group counts as
 * one; who holds a resident's seat is as in scheme.involvement); null: each body draws as many
 * residents as it has among all on record, those of the directory and those seen; parts
 * `residents`, `bodies`, `seats`, `asked_often` (residents in three bodies or more), `most_bodies`.
 *
 * Organisations that never attend are not counted: G tells how those who come share the load.
 *
 * Undefined: where no attendance is known; for fewer than two organisations; where no row says
 * hours; with fewer than three bodies in which residents sit.
 * Cost: O(r log r + draws bodies).
 * Source: C. Gini, Variabilita e mutabilita, 1912; residents after S3.
 */
mlg_measure_fn mlg_scheme_load;

/**
 * Do those who coordinate reach more sectors from one service than from another, or from two?
 *
 *     reach = different sectors of the contacts of a coordinator, of each its first
 *
 * Coordinators are the holders of posts of that role at the date, a person with all its posts being
 * one. A contact is a service (else an organisation) that a row of ties.csv joins to the person or
 * the post, or somebody of which attended an activity of 50 people at most with it. `by_post` has
 * parts `contacts`, `inside` (contacts in an administration of its own: of its service or
 * employer), `attachments` (different services, or employers where they are more), `constraint`
 * (Burt's, ties counted alike, over all services, organisations and coordinators so joined, as
 * position.constraint: near 0 its contacts are apart, toward 1 they are one circle), `carriers`
 * (share of the contacts that are in an organisation carrying a scheme in force), `levels`
 * (different ones of the contacts) and `level_known` of them. `by_carrier` lists the pairs of a
 * coordinator and an organisation that carries a scheme: the share of its contacts that are there
 * (0: none on record), with `contacts`, the first 1,000. A list a level, its code as convention,
 * has for each coordinator the share of the contacts of that level among those of a known one.
 * `double_attachment` is the mean reach of those of two attachments or more minus that of the
 * others, with `posts`, `double`, `double_mean`; `attachment_sector` the share of the spread of
 * reach that lies between sectors of attachment (all those of the service, else of the employer:
 * services with the same sectors are of one), with `posts` and `types`. Null: reaches are dealt
 * again among the posts; MLG_P: at least as high.
 *
 * Attachment is seldom chosen at random: a post with two may have got the second for its reach.
 *
 * Undefined: without posts, without a coordination post; reach without a contact of known sector;
 * the comparisons without two groups of two posts; `carriers`: without a scheme whose carrier is
 * known; a level without a contact of known level.
 * Cost: O(r log r + pairs in activities + draws posts), and Burt's sum over those pairs.
 * Source: E. J. G. Pitman, Supplement to the Journal of the Royal Statistical Society 4, 1937, for
 * the test; R. S. Burt, Structural Holes, 1992, for the constraint; the question after the survey
 * of coordinators of 2023 (S1).
 */
mlg_measure_fn mlg_scheme_attachment;

/**
 * Do organisations that work together trust each other, and more where they work more?
 *
 *     mean = sum of the trust of the pairs that work together / those of them that are rated
 *     correlation = Pearson's, of trust and common work over the rated pairs
 *
 * Trust is the figure of ties.csv, averaged over the rows and both directions between two
 * organisations; a pair works together as in scheme.conventions, and its common work counts its
 * activities in common, and one for a tie. Parts of the mean: `pairs` that work together, `rated`,
 * `response` the share of them, `rated_apart` pairs that are rated and do not work together,
 * `lowest` and `highest` trust of a pair, `scale_least`, `scale_greatest`: the survey's scale, by
 * trust.minimum and trust.maximum of study.csv, else the least and the greatest figure of ties.csv
 * (`scale_assumed` 1). Null: QAP's, the organisations of the common work permuted; MLG_P: at least
 * as high.
 *
 *     centralization = sum_j (max d - d_j) / (n - 1)^2
 *     reciprocity = 2 x pairs that trust both ways / (2 x these + pairs that trust one way)
 *
 * An organisation trusts another when the mean of its rows about it is above the middle of the
 * scale; a row without a direction speaks for both ends. d_j is how many trust j (Freeman's
 * in-degree), n the `organisations` that rate or are rated, with `raters`, `trusting` (arcs),
 * `largest` d. Reciprocity is over pairs that rate each other by rows with a direction (`both`),
 * with `mutual`, `one_way`, `neither`, `rated_once` (one side said nothing: left out). `sectors`
 * has each pair of sectors, also of one with itself: mean trust of its rated pairs, parts `pairs`
 * rated and `together`, those that work together; two organisations of several sectors are a pair
 * of each two of them, once.
 *
 * Who answers is seldom who distrusts: read `response`; whom few were asked about looks little
 * trusted: read `raters`.
 *
 * Undefined: where no row says trust; the mean where no pair that works together is rated; the
 * correlation where trust or common work does not vary; centralization below three organisations,
 * and where the scale is assumed from a single figure; reciprocity where nobody rates each other,
 * or nobody trusts; a pair of sectors where none is rated.
 * Cost: O(r log r + pairs in activities + draws rated log pairs).
 * Source: D. Krackhardt, Social Networks 10, 1988, 359-381; L. C. Freeman, Social Networks 1(3),
 * 1978, 215-239; D. M. Varda, A. Chandra, S. A. Stern, N. Lurie, Journal of Public Health
 * Management and Practice 14, 2008, for trust among partners.
 */
mlg_measure_fn mlg_scheme_trust;

#ifdef __cplusplus
}
#endif

#endif
