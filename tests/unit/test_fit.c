/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "maillage/fit.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "measure/perimeter_overlap.h"
#include "measured.h"
#include "model_fixture.h"
#include "slow_fit.h"
#include "study_measured.h"
#include "suite.h"

static mlg_id territory(const study_measured *m, const char *id)
{
    return model_fixture_territory(m->model, id);
}

static double number_of(const mlg_value *value, size_t row)
{
    return value->column[MLG_VALUE][row];
}

/* A kind of perimeter as a subject: a scale, or a kind of schemes. */
static mlg_id kind_of(const study_measured *m, mlg_list_id list, const char *code)
{
    for (int32_t c = 0; c < mlg_code_count(m->model, list); c++) {
        if (strcmp(mlg_code_text(m->model, list, c), code) == 0) {
            return 2 * c + (list == MLG_V_scale ? 1 : 0);
        }
    }
    ck_abort_msg("no code %s", code);
    return -1;
}

static bool lists_pair(const mlg_value *value, mlg_id a, mlg_id b)
{
    for (size_t i = 0; i < value->n; i++) {
        if (value->subject[2 * i] == a && value->subject[2 * i + 1] == b) {
            return true;
        }
    }
    return false;
}

/* ---- kinds ------------------------------------------------------------------------------ */

/* Without a, which is below 1 % of each: C1 lies in D1, D2 in C2, C2 crosses D1. */
static const char *const nearly = "territories: id,population,scale\n"
                                  "a,1,commune\nb,100,commune\nc,50,commune\nd,160,commune\n"
                                  "D1,,departement\nD2,,departement\nC1,,epci\nC2,,epci\n"
                                  "perimeters: territory,unit\n"
                                  "D1,b\nD1,c\n"
                                  "D2,a\nD2,d\n"
                                  "C1,a\nC1,b\n"
                                  "C2,c\nC2,d\n";

START_TEST(slivers_are_told_apart)
{
    study_measured m;
    study_measure(&m, nearly, "scale.type_index");
    const mlg_value *all = study_value(&m, "pairs", MLG_SCALAR);
    const mlg_value *tolerant = study_value(&m, "but_slivers", MLG_SCALAR);
    const mlg_value *each = study_value(&m, "each", MLG_VECTOR);
    /* C1 and C2 each cross D1 and D2 */
    ck_assert_double_eq(number_of(all, 0), 0.0);
    ck_assert_double_eq(part_at(all, "type_ii", 0), 4.0);
    ck_assert_double_eq(part_at(all, "population", 0), 0.0);
    ck_assert_double_eq_tol(number_of(tolerant, 0), 2.0 / 3.0, 1e-12);
    ck_assert_double_eq(part_at(tolerant, "slivers", 0), 1.0);
    ck_assert_double_eq_tol(part_at(tolerant, "population", 0), 260.0 / 310.0, 1e-12);
    ck_assert_uint_eq(each->n, 4);
    ck_assert_double_eq(part_at(each, "type_ii", row_of(each, territory(&m, "C1"))), 2.0);
    study_measured_close(&m);
}
END_TEST

/* Parts of units may lie apart, be equal, or cross: the bounds put them on either side. */
START_TEST(what_parts_leave_open_makes_the_bounds)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,scale\n"
                  "u,80,commune\nv,20,commune\nX,,epci\nY,,cpts\nZ,,departement\n"
                  "perimeters: territory,unit,share\n"
                  "X,u,0.5\nY,u,0.5\nZ,u,\nZ,v,\n",
                  "scale.type_index");
    const mlg_value *all = study_value(&m, "pairs", MLG_SCALAR);
    ck_assert_double_eq(number_of(all, 0), 1.0);
    ck_assert_double_eq(part_at(all, "undetermined", 0), 1.0);
    ck_assert_double_eq_tol(all->column[MLG_LOW][0], 2.0 / 3.0, 1e-12);
    ck_assert_double_eq(all->column[MLG_HIGH][0], 1.0);
    ck_assert_double_eq_tol(part_at(all, "population_low", 0), 80.0 / 120.0, 1e-12);
    ck_assert_double_eq(part_at(all, "population_high", 0), 1.0);
    study_measured_close(&m);
}
END_TEST

/* Counts of every two scales, by sets of bits. */
static void count_slowly(const fit_study *s, int k, int l, double *of, double *tolerant)
{
    memset(of, 0, MLG_N_RELATIONS * sizeof *of);
    *tolerant = 0.0;
    for (int a = 0; a < s->n_perimeters; a++) {
        for (int b = 0; b < s->n_perimeters; b++) {
            if (s->kind[a] == k && s->kind[b] == l && (k != l || a < b)) {
                of[slow_relation(s, a, b, false)]++;
                *tolerant += slow_relation(s, a, b, true) == MLG_CROSSING;
            }
        }
    }
}

START_TEST(relations_are_those_of_sets)
{
    static fit_study s;
    study_measured m;
    double of[MLG_N_RELATIONS], tolerant = 0.0;

    fit_study_make(&s, (unsigned long) _i, false);
    study_measure(&m, s.text, "scale.relations");
    const mlg_value *kinds = study_value(&m, "-", MLG_PAIRS);
    for (int k = 0; k < FIT_KINDS; k++) {
        for (int l = 0; l < FIT_KINDS; l++) {
            const mlg_id x = kind_of(&m, MLG_V_scale, fit_scales[k]);
            const mlg_id y = kind_of(&m, MLG_V_scale, fit_scales[l]);
            if (!lists_pair(kinds, x, y)) {
                continue;
            }
            const size_t row = row_of_pair(kinds, x, y);
            count_slowly(&s, k, l, of, &tolerant);
            ck_assert_double_eq(number_of(kinds, row), of[MLG_CROSSING]);
            ck_assert_double_eq(part_at(kinds, "equal", row), of[MLG_EQUAL]);
            ck_assert_double_eq(part_at(kinds, "disjoint", row), of[MLG_DISJOINT]);
            ck_assert_double_eq(part_at(kinds, "a_in_b", row),
                                of[MLG_A_IN_B] + (k == l ? of[MLG_B_IN_A] : 0.0));
            ck_assert_double_eq(part_at(kinds, "b_in_a", row), k == l ? 0.0 : of[MLG_B_IN_A]);
            ck_assert_double_eq(part_at(kinds, "undetermined", row), 0.0);
            ck_assert_double_eq(part_at(kinds, "but_slivers", row), tolerant);
        }
    }
    study_measured_close(&m);
}
END_TEST

/* The type index of the same sets. */
START_TEST(type_index_is_that_of_sets)
{
    static fit_study s;
    study_measured m;
    double nested[2] = {0.0, 0.0}, crossing[2] = {0.0, 0.0};

    fit_study_make(&s, (unsigned long) _i, false);
    for (int a = 0; a < s.n_perimeters; a++) {
        for (int b = a + 1; b < s.n_perimeters; b++) {
            for (int tolerant = 0; tolerant < 2 && s.kind[a] != s.kind[b]; tolerant++) {
                const mlg_perimeter_relation r = slow_relation(&s, a, b, tolerant == 1);
                crossing[tolerant] += r == MLG_CROSSING;
                nested[tolerant] += r == MLG_EQUAL || r == MLG_A_IN_B || r == MLG_B_IN_A;
            }
        }
    }
    study_measure(&m, s.text, "scale.type_index");
    for (int tolerant = 0; tolerant < 2; tolerant++) {
        const mlg_value *all = study_value(&m, tolerant == 1 ? "but_slivers" : "pairs", MLG_SCALAR);
        ck_assert_double_eq(part_at(all, "type_i", 0), nested[tolerant]);
        ck_assert_double_eq(part_at(all, "type_ii", 0), crossing[tolerant]);
    }
    study_measured_close(&m);
}
END_TEST

/* Twenty intermunicipal bodies in one county each, one more across two. */
START_TEST(an_exception_to_nesting_is_listed)
{
    char text[2048] = "territories: id,population,scale\nDA,,departement\nDB,,departement\n"
                      "x,30,commune\ny,70,commune\nz,5,commune\nE,,epci\n";
    char rows[1024] = "perimeters: territory,unit\nE,x\nE,y\nDA,x\nDB,y\nDB,z\n";
    study_measured m;

    for (int i = 0; i < 20; i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "c%d,10,commune\nE%d,,epci\n", i,
                 i);
        snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "E%d,c%d\nDA,c%d\n", i, i, i);
    }
    strncat(text, rows, sizeof text - strlen(text) - 1);
    study_measure(&m, text, "scale.relations");
    const mlg_value *list = study_value(&m, "exceptions", MLG_PAIRS);
    ck_assert_uint_eq(list->n, 1); /* with the county that holds most of it */
    ck_assert_int_eq(list->scope, MLG_SCOPE_TERRITORY);
    ck_assert_uint_eq(row_of_pair(list, territory(&m, "E"), territory(&m, "DB")), 0);
    ck_assert_double_eq_tol(number_of(list, 0), 0.3, 1e-12);
    ck_assert_double_eq(part_at(list, "population", 0), 30);
    ck_assert_double_eq(part_at(list, "units", 0), 1);
    study_measured_close(&m);
}
END_TEST

/* ---- partitions ---------------------------------------------------------------------------- */

START_TEST(agreement_is_that_of_every_order)
{
    static fit_study s;
    study_measured m;
    int group[FIT_KINDS][FIT_UNITS];
    double people[FIT_UNITS];

    fit_study_make(&s, (unsigned long) _i, true);
    for (int u = 0; u < s.n_units; u++) {
        people[u] = s.people[u];
        for (int p = 0; p < s.n_perimeters; p++) {
            if ((s.in[p] >> u & 1U) != 0) {
                group[s.kind[p]][u] = p;
            }
        }
    }
    study_measure(&m, s.text, "scale.agreement");
    const mlg_value *pairs = study_value(&m, NULL, MLG_PAIRS);
    ck_assert_uint_eq(pairs->n, 3);
    for (int k = 0; k < FIT_KINDS; k++) {
        for (int l = 0; l < FIT_KINDS; l++) {
            const mlg_id x = kind_of(&m, MLG_V_scale, fit_scales[k]);
            const mlg_id y = kind_of(&m, MLG_V_scale, fit_scales[l]);
            if (k == l || !lists_pair(pairs, x, y)) {
                continue;
            }
            const size_t row = row_of_pair(pairs, x, y);
            const double vi = slow_vi(group[k], group[l], NULL, s.n_units);
            ck_assert_double_eq_tol(number_of(pairs, row), vi, 1e-9);
            ck_assert_double_eq_tol(part_at(pairs, "population", row),
                                    slow_vi(group[k], group[l], people, s.n_units), 1e-9);
            ck_assert_double_eq_tol(part_at(pairs, "ami", row),
                                    slow_ami(group[k], group[l], s.n_units), 1e-9);
            ck_assert_double_eq_tol(
                part_at(pairs, "a_given_b", row) + part_at(pairs, "b_given_a", row), vi, 1e-9);
            ck_assert_double_eq(part_at(pairs, "left_out", row), 0.0);
        }
    }
    study_measured_close(&m);
}
END_TEST

/* Two bodies of two municipalities, three care networks; a fifth municipality in none. */
START_TEST(agreement_says_what_it_leaves_out)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,scale\n"
                  "a,10,commune\nb,10,commune\nc,10,commune\nd,10,commune\ne,60,commune\n"
                  "E1,,epci\nE2,,epci\nC1,,cpts\nC2,,cpts\nC3,,cpts\nR,,region\n"
                  "perimeters: territory,unit\n"
                  "E1,a\nE1,b\nE2,c\nE2,d\nC1,a\nC1,b\nC2,c\nC3,d\n"
                  "R,a\nR,b\nR,c\nR,d\nR,e\n",
                  "scale.agreement");
    const mlg_value *pairs = study_value(&m, NULL, MLG_PAIRS);
    ck_assert_uint_eq(pairs->n, 1); /* a single region shares nothing out */
    ck_assert_double_eq_tol(part_at(pairs, "left_out", 0), 0.2, 1e-12);
    ck_assert_double_eq_tol(part_at(pairs, "left_out_population", 0), 0.6, 1e-12);
    ck_assert_double_eq_tol(number_of(pairs, 0), 0.5, 1e-12); /* half of the units, one bit */
    ck_assert_double_eq_tol(part_at(pairs, "a_given_b", 0), 0.0, 1e-12);
    ck_assert_double_eq_tol(part_at(pairs, "b_given_a", 0), 0.5, 1e-12);
    ck_assert_double_eq_tol(part_at(pairs, "normalised", 0), 0.5 / 1.5, 1e-12);
    study_measured_close(&m);
}
END_TEST

/* ---- combinations -----------------------------------------------------------------------------
 */

static const char *const layered = "schemes: id,territory\nS1,T1\nS2,T1\nS3,T2\nS4,c\n"
                                   "territories: id,population\na,10\nb,30\nc,20\nd,40\n"
                                   "perimeters: territory,unit,share\n"
                                   "T1,a,\nT1,b,\nT2,b,0.5\nAll,a,\nAll,b,\nAll,c,\nAll,d,\n";

START_TEST(combinations_are_sets_of_schemes)
{
    study_measured m;
    study_measure(&m, layered, "scale.signatures");
    const mlg_value *whole = study_value(&m, "schemes", MLG_SCALAR);
    const mlg_value *frequent = study_value(&m, "frequent", MLG_VECTOR);
    const mlg_value *units = study_value(&m, "units", MLG_VECTOR);
    /* a: S1 S2; b: S1 S2 S3; c: S4; d: none */
    ck_assert_double_eq(number_of(whole, 0), 4.0);
    ck_assert_double_eq_tol(part_at(whole, "entropy", 0), 2.0, 1e-12);
    const double p[] = {0.1, 0.3, 0.2, 0.4};
    double bits = 0.0;
    for (int i = 0; i < 4; i++) {
        bits -= p[i] * log2(p[i]);
    }
    ck_assert_double_eq_tol(part_at(whole, "population_entropy", 0), bits, 1e-12);
    ck_assert_double_eq(part_at(whole, "alone", 0), 4.0);
    ck_assert_double_eq(part_at(whole, "without", 0), 1.0);
    ck_assert_double_eq(part_at(whole, "most", 0), 3.0);
    ck_assert_int_eq(frequent->subject[0], territory(&m, "d")); /* of equals, most inhabitants */
    ck_assert_double_eq(part_at(frequent, "schemes", 1), 3.0);
    ck_assert_double_eq(number_of(units, row_of(units, territory(&m, "b"))), 2.0);
    study_measured_close(&m);
}
END_TEST

START_TEST(units_of_one_set_are_one_combination)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population\na,10\nb,30\nc,20\n"
                  "perimeters: territory,unit\nX,a\nX,b\nX,c\nY,a\nY,b\n",
                  "scale.signatures");
    const mlg_value *whole = study_value(&m, "all_perimeters", MLG_SCALAR);
    const mlg_value *frequent = study_value(&m, "frequent", MLG_VECTOR);
    ck_assert_double_eq(number_of(whole, 0), 2.0);
    ck_assert_double_eq(number_of(frequent, 0), 2.0);
    ck_assert_double_eq(part_at(frequent, "population", 0), 40.0);
    ck_assert_int_eq(frequent->subject[0], territory(&m, "b")); /* most inhabitants */
    study_measured_close(&m);
}
END_TEST

/* ---- themes
 * --------------------------------------------------------------------------------------- */

/* A contract of three themes; care is decided in its perimeter, psychiatry in a larger one,
 * mobility in one that crosses it. */
static const char *const themes = "territories: id,population,scale\n"
                                  "a,10,commune\nb,30,commune\nc,60,commune\nd,100,commune\n"
                                  "perimeters: territory,unit\n"
                                  "T,a\nT,b\nP,a\nP,b\nP,c\nG,b\nG,d\nF,d\n"
                                  "schemes: id,kind,territory,themes,end\n"
                                  "CLS,cls,T,access_care|mental_health|mobility,\n"
                                  "CPTS,cpts,T,access_care,\n"
                                  "SECT,+sector,P,mental_health,\n"
                                  "PLAN,+plan,G,mobility,\n"
                                  "OLD,+plan,T,mobility,2001\n"
                                  "FAR,+plan,F,mobility,\n"
                                  "study: key,value\ndate,2024-06-30\n";

START_TEST(each_theme_has_its_own_scale)
{
    study_measured m;
    study_measure(&m, themes, "scale.theme_scale");
    const mlg_value *care = study_value(&m, "access_care", MLG_PAIRS);
    const mlg_value *mind = study_value(&m, "mental_health", MLG_PAIRS);
    const mlg_value *roads = study_value(&m, "mobility", MLG_PAIRS);
    const mlg_value *profile = study_value(&m, "profile", MLG_VECTOR);

    ck_assert_uint_eq(care->n, 1);
    ck_assert_int_eq(care->subject[0], model_fixture_party(m.model, "CLS"));
    ck_assert_double_eq(number_of(care, 0), 1.0);
    ck_assert_double_eq(part_at(care, "relation", 0), MLG_EQUAL);
    ck_assert_double_eq_tol(number_of(mind, 0), 2.0 / 3.0, 1e-12);
    ck_assert_double_eq(part_at(mind, "relation", 0), MLG_A_IN_B);
    ck_assert_double_eq(part_at(mind, "population_inside", 0), 1.0);
    ck_assert_double_eq_tol(part_at(mind, "population_covered", 0), 0.4, 1e-12);
    ck_assert_uint_eq(roads->n, 1); /* neither what ended nor what is elsewhere decides */
    ck_assert_double_eq_tol(number_of(roads, 0), 1.0 / 3.0, 1e-12);
    ck_assert_double_eq(part_at(roads, "relation", 0), MLG_CROSSING);
    ck_assert_double_eq_tol(part_at(roads, "population_inside", 0), 0.75, 1e-12);
    ck_assert_double_eq_tol(part_at(roads, "population", 0), 30.0 / 140.0, 1e-12);
    ck_assert_uint_eq(profile->n, 1);
    ck_assert_double_eq_tol(number_of(profile, 0), (1.0 + 2.0 / 3 + 1.0 / 3) / 3, 1e-12);
    ck_assert_double_eq_tol(part_at(profile, "population", 0), (1.0 + 0.4 + 30.0 / 140) / 3, 1e-12);
    ck_assert_double_eq(part_at(profile, "crossing", 0), 1.0);
    ck_assert_double_eq(part_at(profile, "nested", 0), 1.0);
    study_measured_close(&m);
}
END_TEST

/* The sector decides by its kind, though a plan has as few themes; a theme that it does not write
 * is its own all the same; who decides is compared with nobody. */
START_TEST(who_decides_by_kind_is_the_reference)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,scale\na,10,commune\nb,30,commune\nc,60,commune\n"
                  "perimeters: territory,unit\nT,a\nT,b\nP,a\nP,b\nP,c\nQ,a\n"
                  "schemes: id,kind,territory,themes\n"
                  "CLS,cls,T,access_care|mental_health\nSECT,mental_sector,P,\n"
                  "PLAN,+plan,Q,mental_health\nCPTS,cpts,Q,access_care|prevention|housing\n"
                  "study: key,value\ndate,2024-06-30\n",
                  "scale.theme_scale");
    const mlg_value *mind = study_value(&m, "mental_health", MLG_PAIRS);
    const mlg_value *care = study_value(&m, "access_care", MLG_PAIRS);
    ck_assert_uint_eq(mind->n, 2);
    for (size_t row = 0; row < 2; row++) { /* of the contract and of the plan */
        ck_assert_int_eq(mind->subject[2 * row + 1], model_fixture_party(m.model, "SECT"));
    }
    ck_assert_double_eq_tol(number_of(mind, 0), 2.0 / 3.0, 1e-12);
    ck_assert_uint_eq(care->n, 1); /* more themes than the contract, but it decides */
    ck_assert_int_eq(care->subject[1], model_fixture_party(m.model, "CPTS"));
    ck_assert_double_eq_tol(number_of(care, 0), 0.5, 1e-12);
    study_measured_close(&m);
}
END_TEST

/* ---- before and after
 * ------------------------------------------------------------------------------ */

/* In 2017 CC1 takes c from CC2: CC1 and the contract that is made of it no longer lie in D. */
static const char *const merged =
    "study: key,value\ndate,2020-01-01\n"
    "territories: id,population,scale\n"
    "a,10,commune\nb,20,commune\nc,40,commune\nd,80,commune\ne,5,commune\n"
    "CC1,,epci\nCC2,,epci\nCLS,,cls\nD,,departement\n"
    "perimeters: territory,unit,start,end\n"
    "CC1,a,,\nCC1,b,,2018\nCC1,c,2017,\nCC2,c,,2016\nCC2,d,,\nCLS,CC1,,\n"
    "D,a,,\nD,b,,\nD,e,,\nGONE,d,2010,2015\n"
    "actors: id,kind,territory\nx,organisation,a\ny,organisation,b\nz,organisation,c\n"
    "w,organisation,d\n"
    "ties: from,to\nx,y\nx,z\nz,w\n";

START_TEST(changes_are_counted_by_day)
{
    study_measured m;
    study_measure(&m, merged, "scale.vintage_change");
    const mlg_value *whole = study_value(&m, "changed", MLG_SCALAR);
    const mlg_value *days = study_value(&m, "each_day", MLG_CURVE);
    const mlg_value *each = study_value(&m, "first_to_last", MLG_VECTOR);
    const mlg_value *broken = study_value(&m, "broken", MLG_PAIRS);

    /* 2010 GONE begins, 2016 it has ended, 2017 c moves, 2019 b leaves */
    ck_assert_uint_eq(days->n, 4);
    ck_assert_double_eq(days->column[MLG_AT][2], mlg_day_of(2017, 1, 1));
    ck_assert_double_eq(part_at(days, "created", 0), 1);
    ck_assert_double_eq(part_at(days, "ended", 1), 1);
    ck_assert_double_eq(number_of(days, 2), 3); /* CC1, CC2, CLS */
    ck_assert_double_eq(part_at(days, "entered", 2), 2);
    ck_assert_double_eq(part_at(days, "left", 2), 1);
    ck_assert_double_eq(part_at(days, "population", 2), 120);
    ck_assert_double_eq(part_at(days, "broken", 2), 2);   /* CC1 and CLS were in D */
    ck_assert_double_eq(part_at(days, "together", 2), 2); /* x-y in CC1, z-w in CC2 */
    ck_assert_double_eq(part_at(days, "ties", 2), 1);     /* z and w are in two bodies now */
    ck_assert_double_eq(part_at(days, "ties", 3), 1);     /* b is in none */
    ck_assert_double_eq(number_of(whole, 0), 3);
    ck_assert_double_eq(part_at(whole, "perimeters", 0), 5);
    ck_assert_double_eq(part_at(whole, "ties", 0), 2);
    const size_t cc1 = row_of(each, territory(&m, "CC1")); /* a b, then a c */
    ck_assert_double_eq_tol(number_of(each, cc1), 1.0 / 3.0, 1e-12);
    ck_assert_double_eq_tol(part_at(each, "population", cc1), 10.0 / 70.0, 1e-12);
    ck_assert_double_eq(part_at(each, "changes", cc1), 2);
    ck_assert_double_eq(part_at(each, "entered", cc1), 1);
    ck_assert_double_eq(part_at(each, "population_left", cc1), 20);
    ck_assert_uint_eq(broken->n, 2);
    ck_assert_double_eq(part_at(broken, "day", 0), mlg_day_of(2017, 1, 1));
    ck_assert_double_eq(part_at(broken, "population", 0), 40);
    study_measured_close(&m);
}
END_TEST

/* The same states, one row a year: what follows on is no change. */
START_TEST(a_state_that_goes_on_is_no_change)
{
    study_measured m;
    study_measure(&m,
                  "study: key,value\ndate,2021-06-01\n"
                  "perimeters: territory,unit,start,end\n"
                  "X,a,2019,2019\nX,a,2020,2020\nX,a,2021,2021\nX,b,2021,2021\n",
                  "scale.vintage_change");
    const mlg_value *whole = study_value(&m, "changed", MLG_SCALAR);
    const mlg_value *each = study_value(&m, "first_to_last", MLG_VECTOR);
    ck_assert_double_eq(number_of(whole, 0), 1);
    ck_assert_double_eq(part_at(whole, "created", 0), 1);
    ck_assert_double_eq(part_at(whole, "moves", 0), 1);
    ck_assert_double_eq(part_at(each, "changes", 0), 1);
    ck_assert_double_eq(number_of(each, 0), 0.5);
    study_measured_close(&m);
}
END_TEST

/* All neighbours cross. V and Z bear the same two kinds in another order; W bears a third
 * kind too, and U one of unknown kind. */
START_TEST(perimeters_of_the_same_kinds_are_of_one_kind)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population\na,10\nb,20\nc,30\nd,40\ne,50\n"
                  "perimeters: territory,unit\nV,a\nV,b\nZ,b\nZ,c\nW,c\nW,d\nU,d\nU,e\n"
                  "schemes: id,kind,territory,end\nV1,cls,V,\nV2,clsm,V,\nV3,cls,V,\n"
                  "Z1,clsm,Z,\nZ2,cls,Z,\nW1,cls,W,\nW2,clsm,W,\nW3,cpts,W,\n"
                  "U1,cls,U,\nU2,,U,\n",
                  "scale.typology");
    const mlg_value *pairs = study_value(&m, NULL, MLG_PAIRS);
    const mlg_id v = territory(&m, "V"), z = territory(&m, "Z"), w = territory(&m, "W");
    ck_assert_double_eq(part_at(pairs, "one_kind", row_of_pair(pairs, v, z)), 1);
    ck_assert_double_eq(part_at(pairs, "one_kind", row_of_pair(pairs, z, w)), 0);
    ck_assert_double_eq(part_at(pairs, "one_kind", row_of_pair(pairs, w, territory(&m, "U"))), 0);
    study_measured_close(&m);
    study_measure(&m,
                  "territories: id\na\nb\nc\nperimeters: territory,unit\nV,a\nV,b\nZ,b\nZ,c\n"
                  "schemes: id,kind,territory\nV1,cls,V\nV2,clsm,V\nZ1,clsm,Z\nZ2,cls,Z\n",
                  "scale.type_index");
    ck_assert_int_eq(study_value(&m, "pairs", MLG_SCALAR)->undefined, T_why_no_overlap);
    study_measured_close(&m);
}
END_TEST

/* ---- place by place
 * --------------------------------------------------------------------------------- */

/* Three in P (all tied to x), two of them in Q too; w is alone in R, v nowhere. */
static const char *const placed =
    "territories: id,scale,population\nP,commune,100\nQ,commune,40\nR,commune,60\nC,epci,\n"
    "perimeters: territory,unit\nC,P\nC,Q\nC,R\n"
    "actors: id,kind,territory\n"
    "x,organisation,P\ny,organisation,P\nz,organisation,P\nw,organisation,R\nv,organisation,C\n"
    "sites: actor,territory\nx,Q\ny,Q\n"
    "ties: from,to\nx,y\nx,z\nx,w\ny,v\n";

static void with_views(const char *text, long fails_at, mlg_values *values, mlg_model **model,
                       mlg_status *status)
{
    const mlg_view_wish wish = {0};
    const mlg_run run = MLG_RUN_INIT;
    mlg_view *views = NULL;
    mlg_context *context = NULL;
    size_t n = 0;
    mlg_error err = {MLG_OK, ""};

    *model = model_fixture(text);
    ck_assert_int_eq(mlg_views_of(*model, &wish, &views, &n, NULL), MLG_OK);
    ck_assert_int_eq(mlg_context_open(*model, views, n, &run, &context, NULL), MLG_OK);
    mlg_alloc_fails_at = fails_at;
    *status = mlg_measure_find("scale.mismatch")->run(context, 0, values, &err);
    mlg_alloc_fails_at = -1;
    for (size_t i = 0; i < values->n; i++) {
        measured_check(&values->items[i]);
    }
    mlg_context_free(context);
    mlg_views_free(views);
}

START_TEST(ties_are_counted_where_both_are_present)
{
    mlg_values values = {0};
    mlg_model *model = NULL;
    mlg_status status = MLG_OK;

    with_views(placed, -1, &values, &model, &status);
    ck_assert_int_eq(status, MLG_OK);
    ck_assert_uint_eq(values.n, 2);
    const mlg_value *whole = &values.items[0], *units = &values.items[1];
    ck_assert_double_eq_tol(number_of(whole, 0), 2.0 / 3.0, 1e-12);        /* xy xz, not yz */
    ck_assert_double_eq_tol(part_at(whole, "apart", 0), 1.0 / 3.0, 1e-12); /* xw of xw yw zw */
    ck_assert_double_eq(part_at(whole, "placed", 0), 4);
    ck_assert_double_eq_tol(part_at(whole, "completeness", 0), 0.8, 1e-12);
    const size_t p = row_of(units, model_fixture_territory(model, "P"));
    const size_t q = row_of(units, model_fixture_territory(model, "Q"));
    const size_t r = row_of(units, model_fixture_territory(model, "R"));
    ck_assert_double_eq_tol(number_of(units, p), 2.0 / 3.0, 1e-12);
    ck_assert_double_eq(part_at(units, "centralisation", p), 1.0);          /* a star */
    ck_assert_double_eq(part_at(units, "only_here", p), 1);                 /* z */
    ck_assert_double_eq_tol(part_at(units, "inside", p), 2.0 / 3.0, 1e-12); /* not xw */
    ck_assert_double_eq(number_of(units, q), 1.0);
    ck_assert_double_nan(part_at(units, "centralisation", q));
    ck_assert_double_nan(number_of(units, r));
    ck_assert_double_eq(part_at(units, "organisations", r), 1);
    mlg_values_free(&values);
    mlg_model_free(model);
}
END_TEST

START_TEST(presence_survives_any_allocation_failing)
{
    mlg_status status = MLG_ENOMEM;
    for (long fails = 0; status != MLG_OK; fails++) {
        mlg_values values = {0};
        mlg_model *model = NULL;
        with_views(placed, fails, &values, &model, &status);
        ck_assert(status == MLG_OK || (status == MLG_ENOMEM && values.n == 0));
        mlg_values_free(&values);
        mlg_model_free(model);
        ck_assert_int_lt(fails, 500);
    }
}
END_TEST

/* ---- weights
 * ------------------------------------------------------------------------------------------ */

START_TEST(area_and_need_weigh_units_too)
{
    study_measured m;
    study_measure(&m,
                  "territories: id,population,area_km2,need\n"
                  "a,10,4,3\nb,30,,1\nc,60,6,-2\n"
                  "perimeters: territory,unit,share\nX,a,\nX,b,\nX,c,0.5\nY,a,\nY,c,0.75\n",
                  "scale.containment");
    const mlg_value *value = study_value(&m, NULL, MLG_PAIRS);
    const size_t xy = row_of_pair(value, territory(&m, "X"), territory(&m, "Y"));
    /* c: at least .25, at most .5 of it is in both */
    ck_assert_double_eq_tol(number_of(value, xy), 1.5 / 2.5, 1e-12);
    ck_assert_double_eq_tol(part_at(value, "population", xy), (10 + 30.0) / (10 + 30 + 30), 1e-12);
    ck_assert_double_eq_tol(part_at(value, "population_low", xy), (10 + 15.0) / 70, 1e-12);
    ck_assert_double_eq_tol(part_at(value, "area", xy), (4 + 3.0) / (4 + 3), 1e-12);
    ck_assert_double_eq(part_at(value, "area_unknown", xy), 1);
    ck_assert_double_eq_tol(part_at(value, "need", xy), 3.0 / 4.0, 1e-12);
    ck_assert_double_eq(part_at(value, "need_unknown", xy), 1); /* below 0 weighs nothing */
    study_measured_close(&m);
}
END_TEST

/* ---- undefined, no memory
 * -------------------------------------------------------------------------------- */

static const struct {
    const char *id, *text;
    mlg_text_key why;
} undefined_cases[] = {
    {"scale.type_index", "actors: id\nx\n", T_why_no_perimeters},
    {"scale.type_index", "perimeters: territory,unit\nX,a\n", T_why_one_perimeter},
    {"scale.relations", "perimeters: territory,unit\nX,a\n", T_why_one_perimeter},
    {"scale.agreement", "perimeters: territory,unit\nX,a\n", T_why_one_perimeter},
    {"scale.agreement", "perimeters: territory,unit\nX,a\nY,a\n", T_why_no_partitions},
    {"scale.signatures", "actors: id\nx\n", T_why_no_perimeters},
    {"scale.theme_scale", "actors: id\nx\n", T_why_no_perimeters},
    {"scale.theme_scale",
     "perimeters: territory,unit\nX,a\nschemes: id,territory,themes\nS,X,mobility\n",
     T_why_no_theme_perimeter},
    {"scale.vintage_change", "actors: id\nx\n", T_why_no_perimeters},
    {"scale.vintage_change", "perimeters: territory,unit\nX,a\n", T_why_no_dated_perimeters},
};

START_TEST(what_is_undefined_says_why)
{
    study_measured m;
    study_measure(&m, undefined_cases[_i].text, undefined_cases[_i].id);
    ck_assert_uint_eq(m.values.n, 1);
    ck_assert_str_eq(mlg_text_name(m.values.items[0].undefined),
                     mlg_text_name(undefined_cases[_i].why));
    study_measured_close(&m);
}
END_TEST

static const struct {
    const char *id, *const *text;
} shortages[] = {
    {"scale.type_index", &nearly},   {"scale.relations", &nearly},
    {"scale.agreement", &nearly},    {"scale.signatures", &layered},
    {"scale.theme_scale", &themes},  {"scale.vintage_change", &merged},
    {"scale.containment", &layered},
};

START_TEST(each_survives_any_allocation_failing)
{
    study_fail_each(*shortages[_i].text, shortages[_i].id);
}
END_TEST

static Suite *fit_suite(void)
{
    Suite *suite = suite_create("fit");
    TCase *kinds = tcase_create("kinds and partitions");
    TCase *places = tcase_create("combinations, themes, places");
    TCase *limits = tcase_create("undefined and no memory");

    tcase_add_test(kinds, slivers_are_told_apart);
    tcase_add_test(kinds, perimeters_of_the_same_kinds_are_of_one_kind);
    tcase_add_test(kinds, what_parts_leave_open_makes_the_bounds);
    tcase_add_loop_test(kinds, relations_are_those_of_sets, 0, 20);
    tcase_add_loop_test(kinds, type_index_is_that_of_sets, 0, 20);
    tcase_add_test(kinds, an_exception_to_nesting_is_listed);
    tcase_add_loop_test(kinds, agreement_is_that_of_every_order, 0, 6);
    tcase_add_test(kinds, agreement_says_what_it_leaves_out);
    tcase_add_test(places, combinations_are_sets_of_schemes);
    tcase_add_test(places, units_of_one_set_are_one_combination);
    tcase_add_test(places, each_theme_has_its_own_scale);
    tcase_add_test(places, who_decides_by_kind_is_the_reference);
    tcase_add_test(places, changes_are_counted_by_day);
    tcase_add_test(places, a_state_that_goes_on_is_no_change);
    tcase_add_test(places, ties_are_counted_where_both_are_present);
    tcase_add_test(places, area_and_need_weigh_units_too);
    tcase_add_loop_test(limits, what_is_undefined_says_why, 0,
                        sizeof undefined_cases / sizeof *undefined_cases);
    tcase_add_loop_test(limits, each_survives_any_allocation_failing, 0,
                        sizeof shortages / sizeof *shortages);
    tcase_add_test(limits, presence_survives_any_allocation_failing);
    suite_add_tcase(suite, kinds);
    suite_add_tcase(suite, places);
    suite_add_tcase(suite, limits);
    return suite;
}

int main(void)
{
    return suite_run(fit_suite());
}
