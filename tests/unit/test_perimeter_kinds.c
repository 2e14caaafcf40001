/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/random.h"
#include "maillage/fit.h"
#include "maillage/scale.h"
#include "measure/pair_shares.h"
#include "measured.h"
#include "model_fixture.h"
#include "slow_fit.h"
#include "study_measured.h"
#include "suite.h"

/* Which kinds of perimeters stick out of which, and what two perimeters have of each other. */

static mlg_id territory(const study_measured *m, const char *id)
{
    return model_fixture_territory(m->model, id);
}

static double number_of(const mlg_value *value, size_t row)
{
    return value->column[MLG_VALUE][row];
}

static const mlg_value *find_list(const study_measured *m, const char *convention)
{
    const mlg_value *found = NULL;
    for (size_t i = 0; i < m->values.n; i++) {
        const mlg_value *value = &m->values.items[i];
        found = strcmp(value->convention, convention) == 0 ? value : found;
    }
    return found;
}

/* ---- exceptions ---------------------------------------------------------------------------- */

/* Twenty counties' worth of bodies inside DA; `more` are rows of one that is not. */
static void nearly_nested(char *text, size_t room, const char *more)
{
    strcpy(text, "territories: id,population,scale\nDA,,departement\nDB,,departement\n"
                 "DC,,departement\nx,30,commune\ny,70,commune\nz,5,commune\nE,,epci\n");
    for (int i = 0; i < 20; i++) {
        snprintf(text + strlen(text), room - strlen(text), "c%d,10,commune\nE%d,,epci\n", i, i);
    }
    strncat(text, "perimeters: territory,unit\nDB,z\n", room - strlen(text) - 1);
    for (int i = 0; i < 20; i++) {
        snprintf(text + strlen(text), room - strlen(text), "E%d,c%d\nDA,c%d\n", i, i, i);
    }
    strncat(text, more, room - strlen(text) - 1);
}

/* E, 100 residents: what of it the counties hold. */
static const struct {
    const char *what, *rows, *outer; /* NULL: no exception */
    double outside;
} expected_outer[] = {
    {"most of it is in DB", "E,x\nE,y\nDA,x\nDB,y\n", "DB", 0.3},
    {"no more than half is in one", "E,x\nE,y\nDA,x\nDC,x\nDC,z\nDA,z\n", NULL, 0},
    {"it only touches one, and holds the other", "E,x\nE,y\nDC,y\nDA,x\n", "DC", 0.3},
    {"it lies in one and crosses another", "E,x\nE,y\nDC,x\nDC,y\nDC,z\nDA,x\n", NULL, 0},
};

START_TEST(an_exception_sticks_out_of_what_holds_most_of_it)
{
    char text[4096];
    study_measured m;
    nearly_nested(text, sizeof text, expected_outer[_i].rows);
    study_measure(&m, text, "scale.relations");
    const mlg_value *list = find_list(&m, "exceptions");
    if (expected_outer[_i].outer == NULL) {
        ck_assert_msg(list == NULL, "%s", expected_outer[_i].what);
    } else {
        ck_assert_msg(list != NULL && list->n == 1, "%s", expected_outer[_i].what);
        ck_assert_uint_eq(
            row_of_pair(list, territory(&m, "E"), territory(&m, expected_outer[_i].outer)), 0);
        ck_assert_double_eq_tol(number_of(list, 0), expected_outer[_i].outside, 1e-12);
    }
    study_measured_close(&m);
}
END_TEST

/* ---- the two kinds that cross most ------------------------------------------------------------
 */

/* Random bodies and counties over units in a row: counts by looking at each pair. */
enum { UNITS = 24, BODIES = 14, COUNTIES = 4 };

typedef struct line {
    int people[UNITS];
    bool body[BODIES][UNITS], county[COUNTIES][UNITS];
    char text[16384];
} line;

/* Where the text goes on. */
#define END(text) (text) + strlen(text), sizeof(text) - strlen(text)

static void write_line(line *l)
{
    for (int u = 0; u < UNITS; u++) {
        snprintf(END(l->text), "u%d,%d,commune\n", u, l->people[u]);
    }
    for (int b = 0; b < BODIES; b++) {
        snprintf(END(l->text), "B%d,,epci\n", b);
    }
    for (int c = 0; c < COUNTIES; c++) {
        snprintf(END(l->text), "D%d,,departement\n", c);
    }
    strcat(l->text, "perimeters: territory,unit\n");
    for (int u = 0; u < UNITS; u++) {
        for (int b = 0; b < BODIES; b++) {
            if (l->body[b][u]) {
                snprintf(END(l->text), "B%d,u%d\n", b, u);
            }
        }
        for (int c = 0; c < COUNTIES; c++) {
            if (l->county[c][u]) {
                snprintf(END(l->text), "D%d,u%d\n", c, u);
            }
        }
    }
}

static void make_line(line *l, uint64_t stream)
{
    mlg_random draw = mlg_random_stream(11, "test_perimeter_kinds", "", stream);
    *l = (line){.text = "territories: id,population,scale\n"};
    for (int u = 0; u < UNITS; u++) {
        l->people[u] = 1 + (int) mlg_random_below(&draw, 90);
        l->county[u * COUNTIES / UNITS][u] = true;
    }
    for (int b = 0; b < BODIES; b++) {
        const int first = (int) mlg_random_below(&draw, UNITS - 2);
        const int n = 1 + (int) mlg_random_below(&draw, 2);
        for (int u = first; u < first + n; u++) {
            l->body[b][u] = true;
        }
    }
    write_line(l);
}

/* Counties share the line out: a body is in one, or sticks out. */
static int slow_counties_of(const line *l, int body, int *most)
{
    int n = 0, best = -1;
    for (int c = 0; c < COUNTIES; c++) {
        int people = 0;
        for (int u = 0; u < UNITS; u++) {
            people += l->body[body][u] && l->county[c][u] ? l->people[u] : 0;
        }
        n += people > 0;
        if (people > best) {
            best = people;
            *most = c;
        }
    }
    return n;
}

START_TEST(what_crosses_most_is_that_of_counting)
{
    static line l;
    study_measured m;
    int crossing = 0, home = 0, touched = 0;
    bool is_touched[UNITS] = {false};

    make_line(&l, (uint64_t) _i);
    study_measure(&m, l.text, "scale.relations");
    const mlg_value *most = find_list(&m, "most_crossing");
    const mlg_value *pairs = find_list(&m, "most_crossing_pairs");
    for (int b = 0; b < BODIES; b++) {
        if (slow_counties_of(&l, b, &home) > 1) {
            char body[16], county[16];
            crossing++;
            for (int u = 0; u < UNITS; u++) {
                is_touched[u] = is_touched[u] || l.body[b][u];
            }
            snprintf(body, sizeof body, "B%d", b);
            snprintf(county, sizeof county, "D%d", home);
            ck_assert_ptr_nonnull(pairs);
            row_of_pair(pairs, territory(&m, body), territory(&m, county)); /* fails if absent */
        }
    }
    for (int u = 0; u < UNITS; u++) {
        touched += is_touched[u] ? l.people[u] : 0;
    }
    ck_assert_int_eq(most != NULL, crossing > 0);
    if (most != NULL) {
        ck_assert_double_eq_tol(number_of(most, 0), crossing / (double) BODIES, 1e-12);
        ck_assert_double_eq(part_at(most, "crossing", 0), crossing);
        ck_assert_double_eq(part_at(most, "perimeters", 0), BODIES);
        ck_assert_double_eq(part_at(most, "population", 0), touched);
        ck_assert_uint_eq(pairs->n, (size_t) crossing);
        for (size_t i = 1; i < pairs->n; i++) {
            ck_assert_double_ge(part_at(pairs, "population", i - 1),
                                part_at(pairs, "population", i));
        }
    }
    study_measured_close(&m);
}
END_TEST

/* Zones of statistics are crossed by far more; nobody acts there. */
START_TEST(kinds_of_bodies_come_before_zones)
{
    static line l;
    study_measured m;
    char *rows;
    static char text[32768];
    make_line(&l, 1);
    rows = strstr(l.text, "perimeters:");
    snprintf(text, sizeof text, "%.*sZ0,,zone\nZ1,,zone\n%s", (int) (rows - l.text), l.text, rows);
    for (int u = 0; u < UNITS; u++) { /* half of the bodies or so are across */
        snprintf(END(text), "Z%d,u%d\n", u / 2 % 2, u);
    }
    study_measure(&m, text, "scale.relations");
    const mlg_value *most = find_list(&m, "most_crossing");
    ck_assert_ptr_nonnull(most);
    ck_assert_int_eq(most->subject[0], 2 * MLG_CODE_OF(scale, epci) + 1);
    ck_assert_int_eq(most->subject[1], 2 * MLG_CODE_OF(scale, departement) + 1);
    study_measured_close(&m);
}
END_TEST

/* Nine perimeters are too few for a share to say much. */
START_TEST(few_perimeters_lead_nothing)
{
    char text[1024] = "territories: id,scale\nD,departement\nC,departement\n";
    study_measured m;
    for (int i = 0; i < 9; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "u%d,commune\nE%d,epci\n", i, i);
    }
    strcat(text, "perimeters: territory,unit\nE0,u1\nC,u0\n");
    for (int i = 0; i < 9; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "E%d,u%d\n", i, i);
        if (i > 0) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "D,u%d\n", i);
        }
    }
    study_measure(&m, text, "scale.relations");
    ck_assert_ptr_null(find_list(&m, "most_crossing"));
    study_measured_close(&m);
}
END_TEST

/* ---- what two perimeters have of each other
 * ------------------------------------------------------ */

/* X has .7 of u, Y .6; v is in both, w in X. */
START_TEST(shares_of_a_pair_are_an_interval_where_parts_leave_it_open)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,scale\nu,100,commune\nv,40,commune\nw,10,commune\n"
                  "X,,epci\nY,,canton\n"
                  "perimeters: territory,unit,share\nX,u,0.7\nX,v,\nX,w,\nY,u,0.6\nY,v,\n",
                  "scale.typology");
    const mlg_pair_shares s = mlg_pair_shares_of(&m.values.items[0], 0);
    ck_assert(s.by_people && s.open);
    ck_assert_double_eq_tol(s.people.low, 70.0, 1e-9);   /* 0.3 of u, v */
    ck_assert_double_eq_tol(s.people.high, 100.0, 1e-9); /* 0.6 of u, v */
    ck_assert_double_eq_tol(s.a_in_b.low, 70.0 / 120, 1e-12);
    ck_assert_double_eq_tol(s.a_in_b.high, 100.0 / 120, 1e-12);
    ck_assert_double_eq_tol(s.b_in_a.low, 0.7, 1e-12);
    ck_assert_double_eq_tol(s.b_in_a.high, 1.0, 1e-12);
    ck_assert_double_eq_tol(s.overlap.low, 0.7, 1e-12);
    ck_assert_double_eq_tol(s.jaccard.low, 70.0 / 150, 1e-12);
    ck_assert_double_eq_tol(s.jaccard.high, 100.0 / 120, 1e-12);
    study_measured_close(&m);
}
END_TEST

/* `n` units, of which `unknown` of unknown population; A has all, B the second half. */
static mlg_pair_shares shares_with(int n, int unknown)
{
    char text[4096] = "territories: id,population\n";
    study_measured m;
    for (int u = 0; u < n; u++) {
        snprintf(END(text), "u%d,%s\n", u, u < unknown ? "" : "10");
    }
    strcat(text, "perimeters: territory,unit\n");
    for (int u = 0; u < n; u++) {
        snprintf(END(text), "A,u%d\n", u);
        if (2 * u >= n) {
            snprintf(END(text), "B,u%d\n", u);
        }
    }
    study_measure(&m, text, "scale.typology");
    const mlg_pair_shares s = mlg_pair_shares_of(&m.values.items[0], 0);
    study_measured_close(&m);
    return s;
}

START_TEST(a_few_unknown_populations_do_not_change_the_unit)
{
    const mlg_pair_shares few = shares_with(20, 1), many = shares_with(20, 3);
    ck_assert(few.by_people && !many.by_people);
    ck_assert_double_eq(few.unknown, 1);
    ck_assert(!isnan(few.people.high));
    ck_assert(isnan(many.people.high)); /* never 0 */
    ck_assert(!isnan(many.a_in_b.high));
}
END_TEST

START_TEST(whole_percents_keep_all_and_nothing)
{
    static const double shares[][2] = {
        {0, 0},         {1, 1},         {0.9999, 0.99},        {0.5, 0.5},
        {0.0001, 0.01}, {0.987, 0.987}, {1 - 1e-12, 1 - 1e-12}};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        ck_assert_double_eq(mlg_whole_percents(shares[i][0]), shares[i][1]);
    }
    ck_assert(isnan(mlg_whole_percents(NAN)));
}
END_TEST

/* Pairs of random sets, against the sets. */
START_TEST(shares_of_pairs_are_those_of_sets)
{
    static fit_study s;
    study_measured m;
    fit_study_make(&s, (unsigned long) _i, false);
    study_measure(&m, s.text, "scale.typology");
    const mlg_value *pairs = &m.values.items[0];
    for (int a = 0; a < s.n_perimeters; a++) {
        for (int b = 0; b < s.n_perimeters; b++) {
            char x[16], y[16];
            snprintf(x, sizeof x, "T%d", a);
            snprintf(y, sizeof y, "T%d", b);
            for (size_t row = 0; row < pairs->n; row++) {
                if (pairs->subject[2 * row] != territory(&m, x) ||
                    pairs->subject[2 * row + 1] != territory(&m, y)) {
                    continue;
                }
                const mlg_pair_shares of = mlg_pair_shares_of(pairs, row);
                const double both = slow_people(&s, s.in[a] & s.in[b]);
                const double first = slow_people(&s, s.in[a]), second = slow_people(&s, s.in[b]);
                if (first > 0.0 && second > 0.0) {
                    ck_assert_double_eq_tol(of.a_in_b.high, both / first, 1e-12);
                    ck_assert_double_eq_tol(of.b_in_a.high, both / second, 1e-12);
                    ck_assert_double_eq_tol(of.jaccard.high, both / (first + second - both), 1e-12);
                    ck_assert_double_eq_tol(of.overlap.low, both / fmin(first, second), 1e-12);
                    ck_assert(of.by_people && !of.open);
                }
            }
        }
    }
    study_measured_close(&m);
}
END_TEST

START_TEST(each_survives_any_allocation_failing)
{
    static line l;
    make_line(&l, 1);
    study_fail_each(l.text, "scale.relations");
}
END_TEST

/* ---- neighbours ---------------------------------------------------------------------------- */

/* A county of twenty units; ten bodies inside it, one that has `inside` of five there. */
static const struct {
    int inside;
    bool sticks_out;
} neighbours[] = {{1, false}, {2, true}, {3, true}, {4, true}};

START_TEST(a_neighbour_that_barely_enters_does_not_stick_out)
{
    char text[4096] = "territories: id,population,scale\nD,,departement\nN,,epci\n";
    study_measured m;

    for (int i = 0; i < 25; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "u%d,10,commune\n", i);
    }
    for (int i = 0; i < 10; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "E%d,,epci\n", i);
    }
    strcat(text, "perimeters: territory,unit\n");
    for (int i = 0; i < 20; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "D,u%d\nE%d,u%d\n", i, i / 2, i);
    }
    for (int i = 0; i < 5; i++) {
        const int unit = i < neighbours[_i].inside ? i : 20 + i;
        snprintf(text + strlen(text), sizeof text - strlen(text), "N,u%d\n", unit);
    }
    study_measure(&m, text, "scale.relations");
    const mlg_value *most = find_list(&m, "most_crossing");
    const mlg_value *pairs = find_list(&m, "most_crossing_pairs");
    ck_assert((most != NULL) == neighbours[_i].sticks_out);
    if (most != NULL) {
        ck_assert_double_eq(part_at(most, "crossing", 0), 1);
        ck_assert_double_eq(part_at(most, "perimeters", 0), 11);
        ck_assert_int_eq(pairs->subject[0], territory(&m, "N"));
        ck_assert_int_eq(pairs->subject[1], territory(&m, "D"));
    }
    study_measured_close(&m);
}
END_TEST

/* ---- units that no list knows ------------------------------------------------------------------
 */

/* Z: ten units of D and `more`, of which some have a population. */
static const struct {
    const char *listed, *rows;
    mlg_perimeter_relation strict, tolerant;
} merged[] = {
    {"", "Z,m\n", MLG_UNDETERMINED, MLG_B_IN_A},          /* a code of a merged municipality */
    {"m,0,commune\n", "Z,m\n", MLG_CROSSING, MLG_B_IN_A}, /* nobody lives there, and it is known */
    {"m,50,commune\n", "Z,m\n", MLG_CROSSING, MLG_CROSSING},
    {"m,50,commune\n", "Z,m\nZ,n\n", MLG_CROSSING, MLG_CROSSING}, /* not only n */
    {"", "Z,m\nZ,n\n", MLG_CROSSING, MLG_CROSSING}, /* two of twelve are more than a few */
};

START_TEST(units_of_unknown_population_alone_make_no_crossing)
{
    char text[2048] = "territories: id,population,scale\nD,,departement\nZ,,epci\n";
    study_measured m;

    for (int i = 0; i < 12; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "u%d,10,commune\n", i);
    }
    strcat(text, merged[_i].listed);
    strcat(text, "perimeters: territory,unit\n");
    for (int i = 0; i < 12; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "D,u%d\n", i);
        if (i < 10) {
            snprintf(text + strlen(text), sizeof text - strlen(text), "Z,u%d\n", i);
        }
    }
    strcat(text, merged[_i].rows);
    study_measure(&m, text, "scale.typology");
    const mlg_value *pairs = study_value(&m, NULL, MLG_PAIRS);
    ck_assert_int_eq(pairs->subject[0], territory(&m, "D"));
    ck_assert_double_eq(number_of(pairs, 0), merged[_i].strict);
    ck_assert_double_eq(part_at(pairs, "but_slivers", 0), merged[_i].tolerant);
    study_measured_close(&m);
}
END_TEST

static Suite *perimeter_kinds_suite(void)
{
    Suite *suite = suite_create("perimeter kinds");
    TCase *kinds = tcase_create("kinds");
    TCase *pairs = tcase_create("pairs");

    tcase_add_loop_test(kinds, an_exception_sticks_out_of_what_holds_most_of_it, 0,
                        (int) (sizeof expected_outer / sizeof *expected_outer));
    tcase_add_loop_test(kinds, what_crosses_most_is_that_of_counting, 0, 12);
    tcase_add_test(kinds, kinds_of_bodies_come_before_zones);
    tcase_add_test(kinds, few_perimeters_lead_nothing);
    tcase_add_loop_test(kinds, a_neighbour_that_barely_enters_does_not_stick_out, 0,
                        (int) (sizeof neighbours / sizeof *neighbours));
    tcase_add_loop_test(pairs, units_of_unknown_population_alone_make_no_crossing, 0,
                        (int) (sizeof merged / sizeof *merged));
    tcase_add_test(kinds, each_survives_any_allocation_failing);
    tcase_add_test(pairs, shares_of_a_pair_are_an_interval_where_parts_leave_it_open);
    tcase_add_test(pairs, whole_percents_keep_all_and_nothing);
    tcase_add_test(pairs, a_few_unknown_populations_do_not_change_the_unit);
    tcase_add_loop_test(pairs, shares_of_pairs_are_those_of_sets, 0, 12);
    suite_add_tcase(suite, kinds);
    suite_add_tcase(suite, pairs);
    return suite;
}

int main(void)
{
    return suite_run(perimeter_kinds_suite());
}
