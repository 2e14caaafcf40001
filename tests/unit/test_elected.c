/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "measure/composition.h"
#include "measure/cover.h"
#include "measure/departure.h"
#include "model_fixture.h"
#include "study_measured.h"
#include "suite.h"

/* Who is an elected official, and of what. */

#define LAND                                                                                       \
    "study: key,value\ndate,2024-12-31\n"                                                          \
    "territories: id,scale,population\nE,epci,\nF,epci,\nC1,commune,100\nC2,commune,300\n"         \
    "C3,commune,600\nperimeters: territory,unit\nE,C1\nE,C2\nF,C2\nF,C3\n"                         \
    "schemes: id,territory\nCLS,E\nCPTS,F\nnone,\n"                                                \
    "posts: id,person,role,contract,scheme,territory,end\n"

static const struct {
    const char *what, *post;
    double covered, rows, completeness; /* units; NaN: nothing known */
} posts[] = {
    {"by role, in a commune", "p,Ann,elected,,CLS,C1,\n", 1, 1, 1},
    {"by role, in a scheme", "p,Ann,elected,,CLS,,\n", 2, 1, 1},
    {"by contract, in a scheme", "p,Ann,chairs,elected,CLS,,\n", 2, 1, 1},
    {"by contract, in a commune", "p,Ann,chairs,elected,,C3,\n", 1, 1, 1},
    {"a referent of a scheme", "p,Ann,referent,,CPTS,,\n", 2, 1, 1},
    {"of two schemes that overlap", "p,Ann,elected,,CLS|CPTS,,\n", 3, 1, 1},
    {"of a scheme without a territory", "p,Ann,elected,,none,,\n", NAN, 1, 0},
    {"the term is over", "p,Ann,chairs,elected,CLS,,2024-03\n", NAN, 0, NAN},
    {"neither role nor contract", "p,Ann,chairs,,CLS,,\n", NAN, 0, NAN},
};

START_TEST(an_elected_official_covers_where_the_post_acts)
{
    char text[1024] = LAND;
    study_measured m;

    strcat(text, posts[_i].post);
    study_measure(&m, text, "scale.referents");
    const mlg_value *share = study_value(&m, "share", MLG_SCALAR);
    const double known = part_at(share, "known", 0);
    const double complete = part_at(share, "completeness", 0);
    ck_assert_msg(isnan(posts[_i].covered) ? isnan(known) : known == posts[_i].covered, "%s: %g",
                  posts[_i].what, known);
    ck_assert_msg(part_at(share, "rows", 0) == posts[_i].rows, "%s", posts[_i].what);
    ck_assert_msg(isnan(posts[_i].completeness) ? isnan(complete)
                                                : complete == posts[_i].completeness,
                  "%s: %g", posts[_i].what, complete);
    study_measured_close(&m);
}
END_TEST

/* A row is one post in a unit, even where two of its schemes hold it. */
START_TEST(a_row_counts_once_in_a_unit)
{
    study_measured m;
    study_measure(&m, LAND "p,Ann,elected,,CLS|CPTS,,\n", "scale.referents");
    const mlg_value *units = study_value(&m, "units", MLG_VECTOR);
    for (size_t i = 0; i < units->n; i++) {
        ck_assert_double_eq(part_at(units, "known", i), 1);
        ck_assert_double_eq(part_at(units, "elected", i), 1);
        ck_assert_double_eq(part_at(units, "own", i), 0);
    }
    study_measured_close(&m);
}
END_TEST

START_TEST(what_loses_its_referent_follows_the_same_places)
{
    mlg_model *model = model_fixture(LAND "p,Ann,chairs,elected,CLS,,\nq,Bob,elected,,,C3,\n");
    mlg_leavers leavers;
    ck_assert_int_eq(mlg_leavers_of(model, &leavers, NULL), MLG_OK);
    ck_assert_int_eq(leavers.of_commune[model_fixture_territory(model, "E")], 0);
    ck_assert_int_eq(leavers.of_commune[model_fixture_territory(model, "C3")], 1);
    ck_assert_int_eq(leavers.of_commune[model_fixture_territory(model, "F")], MLG_NO_LEAVER);
    mlg_leavers_free(&leavers);
    mlg_model_free(model);
}
END_TEST

/* ---- elsewhere ------------------------------------------------------------------------------ */

START_TEST(an_elective_contract_makes_the_triptych)
{
    study_measured m;
    study_measure(&m,
                  "study: key,value\ndate,2024-12-31\nschemes: id\nS\nT\n"
                  "posts: id,person,role,contract,scheme\n"
                  "a,Ann,chairs,elected,S\nb,Bob,coordinator,elected,T\n",
                  "scheme.triptych");
    const mlg_value *each = study_value(&m, NULL, MLG_VECTOR);
    const size_t s = row_of(each, model_fixture_party(m.model, "S"));
    const size_t t = row_of(each, model_fixture_party(m.model, "T"));
    ck_assert_double_eq(part_at(each, "elected", s), 1);
    ck_assert_double_nan(part_at(each, "coordinator", s));
    ck_assert_double_nan(part_at(each, "elected", t)); /* its role says what it does */
    ck_assert_double_eq(part_at(each, "coordinator", t), 1);
    study_measured_close(&m);
}
END_TEST

START_TEST(an_elective_contract_takes_the_seat_of_the_elected)
{
    static const char *const contract[] = {"elected", "permanent"};
    double found[2];
    for (int i = 0; i < 2; i++) {
        char text[512];
        mlg_composition composition;
        snprintf(text, sizeof text,
                 "study: key,value\ndate,2024-12-31\nschemes: id,kind\nCLS,cls\n"
                 "activities: id,kind,schemes\ncop,steering,CLS\n"
                 "posts: id,person,role,contract,scheme\np,Ann,chairs,%s,CLS\n"
                 "participations: actor,activity,date,present\nAnn,cop,2024-02-01,yes\n",
                 contract[i]);
        mlg_model *model = model_fixture(text);
        ck_assert_int_eq(mlg_composition_of(model, &composition, NULL), MLG_OK);
        ck_assert_uint_eq(composition.n_bodies, 1);
        found[i] = mlg_committee_found(&composition.bodies[0]);
        mlg_composition_free(&composition);
        mlg_model_free(model);
    }
    ck_assert_double_eq(found[0], 1);
    ck_assert_double_eq(found[1], 0);
}
END_TEST

static Suite *elected_suite(void)
{
    Suite *suite = suite_create("elected");
    TCase *places = tcase_create("places"), *roles = tcase_create("roles");

    tcase_add_loop_test(places, an_elected_official_covers_where_the_post_acts, 0,
                        (int) (sizeof posts / sizeof *posts));
    tcase_add_test(places, a_row_counts_once_in_a_unit);
    tcase_add_test(places, what_loses_its_referent_follows_the_same_places);
    tcase_add_test(roles, an_elective_contract_makes_the_triptych);
    tcase_add_test(roles, an_elective_contract_takes_the_seat_of_the_elected);
    suite_add_tcase(suite, places);
    suite_add_tcase(suite, roles);
    return suite;
}

int main(void)
{
    return suite_run(elected_suite());
}
