/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_SCALE_H
#define MLG_SCALE_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* All of these are of the study itself, at its date: `view` is -1. A perimeter is the territory of
 * a scheme in force, or any territory that perimeters.csv takes apart; two schemes on one territory
 * are one perimeter. |A| sums the shares of a perimeter in its units. Where two hold parts a and b
 * of a unit, what they have in common is unknown between max(0, a + b - 1) and min(a, b): numbers
 * take min(a, b), columns MLG_LOW and MLG_HIGH give the interval. Where all the pieces of one scale
 * in a unit sum to at most 1, they are neighbours there: nothing in common. A share that is said to
 * be unknown lies between 0 and 1: numbers take the most, the interval runs over what it may be. A
 * share that is not written is the whole. An activity of the 12 months is one whose days reach into
 * them: one without an end goes on, one without a date counts.
 *
 * Where the study names its own territory (`territory` in study.csv, by id, official code or name),
 * rates of coverage, layers and concentration are over the units that lie in it, at least in part.
 * A perimeter then counts when it holds one of them, at least in part: as a whole, what lies across
 * the border too. Others are left out of every list and count of perimeters and pairs, as are
 * schemes, and rows that could say where, that are known to lie wholly outside; pieces are
 * neighbours in a unit by all that there are. `units_outside` counts the units beyond the border
 * that perimeters bring in.
 *
 * Part `population` weighs units by their inhabitants; units of unknown population are left out of
 * it and counted in `population_unknown`. Where territories.csv gives some, parts `area` and `need`
 * weigh them by km2 and by the index of need as it is written (below 0: left out), with
 * `area_unknown` and `need_unknown`; where perimeters hold parts of units, `population_low` is the
 * least that `population` may be. Lists of pairs hold the 1,000 first of `total`. Each
 * function answers MLG_ENOMEM when memory is short, with nothing appended; an undefined value has
 * its reason and no number, and the answer is MLG_OK. p perimeters, u units, and i the sum over
 * units of the square of the number of perimeters that hold it. */

/**
 * How alike are the perimeters of two schemes?
 *
 *     |A and B| / |A or B|
 *
 * in units, part `population` in inhabitants, part `units` = |A and B|. A district inside a large
 * contract has a small index although it lies wholly in it: read scale.overlap and
 * scale.containment beside.
 *
 * Undefined: below two perimeters; `population`: where none is known.
 * Cost: O(i + u log p) time, O(p + u) memory.
 * Source: P. Jaccard, Bulletin de la Societe vaudoise des sciences naturelles 37, 1901, 547-579;
 * parts of units as in M. Ruzicka, Biologia 13, 1958, 647-661.
 */
mlg_measure_fn mlg_scale_jaccard;

/**
 * Does the smaller of two perimeters lie inside the other?
 *
 *     |A and B| / min(|A|, |B|)
 *
 * 1 for anything inside a regional body, however small: it does not say that they fit.
 *
 * Undefined: below two perimeters; `population`: where none is known.
 * Cost: as scale.jaccard.
 * Source: D. Szymkiewicz, Acta Societatis Botanicorum Poloniae 11(3), 1934, 335-356; G. G. Simpson,
 * American Journal of Science 241(1), 1943, 1-31.
 */
mlg_measure_fn mlg_scale_overlap;

/**
 * Which share of a perimeter does another one cover?
 *
 *     |A and B| / |A|
 *
 * for the pair (A, B), and again for (B, A): the list is of ordered pairs. With `population`, the
 * share of the inhabitants of A that B reaches too.
 *
 * Undefined: below two perimeters; `population`: where none is known.
 * Cost: as scale.jaccard.
 * Source: the definition; A. Z. Broder, "On the resemblance and containment of documents", 1997,
 * for the name.
 */
mlg_measure_fn mlg_scale_containment;

/** How two perimeters lie: what scale.typology gives as its value. */
typedef enum mlg_perimeter_relation {
    MLG_EQUAL,
    MLG_A_IN_B,
    MLG_B_IN_A,
    MLG_DISJOINT,
    MLG_CROSSING,     /**< each has something of its own and both have something in common */
    MLG_UNDETERMINED, /**< parts of units leave it open */
    MLG_N_RELATIONS
} mlg_perimeter_relation;

/**
 * Are perimeters nested in each other, or do they cross?
 *
 * Two values. By pair, the relation's number (mlg_perimeter_relation), crossing pairs first, with
 * parts `units` and `people` in common and `one_kind` (1: schemes of the same kinds name both, or
 * both are of the same scale and no scheme names them), and `but_slivers`, the relation once
 * leftovers below 1 % of the smaller one's known inhabitants (units, where more than one in ten is
 * of unknown population) are left out. Parts `units_low` and `people_low` are the least in common,
 * `units_a`, `units_b`, `people_a` and `people_b` the whole of each: every index of the pair
 * follows from them. Then, convention `type_i_share`, one number:
 *
 *     Type I share = (equal + nested) / (equal + nested + crossing)
 *
 * over pairs of different kinds that have something in common (`type_i` and `type_ii` pairs;
 * perimeters of unknown kind differ from all); undetermined pairs make its bounds; part
 * `population` weighs pairs by the inhabitants in common. Parts `equal`, `nested`, `disjoint`,
 * `crossing`, `undetermined` count all pairs. Two perimeters whose units are
 * of different scales, which no table links, are undetermined, never disjoint. So are two that
 * cross only by units of unknown population, in a perimeter where at most one unit in ten is: the
 * code of a municipality that was merged, which the other one no longer has, is no crossing. A
 * leftover below 1e-9 of its perimeter is rounding.
 *
 * Many small perimeters inside one large body give a share near 1 although no two schemes of a
 * theme fit: look at the crossing pairs.
 *
 * Undefined: below two perimeters; the share: when none of different kinds have anything in common.
 * Cost: as scale.jaccard.
 * Source: L. Hooghe, G. Marks, "Unraveling the central state, but how? Types of multi-level
 * governance", American Political Science Review 97(2), 2003, 233-243, for the two types; the share
 * is this project's.
 */
mlg_measure_fn mlg_scale_typology;

/**
 * How many layers of schemes lie over each place?
 *
 * Two values. By unit, the number of different perimeters of schemes that hold it or a part of it
 * (convention `scheme_perimeters`; `all_perimeters` where no scheme names a territory), 0 included.
 * Then one number, the mean over units, with parts: `population` = the mean over inhabitants,
 * `signatures` = different sets of perimeters among units, `entropy` of these in bits, `units`,
 * `most`. Units are the smallest territories the study uses: parts of a perimeter, and territories
 * of the same scale as one; of the study's own territory, where it names one.
 *
 * Layers are not redundancy: a contract and its parent both count.
 *
 * Undefined: without a perimeter, or without a unit.
 * Cost: O(u log u) comparisons of layers.
 * Source: this project's; entropy as C. E. Shannon, Bell System Technical Journal 27, 1948,
 * 379-423.
 */
mlg_measure_fn mlg_scale_layers;

/**
 * Whom does nothing reach?
 *
 * One number a question, the share of units covered, each with its convention: `schemes`,
 * `referents` (posts of elected or health referents that are not vacant), `activities` (of the 12
 * months up to the date), `sites` (where actors work), then each kind of scheme by its code, then,
 * by `perimeters:SCALE`, each scale of perimeters, whoever drew them. After each of the first four,
 * conventions `not_schemes`, `not_referents`, ... list the units left out by falling `population`,
 * unknown ones last, value 0 (`not_perimeters:SCALE` where there are any). A unit held in part
 * counts as its largest part, as none of it where that part is unknown; MLG_HIGH takes the sum of
 * the parts. Parts: `population` = share of the known inhabitants, `population_high` = the same at
 * most, by the sum of the parts, `population_unknown` = units where inhabitants are not known;
 * `units` of the study's own territory and `units_outside`; `covered` units, in whole or `partly`;
 * `rows` that could say where, and `completeness` = the share of them that do: at a territory that
 * holds a unit the study counts, not at a code its tables lack.
 *
 * Not recorded is not absent: a low share beside a low completeness says fill the column first.
 *
 * Undefined: without a unit; without a row that could say where, or when none does. `population`:
 * all who are covered, or all who are left, live where it is unknown. A list of units left out that
 * is empty has its reason: everything is covered.
 * Cost: O(rows + parts of the territories they name).
 * Source: this project's.
 */
mlg_measure_fn mlg_scale_coverage;

/**
 * Which units have an elected or health referent on record?
 *
 * One number, convention `share`: the share of units where a post of an elected official (by role
 * or by contract) or referent, in force, is not said to be vacant, exactly as scale.coverage
 * `referents` counts it. Parts: `population` = share of inhabitants; `units`; of these, `known`
 * where a holder is named, `unnamed` where the holder is unknown, `vacant` where each post is said
 * to be vacant, `unknown` where nothing is recorded; `rows` of such posts and `completeness` = the
 * share of them that say where, by a territory of their own or else by their schemes', in force or
 * ended: a post outlives the paper it was made by. Then,
 * convention `units`, each unit: 1 held, 0 only vacant, NaN nothing recorded, with parts
 * `population`, `known`, `unnamed` and `vacant` = rows of posts, `elected` = those of elected
 * officials and `own` = those of the unit itself, not of a larger territory, among the rows that
 * are not vacant.
 *
 * Not recorded is not absent. A referent of a whole contract covers each of its units: `own` tells
 * them apart.
 *
 * Undefined: without a unit; without such a post, or when none says where.
 * Cost: O(posts + parts of the territories they name).
 * Source: this project's.
 */
mlg_measure_fn mlg_scale_referents;

/**
 * Are activities concentrated in the main town?
 *
 *     in the main town / located,   expected: inhabitants of the main town / inhabitants
 *
 * Convention `activities`: those of the 12 months up to the date, each once; `sites`: places where
 * actors work, each pair of actor and territory once. One number for the study, over all its units,
 * with the main towns of all perimeters (territories.centre) together, then the list of perimeters
 * that say their main town. `located` lie wholly in it (`in_centre`) or wholly around it, inside
 * the perimeter. Those on both sides, or partly outside the perimeter, are `spread` and count for
 * neither; part `divided` is the share when they are divided equally among the territories they
 * name, and there by inhabitants. `quotient` = value / expected.
 *
 * If places followed population, `in_centre` would be binomial: MLG_P (tail greater) and MLG_P_TWO
 * = twice the smaller tail are exact, MLG_LOW and MLG_HIGH its 2.5 and 97.5 % as shares;
 * MLG_P_ADJUSTED over the list. Units held in part, or of no known inhabitant, are as if they were
 * not there, and counted in `units_left_out`.
 *
 * A main town holds services for all around it: a share above its inhabitants' is no fault. Several
 * sites of one actor, or actions decided together, are not independent: p is then too small.
 * `unlocated` beside `located` says how much the figure rests on.
 *
 * Activities of schemes whose own territory lies in the main town could not be elsewhere: they are
 * counted apart (part `bound`), not among those located.
 *
 * Undefined: without a perimeter, or a main town; its inhabitants unknown, or all there are;
 * nothing located. Rows of the list that are NaN have one of these reasons.
 * Cost: O(parts of the territories named x perimeters over a unit + located).
 * Source: the quotient as P. S. Florence, in "Political and Economic Planning: Report on the
 * Location of Industry", 1939; tails as C. J. Clopper, E. S. Pearson, Biometrika 26(4), 1934,
 * 404-413.
 */
mlg_measure_fn mlg_scale_main_town;

/**
 * Do activities follow residents, or are they concentrated?
 *
 *     G = 1 - sum over units of f (L before + L after)
 *
 * units by rising rate of places by inhabitant, f = share of inhabitants, L = cumulative share of
 * places: 0 when every inhabitant has as many, near 1 when one small unit has all. Conventions
 * `activities` and `sites`, what lies in one unit (`located`); part `divided` is the index with
 * those in several units (`spread`) divided as in scale.main_town. scale.location_quotient has the
 * same things unit by unit.
 *
 * Few places cannot follow many units: one activity alone gives nearly 1. So G is compared with
 * places drawn by population (MLG_EXPECTED, MLG_LOW, MLG_HIGH, MLG_P in tail greater): only what is
 * above these says that places are concentrated. Draws are fewer than asked where `located` is
 * large (3e8 placings).
 *
 * Units of unknown or no population are left out and counted (`units_left_out`), with what lies
 * there (`elsewhere`), as are units outside the study's own territory (`units_outside`).
 *
 * Undefined: without a unit; populations unknown, or known of a single unit; nothing lies in one
 * unit.
 * Cost: O(draws x located x log located + units).
 * Source: M. O. Lorenz, Publications of the American Statistical Association 9(70), 1905, 209-219;
 * C. Gini, Variabilita e mutabilita, 1912; draws by A. J. Walker, ACM Transactions on Mathematical
 * Software 3(3), 1977, 253-256.
 */
mlg_measure_fn mlg_scale_gini;

#ifdef __cplusplus
}
#endif

#endif
