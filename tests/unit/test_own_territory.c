/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "maillage/access.h"
#include "maillage/fit.h"
#include "maillage/scale.h"
#include "measure/perimeters.h"
#include "measure/scheme_set.h"
#include "model_fixture.h"
#include "report/document.h"
#include "reported.h"
#include "slow_fit.h"
#include "study_measured.h"
#include "suite.h"

/* National tables in a study of one place: what reaches into it, whole; nothing else. */

/* R1 = a b c, R2 = d e f; X in R1, Y over the border, Z in R2. */
#define COUNTRY                                                                                    \
    "territories: id,population,scale\n"                                                           \
    "a,10,commune\nb,20,commune\nc,30,commune\nd,40,commune\ne,50,commune\nf,60,commune\n"         \
    "R1,,departement\nR2,,departement\nX,,epci\nY,,epci\nZ,,epci\n"                                \
    "perimeters: territory,unit\nR1,a\nR1,b\nR1,c\nR2,d\nR2,e\nR2,f\n"                             \
    "X,a\nX,b\nY,c\nY,d\nZ,e\nZ,f\n"                                                               \
    "schemes: id,kind,territory\nS,cls,X\nT,cls,Z\nU,cls,Y\nV,cls,\n"                              \
    "actors: id,sector\nO,social\nP,social\nQ,social\n"                                            \
    "sites: actor,territory\nO,a\nP,e\nP,f\n"                                                      \
    "posts: id,role,scheme,fte\np1,coordinator,S,1\np2,coordinator,T,1\np3,coordinator,V,1\n"

#define OWN "study: key,value\nterritory,R1\n"

static double counted(const study_measured *m, const char *convention, const char *part)
{
    return part_at(study_value(m, convention, MLG_SCALAR), part, 0);
}

START_TEST(perimeters_are_those_that_reach_into_it)
{
    mlg_model *model = model_fixture(OWN COUNTRY);
    mlg_perimeters perimeters = {0};
    mlg_error err = {0};
    static const char *const kept[] = {"R1", "X", "Y"};
    ck_assert_int_eq(mlg_perimeters_of(model, &perimeters, &err), MLG_OK);
    ck_assert_int_eq(perimeters.n, 3);
    ck_assert_int_eq(perimeters.n_elsewhere, 2);
    ck_assert_int_eq(perimeters.n_outside, 1); /* d, by Y; e and f are nowhere here */
    for (int32_t p = 0; p < 3; p++) {
        ck_assert_int_eq(perimeters.territory[p], model_fixture_territory(model, kept[p]));
    }
    ck_assert_uint_eq(mlg_csr_degree(&perimeters.covers, 2), 2); /* Y whole */
    ck_assert_uint_eq(mlg_csr_size(&perimeters.covers), 7);
    mlg_perimeters_free(&perimeters);
    mlg_model_free(model);
}
END_TEST

START_TEST(pairs_are_those_of_these_perimeters)
{
    study_measured m;
    study_measure(&m, OWN COUNTRY, "scale.typology");
    ck_assert_double_eq(counted(&m, "type_i_share", "nested"), 1);   /* X in R1 */
    ck_assert_double_eq(counted(&m, "type_i_share", "crossing"), 1); /* Y and R1 */
    ck_assert_double_eq(counted(&m, "type_i_share", "disjoint"), 1); /* X and Y */
    study_measured_close(&m);
    study_measure(&m, COUNTRY, "scale.typology");
    ck_assert_double_eq(counted(&m, "type_i_share", "nested"), 2);
    ck_assert_double_eq(counted(&m, "type_i_share", "crossing"), 2);
    ck_assert_double_eq(counted(&m, "type_i_share", "disjoint"), 6);
    study_measured_close(&m);
}
END_TEST

/* Combinations, layers and coverage count the same units, and the same of them under nothing. */
START_TEST(parts_of_a_page_agree)
{
    study_measured m;
    study_measure(&m, OWN COUNTRY, "scale.signatures");
    ck_assert_double_eq(counted(&m, "schemes", "units"), 3);
    ck_assert_double_eq(study_value(&m, "schemes", MLG_SCALAR)->column[MLG_VALUE][0], 2);
    ck_assert_double_eq(counted(&m, "schemes", "without"), 0);
    ck_assert_uint_eq(study_value(&m, "units", MLG_VECTOR)->n, 3);
    study_measured_close(&m);
    study_measure(&m, OWN COUNTRY, "scale.layers");
    ck_assert_double_eq(counted(&m, "scheme_perimeters", "units"), 3);
    ck_assert_double_eq(counted(&m, "scheme_perimeters", "signatures"), 2);
    study_measured_close(&m);
    study_measure(&m, OWN COUNTRY, "scale.coverage");
    ck_assert_double_eq(counted(&m, "schemes", "units"), 3);
    ck_assert_double_eq(counted(&m, "schemes", "units_outside"), 1);
    study_measured_close(&m);
}
END_TEST

/* Rows known to lie wholly outside are no rows of the study; what says no place is. */
START_TEST(rows_from_elsewhere_do_not_count)
{
    study_measured m;
    study_measure(&m, OWN COUNTRY, "scale.coverage");
    ck_assert_double_eq(counted(&m, "schemes", "rows"), 3); /* S, U and V */
    ck_assert_double_eq_tol(counted(&m, "schemes", "completeness"), 2.0 / 3, 1e-12);
    ck_assert_double_eq(counted(&m, "sites", "rows"), 1);
    ck_assert_double_eq(counted(&m, "sites", "completeness"), 1);
    study_measured_close(&m);
    study_measure(&m, OWN COUNTRY, "scale.deserts");
    const mlg_value *sectors = study_value(&m, "sectors", MLG_VECTOR);
    ck_assert_double_eq(part_at(sectors, "rows", 0), 2); /* O, and Q of no known place */
    ck_assert_double_eq(part_at(sectors, "covered", 0), 1);
    study_measured_close(&m);
    study_measure(&m, OWN COUNTRY, "scale.load");
    ck_assert_double_eq(counted(&m, "study", "posts"), 2);         /* not p2, of T */
    ck_assert_double_eq(counted(&m, "study", "units_without"), 1); /* c; d to f are elsewhere */
    study_measured_close(&m);
}
END_TEST

START_TEST(schemes_are_those_not_known_to_be_elsewhere)
{
    static const struct {
        const char *text;
        size_t n;
    } cases[] = {{OWN COUNTRY, 3}, {COUNTRY, 4}, {"study: key,value\nterritory,e\n" COUNTRY, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mlg_model *model = model_fixture(cases[i].text);
        mlg_scheme_set set = {0};
        mlg_error err = {0};
        ck_assert_int_eq(mlg_schemes_of(model, &set, &err), MLG_OK);
        ck_assert_uint_eq(set.n, cases[i].n);
        mlg_schemes_free(&set);
        mlg_model_free(model);
    }
}
END_TEST

/* A territory of which no unit is known asks for everything. */
START_TEST(a_territory_without_units_leaves_nothing_out)
{
    mlg_model *model = model_fixture("study: key,value\nterritory,France\n" COUNTRY);
    mlg_perimeters perimeters = {0};
    bool *outside = NULL;
    mlg_error err = {0};
    ck_assert_int_eq(mlg_perimeters_of(model, &perimeters, &err), MLG_OK);
    ck_assert_int_eq(perimeters.n, 5);
    ck_assert_int_eq(perimeters.n_elsewhere, 0);
    ck_assert_int_eq(mlg_outside_of(model, &outside, &err), MLG_OK);
    ck_assert_ptr_null(outside);
    mlg_perimeters_free(&perimeters);
    mlg_model_free(model);
}
END_TEST

/* ---- slow twin --------------------------------------------------------------------------- */

START_TEST(pairs_are_counted_from_the_sets_alone)
{
    static const char *const parts[MLG_N_RELATIONS] = {"equal",    "nested",   "nested",
                                                       "disjoint", "crossing", "undetermined"};
    char text[9000];
    fit_study s;
    study_measured m;
    double expected[MLG_N_RELATIONS] = {0}, kept = 0;

    fit_study_make(&s, (unsigned long) _i, false);
    for (int a = 0; a < s.n_perimeters; a++) {
        kept += (s.in[a] & s.in[0]) != 0;
        for (int b = a + 1; b < s.n_perimeters; b++) {
            if ((s.in[a] & s.in[0]) != 0 && (s.in[b] & s.in[0]) != 0) {
                expected[slow_relation(&s, a, b, false)]++;
            }
        }
    }
    expected[MLG_A_IN_B] += expected[MLG_B_IN_A];
    expected[MLG_B_IN_A] = expected[MLG_A_IN_B];
    snprintf(text, sizeof text, "study: key,value\nterritory,T0\n%s", s.text);
    study_measure(&m, text, "scale.typology");
    for (int r = 0; kept >= 2 && r < MLG_N_RELATIONS; r++) {
        ck_assert_double_eq(counted(&m, "type_i_share", parts[r]), expected[r]);
    }
    study_measured_close(&m);
}
END_TEST

/* ---- the page ------------------------------------------------------------------------------ */

static bool is_said(const char *study, mlg_text_key key)
{
    reported r;
    mlg_document document;
    bool said = false;
    reported_study(&r, study);
    ck_assert_int_eq(mlg_document_report(&r.results, &document, NULL), MLG_OK);
    for (size_t s = 0; s < document.n; s++) {
        for (size_t b = 0; b < document.sections[s].n; b++) {
            said = said || document.sections[s].blocks[b].text.key == key;
        }
    }
    mlg_document_free(&document);
    reported_close(&r);
    return said;
}

START_TEST(the_page_says_what_it_leaves_out)
{
    ck_assert(is_said(OWN COUNTRY, T_territories_own));
    ck_assert(!is_said(COUNTRY, T_territories_own));
}
END_TEST

/* ---- memory ---------------------------------------------------------------------------------- */

START_TEST(each_survives_any_allocation_failing)
{
    static const char *const ids[] = {"scale.typology", "scale.load", "scale.coverage",
                                      "scale.deserts"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
        study_fail_each(OWN COUNTRY, ids[i]);
    }
    mlg_model *model = model_fixture(OWN COUNTRY);
    mlg_status status = MLG_ENOMEM;
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_scheme_set set = {0};
        mlg_error err = {0};
        mlg_alloc_fails_at = fails;
        status = mlg_schemes_of(model, &set, &err);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && set.items == NULL));
        mlg_schemes_free(&set);
    }
    mlg_model_free(model);
}
END_TEST

static Suite *own_territory_suite(void)
{
    Suite *suite = suite_create("own territory");
    TCase *all = tcase_create("all");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, perimeters_are_those_that_reach_into_it);
    tcase_add_test(all, pairs_are_those_of_these_perimeters);
    tcase_add_test(all, parts_of_a_page_agree);
    tcase_add_test(all, rows_from_elsewhere_do_not_count);
    tcase_add_test(all, schemes_are_those_not_known_to_be_elsewhere);
    tcase_add_test(all, a_territory_without_units_leaves_nothing_out);
    tcase_add_loop_test(all, pairs_are_counted_from_the_sets_alone, 0, 40);
    tcase_add_test(all, the_page_says_what_it_leaves_out);
    tcase_add_test(all, each_survives_any_allocation_failing);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    return suite_run(own_territory_suite());
}
