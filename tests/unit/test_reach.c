/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "maillage/access.h"
#include "maillage/scale.h"
#include "slow_reach.h"
#include "suite.h"
#include "twin.h"

/* Measures of where things reach, each beside a slow twin on studies drawn at random. */

static void check_cover(const twin *t, const mlg_value *value, int row, slow_cover slow)
{
    const random_study *s = &t->study;
    const double units = s->n_units;

    twin_column(t, value, MLG_VALUE, row,
                slow.placed > 0 ? rs_size(slow.units) / units : (double) NAN);
    twin_part(t, value, "completeness", row,
              slow.rows > 0 ? (double) slow.placed / slow.rows : (double) NAN);
    twin_part(t, value, "rows", row, slow.rows);
    if (slow.placed > 0) {
        twin_part(t, value, "units", row, units);
        twin_part(t, value, "covered", row, rs_size(slow.units));
        twin_part(t, value, "population", row, slow_people_share(s, slow.units));
    }
}

static void check_left_out(const twin *t, const char *convention, slow_cover slow)
{
    const mlg_value *list = twin_value(t, convention, MLG_VECTOR);
    if (slow.placed == 0) {
        return;
    }
    ck_assert_ptr_nonnull(list);
    for (int u = 0; u < t->study.n_units; u++) {
        const int row = twin_row(list, twin_territory(t, rs_name('u', u)));
        /* apart: gcc 12.2 at -O1 gets `(row < 0) == bit` wrong in a loop; -O0, -O2, clang do not */
        const bool listed = row >= 0, reached = rs_has(slow.units, u);
        ck_assert_msg(listed != reached, "study %lu: u%d in %s: row %d, reached %d", t->stream, u,
                      convention, row, reached);
    }
}

static void coverage_is_that_of_the_rows(twin *t)
{
    static const char *const kinds[] = {"cls", "clsm", "cpts"};
    static const struct {
        slow_by by;
        const char *share, *without;
    } asked[] = {{BY_SCHEMES, "schemes", "not_schemes"},
                 {BY_REFERENTS, "referents", "not_referents"},
                 {BY_ACTIVITIES, "activities", "not_activities"},
                 {BY_SITES, "sites", "not_sites"}};
    twin_measure(t, "scale.coverage");
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const slow_cover slow = slow_cover_by(&t->study, asked[i].by, -1);
        const mlg_value *value = twin_value(t, asked[i].share, MLG_SCALAR);
        ck_assert(value != NULL || slow.placed == 0);
        if (value != NULL) {
            check_cover(t, value, 0, slow);
            check_left_out(t, asked[i].without, slow);
        }
    }
    for (int k = 0; k < 3; k++) {
        const mlg_value *value = twin_value(t, kinds[k], MLG_SCALAR);
        const slow_cover slow = slow_cover_by(&t->study, BY_SCHEMES, k);
        ck_assert(value != NULL || slow.placed == 0);
        if (value != NULL) {
            check_cover(t, value, 0, slow);
        }
    }
}

static void referents_are_those_of_the_posts(twin *t)
{
    twin_measure(t, "scale.referents");
    const mlg_value *units = twin_value(t, "units", MLG_VECTOR);
    const slow_cover slow = slow_cover_by(&t->study, BY_REFERENTS, -1);
    double known = 0.0, unnamed = 0.0, vacant = 0.0, nothing = 0.0;
    ck_assert(units != NULL || slow.placed == 0);
    for (int u = 0; units != NULL && u < t->study.n_units; u++) {
        const int row = twin_row(units, twin_territory(t, rs_name('u', u)));
        const slow_referents r = slow_referents_of(&t->study, u);
        const bool held = r.known + r.unnamed > 0;
        twin_column(t, units, MLG_VALUE, row, held ? 1.0 : r.vacant > 0 ? 0.0 : (double) NAN);
        twin_part(t, units, "known", row, r.known);
        twin_part(t, units, "unnamed", row, r.unnamed);
        twin_part(t, units, "vacant", row, r.vacant);
        twin_part(t, units, "elected", row, r.elected);
        twin_part(t, units, "own", row, r.own);
        known += r.known > 0;
        unnamed += r.known == 0 && r.unnamed > 0;
        vacant += !held && r.vacant > 0;
        nothing += !held && r.vacant == 0;
    }
    if (units != NULL && slow.placed > 0) {
        const mlg_value *share = twin_value(t, "share", MLG_SCALAR);
        twin_column(t, share, MLG_VALUE, 0, rs_size(slow.units) / (double) t->study.n_units);
        twin_part(t, share, "known", 0, known);
        twin_part(t, share, "unnamed", 0, unnamed);
        twin_part(t, share, "vacant", 0, vacant);
        twin_part(t, share, "unknown", 0, nothing);
    }
}

/* ---- deserts --------------------------------------------------------------------------------- */

static void check_sectors(const twin *t)
{
    const mlg_value *sectors = twin_value(t, "sectors", MLG_VECTOR);
    const mlg_value *units = twin_value(t, "units", MLG_VECTOR);
    static const mlg_id codes[RS_SECTORS] = {
        MLG_CODE_OF(sector, hospital), MLG_CODE_OF(sector, social), MLG_CODE_OF(sector, housing),
        MLG_CODE_OF(sector, residents)};
    int reach[RS_UNITS] = {0}, said = 0;

    for (int k = 0; k < RS_SECTORS; k++) {
        const slow_cover slow = slow_cover_by(&t->study, BY_SECTOR, k);
        const int row = sectors != NULL ? twin_row(sectors, codes[k]) : -1;
        ck_assert_msg((row >= 0) == (slow.rows > 0), "study %lu: sector %d", t->stream, k);
        if (row >= 0) {
            check_cover(t, sectors, row, slow);
        }
        said += slow.placed > 0;
        for (int u = 0; u < t->study.n_units; u++) {
            reach[u] += rs_has(slow.units, u);
        }
    }
    for (int u = 0; said > 0 && u < t->study.n_units; u++) {
        const int row = twin_row(units, twin_territory(t, rs_name('u', u)));
        twin_column(t, units, MLG_VALUE, row, reach[u]);
        twin_part(t, units, "sectors", row, said);
    }
}

static void deserts_are_those_of_the_rows(twin *t)
{
    twin_measure(t, "scale.deserts");
    check_sectors(t);
    for (int k = 0; k < RS_THEMES; k++) {
        char convention[64];
        const slow_cover slow = slow_cover_by(&t->study, BY_ACTIVITIES, k);
        snprintf(convention, sizeof convention, "theme:%s", rs_themes[k]);
        const mlg_value *theme = twin_value(t, convention, MLG_SCALAR);
        ck_assert(theme != NULL || slow.placed == 0);
        if (theme != NULL) {
            check_cover(t, theme, 0, slow);
        }
    }
    const unsigned named = slow_quarters(&t->study);
    const mlg_value *near = twin_value(t, "neighbourhoods", MLG_SCALAR);
    const slow_cover recent = slow_cover_by(&t->study, BY_ACTIVITIES, -1);
    ck_assert(near != NULL || recent.placed == 0);
    if (near != NULL && recent.placed > 0) {
        twin_column(t, near, MLG_VALUE, 0, rs_size(named) / (double) RS_QUARTERS);
    }
}

/* ---- load ------------------------------------------------------------------------------------ */

static void check_hours(const twin *t, const mlg_value *value, int row, slow_hours h)
{
    const random_study *s = &t->study;
    double area = 0.0, areas = 0.0, peopled = 0.0;
    for (int u = 0; u < s->n_units; u++) {
        area += rs_has(h.units, u) ? s->area[u] : 0;
        areas += rs_has(h.units, u) && s->area[u] > 0;
        peopled += rs_has(h.units, u) && s->people[u] > 0;
    }
    const double people = peopled > 0 ? slow_people_in(s, h.units) : (double) NAN;
    const bool whole = h.unknown == 0;
    twin_column(t, value, MLG_VALUE, row, whole ? people / h.fte : (double) NAN);
    twin_column(t, value, MLG_LOW, row, people / (h.fte + h.unknown));
    twin_column(t, value, MLG_HIGH, row, h.fte > 0.0 ? people / h.fte : (double) NAN);
    twin_part(t, value, "units", row, rs_size(h.units));
    twin_part(t, value, "population", row, people);
    twin_part(t, value, "area_km2", row, areas > 0 ? area : (double) NAN);
    twin_part(t, value, "units_per_fte", row, whole ? rs_size(h.units) / h.fte : (double) NAN);
    twin_part(t, value, "area_per_fte", row, whole && areas > 0 ? area / h.fte : (double) NAN);
}

static void load_is_that_of_the_posts(twin *t)
{
    twin_measure(t, "scale.load");
    const mlg_value *posts = twin_value(t, "posts", MLG_VECTOR);
    const mlg_value *study = twin_value(t, "study", MLG_SCALAR);
    const slow_hours all = slow_hours_of(&t->study, -1);
    ck_assert(posts != NULL || all.units == 0);
    for (int j = 0; posts != NULL && j < RS_POSTS; j++) {
        const slow_hours h = slow_hours_of(&t->study, j);
        const mlg_id post = twin_party(t, rs_name('j', j));
        const int row = post >= 0 ? twin_row(posts, post) : -1;
        ck_assert_msg((row >= 0) == (h.rows > 0), "study %lu: post %d", t->stream, j);
        if (row >= 0 && h.units != 0) {
            check_hours(t, posts, row, h);
        }
    }
    if (study != NULL && all.units != 0) {
        check_hours(t, study, 0, all);
        twin_part(t, study, "vacant", 0, all.vacant);
        twin_part(t, study, "units_without", 0, t->study.n_units - rs_size(all.units));
    }
}

/* ---- nearest --------------------------------------------------------------------------------- */

static void check_near(const twin *t, const char *convention, unsigned there)
{
    const random_study *s = &t->study;
    const mlg_value *units = twin_value(t, convention, MLG_VECTOR);
    const mlg_value *mean = twin_value(t, convention, MLG_SCALAR);
    double people = 0.0, sum = 0.0, five = 0.0, ten = 0.0, twenty = 0.0;
    double lost = 0.0;

    for (int u = 0; u < s->n_units; u++) {
        const double far = slow_km_to(s, u, there);
        lost += !s->on_map[u];
        if (!isnan(far)) {
            people += s->people[u];
            sum += s->people[u] * far;
            five += far <= 5.0 ? s->people[u] : 0.0;
            ten += far <= 10.0 ? s->people[u] : 0.0;
            twenty += far <= 20.0 ? s->people[u] : 0.0;
        }
    }
    ck_assert_msg(mean != NULL || !(people > 0.0), "study %lu: %s", t->stream, convention);
    if (!(people > 0.0)) {
        return;
    }
    twin_column(t, mean, MLG_VALUE, 0, sum / people);
    twin_part(t, mean, "within_5_km", 0, five / people);
    twin_part(t, mean, "within_10_km", 0, ten / people);
    twin_part(t, mean, "within_20_km", 0, twenty / people);
    twin_part(t, mean, "units_left_out", 0, lost);
    for (int u = 0; u < s->n_units; u++) {
        const int row = twin_row(units, twin_territory(t, rs_name('u', u)));
        ck_assert(row >= 0 || !s->on_map[u]);
        if (row >= 0) {
            twin_column(t, units, MLG_VALUE, row, slow_km_to(s, u, there));
        }
    }
}

static void the_nearest_is_that_of_every_place(twin *t)
{
    twin_measure(t, "scale.nearest");
    check_near(t, "activities", slow_lie_in(&t->study, NEAR_ACTIVITIES));
    check_near(t, "sites", slow_lie_in(&t->study, NEAR_SITES));
    check_near(t, "main_town", slow_lie_in(&t->study, NEAR_MAIN_TOWN));
}

/* ---- laws
 * ---------------------------------------------------------------------------------------- */

/* One more site reaches no fewer units, and nobody lives further from one. */
START_TEST(a_site_more_reaches_no_less)
{
    static twin before, after;
    int nearer = 0;
    for (int turn = 0; turn < TWIN_EACH; turn++) {
        for (int of = 0; of < 2; of++) {
            const char *id = of == 0 ? "scale.coverage" : "scale.nearest";
            twin_open(&before, _i, turn);
            twin_measure(&before, id);
            after.stream = before.stream;
            after.study = before.study;
            struct rs_site *site = &after.study.site[after.study.n_sites];
            if (after.study.n_sites < RS_SITES) {
                *site = (struct rs_site){.actor = 0, .place = turn % after.study.n_units};
                after.study.n_sites++;
            }
            study_measure(&after.measured, random_study_text(&after.study, 0), id);
            const mlg_value *was = twin_value(&before, "sites", MLG_SCALAR);
            const mlg_value *is = twin_value(&after, "sites", MLG_SCALAR);
            if (was != NULL && is != NULL && !isnan(was->column[MLG_VALUE][0])) {
                const double change = is->column[MLG_VALUE][0] - was->column[MLG_VALUE][0];
                ck_assert_msg(of == 0 ? change >= 0.0 : change <= 1e-12, "study %lu: %s by %g",
                              before.stream, id, change);
                nearer += fabs(change) > 1e-9;
            }
            twin_close(&before);
            twin_close(&after);
        }
    }
    ck_assert_int_gt(nearer, 5);
}
END_TEST

/* ---- concentration
 * -------------------------------------------------------------------------------- */

static void quotients_are_those_of_the_rows(twin *t)
{
    twin_measure(t, "scale.location_quotient");
    const random_study *s = &t->study;
    const double people = slow_people_in(s, (1U << s->n_units) - 1);
    for (int sites = 0; sites < 2; sites++) {
        const mlg_value *units = twin_value(t, sites == 1 ? "sites" : "activities", MLG_VECTOR);
        int lying[RS_UNITS];
        double all = 0.0;
        slow_lying(s, sites == 1, lying);
        for (int u = 0; u < s->n_units; u++) {
            all += s->people[u] > 0 ? lying[u] : 0;
        }
        for (int u = 0; all > 0.0 && units != NULL && units->n > 0 && u < s->n_units; u++) {
            const int row = twin_row(units, twin_territory(t, rs_name('u', u)));
            twin_part(t, units, "located", row, lying[u]);
            twin_column(t, units, MLG_VALUE, row,
                        s->people[u] > 0 ? lying[u] / all / (s->people[u] / people) : (double) NAN);
        }
    }
}

static void sites_of_main_towns_are_those_of_the_rows(twin *t)
{
    twin_measure(t, "scale.main_town");
    const slow_sides n = slow_sites_by_town(&t->study);
    const mlg_value *study = twin_value(t, "sites", MLG_SCALAR);
    const double located = n.in + n.around;
    if (located > 0.0 && n.people_in > 0.0 && n.people_in < n.people) {
        twin_column(t, study, MLG_VALUE, 0, n.in / located);
        twin_column(t, study, MLG_EXPECTED, 0, n.people_in / n.people);
        twin_part(t, study, "located", 0, located);
        twin_part(t, study, "in_centre", 0, n.in);
        twin_part(t, study, "spread", 0, n.spread);
        twin_part(t, study, "quotient", 0, n.in / located / (n.people_in / n.people));
    }
}

static void layers_are_those_of_the_schemes(twin *t)
{
    twin_measure(t, "scale.layers");
    const random_study *s = &t->study;
    bool by_schemes = false;
    double sum = 0.0, people = 0.0, weighted = 0.0;
    (void) slow_layers(s, 0, &by_schemes);
    const char *convention = by_schemes ? "scheme_perimeters" : "all_perimeters";
    const mlg_value *units = twin_value(t, convention, MLG_VECTOR);
    const mlg_value *mean = twin_value(t, convention, MLG_SCALAR);
    for (int u = 0; u < s->n_units; u++) {
        const int layers = slow_layers(s, u, &by_schemes);
        twin_column(t, units, MLG_VALUE, twin_row(units, twin_territory(t, rs_name('u', u))),
                    layers);
        sum += layers;
        weighted += layers * s->people[u];
        people += s->people[u];
    }
    twin_column(t, mean, MLG_VALUE, 0, sum / s->n_units);
    twin_part(t, mean, "population", 0, people > 0.0 ? weighted / people : (double) NAN);
}

static twin_check *const checks[] = {
    coverage_is_that_of_the_rows,
    referents_are_those_of_the_posts,
    deserts_are_those_of_the_rows,
    load_is_that_of_the_posts,
    the_nearest_is_that_of_every_place,
    quotients_are_those_of_the_rows,
    sites_of_main_towns_are_those_of_the_rows,
    layers_are_those_of_the_schemes,
};

START_TEST(reach_is_that_of_the_rows)
{
    twin_all(_i, checks, sizeof checks / sizeof *checks);
}
END_TEST

static Suite *reach_suite(void)
{
    Suite *suite = suite_create("reach");
    TCase *tcase = tcase_create("twins");
    tcase_add_loop_test(tcase, a_site_more_reaches_no_less, 0, TWIN_LOOPS);
    tcase_add_loop_test(tcase, reach_is_that_of_the_rows, 0, TWIN_LOOPS);
    suite_add_tcase(suite, tcase);
    return suite;
}

int main(void)
{
    return suite_run(reach_suite());
}
