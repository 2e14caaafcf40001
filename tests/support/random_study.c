/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "random_study.h"

#include <string.h>

#include "base/random.h"

const char *const rs_sectors[RS_SECTORS] = {"hospital", "social", "housing", "residents"};
const char *const rs_themes[RS_THEMES] = {"mental_health", "nutrition", "mobility"};
const char *const rs_axes[RS_AXES] = {"north", "south"};
const char *const rs_audiences[RS_AUDIENCES] = {"all", "precarious", "city_policy"};
const char *const rs_missions[RS_MISSIONS] = {"network", "support", "admin"};

/* By their first day; the 12 months begin with the fifth. */
static const struct {
    const char *text;
    rs_days days;
} dates[] = {
    {"", {RS_FIRST, RS_LAST}},
    {"2019-05-10", {20190510, 20190510}},
    {"2021", {20210101, 20211231}},
    {"2023-06-30", {20230630, 20230630}},
    {"2023-07-01", {20230701, 20230701}},
    {"2024-03", {20240301, 20240331}},
    {"2024-06-30", {20240630, 20240630}},
    {"2024-07-01", {20240701, 20240701}},
    {"2025", {20250101, 20251231}},
};
enum { N_DATES = sizeof dates / sizeof *dates };

rs_days rs_cell(int date)
{
    return dates[date].days;
}

const char *rs_date(int date)
{
    return dates[date].text;
}

/* ---- drawing --------------------------------------------------------------------------------- */

static bool one_in(mlg_random *draw, unsigned n)
{
    return mlg_random_below(draw, n) == 0;
}

/* 0..n-1, or `none` once in `rate`. */
static int pick(mlg_random *draw, int n, int none, unsigned rate)
{
    return one_in(draw, rate) ? none : (int) mlg_random_below(draw, (unsigned) n);
}

/* Each of n, once in `rate`. */
static unsigned some(mlg_random *draw, int n, unsigned rate)
{
    unsigned set = 0;
    for (int i = 0; i < n; i++) {
        set |= one_in(draw, rate) ? 1U << i : 0U;
    }
    return set;
}

static void draw_dates(mlg_random *draw, int *start, int *end)
{
    *start = pick(draw, N_DATES - 2, 0, 2);
    *end = one_in(draw, 2)
               ? *start + 1 + (int) mlg_random_below(draw, (unsigned) (N_DATES - 1 - *start))
               : 0;
}

static void draw_places(random_study *s, mlg_random *draw)
{
    s->n_units = 3 + (int) mlg_random_below(draw, RS_UNITS - 2);
    s->n_perimeters = 1 + (int) mlg_random_below(draw, RS_PERIMETERS);
    for (int u = 0; u < s->n_units; u++) {
        s->people[u] = one_in(draw, 9) ? 0 : 100 * (1 + (int) mlg_random_below(draw, 9));
        s->area[u] = one_in(draw, 9) ? 0 : 1 + (int) mlg_random_below(draw, 40);
        s->on_map[u] = !one_in(draw, 7);
        s->lon[u] = 0.01 * mlg_random_below(draw, 50);
        s->lat[u] = 45.0 + 0.01 * mlg_random_below(draw, 50);
    }
    for (int p = 0; p < s->n_perimeters; p++) {
        s->in[p] = some(draw, s->n_units, 2) | 1U << p;
        s->centre[p] = pick(draw, s->n_units, -1, 3);
    }
    for (int u = 0; u < s->n_units; u++) { /* every unit is one of somebody's */
        s->in[0] |= 1U << u;
    }
}

static int draw_place(const random_study *s, mlg_random *draw, unsigned unknown)
{
    if (one_in(draw, unknown)) {
        return -1;
    }
    return one_in(draw, 4) ? RS_UNITS + (int) mlg_random_below(draw, (unsigned) s->n_perimeters)
                           : (int) mlg_random_below(draw, (unsigned) s->n_units);
}

static void draw_actors(random_study *s, mlg_random *draw)
{
    s->n_orgs = 4 + (int) mlg_random_below(draw, RS_ORGS - 3);
    for (int i = 0; i < RS_ACTORS; i++) {
        struct rs_actor *a = &s->actor[i];
        a->listed = i >= RS_ORGS || !one_in(draw, 8);
        a->organisation = i < RS_ORGS ? -1 : (int) mlg_random_below(draw, (unsigned) s->n_orgs);
        a->sectors = one_in(draw, 5) ? 0 : 1U << mlg_random_below(draw, RS_SECTORS);
        a->sectors |=
            one_in(draw, 6) && a->sectors != 0 ? 1U << mlg_random_below(draw, RS_SECTORS) : 0;
        a->themes = some(draw, RS_THEMES, 3);
        a->place = draw_place(s, draw, 4);
        a->directory = pick(draw, 2, -1, 2);
        if (one_in(draw, 4)) {
            draw_dates(draw, &a->start, &a->end);
        }
    }
}

static void draw_schemes(random_study *s, mlg_random *draw)
{
    s->n_schemes = 2 + (int) mlg_random_below(draw, RS_SCHEMES - 1);
    for (int i = 0; i < s->n_schemes; i++) {
        struct rs_scheme *c = &s->scheme[i];
        c->kind = pick(draw, 3, -1, 4);
        c->place = draw_place(s, draw, 5);
        c->carrier = pick(draw, s->n_orgs, -1, 3);
        c->themes = some(draw, RS_THEMES, 2);
        c->parents = some(draw, i, 3);
        c->no_parent = c->parents == 0 && one_in(draw, 3);
        if (!one_in(draw, 3)) {
            draw_dates(draw, &c->start, &c->end);
        }
    }
}

static void draw_activities(random_study *s, mlg_random *draw)
{
    s->n_activities = 3 + (int) mlg_random_below(draw, RS_ACTIVITIES - 2);
    for (int i = 0; i < s->n_activities; i++) {
        struct rs_activity *a = &s->activity[i];
        a->kind = pick(draw, 5, -1, 6);
        a->power = pick(draw, 4, -1, 2);
        a->schemes = some(draw, s->n_schemes, 3);
        a->outside = a->schemes == 0 && one_in(draw, 2);
        a->themes = some(draw, RS_THEMES, 3);
        a->axes = some(draw, RS_AXES, 3);
        a->audiences = some(draw, RS_AUDIENCES, 4);
        a->carriers = some(draw, s->n_orgs, 6);
        a->partners = some(draw, s->n_orgs, 6);
        for (int k = pick(draw, 3, 0, 4); k > 0; k--) {
            const int place = one_in(draw, 6) ? RS_UNITS + RS_PERIMETERS +
                                                    (int) mlg_random_below(draw, RS_QUARTERS)
                                              : draw_place(s, draw, 9);
            a->places |= place >= 0 ? 1U << place : 0U;
        }
        if (one_in(draw, 2)) {
            draw_dates(draw, &a->start, &a->end);
            a->end = a->start > 0 && one_in(draw, 4) ? a->start : a->end; /* it happened once */
        }
    }
}

static void draw_seats(random_study *s, mlg_random *draw)
{
    const bool kept = !one_in(draw, 3), asked = !one_in(draw, 3); /* are lists kept? */
    s->n_seats = (int) mlg_random_below(draw, RS_SEATS + 1);
    for (int i = 0; i < s->n_seats; i++) {
        struct rs_seat *t = &s->seat[i];
        t->actor = one_in(draw, 4) ? RS_ORGS + (int) mlg_random_below(draw, RS_PERSONS)
                                   : (int) mlg_random_below(draw, (unsigned) s->n_orgs);
        t->activity = (int) mlg_random_below(draw, (unsigned) s->n_activities);
        t->role = one_in(draw, 2) ? -1 : one_in(draw, 2) ? RS_MEMBER : RS_RESIDENT;
        t->date = pick(draw, N_DATES, 0, 2);
        t->invited = asked ? pick(draw, 2, -1, 3) : -1;
        t->present = kept ? pick(draw, 4, -1, 3) : -1;
        t->hours = pick(draw, 8, -1, 2);
        t->behalf = -1;
        if (one_in(draw, 4)) {
            t->behalf = one_in(draw, 2) || t->actor < RS_ORGS
                            ? RS_ORGS + (int) mlg_random_below(draw, (unsigned) s->n_schemes)
                            : (int) mlg_random_below(draw, (unsigned) s->n_orgs);
        }
    }
}

static void draw_ties(random_study *s, mlg_random *draw)
{
    s->n_ties = (int) mlg_random_below(draw, RS_TIES + 1);
    for (int i = 0; i < s->n_ties; i++) {
        struct rs_tie *t = &s->tie[i];
        t->a = (int) mlg_random_below(draw, (unsigned) s->n_orgs);
        t->b =
            one_in(draw, 4)
                ? RS_ORGS + (int) mlg_random_below(draw, RS_PERSONS)
                : (t->a + 1 + (int) mlg_random_below(draw, (unsigned) s->n_orgs - 1)) % s->n_orgs;
        t->kind = pick(draw, 3, -1, 4);
        if (one_in(draw, 3)) {
            draw_dates(draw, &t->start, &t->end);
        }
    }
}

static void draw_posts(random_study *s, mlg_random *draw)
{
    static const double times[] = {-1.0, 0.25, 0.5, 1.0, 1.0};
    s->n_posts = (int) mlg_random_below(draw, RS_POSTS + 1);
    for (int i = 0; i < s->n_posts; i++) {
        struct rs_post *p = &s->post[i];
        *p = (struct rs_post){.name = i > 0 && one_in(draw, 4) ? s->post[i - 1].name : i,
                              .role = (int) mlg_random_below(draw, 4),
                              .place = one_in(draw, 3) ? draw_place(s, draw, 3) : -1,
                              .employer = pick(draw, s->n_orgs, -1, 2),
                              .service = pick(draw, s->n_orgs, -1, 2)};
        p->role = one_in(draw, 2) ? RS_COORDINATOR : p->role;
        p->holder = RS_ORGS + (int) mlg_random_below(draw, RS_PERSONS);
        p->holder = one_in(draw, 5) ? -1 : one_in(draw, 5) ? -2 : p->holder;
        p->place = one_in(draw, 9) ? RS_UNITS + RS_PERIMETERS : p->place; /* a neighbourhood */
        if (i > 0 && p->name == s->post[i - 1].name) { /* one holder, one employer */
            p->holder = s->post[i - 1].holder;
            p->service = s->post[i - 1].service;
            p->employer = s->post[i - 1].employer;
        }
        p->fte = times[mlg_random_below(draw, 5)];
        p->mandate = one_in(draw, 9);
        p->schemes = some(draw, s->n_schemes, 2);
        p->missions = some(draw, RS_MISSIONS, 2);
        if (one_in(draw, 3)) {
            draw_dates(draw, &p->start, &p->end);
        }
    }
    s->n_sites = (int) mlg_random_below(draw, RS_SITES + 1);
    for (int i = 0; i < s->n_sites; i++) {
        struct rs_site *t = &s->site[i];
        t->actor = (int) mlg_random_below(draw, (unsigned) s->n_orgs);
        t->place = draw_place(s, draw, 1000);
        t->place = t->place < 0 ? 0 : t->place;
        if (one_in(draw, 4)) {
            draw_dates(draw, &t->start, &t->end);
        }
    }
    s->n_fundings = (int) mlg_random_below(draw, RS_FUNDINGS + 1);
    for (int i = 0; i < s->n_fundings; i++) {
        struct rs_funding *f = &s->funding[i];
        f->funder = (int) mlg_random_below(draw, (unsigned) s->n_orgs);
        f->scheme = (int) mlg_random_below(draw, (unsigned) s->n_schemes);
        f->amount = pick(draw, 9, -1, 6);
        if (one_in(draw, 4)) {
            draw_dates(draw, &f->start, &f->end);
        }
    }
}

void random_study_make(random_study *study, unsigned long stream)
{
    mlg_random draw = mlg_random_stream(53, "random_study", "", stream);
    memset(study, 0, sizeof *study);
    draw_places(study, &draw);
    draw_actors(study, &draw);
    draw_schemes(study, &draw);
    draw_activities(study, &draw);
    draw_seats(study, &draw);
    draw_ties(study, &draw);
    draw_posts(study, &draw);
}

/* ---- reading --------------------------------------------------------------------------------- */

int rs_size(unsigned set)
{
    int n = 0;
    for (; set != 0; set >>= 1) {
        n += (int) (set & 1U);
    }
    return n;
}

rs_days rs_from_to(int start, int end)
{
    return (rs_days){rs_cell(start).first, rs_cell(end).last};
}

bool rs_meet(rs_days a, rs_days b)
{
    return a.first <= b.last && b.first <= a.last;
}

bool rs_today(int start, int end)
{
    return rs_meet(rs_from_to(start, end), (rs_days){RS_DAY, RS_DAY});
}

bool rs_recent(rs_days days)
{
    return rs_meet(days, (rs_days){RS_YEAR_FIRST, RS_DAY});
}

unsigned rs_units_of(const random_study *study, int place)
{
    return place < 0                          ? 0
           : place < RS_UNITS                 ? 1U << place
           : place < RS_UNITS + RS_PERIMETERS ? study->in[place - RS_UNITS]
                                              : 0;
}

int rs_organisation(const random_study *study, int actor)
{
    return actor < RS_ORGS || study->actor[actor].organisation < 0
               ? actor
               : study->actor[actor].organisation;
}

bool rs_lists_a_member(const random_study *study, const struct rs_seat *seat)
{
    const struct rs_activity *a = &study->activity[seat->activity];
    const bool once = a->start > 0 && a->start == a->end; /* its day is that of the row */
    bool sheet = false;
    for (int i = 0; i < study->n_seats; i++) {
        const struct rs_seat *x = &study->seat[i];
        sheet = sheet || (x->activity == seat->activity && x->date > 0 && x->present >= 0);
    }
    return sheet && !once && seat->date == 0 && seat->present < 0;
}

int rs_seat_of(const random_study *study, const struct rs_seat *seat)
{
    if (seat->present == RS_NO || seat->present == RS_EXCUSED || rs_lists_a_member(study, seat)) {
        return -1;
    }
    return seat->behalf >= 0 && seat->behalf < RS_ORGS ? seat->behalf
                                                       : rs_organisation(study, seat->actor);
}

rs_days rs_seat_days(const random_study *study, const struct rs_seat *seat)
{
    const struct rs_activity *a = &study->activity[seat->activity];
    return seat->date > 0 ? rs_cell(seat->date) : rs_from_to(a->start, a->end);
}
