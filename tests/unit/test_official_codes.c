/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/texts.h"
#include "model_fixture.h"
#include "reported.h"
#include "study_fixture.h"
#include "suite.h"

#define N_OF(cases) (int) (sizeof(cases) / sizeof *(cases))

/* ---- where a code leads -------------------------------------------------------------------- */

#define LISTED                                                                                     \
    "territories: id,name,scale\nCOM-14118,Caen,commune\nCOM-2A004,Ajaccio,commune\n"              \
    "EPCI-200065597,Caen la Mer,epci\nDEP-14,Calvados,departement\n50129,Cherbourg,commune\n"      \
    "28,Normandie,region\n14,Quatorze,life_area\nQPV-QN01401M,Guérinière,neighbourhood\n"

static const struct {
    const char *what, *written, *read;
    const char *more; /* tables */
} codes[] = {
    {"of a municipality", "14118", "COM-14118", ""},
    {"of a body", "200065597", "EPCI-200065597", ""},
    {"of a neighbourhood", "QN01401M", "QPV-QN01401M", ""},
    {"of Corsica, in small letters", "2a004", "COM-2A004", ""},
    {"the whole id where the table has the code", "COM-50129", "50129", ""},
    {"of a region", "REG-28", "28", ""},
    {"but of the scale it says", "COM-28", "COM-28", ""},
    {"an id of its own stays", "14", "14", ""},
    {"no code of any", "14119", "14119", ""},
    {"half a code", "1411", "1411", ""},
    {"an alias goes first", "200065597", "COM-14118", "aliases: alias,id\n200065597,COM-14118\n"},
    {"an alias leads to a code", "Caen centre", "COM-14118",
     "aliases: alias,id\nCaen centre,14118\n"},
    {"a name goes first", "Caen", "COM-14118", ""},
};

START_TEST(a_code_leads_to_the_territory_that_bears_it)
{
    char text[2048];
    snprintf(text, sizeof text, "%ssites: actor,territory\nA,%s\n%s", LISTED, codes[_i].written,
             codes[_i].more);
    mlg_model *m = model_fixture(text);
    const char *read = mlg_names_text(&m->territories, mlg_get_id(m, C_sites_territory, 0));
    ck_assert_msg(strcmp(read, codes[_i].read) == 0, "%s: %s", codes[_i].what, read);
    mlg_model_free(m);
}
END_TEST

/* Every column of territories, lists too. */
START_TEST(every_column_of_territories_reads_codes)
{
    mlg_model *m = model_fixture(LISTED "actors: id,territory\nA,14118\n"
                                        "schemes: id,territory\nS,200065597\n"
                                        "activities: id,territory\nX,14118|COM-14118|50129\n"
                                        "posts: id,territory\nP,14118\n"
                                        "perimeters: territory,unit\n200065597,14118\n");
    const mlg_id caen = model_fixture_territory(m, "COM-14118");
    const mlg_id body = model_fixture_territory(m, "EPCI-200065597");
    size_t n = 0;
    const int32_t *named = mlg_get_list(m, C_activities_territory, 0, &n);
    ck_assert_int_eq(mlg_get_id(m, C_actors_territory, 0), caen);
    ck_assert_int_eq(mlg_get_id(m, C_schemes_territory, 0), body);
    ck_assert_int_eq(mlg_get_id(m, C_posts_territory, 0), caen);
    ck_assert_int_eq(mlg_get_id(m, C_perimeters_territory, 0), body);
    ck_assert_int_eq(mlg_get_id(m, C_perimeters_unit, 0), caen);
    ck_assert_uint_eq(n, 3);
    ck_assert_int_eq(named[0], caen);
    ck_assert_int_eq(named[1], caen);
    ck_assert_uint_eq(m->unit_offset[body + 1] - m->unit_offset[body], 1);
    mlg_model_free(m);
}
END_TEST

/* Without a table of territories, those that perimeters.csv names are known. */
START_TEST(perimeters_alone_make_codes_known)
{
    mlg_model *m = model_fixture("perimeters: territory,unit\nEPCI-200065597,COM-14118\n14,x1\n"
                                 "sites: actor,territory\nA,14118\nB,14\n");
    ck_assert_int_eq(mlg_get_id(m, C_sites_territory, 0), model_fixture_territory(m, "COM-14118"));
    ck_assert_int_eq(mlg_get_id(m, C_sites_territory, 1), model_fixture_territory(m, "14"));
    mlg_model_free(m);
}
END_TEST

/* ---- what is told --------------------------------------------------------------------------- */

START_TEST(a_code_of_two_territories_is_a_fault_that_names_both)
{
    study_fixture study;
    mlg_fault_view view;
    char message[512];
    study_fixture_open(&study);
    study_fixture_text(&study, "territories.csv",
                       "id;scale\nDEP-76;departement\nREG-76;region\nCOM-76540;commune\n");
    study_fixture_text(&study, "sites.csv", "actor;territory\nA;COM-76540\nB;76\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_ne(study.status, MLG_OK);
    ck_assert(study_fixture_fault(&study, "code_ambiguous", &view, message, sizeof message));
    ck_assert_int_eq(view.line, 3);
    ck_assert_ptr_nonnull(strstr(message, "'76'"));
    ck_assert_ptr_nonnull(strstr(message, "'DEP-76' and 'REG-76'"));
    study_fixture_close(&study);
}
END_TEST

START_TEST(codes_read_are_told_once_a_file)
{
    study_fixture study;
    mlg_fault_view view;
    char message[512];
    study_fixture_open(&study);
    study_fixture_text(&study, "territories.csv",
                       "id;scale\nCOM-14118;commune\nCOM-14327;commune\n");
    study_fixture_text(&study, "sites.csv",
                       "actor;territory\nA;COM-14118\nA;14118\nB;14327\nC;14118\n");
    study_fixture_text(&study, "actors.csv",
                       "id;kind;territory\nA;organisation;COM-14118\n"
                       "B;organisation;\nC;organisation;COM-14327\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    ck_assert(study_fixture_fault(&study, "code_read", &view, message, sizeof message));
    ck_assert_str_eq(view.file, "sites.csv");
    ck_assert_int_eq(view.line, 3);
    ck_assert_uint_eq(view.count, 1);
    ck_assert_ptr_nonnull(strstr(message, "3 cells"));
    ck_assert_ptr_nonnull(strstr(message, "'14118' is 'COM-14118'"));
    ck_assert(!study_fixture_fault(&study, "unlisted_territory", &view, NULL, 0));
    study_fixture_close(&study);
}
END_TEST

/* ---- the study's own territory ----------------------------------------------------------------
 */

static const struct {
    const char *said, *own; /* NULL: none */
} owns[] = {
    {"EPCI-200065597", "EPCI-200065597"},
    {"200065597", "EPCI-200065597"},
    {"caen LA mer", "EPCI-200065597"},
    {"Calvados", "DEP-14"},
    {"Caen", "COM-14118"},
    {"Caen area", NULL},
    {"mer", NULL},
};

START_TEST(the_study_names_its_territory_as_one_types)
{
    char text[2048];
    snprintf(text, sizeof text, "%sstudy: key,value\nterritory,%s\n", LISTED, owns[_i].said);
    mlg_model *m = model_fixture(text);
    const char *own = m->own >= 0 ? mlg_names_text(&m->territories, m->own) : "none";
    ck_assert_msg(strcmp(own, owns[_i].own != NULL ? owns[_i].own : "none") == 0, "%s: %s",
                  owns[_i].said, own);
    mlg_model_free(m);
}
END_TEST

START_TEST(a_name_of_two_is_told_and_asks_for_all)
{
    study_fixture study;
    mlg_fault_view view;
    char message[512];
    study_fixture_open(&study);
    study_fixture_text(&study, "study.csv", "key;value\nterritory;Ariège\n");
    study_fixture_text(&study, "territories.csv",
                       "id;name;scale\nDEP-09;Ariège;departement\nLA-3;Ariège;life_area\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_int_eq(study.status, MLG_OK);
    ck_assert_int_eq(study.model->own, -1);
    ck_assert(
        study_fixture_fault(&study, "study_territory_several", &view, message, sizeof message));
    ck_assert_ptr_nonnull(strstr(message, "'DEP-09' and 'LA-3'"));
    study_fixture_close(&study);
}
END_TEST

/* R is a, b, c; the body E reaches beyond it. A rate over R alone says so in its limits. */
START_TEST(a_finding_over_the_own_territory_says_so)
{
    for (int own = 0; own < 2; own++) {
        char text[1024];
        reported r;
        snprintf(text, sizeof text,
                 "study: key,value\nterritory,%s\nterritories: id,scale,population\n"
                 "a,commune,10\nb,commune,20\nc,commune,30\nd,commune,40\nR,region,\nE,epci,\n"
                 "perimeters: territory,unit\nR,a\nR,b\nR,c\nE,c\nE,d\n"
                 "actors: id,kind\nOrg,organisation\nsites: actor,territory\nOrg,a\n",
                 own == 1 ? "R" : "somewhere");
        reported_study(&r, text);
        const mlg_finding *finding = reported_first(&r, "uncovered_population");
        ck_assert_ptr_nonnull(finding);
        bool said = false;
        for (size_t i = 0; i < finding->n_limits; i++) {
            said = said || finding->limits[i] == T_limit_own_territory;
        }
        ck_assert_int_eq(said, own);
        ck_assert_double_eq_tol(finding->share, own == 1 ? 50.0 / 60 : 90.0 / 100, 1e-12);
        reported_close(&r);
    }
}
END_TEST

/* ---- short memory ------------------------------------------------------------------------------
 */

START_TEST(short_memory_is_an_error)
{
    mlg_status status = MLG_ENOMEM;
    for (long n = 0; status != MLG_OK; n++) {
        ck_assert_int_lt(n, 10000);
        mlg_model *m = model_fixture_rows(LISTED "study: key,value\nterritory,Calvados\n"
                                                 "sites: actor,territory\nA,14118\nB,2a004\n");
        mlg_alloc_fails_at = n;
        status = mlg_model_finish(m, NULL);
        mlg_alloc_fails_at = -1;
        ck_assert(status == MLG_OK || status == MLG_ENOMEM);
        mlg_model_free(m);
    }
}
END_TEST

static Suite *codes_suite(void)
{
    Suite *suite = suite_create("official codes");
    TCase *all = tcase_create("all");
    tcase_add_loop_test(all, a_code_leads_to_the_territory_that_bears_it, 0, N_OF(codes));
    tcase_add_test(all, every_column_of_territories_reads_codes);
    tcase_add_test(all, perimeters_alone_make_codes_known);
    tcase_add_test(all, a_code_of_two_territories_is_a_fault_that_names_both);
    tcase_add_test(all, codes_read_are_told_once_a_file);
    tcase_add_loop_test(all, the_study_names_its_territory_as_one_types, 0, N_OF(owns));
    tcase_add_test(all, a_name_of_two_is_told_and_asks_for_all);
    tcase_add_test(all, a_finding_over_the_own_territory_says_so);
    tcase_add_test(all, short_memory_is_an_error);
    suite_add_tcase(suite, all);
    return suite;
}

int main(void)
{
    return suite_run(codes_suite());
}
