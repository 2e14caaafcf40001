/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_reach.h"

#include <math.h>

double slow_people_in(const random_study *s, unsigned units)
{
    double people = 0.0;
    for (int u = 0; u < s->n_units; u++) {
        people += rs_has(units, u) ? s->people[u] : 0;
    }
    return people;
}

/* All units of an activity's places. */
static unsigned units_of_activity(const random_study *s, const struct rs_activity *a)
{
    unsigned units = 0;
    for (int place = 0; place < RS_PLACES; place++) {
        units |= rs_has(a->places, place) ? rs_units_of(s, place) : 0;
    }
    return units;
}

/* Where an actor is: its sites in force, else its territory. */
static unsigned units_of_actor(const random_study *s, int actor, bool *says)
{
    unsigned units = 0;
    *says = false;
    for (int i = 0; i < s->n_sites; i++) {
        if (s->site[i].actor == actor && rs_today(s->site[i].start, s->site[i].end)) {
            units |= rs_units_of(s, s->site[i].place);
            *says = true;
        }
    }
    if (!*says && s->actor[actor].place >= 0) {
        units = rs_units_of(s, s->actor[actor].place);
        *says = true;
    }
    return units;
}

static void count(slow_cover *cover, bool counts, bool says, unsigned units)
{
    cover->rows += counts;
    cover->placed += counts && says;
    cover->units |= counts ? units : 0;
}

slow_cover slow_cover_by(const random_study *s, slow_by by, int which)
{
    slow_cover c = {0};
    for (int i = 0; by == BY_SCHEMES && i < s->n_schemes; i++) {
        const struct rs_scheme *x = &s->scheme[i];
        count(&c, rs_today(x->start, x->end) && (which < 0 || x->kind == which), x->place >= 0,
              rs_units_of(s, x->place));
    }
    for (int i = 0; by == BY_REFERENTS && i < s->n_posts; i++) {
        const struct rs_post *x = &s->post[i];
        count(&c,
              rs_today(x->start, x->end) && x->holder != -2 &&
                  (x->role == RS_ELECTED || x->role == RS_REFERENT),
              x->place >= 0, rs_units_of(s, x->place));
    }
    for (int i = 0; by == BY_ACTIVITIES && i < s->n_activities; i++) {
        const struct rs_activity *x = &s->activity[i];
        count(&c,
              rs_recent(rs_from_to(x->start, x->end)) && (which < 0 || rs_has(x->themes, which)),
              x->places != 0, units_of_activity(s, x));
    }
    for (int i = 0; by == BY_SITES && i < s->n_sites; i++) {
        const struct rs_site *x = &s->site[i];
        count(&c, rs_today(x->start, x->end), true, rs_units_of(s, x->place));
    }
    for (int i = 0; by == BY_SECTOR && i < RS_ACTORS; i++) {
        const struct rs_actor *x = &s->actor[i];
        const bool row = x->listed && (i >= RS_ORGS || i < s->n_orgs);
        bool says = false;
        const unsigned units = units_of_actor(s, i, &says);
        count(&c, row && rs_today(x->start, x->end) && rs_has(x->sectors, which), says, units);
    }
    return c;
}

unsigned slow_quarters(const random_study *s)
{
    unsigned named = 0;
    for (int i = 0; i < s->n_activities; i++) {
        const struct rs_activity *x = &s->activity[i];
        named |=
            rs_recent(rs_from_to(x->start, x->end)) ? x->places >> (RS_UNITS + RS_PERIMETERS) : 0;
    }
    return named;
}

slow_referents slow_referents_of(const random_study *s, int unit)
{
    slow_referents r = {0};
    for (int i = 0; i < s->n_posts; i++) {
        const struct rs_post *x = &s->post[i];
        if (!rs_today(x->start, x->end) || !rs_has(rs_units_of(s, x->place), unit) ||
            (x->role != RS_ELECTED && x->role != RS_REFERENT)) {
            continue;
        }
        r.known += x->holder >= 0;
        r.unnamed += x->holder == -1;
        r.vacant += x->holder == -2;
        r.elected += x->holder != -2 && x->role == RS_ELECTED;
        r.own += x->holder != -2 && x->place == unit;
    }
    return r;
}

slow_hours slow_hours_of(const random_study *s, int post)
{
    slow_hours h = {0};
    for (int i = 0; i < s->n_posts; i++) {
        const struct rs_post *x = &s->post[i];
        if (!rs_today(x->start, x->end) || x->role != RS_COORDINATOR ||
            (post >= 0 && x->name != post)) {
            continue;
        }
        if (x->holder == -2) {
            h.vacant++;
            continue;
        }
        h.rows++;
        h.unknown += x->fte < 0.0;
        h.fte += fmax(x->fte, 0.0);
        h.units |= rs_units_of(s, x->place);
        for (int c = 0; x->place < 0 && c < s->n_schemes; c++) {
            h.units |= rs_has(x->schemes, c) ? rs_units_of(s, s->scheme[c].place) : 0;
        }
    }
    return h;
}

/* ---- kilometres ----------------------------------------------------------------------------- */

unsigned slow_lie_in(const random_study *s, slow_near what)
{
    unsigned there = 0;
    for (int i = 0; what == NEAR_ACTIVITIES && i < s->n_activities; i++) {
        const struct rs_activity *x = &s->activity[i];
        const unsigned units = units_of_activity(s, x);
        there |= rs_recent(rs_from_to(x->start, x->end)) && rs_size(units) == 1 ? units : 0;
    }
    for (int i = 0; what == NEAR_SITES && i < s->n_sites; i++) {
        const struct rs_site *x = &s->site[i];
        const unsigned units = rs_units_of(s, x->place);
        there |= rs_today(x->start, x->end) && rs_size(units) == 1 ? units : 0;
    }
    for (int p = 0; what == NEAR_MAIN_TOWN && p < s->n_perimeters; p++) {
        there |= s->centre[p] >= 0 ? 1U << s->centre[p] : 0;
    }
    return there;
}

/* Twice the arc whose sine is half the chord between two points of the sphere. */
static double km(const random_study *s, int u, int v)
{
    const double degree = acos(-1.0) / 180.0;
    const double x = s->lon[u] * degree, y = s->lat[u] * degree;
    const double x2 = s->lon[v] * degree, y2 = s->lat[v] * degree;
    const double east = cos(y) * cos(x) - cos(y2) * cos(x2);
    const double north = cos(y) * sin(x) - cos(y2) * sin(x2);
    const double up = sin(y) - sin(y2);
    return 2.0 * 6371.0088 * asin(0.5 * sqrt(east * east + north * north + up * up));
}

double slow_km_to(const random_study *s, int unit, unsigned there)
{
    double nearest = NAN;
    for (int v = 0; v < s->n_units; v++) {
        if (rs_has(there, v) && s->on_map[v] && s->on_map[unit]) {
            nearest = fmin(v == unit ? 0.0 : km(s, unit, v), isnan(nearest) ? INFINITY : nearest);
        }
    }
    return nearest;
}
