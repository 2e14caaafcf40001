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

/* Where the nearest is asked from. */
typedef enum slow_near { NEAR_ACTIVITIES, NEAR_SITES, NEAR_MAIN_TOWN } slow_near;
/* Units where one lies, by itself. */
unsigned slow_lie_in(const random_study *study, slow_near what);
/* Kilometres from a unit to the nearest of `there`, NaN when one of them is on no map. */
double slow_km_to(const random_study *study, int unit, unsigned there);

#endif
