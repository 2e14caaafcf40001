/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "finding/next_table.h"
#include "finding/rule.h"
#include "reported.h"
#include "study_fixture.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

#define TABLES                                                                                     \
    "study: key,value\n"                                                                           \
    "date,2024-06-30\n"                                                                            \
    "territories: id,name,population,scale,centre\n"                                               \
    "V,Ville,3800,commune,\nB,Bourg,2200,commune,\nC,Champs,2000,commune,\n"                       \
    "D,Dunes,2000,commune,\nE,Pays,,epci,V\nF,Canton,,canton,B\n"                                  \
    "perimeters: territory,unit\n"                                                                 \
    "E,V\nE,B\nE,C\nE,D\nF,B\nF,C\n"

/* ---- the main town ----------------------------------------------------------------------- */

/* `in` activities in the town, `out` in two villages, two on both sides and one nowhere. */
static const char *study_of(int in, int out)
{
    static char text[8192];
    strcpy(text, TABLES "activities: id,territory,start,end\n");
    for (int i = 0; i < in + out; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "A%d,%s,2024-03-01,2024-03-01\n", i,
                 i < in    ? "V"
                 : i == in ? "C"
                           : "D");
    }
    strcat(text, "S1,V|B,2024-03-01,2024-03-01\nS2,E,2024-03-01,2024-03-01\n"
                 "N,,2024-04-01,\nOld,V,2022-01-01,2022-12-31\n");
    return text;
}

START_TEST(the_main_town_reads_as_in_the_manual)
{
    reported r;
    reported_study(&r, study_of(19, 7));
    ck_assert_uint_eq(reported_count(&r, "main_town"), 1);
    const mlg_finding *finding = reported_first(&r, "main_town");
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "19 of the 26 bodies and actions with a precise place concern the main town "
                     "alone, “Ville”, home to 38% of the residents of “Pays”: 1.9 times its share. "
                     "10 (5 to 15) would be expected if places followed population (p = 0.0006). "
                     "Not counted: 2 that concern more, 1 without a place on record, 0 of schemes "
                     "of the main town itself.");
    /* p is adjusted over the two perimeters that say their main town */
    ck_assert_ptr_nonnull(strstr(reported_sentence(&r, finding, MLG_FR), "1,9 fois sa part"));
    ck_assert_double_eq_tol(finding->share, 19.0 / 26 - 0.38, 1e-12);
    ck_assert_int_eq(finding->level, MLG_SERIOUS);
    ck_assert_str_eq(finding->lever_source, "S0:243");
    ck_assert_ptr_nonnull(strstr(mlg_text(MLG_EN, finding->lever), "nothing more precise"));
    ck_assert_uint_eq(finding->rows_total, 19); /* not S1, S2, nor last year's */
    ck_assert_str_eq(finding->rows[0].file, "activities.csv");
    ck_assert_uint_eq(finding->n_subjects, 1);
    reported_close(&r);
}
END_TEST

static const struct {
    const char *what;
    int in, out;
    size_t found;
} town_cases[] = {
    {"as its share", 10, 16, 0},
    {"less than its share", 1, 25, 0},
    {"all of nine: too few to claim", 9, 0, 0},
    {"nine of ten", 9, 1, 1},
    {"seven of ten: may be chance", 6, 4, 0},
    {"nothing located", 0, 0, 0},
};

START_TEST(a_main_town_is_told_only_when_chance_does_not_explain_it)
{
    reported r;
    reported_study(&r, study_of(town_cases[_i].in, town_cases[_i].out));
    ck_assert_msg(reported_count(&r, "main_town") == town_cases[_i].found, "%s",
                  town_cases[_i].what);
    reported_close(&r);
}
END_TEST

START_TEST(of_several_towns_the_one_that_most_activities_speak_of)
{
    reported r;
    char text[8192] = TABLES "activities: id,territory\n";
    for (int i = 0; i < 40; i++) {
        const size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "A%d,%s\n", i, i < 24 ? "B" : i < 39 ? "V" : "D");
    }
    reported_study(&r, text); /* 24 of 24 in B of F; 15 of 40 in V of E */
    ck_assert_uint_eq(reported_count(&r, "main_town"), 1);
    ck_assert_ptr_nonnull(
        strstr(reported_sentence(&r, reported_first(&r, "main_town"), MLG_EN), "24 of the 24"));
    /* now both are concentrated, and E holds more activities */
    mlg_value *towns = NULL;
    for (size_t i = 0; i < r.values.n; i++) {
        if (strcmp(r.values.items[i].measure->id, "scale.main_town") == 0 &&
            r.values.items[i].shape == MLG_VECTOR) {
            towns = &r.values.items[i];
            break;
        }
    }
    ck_assert_ptr_nonnull(towns);
    for (size_t row = 0; row < towns->n; row++) {
        reported_set(towns, MLG_P_ADJUSTED, row, 0.05);
    }
    mlg_findings_free(&r.findings);
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "main_town"), 1);
    ck_assert_ptr_nonnull(
        strstr(reported_sentence(&r, reported_first(&r, "main_town"), MLG_EN), "15 of the 40"));
    for (size_t row = 0; row < towns->n; row++) {
        reported_set(towns, MLG_P_ADJUSTED, row, 0.0501);
    }
    mlg_findings_free(&r.findings);
    reported_find(&r);
    ck_assert_uint_eq(reported_count(&r, "main_town"), 0);
    reported_close(&r);
}
END_TEST

/* ---- referents ------------------------------------------------------------------------------- */

static const struct {
    const char *what, *posts;
    size_t found;
    mlg_level level;
    const char *says;
} referent_cases[] = {
    {"no post at all", "p,Ann,coordinator,V\n", 0, MLG_INFO, ""},
    {"every unit has one", "p,Ann,elected,E\n", 0, MLG_INFO, ""},
    {"one of four on record: a warning at most", "p,Ann,elected,V\n", 1, MLG_WARN,
     "3 of 4 municipalities (62% of residents) have no elected or health referent on record. Not "
     "recorded is not absent: check first."},
    {"half on record", "p,Ann,elected,V\nq,,referent,B\n", 1, MLG_SERIOUS,
     "2 of 4 municipalities (40% of residents) have no elected"},
    {"a vacancy is a record", "p,Ann,elected,V\nq,vacant,referent,B\n", 1, MLG_SERIOUS,
     "3 of 4 municipalities (62% of residents) have no elected or health referent on record, 1 of "
     "them with a post said to be vacant."},
    {"half on record, but rows that do not say where",
     "p,Ann,elected,V\nq,,referent,B\nr,,elected,\n", 1, MLG_WARN, "2 of 4"},
    {"vacancies alone", "p,vacant,elected,V\nq,vacant,elected,B\n", 1, MLG_SERIOUS,
     "4 of 4 municipalities (100% of residents)"},
    {"posts of another place", "p,Ann,elected,Far\n", 0, MLG_INFO, ""},
};

START_TEST(referents_not_on_record_are_to_be_checked_first)
{
    reported r;
    char text[4096];
    snprintf(text, sizeof text, TABLES "posts: id,person,role,territory\n%s",
             referent_cases[_i].posts);
    reported_study(&r, text);
    ck_assert_msg(reported_count(&r, "uncovered_population") == referent_cases[_i].found, "%s",
                  referent_cases[_i].what);
    if (referent_cases[_i].found > 0) {
        const mlg_finding *finding = reported_first(&r, "uncovered_population");
        ck_assert_msg(strstr(reported_sentence(&r, finding, MLG_EN), referent_cases[_i].says) ==
                          reported_sentence(&r, finding, MLG_EN),
                      "%s: %s", referent_cases[_i].what, reported_sentence(&r, finding, MLG_EN));
        ck_assert_msg(finding->level == referent_cases[_i].level, "%s", referent_cases[_i].what);
        ck_assert_str_eq(finding->lever_source, "S1:215");
        ck_assert_str_eq(finding->measures[0], "scale.referents");
        ck_assert_ptr_null(strstr(reported_sentence(&r, finding, MLG_EN), "Ann"));
    }
    reported_close(&r);
}
END_TEST

static const struct {
    const char *what, *posts;
    size_t found;
} vacancies[] = {
    {"the finding on units counts it", "p,vacant,referent,B,\n", 0},
    {"another referent covers the unit", "p,vacant,referent,B,\nq,Ann,elected,B,\n", 1},
    {"a scheme depends on it", "p,vacant,referent,B,S\n", 1},
    {"of no unit", "p,vacant,referent,E,\n", 1},
    {"of no place", "p,vacant,referent,,\n", 1},
    {"no referent", "p,vacant,coordinator,B,\nq,vacant,elected,C,\n", 1},
};

START_TEST(a_vacancy_is_told_once)
{
    reported r;
    char text[4096];
    snprintf(text, sizeof text, TABLES "posts: id,person,role,territory,scheme\n%s",
             vacancies[_i].posts);
    reported_study(&r, text);
    ck_assert_msg(reported_count(&r, "vacant_post") == vacancies[_i].found, "%s",
                  vacancies[_i].what);
    reported_close(&r);
}
END_TEST

START_TEST(without_populations_units_are_counted)
{
    reported r;
    reported_study(&r, "territories: id\na\nb\nc\nposts: id,person,role,territory\n"
                       "p,Ann,elected,a\nq,vacant,elected,b\n");
    const mlg_finding *finding = reported_first(&r, "uncovered_population");
    ck_assert_ptr_nonnull(finding);
    ck_assert_str_eq(reported_sentence(&r, finding, MLG_EN),
                     "2 of 3 territories have no elected or health referent on record, 1 of them "
                     "with a post said to be vacant. Not recorded is not absent: check first.");
    ck_assert_uint_eq(finding->rows_total, 1);
    ck_assert_int_eq(finding->rows[0].line, 3);
    reported_close(&r);
}
END_TEST

/* Half of the residents have no activity; of ten activities, `placed` say where they are. */
static const struct {
    int placed;
    mlg_level level;
    mlg_text_key limit;
} places_known[] = {{10, MLG_SERIOUS, T_none},
                    {9, MLG_SERIOUS, T_none},
                    {8, MLG_WARN, T_limit_places_most},
                    {5, MLG_WARN, T_limit_places_most},
                    {4, MLG_NOTICE, T_limit_places_half}};

START_TEST(a_level_held_down_says_why)
{
    char text[1024] =
        "study: key,value\ndate,2024-12-31\nterritories: id,population\na,100\nb,100\n"
        "activities: id,territory,start\n";
    reported r;
    for (int i = 0; i < 10; i++) {
        char line[32];
        snprintf(line, sizeof line, "k%d,%s,2024\n", i, i < places_known[_i].placed ? "a" : "");
        strncat(text, line, sizeof text - strlen(text) - 1);
    }
    reported_study(&r, text);
    const mlg_finding *finding = reported_first(&r, "uncovered_population");
    bool half = false, most = false;
    ck_assert_ptr_nonnull(finding);
    ck_assert_int_eq(finding->level, places_known[_i].level);
    for (size_t i = 0; i < finding->n_limits; i++) {
        half = half || finding->limits[i] == T_limit_places_half;
        most = most || finding->limits[i] == T_limit_places_most;
    }
    ck_assert_int_eq(half, places_known[_i].limit == T_limit_places_half);
    ck_assert_int_eq(most, places_known[_i].limit == T_limit_places_most);
    reported_close(&r);
}
END_TEST

/* ---- the user's own files ----------------------------------------------------------------------
 */

/* What a study in a folder is told first. */
static void check_advice(study_fixture *study, mlg_language language, const char *says)
{
    mlg_next_table next[MLG_NEXT_TABLES];
    char said[256];
    study_fixture_read(study, NULL, NULL);
    ck_assert_msg(study->status == MLG_OK, "%s", study->err.message);
    ck_assert_uint_ge(mlg_next_tables(study->model, next), 1);
    ck_assert(mlg_next_is_column(&next[0]));
    const char *file =
        next[0].file.kind == MLG_ARG_KEY ? mlg_text(language, next[0].file.key) : next[0].file.text;
    snprintf(said, sizeof said, "%s: %s", mlg_text(language, next[0].name), file);
    ck_assert_str_eq(said, says);
}

START_TEST(advice_names_the_file_that_the_study_has)
{
    study_fixture study;
    study_fixture_open(&study);
    study_fixture_text(&study, "annuaire.csv", "nom;type\nA;organisation\nB;organisation\n");
    study_fixture_text(&study, "liens.csv", "de;vers\nA;B\n");
    check_advice(&study, MLG_FR, "la colonne «\u202fdomaine\u202f»: annuaire.csv");
    check_advice(&study, MLG_EN, "the column “sector”: annuaire.csv");
    study_fixture_text(&study, "annuaire.csv",
                       "nom;type;domaine\nA;organisation;sport\nB;organisation;social\n");
    study_fixture_text(&study, "communes.csv", "id;nom\nx;X\n");
    study_fixture_text(&study, "etude.csv", "cle;valeur\nterritories.file;communes.csv\n");
    study_fixture_text(&study, "perimetres.csv", "territoire;unite\nT;x\n");
    check_advice(&study, MLG_EN, "the column “population”: communes.csv");
    study_fixture_close(&study);
}
END_TEST

START_TEST(a_table_that_is_missing_has_its_usual_name)
{
    reported r;
    reported_study(&r, "ties: from,to\na,b\nb,c\n");
    const mlg_arg file = mlg_file_of(r.model, MLG_ACTORS);
    ck_assert_int_eq(file.kind, MLG_ARG_KEY);
    ck_assert_str_eq(mlg_text(MLG_FR, file.key), "acteurs.csv");
    ck_assert_ptr_nonnull(
        strstr(reported_sentence(&r, reported_first(&r, "nothing_to_conclude"), MLG_EN),
               "The column “sector” of actors.csv"));
    ck_assert_int_eq(mlg_file_of(NULL, MLG_STUDY).kind, MLG_ARG_KEY);
    reported_close(&r);
}
END_TEST

static Suite *place_findings_suite(void)
{
    Suite *suite = suite_create("place_findings");
    TCase *towns = tcase_create("main town");
    TCase *referents = tcase_create("referents");
    TCase *files = tcase_create("files");

    tcase_add_test(towns, the_main_town_reads_as_in_the_manual);
    tcase_add_loop_test(towns, a_main_town_is_told_only_when_chance_does_not_explain_it, 0,
                        N_OF(town_cases));
    tcase_add_test(towns, of_several_towns_the_one_that_most_activities_speak_of);
    tcase_add_loop_test(referents, referents_not_on_record_are_to_be_checked_first, 0,
                        N_OF(referent_cases));
    tcase_add_loop_test(referents, a_vacancy_is_told_once, 0, N_OF(vacancies));
    tcase_add_test(referents, without_populations_units_are_counted);
    tcase_add_loop_test(referents, a_level_held_down_says_why, 0, 5);
    tcase_add_test(files, advice_names_the_file_that_the_study_has);
    tcase_add_test(files, a_table_that_is_missing_has_its_usual_name);
    suite_add_tcase(suite, towns);
    suite_add_tcase(suite, referents);
    suite_add_tcase(suite, files);
    return suite;
}

int main(void)
{
    return suite_run(place_findings_suite());
}
