/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef MLG_ACCESS_H
#define MLG_ACCESS_H

#include "maillage/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Where actions and posts reach: against inhabitants, the main town, hours of coordination,
 * distance. */

/**
 * In which places are there more, or fewer, activities than residents would make expect?
 *
 *     quotient = share of the places / share of the residents
 *
 * Conventions `activities` (of the 12 months up to the date, each once) and `sites` (each pair of
 * actor and territory once), of what lies in one unit: by unit, part `located` the count and
 * `located_expected` what residents would make expect; `divided` adds the parts of what lies in
 * several units. Then the same of one code at a time where at least ten of it lie in one unit:
 * `kind:...` and `theme:...` of activities, `sector:...` of the actors of sites. MLG_P is the exact
 * two-sided p of the count if places followed residents, MLG_P_ADJUSTED over the units of its list.
 *
 * Units are those of the study's own territory, where it names one. Units of unknown or no
 * residents are listed with their count and without a number. A place with
 * few residents reaches a large quotient by a single activity: read p, not the quotient alone.
 *
 * Undefined: without a unit; populations unknown, or known of a single unit; nothing lies in one
 * unit.
 * Cost: O(codes x things + units x lists).
 * Source: the quotient as P. S. Florence, in "Political and Economic Planning: Report on the
 * Location of Industry", 1939; adjusted as Y. Benjamini, Y. Hochberg, JRSS B 57(1), 1995, 289-300.
 */
mlg_measure_fn mlg_scale_location_quotient;

/**
 * Side by side, whom does nothing reach in each department, or each body of municipalities?
 *
 *     units covered / units, inside each perimeter
 *
 * scale.coverage again, perimeter by perimeter: convention `departement:sites` is the share of the
 * units of each perimeter of scale `departement` where an actor works; `schemes`, `referents`,
 * `activities` and `sites` likewise, for each scale of which two perimeters or more hold a unit.
 * Parts: `units` of the perimeter, `covered` in whole or in part, `population` (known),
 * `population_without` = those of it that nothing reaches, `population_unknown` = units of unknown
 * population. A unit that the perimeter holds in part brings that part of its residents; where that
 * part is said to be unknown, `population` and `population_without` are NaN. `population_low`,
 * `population_high`, `population_without_low` and `population_without_high` are the least and the
 * most they may be, by the parts of the perimeter and of what covers it. Units are those of the
 * study's own territory, where it names one.
 *
 * Not recorded is not absent: a source that knows one place better makes it look better covered.
 *
 * Undefined: without a unit; when no row says where; without two perimeters of one scale
 * (territories.scale). `population_without` where all who are left live where it is unknown.
 * Cost: O(questions x (rows + scales x parts of perimeters)).
 * Source: this project's.
 */
mlg_measure_fn mlg_scale_coverage_by;

/**
 * How many residents, municipalities and square kilometres is one full-time coordinator for?
 *
 *     residents / full-time equivalents
 *
 * Convention `posts`, by post of coordination in force that is not said to be vacant: the residents
 * of its own territory, else of its schemes', each unit once and in proportion to the largest part
 * of it that is in one, by the `fte` of its rows. Then
 * `study`, one number: all posts together, each unit once; parts `posts`, `vacant` rows apart,
 * `units_without` = units that no such post reaches (of the study's own territory, where it names
 * one: posts known to act wholly outside it are left out). Parts `units_per_fte` and `area_per_fte`
 * do the same for units and km2, over those whose population and area are known. By scheme:
 * depend.fte_per_scheme.
 *
 * A time that is not recorded is not one: the value is then missing, and lies between MLG_LOW,
 * where each such row held one full time, and MLG_HIGH, where it held none.
 *
 * No document says how many are too many: this is a fact to lay beside those of other posts. A post
 * shared by two territories counts both in full; one that does other work as well as coordinate
 * has an `fte` that says too much.
 *
 * Undefined: without a post of coordination that is held; time, territory or population unknown.
 * Cost: O(posts x (posts + units)).
 * Source: this project's.
 */
mlg_measure_fn mlg_scale_load;

/**
 * Do organisations work together less, the further apart they are?
 *
 *     chance of a tie ~ (1 + km) ^ slope
 *
 * One number, `slope`: that under which the mean of log(1 + km) over ties is as observed, solved
 * over all pairs (above 3,000 places, when forced, over the classes: part `by_classes` is 1; those
 * of the draws over a thousand classes); 0 = distance does not count. Parts `per_doubling` = 2 ^
 * slope, what doubling 1 + km does to the chance of a tie; `median_km` of ties and
 * `median_pairs_km` of all pairs; `placed` and `unplaced` actors, their `places` (an area at its
 * main town is that town). Then `classes`, a curve: ties in each class up to MLG_AT km (the first:
 * one place), with the `pairs` there, and `ratio` = observed / expected.
 *
 * An actor is where its one site is, else in its territory; a territory without coordinates is at
 * its main town. Distances are along the great circle. Under the null the places are dealt again
 * among the actors that have one, the ties stay (MLG_EXPECTED, MLG_LOW, MLG_HIGH, MLG_P in two
 * tails, MLG_P_ADJUSTED over the classes).
 *
 * Distance stands for roads, for belonging to the same contract, and for who was asked: a steep
 * slope is no proof that kilometres are what keeps people apart.
 *
 * Undefined: coordinates unknown, or of a single place; no tie between actors with a place; every
 * tie at the shortest, or the longest, distance; more than 3,000 places, unless forced.
 * Cost: O(places^2 + draws x (ties + actors)).
 * Source: distance decay as W. R. Tobler, Economic Geography 46, 1970, 234-240; the form as
 * M. T. Gastner, M. E. J. Newman, European Physical Journal B 49, 2006, 247-252; the null is
 * the permutation of N. Mantel, Cancer Research 27, 1967, 209-220.
 */
mlg_measure_fn mlg_scale_distance;

/**
 * How far do residents live from the nearest activity, site, or main town?
 *
 *     sum over units of residents x km to the nearest / residents
 *
 * Conventions `activities` (those of the 12 months that lie in one unit), `sites`, `main_town`: one
 * number for the study, with the shares of residents `within_5_km`, `within_10_km`, `within_20_km`,
 * then each unit's km; units of the study's own territory, where it names one, places wherever they
 * are. Great circle between the points of units; 0 where it is in the unit.
 * `units_left_out` have no coordinates.
 *
 * As the crow flies, and from town hall to town hall: hills, bridges and buses are not known.
 *
 * Undefined: without a unit; nothing recorded; coordinates or populations unknown; above 2e8
 * distances, unless forced.
 * Cost: O(units x places).
 * Source: this project's.
 */
mlg_measure_fn mlg_scale_nearest;

/**
 * Do the organisations of the main town and those around it work together?
 *
 *     (ties across - ties on one side) / ties
 *
 * silo.ei with two labels in place of sectors: an actor whose sites, else whose territory, lie
 * wholly in the main town of a perimeter (territories.centre), or wholly around one, inside the
 * perimeter. Others are left out. Parts `in_centre` and `around` count them; all else is as
 * silo.ei: labels dealt again (or participations traded), MLG_P in tail less = fewer ties across
 * than chance would put there.
 *
 * Most actors in the main town means most ties on one side by chance alone: compare with
 * MLG_EXPECTED.
 *
 * Undefined: without a main town; nobody known on one of the sides; no tie between the known.
 * Cost: as silo.ei.
 * Source: as silo.ei; the two labels as core and periphery of a territory are this project's.
 */
mlg_measure_fn mlg_scale_main_town_ei;

/**
 * Which sectors and themes reach which places?
 *
 * Convention `sectors`: for each sector, the share of units where one of its actors is, by its
 * sites, else by its territory. Parts `population` = share of residents reached and
 * `population_without` = residents left out; `units` of the study's own territory, `units_outside`,
 * `covered`; `rows` of actors, but those known to be outside it, and `completeness` = the share of
 * them that say where. `units`: for
 * each unit, how many sectors reach it, of those that say where (`sectors`). `theme:...`: the share
 * of units that an activity of the theme names, of the 12 months. `neighbourhoods`: the share of
 * territories of scale neighbourhood that an activity names itself, not through its town;
 * `not_neighbourhoods` lists the others.
 *
 * Not recorded is not absent: a sector that few rows place looks like a desert.
 *
 * Undefined: without a unit; no actor of known sector; none says where; no neighbourhood.
 * Cost: O(codes x (actors + sites + activities) + codes x units).
 * Source: this project's.
 */
mlg_measure_fn mlg_scale_deserts;

#ifdef __cplusplus
}
#endif

#endif
