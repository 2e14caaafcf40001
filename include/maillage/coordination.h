/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_COORDINATION_H
#define MLG_COORDINATION_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* On how many people the coordination of schemes rests. Where a value is undefined it has its
 * reason and no number, and the answer is still MLG_OK. All of them answer MLG_ENOMEM when memory
 * is short, with nothing appended. They read the rows of the study: arrays without a study have
 * none. */

/**
 * How few departures would leave most schemes without anybody who coordinates them?
 *
 *     min |S| such that schemes with all their coordinators in S > half of the schemes
 *
 * Strictly more than half. Coordinators are those of depend.single_coordinator_share; a post whose
 * holder is not named is held by somebody, one a post. Two values: convention `known_schemes`
 * counts schemes in force with somebody on record, `all_schemes` those without as orphaned already.
 * Parts: `items`, the schemes; `orphans` once the set has left; `already` today; `people` who may
 * leave; `sets` of this size that do; `at_least`, below which no set does; `proven`, 1 when no
 * smaller set does. 0 departures: more than half are orphaned already.
 *
 * All sets are tried up to 25 people, while that takes under a second; above, the one who orphans
 * most goes first (of equals who holds most), those found needless come back, and it is said that
 * the answer is not proven. With one coordinator a scheme half of them always suffice: read it
 * beside `people` and `items`.
 *
 * Undefined: without a scheme, when no scheme's coordinator is known.
 * Cost: O(2^p s) for p <= 25 people and s schemes, 2e8 steps at most; else O(k p s) for a set of k.
 * Source: G. Avelino, L. Passos, A. Hora, M. T. Valente, "A novel approach for estimating truck
 * factors", ICPC 2016, for the share and the greedy order; over schemes and exact: this project's.
 */
mlg_measure_fn mlg_depend_bus_factor;

/**
 * How few departures would undo most of what joins sectors?
 *
 * As depend.bus_factor over two other things, one value each: `sector_pairs`, pairs of sectors that
 * a row of ties, or an activity, joins (first sector of an actor); `actor_pairs`, pairs of actors
 * without a sector in common that are connected, which are orphaned too when one of the two leaves.
 * Who may leave are people (`.people`): persons that the view's rows name, a person with all its
 * posts, and posts whose holder is not named; a row falls with whom it names. Where no row names
 * any, the actors of the view (`.actors`), with all their rows. Activities go on without anybody.
 *
 * Rows that name organisations only never fall with people: where most do, no number of departures
 * is enough, and the value is undefined for that reason. Which rows name people depends on how the
 * tables were kept.
 *
 * Undefined: without a study, a view of actors, a tie, two known sectors or a pair across sectors;
 * where more than half stays even without all of them. Not proven (`proven` 0), it is the number
 * found: leavers of as many rows go in the order of the tables, and another order may find one
 * more or less.
 * Cost: as depend.bus_factor, with m rows and c^2 pairs of sets of sectors a step; of large views
 * those with most rows go first, in O(m log n).
 * Source: as depend.bus_factor; over links: this project's.
 */
mlg_measure_fn mlg_depend_bus_factor_links;

/**
 * How much working time coordinates each scheme?
 *
 *     sum over its coordination rows of posts.csv of fte / schemes of the row
 *
 * in full-time equivalents, at the study's date. A row over several schemes counts in equal parts,
 * which is an assumption: part `at_most` counts it whole for each. Parts: `all_roles`, the same
 * over rows of any role; `vacant`, fte of vacant coordination rows, not in the value; `rows` of
 * coordination, `rows_without_fte` and `rows_shared` among them;
 * `population_per_fte` and `units_per_fte`, inhabitants and units of the scheme's territory by one
 * full-time equivalent. The value is 0 only where every
 * coordination row is vacant; with `rows_without_fte` it is the least there is. Second value,
 * `mean` over schemes with a figure: parts `schemes`, `known`, `sum`, `more_than_one`, `one`,
 * `half_to_one` (1 left out), `less_than_half`, `partly_known`.
 *
 * Benchmark (S4:32): of local health workshops 55 % rest on one full-time coordinator, 22 % on half
 * to one. That one post holds several schemes is not seen here: see depend.schemes_per_person.
 *
 * Undefined: without a post, without a scheme; for a scheme without a coordination row that gives
 * its fte (0 where all that is on record of its coordination is vacant).
 * Cost: O(p log p) for p rows of posts.csv.
 * Source: this project's, after the leaflet on local health workshops (S4).
 */
mlg_measure_fn mlg_depend_fte_per_scheme;

/**
 * How many people, independently of each other, link two schemes?
 *
 * The largest number of chains of people, none of them in two: each begins with somebody in an
 * activity of one scheme, ends with somebody in one of the other, and goes from one to the next by
 * an activity they share. Somebody in both is a chain alone; an activity of both schemes makes all
 * of its members such. As many have to leave before nothing links the two: 1 is a single thread, 0
 * is none. Over the 12 months up to the study's date. Two conventions: `participants`, as the rows
 * name them, a person with all its posts being one (only where some row names a person or a post);
 * `organisations`, after persons have become theirs. Weakest pairs first, 1,000 listed. Parts:
 * `shared`, people in both; `people_a` and `people_b`. With each, a share of the linked pairs that
 * hang on one (`single_participant`, `single_organisation`): parts `pairs`, `none`, `single`,
 * `left_out` (not counted, too long), `schemes`, `schemes_known` (with attendance on record).
 *
 * Plenary meetings make many chains between people who hardly know each other, and attendance that
 * was not kept makes none: read `people_a` and `people_b` beside. A row without a name counts its
 * organisation, once, whoever came.
 *
 * Undefined: without two schemes whose attendance is on record; the share: when no two are linked.
 * Cost: O(c m) at most for each pair with c chains and m participations; 5e7 steps in all.
 * Source: K. Menger, "Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10, 1927, 96-115;
 * L. R. Ford, D. R. Fulkerson, "Maximal flow through a network", Canadian Journal of Mathematics 8,
 * 1956, 399-404; between schemes: this project's.
 */
mlg_measure_fn mlg_depend_connectivity;

/**
 * What share of connected pairs across sectors exists only through the coordination?
 *
 *     1 - pairs connected without the rows of those who coordinate / pairs connected today
 *
 * Pairs of actors without a sector in common, those who leave apart. All leave who hold a post of
 * coordination, with all their posts and rows (without posts.csv, the persons who took part as
 * coordinators): the network without its coordination, at worst. Parts: `pairs_today`,
 * `pairs_without`; `pairs_without_activities` and `share_with_activities` when the activities that
 * only they convene stop too (strategic bodies go on); `rows`, `posts`, `activities_stopped`;
 * `near_today`, `near_without`, `near_without_activities`, pairs at most two rows apart: tied, with
 * a partner in common, or in one activity (undefined where counting them would take long).
 *
 * A coordination that records its own ties well looks indispensable, one that does not looks idle:
 * it says what the tables rest on, not what a person is worth.
 *
 * Undefined: when nobody is known to coordinate; when no row names those who do; without a view of
 * actors, a tie, two known sectors, or a connected pair across them.
 * Cost: O(m + n + c^2) for m rows and c sets of sectors; the near pairs O(sum of squared degrees).
 * Source: this project's, after the documents (S0: mise en lien); pairs as in S. P. Borgatti,
 * Computational and Mathematical Organization Theory 12, 2006, 21-34, equation 4.
 */
mlg_measure_fn mlg_depend_through_share;

#ifdef __cplusplus
}
#endif

#endif
