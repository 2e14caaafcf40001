/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_bodies.h"

#include "slow_places.h"

static bool counts(rs_days days, slow_time time, int day)
{
    return time == EVER     ? true
           : time == RECENT ? rs_recent(days)
           : time == BEFORE ? days.last < day
                            : days.first >= day;
}

unsigned slow_members(const random_study *s, int activity, slow_time time, int day)
{
    unsigned members = 0;
    for (int i = 0; i < s->n_seats; i++) {
        const struct rs_seat *seat = &s->seat[i];
        const int who = rs_seat_of(s, seat);
        if (who >= 0 && (activity < 0 || seat->activity == activity) &&
            counts(rs_seat_days(s, seat), time, day)) {
            members |= 1U << who;
        }
    }
    for (int i = 0; i < s->n_activities; i++) {
        const struct rs_activity *a = &s->activity[i];
        if ((activity < 0 || i == activity) && counts(rs_from_to(a->start, a->end), time, day)) {
            members |= a->carriers | a->partners;
        }
    }
    return members;
}

unsigned slow_members_apart(const random_study *s, int scheme, int other, slow_time time, int day)
{
    unsigned members = 0;
    for (int i = 0; i < s->n_activities; i++) {
        if (rs_has(s->activity[i].schemes, scheme) && !rs_has(s->activity[i].schemes, other) &&
            slow_is_body(s, i)) {
            members |= slow_members(s, i, time, day);
        }
    }
    return members;
}

unsigned slow_members_of(const random_study *s, int scheme, bool bodies, slow_time time, int day)
{
    unsigned members = 0;
    for (int i = 0; i < s->n_activities; i++) {
        if (rs_has(s->activity[i].schemes, scheme) && (!bodies || slow_is_body(s, i))) {
            members |= slow_members(s, i, time, day);
        }
    }
    return members;
}

bool slow_is_body(const random_study *s, int activity)
{
    const struct rs_activity *a = &s->activity[activity];
    return a->power >= 0 || (a->kind != RS_TRAINING && a->kind != RS_ACTION);
}

/* Of the 12 months by its own dates, or by those of a row of participations. */
static bool sat(const random_study *s, int activity)
{
    const struct rs_activity *a = &s->activity[activity];
    bool recent = rs_recent(rs_from_to(a->start, a->end));
    for (int i = 0; i < s->n_seats; i++) {
        recent =
            recent || (s->seat[i].activity == activity && rs_recent(rs_seat_days(s, &s->seat[i])));
    }
    return recent;
}

unsigned slow_bodies_of(const random_study *s, int scheme, bool recent)
{
    unsigned bodies = 0;
    for (int i = 0; i < s->n_activities; i++) {
        const struct rs_activity *a = &s->activity[i];
        if (slow_is_body(s, i) && rs_has(a->schemes, scheme) && (!recent || sat(s, i))) {
            bodies |= 1U << i;
        }
    }
    return bodies;
}

bool slow_scheme_holds(const random_study *s, int scheme)
{
    return rs_today(s->scheme[scheme].start, s->scheme[scheme].end);
}

int slow_first_day(const random_study *s, unsigned activities)
{
    int first = RS_LAST;
    for (int i = 0; i < s->n_activities; i++) {
        const int start = s->activity[i].start;
        if (rs_has(activities, i) && start > 0 && rs_cell(start).first < first) {
            first = rs_cell(start).first;
        }
    }
    return first;
}

int slow_steps_up(const random_study *s, int child, int ancestor)
{
    unsigned above = s->scheme[child].parents;
    for (int steps = 1; above != 0; steps++) {
        unsigned next = 0;
        if (rs_has(above, ancestor)) {
            return steps;
        }
        for (int i = 0; i < s->n_schemes; i++) {
            next |= rs_has(above, i) ? s->scheme[i].parents : 0;
        }
        above = next;
    }
    return 0;
}

/* A day as years since the year 0: the day of its year over the days of that year. */
static double year_of(int day)
{
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    const int year = day / 10000, month = day / 100 % 100;
    const bool leap = year % 4 == 0; /* of the years drawn */
    const int days = before[month - 1] + (leap && month > 2) + day % 100 - 1;
    return year + days / (leap ? 366.0 : 365.0);
}

double slow_years(int from, int to)
{
    return year_of(to) - year_of(from);
}

/* Is an actor at home in a scheme: it holds a post of it, or carries it? */
static bool is_of_scheme(const random_study *s, int actor, int scheme)
{
    bool of = s->scheme[scheme].carrier == actor;
    for (int i = 0; i < s->n_posts; i++) {
        const struct rs_post *p = &s->post[i];
        of = of || (p->holder == actor && rs_has(p->schemes, scheme) && rs_today(p->start, p->end));
    }
    return of;
}

/* Who speaks by a row: whom it says, else its actor. */
static bool speaks_for(const random_study *s, const struct rs_seat *seat, int scheme)
{
    return seat->behalf >= RS_ORGS
               ? seat->behalf == RS_ORGS + scheme
               : is_of_scheme(s, seat->behalf >= 0 ? seat->behalf : seat->actor, scheme);
}

static bool sits_for(const random_study *s, const struct rs_seat *seat, int guest, int host)
{
    return rs_seat_of(s, seat) >= 0 && rs_recent(rs_seat_days(s, seat)) &&
           speaks_for(s, seat, guest) &&
           (seat->behalf >= RS_ORGS || !speaks_for(s, seat, host)); /* not at home there */
}

bool slow_somebody_stands(const random_study *s, int scheme)
{
    bool stands = s->scheme[scheme].carrier >= 0;
    for (int i = 0; i < s->n_posts; i++) {
        const struct rs_post *p = &s->post[i];
        stands =
            stands || (p->holder >= 0 && rs_has(p->schemes, scheme) && rs_today(p->start, p->end));
    }
    for (int i = 0; i < s->n_seats; i++) {
        const struct rs_seat *x = &s->seat[i];
        stands = stands || (rs_recent(rs_seat_days(s, x)) && speaks_for(s, x, scheme));
    }
    return stands;
}

slow_visits slow_visits_of(const random_study *s, int guest, int host)
{
    slow_visits n = {.seats = 0};
    for (int a = 0; a < s->n_activities; a++) {
        const struct rs_activity *x = &s->activity[a];
        bool recorded = false, sits = false;
        for (int i = 0; i < s->n_seats; i++) {
            const struct rs_seat *seat = &s->seat[i];
            if (seat->activity == a) {
                recorded = recorded || rs_recent(rs_seat_days(s, seat));
                sits = sits || sits_for(s, seat, guest, host);
            }
        }
        if (recorded && rs_has(x->schemes, host) && !rs_has(x->schemes, guest)) {
            n.bodies++;
            n.seats += sits;
        }
    }
    return n;
}

double slow_share_bound(int k, int n, bool high)
{
    double low = 0.0, top = 1.0;
    if (high ? k == n : k == 0) {
        return high ? 1.0 : 0.0;
    }
    for (int turn = 0; turn < 60; turn++) {
        const double p = 0.5 * (low + top);
        const double tail = high ? slow_binomial((unsigned) n, p, (unsigned) k)
                                 : 1.0 - slow_binomial((unsigned) n, p, (unsigned) k - 1);
        const bool above = high ? tail < 0.025 : tail > 0.025;
        *(above ? &top : &low) = p;
    }
    return low;
}
