/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SLOW_REACH_H
#define TESTS_SLOW_REACH_H

#include "random_study.h"

/* Where things reach, unit by unit, straight from the rows of a study. */

/* Units that rows of one sort name, the rows that could and those that do. */
typedef struct slow_cover {
    unsigned units;
    int rows, placed;
} slow_cover;

/* What is covered by; `which` is a kind of scheme, a sector, a theme (-1: all). */
typedef enum slow_by { BY_SCHEMES, BY_REFERENTS, BY_ACTIVITIES, BY_SITES, BY_SECTOR } slow_by;
slow_cover slow_cover_by(const random_study *study, slow_by by, int which);
/* Inhabitants of a set of units, unknown ones left out. */
double slow_people_in(const random_study *study, unsigned units);
/* The share of known inhabitants in a set of units; NaN where all of them, or all the others, live
 * where nobody is counted. */
double slow_people_share(const random_study *study, unsigned units);
/* Neighbourhoods that an activity of the 12 months names. */
unsigned slow_quarters(const random_study *study);

/* Referents of one unit: rows of posts by what they say of their holder. */
typedef struct slow_referents {
    int known, unnamed, vacant, elected, own;
} slow_referents;
slow_referents slow_referents_of(const random_study *study, int unit);

/* Coordination of a post by its name, of all with -1. */
typedef struct slow_hours {
    unsigned units;
    double fte;
    int rows, unknown, vacant; /* rows that are not vacant; of them, without fte; vacant rows */
} slow_hours;
slow_hours slow_hours_of(const random_study *study, int post);

/* Things that lie in one unit, unit by unit: activities of the 12 months, or sites in force, each
 * pair of actor and place once. */
void slow_lying(const random_study *study, bool sites, int of_unit[RS_UNITS]);
/* Sites wholly in main towns, wholly around, and on both sides, among units of known population. */
typedef struct slow_sides {
    int in, around, spread;
    double people, people_in;
} slow_sides;
slow_sides slow_sites_by_town(const random_study *study);
/* Different territories of schemes in force (of perimeters, where no such scheme has one) that hold
 * a unit. */
int slow_layers(const random_study *study, int unit, bool *by_schemes);

/* Where the nearest is asked from. */
typedef enum slow_near { NEAR_ACTIVITIES, NEAR_SITES, NEAR_MAIN_TOWN } slow_near;
/* Units where one lies, by itself. */
unsigned slow_lie_in(const random_study *study, slow_near what);
/* Kilometres from a unit to the nearest of `there`, NaN when one of them is on no map. */
double slow_km_to(const random_study *study, int unit, unsigned there);

#endif
