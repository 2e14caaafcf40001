/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "study_measured.h"
#include "suite.h"

#define ID "scale.competences"

static int32_t code(const study_measured *m, mlg_list_id list, const char *text)
{
    for (int32_t i = 0; i < mlg_code_count(m->model, list); i++) {
        if (strcmp(mlg_code_text(m->model, list, i), text) == 0) {
            return i;
        }
    }
    ck_abort_msg("no code %s", text);
    return -1;
}

static double named(const study_measured *m, const char *scale, const char *theme)
{
    const mlg_value *list = study_value(m, scale, MLG_VECTOR);
    return list->column[MLG_VALUE][row_of(list, code(m, MLG_V_theme, theme))];
}

static double schemes(const study_measured *m, const char *scale, const char *theme)
{
    const mlg_value *list = study_value(m, scale, MLG_VECTOR);
    return part_at(list, "schemes", row_of(list, code(m, MLG_V_theme, theme)));
}

/* Two themes of organisations, one more of a scheme; three scales. H works in the EPCI and, by a
 * site, in a commune; its doctor says mobility for it, in the commune too. N has no theme, O no
 * territory, and P left last year. */
static const char towns[] =
    "study: key,value\ndate,2024-06-30\n"
    "territories: id,scale\nC,commune\nE,epci\nD,departement\nX,\n"
    "actors: id,kind,organisation,themes,territory,end\n"
    "H,organisation,,mental_health,E,\nM,person,H,mobility,C,\n"
    "A,organisation,,mental_health,C,\nB,organisation,,mental_health,X,\n"
    "N,organisation,,,C,\nO,organisation,,mobility,,\nP,organisation,,nutrition,C,2023-12-31\n"
    "sites: actor,territory\nH,C\nH,C\n"
    "schemes: id,kind,territory,themes\nS,cls,D,mental_health|access_care\nT,cpts,E,access_care\n";

START_TEST(themes_by_scales_by_hand)
{
    study_measured m;
    study_measure(&m, towns, ID);
    const mlg_value *whole = study_value(&m, NULL, MLG_SCALAR);
    /* mental health, mobility, access to care by commune, EPCI, département: nobody for mobility
     * in the département, nor for access to care in the commune */
    ck_assert_double_eq(part_at(whole, "cells", 0), 9);
    ck_assert_double_eq(part_at(whole, "unnamed", 0), 2);
    ck_assert_double_eq_tol(whole->column[MLG_VALUE][0], 2.0 / 9, 1e-12);
    ck_assert_double_eq(part_at(whole, "organisations", 0), 2); /* H and A */
    ck_assert_double_eq(part_at(whole, "without_theme", 0), 1); /* N */
    ck_assert_double_eq(part_at(whole, "without_scale", 0), 2); /* B and O */
    ck_assert_double_eq(named(&m, "scale:commune", "mental_health"), 2);
    ck_assert_double_eq(named(&m, "scale:commune", "mobility"), 1);
    ck_assert_double_eq(named(&m, "scale:epci", "mental_health"), 1);
    ck_assert_double_eq(named(&m, "scale:epci", "mobility"), 1);
    ck_assert_double_eq(named(&m, "scale:departement", "mental_health"), 0);
    ck_assert_double_eq(schemes(&m, "scale:departement", "mental_health"), 1);
    ck_assert_double_eq(schemes(&m, "scale:epci", "access_care"), 1);
    ck_assert_double_eq(schemes(&m, "scale:departement", "access_care"), 1);
    study_measured_close(&m);
}
END_TEST

START_TEST(nothing_to_cross)
{
    static const char *const texts[] = {
        "actors: id,themes,territory\nA,mobility,\nB,,C\nterritories: id,scale\nC,commune\n",
        "actors: id,themes,territory\nA,mobility,C\nterritories: id,scale\nC,\n",
        "ties: from,to\nA,B\n",
    };
    study_measured m;
    study_measure(&m, texts[_i], ID);
    ck_assert_uint_eq(m.values.n, 1);
    ck_assert_int_eq(m.values.items[0].undefined, T_why_no_competence);
    study_measured_close(&m);
}
END_TEST

/* ---- slow twin --------------------------------------------------------------------------------
 */

enum { ACTORS = 12, THEMES = 4, SCALES = 3 };
static const char *const themes[THEMES] = {"mobility", "nutrition", "access_care", "mental_health"};
static const char *const scales[SCALES] = {"scale:commune", "scale:epci", "scale:departement"};
static const char *const places[SCALES + 1] = {"C", "E", "D", ""};

START_TEST(random_tables_are_counted_cell_by_cell)
{
    bool says[ACTORS][THEMES] = {{false}}, stands[ACTORS][SCALES] = {{false}};
    char text[4096] = "territories: id,scale\nC,commune\nE,epci\nD,departement\n"
                      "actors: id,themes,territory\n";
    char line[128];
    mlg_random draw = mlg_random_stream(3, "test_competences", "", (uint64_t) _i);

    for (int a = 0; a < ACTORS; a++) {
        char list[64] = "";
        const uint32_t place = mlg_random_below(&draw, SCALES + 1);
        for (int t = 0; t < THEMES; t++) {
            says[a][t] = mlg_random_below(&draw, 4) == 0;
            if (says[a][t]) {
                strcat(strcat(list, list[0] != '\0' ? "|" : ""), themes[t]);
            }
        }
        if (place < SCALES) {
            stands[a][place] = true;
        }
        snprintf(line, sizeof line, "a%d,%s,%s\n", a, list, places[place]);
        strcat(text, line);
    }
    strcat(text, "sites: actor,territory\n");
    for (int i = 0; i < ACTORS; i++) {
        const uint32_t a = mlg_random_below(&draw, ACTORS), place = mlg_random_below(&draw, SCALES);
        stands[a][place] = true;
        snprintf(line, sizeof line, "a%u,%s\n", a, places[place]);
        strcat(text, line);
    }
    study_measured m;
    study_measure(&m, text, ID);
    double cells = 0, unnamed = 0;
    bool theme_said[THEMES] = {false}, scale_said[SCALES] = {false};
    for (int a = 0; a < ACTORS; a++) {
        for (int t = 0; t < THEMES; t++) {
            theme_said[t] = theme_said[t] || says[a][t];
            for (int s = 0; s < SCALES; s++) {
                scale_said[s] = scale_said[s] || (says[a][t] && stands[a][s]);
            }
        }
    }
    for (int t = 0; t < THEMES; t++) {
        for (int s = 0; s < SCALES; s++) {
            double n = 0;
            for (int a = 0; a < ACTORS; a++) {
                n += says[a][t] && stands[a][s];
            }
            if (theme_said[t] && scale_said[s]) {
                cells++;
                unnamed += n == 0;
                ck_assert_double_eq(named(&m, scales[s], themes[t]), n);
            }
        }
    }
    const mlg_value *whole = study_value(&m, NULL, MLG_SCALAR);
    ck_assert_double_eq(part_at(whole, "cells", 0), cells);
    ck_assert_double_eq(part_at(whole, "unnamed", 0), unnamed);
    study_measured_close(&m);
}
END_TEST

START_TEST(memory_may_fail_anywhere)
{
    study_fail_each(towns, ID);
}
END_TEST

static Suite *competences_suite(void)
{
    Suite *suite = suite_create("competences");
    TCase *hand = tcase_create("hand");
    tcase_add_test(hand, themes_by_scales_by_hand);
    tcase_add_loop_test(hand, nothing_to_cross, 0, 3);
    suite_add_tcase(suite, hand);
    TCase *twin = tcase_create("twin");
    tcase_add_loop_test(twin, random_tables_are_counted_cell_by_cell, 0, 200);
    tcase_add_test(twin, memory_may_fail_anywhere);
    suite_add_tcase(suite, twin);
    return suite;
}

int main(void)
{
    return suite_run(competences_suite());
}
