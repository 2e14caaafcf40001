/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_SLOW_TASKS_H
#define TESTS_SLOW_TASKS_H

#include "random_study.h"

/* What schemes ask of people, straight from the rows of a study. */

/* Rows of posts held on the day: of a post by its name, of a scheme (a row of several in equal
 * parts); -1: any.
 */
typedef struct slow_times {
    double of_mission[RS_MISSIONS]; /* full-time equivalents, a row of several in equal parts */
    double fte, without_mission;    /* of rows that say a mission, that say none */
    int rows, without_fte;          /* rows that say a mission; of them, those without a time */
    int missions;                   /* named */
} slow_times;
slow_times slow_times_of(const random_study *study, int post, int scheme);
/* Posts whose rows name a mission; their rows without a time. */
int slow_posts_naming(const random_study *study, int mission, int *without_fte);

/* Is an activity an action of the 12 months: by its kind, or by what it says besides? */
bool slow_is_action(const random_study *study, int activity, unsigned says);

/* Actions of a scheme (-1: any) by whom they are for. */
typedef struct slow_audience {
    int actions, known, vulnerable, everyone_only;
    int naming[RS_AUDIENCES];
    int placed, quarter; /* that say an audience or a place; that are for a neighbourhood */
} slow_audience;
slow_audience slow_audience_of(const random_study *study, int scheme);

/* Actions of an axis by who is in them. */
typedef struct slow_axis {
    int actions, without_carrier;
    unsigned carriers, partners, sectors;
    bool one; /* no other organisation than one carries any of them */
} slow_axis;
slow_axis slow_axis_of(const random_study *study, int axis);

/* Attendances of an organisation. */
typedef struct slow_attendance {
    int rows, with_hours, activities, schemes;
    double hours;
} slow_attendance;
slow_attendance slow_attendance_of(const random_study *study, int actor);

/* Funders of a scheme. */
typedef struct slow_funders {
    unsigned funders;
    double amount,
        hhi; /* of one funder 1, of several NaN where no row says what one of them brings */
} slow_funders;
slow_funders slow_funders_of(const random_study *study, int scheme);

/* Posts of a scheme (-1: any) held on the day, and those that end within 365 days. */
typedef struct slow_ends {
    int held, ending, end_known;
} slow_ends;
slow_ends slow_ends_of(const random_study *study, int scheme);

/* Bodies of the 12 months of a power (-1: that say none; -2: any). */
typedef struct slow_seats_of {
    int bodies, known, with_residents;
} slow_seats_of;
slow_seats_of slow_residents(const random_study *study, int power);

/* Residents by the bodies they sit in: how many sit, in how many bodies, seats beyond two each. */
typedef struct slow_asked {
    int residents, bodies, seats, beyond;
} slow_asked;
slow_asked slow_asked_of(const random_study *study);

/* Whom a person who coordinates meets: organisations as bits. */
typedef struct slow_contacts {
    bool coordinates;
    unsigned contacts, own, sectors; /* own: services and employers of its coordination */
    int attachments;
} slow_contacts;
slow_contacts slow_contacts_of(const random_study *study, int person);

#endif
