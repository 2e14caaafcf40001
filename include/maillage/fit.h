/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_FIT_H
#define MLG_FIT_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Do perimeters fit: signatures, themes against the scheme, perimeters before and after, partitions
 * side by side. Perimeters, units and what two of them have in common are those of scale.h; a kind
 * of perimeter (MLG_SCOPE_EXTENT) is a kind of schemes, or a scale where no scheme names the
 * territory. A leftover below 1 % of the known inhabitants of the smaller of two perimeters (of its
 * units, where more than one in ten is of unknown population) is a sliver: figures come with it,
 * and `but_slivers` without. Units are those of the study's own territory, where it names one;
 * perimeters and schemes are those that reach into it, whole (scale.h).
 *
 * p perimeters, u units, i the sum over units of the square of the number of perimeters that hold
 * it. Each function answers MLG_ENOMEM when memory is short, with nothing appended; an undefined
 * value has its reason and no number, and the answer is MLG_OK. */

/**
 * Are schemes of different kinds nested in each other, as a country in its counties, or do they
 * intersect?
 *
 *     Type I share = (equal + nested) / (equal + nested + crossing)
 *
 * over pairs of perimeters of different kinds that have something in common; what is apart does not
 * count. Two are of one kind when the schemes that name them have the same kinds (a CLS and a CLSM
 * on each, say), or no scheme does and they are of one scale. Convention `pairs`, then
 * `but_slivers`: without slivers, what two have in common included (then they are apart:
 * `slivers`). Pairs that parts of units leave open (`undetermined`) make MLG_LOW and MLG_HIGH: all
 * of them crossing, all nested. Part `population` weighs each pair by the inhabitants in common,
 * with `population_low` and `population_high`. Last, convention `each`, the share of every
 * perimeter over its own pairs.
 *
 * Many small perimeters inside one large body give a share near 1 although no two schemes of a
 * theme fit. Neither type is better: nested bodies are easy to place, intersecting ones each follow
 * their own task.
 *
 * Undefined: below two perimeters; when none of different kinds have anything in common.
 * Cost: O(i + u log p) time, O(p + u) memory.
 * Source: L. Hooghe, G. Marks, "Unraveling the central state, but how? Types of multi-level
 * governance", American Political Science Review 97(2), 2003, 233-243, for the two types; the share
 * is this project's.
 */
mlg_measure_fn mlg_scale_type_index;

/**
 * Which kinds of perimeters are nested in which, and where are the exceptions?
 *
 * Pairs of kinds (a, b): the number of pairs of their perimeters that cross, of `pairs`; parts
 * `equal`, `a_in_b`, `b_in_a`, `disjoint`, `undetermined`, as scale.typology has them;
 * `but_slivers` = crossing pairs once slivers are left out; `a_crossing` and `b_crossing`,
 * perimeters of each kind that cross one of the other at least; `a_perimeters` and `b_perimeters`,
 * all of each. For a kind with itself, `a_in_b` are all nested pairs.
 *
 * Then, where at least nine perimeters of ten of one kind lie inside one of another kind and some
 * cross instead, convention `exceptions`: each of these, with the one of that kind that it has most
 * in common with, when that holds more than half of it and not all. The value is the share of its
 * inhabitants outside that one (of its units, where some are unknown; `population` is then NaN),
 * parts `population` and `units` outside, and `but_slivers` = the relation without slivers. There
 * is no such list where there is no exception.
 *
 * Last, of two kinds (inner, outer) where at least half of ten or more inner perimeters lie inside
 * one of the outer kind, those of which the largest share sticks out: crosses some, lies in none,
 * and lies at least by a quarter (of its inhabitants, else units; of four that share it one does)
 * in the one it has most in common with. A neighbour's perimeter that barely enters does not stick
 * out. Convention `most_crossing`, that share, parts `crossing` of `perimeters`, and the
 * `population` of these and of `everybody`. Kinds of bodies come first: of schemes, and scales of
 * those who act (intermunicipal bodies, PETR, nature parks, CPTS, psychiatric sectors, departments,
 * regions), not zones of statistics, which have nobody to talk to. Convention
 * `most_crossing_pairs`: its inner perimeters with the outer they have most in common with, figures
 * as of the exceptions; those that it holds most of, then by inhabitants outside, in both lists.
 *
 * Undefined: below two perimeters.
 * Cost: O(i + u log p) time, O(p k + u) memory for k kinds.
 * Source: this project's.
 */
mlg_measure_fn mlg_scale_relations;

/**
 * How many different combinations of schemes do places live under?
 *
 * One number: different sets of schemes in force over units (convention `schemes`; two schemes of
 * one territory are two; `all_perimeters` where no scheme names a territory). A part of a unit
 * counts as the unit. Parts: `entropy` of the sets over units and `population_entropy` over
 * inhabitants, in bits; `units`; `alone` = sets that a single unit has; `without` = units under
 * none; `most` = schemes of the largest set. Convention `frequent`: each set, named by its unit
 * with most inhabitants: how many units have it, their `population` (of those where it is known;
 * none known is unknown), `population_unknown` = units where it is not, and its `schemes`; the
 * 1,000 most frequent of `total`. Convention `units`: the rank of each unit's set in that list.
 *
 * Many sets are not a fault: a place that has its own project has its own set. They are what
 * anybody who acts in several places has to know.
 *
 * Undefined: without a perimeter, or without a unit.
 * Cost: O(u log u) comparisons of sets.
 * Source: this project's; entropy as C. E. Shannon, Bell System Technical Journal 27, 1948,
 * 379-423.
 */
mlg_measure_fn mlg_scale_signatures;

/**
 * For each theme, how far is a scheme's perimeter from the one that decides?
 *
 *     |A and B| / |A or B|
 *
 * in units, for A of a scheme that carries the theme and B of each scheme there that decides on it
 * by its kind: a care network (CPTS) on access to care, a psychiatric sector on mental health, a
 * mobility plan on mobility. Where none does, B is of each scheme that
 * is most about it: of the schemes in force that say their themes and their territory and have
 * something in common with A, those with the fewest themes, fewer than its own. One list a theme,
 * its code the convention. Parts: `relation` and `but_slivers` (mlg_perimeter_relation); `overlap`,
 * `inside` = share of A in B, `covered` = share of B in A; `population`, `population_inside` and
 * `population_covered`, the same by inhabitants of the units where they are known;
 * `population_unknown`; `units` in common. Then convention `profile`, each scheme: the mean over
 * its `themes` of the best of these, by inhabitants too, and on how many themes the best is
 * `equal`, `nested` or `crossing`.
 *
 * Where no kind decides, the reference is as good as the themes that are written: findings do not
 * use it. A low index is no fault of a scheme: it says with whom its perimeter has to be
 * talked over, and for which theme.
 *
 * Undefined: without a perimeter; when no scheme carries a theme among more than another does
 * that has something in common with it.
 * Cost: O(themes x schemes^2 x parts of a perimeter).
 * Source: who decides as in the survey of coordinators (2023), line 173; the index as P. Jaccard,
 * Bulletin de la Societe vaudoise des sciences naturelles 37, 1901, 547-579.
 */
mlg_measure_fn mlg_scale_theme_scale;

/**
 * Who does what at each scale?
 *
 *     cells of themes by scales with neither an organisation nor a scheme / cells
 *
 * An organisation is counted for each of its themes at the scale of its territory, and of those of
 * its sites; a person or a service for the organisation it belongs to; a scheme in force for each
 * of its themes at the scale of its territory. The themes are those that one of them says, the
 * scales those where one of them says a theme. Parts:
 * `unnamed` and `cells`, `themes`, `scales`; `organisations` that say both, `without_theme` and
 * `without_scale`, those that say only the other. Then one list a scale, its code the convention
 * (`scale:epci`): the organisations for each theme, with `schemes` beside them.
 *
 * An empty cell is nobody on record: that nobody is in charge of it, that the record is thin, or
 * that the theme is not for that scale. It is a question to put, not a gap that is shown.
 *
 * Undefined: when no organisation or scheme says both a theme and a territory (or site) of a known
 * scale; above a million cells.
 * Cost: O(rows + themes x scales).
 * Source: this project's.
 */
mlg_measure_fn mlg_scale_competences;

/**
 * Do organisations that work in the same place work together?
 *
 * Convention `together`, one number: the density of ties among actors with a unit in common, beside
 * `apart`, that of the pairs of placed actors without one; parts `pairs`, `ties`, `ties_apart`,
 * `placed` actors, `completeness` = their share, `units` with two of them. Then convention `units`,
 * each unit where somebody is: the density among the actors there; parts `organisations`,
 * `only_here` = those present in no other unit (local; the others are regional), `ties`,
 * `centralisation` = by degree, as a share of a star's, `inside` = share of the ties of those
 * actors, among placed ones, that stay there (each tie once), `population`.
 *
 * An actor is present in the units of its sites in force, and of its own territory; a site in a
 * territory of several units says nothing of any of them.
 *
 * With few actors any density is possible: `organisations` says how many. That neighbours are tied
 * more than others does not say that place is why.
 *
 * Undefined: where no actor has a place; a density below two actors, a centralisation below three.
 * Cost: O(sum over units of the degrees of those present), and over pairs with a unit in common;
 * above 2e7 of these the first number is left out.
 * Source: G. S. Cumming, D. H. M. Cumming, C. L. Redman, "Scale mismatches in social-ecological
 * systems", Ecology and Society 11(1), 2006, 14, for the question; J. S. Sayles, J. A. Baggio,
 * "Social-ecological network analysis of scale mismatches in estuary watershed restoration", PNAS
 * 114(10), 2017, E1776-E1785, for density and centralisation by unit; L. C. Freeman, Social
 * Networks 1(3), 1978, 215-239.
 */
mlg_measure_fn mlg_scale_mismatch;

/**
 * What did changes of perimeters move, and what did they break?
 *
 * From the dates of perimeters.csv, up to the study's, at each day a row begins or is no longer in
 * force (the 64 latest; `days_left_out`). Convention `changed`: how many of the `perimeters`
 * changed their units at least once; parts `created`, `ended`, `moves` = units that entered or
 * left, `population` of these, `broken` = pairs that were nested or equal the day before and cross
 * from then on, `mended` = the reverse, `ties` = rows of ties.csv between organisations of
 * different units that shared a perimeter and no longer share one of its scale, summed over days;
 * `recoded` = units that only changed code. Convention `each_day`: the same by day (MLG_AT: days
 * since 1970), with `together` = the ties that a perimeter which changed held. Convention
 * `first_to_last`: each perimeter that changed, Jaccard of its first and its last state in units,
 * parts `population` (Jaccard by inhabitants), `entered`, `left` units, `population_entered`,
 * `population_left`, `changes`, `gone` (1: it ended), `last_day`, the day its last state begins,
 * `moved` = those units that came from another perimeter of its scale or went to one, and
 * `population_moved`; the others are new, gone or merged. Convention `broken`: pairs, the one that
 * was inside first: the share of it that is outside now, `population` there, and the `day`.
 *
 * Inhabitants are those of territories.csv, today's, at all dates: what a change moved in its own
 * year is not known, and a `population` that grew since is counted as it is now. A unit whose share
 * changes enters or leaves too. A unit that is in no perimeter from a day on, and one that was in
 * none before, are one that changed code when one takes the other's place in a perimeter and they
 * have one name, or are the only two such there: that is no change.
 *
 * Undefined: without a perimeter, or when no row has a date.
 * Cost: O(days x (i + rows of perimeters and of ties)).
 * Source: this project's.
 */
mlg_measure_fn mlg_scale_vintage_change;

/**
 * Do two ways of sharing out the territory agree?
 *
 *     VI = H(A | B) + H(B | A) = H(A) + H(B) - 2 I(A, B)
 *
 * in bits over the units that both hold whole and once (of the study's own territory): the
 * information it takes to go from one to the other. Pairs of kinds: scales, or kinds of schemes, of
 * at least two perimeters, which hold three units of four whole and once. Parts: `population` = VI
 * over inhabitants; `normalised` and `population_normalised` = VI / H(A, B), 0 the same, 1 nothing
 * in common; `ami` = (I - E I) / (mean of H(A), H(B) - E I), E exact over all deals that keep the
 * sizes; `a_given_b` = H(A | B) (0: each of b lies in one of a), `b_given_a`; `left_out` = share of
 * units, `left_out_population` = of inhabitants; `groups_a`, `groups_b`.
 *
 * Two nested ones do not agree, they are compatible: look at which of `a_given_b` and `b_given_a`
 * is 0.
 *
 * Undefined: below two perimeters, or two such kinds.
 * Cost: a pair: O(u log u + s t m), s and t different numbers of units of a perimeter, m their
 * mean.
 * Source: M. Meila, "Comparing clusterings", Journal of Multivariate Analysis 98(5), 2007, 873-895;
 * N. X. Vinh, J. Epps, J. Bailey, Journal of Machine Learning Research 11, 2010, 2837-2854.
 */
mlg_measure_fn mlg_scale_agreement;

#ifdef __cplusplus
}
#endif

#endif
