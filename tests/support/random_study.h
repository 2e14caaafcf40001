/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_RANDOM_STUDY_H
#define TESTS_RANDOM_STUDY_H

#include <stdbool.h>
#include <stddef.h>

/* A small study drawn at random, as plain rows and as a text for model_fixture.h: what slow twins
 * count from. It speaks of 30 June 2024. A number that is -1, an empty set of bits and a date 0 are
 * unknown, unless said otherwise. */

enum {
    RS_UNITS = 6,
    RS_PERIMETERS = 3,
    RS_QUARTERS = 2, /* neighbourhoods, of scale neighbourhood and in no perimeter */
    RS_ORGS = 8,
    RS_PERSONS = 3,
    RS_ACTORS = RS_ORGS + RS_PERSONS,
    RS_SCHEMES = 5,
    RS_ACTIVITIES = 9,
    RS_SEATS = 40,
    RS_TIES = 14,
    RS_POSTS = 7,
    RS_SITES = 9,
    RS_FUNDINGS = 8,
    RS_SECTORS = 4,
    RS_THEMES = 3,
    RS_AXES = 2,
    RS_AUDIENCES = 3,
    RS_MISSIONS = 3,
};

enum { RS_DAY = 20240630, RS_YEAR_FIRST = 20230701, RS_FIRST = 0, RS_LAST = 99999999 };

/* Days as numbers yyyymmdd, both ends in it. */
typedef struct rs_days {
    int first, last;
} rs_days;

/* What a cell of the table of dates can mean; 0 is the empty cell. */
rs_days rs_cell(int date);
const char *rs_date(int date);

/* A place: a unit, a perimeter (RS_UNITS + p), a neighbourhood (RS_UNITS + RS_PERIMETERS + q). */
enum { RS_PLACES = RS_UNITS + RS_PERIMETERS + RS_QUARTERS };

typedef struct random_study {
    int n_units, n_perimeters, n_orgs, n_schemes, n_activities;
    int people[RS_UNITS], area[RS_UNITS]; /* 0: unknown */
    bool on_map[RS_UNITS];
    double lon[RS_UNITS], lat[RS_UNITS];
    unsigned in[RS_PERIMETERS]; /* units */
    int centre[RS_PERIMETERS];  /* a unit or -1 */
    struct rs_actor {           /* organisations, then persons */
        unsigned sectors, themes;
        int place, directory, organisation; /* directory 0, 1; organisation of a person */
        bool listed;                        /* has a row of actors.csv */
        int start, end;
    } actor[RS_ACTORS];
    struct rs_scheme {
        int kind, place, carrier, start, end;
        unsigned themes, parents;
        bool no_parent; /* said to have none */
    } scheme[RS_SCHEMES];
    struct rs_activity {
        int kind, power, start, end;
        unsigned schemes, themes, axes, audiences, carriers, partners, places;
        bool outside; /* said to be of no scheme */
    } activity[RS_ACTIVITIES];
    int n_seats, n_ties, n_posts, n_sites, n_fundings;
    struct rs_seat {
        int actor, activity, role, date, invited, present, behalf; /* behalf: of an organisation, or
                                                                     RS_ORGS + a scheme */
        int hours;
    } seat[RS_SEATS];
    struct rs_tie {
        int a, b, kind, start, end;
    } tie[RS_TIES];
    struct rs_post {
        int name;                                               /* several rows may bear one */
        int holder, role, place, employer, service, start, end; /* holder -2: vacant */
        double fte;                                             /* below 0: unknown */
        bool mandate;                                           /* elected, by its contract */
        unsigned schemes, missions;
    } post[RS_POSTS];
    struct rs_site {
        int actor, place, start, end;
    } site[RS_SITES];
    struct rs_funding {
        int funder, scheme, amount, start, end;
    } funding[RS_FUNDINGS];
} random_study;

enum { RS_COORDINATOR, RS_ELECTED, RS_REFERENT, RS_DIRECTOR, RS_MEMBER, RS_RESIDENT };
enum { RS_NO, RS_YES, RS_EXCUSED, RS_REPRESENTED };
enum { RS_STEERING, RS_TECHNICAL, RS_GROUP, RS_TRAINING, RS_ACTION };
enum { RS_KNOWS, RS_WORKS_WITH, RS_AGREEMENT };

extern const char *const rs_sectors[RS_SECTORS],
    *const rs_themes[RS_THEMES], *const rs_axes[RS_AXES], *const rs_audiences[RS_AUDIENCES],
                                                              *const rs_missions[RS_MISSIONS];

void random_study_make(random_study *study, unsigned long stream);

/* Its text: rows as drawn, or (order > 0) each table in an order of its own and everything under
 * other names. It lives until the next call. */
const char *random_study_text(const random_study *study, unsigned long order);
/* The name that the last text gave to a thing: 'u' unit, 'T' perimeter, 'Q' neighbourhood, 'o'
 * organisation, 'p' person, 's' scheme, 'a' activity, 'j' post. Lives until five calls later. */
const char *rs_name(char kind, int i);
/* A place by its number. */
const char *rs_place_name(int place);

/* ---- what every twin reads the same way ----------------------------------------------------- */

static inline bool rs_has(unsigned set, int i)
{
    return (set >> i & 1U) != 0;
}

int rs_size(unsigned set);
/* From the first day that a start may be to the last that an end may be. */
rs_days rs_from_to(int start, int end);
bool rs_meet(rs_days a, rs_days b);
/* In force on 30 June 2024; of the 12 months that end there. */
bool rs_today(int start, int end);
bool rs_recent(rs_days days);
/* Units of a place: itself, or those of the perimeter; none of a neighbourhood. */
unsigned rs_units_of(const random_study *study, int place);
/* The organisation of an actor (a person without one: itself). */
int rs_organisation(const random_study *study, int actor);
/* Does a seat only list a member: without a day or a mark of presence, of an activity of which
 * other rows say on what day who came? No seat drawn is a carrier's, a funder's or a partner's. */
bool rs_lists_a_member(const random_study *study, const struct rs_seat *seat);
/* Who a seat counts for, -1: nobody was there. The days it counts in. */
int rs_seat_of(const random_study *study, const struct rs_seat *seat);
rs_days rs_seat_days(const random_study *study, const struct rs_seat *seat);

#endif
