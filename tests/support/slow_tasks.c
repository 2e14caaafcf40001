/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_tasks.h"

#include <math.h>

#include "slow_bodies.h"

/* ---- time ------------------------------------------------------------------------------------ */

static bool is_held(const struct rs_post *post)
{
    return rs_today(post->start, post->end) && post->holder != -2;
}

slow_times slow_times_of(const random_study *s, int post, int scheme)
{
    slow_times t = {.rows = 0};
    unsigned named = 0;
    for (int i = 0; i < s->n_posts; i++) {
        const struct rs_post *p = &s->post[i];
        const int n = rs_size(p->missions);
        const double part = scheme >= 0 ? 1.0 / rs_size(p->schemes) : 1.0;
        if (!is_held(p) || (post >= 0 && p->name != post) ||
            (scheme >= 0 && !rs_has(p->schemes, scheme))) {
            continue;
        }
        t.rows += n > 0;
        t.without_fte += n > 0 && p->fte < 0.0;
        t.without_mission += n == 0 ? part * fmax(p->fte, 0.0) : 0.0;
        named |= p->missions;
        for (int m = 0; m < RS_MISSIONS && p->fte >= 0.0; m++) {
            t.of_mission[m] += rs_has(p->missions, m) ? part * p->fte / n : 0.0;
            t.fte += rs_has(p->missions, m) ? part * p->fte / n : 0.0;
        }
    }
    t.missions = rs_size(named);
    return t;
}

int slow_posts_naming(const random_study *s, int mission, int *without_fte)
{
    int posts = 0;
    *without_fte = 0;
    for (int j = 0; j < RS_POSTS; j++) {
        bool names = false;
        for (int i = 0; i < s->n_posts; i++) {
            const struct rs_post *p = &s->post[i];
            const bool here = is_held(p) && p->name == j && rs_has(p->missions, mission);
            names = names || here;
            *without_fte += here && p->fte < 0.0;
        }
        posts += names;
    }
    return posts;
}

/* ---- actions --------------------------------------------------------------------------------- */

bool slow_is_action(const random_study *s, int activity, unsigned says)
{
    const struct rs_activity *a = &s->activity[activity];
    return rs_recent(rs_from_to(a->start, a->end)) && (a->kind == RS_ACTION || says != 0);
}

slow_audience slow_audience_of(const random_study *s, int scheme)
{
    enum { EVERYONE, PRECARIOUS, CITY_POLICY };
    slow_audience n = {.actions = 0};
    for (int i = 0; i < s->n_activities; i++) {
        const struct rs_activity *a = &s->activity[i];
        if (!slow_is_action(s, i, a->audiences) || (scheme >= 0 && !rs_has(a->schemes, scheme))) {
            continue;
        }
        n.actions++;
        n.known += a->audiences != 0;
        n.vulnerable += rs_has(a->audiences, PRECARIOUS) || rs_has(a->audiences, CITY_POLICY);
        n.everyone_only += a->audiences == 1U << EVERYONE;
        n.placed += a->audiences != 0 || a->places != 0;
        n.quarter +=
            rs_has(a->audiences, CITY_POLICY) || a->places >> (RS_UNITS + RS_PERIMETERS) != 0;
        for (int k = 0; k < RS_AUDIENCES; k++) {
            n.naming[k] += rs_has(a->audiences, k);
        }
    }
    return n;
}

slow_axis slow_axis_of(const random_study *s, int axis)
{
    slow_axis x = {.actions = 0};
    for (int i = 0; i < s->n_activities; i++) {
        const struct rs_activity *a = &s->activity[i];
        if (slow_is_action(s, i, a->axes) && rs_has(a->axes, axis)) {
            x.actions++;
            x.without_carrier += a->carriers == 0;
            x.carriers |= a->carriers;
            x.partners |= a->partners;
        }
    }
    for (int o = 0; o < s->n_orgs; o++) {
        const bool in = rs_has(x.carriers | x.partners, o) && s->actor[o].listed;
        x.sectors |= in ? s->actor[o].sectors : 0;
    }
    x.one = rs_size(x.carriers) == 1;
    return x;
}

/* ---- attendances ----------------------------------------------------------------------------- */

slow_attendance slow_attendance_of(const random_study *s, int actor)
{
    slow_attendance n = {.rows = 0};
    unsigned activities = 0, schemes = 0;
    for (int i = 0; i < s->n_seats; i++) {
        const struct rs_seat *x = &s->seat[i];
        if (rs_seat_of(s, x) != actor || !rs_recent(rs_seat_days(s, x))) {
            continue;
        }
        n.rows++;
        n.with_hours += x->hours >= 0;
        n.hours += x->hours >= 0 ? x->hours : 0;
        activities |= 1U << x->activity;
        schemes |= s->activity[x->activity].schemes;
    }
    n.activities = rs_size(activities);
    n.schemes = rs_size(schemes);
    return n;
}

/* ---- money and ends -------------------------------------------------------------------------- */

slow_funders slow_funders_of(const random_study *s, int scheme)
{
    double of[RS_ORGS] = {0.0}, squares = 0.0;
    slow_funders n = {.funders = 0};
    unsigned known = 0; /* funders of whom one row at least says how much */
    for (int i = 0; i < s->n_fundings; i++) {
        const struct rs_funding *f = &s->funding[i];
        if (f->scheme == scheme && rs_today(f->start, f->end)) {
            n.funders |= 1U << f->funder;
            known |= f->amount >= 0 ? 1U << f->funder : 0;
            of[f->funder] += f->amount >= 0 ? f->amount : 0;
            n.amount += f->amount >= 0 ? f->amount : 0;
        }
    }
    for (int o = 0; o < s->n_orgs; o++) {
        squares += of[o] / n.amount * (of[o] / n.amount);
    }
    n.hhi = rs_size(n.funders) == 1                ? 1.0
            : known == n.funders && n.amount > 0.0 ? squares
                                                   : (double) NAN;
    return n;
}

/* Does a row of the same post last longer? Not one of other schemes alone that begins before this
 * one ends: it runs beside it. */
static bool is_followed(const random_study *s, const struct rs_post *post)
{
    bool followed = false;
    for (int i = 0; i < s->n_posts; i++) {
        const struct rs_post *p = &s->post[i];
        const bool after = p->start > 0 && rs_cell(p->start).last >= rs_cell(post->end).first;
        const bool beside =
            p->schemes != 0 && post->schemes != 0 && (p->schemes & post->schemes) == 0 && !after;
        followed = followed || (p->name == post->name && !beside &&
                                rs_cell(p->end).last > rs_cell(post->end).last);
    }
    return followed;
}

slow_ends slow_ends_of(const random_study *s, int scheme)
{
    slow_ends n = {.held = 0};
    for (int j = 0; j < RS_POSTS; j++) {
        bool held = false, ends = false, known = true;
        for (int i = 0; i < s->n_posts; i++) {
            const struct rs_post *p = &s->post[i];
            if (p->name == j && is_held(p) && (scheme < 0 || rs_has(p->schemes, scheme))) {
                const int last = rs_cell(p->end).last;
                held = true;
                known = known && p->end > 0;
                ends = ends || (last <= 20250630 && !is_followed(s, p));
            }
        }
        n.held += held;
        n.ending += ends;
        n.end_known += held && (known || ends);
    }
    return n;
}

/* ---- residents ------------------------------------------------------------------------------- */

/* Is an actor of the sector of residents, by its row? */
static bool is_of_residents(const random_study *s, int actor)
{
    const bool drawn = actor >= RS_ORGS || actor < s->n_orgs;
    return drawn && s->actor[actor].listed && rs_has(s->actor[actor].sectors, RS_SECTORS - 1);
}

/* Does a row seat a resident: by its role, by who sits, the organisation it is of, or the one it
 * speaks for? */
static bool seats_a_resident(const random_study *s, const struct rs_seat *seat)
{
    return seat->role == RS_RESIDENT || is_of_residents(s, seat->actor) ||
           is_of_residents(s, rs_organisation(s, seat->actor)) ||
           (seat->behalf >= 0 && seat->behalf < RS_ORGS && is_of_residents(s, seat->behalf));
}

/* Do residents carry an activity of the 12 months, or are they partners of it? */
static bool residents_carry(const random_study *s, const struct rs_activity *a)
{
    bool carry = false;
    for (int o = 0; o < s->n_orgs; o++) {
        carry = carry || (rs_has(a->carriers | a->partners, o) && is_of_residents(s, o));
    }
    return carry && rs_recent(rs_from_to(a->start, a->end));
}

slow_seats_of slow_residents(const random_study *s, int power)
{
    slow_seats_of n = {.bodies = 0};
    for (int a = 0; a < s->n_activities; a++) {
        const struct rs_activity *x = &s->activity[a];
        bool recorded = false, residents = residents_carry(s, x);
        for (int i = 0; i < s->n_seats; i++) {
            const struct rs_seat *seat = &s->seat[i];
            const bool here = seat->activity == a && rs_recent(rs_seat_days(s, seat));
            recorded = recorded || here;
            residents =
                residents || (here && rs_seat_of(s, seat) >= 0 && seats_a_resident(s, seat));
        }
        if (slow_is_body(s, a) && (recorded || rs_recent(rs_from_to(x->start, x->end))) &&
            (power == -2 || x->power == power)) {
            n.bodies++;
            n.known += recorded || residents;
            n.with_residents += residents;
        }
    }
    return n;
}

/* Does an actor sit in a body as a resident? */
static bool sits_as_resident(const random_study *s, int actor, int activity)
{
    bool sits = false;
    for (int i = 0; slow_is_body(s, activity) && i < s->n_seats; i++) {
        const struct rs_seat *x = &s->seat[i];
        sits = sits || (x->activity == activity && x->actor == actor && seats_a_resident(s, x) &&
                        rs_seat_of(s, x) >= 0 && rs_recent(rs_seat_days(s, x)));
    }
    return sits;
}

slow_asked slow_asked_of(const random_study *s)
{
    slow_asked n = {.residents = 0};
    unsigned bodies = 0;
    for (int p = 0; p < RS_ACTORS; p++) {
        int seats = 0;
        for (int a = 0; a < s->n_activities; a++) {
            const bool sits = sits_as_resident(s, p, a);
            seats += sits;
            bodies |= sits ? 1U << a : 0;
        }
        const struct rs_actor *a = &s->actor[p];
        n.residents += seats > 0 || (is_of_residents(s, p) && rs_today(a->start, a->end));
        n.seats += seats;
        n.beyond += seats > 2 ? seats - 2 : 0;
    }
    n.bodies = rs_size(bodies);
    return n;
}

/* ---- contacts -------------------------------------------------------------------------------- */

/* Was somebody there, by a row of participations of the 12 months? */
static bool was_there(const random_study *s, const struct rs_seat *seat, int actor, int activity)
{
    return seat->activity == activity && seat->actor == actor && rs_seat_of(s, seat) >= 0 &&
           rs_recent(rs_seat_days(s, seat));
}

static unsigned met_by(const random_study *s, int person)
{
    unsigned met = 0;
    for (int i = 0; i < s->n_ties; i++) {
        const struct rs_tie *x = &s->tie[i];
        met |= x->b == person && rs_recent(rs_from_to(x->start, x->end)) ? 1U << x->a : 0;
    }
    for (int a = 0; a < s->n_activities; a++) {
        bool there = false;
        for (int i = 0; i < s->n_seats; i++) {
            there = there || was_there(s, &s->seat[i], person, a);
        }
        for (int i = 0; there && i < s->n_seats; i++) {
            const struct rs_seat *x = &s->seat[i];
            met |= x->actor != person && was_there(s, x, x->actor, a)
                       ? 1U << rs_organisation(s, x->actor)
                       : 0;
        }
    }
    return met;
}

slow_contacts slow_contacts_of(const random_study *s, int person)
{
    slow_contacts c = {.contacts = met_by(s, person)};
    unsigned services = 0, employers = 0;
    for (int i = 0; i < s->n_posts; i++) {
        const struct rs_post *p = &s->post[i];
        if (p->holder == person && is_held(p) && p->role == RS_COORDINATOR) {
            c.coordinates = true;
            services |= p->service >= 0 ? 1U << p->service : 0;
            employers |= p->employer >= 0 ? 1U << p->employer : 0;
        }
    }
    for (int o = 0; o < s->n_orgs; o++) {
        c.sectors |= rs_has(c.contacts, o) && s->actor[o].listed ? s->actor[o].sectors : 0;
    }
    c.own = services | employers;
    c.attachments = rs_size(services) > rs_size(employers) ? rs_size(services) : rs_size(employers);
    return c;
}
