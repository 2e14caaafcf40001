/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_GOVERNANCE_H
#define MLG_GOVERNANCE_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bodies and lineage: who sits in a COPIL, which bodies serve several schemes, what a scheme kept
 * of its parent. All of these are of the study itself: `view` is -1. Organisations take part:
 * persons and services are taken into theirs, and a class that nobody named ("hospitals") counts as
 * one. What is not recorded is unknown, never absent. Each function answers MLG_ENOMEM when memory
 * is short, with nothing appended; an undefined value has its reason and no number, and the answer
 * is MLG_OK. r rows of the tables read, s schemes. */

/**
 * What did a scheme keep of the one it grew out of?
 *
 *     retention = organisations in activities of both / organisations in the parent's
 *
 * over participations of all time, by schemes.csv (`parent`). A row a parent and child, then
 * ancestors further up (`steps`). Parts: `years` from the start of one to the start of the other,
 * `members` of the parent, `kept`, `low_95` and `high_95` (Clopper and Pearson), `members_child`,
 * `reverse` = kept / members_child, `same_carrier` (1: one in common, 0: none, NaN: unknown),
 * `shared_activities`. Null "margins": who attends what is dealt again among all activities on
 * record, each organisation keeping their number and each activity its own, with the zeros of
 * gap.meetings: an organisation that is everywhere is with parent and child by that alone, which a
 * draw of organisations alike would take for heritage. MLG_EXPECTED is the mean of `kept` /
 * `members`, MLG_P the share of tables that reach `kept`, MLG_P_ADJUSTED over the rows. All are
 * left out where the two share an activity, whose members are of both. Then, convention
 * `all_parents`, the sums over parents, with `schemes`, `with_parent`, `recorded` (with a parent,
 * or said to have none), `links`, `known`, `same_carrier` among `carriers_known`, `deepest`
 * (steps).
 *
 * Attendance lists of old schemes are seldom kept: the parent's members are those somebody noted.
 *
 * Undefined: without schemes or parents; a pair of which one has nobody on record; MLG_P without
 * draws, or where they would take more than 5e9 steps.
 * Cost: O(r log r), O(r) a pair, and O(draws r).
 * Source: this project's, after the lineage of Cherbourg (S0:177-186); C. J. Clopper, E. S.
 * Pearson, Biometrika 26(4), 1934, 404-413, for the interval; the null as gap.meetings.
 */
mlg_measure_fn mlg_scheme_lineage;

/**
 * Who of those one expects sits in the steering committee, and from how many sectors?
 *
 *     expected seats that a member on record takes / expected seats
 *
 * (who took part, and who is listed as a member, whether or not it came),
 * of activities of kind steering of the 12 months up to the date, by the list of the committee of
 * one network (S0:211: elected officials, Département, Région, Éducation nationale, doctors,
 * nurses, pharmacists, hospitals, health insurance, CAF, DDCS, ARS), or the study's own
 * (`expected.copil` in study.csv); a scheme may have its own (`expected.copil.CLS-CAEN`), or its
 * kind (`expected.copil.CLS`): the nearest holds, and a committee of several schemes is asked for
 * all of theirs. The convention of the last value says which: `list_rlps`, `list_of_study`, or
 * `lists_of_study` where schemes have their own. Lists `by_body` and `by_scheme` (committees of a
 * scheme together), with parts `found`, `missing` = expected - found - `unclassed` (members that
 * say neither type nor sector and take no seat: each may take one), `members`, `known_sector`,
 * `sectors`, `blau` = the share of the ordered pairs of members (each with itself too) without a
 * common sector, which is 1 - sum p^2 where each says one, and `blau_expected`, its mean for as
 * many drawn from all who sit anywhere (NaN above 4,096 combinations of sectors), `expected` seats;
 * one of several sectors counts in each. Then a list of the committees a seat, convention
 * `seat.KEY`: 1 taken, 0 not, NaN unknown, or not asked of that committee. Then all committees,
 * with `bodies`, `known`, `expected` (the mean where lists differ), `complete`, `members`,
 * `unclassed`, `sectors_of_study`.
 *
 * The list is what one network chose, not a norm; a seat that nobody takes on record may be taken.
 *
 * Undefined: without activities or steering committees; a committee with nobody on record.
 * Cost: O(r log r).
 * Source: the list: S0:211; P. M. Blau, Inequality and Heterogeneity, 1977, for the index.
 */
mlg_measure_fn mlg_scheme_composition;

/**
 * Is the steering committee the only place where sectors meet?
 *
 *     pairs of organisations of different sectors that meet in steering committees only
 *     / pairs of different sectors that meet
 *
 * (known sectors, none in common) in activities of the 12 months up to the date. Convention
 * `cross_sector`, and `organisations` (any two), with `pairs`, `only`, `cut` (of them: no chain of
 * other activities leads from one to the other), committees and other activities with somebody on
 * record (`steering`, `others`) of those there are (`steering_all`, `others_all`), `completeness`.
 * `schemes`: pairs of schemes with an organisation in common, `linked`, and those that have it
 * through committees `only`. `by_body`, a row a committee: the same of what it alone joins, with
 * `members`, the other activities of its schemes with somebody on record (`groups`), its members in
 * them (`in_groups`, `overlap`), and its `power` (0 informs, 1 advises, 2 ratifies, 3 decides).
 *
 * No null stands beside it: the share is a count of what is on record, and nothing says what it
 * would be by chance. A large committee joins many pairs whoever sits there, so that the share
 * grows with its `members`: compare it over time or against `overlap`, not between territories.
 * Where working groups keep no attendance list, the committee looks like the only bridge.
 *
 * Undefined: without participations, steering committee on record or other activity on record;
 * where no such pair meets; over forty million pairs (MLG_ESIZE's reason) unless forced.
 * Cost: O(r log r + sum of squared attendances + s^2).
 * Source: this project's, after S1:241.
 */
mlg_measure_fn mlg_scheme_only_bridge;

/**
 * Which bodies serve several schemes, and has a scheme a body of its own?
 *
 *     bodies that serve another scheme in force too / bodies of the scheme
 *
 * bodies as for mlg_scheme_involvement(). `by_scheme`, with `bodies`, `shared`, `steering`,
 * `steering_shared`, `schemes` it shares with. `pairs`, a row two schemes that share one: bodies of
 * both / of either, with `shared`, `of_a`, `of_b`, organisations (`members_a`, `members_b`,
 * `common`), years since the first dated one began (`years_shared`) and the overlap of their
 * organisations (of both / of either) `before` and `after` that day, by rows that fall wholly in
 * the time, in bodies that are not of both. `all_bodies`, with `bodies`, `shared`, `schemes` that
 * have one, `sharing`, `without_own_body`, `pairs`.
 *
 * A shared committee saves everybody's time and may leave each scheme less room: S1:121 says both.
 *
 * Undefined: with fewer than two schemes; a scheme without a body; where nothing is shared;
 * `before`, `after`: without dates, or over 200 pairs.
 * Cost: O(r log r), and O(r log r) a pair.
 * Source: this project's, after S1:121.
 */
mlg_measure_fn mlg_scheme_shared_bodies;

/**
 * Do schemes created together come to share spaces, and themes?
 *
 *     now = pairs of schemes in force that share a body / pairs
 *
 * `themes`, a row two schemes: themes of both / of either, with `common`, `of_a`, `of_b`,
 * `shared_bodies`, calendar years since one first began (`years_shared`), `years_apart` of their
 * creation. `years`, a curve: of the schemes of today that had begun by a year, the pairs that had
 * shared a dated body by then (`schemes`, `linked`). `now`, with `schemes`, `pairs`, `linked`,
 * `triads`, `open` (two of three pairs), `closed`, and `undated` shared bodies, which the years do
 * not know. `created_together`: closed / triads whose three schemes began within two years of each
 * other, with `triads`, `closed`, `closed_at_creation` (by the end of the year of the youngest).
 *
 * Shared bodies are those that name several schemes; people who meet elsewhere are not seen.
 *
 * Undefined: with fewer than two schemes, or more than 200; without themes, dates, such triads.
 * Cost: O(r log r + s^3).
 * Source: this project's, after the shared spaces of S1:235.
 */
mlg_measure_fn mlg_scheme_closure;

/**
 * Where the documents give a figure of schemes elsewhere, what is it here?
 *
 *     schemes of the kind in force that are so / those that say whether they are
 *
 * one scalar a figure of src/measure/yardsticks.def, its key as convention: who carries an ASV (of
 * those with one carrier of known type), at communal scale, the mean part of the State in what is
 * on record for it (amounts, when every row says one; else shares), on one full-time equivalent, or
 * half to one (rows over several schemes in equal parts; every coordination row must say its own);
 * CLS with an ASV among those they grew out of (of those whose lineage is on record); CLSM that
 * grew out of an ASV or share a unit with one; coordinators that are tenured. Parts: `yardstick`,
 * `at_least` (1: more than that), `year` and `n_of_document` (NaN: the document does not say), `n`
 * here, `known` of them.
 *
 * To be read side by side: other places, other years, no score.
 *
 * Undefined: without a scheme of the kind (a coordinator) in force; where none says it.
 * Cost: O(r s).
 * Source: S4:28-34 (ACSÉ's survey of 2013), S0:156-159, S1:46.
 */
mlg_measure_fn mlg_scheme_yardsticks;

#ifdef __cplusplus
}
#endif

#endif
