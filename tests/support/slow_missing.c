/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "slow_missing.h"

#include <math.h>

#include "slow_bodies.h"
#include "slow_reach.h"

/* ---- motifs ---------------------------------------------------------------------------------- */

unsigned slow_works_in(const random_study *s, int actor)
{
    unsigned units = s->actor[actor].listed ? rs_units_of(s, s->actor[actor].place) : 0;
    for (int i = 0; i < s->n_sites; i++) {
        const struct rs_site *x = &s->site[i];
        units |= x->actor == actor && rs_recent(rs_from_to(x->start, x->end))
                     ? rs_units_of(s, x->place)
                     : 0;
    }
    return units;
}

bool slow_units_linked(const random_study *s, unsigned actors, int u, int v)
{
    unsigned units = 0, of_schemes = 0;
    bool by_schemes = false, linked = false;
    for (int a = 0; a < s->n_orgs; a++) {
        units |= rs_has(actors, a) ? slow_works_in(s, a) : 0;
    }
    for (int c = 0; c < s->n_schemes; c++) {
        const int place = s->scheme[c].place;
        of_schemes |= slow_scheme_holds(s, c) && place >= RS_UNITS ? 1U << (place - RS_UNITS) : 0;
    }
    for (int p = 0; p < s->n_perimeters; p++) {
        by_schemes = by_schemes || (rs_has(of_schemes, p) && rs_size(s->in[p] & units) >= 2);
    }
    for (int p = 0; p < s->n_perimeters; p++) {
        linked = linked || ((!by_schemes || rs_has(of_schemes, p)) && rs_has(s->in[p], u) &&
                            rs_has(s->in[p], v));
    }
    return linked;
}

bool slow_partners(const random_study *s, slow_source by, int a, int b)
{
    bool partners = false;
    for (int i = 0; by.ties && i < s->n_ties; i++) {
        const struct rs_tie *x = &s->tie[i];
        const int from = rs_organisation(s, x->a), to = rs_organisation(s, x->b);
        partners = partners || (rs_recent(rs_from_to(x->start, x->end)) &&
                                (by.kind < 0 || x->kind == by.kind) &&
                                ((from == a && to == b) || (from == b && to == a)));
    }
    for (int i = 0; !by.ties && i < s->n_activities; i++) {
        const unsigned there = slow_members(s, i, RECENT, 0);
        partners = partners || (rs_has(there, a) && rs_has(there, b));
    }
    return partners;
}

slow_motif slow_motif_of(const random_study *s, unsigned actors, int a, int b)
{
    const unsigned x = slow_works_in(s, a), y = slow_works_in(s, b);
    slow_motif m = {.units = rs_size(x & y)};
    for (int u = 0; u < s->n_units; u++) {
        for (int v = 0; v < s->n_units; v++) {
            m.linked +=
                u != v && rs_has(x, u) && rs_has(y, v) && slow_units_linked(s, actors, u, v);
        }
    }
    return m;
}

/* ---- meetings -------------------------------------------------------------------------------- */

unsigned slow_place_of_its_own(const random_study *s, int actor)
{
    const unsigned home = s->actor[actor].listed ? rs_units_of(s, s->actor[actor].place) : 0;
    unsigned units = rs_size(home) == 1 ? home : 0;
    for (int i = 0; i < s->n_sites; i++) {
        const struct rs_site *x = &s->site[i];
        const unsigned there = rs_units_of(s, x->place);
        units |= x->actor == actor && rs_recent(rs_from_to(x->start, x->end)) && rs_size(there) == 1
                     ? there
                     : 0;
    }
    return units;
}

int slow_meetings(const random_study *s, unsigned a, unsigned b)
{
    int meetings = 0;
    for (int i = 0; i < s->n_activities; i++) {
        const unsigned there = slow_members(s, i, RECENT, 0);
        meetings += (there & a) != 0 && (there & b) != 0;
    }
    return meetings;
}

slow_reason slow_reason_of(const random_study *s, int a, int b)
{
    const unsigned x = s->actor[a].listed ? s->actor[a].themes : 0;
    const unsigned y = s->actor[b].listed ? s->actor[b].themes : 0;
    const unsigned here = slow_works_in(s, a), there = slow_works_in(s, b);
    return (slow_reason){.shared = x != 0 && y != 0 ? rs_size(x & y) : -1,
                         .either = x != 0 && y != 0 ? rs_size(x | y) : -1,
                         .meet = here != 0 && there != 0 ? (here & there) != 0 : -1};
}

/* ---- schemes --------------------------------------------------------------------------------- */

/* Those of its row, else of its activities of the 12 months. */
static unsigned themes_of(const random_study *s, int scheme)
{
    unsigned themes = s->scheme[scheme].themes;
    for (int i = 0; s->scheme[scheme].themes == 0 && i < s->n_activities; i++) {
        const struct rs_activity *a = &s->activity[i];
        themes |=
            rs_has(a->schemes, scheme) && rs_recent(rs_from_to(a->start, a->end)) ? a->themes : 0;
    }
    return themes;
}

static double both_of_either(unsigned a, unsigned b)
{
    return a != 0 && b != 0 ? (double) rs_size(a & b) / rs_size(a | b) : (double) NAN;
}

slow_likeness slow_alike(const random_study *s, int a, int b)
{
    const unsigned x = rs_units_of(s, s->scheme[a].place), y = rs_units_of(s, s->scheme[b].place);
    const unsigned here = slow_members_of(s, a, false, RECENT, 0);
    const unsigned there = slow_members_of(s, b, false, RECENT, 0);
    slow_likeness l = {.territory = both_of_either(x, y),
                       .themes = both_of_either(themes_of(s, a), themes_of(s, b)),
                       .members = both_of_either(here, there),
                       .in_both = rs_size(here & there)};
    for (int u = 0; u < s->n_units; u++) {
        l.by_units = l.by_units || (rs_has(x | y, u) && s->people[u] == 0);
    }
    if (!l.by_units && !isnan(l.territory)) {
        l.territory = slow_people_in(s, x & y) / slow_people_in(s, x | y);
    }
    return l;
}

/* ---- the register ---------------------------------------------------------------------------- */

static bool has_row(const random_study *s, int actor)
{
    const struct rs_actor *x = &s->actor[actor];
    return x->listed && (actor >= RS_ORGS || actor < s->n_orgs) &&
           rs_recent(rs_from_to(x->start, x->end));
}

bool slow_in_table(const random_study *s, int actor)
{
    bool in = false;
    for (int i = 0; i < RS_ACTORS; i++) {
        in = in || (has_row(s, i) && rs_organisation(s, i) == actor);
    }
    return in;
}

bool slow_is_listed(const random_study *s, int actor)
{
    bool by_directory = false, listed = false;
    for (int i = 0; i < RS_ACTORS; i++) {
        const bool row = s->actor[i].listed && (i >= RS_ORGS || i < s->n_orgs);
        by_directory = by_directory || (row && s->actor[i].directory == 1);
    }
    for (int i = 0; i < RS_ACTORS; i++) {
        listed = listed || (has_row(s, i) && rs_organisation(s, i) == actor &&
                            (!by_directory || s->actor[i].directory == 1));
    }
    return listed;
}

int slow_rows_seen(const random_study *s, int actor, bool recent)
{
    int rows = 0;
    for (int i = 0; i < s->n_ties; i++) {
        const struct rs_tie *x = &s->tie[i];
        const int from = rs_organisation(s, x->a), to = rs_organisation(s, x->b);
        rows += from != to && (from == actor || to == actor) &&
                rs_recent(rs_from_to(x->start, x->end)) == recent;
    }
    for (int i = 0; i < s->n_seats; i++) {
        struct rs_seat seat = s->seat[i];
        const bool counts = rs_seat_of(s, &seat) >= 0 && rs_recent(rs_seat_days(s, &seat));
        seat.present = RS_YES; /* whoever it names */
        rows += rs_seat_of(s, &seat) == actor && counts == recent;
    }
    for (int i = 0; i < s->n_activities; i++) {
        const struct rs_activity *x = &s->activity[i];
        rows += (rs_has(x->carriers, actor) + rs_has(x->partners, actor)) *
                (rs_recent(rs_from_to(x->start, x->end)) == recent);
    }
    return rows;
}

/* ---- invitations ----------------------------------------------------------------------------- */

static bool is_of(const random_study *s, const struct rs_seat *seat, slow_of of)
{
    struct rs_seat there = *seat;
    there.present = RS_YES;
    const int who = rs_seat_of(s, &there);
    return (of.actor < 0 || who == of.actor) &&
           (of.activity < 0 || seat->activity == of.activity) &&
           (of.scheme < 0 || seat->behalf == RS_ORGS + of.scheme) &&
           (of.sector < 0 || rs_has(s->actor[who].listed ? s->actor[who].sectors : 0, of.sector));
}

slow_invitations slow_invited(const random_study *s, slow_of of)
{
    slow_invitations n = {0};
    for (int i = 0; i < s->n_seats; i++) {
        const struct rs_seat *x = &s->seat[i];
        if (!rs_recent(rs_seat_days(s, x)) || rs_lists_a_member(s, x) || !is_of(s, x, of)) {
            continue;
        }
        const bool there = x->present == RS_YES || x->present == RS_REPRESENTED;
        const bool away = x->present == RS_NO || x->present == RS_EXCUSED;
        const bool invited = x->invited == 1 || (x->invited == 0 && x->present == RS_EXCUSED);
        n.invited += invited;
        n.came += invited && there;
        n.absent += invited && away;
        n.presence_unknown += invited && x->present < 0;
        n.uninvited += x->invited == 0 && there;
        n.left_out += x->invited == 0 && x->present == RS_NO;
        n.unsaid += x->invited < 0;
    }
    return n;
}
