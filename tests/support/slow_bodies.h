/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SLOW_BODIES_H
#define TESTS_SLOW_BODIES_H

#include "random_study.h"

/* Who sits where, as sets of organisations (a bit each), straight from the rows of a study. */

/* Rows of seats, carriers and partners that count: any; within the 12 months; that end before a
 * day; that begin from a day. */
typedef enum slow_time { EVER, RECENT, BEFORE, FROM } slow_time;
/* Organisations on record in one activity, or (-1) in any. */
unsigned slow_members(const random_study *study, int activity, slow_time time, int day);
/* Organisations in the activities of a scheme, in its bodies alone where asked. */
unsigned slow_members_of(const random_study *study, int scheme, bool bodies, slow_time time,
                         int day);
/* Those of its bodies that are not of another scheme too. */
unsigned slow_members_apart(const random_study *study, int scheme, int other, slow_time time,
                            int day);

/* Is an activity a body: it says its power, or its kind is that of a meeting, or unknown? */
bool slow_is_body(const random_study *study, int activity);
/* Bodies of a scheme as bits: of the 12 months, or of any time. */
unsigned slow_bodies_of(const random_study *study, int scheme, bool recent);
bool slow_scheme_holds(const random_study *study, int scheme);
/* The first day of the dated ones of a set of activities, RS_LAST where none is. */
int slow_first_day(const random_study *study, unsigned activities);

/* Years from one day to another. */
double slow_years(int from, int to);
/* Activities of one scheme, of known attendance in the 12 months, where somebody sits for another;
 * those of both are neither's. */
typedef struct slow_visits {
    int seats, bodies; /* where somebody sits; that there are */
} slow_visits;
slow_visits slow_visits_of(const random_study *study, int guest, int host);
/* Is anybody on record who would speak for a scheme? */
bool slow_somebody_stands(const random_study *study, int scheme);

/* Steps from a scheme up to an ancestor, 0: it is none. */
int slow_steps_up(const random_study *study, int child, int ancestor);
/* Clopper and Pearson's bounds of k of n, by halving. */
double slow_share_bound(int k, int n, bool high);

#endif
