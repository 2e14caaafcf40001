/* SPDX-FileCopyrightText: The maillage contributors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/own_files.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "maillage/ingest.h"
#include "study_fixture.h"
#include "suite.h"

/* A study whose actors and activities are under other names, with presences.csv and no posts. */
static mlg_model *read_study(study_fixture *study)
{
    mlg_model *model = NULL;
    study_fixture_open(study);
    study_fixture_text(study, "annuaire.csv", "nom;domaine\nA;sport\nB;social\n");
    study_fixture_text(study, "actions.csv", "nom;type\nK;action\n");
    study_fixture_text(study, "presences.csv", "participant;action\nA;K\nB;K\n");
    ck_assert_int_eq(mlg_ingest(study->path, NULL, NULL, &model, NULL), MLG_OK);
    return model;
}

static const struct {
    const char *words, *own;
} words[] = {
    {"", ""},
    {"no file here", "no file here"},
    {"fill 'level' of activities.csv", "fill 'level' of actions.csv"},
    {"la colonne « niveau » de activites.csv.", "la colonne « niveau » de actions.csv."},
    {"acteurs.csv, presences.csv ou liens.csv", "annuaire.csv, presences.csv ou liens.csv"},
    {"participations.csv", "presences.csv"},
    {"add posts.csv", "add posts.csv"},                         /* it has none */
    {"see tables/activities.csv", "see tables/activities.csv"}, /* of the report */
    {"tables/{2}.csv, {0?a|b}.csv", "tables/{2}.csv, {0?a|b}.csv"},
    {".csv and other.csv", ".csv and other.csv"},
    {"study.csv reads actors.csv", "study.csv reads annuaire.csv"},
};

START_TEST(a_text_names_the_files_that_the_study_has)
{
    study_fixture study;
    mlg_model *model = read_study(&study);
    mlg_own_files own;
    mlg_buffer out = {0};

    mlg_own_files_of(model, &own);
    mlg_own_words(&out, &own, words[_i].words);
    ck_assert_str_eq(mlg_buffer_string(&out), words[_i].own);
    mlg_buffer_clear(&out);
    mlg_own_files_of(NULL, &own); /* without a study, nothing changes */
    mlg_own_words(&out, &own, words[_i].words);
    ck_assert_str_eq(mlg_buffer_string(&out), words[_i].words);
    mlg_buffer_free(&out);
    mlg_model_free(model);
    study_fixture_close(&study);
}
END_TEST

/* Tables of several files are named by the first three, each once, in the order they are read. */
START_TEST(a_table_of_several_files_is_all_of_them)
{
    static const char *const says[] = {"fill in a.csv, b.csv", "fill in a.csv, b.csv, c.csv",
                                       "fill in a.csv, b.csv, c.csv"};
    char settings[512] = "key,value\n";
    study_fixture study;
    mlg_own_files own;
    mlg_buffer out = {0};

    study_fixture_open(&study);
    for (int i = 0; i < _i + 2; i++) {
        char name[8], text[64], line[64];
        snprintf(name, sizeof name, "%c.csv", 'a' + i);
        snprintf(text, sizeof text, "id,name\nx%d,X\ny%d,Y\nz%d,Z\n", i, i, i);
        study_fixture_text(&study, name, text);
        snprintf(line, sizeof line, "territories.%d.file,%s\n", i + 1, name);
        strncat(settings, line, sizeof settings - strlen(settings) - 1);
    }
    strncat(settings, "territories.9.file,a.csv\n", sizeof settings - strlen(settings) - 1);
    study_fixture_text(&study, "study.csv", settings);
    study_fixture_read(&study, NULL, NULL);
    ck_assert_msg(study.model != NULL, "%s", study.err.message);
    mlg_own_files_of(study.model, &own);
    mlg_own_words(&out, &own, "fill in territories.csv");
    ck_assert_str_eq(mlg_buffer_string(&out), says[_i]);
    mlg_buffer_free(&out);
    study_fixture_close(&study);
}
END_TEST

/* A table that the study lacks is called as `init` calls it. */
START_TEST(a_missing_table_has_the_name_of_the_template)
{
    static const char *const names[][2] = {
        {"acteurs.csv", "annuaire.csv"},      {"activites.csv", "actions.csv"},
        {"presences.csv", "presences.csv"},   {"actors.csv", "actors.csv"},
        {"activities.csv", "activities.csv"}, {"postes.csv", "postes.csv"}};
    study_fixture study;
    mlg_own_files own;
    mlg_buffer out = {0};

    study_fixture_open(&study);
    study_fixture_text(&study, "liens.csv", "de;vers\nA;B\n");
    study_fixture_read(&study, NULL, NULL);
    ck_assert_msg(study.model != NULL, "%s", study.err.message);
    mlg_own_files_of(study.model, &own);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        mlg_buffer_clear(&out);
        mlg_own_words(&out, &own, names[i][0]);
        ck_assert_str_eq(mlg_buffer_string(&out), names[i][1]);
    }
    mlg_buffer_free(&out);
    study_fixture_close(&study);
}
END_TEST

/* Of several files, the one with the table's name, wherever its rows come; else the first. */
START_TEST(the_file_with_the_tables_name_is_shown)
{
    static const char *const second[] = {"territoires.csv", "autres.csv"};
    for (size_t i = 0; i < 2; i++) {
        char mapping[256];
        study_fixture study;
        mlg_model *model = NULL;
        mlg_own_files own;
        study_fixture_open(&study);
        snprintf(mapping, sizeof mapping,
                 "cle;valeur\nterritoires.fichier;contrats.csv\nterritoires.2.fichier;%s\n",
                 second[i]);
        study_fixture_text(&study, "etude.csv", mapping);
        study_fixture_text(&study, "contrats.csv", "identifiant;nature\nC1;epci\nC2;epci\n");
        study_fixture_text(&study, second[i], "identifiant;nature\na;commune\n");
        ck_assert_int_eq(mlg_ingest(study.path, NULL, NULL, &model, NULL), MLG_OK);
        mlg_own_files_of(model, &own);
        ck_assert_str_eq(own.name[MLG_TERRITORIES][0], i == 0 ? "territoires.csv" : "contrats.csv");
        mlg_model_free(model);
        study_fixture_close(&study);
    }
}
END_TEST

START_TEST(a_fault_says_where_to_mend_it)
{
    study_fixture study;
    mlg_model *model = read_study(&study);
    const mlg_faults *faults = mlg_model_faults(model);
    bool told = false;

    for (size_t i = 0; i < mlg_faults_groups(faults); i++) {
        char message[512], cut[16];
        mlg_fault_view view;
        const size_t length =
            mlg_faults_get(faults, i, MLG_EN, false, &view, message, sizeof message);
        ck_assert_uint_eq(length, strlen(message));
        if (strcmp(view.code, "kind_assumed") == 0) {
            told = strstr(message, "the column 'kind' of annuaire.csv") != NULL;
            ck_assert_uint_eq(mlg_faults_get(faults, i, MLG_EN, false, &view, cut, sizeof cut),
                              length);
            ck_assert_int_eq(strncmp(cut, message, sizeof cut - 1), 0);
        }
    }
    ck_assert(told);
    mlg_model_free(model);
    study_fixture_close(&study);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("own_files");
    TCase *laws = tcase_create("laws");
    tcase_add_loop_test(laws, a_text_names_the_files_that_the_study_has, 0,
                        sizeof words / sizeof *words);
    tcase_add_test(laws, a_missing_table_has_the_name_of_the_template);
    tcase_add_loop_test(laws, a_table_of_several_files_is_all_of_them, 0, 3);
    tcase_add_test(laws, a_fault_says_where_to_mend_it);
    tcase_add_test(laws, the_file_with_the_tables_name_is_shown);
    suite_add_tcase(suite, laws);
    return suite_run(suite);
}
