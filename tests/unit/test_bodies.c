/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "maillage/governance.h"
#include "slow_bodies.h"
#include "suite.h"
#include "twin.h"

/* What schemes keep of their parents and share with each other, beside slow twins on studies drawn
 * at random. */

/* a / b, NaN where b is 0. */
static double share(double a, double b)
{
    return b > 0.0 ? a / b : (double) NAN;
}

/* ---- lineage --------------------------------------------------------------------------------- */

typedef struct sums {
    double members, kept, links, known, carriers_known, same_carrier, deepest;
} sums;

static void check_retention(const twin *t, const mlg_value *pairs, int child, int parent, sums *all)
{
    const random_study *s = &t->study;
    const unsigned there = slow_members_of(s, parent, false, EVER, 0);
    const unsigned here = slow_members_of(s, child, false, EVER, 0);
    const int n = rs_size(there), kept = rs_size(there & here),
              steps = slow_steps_up(s, child, parent);
    const int row =
        twin_pair(pairs, twin_party(t, rs_name('s', parent)), twin_party(t, rs_name('s', child)));
    const int a = s->scheme[parent].carrier, b = s->scheme[child].carrier;
    int shared = 0;

    ck_assert_msg((row >= 0) == (steps > 0), "study %lu: s%d of s%d", t->stream, child, parent);
    if (row < 0) {
        return;
    }
    for (int i = 0; i < s->n_activities; i++) {
        shared += rs_has(s->activity[i].schemes, parent) && rs_has(s->activity[i].schemes, child);
    }
    const bool known = there != 0 && here != 0;
    twin_column(t, pairs, MLG_VALUE, row, known ? share(kept, n) : (double) NAN);
    twin_part(t, pairs, "steps", row, steps);
    twin_part(t, pairs, "members", row, n);
    twin_part(t, pairs, "years", row,
              s->scheme[parent].start > 0 && s->scheme[child].start > 0
                  ? slow_years(rs_cell(s->scheme[parent].start).first,
                               rs_cell(s->scheme[child].start).first)
                  : (double) NAN);
    twin_part(t, pairs, "members_child", row, rs_size(here));
    twin_part(t, pairs, "shared_activities", row, shared);
    twin_part(t, pairs, "same_carrier", row, a < 0 || b < 0 ? (double) NAN : a == b);
    if (known) {
        twin_part(t, pairs, "kept", row, kept);
        twin_part(t, pairs, "reverse", row, share(kept, rs_size(here)));
        twin_part(t, pairs, "low_95", row, slow_share_bound(kept, n, false));
        twin_part(t, pairs, "high_95", row, slow_share_bound(kept, n, true));
    }
    ck_assert((known && shared == 0) == !isnan(pairs->column[MLG_P][row]));
    all->deepest = fmax(all->deepest, steps);
    if (steps == 1) {
        all->links++;
        all->known += known;
        all->members += known ? n : 0;
        all->kept += known ? kept : 0;
        all->carriers_known += a >= 0 && b >= 0;
        all->same_carrier += a >= 0 && a == b;
    }
}

static void retention_is_that_of_the_rows(twin *t)
{
    twin_measure(t, "scheme.lineage");
    const random_study *s = &t->study;
    const mlg_value *pairs = twin_value(t, "retention", MLG_PAIRS);
    const mlg_value *whole = twin_value(t, "all_parents", MLG_SCALAR);
    sums all = {0};
    double with = 0.0, recorded = 0.0;
    for (int c = 0; c < s->n_schemes; c++) {
        with += s->scheme[c].parents != 0;
        recorded += s->scheme[c].parents != 0 || s->scheme[c].no_parent;
        for (int p = 0; pairs != NULL && p < s->n_schemes; p++) {
            if (p != c) {
                check_retention(t, pairs, c, p, &all);
            }
        }
    }
    ck_assert(pairs != NULL || with == 0.0);
    if (pairs != NULL) {
        twin_column(t, whole, MLG_VALUE, 0, share(all.kept, all.members));
        twin_part(t, whole, "schemes", 0, s->n_schemes);
        twin_part(t, whole, "with_parent", 0, with);
        twin_part(t, whole, "recorded", 0, recorded);
        twin_part(t, whole, "links", 0, all.links);
        twin_part(t, whole, "known", 0, all.known);
        twin_part(t, whole, "same_carrier", 0,
                  all.carriers_known > 0.0 ? all.same_carrier : (double) NAN);
        twin_part(t, whole, "carriers_known", 0, all.carriers_known);
        twin_part(t, whole, "deepest", 0, all.deepest);
    }
}

/* ---- shared bodies --------------------------------------------------------------------------- */

/* Of a set of activities, those that some other scheme in force has too. */
static unsigned with_another(const random_study *s, unsigned bodies, int scheme)
{
    unsigned shared = 0;
    for (int c = 0; c < s->n_schemes; c++) {
        shared |= c != scheme && slow_scheme_holds(s, c) ? bodies & slow_bodies_of(s, c, true) : 0;
    }
    return shared;
}

static unsigned steering(const random_study *s, unsigned bodies)
{
    unsigned found = 0;
    for (int i = 0; i < s->n_activities; i++) {
        found |= rs_has(bodies, i) && s->activity[i].kind == RS_STEERING ? 1U << i : 0;
    }
    return found;
}

static void check_scheme(const twin *t, const mlg_value *each, int scheme)
{
    const random_study *s = &t->study;
    const unsigned bodies = slow_bodies_of(s, scheme, true),
                   shared = with_another(s, bodies, scheme);
    const int row = twin_row(each, twin_party(t, rs_name('s', scheme)));
    int schemes = 0;

    ck_assert_msg((row >= 0) == slow_scheme_holds(s, scheme), "study %lu: s%d", t->stream, scheme);
    if (row < 0) {
        return;
    }
    for (int c = 0; c < s->n_schemes; c++) {
        schemes +=
            c != scheme && slow_scheme_holds(s, c) && (slow_bodies_of(s, c, true) & bodies) != 0;
    }
    twin_column(t, each, MLG_VALUE, row, share(rs_size(shared), rs_size(bodies)));
    twin_part(t, each, "bodies", row, rs_size(bodies));
    twin_part(t, each, "shared", row, rs_size(shared));
    twin_part(t, each, "steering", row, rs_size(steering(s, bodies)));
    twin_part(t, each, "steering_shared", row, rs_size(steering(s, shared)));
    twin_part(t, each, "schemes", row, schemes);
}

/* Organisations of both over those of either, by rows of one side of a day, in bodies that are not
 * of both. */
static double overlap(const random_study *s, int a, int b, slow_time time, int day)
{
    const unsigned x = slow_members_apart(s, a, b, time, day);
    const unsigned y = slow_members_apart(s, b, a, time, day);
    return x != 0 && y != 0 ? share(rs_size(x & y), rs_size(x | y)) : (double) NAN;
}

static void check_pair(const twin *t, const mlg_value *pairs, int a, int b)
{
    const random_study *s = &t->study;
    const unsigned x = slow_bodies_of(s, a, true), y = slow_bodies_of(s, b, true);
    const mlg_id id_a = twin_party(t, rs_name('s', a)), id_b = twin_party(t, rs_name('s', b));
    const int forth = twin_pair(pairs, id_a, id_b), back = twin_pair(pairs, id_b, id_a);
    const int row = forth >= 0 ? forth : back;
    const bool both = slow_scheme_holds(s, a) && slow_scheme_holds(s, b);
    const unsigned members_a = slow_members_of(s, a, true, RECENT, 0);
    const unsigned members_b = slow_members_of(s, b, true, RECENT, 0);

    ck_assert_msg((row >= 0) == (both && (x & y) != 0), "study %lu: s%d, s%d", t->stream, a, b);
    if (row < 0) {
        return;
    }
    twin_column(t, pairs, MLG_VALUE, row, share(rs_size(x & y), rs_size(x | y)));
    twin_part(t, pairs, "shared", row, rs_size(x & y));
    twin_part(t, pairs, forth >= 0 ? "of_a" : "of_b", row, rs_size(x));
    twin_part(t, pairs, forth >= 0 ? "of_b" : "of_a", row, rs_size(y));
    twin_part(t, pairs, forth >= 0 ? "members_a" : "members_b", row, rs_size(members_a));
    twin_part(t, pairs, forth >= 0 ? "members_b" : "members_a", row, rs_size(members_b));
    twin_part(t, pairs, "common", row, rs_size(members_a & members_b));
    const int day = slow_first_day(s, x & y);
    twin_part(t, pairs, "years_shared", row,
              day < RS_LAST ? slow_years(day, RS_DAY) : (double) NAN);
    twin_part(t, pairs, "before", row,
              day < RS_LAST ? overlap(s, a, b, BEFORE, day) : (double) NAN);
    twin_part(t, pairs, "after", row, day < RS_LAST ? overlap(s, a, b, FROM, day) : (double) NAN);
}

static void shared_bodies_are_those_of_the_rows(twin *t)
{
    twin_measure(t, "scheme.shared_bodies");
    const random_study *s = &t->study;
    const mlg_value *each = twin_value(t, "by_scheme", MLG_VECTOR);
    const mlg_value *pairs = twin_value(t, "pairs", MLG_PAIRS);
    const mlg_value *whole = twin_value(t, "all_bodies", MLG_SCALAR);
    unsigned bodies = 0, shared = 0;
    int schemes = 0, with_body = 0, sharing = 0, without = 0;
    for (int c = 0; c < s->n_schemes; c++) {
        const unsigned own = slow_scheme_holds(s, c) ? slow_bodies_of(s, c, true) : 0;
        bodies |= own;
        shared |= with_another(s, own, c);
        schemes += slow_scheme_holds(s, c);
        with_body += own != 0;
        sharing += with_another(s, own, c) != 0;
        without += own != 0 && with_another(s, own, c) == own;
        if (each != NULL) {
            check_scheme(t, each, c);
        }
        for (int d = 0; pairs != NULL && d < c; d++) {
            check_pair(t, pairs, d, c);
        }
    }
    ck_assert(each != NULL || schemes < 2 || bodies == 0);
    if (whole != NULL && schemes >= 2 && bodies != 0) {
        twin_column(t, whole, MLG_VALUE, 0, share(rs_size(shared), rs_size(bodies)));
        twin_part(t, whole, "bodies", 0, rs_size(bodies));
        twin_part(t, whole, "shared", 0, rs_size(shared));
        twin_part(t, whole, "schemes", 0, with_body);
        twin_part(t, whole, "sharing", 0, sharing);
        twin_part(t, whole, "without_own_body", 0, without);
    }
}

/* ---- closure --------------------------------------------------------------------------------- */

/* The day a scheme began, 0 where it is unknown. */
static int began(const random_study *s, int scheme)
{
    const int start = s->scheme[scheme].start;
    return start > 0 ? rs_cell(start).first : 0;
}

/* Do two schemes share a body of the 12 months (year 0); one of any time, dated, that had begun by
 * the end of a year? */
static bool linked(const random_study *s, int a, int b, int year)
{
    const unsigned shared = slow_bodies_of(s, a, false) & slow_bodies_of(s, b, false);
    return year > 0 ? slow_first_day(s, shared) <= year * 10000 + 1231
                    : (slow_bodies_of(s, a, true) & slow_bodies_of(s, b, true)) != 0;
}

typedef struct triads {
    int pairs, linked, open, closed, together, together_closed, at_creation;
} triads;

static int links(const random_study *s, int a, int b, int c, int year)
{
    return linked(s, a, b, year) + linked(s, a, c, year) + linked(s, b, c, year);
}

static triads count_triads(const random_study *s)
{
    triads n = {0};
    for (int a = 0; a < s->n_schemes; a++) {
        for (int b = 0; b < a; b++) {
            const bool two = slow_scheme_holds(s, a) && slow_scheme_holds(s, b);
            n.pairs += two;
            n.linked += two && linked(s, a, b, 0);
            for (int c = 0; two && c < b; c++) {
                const int x = began(s, a), y = began(s, b), z = began(s, c);
                const int oldest = x < y ? (x < z ? x : z) : (y < z ? y : z);
                const int youngest = x > y ? (x > z ? x : z) : (y > z ? y : z);
                const bool together = oldest > 0 && slow_years(oldest, youngest) <= 2.0;
                if (slow_scheme_holds(s, c)) {
                    n.open += links(s, a, b, c, 0) == 2;
                    n.closed += links(s, a, b, c, 0) == 3;
                    n.together += together;
                    n.together_closed += together && links(s, a, b, c, 0) == 3;
                    n.at_creation += together && links(s, a, b, c, youngest / 10000) == 3;
                }
            }
        }
    }
    return n;
}

static void check_years(const twin *t, const mlg_value *years)
{
    const random_study *s = &t->study;
    for (size_t row = 0; row < years->n; row++) {
        const int year = (int) years->column[MLG_AT][row];
        int schemes = 0, pairs = 0, joined = 0;
        for (int a = 0; a < s->n_schemes; a++) {
            const bool there =
                slow_scheme_holds(s, a) && began(s, a) > 0 && began(s, a) / 10000 <= year;
            schemes += there;
            for (int b = 0; there && b < a; b++) {
                if (slow_scheme_holds(s, b) && began(s, b) > 0 && began(s, b) / 10000 <= year) {
                    pairs++;
                    joined += linked(s, a, b, year);
                }
            }
        }
        twin_column(t, years, MLG_VALUE, (int) row, share(joined, pairs));
        twin_part(t, years, "schemes", (int) row, schemes);
        twin_part(t, years, "linked", (int) row, joined);
    }
}

static void check_themes(const twin *t, const mlg_value *themes)
{
    const random_study *s = &t->study;
    for (int a = 0; a < s->n_schemes; a++) {
        for (int b = 0; b < a; b++) {
            const unsigned x = s->scheme[a].themes, y = s->scheme[b].themes;
            const mlg_id m = twin_party(t, rs_name('s', a)), n = twin_party(t, rs_name('s', b));
            const int row =
                twin_pair(themes, m, n) >= 0 ? twin_pair(themes, m, n) : twin_pair(themes, n, m);
            ck_assert_msg((row >= 0) == (slow_scheme_holds(s, a) && slow_scheme_holds(s, b)),
                          "study %lu: s%d, s%d", t->stream, a, b);
            if (row < 0) {
                continue;
            }
            twin_column(t, themes, MLG_VALUE, row,
                        x != 0 && y != 0 ? share(rs_size(x & y), rs_size(x | y)) : (double) NAN);
            twin_part(t, themes, "shared_bodies", row,
                      rs_size(slow_bodies_of(s, a, true) & slow_bodies_of(s, b, true)));
            twin_part(t, themes, "years_apart", row,
                      began(s, a) > 0 && began(s, b) > 0
                          ? fabs(slow_years(began(s, a), began(s, b)))
                          : (double) NAN);
            const int day =
                slow_first_day(s, slow_bodies_of(s, a, false) & slow_bodies_of(s, b, false));
            twin_part(t, themes, "years_shared", row,
                      day < RS_LAST ? RS_DAY / 10000 - day / 10000 : (double) NAN);
        }
    }
}

static void closure_is_that_of_the_rows(twin *t)
{
    twin_measure(t, "scheme.closure");
    const mlg_value *now = twin_value(t, "now", MLG_SCALAR);
    const mlg_value *both = twin_value(t, "created_together", MLG_SCALAR);
    const mlg_value *years = twin_value(t, "years", MLG_CURVE);
    const mlg_value *themes = twin_value(t, "themes", MLG_PAIRS);
    const triads n = count_triads(&t->study);
    ck_assert(now != NULL || n.pairs == 0);
    if (now != NULL && n.pairs > 0) {
        twin_column(t, now, MLG_VALUE, 0, share(n.linked, n.pairs));
        twin_part(t, now, "linked", 0, n.linked);
        twin_part(t, now, "open", 0, n.open);
        twin_part(t, now, "closed", 0, n.closed);
    }
    ck_assert(both != NULL || n.together == 0);
    if (both != NULL) {
        twin_column(t, both, MLG_VALUE, 0, share(n.together_closed, n.together));
    }
    if (both != NULL && n.together > 0) {
        twin_part(t, both, "triads", 0, n.together);
        twin_part(t, both, "closed", 0, n.together_closed);
        twin_part(t, both, "closed_at_creation", 0, n.at_creation);
    }
    if (years != NULL) {
        check_years(t, years);
    }
    if (themes != NULL) {
        check_themes(t, themes);
    }
}

/* ---- visits
 * -------------------------------------------------------------------------------------- */

/* Seats of one scheme in the other's activities, NaN where nothing could be known. */
static double seats_in(const random_study *s, int guest, int host)
{
    const slow_visits n = slow_visits_of(s, guest, host);
    return n.bodies > 0 && slow_somebody_stands(s, guest) ? n.seats : (double) NAN;
}

static double bodies_of(const random_study *s, int guest, int host)
{
    const slow_visits n = slow_visits_of(s, guest, host);
    return n.bodies > 0 && slow_somebody_stands(s, guest) ? n.bodies : (double) NAN;
}

static void visits_are_those_of_the_rows(twin *t)
{
    twin_measure(t, "scheme.reciprocity");
    const random_study *s = &t->study;
    const mlg_value *pairs = twin_value(t, "pairs", MLG_PAIRS);
    for (int a = 0; pairs != NULL && a < s->n_schemes; a++) {
        for (int b = 0; b < s->n_schemes; b++) {
            const int row = a == b ? -1
                                   : twin_pair(pairs, twin_party(t, rs_name('s', a)),
                                               twin_party(t, rs_name('s', b)));
            const double there = seats_in(s, a, b), here = seats_in(s, b, a);
            if (row >= 0) {
                twin_part(t, pairs, "a_in_b", row, there);
                twin_part(t, pairs, "b_in_a", row, here);
                twin_part(t, pairs, "of_b", row, bodies_of(s, a, b));
                twin_part(t, pairs, "of_a", row, bodies_of(s, b, a));
                twin_column(t, pairs, MLG_VALUE, row,
                            isnan(there + here) ? (double) NAN
                                                : share(fmin(there, here), fmax(there, here)));
            }
        }
    }
}

static twin_check *const checks[] = {
    retention_is_that_of_the_rows,
    shared_bodies_are_those_of_the_rows,
    closure_is_that_of_the_rows,
    visits_are_those_of_the_rows,
};

START_TEST(bodies_are_those_of_the_rows)
{
    twin_all(_i, checks, sizeof checks / sizeof *checks);
}
END_TEST

static Suite *bodies_suite(void)
{
    Suite *suite = suite_create("bodies");
    TCase *tcase = tcase_create("twins");
    tcase_add_loop_test(tcase, bodies_are_those_of_the_rows, 0, TWIN_LOOPS);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_run(bodies_suite());
}
