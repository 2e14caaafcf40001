/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "maillage/scale.h"
#include "measure/binomial.h"
#include "measured.h"
#include "model_fixture.h"
#include "slow_places.h"
#include "study_measured.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* ---- binomial -------------------------------------------------------------------------- */

static const struct {
    uint32_t n;
    double chance;
} binomials[] = {{1, 0.5},    {4, 0.25},   {26, 0.38},  {26, 0.999},  {30, 1e-6},
                 {200, 0.03}, {500, 0.77}, {5000, 0.5}, {40000, 2e-5}};

/* Two of the four actions are of a scheme that covers the town only: they could not be out. */
START_TEST(activities_bound_to_the_main_town_are_counted_apart)
{
    study_measured m;
    study_measure(&m,
                  "study: key,value\ndate,2026-12-31\n"
                  "territories: id,population,centre\nP,,V\nV,40,\nW,60,\n"
                  "perimeters: territory,unit\nP,V\nP,W\n"
                  "schemes: id,territory\nTOWN,V\nALL,P\n"
                  "activities: id,schemes,territory,start\nA,TOWN,V,2026-05-01\n"
                  "B,TOWN,V,2026-05-01\nC,ALL,V,2026-05-01\nD,ALL|TOWN,V,2026-05-01\n"
                  "E,,W,2026-05-01\n",
                  "scale.main_town");
    const mlg_value *towns = study_value(&m, "activities", MLG_VECTOR);
    ck_assert_double_eq(part_at(towns, "bound", 0), 2);
    ck_assert_double_eq(part_at(towns, "located", 0), 3);
    ck_assert_double_eq(part_at(towns, "in_centre", 0), 2);
    ck_assert_double_eq_tol(towns->column[MLG_VALUE][0], 2.0 / 3.0, 1e-12);
    study_measured_close(&m);
}
END_TEST

START_TEST(tails_are_those_of_other_programs)
{
    const uint32_t n = binomials[_i].n;
    const double chance = binomials[_i].chance;
    const uint32_t step = n > 500 ? 97 : 1;
    for (uint32_t x = 0; x <= n; x += step) {
        const mlg_binomial b = mlg_binomial_of(n, chance, x);
        const double less = gsl_cdf_binomial_P(x, chance, n);
        const double greater = x == 0 ? 1.0 : gsl_cdf_binomial_Q(x - 1, chance, n);
        ck_assert_double_eq_tol(b.less, less, 1e-9 * less + 1e-300);
        ck_assert_double_eq_tol(b.greater, greater, 1e-8 * greater + 1e-290);
        ck_assert_double_eq_tol(b.two, fmin(1.0, 2.0 * fmin(b.less, b.greater)), 1e-15);
        if (n <= 500) {
            ck_assert_double_eq_tol(b.less, slow_binomial(n, chance, x), 1e-10);
        }
    }
}
END_TEST

START_TEST(quantiles_are_the_first_counts_at_their_level)
{
    const uint32_t n = binomials[_i].n;
    const double chance = binomials[_i].chance;
    const mlg_binomial b = mlg_binomial_of(n, chance, 0);
    const uint32_t at[] = {b.low, b.high};
    const double level[] = {0.025, 0.975};
    for (int k = 0; k < 2; k++) {
        ck_assert_double_ge(mlg_binomial_of(n, chance, at[k]).less, level[k] - 1e-12);
        ck_assert(at[k] == 0 || mlg_binomial_of(n, chance, at[k] - 1).less < level[k]);
    }
}
END_TEST

START_TEST(one_count_is_certain_at_the_ends)
{
    const mlg_binomial none = mlg_binomial_of(5, 0.0, 0), all = mlg_binomial_of(5, 1.0, 5);
    const mlg_binomial never = mlg_binomial_of(5, 0.0, 2), empty = mlg_binomial_of(0, 0.3, 0);
    ck_assert_double_eq(none.less, 1.0);
    ck_assert_double_eq(none.greater, 1.0);
    ck_assert_double_eq(all.less, 1.0);
    ck_assert_double_eq(all.greater, 1.0);
    ck_assert_uint_eq(all.low, 5);
    ck_assert_double_eq(never.less, 1.0);
    ck_assert_double_eq(never.greater, 0.0);
    ck_assert_double_eq(empty.two, 1.0);
}
END_TEST

/* ---- the main town ---------------------------------------------------------------------- */

#define TOWN_TABLES                                                                                \
    "study: key,value\n"                                                                           \
    "date,2024-06-30\n"                                                                            \
    "territories: id,population,scale,centre\n"                                                    \
    "V,3800,commune,\nB,2200,commune,\nC,2000,commune,\nD,2000,commune,\n"                         \
    "E,,epci,V\nF,,epci,\n"                                                                        \
    "perimeters: territory,unit\n"                                                                 \
    "E,V\nE,B\nE,C\nE,D\nF,B\n"

/* 19 activities of 26 in the town of 38 % of the inhabitants. Two are on both
 * sides, one says nowhere, one is over, and one appears in two rows. */
static const char *town_study(void)
{
    static char text[4096];
    strcpy(text, TOWN_TABLES "activities: id,territory,start,end\n");
    for (int i = 0; i < 26; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "A%d,%s,2024-03-01,2024-03-01\n", i,
                 i < 19   ? "V"
                 : i < 22 ? "B"
                 : i < 24 ? "C"
                          : "D");
    }
    strcat(text, "A0,V,2024-04-01,2024-04-01\n"
                 "S1,V|B,2024-03-01,2024-03-01\nS2,E,2024-03-01,2024-03-01\n"
                 "N,,2024-04-01,\nOld,V,2022-01-01,2022-12-31\n"
                 "sites: actor,territory\nO1,V\nO1,B\nO1,V\nO2,C\n");
    return text;
}

START_TEST(the_main_town_holds_more_than_its_share)
{
    study_measured m;
    study_measure(&m, town_study(), "scale.main_town");
    const mlg_value *whole = study_value(&m, "activities", MLG_SCALAR);
    const mlg_value *list = study_value(&m, "activities", MLG_VECTOR);

    ck_assert_double_eq_tol(whole->column[MLG_VALUE][0], 19.0 / 26, 1e-12);
    ck_assert_double_eq_tol(whole->column[MLG_EXPECTED][0], 0.38, 1e-12);
    ck_assert_double_eq_tol(whole->column[MLG_P][0], 0.00030225662866424115, 1e-15);
    ck_assert_double_eq_tol(whole->column[MLG_P_TWO][0], 2 * 0.00030225662866424115, 1e-15);
    ck_assert_double_eq_tol(whole->column[MLG_LOW][0], 5.0 / 26, 1e-12);
    ck_assert_double_eq_tol(whole->column[MLG_HIGH][0], 15.0 / 26, 1e-12);
    ck_assert_double_eq_tol(whole->column[MLG_SD][0], sqrt(0.38 * 0.62 / 26), 1e-12);
    ck_assert_double_eq_tol(part_at(whole, "quotient", 0), 19.0 / 26 / 0.38, 1e-12);
    ck_assert_double_eq(part_at(whole, "located", 0), 26);
    ck_assert_double_eq(part_at(whole, "in_centre", 0), 19);
    ck_assert_double_eq(part_at(whole, "spread", 0), 2);
    ck_assert_double_eq(part_at(whole, "unlocated", 0), 1);
    ck_assert_double_eq_tol(part_at(whole, "divided", 0), (19 + 0.5 + 0.38) / 28, 1e-12);
    ck_assert_str_eq(whole->tail, "greater");
    ck_assert_str_eq(whole->p_method, "exact");

    ck_assert_uint_eq(list->n, 1); /* F does not say its main town */
    ck_assert_int_eq(list->subject[0], model_fixture_territory(m.model, "E"));
    ck_assert_double_eq(list->column[MLG_VALUE][0], whole->column[MLG_VALUE][0]);
    ck_assert_double_eq(list->column[MLG_P_ADJUSTED][0], list->column[MLG_P][0]);
    study_measured_close(&m);
}
END_TEST

START_TEST(sites_count_each_place_of_an_actor_once)
{
    study_measured m;
    study_measure(&m, town_study(), "scale.main_town");
    const mlg_value *whole = study_value(&m, "sites", MLG_SCALAR);
    ck_assert_double_eq(part_at(whole, "located", 0), 3);
    ck_assert_double_eq(part_at(whole, "in_centre", 0), 1);
    study_measured_close(&m);
}
END_TEST

/* A town made of two districts: what lies in either is in the main town. A village held in part by
 * the contract and one of no inhabitant are left out. */
START_TEST(a_town_may_be_made_of_units)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,scale,centre\n"
                  "V1,100,iris,\nV2,200,iris,\nB,300,iris,\nC,400,iris,\nD,0,iris,\n"
                  "V,,commune,\nCLS,,contract,V\n"
                  "perimeters: territory,unit,share\n"
                  "V,V1,\nV,V2,\nCLS,V,\nCLS,B,\nCLS,C,0.5\nCLS,D,\n"
                  "activities: id,territory\n"
                  "a,V\nb,V1\nc,V1|V2\nd,B\ne,C\nf,D\n",
                  "scale.main_town");
    const mlg_value *list = study_value(&m, "activities", MLG_VECTOR);
    const mlg_value *whole = study_value(&m, "activities", MLG_SCALAR);
    ck_assert_double_eq(part_at(list, "located", 0), 4);
    ck_assert_double_eq(part_at(list, "in_centre", 0), 3);
    ck_assert_double_eq(part_at(list, "units_left_out", 0), 2);
    ck_assert_double_eq_tol(list->column[MLG_EXPECTED][0], 0.5, 1e-12);
    ck_assert_double_eq_tol(list->column[MLG_P][0], 5.0 / 16, 1e-12);
    ck_assert_double_eq(part_at(whole, "located", 0), 5); /* C is a unit of the study */
    ck_assert_double_eq_tol(whole->column[MLG_EXPECTED][0], 0.3, 1e-12);
    study_measured_close(&m);
}
END_TEST

/* A county that holds the town and much else, seen from the town's own body of municipalities: its
 * three actions are not in the town, the only one that lies wholly there is around it. */
START_TEST(what_lies_partly_outside_is_not_in_the_main_town)
{
    study_measured m;
    study_measure(&m,
                  "study: key,value\ndate,2024-06-30\n"
                  "territories: id,scale,population,centre\n"
                  "C1,commune,100,\nC2,commune,4900,\nC3,commune,5000,\nC4,commune,9000,\n"
                  "E1,epci,,C1\nBIG,departement,,\n"
                  "perimeters: territory,unit\nE1,C1\nE1,C2\nBIG,C1\nBIG,C3\nBIG,C4\n"
                  "activities: id,territory,start\nA1,BIG,2024-01-01\nA2,BIG,2024-02-01\n"
                  "A3,BIG,2024-03-01\nA4,C2,2024-03-01\n",
                  "scale.main_town");
    const mlg_value *list = study_value(&m, "activities", MLG_VECTOR);
    ck_assert_uint_eq(list->n, 1);
    ck_assert_double_eq(part_at(list, "located", 0), 1);
    ck_assert_double_eq(part_at(list, "in_centre", 0), 0);
    ck_assert_double_eq(part_at(list, "spread", 0), 3);
    ck_assert_double_eq(list->column[MLG_VALUE][0], 0.0);
    ck_assert_double_eq(list->column[MLG_P][0], 1.0);
    study_measured_close(&m);
}
END_TEST

static void check_town(const mlg_value *value, size_t row, const slow_town *slow)
{
    const bool defined =
        slow->located > 0 && slow->people_centre > 0 && slow->people_centre < slow->people;
    ck_assert_double_eq(part_at(value, "located", row), slow->located);
    ck_assert_double_eq(part_at(value, "in_centre", row), slow->in);
    ck_assert_double_eq(part_at(value, "spread", row), slow->spread);
    ck_assert_double_eq(part_at(value, "unlocated", row), slow->unlocated);
    ck_assert_double_eq(part_at(value, "population", row), slow->people);
    ck_assert_double_eq(part_at(value, "units_left_out", row), slow->left_out);
    ck_assert(defined == !isnan(value->column[MLG_VALUE][row]));
    if (slow->located + slow->spread > 0) {
        ck_assert_double_eq_tol(part_at(value, "divided", row), slow->divided, 1e-12);
    }
    if (defined) {
        const double share = slow->people_centre / slow->people;
        const double p = slow->in == 0 ? 1.0
                                       : 1.0 - slow_binomial((unsigned) slow->located, share,
                                                             (unsigned) slow->in - 1);
        ck_assert_double_eq_tol(value->column[MLG_VALUE][row], slow->in / slow->located, 1e-12);
        ck_assert_double_eq_tol(value->column[MLG_EXPECTED][row], share, 1e-12);
        ck_assert_double_eq_tol(value->column[MLG_P][row], p, 1e-10);
    }
}

START_TEST(towns_are_those_of_the_tables)
{
    static places_study s;
    size_t asked = 0;
    for (unsigned long k = 0; k < 60; k++) {
        study_measured m;
        places_study_make(&s, 1000UL * (unsigned long) _i + k);
        study_measure(&m, s.text, "scale.main_town");
        const slow_town whole = slow_main_town(&s, -1);
        check_town(study_value(&m, "activities", MLG_SCALAR), 0, &whole);
        for (size_t i = 0; i < m.values.n; i++) {
            const mlg_value *list = &m.values.items[i];
            for (int p = 0; list->shape == MLG_VECTOR && p < s.n_perimeters; p++) {
                char name[16];
                snprintf(name, sizeof name, "T%d", p);
                const slow_town slow = slow_main_town(&s, p);
                check_town(list, row_of(list, model_fixture_territory(m.model, name)), &slow);
                asked++;
            }
        }
        study_measured_close(&m);
    }
    ck_assert_uint_gt(asked, 50);
}
END_TEST

/* ---- Gini --------------------------------------------------------------------------------- */

#define GINI_UNITS "territories: id,population\na,100\nb,200\nc,300\nd,400\n"

/* a and b hold two each, c one, d none: rates 2/100, 2/200, 1/300, 0. */
static const char *const gini_study =
    GINI_UNITS "e,\nf,0\n"
               "activities: id,territory\nA,a\nB,a\nC,b\nD,b\nE,c\n"
               "F,c|d\nG,e\nH,\n"
               "sites: actor,territory\nO1,a\nO2,b\nO3,b\nO4,c\nO5,c\nO6,c\n"
               "O7,d\nO8,d\nO9,d\nO10,d\n";

START_TEST(gini_by_hand_and_by_its_other_formula)
{
    const double people[] = {100, 200, 300, 400}, things[] = {2, 2, 1, 0};
    study_measured m;
    study_measure(&m, gini_study, "scale.gini");
    const mlg_value *value = study_value(&m, "activities", MLG_SCALAR);
    /* Lorenz curve through (.4, 0) (.7, .2) (.9, .6) (1, 1): 1 - 2 area */
    ck_assert_double_eq_tol(value->column[MLG_VALUE][0], 1 - (0.3 * 0.2 + 0.2 * 0.8 + 0.1 * 1.6),
                            1e-12);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][0], slow_gini(people, things, 4), 1e-12);
    ck_assert_double_eq(part_at(value, "located", 0), 5);
    ck_assert_double_eq(part_at(value, "spread", 0), 1);
    ck_assert_double_eq(part_at(value, "elsewhere", 0), 1);
    ck_assert_double_eq(part_at(value, "unlocated", 0), 1);
    ck_assert_double_eq(part_at(value, "units", 0), 4);
    ck_assert_double_eq(part_at(value, "units_left_out", 0), 2);
    const double divided[] = {2, 2, 1.5, 0.5};
    ck_assert_double_eq_tol(part_at(value, "divided", 0), slow_gini(people, divided, 4), 1e-12);
    study_measured_close(&m);
}
END_TEST

START_TEST(places_that_follow_people_have_no_gini)
{
    study_measured m;
    study_measure(&m, gini_study, "scale.gini");
    const mlg_value *value = study_value(&m, "sites", MLG_SCALAR);
    ck_assert_double_eq_tol(value->column[MLG_VALUE][0], 0.0, 1e-12);
    ck_assert_double_eq(value->column[MLG_P][0], 1.0); /* nothing is less concentrated */
    study_measured_close(&m);
    study_measure(&m, gini_study, "scale.location_quotient");
    const mlg_value *units = study_value(&m, "sites", MLG_VECTOR);
    for (size_t i = 0; i < 4; i++) {
        ck_assert_double_eq_tol(units->column[MLG_VALUE][i], 1.0, 1e-12);
        ck_assert_double_eq_tol(units->column[MLG_P][i], 1.0, 1e-12);
    }
    study_measured_close(&m);
}
END_TEST

START_TEST(quotients_are_shares_over_shares)
{
    study_measured m;
    study_measure(&m, gini_study, "scale.location_quotient");
    const mlg_value *units = study_value(&m, "activities", MLG_VECTOR);
    const size_t a = row_of(units, model_fixture_territory(m.model, "a"));
    const size_t d = row_of(units, model_fixture_territory(m.model, "d"));
    const size_t e = row_of(units, model_fixture_territory(m.model, "e"));
    ck_assert_uint_eq(units->n, 6); /* e and f have no residents: a count, no number */
    ck_assert_double_eq(part_at(units, "located", e), 1);
    ck_assert_double_nan(units->column[MLG_VALUE][e]);
    ck_assert_double_nan(units->column[MLG_P_ADJUSTED][e]);
    ck_assert_double_eq_tol(units->column[MLG_VALUE][a], 0.4 / 0.1, 1e-12);
    ck_assert_double_eq(units->column[MLG_VALUE][d], 0.0);
    ck_assert_double_eq_tol(part_at(units, "located_expected", d), 2.0, 1e-12);
    /* 2 or more of 5 at .1, twice; 0 of 5 at .4, twice */
    ck_assert_double_eq_tol(units->column[MLG_P][a], 2 * (1 - pow(0.9, 5) - 5 * 0.1 * pow(0.9, 4)),
                            1e-12);
    ck_assert_double_eq_tol(units->column[MLG_P][d], 2 * pow(0.6, 5), 1e-12);
    double sum = 0.0;
    for (size_t i = 0; i < 4; i++) {
        sum += units->column[MLG_VALUE][i] * part_at(units, "population", i) / 1000;
        ck_assert_double_ge(units->column[MLG_P_ADJUSTED][i], units->column[MLG_P][i]);
    }
    ck_assert_double_eq_tol(sum, 1.0, 1e-12); /* the mean quotient of an inhabitant */
    study_measured_close(&m);
}
END_TEST

static const struct {
    double people[4];
    size_t n;
    int things;
} falls[] = {{{1, 1}, 2, 1}, {{3, 7}, 2, 2}, {{100, 200, 300}, 3, 4}, {{1, 50, 50, 900}, 4, 5}};

/* The mean over draws is that over every way to fall, within five standard errors. */
START_TEST(what_is_expected_is_the_mean_of_all_ways_to_fall)
{
    char text[512] = "territories: id,population\n";
    for (size_t u = 0; u < falls[_i].n; u++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "u%zu,%d\n", u, (int) falls[_i].people[u]);
    }
    strcat(text, "activities: id,territory\n");
    for (int k = 0; k < falls[_i].things; k++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "A%d,u0\n", k);
    }
    study_measured m;
    study_measure(&m, text, "scale.gini");
    const mlg_value *value = study_value(&m, "activities", MLG_SCALAR);
    const double exact = slow_gini_mean(falls[_i].people, falls[_i].n, falls[_i].things);
    ck_assert_uint_eq(value->draws, 9999);
    ck_assert_double_eq_tol(value->column[MLG_EXPECTED][0], exact,
                            5 * value->column[MLG_SD][0] / 100 + 1e-12);
    if (_i == 1) { /* both in the unit of .3: .09 of the draws, and nothing is above */
        ck_assert_double_eq_tol(value->column[MLG_P][0], 0.09, 0.015);
    }
    study_measured_close(&m);
}
END_TEST

static double gini_with(const char *text, int threads, uint64_t seed, double *p)
{
    mlg_model *model = model_fixture(text);
    mlg_run run = MLG_RUN_INIT;
    mlg_context *context = NULL;
    mlg_values values = {0};
    run.threads = threads;
    run.seed = seed;
    ck_assert_int_eq(mlg_context_open(model, NULL, 0, &run, &context, NULL), MLG_OK);
    ck_assert_int_eq(mlg_scale_gini(context, -1, &values, NULL), MLG_OK);
    const double expected = values.items[0].column[MLG_EXPECTED][0];
    *p = values.items[0].column[MLG_P][0];
    mlg_values_free(&values);
    mlg_context_free(context);
    mlg_model_free(model);
    return expected;
}

START_TEST(draws_depend_on_the_seed_alone)
{
    double p = 0, same = 0, other = 0;
    const double one = gini_with(gini_study, 1, 1, &p);
    ck_assert_double_eq(gini_with(gini_study, 3, 1, &same), one);
    ck_assert_double_eq(p, same);
    ck_assert_double_ne(gini_with(gini_study, 1, 2, &other), one);
}
END_TEST

/* ---- referents ------------------------------------------------------------------------------ */

static const char *const referents_study =
    "study: key,value\n"
    "date,2024-06-30\n"
    "territories: id,population,scale\n"
    "a,10,commune\nb,20,commune\nc,30,commune\nd,,commune\ne,40,commune\nT,,epci\n"
    "perimeters: territory,unit,share\nT,a,\nT,b,\nT,c,\nT,d,\nT,e,\nH,e,0.5\n"
    "posts: id,person,role,territory,end\n"
    "p1,Anne,elected,a,\n"
    "p2,vacant,referent,b,\n"
    "p3,,referent,c,\n"
    "p4,Dora,elected,d,2020\n"
    "p5,Emile,coordinator,d,\n"
    "p6,Fanny,referent,H,\n"
    "p7,Gina,referent,a,\n"
    "p8,Hugo,referent,,\n";

static const struct {
    const char *unit;
    double value, known, unnamed, vacant, elected, own;
} referent_cases[] = {
    {"a", 1, 2, 0, 0, 1, 2},   {"b", 0, 0, 0, 1, 0, 0}, {"c", 1, 0, 1, 0, 0, 1},
    {"d", NAN, 0, 0, 0, 0, 0}, {"e", 1, 1, 0, 0, 0, 0},
};

START_TEST(referents_are_told_unit_by_unit)
{
    study_measured m;
    study_measure(&m, referents_study, "scale.referents");
    const mlg_value *units = study_value(&m, "units", MLG_VECTOR);
    const size_t at = row_of(units, model_fixture_territory(m.model, referent_cases[_i].unit));
    const double value = units->column[MLG_VALUE][at];
    ck_assert(isnan(referent_cases[_i].value) ? isnan(value) : value == referent_cases[_i].value);
    ck_assert_double_eq(part_at(units, "known", at), referent_cases[_i].known);
    ck_assert_double_eq(part_at(units, "unnamed", at), referent_cases[_i].unnamed);
    ck_assert_double_eq(part_at(units, "vacant", at), referent_cases[_i].vacant);
    ck_assert_double_eq(part_at(units, "elected", at), referent_cases[_i].elected);
    ck_assert_double_eq(part_at(units, "own", at), referent_cases[_i].own);
    ck_assert_uint_eq(units->n, 5);
    study_measured_close(&m);
}
END_TEST

START_TEST(the_share_is_that_of_coverage)
{
    study_measured m, cover;
    study_measure(&m, referents_study, "scale.referents");
    study_measure(&cover, referents_study, "scale.coverage");
    const mlg_value *share = study_value(&m, "share", MLG_SCALAR);
    const mlg_value *covered = study_value(&cover, "referents", MLG_SCALAR);
    const mlg_value *units = study_value(&m, "units", MLG_VECTOR);
    const mlg_value *none = study_value(&cover, "not_referents", MLG_VECTOR);
    size_t without = 0;

    ck_assert_double_eq(share->column[MLG_VALUE][0], covered->column[MLG_VALUE][0]);
    ck_assert_double_eq(share->column[MLG_VALUE][0], 2.5 / 5);
    ck_assert_double_eq(share->column[MLG_HIGH][0], covered->column[MLG_HIGH][0]);
    ck_assert_double_eq(part_at(share, "population", 0), part_at(covered, "population", 0));
    ck_assert_double_eq_tol(part_at(share, "population", 0), (10 + 30 + 20) / 100.0, 1e-12);
    for (size_t i = 0; i < units->n; i++) {
        without += !(units->column[MLG_VALUE][i] > 0);
    }
    ck_assert_uint_eq(without, none->n);
    ck_assert_double_eq(part_at(share, "known", 0), 2);
    ck_assert_double_eq(part_at(share, "unnamed", 0), 1);
    ck_assert_double_eq(part_at(share, "vacant", 0), 1);
    ck_assert_double_eq(part_at(share, "unknown", 0), 1);
    ck_assert_double_eq(part_at(share, "rows", 0), 6);
    ck_assert_double_eq_tol(part_at(share, "completeness", 0), 5.0 / 6, 1e-12);
    study_measured_close(&m);
    study_measured_close(&cover);
}
END_TEST

START_TEST(vacancies_alone_are_no_referent_which_is_known)
{
    study_measured m;
    study_measure(&m,
                  "territories: id\na\nb\nposts: id,person,role,territory\np,vacant,elected,a\n",
                  "scale.referents");
    const mlg_value *share = study_value(&m, "share", MLG_SCALAR);
    ck_assert_double_eq(share->column[MLG_VALUE][0], 0.0);
    ck_assert_double_eq(part_at(share, "vacant", 0), 1);
    ck_assert_double_eq(part_at(share, "unknown", 0), 1);
    study_measured_close(&m);
}
END_TEST

/* ---- undefined, no memory ---------------------------------------------------------------------
 */

#define ONE_PERIMETER "perimeters: territory,unit\nT,a\nT,b\n"
#define TWO_UNITS     "territories: id,population,centre\na,10,\nb,20,\nT,,a\n" ONE_PERIMETER

static const struct {
    const char *id, *convention, *text;
    mlg_text_key why;
} undefined_cases[] = {
    {"scale.main_town", "-", "actors: id\nx\n", T_why_no_perimeters},
    {"scale.main_town", "-", "territories: id,population\na,1\nb,2\n" ONE_PERIMETER,
     T_why_no_main_town},
    {"scale.main_town", "activities", TWO_UNITS, T_why_no_activities},
    {"scale.main_town", "sites", TWO_UNITS, T_why_no_sites},
    {"scale.main_town", "activities", TWO_UNITS "activities: id,territory\nA,\n", T_why_no_place},
    {"scale.main_town", "activities", TWO_UNITS "activities: id,territory\nA,a|b\n",
     T_why_all_spread},
    {"scale.main_town", "activities", TWO_UNITS "activities: id,territory\nA,Far\n",
     T_why_placed_elsewhere},
    {"scale.main_town", "activities",
     "territories: id,population,centre\na,,\nb,20,\nT,,a\n" ONE_PERIMETER
     "activities: id,territory\nA,b\n",
     T_why_no_main_town_people},
    {"scale.main_town", "activities",
     "territories: id,population,centre\na,5,\nb,,\nT,,a\n" ONE_PERIMETER
     "activities: id,territory\nA,a\n",
     T_why_town_is_all},
    {"scale.gini", "-", "actors: id\nx\n", T_why_no_units},
    {"scale.gini", "activities", "territories: id\na\nb\nactivities: id,territory\nA,a\n",
     T_why_no_population},
    {"scale.gini", "activities", "territories: id,population\na,1\nb,\n", T_why_one_unit},
    {"scale.gini", "activities", TWO_UNITS, T_why_no_activities},
    {"scale.gini", "sites", TWO_UNITS, T_why_no_sites},
    {"scale.gini", "activities", TWO_UNITS "activities: id,territory\nA,\n", T_why_no_place},
    {"scale.gini", "activities", TWO_UNITS "activities: id,territory\nA,T\n", T_why_all_spread},
    {"scale.gini", "activities", TWO_UNITS "activities: id,territory\nA,Far\n",
     T_why_placed_elsewhere},
    {"scale.referents", "-", "posts: id,role\np,elected\n", T_why_no_units},
    {"scale.referents", "share", "territories: id\na\nposts: id,role\np,elected\n", T_why_no_place},
    {"scale.referents", "share", "territories: id\na\nposts: id,role\np,coordinator\n",
     T_why_no_referents},
};

START_TEST(what_is_undefined_says_why)
{
    study_measured m;
    study_measure(&m, undefined_cases[_i].text, undefined_cases[_i].id);
    const mlg_value *value = study_value(&m, undefined_cases[_i].convention, MLG_SCALAR);
    ck_assert_str_eq(mlg_text_name(value->undefined), mlg_text_name(undefined_cases[_i].why));
    ck_assert_double_nan(value->column[MLG_VALUE][0]);
    study_measured_close(&m);
}
END_TEST

static const char *const ids[] = {"scale.referents", "scale.main_town", "scale.gini"};

START_TEST(a_graph_without_a_study_has_no_places)
{
    measured m;
    measured_open(&m, measured_shape(5));
    ck_assert_int_ne(measured_value(&m, ids[_i])->undefined, T_none);
    measured_close(&m);
}
END_TEST

START_TEST(each_survives_any_allocation_failing)
{
    const char *const studies[] = {referents_study, town_study(),
                                   GINI_UNITS
                                   "activities: id,territory\nA,a\nsites: actor,territory\nO,b\n"};
    study_fail_each(studies[_i], ids[_i]);
    study_fail_each("actors: id\nx\n", ids[_i]);
}
END_TEST

static Suite *places_suite(void)
{
    Suite *suite = suite_create("places");
    TCase *chances = tcase_create("binomial");
    TCase *towns = tcase_create("main town");
    TCase *gini = tcase_create("gini");
    TCase *referents = tcase_create("referents");
    TCase *limits = tcase_create("undefined and no memory");

    tcase_add_test(chances, activities_bound_to_the_main_town_are_counted_apart);
    tcase_add_loop_test(chances, tails_are_those_of_other_programs, 0, N_OF(binomials));
    tcase_add_loop_test(chances, quantiles_are_the_first_counts_at_their_level, 0, N_OF(binomials));
    tcase_add_test(chances, one_count_is_certain_at_the_ends);
    tcase_add_test(towns, the_main_town_holds_more_than_its_share);
    tcase_add_test(towns, sites_count_each_place_of_an_actor_once);
    tcase_add_test(towns, a_town_may_be_made_of_units);
    tcase_add_test(towns, what_lies_partly_outside_is_not_in_the_main_town);
    tcase_add_loop_test(towns, towns_are_those_of_the_tables, 0, 4);
    tcase_add_test(gini, gini_by_hand_and_by_its_other_formula);
    tcase_add_test(gini, places_that_follow_people_have_no_gini);
    tcase_add_test(gini, quotients_are_shares_over_shares);
    tcase_add_loop_test(gini, what_is_expected_is_the_mean_of_all_ways_to_fall, 0, N_OF(falls));
    tcase_add_test(gini, draws_depend_on_the_seed_alone);
    tcase_add_loop_test(referents, referents_are_told_unit_by_unit, 0, N_OF(referent_cases));
    tcase_add_test(referents, the_share_is_that_of_coverage);
    tcase_add_test(referents, vacancies_alone_are_no_referent_which_is_known);
    tcase_add_loop_test(limits, what_is_undefined_says_why, 0, N_OF(undefined_cases));
    tcase_add_loop_test(limits, a_graph_without_a_study_has_no_places, 0, N_OF(ids));
    tcase_add_loop_test(limits, each_survives_any_allocation_failing, 0, N_OF(ids));
    suite_add_tcase(suite, chances);
    suite_add_tcase(suite, towns);
    suite_add_tcase(suite, gini);
    suite_add_tcase(suite, referents);
    suite_add_tcase(suite, limits);
    return suite;
}

int main(void)
{
    return suite_run(places_suite());
}
