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

double slow_people_share(const random_study *s, unsigned units)
{
    double in = 0.0, out = 0.0;
    bool unknown_in = false, unknown_out = false;
    for (int u = 0; u < s->n_units; u++) {
        const bool here = rs_has(units, u), known = s->people[u] > 0;
        in += here && known ? s->people[u] : 0;
        out += !here && known ? s->people[u] : 0;
        unknown_in = unknown_in || (here && !known);
        unknown_out = unknown_out || (!here && !known);
    }
    const bool told = in + out > 0.0 && !(in == 0.0 && unknown_in) && !(out == 0.0 && unknown_out);
    return told ? in / (in + out) : (double) NAN;
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
static unsigned units_of_actor(const random_study *s, int actor)
{
    unsigned units = 0;
    bool says = false;
    for (int i = 0; i < s->n_sites; i++) {
        if (s->site[i].actor == actor && rs_today(s->site[i].start, s->site[i].end)) {
            units |= rs_units_of(s, s->site[i].place);
            says = true;
        }
    }
    return says ? units : rs_units_of(s, s->actor[actor].place);
}

/* A row says where only if a unit is there: in a neighbourhood, none is. */
static void count(slow_cover *cover, bool counts, unsigned units)
{
    cover->rows += counts;
    cover->placed += counts && units != 0;
    cover->units |= counts ? units : 0;
}

/* Where a post is: its territory, else those of its schemes. */
static unsigned units_of_post(const random_study *s, const struct rs_post *post)
{
    unsigned units = rs_units_of(s, post->place);
    for (int c = 0; post->place < 0 && c < s->n_schemes; c++) {
        units |= rs_has(post->schemes, c) ? rs_units_of(s, s->scheme[c].place) : 0;
    }
    return units;
}

/* By its role or its contract. */
static bool is_elected(const struct rs_post *post)
{
    return post->role == RS_ELECTED || post->mandate;
}

slow_cover slow_cover_by(const random_study *s, slow_by by, int which)
{
    slow_cover c = {0};
    for (int i = 0; by == BY_SCHEMES && i < s->n_schemes; i++) {
        const struct rs_scheme *x = &s->scheme[i];
        count(&c, rs_today(x->start, x->end) && (which < 0 || x->kind == which),
              rs_units_of(s, x->place));
    }
    for (int i = 0; by == BY_REFERENTS && i < s->n_posts; i++) {
        const struct rs_post *x = &s->post[i];
        count(&c,
              rs_today(x->start, x->end) && x->holder != -2 &&
                  (is_elected(x) || x->role == RS_REFERENT),
              units_of_post(s, x));
    }
    for (int i = 0; by == BY_ACTIVITIES && i < s->n_activities; i++) {
        const struct rs_activity *x = &s->activity[i];
        count(&c,
              rs_recent(rs_from_to(x->start, x->end)) && (which < 0 || rs_has(x->themes, which)),
              units_of_activity(s, x));
    }
    for (int i = 0; by == BY_SITES && i < s->n_sites; i++) {
        const struct rs_site *x = &s->site[i];
        count(&c, rs_today(x->start, x->end), rs_units_of(s, x->place));
    }
    for (int i = 0; by == BY_SECTOR && i < RS_ACTORS; i++) {
        const struct rs_actor *x = &s->actor[i];
        const bool row = x->listed && (i >= RS_ORGS || i < s->n_orgs);
        count(&c, row && rs_today(x->start, x->end) && rs_has(x->sectors, which),
              units_of_actor(s, i));
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

/* Is it a post of the unit itself: by its territory, else by that of one of its schemes? */
static bool is_post_of(const random_study *s, const struct rs_post *post, int unit)
{
    bool own = post->place == unit;
    for (int c = 0; post->place < 0 && c < s->n_schemes; c++) {
        own = own || (rs_has(post->schemes, c) && s->scheme[c].place == unit);
    }
    return own;
}

slow_referents slow_referents_of(const random_study *s, int unit)
{
    slow_referents r = {0};
    for (int i = 0; i < s->n_posts; i++) {
        const struct rs_post *x = &s->post[i];
        if (!rs_today(x->start, x->end) || !rs_has(units_of_post(s, x), unit) ||
            (!is_elected(x) && x->role != RS_REFERENT)) {
            continue;
        }
        r.known += x->holder >= 0;
        r.unnamed += x->holder == -1;
        r.vacant += x->holder == -2;
        r.elected += x->holder != -2 && is_elected(x);
        r.own += x->holder != -2 && is_post_of(s, x, unit);
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
        h.units |= units_of_post(s, x);
    }
    return h;
}

/* ---- places -----------------------------------------------------------------------------------
 */

/* Is it the first site in force of its actor there? */
static bool is_first_site(const random_study *s, int i)
{
    bool first = rs_today(s->site[i].start, s->site[i].end);
    for (int k = 0; k < i; k++) {
        first = first &&
                !(s->site[k].actor == s->site[i].actor && s->site[k].place == s->site[i].place &&
                  rs_today(s->site[k].start, s->site[k].end));
    }
    return first;
}

void slow_lying(const random_study *s, bool sites, int of_unit[RS_UNITS])
{
    for (int u = 0; u < RS_UNITS; u++) {
        of_unit[u] = 0;
        for (int i = 0; sites && i < s->n_sites; i++) {
            of_unit[u] += is_first_site(s, i) && rs_units_of(s, s->site[i].place) == 1U << u;
        }
        for (int i = 0; !sites && i < s->n_activities; i++) {
            const struct rs_activity *a = &s->activity[i];
            of_unit[u] +=
                rs_recent(rs_from_to(a->start, a->end)) && units_of_activity(s, a) == 1U << u;
        }
    }
}

slow_sides slow_sites_by_town(const random_study *s)
{
    slow_sides n = {.in = 0};
    unsigned known = 0;
    const unsigned towns = slow_lie_in(s, NEAR_MAIN_TOWN);
    for (int u = 0; u < s->n_units; u++) {
        known |= s->people[u] > 0 ? 1U << u : 0;
    }
    for (int i = 0; i < s->n_sites; i++) {
        const unsigned units = rs_units_of(s, s->site[i].place) & known;
        const bool in = (units & towns) != 0, out = (units & ~towns) != 0;
        n.in += is_first_site(s, i) && in && !out;
        n.around += is_first_site(s, i) && out && !in;
        n.spread += is_first_site(s, i) && in && out;
    }
    n.people = slow_people_in(s, known);
    n.people_in = slow_people_in(s, known & towns);
    return n;
}

int slow_layers(const random_study *s, int unit, bool *by_schemes)
{
    unsigned places = 0;
    int layers = 0;
    for (int c = 0; c < s->n_schemes; c++) {
        const struct rs_scheme *x = &s->scheme[c];
        places |= rs_today(x->start, x->end) && x->place >= 0 ? 1U << x->place : 0;
    }
    *by_schemes = places != 0;
    places = places != 0 ? places : ((1U << s->n_perimeters) - 1) << RS_UNITS;
    for (int place = 0; place < RS_PLACES; place++) {
        layers += rs_has(places, place) && rs_has(rs_units_of(s, place), unit);
    }
    return layers;
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
