/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure/reach.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "measure/turnover_ground.h"
#include "model_fixture.h"
#include "reported.h"
#include "study_measured.h"
#include "suite.h"

/* Who lives where posts act, when a perimeter holds a part of a municipality. */

/* E is two towns of 1000 and 500; Q holds 15 % of the first, R 40 % of it. */
#define LAND                                                                                       \
    "study: key,value\ndate,2026-10-31\n"                                                          \
    "territories: id,scale,population,area_km2\nE,epci,,\nQ,qpv,,\nR,qpv,,\n"                      \
    "C1,commune,1000,10\nC2,commune,500,4\nC3,commune,,\n"                                         \
    "perimeters: territory,unit,share\nE,C1,\nE,C2,\nQ,C1,0.15\nR,C1,0.4\n"                        \
    "schemes: id,territory\nCLS,E\nASV,Q\n"

static const struct {
    const char *what, *post;
    double people, units;
} marks[] = {
    {"the scheme's part", "p,ASV,\n", 150, 1},
    {"the scheme's whole", "p,CLS,\n", 1500, 2},
    {"its own part before its scheme's whole", "p,CLS,Q\n", 150, 1},
    {"the larger of two parts", "p,ASV,\np,,R\n", 400, 1},
    {"a part inside a whole", "p,ASV|CLS,\n", 1500, 2},
    {"nobody knows", "p,,C3\n", NAN, 1},
    {"nowhere", "p,,\n", NAN, 0},
};

START_TEST(a_part_of_a_unit_counts_as_a_part)
{
    char text[1024] = LAND "posts: id,scheme,territory\n";
    strcat(text, marks[_i].post);
    mlg_model *model = model_fixture(text);
    mlg_reach reach;

    ck_assert_int_eq(mlg_reach_open(&reach, model, NULL), MLG_OK);
    for (int32_t row = 0; row < model->rows[MLG_POSTS].n; row++) {
        mlg_reach_mark(&reach, row);
    }
    const double people = mlg_reach_people(&reach);
    ck_assert_msg(isnan(marks[_i].people) ? isnan(people) : fabs(people - marks[_i].people) < 1e-9,
                  "%s: %g", marks[_i].what, people);
    ck_assert_msg(mlg_reach_units(&reach) == (int32_t) marks[_i].units, "%s", marks[_i].what);
    mlg_reach_clear(&reach);
    ck_assert_int_eq(mlg_reach_units(&reach), 0);
    ck_assert_double_nan(mlg_reach_people(&reach));
    mlg_reach_close(&reach);
    mlg_model_free(model);
}
END_TEST

START_TEST(a_vacancy_tells_the_residents_of_the_part)
{
    reported r;
    reported_study(&r, LAND "posts: id,person,role,scheme\nM,vacant,coordinator,ASV\n");
    ck_assert_str_eq(
        reported_sentence(&r, reported_first(&r, "vacant_post"), MLG_EN),
        "The post “M” (scheme “ASV”) is vacant: 1 scheme and 150 residents depend on it.");
    reported_close(&r);
}
END_TEST

START_TEST(residents_and_land_by_full_time_are_of_the_part)
{
    study_measured m;
    study_measure(&m, LAND "posts: id,person,role,scheme,fte\nM,Ann,coordinator,ASV,0.5\n",
                  "scale.load");
    const mlg_value *posts = study_value(&m, "posts", MLG_VECTOR);
    ck_assert_double_eq_tol(posts->column[MLG_VALUE][0], 300, 1e-9);
    ck_assert_double_eq_tol(part_at(posts, "area_per_fte", 0), 3, 1e-9); /* 1.5 km2 */
    study_measured_close(&m);
}
END_TEST

/* ---- the departure model ------------------------------------------------------------------- */

static double covered(const mlg_turnover_ground *g, uint32_t without)
{
    double people = 0.0;
    for (int32_t u = 0; u < g->n_units; u++) {
        bool some = false;
        for (uint32_t i = g->unit_first[u]; i < g->unit_first[u + 1]; i++) {
            some = some || (without >> g->unit_post[i] & 1) == 0;
        }
        people += some ? g->population[u] : 0.0;
    }
    return people;
}

/* p coordinates the 15 % and the 40 %, q the whole: without q 400 stay covered in the town, without
 * p all 1500. */
START_TEST(what_stays_covered_is_the_largest_part_left)
{
    reported r;
    mlg_turnover_ground g = {0};
    reported_open(&r, LAND "posts: id,person,role,scheme,territory\n"
                           "p,Ann,coordinator,ASV,\np,Ann,coordinator,ASV,R\n"
                           "q,Bob,coordinator,CLS,\n"
                           "ties: from,to\nX,Y\n");
    ck_assert_int_eq(mlg_turnover_ground_of(r.context, 0, &g, NULL), MLG_OK);
    ck_assert_int_eq(g.n_posts, 2);
    ck_assert_double_eq_tol(covered(&g, 0), 1500, 1e-9);
    ck_assert_double_eq_tol(covered(&g, 1U << 1), 400, 1e-9);
    ck_assert_double_eq_tol(covered(&g, 1U << 0), 1500, 1e-9);
    ck_assert_double_eq(covered(&g, 3), 0);
    ck_assert_int_eq(g.n_units, 3); /* the first town in two layers, the second */
    mlg_turnover_ground_free(&g);
    reported_close(&r);
}
END_TEST

static Suite *post_reach_suite(void)
{
    Suite *suite = suite_create("post_reach");
    TCase *parts = tcase_create("parts");

    tcase_add_loop_test(parts, a_part_of_a_unit_counts_as_a_part, 0,
                        (int) (sizeof marks / sizeof *marks));
    tcase_add_test(parts, a_vacancy_tells_the_residents_of_the_part);
    tcase_add_test(parts, residents_and_land_by_full_time_are_of_the_part);
    tcase_add_test(parts, what_stays_covered_is_the_largest_part_left);
    suite_add_tcase(suite, parts);
    return suite;
}

int main(void)
{
    return suite_run(post_reach_suite());
}
